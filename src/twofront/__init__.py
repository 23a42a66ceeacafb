"""Twofront: causal claims of narrative sources, tested by worlds of coupled war theatres.

import twofront as tf

s = tf.scenario("two-fronts")
base = tf.run(s, worlds=1_000, seed=7)
alt = tf.run(s.change("no-neutrality-pact"), worlds=1_000, seed=7)
tf.compare(base, alt, outcome="north_strike_1942")
"""

from importlib.metadata import version as _version
from pathlib import Path as _Path
from types import ModuleType as _Module
from typing import TYPE_CHECKING, Any

from twofront.ledger import load_ledger
from twofront.scenario import load_scenario

__version__ = _version("twofront")


# A notebook wants `tf.scenario("two-fronts")`, a program `import twofront.scenario.schema`: these
# two rooms can be called. A function in their place would hide the modules in them.
class _Scenarios(_Module):
    def __call__(self, name_or_path: str | _Path) -> Any:
        return load_scenario(name_or_path)


class _Ledgers(_Module):
    def __call__(self, name_or_path: str | _Path) -> Any:
        return load_ledger(name_or_path)


if TYPE_CHECKING:
    scenario = load_scenario
    ledger = load_ledger
else:
    scenario.__class__ = _Scenarios
    ledger.__class__ = _Ledgers

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
