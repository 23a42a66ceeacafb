"""The lab: ensembles, conditioning, comparisons and verdicts. Asks worlds what texts claim."""

from .branch import Branch, branch, outcome_named
from .compare import Comparison, compare, compare_branches
from .condition import Posterior, condition, condition_many
from .ensemble import Ensemble, run, write_atomically
from .model import Model
from .onward import Start, departing, onward
from .theses import Laboratory, sweep, test, thesis_named, verdict
from .verdict import Verdict

__all__ = [
    "Branch", "Comparison", "Ensemble", "Laboratory", "Model", "Posterior", "Start", "Verdict",
    "branch", "compare", "compare_branches", "condition", "condition_many", "departing", "onward",
    "outcome_named", "run", "sweep", "test", "thesis_named", "verdict", "write_atomically",
]  # fmt: skip
