"""Everybody mentioned in a narrative, in the order of the text, each with a weight.

"he"      a pronoun that is a subject passes its weight on to whom it means; "him" and "his" 2
silent    «Лунин приехал. Поблагодарил старика»: a sentence without a subject goes on with the last
owned     "Grant's young aide": somebody else than Grant
"""

from __future__ import annotations

import bisect
import functools
from abc import ABC, abstractmethod
from collections.abc import Iterable
from operator import attrgetter

from ..grammar.dictionary import (
    is_finite_verb,
    is_nominative_adjective,
    is_plural,
    may_be_genitive_plural,
    may_be_plural_subject,
    noun_gender,
    noun_of,
    verb_of,
)
from .appositions import Appositions
from .narrative import Telling, Voice
from .weights import BACK_REFERENCE, Antecedent

FAR = 150  # tokens: somebody without a name is forgotten sooner than a name
_BACK = 5  # sentences that are read for pronouns and people without a name
DEEP = 6  # pronouns that are followed back, one after another
SUBJECT = 2.7  # weight of whoever is the subject of a clause
_NAMELESS = 1.0  # less for who is told of without a name
_CLAUSE = 14  # tokens in which the verb of a sentence is looked for
_HERO = 3  # mentions of whom a text is about
_TOLD_LATELY = 60  # persons named before, among whom he is
_AT = attrgetter("at")


