"""Rules that no single line shows: unique ids, shares that add up, lanes that exist.

They read the parsed files as they are, so that they speak up even where a file has other faults;
what is malformed is passed over here and reported by its own validation.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from twofront.basics import Problem

from .behaviour import PARAMETERS, bounds, missing_parameters

Documents = Mapping[str, Mapping[str, Any]]

# What must not stand twice, by file and key.
_UNIQUE: dict[str, dict[str, tuple[str, ...]]] = {
    "actors.toml": {
        "actor": ("id",),
        "belief_offset": ("actor", "about"),
        "hostility": ("actor", "toward"),
        "dependence": ("actor", "on"),
        "defence_tie": ("actor", "helper"),
        "attack_tie": ("actor", "partner"),
        "image": ("id",),
        "image_of": ("actor", "image"),
    },
    "theatres.toml": {
        "theatre": ("id",),
        "control": ("theatre", "actor"),
        "stake": ("actor", "theatre"),
    },
    "forces.toml": {
        "force": ("actor", "theatre"),
        "equipment": ("id",),
        "stock": ("actor", "theatre", "equipment"),
    },
    "treaties.toml": {"treaty": ("id",), "promise": ("id",), "aid": ("id",), "source": ("id",)},
    "paths.toml": {"path": ("actor", "kind", "equipment")},
    "record.toml": {
        "event": ("id",),
        "level": ("date", "actor", "theatre"),
        "count": ("date", "actor", "theatre", "equipment"),
    },
    "outcomes.toml": {"outcome": ("id",), "series": ("id",)},
    "theses.toml": {"thesis": ("id",), "variant": ("id",)},
}

# Keys that a row may leave out and still be one of its kind.
_MAY_LACK = {"level": {"theatre"}, "count": {"theatre"}, "path": {"equipment"}}


def rules_across(documents: Documents) -> list[Problem]:
    """Every broken rule among the files that could be parsed."""
    return [
        *_span(documents),
        *_repeated(documents),
        *_shared_uids(documents, "actors.toml", "actor"),
        *_shared_uids(documents, "theatres.toml", "theatre"),
        *_overfull(documents),
        *_lanes(documents),
        *_seasons(documents),
        *_images(documents),
        *_aid(documents),
        *_parameters(documents),
        *_impossible_parameters(documents),
        *_passages(documents),
        *_pacts(documents),
        *_missing_paths(documents),
        *_outcomes(documents),
    ]


def _rows(documents: Documents, file: str, key: str) -> list[tuple[int, dict[str, Any]]]:
    rows = documents.get(file, {}).get(key, [])
    if not isinstance(rows, list):
        return []
    return [(index, row) for index, row in enumerate(rows) if isinstance(row, dict)]


def _span(documents: Documents) -> Iterator[Problem]:
    top = documents.get("scenario.toml", {})
    start, end = str(top.get("start", "")), str(top.get("end", "9"))
    if end <= start:
        yield Problem("scenario.toml: end", f"{end} is not after the start", f"after {start}")
    elif (weeks := _weeks(documents)) is not None:
        step = top.get("step_weeks", 1)
        if isinstance(step, int) and step > max(weeks, 1):
            what = f"{step} is longer than the scenario"
            yield Problem("scenario.toml: step_weeks", what, f"1 to {max(weeks, 1)}")


def _weeks(documents: Documents) -> int | None:
    """Whole weeks from the first day to the last; none where the days cannot be read."""
    top = documents.get("scenario.toml", {})
    try:
        start, end = (dt.date.fromisoformat(str(top[key])) for key in ("start", "end"))
    except (KeyError, ValueError):
        return None
    return (end - start).days // 7


def _passages(documents: Documents) -> Iterator[Problem]:
    """What is on its way for longer than the scenario lasts never arrives."""
    weeks = _weeks(documents)
    ways = (
        ("theatres.toml", "lane", "weeks"), ("treaties.toml", "aid", "weeks"),
        ("treaties.toml", "source", "relay"),
    )  # fmt: skip
    for file, collection, key in ways:
        for index, row in _rows(documents, file, collection):
            number = row.get(key)
            value = number.get("value") if isinstance(number, dict) else None
            if weeks is not None and isinstance(value, int | float) and value > max(weeks, 1):
                what = f"{value:g} weeks are longer than the scenario"
                yield Problem(f"{file}: {collection}[{index}].{key}", what, f"at most {weeks}")


def _pacts(documents: Documents) -> Iterator[Problem]:
    """Two pacts of one pair on the first day: only one of them could run out."""
    start = str(documents.get("scenario.toml", {}).get("start", ""))
    seen: set[frozenset[str]] = set()
    for index, row in _rows(documents, "treaties.toml", "treaty"):
        parties = row.get("parties")
        binds = row.get("kind") in ("non-aggression", "neutrality") and not row.get("denounced")
        if not (binds and isinstance(parties, list)):
            continue
        if str(row.get("signed")) <= start < str(row.get("expires")):
            pair = frozenset(map(str, parties))
            if pair in seen:
                named = " and ".join(sorted(pair))
                what = f"{named} have a pact in force on the first day already"
                yield Problem(f"treaties.toml: treaty[{index}]", what, "one pact a pair")
            seen.add(pair)


def _repeated(documents: Documents) -> Iterator[Problem]:
    for file, collections in _UNIQUE.items():
        for collection, keys in collections.items():
            seen: set[tuple[str, ...]] = set()
            for index, row in _rows(documents, file, collection):
                identity = tuple(str(row.get(key) or "") for key in keys)
                if identity in seen:
                    named = ", ".join(part for part in identity if part)
                    yield Problem(f"{file}: {collection}[{index}]", f"{named} stands here again")
                if row.keys() >= set(keys) - _MAY_LACK.get(collection, set()):
                    seen.add(identity)


def _shared_uids(documents: Documents, file: str, key: str) -> Iterator[Problem]:
    rows = _rows(documents, file, key)
    counts = Counter(str(row.get("uid")) for _, row in rows if "uid" in row)
    for index, row in rows:
        if counts[str(row.get("uid"))] > 1:
            others = [
                str(other.get("id") or f"{key}[{place}]")
                for place, other in rows
                if place != index and other.get("uid") == row["uid"]
            ]
            what = f"uid {row['uid']} is that of {', '.join(others)} too"
            yield Problem(f"{file}: {key}[{index}].uid", what, "a number of its own")


def _overfull(documents: Documents) -> Iterator[Problem]:
    held: dict[str, float] = defaultdict(float)
    for _, row in _rows(documents, "theatres.toml", "control"):
        share = row.get("share")
        value = share.get("value") if isinstance(share, dict) else None
        if isinstance(value, int | float):
            held[str(row.get("theatre"))] += value
    for theatre, total in held.items():
        if total > 1 + 1e-9:
            what = f"shares of {theatre} add up to {total:g}"
            yield Problem("theatres.toml: control", what, "at most 1 in all")


def _lanes(documents: Documents) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for index, lane in _rows(documents, "theatres.toml", "lane"):
        where = f"theatres.toml: lane[{index}]"
        a, b = str(lane.get("from")), str(lane.get("to"))
        ways = {(a, b)} if lane.get("one_way") is True else {(a, b), (b, a)}
        if a == b:
            yield Problem(where, f"leads from {a} to itself")
        elif ways & seen:
            yield Problem(where, f"{a} and {b} are joined already", "one lane a pair")
        seen |= ways


def _seasons(documents: Documents) -> Iterator[Problem]:
    seen: set[tuple[str, object]] = set()
    for index, row in _rows(documents, "theatres.toml", "season"):
        theatre, months = str(row.get("theatre")), row.get("months")
        named = months if isinstance(months, list | tuple) else ()
        for month in sorted({month for month in named if isinstance(month, int)}):
            if (theatre, month) in seen:
                what = f"{theatre} has a season in month {month} already"
                yield Problem(f"theatres.toml: season[{index}].months", what, "one season a month")
            seen.add((theatre, month))


def _images(documents: Documents) -> Iterator[Problem]:
    weights: dict[str, list[object]] = defaultdict(list)
    for _, row in _rows(documents, "actors.toml", "image_of"):
        weight = row.get("weight")
        value = weight.get("value") if isinstance(weight, dict) else None
        weights[str(row.get("actor"))].append(value)
    for actor, values in weights.items():
        if all(value == 0 for value in values):
            what = f"no image of {actor} has any weight"
            yield Problem("actors.toml: image_of", what, "a weight above 0 for one of them")


def _aid(documents: Documents) -> Iterator[Problem]:
    """The lane that a flow names must be there, in its direction."""
    lanes = [lane for _, lane in _rows(documents, "theatres.toml", "lane")]
    ways = {(str(lane.get("from")), str(lane.get("to"))) for lane in lanes}
    ways |= {
        (str(lane.get("to")), str(lane.get("from")))
        for lane in lanes
        if lane.get("one_way") is not True
    }
    for index, row in _rows(documents, "treaties.toml", "aid"):
        here, there = str(row.get("from_theatre")), str(row.get("to_theatre"))
        if {"from_theatre", "to_theatre"} <= row.keys() and lanes and (here, there) not in ways:
            onward = ", ".join(sorted(end for start, end in ways if start == here))
            yield Problem(
                f"treaties.toml: aid[{index}].to_theatre",
                f"no lane leads from {here} to {there}",
                f"from {here} to {onward}" if onward else "the two ends of a lane",
            )


def _parameters(documents: Documents) -> Iterator[Problem]:
    given = documents.get("behaviour.toml", {}).get("parameter")
    if not isinstance(given, dict):
        return
    for sentence in missing_parameters(set(given)):
        yield Problem("behaviour.toml: parameter", sentence)
    for name, unit in PARAMETERS.items():
        stated = given[name].get("unit") if isinstance(given.get(name), dict) else None
        if isinstance(stated, str) and stated != unit:
            what = f'unit "{stated}" does not fit here'
            yield Problem(f"behaviour.toml: parameter.{name}.unit", what, f'"{unit}"')


def _impossible_parameters(documents: Documents) -> Iterator[Problem]:
    """Values and ends of ranges that no law can mean anything by."""
    given = documents.get("behaviour.toml", {}).get("parameter")
    for name, row in given.items() if isinstance(given, dict) else ():
        if not isinstance(row, dict):
            continue
        least, most = bounds(name, str(row.get("unit")))
        ends = row.get("range")
        numbers = [row.get("value"), *(ends if isinstance(ends, list) else ())]
        real = [number for number in numbers if isinstance(number, int | float)]
        wrong = [number for number in real if number < least or number > most]
        if wrong:
            accepted = f"{least:g} to {most:g}" if most < inf else f"at least {least:g}"
            yield Problem(
                f"behaviour.toml: parameter.{name}", f"{wrong[0]:g} is impossible here", accepted
            )


def _missing_paths(documents: Documents) -> Iterator[Problem]:
    if "paths.toml" not in documents:
        return
    rows = _rows(documents, "paths.toml", "path")
    given = {(str(row.get("actor")), str(row.get("kind"))) for _, row in rows}
    for _, actor in _rows(documents, "actors.toml", "actor"):
        for kind in ("peace_force", "industry"):
            if "id" in actor and (str(actor["id"]), kind) not in given:
                yield Problem("paths.toml: path", f"{actor['id']} has no {kind}")


def _outcomes(documents: Documents) -> Iterator[Problem]:
    """An outcome is a column of its own, and concerns two powers where it says so."""
    for index, row in _rows(documents, "outcomes.toml", "outcome"):
        where = f"outcomes.toml: outcome[{index}]"
        if row.get("id") == "world":
            yield Problem(f"{where}.id", '"world" is the column of worlds', "a name of its own")
        actors, targets = row.get("actors"), row.get("targets")
        if "actor" in row and "target" in row:
            actors, targets = [row["actor"]], [row["target"]]
        if not (isinstance(actors, list) and isinstance(targets, list) and actors and targets):
            continue
        if all(actor == target for actor in actors for target in targets):
            yield Problem(where, f'"{actors[0]}" stands on both sides', "two powers")
