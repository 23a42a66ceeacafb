"""Production and mobilisation: states arm against what they fight and fear.

    meet   = Σ_j a_j · r_ij · Ŝ_j          a_j = 1 at war or planned, else mf · D̂_ij (pact eased)
    target = clip(base + zs · meet, peace_i(t), top_i)
    top    = ceiling · ind^½ · min(1, .3 + .7 hs) · (1 - .2 min(1, w))     half of it in peace
    ΔF     = min(g · ind · hs, .06 gap) at war; .015 gap in peace; trained reserves faster

r is the share of j's force within reach of i, hs the home share, w weariness, ind industry
relative to its reference year, D̂ intent as seen. War against an industrial peer calls up all
trained reserves at once (general mobilisation: the plans of staffs knew no half measure), and
at least `total_war_share` of the ceiling within `total_war_weeks`. Each unit raised costs manpower,
and what is demobilised returns to it. New formations beyond the reserves dilute effectiveness; war
teaches.

References: Singer, Bremer & Stuckey 1972 (National Material Capabilities); Harrison (ed.), The
Economics of World War II (1998). Stops holding where a state arms for a war of its own choosing.
"""

import math

from twofront.engine import anywhere, kernel, law, mechanism


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
    at_war = max(min(capacity, war_pace * gap), reserve_pace * min(gap, max(0.0, reserve_gap)))
    return at_war if wartime else peace_pace * gap


@kernel
def step(
    lanes, week, dt, home, men_per_force, war_ceiling, war_growth, trained, steel,
    peace_path, industry_path, reach, naval, rival, force, alive, at_war, pact, plan, promise_due,
    war_since, weariness, intent, trust,
    resources, effectiveness, manpower, produced, disbanded, seen_force, total, home_share, wars,
    waging, perceived, reachable, somewhere, gathered, gathered_more, best, rate, holds,
    in_some_world,
    threat_multiple, fear_share, total_war_share, trained_reserves, dilution, war_learning,
    pact_calm, least_fear, ocean_reach, waging_alarm, wartime_base, peace_top, territory_floor,
    weary_ceiling, peer_steel, total_war_weeks, scarce_stock, scarce_target, peace_pace, war_pace,
    reserve_pace, demobilisation_pace, demobilisation_gap, learning_ceiling, dilution_base,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    now = min(int(week), peace_path.shape[1] - 1)
    for a in range(actors):
        industry = industry_path[a, now]
        peace = peace_path[a, now]
        for other in range(theatres):
            for w in range(lanes):
                reachable[other, w] = 0.0
        for k in range(theatres):
            if somewhere[a, k] == 0.0:
                continue
            for other in range(theatres):
                share = reach[other, k]
                if share < 0.01:
                    continue
                for w in range(lanes):
                    over = ocean_reach[w] if naval[k] > 0.0 else 1.0
                    reachable[other, w] = max(reachable[other, w], share * over * holds[a, k, w])
        for w in range(lanes):
            gathered[w] = 0.0  # what is to be met
            gathered_more[w] = 0.0  # steel of the enemies
            best[w] = 0.0  # age of the oldest war
        for b in range(actors):
            if b == a or (rival[a, b] == 0.0 and in_some_world[a, b] == 0.0):
                continue
            for w in range(lanes):
                rate[w] = 0.0
            for other in range(theatres):
                if somewhere[b, other] > 0.0:
                    for w in range(lanes):
                        rate[w] += reachable[other, w] * seen_force[b, other, w]
            for w in range(lanes):
                war = at_war[a, b, w] > 0.0
                armed = war | (plan[a, b, w] > 0.0) | (promise_due[a, b, w] > 0.0)
                calm = 1.0 - pact_calm[w] * pact[a, b, w] * trust[a, b, w]
                fear = intent[a, b, w] * calm * rival[a, b]
                fear = 1.0 if armed else fear
                fear = fear if fear >= least_fear[w] else 0.0
                loud = waging_alarm[w]
                alarm = fear_share[w] * (loud if waging[b, w] > 0.0 else 1.0)
                alarm = 1.0 if armed else alarm
                within = min(1.0, rate[w] / (total[b, w] + 0.1))
                met = alarm * fear * within * perceived[a, b, w] * alive[b, w]
                gathered[w] += met
                gathered_more[w] += steel[b] if war else 0.0
                age = week - war_since[a, b, w]
                best[w] = max(best[w], age if war else 0.0)
        h = home[a]
        for w in range(lanes):
            fighting = wars[a, w] > 0.0
            top = ceiling_now(
                war_ceiling[a], industry, home_share[a, w], weariness[a, w],
                territory_floor[w], weary_ceiling[w],
            )  # fmt: skip
            meet = threat_multiple[w] * gathered[w]
            in_war = min(max(wartime_base[w] * peace + meet, peace), top)
            in_peace = min(max(peace + meet, peace), max(peace, peace_top[w] * top))
            target = in_war if fighting else in_peace
            reserves = trained_reserves[w] * trained[a] * war_ceiling[a]
            call_up = total_war_share[w] * top * min(1.0, best[w] / total_war_weeks[w])
            call_up = max(call_up, min(reserves, top))
            peer = gathered_more[w] > peer_steel[w] * steel[a]
            target = max(target, call_up) if peer else target
            target *= scarce_target[w] if resources[a, w] < scarce_stock[w] else 1.0
            gap = target - total[a, w]
            land = min(1.0, home_share[a, w])
            raised = growth(
                max(0.0, gap), war_growth[a] * industry * land, (reserves - total[a, w]) * land,
                fighting, war_pace[w], reserve_pace[w], peace_pace[w],
            ) * dt  # fmt: skip
            raised = min(raised, max(0.0, manpower[a, w] / men_per_force)) * alive[a, w]
            force[a, h, w] += raised
            produced[a, w] += raised
            manpower[a, w] -= raised * men_per_force
            thinned = dilution[w] * raised / (total[a, w] + dilution_base[w])
            effectiveness[a, w] -= thinned if total[a, w] > reserves else 0.0
            room = max(0.0, learning_ceiling[w] - effectiveness[a, w])
            taught = war_learning[w] * room * dt * alive[a, w]
            effectiveness[a, w] += taught if fighting else 0.0
            kept = max(
                1.0 - demobilisation_pace[w] * dt,
                1.0 + demobilisation_gap[w] * gap * dt / max(total[a, w], 1.0),
            )
            rate[w] = max(0.0, 1.0 - kept) * alive[a, w]
        if anywhere(rate):
            for k in range(theatres):
                if somewhere[a, k] > 0.0:
                    for w in range(lanes):
                        dismissed = force[a, k, w] * rate[w]
                        force[a, k, w] -= dismissed
                        disbanded[a, w] += dismissed
                        manpower[a, w] += dismissed * men_per_force


production = mechanism(step)
