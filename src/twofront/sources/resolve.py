"""What a date leaves out is taken from what the text says before and after it.

    "23 August"            the year of the story
    "two years later"      counted from the story
    "ten days after X"     counted from X: a date of this text, a known event
    "last year", "today"   counted from the date of the document
    "80th anniversary"     counted from what it commemorates, else from the story

A story moves on through time, mostly forward, mostly by small steps. A date moves it, or is an
aside that dates a thing ("the treaty of 1856", a year in brackets). Which, and which year a bare
"23 August" belongs to, is decided for all dates together: every reading has a cost (`lapse` and
`_asides`), and the cheapest way through the whole text is taken (a beam search: Viterbi over the
dates, keeping the best few). So a year told later can settle what an earlier date left open.

A date right beside an offset ("on 30 June, eight days after ...") settles it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from . import counted as counted  # its rules register themselves
from .anchors import Anchors
from .dates import Proposal, iterate, propose
from .events import Event, Events
from .lapse import enclosed, in_year, lapse, moved, nearest
from .lexicon import lexicon
from .pieces import Pieces
from .spans import (
    Point,
    duration,
    interval,
    month_length,
    point_of,
    season_across,
    shift,
    week_of_day,
)

_CLAUSE = re.compile(r"[^|;.]{0,8}")
_BEAM = 6  # readings kept at each date
_WORST = 5.5  # a reading that costs so much more than the best is given up
_MEMORY = 60  # dates back in which the year of an anniversary is sought
_UNLIKELY = 5.0  # a year that costs so much more than another is not tried
_LONG = 5  # years: what lies so far off is told in passing
_UNREAD = 1.0  # the cost of a date that has no value in a reading
_AHEAD = 12  # proposals in which the first year of a text is sought
_WIDE = 2.0 * 365.25  # a longer stretch dates a thing rather than the story


@dataclass(frozen=True)
class Dated:
    """A resolved date: pieces first..last, its EDTF value, and how it was read."""

    first: int
    last: int
    value: str
    rule: str
    confidence: float
    kind: str = "explicit"
    anchor: str | None = None
    offset: str | None = None


@dataclass(frozen=True)
class _Found:
    """One reading of a proposal; `ends` are its first and last point."""

    value: str
    ends: tuple[Point, Point]
    kind: str
    anchor: str | None = None
    offset: str | None = None


class _Fact(NamedTuple):
    """What is known of a date before anything is read."""

    partial: bool
    recurs: bool
    limit: bool  # it lies ahead: "by Christmas"
    lenient: bool  # it may well lie behind: in brackets, a quotation, the past perfect
    telling: float
    aside: float
    kind: str


class _State:
    """How far a reading has come: where the story stands, and at what cost."""

    __slots__ = ("cost", "doubt", "found", "index", "last", "main", "parent")

    def __init__(
        self,
        parent: _State | None,
        index: int,
        found: _Found | None,
        cost: float,
        main: tuple[Point, Point] | None,
        last: int,
        doubt: float = 0.0,
    ) -> None:
        self.parent, self.index, self.found = parent, index, found
        self.cost, self.main, self.last, self.doubt = cost, main, last, doubt

    def lookup(self, index: int) -> _Found | None:
        """What this reading made of an earlier proposal."""
        state: _State | None = self
        while state is not None and state.index > index:
            state = state.parent
        return state.found if state is not None and state.index == index else None


# Points, a cost, the days by which the calendar of the date lies behind, what it is reckoned from.
_Variant = tuple[tuple[Point, ...], float, float, tuple[Point, Point] | None]
# A reading, what it costs that it moves the story, that it does not, and how doubtful it is.
_Option = tuple[_Found, float | None, float | None, float]


class _Story:
    """Reads the dates of a text from its beginning."""

    def __init__(
        self, pieces: Pieces, proposals: list[Proposal], date: str | None, events: Events
    ) -> None:
        self.pieces = pieces
        self.events = events
        self.proposals = proposals
        self.words = lexicon(pieces.language)
        self.anchors = Anchors(pieces, proposals)
        self.bases: dict[str, int] = {}
        self.quoted, self.bracketed = enclosed(pieces)
        self.document = point_of(date) or self._written()
        self.facts: dict[int, _Fact] = {}
        self.readings: dict[tuple[object, ...], _Found] = {}
        self.months: dict[tuple[int, int], tuple[Point, ...]] = {}
        self.years: dict[tuple[int, int], tuple[Point, ...]] = {}
        self.dates_of_anchors: dict[int, list[tuple[Point, Point]]] = {}
        self.things: dict[int, bool] = {}
        self.known: dict[tuple[int, int | None], tuple[Event, int] | None] = {}
        self.listed: dict[int, int | None] = {}
        yearly = {low for low in set(pieces.lows) if self.words.says("recurring", low)}
        self.recurring = [i for i, low in enumerate(pieces.lows) if low in yearly] if yearly else []
        self.perfect = frozenset(self.words.data["words"]["past_perfect"])
        self.sentences = [self.anchors.sentence(p.first) for p in proposals]

    def read(self) -> list[Dated]:
        """The cheapest reading of all dates."""
        states = [_State(None, -1, None, 0.0, None, -1)]
        for index in range(len(self.proposals)):
            states = self._step(states, index)
        chain: list[_State] = []
        state: _State | None = states[0]
        while state is not None:
            if state.found is not None:
                chain.append(state)
            state = state.parent
        chain.reverse()
        return self._settled([(s.index, s.found, s.doubt) for s in chain if s.found is not None])

    def _step(self, states: list[_State], index: int) -> list[_State]:
        proposal = self.proposals[index]
        if proposal.offset is None and proposal.rule != "point-of-that-year":
            if index not in self.facts:
                self.facts[index] = self._fact(index, proposal)
            if not self.facts[index].partial and proposal.points[0].year is not None:
                return _best(self._explicit(index, proposal, states))
        best: dict[object, _State] = {}
        limit = states[0].cost + _WORST

        def keep(
            state: _State,
            found: _Found | None,
            cost: float,
            main: tuple[Point, Point] | None,
            last: int,
            doubt: float,
        ) -> None:
            if cost > limit and best:
                return
            key = (main and (main[0].days, main[1].days), last)
            known = best.get(key)
            if known is None or cost < known.cost:
                best[key] = _State(state, index, found, cost, main, last, doubt)

        for state in states:
            options = self._options(index, state)
            if not options:
                keep(state, None, state.cost + _UNREAD, state.main, state.last, 0.0)
            for found, told, aside, doubt in options:
                if told is not None:
                    main = moved(state.main, found.ends)
                    keep(state, found, state.cost + told, main, index, doubt)
                if aside is not None:
                    keep(state, found, state.cost + aside, state.main, index, doubt)
        return _best(list(best.values()))

    def _explicit(self, index: int, proposal: Proposal, states: list[_State]) -> list[_State]:
        """A date with its year moves every story to the same place, or none."""
        points, fact = proposal.points, self.facts[index]
        first, last = points[0], points[-1]
        if not (first.is_possible() and last.is_possible()):
            return states
        found = self._reading(index, points, fact.kind)
        wide = last is not first and last.days[1] - first.days[0] > _WIDE
        told: dict[int, _State] = {}
        asides: dict[int, _State] = {}
        for state in states:
            telling, aside = fact.telling, fact.aside
            if state.main is None and not self.bracketed[proposal.first]:
                telling, aside = min(telling, 0.3), max(aside, 0.5)
            step = lapse(state.main, first, last, True, fact.lenient)
            cost = state.cost + step + telling + wide
            main = moved(state.main, found.ends)
            known = told.get(id(main[0]))
            if known is None or cost < known.cost:
                told[id(main[0])] = _State(state, index, found, cost, main, index, step)
            cost = state.cost + aside * (0.4 if wide else 1.0)
            known = asides.get(id(state.main))
            if known is None or cost < known.cost:
                asides[id(state.main)] = _State(state, index, found, cost, state.main, index, step)
        return [*told.values(), *asides.values()]

    def _options(self, index: int, state: _State) -> list[_Option]:
        proposal = self.proposals[index]
        name = proposal.rule
        if proposal.offset is None:
            if name == "point-of-that-year":
                return self._of_that_year(index, proposal, state)
            return self._plain(index, proposal, state)
        if name.startswith("offset"):
            return self._offset(index, proposal, state)
        if name == "anniversary":
            return self._anniversary(index, proposal, state)
        if name == "deictic":
            return self._deictic(proposal, state)
        if name == "part-of-that":
            return self._part_of_that(index, proposal, state)
        if name == "instant":
            return self._instant(proposal, state)
        if name.startswith("weekday"):
            return self._weekday(index, proposal, state)
        return self._pointing(index, proposal, state)

    # ------------------------------------------------------------ the date of the document
    def _written(self) -> Point | None:
        """The date of a text that does not give one: a full date that stands alone near the top."""
        top = self.pieces.passages[0].para + 3 if self.pieces.passages else 0
        for proposal in self.proposals:
            if self.pieces.passages[proposal.first].para > top:
                break
            point = proposal.points[0] if len(proposal.points) == 1 else None
            before = self.pieces.shape[max(0, proposal.first - 1) : proposal.first]
            after = self.pieces.shape[proposal.last : proposal.last + 2]
            if (
                point
                and point.day
                and point.year
                and before in ("", "|", ",", "(")
                and (after[:1] in ("|", ")") or after == ".|")
            ):
                return point
        return None

    # ------------------------------------------------------------ dates of their own
    def _plain(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        points = proposal.points
        partial, recurs, limit, lenient, telling, aside, kind = self.facts[index]
        if recurs:
            return [(self._reading(index, points, kind), None, 0.0, 1.0)]
        if state.main is None and not self.bracketed[proposal.first]:
            telling, aside = min(telling, 0.3), max(aside, 0.5)
        options: list[_Option] = []
        cheap = 99.0
        variants = (
            self._variants(index, proposal, state) if partial else [(points, 0.0, 0.0, state.main)]
        )
        for ends, extra, calendar, base in variants:
            first, last = ends[0], ends[-1]
            if first.day is not None and not (first.is_possible() and last.is_possible()):
                continue
            found = self._reading(index, ends, kind)
            if first.year is None:  # a decade or century, or nothing to go by
                options.append((found, None, extra, 1.0))
                cheap = min(cheap, 1.0)
                continue
            step = extra + lapse(base, first, last, not partial, lenient, calendar)
            if limit and partial and base and last.days[1] < base[0].days[0]:
                step += 1.0 if kind == "named" else 0.3
            if kind == "named" and partial:
                ahead = base is None or first.days[0] >= base[0].days[0]
                step = (min(step, 1.0) if ahead else step) if limit else 0.6 * step
            jump = 0.0
            if base is not state.main:
                jump = min(1.0, lapse(state.main, first, last, True, lenient))
            wide = last is not first and last.days[1] - first.days[0] > _WIDE
            cheap = min(cheap, step)
            told = step + jump + telling + wide
            options.append((found, told, aside * (0.4 if wide else 1.0) + 0.5 * step, step))
        return [option for option in options if option[3] <= cheap + _UNLIKELY]

    def _fact(self, index: int, proposal: Proposal) -> _Fact:
        """What does not depend on the reading so far."""
        partial = any(p.needs_year or (p.day and not p.month) for p in proposal.points)
        kind = "named" if proposal.rule == "named" else "partial" if partial else "explicit"
        perfect, limit = self._past_perfect(proposal), self._is_limit(proposal)
        lenient = not limit and bool(
            perfect or self.quoted[proposal.first] or self.bracketed[proposal.first]
        )
        telling, aside = self._asides(index, proposal, partial, perfect)
        if kind == "named" and partial:
            aside = min(aside, 0.5)
        recurs = partial and self._recurs(index)
        return _Fact(partial, recurs, limit, lenient, telling, aside, kind)

    def _reading(self, index: int, ends: tuple[Point, ...], kind: str) -> _Found:
        first = ends[0]
        key = index, first.year, first.month, first.decade
        known = self.readings.get(key)
        if known is None:
            value = self._value(self.proposals[index], ends)
            known = self.readings[key] = _Found(value, (first, ends[-1]), kind)
        return known

    def _value(self, proposal: Proposal, ends: tuple[Point, ...]) -> str:
        first, last = ends[0], ends[-1]
        if proposal.rule == "across-years" and first.season and first.year and last.year:
            return season_across(first.season, first.year, last.year)
        return first.edtf() if len(ends) == 1 else interval(first, last)

    def _variants(self, index: int, proposal: Proposal, state: _State) -> list[_Variant]:
        """The years (or months) that a partial date may have."""
        points = proposal.points
        if any(p.day and not p.month for p in points):
            return self._months(index, proposal, state)
        if index not in self.listed:
            self.listed[index] = self._listed_with(index)
        main, following = state.main, self.listed[index]
        if following is not None:
            return [(self._in(index, following), 0.0, 0.0, main)]
        variants: list[_Variant] = []
        behind = 0.0
        for local, cost, apart in self._lately(index, state):
            year = local.representative_year()
            if year is None:
                continue
            base = (local, local)
            for turn in (0, 1) if local.month else (0,):
                variants.append((self._in(index, year + turn), cost, 0.0, base))
            # A month named in the same sentence lends its year before the story does.
            if local.month and not self._is_thing(state.last):
                behind = 0.7 if apart else 1.5
            elif not apart and (self._heads(state.last) or not self._is_thing(state.last)):
                behind = 0.7
        if main is not None:
            low, high = main[0].year or 0, main[1].year or main[0].year or 0
            if high - low > 4:
                near: Sequence[int] = (low - 1, low, low + 1, high, high + 1)
            else:
                near = range(low - 1, high + 2)
            for year in near:
                cost = behind + (0.05 * max(0, year - low) if high > low else 0.0)
                variants.append((self._in(index, year), cost, 0.0, main))
        if points[0].decade is not None or points[0].short is not None:
            years = self._first_years(index, points[0])
            year = main[0].year if main is not None else next(iter(years), None)
            return [(in_year(points, year) if year is not None else points, 0.0, 0.0, main)]
        if not variants:
            for year, cost in self._first_years(index, points[0]).items():
                variants.append((self._in(index, year), cost, 0.0, main))
        return variants or [(points, 0.0, 0.0, main)]

    def _in(self, index: int, year: int) -> tuple[Point, ...]:
        known = self.years.get((index, year))
        if known is None:
            known = self.years[index, year] = in_year(self.proposals[index].points, year)
        return known

    def _months(self, index: int, proposal: Proposal, state: _State) -> list[_Variant]:
        """The months that a bare day may belong to, in the calendar last used."""
        bases = [((local, local), cost) for local, cost, _ in self._lately(index, state)]
        if state.main is not None:
            bases.append((state.main, 0.0))
        elif not bases:
            bases = self._first_months(index)
        variants: list[_Variant] = []
        for base, cost in bases:
            here = base[1]
            if here.year is None or here.month is None:
                continue
            for month, calendar in ((here.old and here.old[0], 12.0), (here.month, 0.0)):
                if not month:
                    continue
                # A month just named without a day is the month of the days that follow.
                firm = 0.0 if here.day else 0.5 if here.part == "late" else 1.5
                turns = [(0, 0.0)]
                day = proposal.points[0].day or 0
                if here.day is None or day <= here.day or calendar:
                    turns.append((1, 0.1 + firm))
                if here.day is None or day >= here.day or calendar:
                    turns.append((-1, 0.6 + firm))
                for turn, more in turns:
                    months = here.year * 12 + month - 1 + turn
                    variants.append((self._in_month(index, months), cost + more, calendar, base))
        return variants

    def _in_month(self, index: int, months: int) -> tuple[Point, ...]:
        """Days of a month, which is counted from the year 0."""
        known = self.months.get((index, months))
        if known is None:
            year, month = divmod(months, 12)
            known = self.months[index, months] = tuple(
                Point(year, month + 1, p.day) if p.month is None else p.in_year(year)
                for p in self.proposals[index].points
            )
        return known

    def _first_months(self, index: int) -> list[tuple[tuple[Point, Point], float]]:
        """The month told next, for a day before the first month of the story."""
        for proposal in self.proposals[index + 1 : index + 4]:
            for point in proposal.points:
                if point.year is not None and point.month is not None:
                    return [((point, point), 0.5)]
        return []

    def _lately(self, index: int, state: _State) -> list[tuple[Point, float, int]]:
        """The date named last, if it was an aside near enough to lend its year or month."""
        if state.last < 0:
            return []
        before, here = self.proposals[state.last], self.proposals[index]
        apart = self.sentences[index] - self.sentences[state.last]
        passages = self.pieces.passages
        if state.main is None:
            apart = 0
        elif apart > 2 or passages[before.first].para != passages[here.first].para:
            return []
        found = state.lookup(state.last)
        if found is None or found.ends == state.main or before.rule == "anniversary":
            return []
        if self.bracketed[before.first] and not self.bracketed[here.first]:
            return []
        point = found.ends[1]
        if point.month is None and apart and state.main is not None:
            # A year in passing serves its own sentence only.
            return [(point, 1.5, apart)] if apart == 1 and before.offset is None else []
        return [(point, 0.3 + 0.3 * apart, apart)]

    def _local(self, index: int, state: _State) -> Point | None:
        """The date named just before in the same sentence, if it was an aside."""
        if state.last < 0 or self.sentences[state.last] != self.sentences[index]:
            return None
        found = state.lookup(state.last)
        if found is None or self.bracketed[self.proposals[state.last].first]:
            return None
        return found.ends[1] if found.ends != state.main else None

    def _antecedent(self, index: int, state: _State) -> Point | None:
        """What "that year" may point at: the date of this sentence or the one before."""
        if state.last < 0 or self.sentences[index] - self.sentences[state.last] > 1:
            return None
        before, passages = self.proposals[state.last], self.pieces.passages
        if passages[before.first].para != passages[self.proposals[index].first].para:
            return None
        found = state.lookup(state.last)
        if found is None or self.bracketed[before.first] or before.rule == "anniversary":
            return None
        return found.ends[1] if found.ends != state.main else None

    def _recurs(self, index: int) -> bool:
        """Whether the sentence tells of a yearly feast ("is celebrated on 9 May")."""
        if not self.recurring:
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        if not any(first <= i < last for i in self.recurring):
            return False
        auxiliary = self.words.data["words"]["recurring_aux"]
        return not auxiliary or any(low in auxiliary for low in self.pieces.lows[first:last])

    def _listed_with(self, index: int) -> int | None:
        """In "3 May, 5 June and 8 July 1941" the last year serves all."""
        for here, there in zip(self.proposals[index:], self.proposals[index + 1 : index + 5]):
            between = self.pieces.shape[here.last : there.first]
            if between.strip(",ariptfb") or len(between) > 3 or not there.points:
                return None
            if not (here.points and here.points[0].month and there.points[0].month):
                return None
            year = there.points[-1].year
            if year is not None:
                earlier = (here.points[0].month or 0) > (there.points[-1].month or 12)
                return year - earlier
        return None

    def _first_years(self, index: int, here: Point) -> dict[int, float]:
        """Years told later, for a date before the first year of the story."""
        years: dict[int, float] = {}
        for step, proposal in enumerate(self.proposals[index + 1 : index + 1 + _AHEAD]):
            for point in proposal.points:
                if point.year is not None:
                    years.setdefault(point.year, 0.1 * step)
                    if here.month:
                        years.setdefault(point.year - 1, 0.1 * step + 0.2)
        if self.document is not None and self.document.year is not None:
            years.setdefault(self.document.year, 0.5 if years else 0.0)
        return years

    # ------------------------------------------------------------ what moves the story
    def _asides(
        self, index: int, proposal: Proposal, partial: bool, perfect: bool
    ) -> tuple[float, float]:
        """What it costs that a date moves the story, and that it does not."""
        p, i = self.pieces, proposal.first
        point = proposal.points[0]
        telling, aside = 0.0, 1.5 if partial else 3.5 if point.day else 3.0
        if not partial and not point.month and not point.season:
            aside = 2.0
            opens = p.shape[max(0, i - 2) : i]
            if opens in ("|p", "|", "") or (opens == "pi" and p.letters[i - 3 : i - 2] == ["|"]):
                aside = 3.5
            if p.letters[i - 1 : i] in ([], ["|"]) and p.letters[proposal.last] in "|.":
                aside = 6.0  # a heading
            elif self._dates_a_thing(proposal):
                telling, aside = 1.5, 0.3
        elif not partial and i:
            before = i - 1 - (p.letters[i - 1] == "i")
            if self.words.says("bounding", p.lows[before]) or p.letters[i - 1] in "VLB":
                aside = 1.0
        if self.bracketed[i]:
            return telling + 3.0, 0.0
        if self.quoted[i]:
            aside -= 0.5
        if perfect:
            aside -= 1.0
        if not partial and self._opens_paragraph(index):
            aside += 1.0
        return telling, max(aside, 0.2)

    def _opens_paragraph(self, index: int) -> bool:
        if not index:
            return True
        passages = self.pieces.passages
        here, before = self.proposals[index].first, self.proposals[index - 1].first
        return passages[here].para != passages[before].para

    def _is_thing(self, index: int) -> bool:
        if index not in self.things:
            self.things[index] = self._dates_a_thing(self.proposals[index])
        return self.things[index]

    def _dates_a_thing(self, proposal: Proposal) -> bool:
        """ "the treaty of 1856", "since 1809", "the 1905 revolution"."""
        p, i = self.pieces, proposal.first
        before = p.letters[i - 1] if i else "|"
        low = p.lows[i - 1] if i else ""
        if self.words.says("aside", low):
            return True
        if self.words.grammar.year_word:
            return before in "wc"
        return (
            before in "icw"
            and p.letters[proposal.last] in "wcO"
            and not self.words.says("never_a_noun", p.lows[proposal.last])
        )

    def _is_limit(self, proposal: Proposal) -> bool:
        """ "by Christmas", "until March": what is still to come."""
        p, i = self.pieces, proposal.first
        at = i - 1 - (i > 1 and p.letters[i - 1] == "i")
        return at >= 0 and (
            self.words.says("by", p.lows[at]) or self.words.says("until", p.lows[at])
        )

    def _past_perfect(self, proposal: Proposal) -> bool:
        """Whether the clause of a date tells of what had been before."""
        if not self.perfect:
            return False
        i, j, p = proposal.first, proposal.last, self.pieces
        first = max(p.shape.rfind("|", 0, i), p.shape.rfind(";", 0, i), i - 14) + 1
        clause = _CLAUSE.match(p.shape, j)
        last = clause.end() if clause else j
        return not self.perfect.isdisjoint(p.lows[first:i]) or not self.perfect.isdisjoint(
            p.lows[j:last]
        )

    # ------------------------------------------------------------ counted dates
    def _of_that_year(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        ways = [c for c in self.pieces.shape[proposal.first : proposal.last] if c in "JTHLXV"]
        main = state.main[1] if state.main else None
        local = self._antecedent(index, state)
        references = [(local, 0.1), (main, 0.5 if local else 0.1)]
        if ways[-1] in "TL" and self.document is not None:
            references = [(self.document, 0.1)]
        step = {"X": 1, "V": -1, "L": -1}.get(ways[-1], 0)
        kind = "relative" if step else "partial"
        options: list[_Option] = []
        for reference, cost in references:
            if reference is None or reference.year is None:
                continue
            ends = in_year(proposal.points, reference.year + step)
            if not all(point.is_possible() for point in ends):
                continue
            value = ends[0].edtf() if len(ends) == 1 else interval(ends[0], ends[-1])
            anchor = Point(reference.year).edtf()
            found = _Found(value, (ends[0], ends[-1]), kind, anchor, duration(step, "years"))
            options.append((found, cost, cost + 1.4, 0.5))
        return options

    def _offset(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        number, unit = proposal.offset or (0, "")
        said = self._beside_before(index, proposal, state)
        options: list[_Option] = []
        if said is not None:
            point = said.ends[0].truncated(_precision(number, unit))
            anchor = shift(point, -number, unit)
            label = anchor.edtf() if anchor else None
            kind = "event" if proposal.rule in ("offset-after", "offset-before") else "relative"
            found = _Found(point.edtf(), (point, point), kind, label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        for anchor, label, kind, cost in self._counted_from(index, proposal, state):
            start = anchor
            if anchor.day and unit in ("years", "decades") and proposal.rule != "offset-ago":
                start = replace(anchor, day=None, old=None)
            point = shift(start, number, unit)
            if point is None:
                continue
            today = self.document.year if self.document else None
            if proposal.rule == "offset-later" and today and (point.year or 0) > today + 1:
                if unit != "years":
                    continue
                # "80 years on": the present, counted from what the text is about.
                start, point = Point(today - int(number)), Point(today)
            vague = abs(number) < 25 or anchor.month is None
            if point.day is None and unit == "days" and vague:
                continue
            if point.day is None and unit == "weeks" and (abs(number) < 3 or not anchor.month):
                continue
            found = _Found(
                point.edtf(),
                (point, point),
                kind,
                label or start.edtf(),
                duration(number, unit),
            )
            far = unit == "decades" or (unit == "years" and abs(number) >= _LONG)
            if number < 0 and not far:
                told = cost + 0.5 if unit in ("days", "weeks") else None
                options.append((found, told, cost + 0.1, cost))
            elif proposal.rule == "offset-ago" or self.bracketed[proposal.first]:
                options.append((found, None, cost, cost))
            elif far and self._opens(proposal):
                options.append((found, cost + 0.3, cost + 1.0, cost))
            elif far:
                options.append((found, cost + 1.5, cost + 0.3, cost))
            else:
                options.append((found, cost, cost + 1.0, cost))
        return options

    def _counted_from(
        self, index: int, proposal: Proposal, state: _State
    ) -> list[tuple[Point, str | None, str, float]]:
        """What an offset may be counted from: point, its name, the kind of date, a cost."""
        name = proposal.rule
        number, _ = proposal.offset or (0, "")
        main = state.main[1] if state.main else None
        if name == "offset-ago":
            if self.document is None or self.quoted[proposal.first]:
                return [(main, None, "relative", 0.8)] if main else []
            anchor = self.document
            if proposal.offset and proposal.offset[1] in ("years", "decades", "months"):
                anchor = replace(anchor, day=None)
            return [(anchor, None, "relative", 0.0)]
        if name in ("offset-after", "offset-before", "offset-day", "offset-eve"):
            found = self._anchored(index, proposal, state)
            if found is not None:
                return found
        elif name == "offset-later" and main is None and self.document is not None:
            anchor = Point((self.document.year or 0) - int(number))
            return [(anchor, None, "relative", 0.5)] if self.document.year else []
        feast = self._recent_anniversary(index, state)
        if feast is not None and name in ("offset-later", "offset-earlier"):
            return [(feast, None, "relative", 0.2)]
        anchors: list[tuple[Point, str | None, str, float]] = []
        local = self._local(index, state)
        if local is not None and local.year is not None:
            anchors.append((local, None, "relative", 0.1))
        if main is not None:
            anchors.append((main, None, "relative", 0.2 if not anchors else 0.5))
        return anchors

    def _anchored(
        self, index: int, proposal: Proposal, state: _State
    ) -> list[tuple[Point, str | None, str, float]] | None:
        """Anchors of "ten days after ..."; None when it counts from the story after all."""
        p, i = self.pieces, proposal.last
        if p.letters[i] in "At" or (p.letters[i] == "o" and proposal.rule != "offset-after"):
            i += 1
        if self._closes(i) or self.words.says("this_or_that", p.lows[i]) or p.letters[i] == "J":
            if proposal.rule == "offset-day" and self.words.grammar.anchor_inside:
                return []
            return None
        main = state.main[1] if state.main else None
        near = main.year if main else None
        end = p.shape.find("|", proposal.last)
        event = self._event(i, near)
        distance = event[1] if event else 99
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            following = self.proposals[k]
            between = p.shape[i : following.first]
            if following.first > end or len(between) > 10 or not following.points:
                break
            if distance < len(between) - 2 or ("," in between and len(between) > 3):
                break
            point = following.points[0]
            if point.needs_year and near is not None:
                point = point.in_year(near)
            if point.year is not None and (point.month or not point.day):
                return [(point, None, "event", 0.0)]
        unit = (proposal.offset or (0, ""))[1]
        rough: tuple[Point, str | None, str, float] | None = None
        for first, last in self._dates_of_anchor(index, i, state):
            point = last if proposal.rule == "offset-after" else first
            if point.year is None:
                continue
            fine = point.day is not None or unit not in ("days", "weeks")
            anchor = (point, None, "event", 0.3 if fine else 0.6)
            if fine:
                return [anchor]
            rough = rough or anchor
        if event is not None and event[0].point is not None:
            point = event[0].point
            if point.needs_year and near is not None:
                return [(point.in_year(near), None, "event", 0.4)]
            return [(point, event[0].id, "event", 0.2)]
        if rough is not None and proposal.rule not in ("offset-eve", "offset-day"):
            return [rough]
        if proposal.rule in ("offset-eve", "offset-day"):
            # «накануне» alone counts from the story, "the eve of" something unknown does not.
            bare = not self.words.grammar.anchor_inside
            if proposal.rule == "offset-day":
                # «На седьмой день пал город»: the seventh day of what is told.
                bare = bare and p.lows[i].endswith(self.words.grammar.verb_endings)
            return None if bare else []
        said = self._same_sentence(index, state)
        if said is not None:
            back = shift(said, -(proposal.offset or (0, ""))[0], unit)
            if back is not None:
                return [(back, None, "event", 1.0)]
        return [(main, None, "event", 1.2)] if main is not None else []

    def _dates_of_anchor(self, index: int, i: int, state: _State) -> list[tuple[Point, Point]]:
        """What this text dates the thing at piece i to; the best reading so far speaks for all."""
        if index not in self.dates_of_anchors:
            found = []
            for k, _ in self.anchors.candidates(i):
                known = state.lookup(k) if k < index else None
                points = self.proposals[k].points
                found.append(known.ends if known else (points[0], points[-1]))
            self.dates_of_anchors[index] = found
        return self.dates_of_anchors[index]

    def _event(self, i: int, near: int | None) -> tuple[Event, int] | None:
        key = i, near
        if key not in self.known:
            self.known[key] = self.events.after(self.pieces, i, near)
        return self.known[key]

    def _same_sentence(self, index: int, state: _State) -> Point | None:
        """The date that the same sentence gave before."""
        if state.last < 0 or self.sentences[state.last] != self.sentences[index]:
            return None
        found = state.lookup(state.last)
        return (
            found.ends[0]
            if found and not self.bracketed[self.proposals[state.last].first]
            else None
        )

    def _heads(self, index: int) -> bool:
        """Whether a sentence begins with a date ("Since 1917 ...")."""
        i = self.proposals[index].first
        return self.pieces.shape[max(0, i - 2) : i] in ("|p", "|f", "p", "f", "|", "")

    def _opens(self, proposal: Proposal) -> bool:
        """Whether a date begins its sentence."""
        return self.pieces.letters[proposal.first - 1 : proposal.first] in ([], ["|"])

    def _closes(self, i: int) -> bool:
        return self.pieces.letters[i] in ",.|;()"

    def _beside_before(self, index: int, proposal: Proposal, state: _State) -> _Found | None:
        """A date right before an offset that says the same ("On 30 June, eight days after")."""
        if state.last < 0:
            return None
        before = self.proposals[state.last]
        between = self.pieces.shape[before.last : proposal.first]
        if (
            between not in (",", "(", ",w", "-", ",-", ",p", ",i", ",pi")
            or before.offset is not None
        ):
            return None
        found = state.lookup(state.last)
        if found is None or found.ends[0].year is None:
            return None
        if between == "-" and proposal.rule not in ("offset-after", "offset-before"):
            return None
        return found

    def _recent_anniversary(self, index: int, state: _State) -> Point | None:
        """An anniversary named a paragraph or two ago: its speakers count from it."""
        if state.last < 0 or self.proposals[state.last].rule != "anniversary":
            return None
        passages = self.pieces.passages
        here, there = self.proposals[index].first, self.proposals[state.last].first
        found = state.lookup(state.last)
        return found.ends[0] if found and passages[here].para - passages[there].para <= 3 else None

    def _anniversary(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        number = int((proposal.offset or (0, ""))[0])
        p = self.pieces
        noun = self._noun_after(proposal.last)
        near = p.letters[proposal.last] not in ".,;|"
        event = self._event(proposal.last, None) if near else None
        today = self.document.year if self.document else None
        main = state.main[1] if state.main else None
        base, label, doubt = None, None, 0.5
        told = self._told_later(index)
        stated = self._stated_with(index, number, state)
        dated = self._commemorated(index, proposal, state, today, number) if near else None
        if told is not None:
            base = told - number
        elif stated is not None:
            base, doubt = stated - number, 0.1
        elif event and event[0].point and event[0].point.year and event[1] <= 6:
            base, label = event[0].point.year, event[0].id
        elif noun and noun in self.bases:
            base = self.bases[noun]
        elif dated is not None:
            base = dated
        elif (
            main
            and main.year
            and main.year + number <= (today or 2100)
            and not (today and noun and main.year > today - 5)
            and (
                not noun
                or not today
                or main.year + number == today
                or p.letters[proposal.last] not in "ow"
            )
        ):
            base, doubt = main.year, 1.0
        elif today:
            base = today - number
        if base is None:
            return []
        if noun:
            self.bases.setdefault(noun, base)
        point = Point(base + number)
        anchor = label or Point(base).edtf()
        found = _Found(point.edtf(), (point, point), "event", anchor, duration(number, "years"))
        return [(found, None, 0.0, doubt)]

    def _stated_with(self, index: int, number: int, state: _State) -> int | None:
        """A year of the same sentence that lies so many years after one named before."""
        for k in range(index + 1, min(index + 4, len(self.proposals))):
            if self.sentences[k] != self.sentences[index]:
                break
            for point in self.proposals[k].points:
                if point.year is not None and self._is_named(point.year - number, state):
                    return point.year
        return None

    def _is_named(self, year: int, state: _State | None) -> bool:
        for _ in range(_MEMORY):
            if state is None:
                break
            if state.found and year in (state.found.ends[0].year, state.found.ends[1].year):
                return True
            state = state.parent
        return False

    def _commemorated(
        self, index: int, proposal: Proposal, state: _State, today: int | None, number: int
    ) -> int | None:
        for first, _ in self._dates_of_anchor(index, proposal.last, state):
            if first.year is not None and (today is None or first.year + number <= today + 1):
                return first.year
        return None

    def _told_later(self, index: int) -> int | None:
        """ "Its 85th anniversary was marked last year": the same sentence tells the year."""
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            following = self.proposals[k]
            if self.sentences[k] != self.sentences[index] or self.document is None:
                return None
            if following.rule in ("pointing-L", "pointing-T"):
                _, what = following.offset or (0, "")
                if what == "y" and self.document.year:
                    return self.document.year - (following.rule == "pointing-L")
        return None

    def _noun_after(self, i: int) -> str | None:
        """What is commemorated, shortened."""
        p = self.pieces
        while p.letters[i] in "oi":
            i += 1
        return p.lows[i][:6] if p.letters[i] in "wc" else None

    # ------------------------------------------------------------ words that point
    def _deictic(self, proposal: Proposal, state: _State) -> list[_Option]:
        main = state.main[1] if state.main else None
        document = self.document
        if (self.quoted[proposal.first] and not self._current(main)) or document is None:
            # A letter or telegram whose day the story has just named.
            document = main if main and main.day else None
        if document is None:
            return []
        days = int((proposal.offset or (0, ""))[0])
        point = shift(document, days, "days") if days else document
        if point is None:
            return []
        anchor = document.edtf()
        found = _Found(point.edtf(), (point, point), "relative", anchor, duration(days, "days"))
        return [(found, None, 0.0, 0.3)]

    def _current(self, main: Point | None) -> bool:
        """Whether the story stands near the date of the document, as in a letter or report."""
        if self.document is None or main is None:
            return self.document is not None
        return abs(self.document.days[0] - main.days[1]) < 60

    def _instant(self, proposal: Proposal, state: _State) -> list[_Option]:
        """The 25th instant: of the month in which the story, or the document, stands."""
        step, day = proposal.offset or (0, "")
        base = state.main[1] if state.main else self.document
        if base is None or base.month is None or base.year is None:
            return []
        year, month = divmod(base.year * 12 + base.month - 1 + int(step), 12)
        point = Point(year, month + 1, int(day))
        if not point.is_possible():
            return []
        found = _Found(point.edtf(), (point, point), "partial")
        return [(found, 0.3, 0.8, 0.5)]

    def _weekday(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        """Last Sunday, the following Tuesday."""
        day, _ = proposal.offset or (1, "")
        base = self._reference(index, state) or self.document
        if proposal.rule.endswith("L") and self._current(base):
            base = self.document
        way = 1 if proposal.rule.endswith("X") else -1
        if base is None or base.day is None or base.month is None or (base.year or 0) <= 0:
            return []
        here = dt.date(base.year or 1, base.month, base.day)
        days = (
            (int(day) - here.isoweekday()) % 7 if way > 0 else -((here.isoweekday() - int(day)) % 7)
        )
        there = here + dt.timedelta(days=days or 7 * way)
        point = Point(there.year, there.month, there.day)
        offset = duration((there - here).days, "days")
        found = _Found(point.edtf(), (point, point), "relative", base.edtf(), offset)
        return [(found, 0.4, 0.4, 0.5)]

    def _part_of_that(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        """The end of the month, early that year."""
        at, told = proposal.offset or (0, "")
        way, part = str(told).split(":")
        base = self._reference(index, state)
        if base is None or base.year is None:
            return []
        step = {"X": 1, "V": -1, "L": -1}.get(way, 0)
        months = self.pieces.values[int(at)] == "months"
        if months and base.month is None:
            return []
        if months:
            year, month = divmod(base.year * 12 + (base.month or 1) - 1 + step, 12)
            whole = Point(year, month + 1)
        else:
            whole = Point(base.year + step)
        if part == "final":
            month = whole.month or 12
            length = month_length(whole.year or 1, month)
            point = Point(whole.year, month, part=f"{length - 4}-{length}")
        else:
            point = replace(whole, part=part)
        anchor, offset = None, None
        if way:
            anchor = Point(base.year, base.month if months else None).edtf()
            offset = duration(step, "months" if months else "years")
        kind = "relative" if way else "partial"
        found = _Found(point.edtf(), (point, point), kind, anchor, offset)
        return [(found, 0.3, 0.8, 0.5)]

    def _reference(self, index: int, state: _State) -> Point | None:
        local = self._local(index, state)
        if local is not None and local.year is not None:
            return local
        return state.main[1] if state.main else None

    def _pointing(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        at, what = proposal.offset or (0, "")
        at = int(at)
        way = proposal.rule[-1]
        unit = self.pieces.values[at]
        step = {"L": -1, "V": -1, "X": 1}.get(way, 0)
        main = state.main[1] if state.main else None
        now = way in "LT" and (not self.quoted[proposal.first] or self._current(main))
        bare = self.words.grammar.bare_seasons and "i" not in (
            self.pieces.letters[proposal.first],
            self.pieces.letters[proposal.first - 1] if proposal.first else "|",
        )
        if way == "X" and bare and self.document and main is None:
            now = True
        anchors: list[tuple[Point, float]] = []
        if now:
            if self.document is not None:
                anchors.append((self.document, 0.0))
        else:
            near = self._antecedent if what == "y" and step == 0 else self._local
            local = near(index, state)
            if local is not None and local.year is not None:
                anchors.append((local, 0.1))
            if main is not None:
                anchors.append((main, 0.1 if not anchors else 0.5))
        options: list[_Option] = []
        for anchor, cost in anchors:
            if anchor.year is None:
                continue
            point = self._pointed(anchor, step, what, unit)
            if point is None:
                continue
            offset = self._step_of(step, what, unit)
            if isinstance(point, str):
                first = point_of(point) or anchor
                found = _Found(point, (first, first), "relative", anchor.edtf(), offset)
                options.append((found, None, cost, 0.3))
                continue
            found = _Found(point.edtf(), (point, point), "relative", anchor.edtf(), offset)
            if now or what == "C":
                options.append((found, None, cost, 0.3))
            else:
                options.append((found, cost, cost + 1.0, 0.3))
        return options

    def _step_of(self, step: int, what: str, unit: object) -> str | None:
        if what == "y":
            return duration(step, "years")
        if what == "C":
            return duration(step, "centuries")
        if what == "u" and isinstance(unit, str):
            return duration(step, unit)
        return None

    def _pointed(self, anchor: Point, step: int, what: str, unit: object) -> Point | str | None:
        year = anchor.year or 0
        if what == "y":
            return Point(year + step)
        if what == "C":
            return Point(century=(year - 1) // 100 + 1 + step)
        if what in "SM":
            return nearest(anchor, step, Point(year, **{_FIELDS[what]: int(unit)}))  # type: ignore[call-overload,arg-type]
        if unit == "days":
            return shift(anchor, step, "days") if anchor.day else None
        if unit == "months":
            plain = replace(anchor, day=None, old=None, part=None)
            return shift(plain, step, "months") if anchor.month else None
        if unit == "weeks" and anchor.day and anchor.month and year > 0:
            return week_of_day(year, anchor.month, anchor.day, step)
        return None

    # ------------------------------------------------------------ at the end
    def _settled(self, read: list[tuple[int, _Found, float]]) -> list[Dated]:
        """An offset with a date right behind it takes that date, as exact as its unit."""
        dated = []
        for k, (index, found, doubt) in enumerate(read):
            proposal = self.proposals[index]
            if proposal.rule.startswith("offset"):
                said = self._said_after(index, found, read[k + 1 : k + 2], doubt)
                said = said or self._same_year(index, found, read[max(0, k - 2) : k + 3])
                if said is not None:
                    doubt = 0.0 if said == found.ends[0] else 0.6
                    found = replace(found, value=said.edtf(), ends=(said, said))
            dated.append(self._done(proposal, found, doubt))
        return dated

    def _same_year(
        self, index: int, found: _Found, near: list[tuple[int, _Found, float]]
    ) -> Point | None:
        """A year that the sentence states and that a long count of years nearly meets is meant."""
        number, unit = self.proposals[index].offset or (0, "")
        year = found.ends[0].year
        if unit != "years" or abs(number) < _LONG or year is None:
            return None
        for j, other, _ in near:
            stated = other.ends[0].year
            if (
                other.kind == "explicit"
                and self.sentences[j] == self.sentences[index]
                and stated is not None
                and abs(stated - year) == 1
                and not self.bracketed[self.proposals[j].first]
            ):
                return Point(stated)
        return None

    def _said_after(
        self,
        index: int,
        found: _Found,
        following: list[tuple[int, _Found, float]],
        doubt: float,
    ) -> Point | None:
        if not following:
            return None
        j, other, _ = following[0]
        here, there = self.proposals[index], self.proposals[j]
        between = self.pieces.shape[here.last : there.first]
        pronoun = re.match("[tA]?J,", between)
        if pronoun and (other.ends[0].year or 0) - (found.ends[0].year or 0) in (-1, 0, 1):
            between = between[pronoun.end() - 1 :]
        unknown = doubt >= 1 and re.fullmatch(r"[^,|;.:(]{1,9},p?i?", between)
        if unknown and here.rule in ("offset-after", "offset-before") and not there.offset:
            # "Five days after the surrender of the fort, on 25 December": nobody dates it else.
            return other.ends[0].truncated(_precision(*(here.offset or (0, ""))))
        if there.offset is not None or between.strip(",pi(-") or not 0 < len(between) <= 4:
            return None
        anchored = here.rule in ("offset-after", "offset-before", "offset-day")
        if anchored and not pronoun and not self._closes(here.last) and "(" not in between:
            return None
        number, unit = here.offset or (0, "")
        point = other.ends[0]
        if point.year is None or (there.rule == "point" and not point.month and unit != "years"):
            return None
        if point.day is None and unit in ("days", "weeks") and found.ends[0].day is not None:
            return None  # the count says more than the month beside it
        return point.truncated(_precision(number, unit))

    def _done(self, proposal: Proposal, found: _Found, doubt: float) -> Dated:
        confidence = _SURE.get(proposal.rule, proposal.confidence)
        if found.kind != "explicit":
            confidence = confidence - 0.06 * min(doubt, 4.0)
        if "XXXX" in found.value:
            confidence *= 0.5
        return Dated(
            proposal.first,
            proposal.last,
            found.value,
            proposal.rule,
            round(confidence, 2),
            found.kind,
            found.anchor,
            found.offset,
        )


def _precision(number: float, unit: str) -> str:
    """Two and a half years are as exact as months."""
    return "months" if unit == "years" and number != int(number) else unit


def _best(states: list[_State]) -> list[_State]:
    states.sort(key=lambda s: s.cost)
    limit = states[0].cost + _WORST
    return [s for s in states[:_BEAM] if s.cost < limit]


# How often dates are right whose step is free of doubt, by rule: counted on marked texts.
_SURE = {"partial": 0.97, "bare-day": 0.97, "pair": 0.97, "night": 0.96, "bare-days": 0.96,
         "two-calendars": 0.97, "named": 0.9, "offset-later": 0.9, "offset-earlier": 0.86,
         "pointing-X": 0.9, "pointing-H": 0.93, "pointing-J": 0.9, "offset-after": 0.85,
         "offset-before": 0.85, "point-of-that-year": 0.93}  # fmt: skip


_FIELDS = {"S": "season", "M": "month"}


def dates_of(pieces: Pieces, date: str | None, events: Events) -> list[Dated]:
    """All dates of a text with their values."""
    proposals = list(iterate(propose(pieces, events)))
    return _Story(pieces, proposals, date, events).read() if proposals else []
