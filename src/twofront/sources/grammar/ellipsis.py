"""What a sentence tells once and means twice.

They lost 2,573 men and the French 1800.       союзники потеряли 8270 человек, русские — 1800
"""

from __future__ import annotations

import re

from .lexicon import lexicon
from .pieces import Pieces

_COUNT = re.compile(r"[NDY]+")
_WHOSE = re.compile(r"[,;a](?:i[wc]{1,2}|[wc]{1,2}-)$")  # "and the French", «, союзники —»


def goes_on_counting(pieces: Pieces, i: int) -> bool:
    """Whether a bare number is somebody's own count of what the sentence counted before."""
    shape = pieces.shape
    if shape[i + 1] not in ",.;|" or _WHOSE.search(shape, max(0, i - 5), i) is None:
        return False
    units, first = lexicon(pieces.language).units, shape.rfind("|", 0, i) + 1
    return any(
        pieces.lows[at.end()] in units for at in _COUNT.finditer(shape, first, max(first, i - 2))
    )
