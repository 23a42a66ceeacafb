"""What texts say about time, found in their words, and whether it can all be true.

    readings → happenings → points and bounds → smallest sets that cannot all be true

Happenings become one point when they are the same act on the same treaty, a promise and its
keeping, tied by the alignment of documents, or an event of the list. Two conventions are known: a
treaty ends with war between its parties, and a fight is won when the fighting ends.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from twofront.basics import bounds, days_apart, is_edtf, room_of_a_date
from twofront.sources import Event, Events, Gazetteer, Mention, load_events, load_gazetteer
from twofront.sources.grammar.letters import SMALL
from twofront.sources.grammar.lexicon import lexicon
from twofront.sources.happenings import Happening, facets_of, names_of
from twofront.sources.lives import Act, lives_of

from .alignment import Alignment, Reading, Tie, align
from .calendar_days import DUAL, tells_of_two
from .clashes import LASTING, ORIGIN, Statement, Timeline
from .distances import allowed, apart, quoted
from .factual import may_be_fact, not_facts, only_told, what_it_does
from .lengths import BOUNDING, is_a_day, lengths_of
from .likeness import kin
from .listed_days import told_of_the_list
from .network import Bound
from .order import orders_of
from .single_days import impossible_days
from .stretches import stretches_of
from .sums import sums_of
from .words import NAMED, OF_A_PERSON, ON_PACTS, PARTS, deed, placed

_EVENT_NEAR = 62  # days within which a happening may be an event of the list
_WAR = ("attack", "enter")
_COUNTED_NEAR = 7  # days within which one that is counted may be one
_SAME_WAR = 1500  # days between a date and what it is counted from
_NAMESAKE = 1500  # days after a death beyond which it is somebody else of the name
_ALWAYS = (dt.date.min.toordinal(), dt.date.max.toordinal())
_NEXT = 5  # letters between the words that a date is counted from and its other name: ", on "
_TO_THE_DAY = 10  # characters of a date that is one day
_DENIED = "!="  # the comparison of a count that the text denies
_FROM_THE_STORY = ("offset-later", "offset-earlier", "pointing-X")
"""Rules of dates that are counted from what was told before."""
_AGO = "offset-ago"
_YEAR = 366
_CAPITALS = re.compile(rf"\b[^\W\d_{SMALL}][^\W\d_]{{2,}}")
_STEM = 5  # letters of a name that all its forms have
_SIDE_BY_SIDE = 3  # letters between two dates in apposition
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
class _Builder:
    def __init__(
        self,
        readings: Sequence[Reading],
        events: Events,
        gazetteer: Gazetteer,
        alignment: Alignment,
    ) -> None:
        self.gazetteer, self.events = gazetteer, events
        self.everything = {r.document.id: r.happenings(gazetteer) for r in readings}
        self.told = {
            doc: [
                h
                for h in happenings
                if h.mention.type == "DATE" and _is_bounded(h.mention) and may_be_fact(h)
            ]
            for doc, happenings in self.everything.items()
        }
        self.reports = {
            h.mention: what_it_does(h.factuality)
            for happenings in self.told.values()
            for h in happenings
            if h.factuality.is_open
        }
        self.texts = {r.document.id: r.document.text for r in readings}
        self.styled = frozenset(r.document.id for r in readings if tells_of_two(r.mentions))
        self.listed: dict[Mention, Event] = {}
        for reading in readings:
            self.listed |= told_of_the_list(reading, events, gazetteer)
        self.lives = [lives_of(r.document, r.mentions, gazetteer) for r in readings]
        self.point_of: dict[Mention, str] = {}
        self.parent: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.statements: list[Statement] = []
        self.beside: dict[Mention, Mention] = {}  # counts, and the dates beside that say the same
        self.sentences = {
            (r.document.id, p.para, p.sent): (p.start, p.end)
            for r in readings
            for p in r.document.passages
        }
        self.alignment = alignment

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

    def _root(self, point: str) -> str:
        while self.parent.get(point, point) != point:
            point = self.parent[point]
        return point

    def _unite(self, one: str, other: str) -> None:
        # An event of the list, then the earlier point, gives the group its name.
        roots = sorted((self._root(one), self._root(other)), key=lambda p: (p[0] != "@", p))
        if roots[0] != roots[1]:
            self.parent[roots[1]] = roots[0]

    def _point(self, happening: Happening) -> str:
        return self._root(self.point_of[happening.mention])

    # ------------------------------------------------------------ which happenings are one
    def _join(self, happenings: list[Happening]) -> None:
        promised: str | None = None
        before: Happening | None = None
        beside = False  # whether the date before is a second name for the one before it
        for happening in happenings:
            point = self.point_of[happening.mention]
            if happening.predicate in ON_PACTS:
                for pact in happening.pacts & self._lasting(happening):
                    self._unite(f"{happening.predicate} {pact}", point)
                    self.titles[f"{happening.predicate} {pact}"] = self._title(happening)
            text = self.texts[happening.mention.doc]
            beside = before is not None and not beside and _is_apposition(before, happening, text)
            if before is not None and beside:
                self._unite(self.point_of[before.mention], point)
                counted, dated = before.mention, happening.mention
                if not _is_counted(counted):
                    counted, dated = dated, counted
                self.beside[counted] = dated
            before = happening
            if happening.predicate == "keep" and promised is not None:
                self._unite(promised, point)
            if happening.predicate == "promise":
                promised = self._content(happening, happenings)

    def _join_tied(self) -> None:
        """Of several ties between a mention and another text the strongest joins.

        What is only tied by way of a coarse date ("September", which is that of the 9th and of the
        29th) is not joined: ties that agree make no group whose days do not.
        """
        used: set[tuple[Mention, str]] = set()
        days: dict[str, tuple[int, int]] = {}
        for mention, point in self.point_of.items():
            root, window = self._root(point), _window(mention)
            days[root] = _common(days.get(root, window), window)
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
            days[self._root(roots[0])] = _common(one, other)

    def _lasting(self, happening: Happening) -> frozenset[str]:
        """Treaties that are named in full; "a pact" may be any pact."""
        named = happening.pacts & self.gazetteer.ids.keys()
        return named if len(named) == 1 else frozenset()

    def _content(self, promise: Happening, happenings: list[Happening]) -> str | None:
        for other in happenings:
            same = (other.mention.para, other.mention.sent) == (
                promise.mention.para,
                promise.mention.sent,
            )
            if same and other.predicate == promise.promised and other is not promise:
                return self.point_of[other.mention]
        return None

    # ------------------------------------------------------------ what each of them says
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
            rounded = _within(point, room_of_a_date(kindly) if "~" in kindly else kindly)
        self.statements.append(
            Statement(
                "dated",
                (point,),
                text,
                _within(point, value),
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

    def _anchor(self, happening: Happening) -> str | None:
        """What a happening is counted from: a date in the same words, an event, another happening.

        What is only described and nowhere dated becomes a point of its own.
        """
        mention = happening.mention
        if happening.counted_from_date in self.point_of:
            return self._root(self.point_of[happening.counted_from_date])  # type: ignore[index]
        if mention.anchor and mention.anchor in self.events:
            event = self.events[mention.anchor]
            if event.lasts:  # counted from its first day or its last: from the one that fits
                ends, value = event.date.split("/"), str(mention.value)
                return self._day_point(min(ends, key=lambda end: days_apart(end, value)))
            return self._event_point(event)
        if mention in self.beside and mention.rule in _FROM_THE_STORY:
            return self._day_of_the_story(happening)
        if mention.anchor and is_edtf(mention.anchor):
            just = self._just_told(happening)
            # What stands beside a count is no day from which it is counted.
            itself = mention in self.beside and mention.anchor == str(self.beside[mention].value)
            if just is not None or not itself:
                return just or self._day_point(mention.anchor)
        names = self._names_counted_from(happening)
        if happening.counted_from is None or not happening.counted_from[0]:
            return self._only_day_of(names, mention) if names else None
        unknown = names - self.gazetteer.titles.keys() - self.gazetteer.ids.keys()
        base = Happening(mention, *happening.counted_from)
        here = self._told_before(happening, unknown)
        places = {name for name in names if self.gazetteer.ids.get(name) == "PLACE"}
        telling = unknown or names & self.gazetteer.persons or frozenset(places)
        here = here or (self._told_of_by_name(happening, telling) if telling else None)
        if here is not None:
            return here
        event = self._event_like(base, None)
        if event is not None:
            return self._event_point(event)
        point = f"{mention.doc}!{mention.start}"
        self.titles[point] = self._title(base)
        return point

    def _names_counted_from(self, happening: Happening) -> frozenset[str]:
        """Ids and keys of the names in the words that a date is counted from."""
        mention, last = happening.mention, happening.counted_until
        if last < 0:
            return frozenset()
        words = self.texts[mention.doc][mention.end : last].strip()
        return names_of(words, self.gazetteer, mention.language)

    @staticmethod
    def _is_another(names: frozenset[str], other: Happening) -> bool:
        """Whether the paragraph of a happening has no name of the words that one counts from."""
        return bool(names) and not names & (other.names | other.around)

    def _told_of_by_name(self, happening: Happening, names: frozenset[str]) -> str | None:
        """ "Ten weeks after Veprik surrendered", of which another text or sentence gives the day.

        What happened is akin, and a name stands in its sentence, or else in its paragraph; it
        counts when all that fit best are of one day.
        """
        mention, predicate = happening.mention, (happening.counted_from or ("",))[0]
        found: dict[tuple[bool, bool, bool], list[Happening]] = {}
        for told in self.told.values():
            for other in told:
                same = (other.mention.doc, other.mention.sent, other.mention.para) == (
                    mention.doc, mention.sent, mention.para,
                )  # fmt: skip
                exact = self._is_a_day_near(other.mention, mention)
                akin = other.predicate == predicate or kin(predicate, other.predicate) > 0
                if same or not exact or not akin or not names & (other.names | other.around):
                    continue
                fits = (
                    names <= other.names,
                    other.predicate == predicate,
                    other.mention.doc == mention.doc,
                )
                found.setdefault(fits, []).append(other)
        best = found[max(found)] if found else []
        one_day = len({str(other.mention.value) for other in best}) == 1
        return self._point(min(best, key=_place)) if one_day else None

    @staticmethod
    def _is_a_day_near(other: Mention, mention: Mention) -> bool:
        """Whether a date is a day, not counted itself, in the years of another."""
        if other.offset or other.modifier in BOUNDING or not is_a_day(other):
            return False
        return days_apart(str(other.value), str(mention.value)) <= _SAME_WAR

    def _only_day_of(self, names: frozenset[str], mention: Mention) -> str | None:
        """ "Six weeks after Sedan": the day that the texts give for what happened there, if one."""
        here = mention.doc, mention.sent, mention.para
        there = [
            other
            for told in self.told.values()
            for other in told
            if names <= other.names | other.places
            and other.predicate
            and (other.mention.doc, other.mention.sent, other.mention.para) != here
            and self._is_a_day_near(other.mention, mention)
        ]
        days = {str(other.mention.value) for other in there}
        first = min(there, key=_place, default=None)
        return self._point(first) if first is not None and len(days) == 1 else None

    def _told_before(self, happening: Happening, names: frozenset[str]) -> str | None:
        """The happening of this text that another one is counted from, by predicate and names."""
        predicate, actors, places = happening.counted_from or ("", frozenset(), frozenset())
        if predicate and not (actors or places):
            return self._only_one_before(happening, predicate, names)
        best: tuple[int, int, str] | None = None
        for other in self.told[happening.mention.doc]:
            mention = other.mention
            if other.predicate != predicate or mention.offset or mention is happening.mention:
                continue
            named = len(places & other.places)
            if self._is_another(names, other):
                continue
            if not named and (places or not actors or not actors <= other.actors):
                continue
            near = -abs(mention.start - happening.mention.start)
            if best is None or (named, near) > best[:2]:
                best = named, near, self._point(other)
        return best[2] if best else None

    def _only_one_before(
        self, happening: Happening, predicate: str, names: frozenset[str]
    ) -> str | None:
        """ "Ten days after the landing": of which there has been but one so far.

        What its own paragraph tells comes before what others tell.
        """
        found = [
            other
            for other in self.told[happening.mention.doc]
            if other.predicate == predicate
            and not other.mention.offset
            and other.mention.end < happening.mention.start
            and not self._is_another(names, other)
        ]
        here = [other for other in found if other.mention.para == happening.mention.para]
        points = {self._point(other) for other in self._named(happening, here or found)}
        return points.pop() if len(points) == 1 else None

    def _just_told(self, happening: Happening) -> str | None:
        """The last happening of the paragraph with the predicate that a date is counted from.

        "Ten days after the landing at B" is counted from the one that is told with that name; and
        where the reading has found a day that fits, from that.
        """
        predicate = happening.counted_from[0] if happening.counted_from else ""
        before = [
            other
            for other in self.told[happening.mention.doc]
            if predicate
            and other.predicate == predicate
            and other.mention.para == happening.mention.para
            and other.mention.end < happening.mention.start
            and not other.mention.offset
            and other.mention is not self.beside.get(happening.mention)
        ]
        before = self._named(happening, before)
        fits = [other for other in before if str(other.mention.value) == happening.mention.anchor]
        last = (fits or before)[-1:]
        return self._point(last[0]) if last else None

    def _named(self, happening: Happening, found: list[Happening]) -> list[Happening]:
        """Of several happenings those beside whose day a name stands that one counts from.

        "They landed at A on the 5th and at B on the 9th": the landing at A is on the 5th.
        """
        mention, text = happening.mention, self.texts[happening.mention.doc]
        words = text[mention.end : max(mention.end, happening.counted_until)]
        names = [word[:_STEM] for word in _CAPITALS.findall(words)]
        if not names or len(found) < 2:
            return found
        far: dict[int, list[Happening]] = {}
        for other in found:
            first, last = self.sentences[other.mention.doc, other.mention.para, other.mention.sent]
            near = [
                min(abs(at - other.mention.end), abs(at + len(name) - other.mention.start))
                for name in names
                for at in _found_at(text, name, first, last)
            ]
            far.setdefault(min(near, default=len(text)), []).append(other)
        return far[min(far)] if min(far) < len(text) else found

    def _day_of_the_story(self, happening: Happening) -> str | None:
        """ "A week later, on 30 August": counted from the day told before, if none fits better.

        Any day of the paragraph may be meant; where one fits, nothing is said.
        """
        mention = happening.mention
        dated = self.beside[mention]
        days = allowed(mention)
        before = [
            other
            for other in self.told[mention.doc]
            if other.mention.para == mention.para
            and other.mention.end < min(mention.start, dated.start)
            and other.mention not in (mention, dated)
        ]
        if not before or days is None or not is_a_day(dated):
            return None
        last = before[-1].mention
        near = mention.sent - last.sent <= 1 and is_a_day(last) and not last.modifier
        if (
            not near
            or (last.rule == DUAL) != (dated.rule == DUAL)
            or last.attribution != mention.attribution
        ):
            return None
        low, high = days[1]
        there = dt.date.fromisoformat(str(dated.value)).toordinal()
        for other in before:
            first, end = _window(other.mention)
            if first + low <= there <= end + high:
                return None
        return self._point(before[-1])

    def _day_point(self, edtf: str) -> str:
        point = f"={edtf}"
        if point not in self.titles:
            self.titles[point] = _when(edtf)
            known = Statement("known", (point,), "", _within(point, edtf))
            self.statements.append(known)
        return point

    def _title(self, happening: Happening) -> str:
        """`the end of the Peace of Paris`, `the attack (Germany, Poland)`."""
        name = self.gazetteer.title
        if happening.predicate in ON_PACTS and happening.pacts:
            return deed(happening.predicate, map(name, sorted(happening.pacts)))
        label = deed(happening.predicate)
        parties = [name(key) for key in sorted(happening.actors or happening.places)]
        if happening.predicate in OF_A_PERSON:
            persons = sorted(happening.names & self.gazetteer.persons)
            parties = [name(persons[0])] if len(persons) == 1 else parties
        parties = parties or list(happening.named[:NAMED])
        return f"{label} ({', '.join(parties)})" if parties else label

    # ------------------------------------------------------------ the list of events
    def _event_point(self, event: Event) -> str:
        point = f"@{event.id}"
        if point not in self.titles:
            name = next(iter(event.names.get("en") or next(iter(event.names.values()))))
            self.titles[point] = f"the {name}" if name[:1].islower() else name
            text = f"the list of events puts {self.titles[point]} {placed(event.date)}"
            self.statements.append(Statement("known", (point,), text, _within(point, event.date)))
        return self._root(point)

    def _join_event(self, happening: Happening) -> None:
        """A happening is an event of the list when its date fits, or is only counted."""
        value = str(happening.mention.value)
        event = self.listed.get(happening.mention)
        if event is not None:  # and has another day
            self._event_point(event)
            self._unite(f"@{event.id}", self.point_of[happening.mention])
            return
        event = self._event_like(happening, value, kin=False)
        within = happening.mention.within
        counted = _COUNTED_NEAR if happening.mention.offset else 0
        if event and days_apart(within, event.date) <= counted:
            self._event_point(event)
            self._unite(f"@{event.id}", self.point_of[happening.mention])

    def _event_like(self, happening: Happening, near: str | None, kin: bool = True) -> Event | None:
        """The event of the list with this predicate (or kin) whose parties all take part."""
        here = happening.actors | happening.places
        for event in self.events if happening.predicate and here else ():
            if event.lasts:
                continue  # what happens in a war is not the war
            predicate, actors, places = _facets(
                next(iter(event.names.get("en", ())), ""), self.gazetteer
            )
            parties = actors | places
            same = predicate == happening.predicate or (
                kin and _akin(predicate, happening.predicate)
            )
            if not parties or not predicate or not same or not parties <= here:
                continue
            if near is None or days_apart(near, event.date) <= _EVENT_NEAR:
                return event
        return None

    # ------------------------------------------------------------ what is taken for granted
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


# ---------------------------------------------------------------- small things
@cache
def _facets(name: str, gazetteer: Gazetteer) -> tuple[str, frozenset[str], frozenset[str]]:
    return facets_of(name, gazetteer) if name else ("", frozenset(), frozenset())


def _akin(one: str, other: str) -> bool:
    same = {"attack": "war", "enter": "war", "win": "end", "surrender": "end"}
    return bool(one) and same.get(one, one) == same.get(other, other)


def _is_apposition(one: Happening, other: Happening, text: str) -> bool:
    """ "On 30 June, eight days after ...": two dates of one thing, side by side.

    Only "exactly eight days after" may stand elsewhere by the same verb: "Eight days later" rather
    dates the next thing. "They took A on the 20th, ten days after the landing" ends its sentence.
    """
    first, second = one.mention, other.mention
    if (first.para, first.sent) != (second.para, second.sent):
        return False
    if _is_counted(first) == _is_counted(second):
        return False
    counted, dated = (first, second) if _is_counted(first) else (second, first)
    if counted.rule in _FROM_THE_STORY and is_a_day(dated):
        return _says_the_same(counted, dated, text)
    if not counted.rule.startswith("offset"):
        return False
    if counted.rule == _AGO and days_apart(str(counted.value), str(dated.value)) > _YEAR:
        return False  # "today, 28 May 2022, forty years ago": the day from which it is counted
    if counted is second and _ends_with_a_count(one, other, text):
        return True
    if counted.anchor == str(dated.value).rstrip("?~%"):
        return False  # counted from the other, not a second name for it
    begins = counted.start if counted.opens is None else counted.opens
    led = text[:begins].rsplit(maxsplit=1)[-1:]
    exact = bool(led) and lexicon(counted.language).says("exactly", led[0].lower())
    if exact and one.verb >= 0 and one.verb == other.verb:
        return True
    opens = begins if counted is second else second.start
    near = 0 <= opens - first.end <= _SIDE_BY_SIDE + exact * len(" ".join(led))
    unit = (counted.offset or "")[-1:]
    if counted is first and one.counted_until >= 0 and (unit in ("D", "W") or is_a_day(dated)):
        # "Ten days after the landing, on 3 May, ...": the date follows what it is counted from.
        # "Ten years before, in May" is a way of speaking.
        between = text[one.counted_until : second.start]
        near |= unit != "Y" and between.startswith(",") and len(between) <= _NEXT
    return near


def _is_counted(mention: Mention) -> bool:
    """Whether a date is one that is counted from something."""
    return mention.rule.startswith("offset") or mention.rule in _FROM_THE_STORY


def _says_the_same(counted: Mention, dated: Mention, text: str) -> bool:
    """ "Ten days later, on 20 August", "on 20 August, the next day": in commas."""
    if not re.fullmatch(r"-?P[\d.]+[DWM]", counted.offset or ""):
        return False
    if counted.rule.startswith("pointing") and counted.offset != "P1D":
        return False
    first, second = sorted((counted, dated), key=lambda m: m.start)
    begins = second.start if second.opens is None else second.opens
    between = text[first.end : begins]
    closed = counted is first or text[second.end : second.end + 1] in (",", ".", ";")
    return len(between) <= _NEXT and between.startswith(",") and closed


def _ends_with_a_count(one: Happening, other: Happening, text: str) -> bool:
    """ "On 20 August they took A, ten days after the landing.": a date and a count of one verb."""
    counted = other.mention
    if other.counted_from is None or one.verb < 0 or one.verb != other.verb:
        return False
    if not is_a_day(one.mention) or (counted.offset or "")[-1:] == "Y":
        return False
    begins = counted.start if counted.opens is None else counted.opens
    between = text[one.mention.end : begins].rstrip()
    words = re.findall(r"\w+", between.lower())
    joined = any(lexicon(counted.language).says("coordinators", word) for word in words)
    alone = between.endswith(",") and between.count(",") == 1 and not set(between) & set(";:—–(")
    until = text[other.counted_until : other.counted_until + 1]
    return alone and not joined and until in (".", ";", "")


def _found_at(text: str, word: str, first: int, last: int) -> Iterator[int]:
    at = text.find(word, first, last)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, last)


def _window(mention: Mention) -> tuple[int, int]:
    """First and last day in which a dated thing lies."""
    first, last = bounds(mention.within)
    return (
        first.toordinal() if first else _ALWAYS[0],
        last.toordinal() if last else _ALWAYS[1],
    )


def _place(happening: Happening) -> tuple[str, int]:
    return happening.mention.doc, happening.mention.start


def _common(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The days that two windows share, or where they share none all from the first to the last."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else (min(one[0], other[0]), max(one[1], other[1]))


def _order(tie: Tie) -> tuple[object, ...]:
    """The strongest tie first, whatever the order of the texts."""
    ends = sorted((m.doc, m.start, m.end) for m in (tie.first, tie.second))
    return -tie.strength, *ends


def _is_bounded(mention: Mention) -> bool:
    value = str(mention.value)
    if not is_edtf(value):
        return False
    first, last = bounds(value)
    return first is not None or last is not None


def _within(point: str, edtf: str) -> tuple[Bound, ...]:
    earliest, latest = bounds(edtf)
    found = []
    if latest is not None:
        found.append(Bound(ORIGIN, point, latest.toordinal(), 0))
    if earliest is not None:
        found.append(Bound(point, ORIGIN, -earliest.toordinal(), 0))
    return tuple(found)


def _may_join(one: Mention, other: Mention) -> bool:
    """Wide dates say when a thing was under way, not when it happened; parts of a month do.

    "A month later" is no day of that month that another text gives for something.
    """
    counted = any(m.offset and len(str(m.value)) < _TO_THE_DAY for m in (one, other))
    return not counted and all("/" not in str(m.value) or m.modifier in PARTS for m in (one, other))


def _when(edtf: str) -> str:
    return placed(edtf).split(" ", 1)[1]
