"""Single points of the calendar, and whether a bare number, season or month is one."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.ellipsis import goes_on_counting
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import is_short_year, later_calendar, read_point, trim
from .proposals import BEGINS, POINT, Proposal, Rules
from .spans import Point

rule = Rules()

_SINGLE = re.compile(POINT)
_NAME = re.compile("c{1,3}")
_PART_OF_A_DAY = re.compile(r"P[oip]*-?(?=[DO]o?M|M[DO](?![uy])|[OL]u[op]?M)")


_YEAR_POINTED_AT = re.compile("[JTHLXV]{1,2}y")
_PART_WITH_ITS_PREPOSITION = re.compile(r"P-?[oi]*p[opi]*")


@rule(POINT, first=f"[{BEGINS}]")
def single(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """One point: 22 June 1941, May 1941, early 1942, the 1930s, summer of 1942."""
    first, last = trim(pieces, match.start(), match.end())
    first = without_a_noun(pieces, first, last)
    shape = pieces.shape[first:last]
    if shape[:2] == "OM" and not _may_be_a_day(pieces, first):
        first, shape = first + 1, shape[1:]
    if of_a_day := _PART_OF_A_DAY.match(shape):
        # The end of the fifth of May is that day, that of its second week no end of May.
        first, shape = first + of_a_day.end(), shape[of_a_day.end() :]
    if "j" in shape:
        return _slash(pieces, first, last)
    if shape[-2:] == "Mu":  # «в июне месяце», but "the June days"
        last -= not lexicon(pieces.language).says("month_words", pieces.lows[last - 1])
        shape = pieces.shape[first:last].rstrip("u")
    said = shape.rfind("p", 1, -1)
    if said > 0 and lexicon(pieces.language).says("since", pieces.lows[first + said]):
        first, shape = first + said + 1, shape[said + 1 :]  # "every May since 1868"
    if shape[-2:] in ("MO", "SO") and not ends_in_a_year(pieces, last - 1):
        last -= 1
        shape = shape[:-1]
    point = read_point(pieces, first, last)
    if point is None:
        # "the first fifth of October 1943" is nothing, but "October 1943" is.
        rest = _SINGLE.search(pieces.shape, first + 1, last) if last - first > 2 else None
        return single(pieces, rest) if rest else None
    if _YEAR_POINTED_AT.search(shape):
        return Proposal(first, last, "point-of-that-year", (point,), confidence=0.8)
    across = shape.find("R")
    if across != -1 and point.month is None:
        _, two = pieces.values[first + across]
        last += pieces.letters[last] == "y"
        return Proposal(first, last, "across-years", (point, replace(point, year=two)))
    if not _plausible(pieces, first, last, shape, point):
        return None
    whole = not (point.decade or point.century or point.season)
    ends = not lexicon(pieces.language).says("part_adverbs", pieces.lows[first])
    if point.part == "late" and whole and ends and is_limit(pieces, first):
        point = replace(point, part="last")
    name = "point" if not point.needs_year else "partial"
    confidence = 0.97 if not point.needs_year else 0.85
    if shape[:2] == "Ou" and point.part and lexicon(pieces.language).grammar.year_word:
        confidence = 0.9  # «первые дни января» are of no certain number
    return Proposal(first, last, name, (point,), confidence=confidence)


@rule(r"(?P<point>(?:[DO]o?)?M|MD)u?\((?P<year>Y)y?\.?(?=\))", first="[DOM]")
def year_in_brackets(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«в ноябре месяце (1098 г.)», "on 5 May (1862)": the year of the month before it."""
    first, last = trim(pieces, match.start(), match.end("point"))
    point = read_point(pieces, first, last)
    at = match.start("year")
    if point is None or point.month is None or not year_like(pieces, at):
        return None
    point = point.in_year(pieces.values[at])
    return Proposal(first, match.end() + 1, "point", (point,), confidence=0.9)


def _may_be_a_day(pieces: Pieces, i: int) -> bool:
    """«первого августа», but not «в первую августа», a week."""
    return not pieces.lows[i].endswith(lexicon(pieces.language).grammar.feminine_ordinals)


def without_a_noun(pieces: Pieces, first: int, last: int) -> int:
    """Where a date begins: "beginning in 1843" and "two years 1843" are no parts of one."""
    words, shape = lexicon(pieces.language), pieces.shape
    part = _PART_WITH_ITS_PREPOSITION.match(shape, first, last)
    if part and (
        not words.says("part_adverbs", pieces.lows[first])
        or re.search(r"[DO]o?M|M[DO]", shape[first:last])
    ):
        first = part.end()
    if shape[first] == "y" and last - first > 1:
        named = words.says("year_named", pieces.lows[first])
        if not (named and first and pieces.letters[first - 1] in "iTJH"):
            first += 1
    return first


