"""The text of a PDF: lines become paragraphs again; one line each.

A PDF knows where letters stand, not what a paragraph is. A new one begins where a line is
indented, after a gap, in another size of type, or after a line that stops short at the end of a
sentence. A hyphen at the end of a line goes, unless the text writes the word with it elsewhere.
Lines that repeat at the top or bottom of pages (running heads, page numbers) are left out; notes
in smaller type at the foot of a page follow the paragraph that runs over it.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from .raised import raised

_PAGES = 20_000
_UNPACKED = 100 * 1024 * 1024  # bytes of all page descriptions
_OPERATORS = 20_000_000  # drawing steps; a page of prose has one or two thousand
_PICTURE = 500  # steps that a nested drawing counts for, so that drawings cannot nest for ever
_LONGEST = 20 * 1024 * 1024  # characters

_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", 0xFEFF: None, 0: None,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENS = "-\u2010\u00ad"
_HYPHENED = re.compile(rf"([^\W\d_]+|\d+)\s?[{_HYPHENS}]\Z")
_STOPS = re.compile(r"[.!?…:;][\"'”’»“)\]\d]*\Z")
_BULLET = re.compile(r"[•‣◦▪●–—*]\s")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
_SMALL = 0.85  # of the type beside it: what raised figures are set in at most
_RISE = (0.1, 0.8)  # how far they stand above its line, in its size
_LOOK_BACK = 8  # characters that say what a raised figure stands behind
_EDGE = 2  # lines at the top and bottom of a page that may be heads or page numbers


@dataclass
class _Line:
    """A line of print: its words, where it begins, the size of its type."""

    text: str
    x: float
    y: float
    size: float
    page: int


def text_of_pdf(raw: bytes) -> str:
    """The text, a blank line between paragraphs. Raises ValueError with what is wrong."""
    with _quiet():
        pages = _pages(raw)
    if not pages:
        raise ValueError("is a PDF without pages")
    lines = [line for page in _without_heads(pages) for line in page]
    letters = sum(c.isalpha() for line in lines for c in line.text)
    if letters < 2 * len(pages):
        raise ValueError("is a PDF without text: a scan needs its letters recognised (OCR) first")
    strange = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " " for line in lines for c in line.text
    )
    if strange > 0.2 * letters:
        raise ValueError("is a PDF whose type says not which letters it draws")
    return "\n\n".join(_paragraphs(lines))


@contextmanager
def _quiet() -> Iterator[None]:
    """The library's remarks about slightly wrong files are nothing for the reader."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _pages(raw: bytes) -> list[list[_Line]]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    encrypted = "is an encrypted PDF; a copy without password is needed"
    try:
        reader = PdfReader(io.BytesIO(raw))
        if len(reader.pages) > _PAGES:
            raise _TooMuch
        room = _Room()
        return [_read(page, number, room) for number, page in enumerate(reader.pages)]
    except (FileNotDecryptedError, DependencyError):
        raise ValueError(encrypted) from None
    except (_TooMuch, LimitReachedError, MemoryError):
        raise ValueError("is a PDF that unpacks to more than any book") from None
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise ValueError(f"is a damaged PDF ({type(error).__name__})") from None


class _TooMuch(Exception):
    """More than a document can hold."""


class _Room:
    """What may still be read."""

    def __init__(self) -> None:
        self.operators, self.letters, self.bytes = _OPERATORS, _LONGEST, _UNPACKED
        self.risen = False  # whether text was raised by its own operator since it was asked

    def step(self, operator: Any, operands: Any, *_: Any) -> None:
        """Counts a drawing step."""
        if operator == b"Ts":
            self.risen |= bool(operands) and float(operands[0]) > 0
        self.operators -= _PICTURE if operator == b"Do" else 1
        if self.operators < 0:
            raise _TooMuch

    def text(self, text: str) -> None:
        """Counts letters."""
        self.letters -= len(text)
        if self.letters < 0:
            raise _TooMuch

    def page(self, contents: Any) -> None:
        """Counts the bytes of a page's description."""
        self.bytes -= len(contents.get_data()) if contents is not None else 0
        if self.bytes < 0:
            raise _TooMuch


