"""A source that stands beside a quotation without a verb: brackets, a line below, a heading.

cited     Q (В. Языков) · Q (из дневника поручика Ланского) · Q [Reid, 1912, p. 33]
signed    Q ¶ Приказ военного министра от 2 мая · Q ¶ Из дневника генерала Вольского
headed    Из донесения адмирала Мураками. Q · Отрывок из воспоминаний танкиста Глушкова. ¶ Q
teller    Q ¶ Ланской вспоминает, как … · Q. Эти слова принадлежат Дубову · Q. Так ответил Дубов
"""

from __future__ import annotations

import itertools

from ..grammar.dictionary import is_finite_verb, is_place_name, is_surname
from .leads import Leads
from .narrative import SOMEBODY, Voice
from .story import Fragment

_BRACKET = 30  # tokens: what is longer than this between brackets is no source
_LINE = 24  # and between the ends of a line
_OPENING = 4  # tokens before the name of whoever tells
_BACK = 2  # sentences that may stand between the heading of a paper and its words


class Citations(Leads):
    """Reads the sources that are named beside a quotation."""

    def _cited(self, s: int) -> Voice | None:
        """The source in brackets right after a quotation that nothing else leads up to."""
        kinds = self.story.kinds
        if kinds[s - 1 : s] == ":" or self.says("verbs", s - 1):
            return None
        k = s + 1
        while kinds[k : k + 1] in tuple(".,|"):
            k += 1
        if kinds[k : k + 1] not in ("(", "["):
            return None
        close = min((j for j in (kinds.find(c, k, k + _BRACKET) for c in ")]") if j > 0), default=0)
        if not close or any(kinds[j] in "¶Q" for j in range(k, close)):
            return None
        if self.says("secondhand", k + 1):
            return None  # where the words were found, and not whose they are
        return self._source_of(k + 1, close)

    def _ascribed(self, s: int) -> Voice | None:
        """«Приписываемая Дубову фраза Q», «Q — приписывают Дубову»: to whom words are ascribed."""
        noun = s - 1 - (self.story.kinds[s - 1] == ":")
        before = (
            range(max(self.sentence_start(s), noun - 6), noun) if self.says("nouns", noun) else ()
        )
        after = range(s + 2, s + 5) if "-" in self.story.kinds[s + 1 : s + 3] else ()
        for j in (*before, *after):
            if self.says("ascribing", j):
                for v in self._joined(self.voices(j - 2, j + 4)):
                    beside = v.first == j + 1 or v.last in (j, j - 1)
                    if beside and v.kind in SOMEBODY and v.id and v.oblique:
                        return v
        return None

    def _in_words_of(self, s: int) -> Voice | None:
        """«Слова Орлова Q повторяла вся дивизия»: whose they are, and not who repeats them."""
        for noun in range(s - 1, max(-1, s - 5), -1):
            if self.story.kinds[noun] not in "wc":
                return None
            if self.says("messages", noun):
                owner = self._owner(max(0, noun - 2), s, noun)
                if owner is None or owner.kind not in SOMEBODY or not owner.id:
                    return None
                return owner if owner.last in (s, noun) else None
        return None

    def _from_paper(self, s: int) -> Voice | None:
        """«Q» — из приказа Кутузова: the paper after a dash."""
        kinds, k = self.story.kinds, s + 1
        while kinds[k : k + 1] in tuple(".,|-"):
            k += 1
        if "-" not in kinds[s + 1 : k] or not self.says("owner_links", k):
            return None
        if not any(self.says("nouns", j) for j in (k + 1, k + 2)):
            return None
        return self._source_of(k, self.sentence_end(k))

    def _source_of(self, a: int, b: int) -> Voice | None:
        """Whom the words between two positions name as the source."""
        if any(self._tells(j) for j in range(a, b)):
            return None
        voices = [v for v in self._joined(self.voices(a, b)) if v.kind in (*SOMEBODY, "paper")]
        first = voices[0] if voices else None
        if first is not None and first.id and all(self._leads_in(j) for j in range(a, first.first)):
            return self._last_named(voices)
        return self._bare_name(a, b)

    def _tells(self, s: int) -> bool:
        """Whether a verb stands at a position: then it is no bare source."""
        if self.story.kinds[s] != "w":
            return False
        return self.says("verbs", s) or (self.by_case and is_finite_verb(self.low(s)))

    def _leads_in(self, s: int) -> bool:
        """«из дневника», "from a letter of": what may stand before the name of a source."""
        if self.story.kinds[s] in ".,:-i":
            return True
        lists = ("nouns", "citing", "owner_links", "coming_from", "title_links", "possessives")
        return any(self.says(name, s) for name in lists)

    @staticmethod
    def _last_named(voices: list[Voice]) -> Voice:
        """«фронтовика, командира орудия Семёна Глушкова»: the name, not what he was."""
        first = voices[0]
        if first.kind in ("role", "unnamed"):
            for one, two in itertools.pairwise(voices):
                if two.first - one.last > 3 or two.oblique != first.oblique:
                    break
                if two.kind == "person":
                    return two
        return first

    def _bare_name(self, a: int, b: int) -> Voice | None:
        """A name that stands nowhere else in the text: «(Н. Языков)», "[Reid, 1912]"."""
        k, parts, initials = a, [], False
        while k < b and (self.story.kinds[k] == "." or self._is_capital_name(k)):
            if len(self.low(k)) == 1 and self.low(k).isalpha():
                initials = True
            elif self.low(k).isalpha():
                parts.append(self.low(k))
            k += 1
        ends = k == b or self.story.kinds[k] in ",;YN"
        if not parts or len(parts) > 3 or not ends or (self.by_case and is_place_name(parts[-1])):
            return None
        dated = any(self.story.kinds[j] in "YNDZ" for j in range(k, b))
        dated = dated or self.says("book_parts", k + 1)
        known = initials or (dated and (not self.by_case or is_surname(parts[-1])))
        return Voice(a, k, "_".join(parts).upper(), "person") if known else None

    def _source_below(self, s: int) -> Voice | None:
        """An epigraph: the line below names the source after a dash."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|¶") and k < s + 3:
            k += 1
        end = self.sentence_end(k)
        if end - k > 14 or "Q" in kinds[k:end]:
            return None
        dash = kinds[k : k + 1] == "-"
        voices = self.voices(k + dash, end)
        last = end - (kinds[end - 1] == ".")
        if (
            kinds[k - 1] == "¶"
            and last > k
            and all(
                self._is_capital_name(j) or kinds[j] == "." or self.says("particles", j)
                for j in range(k + dash, last)
            )
        ):
            names = [self.low(j) for j in range(k + dash, last) if kinds[j] != "."]
            if not voices:
                return Voice(k, last, "_".join(names).upper(), "person")
        if not voices or voices[0].first > k + dash + 1:
            return None
        alone = voices[0].kind == "person" and end - voices[0].last <= 1
        return voices[0] if dash or (alone and kinds[k - 1] == "¶") else None

    def _signed_below(self, s: int) -> Voice | None:
        """A line below a quotation that names the paper: «Приказ военного министра от 2 мая»."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|"):
            k += 1
        if kinds[k : k + 1] != "¶" or kinds[s - 1 : s] not in ("", "¶"):
            return None
        a = k + 1
        end = kinds.find("¶", a)
        if not 0 < end - a <= _LINE or "Q" in kinds[a:end]:
            return None
        noun = next((j for j in range(a, min(end, a + 3)) if self.says("nouns", j)), None)
        if noun is None or any(self._tells(j) for j in range(a, end)):
            return None
        voices = [v for v in self._joined(self.voices(noun + 1, end)) if v.kind in SOMEBODY]
        if not voices or voices[0].first > noun + 3 or not voices[0].id:
            return None
        return self._last_named(voices)

    def _headed(self, s: int) -> Voice | None:
        """«Из донесения адмирала Мураками. Получено утром. Q»: the heading names the source."""
        kinds = self.story.kinds
        end = self._end_before(s)
        for _ in range(_BACK + 1):
            start = self.sentence_start(end)
            if not 0 < end - start <= 3 * _LINE or "Q" in kinds[start:end]:
                return None
            paper = self._paper_headed(start, end)
            if paper is not None:
                voices = [v for v in self._joined(self.voices(paper + 1, end))
                          if v.kind in (*SOMEBODY, "paper")]  # fmt: skip
                near = voices and voices[0].first - paper <= 3 and voices[0].id
                return self._last_named(voices) if near else None
            if any(v.kind in SOMEBODY and not v.oblique for v in self.voices(start, end)):
                return None
            if kinds[start - 1 : start] != "|":
                return None
            end = self._end_before(start)
        return None

    def _end_before(self, s: int) -> int:
        """Where the sentence before a position ends."""
        kinds = self.story.kinds
        while s > 0 and kinds[s - 1] in "|¶.-:":
            s -= 1
        return s

    def _paper_headed(self, a: int, b: int) -> int | None:
        """The paper of a sentence without a verb that begins, or ends, with what is from it."""
        if b - a > _LINE or any(self._tells(j) for j in range(a, b)):
            return None
        for j in range(a, b - 1):
            if not self.says("owner_links", j):
                continue
            paper = next((k for k in (j + 1, j + 2) if self.says("nouns", k)), None)
            extract = self.says("extracts", j - 1) or j == a
            if paper is not None and (extract or self.says("own_papers", paper)):
                return paper
        return None

    def _teller(self, s: int, fragment: Fragment) -> Voice | None:
        """«Q» Ланской вспоминает, как ...; Q. Так ответил Дубов; Эти слова принадлежат Дубову."""
        kinds = self.story.kinds
        k = s + 1
        while kinds[k : k + 1] in tuple(".|¶"):
            k += 1
        if k == s + 1 or kinds[k : k + 1] in ("Q", "-", "", '"'):
            return None
        end = self.sentence_end(k)
        if "Q" in kinds[k:end] or ":" in kinds[k:end]:
            return None
        then = any(kinds[j] == "," and self.says("relatives", j + 1) for j in range(k, end))
        if kinds[end : end + 2].endswith("Q") and not then:
            return None  # but «Q ¶ X вспоминает, как это было. Q»
        if self.says("those_words", k) or self.says("those_words", k + 1):
            return self._whose_words(k, end)
        if self.says("so_said", k):
            return self._said_so(k, end)
        verb = next((j for j in range(k + 1, min(end, k + 8)) if self.says("telling_now", j)), None)
        if verb is None:
            return None
        for v in self._joined(self.voices(k, verb + 1, verb)):
            plain = v.kind == "person" and self._may_be_subject(v) and v.id
            if plain and v.first - k <= _OPENING and verb - v.last <= 2 and self._agrees(v, verb):
                return v
        return None

    def _whose_words(self, k: int, end: int) -> Voice | None:
        """«Эти слова принадлежат Дубову», «Автор этих слов — Дубов», «Это слова Дубова»."""
        noun = next((j for j in range(k, min(end, k + 4)) if self.says("nouns", j)), None)
        if noun is None:
            return None
        owning = any(self.says("belonging", j) for j in range(k, end))
        for v in self._joined(self.voices(noun + 1, end)):
            beside = v.first == noun + 1 or self.story.kinds[v.first - 1] == "-" or owning
            if beside and v.kind in SOMEBODY and v.id and not self._governed(v):
                return v
        return None

    def _said_so(self, k: int, end: int) -> Voice | None:
        """«Так описал тот день в дневнике Пётр Ланской»: the subject of the verb after «так»."""
        verb = next((j for j in range(k + 1, min(end, k + 4)) if self.says("verbs", j)), None)
        if verb is None:
            return None
        subject = self._subject_before(k, end, verb, [])
        near = subject is not None and subject.kind in SOMEBODY and subject.id
        return subject if near and subject is not None else None
