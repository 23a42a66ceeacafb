"""Twofront itself, all six types of mention at once."""

from adapter import serve

from twofront.sources import document_from_text, find_mentions

_FIELDS = ("type", "start", "end", "value", "mode", "unit", "certain")


def read(text, language, when, variant):
    """Variant: the document's date as it was given, since Twofront takes any EDTF date."""
    document = document_from_text(text, doc_id="text", language=language, date=variant or None)
    records = [m.to_dict() for m in find_mentions(document)]
    return [
        {k: r[k] for k in _FIELDS} for r in records if r["type"] in ("DATE", "QUANTITY", "QUOTE")
    ]


serve("twofront", read)
