"""The clauses of a sentence: where one begins and ends around some words, and its verbs.

    "He denied that A came, but on 5 May B came"        two clauses, parted by a contrast
    "A, who had planned to come, fled on 5 May"         a clause inside another
    "A came, and on 5 May B left"                       two, as each has a verb of its own

Found by words that are data, in the table `factuality` of `languages/<language>/predicates.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Sequence

from .grammar.dictionary import is_finite_verb
from .grammar.lexicon import language_folder, lexicon
from .grammar.wordlists import phrases

Span = tuple[int, int]

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
BESIDE = 3  # words after "and" in which another verb makes it another clause
SOURCE = 4  # words of a source
_STOP = re.compile(r"[;:()!?]|\s[—–-]\s|[—–]|\.\s")
_MANY = 99
_SHORT = 4  # letters of what ends like a verb and is none: "red"
_INTO_A_NAME = 6  # words between a cue and its verb up to which an article tells nothing


_NOTHING = re.compile(r"(?!)")


class Clauses:
    """The clauses of one sentence; `verbs` are the words that tell of deeds."""

    def __init__(
        self,
        text: str,
        language: str,
        verbs: Iterable[Span],
        dates: Iterable[Span] = (),
    ) -> None:
        self.written, self.text = text, text.lower()
        self.cues, self.words = cues(language), lexicon(language)
        self.verbs, self.dates = sorted(set(verbs)), list(dates)
        self._borders: list[Span] = []
        self._opened: list[Span] = []
        self._ands: list[Span] = []

    def _part(self, longer: Sequence[Span]) -> None:
        """Find what parts clauses, where it is no part of longer words."""
        self._borders = self._free_of(longer, "borders")
        self._ands = self._free_of(longer, "and")
        # "After 5 May" and "since 1808" open no clause.
        self._opened = [
            (a, b)
            for a, b in self._free_of(longer, "openers")
            if not any(0 <= at[0] - b <= 1 for at in self.dates)
        ]

    def _free_of(self, longer: Sequence[Span], kind: str) -> list[Span]:
        """Some words where they are no part of longer ones: "but", and not that of "all but"."""
        found = [m.span() for m in self.cues[kind].finditer(self.text)]
        return [one for one in found if not any(holds(other, one) for other in longer)]

    @property
    def _is_free(self) -> bool:
        """Whether the order of words is free, as where cases tell the subject."""
        return bool(self.words.data.get("quotation", {}).get("morphology"))

    def _start(self, at: int) -> int:
        """Where the sentence, or what follows a contrast or a stop, begins before a place."""
        ends = [m.end() for m in _STOP.finditer(self.text, 0, at)]
        ends += [b for _, b in self._borders if b <= at]
        return max(ends, default=0)

    def _end(self, at: int, through_commas: bool, at_comma: bool = False) -> int:
        """Where what begins at a place ends.

        At a contrast, a stop, or an "and" with a verb of its own; where commas do not only stand
        around something, at a comma too.
        """
        text, verbs = self.text, self.verbs
        stop = _STOP.search(text, at)
        ends = [stop.start()] if stop else [len(text)]
        ends += [a for a, _ in self._borders if a >= at]
        for a, b in (joined for joined in self._ands if joined[0] >= at):
            comma = text[:a].rstrip().endswith(",")
            if (comma or not through_commas) and self._has_own_verb(b):
                ends.append(a)
        for comma in re.finditer(",", text[at:]) if not through_commas else ():
            here = at + comma.start()
            told = any(at <= v[0] < here for v in verbs) or self._has_own_verb(at, here)
            if told if at_comma else self._has_own_verb(here + 1):
                ends.append(here)
        if not through_commas:
            ends += [a for a, _ in self._opened if a > at]
        return min(ends)

    def _clause(self, start: int, end: int) -> Span:
        """The clause around some words: from where it is opened to where it ends."""
        first = self._start(start)
        for a, b in self._opened:
            if first <= a < start and self._closed(a, b, start, end) < 0:
                first = a
        for comma in re.finditer(",", self.text[:start]) if self._is_free else ():
            if comma.start() >= first and self._has_own_verb(first, comma.start()):
                first = comma.end()
        for a, b in (joined for joined in self._ands if first <= joined[0] < start):
            comma = self.text[:a].rstrip().endswith(",")
            if comma or len(WORD.findall(self.text[b:start])) < BESIDE:
                first = a
        opened = any(a == first for a, _ in self._opened)
        return first, self._end(end, through_commas=False, at_comma=opened or self._is_free)

    def _around(self, clause: Span, at: int) -> list[Span]:
        """A clause without the clauses that were opened and closed before a place in it."""
        closed = []
        for a, b in self._opened:
            last = self._closed(a, b, at, at) if clause[0] <= a < at else -1
            if last >= 0:
                closed.append((a, last))
        found, first = [], clause[0]
        for a, b in closed:
            found.append((first, a))
            first = max(first, b)
        return [span for span in [*found, (first, clause[1])] if span[0] < span[1]]

    def _closed(self, first: int, opened: int, start: int, end: int) -> int:
        """Where a clause that was opened ends before some words; -1 when it goes on to them.

        At a comma, or at a second finite verb: "the war that broke out in May was nearly lost".
        """
        comma = self.text.find(",", opened, start)
        if comma >= 0:
            return comma
        words = [w for w in WORD.finditer(self.text, opened, start) if self._is_finite(w.group())]
        own = any(self._is_finite(word) for word in WORD.findall(self.text[start:end]))
        if len(words) + own < 2 or first == opened:
            return -1
        return start if own else words[-1].start()

    def _is_inside(self, at: int) -> bool:
        """Whether the clause around a place was opened inside another one."""
        first = self._clause(at, at)[0]
        return any(a == first and self.text[:a].rstrip().endswith(",") for a, _ in self._opened)

    def _until_a_verb(self, at: int, last: int) -> int:
        """Where the next finite verb stands before `last`; `last` without one."""
        words = WORD.finditer(self.text, at, last)
        return next((w.start() for w in words if self._is_finite(w.group())), last)

    def is_another_clause(self, verb: Span, at: Span) -> bool:
        """Whether "and" parts a deed from a date that belongs to another verb.

        "He died on 28 June, and on 5 July Lord Raglan gave orders": the second day is none of the
        death.
        """
        for a, b in self._ands:
            if verb[1] <= a and b <= at[0]:
                comma = self.text[:a].rstrip().endswith(",")
                last = self._end(at[1], through_commas=False)
                if comma and self._are_near(b, at[0]) and self._until_a_verb(at[1], last) < last:
                    return True
        return False

    def end_of_clause(self, at: int) -> int:
        """Where the clause ends that goes on behind a place."""
        return self._end(at, through_commas=False)

    def _are_near(self, start: int, end: int) -> bool:
        """Whether hardly any word stands between two places."""
        return len(WORD.findall(self.text[start:end])) < BESIDE

    def _has_own_verb(self, at: int, last: int | None = None) -> bool:
        """Whether a finite verb comes soon, or before `last`."""
        near = self.text[at:last].split(",")[0] if last is None else self.text[at:last]
        words = WORD.findall(near)[: _MANY if last else 2 * BESIDE]
        return any(self._is_finite(word) for word in words)

    def _is_finite(self, word: str) -> bool:
        if self._is_free:
            return is_finite_verb(word)
        ends = word.endswith(self.words.grammar.participle_endings) and len(word) > _SHORT
        return ends or self.words.says("copulas", word) or self.words.says("common_verbs", word)

    def _next_verbs(self, end: int, last: int, most: int) -> list[Span]:
        """The next deed, with at most so many words before it, and those joined to it by "or"."""
        later = [v for v in self.verbs if end <= v[0] < max(last, end + 1)]
        if not later:
            return []
        between = self.text[end : later[0][0]]
        words = WORD.findall(between)
        named = [word for word in words if self.cues["articles"].fullmatch(word)]
        if len(words) > most or set(between) & set(",;:") or (named and most < _INTO_A_NAME):
            return []
        found = [v for v in later if v[0] == later[0][0] or v[0] < later[0][1]]
        for verb in later[len(found) :]:
            joined = self.text[found[-1][1] : verb[0]]
            if len(joined) > 1 and self.cues["or"].fullmatch(joined.strip(" ,")):
                found.append(verb)
        return found

    def _subject(self, at: int) -> str:
        """The words before a verb of saying: who says it."""
        first = self._clause(at, at)[0]
        words = WORD.findall(self.written[first:at])
        # "In Paris it was rumoured that": nobody is named.
        verb = any(self.words.says("copulas", word.lower()) for word in words)
        named = any(w[0].isupper() or self.cues["papers"].fullmatch(w) for w in words)
        return " ".join(words) if named and not verb and len(words) <= SOURCE else ""


def holds(longer: Span, one: Span) -> bool:
    """Whether some words lie inside longer ones."""
    inside = longer[0] <= one[0] and one[1] <= longer[1]
    return inside and longer[1] - longer[0] > one[1] - one[0]


def longest(hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of words inside each other the longest: "едва не" is no "не"."""
    return sorted(
        (a, b, kind)
        for a, b, kind in set(hits)
        if not any(holds((c, d), (a, b)) for c, d, _ in hits)
    )


@functools.cache
def cues(language: str) -> dict[str, re.Pattern[str]]:
    """The words of a language by what they do; none where it has no such table."""
    path = language_folder(language) / "predicates.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        kind: phrases(words) if words else _NOTHING
        for kind, words in table.get("factuality", {}).items()
    }
