"""Events a text counts from ("ten days after the fall of ..."), and days that have a name.

    [[event]]
    id = "german-surrender"       may be left out: made of the first English name then
    date = "1945-05-08"           EDTF; XXXX-12-25 comes back every year; "easter-2" is two days
                                  before Easter, "pascha+49" seven weeks after that of the Julian
                                  calendar, "4 thursday XXXX-11" the fourth Thursday of November,
                                  "last monday XXXX-05" the last Monday of May
    named = false                 true: the name is a date wherever it stands
    en = ["surrender of Germany"] a list for each language; a trailing * stands for any inflection

The packaged file `events/events.toml` is data; a scenario or a user brings files of their own.
The words of a name follow each other, with at most two others between them. Several events may
share a name: the one nearest to the time of the story is meant.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem, is_edtf

from ..grammar.lexicon import Words, lexicon
from ..grammar.pieces import Pieces, plain, tokens
from .spans import Point, point_of

_FOLDER = Path(__file__).parent.parent / "events"
_GAP = 2  # other words allowed between the words of an event's name
_WINDOW = 12
_NEAR = 3  # years between the story and an event that a clause tells of
_YEARLY = re.compile(r"XXXX-(\d\d-\d\d)\Z")
_FEAST = re.compile(r"(easter|pascha)([+-]\d{1,2})?\Z")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"([1-4]|last) ({'|'.join(_WEEKDAYS)}) XXXX-(0[1-9]|1[0-2])\Z")
_KEYS = ("id", "date", "named")


@dataclass(frozen=True)
class Event:
    """Something that happened on a known day, by which texts count: `date` as in the files."""

    id: str
    date: str
    named: bool
    names: dict[str, tuple[str, ...]]

    @property
    def point(self) -> Point | None:
        """The day (or the first day) as a point."""
        return _movable(self.date) or point_of(self.date)


class Events:
    """Events by their names in each language."""

    def __init__(self, events: list[Event]) -> None:
        self._events = {event.id: event for event in events}
        self._first: dict[str, dict[str, list[tuple[tuple[Words, ...], Event]]]] = {}
        self._days: dict[str, dict[str, list[tuple[list[str], str, Point]]]] = {}
        self._phrases: dict[str, list[tuple[tuple[Words, ...], Event]]] = {}
        self._keys: dict[str, list[tuple[frozenset[str], Event]]] = {}

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
        window: list[str] = []
        for i in range(first, min(first + _WINDOW, len(pieces.lows))):
            if pieces.letters[i] in "|;.:":
                break
            if pieces.lows[i] != "-":
                window.append(pieces.lows[i])
        best: tuple[tuple[int, int, int], Event, int] | None = None
        for phrase, event in self._beginning(pieces.language, window):
            at = _found(phrase, window)
            if at is None:
                continue
            point = event.point
            year = point.year if point and point.year else 0
            apart = abs(year - near) if near is not None and year else 0
            rank = (at // 2, apart if apart > 3 else 0, -len(phrase))
            if best is None or rank < best[0]:
                best = rank, event, at
        return (best[1], best[2]) if best else None

    def told(self, pieces: Pieces, first: int, last: int, near: int | None) -> Event | None:
        """The event that a clause tells of in words of its own ("X invaded Y"), if one does."""
        words = lexicon(pieces.language)
        at = {words.key(low): k for k, low in enumerate(pieces.lows[first:last]) if len(low) > 2}
        best: tuple[tuple[int, bool], Event] | None = None
        for name, event in self._by_keys(pieces.language):
            if not name <= at.keys():
                continue
            # What is done comes before that to which it is done.
            happens = max(at[key] for key in name if key.startswith("deed "))
            rank = len(name), max(at[key] for key in name) > happens
            year = event.point.year if event.point else None
            close = near is None or year is None or abs(year - near) <= _NEAR
            if close and (best is None or rank > best[0]):
                best = rank, event
        return best[1] if best else None

    def _by_keys(self, language: str) -> list[tuple[frozenset[str], Event]]:
        """Names of something that happens, as what their words share with other forms."""
        known = self._keys.get(language)
        if known is None:
            known, words = [], lexicon(language)
            for event in self:
                for name in event.names.get(language, ()):
                    content = [w.rstrip("*") for w in tokens(name.replace("*", "")) if len(w) > 2]
                    found = frozenset(
                        words.key(w) for w in content if not words.says("never_a_noun", w)
                    )
                    if len(found) > 1 and any(key.startswith("deed ") for key in found):
                        known.append((found, event))
            self._keys[language] = known
        return known

    def _beginning(
        self, language: str, window: list[str]
    ) -> Iterator[tuple[tuple[Words, ...], Event]]:
        """The names whose first word is one of some words."""
        known = self._first.setdefault(language, {})
        for word in window:
            if word not in known:
                known[word] = [item for item in self._named(language) if word in item[0][0]]
            yield from known[word]

    def _named(self, language: str) -> list[tuple[tuple[Words, ...], Event]]:
        known = self._phrases.get(language)
        if known is None:
            known = []
            for event in self:
                for name in event.names.get(language, ()):
                    words = plain(name).lower().replace('"', "").replace("-", " ").split()
                    if words and event.point:
                        known.append(
                            (tuple(Words([(word, True)], language) for word in words), event)
                        )
            known.sort(key=lambda item: -len(item[0]))
            self._phrases[language] = known
        return known


def _found(phrase: tuple[Words, ...], words: list[str]) -> int | None:
    for start in range(len(words)):
        if words[start] not in phrase[0]:
            continue
        at, whole = start, True
        for word in phrase[1:]:
            later = next(
                (k for k in range(at + 1, min(at + 2 + _GAP, len(words))) if words[k] in word), None
            )
            if later is None:
                whole = False
                break
            at = later
        if whole:
            return start
    return None


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
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    found: list[Event] = []
    problems: list[Problem] = []
    for file in files:
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            problems.append(Problem(str(file), f"cannot be read: {error.strerror}", "a TOML file"))
            continue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(str(file), f"is not TOML: {error}"))
            continue
        rows = table.get("event", [])
        if not isinstance(rows, list) or set(table) - {"event"}:
            problems.append(Problem(str(file), "has something else than [[event]]", "[[event]]"))
            continue
        for number, row in enumerate(rows):
            event = _event(row, f"{file}: event[{number}]", problems)
            if event:
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
    """Whether a date is one point of the calendar, or a day that comes back every year."""
    if _movable(date):
        return True
    yearly = _YEARLY.match(date)
    if yearly:
        date = f"2000-{yearly[1]}"
    return is_edtf(date) and point_of(date) is not None


def _event(row: Any, where: str, problems: list[Problem]) -> Event | None:
    if not isinstance(row, dict):
        problems.append(Problem(where, "is not a table", 'date = "1945-05-08", en = ["..."]'))
        return None
    date = row.get("date")
    names = {key: value for key, value in row.items() if key not in _KEYS}
    before = len(problems)
    if not isinstance(date, str) or not _is_day(date):
        problems.append(
            Problem(
                f"{where}: date",
                "is not an EDTF day, month or year",
                "1945-05-08, XXXX-12-25, easter-2",
            )
        )
    for key, value in names.items():
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            problems.append(Problem(f"{where}: {key}", "is not a list of names", '["..."]'))
    if not any(names.values()):
        problems.append(Problem(where, "has no name in any language", 'en = ["..."]'))
    if len(problems) > before:
        return None
    first = next(name for value in names.values() for name in value)
    event_id = str(row.get("id") or "-".join(re.findall(r"[^\W_]+", first.lower())))
    named = {key: tuple(value) for key, value in names.items()}
    return Event(event_id, str(date), bool(row.get("named")), named)
