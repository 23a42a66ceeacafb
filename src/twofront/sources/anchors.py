"""Events a text counts from: their names and dates, as `lexicon/anchors.toml` lists them."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from .lexicon import Words
from .pieces import Pieces, plain
from .spans import Point, point_of

_FILE = Path(__file__).parent / "lexicon" / "anchors.toml"
_GAP = 2  # other words allowed between the words of an event's name
_WINDOW = 12


@functools.cache
def _phrases(language: str) -> tuple[tuple[tuple[Words, ...], Point], ...]:
    with open(_FILE, "rb") as file:
        events = tomllib.load(file)["event"]
    found = []
    for event in events:
        point = point_of(event["date"])
        for phrase in event[language]:
            words = plain(phrase).lower().replace('"', "").replace("-", " ").split()
            if point and words:
                found.append((tuple(Words([(word, True)]) for word in words), point))
    found.sort(key=lambda item: -len(item[0]))
    return tuple(found)


@functools.cache
def named_days(language: str) -> tuple[tuple[str, str], ...]:
    """Names that are dates wherever they stand ("Armistice Day"), with their dates."""
    with open(_FILE, "rb") as file:
        events = tomllib.load(file)["event"]
    return tuple((name, e["date"]) for e in events if e.get("named") for name in e[language])


def event_after(pieces: Pieces, first: int, near: int | None) -> tuple[Point, int] | None:
    """The event named soon after a piece, and its distance in pieces."""
    window: list[tuple[int, str]] = []
    for i in range(first, min(first + _WINDOW, len(pieces.lows))):
        if pieces.letters[i] in "|;.:":
            break
        low = pieces.lows[i]
        window.append((i, low))
    words = [low for _, low in window if low != "-"]
    best: tuple[int, int, int, Point] | None = None
    for phrase, point in _phrases(pieces.language):
        at = _found(phrase, words)
        if at is not None:
            year = point.year or 0
            apart = abs(year - near) if near is not None else 0
            rank = (at // 2, apart if apart > 3 else 0, -len(phrase), point)
            if best is None or rank[:3] < best[:3]:
                best = rank
    return (best[3], best[0]) if best else None


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
