"""Lists of words in data files, as one pattern: `*` is any ending, `~` up to four other words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .pieces import plain


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a list: "took ~ town" meets "took the old town", and "sign*" "signature"."""
    shapes = []
    for entry in sorted(words, key=len, reverse=True):
        shape = ""
        for part in plain(entry).lower().split():
            if part == "~":
                shape += r"(?:[^\s;:]+ ){0,4}?"
            else:
                shape += re.escape(part).replace(r"\*", r"[\w'-]*") + " "
        shapes.append(shape.rstrip())
    if not shapes:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(shapes)})(?!\w)")
