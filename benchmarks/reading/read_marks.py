"""Floors: every run of digits, and whatever stands between quotation marks."""

import re

from adapter import paragraphs, serve

_QUOTED = re.compile(r"«([^»]+)»|“([^”]+)”|„([^“”]+)[“”]|\"([^\"]+)\"")
_NAME = re.compile(r"\b[A-ZА-ЯЁ][\w’'-]+")


def digits(text, language, when, variant):
    """Runs of digits, taken at face value."""
    return [
        {"type": "QUANTITY", "start": m.start(), "end": m.end(), "value": int(m.group())}
        for m in re.finditer(r"\d+", text)
        if m.group().isascii()
    ]


def marks(text, language, when, variant):
    """What stands between marks, said by the capitalised word of the paragraph that is nearest."""
    found = []
    for offset, line in paragraphs(text):
        quoted = list(_QUOTED.finditer(line))
        names = [
            n for n in _NAME.finditer(line)
            if not any(q.start() < n.start() < q.end() for q in quoted)
        ]  # fmt: skip
        for q in quoted:
            near = min(
                names,
                key=lambda n, q=q: max(n.start() - q.end(), q.start() - n.end()),
                default=None,
            )
            found.append({
                "type": "QUOTE", "start": offset + q.start() + 1, "end": offset + q.end() - 1,
                "value": near.group() if near else None,
            })  # fmt: skip
    return found


serve(None, lambda *asked: (digits if asked[3] == "digits" else marks)(*asked))
