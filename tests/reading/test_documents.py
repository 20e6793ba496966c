import pytest

from analysis.reading.documents import UnreadableDocument, make_document, read_document


def sentences(text):
    document = make_document(text)
    return [text[span.start : span.end] for span in document.sentences]


def test_a_point_after_an_abbreviation_ends_no_sentence():
    text = "The U.N. said Dr. F. Okello left on Feb. 24. At 6 p.m. The rest stayed."
    assert sentences(text) == [
        "The U.N. said Dr. F. Okello left on Feb. 24.",
        "At 6 p.m.",
        "The rest stayed.",
    ]


def test_paragraphs_are_lines_that_are_not_blank():
    text = "one\r\n\r\n \t\ntwo. Three.\n"
    document = make_document(text)
    assert [text[p.start : p.end] for p in document.paragraphs] == ["one", "two. Three."]
    assert [document.paragraph_at(text.index(word)) for word in ("one", "two", "Three")] == [
        0,
        1,
        1,
    ]


def test_offsets_hold_in_the_file_as_it_is(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("\ufeffé\r\n12 died".encode())
    document = read_document(path)
    assert document.text.index("12") == 4


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"x", "expected a text"),
        ("a.txt", b"\xff\xfe", "UTF-8"),
        ("a.txt", b" \n", "empty"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=message):
        read_document(path)
