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
    weekend_of_day,
)

_CLAUSE = re.compile(r"[^|;.]{0,8}")
_BEAM = 6  # readings kept at each date
_WORST = 5.5  # a reading that costs so much more than the best is given up
_MEMORY = 60  # dates back in which the year of an anniversary is sought
_UNLIKELY = 5.0  # a year that costs so much more than another is not tried
_LONG = 5  # years: what lies so far off is told in passing
_UNREAD = 1.0  # the cost of a date that has no value in a reading
_AHEAD = 12  # proposals in which the first year of a text is sought
_ECHO = 3  # sentences that a day in brackets is remembered
_SOON = 120  # days by which it may be ahead of the story
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
        self.heads: dict[int, bool] = {}
        self.months: dict[tuple[int, int], tuple[Point, ...]] = {}
        self.years: dict[tuple[int, int], tuple[Point, ...]] = {}
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
        if name.startswith("decade-"):
            return self._decade_of(proposal, state)
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
        if partial and self._heads_a_report(index):
            telling = 0.0
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
        if following is None and self._heads_a_report(index) and self.document:
            following = self.document.year
        if following is None:
            following = self._year_beside(index, state)
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

    def _heads_a_report(self, index: int) -> bool:
        """ "LONDON, July 3 --": the place and day of a report, at the head of a paragraph."""
        known = self.heads.get(index)
        if known is None:
            known = self.heads[index] = self._is_head(index)
        return known

    def _is_head(self, index: int) -> bool:
        proposal, p = self.proposals[index], self.pieces
        point, document = proposal.points[0], self.document
        if not (point.month and document and document.month and document.year):
            return False
        first, _ = self.anchors.bounds(self.sentences[index])
        passages = p.passages
        opens = not first or passages[first].para != passages[first - 1].para
        before, after = p.shape[first : proposal.first], p.shape[proposal.last : proposal.last + 2]
        if not (opens and before and re.fullmatch(r"[c,.(w]{1,9}", before)):
            return False
        if not re.match(r"[-)|]|\.[-|]", after):
            return False
        there = point.in_year(document.year)
        return 0 <= document.days[1] - there.days[0] < 46

    def _year_beside(self, index: int, state: _State) -> int | None:
        """ "Seven years later, in September": the year that was counted serves the month."""
        if state.last != index - 1 or index == 0:
            return None
        before, here = self.proposals[index - 1], self.proposals[index]
        _, unit = before.offset or (0, "")
        if not before.rule.startswith("offset") or unit not in ("years", "decades", "centuries"):
            return None
        between = self.pieces.shape[before.last : here.first]
        if not re.fullmatch(r"[,(-]{1,2}[piw]{0,3}|[pi]{1,2}", between):
            return None
        found = state.lookup(index - 1)
        return found.ends[0].year if found else None

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
        found, before = state.lookup(state.last), self.proposals[state.last]
        if found is None or self.bracketed[before.first] or before.rule == "anniversary":
            return None
        return found.ends[1] if found.ends != state.main else None

    def _in_brackets(self, index: int, state: _State) -> Point | None:
        """The day in brackets to which the story has just come: "the fight (26 April)"."""
        if state.last < 0 or state.main is None or self.bracketed[self.proposals[index].first]:
            return None
        before, passages = self.proposals[state.last], self.pieces.passages
        here = self.proposals[index]
        near = self.sentences[index] - self.sentences[state.last] <= _ECHO
        if not near or passages[before.first].para != passages[here.first].para:
            return None
        found = state.lookup(state.last)
        if found is None or not self.bracketed[before.first] or found.ends[0].day is None:
            return None
        ahead = found.ends[0].days[0] - state.main[0].days[0]
        back = here.offset is not None and isinstance(here.offset[0], (int, float))
        back = back and here.rule.startswith("offset") and here.offset[0] < 0  # type: ignore[index]
        return found.ends[0 if back else 1] if 0 <= ahead < _SOON else None

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
            # A day in brackets dates what is being told, a year may be anybody's.
            return telling + (1.0 if point.day else 3.0), 0.0
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
        if self.document is not None and (
            ways[-1] in "TL" or (ways[-1] == "X" and self._speaks_of_the_future(index))
        ):
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
        stated = self._apposed(index, proposal) if said is None else None
        if stated is not None:
            point = stated.truncated(_precision(number, unit))
            label = self._fitting(index, proposal, state, point)
            found = _Found(point.edtf(), (point, point), "event", label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        if said is not None:
            point = said.ends[0].truncated(_precision(number, unit))
            kind, label = "relative", None
            if proposal.rule in ("offset-after", "offset-before"):
                kind, label = "event", self._fitting(index, proposal, state, point)
            elif anchor := shift(point, -number, unit):
                label = anchor.edtf()
            found = _Found(point.edtf(), (point, point), kind, label, duration(number, unit))
            return [(found, None, 0.0, 0.1)]
        for anchor, label, kind, cost in self._counted_from(index, proposal, state):
            start = anchor
            if anchor.day and unit in ("years", "decades") and proposal.rule != "offset-ago":
                start = replace(anchor, day=None, old=None)
            point = shift(start, number, unit)
            if proposal.then is not None and self.document is not None:
                start = self.document
                point = self._that_day(proposal, number, unit)
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
            value = point.edtf()
            if unit == "weeks" and abs(number) == 1 and kind == "event" and point.day:
                value = self._week_beside(proposal, anchor) or value
            if label is None and cost < 1.0:
                label = start.edtf()
            found = _Found(value, (point, point), kind, label, duration(number, unit))
            far = unit == "decades" or (unit == "years" and abs(number) >= _LONG)
            if number < 0 and not far and proposal.rule != "offset-ago":
                told = cost + 0.5 if unit in ("days", "weeks") else None
                options.append((found, told, cost + 0.1, cost))
            elif proposal.rule == "offset-ago" and point.day and unit != "days":
                # A speech on the day itself: "a century ago today" is what it tells of.
                options.append((found, cost + 0.3, cost + 0.5, cost))
            elif proposal.rule == "offset-ago" or self.bracketed[proposal.first]:
                options.append((found, None, cost, cost))
            elif far and self._opens(proposal):
                options.append((found, cost + 0.3, cost + 1.0, cost))
            elif far:
                options.append((found, cost + 1.5, cost + 0.3, cost))
            else:
                options.append((found, cost, cost + 1.0, cost))
        return options

    def _apposed(self, index: int, proposal: Proposal) -> Point | None:
        """ "Ten days after the landing, 20 September 1854": the full date that says the same."""
        following = self.proposals[index + 1 : index + 2]
        if not following or proposal.rule not in ("offset-after", "offset-before", "offset-eve"):
            return None
        there, points = following[0], following[0].points
        between = self.pieces.shape[proposal.last : there.first]
        if there.offset is not None or len(points) != 1 or points[0].needs_year:
            return None
        unit = (proposal.offset or (0, ""))[1]
        fine = points[0].day or (points[0].month and unit in ("months", "years"))
        apposed = re.fullmatch(r"[^,|;.:(-]{1,9},p?i?", between)
        return points[0] if fine and points[0].month and apposed else None

    def _that_day(self, proposal: Proposal, number: float, unit: str) -> Point | None:
        """ "A century ago tomorrow", "ten years ago last May": a day or month of that year."""
        document, at = self.document, proposal.then
        if document is None or document.year is None or at is None:
            return None
        letter, value, there = self.pieces.letters[at], self.pieces.values[at], document
        step = {"L": -1, "X": 1}.get(self.pieces.letters[at - 1], 0)
        if letter == "d":
            there = shift(document, int(value), "days") if value else document
        elif letter in "SM":
            there = nearest(document, step, Point(document.year, **{_FIELDS[letter]: value}))
        elif letter == "W":
            days = (document.weekday() - value) % 7 or 7
            there = shift(document, -days if step < 1 else 7 - days or 7, "days")
        elif value in ("months", "years"):
            there = shift(document.truncated(str(value)), step, str(value))
        if there is None or there.year is None:
            return None
        if unit in ("weeks", "months"):
            return shift(there, number, unit) if unit == "weeks" else there.months_later(number)
        years = {"years": 1, "decades": 10, "centuries": 100}[unit] * number
        moved_point = replace(there, year=there.year + int(years), old=None)
        return moved_point if years == int(years) and moved_point.is_possible() else None

    def _week_beside(self, proposal: Proposal, anchor: Point) -> str | None:
        """ "the week before Christmas": the seven days before it."""
        p, first = self.pieces, proposal.first
        if p.letters[first] != "i" or self.words.says("article_one", p.lows[first]):
            return None
        near, far = (-1, -7) if proposal.rule == "offset-before" else (1, 7)
        one, two = shift(anchor, near, "days"), shift(anchor, far, "days")
        if one is None or two is None or not (one.day and two.day):
            return None
        return interval(*sorted((one, two), key=lambda point: point.days))

    def _fitting(self, index: int, proposal: Proposal, state: _State, point: Point) -> str | None:
        """The anchor whose day agrees with the day that the text itself gives the count."""
        number, unit = proposal.offset or (0, "")
        i = self._anchor_at(proposal)
        back = shift(point, -number, unit)
        if back is None or self._closes(i):
            return back.edtf() if back else None
        for first, last in self._dates_of_anchor(index, i, state):
            anchor = last if proposal.rule == "offset-after" else first
            if _agrees(back, anchor):
                return anchor.edtf()
        event = self._event(i, point.year)
        if event and event[0].point and _agrees(back, event[0].point):
            return event[0].id
        return None

    def _anchor_at(self, proposal: Proposal) -> int:
        """The piece with which the words that name an anchor begin."""
        i = proposal.last
        letter = self.pieces.letters[i]
        return i + (letter in "At" or (letter == "o" and proposal.rule != "offset-after"))

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
        if name == "offset-day" and state.last >= 0:
            # "On the fifth day ...; on the seventh day ...": both are counted from the first.
            before = state.lookup(state.last)
            if self.proposals[state.last].rule == name and before and before.anchor:
                start = point_of(before.anchor)
                return [(start, None, "relative", 0.1)] if start else []
        local = self._local(index, state) or self._in_brackets(index, state)
        if local is not None and local.year is not None:
            anchors.append((local, None, "relative", 0.1))
        if main is not None:
            anchors.append((main, None, "relative", 0.2 if not anchors else 0.5))
        return anchors

    def _anchored(
        self, index: int, proposal: Proposal, state: _State
    ) -> list[tuple[Point, str | None, str, float]] | None:
        """Anchors of "ten days after ..."; None when it counts from the story after all."""
        p, i = self.pieces, self._anchor_at(proposal)
        if (
            self._ends_adverb(proposal, i)
            or self.words.says("this_or_that", p.lows[i])
            or p.letters[i] == "J"
        ):
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
            if re.search(",p?i?$", between) and between[0] != ",":
                break  # "ten days after the landing, 20 September": the day meant, not the anchor
            point = following.points[0]
            if point.needs_year and near is not None:
                point = self._next_feast(proposal, point, state) or point.in_year(near)
            if point.year is not None and (point.month or not point.day):
                return [(point, None, "event", 0.0)]
        unit = (proposal.offset or (0, ""))[1]
        rough: tuple[Point, str | None, str, float] | None = None
        for first, last in self._dates_of_anchor(index, i, state):
            point = last if proposal.rule == "offset-after" else first
            if main is not None and main.year is not None and (point.needs_year or not point.month):
                point = _completed(point, main)
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
                feast = self._next_feast(proposal, point, state)
                return [(feast or point.in_year(near), None, "event", 0.4)]
            return [(point, event[0].id, "event", 0.2)]
        told = self._told_in_clause(index, proposal, None if self._current(main) else near)
        if told is not None:
            back = shift(told, -(proposal.offset or (0, ""))[0], unit)
            return [(back, None, "event", 1.0)] if back is not None else []
        if rough is not None and proposal.rule not in ("offset-eve", "offset-day"):
            return [rough]
        if proposal.rule in ("offset-eve", "offset-day"):
            # «накануне» alone counts from the story, "the eve of" something unknown does not.
            bare = not self.words.grammar.anchor_inside
            if proposal.rule == "offset-day" and not bare:
                # "On the fifth day the outwork fell"
                bare = p.letters[proposal.last] != "o" and self._opens_with_on(proposal)
                return None if bare and main is not None and main.day else []
            if proposal.rule == "offset-day":
                # «На седьмой день пал город»: the seventh day of what is told.
                bare = bare and self._is_subject(i)
            return None if bare else []
        said = self._same_sentence(index, state)
        if said is not None:
            back = shift(said, -(proposal.offset or (0, ""))[0], unit)
            if back is not None:
                return [(back, None, "event", 1.0)]
        return [(main, None, "event", 1.2)] if main is not None else []

    def _opens_with_on(self, proposal: Proposal) -> bool:
        i = proposal.first
        i -= self.pieces.letters[i - 1] == "i"
        return i > 0 and self.words.says("on", self.pieces.lows[i - 1])

    def _is_this_deed(self, i: int) -> bool:
        """Whether only "the battle" is said, and not which."""
        phrase, p = self.anchors.phrase(i), self.pieces
        if not phrase or not phrase[0][0].startswith("deed ") or phrase[0][1]:
            return False
        at = phrase[0][2] + 1
        verb = p.lows[at].endswith(self.words.grammar.verb_endings)
        verb = verb or self.words.says("never_a_noun", p.lows[at])
        return p.letters[at] not in "owcp" or (p.letters[at] == "w" and verb)

    def _is_subject(self, i: int) -> bool:
        """Whether a clause goes on («на третий день пехота взяла»): nothing is counted from it."""
        p, grammar = self.pieces, self.words.grammar
        low = p.lows[i]
        if p.letters[i] not in "wc" or low.endswith(grammar.verb_endings):
            return True
        if self.words.key(low).startswith("deed ") or low.endswith(grammar.adjective_endings):
            return False
        verb = p.letters[i + 1] == "w" and p.lows[i + 1].endswith(grammar.verb_endings)
        return verb or not low.endswith(grammar.genitive_endings)

    def _told_in_clause(self, index: int, proposal: Proposal, near: int | None) -> Point | None:
        """The day of a known event that the other clause of the sentence tells of."""
        first, last = self.anchors.bounds(self.sentences[index])
        comma = self.pieces.shape.find(",", proposal.last, last)
        ahead = proposal.first - first <= 3
        if ahead and comma < 0:
            return None
        span = (comma, last) if ahead else (first, proposal.first)
        event = self.events.told(self.pieces, *span, near)
        return event.point if event else None

    def _next_feast(self, proposal: Proposal, point: Point, state: _State) -> Point | None:
        """A day that comes back every year, in the year to which the count brings the story."""
        if state.main is None or state.main[1].year is None or point.month is None:
            return None
        year = state.main[1].year
        there = [point.in_year(y) for y in (year - 1, year, year + 1)]

        def cost(feast: Point) -> float:
            counted_to = shift(feast, *(proposal.offset or (0, "days"))) or feast
            return lapse(state.main, counted_to, counted_to, False, False)

        return min(there, key=cost)

    def _ends_adverb(self, proposal: Proposal, i: int) -> bool:
        """Whether nothing follows to count from: "he had won fame four months before by ..."."""
        if self._closes(i):
            return True
        if proposal.rule not in ("offset-after", "offset-before"):
            return False
        p = self.pieces
        return p.letters[i] in '"-p' or self.words.says("after_an_adverb", p.lows[i])

    def _dates_of_anchor(self, index: int, i: int, state: _State) -> list[tuple[Point, Point]]:
        """What this text dates the thing at piece i to."""
        found = []
        if self._same_sentence(index, state) and self._is_this_deed(i):
            here = state.lookup(state.last)
            if here is not None and here.ends[0].day:
                found.append(here.ends)  # "X, on 4 August, ... a day before the battle"
        for k, _ in self.anchors.candidates(i):
            known = state.lookup(k) if k < index else None
            points = self.proposals[k].points
            found.append(known.ends if known else (points[0], points[-1]))
        return found

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
        if not re.fullmatch(r"[,(-]{1,2}w?p?i?", between) or before.rule.startswith(
            ("offset", "pointing", "deictic", "anniversary")
        ):
            return None
        found = state.lookup(state.last)
        if found is None or found.ends[0].year is None:
            return None
        if between[0] == "-" and proposal.rule not in ("offset-after", "offset-before"):
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
        if self._current(base) and not self.quoted[proposal.first]:
            base = self.document
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
        base = self._reference(index, state)
        if proposal.rule.endswith("0"):
            return self._near_weekday(index, proposal, state, base, int(day))
        if proposal.rule.endswith("L") and (
            self._current(base) or (not self.quoted[proposal.first] and self.document)
        ):
            base = self.document
        base = base or self.document
        way = 1 if proposal.rule.endswith("X") else -1
        if base is None or base.day is None or base.month is None or (base.year or 0) <= 0:
            return []
        days = (int(day) - base.weekday()) % 7 if way > 0 else -((base.weekday() - int(day)) % 7)
        return self._days_from(base, days or 7 * way, 0.4, 0.5)

    def _near_weekday(
        self, index: int, proposal: Proposal, state: _State, base: Point | None, day: int
    ) -> list[_Option]:
        """On Sunday, the Saturday: after the day of the story, or before it in the past perfect."""
        document = self.document
        if base is None and not self.quoted[proposal.first]:
            base = document
        if base is None or base.day is None or (base.year or 0) <= 0:
            return []
        passages, before = self.pieces.passages, self.proposals[max(0, state.last)]
        if base is not document and passages[proposal.first].para - passages[before.first].para > 1:
            return []
        if document and document.day and abs(document.days[0] - base.days[0]) < 10:
            # A letter or report tells of the days before it, unless it speaks of what is to come.
            ahead, behind = (day - document.weekday()) % 7, (document.weekday() - day) % 7
            future = self._is_limit(proposal) or (
                not self.words.grammar.year_word and self._speaks_of_the_future(index)
            )
            days = (ahead or 7) if future else -(behind or 7)
            return self._days_from(document, days, 0.2, 0.8)
        ahead, behind = (day - base.weekday()) % 7, (base.weekday() - day) % 7
        if self._past_perfect(proposal) and not self._is_limit(proposal):
            return self._days_from(base, -(behind or 7), 0.1, 0.6)
        return self._days_from(base, ahead, 0.2, 0.8)

    def _days_from(self, base: Point, days: int, cost: float, doubt: float) -> list[_Option]:
        point = shift(base, days, "days")
        if point is None:
            return []
        offset = duration(days, "days")
        found = _Found(point.edtf(), (point, point), "relative", base.edtf(), offset)
        return [(found, cost, cost + 0.2, doubt)]

    def _decade_of(self, proposal: Proposal, state: _State) -> list[_Option]:
        """In the thirties of the last century: of the document, or of the story."""
        main = state.main[1] if state.main else None
        way, point = proposal.rule[-1], proposal.points[0]
        base = (self.document or main) if way in "LT" else main
        if base is None or base.year is None or point.decade is None:
            return []
        step = {"L": -1, "V": -1, "X": 1}.get(way, 0)
        century = (base.year - 1) // 100 + step
        point = replace(point, decade=century * 10 + point.decade)
        return [(_Found(point.edtf(), (point, point), "relative"), None, 0.2, 0.5)]

    def _part_of_that(self, index: int, proposal: Proposal, state: _State) -> list[_Option]:
        """The end of the month, early that year."""
        at, told = proposal.offset or (0, "")
        way, part = str(told).split(":")
        base = self._reference(index, state)
        if way in ("L", "T") and self.document is not None and not self.quoted[proposal.first]:
            base = self.document
        if base is None or base.year is None:
            return []
        step = {"X": 1, "V": -1, "L": -1}.get(way, 0)
        if self.pieces.letters[int(at)] == "C":
            point = Point(century=(base.year - 1) // 100 + 1 + step, part=part)
            found = _Found(point.edtf(), (point, point), "relative", base.edtf())
            return [(found, None, 0.2, 0.5)]
        if self.pieces.values[int(at)] == "weeks":
            if base.day is None or base.year <= 0:
                return []
            days = {"early": 1, "mid": 3}.get(part, 7) - base.weekday() + 7 * step
            return self._days_from(base, days, 0.4, 1.0)
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
        if way == "L" and any(
            self.words.says("last_but_one", low)
            for low in self.pieces.lows[proposal.first : proposal.last]
        ):
            step = -2
        main = state.main[1] if state.main else None
        now = way in "LT" and (not self.quoted[proposal.first] or self._current(main))
        bare = self.words.grammar.bare_seasons and "i" not in (
            self.pieces.letters[proposal.first],
            self.pieces.letters[proposal.first - 1] if proposal.first else "|",
        )
        if (
            way == "X"
            and self.document
            and (
                (bare and unit != "days" and self._current(main))
                or (bare and main is None)
                or self._speaks_of_the_future(index)
            )
        ):
            now = True
        since = proposal.first and self.words.says("since", self.pieces.lows[proposal.first - 1])
        if way == "L" and since and main is not None and not self._current(main):
            # «С прошлого года там стояли полки»: last year as it was for the story.
            now = self._speaks_in_the_present(index)
        anchors: list[tuple[Point, float]] = []
        if now:
            if self.document is not None:
                anchors.append((self.document, 0.0))
        else:
            near = self._antecedent if what == "y" and step == 0 else self._local
            local = near(index, state) or (self._in_brackets(index, state) if step else None)
            if local is not None and local.year is not None:
                anchors.append((local, 0.1))
            if main is not None:
                anchors.append((main, 0.1 if not anchors else 0.5))
        options: list[_Option] = []
        for anchor, cost in anchors:
            if anchor.year is None:
                continue
            if proposal.points:
                point = nearest(anchor, step, replace(proposal.points[0], year=anchor.year))
            else:
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

    def _speaks_of_the_future(self, index: int) -> bool:
        """Whether a sentence tells of what is to come ("Next August they will walk")."""
        if self.quoted[self.proposals[index].first] and not self._current(None):
            return False
        first, last = self.anchors.bounds(self.sentences[index])
        lows, grammar = self.pieces.lows[first:last], self.words.grammar
        if any(self.words.says("future", low) for low in lows):
            return True
        if not grammar.year_word:
            return False
        # Languages whose verbs alone tell: none of them stands in the past.
        letters = self.pieces.letters[first:last]
        return not any(
            letter == "w" and len(low) > 3 and low.endswith((*grammar.past_endings, "л"))
            for letter, low in zip(letters, lows)
        )

    def _speaks_in_the_present(self, index: int) -> bool:
        first, last = self.anchors.bounds(self.sentences[index])
        return any(self.words.says("present", low) for low in self.pieces.lows[first:last])

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
        if unit == "weekends" and anchor.day and anchor.month and year > 0:
            return weekend_of_day(year, anchor.month, anchor.day, step)
        if unit == "weeks" and anchor.day and anchor.month and year > 0:
            return week_of_day(year, anchor.month, anchor.day, step)
        return None

    # ------------------------------------------------------------ at the end
    def _settled(self, read: list[tuple[int, _Found, float]]) -> list[Dated]:
        """An offset with a date right behind it takes that date, as exact as its unit."""
        dated = []
        absorbed = -1
        for k, (index, found, doubt) in enumerate(read):
            proposal = self.proposals[index]
            if index == absorbed:
                continue
            if proposal.rule.startswith("offset"):
                said = self._said_after(index, found, read[k + 1 : k + 2], doubt)
                said = said or self._same_year(index, found, read[max(0, k - 2) : k + 3])
                if said is not None:
                    doubt = 0.0 if said == found.ends[0] else 0.6
                    found = self._with_day(proposal, found, said)
                following = self.proposals[index + 1 : index + 2]
                if following and self._belongs(proposal, following[0]):
                    absorbed = index + 1
                    proposal = replace(proposal, last=following[0].last)
            dated.append(self._done(proposal, found, doubt))
        return dated

    def _with_day(self, proposal: Proposal, found: _Found, said: Point) -> _Found:
        """The day that the text states beside a count; an anchor that does not agree is none."""
        number, unit = proposal.offset or (0, "")
        back, anchor = shift(said, -number, unit), found.anchor
        if said != found.ends[0] and back is not None:
            stated = point_of(anchor) if anchor else None
            if proposal.rule == "offset-later":
                anchor = back.edtf()
            elif stated is not None and not _agrees(back, stated):
                anchor = None
        return replace(found, value=said.edtf(), ends=(said, said), anchor=anchor)

    def _belongs(self, proposal: Proposal, following: Proposal) -> bool:
        """ "two days before Christmas" is one date."""
        if following.rule != "named" or proposal.rule not in (
            "offset-after", "offset-before", "offset-eve",
        ):  # fmt: skip
            return False
        return self.pieces.shape[proposal.last : following.first] in ("", "i", "t", "A", "o", "oi")

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
        apposed = re.fullmatch(r"[^,|;.:(]{1,9},p?i?", between) and (
            doubt >= 1 or (other.ends[0].day is not None and self._near(here, found, other))
        )
        if apposed and here.rule in ("offset-after", "offset-before") and not there.offset:
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
        apart = (point.year or 0) - (found.ends[0].year or 0)
        far = unit in ("years", "decades", "centuries") and not -1 <= apart <= 1
        if far and there.points and there.points[0].needs_year:
            return None
        if point.day is None and unit in ("days", "weeks") and found.ends[0].day is not None:
            return None  # the count says more than the month beside it
        return point.truncated(_precision(number, unit))

    def _near(self, proposal: Proposal, found: _Found, other: _Found) -> bool:
        """Whether a date may be the day that a count leads to, had its anchor been read right."""
        apart = abs(found.ends[0].days[0] - other.ends[0].days[0])
        kind = other.kind == "explicit" or apart < 40
        return kind and proposal.rule in ("offset-after", "offset-before")

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


def _agrees(one: Point, two: Point) -> bool:
    """Whether two points may be the same, counted inclusively or not."""
    low, high = one.days
    first, last = two.days
    return first - 2.5 <= high and low <= last + 2.5


def _completed(point: Point, main: Point) -> Point:
    """A date told later, with the year (and month) of the story."""
    if point.day and not point.month:
        return Point(main.year, main.month, point.day) if main.month else point
    return point.in_year(main.year or 0) if point.needs_year else point


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
