"""One page that holds the whole study: readable offline, without a script, on paper.

    question → in short → verdicts → cards → texts → dates → map → two worlds → record → inputs →
    how it was done

Nothing is computed here but counts and places on a page; every result arrives as data, and what
did not arrive is said in one sentence instead of being left out in silence.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from twofront.basics import bounds, is_edtf

from . import against, cards, chronicle, inputs, moments, words
from .compared import compare
from .documents import Text, read_texts, studied
from .downloads import as_csv
from .fonts import ROOM, font_faces
from .glance import glance_csv, glance_svg
from .map import Atlas, missing
from .pairs import read_pair
from .reading import get, items
from .references import Library
from .statements import Statement, chains, counts, read_statements, side_by_side
from .summary import found_words, how_rare, in_short, who_says


def write_report(
    path: Path | str,
    *,
    scenario: Any,
    ledger: Any,
    documents: Mapping[str, Any] | None,
    cards: Sequence[Mapping[str, Any]],
    ensemble: Any = None,
    run_info: Mapping[str, Any] | None = None,
    findings: Sequence[Any] | None = None,
    mentions: Any = None,
    curve: Mapping[str, Any] | None = None,
    comparison: Any = None,
    pair: Mapping[str, Any] | None = None,
) -> Path:
    """Write the report of a study to `path` and return the path.

    Every part may be `None` except the cards, which may be empty: the report says what is
    missing. `curve` is one more curve over an input, beside those that cards carry; `comparison`
    has the ties, clashes and follows that `ledger compare` finds in the texts; `pair` is two worlds
    that share their luck, as `lab/parting.py` gives them.
    """
    path = Path(path)
    html = render_report(
        scenario=scenario,
        ledger=ledger,
        documents=documents,
        cards=cards,
        ensemble=ensemble,
        run_info=run_info,
        findings=findings,
        mentions=mentions,
        curve=curve,
        comparison=comparison,
        pair=pair,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")
    return path


def render_report(**data: Any) -> str:
    """The page as text; takes what `write_report` takes, without the path."""
    script = _asset("report.js")
    policy = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = _environment().get_template("page.html.j2")
    html = page.render(
        styles=Markup("".join(map(_asset, ("tokens.css", "marks.css", "report.css")))),
        script=Markup(script),
        policy=policy,
        **_contents(**data),
    )
    return html.replace("<style>", f"<style>{font_faces(html)}\n", 1)


def _asset(name: str) -> str:
    return (ROOM / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("twofront.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(MARKS=words.MARKS, FIRMNESS=words.FIRMNESS)
    environment.filters.update(
        capital=words.capital, count=words.count, number=words.number, listed=words.listed
    )
    return environment


def _contents(
    *,
    scenario: Any,
    ledger: Any,
    documents: Mapping[str, Any] | None,
    cards: Sequence[Mapping[str, Any]],
    ensemble: Any,
    run_info: Mapping[str, Any] | None,
    findings: Sequence[Any] | None,
    mentions: Any,
    curve: Mapping[str, Any] | None,
    comparison: Any = None,
    pair: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything the templates print, chapter by chapter."""
    library = Library(scenario, ledger)
    texts = read_texts(ledger, documents)
    columns = [text for text in studied(texts) if text.known]
    statements = read_statements(ledger, texts)
    spoken = [
        s for s in statements.values() if any(p.doc == c.id for p in s.places for c in columns)
    ]
    cards = _ours_first(cards, {text.id for text in columns})
    shown_cards = _cards(cards, scenario, statements, texts)
    rows = side_by_side(ledger, statements, columns)
    found = _merged([_finding(finding, statements, library, columns) for finding in findings or ()])
    linked = {p.claim for card in shown_cards for p in card.passages}
    linked |= {s.id for finding in found for s in finding["claims"]}
    linked |= {key for number in _numbers(scenario) for key in number}
    cited = [key for s in spoken for key in s.sources]
    cited += [key for finding in found for key in finding["references"]]
    elsewhere = [s for s in statements.values() if s.id in linked and s not in spoken]
    return {
        "title": get(scenario, "title", default="Twofront report"),
        "question": get(scenario, "question", default="") or get(scenario, "title", default=""),
        "summary": get(scenario, "summary", default=""),
        "lede": who_says(shown_cards, studied(texts), len(spoken)),
        "short": in_short(shown_cards, spoken),
        "rare": how_rare(shown_cards),
        **_verdicts(cards, shown_cards),
        **_texts(ledger, spoken, rows, columns, texts, found, mentions),
        **_dates(ledger, scenario, columns, rows, found, findings),
        **_map(scenario, ensemble),
        **_record(scenario, ensemble, run_info, cards, shown_cards, curve),
        **_inputs(scenario, library, cards),
        **_how(scenario, library, run_info, cards),
        "compared": compare(comparison, texts),
        "twins": read_pair(pair, scenario, cards),
        "columns": columns,
        "elsewhere": elsewhere,
        "bibliography": library.listed(cited + [key for s in elsewhere for key in s.sources]),
        "anchors": {s.id for s in [*spoken, *elsewhere]},
    }


