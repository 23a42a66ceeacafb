"""How a finding speaks: dates, spans, numbers and names in plain English.

`8 August 1901`, `8 or 9 May 1901`, `between 3 and 9 June 1901`, `1,200 ships or more`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from twofront.basics import bounds, precision, standing_of
from twofront.basics.words import point_in_words

from .load import Ledger
from .statements import DAYS_PER_MONTH

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Range = tuple[float | None, float | None]
_ROUNDING = 1e-6  # days; sums of months are not exact


def listed(parts: Iterable[str], word: str = "and") -> str:
    """`a, b and c`."""
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def sentence(text: str) -> str:
    """With a capital at the start and a full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def day(date: dt.date) -> str:
    """`8 August 1901`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def month(number: int) -> str:
    """`August`."""
    return _MONTHS[number - 1]


def weekday(number: int) -> str:
    """`Monday`, which is the first."""
    return _WEEKDAYS[number - 1]


def when(edtf: str) -> str:
    """An EDTF date in words: `June 1901`, `about June 1901`, `June 1901 to 1905`."""
    ends = edtf.split("/")
    if len(ends) == 2:
        earliest, latest = bounds(edtf)
        if earliest is None:
            return f"until {_point(ends[1])}"
        if latest is None:
            return f"since {_point(ends[0])}"
        if ends[0].count("-") == ends[1].count("-") == 2:
            return _days(earliest, latest)
        return f"{_point(ends[0])} to {_point(ends[1])}"
    return _point(edtf)


def at(edtf: str) -> str:
    """The same with its preposition: `on 8 August 1901`, `in June 1901`, `from 1901 to 1905`."""
    ends = edtf.split("/")
    if len(ends) == 2:
        if ".." in ends or "" in ends:
            return when(edtf)
        return f"from {_point(ends[0])} to {_point(ends[1])}"
    if edtf.endswith("?"):
        return f"perhaps {at(edtf[:-1])}"
    text = when(edtf)
    if text.startswith("about "):
        return text
    return f"on {text}" if text[:1].isdigit() and " " in text else f"in {text}"


def placed(edtf: str) -> str:
    """Where a point lies: `on 8 or 9 May 1901`, `in 1901`, `between June and December 1901`."""
    ends = edtf.split("/")
    earliest, latest = bounds(edtf)
    if earliest is None or latest is None:
        return span(earliest, latest)
    if len(ends) == 1:
        return at(edtf)
    if ends[0].count("-") == ends[1].count("-") == 2:
        return span(earliest, latest)
    first, last = _point(ends[0]), _point(ends[1])
    if first != last and earliest.year == latest.year:
        first = first.removesuffix(f" {earliest.year}")
    return f"between {first} and {last}"


def _point(edtf: str) -> str:
    about = "perhaps " if edtf.endswith("?") else "about " if edtf.endswith(("~", "%")) else ""
    earliest, latest = bounds(edtf)
    if earliest is None or latest is None:
        return about + edtf
    if earliest == latest:
        return about + day(earliest)
    if precision(edtf) == "season":
        return point_in_words(edtf)
    if (latest - earliest).days <= 31:
        return f"{about}{_MONTHS[earliest.month - 1]} {earliest.year}"
    if earliest.year == latest.year:
        return f"{about}{earliest.year}"
    return f"{about}{earliest.year} to {latest.year}"


def _days(earliest: dt.date, latest: dt.date) -> str:
    gap = (latest - earliest).days
    if gap == 0:
        return day(earliest)
    same_month = (earliest.year, earliest.month) == (latest.year, latest.month)
    first = str(earliest.day) if same_month else day(earliest)
    return f"{first} or {day(latest)}" if gap == 1 else f"{first} to {day(latest)}"


def span(earliest: dt.date | None, latest: dt.date | None) -> str:
    """Where a day may lie: `on 8 August 1901`, `between 1 and 30 April 1901`."""
    if earliest is None and latest is None:
        return "on any day"
    if earliest is None:
        return f"not after {day(latest)}" if latest else ""
    if latest is None:
        return f"not before {day(earliest)}"
    gap = (latest - earliest).days
    if gap <= 1:
        return f"on {_days(earliest, latest)}"
    return f"between {_days(earliest, latest).replace(' to ', ' and ')}"


def whole_days(low: float, high: float) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day between two times counted in days; None where it is open.

    Where no whole day lies between them, the one nearest to both.
    """
    first = math.ceil(low - _ROUNDING) if math.isfinite(low) else low
    last = math.floor(high + _ROUNDING) if math.isfinite(high) else high
    if first > last:
        first = last = round((low + high) / 2)
    return _date(first), _date(last)


def _date(ordinal: float) -> dt.date | None:
    if math.isinf(ordinal) or not 1 <= ordinal <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(int(ordinal))


