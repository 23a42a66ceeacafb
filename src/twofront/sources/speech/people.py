"""Persons that no gazetteer lists: titles, given names and capitals make a name.

    General Sir John Moore    генерал-лейтенант И. В. Гурко    the Duke of Wellington    Fane

A surname alone means whoever bore it before in the same text; so does a title alone ("the
general") when it was somebody's. An id is the name in capitals, in the nominative and as the
text writes it, unless the gazetteer knows the person.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass, field, replace

from ..grammar.dictionary import (
    is_finite_verb,
    is_given_name,
    is_mans_name,
    is_only_surname,
    is_womans_name,
    noun_of,
    verb_of,
)
from ..grammar.letters import ROMAN, folded
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from ..naming.names import Named
from ..naming.namesakes import Namesakes
from .person import Person
from .proofs import Proofs

_NEAR = 30  # bearers of a surname before and after a name, among whom its person is looked for


@dataclass
class People(Proofs):
    """All persons of a text, in order, and what is known of each."""

    pieces: Pieces
    named: list[Named]
    namesakes: Namesakes
    allegiance: dict[str, str] = field(default_factory=dict)  # whom a person acts for
    found: list[Person] = field(init=False)

    def __post_init__(self) -> None:
        p = self.pieces
        self.words = lexicon(p.language)
        self.allegiance = dict(self.allegiance)  # the text tells of more
        rules = self.words.data.get("quotation", {})
        self.inflects = "morphology" in rules
        self._read_endings(rules)
        self._forms: dict[str, str] = dict(self.namesakes.nominatives)
        self._oblique: dict[str, bool] = {}
        self._cases: dict[str, str] = {}
        self.title_words = p.listed["titles"]
        self.never = p.listed["not_a_person"]
        self.stop = p.listed["openers"] | p.listed["not_a_name"]
        self.idle = {low for low in self.stop - self.title_words if len(low) > 1}
        self.lower = {low for low, letter in zip(p.lows, p.letters, strict=True) if letter == "w"}
        self.capitals = {
            low for low, letter in zip(p.lows, p.letters, strict=True) if letter == "c"
        }
        self.subjects = self._surely_subjects() if self.inflects else set()
        self.by_piece = {named.first: named for named in self.named}
        self.inside = {i: named for named in self.named for i in range(named.first, named.last)}
        self.offices: dict[str, dict[str, str]] = defaultdict(dict)  # chief → of staff
        self.called = self._called_by_title()
        self.according = set(self.words.data.get("speech", {}).get("according", ()))
        self.domains: set[str] = set()  # "King of Spain": places that titles are of
        self.surnames = self._surnames()
        self.guessed: set[str] = set()  # ids of names that may be of somebody else
        self.guesses = set()
        self.alone: set[str] = set()  # names by which somebody is called without any other
        self.particle_names = set() if self.inflects else self._particle_names()
        self.found = self._resolved(self._scan())
        self.starts = [person.first for person in self.found]
        self.at = {person.first: person for person in self.found}
        self.within = {i for person in self.found for i in range(person.first, person.last)}
        self.titles_of: dict[str, set[str]] = defaultdict(set)
        self.commands: dict[str, set[str]] = defaultdict(set)  # whose army or ships are told of
        self.female: set[str] = set()
        self.male: set[str] = set()  # who is a man by his given name or by a verb beside him
        self.count: dict[str, int] = defaultdict(int)
        self.role_of = {named.id: named.role for named in self.named if named.role}
        for person in self.found:
            self.titles_of[person.id].update(person.titles)
            self.titles_of[person.id].update(self._apposition(person), self._after_name(person))
            self.titles_of[person.id].update(self._appointed(person), self._was_what(person))
            self.commands[person.id].update(self._commanded(person))
            self.count[person.id] += 1
            if person.female:
                self.female.add(person.id)
            elif self.inflects and self._is_his_name(person):
                self.male.add(person.id)

    def before(self, i: int, most: int) -> list[Person]:
        """The last persons named before a piece, the latest last."""
        k = bisect.bisect_left(self.starts, i)
        return self.found[max(0, k - most) : k]

    def unknown(self) -> list[Named]:
        """Persons whom the gazetteer does not list, where a title or a given name helps."""
        return [
            Named(person.first, person.last, "ACTOR", person.id, "person", "person-pattern", 0.6)
            for person in self.found
            if person.strong and not person.known and person.first not in self.inside
        ]

    def _resolved(self, found: list[Person]) -> list[Person]:
        """Surnames alone become the person of that name; names of places are left out."""
        found = self._womens(found) if self.inflects else found
        places = self._places(found)
        proven = self._proven(found)
        by_key: dict[str, list[Person]] = defaultdict(list)
        by_given: dict[str, list[Person]] = defaultdict(list)
        for person in found:
            full = len(person.parts) > 1 and person.id in proven and person.id not in places
            if person.strong or full:  # «Хафез Исмаил»
                for key in self._keys(person):
                    by_key[key].append(person)
                if self._is_inverted(person):
                    by_key[self._fold(next(iter(person.parts)))].append(person)
                if len(person.parts) > 1 and person.parts[-1].strip(ROMAN):
                    by_given[self._fold(person.parts[-2])].append(person)
                    by_given[self._fold(person.parts[0])].append(person)
        self.alone = {self._fold(p.parts[0]) for p in found if len(p.parts) == 1}
        full = self._with_surname(found) if self.inflects else {}
        full |= self._of_given_name(found, full) if self.inflects else {}
        full |= self._of_bare_surname(found, full, proven, places) if self.inflects else {}
        alone: dict[str, bool] = {}  # whether all bearers of a name are called by it alone
        result = []
        for person in found:
            if person.id in full:
                if person.id in self.guessed:
                    self.guesses.add(person.first)
                person = replace(person, id=full[person.id])
                result.append(person)
                continue
            if self._is_of_place(person):
                continue
            # "I went to Reid": a place, unless somebody is called so
            surname = self._fold(person.parts[-1])
            borne = person.strong or (not self.inflects and bool(by_key.get(surname)))
            borne = borne or (bool(by_key.get(surname)) and self._acts_by_name(person))
            if not borne and (person.id in places or person.id not in proven):
                continue
            if not person.strong and person.id.lower() in self.domains:
                continue
            if person.known:
                result.append(person)
                continue
            key = self._fold(person.parts[-1] if len(person.parts) == 1 else self._keys(person)[0])
            bearers = by_key.get(key, [])
            called = self._called(person)
            if called and key not in alone:
                alone[key] = all(self._called(bearer) for bearer in bearers)
            if called and alone[key]:
                bearers = by_given.get(called, []) or bearers  # "Miss Lucy", "Sir Edward"
            best = self._nearest(bearers, person)
            if (
                best is not None
                and not called
                and len(person.parts) > 1
                and not (best.known and self._compatible(best, person))
            ):
                best = None
            if best is not None and best.id != person.id:
                result.append(
                    replace(
                        person,
                        id=best.id,
                        strong=True,
                        known=best.known,
                        female=person.female or best.female,
                    )
                )
            else:
                result.append(person)
        return result

    def _womens(self, found: list[Person]) -> list[Person]:
        """«Анна Ильина … Ильина»: her surname alone, if the text tells of no man called so."""
        hers: dict[str, tuple[Person, bool]] = {}  # form → who is meant, and whether oblique
        for person in found:
            surname = person.parts[-1].lower() if person.female and len(person.parts) > 1 else ""
            man = surname[:-1]
            nominative, *others = self.declension.her_endings or ("\0",)
            if not (surname.endswith(self.female_surnames) and surname.endswith(nominative)):
                continue
            if self.capitals.isdisjoint(man + end for end in self.declension.his_endings):
                hers[surname] = person, False
                hers |= {man + end: (person, True) for end in others}
        result = []
        men = {
            self._fold(p.parts[-1])
            for p in found
            if not p.female and (p.titles or p.known or len(p.parts) > 1)
        }
        for person in found:
            low = self.pieces.lows[person.last - 1]
            alone = person.female and len(person.parts) == 1 and not person.known
            if alone and person.titles and self._fold(person.parts[0]) in men:
                person = replace(person, id=f"{self._title(person)}_{person.id}")
            if low in hers and len(person.parts) == 1 and not (person.titles or person.known):
                she, oblique = hers[low]
                person = replace(
                    person, id=she.id, parts=she.parts[-1:], strong=True, female=True,
                    oblique=oblique, unclear=False,
                )  # fmt: skip
            result.append(person)
        return result

    @staticmethod
    def _title(person: Person) -> str:
        """The last title of a person in capitals and in the nominative: «графине» → ГРАФИНЯ."""
        title = person.titles[-1]
        return folded((noun_of(title)[0] or title).upper()).replace("-", "_")

    def _with_surname(self, found: list[Person]) -> dict[str, str]:
        """«Николай Петрович» → «Николай Петрович Глебов», if the text has one of that name."""
        short = {p.id for p in found if len(p.parts) == 2 and p.id.endswith(self.patronymics)}
        longer: dict[str, set[str]] = defaultdict(set)
        for person in found:
            if len(person.parts) == 3:
                head = person.id.rpartition("_")[0]
                if head in short:
                    longer[head].add(person.id)
        return {key: ids.pop() for key, ids in longer.items() if len(ids) == 1}

    def _of_given_name(self, found: list[Person], full: dict[str, str]) -> dict[str, str]:
        """«Прибыл Пётр Лыков. ¶ Пётр Ильич снял очки»: of the man with that name or initials.

        It is a guess where he is named only afterwards, or several are called so.
        """
        bearers: dict[tuple[str, bool], list[Person]] = defaultdict(list)
        for person in found:
            parts = person.parts
            numeral = not parts[-1].strip(ROMAN)
            named = len(parts) == 2 and len(parts[0]) > 1 and not numeral
            if named and not self._is_patronymic(parts[1]):
                bearers[self._fold(parts[0]), person.female].append(person)
            initials = self._initials(person)
            if initials:
                bearers[initials, person.female].append(person)
        result: dict[str, str] = {}
        for person in found if bearers else ():
            if person.id in full or person.id in result or not self._lacks_surname(person):
                continue
            given, patronymic = map(self._fold, person.parts)
            named = bearers.get((given[0] + patronymic[0], person.female), [])
            named = named or bearers.get((given, person.female), [])
            before = [bearer for bearer in named if bearer.first < person.first]
            if named:
                result[person.id] = (before or named[:1])[-1].id
                if not before or len({bearer.id for bearer in named}) > 1:
                    self.guessed.add(person.id)
        return result

    def _initials(self, person: Person) -> str:
        """The two initials of a name: "пи" of «П. И. Лыков»; else ""."""
        p = self.pieces
        found = [
            p.lows[i] for i in range(person.first, person.last - 1)
            if len(p.lows[i]) == 1 and p.lows[i].isalpha() and p.lows[i + 1] == "."
        ]  # fmt: skip
        return "".join(found) if len(found) == 2 else ""

    def _is_patronymic(self, part: str) -> bool:
        """Whether a word is a patronymic and no surname: «Ильич», but not «Мицкевич»."""
        low = self._fold(part)
        ends = low.upper().endswith(self.sure_patronymics)
        return ends and low not in self.alone and not is_only_surname(low)

    def _lacks_surname(self, person: Person) -> bool:
        """Whether a name is a given name and a patronymic, and nothing else tells who it is."""
        two = len(person.parts) == 2 and self._is_patronymic(person.parts[1])
        # «наш сосед, Пётр Ильич»
        return two and not person.titles and not self._is_after_comma(person.first)

    def _is_inverted(self, person: Person) -> bool:
        """«Лунин Пётр Ильич (1770—1831)»: the head of an article, the surname first."""
        if not self.inflects or len(person.parts) < 2 or person.titles:
            return False
        opens = person.first == 0 or self.pieces.letters[person.first - 1] == "|"
        first, second = (part.lower() for part in person.parts[:2])
        return opens and is_given_name(second) and not is_given_name(first)

    def _of_bare_surname(
        self, found: list[Person], full: dict[str, str], proven: set[str], places: set[str]
    ) -> dict[str, str]:
        """«Прибыл Лыков. ¶ Олег Ильич снял очки»: a name and patronymic that never meet a surname.

        They are of the last man before who is named by a Russian surname alone; a guess if others
        are named by a surname alone, too.
        """
        with_given = {self._fold(p.parts[-1]) for p in found if len(p.parts) > 1}
        bare: list[Person] = []
        others: set[str] = set()  # who may be meant as well: Корф
        result: dict[str, str] = {}
        for person in found:
            key = person.id
            if len(person.parts) == 1:
                russian = self._fold(person.parts[0]).endswith(self.surname_endings)
                alone = self._fold(person.parts[0]) not in with_given and key in proven
                if alone and key not in places and not person.female:
                    bare.extend([person] if russian else ())
                    others.add(key)
            elif self._lacks_surname(person) and not (
                person.female or key in full or key in result
            ):
                taken = set(result.values())
                near = [p.id for p in reversed(bare[-_NEAR:]) if p.id not in taken]
                result[key] = near[0] if near else key
                if near and len(others - taken) > 1:
                    self.guessed.add(key)
        return result

    def _is_after_comma(self, i: int) -> bool:
        """Whether a comma, and no bracket before it, stands before a piece."""
        return self.pieces.lows[i - 1] == "," and self.pieces.lows[i - 2] != ")"

    def _is_of_place(self, person: Person) -> bool:
        """ "Lincoln town": a bare name before what a place is."""
        p = self.pieces
        if self._is_hyphened_place(person.last):
            return True
        bare = not person.titles and len(person.parts) == 1 and not person.possessive
        return (
            bare
            and p.letters[person.last] == "w"
            and self.words.says("place_nouns", p.lows[person.last])
        )

    def _is_hyphened_place(self, k: int) -> bool:
        """«Рио-де-Жанейро», «Франкфурт-на-Майне»: a small word between two hyphens."""
        p = self.pieces
        if not self.inflects or k + 2 >= len(p.lows) or p.lows[k] != "-" != p.lows[k + 1]:
            return False
        small = p.letters[k + 1] in "wip" and len(p.lows[k + 1]) <= 3 and not p.is_capital(k + 1)
        return small and p.lows[k + 2] == "-" and all(p.touches(j) for j in (k, k + 1, k + 2))

    def _nearest(self, bearers: list[Person], person: Person) -> Person | None:
        """The fullest name: of the last person so called before, else of the first after."""
        k = bisect.bisect_right(bearers, person.first, key=lambda bearer: bearer.first)
        near = [*reversed(bearers[max(0, k - _NEAR) : k]), *bearers[k : k + _NEAR]]
        alike = [b for b in near if b.female == person.female]  # Mrs Reid is not her husband
        if not alike and not (person.titles or person.oblique):
            alike = [b for b in near if not b.titles]  # "Reid": Ann Reid, but not Lady Reid
        if self.inflects and self._called(person) and not (person.titles or person.female):
            gender = self._gender_beside(person)  # «Жанна Моран … сказала Моран»
            hers = [b for b in near if b.female] if gender != "masc" else []
            alike = hers if gender == "femn" and hers else alike or hers
        near = alike
        full = (b for b in near if len(b.parts) > 1 or b.known)
        return next(full, near[0] if near else None)

    def _gender_beside(self, person: Person) -> str:
        """The gender of the verb of speech beside a name: "femn" of «сказала Моран»; or ""."""
        lows = self.pieces.lows
        for verb in (lows[person.first - 1] if person.first else "", lows[person.last]):
            if verb and self.words.says("verbs", verb) and verb_of(verb)[2]:
                return verb_of(verb)[2]
        return ""

    def _acts_by_name(self, person: Person) -> bool:
        """«Вера Тихая … Тихая считает»: an adjective that is somebody's surname, and a verb."""
        alone = len(person.parts) == 1 and not person.oblique
        verb = self.pieces.lows[person.last] if person.last < len(self.pieces.lows) else ""
        return alone and self.pieces.letters[person.last] == "w" and is_finite_verb(verb)

    def _is_his_name(self, person: Person) -> bool:
        """Whether a name or the verb beside it shows that somebody is a man: «Илья Кремер»."""
        given = self._fold(person.parts[0]) if len(person.parts) > 1 else ""
        if given and is_mans_name(given) and not is_womans_name(given):
            return True
        if person.oblique or person.last >= len(self.pieces.lows):
            return False
        if person.unclear and person.first and self.pieces.letters[person.first - 1] != "|":
            return False
        return verb_of(self.pieces.lows[person.last])[2] == "masc"

    def _called(self, person: Person) -> str:
        """The one word by which a person is called, without what stands for a title."""
        parts = person.parts
        if person.female and person.titles and len(parts) == 2:
            parts = parts[1:] if parts[0].lower() == person.titles[-1] else parts
        return self._fold(parts[0]) if len(parts) == 1 else ""

    def _compatible(self, one: Person, other: Person) -> bool:
        """Whether a name may be a known person's: no given names that differ."""
        given = [folded(part.lower()) for part in other.parts[:-1]]
        if self.namesakes.is_anothers(one.id, given):
            return False
        if len(one.parts) < 2 or len(other.parts) < 2:
            return True
        return self._fold(one.parts[0])[:3] == self._fold(other.parts[0])[:3]

    def _keys(self, person: Person) -> list[str]:
        parts = list(person.parts)
        if not parts:
            return [person.id]
        if len(parts) > 1 and not parts[-1].strip(ROMAN):
            return [self._fold(parts[-2])]
        keys = [self._fold(parts[-1])]
        title = self._title_behind(parts[-1])
        return [*keys, keys[0][: -len(title) - 1]] if title else keys  # «Хамза-паша … Хамза»
