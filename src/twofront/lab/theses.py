"""Testing theses: each causal claim is run as an experiment, and comes back as a card.

Theses of one day share their worlds, and days are passed in their order, so that only the worlds of
one day are held at a time. A finished card is kept on disk: what was interrupted goes on with the
cards that are missing.

A comparison runs on all worlds as far as `MOST_WORLD_WEEKS` goes, and on every n-th where the
horizon is far; variants, curves, total indices and combinations of causes run on a smaller
`sample` of the same worlds. The card states both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem, nearest
from twofront.engine import cache_directory
from twofront.engine.build import Index
from twofront.ledger import Ledger
from twofront.scenario import Scenario, change_for, load_change

from .antecedent import antecedent_cost
from .branch import Branch, branch, outcome_named
from .card import checked
from .checklist import checklist, first_day, joined
from .compare import Comparison, compare_branches, family_bootstrap
from .condition import Posterior, condition_many, follow
from .curve import Curve
from .ensemble import laws_digest, write_atomically
from .factorial import Shapley, share_out, shares_in_words
from .horizon import effect_by_horizon
from .left_out import leave_sources_out
from .model import Model
from .parts import free_worlds, from_prior, part
from .sensitivity import hangs_on, totals
from .signs import sign_forced
from .variants import among, check_variants, variant_row
from .verdict import WORDS, Verdict, judge, share_beyond

MOST_WORLD_WEEKS = 800_000
"""Largest size of one side of a comparison, in worlds times weeks."""
SAMPLE_WORLD_WEEKS = 30_000
"""The same for one side in a variant, an index or a combination of causes."""
SAMPLE_SHARE, LEAST_SAMPLE = 20, 300
"""A sample is this part of all worlds, and at least so many."""
LEAST_FAR = 100
"""However far the horizon, a comparison has at least so many worlds, if there are."""


def thesis_named(scenario: Scenario, name: str) -> Any:
    """The thesis with this id. Raises `BadInput` when there is none."""
    known = {thesis.id: thesis for thesis in scenario.theses}
    if name not in known:
        raise BadInput(
            Problem(f'thesis "{name}"', f"unknown{nearest(name, known)}", ", ".join(known))
        )
    return known[name]


def _who(thesis: Any, ledger: Ledger | None, documents: Iterable[str] | None) -> list[dict]:
    if ledger is None:
        return []
    wanted = set(documents) if documents is not None else None
    rows = []
    for claim in ledger.claims:
        if claim.id not in thesis.claims:
            continue
        for locator in claim.locators:
            if wanted is None or locator.doc in wanted:
                rows.append(
                    {
                        "claim": claim.id, "doc": locator.doc, "para": locator.para,
                        "sent": locator.sent, "paraphrase": claim.paraphrase,
                        "verdict": claim.verdict,
                    }
                )  # fmt: skip
    return rows


def _inputs(scenario: Scenario) -> list[int]:
    """Inputs that nobody has seen in a source, of all structural inputs that enter the model."""
    entering = [p for n, p in scenario.parameters.items() if not n.startswith("placebo")]
    unsourced = [p for p in entering if p.grade in ("estimated", "assumed")]
    return [len(unsourced), len(entering)]


def _empty_card(
    thesis: Any, scenario: Scenario, ledger: Ledger | None, documents: Any
) -> dict[str, Any]:
    return {
        "thesis": thesis.id, "title": thesis.title, "question": thesis.question,
        "kind": thesis.kind, "claims": list(thesis.claims),
        "who": _who(thesis, ledger, documents), "disputed_by": thesis.disputed_by, "change": None,
        "checklist": None, "outcome": None, "evidence_until": None, "worlds": 0, "sample": None,
        "seed": None, "base": None, "changed": None, "effect": None, "interval": None,
        "epistemic": None, "risk_ratio": None, "smallest_effect": None, "necessity": None,
        "sufficiency": None, "both": None, "defiers": None, "sign_share": None,
        "share_beyond": None, "forced_sign": None, "later_anyway": None,
        "antecedent_cost": None, "antecedent": None, "horizon_curve": None,
        "hangs_on": [], "placebo": None, "totals": [], "variants": [], "sources_left_out": [],
        "shares": None, "curve": None, "unsourced": _inputs(scenario), "ess": None,
        "ancestors": None, "effective_ancestors": None, "grade": "outside", "answer": "outside",
        "word": WORDS["outside"], "sentence": thesis.sentence_outside, "warnings": [],
        "command": "",
        "supports": thesis.supports,
    }  # fmt: skip


class Laboratory:
    """Runs theses on one scenario, sharing posteriors among them.

    worlds, seed, threads: of every run; sample: worlds of variants, curves and indices (a twentieth
    of all, and at least `LEAST_SAMPLE`, when None; 0 leaves variants and indices out). sources: how
    many sources, those with most inputs first, are left out one by one. until: worlds follow the
    record to this day instead of each thesis's own, and branch there; what a change dates later
    falls on its own day. power, moves: how worlds are held to the record, see `condition.follow`.
    progress(text, done, whole): called as work advances.

    Raises `BadInput` when a variant of the scenario names something that is not there, and when a
    thesis is asked whose change begins before `until`.
    """

    def __init__(
        self,
        scenario: Scenario | Model,
        *,
        worlds: int = 1000,
        seed: int | None = None,
        threads: int = 2,
        sample: int | None = None,
        sources: int = 0,
        until: dt.date | None = None,
        power: float | None = None,
        moves: int = 0,
        ledger: Ledger | None = None,
        documents: Iterable[str] | None = None,
        progress: Callable[[str, float, float], None] | None = None,
    ) -> None:
        self.model = scenario if isinstance(scenario, Model) else Model(scenario)
        self.scenario = self.model.scenario
        self.worlds, self.threads = worlds, threads
        if sample is None:
            sample = max(LEAST_SAMPLE, worlds // SAMPLE_SHARE)
        self.sample = min(worlds, sample)
        self.seed = self.scenario.seed if seed is None else seed
        self.ledger = ledger
        self.documents = None if documents is None else list(documents)
        self.sources, self.until = sources, until
        self.held: dict[str, Any] = {"power": power, "moves": moves}
        self.posteriors: dict[dt.date, Posterior] = {}
        self.progress = progress or (lambda text, done, whole: None)
        self._models: dict[tuple[str, ...], Model] = {(): self.model}
        self._branches: dict[tuple[Any, ...], Branch] = {}
        check_variants(self.model)

    # Worlds.

    def condition(self, days: Iterable[dt.date]) -> None:
        """Makes sure that there is a posterior for each day, in one pass."""
        wanted = sorted({day for day in days if day not in self.posteriors})
        if wanted:
            self.posteriors |= condition_many(
                self.model, wanted, self.worlds, self.seed, threads=self.threads,
                progress=self._following(wanted), **self.held,
            )  # fmt: skip

    def _following(self, days: list[dt.date]) -> Callable[[int], None]:
        whole = self.worlds * (max(days) - self.scenario.start).days / 7
        done = 0.0

        def advance(world_weeks: int) -> None:
            nonlocal done
            done += world_weeks
            self.progress("Following the record", min(done, whole), whole)

        return advance

    def _changed(self, *changes: str) -> Model:
        """The model with these changes made, those without a name left out."""
        names = _named(changes)
        if names not in self._models:
            before = self._changed(*names[:-1])
            scenario = before.scenario.change(names[-1])
            self._models[names] = Model(scenario, before.order, before.extra)
        return self._models[names]

    def _weeks(self, outcome: str, until: dt.date | None) -> float:
        index, wanted = Index(self.scenario), outcome_named(self.scenario, outcome)
        day = getattr(wanted, "by", None) or getattr(wanted, "at", None) or self.scenario.end
        return max(1.0, index.week(day) - (index.week(until) if until else 0.0))

    def few(self, outcome: str, until: dt.date | None, sampled: bool) -> int:
        """How many worlds a side takes at its horizon's length; sampled: in a variant."""
        worlds, most = (
            (self.sample, SAMPLE_WORLD_WEEKS) if sampled else (self.worlds, MOST_WORLD_WEEKS)
        )
        return min(worlds, max(LEAST_FAR, int(most / self._weeks(outcome, until))))

    def _branch(
        self, changes: tuple[str, ...], outcome: str, posterior: Posterior | None, worlds: int,
        override: dict[str, float] | None = None, keep: bool = True,
    ) -> Branch:  # fmt: skip
        """One side; keep: remember it, which takes that no other worlds have this day and size."""
        names = _named(changes)
        day = posterior.until if posterior else None
        key = (names, outcome, day, worlds, tuple(sorted((override or {}).items())))
        if keep and key in self._branches:
            return self._branches[key]
        found = branch(
            self._changed(*names), outcome, posterior, worlds=worlds, seed=self.seed,
            threads=self.threads, override=override,
        )  # fmt: skip
        if keep:
            self._branches[key] = found
        return found

    # One thesis.

    def test(self, name: str) -> Verdict:
        """Runs one thesis and grades it."""
        return next(iter(self.tests([name])))

    def test_all(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """The cards of several theses in the order named; see `tests`."""
        names = list(names)
        found = {verdict.card["thesis"]: verdict.card for verdict in self.tests(names)}
        return [found[name] for name in names]

    def tests(self, names: Iterable[str]) -> Iterator[Verdict]:
        """Each verdict as soon as it is there, with one pass over the record for all of them."""
        missing = []
        for thesis in [self._asked(thesis_named(self.scenario, name)) for name in names]:
            empty = _empty_card(thesis, self.scenario, self.ledger, self.documents)
            kept = checked(empty) if thesis.kind == "outside" else self._cached(thesis)
            if kept is None:
                missing.append(thesis)
            else:
                yield Verdict({**kept, "who": empty["who"]})
        if not missing:
            return
        left_out = leave_sources_out(self, missing, self.sources) if self.sources else {}
        days = sorted({thesis.until for thesis in missing if thesis.until})
        free = free_worlds(self.model, days, max(1, self.sample), self.seed, self.threads)
        done = 0
        for posterior in self._posteriors_of(missing, days):
            never = next(free) if posterior and self.sample else None
            for thesis in missing:
                if thesis.until == (posterior.until if posterior else None):
                    self.progress("Verdicts", done, len(missing))
                    card = self._card(thesis, posterior, never)
                    card["sources_left_out"] = left_out.get(thesis.id, [])
                    card = checked(json.loads(json.dumps(card, default=_plain)))
                    self._remember(thesis, card)
                    yield Verdict(card)
                    done += 1
            self._branches.clear()
        self.progress("Verdicts", done, len(missing))

    def _asked(self, thesis: Any) -> Any:
        """The thesis, with the laboratory's own day in place of its own."""
        if self.until is None or thesis.kind == "outside" or self.until == thesis.until:
            return thesis
        names = [factor.change for factor in thesis.factors] or [thesis.change]
        changes = [load_change(name, self.scenario) for name in names]
        begins = min(
            (day for change in changes if (day := first_day(change, self.scenario))),
            default=thesis.horizon,
        )
        latest = max(begins, thesis.until or begins)
        if not self.scenario.start < self.until <= min(latest, thesis.horizon - dt.timedelta(7)):
            raise BadInput(
                Problem(
                    f"until {self.until}",
                    f'does not lie before what "{thesis.id}" changes',
                    f"a day after {self.scenario.start}, {latest} at the latest",
                )
            )
        return thesis.model_copy(update={"until": self.until})

    def _posteriors_of(self, theses: list[Any], days: list[dt.date]) -> Iterator[Posterior | None]:
        """None for theses that need no record, then worlds at each day, one day at a time."""
        if any(thesis.until is None for thesis in theses):
            yield None
        wanted = [day for day in days if day not in self.posteriors]
        passing = iter(
            follow(
                self.model, wanted, self.worlds, self.seed, threads=self.threads,
                progress=self._following(wanted), **self.held,
            )
            if wanted
            else ()
        )  # fmt: skip
        for day in days:
            yield self.posteriors[day] if day in self.posteriors else next(passing)

    def _card(
        self, thesis: Any, posterior: Posterior | None, never: Posterior | None
    ) -> dict[str, Any]:
        """never: worlds of the same day that never saw the record."""
        until, outcome = thesis.until, thesis.outcome
        card = _empty_card(thesis, self.scenario, self.ledger, self.documents)
        smallest = thesis.smallest_effect.value
        count = self.few(outcome, until, False)
        sample = self.few(outcome, until, True) if self.sample else count
        if thesis.kind == "factorial":
            card["shares"] = self._share_out(thesis, posterior and part(posterior, sample), sample)
        side = _Sides(self, thesis, posterior, sample)
        main = part(posterior, count) if posterior else None
        left, right = (self._branch(c, outcome, main, count) for c in (side.base, side.gone))
        comparison = compare_branches(left, right, outcome)
        variants = self._variants(thesis, side) if self.sample else []
        rows, placebo = hangs_on(comparison.differences, left.parameters, left.names, self.scenario)
        trials: list[np.ndarray] = []
        if side.worlds and never:
            card["totals"] = totals(side.worlds, self.scenario, side.anew, side.difference())
            trials = [side.anew(from_prior(side.worlds)), side.anew(part(never, sample))]
        elif not posterior:
            trials = [comparison.differences]  # worlds that run freely are the prior already
        if side.worlds and self.sample:
            card |= self._antecedent(thesis, side)
        forced = sign_forced(comparison.effect, *trials)
        effective = main.effective_ancestors if main else float(count)
        judgement = judge(
            comparison, smallest=smallest, supports=thesis.supports, hangs_on=rows,
            placebo=placebo, variants=variants, ancestors=effective,
            forced=forced["forced"] if forced else None,
            related=[
                {"title": p.title, "grade": p.grade}
                for p in (self.scenario.parameters[n] for n in thesis.related_inputs)
            ],
        )  # fmt: skip
        sentence = judgement.sentence
        if card["shares"] and judgement.answer in ("supports", "against", "open"):
            sentence += " " + shares_in_words(card["shares"], comparison.effect)
        wanted = outcome_named(self.scenario, outcome)
        horizon = getattr(wanted, "by", None) or getattr(wanted, "at", thesis.horizon)
        found = comparison.to_dict()
        card |= {
            **self._what_changed(thesis, horizon),
            "outcome": {
                "id": wanted.id, "title": wanted.title, "kind": wanted.kind,
                "horizon": str(horizon), "watched": left.watched,
            },
            "evidence_until": str(until) if until else None,
            "worlds": comparison.worlds, "sample": sample if self.sample else 0, "seed": self.seed,
            **{key: found[key] for key in (
                "base", "changed", "effect", "interval", "epistemic", "risk_ratio", "necessity",
                "sufficiency", "both", "defiers", "sign_share",
            )},
            "smallest_effect": smallest, "share_beyond": share_beyond(comparison, smallest),
            "forced_sign": forced, "hangs_on": rows, "placebo": placebo, "variants": variants,
            "ess": posterior.ess if posterior else float(self.worlds),
            "ancestors": main.unique_ancestors if main else count,
            "effective_ancestors": effective,
            "power": posterior.power if posterior else None,
            "moves": self.held["moves"] if posterior else 0,
            "grade": judgement.grade, "answer": judgement.answer,
            "word": WORDS[judgement.grade], "sentence": sentence,
            "warnings": list(judgement.warnings),
            "command": f"twofront test {self.scenario.name} --thesis {thesis.id} "
            f"--worlds {self.worlds} --sample {self.sample} --seed {self.seed}"
            + self._asked_for(),
        }  # fmt: skip
        if thesis.kind == "sweep":
            card["curve"] = self._curves(thesis.sweep, outcome, side.worlds, sample)
        return card

    def _asked_for(self) -> str:
        """The options of a card that are not always given, as one would type them."""
        given = {"--until": self.until, "--power": self.held["power"]}
        given["--moves"] = self.held["moves"] or None
        return "".join(f" {name} {value}" for name, value in given.items() if value is not None)

    def _what_changed(self, thesis: Any, horizon: dt.date | None) -> dict[str, Any]:
        names = [factor.change for factor in thesis.factors] or [thesis.change]
        changes = [load_change(name, self.scenario) for name in names]
        lists = [checklist(c, self.scenario, thesis.until, horizon) for c in changes]
        if thesis.kind != "factorial":
            made = {"id": thesis.change, "title": changes[0].title, "asks": thesis.question}
            return {"change": made, "checklist": lists[0]}
        title = "All at once: " + "; ".join(factor.title for factor in thesis.factors)
        made = {"id": " + ".join(names), "title": title, "asks": thesis.question}
        return {"change": made, "checklist": joined(lists)}

    def _antecedent(self, thesis: Any, side: _Sides) -> dict[str, Any]:
        """What the change costs, and what it does by other days; nothing for several changes."""
        if thesis.kind == "factorial" or side.worlds is None:
            return {}
        found: dict[str, Any] = {}
        cost = antecedent_cost(
            side.worlds, load_change(thesis.change, self.scenario), self.threads
        ).to_dict()
        found |= {"antecedent": cost, "antecedent_cost": cost["nats"]}
        wanted = outcome_named(self.scenario, thesis.outcome)
        own = getattr(wanted, "by", None) or getattr(wanted, "at", None)
        if own:
            days = horizons(thesis.until, own, self.scenario.end)
            base, changed = self._changed(*_named(side.base)), self._changed(*_named(side.gone))
            series = effect_by_horizon(
                base, changed, thesis.outcome, days, side.worlds, threads=self.threads
            ).to_dict()
            later = series["later"]
            found |= {"horizon_curve": series, "later_anyway": later and later["came"]}
        return found

    def _variants(self, thesis: Any, side: _Sides) -> list[dict[str, Any]]:
        outcome, rows = thesis.outcome, []
        variants = self.scenario.variants
        for n, variant in enumerate(variants):
            self.progress(thesis.title, n, len(variants) + 1)
            left, right = side.under(variant.change, variant.set or None)
            found: Comparison | None = compare_branches(left, right, outcome)
            if variant.among:
                found = among(left, right, variant.among, outcome)
            if found:
                told = (variant.id, variant.title, variant.about, variant.why)
                rows.append(variant_row(*told, found))
        for name in thesis.variants:
            left, right = side.instead(name)
            change = load_change(name, self.scenario)
            told = (name, change.title, "change", change.asks)
            rows.append(variant_row(*told, compare_branches(left, right, outcome)))
        self.progress(thesis.title, len(variants) + 1, len(variants) + 1)
        return rows

    def _share_out(self, thesis: Any, some: Posterior | None, sample: int) -> dict[str, Any]:
        """Every combination of the causes, on the same luck."""
        # Changes of data first, so that combinations share as much of the building as they can.
        edits = {f.id: bool(load_change(f.change, self.scenario).edits) for f in thesis.factors}
        factors = sorted(thesis.factors, key=lambda f: not edits[f.id])
        columns = []
        found: Branch | None = None
        for bits in range(2 ** len(factors)):
            self.progress(f"{thesis.title}, combinations", bits, 2 ** len(factors))
            gone = [
                name
                for n, factor in enumerate(factors)
                for name in (factor.baseline, factor.change if bits >> n & 1 else "")
            ]
            found = self._branch(tuple(gone), thesis.outcome, some, sample, keep=False)
            columns.append(found.values)
        assert found is not None
        self.progress(f"{thesis.title}, combinations", 1, 1)
        values = np.stack(columns, axis=1)
        whole = np.isfinite(values).all(axis=1)
        names = [(factor.id, factor.title) for factor in factors]
        return share_out(values[whole], found.families[whole], names)

    # Curves.

    def curve(self, sweep: Any, outcome: str, until: dt.date | None) -> dict[str, Any]:
        """The outcome over several values of one input, with both kinds of interval."""
        posterior = self.posteriors[until] if until else None
        return self._curves(sweep, outcome, posterior, self.worlds)

    def _curves(
        self, sweep: Any, outcome: str, posterior: Posterior | None, worlds: int
    ) -> dict[str, Any]:
        beside = [tuple(names) for names in getattr(sweep, "alongside", ())]
        whole = len(sweep.values) * (1 + len(beside))
        done = 0

        def points(changes: tuple[str, ...]) -> list[dict[str, Any]]:
            nonlocal done
            rows = []
            for value in sweep.values:
                self.progress(sweep.title, done, whole)
                found = self._at(sweep.path, value, outcome, posterior, worlds, changes)
                rows.append({"x": float(value), **found})
                done += 1
            self.progress(sweep.title, done, whole)
            return rows

        main = points(())
        titles = [
            "; ".join(load_change(name, self.scenario).title for name in names) for names in beside
        ]
        return {
            "path": sweep.path, "title": sweep.title, "unit": sweep.unit,
            "recorded": sweep.recorded, "points": main,
            "alongside": [
                {"title": title, "changes": list(names), "points": points(names)}
                for title, names in zip(titles, beside)
            ],
            "worlds": posterior.worlds if posterior else worlds,
        }  # fmt: skip

    def _at(
        self, path: str, value: float, outcome: str, posterior: Posterior | None, worlds: int,
        changes: tuple[str, ...],
    ) -> dict[str, Any]:  # fmt: skip
        kind, _, name = path.partition(".")
        override, model = None, self._changed(*changes)
        if kind == "parameter" and "." not in name and name in self.scenario.parameters:
            override = {name: value}
        else:
            start = posterior.until if posterior else None
            change = change_for(model.scenario, path, value, start=start)
            model = Model(model.scenario.change(change), model.order, model.extra)
        found = branch(
            model, outcome, posterior, worlds=worlds, seed=self.seed, threads=self.threads,
            override=override,
        )  # fmt: skip
        finite = np.isfinite(found.values)
        values = found.values[finite]
        low, high = np.quantile(values, [0.05, 0.95])
        return {
            "p": float(values.mean()),
            "interval": family_bootstrap(values, found.families[finite]),
            "epistemic": (float(low), float(high)),
        }

    # What is kept.

    def _key(self, thesis: Any) -> str:
        names = {thesis.change, thesis.baseline, thesis.as_recorded, *thesis.variants}
        names |= {name for f in thesis.factors for name in (f.change, f.baseline)}
        names |= {variant.change for variant in self.scenario.variants}
        if thesis.sweep:
            names |= {name for beside in thesis.sweep.alongside for name in beside}
        changes = [load_change(n, self.scenario).model_dump_json() for n in sorted(names) if n]
        made = hashlib.sha256("\0".join(changes).encode()).hexdigest()[:8]
        return (
            f"{self.scenario.hash[:16]}-{laws_digest(self.model)}-{_laboratory()}-{made}-"
            f"{thesis.id}-{self.worlds}-{self.sample}-{self.sources}-{self.seed}"
            + self._asked_for().replace(" --", "-").replace(" ", "-")
        )

    def _cached(self, thesis: Any) -> dict[str, Any] | None:
        path = cache_directory() / "verdicts" / f"{self._key(thesis)}.json"
        try:
            return json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _remember(self, thesis: Any, card: dict[str, Any]) -> None:
        path = cache_directory() / "verdicts" / f"{self._key(thesis)}.json"
        write_atomically(path, lambda p: p.write_text(json.dumps(card), "utf-8"))


def _named(changes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in changes if name)


def horizons(until: dt.date, own: dt.date, end: dt.date) -> list[dt.date]:
    """Thirds of the way to the outcome's own day, and as far again as the scenario goes."""
    way = own - until
    days = {until + way * n // 3 for n in (1, 2, 3)} | {min(own + way, end)}
    return sorted(day for day in days if until < day <= end)


class _Sides:
    """Both sides of a thesis on its sample of worlds, under any form of the model."""

    def __init__(
        self, laboratory: Laboratory, thesis: Any, posterior: Posterior | None, sample: int
    ) -> None:
        self.laboratory, self.outcome, self.sample = laboratory, thesis.outcome, sample
        self.worlds = part(posterior, sample) if posterior else None
        self.base, self.gone = thesis.sides
        self.common = tuple(name for name in self.base if name != thesis.as_recorded)

    def under(
        self, change: str = "", override: dict[str, float] | None = None
    ) -> tuple[Branch, Branch]:
        """Both sides with a change made on both, or values the same in every world."""
        return self._both((change, *self.base), (change, *self.gone), self.worlds, override)

    def instead(self, change: str) -> tuple[Branch, Branch]:
        """Both sides with another change in place of that of the thesis."""
        return self._both(self.base, (*self.common, change), self.worlds)

    def difference(self) -> np.ndarray:
        """The effect in each world of the sample."""
        left, right = self.under()
        return right.values - left.values

    def anew(self, posterior: Posterior) -> np.ndarray:
        """The effect in each of other worlds."""
        left, right = self._both(self.base, self.gone, posterior, keep=False)
        return right.values - left.values

    def _both(
        self, base: tuple[str, ...], gone: tuple[str, ...], posterior: Posterior | None,
        override: dict[str, float] | None = None, keep: bool = True,
    ) -> tuple[Branch, Branch]:  # fmt: skip
        run = self.laboratory._branch
        left, right = (
            run(changes, self.outcome, posterior, self.sample, override, keep)
            for changes in (base, gone)
        )
        return left, right


@cache
def _laboratory() -> str:
    """A hash of the laboratory's own files: a card made by other statistics is another card."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value))


def test(
    scenario: Scenario | Model, theses: Iterable[str] | None = None, worlds: int = 1000,
    **options: Any,
) -> list[Verdict]:  # fmt: skip
    """Verdicts on theses of a scenario (all of them when none are named)."""
    laboratory = Laboratory(scenario, worlds=worlds, **options)
    names = list(theses) if theses else [t.id for t in laboratory.scenario.theses]
    return [Verdict(card) for card in laboratory.test_all(names)]


def verdict(posterior: Posterior | Scenario, thesis: str, worlds: int = 1000) -> Verdict:
    """The verdict on one thesis, from a posterior at hand or from a scenario."""
    if not isinstance(posterior, Posterior):
        return Laboratory(posterior, worlds=worlds).test(thesis)
    laboratory = Laboratory(posterior.model, worlds=posterior.worlds, seed=posterior.seed)
    laboratory.posteriors[posterior.until] = posterior
    return laboratory.test(thesis)


def shapley_of(verdict: Verdict) -> Shapley | None:
    """The shares of a factorial verdict, with its table and chart; None for other kinds."""
    shares = verdict.card["shares"]
    if shares is None:
        return None
    told = {"title": verdict.card["title"], "sentence": verdict.card["sentence"]}
    return Shapley({**shares, **told})


def sweep(
    posterior: Posterior | Scenario, path: str, values: Iterable[float],
    outcome: str | None = None, worlds: int = 500,
) -> Curve:  # fmt: skip
    """An outcome over values of one input. `path` may also be the id of a sweep thesis."""
    known = isinstance(posterior, Posterior)
    scenario = posterior.scenario if isinstance(posterior, Posterior) else posterior
    laboratory = Laboratory(scenario, worlds=posterior.worlds if known else worlds)
    until = None
    if isinstance(posterior, Posterior):
        laboratory.seed, until = posterior.seed, posterior.until
        laboratory.posteriors[until] = posterior
    title, unit, recorded = path, "", None
    for thesis in scenario.theses:
        if thesis.id == path and thesis.sweep:
            title, unit, recorded = thesis.sweep.title, thesis.sweep.unit, thesis.sweep.recorded
            path, outcome = thesis.sweep.path, outcome or thesis.outcome
    if outcome is None:
        raise BadInput(Problem("sweep", "no outcome named", ", ".join(
            one.id for one in scenario.outcomes)))  # fmt: skip
    line = SimpleNamespace(
        path=path, values=list(values), title=title, unit=unit, recorded=recorded
    )
    return Curve(laboratory.curve(line, outcome, until), outcome)
