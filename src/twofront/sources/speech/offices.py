"""Offices and trades told beside a name: "the chief of staff, Welling,", "Pym, a captain,"."""

from __future__ import annotations

from ..grammar.dictionary import (
    is_finite_verb,
    is_genitive,
    noun_of,
)
from .name_reader import NameReader
from .person import Person

ANY_MEN = "*"  # what somebody commands of whom no more is told
_COMPLEMENT = 6  # pieces that tell of what somebody is the chief
_CLAUSE = 6  # pieces around a name in which a verb may tell what he leads
_DESCRIPTION = 12  # pieces of "a young lieutenant in the second branch" before a comma
_PREDICATE = 7  # pieces after a name that tell what he was
_STOPS = (",", ".", ")", ";", "")


class Offices(NameReader):
    """Reads titles and offices before and after names."""

    offices: dict[str, dict[str, str]]
    allegiance: dict[str, str]
    according: set[str]

    def _apposition(self, person: Person) -> list[str]:
        """ "Stedman, the British historian,": the titles between two commas after a name."""
        p, j = self.pieces, person.last
        led = self._led_in(person)
        if led:
            return led  # "the envoy, Count Orlov"
        if j + 1 >= len(p.lows) or p.lows[j] not in (",", "("):
            return []
        found: list[str] = []
        aged, state = False, ""
        for k in range(j + 1, min(j + 6, len(p.lows))):
            low = p.lows[k]
            is_age = self.inflects and "-" in low[1:]  # «Зимин, 58-летний кузнец»
            aged = aged or is_age
            if found and self._is_verb(low):
                return []  # "As Bray recalls, the general said"
            if self._tells_what(low) or (aged and all(noun_of(low))):
                if self.inflects and not person.unclear and person.oblique == noun_of(low)[1]:
                    break  # «Пётр, именовавшийся капитаном»
                found.append(low)
            elif (
                found
                or self.words.says("subordinators", low)
                or not (low.isalpha() or self.suffixes.owns(low) or p.letters[k] in "i-" or is_age)
            ):
                found.extend(self._of_what(person, found, k))
                break
            elif k in self.inside and self.inside[k].type == "ACTOR" and p.letters[k] == "c":
                if not self.inflects and self.inside[k].kind != "person":
                    state = self.inside[k].id
                continue
            elif self.words.says("verbs", low) or self.words.says("verb_helpers", low):
                break
        if not any(low in _STOPS for low in p.lows[j + 1 : j + 12]):
            return []
        if found and state:  # "Pym, the Austrian minister,": no minister of others
            self.allegiance.setdefault(person.id, state)
        return found

    def _is_verb(self, low: str) -> bool:
        """Whether a word after a noun is its verb."""
        return is_finite_verb(low) if self.inflects else self.words.says("verbs", low)

    def _is_office(self, k: int) -> bool:
        """Whether "chief of staff" stands at a piece."""
        p = self.pieces
        linked = k + 1 < len(p.lows) and self.words.says("office_links", p.lows[k + 1])
        return linked and self.words.says("of_what", p.lows[k])

    def _led_in(self, person: Person) -> list[str]:
        """ "the chief of staff, Welling,", "the consul at Ware, a Mr Pym,": what stands before."""
        p, comma = self.pieces, person.first - 1
        clear = bool(person.titles) or not person.unclear
        if self.inflects and clear and comma > 0 and self._is_complement(comma):
            return self._office(person, comma)  # «начальник штаба армии генерал Лесков»
        if self.inflects and clear:
            k = comma
            while k > 1 and p.letters[k] in "c-":
                k -= 1
            if k < comma and self.words.says("place_prepositions", p.lows[k]):
                k -= 1  # «посланник Швеции в Лондоне Ян Лунин», «посланник в Лондоне Ян Лунин»
                agrees = noun_of(p.lows[k])[1] != person.oblique
                beside = p.letters[k] in "wc" and self._tells_what(p.lows[k]) and agrees
                return [p.lows[k]] if beside else self._office(person, k)
        if self.inflects and comma > 1 and self.words.says("off_duty", p.lows[comma]):
            k = comma - 1 - (p.letters[comma - 1] == "p")  # «полковник в отставке Лунин»
            agrees = noun_of(p.lows[k])[1] != person.oblique
            return [p.lows[k]] if agrees and self._tells_what(p.lows[k]) else []
        if comma > 0 and p.letters[comma] == "i":
            comma -= 1
        k = comma - 1
        if k < 0 or p.lows[comma] != "," or p.letters[k] not in "wc":
            return []
        if comma == person.first - 1 and self._tells_what(p.lows[k]):
            return [p.lows[k], *self._office(person, k)]
        closed = person.last < len(p.lows) and p.lows[person.last] in _STOPS
        return self._office(person, k) if closed else []

    def _is_complement(self, k: int) -> bool:
        """Whether a word may tell of what somebody is the chief: «штаба», «3-й армией»."""
        low, letter = self.pieces.lows[k], self.pieces.letters[k]
        return letter in "NOD-y" or (
            letter in "wc" and (is_genitive(low) or self.declension.is_instrumental(low))
        )

    def _office(self, person: Person, k: int) -> list[str]:
        """ "chief of staff", «начальник штаба армии»: the noun on which the last word hangs."""
        p, at = self.pieces, k
        if self.inflects:
            while k > at - _COMPLEMENT and k > 0 and self._is_complement(k):
                k -= 1
            if k == at or p.letters[k] not in "wc" or not self._tells_what(p.lows[k]):
                return []
            if noun_of(p.lows[k].split("-")[-1])[1] == person.oblique:
                return []
            self.offices[person.id][noun_of(p.lows[k])[0]] = noun_of(p.lows[k + 1])[0]
        else:
            k -= 2
            if k < 0 or p.letters[k] != "w" or not self._tells_what(p.lows[k]):
                return self._described_before(at)
            if not self.words.says("office_links", p.lows[k + 1]):
                return self._described_before(at)
            self.offices[person.id][p.lows[k]] = p.lows[at]
        return [p.lows[k]]

    def _described_before(self, at: int) -> list[str]:
        """ "A young lieutenant in the second branch, Avery Rowe, handed in": what he is, and where.

        `at` is the last word before the comma.
        """
        p, says = self.pieces, self.words.says
        first = at
        while first > 0 and at - first < _DESCRIPTION and p.letters[first - 1] not in '|,;:()"':
            first -= 1
        opens = p.letters[first] == "i" or says("possessives", p.lows[first])
        if not opens or says("what_places_are", p.lows[at]):
            return []  # "an officer in the fort, Redhill, fell"
        for k in range(first + 1, at):
            low, after = p.lows[k], p.lows[k + 1]
            if says("oblique_words", low) or says("verbs", low) or says("verb_helpers", low):
                return []
            if p.letters[k] == "w" and self._tells_what(low) and says("oblique_words", after):
                return [low]
        return []

    def _of_what(self, person: Person, found: list[str], k: int) -> list[str]:
        """ "a captain of hussars" is a hussar; "the chief of staff" is no other chief."""
        p = self.pieces
        if not found or k + 1 >= len(p.lows):
            return []
        if self.inflects:
            if is_genitive(p.lows[k]):
                self.offices[person.id].setdefault(noun_of(found[-1])[0], noun_of(p.lows[k])[0])
            return []
        if not self.words.says("office_links", p.lows[k]):
            return []
        what = p.lows[k + 1]
        self.offices[person.id].setdefault(found[-1], what)
        troopers = self.words.says_of_one("troopers", what)
        return [self.suffixes.one_of(what)] if troopers else []

    def _commanded(self, person: Person) -> list[str]:
        """ "Ney's corps", "the fleet of Lord Howe", «корпус генерала Берга»: what he commands."""
        p, says, k = self.pieces, self.words.says, person.first - 1
        if self.inflects:
            led = k > 0 and says("leading_men", p.lows[k]) and not person.oblique
            k -= led  # «дивизией командовал Хольм»
            under = led or person.oblique or person.unclear
            unit = under and k >= 0 and says("men_and_ships", p.lows[k])
            own = [noun_of(p.lows[k])[0] or p.lows[k]] if unit else []
            return own or self._in_brackets(person) or self._led_by(person)
        if person.possessive:
            after = p.lows[person.last : person.last + 3]
            return [low for low in after if says("men_and_ships", low)]
        if k > 0 and says("title_links", p.lows[k]) and says("men_and_ships", p.lows[k - 1]):
            return [p.lows[k - 1]]
        return []

    def _in_brackets(self, person: Person) -> list[str]:
        """«Северный фронт (генерал Берг)»: what somebody commands, in brackets behind it."""
        p, k = self.pieces, person.first - 1
        while k > 1 and person.first - k < _COMPLEMENT and p.letters[k] in "w-":
            k -= 1  # «генерал армии»
        rank = person.titles or k < person.first - 1
        if k < 1 or not rank or person.oblique or p.lows[k] != "(":
            return []
        closed = p.lows[person.last : person.last + 1] == [")"]
        unit = p.lows[k - 1]
        named = closed and self.words.says("men_and_ships", unit)
        return [noun_of(unit)[0] or unit] if named else []

    def _appointed(self, person: Person) -> list[str]:
        """«Комендантом крепости был назначен Дубов»: the office that he is given."""
        p, k = self.pieces, person.first - 1
        if not self.inflects or person.oblique or k < 1:
            return []
        first = k
        while k > 0 and self.words.says("appointing", p.lows[k]):
            k -= 1
        if k == first:
            return []
        while k > 0 and k > first - _CLAUSE and is_genitive(p.lows[k]) and p.letters[k] in "wc":
            k -= 1
        low = p.lows[k]
        lemma = noun_of(low)[0]
        chief = any(self.words.says(name, lemma) for name in ("offices", "commanding"))
        named = self.declension.is_instrumental(low) and chief and lemma != low
        return [lemma] if named and p.letters[k] in "wc" else []

    def _led_by(self, person: Person) -> list[str]:
        """«бригаду Лунин принял», «войска вверены Лунину»: what a clause gives somebody to lead."""
        p, says = self.pieces, self.words.says
        first, last = person.first, person.last
        while first > person.first - _CLAUSE and first > 0 and p.letters[first - 1] not in "|,;:-":
            first -= 1
        while (
            last < person.last + _CLAUSE and last < len(p.lows) and p.letters[last] not in "|,;:-"
        ):
            last += 1
        clause = [*range(first, person.first), *range(person.last, last)]
        verbs = "entrusting" if person.oblique else "taking_command"
        if not any(says(verbs, p.lows[k]) for k in clause):
            return []
        units = [noun_of(p.lows[k])[0] for k in clause if says("men_and_ships", p.lows[k])]
        leads = any(says("leading_men", p.lows[k]) for k in clause)
        return units or ([ANY_MEN] if leads else [])  # «командовал нами»

    def _was_what(self, person: Person) -> list[str]:
        """ "Reid had been ambassador at Ware since May", "Reid was then the consul": what he is."""
        p, says, k = self.pieces, self.words.says, person.last
        if self.inflects or person.possessive:
            return []
        end = min(k + _PREDICATE, len(p.lows) - 1)
        while k < end and (says("verb_helpers", p.lows[k]) or says("becoming", p.lows[k])):
            k += 1
        verb = p.lows[k - 1]
        k += says("meanwhile", p.lows[k])
        if k == person.last or not (says("passives", verb) or says("becoming", verb)):
            return []
        k += p.letters[k] == "i"
        while k < end and p.letters[k] in "wc" and not says("oblique_words", p.lows[k]):
            low, after = p.lows[k], p.lows[k + 1]
            if says("verbs", low) or says("denying", low) or says("nobodys", low):
                return []
            if self._tells_what(low):
                if says("epithets", low):
                    return []  # "had been a prisoner": he is not the prisoner of later on
                ends = after in _STOPS or says("oblique_words", after) or says("since", after)
                return [low] if ends else []
            k += 1
        return []

    def _after_name(self, person: Person) -> list[str]:
        """ "Mehmed Pasha", «Мехмед-паша»: a title that follows the name."""
        p, j = self.pieces, person.last
        if p.lows[j - 1] in self.title_words:
            return [p.lows[j - 1]]
        if j + 1 < len(p.lows) and p.lows[j] == "-" and p.touches(j) and p.touches(j + 1):
            return [p.lows[j + 1]] if p.lows[j + 1] in self.title_words else []
        return []
