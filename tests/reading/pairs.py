"""Score the alignment of two documents, and the contradictions found in them, against annotations.

A folder for each pair holds two texts and `pair.json`:

    docs       doc (file name), language, date
    ties       relation, accept (other right relations), a and b: doc, par, start, end, text, value
    clashes    kind (computed or direct), certain, passages: doc, par, start, end, text

A tie is right when two mentions that touch its spans are tied with its relation, or with another
one that is accepted; `not_same` is right when they are not merged. A clash is found when some
contradiction names at least two of its passages (or the one passage it has).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twofront.ledger import align, read_all, timeline
from twofront.sources import Mention, read_document

MERGING = ("corroborates", "refines", "conflict", "tension")


@dataclass
class Score:
    """Counts over pairs; `missed` tells what was not found, for documents that may be read."""

    ties: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    clashes: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false_alarms: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def tie_share(self) -> float:
        """Share of annotated ties with the right relation."""
        return self.right.total() / self.ties.total()


def score_pairs(folder: Path) -> Score:
    """Score every pair below a folder."""
    score = Score()
    for path in sorted(folder.glob("*/pair.json")):
        _score_pair(path.parent, json.loads(path.read_text(encoding="utf-8")), score)
    return score


def _score_pair(folder: Path, pair: dict[str, Any], score: Score) -> None:
    documents = [
        read_document(folder / d["doc"], doc_id=d["doc"], language=d["language"], date=d["date"])
        for d in pair["docs"]
    ]
    readings = read_all(documents)
    alignment = align(readings)
    for tie in pair["ties"]:
        wanted = {tie["relation"], *tie.get("accept", [])}
        here = {
            one.relation
            for one in alignment.ties
            if _touches(one.first, tie["a"]) and _touches(one.second, tie["b"])
        }
        merged = here & set(MERGING)
        right = bool(here & wanted) or ("not_same" in wanted and not merged)
        score.ties[tie["relation"]] += 1
        score.right[tie["relation"]] += right
        if not right:
            score.missed.append(
                f"{tie['id']} {tie['relation']} {tie['a']['text']!r} {tie['b']['text']!r}: "
                f"{', '.join(sorted(here)) or 'no tie'}"
            )
    clashes = timeline(readings, alignment=alignment).clashes()
    alarms = [clash.mentions for clash in clashes]
    alarms += [(t.first, t.second) for t in alignment.ties if t.relation == "conflict"]
    for clash in pair["clashes"]:
        kind = f"{clash['kind']} {'certain' if clash['certain'] else 'uncertain'}"
        found = any(_names(alarm, clash["passages"]) for alarm in alarms)
        score.clashes[kind] += 1
        score.found[kind] += found
        if not found:
            told = [p["text"] for p in clash["passages"]]
            score.missed.append(f"{clash['id']} {kind} {told}: {clash['why']}")
    for alarm in alarms:
        score.alarms += 1
        if not any(_names(alarm, clash["passages"]) for clash in pair["clashes"]):
            score.false_alarms += 1
            told = [f"{m.doc} {m.para}.{m.sent} {m.text!r} {m.value}" for m in alarm]
            score.missed.append(f"FALSE ALARM {told}")


def _touches(mention: Mention, span: dict[str, Any]) -> bool:
    return (
        mention.doc == span["doc"] and mention.start < span["end"] and span["start"] < mention.end
    )


def _names(alarm: tuple[Mention, ...], passages: list[dict[str, Any]]) -> bool:
    named = sum(any(_touches(mention, passage) for mention in alarm) for passage in passages)
    return named >= min(2, len(passages))
