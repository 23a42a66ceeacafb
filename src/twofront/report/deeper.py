"""Behind a verdict: why it may be asked, what it costs, what it hangs on together, in small tables.

Each table comes from one part of the card; a part that is not there gives no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import card_words as told
from . import words


@dataclass(frozen=True)
class Table:
    """A heading, a sentence, column heads (none: questions and answers), and rows."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(card: Mapping[str, Any], unit: str | None) -> list[Table]:
    """Every table that a card has something for."""
    parts: tuple[Callable[[Mapping[str, Any], str | None], Table | None], ...] = (
        _checklist, _shares, _together, _totals, _sources, _horizons,
    )  # fmt: skip
    return [table for part in parts if (table := part(card, unit)) and table.rows]


_UNARGUED = "not argued in the file of the change"


def _checklist(card: Mapping[str, Any], unit: str | None) -> Table | None:
    rows = card.get("checklist")
    if not rows:
        return None
    months = rows.get("months_to_outcome")
    when = f"{words.day(rows['antecedent'])}; worlds branch on {words.day(rows['branching'])}"
    if months is not None:
        when += f"; {words.number(months)} months before the horizon"
    found = [("Smallest rewrite", "; ".join(rows["rewrite"])), ("When", when)]
    found += list(_argued(rows))
    return Table("May it be asked?", "", (), found)


def _argued(rows: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "What connects them", rows.get("connects") or _UNARGUED
    also = rows.get("also")
    yield "What else must change", _UNARGUED if also is None else "; ".join(also) or "nothing"
    for title, kind, why in (
        ("Does it undo itself?", "undoes", "undone_by"),
        ("Was it open?", "open", "considered"),
    ):
        yield title, f"{rows[kind]}: {rows[why]}" if rows.get(kind) else _UNARGUED
    yield "What else to expect", rows.get("projects") or _UNARGUED


def _shares(card: Mapping[str, Any], unit: str | None) -> Table | None:
    shares = card.get("shares")
    if not shares:
        return None
    rows = [
        (
            words.capital(row["title"]), told.signed(row["share"], unit),
            told.span(row["interval"], unit), told.signed(row["alone"], unit),
            told.signed(row["last"], unit),
        )
        for row in shares["factors"]
    ]  # fmt: skip
    note = (
        f"All combinations in {words.number(shares['worlds'])} worlds; shares by Shapley. "
        "Alone: taken away first; last: when all others are gone."
    )
    return Table("Many causes", note, ("Cause", "Share", "Chance", "Alone", "Last"), rows)


def _together(card: Mapping[str, Any], unit: str | None) -> Table | None:
    shares = card.get("shares")
    if not shares:
        return None
    rows = [
        (
            f"{words.capital(row['first'])} and {row['second']}",
            told.signed(row["interaction"], unit), told.span((row["low"], row["high"]), unit),
        )
        for row in shares["interactions"][:6]
    ]  # fmt: skip
    note = "What two causes do only together; below nought one stands in for the other."
    return Table("Together", note, ("Causes", "Interaction", "Chance"), rows)


def _totals(card: Mapping[str, Any], unit: str | None) -> Table | None:
    rows = [
        (
            f"{words.capital(row['group'])} inputs ({row['inputs']})"
            if row["inputs"]
            else words.capital(row["group"]),
            words.share(row["index"]), _between(row["interval"]),
        )
        for row in card.get("totals") or ()
    ]  # fmt: skip
    note = "Share of the variation with all interactions; shares add up to more than the whole."
    return Table("By kind of evidence", note, ("What varies", "Total", "Chance"), rows)


def _between(ends: Sequence[float]) -> str:
    return " to ".join(words.share(end) for end in ends)


def _sources(card: Mapping[str, Any], unit: str | None) -> Table | None:
    rows = [
        (
            row["title"], words.number(row["inputs"]),
            " to ".join(told.signed(effect, unit) for effect in sorted(row["effects"])),
            "beyond chance" if row["beyond_chance"] else "within chance",
        )
        for row in card.get("sources_left_out") or ()
    ]  # fmt: skip
    note = "The effect when what a source alone supports is as uncertain as what nobody has seen."
    return Table("Without one source", note, ("Source", "Inputs", "Effect", "It moves"), rows)


def _horizons(card: Mapping[str, Any], unit: str | None) -> Table | None:
    curve = card.get("horizon_curve")
    if not curve:
        return None
    rows = [
        (words.day(p["date"]), told.signed(p["effect"], unit), told.span(p["interval"], unit))
        for p in curve["points"]
    ]
    note = "Events counted, nothing watched: noisier than the effect above."
    return Table("By other days", note, ("Until", "Effect", "Chance"), rows)
