"""What a word in a phrase for somebody is: a noun, a role, the end of the phrase.

"gunners", "typist"      a role, in the singular or in the plural
"a schoolteacher from Isfahan recalled"    what hangs on a noun, up to its verb
"""

from __future__ import annotations

from ..grammar.dictionary import noun_of
from .narrative import Voice
from .roles import Roles

_TITLE = 6  # tokens of the title of a paper, with its article
_LONG_ENOUGH = 6  # letters: a shorter word that ends like "typist" may be anything


class PhraseWords(Roles):
    """Tells what the words of a phrase are."""

    def _are_adjectives(self, a: int, b: int) -> bool:
        """Whether between an article and a name only small words stand that tell no office."""
        words = range(a, b)
        return all(self.story.kinds[k] == "w" and not self._is_role(self.low(k)) for k in words)

    def _singular(self, word: str) -> str:
        """ "gunners", "gentlemen": one of them."""
        one = self.suffixes.singular(word)
        return one if self._is_role(one) else word

    def _begins_clause(self, s: int) -> bool:
        return s == 0 or self.story.kinds[s - 1] in "|¶Q-;"

    def _is_capital_at(self, s: int) -> bool:
        i = self.story.at[s]
        return i >= 0 and self.pieces.is_capital(i)

    def _paper_by_name(self, s: int) -> Voice | None:
        """ "the Bristol Echo", "The Times": capitals behind an article, the last of a paper."""
        if self.story.kinds[s] != "i" or self.says("indefinite", s):
            return None
        k = first = s + 1 + (self.low(s + 1) in ("*", "_"))  # "the *Bristol Echo*"
        while k < s + _TITLE and self._is_capital_at(k) and self.story.kinds[k] not in "i|":
            k += 1
            both = self.says("joining", k) and self._is_of_a_paper_title(k - 1)
            if both and self._is_capital_at(k + 1) and self._is_of_a_paper_title(k + 1):
                k += 1  # "the Globe and Mail"
        while k > first and not self._is_of_a_paper_title(k - 1):
            k -= 1
        if k == first:
            return None
        words = (self.suffixes.owner(self.low(j)) for j in range(first, k))
        owned = self.suffixes.owns(self.low(k - 1))
        return Voice(s, k, "_".join(words).upper(), "paper", owned)

    def _is_of_a_paper_title(self, s: int) -> bool:
        return self.words.says("titles_of_papers", self.suffixes.owner(self.low(s)))

    def _is_role_of_people(self, head: str) -> bool:
        return head.endswith(self.demonyms) or self.words.says("demonyms", head)

    def _acts_at(self, k: int) -> bool:
        """Whether a verb or the end of a phrase follows, and no noun: "the Italian looked"."""
        return self.acts(k) or self.story.kinds[k] in ",|¶.Q"

    def _is_role(self, head: str) -> bool:
        """Whether a noun tells what somebody is, in the singular or in the plural."""
        known = self._role_words.get(head)
        if known is None:
            known = self._role_words[head] = self._tells_a_role(head)
        return known

    def _tells_a_role(self, head: str) -> bool:
        says = self.words.says
        if says("title_adjectives", head) or says("lifeless", head):
            return False  # "the first", "a merchantman"
        if self.roles[head] or says("plurals", head):
            return True
        if head.endswith(self.agent_endings) and len(head) > _LONG_ENOUGH:
            return not says("verbs", head)
        return self.words.says_of_one("generic", head)

    def _reaches(self, k: int, cue: int) -> bool:
        """ "a schoolteacher from Isfahan recalled": what hangs on a noun, up to its verb."""
        if not 1 < cue - k <= 7 or not self.says("oblique_words", k):
            return False
        return all(
            self.story.kinds[j] in "wcimnNDOZLMY-oftpYyd" and not self.says("verbs", j)
            and not self.says("verb_helpers", j) and not self.says("clause_openers", j)
            and not self.says("subject_pronouns", j)
            for j in range(k + 1, cue)
        ) or self._reaches_helped(k, cue)  # fmt: skip

    def _reaches_helped(self, k: int, cue: int) -> bool:
        """The same with "later" or "had" before the verb."""
        while cue > k + 2 and self.says("verb_helpers", cue - 1):
            cue -= 1
            if not self.says("verb_helpers", cue - 1):
                return self._reaches(k, cue)
        return False

    def _only_helpers(self, a: int, b: int) -> bool:
        return a <= b and all(
            self.says("verb_helpers", j) or self.is_adverb_at(j) or self.says("adverbs", j)
            for j in range(a, b)
        )

    def _is_inflected(self, i: int) -> bool:
        lemma, subject, _ = noun_of(self.pieces.lows[i])
        return bool(lemma) and not subject

    def _is_noun(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            i >= 0 and self.pieces.letters[i] in "wc" and not self.says("never_a_noun", s)
            and not self.says("verbs", s) and not self.says("verb_helpers", s)
        )  # fmt: skip
