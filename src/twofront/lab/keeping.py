"""A run kept in a directory: part by part, so that nothing but the parts in hand can be lost.

    manifest.json                    which run this is, and whether it is finished
    parts/part-00000.npz             64 worlds each, with their SHA-256 at the end of the file
    outcomes, events, pairs, fans    tables of the finished run, their SHA-256 in the manifest

Every file is written beside its place and moved there in one step; whoever is killed leaves whole
files or none. A part says which run it belongs to, and is read only if every byte of it is as it
was written. One run at a time works in a directory.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

from twofront.basics import BadInput, Problem
from twofront.engine.run import Worlds

try:
    import fcntl
except ImportError:  # not on Windows, where nobody looks out for a second run
    fcntl = None

UNFINISHED = ".twofront-"
TABLES = ("outcomes.parquet", "events.parquet", "pairs.parquet", "fans.nc")
ROOM = "a place with room for it; the same command goes on from what is kept"
_DIGITS = 64


@contextlib.contextmanager
def saying_what_cannot_be_written(path: Path) -> Iterator[None]:
    """Turns a failure to write `path` (a full disk, a missing right) into `BadInput`."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise BadInput(Problem(str(path), f"cannot be written: {reason}", ROOM)) from error


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Calls `write` on a temporary file beside `path`, then puts it in place in one step.

    Raises `BadInput` when the file cannot be written; then nothing has changed.
    """
    with saying_what_cannot_be_written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED, suffix=path.suffix)
        os.close(handle)
        try:
            write(Path(temporary))
            with open(temporary, "rb+") as file:
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)


class Spool:
    """Arrays set aside one after another: in memory while small, else in a nameless file."""

    def __init__(self, folder: Path | None, most: int = 2**22) -> None:
        self.place = folder or Path(tempfile.gettempdir())
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            most, dir=None if folder is None else str(folder)
        )
        self.size = 0

    def add(self, array: np.ndarray) -> int:
        """Appends the bytes of an array; returns where they begin."""
        begin = self.size
        with saying_what_cannot_be_written(self.place):
            self.file.seek(begin)
            self.size += self.file.write(np.ascontiguousarray(array).tobytes())
        return begin

    def read(self, begin: int, count: int, dtype: Any) -> np.ndarray:
        """`count` numbers from byte `begin` on."""
        with saying_what_cannot_be_written(self.place):
            self.file.seek(begin)
            return np.frombuffer(self.file.read(count * np.dtype(dtype).itemsize), dtype)


def identity_of(manifest: Mapping[str, Any]) -> str:
    """A hash of what identifies a run; its parts carry it."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def sealed(arrays: Mapping[str, np.ndarray], identity: str) -> bytes:
    """Arrays as an `.npz` whose last bytes name their run and hash everything before them."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = (identity + "0" * _DIGITS).encode()
    body = buffer.getvalue()[:-_DIGITS]
    return body + hashlib.sha256(body).hexdigest().encode()


def opened(raw: bytes, identity: str) -> dict[str, np.ndarray] | None:
    """The arrays in these bytes, or None when a byte is wrong or they are another run's."""
    body, told = raw[:-_DIGITS], raw[-_DIGITS:]
    if hashlib.sha256(body).hexdigest().encode() != told or not body.endswith(identity.encode()):
        return None
    with np.load(io.BytesIO(raw), allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def packed(part: Worlds, identity: str) -> bytes:
    """A part as sealed arrays."""
    arrays = {f"kept.{n}": v for n, v in part.kept.items()}
    arrays |= {
        n: getattr(part, n)
        for n in ("world_id", "series", "series_weeks", "probes", "events", "parameters")
    }
    return sealed({**arrays, "events_lost": np.array(part.events_lost)}, identity)


def unpacked(raw: bytes, identity: str) -> Worlds | None:
    """The part in these bytes, or None when any byte is wrong or it belongs to another run."""
    data = opened(raw, identity)
    if data is None:
        return None
    return Worlds(
        world_id=data["world_id"],
        kept={n[5:]: data[n] for n in data if n.startswith("kept.")},
        series=data["series"],
        series_weeks=data["series_weeks"],
        probes=data["probes"],
        events=data["events"],
        events_lost=int(data["events_lost"]),
        parameters=data["parameters"],
    )


class Keeping:
    """The directory of one run. Opened with `keeping`, which holds it for one run at a time."""

    def __init__(self, folder: Path, manifest: dict[str, Any], found: dict[str, Any]) -> None:
        self.folder, self.manifest, self.found = folder, manifest, found
        self.identity = identity_of(manifest)
        self.begun = False

    def _part(self, number: int) -> Path:
        return self.folder / "parts" / f"part-{number:05d}.npz"

    def part(self, number: int, first: int, count: int) -> Worlds | None:
        """A finished part with at least these worlds; None when missing or damaged."""
        try:
            raw = self._part(number).read_bytes()
        except OSError:
            return None
        part = unpacked(raw, self.identity)
        fits = part is not None and len(part.world_id) >= count and part.world_id[0] == first
        return part if fits else None

    def begin(self, worlds: int) -> None:
        """Notes that the run is no longer finished, before anything in it changes."""
        if not self.begun:
            self._note({**self.manifest, "worlds": worlds, "finished": False})
            self.begun = True

    def save(self, number: int, part: Worlds) -> None:
        """Keeps a part."""
        raw = packed(part, self.identity)
        write_atomically(self._part(number), lambda path: path.write_bytes(raw))

    def arrays(self, name: str) -> dict[str, np.ndarray] | None:
        """Arrays kept under a name; None when missing or damaged."""
        try:
            raw = (self.folder / "parts" / f"{name}.npz").read_bytes()
        except OSError:
            return None
        return opened(raw, self.identity)

    def save_arrays(self, name: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keeps arrays under a name."""
        raw = sealed(arrays, self.identity)
        path = self.folder / "parts" / f"{name}.npz"
        write_atomically(path, lambda path: path.write_bytes(raw))

    def forget(self) -> None:
        """Throws the arrays away that are kept under a name."""
        for path in (self.folder / "parts").glob("*.npz"):
            path.unlink()

    def is_finished(self, worlds: int) -> bool:
        """Whether the tables of exactly these worlds are there, every byte as it was written."""
        found = self.found
        if self.begun or not found.get("finished") or found.get("worlds") != worlds:
            return False
        hashes = found.get("files")
        if not isinstance(hashes, dict):
            return False
        return all(hashes.get(name) == _hash(self.folder / name) for name in TABLES)

    def finish(
        self, worlds: int, tables: Mapping[str, Callable[[Path], object]], **more: Any
    ) -> None:
        """Writes the tables and then notes that the run is finished."""
        self.begin(worlds)
        for name, write in tables.items():
            write_atomically(self.folder / name, write)
        files = {name: _hash(self.folder / name) for name in tables}
        self._note({**self.manifest, "worlds": worlds, "finished": True, **more, "files": files})

    def _note(self, manifest: dict[str, Any]) -> None:
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        write_atomically(self.folder / "manifest.json", lambda path: path.write_text(text, "utf-8"))


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@contextlib.contextmanager
def keeping(folder: Path, manifest: dict[str, Any], replace: bool) -> Iterator[Keeping]:
    """Holds a directory for a run and clears away what a killed one left half-written.

    Raises `BadInput` when it is no directory, when another run is at work in it, or when it
    holds a run that differs in anything, which is named (unless `replace`).
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(Problem(str(folder), "is a file", "a directory"))
    fresh = not folder.exists()
    with saying_what_cannot_be_written(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _held(folder):
        path = folder / "manifest.json"
        found: dict[str, Any] = {}
        if path.exists():
            found, damage = _read(path)
            differs = [damage] if damage else differences(found, manifest)
            if differs and not replace:
                raise BadInput(
                    Problem(
                        str(folder), f"holds another run: {'; '.join(differs)}",
                        "an empty or new directory, or this one with what it was made with",
                    )
                )  # fmt: skip
            if differs:
                shutil.rmtree(folder / "parts", ignore_errors=True)
                found = {}
        for place in (folder, folder / "parts"):
            for left in place.glob(f"{UNFINISHED}*"):
                left.unlink(missing_ok=True)
        try:
            yield Keeping(folder, manifest, found)
        finally:
            if fresh:
                with contextlib.suppress(OSError):
                    folder.rmdir()  # only if nothing was kept


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                Problem(str(folder), "another run is at work in it", "a directory of its own")
            ) from None
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found, ""
    except (OSError, ValueError):
        pass
    return {}, f"{path.name} is damaged, so nobody can say which"


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """What tells two runs apart, in words; empty when they are the same run."""
    told = []
    if found.get("version") != wanted["version"]:
        told.append(f"it was made by version {found.get('version')}, this is {wanted['version']}")
    if found.get("scenario") != wanted["scenario"]:
        told.append(f'its scenario is "{found.get("scenario")}", this is "{wanted["scenario"]}"')
    elif found.get("changes") != wanted["changes"]:
        told.append(
            f"it was made with {_listed(found.get('changes'))}, "
            f"this one with {_listed(wanted['changes'])}"
        )
    elif found.get("scenario_hash") != wanted["scenario_hash"]:
        told.append("the numbers of the scenario have been edited since")
    if found.get("seed") != wanted["seed"]:
        told.append(f"its seed is {found.get('seed')}, this one's is {wanted['seed']}")
    if found.get("laws") != wanted["laws"]:
        told.append(_laws_apart(found.get("sources"), wanted["sources"]))
    return told


def refuse_other_settings(kept: Keeping, kind: str, replace: bool) -> None:
    """Raises `BadInput` when the directory holds the same model, but not this `kind` of work."""
    told, wanted = kept.found.get(kind), kept.manifest[kind]
    if not kept.found or replace or told == wanted:
        return
    is_what = (
        "it has " + ", ".join(f"{name} {told[name]}" for name in wanted if name in told)
        if isinstance(told, dict)
        else f"it is not of the kind {kind}"
    )
    raise BadInput(
        Problem(
            str(kept.folder), f"holds another: {is_what}",
            "an empty or new directory, or this one with "
            + ", ".join(f"{name} {value}" for name, value in wanted.items()),
        )
    )  # fmt: skip


def _listed(changes: Any) -> str:
    names = ", ".join(f'"{name}"' for name in changes) if isinstance(changes, list) else ""
    return f"the change {names}" if names else "no change"


def _laws_apart(found: Any, wanted: Mapping[str, str]) -> str:
    if not isinstance(found, dict):
        return "its laws were others"
    told = [f"it has a law {name} that is not here" for name in found if name not in wanted]
    told += [f"it was made without the law {name}" for name in wanted if name not in found]
    told += [f"{n} was edited since" for n in wanted if n in found and found[n] != wanted[n]]
    return ", ".join(told) or "its laws stand in another order"
