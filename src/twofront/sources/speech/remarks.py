"""What follows a quotation and tells who speaks.

Q, said X · Q, X replied · «Q», — писал X · Q, according to X · Q were the words of X
"""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import replace

from ..grammar.dictionary import is_adjective, is_finite_verb, is_noun, noun_of
from .clauses import segments_of
from .narrative import SOMEBODY, Telling, Voice
from .papers import Papers
from .story import Fragment

ALONE = 5.0  # by how much somebody must stand out to be the only "he" there is
_REACH = 9  # tokens after a quotation in which its verb of speech is looked for
_LED = 16  # tokens from a verb of speech to the quotation that it leads up to
_LED_TO = 7  # and where the quotation ends its clause
_FAR_REACH = 18  # and where the words after the quotation tell at length of somebody


class Remarks(Papers):
    """Reads the remark after a quotation."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling)
        rules = self.words.data.get("quotation", {})
        self.dashed: bool = rules.get("remarks_after_dash", False)
        self.heard = False  # whether the sentence before tells who hears
        self.plain = False  # whether name, verb and quotation stand together
        self.company = False  # whether "he" may be several
        self.rival = False  # whether somebody else may be the subject of the verb
        self.turns: list[str] = []
        self.told_to = ""  # whom the words before a quotation tell of as the hearer
        self.called_on: set[int] = set()  # groups whose words name the hearer
        self.spoken_to: dict[int, str] = {}  # by group, where the remark tells
        self.groups: dict[int, list[int]] = {}
        for k, fragment in enumerate(self.fragments):
            if fragment.speech:
                self.groups.setdefault(fragment.group, []).append(k)
        phrases = [
            phrase.split() for phrase in self.words.data.get("speech", {}).get("according", [])
        ]
        self.reporting: dict[str, list[list[str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self.reporting.setdefault(phrase[0], []).append(phrase)

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
            if kinds[k] == "-" or not self.dashed:
                set_off = True
            k += 1
        stop = k
        dashed = self.dashed and kinds[k - 1] == "-"
        while kinds[stop] not in "|¶Q;" and kinds[stop] != ":":
            if dashed and kinds[stop] == "-" and self._is_dash(stop) and self._has_cue(k, stop):
                break  # «Q — как прозвали его в Вене — напал»
            stop += 1
        return (k, stop, set_off) if stop > k else None

    def _gestures_at(self, k: int) -> bool:
        """«— Где пушки? — Лунин обернулся. — Я жду.»: whoever does something meanwhile speaks."""
        voices = self.voices(k, k + 4) if self.by_case else []
        if not voices or voices[0].first != k or voices[0].kind not in SOMEBODY:
            return False
        subject = not (voices[0].oblique or self._governed(voices[0]))
        return subject and bool(voices[0].id) and is_finite_verb(self.low(voices[0].last))

    def _is_dash(self, s: int) -> bool:
        """Whether a dash stands free between words, and no hyphen."""
        i = self.story.at[s]
        return i >= 0 and not self.pieces.touches(i)

    def _has_cue(self, a: int, b: int) -> bool:
        return bool(self.places("verbs", a, b))

    def _after(self, s: int, fragment: Fragment) -> list[Voice] | None:
        tail = self._tail(s, fragment)
        if not tail or self._is_woven_in(s, fragment):
            return None
        k, stop, set_off = tail
        broken = self.story.kinds[s + 1] == "|"
        undashed = self.dashed and "-" not in self.story.kinds[s + 1 : k]
        if broken and (undashed or self._is_led_in(s, stop)) and not self.says("thus", k):
            return None  # a new sentence
        if broken and not self.dashed and self._is_plainly_led(s):
            return None  # "He said, Q. Those were his last words."
        joined = self.says("coordinators", k) and not self.says("thus", k)
        if joined and not {",", "-"} & set(self.story.kinds[s + 1 : k]):
            return None  # "Q and others urged ..."
        if joined and self.dashed and "-" not in self.story.kinds[s + 1 : k]:
            return None  # «Q», и распорядился
        if joined and not self.dashed and self._is_led_to(s):
            return None  # "Reid used to call it q, and one must say that"
        led = self.story.kinds[s - 1 : s] == ":" and self.says("coordinators", k)
        if led and (self.dashed or self.story.kinds[stop] == ":"):
            return None  # «крикнул: Q, — и побежал»
        if k == s + 1 and self.says("subordinators", k) and not self.says("manner", k):
            return None  # "shouted Q whenever an officer came"
        reporter = self._according(k, min(stop, k + 14))
        limit = min(stop, k + (4 if broken else _REACH))
        cue = next((j for j in range(k, limit) if self.says("verbs", j)), None)
        if cue is None and set_off and not broken and self._opens_with_somebody(k):
            # "one of the 74, a wheelwright named Amos Tull, told a visitor"
            ahead = range(limit, min(stop, k + _FAR_REACH))
            told = (j for j in ahead if self.says("verbs", j) and not self.says("christening", j))
            cue = next(told, None)
        if cue is None and not self.by_case:
            heard = (j for j in range(k + 1, limit - 1) if self.says("hearing", j))
            cue = next(
                (j for j in heard if self.says("passives", j - 1) and self.says("whither", j + 1)),
                None,
            )  # "he was heard to shout"
        if not set_off and (cue is None or cue > k + 2):
            noun = self._words_of(k, stop)
            return noun or (
                [reporter] if reporter and k == reporter.first - self._length(k) else None
            )
        hangs = not self.dashed and self._is_led_to(s)
        if hangs and self._is_of_a_clause(s) and self.story.kinds[s + 1 : s + 2] == ",":
            return None  # "When Reid answered with a word, Q, Hay said nothing"
        if (
            cue is None
            and not hangs
            and (not broken or (fragment.dialogue and self._gestures_at(k)))
        ):
            cue = self._open_verb(k, stop)
        if cue is None:
            noun = self._words_of(k, stop)
            return noun or ([reporter] if reporter else None)
        if broken and not self.says("thus", k) and not self._is_remark(k, stop, cue):
            return None
        if self.by_case and self.says("written", cue):
            stop = self._before_next_clause(cue, stop)
        ended = not self.by_case and self.text[fragment.end - 1] in ".!?"
        told = self.says("that", cue + 1) or self._is_reported(k, cue)
        if ended and (told or (broken and self._asks_another(cue))):
            return None  # "..."12 Orde added that they left: another sentence, behind a note
        subject, everybody = self._voice_of(k, stop) or self.read_to_us(s, cue), None
        if subject is None:
            everybody = self.voices(k, stop, cue)
            it = not self.by_case and cue == k + 1 and self.says("paper_pronouns", k)
            subject = self._of_it(k, cue) or self._of_paper(k) if it else None
            subject = subject or self._subject_after(k, stop, cue, everybody)
            subject = subject or self._of_it(k, cue)
            subject = self._named_paper(subject) or subject
        if subject is None:
            self.rival = True  # somebody else than who reports it said it
            return [reporter] if reporter else None
        if broken and not self.by_case and self.says("thus", k) and subject.kind == "unnamed":
            return None  # "So ended a crisis"
        self.plain = self._is_plain(subject, cue, cue) and self.says("verbs", cue)
        margin = self.margin
        if everybody is None:
            everybody = self.voices(k, stop, cue)
        self.rival = self._has_rival(subject, cue, everybody, stop)
        self.rival = self.rival or (self.by_case and not self._agrees(subject, cue))
        self.rival = self.rival or (broken and not self.says("verbs", cue))  # what he does
        self.rival = self.rival or self.reads_out(cue) or (self.dashed and not set_off)
        beside = [v for v in everybody if v.first >= cue]
        alone = self.plain and subject.kind == "pronoun" and margin >= ALONE
        self.company = alone and self.in_company(subject)
        self.margin = margin  # of the speaker, and not of whom he speaks to
        kinds = ("person", "unnamed", "role")
        others = [v.id for v in beside if v.kind in kinds and v.id != subject.id]
        if others:
            self.spoken_to.setdefault(fragment.group, others[0])
        if reporter and reporter.id != subject.id:
            return [reporter, subject]
        return [subject]

    def _before_next_clause(self, cue: int, stop: int) -> int:
        """«Q, — говорилось в приговоре, и X был казнён»: where another clause begins."""
        for j in range(cue, stop - 1):
            joined = self.says("joining", j + 1) or self.says("contrasts", j + 1)
            if self.story.kinds[j] == "," and joined:
                return j
        return stop

    @abstractmethod
    def reads_out(self, verb: int) -> bool:
        """Whether somebody may utter words of another (`hearers.py`)."""

    @abstractmethod
    def read_to_us(self, s: int, cue: int) -> Voice | None:
        """Whose letter somebody reads out (`messages.py`)."""

    def _voice_of(self, k: int, stop: int) -> Voice | None:
        """ "Q," they heard his voice; «Q», — передаёт его слова X: not of who hears or hands on."""
        voices, quoted = self._said["voices"], self._said["quoted_nouns"]
        for j in range(k, stop):
            word = voices[self._lows[j]] or (self.by_case and quoted[self._lows[j]])
            if not word or not any(self._hands_on(i) for i in range(k, stop)):
                continue
            if self.says("back_references", j - 1) or self.says("others_own", j - 1):
                others = [v.id for v in self.voices(k, stop) if not v.oblique and v.kind != "thing"]
                who = self.focus(k, self.says("feminine", j - 1), others[0] if others else "")
                return Voice(j - 1, j, who, "pronoun") if who else None
            for v in self.voices(k, stop):
                if v.first == j + 1 and v.oblique and v.kind in SOMEBODY:
                    return v
        return None

    def _hands_on(self, j: int) -> bool:
        """Whether a verb of hearing or of handing on stands at a position."""
        return self.says("hearing", j) or self.says("handing_on", j)

    def _is_woven_in(self, s: int, fragment: Fragment) -> bool:
        """ "referred to them as q,": a bit of a sentence that its own verb leads up to."""
        if self.dashed or not self.text[fragment.start].islower():
            return False
        k = s - 1
        while k > 0 and self.says("weaving", k):
            k -= 1
        return k < s - 1 and any(self.says("verbs", j) for j in range(max(0, k - 4), k + 1))

    def _is_reported(self, k: int, cue: int) -> bool:
        """ "Q?" I said I was not: what is said is told, and the words before are another's."""
        if cue == k or not self.says("finite", cue + 2):
            return False
        return self.says("subject_pronouns", cue + 1) or self.says("first_person", cue + 1)

    def _asks_another(self, cue: int) -> bool:
        """ "Q?" Pike demanded to know what it cost: he asks that, and Q is of who spoke before."""
        k = cue + 1 + self.says("told_pronouns", cue + 1)
        k += 2 * self.says("whither", k)
        return self.says("question_words", k) and not self.says("subordinators", k)

    def _is_led_in(self, s: int, stop: int) -> bool:
        """ "shouting, Q! She asked": the verb before the quotation is its own.

        It may stand farther off where the next words lead up to another: "asked the man, Q? He
        said, Q".
        """
        kinds = self.story.kinds
        if self.dashed or kinds[s - 1 : s] not in (",", ":"):
            return False
        leads_on = kinds[stop] == "Q" and kinds[stop - 1] in ",:"
        start = max(self.sentence_start(s), kinds.rfind("Q", 0, s) + 1, s - _LED)
        return self.says("verbs", s - 2) or (leads_on and self._has_cue(start, s))

    def _is_led_to(self, s: int) -> bool:
        """ "asked, Q", "answered with one word, Q": a verb of speech shortly before the words."""
        start = max(self.sentence_start(s), self.story.kinds.rfind("Q", 0, s) + 1, s - _LED_TO)
        return self._has_cue(start, s)

    def _is_of_a_clause(self, s: int) -> bool:
        """Whether the sentence, or its part behind "and", begins with "when" or "while"."""
        start = self.sentence_start(s)
        start += self.says("coordinators", start)
        return self.says("subordinators", start) and not self.says("manner", start)

    def _is_plainly_led(self, s: int) -> bool:
        """ "He said, Q": whether somebody, his verb of speech and a quotation stand together."""
        led = self.story.kinds[s - 1 : s] in (",", ":") and self.says("verbs", s - 2)
        named = s >= 3 and self.story.at[s - 3] in self.people.within
        return led and (
            named or self.says("subject_pronouns", s - 3) or self.roles[self.low(s - 3)]
        )

    def _opens_with_somebody(self, k: int) -> bool:
        """Whether a name or a phrase of somebody stands at a position."""
        voices = self.voices(k, k + 4)
        return bool(voices) and voices[0].first == k and voices[0].kind in ("person", "unnamed")

    def _length(self, k: int) -> int:
        for words in self.reporting.get(self.low(k), ()):
            if [self.low(k + n) for n in range(len(words))] == words:
                return len(words)
        return 0

    def _is_remark(self, k: int, stop: int, cue: int) -> bool:
        """After a full sentence in marks only a short clause of who spoke counts."""
        voices = self.voices(k, stop)
        if self.says("gestures", cue) and cue > k:
            return False  # "Are they over?" Pike pointed with his pipe.
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
            while j < stop and (self.says("verb_helpers", j) or self.is_adverb_at(j)):
                if self.says("copulas", j):
                    return None  # "...," he was exaggerating
                j += 1
            if j < stop and self.low(j).isalpha() and not self.says("never_a_noun", j):
                return j
        if self.low(k).endswith(self.suffixes.past) and voices and voices[0].first == k + 1:
            return k
        return None

    def _words_of(self, k: int, stop: int) -> list[Voice] | None:
        """ "Q" were the words of X; "Q" was X's verdict."""
        noun = next((j for j in range(k, min(stop, k + 8)) if self.says("nouns", j)), None)
        was = self.says("copulas", k) or self.says("copulas", k + 1) or self.says("running", k)
        if noun is None or not was:
            return None
        owner = self._owner(k, stop, noun)
        return [owner or Voice(noun, noun + 1, "UNNAMED:" + self.low(noun), "thing")]

    def _according(self, a: int, b: int) -> Voice | None:
        for v in self.voices(a + 1, min(b, a + 6)) if self.says("citing", a) else ():
            if v.possessive and v.first <= a + 2 and self.says("own_words", v.last):
                return v  # "in Ware's words"
        told = self._as_told(a, b)
        if told:
            return told
        for j in range(a, b):
            for words in self.reporting.get(self.low(j), ()):
                if all(self.low(j + n) == word for n, word in enumerate(words)):
                    k = j + len(words)
                    if (
                        self.by_case
                        and self.story.kinds[k] == ","
                        and self.says("relatives", k + 1)
                    ):
                        continue  # «сказал слова, которых я не слышал»
                    if self.says("latter", k):
                        who = self.focus(k, self.says("feminine", k), flat=True)
                        return Voice(k, k + 1, who, "pronoun") if who else None
                    after = self._joined(self.voices(k, min(b, k + 9)))
                    beyond = after and "," in self.story.kinds[k : after[0].first]
                    if beyond and self._is_told_what(k, after[0]):
                        return after[0]  # "according to a later historian, Ann Pole,"
                    if after and (self.by_case or not beyond):
                        return after[0]
                    source = self.says("by_source", k - 1)
                    paper = self._paper_after(k, b, source) if self.by_case else None
                    paper = paper or (None if self.by_case else self._body_after_to(k, b))
                    if paper:
                        return paper
        return None

    def _is_told_what(self, k: int, voice: Voice) -> bool:
        """Whether an article, what somebody is and a comma lead up to a name that is closed."""
        between = self.story.kinds[k : voice.first]
        closed = voice.kind == "person" and self.story.kinds[voice.last] in ",.;"
        alone = between.startswith("i") and between.find(",") == len(between) - 1
        return closed and alone and any(self.roles[self.low(j)] for j in range(k, voice.first))

    def _as_told(self, a: int, b: int) -> Voice | None:
        """ "Pike, as his orderly remembered, came back": who tells of it, in an aside."""
        for j in () if self.by_case else self.places("manner", a, b):
            set_off = j == a or self.story.kinds[j - 1] in ",(" or self.says("joining", j - 1)
            end = next((k for k in range(j, b) if self.story.kinds[k] in ",;:)Q"), b)
            voices = self._joined(self.voices(j + 1, end))
            who = voices[0] if set_off and voices and voices[0].first == j + 1 else None
            if who is None or who.kind not in SOMEBODY or who.possessive or not who.id:
                continue
            verb = next((k for k in range(who.last, end) if self.says("verbs", k)), end)
            alone = all(self._governed(v) or v.first > verb for v in voices[1:])
            relative = any(self.says("relatives", k) for k in range(who.last, verb))
            if verb < end and alone and not relative:
                return who
        return None

    def _named_paper(self, subject: Voice | None) -> Voice | None:
        """ "According to the Gazette, it fell. Q, the newspaper added": the paper told of."""
        if self.by_case or subject is None or subject.kind != "role":
            return None
        if not self.says("papers", subject.noun) or not subject.id.startswith("UNNAMED:"):
            return None
        paper = self._of_paper(subject.first)
        # "The Daily Star said", and not "Old Reid said"
        if paper is None or not (self.story.kinds[paper.first] == "i" or paper.kind == "person"):
            return None
        return replace(subject, id=paper.id)

    def _is_thing_by_name(self, source: Voice) -> bool:
        """ "La Nazione, which": a name that is no man's."""
        which = self.story.kinds[source.last] == "," and self.says("which", source.last + 1)
        return source.kind == "paper" or (source.kind == "person" and which)

    def _of_paper(self, k: int) -> Voice | None:
        """ "The Daily Post kept up its spirits. Q, it told them": the paper of that name."""
        end = self.sentence_start(k)
        start = self.sentence_start(max(0, end - 1))
        source = self._according(start, end)
        if source is not None:
            return source if self._is_thing_by_name(source) else None
        segments = segments_of(self.story.kinds, start, end, self.says, self._is_aside)
        verb = next((j for j in range(start, end) if self._acts_at(j)), start)
        return self._capitals(segments, verb) if verb > start else None

    def _body_after_to(self, k: int, b: int) -> Voice | None:
        """ "according to the National Museum of the Navy": capitals that are no man's name."""
        first = j = k + (self.story.kinds[k] == "i")
        while j < b and self._is_capital_at(j):
            j += 1
            linked = self.says("title_links", j)
            ahead = j + linked + (linked and self.story.kinds[j + 1] == "i")
            if linked and ahead < b and self._is_capital_at(ahead):
                j = ahead
        if j > first:
            words = (self.low(i) for i in range(first, j) if self.story.kinds[i] != "i")
            name = "_".join(re.findall(r"\w+", " ".join(words))).upper()
            return Voice(k, j, name, "paper")
        if first > k and self.story.kinds[first] == "w":
            return Voice(k, first + 1, "UNNAMED:" + self.low(first), "thing")
        return None

    def _paper_after(self, k: int, b: int, source: bool) -> Voice | None:
        """«говоря словами высочайшего манифеста», «согласно архивам»: no man, but a paper.

        A `source` may be any thing.
        """
        while k < b - 1 and is_adjective(self.low(k)) and not self.says("nouns", k):
            k += 1
        lemma, _, living = noun_of(self.low(k)) if k < b else ("", False, False)
        known = self.says("nouns", k) or (source and not living and is_noun(self.low(k)))
        if not known:
            return None
        return Voice(k, k + 1, "UNNAMED:" + lemma, "thing") if lemma else None

    def _is_plain(self, voice: Voice, verb: int, end: int) -> bool:
        """ "Reid wrote: Q": name, verb and quotation with hardly a word between them."""
        beside = (0 <= verb - voice.last <= 1) or (0 < voice.first - verb <= 1)
        other = range(max(verb, voice.last) + 1, end)  # "X wrote to Y, which forbade him q"
        if any(self.story.kinds[j - 1] == "," and self.says("relatives", j) for j in other):
            return False
        return beside and end - max(verb, voice.last) <= 8

    def _told_after(self, s: int) -> Voice | None:
        """ "Q" That was all that Keith asked. «Q» Вопрос задал Багров."""
        k = s + 1
        while self.story.kinds[k] in ".|":
            k += 1
        k += self.story.kinds[k] == "¶" and k + 1 < len(self.story.kinds)
        end = self.sentence_end(k)
        article = self.story.kinds[k] == "i"
        back = self.says("pointing_back", k) and any(
            self.says("copulas", j) for j in (k + 1, k + 2)
        )
        named = self.says("quoted_nouns", k + article) or self.says("asked_words", k + article)
        if not (back or named) or "Q" in self.story.kinds[k:end]:
            return None
        voices = self._joined(self.voices(k + 1 + article, end))
        people = [v for v in voices if v.kind in ("person", "role") and v.id]
        return people[0] if people else None
