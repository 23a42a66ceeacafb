"""How long something is said to have lasted, held against its first and its last day.

    "It fell on 26 March 1913. A siege of 155 days was over": the ring was closed on 9 November

The last day is that of the sentence, else the one told before it in the paragraph. The first is the
one day on which the texts have a siege, an attack or a landing begin with a name of that paragraph;
of several days one that fits is enough. That the length runs from the one to the other is taken for
granted, so such a contradiction is one by convention.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from twofront.sources import Mention
from twofront.sources.happenings import Happening, sayings

from .clashes import Clash, Statement
from .words import day, length, listed

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.2425 / 12, "years": 365.2425}
_ROOM = {"days": 0.0, "weeks": 3.5, "months": 15.5, "years": 183.0}  # to the nearest half unit
_BEGINS = (("besiege",), ("attack", "land"))  # what begins a siege, or else a fight
_LEAST = 3  # days; shorter lengths are told of other things
_LONGEST = 1500  # days between the first and the last day of one siege
_TIMES = 2  # how many times longer or shorter than said: beyond, it is another siege
_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")


def lengths_of(texts: Mapping[str, str], told: Mapping[str, Sequence[Happening]]) -> list[Clash]:
    """The lengths of all texts that no first day fits, each told in one sentence."""
    dated = [h for happenings in told.values() for h in happenings if _is_day(h.mention)]
    found = []
    for doc, happenings in told.items():
        for happening in happenings:
            if _tells_how_long(texts[doc], happening):
                last = _last_day(happening, happenings)
                clash = _clash(happening, last, dated) if last is not None else None
                found += [clash] if clash is not None else []
    return found


def _is_day(mention: Mention) -> bool:
    return mention.type == "DATE" and _DAY.fullmatch(str(mention.value)) is not None


def _date(mention: Mention) -> dt.date:
    return dt.date.fromisoformat(str(mention.value))


def _tells_how_long(text: str, happening: Happening) -> bool:
    """Whether a number of days or weeks says how long a siege or a fight went on."""
    mention = happening.mention
    if mention.type != "QUANTITY" or mention.unit not in _DAYS or mention.approx:
        return False
    if mention.comparison or not isinstance(mention.value, (int, float)):
        return False
    before = max(text.rfind(stop, 0, mention.start) for stop in (".", ";", "\n"))
    lasting = sayings(mention.language)["lasting"]
    said = text[before + 1 : mention.end].lower()
    return mention.value * _DAYS[mention.unit] >= _LEAST and lasting.search(said) is not None


def _last_day(happening: Happening, happenings: Sequence[Happening]) -> Happening | None:
    """The day of the sentence, else the last one told before it in the paragraph."""
    mention = happening.mention
    here = [h for h in happenings if _is_day(h.mention) and h.mention.para == mention.para]
    same = [h for h in here if h.mention.sent == mention.sent]
    before = [h for h in here if h.mention.end <= mention.start]
    return (same or before or [None])[-1]


def _clash(said: Happening, last: Happening, dated: Sequence[Happening]) -> Clash | None:
    """A length that none of the days fits on which it may have begun."""
    mention = said.mention
    names = said.around | last.around | said.perhaps
    for predicates in _BEGINS:
        firsts = {
            str(h.mention.value): h.mention
            for h in dated
            if h.predicate in predicates
            and names & (h.names | h.around | h.perhaps)
            and 0 < (_date(last.mention) - _date(h.mention)).days <= _LONGEST
        }
        if firsts:
            break
    else:
        return None
    days, room = float(mention.value) * _DAYS[str(mention.unit)], _ROOM[str(mention.unit)]
    gone = {value: (_date(last.mention) - _date(first)).days for value, first in firsts.items()}
    fits = any(days - room - 1 <= n <= days + room for n in gone.values())
    if fits or len(gone) > 1 or not days / _TIMES <= min(gone.values()) <= days * _TIMES:
        return None
    ((value, first),) = firsts.items()
    told = (
        f"{mention.place} says “{mention.text}”, but "
        + listed(
            [
                f"{first.place} has it begin on {day(_date(first))}",
                f"{last.mention.place} end on {day(_date(last.mention))}",
            ]
        )
        + f" ({length(gone[value], gone[value], 'days')}): all hold only if it is not taken for "
        "granted that it lasted from the one to the other."
    )
    parts = tuple(Statement("counted", (), told, (), m) for m in (mention, first, last.mention))
    return Clash(parts, told, by_convention=True, by_rounding=False)
