"""Whom "the general", "the old man" and "the king" mean.

bearer    whoever bears the rank, the office or the title (see bearers.py)
chief     "the commander": whose army was told of
epithet   "the old man": whomever the text is about
"""

from __future__ import annotations

from ..grammar.dictionary import (
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_noun,
    is_plural,
    noun_of,
)
from ..grammar.letters import folded
from .bearers import REMEMBERED, Bearers
from .offices import ANY_MEN
from .people import Person

_IMPLIED = 4  # sentences in which something tells that somebody is a doctor or wounded
_DEFINITE = (  # kinds of whom a bare noun rather means somebody told of than somebody new
    "statesmen",
    "envoys",
    "writers",
    "press",
    "law",
    "learned",
    "known",
)
_SCENE = 3  # sentences before, in which he is named
_PARAGRAPHS = 3  # and paragraphs after which "the commander" is no longer of his army


class Roles(Bearers):
    """Resolves nouns that tell what somebody is."""

    def role(
        self, word: str, s: int, words: list[str], cue: int | None = None, opening: int = -1,
        familiar: bool = False,
    ) -> str:  # fmt: skip
        """Whom "the general" means: who bore that title, has that office, or is meant by "he".

        `s` is where the noun stands, `opening` where its phrase begins; `familiar`: adjectives
        before it tell how he is to be seen, as of somebody whom the reader knows.
        """
        i = self.story.at[s]
        opening = s if opening < 0 else opening
        if self.by_case and self.outer and len(words) == 1 and self.words.says("own_kin", word):
            return ""  # «Отец сказал», in what somebody tells: no priest
        if any(self.words.says("distinguishing", other) for other in words[:-1]):
            return ""  # "the Crown Prince" is not any prince
        if (
            len(words) == 2
            and self.words.says("before_names", words[0])
            and (self.words.says("ranked", word) and not self._is_epithet(word, words))
        ):
            words = words[1:]  # "the old admiral"
        before = self.told_before(i, REMEMBERED)
        word = self._title(word)
        never = self.outer[-1] if self.outer else ""
        answers = cue is not None and self.says("answering", cue)
        if answers and not (self._is_to_me(s) or self.is_replied_to(s)):
            never = self.spoke_last(s) or never
        before = [person for person in before if person.id != never]
        if self.words.says("of_the_book", word) and self._is_of_the_book(s, words, never):
            return self.reviewed
        states = self._states_before(s, len(words))
        bearer = self._bearer(word, i, before, states, self._what(word, words))
        if bearer and len(words) == 1 and self._is_hero_called(word, bearer, s):
            bearer = self.hero if self.hero != never else bearer
        if bearer:
            return bearer
        if self.around:  # «Полковник бредит», in the diary of another
            narrative, at = self.around
            outside = narrative.bearer(word, at, never)
            if outside:
                return outside
        group = self._group(word)
        if group:
            ruler = self._ruler(word, group, before, states)
            hers = self.words.says("feminine_roles", word)
            if ruler and (not hers or ruler in self.people.female):
                self.rulers, self.ruled_at = [ruler], i
                return ruler
        if cue is not None and self.turned_from:
            never = self.turned_from
            before = [person for person in before if person.id != never]
        if len(words) > 1 or not self.by_case:
            self._antecedents(self._window(opening), opening)  # who was introduced so
        told = self.same.get("UNNAMED:" + " ".join(words), "")
        if told and told != never:
            return told
        known = self.called.get(word, "") if len(words) == 1 and not states else ""
        if known and known != never:
            return known
        if states:
            acting = [p for p in before if self.people.allegiance.get(p.id) in states]
            return acting[-1].id if acting and self.words.says("ranked", word) else ""
        met = self._met_before(word, s, len(words), cue) if familiar else ""
        if met:
            return met
        if familiar or self._is_epithet(word, words):
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
        if len(words) == 1 and self.by_case:
            implied = self._implied(word, s, never)
            if implied:
                return implied
        if cue is not None and len(words) == 1 and self.words.says("troopers", word):
            return self._only_soldier(word, s, before)
        asked = self._who_was_asked(opening) if cue is not None else ""
        named = self.hearer and not self.hearer.startswith("UNNAMED")
        if not asked and cue is not None and named and not self._titles_of(self.hearer):
            asked = self.hearer  # "Well, Beddoes?" "After you," the sergeant said.
        if asked and asked != never and self.words.says("titles", word):
            return asked
        commander = self._commander(word, words, before, i)
        if commander:
            return commander
        partner = self._partner(word, s) if cue is not None and self.turned_from else ""
        if partner and len(words) == 1:
            return partner
        scene = self._in_scene(word, words, s, opening, cue, never) if self.by_case else ""
        if scene:
            self._titles_of(scene).add(word)
            return scene
        if len(words) > 1 or not self.words.says("ranked", word):
            return ""
        if self.by_case and self.low(s).endswith(self.declension.mens_instrumentals):
            return ""  # «назвался комендантом»
        if self.words.kinds.among("sovereigns", word) and not self.words.says("of_birth", word):
            return ""  # the khan is no man whose name alone is told
        if self.words.says("of_birth", word):
            bearers = {
                p.id
                for p in self.told_before(i, i)
                if self._titles_of(p.id) & {word, *self.words.kinds.same(word)}
            }
            if len(bearers - {never}) == 1:
                return (bearers - {never}).pop()
        return self._untitled(word, opening, before, never)

    def _is_of_the_book(self, s: int, words: list[str], never: str) -> bool:
        """«Автор», in a review; but not «автор записки», «автор этих строк»."""
        if len(words) > 1 or self.reviewed in ("", never):
            return False
        k = s + 1 + self.says("demonstratives", s + 1)
        owned = self.story.kinds[k] in "wc" and is_genitive(self.low(k))
        return not owned or self.says("verbs", k)

    def _in_scene(
        self, word: str, words: list[str], s: int, opening: int, cue: int | None, never: str
    ) -> str:
        """«Вошёл Лунин. «Q», — сказал посол»: who alone is named last, and is nothing else.

        Soldiers, sailors and craftsmen without a name are as likely to be somebody new.
        """
        kinds = self.words.kinds
        if len(words) > 1 or not any(kinds.among(kind, word) for kind in _DEFINITE):
            return ""
        if self._all_called(word):
            return ""  # the chancellor is whoever the text calls so
        opens = self.story.kinds[opening - 1 : opening] in ("", "|", "¶")
        if cue is None and not (opens and is_finite_verb(self.low(s + 1))):
            return ""
        others = {never, self.addressed}
        if cue is not None and self.turned_from:
            if self.hearer and self._may_be_called(word, self.hearer):
                return self.hearer
            others.add(self.turned_from)
        end = self.sentence_start(s)
        for _ in range(_SCENE):
            if not end or self.story.kinds[end - 1] == "¶":
                return ""
            start = self.sentence_start(end - 1)
            at = (self.people.at.get(self.story.at[k]) for k in range(start, end)
                  if self.story.at[k] >= 0)  # fmt: skip
            named = {person.id for person in at if person is not None} - others
            if named:
                who = named.pop()
                return who if not named and self._may_be_called(word, who) else ""
            end = start
        return ""

    def _may_be_called(self, word: str, key: str) -> bool:
        """Whether nothing that is told of somebody keeps a word from meaning him."""
        if key.startswith("UNNAMED") or self._is_otherwise(word, key):
            return False
        if self.people.role_of.get(key) and not self._group(word):
            return False
        rivals = {t for t in self._titles_of(key) if not self._is_civil(t) and t != word}
        return not rivals

    def _implied(self, word: str, s: int, never: str) -> str:
        """«Лунину поручили следствие. Следователь»: who was told of as if he were one."""
        stems = self.words.kinds.implied_by(folded(word))
        end = self.sentence_start(s)
        for _ in range(_IMPLIED if stems else 0):
            start = self.sentence_start(max(0, end - 1))
            if any(low.startswith(stems) for low in self._lows[start:end] if low):
                named = {
                    m.id: m for m in self._antecedents(start, end)
                    if m.id not in ("", never) and not m.id.startswith("UNNAMED")
                }  # fmt: skip
                free = [m for m in named.values() if not self._is_otherwise(word, m.id)]
                if free:
                    return max(free, key=lambda m: m.weight).id
            if start == 0 or self.story.kinds[start - 1] == "¶":
                break
            end = start
        return ""

    def _is_otherwise(self, word: str, key: str) -> bool:
        """Whether a woman is told of, and a man is looked for."""
        hers = self.words.says("feminine_roles", word)
        return (key in self.people.female) != hers and not self.words.says("common_gender", word)

    def _commander(self, word: str, words: list[str], before: list[Person], i: int) -> str:
        """ "the commander", «командир корпуса»: the last whose men or ships were told of."""
        if not self.words.says("commanding", word):
            return ""
        what = self._what(word, words) or self.words.kinds.unit(word) if self.by_case else ""
        if len(words) > 1 + bool(what):
            return ""
        most, here = 0, self.pieces.passages[i].para
        for person in reversed(before):
            units = self.people.commands[person.id]
            count = self.people.count[person.id]
            if count < most and not self.by_case:
                continue  # the text has gone on to another
            if self.by_case and here - self.pieces.passages[person.first].para > _PARAGRAPHS:
                break
            most = count
            if self.words.says("commanding_in_chief", word):
                units = {u for u in units if u == ANY_MEN or self.words.says("whole_armies", u)}
            any_men = any(self.words.says("men_of_all_arms", unit) for unit in units)
            told = self._what(word, words)
            any_men = any_men or (ANY_MEN in units and not told)
            if what in units or any_men or (units and not what):
                return person.id
        return ""

    def _is_to_me(self, s: int) -> bool:
        """Whether "I" was told of since the last quotation: it is me who is answered."""
        start = self.story.kinds.rfind("Q", 0, self.sentence_start(s) - 1)
        return any(
            self.says("speaking_with_me", k) for k in range(start + 1, self.sentence_start(s))
        )

    def _partner(self, word: str, s: int) -> str:
        """«Q?» — «Q», — сказал X. — «Q», — кивнул адмирал: who asked X, if he has no rank."""
        here = self.pieces.passages[self._piece_from(s)].para
        for _, para, speaker in reversed(self.history):
            if here - para > 1:
                break
            if speaker != self.turned_from:
                named = speaker and not speaker.startswith("UNNAMED")
                titles = self._titles_of(speaker) if named else {""}
                free = all(self.words.says("of_birth", title) for title in titles)
                return speaker if free and self.words.says("ranked", word) else ""
        return ""

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
        if not low or self._title(self.suffixes.one_of(low) or low) != word:
            return False
        many = is_plural(low) if self.by_case else low.endswith(self.suffixes.plural)
        arm = self.says("oblique_words", k - 1 - (self.story.kinds[k - 1] == "i"))
        return not (many and arm)

    def _met_before(self, word: str, s: int, length: int, cue: int | None) -> str:
        """ "the major": a Prussian major without a name, if one was told of before."""
        if length > 1:
            return ""
        for mention in reversed(self._antecedents(self._window(s), self.sentence_start(s))):
            known = mention.id.removeprefix("UNNAMED:")
            hangs = self.by_case and mention.weight <= 0 and self._hangs_on_noun(mention.at)
            if known != mention.id and known.split()[-1:] == [word] and not hangs:
                return mention.id
        return ""

    def _hangs_on_noun(self, k: int) -> bool:
        """«советник президента»: who is told of only to say what somebody else is."""
        while k > 1 and is_adjective(self.low(k)) and not is_noun(self.low(k)):
            k -= 1
        before = self.low(k - 1)
        return is_genitive(self.low(k)) and (self.roles[before] or is_noun(before))

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
        beside = (
            kinds[s - 1 : s] == "," and self.roles[self.low(s - 2)]
        )  # «мельник, старик лет ста,»
        if beside or self.says("counted_in_years", s + 1):
            return True
        compound = kinds[s + 1] == "-" and self.pieces.touches(self.story.at[s + 1])
        return compound or (kinds[s + 1] == "," and self.says("relatives", s + 2))

    def _is_hero_called(self, word: str, bearer: str, s: int) -> bool:
        """«Адмирал», in the life of one without a rank, where no other admiral is in the scene."""
        if self.hero in ("", bearer) or self.people.count[self.hero] < max(
            3, self.people.count[bearer]
        ):
            return False
        if not self.words.says("ranked", word) or self.hero in self.people.female:
            return False
        if any(self.words.says("ranked", title) for title in self._titles_of(self.hero)):
            return False
        start = self.story.kinds.rfind("¶", 0, s) + 1
        return all(
            person.id != bearer or (self._position(person.first) or 0) < start
            for person in self.told_before(self.story.at[s], REMEMBERED)
        )
