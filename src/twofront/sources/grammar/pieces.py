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

import functools
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from ..documents import Document, Passage
from .letters import SAME, SMALL, roman_number
from .lexicon import Lexicon, lexicon
from .numbers import NumberReader, figure_value

_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|(?<=[a-z.] )[0-3]?[0-9](?=,[12][0-9]{3}(?![0-9,]))"  # "September 10,1813"
    r"|[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:'[0-9]{3})+)(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:[.,:/][0-9]+)*|--+|[^\w\s]"
)
_CAPITAL_INSIDE = re.compile(rf"(?<=[{SMALL}] )[^\W\d_{SMALL}][^\W\d_]+(?! [0-9]{{4}})")
_SPACED = re.compile(r"[0-9] [0-9]")
_COLUMN = re.compile(r"[0-9]++(?:[.,'][0-9]++)*+")
# Numbers with nothing but spaces and leaders between them: "4 11 ..... 79 305".
_ROW = re.compile(
    rf"(?<![0-9.,']){_COLUMN.pattern}(?:(?: ++| *+(?:\.{{4,}}+|…{{2,}}+) *+){_COLUMN.pattern})++"
)
_PLAIN = {
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2011": "-", "\u2010": "-",
    "–": "-", "—": "-", "−": "-", "―": "-", "‘": "'", "’": "'", "ʼ": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', **SAME,
}  # fmt: skip
# Raised figures behind a word of more letters than a unit has, a name or a mark: notes.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(
    rf"(?:(?<=[^\W\d_]{{3}})|(?<=\b[^\W\d_{SMALL}][^\W\d_])|(?<=[\"'.,;:!?…)]))[{_RAISED}]{{1,3}}(?!\w)"
)
_FULL_DATE = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}\.\d{1,2}\.\d{1,2}|[0-3]\d\.[01]\d\.\d\d"
    r"|(?:1[3-9]|2\d|3[01])[./](?:0?[1-9]|1[0-2])[./]\d\d)\Z"
)


def plain(text: str) -> str:
    """The text with one kind of space, dash, apostrophe and quote; every offset stays.

    The raised figure of a note is a space: «писал Лунин³.»; that of a unit stays: «5 км²».
    """
    for sign, other in _PLAIN.items():  # a few fast searches: far cheaper than `translate`
        text = text.replace(sign, other)
    if any(figure in text for figure in _RAISED):
        text = _NOTE.sub(lambda note: " " * len(note[0]), text)
    return text


def tokens(text: str) -> list[str]:
    """The lower-case words and signs of a text, as pieces spell them."""
    found = [token.lower() for token in _TOKEN.findall(plain(text))]
    return ["-" if token.startswith("--") else token for token in found]


@dataclass
class Pieces:
    """Parallel lists: a piece's offsets, lower-case word, value, and the shape as a string."""

    plain: str
    language: str
    starts: array[int] = field(default_factory=lambda: array("I"))  # a fifth of what a list takes
    ends: array[int] = field(default_factory=lambda: array("I"))
    lows: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    shape: str = ""
    written: str = ""  # the text with its own signs, at the same offsets
    early: int | None = None  # whether the text tells of years before 1000, once it is known
    bodies: frozenset[int] | None = None  # numbers of regiments, divisions

    def add(self, start: int, end: int, low: str, letter: str, value: Any) -> None:
        """Append a piece."""
        self.starts.append(start)
        self.ends.append(end)
        self.lows.append(low)
        self.letters.append(letter)
        self.values.append(value)

    def close(self, at: Passage) -> None:
        """End a sentence; its pieces are those since the last."""
        self.add(at.end, at.end, "", "|", None)
        self.passages.extend([at] * (len(self.starts) - len(self.passages)))

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the text, once it has been read."""
        return frozenset(self.lows)

    @functools.cached_property
    def months_as_names(self) -> frozenset[int]:
        """Months that have a capital inside a sentence: the King Augustus of a text."""
        shapes = lexicon(self.language).shapes
        found = {shapes.get(word.lower()) for word in _CAPITAL_INSIDE.findall(self.plain)}
        return frozenset(one[1] for one in found if one and one[0] == "M")

    @functools.cached_property
    def listed(self) -> dict[str, set[str]]:
        """Those of them that are in each of the lists for which whole texts are searched."""
        return lexicon(self.language).searched(self.vocabulary)

    def is_capital(self, i: int) -> bool:
        """Whether the piece begins with a capital letter; the end of a text does not."""
        at = self.starts[i]
        return self.plain[at : at + 1].isupper()

    def is_long_dash(self, i: int) -> bool:
        """Whether the piece parts clauses, as "—" and "--" do and "-" does not."""
        a, b = self.starts[i], self.ends[i]
        return self.letters[i] == "-" and (b - a > 1 or self.written[a:b] in ("—", "―"))

    def touches(self, i: int) -> bool:
        """Whether piece i follows piece i - 1 without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]


