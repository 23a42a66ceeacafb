"""What texts say about time, found in their words, and whether it can all be true.

    readings → happenings → points and bounds → smallest sets that cannot all be true

Happenings become one point when they are the same act on the same treaty, a promise and its
keeping, tied by the alignment of documents, or an event of the list. Two conventions are known: a
treaty ends with war between its parties, and a fight is won when the fighting ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from twofront.basics import days_apart, room_of_a_date
from twofront.sources import Events, Gazetteer, Mention, load_events, load_gazetteer
from twofront.sources.happenings import Happening
from twofront.sources.lives import Act

from .alignment import Alignment, Reading, Tie, align
from .clashes import LASTING, Statement, Timeline
from .counted_from import CountedFrom
from .distances import allowed, apart, quoted
from .factual import not_facts, only_told
from .lengths import lengths_of
from .network import Bound
from .order import orders_of
from .points import common, lies_within, window_of
from .single_days import impossible_days
from .stretches import stretches_of
from .sums import sums_of
from .words import PARTS, placed

_WAR = ("attack", "enter")
_NAMESAKE = 1500  # days after a death beyond which it is somebody else of the name
_TO_THE_DAY = 10  # characters of a date that is one day
_DENIED = "!="  # the comparison of a count that the text denies
_VICTORY_NEAR = 62  # days between a victory and a truce of the same parties in one story


def timeline(
    readings: Sequence[Reading],
    events: Events | None = None,
    gazetteer: Gazetteer | None = None,
    alignment: Alignment | None = None,
) -> Timeline:
    """Everything that some documents say about time."""
    known = gazetteer or load_gazetteer()
    listed_events = events or load_events()
    builder = _Builder(readings, listed_events, known, alignment or align(readings, known))
    told = builder.build()
    facts, unreal = only_told(builder.everything), not_facts(builder.everything)
    told.amounts.extend(clash for reading in readings for clash in impossible_days(reading))
    sums = (clash for reading in readings for clash in sums_of(reading))
    told.amounts.extend(clash for clash in sums if unreal.isdisjoint(clash.mentions))
    told.amounts.extend(orders_of(readings, facts, known))
    stretches = stretches_of(readings, facts)
    done = {clash.mentions[0] for clash in stretches}
    lengths = lengths_of(builder.texts, facts)
    told.amounts.extend(stretches + [clash for clash in lengths if clash.mentions[0] not in done])
    return told


# ---------------------------------------------------------------- building
class _Builder(CountedFrom):
    def build(self) -> Timeline:
        for doc, happenings in self.told.items():
            for number, happening in enumerate(happenings):
                point = f"{doc}#{number}"
                self.point_of[happening.mention] = point
                self.titles[point] = self._title(happening)
        for happenings in self.told.values():
            self._join(happenings)
        self._join_tied()
        for happenings in self.told.values():
            for happening in happenings:
                self._join_event(happening)
        for happenings in self.told.values():
            for happening in happenings:
                self._say(happening)
        self._conventions()
        at: dict[str, list[Mention]] = {}
        for mention, point in self.point_of.items():
            at.setdefault(self._root(point), []).append(mention)
        return Timeline(self.statements, self.titles, at, styled=self.styled)

    def _join_tied(self) -> None:
        """Of several ties between a mention and another text the strongest joins.

        What is only tied by way of a coarse date ("September", which is that of the 9th and of the
        29th) is not joined: ties that agree make no group whose days do not.
        """
        used: set[tuple[Mention, str]] = set()
        days: dict[str, tuple[int, int]] = {}
        for mention, point in self.point_of.items():
            root, window = self._root(point), window_of(mention)
            days[root] = common(days.get(root, window), window)
        for tie in sorted(self.alignment.ties, key=_order):
            ends = self.point_of.get(tie.first), self.point_of.get(tie.second)
            sides = {(tie.first, tie.second.doc), (tie.second, tie.first.doc)}
            if tie.relation == "complements" or None in ends or sides & used:
                continue
            if not _may_join(tie.first, tie.second):
                continue
            roots = [self._root(end) for end in ends if end is not None]
            one, other = (days[root] for root in roots)
            apart = max(one[0], other[0]) > min(one[1], other[1])
            if apart and tie.relation != "conflict":
                continue
            used |= sides
            self._unite(*roots)
            days[self._root(roots[0])] = common(one, other)

    def _say(self, happening: Happening) -> None:
        mention = happening.mention
        point = self._point(happening)
        counted = self._counted(happening, point)
        if not counted:
            self._dated(mention, point)

    def _dated(self, mention: Mention, point: str) -> None:
        # What lasted since or until a day began or ended then; read kindly, it is only a limit.
        lasts = mention.modifier in LASTING
        value = str(mention.value) if lasts else mention.within
        text = f"{mention.place} puts {self.titles[point]} {placed(value)}"
        rounded: tuple[Bound, ...] = ()
        if lasts or "~" in value:
            kindly = mention.within
            rounded = lies_within(point, room_of_a_date(kindly) if "~" in kindly else kindly)
        self.statements.append(
            Statement(
                "dated",
                (point,),
                text,
                lies_within(point, value),
                mention,
                rounded,
                self.reports.get(mention, ""),
            )
        )

    def _counted(self, happening: Happening, point: str) -> bool:
        """State a distance from something else; False when there is none to state."""
        mention = happening.mention
        lasts = mention.modifier in LASTING
        days = allowed(mention, lasts)
        # "Last year" and anniversaries are no distances between events.
        if days is None or not (mention.rule.startswith("offset") or mention in self.beside):
            return mention.comparison == _DENIED
        anchor = self._anchor(happening)
        if anchor is None or anchor == point:
            return mention in self.beside  # of which the date beside it says when it was
        said = quoted(mention, self.texts[mention.doc])
        text = f"{mention.place} counts “{said}” from {self.titles[anchor]}"
        exact, rounded = (apart(anchor, point, room) for room in days)
        report = self.reports.get(mention, "")
        self.statements.append(
            Statement("counted", (point, anchor), text, exact, mention, rounded, report)
        )
        return True

    def _conventions(self) -> None:
        everything = [h for happenings in self.told.values() for h in happenings]
        wars = [h for h in everything if h.predicate in _WAR and len(h.actors) > 1]
        for pact, point, ended in self._ends(everything):
            parties = frozenset(self.gazetteer.parties.get(pact, ()))
            for war in wars:
                day = days_apart(str(war.mention.value), str(ended.mention.value))
                if len(parties) > 1 and parties <= war.actors and day <= 366:
                    self._same(
                        point, self._point(war), "a treaty ends with war between its parties"
                    )
        for won in [h for h in everything if h.counted_from and h.counted_from[0] == "win"]:
            base = self._anchor(won)
            _, actors, places = won.counted_from or ("", frozenset(), frozenset())
            for truce in everything:
                if truce.mention.doc != won.mention.doc or "truce" not in truce.near:
                    continue
                shared = (actors | places) & (truce.actors | truce.places)
                near = days_apart(str(truce.mention.value), str(won.mention.value))
                exact = len(str(truce.mention.value)) == 10 and not truce.mention.modifier
                if base and shared and exact and near <= _VICTORY_NEAR:
                    why = "a fight is won when the fighting ends"
                    self._same(self._root(base), self._point(truce), why)
        acts: dict[str, list[Act]] = {}
        for act in (act for told in self.lives for act in told):
            acts.setdefault(act.key, []).append(act)
        for own in acts.values():
            # Of many passages that give one day, the first stands for all.
            first: dict[tuple[bool, str], Act] = {}
            for act in sorted(own, key=lambda act: (act.date.doc, act.date.start)):
                first.setdefault((act.is_death, str(act.date.value)), act)
            for death in (act for act in first.values() if act.is_death):
                for done in first.values():
                    late = days_apart(str(death.date.value), str(done.date.value))
                    later = str(done.date.value) > str(death.date.value)
                    if later and not done.is_death and 0 < late <= _NAMESAKE:
                        self._not_after(done, death)

    def _not_after(self, done: Act, death: Act) -> None:
        """Nobody acts after his death: both days are points of their own, with their passages."""
        points = [self._act_point(act) for act in (done, death)]
        if points[0] != points[1]:
            bound = (Bound(points[1], points[0], 0, 0),)
            why = f"the dead do not act ({done.name})"
            self.statements.append(Statement("convention", (points[0], points[1]), why, bound))

    def _act_point(self, act: Act) -> str:
        """The day of a deed or death as its passage gives it."""
        point = f"{act.date.doc}+{act.date.start}+{act.key}+{act.is_death:d}"
        if point not in self.titles:
            of = "the death of" if act.is_death else "a deed of"
            self.titles[point] = f"{of} {act.name}"
            self._dated(act.date, point)
        return point

    def _ends(self, everything: list[Happening]) -> list[tuple[str, str, Happening]]:
        return [
            (pact, self._point(h), h)
            for h in everything
            if h.predicate == "end-pact"
            for pact in h.pacts
        ]

    def _same(self, one: str, other: str, why: str) -> None:
        if one != other and not any(
            said.kind == "convention" and set(said.points) == {one, other}
            for said in self.statements
        ):
            both = (Bound(one, other, 0, 0), Bound(other, one, 0, 0))
            self.statements.append(Statement("convention", (one, other), why, both))


def _order(tie: Tie) -> tuple[object, ...]:
    """The strongest tie first, whatever the order of the texts."""
    ends = sorted((m.doc, m.start, m.end) for m in (tie.first, tie.second))
    return -tie.strength, *ends


def _may_join(one: Mention, other: Mention) -> bool:
    """Wide dates say when a thing was under way, not when it happened; parts of a month do.

    "A month later" is no day of that month that another text gives for something.
    """
    counted = any(m.offset and len(str(m.value)) < _TO_THE_DAY for m in (one, other))
    return not counted and all("/" not in str(m.value) or m.modifier in PARTS for m in (one, other))
