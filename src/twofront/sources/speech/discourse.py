"""Everybody mentioned in a narrative, in the order of the text, each with a weight.

weight    subject 3 · owner or object 1 · behind a preposition 0
"he"      a pronoun that is a subject passes its weight on to whom it means; "him" and "his" 2
one       "the envoy, Count Orlov", "Pike, a blacksmith", "a Swabian named Holl" are one person
"""

from __future__ import annotations

import bisect
import functools
from abc import ABC, abstractmethod
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from ..grammar.inflection import (
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_instrumental,
    is_nominative_adjective,
    is_plural,
    may_be_genitive_plural,
    noun_of,
    verb_of,
)
from .narrative import Narrative, Telling, Voice
from .people import Person

FAR = 150  # tokens: somebody without a name is forgotten sooner than a name
_BACK = 5  # sentences that are read for pronouns and people without a name
DEEP = 6  # pronouns that are followed back, one after another
_NAMED_LATER = 15  # tokens between "the leader" and the name that "was" gives him
_BACK_REFERENCE = 2.0  # weight of "him" and "his"
SUBJECT = 2.7  # weight of whoever is the subject of a clause
_NAMELESS = 1.0  # less for who is told of without a name
_CLAUSE = 14  # tokens in which the verb of a sentence is looked for
_HERO = 3  # mentions of whom a text is about
_TOLD_LATELY = 60  # persons named before, among whom he is
_TOLD_OF = 3  # tokens at most from "told" to "by"
_TO_HIM = 1.0  # weight of whoever something is given or told to
FRONTED = 1.5  # weight of what a sentence opens with, in whatever case


_AT = attrgetter("at")


class Antecedent(NamedTuple):
    """Somebody mentioned: position, id, weight, and whether female (None: may be either)."""

    at: int
    id: str
    weight: float
    female: bool | None
    back: bool = False  # "him" or "his", and no subject


