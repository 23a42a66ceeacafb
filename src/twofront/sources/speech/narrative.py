"""The narrative between quotations, one token after another: words, sentences, cases.

Whether a name is the subject shows in its form where nouns have cases, else in where it stands.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..grammar.dictionary import noun_of
from ..grammar.lexicon import Lexicon, lexicon
from ..grammar.pieces import Pieces
from .people import People, Person
from .story import Fragment, Story

if TYPE_CHECKING:
    from .roles import Roles

_TITLE = 12  # tokens of a heading that names whom a text is about
_HEADING = 60  # tokens at the head of a text in which its author is named
_FIRST_LINES = 3  # lines at the head of a text, one of which names a book
_BOOK = 50  # tokens of such a line
_IMPRINT = 14  # and at its end, where place and year are told: «М., 2015. 416 с.»
_ENTRY = re.compile(r"¶[^¶|]{0,8}(?:DM|M\.?D)[,Yw.:]{0,4}[|¶]")  # a day that opens an entry
_ENTRIES = 2  # of a diary, or letters
_LINES = 2  # lines of questions, and of answers, that make an interview
_OWN = 10  # tokens between "diary" and whose it is
SOMEBODY = ("person", "pronoun", "role", "unnamed")


@dataclass
class Voice:
    """Somebody who may be speaking: story positions, id, and what stands around the name."""

    first: int
    last: int
    id: str
    kind: str  # person, pronoun, role, unnamed, paper, state or thing
    possessive: bool = False
    oblique: bool = False
    head: int = -1  # of the noun, where it is not the last word
    unclear: bool = False  # the form does not show whether this is the subject

    @property
    def noun(self) -> int:
        """The position of the noun that tells what somebody is."""
        return self.head if self.head >= 0 else self.last - 1


@dataclass(frozen=True)
class Telling:
    """What is read: a text, its story with the quotations folded, and who tells it.

    Inside a quotation `outer` are its speakers, and `around` is the narrative outside with the
    position of the quotation there.
    """

    text: str
    pieces: Pieces
    people: People
    story: Story
    fragments: list[Fragment]
    outer: tuple[str, ...] = ()
    around: tuple[Roles, int] | None = None


class Narrative:
    """A story with the word lists of its language."""

    def __init__(self, telling: Telling) -> None:
        pieces, story = telling.pieces, telling.story
        self.text, self.pieces, self.people = telling.text, pieces, telling.people
        self.story, self.fragments = story, telling.fragments
        self.outer, self.around = telling.outer, telling.around
        self.words: Lexicon = lexicon(pieces.language)
        rules = self.words.data.get("quotation", {})
        self.declension, self.suffixes = self.words.declension, self.words.suffixes
        self.by_case: bool = rules.get("subject_by_case", False)
        self.agent_endings = tuple(rules.get("agent_endings", ("\0",)))
        self.female_endings = tuple(rules.get("female_endings", ("\0",)))
        self.demonyms = tuple(rules.get("demonym_endings", ("\0",)))
        self.people_endings = tuple(rules.get("people_endings", ("\0",)))
        self._positions: dict[int, int] | None = None
        lows = pieces.lows
        self._lows = [lows[i] if i >= 0 else "" for i in story.at[:-1]]
        self._lows.append("")
        self._tokens = len(self._lows)
        self._said = self.words.said
        self._sentence = (0, -1)  # the last sentence whose end was asked for
        self._starts: dict[int, int] = {}
        self.roles = self.words.any_of("generic", "titles", "epithets")
        self._pronouns = self.words.any_of(
            "subject_pronouns", "plural_subjects", "first_person", "back_references"
        )
        self._leaders = self.words.any_of("who", "indefinite", "relatives", "subordinators")
        self._passed_over = self.words.any_of("coordinators", "verb_helpers")
        self._subordinates = self.words.any_of("subordinators", "relatives_of_persons")
        self._phrase_starts = self.words.any_of(
            "kin", "plurals", "demonstratives", "indefinite", "possessives", "somebody"
        )
        self._named_people: list[Person] | None = None
        self._told_at: list[int] = []
        self._mine: list[int] | None = None
        self._role_words: dict[str, bool] = {}
        if self.by_case:
            self._phrase_openers = self.words.any_of(
                "indefinite", "who", endings=self.agent_endings
            )
        else:
            self._phrase_openers = self.words.any_of(
                *("kin", "plurals", "demonstratives", "indefinite", "possessives"),
                endings=self.suffixes.possessive,
            )

    # ------------------------------------------------------------ story tokens
    def low(self, s: int) -> str:
        """The lower-case word at a story position; "" for a quotation or a break."""
        return self._lows[s] if 0 <= s < self._tokens else ""

    def says(self, name: str, s: int) -> bool:
        """Whether the word at a story position is in the named list."""
        return 0 <= s < self._tokens and self._said[name][self._lows[s]]

    def places(self, name: str, a: int, b: int) -> list[int]:
        """Where words of the named list stand between two positions of the story."""
        said, a = self._said[name], max(a, 0)
        found = [s for s, low in enumerate(self._lows[a : max(a, b)], a) if said[low]]
        if name == "verbs" and not self.by_case:
            k = bisect.bisect_left(self._bases, a + 1)
            if k < len(self._bases) and self._bases[k] < b:
                found = sorted({*found, *(s for s in self._bases[k:] if s < b)})
        return found

    @functools.cached_property
    def _bases(self) -> list[int]:
        """Where verbs of speech stand behind auxiliaries: "would claim", "liked to claim"."""
        lists = self.words.any_of("before_bases", "denying", "whither")
        return [
            s for s in range(1, self._tokens)
            if lists[self._lows[s - 1]] and self._is_base_of_speech(s)
        ]  # fmt: skip

    def _is_base_of_speech(self, s: int) -> bool:
        """ "would claim", "did not reply", "liked to reply": a verb of speech in its bare form."""
        k = s - 1 - self.says("denying", s - 1)
        likes = self.says("whither", k) and k > 0 and self.acts(k - 1)
        if not (likes or self.says("before_bases", k)):
            return False
        low = self._lows[s]
        return not self._said["verbs"][low] and self.is_bare_form(low)

    def is_adverb_at(self, s: int) -> bool:
        """Whether a word ends like an adverb, where adverbs have an ending: "slowly"."""
        return self.low(s).endswith(self.suffixes.adverb)

    def is_bare_form(self, low: str) -> bool:
        """ "claim", "agree", "cry": whether a word with an ending is a verb of speech."""
        said = self._said["verbs"]
        return said[low] or any(said[verb] for verb in self.suffixes.verbs_of(low))

    def tells_of_me(self, a: int, b: int) -> bool:
        """Whether "I" stands between two positions."""
        if self._mine is None:
            mine = self.pieces.listed["first_person"]
            self._mine = [s for s, low in enumerate(self._lows) if low in mine] if mine else []
        k = bisect.bisect_left(self._mine, a)
        return k < len(self._mine) and self._mine[k] < b

    @functools.cached_property
    def author(self) -> str:
        """Who tells of himself as "I", where the heading names him: "Diary of Amos Reid"."""
        mine = self.pieces.listed["first_person"] | self.pieces.listed["speaking_with_me"]
        if mine.isdisjoint(self._lows):
            return ""
        for s in range(min(self._tokens - 1, _HEADING)):
            person = self.people.at.get(self.story.at[s])
            if person is None or person.possessive:
                continue
            start = self.sentence_start(s)
            papers = [k for k in range(start, s) if self.says("own_papers", k)]
            near = bool(papers) and s - papers[-1] <= _OWN
            near = near and all(self.story.kinds[k] not in "Q¶|;:" for k in range(papers[-1], s))
            by = self.says("authors_before", s - 1) and self.story.kinds[max(0, s - 2)] in "¶|("
            by = by or (self.says("authors_before", s - 1) and s == 1)
            if by or (near and not any(self.says("verbs", k) for k in range(papers[-1], s))):
                return person.id
        return self._introduced_author()

    def _introduced_author(self) -> str:
        """ "Amos Reid taught at Ware. His diary fills two books. ¶ 3 May. I": whose it is.

        The text goes on in entries, or letters, that open with a day.
        """
        kinds = self.story.kinds
        entries = [match.start() for match in _ENTRY.finditer(kinds)]
        if len(entries) < _ENTRIES:
            return ""
        for start in (s + 1 for s, kind in enumerate(kinds[: entries[0]]) if kind == "¶"):
            end = kinds.find("¶", start)
            names = (self.people.at.get(self.story.at[s]) for s in range(start, start + 2))
            person = next((person for person in names if person is not None), None)
            his = (
                self.says("own_papers", k) and self._is_his(k - 1) for k in range(start + 1, end)
            )
            if person is not None and any(his) and not self.tells_of_me(start, end):
                return person.id
        return ""

    def _is_his(self, s: int) -> bool:
        """Whether "his" or "her" stands at a position, before whatever is his."""
        lists = ("others_own",) if self.by_case else ("possessives", "back_references")
        return all(self.says(name, s) for name in lists)

    @functools.cached_property
    def hero(self) -> str:
        """Whose life a text tells: the only one whom its heading names."""
        end = self.story.kinds.find("¶")
        if not 0 < end <= _TITLE:
            return ""
        named = {self.people.at[i].id for i in self.story.at[:end] if i in self.people.at}
        return named.pop() if len(named) == 1 else ""

    @functools.cached_property
    def reviewed(self) -> str:
        """Whose book a text tells of: «Пётр Ланской. Брод. М., 2015», «О книге Ланского „Брод“».

        A line below the heading, with the place and the year of the book.
        """
        kinds, a = self.story.kinds, 0
        for _ in range(_FIRST_LINES):
            end = kinds.find("¶", a)
            if end < 0:
                return ""
            first = a + 2 * self.says("oblique_words", a)
            person = self.people.at.get(self.story.at[first])
            told = any(
                self.says(name, k) for k in range(a, end) for name in ("verbs", "own_papers")
            )
            year = kinds.rfind("Y", max(a, end - _IMPRINT), end)
            printed = year > 0 and kinds[year - 1] == "," and "|" in kinds[a:end]
            if person is not None and printed and not told and end - a <= _BOOK:
                return person.id
            a = end + 1
        return ""

    @functools.cached_property
    def interviewed(self) -> str:
        """Who answers as "I" in lines that are marked "Q." and "A.": by whom a question calls him.

        Else whoever is named first, before the questions.
        """
        lines = [0, *(s + 1 for s, kind in enumerate(self.story.kinds) if kind == "¶")]
        asked, answered = (
            [s for s in lines if self.says(name, s) and self.low(s + 1) in (".", ":")]
            for name in ("question_labels", "answer_labels")
        )
        if min(len(asked), len(answered)) < _LINES:
            return ""
        for s in asked:
            for k in range(s + 2, self.story.kinds.find("¶", s)):
                person = self.people.at.get(self.story.at[k])
                if person is not None and self.story.kinds[k - 1] == ",":
                    after = self.story.kinds[k + person.last - person.first]
                    if after in ",.?|¶" or self.low(k + person.last - person.first) == "?":
                        return person.id
        return next((p.id for p in self.told_before(self._piece_from(asked[0]), asked[0])), "")

    @functools.cached_property
    def labelled(self) -> list[tuple[int, str]]:
        """Where the lines of several begin that are marked with names: "PIKE: I was there." """
        if self.outer:
            return []
        lines, found = [0, *(s + 1 for s, kind in enumerate(self.story.kinds) if kind == "¶")], []
        again = Counter(  # "Interviewer: Where were you?"
            self.low(s) for s in lines[:-1]
            if self.story.kinds[s : s + 2] == "c:" and not self.by_case
        )  # fmt: skip
        for s in lines[:-1]:
            k = s + self.says("titles", s)  # "MR PIKE:"
            person = self.people.at.get(self.story.at[s]) or self.people.at.get(self.story.at[k])
            end = (self._position(person.last - 1) or 0) + 1 if person is not None else -1
            if person is not None and self.story.kinds[end : end + 1] == ":":
                found.append((s, person.id))
            elif self.story.kinds[s + 1 : s + 2] == ":" and (
                self._is_in_capitals(s) or again[self.low(s)] > 1
            ):
                found.append((s, self.low(s).upper()))  # whose name stands in no sentence
        return found if len(found) > _LINES and len({who for _, who in found}) > 1 else []

    def _is_in_capitals(self, s: int) -> bool:
        """ "AMES: Where were you?": a word of capitals alone."""
        i = self.story.at[s]
        word = self.text[self.pieces.starts[i] : self.pieces.ends[i]] if i >= 0 else ""
        return len(word) > 2 and word.isupper() and word.isalpha()

    def teller(self, s: int) -> str:
        """Who says "I" at a position, where names mark the lines; else nobody."""
        k = bisect.bisect_right(self.labelled, s, key=lambda line: line[0]) if self.labelled else 0
        return self.labelled[k - 1][1] if k else ""

    def sentence_start(self, s: int) -> int:
        """The position after the last sentence end before s; looked for once."""
        known = self._starts.get(s)
        if known is None:
            known = self._starts[s] = self._start_of(s)
        return known

    def _start_of(self, s: int) -> int:
        kinds = self.story.kinds
        stop = kinds.rfind("|", 0, s) + 1
        start = max(stop, kinds.rfind("¶", stop, s) + 1)
        if start and kinds.count(")", start, s) > kinds.count("(", start, s):
            # A dot in brackets ended nothing: «Багров (р. 1793, из дворян) ответил».
            opening = kinds.rfind("(", 0, start)
            if opening > max(-1, start - 30):
                return self.sentence_start(opening)
        return start

    def sentence_end(self, s: int) -> int:
        """The position of the next sentence end from s."""
        first, last = self._sentence
        if first <= s <= last:
            return last
        kinds = self.story.kinds
        end = kinds.find("¶", s)
        end = len(kinds) - 1 if end == -1 else end
        stop = kinds.find("|", s, end)
        end = end if stop == -1 else stop
        self._sentence = (s, end)
        return end

    def _is_line(self, s: int) -> bool:
        """Whether the quotation at a story position fills a paragraph."""
        kinds = self.story.kinds
        return kinds[s - 1 : s] == "¶" and kinds[s + 1 : s + 4].lstrip(".|")[:1] in ("", "¶")

    # ------------------------------------------------------------ grammar
    def is_oblique(self, person: Person) -> bool:
        """«генералу Скобелеву»: the title shows the case where the name may not."""
        if not self.by_case or not person.titles:
            return person.oblique
        lemma, subject, _ = noun_of(person.titles[0].split("-")[-1])
        return not subject if lemma else person.oblique

    def is_unclear(self, person: Person) -> bool:
        """Whether neither the name nor a rank before it shows the case.

        «генерал Даву» does; «секретарь Дибича», «брат Мольтке» and «генерал Крон Нею» do not.
        """
        if not person.titles or not (person.unclear or person.oblique):
            return person.unclear
        title = person.titles[0].split("-")[-1]
        lemma, subject, _ = noun_of(title)
        rank = self.words.says("ranked", title) or self.words.says("soldiers", title)
        name = self.pieces.lows[person.last - 1]
        alone = len(person.parts) == 1 and not name.endswith(self.declension.genitives)
        return not (lemma == title and subject and rank and alone)

    def _governed(self, voice: Voice) -> bool:
        """Whether a preposition before the name keeps it from being the subject."""
        k = voice.first - 1
        while k >= 0 and self.story.at[k] >= 0 and self.story.kinds[k] in "i":
            k -= 1
        if k < 0:
            return False
        as_what = self.says("manner", k) and self.says("one_of_many", k + 1)
        return self.says("oblique_words", k) or (as_what and not self._acts_after(voice))

    def _acts_after(self, voice: Voice) -> bool:
        """Whether a verb of speech follows somebody: "as a captain wrote", but not "as a boy"."""
        return self.says("verbs", voice.last) or self.says("verb_helpers", voice.last)

    def acts(self, s: int) -> bool:
        """Whether a verb stands at a position, where verbs are listed."""
        lists = ("verbs", "verb_helpers", "common_verbs")
        low = self.low(s)
        past = low.endswith(self.suffixes.past) and len(low) > 4
        return past or any(self.says(name, s) for name in lists)

    def _is_object(self, voice: Voice) -> bool:
        k = voice.first - 1
        if k < 0:
            return False
        low = self.low(k)
        moves = len(low) > 4 and low.endswith(self.suffixes.verbal)  # not "that evening"
        return self.says("verbs", k) or (moves and self.story.kinds[k] == "w")

    def _opens_clause(self, voice: Voice) -> bool:
        k = voice.first - 1
        while k > 0 and (self.says("before_names", k) or self.story.kinds[k] == "i"):
            k -= 1  # "Old Colonel Eroles"
        return k < 0 or self.story.kinds[k] in "|¶,;:Q-(" or self.says("clause_openers", k)

    def _piece_from(self, s: int) -> int:
        """The first piece of the narrative at or after a story position."""
        at = self.story.at
        while s < len(at) - 1 and at[s] < 0:
            s += 1
        return min(at[s], len(self.pieces.lows) - 1)

    def told_before(self, i: int, most: int) -> list[Person]:
        """The last persons that the narrative itself names before a piece, the latest last."""
        if self._named_people is None:
            self._named_people = [
                p for p in self.people.found if self._position(p.first) is not None
            ]
            self._told_at = [person.first for person in self._named_people]
        k = bisect.bisect_left(self._told_at, i)
        return self._named_people[max(0, k - most) : k]

    def _position(self, i: int) -> int | None:
        if self._positions is None:
            self._positions = {x: k for k, x in enumerate(self.story.at) if x >= 0}
        return self._positions.get(i)
