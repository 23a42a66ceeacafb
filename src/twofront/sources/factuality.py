"""Whether a text tells something as a fact, or denies, plans, supposes or only reports it.

    "A attacked B on 5 May"                          asserted
    "A did not attack B", "It is not true that ..."  denied
    "A was to attack B", "he ordered A to attack"    planned: intended, ordered, feared, expected
    "Had A attacked B, it would have won"            conditional, and what is asked
    "It was rumoured that A attacked B"              reported: somebody else says so; the text may
                                                     agree (endorsed), refute it, or leave it open
    "A may have attacked B"                          possible

This is event factuality as in FactBank (Saurí & Pustejovsky 2009): asserted is CT+ of the author,
denied CT-, possible PR and PS, planned and conditional Uu; what is reported is CT+ of another
source. It is read from the clause that governs a deed and no wider one: in "He denied that A came,
but on 5 May B came" the second coming is asserted, and so is the day in "did not yield until 5 May".

The words lie in `languages/<language>/predicates.toml`, in the table `factuality`; where a language
has none, all is asserted.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .grammar.dictionary import is_finite_verb, is_infinitive
from .grammar.lexicon import language_folder, lexicon
from .grammar.wordlists import phrases

ASSERTED, DENIED, PLANNED = "asserted", "denied", "planned"
CONDITIONAL, REPORTED, POSSIBLE = "conditional", "reported", "possible"
ENDORSED, REFUTED = "endorsed", "refuted"

Span = tuple[int, int]

_STOP = re.compile(r"[;:()!?]|\s[—–-]\s|[—–]|\.\s")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_MANY = 99
_GAP = {"not": 2, "no": 2, "nobody": 6, "denied_to": 3, "without": 2, "would": 3, "possible": 3}
_BESIDE = 3  # words after "and" in which another verb makes it another clause
_AUXILIARIES = 2  # finite words between "would have" and the date of one deed: "been taken"
_SHORT = 4  # letters of what ends like a verb and is none: "red"
_SOURCE = 4  # words of a source
_SOON = 60  # letters of the next sentence in which "That was false" stands
_FOCUS = 14  # letters before a date or number in which "not on" stands
_PLACES = ("until", "focus", "contrast", "borders", "openers", "and", "or", "articles", "asks", "fates", "subjects")


@dataclass(frozen=True)
class Factuality:
    """How a deed is told: its status, by whom when not by the author, and what he makes of it."""

    status: str = ASSERTED
    by: str = ""
    stance: str = ""  # of the author on a report: endorsed, refuted, or empty when left open
    partly: bool = False  # only a number or an object may be denied: "did not lose 500 men there"

    @property
    def is_told(self) -> bool:
        """Whether the author tells it as a fact."""
        return self.status == ASSERTED or self.stance == ENDORSED

    @property
    def is_open(self) -> bool:
        """Whether it may well be a fact, and the author leaves open whether it is."""
        return not self.stance and self.status in (REPORTED, POSSIBLE)

    @property
    def who(self) -> str:
        """Who says it: "Nilsson", "others"."""
        return self.by or "others"


TOLD = Factuality()


@dataclass(frozen=True)
class _Operator:
    """Words that govern deeds, and the dates and numbers that they may be about."""

    status: str
    verbs: frozenset[Span]  # the deeds
    after: Span  # what stands under the words
    reach: tuple[Span, ...]  # where a date or number may belong to the deed
    by: str = ""
    stance: str = ""
    partly: bool = False
    before: str = ""  # its status for dates before the words: "On 3 May he ordered them to attack"
    counter: bool = False  # contrary to fact: "would have won"


class Modality:
    """The factuality of everything in one sentence.

    `verbs` are the words that tell of deeds, `dates` and `numbers` what they may be about;
    `following` is the next sentence, which may refute this one.
    """

    def __init__(
        self,
        text: str,
        language: str,
        verbs: Iterable[Span],
        dates: Iterable[Span] = (),
        numbers: Iterable[Span] = (),
        following: str = "",
    ) -> None:
        self.written, self.text = text, text.lower()
        self.cues, self.words = _cues(language), lexicon(language)
        self.verbs = sorted(set(verbs))
        self.dates, self.numbers = list(dates), list(numbers)
        self.following = following[:_SOON].lower()
        self.operators: list[_Operator] = []
        self.stance = ""
        self._exempt: list[Span] = []
        self._borders: list[Span] = []
        self._opened: list[Span] = []
        self._ands: list[Span] = []
        if self.cues:
            self._read()

    # ------------------------------------------------------------ what it says of a deed
    def of(self, verb: Span | None, at: Span | None = None, speaker: str = "") -> Factuality:
        """How a deed is told, or a date or number without one, inside the words of a speaker."""
        found = [op for op in self.operators if self._governs(op, verb, at)]
        found = [
            replace(op, status=op.before)
            if op.before and at is not None and at[0] < op.after[0]
            else op
            for op in found
        ]
        if at is not None and self._is_in_focus(at):
            found = [op for op in found if op.status != DENIED]
            found.append(_Operator(DENIED, frozenset(), at, ()))
        if speaker:
            found.append(_Operator(REPORTED, frozenset(), (0, 0), (), speaker, self.stance))
        return self._together(found, at) if found else TOLD

    def holds(self, at: int) -> bool:
        """Whether what stands at a place is told as a fact, with or without a deed of the lists.

        Whoever "refused to attack" or "ordered them to attack" did so.
        """
        return not any(
            op.after[0] <= at < op.after[1]
            or (op.status == CONDITIONAL and any(a <= at < b for a, b in op.reach))
            for op in self.operators
            if op.stance != ENDORSED
        )

    def fits(self, verb: Span, at: Span) -> bool:
        """Whether a date or number can belong to a deed: "denied that A came, but on 5 May"."""
        for op in self.operators:
            if verb in op.verbs:
                # "Did not attack A but B on 5 May": what is denied in part is told of the rest.
                if not op.partly and not any(a <= at[0] < b for a, b in op.reach):
                    return False
            elif op.status not in (REPORTED, POSSIBLE) and op.after[0] <= at[0] < op.after[1]:
                inside = op.after[0] <= verb[0] < op.after[1]
                if op.verbs and not inside:
                    return False
        return True

    def _governs(self, op: _Operator, verb: Span | None, at: Span | None) -> bool:
        if verb is not None and verb not in op.verbs:
            return False
        if at is None:
            return True
        if not any(a <= at[0] < b for a, b in op.reach):
            return False
        if verb is None and not self._is_right_behind(op, at):
            return False
        return not (op.status == DENIED and self._is_until(at))

    def _is_right_behind(self, op: _Operator, at: Span) -> bool:
        """Of a deed that no list has, the date is meant only where it follows in the clause.

        "On 5 May they refused to come" is the day of the refusal, "170 men did not come" a number.
        """
        uncounted = op.status == DENIED and at in self.numbers
        if uncounted or not op.after[0] <= at[0] < op.after[1]:
            return False
        between = _WORD.findall(self.text[op.after[0] : at[0]])
        return sum(map(self._is_finite, between)) <= _AUXILIARIES or op.status == REPORTED

    def _is_until(self, at: Span) -> bool:
        """ "Did not surrender until 5 May": it did on that day."""
        before = self.text[max(0, at[0] - 24) : at[0]].rstrip()
        led = [m for m in self.cues["until"].finditer(before) if m.end() == len(before)]
        return bool(led) or self.cues["until"].match(self.text, at[0]) is not None

    def _is_in_focus(self, at: Span) -> bool:
        """ "Not on 5 May but on the 7th": the day is denied, and not what happened."""
        first = max(0, at[0] - _FOCUS)
        before = self.text[first : at[0]].rstrip()
        led = [m for m in self.cues.get("focus", _NOTHING).finditer(before)]
        if not any(m.end() == len(before) for m in led):
            return False
        start = first + next(m.start() for m in led if m.end() == len(before))
        return not any(a <= start < b for a, b in self._exempt)

    def _together(self, found: list[_Operator], at: Span | None) -> Factuality:
        status = {op.status for op in found}
        by = next((op.by for op in found if op.by), "")
        report = next((op for op in found if op.status == REPORTED and op.stance), None)
        denials = [op for op in found if op.status == DENIED]
        if report is not None and report.stance == REFUTED:
            return Factuality(REPORTED, by, REFUTED)
        if len(denials) % 2 and any(op.counter for op in found):
            return TOLD  # "had they not attacked on 5 May, it would have held": they did
        for strong in (CONDITIONAL, PLANNED):
            if strong in status:
                return Factuality(strong, by)
        if len(denials) % 2:
            is_date = at is not None and at not in self.numbers
            others = any(
                a <= n[0] < b for op in denials for a, b in (op.after,) for n in self.numbers
            )
            partly = any(op.partly for op in denials) or (is_date and others)
            return Factuality(DENIED, by, partly=partly)
        if REPORTED in status:
            return Factuality(REPORTED, by, report.stance if report is not None else "")
        return Factuality(POSSIBLE) if POSSIBLE in status else TOLD

    # ------------------------------------------------------------ the words that govern
    def _read(self) -> None:
        cues, text = self.cues, self.text
        self._exempt = [m.span() for m in cues["exempt"].finditer(text)]
        hits = [
            (m.start(), m.end(), kind)
            for kind, pattern in cues.items()
            if kind not in (*_PLACES, "exempt")
            for m in pattern.finditer(text)
        ]
        hits = [h for h in hits if not any(a <= h[0] and h[1] <= b for a, b in self._exempt)]
        longer = [*self._exempt, *((a, b) for a, b, _ in hits)]
        self._borders = self._free_of(longer, "borders")
        self._ands = self._free_of(longer, "and")
        # "After 5 May" and "since 1808" open no clause.
        self._opened = [
            (a, b)
            for a, b in self._free_of(longer, "openers")
            if not any(0 <= at[0] - b <= 1 for at in self.dates)
        ]
        self.stance = self._stance(hits)
        polar = text.rstrip(" \"'”»").endswith("?") and not self._asks_for_more()
        if polar:
            everything = 0, len(text)
            self._add(CONDITIONAL, self.verbs, everything, [everything])
        for start, end, kind in _longest(hits):
            rule = getattr(self, f"_read_{kind}", None)
            if rule is not None:
                rule(start, end)

    def _free_of(self, longer: Sequence[Span], kind: str) -> list[Span]:
        """Some words where they are no part of longer ones: "but", and not that of "all but"."""
        found = [m.span() for m in self.cues[kind].finditer(self.text)]
        return [one for one in found if not any(_holds(other, one) for other in longer)]

    def _stance(self, hits: Sequence[tuple[int, int, str]]) -> str:
        """What the author makes of reports in this sentence, here or at the start of the next."""
        kinds = {kind for _, _, kind in hits}
        for kind, led, stance in (
            ("refuted", "wrongly", REFUTED), ("endorsed", "rightly", ENDORSED),
        ):  # fmt: skip
            soon = self.cues[kind].search(self.following)
            if kind in kinds or soon or any(self._led_by(h, led) for h in hits):
                return stance
        return ""

    def _led_by(self, hit: tuple[int, int, str], kind: str) -> bool:
        """Whether "wrongly" stands beside a verb of saying: he may be wrongly executed as well."""
        if hit[2] != kind:
            return False
        after, before = self.text[hit[1] :], self.text[: hit[0]]
        said = self.cues["says"]
        behind = [m for m in said.finditer(after) if len(_WORD.findall(after[: m.start()])) < 2]
        ahead = [m for m in said.finditer(before) if not _WORD.findall(before[m.end() :])]
        that = any(k.endswith("_that") and a >= hit[1] for a, _, k in self._hits_of("_that"))
        return bool(behind or ahead or that)

    def _hits_of(self, ending: str) -> list[tuple[int, int, str]]:
        return [
            (m.start(), m.end(), kind)
            for kind, pattern in self.cues.items()
            if kind.endswith(ending)
            for m in pattern.finditer(self.text)
        ]

    def _asks_for_more(self) -> bool:
        """ "Why did A attack on 5 May?" takes the attack for granted; "Did A attack?" does not."""
        first = _WORD.findall(self.text)[:2]
        return any(self.cues["asks"].fullmatch(word) for word in first)

    def _add(
        self, status: str, verbs: Iterable[Span], after: Span, reach: Iterable[Span],
        **more: Any,
    ) -> None:  # fmt: skip
        self.operators.append(_Operator(status, frozenset(verbs), after, tuple(reach), **more))

    # Beside a verb: only the next one, and those joined to it by "or", is meant.
    def _local(self, status: str, kind: str, start: int, end: int) -> None:
        clause = self._clause(start, end)
        verbs = self._next_verbs(end, clause[1], _GAP.get(kind, 0))
        nothing = not any(clause[0] <= v[0] < clause[1] for v in self.verbs)
        nothing = nothing and kind in ("not", "possible")
        if verbs or nothing:
            last = clause[1]
            contrast = self.cues["contrast"].match(self.text, _skip(self.text, last))
            reach = [*self._around(clause, start), (start, last)]
            reach = [(start, last)] if kind == "without" else reach
            self._add(status, verbs, (end, last), reach, partly=contrast is not None)

    def _read_not(self, start: int, end: int) -> None:
        self._local(DENIED, "not", start, end)

    def _read_no(self, start: int, end: int) -> None:
        clause = self._clause(start, end)
        before = [v for v in self.verbs if v[1] <= start and not self.text[v[1] : start].strip()]
        if before:  # "lost no guns": other things may have been lost
            self._add(DENIED, before, (end, clause[1]), self._around(clause, start), partly=True)
        else:
            self._local(DENIED, "no", start, end)

    def _read_nobody(self, start: int, end: int) -> None:
        self._local(DENIED, "nobody", start, end)

    def _read_almost(self, start: int, end: int) -> None:
        if self._next_verbs(end, len(self.text), 0):  # "almost 5,000 men" is a number
            self._local(DENIED, "almost", start, end)

    def _read_denied_to(self, start: int, end: int) -> None:
        self._local(DENIED, "denied_to", start, end)

    def _read_without(self, start: int, end: int) -> None:
        if self._next_verbs(end, len(self.text), _GAP["without"]):
            self._local(DENIED, "without", start, end)

    def _read_would(self, start: int, end: int) -> None:
        clause = self._clause(start, end)
        # «Они бы победили», «победили бы»: the particle stands on either side.
        both = [v for v in self.verbs if clause[0] <= v[0] < clause[1]] if self._is_free else []
        verbs = both or self._next_verbs(end, clause[1], _GAP["would"])
        reach = self._around(clause, start)
        self._add(CONDITIONAL, verbs, (end, clause[1]), reach, counter=True)

    def _read_possible(self, start: int, end: int) -> None:
        self._local(POSSIBLE, "possible", start, end)

    # Behind a noun: "the attack did not take place".
    def _read_absent(self, start: int, end: int) -> None:
        clause = self._clause(start, end)
        verbs = [v for v in self.verbs if clause[0] <= v[0] < start][-1:]
        verbs = verbs or self._next_verbs(end, clause[1], 1)
        self._add(DENIED, verbs, (start, clause[1]), self._around(clause, start))

    # A clause that others hold.
    def _that(self, status: str, start: int, end: int, fronted: bool, **more: str) -> None:
        last = self._end(end, through_commas=True)
        verbs = [v for v in self.verbs if end <= v[0] < last]
        reach = [(end, last)]
        if fronted:  # "On 3 May it was reported that"
            reach += self._around(self._clause(start, start), start)
        self._add(status, verbs, (end, last), reach, **more)

    def _read_denied_that(self, start: int, end: int) -> None:
        self._that(DENIED, start, end, fronted=False)

    def _read_disowned_that(self, start: int, end: int) -> None:
        self._that(DENIED, start, end, fronted=False, by=self._subject(start))

    def _read_planned_that(self, start: int, end: int) -> None:
        self._that(PLANNED, start, end, fronted=True)

    def _read_ordered_that(self, start: int, end: int) -> None:
        self._that(PLANNED, start, end, fronted=True, before=POSSIBLE)

    def _read_so_that(self, start: int, end: int) -> None:
        self._that(PLANNED, start, end, fronted=False)

    def _read_reported_that(self, start: int, end: int) -> None:
        by = self._subject(start)
        self._that(REPORTED, start, end, fronted=True, by=by, stance=self.stance)

    # Before an infinitive or a noun.
    def _read_planned_to(self, start: int, end: int, **more: str) -> None:
        last = self._end(end, through_commas=False)
        if self._is_free:
            # «Решил участь флота» is no plan, «решил атаковать» and «ждали атаки» are.
            words = list(_WORD.finditer(self.text, end, last))[: 2 * _BESIDE]
            led = next((w.start() for w in words if is_infinitive(w.group())), None)
            verbs = [v for v in self.verbs if led is not None and led <= v[0] < last]
            verbs = verbs if led is not None or more else self._next_verbs(end, last, 0)
            if led is None and not verbs:
                return
        else:
            verbs = [v for v in self.verbs if end <= v[0] < last]
        reach = [(start, last), *self._around(self._clause(start, start), start)]
        self._add(PLANNED, verbs, (end, last), reach, **more)

    def _read_ordered_to(self, start: int, end: int) -> None:
        """ "On 3 May he ordered them to attack": most likely they did, on that day or later."""
        self._read_planned_to(start, end, before=POSSIBLE)

    def _read_was_to(self, start: int, end: int) -> None:
        """ "He was to attack" is a plan; "he was to die" is what befell him."""
        verbs = self._next_verbs(end, len(self.text), 2)
        first = self.text[verbs[0][0] : verbs[0][1]] if verbs else ""
        if verbs and not self.cues["fates"].match(first):
            self._read_planned_to(start, end)

    def _read_planned(self, start: int, end: int) -> None:
        clause = self._clause(start, end)
        verbs = [v for v in self.verbs if clause[0] <= v[0] < clause[1]]
        self._add(PLANNED, verbs, clause, self._around(clause, start))

    # Over a whole clause.
    def _read_according(self, start: int, end: int) -> None:
        """ "According to Nilsson, ...": who says it stands between the words and a comma."""
        behind = self.written[end:].partition(",")[0]
        named = " ".join(_WORD.findall(behind)) if "," in self.text[end:] else ""
        self._over(start, named if 0 < len(named.split()) <= _SOURCE else "")

    def _over(self, start: int, by: str, stance: str = "") -> None:
        first, last = self._start(start), self._end(start, through_commas=True)
        verbs = [v for v in self.verbs if first <= v[0] < last]
        stance = stance or self.stance
        self._add(REPORTED, verbs, (first, last), [(first, last)], by=by, stance=stance)

    def _read_reported_to(self, start: int, end: int) -> None:
        clause = self._clause(start, end)
        verbs = [v for v in self.verbs if end <= v[0] < clause[1]]
        reach = self._around(clause, start)
        self._add(REPORTED, verbs, (end, clause[1]), reach, stance=self.stance)

    def _read_papers(self, start: int, end: int) -> None:
        """ "The bulletin gave them 50,000 men", and no "report of his death"."""
        said = self.cues["says"].search(self.text, end)
        if said is not None and len(_WORD.findall(self.text[end : said.start()])) < 2:
            self._over(start, self._subject(end))

    def _read_wrongly(self, start: int, end: int) -> None:
        if self._led_by((start, end, "wrongly"), "wrongly"):
            self._over(start, self._subject(start), REFUTED)

    # A supposition.
    def _read_if(self, start: int, end: int) -> None:
        last = self._end(end, through_commas=False, at_comma=True)
        verbs = [v for v in self.verbs if end <= v[0] < last]
        counter = self.cues["would"].search(self.text) is not None
        self._add(CONDITIONAL, verbs, (end, last), [(start, last)], counter=counter)

    def _read_inverted(self, start: int, end: int) -> None:
        """ "Had they attacked on 5 May, they would have won": at the head of its clause."""
        head = not self.text[:start].strip(" \"'“«-—…") or self.text[:start].rstrip()[-1] in ",;:"
        subject = _WORD.search(self.written, end)
        named = subject is not None and (
            subject.group()[0].isupper() or self.cues["subjects"].fullmatch(subject.group())
        )
        had = self._is_finite(self.text[start:end])
        if head and named and self.cues["would" if had else "would_be"].search(self.text, end):
            self._read_if(start, end)

    # ------------------------------------------------------------ clauses
    @property
    def _is_free(self) -> bool:
        """Whether the order of words is free, as where cases tell the subject."""
        return bool(self.words.data.get("quotation", {}).get("morphology"))

    def _start(self, at: int) -> int:
        """Where the sentence, or what follows a contrast or a stop, begins before a place."""
        ends = [m.end() for m in _STOP.finditer(self.text, 0, at)]
        ends += [b for _, b in self._borders if b <= at]
        return max(ends, default=0)

    def _end(self, at: int, through_commas: bool, at_comma: bool = False) -> int:
        """Where what begins at a place ends.

        At a contrast, a stop, or an "and" with a verb of its own; where commas do not only stand
        around something, at a comma too.
        """
        text, verbs = self.text, self.verbs
        stop = _STOP.search(text, at)
        ends = [stop.start()] if stop else [len(text)]
        ends += [a for a, _ in self._borders if a >= at]
        for a, b in (joined for joined in self._ands if joined[0] >= at):
            comma = text[:a].rstrip().endswith(",")
            if (comma or not through_commas) and self._has_own_verb(b):
                ends.append(a)
        for comma in re.finditer(",", text[at:]) if not through_commas else ():
            here = at + comma.start()
            told = any(at <= v[0] < here for v in verbs) or self._has_own_verb(at, here)
            if told if at_comma else self._has_own_verb(here + 1):
                ends.append(here)
        if not through_commas:
            ends += [a for a, _ in self._opened if a > at]
        return min(ends)

    def _clause(self, start: int, end: int) -> Span:
        """The clause around some words: from where it is opened to where it ends."""
        first = self._start(start)
        for a, b in self._opened:
            if first <= a < start and self._closed(a, b, start, end) < 0:
                first = a
        for comma in re.finditer(",", self.text[:start]) if self._is_free else ():
            if comma.start() >= first and self._has_own_verb(first, comma.start()):
                first = comma.end()
        for a, b in (joined for joined in self._ands if first <= joined[0] < start):
            comma = self.text[:a].rstrip().endswith(",")
            if comma or len(_WORD.findall(self.text[b:start])) < _BESIDE:
                first = a
        opened = any(a == first for a, _ in self._opened)
        return first, self._end(end, through_commas=False, at_comma=opened or self._is_free)

    def _around(self, clause: Span, at: int) -> list[Span]:
        """A clause without the clauses that were opened and closed before a place in it."""
        closed = []
        for a, b in self._opened:
            last = self._closed(a, b, at, at) if clause[0] <= a < at else -1
            if last >= 0:
                closed.append((a, last))
        found, first = [], clause[0]
        for a, b in closed:
            found.append((first, a))
            first = max(first, b)
        return [span for span in [*found, (first, clause[1])] if span[0] < span[1]]

    def _closed(self, first: int, opened: int, start: int, end: int) -> int:
        """Where a clause that was opened ends before some words; -1 when it goes on to them.

        At a comma, or at a second finite verb: "the war that broke out in May was nearly lost".
        """
        comma = self.text.find(",", opened, start)
        if comma >= 0:
            return comma
        words = [w for w in _WORD.finditer(self.text, opened, start) if self._is_finite(w.group())]
        own = any(self._is_finite(word) for word in _WORD.findall(self.text[start:end]))
        if len(words) + own < 2 or first == opened:
            return -1
        return start if own else words[-1].start()

    def _has_own_verb(self, at: int, last: int | None = None) -> bool:
        """Whether a finite verb comes soon, or before `last`."""
        near = self.text[at:last].split(",")[0] if last is None else self.text[at:last]
        words = _WORD.findall(near)[: _MANY if last else 2 * _BESIDE]
        return any(self._is_finite(word) for word in words)

    def _is_finite(self, word: str) -> bool:
        if self._is_free:
            return is_finite_verb(word)
        ends = word.endswith(self.words.grammar.participle_endings) and len(word) > _SHORT
        return ends or self.words.says("copulas", word) or self.words.says("common_verbs", word)

    def _next_verbs(self, end: int, last: int, most: int) -> list[Span]:
        """The next deed, with at most so many words before it, and those joined to it by "or"."""
        later = [v for v in self.verbs if end <= v[0] < max(last, end + 1)]
        if not later:
            return []
        between = self.text[end : later[0][0]]
        words = _WORD.findall(between)
        named = [word for word in words if self.cues["articles"].fullmatch(word)]
        if len(words) > most or set(between) & set(",;:") or (named and most < _GAP["nobody"]):
            return []
        found = [v for v in later if v[0] == later[0][0] or v[0] < later[0][1]]
        for verb in later[len(found) :]:
            joined = self.text[found[-1][1] : verb[0]]
            if len(joined) > 1 and self.cues["or"].fullmatch(joined.strip(" ,")):
                found.append(verb)
        return found

    def _subject(self, at: int) -> str:
        """The words before a verb of saying: who says it."""
        first = self._clause(at, at)[0]
        words = _WORD.findall(self.written[first:at])
        # "In Paris it was rumoured that": nobody is named.
        verb = any(self.words.says("copulas", word.lower()) for word in words)
        named = any(w[0].isupper() or self.cues["papers"].fullmatch(w) for w in words)
        return " ".join(words) if named and not verb and len(words) <= _SOURCE else ""


_NOTHING = re.compile(r"(?!)")


def _skip(text: str, at: int) -> int:
    """Past a comma and spaces."""
    while at < len(text) and text[at] in " ,":
        at += 1
    return at


def _holds(longer: Span, one: Span) -> bool:
    inside = longer[0] <= one[0] and one[1] <= longer[1]
    return inside and longer[1] - longer[0] > one[1] - one[0]


def _longest(hits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of words inside each other the longest: "едва не" is no "не"."""
    return sorted(
        (a, b, kind)
        for a, b, kind in set(hits)
        if not any(_holds((c, d), (a, b)) for c, d, _ in hits)
    )


@functools.cache
def _cues(language: str) -> dict[str, re.Pattern[str]]:
    """The words of a language by what they do; none where it has no such table."""
    path = language_folder(language) / "predicates.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        kind: phrases(words) if words else _NOTHING
        for kind, words in table.get("factuality", {}).items()
    }
