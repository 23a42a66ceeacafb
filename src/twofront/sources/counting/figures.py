"""Figures that are no numbers of the text: codes, references, marks of notes, pages, tables.

T-34, rider_73, .45            glued to a name
978-5-699-12345-7              a code
(33, 101), [12], "…"7          references and notes
3. The siege                   an item of a list
Page 12 of 40, 1,204 views     the page
"""

from __future__ import annotations

import re

from .nouns import is_spelled
from .text import Text

_LONGEST_LIST = 200  # pieces on either side of a number
_TABLE_ROW = re.compile(r"(?<![NDY])[NDY](?:(?:\.{4,}|…{2,})?[NDY]){2,}\.*(?=\|)")


def is_furniture(text: Text, first: int, end: int) -> bool:
    """ "Page 12 of 40", "1,204 views", «416 с.»: all its words are of the page or the book."""
    p, found = text.p, False
    for k in range(first, end):
        if p.letters[k] in "NDYQ" or text.masked[k] or not p.lows[k][0].isalpha():
            continue
        pages = text.says("page_abbreviations", p.lows[k]) and p.letters[k + 1] == "."
        if pages or text.says("page_words", p.lows[k]):
            found = True
        elif not text.says("never_a_noun", p.lows[k]):
            return False
    return found


def rows_of_tables(text: Text) -> dict[int, bool]:
    """Numbers of the rows of tables, and whether a heading stands before the row."""
    found = {}
    for match in _TABLE_ROW.finditer(text.p.shape):
        row = [i for i in range(*match.span()) if text.p.letters[i] in "NDY"]
        first = text.sentence_start(row[0])
        headed = any(text.p.letters[k] in "wcOuy" for k in range(first, row[0]))
        named = text.says("designators", text.p.lows[row[0] - 1]) if row[0] else True
        found |= dict.fromkeys(row, headed and not named)
    return found


def is_number(text: Text, i: int) -> bool:
    """Not glued to letters ("T-34", "U47"), not bracketed, not a list or chapter number."""
    if is_spelled(text.p, i):
        return True
    return not (
        _is_glued_to_what_is_before(text, i)
        or is_code(text, i)
        or _is_reference(text, i)
        or _is_mark_of_a_note(text, i)
        or _is_of_a_list(text, i)
        or _counts_pages(text, i)
        or _is_glued_to_what_follows(text, i)
    )


def _is_glued_to_what_is_before(text: Text, i: int) -> bool:
    """ "T-34", "U47", "rider_73", 5.IV.1904, 12.c, "his .45 automatic", «048»."""
    p, low, touches = text.p, text.p.lows[i], text.p.touches(i)
    before = p.letters[i - 1] if i else "|"
    if low[0] == "0" and low[1:2].isdecimal():
        return True
    if p.plain[p.starts[i] - 1 : p.starts[i]] == "_":
        return True
    if touches and before not in "(-\"$£€¥₽+~≈≤≥<>|[«.,'…":
        return True
    if touches and i > 1 and (before == "." or (before == "," and p.touches(i - 1))):
        return True
    if before == "-" and touches and p.touches(i - 1) and i > 1:
        if p.letters[i - 2] != "w":
            return p.letters[i - 2] not in "NDY%"
        # "Eleven companies of foot—1,650 men"
        return not p.is_long_dash(i - 1) and text.nouns.after(i).how != "unit"
    return False


def _is_glued_to_what_follows(text: Text, i: int) -> bool:
    """ "These enormous Bf 110s", «1848-го полка», 38°30′, "12c"; but "15km", "20-mile"."""
    p, letters = text.p, text.p.letters
    after, touches = letters[i + 1], p.touches(i + 1)
    if letters[i] == "Y" and "-" in p.lows[i]:
        return True
    if touches and p.lows[i + 1] in text.words.suffixes.plural and i and letters[i - 1] == "c":
        return True
    if after == "-" and touches and p.touches(i + 2) and letters[i + 2] in "wcZ":
        return not text.grammar.hyphen_counts and text.words.units.get(p.lows[i + 2]) is None
    if after == "°" and text.nouns.is_coordinate(i + 2):
        return True
    return touches and after in "wcuyZ" and text.nouns.unit_at(i + 1) is None


def _is_mark_of_a_note(text: Text, i: int) -> bool:
    """ "[12]", "[3, p. 40]"; a number behind the mark that closes a quotation."""
    p = text.p
    before, after = p.letters[i - 1] if i else "|", p.letters[i + 1]
    if before == "[" and (after == "]" or (after in ",;" and p.letters[i] == "D")):
        return True
    if before not in "\"'" or not p.touches(i):
        return False
    closed = i > 1 and p.touches(i - 1) and p.letters[i - 2] in ".!?,wc"
    return closed or p.letters[i - 2] in "\"'"


def _is_of_a_list(text: Text, i: int) -> bool:
    """ "3. The siege", "4) ships", "12 — Kars": where a line begins."""
    p, after = text.p, text.p.letters[i + 1]
    if i and p.letters[i - 1] != "|":
        return False
    if after in ".)|":
        return True
    if after == "-":
        return p.letters[i + 2] == "c" and not p.touches(i + 1)
    if after == "c" and p.letters[i] != "D":
        return text.nouns.after(i).how == "none"
    return after in '"c' and p.letters[i] == "D" and text.nouns.after(i).how != "unit"


def _counts_pages(text: Text, i: int) -> bool:
    """«М., 1998. 344 с.», "512 pp., 3 maps": how long a book is; not «512 с лишним вёрст»."""
    p = text.p
    if not text.says("page_abbreviations", p.lows[i + 1]):
        return False
    return p.letters[i + 2] == "." and p.letters[i + 3] in ",;|)-"


def _is_reference(text: Text, i: int) -> bool:
    """ "(33, 101)", "[12, 14]": numbers alone in brackets; "(1)", where a note begins so."""
    shape, last = text.p.shape, i
    near = range(i - _LONGEST_LIST, i + _LONGEST_LIST)
    if shape[i - 1 : i + 2] == "(D)" and text.p.values[i] in text.notes:
        return True
    while last in near and shape[last + 1] == "," and shape[last + 2] in "ND":
        last += 2
    first = i
    while first in near and first > 1 and shape[first - 1] == "," and shape[first - 2] in "ND":
        first -= 2
    return first < last and shape[first - 1 : first] in ("(", "[") and shape[last + 1] in ")]"


def is_code(text: Text, i: int) -> bool:
    """ "978-5-699-12345-7": three numbers and more, glued with hyphens."""
    first = last = i
    while _is_glued(text, first - 1):
        first -= 2
    while _is_glued(text, last + 1):
        last += 2
    return last - first >= 4


def _is_glued(text: Text, k: int) -> bool:
    """Whether a hyphen at piece k glues two numbers."""
    p = text.p
    if k < 1 or p.letters[k] != "-" or not (p.touches(k) and p.touches(k + 1)):
        return False
    return p.lows[k - 1][:1].isdecimal() and p.lows[k + 1][:1].isdecimal()
