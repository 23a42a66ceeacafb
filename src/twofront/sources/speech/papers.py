"""Whose words a paper holds that says nothing of its author: the diary, the order, the answer.

signed    «приказ, подписанный Луниным»       a participle tells who gave it
found     «книжка, найденная на убитом»        it was on whoever wrote it
answer    «Ответ пришёл через час: Q»          of whom the last words were sent to
order     «В приказе по фронту говорилось: Q»  of whoever commands there
diary     «Запись за май: Q»                   of whoever keeps the diary told of before
"""

from __future__ import annotations

from ..grammar.dictionary import is_finite_verb, is_participle, noun_of, verb_of
from .narrative import SOMEBODY, Voice
from .referents import NARRATOR
from .subjects_after import SubjectsAfter

_REACH = 7  # tokens after a paper in which a participle tells of it
_KEPT = 8  # sentences in which a diary was told of before
_STEM = 5  # letters that «телеграфировал» and «телеграмма» share
_SENT = 2  # and those in which something was sent that is answered
_CHIEFS = 40  # persons named before, among whom the chief is
_WELL_KNOWN = 3  # mentions of an officer of whom a text tells at length


class Papers(SubjectsAfter):
    """Finds the author of a paper; only where nouns have cases."""

    def _author(self, a: int, b: int, noun: int) -> Voice | None:
        """Who wrote the paper at a position, in a sentence that leads up to its words."""
        if self.says("shouts", noun) and self.says("companions", noun - 1):
            return self._shouting(a, noun)
        owner = self._owner(a, b, noun) or self._handled(noun, b) or self._in_relative(noun, b)
        owner = owner or self._sent_saying(a, b, noun)
        if owner and owner.id:
            return owner
        who = ""
        if self.says("replies", noun):
            who = self._answerer(noun)
        elif self.says("oblique_words", noun + 1) and self.says("orders", noun):
            who = self._chief(noun)
        elif self.says("kept_papers", noun):
            who = self._keeper(noun) or self._dead_man(noun)
        elif self.says("personal_papers", noun):
            who = self._wrote_before(noun)
        if not who and not any(self.says("nouns", j) for j in range(noun + 1, b)):
            who = self._sent_before(noun)  # but «рапорт вернули с надписью»
        return Voice(noun, noun + 1, who, "pronoun") if who else None

    def _sent_before(self, noun: int) -> str:
        """«Лунин отправил рапорт. В рапорте говорилось: Q»: who sent it, or whose it is."""
        stem = noun_of(self.low(noun))[0][:_STEM]
        end = self.sentence_start(noun)
        if not stem or not end or self.story.kinds[end - 1] == "¶":
            return ""
        start = self.sentence_start(end - 1)
        for k in range(start, end):
            same = self.low(k).startswith(stem) and self.says("nouns", k)
            if same or (self.says("verbs", k) and self.low(k)[:_STEM] == stem):
                if same:
                    who = self._owner(start, end, k) or self._sender(start, end, k)
                else:
                    who = self._subject_before(start, end, k, [])
                return who.id if who and who.kind in SOMEBODY else ""
        return ""

    def _shouting(self, a: int, noun: int) -> Voice | None:
        """«Рота ударила с криком: Q»: the subject, man or not, speaks."""
        voices = [v for v in self._joined(self.voices(a, noun)) if self._may_be_subject(v)]
        verb = next((j for j in range(noun - 1, a, -1) if is_finite_verb(self.low(j))), None)
        who = self._subject_before(a, noun, verb, []) if verb is not None else None
        if who is None or who.kind not in SOMEBODY or not who.id:
            who = next((v for v in voices if v.kind in SOMEBODY and v.id), None)
        for k in range(a, noun) if who is None else ():
            lemma, subject, _ = noun_of(self.low(k))
            if lemma and subject and self.story.kinds[k] in "wc" and not self._comma(a, k):
                return Voice(k, k + 1, "UNNAMED:" + lemma, "thing")
        return who

    def _handled(self, noun: int, b: int) -> Voice | None:
        """«приказ по корпусу, подписанный Луниным», «книжка, найденная на убитом поручике»."""
        k = noun + 1
        while k < min(b, noun + _REACH) and self.story.kinds[k] != ",":
            if self.says("verbs", k):
                return None
            k += 1
        found = self.says("finding", k + 1)
        if k + 1 >= b or not (found or is_participle(self.low(k + 1))):
            return None
        for v in self._joined(self.voices(k + 2, min(b, k + 2 + _REACH))):
            if v.kind not in SOMEBODY or not v.id or "," in self.story.kinds[k + 2 : v.first]:
                continue
            opening = next(j for j in range(v.first, -1, -1) if not self._is_described_by(j - 1))
            if found and self.says("found_on", opening - 1):
                return v
            if (
                not found
                and self.declension.is_instrumental(self.low(v.noun))
                and not self._governed(v)
            ):
                return v
        return None

    def _in_relative(self, noun: int, b: int) -> Voice | None:
        """«письмо, которое он написал брату»: the subject of what is told of the paper."""
        comma = self.story.kinds.find(",", noun, min(b, noun + _REACH))
        if comma == -1 or not self.says("relatives", comma + 1):
            return None
        end = self.story.kinds.find(",", comma + 2, b)
        end = b if end == -1 else end
        for verb in range(comma + 2, end):
            if self.says("writing", verb) or self.says("sending", verb):
                if verb_of(self.low(verb))[1] == "plur":
                    return None
                subject = self._subject_before(comma + 2, end, verb, [])
                return subject if subject and subject.kind in SOMEBODY else None
        return None

    def _sent_saying(self, a: int, b: int, noun: int) -> Voice | None:
        """«Лунин отправил брату письмо, в котором говорилось: Q»: who sent it wrote it."""
        comma = self.story.kinds.find(",", noun, min(b, noun + _REACH))
        inside = comma + 1 + self.says("oblique_words", comma + 1)
        if comma == -1 or not self.says("relatives", inside):
            return None
        sender = self._sender(a, b, noun)
        return sender if sender and sender.kind in SOMEBODY else None

    def _is_described_by(self, k: int) -> bool:
        """Whether an adjective stands at a position: «на убитом японском поручике»."""
        return self.low(k).endswith(self.declension.adjective_cases)

    def _answerer(self, noun: int) -> str:
        """Whom the last words were written to: he answers now."""
        last = self.history[-1][2] if self.history else ""
        if self.hearer and self.hearer != last:
            return self.hearer
        end = self.sentence_start(noun)
        for _ in range(_SENT):
            start = self.sentence_start(max(0, end - 1))
            sent = any(
                self.says(name, j)
                for j in range(start, end)
                for name in ("sending", "nouns", "pledging", "verbs")
            )
            for v in self._joined(self.voices(start, end)) if sent else ():
                to = self.low(v.noun).endswith(self.declension.datives) or self._is_addressee(v)
                if self.says("found_with", v.first - 1) and v.oblique and v.id not in ("", last):
                    return v.id  # «просил помощи у Лунина»
                to = to and v.kind in SOMEBODY and v.oblique and not self._governed(v)
                if to and v.id not in ("", last):
                    return v.id
            end = start
        others = {last}
        for _ in range(_SENT if last not in ("", NARRATOR) else 0):
            who = self.focus(noun, never=others, remember=False)
            if not who.startswith("UNNAMED"):  # and not whoever carried the letter
                known = self.people.count[who] >= _WELL_KNOWN
                return who if known or self._titles_of(who) or self.people.commands[who] else ""
            others.add(who)
        return ""

    def _chief(self, noun: int) -> str:
        """«приказ по корпусу»: who commands it, or the officer whom the text is about."""
        unit = next(
            (noun_of(self.low(k))[0] for k in range(noun + 2, noun + 5)
             if self.says("men_and_ships", k)), "",
        )  # fmt: skip
        if not unit:
            return ""
        says, people = self.words.says, self.people
        before = self.told_before(self._piece_from(noun), _CHIEFS)
        whole = says("whole_armies", unit)
        for person in reversed(before):
            titles = self._titles_of(person.id)
            own = {self.words.kinds.unit(title) for title in titles}
            own |= {people.offices[person.id].get(title, "") for title in titles}
            chief = any(says("commanding_in_chief", title) for title in titles) and whole
            if unit in people.commands[person.id] or unit in own or chief:
                return person.id
        officers = [
            person.id for person in before
            if people.count[person.id] >= _WELL_KNOWN
            and any(says(name, title) for title in self._titles_of(person.id)
                    for name in ("soldiers", "commanding"))
        ]  # fmt: skip
        return max(officers, key=lambda key: people.count[key], default="")

    def _keeper(self, noun: int) -> str:
        """«Кей вёл дневник. ¶ Запись за май»: whoever kept the diary told of last."""
        end = self.sentence_start(noun)
        for _ in range(_KEPT):
            start = self.sentence_start(max(0, end - 1))
            papers = self.places("kept_papers", start, end)
            for paper in papers:
                mine = self.tells_of_me(start, end)
                if mine and any(self.says("keeping", j) for j in range(start, end)):
                    return self.outer[-1] if self.outer else NARRATOR
                who = self._owner(start, end, paper) or self._sender(start, end, paper)
                if who and who.id and who.kind in SOMEBODY:
                    return who.id
                for j in range(start, paper):  # «у меня», «у Лунина сохранилась тетрадь»
                    if self.says("found_with", j) and self.says("speaking_with_me", j + 1):
                        return self.outer[-1] if self.outer else NARRATOR
                    if self.says("found_with", j):
                        with_him = self._joined(self.voices(j + 1, paper))
                        if with_him and with_him[0].first == j + 1 and with_him[0].id:
                            return with_him[0].id
                keeps = next((j for j in range(start, end) if self.says("keeping", j)), None)
                if keeps is not None:
                    subject = self._subject_before(start, end, keeps, [])
                    if subject and subject.id and subject.kind in SOMEBODY:
                        return subject.id
            if start == 0:
                break
            end = start
        return self._wrote_before(noun) or self.author

    def _dead_man(self, noun: int) -> str:
        """«Лунина убили. В кармане нашли тетрадь: Q»: whom the sentence before tells of alone."""
        start = self.sentence_start(noun)
        before = self.sentence_start(max(0, start - 1))
        told = {m.id for m in self._antecedents(before, start) if not m.back}
        return told.pop() if len(told) == 1 else ""
