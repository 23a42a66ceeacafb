"""Whom and what a sentence names, each once, and what a ledger calls them.

The gazetteer has English names for its ids. A person whom no gazetteer has is called as the texts
write him ("La Marmora"). Texts in two alphabets give him two ids, one in each; where a tie of the
texts joins two sentences that name him, the Latin one is meant by both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from twofront.sources import Gazetteer, Mention
from twofront.sources.grammar.letters import folded
from twofront.sources.name_keys import name_key

from .alignment import Alignment, Reading
from .values import name_in_words
from .words import NAMED

_SEPARATE = ("complements", "not_same")  # ties of two things
_NAMES = ("ACTOR", "PLACE")
_OPENING, _CLOSING = '"“„«‘', '"”“»’'
_WORD = re.compile(r"[^\W\d_]+")
_Place = tuple[str, int, int]  # document, paragraph, sentence


def titles_of(readings: Iterable[Reading], gazetteer: Gazetteer) -> dict[str, str]:
    """The names of all ids: of the gazetteer, and of the persons whom only the texts name."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for mention in reading.mentions:
            if _is_unknown_person(mention, gazetteer):
                written[str(mention.value)][_as_written(mention)] += 1
    found = {
        key: max(names, key=lambda name: (names[name], name)) for key, names in written.items()
    }
    return found | dict(gazetteer.titles)


def _is_unknown_person(mention: Mention, gazetteer: Gazetteer) -> bool:
    key = str(mention.value or "")
    return (
        mention.type == "ACTOR"
        and bool(key)
        and key == key.upper()
        and key.replace("_", "").isalnum()
        and key not in gazetteer.titles
        and key not in gazetteer.ids
    )


def _as_written(mention: Mention) -> str:
    """The name in the words of the text, without a rank; LA_MARMORA of "General La Marmora"."""
    words = str(mention.value).split("_")
    shape = r"[\s_.'’-]+".join(map(re.escape, words))
    match = re.search(rf"(?<!\w){shape}(?!\w)", folded(mention.text), re.IGNORECASE)
    as_it_is = mention.text[match.start() : match.end()] if match else ""
    # Words in another case, or in capitals, are made of the id.
    known = as_it_is and as_it_is != as_it_is.upper()
    return " ".join(as_it_is.split()) if known else " ".join(word.capitalize() for word in words)


def one_id_each(
    readings: Iterable[Reading], alignment: Alignment, gazetteer: Gazetteer
) -> dict[str, str]:
    """The Latin ids of persons whom another text names in another alphabet, by their other ids."""
    persons: defaultdict[_Place, set[str]] = defaultdict(set)
    for reading in readings:
        for mention in reading.mentions:
            if _is_unknown_person(mention, gazetteer):
                persons[_place(mention)].add(str(mention.value))
    found: dict[str, str] = {}
    for tie in alignment.ties:
        if tie.relation in _SEPARATE:
            continue
        here = persons[_place(tie.first)] | persons[_place(tie.second)]
        for key in sorted(here):
            for latin in sorted(here):
                if latin.isascii() and not key.isascii() and _sound_alike(key, latin):
                    found.setdefault(key, latin)
    return found


def _sound_alike(one: str, other: str) -> bool:
    first, second = (name_key(key.rpartition("_")[2]) for key in (one, other))
    return first == second and len(first) > 2


def _begins_a_quotation(name: str, text: str) -> bool:
    """Whether a word is in capitals as the first of a quotation ("We shall ..."), not as a name."""
    first = rf"[{_OPENING}]{re.escape(name)}(?![\w{_CLOSING}])"
    return " " not in name and re.search(first, text) is not None


def _place(mention: Mention) -> _Place:
    return mention.doc, mention.para, mention.sent


class Named:
    """What the sentences of some texts name."""

    def __init__(
        self, readings: Sequence[Reading], gazetteer: Gazetteer, alignment: Alignment
    ) -> None:
        self.gazetteer = gazetteer
        self.titles = titles_of(readings, gazetteer)
        self._same = one_id_each(readings, alignment, gazetteer)
        self._documents = {reading.document.id: reading.document for reading in readings}
        self._names: defaultdict[_Place, list[Mention]] = defaultdict(list)
        for reading in readings:
            for mention in sorted(reading.mentions, key=lambda m: m.start):
                if mention.type in _NAMES and mention.value:  # another tool may name nobody
                    self._names[_place(mention)].append(mention)
        self._small: dict[str, frozenset[str]] = {}

    def key(self, key: str) -> str:
        """The id under which a ledger has a person, whatever alphabet he is written in."""
        return self._same.get(key, key)

    def title(self, key: str) -> str:
        """What a ledger calls an id."""
        return name_in_words(self.key(key), self.titles)

    def actors(self, doc: str, para: int, sent: int) -> list[str]:
        """The ids of the actors that a sentence names, in the order of the text."""
        here = self._names.get((doc, para, sent), ())
        return [self.key(str(m.value)) for m in here if m.type == "ACTOR"]

    def others(
        self, doc: str, places: Sequence[tuple[int, int]], owner: str | None, unknown: Sequence[str]
    ) -> list[str]:
        """The names that stand in sentences, without that of the owner.

        `unknown` are words written like names that no gazetteer has.
        """
        mentions = [m for place in places for m in self._names.get((doc, *place), ())]
        told = dict.fromkeys(self.title(str(m.value)) for m in mentions)
        if owner:
            told.pop(self.title(owner), None)
        said = folded(" ".join(self._documents[doc].sentence(*place) or "" for place in places))
        more = [
            name
            for name in unknown
            if self._is_own(doc, name, mentions) and not _begins_a_quotation(name, said)
        ]
        return list(dict.fromkeys([*told, *more[:NAMED]]))

    def _is_own(self, doc: str, name: str, mentions: Sequence[Mention]) -> bool:
        """Whether a name is no part of another ("Vice-Admiral Pavel" Nakhimov) and no noun."""
        if all(word.lower() in self._small_words(doc) for word in name.split()):
            return False  # "the War", "the Prime Minister", and elsewhere in small letters
        text = self._documents[doc].text
        for mention in mentions:
            if name in folded(mention.text):
                return False
            is_person = mention.type == "ACTOR" and (
                mention.value in self.gazetteer.persons
                or _is_unknown_person(mention, self.gazetteer)
            )
            before = text[max(0, mention.start - len(name) - 1) : mention.start]
            if is_person and folded(before).rstrip().endswith(name):
                return False
        return True

    def _small_words(self, doc: str) -> frozenset[str]:
        if doc not in self._small:
            words = set(_WORD.findall(folded(self._documents[doc].text)))
            self._small[doc] = frozenset(word for word in words if word.islower())
        return self._small[doc]
