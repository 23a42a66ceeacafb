"""Whether a capitalised word is a person: it speaks, acts, owns, is addressed or has a trade.

A name with a title or a given name needs no proof.
"""

from __future__ import annotations

from collections import defaultdict

from ..grammar.declension import NOMINATIVE
from ..grammar.dictionary import (
    is_adverb,
    is_common_word,
    is_finite_verb,
    is_known,
    is_known_name,
    is_lifeless,
    is_nominative_adjective,
    is_noun,
    is_participle,
    is_place_name,
    is_surname,
    is_thing,
    noun_of,
)
from .offices import Offices
from .person import Person

_PAPER = 6  # pieces of the name of a newspaper
_PREDICATE = 9  # pieces after a name that tell what it is
_WHAT_HE_IS = 9  # pieces between a verb of speech and a name that tell what somebody is


class Proofs(Offices):
    """Tells persons from places and things."""

    def _proven(self, found: list[Person]) -> set[str]:
        """Ids of single capitalised words that stand at least once where a person stands."""
        p, says = self.pieces, self.words.says
        proven = {self._fold(part) for person in found if person.strong for part in person.parts}
        result = set()
        told = self._told(found)
        for person in found:
            known = person.strong or self._fold(person.parts[-1]) in proven
            if known or self._after_name(person):
                result.add(person.id)
                continue
            last = person.last if person.oblique else told.get(person.last, person.last)
            first = person.first if person.oblique else told.get(-person.first, person.first)
            after = p.lows[self._after_bracket(last)] if last < len(p.lows) else ""
            if first and says("before_names", p.lows[first - 1]):
                first -= 1  # "Old Colin rode"
            if says("back_references", after) and says("asides", after):
                after = p.lows[last + 1]  # "Reid himself remembered"
            before = p.lows[first - 1] if first else ""
            spoken = (after and says("verbs", after)) or (before and says("verbs", before))
            if not self.inflects:
                if spoken and (self._is_left(first, before) or says("governing", before)):
                    spoken = False  # "survivors of Dravna began to arrive"
                spoken = spoken or self._is_said_with_what_he_is(first, last)
            acts = person.possessive or self._acts(person, before, after)
            acts = acts or self._is_cited(person)
            if ((spoken and not person.oblique) or acts) and self._may_be_name(person):
                result.add(person.id)
        return result

    def _is_left(self, first: int, before: str) -> bool:
        """ "One trooper leaving Dravna told them": a place that a participle has as object."""
        tells = self.words.says("verbs", before) or self.words.says("clause_openers", before)
        opens = first < 2 or self.pieces.letters[first - 2] in "|,\"'"
        return before.endswith(self.suffixes.participle) and not tells and not opens

    def _is_said_with_what_he_is(self, first: int, last: int) -> bool:
        """ "Said 63-year-old war veteran Ahad Orde", "boomed Ostrel-born Milton Orde"."""
        p, k = self.pieces, first - 1
        if p.letters[last] in "wcu" and not self.words.says("oblique_words", p.lows[last]):
            return False  # "said one Federal minister"
        while k >= 0 and first - k <= _WHAT_HE_IS and p.letters[k] in "wcuy-ND":
            low = p.lows[k]
            if self.words.says("verbs", low):
                return first - k > 1
            if self.words.says("oblique_words", low) or self.words.says("never_a_noun", low):
                return False
            k -= 1
        return False

    @staticmethod
    def _told(found: list[Person]) -> dict[int, int]:
        """Where names in an oblique case end, by where they begin; and (negative) the reverse.

        «Лавров Панину писал»: the verb of the first name comes after the second.
        """
        oblique = [person for person in found if person.oblique]
        return {p.first: p.last for p in oblique} | {-p.last: p.first for p in oblique}

    def _acts(self, person: Person, before: str, after: str) -> bool:
        """Whether the name stands like a subject: at the start of a clause, before a verb."""
        if self.inflects:
            name = person.parts[-1].lower()
            if is_place_name(name):
                return False
            if self._is_with_people(person, before):
                return True
            if not (person.oblique or self.words.says("no_emphasis", before)) and (
                self.words.says("emphatic", before)
            ):
                return True  # «сам Нэпир»
            if self._writes_for(person) or self._is_behind_what_he_is(person):
                return True
            if is_known_name(name) and self.words.says("from_people", before):
                return True  # «письмо было от Паулины»
            low = self.pieces.lows[person.last - 1]
            if not low.endswith(self.surname_endings) and is_thing(low):
                return False  # «рабочие Арсенала»
            opens = person.first == 0 or self.pieces.letters[person.first - 1] in "|\"'-:"
            if not opens and is_known_name(name) and self._case(person.parts[-1]) == NOMINATIVE:
                return True
            if is_surname(name) or self._is_before_verb(person.last):
                return True
            clear = self._case(person.parts[-1]) == NOMINATIVE and not person.oblique
            if not opens and clear and before and is_finite_verb(before):
                return True  # «впереди шёл Бурак»
            governed = self.words.says("oblique_words", before)  # «писал он после Алмы»
            if not (opens or governed or person.oblique) and self._in_remark(person):
                return True
            if not opens and name.endswith(self.surname_endings):
                return True
            if len(person.parts) == 1 and (is_common_word(name) or is_noun(name)):
                return False
            aside = after == "," and (not before or before == ".")
            if after == "," and not (governed or person.oblique):
                low = self.pieces.lows[person.last + 1]  # «стариком Бурак, писавший об этом, понял»
                aside = aside or (is_participle(low) and is_nominative_adjective(low))
            return aside or (before == "," and bool(self._led_in(person)))
        if self.words.says("generic", before) or self._is_somebodys(person):
            return True  # "his daughter Clara"
        if self._tells_age(person.last):
            return True
        beside = self.pieces.lows[person.first - 2] if person.first > 1 else ""
        if before == "," and after in (",", ".", ";") and self.words.says("generic", beside):
            return True  # "its editor, Delane,"
        if self.words.says("owner_links", before) and self.words.says(
            "nouns", self.pieces.lows[person.first - 2]
        ):
            return True  # "the answer of Omar"
        if self._is_sender(person):
            return True
        if self.words.says("making", before) and any(
            self.words.says("verbs", verb) for verb in self.suffixes.verbs_of(after)
        ):
            return True  # "they heard Reid shout"
        if self.words.says("whither", before) and self.words.says("said_to", beside):
            return True  # "he observed to Alava"
        if self.words.says("copulas", before) and self.words.says("names_of", beside):
            return True  # "whose name was Fane"
        if self.words.says("relatives_of_persons", after):
            return True  # "It was Holk who"
        if after == "," and beside == "," and self.words.says("indefinite", before):
            return True  # "its driver, one Huber,"
        if before == "one" and after == "," and self.pieces.letters[person.last + 1] == "i":
            return True  # "was one Dobbs, a gunner"
        one = self.words.says("indefinite", before) and not self._tells_kind_of(person)
        if len(person.parts) > 1 and (one or self._apposition(person)):
            return True  # "one Absalom Pike", "Absalom Pike, a blacksmith"
        opens = not before or before in ",;:.\"'" or self.words.says("clause_openers", before)
        opens = opens or self.words.says("focusing", before) or self._follows_date(person.first)
        if after == "," and opens:
            if self._acts_after_aside(person):
                return True
            after = self.pieces.lows[person.last + 1]
            return (
                self.words.says("clause_openers", after)
                or after in self.title_words  # "Germanos, Archbishop of Patras,"
                or self.words.says("relatives_of_persons", after)
                or self.words.says("indefinite", after)
                or self._is_office(person.last + 1)
                or self.pieces.letters[person.last + 1] == "i"
                or after.endswith(self.suffixes.participle)
            )
        if not after.isalpha():
            return False
        next_word = (
            self.pieces.lows[person.last + 1] if person.last + 1 < len(self.pieces.lows) else ""
        )
        if self.words.says("of_places", after) or self.words.says("of_places", next_word):
            return False  # "Bardo had fallen"
        if self._was_lost(person.last) or self._was_a_battle(person.last):
            return False
        if self._is_of_a_land(person):
            return True
        past = after.endswith(self.suffixes.past) and len(after) > 4
        verb = past or self.words.says("common_verbs", after)
        return verb and (opens or len(person.parts) > 1)

    def _tells_age(self, k: int) -> bool:
        """ "Milan Orlic, 61,": a number between commas after a name, as newspapers write."""
        p = self.pieces
        return p.shape[k : k + 3] in (",D,", ",N,", "(D)", "(N)") and p.lows[k + 1].isdecimal()

    def _is_of_a_land(self, person: Person) -> bool:
        """ "Ibrahim of Egypt crossed": a name without an article, a land, and what he did."""
        p, says, k = self.pieces, self.words.says, person.last
        if len(person.parts) > 1 or p.lows[person.first] in self.lower or k + 2 >= len(p.lows):
            return False
        if p.letters[person.first - 1 : person.first] == "i" or not self._capital(k + 1):
            return False
        after = p.lows[k + 2]
        verb = says("common_verbs", after) or says("verbs", after)
        verb = verb or (after.endswith(self.suffixes.past) and len(after) > 4)
        return verb and says("title_links", p.lows[k]) and not self.suffixes.owns(p.lows[k - 1])

    def _tells_kind_of(self, person: Person) -> bool:
        """ "a Mau Mau fighter": a noun after an article and a name."""
        p, k = self.pieces, person.last
        if p.letters[person.first - 1] != "i" or p.letters[k : k + 1] != "w":
            return False
        says, after = self.words.says, p.lows[k]
        acts = says("common_verbs", after) or says("verbs", after)
        acts = acts or after.endswith(self.suffixes.past)
        return not (acts or says("oblique_words", after) or says("clause_openers", after))

    def _was_a_battle(self, k: int) -> bool:
        """ "Kohima was one of the bloodiest battles": what a place is."""
        p, says = self.pieces, self.words.says
        if not says("copulas", p.lows[k]):
            return False
        for j in range(k + 1, min(k + _PREDICATE, len(p.lows))):
            if p.letters[j] not in "wiNO":
                return False
            if says("what_places_are", p.lows[j]):
                return True
        return False

    def _was_lost(self, k: int) -> bool:
        """ "Naseby had been lost and won": a battle, and nobody."""
        lows, says = self.pieces.lows, self.words.says
        for j in range(k, min(k + 3, len(lows) - 1)):
            if says("passives", lows[j]) and says("of_battles", lows[j + 1]):
                return True
        return False

    def _follows_date(self, first: int) -> bool:
        """ "On the 19th Massenet crossed": only a date stands before a name in its sentence."""
        p, k, dated = self.pieces, first - 1, False
        while k >= 0 and first - k < 8 and p.letters[k] not in "|;:":
            if p.letters[k] in "OMYyNn" or p.lows[k].isdecimal():
                dated = True
            elif p.letters[k] not in "ip,ouP" and not self.words.says("oblique_words", p.lows[k]):
                return False
            k -= 1
        return dated and (k < 0 or p.letters[k] == "|")

    def _is_sender(self, person: Person) -> bool:
        """ "the despatch was from Harcourt": a paper comes from somebody."""
        p, k, says = self.pieces, person.first - 1, self.words.says
        if k < 3 or not says("owner_links", p.lows[k]) or not says("copulas", p.lows[k - 1]):
            return False
        return says("nouns", p.lows[k - 2])

    def _is_somebodys(self, person: Person) -> bool:
        """ "his companion Spuller kept": a noun with an owner, a name, and a verb or a comma."""
        p, says, k = self.pieces, self.words.says, person.first - 1
        if k < 2 or p.letters[k] != "w":
            return False
        aside = p.letters[k - 1] == "i" and p.lows[k - 2] == ","  # ", the carter Roth,"
        aside = aside or (p.lows[k - 1] == "," and says("before_names", p.lows[k]))
        if not aside and not says("possessives", p.lows[k - 1]):
            return False
        after = p.lows[person.last] if person.last < len(p.lows) else ""
        return (
            after == ","
            or (aside and says("oblique_words", after))  # ", poor Reid among them"
            or says("common_verbs", after)
            or says("verbs", after)
            or (after.endswith(self.suffixes.past) and len(after) > 4)
        )

    def _is_before_verb(self, k: int) -> bool:
        """Whether a finite verb follows, perhaps after «не», «уже»."""
        lows = self.pieces.lows
        while k < len(lows) and lows[k].isalpha():
            if is_finite_verb(lows[k]):
                return True
            if not (self.words.says("verb_helpers", lows[k]) or is_adverb(lows[k])):
                return False  # but «Пётр удивлённо спросил»
            k += 1
        return False

    def _acts_after_aside(self, person: Person) -> bool:
        """ "Roth, at the head of the army, was less moved": a verb after the second comma."""
        p, says = self.pieces, self.words.says
        opens = person.first == 0 or p.letters[person.first - 1] in '|"'
        first = p.lows[person.last + 1]
        aside = says("oblique_words", first) or says("asides", first)
        if not opens or not (aside or p.letters[person.last + 1] == "i"):
            return False
        for k in range(person.last + 2, min(person.last + 14, len(p.lows) - 1)):
            low = p.lows[k]
            if not low or low in ".;:!?":
                return False
            if low == ",":
                after = p.lows[k + 1]
                return after.isalpha() and (says("common_verbs", after) or says("verbs", after))
        return False

    def _after_bracket(self, j: int) -> int:
        """The piece after what stands in brackets: "Childers (1870-1922) faced"."""
        p = self.pieces
        if p.lows[j] != "(":
            return j
        for k in range(j + 1, min(j + 14, len(p.lows) - 1)):
            if p.lows[k] == ")":
                return k + 1
        return j

    def _is_cited(self, person: Person) -> bool:
        """ "Deng (1985) believes": a year in brackets, and what he thinks."""
        p = self.pieces
        if p.lows[person.last : person.last + 1] != ["("]:
            return False
        j = self._after_bracket(person.last)
        cited = j > person.last and any(p.letters[k] == "Y" for k in range(person.last, j))
        return cited and j < len(p.lows) and self.words.says("thinking", p.lows[j])

    def _is_with_people(self, person: Person, before: str) -> bool:
        """«столкнулся с Шамилем», «написал Корнееву»: cases in which persons stand."""
        low = self.pieces.lows[person.last - 1]
        if self.words.says("commands", before):
            return True  # «армия Плеве»
        phrase = f"{self.pieces.lows[person.first - 2]} {before}" if person.first > 1 else ""
        if low.endswith(self.genitives) and phrase in self.according:
            return True  # «по словам Нелидова»
        own = self.words.says("personal_papers", before) and person.oblique
        if own and not (is_known(low) or is_place_name(low)):
            return True  # «письмо Гердера»
        if self.words.says("nouns", before) and low.endswith(self.genitives):
            after = self.pieces.lows[person.last]
            if self._capital(person.last) and after.endswith(self.datives):
                return True  # «ответ Либкнехта Каутскому»
        if self.words.says("companions", before):
            return self.declension.is_instrumental(low)
        return self.words.says("verbs", before) and low.endswith(self.datives)

    def _in_remark(self, person: Person) -> bool:
        """Whether the clause of a name has a verb of speech: «ответил за всех Багров»."""
        p, at = self.pieces, person.first
        for step, most in ((-1, 6), (1, 8)):
            k = at + step if step < 0 else person.last
            for _ in range(most):
                if not 0 <= k < len(p.lows) or p.letters[k] in '|";':
                    break
                if self.words.says("verbs", p.lows[k]):
                    return True
                if p.letters[k] == "," and step < 0:
                    break
                k += step
        return False

    def _may_be_name(self, person: Person) -> bool:
        """A dictionary word at the beginning of a sentence is no name."""
        first = person.first
        opens = first == 0 or self.pieces.letters[first - 1] in "|\"'-:"
        if len(person.parts) > 1 and self.inflects and person.last - first > 1:
            opens = False  # «Чан Фу, командир роты,»
        joined = self._is_joined_name(first)
        single = person.last - first == 1
        low = self.pieces.lows[first]
        lifeless = is_lifeless(low) or (is_thing(low) and low.endswith(self.never_name_endings))
        if opens and single and not joined and self.inflects and lifeless:
            return False  # «Мороз доходил до 15 градусов», «Ротой командовал поручик»
        return not (
            opens and not joined and self.inflects and is_common_word(self.pieces.lows[first])
        )

    def _is_mans_form(self, person: Person) -> bool:
        """Whether a name stands in a case that only living beings have after «на»."""
        return self.pieces.lows[person.last - 1].endswith(self.living_surname_endings)

    def _speaks_after(self, person: Person) -> bool:
        """Whether a verb of speech follows; "from Derry called Moran" has none."""
        p, k = self.pieces, person.last
        if k + 1 >= len(p.lows) or not self.words.says("verbs", p.lows[k]):
            return False
        return not (self.words.says("christening", p.lows[k]) and p.letters[k + 1] == "c")

    def _writes_for(self, person: Person) -> bool:
        """«корреспондент „Вестника“ Лунин»: a name behind the paper that somebody is of."""
        p, k = self.pieces, person.first - 1
        if person.oblique or k < 3 or p.letters[k] != '"':
            return False
        k -= 1
        while k > 1 and person.first - k <= _PAPER and p.letters[k] in "wc-":
            k -= 1
        who = p.lows[k - 1]
        return (
            p.letters[k] == '"'
            and self._tells_what(who)
            and not self.words.says("institutions", who)
        )

    def _is_behind_what_he_is(self, person: Person) -> bool:
        """«консул Швеции в Твери Кэндо Мори»: two words in the nominative, a role before them.

        But «рыбак из деревни Тонг Ха», «гонец к Кэндо Мори».
        """
        p, k = self.pieces, person.first - 1
        if person.oblique or len(person.parts) < 2:
            return False
        if self.words.any_of("parts_of_places", "oblique_words")[p.lows[k]]:
            return False
        while k >= 0 and person.first - k <= _WHAT_HE_IS and p.letters[k] in "wcp-":
            low = p.lows[k]
            if person.first - k > 1 and self._tells_what(low) and noun_of(low)[1]:
                return True
            if is_finite_verb(low):
                return False
            k -= 1
        return False

    def _is_christened_from(self, person: Person) -> bool:
        """ "a grave man from Derry called Moran": the first name is of a place."""
        p, k = self.pieces, person.last
        linked = person.first > 0 and self.words.says("owner_links", p.lows[person.first - 1])
        if not linked or k + 1 >= len(p.lows):
            return False
        return self.words.says("christening", p.lows[k]) and p.letters[k + 1] == "c"

    def _is_dateline(self, person: Person) -> bool:
        """ "12 January. Ar Ruqi. No rain": a name alone behind the day of an entry."""
        p, i, j = self.pieces, person.first, person.last
        if self.inflects or person.titles or i < 3 or j + 1 >= len(p.lows):
            return False
        alone = p.letters[i - 1] == "|" and p.lows[i - 2] == p.lows[j] == "."
        return alone and p.letters[j + 1] == "|" and p.letters[i - 3] in "DMYJN"

    def _is_next_subject(self, person: Person, before: str) -> bool:
        """Whether a name in the nominative follows a noun in another case, and a verb the name."""
        free = not (person.oblique or person.unclear or noun_of(before)[1])
        return free and is_finite_verb(self.pieces.lows[person.last])

    def _places(self, found: list[Person]) -> set[str]:
        """Ids that stand after "in" and "at" more often than where only persons stand."""
        votes: dict[str, int] = defaultdict(int)
        for person in found:
            low = self.pieces.lows[person.first - 1] if person.first else ""
            if self.inflects and person.oblique and self._is_mans_form(person):
                continue  # «посмотрели на Ермакова»
            if self.inflects and person.titles:
                continue  # «через переводчика Рахима»
            if person.possessive and self.words.says("own_words", self.pieces.lows[person.last]):
                continue  # "in Ware's words"
            bare = not person.titles and len(person.parts) == 1
            if self.inflects and bare and self.words.says("parts_of_places", low):
                # «в устье Дона»; but «за взятие крепости Корф получил крест»
                votes[person.id] += 0 if self._is_next_subject(person, low) else 2
            gone = person.first > 1 and self.words.says("going", self.pieces.lows[person.first - 2])
            gone = gone and self.words.says("whither", low)
            of_battle = person.first > 1 and self.words.says("title_links", low)
            of_battle = of_battle and self.words.says(
                "battles_of", self.pieces.lows[person.first - 2]
            )
            if (
                gone
                or of_battle
                or self.words.says("before_places", low)
                or self.words.says("place_prepositions", low)
                or self._is_christened_from(person)
                or self._is_dateline(person)
            ):
                votes[person.id] += 1
            elif bare and self.words.says("called_ships", low):
                votes[person.id] += 3  # "the tanker Ohio"
            elif self._speaks_after(person):
                votes[person.id] -= 2
            elif self.words.says("verbs", low):
                votes[person.id] -= 1
        return {key for key, vote in votes.items() if vote > 0}
