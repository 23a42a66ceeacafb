"""Writes docs/verdicts.md: the verdicts on every thesis of the flagship, on many worlds.

    python docs/make_verdicts.py [--worlds 20000]

Cards are kept, so an interrupted run goes on.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from twofront.lab import Laboratory
from twofront.lab.verdict import WORDS
from twofront.ledger import load_ledger
from twofront.scenario import load_scenario

NAME = "two-fronts"
HEAD = """# Verdicts

`{title}`, {worlds:,} worlds that follow the record to the day of each thesis, seed {seed},
scenario {hash}. Made by `python docs/make_verdicts.py`; not edited by hand. What a card says
beyond this, and how it is made: `cards.md`. Grades: {grades}.

*As it was* and *changed* are what the outcome comes to on both sides; the interval is the chance of
the draw (95 %, by families). *Worth* is the number of independent families. An effect is weighed
against the smallest that would matter, which was fixed before any run. Outcomes of the same name
differ between theses in their last day, and worlds in the day to which they follow the record: so
does what it was.

| thesis | grade | as it was | changed | effect | 95 % | smallest | worlds | worth |
|---|---|---|---|---|---|---|---|---|
"""


def number(value: float | None) -> str:
    """Three significant figures; a dash for what there is none of."""
    return "–" if value is None else f"{value:.3g}"


def row(card: dict[str, Any]) -> str:
    """A line of the table."""
    low, high = card["interval"]
    return (
        f"| {card['title']} | {card['grade']} | {number(card['base'])} | "
        f"{number(card['changed'])} | {card['effect']:+.3g} | {low:+.3g} to {high:+.3g} | "
        f"{number(card['smallest_effect'])} | {card['worlds']:,} | "
        f"{card['effective_ancestors']:,.0f} |"
    )


def paragraph(card: dict[str, Any]) -> str:
    """What one card says, in a few lines."""
    lines = [f"### {card['title']}", "", f"*{card['question']}*  ", card["sentence"]]
    if card["effect"] is None:
        return "\n".join(lines)
    lines += ["", f"- Against it is said: {card['disputed_by']}"] if card["disputed_by"] else [""]
    lines.append(
        f"- The change: {card['change']['title']}. The outcome: {card['outcome']['title']}."
    )
    hangs = [f"{one['title']} ({one['grade']}, {one['index']:.2f})" for one in card["hangs_on"][:3]]
    if hangs:
        lines.append(f"- Hangs on: {'; '.join(hangs)}.")
    turned = [one["title"] for one in card["variants"] if one["effect"] * card["effect"] < 0.0]
    if card["variants"]:
        told = "; ".join(turned) or "none"
        lines.append(f"- Of {len(card['variants'])} variants of the model, the other way: {told}.")
    if card["shares"]:
        shares = ", ".join(
            f"{one['title']} {one['share']:+.3f} ({one['interval'][0]:+.3f} to "
            f"{one['interval'][1]:+.3f})"
            for one in card["shares"]["factors"]
        )
        lines.append(f"- Shapley shares: {shares}.")
    if card["warnings"]:
        lines.append(f"- Warnings: {', '.join(card['warnings'])}.")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=20_000)
    worlds = parser.parse_args().worlds
    scenario = load_scenario(NAME)
    ledger = load_ledger(scenario.ledger) if scenario.ledger else None
    laboratory = Laboratory(scenario, worlds=worlds, ledger=ledger)
    cards = laboratory.test_all(thesis.id for thesis in scenario.theses)
    tested = [card for card in cards if card["effect"] is not None]
    head = HEAD.format(
        title=scenario.title, worlds=worlds, seed=laboratory.seed, hash=scenario.hash[:12],
        grades=", ".join(f"{grade} {word}" for grade, word in WORDS.items() if len(grade) == 1),
    )  # fmt: skip
    outside = [f"- **{c['title']}.** {c['sentence']}" for c in cards if c["effect"] is None]
    text = head + "\n".join(map(row, tested)) + "\n\n## One by one\n\n"
    text += "\n\n".join(map(paragraph, tested))
    text += "\n\n## Outside the model\n\n" + "\n".join(outside) + "\n"
    Path(__file__).with_name("verdicts.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
