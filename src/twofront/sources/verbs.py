"""The words for what happens, as `predicates.toml` of a language has them, and where they stand."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass

from .grammar.lexicon import language_folder
from .grammar.wordlists import phrases

# Words about an expectation or a grammar, not about something that happens.
HELPERS = (
    "future", "not", "subordinate", "pronouns", "of_them", "namely", "in_all", "apart", "lasting",
    "dies", "relatives", "by_whom", "again", "begins", "ends", "of_a_part", "remained", "nobody",
    "takes_place", "before_it", "after_it", "ours", "posthumous", "tries", "repulsed",
)  # fmt: skip


@dataclass(frozen=True)
class Verb:
    """A word for what happens, and where it stands in its sentence."""

    predicate: str
    start: int
    end: int


def longest(verbs: list[Verb]) -> list[Verb]:
    """ "Enter the war" is no battle: a longer match hides the words inside it."""
    verbs.sort(key=lambda v: (v.start, -(v.end - v.start)))
    return [v for v in verbs if not any(_inside(v, other) for other in verbs)]


def _inside(verb: Verb, other: Verb) -> bool:
    within = other.start <= verb.start and verb.end <= other.end
    return within and (other.end - other.start) > (verb.end - verb.start)


@functools.cache
def sayings(language: str) -> dict[str, re.Pattern[str]]:
    """The words of every predicate and of what stands around them, as `predicates.toml` has them.

    What a language does not have matches nothing.
    """
    path = language_folder(language) / "predicates.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    patterns = {name: phrases(words) for name, words in table.items() if isinstance(words, list)}
    nothing = re.compile(r"(?!)")
    return {**dict.fromkeys(HELPERS, nothing), **patterns}
