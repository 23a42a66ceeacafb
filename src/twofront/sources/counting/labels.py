"""Numbers that name a thing instead of counting: Hill 203, the 25th, 75-mm guns, 3 Corps.

Nos. 10, 6 and 4               behind the word that they belong to
10 Downing Street              houses
naval party 7704               behind a noun
18 Grenadiers, 4 армия         regiments, armies
a 15-inch shell                calibres
Seven Years War                titles
"""

from __future__ import annotations

from .nouns import Noun, is_spelled
from .text import Text

_ENDS = frozenset(".;:|)]!?")
_REGIMENTS = 32  # so high are regiments numbered without an ordinal; more are men


def names_a_thing(text: Text, i: int, noun: Noun) -> bool:
    """Hill 203, Nos. 10, 6 and 4, the 25th: a number that is a name, or a list of them."""
    p = text.p
    if i == 0:
        return False
    of = p.letters[i - 1] == "o" or text.says("partitive", p.lows[i - 1])
    if text.named == i - 2 and (of or p.letters[i - 1] in ",a-") and noun.how == "none":
        text.named = i
        return True
    if _is_name(text, i, noun):
        text.named = i
        return True
    return _is_day(text, i)


def _is_day(text: Text, i: int) -> bool:
    """«25 и 26 числа»."""
    p = text.p
    if p.letters[i + 1] in "a," and p.letters[i + 2] == "D":
        return _is_day(text, i + 2)
    return text.says("day_of_month", p.lows[i + 1])


def _is_name(text: Text, i: int, noun: Noun) -> bool:
    """Whether the word before a number, or a street behind it, makes it a name: "Hill 203"."""
    p = text.p
    low, letter = p.lows[i - 1], p.letters[i - 1]
    known = noun.how in ("unit", "percent")
    if text.says("number_sign", low) and (not known or not low.isalpha()):
        return True
    closed = letter == "-" and p.letters[i + 1 : i + 3][1:] == ["."]
    if closed and text.says("page_abbreviations", p.lows[i + 1]):
        return True  # «... 1996. - 412 с.»
    if letter == "." and i > 1:
        before = p.lows[i - 2]
        if text.says("number_sign", before):
            return True
        if text.says("designators", before) and p.starts[i - 1] == p.ends[i - 2]:
            return not known
    designated = len(low) > 1 and text.says("designators", low)
    if is_spelled(p, i):
        return designated and noun.how == "none"
    if designated:
        return not known or (p.is_capital(i - 1) and not text.starts(i - 1))
    if letter == "p" and _is_of_a_street(text, i):
        return True
    if letter == "+" and p.touches(i - 1) and i > 1 and p.letters[i - 2] == "c":
        return True
    if letter == ":" and i > 1 and text.masked[i - 2] and noun.how == "none":
        return True  # the page after a year: (Smith 1899: 44)
    if noun.how != "none" or p.values[i] >= 1000 or i - 1 in text.actor_last:
        return False
    if text.starts(i - 1):
        return letter in "cw" and p.letters[i + 1] in _ENDS and not _may_open(text, low)
    return letter == "c"


def _is_of_a_street(text: Text, i: int) -> bool:
    """ "At 10 Downing Street"."""
    p, k = text.p, i + 1
    while k < i + 4 and p.letters[k] == "c":
        k += 1
    return k > i + 1 and text.says("streets", p.lows[k - 1])


def _may_open(text: Text, low: str) -> bool:
    """Whether a word that begins a sentence can stand before a number that counts."""
    told = text.is_deed(low) or text.nouns.never(low)
    return told or low in text.words.units


def names_the_noun_before(text: Text, i: int) -> bool:
    """ "Naval party 7704": figures right behind a noun that has no number are its name."""
    p = text.p
    k = i - 1
    if k <= text.sentence[0] or p.letters[k] != "w" or p.letters[i] == "Y":
        return False
    low, says = p.lows[k], text.says
    if text.nouns.never(low) or text.is_deed(low) or text.words.units.get(low):
        return False
    if any(says(name, low) for name in ("fillers", "determiners", "auxiliaries", "changes")):
        return False
    if any(sign and phrase[-1] == low for phrase, sign in text.words.comparators):
        return False
    if text.grammar.inversion:  # «наших прежних позиций 152»
        agrees = p.letters[k - 1] == "w" and p.lows[k - 1].endswith(text.grammar.counted_adjectives)
        return agrees and low.endswith(text.grammar.counted_endings)
    plain = p.lows[i].isdecimal() and p.values[i] >= 1000
    return (
        plain
        and low.isalpha()
        and not says("before_a_count", low)
        and not low.endswith((*text.grammar.counted_endings, *text.grammar.gerund_endings))
    )


def is_calibre(text: Text, i: int) -> bool:
    """75-mm gun, 15-inch shell, 12-pounder: the figure belongs to the name of a weapon."""
    p = text.p
    j = i + 1 + (p.letters[i + 1] == "-")
    if not text.says("calibres", p.lows[j]):
        return False
    if i and text.says("calibre", p.lows[i - 1]):
        return True
    if j > i + 1 and not text.says("lengths", p.lows[j]):
        return True
    for k in range(j + 1, min(j + 4, len(p.lows))):
        if text.says("weapons", p.lows[k]):
            return True
        if p.letters[k] not in "wc-.":
            return False
    return False


def is_ordinal(text: Text, i: int) -> bool:
    """«3 фронт», «4 отдельная армия», "3 Corps": the number does not count, it names."""
    p = text.p
    low, after = p.lows[i], p.lows[i + 1]
    if not low.isdecimal() or p.values[i] >= 2000:
        return False
    if p.letters[i + 1] == "c" and text.says("bodies", after):
        return True
    if p.values[i] <= _REGIMENTS and _names_a_regiment(text, i + 1):
        return True
    if not text.grammar.agreement:
        return False
    if p.letters[i + 1] in "a," and p.letters[i + 2] == "D":
        return is_ordinal(text, i + 2)
    if text.says("oblique", after):
        return True
    value = p.values[i]
    if value % 10 == 1 and value % 100 != 11:
        return False
    nouns = text.words.data["ordinal_nouns"]
    if after in nouns["nominative"]:
        return True
    if after in nouns["genitive"] and not text.nouns.is_paucal(value):
        return True
    return (
        p.letters[i + 1] in "wc"
        and len(after) > 4
        and after.endswith(tuple(nouns["adjective_endings"]))
    )


def _names_a_regiment(text: Text, i: int) -> bool:
    """ "18 Grenadiers", "2 Royal Hussars": capitals where nothing else would have them."""
    p, k = text.p, i
    while k < i + 3 and p.letters[k] == "c" and not text.says("regiments", p.lows[k]):
        k += 1
    return p.letters[k] == "c" and text.says("regiments", p.lows[k])


def is_title(text: Text, i: int) -> bool:
    """ "Seven Years War", «корабль "Двенадцать апостолов"»: a name that a capital gives away."""
    p = text.p
    if not p.is_capital(i):
        return False
    if p.letters[i - 1] == '"' and p.letters[i + 1] in "wcu" and p.letters[i + 2] == '"':
        return p.letters[i - 2] in "wcp"
    if not text.starts(i):
        return (p.letters[i + 1] in "cuyw" and p.is_capital(i + 1)) or p.letters[i - 1] == "c"
    return all(
        p.letters[k] in "wcuy" and p.is_capital(k) for k in (i + 1, i + 2) if p.letters[k] != "-"
    )
