"""Diagnostics of conditioning: how much the worlds of a posterior know, and how far to trust them.

    ESS            1/Σw² before the last resampling
    ancestors      families, and families of equal size that would say as much: 1/Σf²
    contraction    sd under the posterior / sd under the prior, and the shift of the mean in prior
                   sd. Placebo parameters enter nowhere: what they show is the noise of the method,
                   about 1/√(effective ancestors) in the shift
    surprises      lines of the record that the worlds before them thought least probable
    power sweep    the same with other η
    release        worlds let go at the day forecast the next year; scored against the record
    agreement      two passes of other seeds: sd between them = |p₁ - p₂|/√2, beside the sd that the
                   bootstrap over families promises for one

References: Kong, Liu & Wong 1994 (ESS); Lee & Whiteley 2018 (families as measure of variance);
Miller & Dunson 2019 (η); Gelman et al. 2013, ch. 7 (sd ratios).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from twofront.basics import day_of
from twofront.engine.decisions import LEVEL_ACTOR, LEVEL_PLACE
from twofront.scenario import Scenario

from . import scores
from .backtest import forecast
from .baselines import Baselines, over
from .branch import branch
from .compare import family_bootstrap
from .condition import Foreseen, Posterior, follow
from .model import Model
from .recorded import Recorded

PLACEBO = "placebo"
LEAST_SHOWN = 12
_HALF_WIDTH = 1.96


@dataclass(frozen=True)
class Contraction:
    """What the record told about one parameter."""

    name: str
    sd_ratio: float
    shift: float
    """Posterior less prior mean, in prior sd."""


@dataclass(frozen=True)
class Surprise:
    """A line of the record, and how probable the worlds before it thought it."""

    date: str
    what: str
    log_probability: float
    """ln P of an event; of a level, ln of the mean of exp(-½ r²), which is 0 when all hit it."""
    ratio: float | None
    """Of a level: mean ln of the worlds' force over the record's."""


@dataclass(frozen=True)
class Agreement:
    """One outcome in two passes that share nothing but the model."""

    outcome: str
    first: float
    second: float
    between_sd: float
    promised_sd: float
    """What the bootstrap over families says the sd of one pass is."""


@dataclass(frozen=True)
class Diagnostics:
    """Everything that a card or the report can show of one posterior."""

    until: str
    worlds: int
    power: float
    ess: float
    ancestors: int
    effective_ancestors: float
    distinct_births: int
    resamplings: int
    sweeps: int
    accepted: float | None
    """Share of proposed births that were accepted, over all sweeps."""
    passes_in_sweeps: float
    """What the moves cost, in passes of all worlds to this day."""
    log_evidence: float
    placebo: tuple[Contraction, ...]
    contraction: tuple[Contraction, ...]
    """Parameters that contracted beyond every placebo, most first."""
    surprises: tuple[Surprise, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{name}</td><td>{value}</td></tr>"
            for name, value in self.to_dict().items() if not isinstance(value, tuple)
        )  # fmt: skip
        return f"<table>{rows}</table>"


def diagnose(posterior: Posterior) -> Diagnostics:
    """What a posterior itself tells; costs nothing."""
    found = contraction(posterior)
    placebo = tuple(row for row in found if row.name.startswith(PLACEBO))
    least = min((row.sd_ratio for row in placebo), default=0.0)
    told = [row for row in found if row not in placebo and row.sd_ratio < least]
    sweeps = posterior.sweeps
    return Diagnostics(
        until=str(posterior.until), worlds=posterior.worlds, power=posterior.power,
        ess=posterior.ess, ancestors=posterior.unique_ancestors,
        effective_ancestors=posterior.effective_ancestors,
        distinct_births=posterior.distinct_births, resamplings=posterior.resamplings,
        sweeps=len(sweeps),
        accepted=float(np.mean([s.accepted for s in sweeps])) if sweeps else None,
        passes_in_sweeps=sum(s.weeks_run * s.week for s in sweeps) / posterior.week,
        log_evidence=posterior.log_evidence, placebo=placebo,
        contraction=tuple(sorted(told, key=lambda row: row.sd_ratio)),
        surprises=surprises(posterior)[:LEAST_SHOWN],
    )  # fmt: skip


def contraction(posterior: Posterior) -> tuple[Contraction, ...]:
    """Every parameter with a range, against its uniform prior."""
    system, rows = posterior.system, []
    for n, name in enumerate(system.parameters):
        width = system.high[n] - system.low[n]
        if width > 0.0:
            values = posterior.snapshot.parameters[:, n]
            sd = width / np.sqrt(12.0)
            shift = (values.mean() - 0.5 * (system.low[n] + system.high[n])) / sd
            rows.append(Contraction(name, float(values.std() / sd), float(shift)))
    return tuple(rows)


def surprises(posterior: Posterior) -> tuple[Surprise, ...]:
    """The record's lines from the least foreseen on."""
    rows = sorted(posterior.ledger, key=lambda line: line.log_probability)
    return tuple(_told(posterior, line) for line in rows)


def _told(posterior: Posterior, line: Foreseen) -> Surprise:
    system, scenario = posterior.system, posterior.scenario
    day = str(day_of(scenario.start, line.week))
    if not line.is_level:
        known = {event.id: event for event in scenario.record.events}
        name = system.event_ids[line.row] if line.row < len(system.event_ids) else ""
        event = known.get(name)
        what = event.title if event else f"event {line.row}"
        return Surprise(str(event.date) if event else day, what, float(line.log_probability), None)
    level = system.record_levels[line.row]
    place = int(level[LEVEL_PLACE])
    where = system.theatres[place] if place >= 0 else "in all"
    what = f"force of {system.actors[int(level[LEVEL_ACTOR])]}, {where}"
    return Surprise(day, what, float(line.log_probability), float(line.ratio))


