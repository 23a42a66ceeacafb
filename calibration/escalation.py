"""How far quarrels go: shares of disputes and crises by the highest violence, with intervals.

Counts n of k kinds, a flat prior: shares ~ Dirichlet(n + 1). Disputes are coded from newspapers and
archives of some countries more than of others, and a quarrel that became a war is surer to be found
than one that did not. Stops holding for a single clash: a dispute is a chain of incidents.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .cases import CRISES, DISPUTES, Years, fingerprint, read_crises, read_disputes
from .finding import Finding, Measured
from .posterior import shares

SEED = 14
LEVELS = {2: "threat", 3: "display", 4: "use of force", 5: "war"}
INTERWAR = Years(1919, 1945)


def _between(draws: np.ndarray, counted: float) -> str:
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"{counted:.3f} ({low:.3f} to {high:.3f})"


def fit(data: Path, held: Years, period: Years) -> Finding:
    """All figures on escalation."""
    files = [fingerprint(data, name) for name in (DISPUTES, CRISES)]
    out = Finding("escalation", "How far quarrels go", files)
    disputes = [d for d in read_disputes(data) if d["hostility"] >= 2]
    year = np.array([d["year"] for d in disputes])
    level = np.array([d["hostility"] for d in disputes])
    away = held.hold(year)
    rows, kept = [], None
    for label, keep in (
        ("all", year > 0),
        (f"{INTERWAR.first}–{INTERWAR.last}", INTERWAR.hold(year)),
        (f"without {held.first}–{held.last}", ~away),
        (f"{held.first}–{held.last}", away),
    ):
        counts = [int((level[keep] == k).sum()) for k in LEVELS]
        drawn = shares(counts, SEED)
        rows.append(
            (
                label,
                sum(counts),
                *(_between(drawn[:, i], n / sum(counts)) for i, n in enumerate(counts)),
            )
        )
        if label.startswith("without"):
            kept = (drawn, sum(counts))
    out.say("Disputes by their highest hostility: share counted, and interval of the posterior.")
    out.table(("disputes", "n", *LEVELS.values()), rows)
    assert kept is not None
    out.measured.append(
        Measured.from_draws(
            "dispute_to_war", kept[0][:, -1], title="Share of disputes that become wars",
            unit="share", cases=kept[1], method="flat prior on shares",
        )
    )  # fmt: skip
    _score(out, level, away)
    _deaths(out, disputes, away)
    _crises(out, data, held)
    out.say(
        "Limits: a quarrel that became a war is surer to be on record than one that did not, so",
        "the shares are upper bounds; deaths are unknown for a part of the disputes.",
    )
    return out


def _score(out: Finding, level: np.ndarray, away: np.ndarray) -> None:
    kinds = np.array(list(LEVELS))
    counts = np.array([(level[~away] == k).sum() for k in kinds]) + 1
    p = counts / counts.sum()
    index = np.searchsorted(kinds, level[away])
    loss = float(-np.log(p[index]).mean())
    even = float(np.log(len(kinds)))
    war = (index == len(kinds) - 1).astype(float)
    out.say(
        f"The shares of the other years give the {away.sum()} disputes held out a mean log loss of",
        f"{loss:.3f} (all four alike: {even:.3f}). For war alone: predicted {p[-1]:.3f}, happened",
        f"{war.mean():.3f}, Brier {np.mean((war - p[-1]) ** 2):.4f}. War was commoner in the years",
        "held out, so the other years are no fair prior for them.",
    )


def _deaths(out: Finding, disputes: list[dict], away: np.ndarray) -> None:
    rows = []
    known = [
        d for d, a in zip(disputes, away) if not a and d["hostility"] == 4 and d["deaths"] >= 0
    ]
    for label, least in (("more than 25", 2), ("more than 100", 3), ("more than 250", 4)):
        hits = sum(d["deaths"] >= least for d in known)
        drawn = shares([len(known) - hits, hits], SEED)[:, 1]
        rows.append((label, len(known), hits, _between(drawn, hits / len(known))))
        if least == 3:
            out.measured.append(
                Measured.from_draws(
                    "dispute_with_battle", drawn, unit="share", cases=len(known),
                    title="Share of disputes with force, short of war, that cost one side over 100"
                    " dead",
                    method="flat prior on shares",
                )
            )  # fmt: skip
    out.say("Disputes with use of force, short of war, years not held out, by deaths of one side.")
    out.table(("deaths", "disputes with known deaths", "so many", "share"), rows)


def _crises(out: Finding, data: Path, held: Years) -> None:
    crises = read_crises(data)
    year, war = crises["yrtrig"].to_numpy(), (crises["viol"] == 4).to_numpy()
    rows = []
    for label, keep in (
        ("all", year > 0),
        ("1918–1945", (year >= 1918) & (year <= 1945)),
        (f"without {held.first}–{held.last}", ~held.hold(year)),
    ):
        drawn = shares([int((~war[keep]).sum()), int(war[keep].sum())], SEED)[:, 1]
        rows.append(
            (label, int(keep.sum()), int(war[keep].sum()), _between(drawn, war[keep].mean()))
        )
        if label.startswith("without"):
            out.measured.append(
                Measured.from_draws(
                    "crisis_to_war", drawn, title="Share of crises with full-scale war",
                    unit="share", cases=int(keep.sum()), method="flat prior on shares",
                )
            )  # fmt: skip
    out.say("International crises with full-scale war.")
    out.table(("crises", "n", "with war", "share"), rows)
