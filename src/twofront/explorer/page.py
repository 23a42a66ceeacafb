"""The page: the question, a fan to look at, the weeks, a what-if, and every number's source."""

from __future__ import annotations

import json
from html import escape

from fastapi import Request
from nicegui import ui

from twofront.lab import Ensemble
from twofront.report.against import forces
from twofront.report.inputs import Input, parameters
from twofront.report.references import Library
from twofront.report.words import capital, day, number
from twofront.scenario import Scenario
from twofront.scenario.schema import Parameter

from . import curves, questions, words
from .asking import Asking
from .parts import NumberInput, Progress, Select, box, button, say
from .workshop import Workshop


def add_page(workshop: Workshop) -> None:
    """Puts the page at `/`. What it is given is shared and read-only; the rest is made anew."""
    scenario = workshop.scenario
    table = _inputs(scenario)

    @ui.page("/", title=f"{scenario.title} · Twofront")
    def show(request: Request) -> None:
        ui.add_head_html('<link rel="stylesheet" href="/style.css">')
        ui.query(".nicegui-content").classes("tf-page")
        asked = questions.from_query(scenario, request.query_params)
        with box("header", "top"):
            say("b", "Twofront")
            say("span", scenario.title, "soft")
            say("span", "1 change, only in this window", "chip")
        with box("div", "parts"):
            with box("div", "question-of-all"):
                say("h1", scenario.question)
            with box("section", "look", id="tf-look", aria_label="Look"):
                Looking(workshop, asked)
            with box("section", "ask", id="tf-ask", aria_label="Ask"):
                say("h2", "Ask: what if?")
                asking = Asking(workshop, asked, show_input)
            say("section", table, "inputs", markup=True).props["id"] = "tf-inputs"
        with box("nav", "bar", aria_label="Parts of the page"):
            for name, title in (("look", "Look"), ("ask", "Ask"), ("inputs", "Numbers")):
                say("a", title).props["href"] = f"#tf-{name}"
        ui.context.client.on_delete(asking.stop)


def show_input(name: str) -> None:
    """Opens one input in the list of this page and goes there."""
    ui.run_javascript(
        f"const d = document.getElementById({json.dumps('tf-input-' + name)});"
        "if (d) { d.open = true; d.scrollIntoView({block: 'center'});"
        "d.querySelector('summary').focus(); }"
    )


