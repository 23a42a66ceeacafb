"""Disputes breed disputes: a Hawkes process for pairs of states, with unequal pairs allowed for.

    λ_p(t) = μ · u_p + β · Σ_k θ e^(-θ (t - t_k)),     u_p ~ Gamma(k, 1/k)

    μ  base rate of a pair that has quarrelled    1/week
    β  branching: disputes that one begets        1
    θ  forgetting                                 1/week
    k  evenness of pairs (large: all alike)       1

A pair is watched from its `entry`-th dispute within `within` years for as long as both states exist
(or until `quiet` years have passed without one): rules that look back only, so that they bias no
rate. A short `quiet` leaves no room for a base rate, since a dispute after it is never counted.
Weeks at war with each other and the years held out are left out of the likelihood; what happened
in them counts as history. Dates are those of the originators; an unknown day is the middle of its
month.

Stops holding below a few months: the data set merges incidents less than half a year apart into
one dispute. A tide of quarrels that lifts all pairs at once, as in a world war, is taken for
contagion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit, roots_genlaguerre

from .cases import DISPUTES, STATES, WEEKS_A_YEAR, Years, fingerprint, read_disputes, read_states
from .finding import Finding, Measured
from .posterior import Posterior, laplace, logistic
from .scoring import bins, brier, gain, log_loss

SEED = 13
NODES = 24
NAMES = ("ln base", "ln branching", "ln forgetting", "ln evenness")
START = (-6.5, -0.8, -5.0, 0.3)


@dataclass(frozen=True)
class Spell:
    """A pair of states under watch: its disputes, before and during, and the weeks watched."""

    pair: tuple[int, int]
    events: np.ndarray
    windows: list[tuple[float, float]]


def start_of(year: float) -> float:
    """Week in which a year begins."""
    return (year - 1) * WEEKS_A_YEAR


def _cut(windows, out):
    """Windows without the spans in `out`."""
    for a, b in out:
        rest = []
        for lo, hi in windows:
            rest += [(lo, min(hi, a)), (max(lo, b), hi)]
        windows = [(lo, hi) for lo, hi in rest if hi - lo > 1e-9]
    return windows


def spells_of(
    disputes: Sequence[dict],
    states: dict[int, list[tuple[int, int]]],
    entry: int = 2,
    within: float = 10,
    quiet: float = np.inf,
    originators: bool = True,
) -> list[Spell]:
    """Pairs of states while they are rivals by the rule above."""
    began: dict[tuple[int, int], list[float]] = {}
    wars: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for d in disputes:
        for a in d["members"]:
            for b in d["members"]:
                if a["side"] != 1 or b["side"] != 0 or a["state"] == b["state"]:
                    continue
                overlap = max(a["start"], b["start"]) <= min(a["end"], b["end"])
                if not overlap or (originators and not (a["first"] and b["first"])):
                    continue
                pair = (min(a["state"], b["state"]), max(a["state"], b["state"]))
                start, end = max(a["start"], b["start"]), min(a["end"], b["end"])
                began.setdefault(pair, []).append(start)
                if min(a["hostility"], b["hostility"]) == 5:
                    wars.setdefault(pair, []).append((start + 1e-6, end))
    spells = []
    for pair, dates in sorted(began.items()):
        t = np.sort(np.array(dates))
        both = [
            (max(a, c), min(b, d))
            for a, b in states.get(pair[0], [])
            for c, d in states.get(pair[1], [])
            if max(a, c) <= min(b, d)
        ]
        for first, last in both:
            born, gone = start_of(first), start_of(last + 1)
            here = t[(t >= born) & (t < gone)]
            watched_from = None
            for i, moment in enumerate(here):
                if watched_from is None:
                    if i + 1 >= entry and moment - here[i + 1 - entry] <= within * WEEKS_A_YEAR:
                        watched_from = moment
                else:
                    before = here[i - 1] + quiet * WEEKS_A_YEAR
                    if moment > before:
                        spells.append(_spell(pair, here, watched_from, before, wars))
                        watched_from = None
                        if entry == 1:
                            watched_from = moment
            if watched_from is not None:
                end = min(gone, here[-1] + quiet * WEEKS_A_YEAR)
                spells.append(_spell(pair, here, watched_from, end, wars))
    return [s for s in spells if s.windows]


def _spell(pair, here, start, end, wars) -> Spell:
    windows = _cut([(start + 1e-6, end)], wars.get(pair, []))
    return Spell(pair, here[here <= end], windows)


def without(spells: Sequence[Spell], held: Years) -> list[Spell]:
    """The same with the years held out not watched."""
    gap = [(start_of(held.first), start_of(held.last + 1))]
    cut = [Spell(s.pair, s.events, _cut(s.windows, gap)) for s in spells]
    return [s for s in cut if s.windows]


class Likelihood:
    """Log likelihood of every spell, for ln base, ln branching, ln forgetting, ln evenness."""

    def __init__(self, spells: Sequence[Spell], contagion: bool = True, unequal: bool = True):
        self.contagion, self.unequal = contagion, unequal
        n = len(spells)
        k, m = max(len(s.events) for s in spells), max(len(s.windows) for s in spells)
        t = np.full((n, k), np.inf)
        lo, hi = np.zeros((n, m)), np.zeros((n, m))
        for i, s in enumerate(spells):
            t[i, : len(s.events)] = s.events
            lo[i, : len(s.windows)] = [w[0] for w in s.windows]
            hi[i, : len(s.windows)] = [w[1] for w in s.windows]
        real = np.isfinite(t)
        t0 = np.where(real, t, 0.0)
        inside = (t0[:, :, None] >= lo[:, None, :]) & (t0[:, :, None] < hi[:, None, :])
        self.counted = real & inside.any(axis=2)
        self.weeks = (hi - lo).sum(axis=1)
        # Ages of earlier events at each event; at the two ends of each window.
        age = t0[:, :, None] - t0[:, None, :]
        self.before = real[:, :, None] & real[:, None, :] & (age > 1e-3)
        self.age = np.where(self.before, age, 0.0)
        self.from_age = np.maximum(lo[:, None, :] - t0[:, :, None], 0.0)
        self.to_age = np.maximum(hi[:, None, :] - t0[:, :, None], 0.0)
        self.real = real

    def unpack(self, point: np.ndarray) -> tuple[float, float, float, float]:
        """Base, branching, forgetting, evenness; what is not asked for is switched off."""
        base = float(np.exp(point[0]))
        branching, forgetting = (
            (float(np.exp(point[1])), float(np.exp(np.clip(point[2], -9, 1))))
            if self.contagion
            else (0.0, 0.01)
        )
        evenness = float(np.exp(np.clip(point[-1], -3, 5))) if self.unequal else np.inf
        return base, branching, forgetting, evenness

    def __call__(self, point: np.ndarray) -> np.ndarray:
        base, branching, forgetting, evenness = self.unpack(np.asarray(point))
        bred = np.zeros(self.counted.shape)
        total = np.zeros(len(self.weeks))
        if branching > 0:
            bred = np.where(self.before, np.exp(-forgetting * self.age), 0).sum(axis=2)
            bred *= branching * forgetting
            faded = np.exp(-forgetting * self.from_age) - np.exp(-forgetting * self.to_age)
            total = branching * (faded * self.real[:, :, None]).sum(axis=(1, 2))
        if not np.isfinite(evenness):
            rate = np.where(self.counted, base + bred, 1.0)
            return np.log(rate).sum(axis=1) - base * self.weeks - total
        u, weight = frailty(evenness)
        rate = np.where(self.counted[:, :, None], base * u + bred[:, :, None], 1.0)
        each = np.log(rate).sum(axis=1) - np.outer(base * self.weeks, u) + np.log(weight)
        top = each.max(axis=1, keepdims=True)
        return np.log(np.exp(each - top).sum(axis=1)) + top[:, 0] - total


def frailty(evenness: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of Gamma(k, 1/k)."""
    nodes, weights = roots_genlaguerre(NODES, evenness - 1)
    keep = weights > 1e-300
    return nodes[keep] / evenness, weights[keep] / weights.sum()


