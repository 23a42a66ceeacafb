"""The model against the record: fans with recorded dots, curves over one input, wars by pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from markupsafe import Markup

from . import charts, words
from .downloads import Download, as_csv, as_svg
from .reading import date_of, get, items, value_of
from .svg import NARROW, both
from .words import as_date

_QUANTILES = {
    "q025": 0.025,
    "q10": 0.1,
    "q25": 0.25,
    "q50": 0.5,
    "q75": 0.75,
    "q90": 0.9,
    "q975": 0.975,
}
_RARE = 0.05  # wars in fewer worlds than this, and in none of the record, stay in the CSV
_NONE = "none in this scenario's record"
_POINTS = 60  # weeks drawn of a fan; more cannot be told apart at this size


@dataclass(frozen=True)
class Figure:
    """A chart with its finding as title."""

    id: str
    title: str
    subtitle: str
    caption: str
    drawing: Markup
    data: Download

    @property
    def picture(self) -> Download:
        """The drawing as a file."""
        return as_svg(self.id, self.drawing)


@dataclass(frozen=True)
class Forces:
    """How forces are told: in men when the scenario says how many one unit is."""

    factor: float
    unit: str
    note: str

    def told(self, strength: float) -> float:
        """A strength in the unit that is printed."""
        return strength * self.factor


def forces(scenario: Any) -> Forces:
    """The unit of forces in this scenario's report."""
    unit = get(scenario, "force_unit")
    men = value_of(get(unit, "men"))
    symbol = str(get(unit, "symbol", default="units"))
    if not men:
        return Forces(1.0, symbol, "")
    return Forces(men / 1e6, "million men", f"One {symbol} is {words.number(men)} men.")


def fans(scenario: Any, dataset: Any, most: int = 4) -> list[Figure]:
    """Fans of the series with most recorded values first."""
    if dataset is None:
        return []
    drawn = {str(name) for name in dataset["series"].values}
    levels = items(get(get(scenario, "record"), "levels"))
    told = forces(scenario)
    found = []
    for order, series in enumerate(items(get(scenario, "series"))):
        if str(get(series, "id")) in drawn:
            record = _recorded(series, levels, told)
            found.append((-len(record), order, series, record))
    found.sort(key=lambda item: item[:2])
    return [_fan(series, dataset, record, told) for _, _, series, record in found[:most]]


def _recorded(series: Any, levels: Sequence[Any], told: Forces) -> list[dict[str, Any]]:
    if get(series, "kind", default="force") != "force":
        return []
    theatres = [str(name) for name in items(get(series, "theatres"))]
    record = []
    for level in levels:
        theatre = str(get(level, "theatre", default="") or "")
        same = theatres == [theatre] or (not theatres and theatre == "")
        strength = value_of(get(level, "strength"))
        if str(get(level, "actor")) == str(get(series, "actor")) and same and strength is not None:
            error = value_of(get(level, "error")) or 0.0
            value = told.told(strength)
            when = as_date(date_of(level)) or dt.date.min
            record.append(
                {
                    "date": when.isoformat(),
                    "value": value,
                    "low": float(value * np.exp(-1.96 * error)),
                    "high": float(value * np.exp(1.96 * error)),
                    "text": f"{words.month(when)}: {words.number(value, 2)}",
                    "day": when,
                }
            )
    return sorted(record, key=lambda dot: dot["day"])


@dataclass(frozen=True)
class Fan:
    """A series in all worlds, and what is recorded of it."""

    rows: list[dict[str, Any]]
    dots: list[dict[str, Any]]
    finding: str
    title: str
    subtitle: str
    caption: str


def fan_of(scenario: Any, dataset: Any, series: Any) -> Fan:
    """The fan of one series, as data."""
    told = forces(scenario)
    levels = items(get(get(scenario, "record"), "levels"))
    return _fan_data(series, dataset, _recorded(series, levels, told), told)


def _fan_data(series: Any, dataset: Any, record: list[dict[str, Any]], told: Forces) -> Fan:
    is_force = get(series, "kind", default="force") == "force"
    unit = str(get(series, "unit", default=""))
    factor = told.factor if is_force else 1.0
    data = dataset["value"].sel(series=str(get(series, "id"))).transpose("week", "quantile")
    days = np.asarray(dataset["date"].values).astype("datetime64[D]")
    picks = np.unique(np.linspace(0, len(days) - 1, _POINTS).round().astype(int))
    columns = {
        name: data.sel(quantile=q, method="nearest").values * factor
        for name, q in _QUANTILES.items()
    }
    rows = [
        {"date": str(days[i]), **{name: float(f"{v[i]:.5g}") for name, v in columns.items()}}
        for i in picks
        if np.isfinite(columns["q50"][i])
    ]
    inside = 0
    for dot in record:
        week = int(np.argmin(np.abs(days - np.datetime64(dot["day"]))))
        low, middle, high = (float(columns[q][week]) for q in ("q025", "q50", "q975"))
        inside += low <= dot["value"] <= high
        dot["side"] = float(np.sign(dot["value"] - middle))
        dot["weight"] = abs(np.log(max(dot["value"], 1e-9) / max(middle, 1e-9)))
    title = str(get(series, "title"))
    finding = _fan_finding(inside, len(record), columns, record)
    unit = told.unit if is_force else {"share": "share held", "1": "share held"}.get(unit, unit)
    dots = [{k: v for k, v in dot.items() if k not in ("day", "side")} for dot in record]
    caption = "Bands hold 50, 80 and 95\u00a0% of the worlds; the dashed line is the middle. "
    caption += "Dots: the record, with its error." if record else "No recorded value to compare."
    return Fan(rows, dots, finding, title, f"{title}, {unit}", caption)


