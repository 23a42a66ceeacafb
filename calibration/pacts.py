"""Do pacts restrain rivals: disputes in years with and without one, given the pair's past.

    ln odds of a dispute in a pair-year = b₀ + Σ b_l [last dispute l years ago] + Σ c_k [pact k]

Pacts come from the list of formal alliances, if the data folder has it; then the years held out are
not used. Without it the pacts of the flagship scenario stand in, for its own powers and years only:
the very history that the scenario is about, so nothing is handed on from there.

Pacts are signed by those who expect quarrels, or who have just ended one, so c_k mixes restraint
with the reasons for signing. Years are whole: the year of signing counts as one with a pact only
from the next January.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from .cases import (
    ALLIANCES,
    DISPUTES,
    STATES,
    Missing,
    Years,
    fingerprint,
    read_alliances,
    read_disputes,
    read_states,
)
from .clashes import Spell, spells_of, start_of
from .finding import HERE, Finding, Measured
from .posterior import logistic

KINDS = ("nonaggression", "neutrality", "defense")
OF_SCENARIO = {
    "non-aggression": "nonaggression",
    "neutrality": "neutrality",
    "mutual-assistance": "defense",
}
LAGS = ("under 1 year", "1 to 3", "3 to 8")
# The constant and the past are nearly free; a pact rarely changes the odds more than e twofold.
PACT_PRIOR = 1.0


def pair_years(spells: list[Spell], years: Years):
    """Pair, year, whether a dispute began, and how long ago the last one was."""
    rows = []
    for s in spells:
        for year in range(years.first, years.last + 1):
            a, b = start_of(year), start_of(year + 1)
            if not any(lo <= a and b <= hi + 1e-6 for lo, hi in s.windows):
                continue
            past = s.events[s.events < a]
            ago = (a - past[-1]) / (start_of(2) - start_of(1)) if len(past) else np.inf
            began = bool(((s.events >= a) & (s.events < b)).any())
            rows.append((s.pair, year, began, ago < 1, 1 <= ago < 3, 3 <= ago < 8))
    return rows


def scenario_pacts() -> tuple[dict[tuple[tuple[int, int], int, str], bool], set[int]]:
    """Pacts of the flagship scenario by pair, year and kind, and the states they are about."""
    from twofront.scenario import load_scenario

    with (HERE / "powers.csv").open(encoding="utf-8") as file:
        code = {row["actor"]: int(row["state"]) for row in csv.DictReader(file)}
    pacts = {}
    for treaty in load_scenario("two-fronts").treaties:
        kind = OF_SCENARIO.get(treaty.kind)
        if kind is None:
            continue
        low, high = sorted(code[party] for party in treaty.parties)
        last = treaty.denounced or treaty.expires
        for year in range(treaty.signed.year + 1, last.year + 1):
            pacts[(low, high), year, kind] = True
    return pacts, set(code.values())


def fit(data: Path, held: Years, period: Years) -> Finding:
    """All figures on pacts."""
    files = [fingerprint(data, name) for name in (DISPUTES, STATES)]
    out = Finding("pacts", "Do pacts restrain rivals", files)
    spells = spells_of(read_disputes(data), read_states(data))
    try:
        table = read_alliances(data)
    except Missing:
        table = None
    if table is not None:
        out.data.append(fingerprint(data, ALLIANCES))
        pacts = {
            ((int(r.low), int(r.high)), int(r.year), k): True
            for r in table.itertuples()
            for k in KINDS
            if getattr(r, k) > 0
        }
        wide = pair_years(spells, Years(1816, 2010))
        rows = [r for r in wide if not held.hold(r[1])]
        label = f"all rivals, 1816–2010 without {held.first}–{held.last}"
    else:
        pacts, states = scenario_pacts()
        pairs = pair_years(spells, Years(1919, 1945))
        rows = [r for r in pairs if set(r[0]) <= states]
        label = "powers of the flagship scenario, 1919–1945"
    began = np.array([r[2] for r in rows], float)
    past = np.array([r[3:] for r in rows], float)
    signed = np.array([[pacts.get((r[0], r[1], k), False) for k in KINDS] for r in rows], float)
    loose = [0.05, *[0.05] * len(LAGS), *[PACT_PRIOR] * len(KINDS)]
    post = logistic(np.hstack([past, signed]), began, (*LAGS, *KINDS), loose)
    lines = []
    for i, kind in enumerate(KINDS):
        with_ = signed[:, i] > 0
        rate = float(began[with_].mean()) if with_.any() else float("nan")
        lines.append(
            (kind, int(with_.sum()), rate, float(began[~with_].mean()),
             f"{post[kind]:+.2f} ± {post.sd(kind):.2f}")
        )  # fmt: skip
    out.say(
        f"{label}: {len(rows)} pair-years. The last column is the change of the ln odds of a",
        "dispute, given how long ago the last one was. An earlier study outside this repository",
        "had, for rivals of 1919–45, +0.13 ± 0.30 (non-aggression), +0.14 ± 0.34 (neutrality) and",
        "-0.31 ± 0.43 (defence), with a list of alliances and a list of rivals.",
    )
    out.table(("pact", "pair-years with", "dispute with", "dispute without", "ln odds"), lines)
    if table is None:
        out.say(
            "The list of formal alliances is not among the data, so this rests on the flagship's",
            "own powers and years. It is shown, and no number is handed on. With",
            f"`{ALLIANCES}` in the data folder the same script uses all rivals of other years. The",
            "data set codes an attack within a large war as joining that war's one dispute, so",
            "pacts broken that way count as kept: the restraint seen here is partly an artefact of",
            "coding.",
        )
    else:
        for kind in KINDS:
            out.measured.append(
                Measured.normal(
                    f"pact_{kind}", post[kind], post.sd(kind), unit="1", cases=len(rows),
                    title=f"Change of the ln odds of a dispute under a pact ({kind})",
                    method="logistic regression given the pair's past, weak prior (Laplace)",
                )
            )  # fmt: skip
    return out