def estimate(spells: Sequence[Spell], contagion: bool = True, unequal: bool = True):
    """Posterior and likelihood; pairs, not spells, are independent."""
    likelihood = Likelihood(spells, contagion, unequal)
    use = [0] + ([1, 2] if contagion else []) + ([3] if unequal else [])
    names, start = [NAMES[i] for i in use], [START[i] for i in use]
    groups = np.array([s.pair[0] * 1000 + s.pair[1] for s in spells])
    return laplace(likelihood, start, names, groups), likelihood


def year_ahead(spells: Sequence[Spell], held: Years, post: Posterior, like: Likelihood):
    """For each pair and held-out year watched throughout: did a dispute begin, how probably."""
    base, branching, forgetting, evenness = like.unpack(post.mean)
    u, weight = (np.array([1.0]), np.array([1.0])) if np.isinf(evenness) else frailty(evenness)
    happened, chance, lags = [], [], []
    for s in spells:
        for year in range(held.first, held.last + 1):
            a, b = start_of(year), start_of(year + 1)
            if not any(lo <= a and b <= hi + 1e-6 for lo, hi in s.windows):
                continue
            past = s.events[s.events < a]
            bred = branching * np.sum(
                np.exp(-forgetting * (a - past)) * -np.expm1(-forgetting * (b - a))
            )
            # What the pair has shown so far says how quarrelsome it is.
            sofar = Spell(s.pair, past, _cut(s.windows, [(a, np.inf)]))
            log_u = np.log(weight)
            if len(u) > 1 and sofar.windows:
                log_u = log_u + _by_node(sofar, base, branching, forgetting, u)
            w = np.exp(log_u - log_u.max())
            none = float((w / w.sum()) @ np.exp(-base * u * (b - a))) * np.exp(-bred)
            happened.append(float(((s.events >= a) & (s.events < b)).any()))
            chance.append(1 - none)
            ago = (a - past[-1]) / WEEKS_A_YEAR if len(past) else np.inf
            lags.append([float(ago < 1), float(1 <= ago < 3), float(3 <= ago < 8)])
    return np.array(happened), np.array(chance), np.array(lags)


