"""A ledger is a directory: read it, check that its parts fit, report every fault at once.

    ledger.toml        title, reviewers, actors, documents
    claims*.toml       [[claim]]
    references.json    CSL-JSON
    topics.toml        [[topic]]         rows of "side by side"  (may be absent)
    constraints*.toml  what is compared by `check`               (may be absent)

Agreement, conflict and being kept apart hold both ways: naming the other claim once is enough.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from twofront.basics import BadInput, Problem, nearest

from .claims import Claim, DocumentInfo, Entry, Text, Topic
from .faults import read_entry
from .known import Known
from .statements import Constraints, together

LIBRARY = Path(__file__).parent / "library"


@dataclass(frozen=True)
class Ledger:
    """Documents, their claims, and what is needed to compare them."""

    name: str
    title: str
    documents: dict[str, DocumentInfo]
    claims: tuple[Claim, ...]
    references: dict[str, dict[str, Any]]
    topics: tuple[Topic, ...] = ()
    constraints: Constraints = field(default_factory=Constraints)
    actors: dict[str, str] = field(default_factory=dict)
    reviewers: tuple[str, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """A claim by its id. Raises `BadInput` with the nearest id."""
        if claim_id in self._by_id:
            return self._by_id[claim_id]
        close = nearest(claim_id, (claim.id for claim in self.claims))
        raise BadInput(Problem(f'claim "{claim_id}"', f"not in ledger {self.name}{close}"))

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        # The first of an id, should somebody who builds a ledger by hand use it twice.
        return {claim.id: claim for claim in reversed(self.claims)}

    def of(self, docs: Iterable[str] | None) -> tuple[Claim, ...]:
        """The claims of some documents; all claims when `docs` is None."""
        if docs is None:
            return self.claims
        wanted = set(docs)
        return tuple(claim for claim in self.claims if wanted.intersection(claim.docs))


class _Head(Entry):
    title: Text
    reviewers: tuple[Text, ...] = ()
    document: tuple[DocumentInfo, ...] = ()
    actors: dict[str, str] = Field(default_factory=dict)


def ledger_names() -> list[str]:
    """The ledgers that come with the package."""
    return sorted(path.parent.name for path in LIBRARY.glob("*/ledger.toml"))


def load_ledger(name_or_path: str | Path) -> Ledger:
    """Read a ledger by its name or from a directory. Raises `BadInput` with every fault."""
    folder = _folder(name_or_path)
    problems: list[Problem] = []
    head = read_entry(_Head, _toml(folder / "ledger.toml", problems), "ledger.toml", problems)
    claims: list[tuple[str, Claim]] = []
    for path in sorted(folder.glob("claims*.toml")):
        table = _toml(path, problems)
        _only(table, ("claim",), path.name, problems)
        for where, data in _rows(table, "claim", path.name):
            claim = read_entry(Claim, data, where, problems)
            if claim:
                claims.append((where, claim))
    topics: list[tuple[str, Topic]] = []
    if (folder / "topics.toml").exists():
        table = _toml(folder / "topics.toml", problems)
        _only(table, ("topic",), "topics.toml", problems)
        for where, data in _rows(table, "topic", "topics.toml"):
            topic = read_entry(Topic, data, where, problems)
            if topic:
                topics.append((where, topic))
    constraints: list[tuple[str, Constraints]] = []
    for path in sorted(folder.glob("constraints*.toml")):
        entry = read_entry(Constraints, _toml(path, problems), path.name, problems)
        if entry:
            constraints.append((path.name, entry))
    references = _references(folder / "references.json", problems)
    _strangers(folder, problems)
    if head:
        known = Known(
            documents=[document.id for document in head.document],
            actors=head.actors,
            claims=[claim.id for _, claim in claims],
            references=references,
            problems=problems,
        )
        known.check_claims(claims)
        known.check_topics(topics)
        known.check_constraints(constraints)
    if problems or not head:
        raise BadInput(problems)
    return Ledger(
        name=folder.name,
        title=head.title,
        documents={document.id: document for document in head.document},
        claims=_both_ways([claim for _, claim in claims]),
        references=references,
        topics=tuple(topic for _, topic in topics),
        constraints=together([entry for _, entry in constraints]),
        actors=head.actors,
        reviewers=head.reviewers,
    )


def _folder(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if text in ledger_names():
        return LIBRARY / text
    folder = Path(text)
    if folder.name == "ledger.toml":
        folder = folder.parent
    if text and (folder / "ledger.toml").is_file():
        return folder
    names = ledger_names()
    what = "has no ledger.toml" if text and folder.is_dir() else "no such ledger"
    accepted = f"{', '.join(names)}, or a directory with a ledger.toml"
    raise BadInput(Problem(f'ledger "{text}"', what + nearest(text, names), accepted))


def _toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, str(error), "TOML in UTF-8"))
    except OSError as error:
        problems.append(Problem(path.name, f"cannot be read: {error.strerror}"))
    return {}


def _references(path: Path, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        problems.append(Problem(path.name, str(error), "CSL-JSON in UTF-8"))
        return {}
    if not isinstance(items, list):
        problems.append(Problem(path.name, "must be a list of CSL-JSON items"))
        return {}
    found: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(items):
        where = f"{path.name}: [{number}]"
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            problems.append(Problem(where, "has no id"))
        elif item["id"] in found:
            problems.append(Problem(where, f'id "{item["id"]}" is used twice'))
        else:
            found[item["id"]] = item
    return found


def _rows(table: dict[str, Any], key: str, name: str) -> list[tuple[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list):
        rows = [rows]
    named = []
    for number, row in enumerate(rows):
        label = f" ({row['id']})" if isinstance(row, dict) and "id" in row else ""
        named.append((f"{name}: {key}[{number}]{label}", row))
    return named


def _only(table: dict[str, Any], keys: tuple[str, ...], name: str, problems: list[Problem]) -> None:
    for key in table:
        if key not in keys:
            problems.append(
                Problem(f"{name}: {key}", f"unknown key{nearest(key, keys)}", ", ".join(keys))
            )


def _strangers(folder: Path, problems: list[Problem]) -> None:
    # A misspelt file name would silently lose its claims.
    known = ("ledger.toml", "topics.toml", "constraints.toml", "references.json", "claims.toml")
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*.json")]):
        if path.name not in known and not path.name.startswith(("claims", "constraints")):
            close = nearest(path.name, known)
            problems.append(Problem(path.name, f"unknown file{close}", ", ".join(known)))


def _both_ways(claims: list[Claim]) -> tuple[Claim, ...]:
    ties: dict[str, defaultdict[str, set[str]]] = {
        tie: defaultdict(set) for tie in ("agrees_with", "conflicts_with", "apart_from")
    }
    for tie, others_of in ties.items():
        for claim in claims:
            for other in getattr(claim, tie):
                others_of[claim.id].add(other)
                others_of[other].add(claim.id)
    return tuple(
        claim.model_copy(
            update={tie: tuple(sorted(others_of[claim.id])) for tie, others_of in ties.items()}
        )
        for claim in claims
    )
