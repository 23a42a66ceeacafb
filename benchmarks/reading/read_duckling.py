"""Duckling through its Python binding: times, and numbers."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import duckling
from adapter import serve

_ZONES = duckling.load_time_zones("/usr/share/zoneinfo")


def _point(end, back=0):
    """EDTF of a point at its grain, `back` units before it."""
    year, month, day = (int(part) for part in re.findall(r"\d+", end["value"])[:3])
    grain = end["grain"]
    if grain == "year":
        return f"{year - back:04}"
    if grain in ("month", "quarter"):
        step = back * (3 if grain == "quarter" else 1)
        year, month = divmod(12 * year + month - 1 - step, 12)
        if grain == "quarter":
            return f"{year:04}-{month + 1:02}/{year:04}-{month + 3:02}"
        return f"{year:04}-{month + 1:02}"
    first = date(year, month, day)
    if grain == "week":
        first -= timedelta(days=7 * back)
        return f"{first}/{first + timedelta(days=6)}"
    return (first - timedelta(days=back)).isoformat()


def _date(value):
    if value.get("type") != "interval":
        return _point(value), []
    low, high = value.get("from"), value.get("to")
    if low is None or high is None:
        return (f"../{_point(high)}" if high else f"{_point(low)}/.."), []
    # The end is the first moment after; both ways of reading that are accepted.
    first = _point(low).split("/")[0]
    last, after = (_point(high, back).split("/")[-1] for back in (1, 0))
    return f"{first}/{last}", [f"{first}/{after}"]


def read(text, language, when, variant):
    """Variant: time or number."""
    noon = datetime(when.year, when.month, when.day, 12, tzinfo=UTC)
    base = duckling.parse_ref_time(_ZONES, "UTC", int(noon.timestamp()))
    spoken = duckling.default_locale_lang(duckling.parse_lang(language.upper()))
    context = duckling.Context(base, duckling.parse_locale(f"{language.upper()}_XX", spoken))
    answers = json.loads(
        duckling.parse_text(text, context, duckling.parse_dimensions([variant]), False)
    )
    found = []
    for answer in answers:
        mention = {"start": answer["start"], "end": answer["end"]}
        value = answer["value"]
        if answer["dim"] == "number":
            found.append(mention | {"type": "QUANTITY", "value": value["value"]})
            continue
        if value.get("grain") in ("hour", "minute", "second") and "from" not in value:
            continue  # a time of day
        try:
            edtf, readings = _date(value)
        except (KeyError, ValueError):
            edtf, readings = None, []
        found.append(mention | {"type": "DATE", "value": edtf, "readings": readings})
    return found


serve("pyduckling-native-phihos", read)
