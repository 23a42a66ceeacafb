"""A text as a row of pieces, and its shape: one letter for each piece.

A date grammar need not know words. It reads shapes, which are the same in every language:

    from  5  May  to  3  June  1941          с  5  мая  по  3  июня  1941  года
    f     D  M    t   D  M     Y             f  D  M    t   D  M     Y     y

    D day number      Y year number     N other number    O ordinal        R 1904/05
    F 22.06.1941      K decade          Z roman numeral   M month          m month adjective
    S season          y year(s)         u other unit      C century        P early, mid, late
    h half, third     v anniversary     Q number and unit in one word      d today
    f from   t to     b between   a and   r or   o of   p in, on, at   i the, a
    g ago    l later  e earlier   A after B before x через   z за   G eve   U morrow
    E BC, AD j 13/25  q '41
    L last   X next   T this      J that  H same   V previous  W weekday   s Old Style
    c capitalised word   w other word   | end of a sentence   punctuation stands for itself

Number phrases ("two and a half million", «2 млн 300 тыс.») become one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .documents import Document, Passage
from .lexicon import Lexicon, lexicon

_TOKEN = re.compile(
    r"[0-9]{1,3}(?:[, ][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:[.,:/][0-9]+)*"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]"
)
_PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2011": "-", "\u2010": "-",
        "–": "-", "—": "-", "−": "-", "―": "-", "‘": "'", "’": "'", "ʼ": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "ё": "е", "Ё": "Е",
    }
)  # fmt: skip
_FULL_DATE = re.compile(r"(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}\.\d{1,2}\.\d{1,2})\Z")
_ROMAN = re.compile(r"(?=[IVXІХ])(X|Х){0,3}(I|І)?(X|Х|V|I|І){0,4}\Z")
_CYRILLIC_TO_ROMAN = str.maketrans("ІХ", "IX")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def plain(text: str) -> str:
    """The text with one kind of space, dash, apostrophe and quote; every offset stays."""
    return text.translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """The lower-case words and signs of a text, as pieces spell them."""
    return [token.lower() for token in _TOKEN.findall(plain(text))]


@dataclass
class Pieces:
    """Parallel lists: a piece's offsets, lower-case word, value, and the shape as a string."""

    plain: str
    language: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    shape: str = ""
    early: int | None = None  # whether the text tells of years before 1000, once it is known

    def add(self, start: int, end: int, low: str, letter: str, value: Any, at: Passage) -> None:
        """Append a piece."""
        self.starts.append(start)
        self.ends.append(end)
        self.lows.append(low)
        self.letters.append(letter)
        self.values.append(value)
        self.passages.append(at)

    def is_capital(self, i: int) -> bool:
        """Whether the piece begins with a capital letter."""
        return self.plain[self.starts[i]].isupper()

    def touches(self, i: int) -> bool:
        """Whether piece i follows piece i - 1 without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]


def pieces_of(document: Document, language: str, passages: list[Passage], text: str) -> Pieces:
    """The pieces of some sentences of a document; `text` is `plain(document.text)`."""
    words = lexicon(language)
    result = Pieces(text, language)
    for passage in passages:
        _Reader(text, passage, words, result).read()
        result.add(passage.end, passage.end, "", "|", None, passage)
    result.shape = "".join(result.letters)
    return result


class _Reader:
    """Reads one sentence: tokens first, then numbers and what is glued to them."""

    def __init__(self, text: str, at: Passage, words: Lexicon, result: Pieces) -> None:
        self.text, self.at, self.words, self.result = text, at, words, result
        found = [m.span() for m in _TOKEN.finditer(text, at.start, at.end)]
        self.spans = found
        self.lows = [text[a:b].lower() for a, b in found]
        self.eras = self._eras() if words.eras else {}
        get = words.shapes.get
        self.classes = [get(low) if low[0].isalpha() else None for low in self.lows]

    def read(self) -> None:
        i = 0
        while i < len(self.spans):
            if i in self.eras:
                end, sign = self.eras[i]
                i = self._emit(i, end, "E", sign)
            else:
                i = self._number(i) or self._word(i)

    def _eras(self) -> dict[int, tuple[int, int]]:
        """Tokens at which "BC" or "AD" begins: the token after it, and its sign."""
        found = {}
        for match in self.words.eras.finditer(self.text, self.at.start, self.at.end):  # type: ignore[union-attr]
            first = next((k for k, (a, _) in enumerate(self.spans) if a >= match.start()), None)
            last = next((k for k, (_, b) in enumerate(self.spans) if b >= match.end()), None)
            if first is not None and last is not None:
                found[first] = last + 1, -1 if match["before"] else 1
        return found

    def _year_of_an_era(self, i: int) -> int | None:
        """The year at token i when an era is named with it: 218 BC is -217."""
        low = self.lows[i]
        if not (low.isdecimal() and len(low) <= 4):
            return None
        k = i + 1
        if self._low(k) == "-" and self._low(k + 1).isdecimal():
            k += 2
        k += self._letter(k) == "y"
        k += self._low(k) == "." and self._letter(k - 1) == "y"
        if k in self.eras:
            return int(low) if self.eras[k][1] > 0 else 1 - int(low)
        before = any(end == i and sign > 0 for end, sign in self.eras.values())
        return int(low) if before else None

    def _ordinal_after(self, j: int, value: float) -> float | None:
        """The ordinal at token j that ends a number: "twenty-third", «двадцать третьего»."""
        if value % 10 or self._letter(j) != "O":
            return None
        ones = self.classes[j][1]  # type: ignore[index]
        return value + ones if ones < (10 if value % 100 else 100) else None

    def _emit(self, i: int, j: int, letter: str, value: Any) -> int:
        start, end = self.spans[i][0], self.spans[j - 1][1]
        low = self.lows[i] if j == i + 1 else self.text[start:end].lower()
        self.result.add(start, end, low, letter, value, self.at)
        return j

    def _word(self, i: int) -> int:
        low, known = self.lows[i], self.classes[i]
        start, end = self.spans[i]
        if not low[0].isalpha():
            if low == "'" and self._low(i + 1).isdecimal() and self._touch(i + 1):
                tail = self.lows[i + 1]
                if len(tail) == 2 and not self._touch(i) and self._low(i + 2) != "'":
                    return self._emit(i, i + 2, "q", int(tail))
            return self._emit(i, i + 1, low if len(low) == 1 else "w", None)
        raw = self.text[start:end]
        if known is None and low.endswith("'s"):
            known = self.words.shapes.get(low[:-2])
            if known and known[0] == "M":
                known = None
        if known is not None:
            letter, value = known
            grammar = self.words.grammar
            if letter == "M" and raw[0].isupper() != grammar.capital_months:
                # "may", "march"; "Август" inside a sentence is a man.
                if grammar.capital_months:
                    letter = "w"
                elif i and self.result.letters[-1] in "wcoapft":
                    letter, value = "c", None
            if letter == "K" and grammar.decade_word and self._letter(i + 1) != "y":
                days = self.words.says("day_of_month", self._low(i + 1))
                letter = "O" if days else "w"
            if letter == "k":
                letter = "w"
            if letter in "AXBV" and self.words.says("pointing", low):
                # "the following day" points, "following the battle" counts from it.
                points = self._letter(i + 1) in "uyMS"
                letter = ("X" if points else "A") if letter in "AX" else ("V" if points else "B")
            elif letter == "L" and self.words.says("before_units", low):
                letter = "L" if self._letter(i + 1) in "uy" else "w"
            elif letter == "C" and len(low) < 3 and not self._after_roman(i):
                at = low in self.words.data["roles"]["at"]
                letter, value = ("p", "at") if at else ("w", None)
            elif letter in "LX" and self._letter(i + 1) not in "uyMSCWK":
                letter = "w"
            return self._emit(i, i + 1, letter, value)
        if raw.isupper() and len(raw) < 6 and _ROMAN.match(raw):
            return self._emit(i, i + 1, "Z", _roman(raw))
        for ending in self.words.grammar.anniversary_endings:
            if low.endswith(ending):
                number = _compound_number(low.removesuffix(ending), self.words)
                if number:
                    return self._emit(i, i + 1, "v", number)
        quantity = _compound(low, self.words)
        if quantity and not raw[0].isupper():
            return self._emit(i, i + 1, "Q", quantity)
        if low in ("o", "n") and self.text[end : end + 3].lower() in (".s.", ". s", ".s "):
            return self._emit(i, i + 1, "s", low)
        return self._emit(i, i + 1, "c" if raw[0].isupper() else "w", None)

    def _letter(self, i: int) -> str:
        known = self.classes[i] if i < len(self.classes) else None
        return known[0] if known else "?"

    def _after_roman(self, i: int) -> bool:
        return bool(self.result.letters) and self.result.letters[-1] in "ZO"

    # ------------------------------------------------------------ numbers
    def _touch(self, i: int) -> bool:
        return 0 < i < len(self.spans) and self.spans[i][0] == self.spans[i - 1][1]

    def _low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def _number(self, i: int) -> int:
        """Read a number phrase at token i; 0 when there is none."""
        low = self.lows[i]
        if low[0].isdecimal():
            glued = self._glued(i)
            if glued:
                return glued
            special = self._special(i)
            if special:
                return special
            year = self._year_of_an_era(i) if self.eras else None
            if year is not None:
                return self._emit(i, i + 1, "Y", year)
        value, j = self._phrase(i)
        if value is None:
            return 0
        if not low[0].isdecimal() and value >= 20:
            hyphen = self._low(j) == "-" and self._touch(j)
            if hyphen or self.words.grammar.joined_ordinals:
                ordinal = self._ordinal_after(j + hyphen, value)
                if ordinal:
                    letter = "Y" if 1000 <= ordinal <= 2099 else "O"
                    return self._emit(i, j + hyphen + 1, letter, int(ordinal))
        if j == i + 1 and low[0].isdecimal():
            letter = _letter_of_number(low)
            return self._emit(i, j, letter, int(value) if letter in "DY" else value)
        return self._emit(i, j, "N", value)

    def _special(self, i: int) -> int:
        low = self.lows[i]
        if _FULL_DATE.match(low):
            return self._emit(i, i + 1, "F", low)
        match = re.fullmatch(r"(1\d\d\d|20\d\d)/(\d{2}|\d{4})", low)
        if match:
            first = int(match[1])
            last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
            last += 100 if last < first and len(match[2]) == 2 else 0
            return self._emit(i, i + 1, "R", (first, last))
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", low)
        if match and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 31:
            return self._emit(i, i + 1, "j", (int(match[1]), int(match[2])))
        if ":" in low or "/" in low:
            return self._emit(i, i + 1, "w", None)  # a clock time, a ratio, a file number
        return 0

    def _glued(self, i: int) -> int:
        """19th, 1930s, 1930's, 20-го, 30-х, 900-дневная, 80-летие."""
        low = self.lows[i]
        j = i + 1
        dotted = self.words.grammar.day_dot and self._low(j) == "." and self._touch(j)
        if dotted and low.isdecimal() and self._letter(j + 1) in "MCtaS":
            return self._emit(i, j + 1, "O", int(low))
        if self._low(j) in ("-", "'") and self._touch(j):
            j += 1
        if not (self._touch(j) and self._low(j)[:1].isalpha()):
            return 0
        suffix = self._low(j)
        number = _value(low)
        whole = low.isdecimal()
        if j == i + 1 and self.lows[i + 1] in ("mm", "мм"):
            return self._emit(i, j + 1, "w", None)
        if self._low(i + 1) == "'" and suffix != "s":
            return 0
        grammar = self.words.grammar
        if suffix in grammar.decade_suffixes and whole and number % 10 == 0:
            decade = len(low) == 4 or (len(low) == 2 and number >= 20 and self._years_follow(j + 1))
            if decade or (suffix == "s" and len(low) == 2):
                return self._emit(i, j + 1, "K", int(number))
        if suffix in grammar.ordinal_suffixes and whole:
            if suffix in ("м", "m") and j == i + 1:
                return 0
            if len(low) == 4 and 1000 <= number <= 2099:
                return self._emit(i, j + 1, "Y", int(number))
            return self._emit(i, j + 1, "O", int(number))
        if self.lows[i + 1] == "-":
            if suffix in grammar.anniversary_endings or self._letter(j) == "v":
                return self._emit(i, j + 1, "v", int(number))
            for stem, (unit, scale) in self.words.data.get("compounds", {}).items():
                if suffix.startswith(stem) and len(suffix) <= len(stem) + 3:
                    return self._emit(i, j + 1, "Q", (number * scale, unit))
        return 0

    def _years_follow(self, j: int) -> bool:
        return self._letter(j) == "y" or (self._low(j) in ("-", "и") and True)

    def _phrase(self, i: int) -> tuple[float | None, int]:
        """Value of the number phrase at token i and the token after it."""
        start = i
        total, current, scale_before, seen = 0.0, None, float("inf"), False
        if self._letter(i) == "h" or (self._low(i) in ("a",) and self._letter(i + 1) == "h"):
            return self._fraction(i)
        if self._letter(i) == "i" and self._letter(i + 1) == "k" and self._low(i) in ("a", "an"):
            if self._low(i + 1) in ("millions",):
                return None, start
            current, i = 1.0, i + 1
        elif self._letter(i) == "k":
            if not self._scale_alone(i):
                return None, start
            current = 1.0
        while i < len(self.spans):
            low, letter = self.lows[i], self._letter(i)
            if low[0].isdecimal():
                if current is not None or (seen and not self._small_after(i, scale_before)):
                    break
                if seen and self._special_number(low):
                    break
                current = _value(low, self._letter(i + 1) == "k")
                i += 1
                if self._letter(i) != "k" and not self._and_half(i):
                    break
            elif letter == "n":
                value = self.classes[i][1]  # type: ignore[index]
                if current is None:
                    current = float(value)
                elif _adds(value, current):
                    current += value
                else:
                    break
                i += 1
                if self._low(i) == "-" and self._touch(i) and self._letter(i + 1) == "n":
                    following = self.classes[i + 1][1]  # type: ignore[index]
                    if following < 10 and current % 100 >= 20 and current % 10 == 0:
                        i += 1
            elif letter == "k":
                scale = self.classes[i][1]  # type: ignore[index]
                if current is None or (scale >= 1000 and scale >= scale_before):
                    break
                if scale < 1000:
                    current *= scale
                else:
                    total, scale_before = total + current * scale, scale
                    current = None
                seen = True
                i += 1
                if self._low(i) == "." and self.lows[i - 1] in ("тыс", "млн", "млрд", "трлн"):
                    i += 1 if self._dot_inside(i) else 0
            elif low == "and" and seen and self._letter(i + 1) == "n" and (current or 0) >= 100:
                i += 1
            else:
                half = self._and_half(i)
                if not half:
                    break
                if current is not None:
                    current += 0.5
                elif seen:
                    total += 0.5 * scale_before
                i = half
        if i == start or (current is None and not seen):
            return None, start
        return _tidy(total + (current or 0.0)), i

    def _special_number(self, low: str) -> bool:
        return not low.isdecimal()

    def _dot_inside(self, i: int) -> bool:
        """The dot of an abbreviation, unless the sentence ends with it."""
        return i + 1 < len(self.spans)

    def _small_after(self, i: int, scale: float) -> bool:
        return _value(self.lows[i]) < min(scale, 1000) and self._letter(i + 1) == "k"

    def _scale_alone(self, i: int) -> bool:
        low = self._low(i)
        if self.words.says("scale_alone", low):
            return True
        return self.words.says("scale_after_comparator", low) and any(
            tuple(self.lows[max(0, i - len(phrase)) : i]) == phrase and sign
            for phrase, sign in self.words.comparators
        )

    def _and_half(self, i: int) -> int:
        """«с половиной», "and a half": the token after it, else 0."""
        low = self._low(i)
        if low == "-" and self._low(i + 1) == "and":
            i, low = i + 1, "and"
        if low == "and":
            j = i + 1
            j += self._low(j) == "-"
            if self._low(j) == "a":
                j += 1
                j += self._low(j) == "-"
                if self._low(j) == "half":
                    return j + 1
        if low == "с" and self._low(i + 1) == "половиной":
            return i + 2
        return 0

    def _fraction(self, i: int) -> tuple[float | None, int]:
        """half a million, a quarter of a million, четверть миллиона."""
        start = i
        i += self._low(i) == "a"
        value = self.classes[i][1]  # type: ignore[index]
        i += 1
        i += self._low(i) == "of"
        i += self._low(i) in ("a", "-")
        i += self._low(i) == "a"
        if self._letter(i) == "k":
            return _tidy(value * self.classes[i][1]), i + 1  # type: ignore[index]
        return None, start


