"""The dated claims in the order of time, each as the interval in which its date lies.

A number often has no date of its own: its sentence has ("On 20 September they lost 2,002 men"), or
one before it in its paragraph. `implied_dates` infers it from the claims that date these, and says
from where; the claim itself stays without.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from twofront.basics import bounds, precision

from .claims import Claim
from .load import Ledger
from .statements import UNITS

DateFrom = Literal["stated", "sentence", "paragraph"]
"""Where a claim has its date from: itself, or inferred from its sentence or paragraph."""


@dataclass(frozen=True)
class DatedClaim:
    """A claim with the first and last day of its date; `None` where the date is open."""

    claim: Claim
    earliest: dt.date | None
    latest: dt.date | None
    edtf: str
    precision: str
    date_from: DateFrom = "stated"


def chronology(
    ledger: Ledger, docs: Iterable[str] | None = None, *, implied: bool = False
) -> list[DatedClaim]:
    """Every claim with a date, earliest first; of two that begin together the shorter first.

    What has no beginning ("before 1756") stands where it ends. With `implied` also the numbers
    whose date is inferred (`implied_dates`).
    """
    inferred = implied_dates(ledger) if implied else {}
    found: list[tuple[Claim, str, DateFrom]] = []
    for claim in ledger.of(docs):
        if claim.date:
            found.append((claim, claim.date, "stated"))
        elif claim.id in inferred:
            found.append((claim, *inferred[claim.id]))
    dated = [
        DatedClaim(claim, *bounds(edtf), edtf, precision(edtf), origin)
        for claim, edtf, origin in found
    ]
    return sorted(
        dated,
        key=lambda d: (d.earliest or d.latest or dt.date.min, d.latest or dt.date.max, d.claim.id),
    )


def implied_dates(ledger: Ledger) -> dict[str, tuple[str, DateFrom]]:
    """The dates of numbers that have none of their own, by claim: the EDTF date and where from.

    In the sentence it is the last date before the number, else the first after it; in the
    paragraph the last one of an earlier sentence. What is open ("before 1756") dates nothing else,
    and what is a length of days or years itself has no date.
    Claims of a sentence are in the order of their text, as `ledger build` writes them.
    """
    told: dict[tuple[str, int], list[tuple[int, int, str]]] = {}  # by paragraph
    for order, claim in enumerate(ledger.claims):
        if claim.date and precision(claim.date) != "open":
            for place in claim.locators:
                dates = told.setdefault((place.doc, place.para), [])
                dates.append((place.sent, order, claim.date))
    found: dict[str, tuple[str, DateFrom]] = {}
    for order, claim in enumerate(ledger.claims):
        if claim.kind != "quantity" or claim.date:
            continue
        if claim.quantity and claim.quantity.unit in UNITS:
            continue
        place = claim.locators[0]
        dates = sorted(told.get((place.doc, place.para), ()))
        here = [(at, date) for sent, at, date in dates if sent == place.sent]
        before = [date for at, date in here if at < order]
        earlier = [date for sent, _, date in dates if sent < place.sent]
        if here:
            found[claim.id] = (before[-1] if before else here[0][1], "sentence")
        elif earlier:
            found[claim.id] = (earlier[-1], "paragraph")
    return found
