"""Messages that tell whom they come from, and answers that are brought.

A note from X. Q · an order from X of four words: Q     whoever it comes from
The despatch was from X, and Y read it aloud. Q         the words are X's
The answer was brought back that evening: Q             whom the last words were sent to
"""

from __future__ import annotations

from .hearers import Hearers
from .narrative import SOMEBODY, Voice

_SENDER = 20  # tokens between a message and whom it came from


class Messages(Hearers):
    """Finds the sender of a message."""

    def _from_whom(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "Pike came up, and with him an order from Reid of four words: Q": no verb tells it."""
        for noun in reversed(nouns):
            sender = self._came_from(noun, b)
            if sender:
                return sender
        if not verbs:
            return None
        for noun in nouns:
            if not any(self.says("coordinators", j) and self.story.kinds[j - 1] == ","
                       for j in range(verbs[-1] + 1, noun)):  # fmt: skip
                continue
            for v in self._joined(self.voices(noun + 1, b)):
                linked = self.says("coming_from", v.first - 1) and v.first - noun <= 4
                return v if linked and v.kind in SOMEBODY and v.id else None
        return None

    def _came_from(self, noun: int, b: int) -> Voice | None:
        """ "the last message that came, at dawn, from a gunner on the hill: Q"."""
        for v in self._joined(self.voices(noun + 1, min(b, noun + _SENDER))):
            k = v.first - 1
            if not self.says("coming_from", k) or v.kind not in SOMEBODY or not v.id:
                continue
            between = (*range(noun + 1, k - 1), *range(v.last, b))  # but "came from"
            said = any(self.says("verbs", j) for j in between)
            return None if said else v
        return None

    def _answer_came(self, a: int, nouns: list[int]) -> Voice | None:
        """ "The answer was brought back that evening: Q": whom the last words were sent to."""
        noun = nouns[0] if nouns else -1
        opens = noun - a == 1 and self.story.kinds[a] == "i" and self.says("replies", noun)
        last = self.history[-1] if self.history else None
        para = self.pieces.passages[self._piece_from(a)].para
        told = self._told_in_sentence_before(a) if opens else ""
        if told:
            return Voice(noun, noun + 1, told, "pronoun")
        if not opens or last is None or not last[2] or para - last[1] > 1:
            return None
        hearer = self.hearer if self.hearer != last[2] else ""
        who = self.same.get(hearer, hearer) or self.focus(a, never={last[2]}, remember=False)
        return Voice(noun, noun + 1, who, "pronoun") if who else None

    def _told_in_sentence_before(self, a: int) -> str:
        """ "The mate pointed it out to Reid. The reply was short: Q": the only one who is told."""
        start = self.sentence_start(max(0, a - 1))
        if "Q" in self.story.kinds[start : max(start, a - 1)]:
            return ""
        if not (self.places("verbs", start, a) or self.places("sending", start, a)):
            return ""
        told = [m for m in self._antecedents(start, a) if not m.back]
        subjects = {m.id for m in told if m.weight >= 2}
        to = {m.id for m in told if self.says("whither", m.at - 1)} - subjects
        if len(to) == 1:
            return to.pop()  # "sent a drummer to Reid"
        others = {m.id for m in told} - subjects
        return others.pop() if len(subjects) == len(others) == 1 else ""

    def _sent_from(self, a: int, b: int) -> Voice | None:
        """ "A note from Lee. Q", "There was a question, from Reid. Q": whoever it comes from."""
        for j in range(a, b):
            one = self.says("indefinite", j) and self.says("copulas", j - 1)
            if not (one or self.says("nouns", j) or self.says("slips", j)):
                continue
            for k in range(j + 1, min(b, j + 9)):
                if self.says("verbs", k) or self.says("verb_helpers", k):
                    break
                if self.says("coming_from", k):
                    voices = self._joined(self.voices(k + 1, b))
                    near = voices and voices[0].first <= k + 2 and voices[0].kind in SOMEBODY
                    if near and voices[0].id and not self._reads_out(a, j):
                        return voices[0]
                    break
        return None

    def _reads_out(self, a: int, b: int) -> bool:
        """Whether somebody tells of the paper: the words after it may be his own."""
        return any(self.says("told", k) for k in range(a, b))

    def read_to_us(self, s: int, cue: int) -> Voice | None:
        """ "He read out a letter from Lee. Q, he read": the words are Lee's."""
        if self.by_case or not self.says("reading_out", cue):
            return None
        end = self.sentence_start(s)
        return self._read_aloud(self.sentence_start(max(0, end - 1)), end)

    def _read_aloud(self, a: int, b: int) -> Voice | None:
        """ "The despatch was from Lee, and Hood read it aloud. Q": the words are Lee's."""
        if not any(self.says("reading_aloud", j) for j in range(a, b)):
            return None
        nouns = self.places("nouns", a, b)
        owner = self._owner(a, b, nouns[0]) if nouns else None
        return owner if owner and owner.kind in ("person", "unnamed", "role") else None
