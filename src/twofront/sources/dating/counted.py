"""Dates that are counted from something.

    shape                    reading
    O v                      80th anniversary, counted from what it commemorates
    N u A|B                  ninety days after ..., counted from the event or date that follows
    N u l|e                  two years later, counted from the last date of the story

A proposal of these rules has an offset and no points: `resolve` finds what it is counted from.
"""

from __future__ import annotations

import re

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .proposals import Proposal, Rules
from .spans import Point

rule = Rules()

_BESIDE_TODAY = (("of_tomorrow", 1), ("of_yesterday", -1))
_COUNT = (
    r"(?:(?P<n>[NDYO]|i)?(?P<over>fw|-w)?-?|(?P<part>i?h-?o?i?))(?P<u>[uyC])"
    r"(?:(?P<half>aih|fh)|,?a?(?P<n2>[ND]|i)(?P<u2>[uy]))?(?:w?tiu)?"
)
_COUNT_BEGINS = r"(?:[uyCNDYOih-](?:(?<=[uyCh])|(?=[-uyCf])|(?<=i)(?=h))|[f-](?=w-?[uyC]))"
_RATE = re.compile(r"[NDY]w{1,3}\Z")  # "300 large shells" before "a day"
_WAYS = {"l": "offset-later", "p": "offset-later", "e": "offset-earlier", "g": "offset-ago",
         "A": "offset-after", "B": "offset-before"}  # fmt: skip
_FINER = {("years", "months"): 12, ("months", "weeks"): 4.35, ("months", "days"): 30.44,
          ("weeks", "days"): 7, ("years", "days"): 365.25}  # fmt: skip


def _amount(pieces: Pieces, match: re.Match[str]) -> tuple[float, str] | None:
    """Number and unit of a match of _COUNT."""
    unit = "centuries" if match["u"] == "C" else pieces.values[match.start("u")]
    number = 1.0
    if match["part"]:
        half = match.start("part") + match["part"].index("h")
        if unit not in ("years", "centuries"):
            return None
        scale, unit = (100, "years") if unit == "centuries" else (1, unit)
        return pieces.values[half] * scale, unit
    if match["n"] and match["n"] != "i":
        if match["n"] == "O":
            return None
        number = pieces.values[match.start("n")]
        if match["n"] == "Y" and not 0 < number <= 500:
            return None
    if match["over"] and not _is_loose(pieces, *match.span("over")):
        return None  # «два с лишним года»
    if match["half"]:
        number += 0.5
    if match["n2"]:
        more = 1 if match["n2"] == "i" else pieces.values[match.start("n2")]
        finer = pieces.values[match.start("u2")]
        per = _FINER.get((unit, finer))
        if per is None:
            return None
        if (unit, finer) == ("years", "months"):
            number, unit = number * 12 + more, "months"
        else:
            number += more / per
    if unit == "hours" and number >= 24 and number % 24 == 0:
        return number / 24, "days"
    if unit in ("hours", "minutes", "weekends") or number <= 0:
        return None
    return number, unit


def _is_loose(pieces: Pieces, first: int, last: int) -> bool:
    """Whether words only say that a count is not exact: «примерно», «без малого», «с лишним»."""
    words = lexicon(pieces.language)
    phrase = tuple(low for low in pieces.lows[first:last] if low != "-")
    before = words.comparators_by_end.get(phrase[-1], ()) if phrase else ()
    after = words.comparators_after.get(phrase[0], ()) if phrase else ()
    known = any(said == phrase for said, _ in (*before, *after))
    return known or all(words.says("loosening", low) for low in phrase)


def _is_exact(pieces: Pieces, first: int, last: int) -> bool:
    """ "Exactly a month later", "a month later to the day", «ровно через год»."""
    says = lexicon(pieces.language).says
    before = first > 0 and says("exactly", pieces.lows[first - 1])
    return before or "tiu" in pieces.shape[first : last + 3]


_OFFSET = re.compile(_COUNT + r"J?(?P<way>[lgeABp])")


