"""What two passages have to do with each other of which one may not tell a fact.

    asserted, asserted           as their values relate
    denied, asserted             a conflict, when all that is denied is told: the same deed of the
                                 same powers, on days (or with a number) that the denial covers
    denied, denied               they agree, when the values do
    reported or possible, any    what would be a conflict is a tension: somebody is wrong, and the
                                 text does not say who
    planned, asserted            they agree where the day is that for which it was planned
    planned, conditional or refuted, with what is told
                                 else two things: what was meant to happen is no other day of what
                                 did

The statuses are those of `sources/factuality.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twofront.sources import Mention
from twofront.sources.factuality import (
    CONDITIONAL,
    DENIED,
    PLANNED,
    POSSIBLE,
    REFUTED,
    REPORTED,
    Factuality,
)
from twofront.sources.happenings import Happening

from .calendar_days import days_of

Found = tuple[str, str]  # a relation, and why
_SAME = ("corroborates", "refines")
_VERBS = {DENIED: "denies", PLANNED: "plans", CONDITIONAL: "supposes", POSSIBLE: "holds possible"}


def may_be_fact(happening: Happening) -> bool:
    """Whether something enters the chronology: what the text tells, or leaves open."""
    return happening.factuality.is_told or happening.factuality.is_open


def only_told(told: Mapping[str, Sequence[Happening]]) -> dict[str, list[Happening]]:
    """Of every document what it tells as a fact."""
    return {doc: [h for h in here if h.factuality.is_told] for doc, here in told.items()}


def what_it_does(how: Factuality) -> str:
    """What a text does with what it does not assert: `denies`, `reports (Nilsson)`, or nothing."""
    if how.is_told:
        return ""
    if how.status == REPORTED:
        verb = "refutes" if how.stance == REFUTED else "reports"
        return f"{verb} ({how.who})"
    return _VERBS.get(how.status, "") + f" ({how.by})" * bool(how.by)


def as_told(a: Happening, b: Happening, found: Found | None) -> Found | None:
    """What the relation of two values comes to when not both are asserted."""
    one, other = a.factuality, b.factuality
    if found is None or (one.is_told and other.is_told):
        return found
    relation, why = found
    if DENIED in (one.status, other.status):
        return _denied(a, b, relation, why)
    if all(how.is_told or how.is_open for how in (one, other)):
        if relation != "conflict":
            return found
        return "tension", f"{why}; {_who_only(a, b)}"
    if one.status == other.status and one.stance == other.stance:
        return ("tension", why) if relation == "conflict" else found
    if PLANNED in (one.status, other.status) and relation in _SAME:
        return relation, f"{why}; {_who_only(a, b)}"
    return "complements", _who_only(a, b)


def _denied(a: Happening, b: Happening, relation: str, why: str) -> Found:
    if a.factuality.status == b.factuality.status:
        return ("corroborates", f"both deny it; {why}") if relation in _SAME else (
            "complements", "they deny different things",
        )  # fmt: skip
    denial, said = (a, b) if a.factuality.status == DENIED else (b, a)
    if not (said.factuality.is_told or said.factuality.is_open):
        return "complements", _who_only(a, b)
    if relation in _SAME and _covers(denial, said):
        sure = said.factuality.is_told and not denial.factuality.by
        text = "one says that it happened, the other that it did not"
        return ("conflict" if sure else "tension", f"{text} ({why})")
    return "complements", f"{_who_only(a, b)}, though not what the other tells"


def _covers(denial: Happening, said: Happening) -> bool:
    """Whether all that is denied is told: deed, doer, powers, names, and the days within those.

    "Never in 1808" denies 14 March 1808; "not on 5 August" does not deny August.
    """
    if denial.factuality.partly or not denial.predicate or denial.predicate != said.predicate:
        return False
    if denial.doer and said.doer and denial.doer != said.doer:
        return False
    parties = (denial.actors | denial.places) <= (said.actors | said.places | said.names)
    if not (parties and denial.names and denial.names <= said.names | said.maybe):
        return False
    if denial.mention.type != "DATE":
        return True
    wide, fine = days_of(denial.mention.within), days_of(said.mention.within)
    return bool(wide and fine) and wide[0] <= fine[0] and fine[1] <= wide[1]  # type: ignore[index]


def _who_only(a: Happening, b: Happening) -> str:
    """ "one 1.1 only reports it (Nilsson)"."""
    said = []
    for happening in (a, b):
        verb, _, rest = what_it_does(happening.factuality).partition(" (")
        if verb:
            said.append(f"{happening.mention.place} {verb} it" + f" ({rest}" * bool(rest))
    return " and ".join(said)


def not_facts(told: Mapping[str, Sequence[Happening]]) -> frozenset[Mention]:
    """The dates and numbers of some happenings that no text tells as facts."""
    return frozenset(h.mention for here in told.values() for h in here if not h.factuality.is_told)
