"""Days and years as they are written otherwise: 22.VI.1941, nineteen fourteen, «мая 5 дня»."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import day_month_year, read_point, trim
from .proposals import SAID, YEAR, Proposal, Rules
from .single import counts, looks_plural
from .spans import Point

rule = Rules()


@rule(r"(?:Yy?,?)?M[DO]u?(?:Yy?)?", first=r"[YM](?=y?,?M?[DO])")
def month_then_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«1812 года мая 5 дня», «мая 5-го дня 1812 года»: the month before its day."""
    words, i, shape = lexicon(pieces.language), match.start(), match.group()
    if words.month_before_day or not pieces.lows[i + shape.index("M")].endswith(
        words.grammar.genitive_endings
    ):
        return None
    at = i + shape.index("M") + 1
    last = match.end() if shape[-1] != "u" else at + 1
    if pieces.letters[at + 1] == "u":
        if not words.says("day_words", pieces.lows[at + 1]):
            return None
        last = max(last, at + 2)
    elif pieces.letters[at] == "D" or not pieces.lows[at].endswith(
        words.grammar.day_suffixes or ("\0",)
    ):
        return None  # «мая 5 полков»
    elif words.says("numbered", pieces.lows[at + 1]) or pieces.values[at] > 31:
        return None
    years = [k for k in range(i, last) if pieces.letters[k] == "Y"]
    if len(years) > 1:
        return None
    year = pieces.values[years[0]] if years else None
    point = Point(year, pieces.values[at - 1], pieces.values[at])
    if not point.is_possible():
        return None
    return Proposal(i, last, "partial" if year is None else "point", (point,), None, 0.9)


@rule(r"(?P<year>Y)y,(?P<day>[DO])(?P<month>M)(?![o,]*[YTJ])")
def year_then_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«1820-го года, 20-го ноября»: the year in the genitive before its day."""
    words, i = lexicon(pieces.language), match.start()
    if not words.grammar.year_word or not pieces.lows[i + 1].endswith(
        words.grammar.genitive_endings
    ):
        return None  # «в 1820 году, 20 ноября»
    year, day, month = (pieces.values[match.start(k)] for k in ("year", "day", "month"))
    point = Point(year, month, day)
    return Proposal(i, match.end(), "point", (point,)) if point.is_possible() else None


@rule(rf"[DO]w(?P<month>M)u?(?:{SAID}(?P<year>{YEAR}))?")
def day_by_number(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«22-го числа июня месяца 1812 года»."""
    i, words = match.start(), lexicon(pieces.language)
    if not words.says("day_of_month", pieces.lows[i + 1]):
        return None
    (day, *_), month, year = day_month_year(pieces, i, match.end())
    point, last = Point(year, month, day), match.end()
    if not point.is_possible():
        return None
    if year is None:
        last = match.end("month")
        return Proposal(i, last, "partial", (point,), confidence=0.9)
    return Proposal(i, trim(pieces, i, last)[1], "point", (point,), confidence=0.95)


