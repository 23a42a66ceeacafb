"""Everybody in a stretch of narrative who may be speaking, and whom "he" and "the king" mean.

person    Captain Reid; the gazetteer or `people.py` knows the name
pronoun   he, she, «тот»: whoever was the subject last, or spoke last; I: the narrator
role      the general: whoever bore the title before, else UNNAMED:general
unnamed   a young officer: UNNAMED:young officer
paper     «Таймс» писала; the Gazette wrote
state     the French, Austria
thing     the order, the rhyme: words without a speaker of their own
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass

from .inflection import is_adjective, is_noun, noun_of
from .lexicon import Lexicon, lexicon
from .people import People, Person
from .pieces import Pieces
from .story import Fragment, Story

NARRATOR = "UNNAMED:narrator"
_FAR = 120  # tokens: somebody without a name is forgotten sooner than a name
_REMEMBERED = 40  # persons named before, among whom "the general" is looked for


@dataclass
class Voice:
    """Somebody who may be speaking: story positions, id, and what stands around the name."""

    first: int
    last: int
    id: str
    kind: str  # person, pronoun, role, unnamed, paper, state or thing
    possessive: bool = False
    oblique: bool = False


class Voices:
    """Reads the narrative between quotations; `history` grows with every speaker found."""

    def __init__(
        self,
        text: str,
        pieces: Pieces,
        people: People,
        story: Story,
        fragments: list[Fragment],
        outer: tuple[str, ...] = (),
    ) -> None:
        self.text, self.pieces, self.people, self.story = text, pieces, people, story
        self.fragments, self.outer = fragments, outer
        self.words: Lexicon = lexicon(pieces.language)
        rules = self.words.data.get("quotation", {})
        self.by_case: bool = rules.get("subject_by_case", False)
        self.history: list[tuple[int, int, str]] = []  # position, paragraph, speaker
        self._positions: dict[int, int] | None = None
        self._known_titles: dict[str, set[str]] = {}
        self._papers: dict[int, tuple[str, int]] | None = None

    # ------------------------------------------------------------ story tokens
    def low(self, s: int) -> str:
        """The lower-case word at a story position; "" for a quotation or a break."""
        i = self.story.at[s] if 0 <= s < len(self.story.at) - 1 else -1
        return self.pieces.lows[i] if i >= 0 else ""

    def says(self, name: str, s: int) -> bool:
        low = self.low(s)
        return bool(low) and self.words.says(name, low)

    def sentence_start(self, s: int) -> int:
        """The position after the last sentence end before s."""
        kinds = self.story.kinds
        return max(kinds.rfind("|", 0, s), kinds.rfind("¶", 0, s)) + 1

    def sentence_end(self, s: int) -> int:
        """The position of the next sentence end from s."""
        kinds = self.story.kinds
        ends = [k for k in (kinds.find("|", s), kinds.find("¶", s)) if k != -1]
        return min(ends) if ends else len(kinds) - 1

    # ------------------------------------------------------------ voices
    def _joined(self, voices: list[Voice]) -> list[Voice]:
        """ "one of his officers, Captain Reid," is one voice, and the name tells who."""
        result: list[Voice] = []
        for v in voices:
            last = result[-1] if result else None
            if (
                last is not None
                and v.kind == "person"
                and last.kind in ("role", "unnamed")
                and not v.possessive
                and 0 <= v.first - last.last <= 6
                and (self.story.kinds[v.first - 1] in ",i-" or self._only_nouns(last.last, v.first))
                and not any(
                    self.says("verbs", j) or self.story.kinds[j] in "aQ"
                    for j in range(last.last, v.first)
                )
                and (
                    self.story.kinds[last.last] in ",-"
                    or self.says("owner_links", last.last)
                    or self.by_case
                )
                and v.oblique == last.oblique
            ):
                result[-1] = Voice(last.first, v.last, v.id, "person", oblique=last.oblique)
            elif (
                last is not None
                and last.kind == "person"
                and v.kind in ("role", "unnamed")
                and v.first == last.last + 1
                and self.story.kinds[last.last] == ","
                and not last.possessive
            ):
                result[-1] = Voice(last.first, v.last, last.id, "person", oblique=last.oblique)
            else:
                result.append(v)
        return result

    def _only_nouns(self, a: int, b: int) -> bool:
        """«жена полковника Мария Зыбина»: nothing but nouns between the role and the name."""
        return self.by_case and b - a <= 2 and all(is_noun(self.low(j)) for j in range(a, b))

    def voices(self, a: int, b: int, cue: int | None = None, oblique: bool = False) -> list[Voice]:
        """Everybody between two positions who may speak."""
        found, s = [], max(0, a)
        while s < b:
            voice = self._voice_at(s, b, cue)
            if voice is None:
                s += 1
            else:
                found.append(voice)
                s = max(voice.last, s + 1)
        return found

    def _voice_at(self, s: int, b: int, cue: int | None) -> Voice | None:
        i = self.story.at[s] if s < len(self.story.at) - 1 else -1
        if i < 0 or self.story.kinds[s] in "|¶":
            return None
        p, people = self.pieces, self.people
        person = people.at.get(i)
        if person is not None:
            return self._of_person(person, s)
        low = p.lows[i]
        says = self.words.says
        if says("subject_pronouns", low):
            return Voice(
                s, s + 1, self.focus(s, says("feminine", low), self._other(s, low)), "pronoun"
            )
        if says("first_person", low):
            return Voice(s, s + 1, self.outer[-1] if self.outer else NARRATOR, "pronoun")
        paper = self._paper_at(s, i)
        if paper:
            return paper
        named = people.inside.get(i)
        if named is not None and named.type != "ACTOR":
            return None
        phrase = self._noun_phrase(s, b, cue)
        if phrase is not None:
            return phrase
        if named is not None and named.first == i and named.kind != "person":
            if p.letters[i] == "w" and self.by_case and not p.is_capital(i):
                return None
            last = s + named.last - named.first
            if not self.by_case and last < b and self._is_noun(last):
                return None
            return Voice(
                s,
                last,
                named.id,
                "state",
                oblique=self.by_case and self._is_inflected(named.last - 1),
            )
        return None

    def _other(self, s: int, low: str) -> str:
        """Whom «тот» does not mean: the last speaker, or else the last subject."""
        if not self.words.says("other_pronouns", low):
            return ""
        para = self.pieces.passages[self._piece_from(s)].para
        if self.history and para - self.history[-1][1] <= 1:
            return self.history[-1][2]
        return self.focus(s)

    def _is_inflected(self, i: int) -> bool:
        lemma, subject, _ = noun_of(self.pieces.lows[i])
        return bool(lemma) and not subject

    def _is_noun(self, s: int) -> bool:
        i = self.story.at[s]
        return (
            i >= 0 and self.pieces.letters[i] in "wc" and not self.says("never_a_noun", s)
            and not self.says("verbs", s) and not self.says("verb_helpers", s)
        )  # fmt: skip

    def _of_person(self, person: Person, s: int) -> Voice:
        last = s + person.last - person.first
        return Voice(s, last, person.id, "person", person.possessive, self._is_oblique(person))

    def _is_oblique(self, person: Person) -> bool:
        """«генералу Скобелеву»: the title shows the case where the name may not."""
        if not self.by_case or not person.titles:
            return person.oblique
        lemma, subject, _ = noun_of(person.titles[0].split("-")[-1])
        return not subject if lemma else person.oblique

    def _paper_at(self, s: int, i: int) -> Voice | None:
        """A newspaper by its title: «Таймс» писала; the Times wrote."""
        title = self._titles_in_marks().get(i)
        if not title:
            return None
        near = [*range(max(0, s - 2), s), *range(s + 1, s + 9)]
        if not any(self.says("papers", k) for k in near):
            return None  # a book or a ship
        j = s
        while j + 1 < len(self.story.at) and i <= self.story.at[j + 1] <= title[1]:
            j += 1
        return Voice(s, j + 1, title[0], "paper")

    def _titles_in_marks(self) -> dict[int, tuple[str, int]]:
        """First piece → id and last piece, of the capitalised titles between marks."""
        if self._papers is None:
            self._papers = {}
            for fragment in self.fragments:
                if fragment.speech:
                    continue
                first = bisect.bisect_left(self.pieces.starts, fragment.start)
                last = bisect.bisect_left(self.pieces.starts, fragment.end)
                words = self.text[fragment.start : fragment.end]
                if 0 < last - first <= 6 and words[:1].isupper():
                    self._papers[first] = ("_".join(words.upper().split()), last - 1)
        return self._papers

    # ------------------------------------------------------------ unnamed people
    def _noun_phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        return self._bare_noun(s, b, cue) if self.by_case else self._phrase(s, b, cue)

    def _phrase(self, s: int, b: int, cue: int | None) -> Voice | None:
        """ "a young officer", "the general", "one of the gunners", "his wife"."""
        i = self.story.at[s]
        p = self.pieces
        low = p.lows[i]
        article = p.letters[i] == "i"
        indefinite = self.words.says("indefinite", low)
        possessive = self.words.says("possessives", low) or low.endswith("'s")
        if not (article or indefinite or possessive):
            return None
        k, words = s + 1, []
        if indefinite and self.low(k) == "of":
            k += 1
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
            if person is not None:
                break
            letter, word = p.letters[j], p.lows[j]
            if letter == "-":
                k += 1
                continue
            noun = letter in "wcmnNDOZL" and not self.says("never_a_noun", k)
            if not (noun and not self.says("verbs", k)) and not self.says("generic", k):
                break
            if self.says("verb_helpers", k) or self.says("oblique_words", k) or word.endswith("ly"):
                break
            if (
                words
                and self.words.says("generic", words[-1])
                and (word.endswith("ed") or self.words.says("common_verbs", word))
            ):
                break
            words.append(word[:-2] if word.endswith("'s") else word)
            head_at = k
            k += 1
            if word.endswith("'s"):
                break
        if head_at < 0:
            return None
        head = words[-1]
        is_role = self.words.says("generic", head) or self.words.says("titles", head)
        owned = self.low(head_at).endswith("'s")
        if not is_role:
            beside = cue is not None and (
                head_at + 1 == cue or s == cue + 1 or self._only_helpers(head_at + 1, cue)
            )
            if not beside or self.words.says("nouns", head):
                if not self.words.says("nouns", head):
                    return None
                return Voice(s, head_at + 1, "UNNAMED:" + " ".join(words), "thing", owned)
        kind = "unnamed"
        identity = "UNNAMED:" + " ".join(words)
        if article and not indefinite and is_role:
            who = self.role(head, s, words)
            if who:
                return Voice(s, head_at + 1, who, "role", owned)
            kind = "role"
        return Voice(s, head_at + 1, identity, kind, owned)

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
        if self.words.says("indefinite", low):
            k = s + 1
            while k < min(b, s + 5):
                if self.says("generic", k) or self.says("titles", k):
                    lemma, _, _ = noun_of(self.low(k))
                    _, subject, _ = noun_of(low)
                    return Voice(s, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
                if not (self.low(k).isalpha()):
                    break
                k += 1
        if p.letters[i] not in "wc":
            return None
        if (
            self.story.kinds[s + 1] == "-"
            and p.touches(self.story.at[s + 1])
            and self.says("titles", s)
        ):
            return None  # «вице-адмирал» is read at its second half
        role = self.words.says("generic", low) or self.words.says("titles", low)
        near = cue is not None and abs(s - cue) <= 5
        if not role and not near:
            return None
        if self.says("verbs", s) or self.says("never_a_noun", s):
            return None
        lemma, subject, living = noun_of(low)
        if not lemma or not (role or living):
            if lemma and self.words.says("nouns", low):
                return Voice(s, s + 1, "UNNAMED:" + lemma, "thing", oblique=not subject)
            return None
        words = [lemma]
        k = s - 1
        while (
            k >= 0
            and k > s - 3
            and self.story.at[k] >= 0
            and self.low(k).isalpha()
            and (p.letters[self.story.at[k]] in "wc" and is_adjective(self.low(k)))
            and not self.says("never_a_noun", k)
            and not self.says("possessives", k)
        ):
            words.insert(0, self.low(k))
            k -= 1
        last = s + 1
        if (
            self.words.says("of_what", low)
            and last < b
            and is_noun(self.low(last))
            and not self.says("verbs", last)
        ):
            words.append(self.low(last))
            last += 1
        indefinite = self.says("indefinite", k)
        if role and not indefinite:
            whole = low
            if (
                s >= 2
                and self.story.kinds[s - 1] == "-"
                and p.touches(i)
                and self.low(s - 2).isalpha()
            ):
                whole = self.low(s - 2) + "-" + low
                words[-1] = self.low(s - 2) + "-" + words[-1]
            who = self.role(whole, s, words)
            if who:
                return Voice(s, last, who, "role", oblique=not subject)
        kind = "role" if role else "unnamed"
        return Voice(s, last, "UNNAMED:" + " ".join(words), kind, oblique=not subject)

    def role(self, word: str, s: int, words: list[str]) -> str:
        """Whom "the general" means: the last person who bore that title, or one like it."""
        i = self.story.at[s]
        before = self.people.before(i, _REMEMBERED)
        before = [person for person in before if self._position(person.first) is not None]
        if not before:
            return ""
        word = self._title(word)
        para = self.pieces.passages[i].para
        for person in reversed(before):
            far = para - self.pieces.passages[person.first].para > 3
            if far and self.people.count[person.id] < 3:
                continue
            titles = self._titles_of(person.id)
            if word in titles or ("-" not in word and any(t.endswith("-" + word) for t in titles)):
                return person.id
        group = self._group(word)
        if group:
            for strict in (True, False):
                for person in reversed(before):
                    titles = self._titles_of(person.id)
                    own = self.people.role_of.get(person.id, "") == group or any(
                        self._group(title) == group for title in titles
                    )
                    if own and not (strict and any(self._group(t) == group for t in titles)):
                        return person.id
        if len(words) > 1 or not self.words.says("ranked", word):
            return ""
        here = self.sentence_start(s)
        earlier = self.sentence_start(max(0, here - 1))
        earlier = self.sentence_start(max(0, earlier - 1))
        floor = self._piece_from(earlier)
        for person in reversed(before):
            if person.first < floor:
                break
            titles = self._titles_of(person.id)
            if not titles or (
                self.words.says("offices", word) and not any(self._group(t) for t in titles)
            ):
                return person.id
        return ""

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

    # ------------------------------------------------------------ grammar
    def _governed(self, voice: Voice) -> bool:
        """Whether a preposition before the name keeps it from being the subject."""
        k = voice.first - 1
        while k >= 0 and self.story.at[k] >= 0 and self.story.kinds[k] in "i":
            k -= 1
        if k < 0:
            return False
        return self.says("oblique_words", k)

    def _is_object(self, voice: Voice) -> bool:
        k = voice.first - 1
        if k < 0:
            return False
        low = self.low(k)
        return self.says("verbs", k) or (low.endswith(("ed", "ing")) and len(low) > 4)

    def _opens_clause(self, voice: Voice) -> bool:
        k = voice.first - 1
        return k < 0 or self.story.kinds[k] in "|¶,;:Q-(" or self.says("clause_openers", k)

    def focus(self, s: int, female: bool = False, other: str = "") -> str:
        """Whom "he" means at a story position: weighs who was named, how near, and as what."""
        i = self._piece_from(s)
        people = self.people
        before = people.before(i, 14)
        para = self.pieces.passages[min(i, len(self.pieces.passages) - 1)].para
        best, top = "", -math.inf
        # After words of the narrator "he" is the one who was spoken to, in whatever case.
        answering = bool(self.history) and self.history[-1][1:] == (para, NARRATOR)
        shape = self.pieces.shape
        for person in before:
            if person.id == other:
                continue
            if female != (person.id in people.female):
                continue
            here = self.pieces.passages[person.first].para
            sentences = shape.count("|", person.first, i)
            score = -1.5 * min(sentences, 8) - 0.7 * (para - here)
            score += 0.5 * math.log2(1 + people.count[person.id])
            at = self._position(person.first)
            if at is None:
                continue  # named inside a quotation
            voice = Voice(at, at + 1, person.id, "person", person.possessive, person.oblique)
            score += 3 if answering else self._salience(voice)
            if score >= top:
                best, top = person.id, score
        for voice in self._unnamed_near(s):
            if self.says("institutions", voice.last - 1):
                continue
            sentences = self.story.kinds.count("|", voice.first, s) + self.story.kinds.count(
                "¶", voice.first, s
            )
            score = 2.4 - 1.5 * sentences
            head = self.low(voice.last - 1)
            if self.words.says("feminine_roles", head) != female:
                continue
            if score >= top and voice.id != other:
                best, top = voice.id, score
        k = bisect.bisect_left(self.history, (s, 0, ""))
        last_at, last_para, last = self.history[k - 1] if k else (0, 0, "")
        if last not in ("", other, NARRATOR) and female == (last in people.female):
            gap = para - last_para
            sentences = self.story.kinds.count("|", last_at, s)
            unnamed = last.startswith("UNNAMED")
            score = 4.5 - 1.5 * min(sentences, 8) - 2 * gap - (3 * gap + 1 if unnamed else 0)
            if score >= top:
                return last
        return best

    def _salience(self, voice: Voice) -> float:
        """A subject is more likely to be the next "he" than an object or an owner."""
        if voice.possessive:
            return 1
        if self._governed(voice) or voice.oblique:
            return 0
        if self._is_object(voice):
            return 1
        return 3 if self.by_case or self._opens_clause(voice) else 2

    def _unnamed_near(self, s: int) -> list[Voice]:
        """People without a name who are the subject of one of the last sentences."""
        start = self.sentence_start(s)
        for _ in range(2):
            start = self.sentence_start(max(0, start - 1))
        found, k = [], max(start, s - _FAR)
        while k < s:
            i = self.story.at[k]
            voice = None
            if i >= 0 and i not in self.people.at and self.story.kinds[k] not in "|¶":
                voice = self._noun_phrase(k, s, None)
            named = (
                k > 1
                and self.story.kinds[k - 1] == ","
                and any(
                    self.story.at[k - 2] == person.last - 1 for person in self.people.before(i, 1)
                )
            )
            if voice and voice.kind in ("role", "unnamed") and not named:
                subject = not voice.oblique and not self._governed(voice)
                if not voice.possessive and (subject or self.says("possessives", voice.first)):
                    found.append(voice)
            k = voice.last if voice else k + 1
        return found

    def _piece_from(self, s: int) -> int:
        """The first piece of the narrative at or after a story position."""
        at = self.story.at
        while s < len(at) - 1 and at[s] < 0:
            s += 1
        return min(at[s], len(self.pieces.lows) - 1)

    def _position(self, i: int) -> int | None:
        if self._positions is None:
            self._positions = {x: k for k, x in enumerate(self.story.at) if x >= 0}
        return self._positions.get(i)
