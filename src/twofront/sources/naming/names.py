"""Actors, places and pacts: names of the gazetteer wherever they stand, longest name first.

A treaty without an entry is read by pattern: a kind ("non-aggression"), a head ("pact"), and the
states named with it become an id such as JAPAN_USSR_NON_AGGRESSION_PACT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..grammar.dictionary import is_adjective, noun_of
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .gazetteer import Gazetteer, Name


@dataclass(frozen=True)
class Named:
    """A name in the text: pieces first..last, its type and id."""

    first: int
    last: int
    type: str
    id: str
    kind: str
    rule: str
    confidence: float
    role: str = ""  # of a person: "monarchs", "presidents"


def names_of(pieces: Pieces, gazetteer: Gazetteer, years: list[int | None]) -> list[Named]:
    """All names of a text. `years[i]` is the year that the story has reached at piece i."""
    found: list[Named] = []
    begins = _beginnings(pieces, gazetteer)
    last = 0
    for i in [i for i, low in enumerate(pieces.lows) if low in begins]:
        named = _at(pieces, gazetteer, begins[pieces.lows[i]], i, years[i]) if i >= last else None
        if named is not None:
            last = named.last
            if not (named.type == "PLACE" and _is_compounded(pieces, i)):
                found.append(named)
    return _with_pacts(pieces, gazetteer, found)


def _is_compounded(pieces: Pieces, i: int) -> bool:
    """«5-я Восточно-Сибирская»: a part of a longer name, and not the place."""
    return (
        i > 1
        and pieces.lows[i - 1] == "-"
        and pieces.touches(i)
        and lexicon(pieces.language).says("compass_parts", pieces.lows[i - 2])
    )


def _beginnings(pieces: Pieces, gazetteer: Gazetteer) -> dict[str, list[Name]]:
    """The words of a text with which names may begin, and those names."""
    known = gazetteer.first_words(pieces.language)
    if known is None:
        return {}
    owner = lexicon(pieces.language).suffixes.owner
    found = {low: known.get(owner(low)) for low in pieces.vocabulary if "'" in low}
    found |= {low: known.get(low) for low in known.found_in(pieces.vocabulary)}
    return {low: names for low, names in found.items() if names and low[0].isalpha()}


def _at(
    pieces: Pieces, gazetteer: Gazetteer, names: list[Name], i: int, year: int | None
) -> Named | None:
    for name in names:
        if name.capital and not pieces.is_capital(i):
            continue
        if name.upper and not pieces.plain[pieces.starts[i] : pieces.ends[i]].isupper():
            continue
        last = _rest(pieces, name, i + 1)
        if last is not None:
            key = gazetteer.in_year(name.id, year)
            sure = 0.9 if name.capital or name.rest else 0.8
            return Named(
                i, last, name.type, key, name.kind, "gazetteer", sure,
                gazetteer.roles.get(name.id, ""),
            )  # fmt: skip
    return None


def _rest(pieces: Pieces, name: Name, j: int) -> int | None:
    lows, owner = pieces.lows, lexicon(pieces.language).suffixes.owner
    for word in name.rest:
        while lows[j] in ("-", ".") and pieces.letters[j + 1] != "|":
            j += 1
        if lows[j] not in word and owner(lows[j]) not in word:
            return None
        j += 1
    return j


# ---------------------------------------------------------------- pacts by pattern
def _with_pacts(pieces: Pieces, gazetteer: Gazetteer, found: list[Named]) -> list[Named]:
    heads = gazetteer.heads.get(pieces.language)
    said = heads.found_in(pieces.vocabulary) if heads is not None else None
    if not said:
        return found
    covered = {i for named in found if named.type == "PACT" for i in range(named.first, named.last)}
    by_first = {named.first: named for named in found}
    by_last = {named.last: named for named in found}
    pacts = []
    for i, low in enumerate(pieces.lows):
        if low not in said or i in covered:
            continue
        pact = _by_place(pieces, i)
        if pact and by_first.get(pact.first, pact).type == "ACTOR":
            pact = None  # "the German Peace": a party, not a place
        pact = pact or _pact(pieces, gazetteer, i, by_first, by_last)
        if pact:
            pacts.append(pact)
    return sorted(found + pacts, key=lambda named: (named.first, -named.last))


def _by_place(pieces: Pieces, head: int) -> Named | None:
    """The Treaty of Nystad; the Leoben Armistice; «Ништадтский договор»: named after a place."""
    words = lexicon(pieces.language)
    if words.data.get("quotation", {}).get("pact_by_adjective"):
        return _by_adjective(pieces, head)
    plain, starts, ends = pieces.plain, pieces.starts, pieces.ends
    if not pieces.is_capital(head):
        return None
    label = pieces.lows[head].upper()
    if words.says("pact_of", pieces.lows[head + 1]) and pieces.letters[head + 2] == "c":
        last = head + 3
        while pieces.letters[last] == "c" or (
            pieces.lows[last] == "-" and pieces.touches(last) and pieces.letters[last + 1] == "c"
        ):
            last += 1
        place = plain[starts[head + 2] : ends[last - 1]]
        return Named(head, last, "PACT", _key(f"{label}_OF_{place}"), "", "pact-place", 0.7)
    first = head
    while (
        first > 0
        and pieces.letters[first - 1] == "c"
        and not words.says("not_a_name", pieces.lows[first - 1])
    ):
        first -= 1
    if first == head or head - first > 3:
        return None
    name = plain[starts[first] : ends[head - 1]]
    return Named(first, head + 1, "PACT", _key(f"{name}_{label}"), "", "pact-place", 0.7)


def _by_adjective(pieces: Pieces, head: int) -> Named | None:
    """«Ништадтского мирного договора»: a capitalised adjective before the head."""
    declension, first = lexicon(pieces.language).declension, head - 1
    while first > head - 3 and first >= 0 and pieces.letters[first] == "w":
        if not is_adjective(pieces.lows[first]):
            return None
        first -= 1
    if first < 0 or pieces.letters[first] != "c":
        return None
    if not declension.adjective_of_place.search(pieces.lows[first]):
        return None
    name = declension.nominative(
        pieces.plain[pieces.starts[first] : pieces.ends[first]], frozenset()
    )
    if first > 1 and pieces.lows[first - 1] == "-" and pieces.touches(first):
        first -= 2
        name = pieces.plain[pieces.starts[first] : pieces.ends[first]] + "-" + name
    noun = noun_of(pieces.lows[head])[0] or pieces.lows[head]
    return Named(first, head + 1, "PACT", _key(f"{name}_{noun}"), "", "pact-place", 0.7)


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name).upper()


def _pact(
    pieces: Pieces,
    gazetteer: Gazetteer,
    head: int,
    by_first: dict[int, Named],
    by_last: dict[int, Named],
) -> Named | None:
    kinds = gazetteer.kinds[pieces.language]
    words = lexicon(pieces.language)
    rules = words.data.get("quotation", {})
    if words.says("pact_if_joined", pieces.lows[head]) and not (
        pieces.letters[head + 1] != "a" and words.says("pact_links", pieces.lows[head + 1])
    ):
        return None
    kind, parties = None, []
    first, apart = head, False
    # Words before the head: kinds and parties, no further than four pieces.
    for j in range(head, max(head - 6, -1), -1):
        low = pieces.lows[j]
        if j < head and pieces.letters[j] not in "wc-":
            break
        here = next((key for key, words in kinds.items() if low in words), None)
        actor = by_last.get(j + 1) if j < head else None
        if here:
            kind, first = kind or here, min(first, j)
        if actor and actor.type == "ACTOR" and actor.kind != "person":
            parties.append(actor.id)
            first = min(first, actor.first)
            apart = any(
                pieces.letters[k] == "w" and not any(pieces.lows[k] in w for w in kinds.values())
                for k in range(actor.last, head)
            )
        if j < head and pieces.letters[j] == "c" and not actor:
            break
    last, before = head + 1, len(parties)
    for j in range(head + 1, min(head + 8, len(pieces.lows))):
        low = pieces.lows[j]
        if pieces.letters[j] in "|,.;:()":
            break
        here = next((key for key, words in kinds.items() if low in words), None)
        if here and rules.get("pact_kind_follows") and j <= head + 3:
            kind, last = kind or here, j + 1
        actor = by_first.get(j)
        if actor and actor.type == "ACTOR" and actor.kind != "person":
            joined = any(words.says("pact_links", pieces.lows[k]) for k in range(head + 1, j))
            if not joined:
                break
            parties.append(actor.id)
            last = max(last, actor.last)
    if not parties or (kind is None and len(set(parties)) < 2):
        return None
    if apart and len(parties) == before == 1:
        return None  # "Russia made peace": with whom is not told
    label = kind or "AGREEMENT"
    key = "_".join([*sorted(set(parties)), label])
    return Named(first, last, "PACT", key, "", "pact-pattern", 0.6)
