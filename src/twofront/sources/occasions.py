"""Which of several occasions a sentence tells of, and which part of one.

    "The second battle of A", "they attacked A again"     not the first
    "The battle of A began on the 3rd"                     its first day
    "on the left wing", "18,000 infantry", "by evening"    a part of the army, or of the day

Two dates or numbers of different occasions, or of a part and the whole, do not contradict each
other. The words stand in `languages/<language>/predicates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LATER = -1  # "again": some occasion after the first
_BEFORE = 24  # letters between an ordinal and the deed that it numbers
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = ",;:.()"  # of a clause
_CLAUSE_ENDS = re.compile(f"[{_ENDS}]")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which occasion, which end of it, and which part is told of; nothing where none is named."""

    nth: int = 0
    phase: str = ""  # begin or end
    part: frozenset[str] = frozenset()

    def is_other_part_than(self, other: Occasion, one_language: bool) -> bool:
        """Whether one counts a part and the other the whole, or both another part."""
        if bool(self.part) != bool(other.part):
            return True
        return one_language and bool(self.part) and self.part.isdisjoint(other.part)

    def is_other_than(self, other: Occasion) -> bool:
        """Whether two deeds of one kind at one place are two, as their words tell."""
        if self.phase and other.phase and self.phase != other.phase:
            return True
        first = {0, 1}
        if self.nth in first and other.nth in first:
            return False
        if self.nth in first or other.nth in first:
            return True
        return LATER not in (self.nth, other.nth) and self.nth != other.nth


UNNAMED_OCCASION = Occasion()


def occasion_at(
    text: str,
    deeds: tuple[int, ...],
    counted: tuple[int, int] | None,
    words: Mapping[str, re.Pattern[str]],
    ordinal: Callable[[str], int | None],
    known: dict[tuple[int, ...], tuple[int, str]],
) -> Occasion:
    """The occasion of a deed in a sentence in small letters.

    text: the sentence; deeds: where the words for it begin, else where its date stands; counted:
    where a number with its noun begins and ends; words: the patterns of `predicates.toml`;
    ordinal: the value of a word that is one; known: which occasion was found for deeds of this
    sentence before, for many numbers may have the same ones.
    """
    if deeds not in known:
        known[deeds] = _which(text, deeds, words, ordinal)
    part: frozenset[str] = frozenset()
    if counted is not None:
        first, last = _clause(text, counted[0])
        found = words["of_a_part"].finditer(text, first, max(last, counted[1]))
        part = frozenset(match.group() for match in found)
    return Occasion(*known[deeds], part)


def _which(
    text: str,
    deeds: tuple[int, ...],
    words: Mapping[str, re.Pattern[str]],
    ordinal: Callable[[str], int | None],
) -> tuple[int, str]:
    """Which occasion, and which end of it."""
    nth, phase = 0, ""
    for deed in deeds:
        first, last = _clause(text, deed)
        lead = text[max(first, deed - _BEFORE) : deed]
        told = [n for n in map(ordinal, _WORD.findall(lead)) if n]
        nth = nth or (told[-1] if told else 0)
        nth = nth or (LATER if words["again"].search(text, first, last) else 0)
        for name, pattern in (("begin", words["begins"]), ("end", words["ends"])):
            if not phase and pattern.search(text, first, last):
                phase = name
    return nth, phase


def _clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    first = 1 + max(text.rfind(end, 0, at) for end in _ENDS)
    stop = _CLAUSE_ENDS.search(text, at)
    return first, stop.start() if stop else len(text)
