"""The reduced model in NumPy: every operation runs over a chunk of worlds.

The last axis is the world. What belongs to a pair is kept for the pair (45 rows), not for both
orders; what happens rarely (wars, blows, treaties) is done only for the pairs and worlds it
concerns.
"""

from __future__ import annotations

import numpy as np

from twofront.engine import LAPSE, PACT, PEACE, STRIKE

from .luck import AddressedArrays, StreamArrays, place
from .result import Result
from .system import ACTORS, NAMES, SERIES_EVERY, THEATRES, WEEKS, reduced_system

CHUNK = 128
"""Worlds in a chunk: large enough to forget Python's calls, small enough for the cache."""
FIRST, SECOND = np.triu_indices(ACTORS, 1)


class Chunk:
    """Some worlds of the reduced model, and their week."""

    def __init__(self, ids: np.ndarray, seed: int, luck) -> None:
        self.system, self.luck, self.ids = reduced_system(), luck, ids
        given, n = self.system.fixed, len(ids)
        low, high = self.system.low, self.system.high
        self.p = {
            name: low[i]
            + (high[i] - low[i]) * luck.uniform(f"parameter:{name}", 0, 0, ids, (0,))[0]
            for i, name in enumerate(NAMES)
        }
        uid = given["actor_uid"]
        self.actor_place = place(uid)[:, None]
        self.pair_place = place(uid[FIRST], uid[SECOND])[:, None]
        self.battle_place = place(
            uid[FIRST], uid[SECOND], given["theatre_uid"][:, None]
        )  # [theatre, pair]
        self.hostility = given["hostility"]
        claims = self.hostility[FIRST, SECOND], self.hostility[SECOND, FIRST]
        self.hostilities = (claims[0] + claims[1])[:, None]
        self.value = np.array(
            [claims[0] * given["stake"][FIRST].T, claims[1] * given["stake"][SECOND].T]
        )[:, :, :, None]  # [way, theatre, pair, 1]
        self.reach = given["reach"]
        self.stake = given["stake"].T[:, :, None].copy()
        self.home = given["home"]
        self.growth, self.ceiling = given["war_growth"][:, None], given["war_ceiling"][:, None]
        self.depth = given["depth"][:, None]
        self.lanes = [
            [
                (other, given["lane_capacity"][k, other], int(given["lane_weeks"][k, other]))
                for other in given["neighbours"][k]
                if other >= 0
            ]
            for k in range(THEATRES)
        ]
        # Theatre first, so that a theatre of all powers and worlds lies together.
        start = self.system.start
        self.force = np.repeat(start["force"].T[:, :, None], n, axis=2)
        self.control = np.repeat(start["control"].T[:, :, None], n, axis=2)
        self.transit = np.zeros((self.system.slots, THEATRES, ACTORS, n))
        z = luck.normal("effectiveness", 0, self.actor_place, ids)[0]
        self.skill = start["effectiveness"][:, None] + self.system.effectiveness_sd * z
        self.belief = np.empty((2, len(FIRST), n))
        for way, (one, other) in enumerate(((FIRST, SECOND), (SECOND, FIRST))):
            z = luck.normal("belief", 0, place(uid[one], uid[other])[:, None], ids)[0]
            self.belief[way] = self.skill[other] - self.skill[one] + self.system.belief_sd * z
        self.at_war = np.zeros((len(FIRST), n))
        self.pact, self.war_since, self.expires = (np.zeros_like(self.at_war) for _ in range(3))
        self.plan = np.zeros((2, len(FIRST), n))
        self.losses, self.produced = np.zeros((ACTORS, n)), np.zeros((ACTORS, n))
        self.log: list[np.ndarray] = []
        self.incidence = np.zeros((ACTORS, len(FIRST)))
        self.incidence[FIRST, np.arange(len(FIRST))] = 1.0
        self.incidence[SECOND, np.arange(len(FIRST))] = 1.0

    def note(self, week, kind, one, other, worlds, value) -> None:
        """Writes events down."""
        columns = (self.ids[worlds], week, kind, one, other, value)
        self.log.append(np.column_stack(np.broadcast_arrays(*columns)).astype(float))

    def present_enemies(self) -> np.ndarray:
        """Enemies' force in each theatre [theatre, actor, world]."""
        enemies = np.zeros_like(self.force)
        for pair, world in self.wars_in_turn:
            a, b = FIRST[pair], SECOND[pair]
            enemies[:, a, world] += self.force[:, b, world]
            enemies[:, b, world] += self.force[:, a, world]
        return enemies

    def find_wars(self) -> None:
        """Pairs and worlds at war, in turns that name no world twice."""
        world, pair = np.nonzero(self.at_war.T)
        turn = np.arange(len(world)) - np.searchsorted(world, world)
        self.wars_in_turn = [
            (pair[turn == n], world[turn == n]) for n in range(turn.max(initial=-1) + 1)
        ]

    def production(self, week: int) -> None:
        arrived = self.transit[week % len(self.transit)]
        self.force += arrived
        arrived[:] = 0.0
        self.inbound = self.transit.sum(0)
        self.total = self.force.sum(0)
        self.total += self.inbound.sum(0)
        self.wars = self.incidence @ self.at_war
        effort = np.where(self.wars > 0.0, 1.0, self.p["peace_effort"])
        room = np.maximum(1.0 - self.total / self.ceiling, 0.0)
        z = self.luck.normal("production", week, self.actor_place, self.ids)[0]
        raised = self.growth * effort * room * np.exp(self.p["production_noise"] * z)
        self.force[self.home, np.arange(ACTORS)] += raised
        self.produced += raised
        self.total += raised

    def movement(self, week: int) -> None:
        p = self.p
        pace = 1.0 - np.exp(-p["mobility"])
        need = self.control + p["garrison"]
        if self.wars_in_turn:
            need += p["threat_weight"] * self.present_enemies()
        need *= self.stake
        need *= self.force.sum(0) / need.sum(0)
        surplus = self.force - need
        pull = -surplus
        pull -= self.inbound
        np.maximum(surplus, 0.0, out=surplus)
        np.maximum(pull, 0.0, out=pull)
        beyond, moved = np.empty_like(pull[0]), np.empty_like(pull[0])
        for _ in range(2):
            for k, lanes in enumerate(self.lanes):
                for other, _capacity, _weeks in lanes:
                    np.multiply(pull[other], p["through_share"], out=beyond)
                    np.maximum(pull[k], beyond, out=pull[k])
        for k, lanes in enumerate(self.lanes):
            for other, capacity, weeks in lanes:
                np.minimum(surplus[k], pull[other], out=moved)
                moved *= pace
                np.minimum(moved, capacity, out=moved)
                surplus[k] -= moved
                self.force[k] -= moved
                self.transit[(week + weeks) % len(self.transit), other] += moved

    def combat(self, week: int) -> None:
        if not self.wars_in_turn:
            return
        before, enemies, p = self.force.copy(), self.present_enemies(), self.p
        for pair, world in self.wars_in_turn:
            a, b = FIRST[pair], SECOND[pair]
            own, foe = before[:, a, world], before[:, b, world]
            left = own * foe / np.maximum(enemies[:, a, world], 1e-9)
            right = own * foe / np.maximum(enemies[:, b, world], 1e-9)
            k, n = np.nonzero(np.minimum(left, right) > p["least_engaged"][world])
            if len(k) == 0:
                continue
            left, right, a, b, w = left[k, n], right[k, n], a[n], b[n], world[n]
            where = self.battle_place[k, pair[n]]
            odds = np.log(left) - np.log(right) + self.skill[a, w] - self.skill[b, w]
            shock = p["attrition_noise"][w] * self.luck.normal(
                "combat", week, where, self.ids[w], 2
            )
            rate, most = p["attrition_rate"][w], p["most_losses"][w]
            bent = p["attrition_exponent"][w] * odds
            lost_a = np.minimum(rate * left * np.exp(shock[0] - bent), most * left)
            lost_b = np.minimum(rate * right * np.exp(shock[1] + bent), most * right)
            self.force[k, a, w] -= lost_a
            self.force[k, b, w] -= lost_b
            np.add.at(self.losses, (a, w), lost_a)
            np.add.at(self.losses, (b, w), lost_b)
            push = np.maximum(np.abs(odds) - p["defender_advantage"][w], 0.0)
            gain = np.sign(odds) * p["advance_speed"][w] / self.depth[k, 0] * np.tanh(push)
            gain = np.maximum(np.minimum(gain, self.control[k, b, w]), -self.control[k, a, w])
            self.control[k, a, w] += gain
            self.control[k, b, w] -= gain

    def decides(
        self, way: int, one: np.ndarray, other: np.ndarray, near: np.ndarray, u: np.ndarray
    ) -> np.ndarray:
        """Whether a plan would be made [pair, world], by the sum of hazards over theatres."""
        p = self.p
        cost = (p["two_front_weight"] * self.wars)[one]
        cost += p["breach_cost"] * self.pact
        cost += p["failure_weight"]
        hazard = np.zeros_like(self.pact)
        gain, chance = np.empty_like(hazard), np.empty_like(hazard)
        for k in range(THEATRES):
            np.take(near[k], other, axis=0, out=chance)
            chance -= near[k][one]
            chance += self.belief[way]
            chance *= p["success_slope"]
            np.exp(chance, out=chance)
            chance += 1.0
            np.take(self.control[k], other, axis=0, out=gain)
            gain *= p["gain_weight"]
            gain *= self.value[way, k]
            gain += p["failure_weight"]
            gain /= chance
            gain -= cost
            np.minimum(gain, p["most_utility"], out=gain)
            gain += p["strike_base"]
            np.exp(gain, out=gain)
            hazard += gain
        np.exp(np.negative(hazard, out=hazard), out=hazard)
        return u < 1.0 - hazard

    def strikes(self, week: int) -> None:
        p = self.p
        near = np.log(np.tensordot(self.reach, self.force, axes=1) + 1.0)
        u = self.luck.uniform("strikes", week, self.pair_place, self.ids, (0, 1))
        peace = self.at_war == 0.0
        falls = []
        for way, (one, other) in enumerate(((FIRST, SECOND), (SECOND, FIRST))):
            plan = self.plan[way]
            begins = self.decides(way, one, other, near, u[way]) & peace & (plan == 0.0)
            falls.append((plan > 0.0) & (plan <= 1.0))
            plan -= 1.0
            np.maximum(plan, 0.0, out=plan)
            pair, world = np.nonzero(begins)
            plan[pair, world] = p["plan_weeks"][world]
        pair, world = np.nonzero(falls[0] | falls[1])
        if len(pair):
            self.at_war[pair, world] = 1.0
            self.war_since[pair, world] = week
            self.pact[pair, world] = 0.0
            self.plan[:, pair, world] = 0.0
            first = falls[0][pair, world]
            striker = np.where(first, FIRST[pair], SECOND[pair])
            target = np.where(first, SECOND[pair], FIRST[pair])
            self.note(week, STRIKE, striker, target, world, 0.0)

    def learning(self, week: int) -> None:
        p = self.p
        self.skill += np.where(self.wars > 0.0, p["war_learning"] * (1.0 - self.skill), 0.0)
        truth = self.skill[SECOND] - self.skill[FIRST]
        news = self.luck.normal("learning", week, self.pair_place, self.ids, 2)
        news *= p["intelligence_error"]
        news[0] += truth
        news[1] -= truth
        news -= self.belief
        news *= p["learning_rate"]
        self.belief += news

    def treaties(self, week: int) -> None:
        p = self.p
        fear = (self.hostility.T @ self.total) / (self.total + 1.0)
        np.minimum(fear, p["most_exposure"], out=fear)
        wish = fear[FIRST] + fear[SECOND]
        wish *= p["pact_exposure"]
        wish += 2.0 * p["pact_base"]
        wish -= p["pact_claim"] * self.hostilities
        np.negative(wish, out=wish)
        np.exp(wish, out=wish)
        wish += 1.0
        monthly = np.minimum(1.0 / wish, p["most_monthly"])
        hazard = np.log(np.subtract(1.0, monthly, out=monthly), out=monthly)
        hazard /= p["month_weeks"]
        signing = np.subtract(1.0, np.exp(hazard, out=hazard), out=hazard)
        u = self.luck.uniform("treaties", week, self.pair_place, self.ids, (0, 1))
        none = self.pact == 0.0
        signs = (u[0] < signing) & none & (self.at_war == 0.0)
        late = (week > self.expires) | (u[1] < 1.0 - np.exp(-p["pact_lapse"]))
        ends = late & ~none
        peaces = np.zeros((2, 0), np.int64)
        pair, world = np.nonzero(self.at_war)
        if len(pair):
            a, b = FIRST[pair], SECOND[pair]
            tired = self.losses / (self.total + 1.0)
            tired = p["peace_weight"][world] * (tired[a, world] + tired[b, world])
            ending = -np.expm1(-np.exp(p["peace_base"][world] + tired))
            where, ids = self.pair_place[pair, 0], self.ids[world]
            lucky = self.luck.uniform("treaties", week, where, ids, (2,))[0] < ending
            lucky &= week - self.war_since[pair, world] > p["least_war_weeks"][world]
            peaces = np.array([pair[lucky], world[lucky]])
        pair, world = np.nonzero(ends)
        if len(pair):
            self.pact[pair, world] = 0.0
            self.note(week, LAPSE, FIRST[pair], SECOND[pair], world, 0.0)
        for kind, (pair, world) in ((PACT, np.nonzero(signs)), (PEACE, peaces)):
            if len(pair):
                until = week + p["pact_weeks"][world]
                self.at_war[pair, world] = 0.0
                self.pact[pair, world] = 1.0
                self.expires[pair, world] = until
                self.note(week, kind, FIRST[pair], SECOND[pair], world, until)

    def week(self, week: int) -> None:
        """One week, in the order of the specification."""
        self.find_wars()
        self.production(week)
        self.movement(week)
        self.combat(week)
        self.strikes(week)
        self.learning(week)
        self.treaties(week)

    def state(self) -> dict[str, np.ndarray]:
        """The state as Twofront lays it out, world first."""

        def both(first, second):
            full = np.zeros((len(self.ids), ACTORS, ACTORS))
            full[:, FIRST, SECOND], full[:, SECOND, FIRST] = first.T, second.T
            return full

        return {
            "force": self.force.transpose(2, 1, 0), "control": self.control.transpose(2, 1, 0),
            "transit": self.transit.transpose(3, 0, 2, 1), "effectiveness": self.skill.T,
            "belief": both(*self.belief), "at_war": both(self.at_war, self.at_war),
            "pact": both(self.pact, self.pact), "plan": both(*self.plan),
            "losses": self.losses.T, "produced": self.produced.T,
        }  # fmt: skip


