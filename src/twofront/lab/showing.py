"""What a notebook shows of the lab's objects: a heading, a sentence, a table; plain charts."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd


def framed(heading: str, sentence: str, table: pd.DataFrame | None) -> str:
    """One object as HTML that needs no style sheet."""
    body = f"<p>{escape(sentence)}</p>" if sentence else ""
    rows = "" if table is None else table.to_html(index=False, float_format="{:.4g}".format)
    return f"<article><h4>{escape(heading)}</h4>{body}{rows}</article>"


def intervals(frame: pd.DataFrame, title: str, unit: str) -> Any:
    """An Altair chart of a frame with columns name, value, low and high, and a line at nought."""
    import altair as alt

    base = alt.Chart(frame).encode(alt.Y("name", title=None, sort=None))
    rule = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color="gray").encode(x="value")
    return (
        rule
        + base.mark_rule().encode(alt.X("low", title=unit), alt.X2("high"))
        + base.mark_point(filled=True, size=60).encode(alt.X("value"))
    ).properties(title=title)
