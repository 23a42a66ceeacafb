"""How well mentions agree with what people marked in the same texts.

    exact     the span is the marked span, or another one that the markers accept
    overlap   the span touches the marked span
    value     overlap, and the right meaning: the same days, the same number, the same speaker

Mentions and marks are paired one to one, the best-fitting pair first; what is left over on either
side is a miss or a false positive. A mark may be optional: neither demanded nor punished.
A mention is a dict with `type`, `start`, `end` and `value`, as `Mention.to_dict` gives it.

Precision is hits/predicted, recall hits/marked, F1 their harmonic mean. Intervals of F1 come from
drawing whole documents with replacement, since the mentions of one document share its author and
its difficulties; intervals of single proportions are Wilson's.
"""

from __future__ import annotations

import calendar
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

TYPES = ("DATE", "QUANTITY", "QUOTE")
LANGUAGES = ("en", "ru")
MEASURES = ("exact", "overlap", "value")

Day = tuple[int, int, int]
Stretch = tuple[Day | None, Day | None]  # first and last day; None where it is open
Span = tuple[int, int]
Interval = tuple[float, float]

# What may stand at the ends of a span without being part of it.
_EDGE = frozenset(" \t\r\n\u00a0.,;:()[]«»„“”\"‘’'—–-")
_OPENERS = ("between ", "from ", "с ", "со ", "между ")  # before a range, free to take or leave


# ---- the marked texts


@dataclass(frozen=True)
class Text:
    """A document with its marks."""

    name: str
    text: str
    language: str
    date: str
    genre: str
    gold: tuple[dict[str, Any], ...]


def read_set(folder: str | Path) -> list[Text]:
    """The texts of a folder with `documents.json`, `docs/` and `gold/`."""
    folder = Path(folder)
    found = []
    for entry in json.loads((folder / "documents.json").read_text("utf-8")):
        name = entry["doc"]
        # Offsets count code points of the file as stored: line ends stay what they are.
        with open(folder / "docs" / name, encoding="utf-8", newline="") as file:
            text = file.read()
        lines = (folder / "gold" / name).with_suffix(".jsonl").read_text("utf-8").split("\n")
        gold = tuple(json.loads(line) for line in lines if line.strip())
        found.append(
            Text(name, text, entry["language"], entry["date"], entry.get("genre", ""), gold)
        )
    return found


# ---- the days of a date

_DATE = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")


def _bare(value: object) -> str:
    """EDTF without its marks of doubt."""
    return "".join(c for c in str(value) if c not in "~?%" and not c.isspace())


def _month_end(year: int, month: int) -> Day:
    return year, month, calendar.monthrange(year, month)[1]


def _readings(point: str) -> list[tuple[Day, Day]]:
    """First and last day of one EDTF date; winter has two readings, an unreadable date none."""
    matched = _DATE.fullmatch(point)
    if not matched:
        return []
    first, last = (int(matched[1].replace("X", digit)) for digit in "09")
    if matched[2] in (None, "XX"):
        return [((first, 1, 1), (last, 12, 31))]
    month, day = int(matched[2]), matched[3]
    if first != last:
        return []
    if month == 24:
        return [((y, 12, 1), _month_end(y + 1, 2)) for y in (first - 1, first)]
    if month in (21, 22, 23):
        opening = 3 * (month - 20)
        return [((first, opening, 1), _month_end(first, opening + 2))]
    if not 1 <= month <= 12:
        return []
    if day in (None, "XX"):
        return [((first, month, 1), _month_end(first, month))]
    there = (first, month, int(day))
    return [(there, there)] if (first, month, 1) <= there <= _month_end(first, month) else []


def stretches(value: object) -> set[Stretch]:
    """Every stretch of days that an EDTF date or interval may mean."""
    low, slash, high = _bare(value).partition("/")
    if not slash:
        return set(_readings(low))
    firsts = [None] if low in ("", "..") else [a for a, _ in _readings(low)]
    lasts = [None] if high in ("", "..") else [b for _, b in _readings(high)]
    return {(a, b) for a in firsts for b in lasts}


