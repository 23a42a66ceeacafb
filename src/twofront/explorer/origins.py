"""Where a number comes from: its value, range and grade, its reason, and who states it.

A number is named `KIND/NAME`, as in `level/3` or `parameter/pact_breach_cost`; the page opens it,
and so does anybody through `/api/sources/KIND/NAME`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.ledger import Ledger, Locator, load_ledger, locate
from twofront.report.references import Library
from twofront.report.words import MARKS, capital, day, number
from twofront.scenario import Scenario
from twofront.sources import Document

from .words import force


@dataclass(frozen=True)
class Statement:
    """A sentence of a text that the number, or the event, rests on or is compared with."""

    id: str
    says: str
    where: str
    """Text, paragraph and sentence."""
    speakers: str
    """Who is quoted, outermost first; empty when the text speaks for itself."""
    mark: str
    verdict: str
    """How it stands against other sources, in words."""
    check: str
    passage: str = ""
    """The sentence itself, from the reader's own copy of the text."""


@dataclass(frozen=True)
class Origin:
    """Where one number or event comes from."""

    kind: str
    name: str
    title: str
    value: str = ""
    range: str = ""
    grade: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    point: str = ""
    """Key of what a what-if can change about it; empty: nothing."""
    rows: tuple[tuple[str, str], ...] = field(default=())
    """Further lines: name and text."""

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Origins:
    """The numbers of a scenario, with its ledger beside them."""

    def __init__(
        self, scenario: Scenario, points: set[str], documents: Mapping[str, Document]
    ) -> None:
        self.scenario, self.points = scenario, points
        self.ledger: Ledger | None = load_ledger(scenario.ledger) if scenario.ledger else None
        self.library = Library(scenario, *([self.ledger] if self.ledger else []))
        known = list(self.ledger.documents) if self.ledger else []
        for name in documents:
            if name not in known:
                accepted = ", ".join(known) or "none: this scenario has no ledger"
                raise BadInput(Problem(f"--document {name}", "is not in the ledger", accepted))
        self.documents = documents

    def find(self, kind: str, name: str) -> Origin | None:
        """The origin of a number; None when there is none of this name."""
        finders = {
            "level": self._level, "force": self._force, "event": self._event,
            "parameter": self._parameter, "treaty": self._treaty, "aid": self._aid,
            "thesis": self._thesis, "claim": self._claim,
        }  # fmt: skip
        return finders[kind](name) if kind in finders else None

    def kinds(self) -> tuple[str, ...]:
        """Kinds of numbers that can be opened."""
        return ("level", "force", "event", "parameter", "treaty", "aid", "thesis", "claim")

    def _point(self, key: str) -> str:
        return key if key in self.points else ""

    def _number(
        self, kind: str, name: str, title: str, item: Any, shown: str, **more: Any
    ) -> Origin:
        low, high = number(item.low, 4), number(item.high, 4)
        unit = "" if item.unit in ("1", "factor") else f" {item.unit}"
        return Origin(
            kind, name, title, shown, f"{low} to {high}{unit}", item.grade, capital(item.note),
            self._facts(item.facts), self._sources(item.sources), self._statements(item.claims),
            **more,
        )  # fmt: skip

    def _level(self, name: str) -> Origin | None:
        levels = self.scenario.record.levels
        if not (name.isdecimal() and len(name) < 6 and int(name) < len(levels)):
            return None
        level = levels[int(name)]
        key = f"pin.{level.actor}.{level.theatre}"
        return self._number(
            "level", name, level.title, level.strength,
            force(self.scenario, level.strength.value), point=self._point(key),
            rows=(("On the day", day(level.date)),
                  ("Error", f"a factor of {number(float(2.718281828 ** level.error.value), 2)}")),
        )  # fmt: skip

    def _force(self, name: str) -> Origin | None:
        for one in self.scenario.forces:
            if f"{one.actor}.{one.theatre}" == name:
                actor, theatre = self.scenario.actor(one.actor), self.scenario.theatre(one.theatre)
                return self._number(
                    "force", name, f"{actor.name}, {theatre.name}, first day", one.strength,
                    force(self.scenario, one.strength.value), point=self._point(f"pin.{name}"),
                    rows=(("On the day", day(self.scenario.start)),),
                )  # fmt: skip
        return None

    def _parameter(self, name: str) -> Origin | None:
        item = self.scenario.parameters.get(name)
        if item is None:
            return None
        unit = "" if item.unit in ("1", "factor") else f" {item.unit}"
        return self._number("parameter", name, item.title, item, f"{number(item.value, 4)}{unit}")

    def _event(self, name: str) -> Origin | None:
        for event in self.scenario.record.events:
            if event.id == name:
                points = [f"{event.kind}.{event.id}"]
                if event.kind == "embargo":
                    points.append(f"supply.{event.actor}.{event.target}")
                return self._dated(
                    "event", name, event.title, event, day(event.date),
                    point=next(filter(None, map(self._point, points)), ""),
                )  # fmt: skip
        return None

    def _treaty(self, name: str) -> Origin | None:
        for treaty in self.scenario.treaties:
            if treaty.id == name:
                rows = (("Kind", treaty.kind), ("Runs out", day(treaty.expires)))
                return self._dated(
                    "treaty", name, treaty.title or name, treaty, day(treaty.signed), rows=rows,
                    point=self._point(f"pact.{name}"),
                )  # fmt: skip
        return None

    def _aid(self, name: str) -> Origin | None:
        for aid in self.scenario.aid:
            if aid.id == name:
                return self._number(
                    "aid",
                    name,
                    aid.title,
                    aid.rate,
                    f"{number(aid.rate.value, 3)} {aid.equipment} a week",
                    rows=(("From", day(aid.from_)), ("To", day(aid.to))),
                )
        return None

    def _dated(self, kind: str, name: str, title: str, item: Any, when: str, **more: Any) -> Origin:
        return Origin(
            kind, name, title, when, "", item.grade or "", capital(item.note),
            self._facts(item.facts), self._sources(item.sources), self._statements(item.claims),
            **more,
        )  # fmt: skip

    def _thesis(self, name: str) -> Origin | None:
        for thesis in self.scenario.theses:
            if thesis.id == name:
                return Origin(
                    "thesis",
                    name,
                    thesis.title,
                    thesis.question,
                    statements=self._statements(thesis.claims),
                    rows=(("Disputed by", thesis.disputed_by),) if thesis.disputed_by else (),
                )
        return None

    def _claim(self, name: str) -> Origin | None:
        found = self._statements((name,))
        if not found or not self.ledger:
            return None
        claim = self.ledger.claim(name)
        return Origin(
            "claim",
            name,
            f"Statement {name}",
            "",
            sources=self._sources(claim.references),
            statements=found,
        )

    def _facts(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        told = []
        for key in keys:
            fact = self.scenario.facts.get(key)
            if fact is None:
                told.append(key)
                continue
            source = self.library.cite(fact.source_key).short if fact.source_key else ""
            what = f"{fact.entity}, {fact.measure}: {fact.value} {fact.unit}".strip()
            told.append(f"{key}. {what}, {fact.date_edtf}. {source}".strip())
        return tuple(told)

    def _sources(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.library.cite(key).full for key in keys)

    def _statements(self, keys: tuple[str, ...]) -> tuple[Statement, ...]:
        if self.ledger is None:
            return ()
        known = {claim.id: claim for claim in self.ledger.claims}
        found = []
        for key in keys:
            claim = known.get(key)
            if claim is None:
                continue
            places = []
            for locator in claim.locators:
                info = self.ledger.documents.get(locator.doc)
                places.append(f"{info.name if info else locator.doc}, {locator.place}")
            passages = [self._passage(locator) for locator in claim.locators]
            mark, word = MARKS.get(claim.verdict, ("?", claim.verdict))
            found.append(
                Statement(key, claim.paraphrase, "; ".join(places), " → ".join(claim.attribution),
                          mark, word, claim.check, " … ".join(filter(None, passages)))
            )  # fmt: skip
        return tuple(found)

    def _passage(self, locator: Locator) -> str:
        """The sentence in the reader's copy, if it is the sentence that the ledger means."""
        document = self.documents.get(locator.doc)
        sentence = document.sentence(locator.para, locator.sent) if document else None
        if document is None or sentence is None:
            return ""
        same = locate(document, locator.para, locator.sent).digest == locator.digest
        return " ".join(sentence.split()) if same else ""
