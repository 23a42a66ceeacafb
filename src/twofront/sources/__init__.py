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
from .events import Event, Events, load_events
from .gazetteer import Gazetteer, load_gazetteer
from .lexicon import add_languages, languages
from .mentions import Mention, find_mentions
from .samples import samples

__all__ = [
    "Document",
    "Event",
    "Events",
    "Gazetteer",
    "Mention",
    "Passage",
    "add_languages",
    "digest",
    "document_from_text",
    "find_mentions",
    "fold",
    "guess_language",
    "languages",
    "load_events",
    "load_gazetteer",
    "read_document",
    "samples",
]
