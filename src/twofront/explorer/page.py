"""The page: a map and a fan on the left, a question on the right, then worlds, a chair, numbers."""

from __future__ import annotations

from html import escape

from fastapi import Request
from nicegui import ui

from twofront.report.inputs import parameters
from twofront.report.words import day, number
from twofront.scenario import Scenario

from . import questions
from .asking import Asking
from .looking import Views, first_day
from .pairing import Pairing
from .parts import box, say
from .sitting import Chair
from .workshop import Workshop

PARTS = (
    ("look", "Map"), ("ask", "Ask"), ("worlds", "Worlds"), ("chair", "Chair"),
    ("inputs", "Numbers"),
)  # fmt: skip


SHOWN = 8
"""Inputs that are not folded away."""


def add_page(workshop: Workshop, views: Views) -> None:
    """Puts the page at `/`. What it is given is shared and read-only; the rest is made anew."""
    scenario = workshop.scenario
    table = _inputs(scenario, views)

    @ui.page("/", title=f"{scenario.title} · Twofront")
    def show(request: Request) -> None:
        ui.add_head_html('<link rel="stylesheet" href="/style.css">')
        ui.add_head_html('<script type="module" src="/static/start.js"></script>')
        ui.query(".nicegui-content").classes("tf-page")
        asked = questions.from_query(scenario, request.query_params)
        say("a", "Skip to the question", "skip").props["href"] = "#tf-ask"
        with box("header", "top"):
            say("b", "Twofront")
            say("span", scenario.title, "soft")
            say("span", "What you change stays in this window", "chip")
        with box("div", "parts"):
            with box("div", "question-of-all"):
                say("h1", scenario.question)
                say("p", _first_words(scenario), "soft lede")
            look = box("section", "look", id="tf-look", aria_label="Map and fan")
            look.props["data-first"] = first_day(scenario, asked).isoformat()
            with look:
                say("div", _look(scenario), markup=True)
            with box("section", "ask", id="tf-ask", aria_label="Ask"):
                say("h2", "Ask: what if?")
                asking = Asking(workshop, views, asked)
            with box("section", "worlds", id="tf-worlds", aria_label="Two worlds"):
                pairing = Pairing(workshop, asking)
            with box("section", "chair", id="tf-chair", aria_label="Take a chair"):
                chair = Chair(workshop)
            say("section", table, "inputs", markup=True).props["id"] = "tf-inputs"
        with box("nav", "bar", aria_label="Parts of the page"):
            for name, title in PARTS:
                say("a", title).props["href"] = f"#tf-{name}"
        say("dialog", "", "origin", markup=True).props.update(
            {"id": "tf-origin", "aria-label": "Where this comes from"}
        )
        ui.on("tf-point", lambda event: asking.point(str(event.args)))

        def leave() -> None:
            for part in (asking, pairing, chair):
                part.stop()

        ui.context.client.on_delete(leave)


def _first_words(scenario: Scenario) -> str:
    return (
        "Scrub the map to see who stood where, on record and in simulated worlds. Change one thing "
        "and ask how often something else would have come about. Every number opens."
    )


def _look(scenario: Scenario) -> str:
    """What the scripts fill: map, slider, this week, fan."""
    modes = (("both", "Record and model"), ("record", "Record"), ("world", "One world"))
    buttons = "".join(
        f'<button type="button" data-mode="{key}" aria-pressed="{str(key == "both").lower()}">'
        f"{title}</button>"
        for key, title in modes
    )
    first = _first_series(scenario)
    options = "".join(
        f'<option value="{escape(one.id)}"{" selected" if one.id == first else ""}>'
        f"{escape(one.title)}</option>"
        for one in scenario.series
    )
    fan = (
        '<div class="controls fan-head"><label for="tf-series" class="soft">Through time</label>'
        f'<select id="tf-series">{options}</select></div><figure>'
        '<h2 id="tf-fan-title">Through time</h2>'
        '<p id="tf-fan-sub" class="sub"></p><div id="tf-fan"></div>'
        '<figcaption id="tf-fan-caption"></figcaption></figure>'
        if scenario.series
        else ""
    )
    return (
        f'<div class="controls" role="group" aria-label="What the map shows">{buttons}'
        '<label id="tf-which" hidden>world <input id="tf-world" type="number" min="0" max="99999" '
        'value="0" autocomplete="off"></label></div>'
        f'<h2 id="tf-week">Week of {day(scenario.start)}</h2><div id="tf-defs"></div>'
        '<div id="tf-map-wait" class="wait"><span>Starting…</span><progress max="1"></progress>'
        '</div><div id="tf-map"></div>'
        '<div class="scrub"><button type="button" id="tf-play" aria-label="Play">▶</button>'
        '<div class="track"><div id="tf-marks" aria-hidden="true"></div><input id="tf-when" '
        'type="range" min="0" step="1" aria-label="week" autocomplete="off">'
        '<div id="tf-ends" class="ends small soft"></div></div></div>'
        '<ul id="tf-legend" class="legend"></ul>'
        '<div class="this-week"><div><h3>This week, on the record</h3><div id="tf-on-record"></div>'
        '</div><div><h3>This week, in the model</h3><div id="tf-in-model"></div></div></div>'
        '<details class="rest"><summary>All forces this week</summary><div class="scroll" '
        'tabindex="0" role="region" aria-label="All forces this week"><table id="tf-forces">'
        f"</table></div></details>{fan}"
    )


def _first_series(scenario: Scenario) -> str:
    """The series with most recorded dots."""

    def dots(one) -> int:
        return sum(
            one.kind == "force" and level.actor == one.actor
            and (level.theatre,) == (one.theatres or ("",))
            for level in scenario.record.levels
        )  # fmt: skip

    return max(scenario.series, key=dots).id if scenario.series else ""


def _inputs(scenario: Scenario, views: Views) -> str:
    rows = [
        f'<li><button type="button" class="row" data-origin="parameter/{escape(one.name)}" '
        f'id="tf-input-{escape(one.name)}"><span>{escape(one.title)}</span>'
        f"<span>{escape(_value(scenario, one.name))}</span>"
        f'<span class="in in-{one.grade}">{one.grade}</span></button></li>'
        for one in parameters(scenario, views.origins.library, [])
        if not one.name.startswith("placebo")
    ]
    first, rest = "".join(rows[:SHOWN]), "".join(rows[SHOWN:])
    return (
        "<h2>Where a number comes from</h2><p>The inputs that shape behaviour, the least known "
        "first. Each opens its range, its sources and its reason.</p>"
        f'<ul class="list">{first}</ul>'
        f'<details><summary>The other {len(rows) - SHOWN}</summary><ul class="list">{rest}</ul>'
        "</details>"
    )


def _value(scenario: Scenario, name: str) -> str:
    item = scenario.parameters[name]
    unit = "" if item.unit in ("1", "factor") else f" {item.unit}"
    return f"{number(item.value, 4)}{unit}"
