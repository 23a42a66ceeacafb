"""Phrases for people without a name: "a young officer", "one of the gunners", «начальник дивизии».

With articles a phrase begins at one; where nouns have cases it is read from its noun.
"""

from __future__ import annotations

from ..grammar.inflection import (
    adjective_base,
    agrees,
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_nominative_adjective,
    is_noun,
    is_participle,
    is_plural_subject,
    lemmas_of,
    may_be_plural_subject,
    noun_of,
    plural_subject_of,
    verb_of,
)
from .narrative import Voice
from .roles import Roles

_REMEMBERED_WORDS = 150  # before "the Italian", among which an Italian is looked for
_NEAR = 14  # persons named before, among whom he is
_COUNTRY = 4  # letters that «пруссак» and «прусский» share
_BEFORE_NAME = 5  # pieces before a name that may tell of which country he is
_HANGS = 7  # tokens from "somebody in the dark" to the verb
_ONLY = 1.0  # by how much somebody must stand out to be "the Englishman"
_SOMEBODY = 7  # tokens between «кто-то» and its verb
_LONG_ENOUGH = 6  # letters: a shorter word that ends like "typist" may be anything


class Phrases(Roles):
    """Reads the noun phrases that describe somebody."""

    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        return self._bare_noun(s, b, cue) if self.by_case else self._phrase(s, b, cue)

    def _are_adjectives(self, a: int, b: int) -> bool:
        """Whether between an article and a name only small words stand that tell no office."""
        words = range(a, b)
        return all(self.story.kinds[k] == "w" and not self._is_role(self.low(k)) for k in words)

    def _phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """ "a young officer", "the general", "one of the gunners", "his wife"."""
        i = self.story.at[s]
        p = self.pieces
        low = p.lows[i]
        if p.letters[i] != "i" and not self._phrase_starts[low] and not low.endswith("s"):
            return self._several_at(s)
        article = p.letters[i] == "i" or self.words.says("demonstratives", low)
        indefinite = self.words.says("indefinite", low)
        possessive = self.words.says("possessives", low) or low.endswith("'s")
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
        if indefinite and self.low(k) == "of":
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
            role = self._is_role(word.removesuffix("'s"))  # "a German general's wife"
            if words and self.story.kinds[k - 1] == "-" and p.touches(j):
                words.append(word)  # "son-in-law"
                head_at = k
                k += 1
                continue
            if not (noun and not said["verbs"][word]) and not role:
                break
            prefix = self.story.kinds[k + 1] == "-" and p.touches(j + 1)  # "the Under-Secretary"
            if said["verb_helpers"][word] or (word.endswith("ly") and not role):
                break
            if said["oblique_words"][word] and not prefix:
                break
            if cue == k and words and self._is_role(words[-1]):
                break  # "his doctor reports"
            if words and self.words.says("styles", words[-1]):
                break  # "His Majesty slept"
            if words and letter == "w" and not role and self._is_role(words[-1]):
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
                and (word.endswith("ed") or said["common_verbs"][word])
            ):
                break
            words.append(word[:-2] if word.endswith("'s") else word)
            head_at = k
            k += 1
            if word.endswith("'s"):
                if not self._is_role(self.low(k)) and (cue is None or self._is_role(words[-1])):
                    break  # but "the ship's purser"
                words, article, possessive = [], False, True  # "the Tsar's envoy"
        if indefinite and self.low(s + 1) == "of" and words and words[0].isdigit():
            return Voice(s, k, "UNNAMED:one", "unnamed")  # "one of the 74"
        if head_at < 0 or not words:
            return None
        if indefinite and self.low(s + 1) == "of":
            words[-1] = self._singular(words[-1])  # "one of the gunners" is a gunner
            words = [word for word in words if not self.words.says("demonstratives", word)]
            if not words:
                return Voice(s, k, "UNNAMED:one", "unnamed")  # "one of these"
        head = words[-1]
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
        owned = self.low(head_at).endswith("'s")
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

    def _stands_for_noun(self, s: int) -> bool:
        """Whether an adjective in the nominative has no noun after it: «потребовал патрульный»."""
        low = self.low(s)
        if self.roles[low] or not is_nominative_adjective(low):
            return False
        return self.story.kinds[s + 1] in ",.-|¶:;" and not self.says("subject_pronouns", s)

    def _goes_with_thing(self, s: int, low: str) -> bool:
        """«часовой механизм», «рабочий посёлок»: an adjective here, and nobody."""
        if not is_adjective(low) or self.story.kinds[s + 1] not in "wc":
            return False
        k = s + 1
        while k < s + 3 and is_adjective(self.low(k)):
            k += 1
        return agrees(low, self.low(k))

    def _comes_in(self, s: int) -> bool:
        """«подошёл человек»: after a verb, but not «был человек»."""
        k = s - 1
        while k > 0 and is_adjective(self.low(k)):
            k -= 1
        return is_finite_verb(self.low(k)) and not self.says("copulas", k)

    def _is_role_at(self, s: int) -> bool:
        """Whether a common noun for a person stands at a position."""
        i = self.story.at[s]
        common = i >= 0 and self.pieces.letters[i] == "w" and is_noun(self.low(s))
        return common and any(self.says(name, s) for name in ("generic", "titles"))

    def _singular(self, word: str) -> str:
        """ "gunners", "gentlemen": one of them."""
        one = word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")
        return one if self._is_role(one) else word

    def _begins_clause(self, s: int) -> bool:
        return s == 0 or self.story.kinds[s - 1] in "|¶Q-;"

    def _somebody_at(self, s: int) -> int:
        """The position after «кто-то»; 0 if it does not stand there."""
        if not self.says("who", s):
            return 0
        if self.says("somebody", s):
            return s + 1
        return s + 3 if self.story.kinds[s + 1] == "-" and self.says("whoever", s + 2) else 0

    def _of_a_people(self, s: int, lemma: str, speaks: bool) -> str:
        """«вспоминал англичанин»: whom the text is about, if it told of no Englishman before."""
        if not self.words.says("demonyms", lemma):
            return ""
        countryman = self._of_that_country(s, lemma)
        if countryman:
            return countryman
        for k in range(max(0, s - _REMEMBERED_WORDS), s):
            if is_plural_subject(self.low(k)):
                continue  # «пруссаки»
            if self.low(k).isalpha() and self.words.says("demonyms", self.low(k)):
                other = noun_of(self.low(k))[0]
                if other == lemma:
                    return ""
        start = self.sentence_start(s)
        last = self.history[-1][2] if self.history and self.history[-1][0] >= start else ""
        later = self._told_later(s)
        later |= self._of_other_names(s, lemma) if speaks else set()
        if not speaks and self.history and not last:
            last = self.history[-1][2]  # «Q», — сказал X. Англичанин записал
        female = self.words.says("feminine_roles", lemma)
        who = self.focus(s, female, last, never=later, remember=False)
        if self.margin >= _ONLY and speaks:
            return who
        return who if self.by_case and self._is_alone(who, s, {last, *later}) else ""

    def _of_other_names(self, s: int, lemma: str) -> set[str]:
        """Those named before whose surnames no Japanese bears: «Литвинов»."""
        if self.words.says("slavs", lemma):
            return set()
        endings = tuple(self.words.data.get("speech", {}).get("slavic_surnames", ("\0",)))
        before = self.told_before(self.story.at[s], _NEAR)
        return {p.id for p in before if p.parts and p.parts[-1].lower().endswith(endings)}

    def _is_alone(self, who: str, s: int, others: set[str]) -> bool:
        """Whether nobody else is named in the same paragraph before a position."""
        first = self.story.kinds.rfind("¶", 0, s) + 1
        named = self.told_before(self.story.at[s], _NEAR)
        here = {p.id for p in named if (self._position(p.first) or 0) >= first} - others
        return here == {who}

    def _of_that_country(self, s: int, lemma: str) -> str:
        """«прусский корпус генерала Ланге», «немецкий врач Рихтер»: the last who is one."""
        lows, letters = self.pieces.lows, self.pieces.letters
        stem = lemma[:_COUNTRY]
        for person in reversed(self.told_before(self.story.at[s], _NEAR)):
            k = person.first - 1
            while k >= max(0, person.first - _BEFORE_NAME) and letters[k] in "wc-,":
                if lows[k].startswith(stem) and is_adjective(lows[k]):
                    return person.id
                k -= 1
        return ""

    def _told_later(self, s: int) -> set[str]:
        """«поляк ответил запиской, которую Лунин сохранил»: who is told of in a clause that hangs
        on the same sentence is somebody else."""
        end = self.sentence_end(s)
        comma = self.story.kinds.find(",", s, end)
        if comma == -1 or not self.says("relatives", comma + 1):
            return set()
        people = (self.people.at.get(self.story.at[k]) for k in range(comma + 1, end)
                  if self.story.at[k] >= 0)  # fmt: skip
        return {person.id for person in people if person is not None}

    def _of_what(self, k: int, b: int) -> int:
        """«начальник генерального штаба»: where the genitive after a role ends."""
        j = k
        while j < min(b, k + 3) and is_adjective(self.low(j)) and not is_genitive(self.low(j)):
            j += 1
        low = self.low(j) if j < b else ""
        genitive = len(low) > 2 and is_genitive(low) and not self.says("oblique_words", j)
        lists = ("verbs", "titles", "generic")
        somebody = any(self.says(name, j) for name in lists) and not self.says("institutions", j)
        return j + 1 if genitive and not somebody else k

    def _are_subject(self, s: int, low: str, cue: int | None) -> bool:
        """Whether a noun is the plural subject of a verb in the plural."""
        if cue is None or verb_of(self.low(cue))[1] != "plur" or not may_be_plural_subject(low):
            return False
        before = self.low(s - 1)
        return (
            not (self.says("oblique_words", s - 1) or is_noun(before))
            and "," not in (self.story.kinds[min(s, cue) : max(s, cue)])
        )

    def _opens_with_many(self, s: int, low: str) -> bool:
        """Whether a bare plural of people is the first word of a sentence."""
        many = self.words.says("plurals", low) or (
            low.endswith("s") and self.words.says("generic", low[:-1])
        )
        return many and self._begins_clause(s)

    def _several_at(self, s: int) -> Voice | None:
        """ "Staff officers replied", "Union prisoners said": people at the head of a sentence."""
        if s and self.story.kinds[s - 1] not in "|¶":
            return None
        low = self.low(s + 1)
        many = self.words.says("plurals", low) or (low[-1:] == "s" and self._is_role(low[:-1]))
        small = ("oblique_words", "subordinators", "clause_openers", "openers", "not_a_name")
        if not many or not self.acts(s + 2) or any(self.says(name, s) for name in small):
            return None
        return Voice(s, s + 2, f"UNNAMED:{self.low(s)} {low}", "unnamed")

    def _is_capital_at(self, s: int) -> bool:
        i = self.story.at[s]
        return i >= 0 and self.pieces.is_capital(i)

    def body(self, s: int) -> str:
        """Whom "its" and "their" mean: the last council or staff that a sentence is about."""
        k, found = self._window(s), ""
        while k < s:
            j, words, counts = k + 1, [], False
            while (
                self.story.kinds[k] == "i"
                and j < s
                and (
                    self._is_capital_at(j)
                    or (words and (self.says("title_links", j) or self.story.kinds[j] == "i"))
                )
            ):
                words.append(self.low(j))
                counts = counts or self.says("institutions", j) or self.is_many_word(self.low(j))
                j += 1
            if counts and (self._acts_at(j) and self.story.kinds[j] == "w"):
                found = "_".join(words).upper()
            k = max(k + 1, j - 1)
        return found

    def _is_role_of_people(self, head: str) -> bool:
        return head.endswith(self.demonyms) or self.words.says("demonyms", head)

    def _acts_at(self, k: int) -> bool:
        """Whether a verb or the end of a phrase follows, and no noun: "the Italian looked"."""
        return self.acts(k) or self.story.kinds[k] in ",|¶.Q"

    def _of_that_people(self, s: int, head_at: int) -> str:
        """ "the Italian": the Italian attaché told of before, or who does not speak just now."""
        here = self.people.inside.get(self.story.at[head_at])
        state = here.id if here is not None else ""
        head = self.low(head_at)
        for k in range(s - 1, max(0, s - _REMEMBERED_WORDS), -1):
            i = self.story.at[k]
            named = self.people.inside.get(i) if i >= 0 else None
            same = self.low(k) == head or (state and named is not None and named.id == state)
            if not same:
                continue
            if self.says("generic", k + 1) and not self.says("verbs", k + 1):
                return f"UNNAMED:{self.low(k)} {self.low(k + 1)}"
            if self.says("indefinite", k - 1) or self.says("joining", k - 2):
                return ""
        before = self.people.before(self.story.at[head_at], 8)
        allied = [p.id for p in before if state and self.people.allegiance.get(p.id) == state]
        if allied:
            return allied[-1]
        last = self.history[-1][2] if self.history else ""
        return self.focus(s, False, last, remember=False)

    def _is_role(self, head: str) -> bool:
        """Whether a noun tells what somebody is, in the singular or in the plural."""
        known = self._role_words.get(head)
        if known is None:
            known = self._role_words[head] = self._tells_a_role(head)
        return known

    def _tells_a_role(self, head: str) -> bool:
        says = self.words.says
        if says("title_adjectives", head):
            return False  # "the first"
        if self.roles[head] or says("plurals", head):
            return True
        if head.endswith(self.agent_endings) and len(head) > _LONG_ENOUGH:
            return not says("verbs", head)
        return head.endswith("s") and says("generic", head[:-1])

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
            self.says("verb_helpers", j) or self.low(j).endswith("ly") or self.says("adverbs", j)
            for j in range(a, b)
        )

    def _bare_noun(self, s: int, b: int, cue: int | None) -> Voice | None:
        """«молоденький лейтенант», «один из офицеров», «комендант», «начальник дивизии»."""
        p = self.pieces
        i = self.story.at[s]
        low = p.lows[i]
        if cue is None and not self._may_tell_of_somebody(s, i, low):
            return None
        role = self.roles[low] or (p.letters[i] == "w" and self.is_title_here(low))
        noun = p.letters[i] in "wc"
        if not noun and not self._phrase_openers[low] and s - 1 != cue:
            return None
        after = self._somebody_at(s)
        if cue is not None and s == cue + 1 and self._stands_for_noun(s):
            who = self._implied(low, s, "")
            if who:
                return Voice(s, s + 1, who, "role", head=s)
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed", head=s)  # «сказал второй»
        among = self.says("indefinite", s) and self.says("from_among", s + 1)
        if among and self.says("object_plurals", s + 2):  # «одна из них»
            return Voice(s, s + 3, self.many(s) or "UNNAMED:" + low, "unnamed", head=s)
        if self.words.says("indefinite", low) or after:
            k = after or s + 1
            while k < min(b, s + 5):
                if self.says("generic", k) or self.says("titles", k):
                    lemma, _, _ = noun_of(self.low(k))
                    _, subject, _ = noun_of(low)
                    return Voice(s, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
                if not (self.low(k).isalpha()):
                    break
                k += 1
        if self.words.says("indefinite", low) and cue in (s + 1, s - 1):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed", head=s)  # «один огрызнулся»
        near_verb = cue is not None and -_SOMEBODY <= s - cue <= 2
        if after and near_verb and "," not in self.story.kinds[s:cue]:
            return Voice(s, after, "UNNAMED", "unnamed", head=s)  # «сказал кто-то»
        if not noun:
            return None
        if (
            self.story.kinds[s + 1] == "-"
            and p.touches(self.story.at[s + 1])
            and self.says("titles", s)
        ):
            return None  # «вице-адмирал» is read at its second half
        if role and is_adjective(low) and self._is_role_at(s + 1 + self.says("possessives", s + 1)):
            return None  # «старший офицер» is read at its noun
        near = (cue is not None and abs(s - cue) <= 5) or low.endswith(self.agent_endings)
        near = near or (cue is not None and s - self.sentence_start(s) <= 1)
        near = near or (cue is None and self.says("kin", s))  # «маме я написал»
        near = near or (cue is None and self._begins_clause(s) and is_finite_verb(self.low(s + 1)))
        near = near or (
            cue is None and self._begins_clause(s - 1) and is_finite_verb(self.low(s - 1))
        )
        if not role and not near:
            return None
        if self.says("verbs", s) or self.says("never_a_noun", s):
            return None
        if self.words.says("every_one", low) and self.story.kinds[s + 1] in "wc":
            return None  # «у всех солдат»
        if self._goes_with_thing(s, low):
            return None
        if self.words.says("anybody", low) and not self._comes_in(s):
            return None
        lemma, subject, living = noun_of(low)
        if not lemma and self.words.says("epithets", low):
            lemma, subject = low, low.endswith("ый")  # «побежденный»
        stressed = low.endswith("ой") and is_adjective(low)
        if not lemma and role and (stressed or is_nominative_adjective(low)):
            lemma, subject = low, True  # «вестовой»
        if lemma and not subject and is_plural_subject(low):
            lemma, subject = low, True  # «солдаты»
        elif lemma and not subject and self._are_subject(s, low, cue):
            lemma, subject = low, True  # «женщины кричали»
        if not lemma or not (role or (living and not self.says("lifeless", s))):
            if lemma and self.words.says("nouns", low):
                return Voice(s, s + 1, "UNNAMED:" + lemma, "thing", oblique=not subject)
            return None
        whole = low
        if role and lemma not in self._titles_here:
            whole = next((one for one in lemmas_of(low) if one in self._titles_here), low)
            lemma = lemma if whole == low else whole
        words = [(not subject and plural_subject_of(low)) or lemma]
        k = s - 1
        while (
            k >= 0
            and k > s - 3
            and self.story.at[k] >= 0
            and self.low(k).isalpha()
            and (p.letters[self.story.at[k]] in "wc" and is_adjective(self.low(k)))
            and not self.says("never_a_noun", k)
            and not self.says("possessives", k)
            and not self.says("emphatic", k)
            and not self.says("every_one", k)
        ):
            words.insert(0, self.low(k) if subject else adjective_base(self.low(k)))
            k -= 1
        last = s + 1
        if self.words.says("of_what", low):
            end = self._of_what(last, b)
            words.extend(self.low(j) for j in range(last, end))
            last = end
        indefinite = self.says("indefinite", k)
        opens = cue is not None or (self._begins_clause(s) and is_finite_verb(self.low(s + 1)))
        led = self.says("back_references", k) or self.says("plural_objects", k)
        new = led and is_participle(self.low(k - 1))  # «встречавший их норвежец»
        if opens and subject and not (indefinite or new) and len(words) == 1:
            who = self._of_a_people(s, lemma, cue is not None)
            if who:
                return Voice(s, last, who, "role")
        if role and not indefinite:
            if (
                s >= 2
                and self.story.kinds[s - 1] == "-"
                and p.touches(i)
                and self.low(s - 2).isalpha()
            ):
                whole = self.low(s - 2) + "-" + low
                words[-1] = self.low(s - 2) + "-" + words[-1]
            who = self.role(whole, s, words, cue, k + 1)
            if who:
                return Voice(s, last, who, "role", oblique=not subject, head=s)
        kind = "role" if role else "unnamed"
        return Voice(s, last, "UNNAMED:" + " ".join(words), kind, oblique=not subject, head=s)

    def _is_inflected(self, i: int) -> bool:
        lemma, subject, _ = noun_of(self.pieces.lows[i])
        return bool(lemma) and not subject

    def _is_noun(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            i >= 0 and self.pieces.letters[i] in "wc" and not self.says("never_a_noun", s)
            and not self.says("verbs", s) and not self.says("verb_helpers", s)
        )  # fmt: skip
