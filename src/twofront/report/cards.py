"""Verdict cards, ready to print: the first glance, and the evidence behind the fold.

Effects of one unit share a scale. An effect is turned by what supports the text, so that right
of zero always speaks for it; the sentence keeps the plain direction. What weakens a verdict
stays outside the fold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup

from . import card_words as told
from . import words
from .asked import events_changed
from .documents import Text
from .downloads import Download, as_csv, as_svg
from .evidence import Evidence, read_evidence
from .hangs import Share, hangs_on
from .reading import get, items, value_of
from .statements import Statement
from .strips import Effect, axis, pair, scale_for, strip


@dataclass(frozen=True)
class Passage:
    """Who asserts the thesis, where, and in which words if the reader has the text."""

    claim: str
    text: str
    tag: str
    label: str
    paraphrase: str
    mark: str
    word: str
    quote: str
    language: str
    speaker: str = ""
    """Whom the text quotes here, in words."""
    recalled: bool = False
    others: tuple[tuple[str, str], ...] = ()
    """Marks of other claims of the same sentence, where they differ: mark and word."""

    @property
    def owner(self) -> str:
        """Who speaks: the text, or whom it quotes."""
        return words.capital(self.speaker) or self.tag


@dataclass
class Card:
    """One verdict as the templates print it."""

    id: str
    title: str
    question: str
    grade: str
    letter: str
    word: str
    sentence: str
    frequency: str
    at_a_glance: str
    intervals: list[tuple[str, str]]
    passages: list[Passage]
    warnings: list[str]
    hang: tuple[str, str] | None
    unsourced: str
    disputed: str
    facts: list[tuple[str, str]]
    numbers: list[tuple[str, str]]
    evidence: Evidence
    command: str
    answer: str
    has_curve: bool
    in_worlds: bool
    effect: Effect | None = None
    average: str = ""
    strip: Markup = field(default_factory=Markup)
    pair: Markup = field(default_factory=Markup)
    hangs_chart: Markup = field(default_factory=Markup)
    hangs_finding: str = ""
    hangs_picture: Download | None = None
    hangs_listed: str = ""
    """The shares of the chart in one line, for paper."""
    data: Download | None = None
    reply: str = ""
    """The answer as the study classed it: supports, against, small, open, cannot tell, outside."""
    base: float | None = None
    turned: str = ""
    average_span: str = ""

    @property
    def who(self) -> str:
        """`Speech 12.2, 13.2 · Book 1.4`: the places in one line."""
        places: dict[str, list[str]] = {}
        for passage in self.passages:
            labels = places.setdefault(passage.owner, [])
            if passage.label not in labels:
                labels.append(passage.label)
        return " · ".join(f"{tag} {', '.join(labels)}".strip() for tag, labels in places.items())

    @property
    def places(self) -> dict[str, dict[str, str]]:
        """The same as links: text, then label and claim."""
        places: dict[str, dict[str, str]] = {}
        for passage in self.passages:
            labels = places.setdefault(passage.owner, {})
            labels.setdefault(passage.label or passage.claim, passage.claim)
        return places

    @property
    def css(self) -> str:
        """Class of the box around the letter."""
        return f"g{self.grade}" if self.grade in ("A", "B", "C", "D") else "gO"


def read_cards(
    cards: Sequence[Mapping[str, Any]],
    scenario: Any,
    statements: Mapping[str, Statement],
    texts: Mapping[str, Text],
) -> list[Card]:
    """All cards, with the strips of those that share a unit on one scale."""
    theses = {str(get(t, "id")): t for t in items(get(scenario, "theses"))}
    units = {key: _unit(thesis) for key, thesis in theses.items()}
    kinds = {
        str(get(o, "id")): str(get(o, "kind", default="")) for o in items(get(scenario, "outcomes"))
    }
    # A power and its home may share an id; acts are told of powers.
    named = [
        *items(get(get(scenario, "record"), "events")), *items(get(scenario, "theatres")),
        *items(get(scenario, "actors")),
    ]  # fmt: skip
    names = {str(get(one, "id")): str(get(one, "name", "title")) for one in named}
    read = []
    for card in cards:
        unit = _told_in(card, units.get(str(card["thesis"])), kinds)
        shown = _read(_whole(card), unit, statements, texts, names)
        shown.facts += events_changed(scenario, theses.get(shown.id)) if shown.facts else []
        read.append(shown)
    shared = [card for card in read if card.effect and not card.has_curve and card.in_worlds]
    if shared:
        scale = scale_for([card.effect for card in shared if card.effect])
        for card in shared:
            if card.effect:
                label = f"{card.title} {_spoken(card.effect)}"
                card.strip = strip(card.effect, scale, label)
    return read


def strip_axis(cards: Sequence[Card]) -> Markup:
    """The axis over the strips of these cards."""
    scale = scale_for([card.effect for card in cards if card.effect])
    return axis(
        scale,
        "against the text ← per 1,000 worlds → for the text",
        "against ← per 1,000 worlds → for the text",
    )


def _whole(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card without half-known intervals: an end that is not a number is not an end."""
    kept = dict(card)
    for name in ("interval", "epistemic"):
        if not _known(kept.get(name)):
            kept[name] = None
    kept["variants"] = [
        variant if _known(variant.get("interval")) else {**variant, "interval": None}
        for variant in kept.get("variants") or ()
    ]
    return kept


