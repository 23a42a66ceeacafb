"""The segments of a sentence, and which of them belongs to the clause around a verb.

    Gorchakov , whom the envoy had asked , replied      main, relative, main
    Mack ( a veteran of three wars ) wrote              main, bracket, main
    when the guns fell silent , Hill said               subordinate, main
    the surgeon , who , to my horror , exclaimed        "who" stands for the surgeon

A subject is looked for in the segment of its verb, then in the main segments before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MAIN, RELATIVE, SUBORDINATE, ASIDE = "main", "relative", "subordinate", "aside"


@dataclass(frozen=True)
class Segment:
    """A stretch of a sentence without commas: positions, kind, and how deep in brackets."""

    first: int
    last: int
    kind: str
    depth: int


def segments_of(
    kinds: str, a: int, b: int, says: Callable[[str, int], bool], is_aside: Callable[[int], bool]
) -> list[Segment]:
    """The segments between two positions; `says` asks the word lists of the language.

    `is_aside` tells whether a word opens a participle or gerund phrase.
    """
    found: list[Segment] = []
    depth, start = 0, a
    for k in range(a, b + 1):
        mark = kinds[k] if k < b else ","
        if mark not in ",;()":
            continue
        if k > start:
            found.append(Segment(start, k, _kind(kinds, start, k, says, is_aside), depth))
        depth += (mark == "(") - (mark == ")" and depth > 0)
        start = k + 1
    return found


def _kind(
    kinds: str, a: int, b: int, says: Callable[[str, int], bool], is_aside: Callable[[int], bool]
) -> str:
    k = a
    while k < b - 1 and (kinds[k] in "-'" or says("coordinators", k)):
        k += 1
    if says("subordinators", k):
        return SUBORDINATE
    if any(says("interrogative", j) for j in range(k + 1, min(b, k + 3))):
        return SUBORDINATE  # «спросил, поедет ли Лунин»
    ahead = k
    while ahead < min(b - 1, k + 3) and says("oblique_words", ahead):
        ahead += 1
    if says("relatives", ahead):
        return RELATIVE
    return ASIDE if is_aside(k) else MAIN


def relative_at(segment: Segment, verb: int, says: Callable[[str, int], bool]) -> int | None:
    """Where "who" stands as the subject of a verb that follows: at either end of a segment."""
    for k in range(segment.first, min(segment.last, segment.first + 2)):
        if says("relative_subjects", k) and (
            segment.first <= verb < segment.last or segment.last - segment.first <= 2
        ):
            return k
    if verb >= segment.last and says("relative_subjects", segment.last - 1):
        return segment.last - 1
    for k in range(segment.first + 1, min(verb, segment.last)):
        if segment.first <= verb < segment.last and says("relative_subjects", k):
            return k
    return None
