"""Documents: bytes to text, text to numbered sentences, and digests that survive copying."""

import csv

import pytest

from helpers import SHARED, needs_shared
from twofront.basics import BadInput
from twofront.sources import digest, document_from_text, fold, read_document, samples
from twofront.sources.documents import LARGEST

RUSSIAN = "В сентябре 1877 года русские войска осадили крепость. Осада длилась три месяца.\n"
ENGLISH = "The siege began in 1877. It lasted three months.\n"


def sentences(text, language=None):
    document = document_from_text(text, doc_id="x", language=language)
    return [text[p.start : p.end] for p in document.passages]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"],
)
def test_a_russian_text_reads_the_same_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "text.txt"
    path.write_bytes(RUSSIAN.encode(encoding))
    document = read_document(path)
    assert document.text == RUSSIAN
    assert document.language == "ru"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_an_english_text_reads_the_same_in_every_encoding(tmp_path, encoding):
    text = ENGLISH + "The café’s owner – “a witness” – saw it.\n"
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text == text


def test_a_short_russian_text_in_the_windows_alphabet_is_recognised(tmp_path):
    path = tmp_path / "short.txt"
    path.write_bytes("Война началась в 1904 году.".encode("cp1251"))
    assert read_document(path).text == "Война началась в 1904 году."


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n\t ",
        bytes(range(256)) * 20,
        b"%PDF-1.4 abc",
        b"\x89PNG\r\n\x1a\n\0\0",
        bytes(range(128, 256)) * 8,
        RUSSIAN.encode() * 20 + b"\xff" + RUSSIAN.encode() * 20,
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path, raw):
    path = tmp_path / "thing.txt"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match=r"thing\.txt"):
        read_document(path)


def test_a_missing_file_a_directory_and_a_giant_are_refused(tmp_path):
    giant = tmp_path / "giant.txt"
    with giant.open("wb") as file:
        file.truncate(LARGEST + 1)  # a sparse file: its size alone must be enough
    for path, reason in ((tmp_path / "no", "no such"), (tmp_path, "directory"), (giant, "MB")):
        with pytest.raises(BadInput, match=reason):
            read_document(path)


def test_an_unknown_language_or_date_is_named():
    with pytest.raises(BadInput) as error:
        document_from_text("Words.", doc_id="x", language="de", date="yesterday")
    assert len(error.value.problems) == 2


def test_line_ends_stay_as_they_are(tmp_path):
    path = tmp_path / "dos.txt"
    path.write_bytes(b"One line.\r\n\r\nAnother line.\r\n")
    document = read_document(path)
    assert "\r\n" in document.text
    assert [p.para for p in document.passages] == [1, 2]


def test_every_filled_line_is_a_paragraph():
    document = document_from_text("Title\n\nOne. Two.\nThree.\n", doc_id="x")
    assert [(p.para, p.sent) for p in document.passages] == [(1, 1), (2, 1), (2, 2), (3, 1)]


def test_lines_broken_at_the_width_of_a_page_belong_together():
    line = "and the long column went on along the river through the dust until"
    text = f"{line}\n{line}\n{line} evening.\n\n{line}\n{line}\n{line} morning.\n"
    document = document_from_text(text, doc_id="x")
    assert {p.para for p in document.passages} == {1, 2}


PAGE = [
    "Holt kept the ford for two days. “I have taken away the boats, and the far",
    "bank is ours,” he told the governor. The column that had come down the river",
    "waited for the guns, which nobody had seen since the Tuesday, and Holt's own",
    "men slept where they stood.",
    "A week later the rain began, and with the rain the fever came up out of the",
    "marshes; the surgeon had no bark and asked the town in vain for some.",
]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            [],
            [
                "A paragraph of the same page, all in a row, "
                + "and it goes on and on " * 5
                + "here."
            ],
        ),
        (
            ["CHAPTER FOUR", "", "One paragraph, " + "and then some more of it " * 8 + "to begin."],
            [],
        ),
        (
            ["Skip to content", "", "The tale of a ford. " * 6],
            ["", "Comments: 3", "Share this page"],
        ),
    ],
)
def test_a_part_of_a_text_may_keep_the_width_of_a_page(before, after):
    document = document_from_text("\n".join([*before, *PAGE, *after]), doc_id="x")
    own = [p for p in document.passages if any(
        document.text[p.start : p.end].startswith(word) for word in ("Holt", "A week")
    )]  # fmt: skip
    (first, second) = own
    assert second.para == first.para + 1
    assert document.text[second.start : second.end].endswith("for some.")


def test_a_line_that_stops_in_mid_sentence_goes_on_in_the_next():
    text = "The two brigades, which had not eaten since Monday, came down\nto the ford.\nAll slept."
    paras = [p.para for p in document_from_text(text, doc_id="x").passages]
    assert paras == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "1st Foot: 400 men\n2nd Foot: 300 men\nGuns: 12\nlosses unknown\n",
        "The army sang on the road and forgot that it had marched since the Monday before that. "
        * 2
        + "\nThe long and winding road that led us to the town\nWas white with dust and brown\n"
        "And when at last the evening bells had rung and rung\nWe sang the song all armies sung\n",
        "A heading of the third chapter, which stands alone here\nThe army marched.\nIt stopped.\n",
    ],
)
def test_lists_verses_and_headings_keep_their_lines(text):
    document = document_from_text(text, doc_id="x")
    assert len({p.para for p in document.passages}) == text.count("\n")


def test_initials_and_abbreviations_do_not_end_a_sentence():
    assert len(sentences("Gen. J. R. Smith met Dr. Brown at 5 p.m. on Monday.")) == 1
    assert len(sentences("И. В. Смирнов и гос. секретарь прибыли в 1904 г. в город.")) == 1
    assert len(sentences("Это случилось в 1904 г. Он уехал.")) == 2


def test_an_ellipsis_ends_a_sentence_only_before_a_capital():
    assert len(sentences("They waited… and waited. Then… The end.")) == 3


def test_quotation_marks_stay_with_their_sentence():
    assert sentences("He said: “We go. Now!” Then they went.") == [
        "He said: “We go.",
        "Now!”",
        "Then they went.",
    ]


def test_a_digest_forgets_white_space_and_composition():
    assert digest("caf\u00e9  au\u00a0lait ") == digest("cafe\u0301 au lait")
    assert digest("one") != digest("two")
    assert fold(" a\n b ") == "a b"


def test_the_samples_are_there_and_short():
    documents = [read_document(path) for path in samples()]
    assert [d.id for d in documents] == ["sample-en", "sample-ru"]
    assert [d.language for d in documents] == ["en", "ru"]
    assert all(20 <= len(d.passages) <= 30 for d in documents)


@needs_shared
def test_every_claim_of_the_founding_texts_has_its_sentence():
    texts = {
        path.name[:3]: read_document(path) for path in sorted((SHARED / "seeds").glob("*.txt"))
    }
    with open(SHARED / "facts" / "CLAIMS.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found = texts[row["seed"]].sentence(int(row["para"]), int(row["sent"]))
            assert found, row["id"]
