"""Backtest: how far forecasts lay from the record, beside those that need no model.

    free             from the first day, held to nothing
    one year ahead   every year, by worlds that followed the record up to its first day
    split            worlds that followed the record up to a day, and everything after it

Questions are those of `recorded.py`, scores those of `scores.py`, rivals those of `baselines.py`.
What the scenario dates beforehand (paths of industry, aid, some ties) is known to the worlds even
after the split, and ranges were written by people who know the record: so this is a test of what
the model makes of them, not of foresight. Differences from a baseline have a 95 % interval by
bootstrap, over years (one year ahead) or over questions; neither are independent, so it is too
narrow. Massing for a recorded blow begins before its day and is seen by all; blows so near to the
first day of a window that this could tell are named (`massing_seen`).

Calibration is seen where the truth is known: worlds are taken as truth and forecast by others, in
tens of one truth and nine forecasters, no world in two of them, so that places are independent and
exactly uniform if truth and forecast come from one source.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from twofront.basics import BadInput, Problem
from twofront.engine import decisions as d
from twofront.engine.compose import cache_directory
from twofront.engine.record import FORCE, HALF_UNIT
from twofront.engine.run import Snapshot, Worlds, simulate
from twofront.engine.system import Measures
from twofront.scenario import Scenario

from . import scores
from .baselines import NAMES, Baselines, hazard
from .condition import Posterior, follow
from .ensemble import manifest_of
from .keeping import Keeping, identity_of, keeping, refuse_other_settings
from .model import Model
from .reasons import reason
from .recorded import ACTS, Question, Recorded, Window

FREE, YEARLY = "free", "one_year_ahead"
YEAR_WEEKS = 365.25 / 7.0
GROUP = 10
MOST_POINTS = 800
RESAMPLES = 2000
ERROR_RATE = 0.01
_FIRSTS = ("first_strike", "strike_theatre", "first_war", "first_pact", "first_embargo",
           "collapse_week")  # fmt: skip

Progress = Callable[[str, float, float], None]


def forecast(
    model: Model, recorded: Recorded, window: Window, questions: list[Question],
    posterior: Posterior | None, worlds: int, seed: int, threads: int,
) -> dict[str, np.ndarray]:  # fmt: skip
    """What worlds do in a window: weeks [worlds, questions] (∞ = never), levels [worlds, levels].

    Weeks count from the first of the window; levels are ln of the strength where the record has
    one. Nothing of the record after the window's first day is used.
    """
    system = replace(recorded.system, measures=_probes(recorded, window))
    start = None
    if posterior:
        state = dict(posterior.snapshot.state)
        for name in _FIRSTS:
            state[name] = np.full_like(state[name], -1.0)
        start = Snapshot(posterior.week, state, posterior.snapshot.parameters)
    run = simulate(
        system, model.order, worlds=worlds, seed=seed, first_week=window.first,
        last_week=window.last, start=start, every=1e9, threads=threads,
    )  # fmt: skip
    weeks = weeks_of(run, questions, len(system.actors), window.first)
    return {
        "weeks": weeks, "levels": np.log(run.probes + HALF_UNIT),
        "lost": np.array(run.events_lost),
        "ess": np.array(posterior.ess if posterior else float(worlds)),
        "ancestors": np.array(posterior.unique_ancestors if posterior else worlds),
    }  # fmt: skip


def weeks_of(run: Worlds, questions: list[Question], actors: int, first: float) -> np.ndarray:
    """When each world first did what is asked [worlds, questions], since `first`; ∞ for never."""
    worlds = len(run.world_id)
    rows = run.events.copy()
    rows[:, 0] -= run.world_id[0] if worlds else 0
    pairs = _first_of_events(rows, worlds, actors)
    columns = []
    for act, a, b in questions:
        if act == "war":
            week = run.kept["first_war"][:, a, b]
        elif act == "embargo":
            # The field is kept by who suffers it.
            week = run.kept["first_embargo"][:, b, a]
        elif act == "collapse":
            week = run.kept["collapse_week"][:, a]
        else:
            week = pairs[act][:, a, b]
        columns.append(np.where(week >= 0.0, week.astype(float) - first, np.inf))
    return np.array(columns, np.float32).T if columns else np.zeros((worlds, 0), np.float32)


def _probes(recorded: Recorded, window: Window) -> Measures:
    """The recorded levels of a window as measures."""
    levels, index = recorded.levels(window), recorded.index
    mask = np.zeros((len(levels), len(index.theatres)))
    for row, level in zip(mask, levels):
        row[index.theatre[level.theatre] if level.theatre else slice(None)] = 1.0
    return Measures(
        tuple(f"level_{n}" for n in range(len(levels))),
        np.full(len(levels), FORCE, np.int64),
        np.array([index.actor[level.actor] for level in levels], np.int64),
        mask,
        np.array([0.0 if level.theatre else 1.0 for level in levels]),
        np.array([index.week(level.date) for level in levels]),
        np.zeros(len(levels), np.int64),
    )


def _first_of_events(events: np.ndarray, worlds: int, actors: int) -> dict[str, np.ndarray]:
    """First week of every pact and alliance signed, by world and pair; -1 where none."""
    found = {}
    for act, kind in (("pact", d.PACT), ("alliance", d.ALLIANCE)):
        first = np.full((worlds, actors, actors), np.inf)
        rows = events[events[:, 2] == kind]
        a, b = rows[:, 3].astype(int), rows[:, 4].astype(int)
        np.minimum.at(first, (rows[:, 0].astype(int), np.minimum(a, b), np.maximum(a, b)),
                      rows[:, 1])  # fmt: skip
        found[act] = np.where(np.isfinite(first), first, -1.0)
    return found


def beforehand(model: Model) -> Model:
    """The model under the change that its scenario's forecasts are scored under, if it has one."""
    name = model.scenario.forecast_change
    if not name or name in [change.id for change in model.scenario.changes_applied]:
        return model
    return replace(model, scenario=model.scenario.change(name))


