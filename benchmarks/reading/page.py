"""The tables that the benchmark prints, and the page that it writes."""

from __future__ import annotations

from typing import Any

from opponents import OWN, TOOLS
from scoring import LANGUAGES, TYPES

Row = dict[str, Any]
_TITLES = {tool.name: tool.title for tool in TOOLS}
_ALPHABETS = {"en": "English", "ru": "Russian"}
_SETS = {
    "frozen": "kept from whoever wrote the rules until they were done (`tests/reading/README.md`)",
    "dev": "read by those who wrote the rules: what is possible, not what to expect",
    "founding": "the two texts the project began with, known to those who wrote the rules",
    "real-frozen": "excerpts of published texts that cannot be passed on, kept from whoever wrote"
    " the rules",
    "real-dev": "excerpts of published texts that cannot be passed on, read by those who wrote the"
    " rules",
    "wikiwars": "articles on wars, marked by others by other guidelines",
}
_ENOUGH = 5  # marked mentions of a kind, to say anything about it
_SHORT = 0.9


def _three(part: dict[str, Any]) -> str:
    return "/".join(f"{part[key]:.2f}" for key in ("precision", "recall", "f1"))


def _interval(interval: list[float] | None) -> str:
    return "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{float(f'{rate:.3g}'):,.0f}"


def _order(row: Row) -> tuple[bool, float]:
    return row["tool"] != OWN, -row["value"]["f1"]


def _table(rows: list[Row], type_: str) -> list[str]:
    head = ["tool", "exact F1", "overlap F1", "value P/R/F1", "95 % of value F1", "false positives",
            "characters/s"]  # fmt: skip
    if type_ == "QUANTITY":
        head.insert(5, "value F1, dates known")
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in sorted(rows, key=_order):
        title = _TITLES[row["tool"]]
        cells = [
            f"**{title}**" if row["tool"] == OWN else title,
            f"{row['exact']['f1']:.2f}", f"{row['overlap']['f1']:.2f}", _three(row["value"]),
            _interval(row["value"]["interval"]), str(row["false_positives"]),
            _rate(row["characters_per_second"]),
        ]  # fmt: skip
        if type_ == "QUANTITY":
            cells.insert(5, f"{row['value_f1_dates_masked']:.2f}")
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _rows(result: dict[str, Any], **wanted: str) -> list[Row]:
    return [r for r in result["scores"] if all(r[k] == v for k, v in wanted.items())]


def _set_tables(result: dict[str, Any], name: str, level: str) -> list[str]:
    lines = []
    for type_ in TYPES:
        for language in LANGUAGES:
            rows = _rows(result, set=name, type=type_, language=language)
            if rows:
                size = result["sets"][name][language]
                lines += [
                    f"{level} {type_}, {_ALPHABETS[language]}, {name}: {rows[0]['gold']} marked in"
                    f" {size['documents']} document{'s' * (size['documents'] > 1)}",
                    "", *_table(rows, type_), "",
                ]  # fmt: skip
    return lines


