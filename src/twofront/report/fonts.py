"""The two families of the page, carried inside it: sources in serif, our words in sans.

Source Sans 3 and Source Serif 4 (SIL Open Font License; the licences lie beside the files).
`measure-*.ttf` is the sans under another name, cut down to what charts need to be measured.
"""

from __future__ import annotations

import base64
import functools
import re
from importlib.resources import files

ROOM = files("twofront.report")
MEASURE = "Twofront Measure"

_FAMILIES = {"Source Sans 3": "source-sans-3", "Source Serif 4": "source-serif-4"}
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}


_SOURCES_SPEAK = re.compile(
    r'<(q|span) class="src"[^>]*>.*?</\1>|<blockquote\b.*?</blockquote>', re.DOTALL
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def font_faces(page: str | None = None) -> str:
    """`@font-face` rules with the fonts as data; of a finished page, those whose letters it has."""
    needed = dict.fromkeys(_FAMILIES, True)
    if page is not None:
        words = re.sub(r'"data:[^"]*"|<style\b.*?</style>', "", page, flags=re.DOTALL)
        theirs = "".join(found[0] for found in _SOURCES_SPEAK.finditer(words))
        ours = re.sub(r"<[^>]*>", "", _SOURCES_SPEAK.sub("", words))
        for family, said in zip(_FAMILIES, (ours, theirs)):
            needed[family] = bool(_CYRILLIC.search(said))
    return "\n".join(
        _face(family, subset)
        for family in _FAMILIES
        for subset in _RANGES
        if subset == "latin" or needed[family]
    )


@functools.cache
def _face(family: str, subset: str) -> str:
    data = (ROOM / "fonts" / f"{_FAMILIES[family]}-{subset}-wght-normal.woff2").read_bytes()
    return (
        f"@font-face{{font-family:'{family}';font-weight:200 900;font-display:swap;"
        f"src:url(data:font/woff2;base64,{base64.b64encode(data).decode()}) "
        f"format('woff2');unicode-range:{_RANGES[subset]}}}"
    )
