"""The worked notebooks run as they stand, with few worlds, and show what they keep."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from helpers import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("maker", ROOT / "docs" / "make_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_a_notebook_for_each_kind_of_question():
    names = {path.stem for path in NOTEBOOKS}
    assert names == {
        "test-a-sentence", "sweep-a-garrison", "a-rival-image", "a-thesis-of-your-own"
    }  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_cells_of_a_notebook_run(path: Path, maker: ModuleType) -> None:
    namespace: dict[str, Any] = {}
    last = None
    for source in maker.code_of(path):
        _, last = maker.execute(
            re.sub(r"^WORLDS = \d+", "WORLDS = 16", source, flags=re.M), namespace
        )
    assert namespace["WORLDS"] == 16
    assert last is not None or path.stem == "test-a-sentence"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_what_its_cells_showed_and_is_small(path: Path) -> None:
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    assert notebook["nbformat"] == 4
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert sum(bool(cell["outputs"]) for cell in code) >= len(code) - 1
    assert not any(o["output_type"] == "error" for cell in code for o in cell["outputs"])
    assert len(text) < 120_000
