"""What "three weeks after the fall of X" is counted from: the date this text gives the fall of X.

The words after "after" are compared with the sentences that have a date. A sentence is meant
when it tells of the same thing, in whatever form ("the fall of X", "X fell", "X was taken":
`[deeds]` of the lexicon), and of the same place or person. Of its dates the one nearest to the
word counts. What is neither in the text nor among the known events has no date.
"""

from __future__ import annotations

import bisect
import heapq
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..grammar.lexicon import lexicon
from ..grammar.pieces import Pieces

if TYPE_CHECKING:
    from .proposals import Proposal

_CONTENT = 5  # words of an anchor that are looked at
_CANDIDATES = 4
_AHEAD = 20  # sentences by which what is told later lies farther off
_FEW = 50  # sentences with two words of an anchor that are all looked at
_EXPRESSION = 6  # pieces that "three weeks after" may take
_STOP = '|,.;:()"'


class Anchors:
    """The sentences of a text that have dates, by their words."""

    def __init__(self, pieces: Pieces, proposals: Sequence[Proposal]) -> None:
        self.pieces, self.proposals = pieces, proposals
        self.words = lexicon(pieces.language)
        self.ends = [match.start() for match in re.finditer(r"\|", pieces.shape)]
        self._index: dict[str, dict[int, int]] | None = None
        self._sentences: dict[tuple[str, str], list[int]] = {}
        self._dated: dict[int, list[int]] = {}
        self._found: dict[int, list[tuple[int, int]]] = {}

    def sentence(self, i: int) -> int:
        """The number of the sentence that piece i belongs to."""
        return bisect.bisect_left(self.ends, i)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """First piece of a sentence, and the piece that ends it."""
        return (self.ends[sentence - 1] + 1 if sentence else 0), self.ends[sentence]

    def phrase(self, i: int) -> list[tuple[str, bool, int]]:
        """The content words from piece i to the end of the clause: key, capital, piece."""
        p, found, first = self.pieces, [], i
        while i < len(p.letters) and p.letters[i] not in _STOP and len(found) < _CONTENT:
            low = p.lows[i]
            happens = p.letters[i] == "S" and low in self.words.deeds  # "the fall of Paris"
            if (
                (p.letters[i] in "wc" or happens)
                and len(low) > 2
                and not self.words.says("never_a_noun", low)
                and not self.words.says("possessive", low)
            ):
                found.append((self.words.key(low), p.letters[i] == "c", i))
            elif found and (p.letters[i] in "ar" or self.words.says("subjects", low)):
                break  # "after his oath he returned"
            elif len(found) == 1 and p.letters[i] == "i" and found[0][2] == i - 1 > first:
                break  # "on the third day of the war the bank closed"
            i += 1
        return found

    def candidates(self, i: int) -> list[tuple[int, int]]:
        """Proposals that may date what is named at piece i, the best first, with their scores."""
        known = self._found.get(i)
        if known is None:
            known = self._found[i] = self._ranked(i)
        return known

    def _ranked(self, i: int) -> list[tuple[int, int]]:
        phrase = self.phrase(i)
        if not phrase:
            return []
        if self._index is None:
            self._index = self._indexed()
        index = self._index
        phrase = phrase[self._adjectives(phrase) :]
        head, here = phrase[0], self.sentence(i)
        names = [index.get(key, {}) for key, capital, at in phrase[1:3] if capital and self._of(at)]
        alone = len(phrase) == 1
        his = self.words.says("possessive", self.pieces.lows[i])
        happens = head[0].startswith("deed ")
        ranked = []
        for sentence in self._sentences_near(index, [key for key, _, _ in phrase], here, his):
            piece = index[head[0]][sentence]
            if sentence == here and piece >= i - _EXPRESSION:
                continue
            found = [key for key in phrase if sentence in index.get(key[0], ())]
            score = sum(2 if capital or key == head[0] else 1 for key, capital, _ in found)
            if names and not any(sentence in name for name in names):
                score = 1
            # A word alone is no anchor, unless it is something that happens or the only word;
            # an actor alone ("after the Red Army had ...") is none.
            if head[1] and not alone:
                if len([key for key in found if key in phrase[:3]]) < min(3, len(phrase)):
                    continue
            elif score < 4 and not alone and not (happens and not names):
                continue
            if score < 2:
                continue
            far = abs(here - sentence) + (_AHEAD if sentence > here else 0)
            ranked.append((-score, far, sentence, piece))
        best = sorted(ranked)[:_CANDIDATES]
        return [(self._nearest(sentence, piece), -score) for score, _, sentence, piece in best]

    def _sentences_near(
        self, index: dict[str, dict[int, int]], keys: list[str], here: int, told_before: bool
    ) -> Iterator[int]:
        """The dated sentences with the first of some words, as far as one may be the best.

        told_before: "the day after his arrival" is of somebody who was told of.

        A text that names a battle in each sentence has too many of them to weigh them all for each
        "after the battle of". Where few have another of the words as well, these few are weighed;
        of the rest, that have only common words, the nearest that have all of those.
        """
        few: set[int] = set()
        common = []
        for key in keys[1:]:
            both = self._with(index, keys[0], key)
            if len(both) > _FEW:
                common.append(index[key])
            else:
                few.update(both)
        sentences = self._with(index, keys[0], keys[0])
        after = bisect.bisect_right(sentences, here)
        last = after if told_before else len(sentences)
        back = ((here - sentences[k], sentences[k]) for k in range(after - 1, -1, -1))
        ahead = ((sentences[k] - here + _AHEAD, sentences[k]) for k in range(after, last))
        yield from (one for one in few if one <= here or not told_before)
        left = _CANDIDATES + 1  # one of them may be the sentence of the anchor itself
        for _, sentence in heapq.merge(back, ahead):
            if sentence in few:
                continue
            yield sentence
            left -= all(sentence in found for found in common)
            if not left:
                break

    def _with(self, index: dict[str, dict[int, int]], one: str, other: str) -> list[int]:
        """The dated sentences with two words, in the order of the text."""
        found = self._sentences.get((one, other))
        if found is None:
            fewer, more = sorted((index.get(one, {}), index.get(other, {})), key=len)
            found = sorted(sentence for sentence in fewer if sentence in more)
            self._sentences[one, other] = found
        return found

    def _adjectives(self, phrase: list[tuple[str, bool, int]]) -> int:
        """How many adjectives stand before the noun: «последнего неудачного штурма»."""
        endings, lows, count = self.words.grammar.adjective_endings, self.pieces.lows, 0
        for (key, capital, at), (_, _, following) in itertools.pairwise(phrase):
            happens = key.startswith("deed ")
            if capital or happens or following != at + 1 or not lows[at].endswith(endings):
                break
            count += 1
        return count

    def _of(self, i: int) -> bool:
        """Whether a name belongs to the word before it ("the fall of Kars", «взятие Карса»)."""
        before, grammar = self.pieces.lows[i - 1], self.words.grammar
        if grammar.year_word and before.endswith(grammar.verb_endings):
            return False  # «после переправы сдалась Исакча»
        return self.pieces.letters[i - 1] in "op" or self.pieces.lows[i].endswith(
            self.words.grammar.genitive_endings
        )

    def _nearest(self, sentence: int, piece: int) -> int:
        """The date of a sentence that is nearest to a word, a day before a month."""

        def rank(k: int) -> int:
            proposal = self.proposals[k]
            apart = min(abs(proposal.first - piece), abs(proposal.last - piece))
            return apart + (0 if proposal.points[0].day else 8)

        return min(self._dated[sentence], key=rank)

    def _indexed(self) -> dict[str, dict[int, int]]:
        for k, proposal in enumerate(self.proposals):
            if proposal.offset is None and proposal.points:
                self._dated.setdefault(self.sentence(proposal.first), []).append(k)
        index: dict[str, dict[int, int]] = defaultdict(dict)
        p, never = self.pieces, self.words.data["words"]["never_a_noun"]
        keys = {w: self.words.key(w) for w in p.vocabulary.difference(never) if len(w) > 2}
        for sentence in self._dated:
            first, last = self.bounds(sentence)
            for i, low in enumerate(p.lows[first:last], first):
                key = keys.get(low)
                if key is not None:
                    index[key].setdefault(sentence, i)
        return index
