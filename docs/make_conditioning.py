"""Writes docs/conditioning.md: how worlds are held to the record, and what is left of them.

    python docs/make_conditioning.py [--worlds 2000] [--moves 2]

What was run is kept in the cache, row by row, for the same scenario, laws and laboratory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from twofront.engine import cache_directory
from twofront.engine.build import Index
from twofront.lab import (
    Laboratory,
    Model,
    agreement,
    antecedent_cost,
    condition_many,
    diagnose,
    release,
    write_atomically,
)
from twofront.lab.condition import Following
from twofront.lab.ensemble import laws_digest
from twofront.scenario import load_change, load_scenario

HERE = Path(__file__).parent
LAB = Path(__file__).parents[1] / "src" / "twofront" / "lab"
USES = ("smc", "births", "condition", "diagnostics", "antecedent", "branch", "compare",
        "theses", "parts", "outcomes")  # fmt: skip
DAYS = tuple(dt.date.fromisoformat(day) for day in ("1939-08-15", "1941-06-23", "1945-08-08"))
MOVED_DAYS = DAYS[:2]
LEAST = 0.025
BIRTHS = 64
POWERS = (0.1, 0.25, 0.5, 1.0)
TEXT = """# Conditioning

`{title}`, {worlds} worlds a row, seed {seed}, scenario {hash}. Made by
`make docs`; not edited by hand.

