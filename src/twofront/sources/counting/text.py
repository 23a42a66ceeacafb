"""A text whose quantities are read: its pieces, its words, and what has been read so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..grammar.lexicon import Lexicon, lexicon
from ..grammar.pieces import Pieces
from ..naming.names import Named
from .nouns import NounReader

_NOTE = re.compile(r"(?:\A|(?<=\|))\(D\)")
# A part of a long unit is told in the unit below it: half an hour is thirty minutes.
PARTS = {"hours": (60, "minutes"), "years": (12, "months"), "centuries": (100, "years")}


@dataclass(slots=True)
class Counted:
    """A quantity: pieces first..last, its value, what is counted and whose it is."""

    first: int
    last: int
    value: Any
    unit: str | None
    approx: bool
    comparison: str | None
    rule: str
    confidence: float
    owner: str | None = None


class Text:
    """What every rule looks at, and what one number of a sentence leaves for the next."""

    def __init__(self, pieces: Pieces, masked: Sequence[int], names: Iterable[Named]) -> None:
        self.p, self.masked = pieces, masked
        self.words: Lexicon = lexicon(pieces.language)
        self.says = self.words.says
        self.grammar = self.words.grammar
        self.currency: dict[str, str] = self.words.data["currency"]
        self.actors = {
            n.first: n
            for n in names
            if n.type == "ACTOR"
            and n.kind != "person"
            and not self.says("formations", pieces.lows[n.last])
        }
        self.actor_ends = {n.last: n for n in self.actors.values()}
        # "The Austrians 500" counts, "Battery 5" does not.
        self.actor_last = {end - 1 for end in self.actor_ends}
        self.nouns = NounReader(pieces, self.words, self.actors)
        # The numbers in brackets with which paragraphs or sentences begin.
        self.notes = {pieces.values[m.end() - 2] for m in _NOTE.finditer(pieces.shape)}
        self.sentence = (0, 0)
        self.last: Counted | None = None  # of the same sentence
        self.before: Counted | None = None  # the last of the sentence before
        self.ratio = -1  # the second number of "three to one"
        self.named = -9  # the last number that was a name
        self.clock = -1  # the last piece of a clock time that was left out

    def sentence_start(self, i: int) -> int:
        """The first piece of the sentence that piece i belongs to."""
        return self.p.shape.rfind("|", 0, i) + 1

    def starts(self, i: int) -> bool:
        """Whether a sentence, or what somebody says, begins at piece i."""
        p = self.p
        return i == 0 or p.letters[i - 1] in "|\"'(["

    def is_verb(self, low: str) -> bool:
        """Whether a word has the ending of a verb that tells what happened."""
        return bool(self.grammar.past_endings) and low.endswith(self.grammar.past_endings)

    def is_deed(self, low: str) -> bool:
        """Whether a verb stands before a number that might be a year: "of whom died 1800"."""
        deed = self.says("taking", low) or self.says("owning", low)
        return deed or bool(self.words.fates.get(low)) or self.is_verb(low)

    def is_measure(self, unit: str | None) -> bool:
        """Whether a unit is of a length, a weight or a time: things are counted, these measured."""
        return self.says("measured", unit or "") or unit in PARTS
