"""Production and mobilisation: states arm against what they fight and fear.

    meet   = Σ_j a_j · r_ij · Ŝ_j          a_j = 1 at war or planned, else mf · D_ji (pact eased)
    target = clip(base + zs · meet, peace_i(t), top_i)
    top    = ceiling · ind^½ · min(1, .3 + .7 hs) · (1 - .2 min(1, w))     half of it in peace
    ΔF     = min(g · ind · hs, .06 gap) at war; .015 gap in peace; trained reserves faster

r is the share of j's force within reach of i, hs the home share, w weariness, ind industry
relative to its reference year. War against an industrial peer calls up at least `total_war_share`
of the ceiling within `total_war_weeks`. Each unit raised costs manpower, and what is demobilised
returns to it. New formations beyond the reserves dilute effectiveness; war teaches.

References: Singer, Bremer & Stuckey 1972 (National Material Capabilities); Harrison (ed.), The
Economics of World War II (1998). Stops holding where equipment, not men, limits an army.
"""

import math

from twofront.engine import LANES, kernel, law, mechanism


@law
def ceiling_now(ceiling, industry, home_share, weariness, floor_share, weary_share):
    """Largest force that industry, territory and society still carry."""
    territory = min(1.0, floor_share + (1.0 - floor_share) * home_share)
    return (
        ceiling
        * min(1.0, math.sqrt(industry))
        * territory
        * (1.0 - weary_share * min(1.0, weariness))
    )


@law
def growth(gap, capacity, reserve_gap, wartime, war_pace, reserve_pace, peace_pace):
    """Force raised per week while below the target."""
    if wartime:
        return max(min(capacity, war_pace * gap), reserve_pace * min(gap, max(0.0, reserve_gap)))
    return peace_pace * gap


@kernel
def step(
    week, dt, home, men_per_force, war_ceiling, war_growth, steel, peace_path, industry_path, reach,
    naval, hostility, force, control, alive, at_war, pact, plan, war_since, weariness,
    resources, effectiveness, manpower, produced, disbanded, seen_force, total, home_share, wars,
    waging, perceived, reachable,
    threat_multiple, fear_share, total_war_share, trained_reserves, dilution, war_learning,
    pact_calm, least_fear, ocean_reach, waging_alarm, wartime_base, peace_top, territory_floor,
    weary_ceiling, peer_steel, total_war_weeks, scarce_stock, scarce_target, peace_pace, war_pace,
    reserve_pace, demobilisation_pace, demobilisation_gap, learning_ceiling, foothold,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    now = min(int(week), peace_path.shape[1] - 1)
    for a in range(actors):
        industry = industry_path[a, now]
        peace = peace_path[a, now]
        for other in range(theatres):
            for w in range(LANES):
                reachable[other, w] = 0.0
            for k in range(theatres):
                share = reach[other, k]
                if share < 0.01:
                    continue
                for w in range(LANES):
                    if control[a, k, w] > foothold[w]:
                        over = ocean_reach[w] if naval[k] > 0.0 else 1.0
                        reachable[other, w] = max(reachable[other, w], share * over)
        for w in range(LANES):
            if alive[a, w] == 0.0:
                continue
            meet = 0.0
            enemy_steel = 0.0
            age = 0.0
            for b in range(actors):
                if b == a or alive[b, w] == 0.0:
                    continue
                war = at_war[a, b, w] > 0.0
                armed = war or plan[a, b, w] > 0.0
                if war:
                    enemy_steel += steel[b]
                    age = max(age, week - war_since[a, b, w])
                fear = 1.0
                if not war:
                    eased = 1.0 - pact_calm[w] * pact[a, b, w]
                    fear = hostility[b, a] * eased
                    if plan[a, b, w] > 0.0:
                        fear = max(fear, hostility[a, b] * eased)
                if fear < least_fear[w]:
                    continue
                within = 0.0
                for other in range(theatres):
                    within += reachable[other, w] * seen_force[b, other, w]
                share = min(1.0, within / (total[b, w] + 0.1))
                alarm = 1.0 if armed else fear_share[w]
                if not armed and waging[b, w] > 0.0:
                    alarm *= waging_alarm[w]
                meet += alarm * fear * share * perceived[a, b, w]
            fighting = wars[a, w] > 0.0
            top = ceiling_now(
                war_ceiling[a], industry, home_share[a, w], weariness[a, w],
                territory_floor[w], weary_ceiling[w],
            )  # fmt: skip
            want = (wartime_base[w] * peace if fighting else peace) + threat_multiple[w] * meet
            if fighting:
                target = min(max(want, peace), top)
            else:
                target = min(max(want, peace), max(peace, peace_top[w] * top))
            if enemy_steel > peer_steel[w] * steel[a]:
                call_up = total_war_share[w] * top * min(1.0, age / total_war_weeks[w])
                target = max(target, call_up)
            if resources[a, w] < scarce_stock[w]:
                target *= scarce_target[w]
            gap = target - total[a, w]
            h = home[a]
            if gap > 0.0:
                reserves = trained_reserves[w] * war_ceiling[a]
                land = min(1.0, home_share[a, w])
                raised = growth(
                    gap, war_growth[a] * industry * land, (reserves - total[a, w]) * land,
                    fighting, war_pace[w], reserve_pace[w], peace_pace[w],
                ) * dt  # fmt: skip
                raised = min(raised, max(0.0, manpower[a, w] / men_per_force))
                force[a, h, w] += raised
                produced[a, w] += raised
                manpower[a, w] -= raised * men_per_force
                if total[a, w] > reserves:
                    effectiveness[a, w] -= dilution[w] * raised / (total[a, w] + 5.0)
            else:
                kept = max(
                    1.0 - demobilisation_pace[w] * dt,
                    1.0 + demobilisation_gap[w] * gap * dt / max(total[a, w], 1.0),
                )
                for k in range(theatres):
                    dismissed = force[a, k, w] * (1.0 - kept)
                    force[a, k, w] -= dismissed
                    disbanded[a, w] += dismissed
                    manpower[a, w] += dismissed * men_per_force
            if fighting:
                room = max(0.0, learning_ceiling[w] - effectiveness[a, w])
                effectiveness[a, w] += war_learning[w] * room * dt


production = mechanism(step)
