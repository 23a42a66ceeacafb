"""The narrative of a text with every quotation folded to one token.

"Q, said the general" and «Q, — сказал он. — Q» look alike then, however long the quotations are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..grammar.pieces import Pieces


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


def story_of(pieces: Pieces, stretches: list[tuple[int, int]], fragments: list[Fragment]) -> Story:
    """The narrative of some stretches of pieces; fragments are in order and do not overlap."""
    story, kinds, k = Story(), [], 0
    starts, letters, passages = pieces.starts, pieces.letters, pieces.passages
    n, last = len(fragments), stretches[-1][1]
    for i in _joined(pieces, stretches):
        while k < n and starts[i] >= fragments[k].end and fragments[k].speech:
            story.of_fragment.setdefault(k, len(kinds))
            if story.of_fragment[k] == len(kinds):
                story.at.append(~k)
                kinds.append("Q")
            k += 1
        while k < n and not fragments[k].speech and starts[i] >= fragments[k].end:
            k += 1
        if k < n and starts[i] >= fragments[k].start and fragments[k].speech:
            if k not in story.of_fragment:
                story.of_fragment[k] = len(kinds)
                story.at.append(~k)
                kinds.append("Q")
            continue
        letter = letters[i]
        if letter in "\"'" and k < n + 1 and letter == '"':
            continue
        if letter == "'" and _beside(fragments, k, starts[i]):
            continue
        if letter == "|" and (i + 1 >= last or passages[i + 1].para != passages[i].para):
            letter = "¶"
        story.at.append(i)
        kinds.append("w" if letter == "Q" else letter)  # Q stands for quotations here
    for rest in range(k, n):
        if fragments[rest].speech and rest not in story.of_fragment:
            story.of_fragment[rest] = len(kinds)
            story.at.append(~rest)
            kinds.append("Q")
    story.at.append(last)
    kinds.append("¶")
    story.kinds = "".join(kinds)
    return story


def _joined(pieces: Pieces, stretches: list[tuple[int, int]]) -> Iterator[int]:
    """The pieces of all stretches; what ends like a sentence is one."""
    before = None
    for first, last in stretches:
        if before is not None and pieces.lows[before - 1] in (".", "!", "?", "…"):
            end = pieces.shape.find("|", before)
            if end != -1:
                yield end
        yield from range(first, last)
        before = last


def _beside(fragments: list[Fragment], k: int, at: int) -> bool:
    """Whether a single mark belongs to the fragment before or after it."""
    return (k < len(fragments) and abs(fragments[k].start - at) <= 2) or (
        k > 0 and abs(at - fragments[k - 1].end) <= 2
    )
