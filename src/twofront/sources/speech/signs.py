"""What tells beside words in marks that they are spoken, or that they are a title or a name."""

from __future__ import annotations

import re

from ..grammar.dictionary import is_adjective, is_finite_verb
from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces
from .people import People
from .story import Fragment, Story, letters_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DESCRIBED = 8  # tokens between "described" and "as"
_KNOWN_TO = 8  # tokens of "known through a friend that"
# Kinds of persons: "a historian called it q".
_WHO_JUDGE = ("writers", "learned", "press", "statesmen", "envoys")
_ASIDE = 9  # tokens of "as X asked," before a quotation
_TITLE = 4  # words of a title that is a subject
_TURN = 14  # tokens of a remark after which somebody answers


class Signs:
    """What stands around the marks."""

    def __init__(self, text: str, pieces: Pieces, people: People,
                 paragraphs: list[tuple[int, int, int]]) -> None:  # fmt: skip
        self.text, self.pieces, self.paragraphs = text, pieces, paragraphs
        self.words = lexicon(pieces.language)
        self.suffixes = self.words.suffixes
        self.rules = self.words.data.get("quotation", {})
        self.people = people
        self.letters = letters_of(pieces)
        spoken = self.words.data.get("speech", {})
        self._so_called: list[str] = spoken.get("so_called", [])
        self._according = [f" {phrase} " for phrase in spoken.get("according", ())]

    def _has_verb(self, lows: list[str]) -> bool:
        if "morphology" not in self.rules:
            return False
        return any(is_finite_verb(low) for low in lows)

    def _is_subject_of_remark(self, story: Story, s: int, inner: str) -> bool:
        """«Q», — грозили «Известия»: a title right behind the verb of a remark."""
        if not inner[0].isupper() or inner[-1] in ",.!?…":
            return False
        between = story.kinds[story.kinds.rfind("Q", 0, s) + 1 : s].lstrip(".,|")
        if not between.startswith("-") or len(between) > 3 or between.strip("-wc"):
            return False
        verb = s - len(between) + 1
        plain = is_adjective(self._low(story, s - 1)) or verb == s - 1
        return plain and is_finite_verb(self._low(story, verb)) and len(between) > 1

    def _is_as_said(self, story: Story, s: int) -> bool:
        """«И, как просила Анна Кремер, Q»: an aside tells whose words they are."""
        says = self.words.says
        if story.kinds[s - 1 : s] != ",":
            return False
        start = story.kinds.rfind(",", max(0, s - _ASIDE), s - 1) + 1
        start = max(start, story.kinds.rfind("|", 0, s) + 1, story.kinds.rfind("¶", 0, s) + 1)
        if not says("manner", self._low(story, start)):
            return False
        told = any(says("verbs", self._low(story, k)) for k in range(start + 1, s - 1))
        named = any(
            story.at[k] in self.people.at or says("subject_pronouns", self._low(story, k))
            for k in range(start + 1, s - 1)
        )
        return told and named

    def _is_named_source(self, story: Story, s: int, inner: str) -> bool:
        """«Согласно „Повести о стоянии“, Q»; «… : „Повесть“ называет сто убитых»: a title."""
        if not inner[0].isupper() or inner[-1] in ",.!?…":
            return False
        if self.words.says("by_source", self._low(story, s - 1)):
            return True
        subject = story.kinds[s - 1] == ":" and story.kinds[s + 1 : s + 2] == "w"
        return (
            subject
            and len(_WORD.findall(inner)) <= _TITLE
            and is_finite_verb(self._low(story, s + 1))
        )

    def _is_somebodys_word(self, story: Story, s: int) -> bool:
        """«Лунин был краток: Q.»: few words of somebody, where nothing is given a name."""
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        lows = [self._low(story, j) for j in range(start, s)]
        names = ("titling", "naming", "disowning", "books", "name_nouns")
        named = any(self.words.says(name, low) for low in lows for name in names)
        people = any(story.at[j] in self.people.at for j in range(start, s))
        people = people or any(self.words.says("subject_pronouns", low) for low in lows)
        return people and not named and story.kinds[s + 1 : s + 2] == "."

    def _is_woven_bit(self, story: Story, s: int, small: bool) -> bool:
        """ "described them as a q", "expressed his q": some words of a sentence about them."""
        low = self._low
        k = s - 1
        judged = self.words.says("told_pronouns", low(story, k)) or self.words.says(
            "paper_pronouns", low(story, k)
        )
        if judged and small and self.words.says("finding_so", low(story, k - 1)):
            return True  # "the judges found him q"
        k -= story.kinds[k : k + 1] == "i"
        if self.words.says("manner", low(story, k)):
            near = range(max(0, k - _DESCRIBED), k)
            told = any(
                self.words.says("describing", low(story, j)) and "," not in story.kinds[j:k]
                for j in near
            )
            if told:
                return True
        owned = self.words.says("possessives", low(story, k)) or k < s - 1
        return owned and self.words.says("expressing", low(story, k - 1))

    def _is_all_that_was_said(self, story: Story, copula: int) -> bool:
        """ "all he said was Q", "what she would answer was Q"."""
        low, verb = self._low, copula - 1
        if not self.words.says("copulas", low(story, copula)):
            return False
        verb -= self.words.says("told_pronouns", low(story, verb))
        base = low(story, verb)
        said = any(
            self.words.says("that_verbs", verb) for verb in (base, *self.suffixes.verbs_of(base))
        )
        return said and any(
            self.words.says("what", low(story, j)) or self.words.says("whole", low(story, j))
            for j in range(max(0, verb - 6), verb)
        )

    def _is_titled(self, story: Story, s: int) -> bool:
        """«Книга так и называлась: Q», «под заглавием Q»: what is announced as a title."""
        k = s - 1
        while k > 0 and (
            story.kinds[k] in ":,-'" or self.words.says("bridges", self._low(story, k))
        ):
            k -= 1
        return self.words.says("titling", self._low(story, k))

    def _is_cited(self, story: Story, s: int, titled: bool) -> bool:
        """«чтобы герой» (В. Языков): whose words they are stands in brackets."""
        k = s + 1
        while story.kinds[k : k + 1] in tuple(".,-"):
            k += 1
        if story.kinds[k - 1] == "-" and self.words.says("owner_links", self._low(story, k)):
            return any(self.words.says("nouns", self._low(story, j)) for j in (k + 1, k + 2))
        if titled or story.kinds[k : k + 1] not in ("(", "["):
            return False
        i = story.at[k + 1] if k + 1 < len(story.at) - 1 else -1
        if i < 0:
            return False
        initial = len(self.pieces.lows[i]) == 1 and self.pieces.is_capital(i)
        beside = story.kinds[k + 2 : k + 5]
        dated = "Y" in beside or self.words.says("book_parts", self._low(story, k + 3))
        dated = dated and self.pieces.is_capital(i) and beside[0] in ",Y"
        return dated or (initial and self.pieces.lows[i + 1] == ".") or i in self.people.at

    def _low(self, story: Story, s: int) -> str:
        i = story.at[s] if 0 <= s < len(story.at) - 1 else -1
        return self.pieces.lows[i] if i >= 0 else ""

    def _remark_follows(self, fragment: Fragment, story: Story, s: int) -> bool:
        """ "Q," said X and «Q», — сказал X: only speech is followed like this."""
        last = self.text[fragment.end - 1]
        kinds = story.kinds
        k = s + 1
        comma_after = kinds[k : k + 1] == ","
        while kinds[k : k + 1] == ",":
            k += 1
        dash = kinds[k : k + 1] == "-"
        while kinds[k : k + 1] == "-":
            k += 1
        if self.rules.get("remarks_after_dash"):
            if not (dash or (comma_after and self.words.says("verbs", self._low(story, k)))):
                return False
            if not dash and kinds[k + 1 : k + 2] == ":":
                return False  # «назвав его «стариком», сказал: «...»»
            inside = kinds[s - 1 : s] in ("c", "w", "f", "p", "z") and last not in ",!?…"
            if (
                not dash
                and inside
                and self._is_title(_WORD.findall(self.text, fragment.start, fragment.end))
            ):
                return False  # «сам служивший на „Заре“, говорил проще»
            lows = [self._low(story, j) for j in range(k, k + 6)]
            spoken = (
                last in ",!?…" or len(_WORD.findall(self.text, fragment.start, fragment.end)) > 1
            )
            was = self.words.says("copulas", lows[0]) or self.words.says("copulas", lows[1])
            if was and any(self.words.says("replies", low) for low in lows[1:]):
                return True  # «Нет», — был ответ
            if self.words.says("written", lows[0]):
                return True  # «Хлеба нет», — нацарапано на стене
            return any(self.words.says("verbs", low) for low in lows) or (
                (spoken or self._named_at(story, k + 1)) and self._verb_first(lows)
            )
        if self.words.says("copulas", self._low(story, k)) and self._is_a_command(story, k):
            return True
        if not (last in ",!?…—" or comma_after or dash):
            return False
        if kinds[k : k + 1] == "|":
            return False
        if self.words.says("manner", self._low(story, k)):
            k += 1  # "Q," as the adjutant recorded
        lows = [self._low(story, j) for j in range(k, k + 5)]
        return any(
            self.words.says("verbs", low)
            and not any(self.words.says("clause_openers", other) for other in lows[:n])
            for n, low in enumerate(lows)
        )

    def _is_a_command(self, story: Story, k: int) -> bool:
        """ "Q" was the only command that anybody heard."""
        owned = any(
            self.suffixes.owns(self._low(story, j))
            and self.words.says("responses", self._low(story, j + 1))
            for j in (k + 1, k + 2, k + 3)
        )
        if owned:
            return True  # 'Q' was Ware's reply
        if story.kinds[k + 1 : k + 2] != "i" and not self.words.says(
            "possessives", self._low(story, k + 1)
        ):
            return False
        return any(
            self.words.says("quoted_nouns", self._low(story, j)) for j in range(k + 2, k + 5)
        )

    def _named_at(self, story: Story, s: int) -> bool:
        """Whether somebody stands at a position: «Хлипкий», — решил пулемётчик Дзюба."""
        i = story.at[s] if 0 <= s < len(story.at) - 1 else -1
        if i < 0:
            return False
        somebody = self.words.any_of("generic", "subject_pronouns")
        return i in self.people.at or somebody[self.pieces.lows[i]]

    def _verb_first(self, lows: list[str]) -> bool:
        return bool(lows[0]) and lows[0].isalpha() and self._has_verb(lows[:1])

    def _cue_before(self, story: Story, s: int) -> str:
        """Whether a verb of speech stands right before the marks, or somewhere before them."""
        k = s - 1
        while k >= 0 and (
            story.kinds[k] in ":,-'i" or self.words.says("bridges", self._low(story, k))
        ):
            k -= 1
        if k > 0 and self.words.says("spoken_of", self._low(story, k)):
            k -= self.words.says("speaking_of", self._low(story, k - 1))
        out = k > 0 and self.words.says("said_particles", self._low(story, k))
        if out and self.words.says("verbs", self._low(story, k - 1)):
            return "beside"  # "called out"
        if k >= 0 and self.words.says("verbs", self._low(story, k)):
            if self.words.says("naming", self._low(story, k)) and not self._somebody(story, k):
                return ""
            if self.words.says("naming", self._low(story, k)):
                return "naming"
            return "" if self.words.says("negations", self._low(story, k)) else "beside"
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        for j in range(s - 1, max(start - 1, s - 26), -1):
            low = self._low(story, j)
            if low and s - j <= 5 and self.words.says("naming", low):
                return "naming" if "," not in story.kinds[j:s] else "near"
            if low and self.words.says("verbs", low):
                return "near"
            if low and self.words.says("nouns", low):
                return "near"
        for j in range(s - 26, start + 2, -1):
            if story.kinds[j] == "," and self._is_aside_before(story, j):
                return "near"
        sentence = " ".join(self._low(story, j) for j in range(start, s))
        phrases = self.words.data.get("speech", {}).get("according", [])
        aside = any(
            sentence.startswith(phrase) or f" , {phrase} " in sentence for phrase in phrases
        )
        if not self.people.inflects and not aside:  # "Reid, who according to the Echo had run"
            after = (" ".join(self._low(story, k) for k in range(j + 1, s))
                     for j in range(start, s)
                     if self.words.says("relatives", self._low(story, j)))  # fmt: skip
            aside = any(rest.startswith(phrase) for rest in after for phrase in phrases)
        if not self.people.inflects and self._is_made_known(story, start, s):
            return "near"
        return "near" if aside or self._is_held(story, start, s) else ""

    def _is_made_known(self, story: Story, start: int, s: int) -> bool:
        """ "Reid let it be known that q", "made it clear that q", "was sure that q"."""
        for j in range(start, s):
            if self.words.says("made_known", self._low(story, j)):
                ahead = range(j + 1, min(s, j + _KNOWN_TO))
                told = any(self.words.says("that", self._low(story, k)) for k in ahead)
                return told and self._somebody(story, j)
        return False

    def _is_held(self, story: Story, start: int, s: int) -> bool:
        """ "For Reid it was q", "Reid holds that it was q": what somebody thinks of it."""
        start = max(start, story.kinds.rfind(";", start, s) + 1)
        if not self.words.says("copulas", self._low(story, s - 1)):
            return False
        if self.words.says("in_whose_eyes", self._low(story, start)):
            return story.at[start + 1] in self.people.at
        return any(
            self.words.says("thinking", self._low(story, j))
            and self.words.says("that", self._low(story, j + 1))
            for j in range(start, s - 2)
        )

    def _is_aside_before(self, story: Story, comma: int) -> bool:
        """ ", he pointed out,": the whole sentence is in his words."""
        for k in range(comma - 1, max(1, comma - 4), -1):
            if self.words.says("verbs", self._low(story, k)):
                subject = self._low(story, k - 1)
                return story.kinds[k - 2] == "," and (
                    self.words.says("subject_pronouns", subject)
                    or story.at[k - 1] in self.people.at
                )
        return False

    def _somebody(self, story: Story, s: int) -> bool:
        """Whether a person, a pronoun or a paper stands in the sentence: who gives the name."""
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        if not self.people.inflects and self._is_what_one_called(story, start, s):
            return True
        return any(
            story.at[j] in self.people.at
            or self.words.says("subject_pronouns", self._low(story, j))
            or (
                self.words.says("titles_of_papers", self._low(story, j))
                and self.pieces.is_capital(story.at[j])
            )
            or any(self.words.kinds.among(kind, self._low(story, j)) for kind in _WHO_JUDGE)
            or (self.people.inflects and self.words.says("papers", self._low(story, j)))
            for j in range(max(start, s - 60), s + 4)
            if j < len(story.at) and story.at[j] >= 0
        )

    def _are_words_of(self, story: Story, s: int) -> bool:
        """ "answered with one word, Q", "died with the words Q", "his last words were Q"."""
        low, k = self._low, s - 1
        k -= story.kinds[k] in ",:"
        was = self.words.says("copulas", low(story, k)) or self.words.says(
            "passives", low(story, k)
        )
        k -= was
        k -= was and self.words.says("verb_helpers", low(story, k))  # "had been"
        if not self.words.says("one_word", low(story, k)):
            return False
        near = range(max(0, k - 6), k)
        if any(story.kinds[j] in "|¶;Q" for j in near):
            near = range(max(j for j in near if story.kinds[j] in "|¶;Q") + 1, k)
        lows = [low(story, j) for j in near]
        if was:
            owned = self.words.any_of("possessives", endings=self.suffixes.possessive)
            return any(owned[one] for one in lows) and self.words.has("of_last_words", lows)
        answers = any(self.words.says("answering", one) or self.words.says("dying", one)
                      for one in lows)  # fmt: skip
        return answers or low(story, s + 1) in self._lips(story, s)

    def _is_written_on(self, story: Story, s: int) -> bool:
        """ "a card with q typed on it", "had painted q across the gate"."""
        low, k = self._low, s + 1
        on = self.words.says("place_prepositions", low(story, k + 1))
        behind = self.words.says("inscribing", low(story, k)) and on
        return behind or self.words.says("inscribing", low(story, s - 1))

    def _lips(self, story: Story, s: int) -> tuple[str, ...]:
        """ "with the word Q upon his lips": the word after it, if lips are told of."""
        lips = any(self.words.says("lips", self._low(story, j)) for j in range(s + 1, s + 5))
        return (self._low(story, s + 1),) if lips else ()

    def _is_known_as(self, story: Story, s: int) -> bool:
        """ "The road, known as q, ran north": a name that is given."""
        k = s - 1
        while k > 0 and (story.kinds[k] == "i" or self.words.says("bridges", self._low(story, k))):
            k -= 1
        return self.words.says("negations", self._low(story, k))

    def _is_what_one_called(self, story: Story, start: int, verb: int) -> bool:
        """ "what the Emperor called q": somebody told of by what he is."""
        low = self._low(story, verb - 1)
        titled = self.words.says("titles", low) or self.words.says("generic", low)
        return titled and any(
            self.words.says("what", self._low(story, j)) for j in range(max(start, verb - 5), verb)
        )

    @staticmethod
    def _takes_turn_after_dash(story: Story, s: int) -> bool:
        """«Q», — сказал X. — «Q»: after a remark, a full stop and a dash somebody answers."""
        before = story.kinds[max(0, s - _TURN) : s]
        remark = before[before.rfind("Q") + 1 :]
        ends = remark.rstrip("-").rstrip("|").endswith((".", "|")) or remark.endswith("|-")
        return "Q" in before and remark.endswith("-") and ends and "-" in remark[:3]

    def _disowned(self, story: Story, s: int) -> bool:
        start = max(story.kinds.rfind("|", 0, s), story.kinds.rfind("¶", 0, s)) + 1
        start = 0 if self.people.inflects else start
        lows = [self._low(story, j) for j in range(max(start, s - 5), s)]
        joined = " ".join(lows)
        told = f" {joined} "
        if self.people.inflects and any(phrase in told for phrase in self._according):
            return False  # «по рассказу Лунина, «...»»
        said = [k for k, low in enumerate(lows) if self.words.says("verbs", low)]
        naming = bool(said) and self.words.says("naming", lows[said[-1]])
        if said and (self.people.inflects or not naming):
            lows = lows[said[-1] + 1 :]  # «Газета „Наше дело“ писала: Q», «газеты назвали дело Q»
        return any(phrase in joined for phrase in self._so_called) or self.words.has(
            "disowning", lows[-4:]
        )

    def _is_title(self, words: list[str]) -> bool:
        if self.rules.get("titles_in_capitals"):
            small = self.words.any_of("oblique_words", "coordinators")
            long = [word for word in words if len(word) > 3 and not small[word.lower()]]
            return bool(long) and all(word[0].isupper() for word in long) and len(words) < 10
        return (
            len(words) <= 4
            and words[0][0].isupper()
            and not self._has_verb([word.lower() for word in words])
        )