class BoundedChunk(Chunk):
    """As `Chunk`, but a hazard is worked out only where luck is below its bound.

    The bound is that of `twofront/strikes.py`; what is left of a chunk after it is gathered.
    """

    def decides(
        self, way: int, one: np.ndarray, other: np.ndarray, near: np.ndarray, u: np.ndarray
    ) -> np.ndarray:
        p = self.p
        ahead = np.full_like(self.pact, -np.inf)
        best, here = np.zeros_like(ahead), np.empty_like(ahead)
        for k in range(THEATRES):
            np.take(near[k], one, axis=0, out=here)
            here -= near[k][other]
            np.maximum(ahead, here, out=ahead)
            np.take(self.control[k], other, axis=0, out=here)
            here *= self.value[way, k]
            np.maximum(best, here, out=best)
        cost = (p["two_front_weight"] * self.wars)[one]
        cost += p["breach_cost"] * self.pact + p["failure_weight"]
        hopes = 1.0 / (1.0 + np.exp(p["success_slope"] * (self.belief[way] - ahead)))
        gain = (p["gain_weight"] * best + p["failure_weight"]) * hopes - cost
        most = np.exp(p["strike_base"] + np.minimum(gain, p["most_utility"]))
        begins = u < THEATRES * 1.000001 * most
        pair, w = np.nonzero(begins)
        if len(pair):
            a, b = one[pair], other[pair]
            slope, belief = p["success_slope"][w], self.belief[way, pair, w]
            odds = slope * (near[:, b, w] - near[:, a, w] + belief)
            prize = p["gain_weight"][w] * self.value[way, :, pair, 0].T * self.control[:, b, w]
            gain = (prize + p["failure_weight"][w]) / (1.0 + np.exp(odds)) - cost[pair, w]
            parts = np.exp(p["strike_base"][w] + np.minimum(gain, p["most_utility"][w]))
            begins[pair, w] = u[pair, w] < 1.0 - np.exp(-parts.sum(0))
        return begins


