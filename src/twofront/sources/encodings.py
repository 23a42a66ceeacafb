"""Bytes become text: byte order marks first, then UTF-8, then the old single-byte alphabets.

UTF-8 is never guessed wrongly: text in another encoding practically never is valid UTF-8. Among
the single-byte encodings a Russian text gives itself away by long runs of high bytes, and the
right one of them by the letters that then are frequent and small.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_FREQUENT = frozenset("оеаинтсрвлкмдпу")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_CHANGE_OF_CASE = re.compile("[а-яё][А-ЯЁ]")


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ValueError with the reason if there is none."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding)
    if raw.startswith(_SIGNATURES):
        raise ValueError("is a binary file, not plain text")
    if b"\0" in raw[:4096]:
        encoding = _unmarked_utf16(raw)
        if encoding is None:
            raise ValueError("is a binary file, not plain text")
        return _strict(raw, encoding)
    try:
        return _without_controls(raw.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(raw):
            problem = f"byte {error.start + 1} is not UTF-8, though the rest is"
            raise ValueError(problem) from None
    return _single_byte(raw)


def _strict(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"cannot be decoded as {encoding} at byte {error.start + 1}") from None
    return _without_controls(text), encoding


def _without_controls(text: str) -> str:
    head = text[:200_000]
    if len(_CONTROL.findall(head)) > max(2, 0.005 * len(head)) or "\0" in head:
        raise ValueError("is a binary file, not plain text")
    return text


def _unmarked_utf16(raw: bytes) -> str | None:
    """Latin, Cyrillic and punctuation have a high byte of 0, 4 or 20 (hexadecimal)."""
    if len(raw) % 2:
        return None
    head = raw[:4096]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if sum(byte in (0, 4, 0x20) for byte in high) > 0.95 * len(high):
            return encoding
    return None


def _mostly_utf8(raw: bytes) -> bool:
    text = raw[:200_000].decode("utf-8", "replace")
    good = sum(ord(c) > 127 and c != "\ufffd" for c in text)
    return good > 20 * text.count("\ufffd")


def _single_byte(raw: bytes) -> tuple[str, str]:
    head = raw[:200_000]
    high = sum(byte > 127 for byte in head)
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(head))
    if in_runs > 0.5 * high and high > 8:
        best = max(_CYRILLIC, key=lambda encoding: _russianness(head, encoding))
        if _russianness(head, best) > 0.5:
            return _strict(raw, best)
    elif high < 0.2 * len(head):
        return _strict(raw, "cp1252")
    return _by_statistics(raw)


def _russianness(raw: bytes, encoding: str) -> float:
    """Share of frequent small letters among the high characters, less changes of case in words."""
    text = raw.decode(encoding, "replace")
    high = [c for c in text if ord(c) > 127]
    if not high:
        return 0.0
    frequent = sum(c in _FREQUENT for c in high)
    return (frequent - 3 * len(_CHANGE_OF_CASE.findall(text))) / len(high)


def _by_statistics(raw: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # slow to import, hardly ever needed

    best = from_bytes(raw[:200_000]).best()
    if best is None or best.chaos > 0.1 or best.coherence < 0.2:
        raise ValueError("is in no encoding that can be recognised")
    return _strict(raw, best.encoding)
