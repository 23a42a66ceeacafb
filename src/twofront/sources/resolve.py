"""What a date leaves out is taken from what was said before it.

    "23 August"            the year of the story: the last date that was not an aside
    "two years later"      counted from the story
    "ten days after X"     counted from X: a known event or a date named with it
    "last year", "today"   counted from the date of the document
    "80th anniversary"     counted from what it commemorates, else from the story

An aside dates a thing and not the story: a year in brackets, "the treaty of 1856", "the 1905
revolution". A date right beside an offset ("on 30 June, eight days after ...") settles it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .dates import Proposal, iterate, propose
from .events import Events
from .lexicon import lexicon
from .pieces import Pieces
from .spans import Point, interval, point_of, season_across, shift, week_of_day


@dataclass(frozen=True)
class Dated:
    """A resolved date: pieces first..last, its EDTF value, and how it was read."""

    first: int
    last: int
    value: str
    rule: str
    confidence: float


class _Story:
    """The state of reading: where the story stands on the calendar."""

    def __init__(
        self, pieces: Pieces, proposals: list[Proposal], date: str | None, events: Events
    ) -> None:
        self.pieces = pieces
        self.events = events
        self.proposals = proposals
        self.words = lexicon(pieces.language)
        self.main: Point | None = None
        self.any: Point | None = None
        self.bases: dict[str, int] = {}
        self.quoted, self.bracketed = _enclosed(pieces)
        self.document = point_of(date) or self._written()
        self.feasts: dict[
            int, bool
        ] = {}  # first piece of a sentence: does it tell of a yearly feast
        self.feast: tuple[int, Point] | None = None  # paragraph and year of the last anniversary
        self.latest: tuple[int, Point | None, str] | None = None  # last piece, point, value

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

    # ------------------------------------------------------------ the years left out
    def reference(self) -> Point | None:
        return self.main or self.any

    def year_for(self, point: Point, index: int) -> Point:
        """Give a partial date its year."""
        if not point.needs_year:
            return point
        proposal = self.proposals[index]
        if self._recurs(proposal):
            return point
        following = self._listed_with(index)
        if following is not None:
            return point.in_year(following)
        reference = self.reference()
        if reference is None:
            year = self._first_year(index, point)
            if year is None and self.document:
                year = self.document.year
            return point.in_year(year) if year is not None else point
        year = reference.representative_year()
        if year is None:
            return point
        if point.month is None and point.day is not None and point.season is None:
            if reference.month is None:
                return point
            return replace(point, year=year, month=reference.month)
        if point.month and reference.month and reference.month - point.month >= 8:
            year += 1  # December, then January
        elif point.season and reference.month and reference.month >= 9 and point.season in (21, 22):
            year += 1
        return point.in_year(year)

    def _recurs(self, proposal: Proposal) -> bool:
        first = self.pieces.shape.rfind("|", 0, proposal.first) + 1
        if first not in self.feasts:
            last = self.pieces.shape.find("|", proposal.last)
            self.feasts[first] = self._tells_of_a_feast(range(first, last))
        return self.feasts[first]

    def _tells_of_a_feast(self, inside: range) -> bool:
        p = self.pieces
        auxiliary = self.words.data["words"]["recurring_aux"]
        return any(self.words.says("recurring", p.lows[i]) for i in inside) and (
            not auxiliary or any(p.lows[i] in auxiliary for i in inside)
        )

    def _listed_with(self, index: int) -> int | None:
        """In "3 May, 5 June and 8 July 1941" the last year serves all."""
        for here, there in zip(self.proposals[index:], self.proposals[index + 1 : index + 5]):
            between = self.pieces.shape[here.last : there.first]
            if between.strip(",ariptfb") or len(between) > 3 or not there.points:
                return None
            year = there.points[-1].year
            if year is not None:
                same = there.points[-1].month is not None
                return year if same else None
        return None

    def _first_year(self, index: int, here: Point) -> int | None:
        """The first year told later; an autumn before a January lies a year earlier."""
        for proposal in self.proposals[index + 1 : index + 30]:
            for point in proposal.points:
                if point.year is not None:
                    earlier = bool(here.month and point.month and here.month - point.month >= 8)
                    return point.year - earlier
        return None

    # ------------------------------------------------------------ where the story stands
    def tell(self, proposal: Proposal, point: Point, last: Point | None = None) -> None:
        """Move the story to a date, unless it is an aside."""
        if point.representative_year() is None or point.decade or point.century:
            return
        wide = (
            last is not None
            and last.year is not None
            and point.year is not None
            and last.year - point.year > 1
        )
        here = last if last is not None and not wide else point
        if here.year is None:
            here = point
        if self.is_aside(proposal, point) or wide:
            self.any = here if self.any is None or not self.bracketed[proposal.first] else self.any
            return
        self.main = self.any = here

    def is_aside(self, proposal: Proposal, point: Point) -> bool:
        p, i = self.pieces, proposal.first
        if self.bracketed[i]:
            return True
        if point.month or point.season or self.main is None:
            return False
        before = p.letters[i - 1] if i else "|"
        low = p.lows[i - 1] if i else ""
        if p.language == "ru":
            return before in "wc" or (self.words.says("aside", low) and before != "p")
        if self.words.says("aside", low):
            return True
        return (
            before in "icw"
            and p.letters[proposal.last] in "wcO"
            and not self.words.says("never_a_noun", p.lows[proposal.last])
        )

    # ------------------------------------------------------------ resolving
    def resolve(self, index: int) -> Dated | None:
        proposal = self.proposals[index]
        name = proposal.rule
        if proposal.offset is None:
            return self._plain(index, proposal)
        if name.startswith("offset"):
            return self._offset(index, proposal)
        if name == "anniversary":
            return self._anniversary(index, proposal)
        if name == "deictic":
            return self._deictic(proposal)
        return self._pointing(proposal)

    def _plain(self, index: int, proposal: Proposal) -> Dated | None:
        if proposal.rule == "point-of-that-year":
            point = self._of_that_year(proposal, proposal.points[0])
            if point is None:
                return None
            points = (point,)
        else:
            points = tuple(self.year_for(point, index) for point in proposal.points)
        first, last = points[0], points[-1]
        both = len(points) == 2 and not first.needs_year and not last.needs_year
        if both and first.year == last.year and (first.month or 0) > (last.month or 12):
            last = replace(last, year=(last.year or 0) + 1)
        if not all(point.is_possible() for point in (first, last)):
            return None
        if proposal.rule == "bare-day" and (first.month is None or first.year is None):
            return None
        if proposal.rule == "across-years" and first.season and first.year and last.year:
            value = season_across(first.season, first.year, last.year)
        else:
            value = first.edtf() if len(points) == 1 else interval(first, last)
        self.tell(proposal, first, last if len(points) == 2 else None)
        return self._done(proposal, value, first)

    def _of_that_year(self, proposal: Proposal, point: Point) -> Point | None:
        ways = [c for c in self.pieces.shape[proposal.first : proposal.last] if c in "JTHLXV"]
        reference = self.document if ways[-1] in "TL" else self.reference()
        reference = reference or self.reference()
        if reference is None or reference.year is None:
            return None
        return point.in_year(reference.year + {"X": 1, "V": -1, "L": -1}.get(ways[-1], 0))

    def _done(
        self, proposal: Proposal, value: str, point: Point | None, less: float = 1.0
    ) -> Dated:
        self.latest = (proposal.last, point, value)
        confidence = proposal.confidence * less * (0.5 if "XXXX" in value else 1.0)
        return Dated(proposal.first, proposal.last, value, proposal.rule, round(confidence, 2))

    def _beside(self, index: int, proposal: Proposal) -> tuple[str, Point | None] | None:
        """A date that stands right beside an offset and says the same in plain figures."""
        p = self.pieces
        if self.latest is not None:
            last, point, value = self.latest
            if last <= proposal.first and p.shape[last : proposal.first] in (",", "(", ",w", "-"):
                return value, point
        if proposal.rule in ("offset-after", "offset-before") and not self._closes(proposal.last):
            return None
        if index + 1 < len(self.proposals):
            following = self.proposals[index + 1]
            between = p.shape[proposal.last : following.first]
            if between.strip(",pi(") == "" and len(between) <= 3 and following.offset is None:
                points = tuple(self.year_for(point, index + 1) for point in following.points)
                if len(points) == 1 and points[0].year is not None and following.rule != "bare-day":
                    return points[0].edtf(), points[0]
        return None

    def _closes(self, i: int) -> bool:
        return self.pieces.letters[i] in ",.|;)"

    def _offset(self, index: int, proposal: Proposal) -> Dated | None:
        number, unit = proposal.offset or (0, "")
        beside = self._beside(index, proposal)
        if beside and self._finer(proposal, beside[1]):
            beside = None
        if beside:
            value, point = beside
            if point is not None and point.year and not (number >= 10 and unit == "decades"):
                self.main = self.any = point
            return self._done(proposal, value, point, 1.1)
        if proposal.rule == "offset-ago":
            anchor = self.document if not self.quoted[proposal.first] else self.reference()
            anchor = anchor or None
            if anchor is not None and unit in ("years", "decades", "months"):
                anchor = replace(anchor, day=None)
        elif proposal.rule in ("offset-after", "offset-before"):
            anchor = self._anchor(index, proposal)
        elif proposal.rule == "offset-later" and self._opening(proposal) and self.document:
            anchor = self._round_anchor(number)
        else:
            anchor = self._recent_anniversary(proposal) or self.reference()
        if anchor is None:
            return None
        point = shift(anchor, number, unit)
        if point is None:
            return None
        if proposal.rule != "offset-ago" and not self._recent_anniversary(proposal):
            self.main = self.any = point
        return self._done(proposal, point.edtf(), point)

    def _finer(self, proposal: Proposal, beside: Point | None) -> bool:
        """Days counted from a known event say more than the month or season beside them."""
        number, unit = proposal.offset or (0, "")
        if unit not in ("days", "weeks") or beside is None or beside.day or not beside.year:
            return False
        event = self._event_after(proposal.last, beside.year)
        point = shift(event[0], number, unit) if event else None
        return point is not None and point.year == beside.year

    def _event_after(self, i: int, near: int | None) -> tuple[Point, int] | None:
        found = self.events.after(self.pieces, i, near)
        point = found[0].point if found else None
        return (point, found[1]) if found and point else None

    def _opening(self, proposal: Proposal) -> bool:
        """ "80 years on" before any date of the story: the present is meant."""
        return self.reference() is None or (
            self.document is not None and self.reference() == self.document
        )

    def _round_anchor(self, number: float) -> Point | None:
        document = self.document
        return Point((document.year or 0) - int(number)) if document and document.year else None

    def _anchor(self, index: int, proposal: Proposal) -> Point | None:
        """What "ten days after" is counted from: the nearest event or date that follows."""
        near = self.reference()
        event = self._event_after(proposal.last, near.year if near else None)
        end = self.pieces.shape.find("|", proposal.last)
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            following = self.proposals[k]
            distance = following.first - proposal.last
            between = self.pieces.shape[proposal.last : following.first]
            if following.first > end or distance > 10 or not following.points:
                break
            if event and event[1] <= distance and distance > 2:
                break
            if "," in between and distance > 3:
                break
            point = self.year_for(following.points[0], k)
            if point.year is not None:
                return point
        if event:
            return event[0]
        return near

    def _anniversary(self, index: int, proposal: Proposal) -> Dated | None:
        number, _ = proposal.offset or (0, "")
        p = self.pieces
        noun = self._noun_after(proposal.last)
        event = (
            self._event_after(proposal.last, None)
            if p.letters[proposal.last] not in ".,;|"
            else None
        )
        reference = self.reference()
        today = self.document.year if self.document else None
        base = None
        told = self._told_later(index)
        if told and told.year:
            base = told.year - int(number)
        elif event and event[0].year and event[1] <= 6:
            base = event[0].year
        elif noun and noun in self.bases:
            base = self.bases[noun]
        elif (
            reference
            and reference.year
            and reference.year + number <= (today or 2100)
            and not (today and noun and reference.year > today - 5)
            and (
                not noun
                or not today
                or reference.year + number == today
                or p.letters[proposal.last] not in "ow"
            )
        ):
            base = reference.year
        elif today:
            base = today - int(number)
        if base is None:
            return None
        if noun:
            self.bases.setdefault(noun, base)
        point = Point(base + int(number))
        self.feast = (self.pieces.passages[proposal.first].para, point)
        return self._done(proposal, point.edtf(), point)

    def _recent_anniversary(self, proposal: Proposal) -> Point | None:
        """An anniversary named a paragraph or two ago: its speakers count from it."""
        if self.feast and proposal.rule in ("offset-earlier", "offset-later"):
            para, point = self.feast
            same_date = self.latest is not None and self.latest[1] is point
            if same_date and self.pieces.passages[proposal.first].para - para <= 3:
                return point
        return None

    def _told_later(self, index: int) -> Point | None:
        """ "Its 85th anniversary was marked last year": the same sentence tells the year."""
        end = self.pieces.shape.find("|", self.proposals[index].last)
        for following in self.proposals[index + 1 : index + 3]:
            if following.first > end or self.document is None:
                return None
            if following.rule in ("pointing-L", "pointing-T"):
                _, what = following.offset or (0, "")
                if what == "y" and self.document.year:
                    return Point(self.document.year - (following.rule == "pointing-L"))
        return None

    def _noun_after(self, i: int) -> str | None:
        """What is commemorated, shortened; Russian has no "of the" before it."""
        p = self.pieces
        while p.letters[i] in "oi":
            i += 1
        if p.letters[i] in "wc":
            return p.lows[i][:6]
        return None

    def _deictic(self, proposal: Proposal) -> Dated | None:
        if self.document is None or self.quoted[proposal.first]:
            return None
        days, _ = proposal.offset or (0, "")
        point = shift(self.document, days, "days") if days else self.document
        return self._done(proposal, point.edtf(), point) if point else None

    def _pointing(self, proposal: Proposal) -> Dated | None:
        at, what = proposal.offset or (0, "")
        at = int(at)
        way = proposal.rule[-1]
        unit = self.pieces.values[at]
        step = {"L": -1, "V": -1, "X": 1}.get(way, 0)
        now = way in "LT" and not (self.quoted[proposal.first] and self.reference())
        has_article = self.pieces.letters[proposal.first] == "i" or self.pieces.language == "ru"
        if way == "X" and not has_article and self.document and self.pieces.language == "en":
            now = True
        anchor = self.document if now else (self.reference())
        if way in "LT" and anchor is None:
            return None
        if anchor is None or anchor.year is None:
            return None
        point = self._pointed(anchor, step, what, unit)
        if point is None:
            return None
        if isinstance(point, str):
            return self._done(proposal, point, None)
        if not now:
            self.main = self.any = point
        return self._done(proposal, point.edtf(), point)

    def _pointed(self, anchor: Point, step: int, what: str, unit: object) -> Point | str | None:
        year = anchor.year or 0
        if what == "y":
            return Point(year + step)
        if what == "C":
            return Point(century=(year - 1) // 100 + 1 + step)
        if what == "S":
            return self._season(anchor, step, int(unit))  # type: ignore[call-overload]
        if what == "M":
            month = int(unit)  # type: ignore[call-overload]
            if step > 0 and anchor.month and month > anchor.month:
                return Point(year, month)
            if step < 0 and anchor.month and month < anchor.month:
                return Point(year, month)
            return Point(year + step, month)
        if unit == "days":
            return shift(anchor, step, "days") if anchor.day else None
        if unit == "months":
            return shift(replace(anchor, day=None), step, "months") if anchor.month else None
        if unit == "weeks" and anchor.day and anchor.month:
            return week_of_day(year, anchor.month, anchor.day, step)
        return None

    def _season(self, anchor: Point, step: int, season: int) -> Point:
        year = anchor.year or 0
        now = anchor.season or (21 + (anchor.month % 12) // 3 - 1 if anchor.month else None)
        if now is not None and now < 21:
            now = 24
        if step and now is not None:
            if step > 0 and season > now:
                return Point(year, season=season)
            if step < 0 and season < now:
                return Point(year, season=season)
        return Point(year + step, season=season)


def _enclosed(pieces: Pieces) -> tuple[bytearray, bytearray]:
    """For every piece whether it is inside quotation marks, and inside brackets."""
    n = len(pieces.shape) + 1
    quoted, bracketed = bytearray(n), bytearray(n)
    in_quote, depth = False, 0
    for i, letter in enumerate(pieces.shape):
        if letter == "|":
            depth = 0
            if (
                i + 1 < len(pieces.passages)
                and pieces.passages[i].para != pieces.passages[i + 1].para
            ):
                in_quote = False
        elif letter == '"':
            in_quote = not in_quote
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(0, depth - 1)
        quoted[i], bracketed[i] = in_quote, depth > 0
    return quoted, bracketed


def dates_of(pieces: Pieces, date: str | None, events: Events) -> list[Dated]:
    """All dates of a text with their values."""
    proposals = list(iterate(propose(pieces, events)))
    story = _Story(pieces, proposals, date, events)
    found = []
    for index in range(len(proposals)):
        dated = story.resolve(index)
        if dated is not None:
            found.append(dated)
    return found
