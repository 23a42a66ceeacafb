"""The value of a mention as one line that a person can type, and what it says in plain words.

    DATE       1939-05/1939-09          from May to September 1939         EDTF
               XXXX-09-09               9 September, no year given
    QUANTITY   > 1500000 soldiers       more than 1,500,000 soldiers       comparison number unit
               ~ 57000 people           about 57,000 people
               10/15 divisions          from 10 to 15 divisions
               1.5 million men          1,500,000 soldiers            units as the reader has them
    PACT       NEUTRALITY_PACT          neutrality pact                    the id of a pact
    QUOTE      STALIN                   Stalin                             who is quoted

Several values of one place stand with a semicolon between them: `1937; 1941`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass

from twofront.basics import BadInput, Problem, is_edtf
from twofront.basics.dates import is_before_days
from twofront.basics.words import MONTHS, date_in_words, listed, number
from twofront.sources import Mention, languages
from twofront.sources.grammar.letters import folded
from twofront.sources.grammar.lexicon import lexicon

from .amounts import room_of
from .claims import Quantity

TYPES = ("DATE", "QUANTITY", "PACT", "QUOTE")
"""The types of mentions that become proposals."""

UNKNOWN = "UNKNOWN"
"""Who is quoted when the text does not say."""

LONGEST = 300  # characters of a value
_DATES = "1941, 1941-06, 1941-06-22, 1941-06-22/1941-08, 194X, XXXX-06-22"
_NUMBERS = "57000 men, > 1.5 million men, ~ 900 aircraft, 10/15 divisions"

_DIGITS = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_LARGEST = 1e15  # beyond it, whole numbers are no longer exact
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_QUANTITY = re.compile(
    rf"(?P<about>~|about\b)?\s*(?P<than>>=|<=|>|<|≥|≤)?\s*(?P<low>{_DIGITS})"
    rf"(?:\s*[/–]\s*(?P<high>{_DIGITS}))?(?:\s*(?P<scale>{'|'.join(_SCALES)})\b)?"
    r"(?:\s*(?![eE]\d)(?P<unit>[^\W\d_%$€£].*|[%$€£].*))?"
)
_SIGNS = {"≥": ">=", "≤": "<="}
_THAN = {">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}
_NO_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?[?~%]?", re.ASCII)


@dataclass(frozen=True)
class Value:
    """One value. `text` is its line; `date` or `low` to `high` what the line says."""

    type: str
    text: str
    date: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparison: str | None = None
    approx: bool = False

    def quantity(self) -> Quantity | None:
        """The number as a claim has it, with the room that its wording leaves."""
        if self.type != "QUANTITY" or self.low is None or self.high is None:
            return None
        unit = self.unit or "1"
        if self.low != self.high:
            return Quantity(low=self.low, high=self.high, unit=unit)
        if self.comparison in (">", ">="):
            return Quantity(low=self.low, unit=unit)
        if self.comparison in ("<", "<="):
            return Quantity(high=self.low, unit=unit)
        low, high = room_of(self.low, self.approx)
        if low == high:
            return Quantity(value=self.low, unit=unit)
        return Quantity(value=self.low, low=low, high=high, unit=unit)


def line_of(mention: Mention) -> str:
    """The value that a mention was read with, as a line; of "before 1756" what that bounds."""
    if mention.type == "DATE" and mention.value:
        return mention.within
    if mention.type == "QUOTE" and mention.attribution and mention.value:
        return mention.attribution[-1]
    if mention.type != "QUANTITY":
        return str(mention.value or UNKNOWN)
    ends = str(mention.value).split("/")
    about, than = "~ " if mention.approx else "", f"{mention.comparison or ''} ".lstrip()
    return f"{about}{than}{'/'.join(ends)} {mention.unit or ''}".strip()


def read_values(type_: str, line: str) -> list[Value]:
    """The values of a line, one or several. Raises `BadInput` in words for what is none."""
    if type_ not in TYPES:
        raise BadInput(Problem(f'type "{type_}"', "not known", ", ".join(TYPES)))
    if len(line) > LONGEST:
        raise BadInput(Problem("the value", f"is longer than {LONGEST} characters"))
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in line):
        raise BadInput(Problem("the value", "has a character that cannot be written in one line"))
    parts = [" ".join(part.split()) for part in line.split(";")]
    if not all(parts):
        missing = "is empty" if len(parts) == 1 else "has an empty part beside its semicolon"
        raise BadInput(Problem("the value", missing, _accepted(type_)))
    return [_read(type_, part) for part in parts]


def _accepted(type_: str) -> str:
    return {"DATE": _DATES, "QUANTITY": _NUMBERS}.get(type_, "a name or an id")


def _read(type_: str, text: str) -> Value:
    if type_ == "DATE":
        return _date(text)
    if type_ == "QUANTITY":
        return _quantity(text)
    return Value(type_, text)


def _date(text: str) -> Value:
    if is_edtf(text):
        return Value("DATE", text, date=text)
    no_year = _NO_YEAR.fullmatch(text)
    if no_year and not _why_no_day(2000, no_year[1], no_year[2]):
        return Value("DATE", text)
    raise BadInput(Problem(f'"{text}"', _why_no_date(text), _DATES))


def _why_no_date(text: str) -> str:
    ends = text.split("/")
    if is_before_days(text):
        return "lies before the year 1; a ledger orders days from the year 1 on"
    for end in ends:
        match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?[?~%]?", end)
        why = _why_no_day(int(match[1]), match[2], match[3]) if match else ""
        if why:
            return why
    if len(ends) == 2 and all(end in ("", "..") or is_edtf(end) for end in ends):
        return "ends before it begins"
    return "is not a date in EDTF"


def _why_no_day(year: int, month: str, day: str | None) -> str:
    """Why the calendar has no such month or day; empty when it has."""
    if not 1 <= int(month) <= 12:
        return "" if 21 <= int(month) <= 24 and day is None else f"has no month {month}"
    days = calendar.monthrange(max(year, 1), int(month))[1]
    if day is not None and not 1 <= int(day) <= days:
        return f"has no day {day}: {MONTHS[int(month) - 1]} has {days} days"
    return ""


def _quantity(text: str) -> Value:
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise BadInput(Problem(f'"{text}"', "is not a number with its unit", _NUMBERS))
    scale = _SCALES.get(match["scale"] or "", 1)
    low = _number(match["low"], scale)
    high = _number(match["high"], scale) if match["high"] else low
    if max(low, high) > _LARGEST:
        raise BadInput(Problem(f'"{text}"', "is too large", _NUMBERS))
    if low > high:
        raise BadInput(Problem(f'"{text}"', "has its larger number first", _NUMBERS))
    than = _SIGNS.get(match["than"] or "", match["than"])
    if than and low != high:
        raise BadInput(Problem(f'"{text}"', f'has both "{than}" and two numbers', _NUMBERS))
    unit = _unit(" ".join((match["unit"] or "").split())) or None
    about = bool(match["about"])
    body = _plain(low) if low == high else f"{_plain(low)}/{_plain(high)}"
    words = ["~" if about else "", than or "", body, unit or ""]
    return Value(
        "QUANTITY", " ".join(filter(None, words)), low=low, high=high, unit=unit,
        comparison=than, approx=about,
    )  # fmt: skip


def _unit(words: str) -> str:
    """A unit as the reader calls it: "men" and «солдат» are soldiers, "planes" aircraft.

    What no language knows stays as it is written.
    """
    low = folded(words.lower())
    known = [lexicon(language) for language in languages()]
    if not low[:1].isalpha() or any(low in one.data["units"] for one in known):
        return words
    return next((unit for one in known if (unit := one.units.get(low))), words)


def _number(digits: str, scale: float) -> float:
    return float(re.sub(r"[ ,\u00a0\u202f]", "", digits)) * scale


def _plain(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{value:.6f}".rstrip("0")


def in_words(value: Value, names: Mapping[str, str]) -> str:
    """`more than 1,500,000 soldiers`. `names` has the ids of actors and pacts in English."""
    if value.type == "DATE":
        return date_in_words(value.text)
    if value.type == "QUANTITY":
        return _counted(value)
    return name_in_words(value.text, names)


def _counted(value: Value) -> str:
    low, high = value.low or 0.0, value.high or 0.0
    about = "about " if value.approx else ""
    if low != high:
        return f"from {about}{number(low)} to {number(high)} {value.unit or ''}".strip()
    unit = value.unit or ""
    if low == 1 and unit:
        unit = "person" if unit == "people" else unit.removesuffix("s")
    return f"{about}{_THAN.get(value.comparison or '', '')}{number(low)} {unit}".strip()


def name_in_words(key: str, names: Mapping[str, str]) -> str:
    """The English name of an id; an id without one is taken apart: `Japan and China: pact`."""
    if key in names:
        return names[key]
    if key.startswith("UNNAMED:"):
        return f"{key.removeprefix('UNNAMED:')} (not named)"
    if key != key.upper() or not re.fullmatch(r"[A-Z0-9_]+", key):
        return key
    parts, found = key.split("_"), []
    while parts:
        # The longest beginning that is a known name.
        n = next((n for n in range(len(parts), 0, -1) if "_".join(parts[:n]) in names), 0)
        if not n:
            break
        found.append(names["_".join(parts[:n])])
        parts = parts[n:]
    kind = " ".join(parts).lower()
    return f"{listed(found)}: {kind}" if found and kind else kind or listed(found)
