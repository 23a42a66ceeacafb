"""Prints `floors.toml` as the rules reach it now, rounded down: `python tests/reading/measure.py`.

Floors only ever rise; where one has to fall, the commit says why.
"""

from __future__ import annotations

import math
from pathlib import Path

from scoring import LANGUAGES, MEASURES, TYPES, bounds_said, read_set, score, total

from twofront.sources import document_from_text, find_mentions

HOME = Path(__file__).resolve().parent


def down(share: float) -> str:
    """Two digits, never more than was reached."""
    return f"{math.floor(100 * share + 1e-9) / 100:.2f}"


def main() -> None:
    """Reads what sets there are and prints their floors."""
    certain, units, f1, bounds = [], [], [], []
    for name in ("dev", "frozen"):
        if not (HOME / name / "documents.json").exists():
            continue
        read = [
            (text, [m.to_dict() for m in find_mentions(document_from_text(
                text.text, doc_id=text.name, language=text.language, date=text.date or None))])
            for text in read_set(HOME / name)
        ]  # fmt: skip
        if not read:
            continue
        units.append(f"[unit.{name}]")
        if name == "dev":
            bounds.append(f"[bounds.{name}]")
            for language in LANGUAGES:
                seen = [bounds_said(t, m) for t, m in read if t.language == language]
                marked, right = map(sum, zip(*seen))
                bounds.append(f"{language} = {down(right / marked)}")
        for type_ in TYPES:
            f1.append(f"[f1.{name}.{type_}]")
            certain.append(f"[certain.{name}.{type_}]")
            for language in LANGUAGES:
                seen = total(score(t, m, type_) for t, m in read if t.language == language)
                parts = ", ".join(f"{measure} = {down(seen.f1(measure))}" for measure in MEASURES)
                f1.append(f"{language} = {{ {parts} }}")
                right = seen.certain_right / seen.certain if seen.certain else 0.0
                share = seen.certain / seen.predicted if seen.predicted else 0.0
                certain.append(
                    f"{language} = {{ precision = {down(right)}, share = {down(share)} }}"
                )
                if seen.united:
                    units.append(f"{language} = {down(seen.unit_right / seen.united)}")
    print("# Below these the tests of reading fail. Made by measure.py; floors only ever rise.")
    print("\n# F1", *f1, sep="\n")
    print("\n# Of the mentions called certain: how many are right; how many there are", sep="\n")
    print(*certain, "\n# Of the right numbers: how many have the right unit", *units, sep="\n")
    print("\n# Of the dates that are marked with a bound: how many have it", *bounds, sep="\n")


if __name__ == "__main__":
    main()