def _certainty(result: dict[str, Any]) -> list[str]:
    lines = [
        "| set | type | language | called certain | of these right | 95 % | right unit |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in _rows(result, tool=OWN):
        sure, unit = row.get("certain"), row.get("unit")
        share = f"{sure['share']:.0%} ({sure['mentions']})" if sure else "none"
        right = f"{sure['precision']:.1%}" if sure else "–"
        interval = "–".join(f"{x:.1%}" for x in sure["interval"]) if sure else "–"
        counted = f"{unit['accuracy']:.0%} of {unit['of']}" if unit else "–"
        lines.append(
            f"| {row['set']} | {row['type']} | {_ALPHABETS[row['language']]} | {share} | {right} |"
            f" {interval} | {counted} |"
        )
    return lines


def _kinds(result: dict[str, Any]) -> list[str]:
    lines = [
        "| set | type | language | kind | marked | found | right | recall of value |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in _rows(result, tool=OWN):
        for kind, seen in row["kinds"].items():
            lines.append(
                f"| {row['set']} | {row['type']} | {_ALPHABETS[row['language']]} | {kind} |"
                f" {seen['gold']} | {seen['found']} | {seen['right']} |"
                f" {seen['right'] / seen['gold']:.2f} |"
            )
    return lines


def _speed(result: dict[str, Any]) -> list[str]:
    lines = [
        "| tool | language | new texts | warm, median of three | from | to |",
        "|---|---|---|---|---|---|",
    ]
    for tool in TOOLS:
        for language in tool.languages:
            seen = result["speed"].get(f"{tool.name} {language}")
            if seen:
                rates = [_rate(seen[key]) for key in ("new", "median", "lowest", "highest")]
                lines.append(
                    f"| {tool.title} | {_ALPHABETS[language]} | " + " | ".join(rates) + " |"
                )
    return lines


def _missing(result: dict[str, Any]) -> list[str]:
    lines = [f"- {_TITLES[name]}: {why}" for name, why in result["missing"].items()]
    lines += [f"- {name}: {why}" for name, why in result["not_run"].items()]
    lines += [f"- the set {name}: {why}" for name, why in result["missing_sets"].items()]
    lines += [
        f"- {_TITLES[name]} ended in an error on {n} text{'s' * (n > 1)}, which count as empty"
        for name, n in result["failed"].items()
    ]
    return lines


def tables(result: dict[str, Any]) -> str:
    """Everything as text, for a terminal."""
    lines = []
    for name in result["sets"]:
        lines += _set_tables(result, name, "##")
    lines += ["## How sure", "", *_certainty(result), "", "## Characters a second", ""]
    lines += [*_speed(result), "", "## Not here", "", *_missing(result), ""]
    seen = result["machine"]
    lines.append(f"{seen['cpu']}, Python {seen['python']}, load {seen['load_average'][0]:.1f}")
    return "\n".join(lines)


def _best(rows: list[Row]) -> Row | None:
    others = [r for r in rows if r["tool"] != OWN]
    return max(others, key=lambda r: r["value"]["f1"]) if others else None


def _overview(result: dict[str, Any]) -> list[str]:
    lines = [
        "| | " + " | ".join(f"{name}: Twofront | best other" for name in result["sets"]) + " |",
        "|---|" + "---|---|" * len(result["sets"]),
    ]
    for type_ in TYPES:
        for language in LANGUAGES:
            cells = []
            for name in result["sets"]:
                rows = _rows(result, set=name, type=type_, language=language)
                own = next((r for r in rows if r["tool"] == OWN), None)
                other = _best(rows)
                cells.append(f"**{own['value']['f1']:.2f}**" if own else "–")
                cells.append(
                    f"{other['value']['f1']:.2f} {_TITLES[other['tool']]}" if other else "–"
                )
            lines.append(f"| {type_}, {_ALPHABETS[language]} | " + " | ".join(cells) + " |")
    return lines


def _shortcomings(result: dict[str, Any]) -> list[str]:
    """Kinds that are read worst where it counts most: in the first set."""
    name = next(iter(result["sets"]))
    found = []
    for row in _rows(result, tool=OWN, set=name):
        for kind, seen in row["kinds"].items():
            recall = seen["right"] / seen["gold"]
            if seen["gold"] >= _ENOUGH and recall < _SHORT:
                what = f"{row['type']} of kind {kind}, {_ALPHABETS[row['language']]}"
                found.append((recall, f"- {what}: {seen['right']} of {seen['gold']} right"))
        wrong = row["false_positives"]
        if wrong > (1 - _SHORT) * row["predicted"]:
            what = f"{row['type']}, {_ALPHABETS[row['language']]}"
            found.append((0.0, f"- {what}: {wrong} of {row['predicted']} mentions touch no mark"))
    lines = [line for _, line in sorted(found)]
    return lines or [f"- nothing of which more than {1 - _SHORT:.0%} is wrong in the set {name}"]


_READ = """\
- **DATE**: whatever places something on the calendar, as EDTF: days, months, seasons, years,
  decades, centuries, intervals; "that spring" and "nine days later" from what was said before; the
  New Style day of a dual date.
- **QUANTITY**: a number or a range with its unit, whether it is about or more than that, and
  durations.
- **QUOTE**: words between marks, each with its speaker; reported speech in a class of its own.
- ACTOR, PLACE, PACT: from a list of names that a reader can extend. They are not scored here: a
  score on texts known to whoever made the list would say nothing."""

_MEASURED = """\
- *exact*: the span is one that the markers allow; *overlap*: it touches the marked span; *value*:
  it touches and means the same: the same days, the same number or low and high, the same speaker.
  Mentions and marks are paired one to one. `tests/reading/scoring.py` is the whole definition, and
  `tests/reading/README.md` what the markers were told.
- Intervals: 2,000 draws of whole documents with replacement; one document has none. Of
  proportions: Wilson.
- Leniency is on the side of the others: tools that answer with a moment instead of a day, month or
  year are right if any of the three is; ends of intervals that are open to the right are right
  read either way; times of day, durations and "now" of date tools are not held against them.
  HeidelTime has no intervals, so it is also shown with the two ends of an interval joined. Number
  finders are also shown with every number taken away that touches a marked date ("dates known").
- Every tool that takes one gets the date of the document, or the middle of its month or year.
- Speed: each tool in a process of its own, all on one core. First everything is read once (new
  texts, without the first of a language, which also pays for what is loaded at first use), then a
  sample of {characters:,} characters a language three times, in turn. Twofront finds all six types
  in that time, the others one."""


def page(result: dict[str, Any]) -> str:
    """The page about reading, all of it made of the result."""
    names = list(result["sets"])
    lines = [
        "# What is read, and how well", "",
        "Made by `make reading`; not edited by hand. F1 of the right value:", "",
        *_overview(result), "",
        *[f"- *{name}*: {_SETS.get(name, 'another set of texts')}"
          f" ({_size(result['sets'][name])})" for name in names],
        "", "## What is read", "", _READ, "", "## How sure", "",
        "A mention is called certain where 99 of 100 found like it should be right. Held against"
        " the marks:", "",
        *_certainty(result), "", "## Beside other tools", "",
    ]  # fmt: skip
    for name in names:
        lines += [f"### {name[0].upper()}{name[1:]}", "", *_set_tables(result, name, "####")]
    seen = result["machine"]
    lines += [
        "### Speed", "", "Characters a second of processor time on one core.", "",
        *_speed(result), "",
        "### Not here", "", *_missing(result), "",
        "## How it was measured", "", _MEASURED.format(characters=result["sample"]),
        f"- Machine: {seen['cpu']}, {seen['cpus']} cores, Python {seen['python']},"
        f" load {seen['load_average'][0]:.1f} at the end.",
        "- Versions: " + ", ".join(f"{n} {v}" for n, v in result["versions"].items() if v != "-")
        + ".",
        "", "## What falls short", "", f"In the set *{names[0]}*:", "", *_shortcomings(result), "",
        "Each text was marked by one person; how far two would agree was not measured. The texts"
        " are few and from few hands, so differences smaller than the intervals mean nothing.", "",
        "By kind:", "", *_kinds(result), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _size(languages: dict[str, Any]) -> str:
    return "; ".join(
        f"{_ALPHABETS[language]}: {seen['documents']} document{'s' * (seen['documents'] > 1)},"
        f" {seen['characters']:,} characters"
        for language, seen in languages.items()
    )
