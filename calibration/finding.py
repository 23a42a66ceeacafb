"""What a fit hands back, and how it is written down: `measured.toml` and `docs/calibration.md`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
MEASURED = HERE / "measured.toml"
PAGE = HERE.parent / "docs" / "calibration.md"
COUNTERPARTS = HERE / "counterparts.toml"


@dataclass(frozen=True)
class Measured:
    """One measured number: what it is, its posterior, and what it rests on."""

    name: str
    title: str
    value: float
    low: float
    high: float
    sd: float
    unit: str
    cases: int
    method: str

    @classmethod
    def from_draws(cls, name: str, draws: np.ndarray, **rest) -> Measured:
        """From draws of the posterior: mean, central 95 % and standard deviation."""
        low, high = np.quantile(draws, [0.025, 0.975])
        numbers = [float(draws.mean()), float(low), float(high), float(draws.std())]
        value, low, high, sd = (_short(v) for v in numbers)
        return cls(name=name, value=value, low=low, high=high, sd=sd, **rest)

    @classmethod
    def normal(cls, name: str, mean: float, sd: float, **rest) -> Measured:
        """From a normal posterior."""
        numbers = (mean, mean - 1.96 * sd, mean + 1.96 * sd, sd)
        value, low, high, sd = (_short(float(v)) for v in numbers)
        return cls(name=name, value=value, low=low, high=high, sd=sd, **rest)


@dataclass
class Finding:
    """What one script found."""

    script: str
    title: str
    data: list[dict[str, str]]
    measured: list[Measured] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    beside: bool = True
    """Whether its numbers stand, one by one, beside the model's; else its own text shows them."""

    def say(self, *sentences: str) -> None:
        """Adds a paragraph to the page."""
        self.text += [" ".join(sentences), ""]

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Adds a table to the page."""
        self.text += [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
        self.text += [f"| {' | '.join(_cell(c) for c in row)} |" for row in rows]
        self.text.append("")


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def rounded(value: float, sd: float) -> float:
    """As many digits as the posterior supports: a tenth of its standard deviation."""
    return round(value, 1 - int(np.floor(np.log10(sd))))


@cache
def counterparts() -> dict[str, dict]:
    """For each measured number, the model's own, whether the definitions agree, and why."""
    return tomllib.loads(COUNTERPARTS.read_text("utf-8"))


def write_measured(findings: Sequence[Finding]) -> None:
    """Writes `measured.toml`, which nobody edits."""
    lines = [
        "# Written by `make calibrate`; not edited by hand. Each number: posterior mean, central"
    ]
    lines += ["# 95 %, posterior standard deviation, and what it rests on.", ""]
    for finding in findings:
        for m in finding.measured:
            data = ", ".join(
                "{ " + ", ".join(f"{k} = {json.dumps(v)}" for k, v in entry.items()) + " }"
                for entry in finding.data
            )
            lines += [
                f"[{m.name}]",
                f"title  = {json.dumps(m.title, ensure_ascii=False)}",
                f"value  = {m.value!r}",
                f"range  = [{m.low!r}, {m.high!r}]",
                f"sd     = {m.sd!r}",
                f"unit   = {json.dumps(m.unit)}",
                f"cases  = {m.cases}",
                f"method = {json.dumps(m.method, ensure_ascii=False)}",
                f'script = "calibration/{finding.script}.py"',
                f"data   = [{data}]",
                "",
            ]
    MEASURED.write_text("\n".join(lines), "utf-8")


def _models() -> dict[str, tuple[float, str, str]]:
    """Value, range and grade of the model's constants and of the flagship's parameters."""
    from twofront.mechanisms import constants
    from twofront.scenario import load_scenario

    numbers = {
        name: (float(entry["value"]), "–", str(entry["grade"]))
        for name, entry in constants().items()
    }
    for name, parameter in load_scenario("two-fronts").parameters.items():
        reach = f"{parameter.low:g} to {parameter.high:g}"
        numbers[name] = (parameter.value, reach, parameter.grade)
    return numbers


def _place(value: float, m: Measured) -> str:
    where = "inside" if m.low <= value <= m.high else "below" if value < m.low else "above"
    return f"{where}, {(value - m.value) / m.sd:+.1f} sd"


def _beside(findings: Sequence[Finding]) -> list[str]:
    models = _models()
    head = (
        "| measured | posterior mean, 95 % | model | model's value, range, grade | where it lies |"
    )
    lines = [head, "|---|---|---|---|---|"]
    notes = []
    for m in (m for finding in findings if finding.beside for m in finding.measured):
        entry = counterparts()[m.name]
        model = entry.get("model", "")
        agrees = entry.get("same_definition", False)
        cells = ("–", "–", "–")
        if model:
            value, reach, grade = models[model]
            place = _place(value, m) if entry.get("same_scale", agrees) else "another scale"
            cells = (f"`{model}`", f"{value:g}, {reach}, {grade}", place)
        lines.append(f"| `{m.name}` | {m.value:g}, {m.low:g} to {m.high:g} | {' | '.join(cells)} |")
        verdict = "Same definition." if agrees else "Not used."
        notes.append(f"- `{m.name}`. {verdict} {entry['why']}")
    return [*lines, "", *notes, ""]


def write_page(findings: Sequence[Finding], held: str) -> None:
    """Writes `docs/calibration.md`."""
    lines = [
        "# Laws estimated on other wars",
        "",
        "Made by `make calibrate`; not edited by hand. Laws are fitted outside "
        f"{held} and scored inside, unless a line says otherwise. Intervals are 95 %.",
        "",
        "## Beside the model",
        "",
        *_beside(findings),
    ]
    for finding in findings:
        files = ", ".join(f"{d['version']} (`{d['sha256'][:12]}`)" for d in finding.data)
        lines += [f"## {finding.title}", "", f"`calibration/{finding.script}.py`; {files}.", ""]
        lines += finding.text
    PAGE.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
