"""Quotations: the words between the marks, and who says them.

    Marks      “…” «…» „…“ "…" ‘…’; a quotation that runs over paragraphs opens each of them anew
    Remark     «Стой, — крикнул он, — кто идёт?»  what stands between the dashes is not quoted
    Dialogue   — Стой! — крикнул он. — Кто идёт?  a line that begins with a dash is spoken
    Chain      a quotation inside another carries both speakers, the outer one first

Scare quotes and titles are left out: a few words without a verb of speech beside them.
Reported speech ("said that ...") is a mention too, with mode "indirect" and less confidence.
`marks.py` finds the marks, `speakers.py` who speaks, `subjects.py` the subject of a verb,
`referents.py` whom "he" means, `people.py` the persons.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ..grammar.inflection import is_finite_verb
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .marks import Marks, marks_of
from .people import People
from .speakers import Speakers
from .story import Fragment, Story, letters_of, story_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DASH = re.compile(r"[\s\u00a0]*[—–-][\s\u00a0]+")
_STOP = re.compile(r"(?<=[,.!?…»“”;:])(?:[\s\u00a0]*[—–]|[\s\u00a0]+-)[\s\u00a0]+")
# Some printers set no comma before the dash: then a verb of speech must follow it.
_DASHES = re.compile(r"(?:(?<=[,.!?…»“”;:])[—–]|[\s\u00a0]+[—–-])[\s\u00a0]+")
_INLINE = re.compile(
    r"(?<=[.!?…:])\s+[—–-]\s+([^\W\d_a-zа-яё][^—–«»\"]{2,300}?[,!?…])\s*[—–-]\s+(?=\w)"
)
_INDIRECT = 0.45
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
    text: str, pieces: Pieces, people: People, paragraphs: list[tuple[int, int, int]]
) -> list[Quoted]:
    """All quotations of a text with their speakers."""
    return _Listener(text, pieces, people, paragraphs).listen()


class _Listener:
    def __init__(self, text: str, pieces: Pieces, people: People,
                 paragraphs: list[tuple[int, int, int]]) -> None:  # fmt: skip
        self.text, self.pieces, self.paragraphs = text, pieces, paragraphs
        self.words = lexicon(pieces.language)
        self.rules = self.words.data.get("quotation", {})
        self.people = people
        self.letters = letters_of(pieces)

    def listen(self) -> list[Quoted]:
        """Quotations in order; each speaker may serve the next "he"."""
        marks = marks_of(self.text, self.paragraphs)
        fragments, inner = self._fragments(marks)
        whole = [(0, len(self.pieces.lows))]
        story = story_of(self.pieces, self.letters, whole, self._all(fragments))
        self._sort_out(fragments, story)
        if not all(fragment.speech for fragment in fragments):
            story = story_of(self.pieces, self.letters, whole, fragments)
        speakers = Speakers(self.text, self.pieces, self.people, story, fragments)
        speakers.run()
        found = [self._quoted(fragment, "direct") for fragment in fragments if fragment.speech]
        found.extend(self._inside(fragments, inner, speakers))
        found.extend(self._reported(speakers))
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
            if row and (fragment is None or not self._same_speech(fragments[row[-1]], fragment)):
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
            start, end = self._trim(m.start, m.end)
            if end > start:
                fragments.append(Fragment(start, end, m.para, len(fragments), nested=True))
        story = story_of(self.pieces, self.letters, stretches, fragments)
        self._sort_out(fragments, story)
        if not all(fragment.speech for fragment in fragments):
            story = story_of(self.pieces, self.letters, stretches, fragments)
        outer = tuple(c for c in spoken[0].chain if c)
        speakers = Speakers(self.text, self.pieces, self.people, story, fragments, outer, around)
        speakers.run()
        found = [self._quoted(fragment, "nested") for fragment in fragments if fragment.speech]
        found.extend(self._inside(fragments, below, speakers))
        return found

    # ------------------------------------------------------------ fragments
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
            for para, start, end in self._inline(marks, spoken):
                parts.append(Fragment(start, end, para, group))
                group += 1
        for m in marks:
            if m.outer is not None or m.para in spoken:
                continue
            while self.rules.get("dialogue_dash") and _DASH.match(self.text, m.start, m.end):
                m.start += len(_DASH.match(self.text, m.start, m.end)[0])  # type: ignore[index]
            spans = [(m.start, m.end)]
            if self.rules.get("remarks_in_marks"):
                spans = self._without_remarks(m.start, m.end)
            for start, end in spans:
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

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _dialogue(self) -> dict[int, list[tuple[int, int, int]]]:
        """Spoken stretches of the lines that begin with a dash, by paragraph."""
        lines = {}
        for k, (para, start, end) in enumerate(self.paragraphs):
            opening = _DASH.match(self.text, start, end)
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
            lines[para] = [(para, a, b) for a, b in spans]
            if not (remarked or led or self._answered(k) or self._is_exchange(k)):
                del lines[para]  # a list, not a dialogue
        return lines

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
    ) -> list[tuple[int, int, int]]:
        """«Он обернулся. — Кто там? — спросил он.»: dashes alone, inside a paragraph."""
        found, taken = [], [(m.start, m.end) for m in marks if m.outer is None]
        for para, start, end in self.paragraphs:
            if para in spoken:
                continue
            for match in _INLINE.finditer(self.text, start, end):
                a, b = match.span(1)
                k = bisect.bisect_right(taken, (a, len(self.text))) - 1
                if k >= 0 and a < taken[k][1]:
                    continue
                i = bisect.bisect_left(self.pieces.starts, match.end())
                if any(self.words.says("verbs", low) for low in self.pieces.lows[i : i + 2]):
                    found.append((para, a, b))
        return found

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
        cuts = [m.span() for m in _DASHES.finditer(self.text, start, end) if self._stops(m)]
        spans, at, k = [], start, 0
        while k < len(cuts):
            begin, after = cuts[k]
            if self._closes_inner(at, begin):
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

    def _stops(self, dash: re.Match[str]) -> bool:
        """Whether a dash may begin or end a remark: after a stop, or before a verb of speech."""
        if _STOP.match(self.text, dash.start(), dash.end()):
            return True
        i = bisect.bisect_left(self.pieces.starts, dash.end())
        return i < len(self.pieces.lows) and self.words.says("verbs", self.pieces.lows[i])

    def _closes_inner(self, at: int, begin: int) -> bool:
        """Whether a quotation inside the words ends right before a position."""
        said = self.text[at:begin].rstrip(" ,\u00a0")
        if not said or said[-1] not in '“”"':
            return False
        mark = "„" if said[-1] == "“" else said[-1]
        opens = said[:-1].rfind("„") if said[-1] in "“”" else said[:-1].rfind(mark)
        return opens != -1

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

    def _has_verb(self, lows: list[str]) -> bool:
        if "morphology" not in self.rules:
            return False
        return any(is_finite_verb(low) for low in lows)

    # ------------------------------------------------------------ what is a quotation
    def _sort_out(self, fragments: list[Fragment], story: Story) -> None:
        """Mark the fragments that are titles, names or scare quotes."""
        groups: dict[int, list[int]] = {}
        for k, fragment in enumerate(fragments):
            groups.setdefault(fragment.group, []).append(k)
        for members in groups.values():
            speech = len(members) > 1 or self._is_speech(fragments, members[0], story)
            for k in members:
                fragments[k].speech = speech

    def _is_speech(self, fragments: list[Fragment], k: int, story: Story) -> bool:
        fragment = fragments[k]
        if fragment.continues or fragment.dialogue:
            return True
        inner = self.text[fragment.start : fragment.end].strip()
        words = _WORD.findall(inner)
        if not words:
            return False
        s = story.of_fragment[k]
        if self._goes_on(fragments, k, story) or self._answers(story, s):
            return True
        if self._is_gone_on_with(fragments, k, story):
            return True
        led = story.kinds[:s].rstrip("|¶-'")
        colon = led.endswith(":") and s - len(led) <= 5
        titled = self._is_title(words) and not (len(words) == 1 and inner[-1] in ".!?…")
        disowned = self._disowned(story, s)
        after = self._remark_follows(fragment, story, s)
        if after:
            return True
        if colon and not disowned and self._cue_before(story, s):
            return True
        if colon:
            return len(words) >= 3 or not titled or inner[-1] in ".!?…"
        if disowned:
            return False
        cue = self._cue_before(story, s)
        if fragment.nested and len(words) < 3:
            return cue == "beside"
        if cue == "naming":
            return len(words) >= 3 or not titled
        if cue == "beside":
            return not (titled and len(words) < 3 and inner[-1] not in ",.!?…")
        asked = k > 0 and fragments[k - 1].speech and self.text[fragments[k - 1].end - 1] == "?"
        several = len(words) > 1 or (asked and fragments[k - 1].para == fragment.para)
        if self.rules.get("remarks_after_dash") and words[0][0].isupper() and several:
            after = story.kinds[s + 1 : s + 3]
            if story.kinds[s - 1 : s] == "|" and after[:1] == "." and after[1:] in ("|", "¶"):
                return True  # a sentence of its own is no title
        if titled and inner[-1] not in "!?":
            return len(words) >= 10
        sentence = words[0][0].isupper() and inner[-1] in ",.!?…"
        stands_alone = story.kinds[s - 1 : s] in ("", "|", "¶")
        line = story.kinds[s - 1 : s] in ("", "¶") and story.kinds[s + 1 : s + 2] == "¶"
        if line and not titled and inner[-1] in ".!?…":
            return True  # a paragraph of its own
        if len(words) >= 6 and (sentence or stands_alone or words[0][0].isupper()):
            return True
        if sentence and len(words) >= 3:
            return True
        alone = stands_alone and story.kinds[s + 1 : s + 2] in ("|", "¶")
        if alone and sentence and len(words) == 2 and not titled:
            return True
        if stands_alone and (inner[-1] in "!?" or (inner[-1] in "," and len(words) > 1)):
            return True
        whole = words[0][0].isupper() and len(words) >= 3
        if whole and self._has_verb([word.lower() for word in words]):
            return True  # a whole sentence
        if cue == "near" and self._is_reported_bit(story, s, inner, words):
            return True
        if self._is_pledged(story, s, words):
            return True
        if cue == "near":
            aside = story.kinds[s - 1 : s] == "," and story.kinds[s + 1 : s + 2] == ","
            return len(words) >= 3 and not aside
        return len(words) >= 12

    def _goes_on(self, fragments: list[Fragment], k: int, story: Story) -> bool:
        """ "Q," he told them, "q": the second half of a sentence that a remark divides."""
        if not k or not fragments[k - 1].speech or fragments[k - 1].para != fragments[k].para:
            return False
        a, b = story.of_fragment[k - 1] + 1, story.of_fragment[k]
        kinds = story.kinds[a:b]
        divided = self.text[fragments[k - 1].end - 1] == "," or kinds[:1] == ","
        remark = any(self.words.says("verbs", self._low(story, j)) for j in range(a, min(b, a + 6)))
        if remark and kinds.endswith("|") and kinds.count("|") == 1 and b - a <= 12:
            last = self.text[fragments[k].end - 1]
            return last in ".!?…" and self.text[fragments[k].start].isupper()
        return divided and remark and kinds.endswith(",") and "|" not in kinds and b - a <= 20

    def _is_gone_on_with(self, fragments: list[Fragment], k: int, story: Story) -> bool:
        """ "Q," the marshal flung back, "q": the first half of such a sentence, whatever the verb."""
        if k + 1 >= len(fragments) or fragments[k + 1].para != fragments[k].para:
            return False
        one, two = fragments[k], fragments[k + 1]
        if self.text[one.end - 1] != "," or not self.text[two.start].islower():
            return False
        between = story.kinds[story.of_fragment[k] + 1 : story.of_fragment[k + 1]]
        return "|" not in between and between.endswith(",") and 3 <= len(between) <= 16

    def _answers(self, story: Story, s: int) -> bool:
        """«Q!» — «Q»: a turn after a turn."""
        dashed = self.rules.get("remarks_after_dash") and story.kinds[s - 1 : s] == "-"
        if not self.rules.get("remarks_after_dash") and self._follows_at_once(story, s):
            return True
        return bool(dashed) and story.kinds[: s - 1].rstrip("|.").endswith("Q")

    def _follows_at_once(self, story: Story, s: int) -> bool:
        """ "Q?" "Q.": nothing but the end of a sentence between two quotations."""
        return story.kinds[:s].rstrip("|").endswith("Q")

    def _is_reported_bit(self, story: Story, s: int, inner: str, words: list[str]) -> bool:
        """ "explained that engines Q.": some words of a clause that is reported, at its end."""
        ends = inner[-1] in ".!?" or story.kinds[s + 1 : s + 2] == "."
        if not ends or len(words) < 2 or words[0][0].isupper():
            return False
        for j in range(s - 1, max(0, s - 12), -1):
            if story.kinds[j] in "|¶;:Q":
                return False
            if self.words.says("that_verbs", self._low(story, j)):
                return True
        return False

    def _is_pledged(self, story: Story, s: int, words: list[str]) -> bool:
        """ "declined to bind himself q,": some words of what somebody promises or refuses."""
        if len(words) < 2 or not words[0][0].islower():
            return False
        for j in range(s - 1, max(0, s - 9), -1):
            low = self._low(story, j)
            if story.kinds[j] in "|¶;:Q," or self.words.says("naming", low):
                return False
            if self.words.says("pledging", low):
                return True
        return False

    def _is_title(self, words: list[str]) -> bool:
        if self.rules.get("titles_in_capitals"):
            long = [word for word in words if len(word) > 3]
            return bool(long) and all(word[0].isupper() for word in long) and len(words) < 10
        return (
            len(words) <= 4
            and words[0][0].isupper()
            and not self._has_verb([word.lower() for word in words])
        )

    def _low(self, story: Story, s: int) -> str:
        i = story.at[s] if 0 <= s < len(story.at) - 1 else -1
        return self.pieces.lows[i] if i >= 0 else ""

    def _remark_follows(self, fragment: Fragment, story: Story, s: int) -> bool:
        """ "Q," said X and «Q», — сказал X: only speech is followed like this."""
        last = self.text[fragment.end - 1]
        kinds = story.kinds
        k = s + 1
        comma_after = kinds[k : k + 1] == ","
        while kinds[k : k + 1] == ",":
            k += 1
        dash = kinds[k : k + 1] == "-"
        while kinds[k : k + 1] == "-":
            k += 1
        if self.rules.get("remarks_after_dash"):
            if not (dash or (comma_after and self.words.says("verbs", self._low(story, k)))):
                return False
            lows = [self._low(story, j) for j in range(k, k + 6)]
            spoken = (
                last in ",!?…" or len(_WORD.findall(self.text, fragment.start, fragment.end)) > 1
            )
            return any(self.words.says("verbs", low) for low in lows) or (
                (spoken or self._named_at(story, k + 1)) and self._verb_first(lows)
            )
        if self.words.says("copulas", self._low(story, k)) and self._is_a_command(story, k):
            return True
        if not (last in ",!?…—" or comma_after or dash):
            return False
        if kinds[k : k + 1] == "|":
            return False
        if self.words.says("manner", self._low(story, k)):
            k += 1  # "Q," as the adjutant recorded
        lows = [self._low(story, j) for j in range(k, k + 5)]
        return any(
            self.words.says("verbs", low)
            and not any(self.words.says("clause_openers", other) for other in lows[:n])
            for n, low in enumerate(lows)
        )

    def _is_a_command(self, story: Story, k: int) -> bool:
        """ "Q" was the only command that anybody heard."""
        if story.kinds[k + 1 : k + 2] != "i" and not self.words.says(
            "possessives", self._low(story, k + 1)
        ):
            return False
        return any(
            self.words.says("quoted_nouns", self._low(story, j)) for j in range(k + 2, k + 5)
        )

    def _named_at(self, story: Story, s: int) -> bool:
        """Whether somebody stands at a position: «Хлипкий», — решил пулемётчик Дзюба."""
        i = story.at[s] if 0 <= s < len(story.at) - 1 else -1
        return i >= 0 and (i in self.people.at or self.words.says("generic", self.pieces.lows[i]))

    def _verb_first(self, lows: list[str]) -> bool:
        return bool(lows[0]) and lows[0].isalpha() and self._has_verb(lows[:1])

    def _cue_before(self, story: Story, s: int) -> str:
        """Whether a verb of speech stands right before the marks, or somewhere before them."""
        k = s - 1
        while k >= 0 and (
            story.kinds[k] in ":,-'i" or self.words.says("bridges", self._low(story, k))
        ):
            k -= 1
        if k > 0 and self.words.says("spoken_of", self._low(story, k)):
            k -= self.words.says("speaking_of", self._low(story, k - 1))
        if k >= 0 and self.words.says("verbs", self._low(story, k)):
            if self.words.says("naming", self._low(story, k)) and not self._somebody(story, k):
                return ""
            if self.words.says("naming", self._low(story, k)):
                return "naming"
            return "" if self.words.says("negations", self._low(story, k)) else "beside"
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        for j in range(s - 1, max(start - 1, s - 26), -1):
            low = self._low(story, j)
            if low and self.words.says("verbs", low):
                return "near"
            if low and self.words.says("nouns", low):
                return "near"
        for j in range(s - 26, start + 2, -1):
            if story.kinds[j] == "," and self._is_aside_before(story, j):
                return "near"
        sentence = " ".join(self._low(story, j) for j in range(start, min(s, start + 12)))
        phrases = self.words.data.get("speech", {}).get("according", [])
        return "near" if any(sentence.startswith(phrase) for phrase in phrases) else ""

    def _is_aside_before(self, story: Story, comma: int) -> bool:
        """ ", he pointed out,": the whole sentence is in his words."""
        for k in range(comma - 1, max(1, comma - 4), -1):
            if self.words.says("verbs", self._low(story, k)):
                subject = self._low(story, k - 1)
                return story.kinds[k - 2] == "," and (
                    self.words.says("subject_pronouns", subject) or story.at[k - 1] in self.people.at
                )
        return False

    def _somebody(self, story: Story, s: int) -> bool:
        """Whether a person or a pronoun stands in the sentence before: who gives the name."""
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        return any(
            story.at[j] in self.people.at
            or self.words.says("subject_pronouns", self._low(story, j))
            for j in range(max(start, s - 60), s + 4)
            if j < len(story.at) and story.at[j] >= 0
        )

    def _disowned(self, story: Story, s: int) -> bool:
        lows = [self._low(story, j) for j in range(max(0, s - 5), s)]
        joined = " ".join(lows)
        return "so - called" in joined or any(
            self.words.says("disowning", low) for low in lows[-4:]
        )

    # ------------------------------------------------------------ reported speech
    def _reported(self, speakers: Speakers) -> list[Quoted]:
        """ "said that ...", «сообщил, что ...»: the clause, and who reports."""
        p, found, story = self.pieces, [], speakers.story
        bounded = self.rules.get("subject_by_case", False)
        thats = {low for low in set(p.lows) if self.words.says("that", low)}
        spoken = [s for s, i in enumerate(story.at[:-1]) if i >= 0 and p.lows[i] in thats]
        for s in spoken:
            i = story.at[s]
            # «только что» is "just now", and reports nothing.
            if self.words.says("never_before_that", p.lows[i - 1]):
                continue
            start, end = speakers.sentence_start(s), speakers.sentence_end(s)
            reach = 24 if bounded else 10
            cue = next(
                (c for c in range(s - 1, max(start, s - reach) - 1, -1)
                 if self.words.says("that_verbs", speakers.low(c))), None)  # fmt: skip
            if cue is None or end - s < 4 or "Q" in story.kinds[cue:s]:
                continue
            voice = speakers.reporter(start, s, cue)
            if voice is None or not voice.id:
                continue
            quote = story.kinds.find("Q", s, end)
            if quote != -1 and quote - s <= 2:
                continue
            last = (quote if quote != -1 else end) - 1
            while last > s and (story.at[last] < 0 or story.kinds[last] in ".\"',;:-"):
                last -= 1
            found.append(
                Quoted(
                    p.starts[i],
                    p.ends[story.at[last]],
                    (voice.id,),
                    "indirect",
                    "reported",
                    _INDIRECT,
                )
            )
        return found
