"""Quotations: the words between the marks, and who says them.

    Marks      “…” «…» „…“ "…" ‘…’; a quotation that runs over paragraphs opens each of them anew
    Speaker    the name nearest to a verb of speech in the same sentence, before or after the
               marks; "he" is the last speaker; "one officer" is UNNAMED:officer
    Chain      a quotation inside another carries both speakers, the outer one first

Scare quotes and titles are left out: a few words without a verb of speech beside them.
Reported speech ("said that ...") is a mention too, with mode "indirect" and less confidence.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from .lexicon import Lexicon, lexicon
from .names import Named
from .pieces import Pieces

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}
_FAR = 70  # pieces: a speaker named longer ago in the same sentence is not looked for
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass
class Marks:
    """A stretch between quotation marks (the marks outside), as found in the characters."""

    start: int
    end: int
    level: int
    closed: bool
    continues: bool = False
    para: int = 0
    outer: Marks | None = None
    speaker: str = ""
    chain: tuple[str, ...] = ()
    kept: bool = True


@dataclass(frozen=True)
class Quoted:
    """A quotation: offsets, chain of speakers, and whether the words are their own."""

    start: int
    end: int
    attribution: tuple[str, ...]
    mode: str
    rule: str
    confidence: float


@dataclass
class _Voice:
    """Somebody who may be speaking: pieces, id, and how good a candidate."""

    first: int
    last: int
    id: str
    rank: int
    kind: str = ""


# ---------------------------------------------------------------- the marks
def marks_of(text: str, paragraphs: list[tuple[int, int, int]]) -> list[Marks]:
    """All stretches between quotation marks; paragraphs are (number, start, end)."""
    found: list[Marks] = []
    pending = False  # the paragraph before ended inside a quotation
    for number, start, end in paragraphs:
        here, still_open = _in_paragraph(text, start, end, pending)
        for marks in here:
            marks.para = number
        found.extend(here)
        pending = still_open
    return found


def _in_paragraph(text: str, start: int, end: int, pending: bool) -> tuple[list[Marks], bool]:
    stack: list[tuple[int, str]] = []
    found: list[Marks] = []
    i = start
    first = True
    while i < end:
        c = text[i]
        if stack and c in _closers(stack[-1][1]) and _closes(text, i, c, end):
            opened, _ = stack.pop()
            found.append(Marks(opened, i, len(stack), True))
            if c == "”" and i + 1 < end and text[i + 1] == "”":
                i += 1
        elif c in _PAIRS and _opens(text, i, c, start, end, stack):
            j = i + 1
            while j < end and text[j] == c and c in "“«":
                j += 1  # doubled marks open once
            stack.append((j, c))
            if first and pending and len(stack) == 1:
                stack[-1] = (j, c)
            i = j - 1
        elif c == "”" and len(stack) > 1 and any("”" in _closers(mark) for _, mark in stack):
            while "”" not in _closers(stack[-1][1]):
                stack.pop()
            opened, _ = stack.pop()
            found.append(Marks(opened, i, len(stack), True))
        if not c.isspace():
            first = False
        i += 1
    still_open = False
    if stack and stack[0][1] in '“«„"':
        opened = stack[0][0]
        for marks in found:
            marks.level = max(1, marks.level)
        found.append(Marks(opened, end, 0, False))
        still_open = True
    found.sort(key=lambda marks: (marks.start, -marks.end))
    for marks in found:
        if marks.level == 0 and pending and not text[start : marks.start].strip(' \t\u00a0“«„"'):
            marks.continues = True
    _nest(found)
    return found, still_open


def _nest(found: list[Marks]) -> None:
    around: list[Marks] = []  # marks that are open here; `found` is in order of their starts
    for marks in found:
        while around and around[-1].end < marks.end:
            around.pop()
        if around:
            marks.outer = around[-1]
        around.append(marks)


def _closers(mark: str) -> str:
    return _PAIRS[mark]


def _opens(text: str, i: int, c: str, start: int, end: int, stack: list[tuple[int, str]]) -> bool:
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if c in "“«„":
        return True
    if c == '"':
        return not after.isspace() and not before.isalnum()
    # A single mark is an apostrophe unless it stands before a word and a partner follows.
    if before.isalnum() or after.isspace() or any(mark == c for _, mark in stack):
        return False
    close = text.find("’" if c == "‘" else "'", i + 2, end)
    while close != -1 and not _closes(text, close, "’", end):
        close = text.find("’" if c == "‘" else "'", close + 1, end)
    return close != -1


def _closes(text: str, i: int, c: str, end: int) -> bool:
    if c in "’'":
        after = text[i + 1] if i + 1 < end else " "
        return not after.isalnum() and not text[i - 1].isspace()
    return True


# ---------------------------------------------------------------- quotations
def quotes_of(
    text: str, pieces: Pieces, names: list[Named], paragraphs: list[tuple[int, int, int]]
) -> list[Quoted]:
    """All quotations of a text with their speakers."""
    return _Listener(text, pieces, names, paragraphs).listen()


@dataclass
class _Listener:
    text: str
    pieces: Pieces
    names: list[Named]
    paragraphs: list[tuple[int, int, int]]
    words: Lexicon = field(init=False)
    last: str = ""
    last_para: int = 0

    def __post_init__(self) -> None:
        self.words = lexicon(self.pieces.language)
        self.opens = {para: start for para, start, _ in self.paragraphs}
        people = [named for named in self.names if named.kind == "person"]
        self.people, self.people_at = people, [named.first for named in people]
        self.elsewhere = {
            i
            for named in self.names
            if named.type != "ACTOR"
            for i in range(named.first, named.last)
        }
        self.by_first = {named.first: named for named in self.names if named.type == "ACTOR"}

    def listen(self) -> list[Quoted]:
        """Quotations in order; each speaker may serve the next "he"."""
        found: list[Quoted] = []
        before: Marks | None = None
        inside: list[tuple[int, int]] = []
        for marks in marks_of(self.text, self.paragraphs):
            if marks.outer is None:
                inside.append((marks.start, marks.end))
            if not self._is_quotation(marks):
                marks.kept = False
                if marks.outer is None and not marks.closed:
                    before = marks
                continue
            speaker, chain, rule, sure = self._speaker(marks, before)
            marks.speaker, marks.chain = speaker, chain
            if marks.outer is None:
                before = marks
                if speaker:
                    self.last, self.last_para = speaker, marks.para
            for start, end in self._parts(marks):
                mode = "nested" if marks.outer is not None else "direct"
                found.append(Quoted(start, end, chain or (speaker,), mode, rule, sure))
        found.extend(self._reported(inside))
        return sorted(found, key=lambda quoted: (quoted.start, -quoted.end))

    # ------------------------------------------------------------ what is a quotation
    def _is_quotation(self, marks: Marks) -> bool:
        if marks.continues:
            return True
        inner = self.text[marks.start : marks.end].strip()
        words = _WORD.findall(inner)
        if not words or (marks.outer is not None and not marks.outer.kept):
            return False
        if marks.outer is not None and len(words) < 4:
            return self._introduced(marks) and len(words) > 1
        titled = self._is_title(words)
        if len(words) >= 6 and not titled:
            return True
        if self._introduced(marks):
            return True
        if titled or self._disowned(marks):
            return False
        spoken = inner[-1] in "!?" or (inner[-1] in ".,…" and len(words) > 2)
        if spoken and len(words) > 2:
            return True
        return len(words) >= 3 and self._verb_near(marks)

    def _is_title(self, words: list[str]) -> bool:
        long = [word for word in words if len(word) > 3]
        if self.pieces.language == "ru":
            return (
                len(words) <= 4
                and words[0][0].isupper()
                and not any(self.words.says("verbs", word.lower()) for word in words)
            )
        return bool(long) and all(word[0].isupper() for word in long) and len(words) < 10

    def _index(self, at: int) -> int:
        return bisect.bisect_left(self.pieces.starts, at)

    def _opening_piece(self, marks: Marks) -> int:
        """The first piece inside the marks."""
        return self._index(marks.start)

    def _before(self, marks: Marks) -> str:
        start = max(self.opens[marks.para], marks.start - 400)
        return self.text[start : marks.start].rstrip("“«„\"‘' \t\u00a0")

    def _introduced(self, marks: Marks) -> bool:
        """A colon, or a verb of speech, right before the marks; or one right after them."""
        before = self._before(marks)
        if before.endswith(":"):
            return True
        i = self._opening_piece(marks)
        j = i - 1
        while j >= 0 and self.pieces.letters[j] in "\"',-i":
            j -= 1
        if j >= 0 and self.words.says("verbs", self.pieces.lows[j]) and not self._is_naming(j):
            return True
        tail = self.text[marks.end + 1 : marks.end + 80]
        match = re.match(r"[\s,”»\"]*[—–-]?\s*(?:[^\W\d_]+\s+){0,3}?([^\W\d_]+)", tail)
        if not match or (
            self.text[marks.end - 1] not in ",!?…" and not re.match(r"[,\s]*[,—–-]", tail)
        ):
            return False
        said = [word.lower() for word in _WORD.findall(tail)[:4]]
        return any(self.words.says("verbs", word.replace("ё", "е")) for word in said[:3])

    def _is_naming(self, j: int) -> bool:
        return self.words.says("negations", self.pieces.lows[j])

    def _disowned(self, marks: Marks) -> bool:
        i = self._opening_piece(marks)
        window = self.pieces.lows[max(0, i - 4) : i]
        joined = " ".join(window)
        return "so - called" in joined or any(self.words.says("disowning", low) for low in window)

    def _verb_near(self, marks: Marks) -> bool:
        i = self._opening_piece(marks)
        for j in range(i - 1, max(-1, i - 9), -1):
            if self.pieces.letters[j] == "|":
                break
            if self.words.says("verbs", self.pieces.lows[j]):
                return True
        return False

    # ------------------------------------------------------------ parts of a quotation
    def _parts(self, marks: Marks) -> list[tuple[int, int]]:
        """«Слова, — сказал он. — Ещё слова»: the remark in the middle is not quoted."""
        start, end = self._trim(marks.start, marks.end)
        if self.pieces.language != "ru" or marks.outer is not None:
            return [(start, end)] if end > start else []
        parts, at = [], start
        for match in re.finditer(
            r"[,.!?…]\s*[—–]\s+([^—–«»]{3,90}?)[.,]\s*[—–]\s+", self.text[start:end]
        ):
            first = _WORD.findall(match[1])[:3]
            if any(self.words.says("verbs", word.lower().replace("ё", "е")) for word in first):
                parts.append((at, start + match.start() + 1))
                at = start + match.end()
        tail = re.search(r"[,!?…]\s*[—–]\s+([^—–«»]{3,90})\Z", self.text[at:end])
        if tail and any(
            self.words.says("verbs", word.lower().replace("ё", "е"))
            for word in _WORD.findall(tail[1])[:2]
        ):
            parts.append((at, at + tail.start() + 1))
        else:
            parts.append((at, end))
        return [
            trimmed for trimmed in (self._trim(*part) for part in parts) if trimmed[1] > trimmed[0]
        ]

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    # ------------------------------------------------------------ who speaks
    def _speaker(
        self, marks: Marks, before: Marks | None
    ) -> tuple[str, tuple[str, ...], str, float]:
        if marks.continues and before is not None and before.speaker:
            return before.speaker, before.chain, "quote-continued", 0.9
        first = self._opening_piece(marks)
        last = self._index(marks.end)
        start = self._sentence_start(first)
        outer = marks.outer.chain if marks.outer is not None and marks.outer.kept else ()
        if marks.outer is not None:
            start = max(start, self._opening_piece(marks.outer))
        inside = self._remark_inside(marks)
        if inside:
            return inside, (*outer, inside), "quote-remark", 0.85
        found = self._after(last, marks) if marks.closed else None
        rule, sure = "quote-after", 0.85
        if not found:
            found, rule, sure = self._cue_before(start, first), "quote-before", 0.85
        if not found and self._starts_paragraph(marks):
            found, rule, sure = self._paragraph_before(marks), "quote-paragraph", 0.8
        if (
            not found
            and before is not None
            and before.para == marks.para
            and before.speaker
            and not outer
        ):
            found, rule, sure = [before.speaker], "quote-same-paragraph", 0.5
        if not found and not outer:
            found = self._sentence_before(start)
            rule, sure = "quote-sentence-before", 0.4
        if not found:
            return "", (*outer, ""), "quote-unattributed", 0.5
        chain = (*outer, *found)
        return found[-1], chain, rule, sure

    def _sentence_start(self, i: int) -> int:
        """The piece after the last sentence end that lies outside the quotation."""
        return self.pieces.shape.rfind("|", 0, max(0, i)) + 1

    def _starts_paragraph(self, marks: Marks) -> bool:
        return not self._before(marks)

    def _remark_inside(self, marks: Marks) -> str:
        if self.pieces.language != "ru" or marks.outer is not None:
            return ""
        inner = self.text[marks.start : marks.end]
        for match in re.finditer(r"[,.!?…]\s*[—–]\s+([^—–«»]{3,90})", inner):
            i = self._index(marks.start + match.start(1))
            j = self._index(marks.start + match.end(1))
            if any(self.words.says("verbs", low) for low in self.pieces.lows[i : i + 3]):
                return (self._voice_of_cue(i, j) or [""])[-1]
        return ""

    def _after(self, last: int, marks: Marks) -> list[str] | None:
        """The words after the closing mark: ", said X", "X replied", «, — писал X»."""
        j = last
        while j < len(self.pieces.letters) and self.pieces.letters[j] in "\"',":
            j += 1
        if j < len(self.pieces.letters) and self.pieces.letters[j] == "|":
            return self._after_break(marks, j)
        stop = j
        while (
            stop < len(self.pieces.letters)
            and stop < j + 14
            and self.pieces.letters[stop] not in '|";:.'
        ):
            stop += 1
        dash = j < stop and self.pieces.letters[j] == "-"
        comma = (
            self.text[marks.end - 1 : marks.end] in (",", "!", "?", "…")
            or "," in self.text[marks.end : marks.end + 3]
        )
        if not (dash or comma):
            return None
        for k in range(j, min(stop, j + 7)):
            if self.words.says("verbs", self.pieces.lows[k]):
                return self._voice_of_cue(j, stop, k)
        return None

    def _after_break(self, marks: Marks, j: int) -> list[str] | None:
        """ "Never again!" he said: the stop inside the marks only seems to end the sentence."""
        if self.text[marks.end - 1] not in "!?…," or j + 1 >= len(self.pieces.letters):
            return None
        if self.pieces.passages[j].para != self.pieces.passages[j + 1].para:
            return None
        k = j + 1
        if self.pieces.letters[k] == "-":
            k += 1
        stop = k
        while (
            stop < len(self.pieces.letters)
            and stop < k + 8
            and self.pieces.letters[stop] not in '|";:.'
        ):
            stop += 1
        for at in range(k, min(stop, k + 3)):
            if self.words.says("verbs", self.pieces.lows[at]):
                return self._voice_of_cue(k, stop, at)
        return None

    def _cue_before(self, start: int, first: int) -> list[str] | None:
        """The last cue of the sentence before the marks, and the voice that goes with it."""
        end = first
        while end > start and self.pieces.letters[end - 1] in "\"',:-":
            end -= 1
        if end <= start:
            return None
        return self._voice_of_cue(
            start, end, None, need_cue=self.pieces.letters[end : end + 1] != [":"]
        )

    def _paragraph_before(self, marks: Marks) -> list[str] | None:
        first = self._opening_piece(marks) - 1
        while first > 0 and self.pieces.letters[first] in "\"'":
            first -= 1
        if first <= 0 or self.pieces.letters[first] != "|":
            return None
        start = self._sentence_start(first - 1) if first else 0
        start = self._sentence_start(first)
        colon = self.pieces.letters[first - 1] == ":"
        end = first - colon
        return self._voice_of_cue(start, end, None, need_cue=not colon)

    def _sentence_before(self, start: int) -> list[str] | None:
        end = start - 1
        if (
            end <= 0
            or self.pieces.passages[end].para
            != self.pieces.passages[min(start, len(self.pieces.passages) - 1)].para
        ):
            return None
        return self._voice_of_cue(self._sentence_start(end), end)

    def _voice_of_cue(
        self, start: int, end: int, cue: int | None = None, need_cue: bool = True
    ) -> list[str] | None:
        """Who speaks between two pieces: the subject of the last verb of speech."""
        start = max(start, end - _FAR)
        cues = [cue] if cue is not None else [k for k in range(start, end) if self._is_cue(k)]
        voices = self._voices(start, end)
        if not cues:
            reporter = self._according(start, end)
            if reporter:
                return self._ids([reporter])
            if need_cue or not voices:
                return None
            return self._ids([max(voices, key=lambda v: (v.rank, v.first))])
        at = cues[-1]
        reporter = self._according(start, end)
        best = self._best(voices, at, start)
        if best is None and len(cues) > 1:
            best = self._best(voices, cues[-2], start)
        if best is None:
            return self._ids([reporter]) if reporter else None
        chain = [reporter] if reporter and reporter.id != best.id else []
        quoter = self._quoter(voices, at, best)
        if quoter:
            chain.append(quoter)
        return self._ids([*chain, best])

    def _is_cue(self, k: int) -> bool:
        low = self.pieces.lows[k]
        return self.words.says("verbs", low) or self.words.says("nouns", low)

    def _quoter(self, voices: list[_Voice], at: int, best: _Voice) -> _Voice | None:
        """ "X quoted Y as saying": X reports, Y speaks."""
        lows = self.pieces.lows
        for k in range(max(0, at - 8), at + 1):
            if lows[k] in (
                "quoted",
                "quotes",
                "cited",
                "quoting",
                "цитирует",
                "цитировал",
                "цитируя",
            ):
                earlier = [v for v in voices if v.last <= k and v.id != best.id and v.rank >= 2]
                if earlier and best.first > k:
                    return earlier[-1]
        return None

    def _according(self, start: int, end: int) -> _Voice | None:
        phrases = self.words.data["speech"]["according"]
        for k in range(start, end):
            for phrase in phrases:
                words = phrase.split()
                if self.pieces.lows[k : k + len(words)] == words:
                    after = self._voices(k + len(words), min(end, k + len(words) + 8))
                    if after:
                        return after[0]
        return None

    def _best(self, voices: list[_Voice], at: int, start: int) -> _Voice | None:
        """The subject: nearest before the verb; in the passive after "by"; else nearest after."""
        by = next(
            (
                k
                for k in range(at + 1, min(at + 4, len(self.pieces.lows)))
                if self.pieces.lows[k] == "by"
            ),
            None,
        )
        if by is not None:
            agents = [v for v in voices if by < v.first <= by + 4]
            if agents:
                return max(agents, key=lambda v: (v.rank, -v.first))
        before = [v for v in voices if v.last <= at]
        after = [v for v in voices if v.first > at]
        if self.pieces.language == "ru":
            near = [v for v in after if v.first - at <= 4 and v.rank >= 2 and self._nominative(v)]
            if near and not any(at - v.last <= 2 and v.rank >= 1 for v in before):
                return near[0]
        elif (
            after
            and after[0].first - at <= 3
            and after[0].rank >= 1
            and not any(at - v.last <= 6 for v in before)
        ):
            return after[0]
        for rank in (3, 2, 1, 0):
            near = [v for v in before if v.rank == rank and (rank > 0 or at - v.last <= 8)]
            pronoun = [v for v in before if v.kind == "pronoun"]
            if near and not (pronoun and pronoun[-1].first > near[-1].first and rank != 1):
                return near[-1]
            if near and rank >= 2:
                return near[-1]
        if after and after[0].rank >= 1:
            return after[0]
        return None

    def _nominative(self, voice: _Voice) -> bool:
        low = self.pieces.lows[voice.last - 1]
        return (
            voice.kind == "pronoun"
            or not low.endswith(("у", "ю", "ом", "ым", "ем"))
            or low.endswith("ко")
        )

    def _ids(self, voices: list[_Voice]) -> list[str]:
        return [v.id for v in voices if v.id]

    # ------------------------------------------------------------ voices
    def _voices(self, start: int, end: int) -> list[_Voice]:
        """Persons, papers, unnamed people, pronouns, and at last states between two pieces."""
        found, i = [], max(0, start)
        while i < end:
            voice = self._voice_at(i, end)
            if voice is None:
                i += 1
            else:
                found.append(voice)
                i = voice.last
        return found

    def _voice_at(self, i: int, end: int) -> _Voice | None:
        p = self.pieces
        low = p.lows[i]
        if i in self.elsewhere:
            return None
        named = self.by_first.get(i)
        unnamed = self._unnamed(i, end)
        if unnamed:
            return unnamed
        if named and named.kind == "person":
            return _Voice(i, named.last, named.id, 3, "person")
        known = self._name(i, end)
        if known:
            return known
        if named:
            demonym = p.language == "ru" and not p.is_capital(i)
            follows = (
                named.last < end
                and p.letters[named.last] in "wc"
                and not self.words.says("never_a_noun", p.lows[named.last])
            )
            if demonym or (follows and not self._is_cue(named.last)):
                return _Voice(i, named.last, named.id, 0, "state")
            return _Voice(i, named.last, named.id, 1, "state")
        if self.words.says("subject_pronouns", low):
            return _Voice(i, i + 1, self.last_id(i), 1, "pronoun")
        return None

    def last_id(self, i: int) -> str:
        """Whom "he" means: the last speaker nearby, else the last person named."""
        para = self.pieces.passages[i].para
        if self.last and para - self.last_para <= 1:
            return self.last
        k = bisect.bisect_left(self.people_at, i)
        if k:
            return self.people[k - 1].id
        start = self._sentence_start(i)
        earlier = self._unnamed_before(start)
        return earlier or self.last

    def _unnamed_before(self, start: int) -> str:
        """The last unnamed person of the sentence before ("The minister was blunt. ...")."""
        if start < 2:
            return ""
        for k in range(self._sentence_start(start - 1), start - 1):
            voice = self._unnamed(k, start - 1)
            if voice:
                return voice.id
        return ""

    def _unnamed(self, i: int, end: int) -> _Voice | None:
        """ "One western military historian", «один из участников»: no name is given."""
        p = self.pieces
        low = p.lows[i]
        indefinite = self.words.says("indefinite", low)
        bare = p.language == "ru" and self.words.says("generic", low) and not indefinite
        if bare:
            followed = p.letters[i + 1] == "c"
            return None if followed else _Voice(i, i + 1, "UNNAMED:" + _lemma(low), 1, "unnamed")
        if not indefinite and p.letters[i] != "i":
            return None
        j, words = i + 1, []
        while j < min(end, i + 7) and p.letters[j] in "wcmOo-i":
            word = p.lows[j]
            if p.letters[j] == "w" or p.letters[j] == "c" or p.letters[j] == "m":
                if word not in ("из", "of", "the"):
                    words.append(word)
                if self.words.says("generic", word):
                    if p.letters[j + 1] == "c" or (
                        p.letters[j + 1] == "w" and self.words.says("generic", p.lows[j + 1])
                    ):
                        j += 1
                        continue
                    if p.language == "ru":
                        words[-1] = _lemma(word)
                    return _Voice(
                        i, j + 1, "UNNAMED:" + " ".join(words), 2 if indefinite else 1, "unnamed"
                    )
                if self.words.says("verbs", word) or (word in ("has", "had", "was", "who")):
                    return None
            j += 1
        return None

    def _name(self, i: int, end: int) -> _Voice | None:
        """A person the gazetteer does not know: a run of capitals, often after a title."""
        p = self.pieces
        if not (p.letters[i] in "cMZ" and p.is_capital(i)) and not self.words.says(
            "titles", p.lows[i]
        ):
            return None
        j, parts, titled = i, [], False
        while j < end and len(parts) < 5:
            low = p.lows[j]
            raw = p.plain[p.starts[j] : p.ends[j]]
            if self.words.says("titles", low):
                titled = True
                parts.clear()
            elif (
                p.letters[j] == "c"
                or (p.letters[j] == "Z" and parts)
                or (p.letters[j] == "M" and parts)
            ):
                named = self.by_first.get(j)
                if named and named.kind != "person" and not parts:
                    break
                if named and named.kind == "person":
                    return _Voice(i, named.last, named.id, 3, "person")
                if low in ("as", "in", "but", "when", "как", "но") or self.words.says(
                    "openers", low
                ):
                    break
                parts.append(raw)
            elif low in (
                "von",
                "de",
                "van",
                "der",
                "du",
                "фон",
                "де",
                "al",
                "ben",
                "ibn",
                "la",
            ) and (parts or titled):
                parts.append(raw)
            elif low in ".-" and parts and p.touches(j) and (len(parts[-1]) == 1 or low == "-"):
                pass
            else:
                break
            j += 1
        while parts and parts[-1].lower() in ("von", "de", "van", "der", "of"):
            parts.pop()
        if not parts or j == i:
            return None
        at_start = i == 0 or p.letters[i - 1] == "|"
        if len(parts) == 1 and not titled and at_start and not self._verb_beside(j):
            return None
        return _Voice(i, j, _identity(parts, p.language), 2 + (titled or len(parts) > 1), "person")

    def _verb_beside(self, j: int) -> bool:
        return any(self.words.says("verbs", low) for low in self.pieces.lows[j : j + 3])

    # ------------------------------------------------------------ reported speech
    def _reported(self, quoted: list[tuple[int, int]]) -> list[Quoted]:
        p, found = self.pieces, []
        starts = [a for a, _ in quoted]
        for i, low in enumerate(p.lows):
            if not low or not self.words.says("that", low):
                continue
            start, end = self._sentence_start(i), p.shape.find("|", i)
            k = bisect.bisect_right(starts, p.starts[i]) - 1
            if k >= 0 and p.starts[i] < quoted[k][1]:
                continue
            cues = [
                c for c in range(max(start, i - 22), i) if self.words.says("that_verbs", p.lows[c])
            ]
            if not cues or end - i < 4 or (p.language == "en" and i - cues[-1] > 8):
                continue
            voice = self._voice_of_cue(start, i, cues[-1])
            if voice:
                last = end - 1
                while last > i and p.letters[last] in ".\"'":
                    last -= 1
                found.append(
                    Quoted(p.starts[i], p.ends[last], tuple(voice), "indirect", "reported", 0.45)
                )
        return found


# ---------------------------------------------------------------- ids of unknown persons
_LATIN = dict(
    zip(
        "абвгдеёзийклмнопрстуфыэ",
        ["a", "b", "v", "g", "d", "e", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
         "t", "u", "f", "y", "e"],
    )
) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya",
}  # fmt: skip


def _identity(parts: list[str], language: str) -> str:
    """ANNA_SMITH; Russian names in the nominative and in Latin letters."""
    words = [part[:-2] if part.endswith("'s") else part for part in parts]
    words = [word for word in words if len(word) > 1] or words
    if language == "ru":
        words = [_nominative(word) for word in words]
        words = ["".join(_LATIN.get(c, c) for c in word.lower()) for word in words]
        words = [re.sub(r"(?:iy|yy)$", "y", word) for word in words]
    return "_".join(words).upper().replace("-", "_")


def _nominative(word: str) -> str:
    """A surname as it stands in a register; the dictionary is asked only here."""
    if not re.search("(?:[ауыею]|ом|ым|им|ого|ему|ему|ой)$", word.lower()):
        return word
    for parse in _morphology().parse(word)[:6]:
        if {"Surn", "Name"} & set(map(str, parse.tag.grammemes)):
            return parse.normal_form.capitalize()
    return word


def _lemma(word: str) -> str:
    """«офицеров» → «офицер»."""
    for parse in _morphology().parse(word)[:4]:
        if "NOUN" in parse.tag.grammemes:
            return parse.normal_form
    return word


def _morphology():
    global _analyser
    if _analyser is None:
        import pymorphy3  # a third of a second: only when an unknown Russian name needs it

        _analyser = pymorphy3.MorphAnalyzer()
    return _analyser


_analyser = None
