"""A first scenario of one's own: a small commented one that loads, to be rewritten."""

from __future__ import annotations

import shutil
from pathlib import Path

from twofront.basics import BadInput, Problem

from .reading import scenario_directory


def new_scenario(path: str | Path, template: str = "two-states") -> Path:
    """Copy a shipped scenario to a new directory and return it."""
    target = Path(path)
    source = scenario_directory(template)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(Problem(str(target), "is there already", "a new or an empty directory"))
    try:
        shutil.copytree(source, target, dirs_exist_ok=True)
    except OSError as error:
        raise BadInput(Problem(str(target), f"cannot be written: {error.strerror}")) from None
    return target
