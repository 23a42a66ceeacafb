"""Words of the report: whole worlds of a thousand, dates in plain words, marks and their names.

    0.0367      ->  "37 of 1,000"
    +0.0841     ->  "+84"
    1941-06     ->  "June 1941"

In the model things happen in worlds; in history they happened. No sentence here claims more.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from twofront.basics import bounds, is_edtf, precision
from twofront.basics.words import share as share

MINUS = "\u2212"
DASH = "\u2013"

MARKS = {
    "confirmed": ("=", "confirmed"),
    "partly": ("~", "partly right"),
    "disputed": ("≠", "disputed"),
    "wrong": ("×", "wrong"),
    "unverifiable": ("?", "cannot be checked"),
    "interpretive": ("…", "a judgement"),
    "context": ("·", "background"),
}
"""What other sources say about a statement: its mark and the word that always goes with it."""

FIRMNESS = {
    "A": ("A", "firm", "holds under every variant of the model"),
    "B": ("B", "conditional", "has one direction, and rests on assumptions that are named"),
    "C": ("C", "depends on the model", "turns round in some worlds, or is small or may be"),
    "D": ("D", "no verdict", "no verdict"),
    "outside": (DASH, "outside the model", "outside the model"),
}
"""Grades of a verdict: the letter in the box, the word beside it, what it means."""

_OF_SIZE = {"small": "too small to matter", "open": "may be too small to matter"}


def firmness(grade: str, answer: str) -> tuple[str, str]:
    """The letter of a grade and its word: a C that is about size says so."""
    letter, word, _ = FIRMNESS.get(grade, FIRMNESS["outside"])
    return letter, _OF_SIZE.get(answer, word) if grade == "C" else word


LANGUAGES = {"en": "English", "ru": "Russian"}

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = calendar.month_name[1:]


def number(value: float, digits: int = 3) -> str:
    """A plain number: thousands apart, a true minus, no more digits than it deserves."""
    if value is None or not math.isfinite(value):
        return "not given"
    value += 0.0  # no minus before a zero
    if abs(value) >= 1000 or float(value).is_integer():
        text = f"{value:,.0f}"
    else:
        text = f"{float(f'{value:.{digits}g}'):,.6f}".rstrip("0").rstrip(".")
        if text in ("0", "-0"):
            text = f"{value:.1e}"
    return text.replace("-", MINUS)


def worlds(probability: float) -> str:
    """Worlds of a thousand: whole ones, with one decimal below twenty."""
    if probability * 1000 < 1:
        return "fewer than 1"
    return number(_rounded(probability * 1000))


def _rounded(thousandths: float) -> float:
    # Below twenty a rounded count and a rounded difference would not add up before the reader.
    return round(thousandths, 1) if abs(thousandths) < 20 else round(thousandths)


def of_thousand(probability: float) -> str:
    """`37 of 1,000`."""
    return f"{worlds(probability)} of 1,000"


def signed(value: float) -> str:
    """A difference with its sign; zero has none."""
    text = number(value)
    return text if text.startswith(MINUS) or text == "0" else f"+{text}"


def signed_worlds(effect: float) -> str:
    """A difference of probabilities as worlds of a thousand, with its sign."""
    return signed(_rounded(effect * 1000))


def span_worlds(interval: Sequence[float], fine: bool = False) -> str:
    """`+2 to +230` in whole worlds; `fine` gives ends below twenty one decimal."""
    ends = (end if fine else round(end * 1000) / 1000 for end in interval)
    return " to ".join(map(signed_worlds, ends))


def count(n: int, one: str, many: str | None = None) -> str:
    """`two theses`, `12 theses`, `one thesis`."""
    word = _SMALL[n] if n < len(_SMALL) else f"{n:,}"
    return f"{word} {one if n == 1 else many or one + 's'}"


def spelled(n: int) -> str:
    """Small numbers as words."""
    return _SMALL[n] if 0 < n < len(_SMALL) else "none" if n == 0 else f"{n:,}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


_WITH_ARTICLE = ("Union", "States", "Kingdom", "Empire", "Republic", "Federation", "Isles")


def named(name: str) -> str:
    """The name inside a sentence: `the Northern Union`, `the North`, but `Northland`."""
    if name.startswith("The "):
        return f"t{name[1:]}"
    return f"the {name}" if name.split(" ")[-1] in _WITH_ARTICLE else name


def listed(items: Iterable[str]) -> str:
    """`a, b and c`."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def as_date(value: Any) -> dt.date | None:
    """A date out of a date, a timestamp or an EDTF string (its first day)."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value)[:10] if "T" in str(value) else str(value)
    return bounds(text)[0] if is_edtf(text) else None


def day(value: Any) -> str:
    """`22 June 1941`, or the EDTF date in words."""
    if isinstance(value, dt.date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return date_words(str(value)) if value else ""


def month_name(value: dt.date | None) -> str:
    """`June 1941`; empty for no date."""
    return "" if value is None else f"{_MONTHS[value.month - 1]} {value.year}"


def month(value: dt.date) -> str:
    """`Jun 1941`."""
    return f"{_MONTHS[value.month - 1][:3]} {value.year}"


def date_words(edtf: str) -> str:
    """An EDTF date in words; the string itself when it is not EDTF."""
    text = edtf.split("T")[0]
    if not is_edtf(text):
        return edtf
    first, last = bounds(text)
    if first is None or last is None:
        if first:
            return f"from {_one(text.split('/')[0])}"
        return f"until {_one(text.split('/')[-1])}" if last else "no date"
    if "/" in text:
        begin, end = text.split("/")
        return f"{_one(begin)} to {_one(end)}"
    return _one(text)


def _one(text: str) -> str:
    first, last = bounds(text)
    if first is None or last is None:
        return text
    about = "about " if text.endswith(("~", "%")) else ""
    unsure = " (uncertain)" if text.endswith(("?", "%")) else ""
    kind = precision(text)
    if kind == "day":
        body = day(first)
    elif kind == "month":
        body = f"{_MONTHS[first.month - 1]} {first.year}"
    elif kind == "year" and (last - first).days >= 364:
        body = str(first.year)
    elif first.year == last.year:
        body = f"{_MONTHS[first.month - 1]} to {_MONTHS[last.month - 1]} {first.year}"
    elif kind == "season":
        body = f"{month_name(first)} to {month_name(last)}"
    else:
        body = f"{first.year} to {last.year}"
    return about + body + unsure


def locator(para: int | None, sent: int | None) -> str:
    """`12.2`: paragraph and sentence."""
    return ".".join(str(part) for part in (para, sent) if part is not None)


def thousands(text: str) -> str:
    """Thousands apart by a comma, as in every other number here: `1 500` is `1,500`."""
    return re.sub(r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f](\d{3})(?!\d)", r"\1,\2", text)


def shorten(text: str, longest: int) -> str:
    """The text cut at a word, with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
