"""How often who starts a war wins it, and by how much capabilities tell.

    ln odds = b₀ + b₁ ln(capabilities of the initiators / of their enemies)

Wars that ended without a winner are left out. Initiators choose wars that they expect to win, so b₀
is not what any state would find that struck at random, and b₁ is what came true, not what was
believed beforehand. Capabilities are those of the states at war in the first year.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .cases import INITIATORS, Years, fingerprint, read_initiators
from .finding import Finding, Measured
from .posterior import chances, logistic, shares
from .scoring import bins, brier, cross_validated, log_loss

SEED = 15
WEAK = (0.05, 1.0)


def fit(data: Path, held: Years, period: Years, repeats: int = 20) -> Finding:
    """All figures on initiators."""
    out = Finding("initiators", "Who starts a war", [fingerprint(data, INITIATORS)])
    wars = read_initiators(data)
    away = held.hold(wars["yr"])
    rows = []
    for label, column in (("capabilities", "odds"), ("men under arms", "men")):
        d = wars.dropna(subset=[column])
        x, y = d[[column]].to_numpy(float), d["won"].to_numpy()
        guesses, scatter = cross_validated(x, y, repeats=repeats)
        post = logistic(x, y, [column])
        base = log_loss(y, np.full(len(y), y.mean()))
        rows.append(
            (label, len(y), f"{int(y.sum())} of {len(y)}", base,
             float(np.mean([log_loss(y, p) for p in guesses])), scatter,
             float(np.mean([brier(y, p) for p in guesses])),
             f"{post[column]:.3f} ± {post.sd(column):.3f}")
        )  # fmt: skip
    out.say(
        "All wars, ten-fold cross-validation. A study outside this repository had 50 of 74, slope",
        "0.412 ± 0.161, log loss 0.582 against 0.630, Brier 0.198; with men 0.628 against 0.633.",
    )
    out.table(
        ("ratio of", "wars", "initiators won", "log loss, base", "log loss", "scatter", "Brier",
         "slope"),
        rows,
    )  # fmt: skip
    train, test = wars[~away], wars[away]
    x, y = train[["odds"]].to_numpy(float), train["won"].to_numpy()
    post = logistic(x, y, ["odds"], WEAK)
    seen, p = test["won"].to_numpy(), chances(post, test[["odds"]].to_numpy(float))
    base = np.full(len(seen), y.mean())
    out.say(
        f"Fitted on the {len(train)} wars outside {held.first}–{held.last}, scored on the",
        f"{len(test)} inside: log loss {log_loss(seen, p):.3f} (base {log_loss(seen, base):.3f}),",
        f"Brier {brier(seen, p):.3f} (base {brier(seen, base):.3f}). So few wars decide nothing.",
    )
    guesses, _ = cross_validated(x, y, WEAK, repeats=repeats)
    out.say("Calibration by cross-validation on the wars not held out:")
    out.table(("wars", "predicted", "happened", "standard error"), bins(y, guesses.mean(axis=0), 3))
    won = int(y.sum())
    out.measured += [
        Measured.from_draws(
            "initiator_wins", shares([len(y) - won, won], SEED)[:, 1], unit="share", cases=len(y),
            title="Share of decided wars that initiators win", method="flat prior on the share",
        ),
        Measured.normal(
            "initiator_slope", post["odds"], post.sd("odds"), unit="1", cases=len(y),
            title="ln odds that initiators win for each ln of capabilities",
            method="logistic regression, weak prior (Laplace)",
        ),
    ]  # fmt: skip
    out.say(
        "Limits: states start wars that they expect to win; who began is itself disputed; wars",
        "that ended without a winner are left out.",
    )
    return out
