"""What stands beside a count of days and says how exactly it is meant.

    "about ten days after", «примерно через десять дней»    approx
    "almost two weeks later"                                approx, and no more than that
    "more than ten days after", "at least ten days after"   comparison >, >=
    "less than a month later", "within ten days after"      comparison <, <=
    "not ten days after ... but fifteen"                    comparison !=
    "ten or twelve days after", «через два-три дня»         least: the shorter of the two

The words are those that stand beside quantities (`[comparators]` of a lexicon), the bounds of dates
that have several words («не позднее чем») and `[count_bounds]`. A count that is only about right
gives a value with `~`; one that is a bound gives a bound (`modifier`), unless the day that it leads
to stands beside it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from ..grammar.letters import folded
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .dated import Dated
from .modifiers import APPROXIMATE, DOUBTED
from .spans import duration

_NUMBERS = "NDY"
_DOUBTS = "?~%"
_OPENERS = "|,;:(a"  # before a clause
_OF_DATES = {"start": ">=", "by": "<="}  # bounds of dates that also bound a count
_MODIFIERS = {">": "after", ">=": "after", "<": "by", "<=": "by"}
_DURATION = re.compile(r"-?P(?P<number>[\d.]+)(?P<unit>[DWMY])")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
_APPOSED = re.compile(r"[^,|;.:(-]{0,9},p?(?:W,?)?i?")

_Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@functools.cache
def _phrases(language: str) -> _Phrases:
    """{their last word: phrases with what they say of a count, the longest first}."""
    words = lexicon(language)
    found = [(phrase, said) for phrase, said in words.comparators if said]
    for name, phrases in words.data.get("bounds", {}).items():
        several = [folded(phrase).split() for phrase in phrases if " " in phrase]
        found += [(tuple(phrase), _OF_DATES[name]) for phrase in several if name in _OF_DATES]
    for said, phrases in words.data.get("count_bounds", {}).items():
        found += [(tuple(phrase.split()), said) for phrase in phrases]
    by_end: _Phrases = {}
    for phrase, said in sorted(found, key=lambda entry: -len(entry[0])):
        by_end.setdefault(phrase[-1], []).append((phrase, said))
    return by_end


def qualified_counts(dates: list[Dated], pieces: Pieces) -> list[Dated]:
    """The dates; those that are counted know how exactly."""
    found: list[Dated] = []
    for k, dated in enumerate(dates):
        if dated.offset and dated.rule.startswith("offset") and dated.rule != "offset-day":
            floor = dates[k - 1].last if k else 0
            beside = _is_beside(pieces, dated, dates[k + 1 : k + 2], floor)
            dated = _qualified(dated, pieces, floor, beside)
        found.append(dated)
    return found


def _is_beside(pieces: Pieces, dated: Dated, following: list[Dated], floor: int) -> bool:
    """Whether the day to which a count leads stands beside it: its value is that day."""
    after = following and _APPOSED.fullmatch(pieces.shape, dated.last, following[0].first)
    before = 0 < floor <= dated.first <= floor + 4 and pieces.letters[floor] in ",("
    return bool(after or before)


def _qualified(dated: Dated, pieces: Pieces, floor: int, beside: bool) -> Dated:
    least, opens = _shorter(dated, pieces, floor)
    said, opens = _said(dated, pieces, opens, floor)
    if least is None and said is None:
        return dated
    approx = said is not None and "~" in said
    comparison = said.replace("~", "=") if said and said != "~" else None
    value, modifier = dated.value, dated.modifier
    if (approx or least) and value[-1] not in _DOUBTS and "/" not in value:
        value += APPROXIMATE
    if not (beside or approx or modifier):
        modifier = _MODIFIERS.get(comparison or "")
    return replace(
        dated, value=value, modifier=modifier, approx=approx, comparison=comparison, least=least,
        opens=opens, confidence=min(dated.confidence, DOUBTED),
    )  # fmt: skip


def _shorter(dated: Dated, pieces: Pieces, floor: int) -> tuple[str | None, int]:
    """ "Ten or twelve days after", "2-3 days later": the shorter, and where the words begin."""
    at = dated.first
    match = _DURATION.fullmatch(dated.offset or "")
    if match is None or at - 2 < floor or pieces.letters[at - 2] not in _NUMBERS:
        return None, at
    joined = pieces.letters[at - 1] in "-tr"
    number = pieces.values[at - 2]
    if (
        not joined
        or not isinstance(number, (int, float))
        or not 0 < number < float(match["number"])
    ):
        return None, at
    return duration(number, _UNITS[match["unit"]]), at - 2


def _said(dated: Dated, pieces: Pieces, at: int, floor: int) -> tuple[str | None, int]:
    """What the words before a count say, or those inside it; and where they begin."""
    ends = _phrases(pieces.language)
    before = at - 1
    if said := _ending_at(ends, pieces, before, floor):
        return said[1], said[0]
    for k in range(dated.first + 1, dated.last - 1):  # «через примерно десять дней»
        said = _ending_at(ends, pieces, k, dated.first)
        if said and said[1] != "!=" and _is_a_phrase(pieces, said[0], k):
            return said[1], at
    return None, at


def _is_a_phrase(pieces: Pieces, first: int, last: int) -> bool:
    """Whether no number is among some pieces: they only stand around it."""
    return not set(pieces.letters[first : last + 1]) & set(_NUMBERS + "uyA")


def _ending_at(ends: _Phrases, pieces: Pieces, at: int, floor: int) -> tuple[int, str] | None:
    """The phrase that ends at a piece: its first piece, and what it says."""
    for phrase, said in ends.get(pieces.lows[at], ()) if at >= floor else ():
        first = at + 1 - len(phrase)
        if first < floor or tuple(pieces.lows[first : at + 1]) != phrase:
            continue
        # "The siege was over ten days later": a bound of one word stands at the head of a clause.
        if len(phrase) > 1 or said not in "><" or first == 0 or _opens(pieces, first - 1):
            return first, said
    return None


def _opens(pieces: Pieces, before: int) -> bool:
    return pieces.letters[before] in _OPENERS
