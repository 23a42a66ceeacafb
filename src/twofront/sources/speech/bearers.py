"""Who bears a rank, an office or a title, of those told of before.

bearer    whoever was called so before, or has that office, or one of the kind
ruler     a king or a president of that realm
untitled  whoever stands out, if nothing says that he is something else
"""

from __future__ import annotations

from ..grammar.declension import NOMINATIVE
from ..grammar.dictionary import is_known_name, is_nominative_adjective
from .discourse import FAR, SUBJECT
from .people import Person
from .referents import Referents

_CLEAR = 1.0  # by how much somebody must stand out to be "the general"
_NOBLE = 2.0  # and to be "the duke": there are fewer of them
_ALONE = 4.0  # and wherever he was told of last
_FAR_WORDS = 250  # tokens after which a title is no longer of whoever was named once
_CIVIL = ("engineers", "trades", "learned", "writers", "nobles", "others")  # kinds besides a rank
_WELL_KNOWN = 3  # mentions of whom somebody else's diary may tell by his rank alone
REMEMBERED = 40  # persons told of last, among whom "the general" is


class Bearers(Referents):
    """Weighs who of those told of before is "the general" or "the king"."""

    def _introduced_before(self, word: str, s: int) -> bool:
        """Whether "an old man" came before "the old man"."""
        if self.by_case:
            return False
        return any(
            low == word and any(self.says("indefinite", j) for j in range(max(0, k - 3), k))
            for k, low in enumerate(self._lows[max(1, s - FAR) : s - 2], max(1, s - FAR))
        )

    def _bearer(
        self, word: str, i: int, before: list[Person], states: set[str], what: str = ""
    ) -> str:
        """The last person who was called by the title.

        Of "General Hay left. Troops under General Orr, with skis, landed", the subject, if the text
        tells more of him.
        """
        para, aside = self.pieces.passages[i].para, ""
        for person in reversed(before):
            far = para - self.pieces.passages[person.first].para > 3
            far = far and (bool(states) or self._words_since(person, i) > _FAR_WORDS)
            if far and self.people.count[person.id] < 3:
                only = not states and self._is_only(word, person.id)
                if not only:
                    continue
            state = self.people.allegiance.get(person.id, "")
            if states and state not in {"", *states}:
                continue
            if states and not state and self.by_case and not self._is_called_of(person.id, states):
                continue  # «Лейтенант Зотов погиб. Ответил французский лейтенант»
            titles = self._titles_of(person.id)
            if what and self._office_of(person.id, word, what) != what:
                continue  # the chief of artillery is not the chief of staff
            if word in titles or any(self._is_rank_of(word, title) for title in titles):
                at = self._position(person.first)
                if self.by_case or at is None:
                    return person.id
                weight = self._weight_of(person, at)
                if aside not in ("", person.id) and weight >= SUBJECT:
                    one, other = (sum(p.id == key for p in before) for key in (aside, person.id))
                    return person.id if other > one else aside
                if not aside and weight >= 1:
                    return person.id
                aside = aside or person.id
                continue
            if aside:
                continue
            if self.words.kinds.same(word) & titles and not self._group(word):
                return person.id
        return aside

    def _is_called_of(self, key: str, states: set[str]) -> bool:
        """«Немецкий майор Курт Шолль»: whether an adjective before a name tells whose man he is."""
        if not self._said_of:
            for person in self.people.found:
                at = self._position(person.first)
                if at is not None:
                    self._said_of.setdefault(person.id, set()).update(self._states_before(at, 2))
        return not states.isdisjoint(self._said_of.get(key, ()))

    def bearer(self, word: str, at: int, never: str) -> str:
        """Who was called by a title before a story position."""
        i = self._piece_from(at)
        count = self.people.count
        before = [p for p in self.told_before(i, REMEMBERED) if p.id != never]
        near = -1 if self.by_case else self._window(at)
        known = [
            p for p in before
            if count[p.id] >= _WELL_KNOWN or 0 <= near <= (self._position(p.first) or 0)
        ]  # fmt: skip
        return self._bearer(word, i, known, set())

    def _is_only(self, word: str, key: str) -> bool:
        """Whether a text, where nouns have cases, gives a title to one man alone."""
        lasting = self.words.says("offices", word) or self.words.says("soldiers", word)
        if not (self.by_case and lasting):
            return False  # any day there is another envoy
        return self._all_called(word) == {key}

    def _all_called(self, word: str) -> set[str]:
        """Everybody whom the text calls by a title beside his name."""
        if word not in self._bearers:
            self._bearers[word] = {k for k in self.people.count if word in self._titles_of(k)}
        return self._bearers[word]

    def _words_since(self, person: Person, i: int) -> int:
        """Tokens of the narrative between a person and a piece; a quotation is one."""
        at = self._position(person.first)
        return (self._position(i) or 0) - (at if at is not None else 0)

    def _office_of(self, key: str, word: str, what: str) -> str:
        """Of what somebody is the chief, as far as the text tells; a minister is one of his own."""
        unknown = "" if self.words.says("of_departments", word) else what
        units = [self.words.kinds.unit(title) for title in self._titles_of(key)]
        unknown = next(filter(None, units), unknown)  # the «комбат» is not the «командир полка»
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
        if realms:  # of a tsar's realm, sooner than a monarch of whom no realm is known
            before = sorted(before, key=lambda person: allegiance.get(person.id, "") in realms)
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
        return is_known_name(name) and self.declension.case_of(name, set()) == NOMINATIVE

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
        group = self._group(word)
        for person in before:
            titles = self._titles_of(person.id)
            if not group and self.people.role_of.get(person.id) == "monarchs":
                continue  # a king is no chancellor
            if not self.by_case:
                titles = {t for t in titles if self.words.says("titles", t)}
            # "Sir John" and "Count Haller" may be generals.
            if self.words.says("soldiers", word):
                titles = {t for t in titles if not self.words.says("of_birth", t)}
                if self.by_case:  # an engineer may be a colonel
                    covers = self.words.kinds.covers  # a «военачальник» may be a general
                    titles = {t for t in titles if not (self._is_civil(t) or covers(t, word))}
            if not titles or (
                self.words.says("offices", word) and not any(self._group(t) for t in titles)
            ):
                free.append(person.id)
        near = map(self.low, range(self._window(s), s))
        if not self.by_case and any(self.suffixes.one_of(low) == word for low in near):
            return ""  # "two captains came in"
        start = self.sentence_start(s)
        same = {never, *(m.id for m in self._antecedents(start, s))}
        scores = self._scores(s, self.words.says("feminine_roles", word), same)
        ranked = sorted(((score[0], key) for key, score in scores.items()), reverse=True)
        if self.by_case or self.words.says("of_birth", word):
            ranked = [one for one in ranked if not one[1].startswith("UNNAMED")]  # no bugler
        if not self.by_case and ranked and not ranked[0][1].startswith("UNNAMED"):
            ranked = [one for one in ranked if one[1] in free]  # a prince is no imam
        if self.words.says("of_birth", word):
            chiefs = [one for one in ranked if self.people.commands[one[1]]]
            ranked = chiefs or ranked  # "Wallenstein's generals": he is the duke
        spoke = "" if self.words.says("of_birth", word) else self._has_just_spoken(s)
        if len(ranked) > 1 and ranked[0][1] == spoke and ranked[1][1] in free and ranked[1][0] >= 0:
            ranked = ranked[1:]
        if not ranked or ranked[0][1] not in free:
            return ""
        lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else _ALONE
        if not self.words.says("of_birth", word):
            return ranked[0][1] if lead >= _CLEAR and ranked[0][0] >= 0 else ""
        if lead < _NOBLE or (ranked[0][0] < 0 and lead < _ALONE):
            return ""
        self.called[word] = ranked[0][1]
        return ranked[0][1]

    def _is_civil(self, title: str) -> bool:
        """Whether somebody may be what a word says and have a rank besides."""
        kinds = self.words.kinds
        own = self.words.says("kin", title) or is_nominative_adjective(title)  # «военный инженер»
        return own or any(kinds.among(kind, title) for kind in _CIVIL)

    def _has_just_spoken(self, s: int) -> str:
        """ "Q," said X. "The general looked up": X would rather be "he"."""
        last = self.history[-1] if self.history else None
        start = self.sentence_start(s)
        if last is None or last[0] >= start or s - start > 2:
            return ""
        return last[2] if last[0] >= self.sentence_start(max(0, start - 1)) else ""

    def _reigns(self, key: str) -> bool:
        """Whether somebody is known to be a sovereign, or is one without a name."""
        words = {key.rpartition(":")[2]} | self._titles_of(key)
        known = self.people.role_of.get(key, "") == "monarchs"
        return known or any(self.words.kinds.among("sovereigns", word) for word in words)

    def _group(self, word: str) -> str:
        for group in ("monarchs", "presidents"):
            if self.words.says(group, word):
                return group
        return ""
