"""A ledger made of what reviewers accepted: directory in, directory out, nothing half-written.

    ledger.toml          title, documents, actors
    claims-<doc>.toml    one claim for each accepted, edited or split proposal
    constraints-reviewed.toml
                         events and numbers of which several claims speak, for `check`
    references.json      empty, unless there is one already, or a date is that of a known event

A claim says it in the reviewer's words. Where there are none, it says in plain words of ours what
was read. No claim carries a sentence of its source, only the few words of a date or a number.
Nothing was compared with other sources yet, so each verdict is "unverifiable" on the basis "none".
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem
from twofront.basics.words import listed
from twofront.sources import (
    Document,
    Events,
    Gazetteer,
    Mention,
    fold,
    load_events,
    load_gazetteer,
)

from .alignment import Alignment, Reading, align
from .claims import UNKNOWN_AUTHOR, Claim, DocumentInfo
from .decisions import KEEPING, NO_DEED, Decision
from .deeds import with_deeds
from .factual import what_it_does
from .kept_apart import kept_apart
from .load import load_ledger
from .named import Named
from .nodes import Accepted, nodes_of
from .settling import Settled, settle_in
from .statements import Constraints
from .values import Value, in_words, line_of, read_values
from .verify import locate
from .words import deed

_LONGEST_COPY = 8  # words in a row; more than that are the source's sentence, not ours
_NODES = "constraints-reviewed.toml"
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Draft:
    """What a ledger will hold, and what had to stay out of it."""

    title: str
    documents: tuple[DocumentInfo, ...]
    actors: dict[str, str]
    claims: tuple[Claim, ...]
    constraints: Constraints = field(default_factory=Constraints)
    references: tuple[dict[str, Any], ...] = ()
    notes: dict[str, str] = field(default_factory=dict)  # of reviewers, by claim
    left_out: tuple[Settled, ...] = ()  # moved and not confirmed, or lost
    reviewers: tuple[str, ...] = ()


def running_words(text: str) -> str:
    """The words of a text in small letters, one space apart, without stops."""
    return f" {' '.join(_WORDS.findall(fold(text).lower()))} "


def copied_words(words: str, running: str) -> str:
    """The first stretch of `words` in the running words of a text that is too long for chance."""
    own = _WORDS.findall(fold(words).lower())
    for i in range(len(own) - _LONGEST_COPY + 1):
        stretch = " ".join(own[i : i + _LONGEST_COPY])
        if f" {stretch} " in running:
            return stretch
    return ""


def draft_ledger(
    readings: Sequence[Reading],
    decisions: Sequence[Decision],
    *,
    title: str = "",
    gazetteer: Gazetteer | None = None,
    alignment: Alignment | None = None,
    events: Events | None = None,
) -> Draft:
    """The ledger that decisions make of documents. Raises `BadInput` with every fault.

    What the alignment ties becomes links between claims, and events and numbers with several
    witnesses; what a reviewer keeps apart does not. Deeds are those of the decisions.
    """
    known = gazetteer or load_gazetteer()
    settled = settle_in([reading.document for reading in readings], decisions)
    readings = with_deeds(readings, settled)
    aligned = align(readings, known) if alignment is None else alignment
    maker = _Draft(readings, known, Named(readings, known, aligned))
    for one in settled:
        if one.state == "here" and one.decision.action in KEEPING:
            maker.add(one)
    if maker.problems:
        raise BadInput(maker.problems)
    order = {reading.document.id: n for n, reading in enumerate(readings)}
    found = sorted(maker.found, key=lambda item: (order[item[0].docs[0]], item[1]))
    documents = tuple(_info(reading.document) for reading in readings)
    nodes = nodes_of(
        readings, maker.accepted, aligned, maker.happenings, known, events or load_events(),
        kept_apart(settled),
    )  # fmt: skip
    return Draft(
        title=title or f"Reviewed: {listed([info.title for info in documents])}",
        documents=documents,
        actors=dict(sorted(maker.actors.items())),
        claims=tuple(nodes.linked(claim) for claim, _ in found),
        constraints=nodes.constraints,
        references=nodes.references,
        notes=maker.notes,
        left_out=tuple(one for one in settled if one.state in ("moved", "lost")),
        reviewers=tuple(sorted(maker.reviewers)),
    )


def _info(document: Document) -> DocumentInfo:
    return DocumentInfo(
        id=document.id, title=document.id, author=UNKNOWN_AUTHOR, language=document.language,
        date=document.date or "../..", genre="text",
    )  # fmt: skip


class _Draft:
    def __init__(self, readings: Sequence[Reading], gazetteer: Gazetteer, named: Named) -> None:
        self.named = named
        self.documents = {reading.document.id: reading.document for reading in readings}
        self.running = [running_words(document.text) for document in self.documents.values()]
        self.mention_at: dict[tuple[str, int, int, str], Mention] = {}
        for m in (m for r in readings for m in r.mentions):
            self.mention_at.setdefault((m.doc, m.start, m.end, m.type), m)
        self.happenings = {
            happening.mention: happening for r in readings for happening in r.happenings(gazetteer)
        }
        self.accepted: dict[Mention, Accepted] = {}
        self.found: list[tuple[Claim, int]] = []
        self.actors: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.reviewers: set[str] = set()
        self.used: Counter[str] = Counter()

    def add(self, one: Settled) -> None:
        """Adds the claims of one decision, or what is wrong with it."""
        decision, doc, start, end = one.decision, one.doc, one.place.start, one.place.end
        assert doc is not None and start is not None and end is not None
        document = self.documents[doc]
        where = f"decision {decision.id} ({decision.anchor.quote[:40]!r})"
        try:
            values = read_values(decision.type, decision.value)
        except BadInput as error:
            self.problems += [Problem(f"{where}: {p.where}", p.what, p.accepted)
                              for p in error.problems]  # fmt: skip
            return
        copied = next(filter(None, (copied_words(decision.words, r) for r in self.running)), "")
        if copied:
            what = f'its words repeat the text ("{copied} ..."); a ledger holds only words of ours'
            self.problems.append(Problem(where, what))
            return
        places = [(p.para, p.sent) for p in document.passages if p.start < end and start < p.end]
        if not places:
            self.problems.append(Problem(where, "stands in no sentence"))
            return
        mention = self.mention_at.get((doc, start, end, decision.type))
        owner = [self.named.key(mention.owner)] if mention and mention.owner else []
        named = [actor for place in places for actor in self.named.actors(doc, *place)]
        actors = tuple(dict.fromkeys([*owner, *named]))
        self.actors |= {key: self.named.title(key) for key in actors}
        chain = mention.attribution if mention else ()
        for value in values:
            claim_id = self._id(doc, decision)
            # The quantity of a moment has a kind of its own; everything else happened once.
            self.found.append((
                Claim(
                    id=claim_id,
                    kind="quantity" if value.type == "QUANTITY" else "event",
                    paraphrase=decision.words
                    or self._plain(value, mention, decision.deed, doc, places, end - start),
                    date=value.date,
                    actors=actors,
                    quantity=value.quantity(),
                    attribution=tuple(self.named.title(key) for key in chain),
                    locators=tuple(locate(document, *place, (start, end)) for place in places),
                    written=_as_written(decision.type, document.text[start:end]),
                    verdict="unverifiable",
                    basis="none",
                ),
                start,
            ))  # fmt: skip
            if decision.who.strip():
                self.reviewers.add(_one_line(decision.who))
            if decision.note:
                self.notes[claim_id] = decision.note
        if mention is not None and len(values) == 1:
            as_read = values[0].text == _line(mention)
            self.accepted[mention] = Accepted(self.found[-1][0], as_read)

    def _id(self, doc: str, decision: Decision) -> str:
        # Made of the words and what stands around them: an edit elsewhere leaves it as it is.
        anchor = decision.anchor
        parts = (decision.type, fold(anchor.prefix), fold(anchor.quote), fold(anchor.suffix))
        name = f"{doc}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:8]}"
        self.used[name] += 1
        return name if self.used[name] == 1 else f"{name}-{self.used[name]}"

    def _plain(
        self,
        value: Value,
        mention: Mention | None,
        decided: str,
        doc: str,
        places: Sequence[tuple[int, int]],
        length: int,
    ) -> str:
        """What was read, in a sentence of ours: the act, where one is known, and names."""
        said = in_words(value, self.named.titles)
        happening = self.happenings.get(mention) if mention else None
        owner = mention.owner if mention else None
        told = decided or (happening.predicate if happening else "")
        act = deed(told) if told not in ("", NO_DEED) else ""
        doubt = what_it_does(happening.factuality) if happening and not decided else ""
        if doubt and value.type in ("QUANTITY", "DATE"):
            sentence = f"The text {doubt} {act or 'something'}: {said}"
        elif value.type == "QUANTITY":
            whose = f" of {self.named.title(owner)}" if owner else ""
            verb = f"puts {act} at" if act else "counts"
            sentence = f"The text {verb} {said}{whose}"
        elif value.type == "PACT":
            sentence = f"The text speaks of this agreement: {said}"
        elif value.type == "QUOTE":
            sentence = f"The text quotes this voice: {said} ({length} characters)"
        else:
            sentence = f"The text dates {act or 'something'}: {said}"
        others = self.named.others(doc, places, owner, happening.named if happening else ())
        return f"{sentence}; its sentence names {listed(others)}." if others else f"{sentence}."


def _as_written(type_: str, words: str) -> str:
    """The words of a date or a number, when they are few enough to be quoted."""
    few = len(words.split()) < _LONGEST_COPY
    return " ".join(words.split()) if type_ in ("DATE", "QUANTITY") and few else ""


def _line(mention: Mention) -> str:
    """A mention's value in the form in which an accepted one stands."""
    try:
        return "; ".join(value.text for value in read_values(mention.type, line_of(mention)))
    except BadInput:
        return ""


