"""The subject of a verb of speech, and whose words a noun of speech tells of.

X wrote · wrote X                   where nouns have cases: the nominative nearest to the verb,
                                    elsewhere the name that opens the clause
X, who had come late, wrote         brackets and subordinate clauses hold no subject
to X, who wrote                     "who" is X, in whatever case
«писал домой», «спрашиваю»          a verb without a subject: "he", or the narrator
X's reply · a letter from X         the owner of the words
"""

from __future__ import annotations

from ..grammar.inflection import (
    agrees,
    is_adjective,
    is_adverb,
    is_finite_verb,
    is_genitive,
    is_instrumental,
    is_known,
    is_noun,
    is_participle,
    is_place_name,
    is_plural,
    is_plural_subject,
    may_be_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .clauses import ASIDE, MAIN, SUBORDINATE, Segment, relative_at, segments_of
from .discourse import SUBJECT
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .voices import Voices

_APPOSITION = 9  # tokens of what somebody is between his name and the verb
_FAR_BODY = 7  # tokens between what stands for people and its verb
_TOLD_OF = 4  # sentences in which a paper was told of before
_FAR_NAME = 10  # tokens between a verb of speech and a name that tell what somebody is


class Subjects(Voices):
    """Finds subjects and owners among the voices of a sentence."""

    def _subject_before(self, a: int, b: int, verb: int, nouns: list[int]) -> Voice | None:
        everybody = self._joined(self.voices(a, b, verb))
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        relative = self._relative(everybody, segments, verb)
        if relative:
            return relative
        place = self._which_told(segments, verb)
        if place:
            return place
        voices = self._in_clause(everybody, segments, verb)
        if self.by_case:
            return self._subject_by_case(voices, verb, a, b, nouns)
        by = next((j for j in range(verb + 1, min(b, verb + 4)) if self.says("agents", j)), None)
        if by is not None:
            agents = [v for v in voices if by < v.first <= by + 4]
            if agents:
                return agents[0]
        beside = next((v for v in everybody if v.last == verb and v.kind == "pronoun"), None)
        if beside is not None and beside.id and self.says("subject_pronouns", verb - 1):
            return beside  # "On the use of the mill as a barrack he said"
        inverted = self._inverted(everybody, verb, b)
        if inverted:
            return inverted
        before = [
            v for v in voices if v.last <= verb and not self._governed(v) and not v.possessive
        ]
        if self.says("coordinators", verb - 1):
            # "I asked if he knew, and said": the subject of the first verb
            inner = self._goes_on_inside(before, verb)
            if inner:
                return inner
            main = [v for v in before if not self._hangs(v)]
            before = main or before
        near = [v for v in before if v.kind != "state" or verb - v.last <= 3]
        if near and self._has_own_verb(near, verb):
            return near[-1]
        for wanted in (
            lambda v: self._opens_clause(v) and v.kind != "thing",
            lambda v: (
                v.kind in ("person", "pronoun", "role", "unnamed", "paper")
                and not self._is_object(v)
            ),
            lambda v: verb - v.last <= 4 and not self._is_object(v),
        ):
            fitting = [v for v in near if wanted(v)]
            if fitting:
                best = fitting[-1]
                if best.kind == "thing":
                    return self._owner(a, b, best.last - 1) or self._writer(a, best)
                return best
        paper = self._capitals(segments, verb) or self._staff(segments, verb)
        if paper:
            return paper
        if verb - a <= 2 or self.story.kinds[verb - 1] == ",":
            after = [v for v in voices if v.first > verb and not self._governed(v)]
            if after and after[0].first - verb <= 2:
                return after[0]
        owners = [j for j in nouns if j < verb]
        return self._owner(a, b, owners[-1]) if owners else None

    def _goes_on_inside(self, voices: list[Voice], verb: int) -> Voice | None:
        """ "I was at my club, where a colonel got up and said": the clause with "where" goes on."""
        if self.story.kinds[verb - 2] == ",":
            return None
        for v in voices:
            opens = self.story.kinds[v.first - 2] == "," and self.says("subordinators", v.first - 1)
            if opens:
                return None if self._comma(v.last, verb) else v
        return None

    def _has_own_verb(self, voices: list[Voice], verb: int) -> bool:
        """ "They came up, and all the time Mr Garland was saying": the last stands by its verb."""
        last = voices[-1]
        if last.kind not in ("person", "role") or self._is_object(last):
            return False
        openers = [v for v in voices[:-1] if self._opens_clause(v)]
        if not openers or not self._only_helpers(self._past_aside(last.last, verb), verb):
            return False
        return any(
            self.says("joining", j) and self.story.kinds[j - 1] in ",;"
            for j in range(openers[-1].last, last.first)
        )

    def _past_aside(self, k: int, verb: int) -> int:
        """ "Kluge, in the back row, said": where a clause goes on after an aside."""
        if self.story.kinds[k] != "," or not self.says("oblique_words", k + 1):
            return k
        end = self.story.kinds.find(",", k + 1, min(verb, k + 10))
        return end + 1 if end != -1 else k

    def _inverted(self, voices: list[Voice], verb: int, b: int) -> Voice | None:
        """ "The Powers would never suffer it, declared Ristok, Q": an aside with its subject."""
        if self.story.kinds[verb - 1] != ",":
            return None
        for v in voices:
            ends = v.last >= b or self.story.kinds[v.last] in ",;:-"
            if v.first == verb + 1 and ends and v.kind in ("person", "role"):
                return v
        return None

    def _subject_by_case(
        self, voices: list[Voice], verb: int, a: int, b: int, nouns: list[int]
    ) -> Voice | None:
        direct = [v for v in voices if not v.oblique and not self._governed(v)]
        direct = [v for v in direct if not self._is_source(v)]
        agreeing = any(self._agrees(v, verb) for v in direct if v.kind != "thing")
        body = self._body_before(a, verb) if direct and not agreeing else None
        if body:
            return body  # «разведка предупреждала правительство»
        apposed = self._before_apposition(direct, verb)
        if apposed:
            return apposed
        direct = self._plainly(direct, verb)
        strong = [v for v in direct if v.kind != "thing"]
        after = [v for v in strong if v.first > verb and not self._comma(verb, v.first)]
        before = [v for v in strong if v.last <= verb]
        clause = [v for v in before if not self._break(v.last, verb)]
        if clause:
            return clause[-1]
        if after and after[0].first - verb <= 7:
            return after[0]
        if before:
            return before[-1]
        things = [v for v in direct if v.kind == "thing"]
        for thing in things:
            owner = self._owner(a, b, thing.last - 1)
            if owner:
                return owner
        for noun in reversed(nouns):
            owner = self._owner(a, b, noun)
            if owner:
                return owner
        if self.says("impersonal", verb) or self._is_many(verb):
            return self._from_where(a, verb)
        if not things and self._is_city_or_body(verb - 1):
            return Voice(verb - 1, verb, self.low(verb - 1).upper(), "state")
        body = None if things else self._body_before(a, verb)
        if body:
            return body
        return self._writer(a, things[-1]) if things else None

    def _before_apposition(self, voices: list[Voice], verb: int) -> Voice | None:
        """«Лунин, отличный был стрелок, ответил»: the name before the commas, and not within."""
        close = verb - 1
        while self.says("verb_helpers", close) or is_adverb(self.low(close)):
            close -= 1
        if self.story.kinds[close] != ",":
            return None
        for v in voices:
            person = self.people.at.get(self.story.at[v.first])
            last = v.first + person.last - person.first if person else v.last
            if v.kind != "person" or self.story.kinds[last] != "," or not last < close:
                continue
            opens = (
                self._opens_clause(v) or self.story.kinds[v.first - 1] == "."
            )  # «в 1935 г. Лунин»
            near = close - last <= _APPOSITION and opens
            if near and self._agrees(v, verb) and self._is_apposed(last + 1, close):
                return v
        return None

    def _is_apposed(self, a: int, b: int) -> bool:
        """Whether only what somebody is stands between two commas, and no clause of its own."""
        openers = ("coordinators", "subordinators", "relatives", "subject_pronouns")
        for k in range(a, b):
            if self.story.kinds[k] in ":;-Q|¶" or self._is_subject_at(k):
                return False
            opens = k == a or self.story.kinds[k - 1] == ","
            if opens and any(self.says(name, k) for name in openers):
                return False
            acts = is_finite_verb(self.low(k)) and not is_noun(self.low(k))
            if acts and not self.says("copulas", k):
                return False
        nouns = [noun_of(self.low(k)) for k in range(a, b)]
        return any(subject and living for _, subject, living in nouns)

    def _is_source(self, voice: Voice) -> bool:
        """«он, по рассказу Лунина, сказал»: who tells of it is not who spoke."""
        before = f"{self.low(voice.first - 2)} {self.low(voice.first - 1)}"
        return voice.kind == "person" and before in self.people.according

    def _is_city_or_body(self, s: int) -> bool:
        """«Берлин заявил», «Совинформбюро сообщало»: a capital that is no person."""
        opens = self.story.kinds[s - 1 : s] in ("", "|", "¶", ",") and self.story.kinds[s] in "cM"
        low = self.low(s)
        plain = not self.says("not_a_name", s) and not self.says("verbs", s)
        return opens and plain and (is_place_name(low) or not is_known(low)) and noun_of(low)[1]

    def _body_before(self, a: int, verb: int) -> Voice | None:
        """«Командование сообщило», «Дума в мае просила»: what stands for people."""
        for k in range(verb - 1, max(a, verb - _FAR_BODY), -1):
            if self.story.kinds[k] in ",;:|¶Q":
                break
            if self.says("oblique_words", k):
                body = self._body_at(a, k - 1, verb)
                if body:
                    return body
        return self._body_at(a, verb - 1, verb)

    def _body_at(self, a: int, k: int, verb: int) -> Voice | None:
        """The body whose last word stands at a position."""
        _, number, gender = verb_of(self.low(verb))
        while k > a and (self.says("verb_helpers", k) or self.says("bridges", k)):
            k -= 1
        last = k
        while k > max(a, last - 3) and is_genitive(self.low(k)) and not noun_of(self.low(k))[1]:
            k -= 1  # «командование армии сообщило»
        lemma, subject, _ = noun_of(self.low(k))
        if k < a or not (lemma and subject and number == "sing" and self.story.kinds[k] in "wc"):
            return None
        if not is_noun(self.low(k)) or self.says("nouns", k):
            return None  # «всё кричал»; a paper has its author
        own = noun_gender(self.low(k))
        if (gender and own and own != gender) or self.says("oblique_words", k - 1):
            return None
        first, words = k, [lemma]
        while first > a and agrees(self.low(first - 1), self.low(k)):
            first -= 1
            words.insert(0, self.low(first))
        if self.says("oblique_words", first - 1):
            return None
        return Voice(first, last + 1, "UNNAMED:" + " ".join(words), "unnamed", head=k)

    def _plainly(self, voices: list[Voice], verb: int) -> list[Voice]:
        """Who agrees with a verb; a name of no clear case only where no nominative stands by."""
        agreeing = [v for v in voices if self._agrees(v, verb)] or voices
        clear = [v for v in agreeing if not v.unclear and v.kind in SOMEBODY]
        if any(v.kind == "person" for v in clear):  # «Лунин в книге „Поход“ пишет»
            agreeing = [v for v in agreeing if v.kind != "paper" or not self._is_of_noun(v)]
        return [
            v for v in agreeing
            if not v.unclear
            or all(self._comma(min(v.last, c.last), max(v.first, c.first)) for c in clear)
        ]  # fmt: skip

    def _is_of_noun(self, paper: Voice) -> bool:
        """«в книге „Поход“»: whether a noun that is no subject stands before a title."""
        lemma, subject, _ = noun_of(self.low(paper.first - 1))
        return bool(lemma) and not subject

    def _is_many(self, verb: int) -> bool:
        """«ответили»: a verb in the plural without a subject."""
        return self.story.kinds[verb] in "wc" and verb_of(self.low(verb))[1] == "plur"

    def _from_where(self, a: int, verb: int) -> Voice:
        """«из Ставки ответили»: who they are tells the place they answer from."""
        for j in range(a, verb):
            k = j + 1
            title = (
                self._titles_in_marks().get(self.story.at[k]) if self.says("in_papers", j) else None
            )
            if title:  # «в „Таймс“ писали»
                return Voice(k, k + 1, title[0], "paper")
            while (
                k < min(verb - 1, j + 3) and is_adjective(self.low(k)) and not self.says("nouns", k)
            ):
                k += 1  # «с дальнего маяка»
            placed = self.says("whence_links", j) and self.says("whence", k)
            if k < verb and (placed or self.says("owner_links", j)) and self.story.kinds[k] != "-":
                lemma, _, _ = noun_of(self.low(k))
                return Voice(k, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
        return Voice(verb, verb + 1, "UNNAMED", "unnamed")

    def _agrees(self, voice: Voice, verb: int) -> bool:
        """Whether number and gender of a verb go with a subject, as far as both show."""
        _, number, gender = verb_of(self.low(verb))
        if not number:
            return True
        head = self.low(voice.noun)
        if voice.kind == "pronoun":
            many = self.says("plural_subjects", voice.first)
            own = "femn" if self.says("feminine", voice.first) else "masc"
            own = "" if self.says("first_person", voice.first) else own
        elif voice.kind == "person":
            many = False
            own = "femn" if voice.id in self.people.female else "masc"
            if gender == "femn" and head[-1:] not in "ьй" and head.endswith(self.female_endings):
                own = "femn"
        else:
            many = is_plural(head) or (number == "plur" and may_be_plural_subject(head))
            own = "" if many else noun_gender(head)
            if gender == "femn" and own == "masc" and voice.kind != "thing":
                own = ""  # «врач сказала»
        if number == "plur":
            return many or self._is_coordinated(voice)
        return not many and (not gender or not own or own == gender)

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
        if quoted:
            return quoted
        if before and before[0].kind == "thing":
            who = self._owner(k, stop, before[0].noun)
            wrote = "" if who else self._wrote_before(k)
            return who or (Voice(k, cue, wrote, "pronoun") if wrote else before[0])
        if before:
            return before[0]
        if after and after[0].kind == "thing":
            owner = self._owner(k, stop, after[0].last - 1)
            told = "" if owner else self._told_of_before(after[0])
            return owner or (Voice(cue, cue + 1, told, "pronoun") if told else after[0])
        by = next((j for j in range(cue + 1, min(stop, cue + 4)) if self.says("agents", j)), None)
        if by is not None:
            agents = [v for v in after if v.first > by]
            return agents[0] if agents else None
        after = [v for v in after if not self._governed(v)]
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
                said = self.low(verb) == "say" or (
                    self.low(verb).endswith("ing") and self.says("verbs", verb)
                )
                return v if said else None
        return None

    def _is_passive(self, cue: int) -> bool:
        """ "he was told": whoever is told does not speak."""
        k = cue - 1
        while k > 0 and (self.low(k).endswith("ly") or self.says("adverbs", k)):
            k -= 1
        return self.says("told", cue) and self.says("passives", k)

    def _agent(self, cue: int, stop: int, voices: list[Voice]) -> Voice | None:
        """ "was told by his engineers"."""
        by = next((j for j in range(cue + 1, min(stop, cue + 4)) if self.says("agents", j)), None)
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
        if reading or gender == "neut" or self.low(cue).endswith(("ся", "но")):
            noun = next((j for j in range(k, stop) if self.says("nouns", j)), None)
            if noun is None and gender and self.says("owner_links", cue + 1):
                return self._from_where(k, stop)  # «донеслось из окопов»
            if noun is None:
                return self._it_says_in(cue, stop)
            owner = self._owner(k, stop, noun)
            if owner or not (self.says("written", cue) and cue < noun <= cue + 4):
                return owner
            lemma = noun_of(self.low(noun))[0] or self.low(noun)
            return Voice(noun, noun + 1, "UNNAMED:" + lemma, "thing")
        if number == "plur" and person != "1per":
            return self._read_out(k, cue) or self._some(k, stop, cue)
        body = self._body_after(cue, stop)
        if body:
            return body
        who = self.focus(cue, gender == "femn")
        return Voice(cue, cue + 1, who, "pronoun") if who else None

    def _body_after(self, cue: int, stop: int) -> Voice | None:
        """«Q», — сообщило командование; «Q», — заявила советская делегация."""
        k = cue + 1
        while k < min(stop, cue + 4) and is_adjective(self.low(k)) and not is_noun(self.low(k)):
            k += 1
        lemma, subject, _ = noun_of(self.low(k)) if k < stop else ("", False, False)
        _, number, gender = verb_of(self.low(cue))
        if not (
            subject and number == "sing" and is_noun(self.low(k)) and self.story.kinds[k] in "wc"
        ):
            return None
        own = noun_gender(self.low(k))
        if (gender and own and own != gender) or self.says("nouns", k):
            return None
        words = [self.low(j) for j in range(cue + 1, k)]
        return Voice(cue + 1, k + 1, "UNNAMED:" + " ".join([*words, lemma]), "unnamed", head=k)

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

    def _some(self, k: int, stop: int, cue: int) -> Voice:
        """«крикнули из толпы», «шутили на баке»: several who are not told."""
        for j in range(k, stop):
            if j != cue and self.story.kinds[j] == "w" and is_plural_subject(self.low(j)):
                return Voice(j, j + 1, "UNNAMED:" + self.low(j), "unnamed")
        they = self.many(cue) if self.says("answering", cue) else ""
        return Voice(cue, cue + 1, they, "unnamed") if they else self._from_where(k, stop)

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
        word = self.low(nouns[-1])
        return Voice(cue, cue + 1, "UNNAMED:" + (noun_of(word)[0] or word), "thing")

    def goes_on_without(self, a: int, s: int, b: int) -> int:
        """Where a clause with "that" ends and the sentence goes on with what another said.

        «X заявил, что дело проиграно, а в ответ Y возразил»; «когда донесли, что река близко, он
        вскричал».
        """
        hanging = self.says("subordinators", a)
        comma = self.story.kinds.find(",", s, b)
        while comma != -1:
            ahead = min(b, comma + 8)
            verb = next((j for j in range(comma + 1, ahead) if self.says("verbs", j)), None)
            opens = self.says("contrasts", comma + 1) or self.says("coordinators", comma + 1)
            if verb is not None and (opens or hanging) and verb_of(self.low(verb))[0] == "":
                voices = [v for v in self.voices(comma + 1, verb) if self._may_be_subject(v)]
                near = voices and voices[-1].kind in SOMEBODY and voices[-1].last == verb
                if (near and self.says("that_verbs", verb)) or (near and hanging):
                    return comma
            comma = self.story.kinds.find(",", comma + 1, b)
        return b

    def _relative(self, voices: list[Voice], segments: list[Segment], verb: int) -> Voice | None:
        """ "X, who wrote: Q": whoever stands before "who", in whatever case."""
        own = next((k for k, seg in enumerate(segments) if seg.first <= verb < seg.last), None)
        if own is None:
            return None
        for k in range(own, -1, -1):
            segment = segments[k]
            at = relative_at(segment, verb, self.says)
            if at is not None:
                between = [v for v in voices if at < v.first and v.last <= verb
                           and k == own and self._may_be_subject(v)]  # fmt: skip
                before = [v for v in voices if v.last <= at and v.kind != "thing"]
                if between or not before or at - before[-1].last > 8:
                    return None
                nearest = before[-1]
                return Voice(nearest.first, nearest.last, nearest.id, nearest.kind)
            if k == own and any(v.last <= verb and segment.first <= v.first
                                and self._may_be_subject(v) for v in voices):  # fmt: skip
                return None
            if k < own and segment.kind == MAIN and segment.last - segment.first > 3:
                return None
        return None

    def _which_told(self, segments: list[Segment], verb: int) -> Voice | None:
        """ "to Cairo, which told him: Q": the place stands for those who govern there."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None or not self.says("which", own.first) or verb - own.first > 3:
            return None
        k = own.first - 2  # before the comma
        papers = self.places("personal_papers", segments[0].first, own.first)
        if papers and not self.by_case:  # "in a dispatch to the Times, which says: Q"
            return Voice(papers[-1], papers[-1] + 1, "UNNAMED:" + self.low(papers[-1]), "thing")
        named = self._is_name_at(k) and self.story.kinds[own.first - 1] == ","
        return Voice(k, k + 1, self.low(k).upper(), "state") if named else None

    def _in_clause(self, voices: list[Voice], segments: list[Segment], verb: int) -> list[Voice]:
        """The voices in the segment of the verb and in the main segments around it."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None:
            return voices
        resumed = self._resumed(segments, own)
        if resumed:
            segments = [seg for seg in segments if seg in (resumed, own)]
        kept = [
            seg
            for seg in segments
            if seg in (own, resumed)
            or (seg.depth == own.depth and seg.kind == MAIN and seg.first < verb)
        ]
        return [
            v
            for v in voices
            if any(
                seg.first <= v.first < seg.last or seg.first < v.last <= seg.last for seg in kept
            )
        ] or [v for v in voices if self._depth_of(segments, v) <= own.depth]

    def _resumed(self, segments: list[Segment], own: Segment) -> Segment | None:
        """«когда X остановил роту, шедшую в тыл, и повёл её»: the clause that goes on."""
        at = segments.index(own)
        joined = self.by_case and self.says("joining", own.first) and at > 1
        if not joined or not is_finite_verb(self.low(own.first + 1)):
            return None
        aside, before = segments[at - 1], segments[at - 2]
        return before if (aside.kind, before.kind) == (ASIDE, SUBORDINATE) else None

    def _main_first(self, a: int, b: int, verbs: list[int]) -> list[int]:
        """Verbs from the last to the first; those of a clause with "as" come after the others."""
        if ":" not in self.story.kinds[b : b + 2]:
            return verbs[::-1]  # "as Bragg expressed it, Q": his words
        segments = segments_of(self.story.kinds, a, b, self.says, self._is_aside)
        inner = [
            j
            for j in verbs
            if any(seg.first <= j < seg.last and self.says("manner", seg.first) for seg in segments)
            or self._is_inside(segments, j, b)
        ]
        return [*(j for j in reversed(verbs) if j not in inner), *reversed(inner)]

    def _is_inside(self, segments: list[Segment], verb: int, b: int) -> bool:
        """ "X told an officer who asked for orders: Q": the words are not of the officer."""
        own = next((seg for seg in segments if seg.first <= verb < seg.last), None)
        if own is None or own.kind == MAIN or relative_at(own, verb, self.says) is None:
            return False
        if not self.by_case and self.says("paper_pronouns", verb + 1):
            return True  # "said to the chaplain, who repeated it to me: Q"
        rest = [j for j in range(verb + 1, b) if self.story.kinds[j] == "w"]
        objects = [
            j for j in rest if not (self.says("bridges", j) or self.says("adverbs", j)
                                    or self.says("oblique_words", j) or self.low(j).endswith("ly"))
        ]  # fmt: skip
        return bool(objects) and not any(self.says("oblique_words", j) for j in rest)

    @staticmethod
    def _depth_of(segments: list[Segment], voice: Voice) -> int:
        return next((seg.depth for seg in segments if seg.first <= voice.first < seg.last), 0)

    def _is_aside(self, s: int) -> bool:
        """Whether a participle opens a phrase that holds no subject: "hearing of this"."""
        low = self.low(s)
        if not low.isalpha() or self.story.at[s] in self.people.at:
            return False
        if self.by_case:
            return is_participle(low)
        return len(low) > 4 and low.endswith(("ing", "ed")) and not self.says("verbs", s)

    def _hangs(self, voice: Voice) -> bool:
        """Whether a clause with "if" or "that" begins with the voice."""
        k = voice.first - 1
        return self.says("subordinators", k) or self.says("relatives", k)

    def _may_be_subject(self, voice: Voice) -> bool:
        return not (voice.oblique or voice.possessive or self._governed(voice))

    def _comma(self, a: int, b: int) -> bool:
        return "," in self.story.kinds[a:b]

    def _is_subject_at(self, s: int) -> bool:
        """Whether a name that is in no oblique case stands at a position."""
        person = self.people.at.get(self.story.at[s])
        return person is not None and not self.is_oblique(person)

    def _opens_another(self, a: int, b: int) -> bool:
        """«сказал Ланской, а Мюрат»: a clause of its own begins between two positions."""
        return any(
            self.story.kinds[j - 1] == ","
            and (self.says("clause_openers", j) or self.says("coordinators", j))
            for j in range(a + 1, b)
        )

    def _has_rival(self, subject: Voice, verb: int, voices: list[Voice], stop: int) -> bool:
        """Whether the clause of a verb holds another who may be its subject."""
        if self._opens_another(min(verb, subject.first), subject.first):
            return True
        if subject.last <= verb and any(
            self.low(j) == "saying" for j in range(verb + 1, min(stop, verb + 7))
        ):
            return True  # "Hobart remembered somebody saying"
        last = max(verb + 1, subject.last)
        while last < stop and not (
            self.story.kinds[last] in ",;:()-" or self.says("subordinators", last)
        ):
            last += 1
        if (
            self.by_case
            and self.story.kinds[last : last + 1] == ","
            and self._is_subject_at(last + 1)
        ):
            return True  # «секретарь Седова, Дарья»
        for v in self._joined([v for v in voices if v.first < last]):
            if v.kind not in SOMEBODY or v.first == subject.first or not self._may_be_subject(v):
                continue
            if subject.first <= v.first < subject.last:
                continue
            if self.by_case or not subject.last <= verb < v.first:
                return True  # but "Hobart told Venables"
        return False

    def _break(self, a: int, b: int) -> bool:
        """Whether another clause seems to begin between two positions."""
        return any(self.says("clause_openers", j) for j in range(a, b))

    def _capitals(self, segments: list[Segment], verb: int) -> Voice | None:
        """ "The Daily Citizen, printed on wallpaper, promised": a name before the verb."""
        for segment in segments:
            k = segment.first
            if segment.kind != MAIN or segment.depth or k >= verb:
                continue
            article = self.story.kinds[k] == "i"
            k += article
            first = k
            while k < segment.last and self.story.at[k] >= 0 and self._is_capital_name(k):
                k += 1
            ends = k == segment.last or self._only_helpers(k, verb)
            if k - first >= 2 - article and k - first >= 1 and ends:
                name = "_".join(self.low(j).removesuffix("'s").upper() for j in range(first, k))
                return Voice(segment.first, k, name, "paper")
        return None

    def _staff(self, segments: list[Segment], verb: int) -> Voice | None:
        """ "Headquarters replied", "Corps, in its order, directed": a body that has no article."""
        k = segments[0].first if segments else verb
        body = self.says("institutions", k) or self.says("men_and_ships", k)
        if not body or k >= verb or self.is_many_word(self.low(k)) != self.says("institutions", k):
            return None
        own = [seg for seg in segments if seg.first <= verb < seg.last and seg.kind == MAIN]
        comes = self._only_helpers(k + 1, verb) or (
            self.story.kinds[k + 1] == "," and own and self._only_helpers(own[0].first, verb)
        )
        return Voice(k, k + 1, "UNNAMED:" + self.low(k), "unnamed") if comes else None

    def _is_capital_name(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            self.pieces.is_capital(i)  # "The Morning Post": whatever else the words mean
            and self.pieces.letters[i] not in "i|"
            and i not in self.people.inside
            and not self.says("not_a_name", s)
        )

    def _owner(self, a: int, b: int, noun: int) -> Voice | None:
        """Whose words: "Ware's reply", "a letter from Ware", "his reply"."""
        voices = self._joined(self.voices(a, b))
        for v in voices:
            if v.possessive and v.last <= noun and noun - v.last <= 3:
                return v
        his = self._his_own(noun) if self.by_case else None
        if his:
            return his
        for v in voices:
            linked = any(self.says("owner_links", j) for j in range(noun + 1, v.first))
            near = 0 < v.first - noun <= (6 if linked else 2 * self.by_case)
            if near and not linked and (self._is_addressee(v) or self._governed(v)):
                continue
            if near and not linked and v.kind == "pronoun" and self._is_inside_of(noun):
                continue  # «в тетради я нашёл»
            if near and v.kind != "thing":
                return v
        for v in voices:  # «от Назимова приказ», "had from the Governor an order"
            led = self.says("owner_links", v.first - 1 - (self.story.kinds[v.first - 1] == "i"))
            if led and 0 <= noun - v.last <= 1 and v.kind != "thing":
                return v
        given = self._given_by(noun, b, voices) if self.by_case else None
        if given:
            return given
        wrote = (
            None
            if self.by_case
            else (
                self._who_wrote_it(noun, b) or self._signed_by(noun, b) or self._from_body(noun, b)
            )
        )
        if wrote:
            return wrote
        for j in range(max(a, noun - 3 - (not self.by_case)), min(b, noun + 2)):
            if self.says("possessives", j):
                female = self.says("feminine", j)
                several = self.says("of_several", j)  # "their telegram ran"
                who = "" if several or self.by_case else self._subject_so_far(j, female)
                who = who or ((self.body(j) or self.many(j)) if several else self.focus(j, female))
                return Voice(j, j + 1, who, "pronoun") if who else None
        return None

    def _his_own(self, noun: int) -> Voice | None:
        """«её письмо матери», «его последний приказ»: who writes stands before the noun."""
        j = noun - 1
        while j > 0 and noun - j <= 2 and not self.says("others_own", j):
            if not is_adjective(self.low(j)):
                return None
            j -= 1
        if not self.says("others_own", j):
            return None
        several = self.says("of_several", j)
        who = self.many(j) if several else self.focus(j, self.says("feminine", j))
        return Voice(j, j + 1, who, "pronoun") if who else None

    def _subject_so_far(self, s: int, female: bool) -> str:
        """ "Reid sent in a drummer with his letter": the subject of the sentence before "his"."""
        told = [m for m in self._antecedents(self.sentence_start(s), s)
                if m.weight >= SUBJECT and not m.back and m.female == female]  # fmt: skip
        return told[-1].id if told else ""

    def _who_wrote_it(self, noun: int, b: int) -> Voice | None:
        """ "a letter he dictated", "the note that Reid wrote": who wrote it, told right after."""
        k = noun + 1 + (self.says("relatives", noun + 1) and not self.says("who", noun + 1))
        for v in self._joined(self.voices(k, min(b, k + 4))):
            verb = v.last
            while verb < b and self.says("verb_helpers", verb):
                verb += 1
            wrote = verb < b and (self.says("writing", verb) or self.says("sending", verb))
            return v if v.first == k and v.kind in SOMEBODY and v.id and wrote else None
        return None

    def _signed_by(self, noun: int, b: int) -> Voice | None:
        """ "The despatch that came at noon was signed by Reid": whoever signed it."""
        for j in range(noun + 1, b - 1):
            if self.says("signing", j) and self.says("agents", j + 1):
                voices = self._joined(self.voices(j + 2, b))
                return voices[0] if voices and voices[0].first <= j + 3 else None
        return None

    def _from_body(self, noun: int, b: int) -> Voice | None:
        """ "a dispatch from the Tenth Division", "a note from the outposts": several sent it."""
        link = next((j for j in range(noun + 1, min(b, noun + 6))
                     if self.says("coming_from", j)), -1)  # fmt: skip
        if link < 0 or any(self.story.kinds[j] in ",;:|" for j in range(noun + 1, link)):
            return None
        k = first = link + 1 + (self.story.kinds[link + 1] == "i")
        while k < b and k < first + 4 and self.low(k).isalpha():
            low = self.low(k)
            if self.says("oblique_words", k) or self.says("coordinators", k) or self.acts(k):
                break
            k += 1
            if (
                self.says("men_and_ships", k - 1)
                or self.says("institutions", k - 1)
                or (first > link + 1 and self.is_many_word(low) and self.story.kinds[k - 1] == "w")
            ):
                words = " ".join(self.low(j) for j in range(first, k))
                return Voice(first, k, "UNNAMED:" + words, "unnamed")
        return None

    def _is_inside_of(self, noun: int) -> bool:
        """«в той же тетради»: whether a preposition governs a noun."""
        return any(self.says("oblique_words", j) for j in range(max(0, noun - 3), noun))

    def _given_by(self, noun: int, b: int, voices: list[Voice]) -> Voice | None:
        """«приказ, отданный Берггольцем вечером»: a participle and an instrumental."""
        if self.story.kinds[noun + 1] != "," or not is_participle(self.low(noun + 2)):
            return None
        for v in voices:
            near = noun + 2 < v.first <= noun + 5
            if near and v.kind in SOMEBODY and is_instrumental(self.low(v.last - 1)):
                return v
        return None

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
            if nouns:
                word = self.low(nouns[0])
                name = (noun_of(word)[0] or word) if self.by_case else word
                return Voice(cue, cue + 1, "UNNAMED:" + name, "thing")
            if start == 0:
                break
        return None

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

    def _is_addressee(self, voice: Voice) -> bool:
        """«в письме Багрову»: a dative does not own the letter."""
        i = self.story.at[voice.first]
        person = self.people.at.get(i)
        last = self.pieces.lows[person.last - 1] if person else self.low(voice.last - 1)
        return last.endswith(("у", "ю"))

    def _writer(self, s: int, thing: Voice) -> Voice:
        """ "The entry for 3 July reads": who wrote last, or whoever the text is about."""
        told = "" if self.by_case else self._told_of_before(thing)
        if told:
            return Voice(thing.first, thing.last, told, "pronoun")
        if not self.says("personal_papers", thing.noun):
            return thing
        who = self._wrote_before(s) or self.focus(s)
        return Voice(thing.first, thing.last, who, "pronoun") if who else thing

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
                part = self.says("parts_of_papers", noun) and self.says("nouns", j)
                if part or self.low(j) == self.low(noun):
                    owner = self._owner(start, end, j) or self._sender(start, end, j)
                    return owner.id if owner and owner.kind in SOMEBODY else ""
            end = start
        return ""

    def _wrote_before(self, s: int) -> str:
        """ "A brother officer wrote to her": the subject of a verb of writing shortly before."""
        end = self.sentence_start(s)
        for _ in range(3):
            start = self.sentence_start(max(0, end - 1))
            for verb in range(end - 1, start, -1):
                if self.says("writing", verb):
                    writer = self._subject_before(start, end, verb, [])
                    return writer.id if writer and writer.kind != "thing" else ""
            end = start
        return ""
