"""Dates, numbers and stretches of time as an English sentence says them.

1939-05/1939-09     from May to September 1939
1941-24             winter 1941
XXXX-09-09          9 September, no year given
1500000             1,500,000
-P9M                nine months before
"""

from __future__ import annotations

import calendar
import math
import re

from .dates import bounds, is_edtf, precision

MONTHS = tuple(calendar.month_name[1:])
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_SEASON = re.compile(r"(\d{4})-(2[1-4])[?~%]?")
_CENTURY = re.compile(r"(\d\d)XX[?~%]?")
_DECADE = re.compile(r"(\d{3})X[?~%]?")
_NO_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?([?~%]?)")
_DURATION = re.compile(r"([+-]?)P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?"
                       r"(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?")  # fmt: skip
_BOUNDS = {
    "after": "after {}", "start": "from {} on", "by": "by {}", "until": "until {}",
    "before": "before {}",
}  # fmt: skip
_PARTS = {"early": "early in ", "mid": "in the middle of ", "late": "late in "}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def listed(parts: list[str] | tuple[str, ...], word: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def number(value: float) -> str:
    """`1,500,000`, `2.5`: in full, thousands apart."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def spelled(value: float) -> str:
    """A whole number below a hundred in words, any other in figures."""
    if not float(value).is_integer() or not 0 <= value < 100:
        return number(value)
    whole = int(value)
    if whole < 20:
        return _ONES[whole]
    tens, ones = divmod(whole, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def point_in_words(edtf: str) -> str:
    """One EDTF date (no interval) in words; the string itself when it is none."""
    no_year = _NO_YEAR.fullmatch(edtf)
    if no_year and 1 <= int(no_year[1]) <= 12:
        month = MONTHS[int(no_year[1]) - 1]
        about = "about " if no_year[3] in ("~", "%") else ""
        unsure = " (uncertain)" if no_year[3] in ("?", "%") else ""
        day = f"{int(no_year[2])} " if no_year[2] else ""
        return f"{about}{day}{month}, no year given{unsure}"
    if not is_edtf(edtf) or "/" in edtf:
        return edtf
    first, last = bounds(edtf)
    if first is None or last is None:
        return "no date" if edtf == ".." else edtf
    about = "about " if edtf.endswith(("~", "%")) else ""
    unsure = " (uncertain)" if edtf.endswith(("?", "%")) else ""
    season, decade, century = (p.fullmatch(edtf) for p in (_SEASON, _DECADE, _CENTURY))
    if season:
        body = f"{SEASONS[int(season[2])]} {int(season[1])}"
    elif decade:
        body = f"the {decade[1]}0s"
    elif century:
        body = f"the {_ordinal(int(century[1]) + 1)} century"
    elif precision(edtf) == "day":
        body = f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    elif "X" in edtf[5:]:
        # A day whose month, or a month whose day, is not known.
        month, day = edtf[5:7], edtf[8:10]
        if month == "XX":
            some = f"the {_ordinal(int(day))} of some month of " if day.isdigit() else ""
            body = f"{some}{first.year}"
        else:
            body = f"some day of {MONTHS[int(month) - 1]} {first.year}"
    elif precision(edtf) == "month":
        body = f"{MONTHS[first.month - 1]} {first.year}"
    else:
        body = str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return about + body + unsure


def _ordinal(value: int) -> str:
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def date_in_words(edtf: str, modifier: str | None = None) -> str:
    """An EDTF date or interval in words, with what the text says of it (`MODIFIERS`).

    The string itself when it is no date.
    """
    begin, slash, end = edtf.partition("/")
    if modifier in _BOUNDS:
        edge = (end or begin) if modifier in ("by", "until") else begin
        if edge not in ("", ".."):
            return _BOUNDS[modifier].format(point_in_words(edge))
        modifier = None
    if not slash:
        # A stretch is the early part already; "early summer" has no months of its own.
        part = _PARTS.get(modifier or "", "") if is_edtf(edtf) and precision(edtf) != "day" else ""
        return part + point_in_words(edtf)
    if not is_edtf(edtf):
        return edtf
    no_begin, no_end = begin in ("", ".."), end in ("", "..")
    if no_begin or no_end:
        if no_begin and no_end:
            return "no date"
        return f"until {point_in_words(end)}" if no_begin else f"from {point_in_words(begin)} on"
    first, last = point_in_words(begin), point_in_words(end)
    # What both ends share is said once: "from 4 to 11 February 1945".
    one, other = first.split(), last.split()
    while len(one) == len(other) > 1 and one[-1] == other[-1] and "about" not in one:
        one.pop()
        other.pop()
    if first == last:
        return first
    return f"from {' '.join(one)} to {last}"


def offset_in_words(duration: str) -> str:
    """An ISO 8601 duration with a sign: `P90D` is `ninety days after`. Empty when it is none."""
    match = _DURATION.fullmatch(duration)
    if not match or not any(match.groups()[1:]):
        return ""
    parts = []
    for amount, unit in zip(match.groups()[1:], ("year", "month", "week", "day"), strict=True):
        if amount:
            value = float(amount)
            parts.append(f"{spelled(value)} {unit}{'' if value == 1 else 's'}")
    return f"{listed(parts)} {'before' if match[1] == '-' else 'after'}"


def room_of_a_round_number(value: float) -> tuple[float, float]:
    """What "about `value`" leaves open: half a unit of its last figure that is not zero.

    About 57,000 lies between 56,500 and 57,500; about 900 between 850 and 950. It is a tenth of
    the number at most: about 20,000 lies between 18,000 and 22,000.
    """
    if value == 0 or not math.isfinite(value):
        return value, value
    step = 1.0
    if float(value).is_integer():
        while value % (step * 10) == 0:
            step *= 10
    else:
        decimals = f"{value:.10f}".rstrip("0").partition(".")[2]
        step = 10.0 ** -len(decimals)
    half = min(step / 2, abs(value) / 10)
    return value - half, value + half


def share(probability: float) -> str:
    """A share in per cent, without false exactness at the ends."""
    percent = probability * 100
    if 0 < percent < 1:
        return "less than 1\u00a0%"
    if 99 < percent < 100:
        return "more than 99\u00a0%"
    return f"{percent:.0f}\u00a0%"
