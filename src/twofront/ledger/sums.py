"""Numbers that a sentence gives as a whole and its parts, and that do not add up.

    "448 men: 159 killed and 249 wounded"           the parts make the whole
    "159 killed and 249 wounded, 448 in all"        they do here too
    "6,968 people, namely 1,373 Americans and ..."  and here
    "448 men, of whom 159 were killed"              the parts are no more than the whole
    "448 men. Of these 159 were killed"             nor are they here
    "5,000 men, lost 2,000, 4,500 remained"         what remains is no more than what is left

In "150 killed and 250 wounded, of whom 60 died" the last is part of a part, and is not added.

Numbers have the room of `span_of`: 36,000 of "9,000, 21,000 and 6,000" may well be 36,400.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from twofront.sources import Document, Mention
from twofront.sources.grammar.dictionary import is_finite_verb
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.verbs import sayings

from .alignment import Reading
from .amounts import LOSSES, counted_kind, span_of
from .clashes import Clash, Statement
from .words import listed

_OPENS = re.compile(r"\s*[:(—–]")
_LED = re.compile(r"\s*[,;:(—–]\s*")
_LETTERS = 60  # between two parts of a whole
_PEOPLE = ("persons", "", "sailors", "officers", "civilians", "inhabitants", "others")  # units
_UNNAMED = ("bare", "carried")  # rules of numbers that have their unit from elsewhere
_FEW = 2  # parts: of more it is told what they are of
_OFF = 1.5  # how many times more or less than the whole they may make
_LEAD = 24  # letters between "in all" and the number that it tells of


def sums_of(reading: Reading) -> list[Clash]:
    """The sums of a text that do not add up, each told in one sentence."""
    found: list[Clash | None] = []
    before: list[Mention] = []
    for numbers in _sentences(reading):
        if len(numbers) > 1:
            found += [_listed(reading.document, numbers), _told_at_the_end(reading, numbers)]
        found += [
            _parts_behind(reading.document, before, numbers),
            _remainder(reading.document.text, before, numbers),
        ]
        before = numbers
    return [clash for clash in found if clash is not None]


def _sentences(reading: Reading) -> Iterator[list[Mention]]:
    """The numbers of every sentence that has some, in order."""
    found: dict[tuple[int, int], list[Mention]] = {}
    for mention in reading.mentions:
        if mention.type == "QUANTITY" and span_of(mention) is not None:
            found.setdefault((mention.para, mention.sent), []).append(mention)
    yield from (sorted(here, key=lambda m: m.start) for here in found.values())


def _listed(document: Document, numbers: Sequence[Mention]) -> Clash | None:
    """A whole with its parts behind a colon, a dash, a bracket or "of whom"."""
    text = document.text
    words = sayings(numbers[0].language)
    for k, whole in enumerate(numbers[:-1]):
        after = text[whole.end : numbers[k + 1].start]
        opened = len(after) <= _LETTERS and _OPENS.match(after) is not None
        led = _LED.match(after.lower())
        led_by = after.lower()[led.end() :] if led and after.count(",") < 2 else ""
        some = words["of_them"].match(led_by) is not None
        named = words["namely"].match(led_by) is not None
        parts = _parts(text, whole, numbers[k + 1 :]) if opened or some or named else []
        if some and parts and _are_parts(whole, parts):
            return _clash(whole, parts, exact=False)
        if not some and len(parts) > 1:
            listed_so = named and _are_people(whole, parts)
            if listed_so or _are_losses(whole, parts) or _make_about(whole, parts):
                return _clash(whole, parts, exact=True)
    return None


def _told_at_the_end(reading: Reading, numbers: Sequence[Mention]) -> Clash | None:
    """Parts, and what they make "in all"."""
    text, whole = reading.document.text, numbers[-1]
    in_all = sayings(whole.language)["in_all"]
    around = text[max(numbers[-2].end, whole.start - _LEAD) : whole.end + _LEAD].split(".")[0]
    if len(numbers) < 3 or in_all.search(around.lower()) is None:
        return None
    if whole.unit in LOSSES and whole.rule not in _UNNAMED:
        return None  # "300 killed and a total of 40 prisoners"
    parts = list(reversed(_parts(text, whole, numbers[-2::-1])))
    return _clash(whole, parts, exact=True) if _are_parts(whole, parts) and len(parts) > 1 else None


def _parts_behind(
    document: Document, before: Sequence[Mention], numbers: Sequence[Mention]
) -> Clash | None:
    """ "The regiment lost 448 men. Of these 159 were killed": parts in the next sentence."""
    if len(before) != 1 or not _is_next(before, numbers):
        return None
    whole, first = before[0], numbers[0]
    between = document.text[whole.end : first.start]
    begins = between.rpartition(". ")[2].strip().lower()
    if between.count(". ") != 1 or sayings(first.language)["of_them"].fullmatch(begins) is None:
        return None
    words = sayings(first.language)["of_them"]
    follow = [
        other
        for one, other in takewhile(
            lambda pair: _may_follow(document.text, *pair, words), pairwise(numbers)
        )
    ]
    parts = [first, *follow]
    rest = document.text[parts[-1].end :].split(".")[0].lower()
    every = sayings(first.language)["nobody"].search(rest) is not None  # "... nobody was missing"
    return _clash(whole, parts, exact=every) if _are_parts(whole, parts) else None


def _may_follow(text: str, one: Mention, other: Mention, of_them: re.Pattern[str]) -> bool:
    between = text[one.end : other.start].lower()
    return len(between) <= _LETTERS and ";" not in between and of_them.search(between) is None


def _remainder(text: str, before: Sequence[Mention], numbers: Sequence[Mention]) -> Clash | None:
    """ "It numbered 5,000 men. It lost 2,000, and 4,500 remained": more than can be left."""
    here = [*(before if _is_next(before, numbers) else ()), *numbers]
    if len(numbers) < 2 or len(here) != 3 or not _are_people(here[0], here[1:]):
        return None
    whole, lost, left = here
    words = sayings(left.language)
    led = [text[max(0, one.start - _LEAD) : one.end].lower() for one in here]
    after = text[left.end : left.end + _LEAD].lower().split(".")[0]
    had = words["hold"].search(led[0]) or words["hold"].search(text[whole.end :][:_LEAD].lower())
    gone = words["lose"].search(led[1]) and lost.unit not in ("wounded", "prisoners")
    remained = words["remained"].search(led[2][: -len(left.text)] + "|" + after)
    spans = [span_of(one) for one in here]
    if not (had and gone and remained) or lost.end > left.start or None in spans:
        return None
    (_, most), (fewest, _), (low, _) = (span for span in spans if span is not None)
    if low <= most - fewest:
        return None
    told = (
        f"{whole.place} gives “{whole.text}”, of whom “{lost.text}” were lost, but "
        f"“{left.text}” remained."
    )
    parts = tuple(Statement("counted", (), told, (), mention) for mention in here)
    return Clash(parts, told, by_convention=False, by_rounding=False)


def _is_next(before: Sequence[Mention], numbers: Sequence[Mention]) -> bool:
    """Whether numbers stand in the sentence right behind that of others."""
    if not before:
        return False
    one, other = before[0], numbers[0]
    return one.para == other.para and other.sent - one.sent == 1


def _parts(text: str, whole: Mention, others: Sequence[Mention]) -> list[Mention]:
    """The numbers that follow each other closely; a verb between two begins something else.

    So does "of whom", which begins the parts of a part; what may follow them is not read.
    """
    first, words = others[0], sayings(whole.language)

    def belong(pair: tuple[Mention, Mention]) -> bool:
        one, other = sorted(pair, key=lambda m: m.start)
        between = text[one.end : other.start].lower()
        near = len(between) <= _LETTERS and not set(between) & set(";)")
        whole_beside = whole in pair and first in pair
        between = _without_fate(between, one)
        return near and (
            whole_beside
            or not (
                words["apart"].search(between)
                or words["of_them"].search(between)
                or _acts(between, whole.language)
            )
        )

    found = [other for _, other in takewhile(belong, pairwise([whole, *others]))]
    last = max((part.end for part in found), default=whole.end)
    rest = text[last : last + _LETTERS].split(".")[0].lower()
    nested = words["of_them"].search(rest) is not None and len(others) > len(found) + 1
    return [] if nested or words["apart"].search(rest) else found


def _without_fate(between: str, one: Mention) -> str:
    """Words behind a number without the one that says what became of so many: "drowned"."""
    words = lexicon(one.language)
    match = re.match(r"\W*([^\W\d_]+)", between)
    known = match is not None and one.unit in LOSSES and match[1] in words.fates
    return between[match.end() :] if known and match is not None else between


def _acts(words: str, language: str) -> bool:
    """Whether some words have a verb."""
    listed_words = lexicon(language)
    return any(
        is_finite_verb(word)
        if listed_words.grammar.year_word
        else listed_words.says("common_verbs", word) or listed_words.says("verbs", word)
        for word in re.findall(r"[^\W\d_]+", words)
    )


def _are_parts(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether numbers count what the whole counts, or losses that it may be made of."""
    same = {part.unit for part in parts} == {whole.unit} and whole.unit is not None
    return same or _are_losses(whole, parts)


