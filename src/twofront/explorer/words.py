"""Answers in words: whole worlds of a thousand, the doubt beside them, and what they rest on.

In the model things happen in worlds; in history they happened. An effect is never said without
its interval, and an answer of too few worlds says so before its numbers.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.lab import Comparison
from twofront.lab.verdict import LEAST_ANCESTORS
from twofront.report.against import forces
from twofront.report.words import (
    capital,
    count,
    day,
    number,
    share,
    signed,
    signed_worlds,
    span_worlds,
    worlds,
)
from twofront.scenario import Scenario

from .jobs import Job
from .questions import Question

LEAST_WORTH = 10
"""Independent pasts below which nothing is told.

A verdict takes 30 (`lab/verdict.py`); an answer at hand says what its pasts are worth, and more
worlds are one click away.
"""
LEAST_CASES = 5
"""Worlds in which something must have happened before two counts of it are compared."""

_REASONS = {
    "assumed": "which we had to assume",
    "estimated": "which is an estimate",
    "sourced": "which is sourced",
    "measured": "which was measured",
}


@dataclass(frozen=True)
class Answer:
    """What the worlds said to a question, with what is needed to say it honestly."""

    question: Question
    change: str
    compared_with: str
    """Title of what the other side was held to; empty: the model as it is."""
    comparison: Comparison
    watched: bool
    """Whether each world gave a probability instead of a yes or no."""
    ancestors: int
    """Effective families of the worlds compared, rounded down."""
    hangs_on: tuple[dict[str, Any], ...]
    placebo: float
    wanted: int = 0
    """Worlds that were asked for; more than compared while the answer is being refined."""
    pasts: int = 0
    """Worlds that followed the record, from which all go on; 0: none did."""

    @property
    def settled(self) -> bool:
        """Whether all worlds that were asked for have been run."""
        return self.comparison.worlds >= self.wanted


@dataclass(frozen=True)
class Telling:
    """An answer in sentences, in the order in which they are read."""

    headline: str
    sentence: str
    draw: str
    unknown: str
    rests_on: str
    reminders: tuple[str, ...]
    enough: bool
    leading_input: str = ""
    """Name of the input that the answer rests on most."""
    more_worlds: int = 0
    """How many worlds to offer when these were too few."""
    ends: tuple[str, str] = ("", "")
    """The two sides as they are printed beside their dots."""


def tell(scenario: Scenario, answer: Answer) -> Telling:
    """The sentences of an answer."""
    found, kind = answer.comparison, scenario.outcome(answer.question.outcome).kind
    rests_on, leading = _rests_on(answer)
    if found.worlds == 0 or not math.isfinite(found.effect):
        return Telling(
            "No world gave an answer.", "In every world the outcome was missing on one side.",
            "", "", rests_on, (), False,
        )  # fmt: skip
    few = too_few(answer, kind)
    title = scenario.outcome(answer.question.outcome).title
    before, after = _amount(scenario, kind, found.base), _amount(scenario, kind, found.changed)
    if kind.endswith("_by"):
        sentence = (
            f"{capital(title)} in {worlds(found.changed)} of 1,000 worlds "
            f"instead of {worlds(found.base)}."
        )
        draw, spread = span_worlds(found.interval), span_worlds(found.epistemic or found.interval)
        unit = " of 1,000"
    else:
        sentence = f"{capital(title)}: on average {after} instead of {before}."
        if kind.endswith("_date"):
            sentence += " Where it never happens, the last day counts."
        both = (found.interval, found.epistemic or found.interval)
        draw, spread = (_span(scenario, kind, ends) for ends in both)
        unit = ""
    unknown = f"What we do not know: {spread}{unit}, in nine worlds of ten."
    if kind.endswith("_by") and not answer.watched:
        # A yes or no has no spread of its own: what can be counted is who changed sides.
        toward, away = (float(np.mean(sign * found.differences > 0.5)) for sign in (1, -1))
        unknown = (
            f"The change turned {worlds(toward)} of 1,000 worlds toward it and {worlds(away)} "
            "away from it."
        )
    return Telling(
        headline="Too few worlds to say." if few else _headline(kind, answer),
        sentence=sentence,
        draw=f"Chance of the draw: {draw}{unit}.",
        unknown=unknown,
        rests_on=rests_on,
        reminders=(few, *_reminders(scenario, answer)) if few else _reminders(scenario, answer),
        enough=not few,
        leading_input=leading,
        more_worlds=4 * found.worlds if few else 0,
        ends=(before, after),
    )


def too_few(answer: Answer, kind: str) -> str:
    """Why these worlds are too few to compare; empty when they are enough."""
    found = answer.comparison
    if answer.ancestors < LEAST_WORTH:
        return (
            f"The {found.worlds:,} worlds that agree with the record are worth only "
            f"{count(answer.ancestors, 'independent one')}."
            if answer.question.until
            else f"{capital(count(found.worlds, 'world'))} cannot carry a comparison."
        )
    cases = round((found.base + found.changed) * found.worlds)
    if kind.endswith("_by") and not answer.watched and 0 < cases < LEAST_CASES:
        return f"It came about in {count(cases, 'world')} of {2 * found.worlds:,}."
    return ""


def _headline(kind: str, answer: Answer) -> str:
    found = answer.comparison
    low, high = found.interval
    if not found.differences.any():
        return "No world felt the change."
    if low <= 0.0 <= high:
        return "No difference beyond the chance of the draw."
    more, less = "More", "Less"
    if kind.endswith("_by"):
        more, less = "More often", "Less often"
    elif kind.endswith("_date"):
        more, less = "Later", "Sooner"
    way = more if found.effect > 0 else less
    enough = answer.ancestors >= LEAST_ANCESTORS
    return f"{way}." if enough else f"{way}, by too few pasts for a verdict."


def _amount(scenario: Scenario, kind: str, value: float) -> str:
    if kind.endswith("_by"):
        return worlds(value)
    if kind == "control":
        return share(value)
    if kind.endswith("_date"):
        return day(day_of(scenario.start, value))
    told = forces(scenario)
    return f"{number(told.told(value), 3)} {told.unit}"


def _span(scenario: Scenario, kind: str, ends: tuple[float, float]) -> str:
    if kind == "control":
        low, high = (_points(end) for end in ends)
        return f"{low} to {high} points of a hundred"
    if kind.endswith("_date"):
        low, high = (signed(round(end)) for end in ends)
        return f"{low} to {high} weeks"
    told = forces(scenario)
    low, high = (signed(float(f"{told.told(end):.2g}")) for end in ends)
    return f"{low} to {high} {told.unit}"


def _points(part: float) -> str:
    return signed(float(f"{100 * part:.1f}"))


def _rests_on(answer: Answer) -> tuple[str, str]:
    if answer.comparison.worlds < 100:
        return "Too few worlds to say what it rests on.", ""
    floor = max(2.0 * answer.placebo, 0.02)
    leads = [row for row in answer.hangs_on if row["index"] > floor]
    if not leads:
        return "No single input stands out from the noise of the method.", ""
    row = leads[0]
    title = row["title"][:1].lower() + row["title"][1:].rstrip(".")
    return f"It rests most on {title}, {_REASONS[row['grade']]}.", row["name"]


def _reminders(scenario: Scenario, answer: Answer) -> tuple[str, ...]:
    found = []
    if LEAST_WORTH <= answer.ancestors < LEAST_ANCESTORS:
        found.append(
            f"These worlds are worth {count(answer.ancestors, 'independent one')}; a verdict takes "
            f"{LEAST_ANCESTORS:.0f}: begin with a larger --worlds."
        )
    for thesis in scenario.theses:
        same = (thesis.change, thesis.outcome) == (answer.question.change, answer.question.outcome)
        if same and thesis.smallest_effect and thesis.smallest_effect.unit == "probability":
            least = signed_worlds(thesis.smallest_effect.value).lstrip("+")
            found.append(f"Fixed beforehand: fewer than {least} of 1,000 is too little to matter.")
            break
    entering = [p for n, p in scenario.parameters.items() if not n.startswith("placebo")]
    weak = sum(p.grade in ("estimated", "assumed") for p in entering)
    found.append(f"{weak} of {len(entering)} inputs of behaviour are estimated or assumed.")
    found.append("A change made by hand does not ask how it could have come about.")
    return tuple(found)


def opening(sentence: str, ends: tuple[str, str], computed: list[tuple[str, str]]) -> str:
    """The sentence as HTML, with its two numbers as buttons that open where they come from."""
    text = escape(sentence)
    told = escape(json.dumps(computed))
    for end in dict.fromkeys(ends):
        if end:
            shown = (
                f'<button type="button" class="num" data-title="Where this number comes from" '
                f'data-computed="{told}">{escape(end)}</button>'
            )
            text = re.sub(rf"(?<![\w.,>;]){re.escape(escape(end))}(?![\w<])", shown, text)
    return text


def conditioned(answer: Answer, scenario: Scenario) -> str:
    """What the worlds have in common with the record."""
    if answer.question.until is None:
        return "Nothing is held to the record."
    return (
        f"{answer.pasts:,} pasts agree with the record until {day(answer.question.until)}, worth "
        f"{count(answer.ancestors, 'independent one')}. After that day nothing is held to it but "
        "battles of the next half year."
    )


def followed(until: dt.date | None, scenario: Scenario) -> str:
    """How long the worlds agree with the record."""
    if until is None:
        return f"left to themselves from {day(scenario.start)}"
    return f"on the record until {day(until)}"


def force(scenario: Scenario, strength: float) -> str:
    """A strength in its own unit, and in men when the scenario says how many that is."""
    told = forces(scenario)
    plain = f"{number(round(strength, 1))} {scenario.force_unit.symbol}"
    if told.factor == 1.0:
        return plain
    return f"{plain} ({number(told.told(strength), 2)} {told.unit})"


def progress(job: Job) -> tuple[str, float | None]:
    """How far a job is, in words and as a part of its stage."""
    if job.stopping:
        return "Stopping after the worlds under way…", None
    if job.state == "waiting":
        return "Waiting for another question to finish…", None
    if job.state == "preparing":
        return (
            "Preparing the engine. The first time on a machine it is compiled, which takes about "
            "a minute; after that it is kept.",
            None,
        )
    part = job.done / job.whole if job.whole else 0.0
    if job.unit:
        return f"{job.stage}: {job.done:,.0f} of {job.whole:,.0f} {job.unit}.", part
    return f"{job.stage}: {share(part)}.", part