def _is_that_part(whole: str, modifier: str, predicted: object) -> bool:
    """Whether the prediction lies at the start, the middle or the end of the marked stretch."""
    for low, high in stretches(whole):
        for first, last in stretches(predicted):
            if None in (low, high, first, last) or min(low[0], first[0]) < 1:  # type: ignore[index]
                continue
            day = [date(*d).toordinal() for d in (low, high, first, last)]  # type: ignore[misc]
            length = day[1] - day[0] + 1
            begin, end = (day[2] - day[0]) / length, (day[3] - day[0] + 1) / length
            if not 0 <= begin < end <= 1.02:
                continue
            if modifier.startswith("early") and begin <= 0.02 and end <= 0.6:
                return True
            if modifier.startswith("late") and begin >= 0.4 and end >= 0.98:
                return True
            middle = begin < 0.5 and end > 0.45
            if modifier.startswith("mid") and begin >= 0.15 and end <= 0.85 and middle:
                return True
    return False


def right_date(mark: dict[str, Any], value: object) -> bool:
    """Whether a value means the marked days. "After May 1942" may be May 1942 or all from it on."""
    if value is None or isinstance(value, (dict, list)):
        return False
    said, modifier = stretches(value), mark.get("mod", "")
    for accepted in (mark["value"], *mark.get("accept", ())):
        if _bare(value) == _bare(accepted) or said & stretches(accepted):
            return True
        if modifier in ("start", "after") and said & stretches(f"{_bare(accepted)}/.."):
            return True
        if modifier in ("by", "until", "before") and said & stretches(f"../{_bare(accepted)}"):
            return True
    return bool(modifier) and _is_that_part(mark["value"], modifier, value)


# ---- numbers and speakers


def _numbers(value: object) -> tuple[float, ...] | None:
    """A number, or low and high, as floats."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return (float(value),)
    parts = value if isinstance(value, (list, tuple)) else re.split(r"\.\.|/", str(value))
    try:
        return tuple(float(str(part).replace("_", "").strip()) for part in parts)
    except ValueError:
        return None


def right_quantity(mark: dict[str, Any], value: object) -> bool:
    """Whether a value is the marked number, or low/high the marked range."""
    said = _numbers(value)
    if said is None:
        return False
    if len(said) == 2 and said[0] == said[1]:
        said = said[:1]
    for accepted in (mark["value"], *mark.get("accept", ())):
        wanted = _numbers(accepted)
        if wanted and len(wanted) == len(said):
            close = (abs(w - s) <= 1e-6 * max(1.0, abs(w)) for w, s in zip(wanted, said))
            if all(close):
                return True
    return False


def _letters(name: object) -> str:
    plain = unicodedata.normalize("NFKD", str(name)).lower().replace("ё", "е")
    return "".join(c for c in plain if c.isalpha())


def right_speaker(mark: dict[str, Any], mention: dict[str, Any]) -> bool:
    """Whether the mention's speaker, a name or an id, contains one of the accepted names."""
    said: Any = mention.get("value") or mention.get("speaker") or mention.get("attribution") or ""
    if isinstance(said, (list, tuple)):
        said = said[-1] if said else ""
    said = _letters(said)
    accepted = (mark["speaker"], *mark.get("accept", ()))
    return bool(said) and any(_letters(name) in said for name in accepted)


def right_value(mark: dict[str, Any], mention: dict[str, Any]) -> bool:
    """Whether a mention that touches the mark means what the mark means.

    A tool that cannot say how precise its dates are may offer several `readings`; one must do.
    """
    value = mention.get("value")
    if mark["type"] == "QUOTE":
        return right_speaker(mark, mention)
    if mark["type"] == "DATE":
        return any(right_date(mark, v) for v in (value, *mention.get("readings", ())))
    if value is None and "min" in mention and "max" in mention:
        value = [mention["min"], mention["max"]]
    return any(right_quantity(mark, v) for v in (value, *mention.get("readings", ())))


