"""Namesakes: another given name before a surname of the gazetteer makes somebody else of it.

    Colonel Joshua Chamberlain ... Chamberlain    «генерал Александр Хейг ... Хейг»

The gazetteer's own is who is called by his own given name, by a title that belongs to his name
there ("Lord Raglan"), or by his surname alone where no namesake is told of. Of a surname alone the
last bearer before it is meant; where the text has told of both, the namesake only within the
paragraph that names him.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..grammar.declension import NOMINATIVE, OBLIQUE
from ..grammar.dictionary import (
    is_given_name,
    is_one_given_name,
    is_womans_name,
    names_first,
)
from ..grammar.letters import folded
from ..grammar.lexicon import Words, lexicon
from ..grammar.pieces import Pieces
from .gazetteer import Gazetteer
from .names import Named

_MOST = 4  # words before a surname that may be given names
_PRESUMED = 2  # sentences with the surname alone before a namesake: the reader knows who it is
_ORDINARY = ("verbs", "finite", "common_verbs", "designators", "generic", "not_a_person")
_OPENING = "|\"'…:-("  # letters of pieces after which a capital says nothing


@dataclass(frozen=True)
class _Told:
    """A mention of a surname, and whose it is."""

    named: Named
    is_his: bool = False  # with the given name or title of the gazetteer's person
    is_anothers: bool = False
    is_hers: bool = False  # a woman's, by the given name
    has_office: bool = False  # "President Kennedy": the office of the gazetteer's person


class Namesakes:
    """Tells the persons of the gazetteer from others of their surname, in one text."""

    def __init__(self, pieces: Pieces, gazetteer: Gazetteer) -> None:
        self.pieces = pieces
        self.words = lexicon(pieces.language)
        self.given = gazetteer.given.get(pieces.language, {})
        self.surnames = gazetteer.first_words(pieces.language)
        self.roles, self.called = gazetteer.roles, gazetteer.called.get(pieces.language, {})
        self.nominatives: dict[str, str] = {}  # of namesakes' surnames, as the text writes them
        self.inflects = "morphology" in self.words.data.get("quotation", {})
        self.titles, self.stop = pieces.listed["titles"], pieces.listed["not_a_name"]

    def apart(self, found: list[Named]) -> list[Named]:
        """The names of a text without those that are somebody else's."""
        mentions: dict[str, list[_Told]] = defaultdict(list)
        inside = {i for named in found for i in range(named.first, named.last)}
        for named in found if self.given else ():
            if named.kind != "person":
                continue
            if named.id in self.given:
                mentions[named.id].append(self._told(named, inside))
            if named.last - named.first > 1:  # "Theodore Roosevelt" is a namesake who is known
                other = self.of_surname(self.pieces.lows[named.last - 1])
                if other not in ("", named.id):
                    mentions[other].append(_Told(named, is_anothers=True))
        changed: dict[int, Named | None] = {}
        for key, told in mentions.items():
            if any(one.is_anothers for one in told):
                changed |= self._changed(key, told)
        if not changed:
            return found
        self._learn(found, changed)
        kept = (changed.get(named.first, named) if named.type == "ACTOR" else named
                for named in found)  # fmt: skip
        return [named for named in kept if named is not None]

    def _learn(self, found: list[Named], changed: dict[int, Named | None]) -> None:
        """Keeps the first form of surnames that are no longer the gazetteer's: «Хейга»."""
        for named in found:
            surname = self.called.get(named.id, "")
            if self.inflects and named.first in changed and surname.isalpha():
                at = slice(self.pieces.starts[named.first], self.pieces.ends[named.last - 1])
                self.nominatives[self.pieces.plain[at]] = surname

    def of_surname(self, low: str) -> str:
        """The id of the person whom the gazetteer knows by a surname alone and by given names."""
        low = self.words.suffixes.owner(low)
        names = self.surnames.get(low) if self.surnames is not None else None
        own = (name.id for name in names or () if not name.rest and name.id in self.given)
        return next(own, "")

    def is_anothers(self, key: str, names: Sequence[str]) -> bool:
        """Whether given names and initials, in lower case, are none of the person's.

        "austen" and "j" are not Neville Chamberlain's; a word that is no given name tells nothing.
        """
        own = self.given.get(key)
        if own is None or any(name in own.names for name in names):
            return False
        initials = [name for name in names if len(name) == 1]
        if any(len(name) > 1 and self._is_given(name) for name in names):
            return True
        return bool(initials) and initials[0] not in own.initials

    def _told(self, named: Named, inside: set[int]) -> _Told:
        """Whose a name is, by what stands in it and before it."""
        p, first = self.pieces, named.first
        own = self.given[named.id].names
        several = named.last - first > 1
        titled = several and p.lows[first] in self.titles
        if titled or (several and self._any_in(own, p.lows[first : named.last])):
            return _Told(named, is_his=True)
        before = self._before(named)
        names = [p.lows[k] for k in before]
        if self._any_in(own, names):
            return _Told(named, is_his=True)
        if named.role and first and self.words.says(named.role, p.lows[first - 1]):
            return _Told(named, has_office=True)
        if not names or not self.is_anothers(named.id, names):
            his = bool(names) and len(names[0]) == 1 and names[0] in self.given[named.id].initials
            return _Told(named, is_his=his)
        given = [k for k in before if len(p.lows[k]) > 1 and self._is_given(p.lows[k])]
        if given:
            sure = inside.isdisjoint(before) and not self._is_ordinary(before)
        else:
            sure = self._is_initialled(before)
        hers = any(self._is_womans(p.lows[k]) for k in given)
        return _Told(named, is_anothers=sure, is_hers=hers)

    def _before(self, named: Named) -> list[int]:
        """The pieces right before a name that may be given names, in the order of the text."""
        p, k, found = self.pieces, named.first - 1, list[int]()
        while k >= 0 and len(found) < _MOST:
            low, letter = p.lows[k], p.letters[k]
            if low == "." and k and len(p.lows[k - 1]) == 1 and p.touches(k):
                k -= 1
                if not (p.lows[k].isalpha() and p.is_capital(k)):
                    break
                found.append(k)
            elif low == "-" and p.touches(k) and p.touches(k + 1):
                pass  # "Jean-Baptiste"
            elif self.words.says("particles", low):
                pass
            elif letter in "cM" and p.is_capital(k) and low.isalpha():
                if low in self.titles or low in self.stop or self._are_two(k, named):
                    break
                found.append(k)
            else:
                break
            k -= 1
        return found[::-1]

    def _are_two(self, k: int, named: Named) -> bool:
        """«Сергею Жуков», «Иван Жукова»: names in different cases are of two persons."""
        if not self.inflects:
            return False
        p = self.pieces
        one, other = (p.plain[p.starts[i] : p.ends[i]] for i in (k, named.last - 1))
        case_of = self.words.declension.case_of
        case = case_of(one, frozenset())
        if case == NOMINATIVE and not self._is_womans(p.lows[k]):
            surname = folded(self.called.get(named.id, "").lower())
            return self._is_given(p.lows[k]) and surname.isalpha() and surname != other.lower()
        return {case, case_of(other, frozenset())} == {NOMINATIVE, OBLIQUE}

    def _is_given(self, low: str) -> bool:
        return self.words.says("given_names", low) or (self.inflects and is_one_given_name(low))

    def _is_womans(self, low: str) -> bool:
        if self.words.says("female_names", low):
            return True
        if not self.inflects or not is_given_name(low):
            return False
        declension = self.words.declension
        return declension.is_female_name(low) or (
            low[-1] in declension.womens_cases_in and is_womans_name(low)
        )

    def _is_ordinary(self, before: list[int]) -> bool:
        """ "Will Churchill come?", "In Florence Churchill wrote": a capital that tells nothing."""
        p, first = self.pieces, before[0]
        if len(before) > 1:
            return False
        low = p.lows[first]
        if not self._opens(first):
            placed = self.words.says("place_prepositions", p.lows[first - 1])
            return placed and self.words.says("female_names", low)
        if self.words.any_of(*_ORDINARY)[low] or (self.inflects and not names_first(low)):
            return True
        return any(one == low and p.letters[i] == "w" for i, one in enumerate(p.lows))

    def _opens(self, i: int) -> bool:
        """Whether a capital stands where any word has one."""
        return i == 0 or self.pieces.letters[i - 1] in _OPENING

    def _is_initialled(self, before: list[int]) -> bool:
        """Whether initials are somebody's: not "Plan B.", the "M." of a Frenchman, or an item."""
        p, first = self.pieces, before[0]
        if len(p.lows[first]) > 1 and self._opens(first):
            before = before[1:]  # «Пришёл Б. Витте»
            first = before[0]
        if len(p.lows[first]) > 1:
            return False
        if len(before) > 1:
            return True
        opens = first == 0 or p.passages[first - 1].para != p.passages[first].para
        return not opens and not self.words.says("title_initials", p.lows[first])

    def _changed(self, key: str, told: list[_Told]) -> dict[int, Named | None]:
        """What becomes of the names of a surname that several bear: none, or another id."""
        first = next(one for one in told if one.is_anothers)
        others = {one.named.id for one in told if one.is_anothers} - {key}
        if not any(map(self.roles.get, others)):  # two Roosevelts have been President
            told = [replace(one, is_his=one.is_his or one.has_office) for one in told]
        own = any(one.is_his for one in told)
        known = own or self._is_presumed(told, first)
        seen = known and not own  # the gazetteer's person has been told of
        last = None if known else first
        changed: dict[int, Named | None] = {}
        for one in told:
            if one.is_his:
                seen, last = True, None
            elif one.is_anothers:
                last = one
                if one.named.id == key:
                    changed[one.named.first] = None
            elif last is not None and not (seen and self._is_apart(last, one)):
                if known and last.is_hers:
                    continue  # "Eleanor Roosevelt ... Roosevelt": the President
                other = last.named.id
                changed[one.named.first] = None if other == key else replace(
                    one.named, id=other, role=self.roles.get(other, "")
                )  # fmt: skip
        return changed

    def _is_presumed(self, told: list[_Told], first: _Told) -> bool:
        """Whether the surname alone stands for the gazetteer's person before any namesake."""
        alone = [one.named for one in told if not (one.is_anothers or one.is_his)]
        before = [self._sentence(named) for named in alone if named.first < first.named.first]
        if not first.is_hers:
            return len(set(before)) >= _PRESUMED
        lows = self.pieces.lows
        forms = self._her_forms(lows[first.named.last - 1])
        return bool(before) or any(
            self.words.suffixes.owner(lows[named.last - 1]) not in forms for named in alone
        )

    def _her_forms(self, low: str) -> set[str]:
        """A woman's surname in all cases: «Жукова», «Жуковой», «Жукову»."""
        low = self.words.suffixes.owner(low)
        endings = self.words.declension.her_endings
        ending = next((end for end in endings if low.endswith(end)), "")
        return {low.removesuffix(ending) + end for end in endings} if ending else {low}

    def _sentence(self, named: Named) -> tuple[int, int]:
        passage = self.pieces.passages[named.first]
        return passage.para, passage.sent

    def _is_apart(self, one: _Told, other: _Told) -> bool:
        """Whether two mentions stand in different paragraphs."""
        return self._sentence(one.named)[0] != self._sentence(other.named)[0]

    def _any_in(self, own: Words, lows: Iterable[str]) -> bool:
        return any(self.words.suffixes.owner(low) in own for low in lows)