def number(value: float) -> str:
    """`1,340`, `2.5`, `3 million`."""
    if abs(value) >= 1e6 and value % 100_000 == 0:
        return f"{value / 1e6:,.1f}".removesuffix(".0") + " million"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(value: float | None, range_: Range, unit: str = "") -> str:
    """A number with the room that its wording leaves, and its unit."""
    low, high = range_
    tail = f" {unit}" if unit and unit != "1" else ""
    if low is not None and high is None:
        return f"{number(low)}{tail} or more"
    if high is not None and low is None:
        return f"{number(high)}{tail} or less"
    if low is None or high is None:
        return f"{number(value)}{tail}" if value is not None else f"an unknown number{tail}"
    if low == high:
        return f"{number(low)}{tail}"
    if value is not None:
        return f"about {number(value)}{tail}"
    return f"{number(low)} to {number(high)}{tail}"


def length(low: float, high: float, unit: str = "days") -> str:
    """A stretch of time in days, and in months or years where the statement counts in them."""
    # A whole number of days is what the calendar has; the bounds are rounded inwards.
    fewest = math.ceil(low - _ROUNDING) if math.isfinite(low) else low
    most = math.floor(high + _ROUNDING) if math.isfinite(high) else high
    about = ""
    if fewest > most:  # a length counted in months or years, between two whole days
        fewest = most = round((low + high) / 2)
        about = "about "
    if about and not fewest:
        return "less than a day"
    text = about + _range(fewest, most)
    ends = [days for days in (fewest, most) if math.isfinite(days)]
    if unit in ("months", "years"):
        text += f" ({_in(ends, DAYS_PER_MONTH)} months)"
    elif ends and min(ends) >= 400:
        text += f" ({_in(ends, 12 * DAYS_PER_MONTH)} years)"
    return text


def _in(days: list[float], unit: float) -> str:
    return listed(dict.fromkeys(f"{count / unit:.1f}" for count in days), "to")


def _range(low: float, high: float) -> str:
    if math.isinf(low) and math.isinf(high):
        return "any number of days"
    if math.isinf(high):
        return f"at least {_count(low)}"
    if math.isinf(low):
        return f"at most {_count(high)}"
    if low == high:
        return _count(low)
    return f"{low:,} {'or' if high == low + 1 else 'to'} {_count(high)}"


def _count(days: float) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"


def who(ledger: Ledger, claims: Sequence[str], references: Sequence[str]) -> str:
    """Who says it: `the speech (C001)`, `other sources`, `general knowledge`."""
    by_text: dict[str, list[str]] = {}
    for claim_id in claims:
        doc = ledger.claim(claim_id).docs[0]
        by_text.setdefault(ledger.documents[doc].name, []).append(claim_id)
    parts = [f"{name} ({', '.join(ids)})" for name, ids in by_text.items()]
    if references and not parts:
        # Honest about standing: a date that nobody looked up is not "other sources".
        recalled = all(standing(ledger, key) in ("recall", "derived") for key in references)
        parts.append("general knowledge" if recalled else "other sources")
    elif references:
        parts.append("other sources")
    return listed(parts)


def standing(ledger: Ledger, key: str) -> str:
    """What kind of source a reference is: `primary`, `scholarly`, `press`, `recall` ..."""
    return standing_of(ledger.references.get(key, {}))


NAMED = 3
"""Names of no gazetteer that are told with an act."""
PARTS = ("early", "mid", "late")  # modifiers of a date that is part of a month or year
ON_PACTS = ("sign", "ratify", "end-pact", "expire")
"""What happens to a pact, and not between powers."""
OF_A_PERSON = ("die", "wound", "murder")
"""What happens to one person, who is named then, and not the power that he serves."""
DEEDS = {
    "attack": "the attack", "enter": "the entry into the war", "occupy": "the occupation",
    "fight": "the fighting", "besiege": "the siege", "win": "the victory", "lose": "the loss",
    "surrender": "the surrender", "truce": "the ceasefire", "die": "the death",
    "sign": "the signing", "ratify": "the ratification", "end-pact": "the end",
    "expire": "the expiry", "withdraw": "the withdrawal", "supply": "the supplies",
    "found": "the founding", "propose": "the proposal", "promise": "the promise",
    "keep": "what was promised", "hold": "the strength", "send": "the transfer",
    "land": "the landing", "cross": "the crossing", "speak": "the words",
    "appoint": "the appointment", "learn": "the report",
    "murder": "the assassination", "wound": "the wounding",
    "dismiss": "the dismissal", "sail": "the sailing",
}  # fmt: skip
"""What the readers know to happen, by predicate."""


def deed(predicate: str, pacts: Iterable[str] = ()) -> str:
    """What a predicate of the readers is called: `the attack`, `the end of the Peace of Paris`."""
    label, of = DEEDS.get(predicate, "what happened"), listed(pacts)
    return f"{label} of the {of}" if of else label
