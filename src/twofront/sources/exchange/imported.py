"""Annotations made elsewhere become mentions: Hypothesis, Recogito, any Web Annotation.

    found by      the quotation with its prefix and suffix; white space may differ
    decided by    the position, in UTF-16 units, where several places have the same words
    given up      no such place, or more than one: an orphan, never a guess

The type is read from the tags (`DATE`, `Place`, ...), the value from a body that is one: an id of
something identified, an EDTF date, a number. A text that is no value ("No! it was the 25th") may
object as well as agree: such an annotation is an orphan too, and what was read stays as it was.
A mention of ours that comes home keeps everything.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem, is_edtf
from twofront.basics.files import text_of

from ..documents import Document
from ..mentions import TYPES, Mention
from .annotation import Units
from .beside import by_one_side
from .formats import mention_of

LARGEST = 100 * 1024 * 1024  # bytes of an annotation file
RULE = "imported"
ACCEPTED = "Web Annotation JSON: one annotation, a list, a page or a collection"

# What other tools call our types.
_TYPES = {
    "DATE": "date time timex timex3 duration temporal",
    "QUANTITY": "quantity number measure cardinal amount",
    "ACTOR": "actor person people organisation organization org per group state nation country",
    "PLACE": "place location loc gpe toponym",
    "PACT": "pact treaty agreement",
    "QUOTE": "quote quotation speech",
}
_TYPE_OF = {word: type_ for type_, words in _TYPES.items() for word in words.split()}
_LISTS = ("items", "annotations", "rows")
_NO_REMARK = ("tagging", "classifying", "identifying", "linking", "geotagging", "highlighting")
_VALUES = {"DATE": "date such as 1941-06-22", "QUANTITY": "number such as 1200"}
_DIGITS = r"-?\d{1,30}(?:\.\d{1,30})?"  # nobody counts farther
_NUMBER = re.compile(rf"{_DIGITS}(?:/{_DIGITS})?", re.ASCII)
_MOST = 1000  # places with the same words that are compared


@dataclass(frozen=True)
class Orphan:
    """An annotation that makes no mention: its number from 1, its words, and why."""

    number: int
    id: str
    quote: str
    reason: str

    def __str__(self) -> str:
        words = self.quote if len(self.quote) <= 60 else self.quote[:57] + "..."
        return f'annotation {self.number} ("{" ".join(words.split())}"): {self.reason}'


class _NoMention(Exception):
    """Why an annotation makes no mention."""


def read_annotations(path: str | Path) -> Any:
    """The JSON of an annotation file. Raises `BadInput`."""
    path = Path(path)
    text = text_of(path, ACCEPTED, LARGEST)
    try:
        return json.loads(text)
    except RecursionError:
        raise BadInput(Problem(str(path), "is not JSON: nested too deeply", ACCEPTED)) from None
    except ValueError as error:
        # Of a number Python says that it "exceeds the limit", and how to change Python.
        endless = "digits" in str(error)
        reason = "a number of thousands of digits" if endless else str(error)
        raise BadInput(Problem(str(path), f"is not JSON: {reason}", ACCEPTED)) from None


def mentions_from_web_annotations(
    document: Document, data: Any, name: str = "the annotations"
) -> tuple[list[Mention], list[Orphan]]:
    """The mentions of annotations (parsed JSON) in a document, and those that make none.

    Raises `BadInput`, which says `name`, when the data is no annotation, list, page or collection
    of them.
    """
    finder = _Finder(document)
    mentions: list[Mention] = []
    orphans: list[Orphan] = []
    for number, item in enumerate(_annotations(data, name), start=1):
        for quote, target in _targets(item):
            try:
                mentions.append(finder.mention(item, target))
            except _NoMention as why:
                id = item.get("id", "") if isinstance(item, dict) else ""
                orphans.append(Orphan(number, str(id), quote, str(why)))
    return sorted(mentions, key=lambda m: (m.start, m.end, TYPES.index(m.type))), orphans


def with_imported(mentions: Iterable[Mention], imported: Iterable[Mention]) -> list[Mention]:
    """Our mentions with imported ones in their place: on the same span, or of one type on words
    that both have ("24,000 British" takes the place of our "24,000").

    What an imported mention does not say, it has from the one of ours whose place it takes: unit,
    owner and speakers. One that says no value confirms ours, if it is of the same type; where it
    covers several of ours they stay as they were read.
    """
    ours = list(mentions)
    theirs = list({(m.start, m.end, m.type): m for m in imported}.values())
    spans = {(m.start, m.end) for m in theirs}
    beside = _Overlaps(ours)
    new: list[Mention] = []
    replaced: set[int] = set()
    for mention in theirs:
        found = beside.of(mention)
        if len(found) > 1 and mention.value in (None, ""):
            continue
        replaced.update(found)
        new.append(_completed(mention, ours[found[0]]) if len(found) == 1 else mention)
    kept = [m for k, m in enumerate(ours) if k not in replaced and (m.start, m.end) not in spans]
    return sorted([*kept, *new], key=lambda m: (m.start, m.end, TYPES.index(m.type)))


class _Overlaps:
    """Which of our mentions stand on words of an imported one of the same type."""

    def __init__(self, ours: list[Mention]) -> None:
        self.by_type: dict[str, list[tuple[int, int, int]]] = {}
        for k, m in enumerate(ours):
            self.by_type.setdefault(m.type, []).append((m.start, m.end, k))
        for spans in self.by_type.values():
            spans.sort()
        # No mention that begins earlier than the longest is long reaches the words.
        self.longest = {
            type_: max(end - start for start, end, _ in spans)
            for type_, spans in self.by_type.items()
        }

    def of(self, mention: Mention) -> list[int]:
        """Their numbers in the list; the one on the same span alone, if there is one."""
        spans = self.by_type.get(mention.type, [])
        first = bisect_left(spans, (mention.start - self.longest.get(mention.type, 0), -1, -1))
        last = bisect_left(spans, (mention.end, -1, -1))
        here = spans[first:last]
        same = [k for start, end, k in here if (start, end) == (mention.start, mention.end)]
        # Quotations stand within quotations.
        if same or mention.type == "QUOTE":
            return same
        return [k for _, end, k in here if end > mention.start]


def _completed(imported: Mention, ours: Mention) -> Mention:
    """An imported mention with what it does not say from ours."""
    if imported.value in (None, ""):
        return replace(ours, rule=RULE, confidence=1.0)
    if imported.rule != RULE:
        return imported
    return replace(
        imported, unit=imported.unit or ours.unit, owner=imported.owner or ours.owner,
        attribution=imported.attribution or ours.attribution,
    )  # fmt: skip


# ---------------------------------------------------------------- what the file holds
def _annotations(data: Any, name: str) -> list[Any]:
    """One flat list, whatever the annotations came in."""
    waiting, found = [data], []
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(reversed(thing))
        elif isinstance(thing, dict) and not _is_annotation(thing) and _inside(thing) is not None:
            waiting.append(_inside(thing))
        else:
            found.append(thing)
    if not isinstance(data, list) and len(found) == 1 and not _is_annotation(found[0]):
        raise BadInput(Problem(name, "holds no Web Annotations", ACCEPTED))
    return found


def _is_annotation(thing: Any) -> bool:
    return isinstance(thing, dict) and "target" in thing


def _inside(thing: dict[str, Any]) -> Any:
    for key in _LISTS:
        if isinstance(thing.get(key), list):
            return thing[key]
    if isinstance(thing.get("first"), dict):
        page, pages = thing["first"], []
        # A collection may embed its pages one in the other.
        while isinstance(page, dict):
            pages.append(page.get("items") or [])
            page = page.get("next")
        return pages
    return None


def _targets(item: Any) -> Iterator[tuple[str, Any]]:
    """Each target of an annotation with the words it quotes."""
    targets = item.get("target") if isinstance(item, dict) else None
    for target in targets if isinstance(targets, list) and targets else [targets]:
        yield str(_selectors(target).get("exact", "")), target


def _selectors(target: Any) -> dict[str, Any]:
    """`exact`, `prefix`, `suffix`, `start` and `end` of all selectors of a target."""
    found: dict[str, Any] = {}
    waiting = [target.get("selector")] if isinstance(target, dict) else []
    for _ in range(50):
        if not waiting:
            break
        selector = waiting.pop(0)
        if isinstance(selector, list):
            waiting.extend(selector)
        elif isinstance(selector, dict):
            kind = str(selector.get("type", ""))
            if kind.endswith("TextQuoteSelector") and isinstance(selector.get("exact"), str):
                for key in ("exact", "prefix", "suffix"):
                    if isinstance(selector.get(key), str):
                        found.setdefault(key, selector[key])
            elif kind.endswith("TextPositionSelector"):
                for key in ("start", "end"):
                    value = selector.get(key)
                    if isinstance(value, int) and not isinstance(value, bool):
                        found.setdefault(key, value)
            waiting.append(selector.get("refinedBy"))
    return found


# ---------------------------------------------------------------- where it stands
class _Finder:
    """Finds annotations in one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.units = Units(document.text)
        self.starts = [passage.start for passage in document.passages]

    def mention(self, item: Any, target: Any) -> Mention:
        """The mention that an annotation makes of one of its targets."""
        if not isinstance(item, dict):
            raise _NoMention("is no annotation")
        bodies = _bodies(item)
        own = _own(bodies)
        start, end = self._place(_selectors(target), own)
        passages = self.document.passages
        passage = passages[max(0, bisect_right(self.starts, start) - 1)] if passages else None
        record = {
            "doc": self.document.id,
            "para": passage.para if passage else 1,
            "sent": passage.sent if passage else 1,
            "start": start,
            "end": end,
            "text": self.text[start:end],
        }
        if own is not None:
            try:
                mention = mention_of({**own, **record})
            except (TypeError, ValueError):
                raise _NoMention("has a damaged mention in it") from None
            if mention.type not in TYPES:
                raise _NoMention(f"is of no known type ({', '.join(TYPES)})")
            return mention
        type_ = _type(bodies)
        if type_ is None:
            raise _NoMention(f"has no tag that names a type ({', '.join(TYPES)})")
        value = _value(type_, bodies)
        remark = _remark(bodies) if value in (None, "") else ""
        if remark:
            said = remark if len(remark) <= 60 else remark[:57] + "..."
            known = _VALUES.get(type_, "value")
            raise _NoMention(f'its text "{said}" is no {known}; what was read stays')
        return Mention(
            **record, type=type_, value=value, language=self.document.language, rule=RULE,
        )  # fmt: skip

    def _place(self, said: dict[str, Any], own: dict[str, Any] | None) -> tuple[int, int]:
        exact = said.get("exact", "")
        if not exact.strip():
            if own and own.get("digest") == self.document.digest:
                return self._by_position(said)
            if "start" in said:
                raise _NoMention("has a position but no quotation to check it by")
            raise _NoMention("quotes nothing")
        prefix, suffix = said.get("prefix", ""), said.get("suffix", "")
        exactly = prefix + exact + suffix
        start = self._start(said)
        if start is not None and self.text.startswith(exactly, max(0, start - len(prefix))):
            return start, start + len(exact)
        at = self.text.find(exactly)
        if at >= 0 and self.text.find(exactly, at + 1) < 0:
            return at + len(prefix), at + len(prefix) + len(exact)
        longest = max(exact.split(), key=len)
        if not any(form in self.text for form in _forms(longest)):
            raise _NoMention("its words are not in the text")
        places = self._places(prefix, exact, suffix)
        if not places:
            one = by_one_side(
                prefix, suffix, lambda before, after: self._places(before, exact, after)
            )
            places = [one] if one else []
        if len(places) == 1:
            return places[0]
        why = f"its words stand in {len(places)} places"
        if not places:
            # The neighbourhood is another; the position may still speak for one place.
            places = self._places("", exact, "")
            why = "its words stand among other words"
        if not places:
            raise _NoMention("its words are not in the text")
        return self._decided(places, said, why)

    def _start(self, said: dict[str, Any]) -> int | None:
        """The position in code points."""
        unit = said.get("start", -1)
        return self.units.points(unit) if 0 <= unit <= self.units.length else None

    def _places(self, prefix: str, exact: str, suffix: str) -> list[tuple[int, int]]:
        """Where the words stand, white space and Unicode form being free."""
        found: dict[tuple[int, int], None] = {}
        for before, words, after in zip(*map(_forms, (prefix, exact, suffix))):
            left = _spaced(before) + r"\s*" if before.strip() else ""
            right = r"\s*" + _spaced(after) if after.strip() else ""
            pattern = f"{left}({_spaced(words)}){right}"
            for match in re.finditer(_lookahead(pattern), self.text):
                found[match.span(1)] = None
                if len(found) > _MOST:
                    raise _NoMention(f"its words stand in more than {_MOST} places")
            if found:
                break
        return list(found)

    def _decided(
        self, places: list[tuple[int, int]], said: dict[str, Any], why: str
    ) -> tuple[int, int]:
        at = self._start(said)
        for start, end in places:
            if start == at:
                return start, end
        raise _NoMention(why + (", none at its position" if "start" in said else ""))

    def _by_position(self, said: dict[str, Any]) -> tuple[int, int]:
        ends = [self._start({"start": said.get(key, -1)}) for key in ("start", "end")]
        if None in ends or not 0 <= ends[0] < ends[1] <= len(self.text):  # type: ignore[operator]
            raise _NoMention("its position is outside the text")
        return ends[0], ends[1]  # type: ignore[return-value]


