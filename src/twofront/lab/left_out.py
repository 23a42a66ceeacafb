"""Leaving out one source at a time: which of them does a verdict owe most to?

Without a source, the numbers that it alone supports fall back to a wider range, and recorded levels
that rest on it alone are struck out (`scenario/left_out.py`). All of its numbers are put at the
lower end, then all at the upper end; worlds are conditioned anew each time, on the same luck as the
reference, and the effect is taken again. A move is told from the chance of the draw when it exceeds
both half-widths of the intervals taken together.
"""

from __future__ import annotations

from functools import reduce
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from twofront.scenario import Scenario
from twofront.scenario.left_out import sources_cited, without_source

from .branch import branch
from .compare import Comparison, compare_branches
from .condition import follow
from .model import Model
from .parts import part

if TYPE_CHECKING:
    from .theses import Laboratory

ENDS: tuple[Literal["low", "high"], ...] = ("low", "high")


def leave_sources_out(
    laboratory: Laboratory, theses: list[Any], most: int
) -> dict[str, list[dict[str, Any]]]:
    """Rows for each thesis (of those that compare two sides), the source that moves most first.

    most: how many sources are left out, those that alone support most inputs first.
    """
    theses = [thesis for thesis in theses if thesis.kind in ("compare", "sweep")]
    scenario = laboratory.scenario
    cited = sources_cited(scenario).most_common(most)
    whole = 1 + len(ENDS) * len(cited)
    laboratory.progress("Leaving sources out", 0, whole)
    reference = _effects(laboratory, scenario, theses)
    rows: dict[str, list[dict[str, Any]]] = {thesis.id: [] for thesis in theses}
    for n, (key, inputs) in enumerate(cited):
        found = []
        for m, end in enumerate(ENDS):
            laboratory.progress("Leaving sources out", 1 + len(ENDS) * n + m, whole)
            found.append(_effects(laboratory, without_source(scenario, key, end), theses))
        title = str(scenario.references.get(key, {}).get("title", key))
        for thesis in theses:
            sides = [table[thesis.id] for table in found]
            rows[thesis.id].append(
                {"source": key, "title": title, "inputs": inputs}
                | _moved(reference[thesis.id], sides)
            )
    laboratory.progress("Leaving sources out", whole, whole)
    return {name: sorted(table, key=lambda row: -row["moves"]) for name, table in rows.items()}


def _moved(reference: Comparison, sides: list[Comparison]) -> dict[str, Any]:
    def half(found: Comparison) -> float:
        return 0.5 * (found.interval[1] - found.interval[0])

    moves = [abs(side.effect - reference.effect) for side in sides]
    beyond = [
        move > (half(side) ** 2 + half(reference) ** 2) ** 0.5 for move, side in zip(moves, sides)
    ]
    return {
        "effects": [side.effect for side in sides],
        "moves": max(moves),
        "beyond_chance": any(beyond),
    }


def _effects(
    laboratory: Laboratory, scenario: Scenario, theses: list[Any]
) -> dict[str, Comparison]:
    """The effect of every thesis in one scenario, on the laboratory's sample of worlds."""
    model = Model(scenario, laboratory.model.order, laboratory.model.extra)
    days = sorted({thesis.until for thesis in theses if thesis.until})
    shared: dict[str, Any] = {"seed": laboratory.seed, "threads": laboratory.threads}
    found: dict[str, Comparison] = {}
    posteriors: Any = (
        follow(model, days, laboratory.sample, **shared, **laboratory.held) if days else ()
    )
    for posterior in chain((None,), posteriors):
        for thesis in theses:
            if thesis.until != (posterior.until if posterior else None):
                continue
            count = laboratory.few(thesis.outcome, thesis.until, True)
            worlds = part(posterior, count) if posterior else None
            sides = []
            for names in thesis.sides:
                changed = reduce(Scenario.change, names, scenario)
                sides.append(
                    branch(
                        Model(changed, model.order, model.extra), thesis.outcome, worlds,
                        worlds=count, **shared,
                    )
                )  # fmt: skip
            found[thesis.id] = compare_branches(sides[0], sides[1], thesis.outcome)
    return found
