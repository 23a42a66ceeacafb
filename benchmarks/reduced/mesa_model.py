"""The reduced model in Mesa: powers and theatres are agents, and each law is a step of theirs.

Plain Mesa 3: `AgentSet.do` calls the laws in the order of the week, agents are Python objects that
keep what is theirs, and only wars that are being fought cost anything.
"""

from __future__ import annotations

from math import exp, log, tanh

import mesa
import numpy as np

from twofront.engine import LAPSE, PACT, PEACE, STRIKE

from .luck import AddressedNumbers, StreamNumbers, place
from .result import Result
from .system import NAMES, SERIES_EVERY, WEEKS, reduced_system


class Theatre(mesa.Agent):
    """A theatre: its lanes, and the battles in it."""

    def __init__(self, model: Coupled, uid: int, depth: float) -> None:
        super().__init__(model)
        self.uid, self.depth = uid, depth
        self.index = uid - 1
        self.lanes: list[tuple[int, float, int]] = []

    def fight(self) -> None:
        """Combat between the powers at war that meet here."""
        model, k = self.model, self.index
        if not model.wars:
            return
        p, luck = model.p, model.luck
        before = [power.force[k] for power in model.powers]
        enemies = [sum(before[other.index] for other in power.enemies) for power in model.powers]
        for a, b in sorted(model.wars):
            product = before[a] * before[b]
            left = product / max(enemies[a], 1e-9)
            right = product / max(enemies[b], 1e-9)
            if min(left, right) <= p["least_engaged"]:
                continue
            one, other = model.powers[a], model.powers[b]
            where = place(one.uid, other.uid, self.uid)
            odds = log(left) - log(right) + one.skill - other.skill
            shock = p["attrition_noise"] * luck.normal("combat", model.week, where, 0)
            bent = p["attrition_exponent"] * odds
            rate, most = p["attrition_rate"], p["most_losses"]
            lost_one = min(rate * left * exp(shock - bent), most * left)
            shock = p["attrition_noise"] * luck.normal("combat", model.week, where, 1)
            lost_other = min(rate * right * exp(shock + bent), most * right)
            one.force[k] -= lost_one
            other.force[k] -= lost_other
            one.losses += lost_one
            other.losses += lost_other
            push = max(abs(odds) - p["defender_advantage"], 0.0)
            gain = p["advance_speed"] / self.depth * tanh(push)
            gain = gain if odds > 0.0 else -gain
            gain = max(min(gain, other.control[k]), -one.control[k])
            one.control[k] += gain
            other.control[k] -= gain


