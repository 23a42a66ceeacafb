"""Intelligence: errors that last, reports that arrive late and may be false, words that count.

    e_ij   ← ρ e_ij + (1 - ρ²)^½ σ z          at each quarter: error about j's force (AR(1))
    P(report in dt) = 1 - e^(-h·dt),   h = hit rate while j prepares a blow, else false rate
    A_ij   ← A_ij + κ ln(hit rate / false rate)        alarm, at arrival; fades over months
    D̂_ij   = logistic(logit D_ji + S_ij + (A_ij - A₀)⁺)   intent of j as i sees it
    κ_s    = c (n + hits)/(n + hits + misses)          a special source is believed as it proved

    alarm      A   ln odds                ordinary reports, special sources (scenario), orders
    words      S   ln odds, half-life `signal_memory`; an assurance counts as its author is trusted
    relay          weeks a special source's report is on its way

Concealment hides a share of preparations from every source. A report comes true when the blow
falls within `report_weeks`. The alarm also prepares the defender (see `outbreak.py`).
References: Jervis 1976, Perception and Misperception; Wohlstetter 1962, Pearl Harbor; Fearon 1997
on costly signals. Stops holding where the deceiver runs the source.
"""

import math

from twofront.engine import (
    REPORT,
    SIGNAL,
    VALUE,
    anywhere,
    chance,
    draw,
    exp,
    kernel,
    law,
    log,
    logistic,
    mechanism,
    normal,
    place,
)  # fmt: skip

WEEKS_PER_QUARTER = 13
_LN2 = math.log(2.0)
# Columns of `source_table`.
OBSERVER, ABOUT, HIT_RATE, FALSE_RATE, RELAY_WEEKS, CREDIBILITY, FIRST_WEEK, LAST_WEEK = range(8)


@law
def weight_of_report(hit_rate, false_rate):
    """ln likelihood ratio of a report."""
    return log(hit_rate / false_rate)


@law
def believed(credibility, cases, hits, misses):
    """Weight given to a source that proved right and wrong so often."""
    return credibility * (cases + hits) / (cases + hits + misses)


@law
def intent_seen(claim, words, alarm):
    """Hostility (0..1) as the other side sees it: claim, words and alarm in ln odds."""
    return logistic(claim + words + alarm)