def _are_losses(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether numbers count kinds of losses of which each is told once, and the whole people."""
    kinds = [part.unit for part in parts]
    each = all(kind in LOSSES for kind in kinds) and len(set(kinds)) == len(kinds)
    unit = whole.unit if whole.rule not in _UNNAMED else ""
    return each and counted_kind(unit) in _PEOPLE and unit not in kinds


def _are_people(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether numbers count people, or do not say what."""
    return all(counted_kind(one.unit) in _PEOPLE for one in (whole, *parts))


def _make_about(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether three and more numbers of people, or of nothing that is told, make about the whole.

    "65,000 strong: 24,000 Poles, 21,000 of the Emperor's own and 28,000 from Bavaria".
    """
    make = sum(float(str(part.value).partition("/")[0]) for part in parts)
    said = float(str(whole.value).partition("/")[0])
    return _are_people(whole, parts) and len(parts) > _FEW and said / _OFF <= make <= said * _OFF


def _clash(whole: Mention, parts: Sequence[Mention], exact: bool) -> Clash | None:
    """The contradiction of a whole and parts that make more, or less; None when they may fit."""
    said = span_of(whole)
    spans = [span for part in parts if (span := span_of(part)) is not None]
    if said is None or len(spans) < len(parts):
        return None
    low, high = sum(span[0] for span in spans), sum(span[1] for span in spans)
    if not (low > said[1] or (exact and high < said[0])):
        return None
    make = sum(float(str(part.value).partition("/")[0]) for part in parts)
    quoted = listed(f"“{part.text}”" for part in parts)
    open_ = any(part.comparison or "/" in str(part.value) for part in parts)
    told = f"{whole.place} gives “{whole.text}”, but "
    if len(parts) > 1:
        told += f"its parts, {quoted}, make {'at least ' * open_}{make:,.10g}."
    else:
        told += f"{quoted} of them."
    statements = tuple(Statement("counted", (), told, (), mention) for mention in (whole, *parts))
    return Clash(statements, told, by_convention=False, by_rounding=False)
