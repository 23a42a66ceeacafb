"""Quantities: how many, of what, and how surely the text says so.

    more than 1.5 million Japanese troops     1500000  soldiers  >
    50-100 years                              50/100   years
    от 10 до 15 дивизий                       10/15    divisions
    900-дневная                               900      days

Left out: dates, ordinals ("the 38th parallel", «3 фронт»), numbers that name a thing
("Hill 203", "Order No. 227", "T-34"), clock times, shares ("two thirds"), vague hundreds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .lexicon import Lexicon, lexicon
from .pieces import Pieces

_RANGE = re.compile(r"(?P<open>[fb])?(?P<a>[NDY])(?P<sep>-|t|r|a)(?P<b>[NDY])")
_LOOK = 4  # pieces after a number in which its noun is sought


@dataclass(frozen=True)
class Counted:
    """A quantity: pieces first..last, its value, and what is counted."""

    first: int
    last: int
    value: Any
    unit: str | None
    approx: bool
    comparison: str | None
    rule: str
    confidence: float


def quantities_of(pieces: Pieces, masked: bytearray) -> list[Counted]:
    """All quantities of a text; `masked` marks the pieces that belong to dates."""
    reader = _Counter(pieces, masked)
    return reader.read()


class _Counter:
    def __init__(self, pieces: Pieces, masked: bytearray) -> None:
        self.p, self.masked = pieces, masked
        self.words: Lexicon = lexicon(pieces.language)
        self.never = self.words.data["words"]["never_a_noun"]

    def read(self) -> list[Counted]:
        found, used = [], set()
        for match in _RANGE.finditer(self.p.shape):
            counted = self._range(match)
            if counted:
                found.append(counted)
                used.update(range(match.start("a"), match.end("b")))
        for i, letter in enumerate(self.p.shape):
            if letter in "NDYQ" and i not in used and not self.masked[i]:
                counted = self._compound(i) if letter == "Q" else self._single(i)
                if counted:
                    found.append(counted)
        return sorted(found, key=lambda c: c.first)

    # ------------------------------------------------------------ ranges
    def _range(self, match: re.Match[str]) -> Counted | None:
        a, b = match.start("a"), match.start("b")
        if any(self.masked[a : b + 1]):
            return None
        low, high = self.p.values[a], self.p.values[b]
        opened, separator = match["open"], match["sep"]
        if separator == "a" and opened != "b":
            return None
        if separator == "r" and not (high <= 2 * low + 2 or self._scale(b)):
            return None
        if separator == "-" and not self._is_number(a):
            return None
        scale = self._scale(b)
        if scale and not self._scale(a) and low < 1000 and low * scale <= high:
            low *= scale
        if not low < high or (separator == "t" and not opened and low * 20 < high):
            return None
        unit, end = self._unit(b)
        if unit is None and separator in "r-" and self.p.letters[a] == "D" and not self._noun(b):
            return None
        first, approx, comparison = self._modifier(match.start() if opened else a)
        value = f"{_text(low)}/{_text(high)}"
        return Counted(first, end, value, unit, approx, comparison, "range", 0.9)

    def _scale(self, i: int) -> float:
        """The largest scale word inside a number phrase, 0 when it is written in figures."""
        found = 0.0
        for word in re.findall(r"[^\W\d_]+", self.p.lows[i]):
            known = self.words.shapes.get(word)
            if known and known[0] == "k":
                found = max(found, float(known[1]))
        return found

    # ------------------------------------------------------------ single numbers
    def _single(self, i: int) -> Counted | None:
        p = self.p
        value = p.values[i]
        spelled = not p.lows[i][0].isdecimal()
        unit, end = self._unit(i)
        if self._names_a_thing(i, unit) or self._is_share(i) or self._is_clock(i):
            return None
        if p.language == "ru" and self._is_russian_ordinal(i):
            return None
        if not spelled and not self._is_number(i):
            return None
        first, approx, comparison = self._modifier(i)
        money = i and p.plain[p.starts[i - 1] : p.ends[i - 1]] in self.words.data["currency"]
        if money:
            unit = self.words.data["currency"][p.plain[p.starts[i - 1] : p.ends[i - 1]]]
            first, end = min(first, i - 1), i + 1
        if spelled and not money and not self._worth_counting(i, unit, first < i):
            return None
        if unit is None and not money:
            unit, end = self._noun_unit(i)
        if unit is None and i and p.lows[i - 1] in self.words.units:
            unit = self.words.units.get(p.lows[i - 1])
        if unit is None and not spelled and p.letters[i] == "Y" and first == i:
            return None
        if unit is None and p.letters[i] == "D" and first == i and not self._stands_alone(i):
            return None
        comparison, approx, end = self._after(end, comparison, approx)
        confidence = 0.92 if unit else 0.6
        return Counted(first, end, value, unit, approx, comparison, "number", confidence)

    def _stands_alone(self, i: int) -> bool:
        """A small bare figure counts when it ends a clause after a small word ("27 out of 51")."""
        return self.p.letters[i + 1] in ".,;|a)-" and self.p.letters[i - 1 : i] != ["|"]

    def _worth_counting(self, i: int, unit: str | None, modified: bool) -> bool:
        p, low = self.p, self.p.lows[i]
        if self.words.says("one", low):
            return (
                unit is not None
                and not (p.language == "en" and unit == "days")
                and p.letters[i + 1] in "wcuy"
            )
        if p.values[i] >= 100 or not re.fullmatch(r"[^\W\d_]+", low):
            return True
        if p.letters[i + 1] == "-":
            return unit is not None
        return unit is not None or modified or self._noun(i)

    def _is_number(self, i: int) -> bool:
        """Not glued to letters ("T-34", "U47", "76-mm"), not bracketed, not a list number."""
        p = self.p
        before = p.letters[i - 1] if i else "|"
        after = p.letters[i + 1]
        if p.touches(i) and before not in '("-$£€¥+~|[«' and before not in ",.":
            return False
        if (
            before == "-"
            and p.touches(i)
            and i > 1
            and p.touches(i - 1)
            and p.letters[i - 2] not in "NDY"
        ):
            return False
        if before == "[" and after == "]":
            return False
        at_start = before == "|" or i == 0
        if at_start and after in ".)":
            return False
        if after in "-" and p.touches(i + 1) and p.touches(i + 2) and p.letters[i + 2] in "wcZ":
            counted = p.lows[i + 2] in self.words.units
            return counted or (p.letters[i + 2] == "w" and p.language == "en")
        return not (p.touches(i + 1) and after in "wcuyZ" and p.lows[i + 1] not in self.words.units)

    def _names_a_thing(self, i: int, unit: str | None) -> bool:
        p = self.p
        if i == 0:
            return False
        low, letter = p.lows[i - 1], p.letters[i - 1]
        if self.words.says("number_sign", low) and (unit is None or low in "№#"):
            return True
        if (
            letter == "."
            and i > 1
            and (
                self.words.says("number_sign", p.lows[i - 2])
                or self.words.says("designators", p.lows[i - 2])
            )
        ):
            return True
        if not p.lows[i][0].isdecimal():
            return False
        if self.words.says("designators", low):
            return unit is None or p.is_capital(i - 1)
        starts = i < 2 or p.letters[i - 2] == "|"
        return (
            letter == "c"
            and unit is None
            and not starts
            and p.values[i] < 1000
            and not self._noun(i)
        )

    def _is_share(self, i: int) -> bool:
        p = self.p
        j = i + 1 + (p.letters[i + 1] == "-")
        if p.letters[j] == "h" or p.lows[j] in ("thirds", "fifths", "tenths"):
            return True
        return p.letters[j] == "O" and p.values[i] == 1

    def _is_clock(self, i: int) -> bool:
        p = self.p
        after = p.lows[i + 1 : i + 4]
        if p.letters[i + 1] == "u" and p.values[i + 1] in ("hours", "minutes"):
            window = p.lows[i + 2 : i + 5]
            return any(self.words.says("clock", low) for low in window)
        if after[:1] and self.words.says("clock", after[0]) and p.letters[i + 1] != "u":
            return after[0] not in ("hour", "hrs")
        if p.language == "en" and after[:1] == ["o'clock"]:
            return True
        times = ("times", "time", "раз", "раза")
        return (bool(after) and after[0] in times) or after[:2] in (["a", "."], ["p", "."])

    def _is_russian_ordinal(self, i: int) -> bool:
        """«3 фронт», «4 отдельная армия»: agreement shows that the number does not count."""
        p = self.p
        if not p.lows[i].isdecimal():
            return False
        nouns = self.words.data["ordinal_nouns"]
        low = p.lows[i + 1]
        if self.words.says("oblique", low):
            return True
        if p.values[i] % 10 == 1 and p.values[i] != 11:
            return False
        if low in nouns["nominative"]:
            return True
        return (
            p.letters[i + 1] in "wc"
            and len(low) > 4
            and low.endswith(tuple(nouns["adjective_endings"]))
        )

    def _compound(self, i: int) -> Counted | None:
        value, unit = self.p.values[i]
        end = i + 1
        if not unit:
            unit, end = self._unit(i)
        return Counted(
            i, end if unit else i + 1, _number(value), unit or None, False, None, "compound", 0.85
        )

    # ------------------------------------------------------------ what is counted, and how surely
    def _unit(self, i: int) -> tuple[str | None, int]:
        """The unit named after a number, with at most two adjectives between."""
        p = self.p
        j = i + 1
        if p.letters[j] == "-" and p.touches(j):
            # "three-day", "two-mile"; but "two-front war" counts nothing
            measure = p.letters[j + 1] in "uy" or self.words.says(
                "measures", self.words.units.get(p.lows[j + 1]) or ""
            )
            return (self.words.units.get(p.lows[j + 1]), j + 2) if measure else (None, i + 1)
        if (
            p.letters[j] == "."
            and p.language == "ru"
            and p.lows[i].endswith(("тыс", "млн", "млрд"))
        ):
            j += 1
        if p.lows[j] == "%":
            return "percent", j + 1
        if p.lows[j] == "per" and p.lows[j + 1] == "cent":
            return "percent", j + 2
        if p.letters[j] == "o" and p.language == "en":
            j += 1
            j += p.letters[j] == "i" or self.words.says("possessive", p.lows[j])
        for k in range(j, min(j + _LOOK - 1, len(p.lows))):
            low = p.lows[k]
            known = self.words.units.get(low)
            if known and p.letters[k] not in "|pti" and (k == j or not self._verb(low)):
                if (
                    known == "people"
                    and p.lows[k + 1 : k + 2] == ["of"]
                    and p.lows[k + 2 : k + 3] == ["war"]
                ):
                    return "prisoners", k + 3
                if known == "prisoners" and p.lows[k + 1 : k + 3] == ["of", "war"]:
                    return known, k + 3
                return known, k + 1
            if p.letters[k] not in "wcmOZQ-" or low in self.never:
                break
        return None, i + 1

    def _verb(self, low: str) -> bool:
        return self.words.says("verbs", low)

    def _noun(self, i: int) -> bool:
        return self._noun_unit(i)[0] is not None

    def _noun_unit(self, i: int) -> tuple[str | None, int]:
        """A counted noun that the lexicon does not know stands for itself."""
        p = self.p
        j = i + 1
        if p.language == "ru":
            if p.letters[j] == "w" and p.lows[j] not in self.never and len(p.lows[j]) > 2:
                return p.lows[j], j + 1
            return None, i + 1
        for k in range(j, min(j + 3, len(p.lows))):
            low = p.lows[k]
            if p.letters[k] not in "wc" or low in self.never or "'" in low:
                break
            if low.endswith("s") and not low.endswith(("ss", "us")) and len(low) > 3:
                return low, k + 1
            if not low.isalpha():
                break
        return None, i + 1

    def _modifier(self, i: int) -> tuple[int, bool, str | None]:
        """The words before a number that loosen or bound it."""
        lows = self.p.lows
        for phrase, sign in self.words.comparators:
            j = i - len(phrase)
            if j >= 0 and tuple(lows[j:i]) == phrase and not any(self.masked[j:i]):
                if phrase == ("до",) and j and self.p.letters[j - 1] in "NDY":
                    continue
                if not sign:
                    return j, False, None
                return j, sign == "~", None if sign == "~" else sign
        return i, False, None

    def _after(self, i: int, comparison: str | None, approx: bool) -> tuple[str | None, bool, int]:
        lows = self.p.lows
        for phrase, sign in self.words.comparators_after:
            if tuple(lows[i : i + len(phrase)]) == phrase and sign:
                return (comparison if sign == "~" else sign), approx or sign == "~", i + len(phrase)
        return comparison, approx, i


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _text(value: float) -> str:
    return str(_number(value))
