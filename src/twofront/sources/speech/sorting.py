"""Which words between marks are spoken, and which are titles, ships or words held at arm's length.

A verb of speech beside the marks, a colon, a question before, or a whole sentence make speech.
"""

from __future__ import annotations

import re

from ..grammar.dictionary import is_noun
from .signs import Signs
from .story import Fragment, Story

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CALLED = 4  # words of a name that is given


class Sorting(Signs):
    """Sorts what stands between marks."""

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
        if words[0][0].isupper() and self.words.says("books", self._low(story, s - 1)):
            return False  # «писал он в книге «Война и люди»»
        if self.people.inflects and self._is_subject_of_remark(story, s, inner):
            return False
        if self.people.inflects and self._is_named_source(story, s, inner):
            return False
        if self._goes_on(fragments, k, story) or self._answers(story, s):
            return True
        if self._is_gone_on_with(fragments, k, story):
            return True
        if self.people.inflects and self._takes_turn_after_dash(story, s):
            return True
        led = story.kinds[:s].rstrip("|¶-'")
        colon = led.endswith(":") and s - len(led) <= 5
        titled = self._is_title(words) and not (len(words) == 1 and inner[-1] in ".!?…")
        disowned = self._disowned(story, s)
        if not disowned and len(words) >= 3 and self._is_cited(story, s, titled):
            return True
        if not self.people.inflects and len(words) <= _CALLED and self._is_known_as(story, s):
            return False
        after = self._remark_follows(fragment, story, s)
        if after:
            return True
        if self._is_titled(story, s):
            return False
        if len(words) > 1 and self.people.inflects and self._is_as_said(story, s):
            return True
        if colon and not disowned and self._cue_before(story, s):
            return True
        if colon:
            acts = story.kinds[s + 1 : s + 3] == ",-"  # «оборвал: «Довольно», — и вышел»
            said = "".join(words[1:]).islower() if words[1:] else not is_noun(words[0].lower())
            said = said and self._is_somebodys_word(story, s)
            return len(words) >= 3 or not titled or inner[-1] in ".!?…" or acts or said
        if disowned:
            return False
        if self._is_woven_bit(story, s, words[0][0].islower()) and (
            len(words) > 1 or words[0].islower()
        ):
            return True
        if not self.people.inflects and (
            self._are_words_of(story, s) or self._is_all_that_was_said(story, s - 1)
        ):
            return True
        if len(words) > 1 and not titled and self._is_written_on(story, s):
            return True
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
        if self._is_reply_line(fragments, k, story):
            return True
        turned = self.rules.get("remarks_after_dash") and k > 0 and fragments[k - 1].speech
        if turned and story.kinds[s + 1 : s + 5].lstrip(".|").startswith("-Q"):
            return True  # «Разбуди». — «Не велено».
        if self._is_message(story, s, words):
            return True
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
        named = self.words.says("called_ships", self._low(story, s - 2))
        cried = not titled or inner[-1] in "!?"
        if cue == "near" and sentence and cried and not named and story.kinds[s - 1] == ",":
            return True  # "said quietly to the driver, Q."
        if self._is_pledged(story, s, words):
            return True
        if cue == "near":
            aside = story.kinds[s - 1 : s] == "," and story.kinds[s + 1 : s + 2] == ","
            return len(words) >= 3 and not aside
        return len(words) >= 12

    def _is_reply_line(self, fragments: list[Fragment], k: int, story: Story) -> bool:
        """ "Reid, sir." in a paragraph of its own, after one that is spoken."""
        s, one = story.of_fragment[k], fragments[k]
        before, after = story.kinds[s - 1 : s], story.kinds[s + 1 : s + 4].lstrip(".|")[:1]
        spoken = k > 0 and fragments[k - 1].speech and one.para - fragments[k - 1].para == 1
        return spoken and before == "¶" and after in ("", "¶")

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
        inside = self.text[fragments[k - 1].end - 1] == ","  # "Q," he broadcast, "q"
        remark = remark or (inside and self.text[fragments[k].start].islower() and b - a <= 12)
        return divided and remark and kinds.endswith(",") and "|" not in kinds and b - a <= 20

    def _is_gone_on_with(self, fragments: list[Fragment], k: int, story: Story) -> bool:
        """ "Q," the marshal flung back, "q": the first half, whatever the verb."""
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

    def _is_message(self, story: Story, s: int, words: list[str]) -> bool:
        """«Его донесение Q знали все», «слова командира Q повторяли»: and no name, no title."""
        capitals = sum(word[0].isupper() for word in words[1:])
        if not self.people.inflects or len(words) < 3 or 2 * capitals >= len(words) - 1:
            return False
        k = s - 1
        while k > 0 and s - k <= 3 and not self.words.says("messages", self._low(story, k)):
            if story.kinds[k] not in "wc":
                return False
            k -= 1
        return self.words.says("messages", self._low(story, k))

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