def is_limit(pieces: Pieces, first: int) -> bool:
    """ "by the end of September": its last day is the limit."""
    at = first - 1 - (first > 1 and pieces.letters[first - 1] == "i")
    return at >= 0 and lexicon(pieces.language).says("by", pieces.lows[at])


def _slash(pieces: Pieces, first: int, last: int) -> Proposal | None:
    """13/25 October: two calendars; the night of 14/15 November: two days."""
    at = next(i for i in range(first, last) if pieces.letters[i] == "j")
    one, two = pieces.values[at]
    month = next((pieces.values[i] for i in range(first, last) if pieces.letters[i] == "M"), None)
    year = next((pieces.values[i] for i in range(first, last) if pieces.letters[i] == "Y"), None)
    early, late = Point(year, month, one), Point(year, month, two)
    if month is None or not (early.is_possible() and late.is_possible()):
        return None
    if two == one + 1:
        return Proposal(first, last, "night", (early, late), confidence=0.9)
    if one < two < one + 5:
        return Proposal(first, last, "range", (early, late), confidence=0.9)  # 23/26 October
    later = later_calendar(early, late)
    return Proposal(first, last, "two-calendars", (later,)) if later else None


def _plausible(pieces: Pieces, first: int, last: int, shape: str, point: Point) -> bool:
    """Whether a bare number is a year, a bare season or month a date."""
    words = lexicon(pieces.language)
    if shape == "Y":
        return year_like(pieces, first)
    if first and _is_a_street(pieces, first) and _is_a_name(pieces, first, shape):
        return False
    if words.says("streets_after", pieces.lows[last]) and pieces.is_capital(last):
        return False
    if shape == "q":
        return bool(first) and pieces.letters[first - 1] in "pftob"
    if shape == "Oy":
        opened = bool(first) and (
            pieces.letters[first - 1] in "pftA"
            or words.says("whole", pieces.lows[first - 1])
            or (first > 1 and pieces.letters[first - 1] == "," and _announced(pieces, first - 2))
            or words.says("of_years_past", pieces.lows[first - 1])
        )
        opened = opened or _passes(pieces, first, last)
        if _stands_as_a_heading(pieces, first, last) and pieces.values[first] > 9:
            return words.says("year_singular", pieces.lows[last - 1])  # «Шестнадцатый год»
        return opened and not _counted_life(pieces, first, last)
    if shape in ("S", "PS", "PoiS", "PiS", "PoS", "PpiS"):
        return bare_season(pieces, first, last)
    if shape == "M":
        return _bare_month(pieces, first)
    if point.short is not None and shape[-1] == "O":
        return True
    if shape == "m":
        if pieces.shape[first - 1 : first] == '"' and pieces.letters[last + 1] == '"':
            return False  # «пароход "Июньское восстание"»
        of_a_day = pieces.letters[last] == "u" and pieces.values[last] == "days"
        return of_a_day or words.says("dated_things", pieces.lows[last])
    if shape.startswith("M") and shape.lstrip("Mi") in ("D", "O"):
        # A month alone is never one "on" which something happens: "On May 27 officers came".
        on = first > 0 and words.says("on", pieces.lows[first - 1])
        return words.month_before_day and (on or not counts(pieces, last))
    if shape.startswith("Oq") or shape[:2] in ("Ow", "Ou", "Pu", "Lu"):
        return point.month is not None
    if "C" in shape and shape.rstrip("E")[-1] == "C" and last - first == 2:
        # "the fifth century of our town" is the age of the town.
        if not (len(pieces.lows[last - 1]) > 2 or shape[0] in "ZO"):
            return False
        return bool(first) and (
            pieces.letters[first] == "Z" or pieces.letters[first - 1] in "pofitbAP-"
        )
    if shape.lstrip("P") == "K" and pieces.values[last - 1] < 100:
        # "in his (late) thirties" is an age; "30-х" needs a following "годов".
        return first > 0 and not words.says("possessive", pieces.lows[first - 1])
    return True


