"""What a text mentions: dates, quantities, actors, places, pacts and quotations.

Every mention points into its document (`document.text[start:end] == text`), and says by which
rule it was found and how far to trust it.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from twofront.basics import bounded

from .counting.quantities import quantities_of
from .dating.dated import Dated
from .dating.events import Events, load_events
from .dating.resolve import dates_of
from .documents import Document, Passage, guess_language
from .grammar.lexicon import lexicon
from .grammar.marks import marks_of
from .grammar.pieces import Pieces, pieces_of, plain
from .naming.gazetteer import Gazetteer, load_gazetteer
from .naming.names import names_of
from .naming.namesakes import Namesakes
from .speech.people import People
from .speech.quotes import quotes_of

CERTAIN = 0.95
_BEYOND = float("inf")
TYPES = ("DATE", "QUANTITY", "ACTOR", "PLACE", "PACT", "QUOTE")


@dataclass(frozen=True)
class Mention:
    """One mention.

    `value`: EDTF of a date, number or "low/high" of a quantity, else an id. Of a quotation it is
    who speaks: the last id of `attribution`, with the name in the language of the text where that
    has other letters, `KENNEDY (Кеннеди)`.
    """

    doc: str
    para: int
    sent: int
    start: int
    end: int
    text: str
    type: str
    value: Any
    unit: str | None = None
    approx: bool = False
    attribution: tuple[str, ...] = ()
    language: str = "en"
    rule: str = ""
    confidence: float = 1.0
    comparison: str | None = None  # >, >=, <, <= before a quantity or a count; != denies a count
    mode: str | None = None  # direct, nested or indirect speech
    kind: str | None = None  # of a date: explicit, partial, relative, event or named
    anchor: str | None = None  # what a date is counted from: EDTF, or the id of an event
    offset: str | None = None  # how far from the anchor: an ISO 8601 duration with a sign
    owner: str | None = None  # whose quantity it is: an actor
    modifier: str | None = None  # of a date: what bounds it, one of `basics.MODIFIERS`
    least: str | None = None  # of "ten or twelve days after": the shorter count, as `offset` is
    opens: int | None = None  # where the words begin that say how exactly a count is meant

    @property
    def place(self) -> str:
        """`speech 12.2`: the document, its paragraph and sentence."""
        return f"{self.doc} {self.para}.{self.sent}"

    @property
    def within(self) -> str:
        """The days in which a dated thing lies, as EDTF: `../1755` for "before 1756"."""
        return bounded(str(self.value), self.modifier)

    @property
    def certain(self) -> bool:
        """Whether 99 of 100 mentions found like this one are right."""
        return self.confidence >= CERTAIN

    def to_dict(self) -> dict[str, Any]:
        """The mention as JSON wants it."""
        record = dict(vars(self))  # `asdict` would copy every value
        record["attribution"] = list(self.attribution)
        record["certain"] = self.certain
        return record


def find_mentions(
    document: Document, gazetteer: Gazetteer | None = None, events: Events | None = None
) -> list[Mention]:
    """Everything the document mentions, in the order of the text.

    The packaged gazetteer and events are used unless others are given (`load_gazetteer`,
    `load_events`).
    """
    known = gazetteer or load_gazetteer()
    text = plain(document.text)
    found: list[Mention] = []
    for language, passages in _by_language(document):
        finder = _Finder(document, text, language, passages, known, events or load_events())
        found.extend(finder.find())
    return sorted(found, key=lambda m: (m.start, m.end, TYPES.index(m.type)))


def _by_language(document: Document) -> list[tuple[str, list[Passage]]]:
    """Paragraphs written in the other alphabet are read with the other language's rules."""
    groups: dict[str, list[Passage]] = {document.language: []}
    guesses: dict[int, str] = {}
    for passage in document.passages:
        if passage.para not in guesses:
            first, last = document.paragraph(passage.para)
            sample = document.text[first : min(last, first + 400)]
            guess = guess_language(sample)
            if guess != document.language and not _has_letters(sample):
                guess = document.language
            same = lexicon(guess).grammar.script == lexicon(document.language).grammar.script
            guesses[passage.para] = document.language if same else guess
        groups.setdefault(guesses[passage.para], []).append(passage)
    return [(language, passages) for language, passages in groups.items() if passages]


def _has_letters(sample: str) -> bool:
    return sum(map(str.isalpha, sample)) > 20


