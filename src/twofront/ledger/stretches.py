"""How long something is said to have lasted, held against both its ends, told in the same breath.

    "lasted eleven months, from 9 October 1854 to 9 June 1855"            eight
    "It began in April 1808 and ended in December 1809. It lasted ..."    and not three years

Beside its stretch a length is as certain as that. Where it stands in the sentence after, that it
is the length of the same thing is taken for granted; see `lengths.py` for what has only one end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from twofront.basics import bounds
from twofront.sources import Document, Mention
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.happenings import Happening
from twofront.sources.verbs import sayings

from .alignment import Reading
from .clashes import Clash, Statement
from .lengths import BOUNDING, in_days, tells_how_long
from .words import length, listed, placed

_BESIDE = re.compile(r"\s*[,(:–—-]?\s*\Z")
_ENDS = ("surrender", "occupy", "end")  # what ends a siege or a war, besides the words for an end
_DOUBTS = ("?", "~", "%")
_RANGE, _BETWEEN = "range", "b"  # the rule of stretches; the shape of a preposition
_WORD = re.compile(r"[^\W\d_]+")
_Window = tuple[int, int]  # the first and last day in which a day lies


def stretches_of(
    readings: Sequence[Reading], told: Mapping[str, Sequence[Happening]]
) -> list[Clash]:
    """The lengths that do not fit the stretch that stands beside them, a sentence each."""
    return [
        clash
        for reading in readings
        for clash in _Lengths(reading, told[reading.document.id]).clashes()
    ]


class _Lengths:
    """The lengths of one text."""

    def __init__(self, reading: Reading, told: Sequence[Happening]) -> None:
        self.document: Document = reading.document
        self.lengths = [m for m in reading.mentions if tells_how_long(self.document.text, m)]
        self.dates: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        self.deeds: dict[Mention, Happening] = {}
        if self.lengths:
            for mention in reading.mentions:
                if mention.type == "DATE":
                    self.dates[mention.para, mention.sent].append(mention)
            self.deeds = {h.mention: h for h in told if h.mention.type == "DATE"}
            self.passages = {(p.para, p.sent): p for p in self.document.passages}

    def clashes(self) -> Iterator[Clash]:
        for said in self.lengths:
            stretch = self._beside(said)
            if stretch is not None:
                ends = str(stretch.value).split("/")
                gone = _gone(*map(_window, ends))
                if gone is not None and not _fits(said, gone):
                    yield _certain(said, stretch, gone)
                continue
            both = self._ends_before(said)
            if both is not None:
                gone = _gone(*(_window(m.within) for m in both))
                if gone is not None and not _fits(said, gone):
                    yield _by_convention(said, both, gone)

    def _beside(self, said: Mention) -> Mention | None:
        """ "Five days, from 1 to 3 July": the stretch that stands behind a length."""
        for date in self.dates[said.para, said.sent]:
            between = self.document.text[said.end : date.start]
            if said.end <= date.start and _BESIDE.match(between) and _is_stretch(date):
                return date
        return None

    def _ends_before(self, said: Mention) -> tuple[Mention, Mention] | None:
        """The two dates of its sentence, or of the one before it: it began then, and ended then."""
        here = self.dates[said.para, said.sent]
        dates = here or self.dates[said.para, said.sent - 1]
        if len(dates) != 2 or dates[1].end > said.start or not all(map(_is_an_end, dates)):
            return None
        first, last = dates
        passage = self.passages[first.para, first.sent]
        begun = self.document.text[passage.start : last.start]
        ended = self.document.text[first.end : said.start if here else passage.end].lower()
        words, deed = sayings(said.language), self.deeds.get(last)
        begins, ends = words["begins"].search(begun.lower()), words["ends"].search(ended)
        over = ends is not None or (deed is not None and deed.predicate in _ENDS)
        lead = self.document.text[last.end : said.start] if here else self._lead(said)
        return (first, last) if begins and over and _is_of(lead, begun, said.language) else None

    def _lead(self, mention: Mention) -> str:
        """The words of its sentence before a mention."""
        passage = self.passages[mention.para, mention.sent]
        return self.document.text[passage.start : mention.start]


def _is_of(lead: str, begun: str, language: str) -> bool:
    """Whether the subject of a length is what began: "it", or the same words."""
    verbs = list(sayings(language)["lasting"].finditer(lead.lower()))
    if not verbs:
        return False
    subject = lead[: verbs[-1].start()].lower()
    words = lexicon(language)
    before = {words.key(word) for word in _WORD.findall(begun.lower())}
    pronoun = sayings(language)["pronouns"]
    naming = [word for word in _WORD.findall(subject) if word not in words.shapes]
    naming = [word for word in naming if not pronoun.fullmatch(word)]
    if not naming:
        return pronoun.search(subject) is not None
    return all(words.key(word) in before for word in naming)


def _is_stretch(date: Mention) -> bool:
    """Whether a date is a stretch with a first and a last day, and not "between" two."""
    value = str(date.value)
    words = _WORD.findall(date.text.lower())
    shapes = lexicon(date.language).shapes
    between = bool(words) and (shapes.get(words[0]) or "?")[0] == _BETWEEN
    doubted = any(sign in value for sign in _DOUBTS)
    return date.rule == _RANGE and value.count("/") == 1 and not (between or doubted)


def _is_an_end(date: Mention) -> bool:
    value = str(date.value)
    told = date.modifier not in BOUNDING and not date.offset
    return told and "/" not in value and not any(sign in value for sign in _DOUBTS)


def _window(edtf: str) -> _Window | None:
    first, last = bounds(edtf) if edtf else (None, None)
    return None if first is None or last is None else (first.toordinal(), last.toordinal())


def _gone(first: _Window | None, last: _Window | None) -> _Window | None:
    """The fewest and the most days from the one to the other."""
    if first is None or last is None or last[1] < first[0]:
        return None
    return max(0, last[0] - first[1]), last[1] - first[0]


def _fits(said: Mention, gone: _Window) -> bool:
    """Whether a length may be that of a stretch, which its last day may be counted with."""
    days, room = in_days(said)
    return gone[0] <= days + room and days - room <= gone[1] + 1


# ---------------------------------------------------------------- how it is told
def _certain(said: Mention, stretch: Mention, gone: _Window) -> Clash:
    told = f"{said.place} says “{said.text}”, but also “{stretch.text}” ({length(*gone)})."
    return _clash((said, stretch), told, by_convention=False)


def _by_convention(said: Mention, both: tuple[Mention, Mention], gone: _Window) -> Clash:
    first, last = both
    ends = [
        f"{first.place} has it begin {placed(str(first.value))}",
        f"{last.place} end {placed(str(last.value))}",
    ]
    told = (
        f"{said.place} says “{said.text}”, but {listed(ends)} ({length(*gone)}): all hold only if "
        "it is not taken for granted that it lasted from the one to the other."
    )
    return _clash((said, *both), told, by_convention=True)


def _clash(mentions: tuple[Mention, ...], told: str, by_convention: bool) -> Clash:
    parts = tuple(Statement("counted", (), told, (), mention) for mention in mentions)
    return Clash(parts, told, by_convention=by_convention, by_rounding=False)
