"""Writes docs/sources.md: every force, day and event of a scenario, its grade and its sources."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
from pathlib import Path

from twofront.basics import bounds
from twofront.report.references import KINDS
from twofront.scenario import Number, Scenario, load_scenario, share_sourced
from twofront.scenario.facts import Fact
from twofront.scenario.inputs import Dated, Input, Row, inputs_in

DAYS = ("date", "until", "signed", "expires", "denounced", "made", "from_", "to", "since")
WORDS = {**KINDS, "unknown": "not said"}
TITLES = {Input.FORCE: "Forces", Input.DATE: "Dates", Input.EVENT: "Events"}


def page(scenario: Scenario) -> str:
    """The whole page."""
    rows = list(inputs_in(scenario))
    report = scenario.check()
    lines = [
        "# What the inputs rest on",
        "",
        f"`{scenario.title}`, scenario {scenario.hash[:12]}. Made by `make docs`, not by hand.",
        "",
        "Forces are starting forces and stocks, armies of peace, and the levels and counts of the",
        "record; dates are those of treaties, ties, promises, aid and sources of reports; events",
        "are the entries of the record with what they assert. `sourced` means that somebody has",
        "seen the figure or day in the named source, not that the source is good: `facts.csv` says",
        "how each was seen and `references.json` where. What was only recalled stays `estimated`.",
        "",
        "| inputs | sourced | of | share |",
        "|---|---|---|---|",
    ]
    for kind, counts in report.inputs.items():
        sourced = counts["sourced"] + counts["measured"]
        lines.append(f"| {kind} | {sourced} | {sum(counts.values())} | {share_sourced(counts)} |")
    lines += ["", "Of those sourced, by the standing of the closest source that they cite:", ""]
    lines += ["| standing | inputs |", "|---|---|"]
    lines += [f"| {WORDS[one]} | {n} |" for one, n in report.standings.items()]
    lines += ["", "| record | events | levels | counts |", "|---|---|---|---|"]
    for name, part in report.record.items():
        lines.append(f"| {name} | {part['events']} | {part['levels']} | {part['counts']} |")
    lines += ["", "## Where sources disagree", ""]
    lines += [
        f"- `{row.place}`, {_value(row)}: {told}"
        for row in rows
        if (told := disagreement(row, scenario))
    ]
    for kind in Input:
        lines += ["", f"## {TITLES[kind]}", ""]
        lines += ["| input | value | range | unit | grade | sources | note |"]
        lines += ["|---|---|---|---|---|---|---|"]
        lines += [_line(row, scenario) for row in rows if row.kind == kind]
    return "\n".join([*lines, ""])


def disagreement(row: Row, scenario: Scenario) -> str:
    """The cited facts that say otherwise, with what they say."""
    item = row.item
    facts = [scenario.facts[id] for id in item.facts]
    if isinstance(item, Dated):
        first = next(day for name in DAYS if (day := getattr(item, name, None)))
        last = max(day for name in DAYS if (day := getattr(item, name, None)))
        other = [fact for fact in facts if fact.unit == "date" and not _touches(fact, first, last)]
        other += [
            fact
            for fact in facts
            if fact.unit == "date" and fact not in other and "/" in fact.date_edtf
            and bounds(fact.date_edtf)[0] != first
        ]  # fmt: skip
        return "; ".join(f"{fact.date_edtf} ({_where(fact)})" for fact in other)
    if item.unit not in ("DE", "men", "pieces"):
        return ""
    scale = scenario.force_unit.men.value if item.unit == "DE" else 1.0
    same = [
        fact
        for fact in facts
        if f"({fact.id})" not in item.note
        and (fact.unit == "men" if item.unit == "DE" else "men" not in fact.unit)
    ]
    sizes = {fact.id: float(fact.value) / scale for fact in same}
    parts = [
        pair
        for pair in itertools.combinations(sizes, 2)
        if abs(sum(sizes[id] for id in pair) - item.value) < 0.06
    ]
    direct = parts or any(abs(size - item.value) < 0.06 for size in sizes.values())
    if not direct and not ("judgement" in item.note and len(same) > 1):
        return ""  # made of its facts in another way, which the note tells
    # What adds up to the value does not contradict it.
    added = {id for pair in parts for id in pair}
    other = [fact for fact in same if abs(sizes[fact.id] - item.value) >= 0.06]
    return "; ".join(
        f"{float(fact.value):,.0f}".replace(",", " ") + f" ({_where(fact)})"
        for fact in other
        if fact.id not in added
    )


def _touches(fact: Fact, first: dt.date, last: dt.date) -> bool:
    begin, end = bounds(fact.date_edtf)
    return begin is not None and end is not None and begin <= last and first <= end


def _where(fact: Fact) -> str:
    return f"{fact.id}, {fact.source_key}" + (", recalled" if fact.recalled else "")


def _value(row: Row) -> str:
    if isinstance(row.item, Number):
        return f"{row.item.value:g} {row.item.unit}"
    found = [f"{name.rstrip('_')} {day}" for name in DAYS if (day := getattr(row.item, name, None))]
    return ", ".join(found).removeprefix("date ")


def _line(row: Row, scenario: Scenario) -> str:
    item = row.item
    numeric = isinstance(item, Number)
    cells = [
        f"`{row.place}`",
        f"{item.value:g}" if numeric else _value(row),
        f"{item.low:g} to {item.high:g}" if numeric else "",
        item.unit if numeric else "day",
        row.grade,
        ", ".join([*(_where(scenario.facts[id]) for id in item.facts), *item.sources]),
        item.note,
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def main() -> None:
    """Writes the page beside this script."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenario", default="two-fronts")
    scenario = load_scenario(options.parse_args().scenario)
    Path(__file__).with_name("sources.md").write_text(page(scenario), "utf-8")


if __name__ == "__main__":
    main()
