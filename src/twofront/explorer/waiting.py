"""What a part of the page does while its job runs: a bar, and a look at the job now and then."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from .jobs import Job
from .parts import Progress, button
from .words import progress


class Waiting:
    """The one job that a part of the page waits for.

    ended(job) is called once, when nothing more will happen. meanwhile(job): at every look before.
    """

    def __init__(
        self, ended: Callable[[Job], None], meanwhile: Callable[[Job], None] | None = None
    ) -> None:
        self._ended, self._meanwhile = ended, meanwhile
        self._job: Job | None = None
        self._bar: Progress | None = None
        ui.timer(0.25, self._look)

    def wait_for(self, job: Job | None) -> None:
        """Waits for this job, and for no other; for none when None."""
        self._job = job

    def stop(self) -> None:
        """Stops what is running, if anything is."""
        if self._job:
            self._job.stop()

    def show(self, label: str, cancel: str = "") -> Progress:
        """Draws the bar here, and a button that stops the job if it has a text."""
        self._bar = Progress(label)
        if cancel:
            button(cancel, self.stop)
        return self._bar

    def _look(self) -> None:
        job = self._job
        if job is None:
            return
        if job.over:
            self._job = self._bar = None
            self._ended(job)
            return
        if self._meanwhile:
            self._meanwhile(job)
        if self._bar:
            self._bar.show(*progress(job))
