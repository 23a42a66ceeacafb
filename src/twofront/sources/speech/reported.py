"""Reported speech: the clause in which somebody's words are told, and who reports them.

    X said that … · X сообщил, что …        after a conjunction
    X said the bridge was gone              without one: a subject and its verb follow at once
    X asked whether … · спросил, цел ли …   a question
    X says that Y claimed that …            a chain, the outer one first
    X denied that … · X не говорил, что …   left out: these words are not his

A clause ends with its sentence, at a semicolon after which no "that" follows, and where the
sentence goes on with what another said.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..grammar.dictionary import is_finite_verb
from ..grammar.pieces import Pieces
from .narrative import SOMEBODY, Voice
from .speakers import Speakers

_FAR = {True: 24, False: 10}  # tokens between a verb of speech and "that", by "has cases"
_SUBJECT = 7  # tokens in which a subject without "that" before it must come to its verb
_SHORTEST = 4  # tokens of a clause with its conjunction
_DENIED = 4  # tokens before a verb of speech that may deny it


@dataclass(frozen=True)
class Clause:
    """What is reported: offsets in the text, and who reports it, the outer one first."""

    start: int
    end: int
    chain: tuple[str, ...]


class Reported:
    """Finds the reported clauses of a story."""

    def __init__(self, pieces: Pieces, speakers: Speakers) -> None:
        self.pieces, self.speakers, self.story = pieces, speakers, speakers.story
        self.says, self.by_case = speakers.says, speakers.by_case

    def clauses(self) -> list[Clause]:
        """All reported clauses, in order."""
        found: list[Clause] = []
        within: list[tuple[int, int, tuple[str, ...]]] = []
        told: dict[int, int] = {}  # by verb, where what hangs on it ends
        for s in self._beginnings():
            cue = self._cue(s)
            start = self.speakers.sentence_start(s)
            outer = next((w for w in reversed(within) if w[0] < (cue or 0) < w[1]), None)
            if cue is None or self._is_denied(start, cue) or told.get(cue, -1) > s:
                continue
            if self._is_relative(s, cue):
                continue
            start = outer[0] + 1 if outer else start
            voices = self._reporters(start, s, cue)
            if not voices or not voices[-1].id:
                continue
            last = self._last(start, s)
            if last is None:
                continue
            chain = (*(outer[2] if outer else ()), *(voice.id for voice in voices))
            within.append((s, last, chain))
            told[cue] = last
            p, at = self.pieces, self.story.at
            found.append(Clause(p.starts[at[s]], p.ends[at[last]], chain))
        return found

    def _beginnings(self) -> list[int]:
        """Where a reported clause may begin."""
        p, at = self.pieces, self.story.at
        says = p.listed
        joined = says["that"] | says["whether"] | says["hearsay"]
        either, lows, found = joined | says["that_verbs"], p.lows, set()
        for s in [s for s, i in enumerate(at[:-1]) if i >= 0 and lows[i] in either]:
            begins = self._opening(s) if lows[at[s]] in joined else self._bare(s)
            if begins is not None:
                found.add(begins)
        return sorted(found)

    def _opening(self, s: int) -> int:
        """«спросил, цел ли мост»: a clause begins after the comma, and not at its particle."""
        if not self.by_case or not self.says("whether", s):
            return s
        comma = self.story.kinds.rfind(",", max(0, s - 4), s)
        return comma + 1 if comma != -1 else s

    def _cue(self, s: int) -> int | None:
        """The verb of speech that a clause hangs on; None if it is no reported one."""
        kinds, start = self.story.kinds, self.speakers.sentence_start(s)
        if self.speakers.sentence_end(s) - s < _SHORTEST:
            return None
        if self.says("that", s):
            # «только что» is "just now", and reports nothing.
            if self.says("never_before_that", s - 1):
                return None
            names = ("that_verbs",)
        elif self.says("that_verbs", s - 1) or self._is_after(s):
            names = ("that_verbs",)
        elif self.says("hearsay", s):
            names = ("that_verbs",) if kinds[s - 1] == "," else ()
        else:
            names = ("asking", "asked_aloud", "whether_verbs")
        for c in range(s - 1, max(start, s - _FAR[self.by_case]) - 1, -1):
            if kinds[c] == "Q":
                return None
            if any(self.says(name, c) for name in names):
                return c
        return None

    def _is_relative(self, s: int, cue: int) -> bool:
        """ "wrote the book that was read", "wrote that evening": what is told of a noun."""
        if self.by_case or not self.says("that", s):
            return False
        if self.says("times_told", s + 1) and not self.says("finite", s + 2):
            return True  # "wrote that evening"
        if s == cue + 1:
            return False
        return self.says("finite", s + 1) or self.says("common_verbs", s + 1)

    def _is_after(self, s: int) -> bool:
        """Whether a clause without a conjunction begins: "told him it was", «сообщил, мост цел»."""
        if self.by_case:
            return self.story.kinds[s - 1] == "," and self.says("that_verbs", s - 2)
        return self.says("told", s - 2)

    def _is_denied(self, start: int, cue: int) -> bool:
        """ "did not say that", «не утверждал, что»: nobody's words, or of nobody in particular."""
        if self.says("ourselves", cue - 1):
            return True  # "Conrad died, and we thought that the war was over"
        near = range(max(start, cue - (1 if self.by_case else _DENIED)), cue)
        return any(self.says("denying", k) for k in near if "," not in self.story.kinds[k:cue])

    def _reporters(self, start: int, s: int, cue: int) -> list[Voice]:
        """Who reports, the outer one first; without a conjunction only somebody."""
        voices = self.speakers.reporters(start, s, cue)
        joined = self.says("that", s)
        return voices if joined or all(voice.kind != "thing" for voice in voices) else []

    def _last(self, start: int, s: int) -> int | None:
        """The last position of a clause; None if it only leads up to a quotation."""
        kinds, end = self.story.kinds, self.speakers.sentence_end(s)
        end = self.speakers.goes_on_without(start, s, end)
        semicolon = kinds.find(";", s, end)
        while semicolon != -1:
            k = semicolon + 1
            while self.says("coordinators", k):
                k += 1
            if not self.says("that", k):
                end = semicolon
                break
            semicolon = kinds.find(";", k, end)
        quote = kinds.find("Q", s, end)
        if quote != -1 and quote - s <= 2:
            return None
        last = (quote if quote != -1 else end) - 1
        while last > s and (self.story.at[last] < 0 or kinds[last] in ".\"',;:-"):
            last -= 1
        return last

    def _bare(self, cue: int) -> int | None:
        """Where a clause begins that no conjunction joins to the verb of speech."""
        if self.by_case:
            return self._bare_by_case(cue)
        kinds, start = self.story.kinds, self.speakers.sentence_start(cue)
        if "Q" in kinds[start:cue] or self.says("passives", cue - 1):
            return None
        k = cue + 1
        if self.says("told", cue):
            named = self.speakers.people.at.get(self.story.at[k])
            if named is None and not self._is_hearer(k):
                return None
            k += 1
            if named is not None and named.last - named.first > 1:
                return None
        alone = self.says("subject_pronouns", k) or self.says("plural_subjects", k)
        if alone or self.says("first_person", k):
            return k
        person = self.speakers.people.at.get(self.story.at[k])
        j = k + (person.last - person.first if person is not None else 0)
        if person is not None and not person.possessive and self.says("common_verbs", j):
            return k
        if not (kinds[k] == "i" or person is not None or self.says("demonstratives", k)
                or self.says("possessives", k) or self.says("indefinite_subjects", k)):  # fmt: skip
            return None
        for j in range(k + 1, k + _SUBJECT):
            if self.says("finite", j):
                return k
            plain = kinds[j] in "wciuMN" and not self.says("relatives", j)
            plain = plain and (self.says("joining", j) or not self.says("coordinators", j))
            if not plain or (self.says("oblique_words", j) and not self.says("title_links", j)):
                return None
        return None

    def _is_hearer(self, s: int) -> bool:
        return any(
            self.says(name, s) for name in ("told_pronouns", "object_plurals", "speaking_with_me")
        )

    def _bare_by_case(self, cue: int) -> int | None:
        """«Газета сообщала, генерал Ноги считал»: a comma, a subject, and a verb."""
        if self.story.kinds[cue + 1] != "," or "Q" in self.story.kinds[cue - 2 : cue]:
            return None
        voice = next(iter(self.speakers.voices(cue + 2, cue + 2 + _SUBJECT)), None)
        if voice is None or voice.first != cue + 2 or voice.oblique or voice.kind not in SOMEBODY:
            return None
        return cue + 2 if is_finite_verb(self.speakers.low(voice.last)) else None
