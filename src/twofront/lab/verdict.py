"""Verdicts: from a comparison to a grade and a plain sentence, by rules fixed in advance.

    A  firm          direction holds in 95 % of worlds and every variant; its main inputs known
    B  conditional   direction holds in 80 % of worlds and every variant, but rests on an
                     assumption that is named
    C  depends on the model   an effect, or its absence, that some worlds or variants reverse
    D  no verdict    the worlds disagree in both directions beyond the smallest effect of interest,
                     or too few worlds descend from the record

A verdict that hangs on an assumed input is never better than B.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from .compare import Comparison

WORDS = {
    "A": "firm",
    "B": "conditional",
    "C": "depends on the model",
    "D": "no verdict",
    "outside": "outside the model",
}
FIRM_SIGN, FAIR_SIGN = 0.95, 0.80
LEAST_ANCESTORS = 50
KNOWN = ("measured", "sourced")


@dataclass(frozen=True)
class Judgement:
    """A grade, the sentence that goes with it, and what weakens it."""

    grade: str
    sentence: str
    warnings: tuple[str, ...]


def share_beyond(comparison: Comparison, smallest: float) -> float:
    """Share of worlds whose own effect exceeds the smallest effect, in the mean's direction."""
    sign = 1.0 if comparison.effect >= 0 else -1.0
    return float((sign * comparison.differences > smallest).mean()) if comparison.worlds else 0.0


def judge(
    comparison: Comparison,
    *,
    smallest: float,
    supports: str,
    hangs_on: list[dict[str, Any]],
    placebo: float,
    variants: list[dict[str, Any]],
    ancestors: int,
    related: list[dict[str, Any]] | None = None,
) -> Judgement:
    """Grades a comparison.

    smallest: the smallest effect of interest, fixed beforehand. related: inputs that the thesis
    names as its own premises (title, grade), told when no index stands out from the noise.
    """
    effect, (low, high) = comparison.effect, comparison.interval
    bottom, top = comparison.epistemic or comparison.interval
    warnings = []
    if ancestors < LEAST_ANCESTORS:
        warnings.append("too few worlds")
    same = all((v["effect"] >= 0) == (effect >= 0) for v in variants)
    if not same:
        warnings.append("direction changes between models")
    decided_by = [row for row in hangs_on if row["index"] > max(2.0 * placebo, 0.02)]
    assumed = [row for row in decided_by if row["grade"] not in KNOWN]
    if assumed:
        warnings.append("driven by prior ranges")
    if comparison.sign_share > 0.99 and comparison.worlds > 100 and abs(effect) > smallest:
        warnings.append("sign built in")
    premises = [row for row in related or [] if row["grade"] not in KNOWN]
    if decided_by:
        rests = f" It rests most on {_named(decided_by[0])}."
    elif premises:
        rests = f" No single input stands out; it presupposes {_named(premises[0])}."
    else:
        rests = " No single input stands out from the noise of the method."
    agrees = (effect > 0) == (supports == "+")
    way = "the way the text says" if agrees else "against the text"
    both_ways = bottom < -smallest and top > smallest
    if ancestors < LEAST_ANCESTORS or comparison.worlds == 0:
        return Judgement("D", "Cannot be told: too few worlds fit the record.", tuple(warnings))
    if both_ways and comparison.sign_share < FAIR_SIGN:
        return Judgement(
            "D",
            "Cannot be told: worlds that fit the record equally well disagree in both directions."
            + rests,
            tuple(warnings),
        )
    if abs(effect) < smallest:
        if (low < -smallest or high > smallest) and low * high > 0:
            return Judgement(
                "C",
                f"Points {way}, but the chance of the draw leaves open whether by enough to "
                f"matter.{rests}",
                tuple(warnings),
            )
        if low < -smallest or high > smallest:
            return Judgement(
                "D",
                "Cannot be told: the chance of the draw hides whatever effect there is.",
                tuple(warnings),
            )
        return Judgement(
            "C", "Makes too little difference to matter in this model." + rests, tuple(warnings)
        )
    if low <= 0.0 <= high:
        return Judgement("D", "Cannot be told apart from the chance of the draw.", tuple(warnings))
    if comparison.sign_share >= FIRM_SIGN and same and not assumed and decided_by:
        return Judgement("A", f"Points {way}, in every variant of the model.", tuple(warnings))
    if comparison.sign_share >= FAIR_SIGN and same:
        return Judgement(
            "B", f"Points {way} in most worlds and every variant tried.{rests}", tuple(warnings)
        )
    return Judgement(
        "C", f"Points {way} on average, but not in all worlds or variants.{rests}", tuple(warnings)
    )


def _named(row: dict[str, Any]) -> str:
    title = row["title"][:1].lower() + row["title"][1:]
    reason = {
        "assumed": "which had to be assumed",
        "estimated": "which is an estimate",
        "sourced": "which is sourced",
        "measured": "which was measured",
    }[row["grade"]]
    return f"{title.rstrip('.')}, {reason}"


@dataclass(frozen=True)
class Verdict:
    """A card: everything that is known about one thesis, ready for JSON and for the report."""

    card: dict[str, Any]

    def _repr_html_(self) -> str:
        card = self.card
        numbers = ""
        if card["effect"] is not None:
            low, high = card["interval"]
            numbers = (
                f"<p>{card['base']:.3f} → {card['changed']:.3f}, effect {card['effect']:+.3f} "
                f"[{low:+.3f}, {high:+.3f}]</p>"
            )
        return (
            f"<article><h3>{escape(card['title'])}</h3><p><b>{card['grade']}</b> {card['word']}. "
            f"{escape(card['sentence'])}</p>{numbers}</article>"
        )
