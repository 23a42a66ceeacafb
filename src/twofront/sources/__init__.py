"""Documents become passages, passages carry mentions. Knows text; knows no claims."""

from .dating.events import Event, Events, load_events
from .documents import (
    Document,
    Passage,
    digest,
    document_from_text,
    fold,
    guess_language,
    read_document,
)
from .exchange.formats import FORMATS, export_mentions
from .exchange.imported import (
    Orphan,
    mentions_from_web_annotations,
    read_annotations,
    with_imported,
)
from .grammar.lexicon import add_languages, languages
from .mentions import Mention, find_mentions
from .naming.gazetteer import Gazetteer, load_gazetteer
from .samples import samples

__all__ = [
    "FORMATS",
    "Document",
    "Event",
    "Events",
    "Gazetteer",
    "Mention",
    "Orphan",
    "Passage",
    "add_languages",
    "digest",
    "document_from_text",
    "export_mentions",
    "find_mentions",
    "fold",
    "guess_language",
    "languages",
    "load_events",
    "load_gazetteer",
    "mentions_from_web_annotations",
    "read_annotations",
    "read_document",
    "samples",
    "with_imported",
]
