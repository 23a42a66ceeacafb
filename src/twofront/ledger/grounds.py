"""Why two mentions are tied, in one clause for whoever reads their texts.

    "both tell of the loss, name Russian Empire and count people"

It names what the two sentences have in common, and says nothing of how their values relate.
"""

from __future__ import annotations

from twofront.basics import days_apart, is_edtf
from twofront.sources import Gazetteer, Mention
from twofront.sources.happenings import Happening
from twofront.sources.name_keys import name_key

from .amounts import what_counts
from .likeness import kin
from .words import deed, listed

_MONTH = 31  # days
_NAMES = 3  # names that are told
_COUNTED = {"persons": "people"}


def grounds(a: Happening, b: Happening, gazetteer: Gazetteer) -> str:
    """What two happenings have in common; empty where nothing of it can be told in a word."""
    here = _names(a.names | a.pacts, b.names | b.pacts, (a, b), gazetteer)
    beside = _names(a.around, b.around, (a, b), gazetteer)
    found = [_act(a, b)]
    found.append(f"name {listed(here)}" if here else "")
    if not here and beside:
        found.append(f"stand in paragraphs that name {listed(beside)}")
    found.append(_value(a, b))
    told = [part for part in found if part]
    return f"both {listed(told)}" if told else ""


def _act(a: Happening, b: Happening) -> str:
    if a.predicate and a.predicate == b.predicate:
        return f"tell of {deed(a.predicate)}"
    if kin(a.predicate, b.predicate):
        return f"tell of what may be one event ({deed(a.predicate)}, {deed(b.predicate)})"
    shared = sorted(a.near & b.near)
    return f"stand beside {deed(shared[0])}" if shared else ""


def _value(a: Happening, b: Happening) -> str:
    if a.mention.type == "QUANTITY":
        kind = what_counts(a)
        return f"count {_COUNTED.get(kind, kind)}" if kind and kind == what_counts(b) else ""
    if a.mention.type != "DATE":
        return ""
    if a.mention.value == b.mention.value:
        return "give the same date"
    return "lie within a month of each other" if _near(a.mention, b.mention) else ""


def _near(one: Mention, other: Mention) -> bool:
    days = str(one.value), str(other.value)
    return all(map(is_edtf, days)) and days_apart(*days) <= _MONTH


def _names(
    ours: frozenset[str],
    theirs: frozenset[str],
    happenings: tuple[Happening, Happening],
    gazetteer: Gazetteer,
) -> list[str]:
    """Names that both have, as the gazetteer has them or as the first text writes them."""
    written = {name_key(word): word for h in reversed(happenings) for word in h.named}
    shared = sorted(ours & theirs)
    known = [gazetteer.title(key) for key in shared if key in gazetteer.titles]
    return [*known, *(written[key] for key in shared if key in written)][:_NAMES]
