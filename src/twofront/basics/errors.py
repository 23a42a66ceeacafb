"""Errors that help the person who can fix them: where, what was wrong, what is accepted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: its place, the fault, and what would be accepted."""

    where: str
    what: str
    accepted: str = ""

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}"
        if not sentence.endswith((".", "?", "!")):
            sentence += "."
        return f"{sentence} Accepted: {self.accepted}." if self.accepted else sentence


class BadInput(Exception):
    """The input cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean "x"?` when a known word is close, else the empty string."""
    close = difflib.get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=0.6)
    return f', did you mean "{close[0]}"?' if close else ""
