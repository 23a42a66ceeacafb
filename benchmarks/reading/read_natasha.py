"""natasha's DatesExtractor, Russian."""

from adapter import serve
from natasha import DatesExtractor, MorphVocab

_extractor = DatesExtractor(MorphVocab())


def _edtf(fact):
    year = "XXXX" if fact.year is None else f"{fact.year:04}"
    parts = [year, *(f"{part:02}" for part in (fact.month, fact.day) if part is not None)]
    return "-".join(parts)


def read(text, language, when, variant):
    """No variants."""
    return [
        {"type": "DATE", "start": m.start, "end": m.stop, "value": _edtf(m.fact)}
        for m in _extractor(text)
    ]


serve("natasha", read)
