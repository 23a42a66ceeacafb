"""quantulum3 without its classifier: quantities of English."""

import warnings

warnings.simplefilter("ignore")

from adapter import paragraphs, serve  # noqa: E402
from quantulum3 import parser  # noqa: E402


def read(text, language, when, variant):
    """No variants. A paragraph on which the tool fails gives nothing."""
    found = []
    for offset, line in paragraphs(text):
        try:
            quantities = parser.parse(line)
        except Exception:
            continue
        for q in quantities:
            value = q.value
            if q.uncertainty:
                value = [q.value - q.uncertainty, q.value + q.uncertainty]
            start, end = q.span
            found.append(
                {"type": "QUANTITY", "start": offset + start, "end": offset + end, "value": value}
            )
    return found


serve("quantulum3", read)
