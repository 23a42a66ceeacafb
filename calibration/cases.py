"""Opens the data sets and remembers which version was read.

Each data set is read as its owner publishes it, from one folder; none of it is in this repository.
What is missing raises `Missing`, which names the file and where it belongs.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

Table = Any
"""A pandas table; its types are too loose to be checked."""

DEFAULT = Path(__file__).resolve().parents[1].parent / "shared" / "data"
BATTLES = "cdb90/cdb90_flat.csv"
DISPUTES = "cow/MIDB_5.0.csv"
STATES = "cow/NMC-60-abridged.csv"
INITIATORS = "cow/cow_wars_initiator.csv"
CRISES = "icb/icb1v14.csv"
ALLIANCES = "cow/alliance_v4.1_by_dyad_yearly.csv"
VERSIONS = {
    BATTLES: "CDB90, patched edition, one row a battle",
    DISPUTES: "MIDB 5.0",
    STATES: "NMC 6.0, abridged",
    INITIATORS: "initiators of COW interstate wars, derived",
    CRISES: "ICB 14, system level",
    ALLIANCES: "COW formal alliances 4.1, dyad-years",
}
WEEKS_A_YEAR = 52.1775


class Missing(Exception):
    """A data file is not where it belongs."""


@dataclass(frozen=True)
class Years:
    """Years held out, both ends included."""

    first: int
    last: int

    def hold(self, year) -> np.ndarray:
        """True for the years held out."""
        year = np.asarray(year)
        return (year >= self.first) & (year <= self.last)


def path_of(data: Path, name: str) -> Path:
    """The file of a data set, or an error that says what to do."""
    path = data / name
    if not path.is_file():
        raise Missing(
            f"{path} is not there ({VERSIONS[name]}). Put the file there as its owner publishes it,"
            " or name another folder with --data DIR."
        )
    return path


def fingerprint(data: Path, name: str) -> dict[str, str]:
    """Which file was read: name, version and SHA-256."""
    digest = hashlib.sha256(path_of(data, name).read_bytes()).hexdigest()
    return {"file": name, "version": VERSIONS[name], "sha256": digest}


def read_battles(data: Path) -> Table:
    """Battles, one row each; those that are parts of others are left out.

    The coded balance runs from the defender's to the attacker's favour. Codes for "unknown" became
    gaps when the flat file was made; strengths of 0 are gaps too.
    """
    d: Table = pd.read_csv(path_of(data, BATTLES))
    d = d[d["parent"].isna() & d["year"].notna()].copy()
    d["odds"] = np.log(d["str_a"] / d["str_d"])
    d["surprise"] = d["surpa"].where(d["surpa"].abs() <= 3)
    d["air"] = d["aeroa"].where(d["aeroa"].abs() <= 1)
    d["prepared"] = d["post1"].isin(["PD", "FD"]).astype(float)
    # Ten of each kind are added so that a side without tanks has a finite ratio.
    d["tanks"] = np.log((d["tank_a"] + 10) / (d["tank_d"] + 10))
    d["days"] = d["duration1"].clip(lower=1)
    d["lost_a"] = np.log(d["cas_a"].where(d["cas_a"] > 0))
    d["lost_d"] = np.log(d["cas_d"].where(d["cas_d"] > 0))
    d["men_a"], d["men_d"] = np.log(d["str_a"]), np.log(d["str_d"])
    return d.reset_index(drop=True)


def decided(battles: Table) -> Table:
    """Battles with a winner; `won` is 1 where it was the attacker."""
    d = battles[battles["wina"].notna() & (battles["wina"] != 0)].copy()
    d["won"] = (d["wina"] > 0).astype(float)
    return d


def _week(year: int, month: int, day: int) -> float:
    """Weeks since the year 1; an unknown day is the middle of its month."""
    if month < 1:
        month, day = 7, 1
    return date(year, month, day if day > 0 else 15).toordinal() / 7


def read_disputes(data: Path) -> list[dict]:
    """Disputes: number, year, highest hostility, deaths, and who stood on which side when."""
    by_number: dict[int, list[dict]] = {}
    with path_of(data, DISPUTES).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_number.setdefault(int(row["dispnum"]), []).append(row)
    disputes = []
    for number, rows in sorted(by_number.items()):
        members = [
            {
                "state": int(r["ccode"]),
                "side": int(r["sidea"]),
                "first": int(r["orig"]) == 1,
                "hostility": int(r["hostlev"]),
                "start": _week(int(r["styear"]), int(r["stmon"]), int(r["stday"])),
                "end": _week(int(r["endyear"]), int(r["endmon"]), int(r["endday"])),
            }
            for r in rows
        ]
        disputes.append(
            {
                "number": number,
                "year": min(int(r["styear"]) for r in rows),
                "hostility": max(int(r["hostlev"]) for r in rows),
                "deaths": max(int(r["fatality"]) for r in rows),
                "members": members,
            }
        )
    return disputes


def read_states(data: Path) -> dict[int, list[tuple[int, int]]]:
    """For each state the spans of years in which it was in the system."""
    table: Table = pd.read_csv(path_of(data, STATES), usecols=["ccode", "year"])
    spans: dict[int, list[tuple[int, int]]] = {}
    for state, years in table.groupby("ccode")["year"]:
        y = np.sort(years.to_numpy())
        breaks = np.flatnonzero(np.diff(y) > 1)
        starts, ends = np.r_[y[0], y[breaks + 1]], np.r_[y[breaks], y[-1]]
        spans[int(str(state))] = [(int(a), int(b)) for a, b in zip(starts, ends)]
    return spans


def read_initiators(data: Path) -> Table:
    """Wars with a winner: `won` is 1 where the initiators did; capabilities of both sides."""
    d: Table = pd.read_csv(path_of(data, INITIATORS))
    d = d[d["out"].isin([1, 2]) & (d["ca"] > 0) & (d["cb"] > 0)].copy()
    d["won"] = (d["out"] == 1).astype(float)
    d["odds"] = np.log(d["ca"] / d["cb"])
    d["men"] = np.where((d["ma"] > 0) & (d["mb"] > 0), np.log(d["ma"] / d["mb"]), np.nan)
    return d.reset_index(drop=True)


def read_crises(data: Path) -> Table:
    """International crises: year of the trigger, violence from 1 (none) to 4 (full-scale war)."""
    return pd.read_csv(path_of(data, CRISES), encoding="utf-8-sig")[["crisno", "yrtrig", "viol"]]


def read_alliances(data: Path) -> Table:
    """Pairs of states and years with the kind of pact: defence, neutrality, nonaggression."""
    d: Table = pd.read_csv(path_of(data, ALLIANCES))
    low, high = d[["ccode1", "ccode2"]].min(axis=1), d[["ccode1", "ccode2"]].max(axis=1)
    d = d.assign(low=low, high=high)
    kinds = ["defense", "neutrality", "nonaggression"]
    return d.groupby(["low", "high", "year"])[kinds].max().reset_index()