@rule(r"Y-[DN]-[DN]")
def iso(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """1941-06-22."""
    i, j = match.span()
    if not all(pieces.touches(k) for k in range(i + 1, j)):
        return None
    month, day = int(pieces.values[i + 2]), int(pieces.values[i + 4])
    if not 1 <= month <= 12:
        return None
    year = int(pieces.values[i])
    if (month, day) == (year % 10 + 1, year % 10 + 2) and len(pieces.lows[i + 2]) == 1:
        return Proposal(i, j, "range", (Point(year), Point(year + 2)), confidence=0.9)  # 1805-6-7
    point = Point(year, month, day)
    return Proposal(i, j, "iso", (point,)) if day >= 1 and point.is_possible() else None


@rule(r"D(?P<a>[./-])?Z(?:(?P<b>[./-])?(?P<year>[YDN]))?")
def roman_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """22.VI.1941, 3. VII. 1915, 9/IV 1940, 12-XI-36, 4.VII."""
    i, j = match.span()
    roman = match.start("b") - 1 if match["b"] else j - 1 - bool(match["year"])
    month, year = pieces.values[roman], match["year"]
    glued = all(pieces.touches(k) for k in range(i + 1, roman + 1))
    if not 1 <= month <= 12:
        return None
    short = None
    if year in ("D", "N"):
        # 9.IV.40: two figures, glued on
        glued = glued and bool(match["a"] and match["b"]) and pieces.touches(j - 1)
        if glued and len(pieces.lows[j - 1]) == 2 and pieces.lows[j - 1].isdecimal():
            short = int(pieces.lows[j - 1])
        else:
            j, year = roman + 1, None
    if year is None and not (glued and match["a"] == "."):
        return None
    if year == "Y" and match["a"] == "-" and not glued:
        return None
    point = Point(pieces.values[j - 1] if year == "Y" else None, month, pieces.values[i])
    point = replace(point, short=short)
    j += pieces.letters[j] == "y" and year is not None
    return Proposal(i, j, "roman-month", (point,)) if point.is_possible() else None


@rule(r"(?:P[oip]*-?)?N-?K(?![a-zA-Z]?M)", first=r"[PN](?=[oip]*-?N?-?K)")
def decade_in_words(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the eighteen-fifties."""
    i, j = match.span()
    number = match.end() - 1 - (match.group()[-2] == "-") - 1
    century, decade = pieces.values[number], pieces.values[j - 1]
    if not (10 <= century <= 20 and decade < 100 and pieces.lows[number].isalpha()):
        return None
    part = pieces.values[i] if pieces.letters[i] == "P" else None
    point = Point(decade=int(century) * 10 + decade // 10, part=part)
    return Proposal(i, j, "point", (point,), confidence=0.95)


@rule(
    r"(?P<opens>(?:[DO]o?)?M,?|So)?(?P<n>N)(?:-?N|-w-N)?",
    first=r"[NMSDO](?:(?<=N)|(?=o?M?,?N))",
)
def year_in_words(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """nineteen fourteen, eighteen forty-eight, nineteen-oh-five, nineteen hundred and five."""
    words = lexicon(pieces.language)
    if not words.grammar.year_in_pairs:
        return None
    i, j = match.start("n"), match.end()
    opened = read_point(pieces, match.start(), i) if match["opens"] else Point()
    if opened is None:
        return None
    one, two = pieces.values[i], pieces.values[j - 1]
    if not (pieces.lows[i][0].isalpha() and pieces.lows[j - 1][0].isalpha()):
        return None
    if j - i == 1:
        if not (
            1100 <= one <= 2000
            and one % 1000
            and words.says("year_hundreds", pieces.lows[i].split()[1])
        ):
            return None
        year = one
    elif "w" in match.group():
        if not (words.says("spoken_zero", pieces.lows[i + 2]) and 1 <= two <= 9):
            return None
        year = one * 100 + two
    else:
        year = one * 100 + two if 10 <= two <= 99 else 0
    if not (year == int(year) and 1000 <= year <= 2099):
        return None
    before = pieces.letters[match.start() - 1] if match.start() else "|"
    if before not in 'ptfob|,(y-iar"' or pieces.letters[j] in "-huyN%":
        return None
    if counts(pieces, j) or (pieces.letters[j] == "w" and looks_plural(pieces, j)):
        return None
    if j - i == 1:
        # "by three million votes to fifteen hundred", "on 3 May, fifteen hundred of us"
        closed = pieces.letters[j] in ".,;:)|-" if i > match.start() else pieces.letters[j] != "o"
        if before not in "pfoiy" or not closed:
            return None
    point = replace(opened, year=int(year))
    if not point.is_possible():
        return None
    return Proposal(match.start(), j, "point", (point,), confidence=0.9)


@rule(r"(?:P[oip]*|[DO]o?)?[MS]X(?![a-zA-Z,]?[yuMSWY])", first=r"[PDOMS](?=[oip]*[MS]?X)")
def month_of_the_next(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в сентябре следующего»: the year is left out."""
    i, j = match.span()
    point = read_point(pieces, i, j)
    if point is None or not lexicon(pieces.language).grammar.year_word:
        return None
    return Proposal(i, j, "point-of-that-year", (point,), confidence=0.8)
