"""A document is text with numbered paragraphs and sentences; everything else points into it.

    document.text[passage.start:passage.end]      one sentence

A paragraph is a non-blank line, counted from 1. A text whose lines were broken at a fixed
width has blank lines between its paragraphs instead, and is recognised by that. Offsets are
code points of the text as decoded, line ends untouched, without a byte order mark.

A file is told by its first bytes, not by its name: plain text, HTML, PDF or DOCX. Of the last three
the main text is taken, one line for a paragraph and a blank line between two; offsets point into
that text.

Two copies of a sentence are the same when their digests are: SHA-256 after Unicode NFC, with
every run of white space read as one space.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

from twofront.basics import BadInput, Problem, is_edtf
from twofront.basics.dates import why_no_days

from .files.encodings import decode, known
from .files.html_text import declared_encoding, is_html, text_of_html
from .grammar.lexicon import languages
from .grammar.sentences import split

LARGEST = 20 * 1024 * 1024  # bytes of text; a thousand-page book is about three million
LARGEST_PACKED = 100 * 1024 * 1024  # bytes of a PDF or DOCX file, most of them pictures
MOST_SENTENCES = 400_000  # ten times that book; each takes some 600 bytes
ACCEPTED = "plain text, HTML, PDF or DOCX"

_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Marks and signs in a row; Unicode's stream-safe text has at most 30 marks after a letter.
_PILE = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS = 30
_LINE = re.compile(r"[^\r\n]+")
_ENDS_SENTENCE = '.!?…:;»”"'
_FEWEST_LINES = 4  # of a page that keeps a width
_WIDEST_LINE = 110  # characters
_SHORT_LINE = 40  # characters of a line that may be a heading or an entry of a list


@dataclass(frozen=True, slots=True)
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
        try:
            return self._paragraphs[para]
        except KeyError:
            raise KeyError(f"{self.id} has no paragraph {para}") from None

    def sentence(self, para: int, sent: int) -> str | None:
        """The words of a sentence, or None where the document has no such sentence."""
        passage = self._sentences.get((para, sent))
        return None if passage is None else self.text[passage.start : passage.end]

    @cached_property
    def _paragraphs(self) -> dict[int, tuple[int, int]]:
        spans = {}
        for para, group in groupby(self.passages, key=lambda passage: passage.para):
            inside = list(group)
            spans[para] = inside[0].start, inside[-1].end
        return spans

    @cached_property
    def _sentences(self) -> dict[tuple[int, int], Passage]:
        return {(passage.para, passage.sent): passage for passage in self.passages}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the folded text: which text this is, whatever its file."""
        return digest(self.text)


def fold(text: str) -> str:
    """NFC, every run of white space as one space, nothing at the ends."""
    return " ".join(_composed(text).split())


def _composed(text: str) -> str:
    """NFC; piles of marks in short pieces, for ordering them takes the square of their number."""
    if not _PILE.search(text):
        return unicodedata.normalize("NFC", text)
    parts, done = [], 0
    for pile in _PILE.finditer(text):
        parts.append(unicodedata.normalize("NFC", text[done : pile.start()]))
        for at in range(pile.start(), pile.end(), _MOST_MARKS):
            piece = text[at : min(at + _MOST_MARKS, pile.end())]
            parts.append(unicodedata.normalize("NFC", piece))
        done = pile.end()
    return "".join([*parts, unicodedata.normalize("NFC", text[done:])])


def digest(text: str) -> str:
    """SHA-256 (hexadecimal) of the folded text: the same for every faithful copy."""
    return hashlib.sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()


def guess_language(text: str) -> str:
    """`ru` when most letters (of the first two million characters) are Cyrillic, else `en`."""
    text = text[:2_000_000]
    if not _CYRILLIC.search(text):
        return "en"
    if not _LATIN.search(text):
        return "ru"
    return "ru" if _count(_CYRILLIC, text) > _count(_LATIN, text) else "en"


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(m.end() - m.start() for m in letters.finditer(text))


def read_document(
    path: str | Path,
    *,
    doc_id: str | None = None,
    language: str | None = None,
    date: str | None = None,
    encoding: str | None = None,
) -> Document:
    """Read a file of plain text, HTML, PDF or DOCX. Raises `BadInput` for whatever is none.

    `encoding` is that of a plain text or HTML file; it is recognised when not given.
    """
    path = Path(path)
    if encoding is not None:
        try:
            known(encoding)
        except ValueError as error:
            problem = Problem(f'encoding "{encoding[:60]}"', "is not known", f"{error} and others")
            raise BadInput(problem) from None
    raw = _read_bytes(path)
    try:
        text, found = _text(raw, encoding)
    except ValueError as error:
        raise BadInput(Problem(str(path), str(error), ACCEPTED)) from None
    if len(text) > LARGEST:
        size = f"has {len(text) / 2**20:.1f} million characters of text"
        raise BadInput(Problem(str(path), size, f"up to {LARGEST // 2**20}"))
    return _document(text, doc_id or path.stem, language, date, path, found, str(path))


