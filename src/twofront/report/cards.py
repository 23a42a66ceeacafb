"""Verdict cards, ready to print: the first glance, and the evidence behind the fold.

Effects of one unit share a scale. An effect is turned by what supports the text, so that right
of zero always speaks for it; the sentence keeps the plain direction. What weakens a verdict
stays outside the fold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup

from . import charts, words
from .documents import Text
from .downloads import Download, as_csv
from .reading import get, items, value_of
from .statements import Statement
from .strips import Effect, axis, pair, scale_for, strip
from .svg import both


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
    intervals: list[tuple[str, str]]
    passages: list[Passage]
    warnings: list[str]
    hang: tuple[str, str] | None
    unsourced: str
    facts: list[tuple[str, str]]
    numbers: list[tuple[str, str]]
    variants: list[tuple[str, str, str]]
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
    data: Download | None = None

    @property
    def who(self) -> str:
        """`Speech 12.2, 13.2 · Book 1.4`: the places in one line."""
        places: dict[str, list[str]] = {}
        for passage in self.passages:
            labels = places.setdefault(passage.tag, [])
            if passage.label not in labels:
                labels.append(passage.label)
        return " · ".join(f"{tag} {', '.join(labels)}".strip() for tag, labels in places.items())

    @property
    def places(self) -> dict[str, dict[str, str]]:
        """The same as links: text, then label and claim."""
        places: dict[str, dict[str, str]] = {}
        for passage in self.passages:
            labels = places.setdefault(passage.tag, {})
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
    units = {str(get(t, "id")): _unit(t) for t in items(get(scenario, "theses"))}
    read = [_read(card, units.get(str(card["thesis"])), statements, texts) for card in cards]
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


def _unit(thesis: Any) -> str | None:
    unit = get(get(thesis, "smallest_effect"), "unit")
    return None if unit in (None, "probability", "share", "1") else str(unit)


def _spoken(effect: Effect) -> str:
    spoken = f"Average {words.signed(round(effect.value))} per 1,000 worlds; chance of the draw "
    spoken += " to ".join(words.signed(round(end)) for end in effect.draw)
    if effect.unknown:
        spoken += "; what we do not know "
        spoken += " to ".join(words.signed(round(end)) for end in effect.unknown)
    return spoken


def _read(
    card: Mapping[str, Any],
    unit: str | None,
    statements: Mapping[str, Statement],
    texts: Mapping[str, Text],
) -> Card:
    grade = str(card.get("grade") or "outside")
    letter, word, _ = words.FIRMNESS.get(grade, words.FIRMNESS["outside"])
    in_worlds = unit is None
    show = partial(_show, unit)
    effect = _effect(card, in_worlds)
    interval, epistemic = card.get("interval"), card.get("epistemic")
    intervals = []
    if effect and interval:
        intervals.append(("difference", _difference(card, show, unit)))
        intervals.append(("chance of the draw", _span(interval, unit)))
        if epistemic:
            intervals.append(("what we do not know", _span(epistemic, unit)))
    hangs = [hang for hang in card.get("hangs_on") or ()]
    top = hangs[0] if hangs else None
    unsourced = card.get("unsourced")
    read = Card(
        id=str(card["thesis"]),
        title=str(card.get("title") or card["thesis"]),
        question=str(card.get("question") or ""),
        grade=grade,
        letter=letter,
        word=str(card.get("word") or word),
        sentence=str(card.get("sentence") or ""),
        frequency=_frequency(card, unit),
        intervals=intervals,
        passages=_passages(card, statements, texts),
        warnings=[str(warning) for warning in card.get("warnings") or ()],
        hang=(str(top.get("title") or top["name"]), str(top.get("grade") or "")) if top else None,
        unsourced=f"{unsourced[0]} of {unsourced[1]} inputs unsourced" if unsourced else "",
        facts=_facts(card, unit),
        numbers=_numbers(card, unit),
        variants=[
            (
                str(variant.get("title") or variant.get("id") or ""),
                _signed(variant.get("effect"), unit),
                _span(variant["interval"], unit) if variant.get("interval") else "",
            )
            for variant in card.get("variants") or ()
        ],
        command=str(card.get("command") or ""),
        answer=_answer(card, unit),
        has_curve=bool(card.get("curve")),
        in_worlds=in_worlds,
        effect=effect,
        average=words.signed(round(effect.value)) if effect and in_worlds else "",
        data=as_csv(f"card-{card['thesis']}", _csv_rows(card)),
    )
    base, changed = card.get("base"), card.get("changed")
    if base is not None and changed is not None and (in_worlds or min(base, changed) >= 0):
        factor = 1000 if in_worlds else 1
        read.pair = pair(
            base * factor,
            changed * factor,
            (show(base), show(changed)),
            "Worlds of 1,000" if in_worlds else words.capital(str(unit)),
        )
    if hangs:
        read.hangs_chart, read.hangs_finding = _hangs(hangs, card.get("placebo"), read.title)
    return read


def _show(unit: str | None, value: float) -> str:
    return words.worlds(value) if unit is None else f"{words.number(value)} {unit}"


def _signed(value: float | None, unit: str | None) -> str:
    if value is None:
        return "not given"
    return words.signed_worlds(value) if unit is None else f"{words.signed(value)} {unit}"


def _span(interval: Sequence[float], unit: str | None) -> str:
    if unit is None:
        return words.span_worlds(interval)
    return f"{words.signed(interval[0])} to {words.signed(interval[1])} {unit}"


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


def _difference(card: Mapping[str, Any], show: Any, unit: str | None) -> str:
    text = _signed(card["effect"], unit)
    return f"{text} per 1,000 worlds" if unit is None else text


def _frequency(card: Mapping[str, Any], unit: str | None) -> str:
    base, changed = card.get("base"), card.get("changed")
    if base is None or changed is None:
        return ""
    change = get(card.get("change"), "title", default="the change")
    outcome = get(card.get("outcome"), "title", default="the outcome")
    if unit is None:
        counted = f"in {words.of_thousand(changed)} worlds instead of {words.worlds(base)}"
        return f"{words.capital(outcome)}: {counted}. The change: {_lower(change)}."
    after, before = f"{words.number(changed)} {unit}", words.number(base)
    return f"{words.capital(outcome)}: {after} instead of {before}. The change: {_lower(change)}."


def _lower(title: str) -> str:
    # Titles of changes may begin with an article or a name; only an article is safe to lower.
    first, _, rest = title.rstrip(".").partition(" ")
    return (
        f"{first.lower()} {rest}"
        if first in ("A", "An", "The", "No", "Half")
        else title.rstrip(".")
    )


def _answer(card: Mapping[str, Any], unit: str | None) -> str:
    """Interval for a row of the second table, where there is one."""
    if card.get("effect") is None or not card.get("interval"):
        return ""
    text = _signed(card["effect"], unit) + (" per 1,000 worlds" if unit is None else "")
    text += f"; chance of the draw {_span(card['interval'], unit)}"
    if card.get("epistemic"):
        text += f"; what we do not know {_span(card['epistemic'], unit)}"
    return words.capital(text) + "."


def _facts(card: Mapping[str, Any], unit: str | None) -> list[tuple[str, str]]:
    change, outcome = card.get("change"), card.get("outcome")
    facts = []
    if card.get("question"):
        facts.append(("Question", str(card["question"])))
    if change:
        told = [str(get(change, key, default="")).rstrip(". ") for key in ("title", "asks")]
        facts.append(("Change", ". ".join(part for part in told if part)))
    if outcome:
        facts.append(("Outcome", str(get(outcome, "title", default=""))))
        horizon = get(outcome, "horizon")
        if horizon:
            facts.append(("Horizon", f"until {words.day(horizon)}"))
    until = card.get("evidence_until")
    if until:
        facts.append(("Evidence", f"worlds agree with the record until {words.day(until)}"))
    elif card.get("worlds"):
        facts.append(("Evidence", "none; the worlds run freely from the first day"))
    if card.get("worlds"):
        seed = f", seed {card['seed']}" if card.get("seed") is not None else ""
        facts.append(("Worlds", f"{words.number(card['worlds'])}{seed}"))
    smallest = value_of(card.get("smallest_effect"))
    if smallest is not None:
        size = f"{words.number(smallest * 1000)} of 1,000 worlds"
        size = size if unit is None else f"{words.number(smallest)} {unit}"
        facts.append(("Stated in advance", f"less than {size} would not matter"))
    return facts


def _numbers(card: Mapping[str, Any], unit: str | None) -> list[tuple[str, str]]:
    if card.get("effect") is None:
        return []
    per = " per 1,000" if unit is None else ""
    ratio = card.get("risk_ratio")
    effect = _signed(card["effect"], unit) + per
    if ratio is not None:
        effect += f" · ratio {words.number(ratio, 2)}"
    turned = card["effect"] * (-1 if card.get("supports") == "-" else 1)
    if turned:
        effect += f" ({'for' if turned > 0 else 'against'} the text)"
    numbers = [("Effect", effect)]
    if card.get("interval"):
        numbers.append(("Chance of the draw", f"{_span(card['interval'], unit)} (95\u00a0%)"))
    if card.get("epistemic"):
        numbers.append(("What we do not know", f"{_span(card['epistemic'], unit)} (90\u00a0%)"))
    if card.get("sign_share") is not None:
        direction = f"{words.share(card['sign_share'])} of the prior"
        if card.get("share_beyond") is not None:
            direction += f"; large enough to matter in {words.share(card['share_beyond'])}"
        numbers.append(("Direction holds in", direction))
    for key, title in (("necessity", "Necessary"), ("sufficiency", "Sufficient")):
        bounds = card.get(key)
        if bounds and bounds.get("value") is not None:
            text = f"{bounds['value']:.2f}"
            if bounds.get("low") is not None and bounds.get("high") is not None:
                text += f" (bounds {bounds['low']:.2f} to {bounds['high']:.2f})"
            numbers.append((title, text))
    if card.get("later_anyway") is not None:
        later = f"in {words.of_thousand(card['later_anyway'])} worlds"
        numbers.append(("Later anyway", later))
    cost = card.get("antecedent_cost")
    if cost is not None:
        numbers.append(("Cost of the change", f"{words.number(cost, 2)} nats of surprise"))
    if card.get("unsourced"):
        n, total = card["unsourced"]
        numbers.append(("Unsourced inputs", f"{n} of {total}"))
    if card.get("ess") is not None:
        numbers.append(("Effective worlds", f"{card['ess']:,.0f}"))
    if card.get("ancestors") is not None:
        numbers.append(("Unique ancestors", f"{card['ancestors']:,.0f}"))
    return numbers


def _passages(
    card: Mapping[str, Any], statements: Mapping[str, Statement], texts: Mapping[str, Text]
) -> list[Passage]:
    passages = []
    quoted: set[str] = set()
    for who in card.get("who") or ():
        claim = str(get(who, "claim", default=""))
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
            )
        )
    return passages


def _hangs(
    hangs: Sequence[Mapping[str, Any]], placebo: float | None, title: str
) -> tuple[Markup, str]:
    rows = [
        {
            "name": str(hang.get("title") or hang["name"]),
            "index": float(hang.get("index") or 0.0),
            "grade": str(hang.get("grade") or ""),
        }
        for hang in hangs[:8]
    ]
    first = rows[0]
    finding = f"Most: {first['name']} ({first['grade']}), {words.share(first['index'])}."
    if placebo is not None:
        rows.append({"name": "placebo (should be zero)", "index": float(placebo), "grade": ""})
        finding += f" An input that does nothing would score up to {words.share(abs(placebo))}."
    # Estimates of a share may fall a little below zero by chance.
    for row in rows:
        row["index"] = max(0.0, row["index"])
    return both(partial(charts.hangs_on, rows), f"{title} What it hangs on. {finding}"), finding


def _csv_rows(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def add(name: str, value: Any, low: Any = None, high: Any = None, note: str = "") -> None:
        rows.append({"quantity": name, "value": value, "low": low, "high": high, "note": note})

    for name in ("grade", "worlds", "seed", "base", "changed"):
        add(name, card.get(name))
    for name in ("interval", "epistemic"):
        ends = card.get(name) or (None, None)
        add("effect", card.get("effect"), ends[0], ends[1], name)
    for name in ("risk_ratio", "smallest_effect", "sign_share", "share_beyond", "later_anyway"):
        add(name, card.get(name))
    for name in ("necessity", "sufficiency"):
        bounds = card.get(name) or {}
        add(name, bounds.get("value"), bounds.get("low"), bounds.get("high"))
    for name in ("antecedent_cost", "ess", "ancestors", "placebo"):
        add(name, card.get(name))
    for hang in card.get("hangs_on") or ():
        add("hangs on", hang.get("index"), note=f"{hang.get('title')} ({hang.get('grade')})")
    for variant in card.get("variants") or ():
        low, high = variant.get("interval") or (None, None)
        add("variant", variant.get("effect"), low, high, str(variant.get("title")))
    return rows
