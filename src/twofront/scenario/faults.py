"""From pydantic's errors to sentences that name file, place, fault and what would be accepted."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from twofront.basics import Problem, nearest


def problems_of(error: ValidationError, model: type[BaseModel], where: str) -> list[Problem]:
    """One `Problem` for every error, in the order of the file."""
    details = error.errors(include_url=False)
    problems = []
    for detail in details:
        inside = [other for other in details if other["loc"][: len(detail["loc"])] == detail["loc"]]
        if detail["type"] == "too_short" and len(inside) > 1:
            continue  # an entry that is faulty itself is not a missing one
        problems.append(_problem(detail, model, where))
    return problems


def _problem(detail: Any, model: type[BaseModel], where: str) -> Problem:
    kind, loc = detail["type"], detail["loc"]
    unknown_key = kind == "extra_forbidden"
    path, keys = _walk(model, loc[:-1] if unknown_key else loc)
    if unknown_key:
        path = f"{path}.{loc[-1]}" if path else str(loc[-1])
    place = f"{where}: {path}" if path else where
    context = detail.get("ctx", {})
    if unknown_key:
        return Problem(place, f'unknown key "{loc[-1]}"{nearest(loc[-1], keys)}', ", ".join(keys))
    if kind == "missing":
        last = str(loc[-1])
        what = "no grade" if last == "grade" else "missing"
        accepted = "measured, sourced, estimated, assumed" if last == "grade" else ""
        return Problem(place, what, accepted)
    if kind == "finite_number":
        return Problem(place, f"{detail['input']} is not a finite number", "12 or 0.5")
    if kind == "fault":
        return Problem(place, context["what"], context["accepted"])
    given = f", not {detail['input']!r}" if _is_short(detail["input"]) else ""
    if kind in ("literal_error", "union_tag_invalid"):
        expected = context.get("expected") or context.get("expected_tags", "")
        tag = f'"{context["tag"]}"' if "tag" in context else repr(detail["input"])
        options = str(expected).replace("'", "").replace(" or ", ", ").split(", ")
        return Problem(place, f"{tag} is not known{nearest(tag, options)}", ", ".join(options))
    if kind == "union_tag_not_found":
        return Problem(place, "kind is missing")
    if kind in ("tuple_type", "list_type"):
        return Problem(place, f"must be a list{given}")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Problem(place, f"must be a table{given}")
    if kind == "string_type":
        return Problem(place, f"must be text{given}")
    if kind == "string_pattern_mismatch":
        return Problem(place, f"{detail['input']!r} does not fit", context["pattern"])
    return Problem(place, detail["msg"][:1].lower() + detail["msg"][1:] + given)


def _is_short(value: object) -> bool:
    return isinstance(value, str | int | float | bool) and len(str(value)) < 40


def _options(annotation: Any) -> list[Any]:
    """What an annotation may be, containers of many included."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [option for part in get_args(annotation) for option in _options(part)]
    return [annotation]


def _walk(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, list[str]]:
    """Path as it stands in the file (union tags left out), and the keys known at its end."""
    options: list[Any] = [model]
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
            options = [o for option in options for arg in get_args(option) for o in _options(arg)]
            continue
        tables = [get_args(option)[1] for option in options if get_origin(option) is dict]
        fields = [
            field
            for option in options
            if isinstance(option, type) and issubclass(option, BaseModel)
            for name, field in option.model_fields.items()
            if part in (name, field.alias)
        ]
        if tables:
            options = [o for table in tables for o in _options(table)]
        elif fields:
            options = [o for field in fields for o in _options(field.annotation)]
        else:
            # The tag of a union: not in the file, but it says which of the models is meant.
            chosen = [option for option in options if _has_tag(option, part)]
            options = chosen or options
            continue
        path += f".{part}" if path else part
    keys = [
        field.alias or name
        for option in options
        if isinstance(option, type) and issubclass(option, BaseModel)
        for name, field in option.model_fields.items()
    ]
    return path, list(dict.fromkeys(keys))


def _has_tag(option: Any, tag: str) -> bool:
    if not (isinstance(option, type) and issubclass(option, BaseModel)):
        return False
    if tag == "edit":
        return "path" in option.model_fields
    return any(
        tag in get_args(option.model_fields[key].annotation)
        for key in ("do", "kind")
        if key in option.model_fields
    )
