"""What reviewers decided: an append-only file, one decision a line, and what stands after all.

    {"action": "accept", "anchor": {...}, "id": "9f1c...", "time": "2031-05-02T09:14:03Z",
     "type": "DATE", "value": "1706-05/1706-09", "who": "ada"}

    accept, reject   the value as it was read; no value for what was rejected
    edit             another value, or words of the reviewer's (`words`), or both
    split            several values for one place: "1706; 1709"
    undo             takes back the decision named by `undoes`; without a name, the last one that
                     stands for the same words

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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem

from .anchors import Anchor, Finder, Place
from .values import TYPES

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ACTIONS = ("accept", "reject", "edit", "split", "undo")
KEEPING = ("accept", "edit", "split")
"""Actions after which a proposal becomes a claim."""

_OPTIONAL = ("value", "words", "note", "who", "time", "undoes", "replaces")


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

    @functools.cached_property
    def key(self) -> str:
        """What is decided about: the id of the proposal."""
        return key_of(self.anchor, self.type)

    def line(self) -> str:
        """The decision as a line of JSON, keys in order, empty fields left out."""
        record: dict[str, Any] = {
            "id": self.id, "action": self.action, "type": self.type,
            "anchor": self.anchor.to_dict(),
        }  # fmt: skip
        record |= {name: getattr(self, name) for name in _OPTIONAL if getattr(self, name)}
        return json.dumps(record, sort_keys=True, ensure_ascii=False)


def key_of(anchor: Anchor, type_: str) -> str:
    """The id of what is proposed at a place: the same whenever the same text is read again."""
    parts = "\0".join((anchor.digest, str(anchor.position), anchor.quote, type_))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


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
    return Decision(record["id"], record["action"], record["type"], anchor, **more)


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


@dataclass(frozen=True)
class Settled:
    """A standing decision and where its words are now. `doc` is None for texts not at hand."""

    decision: Decision
    doc: str | None
    place: Place

    @property
    def state(self) -> str:
        """`here`, `moved`, `lost`, or `elsewhere` when its text is not at hand."""
        return "elsewhere" if self.doc is None else self.place.state


def settle(decisions: Iterable[Decision], finders: Mapping[str, Finder]) -> list[Settled]:
    """Looks for the words of standing decisions in the documents (by id).

    A text is known by its digest; a text that was edited, by its id. Where two decisions lead
    to the same words, the one made in this very text counts, and of two such the later.
    """
    by_digest = {finder.digest: doc for doc, finder in finders.items()}
    found = [_settled(decision, finders, by_digest) for decision in decisions]
    return strongest(found)


def _settled(
    decision: Decision, finders: Mapping[str, Finder], by_digest: Mapping[str, str]
) -> Settled:
    anchor = decision.anchor
    doc = by_digest.get(anchor.digest) or (anchor.doc if anchor.doc in finders else None)
    return Settled(decision, doc, finders[doc].find(anchor) if doc else Place("lost"))


class Settler:
    """`settle` for documents that stay, while decisions come: each is looked for once."""

    def __init__(self, finders: Mapping[str, Finder]) -> None:
        self.finders = finders
        self.by_digest = {finder.digest: doc for doc, finder in finders.items()}
        self._known: dict[int, Settled] = {}

    def settle(self, decisions: Iterable[Decision]) -> list[Settled]:
        """As `settle`."""
        found = []
        for decision in decisions:
            # By object: hashing all its words would cost more than looking for them.
            one = self._known.get(id(decision))
            if one is None or one.decision is not decision:
                one = _settled(decision, self.finders, self.by_digest)
                self._known[id(decision)] = one
            found.append(one)
        return strongest(found)


def strongest(found: Sequence[Settled]) -> list[Settled]:
    """Of several decisions that lead to the same words, the one that counts."""
    best: dict[Any, Settled] = {}
    for one in found:
        place = one.place
        if one.doc is None or place.state == "lost":
            best[one.decision.id] = one
            continue
        spot = (one.doc, one.decision.type, place.start, place.end)
        if not (place.state == "moved" and spot in best and best[spot].state == "here"):
            best[spot] = one
    if len(best) == len(found):
        return list(found)
    kept = {one.decision.id for one in best.values()}
    return [one for one in found if one.decision.id in kept]


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
