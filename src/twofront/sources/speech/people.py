"""Persons that no gazetteer lists: titles, given names and capitals make a name.

    General Sir John Moore    генерал-лейтенант И. В. Гурко    the Duke of Wellington    Fane

A surname alone means whoever bore it before in the same text; so does a title alone ("the
general") when it was somebody's. An id is the name in capitals, in the nominative and as the
text writes it, unless the gazetteer knows the person.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..grammar.inflection import (
    EITHER,
    NOMINATIVE,
    OBLIQUE,
    case_of,
    is_adjective,
    is_common_word,
    is_declined,
    is_female_name,
    is_finite_verb,
    is_genitive,
    is_given_name,
    is_instrumental,
    is_known_name,
    is_lifeless,
    is_noun,
    is_place_name,
    is_surely_oblique,
    is_surname,
    is_thing,
    is_womans_name,
    nominative,
    noun_of,
)
from ..grammar.lexicon import Lexicon, lexicon
from ..grammar.pieces import Pieces
from ..naming.names import Named

_FEMALE = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая")  # endings of women's surnames
_FEMALE_OBJECT = ("ову", "еву", "ёву", "ину", "ыну")
_SURNAMES = ("ский", "цкий", "енко", "швили", "дзе", "ов", "ев", "ёв", "ин")
_OF_NO_NAME = ("ом", "ем", "ой", "ей", "ью", "ами", "ями", "ам", "ям", "ах", "ях")  # of things
_OF_A_MAN = ("ова", "ева", "ина", "ына", "ского", "цкого")
_STOPS = (",", ".", ")", ";", "")
_VOWELS = "аеёиоуыэюяь"  # names that end so may be declined in no case
_NEAR = 30  # bearers of a surname before and after a name, among whom its person is looked for


@dataclass(frozen=True)
class Person:
    """A name of a person in the text: pieces first..last and what the name tells."""

    first: int
    last: int
    id: str
    titles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    strong: bool = False  # a title, a given name or the gazetteer says that this is a person
    known: bool = False  # the gazetteer has the id
    female: bool = False
    possessive: bool = False
    oblique: bool = False
    unclear: bool = False  # the form may be the subject's or another case


@dataclass
class People:
    """All persons of a text, in order, and what is known of each."""

    pieces: Pieces
    named: list[Named]
    allegiance: dict[str, str] = field(default_factory=dict)  # whom a person acts for
    words: Lexicon = field(init=False)
    found: list[Person] = field(init=False)

    def __post_init__(self) -> None:
        p = self.pieces
        self.words = lexicon(p.language)
        rules = self.words.data.get("quotation", {})
        self.inflects = "morphology" in rules
        self.object_endings = tuple(rules.get("object_endings", ("\0",)))
        self._forms: dict[str, str] = {}
        self._oblique: dict[str, bool] = {}
        self._cases: dict[str, str] = {}
        lows = set(p.lows)
        says = self.words.says
        self.title_words = {low for low in lows if says("titles", low)}
        self.never = {low for low in lows if says("not_a_person", low)}
        self.stop = {low for low in lows if says("openers", low) or says("not_a_name", low)}
        self.lower = {low for low, letter in zip(p.lows, p.letters, strict=True) if letter == "w"}
        self.capitals = {
            low for low, letter in zip(p.lows, p.letters, strict=True) if letter == "c"
        }
        self.subjects = self._surely_subjects() if self.inflects else set()
        self.by_piece = {named.first: named for named in self.named}
        self.inside = {i: named for named in self.named for i in range(named.first, named.last)}
        self.offices: dict[str, dict[str, str]] = defaultdict(dict)  # chief → of staff
        self.called = self._called_by_title()
        self.surnames = self._surnames()
        self.found = self._resolved(self._scan())
        self.starts = [person.first for person in self.found]
        self.at = {person.first: person for person in self.found}
        self.within = {i for person in self.found for i in range(person.first, person.last)}
        self.titles_of: dict[str, set[str]] = defaultdict(set)
        self.female: set[str] = set()
        self.count: dict[str, int] = defaultdict(int)
        self.role_of = {named.id: named.role for named in self.named if named.role}
        for person in self.found:
            self.titles_of[person.id].update(person.titles)
            self.titles_of[person.id].update(self._apposition(person), self._after_name(person))
            self.count[person.id] += 1
            if person.female:
                self.female.add(person.id)

    def _called_by_title(self) -> set[str]:
        """Names of peoples and places that are somebody's here: "Corporal Finn"."""
        p = self.pieces
        return {
            p.lows[i]
            for i in self.by_piece
            if i and p.letters[i] == "c" and p.lows[i - 1] in self.title_words
            and not self.inflects and self.words.says("soldiers", p.lows[i - 1])
        }  # fmt: skip

    def _surnames(self) -> set[str]:
        """Words that are somebody's name here, whatever else they mean: "Captain Reeve"."""
        p = self.pieces
        if self.inflects:
            return set()
        return {
            p.lows[i + 1].removesuffix("'s")
            for i in range(len(p.lows) - 1)
            if p.letters[i + 1] == "c" and p.lows[i + 1] not in self.title_words
            and p.is_capital(i)
            and (p.lows[i] in self.title_words or self.words.says("given_names", p.lows[i]))
        }  # fmt: skip

    def _apposition(self, person: Person) -> list[str]:
        """ "Stedman, the British historian,": the titles between two commas after a name."""
        p, j = self.pieces, person.last
        led = self._led_in(person)
        if led:
            return led  # "the envoy, Count Orlov"
        if j + 1 >= len(p.lows) or p.lows[j] not in (",", "("):
            return []
        found: list[str] = []
        for k in range(j + 1, min(j + 6, len(p.lows))):
            low = p.lows[k]
            if self._tells_what(low):
                found.append(low)
            elif (
                found
                or self.words.says("subordinators", low)
                or not (low.isalpha() or low.endswith("'s") or p.letters[k] in "i-")
            ):
                found.extend(self._of_what(person, found, k))
                break
            elif k in self.inside and self.inside[k].type == "ACTOR" and p.letters[k] == "c":
                continue
            elif self.words.says("verbs", low) or self.words.says("verb_helpers", low):
                break
        return found if any(low in _STOPS for low in p.lows[j + 1 : j + 12]) else []

    def _is_office(self, k: int) -> bool:
        """Whether "chief of staff" stands at a piece."""
        p = self.pieces
        linked = k + 1 < len(p.lows) and self.words.says("office_links", p.lows[k + 1])
        return linked and self.words.says("of_what", p.lows[k])

    def _tells_what(self, low: str) -> bool:
        """Whether a word tells what somebody is."""
        return low in self.title_words or self.words.says("generic", low)

    def _led_in(self, person: Person) -> list[str]:
        """ "the chief of staff, Welling,", "the consul at Ware, a Mr Pym,": what stands before."""
        p, comma = self.pieces, person.first - 1
        if self.inflects and person.titles and comma > 0 and is_genitive(p.lows[comma]):
            return self._office(person, comma)  # «начальник штаба армии генерал Лесков»
        if comma > 0 and p.letters[comma] == "i":
            comma -= 1
        k = comma - 1
        if k < 0 or p.lows[comma] != "," or p.letters[k] not in "wc":
            return []
        if comma == person.first - 1 and self._tells_what(p.lows[k]):
            return [p.lows[k], *self._office(person, k)]
        closed = person.last < len(p.lows) and p.lows[person.last] in _STOPS
        return self._office(person, k) if closed else []

    def _office(self, person: Person, k: int) -> list[str]:
        """ "chief of staff", «начальник штаба армии»: the noun on which the last word hangs."""
        p, at = self.pieces, k
        if self.inflects:
            while k > at - 3 and k > 0 and is_genitive(p.lows[k]) and p.letters[k] in "wc":
                k -= 1
            if k == at or p.letters[k] not in "wc" or not self._tells_what(p.lows[k]):
                return []
            if noun_of(p.lows[k].split("-")[-1])[1] == person.oblique:
                return []
            self.offices[person.id][noun_of(p.lows[k])[0]] = noun_of(p.lows[k + 1])[0]
        else:
            k -= 2
            if k < 0 or p.letters[k] != "w" or not self._tells_what(p.lows[k]):
                return []
            if not self.words.says("office_links", p.lows[k + 1]):
                return []
            self.offices[person.id][p.lows[k]] = p.lows[at]
        return [p.lows[k]]

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
        soldier = what.removesuffix("s")
        return [soldier] if what != soldier and self.words.says("troopers", soldier) else []

    def _after_name(self, person: Person) -> list[str]:
        """ "Mehmed Pasha", «Мехмед-паша»: a title that follows the name."""
        p, j = self.pieces, person.last
        if p.lows[j - 1] in self.title_words:
            return [p.lows[j - 1]]
        if j + 1 < len(p.lows) and p.lows[j] == "-" and p.touches(j) and p.touches(j + 1):
            return [p.lows[j + 1]] if p.lows[j + 1] in self.title_words else []
        return []

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

    # ------------------------------------------------------------ reading names
    def _scan(self) -> list[Person]:
        p, found, i = self.pieces, [], 0
        n = len(p.lows)
        while i < n:
            letter = p.letters[i]
            if letter == "c" or i in self.by_piece or self._may_begin(i, letter, p.lows[i]):
                person, j = self._run(i)
                if person:
                    found.append(person)
                i = max(j, i + 1)
            else:
                i += 1
        return found

    def _may_begin(self, i: int, letter: str, low: str) -> bool:
        """Whether a name may begin with a word that is no capitalised one."""
        p = self.pieces
        if letter == "w":
            if low in self.title_words:
                return True
            calling = self.inflects and p.letters[i + 1] in "cZi" and self._is_calling(i, i)
            return calling or (len(low) == 1 and self._is_initial(i))
        if letter in "ZMi":
            return low[:1].isalpha() and p.is_capital(i)
        return len(low) == 1 and self._is_initial(i)

    def _is_initial(self, i: int) -> bool:
        """Whether a capital with a dot stands at a piece."""
        p = self.pieces
        dotted = i + 1 < len(p.lows) and p.lows[i + 1] == "."
        return dotted and p.lows[i].isalpha() and p.is_capital(i)

    def _run(self, i: int) -> tuple[Person | None, int]:
        """The name that begins at piece i, and the piece after it."""
        titles, j, linked = self._titles(i)
        name_at = j
        if titles and all(self.words.says("title_adjectives", title) for title in titles):
            titles = []  # "a foreign Power"
        parts, j, possessive = self._parts(j, bool(titles), linked)
        if not parts:
            return None, j if not titles else name_at
        if titles and self.inflects and self._differs(titles, parts):
            return None, name_at  # «обращался к матросам Корнилов»
        lows = [part.lower() for part in parts]
        christened = i > 0 and self.words.says("christening", self.pieces.lows[i - 1])
        inside = [self.by_piece[k] for k in range(i, j) if k in self.by_piece]
        people = [named for named in inside if named.type == "ACTOR" and named.kind == "person"]
        named = next(iter(people or inside), None)
        of_state = named is not None and not people and titles and named.first == name_at
        if named is not None and of_state and named.last - name_at == 1 and len(parts) > 1:
            parts, lows, named = parts[1:], lows[1:], None  # «канцлер Австрии Кауниц»
        if of_state and self.inflects and len(parts) == 1 and self._is_oblique(parts[0]):
            return None, j  # «посол Франции»
        known = named is not None and named.type == "ACTOR" and named.kind == "person"
        if known and named is not None:
            second = next((n.first for n in people if n.first >= named.last), None)
            if second is not None:
                j, parts = second, parts[: second - name_at]  # «за Багрова Лунин»: two persons
            j = max(j, named.last)
            if lows[0] in self.never:
                i, titles = named.first, []  # "in the Council of the Republic Kerensky"
            return self._known(i, j, named, titles, tuple(parts)), j
        called = len(parts) == 1 and lows[0] in self.called and not self._has_article(i)
        if called and not known:
            named = None
        is_name_of_it = linked or not titles  # "King of Spain", "Spain"; but "General Spain"
        if (
            named is not None
            and is_name_of_it
            and named.first < j
            and (linked or named.first == name_at or len(parts) == 1)
        ):
            return None, max(j, named.last)
        if any(low in self.never for low in lows):
            return None, j
        if linked and self.inflects and is_place_name(lows[-1]):
            return None, j  # «драгун из Твери»
        if self._is_adjectival(lows[-1], j):
            return None, j  # «комендант Белогорской крепости»
        if not titles and self._has_article(i):
            return None, j
        if not titles and len(parts) == 1 and self._is_one_of_a_people(i, lows[0]):
            return None, j  # "a Scot called Menzies"
        female = self._are_hers(titles)
        female = female or ((len(parts) > 1 or not titles) and self._is_female(parts[0].lower()))
        one_word = self.inflects and len(parts) == 1
        female = female or (one_word and self._is_she(i, j, parts[-1].lower()))
        numeral = parts[-1].isupper() and len(parts) > 1 and set(parts[-1]) <= set("IVXІХ")
        strong = bool(titles) or numeral or christened or called
        strong = strong or self.words.says("particles", parts[0].lower())
        strong = strong or (len(parts) > 1 and self._has_given(parts))
        oblique = unclear = False
        if self.inflects:
            oblique, unclear = self._case_of_all(parts)
            if titles and not female and parts[-1].lower().endswith(("ской", "цкой")):
                oblique = not noun_of(titles[-1].split("-")[-1])[1]  # «корнет Ланской»
                if not oblique:
                    self._forms[parts[-1]] = parts[-1]
            if female and parts[-1].lower().endswith(_FEMALE):
                oblique = unclear = False
            parts = [
                part if set(part) <= set("IVX") else self._nominative(part, female)
                for part in parts
            ]
        full = [part for part in parts if len(part) > 1 or part in "IVX"] or parts
        if female and titles and len(full) == 1:
            full.insert(0, titles[-1].capitalize())
        identity = "_".join(full).upper().replace("-", "_").replace("Ё", "Е").strip(".")
        return Person(
            i, j, identity, tuple(titles), tuple(full), strong,
            female=female, possessive=possessive, oblique=oblique, unclear=unclear,
        ), j  # fmt: skip

    def _differs(self, titles: list[str], parts: list[str]) -> bool:
        """Whether the word before a name stands in another case, and is not its title."""
        title = titles[-1].split("-")[-1]
        lemma, subject, _ = noun_of(title)
        if lemma == title and subject and len(titles) == 1:
            return all(is_surely_oblique(part) for part in parts)  # «секретарь Екатерины»
        name = parts[-1]
        if name[-1].lower() in _VOWELS or self._is_oblique(name):
            return False
        return bool(lemma) and not subject

    def _are_hers(self, titles: list[str]) -> bool:
        """Whether a title is a woman's."""
        lists = ("female_titles", "feminine_roles")
        return any(self.words.says(name, title) for name in lists for title in titles)

    def _is_female(self, given: str) -> bool:
        return self.words.says("female_names", given) or (self.inflects and is_female_name(given))

    def _surely_subjects(self) -> set[str]:
        """Unknown names that follow a verb of speech and end its clause: «отвечал Али-Ага.»"""
        p, found = self.pieces, set()
        for i in range(1, len(p.lows) - 1):
            low = p.lows[i]
            if p.letters[i] != "c" or low[-1] not in "ая" or p.letters[i + 1] not in ".,-|:;":
                continue
            k = i
            while k >= 2 and p.lows[k - 1] == "-" and p.touches(k) and p.touches(k - 1):
                k -= 2
            if self.words.says("verbs", p.lows[k - 1]) and p.letters[k - 2] in "-,":
                found.add("".join(p.lows[k : i + 1]))
        return found

    def _is_she(self, i: int, j: int, surname: str) -> bool:
        """«сказала Иванова,»: a verb of speech in the feminine before a feminine surname."""
        p = self.pieces
        if not surname.endswith(_FEMALE) or i == 0 or j >= len(p.lows):
            return False
        verb = p.lows[i - 1]
        said = verb.endswith(("ла", "лась")) and self.words.says("verbs", verb)
        return said and p.letters[j] in ".,-|:;"

    def _nominative(self, part: str, female: bool = False) -> str:
        if female and part.lower().endswith(_FEMALE):
            return part
        if female and part.lower().endswith(_FEMALE_OBJECT):
            return part[:-1] + "а"
        if part.lower() in self.subjects:
            return part
        if part not in self._forms:
            self._forms[part] = nominative(part, self.capitals)
        return self._forms[part]

    def _is_oblique(self, part: str) -> bool:
        if part.lower() in self.subjects:
            return False
        if part not in self._oblique:
            low = part.lower().replace("ё", "е")
            self._oblique[part] = is_declined(low) or self._nominative(part).lower() != low
        return self._oblique[part]

    def _is_adjectival(self, low: str, j: int) -> bool:
        """Whether a capitalised adjective goes with the common noun after it."""
        after = j < len(self.pieces.lows) and self.pieces.letters[j] == "w"
        return self.inflects and after and is_adjective(low) and is_noun(self.pieces.lows[j])

    def _has_given(self, parts: list[str]) -> bool:
        """Whether a name of several words begins with an initial or a given name."""
        first = parts[0].lower()
        if len(first) == 1 or self.words.says("given_names", first):
            return True
        return self.inflects and is_given_name(first)

    def _known(
        self, i: int, j: int, named: Named, titles: list[str], parts: tuple[str, ...]
    ) -> Person:
        low = self.pieces.lows[j - 1]
        possessive = low.endswith("'s")
        oblique = unclear = False
        if self.inflects:
            oblique, unclear = self._case_of_all(parts)
            parts = tuple(
                part if set(part) <= set("IVX") else self._nominative(part) for part in parts
            )
        female = self._are_hers(titles)
        female = female or (not titles and self._is_female(parts[0].lower()))
        return Person(
            i, j, named.id, tuple(titles), parts, True, True, female, possessive, oblique, unclear
        )

    def _case_of_all(self, parts: Sequence[str]) -> tuple[bool, bool]:
        """Whether a name is in no nominative by any of its words, and whether it may be in one."""
        words = [part for part in parts if len(part) > 1 and not set(part) <= set("IVXІХ")]
        if not words:
            return False, True
        cases = [self._case(word) for word in words]
        oblique = self._is_oblique(words[-1]) or OBLIQUE in cases
        return oblique, not oblique and EITHER in cases

    def _case(self, part: str) -> str:
        if part.lower() in self.subjects:
            return NOMINATIVE
        if part not in self._cases:
            self._cases[part] = case_of(part, self.capitals)
        return self._cases[part]

    def _changes_case(self, title: str, word: str) -> bool:
        if not self.inflects:
            return False
        one, two = noun_of(title.split("-")[-1]), noun_of(word)
        return bool(one[0] and two[0]) and one[1] and not two[1]

    def _is_calling(self, i: int, j: int) -> bool:
        """«наводчик Петров»: any word for a man is a title where a name in its case follows."""
        p = self.pieces
        if not self.inflects or i != j or p.letters[j] not in "wc" or j + 1 >= len(p.lows):
            return False
        if not self._capital(j + 1):
            return False
        if not self.words.says("generic", p.lows[j]):
            # «ученик Лебле»: any living being in the singular
            lemma, subject, living = noun_of(p.lows[j])
            opens = p.letters[j] == "w" or j == 0 or p.letters[j - 1] in '|-"'
            if not (living and subject and lemma == p.lows[j] and opens):
                return False
            if is_place_name(p.lows[j + 1]) or is_thing(p.lows[j + 1]):
                return False  # «проконсул Кавказа»
        elif is_thing(p.lows[j + 1]):
            return False  # «рабочих Арсенала»
        if self.words.says("kin", p.lows[j]):
            return is_given_name(p.lows[j + 1])  # «мать Лаптева» is not Лаптева
        name = p.plain[p.starts[j + 1] : p.ends[j + 1]]
        if len(name) > 1 and self._is_oblique(name):
            return is_given_name(name.lower()) and not noun_of(p.lows[j])[1]  # «ополченца Егора»
        return True

    def _is_joined_name(self, j: int) -> bool:
        """«Хан-Магома»: two capitals joined by a hyphen are a name, whatever they mean."""
        p = self.pieces
        return (
            self._capital(j)
            and j + 2 < len(p.lows)
            and p.lows[j + 1] == "-"
            and p.touches(j + 1)
            and p.touches(j + 2)
            and self._capital(j + 2)
            and p.lows[j + 2] not in self.title_words
        )

    def _titles(self, i: int) -> tuple[list[str], int, bool]:
        """Titles from piece i: "Lieutenant-General Sir", "Duke of", «капитан 1-го ранга»."""
        p, titles, j, linked = self.pieces, [], i, False
        n = len(p.lows)
        while j < n:
            low = p.lows[j]
            if low in self.title_words and self._is_joined_name(j):
                break
            if titles and low in self.title_words and self._changes_case(titles[-1], low):
                break  # «доложил сержант майору Кибову»
            if low in self.title_words or self._is_calling(i, j):
                titles.append(low)
                linked = False
                j += 1
                if j < n and p.lows[j] == "." and p.touches(j):
                    j += 1
            elif (
                titles
                and low == "-"
                and p.touches(j)
                and j + 1 < n
                and p.touches(j + 1)
                and (p.lows[j + 1] in self.title_words or not self._capital(j + 1))
            ):
                titles[-1] += "-" + p.lows[j + 1]  # «контр-адмирал», "Lieutenant-General"
                j += 2
            elif titles and j + 1 < n and self.words.says("arms", low):
                j += 1  # «маршал артиллерии»
            elif titles and p.letters[j] == "O" and self.words.says("ranks", p.lows[j + 1]):
                j += 2
            elif titles and self._is_landed(titles[-1]) and self.words.says("title_links", low):
                k = j + 1
                while k < n and p.letters[k] == "i":
                    k += 1
                if k < n and p.letters[k] == "c":
                    linked, j = True, k
                elif k < n and self.words.says("arms", p.lows[k]):
                    j = k + 1
                else:
                    break
            else:
                break
        return titles, j, linked

    def _is_another(self, j: int, one: str, other: str) -> bool:
        """Whether the second of two names side by side is in another case: two persons."""
        if not self.inflects or len(other) == 1 or len(one) == 1:
            return False
        if self._are_two(one, other):
            return True
        if other[-1].lower() in _VOWELS:
            return False
        before = self.inside.get(j - 1)
        place = (before is not None and before.kind != "person") or is_place_name(one.lower())
        if place and not noun_of(one.lower())[1]:
            return not self._is_oblique(other)  # «из Петрограда Сухомлинов»
        dative = one.lower().endswith(self.object_endings)
        return dative and self._is_oblique(one) and not self._is_oblique(other)

    def _are_two(self, one: str, other: str) -> bool:
        """«доносил Лацкий Екатерине», «писала Панину Дарья»: the forms cannot be of one name."""
        cases = self._case(one), self._case(other)
        low = other.lower()
        if cases == (NOMINATIVE, OBLIQUE):
            return len(one) > 3 and not (self._is_female(one.lower()) and low.endswith(_FEMALE))
        if cases == (OBLIQUE, NOMINATIVE):
            foreign = not is_given_name(low) and not low.endswith(_SURNAMES)
            return not (foreign and is_womans_name(one.lower()))  # «Розе Люксембург»
        if cases[1] == NOMINATIVE and self._is_oblique(one) and is_given_name(low):
            return not (self._is_female(low) or is_womans_name(one.lower()))  # «Орлова Фёдор»
        if cases == (EITHER, NOMINATIVE) and low.endswith(_SURNAMES):
            return not is_given_name(one.lower())  # «Мольтке Ланин»
        first = self._nominative(one).lower()
        surname = first.endswith(_SURNAMES) and not is_given_name(one.lower())
        return cases[1] == EITHER and surname and not low.endswith(("а", "я"))

    def _ahead(self, j: int) -> str:
        """The surname after the initials that begin at a piece."""
        p = self.pieces
        while j + 1 < len(p.lows) and len(p.lows[j]) == 1 and p.lows[j + 1] == ".":
            j += 2
        return p.plain[p.starts[j] : p.ends[j]] if j < len(p.lows) and self._capital(j) else ""

    def _is_landed(self, title: str) -> bool:
        """Whether "of" and a name may follow a title: a duke's, but not a sergeant's."""
        return self.inflects or self.words.says("landed_titles", title)

    def _parts(self, j: int, titled: bool, linked: bool) -> tuple[list[str], int, bool]:
        """The words of a name from piece j; whether it ends in a possessive."""
        p, n = self.pieces, len(self.pieces.lows)
        parts: list[str] = []
        possessive, initial, hyphen = False, False, False
        start = j
        while j < n and len(parts) < 6:
            low, letter = p.lows[j], p.letters[j]
            if not low:
                break
            raw = p.plain[p.starts[j] : p.ends[j]]
            capital = raw[0].isupper()
            if low == "." and initial and p.touches(j):
                j += 1
                continue
            if (
                low == "-"
                and parts
                and p.touches(j)
                and j + 1 < n
                and p.touches(j + 1)
                and self._capital(j + 1)
            ):
                hyphen = True
                j += 1
                continue
            if letter == "Z" and parts and not initial and p.lows[j + 1] != ".":
                parts.append(raw)
                j += 1
                break
            if capital and (letter in "cZM" or len(raw) == 1):
                if letter == "M" and not (parts or titled or self._is_joined_name(j)):
                    break
                single = len(raw) == 1
                if single and not (j + 1 < n and p.lows[j + 1] == "." and p.touches(j + 1)):
                    break
                ahead = self._ahead(j) if single and parts and not initial else ""
                if ahead and (
                    self._is_another(j, parts[-1], ahead)
                    or (self.inflects and not is_given_name(parts[-1].lower()))
                ):
                    break  # «Лацкий Н. И. Панину»
                if parts and not (initial or hyphen) and self._is_another(j, parts[-1], raw):
                    break  # «телеграмма Керзону Литвинов отправил»
                joined = self._is_joined_name(j) or (
                    self.words.says("particles", low) and j + 1 < n and self._capital(j + 1)
                )
                if not parts and not titled and not single and not joined and self._is_common(j):
                    return [], j + 1, False
                if (
                    parts
                    and low in self.title_words
                    and j + 1 < n
                    and (p.lows[j + 1] == "-" or self._capital(j + 1))
                ):
                    break  # a place, and then the title of somebody
                if low in self.stop and not single and (j == start or not parts):
                    return [], j + 1, False
                if self.words.says("verbs", low) and not parts:
                    return [], j + 1, False
                if low in self.stop and not single:
                    break
                if low.endswith("'s"):
                    raw, possessive = raw[:-2], True
                elif low.endswith("s") and j + 1 < n and p.lows[j + 1] == "'" and p.touches(j + 1):
                    possessive = True
                if hyphen:
                    parts[-1] += "-" + raw
                else:
                    parts.append(raw)
                hyphen, initial = False, single
                j += 1
                if possessive:
                    break
                continue
            if (
                self.words.says("particles", low)
                and (parts or titled or capital)
                and j + 1 < n
                and (
                    self._capital(j + 1)
                    or self.words.says("particles", p.lows[j + 1])
                    or (p.lows[j + 1] == "-" and j + 2 < n and self._capital(j + 2))  # "el-Kasim"
                )
            ):
                parts.append(raw)
                j += 1
                continue
            if len(low) > 3 and low[1] == "'" and raw[2:3].isupper():
                parts.append(raw)
                j += 1
                continue
            break
        while parts and self.words.says("particles", parts[-1].lower()):
            parts.pop()
        if all(len(part) == 1 or set(part) <= set("IVXІХ") for part in parts):
            parts = []
        return parts, max(j, start), possessive

    def _is_common(self, j: int) -> bool:
        """A common word that has its capital only because a sentence begins there."""
        p = self.pieces
        low = p.lows[j]
        if low in self.stop:
            return True
        if low.removesuffix("'s") in self.surnames:
            return False
        opens = j == 0 or p.letters[j - 1] in "|\"'" or (p.letters[j - 1] in ":-")
        return opens and (
            low in self.lower
            or self.words.says("generic", low)
            or self.words.says("plurals", low)
            or (low.endswith("s") and self.words.says("generic", low[:-1]))
            or (self.inflects and is_common_word(low))
        )

    def _capital(self, j: int) -> bool:
        return bool(self.pieces.lows[j]) and self.pieces.is_capital(j)

    def _has_article(self, i: int) -> bool:
        return i > 0 and self.pieces.letters[i - 1] == "i" and self.pieces.lows[i - 1] != "a"

    def _is_one_of_a_people(self, i: int, low: str) -> bool:
        """Whether an indefinite article makes a capitalised word one of many."""
        p = self.pieces
        article = i > 0 and p.letters[i - 1] == "i"
        if i > 1 and p.letters[i - 1] == "w" and self.words.says("indefinite", p.lows[i - 2]):
            article = p.letters[i - 2] == "i" and not self._tells_what(p.lows[i - 1])
        return not self.inflects and article and not low.endswith("'s")

    # ------------------------------------------------------------ who is who
    def _resolved(self, found: list[Person]) -> list[Person]:
        """Surnames alone become the person of that name; names of places are left out."""
        places = self._places(found)
        proven = self._proven(found)
        by_key: dict[str, list[Person]] = defaultdict(list)
        by_given: dict[str, list[Person]] = defaultdict(list)
        for person in found:
            if person.strong:
                for key in self._keys(person):
                    by_key[key].append(person)
                if len(person.parts) > 1 and not set(person.parts[-1]) <= set("IVXІХ"):
                    by_given[self._fold(person.parts[-2])].append(person)
                    by_given[self._fold(person.parts[0])].append(person)
        result = []
        for person in found:
            if not person.strong and (person.id in places or person.id not in proven):
                continue
            if person.known:
                result.append(person)
                continue
            key = self._fold(person.parts[-1] if len(person.parts) == 1 else self._keys(person)[0])
            bearers = by_key.get(key, [])
            called = self._called(person)
            if called and all(self._called(bearer) for bearer in bearers):
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

    def _nearest(self, bearers: list[Person], person: Person) -> Person | None:
        """The fullest name: of the last person so called before, else of the first after."""
        k = bisect.bisect_right(bearers, person.first, key=lambda bearer: bearer.first)
        near = [*reversed(bearers[max(0, k - _NEAR) : k]), *bearers[k : k + _NEAR]]
        near = [b for b in near if b.female == person.female]  # Mrs Reid is not her husband
        full = (b for b in near if len(b.parts) > 1 or b.known)
        return next(full, near[0] if near else None)

    def _called(self, person: Person) -> str:
        """The one word by which a person is called, without what stands for a title."""
        parts = person.parts
        if person.female and person.titles and len(parts) == 2:
            parts = parts[1:] if parts[0].lower() == person.titles[-1] else parts
        return self._fold(parts[0]) if len(parts) == 1 else ""

    def _compatible(self, one: Person, other: Person) -> bool:
        """Whether two full names may be of one man: no given names that differ."""
        if len(one.parts) < 2 or len(other.parts) < 2:
            return True
        return self._fold(one.parts[0])[:3] == self._fold(other.parts[0])[:3]

    def _keys(self, person: Person) -> list[str]:
        parts = list(person.parts)
        if not parts:
            return [person.id]
        if len(parts) > 1 and set(parts[-1]) <= set("IVXІХ"):
            return [self._fold(parts[-2])]
        keys = [self._fold(parts[-1])]
        return keys

    @staticmethod
    def _fold(part: str) -> str:
        return part.lower().replace("ё", "е")

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
            before = p.lows[first - 1] if first else ""
            spoken = (after and says("verbs", after)) or (before and says("verbs", before))
            acts = person.possessive or self._acts(person, before, after)
            if ((spoken and not person.oblique) or acts) and self._may_be_name(person):
                result.add(person.id)
        return result

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
            if before != "этот" and self.words.says("emphatic", before) and not person.oblique:
                return True  # «сам Нэпир»
            if is_known_name(name) and self.words.says("from_people", before):
                return True  # «письмо было от Паулины»
            low = self.pieces.lows[person.last - 1]
            if not low.endswith(_SURNAMES) and is_thing(low):
                return False  # «рабочие Арсенала»
            opens = person.first == 0 or self.pieces.letters[person.first - 1] in "|\"'-:"
            if not opens and is_known_name(name) and self._case(person.parts[-1]) == NOMINATIVE:
                return True
            if is_surname(name) or self._is_before_verb(person.last):
                return True
            if not opens and not person.oblique and self._in_remark(person):
                return True
            if not opens and name.endswith(_SURNAMES):
                return True
            if len(person.parts) == 1 and (is_common_word(name) or is_noun(name)):
                return False
            aside = after == "," and (not before or before == ".")
            return aside or (before == "," and bool(self._led_in(person)))
        if self.words.says("generic", before) or self._is_somebodys(person):
            return True  # "his daughter Clara"
        beside = self.pieces.lows[person.first - 2] if person.first > 1 else ""
        if before == "," and after in (",", ".", ";") and self.words.says("generic", beside):
            return True  # "its editor, Delane,"
        if self.words.says("owner_links", before) and self.words.says(
            "nouns", self.pieces.lows[person.first - 2]
        ):
            return True  # "the answer of Omar"
        if self._is_sender(person):
            return True
        if after == "," and beside == "," and self.words.says("indefinite", before):
            return True  # "its driver, one Huber,"
        if before == "one" and after == "," and self.pieces.letters[person.last + 1] == "i":
            return True  # "was one Dobbs, a gunner"
        if len(person.parts) > 1 and (
            self.words.says("indefinite", before) or self._apposition(person)
        ):
            return True  # "one Absalom Pike", "Absalom Pike, a blacksmith"
        opens = not before or before in ",;:.\"'" or self.words.says("clause_openers", before)
        if after == "," and opens:
            if self._acts_after_aside(person):
                return True
            after = self.pieces.lows[person.last + 1]
            return (
                self.words.says("clause_openers", after)
                or self.words.says("relatives_of_persons", after)
                or self.words.says("indefinite", after)
                or self._is_office(person.last + 1)
                or self.pieces.letters[person.last + 1] == "i"
                or after.endswith("ing")
            )
        if not after.isalpha():
            return False
        next_word = (
            self.pieces.lows[person.last + 1] if person.last + 1 < len(self.pieces.lows) else ""
        )
        if self.words.says("of_places", after) or self.words.says("of_places", next_word):
            return False  # "Bardo had fallen"
        verb = self.words.says("common_verbs", after) or (after.endswith("ed") and len(after) > 4)
        return verb and (opens or len(person.parts) > 1)

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
            or (after.endswith("ed") and len(after) > 4)
        )

    def _is_before_verb(self, k: int) -> bool:
        """Whether a finite verb follows, perhaps after «не», «уже»."""
        lows = self.pieces.lows
        while k < len(lows) and lows[k].isalpha():
            if is_finite_verb(lows[k]):
                return True
            if not self.words.says("verb_helpers", lows[k]):
                return False
            k += 1
        return False

    def _acts_after_aside(self, person: Person) -> bool:
        """ "Roth, at the head of the army, was less moved": a verb after the second comma."""
        p, says = self.pieces, self.words.says
        opens = person.first == 0 or p.letters[person.first - 1] in '|"'
        first = p.lows[person.last + 1]
        if not opens or not (says("oblique_words", first) or p.letters[person.last + 1] == "i"):
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

    def _is_with_people(self, person: Person, before: str) -> bool:
        """«столкнулся с Шамилем», «написал Корнееву»: cases in which persons stand."""
        low = self.pieces.lows[person.last - 1]
        if self.words.says("commands", before):
            return True  # «армия Плеве»
        if self.words.says("companions", before):
            return is_instrumental(low)
        return self.words.says("verbs", before) and low.endswith(("у", "ю", "ому"))

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
        if opens and single and not joined and self.inflects:
            # «Мороз доходил до 15 градусов», «Ротой командовал поручик»
            if is_lifeless(low) or (is_thing(low) and low.endswith(_OF_NO_NAME)):
                return False
        return not (
            opens and not joined and self.inflects and is_common_word(self.pieces.lows[first])
        )

    def _is_mans_form(self, person: Person) -> bool:
        """Whether a name stands in a case that only living beings have after «на»."""
        return self.pieces.lows[person.last - 1].endswith(_OF_A_MAN)

    def _speaks_after(self, person: Person) -> bool:
        """Whether a verb of speech follows; "from Derry called Moran" has none."""
        p, k = self.pieces, person.last
        if k + 1 >= len(p.lows) or not self.words.says("verbs", p.lows[k]):
            return False
        return not (self.words.says("christening", p.lows[k]) and p.letters[k + 1] == "c")

    def _is_christened_from(self, person: Person) -> bool:
        """ "a grave man from Derry called Moran": the first name is of a place."""
        p, k = self.pieces, person.last
        linked = person.first > 0 and self.words.says("owner_links", p.lows[person.first - 1])
        if not linked or k + 1 >= len(p.lows):
            return False
        return self.words.says("christening", p.lows[k]) and p.letters[k + 1] == "c"

    def _places(self, found: list[Person]) -> set[str]:
        """Ids that stand after "in" and "at" more often than where only persons stand."""
        votes: dict[str, int] = defaultdict(int)
        for person in found:
            low = self.pieces.lows[person.first - 1] if person.first else ""
            if self.inflects and person.oblique and self._is_mans_form(person):
                continue  # «посмотрели на Ермакова»
            if self.words.says("place_prepositions", low) or self._is_christened_from(person):
                votes[person.id] += 1
            elif self._speaks_after(person):
                votes[person.id] -= 2
            elif self.words.says("verbs", low):
                votes[person.id] -= 1
        return {key for key, vote in votes.items() if vote > 0}