def _adds(value: float, current: float) -> bool:
    """Whether "five" goes on after "twenty", and "fifty" after "three hundred"."""
    ones_after_tens = value < 10 and current % 100 >= 20 and current % 10 == 0
    return ones_after_tens or (value < 100 <= current and current % 100 == 0)


def _letter_of_number(low: str) -> str:
    if low.isdecimal():
        if len(low) <= 2 and 1 <= int(low) <= 31:
            return "D"
        if len(low) == 4 and 1000 <= int(low) <= 2099:
            return "Y"
    return "N"


def _value(low: str, before_scale: bool = False) -> float:
    """1,200 and 700 000 are thousands; 1.5 and 1,5 are decimals."""
    text = low.replace(" ", "").replace(":", "").replace("/", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) and not before_scale:
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) and not before_scale:
        return float(text.replace(".", ""))
    text = text.replace(",", ".")
    while text.count(".") > 1:
        text = text.replace(".", "", 1)
    return float(text[:300])


def _tidy(value: float) -> float | int:
    nearest = round(value, 6)
    return int(nearest) if nearest == int(nearest) else nearest


def _roman(raw: str) -> int:
    values = [_ROMAN_VALUES[c] for c in raw.translate(_CYRILLIC_TO_ROMAN)]
    return sum(-v if any(w > v for w in values[k + 1 : k + 2]) else v for k, v in enumerate(values))


def _compound_number(low: str, words: Lexicon) -> float | None:
    return words.data.get("compound_numbers", {}).get(low)


def _compound(low: str, words: Lexicon) -> tuple[float, str] | None:
    """«трёхдневный»: three days in one word."""
    for stem, (unit, scale) in words.data.get("compounds", {}).items():
        at = low.find(stem)
        if at > 2 and len(low) - at - len(stem) <= 3:
            number = _compound_number(low[:at], words)
            if number:
                return number * scale, unit
    return None
