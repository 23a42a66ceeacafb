"""Whether a number counts that has no word of what it counts, or is a mere "one".

nine are fit                   things named before
of whom died 1800              no year behind such a verb
lost one gun                   it was lost, or is measured, or stands beside other numbers
"""

from __future__ import annotations

from ..grammar.ellipsis import goes_on_counting
from .clock import is_time_of_day
from .labels import is_title, names_the_noun_before
from .modifiers import modifiers
from .nouns import MARKS, Noun, is_spelled
from .text import PARTS, Text

_BESIDE = 12  # pieces around a "one" within which other numbers make it one of a count


def counts(text: Text, i: int, noun: Noun, start: int) -> bool:
    """Whether a number that may mean many things is a quantity here."""
    p, value = text.p, text.p.values[i]
    glued = p.letters[i + 1] == "-" and p.touches(i + 1) and p.touches(i + 2)
    if glued and not is_spelled(p, i):  # "officers-perhaps 30-became"
        glued = not text.nouns.never(p.lows[i + 2])
    if glued and noun.how == "none" and not text.says("odd", p.lows[i + 2]):
        return False
    if value == 0:
        return False
    modified = modifiers(text, start)[0] < start
    if is_spelled(p, i):
        alone = noun.how in ("none", "carried")
        if is_title(text, i) or (alone and text.says("also_nouns", p.lows[i])):
            return False
        if p.letters[noun.end] == "p" and p.letters[noun.end + 1] in "ND" and value == 1:
            text.ratio = noun.end + 1  # "one tank in five"
            return False
        if text.says("one", p.lows[i]):
            return noun.how == "unit" and _one_counts(text, i, noun)
        idle = noun.how == "none" or text.says("idle_units", noun.unit or "")
        if value == 2 and i and idle and text.says("determiners", p.lows[i - 1]):
            return noun.how == "unit" and _is_ahead_or_behind(text, i - 1)
        if noun.how != "none" or modified or value >= 100:
            return True
        if text.says("vague_number", p.lows[i]):
            return False
        return _is_bare(text, i)
    if noun.how != "none" or modified:
        return True
    if not isinstance(value, int) and not _goes_on_measuring(text):
        return False
    if names_the_noun_before(text, i) or is_time_of_day(text, i):
        return False
    if p.letters[i] == "Y":
        deed = i > 0 and text.is_deed(p.lows[i - 1])
        # A year would carry its word, where it has one, or stand in brackets.
        told_once = text.last is not None and goes_on_counting(p, i)
        return (deed or told_once or text.is_verb(p.lows[i + 1])) and _is_bare(text, i)
    return (p.letters[i] == "N" and value >= 32) or _is_bare(text, i)


def _is_ahead_or_behind(text: Text, i: int) -> bool:
    """ "The next two days", "the last two years": a length of time, not two that are known."""
    return any(text.says(name, text.p.lows[i]) for name in ("next_named", "last_named"))


def _goes_on_measuring(text: Text) -> bool:
    """Whether the sentence measured something, so that a fraction may go on: "2.5 to 3.5 m"."""
    return text.last is not None and text.says("measured", text.last.unit or "")


def _one_counts(text: Text, i: int, noun: Noun) -> bool:
    """ "One gun": not "not one", nor "the first one killed", nor a length of time."""
    p = text.p
    if i and text.says("not_one", p.lows[i - 1]):
        return False  # «не потеряли ни одной пушки»
    if noun.end > i + 3 or p.letters[i + 1] not in "wcuy":
        return False
    if i and text.says("before_a_stand_in", p.lows[i - 1]):
        return False  # "the first one killed"
    if text.says("idle_units", noun.unit or "") or noun.unit in PARTS:
        return False
    return _weighs(text, i, noun)


def _weighs(text: Text, i: int, noun: Noun) -> bool:
    """Whether a "one" counts: it is measured, was lost, or stands beside other numbers.

    "They lost one gun and two colours", but "wrote one officer", "in one house".
    """
    p, (first, last) = text.p, text.sentence
    if text.says("measured", noun.unit or ""):
        return True
    around = (*p.lows[max(first, i - 3) : i], *p.lows[i + 1 : noun.end + 3])
    says = text.says
    if any(text.words.fates.get(w) or says("taking", w) or says("owning", w) for w in around):
        return True
    return any(
        p.letters[k] in "ND" and not text.masked[k]
        for k in range(max(first, i - _BESIDE), min(last, i + _BESIDE + 1))
        if k != i
    )


def _is_bare(text: Text, i: int) -> bool:
    """A small number without a noun stands for things named before: "nine are fit"."""
    p = text.p
    before = p.lows[i - 1] if i else ""
    few = p.values[i] <= 12 and text.says("determiners", before)
    few = few and not (p.letters[i - 2] == "o" and i > 2)  # "none of the four"
    if few and not text.says("counted_who", p.lows[i + 1]):  # "the seven who swam"
        return False
    if text.says("clock_openers", before) and p.values[i] <= 24:
        return False
    if text.says("distributive", before) and text.says("by_twos", p.lows[i]):
        return False
    if text.says("among", before) and p.values[i] <= 100:
        return False
    if is_spelled(p, i) and p.letters[i - 1] == "c" and p.is_capital(i):
        return False
    return stands_alone(text, i)


def stands_alone(text: Text, i: int) -> bool:
    """Whether nothing follows that the number could count: "12 returned", "some 300."."""
    letter, low = text.p.letters[i + 1], text.p.lows[i + 1]
    if letter == "." and text.starts(i):
        return False
    if letter == "w" and low.endswith(text.grammar.counted_adjectives):
        return text.p.letters[i + 2] in MARKS  # «20 пехотных дивизий и 2 кавалерийские»
    return letter in MARKS or text.nouns.never(low) or text.is_verb(low)
