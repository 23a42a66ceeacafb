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

from ..grammar.numbers import fraction_tail, tidy
from ..grammar.pieces import Pieces
from ..naming.names import Named
from .clock import is_at_an_hour, is_clock, is_time_of_day
from .drafts import PARTS, Draft, drafted, from_to
from .figures import is_code, is_furniture, is_number, rows_of_tables
from .labels import is_calibre, is_ordinal, is_title, names_a_thing, names_the_noun_before
from .modifiers import is_loosened_after, modifiers
from .nouns import MARKS, Noun, is_spelled
from .proportions import is_proportion, is_share
from .scales import carried_scale, currency_at, leading_scale, money_scale, shared_scale
from .text import Counted, Text

_RANGE = re.compile(
    r"(?P<open>[fb]i?[$£€¥₽]?)?(?P<a>[NDY])(?P<unit>[%uywo]\.?)?(?P<sep>--?|t|r|a|…)i?[$£€¥₽]?(?P<b>[NDYQ])"
)
_PLACES = re.compile(r"[NDYQuyh]")  # where a quantity may be read
_BESIDE = 12  # pieces around a "one" within which other numbers make it one of a count
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
        ranges = self._ranges()
        places = [match.start() for match in _PLACES.finditer(shape)]
        vague = self._vague_scales()
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
            return self._and_a_half(i)
        if letter in "uy":
            return self._one_unit(i)
        if letter == "w":
            return self._vague(i)
        if letter == "Q":
            return self._compound(i)
        if i in self.rows and not is_spelled(self.p, i):
            noun = Noun(None, i + 1, "none")
            return drafted(self, i, i, i, self.p.values[i], noun, "") if self.rows[i] else None
        return self._hour_or_two(i) or self._single(i)

    def _ranges(self) -> dict[int, tuple[Draft | None, int]]:
        """Ranges by their first piece, with the piece after them; None for a mere proportion."""
        found: dict[int, tuple[Draft | None, int]] = {}
        at = 0
        while match := _RANGE.search(self.p.shape, at):
            a, b = match.start("a"), match.start("b")
            at = b
            if any(self.masked[a : b + 1]):
                continue
            if is_proportion(self, match):
                found[a] = (None, b + 1)
                at = b + 1
                continue
            counted = self._range(match)
            if counted:
                found[a] = (counted, b + 1)
                at = b + 1
        return found

    def _range(self, match: re.Match[str]) -> Draft | None:
        p, a, b = self.p, match.start("a"), match.start("b")
        opened, separator = match["open"] or "", match["sep"][0]
        low = p.values[a]
        high, unit = p.values[b] if match["b"] == "Q" else (p.values[b], None)
        if separator == "a" and opened[:1] != "b":
            return None
        if opened[:1] == "f" and self._is_change(match.start()):
            return None
        sums = money_scale(self, b, a - 1)  # "£2-3m"
        if not is_number(self, a) or (match["b"] != "Q" and sums == 1 and not is_number(self, b)):
            return None
        if match["b"] == "Q" and separator != "-":
            return None
        low *= carried_scale(self, a, b, low, high)
        if match["b"] != "Q" and not self.nouns.scale(b) and high < 1000:
            high *= leading_scale(self, a)
        if separator == "r" and not (high <= 2 * low + 2 or p.lows[b][0].isalpha()):
            return None
        if not low < high or (separator in "t-" and not opened and low * 20 < high):
            return None
        if match["b"] == "Q":
            noun = self._after_compound(b, unit)
        else:
            noun = self.nouns.after(b)
        if is_code(self, a):
            return None
        if is_clock(self, b, noun) or is_calibre(self, b) or is_ordinal(self, b):
            return None
        if names_a_thing(self, a, noun):
            return None
        between = match.start("unit")
        if between >= 0 and not self._same_unit(between, noun):
            return None
        money = currency_at(self, a - 1) or currency_at(self, b - 1)
        start = match.start() if opened and separator in "ta" else a
        first = self._noun_before(a, noun) if start == a and not money else None
        unsaid = noun.how == "none" and not money and p.letters[a] == "D" and separator in "r-…"
        if (
            unsaid
            and not (first is not None and first[0] < a)
            and not (self.nouns.scale(b) or (is_spelled(self.p, a) and self._stands_alone(b)))
        ):
            return None
        if money:
            noun = Noun(money, b + 1 + (sums != 1), "money")
            low, high = low * sums, high * sums
            start -= currency_at(self, start - 1) is not None
        elif first is not None:
            start, noun = first
        return drafted(self, start, a, b, from_to(low, high), noun, "range")

    def _is_change(self, i: int) -> bool:
        """ "rose from 5,000 to 8,000" tells of two numbers."""
        low = max(self.sentence_start(i), i - 5)
        return self.words.has("changes", self.p.lows[low:i])

    def _same_unit(self, between: int, noun: Noun) -> bool:
        if self.p.lows[between] == "%":
            return noun.unit == "percent"
        known = self.nouns.unit_at(between)
        return known is not None and known[0] == noun.unit

    def _single(self, i: int) -> Draft | None:
        p = self.p
        if not is_number(self, i) and money_scale(self, i, i - 1) == 1:
            return self._scaled(i)
        noun = self.nouns.after(i)
        value = p.values[i]
        changes = p.letters[i + 1] == "t" and p.letters[i + 2] in "NDY" and i > 0
        changes = changes and p.letters[i - 1] == "f" and not self.masked[i + 2]
        if changes and noun.how == "none":
            inner = self.nouns.after(i + 2)  # "from 5 to 8 roubles", "from 16 to 10 million"
            scale = self.nouns.scale(i + 2) if not self.nouns.scale(i) and value < 1000 else 0
            noun = Noun(inner.unit, i + 1, inner.how, inner.low)
            changes, value = inner.how != "none" or scale > 0, tidy(value * (scale or 1))
        elif noun.how == "none" and isinstance(value, float):
            noun, value = shared_scale(self, i, noun, value)
        first = self._noun_before(i, noun) if noun.how == "none" else None
        if first is not None and is_at_an_hour(self, i, first[1]):
            return None
        if first is None and is_clock(self, i, noun):
            self.clock = noun.end if noun.unit in ("hours", "minutes") else i + 1
            return None
        if (
            is_share(self, i)
            or is_calibre(self, i)
            or is_ordinal(self, i)
            or names_a_thing(self, i, noun)
        ):
            return None
        start = i
        money = currency_at(self, i - 1)
        if money:
            start, noun = i - 1, Noun(money, i + 1, "money")
            scale = money_scale(self, i, i - 1)
            value, noun.end = tidy(value * scale), i + 1 + (scale != 1)
        first = first or self._noun_before(i, noun)
        if first is not None and not money:
            start, noun = first
        below = self._is_below_zero(i, noun)
        if below:
            start, value = i - 1, -value
        if not money and not changes and not self._counts(i, noun, start):
            return None
        return drafted(self, start, i, i, value, noun, "", inverted=start < i and not money)

    def _is_below_zero(self, i: int, noun: Noun) -> bool:
        """ "Minus 18 degrees", "-18°", «минус 25»; "the battalion, minus 200 men" is no cold."""
        p = self.p
        if i and p.letters[i - 1] == "-" and noun.unit == "degrees":
            return p.touches(i) and not p.touches(i - 1)
        if i == 0 or not self.says("minus", p.lows[i - 1]):
            return False
        return noun.unit == "degrees" or (noun.how == "none" and self.p.values[i] < 100)

    def _counts(self, i: int, noun: Noun, start: int) -> bool:
        """Whether a number that may mean many things is a quantity here."""
        p, value = self.p, self.p.values[i]
        glued = p.letters[i + 1] == "-" and p.touches(i + 1) and p.touches(i + 2)
        if glued and not is_spelled(self.p, i):  # "officers-perhaps 30-became"
            glued = not self.nouns.never(p.lows[i + 2])
        if glued and noun.how == "none" and not self.says("odd", p.lows[i + 2]):
            return False
        if value == 0:
            return False
        modified = modifiers(self, start)[0] < start
        if is_spelled(self.p, i):
            if is_title(self, i):
                return False
            if p.letters[noun.end] == "p" and p.letters[noun.end + 1] in "ND" and value == 1:
                self.ratio = noun.end + 1  # "one tank in five"
                return False
            if self.says("one", p.lows[i]):
                return noun.how == "unit" and self._one_counts(i, noun)
            idle = noun.how == "none" or self.says("idle_units", noun.unit or "")
            if value == 2 and i and idle and self.says("determiners", p.lows[i - 1]):
                return noun.how == "unit" and self._is_ahead_or_behind(i - 1)
            if noun.how != "none" or modified or value >= 100:
                return True
            if self.says("vague_number", p.lows[i]):
                return False
            return self._is_bare(i)
        if noun.how != "none" or modified:
            return True
        if not isinstance(value, int) and not self._goes_on_measuring():
            return False
        if names_the_noun_before(self, i) or is_time_of_day(self, i):
            return False
        if p.letters[i] == "Y":
            deed = i > 0 and self.is_deed(p.lows[i - 1])
            # A year would carry its word, where it has one, or stand in brackets.
            return (deed or self.is_verb(p.lows[i + 1])) and self._is_bare(i)
        return (p.letters[i] == "N" and value >= 32) or self._is_bare(i)

    def _is_ahead_or_behind(self, i: int) -> bool:
        """ "The next two days", "the last two years": a length of time, not two that are known."""
        return any(self.says(name, self.p.lows[i]) for name in ("next_named", "last_named"))

    def _goes_on_measuring(self) -> bool:
        """Whether the sentence measured something, so that a fraction may go on: "2.5 to 3.5 m"."""
        return self.last is not None and self.says("measured", self.last.unit or "")

    def _one_counts(self, i: int, noun: Noun) -> bool:
        p = self.p
        if i and self.says("not_one", p.lows[i - 1]):
            return False  # «не потеряли ни одной пушки»
        if noun.end > i + 3 or p.letters[i + 1] not in "wcuy":
            return False
        if i and self.says("before_a_stand_in", p.lows[i - 1]):
            return False  # "the first one killed"
        if self.says("idle_units", noun.unit or "") or noun.unit in PARTS:
            return False
        return self._weighs(i, noun)

    def _weighs(self, i: int, noun: Noun) -> bool:
        """Whether a "one" counts: it is measured, was lost, or stands beside other numbers.

        "They lost one gun and two colours", but "wrote one officer", "in one house".
        """
        p, (first, last) = self.p, self.sentence
        if self.says("measured", noun.unit or ""):
            return True
        around = (*p.lows[max(first, i - 3) : i], *p.lows[i + 1 : noun.end + 3])
        says = self.says
        if any(self.words.fates.get(w) or says("taking", w) or says("owning", w) for w in around):
            return True
        return any(
            p.letters[k] in "ND" and not self.masked[k]
            for k in range(max(first, i - _BESIDE), min(last, i + _BESIDE + 1))
            if k != i
        )

    def _is_bare(self, i: int) -> bool:
        """A small number without a noun stands for things named before: "nine are fit"."""
        p = self.p
        before = p.lows[i - 1] if i else ""
        few = p.values[i] <= 12 and self.says("determiners", before)
        few = few and not (p.letters[i - 2] == "o" and i > 2)  # "none of the four"
        if few and not self.says("counted_who", p.lows[i + 1]):  # "the seven who swam"
            return False
        if self.says("clock_openers", before) and p.values[i] <= 24:
            return False
        if self.says("distributive", before) and self.says("by_twos", p.lows[i]):
            return False
        if self.says("among", before) and p.values[i] <= 100:
            return False
        if is_spelled(self.p, i) and p.letters[i - 1] == "c" and p.is_capital(i):
            return False
        return self._stands_alone(i)

    def _stands_alone(self, i: int) -> bool:
        letter, low = self.p.letters[i + 1], self.p.lows[i + 1]
        if letter == "." and self.starts(i):
            return False
        if letter == "w" and low.endswith(self.grammar.counted_adjectives):
            return self.p.letters[i + 2] in MARKS  # «20 пехотных дивизий и 2 кавалерийские»
        return letter in MARKS or self.nouns.never(low) or self.is_verb(low)

    def _noun_before(self, i: int, noun: Noun) -> tuple[int, Noun] | None:
        """«человек двадцать», «верстах в сорока», «офицеров — двое»: where it begins, and what."""
        p = self.p
        if i > 1 and p.letters[i - 1] == ":" and noun.how == "none":  # "Guns: 12"
            opens = i == 2 or p.letters[i - 3] in "|,;"
            known = self.nouns.unit_at(i - 2) if opens and p.letters[i - 2] in "wc" else None
            return (i, Noun(known[0], i + 1, "carried", p.lows[i - 2])) if known else None
        if not self.grammar.inversion or i < 1:
            return None
        k = i - 1
        between = p.letters[k] in "-:" or self.says("inverted_between", p.lows[k])
        k -= between
        if k < 0 or p.letters[k] not in "wcuy" or self.masked[k]:
            return None
        if self.last is not None and k < self.last.last:
            return None
        low = p.lows[k]
        if self.says("inverted", low) and p.letters[i - 1] not in "-:":
            if noun.how == "none":
                known = self.nouns.unit_at(k) or (low, i + 1)
                return k, Noun(known[0], i + 1, "unit", low)
            return (k, noun) if self.says("classifiers", low) else None
        if noun.how != "none":
            return None
        for at in (k, k - 1):  # «приступов было восемь»
            named = at >= 0 and p.letters[at] in "wcuy" and p.letters[max(0, at - 1)] != "p"
            known = self.nouns.unit_at(at) if named else None
            if known:
                return i, Noun(known[0], i + 1, "carried", p.lows[at])
            if not self.says("auxiliaries", p.lows[k]):
                break
        return None

    def _compound(self, i: int) -> Draft | None:
        """«трёхмесячная», «40-тысячный корпус»."""
        value, unit = self.p.values[i]
        return drafted(self, i, i, i, tidy(value), self._after_compound(i, unit), "compound")

    def _after_compound(self, i: int, unit: str | None) -> Noun:
        if unit:
            return Noun(unit, i + 1, "unit")
        noun = self.nouns.head(i, i + 1)
        if noun.how == "unit" and self.says("made_of_men", noun.low):
            return Noun("soldiers", noun.end, "unit", noun.low)
        return noun if noun.how == "unit" else Noun("soldiers", i + 1, "none")

    def _and_a_half(self, i: int) -> Draft | None:
        """ "a mile and a half", "an hour and a quarter"."""
        p = self.p
        if i < 4 or p.shape[i - 2 : i] not in ("ai", "aN"):
            return None
        part, after = fraction_tail(self.words, p.lows, i - 2)
        known = self.nouns.unit_at(i - 3)
        if after != i + 1 or known is None:
            return None
        if not (p.letters[i - 3] in "uy" or self.says("measured", known[0])):
            return None
        one = "article_one" if self.grammar.articles else "single_of_time"
        first = i - 3 - self.grammar.articles
        if not self.says(one, p.lows[first]):
            return None
        return drafted(self, first, i, i, 1 + part, Noun(known[0], i + 1, "unit"), "and-a-half")

    def _vague_scales(self) -> list[int]:
        """Where words for hundreds and thousands stand that have no number."""
        p = self.p
        scales = p.listed["scales"]
        if not scales:
            return []
        return [k for k, low in enumerate(p.lows) if low in scales and p.letters[k] == "w"]

    def _vague(self, i: int) -> Draft | None:
        """ "Several hundred men", "tens of thousands of prisoners", «сотни повозок»."""
        p, says = self.p, self.says
        start, last = i, i
        few = i > 0 and says("vague_before", p.lows[i - 1])
        if few:
            start -= 1
            article = start > 0 and says("article_one", p.lows[start - 1])
            start -= article
        elif not says("vague_scales", p.lows[i]):
            return None
        value = float(self.words.shapes.get(p.lows[i])[1])
        after = last + 1 + (p.letters[last + 1] == "o")
        further = self.words.shapes.get(p.lows[after])
        if further and further[0] == "k" and further[1] > value and p.letters[after] == "w":
            value, last = value * further[1], after
        noun = self.nouns.after(last)
        if self.masked[last] or (
            noun.how != "unit" and not self._are_told_of(last, few or last > i)
        ):
            return None
        return drafted(self, start, last, last, from_to(2 * value, 9 * value), noun, "vague")

    def _are_told_of(self, last: int, scaled: bool) -> bool:
        """ "Tens of thousands fled", "hundreds were captured": they do or suffer something."""
        k, says = last + 1, self.says
        passive = says("auxiliaries", self.p.lows[k])
        k += passive
        if self.words.fates.get(self.p.lows[k]):
            return True
        return scaled and (passive or self.is_verb(self.p.lows[k]) or says("fled", self.p.lows[k]))

    def _hour_or_two(self, i: int) -> Draft | None:
        """ "an hour or two", «день или два», «год-два»."""
        p = self.p
        if p.values[i] not in (2, 1.5) or i < 2 or not is_spelled(self.p, i):
            return None
        if p.letters[i - 1] != "r" and not (
            p.letters[i - 1] == "-" and p.touches(i) and not p.is_long_dash(i - 1)
        ):
            return None
        u = i - 2
        known = self.nouns.unit_at(u)
        if known is None or known[1] != u + 1:
            return None
        if self.grammar.articles:
            if not (i > 2 and self.says("article_one", p.lows[u - 1])):
                return None
            u -= 1
        elif not self.says("single_units", p.lows[u]):
            return None
        noun = Noun(known[0], i + 1, "unit")
        return drafted(self, u, i, i, from_to(1, p.values[i]), noun, "range")

    def _one_unit(self, i: int) -> Draft | None:
        """ "more than a year", «около месяца»: one of them, loosened or bounded."""
        p = self.p
        halved = self.words.halves.get(p.lows[i])
        if halved:
            value, unit = halved
            return drafted(self, i, i, i, value, Noun(unit, i + 1, "unit"), "part")
        start = i
        if self.grammar.articles:
            if i < 1 or not self.says("article_one", p.lows[i - 1]):
                return None
            start = i - 1
        first, approx, comparison = modifiers(self, start)
        before = first < start and (approx or comparison)
        before = before and not self.says("up_to", p.lows[first])
        if not (before or is_loosened_after(self, i + 1)):
            return None
        if self.words.has("clock", p.lows[i + 1 : i + 3]):
            return None
        known = self.nouns.unit_at(i)
        if known is None or not self.says("single_of_time", p.lows[i]):
            return None
        return drafted(self, start, i, i, 1, Noun(known[0], i + 1, "unit"), "one")

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

    def _scaled(self, i: int) -> Draft | None:
        """ "1.2m rounds", "300k men": a letter glued to figures multiplies what is counted."""
        p, scales = self.p, self.words.data.get("money_scales", {})
        after = i + 1
        if p.lows[after] not in scales or not p.touches(after) or p.letters[i] == "Y":
            return None
        many = p.lows[after + 1].endswith(self.grammar.counted_endings)
        many = many or self.says("generic_men", p.lows[after + 1])
        if (
            p.letters[after + 1] != "w"
            or not many
            or (p.touches(i) and p.letters[i - 1] not in "(~≈≤≥<>\"'[")
        ):
            return None
        noun = self.nouns.after(after)
        if noun.how != "unit" or self.says("measured", noun.unit or ""):
            return None
        return drafted(self, i, i, after, tidy(p.values[i] * scales[p.lows[after]]), noun, "")
