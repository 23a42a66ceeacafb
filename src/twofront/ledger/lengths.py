"""How long something is said to have lasted, held against its first and its last day.

    "It fell on 26 March 1913. A siege of 155 days was over": the ring was closed on 9 November

The last day is the nearest of the sentence, else the one told before it in the paragraph. The first
is the one day on which the texts have a siege, or else an attack or a landing, begin with a name of
that paragraph; where they have several, nothing is said. That the length runs from the one to the
other is taken for granted, so such a contradiction is one by convention.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from twofront.sources import Mention
from twofront.sources.happenings import Happening
from twofront.sources.verbs import sayings

from .clashes import Clash, Statement
from .words import day, length, listed

BOUNDING = ("before", "after", "by", "until")  # modifiers of days on which nothing need happen
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.2425 / 12, "years": 365.2425}
_ROOM = {"days": 0.0, "weeks": 3.5, "months": 15.5, "years": 183.0}  # to the nearest half unit
_BEGINS = (("besiege",), ("attack", "land"))  # what begins a siege, or else a fight
_LEAST = 3  # days; shorter lengths are told of other things
_LONGEST = 1500  # days between the first and the last day of one siege
_TIMES = 2  # how many times longer or shorter than said: beyond, it is another siege
_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")


def is_a_day(mention: Mention) -> bool:
    """Whether a date is one day of the calendar."""
    return mention.type == "DATE" and _DAY.fullmatch(str(mention.value)) is not None


def lengths_of(texts: Mapping[str, str], told: Mapping[str, Sequence[Happening]]) -> list[Clash]:
    """The lengths of all texts that their first and last day do not give, a sentence each."""
    lengths = [
        (doc, happening)
        for doc, happenings in told.items()
        for happening in happenings
        if tells_how_long(texts[doc], happening.mention)
    ]
    if not lengths:
        return []
    begun = _Begun(told)
    days = _days_of_paragraphs(told)
    found = []
    for doc, said in lengths:
        last = _last_day(said, days[doc, said.mention.para])
        clash = _clash(said, last, begun) if last is not None else None
        found += [clash] if clash is not None else []
    return found


def _days_of_paragraphs(
    told: Mapping[str, Sequence[Happening]],
) -> dict[tuple[str, int], list[Happening]]:
    found: dict[tuple[str, int], list[Happening]] = defaultdict(list)
    for doc, happenings in told.items():
        for happening in happenings:
            if is_a_day(happening.mention):
                found[doc, happening.mention.para].append(happening)
    return found


class _Begun:
    """The days on which something begins, by what and with which names."""

    def __init__(self, told: Mapping[str, Sequence[Happening]]) -> None:
        self.by_name: dict[tuple[int, str], list[tuple[int, str, int, Mention]]] = defaultdict(list)
        for happenings in told.values():
            for happening in happenings:
                mention = happening.mention
                if not is_a_day(mention) or mention.modifier in BOUNDING:
                    continue
                for kind, predicates in enumerate(_BEGINS):
                    if happening.predicate in predicates:
                        entry = _date(mention).toordinal(), mention.doc, mention.start, mention
                        for name in happening.names | happening.around | happening.perhaps:
                            self.by_name[kind, name].append(entry)
        for entries in self.by_name.values():
            entries.sort(key=lambda entry: entry[:3])

    def before(self, last: dt.date, names: frozenset[str]) -> Iterator[list[Mention]]:
        """For each kind of beginning those of its days that may be of what ended on a day."""
        end = last.toordinal()
        for kind in range(len(_BEGINS)):
            found: dict[Mention, None] = {}
            for entries in (self.by_name.get((kind, name), []) for name in sorted(names)):
                first = bisect.bisect_left(entries, end - _LONGEST, key=_ordinal)
                until = bisect.bisect_left(entries, end, key=_ordinal)
                found.update(dict.fromkeys(entry[3] for entry in entries[first:until]))
            yield list(found)


def _ordinal(entry: tuple[int, str, int, Mention]) -> int:
    return entry[0]


def _date(mention: Mention) -> dt.date:
    return dt.date.fromisoformat(str(mention.value))


def tells_how_long(text: str, mention: Mention) -> bool:
    """Whether a number of days or weeks says how long a siege or a fight went on."""
    if mention.type != "QUANTITY" or mention.unit not in _DAYS or mention.approx:
        return False
    if mention.comparison or not isinstance(mention.value, (int, float)):
        return False
    before = max(text.rfind(stop, 0, mention.start) for stop in (".", ";", "\n"))
    lasting = sayings(mention.language)["lasting"]
    said = text[before + 1 : mention.end].lower()
    return mention.value * _DAYS[mention.unit] >= _LEAST and lasting.search(said) is not None


def in_days(mention: Mention) -> tuple[float, float]:
    """How many days a length has, and how many it may be off as a round number."""
    return float(mention.value) * _DAYS[str(mention.unit)], _ROOM[str(mention.unit)]


def _last_day(said: Happening, paragraph: Sequence[Happening]) -> Happening | None:
    """The nearest day of the sentence, else the last one before it; none on which it begins."""
    mention = said.mention
    ends = [
        h
        for h in paragraph
        if h.mention.modifier not in BOUNDING
        and not any(h.predicate in predicates for predicates in _BEGINS)
    ]
    same = [h for h in ends if h.mention.sent == mention.sent]
    before = [h for h in ends if h.mention.end <= mention.start]
    if same:
        return min(same, key=lambda h: abs(h.mention.start - mention.start))
    return max(before, key=lambda h: h.mention.start, default=None)


def _clash(said: Happening, last: Happening, begun: _Begun) -> Clash | None:
    """A length that does not fit the one day on which it may have begun."""
    mention, end = said.mention, _date(last.mention)
    names = said.around | last.around | said.perhaps
    firsts = next((days for days in begun.before(end, names) if days), [])
    if len({str(first.value) for first in firsts}) != 1:
        return None
    first = min(firsts, key=lambda m: (m.doc, m.start))
    days, room = in_days(mention)
    gone = (end - _date(first)).days
    if days - room - 1 <= gone <= days + room or not days / _TIMES <= gone <= days * _TIMES:
        return None
    told = (
        f"{mention.place} says “{mention.text}”, but "
        + listed(
            [
                f"{first.place} has it begin on {day(_date(first))}",
                f"{last.mention.place} end on {day(end)}",
            ]
        )
        + f" ({length(gone, gone, 'days')}): all hold only if it is not taken for "
        "granted that it lasted from the one to the other."
    )
    parts = tuple(Statement("counted", (), told, (), m) for m in (mention, first, last.mention))
    return Clash(parts, told, by_convention=True, by_rounding=False)
