"""Whose a quantity is: the actor inside it, before it, or that the verb belongs to."""

from __future__ import annotations

from .drafts import Draft
from .text import Text


def owner_of(text: Text, draft: Draft, after_people: bool) -> str | None:
    """Whose a quantity is; `after_people` says whether the last counted a people."""
    inside = [text.actors[k].id for k in range(draft.number + 1, draft.last) if k in text.actors]
    before = text.last
    if not inside and before is not None and _is_of_all(text, draft):
        return None
    if inside:
        return inside[0] if len(set(inside)) == 1 else None
    if before is not None and before.owner:
        if _is_chain(text, before.last, draft.first):
            return None if after_people and _are_others(text, draft) else before.owner
        paired = _other_of_a_pair(text, before.last, draft.first)
        if paired:
            return paired
    return _subject(text, draft.first)


def _is_of_all(text: Text, draft: Draft) -> bool:
    """ "28,000 French and 7,000 Turkish soldiers, 62,000 men in all": of all that were counted."""
    p, after, before = text.p, draft.last, draft.first - 1
    after += p.letters[after] == "p"  # "in all"
    before -= p.letters[before] == "o"
    return text.says("altogether", p.lows[after]) or text.says("altogether", p.lows[before])


def _are_others(text: Text, draft: Draft) -> bool:
    """ "11,959 Russians and 4,573 allies": who are named beside a people are not its own."""
    unit = draft.noun.unit or ""
    return draft.noun.how == "noun" or text.says("persons", unit)


def _other_of_a_pair(text: Text, after: int, first: int) -> str | None:
    """ "The Russians lost 5,000, the Japanese 1,036": the verb is told once."""
    p, k = text.p, first - 1
    while k > after and (p.letters[k] == "-" or text.says("auxiliaries", p.lows[k])):
        k -= 1
    actor = text.actor_ends.get(k + 1)
    if actor is None or actor.first <= after:
        return None
    k, says = actor.first - 1, text.says
    while k > after and (p.letters[k] == "i" or says("owning", p.lows[k])):
        k -= 1
    parted = k >= after and (p.letters[k] in ",;a" or says("contrasting", p.lows[k]))
    return actor.id if parted else None


def _is_chain(text: Text, a: int, b: int) -> bool:
    """Whether only commas and small words lie between two quantities: "12 guns, 300 men"."""
    return b - a <= 3 and all(
        text.p.letters[k] in ",a" or text.says("fillers", text.p.lows[k]) for k in range(a, b)
    )


def _subject(text: Text, first: int) -> str | None:
    """The actor that has, sends or loses what is counted: "the Austrians lost"."""
    p, owns = text.p, False
    for k in range(first - 1, max(text.sentence[0], first - 9) - 1, -1):
        actor = text.actor_ends.get(k + 1)
        if actor:
            return actor.id if owns else None
        if text.says("owning", p.lows[k]):
            owns = True
        elif p.letters[k] not in "wpia" or text.says("taking", p.lows[k]):
            return None
    return None