def _passes(pieces: Pieces, first: int, last: int) -> bool:
    """«Шёл сорок третий год», «Сорок второй год начался боями»; not «ему шёл сороковой год»."""
    words = lexicon(pieces.language)
    if not words.says("year_singular", pieces.lows[last - 1]) or not 9 < pieces.values[first] < 100:
        return False
    if first == 0 or pieces.letters[first - 1] == "|":
        return words.says("years_pass", pieces.lows[last])
    verb = first - 1
    if not words.says("years_pass", pieces.lows[verb]):
        return False
    before = verb - 1
    skipped = words.any_of("before_a_day", "coordinators")
    while before >= 0 and skipped[pieces.lows[before]]:
        before -= 1  # «а потом пришёл сорок первый год»
    return before < 0 or pieces.letters[before] in "|,;:-a"


def _stands_as_a_heading(pieces: Pieces, first: int, last: int) -> bool:
    """Whether a sentence that ends a short paragraph consists of these words alone."""
    passages = pieces.passages
    if first and pieces.letters[first - 1] != "|":
        return False
    end = last + (pieces.letters[last] == ".")
    if pieces.letters[end] != "|":
        return False
    return end + 1 >= len(passages) or passages[end + 1].para != passages[first].para


def _announced(pieces: Pieces, i: int) -> bool:
    """«новый, сорок второй год», «следующего, сорок третьего года»."""
    says, low = lexicon(pieces.language).says, pieces.lows[i]
    return pieces.letters[i] in "LX" or says("newborn_year", low) or says("of_years_past", low)


def _is_a_street(pieces: Pieces, first: int) -> bool:
    """Whether the word for a street stands before a date, with at most "of" between."""
    words = lexicon(pieces.language)
    for i in (first - 1, first - 2):
        if i >= 0 and words.says("streets_before", pieces.lows[i]):
            named = not words.grammar.capital_months or pieces.is_capital(i)
            return named and (i == first - 1 or len(pieces.lows[first - 1]) < 4)
        if pieces.letters[i] not in "ow":
            break
    return False


def _is_a_name(pieces: Pieces, first: int, shape: str) -> bool:
    """«улица 1905 года», "Rue du 4 Septembre": a year, or a month with a capital."""
    if lexicon(pieces.language).grammar.capital_months or "M" not in shape:
        return shape in ("Y", "Yy", "DM", "OM", "OoM", "MO", "MD")
    return pieces.is_capital(first + shape.index("M"))


def ends_in_a_year(pieces: Pieces, i: int) -> bool:
    """«9 мая сорок пятого», but not «1 августа 16-я армия»."""
    words = lexicon(pieces.language)
    if words.month_before_day:
        return True
    low = pieces.lows[i]
    if low[0].isdecimal() and not low.endswith(words.grammar.day_suffixes or ("\0",)):
        return False
    return is_short_year(pieces, i, i + 1) and not words.says("numbered", pieces.lows[i + 1])


def _counted_life(pieces: Pieces, first: int, i: int) -> bool:
    """«на двадцатом году жизни»: the year of a life or reign, not of the century."""
    words, low = lexicon(pieces.language), pieces.lows[i]
    if pieces.values[first] > 9 and words.says("year_openers", pieces.lows[first - 1]):
        return words.says("lives", low)  # «в двенадцатом году деда ранили»
    verb = words.grammar.year_word and low.endswith(words.grammar.verb_endings)
    return pieces.letters[i] in "wc" and not (verb or words.says("never_a_noun", low))


def counts(pieces: Pieces, i: int) -> bool:
    """Whether the piece is a noun that the number before it counts."""
    return i < len(pieces.lows) and pieces.lows[i] in lexicon(pieces.language).units


