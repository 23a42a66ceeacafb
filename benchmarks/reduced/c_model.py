"""Builds `lanes.c` with the machine's own compiler, and runs it."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from twofront.engine import LAPSE, PACT, PEACE, STRIKE, cache_directory
from twofront.engine.draws import seed_key

from .result import STATE_NAMES, Result
from .system import ACTORS, NAMES, SERIES_EVERY, THEATRES, WEEKS, reduced_system

SOURCE = Path(__file__).with_name("lanes.c")
COMPILER = os.environ.get("CC", "gcc")
KINDS = {"STRIKE": STRIKE, "PEACE": PEACE, "PACT": PACT, "LAPSE": LAPSE}
COMMON = (
    "-O3", "-march=native", "-std=gnu11", "-shared", "-fPIC",
    *(f"-D{name}={number}" for name, number in KINDS.items()),
)  # fmt: skip
FLAGS = {
    # Neither errno nor floating-point traps change a result; they only stand in a vector's way.
    "ieee": (*COMMON, "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"),
    "fast": (*COMMON, "-ffast-math"),
}
MOST_NEIGHBOURS, LOG_ROWS, LOG_COLUMNS, SLOTS = 8, 256, 6, 6
ADDRESSES = (
    "production", "combat", "strikes", "learning", "treaties", "effectiveness", "belief",
)  # fmt: skip
PAIRS = (ACTORS, ACTORS)
SHAPES = {
    "force": (ACTORS, THEATRES), "transit": (SLOTS, ACTORS, THEATRES),
    "control": (ACTORS, THEATRES), "effectiveness": (ACTORS,), "belief": PAIRS, "at_war": PAIRS,
    "pact": PAIRS, "plan": PAIRS, "losses": (ACTORS,), "produced": (ACTORS,),
}  # fmt: skip


def missing() -> str | None:
    """Why there can be no C version here, or None."""
    return None if shutil.which(COMPILER) else f"no C compiler ({COMPILER}) on this machine"


@lru_cache(maxsize=4)
def library(kind: str) -> ctypes.CDLL:
    """The compiled library for "ieee" or "fast" flags, built once per source."""
    version = subprocess.run([COMPILER, "--version"], capture_output=True, text=True, check=True)
    text = SOURCE.read_text("utf-8") + repr(FLAGS[kind]) + version.stdout
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    path = cache_directory() / "benchmarks" / f"lanes-{kind}-{digest}.so"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        built = path.with_suffix(f".{os.getpid()}")
        subprocess.run([COMPILER, *FLAGS[kind], "-o", str(built), str(SOURCE), "-lm"], check=True)
        os.replace(built, path)
    return ctypes.CDLL(str(path))


class Fixed(ctypes.Structure):
    """The numbers of the system, as `lanes.c` lays them out."""

    _fields_ = [
        ("actor_uid", ctypes.c_int64 * ACTORS), ("theatre_uid", ctypes.c_int64 * THEATRES),
        ("home", ctypes.c_int64 * ACTORS),
        ("neighbours", ctypes.c_int64 * (THEATRES * MOST_NEIGHBOURS)),
        ("stake", ctypes.c_double * (ACTORS * THEATRES)),
        ("hostility", ctypes.c_double * (ACTORS * ACTORS)),
        ("ceiling", ctypes.c_double * ACTORS), ("growth", ctypes.c_double * ACTORS),
        ("depth", ctypes.c_double * THEATRES),
        ("capacity", ctypes.c_double * (THEATRES * THEATRES)),
        ("lane_weeks", ctypes.c_double * (THEATRES * THEATRES)),
        ("reach", ctypes.c_double * (THEATRES * THEATRES)),
        ("force", ctypes.c_double * (ACTORS * THEATRES)),
        ("control", ctypes.c_double * (ACTORS * THEATRES)),
        ("effectiveness", ctypes.c_double * ACTORS), ("effectiveness_sd", ctypes.c_double),
        ("belief_sd", ctypes.c_double), ("low", ctypes.c_double * len(NAMES)),
        ("high", ctypes.c_double * len(NAMES)), ("number", ctypes.c_uint32 * len(ADDRESSES)),
        ("parameter_number", ctypes.c_uint32 * len(NAMES)), ("key", ctypes.c_uint32 * 2),
    ]  # fmt: skip


def fixed_of(seed: int) -> Fixed:
    """The numbers of the reduced system under a seed."""
    system = reduced_system()
    given = system.fixed
    neighbours = np.full((THEATRES, MOST_NEIGHBOURS), -1, np.int64)
    neighbours[:, : given["neighbours"].shape[1]] = given["neighbours"]
    values = {
        **{n: given[n] for n in ("actor_uid", "theatre_uid", "home", "stake", "hostility")},
        "neighbours": neighbours, "ceiling": given["war_ceiling"], "growth": given["war_growth"],
        "depth": given["depth"], "capacity": given["lane_capacity"],
        "lane_weeks": given["lane_weeks"], "reach": given["reach"],
        "low": system.low, "high": system.high,
        **{n: system.start[n] for n in ("force", "control", "effectiveness")},
        "number": np.array([zlib.crc32(n.encode()) for n in ADDRESSES]),
        "parameter_number": np.array([zlib.crc32(f"parameter:{n}".encode()) for n in NAMES]),
        "key": seed_key(seed),
    }  # fmt: skip
    fixed = Fixed(effectiveness_sd=system.effectiveness_sd, belief_sd=system.belief_sd)
    for name, kind in Fixed._fields_:
        if name in values:
            setattr(fixed, name, kind(*np.asarray(values[name]).ravel().tolist()))
    return fixed


def run(
    worlds: int, seed: int = 1, weeks: int = WEEKS, kind: str = "ieee", state: bool = False
) -> Result:
    """Runs worlds 0 … worlds - 1 with the flags of `kind`; `state` asks for the last state."""
    built = library(kind)
    padded = -(-worlds // built.lanes()) * built.lanes()
    rows = -(-weeks // SERIES_EVERY)
    size = sum(int(np.prod(shape)) for shape in SHAPES.values())
    series = np.empty((padded, rows, ACTORS), np.float32)
    final = np.empty((padded, size))
    events = np.empty((padded, LOG_ROWS, LOG_COLUMNS))
    counts = np.empty(padded, np.int64)
    fixed = fixed_of(seed)
    if built.fixed_bytes() != ctypes.sizeof(Fixed):
        raise RuntimeError("lanes.c and c_model.py lay out the system differently")
    failed = built.run(
        ctypes.byref(fixed), ctypes.c_int64(0), ctypes.c_int64(padded), ctypes.c_int(weeks),
        ctypes.c_int(SERIES_EVERY), *(
            array.ctypes.data_as(ctypes.c_void_p) for array in (series, final, events, counts)
        ),
    )  # fmt: skip
    if failed or counts.max() > LOG_ROWS:
        raise RuntimeError("the C version ran out of memory or of room for events")
    logs = [
        np.column_stack([np.full(counts[w], float(w)), np.delete(events[w, : counts[w]], 4, 1)])
        for w in range(worlds)
    ]
    parts: dict[str, np.ndarray] = {}
    at = 0
    for name in STATE_NAMES if state else ():
        length = int(np.prod(SHAPES[name]))
        parts[name] = final[:worlds, at : at + length].reshape(worlds, *SHAPES[name])
        at += length
    return Result(series[:worlds], parts, np.concatenate(logs))
