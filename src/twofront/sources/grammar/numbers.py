"""Number phrases: figures, words and scales that together make one number.

    1,200     1 200     1.200     1'200        1200
    two and a half million                     2500000
    a hundred and fifty, threescore and ten    150, 70
    half a million, three quarters of a mile   500000, 0.75
    2 млн 300 тыс., полторы тысячи             2300000, 1500
    тысяч сорок (about that many)              40000
    one hundred and first, двадцать пятая      the ordinals 101 and 25

A group below a thousand is built from words that add up (`hundred` multiplies it), a scale from a
thousand upwards closes it, and the next group must be smaller. What joins the words of a number,
and which words stand for a fraction at its end, is said in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .compounds import adds
from .lexicon import Lexicon

_VULGAR = {
    "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.3333333333, "⅔": 0.6666666667, "⅛": 0.125, "⅜": 0.375,
    "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip
_FRACTION = re.compile(r"([1-9])/([2-9])\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:([,.'])\d{3})(?:\1\d{3})*(?:[.,]\d+)?\Z")
_NUMERIC = frozenset("nk")
_LARGEST = 1e30  # no text counts so far


class NumberReader:
    """Reads the number phrases of one sentence, given its tokens and their classes."""

    def __init__(
        self,
        lows: Sequence[str],
        classes: Sequence[tuple[str, Any] | None],
        spans: Sequence[tuple[int, int]],
        words: Lexicon,
    ) -> None:
        self.lows, self.classes, self.spans, self.words = lows, classes, spans, words

    def _low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def _letter(self, i: int) -> str:
        known = self.classes[i] if 0 <= i < len(self.classes) else None
        return known[0] if known else "?"

    def _value(self, i: int) -> Any:
        known = self.classes[i]
        return known[1] if known else None

    def _touch(self, i: int) -> bool:
        return 0 < i < len(self.spans) and self.spans[i][0] == self.spans[i - 1][1]

    def read(self, i: int) -> tuple[str, float, int] | None:
        """The number phrase at token i: its letter (N, or O for an ordinal), value and end."""
        low, letter = self.lows[i], self._letter(i)
        if low[0].isdecimal():
            return self._sum(i) if self._may_go_on(i) else self._lone_figure(i)
        if letter == "i" and not self._may_go_on(i):
            return None  # most articles
        if not (letter in "nkh" or low in _VULGAR or self.words.says("article_one", low)):
            return None
        return self._fraction(i) or self._inverted(i) or self._sum(i)

    def _may_go_on(self, i: int) -> bool:
        """Whether what follows a figure or an article may belong to its number."""
        if i + 1 >= len(self.lows):
            return False
        low, known = self.lows[i + 1], self.classes[i + 1]
        if known is not None and known[0] in "nkhO":
            return True
        return low == "-" or low[0].isnumeric() or self.words.goes_on[low]

    def _lone_figure(self, i: int) -> tuple[str, float, int] | None:
        value = self._figure(i, None, 0.0, float("inf"))
        return None if value is None or value > _LARGEST else ("N", tidy(value), i + 1)

    # ------------------------------------------------------------ sums of groups
    def _sum(self, i: int) -> tuple[str, float, int] | None:
        start, i, group = i, *self._opening(i)
        total, ceiling, scale = 0.0, float("inf"), 0.0  # scale: of the word just read
        while i < len(self.lows):
            at = self._joined(i, group, total) if i > start else i
            low, letter = self._low(at), self._letter(at)
            if low[:1].isdecimal() or low in _VULGAR:
                if total and self._is_day(at):
                    break  # «потеряли 70 тыс. 18 (30) марта»
                value = self._figure(at, group, total, ceiling)
                if value is None:
                    break
                group, scale, i = (group or 0.0) + value, 0.0, at + 1
            elif letter == "n":
                value = float(self._value(at))
                if at > start and self.lows[at - 1][0].isdecimal():
                    break  # "at 1630 five battalions"
                score = self.words.says("scores", self.lows[i - 1]) and value < 20
                old = at > i and group is not None and group < 10 and value >= 20
                fits = value < ceiling if group is None else adds(value, group) or score or old
                if not fits:
                    break
                if at > i and not self._goes_on(at, group, ceiling):
                    break
                group, scale, i = (group or 0.0) + value, 0.0, at + 1
            elif letter == "k":
                factor = float(self._value(at))
                if group is None and not (total and factor > ceiling):
                    break
                if group is not None and factor >= max(ceiling, 1000):
                    break
                if max(group or 0.0, total) * factor > _LARGEST:
                    break  # "hundred hundred hundred ..." is no number
                if factor < 1000:
                    if group is None or (self.lows[at - 1][0].isdecimal() and self._own(at)):
                        break
                    group *= factor
                elif group is None:  # "two thousand million"
                    total, ceiling = total * factor, factor
                else:
                    total, group, ceiling = total + group * factor, None, factor
                scale, i = factor, at + 1
                i += self._low(i) == "." and self._is_dotted(at) and i + 1 < len(self.lows)
            else:
                tail, after = self._tail(i)
                if not after:
                    break
                if group is None:
                    total += tail * ceiling
                else:
                    group += tail * max(scale, 1.0)
                scale, i = 0.0, after
        if i == start or (group is None and not total):
            return None
        value = total + (group or 0.0)
        if value > _LARGEST:
            return None
        ordinal = self._ordinal(i, group, value)
        return ordinal or ("N", tidy(value), i)

    def _opening(self, i: int) -> tuple[int, float | None]:
        """An article or a scale word that stands for one of its kind."""
        if self.words.says("article_one", self.lows[i]) and self._letter(i + 1) == "k":
            word = self._low(i + 1)
            needs_of = self.words.says("scale_before_of", word)
            if not self.words.says("plural_scale", word) and (
                not needs_of or self._letter(i + 2) in "or"
            ):
                return i + 1, 1.0
        if self.words.says("vague_number", self.lows[i]) and self._letter(i + 2) == "k":
            return i + 2, float(self._value(i))  # "a couple of hundred"
        if self._letter(i) == "k" and self._stands_for_one(i):
            return i, 1.0
        return i, None

    def _stands_for_one(self, i: int) -> bool:
        low = self.lows[i]
        if self.words.says("scale_alone", low):
            return True
        if self.words.says("scale_after_comparator", low) and self._is_rest(i + 1):
            return True
        if i > 1 and self.words.says("one_adjectives", self.lows[i - 1]):
            return self.words.says("article_one", self.lows[i - 2])  # "a further hundred"
        return self.words.says("scale_after_comparator", low) and any(
            tuple(self.lows[max(0, i - len(phrase)) : i]) == phrase and sign
            for phrase, sign in self.words.comparators
        )

    def _is_rest(self, i: int) -> bool:
        """Whether a word of the hundreds goes on with a thousand: «с тысячи двухсот метров»."""
        return self._letter(i) == "n" and 100 <= self._value(i) < 1000

    def _joined(self, i: int, group: float | None, total: float) -> int:
        """The token after a hyphen or an "and" inside a number, else the same one."""
        low = self.lows[i]
        for phrase, _ in self.words.comparators_after.get(low, ()):
            after = i + len(phrase)
            if self._letter(after) == "k" and tuple(self.lows[i:after]) == phrase:
                return after  # «8 с лишним тысяч»
        if low == "-" and self._touch(i) and self._touch(i + 1):
            if self._letter(i + 1) in _NUMERIC:
                return i + 1
            low, after = self._low(i + 1), i + 2
            after += self._low(after) == "-"
            big = (group or 0) >= 20 or bool(total)
            if big and self.words.says("number_and", low) and self._letter(after) == "n":
                return after
        elif self.words.says("number_and", low) and self._letter(i + 1) == "n":
            if not total and self._is_old_style(i, group):
                return i + 1
            if total or (group is not None and group >= 100):
                return i + 1
            if self.words.says("scores", self.lows[i - 1]) and self._value(i + 1) < 20:
                return i + 1
        return i

    def _is_old_style(self, i: int, group: float | None) -> bool:
        """ "four and twenty", "twenty and four thousand"."""
        value = self._value(i + 1)
        if group is None or group != int(group) or (i > 1 and self._letter(i - 2) == "b"):
            return False
        if group < 10:
            return value % 10 == 0 and 20 <= value < 100
        return group % 10 == 0 and group < 100 and value < 10 and self._letter(i + 2) == "k"

    def _goes_on(self, at: int, group: float | None, ceiling: float) -> bool:
        """Whether a joined word belongs to this number, and not to another that follows."""
        ahead = at + 1
        while self._letter(ahead) == "n" or (
            self._low(ahead) == "-" and self._letter(ahead + 1) in _NUMERIC
        ):
            ahead += 1
        if self._letter(ahead) != "k":
            return True
        scale = float(self._value(ahead))
        return scale < ceiling and not (scale < 1000 and group is not None and group >= 100)

    def _figure(self, at: int, group: float | None, total: float, ceiling: float) -> float | None:
        """The value of figures that begin the number, or go on with it."""
        low = self.lows[at]
        if low in _VULGAR:
            return _VULGAR[low] if group is None or group == int(group) else None
        fraction = _FRACTION.match(low)
        if fraction:
            if group is None or not self.lows[at - 1].isdecimal():
                return None
            return int(fraction[1]) / int(fraction[2])
        if group is not None or ":" in low or "/" in low:
            return None
        value = figure_value(low, self._letter(at + 1) == "k", self.words.grammar.decimal_comma)
        if total and (value >= min(ceiling, 1000) or value != int(value)):
            return None
        return value

    def _is_day(self, at: int) -> bool:
        """Whether figures are the day of a month, in one calendar or in two."""
        after = at + 1
        if self._low(after) == "(" and self._low(at + 2).isdecimal() and self._low(at + 3) == ")":
            after = at + 4
        return self._letter(after) == "M"

    def _own(self, at: int) -> bool:
        """A scale word that is counted after figures: «5 сотен», and not «5 сотен людей»."""
        if not self.words.says("scale_or_unit", self.lows[at]):
            return False
        return not (at + 1 < len(self.lows) and self.words.says("generic_men", self.lows[at + 1]))

    def _is_dotted(self, at: int) -> bool:
        return self.words.says("dotted_scale", self.lows[at])

    def _tail(self, i: int) -> tuple[float, int]:
        """«с половиной», "and a half": its value and the token after it, else (0, 0)."""
        return fraction_tail(self.words, self.lows, i)

    def _ordinal(self, i: int, group: float | None, value: float) -> tuple[str, float, int] | None:
        """ "twenty-first", "one hundred and first", «двадцать пятый»: the last word tells."""
        if self.lows[i - 1][0].isdecimal() or value != int(value):
            return None
        at = i
        hyphen = self._low(i) == "-" and self._touch(i)
        if hyphen or self.words.says("number_and", self._low(i)):
            at = i + 1
        elif not self.words.grammar.joined_ordinals:
            return None
        if self._letter(at) != "O":
            return None
        last = float(self._value(at))
        if last < 100 if group is None else adds(last, group):
            number = int(value + self._value(at))
            return "Y" if 1000 <= number <= 2099 else "O", number, at + 1
        return None

    # ------------------------------------------------------------ fractions and inversion
    def _fraction(self, i: int) -> tuple[str, float, int] | None:
        """half a million, three quarters of a mile, четверть часа: a scale or measure follows."""
        j, count = i, 1.0
        if self._letter(i) == "n" and self._value(i) < 10:
            j, count = i + 1, float(self._value(i))
        elif self.words.says("article_one", self.lows[i]):
            j = i + 1
        j += j > i and self._low(j) == "-"
        if self._letter(j) == "O" and j > i and self._letter(j + 1) == "o":
            share = 1 / self._value(j)  # "a third of a million"
        elif self._letter(j) == "h":
            if j == i and self._letter(i - 1) == "O":
                return None  # «во второй половине месяца»
            share = float(self._value(j))
        else:
            return None
        value = count * share
        if not 0 < value < 1:
            return None
        j, opened = j + 1, j == i + 1
        whole = False
        for _ in range(3):
            word = self._low(j)
            if (word == "-" and self._touch(j)) or self._letter(j) == "o":
                j += 1
            elif self.words.says("article_one", word):
                j, whole = j + 1, True
        if self._letter(j) == "k" and not self.words.says("plural_scale", self.lows[j]):
            return "N", tidy(value * self._value(j)), j + 1
        joined = whole or not self.words.grammar.articles or (self._touch(j) and j > i + 1)
        unit = self.words.units.get(self._low(j))
        if joined and unit and self.words.says("measured", unit) and (j > i + 1 or not opened):
            return "N", tidy(value), j
        return None

    def _inverted(self, i: int) -> tuple[str, float, int] | None:
        """«тысяч сорок», «сотни две», «тысяч до пяти»: the scale first, about that many."""
        if self._letter(i) != "k" or not self.words.says("inverted_scale", self.lows[i]):
            return None
        if i and (self._letter(i - 1) in _NUMERIC or self.lows[i - 1][0].isdecimal()):
            return None
        j = i + 1 + self.words.says("inverted_between", self._low(i + 1))
        if j >= len(self.lows) or not (self.lows[j][0].isdecimal() or self._letter(j) == "n"):
            return None
        if self.words.says("scale_after_comparator", self.lows[i]) and self._is_rest(i + 1):
            return None  # «тысячи двухсот» are twelve hundred, «тысячи две» two thousand
        inner = self._sum(j)
        if inner is None or inner[0] != "N" or inner[1] >= 1000:
            return None
        return "N", tidy(inner[1] * self._value(i)), inner[2]


def fraction_tail(words: Lexicon, lows: Sequence[str], i: int) -> tuple[float, int]:
    """The fraction that ends a number at i, and the token after it; (0, 0) if there is none."""
    first = lows[i] if i < len(lows) else ""
    first = lows[i + 1] if first == "-" and i + 1 < len(lows) else first
    for phrase, value in words.number_tails.get(first, ()):
        j = i
        for word in phrase:
            j += j < len(lows) and lows[j] == "-" and word != "-"
            if j >= len(lows) or lows[j] != word:
                break
            j += 1
        else:
            return value, j
    return 0.0, 0


def figure_value(low: str, before_scale: bool = False, decimal_comma: bool = False) -> float:
    """1,200 and 1 200 and 1.200 are thousands; 1.5 and 1,5 are decimals, and 1.125 million is."""
    if low.isdecimal():
        return float(low[:300])
    text = low.replace(" ", "").replace(":", "").replace("/", "")
    grouped = _THOUSANDS.match(text)
    if grouped and not text.startswith("0"):
        decimal = grouped[1] == ("," if decimal_comma else ".")
        if not (decimal and before_scale and text.count(grouped[1]) == 1):
            text = text.replace(grouped[1], "")
    text = text.replace(",", ".").replace("'", "")
    text = text.replace(".", "", text.count(".") - 1 if "." in text else 0)
    return float(text[:300])


def tidy(value: float) -> float | int:
    """An integer where it is one."""
    nearest = round(value, 6)
    return int(nearest) if nearest == int(nearest) else nearest
