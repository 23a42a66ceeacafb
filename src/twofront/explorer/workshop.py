"""Worlds run for readers: one question at a time on the engine, with progress, a queue, a stop.

What is kept between questions is read-only and belongs to the unchanged scenario: one ensemble,
posteriors by day, and the worlds as they were by outcome. Nothing of a reader is kept.

A what-if runs only from the day on which its worlds leave the record to the day on which its
outcome is read. Its pasts come from a posterior that is kept; asked for more worlds, the same pasts
are gone on with under further luck, and the interval counts families of pasts, not worlds.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine import cache_directory
from twofront.lab import (
    Branch,
    Ensemble,
    Model,
    Posterior,
    branch,
    compare_branches,
    condition,
    run,
)
from twofront.lab.condition import follow
from twofront.lab.sensitivity import hangs_on
from twofront.report.words import day
from twofront.scenario import Scenario

from . import questions, stored
from .curves import with_every_stand
from .jobs import Busy, Job, Stopped, start
from .questions import Question, baseline, build
from .words import Answer

KEPT = 16
"""Posteriors kept, 40 MB each for 500 worlds of ten powers; the longest unused goes first."""
MOST_WORLDS = 2000
AT_ONCE = 8
"""Jobs of all readers together that may wait or run."""


class Shelf:
    """Things kept by key; the longest unused goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """What is kept for a key, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Hashable, thing: Any) -> Any:
        """Keeps a thing."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self.most:
                self._things.popitem(last=False)
        return thing


