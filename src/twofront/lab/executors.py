"""Where worlds are run: on threads, in processes, or on a Dask cluster. The same bits from all.

A crew is handed ranges of worlds. What a worker elsewhere needs (arrays, laws, seed) goes with
each range; its laws are those of its own Twofront, which must be this one, or the text of a file
that the user named. A range whose worker is lost is run again by another.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import multiprocessing
import os
import pickle
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import resource_tracker
from typing import Any

from twofront.basics import BadInput, Problem, nearest
from twofront.engine import Mechanism
from twofront.engine.compose import engine_sources
from twofront.engine.run import Worlds
from twofront.engine.system import System
from twofront.mechanisms import ORDER_OF_THE_WEEK

from .model import load_law

KINDS = ("threads", "processes", "dask")
ANSWER_SECONDS = 5
RENEWALS = 5

Range = tuple[int, int]
"""First world and number of worlds."""


@dataclass(frozen=True)
class Job:
    """What is the same for every range of a run."""

    system: System
    order: tuple[Mechanism, ...]
    seed: int


def kind_and_address(executor: str) -> tuple[str, str]:
    """`dask=ADDRESS` taken apart. Raises `BadInput` for what is no executor."""
    kind, _, address = executor.partition("=")
    if kind not in KINDS or (address and kind != "dask"):
        raise BadInput(
            Problem("executor", f'"{executor}" is unknown{nearest(kind, KINDS)}',
                    "threads, processes, dask or dask=ADDRESS")
        )  # fmt: skip
    if address and not re.fullmatch(r"(\w+://)?[^/]+:\d+", address):
        raise BadInput(
            Problem("executor", f'"{address}" is no address', "one such as tcp://127.0.0.1:8786")
        )
    return kind, address


# What travels.


def shipped(job: Job) -> bytes:
    """A job as bytes: laws by name and source, so that nobody runs others by mistake."""
    laws = [(law.name, law.step.py_func.__name__, law.fields, law.source) for law in job.order]
    return pickle.dumps((_ours(), job.system, laws, job.seed))


@lru_cache(maxsize=4)
def unshipped(data: bytes) -> Job:
    """The job in these bytes. Raises `BadInput` when this Twofront is not the sender's."""
    sender, system, laws, seed = pickle.loads(data)
    if sender != _ours():
        raise BadInput(
            Problem("a worker", f"runs Twofront {_ours()[0]} with another engine or other laws "
                    f"than this {sender[0]}", "the same Twofront on every worker")
        )  # fmt: skip
    return Job(system, tuple(_law(*law) for law in laws), seed)


@lru_cache(maxsize=1)
def _ours() -> tuple[str, str]:
    text = engine_sources() + "\0".join(law.source for law in ORDER_OF_THE_WEEK)
    return version("twofront"), hashlib.sha256(text.encode()).hexdigest()


def _law(name: str, step: str, fields: tuple[str, ...], source: str) -> Mechanism:
    for law in ORDER_OF_THE_WEEK:
        if (law.name, law.source, law.fields) == (name, source, fields):
            return law
    module = load_law(source, f"{name}.py", name)
    return Mechanism(name, getattr(module, step), fields, source)


# Who runs it.


class Crew:
    """Workers of one kind, hired when the first range is handed out."""

    def __init__(self, executor: str, workers: int) -> None:
        self.kind, self.address = kind_and_address(executor)
        self.workers = workers
        self.renewals = 0
        self._pool: Executor | None = None
        self._hired = contextlib.ExitStack()

    @property
    def elsewhere(self) -> bool:
        """Whether work has to travel to another process."""
        return self.kind != "threads"

    def hire(self) -> None:
        """Starts the workers, or connects to them. Raises `BadInput` when there are none."""
        if self._pool is not None:
            return
        if self.kind == "threads":
            self._pool = ThreadPoolExecutor(self.workers, "twofront worlds")
        elif self.kind == "processes":
            self._pool = ProcessPoolExecutor(
                self.workers, multiprocessing.get_context("spawn"), _begin_worker
            )
        else:
            self._pool, self.workers = _dask(self.address, self.workers, self._hired)

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        """Hands out one piece of work."""
        while True:
            self.hire()
            assert self._pool is not None
            try:
                return self._pool.submit(work, *given)
            except BrokenExecutor:
                self.renew()

    def renew(self) -> None:
        """Replaces workers that died. Raises `BadInput` when they keep dying."""
        self.renewals += 1
        self.dismiss()
        if self.renewals > RENEWALS:
            raise BadInput(
                Problem("executor processes", "its worker processes keep dying",
                        "enough memory for them; in a script, a call under "
                        'if __name__ == "__main__":')
            )  # fmt: skip

    def dismiss(self) -> None:
        """Lets the workers finish what they are at, and no more."""
        pool, self._pool = self._pool, None
        if isinstance(pool, ThreadPoolExecutor | ProcessPoolExecutor):
            pool.shutdown(wait=True, cancel_futures=True)
        elif pool is not None:
            pool.shutdown(wait=False)
        self._hired.close()


