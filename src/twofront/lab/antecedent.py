"""What an antecedent costs: how improbable the change is in the worlds in which it is made.

    cost = -ln P(change | record until the day)   nats; e.g. 3 nats are one world in twenty

Decisions have hazards, so they have a price: the hazard Λ of what is forced is gathered along each
conditioned world with the decision watched, and P is the mean of 1 - e^(-Λ); of what is forbidden,
the mean of e^(-Λ). The span is that of the change, or the record's window where it names one day:
the model is not asked for the day, only for the half-year. What has no hazard (a garrison, a
belief, a path) is not priced; where the worlds themselves vary in it, its distance from their mean
is told in their sd. A parameter is told in sd of its range.

Costs of several entries are added up, as if they were independent. Prefer antecedents below some
three nats (minimal rewrite: Tetlock & Belkin 1996; Pearl 2009 on actions). Stops holding where a
change stands for something the model has no word for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from twofront.engine import decisions as d
from twofront.engine.build import Index, image_orders
from twofront.engine.run import simulate
from twofront.scenario import Change

from .branch import prepared, watch_row
from .condition import Posterior


@dataclass(frozen=True)
class Price:
    """One entry of a change: nats, or sd from the worlds' mean, or neither, and why."""

    entry: str
    nats: float | None
    sd: float | None
    why: str


