"""Powers as they look on every page: a fixed colour and a pattern, never a flag.

The colour key comes with the actor; patterns belong to the keys, so that a power can be told
without colour. Powers without a key of their own share one grey and carry a few letters.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

from .fonts import ROOM
from .reading import get, items


@functools.cache
def patterns_of_keys() -> dict[str, str]:
    """Which pattern a colour key has."""
    return json.loads((ROOM / "data" / "powers.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Power:
    """A power on the map: name, colour key."""

    id: str
    name: str
    colour: str

    @property
    def tag(self) -> str:
        """A few letters for powers that share the grey; the others are told by pattern."""
        return f"{self.name[:3]} " if self.colour == "grey" else ""

    @property
    def fill(self) -> str:
        """The pattern that fills its bars."""
        return f"url(#power-{self.colour})"


def powers(scenario: Any) -> dict[str, Power]:
    """Powers by id; an unknown colour key is drawn in grey."""
    known = patterns_of_keys()
    found = {}
    for actor in items(get(scenario, "actors")):
        key = str(get(actor, "colour", default="grey"))
        name = str(get(actor, "name", default=get(actor, "id")))
        found[str(get(actor, "id"))] = Power(
            str(get(actor, "id")), name, key if key in known and key != "note" else "grey"
        )
    return found


def pattern(key: str) -> str:
    """The SVG pattern of a colour key."""
    kind = patterns_of_keys()[key]
    ink, size, turn = f"var(--{key})", 5, ""
    ground = '<rect width="5" height="5" fill="var(--paper)"/>'
    shapes = {
        "solid": f'<rect width="5" height="5" fill="{ink}"/>',
        "diagonal": f'{ground}<rect width="2.6" height="5" fill="{ink}"/>',
        "dots": f'{ground}<circle cx="2.5" cy="2.5" r="1.7" fill="{ink}"/>',
        "grid": f'{ground}<path d="M0 0H5M0 0V5" stroke="{ink}" stroke-width="2.4"/>',
        "horizontal": f'{ground}<rect width="5" height="2.5" fill="{ink}"/>',
        "vertical": f'{ground}<rect width="2.5" height="5" fill="{ink}"/>',
        "cross": f'{ground}<path d="M1 1l3 3M4 1l-3 3" stroke="{ink}" stroke-width="1.1"/>',
    }
    if kind == "diagonal":
        turn = ' patternTransform="rotate(45)"'
    return (
        f'<pattern id="power-{key}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse"{turn}>{shapes[kind]}</pattern>'
    )