def _read(page: Any, number: int, room: _Room) -> list[_Line]:
    lines: list[_Line] = []
    parts: list[str] = []
    place: tuple[float, float, float] | None = None
    beside: tuple[float, float] | None = None  # height and size of the type before, if not raised

    def end() -> None:
        nonlocal place, beside
        text = " ".join("".join(parts).translate(_LIGATURES).split())
        if text:
            text = text[:-1].replace("\u00ad", "") + text[-1]  # a hyphen that may be
            lines.append(_Line(text, *(place or (0.0, 0.0, 0.0)), number))
        parts.clear()
        place = beside = None

    def take(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        nonlocal place, beside
        room.text(text)
        for n, part in enumerate(text.split("\n")):
            if n:
                end()
            if not part.strip():
                parts.append(part)
                continue
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[1]) or 1.0
            here = float(y), abs(float(size or 0.0) * scale)
            place = place or (float(x), *here)
            if beside and part.strip().isdecimal() and _is_raised(beside, here, room.risen):
                # The reader puts a space wherever the type changes.
                before = "".join(parts[-_LOOK_BACK:])
                parts.append(raised(before, part.strip()))
            else:
                parts.append(part)
                beside = here
            room.risen = False

    room.page(page.get_contents())
    page.extract_text(visitor_text=take, visitor_operand_before=room.step)
    end()
    return lines


def _is_raised(beside: tuple[float, float], here: tuple[float, float], risen: bool) -> bool:
    """Whether type stands above the line that it is in, and is smaller."""
    (line, size), (y, small) = beside, here
    low, high = _RISE
    return 0 < small <= _SMALL * size and (risen or low * size <= y - line <= high * size)


def _without_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Pages without the lines that stand at the top or bottom of several of them."""
    anywhere: Counter[tuple[bool, str]] = Counter()
    at_height: Counter[tuple[int, str]] = Counter()
    edges = [_edges(page) for page in pages]
    for top, bottom in edges:
        anywhere.update({(True, _form(line.text)) for line in top})
        anywhere.update({(False, _form(line.text)) for line in bottom})
        at_height.update({(round(line.y), _form(line.text)) for line in top + bottom})
    kept = []
    for page, edge in zip(pages, edges):
        heads = set()
        for at_top, side in zip((True, False), edge):
            # From the edge inwards: what stands within the first line of text is text.
            for line in side:
                form = _form(line.text)
                if anywhere[at_top, form] < 3 and at_height[round(line.y), form] < 2:
                    break
                heads.add(id(line))
        kept.append([line for line in page if id(line) not in heads])
    return kept


def _edges(page: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines at the top and at the bottom, the outermost first."""
    ordered = sorted(page, key=lambda line: -line.y)
    return ordered[:_EDGE], ordered[max(_EDGE, len(ordered) - _EDGE) :][::-1]


def _form(text: str) -> str:
    """A head without its page number: what stays the same from page to page."""
    return _NUMBER.sub("#", text.lower()).strip()


def _paragraphs(lines: list[_Line]) -> list[str]:
    body = _body_size(lines)
    words = Counter(word.lower() for line in lines for word in _words(line.text))
    found: list[str] = []
    notes: list[_Line] = []
    open_: list[_Line] = []
    columns = _columns(lines)
    margins, widths, gaps = _margins(columns), _widths(columns), _gap(columns)

    def close() -> None:
        if open_:
            found.append(_joined(open_, words))
            open_.clear()
        waiting, notes[:] = notes[:], []
        if waiting:
            found.extend(_joined(part, words) for part in _split_notes(waiting))

    last_of_page = {line.page: line for line in lines if line.size >= 0.9 * body}
    for line in lines:
        at_foot = (
            line.size < 0.9 * body
            and line.page in last_of_page
            and line.y < last_of_page[line.page].y
        )
        if at_foot:
            notes.append(line)
            continue
        hanging = open_ and _BULLET.match(open_[0].text) and line.x > open_[0].x + 1
        if open_ and _begins(open_[-1], line, margins, widths, gaps, body, bool(hanging)):
            close()
        open_.append(line)
    close()
    return found


def _words(text: str) -> Iterator[str]:
    """The words of a line, compounds whole; what is cut at its end does not count."""
    cut = _HYPHENED.search(text)
    return (m.group() for m in _COMPOUND.finditer(text, 0, cut.start() if cut else len(text)))


