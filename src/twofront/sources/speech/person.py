"""A name of a person in a text, and what the name tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A name of a person in the text: pieces first..last and what the name tells."""

    first: int
    last: int
    id: str
    titles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    strong: bool = False  # a title, a given name or the gazetteer says that this is a person
    known: bool = False  # the gazetteer has the id
    female: bool = False
    possessive: bool = False
    oblique: bool = False
    unclear: bool = False  # the form may be the subject's or another case
