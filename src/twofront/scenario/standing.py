"""What sourced inputs rest on. One may cite several sources; it rests on the closest of them."""

from __future__ import annotations

from collections import Counter

from twofront.basics import STANDINGS, closest, standing_of

from .inputs import inputs_in
from .schema import Scenario


def sourced_by_standing(scenario: Scenario) -> dict[str, int]:
    """How many sourced forces, days and events rest on which standing, by their closest source."""
    counts: Counter[str] = Counter()
    for row in inputs_in(scenario):
        if row.grade not in ("sourced", "measured"):
            continue
        facts = (scenario.facts[id] for id in row.item.facts)
        keys = [*(f.source_key for f in facts if not f.recalled), *row.item.sources]
        entries = [scenario.references[key] for key in keys if key in scenario.references]
        counts[closest(map(standing_of, entries)) or "unknown"] += 1
    return {one: counts[one] for one in (*STANDINGS, "unknown") if counts[one]}
