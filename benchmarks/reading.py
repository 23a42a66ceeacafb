"""How well Twofront reads dates, quantities and quotations, beside other tools, in one run.

    python benchmarks/reading.py --setup DIR       installs the opponents into DIR first
    python benchmarks/reading.py --tools DIR       with opponents installed before
    python benchmarks/reading.py --json            the same as JSON
    python benchmarks/reading.py --markdown FILE   also writes the page about it

Every tool reads the same texts: the founding texts where a copy is at hand, `tests/reading/dev`
(read by those who wrote the rules), `tests/reading/frozen` (kept from them), and any folder in the
same layout. A tool sits in a process and an environment of its own; one that cannot be installed is
named with its reason. What is exact, overlap and value says `tests/reading/scoring.py`.

Speed is processor time on one core, of warm tools: first everything is read once, then a sample
three times, the tools in turn, so that a busy machine slows all of them alike; medians count.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE / "reading"), str(ROOT / "tests" / "reading")]

from opponents import (  # noqa: E402
    NOT_RUN,
    OWN,
    TOOLS,
    Mentions,
    Missing,
    Reader,
    Tool,
    join_neighbours,
    set_up,
)
from page import page, tables  # noqa: E402
from scoring import (  # noqa: E402
    LANGUAGES,
    MEASURES,
    TYPES,
    Counts,
    Text,
    bootstrap,
    read_set,
    score,
    total,
    wilson,
)
from wikiwars import read_wikiwars  # noqa: E402

DEFAULT_TOOLS = ROOT / ".cache" / "reading"
ROUNDS = 3


def say(text: str) -> None:
    """Progress, out of the way of the result."""
    print(text, file=sys.stderr, flush=True)


# ---- the texts


def texts_of(asked: argparse.Namespace) -> tuple[dict[str, list[Text]], dict[str, str]]:
    """Sets of texts by name, and why a set is not here."""
    sets: dict[str, list[Text]] = {}
    missing: dict[str, str] = {}
    seeds = asked.seeds or ROOT.parent / "shared" / "text"
    own = ROOT / "tests" / "reading"
    for name, folder in (("frozen", own / "frozen"), ("founding", seeds), ("dev", own / "dev")):
        if not (folder / "documents.json").exists():
            missing[name] = "no such folder on this machine"
        elif texts := read_set(folder):
            sets[name] = texts
        else:
            missing[name] = "it holds no text now"
    for given in asked.set:
        name, _, folder = given.rpartition("=")
        path = Path(folder)
        sets.setdefault(name or "-".join(path.parts[-2:]), []).extend(read_set(path))
    if asked.wikiwars:
        sets["wikiwars"] = read_wikiwars(asked.wikiwars)
    if asked.only:
        sets = {name: texts for name, texts in sets.items() if name in asked.only}
    # What counts most comes first.
    sets = dict(sorted(sets.items(), key=lambda item: item[0] != "frozen"))
    missing = {name: why for name, why in missing.items() if name not in sets}
    return sets, missing


def sample(texts: list[Text], characters: int) -> list[Text]:
    """The first different texts that together reach so many characters."""
    chosen: dict[str, Text] = {}
    for text in texts:
        if sum(len(t.text) for t in chosen.values()) >= characters:
            break
        chosen.setdefault(text.name, text)
    return list(chosen.values())


# ---- reading


@dataclass
class Reading:
    """What the tools said, how long they took, and which of them could not."""

    mentions: dict[str, dict[int, Mentions]] = field(default_factory=dict)  # tool: text number
    first: dict[tuple[str, str], float] = field(default_factory=dict)  # characters a second, cold
    warm: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)  # texts on which a tool raised an error
    versions: dict[str, str] = field(default_factory=dict)


def read_all(texts: list[Text], folder: Path, characters: int, wanted: list[str]) -> Reading:
    """Lets every tool read every text, and times them in turn."""
    result = Reading()
    readers: dict[tuple[str | None, str], Reader] = {}
    tools = [t for t in TOOLS if not wanted or t.name in wanted or t.name == OWN]
    try:
        for tool in tools:
            if tool.merges:
                continue
            try:
                key = (tool.home, tool.reader)
                if key not in readers:
                    readers[key] = Reader(tool, folder)
                result.versions[tool.home or tool.name] = readers[key].version
                _read_once(tool, readers[key], texts, result)
            except Missing as why:
                result.missing[tool.name] = str(why)
                result.mentions.pop(tool.name, None)
            say(f"{tool.title}: {result.missing.get(tool.name, 'read')}")
        _time(tools, readers, texts, characters, result)
    finally:
        for reader in readers.values():
            reader.close()
    for tool in tools:
        if tool.merges in result.mentions:
            plain = result.mentions[tool.merges]
            result.mentions[tool.name] = {
                n: join_neighbours(texts[n].text, found) for n, found in plain.items()
            }
        elif tool.merges:
            result.missing[tool.name] = result.missing.get(tool.merges, "not asked for")
    return result


def _ask(tool: Tool, reader: Reader, text: Text) -> dict[str, Any]:
    variant = text.date if tool.name == OWN else tool.variant
    return reader.ask(text.text, text.language, text.date, variant)


def _read_once(tool: Tool, reader: Reader, texts: list[Text], result: Reading) -> None:
    found: dict[int, Mentions] = {}
    spent: dict[str, list[tuple[int, float]]] = {}
    for number, text in enumerate(texts):
        if text.language not in tool.languages:
            continue
        answer = _ask(tool, reader, text)
        if "error" in answer:
            result.failed[tool.name] = result.failed.get(tool.name, 0) + 1
        else:
            spent.setdefault(text.language, []).append((len(text.text), answer["seconds"]))
        found[number] = answer.get("mentions", [])
    result.mentions[tool.name] = found
    for language, parts in spent.items():
        # The first text also pays for what a tool loads when it is first used.
        parts = parts[1:] or parts
        seconds = sum(s for _, s in parts)
        result.first[tool.name, language] = sum(n for n, _ in parts) / max(seconds, 1e-9)


def _time(
    tools: list[Tool],
    readers: dict[tuple[str | None, str], Reader],
    texts: list[Text],
    characters: int,
    result: Reading,
) -> None:
    for turn in range(ROUNDS):
        for tool in tools:
            if tool.merges or tool.name not in result.mentions:
                continue
            reader = readers[tool.home, tool.reader]
            for language in tool.languages:
                chosen = sample([t for t in texts if t.language == language], characters)
                answers = [(_ask(tool, reader, t), t) for t in chosen]
                read = [(a["seconds"], len(t.text)) for a, t in answers if "seconds" in a]
                if read:
                    rate = sum(n for _, n in read) / max(sum(s for s, _ in read), 1e-9)
                    result.warm.setdefault((tool.name, language), []).append(rate)
        say(f"timed, round {turn + 1}")


# ---- scoring


def apart_from_dates(text: Text, mentions: Mentions) -> Mentions:
    """Quantities that touch no marked date: what a number finder does when dates are known."""
    dates = [g for g in text.gold if g["type"] == "DATE"]
    return [
        m for m in mentions
        if m["type"] != "QUANTITY"
        or not any(m["start"] < g["end"] and g["start"] < m["end"] for g in dates)
    ]  # fmt: skip


def summary(counts: list[Counts]) -> dict[str, Any]:
    """Precision, recall, F1 and its interval of every measure, and what else was counted."""
    whole = total(counts)
    found: dict[str, Any] = {
        "documents": len(counts), "gold": whole.gold, "predicted": whole.predicted,
        "false_positives": whole.false_positives,
    }  # fmt: skip
    for measure in MEASURES:
        found[measure] = {
            "precision": whole.precision(measure), "recall": whole.recall(measure),
            "f1": whole.f1(measure),
            "interval": bootstrap(counts, measure) if len(counts) > 1 else None,
        }  # fmt: skip
    if whole.certain:
        found["certain"] = {
            "share": whole.certain / whole.predicted, "mentions": whole.certain,
            "right": whole.certain_right, "precision": whole.certain_right / whole.certain,
            "interval": wilson(whole.certain_right, whole.certain),
        }  # fmt: skip
    if whole.united:
        found["unit"] = {
            "right": whole.unit_right, "of": whole.united,
            "accuracy": whole.unit_right / whole.united,
        }  # fmt: skip
    found["kinds"] = {
        kind: {"gold": n, "found": seen, "right": right}
        for kind, (n, seen, right) in sorted(whole.kinds.items())
    }
    return found


def score_all(sets: dict[str, list[Text]], texts: list[Text], result: Reading) -> list[dict]:
    """One row for each set, type, language and tool."""
    number = {id(text): n for n, text in enumerate(texts)}
    rows = []
    for name, members in sets.items():
        for type_ in TYPES:
            for language in LANGUAGES:
                here = [t for t in members if t.language == language]
                if not any(g["type"] == type_ and not g.get("optional")
                           for t in here for g in t.gold):  # fmt: skip
                    continue
                for tool in TOOLS:
                    said = result.mentions.get(tool.name)
                    if said is None or type_ not in tool.types or language not in tool.languages:
                        continue
                    counts = [score(t, said[number[id(t)]], type_) for t in here]
                    row = {"set": name, "type": type_, "language": language, "tool": tool.name}
                    row |= summary(counts)
                    if type_ == "QUANTITY":
                        apart = [
                            score(t, apart_from_dates(t, said[number[id(t)]]), type_) for t in here
                        ]
                        row["value_f1_dates_masked"] = total(apart).f1("value")
                    timed = tool.merges or tool.name
                    rates = result.warm.get((timed, language))
                    row["characters_per_second"] = statistics.median(rates) if rates else None
                    rows.append(row)
    return rows


def speeds(result: Reading) -> dict[str, dict[str, float]]:
    """Characters a second of every tool and language: of new texts, and warm."""
    return {
        f"{tool} {language}": {
            "new": result.first[tool, language], "median": statistics.median(rates),
            "lowest": min(rates), "highest": max(rates),
        }
        for (tool, language), rates in result.warm.items()
    }  # fmt: skip


def machine() -> dict[str, Any]:
    """Processor, system and load."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = [x for x in cpuinfo.read_text().splitlines() if x.startswith("model name")]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return {
        "cpu": model, "cpus": os.cpu_count(), "system": platform.platform(),
        "python": platform.python_version(), "load_average": list(os.getloadavg()),
    }  # fmt: skip


