"""Days without their month and years without their century: "on the 22nd", «в сорок первом»."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .movable import republican_date
from .points import read_point, trim
from .proposals import SAID, YEAR, Proposal, Rules
from .ranges import is_numbered
from .single import counts, noun_follows, says_it_was, year_like
from .spans import Point

rule = Rules()
_MONTHS = 12  # of more than these a text rather tells days than things
_WEEKDAY_BEFORE = re.compile(r"W[.,]?i?\Z")
_ALONE = re.compile(r"\|a?i\Z")


@rule(r"[DO]w?[oi]*(?P<way>[JH]{1,2}|[LXVT])?(?P<u>u)")
def day_of_that_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the 11th of that month, of last month, «11-го числа того же месяца»."""
    i, j = match.span()
    number = pieces.values[i]
    if pieces.values[j - 1] != "months" or not 1 <= number <= 31:
        return None
    if not match["way"]:
        if "o" not in match.group() or pieces.letters[i] != "O":
            return None
    elif match["way"][0] in "LXVT":
        step = {"T": 0, "X": 1}.get(match["way"], -1)
        return Proposal(i, j, "instant", (), (step, f"{number}"), 0.8)
    return Proposal(i, j, "bare-day", (Point(day=number),), confidence=0.7)


@rule(r"[DO][ap][DO]w")
def bare_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«25 и 26 чисел»."""
    i, j = match.span()
    one, two = pieces.values[i], pieces.values[i + 2]
    if not lexicon(pieces.language).says("day_of_month", pieces.lows[j - 1]) or max(one, two) > 31:
        return None
    splits = ((i, i + 1, Point(day=one)), (i + 2, j, Point(day=two)))
    return Proposal(i, j, "bare-day", (), confidence=0.6, splits=splits)


@rule(r"O(?:[-/]|ri?|(?<=uoiO)ti?)O(?![MDO])")
def bare_night(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the night of the 12th/13th, the night of the 12th to the 13th, the 12th or 13th."""
    i, j = match.span()
    one, two = pieces.values[i], pieces.values[j - 1]
    if not (_is_bare_day(pieces, j - 1, i) and one < two <= 31):
        return None
    if pieces.shape[i + 1] == "/" and two != one + 1:
        return None
    return Proposal(i, j, "bare-days", (Point(day=one), Point(day=two)), None, 0.7)


