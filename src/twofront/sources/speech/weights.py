"""What the mention of somebody weighs: how likely it is that "he" means him next.

subject 3 · beside another or in a clause with "when" 2 · owner or object 1 · behind a preposition 0
"""

from __future__ import annotations

from typing import NamedTuple

from ..grammar.dictionary import verb_of
from .narrative import Narrative, Telling, Voice
from .people import Person

BACK_REFERENCE = 2.0  # weight of "him" and "his"
_TOLD_OF = 3  # tokens at most from "told" to "by"
_TO_HIM = 1.0  # weight of whoever something is given or told to
FRONTED = 1.5  # weight of what a sentence opens with, in whatever case


class Antecedent(NamedTuple):
    """Somebody mentioned: position, id, weight, and whether female (None: may be either)."""

    at: int
    id: str
    weight: float
    female: bool | None
    back: bool = False  # "him" or "his", and no subject


class Weights(Narrative):
    """Weighs voices by where they stand in their clause."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling)
        self._weights: dict[int, float] = {}  # of names, by position

    def _weight_of(self, person: Person, at: int) -> float:
        """The weight of a name at a story position; looked up once."""
        if at not in self._weights:
            self._weights[at] = self._weight(self._as_voice(person, at))
        return self._weights[at]

    def _as_voice(self, person: Person, at: int) -> Voice:
        unclear = self.is_unclear(person)
        oblique = self.is_oblique(person)
        if unclear and not person.titles and verb_of(self.low(at - 1))[1] == "plur":
            # «назначили Монтгомери»: several did it to him
            oblique = not self._is_coordinated(Voice(at, at + 1, person.id, "person"))
        return Voice(at, at + 1, person.id, "person", person.possessive, oblique, unclear=unclear)

    def _weight(self, voice: Voice) -> float:
        """A subject is more likely to be the next "he" than an object or an owner."""
        if voice.possessive:
            return 2.5 if self._owns_words(voice) else 1
        if self.says("commands", voice.first - 1):
            return 2  # «армия Плеве»
        governed = self._governed(voice)
        if governed and self.says("agents", voice.first - 1):
            return 1 if self._has_told(voice.first - 1) else 2  # "commanded by a subaltern"
        if self.says("owner_links", voice.first - 1) and self.says("nouns", voice.first - 2):
            return 3  # "a few words from Luttrell"
        if not self.by_case and self._is_it_from(voice):
            return 3  # "It is from a clerk"
        if self.by_case and voice.oblique and self.says("nouns", voice.first - 1):
            return BACK_REFERENCE  # «с письмом генерала Лунина»
        if self.by_case and voice.oblique and self._is_asked(voice):
            return 3  # «майора спросили»
        if self.by_case and voice.oblique and self._suffers(voice):
            return BACK_REFERENCE  # «Лунина ранили»
        if governed and not self.by_case and self._is_told_more_of(voice):
            return 1.5  # "with Major Reid, who had led it"
        if governed or voice.oblique:
            to_him = not governed and self._ends_like_dative(voice)
            return FRONTED if self._is_fronted(voice) else _TO_HIM * to_him
        asked = not self.by_case and self.says("asking", voice.first - 1 - self._article(voice))
        if asked and not self.says("asked_for", self._end_of(voice)):
            return 3  # "I asked Major Reid what he had felt"
        if (not self.by_case or voice.unclear) and self._is_object(voice):
            return 1
        if self.says("that", voice.first - 1) and not self._is_cleft(voice.first - 1):
            return 1.5  # "Hooker heard that Jackson was": the text is about Hooker
        subordinate = self._is_subordinate(voice.first)
        if subordinate and voice.id.startswith("UNNAMED"):
            return 1.5  # "when the vicar had called, he": rather whoever the text is about
        if subordinate or self._is_coordinated(voice):
            return 2  # "Shuvalov and Salisbury": "they" rather than "he"
        if not self.by_case and self._stands_by(voice):
            return 1
        if self.by_case or self._opens_clause(voice) or self._acts(voice):
            return 3
        if self._is_set_first(voice):
            return 3
        return 3 if self._is_it(voice.first) else 2

    def _is_it_from(self, voice: Voice) -> bool:
        """ "it was from Reid": of a letter, whose it is."""
        k = voice.first - 1 - self._article(voice)
        return (
            self.says("owner_links", k)
            and self.says("copulas", k - 1)
            and self.says("paper_pronouns", k - 2)
        )

    def _is_told_more_of(self, voice: Voice) -> bool:
        """ ", who", ", a clerk": whether something of his own follows."""
        k = self._end_of(voice)
        if self.story.kinds[k] != ",":
            return False
        return self.says("relative_subjects", k + 1) or self.says("one_of_many", k + 1)

    def _stands_by(self, voice: Voice) -> bool:
        """ "Reid, with no fuel left and Pike in his rear, broke off": who has no verb."""
        k = self._end_of(voice)
        hangs = self.says("oblique_words", k) and not self.says("owner_links", k)
        return hangs and self.says("coordinators", voice.first - 1)

    def _has_told(self, by: int) -> bool:
        """ "Pike had been told of it by Reid": whoever is told or asked is the next to speak."""
        return any(self.says("told", k) and self.says("passives", k - 1)
                   for k in range(by - _TOLD_OF, by))  # fmt: skip

    def _article(self, voice: Voice) -> int:
        """1 where an article stands before somebody, else 0."""
        return int(self.story.kinds[voice.first - 1 : voice.first] == "i")

    def _is_set_first(self, voice: Voice) -> bool:
        """ "On the 22nd Reid shot himself": only where and when it was stands before."""
        start = max(self.story.kinds.rfind(mark, 0, voice.first) for mark in "|¶,;:Q-(") + 1
        timed = self.says("times_told", voice.first - 1)  # "Next day Reid"
        if not (timed or self.says("oblique_words", start)) or self.says("manner", voice.first - 1):
            return False
        lists = ("verbs", "verb_helpers", "common_verbs", "subordinators", "relatives")
        return not any(
            self.says(name, k) or self.low(k).endswith(self.suffixes.verbal)
            for k in range(start, voice.first) for name in lists
        )  # fmt: skip

    def _ends_like_dative(self, voice: Voice) -> bool:
        """«привёз Лунину»: whoever something is given or told to."""
        i = self.story.at[self._end_of(voice) - 1]
        return self.by_case and i >= 0 and self.pieces.lows[i].endswith(self.declension.datives)

    def _is_asked(self, voice: Voice) -> bool:
        """Whether a verb of asking in the plural, without a subject, follows."""
        k = self._end_of(voice)
        return self.says("asking", k) and verb_of(self.low(k))[1] == "plur"

    def _suffers(self, voice: Voice) -> bool:
        """Whether a verb in the plural follows that has no subject: somebody does it to him."""
        k = self._end_of(voice)
        _, number, gender = verb_of(self.low(k))
        if self._governed(voice) or number != "plur" or gender or self.story.kinds[k] != "w":
            return False
        return self.story.kinds[k + 1] in ",.|¶" and not self._ends_like_dative(voice)

    def _is_it(self, s: int) -> bool:
        """ "It was the minister who": he is the news."""
        return self.says("copulas", s - 1) and self.says("expletives", s - 2)

    def _is_cleft(self, that: int) -> bool:
        """ "It was then that the surgeon spoke": he is the news."""
        start = self.sentence_start(that)
        it_was = self.says("expletives", start) and self.says("copulas", start + 1)
        return it_was and that - start <= 4

    def _is_fronted(self, voice: Voice) -> bool:
        """«Под королём убили лошадь», «Королю доложили»: the sentence is about him."""
        if not self.by_case:
            return False
        start = self.sentence_start(voice.first)
        return voice.first - start <= self.says("oblique_words", start)

    def _is_subordinate(self, s: int) -> bool:
        """Whether a clause with "when" holds the position."""
        kinds = self.story.kinds
        start = max(kinds.rfind(mark, 0, s) for mark in "|¶,;Q(") + 1
        relative = self.says("relatives", s - 1) and not self.says("that", s - 1)
        if relative and not self.by_case:
            return True  # "the colonel whom Reid had sent"
        return any(map(self._subordinates.__getitem__, self._lows[start : min(s, start + 2)]))

    def _is_coordinated(self, voice: Voice) -> bool:
        k = self._end_of(voice)
        joined = self.says("joining", k) and self._is_name_at(k + 1)
        return joined or (
            self.says("joining", voice.first - 1) and self._is_name_at(voice.first - 2)
        )

    def _is_name_at(self, s: int) -> bool:
        i = self.story.at[s] if 0 <= s < len(self.story.at) - 1 else -1
        return i >= 0 and (self.pieces.letters[i] == "c" or self.words.says("titles", self.low(s)))

    def _end_of(self, voice: Voice) -> int:
        """The position after the whole name of a voice."""
        person = self.people.at.get(self.story.at[voice.first])
        return max(voice.last, voice.first + (person.last - person.first if person else 1))

    def _owns_words(self, voice: Voice) -> bool:
        """ "Lee's letters"."""
        after = self._end_of(voice)
        return self.says("nouns", after) or self.says("nouns", after + 1)

    def _acts(self, voice: Voice) -> bool:
        """Whether a verb follows: "In the Council Kerensky declared"."""
        k = self._end_of(voice)
        if self.story.kinds[k] == "(":
            k = max(k, self.story.kinds.find(")", k, k + 14) + 1)
        if not self.by_case and self.says("owner_links", k) and self._is_name_at(k + 1):
            k += 2  # "On the left the King of Sardinia sent"
        return self.acts(k)