def describe(texts: list[Text]) -> dict[str, Any]:
    """How much there is to read in a set."""
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        here = [t for t in texts if t.language == language]
        if here:
            required = [g["type"] for t in here for g in t.gold if not g.get("optional")]
            found[language] = {
                "documents": len(here), "characters": sum(len(t.text) for t in here),
                "gold": {type_: required.count(type_) for type_ in TYPES},
            }  # fmt: skip
    return found


def main() -> int:
    """Reads, scores, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--setup", type=Path, metavar="DIR", help="install opponents into DIR")
    parser.add_argument("--tools", type=Path, metavar="DIR", help="where they were installed")
    parser.add_argument("--seeds", type=Path, metavar="DIR", help="the founding texts, marked")
    parser.add_argument("--set", action="append", default=[], metavar="[NAME=]DIR",
                        help="another set of texts; sets of one name are put together")  # fmt: skip
    parser.add_argument("--wikiwars", type=Path, metavar="DIR",
                        help="English articles with TIMEX tags")  # fmt: skip
    parser.add_argument("--only", action="append", metavar="NAME", help="only this set of texts")
    parser.add_argument("--opponent", action="append", default=[], metavar="NAME",
                        choices=[t.name for t in TOOLS],
                        help="only this tool beside Twofront")  # fmt: skip
    parser.add_argument("--characters", type=int, default=20_000,
                        help="length of a language's timed sample (default 20000)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the page")
    asked = parser.parse_args()
    folder = (asked.setup or asked.tools or DEFAULT_TOOLS).absolute()
    if asked.setup:
        set_up(folder, say)
    sets, absent = texts_of(asked)
    if not sets:
        say("no texts to read")
        return 2
    texts = [text for members in sets.values() for text in members]
    reading = read_all(texts, folder, asked.characters, asked.opponent)
    if OWN in reading.missing:
        say(f"Twofront: {reading.missing[OWN]}")
        return 1
    result = {
        "sets": {name: describe(members) for name, members in sets.items()},
        "missing_sets": absent, "sample": asked.characters,
        "scores": score_all(sets, texts, reading),
        "speed": speeds(reading),
        "missing": reading.missing, "failed": reading.failed, "not_run": NOT_RUN,
        "versions": reading.versions, "machine": machine(),
    }  # fmt: skip
    if asked.markdown:
        asked.markdown.write_text(page(result), "utf-8")
    print(json.dumps(result, indent=2) if asked.json else tables(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
