"""What every verb shares: how errors, JSON and progress reach the person at the terminal."""

from __future__ import annotations

import datetime as dt
import json as json_text
import math
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from twofront.basics import BadInput, Problem

if TYPE_CHECKING:
    from twofront.sources import Document

OK, FOUND_PROBLEMS, BAD_INPUT = 0, 1, 2

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Until = Annotated[
    str | None, typer.Option("--until", help="Follow the record up to this day (YYYY-MM-DD).")
]
ScenarioName = Annotated[str, typer.Argument(help="Name of a shipped scenario, or a directory.")]
Worlds = Annotated[int, typer.Option("--worlds", help="Worlds to run.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed; the scenario's when not given.")]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Threads; one per processor when not given.")
]


Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]


def check_free(output: Path, force: bool, inputs: Iterable[str | Path] = ()) -> None:
    """Raises `BadInput` when a file is there already and nobody said `--force`.

    Whatever is said, one of the files that are read stays, and what is no file: to put a file in
    the place of a device would take the device away.
    """
    try:
        if output == Path():
            raise BadInput(Problem("--output", "names no file", "the name of a file"))
        if output.is_dir():
            raise BadInput(Problem(str(output), "is a directory", "the name of a file"))
        if not output.exists():
            return
        if not output.is_file():
            raise BadInput(
                Problem(
                    str(output), "is no regular file",
                    "the name of a file; without --output what is found is printed",
                )
            )  # fmt: skip
        if any(_same(output, one) for one in inputs):
            raise BadInput(Problem(str(output), "is read by this very command", "another name"))
        if not force:
            raise BadInput(Problem(str(output), "is there already", "another name, or --force"))
    except (OSError, ValueError) as error:
        raise _unwritable(output, error) from None


def _same(output: Path, other: str | Path) -> bool:
    with suppress(OSError, ValueError):
        return os.path.samefile(output, other)
    return False


def write_file(output: Path, text: str, force: bool, inputs: Iterable[str | Path] = ()) -> None:
    """Writes a file whole or not at all; of a link the file that it leads to.

    Raises `BadInput`; an existing file needs `force`.
    """
    check_free(output, force, inputs)
    temporary = ""
    try:
        target = Path(os.path.realpath(output))
        # In the same directory, so that the last step is a rename and cannot stop half-way.
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        with open(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except (OSError, ValueError) as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise _unwritable(output, error) from None


def _unwritable(output: Path, error: Exception) -> BadInput:
    reason = getattr(error, "strerror", None) or str(error)
    return BadInput(Problem(str(output), f"cannot be written: {reason}"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def telling_what_is_wrong() -> Iterator[None]:
    """Turns `BadInput` into its sentences on standard error and exit code 2."""
    try:
        yield
    except BadInput as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted. What was finished is kept; the same command goes on.", err=True)
        raise typer.Exit(130) from None


def print_json(thing: Any) -> None:
    """Prints strict JSON: what is not a number becomes null."""
    typer.echo(json_text.dumps(strict(thing), ensure_ascii=False, indent=2))


def named_documents(pairs: list[str]) -> dict[str, Document]:
    """The documents of `ID=FILE` arguments; every unreadable one is named."""
    from twofront.sources import read_document

    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for pair in pairs:
        doc, equals, path = pair.partition("=")
        if not (doc and equals and path):
            problems.append(Problem(f'--document "{pair}"', "is not ID=FILE", "ID=speech.txt"))
        elif doc in documents:
            problems.append(Problem(f'--document "{pair}"', f'"{doc}" is given twice'))
        else:
            try:
                documents[doc] = read_document(path, doc_id=doc)
            except BadInput as error:
                problems += error.problems
    if problems:
        raise BadInput(problems)
    return documents


ABSOLUTE = "https://example.org/memoir"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def an_address(option: str, text: str) -> str:
    """The address of a page, with its scheme. Raises `BadInput` when it is none."""
    if not _ABSOLUTE.fullmatch(text):
        raise BadInput(Problem(f'{option} "{text}"', "is no whole address", ABSOLUTE))
    return text


def strict(thing: Any) -> Any:
    """The same data with every number that JSON cannot carry replaced by None."""
    if isinstance(thing, dict):
        return {str(key): strict(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [strict(value) for value in thing]
    if hasattr(thing, "item") and not isinstance(thing, str):
        thing = thing.item()
    if isinstance(thing, float) and not math.isfinite(thing):
        return None
    return thing


def processors(threads: int | None) -> int:
    """Threads to use. Raises `BadInput` for less than one."""
    if threads is not None and threads < 1:
        raise BadInput(Problem("--threads", f"{threads} is too few", "1 or more"))
    return threads or os.cpu_count() or 1


def positive(name: str, value: int) -> int:
    """The value, if positive. Raises `BadInput` otherwise."""
    if value < 1:
        raise BadInput(Problem(name, f"{value} is too few", "1 or more"))
    return value


def a_seed(seed: int | None) -> int | None:
    """The seed, if it fits the generator's key. Raises `BadInput` otherwise."""
    if seed is not None and not 0 <= seed < 2**64:
        raise BadInput(Problem("--seed", f"{seed} does not fit", "0 to 2^64 - 1"))
    return seed


def a_day(name: str, text: str | None) -> dt.date | None:
    """A calendar day. Raises `BadInput` when it is none."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(Problem(name, f'"{text}" is not a day', "YYYY-MM-DD")) from None


def counted(n: int, one: str, many: str = "") -> str:
    """A number and its noun: 1 text, 2 texts, 3 theses."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


class Bars:
    """Progress bars on standard error, one per task, with a time to go.

    A first run compiles before anything moves. When nothing has moved for `patience` seconds, that
    is said, once; not at all with None, where nothing is compiled.
    """

    def __init__(self, patience: float | None = 6.0) -> None:
        self.console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(), TimeRemainingColumn(), console=self.console,
        )  # fmt: skip
        self.tasks: dict[str, Any] = {}
        self.waiting = threading.Timer(patience or 0.0, self._say_why)
        self.waiting.daemon = True
        self.may_compile = patience is not None

    def __enter__(self) -> Bars:
        self.progress.start()
        if self.may_compile:
            self.waiting.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.waiting.cancel()
        # What is wrong with the input is told in a sentence, without bars that stopped half-way.
        self.progress.live.transient = isinstance(error[1], BadInput)
        self.progress.stop()

    def _say_why(self) -> None:
        if not any(task.completed for task in self.progress.tasks):
            self.console.print(
                "Nothing to show yet. The first run of a scenario of this size compiles the laws: "
                "a minute or two, and only once.",
                highlight=False,
            )

    def advance(self, text: str, done: float, whole: float) -> None:
        """Shows that `done` of `whole` is finished in the task called `text`."""
        if text not in self.tasks:
            self.tasks[text] = self.progress.add_task(text, total=whole)
        self.progress.update(self.tasks[text], completed=done, total=whole)

    def counter(self, text: str, whole: int) -> Any:
        """A callback that adds what was done to the task called `text`."""
        done = 0

        def add(more: int) -> None:
            nonlocal done
            done += more
            self.advance(text, min(done, whole), whole)

        self.advance(text, 0, whole)
        return add
