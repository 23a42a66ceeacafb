"""Finding a scenario's directory and reading its files, before anything is understood."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from twofront.basics import BadInput, Problem, nearest

from .facts import Fact, read_facts, read_references
from .schema import FILES

LIBRARY = Path(str(resources.files("twofront.scenario"))) / "library"

Documents = dict[str, dict[str, Any]]


def scenario_names() -> list[str]:
    """Names of the scenarios that ship with the package."""
    return sorted(path.parent.name for path in LIBRARY.glob("*/scenario.toml"))


def scenario_directory(name_or_path: str | Path) -> Path:
    """The directory that a name or path stands for."""
    shipped = LIBRARY / str(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in scenario_names():
        return shipped
    path = Path(name_or_path)
    if path.name == "scenario.toml":
        path = path.parent
    if not path.exists():
        names = scenario_names()
        raise BadInput(
            Problem(
                f'scenario "{name_or_path}"',
                f"no such scenario or directory{nearest(str(name_or_path), names)}",
                f"{', '.join(names)}, or a directory with a scenario.toml",
            )
        )
    if not (path / "scenario.toml").is_file():
        raise BadInput(
            Problem(str(path), "has no scenario.toml", f"a directory with {', '.join(FILES)}")
        )
    return path


def read_documents(directory: Path) -> tuple[Documents, list[Problem]]:
    """The parsed TOML files by name; a file that cannot be read is left out and reported."""
    documents: Documents = {}
    problems: list[Problem] = []
    for name in FILES:
        path = directory / name
        if not path.is_file():
            problems.append(Problem(name, "the file is missing"))
            continue
        document, problem = read_toml(path, name)
        if problem:
            problems.append(problem)
        else:
            documents[name] = document
    return documents, problems


def read_toml(path: Path, name: str) -> tuple[dict[str, Any], Problem | None]:
    """The parsed file, or what is wrong with it."""
    text, problem = _text(path, name)
    if problem:
        return {}, problem
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        # The parser's own message ends with "(at line 3, column 8)".
        return {}, Problem(name, f"not TOML: {error}")
    except RecursionError:
        return {}, Problem(name, "not TOML that can be read: nested too deeply")


def _text(path: Path, name: str) -> tuple[str, Problem | None]:
    try:
        return path.read_text(encoding="utf-8-sig"), None
    except UnicodeDecodeError as error:
        return "", Problem(name, f"not UTF-8 text (byte {error.start})")
    except OSError as error:
        return "", Problem(name, f"cannot be read: {error.strerror}")


def read_citations(
    directory: Path,
) -> tuple[dict[str, Fact], dict[str, dict[str, Any]], list[Problem]]:
    """Facts and references of a directory; both files may be absent."""
    facts: dict[str, Fact] = {}
    references: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    facts_file, references_file = directory / "facts.csv", directory / "references.json"
    if facts_file.is_file():
        text, problem = _text(facts_file, "facts.csv")
        facts, found = ({}, [problem]) if problem else read_facts(text, "facts.csv")
        problems += found
    if references_file.is_file():
        text, problem = _text(references_file, "references.json")
        references, found = ({}, [problem]) if problem else read_references(text, "references.json")
        problems += found
    for fact in facts.values():
        if fact.source_key not in references:
            hint = nearest(fact.source_key, references)
            what = f'unknown source "{fact.source_key}"{hint}'
            problems.append(Problem(f"facts.csv: {fact.id}", what, "an id of references.json"))
    return facts, references, problems
