"""Testing theses: each causal claim is run as an experiment, and comes back as a card."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from twofront.basics import BadInput, Problem, nearest
from twofront.engine import cache_directory
from twofront.ledger import Ledger
from twofront.scenario import Change, Scenario, change_for, load_change

from .branch import Branch, branch, outcome_named
from .compare import Comparison, compare_branches, compare_values, family_bootstrap
from .condition import Posterior, condition_many
from .ensemble import laws_digest, write_atomically
from .model import Model
from .sensitivity import hangs_on
from .verdict import WORDS, Verdict, judge, share_beyond

# Whether visible force frightens or deters is the assumption that moves most, so every verdict is
# shown with that motive switched off and under a prior that favours neither side.
CONTESTED = "security_dilemma"


def thesis_named(scenario: Scenario, name: str) -> Any:
    """The thesis with this id. Raises `BadInput` when there is none."""
    known = {thesis.id: thesis for thesis in scenario.theses}
    if name not in known:
        raise BadInput(
            Problem(f'thesis "{name}"', f"unknown{nearest(name, known)}", ", ".join(known))
        )
    return known[name]


def _changed(model: Model, *changes: str | Change) -> Model:
    scenario = model.scenario
    for change in changes:
        if change:
            scenario = scenario.change(change)
    return Model(scenario, model.order, model.extra)


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
        "claims": list(thesis.claims), "who": _who(thesis, ledger, documents),
        "disputed_by": thesis.disputed_by, "change": None, "outcome": None,
        "evidence_until": None, "worlds": 0, "seed": None, "base": None, "changed": None,
        "effect": None, "interval": None, "epistemic": None, "risk_ratio": None,
        "smallest_effect": None, "necessity": None, "sufficiency": None, "sign_share": None,
        "share_beyond": None, "later_anyway": None, "antecedent_cost": None, "hangs_on": [],
        "placebo": None, "variants": [], "unsourced": _inputs(scenario), "ess": None,
        "ancestors": None, "grade": "outside", "answer": "outside", "word": WORDS["outside"],
        "sentence": thesis.sentence_outside, "warnings": [], "command": "",
        "supports": thesis.supports, "curve": None,
    }  # fmt: skip


class Laboratory:
    """Runs theses on one scenario, sharing posteriors among them.

    worlds, seed, threads: of every run. progress(text, done, whole): called as work advances.
    """

    def __init__(
        self,
        scenario: Scenario | Model,
        *,
        worlds: int = 1000,
        seed: int | None = None,
        threads: int = 2,
        ledger: Ledger | None = None,
        documents: Iterable[str] | None = None,
        progress: Callable[[str, float, float], None] | None = None,
    ) -> None:
        self.model = scenario if isinstance(scenario, Model) else Model(scenario)
        self.scenario = self.model.scenario
        self.worlds, self.threads = worlds, threads
        self.seed = self.scenario.seed if seed is None else seed
        self.ledger = ledger
        self.documents = None if documents is None else list(documents)
        self.posteriors: dict[dt.date, Posterior] = {}
        self.progress = progress or (lambda text, done, whole: None)

    def condition(self, days: Iterable[dt.date]) -> None:
        """Makes sure that there is a posterior for each day, in one pass."""
        wanted = sorted({day for day in days if day not in self.posteriors})
        if not wanted:
            return
        whole = self.worlds * (max(wanted) - self.scenario.start).days / 7
        done = 0.0

        def advance(world_weeks: int) -> None:
            nonlocal done
            done += world_weeks
            self.progress("Following the record", min(done, whole), whole)

        self.posteriors |= condition_many(
            self.model, wanted, self.worlds, self.seed, threads=self.threads, progress=advance
        )

    def _branch(self, model: Model, outcome: str, until: dt.date | None, **options: Any) -> Branch:
        return branch(
            model, outcome, self.posteriors[until] if until else None, worlds=self.worlds,
            seed=self.seed, threads=self.threads, **options,
        )  # fmt: skip

    def _compare(
        self, base: Model, changed: Model, outcome: str, until: dt.date | None, **options: Any
    ) -> tuple[Comparison, Branch]:
        left = self._branch(base, outcome, until, **options)
        right = self._branch(changed, outcome, until, **options)
        return compare_branches(left, right, outcome), left

    def _variants(
        self, thesis: Any, base: Model, changed: Model, until: dt.date | None,
        comparison: Comparison, branch_: Branch,
    ) -> list[dict[str, Any]]:  # fmt: skip
        rows = []
        if CONTESTED in branch_.names:
            title = self.scenario.parameters[CONTESTED].title.rstrip(".")
            if until:
                off, _ = self._compare(
                    base, changed, thesis.outcome, until, override={CONTESTED: 0.0}
                )
                rows.append(_variant(f"{title}: switched off", off))
            values = branch_.parameters[:, branch_.names.index(CONTESTED)]
            if values.min() < 0.0 and len(values) == comparison.worlds:
                even = np.abs(values) <= -values.min()
                part = comparison.differences[even]
                families = branch_.families[even]
                if len(part) > 30:
                    zero = np.zeros(len(part))
                    found = compare_values(zero, part, families, thesis.outcome)
                    rows.append(_variant(f"{title}: as likely either way", found))
        for name in thesis.variants:
            other, _ = self._compare(base, _changed(base, name), thesis.outcome, until)
            rows.append(_variant(load_change(name, self.scenario).title, other))
        return rows

    def test(self, name: str) -> Verdict:
        """Runs one thesis and grades it."""
        thesis = thesis_named(self.scenario, name)
        card = _empty_card(thesis, self.scenario, self.ledger, self.documents)
        if thesis.kind == "outside":
            return Verdict(card)
        cached = self._cached(thesis)
        if cached is not None:
            return Verdict({**cached, "who": card["who"]})
        until = thesis.until
        if until:
            self.condition([until])
        self.progress(thesis.title, 0, 3)
        base = _changed(self.model, thesis.baseline)
        change = load_change(thesis.change, self.scenario)
        changed = _changed(self.model, change)
        comparison, left = self._compare(base, changed, thesis.outcome, until)
        self.progress(thesis.title, 1, 3)
        variants = self._variants(thesis, base, changed, until, comparison, left)
        rows, placebo = hangs_on(comparison.differences, left.parameters, left.names, self.scenario)
        self.progress(thesis.title, 2, 3)
        posterior = self.posteriors[until] if until else None
        ancestors = posterior.unique_ancestors if posterior else self.worlds
        smallest = thesis.smallest_effect.value
        verdict = judge(
            comparison, smallest=smallest, supports=thesis.supports, hangs_on=rows,
            placebo=placebo, variants=variants, ancestors=ancestors,
            related=[
                {"title": p.title, "grade": p.grade}
                for p in (self.scenario.parameters[n] for n in thesis.related_inputs)
            ],
        )  # fmt: skip
        outcome = outcome_named(self.scenario, thesis.outcome)
        horizon = getattr(outcome, "by", None) or getattr(outcome, "at", thesis.horizon)
        found = comparison.to_dict()
        card |= {
            "change": {"id": thesis.change, "title": change.title, "asks": thesis.question},
            "outcome": {
                "id": outcome.id, "title": outcome.title, "kind": outcome.kind,
                "horizon": str(horizon), "watched": left.watched,
            },
            "evidence_until": str(until) if until else None,
            "worlds": comparison.worlds, "seed": self.seed,
            **{key: found[key] for key in (
                "base", "changed", "effect", "interval", "epistemic", "risk_ratio", "necessity",
                "sufficiency", "sign_share",
            )},
            "smallest_effect": smallest, "share_beyond": share_beyond(comparison, smallest),
            "hangs_on": rows, "placebo": placebo, "variants": variants,
            "ess": posterior.ess if posterior else float(self.worlds), "ancestors": ancestors,
            "grade": verdict.grade, "answer": verdict.answer, "word": WORDS[verdict.grade],
            "sentence": verdict.sentence,
            "warnings": list(verdict.warnings),
            "command": f"twofront test {self.scenario.name} --thesis {thesis.id} "
            f"--worlds {self.worlds} --seed {self.seed}",
        }  # fmt: skip
        if thesis.kind == "sweep":
            card["curve"] = self.curve(thesis.sweep, thesis.outcome, until)
        card = json.loads(json.dumps(card, default=_plain))
        self._remember(thesis, card)
        self.progress(thesis.title, 3, 3)
        return Verdict(card)

    def test_all(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """The cards of several theses, with one pass over the record for all of them."""
        theses = [thesis_named(self.scenario, name) for name in names]
        self.condition(
            t.until for t in theses if t.until and t.kind != "outside" and not self._cached(t)
        )
        return [self.test(thesis.id).card for thesis in theses]

    def curve(self, sweep: Any, outcome: str, until: dt.date | None) -> dict[str, Any]:
        """The outcome over several values of one input, with both kinds of interval."""
        points = []
        for n, value in enumerate(sweep.values):
            self.progress(sweep.title, n, len(sweep.values))
            found = self._at(sweep.path, value, outcome, until)
            points.append({"x": float(value), **found})
        return {
            "path": sweep.path, "title": sweep.title, "unit": sweep.unit,
            "recorded": sweep.recorded, "points": points,
        }  # fmt: skip

    def _at(self, path: str, value: float, outcome: str, until: dt.date | None) -> dict[str, Any]:
        kind, _, name = path.partition(".")
        override, model = None, self.model
        if kind == "parameter" and "." not in name and name in self.scenario.parameters:
            override = {name: value}
        else:
            model = _changed(model, change_for(self.scenario, path, value, start=until))
        found = self._branch(model, outcome, until, override=override)
        values = found.values[np.isfinite(found.values)]
        low, high = np.quantile(values, [0.05, 0.95])
        return {
            "p": float(values.mean()),
            "interval": family_bootstrap(values, found.families[np.isfinite(found.values)]),
            "epistemic": (float(low), float(high)),
        }

    def _key(self, thesis: Any) -> str:
        return (
            f"{self.scenario.hash[:16]}-{laws_digest(self.model)}-{_laboratory()}-{thesis.id}-"
            f"{self.worlds}-{self.seed}"
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


@dataclass(frozen=True)
class Curve:
    """An outcome over values of one input."""

    data: dict[str, Any]
    outcome: str

    def table(self) -> pd.DataFrame:
        """A row per value: x, p, and both intervals."""
        rows = [
            {"x": p["x"], "p": p["p"], "low": p["interval"][0], "high": p["interval"][1],
             "worlds_low": p["epistemic"][0], "worlds_high": p["epistemic"][1]}
            for p in self.data["points"]
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def plot(self) -> Any:
        """An Altair chart: pale band over worlds, dark band for the chance of the draw."""
        import altair as alt

        base = alt.Chart(self.table()).encode(alt.X("x", title=self.data["title"]))
        return (
            base.mark_area(opacity=0.2).encode(
                alt.Y("worlds_low", title=self.outcome), alt.Y2("worlds_high")
            )
            + base.mark_area(opacity=0.5).encode(alt.Y("low"), alt.Y2("high"))
            + base.mark_line(point=True).encode(alt.Y("p"))
        )


def _variant(title: str, comparison: Comparison) -> dict[str, Any]:
    return {"title": title, "effect": comparison.effect, "interval": comparison.interval}


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
