"""What a world is born with, as standard normal scores, so that it can be moved and born again.

    θ_j = low_j + (high_j - low_j) Φ(z_j)                                        parameters
    e_a = mean_a + spread z,   b_ab = e_b - e_a + offset_ab + sd_ab z            minds
    image of a = n  with  edge_(n-1) ≤ Φ(z) < edge_n                             images

Under the prior the scores are independent and standard normal. Parameters without a range and
minds without a spread have no score.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from twofront.engine.run import Snapshot, image_edges
from twofront.engine.system import System

from .smc import luck_of

_IMAGES = 5
_EDGE = 1e-12


class Births:
    """The scores of a system's births, and worlds at week 0 from scores."""

    def __init__(self, system: System, born: Snapshot, seed: int) -> None:
        self.system = system
        self.first = born.take(np.array([0]))
        self.drawn = np.flatnonzero(system.high > system.low)
        actors = len(system.actors)
        none = np.zeros((actors, actors))
        offset = none if system.belief_offset is None else system.belief_offset
        doubt = none if system.belief_offset_sd is None else system.belief_offset_sd
        self.offset = offset
        self.spread = np.sqrt(system.belief_sd**2 + doubt**2) * (1.0 - np.eye(actors))
        self.pairs = np.nonzero(self.spread)
        self.minds = np.arange(actors) if system.effectiveness_sd > 0.0 else np.zeros(0, np.int64)
        self.edges = image_edges(system)
        weight = np.diff(self.edges, axis=1, prepend=0.0)
        self.imagined = np.flatnonzero((weight > 0.0).sum(axis=1) > 1)
        self.seed = seed
        self.names = (
            *(system.parameters[n] for n in self.drawn),
            *(f"effectiveness of {system.actors[a]}" for a in self.minds),
            *(f"belief of {system.actors[a]} about {system.actors[b]}" for a, b in
              zip(*self.pairs)),
            *(f"image of {system.actors[a]}" for a in self.imagined),
        )  # fmt: skip

    def scores(self, born: Snapshot) -> np.ndarray:
        """[worlds, scores] of worlds at week 0."""
        system, count = self.system, len(born.parameters)
        low, high = system.low[self.drawn], system.high[self.drawn]
        place = (born.parameters[:, self.drawn] - low) / (high - low)
        effect = born.state["effectiveness"]
        gap = effect[:, None, :] - effect[:, :, None] + self.offset
        columns = [ndtri(place.clip(_EDGE, 1.0 - _EDGE))]
        mean = system.start["effectiveness"]
        columns.append((effect - mean)[:, self.minds] / (system.effectiveness_sd or 1.0))
        columns.append((born.state["belief"] - gap)[:, *self.pairs] / self.spread[self.pairs])
        # An image is known, its score only as an interval, in which it is uniform under the prior.
        within = luck_of(self.seed, _IMAGES).random((count, len(self.imagined)))
        edges = np.concatenate([np.zeros((len(self.edges), 1)), self.edges], axis=1)
        for n, a in enumerate(self.imagined.tolist()):
            image = self._image(born.state["temper"][:, :, a], a)
            low, high = edges[a, image], edges[a, image + 1]
            place = low + (high - low) * within[:, n]
            columns.append(ndtri(place.clip(_EDGE, 1.0 - _EDGE))[:, None])
        return np.concatenate(columns, axis=1)

    def _image(self, temper: np.ndarray, actor: int) -> np.ndarray:
        possible = np.flatnonzero(np.diff(self.edges[actor], prepend=0.0) > 0.0)
        apart = np.abs(temper[:, None, :] - self.system.images[possible]).sum(axis=2)
        return possible[apart.argmin(axis=1)]

    def worlds(self, scores: np.ndarray) -> Snapshot:
        """Worlds at week 0 born with these scores."""
        system, count = self.system, len(scores)
        at = np.cumsum([len(self.drawn), len(self.minds), len(self.pairs[0])])
        drawn, minds, beliefs, images = np.split(scores, at, axis=1)
        born = self.first.take(np.zeros(count, np.int64))
        low, high = system.low[self.drawn], system.high[self.drawn]
        born.parameters[:, self.drawn] = low + (high - low) * ndtr(drawn)
        effect = born.state["effectiveness"]
        effect[:] = system.start["effectiveness"]
        effect[:, self.minds] += system.effectiveness_sd * minds
        belief = effect[:, None, :] - effect[:, :, None] + self.offset
        belief[:, *self.pairs] += self.spread[self.pairs] * beliefs
        diagonal = np.arange(len(system.actors))
        belief[:, diagonal, diagonal] = born.state["belief"][:, diagonal, diagonal]
        born.state["belief"][:] = belief
        for n, a in enumerate(self.imagined.tolist()):
            image = np.searchsorted(self.edges[a], ndtr(images[:, n]), side="right")
            image = image.clip(max=len(system.images) - 1)
            born.state["temper"][:, :, a] = system.images[image]
        return born
