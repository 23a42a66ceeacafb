"""The date that stands nearest to a number in its paragraph.

"On 3 May they lost 40 men; on 9 May another 70": 3 May of 40, 9 May of 70. Found in a few steps
each, however many dates a paragraph has: a table read as text is one paragraph of thousands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from twofront.sources import Mention
from twofront.sources.happenings import Happening


class DatesNearby:
    """The dates of the happenings of a document, by paragraph and by sentence."""

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self._all: dict[int, list[Mention]] = defaultdict(list)  # in the order they were read
        self._by_para: dict[int, list[Mention]] = defaultdict(list)
        self._by_sentence: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        for mention in (h.mention for h in happenings):
            if mention.type == "DATE":
                self._all[mention.para].append(mention)
                self._by_para[mention.para].append(mention)
                self._by_sentence[mention.para, mention.sent].append(mention)
        for dates in (*self._by_para.values(), *self._by_sentence.values()):
            dates.sort(key=_start)

    def is_dated(self, mention: Mention) -> bool:
        """Whether the sentence of a mention has a date."""
        return (mention.para, mention.sent) in self._by_sentence

    def of(self, mention: Mention, ahead: bool = True) -> str | None:
        """The nearest date of the sentence, else the last before it in the paragraph.

        Where none stands before it either: the first after it, unless one is not to look `ahead`.
        """
        if mention.type == "DATE":
            return str(mention.value)
        same = self._by_sentence.get((mention.para, mention.sent))
        if same:
            return str(_nearest(same, mention.start).value)
        here = self._by_para.get(mention.para)
        if not here:
            return None
        earlier = bisect_left(here, mention.start, key=_start)
        if not earlier and not ahead:
            return None
        return str((here[earlier - 1] if earlier else self._all[mention.para][0]).value)


def _start(mention: Mention) -> int:
    return mention.start


def _nearest(dates: list[Mention], start: int) -> Mention:
    """Of two that are as near the one before."""
    after = bisect_left(dates, start, key=_start)
    before = bisect_left(dates, dates[after - 1].start, key=_start) if after else -1
    beside = [dates[k] for k in (before, after) if 0 <= k < len(dates)]
    return min(beside, key=lambda mention: abs(mention.start - start))
