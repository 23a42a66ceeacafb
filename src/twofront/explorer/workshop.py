"""Worlds run in the background: one job a question, with progress, a queue and a stop.

What is kept between questions is read-only and belongs to the unchanged scenario: one ensemble,
posteriors by day, and the worlds as they were by outcome. Nothing of a reader is kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from twofront.basics import BadInput
from twofront.lab import Branch, Ensemble, Model, branch, compare_branches, condition, run
from twofront.lab.sensitivity import hangs_on
from twofront.report.words import day
from twofront.scenario import Scenario

from .curves import with_every_garrison
from .questions import Question, baseline, build
from .words import Answer

KEPT = 12
"""Posteriors and branches kept; the longest unused goes first."""


class Stopped(Exception):
    """The reader no longer wants this."""


class Job:
    """Work under way. Its fields are read by a page while a thread writes them.

    state: waiting, preparing, running, done, failed or stopped.
    """

    def __init__(self) -> None:
        self.state = "waiting"
        self.stage, self.done, self.whole, self.unit = "", 0.0, 1.0, ""
        self.result: Any = None
        self.error = ""
        self._stop = threading.Event()

    def stop(self) -> None:
        """Asks the work to end; it does so after the worlds it is at."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether the work has been asked to end."""
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "stopped")

    def check(self) -> None:
        """Raises `Stopped` when the work was asked to end."""
        if self._stop.is_set():
            raise Stopped

    def begin(self, stage: str, whole: float, unit: str = "worlds") -> Callable[[int], None]:
        """Starts a stage and gives the callback that counts it."""
        self.check()
        self.stage, self.done, self.whole, self.unit = stage, 0.0, max(whole, 1.0), unit

        def more(steps: int) -> None:
            self.state = "running"
            self.done = min(self.whole, self.done + steps)
            self.check()

        return more


class Workshop:
    """Runs jobs on one scenario: one question at a time, the shared ensemble beside it."""

    def __init__(self, scenario: Scenario, worlds: int = 500, threads: int | None = None) -> None:
        self.scenario, self.worlds = scenario, worlds
        self.threads = threads or max(1, min(8, os.cpu_count() or 1))
        # Once worlds have run, the engine is compiled and loaded.
        self._ready = False
        self._bench = threading.Lock()
        self._shelf: OrderedDict[Hashable, Any] = OrderedDict()
        self._first = threading.Lock()
        self._ensemble: Job | None = None

    def ensemble(self) -> Job:
        """The job of the shared ensemble, begun by whoever asks first, again after a failure."""
        with self._first:
            if self._ensemble is None or self._ensemble.state == "failed":
                self._ensemble = self._start(self._run_ensemble)
            return self._ensemble

    def ask(self, question: Question, worlds: int | None = None) -> Job:
        """Starts to answer a question. Raises `Impossible` at once when it cannot be asked."""
        change = build(self.scenario, question)
        return self._start(lambda job: self._answer(job, question, change, worlds or self.worlds))

    def _start(self, work: Callable[[Job], Any]) -> Job:
        job = Job()

        def carry_out() -> None:
            try:
                job.result = work(job)
                job.state = "done"
                self._ready = True
            except Stopped:
                job.state = "stopped"
            except BadInput as error:
                job.error, job.state = str(error), "failed"
            except Exception as error:  # a page must say that its work died, whatever killed it
                job.error, job.state = f"{type(error).__name__}: {error}", "failed"

        threading.Thread(target=carry_out, daemon=True, name="twofront worlds").start()
        return job

    def _prepare(self, job: Job) -> None:
        started = self._ready or (self._ensemble and self._ensemble.state in ("running", "done"))
        job.state = "running" if started else "preparing"

    def _run_ensemble(self, job: Job) -> Ensemble:
        self._prepare(job)
        scenario = with_every_garrison(self.scenario)
        progress = job.begin("Worlds left to themselves", self.worlds)
        return run(scenario, self.worlds, threads=self.threads, progress=progress)

    def _answer(self, job: Job, question: Question, change: Any, worlds: int) -> Answer:
        with self._turn(job):
            self._prepare(job)
            until = question.until
            posterior = self._kept(("record", until, worlds), lambda: self._follow(
                job, until, worlds
            )) if until else None  # fmt: skip
            other = baseline(self.scenario, question)
            as_was = self.scenario.change(other) if other else self.scenario
            changed = as_was.change(change) if not question.sets_garrison else (
                self.scenario.change(change)
            )  # fmt: skip
            runs: dict[str, Any] = {"worlds": worlds, "threads": self.threads}

            def side(stage: str, scenario: Scenario) -> Branch:
                progress = job.begin(stage, worlds)
                return branch(
                    Model(scenario), question.outcome, posterior, progress=progress, **runs
                )

            key = ("as it was", as_was.hash, question.outcome, until, worlds)
            left = self._kept(key, lambda: side("Worlds as they were", as_was))
            right = side("Worlds with the change", changed)
            job.begin("Comparing", 1.0, "")
            found = compare_branches(left, right, question.outcome)
            rows, placebo = hangs_on(found.differences, left.parameters, left.names, self.scenario)
            return Answer(
                question, change.title, other.title if other else "", found, left.watched,
                posterior.unique_ancestors if posterior else worlds, tuple(rows), placebo,
            )  # fmt: skip

    def _follow(self, job: Job, until: dt.date, worlds: int) -> Any:
        weeks = (until - self.scenario.start).days / 7
        progress = job.begin(f"Following the record to {day(until)}", weeks * worlds, "")
        return condition(self.scenario, until, worlds, threads=self.threads, progress=progress)

    @contextlib.contextmanager
    def _turn(self, job: Job) -> Iterator[None]:
        while not self._bench.acquire(timeout=0.2):
            job.check()
        try:
            yield
        finally:
            self._bench.release()

    def _kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made for this key before, or is made now. Only within one's turn."""
        if key not in self._shelf:
            self._shelf[key] = make()
        self._shelf.move_to_end(key)
        while len(self._shelf) > KEPT:
            self._shelf.popitem(last=False)
        return self._shelf[key]
