"""What stands behind a verdict besides its numbers: may it be asked, and what would overturn it?

    checklist      why the counterfactual may be asked, and how improbable it is
    forms          the effect under other forms of the model, each as a strip on one scale
    sources        the effect without one source
    totals         what the variation is owed to: inputs by grade, the past, luck
    horizon        the effect by other days
    shares         several causes: Shapley shares and interactions

A part that a card does not carry is left out; what a change's file does not argue is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from . import card_words as told
from . import words
from .downloads import Download, as_csv
from .reading import value_of
from .strips import Effect, Scale, one_axis, one_strip, scale_for

_OPEN = {
    "considered": "considered at the time",
    "possible": "possible, though nobody is known to have considered it",
    "imposed": "imposed by us, against the inclinations of the time",
}
_SILENT = "the change’s file does not say"


@dataclass(frozen=True)
class Form:
    """An effect under one form of the model, or one share: title, reason, strip, effect, ends."""

    title: str
    why: str
    strip: Markup
    effect: str
    ends: str
    stance: str = ""


@dataclass(frozen=True)
class Forms:
    """Rows on one scale."""

    axis: Markup
    rows: tuple[Form, ...]


@dataclass(frozen=True)
class Evidence:
    """All parts of a card's evidence that this card carries."""

    checklist: tuple[tuple[str, str], ...]
    cost: tuple[tuple[str, str], ...]
    forms: Forms | None
    sources: tuple[tuple[str, str, str, str], ...]
    totals: tuple[tuple[str, str, str], ...]
    horizon: tuple[tuple[str, str, str, str, str], ...]
    later: str
    forced: str
    shares: Forms | None
    interactions: tuple[tuple[str, str, str], ...]
    data: Download | None

    @property
    def reversed(self) -> int:
        """Forms of the model whose whole interval lies on the other side."""
        return sum(row.stance == "reversed" for row in self.forms.rows) if self.forms else 0


def read_evidence(card: Mapping[str, Any], unit: str | None, names: Mapping[str, str]) -> Evidence:
    """The evidence of a card; effects in its unit. names: of powers, theatres and events."""
    return Evidence(
        checklist=_checklist(card.get("checklist"), names),
        cost=_cost(card.get("antecedent"), names),
        forms=_forms(card, unit),
        sources=_sources(card.get("sources_left_out") or (), unit),
        totals=_totals(card.get("totals") or ()),
        horizon=_horizon(card.get("horizon_curve"), unit),
        later=_later(card.get("horizon_curve")),
        forced=_forced(card.get("forced_sign")),
        shares=_shares(card, unit),
        interactions=_interactions(card.get("shares"), unit),
        data=_data(card),
    )


def _named(text: str, names: Mapping[str, str]) -> str:
    """An act of a change with names in place of ids.

    `force_strike isl val` becomes `force strike: Islandia, Valdis`, and a path as `actor.isl.steel`
    the words `actor, Islandia, steel`.
    """
    what, colon, rest = text.partition(": ")
    if not colon and " " in what:
        what, _, rest = what.partition(" ")
        rest = rest.replace(" ", ", ")
    told = ", ".join(names.get(part, part.replace("_", " ")) for part in what.split("."))
    rest = re.sub(r"\w+", lambda found: names.get(found[0], found[0]), rest)
    return f"{told}: {rest}" if rest else told


