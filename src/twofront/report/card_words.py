"""The numbers of a card in words: the question, the counts of worlds, the intervals, the CSV.

An effect of probabilities is told in worlds of 1,000; any other effect in its own unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import words
from .reading import get, value_of

POINTS = "percentage points"
"""The unit of a difference of shares, such as shares of ground; the shares are per cent."""


def signed(value: float | None, unit: str | None) -> str:
    """A difference with its sign, in worlds of 1,000 or in its unit."""
    if value is None:
        return "not given"
    if unit is None:
        return words.signed_worlds(value)
    return f"{words.signed(_rounded(value, unit))} {unit}"


def level(value: float, unit: str | None) -> str:
    """A value as it stands: in worlds of 1,000, in per cent or in its unit."""
    if unit is None:
        return words.worlds(value)
    text = words.number(_rounded(value, unit))
    return f"{text}\u00a0%" if unit == POINTS else f"{text} {unit}"


def _rounded(value: float, unit: str) -> float:
    return round(value, 1) if unit == POINTS else value


def span(interval: Sequence[float], unit: str | None) -> str:
    """Both ends of an interval, signed."""
    if unit is None:
        return words.span_worlds(interval, fine=True)
    low, high = (words.signed(_rounded(end, unit)) for end in interval)
    return f"{low} to {high} {unit}"


def difference(card: Mapping[str, Any], unit: str | None) -> str:
    """The effect with its unit."""
    text = signed(card["effect"], unit)
    return f"{text} per 1,000 worlds" if unit is None else text


def frequency(card: Mapping[str, Any], unit: str | None) -> str:
    """The outcome with the change and without it, in one sentence."""
    base, changed = card.get("base"), card.get("changed")
    if base is None or changed is None:
        return ""
    change = get(card.get("change"), "title", default="the change")
    outcome = get(card.get("outcome"), "title", default="the outcome")
    if unit is None:
        counted = f"in {words.of_thousand(changed)} worlds instead of {words.worlds(base)}"
        return f"{words.capital(outcome)}: {counted}. The change: {lower_article(change)}."
    after, before = level(changed, unit), level(base, unit)
    told = f"{words.capital(outcome)}: {after} instead of {before}."
    return f"{told} The change: {lower_article(change)}."


def at_a_glance(card: Mapping[str, Any], unit: str | None) -> str:
    """Change, outcome and both counts in as few words as will do."""
    base, changed = card.get("base"), card.get("changed")
    if base is None or changed is None or unit is not None:
        return ""
    change = str(get(card.get("change"), "title", default="the change")).rstrip(".")
    outcome = words.capital(str(get(card.get("outcome"), "title", default="the outcome")))
    counts = f"{words.worlds(base)} → {words.worlds(changed)} of 1,000 worlds"
    return f"{outcome}: {counts} with this change: {lower_article(change)}."


def lower_article(title: str) -> str:
    """The title inside a sentence: without its stop, an article in front made small."""
    # Titles of changes may begin with an article or a name; only an article is safe to lower.
    first, _, rest = title.rstrip(".").partition(" ")
    return (
        f"{first.lower()} {rest}"
        if first in ("A", "An", "The", "No", "Half")
        else title.rstrip(".")
    )


def turned(card: Mapping[str, Any], in_table: bool) -> str:
    """Which way the number must go to speak for the text."""
    if card.get("effect") is None:
        return ""
    if card.get("supports") == "-":
        # Only the strips of the first table are turned; everything else keeps its plain sign.
        more = "; the table of verdicts turns the sign round" if in_table else ""
        return f"A fall supports the text{more}."
    return "A rise supports the text; the sign is not turned."


def answer(card: Mapping[str, Any], unit: str | None) -> str:
    """Interval for a row of the second table, where there is one."""
    if card.get("effect") is None or not card.get("interval"):
        return ""
    text = signed(card["effect"], unit) + (" per 1,000 worlds" if unit is None else "")
    text += f"; chance of the draw {span(card['interval'], unit)}"
    if card.get("epistemic"):
        text += f"; what we do not know {span(card['epistemic'], unit)}"
    return words.capital(text) + "."


_WEIGHED = "worlds weighted loosely towards recorded forces"


def facts(card: Mapping[str, Any], unit: str | None) -> list[tuple[str, str]]:
    """The exact question: change, outcome, horizon, evidence, smallest effect that matters."""
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
        facts.append(("Evidence", f"decisions as on record until {words.day(until)}; {_WEIGHED}"))
    elif card.get("worlds"):
        facts.append(("Evidence", "none; the worlds run freely from the first day"))
    if card.get("worlds"):
        seed = f", seed {card['seed']}" if card.get("seed") is not None else ""
        facts.append(("Worlds", f"{words.number(card['worlds'])}{seed}"))
    smallest = value_of(card.get("smallest_effect"))
    if smallest is not None:
        size = f"{words.number(smallest * 1000)} of 1,000 worlds"
        size = size if unit is None else f"{words.number(_rounded(smallest, unit))} {unit}"
        facts.append(("Stated in advance", f"less than {size} would not matter"))
    return facts


def numbers(card: Mapping[str, Any], unit: str | None) -> list[tuple[str, str]]:
    """Every number of the card with its name."""
    if card.get("effect") is None:
        return []
    per = " per 1,000" if unit is None else ""
    ratio = card.get("risk_ratio")
    effect = signed(card["effect"], unit) + per
    if ratio is not None:
        effect += f" · ratio {words.number(ratio, 2)}"
    turned = card["effect"] * (-1 if card.get("supports") == "-" else 1)
    if turned and not _nothing(card["effect"], unit):
        effect += f" ({'for' if turned > 0 else 'against'} the text)"
    numbers = [("Effect", effect)]
    if card.get("interval"):
        numbers.append(("Chance of the draw", f"{span(card['interval'], unit)} (95\u00a0%)"))
    if card.get("epistemic"):
        numbers.append(("What we do not know", f"{span(card['epistemic'], unit)} (90\u00a0%)"))
    if card.get("sign_share") is not None:
        direction = f"of the worlds that changed, {words.share(card['sign_share'])}"
        if card.get("share_beyond") is not None:
            direction += f"; by enough to matter in {words.share(card['share_beyond'])} of all"
        numbers.append(("Direction holds in", direction))
    for key, title in (("necessity", "Necessary"), ("sufficiency", "Sufficient")):
        bounds = card.get(key)
        if bounds and bounds.get("value") is not None:
            text = f"{bounds['value']:.2f}"
            if bounds.get("low") is not None and bounds.get("high") is not None:
                text += f" (bounds {bounds['low']:.2f} to {bounds['high']:.2f})"
            numbers.append((title, text))
    if card.get("later_anyway") is not None:
        later = f"in {words.share(card['later_anyway'])} of the worlds that the change spared"
        numbers.append(("Later anyway", later))
    cost = card.get("antecedent_cost")
    if cost is not None and not card.get("antecedent"):
        numbers.append(("Cost of the change", f"{words.number(cost, 2)} nats of surprise"))
    both = card.get("both")
    if both and both.get("value") is not None:
        text = f"{both['value']:.2f} (bounds {both['low']:.2f} to {both['high']:.2f})"
        numbers.append(("Necessary and sufficient", text))
    if card.get("defiers") is not None:
        numbers.append(("Moved the other way", f"{words.share(card['defiers'])} of the worlds"))
    if card.get("unsourced"):
        n, total = card["unsourced"]
        numbers.append(("Unsourced inputs", f"{n} of {total}"))
    if card.get("ess") is not None:
        numbers.append(("Effective worlds", f"{card['ess']:,.0f}"))
    if card.get("ancestors") is not None:
        numbers.append(("Unique ancestors", f"{card['ancestors']:,.0f}"))
    if card.get("effective_ancestors") is not None:
        numbers.append(("Effective ancestors", f"{card['effective_ancestors']:,.0f}"))
    return numbers


def _nothing(effect: float, unit: str | None) -> bool:
    # Less than half a world of a thousand, or what would be printed as zero.
    return abs(effect) < 0.0005 if unit is None else signed(effect, unit).startswith("0 ")


def csv_rows(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The numbers of the card as data."""
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
    for name in ("antecedent_cost", "ess", "ancestors", "effective_ancestors", "placebo"):
        add(name, card.get(name))
    for hang in card.get("hangs_on") or ():
        add("hangs on", hang.get("index"), note=f"{hang.get('title')} ({hang.get('grade')})")
    for variant in card.get("variants") or ():
        low, high = variant.get("interval") or (None, None)
        add("variant", variant.get("effect"), low, high, str(variant.get("title")))
    return rows