def year_like(pieces: Pieces, i: int) -> bool:
    """Whether a number from 1000 to 2099 stands for a year."""
    words = lexicon(pieces.language)
    carries = words.grammar.year_word
    value = pieces.values[i]
    after = pieces.letters[i + 1]
    before = pieces.letters[i - 1] if i else "|"
    low_before = pieces.lows[i - 1] if i else ""
    if value < 1000 or after == "E" or before == "E" or (after == "y" and carries):
        return True
    if words.says("year_names", low_before) and not counts(pieces, i + 1):
        return True  # "the year of grace 1415", «год 1945»
    if words.says("at_an_hour", low_before) and value % 100 < 60 and value < 2400:
        return False  # "The column entered at 1900 on the 3rd"
    if goes_on_counting(pieces, i):
        return False
    if before == "[" and after == "]" and i > 1:
        behind = pieces.letters[i - 2] == "|" and pieces.letters[i + 2] in ").,;"
        if behind or pieces.touches(i - 1):
            return False  # the number of a note
    compared = i > 2 and words.says("likening", low_before)
    if compared and pieces.lows[i - 3] == low_before and not counts(pieces, i + 1):
        return True  # "as early as 1911"
    if carries and re.compile(r"Y(?:,Y)*,?[ar]p?Yy").match(pieces.shape, i):
        return True  # «в 1066, 1215 и 1314 годах»
    if i > 1 and words.says("than", low_before) and words.says("sooner", pieces.lows[i - 2]):
        return not counts(pieces, i + 1)  # "not later than 1812"
    plural = after == "w" and looks_plural(pieces, i + 1)
    if after == "i" and pieces.values[i + 2] == "years":
        return 1500 <= value <= 2029  # "proclaimed 1970 the Year of the Heroes"
    if before == "o" and i > 1 and _is_a_war(pieces, i - 2):
        return True  # "War of 1812 events"
    if before == "i" and after == "c" and not looks_plural(pieces, i + 1):
        return 1500 <= value <= 2029 and words.grammar.articles  # "the 1683 Battle of Vienna"
    if says_it_was(pieces, i):
        # "It was 1955 and they were ..."
        return 1700 <= value <= 2029 and after in ",.|;:aw" and not counts(pieces, i + 1)
    if words.says("beginning", low_before) and not plural and not counts(pieces, i + 1):
        return True  # "Starting 1656"
    if carries and "-" in pieces.lows[i] and 1800 <= value <= 2029:
        # «в боях 1941-го советские бойцы», but «1848-го истребительного полка»
        return not _numbers(pieces, i)
    if after in "tar" and pieces.letters[i + 2] in "YN" and counts(pieces, i + 3):
        return False  # "from 2000 to 1850 men"
    if after == "o" and words.says("measured_by", low_before):
        return False  # "by 1500 of the enemy"
    if before == "w" and _is_a_war(pieces, i + 1) and not words.says("numbered", low_before):
        return True  # "calls 1973 war a blow"
    if counts(pieces, i + 1) or after in "%yuk" or words.says("number_sign", low_before):
        return False
    if before == "." and i > 1:
        if words.says("number_sign", pieces.lows[i - 2]):
            return False
        if words.says("circa", pieces.lows[i - 2]):
            return not plural
    if before in "a," and i > 1 and pieces.letters[i - 2] == "Y" and not plural:
        return 1000 <= value <= 2099  # "1093-1097 and 1100-1103"
    if before in "$£€¥#№" or (
        before == "-"
        and pieces.touches(i)
        and i > 1
        and pieces.letters[i - 2] in "cwZ"
        and pieces.touches(i - 1)
    ):
        return False
    named = before not in "pft" and words.says("designators", low_before)
    if named or (before == "c" and not 1700 <= value <= 2029):
        return False
    about = words.says("circa", low_before) and i > 1 and pieces.letters[i - 2] not in "pfo(,|wcA"
    if about and not words.says("bounding", pieces.lows[i - 2]):
        return False  # "rose to about 1800"
    if before == "-" and after == "|" and i > 1 and not pieces.touches(i):
        return True  # "The Siege of Vienna - 1683", a heading
    if plural and _is_of_a_paper(pieces, i):
        return True
    if before in "ptfobAB([" or (after in ")]" and before in "-,;(["):
        if plural and (
            carries or words.says("circa", low_before) or words.says("measured_by", low_before)
        ):
            return False
        if after == "w" and words.says("circa", low_before):
            low = pieces.lows[i + 1]
            return words.says("never_a_noun", low) or low.endswith(words.grammar.verb_endings)
        return 1000 <= value <= 2099
    if plural or (carries and (after in "wQ" or (before in "wcu" and after != "-"))):
        return False
    own = words.says("possessive", low_before) or words.suffixes.owns(low_before)
    if before == "i" or own:
        return 1500 <= value <= 2029
    if before == "c" and after not in ",.|;:)-":
        return False
    if before == "w" and after == "w" and i > 1 and _is_determined(pieces, i - 2):
        return 1700 <= value <= 2029  # "in his landmark 1966 work"
    if before == "w" and words.says("aimed_at", low_before):
        return 1500 <= value <= 2029 and after in ",.|;w"  # "the goal for 1692, "
    if before == "w" and after not in "-/":
        return after in ",.|;)" and 1700 <= value <= 2029 and words.grammar.year_word is False
    if words.says("circa", low_before) and after == "w":
        return False
    return 1700 <= value <= 2029 or (before in ",|" and after in ",:.|-=")


