"""What reviewers decided: an append-only file, one decision a line, and what stands after all.

    {"action": "accept", "anchor": {...}, "id": "9f1c...", "time": "2031-05-02T09:14:03Z",
     "type": "DATE", "value": "1706-05/1706-09", "who": "ada"}

    accept, reject   the value as it was read; no value for what was rejected
    edit             another value, or words of the reviewer's (`words`), or both
    split            several values for one place: "1706; 1709"
    apart            this place and the one of `other` do not speak of one thing, whatever ties
                     them; both values stand
    undo             takes back the decision named by `undoes`; without a name, the last one that
                     stands for the same words

A date or number that is kept has its `deed`: of what it tells ("die", "lose", or "none"). Lines
without one leave that to the reader.

`replaces` names a decision about an earlier version of the text that this one settles; `note` is
for people. Nothing is ever rewritten. A line that cannot be read (half of it was written when the
machine stopped, or a merge left its marks) is told about and passed over, never removed.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem

from .anchors import Anchor
from .values import TYPES

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ACTIONS = ("accept", "reject", "edit", "split", "apart", "undo")
KEEPING = ("accept", "edit", "split")
"""Actions after which a proposal becomes a claim."""

NO_DEED = "none"
"""The `deed` of a date or number that tells of none that the readers know."""

_OPTIONAL = ("value", "words", "note", "who", "time", "undoes", "replaces", "deed")


@dataclass(frozen=True)
class Decision:
    """One line of the file."""

    id: str
    action: str
    type: str
    anchor: Anchor
    value: str = ""
    words: str = ""
    note: str = ""
    who: str = ""
    time: str = ""
    undoes: str = ""
    replaces: str = ""
    deed: str = ""  # of what a date or number tells; empty: as the reader reads it
    other: Anchor | None = None  # the second place, of a pair that is kept apart
    other_type: str = ""

    @functools.cached_property
    def key(self) -> str:
        """What is decided about: the id of the proposal, or of the pair of two."""
        own = key_of(self.anchor, self.type)
        return own if self.other is None else pair_key(own, key_of(self.other, self.other_type))

    def line(self) -> str:
        """The decision as a line of JSON, keys in order, empty fields left out."""
        record: dict[str, Any] = {
            "id": self.id, "action": self.action, "type": self.type,
            "anchor": self.anchor.to_dict(),
        }  # fmt: skip
        record |= {name: getattr(self, name) for name in _OPTIONAL if getattr(self, name)}
        if self.other is not None:
            record |= {"other": self.other.to_dict(), "other_type": self.other_type}
        return json.dumps(record, sort_keys=True, ensure_ascii=False)


def key_of(anchor: Anchor, type_: str) -> str:
    """The id of what is proposed at a place: the same whenever the same text is read again."""
    parts = "\0".join((anchor.digest, str(anchor.position), anchor.quote, type_))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def pair_key(one: str, other: str) -> str:
    """The id of a pair of places by their ids; which of them is named first does not matter."""
    return hashlib.sha256("\0".join(sorted((one, other))).encode()).hexdigest()[:16]


def in_order(
    one: tuple[Anchor, str], other: tuple[Anchor, str]
) -> tuple[tuple[Anchor, str], tuple[Anchor, str]]:
    """The two places of a pair, with their types, as every line names them: by text and position.

    So the same pair makes the same line, whoever keeps it apart, and from whichever side.
    """
    first, second = sorted(
        (one, other), key=lambda end: (end[0].doc, end[0].position, end[0].digest, end[1])
    )
    return first, second


def read_line(line: bytes) -> Decision:
    """The decision of one line. Raises `ValueError` with the reason when it holds none."""
    try:
        record = json.loads(line.decode("utf-8"))
        if b"\\ud" in line.lower():
            # Half of a surrogate pair can be escaped, and can be written nowhere.
            json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("has half a character in it") from None
    except (ValueError, RecursionError):
        raise ValueError("is not whole") from None
    if not isinstance(record, dict):
        raise ValueError("is not a decision")
    for name, known in (("action", ACTIONS), ("type", TYPES)):
        if record.get(name) not in known:
            raise ValueError(f"has no {name} that is known: {', '.join(known)}")
    for name in ("id", *_OPTIONAL):
        if not isinstance(record.get(name, ""), str):
            raise ValueError(f'has a "{name}" that is not text')
    if not record.get("id"):
        raise ValueError("has no id")
    if record["action"] in KEEPING and not record.get("value"):
        raise ValueError("has no value")
    anchor = Anchor.from_dict(record.get("anchor"))
    more = {name: record.get(name, "") for name in _OPTIONAL}
    decision = Decision(record["id"], record["action"], record["type"], anchor, **more)
    if decision.action == "apart" or (decision.action == "undo" and "other" in record):
        return _of_a_pair(decision, record)
    return decision


def _of_a_pair(decision: Decision, record: dict[str, Any]) -> Decision:
    if record.get("other_type") not in TYPES:
        raise ValueError(f"has no other_type that is known: {', '.join(TYPES)}")
    try:
        other = Anchor.from_dict(record.get("other"))
    except ValueError as error:
        raise ValueError(f"names no other place: {error}") from None
    if key_of(other, record["other_type"]) == decision.key:
        raise ValueError("keeps a place apart from itself")
    return replace(decision, other=other, other_type=record["other_type"])


def read_lines(data: bytes) -> tuple[list[Decision], list[str]]:
    """All decisions of a file's bytes, and a sentence for each line that holds none."""
    decisions, faults = [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            decisions.append(read_line(line))
        except ValueError as error:
            faults.append(f"line {number} {error}; it is passed over")
    return decisions, faults


# ---------------------------------------------------------------- what stands
def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The last decision about each thing that was not taken back or replaced, in file order.

    Which decision an undo names does not depend on the order of lines, so that two files may be
    merged line by line.
    """
    decisions = list(_once(decisions))
    undone = {d.undoes for d in decisions if d.action == "undo" and d.undoes}
    stacks: dict[str, list[Decision]] = {}
    for decision in decisions:
        stack = stacks.setdefault(decision.key, [])
        if decision.action != "undo":
            if decision.id not in undone:
                stack.append(decision)
        elif not decision.undoes and stack:
            stack.pop()
    replaced = {d.replaces for stack in stacks.values() for d in stack if d.replaces}
    last = {stack[-1].id for stack in stacks.values() if stack} - replaced
    return [decision for decision in decisions if decision.id in last]


def _once(decisions: Iterable[Decision]) -> Iterator[Decision]:
    # A merge may bring the same line twice.
    known: set[str] = set()
    for decision in decisions:
        if decision.id not in known:
            known.add(decision.id)
            yield decision


# ---------------------------------------------------------------- the file
@dataclass
class DecisionFile:
    """The file of decisions, followed as it grows; several programs may append to it at once."""

    path: Path
    decisions: list[Decision] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _read: int = 0  # bytes
    _lines: int = 0
    _inode: int = -1

    def refresh(self) -> bool:
        """Reads what was added since the last time; whether there was anything.

        Raises `BadInput` for what is no file of decisions.
        """
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise OSError(errno.EINVAL, "not a regular file")
            with self.path.open("rb") as file:
                return self._follow(file.fileno())
        except FileNotFoundError:
            gone = bool(self.decisions)
            self._forget(-1)
            return gone
        except OSError as error:
            raise self._problem("read", error) from None

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one whenever there are other decisions."""
        return self._inode, self._read

    def append(self, propose: Callable[[list[Decision]], list[Decision]]) -> list[Decision]:
        """Adds what `propose` makes of all decisions so far, and returns it.

        Nobody else writes between the two. When it returns, the lines are on the disk; when it
        raises `BadInput`, the file is as it was.
        """
        try:
            with self._locked() as handle:
                self._follow(handle)
                new = propose(self.decisions)
                if new:
                    self._write(handle, "".join(d.line() + "\n" for d in new).encode("utf-8"))
                    self._follow(handle)
                return new
        except OSError as error:
            raise self._problem("written", error) from None

    def _follow(self, handle: int) -> bool:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if status.st_ino != self._inode or status.st_size < self._read:
            self._forget(status.st_ino)
        whole, newline, tail = _bytes_from(handle, self._read).rpartition(b"\n")
        before, faults = len(self.decisions), []
        for line in whole.split(b"\n") if newline else []:
            self._lines += 1
            self._take(line, faults)
        self._read += len(whole) + len(newline)
        self.faults = [fault for fault in self.faults if not fault.endswith(_TORN)] + faults
        if tail.strip():
            # The last line may lack only its end, or be in the middle of being written.
            if self._take(tail, []):
                self._read += len(tail)
            else:
                self.faults.append(f"line {self._lines + 1} {_TORN}")
        return len(self.decisions) > before

    def _take(self, line: bytes, faults: list[str]) -> bool:
        if not line.strip():
            return True
        try:
            self.decisions.append(read_line(line))
            return True
        except ValueError as error:
            known = line.startswith((_OPENING, *_MERGED)) or _OPENING.startswith(line)
            if not self.decisions and not known:
                # A mistyped name must not add decisions to somebody's text.
                accepted = "a file that a review wrote, or a new one"
                what = f"line {self._lines} {error}"
                raise BadInput(Problem(str(self.path), what, accepted)) from None
            faults.append(f"line {self._lines} {error}; it is passed over")
            return False

    def _forget(self, inode: int) -> None:
        self.decisions, self.faults = [], []
        self._read, self._lines, self._inode = 0, 0, inode

    @contextlib.contextmanager
    def _locked(self) -> Iterator[int]:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        while True:
            handle = os.open(self.path, flags, 0o644)
            try:
                if fcntl is not None:
                    with contextlib.suppress(OSError):  # a file system without locks
                        fcntl.flock(handle, fcntl.LOCK_EX)
                # Somebody may have put another file in its place while we waited.
                if _inode(self.path) == os.fstat(handle).st_ino:
                    yield handle
                    return
            finally:
                os.close(handle)

    def _write(self, handle: int, data: bytes) -> None:
        size = os.fstat(handle).st_size
        if size and _bytes_from(handle, size - 1) != b"\n":
            data = b"\n" + data  # what was torn stays a line of its own
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, size)
            raise
        if size == 0:
            _sync_folder(self.path.parent)

    def _problem(self, done: str, error: OSError) -> BadInput:
        reason = error.strerror or str(error)
        return BadInput(Problem(str(self.path), f"cannot be {done}: {reason}", "a file"))


_TORN = "was torn off before its end; it is passed over"
_OPENING = b'{"action"'
_MERGED = (b"<<<<<<< ", b"||||||| ", b"=======", b">>>>>>> ")  # marks of a merge


def _bytes_from(handle: int, start: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    chunks = []
    while chunk := os.read(handle, 1 << 20):
        chunks.append(chunk)
    return b"".join(chunks)


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return -1


def _sync_folder(folder: Path) -> None:
    # A new file is only safe when its name is on the disk too.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
