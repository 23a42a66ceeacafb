"""Writes docs/history-matching.md: which values of the parameters the record leaves standing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twofront.lab.history_matching import match
from twofront.scenario import load_scenario

HOW_TO_READ = """\
A place is one value for every parameter that has a range. It is implausible if any summary of the
record lies more than {cutoff:g} standard deviations from what worlds do there; the deviation counts
the error of the record, what a good model may miss (one act of a kind, one year; a recorded
strength has its own), the scatter between worlds (the record is one world) and what the emulator
does not know. Acts and dates are those of worlds held to nothing; strengths and losses those of
worlds whose decisions are held to the record, so that they are not wrong because a war did not
come. The whole record is used, also what lies behind the split: this is a test of the model, not a
forecast. Formulas and references stand in `lab/history_matching.py` and `lab/emulator.py`.

The volume is a share of the box of all ranges. It is the product of the shares that the waves
leave of a population of 2000 places; its error takes places for independent and is too small.
"""
EMPTY = """\
**By all summaries there is no non-implausible volume**: of the places of wave {wave} none is left,
or too few to tell (below {bound:.2g} of the box, 19 times in 20). Within its ranges the model
cannot meet the whole record. These summaries were set aside, the most stubborn first, until the
rest left something:
"""


def main() -> None:
    """Runs the waves and writes the page, whatever it says."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenario", default="two-fronts")
    options.add_argument("--waves", type=int, default=10)
    options.add_argument("--points", type=int, default=60)
    options.add_argument("--worlds", type=int, default=32)
    options.add_argument("--seed", type=int, help="the scenario's when not given")
    options.add_argument(
        "--directory", type=Path, help="where to keep the waves; the cache if none"
    )
    given = options.parse_args()
    found = match(
        load_scenario(given.scenario), waves=given.waves, points=given.points, worlds=given.worlds,
        seed=given.seed, directory=given.directory,
    )  # fmt: skip
    text = "\n".join(page(found))
    Path(__file__).with_name("history-matching.md").write_text(text + "\n", "utf-8")


def page(found: dict[str, Any]) -> Iterator[str]:
    """The lines of the page."""
    yield "# History matching"
    yield ""
    yield (
        f"`{found['scenario']}`, {found['parameters']} parameters, {len(found['summaries'])} "
        f"summaries, {len(found['waves'])} waves of {found['points']} places with twice "
        f"{found['worlds']} worlds, seed {found['seed']}, scenario {found['hash'][:12]}. Made by "
        "`make docs`; not edited by hand."
    )
    yield ""
    yield from _answer(found)
    yield HOW_TO_READ.format(cutoff=found["cutoff"])
    yield from _waves(found)
    yield from _summaries(found)
    yield from _learned(found)


def _answer(found: dict[str, Any]) -> Iterator[str]:
    rest = ""
    if found["empty"]:
        rest = "By the rest, "
        yield EMPTY.format(wave=found["set_aside"][0]["wave"], bound=found["volume_below"])
        yield "| wave | summary | least implausibility anywhere | excludes of the places |"
        yield "|---|---|---|---|"
        for row in found["set_aside"]:
            yield f"| {row['wave']} | {row['title']} | {row['least']:.1f} | {row['excludes']:.3f} |"
        yield ""
    yield (
        f"{rest}**{found['volume']:.2g} of the box** (± {100 * found['relative_error']:.0f} %) is "
        f"left after {len(found['waves'])} waves. Of the {found['runs']} places that were run, "
        f"{found['runs_not_implausible']} are not implausible by their own worlds, all summaries "
        f"counted; the best of them has {len(found['best_run']['beyond'])} implausible summaries, "
        f"the worst at {found['best_run']['worst']:.1f} standard deviations."
    )
    yield ""


def _waves(found: dict[str, Any]) -> Iterator[str]:
    yield "## The waves"
    yield ""
    yield (
        "The last columns: how many summaries are implausible at the best place and at a middling "
        "one, of all; and which of those not set aside exclude most of what was left."
    )
    yield ""
    yield "| wave | left of the last | volume | implausible, best | median | excludes most |"
    yield "|---|---|---|---|---|---|"
    for row in found["waves"]:
        most = [one for one in row["excludes"] if not one["aside"]][:3]
        words = "; ".join(f"{one['title']} ({one['share']:.2f})" for one in most) or "nothing"
        yield (
            f"| {row['wave']} | {row['left']:.3f} | {row['volume']:.2g} | "
            f"{row['fewest_implausible']} | {row['median_implausible']:.0f} | {words} |"
        )
    yield ""
    unused = {name for row in found["waves"] for name in row["not_used"]}
    if unused:
        yield (
            "Not used in some waves, since the emulator failed its leave-one-out test there: "
            f"{', '.join(sorted(unused))}."
        )
        yield ""


def _summaries(found: dict[str, Any]) -> Iterator[str]:
    yield "## The summaries"
    yield ""
    yield (
        "What worlds did at the places that were run (mean at a place: least, median, most), the "
        "scatter between worlds at one place, the share of places at which the summary is "
        "implausible by their own worlds, and the least implausibility of any."
    )
    yield ""
    yield "| summary | record | its error | least | median | most | scatter | implausible | best |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in sorted(found["summaries"], key=lambda row: -row["least"]):
        numbers = " | ".join(
            f"{row[key]:.2f}" for key in ("record", "error", "low", "median", "high",
                                          "between_worlds", "implausible", "least")
        )  # fmt: skip
        yield f"| {row['title']} | {numbers} |"
    yield ""


def _learned(found: dict[str, Any]) -> Iterator[str]:
    yield "## What was learned about the parameters"
    yield ""
    yield (
        "Ten parameters whose places left differ most from the whole range: shift of the mean and "
        "spread, both in units of the spread of the whole range. A place that is left is not a "
        "likely one; summaries that were set aside may be met elsewhere."
    )
    yield ""
    yield "| parameter | shift | spread |"
    yield "|---|---|---|"
    for row in found["learned"]:
        yield f"| `{row['parameter']}` | {row['mean']:+.2f} | {row['spread']:.2f} |"
    yield ""


if __name__ == "__main__":
    main()
