"""How fast the engine is: one reduced model, four programs, one run.

    python benchmarks/engine.py            a table
    python benchmarks/engine.py --json     the same as JSON
    python benchmarks/engine.py --quick    for continuous integration: under a minute once compiled
    python benchmarks/engine.py --long     also 100,000 worlds, and the memory they take

The model is that of `REDUCED_MODEL.md`, in Twofront, Mesa, NumPy and C. The programs must first
agree on the same luck; otherwise nothing is timed and the exit code is 1. Then each runs in turn,
on one thread, for several rounds, so that a busy machine slows all of them alike; medians are
reported. For the clock, Mesa and NumPy draw their luck from their own generators. Twofront and C
settle rare decisions by a bound; NumPy does in one of its two versions, Mesa does not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# One thread each: set before a program loads NumPy.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

GOALS = {"twofront_to_mesa": 300.0, "twofront_to_numpy": 15.0, "twofront_to_c": 0.9}
YEAR = 52
TOLERANCE = 1e-9


def say(text: str) -> None:
    """Progress, out of the way of the result."""
    print(text, file=sys.stderr, flush=True)


def mesa_missing() -> str | None:
    """Why there can be no Mesa version here, or None."""
    if find_spec("mesa"):
        return None
    return "mesa is not installed (pip install -c constraints.txt '.[benchmarks]')"


def check_agreement(quick: bool) -> dict[str, Any]:
    """Runs the programs on the same luck and compares them; every entry says whether it holds."""
    from reduced import c_model, numpy_model, twofront_model
    from reduced.result import largest_deviation, same_bits, same_events
    from reduced.system import WEEKS

    weeks = 3 * YEAR if quick else WEEKS
    counts = {"c": 32 if quick else 128, "numpy": 16 if quick else 64, "mesa": 1 if quick else 4}
    counts["numpy_bounded"] = counts["numpy"]
    programs: dict[str, Callable] = {
        "numpy": lambda n, t: numpy_model.run(n, weeks=t, addressed=True),
        "numpy_bounded": lambda n, t: numpy_model.run(
            n, weeks=t, addressed=True, kind=numpy_model.BoundedChunk
        ),
    }
    skipped = {"c": c_model.missing(), "mesa": mesa_missing()}
    if skipped["c"] is None:
        programs["c"] = lambda n, t: c_model.run(n, weeks=t, state=True)
        programs["c_fast_math"] = lambda n, t: c_model.run(n, weeks=t, kind="fast", state=True)
        counts["c_fast_math"] = counts["c"]
    if skipped["mesa"] is None:
        from reduced import mesa_model

        programs["mesa"] = lambda n, t: mesa_model.run(n, weeks=t, addressed=True)
    found: dict[str, Any] = {name: {"skipped": why} for name, why in skipped.items() if why}
    for name, run in programs.items():
        n = counts[name]
        year = twofront_model.run(n, weeks=YEAR, state=True), run(n, YEAR)
        whole = twofront_model.run(n, weeks=weeks, state=True), run(n, weeks)
        deviation = largest_deviation(*year)
        found[name] = {
            "worlds": n, "weeks": weeks, "first_year_deviation": deviation,
            "whole_run_deviation": largest_deviation(*whole), "same_bits": same_bits(*whole),
            "events": len(whole[0].events), "same_events": same_events(*whole),
            "holds": deviation <= TOLERANCE and same_events(*whole),
        }  # fmt: skip
        say(f"agreement of {name}: {found[name]}")
    return found


def dynamics(quick: bool) -> dict[str, float]:
    """What happens in a world of the reduced model, on average."""
    from reduced import twofront_model
    from twofront.engine import LAPSE, PACT, PEACE, STRIKE

    n = 32 if quick else 512
    kinds = twofront_model.run(n).events[:, 2]
    names = {"strikes": STRIKE, "pacts": PACT, "ends_of_wars": PEACE, "ends_of_pacts": LAPSE}
    return {name: float((kinds == kind).sum() / n) for name, kind in names.items()}


def seconds(work: Callable[[], Any]) -> float:
    """Wall time of a call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def best_chunk(quick: bool) -> int:
    """The chunk in which NumPy is fastest on this machine."""
    from reduced import numpy_model

    if quick:
        return numpy_model.CHUNK
    rates = {
        chunk: 512 / seconds(lambda c=chunk: numpy_model.run(512, chunk=c))
        for chunk in (128, 256, 512)
    }
    say(f"NumPy by chunk, worlds/s: {rates}")
    return max(rates, key=lambda chunk: rates[chunk])


