"""The subject of a verb of speech in a remark after the words.

Q, said X · Q, X was told by Y      the voice beside the verb, or whoever told it
Q, Bailey heard him say             whom somebody heard or remembers
«спрашиваю», «добавил», «сказано в аттестации»    no subject: the narrator, "he", or a paper
"""

from __future__ import annotations

from ..grammar.dictionary import is_adjective, noun_of, verb_of
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .subjects import Subjects

_FAR_NAME = 10  # tokens between a verb of speech and a name that tell what somebody is


class SubjectsAfter(Subjects):
    """Finds the subject of a verb that follows a quotation."""

    def _subject_after(self, k: int, stop: int, cue: int, everybody: list[Voice]) -> Voice | None:
        voices = self._joined(everybody)
        if self.by_case:
            if self.says("reading", cue):  # «Q», — читаем мы у Лунина
                found = [v for v in voices if self.says("found_with", v.first - 1)]
                if found and found[0].kind in SOMEBODY:
                    return found[0]
            direct = [v for v in voices if not v.oblique and not self._governed(v)]
            direct = self._plainly(direct, cue)
            for kinds in (("person", "pronoun", "role", "unnamed", "paper", "state"), ("thing",)):
                near = [v for v in direct if v.kind in kinds]
                if near:
                    thing = near[0].kind == "thing"
                    owner = self._owner(k, stop, near[0].last - 1) if thing else None
                    owner = owner or (self._on_whose_lips(near[0], voices) if thing else None)
                    return owner or near[0]
            return self._silent(k, stop, cue)
        before = [v for v in voices if v.last <= cue and not self._governed(v)]
        after = [v for v in voices if v.first > cue and v.first - cue <= 6]
        after = after or self._named_after_what_he_is(voices, cue)
        if before and self._is_passive(cue):
            return self._agent(cue, stop, voices) or self._told(cue, before[0])
        heard = next((j for j in range(k, stop) if self.says("hearing", j)), None)
        if before and heard is not None and self.says("object_pronouns", heard + 1):
            # "Q," Bailey heard him say.
            who = self.focus(k, self.says("feminine", heard + 1), before[0].id)
            return Voice(heard, heard + 2, who, "pronoun")
        quoted = self._heard_saying(cue, voices) if before else None
        quoted = quoted or self._cited_before(cue, before)
        if quoted:
            return quoted
        if before and before[0].kind == "thing":
            who = self._owner(k, stop, before[0].noun)
            wrote = "" if who else self._told_of_before(before[0]) or self._wrote_before(k)
            return who or (Voice(k, cue, wrote, "pronoun") if wrote else before[0])
        if before:
            return before[0]
        if after and after[0].kind == "thing":
            owner = self._owner(k, stop, after[0].last - 1)
            told = "" if owner else self._told_of_before(after[0])
            if not (owner or told) and self.says("parts_of_papers", after[0].noun):
                told = self._wrote_before(k)  # "runs one entry" of the diary that was kept
            return owner or (Voice(cue, cue + 1, told, "pronoun") if told else after[0])
        by = self._by(cue, stop)
        if by is not None:
            agents = [v for v in after if v.first > by]
            return agents[0] if agents else None
        put_in = self.says("interjecting", cue)  # "put in an old colonel"
        after = [v for v in after if not self._governed(v) or (put_in and v.first == cue + 2)]
        return after[0] if after else None

    def _named_after_what_he_is(self, voices: list[Voice], cue: int) -> list[Voice]:
        """ "Said 63-year-old war veteran Ahad Orde": a name behind what somebody is."""
        first = next((v for v in voices if v.first > cue), None)
        if first is None or first.kind != "person" or first.first - cue > _FAR_NAME:
            return []
        between = range(cue + 1, first.first)
        plain = all(
            self.story.kinds[j] in "wcuy-ND" and not self.says("oblique_words", j) for j in between
        )
        return [first] if plain else []

    def _on_whose_lips(self, thing: Voice, voices: list[Voice]) -> Voice | None:
        """«этот вопрос был на устах у солдат»: those in whose mouths it is."""
        for v in voices:
            if v.first > thing.last and v.kind in SOMEBODY and v.id:
                k = v.first - 1
                while self.says("every_one", k):
                    k -= 1
                return v if self.says("found_with", k) else None
        return None

    def _heard_saying(self, cue: int, voices: list[Voice]) -> Voice | None:
        """ "Q," X remembered Y saying; "Q," X reports Y as saying."""
        for v in voices:
            if v.first == cue + 1 and v.kind in SOMEBODY:
                verb = v.last + self.says("manner", v.last)
                said = self.says("says", verb) or self._is_saying(verb)
                return v if said else None
        return None

    def _cited_before(self, cue: int, voices: list[Voice]) -> Voice | None:
        """ "Q," X quotes Y as saying; "Q," X overheard Y telling Z: Y, right before the verb."""
        last = cue - self.says("manner", cue - 1)
        cited = voices[-1] if len(voices) > 1 else None
        if cited is None or cited.last != last or cited.kind not in SOMEBODY or not cited.id:
            return None
        verb = cited.first - 1
        lists = ("quoting", "hearing", "seeing", "verbs")
        told = any(self.says(name, verb) for name in lists) and voices[-2].last <= verb
        base = any(self.words.says("verbs", verb) for verb in self.suffixes.verbs_of(self.low(cue)))
        saying = base or self.low(cue).endswith(self.suffixes.participle)
        return cited if told and saying else None

    def _is_saying(self, verb: int) -> bool:
        """Whether the participle of a verb of speech stands at a position."""
        return self.low(verb).endswith(self.suffixes.participle) and self.says("verbs", verb)

    def _is_passive(self, cue: int) -> bool:
        """ "he was told": whoever is told does not speak."""
        k = cue - 1
        while k > 0 and (self.is_adverb_at(k) or self.says("adverbs", k)):
            k -= 1
        return self.says("told", cue) and self.says("passives", k)

    def _agent(self, cue: int, stop: int, voices: list[Voice]) -> Voice | None:
        """ "was told by his engineers"."""
        by = self._by(cue, stop)
        agents = [v for v in voices if by is not None and v.first > by]
        return agents[0] if agents else None

    def _told(self, cue: int, hearer: Voice) -> Voice:
        """Whoever else there is, if nothing says who told it."""
        return Voice(cue, cue + 1, self.focus(cue, False, hearer.id), "pronoun")

    def _silent(self, k: int, stop: int, cue: int) -> Voice | None:
        """A verb without a subject: «говорилось в ноте Багрова», «спрашиваю», «добавил»."""
        person, number, gender = verb_of(self.low(cue))
        if person == "1per" and number == "sing":
            return Voice(cue, cue + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        reading = self.says("reading", cue)  # «читаем в дневнике Ильина»
        body = self._body_after(cue, stop) if gender == "neut" else None
        if body:
            return body
        if reading or gender == "neut" or self.low(cue).endswith(self.suffixes.impersonal):
            noun = next((j for j in range(k, stop) if self.says("nouns", j)), None)
            if noun is None and gender and self.says("owner_links", cue + 1):
                return self._from_where(k, stop)  # «донеслось из окопов»
            if noun is None:
                return self._it_says_in(cue, stop)
            owner = self._owner(k, stop, noun)
            if owner or not (self.says("written", cue) and cue < noun <= cue + 4):
                return owner
            return self._itself(noun)
        if number == "plur" and person != "1per":
            return self._read_out(k, cue) or self._some(k, stop, cue)
        body = self._body_after(cue, stop)
        if body:
            return body
        who = self.focus(cue, gender == "femn")
        return Voice(cue, cue + 1, who, "pronoun") if who else None

    def _it_says_in(self, cue: int, stop: int) -> Voice | None:
        """«Q», — сказано в его аттестации: the paper, whoever wrote it."""
        for j in range(cue + 1, stop):
            if self.says("in_papers", j):
                for noun in range(j + 1, min(stop, j + 4)):
                    lemma, _, living = noun_of(self.low(noun))
                    thing = lemma and not living and self.story.kinds[noun] == "w"
                    if thing and not is_adjective(self.low(noun)):
                        return Voice(noun, noun + 1, "UNNAMED:" + lemma, "thing")
        return None
