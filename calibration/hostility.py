"""Hostility before the scenario begins: how a pair's past foretells that one attacks the other.

    ln odds that i uses force against j within 15 years = b₀ + b·x_ij(t)

    x  disputes of the two, last 10 years and the 20 before     ln(1 + n)
       i used force against j; i, or j, wanted territory of the other; the two were at war with
       each other on whatever side: each within 30 years        0 or 1
       disputes of i with others, last 10 years                 ln(1 + n)
       capability of i and of j (share of the world's)          ln
       whether both hold a twentieth of it; whether their state numbers place them in one part
       of the world

The rule of scale, laid down before any score was looked at: the scenario's hostility of i towards j
is that probability at the scenario's first year, neither stretched nor shifted. 0 means that a
quarrel would not be carried to arms, 1 that it surely would.

Fitted on windows of 15 years that end before the scenario begins, on ordered pairs that are not
both powers of the scenario, where at least one holds a twentieth of the world's capability or the
two have had a dispute within 30 years (Lemke & Reed 2001: politically relevant pairs). A dispute
counts for a pair that stood on opposite sides of it if one of the two began it: two who join
somebody else's quarrel do not quarrel themselves. Intervals by bootstrap over pairs.

There is no table of borders and distances among the data; the parts of the world in the numbering
of states stand in for it (Russia and Turkey lie in two). Stops holding for new states, whose past
is short, and for a change of rule: what a revolution wants is not in its predecessor's disputes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .cases import DISPUTES, STATES, Table, Years, fingerprint, path_of, read_disputes, read_states
from .clashes import start_of
from .finding import HERE, Finding, Measured
from .posterior import Posterior, chances, logistic
from .scoring import bins, brier, gain, log_loss

FIRST, LENGTH = 1931, 15
WINDOWS = tuple(range(1841, FIRST, LENGTH))
RECENT, MEMORY = 10, 30
FORCE, WAR = 4, 5
GREAT = 0.05
REPLICATES, SEED = 400, 17
FITTED = "logistic regression on the pair's past, weak prior (bootstrap over pairs)"
EXTENDED = FITTED + ", stretched to a pair that is not relevant by the rule"
SLOPE_PRECISION = 0.25
PARTS = ((1, 199, "Americas"), (200, 399, "Europe"), (400, 629, "Africa"),
         (630, 699, "Middle East"), (700, 999, "Asia"))  # fmt: skip
IN_TWO = {365: {"Europe", "Asia"}, 640: {"Europe", "Middle East"}}
NAMES = (
    "recent disputes", "earlier disputes", "own force", "own claim", "other's claim", "war",
    "own other disputes", "own capability", "other's capability", "both great", "same part",
)  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """Two states on opposite sides of a dispute, as the first of them stood there."""

    week: float
    hostility: int
    claims: bool
    direct: bool
    war: bool


@cache
def powers() -> dict[str, int]:
    """The number of each power of the flagship among the states."""
    with (HERE / "powers.csv").open(encoding="utf-8") as file:
        return {row["actor"]: int(row["state"]) for row in csv.DictReader(file)}


def parts(state: int) -> set[str]:
    """The parts of the world in which the numbering of states places one."""
    found = {name for low, high, name in PARTS if low <= state <= high}
    return IN_TWO.get(state, found)


class Past:
    """Disputes by ordered pair and by state, and capabilities."""

    def __init__(self, data: Path) -> None:
        claims = self._claims(data)
        self.meetings: dict[tuple[int, int], list[Meeting]] = {}
        self.of_state: dict[int, list[tuple[float, int]]] = {}
        for d in read_disputes(data):
            for a in d["members"]:
                others = [b for b in d["members"] if b["side"] != a["side"]]
                for b in others:
                    if max(a["start"], b["start"]) > min(a["end"], b["end"]):
                        continue
                    start = max(a["start"], b["start"])
                    self.meetings.setdefault((a["state"], b["state"]), []).append(
                        Meeting(
                            start, a["hostility"], (d["number"], a["state"]) in claims,
                            a["first"] or b["first"],
                            min(a["hostility"], b["hostility"]) == WAR,
                        )
                    )  # fmt: skip
                    self.of_state.setdefault(a["state"], []).append((start, b["state"]))
        self.spans = read_states(data)
        table: Table = self._capabilities(data)
        self.share = {(int(r.ccode), int(r.year)): float(r.cinc) for r in table.itertuples()}

    @staticmethod
    def _claims(data: Path) -> set[tuple[int, int]]:
        """Disputes and the states that wanted territory in them."""
        with path_of(data, DISPUTES).open(encoding="utf-8") as file:
            return {
                (int(r["dispnum"]), int(r["ccode"])) for r in csv.DictReader(file)
                if r["revstate"] == "1" and r["revtype1"] == "1"
            }  # fmt: skip

    @staticmethod
    def _capabilities(data: Path) -> Table:
        import pandas as pd

        return pd.read_csv(path_of(data, STATES), usecols=["ccode", "year", "cinc"])

    def here(self, state: int, year: int) -> bool:
        """Whether a state was in the system in the year before."""
        return any(a <= year - 1 <= b for a, b in self.spans.get(state, ()))

    def capability(self, state: int, year: int) -> float:
        """Share of the world's capability in the year before; a ten-thousandth at least."""
        return max(self.share.get((state, year - 1), 0.0), 1e-4)

    def relevant(self, a: int, b: int, year: int) -> bool:
        """Whether a pair is likely to have to do with each other."""
        since = start_of(year - MEMORY)
        met = any(since <= m.week < start_of(year) and m.direct for m in self.met(a, b))
        return met or max(self.capability(a, year), self.capability(b, year)) >= GREAT

    def met(self, a: int, b: int) -> list[Meeting]:
        """Every dispute of two states, as the first stood in it."""
        return self.meetings.get((a, b), [])

    def features(self, a: int, b: int, year: int) -> list[float]:
        """x of an ordered pair on the first day of a year: nothing later is used."""
        now, recent, memory = (start_of(year - n) for n in (0, RECENT, MEMORY))
        mine = [m for m in self.met(a, b) if memory <= m.week < now]
        theirs = [m for m in self.met(b, a) if memory <= m.week < now]
        own = [m for m in mine if m.direct]
        elsewhere = sum(recent <= w < now and other != b for w, other in self.of_state.get(a, ()))
        return [
            float(np.log1p(sum(m.week >= recent for m in own))),
            float(np.log1p(sum(m.week < recent for m in own))),
            float(any(m.hostility >= FORCE for m in own)),
            float(any(m.claims for m in own)),
            float(any(m.claims for m in theirs if m.direct)),
            float(any(m.war for m in mine)),
            float(np.log1p(elsewhere)),
            float(np.log(self.capability(a, year))),
            float(np.log(self.capability(b, year))),
            float(min(self.capability(a, year), self.capability(b, year)) >= GREAT),
            float(bool(parts(a) & parts(b))),
        ]

    def came(self, a: int, b: int, year: int) -> float:
        """1.0 if the first used force against the second within the window."""
        begin, end = start_of(year), start_of(year + LENGTH)
        return float(
            any(begin <= m.week < end and m.hostility >= FORCE and m.direct for m in self.met(a, b))
        )


