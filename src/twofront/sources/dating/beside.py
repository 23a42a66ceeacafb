"""A date right beside a count, which says the same: "on 30 June, eight days after ..."."""

from __future__ import annotations

import re

from .anchored import Anchored
from .context import FAR_OFF
from .proposals import Proposal
from .spans import Point, agrees, precision, shift
from .states import Found, State

_BESIDE = re.compile(r"[,(-]{1,2}w{0,3}p?i?")
_BESIDE_A_COUNT = re.compile(r"[,(]p?i?")


class Beside(Anchored):
    """Dates that settle what is counted beside them."""

    def _beside_before(self, index: int, proposal: Proposal, state: State) -> Found | None:
        """A date right before an offset that says the same ("On 30 June, eight days after")."""
        if state.last < 0:
            return None
        before = self.proposals[state.last]
        between = self.pieces.shape[before.last : proposal.first]
        if not _BESIDE.fullmatch(between) or before.rule.startswith(
            ("offset", "pointing", "deictic", "anniversary")
        ):
            return None
        following = self._anchor_at(proposal)
        bare = not self._closes(following) and self._is_subject(following)
        if proposal.rule == "offset-day" and bare:
            return None  # «5 июня, на третьи сутки подорвались»
        if "w" in between and self._is_inserted(state.last):
            return None  # "the governor, who had asked for powder in March, yielded two days later"
        if any(
            self.words.says("coordinators", low)
            for low in self.pieces.lows[before.last : proposal.first]
        ):
            return None  # "fell on 28 October, and five days after its fall ..."
        # "22 June 1915, less than ten months later": of several words only such a bound.
        bound = tuple(self.pieces.lows[before.last + 1 : proposal.first])
        bounds = {phrase for phrase, _ in self.words.comparators}
        if between.count("w") > 1 and bound not in bounds:
            return None
        found = state.lookup(state.last)
        if found is None or found.ends[0].year is None:
            return None
        anchored = proposal.rule in ("offset-after", "offset-before")
        if between[0] == "-" and not anchored:
            return None
        counted = proposal.rule in ("offset-later", "offset-earlier")
        number, unit = proposal.offset or (0, "")
        if counted and state.last == 0 and unit == "years" and number >= FAR_OFF:
            return None  # "memories of D-Day, 80 years later": nothing before is counted from
        if counted and not self._closes(proposal.last):
            # «пал 5 мая, неделю спустя пришёл обоз» is no apposition, unless the count agrees.
            there = self._counts_to(proposal, state)
            if there is None or not about(there, found.ends[0], proposal):
                return None
        return found

    def _counts_to(self, proposal: Proposal, state: State) -> Point | None:
        """Where a count leads from the story as it stood before the date named last."""
        told: State | None = state
        while told is not None and told.index > state.last:
            told = told.parent
        told = told.parent if told is not None else None
        main = told.main if told is not None else None
        return shift(main[1], *(proposal.offset or (0, "days"))) if main else None

    def _fitting(self, index: int, proposal: Proposal, state: State, point: Point) -> str | None:
        """The anchor whose day agrees with the day that the text itself gives the count."""
        number, unit = proposal.offset or (0, "")
        i = self._anchor_at(proposal)
        back = shift(point, -number, unit)
        if back is None or self._closes(i):
            return back.edtf() if back else None
        for first, last in self._dates_of_anchor(index, i, state):
            anchor = last if proposal.rule == "offset-after" else first
            if agrees(back, anchor):
                return anchor.edtf()
        event = self._event(i, point.year)
        known = self._day_of(event, i, proposal) if event else None
        return known[1] if known and agrees(back, known[0]) else None

    def _apposed(self, index: int, proposal: Proposal, main: Point | None) -> Point | None:
        """ "Ten days after the landing, 20 September 1854": the date that says the same.

        It may lack the year of the story: "on the eve of the attack, 14 March"; and the day of the
        week may stand before it: "on the eve of the feast, Friday 5 October 1973".
        """
        following = self.proposals[index + 1 : index + 2]
        if not following or proposal.rule not in (
            "offset-after", "offset-before", "offset-eve", "offset-day",
        ):  # fmt: skip
            return None
        there, points = following[0], following[0].points
        between = self.pieces.shape[proposal.last : there.first]
        if there.offset is not None or len(points) != 1:
            return None
        point = points[0]
        if point.needs_year:
            if not (point.day and point.month and main and main.year):
                return None
            point = point.in_year(main.year)
        unit = (proposal.offset or (0, ""))[1]
        fine = point.day or (point.month and unit in ("months", "years"))
        apposed = re.fullmatch(r"[^,|;.:(-]{1,9},p?(?:W,?)?i?", between)
        return point if fine and point.month and apposed else None

    def _stated_next(self, index: int, proposal: Proposal) -> Point | None:
        """The date with its year that follows a count in apposition, as exact as the count."""
        following = self.proposals[index + 1 : index + 2]
        if not following or len(following[0].points) != 1 or following[0].offset is not None:
            return None
        point, first = following[0].points[0], following[0].first
        if not re.fullmatch(r",p?i?", self.pieces.shape[proposal.last : first]):
            return None
        if point.needs_year or point.year is None:
            return None
        return point.truncated(precision(*(proposal.offset or (0, "days"))))

    def _counted_beside(self, index: int, state: State) -> Found | None:
        """The count right before a date that says the same: «через три дня, 22-го»."""
        if state.last != index - 1 or not index:
            return None
        before, here = self.proposals[index - 1], self.proposals[index]
        if before.offset is None or not before.rule.startswith(("offset", "pointing")):
            return None
        if not _BESIDE_A_COUNT.fullmatch(self.pieces.shape, before.last, here.first):
            return None
        found = state.lookup(index - 1)
        return found if found is not None and found.ends[0].day else None


def about(one: Point, two: Point, proposal: Proposal) -> bool:
    """Whether two points differ by less than the unit of a count allows."""
    number, unit = proposal.offset or (0, "days")
    if isinstance(number, int) and proposal.rule.startswith("pointing"):
        number, unit = 1, "days"
    length = {"days": 1.0, "weeks": 7.0, "fortnights": 14.0, "months": 31.0}.get(unit, 366.0)
    apart = max(one.days[0] - two.days[1], two.days[0] - one.days[1], 0.0)
    return apart <= 0.75 * length + 0.15 * abs(number) * length + 1.0