class Discourse(Narrative, ABC):
    """Reads on through a story and remembers whom it mentions."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling)
        self.history: list[tuple[int, int, str]] = []  # position, paragraph, speaker
        self._known_titles: dict[str, set[str]] = {}
        self._bearers: dict[str, set[str]] = {}  # title → all who have it
        self._papers: dict[int, tuple[str, int]] | None = None
        self._in_marks: set[int] | None = None  # pieces between marks that hold no speech
        self._mentions: list[Antecedent] = []  # read so far, in order
        self._read_to = 0
        self._windows: dict[int, int] = {}  # by the beginning of a sentence
        self._reading = False
        self._mention_end = -1  # where the last of them ends
        self.same: dict[str, str] = {}  # phrase without a name → who it is
        self.called: dict[str, str] = {}  # title that nobody bears by name → who is called so
        self._weights: dict[int, float] = {}
        self._depth = 0
        self.asks = False  # whether the quotation whose speaker is looked for is a question
        self.addressed = ""  # by name, in the quotation whose speaker is looked for
        self.addressed_as: frozenset[str] = frozenset()  # by what he is: "Father,", "General,"
        self.turned_from = ""  # who has just spoken, where the next quotation is another's
        self.hearer = ""  # whom the quotation before spoke to
        self.margin = 0.0  # by how much the last "he" stood out
        self.epithets = set(self.words.data.get("speech", {}).get("epithets", ()))
        self.rulers: list[str] = []  # whom "the king" meant last, and where
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
        if self._phrase_openers[low]:
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
                if found and self._is_predicate(found[-1], mention, end, k, after):
                    self._is_also(found[-1].id, mention.id)
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

    def _is_by_role(self, mention: Antecedent) -> bool:
        """Whether somebody is told of by what he is, where nouns have cases."""
        named = self.story.at[mention.at] in self.people.at or mention.back
        return self.by_case and not named and self.roles[self.low(mention.at)]

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
        if self.story.kinds[j] == "c" and low[-1] in "ую":
            return False  # «занял Выру»
        return self.story.kinds[j] in "wc" and (noun_of(low)[1] or is_nominative_adjective(low))

    def _is_owned_apposition(
        self, found: list[Antecedent], name: Antecedent, end: int, k: int
    ) -> bool:
        """Whether a phrase, whose owner is named, and a comma stand before a name."""
        if (
            len(found) < 2
            or name.id.startswith("UNNAMED")
            or self.story.kinds[end : end + 1] != ","
        ):
            return False
        if k - end > 1 and not (k - end == 2 and self._leads_to_name(end + 1)):
            return False
        phrase, owner = found[-2:]
        if not phrase.id.startswith("UNNAMED") or owner.id.startswith("UNNAMED"):
            return False
        linked = owner.at - phrase.at <= 4 and owner.weight <= 1
        return linked and self.story.kinds[self._closes(self._end_at(k))] in ",|.¶"

    def _leads_to_name(self, s: int) -> bool:
        """ ", the Rev. Amos Bright", ", one Isaac Tully": what may stand before a name."""
        return self.story.kinds[s] == "i" or (not self.by_case and self.says("indefinite", s))

    def _end_at(self, k: int) -> int:
        """Where the name at a position ends."""
        person = self.people.at.get(self.story.at[k])
        return k + (person.last - person.first if person else 1)

    def _is_also(self, who: str, phrase: str) -> None:
        """Remembers a name for somebody who was told of without one before."""
        if phrase.startswith("UNNAMED:") and who != phrase:
            self.same[phrase] = who

    def _is_predicate(
        self, subject: Antecedent, mention: Antecedent, end: int, k: int, after: int
    ) -> bool:
        """ "Pike, a blacksmith," and "who was then a boy": what somebody is, and nobody else."""
        if not mention.id.startswith("UNNAMED") or k - end > 6:
            return False
        if self.by_case and k == end and is_instrumental(self.low(after - 1)):
            # «назначили Лунина командующим»
            return any(self.says("appointing", j) for j in (subject.at - 1, after))
        while k - 2 >= end and self.story.kinds[k - 1] == "-" and self._is_joined(k - 1):
            k -= 2  # «тогда генерал-майор»
        if not self.by_case and self.says("owner_links", end):
            end = min(self._closes(end), k)  # "a captain of infantry, a prisoner,"
        between = range(end, k)
        if any(self.says("copulas", j) for j in between) and k - end <= 5:
            return self.says("indefinite", k) and subject.weight >= 2
        closes = self._closes(after) if not self.by_case else self._past_genitives(after)
        reach = end + 2 if self.by_case else min(k, end + 2)
        aside = "," in self.story.kinds[end:reach] and self.story.kinds[closes] in ",|¶."
        who = self.says("indefinite", k) and self.says("relatives_of_persons", after)
        aside = aside or (who and self.story.kinds[end:reach] == ",")
        plain = all(
            self._tells_when(j, end) or (
                self.story.kinds[j] in ",w" and not self.says("verbs", j)
                and not self.says("coordinators", j) and not self.says("oblique_words", j)
            )
            for j in between
        )  # fmt: skip
        return aside and k - end <= 5 and plain and not self.says("possessives", k)

    def _tells_when(self, j: int, end: int) -> bool:
        """ "Pike, by now forty and a clerk,": since when, and how old, he is what he is."""
        if self.by_case or self.story.kinds[end] != ",":
            return False
        if self.says("oblique_words", j):
            return self.says("meanwhile", j + 1)
        if self.says("coordinators", j):
            return self.story.kinds[j - 1] in "nN"
        return self.story.kinds[j] in "nN"

    def _past_genitives(self, k: int) -> int:
        """«бывший учитель физики», «начальник штаба первой армии»: where a description ends."""
        end = k
        while end < k + 4 and (is_genitive(self.low(end)) or is_adjective(self.low(end))):
            end += 1
        return end

    def _is_joined(self, hyphen: int) -> bool:
        """Whether a hyphen stands inside a word."""
        return self.story.at[hyphen] >= 0 and self.pieces.touches(self.story.at[hyphen])

    def _is_trade(self, between: range) -> bool:
        """ ", the carter" between a phrase and a name."""
        if len(between) < 3 or self.story.kinds[between[0]] != ",":
            return False
        words = between[2:]
        return self.story.kinds[between[1]] == "i" and all(
            self.story.kinds[j] == "w" and not self.says("verbs", j) for j in words
        )

    def _hangs_closed(self, between: range, k: int) -> bool:
        """ "a baker of fifty, Jan Kolb.": something hangs on the phrase, and the name is closed."""
        if self.by_case or not self.says("oblique_words", between[0]):
            return False
        return self.story.kinds[between[-1]] == "," and self.story.kinds[self._end_at(k)] in ",.;|"

    def _is_title_in_marks(self, a: int, b: int) -> bool:
        """«командир „Чайки“ Брандис»: only the name of his ship stands between."""
        if self._in_marks is None:
            self._in_marks = {
                i
                for part in self.fragments
                if not part.speech
                for i in range(
                    bisect.bisect_left(self.pieces.starts, part.start),
                    bisect.bisect_left(self.pieces.starts, part.end),
                )
            }
        return all(self.story.at[j] in self._in_marks for j in range(a, b))

    def _closes(self, after: int) -> int:
        """Where an aside ends: "a veteran of the Somme," has something hanging on it."""
        if not self.says("oblique_words", after):
            return after
        for k in range(after + 1, min(after + 9, len(self.story.kinds))):
            if self.story.kinds[k] in ",|¶.;:Q" or self.says("verb_helpers", k):
                return k
        return after

    def _is_apposition(self, phrase: Antecedent, name: Antecedent, end: int, k: int) -> bool:
        """Whether only a comma, "named" or a genitive stands between a phrase and a name."""
        between = range(end, k)
        if 0 < k - end <= 8 and phrase.id.startswith("UNNAMED") and self.says("christening", k - 1):
            # "his chief engineer, a Swabian named Holl,"
            return not any(
                (
                    self.says("verb_helpers", j)
                    and not (j in (end, k - 2) and self.says("copulas", j))
                )
                or self.story.kinds[j] in "|¶;:Q"
                for j in between
            )
        if self._is_revealed(phrase, end, k) or self._is_a_man_named(phrase, end, k):
            return True
        if not 0 <= k - end <= (5 if self.by_case else 3):
            return False
        behind = not self.by_case and self.story.kinds[end:k] == "," and phrase.weight < 0
        if behind and self.acts(self._end_at(k)):
            return False  # "In a letter to his wife, Reid wrote"
        if phrase.id.startswith("UNNAMED"):
            rest = [j for j in between if self.story.kinds[j] != ","]
            commas = len(between) - len(rest)
            if commas and len(rest) == 1 and self._leads_to_name(rest[0]):
                rest = []  # "the chaplain, the Rev. Amos Bright"
            if all(self.says("christening", j) for j in rest) and rest:
                return True
            linked = self.by_case and all(
                is_genitive(self.low(j)) or is_adjective(self.low(j)) for j in rest
            )
            linked = linked or not rest
            linked = linked or (not self.by_case and self._is_trade(between))
            linked = linked or (commas == 1 and self._hangs_closed(between, k))
            linked = linked or (len(rest) == 1 and self.says("before_names", rest[0]))
            linked = linked or (self.by_case and self._is_title_in_marks(end, k))
            agrees = name.weight > 0 or phrase.weight <= 0  # «мать Лаптева» are two
            return commas <= 1 and linked and (commas == 1 or agrees)
        if self.story.kinds[end:k] == ",":
            return True
        # «их командир, французский полковник Берг», whoever else was called the commander
        described = self._is_by_role(phrase) and self.story.kinds[end] == "," and k - end > 1
        return described and all(is_nominative_adjective(self.low(j)) for j in between[1:])

    def _is_revealed(self, phrase: Antecedent, end: int, k: int) -> bool:
        """ "The man they sent was Reid", "turned out to be Reid": who somebody is."""
        between = self.story.kinds[end:k]
        if self.by_case or not 0 < k - end <= 6 or not self.says("copulas", k - 1):
            return False
        told = phrase.id.startswith("UNNAMED") or self.story.kinds[phrase.at] == "i"
        told = told and phrase.weight >= 2
        person = self.people.at.get(self.story.at[k])
        if person is None or person.possessive:
            return False
        if told and between[:1] == "," and self.says("names_of", k - 2):
            return k - end == 4 and self.says("relatives_of_persons", k - 3)
        return told and not any(mark in between for mark in ",;:|¶Q")

    def _is_a_man_named(self, phrase: Antecedent, end: int, k: int) -> bool:
        """ "The leader of the revolt was a ruined dealer called Barna": who the leader is."""
        between = range(end, k - 1)
        if self.by_case or k - end > _NAMED_LATER or not self.says("christening", k - 1):
            return False
        if not phrase.id.startswith("UNNAMED") or phrase.weight < 2:
            return False
        copulas = [j for j in between if self.says("copulas", j)]
        plain = not any(self.story.kinds[j] in ",;:|¶Q" for j in between)
        return len(copulas) == 1 and plain and self.says("indefinite", copulas[0] + 1)

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
        if self._is_counted(voice):
            return None, voice.last
        if self.says("institutions", voice.noun):
            return None, voice.last
        if self.by_case and self.says("voices", voice.noun):
            return None, voice.last  # «голос Лунина»
        unnamed = voice.id.startswith("UNNAMED")
        head = self.low(voice.noun)
        female: bool | None = self.words.says("feminine_roles", head)
        if unnamed and not female and self.words.says("common_gender", head):
            female = None
        if not unnamed:
            female = voice.id in self.people.female
        return Antecedent(
            k, voice.id, self._weight(voice) - _NAMELESS * unnamed, female
        ), voice.last

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
        return Antecedent(k, who, _BACK_REFERENCE, female, True) if who else None

    def _is_owned(self, k: int) -> bool:
        """Whether a name in the possessive stands right before a position."""
        i = self.story.at[k - 1] if k else -1
        return i >= 0 and i in self.people.within and self.pieces.lows[i].endswith("'s")

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
        return low.endswith("s") and self.words.says("generic", low[:-1])

    def _weight_of(self, person: Person, at: int) -> float:
        """The weight of a name at a story position; looked up once."""
        if at not in self._weights:
            self._weights[at] = self._weight(self._as_voice(person, at))
        return self._weights[at]

    def _as_voice(self, person: Person, at: int) -> Voice:
        unclear = self.is_unclear(person)
        oblique = self.is_oblique(person)
        if unclear and not person.titles and verb_of(self.low(at - 1))[1] == "plur":
            # «назначили Монтгомери»: several did it to him
            oblique = not self._is_coordinated(Voice(at, at + 1, person.id, "person"))
        return Voice(at, at + 1, person.id, "person", person.possessive, oblique, unclear=unclear)

    def _weight(self, voice: Voice) -> float:
        """A subject is more likely to be the next "he" than an object or an owner."""
        if voice.possessive:
            return 2.5 if self._owns_words(voice) else 1
        if self.says("commands", voice.first - 1):
            return 2  # «армия Плеве»
        governed = self._governed(voice)
        if governed and self.says("agents", voice.first - 1):
            return 1 if self._has_told(voice.first - 1) else 2  # "commanded by a subaltern"
        if self.says("owner_links", voice.first - 1) and self.says("nouns", voice.first - 2):
            return 3  # "a few words from Luttrell"
        if self.by_case and voice.oblique and self.says("nouns", voice.first - 1):
            return _BACK_REFERENCE  # «с письмом генерала Лунина»
        if self.by_case and voice.oblique and self._is_asked(voice):
            return 3  # «майора спросили»
        if self.by_case and voice.oblique and self._suffers(voice):
            return _BACK_REFERENCE  # «Лунина ранили»
        if governed or voice.oblique:
            to_him = not governed and self._ends_like_dative(voice)
            return FRONTED if self._is_fronted(voice) else _TO_HIM * to_him
        asked = not self.by_case and self.says("asking", voice.first - 1 - self._article(voice))
        if asked and not self.says("asked_for", self._end_of(voice)):
            return 3  # "I asked Major Reid what he had felt"
        if (not self.by_case or voice.unclear) and self._is_object(voice):
            return 1
        if self.says("that", voice.first - 1) and not self._is_cleft(voice.first - 1):
            return 1.5  # "Hooker heard that Jackson was": the text is about Hooker
        subordinate = self._is_subordinate(voice.first)
        if subordinate and voice.id.startswith("UNNAMED"):
            return 1.5  # "when the vicar had called, he": rather whoever the text is about
        if subordinate or self._is_coordinated(voice):
            return 2  # "Shuvalov and Salisbury": "they" rather than "he"
        if not self.by_case and self._stands_by(voice):
            return 1
        if self.by_case or self._opens_clause(voice) or self._acts(voice):
            return 3
        if self._is_set_first(voice):
            return 3
        return 3 if self._is_it(voice.first) else 2

    def _stands_by(self, voice: Voice) -> bool:
        """ "Reid, with no fuel left and Pike in his rear, broke off": who has no verb."""
        k = self._end_of(voice)
        hangs = self.says("oblique_words", k) and not self.says("owner_links", k)
        return hangs and self.says("coordinators", voice.first - 1)

    def _has_told(self, by: int) -> bool:
        """ "Pike had been told of it by Reid": whoever is told or asked is the next to speak."""
        return any(self.says("told", k) and self.says("passives", k - 1)
                   for k in range(by - _TOLD_OF, by))  # fmt: skip

    def _article(self, voice: Voice) -> int:
        """1 where an article stands before somebody, else 0."""
        return int(self.story.kinds[voice.first - 1 : voice.first] == "i")

    def _is_set_first(self, voice: Voice) -> bool:
        """ "On the 22nd Reid shot himself": only where and when it was stands before."""
        start = max(self.story.kinds.rfind(mark, 0, voice.first) for mark in "|¶,;:Q-(") + 1
        timed = self.says("times_told", voice.first - 1)  # "Next day Reid"
        if not (timed or self.says("oblique_words", start)) or self.says("manner", voice.first - 1):
            return False
        lists = ("verbs", "verb_helpers", "common_verbs", "subordinators", "relatives")
        return not any(
            self.says(name, k) or self.low(k).endswith(("ed", "ing"))
            for k in range(start, voice.first) for name in lists
        )  # fmt: skip

    def _ends_like_dative(self, voice: Voice) -> bool:
        """«привёз Лунину»: whoever something is given or told to."""
        i = self.story.at[self._end_of(voice) - 1]
        return self.by_case and i >= 0 and self.pieces.lows[i].endswith(("у", "ю"))

    def _is_asked(self, voice: Voice) -> bool:
        """Whether a verb of asking in the plural, without a subject, follows."""
        k = self._end_of(voice)
        return self.says("asking", k) and verb_of(self.low(k))[1] == "plur"

    def _suffers(self, voice: Voice) -> bool:
        """Whether a verb in the plural follows that has no subject: somebody does it to him."""
        k = self._end_of(voice)
        _, number, gender = verb_of(self.low(k))
        if self._governed(voice) or number != "plur" or gender or self.story.kinds[k] != "w":
            return False
        return self.story.kinds[k + 1] in ",.|¶" and not self._ends_like_dative(voice)

    def _is_it(self, s: int) -> bool:
        """ "It was the minister who": he is the news."""
        return self.says("copulas", s - 1) and self.says("expletives", s - 2)

    def _is_cleft(self, that: int) -> bool:
        """ "It was then that the surgeon spoke": he is the news."""
        start = self.sentence_start(that)
        it_was = self.says("expletives", start) and self.says("copulas", start + 1)
        return it_was and that - start <= 4

    def _is_fronted(self, voice: Voice) -> bool:
        """«Под королём убили лошадь», «Королю доложили»: the sentence is about him."""
        if not self.by_case:
            return False
        start = self.sentence_start(voice.first)
        return voice.first - start <= self.says("oblique_words", start)

    def _is_subordinate(self, s: int) -> bool:
        """Whether a clause with "when" holds the position."""
        kinds = self.story.kinds
        start = max(kinds.rfind(mark, 0, s) for mark in "|¶,;Q(") + 1
        relative = self.says("relatives", s - 1) and not self.says("that", s - 1)
        if relative and not self.by_case:
            return True  # "the colonel whom Reid had sent"
        return any(map(self._subordinates.__getitem__, self._lows[start : min(s, start + 2)]))

    def _is_coordinated(self, voice: Voice) -> bool:
        k = self._end_of(voice)
        joined = self.says("joining", k) and self._is_name_at(k + 1)
        return joined or (
            self.says("joining", voice.first - 1) and self._is_name_at(voice.first - 2)
        )

    def _is_name_at(self, s: int) -> bool:
        i = self.story.at[s] if 0 <= s < len(self.story.at) - 1 else -1
        return i >= 0 and (self.pieces.letters[i] == "c" or self.words.says("titles", self.low(s)))

    def _end_of(self, voice: Voice) -> int:
        """The position after the whole name of a voice."""
        person = self.people.at.get(self.story.at[voice.first])
        return max(voice.last, voice.first + (person.last - person.first if person else 1))

    def _owns_words(self, voice: Voice) -> bool:
        """ "Lee's letters"."""
        after = self._end_of(voice)
        return self.says("nouns", after) or self.says("nouns", after + 1)

    def _acts(self, voice: Voice) -> bool:
        """Whether a verb follows: "In the Council Kerensky declared"."""
        k = self._end_of(voice)
        if self.story.kinds[k] == "(":
            k = max(k, self.story.kinds.find(")", k, k + 14) + 1)
        if not self.by_case and self.says("owner_links", k) and self._is_name_at(k + 1):
            k += 2  # "On the left the King of Sardinia sent"
        return self.acts(k)

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
        if self.by_case:
            return is_plural(head)
        if self.says("indefinite", voice.first) and self.low(voice.first + 1) == "of":
            return False  # "one of the gunners"
        return self.is_many_word(head)

    def is_many_word(self, word: str) -> bool:
        """Whether a noun is in the plural, where nouns have no cases."""
        return self.words.says("plurals", word) or (
            word.endswith("s") and not word.endswith(("ss", "'s"))
        )
