"""The verdict card as other programs read it: every field, with its type and meaning.

`twofront schema verdicts` prints the JSON Schema of `verdicts.json`, a list of these.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Ends = tuple[float | None, float | None]
"""Both ends of an interval; null where there is none."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=True)


class Who(_Row):
    """Where a text asserts the thesis."""

    claim: str
    doc: str
    para: int
    sent: int
    paraphrase: str
    verdict: str = Field(description="what other sources say of the claim")


class ChangeMade(_Row):
    """What was changed."""

    id: str
    title: str
    asks: str


class OutcomeAsked(_Row):
    """What was measured."""

    id: str
    title: str
    kind: str
    horizon: str
    watched: bool = Field(description="the event is held off and its hazard gathered instead")


class Checklist(_Row):
    """Why the counterfactual may be asked (Tetlock & Belkin 1996; Capoccia & Kelemen 2007)."""

    rewrite: list[str] = Field(description="what the change rewrites, act by act")
    antecedent: str = Field(description="first day of the change")
    branching: str = Field(description="day on which worlds leave the record")
    months_to_outcome: float | None
    connects: str | None = Field(description="null here and below: the change's file is silent")
    also: list[str] | None = Field(description="what else must have been otherwise")
    undoes: Literal["no", "partly", "yes"] | None
    undone_by: str | None
    open: Literal["considered", "possible", "imposed"] | None
    considered: str | None
    projects: str | None
    sources: list[str]


class Bounds(_Row):
    """A probability with bounds that hold whatever ties the two branches (Tian & Pearl 2000)."""

    value: float
    low: float
    high: float


class PriceOf(_Row):
    """What one entry of the change costs: nats, or sd from the worlds' mean, or neither."""

    entry: str
    nats: float | None
    sd: float | None
    why: str


class Antecedent(_Row):
    """How improbable the change is in the worlds in which it is made."""

    nats: float | None = Field(description="of the entries that have a price, added up")
    complete: bool = Field(description="every entry has a price; else nats is a lower bound")
    prices: list[PriceOf]


class HorizonPoint(_Row):
    """The outcome by one day on both sides, counted."""

    date: str
    base: float
    changed: float
    effect: float
    interval: Ends


class LaterAnyway(_Row):
    """Of the worlds in which the change took the outcome away, those in which it came later."""

    horizon: str
    end: str
    removed: int
    came: float | None


class HorizonCurve(_Row):
    """The effect against its horizon, on the sample of worlds."""

    outcome: str
    points: list[HorizonPoint]
    later: LaterAnyway | None


class Hang(_Row):
    """An input and the share of the effect's variation that it explains by itself."""

    name: str
    title: str
    index: float
    grade: str


class Total(_Row):
    """All inputs of a grade, the past, or luck: share of variation with all interactions."""

    group: str
    inputs: int
    index: float
    interval: Ends


class VariantRow(_Row):
    """The effect under another form of the model."""

    id: str
    title: str
    about: str
    why: str
    effect: float
    interval: Ends
    worlds: int


class SourceLeftOut(_Row):
    """The effect without one source: its numbers at either end of the range without it."""

    source: str
    title: str
    inputs: int
    effects: list[float] = Field(description="at the lower and at the upper ends")
    moves: float = Field(description="largest distance from the effect with all sources")
    beyond_chance: bool


class ForcedSign(_Row):
    """Worlds that the change moved, and that moved with the effect, under the prior.

    The first count is of pasts that followed the record, the second of pasts that never saw it.
    """

    moved: list[int]
    same: list[int]
    forced: bool
    at_most: float | None


class CurvePoint(_Row):
    """The outcome at one value of an input."""

    x: float
    p: float
    interval: Ends
    epistemic: Ends


class Alongside(_Row):
    """The same curve with other changes made as well."""

    title: str
    changes: list[str]
    points: list[CurvePoint]


class CurveDrawn(_Row):
    """An outcome over one input."""

    path: str
    title: str
    unit: str
    recorded: float | None
    points: list[CurvePoint]
    alongside: list[Alongside] = []
    worlds: int | None = None


class FactorShare(_Row):
    """A cause, its Shapley share, its effect alone, and its effect when the others are gone."""

    id: str
    title: str
    share: float
    interval: Ends
    alone: float
    last: float


class Interaction(_Row):
    """Two causes together, beyond what each does by itself."""

    first: str
    second: str
    interaction: float
    low: float
    high: float


class Shares(_Row):
    """The whole effect of several causes, shared out."""

    factors: list[FactorShare]
    interactions: list[Interaction]
    combinations: list[float] = Field(description="outcome by bits of the causes taken away")
    worlds: int


class Card(_Row):
    """A verdict on one thesis."""

    thesis: str
    title: str
    question: str
    kind: Literal["compare", "sweep", "factorial", "outside"]
    claims: list[str]
    who: list[Who]
    disputed_by: str
    change: ChangeMade | None
    checklist: Checklist | None
    outcome: OutcomeAsked | None
    evidence_until: str | None
    worlds: int = Field(description="worlds of the comparison")
    sample: int | None = Field(description="at most so many worlds in variants, curves and indices")
    seed: int | None
    base: float | None
    changed: float | None
    effect: float | None
    interval: Ends | None = Field(description="chance of the draw, 95 %")
    epistemic: Ends | None = Field(description="spread over worlds, 90 %")
    risk_ratio: float | None
    smallest_effect: float | None
    necessity: Bounds | None
    sufficiency: Bounds | None
    both: Bounds | None = Field(description="necessary and sufficient (PNS)")
    defiers: float | None = Field(description="worlds that the change moves the other way")
    sign_share: float | None
    share_beyond: float | None
    forced_sign: ForcedSign | None
    later_anyway: float | None
    antecedent_cost: float | None = Field(description="nats; see antecedent")
    antecedent: Antecedent | None
    horizon_curve: HorizonCurve | None
    hangs_on: list[Hang]
    placebo: float | None
    totals: list[Total]
    variants: list[VariantRow]
    sources_left_out: list[SourceLeftOut]
    shares: Shares | None
    curve: CurveDrawn | None
    unsourced: tuple[int, int]
    ess: float | None
    ancestors: int | None = Field(description="families: worlds of the start with descendants")
    effective_ancestors: float | None = Field(description="families of equal size worth as much")
    power: float | None = Field(None, description="η, to which the record's likelihood is raised")
    moves: int = Field(0, description="how often at most worlds were born anew when few were left")
    grade: Literal["A", "B", "C", "D", "outside"]
    answer: str
    word: str
    sentence: str
    warnings: list[str]
    command: str
    supports: Literal["+", "-"]


Cards = TypeAdapter(list[Card])


def checked(card: dict[str, Any]) -> dict[str, Any]:
    """The card as plain data, if it is one. Raises pydantic's `ValidationError` otherwise."""
    return Card.model_validate(card).model_dump(mode="json")


def card_schema() -> dict[str, Any]:
    """JSON Schema of `verdicts.json`."""
    schema = Cards.json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Twofront verdicts",
        **schema,
    }