def right_unit(mark: dict[str, Any], mention: dict[str, Any]) -> bool:
    """Whether a quantity counts what the mark counts."""
    said, wanted = (str(x.get("unit") or "").replace("_", " ").lower() for x in (mention, mark))
    return said == wanted


# ---- spans


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _spans(mark: dict[str, Any]) -> list[Span]:
    return [(mark["start"], mark["end"]), *((a, b) for a, b in mark.get("alt", ()))]


def right_span(text: str, mark: dict[str, Any], mention: dict[str, Any]) -> bool:
    """Whether the span is one that the mark allows; punctuation at its ends is free."""
    start, end = _trimmed(text, mention["start"], mention["end"])
    if mark["type"] == "QUANTITY":
        # From the bare number to the number with its modifier and its noun.
        low, high = _trimmed(text, mark["start"], mark["end"])
        inner = (mark.get("core_start", low), mark.get("core_end", high))
        first, last = _trimmed(text, *inner)
        return low <= start <= first and last <= end <= high
    allowed = _spans(mark)
    allowed += [(a + 4, b) for a, b in allowed if text[a : a + 4].lower() == "the "]
    if mark["type"] == "DATE" and "/" in mark["value"]:
        for a, b in list(allowed):
            before = text[:a].lower()
            allowed += [(a - len(word), b) for word in _OPENERS if before.endswith(word)]
    return any(_trimmed(text, a, b) == (start, end) for a, b in allowed)


def _fit(mark: dict[str, Any], mention: dict[str, Any]) -> float:
    """Shared part of both spans, from 0 (apart) to 1 (equal)."""
    start, end = mention["start"], mention["end"]
    return max(
        max(0, min(b, end) - max(a, start)) / (max(b, end) - min(a, start)) for a, b in _spans(mark)
    )


def pair(marks: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]]) -> dict[int, int]:
    """{number of a mark: number of its mention}, one to one, the best fit first."""
    fits = [(_fit(g, m), i, j) for i, g in enumerate(marks) for j, m in enumerate(mentions)]
    chosen: dict[int, int] = {}
    for fit, i, j in sorted(fits, key=lambda f: (-f[0], f[1], f[2])):
        if fit > 0 and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return chosen


# ---- counting


@dataclass
class Counts:
    """What was marked, found and right; two documents add up."""

    gold: int = 0
    predicted: int = 0
    exact: int = 0
    overlap: int = 0
    value: int = 0
    certain: int = 0  # mentions that call themselves certain
    certain_right: int = 0  # of these, with the right value
    united: int = 0  # quantities with the right number whose mark has a unit
    unit_right: int = 0  # of these, with the right unit
    kinds: dict[str, list[int]] = field(default_factory=dict)  # kind: marked, found, right

    def __add__(self, other: Counts) -> Counts:
        total = Counts(*(getattr(self, n) + getattr(other, n) for n in _NUMBERS))
        for source in (self, other):
            for kind, seen in source.kinds.items():
                known = total.kinds.setdefault(kind, [0, 0, 0])
                total.kinds[kind] = [a + b for a, b in zip(known, seen)]
        return total

    @property
    def false_positives(self) -> int:
        """Mentions that touch no mark."""
        return self.predicted - self.overlap

    def precision(self, measure: str) -> float:
        """Of what was predicted, the share that is right."""
        return getattr(self, measure) / self.predicted if self.predicted else 0.0

    def recall(self, measure: str) -> float:
        """Of what is marked, the share that was found right."""
        return getattr(self, measure) / self.gold if self.gold else 0.0

    def f1(self, measure: str) -> float:
        """Harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * getattr(self, measure) / both if both else 0.0


_NUMBERS = tuple(f.name for f in fields(Counts) if f.name != "kinds")


def total(counts: Iterable[Counts]) -> Counts:
    """All documents together."""
    return sum(counts, Counts())


def _once(mentions: Iterable[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    """Mentions of one type in the order of the text, each span and value once."""
    found = {
        (m["start"], m["end"], json.dumps(m.get("value"), sort_keys=True)): m
        for m in mentions
        if m.get("type") == type_
    }
    return [found[key] for key in sorted(found)]


def _kind(mark: dict[str, Any]) -> str:
    if mark["type"] == "QUANTITY":
        return "range" if "/" in str(mark["value"]) else "number"
    return mark["mode"] if mark["type"] == "QUOTE" else mark["kind"]


def _touch(mark: dict[str, Any], mention: dict[str, Any]) -> bool:
    return mention["start"] < mark["end"] and mark["start"] < mention["end"]


def _is_free(text: Text, type_: str, mention: dict[str, Any]) -> bool:
    """Whether a mention without a mark is nobody's fault."""
    for mark in text.gold:
        if mark["type"] == type_ and mark.get("optional") and _touch(mark, mention):
            return True
        # "Nine days" in "nine days after" is a quantity to some; a date counts it already.
        counted = mark["type"] == "DATE" and (
            mark.get("kind") in ("relative", "event") or mark.get("optional")
        )
        if type_ == "QUANTITY" and counted:
            low = min(a for a, _ in _spans(mark))
            high = max(b for _, b in _spans(mark))
            if low <= mention["start"] and mention["end"] <= high:
                return True
    return type_ == "QUOTE" and "indirect" in (mention.get("mode"), mention.get("kind"))


