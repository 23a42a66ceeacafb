"""Sequential Monte Carlo over whole histories, with moves that find new parameters.

A history is what it was born with (z, standard normal scores of parameters and minds) and its luck
(u, one address for each stage). Both decide everything, so at the end of stage s the target is

    π_s(z, u) ∝ φ(z) p(u) Π_{r ≤ s} g_r(z, u)^η          g_r   likelihood of the record in stage r
    ln W     += η δ ln g_s                               δ     part of stage s taken in at once

Histories are resampled (systematically) when the effective sample size falls below half. Without
moves a stage is taken in whole. With moves it is taken in by parts, each as large as keeps half of
the effective sample size, and when few births are left every history proposes another:

    z'_j = a_j z_j + √(1 - a_j²) ξ_j,  ξ ~ N(0, 1)       u' = u but for some stages, drawn afresh
    α    = min(1, [Π g(z', u')/Π g(z, u)]^η)

The proposal leaves φ(z) p(u) as it is (preconditioned Crank-Nicolson), so α needs the likelihood
alone and the move leaves π_s as it is, whatever the system. The proposal is run again from the
first week with the luck of the history that proposes it: in this way the ratio compares births and
not luck. In one sweep half of the histories step in their foremost scores alone, those that the
likelihood is most sensitive to, and half in the others. In the next sweep the foremost move
together, with a normal N(m, C) fitted to the population in the place of N(0, 1) and α multiplied by
φ(z') N(z; m, C) / φ(z) N(z'; m, C): what the record ties together moves together. The foremost are
few at first, and more as long as the longest steps are accepted; C is drawn towards the prior where
there are few births for so many scores. A run is given up as soon as it cannot be accepted any
more, since likelihoods are bounded; that changes nothing but the time. Steps are shorter where
earlier proposals show that the likelihood is sensitive (a_j near 1). Steps and the fitted normal
depend on the population only (an adaptive sampler, consistent as the number of histories grows).

    founders    first histories that have descendants
    births      distinct z: what a moved history was born with is its own
    families    sets with a common origin not yet forgotten: a history founds one of its own when
                for every score the a_j of its moves multiply to less than `FORGOTTEN`

References: Gilks & Berzuini 2001 (resample-move); Del Moral, Doucet & Jasra 2006; Cotter, Roberts,
Stuart & White 2013 (the proposal); Beskos, Jasra, Muzaffer & Stuart 2015 (both together); Beskos,
Jasra, Kantas & Thiery 2016 (adaptation). Stops holding for the names above: if moves are rare,
births of one family lie near each other and know less than their number says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

LEAST_ESS = 0.5
FEW_BIRTHS = 0.2
"""Effective births, as a share of histories, below which histories move."""
MANY_BIRTHS = 0.4
"""The same at which they stop."""
FORGOTTEN = 0.1
AIM = 0.2
"""Share of proposals to accept."""
MOVED_TOGETHER = 2048
ROUNDING = 1e-6
FLOOR = 0.01
TOGETHER = 20
SPREAD_OUT, RIDGE = 1.2, 0.02
FOREMOST, OTHERS, FITTED = range(3)
"""What a history moves: its foremost scores or the others alone, or the foremost together."""
_LUCK, _MOVE = 1, 3


class Histories(Protocol):
    """What the sampler asks of a system."""

    def born(self, births: np.ndarray) -> Any:
        """States at week 0 of histories born with these scores [n, scores]."""
        ...

    def advance(
        self, states: Any, luck: np.ndarray, first: float, last: float
    ) -> tuple[Any, np.ndarray]:
        """Follows the record over some weeks: the states then, and ln g [n]."""
        ...

    def most(self, first: float, last: float) -> float:
        """The largest ln g that these weeks can give, at least 0."""
        ...

    def take(self, states: Any, rows: np.ndarray) -> Any:
        """The states in `rows`."""
        ...

    def put(self, states: Any, rows: np.ndarray, others: Any) -> None:
        """Replaces the states in `rows`."""
        ...


def normal(log_weight: np.ndarray) -> np.ndarray:
    """Weights that add up to one."""
    weight = np.exp(log_weight - log_weight.max())
    return weight / weight.sum()


def log_sum(values: np.ndarray) -> float:
    """ln Σ e^x."""
    most = values.max()
    return float(most + np.log(np.exp(values - most).sum()))


def ess(weight: np.ndarray) -> float:
    """Effective sample size 1/Σw² (Kong, Liu & Wong 1994)."""
    return float(1.0 / np.sum(weight**2))


def systematic(weight: np.ndarray, u: float) -> np.ndarray:
    """Rows drawn so that a history of weight w appears ⌊nw⌋ or ⌈nw⌉ times (Kitagawa 1996)."""
    count = len(weight)
    return np.searchsorted(np.cumsum(weight), (u + np.arange(count)) / count).clip(max=count - 1)


def luck_of(seed: int, use: int, *address: int) -> np.random.Generator:
    """Numbers that depend on the seed, their use and their address alone."""
    return np.random.default_rng([seed, use, *address])


@dataclass
class Sweep:
    """One move of all histories."""

    week: float
    accepted: float
    births: int
    """Distinct births afterwards."""
    kept: float
    """a of a typical proposal: what its most sensitive scores keep."""
    weeks_run: float
    """Weeks run, in passes of one history from the start to here."""
    together: bool = False


class _Proposal(NamedTuple):
    """Births, a_j [n, scores], and what the ratio gains by what they were drawn from."""

    births: np.ndarray
    keeps: np.ndarray
    correction: np.ndarray


@dataclass
class Population:
    """Histories on their way through the record.

    births [n, scores]; luck: by stage, the id whose draws each history got; past, gained: ln g of
    the stages finished and of the one at hand; memory: what a history shares with its family.
    """

    histories: Histories
    states: Any
    births: np.ndarray
    seed: int
    power: float
    moves: int = 0
    week: float = 0.0
    founders: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    families: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    own: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    memory: np.ndarray = field(default_factory=lambda: np.zeros(0))
    log_weight: np.ndarray = field(default_factory=lambda: np.zeros(0))
    past: np.ndarray = field(default_factory=lambda: np.zeros(0))
    stages: list[tuple[float, float]] = field(default_factory=list)
    luck: list[np.ndarray] = field(default_factory=list)
    surprises: list[tuple[float, float]] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    ledger: list[Any] = field(default_factory=list)
    """What the holder of the states notes about each stage."""
    resamplings: int = 0
    log_evidence: float = 0.0
    """ln of the estimate of E[Π g^η] under the prior; unbiased before the logarithm is taken."""
    sensitivity: np.ndarray | None = None
    step: list[float] = field(default_factory=lambda: [0.05, 0.05, 0.5])
    """How far histories step: of `FOREMOST`, of the others, and together."""
    together: int = TOGETHER
    """How many scores move together: more as long as the longest steps are accepted."""
    _taken: np.ndarray = field(default_factory=lambda: np.zeros(0), repr=False)

    def __post_init__(self) -> None:
        count = len(self.births)
        self.founders, self.families, self.own = (np.arange(count) for _ in range(3))
        self.memory = np.ones_like(self.births)
        self.log_weight, self.past = np.zeros(count), np.zeros(count)

    @property
    def count(self) -> int:
        """Number of histories."""
        return len(self.births)

    @property
    def distinct(self) -> int:
        """Number of distinct births."""
        return len(np.unique(self.own))

    def finish(self, last: float, states: Any, gained: np.ndarray) -> None:
        """Takes in a stage that ends at week `last`, run by whoever holds the states."""
        self.stages.append((self.week, last))
        self.luck.append(np.arange(self.count))
        self.surprises.append((last, float(np.sum(normal(self.log_weight) * gained))))
        self.states, self.week = states, last
        self._taken = gained
        left = 1.0
        while left > 0.0:
            part = self._part(left) if self.moves else left
            left = 0.0 if part >= left else left - part
            before = log_sum(self.log_weight)
            self.log_weight = self.log_weight + self.power * part * self._taken
            self.log_evidence += log_sum(self.log_weight) - before
            weight = normal(self.log_weight)
            if ess(weight) < LEAST_ESS * self.count * (1.0 - 1e-6) or left > 0.0:
                if self.sensitivity is None and self.moves:
                    self._begin_to_feel(1.0 - left)
                self._resample(weight)
                if self.moves and shares(self.own) < FEW_BIRTHS * self.count:
                    self._move(1.0 - left)
        self.past = self.past + self._taken

    def _part(self, left: float) -> float:
        """The largest part of the stage that leaves half of the effective sample size."""

        def kept(part: float) -> float:
            return ess(normal(self.log_weight + self.power * part * self._taken))

        if kept(left) >= LEAST_ESS * self.count:
            return left
        low, high = 0.0, left
        for _ in range(40):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if kept(middle) >= LEAST_ESS * self.count else (low, middle)
        # A single history that outweighs all others must not stop the clock.
        return max(low, 1e-3)

    def _resample(self, weight: np.ndarray) -> None:
        self.resamplings += 1
        u = luck_of(self.seed, _LUCK, int(self.week), self.resamplings).random()
        rows = systematic(weight, float(u))
        self.states = self.histories.take(self.states, rows)
        for name in ("births", "founders", "families", "own", "memory", "past", "_taken"):
            setattr(self, name, getattr(self, name)[rows])
        self.luck = [ids[rows] for ids in self.luck]
        self.log_weight = np.zeros(self.count)

    # Moving.

    def _begin_to_feel(self, part: float) -> None:
        """Squared slopes of the likelihood on the scores, as far as they stand out from noise."""
        likelihood = self.power * (self.past + part * self._taken)
        likelihood = likelihood - likelihood.mean()
        slopes = likelihood @ self.births / self.count
        noise = likelihood.var() / self.count
        self.sensitivity = np.maximum(0.0, slopes**2 - noise)

    def _move(self, part: float) -> None:
        for _ in range(self.moves):
            for fitted in (False, True):
                self._sweep(part, fitted)
            if shares(self.own) >= MANY_BIRTHS * self.count:
                break

    def _foremost(self) -> np.ndarray:
        """The scores that the likelihood is most sensitive to."""
        assert self.sensitivity is not None
        return np.argsort(-self.sensitivity, kind="stable")[: self.together]

    def _steps_alone(self, scale: np.ndarray, fresh: np.ndarray, chosen: np.ndarray) -> _Proposal:
        """Each chosen score by itself, the shorter the more sensitive: leaves φ as it is."""
        assert self.sensitivity is not None
        felt = np.where(chosen, self.sensitivity, 0.0)
        most = np.maximum(felt.max(axis=1, initial=0.0, keepdims=True), np.finfo(float).tiny)
        keeps = 1.0 - np.minimum(1.0, scale[:, None] / (felt / most + FLOOR))
        keeps = np.where(chosen, keeps, 1.0)
        births = keeps * self.births + np.sqrt(1.0 - keeps**2) * fresh
        return _Proposal(births, keeps, np.zeros(self.count))

    def _steps_together(self, scale: np.ndarray, fresh: np.ndarray) -> _Proposal:
        """The most sensitive scores along the directions in which the population spreads.

        Leaves the fitted normal as it is, so α is corrected by its ratio to φ.
        """
        some = self._foremost()
        now = self.births[:, some]
        mean = now.mean(axis=0)
        cov = np.cov(now.T).reshape(len(some), len(some))
        # Few births say little of so many directions; what they leave open is as in the prior.
        known = shares(self.own)
        known /= known + len(some)
        cov = SPREAD_OUT * known * cov + (SPREAD_OUT * (1.0 - known) + RIDGE) * np.eye(len(some))
        root = np.linalg.cholesky(cov)
        stays = 1.0 - np.minimum(1.0, scale)
        white = np.linalg.solve(root, (now - mean).T).T
        moved = stays[:, None] * white + np.sqrt(1.0 - stays**2)[:, None] * fresh[:, some]
        births, keeps = self.births.copy(), np.ones_like(self.births)
        births[:, some] = mean + moved @ root.T
        keeps[:, some] = stays[:, None]
        towards = 0.5 * (moved**2 - white**2).sum(axis=1)
        return _Proposal(births, keeps, towards - 0.5 * (births[:, some] ** 2 - now**2).sum(axis=1))

    def _sweep(self, part: float, fitted: bool) -> None:
        number = len(self.sweeps) + 1
        rng = luck_of(self.seed, _MOVE, number)
        count, scores = self.births.shape
        fresh = rng.standard_normal((count, scores))
        kind = np.full(count, FITTED) if fitted else rng.integers(FITTED, size=count)
        scale = np.array(self.step)[kind] * np.exp(rng.standard_normal(count))
        threshold = np.log(rng.random(count))
        redrawn = rng.random((len(self.stages), count)) < 1.0 / len(self.stages)
        if fitted:
            offer = self._steps_together(scale, fresh)
        else:
            foremost = np.isin(np.arange(scores), self._foremost())
            offer = self._steps_alone(scale, fresh, foremost == (kind == FOREMOST)[:, None])
        # Ids beyond those of all stages and earlier sweeps: luck that nobody has had.
        luck = [
            np.where(again, count * number + np.arange(count), ids)
            for again, ids in zip(redrawn, self.luck)
        ]
        accepted = np.zeros(count, bool)
        weeks = 0.0
        for begin in range(0, count, MOVED_TOGETHER):
            rows = np.arange(begin, min(count, begin + MOVED_TOGETHER))
            weeks += self._try(rows, offer, luck, threshold, part, accepted)
        if not fitted:
            self._learn(fresh, offer.keeps, accepted)
        self.births = np.where(accepted[:, None], offer.births, self.births)
        self.luck = [np.where(accepted, new, old) for new, old in zip(luck, self.luck)]
        self.own = np.where(accepted, self.own.max() + 1 + np.arange(count), self.own)
        self.memory = np.where(accepted[:, None], self.memory * offer.keeps, self.memory)
        forgotten = self.memory.max(axis=1, initial=0.0) < FORGOTTEN
        self.families = np.where(
            forgotten, self.families.max() + 1 + np.arange(count), self.families
        )
        self.memory[forgotten] = 1.0
        rate = 0.0
        for each in np.unique(kind):
            rate = float(accepted[kind == each].mean())
            self.step[each] = float(
                np.clip(self.step[each] * np.exp(4.0 * (rate - AIM)), 1e-4, 1.0)
            )
        if fitted and rate > AIM and self.step[FITTED] == 1.0:
            self.together = min(scores, 3 * self.together // 2)
        elif fitted and rate < 0.5 * AIM:
            self.together = max(min(TOGETHER, scores), 2 * self.together // 3)
        moved = np.where(offer.keeps < 1.0, offer.keeps, 0.0)
        kept = float(np.median(offer.keeps.min(axis=1) if fitted else moved.max(axis=1)))
        rate = float(accepted.mean())
        self.sweeps.append(
            Sweep(self.week, rate, self.distinct, kept, weeks / (count * self.week), fitted)
        )

    def _try(
        self, rows: np.ndarray, offer: _Proposal, luck: list[np.ndarray], threshold: np.ndarray,
        part: float, accepted: np.ndarray,
    ) -> float:  # fmt: skip
        """Runs proposals of some histories and keeps those accepted; returns the weeks run."""
        now = self.power * (self.past[rows] + part * self._taken[rows]) - offer.correction[rows]
        states = self.histories.born(offer.births[rows])
        so_far = np.zeros(len(rows))
        weeks = 0.0
        gained = so_far
        for n, (first, last) in enumerate(self.stages):
            states, gained = self.histories.advance(states, luck[n][rows], first, last)
            weeks += len(rows) * (last - first)
            final = n == len(self.stages) - 1
            lead = self.power * (so_far + (part if final else 1.0) * gained) - now
            to_come = 0.0 if final else self.histories.most(last, self.week) + ROUNDING
            alive = np.flatnonzero(lead >= threshold[rows] - self.power * to_come)
            if len(alive) < len(rows):
                rows, now = rows[alive], now[alive]
                so_far, gained = so_far[alive], gained[alive]
                if len(rows) == 0:
                    return weeks
                states = self.histories.take(states, alive)
            so_far = so_far if final else so_far + gained
        accepted[rows] = True
        self.histories.put(self.states, rows, states)
        self.past[rows], self._taken[rows] = so_far, gained
        return weeks

    def _learn(self, fresh: np.ndarray, keeps: np.ndarray, accepted: np.ndarray) -> None:
        """Where a large ξ_j² went with refusal, the likelihood is sensitive to z_j."""
        assert self.sensitivity is not None
        felt = 1.0 - accepted
        moved = keeps < 1.0
        trials = np.maximum(moved.sum(axis=0), 1)
        mean = (felt @ moved) / trials
        squares = np.where(moved, fresh**2, 0.0)
        together = (felt @ squares - mean * squares.sum(axis=0)) / trials
        spread = np.sqrt(np.maximum(0.0, (felt**2 @ moved) / trials - mean**2))
        noise = spread * np.sqrt(2.0 / trials)
        stepped = ((1.0 - keeps**2) * moved).sum(axis=0) / trials
        found = np.maximum(0.0, together - noise) / np.maximum(stepped, np.finfo(float).tiny)
        if found.max(initial=0.0) > 0.0:
            most = self.sensitivity.max(initial=0.0)
            before = self.sensitivity / most if most > 0.0 else 0.0
            self.sensitivity = 0.5 * before + 0.5 * found / found.max()


def shares(labels: Sequence[int] | np.ndarray) -> float:
    """Effective number 1/Σf² of families with these labels (f their shares)."""
    _, sizes = np.unique(labels, return_counts=True)
    return float(1.0 / np.sum((sizes / sizes.sum()) ** 2))