def _ours_first(given: Sequence[Mapping[str, Any]], ours: set[str]) -> list[Mapping[str, Any]]:
    """Theses that a text of this study asserts come before those of other texts."""
    return sorted(
        given, key=lambda card: not any(get(who, "doc") in ours for who in card.get("who") or ())
    )


def _numbers(scenario: Any) -> list[list[str]]:
    """Ids of the statements that the printed inputs cite."""
    numbers = [*items(get(scenario, "parameters"))]
    numbers += [get(force, "strength") for force in items(get(scenario, "forces"))]
    return [[str(key) for key in items(get(entry, "claims"))] for entry in numbers if entry]


def _cards(
    given: Sequence[Mapping[str, Any]],
    scenario: Any,
    statements: Mapping[str, Statement],
    texts: Mapping[str, Text],
) -> list[cards.Card]:
    return cards.read_cards(given, scenario, statements, texts)


def _verdicts(given: Sequence[Mapping[str, Any]], shown: Sequence[cards.Card]) -> dict[str, Any]:
    scaled = [card for card in shown if card.strip]
    return {
        "cards": shown,
        "scaled": scaled,
        "others": [card for card in shown if not card.strip],
        "axis": cards.strip_axis(scaled) if scaled else "",
        "glance_svg": glance_svg(scaled),
        "glance_csv": glance_csv(given, shown),
    }


