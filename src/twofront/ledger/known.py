"""The names that a ledger defines, and complaints about every name that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from twofront.basics import Problem, nearest

from .claims import Claim, Topic
from .statements import Constraints


class Known:
    """The names that a ledger defines, and the complaints about those that it does not."""

    def __init__(
        self,
        *,
        documents: list[str],
        actors: Iterable[str],
        claims: list[str],
        references: Iterable[str],
        problems: list[Problem],
    ) -> None:
        self.documents, self.claims, self.problems = documents, claims, problems
        self.actors, self.references = list(actors), list(references)
        self.once(documents, "ledger.toml: document")

    def once(self, names: list[str], where: str) -> None:
        """Complain about names that are used twice."""
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.problems.append(Problem(f'{where} "{name}"', "is used twice"))

    def all(self, names: Iterable[str], known: list[str], where: str, what: str) -> None:
        """Complain about names that are not known."""
        for name in names:
            if name not in known:
                close = nearest(name, known)
                self.problems.append(Problem(where, f'no {what} "{name}"{close}'))

    def check_claims(self, claims: list[tuple[str, Claim]]) -> None:
        """The documents, actors, references and other claims that claims name."""
        self.once(self.claims, "claim")
        for where, claim in claims:
            self.all(claim.docs, self.documents, f"{where}.locators", "document")
            self.all(claim.actors, self.actors, f"{where}.actors", "actor")
            self.all(claim.references, self.references, f"{where}.references", "reference")
            self.all(claim.agrees_with, self.claims, f"{where}.agrees_with", "claim")
            self.all(claim.conflicts_with, self.claims, f"{where}.conflicts_with", "claim")
            self.all(claim.apart_from, self.claims, f"{where}.apart_from", "claim")
            if claim.id in (*claim.agrees_with, *claim.conflicts_with, *claim.apart_from):
                self.problems.append(Problem(where, "is compared with itself"))

    def check_topics(self, topics: list[tuple[str, Topic]]) -> None:
        """The documents, claims and references that topics name."""
        for where, topic in topics:
            self.all(topic.claims, self.documents, f"{where}.claims", "document")
            for doc, ids in topic.claims.items():
                self.all(ids, self.claims, f"{where}.claims.{doc}", "claim")
            self.all(topic.references, self.references, f"{where}.references", "reference")

    def check_constraints(self, files: list[tuple[str, Constraints]]) -> None:
        """The points, measures, claims and references that the statements of each file name."""
        points = [point.id for _, constraints in files for point in constraints.point]
        measures = [measure.id for _, constraints in files for measure in constraints.measure]
        self.once(points, "constraints.toml: point")
        self.once(measures, "constraints.toml: measure")
        for name, constraints in files:
            self._check_file(name, constraints, points, measures)

    def _check_file(
        self, name: str, constraints: Constraints, points: list[str], measures: list[str]
    ) -> None:
        for kind in ("dated", "relation"):
            for number, said in enumerate(getattr(constraints, kind)):
                where = f"{name}: {kind}[{number}]"
                self._said(said, where)
                places = [said.point] if kind == "dated" else [said.first, said.second]
                if kind == "relation" and said.point:
                    places.append(said.point)
                self.all(places, points, where, "point")
        for measure in constraints.measure:
            for number, figure in enumerate(measure.series):
                where = f"{name}: measure ({measure.id}).series[{number}]"
                self.all(figure.references, self.references, where, "reference")
        for number, amount in enumerate(constraints.amount):
            where = f"{name}: amount[{number}]"
            self.all([amount.claim], self.claims, where, "claim")
            self.all([amount.quantity.of], measures, where, "measure")
        for account in constraints.account:
            for number, version in enumerate(account.version):
                self._said(version, f"{name}: account ({account.id}).version[{number}]")

    def _said(self, said: Any, where: str) -> None:
        self.all(said.claims, self.claims, where, "claim")
        self.all(said.references, self.references, where, "reference")
