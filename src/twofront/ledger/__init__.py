"""Claims: what the texts state, where they state it, and what contradicts what."""

from .alignment import Alignment, Node, Reading, Tie, align, read_all
from .check import check
from .chronology import DatedClaim, chronology
from .claims import Claim, DocumentInfo, Locator, Quantity, Topic
from .clashes import Clash, Follows, Statement, Timeline
from .export import FORMATS, export
from .facts import Fact, FactCheck, check_facts, load_facts
from .findings import Finding
from .load import Ledger, ledger_names, load_ledger
from .timeline import timeline
from .verify import LocatorFinding, identify, locate, verify

__all__ = [
    "FORMATS",
    "Alignment",
    "Claim",
    "Clash",
    "DatedClaim",
    "DocumentInfo",
    "Fact",
    "FactCheck",
    "Finding",
    "Follows",
    "Ledger",
    "Locator",
    "LocatorFinding",
    "Node",
    "Quantity",
    "Reading",
    "Statement",
    "Tie",
    "Timeline",
    "Topic",
    "align",
    "check",
    "check_facts",
    "chronology",
    "export",
    "identify",
    "ledger_names",
    "load_facts",
    "load_ledger",
    "locate",
    "read_all",
    "timeline",
    "verify",
]
