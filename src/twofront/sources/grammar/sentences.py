"""A sentence ends at . ! ? or … before a capital letter, unless the dot belongs to a word.

Quotation marks and brackets that follow the stop stay with the sentence. Dots that end nothing:
initials ("J. Stalin", «И. В. Сталин»), abbreviations (listed in the lexicon of
the language), numbers. An ellipsis ends a sentence only when a capital letter follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .letters import ROMAN, folded
from .lexicon import lexicon

# Only the beginning of a row of stops is tried, and a row is never given back in part: a page of
# dots is read once, not once for each dot.
_STOP = re.compile(
    r"(?P<stop>[.!?…](?<![.!?…]{2})[.!?…]*+)(?P<closing>(?:[\"'”’»“)\]]|\[\d+\]|(?<=[^\W\d_][.!?…])\d{1,2}(?=\s)|(?<=[”’»\"])\d{1,2}(?=\s)|[⁰¹²³⁴-⁹*†‡])*+)(?P<space>\s+)"
    r"(?P<opening>[\"'“‘«„(\[—–-]*\s?)(?P<next>.)"
)
_LONGEST = 4000  # characters
_JOINT = re.compile(r"(?<=\w)[-–—/:;,.](?=\w)")
# "3. VII. 1915" is one date.
_ROMAN_MONTH = re.compile(rf"[{ROMAN}]{{1,4}}(?:\.\s?|\s)\d{{2,4}}(?!\d)")
_DAY_AND_MONTH = re.compile(rf"(?<!\d)\d{{1,2}}\.\s?[{ROMAN}]{{1,4}}\Z")
_NEXT_COIN = re.compile(r"\d+([^\W\d_])(?![^\W\d_])")
_MINUTES = re.compile(r"\d{1,2}\s?([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # "U.S"
# No word is tried from its middle, nor given back in part.
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-.][^\W\d_]++)*+\Z")


def split(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences between `start` and `end`, without white space at their ends."""
    first = start
    for match in _STOP.finditer(text, start, end):
        if match.start("stop") < first or not _ends(text, first, match, language):
            continue
        yield from _short(text, first, match.end("closing"))
        first = match.end("space")
    yield from _short(text, first, end)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence; what is longer than any sentence of prose is cut at spaces.

    The rules look through a sentence many times: without a bound a list of a million words
    that never stops would take them for ever.
    """
    while end - start > _LONGEST:
        limit = start + _LONGEST
        cut = max(text.rfind(space, start, limit) for space in " \n\t")
        if cut <= start:
            # "1941–1942–1943–...": what is joined without end has no spaces
            cut = max((m.end() for m in _JOINT.finditer(text, start + 1, limit)), default=start)
        if cut <= start:
            break  # one endless word
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def _ends(text: str, first: int, match: re.Match[str], language: str) -> bool:
    following = match["next"]
    if following.islower():
        return False
    if match["stop"] != ".":
        if len(match["stop"]) > 3 and following.isdecimal():
            return False  # dots that lead from one column of a table to the next
        # «... Кто там?» — a quoted question followed by a capital still ends the sentence.
        return following.isalnum() or following in "\"'“‘«„(["
    before = _WORD_BEFORE.search(text[max(first, match.start() - 30) : match.start("stop")])
    if before is None:
        return not _is_ordinal(text, match, language)
    word = before.group()
    low, words = folded(word.lower()), lexicon(language)
    if match["closing"][-1:].isdecimal() and words.says("abbreviations", low):
        return False  # "No.3 Company"
    if match["closing"]:
        # "(13 October O.S.) 1854" and "(3 Sept.) 1632" go on; "(the last of them.) Then" does not.
        dotted = _DOTTED.fullmatch(word)
        return following.isupper() or not (dotted or words.says("abbreviations", low))
    if words.says("coins", low) and text[match.start("stop") - 2 : match.start()][:1].isdecimal():
        further = _NEXT_COIN.match(text, match.start("next"))
        if further and words.says("coins", further[1].lower()):
            return False  # "10s. 6d."
    if words.says("short_hours", low):
        further = _MINUTES.match(text, match.start("next"))
        if further and words.says("short_minutes", further[1].lower()):
            return False  # «в 15 час. 50 мин.»
    if len(word) == 1 and word.isupper():
        # An initial, except "Plan B." and the like, where the letter follows a small word.
        return False
    if words.says("abbreviations", low) and folded(word) == word:
        return False  # «нем.» is shortened, «в нём.» is not
    if following.isdecimal() and _DAY_AND_MONTH.search(
        text, max(first, match.start() - 9), match.start("stop")
    ):
        return False
    if words.says("may_end", low) or _DOTTED.fullmatch(word):
        # «в 1941 г. Сталин» and "the U.S. Congress" go on; "at 5 p.m. The" does not.
        return following.isupper() and _opens(text, match.start("next"), language)
    return True


def _is_ordinal(text: str, match: re.Match[str], language: str) -> bool:
    """ "22. Juni", where a dot makes the ordinal; "3. VII. 1915"."""
    words = lexicon(language)
    if not text[match.start("stop") - 1].isdecimal():
        return False
    if _ROMAN_MONTH.match(text, match.start("next")):
        return True
    if not words.grammar.day_dot:
        return False
    word = _WORD.match(text, match.start("next"))
    known = words.shapes.get(word.group().lower()) if word else None
    return known is not None and known[0] in "MCS"


def _opens(text: str, at: int, language: str) -> bool:
    """Whether the word at an offset is one with which sentences like to begin."""
    word = _WORD.match(text, at)
    return word is not None and lexicon(language).says("openers", word.group().lower())
