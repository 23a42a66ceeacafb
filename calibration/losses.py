"""What a battle costs: losses a day by the balance of numbers.

    ln(losses/strength/day) = c_side + a · ln(enemy/own) + d ln days + m ln men

and, since both sides share a battle's intensity, the difference of the two sides

    ln(losses_A/losses_D) = c + (1 - 2a) · ln(A/D) + e

which is free of whatever raises both sides' losses. a = 1 is the square law, a = 0 the logarithmic.
Strengths are read with error, which pushes the level form towards a = 1 and the difference towards
a = 1/2; both are shown. Stops holding for a front and a week: engagements are recorded for having
been fierce.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .cases import BATTLES, Years, fingerprint, read_battles
from .finding import Finding, Measured
from .posterior import line, pooled

SEED = 16
ERAS = ((1600, 1799), (1800, 1899), (1900, 1929), (1930, 1949), (1950, 1989))


def _one(*columns: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(columns[0])), *columns])


def fit(data: Path, held: Years, period: Years) -> Finding:
    """All figures on losses."""
    out = Finding("losses", "What a battle costs", [fingerprint(data, BATTLES)])
    battles = read_battles(data)
    _rates(out, battles, period)
    _exponents(out, battles, period)
    _held_out(out, battles, held)
    _eras(out, battles, held)
    _intensity(out, battles, held)
    out.say(
        "Limits: losses of one side are often the other's estimate; what counts as present and as",
        "lost differs between sources; a battle of a day is one day, however short.",
    )
    return out


def _rates(out: Finding, battles, period: Years) -> None:
    d = battles[period.hold(battles["year"])]
    rows = []
    for side, name in (("a", "attacker"), ("d", "defender")):
        rate = (100 * d[f"cas_{side}"] / d[f"str_{side}"] / d["days"]).dropna()
        rows.append(
            (name, len(rate), *(float(q) for q in rate.quantile([0.1, 0.25, 0.5, 0.75, 0.9])))
        )
    out.say(f"Losses in percent a day, battles of {period.first}–{period.last}, quantiles.")
    out.table(("side", "battles", "10 %", "25 %", "50 %", "75 %", "90 %"), rows)


def _exponents(out: Finding, battles, period: Years) -> None:
    inside = battles[period.hold(battles["year"])]
    big = inside[inside["str_a"] + inside["str_d"] > 100_000]
    rows = []
    for name, d in (("all", battles), (f"{period.first}–{period.last}", inside),
                    ("of these, over 100 000 men", big)):  # fmt: skip
        d = d.dropna(subset=["lost_a", "lost_d", "odds"])
        post, sd, r2 = line(
            (d["lost_a"] - d["lost_d"]).to_numpy(), _one(d["odds"].to_numpy()), ("c", "slope")
        )
        rows.append((name, len(d), f"{post['slope']:.2f} ± {post.sd('slope'):.2f}", r2, sd))
    out.say("ln exchange of losses on ln numbers: the slope is 1 - 2a.")
    out.table(("battles", "n", "slope", "R²", "residual sd"), rows)
    rows = []
    for own, other, name in (("a", "d", "attacker"), ("d", "a", "defender")):
        d = inside.dropna(subset=[f"lost_{own}", "men_a", "men_d"])
        x = _one(d[f"men_{own}"].to_numpy(), d[f"men_{other}"].to_numpy(), np.log(d["days"]))
        post, sd, r2 = line(d[f"lost_{own}"].to_numpy(), x, ("c", "own", "enemy", "days"))
        cells = (f"{post[k]:.2f} ± {post.sd(k):.2f}" for k in ("own", "enemy", "days"))
        rows.append((name, len(d), *cells, r2, sd))
    out.say(f"ln losses on ln numbers of both sides and ln days, {period.first}–{period.last}.")
    out.table(("side", "n", "own", "enemy", "days", "R²", "residual sd"), rows)


def _held_out(out: Finding, battles, held: Years) -> None:
    rows = []
    for own, other, name in (("a", "d", "attacker"), ("d", "a", "defender")):
        d = battles.dropna(subset=[f"lost_{own}", "men_a", "men_d"])
        rate = (d[f"lost_{own}"] - d[f"men_{own}"] - np.log(d["days"])).to_numpy()
        ratio = (d[f"men_{other}"] - d[f"men_{own}"]).to_numpy()
        size = d[f"men_{own}"].to_numpy() - np.log(10_000)
        away = held.hold(d["year"])
        base_error = rate[away] - rate[~away].mean()
        for label, x in (
            ("ratio", _one(ratio)),
            ("ratio, days, size", _one(ratio, np.log(d["days"]), size)),
        ):
            names = ("c", "a", "days", "size")[: x.shape[1]]
            post, sd, _ = line(rate[~away], x[~away], names)
            error = rate[away] - x[away] @ post.mean
            scores = [float(0.5 * np.mean((e / s) ** 2) + np.log(s) + 0.5 * np.log(2 * np.pi))
                      for e, s in ((base_error, rate[~away].std()), (error, sd))]  # fmt: skip
            skill = float(1 - np.mean(error**2) / np.mean(base_error**2))
            inside = float(np.mean(np.abs(error) < 1.96 * sd))
            rows.append(
                (name, label, int((~away).sum()), int(away.sum()),
                 f"{post['a']:.2f} ± {post.sd('a'):.2f}", skill, *scores, inside)
            )  # fmt: skip
    out.say(
        f"ln losses a day and man, fitted outside {held.first}–{held.last} and scored inside.",
        "`skill` is 1 - squared error over that of the other wars' mean; `score` is the mean -ln",
        "density; `covered` the share inside the 95 % interval.",
    )
    out.table(
        ("side", "from", "fitted on", "scored on", "a", "skill", "score, base", "score", "covered"),
        rows,
    )


def _eras(out: Finding, battles, held: Years) -> None:
    rows, values, errors = [], [], []
    for first, last in ERAS:
        d = battles[(battles["year"] >= first) & (battles["year"] <= last)]
        d = d.dropna(subset=["lost_a", "lost_d", "odds"])
        used = not held.hold(d["year"]).any()
        post, _, _ = line(
            (d["lost_a"] - d["lost_d"]).to_numpy(), _one(d["odds"].to_numpy()), ("c", "slope")
        )
        a, error = (1 - post["slope"]) / 2, post.sd("slope") / 2
        rows.append((f"{first}–{last}", len(d), f"{a:.2f} ± {error:.2f}", "yes" if used else "no"))
        if used:
            values.append(a)
            errors.append(error)
    new = pooled(values, errors)
    out.say(
        "The loss exponent a from the exchange of losses, by era, as if armies were alike. Pooled",
        f"without the years held out: {new.mean:.2f} ± {new.sd:.2f}, between eras",
        f"{new.between:.2f}. Small armies that were better make a look small; the next section",
        "allows for that, and its exponent is the one handed on.",
    )
    out.table(("era", "battles", "a", "pooled"), rows)


def _intensity(out: Finding, battles, held: Years) -> None:
    rows, values, errors, cases = [], [], [], 0
    d = battles.dropna(subset=["lost_a", "lost_d", "odds"])
    # The mean of the two sides' ln rates does not depend on the ratio, whatever a is.
    rate = 0.5 * (d["lost_a"] - d["men_a"] + d["lost_d"] - d["men_d"]) - np.log(d["days"])
    for first, last in ERAS:
        part = rate[(d["year"] >= first) & (d["year"] <= last)]
        used = not held.hold(d.loc[part.index, "year"]).any()
        error = float(part.std() / np.sqrt(len(part)))
        rows.append((f"{first}–{last}", len(part), 100 * float(np.exp(part.mean())),
                     float(part.std()), "yes" if used else "no"))  # fmt: skip
        if used:
            values.append(float(part.mean()))
            errors.append(error)
            cases += len(part)
    new = pooled(values, errors)
    out.say(
        "Intensity: the geometric mean of both sides' losses in percent a day, which does not",
        "depend on the balance of numbers, and its spread (ln) between battles.",
    )
    out.table(("era", "battles", "% a day", "spread", "pooled"), rows)
    draws = np.exp(new.mean + new.new_sd * np.random.default_rng(SEED).standard_normal(20000))
    out.measured.append(
        Measured.from_draws(
            "battle_loss_rate", draws, unit="1/day", cases=cases,
            title="Losses of both sides a day of battle, in an era not seen",
            method="mean ln rate of both sides by era, random effects (Paule-Mandel)",
        )
    )  # fmt: skip