def _fan(series: Any, dataset: Any, record: list[dict[str, Any]], told: Forces) -> Figure:
    fan = _fan_data(series, dataset, record, told)
    rows, dots = fan.rows, fan.dots
    label = f"{fan.title}. {fan.finding}"
    drawing = both(partial(charts.fan, rows, dots), label, wide=540, narrow=NARROW)
    table = [{**row, "recorded": None, "recorded_low": None, "recorded_high": None} for row in rows]
    table += [
        {
            "date": dot["date"],
            **dict.fromkeys(_QUANTILES),
            "recorded": dot["value"],
            "recorded_low": dot["low"],
            "recorded_high": dot["high"],
        }
        for dot in record
    ]
    key = f"fan-{get(series, 'id')}"
    return Figure(key, fan.finding, fan.subtitle, fan.caption, drawing, as_csv(key, table))


def _fan_finding(
    inside: int, total: int, columns: Mapping[str, Any], record: Sequence[Mapping[str, Any]]
) -> str:
    if not total:
        middle = columns["q50"]
        begin, end = words.number(float(middle[0]), 2), words.number(float(middle[-1]), 2)
        if begin == end:
            return f"The middle world begins and ends at {begin}"
        return f"The middle world goes from {begin} to {end}"
    if inside == total:
        many = "The recorded value lies" if total == 1 else f"All {total} recorded values lie"
        return f"{many} inside the 95\u00a0% band, {_sides(record)}"
    worst = max((dot for dot in record), key=lambda dot: dot["weight"])
    return (
        f"{words.capital(words.spelled(inside))} of {total} recorded values "
        f"{'lies' if inside == 1 else 'lie'} inside the 95\u00a0% band; "
        f"farthest off in {words.month(worst['day'])}; {_sides(record)}"
    )


def _sides(record: Sequence[Mapping[str, Any]]) -> str:
    """On which side of the middle the record lies: one side only is a bias, not luck."""
    above = sum(dot["side"] > 0 for dot in record)
    below = sum(dot["side"] < 0 for dot in record)
    whole = "" if len(record) == 1 else "all "
    if above == len(record):
        return f"{whole}above the middle"
    if below == len(record):
        return f"{whole}below the middle"
    return f"{words.spelled(above)} above the middle and {words.spelled(below)} below"


def curve_figure(
    curve: Mapping[str, Any],
    key: str,
    outcome: str,
    warnings: Sequence[str],
    as_on: Any = None,
) -> Figure:
    """How often an outcome happens for each value of one input.

    `as_on` is the day whose recorded value the curve marks.
    """
    points = sorted(curve["points"], key=lambda point: point["x"])
    rows = [_curve_row(point) for point in points]
    alongside = list(zip("abc", curve.get("alongside") or ()))
    beside = [
        (letter, [_curve_row(p) for p in sorted(more["points"], key=lambda point: point["x"])])
        for letter, more in alongside
    ]
    first, last = rows[0], rows[-1]
    unit = str(curve.get("unit") or "")
    title = str(curve.get("title") or curve.get("path") or "")
    finding = (
        f"From {words.worlds(first['value'] / 1000)} of 1,000 worlds ({_drawn(first)}) at "
        f"{words.number(first['x'])} {unit} to {words.worlds(last['value'] / 1000)} "
        f"({_drawn(last)}) at {words.number(last['x'])}"
    )
    axis = f"{title}, {unit}" if unit else title
    recorded = value_of(curve.get("recorded"))
    marked = f"as on {words.day(as_on)}" if as_on else "as recorded"
    drawing = both(
        partial(charts.curve, rows, beside, recorded, axis, marked),
        f"{axis}. {finding}",
        wide=540,
        narrow=NARROW,
    )
    caption = "Line: average. Dark band, and in brackets: chance of the draw (95\u00a0%). "
    caption += "Pale band: what we do not know."
    if recorded is not None:
        caption += f" Dotted: {marked}, {words.number(recorded)} {unit}."
    if alongside:
        named = "; ".join(f"{letter}: {more['title'].rstrip('.')}" for letter, more in alongside)
        caption += f" Broken lines: the same with other changes as well ({named})."
    if any("built in" in str(warning).lower() for warning in warnings):
        caption += " The direction is built into the equations; only the size is a finding."
    curves = [("", rows)]
    curves += [(str(more["title"]), points_) for (_, more), (_, points_) in zip(alongside, beside)]
    table = [
        {
            "with": made,
            "x": row["x"],
            "per_1000": row["value"],
            "draw_low": row["draw_low"],
            "draw_high": row["draw_high"],
            "unknown_low": row["unknown_low"],
            "unknown_high": row["unknown_high"],
        }
        for made, drawn in curves
        for row in drawn
    ]
    subtitle = f"{words.capital(outcome)}: worlds of 1,000" if outcome else "Worlds of 1,000"
    return Figure(key, finding, subtitle, caption, drawing, as_csv(key, table))


