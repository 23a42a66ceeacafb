"""Events a text counts from ("ten days after the fall of ..."), and days that have a name.

    [[event]]
    id = "german-surrender"       may be left out: made of the first English name then
    date = "1945-05-08"           EDTF; XXXX-12-25 comes back every year; "easter-2" is two days
                                  before Easter, "pascha+49" seven weeks after that of the Julian
                                  calendar, "4 thursday XXXX-11" the fourth Thursday of November,
                                  "last monday XXXX-05" the last Monday of May;
                                  "1939-09-01/1945-09-02" lasted from the first to the last day
    named = false                 true: the name is a date wherever it stands
    en = ["surrender of Germany"] a list for each language; a trailing * stands for any inflection

The packaged files `events/*.toml` are data; a scenario or a user brings files of their own.
The words of a name follow each other, with at most two others between them. Several events may
share a name: the one nearest to the time of the story is meant. Of what lasted, texts count on
from the last day and back from the first.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from twofront.basics import BadInput, Problem, is_edtf
from twofront.basics.files import toml_files

from ..grammar.lexicon import Words, lexicon
from ..grammar.pieces import Pieces, plain, tokens
from ..naming.patterns import ACCEPTED, is_name, shortened
from .spans import Point, point_of

_FOLDER = Path(__file__).parent.parent / "events"
_GAP = 2  # other words allowed between the words of an event's name
_WINDOW = 12
_SHORT = 2  # letters: the point behind "St" or "F" ends nothing
_NEAR = 3  # years between the story and an event that a clause tells of
_YEARLY = re.compile(r"XXXX-(\d\d-\d\d)\Z")
_FEAST = re.compile(r"(easter|pascha)([+-]\d{1,2})?\Z")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"([1-4]|last) ({'|'.join(_WEEKDAYS)}) XXXX-(0[1-9]|1[0-2])\Z")
_KEYS = ("id", "date", "named")
_LAYOUT = '[[event]] with date = "1945-05-08", en = ["surrender of Germany"], id, named'
_T = TypeVar("_T")


@dataclass(frozen=True)
class Event:
    """Something that happened on a known day, by which texts count: `date` as in the files."""

    id: str
    date: str
    named: bool
    names: dict[str, tuple[str, ...]]

    @functools.cached_property
    def point(self) -> Point | None:
        """The day (or the first day) as a point."""
        return _movable(self.date) or point_of(self.date)

    @functools.cached_property
    def end(self) -> Point | None:
        """The last day; the same as `point` unless the event lasted."""
        return point_of(self.date.split("/")[1]) if self.lasts else self.point

    @property
    def lasts(self) -> bool:
        """Whether the date is an interval: a war, a siege."""
        return "/" in self.date

    def years_from(self, year: int) -> int:
        """Years between a year and the event, 0 when it fell into it or has no year of its own."""
        first, last = self.point and self.point.year, self.end and self.end.year
        return max(first - year, year - last, 0) if first and last else 0


@dataclass(frozen=True)
class _Name:
    """A name of an event, and its place among all names: of equal ones the first counts."""

    words: tuple[Words, ...]
    event: Event
    place: int
    proper: bool  # written with a capital letter


class Events:
    """Events by their names in each language."""

    def __init__(self, events: list[Event]) -> None:
        self._events = {event.id: event for event in events}
        self._days: dict[str, dict[str, list[tuple[list[str], str, Point]]]] = {}
        self._names: dict[str, Words] = {}
        self._openers: dict[str, Words] = {}
        self._keys: dict[str, dict[str, list[tuple[frozenset[str], Event, int]]]] = {}

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events.values())

    def __getitem__(self, event_id: str) -> Event:
        return self._events[event_id]

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._events

    def named_days(self, language: str) -> list[tuple[str, Event]]:
        """Names that are dates wherever they stand ("Armistice Day"), with their events."""
        return [(name, e) for e in self if e.named for name in e.names.get(language, ())]

    def names_of_days(self, language: str) -> dict[str, list[tuple[list[str], str, Point]]]:
        """By their first words: the words of the names of days, as written, and their days."""
        known = self._days.get(language)
        if known is None:
            known = self._days[language] = {}
            for name, event in self.named_days(language):
                words = tokens(name)
                if words and event.point:
                    known.setdefault(words[0], []).append((words, plain(name), event.point))
            for names in known.values():
                names.sort(key=lambda item: -len(item[0]))
        return known

    def after(self, pieces: Pieces, first: int, near: int | None) -> tuple[Event, int] | None:
        """The event named soon after piece `first`, and its distance in pieces.

        `near` is the year that the story has reached.
        """
        window = [pieces.lows[i] for i in _window(pieces, first)]
        best: tuple[tuple[int, int, int, int, int], Event] | None = None
        for name in self._among(pieces.language, window):
            at = _found(name.words, window)
            if at is None:
                continue
            apart = name.event.years_from(near) if near is not None else 0
            rank = at // 2, apart if apart > _NEAR else 0, -len(name.words), at, name.place
            if best is None or rank < best[0]:
                best = rank, name.event
        return (best[1], best[0][3]) if best else None

    def named_in(self, pieces: Pieces) -> list[tuple[int, Event]]:
        """Where events of a known year are named: the first piece of each name, and the event."""
        return [(first, event) for first, _, event in self.names_in(pieces)]

    def names_in(self, pieces: Pieces) -> list[tuple[int, int, Event]]:
        """The names of events of a known year: where each begins and ends, and the event.

        Names do not overlap: the first counts, and of those that begin together the longest. When
        events of several dates have that name, all are given. One word alone is a name only when
        it is written with a capital letter, as in the files ("Waterloo", but no "armistice").
        """
        names = self._by_rarest_word(pieces.language)
        rare = {low: every for low in pieces.vocabulary if (every := [*names.every(low)])}
        first = self._openers[pieces.language]
        openers = {low for low in pieces.vocabulary if low in first} if rare else frozenset[str]()
        found: list[tuple[int, int, Event]] = []
        done = 0
        for i, low in enumerate(pieces.lows) if openers else ():
            if i < done or low not in openers:
                continue
            window = _window(pieces, i, "|;.:,")
            words = [pieces.lows[k] for k in window]
            best: dict[str, Event] = {}
            most = 0
            for name in (n for word in {*words} & rare.keys() for ns in rare[word] for n in ns):
                size, point = len(name.words), name.event.point
                last = _last(name.words, words, 0) if size >= most else None
                alone = size == 1 and not (name.proper and pieces.is_capital(i))
                if last is None or alone or point is None or point.year is None:
                    continue
                if size > most:
                    best, most, done = {}, size, i
                best[name.event.id] = name.event
                done = max(done, window[last] + 1)
            found.extend((i, done, best[event]) for event in sorted(best))
        return found

    def told(self, pieces: Pieces, first: int, last: int, near: int | None) -> Event | None:
        """The event that a clause tells of in words of its own ("X invaded Y"), if one does."""
        words = lexicon(pieces.language)
        at = {words.key(low): k for k, low in enumerate(pieces.lows[first:last]) if len(low) > 2}
        best: tuple[tuple[int, bool, int], Event] | None = None
        by_key = self._by_keys(pieces.language)
        for name, event, place in (item for key in at for item in by_key.get(key, ())):
            if not name <= at.keys():
                continue
            # What is done comes before that to which it is done.
            happens = max(at[key] for key in name if key.startswith("deed "))
            rank = len(name), max(at[key] for key in name) > happens, -place
            close = near is None or event.years_from(near) <= _NEAR
            if close and (best is None or rank > best[0]):
                best = rank, event
        return best[1] if best else None

    def _by_keys(self, language: str) -> dict[str, list[tuple[frozenset[str], Event, int]]]:
        """Names of something that happens, as what their words share with other forms.

        Each stands under the rarest of its words. What lasted is left out: a clause that tells
        of a war tells of no day.
        """
        known = self._keys.get(language)
        if known is None:
            names, words = [], lexicon(language)
            for event in self:
                for name in () if event.lasts else event.names.get(language, ()):
                    content = [w.rstrip("*") for w in tokens(name.replace("*", "")) if len(w) > 2]
                    found = frozenset(
                        words.key(w) for w in content if not words.says("never_a_noun", w)
                    )
                    if len(found) > 1 and any(key.startswith("deed ") for key in found):
                        names.append((found, event, len(names)))
            known = self._keys[language] = _by_rarest(names, lambda item: sorted(item[0]))
        return known

    def _among(self, language: str, window: list[str]) -> Iterator[_Name]:
        """The names of which one word, the rarest, is among some words."""
        by_word = self._by_rarest_word(language)
        for word in dict.fromkeys(window):
            for names in by_word.every(word):
                yield from names

    def _by_rarest_word(self, language: str) -> Words:
        """Each name under that of its words which the fewest others have."""
        known = self._names.get(language)
        if known is None:
            spelled = [(n, e) for e in self if e.point for n in e.names.get(language, ())]
            alone = functools.cache(lambda word: Words([(word, True)], language))
            names = [
                (words, _Name(tuple(map(alone, words)), event, place, name != name.lower()))
                for place, (name, event) in enumerate(spelled)
                if (words := _spelled(name))
            ]
            by_word = _by_rarest(names, lambda item: item[0])
            entries = [(word, [name for _, name in found]) for word, found in by_word.items()]
            known = self._names[language] = Words(entries, language)
            self._openers[language] = Words(((words[0], True) for words, _ in names), language)
        return known


def _by_rarest(items: list[_T], words_of: Callable[[_T], Iterable[str]]) -> dict[str, list[_T]]:
    """Each of some things under that of its words which the fewest others have."""
    often = Counter(word for item in items for word in words_of(item))
    found: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        found[min(words_of(item), key=often.__getitem__)].append(item)
    return dict(found)


def _spelled(name: str) -> list[str]:
    """The words of a name as pieces have them: "Years'" without the sign at its end."""
    words = re.sub(r"[-.]", " ", plain(name).lower().replace('"', "")).split()
    return [word.rstrip("'") for word in words]


def _window(pieces: Pieces, first: int, ends: str = "|;.:") -> list[int]:
    """The pieces from one on, up to a sign that ends it, in which the words of a name are."""
    found: list[int] = []
    for i in range(first, min(first + _WINDOW, len(pieces.lows))):
        short = i > first and pieces.lows[i] == "." and len(pieces.lows[i - 1]) <= _SHORT
        if pieces.letters[i] in ends and not short:
            break
        if pieces.lows[i] != "-" and not short:
            found.append(i)
    return found


def _found(phrase: tuple[Words, ...], words: list[str]) -> int | None:
    """The first word at which a name begins."""
    return next((k for k in range(len(words)) if _last(phrase, words, k) is not None), None)


def _last(phrase: tuple[Words, ...], words: list[str], start: int) -> int | None:
    """The last word of a name that begins at a word; None when it does not."""
    if start >= len(words) or words[start] not in phrase[0]:
        return None
    at = start
    for word in phrase[1:]:
        ahead = range(at + 1, min(at + 2 + _GAP, len(words)))
        later = next((k for k in ahead if words[k] in word), None)
        if later is None:
            return None
        at = later
    return at


# ---------------------------------------------------------------- files
def load_events(path: str | Path | None = None) -> Events:
    """The packaged events; with a path (a TOML file or a directory of them), those added.

    An event of the user's with the id of a packaged one takes its place. Raises `BadInput`.
    """
    return _packaged() if path is None else Events(_read(_FOLDER) + _read(Path(path)))


@functools.cache
def _packaged() -> Events:
    return Events(_read(_FOLDER))


def _read(path: Path) -> list[Event]:
    found: list[Event] = []
    known: dict[str, str] = {}  # id -> where it stands
    problems: list[Problem] = []
    for file, table in toml_files(path, "events in TOML"):
        rows = table.get("event", [])
        if not isinstance(rows, list) or set(table) - {"event"}:
            problems.append(Problem(str(file), "has something else than [[event]]", _LAYOUT))
            continue
        for number, row in enumerate(rows):
            where = f"{file}: event[{number}]"
            event = _event(row, where, problems)
            if event and event.id in known:
                what = f'has the id "{event.id}" of {known[event.id]}'
                problems.append(Problem(where, what, "an id for each event"))
            elif event:
                known[event.id] = where
                found.append(event)
    if problems:
        raise BadInput(problems)
    return found


def _movable(date: str) -> Point | None:
    """A day that every year has anew, if that is what a date says."""
    feast, weekday = _FEAST.match(date), _WEEKDAY.match(date)
    if feast:
        return Point(movable=(feast[1], int(feast[2] or 0)))
    if weekday:
        number = -1 if weekday[1] == "last" else int(weekday[1])
        month = int(weekday[3])
        day = _WEEKDAYS.index(weekday[2]) + 1
        return Point(month=month, movable=("weekday", number, day, month))
    return None


def _is_day(date: str) -> bool:
    """Whether a date is a point of the calendar, two of them, or a day that every year has."""
    if _movable(date):
        return True
    yearly = _YEARLY.match(date)
    if yearly:
        date = f"2000-{yearly[1]}"
    return is_edtf(date) and all(point_of(end) is not None for end in date.split("/"))


def _event(row: Any, where: str, problems: list[Problem]) -> Event | None:
    if not isinstance(row, dict):
        problems.append(Problem(where, "is not a table", _LAYOUT))
        return None
    date = row.get("date")
    names = {key: value for key, value in row.items() if key not in _KEYS}
    before = len(problems)
    if not isinstance(date, str) or not _is_day(date):
        problems.append(
            Problem(
                f"{where}: date",
                "is not an EDTF day, month or year",
                "1945-05-08, XXXX-12-25, easter-2, 1939-09-01/1945-09-02",
            )
        )
    elif "/" in date and row.get("named"):
        problems.append(
            Problem(f"{where}: named", "is true of what lasted longer than a day", "a single day")
        )
    if not isinstance(row.get("named", False), bool):
        problems.append(Problem(f"{where}: named", "is neither true nor false", "true"))
    if not isinstance(row.get("id", "x"), str) or not row.get("id", "x").strip():
        problems.append(Problem(f"{where}: id", "is no word", 'id = "fall-of-kars"'))
    for key, value in names.items():
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            what = "is not a list of names in a language, and no field"
            problems.append(Problem(f"{where}: {key}", what, f'{", ".join(_KEYS)}, en = ["..."]'))
            continue
        for name in value:
            if not is_name(name):
                said = f'"{shortened(name)}" is no name'
                problems.append(Problem(f"{where}: {key}", said, ACCEPTED))
    if not any(names.values()):
        problems.append(Problem(where, "has no name in any language", 'en = ["..."]'))
    if len(problems) > before:
        return None
    first = next(name for value in names.values() for name in value)
    event_id = str(row.get("id") or "-".join(re.findall(r"[^\W_]+", first.lower())))
    named = {key: tuple(value) for key, value in names.items()}
    return Event(event_id, str(date), bool(row.get("named")), named)
