"""The engine: thousands of worlds of a coupled system, on addressed luck. Knows no history."""

from .compose import Mechanism, cache_directory, compose, mechanism, parameters_of
from .decisions import (
    ACTOR,
    CANCEL,
    CLASH,
    COLLAPSE,
    DEAL,
    DECISIONS,
    EMBARGO,
    EXPIRES,
    JOIN,
    KIND_NAMES,
    LAPSE,
    PACT,
    PEACE,
    PLACE,
    PLAN,
    STRIKE,
    VALUE,
    WEIGHT,
    decide,
    note,
)  # fmt: skip
from .draws import draw, draw_each, philox, place, seed_key
from .fields import FIXED, SCRATCH, SHARED, STATE
from .lanes import LANES, kernel, law
from .maths import chance, cosine_turn, exp, log, logistic, normal, tanh
from .wars import end_war, go_to_war, sign

__all__ = [
    "ACTOR", "CANCEL", "CLASH", "COLLAPSE", "DEAL", "DECISIONS", "EMBARGO", "EXPIRES", "FIXED",
    "JOIN", "KIND_NAMES", "LANES", "LAPSE", "PACT", "PEACE", "PLACE", "PLAN", "SCRATCH", "SHARED",
    "STATE", "STRIKE", "VALUE", "WEIGHT", "Mechanism", "cache_directory", "chance", "compose",
    "cosine_turn", "decide", "draw", "draw_each", "end_war", "exp", "go_to_war", "kernel", "law",
    "log", "logistic", "mechanism", "normal", "note", "parameters_of", "philox", "place",
    "seed_key", "sign", "tanh",
]  # fmt: skip
