"""What speaks for people: commands, councils, newspapers, capitals, those at a place.

«командование сообщило», «Берлин заявил»       a noun or a capital beside the verb
"Headquarters replied", "The Daily Citizen promised"   a body without an article, a name in capitals
«из Ставки ответили», «крикнули из толпы»      several, told by where they are
"""

from __future__ import annotations

from ..grammar.dictionary import (
    agrees,
    is_adjective,
    is_genitive,
    is_known,
    is_noun,
    is_place_name,
    is_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .around_verb import AroundVerb
from .clauses import MAIN, Segment
from .narrative import Voice

_FAR_BODY = 7  # tokens between what stands for people and its verb


class Bodies(AroundVerb):
    """Finds bodies and crowds that are the subject of a verb."""

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

    def _some(self, k: int, stop: int, cue: int) -> Voice:
        """«крикнули из толпы», «шутили на баке»: several who are not told."""
        for j in range(k, stop):
            if j != cue and self.story.kinds[j] == "w" and is_plural_subject(self.low(j)):
                return Voice(j, j + 1, "UNNAMED:" + self.low(j), "unnamed")
        they = self.many(cue) if self.says("answering", cue) else ""
        return Voice(cue, cue + 1, they, "unnamed") if they else self._from_where(k, stop)

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
            ends = k == segment.last or self._only_helpers(self._past_its_date(k), verb)
            if k - first >= 2 - article and k - first >= 1 and ends:
                name = "_".join(self.suffixes.owner(self.low(j)).upper() for j in range(first, k))
                return Voice(segment.first, k, name, "paper")
        return None

    def _past_its_date(self, k: int) -> int:
        """ "The Daily Post of 3 May said": where the words go on behind the day of a paper."""
        if not self.says("oblique_words", k):
            return k
        end = k + 1
        while self.story.kinds[end] in "DNMYOiJ":
            end += 1
        return end if end > k + 1 else k

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
