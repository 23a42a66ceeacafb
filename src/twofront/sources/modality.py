"""Whether each deed, date and number of a sentence is told as a fact (see `factuality.py`)."""

from __future__ import annotations

import re
from dataclasses import replace

from .clauses import WORD, Span
from .factuality import (
    CONDITIONAL,
    DENIED,
    ENDORSED,
    PLANNED,
    POSSIBLE,
    REFUTED,
    REPORTED,
    TOLD,
    Factuality,
)
from .governing import Governing, Operator

_AUXILIARIES = 2  # finite words between "would have" and the date of one deed: "been taken"
_FOCUS = 14  # letters before a date or number in which "not on" stands
_NOTHING = re.compile(r"(?!)")


class Modality(Governing):
    """The factuality of everything in one sentence.

    `verbs` are the words that tell of deeds, `dates` and `numbers` what they may be about;
    `following` is the next sentence, which may refute this one.
    """

    def of(self, verb: Span | None, at: Span | None = None, speaker: str = "") -> Factuality:
        """How a deed is told, or a date or number without one, inside the words of a speaker."""
        found = [op for op in self.operators if self._governs(op, verb, at)]
        found = [
            replace(op, status=op.before)
            if op.before and at is not None and at[0] < op.after[0]
            else op
            for op in found
        ]
        if at is not None and self._is_in_focus(at):
            found = [op for op in found if op.status != DENIED]
            found.append(Operator(DENIED, frozenset(), at, ()))
        if speaker:
            found.append(Operator(REPORTED, frozenset(), (0, 0), (), speaker, self.stance))
        return self._together(found, at) if found else TOLD

    def holds(self, at: int) -> bool:
        """Whether what stands at a place is told as a fact, with or without a deed of the lists.

        Whoever "refused to attack" or "ordered them to attack" did so.
        """
        return not any(
            op.after[0] <= at < op.after[1]
            or (op.status == CONDITIONAL and any(a <= at < b for a, b in op.reach))
            for op in self.operators
            if op.stance != ENDORSED
        )

    def fits(self, verb: Span, at: Span) -> bool:
        """Whether a date or number can belong to a deed: "denied that A came, but on 5 May"."""
        for op in self.operators:
            if verb in op.verbs:
                # "Did not attack A but B on 5 May": what is denied in part is told of the rest.
                if not op.partly and not any(a <= at[0] < b for a, b in op.reach):
                    return False
            elif op.status not in (REPORTED, POSSIBLE) and op.after[0] <= at[0] < op.after[1]:
                inside = op.after[0] <= verb[0] < op.after[1]
                if op.verbs and not inside:
                    return False
        return True

    def _governs(self, op: Operator, verb: Span | None, at: Span | None) -> bool:
        if verb is not None and verb not in op.verbs:
            return False
        if at is None:
            return True
        if not any(a <= at[0] < b for a, b in op.reach):
            return False
        if verb is None and not self._is_right_behind(op, at):
            return False
        return not (op.status == DENIED and self._is_until(at))

    def _is_right_behind(self, op: Operator, at: Span) -> bool:
        """Of a deed that no list has, the date is meant only where it follows in the clause.

        "On 5 May they refused to come" is the day of the refusal, "170 men did not come" a number.
        """
        uncounted = op.status == DENIED and at in self.numbers
        if uncounted or not op.after[0] <= at[0] < op.after[1]:
            return False
        between = WORD.findall(self.text[op.after[0] : at[0]])
        return sum(map(self._is_finite, between)) <= _AUXILIARIES or op.status == REPORTED

    def _is_until(self, at: Span) -> bool:
        """ "Did not surrender until 5 May": it did on that day."""
        before = self.text[max(0, at[0] - 24) : at[0]].rstrip()
        led = [m for m in self.cues["until"].finditer(before) if m.end() == len(before)]
        return bool(led) or self.cues["until"].match(self.text, at[0]) is not None

    def _is_in_focus(self, at: Span) -> bool:
        """ "Not on 5 May but on the 7th": the day is denied, and not what happened."""
        first = max(0, at[0] - _FOCUS)
        before = self.text[first : at[0]].rstrip()
        led = [m for m in self.cues.get("focus", _NOTHING).finditer(before)]
        if not any(m.end() == len(before) for m in led):
            return False
        start = first + next(m.start() for m in led if m.end() == len(before))
        return not any(a <= start < b for a, b in self._exempt)

    def _together(self, found: list[Operator], at: Span | None) -> Factuality:
        status = {op.status for op in found}
        by = next((op.by for op in found if op.by), "")
        report = next((op for op in found if op.status == REPORTED and op.stance), None)
        denials = [op for op in found if op.status == DENIED]
        if report is not None and report.stance == REFUTED:
            return Factuality(REPORTED, by, REFUTED)
        if len(denials) % 2 and any(op.counter for op in found):
            return TOLD  # "had they not attacked on 5 May, it would have held": they did
        for strong in (CONDITIONAL, PLANNED):
            if strong in status:
                return Factuality(strong, by)
        if len(denials) % 2:
            is_date = at is not None and at not in self.numbers
            others = any(
                a <= n[0] < b for op in denials for a, b in (op.after,) for n in self.numbers
            )
            partly = any(op.partly for op in denials) or (is_date and others)
            return Factuality(DENIED, by, partly=partly)
        if REPORTED in status:
            return Factuality(REPORTED, by, report.stance if report is not None else "")
        return Factuality(POSSIBLE) if POSSIBLE in status else TOLD
