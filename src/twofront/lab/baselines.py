"""Baselines: what a sceptic would forecast without any model, from what lies before the window.

    climatology  p = (k + 1)/(n + 2)                   k events in n pair-years of the act so far
    base rate    p = (k + 1)/(n + 2) over the whole record: hindsight, so no forecast; a hard mark
    logistic     ln p/(1 - p) = b₀ + b·x               x: capability shares of the two
    hostilities  p = max(D_ij, D_ji) for a war by the end of the scenario, as people who know what
                 happened set it (the table that the scenario is written with)
    no change    p = floor                             what is in force stays, nothing else comes

p is per year there, and 1 - (1 - p)^years over a longer window (a constant hazard, from which the
dates come too). One pair-year of each kind is imagined before any is seen (Laplace's rule of
succession), which is why nothing seen is forecast as even odds. The logistic is fitted to the same
pair-years with the same two imagined cases and a standard normal prior on its slopes, x scaled to
unit variance. Capability is the mean of a power's shares of industry and of peacetime forces, both
as the scenario has them. Where hostility has nothing to say, climatology speaks.

References: Laplace 1774; Gelman et al. 2008 (weak priors for logistic regression). For levels only
no change is a forecast: the last recorded strength, or where none is, that of the first day.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from twofront.engine.record import HALF_UNIT

from .recorded import Question, Recorded, Window

WEEKS = 365.25 / 7.0
NAMES = ("climatology", "base_rate", "logistic", "hostilities", "no_change")
STEPS = 40


def over(yearly: float, weeks: float) -> float:
    """Probability within a window, from that within a year."""
    return -math.expm1(weeks / WEEKS * math.log1p(-min(yearly, 1.0 - 1e-9)))


def hazard(p: float, weeks: float) -> float:
    """Constant hazard per week that gives a probability within a window."""
    return -math.log1p(-min(p, 1.0 - 1e-12)) / weeks


def fit_logistic(
    x: np.ndarray, y: np.ndarray, exposure: np.ndarray, prior: float = 1.0
) -> np.ndarray:
    """Intercept and slopes at the mode; rows count by their exposure, slopes ~ N(0, prior²)."""
    design = np.column_stack([np.ones(len(x)), x])
    precision = np.diag([1e-9, *[prior**-2] * x.shape[1]])
    b = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ b, -30, 30)))
        slope = design.T @ (exposure * (y - p)) - precision @ b
        curve = (design * (exposure * p * (1.0 - p))[:, None]).T @ design + precision
        step = np.linalg.solve(curve, slope)
        b = b + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-10:
            break
    return b


class Baselines:
    """The forecasts of every baseline for the windows of one record."""

    def __init__(self, recorded: Recorded, floor: float) -> None:
        self.recorded, self.floor = recorded, floor
        fixed = recorded.system.fixed
        shares = [fixed[name] / fixed[name].sum(axis=0) for name in ("wealth_path", "peace_path")]
        self.capability = 0.5 * (shares[0] + shares[1])
        self.rows = self._rows()

    def features(self, question: Question, week: float) -> list[float]:
        """Weight of the two, and who is the stronger (for mutual acts: how unequal they are)."""
        act, a, b = question
        at = min(int(week), self.capability.shape[1] - 1)
        one, two = (max(float(self.capability[n, at]), 1e-6) for n in (a, b))
        if act == "collapse":
            return [math.log(one), 0.0]
        apart = math.log(one / two)
        return [math.log(one + two), apart if act == "embargo" else abs(apart)]

    def _rows(self) -> list[tuple[float, float, Question, float]]:
        """A row per question and year in which it was open: first and last week, what came."""
        rows = []
        for year in self.recorded.years():
            asked = self.recorded.open_questions(year.first)
            for question, week in zip(asked, self.recorded.answers(year, asked)):
                rows.append((year.first, year.last, question, week))
        return rows

    def _before(self, act: str, until: float) -> list[tuple[Question, float, float, float]]:
        """Question, first week, years and 0 or 1, of what had been seen of an act by a week."""
        seen = []
        for first, last, question, week in self.rows:
            if question.act != act or first >= until:
                continue
            last = min(last, until)
            came = float(first + week < last)
            seen.append((question, first, (week + 1.0 if came else last - first) / WEEKS, came))
        return seen

    def climatology(self, act: str, until: float) -> float:
        """Probability of an act per pair-year, by what had been seen until a week."""
        seen = self._before(act, until)
        events, years = sum(s[3] for s in seen), sum(s[2] for s in seen)
        return (events + 1.0) / (max(years, events) + 2.0)

    def logistic(self, act: str, asked: list[Question], week: float) -> list[float]:
        """Probability per year of each question of an act, by its capability shares."""
        seen = self._before(act, week)
        now = np.array([self.features(question, week) for question in asked]).reshape(-1, 2)
        before = np.array([self.features(s[0], s[1]) for s in seen]).reshape(-1, 2)
        mean = before.mean(axis=0) if len(before) else np.zeros(2)
        spread = before.std(axis=0) if len(before) else np.ones(2)
        spread = np.where(spread > 1e-9, spread, 1.0)
        x = np.concatenate([(before - mean) / spread, np.zeros((2, 2))])
        y = np.array([*(s[3] for s in seen), 1.0, 0.0])
        exposure = np.array([*(1.0 if s[3] else s[2] for s in seen), 1.0, 1.0])
        b = fit_logistic(x, y, exposure)
        if not len(before):
            return [0.5] * len(asked)
        odds = b[0] + ((now - mean) / spread) @ b[1:]
        return [1.0 / (1.0 + math.exp(-min(30.0, max(-30.0, one)))) for one in odds]

    def forecast(self, window: Window, asked: list[Question]) -> dict[str, np.ndarray]:
        """Probability of every question within the window, by every baseline."""
        acts = {question.act for question in asked}
        past = {act: self.climatology(act, window.first) for act in acts}
        rate = {act: self.climatology(act, self.recorded.last) for act in acts}
        by_share: dict[Question, float] = {}
        for act in acts:
            own = [question for question in asked if question.act == act]
            by_share |= dict(zip(own, self.logistic(act, own, window.first)))
        hostility = self.recorded.judged
        found: dict[str, list[float]] = {name: [] for name in NAMES}
        for question in asked:
            act, a, b = question
            usual = over(past[act], window.weeks)
            found["climatology"].append(usual)
            found["base_rate"].append(over(rate[act], window.weeks))
            found["logistic"].append(over(by_share[question], window.weeks))
            claim = min(1.0 - 1e-6, max(float(hostility[a, b]), float(hostility[b, a])))
            share = window.weeks / self.recorded.last
            read = -math.expm1(share * math.log1p(-claim))
            found["hostilities"].append(read if act == "war" else usual)
            found["no_change"].append(self.floor)
        least, most = self.floor, 1.0 - self.floor
        return {name: np.clip(np.array(p), least, most) for name, p in found.items()}

    def level(self, window: Window, level: Any) -> float:
        """ln strength of a power in a theatre before the window."""
        index = self.recorded.index
        earlier = [
            one for one in self.recorded.scenario.record.levels
            if (one.actor, one.theatre) == (level.actor, level.theatre)
            and index.week(one.date) < window.first
        ]  # fmt: skip
        if earlier:
            strength = max(earlier, key=lambda one: one.date).strength.value
        else:
            force = self.recorded.system.start["force"][index.actor[level.actor]]
            strength = float(force[index.theatre[level.theatre]] if level.theatre else force.sum())
        return math.log(strength + HALF_UNIT)
