"""What in the ledger cannot all be true, each contradiction in one plain sentence.

    chronology   dates and distances in time            check_dates.py
    quantity     numbers of the same thing              check_amounts.py
    attribution, cause, outcome, extent
                 different answers to one question      check_accounts.py
    texts        claims marked as conflicting, where no finding above says why

A finding is not a verdict on who is right: it names both sides.
"""

from __future__ import annotations

from collections.abc import Iterable

from .check_accounts import check_accounts
from .check_amounts import check_amounts
from .check_dates import check_dates
from .findings import Finding
from .load import Ledger
from .words import sentence, who


def check(ledger: Ledger, docs: Iterable[str] | None = None) -> list[Finding]:
    """Every contradiction among the claims of some documents (of all when `docs` is None),
    and between them and other sources."""
    claims = {claim.id for claim in ledger.of(docs)}
    findings = [
        *check_dates(ledger, claims),
        *check_amounts(ledger, claims),
        *check_accounts(ledger, claims),
    ]
    return findings + _unexplained(ledger, claims, findings)


def _unexplained(ledger: Ledger, claims: set[str], findings: list[Finding]) -> list[Finding]:
    explained = {
        frozenset((one, other))
        for finding in findings
        for one in finding.claims
        for other in finding.claims
    }
    found = []
    for claim in ledger.claims:
        for other_id in claim.conflicts_with:
            pair = frozenset((claim.id, other_id))
            if not pair <= claims or pair in explained:
                continue
            explained.add(pair)
            other = ledger.claim(other_id)
            sides = [
                f"{party.paraphrase.rstrip('.')}, according to {who(ledger, [party.id], [])}"
                for party in (claim, other)
            ]
            references = tuple(dict.fromkeys((*claim.references, *other.references)))
            found.append(
                Finding("texts", (claim.id, other_id), sentence("; ".join(sides)), references)
            )
    return found
