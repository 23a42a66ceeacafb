"""Endings that show what a word is, where its form does: the table `[suffixes]` of a lexicon.

    possessive    makes an owner of a noun or a name: "Reid's"
    contracted    an auxiliary of the perfect at the end of its subject: "he'd"
    plural        nouns in the plural, where nouns have no cases: "gunners"
    no_plural     endings of other words that look like it: "pass"
    plurals       pairs of endings, of a plural of its own and of the singular: "gentlemen"
    past          verbs in the past: "landed"
    participle    participles of the present: "landing"
    adverb        adverbs: "slowly"
    finite        what makes other forms of the base of a verb: "asks", "asked", "agreed"
    finites       pairs of endings, of a base and of a form made otherwise: "cry", "cried"
    infinitive    infinitives: «выкрикнуть»
    past_of_stem  what makes a past of the stem of an infinitive or a first person: «спрашивал»
    impersonal    verbs of speech that need no subject: «говорилось», «написано»

A language may leave out the table, or any part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Suffixes:
    """The table `[suffixes]`, explained at the head of this file."""

    possessive: tuple[str, ...] = ()
    contracted: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()
    no_plural: tuple[str, ...] = ()
    plurals: tuple[tuple[str, str], ...] = ()
    past: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    adverb: tuple[str, ...] = ()
    finite: tuple[str, ...] = ()
    finites: tuple[tuple[str, str], ...] = ()
    infinitive: tuple[str, ...] = ()
    past_of_stem: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    verbal: tuple[str, ...] = ()
    """Those of the past and of participles: whatever is made of a verb."""

    def owns(self, low: str) -> bool:
        """Whether a word tells whose something is: "Reid's"."""
        return low.endswith(self.possessive)

    def owner(self, low: str) -> str:
        """A word without what makes an owner of it: "Reid" of "Reid's"."""
        return _without(low, self.possessive) if low.endswith(self.possessive) else low

    def one_of(self, low: str) -> str:
        """What a plural has several of, "gunner" of "gunners"; "" if it does not end like one."""
        return _without(low, self.plural) if low.endswith(self.plural) else ""

    def singular(self, low: str) -> str:
        """The same, also of plurals of their own, "gentleman" of "gentlemen"; else the word."""
        for several, one in self.plurals:
            if low.endswith(several):
                return low.removesuffix(several) + one
        return self.one_of(low) or low

    def are_several(self, low: str) -> bool:
        """Whether a word can only be a plural by its ending."""
        return low.endswith(self.plural) and not low.endswith(self.no_plural)

    def verbs_of(self, base: str) -> tuple[str, ...]:
        """Forms of a verb by its base, and words that are none: "crys", "cryed", "cried"."""
        made = [base + end for end in self.finite]
        for end, other in self.finites:
            if base.endswith(end):
                made.append(base.removesuffix(end) + other)
        return tuple(made)


def _without(low: str, endings: tuple[str, ...]) -> str:
    return low.removesuffix(next(end for end in endings if low.endswith(end)))


def suffixes_of(table: dict[str, Any]) -> Suffixes:
    """The endings that a table `[suffixes]` tells of."""
    fields: dict[str, Any] = {k: tuple(v) for k, v in table.items()}
    for name in ("plurals", "finites"):
        fields[name] = tuple(tuple(pair) for pair in table.get(name, ()))
    fields["verbal"] = (*fields.get("past", ()), *fields.get("participle", ()))
    return Suffixes(**fields)
