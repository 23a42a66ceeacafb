"""A power's chair: its strikes and pacts are the reader's, everybody else decides as in the model.

One world of a posterior goes on from a day, some months at a time. Before each turn the reader
sees what the power knew, and decides: wait, strike somebody, open talks on a pact, or break one.
The power's own strikes are forbidden otherwise and its pacts are not signed unless it talks; a
pact needs the other side, which answers as the model has it.

Afterwards twins of that world, the same to the day of the first turn, go on under other luck with
the same decisions, and again with the model in the chair.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from twofront.basics import day_of
from twofront.engine import decisions as d
from twofront.engine.build import ACTS, Index
from twofront.engine.run import Worlds
from twofront.engine.system import ORDER_COLUMNS
from twofront.lab import Posterior, Start, departing, onward
from twofront.mechanisms import constants
from twofront.report.against import forces
from twofront.report.words import capital, named, number
from twofront.scenario import Scenario

from .jobs import Job
from .telling import told_events
from .workshop import Workshop

TURN_WEEKS = 13.0
MOST_TURNS = 20
TWINS = 1000
_SHOWN = (
    "open_to", "striking", "defending", "intent", "trust", "shortage", "perceived", "total",
    "best_theatre", "weariness", "balance",
)  # fmt: skip
HIDDEN = ("plan", "cancel", "promise", "deal")
"""What another power decides and does not tell."""
CLAIM = constants()["least_claim"]["value"]
"""Hostility below which a power has no claim that it could strike for, as in the law."""


@dataclass(frozen=True)
class Move:
    """What the reader decided in a turn."""

    act: str
    """wait, strike, talk or break."""
    target: str = ""
    theatre: str = ""


@dataclass(frozen=True)
class Option:
    """A move that can be made now, in words."""

    move: Move
    title: str
    note: str


@dataclass(frozen=True)
class View:
    """What a power knows in a week, and what it can do."""

    day: dt.date
    turn: int
    knows: tuple[str, ...]
    since: tuple[str, ...]
    """What happened since the last turn."""
    options: tuple[Option, ...]
    over: str
    """Why there is nothing more to decide; empty while there is."""


@dataclass(frozen=True)
class Fate:
    """How twins went: of how many, by what, with the reader's moves and with the model's."""

    title: str
    reader: float
    model: float


@dataclass(frozen=True)
class Fates:
    """All that twins came to, until a day."""

    read_on: dt.date
    rows: tuple[Fate, ...]


@dataclass(frozen=True)
class Sitting:
    """A power, a world and the moves so far. Everything else follows from these."""

    actor: str
    until: dt.date
    world: int
    moves: tuple[Move, ...] = ()


def chairs(scenario: Scenario) -> dict[str, str]:
    """Powers that have somebody to strike, by id."""
    able = {row.actor for row in scenario.hostilities if row.value.value >= CLAIM}
    return {actor.id: actor.name for actor in scenario.actors if actor.id in able}


class Table:
    """The rules of one chair: orders for moves, views and twins."""

    def __init__(self, workshop: Workshop, posterior: Posterior, sitting: Sitting) -> None:
        self.workshop, self.posterior, self.sitting = workshop, posterior, sitting
        self.scenario = workshop.scenario
        self.index = Index(self.scenario)
        self.me = self.index.actor[sitting.actor]
        self.names = {actor.id: named(actor.name) for actor in self.scenario.actors}
        self.places = {theatre.id: named(theatre.name) for theatre in self.scenario.theatres}
        self.last = min(float(posterior.system.weeks), self.index.week(self.scenario.end))

    def week(self, turn: int) -> float:
        """The week in which a turn begins."""
        return self.posterior.week + TURN_WEEKS * turn

    def orders(self, moves: tuple[Move, ...]) -> np.ndarray:
        """The moves as dated orders, and the hand of the model held back in between."""
        rows: list[list[float]] = []
        size = len(self.index.actors)
        for turn in range(MOST_TURNS + 1):
            begin, end = self.week(turn), self.week(turn + 1)
            move = moves[turn] if turn < len(moves) else Move("wait")
            other = self.index.actor[move.target] if move.target else -1
            for b in range(size):
                if b == self.me:
                    continue
                rows.append([begin, end, ACTS["forbid"], self.me, b, 0, 0, 0])
                if not (move.act == "talk" and b == other):
                    # The law asks each pair once, in the order of its powers.
                    pair = sorted((self.me, b))
                    rows.append([begin, end, ACTS["watch"], *pair, d.PACT, self.last + 1, 0])
            if move.act == "strike":
                place = self.index.theatre[move.theatre]
                # A blow ends a pact by itself, and is remembered as a breach.
                rows.append([begin, begin, ACTS["force_strike"], self.me, other, place, 0, 0])
            elif move.act == "break":
                rows.append([begin, begin, ACTS["cancel_pact"], self.me, other, 0, 0, 0])
        found = np.array(rows, float).reshape(-1, ORDER_COLUMNS)
        return found[found[:, 0] < self.last]

    def start(self, moves: tuple[Move, ...] | None) -> Start:
        """Worlds about to go on with these moves; None: the model sits in the chair."""
        orders = None if moves is None else self.orders(moves)
        return departing(self.workshop.model, self.posterior, orders)

    def view(self) -> View:
        """What the power knows at its next turn, and what it can do."""
        turn = len(self.sitting.moves)
        week = min(self.week(turn), self.last)
        world = self.sitting.world
        start = self.start(self.sitting.moves)
        one = {"rows": [world], "first_world": world}
        # The week's own estimates are made in it, so it is run once more, and not kept.
        seen = onward(start, min(week + 1.0, self.last), keep=True, show=_SHOWN, **one)
        before = onward(start, week, keep=True, **one)
        since = self._since(before, self.week(turn - 1) if turn else self.posterior.week)
        assert before.snapshot is not None
        state = before.snapshot.state
        over = ""
        if state["alive"][0, self.me] == 0.0:
            over = f"{capital(self.names[self.sitting.actor])} has fallen."
        elif week + 1.0 >= self.last:
            over = f"The scenario ends on {self.scenario.end.isoformat()}."
        elif turn >= MOST_TURNS:
            over = f"{MOST_TURNS} turns have been taken."
        options = () if over else tuple(self._options(seen, state))
        return View(
            day_of(self.scenario.start, week), turn, tuple(self._knows(seen, state)), since,
            options, over,
        )  # fmt: skip

    def _since(self, run: Worlds, from_week: float) -> tuple[str, ...]:
        first = day_of(self.scenario.start, from_week).isoformat()
        found = [
            f"{event['date']}: {event['title']}"
            for event in told_events(self.scenario, run.events)
            # Plans of others are not known.
            if event["date"] >= first
            and (event["kind"] not in HIDDEN or event["actor"] == self.sitting.actor)
        ]
        return tuple(dict.fromkeys(found))[-8:]

    def _amount(self, value: float) -> str:
        told = forces(self.scenario)
        return f"{number(told.told(float(value)), 2)} {told.unit}"

    def _knows(self, seen: Worlds, state: dict[str, np.ndarray]) -> list[str]:
        kept, me, index = seen.kept, self.me, self.index
        lines = [f"Your army: {self._amount(kept['total'][0, me])}."]
        at_war = [b for b in range(len(index.actors)) if state["at_war"][0, me, b] > 0]
        if at_war:
            lines.append(f"At war with {self._listed(at_war)}.")
        pacts = [b for b in range(len(index.actors)) if state["pact"][0, me, b] > 0]
        if pacts:
            lines.append(f"Bound by a pact with {self._listed(pacts)}.")
        hostile = self.posterior.system.fixed["hostility"]
        for b in range(len(index.actors)):
            if b == me or state["alive"][0, b] == 0.0:
                continue
            if max(hostile[me, b], hostile[b, me]) < CLAIM:
                continue
            force = self._amount(kept["perceived"][0, me, b])
            intent, trust = (10 * float(kept[name][0, me, b]) for name in ("intent", "trust"))
            lines.append(
                f"{capital(self.names[index.actors[b]])}: you count {force} of force; ill will "
                f"{number(intent, 2)} of 10; its word worth {number(trust, 2)} of 10."
            )
        short = float(kept["shortage"][0, me])
        if short > 0.02:
            lines.append(f"You see yourself short of {100 * short:.0f} % of your resources.")
        weary = float(kept["weariness"][0, me])
        if weary > 0.02:
            lines.append(f"War weariness stands at {number(weary, 2)}.")
        return lines

    def _listed(self, actors: list[int]) -> str:
        return ", ".join(self.names[self.index.actors[b]] for b in actors)

    def _options(self, seen: Worlds, state: dict[str, np.ndarray]) -> list[Option]:
        kept, me, index = seen.kept, self.me, self.index
        hostile = self.posterior.system.fixed["hostility"]
        rival = self.posterior.system.fixed["rival"]
        found = [Option(Move("wait"), "Wait", "Leave things as they are for three months.")]
        for b, name in enumerate(index.actors):
            if b == me or state["alive"][0, b] == 0.0:
                continue
            bound, war = state["pact"][0, me, b] > 0, state["at_war"][0, me, b] > 0
            if hostile[me, b] >= CLAIM and not war:
                for k, place in enumerate(index.theatres):
                    if kept["open_to"][0, me, k] > 0 and state["control"][0, b, k] >= 0.02:
                        own = self._amount(kept["striking"][0, me, k])
                        foe = self._amount(kept["defending"][0, b, k])
                        note = f"You could bring {own}; you expect to meet {foe}."
                        note += " It breaks your pact." if bound else ""
                        title = f"Attack {self.names[name]} in {self.places[place]}"
                        found.append(Option(Move("strike", name, place), title, note))
            if rival[me, b] > 0 and not war:
                if bound:
                    note = "Your word will be worth less to everybody who hears of it."
                    title = f"Break the pact with {self.names[name]}"
                    found.append(Option(Move("break", name), title, note))
                else:
                    note = "It is signed only if both sides fear others enough to meet."
                    title = f"Talk to {self.names[name]} about a pact"
                    found.append(Option(Move("talk", name), title, note))
        return found

    @property
    def read_on(self) -> dt.date:
        """The day to which twins are run, whoever sits in the chair."""
        return day_of(self.scenario.start, self._end())

    def _end(self) -> float:
        return min(self.last, self.week(MOST_TURNS))

    def twins(self, job: Job) -> Fates:
        """How many of the twins came to what, with the reader in the chair and with the model."""
        rows = np.full(TWINS, self.sitting.world)
        shares = []
        for name, moves in (
            ("with your decisions", self.sitting.moves), ("with the model's", None),
        ):  # fmt: skip
            progress = job.begin(f"Twins {name}", TWINS)
            run = onward(
                self.start(moves), self._end(), rows=rows, threads=self.workshop.threads,
                progress=progress,
            )  # fmt: skip
            shares.append(self._shares(run))
        titles = dict.fromkeys([*shares[0], *shares[1]])
        fates = [Fate(t, shares[0].get(t, 0.0), shares[1].get(t, 0.0)) for t in titles]
        fates.sort(key=lambda fate: -max(fate.reader, fate.model))
        return Fates(self.read_on, tuple(fates))

    def _shares(self, run: Worlds) -> dict[str, float]:
        kept, index, me = run.kept, self.index, self.me
        before = self.posterior.snapshot.state
        mine = self.names[self.sitting.actor]
        found: dict[str, float] = {}
        for b, name in enumerate(index.actors):
            other = self.names[name]
            fell = kept["collapse_week"][:, b] >= 0
            fell &= before["alive"][self.sitting.world, b] > 0
            if fell.any():
                found[capital(f"{other} falls")] = float(fell.mean())
            if b == me:
                continue
            at_war = before["at_war"][self.sitting.world, me, b] > 0
            war = kept["first_strike"][:, me, b] >= self.posterior.week
            if war.any() and not at_war:
                found[capital(f"{mine} attacks {other}")] = float(war.mean())
            hit = kept["first_strike"][:, b, me] >= self.posterior.week
            if hit.any() and not at_war:
                found[capital(f"{other} attacks {mine}")] = float(hit.mean())
            pact = kept["first_pact"][:, me, b] >= self.posterior.week
            if pact.any():
                agreed = capital(f"{mine} and {other} sign a pact, or make peace")
                found[agreed] = float(pact.mean())
        return found


def open_table(job: Job, workshop: Workshop, sitting: Sitting) -> Table:
    """The table of a sitting; its worlds have followed the record to its day."""
    posterior = workshop.posterior(job, sitting.until)
    job.begin("Reading what it knows", 1.0, "")
    return Table(workshop, posterior, sitting)


def draw_of(share: float, count: int) -> tuple[float, float]:
    """95 % interval of a share of so many independent twins (Wilson 1927)."""
    z2 = 1.96**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = math.sqrt(z2 * (share * (1 - share) / count + z2 / (4 * count**2))) / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)
