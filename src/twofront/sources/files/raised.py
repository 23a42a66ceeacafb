"""Small raised figures: the number of a note is no part of the word or number before it."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\d{1,3}")
_UNIT = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,2}\Z")  # km², m³
_POWER = re.compile(r"(?<![\d.,])10\Z")  # 10⁶


def raised(before: str, figures: str) -> str:
    """Raised figures as plain text, behind the text before them: "1813[2]", "km2", "10^6".

    At the beginning of a line they number the note that follows and stay as they are.
    """
    if not _NOTE.fullmatch(figures.strip()) or not before or before[-1].isspace():
        return figures
    if _POWER.search(before):
        return f"^{figures}"
    return figures if _UNIT.search(before) else f"[{figures.strip()}]"
