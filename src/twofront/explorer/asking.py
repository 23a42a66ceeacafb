"""The right-hand side of the page: a what-if as a sentence, and its answer.

All state is in an `Asking`, made anew for each page that is opened; two readers share none.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from html import escape

from nicegui import ui

from twofront.report.strips import pair
from twofront.report.words import day

from . import export, pointing, questions, words
from .jobs import Busy, Job
from .looking import Views
from .parts import NumberInput, Select, box, button, say
from .pointing import Impossible
from .questions import Question
from .waiting import Waiting
from .workshop import Workshop

ROUNDS = (1, 2, 4)
"""How many times the worlds kept are gone on with, as the reader chooses."""
MOST = 2000


class Asking:
    """The question that a reader is putting together, its job, and its last answer."""

    def __init__(self, workshop: Workshop, views: Views, asked: Question | None) -> None:
        self.workshop, self.views, self.scenario = workshop, views, workshop.scenario
        self.question = asked or questions.start_with(self.scenario)
        self.worlds = workshop.worlds
        self.last: words.Telling | None = None
        self.answer: words.Answer | None = None
        self._rounds = 0
        self._theses()
        self._sentence()
        with box(classes="controls"):
            button("Ask the worlds", self.ask, "go")
            counts = [n * workshop.worlds for n in ROUNDS if n * workshop.worlds <= MOST]
            self.many = Select(
                "how many worlds", {"": {str(n): f"{n:,} worlds" for n in counts}},
                str(self.worlds), self._take_worlds,
            )  # fmt: skip
        self.card = box(classes="card")
        self.spoken = say("p", "", "vh")
        self.spoken.props.update({"role": "status", "aria-live": "polite"})
        self.taken = box("details", "taken")
        self._nothing_asked()
        self._take_away()
        self._outside()
        self._waiting = Waiting(self._ended, self._meanwhile)

    # The question

    def _theses(self) -> None:
        theses = {one.id: one.title for one in self.scenario.theses}
        if not theses:
            return
        with box(classes="controls"):
            self.thesis = Select(
                "a thesis to start from", {"": {"": "Start from a thesis…", **theses}}, "",
                self._take_thesis,
            )  # fmt: skip
        self.claimed = box("div", "claimed")

    def _sentence(self) -> None:
        with box(classes="question"):
            say("span", "If")
            self.change = Select(
                "what is changed",
                questions.choices(self.scenario),
                self.question.change,
                self._take_change,
            )
            self.dialled = box("span", "dial")
            say("span", "how often is it that")
            titles = {one.id: one.title for one in self.scenario.outcomes}
            self.outcome = Select(
                "the outcome", {"": titles}, self.question.outcome, self._take_outcome
            )
            say("span", "in worlds")
            self.until = Select(
                "how long worlds follow the record", self._days(), self._day(), self._take_day
            )
            say("span", "?")
        self._draw_dial()

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

    def point(self, key: str) -> None:
        """Takes what the reader pointed at on the map."""
        if pointing.pointed(self.scenario, key):
            self._set(questions.usual(self.scenario, key))

    def _take_change(self, change: str) -> None:
        self._set(questions.usual(self.scenario, change))

    def _take_outcome(self, outcome: str) -> None:
        self._set(replace(self.question, outcome=outcome))

    def _take_day(self, text: str) -> None:
        until = dt.date.fromisoformat(text) if text else None
        self._set(replace(self.question, until=until))

    def _take_worlds(self, text: str) -> None:
        self.worlds = int(text)

    def _take_number(self, number: float) -> None:
        self.question = replace(self.question, number=number)
        self._tell_number()
        self._take_away()

    def _take_thesis(self, name: str) -> None:
        self.claimed.clear()
        if not name:
            return
        thesis = self.scenario.thesis(name)
        with self.claimed:
            say("p", thesis.question, "sentence")
            title = "Who says so, and where"
            say("p", f'<button type="button" class="num" data-origin="thesis/{escape(name)}">'
                f"{title}</button>", "small", markup=True)  # fmt: skip
        question = questions.of_thesis(self.scenario, thesis)
        if question is None:
            self._note("Outside the model.", thesis.sentence_outside)
        else:
            self._set(question)

    def _set(self, question: Question) -> None:
        self.question = question
        self.change.show(question.change)
        self.outcome.show(question.outcome)
        self.until.show(self._day(), self._days())
        self._draw_dial()
        self._take_away()

    def _draw_dial(self) -> None:
        self.dialled.clear()
        self.box = self.slider = None
        thing = questions.by_hand(self.scenario, self.question)
        self.dialled.set_visibility(thing is not None)
        if thing is None:
            return
        dial, number = thing.dial(self.question.until), self.question.number
        with self.dialled:
            say("span", thing.verb)
            if dial is None:
                return
            self.box = NumberInput(
                "number", dial.label, number, self._typed, "change", min=dial.low, step="any"
            )
            say("span", dial.after)
            self.slider = NumberInput(
                "range", "about how much", number, self._slid, min=dial.low,
                max=f"{max(dial.high, number):g}", step=dial.step,
            )  # fmt: skip
            self.told = say("span", "", "small soft told")
        self._tell_number()

    def _typed(self, number: float) -> None:
        self._take_number(number)
        if self.slider:
            self.slider.show(number)

    def _slid(self, number: float) -> None:
        self._take_number(number)
        if self.box:
            self.box.show(number)

    def _tell_number(self) -> None:
        thing = questions.by_hand(self.scenario, self.question)
        if self.slider is None or thing is None:
            return
        text = ""
        if isinstance(thing, pointing.Garrison):
            known = thing.recorded(self.question.until)
            text = words.force(self.scenario, self.question.number)
            text += f"; on record {words.force(self.scenario, known)}" if known is not None else ""
        elif self.question.number:
            text = f"recorded for {day(thing.thing.date)}"
        self.slider.show(text=text)
        self.told.set_content(escape(text))

    # The answer

    def ask(self, worlds: int | None = None) -> None:
        """Asks the question as it stands, or says why it cannot be asked."""
        self.stop()
        query = export.address(self.question)
        # The address holds the question, so it survives a lost connection.
        ui.run_javascript(f"history.replaceState(null, '', {json.dumps(query)})")
        try:
            job = self.workshop.ask(self.question, worlds or self.worlds)
        except Impossible as why:
            self._waiting.wait_for(None)
            self._impossible(why)
            return
        except Busy as why:
            self._waiting.wait_for(None)
            self._note("Too much is asked at once.", str(why))
            return
        self._waiting.wait_for(job)
        self._rounds = 0
        self._running()

    def stop(self) -> None:
        """Stops what is running, if anything is."""
        self._waiting.stop()

    def _meanwhile(self, job: Job) -> None:
        if job.rounds > self._rounds and not job.stopping:
            self._rounds = job.rounds
            self._take(job.partial)
            self._settling()

    def _ended(self, job: Job) -> None:
        if job.state == "done":
            self._take(job.result)
            self._answered()
        elif job.state == "failed":
            self._note("This could not be run.", job.error)
        elif self._rounds:
            self._answered()
        else:
            self._note("Stopped.", "Nothing was counted. The question is kept.")

    def _take(self, answer: words.Answer) -> None:
        self.answer, self.last = answer, words.tell(self.scenario, answer)

    def _speak(self, *sentences: str) -> None:
        self.spoken.set_content(escape(" ".join(sentences)))

    def _nothing_asked(self) -> None:
        start = questions.start_with(self.scenario)
        title = questions.changes(self.scenario).get(start.change) or start.change
        with self.card:
            say("h3", "Nothing asked yet")
            say("p", "Take a thesis, point at something on the map, or change the sentence above.")

            def begin() -> None:
                self._set(start)
                self.ask()

            button(f"Start with “{title}”", begin)

    def _running(self) -> None:
        self.card.clear()
        with self.card:
            self._waiting.show("worlds run", "Cancel").show("Starting…", None)
            self._old()

    def _settling(self) -> None:
        self.card.clear()
        with self.card:
            if self.last and self.answer:
                self._tell(self.last, self.answer, live=False)
            self._waiting.show("worlds run", "Stop here")

    def _note(self, headline: str, text: str) -> None:
        self._speak(headline, text)
        self.card.clear()
        with self.card:
            say("h3", headline)
            say("p", text)
            self._old()

    def _old(self) -> None:
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
        say("p", words.opening(told.sentence, told.ends, self._computed(answer)), "sentence",
            markup=True)  # fmt: skip
        if self.scenario.outcome(question.outcome).kind.endswith("_by") and found.worlds:
            drawing = pair(1000 * found.base, 1000 * found.changed, told.ends, "worlds of 1,000")
            say("div", str(drawing), markup=True)
        for line in filter(None, (told.draw, told.unknown)):
            say("p", line, "doubt")
        if not answer.settled:
            say("p", f"{found.worlds:,} of {answer.wanted:,} worlds; settling.", "small")
            return
        with box("p"):
            say("span", told.rests_on)
            if told.leading_input:
                say("span", f'<button type="button" class="link" data-origin="parameter/'
                    f'{escape(told.leading_input)}">Where it comes from</button>',
                    markup=True)  # fmt: skip
        with box("ul", "small soft"):
            for line in told.reminders:
                say("li", line)
        say("p", self._asked(answer), "small soft")
        if told.more_worlds and live and found.worlds < MOST:
            more = min(told.more_worlds, MOST)
            button(f"Ask {more:,} worlds", lambda: self._ask_again(question, more))

    def _ask_again(self, question: Question, worlds: int) -> None:
        self._set(question)
        self.ask(worlds)

    def _computed(self, answer: words.Answer) -> list[tuple[str, str]]:
        """Where the numbers of an answer come from: which worlds, which seed, which scenario."""
        found, scenario = answer.comparison, self.scenario
        rows = [
            ("What it is", "counted in simulated worlds; no source states it"),
            ("Worlds", f"{found.worlds:,} pairs that share their luck"),
            ("Conditioned", words.conditioned(answer, scenario)),
            ("Seed", f"{scenario.seed}"),
            ("Scenario", f"{scenario.name}, {scenario.hash[:12]}"),
        ]
        return rows

    def _asked(self, answer: words.Answer) -> str:
        question = answer.question
        text = f"{answer.change}. {answer.comparison.worlds:,} paired worlds, "
        text += f"{words.followed(question.until, self.scenario)}. "
        text += words.conditioned(answer, self.scenario) + " "
        if answer.compared_with:
            text += f"Compared with: {answer.compared_with}. "
        return text + f"Read on {day(questions.ends(self.scenario, question.outcome))}."

    # To take away

    def _take_away(self) -> None:
        try:
            taken = export.take(self.scenario, self.question, self.workshop.worlds)
        except Impossible:
            self.taken.set_visibility(False)
            return
        self.taken.set_visibility(True)
        open_ = self.taken.props.get("open")
        self.taken.clear()
        with self.taken:
            say("summary", "Take this question away")
            for name, title, text in (
                ("address", "As a link to this page", taken.address),
                ("toml", "As a change file", taken.toml),
                ("notebook", "As lines for a notebook", taken.snippet),
            ):
                say("p", f'{title} <button type="button" data-copy="tf-{name}">Copy</button>',
                    "small", markup=True)  # fmt: skip
                say("pre", text).props.update({"id": f"tf-{name}", "tabindex": "0"})
        if open_:
            self.taken.props["open"] = open_

    def _outside(self) -> None:
        outside = [one for one in self.scenario.theses if one.kind == "outside"]
        if not outside:
            return
        with box("details", "outside"):
            say("summary", "What this model cannot answer")
            for thesis in outside:
                say("p", f"<b>{escape(thesis.question)}</b> {escape(thesis.sentence_outside)}",
                    "small", markup=True)  # fmt: skip
