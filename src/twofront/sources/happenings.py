"""What happens on a date, or to whom a number belongs: a predicate, who takes part, and where.

    "In 1904 the fleet of A attacked B"     attack {A, B}
    "A agreed that it would attack B"       promise {A, B}, of attack
    "the pact of A and B expires in 1946"   end-pact {A, B, PACT}
    "ten days after B fell, A attacked C"   attack {A, C}, counted from occupy {B}

The words of the predicates lie in `languages/<language>/predicates.toml`. Persons and bodies count
as the state they act for. Read in one sentence; a sentence whose only actors are pronouns takes
those of the sentence before it.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from .documents import Document, document_from_text
from .factuality import DENIED, PLANNED, TOLD, Factuality
from .grammar.declension import OBLIQUE
from .grammar.lexicon import lexicon
from .grammar.pieces import plain
from .mentions import Mention, find_mentions
from .modality import Modality
from .naming.gazetteer import Gazetteer, load_gazetteer
from .occasions import UNNAMED_OCCASION, Occasion, occasion_at
from .sentence_names import SentenceNames
from .verbs import HELPERS, Verb, longest, sayings

_ENDS = ("end-pact", "expire")
_ACTS = (*_ENDS, "sign", "ratify")  # what is done to a pact
_BESIDE = 15  # letters between a date and a verb that belong together
_COMMA, _CLAUSE = 12, 40  # what a comma and a semicolon between a date and a verb add, in letters
_AHEAD = 20  # letters that a verb behind what is counted seems farther off
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NONE: frozenset[str] = frozenset()
_COUNTED = ("offset-after", "offset-before")  # rules of dates with the words they count from
_NEXT = 5  # letters between the words that a date is counted from and its other name: ", on "


@dataclass(frozen=True)
class Happening:
    """What a mention dates or counts.

    `near` are all predicates of the sentence, and those of the one before it where it goes on with
    a pronoun: "The Allies landed. They had 62,000 men."
    """

    mention: Mention
    predicate: str
    actors: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    pacts: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    promised: str = ""  # for a promise: what is promised
    counted_from: tuple[str, frozenset[str], frozenset[str]] | None = None
    counted_from_date: Mention | None = None  # a date in the words that it is counted from
    counted_until: int = -1  # where in the document the words end that it is counted from
    verb: int = -1  # where the predicate stands in the document; -1 without one
    names: frozenset[str] = frozenset()  # ids and keys of all names in the sentence
    maybe: frozenset[str] = frozenset()  # keys of words that are capitals only as first words
    around: frozenset[str] = frozenset()  # the names of its paragraph
    perhaps: frozenset[str] = frozenset()  # and the first words there that may be names
    words: frozenset[str] = frozenset()  # stems of its other words
    owner: str = ""  # the power named last before the mention
    named: tuple[str, ...] = ()  # names as written that the gazetteer does not know
    holder: str = ""  # id or key of the name that stands last before the mention in its sentence
    held_by: str = ""  # the same as written, when the gazetteer does not know it
    factuality: Factuality = TOLD  # whether it is told as a fact
    doer: str = ""  # the power that does it, where the order of words or the case says so
    occasion: Occasion = UNNAMED_OCCASION


def happenings_of(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer | None = None
) -> list[Happening]:
    """One happening for every date, quantity and pact that has a predicate or a name beside it."""
    known = gazetteer or load_gazetteer()
    by_sentence: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault((mention.para, mention.sent), []).append(mention)
    found: list[Happening] = []
    names: dict[int, frozenset[str]] = defaultdict(frozenset)
    perhaps: dict[int, frozenset[str]] = defaultdict(frozenset)
    before: _Sentence | None = None
    for passage, following in zip_longest(document.passages, document.passages[1:]):
        here = by_sentence.get((passage.para, passage.sent), [])
        after = ""
        if following is not None and following.para == passage.para:
            after = document.text[following.start : following.end]
        sentence = _Sentence(
            document, passage.start, passage.end, here, known, before, following=after
        )
        found.extend(sentence.happenings())
        names[passage.para] |= sentence.names
        perhaps[passage.para] |= sentence.maybe
        before = sentence
    return [
        replace(h, around=names[p], perhaps=perhaps[p]) for h in found for p in (h.mention.para,)
    ]


# How letters and their pairs are written for one sound, in the languages with Latin letters.


def facets_of(
    words: str, gazetteer: Gazetteer | None = None, language: str = "en"
) -> tuple[str, frozenset[str], frozenset[str]]:
    """Predicate, actors and places of a short title such as "the fall of Port Arthur"."""
    sentence = _title_as_sentence(words, gazetteer or load_gazetteer(), language)
    verbs = sentence.verbs
    return (verbs[0].predicate if verbs else "", sentence.actors | sentence.pacts, sentence.places)


def names_of(
    words: str, gazetteer: Gazetteer | None = None, language: str = "en"
) -> frozenset[str]:
    """The names in a short title: their ids, or keys where no gazetteer has them (`name_key`)."""
    sentence = _title_as_sentence(words, gazetteer or load_gazetteer(), language)
    return sentence.names | sentence.maybe


def unknown_names_of(
    words: str, gazetteer: Gazetteer | None = None, language: str = "en"
) -> frozenset[str]:
    """Keys of the names in a short title that the gazetteer does not know (see `name_key`)."""
    known = gazetteer or load_gazetteer()
    return names_of(words, known, language) - known.titles.keys() - known.ids.keys()


def _title_as_sentence(words: str, known: Gazetteer, language: str) -> _Sentence:
    document = document_from_text(words, doc_id="title", language=language)
    mentions = find_mentions(document, known)
    return _Sentence(document, 0, len(words), mentions, known, None, is_title=True)


class _Sentence(SentenceNames):
    """One sentence with its predicates, actors, places and pacts."""

    def __init__(
        self,
        document: Document,
        start: int,
        end: int,
        mentions: list[Mention],
        known: Gazetteer,
        before: _Sentence | None,
        is_title: bool = False,  # its words count even when nothing in them is known
        following: str = "",  # the next sentence of the paragraph
    ) -> None:
        self.mentions, self.known, self.start = mentions, known, start
        written = plain(document.text[start:end])
        self.text = written.lower()
        language = mentions[0].language if mentions else document.language
        self.words = sayings(language)
        self.function_words = lexicon(language).shapes
        self.language = language
        self.is_title = functools.partial(lexicon(language).says, "titles")
        self.is_conjunction = functools.partial(lexicon(language).says, "coordinators")
        is_read = is_title or bool(mentions)
        self.verbs, self.denied, self.modality = (
            self._verbs(written, plain(following)) if is_read else ([], [], None)
        )
        self.occasions: dict[tuple[int, ...], tuple[int, str]] = {}
        self.actors = self._states(mentions)
        # A body that lies somewhere says where: the garrison of a province, a puppet state.
        seated = {
            known.within[m.value] for m in mentions if m.type == "ACTOR" and m.value in known.within
        }
        self.places = frozenset(m.value for m in mentions if m.type == "PLACE") | seated
        self.pacts = frozenset(m.value for m in mentions if m.type == "PACT")
        self.goes_on_from: frozenset[str] = frozenset()  # what "they" did in the sentence before
        if before is not None and mentions and self.words["pronouns"].search(self.text):
            self.goes_on_from = frozenset(verb.predicate for verb in before.verbs)
            if len(self.actors) < 2:
                self.actors |= before.actors
            if not self.places:
                self.places = before.places

        self.maybe: frozenset[str] = frozenset()
        self.names, self.stems = self._vocabulary(written, mentions)
        self.named = self._written_names(written, mentions)
        self.last_actor = self._owner(len(written), before)
        self.before = before

    def _verbs(
        self, written: str, following: str
    ) -> tuple[list[Verb], list[Verb], Modality | None]:
        """Verbs that tell of something, and those that are denied; and how the sentence is told."""
        found = longest([
            Verb(predicate, match.start(), match.end())
            for predicate, pattern in self.words.items()
            if predicate not in HELPERS
            for match in pattern.finditer(self.text)
        ])  # fmt: skip
        found = [self._as_it_ended(verb) for verb in found]
        dates, numbers = (
            [self._span(m) for m in self.mentions if m.type == type_]
            for type_ in ("DATE", "QUANTITY")
        )
        modality = Modality(
            written, self.language, [(v.start, v.end) for v in found], dates, numbers, following
        )  # fmt: skip
        denied = []
        for verb in found if modality.operators else ():
            how = modality.of((verb.start, verb.end))
            if how.status == DENIED and not how.partly:
                denied.append(verb)
        return [verb for verb in found if verb not in denied], denied, modality

    def _as_it_ended(self, verb: Verb) -> Verb:
        """ "Stormed the town and were beaten back": an attack, and the town was not taken."""
        tried = self.words["tries"].match(self.text, verb.start)
        beaten = self.words["repulsed"].search(self.text, verb.end) if tried else None
        if beaten is None or set(self.text[verb.end : beaten.start()]) & set(";:"):
            return verb
        return replace(verb, predicate="attack")

    def _span(self, mention: Mention) -> tuple[int, int]:
        return mention.start - self.start, mention.end - self.start

    def _candidates(self, mention: Mention) -> list[Verb]:
        """The verbs that a date or number may belong to.

        In "He denied that they attacked, but on 5 May they came" the day is none of the attack.
        """
        if self.modality is None or not self.modality.operators:
            return self.verbs
        at = self._span(mention)
        every = [*self.verbs, *self.denied]
        return [verb for verb in every if self.modality.fits((verb.start, verb.end), at)]

    def _how(self, mention: Mention, verb: Verb | None) -> Factuality:
        """Whether what a mention dates or counts is told as a fact."""
        if self.modality is None:
            return TOLD
        speakers = [self.known.titles.get(name, name) for name in mention.attribution]
        deed = (verb.start, verb.end) if verb is not None else None
        how = self.modality.of(deed, self._span(mention), " ".join(speakers[-1:]))
        # A promise has its own rules: what is promised meets what is kept.
        return TOLD if how.status == PLANNED and self._promise() is not None else how

    def _doer(self, verb: Verb | None) -> str:
        """The power that does something: the subject, or in the passive whoever follows "by"."""
        if verb is None:
            return ""
        said = lexicon(self.language)
        actors = [m for m in self.mentions if m.type == "ACTOR" and self._is_known(m)]
        if said.data.get("quotation", {}).get("morphology"):
            found = [
                m for m in actors if said.declension.case_of(m.text.split()[-1], _NONE) != OBLIQUE
            ]
            found = found if len(found) == 1 else []
        else:
            lead = _WORD.findall(self.text[: verb.start])[-2:]
            passive = any(said.says("copulas", word) for word in lead)
            found = []
            for actor in actors:
                first = actor.start - self.start
                before = _WORD.findall(self.text[:first])[-2:]
                if passive:
                    agent = any(self.words["by_whom"].fullmatch(word) for word in before)
                    fits = first > verb.start and agent
                else:
                    governed = any(said.says("oblique_words", word) for word in before)
                    fits = first < verb.start and not governed
                found += [actor] if fits else []
        name = str(found[-1].value) if found else ""
        return self.known.allegiance.get(name, name)

    # ------------------------------------------------------------ what each mention tells
    def happenings(self) -> list[Happening]:
        """A happening for every date, quantity and pact of the sentence."""
        found = []
        for mention in self.mentions:
            if mention.type == "DATE":
                found.append(self._dated(mention))
            elif mention.type == "QUANTITY":
                found.append(self._counted(mention))
            elif mention.type == "PACT":
                found.append(self._agreed(mention))
        return [happening for happening in found if happening is not None]

    def _make(self, mention: Mention, predicate: str, **more) -> Happening:
        near = frozenset(verb.predicate for verb in self.verbs) | self.goes_on_from
        owner = mention.owner if mention.owner in self.known.titles else ""
        at = mention.start - self.start
        values = {"actors": self.actors, "places": self.places, "pacts": self.pacts, **more}
        verbs = [v for v in self._candidates(mention) if v.predicate == predicate]
        verb = self._nearest(at, at + len(mention.text), verbs)
        return Happening(
            mention,
            predicate,
            near=near,
            verb=self.start + verb.start if verb else -1,
            names=self.names,
            maybe=self.maybe,
            words=self.stems,
            named=self.named,
            holder=owner or self._holder(at)[0],
            held_by="" if owner else self._holder(at)[1],
            owner=owner or self._owner(mention.end - self.start, self.before),
            factuality=self._how(mention, verb),
            doer=self._doer(verb),
            occasion=occasion_at(
                self.text,
                tuple(v.start for v in verbs) or (at,),
                (at, at + len(mention.text)) if mention.type == "QUANTITY" else None,
                self.words,
                self._ordinal,
                self.occasions,
            ),
            **values,
        )

    def _dated(self, mention: Mention) -> Happening | None:
        promise = self._promise()
        at = mention.start - self.start
        if promise is not None and at < promise[1].start:
            return self._make(mention, "promise", promised=promise[1].predicate)
        if any(verb.predicate == "keep" for verb in self.verbs):
            return self._make(mention, "keep")
        if mention.kind == "event" or mention.rule in _COUNTED:
            return self._counted_from(mention)
        act = self._act_led_to(at) if self.pacts else None
        if act is not None:
            return self._make(mention, act)
        verb = self._nearest(at, at + len(mention.text), self._verbs_for(mention))
        return self._make(mention, verb.predicate if verb else "")

    def _verbs_for(self, mention: Mention) -> list[Verb]:
        """The verbs without those of other clauses, and those from which another date is counted.

        "He was shot on the 14th, five days after the surrender": the 14th is no day of the
        surrender.
        """
        at = mention.start - self.start
        left = self._candidates(mention)
        if self.modality is not None:
            apart = self.modality.is_another_clause
            own = [v for v in left if not apart((v.start, v.end), self._span(mention))]
            if len(own) < len(left):
                # The verb of its own clause tells nothing known, and a later one is not its own.
                last = self.modality.end_of_clause(self._span(mention)[1])
                own = [v for v in own if v.start < last]
            left = own
        for other in self.mentions if left else ():
            if other is mention or other.rule not in _COUNTED:
                continue
            first, end, inside = self._base_of(other)
            # A date inside these words is that of the base itself.
            if inside and not first <= at < end:
                left = [verb for verb in left if not first <= verb.start < end]
        return left

    def _base_of(self, mention: Mention) -> tuple[int, int, list[Verb]]:
        """The words that a date is counted from: where they begin and end, and their verbs."""
        at = mention.end - self.start
        stop = re.compile(r"[,;:]|$").search(self.text, at)
        end = stop.start() if stop else len(self.text)
        # A clause that itself has a comma ("the army, led by N, won ...") goes on to its verb.
        # One may count from what was only planned.
        inside = [v for v in (*self.verbs, *self.denied) if at <= v.start < end]
        dated = any(0 <= m.start - self.start - end <= _NEXT and m.type == "DATE"
                    for m in self.mentions)  # fmt: skip
        # "Nine days after Sedan, on the 11th, he left": the day is his, and so is the verb.
        if not inside and stop and stop.end() < len(self.text) and not dated:
            following = [v for v in self.verbs if v.start >= end]
            if following:
                close = self.text.find(",", following[0].end)
                end = close if close != -1 else len(self.text)
                inside = [v for v in following if v.start < end]
        return at, end, inside

    def _counted_from(self, mention: Mention) -> Happening | None:
        """ "ten days after X fell, Y attacked": the words after the date tell from what."""
        at, end, inside = self._base_of(mention)
        lies_in = [m for m in self.mentions if at <= m.start - self.start < end]
        date = next((m for m in lies_in if m.type == "DATE"), None)
        outside = [v for v in self._candidates(mention) if not at <= v.start < end]
        rest = [m for m in self.mentions if m not in lies_in]
        base = None
        if inside:
            base = (
                inside[0].predicate,
                self._states(lies_in),
                frozenset(m.value for m in lies_in if m.type == "PLACE"),
            )
        pacts = frozenset(m.value for m in rest if m.type == "PACT")
        start = mention.start - self.start
        verb = self._nearest(start, at, outside)
        ends = [v for v in outside if v.predicate in _ENDS]
        more = {
            "counted_from": base, "counted_from_date": date, "counted_until": self.start + end,
        }  # fmt: skip
        if (pacts or self.pacts) and ends:
            last = self._nearest(start, at, ends)
            return self._make(mention, last.predicate if last else "", **more)
        return self._make(
            mention,
            verb.predicate if verb else "",
            actors=self._states(rest) or self.actors,
            places=frozenset(m.value for m in rest if m.type == "PLACE"),
            **more,
        )

    def _act_led_to(self, at: int) -> str | None:
        """The nearest act on a pact, with no other verb of a main clause before it."""
        acts = [v for v in self.verbs if v.predicate in _ACTS]
        for act in sorted(acts, key=lambda v: abs(v.start - at)):
            first, last = min(at, act.start), max(at, act.start)
            between = [v for v in self.verbs if first < v.start < last]
            if all(self._is_subordinate(v) for v in between):
                return act.predicate
        return None

    def _is_subordinate(self, verb: Verb) -> bool:
        lead = self.text[max(0, verb.start - 25) : verb.start]
        return bool(self.words["subordinate"].search(lead))

    def _counted(self, mention: Mention) -> Happening | None:
        at = mention.start - self.start
        end = at + len(mention.text)
        # "133,000 men fought, and by night he missed 58,000": not of the first number.
        told = self._candidates(mention)
        own = [v for v in told if v.start < end or "," not in self.text[end : v.start]]
        # What is counted rather follows its verb: "lost 13,000 men and left the town".
        verb = self._nearest(at, end, own, _AHEAD)
        return self._make(mention, verb.predicate if verb else "")

    def _agreed(self, mention: Mention) -> Happening | None:
        for act in _ACTS:
            if any(verb.predicate == act for verb in self.verbs):
                return self._make(mention, act)
        return self._make(mention, "")

    def _promise(self) -> tuple[Verb, Verb] | None:
        """Words of agreement or speech, and what they say is going to happen."""
        for verb in self.verbs:
            if verb.predicate not in ("promise", "speak"):
                continue
            future = self.words["future"].search(self.text, verb.end)
            if not future:
                continue
            later = [
                other
                for other in self.verbs
                if other.end > future.start() and other.predicate in ("enter", "attack", "supply")
            ]
            if later:
                return verb, later[0]
        return None

    def _ordinal(self, word: str) -> int | None:
        """The value of a word that is an ordinal."""
        letter, value = self.function_words.get(word) or ("", 0)
        return int(value) if letter == "O" else None

    def _joins(self, between: str) -> bool:
        """Whether a conjunction stands right before a verb."""
        last = between.split()[-1:]
        return bool(last) and self.is_conjunction(last[0])

    def _nearest(self, start: int, end: int, verbs: list[Verb], ahead: int = 0) -> Verb | None:
        """The verb with the fewest letters and clause borders between it and the mention."""

        def distance(verb: Verb) -> float:
            a, b = (end, verb.start) if verb.start >= end else (verb.end, start)
            between = self.text[min(a, b) : max(a, b)]
            far = len(between) + _COMMA * between.count(",") + _CLAUSE * between.count(";")
            far += ahead * (verb.start >= end)
            if verb.start >= end and self._joins(between):
                far += _CLAUSE  # "attacked with 57,000 men and lost 8,000": of the next deed
            # What stands right beside the date is meant, wherever it stands in the sentence.
            return far + (60 if far > _BESIDE and self._is_subordinate(verb) else 0)

        # No verb is nearer than the letters between: in their order few need to be looked at.
        outside = sorted(
            (v.start - end if v.start >= end else abs(start - v.end), k)
            for k, v in enumerate(verbs)
            if not (start <= v.start < end)
        )
        best: tuple[float, int] | None = None
        for letters, k in outside:
            if best and letters > best[0]:
                break
            here = distance(verbs[k]), k
            best = min(best, here) if best else here
        return verbs[best[1]] if best else None