A verdict asks what would have followed a change on a day. The worlds it is asked of are those that
agree with the record up to that day (Pearl's abduction). What is done:

1. **Clamped decisions.** Recorded decisions fall on their days in every world, others do not. A
   world is weighted by its own hazards: ln(1 - e^(-Λ)) at a recorded decision, Λ gathered over its
   half-year; -∫λ for all that did not happen; -½r² at a recorded force, r at most 5 errors.
   Border clashes are held to the record but not weighed; how a recorded battle turned out is.
2. **Power.** The model is wrong, so its likelihood is raised to η (Miller & Dunson 2019). The
   scenario says η = {eta}.
3. **Resampling.** At the end of a quarter, systematically, when the effective sample size is below
   half. A copy gets the luck of the row it lands in, so copies part in the next week.
4. **Moves** (`moves=n`, off by default). When few births are left, every world proposes another
   birth (parameters, minds, image) that leaves the prior as it is (preconditioned Crank-Nicolson),
   or leaves a normal fitted to the population as it is; it is run again from the first week with
   the luck it had, but for one quarter on average, and accepted with min(1, (L'/L)^η). Stages are
   taken in by parts (tempered) so that half of the sample is always left. Exact for the tempered
   posterior as the number of worlds grows; equations and references stand in `lab/smc.py`, tests
   against exact posteriors and by ranks (Talts et al. 2018) in `tests/test_smc.py`.

Why births and not luck: over worlds of the prior, ln L varies more with what a world was born with
than with its luck, so that resampling alone ends with a few births repeated. Sd of ln L, {births}
births of the prior, each run twice:

{spread}

## What is left

A *family* descends from one world of the prior, or from one birth since which moves have made every
score forget at least nine tenths. The bootstrap of a card draws families. *Effective* families
are 1/Σf². *Births* are distinct vectors. Placebo parameters enter nowhere: their sd should be that
of the prior (1.00) and their mean should not shift (0.00); what they show is noise, and what a real
parameter shows below it is not knowledge. *Passes* is what moves cost, in passes to that day.

{table}

ln E[L^η] of two rows with the same η and day should agree; where moves raise it by nats, the row
without moves has missed most of the posterior. Many births in few families are not many
independent ones: they lie near each other, and nothing but families is used for intervals.

{rule}

## Two seeds

{agreement}

Conditioned probabilities may be trusted to about the sd between runs; where it exceeds the sd that
the families promise, families have promised too much.

## What the power does to verdicts

The same theses, worlds and luck, with worlds held to the record by another η: effect, and 95 % for
the chance of the draw by a bootstrap over families (the number of equal ones they are worth). η = 0
keeps the recorded decisions and weighs nothing.

{verdicts}

## Surprises

Lines of the record that worlds held to everything before them thought least probable (η = {eta},
to {last}). ln P of a decision within its half-year is at least -9; of a force, ln of the mean of
e^(-½r²), with the mean ln of model over record.

{surprises}

Answers to a call for help are weighed when the call comes, and battles by a density; neither has a
line of its own.

## Let go

Worlds conditioned to a day, then free for a year. *Expects* is the sum of the probabilities. Scores
are losses; climatology is the record's own past rates.

{release}

## What antecedents cost

-ln P of each change in the worlds in which a thesis makes it (`lab/antecedent.py`); three nats are
one world in twenty. What has no hazard is not priced: then the distance from the worlds' mean in
their sd. A sum with `≥` has entries without a price.

{costs}
"""


def row(*cells: Any) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = list(head)
    return "\n".join([row(*head), row(*["---"] * len(head)), *(row(*cells) for cells in rows)])


def _effect(effect: float, low: float, high: float, families: float) -> str:
    return f"{effect:+.4f} ({low:+.4f} to {high:+.4f}; {families:.0f})"


class Kept:
    """Rows in the cache, known by all that they were made with."""

    def __init__(self, model: Model) -> None:
        text = "".join((LAB / f"{name}.py").read_text("utf-8") for name in USES)
        self.digest = f"{model.scenario.hash}{laws_digest(model)}{text}"

    def row(self, make: Callable[[], Any], *which: Any) -> Any:
        name = hashlib.sha256((self.digest + json.dumps(which)).encode()).hexdigest()[:20]
        path = cache_directory() / "conditioning" / f"{name}.json"
        if not path.exists():
            made = json.dumps(make())
            write_atomically(path, lambda place: place.write_text(made, "utf-8"))
            print(*which, flush=True)
        return json.loads(path.read_text("utf-8"))


class Page:
    def __init__(self, worlds: int, moves: int) -> None:
        self.scenario = load_scenario("two-fronts")
        self.model = Model(self.scenario)
        self.worlds, self.moves = worlds, moves
        self.kept = Kept(self.model)
        self.eta = self.scenario.conditioning.likelihood_power.value
        self.posteriors: dict[Any, Any] = {}

    def follow(self, power: float, moves: int, seed: int) -> dict[dt.date, Any]:
        key = (power, moves, seed)
        if key not in self.posteriors:
            days = MOVED_DAYS if moves else DAYS
            self.posteriors[key] = condition_many(
                self.model, days, self.worlds, seed, power=power, moves=moves
            )
        return self.posteriors[key]

    def diagnoses(self, power: float, moves: int) -> list[Any]:
        seed = self.scenario.seed
        return self.kept.row(
            lambda: [diagnose(p).to_dict() for p in self.follow(power, moves, seed).values()],
            "diagnoses", self.worlds, power, moves, seed, *(map(str, MOVED_DAYS) if moves else ()),
        )  # fmt: skip

    def table(self) -> str:
        rows = []
        wanted = [(p, 0) for p in POWERS] + [(self.eta, self.moves), (1.0, self.moves)]
        for power, moves in wanted:
            for d in self.diagnoses(power, moves):
                ratios = [c["sd_ratio"] for c in d["placebo"]]
                shift = max(abs(c["shift"]) for c in d["placebo"])
                rows.append([
                    f"{power:g}", moves or "–", d["until"], f"{d['ess']:.0f}", d["ancestors"],
                    f"{d['effective_ancestors']:.1f}", d["distinct_births"],
                    f"{min(ratios):.2f}–{max(ratios):.2f}", f"{shift:.2f}",
                    f"{d['log_evidence']:.1f}",
                    "–" if d["accepted"] is None else f"{d['accepted']:.2f}",
                    f"{d['passes_in_sweeps']:.1f}" if moves else "–",
                ])  # fmt: skip
        head = ("η", "moves", "until", "ESS", "families", "effective", "births", "placebo sd",
                "worst shift", "ln E[L^η]", "accepted", "passes")  # fmt: skip
        return table(head, rows)

    def rule(self) -> str:
        rows = []
        for moves, what in ((0, "ancestors"), (self.moves, "ancestors"),
                            (self.moves, "distinct_births")):  # fmt: skip
            for n, day in enumerate(MOVED_DAYS if moves else DAYS):
                powers = POWERS if not moves else (self.eta, 1.0)
                enough = [
                    p for p in powers if self.diagnoses(p, moves)[n][what] >= LEAST * self.worlds
                ]
                name = "families" if what == "ancestors" else "births"
                rows.append(
                    [name, moves or "–", day, f"{max(enough):g}" if enough else "none of these"]
                )
        return (
            f"Largest η of these rows that keeps {LEAST:.1%} of the worlds (500 of 20,000);\n"
            "`largest_power` finds it on a finer scale:\n\n"
            + table(("of", "moves", "until", "η"), rows)
        )  # fmt: skip

    def agreement(self) -> str:
        outcomes = ["north_strike_1942"]
        seed = self.scenario.seed

        def make(moves: int, power: float) -> list[Any]:
            one, two = (self.follow(power, moves, s)[DAYS[1]] for s in (seed, seed + 1))
            return [asdict(a) for a in agreement(one, two, outcomes)]

        found = self.kept.row(lambda: make(0, self.eta), "agreement", self.worlds, self.eta, 0)
        return table(
            ("outcome", "until", "η", "first", "second", "sd between", "sd promised"),
            [[f"`{a['outcome']}`", DAYS[1], self.eta, f"{a['first']:.4f}", f"{a['second']:.4f}",
              f"{a['between_sd']:.4f}", f"{a['promised_sd']:.4f}"] for a in found],
        )  # fmt: skip

    def verdicts(self) -> str:
        ways = ((0.0, 0), (self.eta, 0), (1.0, self.moves))
        asked = [
            t for t in self.scenario.theses
            if t.kind in ("compare", "sweep") and t.until in MOVED_DAYS
        ]  # fmt: skip

        def make(power: float, moves: int) -> list[Any]:
            laboratory = Laboratory(
                self.model, worlds=self.worlds, sample=0, power=power, moves=moves
            )
            laboratory.posteriors |= self.follow(power, moves, self.scenario.seed)
            cards = laboratory.test_all(t.id for t in asked)
            return [[c["effect"], *c["interval"], c["effective_ancestors"]] for c in cards]

        names = [t.id for t in asked]
        columns = [
            self.kept.row(lambda: make(*way), "verdicts", self.worlds, *way, *names)  # noqa: B023
            for way in ways
        ]
        rows = [
            [f"`{t.id}`", t.until, *(_effect(*column[n]) for column in columns)]
            for n, t in enumerate(asked)
        ]
        heads = [f"η = {power:g}" + (f", {moves} moves" if moves else "") for power, moves in ways]
        return table(("thesis", "until", *heads), rows)

    def surprises(self) -> str:
        found = self.diagnoses(self.eta, 0)[-1]["surprises"]
        return table(
            ("date", "what", "ln P", "ln model/record"),
            [[s["date"], s["what"], f"{s['log_probability']:.1f}",
              "" if s["ratio"] is None else f"{s['ratio']:+.2f}"] for s in found],
        )  # fmt: skip

    def spread(self) -> str:
        """Sd of ln L over births, and over luck within them: Var = Var(E[·|z]) + E Var(·|z)."""

        def make() -> list[Any]:
            system, rows = self.model.system(), []
            histories = Following(self.model, system, self.scenario.seed, 2, None)
            twins = histories.first(BIRTHS).take(np.repeat(np.arange(BIRTHS), 2))
            week, total = 0.0, np.zeros(2 * BIRTHS)
            for day in DAYS:
                end = Index(self.scenario).week(day)
                twins, gained = histories.advance(twins, np.arange(2 * BIRTHS), week, end)
                week, total = end, total + gained
                pairs = total.reshape(BIRTHS, 2)
                luck = 0.5 * float(np.mean((pairs[:, 0] - pairs[:, 1]) ** 2))
                rows.append([str(day), float(total.var(ddof=1)) ** 0.5, luck**0.5])
            return rows

        found = self.kept.row(make, "spread", BIRTHS)
        return table(
            ("until", "sd of ln L", "of which luck"),
            [[day, f"{whole:.1f}", f"{luck:.1f}"] for day, whole, luck in found],
        )

    def release(self) -> str:
        found = self.kept.row(
            lambda: [release(p) for p in
                     self.follow(self.eta, 0, self.scenario.seed).values()],
            "release", self.worlds, self.eta,
        )  # fmt: skip
        rows = []
        for r in found:
            missed = sum(level["rank"] in (0.0, 1.0) for level in r["levels"])
            score = [
                "–" if s["brier"] is None else f"{s['brier']:.3f} / {s['log']:.3f}"
                for s in (r, r["climatology"])
            ]
            rows.append([r["from"], r["questions"], r["came"], f"{r['expected']:.1f}", *score,
                         f"{missed} of {len(r['levels'])}"])  # fmt: skip
        return table(
            ("from", "questions", "happened", "expects", "Brier / log", "climatology",
             "forces outside every world"), rows,
        )  # fmt: skip

    def costs(self) -> str:
        def make() -> list[Any]:
            posteriors, rows = self.follow(self.eta, 0, self.scenario.seed), []
            for day, posterior in posteriors.items():
                names = {
                    t.change for t in self.scenario.theses
                    if getattr(t, "until", None) == day and getattr(t, "change", "")
                }  # fmt: skip
                for name in sorted(names):
                    cost = antecedent_cost(posterior, load_change(name, self.scenario))
                    rows.append([str(day), name, cost.to_dict()])
            return rows

        rows = []
        for day, name, cost in self.kept.row(make, "costs", self.worlds, self.eta):
            bound = "" if cost["complete"] else "≥ "
            nats = "–" if cost["nats"] is None else f"{bound}{cost['nats']:.2f}"
            told = "; ".join(
                f"{p['entry']}: {p['why']}" + (f" ({p['sd']:+.1f} sd)" if p["sd"] else "")
                for p in cost["prices"]
            )
            rows.append([f"`{name}`", day, nats, told])
        return table(("change", "day", "nats", "of what"), rows)

    def text(self) -> str:
        return TEXT.format(
            title=self.scenario.title, worlds=self.worlds, seed=self.scenario.seed,
            hash=self.scenario.hash[:12], eta=self.eta, table=self.table(), rule=self.rule(),
            agreement=self.agreement(), surprises=self.surprises(), last=DAYS[-1],
            verdicts=self.verdicts(), release=self.release(), costs=self.costs(),
            spread=self.spread(), births=BIRTHS,
        )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--worlds", type=int, default=2000)
    options.add_argument("--moves", type=int, default=2)
    given = options.parse_args()
    page = Page(given.worlds, given.moves)
    (HERE / "conditioning.md").write_text(page.text(), "utf-8")


if __name__ == "__main__":
    main()
