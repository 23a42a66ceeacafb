"""Everybody in a stretch of narrative who may be speaking, and whom "he" and "the king" mean.

person    Captain Reid; the gazetteer or `people.py` knows the name
pronoun   he, she, «тот»: whoever was the subject last, or spoke last; I: the narrator
role      the general: whoever bore the title before, else UNNAMED:general
unnamed   a young officer: UNNAMED:young officer
paper     «Таймс» писала; the Gazette wrote
state     the French, Austria
thing     the order, the rhyme: words without a speaker of their own
"""

from __future__ import annotations

import bisect

from ..grammar.inflection import (
    adjective_base,
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_noun,
    is_plural_subject,
    may_be_plural_subject,
    noun_of,
    verb_of,
)
from .narrative import Voice
from .people import Person
from .referents import NARRATOR, Referents

_REMEMBERED_WORDS = 150  # before "the Italian", among which an Italian is looked for
_ONLY = 1.0  # by how much somebody must stand out to be "the Englishman"
_LONG_ENOUGH = 6  # letters: a shorter word that ends like "typist" may be anything


class Voices(Referents):
    """Reads the phrases of the narrative that name or describe somebody."""

    # ------------------------------------------------------------ voices
    def _joined(self, voices: list[Voice]) -> list[Voice]:
        """ "one of his officers, Captain Reid," is one voice, and the name tells who."""
        result: list[Voice] = []
        for v in voices:
            last = result[-1] if result else None
            if self._is_somebodys_man(result, v):  # «брат Орлова Фёдор»
                role = result[-2]
                result[-2:] = [Voice(role.first, v.last, v.id, "person", unclear=v.unclear)]
            elif (
                last is not None
                and v.kind == "person"
                and last.kind in ("role", "unnamed")
                and not v.possessive
                and 0 <= v.first - last.last <= 6
                and (
                    self.story.kinds[v.first - 1] in ",i-"
                    or self.says("christening", v.first - 1)
                    or (v.first == last.last and not self.by_case)
                    or self._only_nouns(last.last, v.first)
                )
                and not any(
                    (self.says("verbs", j) and not self.says("christening", j))
                    or self.story.kinds[j] in "aQ"
                    for j in range(last.last, v.first)
                )
                and (
                    self.story.kinds[last.last] in ",-"
                    or self.says("owner_links", last.last)
                    or self.says("christening", v.first - 1)
                    or v.first == last.last
                    or self.by_case
                )
                and v.oblique == last.oblique
            ):
                first = last.first
                if len(result) > 1 and self._one_before(result[-2], first):
                    first = result[-2].first  # "one of the gunners, a Welshman named Pugh"
                    result.pop()
                unclear = v.unclear  # «брат Мольтке» may be his brother
                result[-1] = Voice(
                    first, v.last, v.id, "person", oblique=last.oblique, unclear=unclear
                )
            elif (
                last is not None
                and last.kind == "person"
                and v.kind in ("role", "unnamed")
                and v.first == last.last + 1
                and self.story.kinds[last.last] == ","
                and not last.possessive
            ):
                result[-1] = Voice(
                    last.first, v.last, last.id, "person",
                    oblique=last.oblique, unclear=last.unclear,
                )  # fmt: skip
            elif last is not None and self._describes(last, v):
                result[-1] = Voice(
                    last.first, v.last, last.id, last.kind, last.possessive, last.oblique,
                    last.noun, last.unclear,
                )  # fmt: skip
            else:
                result.append(v)
        return result

    def _is_somebodys_man(self, before: list[Voice], v: Voice) -> bool:
        """Whether a name comes right after a role and the name of whom it is under."""
        if not self.by_case or len(before) < 2 or v.kind != "person" or v.oblique:
            return False
        role, owner = before[-2:]
        beside = role.last == owner.first and owner.last == v.first
        named = owner.kind == "person" and (owner.oblique or owner.unclear) and not v.unclear
        return beside and named and role.kind in ("role", "unnamed") and not role.oblique

    def _describes(self, voice: Voice, other: Voice) -> bool:
        """«врач дивизии, католик из Падерборна,»: what somebody without a name is besides."""
        kinds = ("role", "unnamed")
        if voice.kind not in kinds or other.kind not in kinds or voice.oblique or other.oblique:
            return False
        if self.story.kinds[other.first - 1] != "," or other.first - voice.last > 4:
            return False
        if not self.by_case and not self.says("indefinite", other.first):
            return False
        hangs = range(voice.last, other.first - 1)
        if not self._only_nouns(hangs.start, hangs.stop) and len(hangs):
            return False
        k = other.last
        while k - other.last < 6 and self.story.kinds[k] not in ",.|¶:;Q-":
            if self.says("verbs", k):
                return False
            k += 1
        return self.story.kinds[k] == ","

    def _one_before(self, voice: Voice, s: int) -> bool:
        """Whether only a comma stands between somebody without a name and a position."""
        unnamed = voice.kind in ("role", "unnamed") and not voice.possessive
        return unnamed and s == voice.last + 1 and self.story.kinds[voice.last] == ","

    def _only_nouns(self, a: int, b: int) -> bool:
        """«жена полковника Мария Зыбина»: nothing but nouns between the role and the name."""
        if not self.by_case or b - a > 5:
            return False
        if b - a <= 2 and all(is_noun(self.low(j)) for j in range(a, b)):
            return True
        # «начальник санитарной части доктор Бергман»
        return all(
            is_adjective(self.low(j)) or is_genitive(self.low(j)) or self.story.kinds[j] in "NO-"
            for j in range(a, b)
        )

    def voices(self, a: int, b: int, cue: int | None = None, oblique: bool = False) -> list[Voice]:
        """Everybody between two positions who may speak."""
        found, s = [], max(0, a)
        while s < b:
            voice = self._voice_at(s, b, cue)
            if voice is None:
                s += 1
            else:
                found.append(voice)
                s = max(voice.last, s + 1)
        return found

    def _voice_at(self, s: int, b: int, cue: int | None) -> Voice | None:
        i = self.story.at[s] if s < len(self.story.at) - 1 else -1
        if i < 0 or self.story.kinds[s] in "|¶":
            return None
        p, people = self.pieces, self.people
        person = people.at.get(i)
        if person is not None:
            return self._of_person(person, s)
        low = p.lows[i]
        says = self.words.says
        if says("subject_pronouns", low):
            return Voice(s, s + 1, self._pronoun(s, low, cue), "pronoun")
        if says("plural_subjects", low):
            return Voice(s, s + 1, self.many(s), "pronoun")
        if says("first_person", low):
            return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        paper = self._paper_at(s, i)
        if paper:
            return paper
        named = people.inside.get(i)
        if named is not None and named.type != "ACTOR":
            return None
        phrase = self._noun_phrase(s, b, cue)
        if phrase is not None:
            return phrase
        if named is not None and named.first == i and named.kind != "person":
            if p.letters[i] == "w" and self.by_case and not p.is_capital(i):
                return None
            last = s + named.last - named.first
            if not self.by_case and last < b and self._is_noun(last):
                return None
            return Voice(
                s,
                last,
                named.id,
                "state",
                oblique=self.by_case and self._is_inflected(named.last - 1),
            )
        return None

    def _pronoun(self, s: int, low: str, cue: int | None) -> str:
        """Whom "he" means; who answers is not the one who spoke last."""
        female = self.words.says("feminine", low)
        answers = cue is not None and self.says("answering", cue)
        if answers and self.words.says("other_pronouns", low):
            if self.hearer and self._is_female(self.hearer) in (female, None):
                return self.hearer  # «Притвиц, я погибаю!» — «Нет», — отвечал тот
            someone = self.focus(s, female, self.spoke_last(s), flat=True)
            if someone:
                return someone  # «отвечал тот»
        other = self.other(s, low)
        asker = "" if other else self.asker(s, cue)
        if asker and cue is not None:
            someone = self.focus(s, female, asker)
            if someone:
                return someone
        if not other and cue is not None and self.says("answering", cue):
            someone = self.focus(s, female, self.spoke_last(s))
            return someone or self.focus(s, female)
        if not other and cue is not None and not self.says("continuing", cue):
            turn = self._in_turn(s, female)
            if turn:
                return turn
        if cue is not None and self._is_aside_remark(s, cue):
            # "If the king crossed, he announced, Q": the words before are his, and not about him
            outside = self.focus(self._told_from(s), female, other)
            if outside:
                return outside
        return self.focus(s, female, other, flat=bool(other))

    def _is_aside_remark(self, s: int, cue: int) -> bool:
        """ ", he announced," in the middle of what is told in his words."""
        kinds = self.story.kinds
        if self.by_case or kinds[s - 1] != "," or cue != s + 1 or kinds[cue + 1] != ",":
            return False
        start = self._told_from(s)
        return s - start > 5 and not self.says("scene_setters", start)

    def _told_from(self, s: int) -> int:
        """Where the words around an aside begin: after a colon, or with the sentence."""
        start = self.sentence_start(s)
        return max(start, self.story.kinds.rfind(":", start, s) + 1)

    def _in_turn(self, s: int, female: bool) -> str:
        """ "Q?" asked X. "Q," replied Y. "Q," said he: X again, if nothing is told between."""
        if len(self.history) < 2:
            return ""
        (_, para, one), (at, para_2, last) = self.history[-2:]
        here = self.pieces.passages[self._piece_from(s)].para
        start = self.story.kinds.rfind("Q", 0, s)
        between = self.story.kinds[at + 1 : start]
        if one == last or not para == para_2 == here or start <= at:
            return ""
        told = between.strip("|").count("|") or len(between) > 10
        told = told or any(
            mention.weight > 2 and mention.id not in (one, last)
            for mention in self._antecedents(at + 1, start)
        )
        return one if not told and self._is_female(one) in (female, None) else ""

    def _is_inflected(self, i: int) -> bool:
        lemma, subject, _ = noun_of(self.pieces.lows[i])
        return bool(lemma) and not subject

    def _is_noun(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            i >= 0 and self.pieces.letters[i] in "wc" and not self.says("never_a_noun", s)
            and not self.says("verbs", s) and not self.says("verb_helpers", s)
        )  # fmt: skip

    def _of_person(self, person: Person, s: int) -> Voice:
        last = s + person.last - person.first
        head = self.low(last)
        if person.possessive and not self.by_case and not self.words.says("owners_own", head):
            owned, _ = self._owned(last)
            if owned is not None:
                end = last + len(owned.id.split())
                return Voice(s, end, owned.id, "unnamed")  # "Grant's young aide"
        oblique, unclear = self.is_oblique(person), self.is_unclear(person)
        return Voice(s, last, person.id, "person", person.possessive, oblique, unclear=unclear)

    def _paper_at(self, s: int, i: int) -> Voice | None:
        """A newspaper by its title: «Таймс» писала; the Times wrote."""
        title = self._titles_in_marks().get(i)
        if not title:
            return None
        near = [*range(max(0, s - 2), s), *range(s + 1, s + 9)]
        if not any(self.says("papers", k) for k in near):
            return None  # a book or a ship
        j = s
        while j + 1 < len(self.story.at) and i <= self.story.at[j + 1] <= title[1]:
            j += 1
        return Voice(s, j + 1, title[0], "paper")

    def _titles_in_marks(self) -> dict[int, tuple[str, int]]:
        """First piece → id and last piece, of the capitalised titles between marks."""
        if self._papers is None:
            self._papers = {}
            for fragment in self.fragments:
                if fragment.speech:
                    continue
                first = bisect.bisect_left(self.pieces.starts, fragment.start)
                last = bisect.bisect_left(self.pieces.starts, fragment.end)
                words = self.text[fragment.start : fragment.end]
                if 0 < last - first <= 6 and words[:1].isupper():
                    self._papers[first] = ("_".join(words.upper().split()), last - 1)
        return self._papers

    # ------------------------------------------------------------ unnamed people
    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        return self._bare_noun(s, b, cue) if self.by_case else self._phrase(s, b, cue)

    def _phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """ "a young officer", "the general", "one of the gunners", "his wife"."""
        i = self.story.at[s]
        p = self.pieces
        low = p.lows[i]
        article = p.letters[i] == "i" or self.words.says("demonstratives", low)
        indefinite = self.words.says("indefinite", low)
        possessive = self.words.says("possessives", low) or low.endswith("'s")
        if self.words.says("somebody", low) and cue is not None and abs(s - cue) <= 2:
            return Voice(s, s + 1, "UNNAMED", "unnamed")  # "said somebody"
        if self.words.says("kin", low) and p.is_capital(i) and not self.says("kin", s + 1):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed")  # "Grandfather would talk"
        if self._opens_with_many(s, low):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed")  # "Children ran after them"
        if not (article or indefinite or possessive):
            return None
        if article and self.says("other_pronouns", s + 1) and not self._is_noun(s + 2):
            who = self.focus(s, False, self.spoke_last(s), remember=False)
            return Voice(s, s + 2, who, "pronoun") if who else None
        if article and self.says("former", s + 1):
            who = self.focus(s, False, self.focus(s, flat=True), flat=True)
            return Voice(s, s + 2, who, "pronoun") if who else None
        k, words = s + 1, []
        if indefinite and self.low(k) == "of":
            k += 1
            if self.says("object_plurals", k):
                return Voice(s, k + 1, self.many(s) or "UNNAMED:one", "unnamed")  # "one of them"
            while self.story.at[k] >= 0 and (
                p.letters[self.story.at[k]] == "i" or self.says("possessives", k)
            ):
                k += 1
        head_at = -1
        while k < b and k < s + 9:
            j = self.story.at[k]
            if j < 0:
                break
            person = self.people.at.get(j)
            if person is not None and words == [] and article:
                return Voice(s, k + person.last - person.first, person.id, "person",
                             person.possessive)  # fmt: skip
            if person is not None:
                break
            letter, word = p.letters[j], p.lows[j]
            if letter == "-":
                k += 1
                continue
            noun = letter in "wcmnNDOZL" and not self.says("never_a_noun", k)
            role = self._is_role(word)
            if words and self.story.kinds[k - 1] == "-" and p.touches(j):
                words.append(word)  # "son-in-law"
                head_at = k
                k += 1
                continue
            if not (noun and not self.says("verbs", k)) and not role:
                break
            prefix = self.story.kinds[k + 1] == "-" and p.touches(j + 1)  # "the Under-Secretary"
            if self.says("verb_helpers", k) or (word.endswith("ly") and not role):
                break
            if self.says("oblique_words", k) and not prefix:
                break
            if words and self.says("relatives", k):
                break  # "a corporal whom I asked"
            if words and letter == "w" and self.words.says("not_a_name", word) and not role:
                break  # "my sergeant what we should do"
            if (
                words
                and (self._is_role(words[-1]) or self._is_role_of_people(words[-1]))
                and (word.endswith("ed") or self.words.says("common_verbs", word))
            ):
                break
            words.append(word[:-2] if word.endswith("'s") else word)
            head_at = k
            k += 1
            if word.endswith("'s"):
                if not self._is_role(self.low(k)) and (cue is None or self._is_role(words[-1])):
                    break  # but "the ship's purser"
                words, article, possessive = [], False, True  # "the Tsar's envoy"
        if indefinite and self.low(s + 1) == "of" and words and words[0].isdigit():
            return Voice(s, k, "UNNAMED:one", "unnamed")  # "one of the 74"
        if head_at < 0 or not words:
            return None
        if indefinite and self.low(s + 1) == "of":
            words[-1] = self._singular(words[-1])  # "one of the gunners" is a gunner
            words = [word for word in words if not self.words.says("demonstratives", word)]
        head = words[-1]
        if not self._is_role(head) and "-" in self.story.kinds[s:k] and self._is_role(words[0]):
            head = words[0]  # "aide-de-camp"
        is_role = self._is_role(head)
        if (article or possessive) and self.words.says("styles", head):
            never = self.spoke_last(s) if cue is not None and self.history else ""
            who = self.focus(s, False, never, remember=False)
            if who:
                return Voice(s, head_at + 1, who, "role")
        capital = p.is_capital(self.story.at[head_at]) and len(words) == 1
        demonym = article and not indefinite and capital and self._is_role_of_people(head)
        if demonym and (self.says("verbs", head_at + 1) or self._acts_at(head_at + 1)):
            who = self._of_that_people(s, head_at)
            if who:
                return Voice(s, head_at + 1, who, "role")
        owned = self.low(head_at).endswith("'s")
        last = head_at + 1
        noun_at = head_at
        if is_role and self.words.says("of_what", head) and self.says("title_links", last):
            j = last + 1 + (self.story.kinds[last + 1] == "i")
            while j < min(b, last + 5) and self._is_noun(j) and not self.says("oblique_words", j):
                words.append(f"of {self.low(j)}" if words[-1] == head else self.low(j))
                j += 1
                head_at = j - 1  # "his chief of intelligence"
        if is_role and self.words.says("ambiguous_roles", head) and len(words) > 1:
            is_role = not self.says("copulas", last)  # "the official count was"
        if not is_role:
            beside = cue is not None and (
                head_at + 1 == cue
                or s == cue + 1
                or self._only_helpers(head_at + 1, cue)
                or (indefinite and self._reaches(head_at + 1, cue))
            )
            if not beside or self.words.says("nouns", head):
                if not self.words.says("nouns", head):
                    return None
                return Voice(s, head_at + 1, "UNNAMED:" + " ".join(words), "thing", owned)
        kind = "unnamed"
        identity = "UNNAMED:" + " ".join(words)
        if article and not indefinite and is_role:
            who = self.role(head, head_at, words, cue, s)
            if who:
                return Voice(s, head_at + 1, who, "role", owned, head=noun_at)
            kind = "role"
        return Voice(s, head_at + 1, identity, kind, owned, head=noun_at)

    def _may_open(self, s: int, low: str) -> bool:
        """Whether somebody may be told of by a word that says nothing of what he is."""
        if self.words.says("indefinite", low) or self.words.says("who", low):
            return True
        kinds = self.story.kinds
        if s < 2 or kinds[s - 1] in "|¶" or kinds[s - 2] in "|¶" or low.endswith(self.agent_endings):
            return True
        return self._begins_clause(s) and is_finite_verb(self.low(s + 1))

    def _comes_in(self, s: int) -> bool:
        """«подошёл человек»: after a verb, but not «был человек»."""
        k = s - 1
        while k > 0 and is_adjective(self.low(k)):
            k -= 1
        return is_finite_verb(self.low(k)) and not self.says("copulas", k)

    def _is_role_at(self, s: int) -> bool:
        """Whether a common noun for a person stands at a position."""
        i = self.story.at[s]
        common = i >= 0 and self.pieces.letters[i] == "w" and is_noun(self.low(s))
        return common and any(self.says(name, s) for name in ("generic", "titles"))

    def _singular(self, word: str) -> str:
        """ "gunners", "gentlemen": one of them."""
        one = word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")
        return one if self._is_role(one) else word

    def _begins_clause(self, s: int) -> bool:
        return s == 0 or self.story.kinds[s - 1] in "|¶Q-;"

    def _somebody_at(self, s: int) -> int:
        """The position after «кто-то»; 0 if it does not stand there."""
        if not self.says("who", s):
            return 0
        if self.says("somebody", s):
            return s + 1
        return s + 3 if self.story.kinds[s + 1] == "-" and self.says("whoever", s + 2) else 0

    def _of_a_people(self, s: int, lemma: str) -> str:
        """«вспоминал англичанин»: whom the text is about, if it told of no Englishman before."""
        if not self.words.says("demonyms", lemma):
            return ""
        for k in range(max(0, s - _REMEMBERED_WORDS), s):
            if self.low(k).isalpha() and self.words.says("demonyms", self.low(k)):
                other = noun_of(self.low(k))[0]
                if other == lemma:
                    return ""
        start = self.sentence_start(s)
        last = self.history[-1][2] if self.history and self.history[-1][0] >= start else ""
        who = self.focus(s, self.words.says("feminine_roles", lemma), last, remember=False)
        return who if self.margin >= _ONLY else ""

    def _of_what(self, k: int, b: int) -> int:
        """«начальник генерального штаба»: where the genitive after a role ends."""
        j = k
        while j < min(b, k + 3) and is_adjective(self.low(j)) and not is_genitive(self.low(j)):
            j += 1
        low = self.low(j) if j < b else ""
        genitive = len(low) > 2 and is_genitive(low) and not self.says("oblique_words", j)
        lists = ("verbs", "titles", "generic")
        somebody = any(self.says(name, j) for name in lists) and not self.says("institutions", j)
        return j + 1 if genitive and not somebody else k

    def _are_subject(self, s: int, low: str, cue: int | None) -> bool:
        """Whether a noun is the plural subject of a verb in the plural."""
        if cue is None or verb_of(self.low(cue))[1] != "plur" or not may_be_plural_subject(low):
            return False
        before = self.low(s - 1)
        return (
            not (self.says("oblique_words", s - 1) or is_noun(before))
            and "," not in (self.story.kinds[min(s, cue) : max(s, cue)])
        )

    def _opens_with_many(self, s: int, low: str) -> bool:
        """Whether a bare plural of people is the first word of a sentence."""
        many = self.words.says("plurals", low) or (
            low.endswith("s") and self.words.says("generic", low[:-1])
        )
        return many and self._begins_clause(s)

    def _is_role_of_people(self, head: str) -> bool:
        return head.endswith(self.demonyms) or (
            self.words.says("demonyms", head) and self.words.says("generic", head)
        )

    def _acts_at(self, k: int) -> bool:
        """Whether a verb or the end of a phrase follows, and no noun: "the Italian looked"."""
        low = self.low(k)
        lists = ("verbs", "verb_helpers", "common_verbs")
        verb = any(self.says(name, k) for name in lists) or (low.endswith("ed") and len(low) > 4)
        return verb or self.story.kinds[k] in ",|¶.Q"

    def _of_that_people(self, s: int, head_at: int) -> str:
        """ "the Italian": the Italian attaché told of before, or who does not speak just now."""
        here = self.people.inside.get(self.story.at[head_at])
        state = here.id if here is not None else ""
        head = self.low(head_at)
        for k in range(s - 1, max(0, s - _REMEMBERED_WORDS), -1):
            i = self.story.at[k]
            named = self.people.inside.get(i) if i >= 0 else None
            same = self.low(k) == head or (state and named is not None and named.id == state)
            if not same:
                continue
            if self.says("generic", k + 1) and not self.says("verbs", k + 1):
                return f"UNNAMED:{self.low(k)} {self.low(k + 1)}"
            if self.says("indefinite", k - 1) or self.says("joining", k - 2):
                return ""
        before = self.people.before(self.story.at[head_at], 8)
        allied = [p.id for p in before if state and self.people.allegiance.get(p.id) == state]
        if allied:
            return allied[-1]
        last = self.history[-1][2] if self.history else ""
        return self.focus(s, False, last, remember=False)

    def _is_role(self, head: str) -> bool:
        """Whether a noun tells what somebody is, in the singular or in the plural."""
        known = self._role_words.get(head)
        if known is None:
            known = self._role_words[head] = self._tells_a_role(head)
        return known

    def _tells_a_role(self, head: str) -> bool:
        says = self.words.says
        if says("title_adjectives", head):
            return False  # "the first"
        if self.roles[head] or says("plurals", head):
            return True
        if head.endswith(self.agent_endings) and len(head) > _LONG_ENOUGH:
            return not says("verbs", head)
        return head.endswith("s") and says("generic", head[:-1])

    def _reaches(self, k: int, cue: int) -> bool:
        """ "a schoolteacher from Isfahan recalled": what hangs on a noun, up to its verb."""
        if not 1 < cue - k <= 7 or not self.says("oblique_words", k):
            return False
        return all(
            self.story.kinds[j] in "wcimnNDOZLMY-oftpYyd" and not self.says("verbs", j)
            and not self.says("verb_helpers", j) and not self.says("clause_openers", j)
            and not self.says("subject_pronouns", j)
            for j in range(k + 1, cue)
        ) or self._reaches_helped(k, cue)  # fmt: skip

    def _reaches_helped(self, k: int, cue: int) -> bool:
        """The same with "later" or "had" before the verb."""
        while cue > k + 2 and self.says("verb_helpers", cue - 1):
            cue -= 1
            if not self.says("verb_helpers", cue - 1):
                return self._reaches(k, cue)
        return False

    def _only_helpers(self, a: int, b: int) -> bool:
        return a <= b and all(
            self.says("verb_helpers", j) or self.low(j).endswith("ly") or self.says("adverbs", j)
            for j in range(a, b)
        )

    def _bare_noun(self, s: int, b: int, cue: int | None) -> Voice | None:
        """«молоденький лейтенант», «один из офицеров», «комендант», «начальник дивизии»."""
        p = self.pieces
        i = self.story.at[s]
        low = p.lows[i]
        role = self.roles[low]
        if cue is None and not role and not self._may_open(s, low):
            return None
        after = self._somebody_at(s)
        among = self.says("indefinite", s) and self.says("from_among", s + 1)
        if among and self.says("object_plurals", s + 2):  # «одна из них»
            return Voice(s, s + 3, self.many(s) or "UNNAMED:" + low, "unnamed", head=s)
        if self.words.says("indefinite", low) or after:
            k = after or s + 1
            while k < min(b, s + 5):
                if self.says("generic", k) or self.says("titles", k):
                    lemma, _, _ = noun_of(self.low(k))
                    _, subject, _ = noun_of(low)
                    return Voice(s, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
                if not (self.low(k).isalpha()):
                    break
                k += 1
        if self.words.says("indefinite", low) and cue in (s + 1, s - 1):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed", head=s)  # «один огрызнулся»
        if after and cue is not None and abs(s - cue) <= 2:
            return Voice(s, after, "UNNAMED", "unnamed", head=s)  # «сказал кто-то»
        if p.letters[i] not in "wc":
            return None
        if (
            self.story.kinds[s + 1] == "-"
            and p.touches(self.story.at[s + 1])
            and self.says("titles", s)
        ):
            return None  # «вице-адмирал» is read at its second half
        if role and is_adjective(low) and self._is_role_at(s + 1):
            return None  # «старший офицер» is read at its noun
        near = (cue is not None and abs(s - cue) <= 5) or low.endswith(self.agent_endings)
        near = near or (cue is not None and s - self.sentence_start(s) <= 1)
        near = near or (cue is None and self._begins_clause(s) and is_finite_verb(self.low(s + 1)))
        if not role and not near:
            return None
        if self.says("verbs", s) or self.says("never_a_noun", s):
            return None
        if self.words.says("anybody", low) and not self._comes_in(s):
            return None
        lemma, subject, living = noun_of(low)
        if not lemma and self.words.says("epithets", low):
            lemma, subject = low, low.endswith("ый")  # «побежденный»
        if lemma and not subject and is_plural_subject(low):
            lemma, subject = low, True  # «солдаты»
        elif lemma and not subject and self._are_subject(s, low, cue):
            lemma, subject = low, True  # «женщины кричали»
        if not lemma or not (role or living):
            if lemma and self.words.says("nouns", low):
                return Voice(s, s + 1, "UNNAMED:" + lemma, "thing", oblique=not subject)
            return None
        words = [lemma]
        k = s - 1
        while (
            k >= 0
            and k > s - 3
            and self.story.at[k] >= 0
            and self.low(k).isalpha()
            and (p.letters[self.story.at[k]] in "wc" and is_adjective(self.low(k)))
            and not self.says("never_a_noun", k)
            and not self.says("possessives", k)
            and not self.says("emphatic", k)
        ):
            words.insert(0, self.low(k) if subject else adjective_base(self.low(k)))
            k -= 1
        last = s + 1
        if self.words.says("of_what", low):
            end = self._of_what(last, b)
            words.extend(self.low(j) for j in range(last, end))
            last = end
        indefinite = self.says("indefinite", k)
        if cue is not None and subject and not indefinite and len(words) == 1:
            who = self._of_a_people(s, lemma)
            if who:
                return Voice(s, last, who, "role")
        if role and not indefinite:
            whole = low
            if (
                s >= 2
                and self.story.kinds[s - 1] == "-"
                and p.touches(i)
                and self.low(s - 2).isalpha()
            ):
                whole = self.low(s - 2) + "-" + low
                words[-1] = self.low(s - 2) + "-" + words[-1]
            who = self.role(whole, s, words, cue, k + 1)
            if who:
                return Voice(s, last, who, "role", oblique=not subject, head=s)
        kind = "role" if role else "unnamed"
        return Voice(s, last, "UNNAMED:" + " ".join(words), kind, oblique=not subject, head=s)