class Looking:
    """The left-hand side: one series and one week, as this reader chose them."""

    def __init__(self, workshop: Workshop, asked: questions.Question | None) -> None:
        self.workshop, self.scenario = workshop, workshop.scenario
        self.job = workshop.ensemble()
        self.ensemble: Ensemble | None = None
        start = asked or questions.start_with(self.scenario)
        self.when = start.until or self.scenario.start
        self.series = self._first_series()
        with box(classes="controls"):
            if self.series:
                say("span", "Show", "soft")
                Select(
                    "what to show", {"": {one.id: one.title for one in self.scenario.series}},
                    self.series, self._choose,
                )  # fmt: skip
        self.figure = box("figure")
        with self.figure:
            self.progress = Progress("worlds run")
            self.progress.show("Starting…", None)
        self.week = box("div", "week")
        self.timer = ui.timer(0.4, self._watch)
        self._watch()

    def _first_series(self) -> str:
        """The series with most recorded dots."""

        def dots(one) -> int:
            return sum(
                one.kind == "force" and level.actor == one.actor
                and (level.theatre,) == (one.theatres or ("",))
                for level in self.scenario.record.levels
            )  # fmt: skip

        series = self.scenario.series
        return max(series, key=dots).id if series else ""

    def _watch(self) -> None:
        job = self.job
        if job.state == "done":
            self.timer.deactivate()
            self.ensemble = job.result
            self._draw_fan()
            self._draw_week()
        elif job.over:
            self.timer.deactivate()
            self.figure.clear()
            with self.figure:
                say("p", f"The worlds could not be run. {job.error}")
                button("Try again", self._again)
        else:
            self.progress.show(
                *words.progress(job.state, job.stage, job.done, job.whole, job.unit, False)
            )

    def _again(self) -> None:
        self.job = self.workshop.ensemble()
        self.figure.clear()
        with self.figure:
            self.progress = Progress("worlds run")
        self.timer.activate()

    def _choose(self, series: str) -> None:
        self.series = series
        self._draw_fan()

    def _draw_fan(self) -> None:
        if self.ensemble is None or not self.series:
            return
        figure = curves.fan(self.scenario, self.ensemble, self.series)
        self.figure.clear()
        with self.figure:
            say("h2", figure.title)
            say("p", f"{figure.subtitle}, {self.ensemble.worlds:,} worlds", "sub")
            say("div", str(figure.drawing), markup=True)
            say("figcaption", figure.caption)

    def _draw_week(self) -> None:
        assert self.ensemble is not None
        days = curves.weeks(self.ensemble)
        row = curves.nearest_week(self.ensemble, self.when)
        told = forces(self.scenario)
        self.week.clear()
        with self.week:
            self.title = say("h2", "")
            self.slider = NumberInput(
                "range", "week", row, self._go, min=0, max=len(days) - 1, step=1
            )
            with box("div", "ends small soft"):
                say("span", str(days[0].year))
                say("span", str(days[-1].year))
            self.on_record = box("div")
            with box("div", "scroll", tabindex="0", role="region", aria_label="Forces this week"):
                self.recorded = say("table", "", markup=True)
            with box("details", "rest"):
                say("summary", "Theatres without a record near this week")
                with box("div", "scroll", tabindex="0", role="region", aria_label="Other forces"):
                    self.others = say("table", "", markup=True)
            unit = capital(told.unit)
            say("p", f"{unit}. Middle of the worlds, and where 95 % of them lie. {told.note}",
                "small soft")  # fmt: skip
        self._go(row)

    def _go(self, place: float) -> None:
        assert self.ensemble is not None
        days = curves.weeks(self.ensemble)
        row = max(0, min(len(days) - 1, int(place)))
        self.when = days[row]
        title = f"Week of {day(self.when)}"
        self.title.set_content(title)
        self.slider.show(text=title)
        self.on_record.clear()
        with self.on_record:
            for line in curves.happened(self.scenario, self.ensemble, row):
                say("p", line, "event")
        found = curves.stands(self.scenario, self.ensemble, row)
        known = {stand.theatre for stand in found if stand.on_record}
        self._table(self.recorded, [stand for stand in found if stand.theatre in known])
        self._table(self.others, [stand for stand in found if stand.theatre not in known])

    def _table(self, table: ui.html, rows: list[curves.Stand]) -> None:
        table.set_content(_stands(rows) if rows else "")


def _stands(rows: list[curves.Stand]) -> str:
    heads = ("theatre", "power", "on record", "in the model", "range")
    text = ["<thead><tr>", *(f'<th scope="col">{head}</th>' for head in heads), "</tr></thead>"]
    before = ""
    for row in rows:
        theatre = "" if row.theatre == before else escape(row.theatre)
        before = row.theatre
        cells = (row.actor, row.recorded, row.middle, row.range)
        text.append(f'<tr{"" if theatre == "" else " class=first"}><th scope="row">{theatre}</th>')
        text += [f"<td>{escape(cell)}</td>" for cell in cells]
        text.append("</tr>")
    return "".join(text)


def _inputs(scenario: Scenario) -> str:
    library = Library(scenario)
    rows = "".join(
        _input(scenario, library, one)
        for one in parameters(scenario, library, [])
        if not one.name.startswith("placebo")
    )
    return (
        "<h2>Where a number comes from</h2><p>The inputs that shape behaviour, the least known "
        "first. Open one for its range, its sources and its reason.</p>"
        f'<div class="list">{rows}</div>'
    )


def _input(scenario: Scenario, library: Library, one: Input) -> str:
    parameter = scenario.parameters[one.name]
    cited = [library.cite(key) for key in parameter.sources]
    told = [
        ("Value", f"{number(parameter.value, 4)} {one.unit}"),
        ("Range", _range(parameter)),
        ("Grade", parameter.grade),
        ("Sources", " ".join(citation.full for citation in cited) or "none"),
        ("Statements", ", ".join(parameter.claims)),
        ("Facts", ", ".join(parameter.facts)),
        ("Reason", capital(parameter.note)),
        ("Name", one.name),
    ]
    lines = "".join(
        f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in told if text.strip()
    )
    return (
        f'<details id="tf-input-{escape(one.name)}"><summary><span>{escape(one.title)}</span>'
        f"<span>{escape(told[0][1])}</span>"
        f'<span class="in in-{one.grade}">{one.grade}</span></summary><dl>{lines}</dl></details>'
    )


def _range(parameter: Parameter) -> str:
    low, high = number(parameter.low, 4), number(parameter.high, 4)
    return f"{low} to {high}, any value as likely as another"
