"""The lab: ensembles, conditioning, comparisons and verdicts. Asks worlds what texts claim."""

from .antecedent import Cost, antecedent_cost
from .branch import Branch, branch, outcome_named
from .compare import Comparison, compare, compare_branches
from .condition import Posterior, condition, condition_many
from .diagnostics import (
    Diagnostics,
    agreement,
    diagnose,
    largest_power,
    power_sweep,
    release,
)
from .ensemble import Ensemble, run, write_atomically
from .horizon import effect_by_horizon
from .model import Model
from .onward import Start, departing, onward
from .theses import Laboratory, sweep, test, thesis_named, verdict
from .verdict import Verdict

__all__ = [
    "Branch", "Comparison", "Cost", "Diagnostics", "Ensemble", "Laboratory", "Model", "Posterior",
    "Start", "Verdict", "agreement", "antecedent_cost", "branch", "compare", "compare_branches",
    "condition", "condition_many", "departing", "diagnose", "effect_by_horizon", "largest_power",
    "onward", "outcome_named", "power_sweep", "release", "run", "sweep", "test", "thesis_named",
    "verdict", "write_atomically",
]  # fmt: skip
