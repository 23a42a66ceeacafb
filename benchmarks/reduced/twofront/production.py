"""Production: who arrives joins the force, and each power raises more at home.

    raised_a = g_a · e_a · (1 - total_a / ceiling_a)⁺ · e^(σz)

    growth   g   war_growth                     DE/week
    effort   e   1 at war, else peace_effort    1
    noise    σ   production_noise               1

Draw: place (a), words 0 and 1 for z.
"""

from twofront.engine import draw, exp, kernel, law, mechanism, normal, place


@law
def raised(growth, effort, total, ceiling, shock):
    """Force raised per week, none above the ceiling."""
    room = 1.0 - total / ceiling
    room = room if room > 0.0 else 0.0
    return growth * effort * room * exp(shock)


@kernel
def step(
    mechanism_number, calendar_step, step_number, dt, lanes, key, world_id, luck, actor_uid, home,
    war_ceiling, war_growth, force, transit, at_war, inbound, total, wars, produced, peace_effort,
    production_noise,
):  # fmt: skip
    actors, theatres = force.shape[0], force.shape[1]
    slots = transit.shape[0]
    here = step_number % slots
    for a in range(actors):
        for w in range(lanes):
            wars[a, w] = 0.0
            total[a, w] = 0.0
        for b in range(actors):
            for w in range(lanes):
                wars[a, w] += at_war[a, b, w]
        for k in range(theatres):
            for w in range(lanes):
                force[a, k, w] += transit[here, a, k, w]
                transit[here, a, k, w] = 0.0
                inbound[a, k, w] = 0.0
        for slot in range(slots):
            for k in range(theatres):
                for w in range(lanes):
                    inbound[a, k, w] += transit[slot, a, k, w]
        for k in range(theatres):
            for w in range(lanes):
                total[a, w] += force[a, k, w] + inbound[a, k, w]
        where = place(actor_uid[a], 0, 0, 0)
        draw(luck, key, mechanism_number, calendar_step, where, world_id)
        h = home[a]
        for w in range(lanes):
            effort = 1.0 if wars[a, w] > 0.0 else peace_effort[w]
            shock = production_noise[w] * normal(luck[0, w], luck[1, w])
            more = raised(war_growth[a], effort, total[a, w], war_ceiling[a], shock) * dt
            force[a, h, w] += more
            produced[a, w] += more
            total[a, w] += more


production = mechanism(step)
