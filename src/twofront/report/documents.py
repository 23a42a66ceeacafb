"""Which texts the report speaks of, and the short names it gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .reading import get, items
from .words import LANGUAGES, capital, date_words


@dataclass(frozen=True)
class Text:
    """A document as the report names it."""

    id: str
    name: str
    full: str
    short: str
    """How a sentence refers to it."""
    language: str
    known: bool
    """Whether the ledger has statements of it."""
    given: bool
    """Whether the reader supplied it."""
    document: Any = None

    @property
    def tag(self) -> str:
        """The name in front of a locator: `Speech`."""
        return capital(self.short.removeprefix("the ").removeprefix("The "))

    def sentence(self, para: int | None, sent: int | None) -> str:
        """The sentence itself, when the reader's own copy is at hand."""
        for passage in items(get(self.document, "passages")):
            if passage.para == para and passage.sent == sent:
                return " ".join(self.document.text[passage.start : passage.end].split())
        return ""


def read_texts(ledger: Any, documents: Mapping[str, Any] | None) -> dict[str, Text]:
    """All texts by id: first those that the reader gave, then the others of the ledger."""
    known = _known(ledger)
    given = dict(documents or {})
    order = [*given, *(key for key in known if key not in given)]
    names = {key: _name(key, known.get(key)) for key in order}
    twice = {name for name, n in Counter(names.values()).items() if n > 1}
    texts = {}
    for key in order:
        info, document = known.get(key), given.get(key)
        name = f"{names[key]} ({key})" if names[key] in twice else names[key]
        language = get(info, "language") or get(document, "language") or "en"
        texts[key] = Text(
            id=key,
            name=name,
            full=_full(key, info),
            short=str(get(info, "short") or name),
            language=str(language),
            known=key in known,
            given=key in given,
            document=document,
        )
    return texts


def studied(texts: Mapping[str, Text]) -> list[Text]:
    """The texts of this report: those given, or all of the ledger when none was."""
    given = [text for text in texts.values() if text.given]
    return given or list(texts.values())


def _known(ledger: Any) -> dict[str, Any]:
    documents = get(ledger, "documents")
    if isinstance(documents, Mapping):
        return {str(key): info for key, info in documents.items()}
    return {str(get(info, "id")): info for info in items(documents)}


def _name(key: str, info: Any) -> str:
    if info is None:
        return key
    kind = capital(str(get(info, "genre", default="") or "Text"))
    year = str(get(info, "date", default="") or "")[:4]
    language = str(get(info, "language", default=""))
    if year.isdigit():
        return f"{kind}, {year}"
    if language and language != "en":
        return f"{kind} ({LANGUAGES.get(language, language)})"
    return kind


def _full(key: str, info: Any) -> str:
    if info is None:
        return key
    author = get(info, "author", default="")
    if not isinstance(author, str):
        author = ", ".join(map(str, author))
    date = get(info, "date", default="")
    parts = [str(get(info, "title", default=key)), author, date_words(str(date)) if date else ""]
    return ", ".join(part for part in parts if part)
