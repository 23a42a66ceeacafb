"""Phrases for people without a name where nouns have cases, read from their noun.

«молоденький лейтенант» · «один из офицеров» · «комендант» · «начальник дивизии» · «кто-то»
"""

from __future__ import annotations

from ..grammar.dictionary import (
    adjective_base,
    agrees,
    is_adjective,
    is_finite_verb,
    is_genitive,
    is_nominative_adjective,
    is_noun,
    is_participle,
    is_plural_subject,
    lemmas_of,
    may_be_plural_subject,
    noun_of,
    plural_subject_of,
    verb_of,
)
from .narrative import Voice
from .peoples import Peoples

_SOMEBODY = 7  # tokens between «кто-то» and its verb


class BareNouns(Peoples):
    """Reads a noun that describes somebody, and what goes with it."""

    def _stands_for_noun(self, s: int) -> bool:
        """Whether an adjective in the nominative has no noun after it: «потребовал патрульный»."""
        low = self.low(s)
        if self.roles[low] or not is_nominative_adjective(low):
            return False
        return self.story.kinds[s + 1] in ",.-|¶:;" and not self.says("subject_pronouns", s)

    def _goes_with_thing(self, s: int, low: str) -> bool:
        """«часовой механизм», «рабочий посёлок»: an adjective here, and nobody."""
        if not is_adjective(low) or self.story.kinds[s + 1] not in "wc":
            return False
        k = s + 1
        while k < s + 3 and is_adjective(self.low(k)):
            k += 1
        return agrees(low, self.low(k))

    def _comes_in(self, s: int) -> bool:
        """«подошёл человек»: after a verb, but not «был человек»."""
        k = s - 1
        while k > 0 and is_adjective(self.low(k)):
            k -= 1
        return is_finite_verb(self.low(k)) and not self.says("copulas", k)

    def _is_role_at(self, s: int) -> bool:
        """Whether a common noun for a person stands at a position."""
        i = self.story.at[s]
        common = i >= 0 and self.pieces.letters[i] == "w" and is_noun(self.low(s))
        return common and any(self.says(name, s) for name in ("generic", "titles"))

    def _somebody_at(self, s: int) -> int:
        """The position after «кто-то»; 0 if it does not stand there."""
        if not self.says("who", s):
            return 0
        if self.says("somebody", s):
            return s + 1
        return s + 3 if self.story.kinds[s + 1] == "-" and self.says("whoever", s + 2) else 0

    def _of_what(self, k: int, b: int) -> int:
        """«начальник генерального штаба»: where the genitive after a role ends."""
        j = k
        while j < min(b, k + 3) and is_adjective(self.low(j)):
            if is_genitive(self.low(j)) and not agrees(self.low(j), self.low(j + 1)):
                break  # but «военного совета»
            j += 1
        low = self.low(j) if j < b else ""
        genitive = len(low) > 2 and is_genitive(low) and not self.says("oblique_words", j)
        lists = ("verbs", "titles", "generic")
        somebody = any(self.says(name, j) for name in lists) and not self.says("institutions", j)
        return j + 1 if genitive and not somebody else k

    def _are_subject(self, s: int, low: str, cue: int | None) -> bool:
        """Whether a noun is the plural subject of a verb in the plural."""
        if cue is None or verb_of(self.low(cue))[1] != "plur" or not may_be_plural_subject(low):
            return False
        before = self.low(s - 1)
        return (
            not (self.says("oblique_words", s - 1) or is_noun(before))
            and "," not in (self.story.kinds[min(s, cue) : max(s, cue)])
        )

    def _bare_noun(self, s: int, b: int, cue: int | None) -> Voice | None:
        """«молоденький лейтенант», «один из офицеров», «комендант», «начальник дивизии»."""
        p = self.pieces
        i = self.story.at[s]
        low = p.lows[i]
        if cue is None and not self._may_tell_of_somebody(s, i, low):
            return None
        role = self.roles[low] or (p.letters[i] == "w" and self.is_title_here(low))
        noun = p.letters[i] in "wc"
        if not noun and not self._phrase_openers[low] and s - 1 != cue:
            return None
        after = self._somebody_at(s)
        if cue is not None and s == cue + 1 and self._stands_for_noun(s):
            who = self._implied(low, s, "")
            if who:
                return Voice(s, s + 1, who, "role", head=s)
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed", head=s)  # «сказал второй»
        among = self.says("indefinite", s) and self.says("from_among", s + 1)
        if among and self.says("object_plurals", s + 2):  # «одна из них»
            return Voice(s, s + 3, self.many(s) or "UNNAMED:" + low, "unnamed", head=s)
        if self.words.says("indefinite", low) or after:
            k = after or s + 1
            while k < min(b, s + 5):
                if self.says("generic", k) or self.says("titles", k):
                    lemma, _, _ = noun_of(self.low(k))
                    _, subject, _ = noun_of(low)
                    return Voice(s, k + 1, "UNNAMED:" + (lemma or self.low(k)), "unnamed")
                if not (self.low(k).isalpha()):
                    break
                k += 1
        if self.words.says("indefinite", low) and cue in (s + 1, s - 1):
            return Voice(s, s + 1, "UNNAMED:" + low, "unnamed", head=s)  # «один огрызнулся»
        near_verb = cue is not None and -_SOMEBODY <= s - cue <= 2
        if after and near_verb and "," not in self.story.kinds[s:cue]:
            return Voice(s, after, "UNNAMED", "unnamed", head=s)  # «сказал кто-то»
        if not noun or (s == cue and is_finite_verb(low)):
            return None  # «Q, — подгоняла Анна»: no driver
        if (
            self.story.kinds[s + 1] == "-"
            and p.touches(self.story.at[s + 1])
            and self.says("titles", s)
        ):
            return None  # «вице-адмирал» is read at its second half
        if role and is_adjective(low) and self._is_role_at(s + 1 + self.says("possessives", s + 1)):
            return None  # «старший офицер» is read at its noun
        near = (cue is not None and abs(s - cue) <= 5) or low.endswith(self.agent_endings)
        near = near or (cue is not None and s - self.sentence_start(s) <= 1)
        near = near or (cue is None and self.says("kin", s))  # «маме я написал»
        near = near or (cue is None and self._begins_clause(s) and is_finite_verb(self.low(s + 1)))
        near = near or (
            cue is None and self._begins_clause(s - 1) and is_finite_verb(self.low(s - 1))
        )
        if not role and not near:
            return None
        if self.says("verbs", s) or self.says("never_a_noun", s):
            return None
        if self.words.says("every_one", low) and self.story.kinds[s + 1] in "wc":
            return None  # «у всех солдат»
        if self._goes_with_thing(s, low):
            return None
        if self.words.says("anybody", low) and not self._comes_in(s):
            return None
        lemma, subject, living = noun_of(low)
        if not lemma and self.words.says("epithets", low):
            lemma, subject = low, low.endswith(self.declension.adjectives)  # «побежденный»
        stressed = low.endswith(self.declension.stressed_adjectives) and is_adjective(low)
        if not lemma and role and (stressed or is_nominative_adjective(low)):
            lemma, subject = low, True  # «вестовой»
        if lemma and not subject and is_plural_subject(low):
            lemma, subject = low, True  # «солдаты»
        elif lemma and not subject and self._are_subject(s, low, cue):
            lemma, subject = low, True  # «женщины кричали»
        if not lemma or not (role or (living and not self.says("lifeless", s))):
            if lemma and self.words.says("nouns", low):
                return Voice(s, s + 1, "UNNAMED:" + lemma, "thing", oblique=not subject)
            return None
        whole = low
        if role and lemma not in self._titles_here:
            whole = next((one for one in lemmas_of(low) if one in self._titles_here), low)
            lemma = lemma if whole == low else whole
        words = [(not subject and plural_subject_of(low)) or lemma]
        k = s - 1
        while (
            k >= 0
            and k > s - 3
            and self.story.at[k] >= 0
            and self.low(k).isalpha()
            and (p.letters[self.story.at[k]] in "wc" and is_adjective(self.low(k)))
            and not self.says("never_a_noun", k)
            and not self.says("possessives", k)
            and not self.says("emphatic", k)
            and not self.says("every_one", k)
            and not self.says("relatives", k)  # «листок, который адъютант хранил»
        ):
            words.insert(0, self.low(k) if subject else adjective_base(self.low(k)))
            k -= 1
        last = s + 1
        if self.words.says("of_what", low):
            end = self._of_what(last, b)
            words.extend(self.low(j) for j in range(last, end))
            last = end
        indefinite = self.says("indefinite", k)
        opens = cue is not None or (self._begins_clause(s) and is_finite_verb(self.low(s + 1)))
        led = self.says("back_references", k) or self.says("plural_objects", k)
        new = led and is_participle(self.low(k - 1))  # «встречавший их норвежец»
        if opens and subject and not (indefinite or new) and len(words) == 1:
            who = self._of_a_people(s, lemma, cue is not None)
            if who:
                return Voice(s, last, who, "role")
        if role and not indefinite:
            if (
                s >= 2
                and self.story.kinds[s - 1] == "-"
                and p.touches(i)
                and self.low(s - 2).isalpha()
            ):
                whole = self.low(s - 2) + "-" + low
                words[-1] = self.low(s - 2) + "-" + words[-1]
            who = self.role(whole, s, words, cue, k + 1)
            if who:
                return Voice(s, last, who, "role", oblique=not subject, head=s)
        kind = "role" if role else "unnamed"
        return Voice(s, last, "UNNAMED:" + " ".join(words), kind, oblique=not subject, head=s)
