"""Input: text, HTML, PDF and DOCX, told by their first bytes; encodings, recognised or given."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest

from made_files import page, pdf, with_parts
from twofront.basics import BadInput
from twofront.sources import find_mentions, read_document
from twofront.sources.documents import LARGEST, LARGEST_PACKED

FIRST = ["The army stood before the fortress for three long months of rain", "and went home."]
SECOND = [
    "In spring it came again with guns, and the walls that had been held",
    "were gone in days.",
]


@pytest.fixture
def read(tmp_path):
    def read(raw: bytes, name: str = "thing.txt", **more):
        path = tmp_path / name
        path.write_bytes(raw)
        return read_document(path, **more)

    return read


def lines(document):
    return [line for line in document.text.split("\n") if line]


def refused(read, raw, name="thing.txt", **more):
    with pytest.raises(BadInput) as caught:
        read(raw, name, **more)
    (problem,) = caught.value.problems
    assert "\n" not in str(problem)
    return str(problem)


# ---------------------------------------------------------------- encodings
RUSSIAN = [
    "Мир.",
    "Война",
    "Осада крепости",
    "1812 год",
    "ПРИКАЗ № 12",
    "в мае 1877 г.",
    "Мукден, 1905",
    "Война началась в 1904 году.",
    "Он сказал: «Нет».",
    "СОВЕРШЕННО СЕКРЕТНО",
    "Съезд объявил перерыв",
    "В сентябре 1877 года войска осадили крепость, и «главный штаб» не верил в успех.\n" * 30,
    "ПРИКАЗ ВОЙСКАМ ФРОНТА: НАСТУПАТЬ НА РАССВЕТЕ\n" * 20,
    "Дата: 1877, 1878; 12 000 чел. и 7 000 лошадей. The Times, 1877.\n" * 50,
]
WESTERN = [
    "The café’s owner",
    "“A witness” saw it.",
    "He said – “no”.",
    "Napoléon",
    "It cost £5.",
    "Zürich 1799",
    "Field Marshal Mörner wrote: “Où est-il?”",
    "The café’s owner – “a witness” – saw it. Señor Núñez’s house in Zürich cost £300.\n" * 30,
]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize(
    "encoding", [*UNICODE, "cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"]
)
def test_russian_texts_are_recognised_short_and_long(read, encoding):
    for text in RUSSIAN:
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert read(raw).text == text


@pytest.mark.parametrize("encoding", [*UNICODE, "cp1252", "latin-1", "iso8859-15", "mac-roman"])
def test_western_texts_are_recognised_short_and_long(read, encoding):
    for text in WESTERN:
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert read(raw).text == text


def test_a_given_encoding_overrides_what_would_be_recognised(read):
    raw = "Война".encode("koi8-r")
    assert read(raw, encoding="cp1251").text == raw.decode("cp1251")
    assert read("\ufeffabc".encode(), encoding="UTF-8").text == "abc"


@pytest.mark.parametrize(
    "wrong", ["cp1215", "windows1251", "rot13", "base64", "nonsense", "", "\0"]
)
def test_an_unknown_encoding_names_near_ones(read, wrong):
    told = refused(read, b"abc", encoding=wrong)
    assert "is not known" in told
    assert "cp1251" in told


def test_an_encoding_that_does_not_fit_is_told_with_the_byte(read):
    assert "byte 3" in refused(read, b"ab\xff", encoding="utf-8")
    assert "byte 1" in refused(read, "Ж".encode("cp1251"), encoding="ascii")


# ---------------------------------------------------------------- HTML
PAGE = """<!DOCTYPE html><html><head><title>Site</title><meta charset="{0}">
<style>p {{ color: red }}</style></head><body><nav><a href="/">Home</a></nav>
<header>Banner</header>
<h1>The siege</h1><p>It began in <b>June</b>
 1877 &amp; ended — late.<br>So it went.</p><ul><li>First<li>Second <i>item</i></ul>