@dataclass(frozen=True)
class Cost:
    """A whole change. nats: of the entries that have a price; None when none has."""

    nats: float | None
    complete: bool
    """Every entry has a price; else `nats` is a lower bound."""
    prices: tuple[Price, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def antecedent_cost(posterior: Posterior, change: Change, threads: int = 2) -> Cost:
    """The cost of a change made at the posterior's day."""
    pricing = _Pricing(posterior, threads)
    prices = tuple(pricing.price(entry) for entry in change.entries)
    told = [price.nats for price in prices if price.nats is not None]
    return Cost(sum(told) if told else None, len(told) == len(prices), prices)


_WATCHED: dict[str, int] = {
    "force_strike": d.STRIKE, "make_pact": d.PACT, "end_war": d.PEACE, "promise": d.PROMISE,
    "make_alliance": d.ALLIANCE,
}  # fmt: skip
_RECORDED = {name: number for number, name in enumerate(d.KIND_NAMES[: d.DECISIONS])}
_BOTH_WAYS = (d.PACT, d.PEACE, d.CLASH, d.DEAL)


class _Pricing:
    def __init__(self, posterior: Posterior, threads: int) -> None:
        self.posterior, self.threads = posterior, threads
        self.scenario, self.system = posterior.scenario, posterior.system
        self.index = Index(self.scenario)
        self.state = posterior.snapshot.state

    def price(self, entry: Any) -> Price:
        act = getattr(entry, "do", "edit")
        by: dict[str, Callable[[Any], Price]] = {
            "edit": self._edit, "forbid": self._forbid, "cancel_pact": self._cancel_pact,
            "drop_event": self._drop, "replace_event": self._replace, "pin": self._force,
            "floor": self._force, "set_belief": self._belief, "set_weariness": self._weariness,
            "set_image": self._image, "keep_promise": self._promise,
            "break_promise": self._promise, **dict.fromkeys(_WATCHED, self._forced),
        }  # fmt: skip
        if act in by:
            return by[act](entry)
        return Price(_told(entry), None, None, "the model has no hazard of this")

    # Decisions.

    def _pair(self, entry: Any) -> tuple[int, int]:
        return self.index.actor[entry.actor], self.index.actor[entry.target]

    def gathered(self, rows: Iterable[np.ndarray], last: float) -> np.ndarray:
        """Λ of watched decisions in every world, from the posterior's day to a week."""
        first, posterior = self.posterior.week, self.posterior
        orders = [row[None] for row in rows]
        system, start = prepared(self.scenario, self.system, posterior, last, orders)
        result = simulate(
            system, posterior.model.order, worlds=posterior.worlds, seed=posterior.seed,
            first_week=first, last_week=min(last + 1.0, float(system.weeks)), start=start,
            every=1e9, threads=self.threads,
        )  # fmt: skip
        return result.kept["watched_hazard"]

    def _watch(self, kind: int, pairs: list[tuple[int, int]], until: float) -> np.ndarray:
        first = self.posterior.week
        last = min(max(until, first + self.system.window_weeks), float(self.system.weeks))
        return self.gathered([watch_row(kind, a, b, first, last) for a, b in pairs], last)

    def _forced(self, entry: Any) -> Price:
        kind = _WATCHED[entry.do]
        hazard = self._watch(kind, [self._pair(entry)], self.index.week(entry.date))
        return _of(entry, -np.expm1(-hazard), "decided within the record's window, or by its day")

    def _forbid(self, entry: Any) -> Price:
        end = self.index.week(entry.to) if entry.to else float(self.system.weeks)
        a, b = self._pair(entry)
        first = self.posterior.week
        hazard = self.gathered([watch_row(d.STRIKE, a, b, first, end)], end)
        return _of(entry, np.exp(-hazard), "not decided while it is forbidden")

    def _event_row(self, kind: int, pair: tuple[int, int]) -> int | None:
        """The last recorded event of a kind between two, before the posterior's day."""
        found = None
        for n, row in enumerate(self.system.record_events):
            between = (int(row[d.ACTOR]), int(row[d.TARGET]))
            same = between == pair or (kind in _BOTH_WAYS and between == pair[::-1])
            if int(row[d.KIND]) == kind and same and row[d.WEEK] < self.posterior.week:
                found = n
        return found

    def _cancel_pact(self, entry: Any) -> Price:
        a, b = self._pair(entry)
        n = self._event_row(d.PACT, (a, b))
        if n is not None:
            gathered = self.state["event_hazard"][:, n]
            return _of(entry, np.exp(-gathered), "the recorded pact not signed in its window")
        hazard = self._watch(d.DENOUNCE, [(a, b), (b, a)], self.index.week(entry.date))
        return _of(entry, -np.expm1(-hazard), "denounced by one of the two")

    def _drop(self, entry: Any) -> Price:
        ids = self.system.event_ids
        n = ids.index(entry.event) if entry.event in ids else -1
        if n < 0:
            return Price(_told(entry), None, None, "the event carries no decision")
        row = self.system.record_events[n]
        kind, week = int(row[d.KIND]), row[d.WEEK]
        pair = int(row[d.ACTOR]), int(row[d.TARGET])
        if kind not in _RECORDED.values() or kind in (d.JOIN, d.SIGNAL, d.REPORT):
            return Price(_told(entry), None, None, "the model has no hazard of this kind of event")
        if week < self.posterior.week:
            hazard = self.state["event_hazard"][:, n]
            if not hazard.any():
                return Price(_told(entry), None, None, "no hazard was gathered for the event")
            return _of(entry, np.exp(-hazard), "not decided in its window")
        hazard = self._watch(kind, [pair], week)
        return _of(entry, np.exp(-hazard), "not decided until its day or within the window")

    def _promise(self, entry: Any) -> Price:
        names = self.system.parameters
        if "promise_reliability" not in names:
            return Price(_told(entry), None, None, "the model has no probability of this")
        kept = self.posterior.snapshot.parameters[:, names.index("promise_reliability")]
        p = kept if entry.do == "keep_promise" else 1.0 - kept
        return _of(entry, p, "by the reliability of promises, before experience")

    # What has no hazard.

    def _force(self, entry: Any) -> Price:
        a, k = self.index.actor[entry.actor], self.index.theatre[entry.theatre]
        return _apart(entry, self.state["force"][:, a, k], entry.strength, "force there")

    def _belief(self, entry: Any) -> Price:
        a, b = self.index.actor[entry.actor], self.index.actor[entry.about]
        return _apart(entry, self.state["belief"][:, a, b], entry.value, "belief")

    def _weariness(self, entry: Any) -> Price:
        weary = self.state["weariness"][:, self.index.actor[entry.actor]]
        return _apart(entry, weary, entry.value, "weariness")

    def _image(self, entry: Any) -> Price:
        a = self.index.actor[entry.actor]
        settled = self.scenario.model_copy(update={"changes_applied": (_Alone((entry,)),)})
        ((_, wanted),) = image_orders(settled, self.index)
        share = (self.state["temper"][:, :, a] == wanted).all(axis=1).astype(float)
        return _of(entry, share, "share of the worlds in which the power is of this image")

    def _replace(self, entry: Any) -> Price:
        events = {event.id: event for event in self.scenario.record.events}
        names = self.system.parameters
        event = events.get(entry.event)
        if event is None or event.value is None or "battle_noise" not in names:
            return Price(_told(entry), None, None, "the model has no spread of this")
        noise = self.posterior.snapshot.parameters[:, names.index("battle_noise")].mean()
        sd = (entry.value - event.value.value) / noise
        return Price(_told(entry), None, float(sd), "not priced: sd of one battle as evidence")

    def _edit(self, entry: Any) -> Price:
        parts = entry.path.split(".")
        name = parts[1] if parts[0] in ("parameter", "parameters") and len(parts) > 1 else ""
        if name in self.system.parameters and isinstance(entry.becomes, int | float):
            n = self.system.parameters.index(name)
            width = self.system.high[n] - self.system.low[n]
            if width > 0.0:
                middle = 0.5 * (self.system.high[n] + self.system.low[n])
                sd = (entry.becomes - middle) / (width / np.sqrt(12.0))
                return Price(_told(entry), None, float(sd), "not priced: sd of its range")
        return Price(_told(entry), None, None, "an edit of the baseline has no hazard")


@dataclass(frozen=True)
class _Alone:
    """A change of some entries, as the builder reads them."""

    change: tuple[Any, ...]


def _told(entry: Any) -> str:
    act = getattr(entry, "do", "")
    if not act:
        return entry.path
    names = ("actor", "target", "about", "donor", "receiver", "theatre", "event", "image")
    return " ".join([act, *(str(getattr(entry, n)) for n in names if hasattr(entry, n))])


def _of(entry: Any, p: np.ndarray, why: str) -> Price:
    mean = float(p.mean())
    if mean <= 0.0:
        return Price(_told(entry), None, None, f"{why}: in none of {len(p)} worlds")
    return Price(_told(entry), max(0.0, -float(np.log(mean))), None, why)


def _apart(entry: Any, values: np.ndarray, wanted: float, what: str) -> Price:
    sd = float(values.std())
    if sd < 1e-9:
        return Price(_told(entry), None, None, f"not priced: the worlds do not vary in {what}")
    away = (wanted - float(values.mean())) / sd
    return Price(_told(entry), None, away, f"not priced: sd of the worlds' {what} on that day")