_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _body_size(lines: list[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _columns(lines: list[_Line]) -> list[list[_Line]]:
    """Lines that go down a page one under the other."""
    columns: list[list[_Line]] = []
    for line in lines:
        last = columns[-1][-1] if columns else None
        if last is None or line.page != last.page or line.y > last.y + 1:
            columns.append([])
        columns[-1].append(line)
    return columns


def _margins(columns: list[list[_Line]]) -> dict[int, float]:
    """The left edge for each line: the most frequent beginning in its column."""
    margins: dict[int, float] = {}
    for column in columns:
        begins = Counter(round(line.x) for line in column)
        most = max(begins.values())
        edge = min(x for x, times in begins.items() if times == most)
        margins.update((id(line), edge) for line in column)
    return margins


def _widths(columns: list[list[_Line]]) -> dict[int, float]:
    """Letters of a full line in the column of each line."""
    widths: dict[int, float] = {}
    for column in columns:
        lengths = sorted(len(line.text) for line in column)
        full = lengths[int(0.8 * (len(lengths) - 1))]
        widths.update((id(line), full) for line in column)
    return widths


def _gap(columns: list[list[_Line]]) -> float:
    """The usual distance of two lines, in sizes of type."""
    steps = [
        (a.y - b.y) / a.size
        for column in columns
        for a, b in pairwise(column)
        if a.size > 0 and a.y - b.y > 0.5 * a.size and abs(a.size - b.size) < 0.5
    ]
    return median(steps) if steps else 1.2


def _begins(
    a: _Line,
    b: _Line,
    margins: dict[int, float],
    widths: dict[int, float],
    gap: float,
    body: float,
    hanging: bool,
) -> bool:
    """Whether line b begins a paragraph after line a. `hanging`: b is under an item of a list."""
    size = max(a.size, b.size, 0.1)
    if abs(a.size - b.size) > 0.12 * size or _BULLET.match(b.text):
        return True
    cut = _HYPHENED.search(a.text)
    if cut and (b.text[:1].islower() or (b.text[:1].isalnum() and cut.end(1) == cut.end() - 1)):
        return False
    together = a.page == b.page and b.y <= a.y + 1
    if together and (a.y - b.y) / size > 1.35 * gap:
        return True
    if together and (hanging or size > 1.12 * body):
        return False  # an item goes on, a heading takes several lines
    indent_a, indent_b = a.x - margins[id(a)], b.x - margins[id(b)]
    short = len(a.text) < 0.8 * widths[id(a)]
    ends = bool(_STOPS.search(a.text))
    if 0.6 * size < indent_b < 8 * size and (not together or abs(indent_a - indent_b) > 1):
        return ends or short or together
    if ends:
        return short
    return len(a.text) < 0.6 * widths[id(a)] and not b.text[:1].islower()


def _split_notes(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Notes begin with a number or a star."""
    part: list[_Line] = []
    for line in lines:
        if part and re.match(r"[\d*†]", line.text):
            yield part
            part = []
        part.append(line)
    yield part


def _joined(lines: list[_Line], words: Counter[str]) -> str:
    parts: list[str] = []
    for n, line in enumerate(lines):
        text = line.text
        follows = lines[n + 1].text if n + 1 < len(lines) else ""
        cut = _HYPHENED.search(text) if follows else None
        if cut is None:
            parts.append(text + (" " if follows else ""))
        elif _is_compound(text, cut, follows, words):
            parts.append(text[: cut.end(1)] + "-")
        else:
            parts.append(text[: cut.end(1)])
    return "".join(parts).strip()


def _is_compound(text: str, cut: re.Match[str], follows: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line belongs to the word."""
    if text[-1] == "\u00ad":
        return False
    after = _WORD.match(follows)
    if after is None or not follows[0].islower():
        return True  # 1941-1945, Anglo-Saxon
    head, tail = cut[1].lower(), after.group().lower()
    if words[head + tail]:
        return False
    if follows[after.end() : after.end() + 1] == "-":
        return True  # commander-|in-chief
    return bool(words[f"{head}-{tail}"]) or text[: cut.start()].endswith("-")
