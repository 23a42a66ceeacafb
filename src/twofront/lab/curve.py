"""Curves: an outcome over values of one input, alone and alongside other changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .showing import framed


@dataclass(frozen=True)
class Curve:
    """An outcome over values of one input."""

    data: dict[str, Any]
    outcome: str

    def to_dataframe(self) -> pd.DataFrame:
        """A row per curve and value: curve, x, p, and both intervals."""
        curves = [("as it was", self.data["points"])]
        curves += [(c["title"], c["points"]) for c in self.data.get("alongside", ())]
        rows = [
            {"curve": title, "x": p["x"], "p": p["p"], "low": p["interval"][0],
             "high": p["interval"][1], "worlds_low": p["epistemic"][0],
             "worlds_high": p["epistemic"][1]}
            for title, points in curves for p in points
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def table(self) -> pd.DataFrame:
        """The main curve alone: x, p, and both intervals."""
        main = Curve({**self.data, "alongside": ()}, self.outcome)
        return main.to_dataframe().drop(columns="curve")

    def plot(self) -> Any:
        """An Altair chart: a band for the chance of the draw, one line for each curve."""
        import altair as alt

        frame = self.to_dataframe()
        base = alt.Chart(frame).encode(alt.X("x", title=self.data["title"]))
        if self.data.get("alongside"):
            base = base.encode(alt.Color("curve", title=None))
        return base.mark_area(opacity=0.25).encode(
            alt.Y("low", title=self.outcome), alt.Y2("high")
        ) + base.mark_line(point=True).encode(alt.Y("p"))

    def _repr_html_(self) -> str:
        return framed(f"{self.data['title']} → {self.outcome}", "", self.to_dataframe())
