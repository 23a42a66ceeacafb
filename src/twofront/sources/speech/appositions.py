"""When two mentions side by side are one person.

apposition   "the envoy, Count Orlov" · "a Swabian named Holl" · «преемник Лацкого, майор Тодд»
predicate    "Pike, a blacksmith," · "who was then a boy"
revealed     "the man they sent was Reid" · "the leader was a ruined dealer called Barna"
"""

from __future__ import annotations

import bisect

from ..grammar.dictionary import (
    is_adjective,
    is_genitive,
    is_given_name,
    is_nominative_adjective,
    noun_of,
)
from .narrative import Telling
from .weights import Antecedent, Weights

_OF_WHAT = 6  # tokens between what somebody is and his name
_HANGING = 10  # and between "a clerk in the office of the port" and his
_NAMED_LATER = 15  # tokens between "the leader" and the name that "was" gives him


class Appositions(Weights):
    """Tells whether a phrase and a name beside it are of one person."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling)
        self.same: dict[str, str] = {}  # phrase without a name → who it is
        self._in_marks: set[int] | None = None  # pieces between marks that hold no speech

    def _is_by_role(self, mention: Antecedent) -> bool:
        """Whether somebody is told of by what he is, where nouns have cases."""
        named = self.story.at[mention.at] in self.people.at or mention.back
        return self.by_case and not named and self.roles[self.low(mention.at)]

    def _is_owned_apposition(
        self, found: list[Antecedent], name: Antecedent, end: int, k: int
    ) -> bool:
        """Whether a phrase, whose owner is named, and a comma stand before a name."""
        if (
            len(found) < 2
            or name.id.startswith("UNNAMED")
            or self.story.kinds[end : end + 1] != ","
        ):
            return False
        if k - end > 1 and not (k - end == 2 and self._leads_to_name(end + 1)):
            return False
        phrase, owner = found[-2:]
        if not phrase.id.startswith("UNNAMED") or owner.id.startswith("UNNAMED"):
            return False
        linked = owner.at - phrase.at <= 4 and owner.weight <= 1
        return linked and self.story.kinds[self._closes(self._end_at(k))] in ",|.¶"

    def _is_owned_predicate(
        self, found: list[Antecedent], mention: Antecedent, k: int, after: int
    ) -> bool:
        """ "Ann Reid, Walter's sister, was there": who she is, told by whose she is."""
        if len(found) < 2 or not mention.id.startswith("UNNAMED"):
            return False
        named, owner = found[-2:]
        person = self.people.at.get(self.story.at[named.at])
        if person is None or self._end_at(owner.at) != k:
            return False
        aside = self.story.kinds[self._end_at(named.at) : owner.at] == ","
        closed = self.story.kinds[after] in ",|¶." and not self.says("coordinators", after + 1)
        return aside and closed and named.female == mention.female

    def _leads_to_name(self, s: int) -> bool:
        """ ", the Rev. Amos Bright", ", one Isaac Tully": what may stand before a name."""
        return self.story.kinds[s] == "i" or (not self.by_case and self.says("indefinite", s))

    def _end_at(self, k: int) -> int:
        """Where the name at a position ends."""
        person = self.people.at.get(self.story.at[k])
        return k + (person.last - person.first if person else 1)

    def _is_also(self, who: str, phrase: str) -> None:
        """Remembers a name for somebody who was told of without one before.

        "Marga Holt, a cooper's widow": a woman, whatever her name tells.
        """
        if phrase.startswith("UNNAMED:") and who != phrase:
            self.same[phrase] = who
            hers = self.words.says("feminine_roles", phrase.removeprefix("UNNAMED:").split()[-1])
            if hers and not who.startswith("UNNAMED") and not self.by_case:
                self.people.female.add(who)

    def _is_predicate(
        self, subject: Antecedent, mention: Antecedent, end: int, k: int, after: int
    ) -> bool:
        """ "Pike, a blacksmith," and "who was then a boy": what somebody is, and nobody else."""
        if not mention.id.startswith("UNNAMED") or k - end > 6:
            return False
        if self.by_case and k == end and self.declension.is_instrumental(self.low(after - 1)):
            # «назначили Лунина командующим»
            return any(self.says("appointing", j) for j in (subject.at - 1, after))
        while k - 2 >= end and self.story.kinds[k - 1] == "-" and self._is_joined(k - 1):
            k -= 2  # «тогда генерал-майор»
        if not self.by_case and self.says("owner_links", end):
            end = min(self._closes(end), k)  # "a captain of infantry, a prisoner,"
        between = range(end, k)
        if any(self.says("copulas", j) for j in between) and k - end <= 5:
            return self.says("indefinite", k) and subject.weight >= 2
        closes = self._closes(after) if not self.by_case else self._past_genitives(after)
        closes += not self.by_case and self.says("meanwhile", closes)  # "Pike, a deacon now,"
        reach = end + 2 if self.by_case else min(k, end + 2)
        aside = "," in self.story.kinds[end:reach] and self.story.kinds[closes] in ",|¶."
        who = self.says("indefinite", k) and self.says("relatives_of_persons", closes)
        aside = aside or (who and self.story.kinds[end:reach] == ",")
        plain = all(
            self._tells_when(j, end) or (
                self.story.kinds[j] in ",w" and not self.says("verbs", j)
                and not self.says("coordinators", j) and not self.says("oblique_words", j)
            )
            for j in between
        )  # fmt: skip
        return aside and k - end <= 5 and plain and not self.says("possessives", k)

    def _tells_when(self, j: int, end: int) -> bool:
        """ "Pike, by now forty and a clerk,": since when, and how old, he is what he is."""
        if self.by_case or self.story.kinds[end] != ",":
            return False
        if self.says("oblique_words", j):
            return self.says("meanwhile", j + 1)
        if self.says("coordinators", j):
            return self.story.kinds[j - 1] in "nN"
        return self.story.kinds[j] in "nN"

    def _is_of_what(self, a: int, b: int) -> bool:
        """«агент в столице», «командующий пешими войсками»: what somebody is of, and where.

        But no «гонец к Лунину»: a preposition right before a name has it as its object.
        """
        led = is_adjective(self.low(a - 1))  # «заведующий складом»
        for k in range(a, b):
            low = self.low(k)
            if self.says("oblique_words", k):
                led = True
                continue
            noun, subject, _ = noun_of(low)
            tells = is_genitive(low) or is_adjective(low) or (led and noun and not subject)
            if not (tells or self.story.kinds[k] in "cNO-") or self.says("verbs", k):
                return False
        if a == b:
            return True
        of_place = self.says("oblique_words", b - 2) and self.says("parts_of_places", b - 1)
        if of_place and not is_given_name(self.low(b)):
            return False  # «рыбак из деревни Тонг Ха»
        return b - a <= _OF_WHAT and not self.says("oblique_words", b - 1)

    def _past_genitives(self, k: int) -> int:
        """«бывший учитель физики», «начальник штаба первой армии»: where a description ends."""
        end = k
        while end < k + 4 and (is_genitive(self.low(end)) or is_adjective(self.low(end))):
            end += 1
        return end

    def _is_joined(self, hyphen: int) -> bool:
        """Whether a hyphen stands inside a word."""
        return self.story.at[hyphen] >= 0 and self.pieces.touches(self.story.at[hyphen])

    def _is_trade(self, between: range) -> bool:
        """ ", the carter" between a phrase and a name."""
        if len(between) < 3 or self.story.kinds[between[0]] != ",":
            return False
        words = between[2:]
        return self.story.kinds[between[1]] == "i" and all(
            self.story.kinds[j] == "w" and not self.says("verbs", j) for j in words
        )

    def _hangs_closed(self, between: range, k: int) -> bool:
        """ "a baker of fifty, Jan Kolb.": something hangs on the phrase, and the name is closed.

        So is it in "a clerk in the office of the port, Jan Kolb, wrote".
        """
        if self.by_case or not self.says("oblique_words", between[0]):
            return False
        if any(self.acts(j) or self.story.kinds[j] in ",;:|¶Q" for j in between[:-1]):
            return False
        return self.story.kinds[between[-1]] == "," and self.story.kinds[self._end_at(k)] in ",.;|"

    def _is_title_in_marks(self, a: int, b: int) -> bool:
        """«командир „Чайки“ Брандис»: only the name of his ship stands between."""
        if self._in_marks is None:
            self._in_marks = {
                i
                for part in self.fragments
                if not part.speech
                for i in range(
                    bisect.bisect_left(self.pieces.starts, part.start),
                    bisect.bisect_left(self.pieces.starts, part.end),
                )
            }
        return all(self.story.at[j] in self._in_marks for j in range(a, b))

    def _closes(self, after: int) -> int:
        """Where an aside ends: "a veteran of the Somme," has something hanging on it."""
        if not self.says("oblique_words", after):
            return after
        for k in range(after + 1, min(after + 9, len(self.story.kinds))):
            ends = self.story.kinds[k] in ",|¶.;:Q" or self.says("verb_helpers", k)
            if ends or self.says("relatives_of_persons", k):
                return k
        return after

    def _is_apposition(self, phrase: Antecedent, name: Antecedent, end: int, k: int) -> bool:
        """Whether only a comma, "named" or a genitive stands between a phrase and a name."""
        between = range(end, k)
        if 0 < k - end <= 8 and phrase.id.startswith("UNNAMED") and self.says("christening", k - 1):
            # "his chief engineer, a Swabian named Holl,"
            return not any(
                (
                    self.says("verb_helpers", j)
                    and not (j in (end, k - 2) and self.says("copulas", j))
                )
                or self.story.kinds[j] in "|¶;:Q"
                for j in between
            )
        if self._is_revealed(phrase, end, k) or self._is_a_man_named(phrase, end, k):
            return True
        if not 0 <= k - end <= (_OF_WHAT if self.by_case else 3):
            unnamed = phrase.id.startswith("UNNAMED") and phrase.weight >= 0
            return 0 < k - end <= _HANGING and unnamed and self._hangs_closed(between, k)
        behind = not self.by_case and self.story.kinds[end:k] == "," and phrase.weight < 0
        if behind and self.acts(self._end_at(k)):
            return False  # "In a letter to his wife, Reid wrote"
        if phrase.id.startswith("UNNAMED"):
            rest = [j for j in between if self.story.kinds[j] != ","]
            commas = len(between) - len(rest)
            if commas and len(rest) == 1 and self._leads_to_name(rest[0]):
                rest = []  # "the chaplain, the Rev. Amos Bright"
            if all(self.says("christening", j) for j in rest) and rest:
                return True
            linked = self.by_case and all(
                is_genitive(self.low(j)) or is_adjective(self.low(j)) for j in rest
            )
            linked = linked or not rest
            linked = linked or (not commas and self._is_of_what(end, k))
            linked = linked or (not self.by_case and self._is_trade(between))
            linked = linked or (commas == 1 and self._hangs_closed(between, k))
            linked = linked or (len(rest) == 1 and self.says("before_names", rest[0]))
            linked = linked or (self.by_case and self._is_title_in_marks(end, k))
            agrees = name.weight > 0 or phrase.weight <= 0  # «мать Лаптева» are two
            both = self.by_case and phrase.female is True and name.female is True
            agrees = agrees or both  # «из записок сестры Анны Корн»
            return commas <= 1 and linked and (commas == 1 or agrees)
        if self.story.kinds[end:k] == ",":
            return True
        # «их командир, французский полковник Берг», whoever else was called the commander
        described = self._is_by_role(phrase) and self.story.kinds[end] == "," and k - end > 1
        return described and all(is_nominative_adjective(self.low(j)) for j in between[1:])

    def _is_revealed(self, phrase: Antecedent, end: int, k: int) -> bool:
        """ "The man they sent was Reid", "turned out to be Reid": who somebody is."""
        between = self.story.kinds[end:k]
        if self.by_case or not 0 < k - end <= 6 or not self.says("copulas", k - 1):
            return False
        told = phrase.id.startswith("UNNAMED") or self.story.kinds[phrase.at] == "i"
        told = told and phrase.weight >= 2
        person = self.people.at.get(self.story.at[k])
        if person is None or person.possessive:
            return False
        if told and between[:1] == "," and self.says("names_of", k - 2):
            return k - end == 4 and self.says("relatives_of_persons", k - 3)
        return told and not any(mark in between for mark in ",;:|¶Q")

    def _is_a_man_named(self, phrase: Antecedent, end: int, k: int) -> bool:
        """ "The leader of the revolt was a ruined dealer called Barna": who the leader is."""
        between = range(end, k - 1)
        if self.by_case or k - end > _NAMED_LATER or not self.says("christening", k - 1):
            return False
        if not phrase.id.startswith("UNNAMED") or phrase.weight < 2:
            return False
        copulas = [j for j in between if self.says("copulas", j)]
        plain = not any(self.story.kinds[j] in ",;:|¶Q" for j in between)
        return len(copulas) == 1 and plain and self.says("indefinite", copulas[0] + 1)
