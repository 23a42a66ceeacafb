"""The dated claims in the order of time, each as the interval in which its date lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from twofront.basics import bounds, precision

from .claims import Claim
from .load import Ledger


@dataclass(frozen=True)
class DatedClaim:
    """A claim with the first and last day of its date; `None` where the date is open."""

    claim: Claim
    earliest: dt.date | None
    latest: dt.date | None
    edtf: str
    precision: str


def chronology(ledger: Ledger, docs: Iterable[str] | None = None) -> list[DatedClaim]:
    """Every claim with a date, earliest first; of two that begin together the shorter first.

    What has no beginning ("before 1756") stands where it ends.
    """
    dated = [
        DatedClaim(claim, *bounds(claim.date), claim.date, precision(claim.date))
        for claim in ledger.of(docs)
        if claim.date
    ]
    return sorted(
        dated,
        key=lambda d: (d.earliest or d.latest or dt.date.min, d.latest or dt.date.max, d.claim.id),
    )
