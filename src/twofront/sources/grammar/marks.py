"""Where quotation marks open and close, in any of their shapes; an apostrophe is none.

    “…” «…» „…“ „…” "…" ''…'' ‘…’ '…'       a mark inside another's pair is nested
    “… ¶ “… ¶ “…”                            a quotation that goes on in the next paragraph

A closing mark may be missing: the paragraph then ends the quotation, and the next one goes on
with it where it begins with an opening mark or holds the mark that was missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'", "‚": "‘’", "”": "”"}
_DOUBLE = '“«„"'
_CLOSING = "”»"
_SINGLE = "‘'‚"
_DEEPEST = 12  # quotations inside each other
_NEAR = 3  # and one between straight marks, which look alike, no longer than this
_ANY_MARK = re.compile("[“”„«»\"‘’'‚]")
_ENDS_WORDS = '.,!?;:…—–-)»”"“'
_FAR = 12  # paragraphs: a quotation without marks goes on no longer than this


@dataclass
class Marks:
    """A stretch between quotation marks (the marks outside), as found in the characters."""

    start: int
    end: int
    level: int
    closed: bool
    mark: str = ""
    continues: bool = False
    para: int = 0
    outer: Marks | None = None


def marks_of(text: str, paragraphs: list[tuple[int, int, int]]) -> list[Marks]:
    """All stretches between quotation marks; paragraphs are (number, start, end)."""
    found: list[Marks] = []
    pending = ""  # the mark that the paragraph before left open
    for k, (number, start, end) in enumerate(paragraphs):
        if not pending and not _ANY_MARK.search(text, start, end):
            continue
        lead = ""
        if pending and not _opens_paragraph(text, start, end, pending):
            lead = pending if _resumes(text, paragraphs, k, pending) else ""
            if not lead:
                pending = ""
        after = paragraphs[k + 1] if k + 1 < len(paragraphs) else None
        leads_on = after is not None and _opens_paragraph(text, after[1], after[2], "‘")
        here = _Paragraph(text, start, end, leads_on).read(lead)
        for marks in here:
            marks.para = number
            if (
                marks.outer is None
                and pending
                and not text[start : marks.start].strip(" \t\u00a0“«„\"'‘")
            ):
                marks.continues = True
                pending = ""
        last = here[-1] if here else None
        tops = [marks for marks in here if marks.outer is None]
        pending = tops[-1].mark if last is not None and not tops[-1].closed else ""
        found.extend(here)
    return found


def _opens_paragraph(text: str, start: int, end: int, mark: str) -> bool:
    head = text[start : min(end, start + 4)].lstrip()
    return bool(head) and (head[0] == mark or (mark == "«" and head[0] == "»"))


def _resumes(text: str, paragraphs: list[tuple[int, int, int]], k: int, mark: str) -> bool:
    """Whether the missing mark comes later, before any other quotation opens."""
    if mark == '"':
        return _closes_later(text, paragraphs[k : k + _NEAR])
    if mark not in "“«‘":
        return False
    for _, start, end in paragraphs[k : k + _FAR]:
        for i in range(start, end):
            c = text[i]
            if c == mark:
                return False
            if c in _CLOSERS[mark] and (c != "’" or _closes_single(text, i, end) == "sure"):
                return True
    return False


def _closes_later(text: str, paragraphs: list[tuple[int, int, int]]) -> bool:
    """Whether the next straight mark closes what a paragraph before left open."""
    for _, start, end in paragraphs:
        i = text.find('"', start + 1, end)
        if i != -1:
            before, after = text[i - 1], text[i + 1] if i + 1 < end else " "
            closes = not (before.isspace() or before.isdecimal() or before in "([—–-")
            return closes and (not after.isalnum() or bool(_FOOTNOTE.match(text, i + 1, end)))
    return False


class _Paragraph:
    """The marks of one paragraph, read from left to right with a stack of what is open.

    `leads_on`: the next paragraph opens with a single mark, so that one may be left open here.
    """

    def __init__(self, text: str, start: int, end: int, leads_on: bool = False) -> None:
        self.text, self.start, self.end, self.leads_on = text, start, end, leads_on
        self.stack: list[tuple[int, str]] = []
        self.found: list[Marks] = []

    def read(self, lead: str = "") -> list[Marks]:
        """All marks in order; `lead` is the mark that an earlier paragraph left open."""
        if lead:
            self.stack.append((self.start, lead))
        i = self.start
        while True:
            match = _ANY_MARK.search(self.text, i, self.end)
            if not match:
                break
            i = self._mark(match.start())
        self._close_rest()
        self.found.sort(key=lambda marks: (marks.start, -marks.end))
        around: list[Marks] = []
        for marks in self.found:
            while around and around[-1].end < marks.end:
                around.pop()
            marks.outer = around[-1] if around else None
            marks.level = len(around)
            around.append(marks)
        return self.found

    def _mark(self, i: int) -> int:
        """Handle the mark at i; the position to go on from."""
        if len(self.stack) > _DEEPEST:
            del self.stack[:-_DEEPEST]  # nobody quotes so deeply: the outer ones were never closed
        text, c = self.text, self.text[i]
        if c == "'" and text[i : i + 2] == "''" and i + 1 < self.end:
            return self._double(i, 2)
        if c == '"':
            return self._double(i, 1)
        if c in _SINGLE or c == "’":
            return self._single(i, c)
        width = 1
        while i + width < self.end and text[i + width] == c:
            width += 1  # doubled marks open or close once
        before, after = self._around(i, i + width)
        if c == "“" and any(mark == "„" for _, mark in self.stack):
            self._close(i, "„")
        elif c == "”" and not self._open_for(c) and before.isspace() and after.isalnum():
            self.stack.append((i + width, "“"))
        elif (
            c == "“"
            and self.stack
            and not before.isspace()
            and not after.isalnum()
            and before not in "([«„—–-‘"
        ):
            self._close(i, self.stack[-1][1])  # the wrong mark, but it can only close
        elif c in _DOUBLE:
            self.stack.append((i + width, c))
        elif c in _CLOSING:
            mark = self._open_for(c)
            if mark:
                self._close(i, mark)
        return i + width

    def _around(self, i: int, j: int) -> tuple[str, str]:
        return (
            self.text[i - 1] if i > self.start else " ",
            self.text[j] if j < self.end else " ",
        )

    def _open_for(self, c: str) -> str:
        """The innermost open mark that a closing mark may close."""
        for _, mark in reversed(self.stack):
            if c in _CLOSERS[mark] or (c == "”" and mark == '"'):
                return mark
        return ""

    def _close(self, i: int, mark: str) -> None:
        while self.stack:
            opened, open_mark = self.stack.pop()
            if open_mark == mark:
                self.found.append(Marks(opened, i, len(self.stack), True, mark))
                return

    def _double(self, i: int, width: int) -> int:
        """A straight mark opens before a word and closes after one."""
        before, after = self._around(i, i + width)
        is_open = any(mark == '"' for _, mark in self.stack)
        opening = not after.isspace() and (before.isspace() or before in "([—–-«„“‘'")
        if is_open and not (opening and not before.isspace() and after in ".,;"):
            if opening and after.isalnum() and before.isspace() and self._nests(i + width):
                self.stack.append((i + width, '"'))
            else:
                self._close(i, '"')
        elif not is_open and any(mark == "“" for _, mark in self.stack) and not opening:
            self._close(i, "“")
        elif opening or not (before.isalnum() or before in ".,!?…"):
            self.stack.append((i + width, '"'))
        return i + width

    def _nests(self, i: int) -> bool:
        """Whether two closing marks are still to come: a pair inside a pair of the same mark."""
        rest = self.text[i : min(self.end, i + 2000)]
        closing = len(re.findall(r'(?<=[\w.,!?…;])"(?!\w)', rest))
        opening = len(re.findall(r'(?<![\w.,!?…;])"(?=\w)', rest))
        return closing - opening >= 2

    def _single(self, i: int, c: str) -> int:
        before, after = self._around(i, i + 1)
        closable = [mark for _, mark in self.stack if mark in _SINGLE]
        if c in "’'‘" and closable and (c in _CLOSERS[closable[-1]]):
            target = next(k for k, (_, m) in enumerate(self.stack) if m == closable[-1])
            if self.closing_at.get(self.stack[target][0]) == i:
                self._close(i, closable[-1])
                return i + 1
        if c in _SINGLE and not before.isalnum() and not after.isspace() and before not in "’'":
            nested_same = any(mark == c for _, mark in self.stack)
            close = -1 if nested_same or _is_elision(self.text, i) else self._partner(i, c)
            if close != -1:
                self.stack.append((i + 1, c))
                self.closing_at[i + 1] = close
            elif (
                c == "‘"
                and not (nested_same or _is_elision(self.text, i))
                and (i == self._first_letter() or (self.leads_on and not self.stack))
            ):
                self.stack.append((i + 1, c))  # goes on in the next paragraph
        return i + 1

    @property
    def closing_at(self) -> dict[int, int]:
        """Where each single mark that is open will close."""
        if not hasattr(self, "_closing_at"):
            self._closing_at: dict[int, int] = {}
        return self._closing_at

    def _first_letter(self) -> int:
        i = self.start
        while i < self.end and self.text[i].isspace():
            i += 1
        return i

    def _partner(self, i: int, c: str) -> int:
        """The closing mark of a single mark: a sure one before the next opening, else a likely."""
        likely = -1
        for j in range(i + 2, self.end):
            d = self.text[j]
            if d in _SINGLE and d == c and d != "'" and not self.text[j - 1].isalnum():
                break
            if d not in _CLOSERS[c]:
                continue
            if d == "'" and self.text[j - 1].isspace() and self.text[j + 1 : j + 2].isalnum():
                if _is_elision(self.text, j):
                    continue
                break
            kind = _closes_single(self.text, j, self.end)
            if kind == "sure":
                return j
            if kind == "likely":
                return j
            if kind == "maybe" and likely == -1:
                likely = j
        return likely

    def _close_rest(self) -> None:
        """What is still open at the end of the paragraph."""
        while self.stack and self.stack[0][1] in _SINGLE and len(self.stack) > 1:
            self.stack.pop(0)
        if not self.stack:
            return
        opened, mark = self.stack[0]
        inner = [marks for marks in self.found if marks.start > opened and marks.mark == mark]
        shared = next(
            (
                marks.end
                for marks in reversed(inner)
                if self.text[marks.end + 1 : marks.end + 2] in tuple(".,;:!?—–)")
                or marks.end + 1 >= self.end
                or re.match(r"[\s\u00a0]*[—–-]\s", self.text[marks.end + 1 : marks.end + 5])
            ),
            None,
        )
        if shared is not None and len(self.stack) == 1:
            # «Идём на «Варяге». — one mark closes both.
            self.found.append(Marks(opened, shared, 0, True, mark))
        elif mark in '“«„"‘':
            self.found.append(Marks(opened, self.end, 0, False, mark))


_FOOTNOTE = re.compile(r"(?:\d{1,3}|[¹²³⁰⁴-⁹]{1,3})(?!\w)")  # ‘I shall hold.’3
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_ELISION = re.compile(
    r"['’](?:tis|twas|twere|twill|em|till|cause|neath|gainst|im|er|\d\ds?)\b", re.I
)


def _is_elision(text: str, i: int) -> bool:
    return _ELISION.match(text, i) is not None


def _closes_single(text: str, i: int, end: int) -> str:
    """How surely the mark at i closes: "sure", "likely", "maybe" (a plural's possessive) or ""."""
    before = text[i - 1]
    after = text[i + 1] if i + 1 < end else " "
    noted = _FOOTNOTE.match(text, i + 1, end) and not before.isspace()
    if noted and (before in _ENDS_WORDS or after in _RAISED):
        return "sure"
    if after.isalnum() or before.isspace():
        return ""
    if before in _ENDS_WORDS or not after.isspace() or i + 1 >= end:
        return "sure"
    return "maybe" if before in "sSzZxX" else "likely"
