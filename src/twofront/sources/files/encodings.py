"""Bytes become text: byte order marks first, then UTF-8, then the old single-byte alphabets.

UTF-8 is never guessed wrongly: text in another encoding practically never is valid UTF-8. Among
the single-byte encodings a Russian text gives itself away by long runs of high bytes, and the
right one of them by how often its letters stand in Russian, and by capitals inside words. In a
Western text single high bytes stand among ASCII letters: the right encoding makes them letters
inside words and punctuation between them.
"""

from __future__ import annotations

import codecs
import difflib
import encodings.aliases
import math
import re
from operator import itemgetter

from ..grammar.alphabets import Alphabet, alphabets

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac-roman", "cp850")
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",  # Word documents before 2007
)
# Codecs of Python that are no encoding in which anybody keeps a text.
_NO_TEXT = frozenset(
    {
        "base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec",
        "zlib_codec", "idna", "punycode", "mbcs", "undefined", "unicode_escape",
        "raw_unicode_escape", "utf_7",
    }
)  # fmt: skip
_HEAD = 200_000  # bytes or characters; enough to know an encoding by
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_SURE_RUN = 4  # high bytes in a row, which no Western word has
_FEW = 40  # letters
_TYPOGRAPHY = "«»–—…№„“”’\u00a0"
_OPENING, _CLOSING = "“‘«„", "”’»"
_BETWEEN = "–—…•§°£\u00a0"


def decode(raw: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ValueError with the reason if there is none.

    With `encoding` (a name that `known` accepts) nothing is guessed.
    """
    if encoding is not None:
        return _strict(raw, "utf-8-sig" if _is_utf8(encoding) else encoding)
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, marked)
    if raw.startswith(_SIGNATURES):
        raise ValueError("is a binary file, not plain text")
    if b"\0" in raw[:4096] or b"\4" in raw[:4096]:
        unmarked = _unmarked_utf16(raw)
        if unmarked is None:
            raise ValueError("is a binary file, not plain text")
        return _strict(raw, unmarked)
    try:
        return _without_controls(raw.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(raw):
            problem = (
                f"byte {error.start + 1} is not UTF-8, though the rest is; name another encoding "
                "with --encoding if it has one"
            )
            raise ValueError(problem) from None
    return _single_byte(raw)


def known(encoding: str) -> str:
    """The name, if Python knows it as an encoding of text. Raises ValueError naming near ones."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name.replace("-", "_") in _text_encodings():
        return encoding
    wanted = re.sub(r"[^a-z0-9]+", "_", encoding.lower())[:40]
    names = {**encodings.aliases.aliases, **{name: name for name in _text_encodings()}}
    near = difflib.get_close_matches(wanted, names, n=12, cutoff=0.5)
    close = [names[one].replace("_", "-") for one in near if names[one] in _text_encodings()]
    usual = ["utf-8", "cp1251", "koi8-r", "cp866", "cp1252"]
    # Of names that are close the usual ones are likelier to be meant.
    close.sort(key=lambda name: name not in usual)
    raise ValueError(", ".join(list(dict.fromkeys([*close[:4], *usual]))))


def _text_encodings() -> set[str]:
    names = {*encodings.aliases.aliases.values(), "utf_8_sig", "koi8_u", "cp1125", "cp720"}
    return names - _NO_TEXT | {codecs.lookup(n).name.replace("-", "_") for n in names - _NO_TEXT}


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def _strict(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"cannot be decoded as {encoding} at byte {error.start + 1}") from None
    except UnicodeError as error:
        raise ValueError(f"cannot be decoded as {encoding}: {error}") from None
    return _without_controls(text), encoding


def _without_controls(text: str) -> str:
    head = text[:_HEAD]
    if "\0" in text or len(_CONTROL.findall(head)) > max(2, 0.005 * len(head)):
        raise ValueError("is a binary file, not plain text")
    return text


def _unmarked_utf16(raw: bytes) -> str | None:
    """Latin, Cyrillic and punctuation have a high byte of 0, 4 or 20 to 22 (hexadecimal)."""
    if len(raw) % 2:
        return None
    head = raw[:4096]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if sum(byte in (0, 4, 0x20, 0x21, 0x22) for byte in high) > 0.95 * len(high):
            return encoding
    return None


def _mostly_utf8(raw: bytes) -> bool:
    text = raw[:_HEAD].decode("utf-8", "replace")
    good = sum(ord(c) > 127 and c != "\ufffd" for c in text)
    return good > 20 * text.count("\ufffd")


def _single_byte(raw: bytes) -> tuple[str, str]:
    head = raw[:_HEAD]
    high = sum(byte > 127 for byte in head)
    runs = [len(run) for run in _HIGH_RUN.findall(head)]
    if high > len(_ASCII_LETTER.findall(head)) or (
        sum(runs) > 0.5 * high and max(runs) >= _SURE_RUN
    ):
        fit, best = max(
            ((_fitness(head, encoding, one), encoding)
             for one in alphabets() for encoding in one.encodings),
            key=itemgetter(0), default=(-math.inf, ""),
        )  # fmt: skip
        # A few words may happen to be of rare letters, a page cannot.
        if fit > (0 if high > _FEW else -1.5):
            return _strict(raw, best)
    else:
        return _strict(raw, max(_WESTERN, key=lambda encoding: _westernness(head, encoding)))
    return _by_statistics(raw)


def _fitness(raw: bytes, encoding: str, alphabet: Alphabet) -> float:
    """Mean weight of the high characters: frequent letters, no capitals inside words."""
    text = raw.decode(encoding, "replace")
    high = [c for c in text if ord(c) > 127]
    if not high:
        return 0.0
    total = sum(alphabet.weights.get(c.lower(), -0.5 if c in _TYPOGRAPHY else -3.0) for c in high)
    return (total - 4 * len(alphabet.change_of_case.findall(text))) / len(high)


def _westernness(raw: bytes, encoding: str) -> float:
    """Mean fitness of the high characters for the places where they stand."""
    text = raw.decode(encoding, "replace")
    scores = [
        _fits(text[i - 1 : i], c, text[i + 1 : i + 2]) for i, c in enumerate(text) if ord(c) > 127
    ]
    mean = sum(scores) / len(scores) if scores else 0.0
    return mean + (0.25 if encoding == _WESTERN[0] else 0.0)  # by far the most frequent


def _fits(before: str, c: str, after: str) -> float:
    if c.isalpha():
        if c.islower():
            return 1.0 if before.isalpha() or after.isalpha() else 0.0
        first = after.isalpha() and not before.isalpha()
        return 1.0 if first or (before.isupper() and not after.islower()) else -1.0
    if c in _OPENING:
        return 1.0 if after.isalnum() and not before.isalnum() else -0.5
    if c in _CLOSING:
        return 1.0 if before and not before.isspace() else -0.5
    if c in _BETWEEN and not (before.isalpha() and after.isalpha() and c in "•§°£"):
        return 0.8
    return -1.0 if c == "\ufffd" or ord(c) < 160 else -0.3


def _by_statistics(raw: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # slow to import, hardly ever needed

    best = from_bytes(raw[:_HEAD]).best()
    if best is None or best.chaos > 0.1 or best.coherence < 0.2:
        raise ValueError("is in no encoding that can be recognised")
    return _strict(raw, best.encoding)
