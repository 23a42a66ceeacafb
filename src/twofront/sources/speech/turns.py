"""Turns of a talk: who speaks where only the order of the lines tells.

same      Q … Q                   goes on where only the remark stands between
turn      — Q ⏎ — Q               lines of a dialogue alternate
called    "Pike, come here"       whoever is called by name is the next to speak
vocative  "Father, what"          a priest is spoken to, and answers; he does not speak
first     I went with X. ¶ Q ¶ Q  who is told of as the subject begins
"""

from __future__ import annotations

import bisect
import functools
import re
from operator import attrgetter

from ..grammar.dictionary import verb_of
from ..grammar.letters import SMALL
from .citations import Citations
from .leads import LONG
from .narrative import Voice
from .person import Person
from .referents import NARRATOR
from .story import Fragment

_NAME_TOLD = re.compile(rf"((?:[^\W\d_{SMALL}][\w'’-]+ ?){{1,3}})(?:, [^,.]+)?[.!]")
_START = attrgetter("start")
_REMARK = 12  # tokens: longer words between two quotations end a talk
_QUESTIONS = 3  # without marks, each before a line: fewer make no interview
_TOLD = 40  # persons named before, among whom is who answers
_SHORT = 240  # characters: lines of a dialogue are no longer


class Turns(Citations):
    """Follows the turns of a talk."""

    guest = ""  # who is interviewed

    def _is_line_of(self, fragment: Fragment) -> bool:
        """Whether a quotation stands in a paragraph that opens with one."""
        at = self.story.of_fragment[self.groups[fragment.group][0]]
        at -= self.story.kinds[at - 1 : at] == "-"
        return at == 0 or self.story.kinds[at - 1] == "¶"

    def _is_asked_plainly(self, k: int) -> bool:
        """Были вы там? ⏎ — Q: whether the paragraph before a line is a question without marks."""
        at = self.story.of_fragment[self.groups[self.fragments[k].group][0]]
        kinds = self.story.kinds
        if not self.fragments[k].dialogue or kinds[max(0, at - 2) : at] != "¶-":
            return False
        start = kinds.rfind("¶", 0, at - 2) + 1
        end = at - 2
        while end > start and kinds[end - 1] in "|¶":
            end -= 1
        i = self.story.at[end - 1] if end > start else -1
        if i < 0 or "Q" in kinds[start:end]:
            return False
        return "?" in self.text[self.pieces.starts[i] : self.pieces.ends[i] + 1]

    @functools.cached_property
    def _is_interview(self) -> bool:
        """Whether several lines of a text answer questions without marks."""
        firsts = (members[0] for members in self.groups.values())
        return sum(map(self._is_asked_plainly, firsts)) >= _QUESTIONS

    def _answers_plain_question(self, k: int, s: int) -> str:
        """Who answers where a text is an interview: who did before, or of whom it tells most."""
        if not self._is_interview or not self._is_asked_plainly(k):
            return ""
        count = self.people.count
        before = [person.id for person in self.told_before(self._piece_from(s), _TOLD)]
        return self.guest or max(dict.fromkeys(before), key=lambda key: count[key], default="")

    def _interviewed(self, k: int, previous: Fragment | None) -> str:
        """— Q? — спросил я. ⏎ — Q. ⏎ He poured the tea. ⏎ — Q.: whom I ask goes on."""
        fragment = self.fragments[k]
        remarked = len(self.groups[fragment.group]) > 1
        if not fragment.dialogue or remarked or self.asks or previous is None:
            return ""
        if previous.dialogue and fragment.para - previous.para <= 1:
            return ""
        lines = [part for part in self.fragments[:k] if part.dialogue and any(part.chain)]
        known = {part.chain[-1] for part in lines}
        others = known - {NARRATOR}
        end = self.story.of_fragment[k]
        while end and self.story.kinds[end - 1] in "|¶-":
            end -= 1
        told = {
            voice.id for voice in self.voices(self.sentence_start(end), end)
            if voice.kind == "person" and self._may_be_subject(voice)
        }  # fmt: skip
        asked = NARRATOR in known or self.guest in others
        fits = asked and len(others) == 1 and told <= others  # nobody else came in
        return others.pop() if fits else ""

    def _takes_turn(self, k: int, s: int, previous: Fragment) -> bool:
        """Whether a quotation is a line of a dialogue, after the line of somebody else."""
        fragment = self.fragments[k]
        if fragment.dialogue and self.turns:
            return True
        asked = "?" in (self.text[previous.end - 1], self.text[fragment.end - 1])
        turned = asked or previous.rule == "quote-turn"
        if self.dashed and turned and fragment.para - previous.para == 1 and self._is_line(s):
            return True  # «Сколько вас?» ⏎ «Человек двадцать».
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

    def _answers_after_remark(self, k: int, s: int, previous: Fragment) -> bool:
        """«Q», — сказал X. — «Q»: whoever goes on does so within the same marks."""
        if not self.dashed or self.asks or not k or self.fragments[k - 1] is not previous:
            return False
        if previous.group == self.fragments[k].group or previous.para != self.fragments[k].para:
            return False
        between = self.story.kinds[self.story.of_fragment[k - 1] + 1 : s]
        remark = previous.rule.startswith("quote-after") and "-" in between[:3]
        return remark and between.endswith("|-") and between.count("|") == 1

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
            asked = last == "?" and (
                any(self.says("asked_aloud", j) for j in words) or self._is_followed_at_once(k)
            )
            if self.spoken_to.get(previous.group) and self._is_followed_at_once(k):
                asked = True  # "Nine," he said to the bosun. "Six, sir." "I see six."
            if last == "?" and previous.group in self.called_on:
                asked = True  # "Shall we go, Lieutenant?" whispered Manos. "No."
            ends = between.endswith("|") and between.strip("|").endswith(".")
            again = self.text[fragment.end - 1] == "?"
            return asked and ends and len(between) <= 7 and not again and len(self.history) > 0
        asked = last == "?" and between.startswith("-") and between.strip("|").endswith(".")
        return asked and between.strip("|").count("|") == 0 and len(between) <= 8

    def _turned_from(self, k: int, previous: Fragment | None) -> str:
        """«Q». — «Q», — сказал он: who spoke before, where only a dash stands between."""
        if not k or previous is None or self.fragments[k - 1] is not previous:
            return ""
        one, two = previous, self.fragments[k]
        if one.group == two.group or one.para != two.para or two.nested or not one.chain:
            return ""
        if not self.dashed and self.text[one.start].islower():
            return ""  # she calls him “a clerk”. “He bore it,” she says.
        at = self.story.of_fragment
        between = self.story.kinds[at[k - 1] + 1 : at[k]].strip(".|")
        return one.chain[-1] if between == ("-" if self.dashed else "") else ""

    def _is_followed_at_once(self, k: int) -> bool:
        """ "Whose is this?" he said. "Mine." "Where is he?": a run of turns."""
        at = self.story.of_fragment
        if k + 1 not in at or not self.fragments[k + 1].speech:
            return False
        return not self.story.kinds[at[k] + 1 : at[k + 1]].strip("|")

    def _is_bare_answer(self, k: int) -> bool:
        """Whether nothing stands between two quotations in marks of their own."""
        at = self.story.of_fragment
        between = self.story.kinds[at[k - 1] + 1 : at[k]]
        return not self.dashed and not between.strip("|")

    def _is_my_turn(self, k: int) -> bool:
        """ "Q." "Q," said I: what comes at once before my answer is not mine."""
        at = self.story.of_fragment
        if k + 1 not in at or self.story.kinds[at[k] + 1 : at[k + 1]].strip(".|-"):
            return False
        after = range(at[k + 1] + 1, min(at[k + 1] + 6, len(self.story.kinds)))
        return any(
            self.says("first_person", j) or verb_of(self.low(j))[:2] == ("1per", "sing")
            for j in after
        )

    def _asks_back(self, k: int, s: int, previous: Fragment) -> bool:
        """ "At Malta," he said. "And the army?" "At Varna.": a question between two answers.

        Where remarks stand inside the marks, new marks after a remark are another's anyhow.
        """
        if self.dashed:
            return self.story.kinds[s - 1] == "|" and previous.group != self.fragments[k].group
        if k + 1 >= len(self.fragments) or self.text[self.fragments[k].end - 1] != "?":
            return False
        at = self.story.of_fragment
        if not self.fragments[k + 1].speech or k + 1 not in at:
            return False
        told = self.story.kinds[at[k - 1] + 1 : s]
        answered = not self.story.kinds[s + 1 : at[k + 1]].strip("|")
        if answered and self._answers_by_name(k + 1, previous):
            return False  # "You ask for a general," he said. "Which?" "Any," said the envoy.
        return told.endswith("|") and answered and self.text[previous.end - 1] == ","

    def _answers_by_name(self, k: int, previous: Fragment) -> bool:
        """Whether a remark tells that somebody else than the speaker before says a quotation."""
        kept = self.plain, self.rival, self.company, self.margin
        after = self._after(self.story.of_fragment[k], self.fragments[k])
        self.plain, self.rival, self.company, self.margin = kept
        who = after[-1].id if after and after[-1].kind in ("person", "role", "unnamed") else ""
        return bool(who) and who != previous.chain[-1]

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
        first = self._talk_start(previous)
        mine = last != NARRATOR and self._is_with_me(first, s)
        for at, para, speaker in reversed(self.history):
            if mine and at < first:
                return NARRATOR
            if previous.para - para > 6:
                break
            if self.dashed and at < first:
                break  # he spoke in another talk
            if speaker != last:
                beside = "" if para == previous.para else self._beside(previous, last)
                return beside or speaker
        if mine:
            return NARRATOR
        called = self._called_by_title(previous)
        if called and called != last:
            return called
        before = self.sentence_start(max(0, first - 1))
        before = before if before < first - 2 else self.sentence_start(max(0, before - 2))
        near = {m.id for m in self._antecedents(before, first) if m.weight >= 2}
        if len(near - {last}) == 1 and last:
            return (near - {last}).pop()  # who is told of right before the talk
        other = self.focus(s, False, last) if last and self.dashed else ""
        if not other and self.fragments[self.groups[previous.group][0]].dialogue:
            spoken = range(max(0, s - LONG), s)  # «меня разбудил Лапин»: he speaks with me
            if last != NARRATOR and any(self.says("speaking_with_me", j) for j in spoken):
                return NARRATOR
        return other

    def _called_by_title(self, fragment: Fragment) -> str:
        """ "Two miles, General,": whom a rank between commas means."""
        p = self.pieces
        i, j = (bisect.bisect_left(p.starts, at) for at in (fragment.start, fragment.end))
        for k in range(i + 1, j):
            stops = p.lows[k - 1] == "," and (k + 1 >= j or p.lows[k + 1] in ",.?!")
            if stops and self.words.says("ranked", p.lows[k]):
                word = self._title(p.lows[k])
                bearers = [x.id for x in self.people.found if word in self._titles_of(x.id)]
                return bearers[0] if len(set(bearers)) == 1 else "UNNAMED:" + word
        return ""

    def _opens_talk(self, k: int, s: int, previous: Fragment | None) -> str:
        """ "I went round with the sergeant. ¶ Q ¶ Q": the subject begins, and the other answers."""
        one, kinds = self.fragments[k], self.story.kinds
        if k + 1 >= len(self.fragments) or not self._is_line_of(one):
            return ""
        two = self.fragments[k + 1]
        talk = two.speech and two.para - one.para == 1 and self._is_line_of(two)
        if not talk or one.continues or two.continues:
            return ""
        if previous is not None and one.para - previous.para <= 1:
            return ""
        end = kinds.rfind("¶", 0, s)
        start = self.sentence_start(max(0, end - 1))
        mine = NARRATOR if self.tells_of_me(start, end) else ""
        told = [m for m in self._antecedents(start, end) if not m.back]
        subject = mine or next((m.id for m in told if m.weight >= 2), "")
        others = {m.id for m in told} - {subject}
        if not mine and any(self.says("speaking_with_me", j) for j in range(start, end)):
            others.add(NARRATOR)
        if not subject or len(others) != 1:
            return ""
        self.spoken_to[one.group] = others.pop()
        return subject

    def _vocative(self, fragment: Fragment) -> frozenset[str]:
        """ "Father, what", "Two miles, General.": what he is to whom the words are spoken."""
        p, says, found = self.pieces, self.words.says, frozenset[str]()
        table = self.words.spoken_to
        i, j = (bisect.bisect_left(p.starts, at) for at in (fragment.start, fragment.end))
        for k in [k for k, low in enumerate(p.lows[i:j], i) if table[low]]:
            called = table[p.lows[k]]
            opens = k
            while opens > i and says("vocative_openers", p.lows[opens - 1]):
                opens -= 1
            if not (k > i and says("vocative_styles", p.lows[k - 1])):  # "Your Majesty has"
                if opens > i and p.lows[opens - 1] != ",":
                    continue
                if k + 1 < j and p.lows[k + 1] not in ",.?!":
                    continue
            found |= called
        return found

    def _met_as(self, words: frozenset[str], s: int, speaker: str) -> str:
        """Who of those told of last is what he is called."""
        if self.dashed and len(self.history) > 1:
            _, para, one = self.history[-2] if self.history[-1][2] == speaker else self.history[-1]
            near = self.pieces.passages[self._piece_from(s)].para - para <= 0
            if near and one not in ("", speaker, NARRATOR) and not self._titles_of(one):
                return one  # «Что у него?» — «Тиф, ваше превосходительство»
        for mention in reversed(self._antecedents(self._window(s), s)):
            if mention.id != speaker and self.is_one_of(mention.id, words):
                return mention.id
        return ""

    def _number_of(self, fragment: Fragment) -> int:
        """Where a quotation stands among all; they stand in the order of the text."""
        k = bisect.bisect_left(self.fragments, fragment.start, key=_START)
        while self.fragments[k] is not fragment:
            k += 1
        return k

    def _talk_start(self, previous: Fragment) -> int:
        """Where the first quotation stands of the talk that a quotation belongs to."""
        at, k = self.story.of_fragment, self._number_of(previous)
        while k and self.fragments[k - 1].speech and k - 1 in at:
            one, two = self.fragments[k - 1], self.fragments[k]
            between = self.story.kinds[at[k - 1] + 1 : at[k]]
            if two.para - one.para > 1 or len(between.strip("|¶")) > _REMARK:
                break
            k -= 1
        return at[k]

    def _is_with_me(self, first: int, s: int) -> bool:
        """Whether "I" or "me" stands right before a talk, or in its remarks."""
        start = self.sentence_start(max(0, first - 1))
        start = start if start < first - 2 else self.sentence_start(max(0, start - 2))
        return any(self.says("speaking_with_me", j) for j in range(start, s))

    def _beside(self, previous: Fragment, last: str) -> str:
        """Who alone is told of beside the speaker before he speaks: "Dunne looked at the boy"."""
        at = self.story.of_fragment[self.groups[previous.group][0]]
        start = self.sentence_start(max(0, self.sentence_start(at) - 1))
        others = {m.id for m in self._antecedents(start, at) if m.id != last}
        return others.pop() if len(others) == 1 else ""

    def _addressee(self, fragment: Fragment, previous: Fragment | None) -> str:
        """ "Pike, come here", "Are you there, Pike?": whom the words call by name."""
        p = self.pieces
        i = bisect.bisect_left(p.starts, fragment.start)
        j = bisect.bisect_left(p.starts, fragment.end)
        person = self.people.at.get(i)
        if person is not None and person.last < j and p.lows[person.last] in ",!":
            asked = previous is not None and self.text[previous.end - 1] == "?"
            return (
                "" if person.oblique or asked or self._is_stranger(person) else person.id
            )  # "Who are you?" "Pike, sir."
        for person in self.people.before(j, 3):
            if person.first <= i or person.oblique or p.lows[person.first - 1] != ",":
                continue
            if person.last >= j or p.lows[person.last] in ",!?.":
                alone = person.last >= j or p.lows[person.last] != ","
                return person.id if alone and not self._is_stranger(person) else ""
        return ""

    def _own_name(self, fragment: Fragment, previous: Fragment) -> str:
        """ "Who is there?" "Reid, sir.": who answers gives his name."""
        asked = self.text[previous.start : previous.end]
        said = self.text[fragment.start : fragment.end]
        i = bisect.bisect_left(self.pieces.starts, previous.start)
        if asked[-1:] != "?" or not self.words.says("asking_who", self.pieces.lows[i]):
            return ""
        names = _NAME_TOLD.fullmatch(said)
        if names is None or fragment.para - previous.para > 1:
            return ""
        words = names.group(1).split()
        key = "_".join(w.upper() for w in words if not self.words.says("titles", w.lower()))
        known = next((p.id for p in self.people.found if p.id.endswith(key)), "")
        return known or (key if "," in said else "")

    def _is_stranger(self, person: Person) -> bool:
        """Whether a name is only called: whose given name it is nobody tells."""
        return self.people.count[person.id] == 1

    def _replier(self, s: int, thing: Voice, previous: Fragment | None) -> str:
        """ "Q" was the reply: whoever was spoken to."""
        if not self.says("replies", thing.last - 1):
            return ""
        asker = self.asker(s)
        if asker:
            return self.focus(s, False, asker, flat=True)
        told = "" if self.by_case else self._who_was_told(s)
        if told:
            return told
        if previous is None or not previous.chain:
            return ""
        if self.fragments[self.groups[previous.group][0]].para < previous.para - 1:
            return ""
        return self.focus(s, False, previous.chain[-1], flat=True)

    def _who_was_told(self, s: int) -> str:
        """ "He reached Reid at last and told him that it was lost. Q": Reid, who was told."""
        end = self.sentence_start(s)
        start = self.sentence_start(max(0, end - 1))
        for k in range(end - 1, start, -1):
            if self.says("told", k) and not self.says("passives", k - 1):
                told = [m for m in self._antecedents(k + 1, k + 3) if m.at == k + 1]
                return told[0].id if told else ""
        return ""

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
        breaks = kinds.rstrip("|").count("|") + kinds.count(";") - kinds.endswith((";-", ";"))
        remark = previous.rule.startswith("quote-after")
        if remark and breaks == 0 and len(words) <= 25:
            return not self._new_clause(p + 1, s)
        conjoined = not remark and breaks == 0 and len(words) <= 6
        return conjoined and not any(v.kind in ("person", "role") for v in self.voices(p + 1, s))

    def _new_clause(self, a: int, b: int) -> bool:
        """Whether a second verb of speech with a subject of its own follows the remark."""
        cues = self.places("verbs", a, b)
        if len(cues) < 2:
            return False
        second = cues[-1]
        return any(cues[0] < v.first < second and not v.oblique and not self._governed(v)
                   and v.kind != "thing" and self._opens_clause(v)
                   for v in self.voices(cues[0] + 1, second))  # fmt: skip