def _is_of_a_paper(pieces: Pieces, i: int) -> bool:
    """ "His diary for 1916 begins", "the treaty of 1763 leaves": what its year tells apart.

    Not "a letter of 2000 words": that is a number of something.
    """
    words = lexicon(pieces.language)
    if i < 3 or not (pieces.letters[i - 1] == "o" or words.says("aimed_at", pieces.lows[i - 1])):
        return False
    acted = words.any_of("copulas", "of_the_past", endings=words.grammar.past_endings)
    if pieces.letters[i + 2] in ",.|;:)" or acted[pieces.lows[i + 2]]:
        return False  # "plans for 1500 chapels were drawn"
    papers = words.any_of("dated_things", "dated_papers", "personal_papers", "books_and_monuments")
    return papers[pieces.lows[i - 2]] and _is_determined(pieces, i - 3)


def _is_a_war(pieces: Pieces, i: int) -> bool:
    """ "War", "siege", in the singular, where a language puts the year before it."""
    return lexicon(pieces.language).says("wars", pieces.lows[i])


def _numbers(pieces: Pieces, i: int) -> bool:
    """Whether what an ordinal numbers follows, with at most adjectives between."""
    words = lexicon(pieces.language)
    for k in range(i + 1, i + 4):
        low = pieces.lows[k]
        if words.says("numbered", low):
            return True
        if pieces.letters[k] not in "wcm" or not low.endswith(words.grammar.adjective_endings):
            return False
    return False


def says_it_was(pieces: Pieces, i: int, units: tuple[str, ...] = ("months",)) -> bool:
    """ "It was" or "the worst month was" before a piece."""
    words, lows = lexicon(pieces.language), pieces.lows
    if i < 2 or not words.says("copulas", lows[i - 1]):
        return False
    named = pieces.letters[i - 2] == "u" and pieces.values[i - 2] in units
    return named or words.says("expletives", lows[i - 2])


def _is_determined(pieces: Pieces, i: int) -> bool:
    """Whether an article or a possessive stands at a piece."""
    words = lexicon(pieces.language)
    owned = words.says("possessive", pieces.lows[i]) or words.suffixes.owns(pieces.lows[i])
    return words.grammar.articles and (pieces.letters[i] == "i" or owned)


def looks_plural(pieces: Pieces, i: int) -> bool:
    low = pieces.lows[i]
    words = lexicon(pieces.language)
    if words.says("never_a_noun", low):
        return False
    grammar = words.grammar
    return (
        low.endswith(grammar.plural_endings)
        and not low.endswith(grammar.plural_exceptions or ("\0",))
        and (len(low) > 3 or not grammar.bare_seasons)
    )


def bare_season(pieces: Pieces, first: int, last: int) -> bool:
    words = lexicon(pieces.language)
    low = pieces.lows[last - 1]
    has_part = "P" in pieces.shape[first:last]
    if not words.grammar.bare_seasons:
        if words.says("forms", low):
            return True
        emphatic = first and words.says("deepening", pieces.lows[first - 1])
        first -= bool(emphatic)  # «до самой зимы»
        opener = pieces.letters[first - 1] if first else "|"
        if opener == "p" and words.says("by", pieces.lows[first - 1]):
            return True  # «к лету», which may also be a form of "years"
        if words.says("plural_units", low) and not has_part:
            return opener == "t" and low in words.data["seasons"] and _genitive(pieces, last)
        return has_part or opener in "ptfz" or _does_something(pieces, first, last)
    before = pieces.shape[max(0, first - 4) : first]
    if pieces.letters[last] == "o":
        return False  # "the fall of Warsaw"
    if words.says("noun_stand_ins", pieces.lows[last]):
        return False  # "the spring campaign, and the autumn one"
    said = pieces.lows[first - 1] if first else ""
    if words.says("ambiguous_seasons", low) and words.says("article_one", said):
        return False  # "hurt in a fall"
    if words.says("article_one", said):
        return False  # "after a winter with the papers": some winter or other
    if words.says("infinitive", said) and not re.search(r"f[^|,;]*$", before):
        return False  # "asked to winter in these mountains"
    if words.says("whole", said):
        return not noun_follows(pieces, last)  # "He was there all summer"
    if re.search(r"(?:[ptfABP]i?|[JTLHXr])$", before):
        # "the first to fall"
        if words.says("ambiguous_seasons", low) and (
            before[-1:] in ("t", "r") or re.search(r"[uy][AB]i$", before)
        ):
            return False
    elif not before.endswith("i") or words.says("ambiguous_seasons", low):
        return False
    return not noun_follows(pieces, last)


