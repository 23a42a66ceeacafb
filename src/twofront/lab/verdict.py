"""Verdicts: from a comparison to a grade and a plain sentence, by rules fixed in advance.

    A  firm          direction holds in 95 % of worlds and, clearly, in every variant; its main
                     inputs known, its sign not forced by the equations
    B  conditional   direction holds in 80 % of worlds and no variant reverses it, but it rests on
                     an assumption that is named, or its sign is forced
    C  depends on the model   an effect that some worlds or variants reverse, that may be too small
                     to matter, or that is
    D  no verdict    the worlds disagree in both directions beyond the smallest effect of interest,
                     too few descend from the record, the outcome is too rare to be taken away, or
                     not one world felt the change

A verdict that hangs on an assumed input is never better than B, nor is one whose sign no draw from
the prior reverses: there only the size is a finding. A variant run on few worlds reverses a verdict
when its whole interval lies on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from twofront.basics.words import share

from .compare import Comparison
from .showing import framed, intervals
from .variants import stance

WORDS = {
    "A": "firm",
    "B": "conditional",
    "C": "depends on the model",
    "D": "no verdict",
    "outside": "outside the model",
}
FIRM_SIGN, FAIR_SIGN = 0.95, 0.80
LEAST_ANCESTORS = 30.0
"""Effective families 1/Σf² below which a bootstrap of families promises too much (Cameron, Gelbach
& Miller 2008 find it too narrow below about thirty clusters)."""
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
    ancestors: float,
    related: list[dict[str, Any]] | None = None,
    forced: bool | None = None,
) -> Judgement:
    """Grades a comparison.

    smallest: the smallest effect of interest, fixed beforehand. ancestors: effective families.
    related: inputs that the thesis
    names as its own premises (title, grade), told when no index stands out from the noise. forced:
    whether the equations force the sign; None when that was not tested.
    """
    effect, (low, high) = comparison.effect, comparison.interval
    bottom, top = comparison.epistemic or comparison.interval
    warnings = []
    if ancestors < LEAST_ANCESTORS:
        warnings.append("too few worlds")
    stances = [stance(variant, effect) for variant in variants]
    same = "reversed" not in stances
    if not same:
        warnings.append("direction changes between models")
    decided_by = [row for row in hangs_on if row["index"] > 2.0 * placebo]
    assumed = [row for row in decided_by if row["grade"] not in KNOWN]
    if assumed:
        warnings.append("driven by prior ranges")
    # Where it was not tested, it is suspected if no world dissents.
    many = comparison.worlds > 100 and abs(effect) > smallest
    if forced or (forced is None and comparison.sign_share > 0.99 and many):
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
    if not comparison.differences.any():
        warnings.append("nothing carries it")
        return told(
            "D", "cannot tell",
            "Cannot be told: no law carries this change to the outcome; not one world felt it.",
        )  # fmt: skip
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
    if forced:
        rests += " The equations force the sign; only the size is a finding."
    if not stances:
        warnings.append("no variant was run")
    everywhere = all(one == "same" for one in stances)
    known = bool(stances) and decided_by and not assumed and not forced
    if comparison.sign_share >= FIRM_SIGN and everywhere and known:
        return told("A", answer, f"Points {way}, in every variant of the model.")
    tried = "and every variant tried" if everywhere else "and no variant clearly reverses it"
    if comparison.sign_share >= FAIR_SIGN and same:
        felt = f"in {share(comparison.sign_share)} of the worlds that feel the change"
        much = f"in {share(share_beyond(comparison, smallest))} of all by enough to matter"
        return told("B", answer, f"Points {way} {felt}, {much}, {tried}.{rests}")
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

    def to_dataframe(self) -> pd.DataFrame:
        """A row for the verdict and for each variant: name, value, low, high, worlds."""
        card = self.card
        if card["effect"] is None:
            return pd.DataFrame(columns=["name", "value", "low", "high", "worlds"])
        rows = [("the verdict", card["effect"], card["interval"], card["worlds"])]
        rows += [
            (v["title"], v["effect"], v["interval"], v.get("worlds")) for v in card["variants"]
        ]
        return pd.DataFrame(
            [
                {"name": name, "value": value, "low": low, "high": high, "worlds": worlds}
                for name, value, (low, high), worlds in rows
            ]
        )

    def hangs_on(self) -> pd.DataFrame:
        """A row per input that stands out: its share of the effect's variation and its grade."""
        return pd.DataFrame(self.card["hangs_on"], columns=["name", "title", "index", "grade"])

    def plot(self) -> Any:
        """An Altair chart: the effect, and the effect in every variant."""
        return intervals(self.to_dataframe(), self.card["title"], "effect of the change")

    def __repr__(self) -> str:
        card = self.card
        return f"<Verdict on {card['thesis']}: {card['grade']}, {card['word']}. {card['sentence']}>"

    def _repr_html_(self) -> str:
        card = self.card
        said = f"{card['grade']}, {card['word']}. {card['sentence']}"
        frame = None if card["effect"] is None else self.to_dataframe()
        return framed(card["title"], said, frame)
