"""Writes docs/backtest.md: forecasts scored against the record, beside those of baselines."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from twofront.lab.backtest import Backtest
from twofront.scenario import load_scenario

SCORES = {
    "brier": "Brier", "log": "log score", "crps_dates": "CRPS of dates",
    "crps_levels": "CRPS of levels",
}  # fmt: skip
BASELINES = {
    "climatology": "climatology", "base_rate": "base rate (hindsight)", "logistic": "logistic",
    "hostilities": "hostilities by hand, read as probabilities", "no_change": "no change",
}  # fmt: skip
TITLES = {
    "free": "Free run: from the first day to the last, held to nothing",
    "one_year_ahead": "One year ahead: every year, from the record up to its first day",
}


HOW_TO_READ = """\
Every score is a loss: less is better. An event is a war, a pact, an alliance, an embargo or a
fall, asked of every pair (or power) that the scenario gives a motive, and of those that the record
has do it all the same. Formulas and references stand in `lab/scores.py` and `lab/baselines.py`.
No forecast of n worlds goes below ½/(n + 1), here {floor:.2g}; an event that no world saw costs
the logarithm of that. Dates are scored in years by the threshold-weighted CRPS over the window,
with a mass at infinity for never; levels in ln strength, each world dressed with the error of the
record. Differences (model minus baseline) have a 95 % bootstrap interval over years, or over
questions; neither are independent, so it is too narrow.

Four things flatter the model. Ranges and ties were written by people who know what happened;
hostilities were not (`calibration/hostility.py`), and the table that was is a baseline here (what
the model scores with it stands at the end). What
the scenario dates beforehand (paths of industry, aid, some ties) is known to the worlds after the
split too. The laws were changed after looking at results (`tuning-log.md`). And before anything has
been seen Laplace's rule says even odds a year, so that in the first years, and for the whole free
run, climatology and the logistic are men of straw. The base rate of the whole record, which nobody
could have known, is the hard mark there.
"""
SURPRISES = """\
What happened, by how improbable worlds held it at the beginning of its year. The reason is taken
from the decision itself, in worlds that had followed the record up to its week: its hazard, and
what multiplied (×) or divided (÷) it on average. `<` marks what no world did.
"""
PLOT = "backtest-calibration.svg"
SIDE, EDGE = 360, 48
CALIBRATION = """\
Worlds of the free run are taken as truth and forecast by nine others each. Their places among the
nine must be uniform, ties broken by luck: this tests the scores and the draws, not the model of
history.
"""


def main() -> None:
    """Runs the backtest and writes the page, whatever it says."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenario", default="two-fronts")
    options.add_argument("--worlds", type=int, default=2000)
    options.add_argument("--seed", type=int, help="the scenario's when not given")
    options.add_argument("--split", type=dt.date.fromisoformat)
    options.add_argument("--directory", type=Path, help="where to keep the run; the cache if none")
    given = options.parse_args()
    scenario = load_scenario(given.scenario)
    settings = {"worlds": given.worlds, "seed": given.seed, "split": given.split}
    found = Backtest(scenario, directory=given.directory, **settings).run()
    written = Backtest(scenario, as_written=True, **settings).run() if found["changes"] else None
    names = {actor.id: actor.name for actor in scenario.actors}
    found = json.loads(json.dumps(found))
    text = "\n".join(page(found, written, names))
    Path(__file__).with_name("backtest.md").write_text(text + "\n", "utf-8")
    Path(__file__).with_name(PLOT).write_text(plot(found), "utf-8")


def page(
    found: dict[str, Any], written: dict[str, Any] | None, names: dict[str, str]
) -> Iterator[str]:
    """The lines of the page. written: the same without the change for forecasts."""
    yield "# Backtest"
    yield ""
    yield (
        f"`{found['scenario']}`, {found['worlds']} worlds, seed {found['seed']}, scenario "
        f"{found['hash'][:12]}, {found['start']} to {found['end']}. Made by `make docs`; not "
        "edited by hand."
    )
    yield ""
    if written:
        yield (
            f"Forecasts are made under {', '.join(f'`{name}`' for name in found['changes'])}; what "
            "the scenario scores as it is written stands under *As written*."
        )
        yield ""
    yield from _in_short(found)
    yield from _how_to_read(found)
    if written:
        yield from _as_written(found, written)
    for name, one in found["variants"].items():
        title = TITLES.get(name, f"Split: from the record up to {found['split']}, to the end")
        yield from _variant(title, one, names)
    yield from _surprises(found, names)
    yield from _calibration(found)


def _as_written(found: dict[str, Any], written: dict[str, Any]) -> Iterator[str]:
    """Both runs side by side, and what the second is better or worse than."""
    yield "## As written"
    yield ""
    yield (
        "The same with the scenario's own numbers, some of which were written by people who know "
        f"what happened (scenario {written['hash'][:12]}). The questions are those that each holds "
        "possible, so rows of the two differ in them too; compare each with its own baselines."
    )
    yield ""
    yield "| part | run | questions | Brier | log score | CRPS of dates | CRPS of levels |"
    yield "|---|---|---|---|---|---|---|"
    for name in found["variants"]:
        title = TITLES.get(name, f"Split after {found['split']}").split(":")[0]
        for run, rows in (("forecasts", found), ("as written", written)):
            one = rows["variants"][name]
            scores = " | ".join(
                f"{one[key]:.4f}" for key in ("brier", "log", "crps_dates", "crps_levels")
            )
            yield f"| {title} | {run} | {one['questions']} | {scores} |"
    yield ""
    yield from _in_short(written)


