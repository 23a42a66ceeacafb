"""Whose a paper is that the sentences before told of.

Reid sent a memorandum. It ran: Q           "it" is Reid's
Reid's order … The last clause of it ran    a part of the paper is his too
The entry for 3 July reads                  of whoever wrote last
«Q», — читали перед строем                  the order that the sentence before tells of
"""

from __future__ import annotations

from abc import abstractmethod

from ..grammar.dictionary import noun_gender, noun_of
from .narrative import SOMEBODY, Voice
from .owners import Owners

_TOLD_OF = 4  # sentences in which a paper was told of before


class ToldOfBefore(Owners):
    """Finds who wrote or sent a paper of which sentences before tell."""

    @abstractmethod
    def _subject_before(self, a: int, b: int, verb: int, nouns: list[int]) -> Voice | None:
        """The subject of a verb (`subjects.py`)."""

    def _read_out(self, k: int, cue: int) -> Voice | None:
        """«Q», — читали перед строем: the order that the sentence before tells of."""
        if not self.says("reading_out", cue):
            return None
        end = self.sentence_start(k)
        start = self.sentence_start(max(0, end - 1))
        nouns = self.places("nouns", start, end)
        if not nouns:
            return None
        owner = self._owner(start, end, nouns[-1]) or self._sender(start, end, nouns[-1])
        if owner and owner.id and not owner.id.startswith("UNNAMED"):
            return owner
        return self._itself(nouns[-1], cue)

    def _of_it(self, k: int, cue: int) -> Voice | None:
        """ "it read", «говорилось в ней»: whose the paper is of which the sentence before tells."""
        near = [
            j for j in range(max(k, cue - 3), cue + 4)
            if self.says("paper_pronouns", j) or self.says("there", j)
        ]  # fmt: skip
        if not near or (not self.by_case and near[0] > cue):
            return None
        start = self.sentence_start(k)
        quoted = self.story.kinds.rfind("Q", start, k)
        start = quoted if quoted > start else start  # «приказ Петра I. Q», — in one sentence
        for _ in range(3):
            end = start
            start = self.sentence_start(max(0, start - 1))
            nouns = self.places("nouns", start, end)
            if not self.by_case and self.says("paper_pronouns", near[0]):
                nouns = [j for j in nouns if not self._are_several(self.low(j))]
            if self.says("paper_pronouns", start):
                for v in self._joined(self.voices(start, end)):
                    k = v.first - 1 - self.says("possessives", v.first - 1)
                    if self.says("owner_links", k) and v.kind != "thing":
                        return v  # "It was from his brother Henry."
            for noun in nouns:
                if self.by_case and not self._agrees_with_it(noun, near[0]):
                    continue
                owner = self._owner(start, end, noun) or self._sender(start, end, noun)
                if owner and owner.id:
                    return Voice(cue, cue + 1, owner.id, "pronoun")
            if nouns and not self.by_case and self.says("parts_of_papers", nouns[0]):
                start_of = self.sentence_start(max(0, start - 1))
                owners = (self._owner(start_of, start, j)
                          for j in self.places("nouns", start_of, start))  # fmt: skip
                wrote = next((owner for owner in owners if owner), None)
                if wrote and wrote.id:
                    return Voice(cue, cue + 1, wrote.id, "pronoun")
            known = "" if self.by_case or not nouns else self._whose_it_was(nouns[0])
            if known:
                return Voice(cue, cue + 1, known, "pronoun")
            if nouns:
                word = self.low(nouns[0])
                name = (noun_of(word)[0] or word) if self.by_case else word
                return Voice(cue, cue + 1, "UNNAMED:" + name, "thing")
            if start == 0:
                break
        return None

    def _whose_it_was(self, noun: int) -> str:
        """ "Reid wrote to her. The letter is lost.": whose the paper is that was told of before."""
        if self.story.kinds[noun - 1] != "i" or self.says("indefinite", noun - 1):
            return ""
        thing = Voice(noun - 1, noun + 1, "UNNAMED:" + self.low(noun), "thing")
        told = self._told_of_before(thing)
        personal = self.says("personal_papers", noun)
        return told or (self._wrote_before(noun) if personal else "")

    def _are_several(self, noun: str) -> bool:
        """ "letters", and not "summons": a plural, which is no "it"."""
        return self.words.says_of_one("nouns", noun)

    def _sender(self, a: int, b: int, noun: int) -> Voice | None:
        """ "Ware sent a memorandum": the subject of the verb before the noun."""
        for verb in range(noun - 1, a, -1):
            got = self.says("getting", verb) and any(
                self.says("outwards", j) for j in range(noun + 1, min(b, noun + 4))
            )
            gave = self.says("giving", verb) and any(
                self.says("indefinite", j) for j in (noun - 1, noun - 2)
            )  # "gave him an order"
            if got or gave or self.says("sending", verb):
                return self._subject_before(a, noun, verb, []) or self._name_before(a, verb)
        return None

    def _name_before(self, a: int, verb: int) -> Voice | None:
        """ "Before sailing Reid sent a letter": a name right before a verb."""
        before = next((v for v in self.voices(a, verb) if v.last == verb), None)
        return before if before and before.kind == "person" else None

    def _agrees_with_it(self, noun: int, pronoun: int) -> bool:
        """Whether «нём» or «ней» may stand for a noun."""
        if self.says("there", pronoun):
            return self.says("personal_papers", noun)
        gender = noun_gender(self.low(noun))
        return not gender or self.says("feminine", pronoun) == (gender == "femn")

    def _writer(self, s: int, thing: Voice) -> Voice:
        """ "The entry for 3 July reads": who wrote last, or whoever the text is about."""
        told = "" if self.by_case else self._told_of_before(thing)
        if told:
            return Voice(thing.first, thing.last, told, "pronoun")
        if not self.says("personal_papers", thing.noun) or self._is_of_a_unit(thing):
            return thing
        who = self._wrote_before(s) or self.focus(s)
        return Voice(thing.first, thing.last, who, "pronoun") if who else thing

    def _is_of_a_unit(self, thing: Voice) -> bool:
        """ "the war diary", "the journal of the 9th Regiment": a paper of many hands."""
        if self.by_case:
            return False
        k = thing.noun + 1
        linked = self.says("title_links", k)
        units = (self.says("men_and_ships", j) for j in range(k + 1, k + 5) if linked)
        return thing.noun - thing.first > 1 or any(units)

    def _told_of_before(self, thing: Voice) -> str:
        """ "Reid's order named six columns. The last clause of the order ran": Reid's."""
        noun, k = thing.noun, thing.last
        if self.says("title_links", k):
            k += 1
            k += self.story.kinds[k] == "i"
            noun = k if self.says("nouns", k) else noun
        if self.says("indefinite", thing.first):
            return ""
        end = self.sentence_start(thing.first)
        for _ in range(_TOLD_OF):
            start = self.sentence_start(max(0, end - 1))
            for j in range(start, end):
                if self.says("subject_pronouns", j - 1):
                    continue  # "she notes"
                part = self.says("parts_of_papers", noun) and self.says("nouns", j)
                if part or self.low(j) == self.low(noun):
                    owner = self._owner(start, end, j) or self._sender(start, end, j)
                    if owner and owner.kind in SOMEBODY:
                        return owner.id
                    if not part or self.low(j) == self.low(noun):
                        return ""
            end = start
        return ""

    def _keeps(self, verb: int) -> bool:
        """ "kept a diary", "kept careful accounts": whether a paper is kept."""
        if self.by_case or not self.says("keeping", verb):
            return False
        papers = ("personal_papers", "kept_papers")
        return any(self.says(name, j) for j in range(verb + 1, verb + 5) for name in papers)

    def _wrote_before(self, s: int) -> str:
        """ "A brother officer wrote to her": the subject of a verb of writing shortly before."""
        end = self.sentence_start(s)
        for k in range(3):
            start = self.sentence_start(max(0, end - 1))
            for verb in range(end - 1, start, -1):
                sends = not (k or self.by_case) and self.says("sending", verb)
                if sends or self.says("writing", verb) or self._keeps(verb):
                    writer = self._subject_before(start, end, verb, [])
                    return writer.id if writer and writer.kind != "thing" else ""
            end = start
        return ""
