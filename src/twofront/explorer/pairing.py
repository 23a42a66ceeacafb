"""Two worlds on the page: how many part under the question asked, and one pair told in full."""

from __future__ import annotations

from html import escape

from twofront.report.words import count, day, number

from . import parting
from .asking import Asking
from .jobs import Busy, Job
from .minds import Mind
from .parting import Decision, Pair, Parting
from .parts import Select, box, button, say
from .pointing import Impossible
from .questions import Question
from .waiting import Waiting
from .workshop import Workshop

OFFERED = 40
"""Parted worlds that can be chosen; all are counted."""

UNWEIGHED = (
    "Nothing is weighed that week: a blow falls as planned or as the change says, and the laws of "
    "notice and peace know no motives."
)

ALIKE = "Both weighed the same: what is told is how the week began, and the change falls within it."


class Pairing:
    """The pairs of worlds of one reader."""

    def __init__(self, workshop: Workshop, asking: Asking) -> None:
        self.workshop, self.asking, self.scenario = workshop, asking, workshop.scenario
        self.found: Parting | None = None
        self.question: Question | None = None
        say("h2", "Two worlds, same luck")
        say("p", "The same worlds are gone on with twice, as they were and with the change. Every "
            "draw of chance is shared, so they part only because of it.", "soft")  # fmt: skip
        with box(classes="controls"):
            button("Find worlds that part", self.begin, "go")
        self.body = box("div", "pairing")
        self._waiting = Waiting(self._ended)

    def begin(self) -> None:
        """Runs the question of the other side both ways."""
        self.stop()
        question = self.asking.question
        self.question = question
        try:
            job = self.workshop.begin(lambda job: parting.find(job, self.workshop, question))
        except (Impossible, Busy) as why:
            self._say(str(why))
            return
        self._waiting.wait_for(job)
        self.body.clear()
        with self.body:
            self._waiting.show("worlds run", "Cancel")

    def stop(self) -> None:
        """Stops what is running, if anything is."""
        self._waiting.stop()

    def _say(self, text: str) -> None:
        self.body.clear()
        with self.body:
            say("p", text)

    def _ended(self, job: Job) -> None:
        if job.state == "done" and isinstance(job.result, Parting):
            self.found = job.result
            self._summary(job.result)
        elif job.state == "done":
            self._pair(job.result)
        elif job.state == "failed":
            self._say(job.error)
        else:
            self._say("Stopped.")

    def _summary(self, found: Parting) -> None:
        self.body.clear()
        with self.body:
            share = number(1000 * len(found.parted) / found.worlds, 3)
            text = f"{share} of 1,000 pairs part"
            text += f", half of them by {day(found.median)}." if found.median else "."
            say("p", text + f" Counted in {count(found.worlds, 'pair')}.", "sentence")
            if not found.parted:
                return
            offered = {str(world): f"world {world:,}" for world in found.parted[:OFFERED]}
            with box(classes="controls"):
                say("span", "Read both lives of", "soft")
                Select("which world", {"": offered}, str(found.parted[0]), self._choose)
            self.told = box("div", "told-pair")
        self._choose(str(found.parted[0]))

    def _choose(self, text: str) -> None:
        found = self.found
        if found is None:
            return
        self.told.clear()
        with self.told:
            self._waiting.show("decisions read")
        try:
            job = self.workshop.begin(
                lambda job: parting.tell(job, self.scenario, found, int(text))
            )
        except Busy as why:
            self._say(str(why))
            return
        self._waiting.wait_for(job)

    def _pair(self, pair: Pair) -> None:
        self.told.clear()
        with self.told:
            if pair.shared:
                say("h3", f"World {pair.world:,}, both times")
                with box("ol", "decisions"):
                    for one in pair.shared:
                        self._decision(one)
            if pair.parts:
                where = "with the change" if pair.on_right else "as it was"
                say("h3", f"Where they part: {day(pair.parts.day)}")
                say("p", f"{pair.parts.text}, only {where}.", "sentence")
                here, there = pair.parts.mind, pair.other_mind
                if here and there and here.chance == there.chance:
                    say("p", ALIKE, "small soft mind")
            with box("div", "columns"):
                for title, style, rows, idle in (
                    ("As it was", "solid", pair.left, pair.on_right),
                    ("With the change", "dashed", pair.right, not pair.on_right),
                ):
                    with box("div", f"side {style}"):
                        say("h3", title)
                        if idle and pair.parts:
                            self._not_taken(pair.parts, pair.other_mind)
                        with box("ol", "decisions"):
                            for one in rows:
                                self._decision(one, pair.parts is one)
                            if not rows:
                                say("li", "Nothing more is decided.", "soft")

    def _not_taken(self, parts: Decision, mind: Mind | None) -> None:
        say("p", f"<span class='soft'>{day(parts.day)}</span> The same week, not decided here.",
            markup=True)  # fmt: skip
        self._mind(mind)

    def _decision(self, one: Decision, here: bool = False) -> None:
        with box("li"):
            mark = " <b>Here they part.</b>" if here else ""
            text = f"<span class='soft'>{day(one.day)}</span> {escape(one.text)}.{mark}"
            say("span", text, markup=True)
            if one.mind is None:
                return
            if here:
                self._mind(one.mind)
                return
            with box("details", "why") as folded:
                say("summary", "Why", "small")
                self._mind(one.mind)
            if one.decisive:
                folded.props["open"] = True

    def _mind(self, mind: Mind | None) -> None:
        if mind is None:
            say("p", UNWEIGHED, "small soft mind")
            return
        if mind.impossible:
            say("p", f"Impossible that week: {mind.impossible}.", "mind")
        else:
            chance = number(1000 * mind.chance, 2)
            say("p", f"Chance of deciding so that week: {chance} of 1,000.", "mind")
        for name, parts in (
            ("Believed", mind.believed), ("Feared", mind.feared), ("Hoped", mind.hoped),
        ):  # fmt: skip
            text = "; ".join(parts[:4]) or "nothing that weighed much"
            say("p", f"<b>{name}</b> {escape(text)}.", "mind", markup=True)
