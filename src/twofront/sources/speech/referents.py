"""Whom "he" and "she" mean: everybody mentioned before, weighed.

    score = weight - 1.5 sentences - 1.7 paragraphs + 0.5 log2(1 + mentions in the document)

    weight    subject 3 · owner or object 1 · behind a preposition 0; less 1 without a name
    speaker   whoever spoke last: 4.5, less with every sentence and paragraph since
    "he"      a pronoun that is a subject passes its weight on to whom it means
    «тот»     whoever was mentioned last, and is not whom "he" would mean
    answers   not who spoke last

Gender and number must agree. Inside a quotation its speaker is "I", and never "he"; whoever is
not found there is looked for in the narrative around it.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable

from ..grammar.dictionary import noun_of
from .askers import Askers
from .discourse import DEEP, SUBJECT
from .narrative import Voice
from .people import Person
from .weights import FRONTED, Antecedent

NARRATOR = "UNNAMED:narrator"
_NAMED = 14  # persons named before, among whom "he" is looked for
_TOLD = 2  # sentences in which somebody may have been told to speak since the last quotation
_FOLLOWED = 0.6  # less for whoever another subject follows in the same sentence
_HERO_OF_IT = 0.8  # more for whom the heading names
_NEARBY = 1.0  # score below which somebody is too far away to be sure of
_NOBODY = -6.0  # score of a candidate who is not there
_FORGOTTEN = -6.0  # score of a woman who is so far away that "she" is rather who has just come in
_MENS_KINDS = ("officers", "rank_and_file", "cavalry", "infantry", "clergy", "trades")
_HEROINE = 3  # mentions of a woman who is "she" from however far away
_HARDLY_THERE = 1.0  # less for whom only a genitive or a preposition tells of without a name
_TAKEN_OVER = 1.5  # less for who spoke last, where another is the subject since
_TOPIC = {True: 0.5, False: 1.5}  # how much mentions count for "he", and for an epithet
_BESIDE_ME = 2.5  # weight of whoever is told of in a sentence about "me"
_PARAGRAPH = {True: 1.7, False: 0.3}  # less for every paragraph since, for both
_SENTENCE = 1.5  # less for every sentence since
_SPOKE = 4.5  # score of whoever spoke last
_SPOKE_SENTENCE, _SPOKE_PARAGRAPH = 1.8, 2.0  # less for every sentence and paragraph since
_ALONE_HERE = 2.0  # more for the only one whom a paragraph names
_SPOKE_NAMELESS = 1.0  # less for a speaker without a name


class Referents(Askers):
    """Resolves pronouns; `history` grows with every speaker found."""

    def focus(
        self,
        s: int,
        female: bool = False,
        other: str = "",
        flat: bool = False,
        never: Iterable[str] = (),
        remember: bool = True,
    ) -> str:
        """Whom "he" means at a story position.

        `flat`: whoever was mentioned last; `remember`: it may well be who spoke last.
        """
        scores = self._scores(s, female, {other, *never}, flat, remember)
        if self.addressed_as and not self._reading:
            called = [key for key in scores if self.is_one_of(key, self.addressed_as)]
            if len(called) == 1 and len(scores) > 1:
                del scores[called[0]]  # whoever is spoken to does not speak
            elif called:
                self.addressed_as = frozenset()  # several are called so
        if female and self._is_forgotten(scores):
            scores = self._scores(s, female, {other, *never}, flat, remember, unsure=True)
        best = max(scores, key=lambda key: scores[key], default="")
        ranked = sorted((score[0] for score in scores.values()), reverse=True)
        near = bool(ranked) and ranked[0] >= _NEARBY
        self.margin = ranked[0] - (ranked[1] if len(ranked) > 1 else _NOBODY) if near else 0.0
        if not best and self.around:
            narrative, at = self.around
            return narrative.focus(at, female, self.outer[-1] if self.outer else other)
        return best

    def is_replied_to(self, s: int) -> bool:
        """«На вопрос Корфа он ответил»: whether the sentence tells what is answered."""
        start = self.sentence_start(s)
        near = range(start + 1, start + 3)
        return self.says("whereupon", start) and any(self.says("replied_to", k) for k in near)

    def _whose_question(self, s: int) -> set[str]:
        """«На вопрос Корфа он ответил»: Корф, whose question the sentence tells of."""
        k = self.sentence_start(s) + 1
        if not self.by_case or not self.is_replied_to(s):
            return set()
        while not self.says("replied_to", k):
            k += 1
        asks = self.people.at.get(self.story.at[k + 1])
        return {asks.id} if asks is not None and k + 1 < s else set()

    def _is_forgotten(self, scores: dict[str, tuple]) -> bool:
        """Whether every woman is too far away to be "she", and none is who the text is about."""
        best = max(scores, key=lambda key: scores[key], default="")
        near = bool(best) and scores[best][0] > _FORGOTTEN
        return not near and self.people.count.get(best, 0) < _HEROINE

    def _is_author_named(self, s: int) -> bool:
        """Whether the paragraph names the diarist: an editor tells of him, not he himself."""
        start = self.story.kinds.rfind("¶", 0, s) + 1
        before = self.told_before(self._piece_from(s), _NAMED)
        return any(
            person.id == self.author and (self._position(person.first) or 0) >= start
            for person in before
        )

    def _scores(
        self,
        s: int,
        female: bool,
        others: set[str],
        flat: bool = False,
        remember: bool = True,
        unsure: bool = False,
    ) -> dict[str, tuple]:
        i = self._piece_from(s)
        para = self.pieces.passages[min(i, len(self.pieces.passages) - 1)].para
        shape, passages, count = self.pieces.shape, self.pieces.passages, self.people.count
        answering = bool(self.history) and self.history[-1][1:] == (para, NARRATOR)
        never = {*others, self.outer[-1] if self.outer else "", NARRATOR, self.teller(s)}
        if self.author and not self._is_author_named(s):
            never.add(self.author)  # he says "I"
        if not self._reading:  # whoever is spoken to does not speak
            never |= {self.addressed, self.turned_from}
        if not flat:
            never |= self._who_told_him(s, female) | self._whose_question(s)
        scores: dict[str, tuple] = {}

        def weigh(key: str, at: int, score: float) -> None:
            if key and key not in never and not self._is_paper(key):
                score += _HERO_OF_IT * (remember and key == self.hero)
                scores[key] = max(scores.get(key, (-math.inf, -1)), (score, at))

        start = self._window(s)
        for person in () if flat else self.told_before(i, _NAMED):
            at = self._position(person.first)
            if at is None or at >= start:
                continue
            if female != (person.id in self.people.female) and not (
                unsure and not self._is_surely_his(person)
            ):
                continue
            sentences = min(shape.count("|", person.first, i), 8)
            score = -_SENTENCE * sentences - _PARAGRAPH[remember] * (
                para - passages[person.first].para
            )
            weigh(person.id, at, score + self._weight_of(person, at)
                  + _TOPIC[remember] * math.log2(1 + count[person.id]))  # fmt: skip
        told = self._antecedents(start, s)
        talking = self._talks_with_me(s, para)
        for n, mention in enumerate(told):
            if mention.female is not None and mention.female != female and not unsure:
                continue
            if unsure and self._is_mans(mention.id):
                continue
            if self._is_in_clause_of(mention, s):
                continue
            doubt = 1.0 if mention.female is None and female else 0.0
            kinds = self.story.kinds
            paragraphs = kinds.count("¶", mention.at, s)
            breaks = kinds.count("|", mention.at, s) + paragraphs
            weight = 3.0 if flat or answering else mention.weight
            if flat and mention.weight < 0.1 * self.by_case:
                weight -= _HARDLY_THERE
            if weight < _BESIDE_ME and self._tells_of_me(mention.at, s) and not talking:
                weight = _BESIDE_ME
            if not flat and self._is_followed(mention, told[n + 1 :]):
                apart = self.by_case and ";" in kinds[mention.at : self.sentence_end(mention.at)]
                weight -= _FOLLOWED * (1 + apart)
            topic = (
                0.0 if flat else _TOPIC[remember] * math.log2(1 + max(1, count.get(mention.id, 0)))
            )
            weigh(
                mention.id,
                mention.at,
                weight + topic - doubt - _SENTENCE * breaks - _PARAGRAPH[remember] * paragraphs,
            )
        k = bisect.bisect_left(self.history, (s, 0, ""))
        if k and not flat and remember:
            last_at, last_para, last = self.history[k - 1]
            gap = para - last_para
            sentences = min(self.story.kinds.count("|", last_at, s), 8)
            unnamed = last.startswith("UNNAMED")
            several = unnamed and not self.by_case and self.is_many_word(last.split()[-1].lower())
            if not several and self._is_female(last) in (female, None):
                score = _SPOKE - _SPOKE_SENTENCE * sentences - _SPOKE_PARAGRAPH * gap
                score -= 3 * gap + _SPOKE_NAMELESS if unnamed else 0
                if self._is_taken_over(last, last_at, told):
                    score -= _TAKEN_OVER
                weigh(last, s, score)
        alone = self._alone_here(s, told, scores) if self.by_case and not flat else ""
        if alone:
            scores[alone] = (scores[alone][0] + _ALONE_HERE, scores[alone][1])
        return scores

    def _alone_here(self, s: int, told: list[Antecedent], scores: dict[str, tuple]) -> str:
        """«¶ Мир узнал это от Лунина. Q, — писал он»: the only name since the paragraph began."""
        opening = self.story.kinds.rfind("¶", 0, s) + 1
        here = {m.id for m in told if m.at >= opening and m.id in scores}
        key = here.pop() if len(here) == 1 else ""
        return "" if key.startswith("UNNAMED") else key

    def _is_taken_over(self, last: str, at: int, told: list[Antecedent]) -> bool:
        """ "X said q; his deputy, Y, stayed.": somebody else is the subject after the quotation."""
        later = [m for m in told if m.at > at and m.weight >= SUBJECT and not m.back]
        return bool(later) and all(m.id != last for m in later)

    def _told_when(self, s: int, female: bool) -> str:
        """ "When the king was told, he said": whom alone the clause before tells of."""
        if self.story.kinds[s - 1] != ",":
            return ""
        start = self.sentence_start(s)
        if not self.says("subordinators", start) or self._who_told_him(s, female):
            return ""
        told = self._antecedents(start, s)
        alone = len(told) == 1 and not told[0].back and told[0].female in (female, None)
        heard = alone and (told[0].weight <= 1 or any(
            self.says("told", j) and self.says("passives", j - 1) for j in range(start, s)
        ))  # fmt: skip
        return told[0].id if heard and self.story.kinds.find(",", start, s) == s - 1 else ""

    def himself(self, s: int) -> str:
        """«Подошли всадники Нансути. Сам он»: whose men the sentence before tells of."""
        if not (self.says("himself", s - 1) or self.says("himself", s + 1)):
            return self._told_when(s, self.says("feminine", s))
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        told = self._antecedents(before, start)
        near = [m for m in told if not m.id.startswith("UNNAMED")]
        others = any(m.weight >= 2.5 for m in told)
        return near[-1].id if near and not others and s - start <= 1 else ""

    def is_one_of(self, key: str, words: frozenset[str]) -> bool:
        """Whether somebody is what one of some words says: a general, a priest."""
        if key.startswith("UNNAMED"):
            own = key.removeprefix("UNNAMED:").split()
            if len(own) > 1 and own[-2] in self.words.kinds:
                own.pop()  # "the quartermaster-general" is no general
        else:
            own = [part for title in self._titles_of(key) for part in title.split("-")]
        if not words.isdisjoint(own):
            return True
        return bool(self.called) and any(self.called.get(word) == key for word in words)

    def _is_paper(self, key: str) -> bool:
        """Whether an id is of an order or a letter, which is no "he"."""
        if not key.startswith("UNNAMED:"):
            return False
        word = key.rpartition(" ")[2].removeprefix("UNNAMED:")
        return self.words.says("nouns", word) and not self.roles[word]

    def _is_surely_his(self, person: Person) -> bool:
        """Whether a title or a given name is a man's."""
        if any(self.words.says("masculine_roles", title) for title in self._titles_of(person.id)):
            return True
        if person.id in self.people.male:
            return True
        given = person.parts[0].lower()
        return len(person.parts) > 1 and self.words.says("given_names", given)

    def _is_mans(self, key: str) -> bool:
        """Whether somebody is a man by the word for him, or as the text shows."""
        if key in self.people.male:
            return True
        words = key.removeprefix("UNNAMED:").split() if key.startswith("UNNAMED") else ()
        if self.by_case and any(self.words.kinds.among(k, w) for w in words for k in _MENS_KINDS):
            return True
        if any(self.words.says("masculine_roles", word) for word in words):
            return True
        return any(self.words.says("masculine_roles", t) for t in self._titles_of(key))

    def in_company(self, he: Voice) -> bool:
        """Whether others whom the pronoun may mean are told of in the sentences before.

        Whoever was told of in earlier paragraphs only is out of play, unless "he" was too.
        """
        female = self.says("feminine", he.first)
        start = self._window(he.first)
        paragraph = self.story.kinds.rfind("¶", 0, he.first) + 1
        told = self._antecedents(start, he.first)
        if any(mention.at >= paragraph and mention.id == he.id for mention in told):
            told = [mention for mention in told if mention.at >= paragraph]
            start = max(start, paragraph)
        if any(self._may_be_somebody(k) for k in range(start + 1, he.first)):
            return True
        return any(mention.id != he.id and self._may_be(mention, female) for mention in told)

    def _may_be_somebody(self, s: int) -> bool:
        """Whether a capitalised word inside a sentence is no name that the text explains."""
        i = self.story.at[s]
        if i < 0 or self.pieces.letters[i] != "c" or self.story.kinds[s - 1] in '|¶:Q-"':
            return False
        known = i in self.people.within or i in self.people.inside
        # "from London", "the Treaty": hardly a person
        known = known or self.story.kinds[s - 1] == "i" or self.says("place_prepositions", s - 1)
        return not known and not self.words.says("not_a_name", self.pieces.lows[i])

    def _may_be(self, mention: Antecedent, female: bool) -> bool:
        """Whether "he" or "she" may mean somebody, by title and given name."""
        if not female or mention.female:
            return female or mention.female is not True
        return not self.people.titles_of.get(mention.id)

    def _who_told_him(self, s: int, female: bool) -> set[str]:
        """ "When Lee told him this, he flared up": "he" is "him", and not Lee."""
        start = self.sentence_start(s)
        kinds = self.story.kinds
        comma = kinds.rfind(",", start, s)
        if comma == -1 or not self.says("subordinators", start) or self._depth >= DEEP:
            return set()
        asked = next((j for j in range(start + 1, comma) if self.says("asking", j)), None)
        told = asked is not None and not self.by_case and not self.says("passives", asked - 1)
        if asked is not None and told and not self.says("asked_for", asked + 1):
            # "When an officer asked what they should do, he"
            return {m.id for m in self._antecedents(start, asked) if m.weight >= 0.5 and not m.back}
        for j in range(start + 1, comma):
            if self.says("told_pronouns", j) and self.says("feminine", j) == female:
                return {m.id for m in self._antecedents(start, j) if m.weight >= 1.5 and not m.back}
        return set()

    def _talks_with_me(self, s: int, para: int) -> bool:
        """ "Q," he asked. I told him of the General. "Q," he said: who asked me, and no other."""
        if self.by_case or not self.history or self.history[-1][2] in ("", NARRATOR):
            return False
        last, where, _ = self.history[-1]
        return where == para and self.story.kinds.count("|", last, s) <= _TOLD

    def _tells_of_me(self, at: int, s: int) -> bool:
        """Whether "I" is the subject of an earlier sentence: "he" is the other one then."""
        start, end = self.sentence_start(at), self.sentence_end(at)
        if not self.by_case and any(self.says("relatives", j) for j in range(start, at)):
            return False  # "I met a man who had been on Reid's staff"
        return end < s and self.tells_of_me(start, end)

    def _is_followed(self, mention: Antecedent, later: list[Antecedent]) -> bool:
        """ "X was unsure, and Y never read it": a later clause has a new subject."""
        for other in later:
            if other.weight >= SUBJECT and not other.back and other.id != mention.id:
                return other.at < self.sentence_end(mention.at)
        return False

    def _is_in_clause_of(self, mention: Antecedent, s: int) -> bool:
        """«Сына он потерял»: "he" is nobody of the same clause, unless an owner there."""
        if mention.weight > (FRONTED if self.by_case else 0):
            return False
        if self.says("coordinators", s - 1):
            return False  # "I looked at my mate and he said"
        between = self.story.kinds[mention.at : s]
        return not any(mark in between for mark in ",;:-|¶Q")

    def _is_female(self, key: str) -> bool | None:
        """Whether an id is a woman's; None: it may be either."""
        if not key.startswith("UNNAMED"):
            return key in self.people.female
        words = key.removeprefix("UNNAMED:").split()
        if any(map(self.is_womans, words)):
            return True
        return None if any(self.words.says("common_gender", word) for word in words) else False

    def many(self, s: int) -> str:
        """Whom "they" means: the last people told of in the plural."""
        found, k = "", self._window(s)
        while k < s:
            i = self.story.at[k]
            named = self.people.inside.get(i) if i >= 0 else None
            if (
                named is not None
                and named.first == i
                and named.type == "ACTOR"
                and named.kind != "person"
                and self._names_people(i)
            ):
                found = named.id
            body = "" if self.by_case else self._body_of_men(k, s)
            found = body or found
            voice = None
            if i >= 0 and i not in self.people.at and self.story.kinds[k] not in "|¶":
                voice = self._noun_phrase(k, s, None)
            if (
                voice is not None
                and voice.kind in ("role", "unnamed")
                and self.is_many(voice)
                and not (voice.oblique or self._governed(voice))
            ):
                found = voice.id
            k = max(k + 1, voice.last if voice is not None else 0)
        return found

    def _body_of_men(self, k: int, s: int) -> str:
        """ "The London regiments began", "the crowd bought": men who are told of as a body."""
        if self.story.kinds[k] != "i" or self.says("oblique_words", k - 1):
            return ""
        words: list[str] = []
        for j in range(k + 1, min(s, k + 5)):
            low = self.low(j)
            if not low.isalpha() or self.says("oblique_words", j) or self.says("verbs", j):
                return ""
            words.append(low)
            crowd = self.says("crowds", j)
            known = self.says("men_and_ships", j) or self.words.says("men_and_ships", low[:-1])
            if crowd or (known and self.is_many_word(low)):
                return "UNNAMED:" + " ".join(words)
        return ""

    def _names_people(self, i: int) -> bool:
        """Whether the name of a state tells of its people: "the French"."""
        return self.pieces.lows[i].endswith(self.people_endings)

    def other(self, s: int, low: str) -> str:
        """Whom «тот» does not mean: the one whom "he" would mean."""
        if not self.words.says("other_pronouns", low):
            return ""
        told = self._told_of_two(s) if self.by_case else ""
        if told:
            return told
        turned, self.turned_from = self.turned_from, ""
        who = self.focus(s, self.words.says("feminine", low))
        self.turned_from = turned
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        near = self._antecedents(before, s)
        if near and all(mention.weight < 2 for mention in near) and near[-1].id == who:
            return "-"  # «Канцлеру донесли»: nobody else is there
        return who

    def _told_of_two(self, s: int) -> str:
        """«Посол вручил Лунину ноту. Тот»: the subject before, where another is none."""
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        if s != start or "Q" in self.story.kinds[before:start]:
            return ""
        told = [m for m in self._antecedents(before, start) if not m.back]
        subjects = {m.id for m in told if m.weight >= SUBJECT}
        others = {m.id for m in told if m.weight < SUBJECT} - subjects
        if not subjects and len(others) == 1 and self.tells_of_me(before, start):
            return "-"  # «Я подал пакет Лунину. Тот»
        return subjects.pop() if len(subjects) == 1 and len(others) == 1 else ""

    def _titles_of(self, key: str) -> set[str]:
        if key not in self._known_titles:
            titles = self.people.titles_of[key]
            self._known_titles[key] = {self._title(title) for title in titles}
        return self._known_titles[key]

    def _title(self, word: str) -> str:
        if not self.by_case:
            return word
        return "-".join(noun_of(part)[0] or part for part in word.split("-"))