def _known(ends: Any) -> bool:
    return ends is not None and all(isinstance(end, int | float) for end in ends)


def _told_in(card: Mapping[str, Any], unit: str | None, kinds: Mapping[str, str]) -> str | None:
    """The unit of an effect; `None` for events, which are counted in worlds."""
    outcome = card.get("outcome")
    kind = str(get(outcome, "kind") or kinds.get(str(get(outcome, "id")), ""))
    if unit is None and kind and not kind.endswith("_by"):
        # A share of ground is held to some degree in every world: it does not happen in worlds.
        return told.POINTS if kind == "control" else "units"
    return unit


def _per_cent(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card with every share as per cent."""
    scaled = dict(card)
    for name in ("base", "changed", "effect", "smallest_effect"):
        value = value_of(card.get(name))
        scaled[name] = None if value is None else 100 * value
    for name in ("interval", "epistemic"):
        if card.get(name):
            scaled[name] = [100 * end for end in card[name]]
    for name in ("variants", "sources_left_out"):
        scaled[name] = [_hundredfold(row) for row in card.get(name) or ()]
    for name, inner in (
        ("horizon_curve", ("points",)), ("shares", ("factors", "interactions")),
    ):  # fmt: skip
        if card.get(name):
            parts = {key: [_hundredfold(row) for row in card[name][key]] for key in inner}
            scaled[name] = {**card[name], **parts}
    return scaled


_EFFECTS = (
    "effect", "effects", "interval", "base", "changed", "moves", "share", "alone", "last",
    "interaction", "low", "high",
)  # fmt: skip


def _hundredfold(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of evidence with every effect as per cent."""

    def scaled(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [scaled(one) for one in value]
        return None if value is None else 100 * value

    return {key: scaled(value) if key in _EFFECTS else value for key, value in row.items()}


def _unit(thesis: Any) -> str | None:
    unit = get(get(thesis, "smallest_effect"), "unit")
    return None if unit in (None, "probability", "share", "1") else str(unit)


def _spoken(effect: Effect) -> str:
    average = words.signed_worlds(effect.value / 1000)
    spoken = f"Average {average} per 1,000 worlds; chance of the draw {_ends(effect.draw)}"
    if effect.unknown:
        spoken += f"; what we do not know {_ends(effect.unknown)}"
    return spoken


def _ends(ends: Sequence[float]) -> str:
    return words.span_worlds([end / 1000 for end in ends], fine=True)


def _read(
    card: Mapping[str, Any],
    unit: str | None,
    statements: Mapping[str, Statement],
    texts: Mapping[str, Text],
    names: Mapping[str, str],
) -> Card:
    raw = card
    if unit == told.POINTS:
        card = _per_cent(card)
    grade = str(card.get("grade") or "outside")
    letter, word = words.firmness(grade, str(card.get("answer") or ""))
    in_worlds = unit is None
    show = partial(_show, unit)
    effect = _effect(card, in_worlds)
    interval, epistemic = card.get("interval"), card.get("epistemic")
    intervals = []
    if effect and interval:
        intervals.append(("difference", told.difference(card, unit)))
        intervals.append(("chance of the draw", told.span(interval, unit)))
        if epistemic:
            intervals.append(("what we do not know", told.span(epistemic, unit)))
    hangs = [hang for hang in card.get("hangs_on") or ()]
    top = hangs[0] if hangs and _stands_out(hangs[0], card.get("placebo")) else None
    unsourced = card.get("unsourced")
    read = Card(
        id=str(card["thesis"]),
        title=str(card.get("title") or card["thesis"]),
        question=str(card.get("question") or ""),
        grade=grade,
        letter=letter,
        word=word,
        sentence=words.thousands(str(card.get("sentence") or "")),
        frequency=told.frequency(card, unit),
        at_a_glance=told.at_a_glance(card, unit),
        intervals=intervals,
        passages=_passages(card, statements, texts),
        warnings=[str(warning) for warning in card.get("warnings") or ()],
        hang=(str(top.get("title") or top["name"]), str(top.get("grade") or "")) if top else None,
        unsourced=_unsourced(unsourced) if effect else "",
        disputed=_disputed(str(card.get("disputed_by") or ""), statements, texts),
        facts=told.facts(card, unit),
        numbers=told.numbers(card, unit),
        evidence=read_evidence(card, unit, names),
        command=str(card.get("command") or ""),
        answer=told.answer(card, unit),
        has_curve=bool(card.get("curve")),
        in_worlds=in_worlds,
        effect=effect,
        average=words.signed_worlds(effect.value / 1000) if effect and in_worlds else "",
        average_span=_ends(effect.draw) if effect and in_worlds else "",
        data=as_csv(f"card-{card['thesis']}", told.csv_rows(raw)),
        reply=str(card.get("answer") or ""),
        base=value_of(card.get("base")),
        turned=told.turned(card, in_worlds and not card.get("curve")) if effect else "",
    )
    base, changed = card.get("base"), card.get("changed")
    if base is not None and changed is not None and (in_worlds or min(base, changed) >= 0):
        factor = 1000 if in_worlds else 1
        read.pair = pair(
            base * factor,
            changed * factor,
            (show(base), show(changed)),
            "Worlds of 1,000"
            if in_worlds
            else "Per cent"
            if unit == told.POINTS
            else words.capital(str(unit)),
        )
    if hangs:
        shares = _shares(hangs, card.get("placebo"))
        read.hangs_finding = _most(shares[0], card.get("placebo"))
        if read.hang:
            label = f"{read.title} What it hangs on. {read.hangs_finding}"
            read.hangs_chart = hangs_on(shares, label)
            read.hangs_picture = as_svg(f"hangs-{read.id}", read.hangs_chart)
        read.hangs_listed = "; ".join(f"{s.name} {words.share(s.index)}" for s in shares) + "."
    return read


def _stands_out(hang: Mapping[str, Any], placebo: float | None) -> bool:
    # Twice what inputs that do nothing reach; below that the order of the inputs is luck.
    return float(hang.get("index") or 0.0) > 2 * abs(placebo or 0.0)


def _unsourced(counted: Sequence[int] | None) -> str:
    return f"{counted[0]} of {counted[1]} inputs unsourced" if counted else ""


def _show(unit: str | None, value: float) -> str:
    return told.level(value, unit)


def _effect(card: Mapping[str, Any], in_worlds: bool) -> Effect | None:
    value, interval = card.get("effect"), card.get("interval")
    if value is None or not interval:
        return None
    turn = (-1 if card.get("supports") == "-" else 1) * (1000 if in_worlds else 1)

    def turned(ends: Sequence[float]) -> tuple[float, float]:
        low, high = sorted(end * turn for end in ends)
        return low, high

    epistemic = card.get("epistemic")
    smallest = abs(value_of(card.get("smallest_effect")) or 0.0) * abs(turn)
    return Effect(
        value * turn, turned(interval), turned(epistemic) if epistemic else None, smallest
    )


def _passages(
    card: Mapping[str, Any], statements: Mapping[str, Statement], texts: Mapping[str, Text]
) -> list[Passage]:
    passages = []
    quoted: set[str] = set()
    ours = {key for key, text in texts.items() if text.given}
    for who in card.get("who") or ():
        claim = str(get(who, "claim", default=""))
        if ours and str(get(who, "doc", default="")) not in ours:
            continue  # a text that is not studied here is no witness
        text = texts.get(str(get(who, "doc", default="")))
        verdict = str(get(who, "verdict", default=""))
        mark, word = words.MARKS.get(verdict, ("", ""))
        para, sent = get(who, "para"), get(who, "sent")
        known = statements.get(claim)
        quote = text.sentence(para, sent) if text else ""
        # Two statements of one sentence need it only once.
        quote = "" if quote in quoted else quote
        quoted.add(quote)
        passages.append(
            Passage(
                claim,
                text.name if text else str(get(who, "doc", default="")),
                text.tag if text else str(get(who, "doc", default="")),
                words.locator(para, sent),
                str(get(who, "paraphrase", default=known.paraphrase if known else "")),
                mark,
                word,
                quote,
                text.language if text else "en",
                known.speaker if known else "",
                known.recalled if known else False,
                _other_marks(str(get(who, "doc")), words.locator(para, sent), verdict, statements),
            )
        )
    return passages


def _other_marks(
    doc: str, label: str, verdict: str, statements: Mapping[str, Statement]
) -> tuple[tuple[str, str], ...]:
    """Marks of the other claims of a sentence: a good mark must not hide a bad one."""
    found = {
        (known.mark, known.word): None
        for known in statements.values()
        if known.verdict != verdict
        and any(place.doc == doc and place.label == label for place in known.places)
    }
    return tuple(found)


def _disputed(text: str, statements: Mapping[str, Statement], texts: Mapping[str, Text]) -> str:
    """Other views without those of texts that are not studied here."""
    ours = {key for key, known in texts.items() if known.given}
    if not ours:
        return words.thousands(text)
    foreign = {s.id for s in statements.values() if not any(p.doc in ours for p in s.places)}
    kept = [
        part.strip().rstrip(".")
        for part in re.split(r";\s+|(?<=\.)\s+(?=[A-Z])", text)
        if part.strip() and not foreign & set(re.findall(r"\w+", part))
    ]
    return words.thousands("; ".join(kept) + ".") if kept else ""


def _shares(hangs: Sequence[Mapping[str, Any]], placebo: float | None) -> list[Share]:
    # Estimates of a share may fall a little below zero by chance.
    shares = [
        Share(
            str(hang.get("title") or hang["name"]),
            max(0.0, float(hang.get("index") or 0.0)),
            str(hang.get("grade") or ""),
        )
        for hang in hangs[:8]
    ]
    if placebo is not None:
        shares.append(Share("placebo (should be zero)", max(0.0, float(placebo)), ""))
    return shares


def _most(first: Share, placebo: float | None) -> str:
    finding = f"Most: {first.name} ({first.grade}), {words.share(first.index)}."
    if placebo is not None:
        finding += f" An input that does nothing would score up to {words.share(abs(placebo))}."
    return finding