class Discourse(Appositions, ABC):
    """Reads on through a story and remembers whom it mentions."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling)
        self.history: list[tuple[int, int, str]] = []  # position, paragraph, speaker
        self._known_titles: dict[str, set[str]] = {}
        self._bearers: dict[str, set[str]] = {}  # title → all who have it
        self._papers: dict[int, tuple[str, int]] | None = None
        self._mentions: list[Antecedent] = []  # read so far, in order
        self._read_to = 0
        self._windows: dict[int, int] = {}  # by the beginning of a sentence
        self._reading = False
        self._mention_end = -1  # where the last of them ends
        self.called: dict[str, str] = {}  # title that nobody bears by name → who is called so
        self._depth = 0
        self.asks = False  # whether the quotation whose speaker is looked for is a question
        self.addressed = ""  # by name, in the quotation whose speaker is looked for
        self.addressed_as: frozenset[str] = frozenset()  # by what he is: "Father,", "General,"
        self.turned_from = ""  # who has just spoken, where the next quotation is another's
        self.hearer = ""  # whom the quotation before spoke to
        self.margin = 0.0  # by how much the last "he" stood out
        self.epithets = set(self.words.data.get("speech", {}).get("epithets", ()))
        self.rulers: list[str] = []  # whom "the king" meant last, and where
        self._said_of: dict[str, set[str]] = {}  # who → states of which an adjective tells
        self.ruled_at = -1

    @functools.cached_property
    def _titles_here(self) -> set[str]:
        """What the persons of a text are called before their names, each in the nominative."""
        words = {
            title.split("-")[-1] for titles in self.people.titles_of.values() for title in titles
        }
        return {noun_of(word)[0] for word in words} - {""} if self.by_case else set()

    def is_title_here(self, low: str) -> bool:
        """«Вошёл капрал Штерн. Капрал»: whether a word is what somebody here is called."""
        return bool(self._titles_here) and noun_of(low)[0] in self._titles_here

    def _may_tell_of_somebody(self, s: int, i: int, low: str) -> bool:
        """Whether a phrase for somebody may have its noun at a position, where nouns have cases.

        A word that does not say what he is has to stand at the head of its clause.
        """
        if self._phrase_openers[low] or self.says("kin", s):
            return True
        letter, kinds = self.pieces.letters[i], self.story.kinds
        if letter not in "wc":
            return False
        if self.roles[low] or s < 2 or kinds[s - 1] in "|¶" or kinds[s - 2] in "|¶":
            return True
        if letter == "w" and self.is_title_here(low):
            return True
        return kinds[s - 1] in "Q-;" and is_finite_verb(self.low(s + 1))

    @abstractmethod
    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """Whoever a phrase that begins at a position describes (`phrases.py`)."""

    @abstractmethod
    def focus(
        self,
        s: int,
        female: bool = False,
        other: str = "",
        flat: bool = False,
        never: Iterable[str] = (),
        remember: bool = True,
    ) -> str:
        """Whom "he" means (`referents.py`)."""

    @abstractmethod
    def other(self, s: int, low: str) -> str:
        """Whom «тот» does not mean."""

    @abstractmethod
    def himself(self, s: int) -> str:
        """Whom "he himself" means."""

    def _window(self, s: int) -> int:
        start = self.sentence_start(s)
        back = self._windows.get(start)
        if back is None:
            back = start
            for _ in range(_BACK):
                back = self.sentence_start(max(0, back - 1))
            self._windows[start] = back
        return max(back, s - FAR, 0)

    def _antecedents(self, start: int, s: int) -> list[Antecedent]:
        """Everybody mentioned between two positions, in order."""
        self._read_on(s)
        a = bisect.bisect_left(self._mentions, start, key=_AT)
        b = bisect.bisect_left(self._mentions, s, a, key=_AT)
        return self._mentions[a:b]

    def _read_on(self, s: int) -> None:
        """Notes everybody mentioned up to a position, once and in the order of the text.

        What lies too far back for anybody to look there is passed over.
        """
        if self._read_to >= s or self._reading:
            return
        self._reading = True
        found, k = self._mentions, max(self._read_to, self._window(s))
        end = self._mention_end if k == self._read_to else -1
        while k < s:
            self._read_to = k
            if self.by_case and (k == 0 or self.story.kinds[k - 1] in "|¶"):
                goes_on = self._goes_on(k)
                if goes_on is not None:
                    found.append(goes_on)
                    end = -1
            described = self._described_before(k)
            mention, after = self._antecedent(k)
            if mention is not None and described:
                self._is_also(mention.id, described)
            if mention is not None:
                if found and end == k and self._are_woman_and_man(found[-1], mention):
                    found.append(mention)
                elif found and self._is_predicate(found[-1], mention, end, k, after):
                    self._is_also(found[-1].id, mention.id)
                    if found[-1].id in self.people.female:
                        found[-1] = found[-1]._replace(female=True)
                elif not self.by_case and self._is_owned_predicate(found, mention, k, after):
                    self._is_also(found[-2].id, mention.id)  # "Ann Reid, Walter's sister,"
                elif self._is_owned_apposition(found, mention, end, k):
                    # «преемник Лацкого, майор Тодд»
                    owner, phrase = found.pop(), found.pop()
                    self._is_also(mention.id, phrase.id)
                    found += [owner, mention._replace(weight=phrase.weight + 0.3)]
                elif found and self._is_apposition(found[-1], mention, end, k):
                    # "the envoy, Count Orlov": one person, with the weight of the first
                    revealed = self._is_revealed(found[-1], end, k)
                    unnamed = found[-1].id.startswith("UNNAMED")
                    subject = unnamed and not self.by_case and found[-1].weight >= 2
                    told = unnamed or revealed or self._is_by_role(found[-1])
                    phrase = found.pop() if told else found[-1]
                    self._is_also(mention.id, phrase.id)
                    weight = phrase.weight + (_NAMELESS if subject else 0.3)
                    if not self.says("christening", k - 1):
                        weight = phrase.weight if revealed else min(mention.weight, weight)
                    found.append(mention._replace(weight=weight))
                else:
                    found.append(mention)
                end = after
            k = max(after, k + 1)
        self._read_to, self._mention_end, self._reading = k, end, False

    def _are_woman_and_man(self, one: Antecedent, two: Antecedent) -> bool:
        """«матери Брандта», «его матери»: a woman's word, and a man; no two words for one."""
        hers = [m for m in (one, two) if m.female and m.id.startswith("UNNAMED")]
        if not self.by_case or len(hers) != 1 or {one.female, two.female} != {True, False}:
            return False
        person = self.people.at.get(self.story.at[two.at])
        owner = person.oblique if person else not noun_of(self.low(two.at))[1]
        return one.back or owner

    def _described_before(self, k: int) -> str:
        """ "The son of a country doctor, he had": who "he" is, and nobody else; forgotten then."""
        if self.by_case or self.story.kinds[k - 1 : k] != ",":
            return ""
        if not self.says("subject_pronouns", k):
            return ""
        start = self.sentence_start(k)
        n = len(self._mentions)
        while n and self._mentions[n - 1].at >= start:
            n -= 1
        told = self._mentions[n:]
        if not told or told[0].at != start or self.story.kinds.count(",", start, k) > 1:
            return ""
        words = range(start, k)
        acts = any(self.says(name, j) for name in ("verbs", "finite", "common_verbs")
                   for j in words)  # fmt: skip
        if acts or not all(m.id.startswith("UNNAMED:") for m in told):
            return ""
        del self._mentions[n:]
        return told[0].id

    def _goes_on(self, k: int) -> Antecedent | None:
        """«Лунин приехал. Поблагодарил старика»: a sentence without a subject of its own.

        Its verb is in the singular, and nothing in its clause may be a nominative that agrees; the
        subject is that of the sentence before, at the head of a paragraph whom the text is about.
        """
        verb = self._verb_alone(k)
        if verb < 0:
            return None
        female = verb_of(self.low(verb))[2] == "femn"
        start = self.story.kinds.rfind("¶", 0, k) + 1
        told = []
        for mention in reversed(self._mentions):
            if mention.at < start:
                break
            if mention.weight >= SUBJECT and not mention.back and mention.female in (female, None):
                told.append(mention)
        who = ""
        if told:
            last = self.sentence_start(told[0].at)
            who = next(m for m in reversed(told) if m.at >= last).id
        elif not female and not any(m.at >= start for m in self._mentions[-1:]):
            count = self.people.count
            known = [p.id for p in self.told_before(self.story.at[k], _TOLD_LATELY)]
            best = max(known, key=lambda key: count[key], default="")
            who = best if best and count[best] >= _HERO else ""
        return Antecedent(k, who, 3.0, female) if who else None

    def _verb_alone(self, k: int) -> int:
        """Where the verb of a sentence stands that has no subject; -1 if it has one."""
        kinds, verb, gender = self.story.kinds, -1, ""
        for j in range(k, min(k + _CLAUSE, len(kinds) - 1)):
            if kinds[j] in "|¶;:Q-" or (verb >= 0 and kinds[j] == ","):
                break
            low = self._lows[j]
            if not low.isalpha() or self._passed_over[low]:
                continue
            if verb < 0 and (kinds[j] == "w" or j == k) and is_finite_verb(low):
                person, number, gender = verb_of(low)
                if number != "sing" or gender not in ("masc", "femn") or person:
                    return -1
                verb = j
                continue
            if self._may_be_nominative(j, low):
                return -1
        return verb

    def _may_be_nominative(self, j: int, low: str) -> bool:
        """Whether a word may be a subject."""
        if self.story.at[j] in self.people.within or self._pronouns[low]:
            person = self.people.at.get(self.story.at[j])
            return person is None or not person.oblique
        if self._leaders[low]:
            return True
        if self.says("oblique_words", j - 1) or self.says("oblique_words", j - 2):
            return False  # «в письме», «к своей сестре»
        if self.story.kinds[j] == "c" and low.endswith(self.declension.accusatives):
            return False  # «занял Выру»
        return self.story.kinds[j] in "wc" and (noun_of(low)[1] or is_nominative_adjective(low))

    def _antecedent(self, k: int) -> tuple[Antecedent | None, int]:
        """Who is mentioned at a position, and the position after the mention."""
        i = self.story.at[k]
        if i < 0 or self.story.kinds[k] in "|¶":
            return None, k + 1
        person = self.people.at.get(i)
        if person is not None:
            female = person.id in self.people.female
            after = k + person.last - person.first
            return Antecedent(k, person.id, self._weight_of(person, k), female), after
        low = self.pieces.lows[i]
        if self._pronouns[low]:
            found = self._pronoun_at(k, low)
            if found is not None:
                return found
        if not self.by_case and self._is_owned(k):
            return self._owned(k)
        if not self.by_case and not self._opens_phrase(low, self.pieces.letters[i]):
            return None, k + 1
        if self.by_case and not self._may_tell_of_somebody(k, i, low):
            return None, k + 1
        voice = self._noun_phrase(k, self.sentence_end(k), None)
        if voice is None or voice.kind == "person":
            return None, k + 1  # a person is met at the name
        if voice.kind == "pronoun":  # "the other"
            return Antecedent(k, voice.id, self._weight(voice), False), voice.last
        if voice.kind not in ("role", "unnamed") or self.is_many(voice):
            return None, voice.last
        if self._is_counted(voice) or self._is_anybody(voice):
            return None, voice.last
        if self.says("institutions", voice.noun):
            return None, voice.last
        if self.by_case and self.says("voices", voice.noun):
            return None, voice.last  # «голос Лунина»
        unnamed = voice.id.startswith("UNNAMED")
        head = self.low(voice.noun)
        female: bool | None = self.is_womans(noun_of(head)[0] or head if self.by_case else head)
        if unnamed and not female and self.words.says("common_gender", head):
            female = None
        if not unnamed:
            female = voice.id in self.people.female
        return Antecedent(
            k, voice.id, self._weight(voice) - _NAMELESS * unnamed, female
        ), voice.last

    def is_womans(self, word: str) -> bool:
        """Whether a noun in the nominative is a woman's by its meaning or by its gender."""
        if self.words.says("feminine_roles", word):
            return True
        return self.by_case and noun_of(word)[2] and noun_gender(word) == "femn"

    def _pronoun_at(self, k: int, low: str) -> tuple[Antecedent | None, int] | None:
        """Whom "he", "him" or "his" mentions; None where a phrase begins with "his"."""
        if self.words.says("subject_pronouns", low):
            if self._depth >= DEEP:
                return None, k + 1
            self._depth += 1
            female = self.words.says("feminine", low)
            other = self.other(k, low)
            who = (
                self._who_says_so(k, female)
                or self.himself(k)
                or self.focus(k, female, other, flat=bool(other))
            )
            self._depth -= 1
            return (Antecedent(k, who, 3.0, female) if who else None), k + 1
        if not self.words.says("back_references", low):
            return None
        owned = not self.by_case and self.words.says("possessives", low)
        voice = self._noun_phrase(k, self.sentence_end(k), None) if owned else None
        if voice is None or voice.kind not in ("role", "unnamed"):
            return self._back_reference(k, low), k + 1
        return None

    def _who_says_so(self, k: int, female: bool) -> str:
        """ "The major said that he": the subject of the clause before."""
        if not self.says("that", k - 1) or not self._mentions:
            return ""
        start = self.sentence_start(k)
        subjects = [m for m in self._mentions if m.at >= start and m.weight >= 2.5]
        fits = len(subjects) == 1 and subjects[0].female in (female, None)
        return subjects[0].id if fits else ""

    def _back_reference(self, k: int, low: str) -> Antecedent | None:
        """ "him", "his", «его»: whoever was meant stays in mind, though as no subject."""
        if self._depth >= DEEP:
            return None
        self._depth += 1
        female = self.words.says("feminine", low)
        who = self.focus(k, female)
        self._depth -= 1
        return Antecedent(k, who, BACK_REFERENCE, female, True) if who else None

    def _is_owned(self, k: int) -> bool:
        """Whether a name in the possessive stands right before a position."""
        i = self.story.at[k - 1] if k else -1
        return i >= 0 and i in self.people.within and self.suffixes.owns(self.pieces.lows[i])

    def _owned(self, k: int) -> tuple[Antecedent | None, int]:
        """ "Grant's young aide": somebody else than Grant."""
        for j in range(k, min(k + 3, len(self.story.at) - 1)):
            word = self.low(j)
            if self.words.says("owners_own", word):
                break
            if self.words.says("nouns", word):
                break  # "Reid's report"
            if self.words.says("generic", word):
                phrase = " ".join(self.low(n) for n in range(k, j + 1))
                voice = Voice(k, j + 1, "UNNAMED:" + phrase, "unnamed")
                before = Voice(k - 1, j + 1, voice.id, "unnamed")
                while self.people.at.get(self.story.at[before.first]) is None:
                    before.first -= 1
                female = True if self.words.says("feminine_roles", word) else None
                if female is None and not self.words.says("common_gender", word):
                    female = False
                return Antecedent(k, voice.id, self._weight(before) - _NAMELESS, female), j + 1
            if not word.isalpha() or self.says("verbs", j) or self.says("verb_helpers", j):
                break
        return None, k + 1

    def _opens_phrase(self, low: str, letter: str) -> bool:
        """Whether a noun phrase may begin with a word, where nouns have articles."""
        if letter == "i" or self._phrase_openers[low]:
            return True
        return self.words.says_of_one("generic", low)

    def _is_anybody(self, voice: Voice) -> bool:
        """ "a gap that a man might climb", "who as a captain": nobody whom the text tells of."""
        if self.by_case or not self.says("one_of_many", voice.first):
            return False
        k = voice.first - 1
        if self.says("manner", k):
            who = self.says("relatives_of_persons", k - 1) or self.says("subject_pronouns", k - 1)
            return who or not self._acts_after(voice)
        return self.says("before_bases", voice.last)

    def _is_counted(self, voice: Voice) -> bool:
        """«с сотней гусар», «полк улан»: a plural that looks like one man."""
        if not self.by_case or not voice.first:
            return False
        before = self.low(voice.first - 1)
        head = self.low(voice.noun)
        counts = self.story.kinds[voice.first - 1] in "nkND" or self.says(
            "groups_of_men", voice.first - 1
        )
        return counts and may_be_genitive_plural(head) and bool(before)

    def is_many(self, voice: Voice) -> bool:
        """Whether a phrase tells of several people."""
        head = self.low(voice.noun)
        if self.by_case:  # «Сёстры падали от усталости»
            acting = may_be_plural_subject(head) and not noun_of(head)[1]
            return is_plural(head) or (acting and verb_of(self.low(voice.last))[1] == "plur")
        if self.says("indefinite", voice.first) and self.story.kinds[voice.first + 1] == "o":
            return False  # "one of the gunners"
        return self.is_many_word(head)

    def is_many_word(self, word: str) -> bool:
        """Whether a noun is in the plural, where nouns have no cases."""
        return self.words.says("plurals", word) or self.suffixes.are_several(word)