@rule(r"(?P<open>[fb]i?)(?P<a>[DO])[ta]i?(?P<b>[DO])(?![M-])")
def range_of_days(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """between the 15th and the 18th, «с 5-го по 8-е»."""
    a, b = match.start("a"), match.start("b")
    low, high = pieces.values[a], pieces.values[b]
    words = lexicon(pieces.language)
    suffixes = words.grammar.day_suffixes or ("\0",)
    if words.says("day_of_month", pieces.lows[b + 1]) and low < high <= 31:
        ends = Point(day=low), Point(day=high)
        return Proposal(match.start(), b + 2, "bare-days", ends, None, 0.7)
    if not (pieces.letters[b] == "O" and pieces.lows[b].endswith(suffixes) and low < high <= 31):
        return None
    if counts(pieces, b + 1) or noun_follows(pieces, b + 1):
        return None
    return Proposal(match.start(), b + 1, "bare-days", (Point(day=low), Point(day=high)), None, 0.7)


@rule(r"Y,?r(?P<b>Y)y?")
def one_of_two_years(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in 1855 or 1856."""
    i, j = match.start(), match.start("b")
    if not (year_like(pieces, i) and pieces.values[i] < pieces.values[j] < pieces.values[i] + 4):
        return None
    return Proposal(i, match.end(), "range", (Point(pieces.values[i]), Point(pieces.values[j])))


@rule(r"[pft,]J?(?P<how>w)?(?P<year>O)(?![MOyCKuhWv])")
def short_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в сорок первом отступали», «в далёком 43-м»: a year of the century of the story."""
    words, i = lexicon(pieces.language), match.start("year")
    low, number = pieces.lows[i], pieces.values[i]
    if not (isinstance(number, int) and 10 <= number <= 99):
        return None
    if match["how"] and not words.says("of_years_past", pieces.lows[i - 1]):
        return None
    opener = pieces.lows[match.start()]
    inside = words.says("year_openers", opener) and low.endswith(words.grammar.year_endings)
    if opener == ",":
        inside = i > 1 and words.says("newborn_year", pieces.lows[i - 2])
        if not inside:
            return None
    if not (inside or (number > 31 and low.endswith(words.grammar.day_suffixes or ("\0",)))):
        return None
    if not words.grammar.year_word or words.says("numbered", pieces.lows[i + 1]):
        return None
    decade = number % 10 == 0 and low[0].isdecimal() and low.endswith(words.grammar.decade_suffixes)
    after, follows = pieces.letters[i + 1], pieces.lows[i + 1]
    if after == "-" and pieces.touches(i + 1):
        return None
    verb = after == "w" and (
        follows.endswith(words.grammar.verb_endings)
        or words.says("never_a_noun", follows)
        or words.says("ends_of_search", follows)
    )
    agreeing = next((e for end, e in words.grammar.agreeing if low.endswith(end)), ("",))
    apart = inside and number > 31 and after == "w" and not follows.endswith(agreeing)
    if not (verb or apart or after in ",.;:|)(-pfta" or (after == "c" and inside)):
        return None
    point = Point(decade=number // 10) if decade else Point(short=number)  # «в 40-е»
    return Proposal(i, i + 1, "partial", (point,), confidence=0.8)


@rule(r"(?P<d>[DO])o?(?P<m>[cw])(?:,?[oi]*y?[oi]*(?P<n>[ZD])(?P<y>y)?)?")
def republican_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """18 Brumaire Year VIII, «9 термидора II года»: the calendar of the French Republic."""
    words, m = lexicon(pieces.language), match.start("m")
    month, day = words.republican.get(pieces.lows[m]), pieces.values[match.start()]
    if month is None or not 1 <= day <= 30:
        return None
    n = match.start("n")
    named = match["n"] and (match["y"] or "y" in pieces.shape[m:n] or match["n"] == "Z")
    year = pieces.values[n] if named else 0
    if named and 1 <= year <= 14:
        there = republican_date(year, month, day)
        point = Point(there.year, there.month, there.day)
        return Proposal(match.start(), match.end(), "republican", (point,), confidence=0.9)
    point = Point(movable=("republican", month, day))
    return Proposal(match.start(), m + 1, "partial", (point,), confidence=0.8)


@rule(rf"(?P<day>[cw])o?M(?:{SAID}(?:,?{YEAR}))?")
def roman_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the kalends of June 1217, «в иды марта»: first, fifth or seventh, 13th or 15th."""
    words, first = lexicon(pieces.language), match.start()
    name = words.roman_days.get(pieces.lows[first])
    if name is None:
        return None
    at = first + match.group().index("M")
    _, last = trim(pieces, at, match.end())
    point = read_point(pieces, at, last)
    if point is None or point.month is None:
        return None
    late = 2 if point.month in (3, 5, 7, 10) else 0
    point = replace(point, day={"kalends": 1, "nones": 5 + late, "ides": 13 + late}[name])
    rule_ = "partial" if point.needs_year else "point"
    return Proposal(first, last, rule_, (point,), confidence=0.9)


@rule(r"(?:[fb]i?)?(?P<a>O)[ta]i?(?P<b>O)(?P<way>[cw])", first="[fbO](?=i?O?[ta])")
def instants(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """from the 3rd to the 9th instant."""
    one, two = pieces.values[match.start("a")], pieces.values[match.start("b")]
    single_ = re.compile("O[cw]").match(pieces.shape, match.start("b"))
    last = instant(pieces, single_) if single_ else None
    if last is None or last.offset is None or not one < two <= 31:
        return None
    if match.group()[0] not in "fb" and pieces.letters[match.start("a") + 1] == "a":
        return None
    offset = (last.offset[0], f"{one}/{two}")
    return Proposal(match.start(), match.end(), "instant", (), offset, 0.8)


@rule(r"O[cw]")
def instant(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the 25th instant, the 3rd ultimo."""
    i, words = match.start(), lexicon(pieces.language)
    for name, step in (("instant", 0), ("ultimo", -1), ("proximo", 1)):
        if pieces.values[i] <= 31 and words.says(name, pieces.lows[i + 1]):
            return Proposal(i, i + 2, "instant", (), (step, f"{pieces.values[i]}"), 0.8)
    return None


@rule(r"[DO]w?")
def bare_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on the 22nd, «23-го», «двадцать третьего числа»: a day of the month of the story."""
    i, words = match.start(), lexicon(pieces.language)
    number = pieces.values[i]
    if not 1 <= number <= 31:
        return None
    if pieces.letters[i + 1] == "w" and words.says("day_of_month", pieces.lows[i + 1]):
        if words.says("day_groups", pieces.lows[i + 1]):
            return None
        return Proposal(i, i + 2, "bare-day", (Point(day=number),), confidence=0.6)
    if pieces.letters[i] != "O" or not _is_bare_day(pieces, i):
        return None
    return Proposal(i, i + 1, "bare-day", (Point(day=number),), confidence=0.6)


def _is_bare_day(pieces: Pieces, i: int, first: int | None = None) -> bool:
    """Whether an ordinal stands for a day: no noun follows that it could number.

    `first` is the piece with which it begins, where it is more than one.
    """
    words = lexicon(pieces.language)
    if _numbers_a_body(pieces, i):
        return False
    low, after = pieces.lows[i], pieces.letters[i + 1]
    if not low.endswith(words.grammar.day_suffixes or ("\0",)):
        return False
    night = bool(re.search("uoi$", pieces.shape[max(0, i - 3) : i])) or (
        # «в ночь на 2-е город восстал»
        pieces.shape[max(0, i - 2) : i] == "up" and words.says("nightly", pieces.lows[i - 1])
    )
    counted = words.says("numbered", pieces.lows[i + 1]) or (
        counts(pieces, i + 1)
        and not (words.grammar.capital_months and pieces.is_capital(i + 1))  # Admiral Graves
        and not (  # "the storm of the 29th killed ten thousand"
            words.grammar.articles and pieces.lows[i + 1].endswith(words.grammar.verb_endings)
        )
    )
    own_clause = not words.grammar.bare_seasons and _has_its_own_clause(pieces, i)
    if counted and not night and not own_clause and not _disagrees(pieces, i):
        return False
    if after == "-" and pieces.touches(i + 1):
        return False
    if heads_an_entry(pieces, i):
        return True
    if words.grammar.bare_seasons:
        if _heads_as_a_day(pieces, i):
            return True
        spelled = not low[0].isdecimal()
        opened = re.search("uoi$|[pt]i$", pieces.shape[max(0, i - 3) : i])
        if spelled and not (opened and (pieces.values[i] >= 4 or _day_named_before(pieces, i))):
            return False
        opens = i if first is None else first
        alone = not spelled or not noun_follows(pieces, i + 1)
        return alone and _day_after_article(pieces, opens, i)
    i, last = first if first is not None else i, i
    before = pieces.letters[i - 1] if i else "|"
    if not low[0].isdecimal():
        if night:
            return True
        acts = after == "w" and pieces.lows[last + 1].endswith(words.grammar.verb_endings)
        listed = before in "|," and (after == "," or acts) and _day_named_before(pieces, i)
        listed = listed or (before == "a" and _day_named_before(pieces, i))
        if before == '"' and not pieces.touches(i):
            before = "w"  # «вместе с „Азовом“ двадцать пятого»
        if (pieces.values[i] < 4 and not listed) or before not in "|,pftAwacu:;(-":
            return False
        if before not in "pt" and low.endswith(words.grammar.neuter_ordinals or ("\0",)):
            return False  # «в мае - десятое» is a battle; «в ночь на десятое» a day
        if before == "c" and pieces.is_capital(i):
            return False  # «Людовика Четырнадцатого»
        follows = pieces.lows[last + 1]
        # «к пятому удару стена пала», but «к пятому армия ушла»
        numbers = before in "pftA" and not _cannot_agree(pieces, last)
        clause = not numbers and _opens_clause(pieces, last)
        clause = clause or words.says("never_a_noun", follows)
        clause = clause or (after == "w" and follows.endswith(words.grammar.verb_endings))
        listed = before == "," and _day_named_before(pieces, i)
        said = pieces.lows[i - 1] if i else ""
        joined = words.says("coordinators", said)
        alone = listed or before in "|;:" or joined
        if (alone or before in ",p") and after == "u":
            return _is_adverb_of_time(pieces, last + 1)  # «седьмого ночью прошли станцию»
        if alone and after in "pt":
            return True  # «а шестнадцатого в полдень вывели»
        of_a_day = words.says("parts_of_a_day", said)  # «на рассвете восьмого пошли»
        if of_a_day and after == "c":
            return True  # «вечером седьмого Саакашвили выступил»
        closed = after == '"' and before in "pt" and pieces.touches(last + 1)  # «к двадцатому»
        return (
            closed
            or after in ",.|;:-)a"
            or (clause and (of_a_day or listed or joined or before in "|,pftA;:"))
        )
    if night or own_clause:
        return True
    if after in "wc":
        follows = pieces.lows[last + 1]
        verb = follows.endswith(words.grammar.verb_endings) or words.says("never_a_noun", follows)
        if verb or (after == "c" and before in "|,.pf"):
            return True
        if words.says("ends_of_search", follows):
            return True
        if after == "w" and follows.endswith(words.grammar.adjective_endings):
            return _opens_clause(pieces, last)
        return before in "|,;:-a" and _opens_clause(pieces, last)
    return after in ',.|;:?!-)paftbABJT"('


def _has_its_own_clause(pieces: Pieces, i: int) -> bool:
    """«Утром 18-го немцы», «к 12-му рубеж», «ещё 14-го две роты»: nothing that it numbers.

    What stands before leaves room for a day, and what follows is of another case or gender.
    """
    words, before, after = lexicon(pieces.language), i - 1, pieces.letters[i + 1]
    if after == "u" and _is_adverb_of_time(pieces, i + 1):
        return True  # «Налёты начались 30-го вечером»
    low = pieces.lows[before] if i else ""
    free = i == 0 or pieces.letters[before] in "|,;:-(a"
    free = free or words.says("parts_of_a_day", low) or words.says("before_a_day", low)
    free = free or words.says("coordinators", low)
    if not free and pieces.letters[before] in "ptfA":
        free = words.says("day_openers", low)
    if not free:
        return False
    if after in "NDOYXVHlxz":
        return True
    return after in "wc" and _cannot_agree(pieces, i)


def _is_adverb_of_time(pieces: Pieces, i: int) -> bool:
    """«15-го вечером»: a part of the day, and not a day that the ordinal counts."""
    return lexicon(pieces.language).says("day_adverbs", pieces.lows[i])


def _cannot_agree(pieces: Pieces, i: int) -> bool:
    """Whether the word after an ordinal is of another case, number or gender than it."""
    words, low = lexicon(pieces.language), pieces.lows[i + 1]
    if words.says("bodies_that_act", low) or words.says("day_followers", low):
        return True
    agreeing = next(
        (endings for suffix, endings in words.grammar.agreeing if pieces.lows[i].endswith(suffix)),
        (),
    )
    return bool(agreeing) and not low.endswith(agreeing)


def heads_an_entry(pieces: Pieces, i: int) -> bool:
    """ "15th. - Rain all day.": an ordinal that heads a paragraph of a diary, before a stop."""
    passages = pieces.passages
    weekday = _WEEKDAY_BEFORE.search(pieces.shape, max(0, i - 3), i)  # "Thursday, 15th."
    first = weekday.start() if weekday else i
    opens = first == 0 or passages[first].para != passages[first - 1].para
    if not opens or not pieces.lows[i][0].isdecimal():
        return False
    return bool(re.compile(r"[.:,]?[-|]|[.:]").match(pieces.shape, i + 1)) and not (
        pieces.touches(i + 1) and pieces.letters[i + 1] == "-"
    )


def _heads_as_a_day(pieces: Pieces, i: int) -> bool:
    """ "The twenty-third, we made nine houses", "The sixth was a Sunday": no thing is numbered so.

    Nor where it is all that is said: "And the 26th?" Not "The second, I think, was lost".
    """
    words, after = lexicon(pieces.language), pieces.letters[i + 1]
    if after in ".?!" and _ALONE.search(pieces.shape, max(0, i - 3), i):
        known = pieces.values[i] > _MONTHS or _day_named_before(pieces, i)
        return known and pieces.values[i] not in _bodies(pieces)
    if pieces.shape[max(0, i - 2) : i] not in ("|i", "i", ";i"):
        return False
    if words.says("copulas", pieces.lows[i + 1]):
        return "W" in pieces.letters[i + 2 : i + 4]
    if after != "," or not words.says("subjects", pieces.lows[i + 2]):
        return False
    verb = pieces.letters[i + 3] == "w" and "," not in pieces.letters[i + 4 : i + 6]
    return verb and (pieces.values[i] > _MONTHS or _day_named_before(pieces, i))


def _disagrees(pieces: Pieces, i: int) -> bool:
    """«13-го отряд выступил»: a noun of another case than the ordinal before it."""
    grammar, low = lexicon(pieces.language).grammar, pieces.lows[i + 1]
    foreign = any(
        pieces.lows[i].endswith(suffix) and low.endswith(endings)
        for suffix, endings in grammar.foreign_nouns
    )
    opens = i == 0 or pieces.letters[i - 1] in "|,;-"
    if opens and lexicon(pieces.language).says("bodies_that_act", low):
        return True
    return foreign and opens and pieces.shape[i + 1 : i + 3] != "w."


def _opens_clause(pieces: Pieces, i: int) -> bool:
    """Whether what follows an ordinal cannot agree with it: «27-го палата отпустила»."""
    low, grammar = pieces.lows[i + 1], lexicon(pieces.language).grammar
    if pieces.letters[i + 1] not in "wc":
        return False
    if low.endswith(grammar.adjective_endings):
        # «15-го советские части»: no such adjective agrees with the ordinal.
        return any(
            pieces.lows[i].endswith(suffix) and low.endswith(endings)
            for suffix, endings in grammar.foreign_adjectives
        )
    if pieces.letters[i + 1] == "c" and not low.endswith(grammar.genitive_endings):
        return True
    for k in (i + 2, i + 3):
        if pieces.letters[k] not in "wc":
            break
        if pieces.letters[k] == "w" and pieces.lows[k].endswith(grammar.verb_endings):
            return True
    return False


def _numbers_a_body(pieces: Pieces, i: int) -> bool:
    """Whether an ordinal is of a list that no month has room for: "the 7th, 14th and 63rd".

    So is what names the bodies before it: "two regiments, the 5th and the 7th".
    """
    first = last = i
    while run := re.compile(r"(?:,|,?[ar])i?O").match(pieces.shape, last + 1):
        last = run.end() - 1
    while run := re.search(r"O(?:,|,?[ar])i?$", pieces.shape[max(0, first - 5) : first]):
        first -= len(run.group())
    opener = re.search(r"[wc],i?$", pieces.shape[max(0, first - 3) : first])
    if opener and is_numbered(pieces, pieces.lows[first - len(opener.group())]):
        return True
    if first == last:
        return False
    numbers = [pieces.values[k] for k in range(first, last + 1) if pieces.letters[k] == "O"]
    noun = last + 1
    if pieces.lows[noun].endswith(lexicon(pieces.language).grammar.counted_adjectives or ("\0",)):
        noun += 1  # «1-го и 2-го Украинских фронтов»
    return max(numbers) > 31 or is_numbered(pieces, pieces.lows[noun])


def _bodies(pieces: Pieces) -> frozenset[int]:
    """The numbers of the bodies that a text names: "the 26th Infantry"."""
    if pieces.bodies is None:
        pieces.bodies = frozenset(
            pieces.values[match.start()]
            for match in re.finditer("O(?=[wc])", pieces.shape)
            if is_numbered(pieces, pieces.lows[match.start() + 1])
        )
    return pieces.bodies


def _day_after_article(pieces: Pieces, i: int, last: int | None = None) -> bool:
    """ "on the 22nd the fleet sailed", "the gale of the 14th"; not "the men of the 14th"."""
    words = lexicon(pieces.language)
    last = i if last is None else last
    if re.search(r"W[wL]?[,(]?i?$", pieces.shape[max(0, i - 4) : i]):
        return True  # "on Thursday the 30th", "on Sunday last, the 5th", "Sunday (the 5th)"
    if i < 2 or pieces.letters[i - 1] != "i":
        before = pieces.shape[max(0, i - 2) : i]
        listed = before == "O," and pieces.letters[last + 1] in ",a"
        return (listed or before[-1:] in ("t", "a")) and _day_named_before(pieces, i)
    before, opener = pieces.letters[i - 2], pieces.lows[i - 2]
    if before == "o":
        thing = pieces.lows[i - 3] if i > 2 else ""
        if i > 2 and pieces.letters[i - 3] == "u":
            return True
        if pieces.values[i] in _bodies(pieces):
            return False  # "the 26th Infantry ... Colonel Stark of the 26th"
        counted = thing in words.units and thing not in words.deeds  # "the assault of the 22d"
        if counted or words.says("titles", thing) or words.says("commanded", thing):
            return False
        return not noun_follows(pieces, last + 1)
    likened = words.says("early_as", opener) and words.says("as_early", pieces.lows[i - 3])
    if likened or (words.says("than", opener) and words.says("sooner", pieces.lows[i - 3])):
        return not noun_follows(
            pieces, last + 1
        )  # "as early as the 12th", "no later than the 12th"
    if words.says("day_openers", opener):
        return pieces.letters[last + 1] != "o"
    if words.says("day_openers_of_days", opener):
        return not noun_follows(pieces, last + 1) and pieces.letters[last + 1] != "o"
    if words.says("day_comers", opener) and pieces.letters[last + 1] in ",.|;:-":
        # "Then came the 14th, a Friday."
        return bool(re.search("[MWO]", pieces.shape[max(0, i - 25) : i - 1]))
    if says_it_was(pieces, i - 1, ("days",)) and pieces.letters[last + 1] != "o":
        if words.says("relatives", pieces.lows[last + 1]):
            return False  # "It was the 5th that bore the brunt"
        return not noun_follows(pieces, last + 1)  # "its blackest day was the 18th"
    if words.says("calling", opener) and _day_named_before(pieces, i):
        return pieces.letters[last + 1] in 'ic"'  # "they call the 6th Black Friday"
    closes = pieces.letters[last + 1] in ",.|;)"
    if closes and words.says("day_openers_nearby", opener):
        # "The strike was called for the 28th."
        fixed = any(words.says("fixing", low) for low in pieces.lows[max(0, i - 7) : i - 2])
        if fixed or _day_named_before(pieces, i):
            return True
    at_the_head = pieces.letters[i - 3] in '|,;a"'
    if at_the_head and (words.says("by", opener) or words.says("circa", opener)):
        return not noun_follows(pieces, last + 1)  # "By the 5th", "Around the 5th"
    if words.says("by", opener):
        # "They will be here by the 13th.", but "They were relieved by the 13th."
        done = pieces.lows[i - 3]
        done_by = done.endswith(words.grammar.participle_endings)
        if closes and not done_by and not words.says("strong_participles", done):
            return pieces.letters[i - 3] == "w"
    if before in "|,-;ar" and _day_named_before(pieces, i):
        return not noun_follows(pieces, last + 1) and pieces.values[i] not in _bodies(pieces)
    return before in "ftbAB" and not noun_follows(pieces, last + 1)


def _day_named_before(pieces: Pieces, i: int) -> bool:
    """Whether another day of the month is named shortly before ("on the 14th, and the 15th")."""
    near = pieces.shape[max(0, i - 25) : i]
    if near[-1:] in ("t", "a"):
        return bool(re.search(r"(?:[ptfb]iO|,O|M[DO]|[DO]o?M),?[ta]$", near))
    return bool(re.search(r"[DO]o?M|M[DO]|piO|iO[,a]", near))


@rule(r"(?:[pftA]|(?P<month>M)|(?P<season>S)o)(?P<n>N)(?P<y>y)?", first="[pftAMS](?=o?N)")
def early_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in 871, в 871 году: a year before 1000, where the text has others like it."""
    i, words = match.start("n"), lexicon(pieces.language)
    low = pieces.lows[i]
    if not (low.isdecimal() and len(low) == 3):
        return None
    if match["y"]:
        opener = pieces.letters[i - 1]
        one = words.says("year_singular", pieces.lows[i + 1])
        one = one or words.says("of_a_year", pieces.lows[i + 1])  # «около 529 года»: of years «лет»
        if not one and opener != "M":
            return None
        return Proposal(i, i + 2, "early-year", (Point(int(pieces.values[i])),), confidence=0.9)
    named = next((match.start(k) for k in ("month", "season") if match[k]), None)
    opened = named is not None or words.says("in", pieces.lows[i - 1])
    if words.grammar.year_word or not opened or match[0][0] == "A" or not _early(pieces):
        return None
    if pieces.letters[i + 1] not in ",.|;:)i" and noun_follows(pieces, i + 1):
        return None
    year = int(pieces.values[i])
    point = Point(year if _early(pieces) > 0 else 1 - year)
    if named is not None:
        part = {"M": "month", "S": "season"}[pieces.letters[named]]
        point, i = replace(point, **{part: pieces.values[named]}), named
    return Proposal(i, match.end(), "early-year", (point,), confidence=0.7)


def _early(pieces: Pieces) -> int:
    """Whether a text tells of times before the year 1000: -1 before Christ, 1 after, 0 no."""
    if pieces.early is None:
        eras, late = pieces.shape.count("E"), len(re.findall(r"p(?=Y)", pieces.shape))
        early = sum(
            1
            for m in re.finditer(r"pN[,.|;ic]", pieces.shape)
            if re.fullmatch(r"\d{3}", pieces.lows[m.start() + 1])
        )
        signs = sum(v for v, letter in zip(pieces.values, pieces.letters) if letter == "E")
        pieces.early = (-1 if signs < 0 else 1) if eras + early > late else 0
    return pieces.early
