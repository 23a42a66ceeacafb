"""Two invented texts on an invented war, and what ties them: the ground of the review's tests."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from twofront.ledger.alignment import Alignment, Reading, Tie, read_all
from twofront.sources import Mention, read_document

FOLDER = Path(__file__).parent / "review"
FILES = [FOLDER / "harbour.txt", FOLDER / "letters.txt"]
TIES = [
    ("March 1702", "April 1702", "conflict", "start of the war", "one war cannot begin twice"),
    ("40 ships", "60 ships", "tension", "size of the fleet", "a third apart"),
    ("4 June 1703", "4 June 1703", "corroborates", "the pact", "the same day"),
    ("27 wrecks", "31 wrecks", "conflict", "wrecks", "both count all wrecks"),
]


def readings(*paths: Path) -> list[Reading]:
    """The two texts, or others, read."""
    return read_all([read_document(path) for path in paths or FILES])


def tied(read: Sequence[Reading], names: object = None) -> Alignment:
    """The ties by hand, so that these tests hang on no rule of alignment."""
    found = []
    for first, second, relation, topic, why in TIES:
        one, other = (_mention(read, k, words) for k, words in ((0, first), (1, second)))
        if one and other:
            found.append(Tie(one, other, relation, topic, why))
    return Alignment(tuple(found))


def _mention(read: Sequence[Reading], number: int, words: str) -> Mention | None:
    if len(read) <= number:
        return None
    kinds = ("DATE", "QUANTITY")
    named = (m for m in read[number].mentions if m.type in kinds and m.text.endswith(words))
    return next(named, None)


def main() -> None:
    """The command line with these ties in the place of the rules of alignment."""
    from twofront import cli
    from twofront.cli import review

    review.align = tied  # type: ignore[attr-defined]
    cli.main()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