@dataclass(frozen=True)
class Rows:
    """Ordered pairs at the first days of windows: x, whether force came, pair and year."""

    x: np.ndarray
    y: np.ndarray
    pair: np.ndarray
    year: np.ndarray

    def take(self, keep: np.ndarray) -> Rows:
        """Some of them."""
        return Rows(self.x[keep], self.y[keep], self.pair[keep], self.year[keep])


def rows_of(past: Past, years: Iterable[int]) -> Rows:
    """Every relevant ordered pair at the beginning of every window."""
    x, y, pair, when = [], [], [], []
    for year in years:
        states = sorted(s for s in past.spans if past.here(s, year))
        for a in states:
            for b in states:
                if a != b and past.relevant(a, b, year):
                    x.append(past.features(a, b, year))
                    y.append(past.came(a, b, year))
                    pair.append((a, b))
                    when.append(year)
    return Rows(np.array(x), np.array(y), np.array(pair), np.array(when))


def fitted(x: np.ndarray, y: np.ndarray) -> Posterior:
    """The regression with its weak prior."""
    return logistic(x, y, NAMES, [1e-6, *[SLOPE_PRECISION] * len(NAMES)])


def resampled(rows: Rows, at: np.ndarray, number: int = REPLICATES) -> np.ndarray:
    """Probabilities [number, places] under fits to pairs drawn with replacement."""
    low, high = rows.pair.min(axis=1), rows.pair.max(axis=1)
    _, group = np.unique(low * 10_000 + high, return_inverse=True)
    members = [np.flatnonzero(group == g) for g in range(int(group.max()) + 1)]
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(number):
        drawn = rng.integers(0, len(members), len(members))
        keep = np.concatenate([members[g] for g in drawn])
        found.append(chances(fitted(rows.x[keep], rows.y[keep]), at))
    return np.array(found)


def among(rows: Rows) -> np.ndarray:
    """Which rows are pairs of the scenario's own powers."""
    own = list(powers().values())
    return np.isin(rows.pair[:, 0], own) & np.isin(rows.pair[:, 1], own)