<blockquote>«Мы стоим»</blockquote><script>var p = "<p>no</p>";</script>
<p hidden>no</p><p style="display: none">no</p><div aria-hidden="true">no</div>
<table><tr><td>1877</td><td>Siege</td></tr></table>
<form><button>Send</button></form><aside>no</aside><footer>Imprint</footer></body></html>"""
TOLD = [
    "The siege",
    "It began in June 1877 & ended — late. So it went.",
    "First",
    "Second item",
    "«Мы стоим»",
    "1877\tSiege",
]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_a_page_is_its_main_text_one_line_a_paragraph(read, encoding, name):
    document = read(PAGE.format(encoding).encode(encoding), name)
    assert lines(document) == TOLD
    assert [p.para for p in document.passages if p.sent == 1] == [1, 2, 3, 4, 5, 6]


def test_a_page_that_is_wrong_about_its_encoding_is_read_all_the_same(read):
    assert lines(read(PAGE.format("utf-8").encode("cp1251"))) == TOLD
    assert lines(read(PAGE.format("nonsense").encode("utf-8"))) == TOLD


def test_only_the_main_part_is_read_where_the_page_names_it(read):
    raw = b"<html><p>teaser<main><header><h1>Title</h1></header><p>words</main><p>more</html>"
    assert lines(read(raw)) == ["Title", "words"]


def test_two_breaks_or_an_indented_line_end_a_paragraph(read):
    raw = "<html><body>One<br>line.<br><br>Two.<br>&nbsp;&nbsp;&nbsp;Three.</body>"
    assert lines(read(raw.encode())) == ["One line.", "Two.", "Three."]


def test_raised_figures_are_no_part_of_the_number_before_them(read):
    page = b"""<html><body><p>By May 1813<sup>2</sup> it had 30,000<sup><a>3</a></sup> men in
    Sax&shy;ony,<sup>4</sup> or 5<sup>th</sup> Corps, on 12 km<sup>2</sup>, of 10<sup>6</sup>.
    <p><sup>3</sup> So Brown.</body></html>"""
    assert lines(read(page)) == [
        "By May 1813[2] it had 30,000[3] men in Saxony,[4] or 5th Corps, on 12 km2, of 10^6.",
        "3 So Brown.",
    ]
    made = docx.Document()
    paragraph = made.add_paragraph("By May 1813")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" it had 30,000 men in Sax\u00adony.")
    out = io.BytesIO()
    made.save(out)
    assert lines(read(out.getvalue())) == ["By May 1813[2] it had 30,000 men in Saxony."]


def test_a_text_with_a_sign_in_it_is_no_page(read):
    text = "It is a < b, and <p> is a tag.\n"
    assert read(text.encode()).text == text


def test_a_page_without_text_is_refused(read):
    assert "without text" in refused(read, b"<html><script>x</script></html>")


# ---------------------------------------------------------------- PDF
def test_printed_lines_become_paragraphs(read):
    document = read(pdf([page(FIRST, SECOND)]), "book.pdf")
    assert lines(document) == [" ".join(FIRST), " ".join(SECOND)]
    assert document.encoding == "pdf"
    assert [(p.para, p.sent) for p in document.passages] == [(1, 1), (2, 1)]


def test_a_pdf_is_told_by_its_first_bytes(read):
    assert lines(read(pdf([page(FIRST)]), "book.txt")) == [" ".join(FIRST)]


def test_russian_letters_come_by_the_map_of_the_font(read):
    words = ["Осада длилась три месяца, и штаб не верил в её успех, хотя гене-", "рал писал иное."]
    assert lines(read(pdf([page(words)]))) == [words[0][:-1] + words[1]]


def test_hyphens_at_line_ends_are_undone_unless_the_word_has_one(read):
    first = ["The north-west wind blew over the river when the old comman-", "der came to the"]
    second = ["camp in the early morning with a letter written by the north-", "west army in 1941-"]
    document = read(pdf([page([*first, *second, "1945."])]))
    (line,) = lines(document)
    assert "old commander came" in line
    assert "north-west army in 1941-1945." in line


def test_running_heads_and_page_numbers_are_left_out(read):
    pages, told = [], []
    for number, season in enumerate(("spring", "summer", "autumn", "winter")):
        head = [(70.0, 760.0, 9.0, f"A History {number}"), (300.0, 40.0, 9.0, f"– {number + 10} –")]
        opening = [f"In {season} {FIRST[0].lower()}", f"and {season} went home."]
        closing = [SECOND[0], f"were gone in {season}."]
        pages.append([*head, *page(opening, closing)])
        told += [" ".join(opening), " ".join(closing)]
    assert lines(read(pdf(pages))) == told


def test_a_sentence_goes_on_over_the_page_and_its_note_follows(read):
    first = page([FIRST[0], "and then it went over the river to the northern side where it"])
    note = [(70.0, 60.0, 8.0, "1 So the diary of the colonel says on its last page.")]
    second = page(["stood again for many days without doing anything at all."], indent=0)
    assert lines(read(pdf([first + note, second]))) == [
        f"{FIRST[0]} {first[1][3]} {second[0][3]}",
        note[0][3],
    ]


def test_a_scan_an_encrypted_a_damaged_and_an_endless_pdf_are_told_apart(read):
    assert "OCR" in refused(read, pdf([[], []]))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([page(FIRST)])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "encrypted" in refused(read, out.getvalue())
    assert "damaged" in refused(read, b"%PDF-1.7\nnothing at all")
    assert "damaged" in refused(read, pdf([page(FIRST)])[:300])
    bomb = pdf([page(FIRST)], extra=b" " * 120_000_000)
    assert len(bomb) < 200_000
    assert "unpacks" in refused(read, bomb)


@pytest.mark.parametrize("rise", [True, False])
def test_raised_figures_in_print_are_no_part_of_the_number_before_them(read, rise):
    drawn = [
        (70, 700, 11, "The town fell in May 1813"),
        (207.5, 704 if rise else 700, 7, "2"),
        (211.5, 700, 11, " and the army lost 30,000"),
        (343.5, 704 if rise else 700, 7, "13"),
        (349.5, 700, 11, " men before Decem\u00adber,"),
        (70, 686, 11, "and 4,000 then."),
    ]
    raw = pdf([drawn], compressed=False)
    if not rise:  # the operator of text says that it is raised
        raw = raw.replace(b"/F 7 Tf", b"/F 7 Tf 4 Ts").replace(b"/F 11 Tf", b"/F 11 Tf 0 Ts")
    document = read(raw, "book.pdf")
    assert lines(document) == [
        "The town fell in May 1813[2] and the army lost 30,000[13] men before December, "
        "and 4,000 then."
    ]
    found = [(m.type, m.value) for m in find_mentions(document)]
    assert ("QUANTITY", 30_000) in found
    assert [value for type_, value in found if type_ == "QUANTITY"] == [30_000, 4000]


def test_small_type_on_the_line_or_at_the_foot_stays(read):
    drawn = [
        (70, 700, 11, "They had"),
        (120, 700, 7, "300"),
        (140, 700, 11, "men in all, and many more besides were on the way to them."),
        (70, 100, 7, "3"),
        (75, 98, 9, "So Brown."),
    ]
    assert lines(read(pdf([drawn]), "book.pdf"))[0].startswith("They had 300 men")
    assert lines(read(pdf([drawn]), "book.pdf"))[-1] == "3 So Brown."


# ---------------------------------------------------------------- DOCX
def word_file(**parts: bytes) -> bytes:
    made = docx.Document()
    made.add_heading("The siege", 1)
    paragraph = made.add_paragraph("It began in ")
    paragraph.add_run("June").bold = True
    paragraph.add_run(" 1877,\tand\nended.")
    made.add_paragraph("«Мы стоим»", style="Quote")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1877", "Siege"
    made.sections[0].header.paragraphs[0].text = "Head"
    made.add_paragraph("")
    out = io.BytesIO()
    made.save(out)
    return with_parts(out.getvalue(), **parts) if parts else out.getvalue()


WORDS = ["The siege", "It began in June 1877, and ended.", "«Мы стоим»", "1877\tSiege"]


@pytest.mark.parametrize("name", ["report.docx", "report.txt"])
def test_a_word_document_is_its_paragraphs(read, name):
    document = read(word_file(), name)
    assert lines(document) == WORDS
    assert document.encoding == "docx"


def test_the_rows_of_a_table_in_word_are_those_of_a_page(read):
    rows = [["Army", "Men", "Guns"], ["French", "72,000", "246"], ["Allies", "67,000", ""]]
    made = docx.Document()
    table = made.add_table(len(rows), 3)
    for row, words in zip(table.rows, rows):
        for cell, word in zip(row.cells, words):
            cell.text = word
    layout = made.add_table(1, 2)
    layout.cell(0, 0).text = "One."
    layout.cell(0, 0).add_paragraph("Two.")
    inner = layout.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Guns", "12"
    out = io.BytesIO()
    made.save(out)
    page = "".join(f"<tr>{''.join(f'<td>{word}' for word in row)}" for row in rows)
    told = read(f"<html><table>{page}</table></html>".encode(), "page.html")
    document = read(out.getvalue(), "table.docx")
    assert lines(document) == [*lines(told), "One.", "Two.", "Guns\t12"]
    numbers = [m.value for m in find_mentions(document) if m.type == "QUANTITY"]
    assert numbers[:3] == [m.value for m in find_mentions(told) if m.type == "QUANTITY"]
    assert numbers[:3] == [72_000, 246, 67_000]


def test_insertions_are_read_and_deletions_not(read):
    with zipfile.ZipFile(io.BytesIO(word_file())) as archive:
        body = archive.read("word/document.xml")
    changed = body.replace(
        b"<w:t>June</w:t></w:r>",
        b"<w:t>June</w:t></w:r><w:ins><w:r><w:t>, or July,</w:t></w:r></w:ins>"
        b"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
    )
    assert changed != body
    assert lines(read(word_file(word__document=changed)))[1] == (
        "It began in June, or July, 1877, and ended."
    )


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def test_what_is_no_word_document_is_told_in_one_sentence(read):
    assert "no DOCX" in refused(read, archive(a=b"x"))
    assert "damaged" in refused(read, word_file()[:900])
    assert "damaged" in refused(read, word_file(word__document=b"<w:broken"))
    assert "damaged" in refused(read, b"PK\x03\x04 and so on")
    bomb = word_file(word__document=b" " * 70_000_000)
    assert len(bomb) < 200_000
    assert "unpacks" in refused(read, bomb)


def test_entities_that_multiply_do_not(read):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8)
    )
    body = laughs + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/"
    body += b"2006/main'><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
    refused(read, word_file(word__document=body))


# ---------------------------------------------------------------- any file
def test_an_encoding_is_nothing_for_files_that_are_not_text(read):
    assert "does not apply" in refused(read, pdf([page(FIRST)]), encoding="cp1251")


@pytest.mark.parametrize(
    ("head", "limit"), [(b"", LARGEST), (b"%PDF-1.7", LARGEST_PACKED), (b"PK\3\4", LARGEST_PACKED)]
)
def test_a_file_is_refused_by_its_size_before_it_is_read(tmp_path, head, limit):
    path = tmp_path / "giant"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(limit + 1)  # sparse: reading it would give zeros
    with pytest.raises(BadInput, match=f"up to {limit // 2**20} MB"):
        read_document(path)
