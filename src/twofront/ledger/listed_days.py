"""Days that a text gives for an event of the list, by its name and not by accident.

    "The battle of Waterloo was fought on 19 June 1815"
    "On 19 June 1815 the battle of Waterloo took place"
    "The battle of Waterloo (19 June 1815)"

Where the day is told of the name like this it is one of the event, and need not fit. Of a fight of
several days the list has the last: an earlier day near it may be the first, and nothing is said.
Neither is of sieges and treaties, which have several days.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from twofront.basics import bounds
from twofront.sources import Event, Events, Gazetteer, Mention
from twofront.sources.documents import Passage
from twofront.sources.grammar.pieces import Pieces, pieces_of, plain
from twofront.sources.happenings import facets_of
from twofront.sources.verbs import sayings

from .alignment import Reading
from .calendar_days import calendars_apart
from .lengths import is_a_day

_ON_ONE_DAY = ("fight", "occupy", "surrender", "murder", "die", "attack", "land")
_FIGHT, _DAYS_OF_A_FIGHT = "fight", 3
_NEAR = 62  # days within which a day may be meant for that of the list
_POINTS = ("point", "two-calendars", "old-style")  # rules of days that are written out
_OPENS = "|;:,(a"  # before a clause
_BESIDE = re.compile(r"[(o]|p")
_HAPPENED = re.compile(r"(?P<verb>[cw]{1,2})p?(?:W,?)?i?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def told_of_the_list(
    reading: Reading, events: Events, gazetteer: Gazetteer
) -> dict[Mention, Event]:
    """The days of a text that are told of an event of the list and are not its day."""
    days: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        if _is_written_out(mention):
            days[mention.para, mention.sent].append(mention)
    if not days:
        return {}
    document = reading.document
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in document.passages:
        for mention in days.get((passage.para, passage.sent), ())[:1]:
            passages[mention.language].append(passage)
    text = plain(document.text)
    found: dict[Mention, Event] = {}
    for language, worth in passages.items():
        pieces = pieces_of(document, language, worth, text)
        names = events.names_in(pieces)
        for first, last in dict.fromkeys((first, last) for first, last, _ in names):
            named = [event for a, _, event in names if a == first]
            at = pieces.passages[first]
            for mention in _told_of(pieces, first, last, days[at.para, at.sent]):
                event = _another_day(mention, named)
                if event is None or last - first < 2:
                    continue
                words = text[pieces.starts[first] : pieces.ends[last - 1]]
                predicate = facets_of(words, gazetteer, language)[0]
                if predicate in _ON_ONE_DAY and not _may_be_its_first(mention, event, predicate):
                    found[mention] = event
    return found


def _is_written_out(mention: Mention) -> bool:
    told = is_a_day(mention) and mention.rule in _POINTS and not mention.modifier
    return told and _YEAR.search(mention.text) is not None


def _told_of(pieces: Pieces, first: int, last: int, days: list[Mention]) -> Iterator[Mention]:
    """The day that stands where it can only be that of the event named there."""
    opens = first - (pieces.letters[first - 1 : first] == ["i"])
    for day in days:
        start, end = _span(pieces, day)
        clause = opens == 0 or pieces.letters[opens - 1] in _OPENS
        if last <= start and clause:
            between = pieces.shape[last:start]
            if _BESIDE.fullmatch(between):
                yield day
            match = _HAPPENED.fullmatch(between)
            if match and _happened(pieces, last, last + match.end("verb")):
                yield day
        elif end <= opens and _happened_on(pieces, end, opens, last):
            yield day


def _happened_on(pieces: Pieces, end: int, opens: int, last: int) -> bool:
    """ "On 19 June 1815 the battle was fought", «19 июня произошла битва»."""
    between = pieces.shape[end:opens].lstrip("y,")
    if not between:
        return any(_happened(pieces, last, last + size) for size in (1, 2))
    return re.fullmatch("[cw]{1,2}", between) is not None and _happened(
        pieces, opens - len(between), opens
    )


def _happened(pieces: Pieces, first: int, last: int) -> bool:
    words = " ".join(pieces.lows[first:last])
    return sayings(pieces.language)["takes_place"].fullmatch(words) is not None


def _span(pieces: Pieces, mention: Mention) -> tuple[int, int]:
    """The pieces of a mention."""
    at = [
        k
        for k, start in enumerate(pieces.starts)
        if mention.start <= start < mention.end and pieces.letters[k] != "|"
    ]
    return at[0], at[-1] + 1


def _another_day(mention: Mention, named: list[Event]) -> Event | None:
    """The event whose day this is not, though it must be meant; None where one may have it."""
    day = _ordinal(str(mention.value))
    near: list[tuple[int, Event]] = []
    for event in named:
        first, last = bounds(event.date) if not event.lasts else (None, None)
        if first is None or last is None or day is None:
            return None
        gap = max(first.toordinal() - day, day - last.toordinal())
        old_style = first.toordinal() - day == calendars_apart(first.toordinal())
        if gap <= 0 or old_style:
            return None
        near.append((gap, event))
    gap, event = min(near, key=lambda pair: pair[0])
    return event if gap <= _NEAR else None


def _may_be_its_first(mention: Mention, event: Event, predicate: str) -> bool:
    last, day = _ordinal(event.date), _ordinal(str(mention.value))
    if predicate != _FIGHT or last is None or day is None:
        return False
    return 0 < last - day <= _DAYS_OF_A_FIGHT


def _ordinal(edtf: str) -> int | None:
    first, _ = bounds(edtf)
    return None if first is None else first.toordinal()
