"""A language is data: no letter of its alphabet stands in code that decides something."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "twofront"
CYRILLIC = re.compile(r"[\u0400-\u052f]")
# What remains, and why.
ALLOWED = {
    "sources/grammar/letters.py": (
        "what is of a script and not of a language: ё that many printers have not, "
        "and I and X of Roman figures from a Cyrillic keyboard"
    ),
}


def _strings(tree: ast.Module) -> list[ast.Constant]:
    """The string constants of a module that are no docstrings."""
    texts = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts
    ]


def _with_cyrillic(code: str) -> list[int]:
    return [node.lineno for node in _strings(ast.parse(code)) if CYRILLIC.search(str(node.value))]


def test_no_cyrillic_letter_stands_in_code():
    found = {
        str(path.relative_to(SOURCE)): lines
        for path in sorted(SOURCE.rglob("*.py"))
        if (lines := _with_cyrillic(path.read_text("utf-8")))
    }
    assert found.keys() == ALLOWED.keys(), found


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('"""«ова»: endings."""\nx = 1  # «ова»\n', []),
        ('x = 1\ny = low.endswith("ова")\n', [2]),
        ('y = f"{x}ова"\n', [1]),
        ('y = "\\u043e"\n', [1]),
        ('y = r"[\\u0400-\\u04ff]"\n', []),  # a script, and no letter of it
    ],
)
def test_docstrings_and_comments_may_show_examples(code: str, lines: list[int]):
    assert _with_cyrillic(code) == lines
