"""Small files of data that a user brings, TOML or CSV: read whole or refused in one sentence.

names.toml: is not a regular file. Accepted: a gazetteer in TOML.
names.toml: is not TOML: Expected '=' after a key (at line 3, column 5). Accepted: ...
"""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from .errors import BadInput, Problem

LARGEST = 20 * 1024 * 1024  # bytes
# Time to read a dotted key grows with the square of its parts.
_DEEP_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}")


def text_of(path: Path, accepted: str, largest: int = LARGEST) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises `BadInput`.

    A device or a pipe may never end, and a huge file must not fill the memory: neither is opened.
    """
    where = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(Problem(where, "is a directory", accepted))
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(Problem(where, "is not a regular file", accepted))
        if status.st_size > largest:
            size = f"has {status.st_size / 2**20:.1f} MB"
            raise BadInput(Problem(where, size, f"{accepted}, up to {largest // 2**20} MB"))
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(Problem(where, "no such file", accepted)) from None
    except UnicodeDecodeError as error:
        what = f"is not UTF-8: byte {error.start + 1} is no character"
        raise BadInput(Problem(where, what, accepted)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(Problem(where, f"cannot be read: {reason}", accepted)) from None


def toml_of(path: Path, accepted: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises `BadInput` for whatever is none."""
    text = text_of(path, accepted)
    try:
        if _DEEP_KEY.search(text):
            raise BadInput(Problem(str(path), "has a key of more than 50 parts", accepted))
        return tomllib.loads(text)
    except RecursionError:
        raise BadInput(Problem(str(path), "is nested too deeply", accepted)) from None
    except ValueError as error:
        raise BadInput(Problem(str(path), f"is not TOML: {error}", accepted)) from None


def toml_files(path: Path, accepted: str) -> list[tuple[Path, dict[str, Any]]]:
    """The tables of the TOML files of a folder in the order of their names; of a file, its own.

    Raises `BadInput` with every faulty file, and for a folder or a file with nothing in it.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise BadInput(Problem(str(path), "has no TOML file in it", accepted))
    problems: list[Problem] = []
    tables = []
    for file in files:
        try:
            tables.append((file, toml_of(file, accepted)))
        except BadInput as error:
            problems += error.problems
    if not problems and not any(table for _, table in tables):
        problems.append(Problem(str(path), "is empty", accepted))
    if problems:
        raise BadInput(problems)
    return tables
