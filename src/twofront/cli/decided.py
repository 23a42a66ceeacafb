"""Decisions of a review on the command line: the file, and a decision in a line or as JSON."""

from __future__ import annotations

from pathlib import Path

from twofront.basics import BadInput, Problem
from twofront.ledger.anchors import Anchor, Place
from twofront.ledger.decisions import DecisionFile
from twofront.ledger.settling import Settled


def existing_decisions(path: Path) -> DecisionFile:
    """The file, read. Raises `BadInput` when there is none, or it is of another kind."""
    if not path.exists():
        raise BadInput(Problem(str(path), "no such file", "a file that a review wrote"))
    file = DecisionFile(path)
    file.refresh()
    return file


def decision_record(one: Settled) -> dict[str, object]:
    """A decision and where its words are now; of a pair, also the `other` place."""
    decision = one.decision
    record: dict[str, object] = {
        "id": decision.id, "action": decision.action, "type": decision.type,
        "value": decision.value, "anchor": decision.anchor.to_dict(), "now": _now(one.place),
    }  # fmt: skip
    if decision.other is not None and one.other_place is not None:
        record |= {"other": decision.other.to_dict(), "other_now": _now(one.other_place)}
    return record


def _now(place: Place) -> list[int | None] | None:
    return None if place.start is None else [place.start, place.end]


def decision_told(one: Settled) -> str:
    """`harbour: accept DATE as 1702-03: … began in [March 1702], when …`"""
    decision = one.decision
    value = f" as {decision.value}" if decision.value else ""
    told = f"{decision.anchor.doc}: {decision.action} {decision.type}{value}: "
    told += _words(decision.anchor)
    if decision.other is not None:
        told += f" from {decision.other.doc}: {_words(decision.other)}"
    return told


def _words(anchor: Anchor) -> str:
    words = " ".join(f"{anchor.prefix}[{anchor.quote}]{anchor.suffix}".split())
    return f"… {words} …"