def _by_node(s: Spell, base, branching, forgetting, u) -> np.ndarray:
    """Log likelihood of a pair's past at each node, up to what does not depend on it."""
    total = -base * u * sum(hi - lo for lo, hi in s.windows)
    for lo, hi in s.windows:
        for moment in s.events[(s.events >= lo) & (s.events < hi)]:
            ages = moment - s.events[s.events < moment - 1e-3]
            bred = branching * forgetting * np.exp(-forgetting * ages).sum()
            total = total + np.log(base * u + bred)
    return total


def _lag_table(spells: Sequence[Spell], years: Years):
    """Pair-years wholly watched: did a dispute begin; how long ago was the last."""
    flat = Posterior(("ln base",), np.array([-6.5]), np.eye(1))
    like = Likelihood(spells, False, False)
    happened, _, lags = year_ahead(spells, years, flat, like)
    return happened, lags


def fit(data: Path, held: Years, period: Years, variants: bool = True) -> Finding:
    """All figures on the recurrence of disputes; the variants take most of the time."""
    files = [fingerprint(data, name) for name in (DISPUTES, STATES)]
    out = Finding("clashes", "Disputes breed disputes", files)
    disputes, states = read_disputes(data), read_states(data)
    spells = spells_of(disputes, states)
    apart = without(spells, held)
    everything = Years(1816, 2010)
    happened, lags = _lag_table(spells, everything)
    rows = [("all", len(happened), float(happened.mean()))]
    for label, keep in (
        ("last dispute less than a year before", lags[:, 0] > 0),
        ("1 to 3 years", lags[:, 1] > 0),
        ("3 to 8 years", lags[:, 2] > 0),
        ("longer ago", lags.sum(axis=1) == 0),
    ):
        rows.append((label, int(keep.sum()), float(happened[keep].mean())))
    out.say(
        f"{len(spells)} spells of {len({s.pair for s in spells})} pairs. Share of pair-years",
        f"{everything.first}–{everything.last} in which a dispute began. An earlier study outside",
        "this repository took its rivals from a published list (8 143 pair-years, 0.140; 0.322",
        "after one in the year before, 0.065 after eight quiet years); that list looks back on the",
        "whole of a rivalry and is not among the data here, so its figures are not reproduced but",
        "replaced.",
    )
    out.table(("pair-years", "n", "share with a new dispute"), rows)

    fits, rows = {}, []
    for label, contagion, unequal in (
        ("constant rate", False, False),
        ("unequal pairs", False, True),
        ("contagion", True, False),
        ("contagion, unequal pairs", True, True),
    ):
        post, like = estimate(apart, contagion, unequal)
        fits[label] = (post, like)
        rows.append((label, *_row(post, like), float(like(post.mean).sum())))
    head = ("model", "base, 1/year", "branching", "forgetting, 1/week", "carried over a year",
            "evenness", "ln likelihood")  # fmt: skip
    out.say(f"Fitted outside {held.first}–{held.last}.")
    out.table(head, rows)

    if variants:
        _variants(out, disputes, states, spells, held, head)
    _score(out, spells, apart, held, fits)
    post, _ = fits["contagion, unequal pairs"]
    draws = post.draws(20000, SEED)
    count = int(sum(counted_in(apart)))
    how = "Hawkes process with gamma frailty by pair (Laplace, sandwich by pair where wider)"
    for name, values, unit, title in (
        ("clash_branching", np.exp(draws["ln branching"]), "1", "Disputes that one dispute begets"),
        ("clash_decay", np.exp(draws["ln forgetting"]), "1/week", "Forgetting of disputes"),
        ("clash_base", draws["ln base"], "ln 1/week", "Base rate of disputes of a mean rival pair"),
    ):
        out.measured.append(
            Measured.from_draws(name, values, title=title, unit=unit, cases=count, method=how)
        )
    out.say(
        "Limits: one dispute of several states counts once for each pair; a tide of quarrels that",
        "lifts many pairs together counts as contagion; quarrels before a pair's second dispute in",
        "ten years are history and not likelihood; secret clashes are missing.",
    )
    return out


