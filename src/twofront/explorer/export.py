"""What is seen, to take away: an address, a change file, and lines for a notebook."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from twofront.scenario import Change, Scenario

from .questions import Question, baseline, build, instead


@dataclass(frozen=True)
class Taken:
    """A question in three forms."""

    address: str
    toml: str
    snippet: str


def take(scenario: Scenario, question: Question, worlds: int) -> Taken:
    """The question as it stands. Raises `Impossible` when it cannot be asked."""
    change = build(scenario, question)
    return Taken(
        address(question),
        change_file(change),
        notebook(scenario, question, change, baseline(scenario, question), worlds),
    )


def address(question: Question) -> str:
    """The page's address that holds the question."""
    return "/?" + urlencode(question.to_query())


def change_file(change: Change) -> str:
    """A change as a file for `changes/` or `--change`."""
    rows = [f"title = {_toml(change.title)}", f"asks = {_toml(change.asks)}"]
    for entry in change.change:
        rows += ["", "[[change]]"]
        rows += [f"{key} = {_toml(value)}" for key, value in _plain(entry).items()]
    return "\n".join(rows) + "\n"


def _plain(entry: Any) -> dict[str, Any]:
    """An entry as a file has it: what is done first, and nothing that is empty."""
    table = entry.model_dump(by_alias=True, exclude_none=True)
    table = {key: value for key, value in table.items() if value not in ((), [])}
    return {**({"do": table.pop("do")} if "do" in table else {}), **table}


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.17g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    # A JSON string is a basic string of TOML, but for the character DEL.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def notebook(
    scenario: Scenario, question: Question, change: Change, other: Change | None, worlds: int
) -> str:
    """Python that asks the same worlds the same question."""

    def named(one: Change) -> str:
        if not question.by_hand:
            return json.dumps(one.id)
        table = {"title": one.title, "asks": one.asks, "change": [*map(_plain, one.change)]}
        return f"change_from({_python(table)}, s, id={json.dumps(one.id)})"

    imports = "from twofront.scenario import change_from\n" if question.by_hand else ""
    base = f"s.change({named(other)})" if other else "s"
    root = "s" if instead(scenario, question) else "base"
    lines = [
        "import datetime",
        "import twofront as tf",
        "from twofront.lab import Model, branch, compare_branches",
        f"{imports}",
        f"s = tf.scenario({json.dumps(scenario.name)})",
        f"base = {base}",
        f"alt = {root}.change({named(change)})",
    ]
    if question.until:
        lines.append(f'post = tf.condition(s, until="{question.until}", worlds={worlds})')
    place = "post" if question.until else f"worlds={worlds}"
    outcome = json.dumps(question.outcome)
    lines += [
        f"left = branch(Model(base), {outcome}, {place})",
        f"right = branch(Model(alt), {outcome}, {place})",
        f"found = compare_branches(left, right, {outcome})",
        "print(found.base, found.changed, found.effect, found.interval)",
    ]
    if "datetime.date" not in "\n".join(lines):
        lines.remove("import datetime")
    return "\n".join(line for line in lines if line) + "\n"


def _python(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_python(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_python(part) for part in value) + "]"
    return repr(value)