def _in_short(found: dict[str, Any]) -> Iterator[str]:
    """Where the model is not better, and why as far as can be seen."""
    for variant, one in found["variants"].items():
        told: dict[str, dict[str, list[str]]] = {}
        for name, row in one["baselines"].items():
            for key in ("brier", "log"):
                verdict = _verdict(row["difference"][key])
                told.setdefault(verdict, {}).setdefault(BASELINES[name], []).append(SCORES[key])
        words = {
            verdict: ", ".join(f"{who} ({' and '.join(keys)})" for who, keys in rows.items())
            for verdict, rows in told.items()
        }
        title = TITLES.get(variant, f"Split after {found['split']}").split(":")[0]
        said = [f"{one} than {words[one]}" for one in ("better", "**worse**") if one in words]
        if "**not told apart**" in words:
            said.append(f"**not told apart** from {words['**not told apart**']}")
        yield f"- **{title}:** the model is {'; '.join(said)}."
        off = [
            f"{act} (expects {row['expected']:.1f}, {row['happened']} happened)"
            for act, row in one["by_act"].items()
            if abs(row["expected"] - row["happened"]) > 2.0 * row["error"]
        ]
        if off:
            yield f"  It misjudges how many, by two standard errors or more: {', '.join(off)}."
    yield ""
    for kind in ("strike", "collapse"):
        rows = [row for row in found["surprises"] if row.get("decision") == kind and row["terms"]]
        heaviest = [
            min(row["terms"], key=row["terms"].get)
            for row in rows
            if min(row["terms"].values()) < 0
        ]
        if heaviest:
            top = max(sorted(set(heaviest)), key=heaviest.count)
            yield (
                f"Why, as far as the decisions show: of {len(rows)} recorded decisions of the kind "
                f"{kind}, {heaviest.count(top)} had as their heaviest counterweight: {top}."
            )
    yield ""


