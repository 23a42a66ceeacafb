"""The words that every room speaks: dates, grades, units and errors."""

from .dates import (
    MODIFIERS,
    bounded,
    bounds,
    day_of,
    days_apart,
    is_edtf,
    precision,
    room_of_a_date,
    week_of,
)
from .errors import BadInput, Problem, nearest
from .grades import GRADES, Grade
from .standing import STANDINGS, closest, standing_of

__all__ = [
    "GRADES",
    "MODIFIERS",
    "STANDINGS",
    "BadInput",
    "Grade",
    "Problem",
    "bounded",
    "bounds",
    "closest",
    "day_of",
    "days_apart",
    "is_edtf",
    "nearest",
    "precision",
    "room_of_a_date",
    "standing_of",
    "week_of",
]