def _forms(words: str) -> tuple[str, str, str]:
    """As they are, with accents in one character, with accents apart."""
    return words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words)


def _spaced(words: str) -> str:
    """A pattern for words between which any white space may stand."""
    return r"\s+".join(re.escape(part) for part in words.split())


def _lookahead(pattern: str) -> str:
    # Places may overlap ("1 1" in "1 1 1"), and each counts.
    return f"(?={pattern})"


# ---------------------------------------------------------------- what it says
def _bodies(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The bodies of an annotation; the text and tags of Hypothesis are bodies too."""
    bodies = item.get("body")
    listed = bodies if isinstance(bodies, list) else [bodies]
    found: list[dict[str, Any]] = []
    for body in listed:
        if isinstance(body, dict):
            found.append(body)
        elif isinstance(body, str):
            found.append({"id": body})
    for tag in item.get("tags") or [] if isinstance(item.get("tags"), list) else []:
        found.append({"type": "TextualBody", "purpose": "tagging", "value": tag})
    if isinstance(item.get("text"), str):
        found.append({"type": "TextualBody", "value": item["text"]})
    return found


def _own(bodies: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The mention of ours that an annotation carries."""
    for body in bodies:
        if body.get("format") == "application/json" and isinstance(body.get("value"), str):
            try:
                record = json.loads(body["value"])
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict) and record.get("twofront") == "mention":
                return record
    return None