class Power(mesa.Agent):
    """A power: its force, what it believes of the others, its plans, pacts and wars."""

    def __init__(self, model: Coupled, index: int) -> None:
        super().__init__(model)
        given, start = model.system.fixed, model.system.start
        self.index, self.uid = index, int(given["actor_uid"][index])
        self.home = int(given["home"][index])
        self.ceiling = float(given["war_ceiling"][index])
        self.growth = float(given["war_growth"][index])
        self.stake = given["stake"][index].tolist()
        self.hostility = given["hostility"][index].tolist()
        self.force = start["force"][index].tolist()
        self.control = start["control"][index].tolist()
        self.transit = [[0.0] * len(self.force) for _ in range(model.system.slots)]
        self.inbound = [0.0] * len(self.force)
        z = model.luck.normal("effectiveness", 0, place(self.uid))
        self.skill = float(start["effectiveness"][index]) + model.system.effectiveness_sd * z
        self.belief: dict[int, float] = {}
        self.plan: dict[int, float] = {}
        self.enemies: list[Power] = []
        self.total = self.losses = self.produced = 0.0
        self.wars = 0

    def meet(self) -> None:
        """Forms a first belief about every other power."""
        model = self.model
        for other in model.powers:
            if other is not self:
                z = model.luck.normal("belief", 0, place(self.uid, other.uid))
                self.belief[other.index] = other.skill - self.skill + model.system.belief_sd * z

    def produce(self) -> None:
        """Arrivals join, and new force is raised at home."""
        model = self.model
        arrived = self.transit[model.week % len(self.transit)]
        for k, force in enumerate(arrived):
            self.force[k] += force
            arrived[k] = 0.0
        self.inbound = [sum(slots) for slots in zip(*self.transit)]
        self.total = sum(self.force) + sum(self.inbound)
        self.wars = len(self.enemies)
        effort = 1.0 if self.wars else model.p["peace_effort"]
        room = max(1.0 - self.total / self.ceiling, 0.0)
        z = model.luck.normal("production", model.week, place(self.uid))
        raised = self.growth * effort * room * exp(model.p["production_noise"] * z)
        self.force[self.home] += raised
        self.produced += raised
        self.total += raised

    def weigh(self) -> None:
        """How much of its force the power wants in each theatre."""
        p = self.model.p
        garrison, threat, enemies = p["garrison"], p["threat_weight"], self.enemies
        self.need = []
        for k, (stake, control) in enumerate(zip(self.stake, self.control)):
            wanted = garrison + control
            for enemy in enemies:
                wanted += threat * enemy.force[k]
            self.need.append(stake * wanted)

    def move(self) -> None:
        """Force sets out from surplus to deficit."""
        model = self.model
        force, need = self.force, self.need
        ratio = sum(force) / sum(need)
        spare = [own - wanted * ratio for own, wanted in zip(force, need)]
        surplus = [max(x, 0.0) for x in spare]
        pull = [max(-x - coming, 0.0) for x, coming in zip(spare, self.inbound)]
        through, pace = model.p["through_share"], model.pace
        for _ in range(2):
            for theatre in model.theatres:
                most = pull[theatre.index]
                for other, _capacity, _weeks in theatre.lanes:
                    beyond = through * pull[other]
                    if beyond > most:
                        most = beyond
                pull[theatre.index] = most
        slots, week = len(self.transit), model.week
        for theatre in model.theatres:
            k = theatre.index
            left = surplus[k]
            if left == 0.0:
                continue
            for other, capacity, weeks in theatre.lanes:
                moved = min(pace * min(left, pull[other]), capacity)
                if moved > 0.0:
                    left -= moved
                    force[k] -= moved
                    self.transit[(week + weeks) % slots][other] += moved

    def survey(self) -> None:
        """The force that could be brought to each theatre, in logarithms."""
        force = self.force
        self.near = [
            log(sum(share * own for share, own in zip(row, force)) + 1.0)
            for row in self.model.reach
        ]

    def hazard(self, other: Power, pact: float) -> float:
        """Hazard per week of a plan against another power."""
        p, against = self.model.p, self.hostility[other.index]
        failure, slope = p["failure_weight"], p["success_slope"]
        base, most = p["strike_base"], p["most_utility"]
        gain_weight = p["gain_weight"] * against
        cost = p["two_front_weight"] * self.wars + p["breach_cost"] * pact
        belief = self.belief[other.index]
        hazard = 0.0
        for own, foe, stake, held in zip(self.near, other.near, self.stake, other.control):
            success = 1.0 / (1.0 + exp(slope * (foe - own + belief)))
            gain = gain_weight * stake * held * success - failure * (1.0 - success) - cost
            hazard += exp(base + min(gain, most))
        return hazard

    def go_on_planning(self, other: Power, at_peace: bool, hazard: float, luck: float) -> bool:
        """Whether a blow falls now; begins a plan, or takes a week off it."""
        plan = self.plan.get(other.index, 0.0)
        if plan > 0.0:
            self.plan[other.index] = max(plan - 1.0, 0.0)
            return plan <= 1.0
        if at_peace and luck < 1.0 - exp(-hazard):
            self.plan[other.index] = self.model.p["plan_weeks"]
        return False

    def strike(self) -> None:
        """Plans and blows between this power and those after it."""
        model = self.model
        for other in model.powers[self.index + 1 :]:
            pair = (self.index, other.index)
            where = place(self.uid, other.uid)
            pact = 1.0 if pair in model.pacts else 0.0
            peace = pair not in model.wars
            first = self.go_on_planning(
                other, peace, self.hazard(other, pact),
                model.luck.uniform("strikes", model.week, where, 0),
            )  # fmt: skip
            second = other.go_on_planning(
                self, peace, other.hazard(self, pact),
                model.luck.uniform("strikes", model.week, where, 1),
            )  # fmt: skip
            if first or second:
                model.begin_war(self, other, first)

    def drill(self) -> None:
        """War makes the army better."""
        if self.wars:
            self.skill += self.model.p["war_learning"] * (1.0 - self.skill)

    def learn(self) -> None:
        """News about those after this power, and theirs about it."""
        model = self.model
        rate, error = model.p["learning_rate"], model.p["intelligence_error"]
        for other in model.powers[self.index + 1 :]:
            truth = other.skill - self.skill
            where = place(self.uid, other.uid)
            z = model.luck.normal("learning", model.week, where, 0)
            belief = self.belief[other.index]
            self.belief[other.index] = belief + rate * (truth + error * z - belief)
            z = model.luck.normal("learning", model.week, where, 1)
            belief = other.belief[self.index]
            other.belief[self.index] = belief + rate * (-truth + error * z - belief)

    def fear_others(self) -> None:
        """How far the hostile force of others exceeds its own."""
        powers = self.model.powers
        against = sum(other.hostility[self.index] * other.total for other in powers)
        self.fear = min(against / (self.total + 1.0), self.model.p["most_exposure"])

    def negotiate(self) -> None:
        """Pacts and peace between this power and those after it."""
        model, p = self.model, self.model.p
        for other in model.powers[self.index + 1 :]:
            pair = (self.index, other.index)
            where = place(self.uid, other.uid)
            if pair in model.wars:
                if model.week - model.wars[pair] > p["least_war_weeks"]:
                    tired = self.losses / (self.total + 1.0) + other.losses / (other.total + 1.0)
                    hazard = exp(p["peace_base"] + p["peace_weight"] * tired)
                    luck = model.luck.uniform("treaties", model.week, where, 2)
                    if luck < 1.0 - exp(-hazard):
                        model.end_war(self, other)
            elif pair in model.pacts:
                late = model.week > model.pacts[pair]
                if late or model.luck.uniform("treaties", model.week, where, 1) < model.lapse:
                    del model.pacts[pair]
                    model.note(LAPSE, self.index, other.index, 0.0)
            else:
                wish = 2.0 * p["pact_base"] + p["pact_exposure"] * (self.fear + other.fear)
                wish -= p["pact_claim"] * (
                    self.hostility[other.index] + other.hostility[self.index]
                )
                monthly = min(1.0 / (1.0 + exp(-wish)), p["most_monthly"])
                hazard = -log(1.0 - monthly) / p["month_weeks"]
                luck = model.luck.uniform("treaties", model.week, where, 0)
                if luck < 1.0 - exp(-hazard):
                    model.sign(PACT, self, other)


