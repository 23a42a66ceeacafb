"""Small files of data that a user brings: TOML and CSV, read whole or refused in one sentence.

    names.toml: is not a regular file. Accepted: a gazetteer in TOML.
    names.toml: is not TOML: Expected '=' after a key (at line 3, column 5). Accepted: ...
"""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from .errors import BadInput, Problem, nearest

LARGEST = 20 * 1024 * 1024  # bytes
# Time to read a dotted key grows with the square of its parts.
_DEEP_KEY = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){50}")


def text_of(path: Path, accepted: str) -> str:
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
        if status.st_size > LARGEST:
            size = f"has {status.st_size / 2**20:.1f} MB"
            raise BadInput(Problem(where, size, f"{accepted}, up to {LARGEST // 2**20} MB"))
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(Problem(where, "no such file", accepted)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(Problem(where, f"cannot be read: {reason}", accepted)) from None


def toml_of(path: Path, accepted: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises `BadInput` for whatever is none."""
    text = text_of(path, accepted)
    try:
        if any(_DEEP_KEY.search(line) for line in text.splitlines() if "#" not in line[:1]):
            raise BadInput(Problem(str(path), "has a key of more than 50 parts", accepted))
        return tomllib.loads(text)
    except RecursionError:
        raise BadInput(Problem(str(path), "is nested too deeply", accepted)) from None
    except ValueError as error:
        raise BadInput(Problem(str(path), f"is not TOML: {error}", accepted)) from None


def toml_files(path: Path) -> list[Path]:
    """The TOML files of a folder in the order of their names; of a file, the file itself.

    Raises `BadInput` for a folder without any.
    """
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.toml"))
    if not files:
        raise BadInput(Problem(str(path), "has no TOML file in it", "a folder of *.toml files"))
    return files


def unknown_key(where: str, key: object, known: tuple[str, ...]) -> Problem:
    """What is said of a key that nobody reads: `names.toml: unknown key "nmes", did you mean ...`"""
    shown = str(key).replace("\n", " ")[:60]
    return Problem(where, f'unknown key "{shown}"{nearest(shown, known)}', ", ".join(known))