# What costs further runs.


def release(posterior: Posterior, until: dt.date | None = None, threads: int = 2) -> dict[str, Any]:
    """Lets the worlds go, and scores what they do in the next year against the record.

    until: last day scored; a year on when None. Scores are means over questions (`recorded.py`):
    Brier and log of the model and of the record's own past rates (climatology). events: what came,
    with its probability; levels: mean ln of model over record, and its standing in the ensemble.
    """
    model, start = posterior.model, posterior.until
    recorded = Recorded(posterior.scenario, posterior.system)
    end = min(until or start + dt.timedelta(weeks=52), posterior.scenario.end)
    window = recorded.window("release", start, end)
    asked = recorded.open_questions(window.first)
    answers = recorded.answers(window, asked)
    found = forecast(
        model, recorded, window, asked, posterior, posterior.worlds, posterior.seed, threads
    )
    p = scores.share(np.isfinite(found["weeks"]).sum(axis=0), posterior.worlds)
    came = np.isfinite(answers).astype(float)
    base = Baselines(recorded, scores.floor(posterior.worlds))
    usual = np.array([over(base.climatology(q.act, window.first), window.weeks) for q in asked])
    usual = usual.clip(base.floor, 1.0 - base.floor)
    levels = recorded.levels(window)
    told = []
    for n, level in enumerate(levels):
        ratio = found["levels"][:, n] - np.log(level.strength.value + 0.5)
        told.append({
            "date": str(level.date), "actor": level.actor, "theatre": level.theatre,
            "ratio": float(ratio.mean()), "rank": float((ratio > 0.0).mean()),
        })  # fmt: skip
    names = recorded.index.actors
    return {
        "from": str(start), "to": str(end), "questions": len(asked), "came": int(came.sum()),
        "brier": _mean(scores.brier(p, came)), "log": _mean(scores.log_score(p, came)),
        "climatology": {
            "brier": _mean(scores.brier(usual, came)), "log": _mean(scores.log_score(usual, came)),
        },
        "expected": float(p.sum()),
        "events": [
            {"act": q.act, "actor": names[q.actor], "target": names[q.target], "p": float(p[n])}
            for n, q in enumerate(asked) if came[n] > 0.0
        ],
        "levels": told,
    }  # fmt: skip


def _mean(values: np.ndarray) -> float | None:
    return float(np.mean(values)) if len(values) else None


def power_sweep(
    model: Model | Scenario, until: dt.date, powers: Sequence[float], worlds: int = 1000,
    seed: int | None = None, *, outcome: str | None = None, threads: int = 2, moves: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """One posterior for each η: what is left of it, and an outcome in it."""
    rows = []
    for power in powers:
        (posterior,) = follow(
            model, [until], worlds, seed, power=power, moves=moves, threads=threads
        )
        found = diagnose(posterior)
        row = {
            "power": power, "ess": found.ess, "ancestors": found.ancestors,
            "effective_ancestors": found.effective_ancestors, "births": found.distinct_births,
            "placebo": [row.sd_ratio for row in found.placebo],
            "least_contraction": min((row.sd_ratio for row in found.contraction), default=None),
        }  # fmt: skip
        if outcome:
            values = branch(posterior.model, outcome, posterior, threads=threads).values
            row["p"] = float(np.nanmean(values))
            row["interval"] = family_bootstrap(values, posterior.ancestors)
        rows.append(row)
    return rows


def agreement(
    first: Posterior, second: Posterior, outcomes: Sequence[str], threads: int = 2
) -> list[Agreement]:
    """How far two posteriors of other seeds differ on outcomes, and how far they should."""
    rows = []
    for outcome in outcomes:
        means, promised = [], []
        for one in (first, second):
            values = branch(one.model, outcome, one, threads=threads).values
            values, families = values[np.isfinite(values)], one.ancestors[np.isfinite(values)]
            low, high = family_bootstrap(values, families)
            means.append(float(values.mean()))
            promised.append((high - low) / (2.0 * _HALF_WIDTH))
        between = abs(means[0] - means[1]) / np.sqrt(2.0)
        rows.append(
            Agreement(
                outcome,
                means[0],
                means[1],
                float(between),
                float(np.sqrt(np.mean(np.square(promised)))),
            )
        )
    return rows


HALVINGS = tuple(2.0 ** (-n / 2) for n in range(11))
"""Powers tried from above: 1, .71, .5, … .03."""


def largest_power(
    model: Model | Scenario, until: dt.date, worlds: int = 1000, seed: int | None = None, *,
    least: float = 0.025, moves: int = 0, threads: int = 2,
    told: Callable[[Posterior], object] | None = None,
) -> Posterior:  # fmt: skip
    """The posterior with the largest η of `HALVINGS` that keeps enough families.

    least: share of worlds that families must be (500 of 20,000). told: called with every posterior
    on the way. The last η is taken whatever it keeps.
    """
    return next(_descending(model, until, worlds, seed, least, moves, threads, told))


def _descending(
    model: Any, until: dt.date, worlds: int, seed: int | None, least: float, moves: int,
    threads: int, told: Callable[[Posterior], object] | None,
) -> Iterator[Posterior]:  # fmt: skip
    for power in HALVINGS:
        (found,) = follow(model, [until], worlds, seed, power=power, moves=moves, threads=threads)
        if told:
            told(found)
        if found.unique_ancestors >= least * worlds or power == HALVINGS[-1]:
            yield found
