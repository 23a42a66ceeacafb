"""Phrases for people without a name: "a young officer", "one of the gunners", "his wife".

With articles a phrase begins at one; where nouns have cases see `bare_nouns.py`.
"""

from __future__ import annotations

from .bare_nouns import BareNouns
from .narrative import Voice

_HANGS = 7  # tokens from "somebody in the dark" to the verb


class Phrases(BareNouns):
    """Reads the noun phrases that describe somebody."""

    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        return self._bare_noun(s, b, cue) if self.by_case else self._phrase(s, b, cue)

    def _phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """ "a young officer", "the general", "one of the gunners", "his wife"."""
        i = self.story.at[s]
        p = self.pieces
        low = p.lows[i]
        starts = self._phrase_starts[low] or low.endswith(self.suffixes.plural)
        if p.letters[i] != "i" and not starts:
            return self._several_at(s)
        paper = self._paper_by_name(s)
        if paper:
            return paper
        article = p.letters[i] == "i" or self.words.says("demonstratives", low)
        indefinite = self.words.says("indefinite", low)
        possessive = self.words.says("possessives", low) or self.suffixes.owns(low)
        if self.words.says("somebody", low) and cue is not None and self._is_beside(s, cue):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed")  # "said somebody"
        if self.words.says("kin", low) and p.is_capital(i) and not self.says("kin", s + 1):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed")  # "Grandfather would talk"
        if self._opens_with_many(s, low):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed")  # "Children ran after them"
        if not (article or indefinite or possessive) or self.words.says("nobodys", low):
            return None
        if article and self.says("other_pronouns", s + 1) and self._acts_at(s + 2):
            answers = cue is not None and self.says("answering", cue)
            if self.says("latter", s + 1) and not answers:
                who = self.focus(s, flat=True)
            else:
                who = self.focus(s, False, self.spoke_last(s), remember=False)
            return Voice(s, s + 2, who, "pronoun") if who else None
        if article and self.says("former", s + 1):
            who = self.focus(s, False, self.focus(s, flat=True), flat=True)
            return Voice(s, s + 2, who, "pronoun") if who else None
        if article and cue is not None and self.says("chosen", s + 1):
            them = self.says("title_links", s + 2) and self.says("object_plurals", s + 3)
            if them and cue in (s + 4, s - 1):
                return Voice(s, s + 4, "UNNAMED:" + self.low(s + 1), "unnamed")
        said, k, words = self._said, s + 1, []
        if indefinite and self.story.kinds[k] == "o":
            k += 1
            if self.says("object_plurals", k):
                return Voice(s, k + 1, self.many(s) or "UNNAMED:one", "unnamed")  # "one of them"
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
            if person is not None and words == [] and self._points_back(s):
                return None  # "To this Reid objected"
            if person is not None and words == [] and article:
                return Voice(s, k + person.last - person.first, person.id, "person",
                             person.possessive)  # fmt: skip
            if person is not None and article and self._are_adjectives(s + 1, k):
                return None  # the name will be come upon by itself
            if person is not None:
                break
            letter, word = p.letters[j], p.lows[j]
            if letter == "-" or (article and k == s + 1 and self.says("meanwhile", k)):
                k += 1  # "the then minister"
                continue
            noun = letter in "wcmnNDOZL" and not said["never_a_noun"][word]
            role = self._is_role(self.suffixes.owner(word))  # "a German general's wife"
            if words and self.story.kinds[k - 1] == "-" and p.touches(j):
                words.append(self.suffixes.owner(word))  # "son-in-law"
                head_at = k
                k += 1
                if self.suffixes.owns(word):
                    break  # "the Governor-General's answer"
                continue
            if not (noun and not said["verbs"][word]) and not role:
                break
            prefix = self.story.kinds[k + 1] == "-" and p.touches(j + 1)  # "the Under-Secretary"
            adverb = word.endswith(self.suffixes.adverb) and not (role or said["no_adverbs"][word])
            if said["verb_helpers"][word] or adverb:
                break
            if said["oblique_words"][word] and not prefix:
                break
            if cue == k and words and self._is_role(words[-1]):
                break  # "his doctor reports"
            if words and self.words.says("styles", words[-1]):
                break  # "His Majesty slept"
            if (
                words
                and letter == "w"
                and not (role or self._is_adjective_of(words, word))
                and self._is_role(words[-1])
            ):
                break  # "his sergeant whether that was all"
            if words and said["relatives"][word]:
                break  # "a corporal whom I asked"
            if words and letter == "w" and said["not_a_name"][word] and not role:
                break  # "my sergeant what we should do"
            if (
                words
                and (
                    self._is_role(words[-1])
                    or said["nouns"][words[-1]]  # "a note found on the body"
                    or self._is_role_of_people(words[-1])
                )
                and (word.endswith(self.suffixes.past) or said["common_verbs"][word])
            ):
                break
            words.append(self.suffixes.owner(word))
            head_at = k
            k += 1
            if self.suffixes.owns(word):
                if not self._is_role(self.low(k)) and (cue is None or self._is_role(words[-1])):
                    break  # but "the ship's purser"
                words, article, possessive = [], False, True  # "the Tsar's envoy"
        if indefinite and self.story.kinds[s + 1] == "o" and words and words[0].isdigit():
            return Voice(s, k, "UNNAMED:one", "unnamed")  # "one of the 74"
        if head_at < 0 or not words:
            return None
        if indefinite and self.story.kinds[s + 1] == "o":
            words[-1] = self._singular(words[-1])  # "one of the gunners" is a gunner
            words = [word for word in words if not self.words.says("demonstratives", word)]
            if not words:
                return Voice(s, k, "UNNAMED:one", "unnamed")  # "one of these"
        head = words[-1]
        if self.words.says("demonstratives", low) and self.words.says("voices", head):
            who = self.focus(s, remember=False) if cue is not None else ""
            return Voice(s, head_at + 1, who, "pronoun") if who else None  # "said that dry voice"
        if not self._is_role(head) and "-" in self.story.kinds[s:k] and self._is_role(words[0]):
            head = words[0]  # "aide-de-camp"
        is_role = self._is_role(head)
        described = article and s + 1 < head_at == s + len(words) and len(head) > 2
        described = described and self._are_adjectives(s + 1, head_at)
        named = described and p.is_capital(self.story.at[head_at])
        old = named and all(self.words.says("before_names", word) for word in words[:-1])
        if old and not is_role and not self._is_called(head):
            return Voice(s, head_at + 1, "UNNAMED:" + " ".join(words), "unnamed")  # "an old Reb"
        if named and not (is_role or self._is_role_of_people(head)):
            return Voice(s, head_at + 1, head.upper(), "person")  # "a jubilant Clarendon"
        if (article or possessive) and self.words.says("styles", head):
            never = self.spoke_last(s) if cue is not None and self.history else ""
            who = self.focus(s, False, never, remember=False)
            if self.words.says("royal_styles", head) and not self._reigns(who):
                who = ""
            return Voice(s, head_at + 1, who or f"UNNAMED:{head}", "role")
        told_how = self._told_how(words) if article and not indefinite else 0
        capital = p.is_capital(self.story.at[head_at]) and len(words) - told_how == 1
        demonym = article and not indefinite and capital and self._is_role_of_people(head)
        acts = self.says("verbs", head_at + 1) or self._acts_at(head_at + 1)
        if demonym and (acts or (told_how and cue is not None and s == cue + 1)):
            who = self._of_that_people(s, head_at)
            if who:
                return Voice(s, head_at + 1, who, "role")
        owned = self.suffixes.owns(self.low(head_at))
        last = head_at + 1
        noun_at = head_at
        if is_role and self.words.says("of_what", head) and self.says("title_links", last):
            j = last + 1 + (self.story.kinds[last + 1] == "i")
            while j < min(b, last + 5) and self._is_noun(j) and not self.says("oblique_words", j):
                words.append(f"of {self.low(j)}" if words[-1] == head else self.low(j))
                j += 1
                head_at = j - 1  # "his chief of intelligence"
        elif capital and self.says("title_links", last) and self.is_many_word(head):
            j = last + 1
            while j < min(b, last + 4) and self._is_capital_at(j):
                words.append(f"of {self.low(j)}" if words[-1] == head else self.low(j))
                j += 1
                head_at = j - 1  # "the Chiefs of Staff"
        if is_role and self.words.says("ambiguous_roles", head) and len(words) > 1:
            is_role = not self.says("copulas", last)  # "the official count was"
        ordinal = any(word in self.words.data["ordinals"] for word in words[:-1])
        if is_role and ordinal and self.words.says("of_a_book", head):
            is_role = False  # "the first page"
        if is_role and possessive and self.words.says("ambiguous_roles", head):
            is_role = not self.words.says("nouns", head)  # "his report"
        linked = self.says("owner_links", last) and self.says("nouns", noun_at)
        if is_role and linked and self.words.says("ambiguous_roles", head):
            is_role = self.story.at[last + 1] not in self.people.at  # "the report of Colonel Reid"
        if is_role and indefinite and self.words.says("of_a_book", head):
            is_role = not self.says("oblique_words", last)  # "a page to that night"
        if not is_role:
            beside = cue is not None and (
                head_at + 1 == cue
                or s == cue + 1
                or self._only_helpers(head_at + 1, cue)
                or (indefinite and self._reaches(head_at + 1, cue))
            )
            if not beside or self.words.says("nouns", head):
                if not self.words.says("nouns", head):
                    return None
                return Voice(s, head_at + 1, "UNNAMED:" + " ".join(words), "thing", owned)
        kind = "unnamed"
        identity = "UNNAMED:" + " ".join(words)
        if article and not indefinite and is_role:
            whole = self._whole(head, noun_at)
            if len(words) > 1 and self._is_rank_of(head, f"{words[-2]}-{words[-1]}"):
                joined = self.story.kinds[noun_at - 1] == "-"
                words = [*words[:-2], head] if joined else words  # "the vice-admiral"
            who = self.role(whole, head_at, words[told_how:], cue, s, familiar=told_how > 0)
            if not who and cue == s - 1 and self._tells_an_age(words):
                who = self.focus(s, remember=False)
            if who:
                return Voice(s, head_at + 1, who, "role", owned, head=noun_at)
            kind = "role"
        return Voice(s, head_at + 1, identity, kind, owned, head=noun_at)

    def _is_adjective_of(self, words: list[str], noun: str) -> bool:
        """ "the official record", "a private letter": what else a paper is, and nobody."""
        says = self.words.says
        return len(words) == 1 and says("ambiguous_roles", words[0]) and says("nouns", noun)

    def _points_back(self, s: int) -> bool:
        """ "To this": a demonstrative that stands for something and opens no phrase."""
        return self.says("pointing_back", s) and self.says("oblique_words", s - 1)

    def _is_beside(self, s: int, cue: int) -> bool:
        """ "Somebody shouted", "somebody in the dark shouted": nothing else is the subject."""
        if abs(s - cue) <= 2:
            return True
        if self.by_case or not (s < cue <= s + _HANGS and self.says("oblique_words", s + 1)):
            return False
        return not any(self.story.kinds[j] in ",;:|Q" or self.says("verb_helpers", j)
                       for j in range(s + 1, cue))  # fmt: skip

    def _is_called(self, low: str) -> bool:
        """Whether anybody in the text bears a name."""
        return any(low.upper() in person.parts or low.upper() in person.id.split("_")
                   for person in self.people.found)  # fmt: skip

    def _tells_an_age(self, words: list[str]) -> bool:
        """ "Said the 62-year-old father": somebody whom the reader knows."""
        aged = any(self.words.says("of_an_age", word) for word in words[:-1])
        return aged and any(word.isdecimal() for word in words)

    def _told_how(self, words: list[str]) -> int:
        """ "the gallant old chief": how many adjectives tell of somebody whom the reader knows."""
        n = 0
        while n < len(words) - 1 and (
            self.words.says("judging", words[n]) or self.words.says("before_names", words[n])
        ):
            n += 1
        return n if any(self.words.says("judging", word) for word in words[:n]) else 0

    def _whole(self, head: str, s: int) -> str:
        """ "the sergeant-major" is no major; "the lieutenant-colonel" is a colonel."""
        joined = s > 1 and self.story.kinds[s - 1] == "-" and head == self.low(s)
        first = self.low(s - 2) if joined else ""
        halved = not first or self.words.says("rank_prefixes", first)
        return head if halved or not self.roles[first] else f"{first}-{head}"

    def _opens_with_many(self, s: int, low: str) -> bool:
        """Whether a bare plural of people is the first word of a sentence."""
        many = self.words.says("plurals", low) or self.words.says_of_one("generic", low)
        return many and self._begins_clause(s)

    def _several_at(self, s: int) -> Voice | None:
        """ "Staff officers replied", "Union prisoners said": people at the head of a sentence."""
        if s and self.story.kinds[s - 1] not in "|¶":
            return None
        low = self.low(s + 1)
        many = self.words.says("plurals", low) or self._is_role(self.suffixes.one_of(low))
        small = ("oblique_words", "subordinators", "clause_openers", "openers", "not_a_name")
        if not many or not self.acts(s + 2) or any(self.says(name, s) for name in small):
            return None
        return Voice(s, s + 2, f"UNNAMED:{self.low(s)} {low}", "unnamed")
