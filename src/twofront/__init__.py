"""Twofront: causal claims of narrative sources, tested by worlds of coupled war theatres.

import twofront as tf

s = tf.scenario("two-fronts")
base = tf.run(s, worlds=1_000, seed=7)
alt = tf.run(s.change("no-neutrality-pact"), worlds=1_000, seed=7)
tf.compare(base, alt, outcome="north_strike_1942")
"""

from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

from twofront.ledger import load_ledger
from twofront.scenario import load_scenario

__version__ = _version("twofront")

# The two rooms share their names with these functions; a notebook wants the functions.
scenario = load_scenario
ledger = load_ledger

# The others are looked up on first use, so that reading a text does not load the engine.
_PLACES = {
    "read": ("twofront.sources", "read_document"),
    "mentions": ("twofront.sources", "find_mentions"),
    "run": ("twofront.lab", "run"),
    "compare": ("twofront.lab", "compare"),
    "condition": ("twofront.lab", "condition"),
    "verdict": ("twofront.lab", "verdict"),
    "test": ("twofront.lab", "test"),
    "sweep": ("twofront.lab", "sweep"),
    "Model": ("twofront.lab", "Model"),
}

__all__ = [
    "Model", "compare", "condition", "ledger", "mentions", "read", "run", "scenario", "sweep",
    "test", "verdict",
]  # fmt: skip

if TYPE_CHECKING:
    from twofront.lab import Model, compare, condition, run, sweep, test, verdict
    from twofront.sources import find_mentions as mentions
    from twofront.sources import read_document as read


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        import importlib

        module, attribute = _PLACES[name]
        return getattr(importlib.import_module(module), attribute)
    raise AttributeError(f"module 'twofront' has no attribute {name!r}")
