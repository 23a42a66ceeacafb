"""Whom "the Italian", «англичанин» and "their", of a council, mean.

"the Italian"            the Italian attaché told of before, or who does not speak just now
«вспоминал англичанин»   whom the text is about, if it told of no Englishman before
"""

from __future__ import annotations

from ..grammar.dictionary import is_adjective, is_plural_subject, noun_of
from .phrase_words import PhraseWords

_REMEMBERED_WORDS = 150  # before "the Italian", among which an Italian is looked for
_NEAR = 14  # persons named before, among whom he is
_COUNTRY = 4  # letters that «пруссак» and «прусский» share
_BEFORE_NAME = 5  # pieces before a name that may tell of which country he is
_ONLY = 1.0  # by how much somebody must stand out to be "the Englishman"


class Peoples(PhraseWords):
    """Finds somebody by the people he is of."""

    def _of_a_people(self, s: int, lemma: str, speaks: bool) -> str:
        """«вспоминал англичанин»: whom the text is about, if it told of no Englishman before."""
        if not self.words.says("demonyms", lemma):
            return ""
        countryman = self._of_that_country(s, lemma)
        if countryman:
            return countryman
        for k in range(max(0, s - _REMEMBERED_WORDS), s):
            if is_plural_subject(self.low(k)):
                continue  # «пруссаки»
            if self.low(k).isalpha() and self.words.says("demonyms", self.low(k)):
                other = noun_of(self.low(k))[0]
                if other == lemma:
                    return ""
        start = self.sentence_start(s)
        last = self.history[-1][2] if self.history and self.history[-1][0] >= start else ""
        later = self._told_later(s)
        later |= self._of_other_names(s, lemma) if speaks else set()
        if not speaks and self.history and not last:
            last = self.history[-1][2]  # «Q», — сказал X. Англичанин записал
        female = self.words.says("feminine_roles", lemma)
        who = self.focus(s, female, last, never=later, remember=False)
        if self.margin >= _ONLY and speaks:
            return who
        return who if self.by_case and self._is_alone(who, s, {last, *later}) else ""

    def _of_other_names(self, s: int, lemma: str) -> set[str]:
        """Those named before whose surnames no Japanese bears: «Литвинов»."""
        if self.words.says("slavs", lemma):
            return set()
        endings = tuple(self.words.data.get("speech", {}).get("slavic_surnames", ("\0",)))
        before = self.told_before(self.story.at[s], _NEAR)
        return {p.id for p in before if p.parts and p.parts[-1].lower().endswith(endings)}

    def _is_alone(self, who: str, s: int, others: set[str]) -> bool:
        """Whether nobody else is named in the same paragraph before a position."""
        first = self.story.kinds.rfind("¶", 0, s) + 1
        named = self.told_before(self.story.at[s], _NEAR)
        here = {p.id for p in named if (self._position(p.first) or 0) >= first} - others
        return here == {who}

    def _of_that_country(self, s: int, lemma: str) -> str:
        """«прусский корпус генерала Ланге», «немецкий врач Рихтер»: the last who is one."""
        lows, letters = self.pieces.lows, self.pieces.letters
        stem = lemma[:_COUNTRY]
        for person in reversed(self.told_before(self.story.at[s], _NEAR)):
            k = person.first - 1
            while k >= max(0, person.first - _BEFORE_NAME) and letters[k] in "wc-,":
                if lows[k].startswith(stem) and is_adjective(lows[k]):
                    return person.id
                k -= 1
        return ""

    def _told_later(self, s: int) -> set[str]:
        """«поляк ответил запиской, которую Лунин сохранил»: who is told of in a clause that hangs
        on the same sentence is somebody else."""
        end = self.sentence_end(s)
        comma = self.story.kinds.find(",", s, end)
        if comma == -1 or not self.says("relatives", comma + 1):
            return set()
        people = (self.people.at.get(self.story.at[k]) for k in range(comma + 1, end)
                  if self.story.at[k] >= 0)  # fmt: skip
        return {person.id for person in people if person is not None}

    def body(self, s: int) -> str:
        """Whom "its" and "their" mean: the last council or staff that a sentence is about."""
        k, found = self._window(s), ""
        while k < s:
            j, words, counts = k + 1, [], False
            while (
                self.story.kinds[k] == "i"
                and j < s
                and (
                    self._is_capital_at(j)
                    or (words and (self.says("title_links", j) or self.story.kinds[j] == "i"))
                )
            ):
                words.append(self.low(j))
                counts = counts or self.says("institutions", j) or self.is_many_word(self.low(j))
                j += 1
            if counts and (self._acts_at(j) and self.story.kinds[j] == "w"):
                found = "_".join(words).upper()
            k = max(k + 1, j - 1)
        return found

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
