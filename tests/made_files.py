"""PDF and DOCX files made by hand, so that tests know every letter of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

Line = tuple[float, float, float, str]  # x, y, size, words


def pdf(pages: Sequence[Sequence[Line]], extra: bytes = b"", compressed: bool = True) -> bytes:
    """A PDF whose pages draw lines of words. Its font maps codes to letters, as real ones do."""
    letters = sorted({c for page in pages for line in page for c in line[3]})
    codes = {c: n for n, c in enumerate(letters, start=1)}
    mapping = "\n".join(f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for c, n in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    objects: list[bytes] = [b"", b"", b"", b"", b""]
    kids = []
    for page in pages:
        drawn = "\n".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{_coded(words, codes)}> Tj ET"
            for x, y, size, words in page
        )
        kids.append(len(objects) + 2)
        objects.append(_stream(drawn.encode() + extra, compressed))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    refs = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{refs}]>>".encode()
    objects[2] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 4 0 R"
        b"/DescendantFonts[5 0 R]>>"
    )
    objects[3] = _stream(cmap.encode(), compressed)
    objects[4] = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, thing in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, thing))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _coded(words: str, codes: dict[str, int]) -> str:
    return "".join(f"{codes[c]:04x}" for c in words)


def _stream(data: bytes, compressed: bool) -> bytes:
    kind = b""
    if compressed:
        data, kind = zlib.compress(data), b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), kind, data)


def page(*paragraphs: Sequence[str], top: float = 700, indent: float = 15) -> list[Line]:
    """A page of paragraphs, each a list of printed lines, the first indented."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        for n, words in enumerate(paragraph):
            lines.append((70 + (indent if n == 0 else 0), top, 11, words))
            top -= 14
    return lines


def with_parts(raw: bytes, **parts: bytes) -> bytes:
    """A ZIP archive with some parts replaced or added (`word__document` is word/document.xml)."""
    changed = {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, data in changed.items():
            new.writestr(name, data)
    return out.getvalue()
