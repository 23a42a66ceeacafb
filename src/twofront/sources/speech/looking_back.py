"""What the lines of a talk that were read tell of those before them.

ahead     — Q ⏎ — Q ⏎ — Q, said X     the first line of a dialogue is of who has the third
answers   «Q?» — «Q», — сказал X      who answers is not who asked
back      — Q, said X ⏎ — Q ⏎ — Q ⏎ — Q, said Y     the last bare line is not of Y
past      — Q ⏎ — Q ⏎ — Q ⏎ X left    lines of nobody are of whom the next sentence tells
"""

from __future__ import annotations

from .story import Fragment
from .turns import Turns


class LookingBack(Turns):
    """Looks again at what was said once every line has been read."""

    def _look_ahead(self) -> None:
        """The first line of a dialogue: its speaker has a name two lines further on."""
        groups = [[self.fragments[k] for k in members] for members in self.groups.values()]
        for one, two, three in zip(groups[-3::-1], groups[-2::-1], groups[:1:-1], strict=False):
            lines = (one[-1], two[0], two[-1], three[0])
            if any(line.para - lines[0].para > 2 or not line.dialogue for line in lines) and not (
                all(self._is_line_of(line) for line in lines)
                and (two[0].para - one[-1].para, three[0].para - two[-1].para) == (1, 1)
            ):
                continue
            known = [part[0].chain[-1] if part[0].chain else "" for part in (one, two, three)]
            if not known[0] and known[2] and known[1] != known[2]:
                for fragment in one:
                    self._give(fragment, three[0].chain, "quote-turn", 0.5)

    def _look_at_answers(self) -> None:
        """«Q?» — «Q», — сказал X: whoever answers is not who asked, whom nothing tells for sure."""
        at = self.story.of_fragment
        for k in range(len(self.fragments) - 1):
            one, two = self.fragments[k], self.fragments[k + 1]
            if not (one.speech and two.speech) or one.group == two.group or one.para != two.para:
                continue
            between = self.story.kinds[at[k] + 1 : at[k + 1]].strip(".|")
            if (
                between != ("-" if self.dashed else "")
                or one.chain != two.chain
                or not any(one.chain)
            ):
                continue
            guessed = one.rule in ("quote-lead-subject", "quote-focus", "quote-same-paragraph")
            if not guessed or not two.rule.startswith("quote-after"):
                continue
            other = self.focus(at[k], False, one.chain[-1], remember=False)
            if other:
                self._give(one, (*self.outer, other), "quote-turn", 0.5)

    def _look_back(self) -> None:
        """Lines without a remark between two with one: the last cannot be of who speaks next."""
        groups = [[self.fragments[k] for k in members] for members in self.groups.values()]
        for end in range(len(groups) - 1, 2, -1):
            if groups[end][0].rule == "quote-turn":
                continue
            start = end - 1
            while start > 0 and self._is_bare_line(groups[start], groups[start + 1]):
                start -= 1
            at = self.story.of_fragment[self._number_of(groups[end][0])]
            if self.story.kinds[at - 1] not in "¶-":
                continue  # not a line, but a quotation in what is told
            if end - start < 3 or not self._are_neighbours(groups[start], groups[start + 1]):
                continue
            pair = (groups[end][0].chain, groups[start][0].chain)
            last = groups[end - 1][-1].chain
            if pair[0] != pair[1] or last != pair[0] or not all(map(any, pair)):
                continue
            others = [line.chain for g in groups[max(0, start - 1) : end] for line in g]
            other = next((chain for chain in others[::-1] if any(chain) and chain != last), None)
            if other is None:
                continue
            for k in range(end - 1, start, -1):
                chain = other if (end - k) % 2 else pair[0]
                for fragment in groups[k]:
                    self._give(fragment, chain, "quote-turn", 0.5)

    def _look_past(self) -> None:
        """Lines of nobody in a talk with one: of whom the sentence after the talk tells."""
        groups = [[self.fragments[k] for k in members] for members in self.groups.values()]
        start = 0
        for end in range(1, len(groups) + 1):
            if end < len(groups) and self._are_neighbours(groups[end - 1], groups[end]):
                continue
            lines, start = groups[start:end], end
            known = {line[0].chain[-1] for line in lines if any(line[0].chain)}
            open_lines = [line for line in lines if not any(line[0].chain)]
            if len(lines) < 3 or len(known) != 1 or not open_lines:
                continue
            if not all(self._is_line_of(line[0]) for line in lines):
                continue
            at = self.story.of_fragment[self._number_of(lines[-1][-1])]
            k = self.story.kinds.find("¶", at) + 1
            told = self._antecedents(k, self.sentence_end(k)) if k else []
            if told and told[0].at - k <= 2 and told[0].weight >= 2 and told[0].id not in known:
                for fragment in (part for line in open_lines for part in line):
                    self._give(fragment, (*self.outer, told[0].id), "quote-turn", 0.5)

    @staticmethod
    def _are_neighbours(one: list[Fragment], two: list[Fragment]) -> bool:
        return two[0].para - one[-1].para == 1

    def _is_bare_line(self, line: list[Fragment], after: list[Fragment]) -> bool:
        return line[0].rule == "quote-turn" and self._are_neighbours(line, after)

    def _give(self, fragment: Fragment, chain: tuple[str, ...], rule: str, sure: float) -> None:
        fragment.chain, fragment.rule, fragment.confidence = chain, rule, sure