def run(
    worlds: int, seed: int = 1, weeks: int = WEEKS, addressed: bool = False, chunk: int = CHUNK,
    kind: type[Chunk] = Chunk,
) -> Result:  # fmt: skip
    """Runs worlds 0 … worlds - 1, a chunk at a time."""
    series, states, logs = [], [], [np.zeros((0, 6))]
    luck = AddressedArrays(seed) if addressed else StreamArrays(seed)
    for begin in range(0, worlds, chunk):
        part = kind(np.arange(begin, min(worlds, begin + chunk)), seed, luck)
        rows = []
        for week in range(weeks):
            if week % SERIES_EVERY == 0:
                whole = part.force.sum(0) + part.transit.sum((0, 1))
                rows.append(whole.T.astype(np.float32))
            part.week(week)
        series.append(np.stack(rows, axis=1))
        states.append(part.state())
        logs += part.log
    events = np.concatenate(logs)
    # Within a week: strikes first, then treaties; both in the order of the pairs.
    pair = np.minimum(events[:, 3], events[:, 4]) * ACTORS + np.maximum(events[:, 3], events[:, 4])
    events = events[np.lexsort((pair, events[:, 2] != STRIKE, events[:, 1], events[:, 0]))]
    state = {name: np.concatenate([s[name] for s in states]) for name in states[0]}
    return Result(np.concatenate(series), state, events)