def _type(bodies: list[dict[str, Any]]) -> str | None:
    """Tags first, then what a body says it is."""
    ranked = sorted(bodies, key=lambda body: body.get("purpose") not in ("tagging", "classifying"))
    words = [body.get("value") for body in ranked] + [body.get("type") for body in ranked]
    for said in words:
        if isinstance(said, str) and said.strip().lower() in _TYPE_OF:
            return _TYPE_OF[said.strip().lower()]
    return None


def _remark(bodies: list[dict[str, Any]]) -> str:
    """What a body says to people, in one line; empty where all that it says is a type."""
    for body in bodies:
        said = body.get("value")
        if body.get("purpose") in _NO_REMARK or not isinstance(said, str):
            continue
        if said.strip() and said.strip().lower() not in _TYPE_OF:
            return " ".join(said.split())
    return ""


def _value(type_: str, bodies: list[dict[str, Any]]) -> Any:
    texts = [body["value"].strip() for body in bodies if isinstance(body.get("value"), str)]
    if type_ == "DATE":
        return next((text for text in texts if is_edtf(text)), None)
    if type_ == "QUANTITY":
        number = next((text for text in texts if _NUMBER.fullmatch(text)), None)
        if number is None or "/" in number:
            return number
        return float(number) if "." in number else int(number)
    for body in bodies:
        name = body.get("id") or body.get("source")
        if body.get("purpose") in ("identifying", "linking", "geotagging", None) and name:
            return str(name)
    named = [
        body["value"].strip()
        for body in bodies
        if body.get("purpose") == "identifying" and isinstance(body.get("value"), str)
    ]
    # Who is quoted is empty when nobody says it.
    return named[0] if named else "" if type_ == "QUOTE" else None