def _how_to_read(found: dict[str, Any]) -> Iterator[str]:
    yield HOW_TO_READ.format(floor=found["floor"])
    if found["not_asked"]:
        dated = ", ".join(f"{row['title']} ({row['date']})" for row in found["not_asked"])
        yield f"Not asked, since the scenario dates it: {dated}."
        yield ""


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _variant(title: str, one: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield (
        f"{one['questions']} questions, of which {one['happened']} happened (the model expects "
        f"{one['expected']:.1f}); {one['levels']} recorded levels. Fewest ancestors: "
        f"{one['ancestors']}."
    )
    if one["massing_seen"]:
        yield ""
        yield (
            "Worlds may have seen the massing before these blows, which fall soon after a first "
            f"day: {', '.join(one['massing_seen'])}."
        )
    if one["events_lost"]:
        yield ""
        yield (
            f"{one['events_lost']} events did not fit into the logs of their worlds, so pacts and "
            "alliances may be counted too rarely."
        )
    yield ""
    yield "| forecaster | Brier | log score | CRPS of dates, years | CRPS of levels, ln |"
    yield "|---|---|---|---|---|"
    rows = {"**model**": one, **{BASELINES[n]: row for n, row in one["baselines"].items()}}
    for who, row in rows.items():
        yield f"| {who} | {' | '.join(_cell(row[key]) for key in SCORES)} |"
    yield ""
    yield "### Where the model is better, and where not"
    yield ""
    for name, row in one["baselines"].items():
        yield from _against(BASELINES[name], row, names)
    yield ""
    yield "Brier by act (hostilities speak of wars only, elsewhere as climatology does):"
    yield ""
    yield (
        "| act | questions | happened | expected | model | climatology | base rate | logistic | "
        "hostilities | no change |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for act, row in one["by_act"].items():
        brier = " | ".join(f"{row[who]['brier']:.4f}" for who in ("model", *BASELINES))
        yield (
            f"| {act} | {row['questions']} | {row['happened']} | {row['expected']:.1f} | {brier} |"
        )
    yield ""
    yield "What was said against what came:"
    yield ""
    yield from _reliability(one["reliability"])


def _verdict(apart: dict[str, float]) -> str:
    if apart["high"] < 0.0:
        return "better"
    return "**worse**" if apart["low"] > 0.0 else "**not told apart**"


def _against(name: str, row: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    told = [
        f"{SCORES[key]} {_verdict(apart)} ({apart['mean']:+.4f}, {apart['low']:+.4f} to "
        f"{apart['high']:+.4f})"
        for key, apart in row["difference"].items()
    ]
    yield f"- **Against {name}:** {'; '.join(told)}."
    apart = row["difference"]
    if apart["log"]["high"] < 0.0 and apart["brier"]["high"] < 0.0:
        return
    lost = [
        f"{_who(one, names)} ({one['p']:.2g} where it says {one['p_baseline']:.2g}, "
        f"{'happened' if one['happened'] else 'did not happen'})"
        for one in row["lost_on"]
    ]
    if lost:
        yield f"  It loses most on {'; '.join(lost)}."


def _who(row: dict[str, Any], names: dict[str, str]) -> str:
    when = f" {row['window']}" if row["window"].isdigit() else ""
    if row["act"] == "collapse":
        return f"fall of {names[row['actor']]}{when}"
    return f"{row['act']} {names[row['actor']]}–{names[row['target']]}{when}"


def _reliability(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "| forecast | cases | mean forecast | came true | error of that share |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {row['from']:g} to {row['to']:g} | {row['cases']} | {row['said']:.3f} | "
            f"{row['came']:.3f} | {row['error']:.3f} |"
        )
    yield ""


def _surprises(found: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    yield "## The surprise ledger"
    yield ""
    yield SURPRISES
    yield "| date | event | P within the year | climatology | why so improbable |"
    yield "|---|---|---|---|---|"
    for row in found["surprises"]:
        p = f"< {1 / found['worlds']:.2g}" if row["none"] else f"{row['p']:.3f}"
        yield (
            f"| {row['date']} | {row['title']} | {p} | {row['p_climatology']:.3f} | {row['why']} |"
        )
    yield ""
    yield "What was held most probable within a year and did not come:"
    yield ""
    yield "| year | what | P |"
    yield "|---|---|---|"
    for row in found["false_alarms"]:
        yield f"| {row['year']} | {_who({**row, 'window': ''}, names)} | {row['p']:.3f} |"
    yield ""


def _calibration(found: dict[str, Any]) -> Iterator[str]:
    calibration = found["calibration"]
    yield "## Calibration, where the truth is known"
    yield ""
    yield CALIBRATION
    if calibration["uniform"] is None:
        yield "Too few worlds for that test."
    else:
        says = "They are" if calibration["uniform"] else "**They are not**"
        yield (
            f"{says}: of {calibration['quantities']} quantities with {calibration['ranks_each']} "
            f"places each the smallest p of the χ² test, times their number, is "
            f"{calibration['smallest_p_adjusted']:.2g} (rejected below {found['error_rate']}, so "
            f"a right program fails 1 time in {1 / found['error_rate']:.0f})."
        )
    yield ""
    yield f"One half of the worlds forecasts the other ({calibration['truths']} pseudo-histories):"
    yield ""
    yield f"![What was said against what came]({PLOT})"
    yield ""
    yield (
        "Filled: pseudo-histories, as in the table below. Hollow: the one record, one year ahead. "
        "Bars are two standard errors, were the cases independent; on the diagonal what was said "
        "came true as often as it was said."
    )
    yield ""
    yield from _reliability(calibration["reliability"])


def plot(found: dict[str, Any]) -> str:
    """An SVG of what was said against what came: pseudo-histories, and the record."""
    inner = SIDE - 2 * EDGE
    record = found["variants"]["one_year_ahead"]["reliability"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" '
        f'viewBox="0 0 {SIDE} {SIDE}" font-family="sans-serif" font-size="11" fill="#333">',
        "<title>Share that came true against forecast probability</title>",
        f'<rect width="{SIDE}" height="{SIDE}" fill="#fff"/>',
        f'<rect x="{EDGE}" y="{EDGE}" width="{inner}" height="{inner}" fill="none" stroke="#999"/>',
        f'<path d="M{_at(0)},{_at(0, up=True)} L{_at(1)},{_at(1, up=True)}" stroke="#999" '
        'stroke-dasharray="4 3"/>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        place = f'x="{EDGE - 6}" y="{_at(tick, up=True)}" text-anchor="end" dy="4"'
        parts += [
            f'<text x="{_at(tick)}" y="{SIDE - EDGE + 16}" text-anchor="middle">{tick:g}</text>',
            f"<text {place}>{tick:g}</text>",
        ]
    turned = f'transform="translate(14 {SIDE / 2:g}) rotate(-90)" text-anchor="middle"'
    parts += [
        f'<text x="{SIDE / 2:g}" y="{SIDE - 12}" text-anchor="middle">forecast</text>',
        f"<text {turned}>came true</text>",
        *_marks(record, "#fff", "#b35806"),
        *_marks(found["calibration"]["reliability"], "#2166ac", "#2166ac"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(value: float, up: bool = False) -> str:
    inner = SIDE - 2 * EDGE
    return f"{EDGE + inner * (1.0 - value if up else value):.1f}"


def _marks(rows: Sequence[dict[str, Any]], fill: str, stroke: str) -> Iterator[str]:
    for row in rows:
        x, came, error = _at(row["said"]), row["came"], 2.0 * row["error"]
        low, high = (_at(min(1.0, max(0.0, end)), up=True) for end in (came - error, came + error))
        yield f'<path d="M{x},{low} L{x},{high}" stroke="{stroke}"/>'
        yield f'<circle cx="{x}" cy="{_at(came, up=True)}" r="4" fill="{fill}" stroke="{stroke}"/>'


if __name__ == "__main__":
    main()
