"""The engine: thousands of worlds of a coupled system, on addressed luck. Knows no history."""

from .compose import Mechanism, cache_directory, compose, mechanism, parameters_of
from .decisions import (
    ACTOR,
    ALLIANCE,
    ANSWERED,
    BREACH,
    CANCEL,
    CLASH,
    COLLAPSE,
    DEAL,
    DECISIONS,
    DENOUNCE,
    EMBARGO,
    ENTRY,
    EXPIRES,
    JOIN,
    KIND_NAMES,
    LAPSE,
    LIFT,
    PACT,
    PEACE,
    PLACE,
    PLAN,
    PROMISE,
    REPORT,
    SIGNAL,
    STRIKE,
    VALUE,
    WEIGHT,
    anywhere,
    decide,
    least,
    log_foreseen,
    note,
)  # fmt: skip
from .draws import draw, philox, place, seed_key
from .fields import FIXED, SCRATCH, SHARED, STATE
from .lanes import LANES, kernel, law
from .maths import (
    chance,
    cosine_turn,
    exp,
    exp_above,
    exp_below,
    log,
    logistic,
    logistic_above,
    normal,
    normal_beside,
    tanh,
)
from .packing import draw_packed, whole
from .system import THINKABLE
from .wars import break_word, end_war, go_to_war, keep_word, sign

__all__ = [
    "ACTOR", "ALLIANCE", "ANSWERED", "BREACH", "CANCEL", "CLASH", "COLLAPSE", "DEAL", "DECISIONS",
    "DENOUNCE", "EMBARGO", "ENTRY", "EXPIRES", "FIXED", "JOIN", "KIND_NAMES", "LANES", "LAPSE",
    "LIFT", "PACT", "PEACE", "PLACE", "PLAN", "PROMISE", "REPORT", "SCRATCH", "SHARED",
    "SIGNAL", "STATE", "STRIKE", "THINKABLE", "VALUE", "WEIGHT", "Mechanism", "anywhere",
    "break_word", "cache_directory", "chance", "compose", "cosine_turn", "decide", "draw",
    "draw_packed", "end_war", "exp", "exp_above", "exp_below", "go_to_war", "keep_word",
    "kernel", "law", "least", "log", "log_foreseen", "logistic", "logistic_above", "mechanism",
    "normal", "normal_beside", "note", "parameters_of", "philox", "place", "seed_key", "sign",
    "tanh", "whole",
]  # fmt: skip