def time_programs(rounds: int, quick: bool) -> dict[str, Any]:
    """Round robin over the programs; worlds a second on one thread."""
    from reduced import c_model, numpy_model, twofront_model

    chunk = best_chunk(quick)
    many = 32 if quick else 256
    programs: dict[str, tuple[int, Callable[[int], Any]]] = {
        "twofront": (many, twofront_model.run),
        "numpy": (max(chunk, many), lambda n: numpy_model.run(n, chunk=chunk)),
        "numpy_bounded": (
            max(chunk, many),
            lambda n: numpy_model.run(n, chunk=chunk, kind=numpy_model.BoundedChunk),
        ),
    }
    if c_model.missing() is None:
        programs["c"] = (many, c_model.run)
        programs["c_fast_math"] = (many, lambda n: c_model.run(n, kind="fast"))
    if mesa_missing() is None:
        from reduced import mesa_model

        programs["mesa"] = (1, mesa_model.run)
    for name, (_, run) in programs.items():
        if name != "mesa":
            run(32)
    rates: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds):
        for name, (n, run) in programs.items():
            rates[name].append(n / seconds(lambda run=run, n=n: run(n)))
        say(f"round {number + 1}: " + ", ".join(f"{n} {r[-1]:.4g}" for n, r in rates.items()))
    names = ("twofront", "mesa", "numpy", "numpy_bounded", "c", "c_fast_math")
    middle = {n: statistics.median(rates[n]) if n in rates else None for n in names}
    ratios = {}
    for name in names[1:]:
        # The ratio within a round, since a machine's mood changes from round to round.
        ratios[f"twofront_to_{name}"] = (
            statistics.median(a / b for a, b in zip(rates["twofront"], rates[name]))
            if name in rates
            else None
        )
    return {
        "worlds_per_second": middle, "ratios": ratios,
        "spread": {name: [min(r), max(r)] for name, r in rates.items()},
        "timed": {"rounds": rounds, "numpy_chunk": chunk,
                  "worlds_a_round": {name: n for name, (n, _) in programs.items()}},
        "missing": {name: why for name, why in
                    (("c", c_model.missing()), ("mesa", mesa_missing())) if why},
    }  # fmt: skip


def throughput(quick: bool) -> dict[str, dict[str, float]]:
    """Worlds a second of Twofront by number of worlds: flat, if nothing grows with it.

    `relative` compares with 128 worlds run just before and just after, since a machine's mood
    changes from minute to minute.
    """
    from reduced import twofront_model

    def rate(worlds: int) -> float:
        return worlds / seconds(lambda: twofront_model.run(worlds))

    found = {}
    for n in (32, 128, 512) if quick else (32, 128, 1000, 10000):
        before = rate(128)
        seen = rate(n)
        reference = 0.5 * (before + rate(128))
        found[str(n)] = {"worlds_per_second": seen, "relative": seen / reference}
        say(f"{n} worlds: {found[str(n)]}")
    return found


def compare_threads(quick: bool) -> dict[str, Any]:
    """One thread against two, in turn."""
    from reduced import twofront_model

    n = 96 if quick else 512
    rates: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for threads, seen in rates.items():
            seen.append(n / seconds(lambda t=threads: twofront_model.run(n, threads=t)))
    one, two = (statistics.median(rates[threads]) for threads in (1, 2))
    return {"worlds": n, "one": one, "two": two, "gain": two / one, "cpus": os.cpu_count()}


