"""Numbers and dates of a text beside reference facts that others have collected.

    facts.csv    entity, measure, value, low, high, unit, date_edtf, source_key   (others are left)

`entity` and `measure` say in plain English what the number is about ("Japan Kwantung Army",
"personnel"); they are read like any other text, so that a fact and a sentence meet by unit, by
who and where, by whether something is held or lost, and by date. A row with the unit `date` is an
event with its day; any other row without a number is held against nothing.

    agrees      every fact about this number or date fits it
    disputed    some fit it, others do not: the sources differ among themselves
    conflict    none fits

A sentence without a date is compared with the facts of the year that the text has reached.

Compared are only numbers of the same owner and the same thing. Where a sentence names several
powers, a number belongs to the one whose noun it counts, else to the one named last before it.
Losses of one kind (killed, wounded, prisoners) are compared with facts of that kind alone. Where a
fact names a person or a place that no gazetteer has ("at Shiloh"), the paragraph must name it too.

A number fits when the room that its wording leaves meets the range of the fact: an exact number
has none, a round one half of its last figure and a fortieth of itself at most, "about" half of
its last figure and a tenth at most (`amounts.span_of`). The sentence of a finding states it.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from twofront.basics import BadInput, Problem, bounds, days_apart, is_edtf
from twofront.basics.dates import is_before_days
from twofront.sources import Gazetteer, Mention, load_gazetteer
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.happenings import Happening, facets_of, names_of, unknown_names_of

from .alignment import Reading
from .amounts import LOST, counted_kind, span_of
from .fact_rows import number_of, rows_of
from .factual import what_it_does
from .words import OF_A_PERSON, listed, number, placed, when

COLUMNS = ("entity", "measure", "value", "low", "high", "unit", "date_edtf", "source_key")
_LOSSES = ("deaths", "wounded", "prisoners")  # units that count a part of the losses
_ONWARD = ("after", "start")
_FAR = 2  # paragraphs for which a date goes on to hold
_EVENT_NEAR = 62  # days: a date farther away is that of another event
_MOST_OF_IT = 0.5  # of the time of a fact, for a smaller number to be held against it
_SHOWN = 3
_SAME_WAR = (("attack", "enter", "fight"), ("win", "surrender"), ("sign", "found"))


_Facets = tuple[str, frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Fact:
    """A number or a date that a source gives, with its range, and what it is about."""

    title: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    date: str | None
    source: str
    predicate: str
    actors: frozenset[str]
    places: frozenset[str]
    names: frozenset[str] = frozenset()  # keys of names that the gazetteer does not have
    persons: frozenset[str] = frozenset()
    losses: str = ""  # deaths, wounded or prisoners, when only these are counted

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest number that the source allows."""
        ends = [end for end in (self.low, self.value, self.high) if end is not None]
        return (min(ends), max(ends)) if ends else (-math.inf, math.inf)

    @property
    def told(self) -> str:
        """What it is about, and of when."""
        return f"{self.title}, {self.date}" if self.date else self.title


@dataclass(frozen=True)
class FactCheck:
    """A number or date of a text and the facts about it."""

    mention: Mention
    facts: tuple[Fact, ...]
    status: str  # agrees, disputed or conflict
    sentence: str

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        m = self.mention
        return {
            "status": self.status,
            "sentence": self.sentence,
            "doc": m.doc, "para": m.para, "sent": m.sent, "start": m.start, "end": m.end,
            "text": m.text, "value": m.value,
            "sources": sorted({fact.source for fact in self.facts if fact.source}),
        }  # fmt: skip


def load_facts(path: str | Path, gazetteer: Gazetteer | None = None) -> list[Fact]:
    """Read a table of reference facts. Raises `BadInput` with every faulty row."""
    path = Path(path)
    rows = rows_of(path, COLUMNS, ("entity", "measure", "unit"))
    problems: list[Problem] = []
    known = gazetteer or load_gazetteer()
    read: dict[str, _Facets] = {}
    facts = []
    for line, row in rows:
        fact = _fact(row, f"{path}: line {line}", known, read, problems)
        if fact is not None:
            facts.append(fact)
    if problems:
        raise BadInput(problems)
    return facts


