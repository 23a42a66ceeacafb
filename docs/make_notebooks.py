"""Runs the worked notebooks of docs/notebooks and keeps what their cells show.

    python docs/make_notebooks.py [NAME ...]

No notebook server is needed: a cell is executed as it stands, what it prints and the value of its
last line are its output. A chart is kept as SVG.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).parent / "notebooks"


def code_of(path: Path) -> list[str]:
    """The code cells of a notebook, in their order."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def execute(source: str, namespace: dict[str, Any]) -> tuple[str, Any]:
    """Runs one cell: what it printed, and the value of its last line if that is an expression."""
    tree = ast.parse(source)
    end = tree.body[-1] if tree.body else None
    last = end if isinstance(end, ast.Expr) else None
    if last is not None:
        tree.body.pop()
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), namespace)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)
    return printed.getvalue(), value


def shown(value: Any) -> dict[str, list[str]]:
    """A value as a notebook shows it, by media type."""
    import altair as alt

    if isinstance(value, alt.TopLevelMixin):
        import vl_convert

        svg = vl_convert.vegalite_to_svg(value.to_json())
        return {"image/svg+xml": svg.splitlines(keepends=True)}
    data = {"text/plain": repr(value)[:2000].splitlines(keepends=True)}
    if hasattr(value, "_repr_html_"):
        data = {"text/html": value._repr_html_().splitlines(keepends=True)}
    return data


def _outputs(printed: str, value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if printed:
        text = printed.splitlines(keepends=True)
        found.append({"output_type": "stream", "name": "stdout", "text": text})
    if value is not None:
        found.append({"output_type": "display_data", "metadata": {}, "data": shown(value)})
    return found


def make(path: Path) -> None:
    """Runs a notebook and writes it back with its outputs."""
    notebook = json.loads(path.read_text("utf-8"))
    namespace: dict[str, Any] = {}
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            printed, value = execute("".join(cell["source"]), namespace)
            cell["outputs"], cell["execution_count"] = _outputs(printed, value), count
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Runs all notebooks, or those named."""
    wanted = set(sys.argv[1:])
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not wanted or path.stem in wanted:
            make(path)
            print(path)


if __name__ == "__main__":
    main()
