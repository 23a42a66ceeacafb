"""Two dates of one thing that stand side by side, of which one is counted.

"On 30 June, eight days after the landing"    "ten days later, on 20 August"
"""

from __future__ import annotations

import re

from twofront.basics import days_apart
from twofront.sources import Mention
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.happenings import Happening

from .lengths import is_a_day

_NEXT = 5  # letters between the words that a date is counted from and its other name: ", on "
_FROM_THE_STORY = ("offset-later", "offset-earlier", "pointing-X")
"""Rules of dates that are counted from what was told before."""
_AGO = "offset-ago"
_YEAR = 366
_SIDE_BY_SIDE = 3  # letters between two dates in apposition


def is_apposition(one: Happening, other: Happening, text: str) -> bool:
    """ "On 30 June, eight days after ...": two dates of one thing, side by side.

    Only "exactly eight days after" may stand elsewhere by the same verb: "Eight days later" rather
    dates the next thing. "They took A on the 20th, ten days after the landing" ends its sentence.
    """
    first, second = one.mention, other.mention
    if (first.para, first.sent) != (second.para, second.sent):
        return False
    if is_counted(first) == is_counted(second):
        return False
    counted, dated = (first, second) if is_counted(first) else (second, first)
    if counted.rule in _FROM_THE_STORY and is_a_day(dated):
        return _says_the_same(counted, dated, text)
    if not counted.rule.startswith("offset"):
        return False
    if counted.rule == _AGO and days_apart(str(counted.value), str(dated.value)) > _YEAR:
        return False  # "today, 28 May 2022, forty years ago": the day from which it is counted
    if counted is second and _ends_with_a_count(one, other, text):
        return True
    if counted.anchor == str(dated.value).rstrip("?~%"):
        return False  # counted from the other, not a second name for it
    begins = counted.start if counted.opens is None else counted.opens
    led = text[:begins].rsplit(maxsplit=1)[-1:]
    exact = bool(led) and lexicon(counted.language).says("exactly", led[0].lower())
    if exact and one.verb >= 0 and one.verb == other.verb:
        return True
    opens = begins if counted is second else second.start
    near = 0 <= opens - first.end <= _SIDE_BY_SIDE + exact * len(" ".join(led))
    unit = (counted.offset or "")[-1:]
    if counted is first and one.counted_until >= 0 and (unit in ("D", "W") or is_a_day(dated)):
        # "Ten days after the landing, on 3 May, ...": the date follows what it is counted from.
        # "Ten years before, in May" is a way of speaking.
        between = text[one.counted_until : second.start]
        near |= unit != "Y" and between.startswith(",") and len(between) <= _NEXT
    return near


def is_counted(mention: Mention) -> bool:
    """Whether a date is one that is counted from something."""
    return mention.rule.startswith("offset") or mention.rule in _FROM_THE_STORY


def _says_the_same(counted: Mention, dated: Mention, text: str) -> bool:
    """ "Ten days later, on 20 August", "on 20 August, the next day": in commas."""
    if not re.fullmatch(r"-?P[\d.]+[DWM]", counted.offset or ""):
        return False
    if counted.rule.startswith("pointing") and counted.offset != "P1D":
        return False
    first, second = sorted((counted, dated), key=lambda m: m.start)
    begins = second.start if second.opens is None else second.opens
    between = text[first.end : begins]
    closed = counted is first or text[second.end : second.end + 1] in (",", ".", ";")
    return len(between) <= _NEXT and between.startswith(",") and closed


def _ends_with_a_count(one: Happening, other: Happening, text: str) -> bool:
    """ "On 20 August they took A, ten days after the landing.": a date and a count of one verb."""
    counted = other.mention
    if other.counted_from is None or one.verb < 0 or one.verb != other.verb:
        return False
    if not is_a_day(one.mention) or (counted.offset or "")[-1:] == "Y":
        return False
    begins = counted.start if counted.opens is None else counted.opens
    between = text[one.mention.end : begins].rstrip()
    words = re.findall(r"\w+", between.lower())
    joined = any(lexicon(counted.language).says("coordinators", word) for word in words)
    alone = between.endswith(",") and between.count(",") == 1 and not set(between) & set(";:—–(")
    until = text[other.counted_until : other.counted_until + 1]
    return alone and not joined and until in (".", ";", "")
