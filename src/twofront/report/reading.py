"""Reading what the report is given: a value by name, whether attribute or key.

The report imports neither the lab nor the engine; it takes any object that has the names of
the contracts, so a stub, a record from disk and the real thing all print.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def get(thing: Any, *names: str, default: Any = None) -> Any:
    """The first of `names` that `thing` carries and that is not `None`."""
    for name in names:
        if isinstance(thing, Mapping):
            value = thing.get(name)
        else:
            value = getattr(thing, name, None)
        if value is not None:
            return value
    return default


def items(thing: Any) -> list[Any]:
    """The members of a sequence or the values of a mapping; empty for `None`."""
    if thing is None:
        return []
    return list(thing.values()) if isinstance(thing, Mapping) else list(thing)


def value_of(thing: Any) -> float | None:
    """A number out of a graded number, a plain number or `None`."""
    if thing is None:
        return None
    inner = get(thing, "value") if not isinstance(thing, int | float) else thing
    return None if inner is None else float(inner)


def date_of(event: Any) -> Any:
    """The date of an event or level; the field is called `date` or `day`."""
    return get(event, "date", "day")
