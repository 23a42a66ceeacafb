"""A model: a scenario and an order of laws, ready to run. `with_` adds a law of one's own.

A law of one's own is a file with a `@kernel` called `step`, and perhaps

    AFTER      the law after which it acts; without it, it acts last
    CONSTANTS  numbers that `step` names: name → value

Its name, and with it the address of its luck, is the name of the file.
"""

from __future__ import annotations

import ast
import inspect
import math
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from numba.core.dispatcher import Dispatcher

from twofront.basics import BadInput, Problem, nearest
from twofront.engine import FIXED, Mechanism, parameters_of
from twofront.engine.build import build
from twofront.engine.compose import ARRAYS, SCALARS, plain
from twofront.engine.lanes import NOT_COMPILED
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

        Raises `BadInput` when no law has that name, or another has the new one's, when a constant
        takes a name that has a meaning already, or when the law names what nothing gives or writes
        what the scenario fixes: blocks of worlds share that, so their order would matter.
        """
        name = after if isinstance(after, str) else after.name
        names = [m.name for m in self.order]
        if name not in names:
            raise BadInput(
                Problem(f'law "{name}"', f"no such law{nearest(name, names)}", ", ".join(names))
            )
        problems = self._clashes(law, constants or {})
        known = {*self._known(), *(constants or {})}
        problems += [
            Problem(
                f"law {law.name}", f'step names "{word}", which is no field, scalar, constant or '
                f"parameter{nearest(word, [*known, *ARRAYS, *SCALARS])}",
            )
            for word in parameters_of((law,)) if word not in known
        ]  # fmt: skip
        problems += [
            Problem(f"law {law.name}", f'step writes "{word}", which the scenario fixes for all '
                    f"worlds ({law.name}.py, line {line})", "state, scratch or shared fields")
            for word, line in _writes(law) if word in FIXED
        ]  # fmt: skip
        if problems:
            raise BadInput(problems)
        place = names.index(name) + 1
        more = {key: {"value": value} for key, value in (constants or {}).items()}
        return replace(
            self,
            order=(*self.order[:place], law, *self.order[place:]),
            extra={**self.extra, **more},
        )

    def _known(self) -> set[str]:
        return {*constants(), *self.extra, *self.scenario.parameters}

    def _clashes(self, law: Mechanism, given: Mapping[str, float]) -> list[Problem]:
        problems = []
        if law.name in [m.name for m in self.order]:
            problems.append(
                Problem(f"law {law.name}", "another law has this name", "a name of its own")
            )
        for word in given:
            if word in {*ARRAYS, *SCALARS} or word in self._known():
                problems.append(
                    Problem(f"law {law.name}", f'its constant "{word}" has a meaning already',
                            f"a name of its own, such as {law.name}_{word}")
                )  # fmt: skip
        return problems

    def system(self) -> System:
        """The arrays of this model; built once, so not to be changed in place."""
        return self._system

    @cached_property
    def _system(self) -> System:
        problems = _misfits(self.scenario)
        if problems:
            raise BadInput(problems)
        return build(self.scenario, {**constants(), **self.extra})


def _misfits(scenario: Scenario) -> list[Problem]:
    """Parameters of a scenario that take the place of a constant and cannot."""
    problems = []
    for name, given in scenario.parameters.items():
        entry = constants().get(name)
        if entry is None:
            continue
        where = f"{scenario.name}: parameter.{name}"
        unit, low = entry["unit"], given.low
        if given.unit != unit:
            problems.append(
                Problem(where, f'its unit is "{given.unit}", the law counts in "{unit}"', unit)
            )
        elif low <= (above := entry.get("above", -math.inf)):
            problems.append(Problem(where, f"laws divide by it: {low:g}", f"above {above:g}"))
    return problems


def _writes(law: Mechanism) -> list[tuple[str, int]]:
    """Fields that the text of `step` assigns to, each with the line where it does so first."""
    step = inspect.unwrap(getattr(law.step, "py_func", law.step))
    given = dict(zip(inspect.signature(step).parameters, law.fields))
    found: dict[str, int] = {}
    for function in ast.walk(ast.parse(law.source)):
        if not isinstance(function, ast.FunctionDef) or function.name != step.__name__:
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)):
                continue
            array = node.value
            while isinstance(array, ast.Subscript):
                array = array.value
            if isinstance(array, ast.Name) and array.id in given:
                found.setdefault(given[array.id], node.lineno)
    return list(found.items())


def load_law(source: str, file: str, name: str) -> ModuleType:
    """Runs the text of a law's file and returns its module.

    Raises `BadInput` with the line when the text is not Python or fails.
    """
    module = ModuleType(f"twofront_law_{name}")
    module.__file__ = file
    sys.modules[module.__name__] = module
    try:
        exec(compile(source, file, "exec"), module.__dict__)
    except SyntaxError as error:
        where = f"{error.filename or file}:{error.lineno or 1}"
        raise BadInput(Problem(where, f"is not Python: {error.msg}")) from None
    except (Exception, SystemExit) as error:
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
        where = f"{file}:{lines[-1]}" if lines else file
        raise BadInput(Problem(where, f"{type(error).__name__}: {error}")) from None
    return module


def law_from(path: Path | str) -> tuple[Mechanism, str, dict[str, float]]:
    """A law from a user's file, the law after which it acts, and its constants.

    The file is run, so name only files you trust. Raises `BadInput` when there is none, when it
    is not Python, or when it holds no law.
    """
    path = Path(path)
    name = path.stem
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        raise BadInput(Problem(str(path), "no such file", "a Python file with a law")) from None
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) else "is not text in UTF-8"
        raise BadInput(Problem(str(path), str(what), "a Python file with a law")) from None
    if not name.isidentifier():
        raise BadInput(
            Problem(str(path), f'"{name}" cannot be the name of a law',
                    "a file name of letters, digits and _, such as camp_fever.py")
        )  # fmt: skip
    module = load_law(source, str(path), name)
    step = getattr(module, "step", None)
    # With compiling switched off, @kernel leaves a function as it is.
    if not (isinstance(step, Dispatcher) or (NOT_COMPILED and callable(step))):
        what = "has no step" if step is None else "step is not compiled"
        raise BadInput(
            Problem(str(path), what, 'a function "step" under @kernel (from twofront.engine)')
        )
    after = getattr(module, "AFTER", ORDER_OF_THE_WEEK[-1].name)
    given = getattr(module, "CONSTANTS", {})
    problems = []
    if not isinstance(after, str):
        problems.append(Problem(f"{path}: AFTER", "is not a name", 'a law, such as "movement"'))
    if not isinstance(given, Mapping):
        problems.append(Problem(f"{path}: CONSTANTS", "is no table", '{"name": value}'))
    elif wrong := [word for word, value in given.items() if not _is_number(value)]:
        problems += [
            Problem(f"{path}: CONSTANTS", f"{word} is {given[word]!r}", "a finite number")
            for word in wrong
        ]
    if problems:
        raise BadInput(problems)
    fields = tuple(inspect.signature(plain(step)).parameters)
    numbers = {str(word): float(value) for word, value in given.items()}
    return Mechanism(name, step, fields, source), after, numbers


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
