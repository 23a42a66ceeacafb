"""Recognizers-Text: dates, and numbers, of English.

Sentence by sentence: where it fails inside, it silently gives up the rest of its input.
"""

import re
from datetime import date, datetime, time, timedelta

from adapter import from_timex, is_reference, sentences, serve
from recognizers_date_time import Culture, recognize_datetime
from recognizers_number import recognize_number


def _day_before(day):
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _date(values):
    """Value and other readings; of several, the tool's first, which lies in the past."""
    first = values[0]
    timex = first["timex"]
    if timex.startswith("(") and "start" in first and "end" in first:
        # It leaves its ends open to the right; both ways of reading that are accepted.
        start, end = first["start"][:10], first["end"][:10]
        return f"{start}/{end}", [f"{start}/{_day_before(end)}"]
    if "XXXX" not in timex and (value := from_timex(timex)):
        return value, []
    if "start" in first and "end" in first:
        return f"{first['start'][:10]}/{_day_before(first['end'][:10])}", []
    return (first["value"][:10] if re.match(r"\d{4}-", first.get("value", "")) else None), []


def dates(line, when):
    """Dates and date ranges; times of day, durations and sets are left out."""
    for found in recognize_datetime(line, Culture.English, reference=when):
        kind = found.type_name.split(".")[-1]
        values = (found.resolution or {}).get("values") or [{"timex": ""}]
        if kind in ("date", "daterange", "datetime", "datetimerange") and not is_reference(
            values[0].get("timex", "")
        ):
            try:
                value, readings = _date(values)
            except (KeyError, ValueError):
                value, readings = None, []
            yield {"type": "DATE", "start": found.start, "end": found.end + 1, "value": value,
                   "readings": readings}  # fmt: skip


def numbers(line, when):
    """Cardinal numbers."""
    for found in recognize_number(line, Culture.English):
        value = (found.resolution or {}).get("value")
        yield {"type": "QUANTITY", "start": found.start, "end": found.end + 1, "value": value}


def read(text, language, when, variant):
    """Variant: date or number."""
    find, moment = (dates if variant == "date" else numbers), datetime.combine(when, time())
    return [
        m | {"start": m["start"] + offset, "end": m["end"] + offset}
        for offset, line in sentences(text)
        for m in find(line, moment)
    ]


serve("recognizers-text-date-time", read)
