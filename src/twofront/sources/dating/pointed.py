"""Words that point at a date: yesterday, "the next day", "that summer", "the Tuesday after".

A proposal of these rules has an offset and no points, as one that is counted (`counted.py`).
"""

from __future__ import annotations

import re

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .points import read_point
from .proposals import Proposal, Rules
from .single import acts, is_limit
from .spans import Point

rule = Rules()


@rule(r"i?(?P<u>u)(?P<way>[AB])(?P<day>d|t-[wuU])", first="[iu](?=u?[AB])")
def day_before_yesterday(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the day before yesterday, the day after tomorrow."""
    i, j = match.span()
    deictics = lexicon(pieces.language).data["deictic"]
    day = deictics.get("".join(pieces.lows[match.start("day") : j]), 0)
    if (
        pieces.values[match.start("u")] != "days"
        or abs(day) != 1
        or (day > 0) != (match["way"] == "A")
    ):
        return None
    return Proposal(i, j, "deictic", (), (2 * day, "days"), 0.7)


@rule(r"d|t-[wuU]")
def deictic(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """today, yesterday, to-morrow, сегодня."""
    i, j = match.span()
    value = pieces.values[i]
    if j - i > 1:
        value = lexicon(pieces.language).data["deictic"].get("".join(pieces.lows[i:j]))
        if value is None:
            return None
    return Proposal(i, j, "deictic", (), (value, "days"), 0.7)


@rule(r"(?P<before>[pitwc])(?P<W>W)")
def bare_weekday(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on Sunday, until the Saturday: the nearest to where the story stands.

    "He spoke Sunday", as newspapers write, is of the days before the paper.
    """
    at, words = match.start("W"), lexicon(pieces.language)
    after = pieces.shape[at + 1 : at + 5]
    if re.match(r"[.,(]{0,2}i?[DOMFj]|[oAB]|['-]", after) or re.search(
        r"[YMDOy],?[ip]?$", pieces.shape[:at][-4:]
    ):
        return None  # «5 июня, в понедельник»
    low = pieces.lows[match.start()]
    if match["before"] == "i" and words.says("article_one", low):
        return None
    if match["before"] in "wc" and not words.says("weekday_openers", low):
        free = words.suffixes.owns(pieces.lows[at])
        free = free or words.says("never_a_noun", pieces.lows[at + 1])
        if words.grammar.year_word or (re.match(r"[wcM]|[,.]?[DO]", after) and not free):
            return None
        return Proposal(at, at + 1, "weekday-N", (), (pieces.values[at], "weekday"), 0.55)
    if match["before"] != "i" and not words.says("weekday_openers", low):
        return None
    if (
        match["before"] == "i"
        and re.match("[wc]", after)
        and not (
            words.says("never_a_noun", pieces.lows[at + 1])
            or pieces.letters[at + 1] == "c"
            or pieces.lows[at + 1].endswith(words.grammar.verb_endings)
        )
    ):
        return None
    first = match.start() if match["before"] == "i" else at
    return Proposal(first, at + 1, "weekday-0", (), (pieces.values[at], "weekday"), 0.55)


@rule(r"Wu?(?=[.:|-][,|-]?+(?!i?[DOMF]))")
def weekday_of_an_entry(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """ "Monday. Scrubbed the ward.": a day of the week that heads a paragraph, as in a journal."""
    i, passages = match.start(), pieces.passages
    if i and passages[i - 1].para == passages[i].para:
        return None
    return Proposal(i, i + 1, "weekday-0", (), (pieces.values[i], "weekday"), 0.55)


@rule(r"(?P<what>W|(?P<S>S)|(?:[DO]o?)?(?P<M>M)[DO]?)(?P<way>[wAXLB])", first="[WDOMS]")
def named_last(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on Tuesday last, the 23rd of August last, in March next."""
    words, low = lexicon(pieces.language), pieces.lows[match.start("way")]
    way = "L" if words.says("last_named", low) else "X" if words.says("next_named", low) else ""
    beside = pieces.letters[match.end()] in "pawi" and not acts(pieces, match.end())
    beside = beside and not words.says("subjects", pieces.lows[match.end()])  # "following he"
    if way == "X" and match["way"] in "AX" and beside:
        return None  # "the March following the battle"
    first, last = match.span()
    if match["way"] in "AB" and not way:
        # "the June before, he had ..."; not "the June before the battle"
        article = first > 0 and pieces.letters[first - 1] == "i"
        if match["what"] == "W" or not article or pieces.letters[last] not in ",.|;:)":
            return None
        way = "V" if match["way"] == "B" else "X"
    if match["S"] and way != "V" and not (way == "X" and match["way"] in "AX"):
        return None
    if not way or pieces.letters[last] not in ",.|;:)pawi":
        return None
    if match["what"] == "W":
        return Proposal(first, last, "weekday-" + way, (), (pieces.values[first], "weekday"), 0.6)
    if match["S"]:
        return Proposal(first, last, "pointing-" + way, (), (first, "S"), 0.7)
    day = next((pieces.values[i] for i in range(first, last) if pieces.letters[i] in "DO"), None)
    at = match.start("M")
    point = Point(month=pieces.values[at], day=day)
    if not point.is_possible():
        return None
    return Proposal(first, last, "pointing-" + way, (point,), (at, "M"), 0.7)


@rule(r"(?:[DO]o?)?[MS]oiy(?P<way>[wAX])", first="[DOMS]")
def of_the_year_following(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in April of the year following, the 5th of May of the year ensuing."""
    words, way = lexicon(pieces.language), match.start("way")
    if not words.says("next_named", pieces.lows[way]):
        return None
    if match["way"] == "A" and pieces.letters[way + 1] in "icYDM":
        return None  # "of the year following the siege"
    point = read_point(pieces, match.start(), way - 3)
    if point is None:
        return None
    return Proposal(match.start(), match.end(), "point-of-that-year", (point,), confidence=0.8)


@rule(r"(?P<D>[DO])(?P<way>[LTX])(?P<M>M)(?![oip]*[JH]*y?Y)")
def day_of_last_month(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«25 минувшего мая», «12 сего июня»."""
    at, first = match.start("M"), match.start()
    point = Point(month=pieces.values[at], day=pieces.values[first])
    if lexicon(pieces.language).month_before_day or not point.is_possible():
        return None
    return Proposal(first, at + 1, "pointing-" + match["way"], (point,), (at, "M"), 0.7)


@rule(r"i?W(?P<way>[AB])")
def weekday_beside(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the Monday after the surrender, the Sunday before Easter."""
    words, w = lexicon(pieces.language), match.end() - 2
    if not words.grammar.anchor_inside or not isinstance(pieces.values[w], int):
        return None
    name, step = ("offset-after", 1) if match["way"] == "A" else ("offset-before", -1)
    first, day = match.start(), pieces.values[w]
    return Proposal(first, w + 2, name, (), (step, "days"), 0.6, weekday=day)


@rule(r"(?P<what>[uyC])P(?:,?[oi]*(?P<year>Y))?")
def its_end(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """by the year's end, at month's end."""
    i = match.start()
    if not lexicon(pieces.language).suffixes.owns(pieces.lows[i]):
        return None
    part = pieces.values[i + 1]
    if match["year"]:
        month = {"early": 1, "mid": 6}.get(part, 12)
        point = Point(pieces.values[match.end() - 1], month, part="last" if month == 12 else None)
        return Proposal(i, match.end(), "point", (point,), None, 0.8)
    part = "last" if part == "late" else part
    return Proposal(i, i + 2, "part-of-that", (), (i, f":{part}"), 0.6)


@rule(r"i?(?P<way>[LXVJ])W", first="[iLXVJ](?=[LXVJ]?W)")
def weekday(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """last Sunday, the following Tuesday, that Thursday."""
    i = match.start("way")
    day = pieces.values[i + 1]
    if not isinstance(day, int):
        return None
    return Proposal(i, i + 2, "weekday-" + match["way"], (), (day, "weekday"), 0.6)


@rule(
    r"(?P<p>p)?i?(?P<way>[JT]?[HTLXVJ])(?P<same>(?<=X)H)?(?P<what>[uySMC])",
    first="[HTLXVJ]|[pi](?=i?[HTLXVJ])",
)
def pointing(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """last year, this week, the next day, that summer, the same month, в том же году."""
    unit_at, way_at = match.start("what"), match.start("way")
    way, what = match["way"][-1], match["what"]
    words = lexicon(pieces.language)
    after = pieces.letters[unit_at + 1]
    if what in "uy" and pieces.values[unit_at] in (
        "hours", "minutes", "decades", "half-years", "half-centuries", "fortnights",
    ):  # fmt: skip
        return None
    if what == "C" and way in "TJ":
        return None
    if match["way"] == "H" and words.says("same_behind", pieces.lows[way_at]):
        return None  # «в первую же ночь», «зимой же»: no «та же ночь»
    lasts = way == "T" and what == "u" and way_at and pieces.letters[way_at - 1] == "t"
    if lasts and words.grammar.articles and pieces.values[unit_at] == "days":
        return None  # "to this day"
    if way in "JH" and match.start() and pieces.letters[match.start() - 1] == "v":
        return None  # «тридцатая годовщина этого дня»
    titled = way == "T" and pieces.is_capital(way_at) and pieces.is_capital(unit_at)
    if titled and way_at and pieces.letters[way_at - 1] == "c":
        return None  # "CBS This Morning"
    past = way == "L" and words.says("past", pieces.lows[way_at])
    if past and words.says("instants", pieces.lows[unit_at]):
        return None  # "past midnight"
    told_of = way_at and words.says("spoken_of", pieces.lows[way_at - 1])
    if way == "J" and words.grammar.year_word and told_of:
        return None  # «рассказ об этой ночи»: what is told of, and not when
    if way in "J" and after == "," and words.says("when", pieces.lows[unit_at + 2]):
        return None  # «в тот день, когда вернули мельницу»
    if way in "JH" and after == "p" and words.says("which", pieces.lows[unit_at + 2]):
        return None  # "the very day on which they sailed"
    if way == "J" and what == "u" and re.compile(r"oi[uy]").match(pieces.shape, unit_at + 1):
        return None  # "on that day of the week"
    if way == "L" and after in "of" and not words.grammar.adverb_inside:
        return None
    if what in "MS" and after in "YDR":
        return None
    defined = way_at and pieces.letters[way_at - 1] == "i" and words.grammar.articles
    if way == "L" and what == "u" and defined:
        return None  # "The last night was quiet"
    plural = words.says("plural_units", pieces.lows[unit_at]) and (what != "S" or way == "H")
    if plural or (what == "S" and after == "o"):
        return None
    if what == "u" and pieces.values[unit_at] == "days" and way in "XV" and after in "AB":
        # «на другой день после взятия»
        start, number = way_at, 1 if way == "X" else -1
        name = "offset-after" if after == "A" else "offset-before"
        return Proposal(start, unit_at + 1, name, (), (number, "days"), 0.75)
    start = way_at
    if words.grammar.adverb_inside and match["p"] and what in "uy":
        start = match.start()
    elif way_at and pieces.letters[way_at - 1] == "i" and way in "XHV":
        start = way_at - 1
    return Proposal(start, unit_at + 1, "pointing-" + way, (), (unit_at, what), 0.7)


@rule(r"i(?P<what>[uy])J(?P<way>w)")
def unit_that_followed(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the year that followed, the night that followed."""
    words, at, way = lexicon(pieces.language), match.start("what"), match.start("way")
    if not words.says("that_followed", pieces.lows[way]) or pieces.letters[way + 1] in "ic":
        return None  # "the day that followed the storm"
    if words.says("plural_units", pieces.lows[at]) or pieces.values[at] not in ("days", "years"):
        return None  # "the month that followed" is a length of time as often as not
    return Proposal(match.start(), match.end(), "pointing-X", (), (at, match["what"]), 0.7)


@rule(r"J(?P<how>w)(?P<what>[SM])(?![YDOR])")
def pointing_with_feeling(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """that whole autumn, that bitter winter, that wet July."""
    words, at = lexicon(pieces.language), match.start("what")
    how = pieces.lows[match.start("how")]
    small = words.any_of("never_a_noun", "ends_of_search", "oblique_words", "possessive")
    if not words.grammar.bare_seasons or small[how] or words.says("plural_units", how):
        return None
    after, low = pieces.letters[at + 1], pieces.lows[at + 1]
    if after == "o" or (after == "w" and not words.says("never_a_noun", low)):
        return None
    return Proposal(match.start(), at + 1, "pointing-J", (), (at, match["what"]), 0.65)


@rule(r"JO(?P<how>w)?(?P<what>[SMu])(?![YDOR])")
def pointing_at_the_first(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """that first night, that first terrible winter: the one of the story."""
    words, at = lexicon(pieces.language), match.start("what")
    how = pieces.lows[match.start("how")] if match["how"] else ""
    fine = pieces.values[at] in ("hours", "minutes") or words.says("plural_units", pieces.lows[at])
    if pieces.values[match.start() + 1] != 1 or fine or words.says("never_a_noun", how):
        return None
    if not words.grammar.bare_seasons or pieces.letters[at + 1] == "o":
        return None
    return Proposal(match.start(), at + 1, "pointing-J", (), (at, match["what"]), 0.65)


@rule(r"(?:P{of})?K(?:y|oi|o)?(?P<way>[LTVJX])(?P<what>C)".replace("{of}", "[oip]*"), first="[PK]")
def decade_of_that_century(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in the thirties of the last century, «в начале 20-х годов прошлого столетия»."""
    at = match.start() + match.group().index("K")
    part = pieces.values[match.start()] if match.group()[0] == "P" else None
    decade = int(pieces.values[at]) // 10
    if decade >= 10:
        return None
    point = Point(decade=decade, part=part)
    return Proposal(match.start(), match.end(), "decade-" + match["way"], (point,), (0, "C"), 0.8)


@rule(r"(?:P|[OLw]uo?|Oho?)(?:oi?|i|pi?)?(?P<way>[JTHXVL]{0,2})(?P<what>[uyC])")
def part_of_that(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """at the end of the month, early that year, «к концу года»."""
    at, way = match.start("what"), match["way"]
    words = lexicon(pieces.language)
    after = pieces.letters[at + 1]
    century = pieces.letters[at] == "C"
    long = len(pieces.lows[at]) > 2  # «к концу в.» is short for too much
    if after in "YoE" or (century and not way and not (long and pieces.letters[at - 1] in "Pi")):
        return None
    if not century and pieces.values[at] not in ("months", "years", "weeks"):
        return None
    if words.says("plural_units", pieces.lows[at]):
        return None
    if not way and words.grammar.bare_seasons:
        low = pieces.lows[at + 1]
        noun = after == "w" and not (
            words.says("never_a_noun", low) or words.says("possessive", low)
        )
        if noun or "i" not in match.group():
            return None
    first = match.start()
    part = pieces.values[first] if pieces.letters[first] == "P" else "late"
    if pieces.letters[first] == "O" and pieces.letters[first + 1] == "h":
        part = f"{pieces.values[first]}/{round(1 / pieces.values[first + 1])}"
    elif pieces.letters[first] in "OLw":
        final = words.says("final", pieces.lows[first])
        several = words.says("plural_units", pieces.lows[first + 1])
        if not final and (pieces.letters[first] != "O" or pieces.values[first] != 1):
            return None
        unit, group = pieces.values[first + 1], words.says("day_groups", pieces.lows[first + 1])
        if group and pieces.letters[at] == "y" and not final and unit == "days":
            part = "1-10"
        elif group:
            part = "final" if final else "early"
        elif several and unit == "weeks" and pieces.letters[at] == "y":
            part = "only-12" if final else "only-1"
        elif several and unit == "months" and pieces.letters[at] == "y":
            part = "late" if final else "early"
        elif unit == "weeks" and not several:
            part = "7" if final else "1-7"
        elif unit == "months" and not several:
            if pieces.letters[at] != "y":
                return None
            part = "only-12" if final else "only-1"
        elif unit == "days":
            part = "last-day" if final else "first-day"
        else:
            return None
    elif part == "late" and is_limit(pieces, first):
        part = "last"
    return Proposal(first, at + 1, "part-of-that", (), (at, f"{way[-1:]}:{part}"), 0.6)
