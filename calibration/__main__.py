"""`python -m calibration [LAW ...] [--data DIR]`: fits the laws; all of them writes the results."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path

from .cases import DEFAULT, Missing, Years
from .finding import MEASURED, PAGE, Finding, write_measured, write_page

LAWS = ("winner", "losses", "exchange", "clashes", "escalation", "pacts", "initiators", "hostility")


def fit(law: str, data: Path, held: Years, period: Years) -> Finding:
    """What one script finds."""
    return importlib.import_module(f"calibration.{law}").fit(data, held, period)


def main() -> int:
    """Fits what is asked for."""
    options = argparse.ArgumentParser(prog="calibration", description=__doc__)
    options.add_argument("law", nargs="*", metavar="LAW", help=f"of {', '.join(LAWS)}; default all")
    options.add_argument("--data", type=Path, default=DEFAULT, help=f"folder, default {DEFAULT}")
    options.add_argument("--held-out", nargs=2, type=int, default=(1930, 1945), metavar="YEAR")
    options.add_argument("--period", nargs=2, type=int, default=(1930, 1949), metavar="YEAR",
                         help="years of the cross-validated figures")  # fmt: skip
    given = options.parse_args()
    if unknown := set(given.law) - set(LAWS):
        options.error(f"unknown law {', '.join(sorted(unknown))}. Accepted: {', '.join(LAWS)}")
    held, period = Years(*given.held_out), Years(*given.period)
    findings = []
    try:
        for law in given.law or LAWS:
            began = time.perf_counter()
            findings.append(fit(law, given.data, held, period))
            print(f"{law}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    if given.law:
        for finding in findings:
            print("\n".join([f"## {finding.title}", "", *finding.text]))
            for m in finding.measured:
                print(f"{m.name} = {m.value:g} ({m.low:g} to {m.high:g}) {m.unit}")
        return 0
    write_measured(findings)
    write_page(findings, f"{held.first}–{held.last}")
    print(f"wrote {MEASURED} and {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
