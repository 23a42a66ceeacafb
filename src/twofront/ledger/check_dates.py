"""Dates and distances in time that cannot all be true, and the sentence that says why.

Every dated statement and every relation becomes bounds between points (`network.py`). A few
doubtful statements are chosen whose removal would leave no conflict; a smallest conflict becomes
a finding when it has one of them. Conflicts that combine two doubtful statements only repeat
what the others have said. Statements that say the same of a point are one, with several witnesses;
a point with more than two different dates is one finding that names them all.

A sentence takes one statement as the odd one out, a distance rather than a date where there is
one, and computes what the others imply for it.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from twofront.basics import bounds

from .findings import Finding
from .load import Ledger
from .network import Bound, Dispute, Unfinished, conflicts_of, implied
from .statements import Dated, Point, Relation
from .words import length, listed, placed, sentence, span, who, whole_days

# The point from which days are counted; sorts before every id.
_ORIGIN = ""
_NAMED = 3  # points that are named where there is too much to look for


@dataclass(frozen=True)
class _Statement:
    claims: tuple[str, ...]
    references: tuple[str, ...]
    notes: tuple[str, ...]
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
    """One finding for every smallest set of statements about time that cannot all be true.

    A point with several dates has one for all of them. Where there are more sets than are looked
    for, the last findings say so.
    """
    statements = _together(_statements(ledger, claims))
    points = {point.id: point for point in ledger.constraints.point}
    network = [
        bound._replace(statement=number)
        for number, statement in enumerate(statements)
        for bound in statement.bounds
    ]
    conflicts = conflicts_of(network)
    parted = {claim.id: set(claim.apart_from) for claim in ledger.claims if claim.apart_from}
    # Witnesses are one statement already: of those that differ otherwise there are few to choose.
    sets = [
        numbers
        for numbers in sorted(conflicts.each(), key=lambda n: (len(n), sorted(n)))
        if _of_one_thing([statements[number] for number in sorted(numbers)], parted)
    ]
    doubtful = _doubtful(sets, statements)
    disputes = [
        dispute
        for dispute in conflicts.disputes
        if _several(dispute, statements) and not _is_parted(dispute, statements, parted)
    ]
    in_dispute = {frozenset(pair) for one in disputes for pair in _pairs(one)}
    told: defaultdict[int, list[tuple[set[str], int, set[int]]]] = defaultdict(list)
    found = [_explain_dispute(ledger, points, dispute, statements) for dispute in disputes]
    for numbers in sets:
        doubt = numbers & doubtful
        parts = _of_one_thing([statements[number] for number in sorted(numbers)], parted)
        parties = {claim for part in parts for claim in part.claims}
        # Without a claim it is a quarrel among the other sources.
        if numbers in in_dispute or not parties or len(doubt) != 1:
            continue
        (one,) = doubt
        ways = {n for n in numbers if isinstance(statements[n].source, Relation)}
        # One doubt about the same claims says nothing new, nor does a longer way to it, nor one
        # that takes a further distance.
        stale = any(
            named == parties or (named < parties and size < len(parts)) or set() < way < ways
            for named, size, way in told[one]
        )
        if not stale:
            told[one].append((parties, len(parts), ways))
            found.append(_explain(ledger, points, parts))
    return found + [_too_many(points, one, statements) for one in conflicts.unfinished]


def _together(statements: list[_Statement]) -> list[_Statement]:
    """Statements of one text and standing are one, with all who make it."""
    found: dict[tuple[object, ...], _Statement] = {}
    for one in statements:
        kind = type(one.source), bool(one.claims), bool(one.references)
        key = (*kind, one.text, tuple(bound[:3] for bound in one.bounds))
        if key in found:
            first = found[key]
            claims = tuple(dict.fromkeys((*first.claims, *one.claims)))
            references = tuple(dict.fromkeys((*first.references, *one.references)))
            notes = tuple(dict.fromkeys((*first.notes, *one.notes)))
            written = first.written + one.written
            one = replace(first, claims=claims, references=references, notes=notes, written=written)
        found[key] = one
    return list(found.values())


def _pairs(dispute: Dispute) -> Iterator[tuple[int, int]]:
    """Every two statements that give different dates."""
    for one, other in dispute.pairs():
        yield from itertools.product(
            dispute.ranges[one].statements, dispute.ranges[other].statements
        )


def _several(dispute: Dispute, statements: Sequence[_Statement]) -> bool:
    """Whether claims give a point more than two dates that do not all meet."""
    parts = [statements[n] for one in dispute.ranges for n in one.statements]
    dated = all(isinstance(part.source, Dated) for part in parts)
    return dated and len(dispute.ranges) > 2 and any(part.claims for part in parts)


def _is_parted(
    dispute: Dispute, statements: Sequence[_Statement], parted: Mapping[str, set[str]]
) -> bool:
    """Whether some who give a point its dates are kept apart: then it is told pair by pair."""
    claims = {c for one in dispute.ranges for n in one.statements for c in statements[n].claims}
    return any(claims & parted.get(claim, set()) for claim in claims)


def _of_one_thing(parts: list[_Statement], parted: Mapping[str, set[str]]) -> list[_Statement]:
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
    what takes part in most conflicts is doubted first, counting who says what it conflicts with.
    """
    part_of: defaultdict[int, list[int]] = defaultdict(list)
    weight: defaultdict[int, int] = defaultdict(int)
    voices = [len(one.claims) + len(one.references) for one in statements]
    against: list[dict[int, int]] = []
    for number, conflict in enumerate(conflicts):
        everyone = math.prod(voices[n] for n in conflict)
        against.append({n: everyone // voices[n] for n in conflict})
        for n, others in against[-1].items():
            part_of[n].append(number)
            weight[n] += others

    def worst_first(n: int) -> tuple[tuple[int, ...], int, int]:
        return tuple(-doubt for doubt in _doubt(statements[n])), -weight[n], n

    doubtful: set[int] = set()
    is_open = [True] * len(conflicts)
    queue = [worst_first(n) for n in part_of]
    heapq.heapify(queue)
    while queue:
        entry = heapq.heappop(queue)
        n = entry[-1]
        if not weight[n]:
            continue
        if entry != worst_first(n):  # of its conflicts some are closed
            heapq.heappush(queue, worst_first(n))
            continue
        doubtful.add(n)
        for number in part_of[n]:
            if is_open[number]:
                is_open[number] = False
                for other, others in against[number].items():
                    weight[other] -= others
    # Keep only what is needed: each one left must be the only doubt in some conflict.
    doubts = [len(conflict & doubtful) for conflict in conflicts]
    for n in sorted(doubtful, key=lambda n: (_doubt(statements[n]), n)):
        if all(doubts[number] > 1 for number in part_of[n]):
            doubtful.discard(n)
            for number in part_of[n]:
                doubts[number] -= 1
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
        notes = (said.note,) if said.note else ()
        found.append(_Statement(kept, said.references, notes, text, tuple(pairs), said, written))
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


def _explain(
    ledger: Ledger, points: Mapping[str, Point], conflict: Sequence[_Statement]
) -> Finding:
    odd = min(conflict, key=_oddness)
    rest = [statement for statement in conflict if statement is not odd]
    return _finding(points, [odd, *rest], _tell(ledger, points, odd, rest))


def _finding(points: Mapping[str, Point], conflict: Sequence[_Statement], told: str) -> Finding:
    about = dict.fromkeys(p for one in conflict for b in one.bounds for p in (b.first, b.second))
    notes = [points[point].note for point in about if point != _ORIGIN]
    notes += [note for statement in conflict for note in statement.notes]
    return Finding(
        "chronology",
        tuple(dict.fromkeys(claim for one in conflict for claim in one.claims)),
        sentence(told),
        tuple(dict.fromkeys(key for one in conflict for key in one.references)),
        " ".join(sentence(note) for note in dict.fromkeys(notes) if note),
    )


def _explain_dispute(
    ledger: Ledger,
    points: Mapping[str, Point],
    dispute: Dispute,
    statements: Sequence[_Statement],
) -> Finding:
    """All dates of a point that do not meet, those of most witnesses first."""
    title = f"{points[dispute.second].title} "
    sides = [
        [statements[n] for number in side for n in dispute.ranges[number].statements]
        for side in dispute.sides()
    ]
    sides.sort(key=lambda own: -sum(len(one.claims) + len(one.references) for one in own))
    parts = [one for own in sides for one in own]
    # The name of the point is needed only once.
    told = [_says(ledger, parts[0])]
    for one in parts[1:]:
        told.append(f"{who(ledger, one.claims, one.references)} {one.told.removeprefix(title)}")
    # Where dates meet in a row there are no sides, and it is the first that the others are not.
    first = len(sides[0]) if len(sides) > 1 else 1
    gaps = [
        max(one.fewest - other.most, other.fewest - one.most)
        for one, other in ((dispute.ranges[a], dispute.ranges[b]) for a, b in dispute.pairs())
    ]
    apart = length(min(gaps), max(gaps))
    text = f"{listed(told[:first])}, but {listed(told[first:])}: {apart} apart"
    return _finding(points, parts, text)


def _too_many(
    points: Mapping[str, Point], unfinished: Unfinished, statements: Sequence[_Statement]
) -> Finding:
    """That not every set of statements about some points was looked for."""
    about = sorted(point for point in unfinished.points if point != _ORIGIN)
    parts = [
        one for one in statements
        if one.claims and {p for b in one.bounds for p in b[:2]} & unfinished.points - {_ORIGIN}
    ]  # fmt: skip
    named = [points[point].title for point in about[:_NAMED]]
    more = [f"{len(about) - _NAMED} other points"] if len(about) > _NAMED else []
    return Finding(
        "chronology",
        tuple(dict.fromkeys(claim for one in parts for claim in one.claims)),
        sentence(
            f"not all sets of {unfinished.size} and more statements that cannot all be true were "
            f"looked for, there are too many of them on {listed(named + more)}"
        ),
    )


def _oddness(statement: _Statement) -> tuple[bool, bool]:
    """A claim before other sources, a distance before a date."""
    return not statement.claims, isinstance(statement.source, Dated)


def _tell(
    ledger: Ledger, points: Mapping[str, Point], odd: _Statement, rest: list[_Statement]
) -> str:
    first = rest[0]
    if isinstance(odd.source, Dated) and len(rest) == 1 and isinstance(first.source, Dated):
        # Two dates for one point need its name only once.
        tail = first.told.removeprefix(f"{points[odd.source.point].title} ")
        others = who(ledger, first.claims, first.references)
        return f"{_says(ledger, odd)}, but {others} {tail}: {_apart(odd, first)}"
    groups: dict[tuple[str, str], list[_Statement]] = {}
    for one in rest:
        groups.setdefault(_speaker(ledger, one), []).append(one)
    told = listed(_says(ledger, *group) for group in groups.values())
    return f"{_says(ledger, odd)}, but {told}{_consequence(odd, rest, points)}"


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


def _consequence(odd: _Statement, rest: list[_Statement], points: Mapping[str, Point]) -> str:
    """What the other statements imply for the distance or date that the odd one gives."""
    network = [bound for statement in rest for bound in statement.bounds]
    said = odd.source
    if isinstance(said, Dated):
        low, high = implied(network, _ORIGIN, said.point)
        return f": that puts {points[said.point].title} {span(*whole_days(low, high))}"
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
