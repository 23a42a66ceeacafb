"""Documents become passages, passages carry mentions. Knows text; knows no claims."""

from .documents import (
    Document,
    Passage,
    digest,
    document_from_text,
    fold,
    guess_language,
    read_document,
)
from .gazetteer import Gazetteer, load_gazetteer
from .mentions import Mention, find_mentions
from .samples import samples

__all__ = [
    "Document",
    "Gazetteer",
    "Mention",
    "Passage",
    "digest",
    "document_from_text",
    "find_mentions",
    "fold",
    "guess_language",
    "load_gazetteer",
    "read_document",
    "samples",
]
