"""`twofront study`: documents in, a tested report out."""

from __future__ import annotations

import json as json_text
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from twofront.basics import BadInput, Problem

from . import common
from .test import Sample, Sources, not_negative

EXAMPLE_WORLDS = 100
"""Pairs of worlds among which an example is looked for."""
EXAMPLES_TRIED = 3
"""Theses among which it is looked for, those with the largest effects."""


def study(
    documents: Annotated[
        list[Path] | None, typer.Argument(help="Texts; the shipped samples when none are given.")
    ] = None,
    scenario: Annotated[str, typer.Option("--scenario", help="Name or directory.")] = "two-fronts",
    output: Annotated[Path, typer.Option("-o", "--output", help="Directory to write.")] = Path(
        "out"
    ),
    worlds: Annotated[int, typer.Option("--worlds", help="Worlds for each verdict.")] = 1000,
    sample: Sample = None,
    sources: Sources = 0,
    seed: common.Seed = None,
    threads: common.Threads = None,
    json: common.Json = False,
) -> None:
    """Reads documents, tests their causal claims in worlds, and writes a report."""
    with common.telling_what_is_wrong(), common.Bars() as bars:
        found = conduct(
            documents or [], scenario, output, common.positive("--worlds", worlds),
            common.a_seed(seed), common.processors(threads), bars,
            sample=not_negative("--sample", sample),
            sources=not_negative("--sources", sources) or 0,
        )  # fmt: skip
    if json:
        common.print_json(found)
        return
    typer.echo(f"Report: {found['report']}")
    for line in found["summary"]:
        typer.echo(line)


def conduct(
    paths: list[Path], scenario_name: str, output: Path, worlds: int, seed: int | None,
    threads: int, bars: common.Bars, sample: int | None = None, sources: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """The whole line: sources, ledger, scenario, worlds, verdicts, report."""
    from twofront.lab import Laboratory
    from twofront.lab import run as run_worlds
    from twofront.ledger import Reading, align, check, identify, load_ledger, timeline, verify
    from twofront.report import write_report
    from twofront.scenario import load_scenario
    from twofront.sources import find_mentions, read_document, samples

    began = time.monotonic()
    if output.exists() and not output.is_dir():
        raise BadInput(Problem(str(output), "is a file", "a directory"))
    texts = _read_all(paths or samples(), read_document)
    scenario = load_scenario(scenario_name)
    ledger = load_ledger(scenario.ledger) if scenario.ledger else None
    mentions = {doc.id: find_mentions(doc) for doc in texts}
    known: dict[str, Any] = {}
    for text in texts:
        name = identify(text, ledger) if ledger else None
        known[name or text.id] = text
    cited = set(known) & set(ledger.documents) if ledger else set()
    stated = {
        claim.id
        for claim in (ledger.claims if ledger else ())
        if any(locator.doc in cited for locator in claim.locators)
    }
    # Claims of other documents, such as the samples, are no witnesses here.
    findings = check(ledger, docs=cited) if ledger and cited else []
    moved = (
        [f for f in verify(ledger, {d: known[d] for d in cited}) if f.state != "found"]
        if ledger and cited
        else []
    )
    readings = [Reading(doc, tuple(mentions[doc.id])) for doc in texts]
    alignment = align(readings)
    told = timeline(readings, alignment=alignment)
    theses = [t.id for t in scenario.theses if not stated or stated & set(t.claims)]
    output.mkdir(parents=True, exist_ok=True)
    ensemble = run_worlds(
        scenario, worlds, seed, threads=threads, directory=output / "run", replace=True,
        progress=bars.counter("Running worlds", worlds),
    )  # fmt: skip
    laboratory = Laboratory(
        scenario, worlds=worlds, seed=seed, threads=threads, ledger=ledger,
        documents=sorted(cited), sample=sample, sources=sources, progress=bars.advance,
    )  # fmt: skip
    cards = common.strict(laboratory.test_all(theses))
    _write(output / "verdicts.json", json_text.dumps(cards, ensure_ascii=False, indent=2) + "\n")
    _write(output / "ledger.jsonl", _claims_jsonl(ledger, stated))
    every = [mention.to_dict() for found in mentions.values() for mention in found]
    lines = [json_text.dumps(mention, ensure_ascii=False) for mention in every]
    _write(output / "mentions.jsonl", "".join(line + "\n" for line in lines))
    report = write_report(
        output / "report.html",
        scenario=scenario,
        ledger=ledger,
        documents=known,
        cards=cards,
        ensemble=ensemble,
        findings=findings,
        mentions=mentions,
        comparison={
            "ties": alignment.ties, "clashes": told.clashes(), "follows": told.what_follows(),
            "unfinished": told.unfinished,
        },
        pair=_two_worlds(scenario, cards, worlds, seed, threads),
        run_info={
            "version": version("twofront"), "seed": ensemble.seed, "worlds": worlds,
            "scenario_hash": scenario.hash, "command": " ".join(["twofront", *sys.argv[1:]]),
            "seconds": time.monotonic() - began, "pairs": ensemble.pairs.to_dict("records"),
        },
    )  # fmt: skip
    counts = {grade: sum(c["grade"] == grade for c in cards) for grade in "ABCD"}
    return {
        "report": str(report),
        "verdicts": str(output / "verdicts.json"),
        "documents": sorted(known),
        "claims": len(stated),
        "summary": [
            f"Read {common.counted(len(texts), 'text')}: "
            f"{sum(len(m) for m in mentions.values())} mentions, "
            f"{len(stated)} claims of the ledger, {len(moved)} of them not found in place.",
            f"Contradictions: {len(findings)}.",
            f"Ran {worlds} worlds freely, and {worlds} for "
            f"{common.counted(len(cards), 'thesis', 'theses')}.",
            "Verdicts: "
            + ", ".join(f"{n} {grade}" for grade, n in counts.items())
            + f", {sum(c['grade'] == 'outside' for c in cards)} outside the model.",
            f"Seed {ensemble.seed}, scenario {scenario.hash[:12]}, "
            f"{time.monotonic() - began:.0f} s.",
        ],
    }


def _read_all(paths: list[Path], read: Any) -> list[Any]:
    """All documents, or all that is wrong with them."""
    texts, problems = [], []
    for path in paths:
        try:
            texts.append(read(path))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return texts


def _two_worlds(
    scenario: Any, cards: list[dict[str, Any]], worlds: int, seed: int | None, threads: int
) -> dict[str, Any] | None:
    """A pair of worlds whose answer differs, of one of the theses with the largest effects."""
    from twofront.lab.parting import part

    told = [c for c in cards if c["risk_ratio"] is not None and c["evidence_until"]]
    for card in sorted(told, key=lambda c: -abs(c["effect"]))[:EXAMPLES_TRIED]:
        thesis = next(t for t in scenario.theses if t.id == card["thesis"])
        found = part(
            scenario, thesis, worlds=min(worlds, EXAMPLE_WORLDS), seed=seed, threads=threads
        )
        if found and found["holds"][0] != found["holds"][1]:
            return found
    return None


def _claims_jsonl(ledger: Any, stated: set[str]) -> str:
    from twofront.ledger import export

    if ledger is None:
        return ""
    kept = []
    for line in export(ledger, "jsonl").splitlines():
        if not stated or json_text.loads(line).get("id") in stated:
            kept.append(line + "\n")
    return "".join(kept)


def _write(path: Path, text: str) -> None:
    from twofront.lab import write_atomically

    write_atomically(path, lambda target: target.write_text(text, "utf-8"))
