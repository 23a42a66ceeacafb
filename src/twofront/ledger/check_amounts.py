"""Numbers of the same thing that do not overlap: a claim against other sources, or two texts.

A claim about a stretch of time is compared with every figure dated inside it: "about the same
throughout" is contradicted by one figure outside its range. Ranges that touch do not conflict.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations

from twofront.basics import bounds

from .claims import Quantity
from .findings import Finding
from .load import Ledger
from .statements import Figure, Measure
from .words import Range, amount, at, listed, number, sentence, who

_PEOPLE = ("men", "persons", "people")
# A ratio closer to one than this is not worth a word: the ranges already differ on the page.
_WORTH_A_WORD = 1.2


@dataclass(frozen=True)
class _Said:
    claim: str
    doc: str
    quantity: Quantity
    date: str | None
    written: str = ""


def check_amounts(ledger: Ledger, claims: set[str]) -> list[Finding]:
    """A finding for every claim outside what other sources give, and every pair of texts apart."""
    found = []
    links = {claim.id: {*claim.agrees_with, *claim.conflicts_with} for claim in ledger.claims}
    parted = {claim.id: claim.apart_from for claim in ledger.claims}
    for measure in ledger.constraints.measure:
        said = [one for one in _said(ledger, measure) if one.claim in claims]
        found += [finding for one in said if (finding := _against_sources(ledger, measure, one))]
        found += [
            _between_texts(ledger, measure, one, other)
            for one, other in combinations(said, 2)
            if one.doc != other.doc
            and (other.claim in links[one.claim] or not measure.only_linked)
            and other.claim not in parted[one.claim]
            and _meet(one.date, other.date)
            and apart(one.quantity.range, other.quantity.range)
        ]
    return found


def _said(ledger: Ledger, measure: Measure) -> list[_Said]:
    said = [
        _Said(claim.id, claim.docs[0], claim.quantity, claim.date, claim.written)
        for claim in ledger.claims
        if claim.quantity and claim.quantity.of == measure.id
    ]
    for more in ledger.constraints.amount:
        if more.quantity.of == measure.id:
            claim = ledger.claim(more.claim)
            said.append(_Said(claim.id, claim.docs[0], more.quantity, more.date or claim.date))
    return said


def apart(one: Range, other: Range) -> bool:
    """Whether no number lies in both ranges."""
    return _below(one, other) or _below(other, one)


def _below(one: Range, other: Range) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _meet(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    (first, last), (opens, closes) = bounds(one), bounds(other)
    return (first or dt.date.min) <= (closes or dt.date.max) and (opens or dt.date.min) <= (
        last or dt.date.max
    )


def _against_sources(ledger: Ledger, measure: Measure, said: _Said) -> Finding | None:
    figures = [figure for figure in measure.series if _meet(figure.date, said.date)]
    against = [figure for figure in figures if apart(said.quantity.range, figure.range)]
    if not against:
        return None
    fitting = [figure for figure in figures if figure not in against]
    text = (
        f"{who(ledger, [said.claim], [])} puts {measure.title} at "
        f"{_number(measure, said)}{_period(said)}, but other sources give "
        f"{listed(_figure(measure, figure) for figure in against)}{_factor(said, against)}"
    )
    if fitting:
        text += f"; {listed(_figure(measure, figure) for figure in fitting)} would fit"
    references = tuple(dict.fromkeys(key for figure in figures for key in figure.references))
    note = sentence(measure.note) if measure.note else ""
    return Finding("quantity", (said.claim,), sentence(text), references, note)


def _between_texts(ledger: Ledger, measure: Measure, one: _Said, other: _Said) -> Finding:
    first, second = (who(ledger, [said.claim], []) for said in (one, other))
    text = (
        f"{first} puts {measure.title} at {_number(measure, one)}{_period(one)}, "
        f"{second} at {_number(measure, other)}{_period(other)}"
    )
    keys = (*ledger.claim(one.claim).references, *ledger.claim(other.claim).references)
    note = sentence(measure.note) if measure.note else ""
    return Finding(
        "quantity", (one.claim, other.claim), sentence(text), tuple(dict.fromkeys(keys)), note
    )


def _number(measure: Measure, said: _Said) -> str:
    unit, value = _told(measure, said.quantity.unit), said.quantity.value
    if not said.written:
        return amount(value, said.quantity.range, unit)
    low, high = said.quantity.range
    # The words say themselves whether the number is about right.
    exact = value is not None and low is not None and high is not None
    plain = amount(value, (value, value) if exact else (low, high), unit)
    return f"{plain} (“{said.written}”)"


def _told(measure: Measure, unit: str) -> str:
    """The unit, where the title does not name it: "puts the ships at 40 ships" says it twice."""
    return "" if unit in _PEOPLE or unit.lower() in measure.title.lower() else unit


def _period(said: _Said) -> str:
    return f" {at(said.date)}" if said.date else ""


def _figure(measure: Measure, figure: Figure) -> str:
    date = f" {at(figure.date)}" if figure.date else ""
    note = f" ({figure.note.rstrip('.')})" if figure.note else ""
    given = amount(figure.value, figure.range, _told(measure, measure.unit))
    return f"{given}{date}{note}"


def _factor(said: _Said, against: list[Figure]) -> str:
    """How far the farthest figure lies from the claim: `, up to 2.3 times that number`."""
    base = said.quantity.value or _middle(said.quantity.range)
    values = [figure.value or _middle(figure.range) for figure in against]
    if not base or not all(values):
        return ""
    ratios = [value / base for value in values if value]
    farthest = max(ratios, key=lambda ratio: max(ratio, 1 / ratio))
    if farthest >= _WORTH_A_WORD:
        return (
            f", {'up to ' if len(ratios) > 1 else ''}{number(round(farthest, 1))} times that number"
        )
    if farthest <= 1 / _WORTH_A_WORD:
        share = number(round(100 * farthest))
        return f", {'down to ' if len(ratios) > 1 else ''}{share} per cent of that number"
    return ""


def _middle(range_: Range) -> float | None:
    ends = [end for end in range_ if end is not None]
    return sum(ends) / len(ends) if ends else None
