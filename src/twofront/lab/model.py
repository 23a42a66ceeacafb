"""A model: a scenario and an order of laws, ready to run. `with_` adds a law of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from twofront.basics import BadInput, Problem, nearest
from twofront.engine import Mechanism
from twofront.engine.build import build
from twofront.engine.system import System
from twofront.mechanisms import ORDER_OF_THE_WEEK, constants
from twofront.scenario import Scenario


@dataclass(frozen=True)
class Model:
    """A scenario with the laws that move it."""

    scenario: Scenario
    order: tuple[Mechanism, ...] = ORDER_OF_THE_WEEK
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def with_(
        self, law: Mechanism, after: Mechanism | str, constants: Mapping[str, float] | None = None
    ) -> Model:
        """The same model with one more law after a named one; `constants` gives its numbers.

        Raises `BadInput` when no law has the name.
        """
        name = after if isinstance(after, str) else after.name
        names = [m.name for m in self.order]
        if name not in names:
            raise BadInput(
                Problem(f'law "{name}"', f"no such law{nearest(name, names)}", ", ".join(names))
            )
        place = names.index(name) + 1
        more = {key: {"value": value} for key, value in (constants or {}).items()}
        return replace(
            self,
            order=(*self.order[:place], law, *self.order[place:]),
            extra={**self.extra, **more},
        )

    def system(self) -> System:
        """The arrays of this model."""
        return build(self.scenario, {**constants(), **self.extra})
