"""Who speaks: the subject of the verb of speech beside a quotation, or whoever the text is about.

The narrative is read with every quotation folded to one token, so that "Q, said the general" and
«Q, — сказал он. — Q» look alike:

    after     Q, said X · Q, X replied · «Q», — писал X · Q, according to X
    before    X wrote: Q · in his letter X called it Q · X's reply was Q
    lead      X was blunt. Q          the sentence or paragraph that leads up to the quotation
    same      Q … Q                   goes on where only the remark stands between
    turn      — Q ⏎ — Q               lines of a dialogue alternate

Where nouns have cases the subject is in the nominative; elsewhere it is the name before the verb
that no preposition governs.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, field

from .inflection import is_adjective, is_finite_verb, is_noun, noun_of
from .lexicon import Lexicon, lexicon
from .people import People, Person
from .pieces import Pieces

NARRATOR = "UNNAMED:narrator"
# How often the speaker is right, by rule: counted on annotated documents of both languages.
_SURE = {
    "quote-after-person-plain": 0.96,
    "quote-before-person-plain": 0.96,
    "quote-after-unnamed-plain": 0.93,
    "quote-before-unnamed-plain": 0.93,
    "quote-after-person": 0.93,
    "quote-before-person": 0.88,
    "quote-after-role-plain": 0.92,
    "quote-before-role-plain": 0.9,
    "quote-after-unnamed": 0.9,
    "quote-before-unnamed": 0.85,
    "quote-after-role": 0.85,
    "quote-before-role": 0.85,
    "quote-after-pronoun-plain": 0.85,
    "quote-before-pronoun-plain": 0.85,
    "quote-after-pronoun": 0.8,
    "quote-before-pronoun": 0.8,
    "quote-before-paper": 0.8,
    "quote-after-paper": 0.8,
    "quote-before-paper-plain": 0.85,
    "quote-after-paper-plain": 0.85,
}
_REACH = 9  # tokens after a quotation in which its verb of speech is looked for
_REMEMBERED = 40  # persons named before, among whom "the general" is looked for
_LONG = 70  # tokens of a sentence before a quotation that are read


@dataclass
class Fragment:
    """Spoken words: offsets without marks. Fragments of one pair of marks share a group."""

    start: int
    end: int
    para: int
    group: int
    closed: bool = True
    continues: bool = False
    dialogue: bool = False
    speech: bool = True  # no title and no scare quotes
    nested: bool = False
    chain: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 0.0


@dataclass
class Voice:
    """Somebody who may be speaking: story positions, id, and what stands around the name."""

    first: int
    last: int
    id: str
    kind: str  # person, pronoun, role, unnamed, paper, state or thing
    possessive: bool = False
    oblique: bool = False


@dataclass
class Story:
    """Pieces of the narrative in order; a quotation is one token (its number, inverted)."""

    at: list[int] = field(default_factory=list)
    kinds: str = ""
    of_fragment: dict[int, int] = field(default_factory=dict)


def story_of(pieces: Pieces, first: int, last: int, fragments: list[Fragment]) -> Story:
    """The narrative between two pieces; fragments are in order and do not overlap."""
    story, kinds, k = Story(), [], 0
    starts, letters, passages = pieces.starts, pieces.letters, pieces.passages
    n = len(fragments)
    for i in range(first, last):
        while k < n and starts[i] >= fragments[k].end and fragments[k].speech:
            story.of_fragment.setdefault(k, len(kinds))
            if story.of_fragment[k] == len(kinds):
                story.at.append(~k)
                kinds.append("Q")
            k += 1
        while k < n and not fragments[k].speech and starts[i] >= fragments[k].end:
            k += 1
        if k < n and starts[i] >= fragments[k].start and fragments[k].speech:
            if k not in story.of_fragment:
                story.of_fragment[k] = len(kinds)
                story.at.append(~k)
                kinds.append("Q")
            continue
        letter = letters[i]
        if letter in "\"'" and k < n + 1 and letter == '"':
            continue
        if letter == "'" and _beside(fragments, k, starts[i]):
            continue
        if letter == "|" and (i + 1 >= last or passages[i + 1].para != passages[i].para):
            letter = "¶"
        story.at.append(i)
        kinds.append(letter)
    for rest in range(k, n):
        if fragments[rest].speech and rest not in story.of_fragment:
            story.of_fragment[rest] = len(kinds)
            story.at.append(~rest)
            kinds.append("Q")
    story.at.append(last)
    kinds.append("¶")
    story.kinds = "".join(kinds)
    return story


def _beside(fragments: list[Fragment], k: int, at: int) -> bool:
    """Whether a single mark belongs to the fragment before or after it."""
    return (k < len(fragments) and abs(fragments[k].start - at) <= 2) or (
        k > 0 and abs(at - fragments[k - 1].end) <= 2
    )


class Speakers:
    """Finds the speaker of every fragment of a story, in order."""

    def __init__(self, text: str, pieces: Pieces, people: People, story: Story,
                 fragments: list[Fragment], outer: tuple[str, ...] = ()) -> None:  # fmt: skip
        self.text, self.pieces, self.people, self.story = text, pieces, people, story
        self.fragments, self.outer = fragments, outer
        self.words: Lexicon = lexicon(pieces.language)
        rules = self.words.data.get("quotation", {})
        self.by_case: bool = rules.get("subject_by_case", False)
        self.dashed: bool = rules.get("remarks_after_dash", False)
        self.last = ""
        self.plain = False  # whether name, verb and quotation stand together
        self.history: list[tuple[int, int, str]] = []  # position, paragraph, speaker
        self.turns: list[str] = []
        self.groups: dict[int, list[int]] = {}
        for k, fragment in enumerate(fragments):
            if fragment.speech:
                self.groups.setdefault(fragment.group, []).append(k)
        phrases = [phrase.split() for phrase in self.words.data["speech"]["according"]]
        self.reporting: dict[str, list[list[str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self.reporting.setdefault(phrase[0], []).append(phrase)

    # ------------------------------------------------------------ story tokens
    def low(self, s: int) -> str:
        """The lower-case word at a story position; "" for a quotation or a break."""
        i = self.story.at[s] if 0 <= s < len(self.story.at) - 1 else -1
        return self.pieces.lows[i] if i >= 0 else ""

    def says(self, name: str, s: int) -> bool:
        low = self.low(s)
        return bool(low) and self.words.says(name, low)

    def sentence_start(self, s: int) -> int:
        """The position after the last sentence end before s."""
        kinds = self.story.kinds
        return max(kinds.rfind("|", 0, s), kinds.rfind("¶", 0, s)) + 1

    def sentence_end(self, s: int) -> int:
        """The position of the next sentence end from s."""
        kinds = self.story.kinds
        ends = [k for k in (kinds.find("|", s), kinds.find("¶", s)) if k != -1]
        return min(ends) if ends else len(kinds) - 1

    # ------------------------------------------------------------ all fragments
    def run(self) -> None:
        """Give every fragment its chain, rule and confidence."""
        previous: Fragment | None = None
        done: dict[int, Fragment] = {}
        for k, fragment in enumerate(self.fragments):
            if not fragment.speech:
                continue
            same = done.get(fragment.group)
            if same is not None and same.chain:
                self._give(fragment, same.chain, same.rule, same.confidence)
            else:
                chain, rule, sure = self._of(k, previous)
                self._give(fragment, chain, rule, sure)
            done.setdefault(fragment.group, fragment)
            if fragment.chain and fragment.chain[-1] and not fragment.rule.endswith("thing"):
                at = self.story.of_fragment[k]
                self.history.append((at, fragment.para, fragment.chain[-1]))
                self.last = fragment.chain[-1]
            if fragment.dialogue and (previous is None or previous.group != fragment.group):
                fresh = (
                    previous is None or not previous.dialogue or fragment.para - previous.para > 1
                )
                self.turns = [] if fresh else self.turns
                self.turns.append(fragment.chain[-1] if fragment.chain else "")
            previous = fragment

    def _give(self, fragment: Fragment, chain: tuple[str, ...], rule: str, sure: float) -> None:
        fragment.chain, fragment.rule, fragment.confidence = chain, rule, sure

    def _of(self, k: int, previous: Fragment | None) -> tuple[tuple[str, ...], str, float]:
        fragment = self.fragments[k]
        s = self.story.of_fragment[k]
        self.plain = False
        if fragment.continues and previous is not None and previous.chain:
            return previous.chain, "quote-continued", min(0.9, previous.confidence)
        for j in self.groups[fragment.group] if self.dashed else [k]:
            after = self._after(self.story.of_fragment[j], self.fragments[j])
            if after and after[-1].kind == "thing":
                sender = self._lead(s, fragment, previous)
                if sender and sender[0][-1].kind == "person" and "subject" not in sender[1]:
                    return self._chain(sender[0]), "quote-after-thing", 0.6
            if after:
                return self._chain(after), *self._rule("quote-after", after)
        between = self._between(k, s, previous)
        before = self._before(s, between)
        if before:
            return self._chain(before), *self._rule("quote-before", before)
        if between and previous is not None and previous.chain:
            return previous.chain, "quote-same", 0.8
        lead = self._lead(s, fragment, previous)
        if lead:
            return self._chain(lead[0]), lead[1], lead[2]
        if fragment.dialogue and len(self.turns) >= 2 and self.turns[-2]:
            return (self.turns[-2],), "quote-turn", 0.6
        if fragment.dialogue and self.turns:
            return (("",), "quote-turn", 0.3)
        if previous is not None and previous.chain and previous.para == fragment.para:
            return previous.chain, "quote-same-paragraph", 0.5
        focus = self.focus(s)
        if focus:
            return (*self.outer, focus), "quote-focus", 0.35
        return ("",), "quote-unattributed", 0.3

    def _rule(self, rule: str, voices: list[Voice]) -> tuple[str, float]:
        rule = f"{rule}-{voices[-1].kind}"
        if self.plain:
            rule += "-plain"
        return rule, _SURE.get(rule, 0.6)

    def _chain(self, voices: list[Voice]) -> tuple[str, ...]:
        chain = [*self.outer, *(voice.id for voice in voices if voice.id)]
        return tuple(chain) or ("",)

    # ------------------------------------------------------------ after the quotation
    def _tail(self, s: int, fragment: Fragment) -> tuple[int, int, bool] | None:
        """First and last position of the remark after a quotation; whether it is set off."""
        kinds = self.story.kinds
        last = self.text[fragment.end - 1] if fragment.end else ""
        k = s + 1
        if kinds[k : k + 1] == "|":
            if last not in "!?…" and not self.says("thus", k + 1):
                return None
            k += 1
        set_off = last in ",!?…—-"
        while kinds[k : k + 1] in tuple(",-") or kinds[k : k + 3] == "...":
            if kinds[k] == "-":
                set_off = True
            elif not self.dashed:
                set_off = True
            k += 1
        stop = k
        while kinds[stop] not in "|¶Q;" and not (kinds[stop] == ":"):
            stop += 1
        return (k, stop, set_off) if stop > k else None

    def _after(self, s: int, fragment: Fragment) -> list[Voice] | None:
        tail = self._tail(s, fragment)
        if not tail:
            return None
        k, stop, set_off = tail
        broken = self.story.kinds[s + 1] == "|"
        reporter = self._according(k, min(stop, k + 14))
        limit = min(stop, k + (4 if broken else _REACH))
        cue = next((j for j in range(k, limit) if self.says("verbs", j)), None)
        if not set_off and (cue is None or cue > k + 2):
            noun = self._words_of(k, stop)
            return noun or (
                [reporter] if reporter and k == reporter.first - self._length(k) else None
            )
        if cue is None and not broken:
            cue = self._open_verb(k, stop)
        if cue is None:
            noun = self._words_of(k, stop)
            return noun or ([reporter] if reporter else None)
        if broken and not self.says("thus", k) and not self._is_remark(k, stop, cue):
            return None
        subject = self._subject_after(k, stop, cue)
        if subject is None:
            return [reporter] if reporter else None
        self.plain = self._is_plain(subject, cue, cue) and self.says("verbs", cue)
        if reporter and reporter.id != subject.id:
            return [reporter, subject]
        return [subject]

    def _length(self, k: int) -> int:
        for words in self.reporting.get(self.low(k), ()):
            if [self.low(k + n) for n in range(len(words))] == words:
                return len(words)
        return 0

    def _is_remark(self, k: int, stop: int, cue: int) -> bool:
        """After a full sentence in marks only a short clause of who spoke counts."""
        voices = self.voices(k, stop)
        return bool(voices) and (voices[0].first <= k + 1 or cue == k) and stop - k <= 12

    def _open_verb(self, k: int, stop: int) -> int | None:
        """A verb that is in no list: "he advised" after a comma, «— утешил меня» after a dash."""
        if self.by_case:
            for j in range(k, min(stop, k + 4)):
                i = self.story.at[j]
                if i >= 0 and self.pieces.letters[i] == "w" and is_finite_verb(self.low(j)):
                    return j
            return None
        voices = self.voices(k, min(stop, k + 8))
        if voices and voices[0].first == k and voices[0].kind in ("person", "pronoun", "role"):
            j = voices[0].last
            while j < stop and (self.says("auxiliaries", j) or self.low(j).endswith("ly")):
                j += 1
            if j < stop and self.low(j).isalpha() and not self.says("never_a_noun", j):
                return j
        if self.low(k).endswith("ed") and len(voices) > 0 and voices[0].first == k + 1:
            return k
        return None

    def _subject_after(self, k: int, stop: int, cue: int) -> Voice | None:
        voices = self._joined(self.voices(k, stop, cue))
        if self.by_case:
            direct = [v for v in voices if not v.oblique and not self._governed(v)]
            for kinds in (("person", "pronoun", "role", "unnamed", "paper", "state"), ("thing",)):
                near = [v for v in direct if v.kind in kinds]
                if near:
                    return near[0]
            return None
        before = [v for v in voices if v.last <= cue and not self._governed(v)]
        after = [v for v in voices if v.first > cue and v.first - cue <= 6]
        if before:
            return before[0]
        by = next((j for j in range(cue + 1, min(stop, cue + 4)) if self.says("agents", j)), None)
        if by is not None:
            agents = [v for v in after if v.first > by]
            return agents[0] if agents else None
        after = [v for v in after if not self._governed(v)]
        return after[0] if after else None

    def _words_of(self, k: int, stop: int) -> list[Voice] | None:
        """ "Q" were the words of X; "Q" was X's verdict."""
        noun = next((j for j in range(k, min(stop, k + 8)) if self.says("nouns", j)), None)
        if noun is None or not (self.says("copulas", k) or self.says("copulas", k + 1)):
            return None
        owner = self._owner(k, stop, noun)
        return [owner or Voice(noun, noun + 1, "UNNAMED:" + self.low(noun), "thing")]

    # ------------------------------------------------------------ before the quotation
    def _between(self, k: int, s: int, previous: Fragment | None) -> bool:
        """Whether only the remark of the quotation before stands between it and this one."""
        if previous is None or k == 0 or not previous.speech or not previous.chain:
            return False
        p = self.story.of_fragment[k - 1] if self.fragments[k - 1] is previous else -1
        if p < 0 or previous.para != self.fragments[k].para:
            return False
        tokens = range(p + 1, s)
        kinds = self.story.kinds[p + 1 : s]
        if "¶" in kinds or ":" in kinds:
            return False
        words = [j for j in tokens if self.low(j).isalpha()]
        if not words:
            if self.dashed and "-" in kinds:
                self.fragments[k].dialogue = previous.dialogue = True  # «Q». — «Q»: turns
                self.turns = self.turns or [previous.chain[-1]]
                return False
            return True
        if not previous.rule.startswith(("quote-after", "quote-same", "quote-before")):
            return False
        breaks = kinds.rstrip("|").count("|") + kinds.count(";")
        remark = previous.rule.startswith("quote-after")
        if remark and breaks == 0 and len(words) <= 25:
            return not self._new_clause(p + 1, s)
        conjoined = not remark and breaks == 0 and len(words) <= 6
        return conjoined and not any(v.kind in ("person", "role") for v in self.voices(p + 1, s))

    def _new_clause(self, a: int, b: int) -> bool:
        """Whether a second verb of speech with a subject of its own follows the remark."""
        cues = [j for j in range(a, b) if self.says("verbs", j)]
        if len(cues) < 2:
            return False
        second = cues[-1]
        return any(cues[0] < v.first < second and not v.oblique and not self._governed(v)
                   and v.kind != "thing" and self._opens_clause(v)
                   for v in self.voices(cues[0] + 1, second))  # fmt: skip

    def _is_plain(self, voice: Voice, verb: int, end: int) -> bool:
        """ "Reid wrote: Q": name, verb and quotation with hardly a word between them."""
        beside = (0 <= verb - voice.last <= 1) or (0 < voice.first - verb <= 1)
        return beside and end - max(verb, voice.last) <= 8

    def _before(self, s: int, between: bool) -> list[Voice] | None:
        start = max(self.sentence_start(s), s - _LONG)
        kinds = self.story.kinds
        end = s
        while end > start and (kinds[end - 1] in ",:-'" or self.says("that", end - 1)):
            end -= 1
        colon = ":" in kinds[end:s]
        clause = max(kinds.rfind("Q", start, end), kinds.rfind(";", start, end)) + 1
        spans = [(clause, end)] if clause > start else []
        if not between:
            spans.append((start, end))
        for a, b in spans:
            if a >= b:
                continue
            found = self._introduced(a, b, colon)
            if found:
                return found
        return None

    def _introduced(self, a: int, b: int, colon: bool) -> list[Voice] | None:
        """Who speaks between two positions that lead up to a quotation."""
        verbs = [j for j in range(a, b) if self.says("verbs", j)]
        nouns = [j for j in range(a, b) if self.says("nouns", j)]
        reporter = self._according(a, b)
        for verb in reversed(verbs[-2:]):
            subject = self._subject_before(a, b, verb, nouns)
            if subject:
                self.plain = verb == verbs[-1] and self._is_plain(subject, verb, b)
                quoter = self._quoter(a, verb, subject)
                chain = [v for v in (reporter, quoter) if v and v.id != subject.id]
                return [*chain[:1], subject]
        if reporter:
            return [reporter]
        for noun in reversed(nouns):
            owner = self._owner(a, b, noun)
            if owner:
                return [owner]
        if colon or nouns:
            voices = [
                v
                for v in self._joined(self.voices(a, b))
                if not v.oblique and not self._governed(v)
            ]
            voices = [
                v for v in voices if v.kind in ("person", "role", "unnamed", "pronoun", "paper")
            ]
            if voices and (colon or verbs):
                return [voices[-1] if self._opens_clause(voices[-1]) else voices[0]]
        return None

    def _subject_before(self, a: int, b: int, verb: int, nouns: list[int]) -> Voice | None:
        voices = self._joined(self.voices(a, b, verb))
        if self.by_case:
            return self._subject_by_case(voices, verb, a, b, nouns)
        by = next((j for j in range(verb + 1, min(b, verb + 4)) if self.says("agents", j)), None)
        if by is not None:
            agents = [v for v in voices if by < v.first <= by + 4]
            if agents:
                return agents[0]
        before = [
            v for v in voices if v.last <= verb and not self._governed(v) and not v.possessive
        ]
        near = [v for v in before if v.kind != "state" or verb - v.last <= 3]
        for wanted in (
            lambda v: self._opens_clause(v) and v.kind != "thing",
            lambda v: (
                v.kind in ("person", "pronoun", "role", "unnamed", "paper")
                and not self._is_object(v)
            ),
            lambda v: verb - v.last <= 4 and not self._is_object(v),
        ):
            fitting = [v for v in near if wanted(v)]
            if fitting:
                best = fitting[-1]
                if best.kind == "thing":
                    return self._owner(a, b, best.last - 1) or best
                return best
        if verb - a <= 2 or self.story.kinds[verb - 1] == ",":
            after = [v for v in voices if v.first > verb and not self._governed(v)]
            if after and after[0].first - verb <= 2:
                return after[0]
        owners = [j for j in nouns if j < verb]
        return self._owner(a, b, owners[-1]) if owners else None

    def reporter(self, a: int, b: int, cue: int) -> Voice | None:
        """Who says what a clause with "that" reports; the clause begins at b."""
        nouns = [j for j in range(a, b) if self.says("nouns", j)]
        return self._subject_before(a, b, cue, nouns)

    def _subject_by_case(
        self, voices: list[Voice], verb: int, a: int, b: int, nouns: list[int]
    ) -> Voice | None:
        direct = [v for v in voices if not v.oblique and not self._governed(v)]
        strong = [v for v in direct if v.kind != "thing"]
        after = [v for v in strong if v.first > verb and not self._comma(verb, v.first)]
        before = [v for v in strong if v.last <= verb]
        clause = [v for v in before if not self._break(v.last, verb)]
        if clause:
            return clause[-1] if clause[-1].kind != "state" or len(clause) == 1 else clause[-1]
        if after and after[0].first - verb <= 7:
            return after[0]
        if before:
            return before[-1]
        things = [v for v in direct if v.kind == "thing"]
        for thing in things:
            owner = self._owner(a, b, thing.last - 1)
            if owner:
                return owner
        for noun in reversed(nouns):
            owner = self._owner(a, b, noun)
            if owner:
                return owner
        if self.says("impersonal", verb):
            return Voice(verb, verb + 1, "UNNAMED", "unnamed")
        return things[-1] if things else None

    def _comma(self, a: int, b: int) -> bool:
        return "," in self.story.kinds[a:b]

    def _break(self, a: int, b: int) -> bool:
        """Whether another clause seems to begin between two positions."""
        return any(self.says("clause_openers", j) for j in range(a, b))

    def _quoter(self, a: int, verb: int, subject: Voice) -> Voice | None:
        """ "X quoted Y as saying": X reports, Y speaks."""
        for j in range(max(a, verb - 8), verb + 1):
            if self.says("quoting", j):
                earlier = [v for v in self.voices(a, j) if not v.oblique and v.id != subject.id]
                if earlier and subject.first > j:
                    return earlier[-1]
        return None

    def _according(self, a: int, b: int) -> Voice | None:
        for j in range(a, b):
            for words in self.reporting.get(self.low(j), ()):
                if all(self.low(j + n) == word for n, word in enumerate(words)):
                    after = self.voices(j + len(words), min(b, j + len(words) + 9), oblique=True)
                    if after:
                        return after[0]
        return None

    def _owner(self, a: int, b: int, noun: int) -> Voice | None:
        """Whose words: "Grant's reply", "the reply of Grant", "a letter from Grant", "his reply"."""
        voices = self.voices(a, b, oblique=True)
        for v in voices:
            if v.possessive and v.last <= noun and noun - v.last <= 3:
                return v
        for v in voices:
            if v.first > noun and v.first - noun <= 6 and v.kind != "thing":
                if any(self.says("owner_links", j) for j in range(noun + 1, v.first)) or (
                    self.by_case and v.first - noun <= 2
                ):
                    return v
        for j in range(max(a, noun - 3), min(b, noun + 2)):
            if self.says("possessives", j):
                female = self.says("feminine", j)
                who = self.focus(j, female)
                return Voice(j, j + 1, who, "pronoun") if who else None
        return None

    # ------------------------------------------------------------ what leads up to it
    def _lead(
        self, s: int, fragment: Fragment, previous: Fragment | None
    ) -> tuple[list[Voice], str, float] | None:
        kinds = self.story.kinds
        k = s
        while k > 0 and kinds[k - 1] in "-'":
            k -= 1
        if k == 0 or kinds[k - 1] not in "|¶":
            return None
        paragraph = kinds[k - 1] == "¶"
        end = k - 1
        while end > 1 and kinds[end - 1] == "-":
            end -= 1  # "as follows:--"
        colon = kinds[end - 1 : end] in (":", ",") and (paragraph or kinds[end - 1] == ":")
        start = self.sentence_start(end)
        if paragraph and not colon and not fragment.dialogue:
            source = self._source_below(s)
            if source:
                return [source], "quote-source", 0.7
        if start >= end:
            return None
        if "Q" in kinds[start:end] and not colon:
            return None
        if fragment.dialogue and previous is not None and previous.dialogue and not colon:
            return None
        asked = None if colon else self._asked(start, end)
        if asked:
            return [asked], "quote-lead-asked", 0.5
        found = self._introduced(start, end - colon, colon)
        if found:
            return found, "quote-lead-" + found[-1].kind, 0.75 if colon else 0.55
        voices = [v for v in self._joined(self.voices(start, end)) if not v.oblique]
        voices = [v for v in voices if v.kind in ("person", "pronoun", "role", "unnamed")
                  and not self._governed(v)]  # fmt: skip
        if voices and not (paragraph and not colon and not fragment.dialogue):
            opening = [v for v in voices if self._opens_clause(v)]
            if self.by_case:
                opening = voices
            best = (opening or voices)[0]
            return [best], "quote-lead-subject", 0.5
        papers = [v for v in self.voices(start, end, oblique=True) if v.kind == "paper"]
        if papers:
            return papers[-1:], "quote-lead-paper", 0.5
        if colon and previous is not None and previous.chain and fragment.para - previous.para <= 3:
            return [Voice(s, s, previous.chain[-1], "pronoun")], "quote-lead-goes-on", 0.6
        return None

    def _asked(self, a: int, b: int) -> Voice | None:
        """ "I asked him why. Q": whoever was asked speaks."""
        for j in range(a, b):
            if self.says("asking", j):
                if self.says("object_pronouns", j + 1):
                    who = self.focus(j, self.says("feminine", j + 1))
                    return Voice(j + 1, j + 2, who, "pronoun") if who else None
                person = self.people.at.get(self.story.at[j + 1]) if j + 1 < b else None
                if person is not None:
                    return Voice(j + 1, j + 2, person.id, "person")
        return None

    def _source_below(self, s: int) -> Voice | None:
        """An epigraph: the line below names the source after a dash."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|¶") and k < s + 3:
            k += 1
        if kinds[k : k + 1] != "-":
            return None
        end = self.sentence_end(k)
        if end - k > 14 or "Q" in kinds[k:end]:
            return None
        voices = self.voices(k + 1, end, oblique=True)
        return voices[0] if voices and voices[0].first <= k + 2 else None

    # ------------------------------------------------------------ voices
    def _joined(self, voices: list[Voice]) -> list[Voice]:
        """ "one of his officers, Captain Reid," is one voice, and the name tells who."""
        result: list[Voice] = []
        for v in voices:
            last = result[-1] if result else None
            if (
                last is not None
                and v.kind == "person"
                and last.kind in ("role", "unnamed")
                and not v.possessive
                and 0 <= v.first - last.last <= 6
                and self.story.kinds[v.first - 1 : v.first] in (",", "i", "-")
                and not any(
                    self.says("verbs", j) or self.story.kinds[j] in "aQ"
                    for j in range(last.last, v.first)
                )
                and (self.story.kinds[last.last] in ",-" or self.says("owner_links", last.last))
                and v.oblique == last.oblique
            ):
                result[-1] = Voice(last.first, v.last, v.id, "person", oblique=last.oblique)
            elif (
                last is not None
                and last.kind == "person"
                and v.kind in ("role", "unnamed")
                and v.first == last.last + 1
                and self.story.kinds[last.last] == ","
                and not last.possessive
            ):
                result[-1] = Voice(last.first, v.last, last.id, "person", oblique=last.oblique)
            else:
                result.append(v)
        return result

    def voices(self, a: int, b: int, cue: int | None = None, oblique: bool = False) -> list[Voice]:
        """Everybody between two positions who may speak."""
        found, s = [], max(0, a)
        while s < b:
            voice = self._voice_at(s, b, cue)
            if voice is None:
                s += 1
            else:
                found.append(voice)
                s = max(voice.last, s + 1)
        return found

    def _voice_at(self, s: int, b: int, cue: int | None) -> Voice | None:
        i = self.story.at[s] if s < len(self.story.at) - 1 else -1
        if i < 0 or self.story.kinds[s] in "|¶":
            return None
        p, people = self.pieces, self.people
        person = people.at.get(i)
        if person is not None:
            return self._of_person(person, s)
        low = p.lows[i]
        says = self.words.says
        if says("subject_pronouns", low):
            other = self.last if says("other_pronouns", low) else ""
            return Voice(s, s + 1, self.focus(s, says("feminine", low), other), "pronoun")
        if says("first_person", low):
            return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        paper = self._paper_at(s, i)
        if paper:
            return paper
        named = people.inside.get(i)
        if named is not None and named.type != "ACTOR":
            return None
        phrase = self._noun_phrase(s, b, cue)
        if phrase is not None:
            return phrase
        if named is not None and named.first == i and named.kind != "person":
            if p.letters[i] == "w" and self.by_case and not p.is_capital(i):
                return None
            last = s + named.last - named.first
            if not self.by_case and last < b and self._is_noun(last):
                return None
            return Voice(
                s,
                last,
                named.id,
                "state",
                oblique=self.by_case and self._is_inflected(named.last - 1),
            )
        return None

    def _is_inflected(self, i: int) -> bool:
        lemma, subject, _ = noun_of(self.pieces.lows[i])
        return bool(lemma) and not subject

    def _is_noun(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            i >= 0 and self.pieces.letters[i] in "wc" and not self.says("never_a_noun", s)
            and not self.says("verbs", s) and not self.says("auxiliaries", s)
        )  # fmt: skip

    def _of_person(self, person: Person, s: int) -> Voice:
        last = s + person.last - person.first
        return Voice(s, last, person.id, "person", person.possessive, self._is_oblique(person))

    def _is_oblique(self, person: Person) -> bool:
        """«генералу Скобелеву»: the title shows the case where the name may not."""
        if not self.by_case or not person.titles:
            return person.oblique
        lemma, subject, _ = noun_of(person.titles[0].split("-")[-1])
        return not subject if lemma else person.oblique

    def _paper_at(self, s: int, i: int) -> Voice | None:
        """A newspaper by its title: «Таймс» писала; the Times wrote."""
        title = self._titles_in_marks().get(i)
        if title:
            j = s
            near = [*range(max(0, s - 2), s), *range(s + 1, s + 9)]
            if not any(self.says("papers", k) for k in near):
                return None  # a book or a ship
            while j + 1 < len(self.story.at) and self.story.at[j + 1] in self._title_pieces.get(
                i, ()
            ):
                j += 1
            return Voice(s, j + 1, title, "paper")
        return None

    def _titles_in_marks(self) -> dict[int, str]:
        if not hasattr(self, "_titles"):
            self._titles: dict[int, str] = {}
            self._title_pieces: dict[int, set[int]] = {}
            for fragment in self.fragments:
                if fragment.speech:
                    continue
                first = bisect.bisect_left(self.pieces.starts, fragment.start)
                last = bisect.bisect_left(self.pieces.starts, fragment.end)
                words = self.text[fragment.start : fragment.end]
                if 0 < last - first <= 6 and words[:1].isupper():
                    self._titles[first] = "_".join(words.upper().split())
                    self._title_pieces[first] = set(range(first, last))
        return self._titles

    # ------------------------------------------------------------ unnamed people
    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        return self._bare_noun(s, b, cue) if self.by_case else self._phrase(s, b, cue)

    def _phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """ "a young officer", "the general", "one of the gunners", "his wife", "Private soldiers"."""
        i = self.story.at[s]
        p = self.pieces
        low = p.lows[i]
        article = p.letters[i] == "i"
        indefinite = self.words.says("indefinite", low)
        possessive = self.words.says("possessives", low) or low.endswith("'s")
        if not (article or indefinite or possessive):
            return None
        k, words = s + 1, []
        if indefinite and self.low(k) == "of":
            k += 1
            while self.story.at[k] >= 0 and (
                p.letters[self.story.at[k]] == "i" or self.says("possessives", k)
            ):
                k += 1
        head_at = -1
        while k < b and k < s + 9:
            j = self.story.at[k]
            if j < 0:
                break
            person = self.people.at.get(j)
            if person is not None and words == [] and article:
                return Voice(s, k + person.last - person.first, person.id, "person",
                             person.possessive)  # fmt: skip
            if person is not None:
                break
            letter, word = p.letters[j], p.lows[j]
            if letter == "-":
                k += 1
                continue
            if (
                letter not in "wcmnNDOZL"
                or self.says("never_a_noun", k)
                or self.says("verbs", k)
                and word not in ("private", "general")
            ):
                if not (letter == "w" and self.says("generic", k)):
                    break
            if self.says("auxiliaries", k) or self.says("oblique_words", k) or word.endswith("ly"):
                break
            words.append(word[:-2] if word.endswith("'s") else word)
            head_at = k
            k += 1
            if word.endswith("'s"):
                break
        if head_at < 0:
            return None
        head = words[-1]
        is_role = self.words.says("generic", head) or self.words.says("titles", head)
        owned = self.low(head_at).endswith("'s")
        if not is_role:
            beside = cue is not None and (
                head_at + 1 == cue or s == cue + 1 or self._only_helpers(head_at + 1, cue)
            )
            if not beside or self.words.says("nouns", head):
                if not self.words.says("nouns", head):
                    return None
                return Voice(s, head_at + 1, "UNNAMED:" + " ".join(words), "thing", owned)
        kind = "unnamed"
        identity = "UNNAMED:" + " ".join(words)
        if article and not indefinite and is_role:
            who = self.role(head, s, words)
            if who:
                return Voice(s, head_at + 1, who, "role", owned)
            kind = "role"
        return Voice(s, head_at + 1, identity, kind, owned)

    def _only_helpers(self, a: int, b: int) -> bool:
        return a <= b and all(
            self.says("auxiliaries", j) or self.low(j).endswith("ly") or self.says("adverbs", j)
            for j in range(a, b)
        )

    def _bare_noun(self, s: int, b: int, cue: int | None) -> Voice | None:
        """«молоденький лейтенант», «один из офицеров», «комендант», «начальник дивизии»."""
        p = self.pieces
        i = self.story.at[s]
        low = p.lows[i]
        if self.words.says("indefinite", low):
            k = s + 1
            while k < min(b, s + 5):
                if self.says("generic", k) or self.says("titles", k):
                    lemma, _, _ = noun_of(self.low(k))
                    _, subject, _ = noun_of(low)
                    return Voice(s, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
                if not (self.low(k).isalpha()):
                    break
                k += 1
        if p.letters[i] not in "wc":
            return None
        if (
            self.story.kinds[s + 1] == "-"
            and p.touches(self.story.at[s + 1])
            and self.says("titles", s)
        ):
            return None  # «вице-адмирал» is read at its second half
        role = self.words.says("generic", low) or self.words.says("titles", low)
        near = cue is not None and abs(s - cue) <= 5
        if not role and not near:
            return None
        if self.says("verbs", s) or self.says("never_a_noun", s):
            return None
        lemma, subject, living = noun_of(low)
        if not lemma or not (role or living):
            if lemma and self.words.says("nouns", low):
                return Voice(s, s + 1, "UNNAMED:" + lemma, "thing", oblique=not subject)
            return None
        words = [lemma]
        k = s - 1
        while (
            k >= 0
            and k > s - 3
            and self.story.at[k] >= 0
            and self.low(k).isalpha()
            and (p.letters[self.story.at[k]] in "wc" and is_adjective(self.low(k)))
            and not self.says("never_a_noun", k)
            and not self.says("possessives", k)
        ):
            words.insert(0, self.low(k))
            k -= 1
        last = s + 1
        if (
            self.words.says("of_what", low)
            and last < b
            and is_noun(self.low(last))
            and not self.says("verbs", last)
        ):
            words.append(self.low(last))
            last += 1
        indefinite = self.says("indefinite", k)
        if role and not indefinite:
            whole = low
            if (
                s >= 2
                and self.story.kinds[s - 1] == "-"
                and p.touches(i)
                and self.low(s - 2).isalpha()
            ):
                whole = self.low(s - 2) + "-" + low
                words[-1] = self.low(s - 2) + "-" + words[-1]
            who = self.role(whole, s, words)
            if who:
                return Voice(s, last, who, "role", oblique=not subject)
        kind = "role" if role else "unnamed"
        return Voice(s, last, "UNNAMED:" + " ".join(words), kind, oblique=not subject)

    def role(self, word: str, s: int, words: list[str]) -> str:
        """Whom "the general" means: the last person who bore that title, or one like it."""
        i = self.story.at[s]
        before = self.people.before(i, _REMEMBERED)
        before = [person for person in before if self._position(person.first) is not None]
        if not before:
            return ""
        word = self._title(word)
        para = self.pieces.passages[i].para
        for person in reversed(before):
            far = para - self.pieces.passages[person.first].para > 3
            if far and self.people.count[person.id] < 3:
                continue
            titles = self._titles_of(person.id)
            if word in titles or ("-" not in word and any(t.endswith("-" + word) for t in titles)):
                return person.id
        group = self._group(word)
        if group:
            for strict in (True, False):
                for person in reversed(before):
                    titles = self._titles_of(person.id)
                    own = self.people.role_of.get(person.id, "") == group or any(
                        self._group(title) == group for title in titles
                    )
                    if own and not (strict and any(self._group(t) == group for t in titles)):
                        return person.id
        if len(words) > 1 and not self.words.says("of_what", words[0]):
            return ""
        if not self.words.says("titles", word) and not self.words.says("generic", word):
            return ""
        if not self.words.says("ranked", word):
            return ""
        here = self.sentence_start(s)
        earlier = self.sentence_start(max(0, here - 1))
        earlier = self.sentence_start(max(0, earlier - 1))
        floor = self._piece_from(earlier)
        for person in reversed(before):
            if person.first < floor:
                break
            titles = self._titles_of(person.id)
            if not titles or (
                self.words.says("offices", word) and not any(self._group(t) for t in titles)
            ):
                return person.id
        return ""

    def _titles_of(self, key: str) -> set[str]:
        known = self._title_cache.get(key)
        if known is None:
            known = self._title_cache[key] = {
                self._title(title) for title in self.people.titles_of[key]
            }
        return known

    @property
    def _title_cache(self) -> dict[str, set[str]]:
        if not hasattr(self, "_cached_titles"):
            self._cached_titles: dict[str, set[str]] = {}
        return self._cached_titles

    def _title(self, word: str) -> str:
        if not self.by_case:
            return word
        return "-".join(noun_of(part)[0] or part for part in word.split("-"))

    def _group(self, word: str) -> str:
        for group in ("monarchs", "presidents"):
            if self.words.says(group, word):
                return group
        return ""

    # ------------------------------------------------------------ grammar
    def _governed(self, voice: Voice) -> bool:
        """Whether a preposition or a verb before the name keeps it from being the subject."""
        k = voice.first - 1
        while k >= 0 and self.story.at[k] >= 0 and self.story.kinds[k] in "i":
            k -= 1
        if k < 0:
            return False
        if self.says("oblique_words", k):
            return True
        return False

    def _is_object(self, voice: Voice) -> bool:
        k = voice.first - 1
        if k < 0:
            return False
        low = self.low(k)
        return self.says("verbs", k) or (low.endswith(("ed", "ing")) and len(low) > 4)

    def _opens_clause(self, voice: Voice) -> bool:
        k = voice.first - 1
        return k < 0 or self.story.kinds[k] in "|¶,;:Q-(" or self.says("clause_openers", k)

    def focus(self, s: int, female: bool = False, other: str = "") -> str:
        """Whom "he" means at a story position: weighs who was named, how near, and as what."""
        i = self._piece_from(s)
        people = self.people
        before = people.before(i, 14)
        para = self.pieces.passages[min(i, len(self.pieces.passages) - 1)].para
        best, top = "", -math.inf
        shape = self.pieces.shape
        for person in before:
            if person.id == other:
                continue
            if female != (person.id in people.female or people.gender_of.get(person.id) == "f"):
                continue
            here = self.pieces.passages[person.first].para
            sentences = shape.count("|", person.first, i)
            score = -1.5 * min(sentences, 8) - 0.7 * (para - here)
            score += 0.5 * math.log2(1 + people.count[person.id])
            at = self._position(person.first)
            if at is None:
                continue  # named inside a quotation
            else:
                voice = Voice(at, at + 1, person.id, "person", person.possessive, person.oblique)
                if not self._governed(voice) and not person.oblique and not person.possessive:
                    if self._is_object(voice):
                        score += 1
                    else:
                        score += 3 if self.by_case or self._opens_clause(voice) else 2
                elif person.possessive:
                    score += 1
            if score >= top:
                best, top = person.id, score
        for voice in self._unnamed_near(s):
            sentences = self.story.kinds.count("|", voice.first, s) + self.story.kinds.count(
                "¶", voice.first, s
            )
            score = 2.4 - 1.5 * sentences
            head = self.low(voice.last - 1)
            if self.words.says("feminine_roles", head) != female:
                continue
            if score >= top and voice.id != other:
                best, top = voice.id, score
        k = bisect.bisect_left(self.history, (s, 0, ""))
        last_at, last_para, last = self.history[k - 1] if k else (0, 0, "")
        if last not in ("", other, NARRATOR) and female == (last in people.female):
            gap = para - last_para
            sentences = self.story.kinds.count("|", last_at, s)
            unnamed = last.startswith("UNNAMED")
            score = 4.5 - 1.5 * min(sentences, 8) - 2 * gap - (3 * gap + 1 if unnamed else 0)
            if score >= top:
                return last
        return best

    def _unnamed_near(self, s: int) -> list[Voice]:
        """People without a name who are the subject of one of the last sentences."""
        start = self.sentence_start(s)
        for _ in range(2):
            start = self.sentence_start(max(0, start - 1))
        found, k = [], start
        while k < s:
            i = self.story.at[k]
            voice = None
            if i >= 0 and i not in self.people.at and self.story.kinds[k] not in "|¶":
                voice = self._noun_phrase(k, s, None)
            named = (
                k > 1
                and self.story.kinds[k - 1] == ","
                and any(
                    self.story.at[k - 2] == person.last - 1 for person in self.people.before(i, 1)
                )
            )
            if voice and voice.kind in ("role", "unnamed") and not named:
                if not voice.oblique and not voice.possessive and not self._governed(voice):
                    found.append(voice)
                elif self.says("possessives", voice.first) and not voice.possessive:
                    found.append(voice)
            k = voice.last if voice else k + 1
        return found

    def _piece_from(self, s: int) -> int:
        """The first piece of the narrative at or after a story position."""
        at = self.story.at
        while s < len(at) - 1 and at[s] < 0:
            s += 1
        return min(at[s], len(self.pieces.lows) - 1)

    def _position(self, i: int) -> int | None:
        if not hasattr(self, "_positions"):
            self._positions = {x: k for k, x in enumerate(self.story.at) if x >= 0}
        return self._positions.get(i)
