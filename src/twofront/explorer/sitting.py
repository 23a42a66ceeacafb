"""A chair on the page: what the power knows, its choices, and how its twins went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

from twofront.report.words import day, named, worlds

from . import questions
from .chair import TWINS, Fates, Move, Option, Sitting, View, chairs, draw_of, open_table
from .jobs import Busy, Job
from .parts import NumberInput, Select, box, button, say
from .waiting import Waiting
from .workshop import Workshop


class Chair:
    """The chair of one reader."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop, self.scenario = workshop, workshop.scenario
        self._then: Callable[[Any], None] = self._show
        self._waiting = Waiting(self._ended)
        days = questions.days(self.scenario) or [self.scenario.start + dt.timedelta(weeks=1)]
        known = chairs(self.scenario)
        actor = next(iter(known), "")
        middle = days[len(days) // 2]
        self.sitting = Sitting(actor, middle, 0)
        say("h2", "Take a chair")
        say("p", "Decide a power's attacks and pacts in one world, three months at a time, knowing "
            "what it knew. Everybody else decides as in the model.", "soft")  # fmt: skip
        if not known:
            say("p", "No power of this scenario has a claim that it could strike for.")
            return
        with box(classes="controls"):
            say("span", "You are", "soft")
            Select("whose chair", {"": known}, actor, self._take_actor)
            say("span", "from", "soft")
            Select(
                "from which day", {"": {one.isoformat(): day(one) for one in days}},
                middle.isoformat(), self._take_day,
            )  # fmt: skip
            say("span", "in world", "soft")
            NumberInput("number", "which world", 0, self._take_world, "change", min=0,
                        max=workshop.worlds - 1, step=1)  # fmt: skip
            button("Sit down", self.begin, "go")
        self.body = box("div", "sitting")

    def _take_actor(self, actor: str) -> None:
        self.sitting = Sitting(actor, self.sitting.until, self.sitting.world)

    def _take_day(self, text: str) -> None:
        self.sitting = Sitting(self.sitting.actor, dt.date.fromisoformat(text), self.sitting.world)

    def _take_world(self, number: float) -> None:
        world = min(max(0, int(number)), self.workshop.worlds - 1)
        self.sitting = Sitting(self.sitting.actor, self.sitting.until, world)

    def begin(self) -> None:
        """Sits down at the first turn."""
        self.sitting = replace(self.sitting, moves=())
        self._turn()

    def stop(self) -> None:
        """Stops what is running, if anything is."""
        self._waiting.stop()

    def _turn(self) -> None:
        sitting = self.sitting
        self._start(lambda job: open_table(job, self.workshop, sitting).view(), self._show)

    def _twins(self) -> None:
        sitting = self.sitting
        self._start(lambda job: open_table(job, self.workshop, sitting).twins(job), self._fates)

    def _start(self, work: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        self.stop()
        self.body.clear()
        try:
            job = self.workshop.begin(work)
        except Busy as why:
            with self.body:
                say("p", str(why))
            return
        self._then = then
        self._waiting.wait_for(job)
        with self.body:
            self._waiting.show("worlds run", "Cancel")

    def _ended(self, job: Job) -> None:
        self.body.clear()
        if job.state == "done":
            self._then(job.result)
            return
        with self.body:
            say("p", job.error if job.state == "failed" else "Stopped.")

    def _show(self, view: View) -> None:
        name = named(self.scenario.actor(self.sitting.actor).name)
        with self.body:
            say("h3", f"You are {name} · week of {day(view.day)}")
            say("p", "You know only what it knew.", "small soft")
            if view.since:
                say("h4", "Since then")
                with box("ul", "decisions"):
                    for line in view.since:
                        when, _, text = line.partition(": ")
                        say("li", f"{day(dt.date.fromisoformat(when))}: {text}.")
            with box("ul", "knows"):
                for line in view.knows:
                    say("li", line)
            if view.over:
                say("p", view.over, "sentence")
            with box("div", "options"):
                for option in view.options:
                    self._option(option)
            if self.sitting.moves or view.over:
                button(f"See how {TWINS:,} twins went", self._twins)

    def _option(self, option: Option) -> None:
        label = say("button", f"<b>{escape(option.title)}</b><span>{escape(option.note)}</span>",
                    "option", markup=True)  # fmt: skip
        label.props["type"] = "button"
        label.on("click", lambda _: self._decide(option.move))

    def _decide(self, move: Move) -> None:
        self.sitting = replace(self.sitting, moves=(*self.sitting.moves, move))
        self._turn()

    def _fates(self, fates: Fates) -> None:
        name = named(self.scenario.actor(self.sitting.actor).name)
        with self.body:
            say("h3", f"How {TWINS:,} twins went")
            say("p", f"Twins are this same world up to {day(self.sitting.until)}, with other luck "
                f"afterwards: once with your decisions on your days, once with the model in "
                f"{name}'s chair, until {day(fates.read_on)}. After your last decision you wait. "
                "In brackets the chance of the draw, nineteen times of twenty.",
                "small soft")  # fmt: skip
            rows = [
                "<thead><tr><th scope='col'>in worlds of 1,000</th><th scope='col'>with your "
                "decisions</th><th scope='col'>with the model's</th></tr></thead><tbody>"
            ]
            rows += [
                f"<tr><th scope='row'>{escape(fate.title)}</th><td>{_counted(fate.reader)}</td>"
                f"<td>{_counted(fate.model)}</td></tr>"
                for fate in fates.rows
            ]
            if fates.rows:
                say("table", "".join(rows) + "</tbody>", "fates", markup=True)
            else:
                say("p", "In none of them did anything of the kind happen.")
            with box(classes="controls"):
                button("Go on deciding", self._turn)
                button("Sit down anew", self.begin)


def _counted(share: float) -> str:
    low, high = (round(1000 * end) for end in draw_of(share, TWINS))
    return f"{worlds(share)} <span class='soft'>({low} to {high})</span>"
