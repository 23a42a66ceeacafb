"""What every reader shares: questions on standard input, mentions on standard output, a clock.

A reader runs in the interpreter of its own environment, so this file needs nothing but the standard
library. First it prints its version; then it answers every line

    {"text": ..., "language": "en", "date": "1941-06", "variant": ...}

with {"mentions": [...], "seconds": processor time of the reading alone}. A mention has type, start,
end (code points) and value: EDTF of a date, a number, [low, high] of a range, a speaker. Where the
tool does not say how precise a date is, `readings` holds the other values it may stand for.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

Mentions = list[dict[str, Any]]
Read = Callable[[str, str, date, str], Mentions]


def serve(package: str | None, read: Read) -> None:
    """Answers until standard input ends. `read` takes text, language, reference date, variant."""
    # Tools print what they like; only answers may go out where the answers are read.
    out, sys.stdout = sys.stdout, sys.stderr

    def say(answer: dict[str, Any]) -> None:
        out.write(json.dumps(answer) + "\n")
        out.flush()

    say({"version": version(package) if package else "-"})
    for line in sys.stdin:
        asked = json.loads(line)
        text, when = asked["text"], reference_date(asked["date"])
        begin = time.process_time()
        try:
            found = read(text, asked["language"], when, asked["variant"])
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"[:300]})
            continue
        say({"mentions": found, "seconds": time.process_time() - begin})


_UNDATED = "2000"  # the year of a document that does not say when it was written


def reference_date(edtf: str) -> date:
    """A day to stand for the date of a document: the middle of a year or month."""
    year, month, day = ([int(p) for p in re.findall(r"\d+", edtf or _UNDATED)] + [0, 0])[:3]
    return date(year, month or 7, day or (15 if month else 1))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Non-blank lines and where they start, for tools that are meant for short inputs."""
    for line in re.finditer(r"[^\r\n]+", text):
        if line.group().strip():
            yield line.start(), line.group()


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Rough sentences and where they start."""
    for offset, line in paragraphs(text):
        start = 0
        for gap in re.finditer(r"(?<=[.!?;”\"])\s+(?=[A-Z“\"])", line):
            yield offset + start, line[start : gap.start()]
            start = gap.end()
        yield offset + start, line[start:]


_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def from_timex(value: str) -> str | None:
    """EDTF of a TIMEX3 value; None where the value is no place on the calendar."""
    value = value.strip().split("T")[0]
    if re.fullmatch(r"[\dX]{4}(-\d\d(-(\d\d|XX))?)?", value):
        return value
    if re.fullmatch(r"\d{2,3}", value):  # a century or a decade
        return value.ljust(4, "X")
    if part := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI|[QH]\d|W\d\d)(-WE|-\d)?", value):
        year, name = int(part[1]), part[2]
        if name in _SEASONS:
            return f"{year}-{_SEASONS[name]}"
        if name[0] == "W":
            try:
                first = date.fromisocalendar(year, int(name[1:]), 1)
            except ValueError:
                return None
            return f"{first}/{first + timedelta(days=6)}"
        months = 3 if name[0] == "Q" else 6
        last = months * int(name[1])
        return f"{year}-{last - months + 1:02}/{year}-{last:02}" if 0 < last <= 12 else None
    return None


def is_reference(value: str) -> bool:
    """Whether a TIMEX3 value only says now, once or one day."""
    return value.endswith("_REF")


def precisions(when: datetime) -> dict[str, Any]:
    """A moment as the day, the month and the year it may stand for."""
    day = f"{when.year:04}-{when.month:02}-{when.day:02}"
    return {"value": day, "readings": [day[:7], day[:4]]}
