"""The two short texts that come with the package: one subject, two voices that disagree."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "samples"


def samples() -> list[Path]:
    """Paths of the shipped sample texts, English first. The file's stem is the document id."""
    return sorted(_FOLDER.glob("sample-*.txt"))
