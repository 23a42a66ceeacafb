"""Whom "he", "the old man" and "the king" mean: everybody mentioned before, weighed.

    score = weight - 1.5 sentences - 0.7 paragraphs + 0.5 log2(1 + mentions in the document)

    weight    subject 3 · owner or object 1 · behind a preposition 0
    speaker   whoever spoke last: 4.5, less with every sentence and paragraph since
    "he"      a pronoun that is a subject passes its weight on to whom it means
    «тот»     whoever was mentioned last, and is not whom "he" would mean
    answers   not who spoke last

Gender and number must agree. Inside a quotation its speaker is "I", and never "he"; whoever is
not found there is looked for in the narrative around it.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable
from typing import NamedTuple

from ..grammar.inflection import (
    NOMINATIVE,
    case_of,
    is_adjective,
    is_genitive,
    is_known_name,
    is_plural,
    may_be_genitive_plural,
    noun_of,
)
from ..grammar.pieces import Pieces
from .narrative import Narrative, Voice
from .people import People, Person
from .story import Fragment, Story

NARRATOR = "UNNAMED:narrator"
_FAR = 150  # tokens: somebody without a name is forgotten sooner than a name
_BACK = 5  # sentences that are read for pronouns and people without a name
_DEEP = 6  # pronouns that are followed back, one after another
_NAMED = 14  # persons named before, among whom "he" is looked for
_TOLD = 2  # sentences in which somebody may have been told to speak since the last quotation
_NEARBY = 1.0  # score below which somebody is too far away to be sure of
_NOBODY = -6.0  # score of a candidate who is not there
_TOPIC = {True: 0.5, False: 1.5}  # how much mentions count for "he", and for an epithet
_BESIDE_ME = 2.5  # weight of whoever is told of in a sentence about "me"
_BACK_REFERENCE = 2.0  # weight of "him" and "his"
_PARAGRAPH = {True: 1.7, False: 0.3}  # less for every paragraph since, for both
_FRONTED = 1.5  # weight of what a sentence opens with, in whatever case
_CLEAR = 1.0  # by how much somebody must stand out to be "the general"
_REMEMBERED = 40  # and those among whom "the general" is


class Antecedent(NamedTuple):
    """Somebody mentioned: position, id, weight, and whether female (None: may be either)."""

    at: int
    id: str
    weight: float
    female: bool | None
    back: bool = False  # "him" or "his", and no subject


class Referents(Narrative):
    """Resolves pronouns, roles and epithets; `history` grows with every speaker found."""

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
        super().__init__(text, pieces, people, story, fragments)
        self.outer, self.around = outer, around
        self.history: list[tuple[int, int, str]] = []  # position, paragraph, speaker
        self._known_titles: dict[str, set[str]] = {}
        self._papers: dict[int, tuple[str, int]] | None = None
        self._in_marks: set[int] | None = None  # pieces between marks that hold no speech
        self._mentions: list[Antecedent] = []  # read so far, in order
        self._read_to = 0
        self._reading = False
        self._mention_end = -1  # where the last of them ends
        self.same: dict[str, str] = {}  # phrase without a name → who it is
        self._weights: dict[int, float] = {}
        self._depth = 0
        self.addressed = ""  # by name, in the quotation whose speaker is looked for
        self.hearer = ""  # whom the quotation before spoke to
        self.margin = 0.0  # by how much the last "he" stood out
        self.epithets = set(self.words.data.get("speech", {}).get("epithets", ()))
        self.rulers: list[str] = []  # whom "the king" meant last, and where
        self.ruled_at = -1

    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        raise NotImplementedError

    # ------------------------------------------------------------ he and she
    def focus(
        self,
        s: int,
        female: bool = False,
        other: str = "",
        flat: bool = False,
        never: Iterable[str] = (),
        remember: bool = True,
    ) -> str:
        """Whom "he" means at a story position.

        `flat`: whoever was mentioned last; `remember`: it may well be who spoke last.
        """
        scores = self._scores(s, female, {other, *never}, flat, remember)
        if not scores and female:
            scores = self._scores(s, female, {other, *never}, flat, remember, unsure=True)
        best = max(scores, key=lambda key: scores[key], default="")
        ranked = sorted((score[0] for score in scores.values()), reverse=True)
        near = bool(ranked) and ranked[0] >= _NEARBY
        self.margin = ranked[0] - (ranked[1] if len(ranked) > 1 else _NOBODY) if near else 0.0
        if not best and self.around:
            narrative, at = self.around
            return narrative.focus(at, female, self.outer[-1] if self.outer else other)
        return best

    def _scores(
        self,
        s: int,
        female: bool,
        others: set[str],
        flat: bool = False,
        remember: bool = True,
        unsure: bool = False,
    ) -> dict[str, tuple]:
        i = self._piece_from(s)
        para = self.pieces.passages[min(i, len(self.pieces.passages) - 1)].para
        shape, passages, count = self.pieces.shape, self.pieces.passages, self.people.count
        answering = bool(self.history) and self.history[-1][1:] == (para, NARRATOR)
        never = {*others, self.outer[-1] if self.outer else "", NARRATOR}
        if not self._reading:
            never.add(self.addressed)  # whoever is spoken to does not speak
        if not flat:
            never |= self._who_told_him(s, female)
        scores: dict[str, tuple] = {}

        def weigh(key: str, at: int, score: float) -> None:
            if key and key not in never:
                scores[key] = max(scores.get(key, (-math.inf, -1)), (score, at))

        start = self._window(s)
        for person in self.people.before(i, _NAMED):
            at = self._position(person.first)
            if at is None or at >= start or flat:
                continue
            if female != (person.id in self.people.female) and not (
                unsure and not self._is_surely_his(person)
            ):
                continue
            sentences = min(shape.count("|", person.first, i), 8)
            score = -1.5 * sentences - _PARAGRAPH[remember] * (para - passages[person.first].para)
            weigh(person.id, at, score + self._weight_of(person, at)
                  + _TOPIC[remember] * math.log2(1 + count[person.id]))  # fmt: skip
        for mention in self._antecedents(start, s):
            if mention.female is not None and mention.female != female and not unsure:
                continue
            if unsure and self._is_mans(mention.id):
                continue
            if self._is_in_clause_of(mention, s):
                continue
            doubt = 1.0 if mention.female is None and female else 0.0
            kinds = self.story.kinds
            breaks = kinds.count("|", mention.at, s) + kinds.count("¶", mention.at, s)
            paragraphs = kinds.count("¶", mention.at, s)
            weight = 3.0 if flat or answering else mention.weight
            if weight < _BESIDE_ME and self._tells_of_me(mention.at, s):
                weight = _BESIDE_ME
            topic = (
                0.0 if flat else _TOPIC[remember] * math.log2(1 + max(1, count.get(mention.id, 0)))
            )
            weigh(mention.id, mention.at, weight + topic - doubt - 1.5 * breaks - _PARAGRAPH[remember] * paragraphs)
        k = bisect.bisect_left(self.history, (s, 0, ""))
        if k and not flat and remember:
            last_at, last_para, last = self.history[k - 1]
            gap = para - last_para
            sentences = min(self.story.kinds.count("|", last_at, s), 8)
            unnamed = last.startswith("UNNAMED")
            if self._is_female(last) in (female, None):
                score = 4.5 - 1.8 * sentences - 2 * gap - (3 * gap + 1 if unnamed else 0)
                weigh(last, s, score)
        return scores

    def _is_surely_his(self, person: Person) -> bool:
        """Whether a title or a given name is a man's."""
        if any(self.words.says("masculine_roles", title) for title in self._titles_of(person.id)):
            return True
        given = person.parts[0].lower()
        return len(person.parts) > 1 and self.words.says("given_names", given)

    def _is_mans(self, key: str) -> bool:
        """Whether somebody without a name is a man by the word."""
        words = key.removeprefix("UNNAMED:").split() if key.startswith("UNNAMED") else ()
        if any(self.words.says("masculine_roles", word) for word in words):
            return True
        return any(self.words.says("masculine_roles", t) for t in self._titles_of(key))

    def in_company(self, he: Voice) -> bool:
        """Whether others whom the pronoun may mean are told of in the sentences before.

        Whoever was told of in earlier paragraphs only is out of play, unless "he" was too.
        """
        female = self.says("feminine", he.first)
        start = self._window(he.first)
        paragraph = self.story.kinds.rfind("¶", 0, he.first) + 1
        told = self._antecedents(start, he.first)
        if any(mention.at >= paragraph and mention.id == he.id for mention in told):
            told = [mention for mention in told if mention.at >= paragraph]
            start = max(start, paragraph)
        if any(self._may_be_somebody(k) for k in range(start + 1, he.first)):
            return True
        return any(mention.id != he.id and self._may_be(mention, female) for mention in told)

    def _may_be_somebody(self, s: int) -> bool:
        """Whether a capitalised word inside a sentence is no name that the text explains."""
        i = self.story.at[s]
        if i < 0 or self.pieces.letters[i] != "c" or self.story.kinds[s - 1] in '|¶:Q-"':
            return False
        known = i in self.people.within or i in self.people.inside
        # "from London", "the Treaty": hardly a person
        known = known or self.story.kinds[s - 1] == "i" or self.says("place_prepositions", s - 1)
        return not known and not self.words.says("not_a_name", self.pieces.lows[i])

    def _may_be(self, mention: Antecedent, female: bool) -> bool:
        """Whether "he" or "she" may mean somebody, by title and given name."""
        if not female or mention.female:
            return female or mention.female is not True
        return not self.people.titles_of.get(mention.id)

    def _who_told_him(self, s: int, female: bool) -> set[str]:
        """ "When Lee told him this, he flared up": "he" is "him", and not Lee."""
        start = self.sentence_start(s)
        kinds = self.story.kinds
        comma = kinds.rfind(",", start, s)
        if comma == -1 or not self.says("subordinators", start) or self._depth >= _DEEP:
            return set()
        for j in range(start + 1, comma):
            if self.says("told_pronouns", j) and self.says("feminine", j) == female:
                return {m.id for m in self._antecedents(start, j) if m.weight >= 1.5 and not m.back}
        return set()

    def _tells_of_me(self, at: int, s: int) -> bool:
        """Whether "I" is the subject of an earlier sentence: "he" is the other one then."""
        start, end = self.sentence_start(at), self.sentence_end(at)
        return end < s and any(self.says("first_person", k) for k in range(start, end))

    def _is_in_clause_of(self, mention: Antecedent, s: int) -> bool:
        """«Сына он потерял»: "he" is nobody of the same clause, unless an owner there."""
        if mention.weight > 0 and not self.by_case:
            return False
        if self.says("coordinators", s - 1):
            return False  # "I looked at my mate and he said"
        between = self.story.kinds[mention.at : s]
        return mention.weight <= 0 and not any(mark in between for mark in ",;:-|¶Q")

    def _is_female(self, key: str) -> bool | None:
        """Whether an id is a woman's; None: it may be either."""
        if not key.startswith("UNNAMED"):
            return key in self.people.female
        words = key.removeprefix("UNNAMED:").split()
        if any(self.words.says("feminine_roles", word) for word in words):
            return True
        return None if any(self.words.says("common_gender", word) for word in words) else False

    def _window(self, s: int) -> int:
        start = self.sentence_start(s)
        for _ in range(_BACK):
            start = self.sentence_start(max(0, start - 1))
        return max(start, s - _FAR, 0)

    def _antecedents(self, start: int, s: int) -> list[Antecedent]:
        """Everybody mentioned between two positions, in order."""
        self._read_on(s)
        a = bisect.bisect_left(self._mentions, start, key=lambda mention: mention.at)
        b = bisect.bisect_left(self._mentions, s, key=lambda mention: mention.at)
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
            mention, after = self._antecedent(k)
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
                    phrase = found.pop() if found[-1].id.startswith("UNNAMED") else found[-1]
                    self._is_also(mention.id, phrase.id)
                    weight = phrase.weight + 0.3
                    if not self.says("christening", k - 1):
                        weight = min(mention.weight, weight)
                    found.append(mention._replace(weight=weight))
                else:
                    found.append(mention)
                end = after
            k = max(after, k + 1)
        self._read_to, self._mention_end, self._reading = k, end, False

    def _is_owned_apposition(
        self, found: list[Antecedent], name: Antecedent, end: int, k: int
    ) -> bool:
        """Whether a phrase, whose owner is named, and a comma stand before a name."""
        if len(found) < 2 or name.id.startswith("UNNAMED") or self.story.kinds[end:k] != ",":
            return False
        phrase, owner = found[-2:]
        if not phrase.id.startswith("UNNAMED") or owner.id.startswith("UNNAMED"):
            return False
        linked = owner.at - phrase.at <= 4 and owner.weight <= 0
        return linked and self.story.kinds[self._closes(self._end_at(k))] in ",|.¶"

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
        between = range(end, k)
        if any(self.says("copulas", j) for j in between) and k - end <= 5:
            return self.says("indefinite", k) and subject.weight >= 2
        closes = self._closes(after) if not self.by_case else after
        reach = end + 2 if self.by_case else min(k, end + 2)
        aside = "," in self.story.kinds[end:reach] and self.story.kinds[closes] in ",|¶."
        plain = all(
            self.story.kinds[j] in ",w" and not self.says("verbs", j)
            and not self.says("coordinators", j) and not self.says("oblique_words", j)
            for j in between
        )  # fmt: skip
        return aside and k - end <= 4 and plain and not self.says("possessives", k)

    def _is_trade(self, between: range) -> bool:
        """ ", the carter" between a phrase and a name."""
        if len(between) < 3 or self.story.kinds[between[0]] != ",":
            return False
        words = between[2:]
        return self.story.kinds[between[1]] == "i" and all(
            self.story.kinds[j] == "w" and not self.says("verbs", j) for j in words
        )

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
                (self.says("verb_helpers", j) and not (j in (end, k - 2) and self.says("copulas", j)))
                or self.story.kinds[j] in "|¶;:Q"
                for j in between
            )
        if not 0 <= k - end <= (5 if self.by_case else 3):
            return False
        if phrase.id.startswith("UNNAMED"):
            rest = [j for j in between if self.story.kinds[j] != ","]
            commas = len(between) - len(rest)
            if commas and len(rest) == 1 and self.story.kinds[rest[0]] == "i":
                rest = []  # "the chaplain, the Rev. Amos Bright"
            if all(self.says("christening", j) for j in rest) and rest:
                return True
            linked = self.by_case and all(
                is_genitive(self.low(j)) or is_adjective(self.low(j)) for j in rest
            )
            linked = linked or not rest
            linked = linked or (not self.by_case and self._is_trade(between))
            linked = linked or (len(rest) == 1 and self.says("before_names", rest[0]))
            linked = linked or (self.by_case and self._is_title_in_marks(end, k))
            agrees = name.weight > 0 or phrase.weight <= 0  # «мать Лаптева» are two
            return commas <= 1 and linked and (commas == 1 or agrees)
        return list(self.story.kinds[end:k]) == [","]

    def _antecedent(self, k: int) -> tuple[Antecedent | None, int]:
        """Who is mentioned at a position, and the position after the mention."""
        i, s = self.story.at[k], self.sentence_end(k)
        if i < 0 or self.story.kinds[k] in "|¶":
            return None, k + 1
        person = self.people.at.get(i)
        if person is not None:
            female = person.id in self.people.female
            after = k + person.last - person.first
            return Antecedent(k, person.id, self._weight_of(person, k), female), after
        low = self.pieces.lows[i]
        if self.words.says("subject_pronouns", low):
            if self._depth >= _DEEP:
                return None, k + 1
            self._depth += 1
            female = self.words.says("feminine", low)
            other = self.other(k, low)
            who = self.focus(k, female, other, flat=bool(other))
            self._depth -= 1
            return (Antecedent(k, who, 3.0, female) if who else None), k + 1
        if self.words.says("back_references", low):
            owned = not self.by_case and self.words.says("possessives", low)
            voice = self._noun_phrase(k, s, None) if owned else None
            if voice is None or voice.kind not in ("role", "unnamed"):
                return self._back_reference(k, low), k + 1
        if not self.by_case and self._is_owned(k):
            return self._owned(k)
        if not self.by_case and not self._opens_phrase(low, self.pieces.letters[i]):
            return None, k + 1
        voice = self._noun_phrase(k, s, None)
        if voice is None or voice.kind == "person":
            return None, k + 1  # a person is met at the name
        if voice.kind not in ("role", "unnamed") or self.is_many(voice):
            return None, voice.last
        if self._is_counted(voice):
            return None, voice.last
        if self.says("institutions", voice.noun):
            return None, voice.last
        unnamed = voice.id.startswith("UNNAMED")
        head = self.low(voice.noun)
        female: bool | None = self.words.says("feminine_roles", head)
        if unnamed and not female and self.words.says("common_gender", head):
            female = None
        if not unnamed:
            female = voice.id in self.people.female
        return Antecedent(k, voice.id, self._weight(voice) - 0.3 * unnamed, female), voice.last

    def _back_reference(self, k: int, low: str) -> Antecedent | None:
        """ "him", "his", «его»: whoever was meant stays in mind, though as no subject."""
        if self._depth >= _DEEP:
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
            if self.words.says("generic", word):
                phrase = " ".join(self.low(n) for n in range(k, j + 1))
                voice = Voice(k, j + 1, "UNNAMED:" + phrase, "unnamed")
                before = Voice(k - 1, j + 1, voice.id, "unnamed")
                while self.people.at.get(self.story.at[before.first]) is None:
                    before.first -= 1
                female = True if self.words.says("feminine_roles", word) else None
                if female is None and not self.words.says("common_gender", word):
                    female = False
                return Antecedent(k, voice.id, self._weight(before) - 0.3, female), j + 1
            if not word.isalpha() or self.says("verbs", j) or self.says("verb_helpers", j):
                break
        return None, k + 1

    def _opens_phrase(self, low: str, letter: str) -> bool:
        """Whether a noun phrase may begin with a word, where nouns have articles."""
        if letter == "i" or self.phrase_openers[low] or low.endswith("'s"):
            return True
        return low.endswith("s") and self.words.says("generic", low[:-1])

    def _weight_of(self, person: Person, at: int) -> float:
        """The weight of a name at a story position; looked up once."""
        if at not in self._weights:
            self._weights[at] = self._weight(self._as_voice(person, at))
        return self._weights[at]

    def _as_voice(self, person: Person, at: int) -> Voice:
        return Voice(
            at, at + 1, person.id, "person", person.possessive, self.is_oblique(person),
            unclear=self.is_unclear(person),
        )  # fmt: skip

    def _weight(self, voice: Voice) -> float:
        """A subject is more likely to be the next "he" than an object or an owner."""
        if voice.possessive:
            return 2.5 if self._owns_words(voice) else 1
        if self.says("commands", voice.first - 1):
            return 2  # «армия Плеве»
        if self._governed(voice) and self.says("agents", voice.first - 1):
            return 2  # "commanded by a subaltern"
        if self.says("owner_links", voice.first - 1) and self.says("nouns", voice.first - 2):
            return 3  # "a few words from Luttrell"
        if self._governed(voice) or voice.oblique:
            return _FRONTED if self._is_fronted(voice) else 0
        if (not self.by_case or voice.unclear) and self._is_object(voice):
            return 1
        if self.says("that", voice.first - 1) and not self._is_cleft(voice.first - 1):
            return 1.5  # "Hooker heard that Jackson was": the text is about Hooker
        if self._is_coordinated(voice) or self._is_subordinate(voice.first):
            return 2  # "Shuvalov and Salisbury": "they" rather than "he"
        if self.by_case or self._opens_clause(voice) or self._acts(voice):
            return 3
        return 3 if self._is_it(voice.first) else 2

    def _is_it(self, s: int) -> bool:
        """ "It was the minister who": he is the news."""
        return self.says("copulas", s - 1) and self.low(s - 2) == "it"

    def _is_cleft(self, that: int) -> bool:
        """ "It was then that the surgeon spoke": he is the news."""
        start = self.sentence_start(that)
        return self.low(start) == "it" and self.says("copulas", start + 1) and that - start <= 4

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
        return any(self.says("subordinators", k) for k in range(start, min(s, start + 2)))

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
        low = self.low(k)
        return any(self.says(name, k) for name in ("verbs", "verb_helpers", "common_verbs")) or (
            low.endswith("ed") and len(low) > 4
        )

    def many(self, s: int) -> str:
        """Whom "they" means: the last people told of in the plural."""
        found, k = "", self._window(s)
        while k < s:
            i = self.story.at[k]
            named = self.people.inside.get(i) if i >= 0 else None
            if (
                named is not None
                and named.first == i
                and named.type == "ACTOR"
                and named.kind != "person"
                and self._names_people(i)
            ):
                found = named.id
            voice = None
            if i >= 0 and i not in self.people.at and self.story.kinds[k] not in "|¶":
                voice = self._noun_phrase(k, s, None)
            if (
                voice is not None
                and voice.kind in ("role", "unnamed")
                and self.is_many(voice)
                and not (voice.oblique or self._governed(voice))
            ):
                found = voice.id
            k = max(k + 1, voice.last if voice is not None else 0)
        return found

    def _is_counted(self, voice: Voice) -> bool:
        """«с сотней гусар», «полк улан»: a plural that looks like one man."""
        if not self.by_case or not voice.first:
            return False
        before = self.low(voice.first - 1)
        head = self.low(voice.noun)
        counts = self.story.kinds[voice.first - 1] in "nkND" or self.says("groups_of_men", voice.first - 1)
        return counts and may_be_genitive_plural(head) and bool(before)

    def _names_people(self, i: int) -> bool:
        """Whether the name of a state tells of its people: "the French"."""
        return self.pieces.lows[i].endswith(self.people_endings)

    def is_many(self, voice: Voice) -> bool:
        """Whether a phrase tells of several people."""
        head = self.low(voice.noun)
        if self.by_case:
            return is_plural(head)
        if self.says("indefinite", voice.first) and self.low(voice.first + 1) == "of":
            return False  # "one of the gunners"
        return self.words.says("plurals", head) or (
            head.endswith("s") and not head.endswith(("ss", "'s"))
        )

    def other(self, s: int, low: str) -> str:
        """Whom «тот» does not mean: the one whom "he" would mean."""
        if not self.words.says("other_pronouns", low):
            return ""
        who = self.focus(s, self.words.says("feminine", low))
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        near = self._antecedents(before, s)
        if near and all(mention.weight < 2 for mention in near) and near[-1].id == who:
            return "-"  # «Канцлеру донесли»: nobody else is there
        return who

    def spoke_last(self, s: int) -> str:
        """Who spoke before the quotation that is answered, in whatever way."""
        i = self._piece_from(s)
        para = self.pieces.passages[i].para
        start = self.sentence_start(s)
        for _ in range(_TOLD):
            before = self.sentence_start(max(0, start - 1))
            if "Q" in self.story.kinds[before : max(before, start - 1)]:
                break
            for verbs in ("that_verbs", "asking"):
                speaker = self._subject_of(verbs, before, start - 1)
                if speaker:
                    return speaker
            start = before
        if self.history and para - self.history[-1][1] <= 1:
            return self.history[-1][2]
        return ""

    def asker(self, s: int, cue: int | None = None) -> str:
        """Who asked or begged somebody in the sentence before: the other one speaks now.

        Whoever explains and reminds goes on with what he asked for.
        """
        if cue is not None and self.says("explaining", cue):
            return ""
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        if "Q" in self.story.kinds[before : max(before, start - 1)] or self._is_written(s):
            return ""
        return self._subject_of("asking", before, start - 1)

    def _is_written(self, s: int) -> bool:
        """Whether the verb beside a position is of writing: nobody answers in writing at once."""
        return any(self.says("writing", k) for k in range(max(0, s - 2), s + 3))

    def _subject_of(self, verbs: str, a: int, b: int) -> str:
        """The subject before a verb of a list, between two positions."""
        for k in range(a, b):
            if self._asks(verbs, k) and not self.says("asked_for", k + 1):
                if self.says("passives", k - 1):
                    continue  # "Lee was asked"
                subjects = [m for m in self._antecedents(a, k) if m.weight >= 2 and not m.back]
                if subjects:
                    return subjects[0].id
        return ""

    def _asks(self, verbs: str, k: int) -> bool:
        """Whether a verb of a list stands at a position; "wished to know" is one of asking."""
        if self.says(verbs, k):
            return True
        return verbs == "asking" and self.says("knowing", k) and (
            self.says("wishing", k - 1) or self.says("wishing", k - 2)
        )

    # ------------------------------------------------------------ the general
    def role(
        self, word: str, s: int, words: list[str], cue: int | None = None, opening: int = -1
    ) -> str:
        """Whom "the general" means: who bore that title, has that office, or is meant by "he".

        `s` is where the noun stands, `opening` where its phrase begins.
        """
        i = self.story.at[s]
        opening = s if opening < 0 else opening
        if any(self.words.says("distinguishing", other) for other in words[:-1]):
            return ""  # "the Crown Prince" is not any prince
        before = self.people.before(i, _REMEMBERED)
        before = [person for person in before if self._position(person.first) is not None]
        word = self._title(word)
        never = self.outer[-1] if self.outer else ""
        if cue is not None and self.says("answering", cue):
            never = self.spoke_last(s) or never
        before = [person for person in before if person.id != never]
        states = self._states_before(s, len(words))
        bearer = self._bearer(word, i, before, states, self._what(word, words))
        if bearer:
            return bearer
        group = self._group(word)
        if group:
            ruler = self._ruler(word, group, before, states)
            if ruler:
                self.rulers, self.ruled_at = [ruler], i
                return ruler
        told = self.same.get("UNNAMED:" + " ".join(words), "")
        if told and told != never:
            return told
        if states:
            acting = [p for p in before if self.people.allegiance.get(p.id) in states]
            return acting[-1].id if acting and self.words.says("ranked", word) else ""
        if self._is_epithet(word, words):
            if self._introduced_before(word, s) or self._is_introduced(s):
                return ""
            female = self.words.says("feminine_roles", word)
            start = self.sentence_start(s)
            same = {m.id for m in self._antecedents(start, opening)}
            same.add(self.spoke_last(s))
            return self.focus(opening, female, never, never=same, remember=False)
        met = self._met_before(word, s, len(words), cue)
        if met:
            return met
        if len(words) == 1:
            alike = self._of_kind(word, s, before, cue)
            if alike:
                return alike
        if cue is not None and len(words) == 1 and self.words.says("troopers", word):
            return self._only_soldier(word, s, before)
        asked = self._who_was_asked(opening) if cue is not None else ""
        named = self.hearer and not self.hearer.startswith("UNNAMED")
        if cue is not None and named and not self._titles_of(self.hearer):
            asked = self.hearer  # "Well, Beddoes?" "After you," the sergeant said.
        if asked and asked != never and self.words.says("titles", word):
            return asked
        if len(words) > 1 or not self.words.says("ranked", word):
            return ""
        if self.by_case and self.low(s).endswith(("ом", "ем", "ым", "им")):
            return ""  # «назвался комендантом»
        if self.words.kinds.among("sovereigns", word):
            return ""  # the khan is no man whose name alone is told
        return self._untitled(word, opening, before, never)

    def _who_was_asked(self, s: int) -> str:
        """ "He asked Moltke ...": the chief of staff who answers is Moltke."""
        start = self.sentence_start(s)
        before = self.sentence_start(max(0, start - 1))
        for k in range(before, start):
            if self.says("asking", k):
                person = self.people.at.get(self.story.at[k + 1])
                if person is not None and not self._titles_of(person.id):
                    return person.id
        return ""

    def _what(self, word: str, words: list[str]) -> str:
        """Of what somebody is the chief."""
        if not self.by_case:
            return next((other[3:] for other in words if other.startswith("of ")), "")
        after = words[words.index(word) + 1 :] if word in words else []
        return noun_of(after[0])[0] or after[0] if after else ""

    def _only_soldier(self, word: str, s: int, before: list[Person]) -> str:
        """ "the hussar": the only man named of late, if no other hussar was told of."""
        start = self._window(s)
        if any(self._is_trooper(k, word) for k in range(start, s)):
            return ""
        men: set[str] = set()
        for person in before:
            if (self._position(person.first) or 0) >= start:
                men.add(person.id)
        soldiers = [
            key for key in men
            if key not in self.people.female
            and self._titles_of(key)
            and all(self.words.says("soldiers", title) for title in self._titles_of(key))
        ]  # fmt: skip
        return soldiers[0] if len(soldiers) == len(men) == 1 else ""

    def _is_trooper(self, k: int, word: str) -> bool:
        """Whether a hussar is told of; "in the hussars" is no other one."""
        low = self.low(k)
        if not low or self._title(low.removesuffix("s")) != word:
            return False
        many = is_plural(low) if self.by_case else low.endswith("s")
        arm = self.says("oblique_words", k - 1 - (self.story.kinds[k - 1] == "i"))
        return not (many and arm)

    def _met_before(self, word: str, s: int, length: int, cue: int | None) -> str:
        """ "the major": a Prussian major without a name, if one was told of before."""
        if length > 1:
            return ""
        for mention in reversed(self._antecedents(self._window(s), self.sentence_start(s))):
            known = mention.id.removeprefix("UNNAMED:")
            if known != mention.id and known.split()[-1:] == [word]:
                return mention.id
        return ""

    def _is_epithet(self, word: str, words: list[str]) -> bool:
        """ "the old man", «старик»: words for somebody whom the reader knows already."""
        if len(words) == 1:
            return self.words.says("epithets", word)
        return len(words) == 2 and " ".join(words) in self.epithets

    def _is_introduced(self, s: int) -> bool:
        """«нас вёз старик-пуштун», «старик, который»: somebody new, and nobody told of before."""
        kinds = self.story.kinds
        if not self.by_case:
            return kinds[s + 1] == "," and self.says("indefinite", s + 2)
        compound = kinds[s + 1] == "-" and self.pieces.touches(self.story.at[s + 1])
        return compound or (kinds[s + 1] == "," and self.says("relatives", s + 2))

    def _introduced_before(self, word: str, s: int) -> bool:
        """Whether "an old man" came before "the old man"."""
        for k in range(max(1, s - _FAR), s - 2):
            same = self.low(k) == word and not self.by_case
            if same and any(self.says("indefinite", j) for j in range(max(0, k - 3), k)):
                return True
        return False

    def _bearer(
        self, word: str, i: int, before: list[Person], states: set[str], what: str = ""
    ) -> str:
        """The last person who was called by the title."""
        para = self.pieces.passages[i].para
        for person in reversed(before):
            far = para - self.pieces.passages[person.first].para > 3
            if far and self.people.count[person.id] < 3:
                continue
            if states and self.people.allegiance.get(person.id, "") not in {"", *states}:
                continue
            titles = self._titles_of(person.id)
            if what and self._office_of(person.id, word, what) != what:
                continue  # the chief of artillery is not the chief of staff
            if word in titles or any(self._is_rank_of(word, title) for title in titles):
                return person.id
            if self.words.kinds.same(word) & titles:
                return person.id
        return ""

    def _office_of(self, key: str, word: str, what: str) -> str:
        """Of what somebody is the chief, as far as the text tells; a minister is one of his own."""
        unknown = "" if self.words.says("of_departments", word) else what
        return self.people.offices[key].get(word, unknown)

    def _is_rank_of(self, word: str, title: str) -> bool:
        """ "the general" is a major-general; «генерал» is a «генерал-майор»."""
        if "-" in word or "-" not in title:
            return False
        return title.endswith("-" + word) or (self.by_case and title.startswith(word + "-"))

    def _of_kind(self, word: str, s: int, before: list[Person], cue: int | None) -> str:
        """ "the cavalryman": the only one told of lately who is a hussar or a dragoon."""
        start = self._window(s)
        if cue is None or self._introduced_before(word, s):
            return ""
        near = {p.id for p in before if (self._position(p.first) or 0) >= start}
        fitting = [
            key for key in near
            if any(self.words.kinds.covers(word, title) for title in self._titles_of(key))
        ]  # fmt: skip
        return fitting[0] if len(fitting) == 1 else ""

    def _ruler(self, word: str, group: str, before: list[Person], states: set[str]) -> str:
        """The last monarch or president who may be called by the title."""
        realms = self._realms(word)
        allegiance = self.people.allegiance
        if self.rulers:
            last = self.rulers[-1]
            if not realms or allegiance.get(last, "") in {"", *realms}:
                later = [person.id for person in before if person.first > self.ruled_at]
                if not any(self.people.role_of.get(key) == group for key in later):
                    return last
        for strict in (True, False):
            for person in reversed(before):
                titles = self._titles_of(person.id)
                own = self.people.role_of.get(person.id, "") == group or any(
                    self._group(title) == group for title in titles
                )
                state = allegiance.get(person.id, "")
                if state and ((realms and state not in realms) or (states and state not in states)):
                    continue
                if own and not (strict and any(self._group(t) == group for t in titles)):
                    return person.id
        if group == "monarchs":
            for person in reversed(before):
                name = person.parts[-1].lower()
                if person.known or len(person.parts) > 1 or self._titles_of(person.id):
                    continue
                if self._is_given(name):
                    return person.id  # «Александр слушал»: only monarchs go by that name alone
        return ""

    def _is_given(self, name: str) -> bool:
        """Whether a name is a given name."""
        if not self.by_case:
            return self.words.says("given_names", name)
        return is_known_name(name) and case_of(name, set()) == NOMINATIVE

    def _realms(self, word: str) -> set[str]:
        """The states whose ruler is called by a title: only one state has a tsar."""
        table = self.words.data.get("speech", {}).get("realms", {})
        return set(table.get(word, ()))

    def _states_before(self, s: int, words: int) -> set[str]:
        """The states that adjectives before a noun name: "the Prussian general"."""
        found = set()
        for k in range(max(0, s - words), s):
            named = self.people.inside.get(self.story.at[k]) if self.story.at[k] >= 0 else None
            if named is not None and named.type == "ACTOR" and named.kind != "person":
                found.add(named.id)
        return found

    def _untitled(self, word: str, s: int, before: list[Person], never: str) -> str:
        """Somebody who stands out in the last sentences and has no title that is not this one."""
        free = []
        for person in before:
            titles = self._titles_of(person.id)
            if not self.by_case:
                titles = {t for t in titles if self.words.says("titles", t)}
            # "Sir John" and "Count Haller" may be generals.
            if self.words.says("soldiers", word):
                titles = {t for t in titles if not self.words.says("of_birth", t)}
            if not titles or (
                self.words.says("offices", word) and not any(self._group(t) for t in titles)
            ):
                free.append(person.id)
        if not self.by_case and any(self.low(k) == word + "s" for k in range(self._window(s), s)):
            return ""  # "two captains came in"
        start = self.sentence_start(s)
        same = {never, *(m.id for m in self._antecedents(start, s))}
        scores = self._scores(s, self.words.says("feminine_roles", word), same)
        ranked = sorted(((score[0], key) for key, score in scores.items()), reverse=True)
        if ranked and not self.by_case and not ranked[0][1].startswith("UNNAMED"):
            ranked = [one for one in ranked if one[1] in free]  # a prince is no imam
        if not ranked or ranked[0][1] not in free or ranked[0][0] < 0:
            return ""
        clear = len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= _CLEAR
        return ranked[0][1] if clear else ""

    def _titles_of(self, key: str) -> set[str]:
        if key not in self._known_titles:
            titles = self.people.titles_of[key]
            self._known_titles[key] = {self._title(title) for title in titles}
        return self._known_titles[key]

    def _title(self, word: str) -> str:
        if not self.by_case:
            return word
        return "-".join(noun_of(part)[0] or part for part in word.split("-"))

    def _group(self, word: str) -> str:
        for group in ("monarchs", "presidents"):
            if self.words.says(group, word):
                return group
        return ""
