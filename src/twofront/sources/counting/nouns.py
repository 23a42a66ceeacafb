"""What a number counts: the unit or the noun that follows it.

    300 French and Indian warriors    soldiers     the head noun behind its adjectives
    three cavalry regiments           regiments    the last of several nouns
    12 of its 20 ships                ships        what the many consist of
    six 75-mm guns                    guns         behind the calibre
    18 рабочих мест                   мест         a noun that is not in the lexicon, as it stands

A noun that the lexicon does not know must agree with its number, as the grammar tables tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..grammar.lexicon import Lexicon
from ..grammar.pieces import Pieces
from ..naming.names import Named

_LOOK = 5  # pieces after a number in which its noun is sought
_BRACKET = 10  # pieces of a bracket with another count
_WORDS = re.compile(r"[^\W\d_]+")
MARKS = frozenset(".,;:|)]!?\"'a-…")  # what may follow a number that stands alone


@dataclass
class Noun:
    """What is counted: its unit, the piece after it, how it was recognised, and its word."""

    unit: str | None
    end: int
    how: str  # unit, noun, percent, carried or none
    low: str = ""


def is_spelled(pieces: Pieces, i: int) -> bool:
    """Whether a number is written in words."""
    return pieces.lows[i][0].isalpha()


class NounReader:
    """Finds what the numbers of a text count; `actors` are its actors by their first piece."""

    def __init__(self, pieces: Pieces, words: Lexicon, actors: dict[int, Named]) -> None:
        self.p, self.words, self.grammar, self.actors = pieces, words, words.grammar, actors

    def unit_at(self, k: int) -> tuple[str, int] | None:
        """The unit that piece k names, perhaps with the pieces after it, and where it ends."""
        p = self.p
        low = p.lows[k]
        for rest, unit in self.words.unit_phrases.get(low) or ():
            end = k + 1
            for word in rest:
                end += p.lows[end] in ("-", ".") and p.letters[end] != "|"
                if p.lows[end] not in word or (p.letters[end] == "D" and not p.touches(end)):
                    break  # "15 km2", but not "15 km 2 guns"
                end += 1
            else:
                return unit, end
        unit = self.words.units.get(low)
        if unit is None or p.letters[k] in "|ptior":
            return None
        return unit, k + 1

    def after(self, i: int) -> Noun:
        """What the number at piece i counts."""
        p = self.p
        none = Noun(None, i + 1, "none")
        j = self.past_odd(i + 1)
        letter = p.letters[j]
        if self._begins_a_sentence(i, j):
            return none
        if letter == "-" and p.touches(j) and p.touches(j + 1):
            return self._hyphened(i, j + 1) if self.grammar.hyphen_counts else none
        if letter == "°" and self.is_coordinate(j + 1):
            return none
        if letter in "%°":
            unit = "percent" if letter == "%" else "degrees"
            return Noun(unit, j + 1, "percent" if letter == "%" else "unit")
        if letter == "o":
            return self._of(i, j + 1)
        if self.words.says("partitive", p.lows[j]) and p.letters[j + 1] in "NDY":
            return self._of(i, j + 1)
        found = self.head(i, j)
        if found.how == "none":
            later = self._past_bracket(j) or self._of_the_next(j)
            if later:
                shared = self.head(later - 1, later)
                if shared.how == "unit":
                    return Noun(shared.unit, i + 1, "unit", shared.low)
        return found

    def _begins_a_sentence(self, i: int, j: int) -> bool:
        """«потеряли 23 тыс. Кутузов отступил»: the dot of the thousand ends the sentence too."""
        if j > i + 1 or not self.p.lows[i].endswith(".") or not self.p.is_capital(j):
            return False
        people = self.actors.get(j)
        return people is None or people.kind != "people"

    def _past_bracket(self, j: int) -> int | None:
        """Behind two counts of one thing: "98 (by others, 240) guns" tells 98 and 240 guns."""
        p = self.p
        number = j - 1
        if p.letters[j] == "(":
            close = p.shape.find(")", j, j + _BRACKET)
            number = close - 1
            if close > 0 and p.letters[number] == "]":  # a footnote: "240[2])"
                number -= 3
        elif p.letters[j] == ")":
            opening = p.shape.rfind("(", max(0, j - _BRACKET), j)
            close = j if opening > 0 and p.letters[opening - 1] in "NDY" else -1
        else:
            return None
        return close + 1 if close > 0 and p.letters[number] in "NDY" else None

    def _of_the_next(self, j: int) -> int | None:
        """The words behind the next number, if both share a noun: "12 heavy and 30 light guns"."""
        p = self.p
        k = j
        while k < j + 2 and p.letters[k] == "w" and not self.never(p.lows[k]):
            if not self._may_describe(p.lows[k]):
                return None
            k += 1
        if k == j or p.letters[k] not in "a," or p.letters[k + 1] not in "NDY":
            return None
        described = p.letters[k + 2] == "w" and self._may_describe(p.lows[k + 2])
        return k + 2 if described and self.unit_at(k + 2) is None else None

    def never(self, low: str) -> bool:
        """Whether a word can neither be a counted noun nor stand before one."""
        return self.words.says("never_a_noun", low) or self.words.says("ends_of_search", low)

    def is_coordinate(self, j: int) -> bool:
        """48° N, 38°30′."""
        return self.p.letters[j] in "NDY" or self.words.says("directions", self.p.lows[j])

    def past_odd(self, j: int) -> int:
        """The piece after "-odd", "or so", «с лишним»."""
        found = self.bound_after(j)
        return found[0] if found else j

    def bound_after(self, j: int) -> tuple[int, str] | None:
        """Words from piece j on that bound the number before them: where they end, and how."""
        lows = self.p.lows
        for phrase, sign in self.words.comparators_after.get(lows[j], ()):
            after = j + len(phrase)
            if tuple(lows[j:after]) == phrase and not self.opens_a_count(after):
                return after, sign
        return None

    def opens_a_count(self, k: int) -> bool:
        """Whether a number follows that words before it belong to: "12 guns and more than 300"."""
        return self.p.letters[k] in "NDYQ" or self.words.says("than", self.p.lows[k])

    def _hyphened(self, i: int, j: int) -> Noun:
        """ "three-day", "20-mile", "3,000-man"; but a "two-front war" counts nothing."""
        known = self.unit_at(j)
        if known is None:
            return Noun(None, i + 1, "none")
        unit, end = known
        measure = self.p.letters[j] in "uy" or self.words.says("measured", unit)
        if measure or not is_spelled(self.p, i) or self.words.says("bodies_of_men", self.p.lows[j]):
            return Noun(unit, end, "unit", self.p.lows[j])
        return Noun(None, i + 1, "none")

    def _of(self, i: int, j: int) -> Noun:
        """ "three of the guns", "12 of its 20 ships", "two hundred of them"."""
        p = self.p
        scaled = self.scale(i) > 0 and p.letters[i] == "N"
        while p.letters[j] == "i" or self.words.says("determiners", p.lows[j]):
            j += 1
        if self.words.says("pronouns_of_many", p.lows[j]):
            return Noun(None, i + 1, "none")
        if p.letters[j] in "NDY":
            inner = self.after(j)
            return Noun(inner.unit, i + 1, inner.how, inner.low)
        found = self.head(i, j)
        if found.how == "noun" and not scaled and p.letters[found.end - 1] == "c":
            return Noun(None, i + 1, "none")
        return found

    def head(self, i: int, j: int) -> Noun:
        """The head noun from piece j on, behind adjectives."""
        p = self.p
        after, first = j, None
        for k in range(j, min(j + _LOOK, len(p.lows) - 1)):
            if k < after:
                continue  # the calibre of a weapon
            letter, low = p.letters[k], p.lows[k]
            known = self.unit_at(k) if len(low) > 1 or k == i + 1 else None
            if known and letter in "NDYQ%":
                known = None
            if known and self._begins_a_compound(k, known[1]):
                first, j = first or self._with_head(k, *known), known[1] + 1
                after = j
                continue
            if known:
                return self._with_head(k, *known)
            if letter == "-" and p.touches(k) and p.touches(k + 1) and k > j:
                continue
            if letter in "NDY" or (letter == "w" and low[0].isdecimal()):
                after = k + 1 + (p.letters[k + 1] == "-")
                if self.words.says("calibres", p.lows[after]):
                    if self._is_a_gun(after):
                        return Noun("guns", after + 1, "unit", p.lows[after])
                    after += 1
                elif self._is_measure(k):
                    after += 1
                elif low.isdecimal():
                    break
                else:
                    after = k + 1
                continue
            if letter == "a" and p.letters[k - 1] == "c" and p.letters[k + 1] == "c":
                continue
            gerund = k > j and p.lows[k - 1].endswith(self.grammar.gerund_endings)
            if gerund and self.words.suffixes.owns(low):
                break  # "85,000 guarding France's frontiers"
            if letter == "S" and p.letters[k + 1] == "w" and not self.grammar.adjective_endings:
                continue  # "40,000 winter coats"
            if letter not in "wcmOZQ" or (self.never(low) and not self.words.says("fillers", low)):
                break
            noun = self._unknown(i, j, k)
            if noun:
                return noun
            if not self._may_describe(low):
                break
        return first or Noun(None, i + 1, "none")

    def _is_a_gun(self, k: int) -> bool:
        """ "Six 24-pounders": the calibre is the name of the guns."""
        low = self.p.lows[k]
        named = self.grammar.hyphen_counts and low.endswith(self.grammar.counted_endings)
        return named and not self.words.says("lengths", low)

    def _is_measure(self, k: int) -> bool:
        """ "Two 500-kilogram bombs": how great each of them is."""
        p = self.p
        if not (self.grammar.hyphen_counts and p.letters[k + 1] == "-" and p.touches(k + 1)):
            return False
        known = self.unit_at(k + 2) if p.touches(k + 2) else None
        return known is not None and self.words.says("measured", known[0])

    def _begins_a_compound(self, k: int, end: int) -> bool:
        """ "Two casualty-clearing stations" are no casualties, "three gun-boats" no guns."""
        p, grammar = self.p, self.grammar
        if not (grammar.hyphen_counts and p.letters[end] == "-"):
            return False
        if not (p.touches(end) and p.touches(end + 1)) or p.lows[k].endswith(
            grammar.counted_endings
        ):
            return False
        further = self.unit_at(end + 1) if p.letters[end + 1] == "w" else None
        if further and self.words.units.get(p.lows[k]) != "soldiers":
            return True
        return p.lows[end + 1].endswith((*grammar.gerund_endings, *grammar.past_endings))

    def _may_describe(self, low: str) -> bool:
        """Whether a word can stand between a number and its noun."""
        endings = self.grammar.adjective_endings
        return not endings or low.endswith(endings) or self.words.says("fillers", low)

    def _with_head(self, k: int, unit: str, end: int) -> Noun:
        """The last of several nouns in a row is the head: "three cavalry regiments"."""
        p, low = self.p, self.p.lows[k]
        if self._is_of_men(k, end):
            unit = "soldiers"
        found = Noun(unit, end, "percent" if unit == "percent" else "unit", low)
        if not self.grammar.hyphen_counts or p.letters[k] in "uy" or p.letters[end] not in "wc":
            return found
        if low.endswith(self.grammar.counted_endings) and not self.words.says("adjuncts", low):
            return found
        after = p.lows[end]
        if not after.endswith(self.grammar.counted_endings) or self.words.says("measured", unit):
            return found
        further = self.unit_at(end)
        if further and self.words.fates.get(low) and self.words.says("persons", further[0]):
            return Noun(unit, further[1], "unit", low)
        if further:
            return Noun(further[0], further[1], "unit", after)
        if after.endswith(self.grammar.never_counted_endings) or len(after) < 4:
            return found
        if self.never(after) or self.words.says("never_counted", after):
            return found
        return Noun(after, end + 1, "noun", after)

    def _is_of_men(self, k: int, end: int) -> bool:
        """ "7,040 artillery and engineers", "5,000 King's Hanover Legion": its men are counted."""
        p, says = self.p, self.words.says
        if says("arms_of_service", p.lows[k]):
            beside = self.unit_at(end + 1) if p.letters[end] in "a," else None
            return beside is not None and beside[0] == "soldiers"
        one = says("bodies", p.lows[k]) and not p.lows[k].endswith(self.grammar.counted_endings)
        return one and p.is_capital(k) and p.letters[k - 1] == "c"

    def _unknown(self, i: int, j: int, k: int) -> Noun | None:
        """A noun that the lexicon does not know stands for itself, if it agrees."""
        p, low = self.p, self.p.lows[k]
        if k > j + 2 or len(low) < 3 or not low.isalpha() or self.words.says("never_counted", low):
            return None
        if p.is_capital(k) and p.letters[k + 1] in "ZDN":
            return None  # "212 Series II"
        grammar = self.grammar
        if k == j and len(low) > 5 and low.endswith(grammar.past_masculine or ("\0",)):
            return None  # «с тремя тысячами попробовал», but «пять скал»
        verbal = k > j and low.endswith(grammar.past_endings)  # behind an adjective it is a noun
        if not verbal and low.endswith(grammar.never_counted_endings or ("\0",)):
            return None
        actor = self.actors.get(k)
        if low.endswith(grammar.counted_endings) or (
            grammar.paucal_endings
            and low.endswith(grammar.paucal_endings)
            and self._takes_a_case(p.values[i] if p.letters[i] in "ND" else 0)
        ):
            end = actor.last if actor else k + 1
            return Noun("soldiers" if actor else low, end, "noun", low)
        if (
            actor
            and k == j
            and actor.kind in ("people", "state", "")
            and (p.letters[actor.last] in MARKS and p.letters[actor.last] != "-")
        ):
            return Noun("soldiers", actor.last, "noun", low)
        return None

    def scale(self, i: int) -> float:
        """The product of the scale words that end a number phrase; 0 without one."""
        found = 0.0
        for word in reversed(_WORDS.findall(self.p.lows[i])):
            known = self.words.shapes.get(word)
            if not known or known[0] != "k":
                break
            found = (found or 1.0) * known[1]
        return found

    def _takes_a_case(self, value: float) -> bool:
        """Whether a noun is not in the genitive plural: «три дыры», «шестьдесят одна дыра»."""
        return self.is_paucal(value) or (value > 20 and value % 10 == 1 and value % 100 != 11)

    def is_paucal(self, value: float) -> bool:
        """Two, three and four, and what ends with them: they have a case of their own."""
        return value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) and value % 1000 != 0
