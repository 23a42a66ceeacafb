"""Pairs of texts with marked ties and contradictions: found as often as before, or more often."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parent / "reading"
sys.path.insert(0, str(HOME))

from pairs import score_pairs  # noqa: E402
from scoring import read_set  # noqa: E402

from twofront.ledger import read_all, timeline  # noqa: E402
from twofront.sources import document_from_text  # noqa: E402

FLOORS = tomllib.loads((HOME / "floors_pairs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["dev", "frozen"])
def test_ties_and_contradictions_are_found_no_worse_than_their_floor(name):
    __tracebackhide__ = True  # nothing of the frozen texts is shown
    found, floor = score_pairs(HOME / "pairs" / name), FLOORS[name]
    reached = {
        "ties": round(found.tie_share, 3),
        "not_same": found.right["not_same"],
        "clashes": found.found.total(),
        "false_alarms": found.false_alarms,
    }
    assert reached["ties"] >= floor["ties"]
    assert reached["not_same"] >= floor["not_same"]
    assert reached["clashes"] >= floor["clashes"]
    assert reached["false_alarms"] <= floor["false_alarms"]


def test_one_author_is_hardly_ever_said_to_contradict_himself():
    """False alarms in texts written without a contradiction: at most one in a hundred."""
    texts = read_set(HOME / "dev")
    certain = 0
    for text in texts:
        document = document_from_text(
            text.text, doc_id=text.name, language=text.language, date=text.date or None
        )
        readings = read_all([document])
        certain += any(clash.certain for clash in timeline(readings).clashes())
    assert certain / len(texts) <= 0.01


def test_texts_on_many_wars_do_not_contradict_each_other():
    """Fifty texts side by side: what is called certain there would be a false alarm."""
    texts = [text for text in read_set(HOME / "dev") if text.language == "en"][:50]
    readings = read_all(
        document_from_text(text.text, doc_id=text.name, language="en", date=text.date or None)
        for text in texts
    )
    assert sum(clash.certain for clash in timeline(readings).clashes()) <= 2
