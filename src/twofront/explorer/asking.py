"""The right-hand side of the page: a what-if as a sentence, and its answer.

All state is in an `Asking`, made anew for each page that is opened; two readers share none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from nicegui import ui
from nicegui.element import Element

from twofront.report.strips import pair
from twofront.report.words import day

from . import questions, words
from .parts import NumberInput, Progress, Select, box, button, say
from .questions import Impossible, Question
from .workshop import Job, Workshop


class Asking:
    """The question that a reader is putting together, its job, and its last answer."""

    def __init__(
        self, workshop: Workshop, asked: Question | None, show_input: Callable[[str], None]
    ) -> None:
        self.workshop, self.scenario = workshop, workshop.scenario
        self.show_input = show_input
        self.question = asked or questions.start_with(self.scenario)
        self.job: Job | None = None
        self.last: words.Telling | None = None
        self.answer: words.Answer | None = None
        self._progress: Progress | None = None
        self._stale: Element | None = None
        self._sentence()
        with box(classes="controls"):
            button(f"Ask {workshop.worlds:,} worlds", self.ask, "go")
        self.card = box(classes="card")
        self.spoken = say("p", "", "vh")
        self.spoken.props.update({"role": "status", "aria-live": "polite"})
        self._nothing_asked()
        self._outside()
        ui.timer(0.3, self._watch)

    # The question

    def _sentence(self) -> None:
        scenario = self.scenario
        with box(classes="question"):
            say("span", "If")
            self.change = Select(
                "what is changed",
                {
                    "Changes of the scenario": questions.changes(scenario),
                    "A garrison of your own": questions.garrisons(scenario),
                },
                self.question.change, self._take_change,
            )  # fmt: skip
            self.garrison = box("span", "garrison")
            say("span", "how often is it that")
            titles = {one.id: one.title for one in scenario.outcomes}
            self.outcome = Select(
                "the outcome", {"": titles}, self.question.outcome, self._take_outcome
            )
            say("span", "in worlds")
            self.until = Select(
                "how long worlds follow the record", self._days(), self._day(), self._take_day
            )
            say("span", "?")
        self._draw_garrison()

    def _days(self) -> dict[str, dict[str, str]]:
        found = {*questions.days(self.scenario), *filter(None, [self.question.until])}
        choices: list[dt.date | None] = [None, *sorted(found)]
        return {
            "": {
                one.isoformat() if one else "": words.followed(one, self.scenario)
                for one in choices
            }
        }

    def _day(self) -> str:
        return self.question.until.isoformat() if self.question.until else ""

    def _take_change(self, change: str) -> None:
        self._set(questions.usual(self.scenario, change))

    def _take_outcome(self, outcome: str) -> None:
        self._set(replace(self.question, outcome=outcome))

    def _take_day(self, text: str) -> None:
        until = dt.date.fromisoformat(text) if text else None
        self._set(replace(self.question, until=until))

    def _take_strength(self, strength: float) -> None:
        self.question = replace(self.question, strength=strength)
        self._tell_strength()

    def _set(self, question: Question) -> None:
        self.question = question
        self.change.show(question.change)
        self.outcome.show(question.outcome)
        self.until.show(self._day(), self._days())
        self._draw_garrison()

    def _draw_garrison(self) -> None:
        self.garrison.clear()
        self.garrison.set_visibility(self.question.sets_garrison)
        if not self.question.sets_garrison:
            return
        path, strength = self.question.change, self.question.strength
        limit = questions.most(self.scenario, path)
        known = questions.recorded(self.scenario, path, self.question.until)
        top = min(limit, round(3 * known, -1) or limit) if known else limit
        unit = self.scenario.force_unit
        with self.garrison:
            say("span", "were held at")
            self.box = NumberInput(
                "number", f"strength in {unit.name}s", strength, self._typed, "change",
                min=0, step="any",
            )  # fmt: skip
            self.slider = NumberInput(
                "range", "strength of the garrison", strength, self._slid,
                min=0, max=f"{max(top, strength):g}", step=0.1,
            )  # fmt: skip
            self.told = say("span", "", "small soft told")
        self._tell_strength()

    def _typed(self, strength: float) -> None:
        self._take_strength(strength)
        self.slider.show(strength)

    def _slid(self, strength: float) -> None:
        self._take_strength(strength)
        self.box.show(strength)

    def _tell_strength(self) -> None:
        known = questions.recorded(self.scenario, self.question.change, self.question.until)
        text = words.force(self.scenario, self.question.strength)
        self.slider.show(text=text)
        beside = f"; on record {words.force(self.scenario, known)}" if known is not None else ""
        self.told.set_content(escape(text + beside))

    # The answer

    def ask(self, worlds: int | None = None) -> None:
        """Asks the question as it stands, or says why it cannot be asked."""
        if self.job and not self.job.over:
            self.job.stop()
        query = urlencode(self.question.to_query())
        # The address holds the question, so it survives a lost connection.
        ui.run_javascript(f"history.replaceState(null, '', '/?{query}')")
        try:
            self.job = self.workshop.ask(self.question, worlds)
        except Impossible as why:
            self.job = None
            self._impossible(why)
            return
        self._running()

    def stop(self) -> None:
        """Stops what is running, if anything is."""
        if self.job:
            self.job.stop()

    def _watch(self) -> None:
        job = self.job
        if job is None:
            return
        if not job.over:
            if self._progress:
                self._progress.show(
                    *words.progress(
                        job.state, job.stage, job.done, job.whole, job.unit, job.stopping
                    )
                )
            return
        self.job = None
        if job.state == "done":
            self.answer = job.result
            self.last = words.tell(self.scenario, job.result)
            self._answered()
        elif job.state == "failed":
            self._note("This could not be run.", job.error)
        else:
            self._note("Stopped.", "Nothing was counted. The question is kept.")

    def _speak(self, *sentences: str) -> None:
        self.spoken.set_content(escape(" ".join(sentences)))

    def _nothing_asked(self) -> None:
        start = questions.start_with(self.scenario)
        title = questions.changes(self.scenario).get(start.change) or start.change
        with self.card:
            say("h3", "Nothing asked yet")
            say("p", "Pick something to change, or take a first question.")

            def begin() -> None:
                self._set(start)
                self.ask()

            button(f"Start with “{title}”", begin)

    def _running(self) -> None:
        self.card.clear()
        with self.card:
            self._progress = Progress("worlds run")
            self._progress.show("Starting…", None)
            button("Cancel", self.stop)
            if self.last and self.answer:
                with box(classes="stale", aria_hidden="true"):
                    say("p", "The last answer:", "small")
                    self._tell(self.last, self.answer, live=False)

    def _note(self, headline: str, text: str) -> None:
        self._speak(headline, text)
        self.card.clear()
        with self.card:
            say("h3", headline)
            say("p", text)
            if self.last and self.answer:
                with box(classes="stale"):
                    say("p", "The last answer:", "small")
                    self._tell(self.last, self.answer, live=False)

    def _impossible(self, why: Impossible) -> None:
        self._speak("This change cannot be made.", why.limit)
        self.card.clear()
        offer = why.offer
        with self.card:
            say("h3", "This change cannot be made")
            say("p", why.limit)
            if offer:
                button(why.label, lambda: self._set(offer))

    def _answered(self) -> None:
        self.card.clear()
        if self.last and self.answer:
            self._speak(self.last.headline, self.last.sentence, self.last.draw)
            with self.card:
                self._tell(self.last, self.answer, live=True)

    def _tell(self, told: words.Telling, answer: words.Answer, *, live: bool) -> None:
        found, question = answer.comparison, answer.question
        say("h3", told.headline)
        say("p", told.sentence, "sentence")
        if self.scenario.outcome(question.outcome).kind.endswith("_by") and found.worlds:
            drawing = pair(1000 * found.base, 1000 * found.changed, told.ends, "worlds of 1,000")
            say("div", str(drawing), markup=True)
        for line in filter(None, (told.draw, told.unknown)):
            say("p", line, "doubt")
        with box("p"):
            say("span", told.rests_on)
            if told.leading_input and live:
                button("Where it comes from", lambda: self.show_input(told.leading_input), "link")
        with box("ul", "small soft"):
            for line in told.reminders:
                say("li", line)
        say("p", self._asked(answer), "small soft")
        if told.more_worlds and live:
            more = told.more_worlds
            button(f"Ask {more:,} worlds", lambda: self._ask_again(question, more))

    def _ask_again(self, question: Question, worlds: int) -> None:
        self._set(question)
        self.ask(worlds)

    def _asked(self, answer: words.Answer) -> str:
        question = answer.question
        change = answer.change
        if question.sets_garrison:
            title = questions.garrisons(self.scenario)[question.change]
            change = f"{title}: {words.force(self.scenario, question.strength)}"
        text = f"{change}. {answer.comparison.worlds:,} paired worlds, "
        text += f"{words.followed(question.until, self.scenario)}. "
        if question.sets_garrison and answer.compared_with:
            known = questions.recorded(self.scenario, question.change, question.until)
            text += f"Compared with {words.force(self.scenario, known or 0.0)}, as recorded."
        elif answer.compared_with:
            text += f"Compared with: {answer.compared_with}."
        return text + f" Read on {day(questions.ends(self.scenario, question.outcome))}."

    def _outside(self) -> None:
        outside = [one for one in self.scenario.theses if one.kind == "outside"]
        if not outside:
            return
        with box("details", "outside"):
            say("summary", "What this model cannot answer")
            for thesis in outside:
                say("p", f"<b>{escape(thesis.question)}</b> {escape(thesis.sentence_outside)}",
                    "small", markup=True)  # fmt: skip