class Workshop:
    """Runs jobs on one scenario: one question at a time, the shared ensemble beside it."""

    def __init__(self, scenario: Scenario, worlds: int = 500, threads: int | None = None) -> None:
        self.scenario, self.worlds = scenario, worlds
        self.threads = threads or max(1, min(8, os.cpu_count() or 1))
        self.model = Model(scenario)
        # Once worlds have run, the engine is compiled and loaded.
        self._ready = False
        self._bench = threading.Lock()
        self._posteriors, self._branches, self._models = Shelf(KEPT), Shelf(64), Shelf(64)
        self._first = threading.Lock()
        self._ensemble: Job | None = None
        self._warming: Job | None = None
        self._jobs: list[Job] = []

    # What is shared

    def ensemble(self) -> Job:
        """The job of the shared ensemble, begun by whoever asks first, again after a failure."""
        with self._first:
            if self._ensemble is None or self._ensemble.state == "failed":
                self._ensemble = start(self._run_ensemble)
            return self._ensemble

    def warm(self) -> Job:
        """Begins what most questions need: the ensemble, then posteriors at the theses' days."""
        self.ensemble()
        self._warming = start(self._follow_theses)
        return self._warming

    def _run_ensemble(self, job: Job) -> Ensemble:
        self._prepare(job)
        progress = job.begin("Worlds left to themselves", self.worlds)
        scenario = with_every_stand(self.scenario)
        # Kept on the disk, so that the page is there at once the next time.
        folder = cache_directory() / "explorer" / f"{scenario.hash[:16]}-{self.worlds}"
        options: dict[str, Any] = {"threads": self.threads, "progress": progress}
        try:
            found = run(scenario, self.worlds, directory=folder, replace=True, **options)
        except BadInput:  # somebody else is at it, or the disk cannot be written
            found = run(scenario, self.worlds, **options)
        self._ready = True
        return found

    def _follow_theses(self, job: Job) -> None:
        days = []
        for day_ in questions.days(self.scenario):
            kept = stored.found(self.model, self.worlds, day_)
            if kept is None:
                days.append(day_)
            else:
                self._posteriors.put(day_, kept)
        if not days:
            return
        first = self.ensemble()  # the map comes first
        while not first.over:
            job.check()
            threading.Event().wait(0.1)
        weeks = (max(days) - self.scenario.start).days / 7
        more = job.begin("Following the record", weeks * self.worlds, "")
        for one in follow(self.model, days, self.worlds, threads=self.threads, progress=more):
            self._posteriors.put(one.until, one)
            stored.keep(one)

    # Questions

    def ask(self, question: Question, worlds: int | None = None) -> Job:
        """Starts to answer a question. Raises `Impossible` at once when it cannot be asked."""
        worlds = worlds or self.worlds
        if not 2 <= worlds <= MOST_WORLDS:
            raise BadInput(Problem("worlds", f"{worlds} cannot be run", f"2 to {MOST_WORLDS:,}"))
        build(self.scenario, question)
        return self.begin(lambda job: self._answer(job, question, worlds))

    def begin(self, work: Callable[[Job], Any]) -> Job:
        """Starts a reader's work on the engine. Raises `Busy` when too much is asked at once."""
        with self._first:
            self._jobs = [job for job in self._jobs if not job.over]
            if len(self._jobs) >= AT_ONCE:
                raise Busy(f"{AT_ONCE} questions are being answered already. Try again shortly.")
            job = Job()
            self._jobs.append(job)

        def in_turn(job: Job) -> Any:
            with self._turn(job):
                self._prepare(job)
                found = work(job)
                self._ready = True
                return found

        return start(in_turn, job)

    @contextlib.contextmanager
    def _turn(self, job: Job) -> Iterator[None]:
        while not self._bench.acquire(timeout=0.2):
            job.check()
        try:
            yield
        finally:
            self._bench.release()

    def _prepare(self, job: Job) -> None:
        started = self._ready or (self._ensemble and self._ensemble.state in ("running", "done"))
        job.state = "running" if started else "preparing"

    def posterior(self, job: Job, until: dt.date) -> Posterior:
        """The worlds that followed the record to a day, kept or made now."""
        found = self._posteriors.get(until)
        warming = self._warming
        if found is None and warming and until in questions.days(self.scenario):
            # It is on its way already.
            job.begin(f"Following the record to {day(until)}", 1.0, "")
            while not warming.over and self._posteriors.get(until) is None:
                job.check()
                threading.Event().wait(0.05)
            found = self._posteriors.get(until)
        if found is None:
            weeks = (until - self.scenario.start).days / 7
            progress = job.begin(f"Following the record to {day(until)}", weeks * self.worlds, "")
            found = condition(
                self.model, until, self.worlds, threads=self.threads, progress=progress
            )
            self._posteriors.put(until, found)
        return found

    def beginning(self, job: Job) -> Posterior:
        """Worlds that nobody holds to the record, but for their first week."""
        return self.posterior(job, self.scenario.start + dt.timedelta(weeks=1))

    def model_of(self, scenario: Scenario) -> Model:
        """The model of a scenario; the unchanged one is built once."""
        return self.model if scenario is self.scenario else Model(scenario)

    def _answer(self, job: Job, question: Question, worlds: int) -> Answer:
        as_was, changed = questions.sides(self.scenario, question)
        posterior = self.posterior(job, question.until) if question.until else None
        count = min(worlds, self.worlds)
        rounds = -(-worlds // count)
        parts: list[tuple[Branch, Branch]] = []
        for n in range(rounds):
            key = (as_was.hash, question.outcome, question.until, count, n)
            left = self._branches.get(key) or self._branches.put(
                key, self._side(job, "as they were", as_was, question, posterior, count, n, rounds)
            )
            right = self._side(
                job, "with the change", changed, question, posterior, count, n, rounds
            )
            parts.append((left, right))
            answer = self._compare(question, parts, posterior, worlds)
            if n + 1 < rounds:
                job.refine(answer)
        return self._with_leads(answer, parts)

    def _side(
        self, job: Job, name: str, scenario: Scenario, question: Question,
        posterior: Posterior | None, count: int, n: int, rounds: int,
    ) -> Branch:  # fmt: skip
        model = self.model_of(scenario)
        progress = job.begin(f"Worlds {name}", count)
        if rounds > 1:
            job.stage += f", round {n + 1} of {rounds}"
        seed = self.scenario.seed + n
        if posterior is not None:
            again = replace(posterior, seed=posterior.seed + n)
            if count < posterior.worlds:
                rows = np.arange(count)
                again = replace(
                    again, snapshot=again.snapshot.take(rows), ancestors=again.ancestors[:count]
                )
            return branch(model, question.outcome, again, threads=self.threads, progress=progress)
        found = branch(
            model, question.outcome, worlds=count, seed=seed, threads=self.threads,
            progress=progress,
        )  # fmt: skip
        return replace(found, families=found.families + n * count)

    def _compare(
        self, question: Question, parts: list[tuple[Branch, Branch]],
        posterior: Posterior | None, wanted: int,
    ) -> Answer:  # fmt: skip
        left, right = (_joined([pair[side] for pair in parts]) for side in (0, 1))
        found = compare_branches(left, right, question.outcome)
        change, other = build(self.scenario, question), baseline(self.scenario, question)
        return Answer(
            question, change.title, other.title if other else "", found, left.watched,
            int(posterior.effective_ancestors) if posterior else found.worlds, (), 0.0, wanted,
            posterior.worlds if posterior else 0,
        )  # fmt: skip

    def _with_leads(self, answer: Answer, parts: list[tuple[Branch, Branch]]) -> Answer:
        left = _joined([pair[0] for pair in parts])
        found = answer.comparison
        if len(found.differences) != len(left.parameters):
            return answer
        rows, placebo = hangs_on(found.differences, left.parameters, left.names, self.scenario)
        return replace(answer, hangs_on=tuple(rows), placebo=placebo)


def _joined(branches: list[Branch]) -> Branch:
    """Several rounds of the same question as one."""
    first = branches[0]
    if len(branches) == 1:
        return first
    return replace(
        first,
        values=np.concatenate([one.values for one in branches]),
        parameters=np.concatenate([one.parameters for one in branches]),
        families=np.concatenate([one.families for one in branches]),
    )


__all__ = ["AT_ONCE", "MOST_WORLDS", "Busy", "Job", "Stopped", "Workshop"]
