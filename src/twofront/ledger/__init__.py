"""Claims: what the texts state, where they state it, and what contradicts what."""

from .check import check
from .chronology import DatedClaim, chronology
from .claims import Claim, DocumentInfo, Locator, Quantity, Topic
from .export import FORMATS, export
from .findings import Finding
from .load import Ledger, ledger_names, load_ledger
from .verify import LocatorFinding, identify, locate, verify

__all__ = [
    "FORMATS",
    "Claim",
    "DatedClaim",
    "DocumentInfo",
    "Finding",
    "Ledger",
    "Locator",
    "LocatorFinding",
    "Quantity",
    "Topic",
    "check",
    "chronology",
    "export",
    "identify",
    "ledger_names",
    "load_ledger",
    "locate",
    "verify",
]
