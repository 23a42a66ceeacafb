"""Words that loosen or bound a number: about, at least, up to, or more; and what denies them.

about 300 men                  300   ~
no fewer than 300              300   >=
never had more than 300        300   <=
could not muster 300           300   <
a week or more                 1     >=
"""

from __future__ import annotations

from .nouns import Noun
from .text import Text

_NEGATED = 3  # words between a "not" and the comparison that it denies
_TIMES = frozenset(
    ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries")
)


def modifiers(text: Text, i: int) -> tuple[int, bool, str | None]:
    """The words before piece i that loosen or bound a number, as far back as they go."""
    first, approx, comparison = i, False, None
    for _ in range(2):
        found = _modifier(text, first)
        if found is None:
            break
        length, sign = found
        if not sign:
            break
        first -= length
        approx = approx or "~" in sign
        comparison = comparison or sign.strip("~") or None
    return first, approx, comparison


def _modifier(text: Text, i: int) -> tuple[int, str] | None:
    """The words that end before piece i: how many they are, and how they bound the number."""
    lows = text.p.lows
    for phrase, sign in text.words.comparators_by_end.get(lows[i - 1] if i else "", ()):
        j = i - len(phrase)
        if j >= 0 and tuple(lows[j:i]) == phrase and not any(text.masked[j:i]):
            if text.p.letters[i - 1] == "t" and j and text.p.letters[j - 1] in "NDY":
                continue
            return len(phrase), sign
    return None


def is_modifier(text: Text, i: int) -> bool:
    """Whether a single word bounds the number behind it."""
    low = text.p.lows[i]
    known = text.words.comparators_by_end.get(low, ())
    return any(sign and phrase == (low,) for phrase, sign in known)


def is_loosened_after(text: Text, k: int) -> bool:
    """ "A week or more", "an hour or so"."""
    phrases = text.words.comparators_after.get(text.p.lows[k], ())
    return any(
        len(phrase) > 1 and tuple(text.p.lows[k : k + len(phrase)]) == phrase
        for phrase, _ in phrases
    )


def is_denied(text: Text, first: int, noun: Noun) -> bool:
    """ "Never had more than 300", «никогда не было больше 300»: that many at most.

    "Had not slept for more than two days" and «не спали более двух суток» deny what went on
    for so long, and not how long it was.
    """
    p, says = text.p, text.says
    told = noun.unit not in _TIMES
    for k in range(first - 1, max(text.sentence[0], first - 2 - _NEGATED) - 1, -1):
        if says("not_so_many", p.lows[k]):
            return told and not says("not_denied", p.lows[k + 1])
        told = told or says("spans_time", p.lows[k])
        if p.letters[k] != "w" or says("not_denied", p.lows[k]):
            return False
    return False


def falls_short(text: Text, first: int) -> bool:
    """ "Could not muster 300", «не набралось и 300»: fewer than that."""
    p, says = text.p, text.says
    k = first - 1
    if k >= text.sentence[0] and says("at_no_time", p.lows[k]):
        return True
    also = text.grammar.inversion and k > text.sentence[0] and p.letters[k] == "a"
    if also and says("one_too", p.lows[k]):
        return any(
            says("not_so_many", p.lows[j]) and all(p.letters[m] == "w" for m in range(j + 1, k))
            for j in range(max(text.sentence[0], k - 3), k - 1)
        )
    if k - 2 < text.sentence[0] or not says("gathering", p.lows[k]):
        return False
    if says("unable", p.lows[k - 1]):
        return True
    two = p.lows[k - 2 : k]
    return text.words.has("not_so_many", two) and text.words.has("being_able", two)
