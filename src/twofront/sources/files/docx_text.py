"""The text of a Word document (DOCX): its paragraphs in order, then its notes; one line each.

The cells of a table row are parted by tabs, as in web pages, where no cell has several paragraphs.
Text boxes and content controls are read where they stand, tracked insertions as if accepted,
deletions not at all. Headers and footers of the page are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from .raised import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNPACKED = 200 * 1024 * 1024  # bytes of all parts; pictures are most of them
_TEXT_PART = 64 * 1024 * 1024  # bytes of one part in XML
_MEMBERS = 20_000
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}rPr", f"{_W}pPr"})
_SIGNS = {
    f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "\u2011",
}  # fmt: skip
_LOOK_BACK = 8  # characters that say what a raised figure stands behind
_NOTES = ("/footnotes", "/endnotes")


def text_of_docx(raw: bytes) -> str:
    """The text, a blank line between paragraphs. Raises ValueError with what is wrong."""
    _check_archive(raw)
    import docx
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    try:
        document: Any = docx.Document(io.BytesIO(raw))
        roots = [document.element.body]
        for relation in document.part.rels.values():
            if relation.reltype.endswith(_NOTES) and not relation.is_external:
                blob = relation.target_part.blob
                roots.append(etree.fromstring(blob, etree.XMLParser(resolve_entities=False)))
        lines = [line for root in roots for line in _lines(root)]
    except Exception as error:  # whatever a damaged file makes the libraries stumble over
        raise ValueError(f"is a damaged DOCX file ({type(error).__name__})") from None
    if not lines:
        raise ValueError("is a DOCX file without text")
    return "\n\n".join(lines)


def _check_archive(raw: bytes) -> None:
    """Refuse what is no DOCX, or unpacks to much more than a document, before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise ValueError("is a damaged ZIP archive") from None
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise ValueError("is a ZIP archive, but no DOCX file")
    if any(member.flag_bits & 1 for member in members):
        raise ValueError("is an encrypted archive")
    xml = max(
        (member.file_size for member in members if member.filename.endswith((".xml", ".rels"))),
        default=0,
    )
    if (
        len(members) > _MEMBERS
        or xml > _TEXT_PART
        or sum(member.file_size for member in members) > _UNPACKED
    ):
        raise ValueError(f"unpacks to more than {_UNPACKED // 2**20} MB, or too many parts")


def _lines(root: Any) -> Iterator[str]:
    read: set[Any] = set()  # paragraphs of rows
    for element in root.iter(f"{_W}p", f"{_W}tr"):
        if element in read or _is_left_out(element, root):
            continue
        if element.tag == f"{_W}tr":
            cells = [_cell(cell, root) for cell in element.iter(f"{_W}tc")]
            nested = element.find(f".//{_W}tbl") is not None
            if nested or any(len(cell) > 1 for cell in cells):
                continue  # a layout: what is in it is read piece by piece
            read.update(element.iter(f"{_W}p"))
            line = "\t".join(text for cell in cells for text in cell)
        else:
            line = _line(element)
        if line:
            yield line


def _cell(cell: Any, root: Any) -> list[str]:
    """The paragraphs of a cell that say something."""
    paragraphs = (p for p in cell.iter(f"{_W}p") if not _is_left_out(p, root))
    return [line for line in map(_line, paragraphs) if line]


def _line(paragraph: Any) -> str:
    return " ".join("".join(_pieces(paragraph)).split())


def _is_left_out(element: Any, root: Any) -> bool:
    while element is not None and element is not root:
        if element.tag in _LEFT_OUT:
            return True
        if element.tag == f"{_W}footnote" and element.get(f"{_W}type") in _RULES:
            return True
        element = element.getparent()
    return False


_RULES = ("separator", "continuationSeparator", "continuationNotice")


def _pieces(paragraph: Any) -> Iterator[str]:
    """What a paragraph says itself; a text box inside it has paragraphs of its own."""
    waiting = list(reversed(paragraph))
    before = ""
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or element.tag == f"{_W}p":
            continue
        if element.tag == f"{_W}t":
            text = (element.text or "").replace("\u00ad", "")  # a hyphen that may be
            if _is_raised(element.getparent()):
                text = raised(before, text)
            before = (before + text)[-_LOOK_BACK:]
            yield text
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag == f"{_W}r" and _is_hidden(element):
            continue
        else:
            waiting.extend(reversed(element))


def _is_raised(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vertAlign")
    return mark is not None and mark.get(f"{_W}val") == "superscript"


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")
