"""One question, different answers: who said it, why it happened, what came of it."""

from __future__ import annotations

from .findings import Finding
from .load import Ledger
from .statements import Version
from .words import sentence, who


def check_accounts(ledger: Ledger, claims: set[str]) -> list[Finding]:
    """A finding for every question on which a text differs from another text or other sources."""
    found = []
    for account in ledger.constraints.account:
        versions = [kept for version in account.version if (kept := _within(version, claims))]
        parties = tuple(dict.fromkeys(claim for version in versions for claim in version.claims))
        if len(versions) < 2 or not parties:
            continue
        answers = [_answer(ledger, version) for version in versions]
        text = f"{account.title}: {'; '.join(answers)}"
        references = tuple(dict.fromkeys(key for v in versions for key in v.references))
        notes = [account.reconciled, *(version.note for version in versions)]
        note = " ".join(sentence(text) for text in notes if text)
        found.append(Finding(account.kind, parties, sentence(text), references, note))
    return found


def _within(version: Version, claims: set[str]) -> Version | None:
    kept = tuple(claim for claim in version.claims if claim in claims)
    if not kept and not version.references:
        return None
    return version.model_copy(update={"claims": kept})


def _answer(ledger: Ledger, version: Version) -> str:
    speaker = who(ledger, version.claims, version.references)
    return f"{version.says.rstrip('.')}, according to {speaker}"