def _begin_worker() -> None:
    """A worker process: Ctrl-C is for the one who waits, and nobody outlives him."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def mourn() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=mourn, daemon=True).start()


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started inside never hear Ctrl-C; this one hears it at the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else starting it would open the ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _dask(address: str, workers: int, hired: contextlib.ExitStack) -> tuple[Executor, int]:
    if importlib.util.find_spec("distributed") is None:
        raise BadInput(
            Problem("executor dask", "the package distributed is not installed",
                    "pip install 'twofront[dask]'")
        )  # fmt: skip
    import logging

    from dask import config as dask_config
    from distributed import Client, LocalCluster

    where: Any = address
    if not address:
        # Nothing but what the workers need to talk to each other, and that on this machine only.
        hired.enter_context(
            dask_config.set(
                {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
            )
        )
        with _deaf_to_ctrl_c():
            where = hired.enter_context(
                LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False},
                    worker_dashboard_address=None, memory_limit=0,
                    silence_logs=logging.CRITICAL,
                )
            )  # fmt: skip
    told = f"executor dask={address}" if address else "executor dask"
    try:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        client = hired.enter_context(Client(where, timeout=ANSWER_SECONDS, set_as_default=False))
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        hands = sum(dict(client.nthreads()).values())  # type: ignore[call-overload]
    except (OSError, ValueError, TimeoutError) as error:
        hired.close()
        what = "has no workers" if isinstance(error, TimeoutError) else "does not answer"
        raise BadInput(
            Problem(told, what, "the address of a running Dask scheduler, such as "
                    "tcp://127.0.0.1:8786")
        ) from None  # fmt: skip
    return client.get_executor(pure=False, retries=2), max(1, hands)


# In order.


class _Task:
    def __init__(self, place: Range, part: Worlds | None) -> None:
        self.place, self.part = place, part
        self.future: Future[Worlds] | None = None


def in_order(
    crew: Crew,
    ranges: Sequence[Range],
    found: Callable[[Range], Worlds | None],
    hand_out: Callable[[Range], Future[Worlds]],
    finished: Callable[[Range, Worlds], None],
) -> Iterator[Worlds]:
    """The worlds of each range, in order; a few ranges are in hand at any time.

    found: gives a range that need not be run. hand_out: gives one to the crew. finished: called
    as soon as a range is done, in whatever order; also for those that get done while the rest is
    called off.
    """
    queue: deque[_Task] = deque()
    try:
        for place in ranges:
            task = _Task(place, found(place))
            if task.part is None:
                task.future = hand_out(place)
            queue.append(task)
            while len(queue) > 2 * crew.workers:
                yield _next(crew, queue, hand_out, finished)
        while queue:
            yield _next(crew, queue, hand_out, finished)
    except (KeyboardInterrupt, GeneratorExit):
        crew.dismiss()
        for task in queue:
            if task.part is None and task.future and _went_well(task.future):
                with contextlib.suppress(BadInput):
                    finished(task.place, task.future.result())
        raise
    finally:
        crew.dismiss()


def _went_well(future: Future[Worlds]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _next(
    crew: Crew,
    queue: deque[_Task],
    hand_out: Callable[[Range], Future[Worlds]],
    finished: Callable[[Range, Worlds], None],
) -> Worlds:
    while (part := queue[0].part) is None:
        waiting = {task.future: task for task in queue if task.part is None and task.future}
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        lost = []
        for future in done:
            try:
                waiting[future].part = future.result()
            except BrokenExecutor:
                lost.append(waiting[future])
                continue
            finished(waiting[future].place, future.result())
        if lost:
            crew.renew()
            for task in waiting.values():
                if task.part is None:
                    task.future = hand_out(task.place)
    queue.popleft()
    return part
