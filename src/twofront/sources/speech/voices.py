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

from ..grammar.dictionary import (
    adjective_base,
    agrees,
    is_adjective,
    is_adverb,
    is_finite_verb,
    is_noun,
    lemmas_of,
    may_be_plural_subject,
    noun_of,
    plural_subject_of,
)
from ..grammar.letters import folded
from .joined import Joined
from .narrative import Voice
from .people import Person
from .referents import NARRATOR

_REMARK = 8  # tokens between words and the title of a paper that said them
_GONE_FAR = 60  # tokens: in a longer sentence nobody is gone to


class Voices(Joined):
    """Reads whoever is named or described in a stretch of narrative."""

    def voices(self, a: int, b: int, cue: int | None = None) -> list[Voice]:
        """Everybody between two positions who may speak."""
        found, s = [], max(0, a)
        while s < b:
            voice = self._voice_at(s, b, cue)
            if voice is not None and self._is_nickname(voice):
                s, voice = voice.last, None
            elif voice is None:
                s += 1
            else:
                found.append(voice)
                s = max(voice.last, s + 1)
        return found

    def _is_nickname(self, voice: Voice) -> bool:
        """«Лунин, по прозвищу „Старый волк“, сказал»: the words between the marks are nobody."""
        k = voice.first
        while self.by_case and voice.kind != "person" and k > voice.first - 3:
            if self.pieces.letters[self.story.at[k] - 1] == '"':
                return self.says("christening", k - 1)
            k -= 1
        return False

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
        if self._pronouns[low]:
            if says("subject_pronouns", low) and not self._points_at_noun(s, low):
                other = self.by_case and says("other_pronouns", low)
                who = (self._gone_to(s, True) if other else "") or self._pronoun(s, low, cue)
                if not who and other:
                    who = self._gone_to(s)
                return Voice(s, s + 1, who, "pronoun")
            mine = says("plural_subjects", low) and says("speaking_with_me", low)
            if mine and not (cue is not None and self.says("reading", cue)):
                return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
            if says("plural_subjects", low):
                return Voice(s, s + 1, self.many(s), "pronoun")
            if says("first_person", low):
                return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        paper = self._paper_at(s, i) if i in self._titles_in_marks() else None
        if paper:
            return paper
        named = people.inside.get(i)
        if named is not None and named.type != "ACTOR":
            return None
        phrase = self._noun_phrase(s, b, cue)
        if phrase is not None:
            title = self._told_title(phrase) if self.by_case else ""
            return Voice(phrase.first, phrase.last, title, "paper") if title else phrase
        if named is not None and named.first == i and named.kind != "person":
            if p.letters[i] == "w" and self.by_case and not p.is_capital(i):
                return None
            if self.by_case and named.last == i + 1 and agrees(low, self.low(s + 1)):
                return None  # «Немецкое командование», «Русская пословица»
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

    def _gone_to(self, s: int, sent: bool = False) -> str:
        """«Я пошёл к командиру. Тот ответил»: the last in another case than the subject.

        Where `sent`, only one to whom somebody goes or sends: «послал гонца к князю».
        """
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        far = start - before > _GONE_FAR or "Q" in self.story.kinds[before:start]
        if far or (sent and s != start):
            return ""
        kinds = ("person", "role", "unnamed")
        told = [
            v for v in self._joined(self.voices(before, start)) if v.kind in kinds and v.oblique
        ]
        if sent:
            last = told[-1] if told and self._is_female(told[-1].id) in (False, None) else None
            gone = last is not None and self.says("whither", last.first - 1)
            return last.id if last is not None and gone else ""
        return told[-1].id if told else ""

    def _points_at_noun(self, s: int, low: str) -> bool:
        """«тот день», «та же война»: no pronoun, but what points at the noun after it."""
        if not self.by_case or not self.words.says("other_pronouns", low):
            return False
        k = s + 1 + self.says("same_behind", s + 1)
        return self.story.kinds[k] in "wcu" and agrees(low, self.low(k))

    def _pronoun(self, s: int, low: str, cue: int | None) -> str:
        """Whom "he" means; who answers is not the one who spoke last."""
        himself = self.himself(s)
        if himself:
            return himself
        female = self.words.says("feminine", low)
        answers = cue is not None and (self.says("answering", cue) or bool(self.turned_from))
        if answers and self.words.says("other_pronouns", low):
            called = self.hearer and self.is_one_of(self.hearer, self.addressed_as)
            if self.hearer and not called and self._is_female(self.hearer) in (female, None):
                return self.hearer  # «Притвиц, я погибаю!» — «Нет», — отвечал тот
            asked = self.who_was_asked(s)
            if asked:
                return asked
            someone = self.focus(s, female, self.spoke_last(s), flat=True)
            if someone:
                return someone  # «отвечал тот»
        other = self.other(s, low)
        answers = cue is not None and self.says("answering", cue)
        if not other and answers and not self.is_replied_to(s):
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
        hearer = self._own_hearer(s, cue)
        if hearer:
            return self.focus(s, female, other, never=(hearer,))
        return self.focus(s, female, other, flat=bool(other))

    def _own_hearer(self, s: int, cue: int | None) -> str:
        """ "she told her sister": whom "she" is not, because it is hers who hears it."""
        if self.by_case or cue is None or cue != s + 1 or not self.says("told", cue):
            return ""
        owned = self.says("back_references", cue + 1) and self._is_role(self.low(cue + 2))
        return "UNNAMED:" + self.low(cue + 2) if owned else ""

    def _is_aside_remark(self, s: int, cue: int) -> bool:
        """ ", he announced," in the middle of what is told in his words."""
        kinds = self.story.kinds
        if self.by_case or kinds[s - 1] != "," or cue != s + 1 or kinds[cue + 1] != ",":
            return False
        start = self._told_from(s)
        if self._is_whole_sentence(cue + 2):
            return False  # "When I asked Reid what it was, he said, ‘A wall.’"
        return s - start > 5 and not self.says("scene_setters", start)

    def _is_whole_sentence(self, s: int) -> bool:
        """Whether a quotation that begins with a capital stands at a position."""
        if self.story.kinds[s : s + 1] != "Q":
            return False
        return self.text[self.fragments[~self.story.at[s]].start].isupper()

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
        opens = self.story.kinds[self.story.kinds.rfind("¶", 0, s) + 1] in "Q-"
        line = opens and para_2 == here - 1 and here - para <= 3 and self._is_line(at)
        if line and one != last and self._is_female(one) in (female, None):
            return one  # the line before is of whom he speaks to
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

    def _of_person(self, person: Person, s: int) -> Voice:
        last = s + person.last - person.first
        head = self.low(last)
        if person.possessive and not self.by_case and not self.words.says("owners_own", head):
            owned, _ = self._owned(last)
            if owned is not None:
                end = last + len(owned.id.split())
                return Voice(s, end, owned.id, "unnamed")  # "Grant's young aide"
        oblique, unclear = self.is_oblique(person), self.is_unclear(person)
        if self.by_case and self._is_foreign_paper(s, last):
            return Voice(s, last, person.id, "paper", oblique=self._is_of_a_paper(s - 1))
        return Voice(s, last, person.id, "person", person.possessive, oblique, unclear=unclear)

    def _is_foreign_paper(self, s: int, last: int) -> bool:
        """«репортёр газеты The Evening Herald»: Latin letters in a text of others, and no name."""
        latin = all(low.isascii() for low in self._lows[s:last])
        return latin and (self.says("foreign_articles", s) or self.says("papers", s - 1))

    def _is_of_a_paper(self, s: int) -> bool:
        """Whether a word for a paper stands at a position in a case that no subject has."""
        return self.says("papers", s) and not noun_of(self.low(s))[1]

    def _paper_at(self, s: int, i: int) -> Voice | None:
        """A newspaper by its title: «Таймс» писала; the Times wrote."""
        title = self._titles_in_marks()[i]
        near = [*range(max(0, s - 2), s), *range(s + 1, s + 9)]
        j = s
        while j + 1 < len(self.story.at) and i <= self.story.at[j + 1] <= title[1]:
            j += 1
        beside = self.by_case and (
            self.says("verbs", s - 1)
            or self.says("verbs", self._past_adverbs(j + 1))
            or self._is_behind_words(s)
        )
        if not beside and not any(self.says("papers", k) for k in near):
            return None  # a book or a ship
        oblique = self.by_case and self._is_of_a_paper(s - 1)  # «сказал газете „Труд“ Зотов»
        return Voice(s, j + 1, title[0], "paper", oblique=oblique)

    def _past_adverbs(self, s: int) -> int:
        """«„Заря“ бодро писала»: where the verb stands after a title."""
        k = s
        while k < s + 2 and (self.says("verb_helpers", k) or is_adverb(self.low(k))):
            k += 1
        return k

    def _is_behind_words(self, s: int) -> bool:
        """«Q», — грозила в мае столичная „Заря“: the subject of whatever verb opens a remark."""
        kinds = self.story.kinds
        if self.says("oblique_words", s - 1) or not self._may_be_subject_form(s):
            return False
        opening = kinds.rfind("Q", max(0, s - _REMARK), s) + 1
        between = kinds[opening:s].lstrip(".,|")
        verb = s - len(between) + 1
        if not opening or between[:1] != "-" or any(mark in between[1:] for mark in "-,:;|¶("):
            return False
        if not is_finite_verb(self.low(verb)):
            return False
        return not any(
            self._pronouns[self.low(k)]
            or self.story.at[k] in self.people.within
            or (noun_of(self.low(k))[1] and kinds[k] in "wc" and not self._may_stand_by_title(k))
            for k in range(verb + 1, s)
        )

    def _may_stand_by_title(self, s: int) -> bool:
        """«газета „Заря“», «в мае „Заря“»: what is no subject of its own."""
        led = self.says("papers", s) or self.says("oblique_words", s - 1)
        return led or is_adjective(self.low(s))

    def _may_be_subject_form(self, s: int) -> bool:
        """Whether a noun or an adjective may be in the nominative."""
        low = self.low(s)
        lemma, subject, _ = noun_of(low)
        return subject or not lemma or may_be_plural_subject(low) or is_adjective(low)

    @staticmethod
    def _in_nominative(title: str) -> str:
        """«в „Красной заре“»: a title of a noun, and an adjective perhaps, as its paper has it."""
        *first, noun = folded(title.lower()).split()
        plural = plural_subject_of(noun)
        described = len(first) == 1 and is_adjective(first[0]) and not plural
        if not is_noun(noun) or noun_of(noun)[1] or may_be_plural_subject(noun):
            return title
        if first and not described:
            return title
        return " ".join([*map(adjective_base, first), plural or lemmas_of(noun)[0]])

    def _told_title(self, phrase: Voice) -> str:
        """«„Губернский вестник“ прислал репортёра. Газета сообщила»: what it is called."""
        noun = phrase.noun
        alone = phrase.last == noun + 1 and not phrase.oblique
        alone = alone and not agrees(self.low(noun - 1), self.low(noun))  # «местная газета»
        if not (alone and phrase.first == noun and self.says("newspapers", noun)):
            return ""
        titles, i = self._titles_in_marks(), self.story.at[noun]
        if self.story.at[phrase.last] in titles:
            return ""  # «газета „Заря“»
        here, lows = self.pieces.passages[i].para, self.pieces.lows
        for first in sorted((first for first in titles if first < i), reverse=True):
            if here - self.pieces.passages[first].para > 1:
                break
            words = lows[first : titles[first][1] + 1]
            before = lows[first - 2] if first > 1 else ""
            if any(self.words.says("paper_titles", low) for low in [before, *words]):
                return titles[first][0]
        return ""

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
                    title = self._in_nominative(words) if self.by_case else words
                    self._papers[first] = ("_".join(title.upper().split()), last - 1)
        return self._papers
