"""Scenarios: powers, theatres, numbers with their grades, a record, and the theses to test.

Data only: a scenario is a directory of TOML files that this room reads, checks and changes. What
the numbers do to each other is the engine's business.
"""

from .asking import change_from, change_names, load_change
from .changes import Change
from .checking import Report, check_directory, check_scenario, share_sourced
from .editing import unit_at, value_at
from .loading import load_scenario
from .number import Number
from .reading import scenario_names
from .schema import Scenario, json_schema
from .starting import new_scenario
from .sweeping import change_for

__all__ = [
    "Change",
    "Number",
    "Report",
    "Scenario",
    "change_for",
    "change_from",
    "change_names",
    "check_directory",
    "check_scenario",
    "json_schema",
    "load_change",
    "load_scenario",
    "new_scenario",
    "scenario_names",
    "share_sourced",
    "unit_at",
    "value_at",
]
