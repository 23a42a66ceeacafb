"""Dates and distances in time that cannot all be true, and the sentence that says why.

Every dated statement and every relation becomes bounds between points (`network.py`). A few
doubtful statements are chosen whose removal would leave no conflict; a smallest conflict becomes
a finding when it has one of them. Conflicts that combine two doubtful statements only repeat
what the others have said.

A sentence takes one statement as the odd one out, a distance rather than a date where there is
one, and computes what the others imply for it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from twofront.basics import bounds

from .findings import Finding
from .load import Ledger
from .network import Bound, implied, smallest_conflicts
from .statements import Dated, Relation
from .words import length, listed, placed, sentence, span, who

# The point from which days are counted; sorts before every id.
_ORIGIN = ""


@dataclass(frozen=True)
class _Statement:
    claims: tuple[str, ...]
    references: tuple[str, ...]
    note: str
    text: str
    bounds: tuple[Bound, ...]
    source: Dated | Relation
    written: tuple[tuple[str, str], ...] = ()  # claims, and the words in which they give the date

    @property
    def told(self) -> str:
        """The text with the words of the claims, where these say it in another way."""
        words = dict.fromkeys(
            words for claim, words in self.written
            if claim in self.claims and words.casefold() not in self.text.casefold()
        )  # fmt: skip
        return f"{self.text} ({listed(f'“{one}”' for one in words)})" if words else self.text


def check_dates(ledger: Ledger, claims: set[str]) -> list[Finding]:
    """One finding for every smallest set of statements about time that cannot all be true."""
    statements = _statements(ledger, claims)
    network = [bound for statement in statements for bound in statement.bounds]
    parted = {claim.id: set(claim.apart_from) for claim in ledger.claims if claim.apart_from}
    conflicts = [
        conflict for conflict in smallest_conflicts(network)
        if not parted or _together([statements[number] for number in conflict], parted)
    ]  # fmt: skip
    doubtful = _doubtful(conflicts, statements)
    told: list[tuple[frozenset[int], set[str], int, set[int]]] = []
    found = []
    for conflict in conflicts:
        doubt = conflict & doubtful
        parts = _together([statements[number] for number in sorted(conflict)], parted)
        parties = {claim for part in parts for claim in part.claims}
        ways = {n for n in conflict if isinstance(statements[n].source, Relation)}
        # One doubt about the same claims says nothing new, nor does a longer way to it, nor one
        # that takes a further distance.
        stale = any(
            doubt == known
            and (named == parties or (named < parties and size < len(parts)) or set() < way < ways)
            for known, named, size, way in told
        )
        # Without a claim it is a quarrel among the other sources.
        if parties and len(doubt) == 1 and not stale:
            told.append((doubt, parties, len(parts), ways))
            found.append(_explain(ledger, parts))
    return found


def _together(parts: list[_Statement], parted: Mapping[str, set[str]]) -> list[_Statement]:
    """The statements by those who make them of one thing; none when these are kept apart.

    Of several claims in a statement those go that are kept apart from all claims of another one.
    """
    while parted:
        kept = [
            replace(
                part,
                claims=tuple(
                    claim for claim in part.claims
                    if not any(
                        other.claims and set(other.claims) <= parted.get(claim, set())
                        for other in parts if other is not part
                    )
                ),
            )
            for part in parts
        ]  # fmt: skip
        if any(part.claims and not one.claims for part, one in zip(parts, kept, strict=True)):
            return []
        if kept == parts:
            break
        parts = kept
    return parts


def _doubtful(conflicts: list[frozenset[int]], statements: list[_Statement]) -> set[int]:
    """A smallest-looking set of statements that has a part in every conflict.

    What no claim says is doubted last, then what a source confirms, then dates; of the rest,
    what takes part in most conflicts is doubted first.
    """
    doubtful: set[int] = set()
    open_conflicts = list(conflicts)
    while open_conflicts:
        parts = [number for conflict in open_conflicts for number in conflict]
        worst = max(sorted(set(parts)), key=lambda n: (*_doubt(statements[n]), parts.count(n)))
        doubtful.add(worst)
        open_conflicts = [conflict for conflict in open_conflicts if worst not in conflict]
    # Keep only what is needed: each one left must be the only doubt in some conflict.
    for number in sorted(doubtful, key=lambda n: _doubt(statements[n])):
        if all(conflict & (doubtful - {number}) for conflict in conflicts):
            doubtful.discard(number)
    return doubtful


def _doubt(statement: _Statement) -> tuple[bool, bool, bool]:
    claimed, confirmed = bool(statement.claims), bool(statement.references)
    return claimed, not confirmed, isinstance(statement.source, Relation)


def _statements(ledger: Ledger, claims: set[str]) -> list[_Statement]:
    titles = {point.id: point.title for point in ledger.constraints.point}
    found: list[_Statement] = []
    for said in (*ledger.constraints.dated, *ledger.constraints.relation):
        kept = tuple(claim for claim in said.claims if claim in claims)
        written: tuple[tuple[str, str], ...] = ()
        if not kept and not said.references:
            continue
        if isinstance(said, Dated):
            date = said.date or ledger.claim(said.claims[0]).date
            if date is None:
                continue
            text = f"{titles[said.point]} {placed(date)}"
            pairs = _dated_bounds(said.point, date, len(found))
            if said.date is None:
                written = tuple(
                    (claim, words) for claim in kept if (words := ledger.claim(claim).written)
                )
        else:
            text = f"that {said.says.rstrip('.')}"
            pairs = _relation_bounds(said, len(found))
        found.append(
            _Statement(kept, said.references, said.note, text, tuple(pairs), said, written)
        )
    return found


def _dated_bounds(point: str, date: str, number: int) -> list[Bound]:
    earliest, latest = bounds(date)
    pairs = []
    if latest is not None:
        pairs.append(Bound(_ORIGIN, point, latest.toordinal(), number))
    if earliest is not None:
        pairs.append(Bound(point, _ORIGIN, -earliest.toordinal(), number))
    return pairs


def _relation_bounds(said: Relation, number: int) -> list[Bound]:
    if said.kind == "during":
        return [Bound(said.point, said.first, 0, number), Bound(said.second, said.point, 0, number)]
    low, high = said.days
    pairs = []
    if high is not None:
        pairs.append(Bound(said.first, said.second, high, number))
    if low is not None:
        pairs.append(Bound(said.second, said.first, -low, number))
    return pairs


def _explain(ledger: Ledger, conflict: list[_Statement]) -> Finding:
    odd = min(conflict, key=_oddness)
    rest = [statement for statement in conflict if statement is not odd]
    points = {p for one in conflict for b in one.bounds for p in (b.first, b.second)}
    notes = [point.note for point in ledger.constraints.point if point.id in points and point.note]
    notes += [statement.note for statement in conflict if statement.note]
    return Finding(
        "chronology",
        tuple(dict.fromkeys(claim for one in (odd, *rest) for claim in one.claims)),
        sentence(_tell(ledger, odd, rest)),
        tuple(dict.fromkeys(key for one in (odd, *rest) for key in one.references)),
        " ".join(sentence(note) for note in dict.fromkeys(notes)),
    )


def _oddness(statement: _Statement) -> tuple[bool, bool]:
    """A claim before other sources, a distance before a date."""
    return not statement.claims, isinstance(statement.source, Dated)


def _tell(ledger: Ledger, odd: _Statement, rest: list[_Statement]) -> str:
    titles = {point.id: point.title for point in ledger.constraints.point}
    first = rest[0]
    if isinstance(odd.source, Dated) and len(rest) == 1 and isinstance(first.source, Dated):
        # Two dates for one point need its name only once.
        tail = first.told.removeprefix(f"{titles[odd.source.point]} ")
        others = who(ledger, first.claims, first.references)
        return f"{_says(ledger, odd)}, but {others} {tail}: {_apart(odd, first)}"
    groups: dict[tuple[str, str], list[_Statement]] = {}
    for one in rest:
        groups.setdefault(_speaker(ledger, one), []).append(one)
    told = listed(_says(ledger, *group) for group in groups.values())
    return f"{_says(ledger, odd)}, but {told}{_consequence(odd, rest, titles)}"


def _speaker(ledger: Ledger, statement: _Statement) -> tuple[str, str]:
    """Who says it, and the verb that goes with it."""
    speaker = who(ledger, statement.claims, statement.references)
    one, many = ("puts", "put") if isinstance(statement.source, Dated) else ("says", "say")
    several = " and " in speaker or speaker == "other sources"
    return speaker, many if several else one


def _says(ledger: Ledger, *statements: _Statement) -> str:
    """What one speaker says, in one clause."""
    speaker, verb = _speaker(ledger, statements[0])
    return f"{speaker} {verb} {listed(statement.told for statement in statements)}"


def _consequence(odd: _Statement, rest: list[_Statement], titles: dict[str, str]) -> str:
    """What the other statements imply for the distance or date that the odd one gives."""
    network = [bound for statement in rest for bound in statement.bounds]
    said = odd.source
    if isinstance(said, Dated):
        low, high = implied(network, _ORIGIN, said.point)
        return f": that puts {titles[said.point]} {span(_date(low), _date(high))}"
    if said.kind == "during":
        return ""
    low, high = implied(network, said.first, said.second)
    if math.isinf(low) and math.isinf(high):
        return ""
    if high <= 0:
        return f": that makes it {length(-high, -low, said.unit)} earlier, not later"
    late = " later, not earlier" if said.kind == "before" else ""
    return f": that makes {'it ' if late else ''}{length(low, high, said.unit)}{late}"


def _apart(odd: _Statement, other: _Statement) -> str:
    """How far two dates of one point lie from each other, at the least."""
    point = odd.source.point
    low, high = implied(odd.bounds, _ORIGIN, point)
    first, last = implied(other.bounds, _ORIGIN, point)
    gap = max(first - high, low - last)
    exact = low == high and first == last
    return f"{length(gap, gap if exact else math.inf)} apart"


def _date(ordinal: float) -> dt.date | None:
    if math.isinf(ordinal) or not 1 <= ordinal <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(round(ordinal))
