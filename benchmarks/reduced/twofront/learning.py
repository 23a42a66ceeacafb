"""Learning: beliefs about the others follow the truth through noise; war makes armies better.

    q_a       += m · (1 - q_a) · [wars_a > 0] · dt
    belief_ab += r · (q_b - q_a + ε·z - belief_ab) · dt

    lesson  m   war_learning          1/week
    rate    r   learning_rate         1/week
    error   ε   intelligence_error    ln

Draw: place (a, b) for a before b, words 0 and 1 for a's z, 2 and 3 for b's.
"""

from twofront.engine import draw, kernel, law, mechanism, normal, place


@law
def learned(belief, rate, truth, error, z):
    """Belief after a week's news of the truth."""
    return belief + rate * (truth + error * z - belief)


@kernel
def step(
    mechanism_number, calendar_step, dt, lanes, key, world_id, luck, actor_uid, wars,
    effectiveness, belief, war_learning, learning_rate, intelligence_error,
):  # fmt: skip
    actors = effectiveness.shape[0]
    for a in range(actors):
        for w in range(lanes):
            lesson = war_learning[w] * (1.0 - effectiveness[a, w]) * dt
            effectiveness[a, w] += lesson if wars[a, w] > 0.0 else 0.0
    for a in range(actors):
        for b in range(a + 1, actors):
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, mechanism_number, calendar_step, where, world_id)
            for w in range(lanes):
                truth = effectiveness[b, w] - effectiveness[a, w]
                rate, error = learning_rate[w] * dt, intelligence_error[w]
                z = normal(luck[0, w], luck[1, w])
                belief[a, b, w] = learned(belief[a, b, w], rate, truth, error, z)
                z = normal(luck[2, w], luck[3, w])
                belief[b, a, w] = learned(belief[b, a, w], rate, -truth, error, z)


learning = mechanism(step)
