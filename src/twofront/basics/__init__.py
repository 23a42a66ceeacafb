"""The words that every room speaks: dates, grades, units and errors."""

from .dates import bounds, day_of, days_apart, is_edtf, precision, week_of
from .errors import BadInput, Problem, nearest
from .grades import GRADES, Grade

__all__ = [
    "GRADES",
    "BadInput",
    "Grade",
    "Problem",
    "bounds",
    "day_of",
    "days_apart",
    "is_edtf",
    "nearest",
    "precision",
    "week_of",
]