@kernel
def step(
    lanes, mechanism_number, week, half_week, step_number, dt, clamped, key, world_id, luck,
    actor_uid, rival, hostility, at_war, aggressor, war_since,
    plan, promise_due, trust, concealed, sight_error, alarm,
    signal, intent, relay, report_open, report_hits, report_misses, source_table,
    record_events, due, ratio, chance_true, chance_false, alarm_stays, word_stays,
    intelligence_error, report_rate, false_alarm_rate, credibility, signal_effect,
    error_persistence, alarm_weeks, most_alarm, alarm_least, signal_memory, source_cases,
    report_weeks,
):  # fmt: skip
    actors = rival.shape[0]
    for w in range(lanes):
        ratio[w] = credibility[w] * weight_of_report(report_rate[w], false_alarm_rate[w])
        chance_true[w] = chance(max(report_rate[w], false_alarm_rate[w]), dt)
        chance_false[w] = chance(false_alarm_rate[w], dt)
        alarm_stays[w] = exp(-dt / alarm_weeks[w])
        word_stays[w] = exp(-_LN2 * dt / signal_memory[w])
    calendar_week = int(week)
    new_quarter = week == calendar_week and calendar_week % WEEKS_PER_QUARTER == 0
    for a in range(actors):
        for b in range(a + 1, actors):
            if rival[a, b] == 0.0:
                continue
            if new_quarter:
                where = place(actor_uid[a], actor_uid[b], 0, 1)
                draw(luck, key, mechanism_number, half_week, where, world_id)
                for w in range(lanes):
                    stays = error_persistence[w] if week > 0.0 else 0.0
                    fresh = math.sqrt(1.0 - stays * stays) * intelligence_error[w]
                    first = fresh * normal(luck[0, w], luck[1, w])
                    second = fresh * normal(luck[2, w], luck[3, w])
                    sight_error[a, b, w] = stays * sight_error[a, b, w] + first
                    sight_error[b, a, w] = stays * sight_error[b, a, w] + second
            draw(luck, key, mechanism_number, half_week, place(actor_uid[a], actor_uid[b], 0, 0),
                 world_id)  # fmt: skip
            for turn in range(2):
                i = a if turn == 0 else b
                j = b if turn == 0 else a
                said = int(due[SIGNAL, j, i]) - 1
                warned = int(due[REPORT, i, j]) - 1
                spoken = record_events[said, VALUE] if clamped and said >= 0 else 0.0
                reported = record_events[warned, VALUE] if clamped and warned >= 0 else 0.0
                lowest = min(max(hostility[j, i], 0.001), 0.999)
                claim = log(lowest / (1.0 - lowest))
                heeded = 1.0 if hostility[j, i] > 0.1 else 0.0
                if concealed[j] > 0.0:
                    for w in range(lanes):
                        seen = report_rate[w] * (1.0 - concealed[j])
                        chance_true[w] = chance(max(seen, false_alarm_rate[w]), dt)
                for w in range(lanes):
                    preparing = plan[j, i, w] + promise_due[j, i, w] > 0.0
                    p = chance_true[w] if preparing else chance_false[w]
                    added = ratio[w] if luck[turn, w] < p else 0.0
                    level = alarm[i, j, w] * alarm_stays[w] + heeded * added + reported
                    level = min(most_alarm[w], max(0.0, level))
                    alarm[i, j, w] = level
                    word = signal_effect[w] * spoken
                    word = word if word > 0.0 else word * trust[i, j, w]
                    words = signal[i, j, w] * word_stays[w] + word
                    signal[i, j, w] = words
                    above = max(0.0, level - alarm_least[w])
                    seen_intent = intent_seen(claim, words, above)
                    intent[i, j, w] = seen_intent if heeded > 0.0 else hostility[j, i]
                if concealed[j] > 0.0:
                    for w in range(lanes):
                        chance_true[w] = chance(max(report_rate[w], false_alarm_rate[w]), dt)
    slots = relay.shape[0]
    slot = step_number % slots
    for s in range(source_table.shape[0]):
        i, j = int(source_table[s, OBSERVER]), int(source_table[s, ABOUT])
        running = source_table[s, FIRST_WEEK] <= week < source_table[s, LAST_WEEK]
        passage = max(1, int(source_table[s, RELAY_WEEKS] / dt + 0.5))
        true_rate = source_table[s, HIT_RATE] * (1.0 - concealed[j])
        false_rate = source_table[s, FALSE_RATE]
        weight = weight_of_report(source_table[s, HIT_RATE], false_rate)
        # The number of a source among those of its pair: a row of the table is no lasting address.
        rank = 0
        for earlier in range(s):
            same = int(source_table[earlier, OBSERVER]) == i
            rank += 1 if same and int(source_table[earlier, ABOUT]) == j else 0
        draw(luck, key, mechanism_number, half_week, place(actor_uid[i], actor_uid[j], rank, 2),
             world_id)  # fmt: skip
        # Last week's blow proves what was heard before it; only then do reports run out.
        if anywhere(report_open[s]) and anywhere(at_war[j, i]):
            for w in range(lanes):
                fresh = at_war[j, i, w] * aggressor[j, i, w] > 0.0
                fresh = fresh and week - war_since[j, i, w] <= dt
                proved = fresh and report_open[s, w] > 0.0
                report_hits[s, w] += 1.0 if proved else 0.0
                report_open[s, w] = 0.0 if proved else report_open[s, w]
        for w in range(lanes):
            heard = relay[slot, s, w]
            relay[slot, s, w] = 0.0
            faith = believed(
                source_table[s, CREDIBILITY], source_cases[w], report_hits[s, w],
                report_misses[s, w],
            )  # fmt: skip
            level = alarm[i, j, w] + faith * heard
            alarm[i, j, w] = min(most_alarm[w], max(0.0, level))
            waiting = report_open[s, w]
            ran_out = waiting > 0.0 and waiting <= dt
            report_misses[s, w] += 1.0 if ran_out else 0.0
            waiting = max(0.0, waiting - dt)
            report_open[s, w] = report_weeks[w] if heard > 0.0 and waiting == 0.0 else waiting
        if running:
            ahead = (slot + passage) % slots
            for w in range(lanes):
                preparing = plan[j, i, w] > 0.0 or promise_due[j, i, w] > 0.0
                rate = max(true_rate, false_rate) if preparing else false_rate
                sent = luck[0, w] < chance(rate, dt)
                relay[ahead, s, w] = weight if sent else relay[ahead, s, w]


intelligence = mechanism(step)
