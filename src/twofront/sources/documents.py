"""A document is text with numbered paragraphs and sentences; everything else points into it.

    document.text[passage.start:passage.end]      one sentence

A paragraph is a non-blank line, counted from 1. A text whose lines were broken at a fixed
width has blank lines between its paragraphs instead, and is recognised by that. Offsets are
code points of the text as decoded, line ends untouched, without a byte order mark.

Two copies of a sentence are the same when their digests are: SHA-256 after Unicode NFC, with
every run of white space read as one space.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from twofront.basics import BadInput, Problem, is_edtf

from .encodings import decode
from .lexicon import languages
from .sentences import split

LARGEST = 20 * 1024 * 1024  # bytes; a thousand-page book is about three million

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True)
class Passage:
    """A sentence: its paragraph and its place in it (both from 1), and its offsets."""

    para: int
    sent: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A text, where it came from, when it was written, and its sentences."""

    id: str
    text: str
    language: str
    date: str | None
    path: Path | None
    encoding: str
    passages: tuple[Passage, ...]

    def paragraph(self, para: int) -> tuple[int, int]:
        """Offsets of a paragraph, from its first sentence to its last."""
        inside = [passage for passage in self.passages if passage.para == para]
        if not inside:
            raise KeyError(f"{self.id} has no paragraph {para}")
        return inside[0].start, inside[-1].end

    def sentence(self, para: int, sent: int) -> str | None:
        """The words of a sentence, or None where the document has no such sentence."""
        for passage in self.passages:
            if passage.para == para and passage.sent == sent:
                return self.text[passage.start : passage.end]
        return None


def fold(text: str) -> str:
    """NFC, every run of white space as one space, nothing at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(text: str) -> str:
    """SHA-256 (hexadecimal) of the folded text: the same for every faithful copy."""
    return hashlib.sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()


def guess_language(text: str) -> str:
    """`ru` when most letters are Cyrillic, else `en`."""
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def read_document(
    path: str | Path,
    *,
    doc_id: str | None = None,
    language: str | None = None,
    date: str | None = None,
) -> Document:
    """Read a plain text file. Raises `BadInput` for whatever is not one."""
    path = Path(path)
    raw = _read_bytes(path)
    try:
        text, encoding = decode(raw)
    except ValueError as error:
        accepted = "plain text in UTF-8, UTF-16 or a Russian or Western single-byte encoding"
        raise BadInput(Problem(str(path), str(error), accepted)) from None
    return _document(text, doc_id or path.stem, language, date, path, encoding, str(path))


def document_from_text(
    text: str, *, doc_id: str, language: str | None = None, date: str | None = None
) -> Document:
    """A document made of a string."""
    return _document(text, doc_id, language, date, None, "utf-8", doc_id)


def _read_bytes(path: Path) -> bytes:
    # The size is asked before anything is read: a huge file must not fill the memory first.
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(Problem(str(path), "is a directory", "a text file"))
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(Problem(str(path), "is not a regular file", "a text file"))
        if status.st_size > LARGEST:
            size = f"{status.st_size / 2**20:.1f} MB"
            raise BadInput(Problem(str(path), f"has {size}", f"up to {LARGEST // 2**20} MB"))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BadInput(Problem(str(path), "no such file", "a text file")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(Problem(str(path), f"cannot be read: {reason}", "a text file")) from None
    if not raw.strip():
        raise BadInput(Problem(str(path), "is empty", "a text file with words in it"))
    return raw


def _document(
    text: str,
    doc_id: str,
    language: str | None,
    date: str | None,
    path: Path | None,
    encoding: str,
    where: str,
) -> Document:
    problems = []
    if language is not None and language not in languages():
        problems.append(Problem(f'language "{language}"', "not known", ", ".join(languages())))
    if date is not None and not is_edtf(date):
        problems.append(Problem(f'date "{date}"', "not an EDTF date", "1941, 1941-06, 1941-06-22"))
    if path is not None and not text.strip():
        problems.append(Problem(where, "is empty", "a text file with words in it"))
    if problems:
        raise BadInput(problems)
    language = language or guess_language(text)
    return Document(doc_id, text, language, date, path, encoding, _passages(text, language))


def _passages(text: str, language: str) -> tuple[Passage, ...]:
    found = []
    for para, (start, end) in enumerate(_paragraphs(text), start=1):
        for sent, (first, last) in enumerate(split(text, start, end, language), start=1):
            found.append(Passage(para, sent, first, last))
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines = [m.span() for m in _LINE.finditer(text) if m.group().strip()]
    if not _is_wrapped(text, lines):
        return lines
    blocks: list[list[int]] = []
    for start, end in lines:
        if blocks and not _blank_between(text, blocks[-1][1], start):
            blocks[-1][1] = end
        else:
            blocks.append([start, end])
    return [(start, end) for start, end in blocks]


def _blank_between(text: str, end: int, start: int) -> bool:
    between = text[end:start].replace("\r\n", "\n")
    return sum(c in "\r\n" for c in between) > 1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends are only the width of the page: short lines that stop mid-sentence."""
    if len(lines) < 4 or max(end - start for start, end in lines) > 110:
        return False
    inner = [
        text[start:end].rstrip()
        for (start, end), (after, _) in pairwise(lines)
        if not _blank_between(text, end, after)
    ]
    broken = sum(line[-1] not in '.!?…:;»”"' and len(line) > 40 for line in inner)
    return len(inner) >= 0.4 * len(lines) and broken > 0.6 * len(inner)
