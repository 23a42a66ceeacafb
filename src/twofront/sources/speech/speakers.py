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

from ..grammar.inflection import is_finite_verb, may_be_plural_subject, noun_of
from ..grammar.pieces import Pieces
from .narrative import Voice
from .people import People
from .referents import NARRATOR, Referents
from .story import Fragment, Story
from .subjects import Subjects

# How often the speaker is right, by rule: counted on annotated documents of both languages.
_SURE = {
    "quote-after-person-plain": 0.96,
    "quote-before-person-plain": 0.94,
    "quote-after-unnamed-plain": 0.93,
    "quote-before-unnamed-plain": 0.9,
    "quote-after-pronoun-plain-alone": 0.95,
    "quote-before-pronoun-plain-alone": 0.9,
    "quote-after-person": 0.95,
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
_UNSURE = 0.9  # at most, where somebody else may be meant
_ALONE = 5.0  # by how much somebody must stand out to be the only "he" there is
_REACH = 9  # tokens after a quotation in which its verb of speech is looked for
_FAR_REACH = 18  # and where the words after the quotation tell at length of somebody
_SHORT = 240  # characters: lines of a dialogue are no longer
_LONG = 70  # tokens of a sentence before a quotation that are read


class Speakers(Subjects):
    """Finds the speaker of every fragment of a story, in order."""

    def __init__(
        self,
        text: str,
        pieces: Pieces,
        people: People,
        story: Story,
        fragments: list[Fragment],
        outer: tuple[str, ...] = (),
        around: tuple[Referents, int] | None = None,
    ) -> None:
        super().__init__(text, pieces, people, story, fragments, outer, around)
        rules = self.words.data.get("quotation", {})
        self.dashed: bool = rules.get("remarks_after_dash", False)
        self.heard = False  # whether the sentence before tells who hears
        self.plain = False  # whether name, verb and quotation stand together
        self.company = False  # whether "he" may be several
        self.rival = False  # whether somebody else may be the subject of the verb
        self.turns: list[str] = []
        self.spoken_to: dict[int, str] = {}  # by group, where the remark tells
        self.groups: dict[int, list[int]] = {}
        for k, fragment in enumerate(fragments):
            if fragment.speech:
                self.groups.setdefault(fragment.group, []).append(k)
        phrases = [
            phrase.split() for phrase in self.words.data.get("speech", {}).get("according", [])
        ]
        self.reporting: dict[str, list[list[str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self.reporting.setdefault(phrase[0], []).append(phrase)

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
            if self.addressed and self.addressed != (fragment.chain or ("",))[-1]:
                self.spoken_to[fragment.group] = self.addressed
            self.addressed = ""
            done.setdefault(fragment.group, fragment)
            remembered = not fragment.rule.endswith(("thing", "heard", "paper", "read"))
            if fragment.chain and fragment.chain[-1] and remembered:
                at = self.story.of_fragment[k]
                self.history.append((at, fragment.para, fragment.chain[-1]))
            if fragment.dialogue and (previous is None or previous.group != fragment.group):
                fresh = (
                    previous is None or not previous.dialogue or fragment.para - previous.para > 1
                )
                self.turns = [] if fresh else self.turns
                self.turns.append(fragment.chain[-1] if fragment.chain else "")
            previous = fragment
        self._look_ahead()
        self._look_back()

    def _look_ahead(self) -> None:
        """The first line of a dialogue: its speaker has a name two lines further on."""
        groups = [[self.fragments[k] for k in members] for members in self.groups.values()]
        for one, two, three in zip(groups[-3::-1], groups[-2::-1], groups[:1:-1], strict=False):
            lines = (one[-1], two[0], two[-1], three[0])
            if any(line.para - lines[0].para > 2 or not line.dialogue for line in lines):
                continue
            known = [part[0].chain[-1] if part[0].chain else "" for part in (one, two, three)]
            if not known[0] and all(known[1:]) and known[1] != known[2]:
                for fragment in one:
                    self._give(fragment, three[0].chain, "quote-turn", 0.5)

    def _look_back(self) -> None:
        """Lines without a remark between two with one: the last cannot be of who speaks next."""
        groups = [[self.fragments[k] for k in members] for members in self.groups.values()]
        for end in range(len(groups) - 1, 2, -1):
            if groups[end][0].rule == "quote-turn":
                continue
            start = end - 1
            while start > 0 and self._is_bare_line(groups[start], groups[start + 1]):
                start -= 1
            if end - start < 3 or not self._are_neighbours(groups[start], groups[start + 1]):
                continue
            pair = (groups[end][0].chain, groups[start][0].chain)
            last = groups[end - 1][-1].chain
            if pair[0] != pair[1] or last != pair[0] or not all(map(any, pair)):
                continue
            others = [line.chain for g in groups[max(0, start - 1) : end] for line in g]
            other = next((chain for chain in others[::-1] if any(chain) and chain != last), None)
            if other is None:
                continue
            for k in range(end - 1, start, -1):
                chain = other if (end - k) % 2 else pair[0]
                for fragment in groups[k]:
                    self._give(fragment, chain, "quote-turn", 0.5)

    @staticmethod
    def _are_neighbours(one: list[Fragment], two: list[Fragment]) -> bool:
        return two[0].para - one[-1].para == 1

    def _is_bare_line(self, line: list[Fragment], after: list[Fragment]) -> bool:
        return line[0].rule == "quote-turn" and self._are_neighbours(line, after)

    def _give(self, fragment: Fragment, chain: tuple[str, ...], rule: str, sure: float) -> None:
        fragment.chain, fragment.rule, fragment.confidence = chain, rule, sure

    def _of(self, k: int, previous: Fragment | None) -> tuple[tuple[str, ...], str, float]:
        fragment = self.fragments[k]
        s = self.story.of_fragment[k]
        self.plain = self.heard = self.rival = False
        self.addressed = self._addressee(fragment, previous)
        self.hearer = self.spoken_to.get(previous.group, "") if previous is not None else ""
        if fragment.continues and previous is not None and previous.chain:
            return previous.chain, "quote-continued", min(0.9, previous.confidence)
        for j in self.groups[fragment.group] if self.dashed else [k]:
            after = self._after(self.story.of_fragment[j], self.fragments[j])
            if after and after[-1].kind == "thing":
                other = self._replier(s, after[-1], previous)
                if other:
                    return (*self.outer, other), "quote-after-reply", 0.6
                sender = self._lead(s, fragment, previous)
                if sender and sender[0][-1].kind == "person" and "subject" not in sender[1]:
                    return self._chain(sender[0]), "quote-after-thing", 0.6
            if after:
                return self._chain(after), *self._rule("quote-after", after)
        if previous is not None and (
            self._is_turn_after_remark(k, s, previous) or self._is_answer(k, previous)
        ):
            last = previous.chain[-1] if previous.chain else ""
            other = self._other_speaker(s, previous) or self.focus(s, False, last, remember=False)
            if other:
                return (*self.outer, other), "quote-turn", 0.6
        between = self._between(k, s, previous)
        if between and previous is not None and self._asks_back(k, s, previous):
            last = previous.chain[-1] if previous.chain else ""
            other = self._other_speaker(s, previous) or self.focus(s, False, last, remember=False)
            if other:
                return (*self.outer, other), "quote-turn", 0.6
        if between and previous is not None and previous.rule.startswith("quote-after"):
            return previous.chain, "quote-same", previous.confidence
        before = self._before(s, between)
        if before and self.heard:
            return self._chain(before), "quote-heard", 0.6
        if before:
            return self._chain(before), *self._rule("quote-before", before)
        if between and previous is not None and previous.chain:
            return previous.chain, "quote-same", min(0.8, previous.confidence)
        alone = self.story.kinds[s - 1 : s] in ("", "¶", "|") and not fragment.dialogue
        source = self._source_below(s) if alone else None
        if source:
            return self._chain([source]), "quote-source", 0.7
        lead = self._lead(s, fragment, previous)
        told = self._told_after(s) if alone and (lead is None or lead[2] <= 0.5) else None
        if told:
            return self._chain([told]), "quote-told-after", 0.5
        if lead:
            return self._chain(lead[0]), lead[1], lead[2]
        if previous is not None and self._takes_turn(k, s, previous):
            other = self._other_speaker(s, previous)
            if other or fragment.dialogue:
                return (*self.outer, other), "quote-turn", 0.6 if other else 0.3
        if previous is not None and previous.chain and self._follows(k, s, previous):
            return previous.chain, "quote-goes-on", 0.6
        if previous is not None and previous.chain and previous.para == fragment.para:
            return previous.chain, "quote-same-paragraph", 0.5
        focus = self.focus(s)
        if focus:
            return (*self.outer, focus), "quote-focus", 0.35
        return ("",), "quote-unattributed", 0.3

    def _told_after(self, s: int) -> Voice | None:
        """ "Q" That was all that Keith asked. «Q» Вопрос задал Багров."""
        k = s + 1
        while self.story.kinds[k] in ".|":
            k += 1
        end = self.sentence_end(k)
        article = self.story.kinds[k] == "i"
        back = self.says("pointing_back", k) and any(self.says("copulas", j) for j in (k + 1, k + 2))
        named = self.says("quoted_nouns", k + article) or self.says("asked_words", k + article)
        if not (back or named) or "Q" in self.story.kinds[k:end]:
            return None
        voices = self._joined(self.voices(k + 1 + article, end, oblique=True))
        people = [v for v in voices if v.kind in ("person", "role") and v.id]
        return people[0] if people else None

    def _addressee(self, fragment: Fragment, previous: Fragment | None) -> str:
        """ "Pike, come here", "Are you there, Pike?": whom the words call by name."""
        p = self.pieces
        i = bisect.bisect_left(p.starts, fragment.start)
        j = bisect.bisect_left(p.starts, fragment.end)
        person = self.people.at.get(i)
        if person is not None and person.last < j and p.lows[person.last] in ",!":
            asked = previous is not None and self.text[previous.end - 1] == "?"
            return "" if person.oblique or asked else person.id  # "Who are you?" "Pike, sir."
        for person in self.people.before(j, 3):
            if person.first <= i or person.oblique or p.lows[person.first - 1] != ",":
                continue
            if person.last >= j or p.lows[person.last] in ",!?.":
                alone = person.last >= j or p.lows[person.last] != ","
                return person.id if alone else ""
        return ""

    def _replier(self, s: int, thing: Voice, previous: Fragment | None) -> str:
        """ "Q" was the reply: whoever was spoken to."""
        if not self.says("replies", thing.last - 1):
            return ""
        asker = self.asker(s)
        if asker:
            return self.focus(s, False, asker, flat=True)
        if previous is None or not previous.chain:
            return ""
        if self.fragments[self.groups[previous.group][0]].para < previous.para - 1:
            return ""
        return self.focus(s, False, previous.chain[-1], flat=True)

    def _takes_turn(self, k: int, s: int, previous: Fragment) -> bool:
        """Whether a quotation is a line of a dialogue, after the line of somebody else."""
        fragment = self.fragments[k]
        if fragment.dialogue and self.turns:
            return True
        short = max(part.end - part.start for part in (fragment, previous)) <= _SHORT
        return not self.dashed and short and self._follows(k, s, previous)

    def _is_turn_after_remark(self, k: int, s: int, previous: Fragment) -> bool:
        """«Q?» — «Q», — сказал я. — «Q»: new marks after a dash are another's, once turns began."""
        if not self.dashed or k < 2 or self.fragments[k - 1] is not previous:
            return False
        one, two = self.fragments[k - 2], self.fragments[k - 1]
        if not one.speech or not one.para == two.para == self.fragments[k].para:
            return False
        at = self.story.of_fragment
        between = self.story.kinds[at[k - 1] + 1 : s]
        turned = self.story.kinds[at[k - 2] + 1 : at[k - 1]].strip("|") == "-"
        return turned and between.endswith("-") and one.group != two.group

    def _is_answer(self, k: int, previous: Fragment) -> bool:
        """ "Q." "Q.": nothing stands between; «Q?» — спросил X. «Q.»: only who asked."""
        fragment = self.fragments[k]
        if k == 0 or self.fragments[k - 1] is not previous or previous.para != fragment.para:
            return False
        if previous.group == fragment.group or fragment.nested or not previous.chain:
            return False
        at = self.story.of_fragment
        between = self.story.kinds[at[k - 1] + 1 : at[k]]
        last = self.text[previous.end - 1]
        if not self.dashed:
            if not between.strip("|"):
                return last in ".!?…"
            words = range(at[k - 1] + 1, at[k])
            asked = last == "?" and any(self.says("asked_aloud", j) for j in words)
            ends = between.endswith("|") and between.strip("|").endswith(".")
            again = self.text[fragment.end - 1] == "?"
            return asked and ends and len(between) <= 7 and not again and len(self.history) > 0
        asked = last == "?" and between.startswith("-") and between.strip("|").endswith(".")
        return asked and between.strip("|").count("|") == 0 and len(between) <= 8

    def _asks_back(self, k: int, s: int, previous: Fragment) -> bool:
        """ "At Malta," he said. "And the army?" "At Varna.": a question between two answers."""
        if self.dashed or k + 1 >= len(self.fragments) or self.text[self.fragments[k].end - 1] != "?":
            return False
        at = self.story.of_fragment
        if not self.fragments[k + 1].speech or k + 1 not in at:
            return False
        told = self.story.kinds[at[k - 1] + 1 : s]
        answered = not self.story.kinds[s + 1 : at[k + 1]].strip("|")
        return told.endswith("|") and answered and self.text[previous.end - 1] == ","

    def _follows(self, k: int, s: int, previous: Fragment) -> bool:
        """Whether a quotation fills a paragraph, and one stands in the paragraph before."""
        fragment, kinds = self.fragments[k], self.story.kinds
        line = kinds[s - 1 : s] == "¶" and kinds[s + 1 : s + 2] == "¶"
        return line and not fragment.continues and fragment.para - previous.para == 1

    def _other_speaker(self, s: int, previous: Fragment) -> str:
        """Who speaks in turn with the speaker before."""
        last = previous.chain[-1] if previous.chain else ""
        spoken_to = self.spoken_to.get(previous.group, "")
        if spoken_to and spoken_to != last:
            return spoken_to
        for _, para, speaker in reversed(self.history):
            if previous.para - para > 6:
                break
            if speaker != last:
                beside = "" if para == previous.para else self._beside(previous, last)
                return beside or speaker
        other = self.focus(s, False, last) if last and self.dashed else ""
        if not other and self.fragments[self.groups[previous.group][0]].dialogue:
            spoken = range(max(0, s - _LONG), s)  # «меня разбудил Лапин»: he speaks with me
            if last != NARRATOR and any(self.says("speaking_with_me", j) for j in spoken):
                return NARRATOR
        return other

    def _beside(self, previous: Fragment, last: str) -> str:
        """Who alone is told of with the speaker right before he speaks: «Dunne looked at the boy»."""
        at = self.story.of_fragment[self.groups[previous.group][0]]
        start = self.sentence_start(max(0, self.sentence_start(at) - 1))
        others = {m.id for m in self._antecedents(start, at) if m.id != last}
        return others.pop() if len(others) == 1 else ""

    def _rule(self, rule: str, voices: list[Voice]) -> tuple[str, float]:
        rule = f"{rule}-{voices[-1].kind}"
        if self.plain:
            rule += "-plain"
            he = voices[-1].kind == "pronoun" and voices[-1].id not in ("", NARRATOR)
            if he and self.margin >= _ALONE and not self.company:
                rule += "-alone"
        sure = _SURE.get(rule, 0.6)
        told = voices[-1].unclear or voices[-1].oblique or voices[-1].possessive
        return rule, min(sure, _UNSURE) if self.rival or told else sure

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
            if kinds[k] == "-" or not self.dashed:
                set_off = True
            k += 1
        stop = k
        while kinds[stop] not in "|¶Q;" and kinds[stop] != ":":
            stop += 1
        return (k, stop, set_off) if stop > k else None

    def _after(self, s: int, fragment: Fragment) -> list[Voice] | None:
        tail = self._tail(s, fragment)
        if not tail or self._is_woven_in(s, fragment):
            return None
        k, stop, set_off = tail
        broken = self.story.kinds[s + 1] == "|"
        undashed = self.dashed and "-" not in self.story.kinds[s + 1 : k]
        if broken and (undashed or self._is_led_in(s)) and not self.says("thus", k):
            return None  # a new sentence
        joined = self.says("coordinators", k) and not self.says("thus", k)
        if joined and not {",", "-"} & set(self.story.kinds[s + 1 : k]):
            return None  # "Q and others urged ..."
        reporter = self._according(k, min(stop, k + 14))
        limit = min(stop, k + (4 if broken else _REACH))
        cue = next((j for j in range(k, limit) if self.says("verbs", j)), None)
        if cue is None and set_off and not broken and self._opens_with_somebody(k):
            # "one of the 74, a wheelwright named Amos Tull, told a visitor"
            ahead = range(limit, min(stop, k + _FAR_REACH))
            told = (j for j in ahead if self.says("verbs", j) and not self.says("christening", j))
            cue = next(told, None)
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
        subject = self._subject_after(k, stop, cue) or self._of_it(k, cue)
        if subject is None:
            self.rival = True  # somebody else than who reports it said it
            return [reporter] if reporter else None
        self.plain = self._is_plain(subject, cue, cue) and self.says("verbs", cue)
        margin = self.margin
        everybody = self.voices(k, stop, cue, oblique=True)
        self.rival = self._has_rival(subject, cue, everybody, stop)
        self.rival = self.rival or (self.by_case and not self._agrees(subject, cue))
        beside = [v for v in everybody if v.first >= cue]
        alone = self.plain and subject.kind == "pronoun" and margin >= _ALONE
        self.company = alone and self.in_company(subject)
        self.margin = margin  # of the speaker, and not of whom he speaks to
        others = [v.id for v in beside if v.kind in ("person", "unnamed") and v.id != subject.id]
        if others:
            self.spoken_to.setdefault(fragment.group, others[0])
        if reporter and reporter.id != subject.id:
            return [reporter, subject]
        return [subject]

    def _is_woven_in(self, s: int, fragment: Fragment) -> bool:
        """ "referred to them as q,": a bit of a sentence that its own verb leads up to."""
        if self.dashed or not self.text[fragment.start].islower():
            return False
        k = s - 1
        while k > 0 and self.says("weaving", k):
            k -= 1
        return k < s - 1 and any(self.says("verbs", j) for j in range(max(0, k - 4), k + 1))

    def _is_led_in(self, s: int) -> bool:
        """ "shouting, Q! She asked": the verb before the quotation is its own."""
        marks = self.story.kinds[s - 1 : s] in (",", ":")
        return not self.dashed and marks and self.says("verbs", s - 2)

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
            while j < stop and (self.says("verb_helpers", j) or self.low(j).endswith("ly")):
                if self.says("copulas", j):
                    return None  # "...," he was exaggerating
                j += 1
            if j < stop and self.low(j).isalpha() and not self.says("never_a_noun", j):
                return j
        if self.low(k).endswith("ed") and len(voices) > 0 and voices[0].first == k + 1:
            return k
        return None

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
            return not self._is_answer(k, previous)
        if not previous.rule.startswith(("quote-after", "quote-same", "quote-before")):
            return False
        breaks = kinds.rstrip("|").count("|") + kinds.count(";") - kinds.endswith(";-")
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
        verbs = [j for j in range(a, b) if self.says("verbs", j) or (colon and self._flares(j, b))]
        verbs = verbs or [j for j in range(a, b) if self.says("pledging", j)]
        nouns = [j for j in range(a, b) if self.says("nouns", j)]
        reporter = self._according(a, b)
        heard = self._heard(a, b, verbs, nouns)
        if heard:
            self.heard = True
            return [heard]
        signed = self._signed(a, b)
        if signed:
            return [signed]
        found = self._found_at(a, b) if self.by_case else None
        if found:
            return [found]
        words_of = self._words_before(a, b, nouns)
        if words_of:
            return [words_of]
        silent = self._without_verb(a, b, verbs, nouns) if colon else self._to_whom(a, b, verbs)
        if silent:
            return [silent]
        for verb in self._main_first(a, b, verbs[-2:]):
            subject = self._subject_before(a, b, verb, nouns) or self._of_it(a, verb)
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
        return self._thing(a, b, nouns) if colon else None

    def _thing(self, a: int, b: int, nouns: list[int]) -> list[Voice] | None:
        """ "There it stands: Q" in the diary told of before; «солдатская песня пела: Q»."""
        there = next((j for j in range(a, b) if self.says("there", j)), None)
        if there is not None:
            writer = self._of_it(a, there)
            if writer:
                return [writer]
        for noun in nouns if self.by_case else ():
            lemma, subject, _ = noun_of(self.low(noun))
            many = not subject and may_be_plural_subject(self.low(noun))  # «остались слова»
            if (subject or many) and not self.says("oblique_words", noun - 1):
                name = self.low(noun) if many else lemma
                return [Voice(noun, noun + 1, "UNNAMED:" + name, "thing")]
        if self.by_case and nouns and nouns[-1] == b - 1:  # «доску с надписью: Q»
            lemma = noun_of(self.low(b - 1))[0] or self.low(b - 1)
            return [Voice(b - 1, b, "UNNAMED:" + lemma, "thing")]
        return None

    def _flares(self, j: int, b: int) -> bool:
        """«он вспылил: Q»: any verb right before a colon introduces speech."""
        if not self.by_case or j < b - 1 or self.story.kinds[j] != "w":
            return False
        return is_finite_verb(self.low(j))

    def _signed(self, a: int, b: int) -> Voice | None:
        """A letter signed "Many Soldiers"."""
        for j in range(max(a, b - 8), b):
            for k in range(j + 1, min(b, j + 3)):
                title = self._titles_in_marks().get(self.story.at[k])
                if title and self.says("signing", j):
                    return Voice(k, k + 1, title[0], "paper")
        return None

    def _words_before(self, a: int, b: int, nouns: list[int]) -> Voice | None:
        """ "She wrote down her husband's words: Q", «передал приказ Багрова: Q»."""
        for noun in reversed(nouns):
            if not self.says("quoted_nouns", noun) or noun < a + 2 or b - noun > 8:
                continue
            if not any(self.says("verbs", j) for j in range(a, noun)):
                continue
            his = self._his_words(a, noun)
            if his:
                return his
            owner = self._owner(max(a, noun - 5), b, noun)
            if owner and owner.kind != "pronoun" and (owner.last >= b - 1 or owner.possessive):
                return owner
        return None

    def _found_at(self, a: int, b: int) -> Voice | None:
        """«у Шоу сказано иначе: Q»: in whose book the words are found."""
        if not any(self.says("found_written", j) for j in range(a, b)):
            return None
        for v in self._joined(self.voices(a, b, oblique=True)):
            if self.says("found_with", v.first - 1) and v.kind != "thing":
                return v
        return None

    def _his_words(self, a: int, noun: int) -> Voice | None:
        """«Шлегель передаёт его последние слова»: not his own, which would be «свои»."""
        for j in range(max(a, noun - 3), noun):
            if self.says("others_own", j):
                verb = next((k for k in range(a, j) if self.says("verbs", k)), None)
                teller = self._subject_before(a, j, verb, []) if verb is not None else None
                if teller is None or teller.first > j:
                    return None
                who = self.focus(j, self.says("feminine", j), teller.id)
                return Voice(j, j + 1, who, "pronoun") if who else None
        return None

    def _without_verb(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "X answered with threats, and Y with one line: Q": the verb is said only once."""
        if not verbs or not nouns or nouns[-1] < verbs[-1]:
            return None
        for k in range(nouns[-1], verbs[-1], -1):
            if self.says("joining", k) and self.story.kinds[k - 1] in ",;":
                voices = [v for v in self.voices(k + 1, nouns[-1]) if self._may_be_subject(v)]
                near = voices and voices[0].first == k + 1 and voices[0].kind != "thing"
                return voices[0] if near and self.says("oblique_words", voices[0].last) else None
        return None

    def _to_whom(self, a: int, b: int, verbs: list[int]) -> Voice | None:
        """ "to Ferrars he was merely Q": in whose eyes."""
        if verbs or not self.says("in_whose_eyes", a):
            return None
        voices = self.voices(a + 1, b, oblique=True)
        if not voices or voices[0].first != a + 1 or voices[0].kind == "thing":
            return None
        return voices[0] if any(self.says("copulas", j) for j in range(a, b)) else None

    def _heard(self, a: int, b: int, verbs: list[int], nouns: list[int]) -> Voice | None:
        """ "X heard: Q", "X received from Y the answer: Q": whoever hears does not speak."""
        cue = next((j for j in range(b - 1, a - 1, -1) if self.says("hearing", j)), None)
        if cue is None or (verbs and verbs[-1] > cue + 2):
            return None
        voices = self.voices(cue + 1, b, oblique=True)
        for v in voices:
            if v.kind != "thing" and self.says("owner_links", v.first - 1):
                return v
        hearer = self._subject_before(a, b, cue, nouns)
        who = self.focus(a, False, hearer.id if hearer else "", remember=False)
        return Voice(cue, cue + 1, who, "pronoun") if who and hearer else None

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
                    k = j + len(words)
                    if self.says("latter", k):
                        who = self.focus(k, self.says("feminine", k), flat=True)
                        return Voice(k, k + 1, who, "pronoun") if who else None
                    after = self._joined(self.voices(k, min(b, k + 9), oblique=True))
                    if after:
                        return after[0]
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
        if start >= end:
            return None
        if "Q" in kinds[start:end] and not colon:
            return None
        if fragment.dialogue and previous is not None and previous.dialogue and not colon:
            return None
        read = self._read_aloud(start, end)
        if read:
            return [read], "quote-lead-read", 0.6
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

    def _read_aloud(self, a: int, b: int) -> Voice | None:
        """ "The despatch was from Lee, and Hood read it aloud. Q": the words are Lee's."""
        if not any(self.says("reading_aloud", j) for j in range(a, b)):
            return None
        nouns = [j for j in range(a, b) if self.says("nouns", j)]
        owner = self._owner(a, b, nouns[0]) if nouns else None
        return owner if owner and owner.kind == "person" else None

    def _asked(self, a: int, b: int) -> Voice | None:
        """ "I asked him why. Q": whoever was asked speaks."""
        for j in range(a, b):
            if self._asks("asking", j):
                if self.says("object_pronouns", j + 1):
                    who = self.focus(j, self.says("feminine", j + 1))
                    return Voice(j + 1, j + 2, who, "pronoun") if who else None
                person = self.people.at.get(self.story.at[j + 1]) if j + 1 < b else None
                if person is not None:
                    return Voice(j + 1, j + 2, person.id, "person")
                asker = self._subject_of("asking", a, j + 1)
                last = self.history[-1][2] if self.history else ""
                if last and asker and last != asker and self.says("question_words", j + 1):
                    return Voice(j, j + 1, last, "pronoun")
        return None

    def _source_below(self, s: int) -> Voice | None:
        """An epigraph: the line below names the source after a dash."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|¶") and k < s + 3:
            k += 1
        end = self.sentence_end(k)
        if end - k > 14 or "Q" in kinds[k:end]:
            return None
        dash = kinds[k : k + 1] == "-"
        voices = self.voices(k + dash, end, oblique=True)
        last = end - (kinds[end - 1] == ".")
        if (
            kinds[k - 1] == "¶"
            and last > k
            and all(
                self._is_capital_name(j) or kinds[j] == "." or self.says("particles", j)
                for j in range(k + dash, last)
            )
        ):
            names = [self.low(j) for j in range(k + dash, last) if kinds[j] != "."]
            if not voices:
                return Voice(k, last, "_".join(names).upper(), "person")
        if not voices or voices[0].first > k + dash + 1:
            return None
        alone = voices[0].kind == "person" and end - voices[0].last <= 1
        return voices[0] if dash or (alone and kinds[k - 1] == "¶") else None
