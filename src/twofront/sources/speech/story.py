"""The narrative of a text with every quotation folded to one token.

"Q, said the general" and «Q, — сказал он. — Q» look alike then, however long the quotations are.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..grammar.pieces import Pieces

_MARKS = re.compile("[\"']")


@dataclass
class Fragment:
    """Spoken words: offsets without marks. Fragments of one pair of marks share a group."""

    start: int
    end: int
    para: int
    group: int
    closed: bool = True
    continues: bool = False
    dialogue: bool = False
    speech: bool = True  # no title and no scare quotes
    nested: bool = False
    chain: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 0.0


@dataclass
class Story:
    """Pieces of the narrative in order; a quotation is one token (its number, inverted)."""

    at: list[int] = field(default_factory=list)
    kinds: str = ""
    of_fragment: dict[int, int] = field(default_factory=dict)


def story_of(
    pieces: Pieces, letters: str, stretches: list[tuple[int, int]], fragments: list[Fragment]
) -> Story:
    """The narrative of some stretches of pieces; fragments are in order and do not overlap.

    `letters` are those that `letters_of` gives for the pieces.
    """
    story, kinds = Story(), []
    starts, last = pieces.starts, stretches[-1][1]
    speech = [k for k, fragment in enumerate(fragments) if fragment.speech]
    n, at = 0, story.at  # n: how many of them are folded

    def fold(k: int) -> None:
        story.of_fragment[k] = len(at)
        at.append(~k)
        kinds.append("Q")

    for first, end in _joined(pieces, stretches):
        i = first
        while i < end:
            while n < len(speech) and starts[i] >= fragments[speech[n]].end:
                k = speech[n]
                if k not in story.of_fragment:
                    fold(k)
                n += 1
            ahead = fragments[speech[n]] if n < len(speech) else None
            stop = end if ahead is None else bisect.bisect_left(starts, ahead.start, i, end)
            if stop > i:
                _tell(pieces, letters, (i, stop), fragments, story, kinds)
                i = stop
            if ahead is not None and i < end:
                if speech[n] not in story.of_fragment:
                    fold(speech[n])
                i = _past_note(pieces, bisect.bisect_left(starts, ahead.end, i, end), end)
    for k in speech[n:]:
        if k not in story.of_fragment:
            fold(k)
    at.append(last)
    kinds.append("¶")
    story.kinds = "".join(kinds)
    return story


def letters_of(pieces: Pieces) -> str:
    """The shape of the narrative: Q stands for quotations, and ¶ ends a paragraph."""
    passages, n = pieces.passages, len(pieces.letters)
    letters = list(pieces.shape.replace("Q", "w"))
    i = pieces.shape.find("|")
    while i != -1:
        if i + 1 >= n or passages[i + 1].para != passages[i].para:
            letters[i] = "¶"
        i = pieces.shape.find("|", i + 1)
    return "".join(letters)


def _tell(
    pieces: Pieces,
    letters: str,
    span: tuple[int, int],
    fragments: list[Fragment],
    story: Story,
    kinds: list[str],
) -> None:
    """Appends pieces that are not quoted, without the marks that quote."""
    first, end = span
    told = first
    for match in _MARKS.finditer(letters, first, end):
        i = match.start()
        if letters[i] == '"' or _is_mark(fragments, pieces.starts[i]):
            story.at.extend(range(told, i))
            kinds.append(letters[told:i])
            told = i + 1
    story.at.extend(range(told, end))
    kinds.append(letters[told:end])


def _past_note(pieces: Pieces, i: int, end: int) -> int:
    """The piece after a footnote mark right behind a quotation: «Q»[12], «Q»12."""
    j = i
    while j < end and pieces.letters[j] in "\"'":
        j += 1
    if j == i or j >= end:
        return i
    low = pieces.lows[j]
    if low == "[":
        close = next((k for k in range(j + 2, min(end, j + 8)) if pieces.lows[k] == "]"), 0)
        return close + 1 if close and pieces.lows[j + 1].isdecimal() else i
    return j + 1 if low.isdigit() and len(low) <= 3 and pieces.touches(j) else i


def _joined(pieces: Pieces, stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of pieces; what ends like a sentence is one."""
    before = None
    for first, last in stretches:
        if before is not None:
            ended = pieces.lows[before - 1] in (".", "!", "?", "…")
            # "Q," said X. "Q": the remark ends a sentence too
            end = pieces.shape.find("|", before, -1 if ended else first)
            if end != -1 and (ended or pieces.is_capital(first)):
                yield end, end + 1
        yield first, last
        before = last


def _is_mark(fragments: list[Fragment], at: int) -> bool:
    """Whether a single mark at an offset belongs to the fragment before or after it."""
    k = bisect.bisect_left(fragments, at, key=lambda fragment: fragment.start)
    return (k < len(fragments) and abs(fragments[k].start - at) <= 2) or (
        k > 0 and abs(at - fragments[k - 1].end) <= 2
    )
