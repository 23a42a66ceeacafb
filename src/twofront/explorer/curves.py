"""What to look at through time: the fan of a series, as a chart that the browser draws."""

from __future__ import annotations

import contextlib
import functools
import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from twofront.basics import BadInput
from twofront.engine import cache_directory
from twofront.lab import Ensemble, write_atomically
from twofront.report import charts
from twofront.report.against import fan_of
from twofront.report.svg import NARROW, config, in_page_colours
from twofront.scenario import Scenario
from twofront.scenario.schema import Series

WIDE = 620


def stand(actor: str, theatre: str) -> str:
    """Name of the series of a power's force in a theatre."""
    return f"stand-{actor}-{theatre}"


def hold(actor: str, theatre: str) -> str:
    """Name of the series of a power's share of a theatre."""
    return f"hold-{actor}-{theatre}"


def places_of(scenario: Scenario) -> list[tuple[str, str]]:
    """Powers and theatres that may matter to each other: force, record, stake or ground there."""
    rows = [*scenario.forces, *scenario.record.levels, *scenario.stakes, *scenario.control]
    return list(dict.fromkeys((row.actor, row.theatre) for row in rows if row.theatre))


def with_every_stand(scenario: Scenario) -> Scenario:
    """The scenario, measuring besides its own series each power in each place that matters."""
    more = []
    for actor, theatre in places_of(scenario):
        here: dict[str, Any] = {"title": "", "actor": actor, "theatres": (theatre,)}
        more += [
            Series(id=stand(actor, theatre), kind="force", unit="DE", **here),
            Series(id=hold(actor, theatre), kind="control", unit="share", **here),
        ]
    return scenario.model_copy(update={"series": (*scenario.series, *more)})


@dataclass(frozen=True)
class Chart:
    """A fan, ready for Vega in the browser, wide and narrow."""

    id: str
    finding: str
    subtitle: str
    caption: str
    wide: dict[str, Any]
    narrow: dict[str, Any]


def chart(scenario: Scenario, ensemble: Ensemble, series: str) -> Chart:
    """The fan of one series with the record on top."""
    one = next(one for one in scenario.series if one.id == series)
    fan = fan_of(scenario, ensemble.fans, one)
    wide, narrow = (
        _ready(charts.fan(fan.rows, fan.dots, width, small))
        for width, small in ((WIDE, False), (NARROW, True))
    )
    return Chart(series, fan.finding, fan.subtitle, fan.caption, wide, narrow)


def _ready(spec: dict[str, Any]) -> dict[str, Any]:
    # Vega draws SVG here, so a colour may be a name of the style sheet: light and dark follow it.
    full = {"config": config(), "padding": {"left": 2, "right": 6, "top": 6, "bottom": 2}, **spec}
    now: dict[str, Any] = {
        "data": {"name": "now", "values": []},
        "mark": {"type": "rule", "strokeWidth": 1.5, "strokeDash": [2, 3]},
        "encoding": {"x": {"field": "date", "type": "temporal"}},
    }
    full["layer"] = [*full["layer"], now]
    return json.loads(in_page_colours(json.dumps(full)))


@functools.cache
def vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, from the package that draws the report."""
    import vl_convert  # pyright: ignore[reportMissingImports]  (compiled, without stubs)

    # Putting it together takes seconds, so it is kept.
    path = cache_directory() / "explorer" / f"vega-{version('vl-convert-python')}.js"
    with contextlib.suppress(OSError, UnicodeError):
        return path.read_text("utf-8")
    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version="6.4")
    with contextlib.suppress(BadInput):
        write_atomically(path, lambda target: target.write_text(script, "utf-8"))
    return script