def _checklist(
    found: Mapping[str, Any] | None, names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    if not found:
        return ()
    days = f"from {words.day(found['antecedent'])}"
    if found.get("branching") and found["branching"] != found["antecedent"]:
        days += f"; worlds leave the record on {words.day(found['branching'])}"
    if found.get("months_to_outcome") is not None:
        days += f"; {words.number(found['months_to_outcome'], 2)} months before the outcome is due"
    silent = partial(_or, otherwise=_SILENT)
    was_open = _OPEN.get(str(found.get("open")), "")
    considered = ". ".join(part for part in (was_open, found.get("considered") or "") if part)
    undone, also = found.get("undoes"), found.get("also")
    undoing = f"{undone}. {found.get('undone_by') or ''}".strip() if undone else ""
    rows = [
        (
            "What is rewritten",
            "; ".join(_named(act, names) for act in found.get("rewrite") or ()) or _SILENT,
        ),
        ("When", days),
        ("How it leads there", silent(found.get("connects"))),
        ("What else must differ", _SILENT if also is None else "; ".join(also) or "nothing"),
        ("Would it have been undone?", silent(words.capital(undoing))),
        ("Was it open?", silent(words.capital(considered))),
        ("What it implies elsewhere", silent(found.get("projects"))),
    ]
    if found.get("sources"):
        rows.append(("Sources", "; ".join(map(str, found["sources"]))))
    return tuple(rows)


def _or(text: str | None, otherwise: str) -> str:
    return str(text) if text else otherwise


def _cost(found: Mapping[str, Any] | None, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if not found:
        return ()
    rows = []
    for price in found.get("prices") or ():
        if price.get("nats") is not None:
            cost = f"{words.number(price['nats'], 2)} nats"
        elif price.get("sd") is not None:
            cost = f"{words.number(price['sd'], 2)} standard deviations from the worlds’ mean"
        else:
            cost = "no price"
        rows.append(
            (_named(str(price["entry"]), names), f"{cost}. {price.get('why') or ''}".strip())
        )
    if found.get("nats") is not None:
        whole = f"{words.number(found['nats'], 2)} nats of surprise"
        whole += "" if found.get("complete") else ", at least: not every entry has a price"
        rows.append(("Together", whole))
    return tuple(rows)


def _turned(card: Mapping[str, Any], ends: Sequence[float], factor: float) -> tuple[float, float]:
    sign = -1 if card.get("supports") == "-" else 1
    low, high = sorted(sign * factor * end for end in ends)
    return low, high


def _strip_of(
    card: Mapping[str, Any], row: Mapping[str, Any], unit: str | None, key: str = "effect"
) -> Effect | None:
    value, ends = row.get(key), row.get("interval")
    if value is None or not ends or None in ends:
        return None
    factor = 1000.0 if unit is None else 1.0
    smallest = abs(value_of(card.get("smallest_effect")) or 0.0) * factor
    turned = _turned(card, ends, factor)
    sign = -1 if card.get("supports") == "-" else 1
    return Effect(sign * factor * value, turned, None, smallest)


def _forms(card: Mapping[str, Any], unit: str | None) -> Forms | None:
    variants = card.get("variants") or ()
    if not variants or card.get("effect") is None:
        return None
    first = {
        "title": "This verdict", "effect": card["effect"], "interval": card.get("interval"),
    }  # fmt: skip
    rows = [first, *variants]
    drawn = [effect for row in rows if (effect := _strip_of(card, row, unit))]
    scale = scale_for(drawn) if drawn else Scale(-1.0, 1.0)
    forms = []
    for row in rows:
        effect = _strip_of(card, row, unit)
        ends = row.get("interval")
        known = ends and None not in ends
        title = str(row.get("title") or row.get("id") or "")
        spoken = told.signed(row.get("effect"), unit)
        span = told.span(ends, unit) if known else ""
        strip = one_strip(effect, scale) if effect else Markup("")
        forms.append(
            Form(
                title, str(row.get("why") or ""), strip, spoken, span,
                "" if row is first or not known else _stance(row, card["effect"]),
            )
        )  # fmt: skip
    return Forms(_axis_of(scale, unit), tuple(forms))


def _stance(row: Mapping[str, Any], effect: float) -> str:
    low, high = row["interval"]
    if low <= 0 <= high:
        return "unclear"
    return "same" if (row["effect"] >= 0) == (effect >= 0) else "reversed"


def _axis_of(scale: Scale, unit: str | None) -> Markup:
    per = "per 1,000 worlds" if unit is None else unit
    return one_axis(scale, f"against ← {per} → for the text")


def _sources(
    rows: Sequence[Mapping[str, Any]], unit: str | None
) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (
            words.shorten(str(row["title"]), 90),
            words.number(row["inputs"]),
            " and ".join(told.signed(effect, unit) for effect in row["effects"]),
            "more than chance" if row["beyond_chance"] else "no more than chance",
        )
        for row in rows
    )


def _totals(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            words.capital(str(row["group"]))
            + (f", {words.count(row['inputs'], 'input')}" if row["inputs"] else ""),
            words.share(row["index"]),
            " to ".join(words.share(end) for end in row["interval"] if end is not None),
        )
        for row in rows
    )


