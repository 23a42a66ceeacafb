"""Work in the background: what a job is, how it is watched, and how it is stopped."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import Any, Literal

from twofront.basics import BadInput

POLITE = 5
"""How far the engine's threads stand back from those that answer the page (Unix niceness)."""


State = Literal["waiting", "preparing", "running", "done", "failed", "stopped"]


class Stopped(Exception):
    """The reader no longer wants this."""


class Busy(Exception):
    """More is asked at once than this machine is let do."""


class Job:
    """Work under way. Its fields are read by a page while a thread writes them.

    state: waiting, preparing, running, done, failed or stopped. partial: a result that will be
    refined, if there is one yet; `rounds` counts them.
    """

    def __init__(self) -> None:
        self.state: State = "waiting"
        self.stage, self.done, self.whole, self.unit = "", 0.0, 1.0, ""
        self.result: Any = None
        self.partial: Any = None
        self.rounds = 0
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

    def refine(self, partial: Any) -> None:
        """Shows a result that more worlds will refine."""
        self.partial, self.rounds = partial, self.rounds + 1


def start(work: Callable[[Job], Any], job: Job | None = None) -> Job:
    """Does some work in a thread of its own."""
    job = job or Job()

    def carry_out() -> None:
        if hasattr(os, "setpriority"):
            # The threads that the engine starts inherit this: the page stays quick.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITE)
        try:
            job.result = work(job)
            job.state = "done"
        except Stopped:
            job.state = "stopped"
        except BadInput as error:
            job.error, job.state = str(error), "failed"
        except Exception as error:  # a page must say that its work died, whatever killed it
            job.error, job.state = f"{type(error).__name__}: {error}", "failed"

    threading.Thread(target=carry_out, daemon=True, name="twofront worlds").start()
    return job