def _merged(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings that begin alike, about the same claim, as one."""
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    for finding in found:
        head, _, tail = finding["sentence"].partition(", but ")
        first = finding["claims"][0].id if finding["claims"] else ""
        known = merged.setdefault((finding["kind"], first, head), finding)
        if known is finding:
            continue
        if tail and finding["sentence"] != known["sentence"]:
            known["sentence"] = f"{known['sentence']} Also: {tail}"
        known["claims"] = list({s.id: s for s in [*known["claims"], *finding["claims"]]}.values())
        for name, gap in (("note", " "), ("sources", "; ")):
            parts = known[name].split(gap) if name == "sources" else [known[name]]
            new = finding[name].split(gap) if name == "sources" else [finding[name]]
            known[name] = gap.join(dict.fromkeys(part for part in [*parts, *new] if part))
    return list(merged.values())


def _finding(
    finding: Any,
    statements: Mapping[str, Statement],
    library: Library,
    columns: Sequence[Text],
) -> dict[str, Any]:
    ours = {text.id for text in columns if text.given}
    ids = [str(key) for key in items(get(finding, "claims"))]
    return {
        "kind": str(get(finding, "kind", default="")),
        "sentence": str(get(finding, "sentence", default="")),
        "note": str(get(finding, "note", default="")),
        "claims": [
            statements[key]
            for key in ids
            if key in statements
            and (not ours or any(place.doc in ours for place in statements[key].places))
        ],
        "sources": library.short(items(get(finding, "references"))),
        "references": [str(key) for key in items(get(finding, "references"))],
    }


def _texts(
    ledger: Any,
    spoken: Sequence[Statement],
    rows: Sequence[Any],
    columns: Sequence[Text],
    texts: Mapping[str, Text],
    found: Sequence[Mapping[str, Any]],
    mentions: Any,
) -> dict[str, Any]:
    doubtful = [s for s in spoken if s.verdict in ("disputed", "wrong")]
    data = [
        {
            "id": s.id,
            "text": s.places[0].text if s.places else "",
            "locators": " ".join(place.label for place in s.places),
            "statement": s.paraphrase,
            "date": s.date,
            "verdict": s.verdict,
            "other_sources": s.check,
        }
        for s in spoken
    ]
    return {
        "statements": spoken,
        "doubtful": doubtful,
        "rest": [s for s in spoken if s not in doubtful],
        "counts": counts(spoken),
        "rows": rows,
        "chains": chains(spoken, texts),
        "unknown_texts": found_words(mentions, texts),
        "has_ledger": ledger is not None,
        "statements_csv": as_csv("statements", data) if data else None,
        "number_findings": [f for f in found if f["kind"] != "chronology"],
        "heading": "The two texts, side by side"
        if len(columns) == 2
        else "The texts, side by side"
        if len(columns) > 2
        else "What the text states",
    }


def _dates(
    ledger: Any,
    scenario: Any,
    columns: Sequence[Text],
    rows: Sequence[Any],
    found: Sequence[Mapping[str, Any]],
    findings: Sequence[Any] | None,
) -> dict[str, Any]:
    late = [finding for finding in found if finding["kind"] == "chronology"]
    wanted = {s.id for finding in late for s in finding["claims"]}
    wanted |= {s.id for row in rows for _, said in row.cells for s in said}
    return {
        "chronicle": chronicle.chronicle(ledger, scenario, columns, wanted),
        "date_findings": late,
        "checked": findings is not None,
    }


def _map(scenario: Any, ensemble: Any) -> dict[str, Any]:
    fans = get(ensemble, "fans")
    days = moments.choose(scenario, fans) if items(get(scenario, "theatres")) else []
    if not days:
        return {"atlas": None, "maps": []}
    told = against.forces(scenario)
    atlas = Atlas(scenario, days, told.told)
    frames = atlas.frames()
    return {
        "atlas": atlas,
        "maps": frames,
        # The day with most to see opens first.
        "open_map": max(zip(frames, days), key=lambda pair: _busy(pair[1]))[0].id,
        "map_unit": told.unit,
        "map_blank": missing(atlas),
        "map_model": fans is not None,
        "map_csv": as_csv("map", atlas.rows()),
    }


def _busy(moment: moments.Moment) -> tuple[int, int]:
    recorded = sum(b.recorded is not None for bars in moment.bars.values() for b in bars)
    return len(moment.wars) + len(moment.pacts), recorded


def _record(
    scenario: Any,
    ensemble: Any,
    run_info: Mapping[str, Any] | None,
    given: Sequence[Mapping[str, Any]],
    shown: Sequence[cards.Card],
    curve: Mapping[str, Any] | None,
) -> dict[str, Any]:
    curves = []
    for card, read in zip(given, shown):
        if card.get("curve"):
            outcome = str(get(card.get("outcome"), "title", default=""))
            figure = against.curve_figure(
                card["curve"],
                f"curve-{read.id}",
                outcome,
                read.warnings,
                card.get("evidence_until"),
            )
            curves.append((read, figure))
    paths = [card["curve"].get("path") for card in given if card.get("curve")]
    if curve and curve.get("path") not in paths:
        outcome = str(get(curve.get("outcome"), "title", default=""))
        curves.append((None, against.curve_figure(curve, "curve", outcome, ())))
    pairs = against.pair_rows(scenario, get(run_info, "pairs"))
    happened = against.outcome_rows(scenario, ensemble)
    return {
        "fans": against.fans(scenario, get(ensemble, "fans")),
        "force_note": against.forces(scenario).note,
        "curves": curves,
        "pairs": pairs,
        "pairs_csv": as_csv(
            "wars-by-pair", [{k: v for k, v in row.items() if k != "shown"} for row in pairs]
        )
        if pairs
        else None,
        "happened": happened,
        "happened_csv": as_csv("outcomes", happened) if happened else None,
    }


def _inputs(scenario: Any, library: Library, given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    parameters = inputs.parameters(scenario, library, given)
    forces = inputs.starting_forces(scenario, library)
    rows = inputs.input_rows([*parameters, *forces])
    return {
        "grades": inputs.grades(scenario),
        "parameters": parameters,
        "forces": forces,
        "inputs_csv": as_csv("inputs", rows) if rows else None,
    }


def _how(
    scenario: Any,
    library: Library,
    run_info: Mapping[str, Any] | None,
    given: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    info = dict(run_info or {})
    version = str(info.get("version") or "")
    fingerprint = str(info.get("scenario_hash") or "")
    name = str(get(scenario, "name", "title", default=""))
    facts = [
        ("Version", version),
        ("Scenario", f"{name}, SHA-256 {fingerprint[:16]}…" if fingerprint else name),
        ("Period", _period(scenario)),
        ("Worlds", words.number(info["worlds"]) if info.get("worlds") else ""),
        ("Seed", str(info["seed"]) if info.get("seed") is not None else ""),
        ("Time", f"{words.number(info['seconds'], 2)} seconds" if info.get("seconds") else ""),
    ]
    release = f"Twofront {version}".strip()
    cite = f"{release}, scenario “{get(scenario, 'title', default=name)}”"
    cite += f" ({fingerprint[:12]})" if fingerprint else ""
    return {
        "facts": [(key, value) for key, value in facts if value],
        "command": str(info.get("command") or ""),
        "cite": cite + ".",
        "release": release,
        "conditioned": any(card.get("evidence_until") for card in given),
    }


def _period(scenario: Any) -> str:
    ends = [get(scenario, "start"), get(scenario, "end")]
    days = [bounds(str(end))[0] for end in ends if end is not None and is_edtf(str(end))]
    return " to ".join(words.day(day) for day in days if day)