class Backtest:
    """One backtest of a scenario, kept part by part.

    as_written: score the scenario with its own hostilities, not under its `forecast_change`.
    directory: where parts are kept (a place in the cache when None); replace: begin anew.
    progress(text, done, whole) is called as work advances. Raises `BadInput` for too few worlds,
    a split outside the scenario, or a directory that holds something else.
    """

    def __init__(
        self, scenario: Scenario | Model, *, worlds: int = 1000, seed: int | None = None,
        split: dt.date | None = None, threads: int = 2, directory: Path | None = None,
        replace: bool = False, as_written: bool = False, progress: Progress | None = None,
    ) -> None:  # fmt: skip
        given = scenario if isinstance(scenario, Model) else Model(scenario)
        self.model = given if as_written else beforehand(given)
        self.scenario = self.model.scenario
        if worlds < GROUP:
            raise BadInput(
                Problem("--worlds", f"{worlds} is too few to forecast", f"{GROUP} or more")
            )
        self.worlds, self.threads, self.replace = worlds, threads, replace
        self.seed = self.scenario.seed if seed is None else seed
        self.recorded = Recorded(self.scenario, self.model.system(), given.scenario)
        self.years = self.recorded.years()
        self.split = self.recorded.split(split)
        self.whole = self.recorded.whole()
        self.baselines = Baselines(self.recorded, scores.floor(worlds))
        self.directory = directory
        self.progress = progress or (lambda text, done, whole: None)
        self.parts: dict[str, dict[str, np.ndarray]] = {}
        self.reasons: dict[str, dict[str, Any]] = {}
        self.kept: Keeping | None = None
        self.resumed = 0

    # Running it.

    def run(self) -> dict[str, Any]:
        """Forecasts whatever is not kept yet, scores everything, and says how it went."""
        manifest = {
            **manifest_of(self.model, self.seed),
            "backtest": {"worlds": self.worlds, "split": str(self.split.begin)},
        }
        folder = self.directory or (cache_directory() / "backtests" / identity_of(manifest)[:16])
        with keeping(folder, manifest, self.replace) as kept:
            refuse_other_settings(kept, "backtest", self.replace)
            self.kept = kept
            if self.replace:
                kept.forget()
            kept.begin(self.worlds)
            self._forecast_all()
            result, table, levels = self._scored()
            text = json.dumps(_plain(result), ensure_ascii=False, indent=2)
            kept.finish(
                self.worlds,
                {
                    "backtest.json": lambda path: path.write_text(text + "\n", "utf-8"),
                    "forecasts.parquet": lambda path: table.to_parquet(path),
                    "levels.parquet": lambda path: levels.to_parquet(path),
                },
            )
        return json.loads(text)

    def _found(self, name: str) -> bool:
        """Whether a part is kept; then it is taken."""
        assert self.kept is not None
        part = self.kept.arrays(name)
        if part is None:
            return False
        self.resumed += 1
        self._take(name, part)
        return True

    def _take(self, name: str, part: dict[str, np.ndarray]) -> None:
        if name.startswith("reason-"):
            self.reasons[name[7:]] = json.loads(bytes(part["reason"]).decode())
        else:
            self.parts[name] = part

    def _keep(self, name: str, part: dict[str, np.ndarray]) -> None:
        assert self.kept is not None
        self.kept.save_arrays(name, part)
        self._take(name, part)

    def _window(self, name: str, window: Window, posterior: Posterior | None) -> None:
        asked = self.recorded.open_questions(window.first)
        self._keep(
            name,
            forecast(
                self.model, self.recorded, window, asked, posterior, self.worlds, self.seed,
                self.threads,
            ),
        )  # fmt: skip

    def _forecast_all(self) -> None:
        windows = {FREE: self.whole, self.split.name: self.split}
        windows |= {f"year-{year.name}": year for year in self.years}
        reasons = {
            f"reason-{h.event.id}": h
            for h in self.recorded.happened
            if h.week >= 1.0 and self.recorded.is_forecast(h.question)
        }
        missing = [name for name in (*windows, *reasons) if not self._found(name)]
        whole, done = len(windows) + len(reasons), len(windows) + len(reasons) - len(missing)
        self.progress("Forecasting", done, whole)
        jobs: dict[dt.date, list[str]] = {}
        for name in missing:
            day = windows[name].begin if name in windows else reasons[name].event.date
            if name in windows and windows[name].first == 0.0:
                self._window(name, windows[name], None)
                done += 1
                self.progress("Forecasting", done, whole)
            else:
                jobs.setdefault(day, []).append(name)
        if not jobs:
            return
        last = self.recorded.index.week(max(jobs))
        followed = 0.0

        def advance(world_weeks: int) -> None:
            nonlocal followed
            followed += world_weeks
            self.progress("Following the record", min(followed, self.worlds * last),
                          self.worlds * last)  # fmt: skip

        for posterior in follow(
            self.model, list(jobs), self.worlds, self.seed, threads=self.threads,
            progress=advance, system=self.recorded.system,
        ):  # fmt: skip
            for name in jobs[posterior.until]:
                if name in windows:
                    self._window(name, windows[name], posterior)
                else:
                    why = reason(posterior, reasons[name], self.threads)
                    raw = json.dumps(why, ensure_ascii=False).encode()
                    self._keep(name, {"reason": np.frombuffer(raw, np.uint8)})
                done += 1
                self.progress("Forecasting", done, whole)

    # Scoring it.

    def _scored(self) -> tuple[dict[str, Any], Any, Any]:
        tables: dict[str, Any] = {}
        levels: dict[str, Any] = {}
        for variant, windows in self._variants().items():
            tables[variant] = pd.concat(
                [self._rows(variant, name, window) for name, window in windows.items()],
                ignore_index=True,
            )
            levels[variant] = pd.concat(
                [self._level_rows(variant, name, window) for name, window in windows.items()],
                ignore_index=True,
            )
        variants = {
            variant: self._summary(variant, tables[variant], levels[variant]) for variant in tables
        }
        result = {
            "scenario": self.scenario.title, "name": self.scenario.name,
            "hash": self.scenario.hash,
            "changes": [change.id for change in self.scenario.changes_applied],
            "seed": self.seed, "worlds": self.worlds,
            "start": str(self.scenario.start), "end": str(self.scenario.end),
            "split": str(self.split.begin - dt.timedelta(days=1)),
            "floor": scores.floor(self.worlds),
            "error_rate": ERROR_RATE, "variants": variants,
            "calibration": self._calibration(),
            "surprises": self._surprises(tables[YEARLY]),
            "false_alarms": self._false_alarms(tables[YEARLY]),
            "not_asked": [
                {"event": h.event.id, "title": h.event.title, "date": str(h.event.date)}
                for h in self.recorded.happened if not self.recorded.is_forecast(h.question)
            ],
        }  # fmt: skip
        together = pd.concat(list(tables.values()), ignore_index=True)
        return result, together, pd.concat(list(levels.values()), ignore_index=True)

    def _variants(self) -> dict[str, dict[str, Window]]:
        return {
            FREE: {FREE: self.whole},
            YEARLY: {f"year-{year.name}": year for year in self.years},
            self.split.name: {self.split.name: self.split},
        }

    def _rows(self, variant: str, name: str, window: Window) -> Any:
        """A row per question: what model and baselines said, and what came."""
        asked = self.recorded.open_questions(window.first)
        came = self.recorded.answers(window, asked)
        weeks = self.parts[name]["weeks"].astype(float)
        said = {"model": scores.share(np.isfinite(weeks).sum(axis=0), self.worlds)}
        said |= self.baselines.forecast(window, asked)
        actors = self.recorded.index.actors
        rows: dict[str, Any] = {
            "variant": variant, "window": window.name,
            "act": [q.act for q in asked], "actor": [actors[q.actor] for q in asked],
            "target": [actors[q.target] for q in asked],
            "happened": np.isfinite(came).astype(float), "week": window.first + came,
        }  # fmt: skip
        for who, p in said.items():
            rows[f"p_{who}"] = p
            rows[f"brier_{who}"] = scores.brier(p, rows["happened"])
            rows[f"log_{who}"] = scores.log_score(p, rows["happened"])
            if who == "model":
                dates = [scores.crps_date(w, y, window.weeks) for w, y in zip(weeks.T, came)]
            else:
                dates = [
                    scores.crps_of_hazard(hazard(one, window.weeks), y, window.weeks)
                    for one, y in zip(p, came)
                ]
            rows[f"crps_dates_{who}"] = np.array(dates) / YEAR_WEEKS
        return pd.DataFrame(rows)

    def _level_rows(self, variant: str, name: str, window: Window) -> Any:
        """A row per recorded level: what model and no change said, and what was there."""
        rows = []
        for level, column in zip(self.recorded.levels(window), self.parts[name]["levels"].T):
            own = np.sort(column)
            if len(own) > MOST_POINTS:
                own = np.quantile(own, (np.arange(MOST_POINTS) + 0.5) / MOST_POINTS)
            observed, error = math.log(level.strength.value + HALF_UNIT), level.error.value
            usual = self.baselines.level(window, level)
            low, middle, high = np.exp(np.quantile(column, (0.05, 0.5, 0.95))) - HALF_UNIT
            rows.append(
                {
                    "variant": variant, "window": window.name, "title": level.title,
                    "actor": level.actor, "theatre": level.theatre, "date": str(level.date),
                    "recorded": level.strength.value, "low": max(0.0, low),
                    "median": max(0.0, middle), "high": high,
                    "no_change": math.exp(usual) - HALF_UNIT,
                    "crps_levels_model": scores.crps_dressed(own, observed, error),
                    "crps_levels_no_change": scores.crps_dressed([usual], observed, error),
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def _summary(self, variant: str, table: Any, levels: Any) -> dict[str, Any]:
        parts = [self.parts[name] for name in self._variants()[variant]]
        groups = table["window"] if variant == YEARLY else table.index.to_series()
        found = {
            "questions": len(table), "happened": int(table["happened"].sum()),
            "expected": float(table["p_model"].sum()), "levels": len(levels),
            **{s: float(table[f"{s}_model"].mean()) for s in ("brier", "log", "crps_dates")},
            "crps_levels": float(levels["crps_levels_model"].mean()) if len(levels) else None,
            "ancestors": int(min(int(part["ancestors"]) for part in parts)),
            "events_lost": int(sum(int(part["lost"]) for part in parts)),
            "massing_seen": [
                event.id for window in self._variants()[variant].values()
                for event in self._massing(window)
            ],
            "baselines": {}, "by_act": {},
            "reliability": scores.reliability(table["p_model"], table["happened"]),
        }  # fmt: skip
        for name in NAMES:
            row: dict[str, Any] = {
                s: float(table[f"{s}_{name}"].mean()) for s in ("brier", "log", "crps_dates")
            }
            row["crps_levels"] = None
            row["difference"] = {
                s: self._difference(table[f"{s}_model"] - table[f"{s}_{name}"], groups)
                for s in ("brier", "log", "crps_dates")
            }
            if name == "no_change" and len(levels):
                apart = levels["crps_levels_model"] - levels["crps_levels_no_change"]
                row["crps_levels"] = float(levels["crps_levels_no_change"].mean())
                row["difference"]["crps_levels"] = self._difference(
                    apart, levels["actor"] + levels["theatre"]
                )
            row["lost_on"] = self._lost_on(table, name)
            found["baselines"][name] = row
        for act in ACTS:
            own = table[table["act"] == act]
            if len(own):
                found["by_act"][act] = {
                    "questions": len(own), "happened": int(own["happened"].sum()),
                    "expected": float(own["p_model"].sum()),
                    "error": float(np.sqrt((own["p_model"] * (1.0 - own["p_model"])).sum())),
                    **{
                        who: {s: float(own[f"{s}_{who}"].mean()) for s in ("brier", "log")}
                        for who in ("model", *NAMES)
                    },
                }  # fmt: skip
        return found

    def _lost_on(self, table: Any, name: str, most: int = 6) -> list[dict[str, Any]]:
        """Where a baseline's log score is better by most."""
        lost = (table["log_model"] - table[f"log_{name}"]).rename("nats")
        rows = table.join(lost).sort_values("nats", ascending=False, kind="stable").head(most)
        return [
            {
                "window": r["window"], "act": r["act"], "actor": r["actor"],
                "target": r["target"], "happened": bool(r["happened"]), "p": r["p_model"],
                "p_baseline": r[f"p_{name}"], "nats": r["nats"],
            }
            for r in rows.to_dict("records") if r["nats"] > 0.0
        ]  # fmt: skip

    def _massing(self, window: Window) -> list[Any]:
        """Recorded blows whose massing may be seen before the first day of a window."""
        system = self.recorded.system
        names = system.parameters
        longest = float(system.high[names.index("plan_weeks")]) if "plan_weeks" in names else 0.0
        return [
            h.event for h in self.recorded.happened
            if h.event.kind == "strike" and 0.0 < window.first <= h.week < window.first + longest
        ]  # fmt: skip

    def _difference(self, apart: Any, groups: Any) -> dict[str, float]:
        """Mean difference (below 0: the model is better), and its interval by bootstrap."""
        sums = apart.groupby(groups.to_numpy()).agg(["sum", "count"]).to_numpy(float)
        rng = np.random.default_rng([self.seed, 5])
        drawn = rng.integers(0, len(sums), (RESAMPLES, len(sums)))
        totals = sums[drawn].sum(axis=1)
        low, high = np.quantile(totals[:, 0] / totals[:, 1], (0.025, 0.975))
        return {"mean": float(apart.mean()), "low": float(low), "high": float(high)}

    def _calibration(self) -> dict[str, Any]:
        """Worlds of the free run as truth, other worlds as forecasters."""
        weeks = self.parts[FREE]["weeks"].astype(float)
        levels = self.parts[FREE]["levels"]
        asked = self.recorded.open_questions(self.whole.first)
        rng = np.random.default_rng([self.seed, 6])
        groups = self.worlds // GROUP
        tested = []
        for columns in (weeks, levels) if groups >= scores.LEAST_A_BIN * GROUP else ():
            for n in range(columns.shape[1]):
                cases = columns[: groups * GROUP, n].reshape(groups, GROUP)
                places = [scores.pit(case[1:], case[0], rng.random()) for case in cases]
                tested.append(scores.uniform_p(places, GROUP))
        least = min(tested, default=None)
        adjusted = None if least is None else min(1.0, least * len(tested))
        half = self.worlds // 2
        p = scores.share(np.isfinite(weeks[:half]).sum(axis=0), half)
        truth = np.isfinite(weeks[half:]).astype(float)
        return {
            "quantities": len(tested), "ranks_each": groups, "smallest_p": least,
            "smallest_p_adjusted": adjusted,
            "uniform": None if adjusted is None else adjusted >= ERROR_RATE,
            "truths": len(truth), "questions": len(asked),
            "reliability": scores.reliability(np.tile(p, len(truth)), truth.ravel()),
        }  # fmt: skip

    def _surprises(self, table: Any) -> list[dict[str, Any]]:
        """Recorded events by how improbable the year before held them, the least likely first."""
        said = {
            (r["window"], r["act"], r["actor"], r["target"]): r for r in table.to_dict("records")
        }
        actors, rows, seen = self.recorded.index.actors, [], set()
        for h in self.recorded.happened:
            year = next(y for y in self.years if y.first <= h.week < y.last)
            act, a, b = h.question
            key = (year.name, act, actors[a], actors[b])
            row = said.get(key)
            if row is None or key in seen:
                continue
            seen.add(key)
            why = self.reasons.get(h.event.id, {})
            rows.append(
                {
                    "event": h.event.id, "title": h.event.title, "date": str(h.event.date),
                    "act": act, "p": row["p_model"], "nats": row["log_model"],
                    "none": row["p_model"] <= scores.floor(self.worlds) * 1.0001,
                    **{f"p_{name}": row[f"p_{name}"] for name in NAMES},
                    "why": why.get("sentence", ""),
                    **{k: why[k] for k in ("decision", "hazard_mean", "hazard_median",
                                           "impossible", "blocked", "terms") if k in why},
                }
            )  # fmt: skip
        return sorted(rows, key=lambda row: (row["p"], row["date"], row["event"]))

    def _false_alarms(self, table: Any, most: int = 10) -> list[dict[str, Any]]:
        """What was held most probable in a year and did not come."""
        missed = table[table["happened"] == 0.0].sort_values("p_model", ascending=False)
        return [
            {"year": r["window"], "act": r["act"], "actor": r["actor"], "target": r["target"],
             "p": r["p_model"]}
            for r in missed.head(most).to_dict("records")
        ]  # fmt: skip


def _plain(thing: Any) -> Any:
    """The same data in types that JSON has."""
    if isinstance(thing, dict):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(value) for value in thing]
    return thing.item() if isinstance(thing, np.generic) else thing


def backtest(scenario: Scenario | Model, worlds: int = 1000, **options: Any) -> dict[str, Any]:
    """Scores a scenario against its record. Options of `Backtest`."""
    return Backtest(scenario, worlds=worlds, **options).run()