def _variants(out: Finding, disputes, states, spells, held: Years, head) -> None:
    rows = []
    rules: tuple[tuple[str, dict[str, Any]], ...] = (
        ("from the first dispute", {"entry": 1}),
        ("from the third within 15 years", {"entry": 3, "within": 15}),
        ("until 30 quiet years", {"quiet": 30}),
        ("joiners too", {"originators": False}),
    )
    for label, options in rules:
        other = without(spells_of(disputes, states, **options), held)
        post, like = estimate(other)
        rows.append(
            (f"{label}: {len(other)} spells", *_row(post, like), float(like(post.mean).sum()))
        )
    late = [Spell(s.pair, s.events, _cut(s.windows, [(-1e9, start_of(1946))])) for s in spells]
    post, like = estimate([s for s in late if s.windows])
    rows.append(("only after 1945", *_row(post, like), float(like(post.mean).sum())))
    out.say("How far it depends on who counts as rivals (contagion and unequal pairs).")
    out.table(head, rows)


def counted_in(spells: Sequence[Spell]) -> list[int]:
    """Disputes that enter the likelihood, for each spell."""
    return [
        sum(int(((s.events >= lo) & (s.events < hi)).sum()) for lo, hi in s.windows) for s in spells
    ]


def _row(post: Posterior, like: Likelihood) -> list[object]:
    base, branching, forgetting, evenness = like.unpack(post.mean)
    cells: list[object] = [float(base * WEEKS_A_YEAR)]
    if like.contagion:
        cells += [
            f"{branching:.2f} × {np.exp(post.sd('ln branching')):.2f}^±1",
            f"{forgetting:.4f} × {np.exp(post.sd('ln forgetting')):.2f}^±1",
            float(np.exp(-forgetting * WEEKS_A_YEAR)),
        ]
    else:
        cells += ["–", "–", "–"]
    cells.append(f"{evenness:.2f}" if like.unequal else "–")
    return cells


def _score(out: Finding, spells, apart, held: Years, fits) -> None:
    rows, kept = [], {}
    base = None
    for label, (post, like) in fits.items():
        y, p, _ = year_ahead(spells, held, post, like)
        kept[label] = (y, p)
        base = p if base is None else base
        g = gain(y, p, base, SEED)
        rows.append((label, len(y), float(p.mean()), log_loss(y, p), brier(y, p),
                     f"{g[1]:+.3f} to {g[2]:+.3f}"))  # fmt: skip
    happened, lags = [], []
    for years in (Years(1816, held.first - 1), Years(held.last + 1, 2010)):
        a, b = _lag_table(apart, years)
        happened.append(a)
        lags.append(b)
    names = ("one", "three", "eight")
    rule = logistic(np.concatenate(lags), np.concatenate(happened), names)
    y, lag = _lag_table(spells, held)
    p = expit(rule.mean[0] + lag @ rule.mean[1:])
    assert base is not None
    g = gain(y, p, base, SEED)
    rows.append(("logistic on years since the last", len(y), float(p.mean()), log_loss(y, p),
                 brier(y, p), f"{g[1]:+.3f} to {g[2]:+.3f}"))  # fmt: skip
    y = kept["constant rate"][0]
    out.say(
        f"One year ahead in {held.first}–{held.last}: probability that a dispute begins in a",
        f"pair-year ({y.mean():.3f} did). The gain in log loss is over the constant rate",
        f"(bootstrap over pair-years, seed {SEED}).",
    )
    out.table(("model", "pair-years", "mean probability", "log loss", "Brier", "gain, 95 %"), rows)
    y, p = kept["contagion, unequal pairs"]
    out.say("Calibration of contagion with unequal pairs on the years held out:")
    out.table(("pair-years", "predicted", "happened", "standard error"), bins(y, p))
