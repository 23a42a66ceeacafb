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
import re
from collections.abc import Container

from ..grammar.dictionary import is_participle
from ..grammar.letters import SMALL
from .looking_back import LookingBack
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .remarks import ALONE
from .story import Fragment

# How often the speaker is right, by rule: counted on documents of both languages that nobody had
# read who wrote rules; with few cases, drawn towards its neighbours.
_SURE = {
    "quote-after-person-plain": 0.96,
    "quote-before-person-plain": 0.95,
    "quote-after-person": 0.95,
    "quote-before-person": 0.88,
    "quote-before-unnamed": 0.85,
    "quote-before-unnamed-plain": 0.8,
    "quote-after-unnamed-plain": 0.7,
    "quote-after-unnamed": 0.7,
    "quote-before-role-plain": 0.75,
    "quote-after-role": 0.7,
    "quote-after-role-plain": 0.55,
    "quote-before-role": 0.5,
    "quote-before-pronoun-plain-alone": 0.8,
    "quote-after-pronoun-plain-alone": 0.7,
    "quote-after-pronoun-plain": 0.7,
    "quote-before-pronoun-plain": 0.6,
    "quote-after-pronoun": 0.55,
    "quote-before-pronoun": 0.45,
    "quote-after-thing": 0.5,
    "quote-before-thing": 0.3,
    "quote-before-paper": 0.8,
    "quote-after-paper": 0.8,
    "quote-before-paper-plain": 0.85,
    "quote-after-paper-plain": 0.85,
}
_LABEL = 8  # tokens of a name before a line
_UNSURE = 0.9  # at most, where somebody else may be meant


_SIGNED = re.compile(rf"[.!?…]\s+(?:[—-]\s*)?(?=.*[^\W\d_]{{3}})((?:[^\W\d_{SMALL}]+[.,]?\s?)+)$")


