"""Who died when, and who did something when: "Orde was killed on 3 May", "on 9 May Orde reported".

A person is compared under what his surname is in any text (`name_key`), or under his id. A sentence
without a date is of the last day told in its paragraph. Of deeds only those count whose author
stands where a subject does, beside a verb in the past that is no passive. Deaths and deeds that
are denied, supposed or only reported are none ("It was reported that Orde had been killed"), nor is
what comes to somebody after his death.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .documents import Document, Passage
from .grammar.declension import OBLIQUE
from .grammar.dictionary import is_finite_verb
from .grammar.lexicon import Lexicon, lexicon
from .grammar.pieces import plain
from .mentions import Mention
from .modality import Modality
from .name_keys import name_key
from .naming.gazetteer import Gazetteer
from .verbs import sayings

_BEFORE, _BEHIND = 90, 40  # letters between somebody and the word that tells of his death
_ASIDE = re.compile(r"\s*,[^,;:.]{1,70},")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT = 4  # letters of what ends like a verb and is none: "red"
_TELLING = 2  # letters of a key that tells persons apart
_NEAR = 4  # words between a subject and its verb


@dataclass(frozen=True)
class Act:
    """Something that somebody did on a day, or his death."""

    key: str
    name: str
    date: Mention
    is_death: bool


def lives_of(document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Act]:
    """The dated deaths and deeds of persons, in the order of the text."""
    here: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        if not mention.attribution:
            here.setdefault((mention.para, mention.sent), []).append(mention)
    found: list[Act] = []
    para, latest = -1, None  # the latest day told in this paragraph: what was before is past
    for k, passage in enumerate(document.passages):
        if passage.para != para:
            para, latest = passage.para, None
        mentioned = here.get((passage.para, passage.sent), [])
        days = [m for m in mentioned if m.type == "DATE" and _is_near(m)]
        persons = [m for m in mentioned if _is_person(m, gazetteer)]
        dates = days or ([latest] if latest is not None else [])
        if dates and persons:
            following = _next_of(document, k)
            found.extend(_Sentence(document, passage, persons, gazetteer, following).acts(dates))
        told = [*days, latest] if latest is not None else days
        latest = max(told, key=lambda m: str(m.value), default=None)
    return found


def _next_of(document: Document, k: int) -> str:
    """The sentence behind one in its paragraph, which may say "That was false"."""
    here, after = document.passages[k], document.passages[k + 1 : k + 2]
    same = [passage for passage in after if passage.para == here.para]
    return plain(document.text[same[0].start : same[0].end]) if same else ""


def _is_near(date: Mention) -> bool:
    """Whether a date is a day or a month."""
    return re.fullmatch(r"\d{4}-\d\d(-\d\d)?", str(date.value)) is not None


def _is_person(mention: Mention, gazetteer: Gazetteer) -> bool:
    if mention.type != "ACTOR":
        return False
    known = mention.value in gazetteer.titles or mention.value in gazetteer.ids
    return not known or mention.value in gazetteer.persons


class _Sentence:
    def __init__(
        self,
        document: Document,
        passage: Passage,
        persons: list[Mention],
        gazetteer: Gazetteer,
        following: str,
    ) -> None:
        self.start, self.persons, self.gazetteer = passage.start, persons, gazetteer
        self.text = plain(document.text[passage.start : passage.end])
        self.low = self.text.lower()
        language = persons[0].language
        self.sayings, self.words = sayings(language), lexicon(language)
        self.deaths = list(self.sayings["dies"].finditer(self.low))
        deaths = [death.span() for death in self.deaths]
        self.modality = Modality(self.text, language, deaths, following=following)
        self.by_case = bool(self.words.data.get("quotation", {}).get("morphology"))

    def acts(self, dates: list[Mention]) -> Iterator[Act]:
        """The deaths of the sentence, and the deeds of whoever does not die in it."""
        dead = {id(person): person for person in self._dead()}
        for person in self.persons:
            if len(self._key(person)) < _TELLING:
                continue
            if id(person) in dead or self._does_something(person):
                date = min(dates, key=lambda m: abs(m.start - person.start))
                yield Act(self._key(person), person.text, date, id(person) in dead)

    def _key(self, person: Mention) -> str:
        if person.value in self.gazetteer.persons:
            return str(person.value)
        return name_key(str(person.value).rpartition("_")[2])

    def _span(self, person: Mention) -> tuple[int, int]:
        return person.start - self.start, person.end - self.start

    def _dead(self) -> Iterator[Mention]:
        """Whoever stands nearest before a word that tells of a death, or behind it as a subject."""
        for match in self.deaths:
            if not self.modality.of(match.span()).is_told:
                continue
            before = [p for p in self.persons if self._is_subject_of(p, match.start())]
            behind = [
                p
                for p in self.persons
                if self._is_close_behind(p, match.end()) and self._may_act(p)
            ]
            if before or (before := self._meant_besides(match.start())):
                yield before[-1]
            elif behind and self.by_case:
                yield behind[0]

    def _is_subject_of(self, person: Mention, verb: int) -> bool:
        """Whether nothing but an aside between two commas parts a name from a verb behind it."""
        last = self._span(person)[1]
        between = self.low[last:verb] if verb >= last else ";"
        relative = self.sayings["relatives"].match(between.lstrip(" ,"))
        between = between.replace(",", "", 1) if relative else between
        if any(self.words.says("possessives", word) for word in _WORD.findall(between)):
            return False  # "Orde attacked, and his brother was killed"
        apart = set(between) & set(";:—–") or between.count(",") % 2 or len(between) > _BEFORE
        return not apart and self._may_act(person)

    def _meant_besides(self, verb: int) -> list[Mention]:
        """ "Orde was hit; he died on the 17th": whoever the sentence names before "he".

        And before a rank: «пуля попала в висок Зимину, и 30 июня адмирал скончался».
        """
        words = ["", *_WORD.findall(self.low[:verb])]
        he = any(self.words.says(name, words[-1]) for name in ("pronouns", "titles"))
        he = he and not self.words.says("possessives", words[-2:][0])
        return [p for p in self.persons if self._span(p)[1] <= verb] if he else []

    def _is_close_behind(self, person: Mention, verb: int) -> bool:
        """«скончался от раны принц Фридрих»: a name that nothing parts from the verb before it."""
        first = self._span(person)[0]
        return 0 <= first - verb <= _BEHIND and not set(self.text[verb:first]) & set(",;:—–")

    def _may_act(self, person: Mention) -> bool:
        """Whether a name stands where a subject does: no owner, nor behind a preposition."""
        first, last = self._span(person)
        if self.by_case:
            return self._is_nominative(person)
        before = _WORD.findall(self.low[:first])
        governed = bool(before) and self.words.says("oblique_words", before[-1])
        owns = self.words.suffixes.owns
        owner = owns(person.text) or self.low.startswith(self.words.suffixes.possessive, last)
        return not (governed or owner)

    def _is_nominative(self, person: Mention) -> bool:
        """Whether the last word of a name may be the subject of a verb."""
        words = _WORD.findall(person.text)
        return bool(words) and self.words.declension.case_of(words[-1], frozenset()) != OBLIQUE

    def _does_something(self, person: Mention) -> bool:
        """Whether a verb in the past follows, perhaps after an aside; or a participle "by" him."""
        first, last = self._span(person)
        if not self.modality.holds(first) or self.sayings["posthumous"].search(self.low):
            return False
        before = _WORD.findall(self.low[:first])
        if before and self.sayings["by_whom"].fullmatch(before[-1]):
            ends = self.words.grammar.participle_endings
            return len(before) > 1 and before[-2].endswith(ends)
        if not self._may_act(person):
            return False
        aside = _ASIDE.match(self.text, last)
        after = _WORD.findall(self.low[aside.end() if aside else last :])[:_NEAR]
        if self.by_case:
            return any(is_finite_verb(low) for low in after)
        sent = self.sayings["send"].match(" ".join(after[1:2])) or (
            self.sayings["appoint"].match(" ".join(after[1:2]))
        )  # "was sent up", "was promoted"
        return bool(after) and (_is_past(after[0], self.words) or sent is not None)


def _is_past(low: str, words: Lexicon) -> bool:
    """Whether a word is a verb in the past, and no auxiliary."""
    if words.says("copulas", low) or words.says("past_perfect", low):
        return False
    ends = low.endswith(words.grammar.participle_endings) and len(low) > _SHORT
    return ends or words.says("common_verbs", low)
