"""Numbers that tell the time of day, which count nothing.

at 2359 on the 3rd May         к 22.00 боевым приказом
about five in the afternoon    без четверти восемь
ten minutes to twelve          в пять минут девятого
at about nine                  в 9 ч. 43 м.
"""

from __future__ import annotations

import re

from .modifiers import is_modifier, modifiers
from .nouns import Noun
from .text import Text

_CLOCK_FIGURES = re.compile(r"(?:0?\d|1\d|2[0-4])[.:][0-5]\d\Z")


def is_clock(text: Text, i: int, noun: Noun) -> bool:
    """Whether a number, which seems to count `noun`, is a time of day or a part of one."""
    p = text.p
    if _is_short_of_an_hour(text, i, noun):
        return True
    if _is_minute_of_that_hour(text, i) and text.says("short_minutes", p.lows[noun.end - 1]):
        return True  # «в 9 ч. 43 м.», and no metres
    if noun.unit in ("hours", "minutes") and p.letters[i + 1] != "-":
        return _is_clock_with_its_word(text, i, noun)
    opened = text.says("clock_openers", p.lows[i - 1] if i else "")
    after = p.lows[i + 1 : i + 4]
    if after and text.says("clock", after[0]) and noun.how != "unit":
        return True
    if after[1:2] == ["."] and text.says("half_days", after[0]):
        return True  # 6.30 a. m.
    if _is_of_a_half_day(text, i, noun):
        return True
    if opened and noun.how != "unit" and _CLOCK_FIGURES.match(p.lows[i]):
        return True  # «к 22.00 боевым приказом»
    if noun.how != "none":
        return False
    if not opened:
        return p.values[i] <= 12 and _is_about_an_hour(text, i)
    if i > 1 and text.says("dimensions", p.lows[i - 2]):
        return False
    return p.values[i] <= 12 and p.letters[i + 1] not in "o%-" and not is_modifier(text, i - 1)


def _is_clock_with_its_word(text: Text, i: int, noun: Noun) -> bool:
    """Whether hours or minutes are told of the clock: «в 9 часов», "ten minutes to twelve"."""
    p = text.p
    if text.words.has("clock", p.lows[noun.end : noun.end + 3]):
        return True
    if noun.unit == "minutes":
        if text.says("past", p.lows[noun.end]) and p.letters[noun.end + 1] in "ND":
            text.ratio = noun.end + 1
            return True
        return _is_minute_of_that_hour(text, i)
    if _is_hour_and_minute(text, i, noun):
        return True
    if _opens_an_hour(text, i, noun):
        return p.values[i] <= 24
    four = p.lows[i].isdecimal() and len(p.lows[i]) == 4 and p.values[i] <= 2400
    return four and i > 0 and text.says("clock_openers", p.lows[i - 1])


def _is_minute_of_that_hour(text: Text, i: int) -> bool:
    """Whether an hour of the clock was told right before."""
    return text.clock >= 0 and i - text.clock <= 2


def _is_about_an_hour(text: Text, i: int) -> bool:
    """ "At about nine they came", but "the loss was put at about nine"."""
    p, says = text.p, text.says
    first, approx, _ = modifiers(text, i)
    if first == i or not approx or not says("at_an_hour", p.lows[first - 1]):
        return False
    return not says("estimating", p.lows[first - 2])


def _is_short_of_an_hour(text: Text, i: int, noun: Noun) -> bool:
    """«Без четверти восемь», «без пяти минут восемь», «в пять минут девятого»."""
    p, says = text.p, text.says
    if i > 1 and p.letters[i - 1] == "h" and says("lacking", p.lows[i - 2]):
        return p.values[i] <= 12
    after = noun.end if noun.unit == "minutes" else i + 1
    if i and says("lacking", p.lows[i - 1]) and p.letters[after] in "ND":
        text.ratio = after if p.values[after] <= 12 else -1
        return text.ratio > 0
    hour = after > i + 1 and p.letters[after] == "O" and p.values[after] <= 12
    return hour and says("hour_openers", p.lows[i - 1]) and not _is_counted(text, after + 1)


def _is_counted(text: Text, k: int) -> bool:
    """Whether an ordinal before piece k numbers it: «пять минут первого боя»."""
    low = text.p.lows[k]
    return low in text.words.deeds and low.endswith(text.grammar.genitive_endings)


def _is_hour_and_minute(text: Text, i: int, noun: Noun) -> bool:
    """«9 ч. 43 м.» at the head of an entry or in brackets, and not «за 9 ч. 43 м.»."""
    p, k = text.p, noun.end + (text.p.letters[noun.end] == ".")
    if not text.says("short_hours", p.lows[noun.end - 1]):
        return False
    if p.letters[k] not in "DN" or not text.says("short_minutes", p.lows[k + 1]):
        return False
    return p.values[i] <= 24 and (i == 0 or p.letters[i - 1] in '|"(:;')


def _opens_an_hour(text: Text, i: int, noun: Noun) -> bool:
    """«В 9 часов»; «с 9 часов», but not «с 9 часов до 6»; «5 мая около 9 часов»."""
    p, says, k = text.p, text.says, i - 1
    if k < 0 or says("hour_openers", p.lows[k]):
        return k >= 0
    if says("hour_starts", p.lows[k]):
        return p.letters[noun.end] != "t"
    if not says("hour_about", p.lows[k]):
        return False
    # «Около трёх часов длился бой» tells how long.
    opened = k == text.sentence[0] or bool(text.masked[k - 1])
    return opened and not says("spans_time", p.lows[noun.end])


def _is_of_a_half_day(text: Text, i: int, noun: Noun) -> bool:
    """ "About five in the afternoon", "a quarter to eleven"."""
    p, says = text.p, text.says
    told = i > 1 and says("past", p.lows[i - 1]) and p.letters[i - 2] == "h"
    if told and p.values[i] <= 12:
        return True
    if noun.how == "none" and p.values[i] <= 24 and says("half_day_openers", p.lows[i + 1]):
        half = i + 2 + (p.letters[i + 2] == "i")
        return says("half_day_words", p.lows[half])
    return False


def is_at_an_hour(text: Text, i: int, noun: Noun) -> bool:
    """«Часов в шесть», «часа в три»: when it was."""
    return noun.unit == "hours" and text.says("hour_openers", text.p.lows[i - 1])


def is_time_of_day(text: Text, i: int) -> bool:
    """ "At 2359 on the 3rd May": four figures before a date, or where a clause begins."""
    p = text.p
    low = p.lows[i]
    if not (len(low) == 4 and low.isdecimal() and int(low) <= 2400 and int(low[2:]) < 60):
        return False
    if i == 0 or not text.says("clock_openers", p.lows[i - 1]):
        return False
    return i == 1 or p.letters[i - 2] in "|,;" or any(text.masked[i + 1 : i + 4])