def score(text: Text, mentions: Iterable[dict[str, Any]], type_: str) -> Counts:
    """Counts of one type of mention in one document.

    Mentions paired with optional marks are left out of every count.
    """
    marks = [g for g in text.gold if g["type"] == type_]
    mine = _once(mentions, type_)
    pairs = pair(marks, mine)
    counts = Counts()
    for i, mark in enumerate(marks):
        if mark.get("optional"):
            continue
        mention = mine[pairs[i]] if i in pairs else None
        right = mention is not None and right_value(mark, mention)
        seen = counts.kinds.setdefault(_kind(mark), [0, 0, 0])
        counts.gold += 1
        seen[0] += 1
        if mention is None:
            continue
        counts.predicted += 1
        counts.overlap += 1
        counts.exact += right_span(text.text, mark, mention)
        counts.value += right
        seen[1] += 1
        seen[2] += right
        if mention.get("certain"):
            counts.certain += 1
            counts.certain_right += right
        if right and type_ == "QUANTITY" and mark.get("unit"):
            counts.united += 1
            counts.unit_right += right_unit(mark, mention)
    taken = set(pairs.values())
    for j, mention in enumerate(mine):
        if j not in taken and not _is_free(text, type_, mention):
            counts.predicted += 1
            counts.certain += bool(mention.get("certain"))
    return counts


# ---- what bounds a date

_BOUNDS = ("after", "start", "by", "until", "before")


def bounds_said(text: Text, mentions: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """How many found dates are marked with a bound, and how many of them have that `modifier`.

    Only this is asked: of "by the end of May" the marks say either "by" or "late", and many a
    "since" has no mark.
    """
    marks = [g for g in text.gold if g["type"] == "DATE"]
    mine = _once(mentions, "DATE")
    marked = right = 0
    for i, j in pair(marks, mine).items():
        said = [part for part in marks[i].get("mod", "").split("-") if part in _BOUNDS]
        marked += bool(said)
        right += bool(said) and mine[j].get("modifier") in said
    return marked, right


# ---- intervals


def bootstrap(counts: Sequence[Counts], measure: str, draws: int = 2000, seed: int = 7) -> Interval:
    """95 % interval of F1 over documents drawn with replacement; all of [0, 1] for one document."""
    if len(counts) < 2:
        return 0.0, 1.0
    table = np.array([[getattr(c, measure), c.gold + c.predicted] for c in counts], dtype=float)
    n = len(counts)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    hits, both = (weights @ table).T
    f1 = 2 * hits / np.maximum(both, 1)
    low, high = np.quantile(f1[both > 0], [0.025, 0.975]) if (both > 0).any() else (0.0, 1.0)
    return float(low), float(high)


def wilson(hits: int, n: int, z: float = 1.959964) -> Interval:
    """95 % interval of a proportion."""
    if not n:
        return 0.0, 1.0
    p, zz = hits / n, z * z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
