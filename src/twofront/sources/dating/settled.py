"""What is settled when a text has been read: dates beside counts, and how sure each date is."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace

from ..grammar.pieces import Pieces
from .beside import about
from .clauses import Clauses
from .context import FAR_OFF
from .dated import Dated
from .proposals import Proposal
from .spans import Point, agrees, interval, point_of, precision, season_across, shift
from .states import Found

_AROUND = 2  # paragraphs in which no other year may stand before a date is sure
_ON_A_FEAST, _DAY_OF_A_FEAST = re.compile(r",p?[wiHc]{0,2}"), re.compile(r",i?")
_CALENDARS_APART = 13  # days between the feasts of the two calendars
_A_DAY = len("1812-06-24")
_DOUBTED = 0.9  # the most that other dates without their year are worth
_LENT = 0.4  # the most that a date is worth whose year is that of printing
_IN_A_PAPER = re.compile(r",p[iwS]*w[op]")  # ", in a private letter of"
_MISSED = 2  # years by which a count of years may miss the year that is named beside it
# How often dates are right whose step is free of doubt, by rule: counted on marked texts.
_SURE = {"partial": 0.97, "bare-day": 0.97, "pair": 0.97, "night": 0.96, "bare-days": 0.96,
         "two-calendars": 0.97, "named": 0.9, "offset-later": 0.9, "offset-earlier": 0.86,
         "pointing-X": 0.9, "pointing-H": 0.93, "pointing-J": 0.9, "offset-after": 0.85,
         "offset-before": 0.85, "point-of-that-year": 0.93}  # fmt: skip


class Settled(Clauses):
    """Readings that become dates."""

    entries: list[int | None]  # of `Entries`: the date that heads the entry of each

    def _settled(self, read: list[tuple[int, Found, float]]) -> list[Dated]:
        """An offset with a date right behind it takes that date, as exact as its unit."""
        dated = []
        absorbed = -1
        for k, (index, found, doubt) in enumerate(read):
            proposal = self.proposals[index]
            if index == absorbed or self._value(proposal, found) == "XXXX":
                continue  # a year "'14", a day of a calendar of its own, and no year to place it
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
            if proposal.rule == "named" or proposal.rule.startswith("weekday-"):
                beside = *read[k - 1 : k], *read[k + 1 : k + 2]
                stated = self._feast_apposed(proposal, found, beside)
                found = (
                    found if stated is None else replace(found, value=None, ends=(stated, stated))
                )
            dated.append(self._done(proposal, found, doubt))
        return dated

    def _feast_apposed(
        self, here: Proposal, found: Found, beside: tuple[tuple[int, Found, float], ...]
    ) -> Point | None:
        """«14 октября, на Покров», «Ильин день, 2 августа»: a feast in the calendar of the text.

        So is a weekday: "last Tuesday, 1 May".
        """
        for j, other, _ in beside:
            there, day = self.proposals[j], other.ends[0]
            first, last = sorted((here, there), key=lambda p: p.first)
            between = self.pieces.shape[first.last : last.first]
            link = _ON_A_FEAST if there is first else _DAY_OF_A_FEAST
            single = len(there.points) == 1 and there.offset is None and day.day is not None
            entry = there is first and between == ".|" and self.entries[j] == j
            if single and day.year and (entry or link.fullmatch(between)):
                apart = abs(day.days[0] - found.ends[0].days[0])
                return day if apart <= _CALENDARS_APART else None
        return None

    def _with_day(self, proposal: Proposal, found: Found, said: Point) -> Found:
        """The day that the text states beside a count; an anchor that does not agree is none."""
        number, unit = proposal.offset or (0, "")
        back, anchor = shift(said, -number, unit), found.anchor
        if said != found.ends[0] and back is not None:
            stated = point_of(anchor) if anchor else None
            if proposal.rule == "offset-later":
                anchor = back.edtf()
            elif stated is not None and not agrees(back, stated):
                anchor = None
        return replace(found, value=said.edtf(), ends=(said, said), anchor=anchor)

    def _belongs(self, proposal: Proposal, following: Proposal) -> bool:
        """ "two days before Christmas" is one date."""
        if following.rule != "named" or proposal.rule not in (
            "offset-after", "offset-before", "offset-eve", "offset-day",
        ):  # fmt: skip
            return False
        return self.pieces.shape[proposal.last : following.first] in ("", "i", "t", "A", "o", "oi")

    def _same_year(
        self, index: int, found: Found, near: list[tuple[int, Found, float]]
    ) -> Point | None:
        """A year that the sentence states and that a long count of years nearly meets is meant."""
        number, unit = self.proposals[index].offset or (0, "")
        year = found.ends[0].year
        if unit != "years" or abs(number) < FAR_OFF or year is None:
            return None
        for j, other, _ in near:
            stated = other.ends[0].year
            if (
                other.kind == "explicit"
                and self.sentences[j] == self.sentences[index]
                and stated is not None
                and abs(stated - year) == 1
                and not self._is_bracketed(j)
            ):
                return Point(stated)
        return None

    def _said_after(
        self,
        index: int,
        found: Found,
        following: list[tuple[int, Found, float]],
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
        apposed = re.fullmatch(r"[^,|;.:(]{1,9},p?i?", between) and doubt >= 1
        if apposed and here.rule in ("offset-after", "offset-before") and not there.offset:
            # "Five days after the surrender of the fort, on 25 December": nobody dates it else.
            if here.exact:
                return other.ends[0]  # "Three years to the day after the landing, on 25 April"
            return other.ends[0].truncated(precision(*(here.offset or (0, ""))))
        if self._is_year_apposed(here, found, there, between):
            return other.ends[0]
        paper = _IN_A_PAPER.fullmatch(between) and about(found.ends[0], other.ends[0], here)
        if there.offset is not None or (between.strip(",pi(-") and not paper):
            return None
        if not between or (len(between) > 4 and not paper):
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
        if self._is_limit(there) and not about(found.ends[0], point, here):
            return None  # «через три дня, к Покрову буду дома»
        exact = here.exact or here.then is not None  # "a century ago today, 9 May 1924"
        return point if exact else point.truncated(precision(number, unit))

    def _is_year_apposed(self, here: Proposal, found: Found, there: Proposal, between: str) -> bool:
        """ "Two years before the war, in 1851": not quite two years before what the text dates."""
        _, unit = here.offset or (0, "")
        counted = found.ends[0].year
        stated = there.points[0].year if len(there.points) == 1 else None
        if unit != "years" or there.rule != "point" or stated is None or counted is None:
            return False
        if there.points[0] != Point(stated) or here.rule not in ("offset-after", "offset-before"):
            return False
        apposed = re.fullmatch(r"[^,|;.:(]{1,9},pi?", between)
        return apposed is not None and abs(stated - counted) <= _MISSED

    def _done(self, proposal: Proposal, found: Found, doubt: float) -> Dated:
        value = self._value(proposal, found)
        confidence = _SURE.get(proposal.rule, proposal.confidence)
        if found.kind != "explicit":
            confidence = confidence - 0.06 * min(doubt, 4.0)
        if "XXXX" in value:
            confidence *= 0.5
        return Dated(
            proposal.first,
            self._past_pronoun(proposal),
            value,
            proposal.rule,
            round(confidence, 2),
            found.kind,
            found.anchor,
            found.offset,
            proposal.points[0].part if proposal.points else None,
        )

    def _value(self, proposal: Proposal, found: Found) -> str:
        if found.value is not None:
            return found.value
        first, last = found.ends
        if proposal.rule == "across-years" and first.season and first.year and last.year:
            return season_across(first.season, first.year, last.year)
        return first.edtf() if first is last else interval(first, last)

    def _past_pronoun(self, proposal: Proposal) -> int:
        """ "Three days after that", «за год до этого»: the pronoun belongs to the expression."""
        p, last = self.pieces, proposal.last
        if proposal.rule not in ("offset-after", "offset-before"):
            return last
        at = last + (p.letters[last] in "tAB")
        if p.letters[at] != "J" and not (at > last and self.words.says("this_or_that", p.lows[at])):
            return last
        after, low = p.letters[at + 1], p.lows[at + 1]
        alone = after in ",.|;:)c-a" or self.words.says("never_a_noun", low)
        verb = low.endswith(self.words.grammar.verb_endings)
        agreeing = next(
            (ends for pronoun, ends in self.words.grammar.agreeing if p.lows[at].endswith(pronoun)),
            ("",),
        )
        return at + 1 if alone or verb or not low.endswith(agreeing) else last


def _shares_a_year(dates: list[Dated], k: int, pieces: Pieces) -> bool:
    """ "In May and July of the following year": whether a year behind both is of both."""
    here, following = dates[k], next(iter(dates[k + 1 : k + 2]), None)
    if following is None or following.rule != "point-of-that-year":
        return False
    return pieces.shape[here.last : following.first] in ("a", "r", ",", "ap", "rp")


def cautious(dates: list[Dated], pieces: Pieces, written: Point | None) -> list[Dated]:
    """A date without its year is sure only where the text around names but that year.

    The lists of two days, and stretches that lack their year, are read rightly less often. A year
    that only the document has is a guess, unless the document is of a day, as news and letters are:
    books are not about the year they are printed in. A paragraph lends its year for sure to those
    that follow unless the days told before are of another: it may be "a committee of May 1981".
    """
    years = {d.value[:4] for d in dates if d.kind == "explicit"}
    lent = written.edtf()[:4] if written is not None and written.day is None else ""
    stated = [
        (k, pieces.passages[d.first].para, d.value[:4])
        for k, d in enumerate(dates)
        if d.kind == "explicit" and d.value[:4].isdecimal()
    ]
    places = [k for k, _, _ in stated]
    found, last_day = [], ""  # the year of the last day told with it
    for k, dated in enumerate(dates):
        doubtful = dated.rule == "pair" or _shares_a_year(dates, k, pieces)
        if dated.kind == "partial":
            para = pieces.passages[dated.first].para
            end = bisect.bisect_left(places, k)
            near = [s for s in stated[max(0, end - 4) : end] if para - s[1] <= _AROUND]
            whole = dated.rule == "partial" and "/" not in dated.value
            # Where the days told before are of another year, a later one may be named in passing.
            told = any(p == para for _, p, _ in near) or last_day in ("", dated.value[:4])
            doubtful = not (whole and told) or {year for *_, year in near} != {dated.value[:4]}
            if dated.value[:4] == lent and lent not in years:
                dated = replace(dated, confidence=min(dated.confidence, _LENT))
        elif dated.kind == "explicit" and len(dated.value) >= _A_DAY:
            last_day = dated.value[:4]
        found.append(
            replace(dated, confidence=min(dated.confidence, _DOUBTED)) if doubtful else dated
        )
    return found