class Coupled(mesa.Model):
    """One world of coupled theatres."""

    def __init__(self, world: int, seed: int, addressed: bool = False) -> None:
        super().__init__(seed=seed + world)
        self.luck = AddressedNumbers(seed, world) if addressed else StreamNumbers(self.random)
        self.system = system = reduced_system()
        self.week = 0
        low, high = system.low.tolist(), system.high.tolist()
        self.p = {
            name: low[i] + (high[i] - low[i]) * self.luck.uniform(f"parameter:{name}", 0, 0, 0)
            for i, name in enumerate(NAMES)
        }
        self.pace = 1.0 - exp(-self.p["mobility"])
        self.lapse = 1.0 - exp(-self.p["pact_lapse"])
        self.reach = system.fixed["reach"].tolist()
        self.wars: dict[tuple[int, int], int] = {}
        self.pacts: dict[tuple[int, int], float] = {}
        self.log: list[tuple] = []
        given = system.fixed
        self.theatres = [
            Theatre(self, int(uid), float(depth))
            for uid, depth in zip(given["theatre_uid"], given["depth"])
        ]
        for theatre in self.theatres:
            k = theatre.index
            theatre.lanes = [
                (int(n), float(given["lane_capacity"][k, n]), int(given["lane_weeks"][k, n]))
                for n in given["neighbours"][k]
                if n >= 0
            ]
        self.powers = [Power(self, index) for index in range(len(system.actors))]
        self.power_set = self.agents_by_type[Power]
        self.theatre_set = self.agents_by_type[Theatre]
        self.power_set.do("meet")

    def note(self, kind: int, one: int, other: int, value: float) -> None:
        """Writes an event down."""
        self.log.append((self.week, kind, one, other, value))

    def begin_war(self, one: Power, other: Power, first: bool) -> None:
        """A blow falls, struck by `one` if `first`."""
        pair = (one.index, other.index)
        if pair not in self.wars:
            one.enemies.append(other)
            other.enemies.append(one)
        self.wars[pair] = self.week
        self.pacts.pop(pair, None)
        one.plan.pop(other.index, None)
        other.plan.pop(one.index, None)
        striker, target = (one, other) if first else (other, one)
        self.note(STRIKE, striker.index, target.index, 0.0)

    def end_war(self, one: Power, other: Power) -> None:
        """Peace, with a pact."""
        del self.wars[one.index, other.index]
        one.enemies.remove(other)
        other.enemies.remove(one)
        self.sign(PEACE, one, other)

    def sign(self, kind: int, one: Power, other: Power) -> None:
        """A pact."""
        until = self.week + self.p["pact_weeks"]
        self.pacts[one.index, other.index] = until
        self.note(kind, one.index, other.index, until)

    def step(self) -> None:
        """One week, in the order of the specification."""
        powers = self.power_set
        powers.do("produce")
        powers.do("weigh")
        powers.do("move")
        self.theatre_set.do("fight")
        powers.do("survey")
        powers.do("strike")
        powers.do("drill")
        powers.do("learn")
        powers.do("fear_others")
        powers.do("negotiate")
        self.week += 1

    def whole_forces(self) -> list[float]:
        """Force of each power, deployed and in transit."""
        return [sum(p.force) + sum(map(sum, p.transit)) for p in self.powers]

    def state(self) -> dict[str, np.ndarray]:
        """The state as Twofront lays it out."""
        powers, size = self.powers, (len(self.powers),) * 2
        belief, plan, at_war, pact = (np.zeros(size) for _ in range(4))
        for power in powers:
            for other, value in power.belief.items():
                belief[power.index, other] = value
            for other, value in power.plan.items():
                plan[power.index, other] = value
        for pairs, array in ((self.wars, at_war), (self.pacts, pact)):
            for a, b in pairs:
                array[a, b] = array[b, a] = 1.0
        return {
            "force": np.array([p.force for p in powers]), "at_war": at_war, "pact": pact,
            "transit": np.array([p.transit for p in powers]).swapaxes(0, 1), "plan": plan,
            "control": np.array([p.control for p in powers]), "belief": belief,
            "effectiveness": np.array([p.skill for p in powers]),
            "losses": np.array([p.losses for p in powers]),
            "produced": np.array([p.produced for p in powers]),
        }  # fmt: skip


def run(worlds: int, seed: int = 1, weeks: int = WEEKS, addressed: bool = False) -> Result:
    """Runs worlds 0 … worlds - 1, one after another."""
    series, states, events = [], [], []
    for world in range(worlds):
        model = Coupled(world, seed, addressed)
        rows = []
        for week in range(weeks):
            if week % SERIES_EVERY == 0:
                rows.append(model.whole_forces())
            model.step()
        series.append(rows)
        states.append(model.state())
        events += [(world, *event) for event in model.log]
    state = {name: np.stack([s[name] for s in states]) for name in states[0]}
    log_of_events = np.array(events, float).reshape(-1, 6)
    return Result(np.array(series, np.float32), state, log_of_events)
