"""Writes docs/free-run.md: how often each pair of powers is at war in a free run."""

from __future__ import annotations

import argparse
from pathlib import Path

from twofront.lab import run
from twofront.scenario import check_scenario, load_scenario


def main() -> None:
    """Runs the scenario freely and writes the table, whatever it says."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenario", default="two-fronts")
    options.add_argument("--worlds", type=int, default=2000)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    scenario = load_scenario(given.scenario)
    ensemble = run(scenario, given.worlds, given.seed)
    names = {actor.id: actor.name for actor in scenario.actors}
    pairs = ensemble.pairs.astype(object).where(ensemble.pairs.notna(), None).to_dict("records")
    rows = [
        f"| {names[r['actor']]} | {names[r['target']]} | {r['probability']:.3f} | "
        f"{r['by_first']:.3f} | {r['by_second']:.3f} | {r['median_date'] or '–'} | "
        f"{r['recorded'] or '–'} |"
        for r in pairs
        if r["probability"] > 0 or r["recorded"]
    ]
    never = sum(ensemble.pairs["probability"] == 0)
    collapse = ensemble.collapse_week >= 0
    falls = ", ".join(
        f"{names[actor]} {share:.3f}"
        for actor, share in zip(sorted(names, key=lambda a: _uid(scenario, a)), collapse.mean(0))
    )
    grades = check_scenario(scenario).grades
    text = "\n".join(
        [
            "# The free run",
            "",
            f"`{scenario.title}`, {given.worlds} worlds from {scenario.start} to {scenario.end},"
            f" seed {given.seed}, scenario {scenario.hash[:12]}. Nothing is held to the record.",
            "Made by `make docs`; not edited by hand.",
            "",
            "Read it with care: hostilities, stakes and ties are judgements of people who know",
            "what happened, so this table measures the authors as much as the model. Forecasts",
            "that know only the quarrels of before the first day are in `backtest.md`.",
            "",
            "| power | power | P(war by the end) | first strikes | second strikes | median date |"
            " on record |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"Pairs that never fought in any world: {never} of {len(ensemble.pairs)}.",
            "",
            f"P(collapse by the end): {falls}.",
            "",
            f"Inputs by grade: {', '.join(f'{n} {grade}' for grade, n in grades.items())}.",
            "",
        ]
    )
    Path(__file__).with_name("free-run.md").write_text(text, "utf-8")


def _uid(scenario: object, actor: str) -> int:
    return next(a.uid for a in scenario.actors if a.id == actor)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