def _genitive(pieces: Pieces, last: int) -> bool:
    """Whether «лета» is the season, not years: nothing is counted by it."""
    words, low = lexicon(pieces.language), pieces.lows[last]
    goes_on = low.endswith(words.grammar.verb_endings) or words.says("never_a_noun", low)
    return pieces.letters[last] in ".,|;:)" or (pieces.letters[last] == "w" and goes_on)


def _does_something(pieces: Pieces, first: int, last: int) -> bool:
    """«Весна прошла в маршах», «всё лето стояли»: a season tells when."""
    words = lexicon(pieces.language)
    if first and words.says("whole", pieces.lows[first - 1]):
        return True
    if first and pieces.letters[first - 1] not in '|,;-"a':
        return False
    last += 2 * (pieces.shape[last : last + 2] == "aS")  # «лето и осень прошли»
    low = pieces.lows[last]
    return pieces.letters[last] == "w" and low.endswith(words.grammar.verb_endings)


def noun_follows(pieces: Pieces, i: int) -> bool:
    """Whether a season or month is only the adjective of what follows ("the spring tide")."""
    words = lexicon(pieces.language)
    letter, low = pieces.letters[i], pieces.lows[i]
    if letter in ",.|;:!?)]-\"'patfbBArdxlegJTHXLViN":
        return False  # nor by "by the 9th twelve hundred shells had fallen"
    if letter not in "wc":
        return not words.says("subjects", low)  # "I" looks like a Roman figure
    if letter == "c" and pieces.shape[max(0, i - 3) : i - 1] in ("pi", "ti"):
        name = _NAME.match(pieces.shape, i)
        if name and acts(pieces, name.end()):
            return False  # "by the autumn Toulon was lost", "by the 5th Lord Grey had left"
    gerund = low.endswith(words.grammar.gerund_endings) and not words.says("after_a_date", low)
    if gerund and pieces.letters[i - 2 : i - 1] == ["i"]:
        # "the winter clothing", but "spent the summer rotting"
        spent = i > 2 and words.says("spending", pieces.lows[i - 3])
        return not (spent or words.says("participles", low))
    return not (
        words.says("never_a_noun", low)
        or words.says("after_a_date", low)
        or words.says("possessive", low)
        or words.says("ends_of_search", low)
        or (low.endswith(words.grammar.verb_endings) and letter == "w")
        or (letter == "c" and pieces.letters[i - 2] == "p")
    )


def acts(pieces: Pieces, i: int) -> bool:
    """Whether a piece is the verb of the name before it."""
    words, low = lexicon(pieces.language), pieces.lows[i]
    verb = low.endswith(words.grammar.verb_endings) or words.says("month_verbs", low)
    return pieces.letters[i] == "w" and verb


def _bare_month(pieces: Pieces, i: int) -> bool:
    words = lexicon(pieces.language)
    if not words.grammar.capital_months:
        short = words.says("abbreviations", pieces.lows[i])
        return not short or pieces.letters[i + 1] == "."  # «верхний дек»
    before = pieces.letters[i - 1] if i else "|"
    after = pieces.letters[i + 1]
    if i and words.says("whole", pieces.lows[i - 1]):
        return after not in "c'"  # "All September they marched"
    if words.says("ambiguous_months", pieces.lows[i]):
        # Also a verb, a command, an adjective or a woman.
        if before == "|" and words.says("month_verbs", pieces.lows[i + 1]):
            return True
        if before == "i" or (i and words.says("indefinite", pieces.lows[i - 1])):
            # "a June gale", "one May morning"; not "the March to the sea"
            free = after == "w" and not words.says("never_a_noun", pieces.lows[i + 1])
            return free and not words.says("after_a_feast", pieces.lows[i + 1])
        if says_it_was(pieces, i):
            return after not in "c'"  # "It was March again"
        ahead = before == "w" and words.says("day_openers_nearby", pieces.lows[i - 1])
        if ahead and after in ",.|;)a":
            # "The parade had been planned for August."
            return any(words.says("fixing", low) for low in pieces.lows[max(0, i - 5) : i - 1])
        named = after == "c" and before not in "ptf"
        return before in "ptfobaPABJTLXH-r" and after != "'" and not named
    return (before != "c" and after not in "c'") or before in "ptfbPAB"