class _Finder:
    """Finds the mentions of the paragraphs in one language."""

    def __init__(
        self,
        document: Document,
        text: str,
        language: str,
        passages: list[Passage],
        known: Gazetteer,
        events: Events,
    ) -> None:
        self.document, self.language, self.known = document, language, known
        self.events = events
        self.pieces: Pieces = pieces_of(document, language, passages, text)
        self.passages = passages
        self.starts = [passage.start for passage in passages]

    def find(self) -> list[Mention]:
        """All mentions, by type."""
        pieces = self.pieces
        paragraphs = self._paragraphs()
        marks = marks_of(self.document.text, paragraphs)
        dates, masked = dates_of(pieces, self.document.date, self.events, marks)
        namesakes = Namesakes(pieces, self.known)
        names = namesakes.apart(names_of(pieces, self.known, _years(dates, len(pieces.shape))))
        people = People(pieces, names, namesakes, self.known.allegiance)
        quotes = quotes_of(self.document.text, pieces, people, paragraphs, marks)
        names = [*names, *people.unknown()]
        said = [(q.start, q.end, q.attribution) for q in quotes if q.mode != "indirect"]
        found = [
            self._mention(
                d.first, d.last, "DATE", d.value, d.rule, d.confidence, said,
                kind=d.kind, anchor=d.anchor, offset=d.offset, modifier=d.modifier,
                approx=d.approx, comparison=d.comparison, least=d.least,
                opens=None if d.opens is None else pieces.starts[d.opens],
            )
            for d in dates
        ]  # fmt: skip
        for q in quantities_of(pieces, masked, names):
            found.append(
                self._mention(
                    q.first, q.last, "QUANTITY", q.value, q.rule, q.confidence, said,
                    unit=q.unit, approx=q.approx, comparison=q.comparison, owner=q.owner,
                )
            )  # fmt: skip
        for n in names:
            if not any(masked[n.first : n.last]) or n.type == "PACT":
                found.append(
                    self._mention(n.first, n.last, n.type, n.id, n.rule, n.confidence, said)
                )
        for q in quotes:
            chain = tuple(speaker for speaker in q.attribution if speaker)
            found.append(
                self._at(
                    q.start, q.end, "QUOTE", self.known.told(q.attribution[-1], self.language),
                    q.rule, q.confidence, attribution=chain, mode=q.mode,
                )
            )  # fmt: skip
        return found

    def _paragraphs(self) -> list[tuple[int, int, int]]:
        spans: dict[int, list[int]] = {}
        for passage in self.passages:
            spans.setdefault(passage.para, [passage.start, passage.end])[1] = passage.end
        return [(para, start, end) for para, (start, end) in spans.items()]

    def _mention(
        self,
        first: int,
        last: int,
        type_: str,
        value: Any,
        rule: str,
        confidence: float,
        said: list[tuple[int, int, tuple[str, ...]]],
        **more: Any,
    ) -> Mention:
        start, end = self.pieces.starts[first], self.pieces.ends[last - 1]
        # What stands inside a quotation is said by its speakers; the innermost quotation decides.
        chain: tuple[str, ...] = ()
        k = bisect.bisect_right(said, (start, _BEYOND))
        for a, b, speakers in said[max(0, k - 4) : k][::-1]:
            if a <= start and end <= b:
                chain = tuple(filter(None, speakers))
                break
        return self._at(start, end, type_, value, rule, confidence, attribution=chain, **more)

    def _at(
        self,
        start: int,
        end: int,
        type_: str,
        value: Any,
        rule: str,
        confidence: float,
        **more: Any,
    ) -> Mention:
        passage = self.passages[max(0, bisect.bisect_right(self.starts, start) - 1)]
        return Mention(
            self.document.id, passage.para, passage.sent, start, end,
            self.document.text[start:end], type_, value,
            language=self.language, rule=rule, confidence=confidence, **more,
        )  # fmt: skip


def _years(dates: list[Dated], n: int) -> list[int | None]:
    """The year that the story has reached at every piece."""
    years: list[int | None] = [None] * n
    known = [(d.first, int(d.value[:4])) for d in dates if d.value[:4].isdigit()]
    if not known:
        return years
    for (first, year), (last, _) in pairwise([(0, known[0][1]), *known, (n, 0)]):
        years[first:last] = [year] * (last - first)
    return years