def _fact(
    row: dict[str, str],
    where: str,
    known: Gazetteer,
    read: dict[str, _Facets],
    problems: list[Problem],
) -> Fact | None:
    numbers: list[float | None] = []
    for column in ("value", "low", "high"):
        try:
            numbers.append(number_of(f"{where}: {column}", row.get(column) or ""))
        except BadInput as error:
            problems += error.problems
            return None
    low, high = numbers[1:]
    if low is not None and high is not None and low > high:
        what = f"low {row['low'].strip()} is more than high {row['high'].strip()}"
        problems.append(Problem(where, what, "the smaller number first"))
        return None
    date = (row.get("date_edtf") or "").strip() or None
    if date is not None and not is_edtf(date):
        why = "lies before the year 1" if is_before_days(date) else "is not EDTF"
        problems.append(Problem(f"{where}: date_edtf", f'"{date}" {why}', "a date such as 1941-06"))
        return None
    unit, has_number = row["unit"].strip(), any(end is not None for end in numbers)
    if date is None and (unit == "date" or not has_number):
        what = "has no date" if unit == "date" else "has neither a number nor a date"
        accepted = "date_edtf" if unit == "date" else "value, or low and high"
        problems.append(Problem(where, what, accepted))
        return None
    entity = "" if row["entity"] == "event" else row["entity"]
    title = f"{entity} {row['measure']}".replace("_", " ").strip()
    if title not in read:
        facets = facets_of(title, known)
        if not facets[0] and entity:  # "Raglan, death": the death of Raglan
            facets = facets_of(f"{row['measure']} of {entity}", known)
        read[title] = (*facets, unknown_names_of(title, known))
    value, low, high = numbers
    source = (row.get("source_key") or "").strip()
    predicate, actors, places, names = read[title]
    first = bounds(date)[0] if date else None
    if first is not None:
        # What a name means depends on the year.
        actors = frozenset(known.in_year(actor, first.year) for actor in actors)
    return Fact(
        title, value, low, high, unit, date, source, predicate, actors, places, names,
        persons=names_of(title, known) & known.persons,
        losses=_losses_of(title, unit),
    )  # fmt: skip


def _losses_of(title: str, unit: str) -> str:
    """The one kind of losses that the words of a fact name; empty for none or several."""
    units = lexicon("en").units
    words = re.findall(r"[a-z]+", f"{title} {unit}".lower())
    kinds = {units.get(word) for word in words} & set(_LOSSES)
    return kinds.pop() if len(kinds) == 1 else ""  # type: ignore[return-value]


def check_facts(
    readings: Iterable[Reading], facts: list[Fact], gazetteer: Gazetteer | None = None
) -> list[FactCheck]:
    """Every number and date of the texts about which there are facts, in the order of the text."""
    known = gazetteer or load_gazetteer()
    checker = _Checker(facts, known)
    found = []
    for reading in readings:
        told = reading.happenings(known)
        told.sort(key=lambda h: h.mention.start)
        dates = _Dates(reading)
        around: dict[int, frozenset[str]] = {}
        for happening in told:
            para = happening.mention.para
            around[para] = around.get(para, frozenset()) | happening.names | happening.maybe
        for happening in told:
            here = around[happening.mention.para]
            check = checker.check(happening, dates.of(happening.mention), here)
            if check is not None:
                found.append(_as_told(check, happening))
    return found


def _as_told(check: FactCheck, happening: Happening) -> FactCheck:
    """What others say and the text leaves open is no contradiction of the text."""
    if check.status != "conflict" or happening.factuality.is_told:
        return check
    told = f"{check.sentence[:-1]}; the text only {what_it_does(happening.factuality)}."
    return replace(check, status="disputed", sentence=told)