# ---------------------------------------------------------------- files
def write_ledger(draft: Draft, folder: str | Path, *, force: bool = False) -> Path:
    """Writes a ledger directory that `load_ledger` reads.

    An existing ledger is replaced only with `force`; files of its own (topics, constraints,
    references, claims of other documents) stay. Raises `BadInput` when something is in the way or
    what stays does not fit; then nothing has changed.
    """
    folder = Path(os.path.realpath(folder))
    _check_target(folder, force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot(folder, error) from None
    try:
        if folder.is_dir():
            shutil.copytree(folder, fresh, dirs_exist_ok=True)
        for name, text in _files(draft).items():
            if name != "references.json" or not (fresh / name).exists():
                _write(fresh / name, text)
        _add_references(fresh / "references.json", draft)
        load_ledger(fresh)
        os.chmod(fresh, 0o755)
        _swap(fresh, folder)
    except OSError as error:
        raise _cannot(folder, error) from None
    except BadInput as error:
        raise BadInput(
            [Problem(f"{folder.name}/{p.where}", p.what, p.accepted) for p in error.problems]
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _add_references(path: Path, draft: Draft) -> None:
    """Puts what the draft refers to beside the references that are there."""
    if not draft.references:
        return
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
        known = {item["id"] for item in items}
    except (ValueError, TypeError, KeyError):
        return  # `load_ledger` says what is wrong with it
    items += [item for item in draft.references if item["id"] not in known]
    _write(path, json.dumps(items, ensure_ascii=False, indent=1) + "\n")


def _cannot(folder: Path, error: OSError) -> BadInput:
    return BadInput(Problem(str(folder), f"cannot be written: {error.strerror or error}"))


def _check_target(folder: Path, force: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BadInput(Problem(str(folder), "is not a directory", "a directory to be made"))
    if not any(folder.iterdir()):
        return
    if not (folder / "ledger.toml").is_file():
        raise BadInput(
            Problem(str(folder), "has files that are no ledger", "an empty or a new directory")
        )
    if not force:
        raise BadInput(
            Problem(str(folder), "holds a ledger already", "another directory, or --force")
        )


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        os.replace(fresh, folder)
        return
    # Two renames: at every moment each of the two directories is whole under some name.
    old = fresh.with_name(fresh.name + ".old")
    os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _files(draft: Draft) -> dict[str, str]:
    files = {"ledger.toml": _head(draft), "references.json": "[]\n", _NODES: _nodes(draft)}
    for info in draft.documents:
        claims = [claim for claim in draft.claims if claim.docs[0] == info.id]
        name = re.sub(r"[^\w.-]", "_", info.id)
        while f"claims-{name}.toml" in files:
            name += "_"
        files[f"claims-{name}.toml"] = _claims(info, claims, draft.notes)
    return files


def _head(draft: Draft) -> str:
    lines = [
        "# Made of reviewed proposals. Title, author, date and genre of a document may be mended",
        '# here; date "../.." means that nobody has given one.',
        "",
        f"title = {_toml(draft.title)}",
        *([f"reviewers = {_toml(draft.reviewers)}"] if draft.reviewers else []),
    ]
    for info in draft.documents:
        lines += ["", "[[document]]"]
        lines += [f"{key} = {_toml(value)}" for key, value in info.model_dump().items() if value]
    if draft.actors:
        lines += ["", "[actors]"]
        lines += [f"{_toml(key)} = {_toml(name)}" for key, name in draft.actors.items()]
    return "\n".join(lines) + "\n"


def _nodes(draft: Draft) -> str:
    lines = ["# Events and numbers of which several claims speak. Written anew by each build."]
    for kind, entries in draft.constraints.model_dump(mode="json", exclude_defaults=True).items():
        for entry in entries:
            lines += ["", f"[[{kind}]]", *(f"{key} = {_toml(v)}" for key, v in entry.items())]
    return "\n".join(lines) + "\n"


def _claims(info: DocumentInfo, claims: Sequence[Claim], notes: Mapping[str, str]) -> str:
    lines = [f"# Claims of {_one_line(info.id)}, as reviewed. Digests are of folded sentences."]
    for claim in claims:
        record = claim.model_dump(mode="json", exclude_defaults=True)
        lines.append("")
        if claim.id in notes:
            lines.append(f"# {_one_line(notes[claim.id])}")
        lines.append("[[claim]]")
        for key, value in record.items():
            if key == "locators":
                lines += ["locators = [", *(f"  {_toml(place)}," for place in value), "]"]
            else:
                lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _toml(value: object) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {_toml(v)}" for key, v in value.items() if v is not None)
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
