"""Verdicts: from a comparison to a grade and a plain sentence, by rules fixed in advance.

    A  firm          direction holds in 95 % of worlds and every variant; its main inputs known
    B  conditional   direction holds in 80 % of worlds and every variant, but rests on an
                     assumption that is named
    C  depends on the model   an effect that some worlds or variants reverse, that may be too small
                     to matter, or that is
    D  no verdict    the worlds disagree in both directions beyond the smallest effect of interest,
                     too few descend from the record, or the outcome is too rare to be taken away

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
    answer: str
    """supports, against, small, open (sign clear, size not) or cannot tell."""


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
    decided_by = [row for row in hangs_on if row["index"] > 2.0 * placebo]
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

    def told(grade: str, answer: str, sentence: str) -> Judgement:
        return Judgement(grade, sentence, tuple(warnings), answer)

    if ancestors < LEAST_ANCESTORS or comparison.worlds == 0:
        return told("D", "cannot tell", "Cannot be told: too few worlds fit the record.")
    if supports == "-" and 0.0 <= comparison.base < smallest:
        return told(
            "D",
            "cannot tell",
            f"Cannot be told: the outcome happens in only {1000 * comparison.base:.1f} of 1,000 "
            "worlds to begin with, fewer than the smallest effect asked for.",
        )
    if both_ways and comparison.sign_share < FAIR_SIGN:
        return told(
            "D",
            "cannot tell",
            "Cannot be told: worlds that fit the record equally well disagree in both directions."
            + rests,
        )
    clear = low * high > 0.0
    if clear and min(abs(low), abs(high)) < smallest < max(abs(low), abs(high)):
        return told(
            "C",
            "open",
            f"Points {way}, but the chance of the draw leaves open whether by enough to matter."
            + rests,
        )
    if abs(effect) < smallest:
        if low < -smallest or high > smallest:
            return told(
                "D",
                "cannot tell",
                "Cannot be told: the chance of the draw hides whatever effect there is.",
            )
        larger = [v["title"] for v in variants if abs(v["effect"]) > smallest]
        turn = f" It does matter in a variant: {larger[0].rstrip('.')}." if larger else ""
        if larger:
            warnings.append("matters in a variant")
        return told(
            "C", "small", f"Makes too little difference to matter in this model.{turn}{rests}"
        )
    if not clear:
        return told("D", "cannot tell", "Cannot be told apart from the chance of the draw.")
    answer = "supports" if agrees else "against"
    if comparison.sign_share >= FIRM_SIGN and same and not assumed and decided_by:
        return told("A", answer, f"Points {way}, in every variant of the model.")
    if comparison.sign_share >= FAIR_SIGN and same:
        return told("B", answer, f"Points {way} in most worlds and every variant tried.{rests}")
    return told("C", answer, f"Points {way} on average, but not in all worlds or variants.{rests}")


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