def _horizon(
    found: Mapping[str, Any] | None, unit: str | None
) -> tuple[tuple[str, str, str, str, str], ...]:
    if not found:
        return ()
    return tuple(
        (
            words.day(point["date"]), told.level(point["base"], unit),
            told.level(point["changed"], unit), told.signed(point["effect"], unit),
            told.span(point["interval"], unit) if None not in point["interval"] else "",
        )
        for point in found["points"]
    )  # fmt: skip


def _later(found: Mapping[str, Any] | None) -> str:
    later = (found or {}).get("later")
    if not later or later.get("came") is None:
        return ""
    return (
        f"Of the {words.number(later['removed'])} worlds in which the change took it away, it came "
        f"later, by {words.day(later['end'])}, in {words.share(later['came'])}."
    )


def _forced(found: Mapping[str, Any] | None) -> str:
    if not found:
        return ""
    parts = [f"{same} of {moved}" for same, moved in zip(found["same"], found["moved"])]
    pasts = ("pasts that followed the record", "pasts that never saw it")
    if len(parts) == 1:
        pasts = ("worlds",)
    counted = words.listed(f"{part} {past}" for part, past in zip(parts, pasts))
    text = f"With inputs drawn anew from their ranges, the direction is the same in {counted}."
    if found["forced"]:
        most = words.share(found["at_most"])
        text += f" The equations force it (at most {most} of worlds could reverse it);"
        return text + " only the size is a finding."
    return text + " The equations do not force it."


def _shares(card: Mapping[str, Any], unit: str | None) -> Forms | None:
    found = card.get("shares")
    if not found:
        return None
    rows = [{**row, "effect": row["share"]} for row in found["factors"]]
    drawn = [effect for row in rows if (effect := _strip_of(card, row, unit))]
    scale = scale_for(drawn)
    forms = []
    for row in rows:
        effect = _strip_of(card, row, unit)
        span = told.span(row["interval"], unit)
        spoken = told.signed(row["share"], unit)
        alone, last = (told.signed(row[key], unit) for key in ("alone", "last"))
        strip = one_strip(effect, scale) if effect else ""
        forms.append(
            Form(
                str(row["title"]), f"alone {alone}; when the others are gone {last}",
                Markup(strip), spoken, span,
            )
        )  # fmt: skip
    return Forms(_axis_of(scale, unit), tuple(forms))


def _interactions(
    found: Mapping[str, Any] | None, unit: str | None
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            f"{row['first']} and {row['second']}",
            told.signed(row["interaction"], unit),
            told.span((row["low"], row["high"]), unit),
        )
        for row in ((found or {}).get("interactions") or ())[:6]
    )


def _data(card: Mapping[str, Any]) -> Download | None:
    rows: list[dict[str, Any]] = []

    def add(part: str, name: Any, value: Any, ends: Any = (None, None), note: Any = "") -> None:
        low, high = ends or (None, None)
        rows.append(
            {"part": part, "name": name, "value": value, "low": low, "high": high, "note": note}
        )

    for row in card.get("totals") or ():
        add("total share", row["group"], row["index"], row["interval"], row["inputs"])
    for row in card.get("variants") or ():
        add("variant", row.get("title"), row.get("effect"), row.get("interval"), row.get("why"))
    for row in card.get("sources_left_out") or ():
        add("without source", row["title"], row["moves"], row["effects"], row["source"])
    for point in (card.get("horizon_curve") or {}).get("points", ()):
        add("by day", point["date"], point["effect"], point["interval"], point["base"])
    shares = card.get("shares") or {}
    for row in shares.get("factors", ()):
        add("Shapley share", row["title"], row["share"], row["interval"], row["alone"])
    for row in shares.get("interactions", ()):
        pair = f"{row['first']} × {row['second']}"
        add("interaction", pair, row["interaction"], (row["low"], row["high"]))
    return as_csv(f"evidence-{card['thesis']}", rows) if rows else None
