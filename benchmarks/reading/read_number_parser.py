"""number-parser: the longest runs of words that it takes for one number.

Its `parse` gives a new text and no places, so words are tried one by one, and neighbours together.
"""

import re
from functools import lru_cache

from adapter import serve
from number_parser import parse_number

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 10


@lru_cache(100_000)
def _number(words, language):
    try:
        return parse_number(words.replace(",", ""), language)
    except Exception:
        return None


def read(text, language, when, variant):
    """No variants."""
    _number.cache_clear()  # a text may remember its own words, not those of the texts before
    words = list(_WORD.finditer(text))
    numeric = [_number(w.group().lower(), language) is not None for w in words]
    found, i = [], 0
    while i < len(words):
        if not numeric[i]:
            i += 1
            continue
        last = i + 1
        while (
            last < min(len(words), i + _LONGEST)
            and (numeric[last] or words[last].group().lower() in ("and", "и"))
            and not re.search(r"[^\s-]", text[words[last - 1].end() : words[last].start()])
        ):
            last += 1
        for end in range(last, i, -1):
            joined = " ".join(w.group().lower() for w in words[i:end])
            if numeric[end - 1] and (value := _number(joined, language)) is not None:
                found.append({
                    "type": "QUANTITY", "start": words[i].start(), "end": words[end - 1].end(),
                    "value": value,
                })  # fmt: skip
                break
        i = end
    return found


serve("number-parser", read)
