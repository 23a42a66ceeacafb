"""Quotations: the words between the marks, and who says them.

    Marks      “…” «…» „…“ "…" ‘…’; a quotation that runs over paragraphs opens each of them anew
    Remark     «Стой, — крикнул он, — кто идёт?»  what stands between the dashes is not quoted
    Dialogue   — Стой! — крикнул он. — Кто идёт?  a line that begins with a dash is spoken
    Chain      a quotation inside another carries both speakers, the outer one first

Scare quotes and titles are left out: a few words without a verb of speech beside them.
Reported speech ("said that ...", see `reported.py`) is a mention too, with mode "indirect" and
less confidence. `marks.py` finds the marks, `sorting.py` tells speech from titles, `speakers.py`
who speaks: `remarks.py` and `leads.py` read the words after and before a quotation, `turns.py` the
order of a talk, `subjects.py` the subject of a verb, `phrases.py` people without a name,
`discourse.py` whom the text mentions, `referents.py` and `roles.py` whom "he" and "the general"
mean, `people.py` the persons.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ..grammar.letters import SMALL
from ..grammar.marks import Marks
from ..grammar.pieces import Pieces
from .narrative import Telling
from .people import People
from .reported import Reported
from .sorting import Sorting
from .speakers import Speakers
from .story import Fragment, story_of

_DASH = re.compile(r"[\s\u00a0]*[—–-][\s\u00a0]+")
# «Скобелев: — Сдаётся ли Шипка?»: as in a play.
_LABELLED = re.compile(
    rf"[\s\u00a0]*[^\W\d_{SMALL}][\w.'’-]*(?:[ \u00a0][\w.'’-]+){{0,3}}:[\s\u00a0]*[—–-][\s\u00a0]+"
)
_LABELS = 3  # paragraphs in which somebody else has such a line
_STOP = re.compile(
    r"(?<=[,.!?…»“”;:])(?:[\s\u00a0]*[—–]|[\s\u00a0]*-)[\s\u00a0]+"
    rf"|(?<=[,!?…])[\s\u00a0]*[—–-](?=[{SMALL}])"  # scanned books: «Вчера,- писал X, -матросы»
)
# Some printers set no comma before the dash: then a verb of speech must follow it.
_DASHES = re.compile(
    rf"(?:(?<=[,.!?…»“”;:])[—–-]|[\s\u00a0]+[—–-])[\s\u00a0]+|(?<=[,!?…])[\s\u00a0]*[—–-](?=[{SMALL}])"
)
_INLINE = re.compile(
    rf"(?<=[.!?…:])\s+[—–-]\s+([^\W\d_{SMALL}][^—–«»\"]{{2,300}}?[,!?…])\s*[—–-]\s+(?=\w)"
)
# «— Знали, — рассказывает Павел. — Потом я поспорил с товарищем.»: to the next dash, or the end
_GOES_ON = re.compile(
    rf"[^.!?…«»\"—–]{{3,90}}[.]\s+[—–-]\s+([^\W\d_{SMALL}][^—–«»\"]{{2,600}}?[.!?…])(?=\s+[—–-]\s|\s*$)"
)
_INDIRECT = 0.45
_REMARK = 20  # tokens: more than these between two quotations end what is said in a row
_CLOSING = ' \n\t\u00a0»“”"'  # behind the stop of a line that ends with somebody else's words
_LED = 8  # tokens that lead up to a quotation inside another
_SHORT_LINE = 160  # characters of a line of a dialogue without a remark


@dataclass(frozen=True)
class Quoted:
    """A quotation: offsets, chain of speakers, and whether the words are their own."""

    start: int
    end: int
    attribution: tuple[str, ...]
    mode: str
    rule: str
    confidence: float


def quotes_of(
    text: str,
    pieces: Pieces,
    people: People,
    paragraphs: list[tuple[int, int, int]],
    marks: list[Marks],
) -> list[Quoted]:
    """All quotations of a text with their speakers; `marks` is what `marks_of` finds in it."""
    return _Listener(text, pieces, people, paragraphs).listen(marks)


class _Listener(Sorting):
    def listen(self, marks: list[Marks]) -> list[Quoted]:
        """Quotations in order; each speaker may serve the next "he"."""
        self._marks = sorted(marks, key=lambda m: m.start)
        fragments, inner = self._fragments(marks)
        whole = [(0, len(self.pieces.lows))]
        story = story_of(self.pieces, self.letters, whole, self._all(fragments))
        self._sort_out(fragments, story)
        if not all(fragment.speech for fragment in fragments):
            story = story_of(self.pieces, self.letters, whole, fragments)
        speakers = Speakers(Telling(self.text, self.pieces, self.people, story, fragments))
        speakers.run(inner)
        found = [self._quoted(fragment, "direct") for fragment in fragments if fragment.speech]
        found.extend(self._inside(fragments, inner, speakers))
        found.extend(
            Quoted(clause.start, clause.end, clause.chain, "indirect", "reported", _INDIRECT)
            for clause in Reported(self.pieces, speakers).clauses()
        )
        return sorted(found, key=lambda quoted: (quoted.start, -quoted.end))

    @staticmethod
    def _all(fragments: list[Fragment]) -> list[Fragment]:
        for fragment in fragments:
            fragment.speech = True
        return fragments

    @staticmethod
    def _quoted(fragment: Fragment, mode: str) -> Quoted:
        chain = fragment.chain or ("",)
        return Quoted(fragment.start, fragment.end, chain, mode, fragment.rule, fragment.confidence)

    def _inside(
        self, fragments: list[Fragment], inner: dict[int, list[Marks]], speakers: Speakers
    ) -> list[Quoted]:
        """Quotations inside fragments; what one speaker says in a row is one story."""
        found: list[Quoted] = []
        row: list[int] = []
        for k, fragment in enumerate([*fragments, None]):
            if fragment is not None and not fragment.speech:
                continue
            if row and (
                fragment is None
                or not self._same_speech(fragments[row[-1]], fragment)
                or self._is_told_between(speakers, row[-1], k)
            ):
                marks = [m for j in row for m in inner.get(j, [])]
                if marks:
                    spoken = [fragments[j] for j in row]
                    at = speakers.story.of_fragment[row[0]]
                    found.extend(self._nested(spoken, marks, (speakers, at)))
                row = []
            row.append(k)
        return found

    @staticmethod
    def _same_speech(one: Fragment, next_one: Fragment) -> bool:
        same = one.chain == next_one.chain and any(one.chain)
        return same and next_one.para - one.para <= 1

    @staticmethod
    def _is_told_between(speakers: Speakers, one: int, two: int) -> bool:
        """Whether more than a remark stands between two quotations: another letter, another day."""
        a, b = (speakers.story.of_fragment[k] for k in (one, two))
        return b - a > _REMARK and "¶" in speakers.story.kinds[a:b]

    def _nested(
        self, spoken: list[Fragment], marks: list[Marks], around: tuple[Speakers, int]
    ) -> list[Quoted]:
        """The quotations between marks inside what is spoken."""
        starts = self.pieces.starts
        stretches = [
            (bisect.bisect_left(starts, part.start), bisect.bisect_left(starts, part.end))
            for part in spoken
        ]
        fragments: list[Fragment] = []
        below: dict[int, list[Marks]] = {}
        for m in sorted(marks, key=lambda m: m.start):
            if fragments and m.start < fragments[-1].end:
                below.setdefault(len(fragments) - 1, []).append(m)
                continue
            group = len(fragments)
            for start, end in self._spoken(m):
                start, end = self._trim(start, end)
                if end > start:
                    fragments.append(Fragment(start, end, m.para, group, nested=True))
        story = story_of(self.pieces, self.letters, stretches, fragments)
        self._sort_out(fragments, story)
        if not all(fragment.speech for fragment in fragments):
            story = story_of(self.pieces, self.letters, stretches, fragments)
        outer = tuple(c for c in spoken[0].chain if c)
        telling = Telling(self.text, self.pieces, self.people, story, fragments, outer, around)
        speakers = Speakers(telling)
        speakers.run(below)
        found = [self._quoted(fragment, "nested") for fragment in fragments if fragment.speech]
        found.extend(self._inside(fragments, below, speakers))
        return found

    def _fragments(self, marks: list[Marks]) -> tuple[list[Fragment], dict[int, list[Marks]]]:
        """Spoken pieces outside of one another, and the marks inside each of them."""
        parts: list[Fragment] = []
        spoken = self._dialogue() if self.rules.get("dialogue_dash") else {}
        group = 0
        for spans in spoken.values():
            for para, start, end in spans:
                parts.append(Fragment(start, end, para, group, dialogue=True))
            group += 1
        if self.rules.get("dialogue_dash"):
            inline = self._inline(marks, spoken)
            parts += [Fragment(start, end, para, group + k) for para, start, end, k in inline]
            group += len(inline)
        for m in marks:
            if m.outer is not None or m.para in spoken:
                continue
            while self.rules.get("dialogue_dash") and _DASH.match(self.text, m.start, m.end):
                m.start += len(_DASH.match(self.text, m.start, m.end)[0])  # type: ignore[index]
            for start, end in self._spoken(m):
                start, end = self._trim(start, end)
                if end > start:
                    parts.append(Fragment(start, end, m.para, group, m.closed, m.continues))
            group += 1
        parts.sort(key=lambda part: part.start)
        starts = [part.start for part in parts]
        inner: dict[int, list[Marks]] = {}
        for m in marks:
            k = bisect.bisect_right(starts, m.start) - 1
            if (
                k >= 0
                and m.end <= parts[k].end + 1
                and (m.start, m.end) != (parts[k].start, parts[k].end)
                and (m.outer is not None or m.para in spoken)
            ):
                inner.setdefault(k, []).append(m)
        return parts, inner

    def _spoken(self, m: Marks) -> list[tuple[int, int]]:
        """What is spoken between marks: without the remarks, where they stand inside."""
        if not self.rules.get("remarks_in_marks"):
            return [(m.start, m.end)]
        return self._without_remarks(m.start, m.end)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _dialogue(self) -> dict[int, list[tuple[int, int, int]]]:
        """Spoken stretches of the lines that begin with a dash, by paragraph."""
        lines: dict[int, list[tuple[int, int, int]]] = {}
        alone: dict[int, list[tuple[int, int, int]]] = {}
        labelled = [
            k for k, (_, a, b) in enumerate(self.paragraphs) if _LABELLED.match(self.text, a, b)
        ]
        for k, (para, start, end) in enumerate(self.paragraphs):
            opening = _DASH.match(self.text, start, end)
            if not opening and any(k != j and abs(k - j) <= _LABELS for j in labelled):
                opening = _LABELLED.match(self.text, start, end)
            if not opening:
                continue
            first = self.text[opening.end() : opening.end() + 1]
            if not (first.isupper() or first in '…«"“' or first.isdigit()):
                continue
            spans = self._without_remarks(opening.end(), end, dialogue=True)
            remarked = len(spans) > 1 or spans[0][1] < end
            before = self.paragraphs[k - 1] if k else None
            led = before is not None and (
                self.text[before[1] : before[2]].rstrip().endswith(":") or before[0] in lines
            )
            label = opening.group().strip()[:1].isalnum()
            proven = label or remarked or led or self._answered(k) or self._is_exchange(k)
            if proven:
                lines[para] = [(para, a, b) for a, b in spans]
            elif self._is_alone(k):
                alone[para] = [(para, a, b) for a, b in spans]
        return {**lines, **alone} if lines else {}  # a list, not a dialogue

    def _is_alone(self, k: int) -> bool:
        """Whether a line with a dash is whole sentences, and no item of a list."""
        before = self.paragraphs[max(0, k - 1)]
        ends = [self.text[a:b].rstrip(_CLOSING)[-1:] for _, a, b in (before, self.paragraphs[k])]
        return all(end in ".!?…" for end in ends)

    def _is_exchange(self, k: int) -> bool:
        """— Идут! ⏎ — Кто идёт?  short lines with a dash, and a question among them."""
        last = len(self.paragraphs) - 1
        around = [k]
        for step in (-1, 1):
            j = k + step
            while 0 <= j <= last and _DASH.match(self.text, *self.paragraphs[j][1:]):
                around.append(j)
                j += step
        lines = [self.text[a:b].rstrip() for _, a, b in (self.paragraphs[j] for j in around)]
        if len(lines) < 2 or any(len(line) > _SHORT_LINE for line in lines):
            return False
        return all(line[-1:] in ".!?…" for line in lines) and any(line[-1] == "?" for line in lines)

    def _inline(
        self, marks: list[Marks], spoken: dict[int, list[tuple[int, int, int]]]
    ) -> list[tuple[int, int, int, int]]:
        """«Он обернулся. — Кто там? — спросил он.»: dashes alone, inside a paragraph."""
        found: list[tuple[int, int, int, int]] = []
        taken, group = [(m.start, m.end) for m in marks if m.outer is None], -1
        for para, start, end in self.paragraphs:
            if para in spoken:
                continue
            for match in _INLINE.finditer(self.text, start, end):
                a, b = match.span(1)
                if found and found[-1][0] == para and a < found[-1][2]:
                    dash = _DASH.match(self.text, found[-1][2], b)
                    if dash is None:
                        continue
                    a = dash.end()
                if not self._is_free(taken, a, b):
                    continue
                i = bisect.bisect_left(self.pieces.starts, match.end())
                ahead = self.pieces.lows[i : i + 2]
                told = any(self.words.says("verbs", low) for low in ahead)
                if told or any(self.words.says("hearing", low) for low in ahead):
                    group += 1
                    found.append((para, a, b, group))
                    more = _GOES_ON.match(self.text, match.end(), end) if told else None
                    if more and self._is_free(taken, *more.span(1)):
                        found.append((para, *more.span(1), group))
        return found

    @staticmethod
    def _is_free(taken: list[tuple[int, int]], a: int, b: int) -> bool:
        """Whether no marks hold or cut a stretch."""
        k = bisect.bisect_right(taken, (b, 0)) - 1
        return k < 0 or taken[k][1] <= a

    def _answered(self, k: int) -> bool:
        """Whether the next line is a line of dialogue with a remark."""
        if k + 1 >= len(self.paragraphs):
            return False
        _, start, end = self.paragraphs[k + 1]
        opening = _DASH.match(self.text, start, end)
        if not opening:
            return False
        spans = self._without_remarks(opening.end(), end, dialogue=True)
        return len(spans) > 1 or spans[0][1] < end

    def _without_remarks(
        self, start: int, end: int, dialogue: bool = False
    ) -> list[tuple[int, int]]:
        """«Слова, — сказал он. — Ещё слова»: the stretches that are spoken."""
        cuts = self._cuts(start, end)
        spans, at, k = [], start, 0
        while k < len(cuts):
            begin, after = cuts[k]
            if self._is_inside(start, begin) or self._closes_inner(at, begin):
                k += 1  # „Слова“, — сказал он: the remark belongs to the words inside
                continue
            stop = cuts[k + 1][0] if k + 1 < len(cuts) else end
            both = k + 1 < len(cuts)
            if self._is_remark(after, stop, both, dialogue):
                spans.append((at, begin))
                at = cuts[k + 1][1] if both else end
                k += 2
            else:
                k += 1
        if at < end:
            spans.append((at, end))
        return [(a, b) for a, b in spans if self.text[a:b].strip()] or [(start, end)]

    def _cuts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The dashes that may begin or end a remark."""
        cuts, told = [], False
        for dash in _DASHES.finditer(self.text, start, end):
            after = self.text[dash.end() : dash.end() + 1]
            # «порядок – вспоминает Лунин – Но мы»: some printers set no stop at its end either
            if self._stops(dash) or (told and after.isupper()):
                cuts.append(dash.span())
                told = not told and self._tells(dash)
        return cuts

    def _tells(self, dash: re.Match[str]) -> bool:
        """Whether a verb of speech follows a dash."""
        i = bisect.bisect_left(self.pieces.starts, dash.end())
        return i < len(self.pieces.lows) and self.words.says("verbs", self.pieces.lows[i])

    def _stops(self, dash: re.Match[str]) -> bool:
        """Whether a dash may begin or end a remark: after a stop, or before a verb of speech."""
        return bool(_STOP.match(self.text, dash.start())) or self._tells(dash)

    def _is_inside(self, start: int, at: int) -> bool:
        """«Он писал: „Кто там? — крикнула она. — Уходите!“»: a dash in the words inside."""
        k = bisect.bisect_right(self._marks, at, key=lambda m: m.start) - 1
        m = self._marks[k] if k >= 0 else None
        while m is not None and m.start > start:
            if m.closed and at < m.end:
                return True
            m = m.outer
        return False

    def _closes_inner(self, at: int, begin: int) -> bool:
        """Whether a quotation inside the words, of which a remark may tell, ends at a position.

        But «Он сказал: „Иди“, — смеётся курсант. — Я и пошёл»: whose the inner words are is told.
        """
        said = self.text[at:begin].rstrip(" ,\u00a0")
        if not said or said[-1] not in '“”"':
            return False
        mark = "„" if said[-1] == "“" else said[-1]
        opens = said[:-1].rfind("„") if said[-1] in "“”" else said[:-1].rfind(mark)
        if opens == -1 or not said[:opens].rstrip().endswith(":"):
            return opens != -1
        i = bisect.bisect_left(self.pieces.starts, at + opens)
        led = self.pieces.lows[max(0, i - _LED) : i]
        return not any(self.words.says("verbs", low) for low in led)

    def _is_remark(self, start: int, end: int, both: bool, dialogue: bool) -> bool:
        """Whether the words between two dashes tell who speaks (or what he does meanwhile)."""
        if end <= start or (both and end - start > 300):
            return False
        i = bisect.bisect_left(self.pieces.starts, start)
        j = bisect.bisect_left(self.pieces.starts, end)
        lows = [low for low in self.pieces.lows[i : min(j, i + 6)] if low and low[0].isalpha()]
        if any(self.words.says("verbs", low) for low in lows[:5]):
            return True
        if end - start > 220 or (not both and not dialogue):
            return False
        capital = self.text[start].isupper()
        if dialogue and capital and self.text[start - 1].isspace() and self._acts(i):
            return True  # — Мост цел? — Ковалёв перегнулся через борт.
        if capital and not (dialogue and both):
            return False
        return self._has_verb(lows[:5]) and (dialogue or both)

    def _acts(self, i: int) -> bool:
        """Whether a name or a pronoun stands at a piece, and a verb after it."""
        person = self.people.at.get(i)
        low = self.pieces.lows[i]
        after = person.last if person is not None else i + 1
        if person is None and not self.words.says("subject_pronouns", low):
            return False
        if person is not None and person.oblique:
            return False
        return after < len(self.pieces.lows) and self._has_verb([self.pieces.lows[after]])
