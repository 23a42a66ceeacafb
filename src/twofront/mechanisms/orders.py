"""Orders: the only hand from outside. Each is dated, minimal, and overrides one equation.

An instant order acts in the step that contains its first week; a standing one from its first
week until its last; whether a promise will be kept is settled from a week on. What an order
overrides: the end of a war, pact or alliance, a promise given (state), a pinned or least garrison
(movement), a forbidden or forced blow (strikes), a belief (learning), a battle whose outcome is
stated (clashes), a public word, a report, preparations concealed (intelligence), aid stopped
(aid), a supply cut (embargo), a promise kept or broken (commitments). A watched decision never
happens; its hazard is gathered instead (see `engine/decisions.py`).

Reference: Pearl, Causality (2nd ed., 2009), section 3.4, the do-operator.
"""

from twofront.engine import end_war, kernel, mechanism, sign

(
    END_WAR, PIN, FLOOR, SET_BELIEF, CANCEL_PACT, MAKE_PACT, FORBID, FORCE_STRIKE, MOVE,
    SET_WEARINESS, BATTLE, WATCH, SAY, CONCEAL, WARN, GIVE_PROMISE, KEEP_PROMISE, BREAK_PROMISE,
    STOP_AID, MAKE_ALLIANCE, CANCEL_ALLIANCE, CUT_SUPPLY,
) = range(22)  # fmt: skip


@kernel
def step(
    lanes, orders, week, dt, force, arms, hostility, attack_tie, aligned, broken, trust,
    blockade, recent_losses, at_war, aggressor, pact, pact_expires, denounced, first_pact,
    belief, weariness, alive, outbreak, battle, battle_size, pinned, floor, forbidden, watched,
    plan, signal, alarm, concealed, promise, promise_weeks, promise_due, word_given, aid_stopped,
    allied, supply_cut, signal_effect, betrayal_claim, breach_cases, hearsay,
):  # fmt: skip
    pinned[:] = -1.0
    floor[:] = -1.0
    forbidden[:] = 0.0
    watched[:] = -1.0
    concealed[:] = 0.0
    aid_stopped[:] = 0.0
    supply_cut[:] = 0.0
    word_given[:] = 0.0
    outbreak[:] = 0.0
    battle_size[:] = 0.0
    for o in range(orders.shape[0]):
        first, last, act = orders[o, 0], orders[o, 1], int(orders[o, 2])
        a, b, k = int(orders[o, 3]), int(orders[o, 4]), int(orders[o, 5])
        value, other = orders[o, 6], orders[o, 7]
        standing = act == PIN or act == FLOOR or act == FORBID or act == WATCH
        standing = standing or act == CONCEAL or act == STOP_AID or act == CUT_SUPPLY
        lasting = act == KEEP_PROMISE or act == BREAK_PROMISE
        if standing and not (first <= week < last):
            continue
        if lasting and week < first:
            continue
        if not standing and not lasting and not (week <= first < week + dt):
            continue
        if act == PIN:
            pinned[a, k] = value
        elif act == FLOOR:
            floor[a, k] = value
        elif act == FORBID:
            forbidden[a, b] = 1.0
            plan[a, b] = 0.0
        elif act == WATCH:
            watched[k, a, b] = value
            if k == 0:
                plan[a, b] = 0.0
        elif act == CONCEAL:
            concealed[a] = value
        elif act == STOP_AID:
            aid_stopped[a, b] = 1.0
        elif act == CUT_SUPPLY:
            supply_cut[b, a] = 1.0  # kept by who suffers it
        elif act == KEEP_PROMISE:
            word_given[a, b] = 1.0
        elif act == BREAK_PROMISE:
            word_given[a, b] = -1.0
        for w in range(lanes):
            if act == END_WAR:
                end_war(a, b, w, at_war, aggressor)
            elif act == SET_BELIEF:
                belief[a, b, w] = value
            elif act == CANCEL_PACT:
                pact[a, b, w] = 0.0
                pact[b, a, w] = 0.0
            elif act == MAKE_PACT:
                sign(
                    a, b, w, week, pact, pact_expires, denounced, first_pact, value, hostility,
                    attack_tie, aligned, broken, betrayal_claim[w], breach_cases[w], hearsay[w],
                )  # fmt: skip
            elif act == FORCE_STRIKE:
                if alive[a, w] * alive[b, w] * (1.0 - at_war[a, b, w]) > 0.0:
                    outbreak[a, b, w] = k + 1.0
            elif act == MOVE:
                moved = value * force[a, k, w]
                force[a, k, w] -= moved
                force[a, int(other), w] += moved
                for q in range(arms.shape[0]):
                    along = value * arms[q, a, k, w]
                    arms[q, a, k, w] -= along
                    arms[q, a, int(other), w] += along
            elif act == SET_WEARINESS:
                weariness[a, w] = value
                blockade[a, w] = value
                recent_losses[a, w] = 0.0
            elif act == BATTLE:
                battle[a, b, w] = value
                battle_size[a, b, w] = other
            elif act == SAY:
                word = value if value > 0.0 else value * trust[b, a, w]
                signal[b, a, w] += signal_effect[w] * word
            elif act == WARN:
                alarm[a, b, w] = max(0.0, alarm[a, b, w] + value)
            elif act == GIVE_PROMISE:
                promise[a, b, w] = other + 1.0
                promise_weeks[a, b, w] = value
                promise_due[a, b, w] = 0.0
            elif act == MAKE_ALLIANCE:
                allied[a, b, w] = 1.0
                allied[b, a, w] = 1.0
            elif act == CANCEL_ALLIANCE:
                allied[a, b, w] = 0.0
                allied[b, a, w] = 0.0
                aligned[a, b, w] = 0.0
                aligned[b, a, w] = 0.0


orders = mechanism(step)