@rule(_OFFSET.pattern, first=_COUNT_BEGINS)
def offset(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """two years later, ninety days after, three weeks earlier, 80 years on, два года спустя."""
    words = lexicon(pieces.language)
    u, w, first, way = match.start("u"), match.start("way"), match.start(), match["way"]
    amount = _amount(pieces, match)
    if amount is None and match["n2"]:
        # "after fifty-six days, and fourteen years later": only the second is counted.
        again = _OFFSET.match(pieces.shape, match.start("n2"))
        return offset(pieces, again) if again else None
    if amount is None:
        return None
    if not match["n"] and not match["part"]:
        previous = pieces.letters[u - 1] if u else "|"
        if previous in "ODYNHJTXLVMmKZ" or not words.says("single_units", pieces.lows[u]):
            return None
    if first and words.says("lasting", pieces.lows[first - 1]):
        return None
    if way == "B" and _is_a_wait(pieces, first, w):
        return None
    plural = words.says("plural_units", pieces.lows[u])
    if way in "AB" and plural and first and pieces.letters[first - 1] == "i":
        return None  # "in the five years after the peace": how long, and not when
    if way == "p" and not (words.says("on", pieces.lows[w]) and pieces.letters[w + 1] in ",.|;:-)"):
        return None
    if way in "AB" and not words.grammar.anchor_inside:
        return None
    number, unit = amount
    sign = -1 if way in "geB" else 1
    after_next = words.says("next_named" if way == "A" else "last_named", pieces.lows[w + 1])
    if way in "AB" and after_next and pieces.letters[w + 1] == "w" and match["n"] == "i":
        # "the year after next", "the night before last"
        return Proposal(first, w + 2, _WAYS["l" if way == "A" else "g"], (), (2 * sign, unit), 0.7)
    last = w + 2 if way == "l" and pieces.letters[w + 1] == "A" else w + 1
    name = "offset-after" if last > w + 1 else _WAYS[way]
    exact = _is_exact(pieces, first, last)
    return Proposal(first, last, name, (), (sign * number, unit), 0.75, exact=exact)


_DAY_BESIDE = re.compile(r"[^,|;.:(-]{1,9},p?(?:W,?)?i?(?:[DO]o?M|Mi?[DO])")


@rule(_COUNT + r"(?P<after>[Ao])", first=_COUNT_BEGINS)
def offset_within(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """ "Within ten days of the landing, on 3 May": a bound, with the day itself beside it."""
    after, first = match.start("after"), match.start()
    amount = _amount(pieces, match)
    bounds = lexicon(pieces.language).data.get("count_bounds", {}).get("<=", ())
    said = any(
        tuple(phrase.split()) == tuple(pieces.lows[first - phrase.count(" ") - 1 : first])
        for phrase in bounds
    )
    if amount is None or not said or not _DAY_BESIDE.match(pieces.shape, after + 1):
        return None
    last = after + lexicon(pieces.language).grammar.anchor_inside
    return Proposal(first, last, "offset-after", (), amount, 0.75)


def _is_a_wait(pieces: Pieces, first: int, before: int) -> bool:
    """ "It was (nearly) eight days before the news came": how long it took, and no date."""
    words, i = lexicon(pieces.language), first - 1
    while i > 0 and words.says("loosening", pieces.lows[i]):
        i -= 1
    if i < 1 or not words.says("waiting", pieces.lows[i]):
        return False
    if not any(words.says("dummy_subjects", low) for low in pieces.lows[max(0, i - 2) : i]):
        return False
    clause = re.compile(r"[^|,;:.(]{1,6}").match(pieces.shape, before + 1)
    lows = pieces.lows[clause.start() : clause.end()] if clause else []
    return any(words.says("common_verbs", low) or low.endswith(words.grammar.past_endings)
               for low in lows)  # fmt: skip


@rule(
    r"(?:(?P<pre>d|[TJ][JH]{0,2}u),?w?)?" + _COUNT + r"J?(?P<way>g)"
    r"(?:,?p?(?P<then>d|t-[uU]|[TLX][uySMW]|[JH]{1,3}u))?",
    first=r"[dTJuyCNDYOih-](?:(?<=[dTJuyCh])|(?=[-uyCf])|(?<=i)(?=h))",
)
def on_this_day(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """a century ago tomorrow, «сто лет назад, в этот самый день»: the day of today in that year."""
    amount = _amount(pieces, match)
    if amount is None or not (match["then"] or match["pre"]):
        return None
    number, unit = amount
    group = "then" if match["then"] else "pre"
    at = match.end(group) - 1
    if match[group][0] == "J" and pieces.values[at] != "days":
        return None
    if unit not in ("years", "decades", "centuries", "months", "weeks"):
        return None
    first = match.start() if match["pre"] else match.start("part" if match["part"] else "n")
    if first < 0:
        first = match.start("u")
    last = match.end() if match["then"] else match.end("way")
    return Proposal(first, last, "offset-ago", (), (-number, unit), 0.8, then=at)


@rule(_COUNT + r"w", first=_COUNT_BEGINS)
def offset_into(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """three weeks into the siege: counted from its first day; not "300 shells a day into it"."""
    amount = _amount(pieces, match)
    w, first = match.end() - 1, match.start()
    if amount is None or not (match["n"] or match["part"]):
        return None
    if _RATE.search(pieces.shape, max(0, first - 4), first):
        return None
    if not lexicon(pieces.language).says("into", pieces.lows[w]):
        return None
    return Proposal(match.start(), w + 1, "offset-after", (), amount, 0.6)


@rule(r"p" + _COUNT + r"'?w", first=r"p(?=[NDYOiuyCh-]|fw)")
def offset_in_time(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """in three years' time, in a week's time: later than the story, or than today."""
    words, first, u = lexicon(pieces.language), match.start() + 1, match.start("u")
    owned = pieces.letters[u + 1] == "'" or words.suffixes.owns(pieces.lows[u])
    if not owned or not words.says("time_ahead", pieces.lows[match.end() - 1]):
        return None
    amount = _amount(pieces, match)
    if amount is None or not words.says("in", pieces.lows[first - 1]):
        return None
    return Proposal(first, match.end(), "offset-later", (), amount, 0.75)


@rule(r"(?P<x>[lx])(?P<loose>[pwc-]{1,3}?)??" + _COUNT + r"(?P<after>A)?")
def offset_through(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """через два года после ..., спустя год."""
    words = lexicon(pieces.language)
    first, u = match.start(), match.start("u")
    if not words.says("through_first", pieces.lows[first]):
        return None
    if match["loose"] and not _is_loose(pieces, *match.span("loose")):
        return None
    amount = _amount(pieces, match)
    bare = not match["n"] and not match["part"]
    if amount is None or (bare and not words.says("single_units", pieces.lows[u])):
        return None
    if bare and pieces.letters[first] == "x" and pieces.values[u] == "days":
        # «хлеб выдавали через день»: every other day.
        before = pieces.letters[first - 1] if first else "|"
        if before not in '|,;"(a-' and pieces.letters[match.end("u")] in ".,;|)":
            return None
    last = match.start("after") if match["after"] else match.end()
    name = "offset-after" if match["after"] else "offset-later"
    exact = _is_exact(pieces, first, last)
    return Proposal(first, last, name, (), amount, 0.75, exact=exact)


@rule(r"(?P<u>[uy])(?P<way>[xzl])(?P<n>[NDh])(?P<end>A|[tB]J?)?")
def offset_inverted(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«недели через две», «месяца за два до того», «года два спустя»: about so many."""
    words, first = lexicon(pieces.language), match.start()
    if not words.grammar.inversion or pieces.letters[match.start("n")] == "h":
        return None
    unit, number = pieces.values[first], pieces.values[match.start("n")]
    way, end = match["way"], match["end"]
    if unit in ("hours", "minutes", "weekends") or not 1 < number < 500:
        return None
    opener = pieces.lows[match.start("way")]
    if way == "z":
        if not end or (end[0] == "t" and not words.says("until", pieces.lows[match.start("end")])):
            return None
        last = match.start("end")
        return Proposal(first, last, "offset-before", (), (-number, unit), 0.7)
    if not words.says("through_first", opener) or (end and end != "A"):
        return None
    last = match.end("n")
    return Proposal(first, last, "offset-after" if end else "offset-later", (), (number, unit), 0.7)


@rule(r"z" + _COUNT + r"[tB]")
def offset_ahead(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """за два дня до ..., за год до ..."""
    words = lexicon(pieces.language)
    if pieces.letters[match.end()] == "N" and pieces.letters[match.end() + 1] not in "uy":
        return None  # «за день до полутора тысяч выстрелов»: in a day, as many as that
    if pieces.letters[match.end() - 1] == "t" and not words.says(
        "until", pieces.lows[match.end() - 1]
    ):
        return None
    amount = _amount(pieces, match)
    if amount is None:
        return None
    number, unit = amount
    return Proposal(match.start(), match.end() - 1, "offset-before", (), (-number, unit), 0.75)


@rule(r"[Bg](?P<n>[ND])(?P<u>[uy])")
def offset_ago_first(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """ "vor zwei Jahren": languages that put their "ago" first."""
    if not lexicon(pieces.language).says("ago_first", pieces.lows[match.start()]):
        return None
    number, unit = pieces.values[match.start("n")], pieces.values[match.start("u")]
    if unit in ("hours", "minutes"):
        return None
    return Proposal(match.start(), match.end(), "offset-ago", (), (-number, unit), 0.75)


@rule(r"Ou")
def days_ago_in_words(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«третьего дня»: two days ago, where nothing follows whose third day it could be."""
    i, words = match.start(), lexicon(pieces.language)
    phrase = " ".join(pieces.lows[i : i + 2])
    days = words.data.get("days_ago", {}).get(phrase)
    if days is None or (i and pieces.letters[i - 1] in "puMoG"):
        return None
    low = pieces.lows[i + 2]
    verb = low.endswith(words.grammar.verb_endings)
    if low in words.deeds and low.endswith(words.grammar.genitive_endings) and not verb:
        return None  # «третьего дня осады»
    return Proposal(i, i + 2, "deictic", (), (days, "days"), 0.7)


@rule(r"wu")
def day_of_tomorrow(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«до завтрашнего дня», «вчерашним утром»."""
    i, words = match.start(), lexicon(pieces.language)
    days = next((n for name, n in _BESIDE_TODAY if words.says(name, pieces.lows[i])), None)
    if days is None or pieces.values[i + 1] != "days":
        return None
    return Proposal(i, i + 2, "deictic", (), (days, "days"), 0.7)


@rule(r"p?O(?P<u>u)(?P<A>A)?")
def day_of_an_event(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the third day of the siege, «на пятый день осады»: counted from its first day."""
    ordinal = match.start() + (match.group()[0] == "p")
    words = lexicon(pieces.language)
    number, u = pieces.values[ordinal], match.start("u")
    if pieces.values[u] != "days" or number > 400 or words.says("plural_units", pieces.lows[u]):
        return None
    if words.says("nights", pieces.lows[u]) or words.says("day_adverbs", pieces.lows[u]):
        return None  # «шестого утром» is the sixth of the month
    if re.compile(r"oi?Ou").match(pieces.shape, u + 1):
        return None  # "the first day of the eighth month": of a calendar of its own
    after = bool(match["A"])
    opened = pieces.shape[max(0, match.start() - 2) : ordinal].endswith(("p", "pi"))
    if not after and not opened:
        # «третий день осады», but «третий день дождь»
        owned = words.grammar.genitive_endings if words.grammar.year_word else ""
        if pieces.letters[u + 1] not in "owc" or not pieces.lows[u + 1].endswith(owned):
            return None
    first = match.start() if words.grammar.adverb_inside else ordinal
    last = u + 1 + (after and words.grammar.anchor_inside)
    count = number if after else number - 1
    return Proposal(first, last, "offset-day", (), (count, "days"), 0.6)


_EVE_OF_A_YEAR = re.compile(r"(?:G|(?P<under>[wcp]))(?P<w>[wH])?[wc],?(?P<year>[YqOD])y?")


@rule(_EVE_OF_A_YEAR.pattern)
def eve_of_a_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«накануне нового 1905 года», «накануне же нового, 52-го года»."""
    words, at = lexicon(pieces.language), match.start("year")
    if match["under"] and not words.says("under", pieces.lows[match.start()]):
        again = _EVE_OF_A_YEAR.match(pieces.shape, match.start() + 1)
        return eve_of_a_year(pieces, again) if again and match["w"] else None
    new = match.start() + 1 + bool(match["w"])
    if not words.says("newborn_year", pieces.lows[new]):
        return None
    year = pieces.values[at]
    if pieces.letters[at] in "OD" and not (year > 9 and match.group()[-1] == "y"):
        return None
    point = Point(month=12, day=31, short=year - 1) if year < 100 else Point(year - 1, 12, 31)
    return Proposal(match.start(), match.end(), "eve-of-a-year", (point,), None, 0.8)


@rule(r"Go?")
def eve(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """the eve of the assault, «накануне (штурма)»."""
    at = match.start()
    if lexicon(pieces.language).grammar.anchor_inside and not match.group().endswith("o"):
        return None
    return Proposal(at, at + 1, "offset-eve", (), (-1, "days"), 0.6)


@rule(r"pX(?=[.,;)|-])")
def on_the_next(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«Моздок взяли в тот же день, Нальчик - на следующий»: the day is left out."""
    i, words = match.start(), lexicon(pieces.language)
    named = re.compile(r"[JTH]{1,2}u|[DO]M|[DO]o").search(pieces.shape, max(0, i - 14), i)
    if not words.says("nightly", pieces.lows[i]) or not named:
        return None
    return Proposal(i + 1, i + 2, "offset-later", (), (1, "days"), 0.7)


@rule(r"i?[wc]y(?![yYDN])", first="[iwc](?=[wc]?y)")
def new_year(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """The new year: the one that follows, or has just begun."""
    words = lexicon(pieces.language)
    first, y = match.start(), match.end() - 1
    at = y - 1
    if not words.says("newborn_year", pieces.lows[at]) or pieces.is_capital(y):
        return None
    if not words.says("year_singular", pieces.lows[y]) or pieces.letters[y + 1] == "'":
        return None
    article = pieces.letters[first] == "i"
    if words.grammar.articles:
        if not article or words.says("article_one", pieces.lows[first]):
            return None
    elif article or pieces.is_capital(at):
        return None
    elif (
        at
        and pieces.letters[at - 1] in "ptfz"
        and (not words.says("year_openers", pieces.lows[at - 1]))
    ):
        return None  # «к новому году» is the day
    return Proposal(first, y + 1, "pointing-N", (), (y, "y"), 0.7)


@rule(r"J?HO?(?P<day>w)")
def same_date(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """«того же числа», «того же 22-го числа»: the day that was told."""
    i, j = match.span()
    if not lexicon(pieces.language).says("day_of_month", pieces.lows[j - 1]) or j - i > 3:
        return None
    return (
        Proposal(i, j, "offset-later", (), (0, "days"), 0.7)
        if j - i < 3 or (pieces.letters[i] == "J" and pieces.letters[i + 1] == "H")
        else None
    )


@rule(r"U")
def morrow(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """on the morrow, назавтра."""
    i = match.start()
    return Proposal(i, i + 1, "offset-later", (), (1, "days"), 0.7)


@rule(r"[ov]?Ow?v|Qv|(?<![DNOY])v|C(?=[wc])", first="[ovOQC]")
def anniversary(pieces: Pieces, match: re.Match[str]) -> Proposal | None:
    """80th anniversary, 80-летие, 10-я годовщина, the centenary, столетие гибели."""
    i = match.end() - 1
    first = i - 1 if i and pieces.letters[i - 1] in "OQ" else i
    if match.group()[-3:] == "Owv":
        first = i - 2  # "the 150th commemorative anniversary"
    number = pieces.values[first]
    named = pieces.is_capital(i) and pieces.letters[i + 1] == "c"
    if named and lexicon(pieces.language).grammar.articles:
        return None  # "the Centenary Parade"
    if isinstance(number, tuple):  # "the hundred-year anniversary", «столетняя годовщина»
        number = number[0] if number[1] in ("years", "year") else None
    if pieces.letters[i] == "C":
        number = lexicon(pieces.language).centenaries.get(pieces.lows[i])
        if number is None or (i and pieces.letters[i - 1] in "OZKjXLVJTHND"):
            return None
        long = lexicon(pieces.language).says("long_times", pieces.lows[i])
        if long and i and pieces.letters[i - 1] == "p":
            return None  # «на столетия вперёд»
    if not isinstance(number, (int, float)):
        return None
    return Proposal(first, i + 1, "anniversary", (), (number, "years"), 0.7)
