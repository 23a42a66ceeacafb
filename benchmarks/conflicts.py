"""How much of what a historian called wrong or disputed is found without being told.

    python benchmarks/conflicts.py --seeds DIR --facts DIR        a table
    python benchmarks/conflicts.py ... --json                     the same as JSON

The founding texts are compared with each other, with themselves and with the reference facts
(`twofront ledger compare`). The judge is CLAIMS.csv, which gives a verdict for every claim of the
two texts. A sentence counts as criticised when one of its claims about a date or a number is
called wrong or disputed. An alarm is false when no claim of its sentence is called wrong,
disputed or partly right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from twofront.basics import BadInput
from twofront.ledger import align, check_facts, load_facts, read_all, timeline
from twofront.sources import read_document

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATES = {"000": "2025-05-10", "003": "2006"}
Place = tuple[str, int, int]


def verdicts(path: Path) -> tuple[set[Place], set[Place]]:
    """Criticised sentences, and all sentences about which there is any doubt."""
    criticised, doubted = set(), set()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = row["seed"], int(row["para"]), int(row["sent"])
            bad = row["verdict"] in ("wrong", "disputed")
            if bad and row["type"] in ("fact_date", "fact_number"):
                criticised.add(place)
            if bad or row["verdict"] == "partly":
                doubted.add(place)
    return criticised, doubted


def alarms(seeds: Path, facts: Path) -> dict[str, set[Place]]:
    """The sentences that each kind of comparison complains of."""
    documents = [
        read_document(next(seeds.glob(f"{doc}_*.txt")), doc_id=doc, date=date)
        for doc, date in DATES.items()
    ]
    readings = read_all(documents)
    alignment = align(readings)
    checks = check_facts(readings, load_facts(facts / "FACTS.csv"))
    ties = [tie for tie in alignment.ties if tie.relation == "conflict"]
    clashes = timeline(readings, alignment=alignment).clashes()
    return {
        "the texts with each other": {
            (m.doc, m.para, m.sent) for tie in ties for m in (tie.first, tie.second)
        },
        "time, without an if": {
            (m.doc, m.para, m.sent) for clash in clashes if clash.certain for m in clash.mentions
        },
        "time, by convention or rounding": {
            (m.doc, m.para, m.sent)
            for clash in clashes
            if not clash.certain
            for m in clash.mentions
        },
        "reference facts: none fits": {_place(c.mention) for c in checks if c.status == "conflict"},
        "reference facts: they differ": {
            _place(c.mention) for c in checks if c.status == "disputed"
        },
    }


def _place(mention: Any) -> Place:
    return mention.doc, mention.para, mention.sent


def measure(seeds: Path, facts: Path) -> dict[str, Any]:
    """Recall and false alarms of every kind of comparison, and of all together."""
    criticised, doubted = verdicts(facts / "CLAIMS.csv")
    kinds = alarms(seeds, facts)
    together = set().union(*kinds.values())
    rows = {**kinds, "all together": together}
    return {
        "criticised": len(criticised),
        "missed": sorted(f"{doc} {para}.{sent}" for doc, para, sent in criticised - together),
        "kinds": {
            name: {
                "alarms": len(found),
                "criticised": len(found & criticised),
                "recall": len(found & criticised) / len(criticised),
                "doubted": len(found & doubted - criticised),
                "false": sorted(f"{d} {p}.{s}" for d, p, s in found - doubted),
            }
            for name, found in rows.items()
        },
    }


def table(result: dict[str, Any]) -> str:
    """The result as Markdown."""
    lines = [
        "| found by | sentences | criticised | recall | otherwise doubted | false alarms |",
        "|---|---|---|---|---|---|",
    ]
    for name, row in result["kinds"].items():
        lines.append(
            f"| {name} | {row['alarms']} | {row['criticised']} of {result['criticised']} "
            f"| {row['recall']:.2f} | {row['doubted']} | {len(row['false'])} |"
        )
    missed = ", ".join(result["missed"]) or "none"
    false = ", ".join(result["kinds"]["all together"]["false"]) or "none"
    return "\n".join([*lines, "", f"Missed: {missed}. False alarms: {false}."])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=Path, default=SHARED / "seeds", metavar="DIR")
    parser.add_argument("--facts", type=Path, default=SHARED / "facts", metavar="DIR")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        result = measure(arguments.seeds, arguments.facts)
    except (BadInput, OSError, StopIteration) as error:
        print(f"error: {error or 'the texts are not there'}", file=sys.stderr)
        return 2
    print(json.dumps(result, indent=1) if arguments.json else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