def _drawn(row: Mapping[str, float]) -> str:
    ends = (row["draw_low"], row["draw_high"])
    return " to ".join(words.number(round(end, 1 if end < 20 else None)) for end in ends)


def _curve_row(point: Mapping[str, Any]) -> dict[str, float]:
    value = point["p"] * 1000
    draw = [end * 1000 for end in point.get("interval") or (point["p"], point["p"])]
    unknown = [end * 1000 for end in point.get("epistemic") or (end / 1000 for end in draw)]
    return {
        "x": float(point["x"]),
        "value": value,
        "draw_low": draw[0],
        "draw_high": draw[1],
        "unknown_low": unknown[0],
        "unknown_high": unknown[1],
    }


def pair_rows(scenario: Any, pairs: Any) -> list[dict[str, Any]]:
    """Wars by pair: how often in the worlds, when, and in the record."""
    names = {str(get(a, "id")): str(get(a, "name")) for a in items(get(scenario, "actors"))}
    rows = []
    for pair in sorted(items(pairs), key=lambda p: -float(get(p, "probability", default=0) or 0)):
        probability = float(get(pair, "probability", default=0) or 0)
        actor, target = str(get(pair, "actor")), str(get(pair, "target"))
        recorded, median = get(pair, "recorded"), get(pair, "median_date")
        rows.append(
            {
                "pair": f"{names.get(actor, actor)} and {names.get(target, target)}",
                "worlds": words.of_thousand(probability),
                "median": words.month_name(as_date(median)) or words.DASH,
                "recorded": _when(recorded) or _NONE,
                "shown": bool(_when(recorded)) or probability >= _RARE,
            }
        )
    return rows


def _when(value: Any) -> str:
    if value is None or value is False or value == "" or value != value:
        return ""
    if value is True:
        return "yes"
    when = as_date(value)
    return words.day(when) if when and len(str(value)) >= 10 else words.day(value)


def outcome_rows(scenario: Any, ensemble: Any) -> list[dict[str, str]]:
    """What happens in the worlds left to themselves, outcome by outcome."""
    table = get(ensemble, "outcomes")
    if table is None:
        return []
    weights = get(ensemble, "weights")
    start = as_date(get(scenario, "start"))
    told = forces(scenario)
    rows = []
    for outcome in items(get(scenario, "outcomes")):
        key = str(get(outcome, "id"))
        if key not in table:
            continue
        text = _outcome_text(
            str(get(outcome, "kind", default="")), table[key], weights, start, told
        )
        if text:
            rows.append({"title": words.capital(str(get(outcome, "title"))), "worlds": text})
    return rows


def _outcome_text(kind: str, column: Any, weights: Any, start: dt.date | None, told: Forces) -> str:
    values = np.asarray(column, dtype="datetime64[D]" if _dates(column) else float)
    weight = (
        np.full(len(values), 1 / max(len(values), 1)) if weights is None else np.asarray(weights)
    )
    known = ~(np.isnat(values) if values.dtype.kind == "M" else np.isnan(values))
    if not known.any():
        return "in none of the worlds" if kind.endswith(("_by", "_date")) else ""
    if kind.endswith("_by"):
        return f"in {words.of_thousand(float(np.sum(weight[known] * values[known])))} worlds"
    order = np.argsort(values[known])
    steps = np.cumsum(weight[known][order])
    low, middle, high = (
        values[known][order][min(np.searchsorted(steps, part * steps[-1]), len(order) - 1)]
        for part in (0.05, 0.5, 0.95)
    )
    if kind.endswith("_date"):
        happened = words.of_thousand(float(np.sum(weight[known])))
        return f"in {happened} worlds; middle {_told_day(middle, start)}"
    unit = ""
    if kind == "control":
        ends = [words.share(float(value)) for value in (middle, low, high)]
    elif kind == "equipment":
        ends = [words.number(float(value), 2) for value in (middle, low, high)]
        unit = " pieces"
    else:
        ends = [words.number(told.told(float(value)), 2) for value in (middle, low, high)]
        unit = f" {told.unit}"
    return f"middle {ends[0]}{unit} (90\u00a0% of worlds: {ends[1]} to {ends[2]})"


def _dates(column: Any) -> bool:
    return getattr(getattr(column, "dtype", None), "kind", "") == "M"


def _told_day(value: Any, start: dt.date | None) -> str:
    if isinstance(value, np.datetime64):
        return words.month(value.astype("datetime64[D]").item())
    # A date outcome stored as weeks since the first day.
    return (
        words.month(start + dt.timedelta(days=float(value) * 7))
        if start
        else words.number(float(value))
    )
