"""Every fault of a data file at once, each with its file and path, in words a writer can use.

`claims-a.toml: claim[3] (C004).verdit: unknown key, did you mean "verdict"?`
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from twofront.basics import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)


def read_entry(model: type[Model], data: Any, where: str, problems: list[Problem]) -> Model | None:
    """The entry, or None after adding what is wrong with it to `problems`."""
    if not isinstance(data, Mapping):
        problems.append(Problem(where, "must be a table", ", ".join(model.model_fields)))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(_problem(model, where, fault) for fault in error.errors())
        return None


def _problem(model: type[BaseModel], where: str, fault: Any) -> Problem:
    loc = fault["loc"]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    place = where + path if ": " in where else f"{where}: {path.lstrip('.')}"
    accepted = ", ".join(model_at(model, loc[:-1]).model_fields)
    if fault["type"] == "extra_forbidden":
        close = nearest(str(loc[-1]), accepted.split(", "))
        return Problem(place, f"unknown key{close}", accepted)
    if fault["type"] == "missing":
        return Problem(place, "is missing")
    if fault["type"] == "literal_error":
        known = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        close = nearest(str(fault["input"]), known.split(", "))
        return Problem(place, f'"{fault["input"]}" is not known{close}', known)
    return Problem(place, fault["msg"].removeprefix("Value error, "))


def model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that describes the table at a path below `model`."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) or isinstance(annotation, types.UnionType):
        for argument in typing.get_args(annotation):
            found = _inner(argument)
            if found:
                return found
    return None
