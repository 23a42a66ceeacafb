"""The two families of the page, carried inside it: sources in serif, our words in sans.

Source Sans 3 and Source Serif 4 (SIL Open Font License; the licences lie beside the files).
`measure-*.ttf` is the sans under another name, cut down to what charts need to be measured.
"""

from __future__ import annotations

import base64
import functools
from importlib.resources import files

ROOM = files("twofront.report")
MEASURE = "Twofront Measure"

_FAMILIES = {"Source Sans 3": "source-sans-3", "Source Serif 4": "source-serif-4"}
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}


@functools.cache
def font_faces() -> str:
    """`@font-face` rules with the fonts as data."""
    rules = []
    for family, slug in _FAMILIES.items():
        for subset, characters in _RANGES.items():
            data = (ROOM / "fonts" / f"{slug}-{subset}-wght-normal.woff2").read_bytes()
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:200 900;font-display:swap;"
                f"src:url(data:font/woff2;base64,{base64.b64encode(data).decode()}) "
                f"format('woff2');unicode-range:{characters}}}"
            )
    return "\n".join(rules)
