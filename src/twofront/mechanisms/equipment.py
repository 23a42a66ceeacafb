"""Equipment: tanks, aircraft and the like are made, worn out, and follow the force.

    dA_home  = output(t) · hs · dt                       made at home, while the home is held
    dA_k     = -scrap · A_k · dt                          worn out
    A_home→k = (1 - e^(-μ dt)) · min(A_home spare, (ΣA · F_k/ΣF - A_k)⁺)      replacements

Pieces count in combat by their declared weight (DE per piece) and are lost there with the men,
`arms_risk` times as often. What moves along a lane takes its pieces with it. Replacements travel
from home by the shortest passage. Stops holding where crews, fuel or spares are the bottleneck.
Reference: Dupuy 1987, Understanding War, on weighting unlike weapons.
"""

from twofront.engine import anywhere, exp, kernel, mechanism


@kernel
def step(
    lanes, step_number, week, dt, home, alive, home_share, force, arms, arms_transit, arms_made,
    arms_scrapped, output_path, arms_scrap, passage, somewhere, gathered, gathered_more, best, rate,
    wearing, sending,
    mobility, least_pieces,
):  # fmt: skip
    if arms.shape[0] == 0:
        return
    actors, theatres = force.shape[0], force.shape[1]
    slots = arms_transit.shape[0]
    now = min(int(week), output_path.shape[2] - 1)
    for w in range(lanes):
        rate[w] = 1.0 - exp(-mobility[w] * dt)
    for q in range(arms.shape[0]):
        for w in range(lanes):
            wearing[q, w] = 1.0 - exp(-arms_scrap[q] * dt)
    for a in range(actors):
        h = home[a]
        for w in range(lanes):
            gathered[w] = 0.0
        for k in range(theatres):
            if somewhere[a, k] > 0.0:
                for w in range(lanes):
                    gathered[w] += force[a, k, w]
        for q in range(arms.shape[0]):
            for w in range(lanes):
                land = min(1.0, home_share[a, w]) * alive[a, w]
                made = output_path[q, a, now] * land * dt
                arms[q, a, h, w] += made
                arms_made[q, a, w] += made
                gathered_more[w] = 0.0
            for k in range(theatres):
                if anywhere(arms[q, a, k]):
                    for w in range(lanes):
                        worn = arms[q, a, k, w] * wearing[q, w]
                        arms[q, a, k, w] -= worn
                        arms_scrapped[q, a, w] += worn
                        gathered_more[w] += arms[q, a, k, w]
            for w in range(lanes):
                share = force[a, h, w] / max(gathered[w], 0.1)
                spare = max(0.0, arms[q, a, h, w] - gathered_more[w] * share)
                best[w] = spare * rate[w]
            if not anywhere(best):
                continue
            for k in range(theatres):
                if k == h or somewhere[a, k] == 0.0 or passage[h, k] < 0.0:
                    continue
                for w in range(lanes):
                    share = force[a, k, w] / max(gathered[w], 0.1)
                    wanted = max(0.0, gathered_more[w] * share - arms[q, a, k, w])
                    wanted *= rate[w]
                    sent = min(wanted, best[w])
                    sent = sent if sent > least_pieces[w] * dt else 0.0
                    best[w] -= sent
                    arms[q, a, h, w] -= sent
                    sending[w] = sent
                if anywhere(sending):
                    slot = (step_number + max(1, int(passage[h, k] / dt + 0.5))) % slots
                    for w in range(lanes):
                        arms_transit[slot, q, a, k, w] += sending[w]


equipment = mechanism(step)