def _text(raw: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of a file, and its encoding (or `pdf`, `docx`)."""
    kind, reader = _packed(raw)
    if reader is not None:
        if encoding is not None:
            raise ValueError(f"is a {kind.upper()} file, to which --encoding does not apply")
        return reader(raw), kind
    declared = declared_encoding(raw) if encoding is None else None
    text = ""
    if declared and is_html(raw[:20_000].decode("latin-1")):
        try:
            text, found = decode(raw, known(declared))
        except ValueError:
            text = ""  # the page is wrong about itself
    if not text:
        text, found = decode(raw, encoding)
    return (text_of_html(text), found) if is_html(text) else (text, found)


def _packed(head: bytes) -> tuple[str, Callable[[bytes], str] | None]:
    """What a file is that is not text, by its signature, and what takes the text out of it."""
    if head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        from .files.pdf_text import text_of_pdf

        return "pdf", text_of_pdf
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from .files.docx_text import text_of_docx

        return "docx", text_of_docx
    return "", None


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
        with path.open("rb") as file:
            head = file.read(4096)
            largest = LARGEST_PACKED if _packed(head)[0] else LARGEST
            if status.st_size > largest:
                size = f"{status.st_size / 2**20:.1f} MB"
                raise BadInput(Problem(str(path), f"has {size}", f"up to {largest // 2**20} MB"))
            raw = head + file.read(largest)
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
        problems.append(Problem(f'date "{date}"', why_no_days(date), "1941, 1941-06, 1941-06-22"))
    if path is not None and not text.strip():
        problems.append(Problem(where, "is empty", "a text file with words in it"))
    if problems:
        raise BadInput(problems)
    language = language or guess_language(text)
    passages = _passages(text, language, where)
    return Document(doc_id, text, language, date, path, encoding, passages)


def _passages(text: str, language: str, where: str) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for para, (start, end) in enumerate(_paragraphs(text), start=1):
        for sent, (first, last) in enumerate(split(text, start, end, language), start=1):
            found.append(Passage(para, sent, first, last))
        if len(found) > MOST_SENTENCES:
            many = f"has more than {MOST_SENTENCES:,} sentences"
            raise BadInput(Problem(where, many, "a text in parts with fewer each"))
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs: lines, or the blocks of lines that a page of a fixed width has broken."""
    lines = [m.span() for m in _LINE.finditer(text) if m.group().strip()]
    wrapped = _is_wrapped(text, lines)
    blocks: list[list[int]] = []
    in_page = set() if wrapped else _lines_of_pages(text, lines)
    for k, (start, end) in enumerate(lines):
        apart = not blocks or _blank_between(text, blocks[-1][1], start)
        if not apart and (wrapped or k - 1 in in_page or _runs_on(text, lines[k - 1], start)):
            blocks[-1][1] = end
        else:
            blocks.append([start, end])
    return [(start, end) for start, end in blocks]


def _runs_on(text: str, line: tuple[int, int], after: int) -> bool:
    """Whether a line stops in the middle of a sentence that the next line goes on with."""
    said = text[line[0] : line[1]].rstrip()
    if len(said) <= _SHORT_LINE or not text[after : after + 60].lstrip()[:1].islower():
        return False
    return said[-1].isalpha() or said[-1] in ",-"


def _lines_of_pages(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """The lines after which a paragraph goes on, where part of a text keeps the page's width.

    Some lines in a row are about as long as each other and mostly stop in mid-sentence; the last
    line of a paragraph is shorter and ends with a full stop.
    """
    found: set[int] = set()
    first = 0
    for k in range(1, len(lines) + 1):
        if k < len(lines) and not (
            _blank_between(text, lines[k - 1][1], lines[k][0]) or _is_long(lines[k - 1])
        ):
            continue
        found.update(_inner_lines(text, lines, range(first, k)))
        first = k
    return found


def _inner_lines(text: str, lines: list[tuple[int, int]], run: range) -> list[int]:
    full = [k for k in run if not _is_long(lines[k])]
    if len(full) < _FEWEST_LINES:
        return []
    broken = sum(_runs_on(text, lines[k], lines[k + 1][0]) for k in full[:-1])
    if broken < 0.5 * (len(full) - 1):
        return []
    width = max(lines[k][1] - lines[k][0] for k in full)
    return [
        k for k in run[:-1]
        if lines[k][1] - lines[k][0] > (0.85 if _ends_sentence(text, lines[k]) else 0.7) * width
        and not (_is_long(lines[k + 1]) and _ends_sentence(text, lines[k]))
    ]  # fmt: skip


def _ends_sentence(text: str, line: tuple[int, int]) -> bool:
    return text[line[0] : line[1]].rstrip()[-1] in _ENDS_SENTENCE


def _is_long(line: tuple[int, int]) -> bool:
    """Whether a line is a paragraph by itself, and no line of a page."""
    return line[1] - line[0] > _WIDEST_LINE


def _blank_between(text: str, end: int, start: int) -> bool:
    between = text[end:start].replace("\r\n", "\n")
    return sum(c in "\r\n" for c in between) > 1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends are only the width of the page: short lines that stop mid-sentence."""
    if len(lines) < _FEWEST_LINES or any(_is_long(line) for line in lines):
        return False
    inner = broken = 0
    for (start, end), (after, _) in pairwise(lines):
        if not _blank_between(text, end, after):
            inner += 1
            long = len(text[start:end].rstrip()) > _SHORT_LINE
            broken += long and not _ends_sentence(text, (start, end))
    return inner >= 0.4 * len(lines) and broken > 0.6 * inner
