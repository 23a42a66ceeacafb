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
from .drafts import PARTS, Draft, drafted
from .figures import is_furniture, rows_of_tables
from .forms import and_a_half, compound, hour_or_two, one_unit, vague, vague_scales
from .nouns import Noun, is_spelled
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
        found: list[Counted] = []
        shape, at = self.p.shape, 0
        ranges = ranges_of(self)
        places = [match.start() for match in _PLACES.finditer(shape)]
        vague = vague_scales(self)
        for i in sorted([*places, *vague]) if vague else places:
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
            first, end = self.p.shape.rfind("|", 0, i) + 1, self.p.shape.find("|", i)
            self.before = self.last if self.sentence[1] == first - 1 else None
            self.sentence = first, end
            self.last, self.clock = None, -1
            self.furniture = is_furniture(self, first, end)

    def _read(self, i: int, letter: str) -> Draft | None:
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

    def _is_excepted(self, draft: Draft) -> bool:
        """ "All but 200 were captured": what befell the others did not befall these."""
        p, says = self.p, self.says
        k = draft.first - 1
        if k - 1 < self.sentence[0] or not says("except", p.lows[k]):
            return False
        return says("everybody", p.lows[k - 1 - (p.letters[k - 1] == ",")])

    def _finish(self, draft: Draft) -> Counted:
        """Settle the unit by what is told around it, and find the owner."""
        noun, how = draft.noun, draft.rule
        unit = noun.unit
        people = noun.how == "noun" and unit == "soldiers"  # "300 Russians"
        generic = unit is None or people or self.says("generic_men", noun.low)
        if generic and not self._is_excepted(draft):
            unit = self._fate(draft) or self._told_after(draft) or unit
        told = self.last or self._told_of_them(draft)
        if unit is None and told and self._carries(told, draft):
            # What befell "300 Russians" need not have befallen the next.
            unit = "soldiers" if told is self.last and self.people else told.unit
            how = "carried" if how == "bare" else how
        if generic and self.says("generic_men", noun.low) and unit == noun.unit:
            unit = self._men()
        after_people, self.people = self.people, people
        return Counted(
            draft.first, draft.last, draft.value, unit, draft.approx, draft.comparison, how,
            self._trust(draft, how), self._owner(draft, after_people),
        )  # fmt: skip

    def _trust(self, draft: Draft, how: str) -> float:
        """How sure a reading is: what may be a year, or a "one" that counts nothing, is less."""
        trust = _CONFIDENCE.get(how, 0.9)
        p, i = self.p, draft.number
        determined = i > 0 and self.says("determiners", p.lows[i - 1])
        doubtful = p.letters[i] == "Y" or draft.value == 1 or (determined and draft.value == 2)
        return trust - 0.1 if doubtful and trust >= 0.95 else trust

    def _told_of_them(self, draft: Draft) -> Counted | None:
        """ "22 of them", «22 из них»: what the sentence before counted last, if it was things."""
        told, k = self.before, draft.last
        of = self.p.letters[k] == "o" or self.says("partitive", self.p.lows[k])
        if told is None or not of or draft.first > self.sentence[0]:
            return None
        if self.says("measured", told.unit or "") or told.unit in PARTS:
            return None
        return told if self.says("pronouns_of_many", self.p.lows[k + 1]) else None

    def _carries(self, told: Counted, draft: Draft) -> bool:
        """Whether a bare number can count what was counted last."""
        if told.unit in (None, "percent", "times"):
            return False
        if not (self.says("measured", told.unit) or told.unit in PARTS):
            return True
        # Five hours and twelve thousand (men): no hours any more.
        before, now = (float(str(v).split("/")[-1]) for v in (told.value, draft.value))
        return now <= 20 * before

    def _fate(self, draft: Draft) -> str | None:
        """Killed, wounded, captured: told right before the number or right after the men."""
        lows, fates = self.p.lows, self.words.fates
        k = draft.last
        while self.says("auxiliaries", lows[k]) or self.says("fillers", lows[k]):
            k += 1
        k += self.says("among", lows[k])
        after = fates.get(lows[k])
        if after:
            further = fates.get(lows[k + 2]) if self.p.letters[k + 1] in ",a" else None
            return "casualties" if further not in (None, after) else after
        k = draft.first - 1
        k -= k > 0 and (self.p.letters[k] in "op:" or self.says("determiners", lows[k]))
        before = fates.get(lows[k]) if k >= self.sentence[0] else None
        if before and k - 2 >= self.sentence[0] and self.p.letters[k - 1] in ",a":
            further = fates.get(lows[k - 2])  # «убитыми и ранеными 640 тыс. человек»
            return "casualties" if further not in (None, before) else before
        return before

    def _told_after(self, draft: Draft) -> str | None:
        """ "400 were officers", «из них 400 — офицеры»."""
        k = draft.last
        if draft.noun.how != "none":
            return None
        if self.says("auxiliaries", self.p.lows[k]) or (
            self.grammar.inversion and self.p.letters[k] == "-"
        ):
            found = self.nouns.head(draft.number, k + 1)
            return found.unit if found.how == "unit" and found.end <= k + 3 else None
        return None

    def _men(self) -> str:
        """Men are soldiers, unless the sentence tells of those who bear no arms."""
        first, last = self.sentence
        lows = self.p.lows[first:last]
        if self.words.has("civil", lows):
            return "people"
        if not self.words.data["counting"]["martial"]:
            return "soldiers"
        return "soldiers" if self.words.has("martial", lows) else "people"

    def _owner(self, draft: Draft, after_people: bool) -> str | None:
        inside = [
            self.actors[k].id for k in range(draft.number + 1, draft.last) if k in self.actors
        ]
        before = self.last
        if inside:
            return inside[0] if len(set(inside)) == 1 else None
        if before is not None and before.owner:
            if self._is_chain(before.last, draft.first):
                return None if after_people and self._are_others(draft) else before.owner
            paired = self._other_of_a_pair(before.last, draft.first)
            if paired:
                return paired
        return self._subject(draft.first)

    def _are_others(self, draft: Draft) -> bool:
        """ "11,959 Russians and 4,573 allies": who are named beside a people are not its own."""
        unit = draft.noun.unit or ""
        return draft.noun.how == "noun" or self.says("persons", unit)

    def _other_of_a_pair(self, after: int, first: int) -> str | None:
        """ "The Russians lost 5,000, the Japanese 1,036": the verb is told once."""
        p, k = self.p, first - 1
        while k > after and (p.letters[k] == "-" or self.says("auxiliaries", p.lows[k])):
            k -= 1
        actor = self.actor_ends.get(k + 1)
        if actor is None or actor.first <= after:
            return None
        k, says = actor.first - 1, self.says
        while k > after and (p.letters[k] == "i" or says("owning", p.lows[k])):
            k -= 1
        parted = k >= after and (p.letters[k] in ",;a" or says("contrasting", p.lows[k]))
        return actor.id if parted else None

    def _is_chain(self, a: int, b: int) -> bool:
        """Whether only commas and small words lie between two quantities: "12 guns, 300 men"."""
        return b - a <= 3 and all(
            self.p.letters[k] in ",a" or self.says("fillers", self.p.lows[k]) for k in range(a, b)
        )

    def _subject(self, first: int) -> str | None:
        """The actor that has, sends or loses what is counted: "the Austrians lost"."""
        p, owns = self.p, False
        for k in range(first - 1, max(self.sentence[0], first - 9) - 1, -1):
            actor = self.actor_ends.get(k + 1)
            if actor:
                return actor.id if owns else None
            if self.says("owning", p.lows[k]):
                owns = True
            elif p.letters[k] not in "wpia" or self.says("taking", p.lows[k]):
                return None
        return None
