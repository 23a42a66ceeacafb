"""Whether a text tells something as a fact, or denies, plans, supposes or only reports it.

    "A attacked B on 5 May"                          asserted
    "A did not attack B", "It is not true that ..."  denied
    "A was to attack B", "he ordered A to attack"    planned: intended, ordered, feared, expected
    "Had A attacked B, it would have won"            conditional, and what is asked
    "It was rumoured that A attacked B"              reported: somebody else says so; the text may
                                                     agree (endorsed), refute it, or leave it open
    "A may have attacked B"                          possible

This is event factuality as in FactBank (Saurí & Pustejovsky 2009): asserted is CT+ of the author,
denied CT-, possible PR and PS, planned and conditional Uu; what is reported is CT+ of another
source. It is read from the clause that governs a deed and no wider one: in "He denied that A came,
but on 5 May B came" the second coming is asserted, and so is the day of "did not yield until
5 May". How that is found stands in `modality.py`.

The words lie in `languages/<language>/predicates.toml`, in the table `factuality`; where a language
has none, all is asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

ASSERTED, DENIED, PLANNED = "asserted", "denied", "planned"
CONDITIONAL, REPORTED, POSSIBLE = "conditional", "reported", "possible"
ENDORSED, REFUTED = "endorsed", "refuted"


@dataclass(frozen=True)
class Factuality:
    """How a deed is told: its status, by whom when not by the author, and what he makes of it."""

    status: str = ASSERTED
    by: str = ""
    stance: str = ""  # of the author on a report: endorsed, refuted, or empty when left open
    partly: bool = False  # only a number or an object may be denied: "did not lose 500 men there"

    @property
    def is_told(self) -> bool:
        """Whether the author tells it as a fact."""
        return self.status == ASSERTED or self.stance == ENDORSED

    @property
    def is_open(self) -> bool:
        """Whether it may well be a fact, and the author leaves open whether it is."""
        return not self.stance and self.status in (REPORTED, POSSIBLE)

    @property
    def who(self) -> str:
        """Who says it: "Nilsson", "others"."""
        return self.by or "others"


TOLD = Factuality()
