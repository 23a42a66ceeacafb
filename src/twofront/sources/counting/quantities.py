"""Quantities: how many, of what, how surely the text says so, and whose they are.

    more than 1.5 million Japanese troops     1500000  soldiers  >   JAPAN
    50-100 years                              50/100   years
    от 10 до 15 дивизий                       10/15    divisions
    900-дневная                               900      days
    a mile and a half                         1.5      miles

A number is a quantity when something is counted: a unit of the lexicon, a noun that agrees with the
number, or what the sentence counted just before. Left out: dates, ordinals ("the 38th parallel",
«3 фронт»), numbers that name a thing ("Hill 203", "Order No. 227", "T-34"), calibres, clock times,
proportions ("two thirds", "three to one").

A bare number, with no word of what is counted, may still count: "of the 40 who went, 12 returned",
"Strength: 1,500", a row of a table behind its heading. It does not where it names what stands
before it ("naval party 7704"), is a fraction ("49.17"), is part of a code ("5-699-12345-7") or
belongs to the page and not to the text ("Page 12 of 40", "Views: 4512").

Vague ones ("several hundred men", "tens of thousands of prisoners", «сотни повозок») are ranges
with little confidence, where the lexicon knows what is counted: a plural or a "few" says more than
one of a scale, and fewer than ten, for which there is another word: 200/900. That is what the words
exclude, no measurement of what writers mean by them, which context decides (L. Moxey and
A. Sanford, Communicating Quantities, 1993).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..grammar.pieces import Pieces
from ..naming.names import Named
from .drafts import Draft, drafted
from .fates import carries, fate, is_excepted, men_of, told_after, told_of_them
from .figures import is_furniture, rows_of_tables
from .forms import and_a_half, compound, hour_or_two, one_unit, vague, vague_scales
from .nouns import Noun, is_spelled
from .owners import owner_of
from .ranges import ranges_of
from .single import single
from .text import Counted, Text

_PLACES = re.compile(r"[NDYQuyh]")  # where a quantity may be read
# How often each way of reading was right in annotated texts; 0.95 and more mean 99 in a hundred.
_CONFIDENCE = {
    "unit": 0.97,
    "money": 0.97,
    "percent": 0.97,
    "noun": 0.9,
    "carried": 0.8,
    "bare": 0.7,
    "vague": 0.4,
}


def quantities_of(
    pieces: Pieces, masked: Sequence[int], names: Iterable[Named] = ()
) -> list[Counted]:
    """All quantities of a text; `masked` marks the pieces that belong to dates."""
    return _Counter(pieces, masked, names).read()


class _Counter(Text):
    """Reads the quantities of a text from left to right."""

    def __init__(self, pieces: Pieces, masked: Sequence[int], names: Iterable[Named]) -> None:
        super().__init__(pieces, masked, names)
        self.people = False  # whether the last counted a people: "11,959 Russians"
        self.furniture = False  # whether the sentence belongs to the page and not to the text
        self.rows = rows_of_tables(self)

    def read(self) -> list[Counted]:
        """All quantities, in their order."""
        found: list[Counted] = []
        shape, at = self.p.shape, 0
        ranges = ranges_of(self)
        places = [match.start() for match in _PLACES.finditer(shape)]
        scales = vague_scales(self)
        for i in sorted([*places, *scales]) if scales else places:
            if i < at or self.masked[i]:
                continue
            self._enter(i)
            if self.furniture:
                continue
            if i in ranges:
                draft, at = ranges[i]
            else:
                draft = self._read(i, shape[i])
            if draft is not None:
                self.last = self._finish(draft)
                found.append(self.last)
                at = max(at, draft.number + 1, draft.last)
        return found

    def _enter(self, i: int) -> None:
        """Move to the sentence of piece i."""
        if not self.sentence[0] <= i < self.sentence[1]:
            first, end = self.sentence_start(i), self.p.shape.find("|", i)
            self.before = self.last if self.sentence[1] == first - 1 else None
            self.sentence = first, end
            self.last, self.clock = None, -1
            self.furniture = is_furniture(self, first, end)

    def _read(self, i: int, letter: str) -> Draft | None:
        """The quantity that begins at piece i, by the letter that tells its kind."""
        if letter == "h":
            return and_a_half(self, i)
        if letter in "uy":
            return one_unit(self, i)
        if letter == "w":
            return vague(self, i)
        if letter == "Q":
            return compound(self, i)
        if i in self.rows and not is_spelled(self.p, i):
            noun = Noun(None, i + 1, "none")
            return drafted(self, i, i, i, self.p.values[i], noun, "") if self.rows[i] else None
        return hour_or_two(self, i) or single(self, i)

    def _finish(self, draft: Draft) -> Counted:
        """Settle the unit by what is told around it, and find the owner."""
        noun, how = draft.noun, draft.rule
        unit = noun.unit
        people = noun.how == "noun" and unit == "soldiers"  # "300 Russians"
        generic = unit is None or people or self.says("generic_men", noun.low)
        if generic and not is_excepted(self, draft):
            unit = fate(self, draft) or told_after(self, draft) or unit
        told = self.last or told_of_them(self, draft)
        if unit is None and told and carries(self, told, draft):
            # What befell "300 Russians" need not have befallen the next.
            unit = "soldiers" if told is self.last and self.people else told.unit
            how = "carried" if how == "bare" else how
        if generic and self.says("generic_men", noun.low) and unit == noun.unit:
            unit = men_of(self)
        after_people, self.people = self.people, people
        return Counted(
            draft.first, draft.last, draft.value, unit, draft.approx, draft.comparison, how,
            self._trust(draft, how), owner_of(self, draft, after_people),
        )  # fmt: skip

    def _trust(self, draft: Draft, how: str) -> float:
        """How sure a reading is: what may be a year, or a "one" that counts nothing, is less."""
        trust = _CONFIDENCE.get(how, 0.9)
        p, i = self.p, draft.number
        determined = i > 0 and self.says("determiners", p.lows[i - 1])
        doubtful = p.letters[i] == "Y" or draft.value == 1 or (determined and draft.value == 2)
        return trust - 0.1 if doubtful and trust >= 0.95 else trust