class Speakers(LookingBack):
    """Finds the speaker of every fragment of a story, in order."""

    def run(self, holding: Container[int] = ()) -> None:
        """Give every fragment its chain, rule and confidence; some are `holding` others."""
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
            if k in holding:  # who is told of here may be "he" inside
                self._antecedents(
                    self._window(self.story.of_fragment[k]), self.story.of_fragment[k]
                )
            speaker = (fragment.chain or ("",))[-1]
            named = speaker and not speaker.startswith("UNNAMED")
            if named and self._is_interview and self._is_asked_plainly(k):
                self.guest = speaker
            if self.addressed_as and not self.addressed:
                at = self.story.of_fragment[k]
                self.addressed = self._met_as(self.addressed_as, at, speaker)
            if self.addressed and self.addressed != speaker:
                self.spoken_to[fragment.group] = self.addressed
                self.called_on.add(fragment.group)
            self.addressed, self.addressed_as = "", frozenset()
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
        self._sign()
        self._look_at_answers()
        self._look_ahead()
        self._look_back()
        self._look_past()
        narrator = "" if self.outer else self.author or self.interviewed
        for k, fragment in enumerate(self.fragments):
            mine = narrator or (self.teller(self.story.of_fragment[k]) if fragment.speech else "")
            if mine:
                fragment.chain = tuple(mine if who == NARRATOR else who for who in fragment.chain)

    def reporters(self, a: int, b: int, cue: int) -> list[Voice]:
        """Who says what a clause reports that begins at b, the outer one first."""
        subject = self._subject_before(a, b, cue, self.places("nouns", a, b))
        source = self._according(a, b)
        if subject is None or source is None or source.id in ("", subject.id):
            return [subject] if subject else []
        return [subject, source] if self.says("firsthand", source.first - 1) else [source, subject]

    def _sign(self) -> None:
        """ "Q. BAIRD.": whose name in capitals ends an order speaks, if nobody else is told."""
        for k, fragment in enumerate(self.fragments):
            if not fragment.speech or fragment.nested:
                continue
            signer = self._signer(fragment) if self.by_case else ""
            if signer and fragment.rule.endswith(("thing", "focus", "paragraph", "attributed")):
                self._give(fragment, (*self.outer, signer), "quote-signed", 0.7)
                continue
            signed = _SIGNED.search(self.text, fragment.start, fragment.end)
            if signed is None:
                continue
            first = k
            while first and self.fragments[first].continues and self.fragments[first - 1].speech:
                first -= 1
            if not self.fragments[first].rule.startswith(("quote-lead", "quote-focus", "quote-un")):
                continue
            name = "_".join(re.findall(r"[^\W\d_]+", signed.group(1))).upper()
            who = next((p.id for p in self.people.found if p.id.endswith(name)), name)
            for part in self.fragments[first : k + 1]:
                self._give(part, (*self.outer, who), "quote-signed", 0.7)

    def _signer(self, fragment: Fragment) -> str:
        """«Поздравляю. Кутепов»: whose name alone is the last sentence."""
        p = self.pieces
        end = bisect.bisect_left(p.starts, fragment.end)
        while end and p.lows[end - 1] in ".|":
            end -= 1
        person = next(iter(self.people.before(end, 1)), None)
        if person is None or person.last != end or person.oblique or not person.first:
            return ""
        after = p.letters[person.first - 1] == "|" and p.starts[person.first] > fragment.start
        return person.id if after else ""

    def _of(self, k: int, previous: Fragment | None) -> tuple[tuple[str, ...], str, float]:
        fragment = self.fragments[k]
        s = self.story.of_fragment[k]
        self.plain = self.heard = self.rival = False
        self.told_to = ""
        self.addressed = self._addressee(fragment, previous)
        self.addressed_as = self._vocative(fragment)
        self.turned_from = self._turned_from(k, previous)
        self.asks = self.text[fragment.end - 1] == "?"
        self.hearer = ""
        if previous is not None and fragment.para - previous.para <= 1:
            self.hearer = self.spoken_to.get(previous.group, "")
        if fragment.continues and previous is not None and previous.chain:
            return previous.chain, "quote-continued", min(0.9, previous.confidence)
        cited = self._cited(s) or (self._from_paper(s) if self.dashed else None)
        cited = cited or (self._ascribed(s) or self._in_words_of(s) if self.dashed else None)
        if cited:
            return self._chain([cited]), "quote-cited", 0.9
        label = self._label(s, fragment)
        if label:
            return self._chain([label]), "quote-labelled", 0.9
        led, colon = None, self.dashed and self.story.kinds[s - 1 : s] == ":"
        if colon:
            led = self._before(s, False)  # «спросил: Q — так они зовут генерала»
            sure = led is not None and (self.plain or self._is_by_participle(s))
            if led and led[-1].kind in SOMEBODY and led[-1].id and sure and not self.heard:
                if self.told_to:
                    self.spoken_to.setdefault(fragment.group, self.told_to)
                return self._chain(led), *self._rule("quote-before", led)
            how = self.plain, self.heard
            self.plain = self.heard = False
        for j in self.groups[fragment.group] if self.dashed else [k]:
            after = self._after(self.story.of_fragment[j], self.fragments[j])
            if after and after[-1].kind == "thing":
                other = self._replier(s, after[-1], previous)
                if other:
                    return (*self.outer, other), "quote-after-reply", 0.6
                owner = self._whose_words_before(s) if not self.dashed else None
                if owner:
                    return self._chain(owner), *self._rule("quote-before", owner)
                sender = self._lead(s, fragment, previous)
                if sender and sender[0][-1].kind == "person" and "subject" not in sender[1]:
                    return self._chain(sender[0]), "quote-after-thing", 0.6
            if after:
                return self._chain(after), *self._rule("quote-after", after)
        guest = self._answers_plain_question(k, s)
        if guest:
            return (*self.outer, guest), "quote-turn", 0.6
        if previous is not None and (
            self._is_turn_after_remark(k, s, previous)
            or self._answers_after_remark(k, s, previous)
            or self._is_answer(k, previous)
        ):
            other = self._other_than(s, previous)
            if other:
                return (*self.outer, other), "quote-turn", 0.6
            if self._is_bare_answer(k):
                return ("",), "quote-turn", 0.3  # somebody else, who is not told
        between = self._between(k, s, previous)
        if (
            between
            and previous is not None
            and (self._asks_back(k, s, previous) or self._asks_in_turn(k, s))
        ):
            other = self._other_than(s, previous)
            if other:
                return (*self.outer, other), "quote-turn", 0.6
        if between and previous is not None and previous.rule.startswith("quote-after"):
            sure = previous.confidence
            if self.text[fragment.end - 1] == "?" and self.story.kinds[s - 1] == "|":
                sure = min(sure, _UNSURE)  # it may be another who asks back
            return previous.chain, "quote-same", sure
        if colon:
            before, (self.plain, self.heard) = led, how
        else:
            before = self._before(s, between)
        if before and self.told_to:
            self.spoken_to.setdefault(fragment.group, self.told_to)
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
        below = self._signed_below(s) if alone else None
        if below:
            return self._chain([below]), "quote-source", 0.7
        headed = self._headed(s) if alone else None
        if headed:
            return self._chain([headed]), "quote-headed", 0.7
        interviewed = self._interviewed(k, previous)
        if interviewed:
            return (*self.outer, interviewed), "quote-turn", 0.6
        lead = self._lead(s, fragment, previous)
        teller = self._teller(s, fragment) if alone and (lead is None or lead[2] <= 0.6) else None
        if teller:
            return self._chain([teller]), "quote-teller", 0.6
        told = self._told_after(s) if alone and (lead is None or lead[2] <= 0.5) else None
        if told:
            return self._chain([told]), "quote-told-after", 0.5
        if lead and lead[0][-1].id == NARRATOR and previous is not None and self._is_my_turn(k):
            last = previous.chain[-1] if previous.chain else ""
            if last not in ("", NARRATOR) and previous.para == fragment.para:
                return previous.chain, "quote-turn", 0.6
        if lead is None or lead[1].endswith("subject"):
            opener = self._opens_talk(k, s, previous)
            if opener:
                return (*self.outer, opener), "quote-turn-first", 0.5
        if lead:
            return self._chain(lead[0]), lead[1], lead[2]
        own = self._own_name(fragment, previous) if previous is not None else ""
        if own:
            return (*self.outer, own), "quote-turn-named", 0.7
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

    def _whose_words_before(self, s: int) -> list[Voice] | None:
        """ "Pike's claim that it was q is a slogan": whose words the same sentence tells of."""
        if self.story.kinds[s - 1] in "|¶Q" or not self.places("nouns", self.sentence_start(s), s):
            return None
        how = self.plain, self.heard, self.rival
        before = self._before(s, False)
        if before and before[-1].kind in SOMEBODY and before[-1].id and not self.heard:
            return before
        self.plain, self.heard, self.rival = how
        return None

    def _is_by_participle(self, s: int) -> bool:
        """«X, уверявший короля: Q, — бежал»: the verb after the words tells what X did."""
        comma = self.story.kinds.rfind(",", self.sentence_start(s), s)
        words = range(comma + 1, s - 1) if comma != -1 else ()
        told = (j for j in words if self.says("verbs", j) or self.says("pledging", j))
        return any(is_participle(self.low(j)) for j in told)

    def _label(self, s: int, fragment: Fragment) -> Voice | None:
        """«Скобелев: — Сдаётся ли Шипка?»: who is named before a line, as in a play."""
        kinds = self.story.kinds
        start = kinds.rfind("¶", 0, s) + 1
        if not fragment.dialogue or kinds[s - 2 : s] != ":-" or s - start > _LABEL:
            return None
        known = next(iter(self.voices(start, s - 2)), None)
        words = self.pieces.plain[
            self.pieces.starts[self.story.at[start]] : self.pieces.starts[self.story.at[s - 2]]
        ]
        name = "_".join(re.findall(r"[^\W\d_]+", words)).upper()
        return known or Voice(start, s - 2, name, "person")

    def _other_than(self, s: int, previous: Fragment) -> str:
        """Who answers whoever spoke before."""
        last = previous.chain[-1] if previous.chain else ""
        return self._other_speaker(s, previous) or self.focus(s, False, last, remember=False)

    def _asks_in_turn(self, k: int, s: int) -> bool:
        """«Взят», — сказал X. «Когда?» — «Вчера».: a question that is answered at once."""
        kinds = self.story.kinds
        if not (self.dashed and self.asks) or k + 1 >= len(self.fragments):
            return False
        return kinds[s - 1] in "|." and kinds[s + 1 : s + 4].lstrip("|")[:2] == "-Q"

    def _rule(self, rule: str, voices: list[Voice]) -> tuple[str, float]:
        rule = f"{rule}-{voices[-1].kind}"
        if self.plain:
            rule += "-plain"
            he = voices[-1].kind == "pronoun" and voices[-1].id not in ("", NARRATOR)
            if he and self.margin >= ALONE and not self.company:
                rule += "-alone"
        sure = _SURE.get(rule, 0.6)
        last = voices[-1]
        told = last.unclear or last.oblique or last.possessive or self._is_guess(last)
        return rule, min(sure, _UNSURE) if self.rival or told else sure

    def _is_guess(self, voice: Voice) -> bool:
        """Whether a name may be of somebody else: «Пётр Ильич», where two have no given name."""
        guesses = self.people.guesses
        return bool(guesses) and any(i in guesses for i in self.story.at[voice.first : voice.last])

    def _chain(self, voices: list[Voice]) -> tuple[str, ...]:
        chain = [*self.outer, *(voice.id for voice in voices if voice.id)]
        return tuple(chain) or ("",)
