"""Words whose surroundings have changed on one side are still found by the other.

A digit of the number before them was corrected, another tool read a menu there: what stands on the
other side is as it was, and leads to one place. Where both sides lead to places, it must be the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Span = tuple[int, int]


def by_one_side(
    prefix: str, suffix: str, places: Callable[[str, str], Sequence[Span]]
) -> Span | None:
    """The one place that has the words with one side of their surroundings.

    `places` gives those that have the words between two texts, either of which may be empty.
    """
    found: set[Span] = set()
    for before, after in ((prefix, ""), ("", suffix)):
        here = places(before, after) if (before + after).strip() else ()
        if len(here) == 1:
            found.update(here)
    return found.pop() if len(found) == 1 else None