def pieces_of(document: Document, language: str, passages: list[Passage], text: str) -> Pieces:
    """The pieces of some sentences of a document; `text` is `plain(document.text)`."""
    words = lexicon(language)
    result = Pieces(text, language, written=document.text)
    eras = words.names_an_era(text)
    for passage in passages:
        _Reader(text, passage, words, result, eras).read()
        result.close(passage)
    result.shape = "".join(result.letters)
    return result


class _Reader:
    """Reads one sentence: tokens first, then numbers and what is glued to them."""

    def __init__(self, text: str, at: Passage, words: Lexicon, result: Pieces, eras: bool) -> None:
        self.text, self.at, self.words, self.result = text, at, words, result
        self.possessive = words.suffixes.possessive
        found = [m.span() for m in _TOKEN.finditer(text, at.start, at.end)]
        if _SPACED.search(text, at.start, at.end):
            found = _columns_apart(text, found)
        self.spans = found
        self.starts, self.ends = zip(*found) if found else ((), ())
        known = [words.tokens[text[a:b]] for a, b in found]
        self.lows, self.classes, self.values, self.plain = zip(*known) if known else ((),) * 4
        self.eras = self._eras() if eras else {}
        self.after_era = {end for end, sign in self.eras.values() if sign > 0}
        self.numbers = NumberReader(self.lows, self.classes, found, words)

    def read(self) -> None:
        """Most tokens are a piece each, whatever stands beside them: those go over in runs."""
        done = 0
        for i, letter in enumerate(self.plain):
            if i < done or (letter and i not in self.eras):
                continue
            self._copy(done, i)
            if i in self.eras:
                end, sign = self.eras[i]
                done = self._emit(i, end, "E", sign)
            else:
                done = (self._may_count(i) and self._number(i)) or self._word(i)
        self._copy(done, len(self.plain))

    def _copy(self, i: int, j: int) -> None:
        """Tokens i to j as they are."""
        if i < j:
            result = self.result
            result.starts.extend(self.starts[i:j])
            result.ends.extend(self.ends[i:j])
            result.lows.extend(self.lows[i:j])
            result.letters.extend(self.plain[i:j])
            result.values.extend(self.values[i:j])

    def _eras(self) -> dict[int, tuple[int, int]]:
        """Tokens at which "BC" or "AD" begins: the token after it, and its sign."""
        found = {}
        for match in self.words.eras.finditer(self.text, self.at.start, self.at.end):  # type: ignore[union-attr]
            first, last = (
                bisect_left(self.starts, match.start()),
                bisect_left(self.ends, match.end()),
            )
            if first < len(self.starts) and last < len(self.ends):
                found[first] = last + 1, -1 if match["before"] else 1
        return found

    def _year_of_an_era(self, i: int) -> int | None:
        """The year at token i when an era is named with it: 218 BC is -217."""
        low = self.lows[i]
        if not (low.isdecimal() and len(low) <= 4):
            return None
        # "264-241 BC", "from 27 BC to AD 14", "AD 66 to 73"
        k = i + 1
        if (self._low(k) == "-" or self._letter(k) in "ta") and self._low(k + 1).isdecimal():
            k += 2
        k += self._letter(k) == "y"
        k += self._low(k) == "." and self._letter(k - 1) == "y"
        if k in self.eras:
            return int(low) if self.eras[k][1] > 0 else 1 - int(low)
        if i in self.after_era:
            return int(low)
        link = self._low(i - 1) == "-" or self._letter(i - 1) in "ta"
        first = self._low(i - 2)
        rises = link and i - 2 in self.after_era and first.isdecimal() and int(low) > int(first)
        return int(low) if rises else None

    def _is_named_a_year(self, i: int) -> bool:
        """ "the year 638", in languages that can do without the word."""
        words = self.words
        named = words.says("year_named", self._low(i - 1)) and self._letter(i - 2) in "iTJH"
        return named and self.lows[i].isdecimal() and len(self.lows[i]) in (3, 4)

    def _emit(self, i: int, j: int, letter: str, value: Any) -> int:
        start, end = self.spans[i][0], self.spans[j - 1][1]
        low = self.lows[i] if j == i + 1 else self.text[start:end].lower()
        self.result.add(start, end, low, letter, value)
        return j

    def _word(self, i: int) -> int:
        low, known = self.lows[i], self.classes[i]
        start, end = self.spans[i]
        if not low[0].isalpha():
            if low == "'" and self._low(i + 1).isdecimal() and self._touch(i + 1):
                tail = self.lows[i + 1]
                decade = tail[1:] == "0" and self._touch(i + 2)
                decade = decade and self._low(i + 2) in self.words.grammar.decade_suffixes
                if decade and not self._touch(i):
                    return self._emit(i, i + 3, "K", int(tail))  # "the '90s"
                if len(tail) == 2 and not self._touch(i) and self._low(i + 2) != "'":
                    return self._emit(i, i + 2, "q", int(tail))
            return self._emit(i, i + 1, low if len(low) == 1 else "w", None)
        raw = self.text[start:end]
        if known is None and low.endswith(self.possessive):
            known = self.words.shapes.get(self.words.suffixes.owner(low))
            if known and known[0] == "M":
                known = None
        if known is not None:
            letter, value = known
            grammar = self.words.grammar
            if letter == "M" and raw[0].isupper() != grammar.capital_months:
                # "may", "march"; "Август" inside a sentence is a man.
                if grammar.capital_months:
                    letter = "w"
                elif self._is_name(i):
                    letter, value = "c", None
            if letter == "K" and grammar.decade_word and self._letter(i + 1) != "y":
                days = self.words.says("day_of_month", self._low(i + 1))
                letter = "O" if days else letter if self._is_decade_alone(i) else "w"
            dotted = letter == "X" and self._low(i + 1) == "." and self._touch(i + 1)
            if dotted and self._letter(i + 2) in "uyMSW":
                return self._emit(i, i + 2, letter, value)  # «след. года»
            if letter == "k":
                letter = "w"
            if letter in "AXBV" and self.words.says("pointing", low):
                # "the following day" points, "following the battle" counts from it.
                points = self._letter(i + 1) in "uyMSW"
                letter = ("X" if points else "A") if letter in "AX" else ("V" if points else "B")
            elif letter == "L" and self.words.says("before_units", low):
                # "the past week"; of months and the like "this past January"
                opened = self.result.letters[-1:] == ["T"]
                letter = "L" if self._letter(i + 1) in ("uySMW" if opened else "uy") else "w"
            elif letter == "C" and self._is_short_for_a_century(i):
                self.result.letters[-1] = "Z"
            elif letter == "C" and len(low) < 3 and not self._after_roman(i):
                at = low in self.words.data["roles"]["at"]
                letter, value = ("p", "at") if at else ("w", None)
            elif letter in "LX" and self._letter_past_same(i + 1) not in "uyMSCWK":
                letter = letter if self._lacks_a_noun(i) else "w"
            elif letter == "H" and self.words.says("same_before_units", low):
                letter = "H" if self._letter(i + 1) in "uyMS" else "w"
            return self._emit(i, i + 1, letter, value)
        roman = roman_number(raw) if raw.isupper() and len(raw) < 6 else 0
        if roman:
            return self._emit(i, i + 1, "Z", roman)
        for ending in self.words.grammar.anniversary_endings:
            if low.endswith(ending):
                number = self.words.compounds.number(low.removesuffix(ending))
                if number:
                    return self._emit(i, i + 1, "v", number)
        which = self.words.data.get("halves_in_order", {}).get(low)
        if which and self._letter(i + 1) == "h":
            return self._emit(i, i + 1, "O", which)  # "the latter half"
        quantity = self.words.compounds.read(low)
        if quantity and raw[0].isupper() and (i or self.words.says("titled", self._low(i + 1))):
            quantity = None  # «Семилетняя война» is a name
        if quantity:
            return self._emit(i, i + 1, "Q", quantity)
        if len(low) == 1 and self.text[start : end + 3].lower() in self.words.styles:
            return self._emit(i, i + 1, "s", low)
        return self._emit(i, i + 1, "c" if raw[0].isupper() else "w", None)

    def _is_name(self, i: int) -> bool:
        """Whether a capital inside a sentence, or before another name, makes a name of a word."""
        follows = self._low(i + 1)
        if follows.isdecimal() and len(follows) == 4:
            return False  # «Октябрь 1942 года» of a heading that has lost its line
        if i and self.result.letters[-1] in "wcoapftZ":
            return True
        if self.values[i] in self.result.months_as_names:
            return True
        return follows.isalpha() and self.text[self.spans[i + 1][0]].isupper()

    def _is_decade_alone(self, i: int) -> bool:
        """«в девяностые крышу растащили», «до конца восьмидесятых»: no noun that it numbers."""
        if self.result.letters[-1:] not in (["p"], ["f"], ["t"], ["P"]) or not i:
            return False
        low, letter, grammar = self._low(i + 1), self._letter(i + 1), self.words.grammar
        if not low or not low[0].isalnum():
            return not (low == "-" and self._touch(i + 1))
        if letter in "pfta" or self.words.any_of("never_a_noun", "whole")[low]:
            return True
        if low.endswith((*grammar.past_endings, *grammar.past_masculine)):
            return True
        # Of another case or number than the decade.
        agreeing = next((e for end, e in grammar.agreeing if self.lows[i].endswith(end)), ())
        return letter == "?" and low[0].isalpha() and bool(agreeing) and not low.endswith(agreeing)

    def _lacks_a_noun(self, i: int) -> bool:
        """«в сентябре следующего», «на следующий», «в начале следующего, 1943 года»."""
        if not self.words.grammar.year_word:
            return False
        if self._low(i + 1) == "," and self._low(i + 2).isdecimal() and self._letter(i + 3) == "y":
            return True
        openers = ("M", "S") if self.lows[i].endswith(self.words.grammar.genitive_endings) else "p"
        return self._low(i + 1) in (".", ",", ";", ")", "-", "") and self._letter(i - 1) in openers

    def _letter(self, i: int) -> str:
        known = self.classes[i] if i < len(self.classes) else None
        if known is None and i < len(self.lows) and self.lows[i].endswith(self.possessive):
            # "next day's march"
            known = self.words.shapes.get(self.words.suffixes.owner(self.lows[i]))
        return known[0] if known else "?"

    def _letter_past_same(self, i: int) -> str:
        """«на другой же день»; «прошла в» is of no century."""
        i += self._letter(i) == "H"
        letter = self._letter(i)
        return "p" if letter == "C" and len(self._low(i)) < 2 else letter

    def _is_short_for_a_century(self, i: int) -> bool:
        """«в конце 20 в.»: no preposition stands before a dot."""
        number, result = self._low(i - 1), self.result
        return (
            len(self.lows[i]) < 3
            and self._low(i + 1) == "."
            and self._touch(i + 1)
            and number.isdecimal()
            and result.letters[-1:] == ["D"]
            and 2 <= int(number) <= 21
        )

    def _after_roman(self, i: int) -> bool:
        before = self.result.letters[-1:]
        # «15-го в шторм» is a day and a preposition, «Мехмеда II в конце марта» a sultan.
        short = self._low(i + 1) == "." or self.result.letters[-2:-1] != ["c"]
        return (before == ["Z"] and short) or (before == ["O"] and self._low(i + 1) == ".")

    # ------------------------------------------------------------ numbers
    def _may_count(self, i: int) -> bool:
        known = self.classes[i]
        return known[0] in "nkhi" if known else self.lows[i][0].isnumeric()

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
            if i > 1 and self._is_named_a_year(i):
                return self._emit(i, i + 1, "Y", int(low))
            year = self._year_of_an_era(i) if self.eras else None
            if year is not None:
                return self._emit(i, i + 1, "Y", year)
        phrase = self.numbers.read(i)
        if phrase is None:
            return 0
        letter, value, j = phrase
        if letter == "O" and 800 <= value <= 999 and not low[0].isdecimal():
            grammar = self.words.grammar
            if grammar.year_word and (
                self._letter(j) == "y" or self._low(j - 1).endswith(grammar.year_endings)
            ):
                letter, value = "Y", 1000 + int(value)  # «в девятьсот пятом»
        if j == i + 1 and low[0].isdecimal():
            letter = _letter_of_number(low)
            return self._emit(i, j, letter, int(value) if letter in "DY" else value)
        return self._emit(i, j, letter, value)

    def _special(self, i: int) -> int:
        low = self.lows[i]
        if low.isdecimal():
            return 0
        if _FULL_DATE.match(low):
            return self._emit(i, i + 1, "F", low)
        match = re.fullmatch(r"(1\d\d\d|20\d\d)/(\d{1,2}|\d{4})", low)
        if match:
            first, whole = int(match[1]), 10 ** len(match[2])  # 1688/9, 1914/15
            last = int(match[2]) if whole > 1000 else first // whole * whole + int(match[2])
            last += whole if last < first and whole < 1000 else 0
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
        if not self._touch(j):
            return 0
        dotted = self.words.grammar.day_dot and self._low(j) == "."
        if dotted and low.isdecimal() and self._letter(j + 1) in "MCtaS":
            return self._emit(i, j + 1, "O", int(low))
        if self._low(j) in ("-", "'"):
            j += 1
        if not (self._touch(j) and self._low(j)[:1].isalpha()):
            return 0
        suffix = self._low(j)
        number = figure_value(low)
        whole = low.isdecimal()
        if j == i + 1 and self.words.says("millimetres", self.lows[i + 1]):
            return self._emit(i, j + 1, "w", None)
        grammar = self.words.grammar
        if self._low(i + 1) == "'" and suffix not in grammar.decade_suffixes:
            return 0
        named = suffix in grammar.year_suffixes and len(low) == 4
        cardinal = whole and self._is_cardinal(suffix, int(number))
        followers = grammar.paucal_followers.get(suffix)
        if cardinal and followers and not self._low(j + 1).endswith(followers):
            cardinal = False  # «в 43-м году»
        if self.lows[i + 1] == "-" and cardinal and not (named and 1000 <= number <= 2099):
            return self._emit(i, j + 1, "N", int(number))
        # «в 1940-м году» is a year, «к 1940-м годам» a decade.
        singular = suffix in grammar.year_suffixes and not (
            self.words.says("plural_units", self._low(j + 1))
        )
        if suffix in grammar.decade_suffixes and whole and number % 10 == 0 and not singular:
            decade = len(low) == 4 or (
                len(low) == 2 and number >= 20 and self._is_of_years(i, j + 1)
            )
            short = len(low) == 2 and not grammar.decade_word and not self._is_coin(i, j)
            if decade or (short and not self._is_of_a_type(i)):
                return self._emit(i, j + 1, "K", int(number))
        if self.words.says("coins", suffix) and self._follows_a_coin(i):
            return 0  # the pence of "10s. 3d."
        if suffix in grammar.ordinal_suffixes and whole:
            if suffix in grammar.metre_suffixes and j == i + 1:
                return 0
            # «1047-й полк», but «с осени 1915-го фронт заснул»: no army had so many regiments.
            formation = number < 1700 and self.words.says("formations", self._low(j + 1))
            if len(low) == 4 and 1000 <= number <= 2099 and not formation:
                return self._emit(i, j + 1, "Y", int(number))
            return self._emit(i, j + 1, "O", int(number))
        if self.lows[i + 1] == "-":
            if suffix in grammar.anniversary_endings or self._letter(j) == "v":
                return self._emit(i, j + 1, "v", int(number))
            quantity = self.words.compounds.glued(suffix)
            if quantity:
                unit, scale = quantity
                return self._emit(i, j + 1, "Q", (number * scale, unit))
        return 0

    def _is_of_a_type(self, i: int) -> bool:
        """ "A-10s", "T-80s": aircraft and tanks; not "the mid-80s"."""
        hyphened = i > 1 and self.lows[i - 1] == "-" and self._touch(i) and self._touch(i - 1)
        return hyphened and self.lows[i - 2].isalpha() and len(self.lows[i - 2]) <= 2

    def _is_coin(self, i: int, j: int) -> bool:
        """ "10s. 6d.", "30s. a head": shillings, while "the 30s." and "in the 30s" are years."""
        if j > i + 1 or not self.words.says("coins", self.lows[j]):
            return False
        dotted = self._low(j + 1) == "." and self._touch(j + 1)
        k = j + 1 + dotted
        if self._low(k).isdecimal() and self._touch(k + 1):
            return self.words.says("coins", self._low(k + 1))
        return dotted and k < len(self.lows) and self._letter(i - 1) not in "iP"

    def _follows_a_coin(self, i: int) -> bool:
        k = i - 1 - (self._low(i - 1) == ".")
        return k > 0 and self.words.says("coins", self.lows[k]) and self._touch(k)

    def _is_cardinal(self, suffix: str, number: int) -> bool:
        """«6-ти батарей», «4-х орудий»: a cardinal in an oblique case."""
        if suffix in self.words.grammar.cardinal_suffixes:
            return True
        few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
        return few and suffix in self.words.grammar.paucal_suffixes

    def _is_of_years(self, i: int, j: int) -> bool:
        """«60-х годов», «в 60-х и 70-х», «в конце 60-х»."""
        return self._letter(j) in "ya" or self._low(j) == "-" or self._letter(i - 1) == "P"


def _columns_apart(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The tokens, where columns of a table are not taken for groups of three figures.

    "12 500 3 000 41 200" are thousands; "3 87 312 140" are four columns, because one of the row
    has no groups. A year may stand before thousands: "In 1812 120 000 men".
    """
    columns: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in _ROW.finditer(text, spans[0][0], spans[-1][1]):
        tokens = [m.span() for m in _TOKEN.finditer(text, *row.span())]
        numbers = [(a, b) for a, b in tokens if text[a].isdecimal()]
        if len(numbers) == 2 and numbers[0][1] - numbers[0][0] == 4:
            continue
        spaced = [(a, b) for a, b in numbers if " " in text[a:b]]
        if len(spaced) < len(numbers):
            columns |= {(a, b): [m.span() for m in _COLUMN.finditer(text, a, b)] for a, b in spaced}
    return [part for span in spans for part in columns.get(span, [span])]


def _letter_of_number(low: str) -> str:
    if low.isdecimal():
        if len(low) <= 2 and 1 <= int(low) <= 31:
            return "D"
        if len(low) == 4 and 1000 <= int(low) <= 2099:
            return "Y"
    return "N"