def peak_megabytes() -> float:
    """Largest resident memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage remembers the size of the parent through fork and exec.
        line = next(x for x in status.read_text("ascii").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_and_weigh(worlds: int) -> dict[str, float]:
    """Runs worlds in this process, and says what that took."""
    from reduced import twofront_model

    twofront_model.whole(32)
    before = peak_megabytes()
    taken = seconds(lambda: twofront_model.whole(worlds))
    return {
        "worlds": worlds, "peak_mb": peak_megabytes(), "peak_mb_before": before,
        "worlds_per_second": worlds / taken,
    }  # fmt: skip


def first_block() -> dict[str, float]:
    """Time of the import and of the first block of worlds in this process."""
    importing = seconds(lambda: __import__("reduced.twofront_model"))
    from reduced import twofront_model

    return {"import": importing, "block": seconds(lambda: twofront_model.run(32))}


def in_a_process(*arguments: str, cache: str | None = None) -> dict[str, float]:
    """Runs this file again, in a process of its own."""
    env = dict(os.environ)
    if cache is not None:
        env["TWOFRONT_CACHE_DIR"] = cache
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), *arguments], env=env, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def cold_and_warm() -> dict[str, dict[str, float]]:
    """The first block after import, with an empty and with a filled cache."""
    with tempfile.TemporaryDirectory() as cache:
        cold = in_a_process("--first-block", cache=cache)
        warm = in_a_process("--first-block", cache=cache)
    return {"cold": cold, "warm": warm}


def machine() -> dict[str, Any]:
    """Processor, compiler and library versions."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = [x for x in cpuinfo.read_text().splitlines() if x.startswith("model name")]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    versions = {"python": platform.python_version()}
    for name in ("numpy", "numba", "llvmlite", "mesa"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    from reduced import c_model

    compiler = None
    if c_model.missing() is None:
        said = subprocess.run([c_model.COMPILER, "--version"], capture_output=True, text=True)
        compiler = said.stdout.splitlines()[0]
    return {
        "cpu": model, "cpus": os.cpu_count(), "system": platform.platform(),
        "versions": versions, "compiler": compiler,
        "c_flags": {kind: " ".join(flags) for kind, flags in c_model.FLAGS.items()},
    }  # fmt: skip


def table(result: dict[str, Any]) -> str:
    """The result as a person would read it."""
    rates, ratios = result["worlds_per_second"], result["ratios"]
    titles = {
        "twofront": "Twofront", "mesa": "Mesa", "numpy": "NumPy", "numpy_bounded": "NumPy, bounded",
        "c": "C, IEEE", "c_fast_math": "C, -ffast-math",
    }  # fmt: skip
    lines = [f"{'one thread':<18}{'worlds/s':>10}{'Twofront is':>16}{'agreement':>34}"]
    for name, title in titles.items():
        rate = rates[name]
        if rate is None:
            why = result["missing"].get(name.split("_")[0], "")
            lines.append(f"{title:<18}{'-':>10}  {why}")
            continue
        ratio = ratios.get(f"twofront_to_{name}")
        times = "" if ratio is None else f"{ratio:.3g} times"
        seen = result["agreement"].get(name)
        agreed = ""
        if seen and "holds" in seen:
            agreed = "same bits" if seen["same_bits"] else f"to {seen['first_year_deviation']:.0e}"
            agreed += f", {seen['events']} events alike"
        lines.append(f"{title:<18}{rate:>10.4g}{times:>16}{agreed:>34}")
    lines.append("")
    for name, goal in GOALS.items():
        met = result["goals"][name]["met"]
        seen = "unknown" if met is None else "met" if met else "not met"
        lines.append(f"goal {name.replace('_', ' ')} >= {goal:g}: {seen}")
    lines.append("")
    for n, seen in result["flat"].items():
        text = f"{int(n):>8,} worlds  {seen['worlds_per_second']:8.4g} worlds/s"
        if "relative" in seen:
            text += f", {seen['relative']:.2f} of what 128 worlds reach"
        lines.append(text)
    threads = result["threads"]
    lines.append(f"two threads run {threads['gain']:.2f} times as fast as one")
    for kind, taken in result["first_block"].items():
        lines.append(
            f"first block, {kind} cache: {taken['block']:.2f} s,"
            f" after an import of {taken['import']:.2f} s"
        )
    weighed = result["memory"]
    lines.append(f"peak memory for {weighed['worlds']:,} worlds: {weighed['peak_mb']:.0f} MB")
    lines.append(f"{result['machine']['cpu']}, {result['machine']['versions']}")
    return "\n".join(lines)


def main() -> int:
    """Agreement first, then the clock."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="smaller, for continuous integration")
    parser.add_argument("--long", action="store_true", help="also 100,000 worlds")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of timing (default 5)")
    parser.add_argument("--first-block", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--weigh", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.first_block:
        print(json.dumps(first_block()))
        return 0
    if asked.weigh:
        print(json.dumps(run_and_weigh(asked.weigh)))
        return 0
    agreement = check_agreement(asked.quick)
    failed = [name for name, seen in agreement.items() if not seen.get("holds", True)]
    if failed:
        say(f"{', '.join(failed)}: not the model of Twofront, so nothing is timed")
        if asked.json:
            print(json.dumps({"agreement": agreement}, indent=2))
        return 1
    result = time_programs(max(asked.rounds, 5), asked.quick)
    result["goals"] = {
        name: {"goal": goal, "reached": result["ratios"][name],
               "met": None if result["ratios"][name] is None else result["ratios"][name] >= goal}
        for name, goal in GOALS.items()
    }  # fmt: skip
    result["agreement"] = agreement
    result["dynamics"] = dynamics(asked.quick)
    result["flat"] = throughput(asked.quick)
    result["threads"] = compare_threads(asked.quick)
    memory_worlds = "100000" if asked.long else "256" if asked.quick else "1000"
    result["memory"] = in_a_process("--weigh", memory_worlds)
    if asked.long:
        rate = result["memory"]["worlds_per_second"]
        result["flat"]["100000"] = {"worlds_per_second": rate}
    result["first_block"] = cold_and_warm()
    result["machine"] = machine()
    result["load_average"] = list(os.getloadavg())
    print(json.dumps(result, indent=2) if asked.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
