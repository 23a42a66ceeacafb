"""Alliances: ties are formed against a common threat, end, and draw powers into wars that go on.

    h_form  = exp(al₀) · max_m min(D̂_am, D̂_hm)                               a common threat
    h_align = exp(al₀) · max_m min(D_am, D_hm)                               a common prey
    h_late  = late · tie · ρ · (1 - pact · trust)                            late entry

The scenario says which ties are thinkable and how strong they would be; a dated tie comes and
goes on its day, a potential one is formed at the hazard above. An alignment ends when one of its
parties signs with the other's prey (see `treaties.py`). Late entry is that of a tied third power
into a continuing war against an aggressor. Under the record it happens when the record says, and
the world is weighted by the hazard gathered for it, unless it was the answer to a call that
`outbreak.py` has weighted.
References: Walt 1987, The Origins of Alliances; Morrow 2000; Leeds 2003. Stops holding where an
alliance is a means to bind the ally itself.
"""

from twofront.engine import (
    ALLIANCE,
    JOIN,
    THINKABLE,
    anywhere,
    decide,
    draw,
    exp,
    go_to_war,
    kernel,
    law,
    least,
    log_foreseen,
    mechanism,
    note,
    place,
)  # fmt: skip

DEFENCE, ATTACK = range(2)


@law
def forming_rate(base, common):
    """Hazard per week that a thinkable tie is formed, by what the two have in common (0..1)."""
    return exp(base) * common


@kernel
def step(
    lanes, mechanism_number, week, half_week, dt, key, world_id, luck, rate, fires, gathered,
    gathered_more, actor_uid, hostility, defence_tie, attack_tie, tie_since, tie_until, allied,
    aligned, alive, at_war, aggressor, war_since, surprise_now, pact, denounced, trust, intent,
    plan, first_war, in_some_world, war_somewhere, due, window, watched, watched_hazard,
    event_hazard, log_weight,
    clamped, event_log, event_count,
    alliance_base, promise_reliability, late_entry, least_tie, specific_threat,
):  # fmt: skip
    actors = alive.shape[0]
    lowest_tie = least(least_tie)
    lowest_threat = least(specific_threat)
    for a in range(actors):
        for m in range(actors):
            thinkable = max(defence_tie[a, m], attack_tie[a, m])
            if a == m or thinkable == 0.0:
                continue
            for kind in range(2):
                if week <= tie_since[kind, a, m] < week + dt:
                    for w in range(lanes):
                        if kind == DEFENCE:
                            allied[a, m, w] = 1.0
                        else:
                            aligned[a, m, w] = 1.0
                if week <= tie_until[kind, a, m] < week + dt:
                    for w in range(lanes):
                        if kind == DEFENCE:
                            allied[a, m, w] = 0.0
                        else:
                            aligned[a, m, w] = 0.0
            # Only thinkable ties are formed by hazard; the others have their days.
            dated = tie_since[DEFENCE, a, m] != THINKABLE or defence_tie[a, m] == 0.0
            dated_too = tie_since[ATTACK, a, m] != THINKABLE or attack_tie[a, m] == 0.0
            if dated and dated_too:
                continue
            for w in range(lanes):
                gathered[w] = 0.0
                gathered_more[w] = 0.0
            for b in range(actors):
                if b == a or b == m:
                    continue
                prey = min(hostility[a, b], hostility[m, b])
                for w in range(lanes):
                    threat = min(intent[a, b, w], intent[m, b, w]) * alive[b, w]
                    gathered[w] = max(gathered[w], threat)
                    gathered_more[w] = max(gathered_more[w], prey * alive[b, w])
            for w in range(lanes):
                free = alive[a, w] * alive[m, w] * (1.0 - at_war[a, m, w])
                defends = forming_rate(alliance_base[w], gathered[w]) * (1.0 - allied[a, m, w])
                attacks = forming_rate(alliance_base[w], gathered_more[w]) * (
                    1.0 - aligned[a, m, w]
                )
                defends = 0.0 if dated else defends
                attacks = 0.0 if dated_too else attacks
                rate[w] = free * (defends + attacks)
                gathered[w] = defends / max(defends + attacks, 1e-12)
            if not (clamped or anywhere(rate)):
                continue
            draw(luck, key, mechanism_number, half_week, place(actor_uid[a], actor_uid[m], 0, 0),
                 world_id)  # fmt: skip
            happens = decide(
                fires, rate, luck[0], dt, clamped, due[ALLIANCE, a, m], window[ALLIANCE, a, m],
                watched[ALLIANCE, a, m], watched_hazard, event_hazard, log_weight,
            )  # fmt: skip
            if happens:
                for w in range(lanes):
                    if fires[w] > 0.0:
                        # The record says that the two are tied; a hazard says in which way.
                        defence = luck[1, w] < gathered[w]
                        if not dated and (clamped or defence):
                            allied[a, m, w] = 1.0
                        if not dated_too and (clamped or not defence):
                            aligned[a, m, w] = 1.0
                        note(event_log, event_count, w, week, ALLIANCE, a, m, -1, thinkable)
    for m in range(actors):
        for a in range(actors):
            if a == m or hostility[a, m] < lowest_threat:
                continue
            for w in range(lanes):
                gathered[w] = 0.0
            for b in range(actors):
                if b == m or b == a or defence_tie[b, m] <= lowest_tie:
                    continue
                if in_some_world[a, b] == 0.0:
                    continue
                for w in range(lanes):
                    tie = defence_tie[b, m] * allied[b, m, w] * at_war[a, b, w]
                    tie *= aggressor[a, b, w]
                    tie = tie if tie > least_tie[w] else 0.0
                    gathered[w] = max(gathered[w], tie)
            if not anywhere(gathered) and not clamped:
                continue
            for w in range(lanes):
                free = alive[m, w] * alive[a, w] * (1.0 - at_war[m, a, w])
                calm = 1.0 - pact[m, a, w] * trust[m, a, w]
                rate[w] = free * late_entry[w] * gathered[w] * promise_reliability[w] * calm
                rate[w] = rate[w] if hostility[a, m] >= specific_threat[w] else 0.0
            where = place(actor_uid[m], actor_uid[a], 0, 1)
            draw(luck, key, mechanism_number, half_week, where, world_id)
            # What the record says has happened already (`outbreak.py`); how far it was foreseen is
            # asked below.
            happens = decide(
                fires, rate, luck[0], dt, clamped, 0.0, window[JOIN, m, a], watched[JOIN, m, a],
                watched_hazard, event_hazard, log_weight,
            )  # fmt: skip
            if happens:
                for w in range(lanes):
                    if fires[w] > 0.0:
                        go_to_war(
                            a, m, w, week, at_war, aggressor, war_since, surprise_now, pact,
                            denounced, plan, first_war, in_some_world,
                            war_somewhere,
                        )  # fmt: skip
                        note(event_log, event_count, w, week, JOIN, m, a, -1, -1.0)
    if clamped:
        for m in range(actors):
            for a in range(actors):
                said = int(due[JOIN, m, a]) - 1
                if said < 0:
                    continue
                for w in range(lanes):
                    gathered[w] = 0.0
                for b in range(actors):
                    for w in range(lanes):
                        war = at_war[a, b, w] * aggressor[a, b, w] if b != m else 0.0
                        gathered[w] = max(gathered[w], defence_tie[b, m] * war)
                for w in range(lanes):
                    # An entry of another kind has no law; an ally's answer was scored at the call.
                    if gathered[w] > 0.0 and event_hazard[said, w] >= 0.0:
                        log_weight[w] += log_foreseen(event_hazard[said, w])


alliances = mechanism(step)
