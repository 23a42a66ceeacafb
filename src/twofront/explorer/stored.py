"""Posteriors kept on the disk, so that a page started again answers at once.

A file holds arrays only, no code, under a name made of all that a posterior depends on: scenario,
laws and engine, worlds, seed and day. A file that cannot be read counts as none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from twofront.basics import BadInput
from twofront.engine import cache_directory
from twofront.engine.run import Snapshot
from twofront.lab import Model, Posterior, write_atomically
from twofront.lab.ensemble import laws_digest

_FORM = b"twofront posterior 2\n"


def place(model: Model, worlds: int, until: dt.date) -> Path:
    """Where the posterior of a day lies, if it is there."""
    scenario = model.scenario
    key = f"{scenario.hash[:16]}-{laws_digest(model)}-{worlds}-{scenario.seed}-{until}"
    return cache_directory() / "explorer" / f"posterior-{key}.zst"


def keep(posterior: Posterior) -> None:
    """Writes a posterior; where the disk cannot be written, nothing happens."""
    held = io.BytesIO()
    numbers = np.array(
        [posterior.week, posterior.ess, posterior.resamplings, posterior.power,
         posterior.log_evidence], float,
    )  # fmt: skip
    arrays: dict[str, Any] = {
        f"state:{name}": values for name, values in posterior.snapshot.state.items()
    }
    np.savez(
        held, numbers=numbers, parameters=posterior.snapshot.parameters,
        ancestors=posterior.ancestors, births=posterior.births,
        surprises=np.array(posterior.surprises, float).reshape(-1, 2), **arrays,
    )  # fmt: skip
    raw = held.getvalue()
    packed = pa.Codec("zstd", compression_level=1).compress(raw, asbytes=True)
    path = place(posterior.model, posterior.worlds, posterior.until)
    data = _FORM + len(raw).to_bytes(8, "big") + packed
    with contextlib.suppress(BadInput):
        write_atomically(path, lambda target: target.write_bytes(data))


def found(model: Model, worlds: int, until: dt.date) -> Posterior | None:
    """The posterior of a day, bit for bit as it was written; None when there is none.

    What the pass tells about itself, line by line of the record, is not kept.
    """
    try:
        data = place(model, worlds, until).read_bytes()
    except OSError:
        return None
    try:
        if not data.startswith(_FORM):
            return None
        size, packed = data[len(_FORM) : len(_FORM) + 8], data[len(_FORM) + 8 :]
        raw = pa.Codec("zstd").decompress(packed, int.from_bytes(size, "big"), asbytes=True)
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            state = {
                name.removeprefix("state:"): kept[name]
                for name in kept.files
                if name.startswith("state:")
            }
            week, ess, resamplings, power, evidence = kept["numbers"]
            snapshot = Snapshot(float(week), state, kept["parameters"])
            surprises = [(float(a), float(b)) for a, b in kept["surprises"]]
            return Posterior(
                model, model.system(), until, float(week), model.scenario.seed, snapshot,
                kept["ancestors"], float(ess), int(resamplings), surprises, float(power),
                kept["births"], log_evidence=float(evidence),
            )  # fmt: skip
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, pa.ArrowException):
        return None
