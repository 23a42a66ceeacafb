"""What stands beside a date and bounds it or doubts it.

    by, until    "by 3 May", "not later than 3 May", "until May"     that date at the latest
    before       "before 1756", "prior to May"                       earlier
    start        "since 1756", "from May", "not before 3 May"        that date at the earliest
    after        "after 3 May"                                       later
    early, mid, late    "early in 1756": the value has that part already
    ~            "about May 1812", "circa 1812", "in 1812 or so"     EDTF: approximate
    ?            "probably on 3 May", "in 1812 (?)"                  EDTF: uncertain

The words stand in the tables `[bounds]`, `[bounds_behind]`, `[doubts]` and `[doubts_behind]` of a
lexicon. They are no part of the date, and its value is the date that they speak of.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from ..grammar.letters import folded
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .dated import Dated
from .single import noun_follows

APPROXIMATE, UNCERTAIN = "~", "?"
DOUBTED = 0.9  # the most that a date is worth about which the text itself is not sure
_PARTS = ("early", "mid", "late")
_TURN = "turn-of-century"  # is never meant to the year
_RANGES = ("range", "days-of-a-month", "night")
_FROM_TO = ("start", "until")
_OFF_IT = ("before", "after")  # they count from a date as well as bound by it
_REACH = 8  # pieces between a denial and the bound that it turns round
_CLAUSE_ENDS = ',;:.|()-"?!'
_STRETCH = re.compile(r"(\d+)([/-])(\d+)")
_QUESTION = re.compile(r"\.?(?:[(\[]\?[)\]]|\?[-),;p\]])")

_Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@functools.cache
def _phrases(language: str, table: str, end: int) -> _Phrases:
    """{the word next to the date: phrases with what they say, the longest first}."""
    found: _Phrases = {}
    for name, phrases in lexicon(language).data.get(table, {}).items():
        for phrase in phrases:
            words = tuple(folded(phrase).split())
            found.setdefault(words[end], []).append((words, name))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def qualified(dates: list[Dated], pieces: Pieces) -> list[Dated]:
    """The dates with what the words beside them say of them."""
    reader = _Reader(pieces)
    found: list[Dated] = []
    before: Dated | None = None
    for dated in dates:
        found.append(reader.read(dated, before))
        before = dated
    return found


class _Reader:
    def __init__(self, pieces: Pieces) -> None:
        self.pieces, self.words = pieces, lexicon(pieces.language)
        language = pieces.language
        self.bounds, self.doubts = (_phrases(language, t, -1) for t in ("bounds", "doubts"))
        self.bounds_behind, self.doubts_behind = (
            _phrases(language, t, 0) for t in ("bounds_behind", "doubts_behind")
        )
        self.things = self.words.any_of("told_about", "dating_verbs")
        self.hours = self.words.any_of("parts_of_a_day", "mornings", "half_day_words")

    def read(self, dated: Dated, before: Dated | None) -> Dated:
        """A date whose neighbours are looked at, back to the date before it."""
        modifier, doubt = self._before(dated, before)
        last = dated.last
        modifier = modifier or self._behind(self.bounds_behind, last)
        doubt = doubt or self._behind(self.doubts_behind, last)
        if _QUESTION.match(self.pieces.shape, last):
            doubt = UNCERTAIN
        if dated.rule == _TURN:
            doubt = APPROXIMATE
        modifier = modifier or self._part(dated)
        if not (modifier or doubt):
            return dated
        if doubt:
            ends = dated.value.split("/")
            value = "/".join(end if end in ("", "..") else end + doubt for end in ends)
            confidence = min(dated.confidence, DOUBTED)
            return replace(dated, value=value, confidence=confidence, modifier=modifier)
        return replace(dated, modifier=modifier)

    def _before(self, dated: Dated, before: Dated | None) -> tuple[str | None, str | None]:
        p, floor = self.pieces, before.last if before is not None else 0
        at, article, hour = self._back(dated.first - 1, floor)
        doubt = None
        if said := self._said(self.doubts, at, floor):
            if self._is_of(said, dated, article, hour):
                doubt = said[1]
            at, _, _ = self._back(said[0] - 1, floor)
        bound = self._said(self.bounds, at, floor)
        if bound and before is not None and bound[0] == floor and "offset" in before.rule:
            bound = None  # «за два дня до 5 мая»
        modifier = bound[1] if bound and self._bounds(bound, dated, floor, hour) else None
        if bound and modifier in ("before", "until") and self._is_denied(bound[0], floor):
            modifier = "start" if modifier == "before" else None
        elif modifier == "before" and self._is_only_of_a_noun(dated, article):
            modifier = "by"
        if doubt is None and at >= floor:
            # "probably by 3 May", "about on the 3rd", «вероятно, 3 мая»
            at = bound[0] - 1 if modifier and bound else at - (p.letters[at] == "p")
            at -= at > floor and p.letters[at] == ","
            said = self._said(self.doubts, at, floor)
            if said and self._is_of(said, dated, article, hour):
                doubt = said[1]
        return modifier, doubt

    def _is_denied(self, at: int, floor: int) -> bool:
        """ "It was not mended before 5 May": then or later; "did not fall until 5 May": then.

        Not where "until" is no other word than "to": «не пала до 5 мая» leaves open whether it did.
        """
        p = self.pieces
        if not self.words.grammar.articles:
            return False
        for k in range(at - 1, max(floor, at - _REACH) - 1, -1):
            if p.letters[k] in _CLAUSE_ENDS:
                return False
            if self.words.says("denying", p.lows[k]):
                return True
        return False

    def _back(self, at: int, floor: int) -> tuple[int, bool, bool]:
        """The piece before articles and "the evening of"; whether there were any of each."""
        p, article, hour = self.pieces, False, False
        while at >= floor:
            if p.letters[at] == "i":
                article = True
            elif self.hours[p.lows[at]]:
                hour = True
            elif p.letters[at] in "op" and at > floor and self.hours[p.lows[at - 1]]:
                pass
            elif not self.words.says("between_bound_and_date", p.lows[at]):
                break
            at -= 1
        if at > floor and p.letters[at] == "." and self.words.says("circa", p.lows[at - 1]):
            at -= 1
        return at, article, hour

    def _said(self, phrases: _Phrases, at: int, floor: int) -> tuple[int, str] | None:
        """The first piece of the phrase that ends at a piece, and what it says."""
        if at < floor:
            return None
        lows = self.pieces.lows
        for words, name in phrases.get(lows[at], ()):
            first = at + 1 - len(words)
            if first >= floor and tuple(lows[first : at + 1]) == words:
                return first, name
        return None

    def _behind(self, phrases: _Phrases, at: int) -> str | None:
        lows = self.pieces.lows
        for words, name in phrases.get(lows[at], ()):
            if tuple(lows[at : at + len(words)]) == words:
                return name
        return None

    def _bounds(self, bound: tuple[int, str], dated: Dated, floor: int, hour: bool) -> bool:
        """Whether a phrase before a date bounds what happened, and by that date."""
        p, (first, name) = self.pieces, bound
        if name in _FROM_TO and "/" in dated.value and dated.rule in _RANGES:
            return False
        if dated.rule == "anniversary" and name in ("by", "start"):
            return False  # «Составлена к столетию», «поздравляю с 75-летием»
        if first > floor and self.things[p.lows[first - 1]]:
            return False  # "a memoir from 1963", «восходит к 1830-м годам»
        if name in _OFF_IT:
            if hour or (first > floor and p.letters[first - 1] == "i"):
                return False  # "before dawn on 5 May" is that day; "the following Christmas"
            if first > floor and p.letters[first - 1] in "uyW":
                return self.words.says("plural_units", p.lows[first - 1])  # "the day after 5 May"
        instrumental = self.words.said["instrumental_dates"]  # «с 1812 годом»
        return not any(instrumental[low] for low in p.lows[dated.first : dated.last])

    def _is_of(self, said: tuple[int, str], dated: Dated, article: bool, hour: bool) -> bool:
        """Whether a doubt is one about the date.

        Not "wrote about 1812", "perhaps the 1812 war", "about noon on 5 May".
        """
        p, first = self.pieces, said[0]
        if hour or (article and p.letters[dated.first] == "Y"):
            return False
        return not (first and self.words.says("told_about", p.lows[first - 1]))

    def _is_only_of_a_noun(self, dated: Dated, article: bool) -> bool:
        """ "Before the 1812 campaign" is 1812 at the latest, and may well be that year."""
        letter = self.pieces.letters[dated.last - 1]
        of_it = letter == "m" or (article and letter in "YMS")
        return of_it and noun_follows(self.pieces, dated.last)

    def _part(self, dated: Dated) -> str | None:
        """The part of a year, month or century: its own words, or the stretch that it is."""
        if dated.rule in _RANGES:
            return None  # "from mid-May to June"
        p = self.pieces
        for i in range(dated.first, dated.last):
            if p.letters[i] == "P" and p.values[i] in _PARTS:
                return p.values[i]
        part = dated.part or ""
        if part in _PARTS:
            return part
        stretch = _STRETCH.fullmatch(part)
        if not stretch:
            return "late" if part == "last" else None
        low, high = int(stretch[1]), int(stretch[3])
        if low == 1:
            return "early"
        if stretch[2] == "/":
            return "late" if low == high else None
        return "late" if high == 12 or high >= 28 else None  # months or days
