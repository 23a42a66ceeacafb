"""Errors that help the person who can fix them: where, what was wrong, what is accepted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: its place, the fault, and what would be accepted."""

    where: str
    what: str
    accepted: str = ""

    def __str__(self) -> str:
        sentence = _in_one_line(f"{self.where}: {self.what}")
        if not sentence.endswith((".", "?", "!")):
            sentence += "."
        return f"{sentence} Accepted: {self.accepted}." if self.accepted else sentence


def _in_one_line(text: str) -> str:
    """A text with its control characters as escapes: names of files may have any in them."""
    return _CONTROL.sub(lambda found: repr(found.group())[1:-1], text)


class BadInput(Exception):
    """The input cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean "x"?` when a known word is close, else the empty string."""
    close = difflib.get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=0.6)
    return f', did you mean "{close[0]}"?' if close else ""