def unmet(facts: Iterable[Fact], checks: Iterable[FactCheck]) -> list[Fact]:
    """The facts that no number or date of the texts was about."""
    met = {id(fact) for check in checks for fact in check.facts}
    return [fact for fact in facts if id(fact) not in met]


class _Dates:
    """The dates of a sentence; without one, the years around the last date before it."""

    def __init__(self, reading: Reading) -> None:
        self.dates = [m for m in reading.mentions if m.type == "DATE" and is_edtf(str(m.value))]
        self.starts = [m.start for m in self.dates]

    def of(self, mention: Mention) -> list[str]:
        """EDTF dates with which a number of this sentence is to be compared."""
        place = mention.para, mention.sent
        here = [self._meant(m) for m in self.dates if (m.para, m.sent) == place]
        if here:
            return here
        before = bisect.bisect_left(self.starts, mention.start) - 1
        if before < 0 or mention.para - self.dates[before].para > _FAR:
            return []
        first, last = bounds(str(self.dates[before].value))
        return [f"{first.year - 1:04}/{last.year + 1:04}"] if first and last else []

    def _meant(self, mention: Mention) -> str:
        """ "after June 1941" goes on for a year."""
        value = str(mention.value)
        first, last = bounds(value)
        if mention.modifier in _ONWARD and first and last and "/" not in value:
            return f"{first}/{last.replace(year=last.year + 1, day=min(last.day, 28))}"
        return value


class _Checker:
    def __init__(self, facts: list[Fact], gazetteer: Gazetteer) -> None:
        self.areas, self.types = gazetteer.areas, gazetteer.ids
        units = lexicon("en").units
        self.numbers = [f for f in facts if f.unit != "date" and math.isfinite(f.range[0])]
        self.events = [f for f in facts if f.unit == "date" and f.date]
        self.kind = {
            id(f): counted_kind(units.get(f.unit.split("/")[0].lower()) or f.unit)
            for f in self.numbers
        }

    def check(
        self, happening: Happening, dates: list[str], names: frozenset[str]
    ) -> FactCheck | None:
        """Compare one number or date with the facts about it; `names` are of the paragraph."""
        if happening.mention.type == "QUANTITY":
            return self._number(happening, dates, names)
        if happening.mention.type == "DATE":
            return self._date(happening, names)
        return None

    def _number(
        self, happening: Happening, dates: list[str], names: frozenset[str]
    ) -> FactCheck | None:
        mention = happening.mention
        kind, said = counted_kind(mention.unit), span_of(mention)
        if not kind or said is None:
            return None
        here = self.areas(happening.actors | happening.places)
        places = self._places(happening)
        owner = _owner(happening)
        losses = mention.unit if mention.unit in _LOSSES else ""
        about = [
            fact
            for fact in self.numbers
            if self.kind[id(fact)] == kind
            and (fact.predicate in LOST) == (happening.predicate in LOST)
            and fact.actors & owner
            and fact.actors <= here
            and (not fact.places or self.areas(places) & fact.places)
            and (fact.places or not happening.places)
            and _named(fact.names, names)
            and fact.losses == losses
            and _meet(fact.date, dates)
            and not _is_part_of(said, dates, fact)
        ]
        if not about:
            return None
        fitting = [f for f in about if f.range[0] <= said[1] and said[0] <= f.range[1]]
        others = [f for f in about if f not in fitting]
        room = "" if said[0] == said[1] else f" ({_room(said)})"
        text = f"{mention.place} gives “{mention.text}”{room}{_compared(fitting, others, _amount)}"
        return FactCheck(mention, tuple(about), _status(fitting, others), f"{text}.")

    def _is_of(self, fact: Fact, happening: Happening) -> bool:
        """ "Raglan, death": a person is enough, where two powers or places must be the same."""
        named = fact.persons
        if fact.predicate in OF_A_PERSON:
            named = named or fact.names  # somebody whom no gazetteer has
        return bool(named) and named <= happening.names

    def _places(self, happening: Happening) -> frozenset[str]:
        """The places of the sentence, else those of its paragraph."""
        around = frozenset(name for name in happening.around if self.types.get(name) == "PLACE")
        return happening.places or around

    def _date(self, happening: Happening, names: frozenset[str]) -> FactCheck | None:
        mention = happening.mention
        value = str(mention.value)
        if not happening.predicate or not is_edtf(value):
            return None
        here = self.areas(happening.actors | happening.places) | happening.pacts
        about = [
            fact
            for fact in self.events
            if _akin(fact.predicate, happening.predicate)
            and (
                self._is_of(fact, happening)
                or (len((fact.actors | fact.places) & here) > 1 and fact.actors <= here)
            )
            and _named(fact.names, names)
            and days_apart(value, fact.date or "") <= _EVENT_NEAR
        ]
        if not about:
            return None
        fitting = [f for f in about if days_apart(mention.within, f.date or "") <= 0]
        others = [f for f in about if f not in fitting]
        text = f"{mention.place} says “{mention.text}”{_compared(fitting, others, _day)}"
        return FactCheck(mention, tuple(about), _status(fitting, others), f"{text}.")


