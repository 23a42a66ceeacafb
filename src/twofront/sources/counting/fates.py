"""What numbers count by what is told around them: the killed, officers, soldiers or people."""

from __future__ import annotations

from .drafts import Draft
from .text import Counted, Text


def fate(text: Text, draft: Draft) -> str | None:
    """Killed, wounded, captured: told right before the number or right after the men."""
    lows, fates = text.p.lows, text.words.fates
    k = draft.last
    while text.says("auxiliaries", lows[k]) or text.says("fillers", lows[k]):
        k += 1
    k += text.says("among", lows[k])
    after = fates.get(lows[k])
    if after:
        further = fates.get(lows[k + 2]) if text.p.letters[k + 1] in ",a" else None
        return "casualties" if further not in (None, after) else after
    k = draft.first - 1
    k -= k > 0 and (text.p.letters[k] in "op:" or text.says("determiners", lows[k]))
    before = fates.get(lows[k]) if k >= text.sentence[0] else None
    if before and k - 2 >= text.sentence[0] and text.p.letters[k - 1] in ",a":
        further = fates.get(lows[k - 2])  # «убитыми и ранеными 640 тыс. человек»
        return "casualties" if further not in (None, before) else before
    return before


def told_after(text: Text, draft: Draft) -> str | None:
    """ "400 were officers", «из них 400 — офицеры»."""
    k = draft.last
    if draft.noun.how != "none":
        return None
    dash = text.grammar.inversion and text.p.letters[k] == "-"
    if dash or text.says("auxiliaries", text.p.lows[k]):
        found = text.nouns.head(draft.number, k + 1)
        return found.unit if found.how == "unit" and found.end <= k + 3 else None
    return None


def is_excepted(text: Text, draft: Draft) -> bool:
    """ "All but 200 were captured": what befell the others did not befall these."""
    p, says = text.p, text.says
    k = draft.first - 1
    if k - 1 < text.sentence[0] or not says("except", p.lows[k]):
        return False
    return says("everybody", p.lows[k - 1 - (p.letters[k - 1] == ",")])


def told_of_them(text: Text, draft: Draft) -> Counted | None:
    """ "22 of them", «22 из них»: what the sentence before counted last, if it was things."""
    told, k = text.before, draft.last
    of = text.p.letters[k] == "o" or text.says("partitive", text.p.lows[k])
    if told is None or not of or draft.first > text.sentence[0]:
        return None
    if text.is_measure(told.unit):
        return None
    return told if text.says("pronouns_of_many", text.p.lows[k + 1]) else None


def carries(text: Text, told: Counted, draft: Draft) -> bool:
    """Whether a bare number can count what was counted last."""
    if told.unit in (None, "percent", "times"):
        return False
    if not text.is_measure(told.unit):
        return True
    # Five hours and twelve thousand (men): no hours any more.
    before, now = (float(str(v).split("/")[-1]) for v in (told.value, draft.value))
    return now <= 20 * before


def men_of(text: Text) -> str:
    """Men are soldiers, unless the sentence tells of those who bear no arms."""
    first, last = text.sentence
    lows = text.p.lows[first:last]
    if text.words.has("civil", lows):
        return "people"
    if not text.words.data["counting"]["martial"]:
        return "soldiers"
    return "soldiers" if text.words.has("martial", lows) else "people"
