"""Who and what a sentence names, known to a gazetteer or not, and whose its numbers are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from .mentions import Mention
from .name_keys import name_key
from .naming.gazetteer import Gazetteer
from .verbs import Verb

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_STEM = 6  # letters that stand for a word in every inflection
_LONG_NAME = 4  # words; more in capitals are a heading


class SentenceNames:
    """The names of one sentence."""

    mentions: list[Mention]
    known: Gazetteer
    start: int
    text: str
    words: dict[str, re.Pattern[str]]
    function_words: Any
    is_title: Callable[[str], bool]
    verbs: list[Verb]
    denied: list[Verb]
    maybe: frozenset[str]
    last_actor: str

    def _is_known(self, mention: Mention) -> bool:
        """Whether the gazetteer has a name; a person of the text alone has his own id there."""
        return mention.value in self.known.titles or mention.value in self.known.ids

    def _key(self, mention: Mention) -> str:
        """Under which a name is compared: its id, or what its surname is in any text."""
        if self._is_known(mention):
            return str(mention.value)
        return name_key(str(mention.value).rpartition("_")[2]) or str(mention.value)

    def _vocabulary(
        self, written: str, mentions: list[Mention]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Names (known ones by their id, others by a key that two alphabets share), and stems."""
        # "An armistice" names nothing; a treaty of the gazetteer does.
        known = {
            self._key(m)
            for m in mentions
            if m.type in ("ACTOR", "PLACE") or (m.type == "PACT" and m.value in self.known.ids)
        }
        taken = [
            (m.start - self.start, m.end - self.start)
            for m in mentions
            if m.type in ("ACTOR", "PLACE", "PACT", "DATE")
        ]
        names, stems = set(known), set()
        taken.sort()
        starts, ends = [a for a, _ in taken], [0, *accumulate((b for _, b in taken), max)]
        for match in _WORD.finditer(written):
            if match.start() < ends[bisect_left(starts, match.end())]:
                continue
            word = match.group()
            key = name_key(word) if word[0].isupper() and not self.is_title(word.lower()) else ""
            if len(key) > 2 and match.start() > 0:
                names.add(key)
                continue
            if len(key) > 2:
                self.maybe = frozenset([key])
            if len(word) > 4:
                stems.add(word.lower()[:_STEM])
        return frozenset(names), frozenset(stems)

    def _written_names(self, written: str, mentions: list[Mention]) -> tuple[str, ...]:
        """Names that stand in no gazetteer, as written; not the first word, nor one that acts."""
        taken = [
            (m.start - self.start, m.end - self.start)
            for m in mentions
            if m.type != "QUOTE" and (m.type != "ACTOR" or self._is_known(m))
        ]
        taken += [(verb.start, verb.end) for verb in (*self.verbs, *self.denied)]
        found: list[str] = []
        self.spots: list[tuple[int, str, str]] = [
            (m.start - self.start, str(m.value), "")
            for m in mentions
            if m.type == "ACTOR" and self._is_known(m)
        ]
        end, first = len(written), False
        for match in _WORD.finditer(written) if mentions else ():
            word = match.group()
            if not word[0].isupper() or len(word) < 2:
                continue
            if not match.start() and word.lower() in self.function_words:
                continue
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if match.end() == end + 1 + len(word) and written[end] == " ":
                found[-1] += f" {word}"
            else:
                found.append(word)
            end, first = match.end(), first or not match.start()
            if len(name_key(word)) > 2:
                self.spots.append((match.start(), name_key(word), word))
        # One capital at the head of a sentence is no name.
        found = found[1:] if first and " " not in found[0] else found
        return tuple(dict.fromkeys(name for name in found if name.count(" ") < _LONG_NAME))

    def _ours_before(self, at: int) -> int:
        """Where "we" or "our" stands last before a place; -1 where it does not."""
        return max((m.start() for m in self.words["ours"].finditer(self.text, 0, at)), default=-1)

    def _owner(self, at: int, before: SentenceNames | None) -> str:
        """The power named last before a place in the sentence, else in the sentence before."""
        actors = [
            m
            for m in self.mentions
            if m.type == "ACTOR" and m.start - self.start < at and self._is_known(m)
        ]
        ours = self._ours_before(at)
        last_one = max(actors, key=lambda m: m.start, default=None)
        if last_one is not None and last_one.start - self.start > ours:
            last = str(last_one.value)
            return self.known.allegiance.get(last, last)
        if ours >= 0:
            return ""  # "we lost 2,357 men": of no power that is named
        return before.last_actor if before is not None else ""

    def _holder(self, at: int) -> tuple[str, str]:
        """The name last before a place: in "A had 4,000 men; B had 6,000", B of the second."""
        ours = self._ours_before(at)
        before = [spot for spot in self.spots if ours < spot[0] < at]
        return max(before)[1:] if before else ("", "")

    def _states(self, mentions: list[Mention]) -> frozenset[str]:
        actors = {str(m.value) for m in mentions if m.type == "ACTOR" and self._is_known(m)}
        return frozenset(self.known.allegiance.get(actor, actor) for actor in actors)