def _is_part_of(said: tuple[float, float], dates: list[str], fact: Fact) -> bool:
    """Whether a smaller number of a shorter time is no number of the fact: a day of a war."""
    whole = _days(fact.date) if fact.date and fact.predicate in LOST else 0
    if whole <= _EVENT_NEAR or said[1] >= fact.range[0]:
        return False
    return not dates or min(map(_days, dates)) < _MOST_OF_IT * whole


def _days(date: str) -> int:
    first, last = bounds(date)
    return (last - first).days + 1 if first and last else 0


def _named(wanted: frozenset[str], here: frozenset[str]) -> bool:
    """Whether one of the names stands here, in whatever inflection."""
    return not wanted or any(
        one.startswith(other) or other.startswith(one) for one in wanted for other in here
    )


def _owner(happening: Happening) -> frozenset[str]:
    """Whose number it is: of several powers in a sentence the one named last before it."""
    if happening.mention.owner:
        return frozenset([happening.mention.owner])
    if len(happening.actors) > 1:
        return happening.actors & {happening.owner}
    return happening.actors


def _room(said: tuple[float, float]) -> str:
    """The numbers that a wording allows: `19,500 to 20,500`, `more than 3 million`."""
    if math.isinf(said[1]):
        return f"{number(said[0])} or more"
    return f"{number(said[0])} to {number(said[1])}" if said[0] else f"up to {number(said[1])}"


def _akin(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return one == other or any(one in group and other in group for group in _SAME_WAR)


def _meet(date: str | None, dates: list[str]) -> bool:
    if date is None or not dates:
        return True
    return any(days_apart(here, date) <= 0 for here in dates)


def _status(fitting: list[Fact], others: list[Fact]) -> str:
    return "conflict" if not fitting else "disputed" if others else "agrees"


def _compared(fitting: list[Fact], others: list[Fact], told: Callable[[Fact], str]) -> str:
    """`, as do ...; but ... gives ...`, three facts of each kind at most."""
    text = ""
    if fitting:
        text += f"; it fits {listed(told(fact) for fact in fitting[:_SHOWN])}"
    if others:
        text += f"; it does not fit {listed(told(fact) for fact in others[:_SHOWN])}"
    return text


def _amount(fact: Fact) -> str:
    date = f", {when(fact.date)}" if fact.date else ""
    return f"{_said(fact)} ({fact.title}{date}; {fact.source or 'no source'})"


def _day(fact: Fact) -> str:
    return f"{fact.title} {placed(fact.date or '')} ({fact.source or 'no source'})"


def _said(fact: Fact) -> str:
    low, high = fact.range
    return number(low) if low == high else f"{number(low)} to {number(high)}"
