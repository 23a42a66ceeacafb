"""The rows of a table of reference facts, as they stand in the file.

Whatever would be guessed at is refused with its line: a quotation mark that nobody closes, a row
with more or fewer cells than the head, a number like "1_500" or "nan".
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from twofront.basics import BadInput, Problem
from twofront.basics.files import text_of

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST = 60  # characters of a cell that are shown


def rows_of(
    path: Path, columns: Sequence[str], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The rows by the names of their columns, each with its line. Raises `BadInput`."""
    accepted = f"CSV in UTF-8 with the columns {', '.join(columns)}"
    lines = _lines(path, accepted)
    _, head = next(lines, (1, []))
    head = [name.strip() for name in head]
    missing = [name for name in needed if name not in head]
    if missing:
        raise BadInput(Problem(str(path), f"has no column {', '.join(missing)}", accepted))
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        what = f"has the column {', '.join(twice)} twice"
        raise BadInput(Problem(str(path), what, "each column once"))
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    for line, cells in lines:
        if len(cells) == len(head):
            rows.append((line, dict(zip(head, cells, strict=True))))
        elif cells:
            what = f"is of {len(cells)} and not {len(head)} cells, which the first line has"
            hint = "a cell for each column; one with a comma in it in quotation marks"
            problems.append(Problem(f"{path}: line {line}", what, hint))
    if problems:
        raise BadInput(problems)
    return rows


def _lines(path: Path, accepted: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row, and the line on which it begins."""
    reader = csv.reader(io.StringIO(text_of(path, accepted), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            open_quote = "end of data" in str(error)
            what = "opens a quotation mark that is never closed" if open_quote else f"has a {error}"
            raise BadInput(Problem(f"{path}: line {line}", what, accepted)) from None
        yield line, cells


def number_of(where: str, text: str) -> float | None:
    """The number of a cell; None of an empty one. Raises `BadInput` for what is none."""
    text = text.strip()
    if not text:
        return None
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
        raise BadInput(Problem(where, f'"{shown}" is no number', "a number such as 1200"))
    return number
