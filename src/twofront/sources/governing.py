"""The words that govern a deed: what denies, plans, supposes or reports it, and how far they reach.

Every kind of words in the table `factuality` of `languages/<language>/predicates.toml` has a method
here that bears its name; it is read from the clause around the words and no wider one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .clauses import BESIDE, SOURCE, WORD, Clauses, Span, longest
from .factuality import CONDITIONAL, DENIED, ENDORSED, PLANNED, POSSIBLE, REFUTED, REPORTED
from .grammar.dictionary import is_infinitive

_GAP = {"not": 2, "no": 2, "nobody": 6, "denied_to": 3, "without": 2, "would": 3, "possible": 3}
_SOON = 60  # letters of the next sentence in which "That was false" stands
# Words that do not govern a deed themselves.
_PLACES = (
    "until", "focus", "contrast", "borders", "openers", "and", "or", "articles", "asks", "fates",
    "subjects", "exempt",
)  # fmt: skip


@dataclass(frozen=True)
class Operator:
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


class Governing(Clauses):
    """The operators of one sentence; `following` is the next one, which may refute this one."""

    def __init__(
        self,
        text: str,
        language: str,
        verbs: Iterable[Span],
        dates: Iterable[Span] = (),
        numbers: Iterable[Span] = (),
        following: str = "",
    ) -> None:
        super().__init__(text, language, verbs, dates)
        self.numbers = list(numbers)
        self.following = following[:_SOON].lower()
        self.operators: list[Operator] = []
        self.stance = ""
        self._exempt: list[Span] = []
        if self.cues:
            self._read()

    def _read(self) -> None:
        cues, text = self.cues, self.text
        self._exempt = [m.span() for m in cues["exempt"].finditer(text)]
        hits = [
            (m.start(), m.end(), kind)
            for kind, pattern in cues.items()
            if kind not in _PLACES
            for m in pattern.finditer(text)
        ]
        hits = [h for h in hits if not any(a <= h[0] and h[1] <= b for a, b in self._exempt)]
        longer = [*self._exempt, *((a, b) for a, b, _ in hits)]
        self._part(longer)
        self.stance = self._stance(hits)
        polar = text.rstrip(" \"'”»").endswith("?") and not self._asks_for_more()
        if polar:
            everything = 0, len(text)
            self._add(CONDITIONAL, self.verbs, everything, [everything])
        for start, end, kind in longest(hits):
            rule = getattr(self, f"_read_{kind}", None)
            if rule is not None:
                rule(start, end)

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
        behind = [m for m in said.finditer(after) if len(WORD.findall(after[: m.start()])) < 2]
        ahead = [m for m in said.finditer(before) if not WORD.findall(before[m.end() :])]
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
        first = WORD.findall(self.text)[:2]
        return any(self.cues["asks"].fullmatch(word) for word in first)

    def _add(
        self, status: str, verbs: Iterable[Span], after: Span, reach: Iterable[Span],
        **more: Any,
    ) -> None:  # fmt: skip
        self.operators.append(Operator(status, frozenset(verbs), after, tuple(reach), **more))

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
        if self._is_inside(start):  # "A, which had wanted to attack B, landed on 5 May"
            last = self._until_a_verb(end, last)
        if self._is_free:
            # «Решил участь флота» is no plan, «решил атаковать» and «ждали атаки» are.
            words = list(WORD.finditer(self.text, end, last))[: 2 * BESIDE]
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
        named = [v for v in self.verbs if start < v[0] and v[1] <= end]
        if named:  # "before the planned attack on B, A came": only what the noun tells of
            reach = [(start, self._until_a_verb(end, clause[1]))]
            self._add(PLANNED, named, (end, end), reach)
            return
        verbs = [v for v in self.verbs if clause[0] <= v[0] < clause[1]]
        self._add(PLANNED, verbs, clause, self._around(clause, start))

    # Over a whole clause.
    def _read_according(self, start: int, end: int) -> None:
        """ "According to Nilsson, ...": who says it stands between the words and a comma."""
        behind = self.written[end:].partition(",")[0]
        named = " ".join(WORD.findall(behind)) if "," in self.text[end:] else ""
        self._over(start, named if 0 < len(named.split()) <= SOURCE else "")

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
        if said is not None and len(WORD.findall(self.text[end : said.start()])) < 2:
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
        subject = WORD.search(self.written, end)
        named = subject is not None and (
            subject.group()[0].isupper() or self.cues["subjects"].fullmatch(subject.group())
        )
        had = self._is_finite(self.text[start:end])
        if head and named and self.cues["would" if had else "would_be"].search(self.text, end):
            self._read_if(start, end)


def _skip(text: str, at: int) -> int:
    """Past a comma and spaces."""
    while at < len(text) and text[at] in " ,":
        at += 1
    return at
