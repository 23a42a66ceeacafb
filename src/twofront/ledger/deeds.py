"""Of which deed a date or a number tells, where a reviewer put right what was read.

"On 5 July 1855 he gave orders for the last time."   read as the death; it is none

decisions → with_deeds → readings whose happenings have these deeds → ties, clashes, claims
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .alignment import Reading
from .decisions import KEEPING, NO_DEED
from .kept_apart import Spot, spot_of
from .settling import Settled

OF_DEEDS = ("DATE", "QUANTITY")
"""The types of mentions that tell of a deed."""


def with_deeds(readings: Sequence[Reading], settled: Iterable[Settled]) -> list[Reading]:
    """The readings with the deeds of decisions whose words are where they were."""
    decided: dict[Spot, str] = {}
    for one in settled:
        decision, start, end = one.decision, one.place.start, one.place.end
        if not decision.deed or decision.action not in KEEPING or one.state != "here":
            continue
        assert one.doc is not None and start is not None and end is not None
        deed = "" if decision.deed == NO_DEED else decision.deed
        decided[one.doc, start, end, decision.type] = deed
    if not decided:
        return list(readings)
    return [
        replace(reading, deeds={m: decided[at] for m in reading.mentions
                                if (at := spot_of(m)) in decided})
        for reading in readings
    ]  # fmt: skip
