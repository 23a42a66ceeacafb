"""Parts of a year or century: "the last quarter of 1942", "the turn of the 20th century"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import read_point, trim
from .proposals import SAID, THAT, YEAR, Proposal, Rules
from .spans import Point, month_length

rule = Rules()

_ABOUT_A_CENTURY = 5  # years before and after its turn


@rule(r"wo?i?(?:(?P<one>[OZ])(?:-|[at]i?))?(?P<two>[OZ])-?C(?!\.?E)", first=r"w(?=o?i?[OZ])")
def turn_of_the_century(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the turn of the 20th century, «на рубеже XIX–XX веков»: some years before and after 1900."""
    if not lexicon(pieces.language).says("turns", pieces.lows[match.start()]):
        return None
    century = pieces.values[match.start("two")]
    if match["one"] and pieces.values[match.start("one")] != century - 1:
        return None
    if not 10 < century <= 21:
        return None
    turn = (century - 1) * 100
    ends = Point(turn - _ABOUT_A_CENTURY), Point(turn + _ABOUT_A_CENTURY)
    return Proposal(match.start(), match.end(), "turn-of-century", ends, confidence=0.6)


@rule(r"(?P<which>[OPLw])O[oi]*(?P<whole>[OZ]-?C(?!\.?E)|Yy?)", first=r"[OPLw](?=O[oi]*[OZY])")
def third_of_a_century(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the first, the middle, the last third of the 19th century."""
    words, which = lexicon(pieces.language), match.start()
    if not words.says("third_parts", pieces.lows[which + 1]):
        return None
    said, whole = pieces.values[which], read_point(pieces, *match.span("whole"))
    final = words.says("final", pieces.lows[which])
    third = 3 if final else {1: 1, "early": 1, 2: 2, "mid": 2}.get(said)
    if whole is None or third is None or (match["which"] == "w" and not final):
        return None
    return Proposal(which, match.end(), "point", (replace(whole, part=f"{third}/3"),))


@rule(r"(?P<n>[DOZ])(?P<what>[wu])(?P<year>Yy?)")
def quarter_of_a_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в третьем квартале 1942 года», «во втором полугодии 1943 г.»."""
    i, words = match.start(), lexicon(pieces.language)
    quarters = words.says("quarters", pieces.lows[i + 1])
    if not quarters and not words.says("half_years", pieces.lows[i + 1]):
        return None
    parts = 4 if quarters else 2
    n, year = pieces.values[i], pieces.values[match.start("year")]
    if not 1 <= n <= parts:
        return None
    return Proposal(i, match.end(), "point", (Point(year, part=f"{n}/{parts}"),), None, 0.9)


@rule(r"(?P<which>[OPLw])(?P<n>[ND])?(?P<what>[huy])[oi]*(?P<year>Yy?|[OZ]-?CE?)")
def part_of_a_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the last quarter of 1942, the first three months of 1943, «последняя треть XVIII века»."""
    words, which, what = lexicon(pieces.language), match.start(), match.start("what")
    last = words.says("final", pieces.lows[which])
    first = (match["which"] == "O" and pieces.values[which] == 1) or (
        match["which"] == "P" and pieces.values[which] == "early"
    )
    whole = read_point(pieces, match.start("year"), match.end("year"))
    if whole is None or not (first or last) or (match["n"] and match["what"] != "u"):
        return None
    unit = pieces.values[what]
    plural = words.says("plural_units", pieces.lows[what])
    if match["what"] == "h":
        n = round(1 / unit)
        part = f"1/{n}" if first else f"{n}/{n}"
    elif whole.century is not None:
        if unit == "decades" and not match["n"] and match["which"] != "P" and whole.century > 0:
            decade = (whole.century - 1) * 10 + (0 if first else 9)
            return Proposal(which, match.end(), "point", (Point(decade=decade),), confidence=0.9)
        if unit not in ("years", "decades") or match["n"]:
            return None
        part = "early" if first else "late"
    elif match["n"] and unit == "months":
        months = int(pieces.values[what - 1])
        if not 1 < months < 12:
            return None
        part = f"1-{months}" if first else f"{13 - months}-12"
    elif match["n"] or unit not in ("months", "weeks", "days"):
        return None
    elif unit == "months" and plural:
        part = "early" if first else "late"
    elif unit == "days" and not plural:
        whole = replace(whole, month=1 if first else 12, day=1 if first else 31)
        part = None
    else:  # its first or last month: more is not said
        whole = replace(whole, month=1 if first else 12)
        part = None if unit == "months" or plural else "1-7" if first else "25-31"
        if unit == "days":
            part = "early" if first else "late"
    point = replace(whole, part=part)
    return Proposal(which, match.end(), "point", (point,), confidence=0.9)


@rule(rf"(?P<which>[OPLlw])wo(?P<whole>M(?:,?o?{YEAR}|{THAT})?|{YEAR})")
def part_by_name(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the early part of 1916, the latter part of August 1792."""
    words, first = lexicon(pieces.language), match.start()
    part = words.data.get("parts_by_name", {}).get(pieces.lows[first])
    if part is None or not words.says("part_words", pieces.lows[first + 1]):
        return None
    _, last = trim(pieces, match.start("whole"), match.end())
    point = read_point(pieces, match.start("whole"), last)
    if point is None or point.day is not None:
        return None
    name = "partial" if point.needs_year else "point"
    return Proposal(first, last, name, (replace(point, part=part),), confidence=0.85)


@rule(rf"(?P<which>[OLw])(?P<W>W)[op]?i?(?P<M>M)(?:{SAID}(?:,?(?P<year>{YEAR})))?")
def weekday_of_a_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the first Monday in September 1939, «в последнее воскресенье марта»."""
    words, which, at = lexicon(pieces.language), match.start(), match.start("M")
    final = words.says("final", pieces.lows[which])
    number = -1 if final else pieces.values[which] if match["which"] == "O" else 0
    if not isinstance(number, int) or not (final or 1 <= number <= 4):
        return None
    month = pieces.values[at]
    movable = ("weekday", number, pieces.values[match.start("W")], month)
    point = Point(month=month, movable=movable)
    last = at + 1
    if match["year"]:
        said = read_point(pieces, *match.span("year"))
        if said is None or said.year is None:
            return None
        _, last = trim(pieces, which, match.end())
        point = point.in_year(said.year)
    name = "partial" if point.needs_year else "point"
    return Proposal(which, last, name, (point,), confidence=0.9)


@rule(rf"w[wqu]o?M(?:{SAID}{YEAR}|{THAT})?")
def last_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в последних числах июля», «в последние дни мая»."""
    words = lexicon(pieces.language)
    first = match.start()
    if not words.says("final", pieces.lows[first]):
        return None
    day = pieces.values[first + 1] == "days" and not words.says(
        "plural_units", pieces.lows[first + 1]
    )
    third = words.says("thirds_of_month", pieces.lows[first + 1])
    week = pieces.values[first + 1] == "weeks" and not words.says(
        "plural_units", pieces.lows[first + 1]
    )
    if not (words.says("day_groups", pieces.lows[first + 1]) or third or day or week):
        return None
    _, last = trim(pieces, first, match.end())
    point = read_point(pieces, first + 2, last)
    if point is None or point.month is None:
        return None
    length = month_length(point.year or 2001, point.month)
    part = "last" if day else f"{length - 6}-{length}" if week else "late"
    point = replace(point, part=part, day=None)
    name = "point" if not point.needs_year else "partial"
    return Proposal(first, last, name, (point,), confidence=0.85)
