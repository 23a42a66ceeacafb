"""What worlds are born with: parameters, effectiveness, beliefs, and the image of each power.

All of it is drawn at addresses that contain the world's id and the uids concerned, so a world is
the same in any block.
"""

from __future__ import annotations

from .draws import draw, place
from .lanes import LANES, kernel
from .maths import normal


@kernel
def draw_parameters(numbers, low, high, key, world_id, luck, parameters):
    """Fills `parameters[n, lanes]` uniformly within each range."""
    for n in range(numbers.shape[0]):
        if high[n] == low[n]:
            for w in range(LANES):
                parameters[n, w] = low[n]
            continue
        draw(luck, key, numbers[n], 0, place(0, 0, 0, 0), world_id)
        for w in range(LANES):
            parameters[n, w] = low[n] + (high[n] - low[n]) * luck[0, w]


@kernel
def draw_minds(
    quality_number, belief_number, offset_number, key, world_id, luck, actor_uid, mean, spread,
    belief_sd, offset, offset_sd, effectiveness, belief, image_number, images, image_edges, temper,
):  # fmt: skip
    for a in range(mean.shape[0]):
        draw(luck, key, image_number, 0, place(actor_uid[a], 0, 0, 0), world_id)
        for w in range(LANES):
            n = 0
            while n < images.shape[0] - 1 and luck[0, w] >= image_edges[a, n]:
                n += 1
            for motive in range(images.shape[1]):
                temper[motive, a, w] = images[n, motive]
        draw(luck, key, quality_number, 0, place(actor_uid[a], 0, 0, 0), world_id)
        for w in range(LANES):
            effectiveness[a, w] = mean[a] + spread * normal(luck[0, w], luck[1, w])
    for a in range(mean.shape[0]):
        for b in range(mean.shape[0]):
            if a == b:
                continue
            where = place(actor_uid[a], actor_uid[b], 0, 0)
            draw(luck, key, belief_number, 0, where, world_id)
            for w in range(LANES):
                belief[a, b, w] = effectiveness[b, w] - effectiveness[a, w] + offset[a, b]
                belief[a, b, w] += belief_sd * normal(luck[0, w], luck[1, w])
            if offset_sd[a, b] > 0.0:
                draw(luck, key, offset_number, 0, where, world_id)
                for w in range(LANES):
                    belief[a, b, w] += offset_sd[a, b] * normal(luck[0, w], luck[1, w])
