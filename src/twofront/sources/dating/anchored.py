"""What a count names that it is counted from: "ten days after the landing".

X, in this text          has the date that the text gives it (`anchors.py`)
X, a known event         has its own (`events.py`)
neither                  the story, or the event that the other clause tells of
"""

from __future__ import annotations

import re

from ..grammar.pieces import tokens
from .context import Context
from .events import Event
from .proposals import Proposal
from .spans import Point, shift
from .states import State

_NEXT = 6  # sentences in which the battle follows whose eve was told
_MANY = 10  # so many days or weeks hardly lead from another date to the story by chance
_MEMORY = 20  # dates back to which they may lead
_LASTING = 31  # days: what took longer has no eve that is a day
_ASIDE = 8  # pieces between "he recalled" and a count


class Anchored(Context):
    """Things that happened, from whose days others are counted."""

    def _event(self, i: int, near: int | None) -> tuple[Event, int] | None:
        """The known event that is named soon after piece i, and how far from it."""
        key = i, near
        if key not in self.known:
            self.known[key] = self.events.after(self.pieces, i, near)
        return self.known[key]

    def _day_of(
        self, event: tuple[Event, int], i: int, proposal: Proposal
    ) -> tuple[Point, str] | None:
        """The day of an event that is counted from, and its name.

        What lasted is over for those who count on from it, and has not begun for those who count
        back, unless the text says from which end it counts. None when there is no such day.
        """
        what, at = event
        if what.point is None or what.end is None or not what.lasts:
            return (what.point, what.id) if what.point else None
        side = self._side_of(i, at)
        if side is not None:
            point = (what.point, what.end)[side]
            return point, point.edtf()
        if proposal.rule == "offset-eve" and what.end.days[1] - what.point.days[0] > _LASTING:
            return None  # the eve of a war is a time, and no day
        over = proposal.rule == "offset-after" or (
            proposal.rule == "offset-day" and "A" in self.pieces.shape[proposal.first : i]
        )
        return what.end if over else what.point, what.id

    def _side_of(self, i: int, at: int) -> int | None:
        """Which end of what lasted is named before it: 0 "the outbreak of", 1 "the end of"."""
        for low in self.pieces.lows[i : i + at]:
            for side, words in enumerate(("outbreaks", "endings")):
                if self.words.says(words, low):
                    return side
        return None

    def _side_told(self, i: int) -> int | None:
        """Which end of what a text dates is meant: "after the siege began", "its end"."""
        p = self.pieces
        while p.letters[i] not in "|,;:.(":
            for side, words in enumerate((("outbreaks", "begins"), ("endings",))):
                if any(self.words.says(name, p.lows[i]) for name in words):
                    return side
            i += 1
        return None

    def _anchor_at(self, proposal: Proposal) -> int:
        """The piece with which the words that name an anchor begin."""
        i = proposal.last
        letter = self.pieces.letters[i]
        return i + (letter in "ABt" or (letter == "o" and proposal.rule != "offset-after"))

    def _dates_of_anchor(self, index: int, i: int, state: State) -> list[tuple[Point, Point]]:
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

    def _is_this_deed(self, i: int) -> bool:
        """Whether only "the battle" is said, and not which."""
        phrase, p = self.anchors.phrase(i), self.pieces
        if not phrase or not phrase[0][0].startswith("deed ") or phrase[0][1]:
            return False
        at = phrase[0][2] + 1
        if p.letters[at] == "c" and self.words.grammar.articles:
            return True  # "on the eve of the battle Jacob packed": its name would follow "of"
        verb = p.lows[at].endswith(self.words.grammar.verb_endings)
        verb = verb or self.words.says("never_a_noun", p.lows[at])
        verb = verb or self.words.says("loosening", p.lows[at])  # "the battle nearly forty men"
        return p.letters[at] not in "owcp" or (p.letters[at] == "w" and verb)

    def _points(self, i: int) -> bool:
        """Whether something only points at what was said: "after that", «до этого»."""
        p = self.pieces
        return p.letters[i] == "J" or self.words.says("this_or_that", p.lows[i])

    def _opens_with_on(self, proposal: Proposal) -> bool:
        i = proposal.first
        i -= self.pieces.letters[i - 1] == "i"
        return i > 0 and self.words.says("on", self.pieces.lows[i - 1])

    def _anchored(
        self, index: int, proposal: Proposal, state: State
    ) -> list[tuple[Point, str | None, str, float]] | None:
        """Anchors of "ten days after ..."; None when it counts from the story after all."""
        p, i = self.pieces, self._anchor_at(proposal)
        if self._ends_adverb(proposal, i) or self._points(i):
            if proposal.rule == "offset-day" and self.words.grammar.anchor_inside:
                return []
            return None
        main = state.main[1] if state.main else None
        near = main.year if main else None
        if (beside := self._same_sentence(index, state)) is not None:
            near = beside.year or near  # "begun in November 1862, ... four days after Christmas"
        event = self._event(i, near)
        known = self._day_of(event, i, proposal) if event else None
        distance = event[1] if event and known else 99
        if (dated := self._dated_ahead(index, i, proposal, near, distance)) is not None:
            return [(dated, None, "event", 0.0)]
        number, unit = proposal.offset or (0, "")
        if number >= _MANY and unit != "years" and (met := self._leading_here(proposal, state)):
            return [(met, None, "event", 0.1)]
        rough: tuple[Point, str | None, str, float] | None = None
        told_of = self._told_next(index, i, proposal) or self._dates_of_anchor(index, i, state)
        for first, last in told_of:
            side = self._side_told(i)
            over = side == 1 if side is not None else proposal.rule == "offset-after"
            point = last if over else first
            if main is not None and main.year is not None and (point.needs_year or not point.month):
                point = _completed(point, main)
            if point.year is None:
                continue
            fine = point.day is not None or unit not in ("days", "weeks")
            anchor = (point, None, "event", 0.3 if fine else 0.6)
            if fine:
                return [anchor]
            rough = rough or anchor
        if known is not None:
            point, label = known
            if point.needs_year and near is not None:
                there = point.in_year(near)
                ahead = (
                    state.main is not None
                    and proposal.rule == "offset-day"
                    and there.days[1] < state.main[0].days[0]
                )
                return [(point.in_year(near + 1) if ahead else there, None, "event", 0.4)]
            return [(point, label, "event", 0.2)]
        told = self._told_in_clause(index, proposal, None if self._current(main) else near)
        if told is not None:
            back = shift(told, -number, unit)
            return [(back, None, "event", 1.0)] if back is not None else []
        named = self._named_last(i, near) if proposal.rule == "offset-eve" else None
        if named is not None and named.point is not None:
            return [(named.point, named.id, "event", 0.3)]
        if self._is_this_deed(i) and (day := self._day_of_ago(state)) is not None:
            return [(day, None, "event", 0.3)]
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
                if p.letters[proposal.last] == "A" and main is not None and main.day:
                    return [(main, None, "event", 1.2)]
                # «На седьмой день пал город»: the seventh day of what is told.
                bare = bare and self._is_subject(i)
            return None if bare else []
        return self._unanchored(index, i, proposal, state, near)

    def _dated_ahead(
        self, index: int, i: int, proposal: Proposal, near: int | None, distance: int
    ) -> Point | None:
        """ "Ten days after the landing of 20 September": the date that stands with the anchor.

        An event that is known by a name which ends before that date, `distance` pieces on, has
        its own.
        """
        p = self.pieces
        end = p.shape.find("|", proposal.last)
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
                point = point.in_year(near)
            if point.year is not None and (point.month or not point.day):
                return point
        return None

    def _unanchored(
        self, index: int, i: int, proposal: Proposal, state: State, near: int | None
    ) -> list[tuple[Point, str | None, str, float]]:
        """What is counted from where nothing dates the anchor: its sentence, or the story."""
        p, main = self.pieces, state.main[1] if state.main else None
        number, unit = proposal.offset or (0, "")
        said = self._same_sentence(index, state)
        if said is not None:
            if self.words.says("possessive", p.lows[i]):
                # "a truce ran to 26 June; three days after its expiry"
                found = state.lookup(state.last)
                end = 1 if proposal.rule == "offset-after" else 0
                return [(found.ends[end] if found else said, None, "event", 0.5)]
            if re.search(r"[a;]$", p.shape[: proposal.first][-2:].rstrip("i")):
                # "was overrun on 18 May, and the day after the body of its chief was shown"
                return [(said, None, "event", 0.5)]
            if unit in ("years", "decades", "centuries") and self._is_when_told(proposal):
                # "It was 4 May 1915, he recalled, fifty years after the event"
                return [(said, None, "event", 0.5)]
            back = shift(said, -number, unit)
            if back is not None:
                return [(back, None, "event", 1.0)]
        if (named := self._named_last(i, near)) is not None:
            return [(named.point, named.id, "event", 0.3)]  # type: ignore[list-item]
        if main is None or (main.day and self._day_of_writing(main) is not None):
            return []  # the day on which a paper is written is nothing to count from
        return [(main, None, "event", 1.2)]

    def _day_of_ago(self, state: State) -> Point | None:
        """ "A century ago today they fought here. ... nine days after the battle": that day."""
        told: State | None = state
        while told is not None and told.index >= 0:
            day = told.found.ends[0] if told.found is not None else None
            ago = self.proposals[told.index]
            if day is not None and day.day and ago.rule == "offset-ago":
                return day if ago.offset and ago.offset[1] != "days" else None
            told = told.parent
        return None

    def _told_next(self, index: int, i: int, proposal: Proposal) -> list[tuple[Point, Point]]:
        """ "The eve of the battle", of which nothing was told yet: the day that is told next."""
        if proposal.rule != "offset-eve" or not self._is_this_deed(i):
            return []
        if any(k < index for k, _ in self.anchors.candidates(i)):
            return []
        for k in range(index + 1, min(index + 3, len(self.proposals))):
            points, apart = self.proposals[k].points, self.sentences[k] - self.sentences[index]
            if self.entries[k] != self.entries[index]:
                break  # of another day of a diary
            if apart and apart <= _NEXT and points and points[0].day and points[0].month:
                return [(points[0], points[-1])]
        return []

    def _named_last(self, i: int, near: int | None) -> Event | None:
        """ "The battle", and which it was has been said: the last one named that is in the list.

        `near` is the year that it is of, if that is known.
        """
        phrase = self.anchors.phrase(i)
        if not phrase or not phrase[0][0].startswith("deed "):
            return None
        behind = phrase[0][2] + 1  # "after the battle Lincoln signed"
        low = self.pieces.lows[min(behind + 1, len(self.pieces.lows) - 1)]
        verb = self.pieces.letters[behind] == "c" and low.endswith(self.past)
        if not (verb or self._is_this_deed(i)):
            return None
        if self.named_events is None:
            self.named_events = self.events.named_in(self.pieces)
        head = phrase[0][0]
        for at, event in reversed(self.named_events):
            if at >= i or event.lasts or not event.point:
                continue
            if near is not None and event.years_from(near):
                continue
            names = event.names.get(self.pieces.language, ())
            if event.point.day and any(self._speaks_of(name, head) for name in names):
                return event
        return None

    def _speaks_of(self, name: str, head: str) -> bool:
        return any(self.words.key(word) == head for word in tokens(name.replace("*", "")))

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

    def _leading_here(self, proposal: Proposal, state: State) -> Point | None:
        """ "Early in 1996, 1,425 days after it had begun": the day told from which that is so."""
        told: State | None = state
        if state.main is None:
            return None
        low, high = state.main[0].days[0] - 3, state.main[1].days[1] + 3
        for _ in range(_MEMORY):
            if told is None:
                return None
            found = told.found
            if found is not None and found.ends[0].day and found.ends[0] is not state.main[0]:
                there = shift(found.ends[0], *(proposal.offset or (0, "days")))
                if there is not None and low <= there.days[0] and there.days[1] <= high:
                    return found.ends[0]
            told = told.parent
        return None

    def _ends_adverb(self, proposal: Proposal, i: int) -> bool:
        """Whether nothing follows to count from: "he had won fame four months before by ..."."""
        if self._closes(i):
            return True
        if proposal.rule not in ("offset-after", "offset-before"):
            return False
        p = self.pieces
        return p.letters[i] in '"-p' or self.words.says("after_an_adverb", p.lows[i])

    def _is_subject(self, i: int) -> bool:
        """Whether a clause goes on («на третий день пехота взяла»): nothing is counted from it."""
        p, grammar = self.pieces, self.words.grammar
        low = p.lows[i]
        if p.letters[i] not in "wc" or low.endswith(grammar.verb_endings):
            return True
        if self.words.key(low).startswith("deed ") and low.endswith(grammar.genitive_endings):
            return False
        if low.endswith(grammar.adjective_endings):
            # «на третий день осаждавшие ворвались»: no such adjective is a genitive.
            return any(low.endswith(endings) for _, endings in grammar.foreign_adjectives)
        verb = p.letters[i + 1] == "w" and p.lows[i + 1].endswith(grammar.verb_endings)
        return verb or not low.endswith(grammar.genitive_endings)

    def _is_when_told(self, proposal: Proposal) -> bool:
        """Whether a verb of speech or writing stands shortly before a count."""
        i = proposal.first
        near = max(0, i - _ASIDE)
        first = max(near, self.pieces.shape.rfind("|", near, i) + 1)
        return self.words.has("verbs", self.pieces.lows[first:i])


def _completed(point: Point, main: Point) -> Point:
    """A date told later, with the year (and month) of the story."""
    if point.day and not point.month:
        return Point(main.year, main.month, point.day) if main.month else point
    return point.in_year(main.year or 0) if point.needs_year else point