def fit(data: Path, held: Years, period: Years) -> Finding:
    """Hostilities of the flagship's powers, and how far such numbers can be trusted."""
    files = [fingerprint(data, name) for name in (DISPUTES, STATES)]
    out = Finding("hostility", "Hostility before the scenario begins", files, beside=False)
    past = Past(data)
    every = rows_of(past, (*WINDOWS, FIRST))
    own = among(every)
    before = every.year < FIRST
    rows = every.take(before & ~own)
    post = fitted(rows.x, rows.y)
    out.say(
        f"{len(rows.y)} ordered pairs and windows of {LENGTH} years, {WINDOWS[0]} to {FIRST - 1};",
        f"in {int(rows.y.sum())} the first used force against the second.",
    )
    out.table(
        ("of the pair", "ln odds"), [(n, f"{post[n]:+.2f} ± {post.sd(n):.2f}") for n in NAMES]
    )
    _score(out, every, own, before)
    _apply(out, past, rows)
    out.say(
        "Limits: no borders, distances, alliances or regimes; a union and a successor inherit the",
        "disputes of the state whose number they carry (the Soviet Union those of Russia); what is",
        "not on record as a dispute is no quarrel; who began a dispute is the coders' judgement.",
    )
    return out


def _score(out: Finding, every: Rows, own: np.ndarray, before: np.ndarray) -> None:
    table, calibration = [], None
    tests = [(f"{y}–{y + LENGTH - 1}, earlier windows", (every.year < y) & ~own,
              (every.year == y) & ~own) for y in WINDOWS[3:]]  # fmt: skip
    tests += [
        (f"powers of the scenario, before {FIRST}", before & ~own, before & own),
        (f"{FIRST}–{FIRST + LENGTH - 1}, other pairs", before & ~own, ~before & ~own),
    ]
    for label, train, test in tests:
        post = fitted(every.x[train], every.y[train])
        p, y = chances(post, every.x[test]), every.y[test]
        base = np.full(len(y), every.y[train].mean())
        low, high = gain(y, p, base)[1:]
        table.append(
            (label, len(y), int(y.sum()), log_loss(y, base), log_loss(y, p), brier(y, base),
             brier(y, p), f"{low:+.3f} to {high:+.3f}")
        )  # fmt: skip
        calibration = bins(y, p)
    out.say("Out of sample. `base` gives every pair the share of the windows fitted on.")
    out.table(
        ("scored on", "pairs", "force", "log loss, base", "log loss", "Brier, base", "Brier",
         "gain, 95 %"), table,
    )  # fmt: skip
    assert calibration is not None
    out.say(f"Calibration on other pairs, {FIRST}–{FIRST + LENGTH - 1}:")
    out.table(("pairs", "predicted", "happened", "standard error"), calibration)


def _apply(out: Finding, past: Past, rows: Rows) -> None:
    numbers = powers()
    pairs = [(i, j) for i in numbers for j in numbers if i != j]
    known = [past.relevant(numbers[i], numbers[j], FIRST) for i, j in pairs]
    at = np.array([past.features(numbers[i], numbers[j], FIRST) for i, j in pairs])
    drawn = resampled(rows, at)
    value = chances(fitted(rows.x, rows.y), at)
    for (i, j), inside, p, draws in zip(pairs, known, value, drawn.T):
        low, high = np.quantile(draws, [0.025, 0.975])
        short = [float(f"{v:.3g}") for v in (p, min(low, p), max(high, p), draws.std())]
        out.measured.append(
            Measured(
                name=f"hostility_{i}_{j}", title=f"Hostility of {i} towards {j} in {FIRST}",
                value=short[0], low=short[1], high=short[2], sd=short[3], unit="1",
                cases=len(rows.y), method=FITTED if inside else EXTENDED,
            )
        )  # fmt: skip
    silent = [f"{i}–{j}" for (i, j), inside in zip(pairs, known) if not inside and i < j]
    out.say(
        f"Hostility of the row towards the column at the beginning of {FIRST}; 95 % stand in",
        "`calibration/measured.toml`.",
    )
    if silent:
        out.say(
            "The rule of relevance leaves out, and the same formula is stretched to (graded",
            f"`estimated` in the scenario): {', '.join(silent)}.",
        )
    out.table(("", *numbers), list(_square(list(numbers), pairs, value)))


def _square(
    names: Sequence[str], pairs: Sequence[tuple[str, str]], value: np.ndarray
) -> Iterable[Sequence[object]]:
    known = dict(zip(pairs, value))
    for i in names:
        yield (i, *(f"{known[i, j]:.2f}" if (i, j) in known else "–" for j in names))
