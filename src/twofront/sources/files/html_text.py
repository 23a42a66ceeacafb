"""The main text of a web page: headings, paragraphs, list items, quotations; one line each.

Scripts, styles, forms, navigation and what is hidden are left out. When the page says which part
is its `main` (or `article`), only that part is read. White space inside a paragraph becomes one
space; a single `<br>` too, for it breaks a line and not a thought; two of them, or one before an
indented line, end the paragraph. The cells of a table row are parted by tabs.

The page is read as a stream of tags: no tree is built, so nesting costs no memory.
"""

from __future__ import annotations

import re
from typing import Any

from .raised import raised

_SKIPPED = frozenset(
    {
        "script", "style", "head", "nav", "footer", "aside", "form", "button", "select",
        "option", "input", "textarea", "noscript", "template", "iframe", "object", "embed",
        "svg", "math", "canvas", "audio", "video", "map", "dialog", "menu",
    }
)  # fmt: skip
_SKIPPED_ROLES = frozenset(
    {
        "navigation", "search", "banner", "contentinfo", "complementary", "menu", "menubar",
        "toolbar", "dialog", "alert",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    }
)  # fmt: skip
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    }
)  # fmt: skip
# An end tag that the writer may leave out: the next start tag of the list ends the element.
_ENDED_BY = {
    "p": _BLOCKS - {"title"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option", "optgroup"},
    "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"},
    "tr": {"tr", "tbody", "thead", "tfoot"},
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INDENT = re.compile(r"[\s\u00a0\u2000-\u200a\u3000]*[\u00a0\u2000-\u200a\u3000]{2,}")
_SHAPE = re.compile(
    r"(?:\ufeff|\s|<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|p|div|article|main|section|h1|h2|table"
    r"|script|style|base|font|center)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})|"
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_FED = 1 << 16  # characters given to the parser at a time
_SUP = 3  # how deep the figures of a note may stand in their `sup`


def is_html(text: str) -> bool:
    """Whether a text begins as web pages do."""
    return _SHAPE.match(text[:20_000]) is not None


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page names in its first bytes, as browsers look for it."""
    match = _CHARSET.search(raw[:4096])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii")
    # A page that can be read as bytes at all is not in UTF-16, whatever it says.
    return "utf-8" if name.lower().startswith("utf-16") else name


def text_of_html(page: str) -> str:
    """The main text, a blank line between paragraphs. Raises ValueError when there is none."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    declaration = _DECLARATION.match(page)
    page = page[declaration.end() if declaration else 0 :].translate(_NO_NOTHING)
    gathered = _Text()
    parser: Any = etree.HTMLParser(target=gathered, huge_tree=True, remove_comments=True)
    try:
        for at in range(0, len(page), _FED):
            parser.feed(page[at : at + _FED])
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise ValueError(f"is a damaged HTML page: {error}") from None
    text = gathered.text()
    if not text:
        raise ValueError("is an HTML page without text of its own")
    return text


# A parser would take NUL for the end, and U+FEFF for a letter of the first word.
_NO_NOTHING = {0: "\ufffd", 0xFEFF: None, 0xAD: None}


class _Text:
    """Takes the tags as they come and keeps the lines."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.skipping: list[int] = []  # depths at which something left out was opened
        self.inside: dict[str, list[int]] = {"main": [], "article": []}
        self.line: list[str] = []
        self.breaks = 0
        self.indent: list[str] = []  # white space since the last break
        self.verbatim: list[int] = []
        self.lines: list[tuple[str, bool, bool]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        while self.open and tag in _ENDED_BY.get(self.open[-1], ()):
            self._close(self.open[-1])
        if tag in _BLOCKS:
            self._flush()
        elif tag == "br":
            self._break()
        elif tag in ("td", "th") and any(part.strip() for part in self.line):
            self.line.append("\t")
        if tag in _VOID:
            return
        depth = len(self.open)
        self.open.append(tag)
        role = attributes.get("role", "").strip().lower()
        if self._left_out(tag, role, attributes):
            self.skipping.append(depth)
        if tag == "main" or role == "main":
            self.inside["main"].append(depth)
        if tag == "article" or role == "article":
            self.inside["article"].append(depth)
        if tag == "pre":
            self.verbatim.append(depth)

    def _left_out(self, tag: str, role: str, attributes: dict[str, str]) -> bool:
        # The header of an article has its title; that of a page its name and menus.
        within = self.inside["main"] or self.inside["article"]
        return (
            tag in _SKIPPED
            or role in _SKIPPED_ROLES
            or (tag == "header" and not within)
            or "hidden" in attributes
            or attributes.get("aria-hidden", "").lower() == "true"
            or bool(_HIDDEN.search(attributes.get("style", "")[:1000]))
        )

    def end(self, tag: str) -> None:
        """An end tag. One that ends nothing is passed over."""
        if tag in _VOID or tag not in self.open[-_REACH:]:
            return
        while self.open[-1] != tag:
            self._close(self.open[-1])
        self._close(tag)

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        self.open.pop()
        depth = len(self.open)
        for depths in (self.skipping, self.verbatim, *self.inside.values()):
            if depths and depths[-1] >= depth:
                depths.pop()

    def data(self, text: str) -> None:
        """Text between tags."""
        if self.skipping:
            return
        text = text.replace("\u00ad", "")  # what "&shy;" stands for
        if "sup" in self.open[-_SUP:]:
            text = raised("".join(self.line[-2:]), text)
        if self.verbatim:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in others:
                self._flush()
                self.line.append(line)
            return
        if self.breaks:
            # Entities come one by one: what stands before the first word is gathered first.
            self.indent.append(text)
            if not text.strip():
                return
            text = "".join(self.indent)
            if _INDENT.match(text):
                self._flush()
            self.breaks, self.indent = 0, []
        self.line.append(_SPACE.sub(" ", text))

    def _break(self) -> None:
        if self.skipping:
            return
        self.breaks += 1
        if self.breaks > 1 or self.verbatim:
            self._flush()
        else:
            self.line.append(" ")

    def _flush(self) -> None:
        cells = "".join(self.line).split("\t") if self.line else []
        line = "\t".join(cell for cell in (" ".join(cell.split()) for cell in cells) if cell)
        self.line, self.breaks, self.indent = [], 0, []
        if line:
            self.lines.append((line, bool(self.inside["main"]), bool(self.inside["article"])))

    def comment(self, text: str) -> None:
        """Comments say nothing."""

    def close(self) -> None:
        """The end of the page."""
        self._flush()

    def text(self) -> str:
        """The lines of the main part, else of the articles, else of the page."""
        for part in (1, 2):
            chosen = [line[0] for line in self.lines if line[part]]
            if any(c.isalpha() for line in chosen for c in line[:200]):
                return "\n\n".join(chosen)
        return "\n\n".join(line for line, _, _ in self.lines)


_REACH = 500  # how many open elements an end tag is looked for in
