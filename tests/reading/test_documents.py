import sys

import pytest

from analysis.reading import documents, read_candidates
from analysis.reading.audit import audit
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
        1,
        2,
        2,
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


def test_lines_broken_to_fit_a_page_are_one_sentence():
    text = (
        "The ministry said on Sunday that it was following up on\n"
        "the 55 people who had met with those who were ill in\n"
        "Kesh, where two have died.\n"
        "Name 12\n"
        "Other 40\n"
    )
    assert sentences(text) == [text.split("\nName")[0], "Name 12", "Other 40"]
    assert len(make_document(text).paragraphs) == 5


def test_a_sentence_without_an_end_is_cut_between_words():
    text = "12 dead, " * 1_000
    parts = [text[span.start : span.end] for span in make_document(text).sentences]
    assert max(map(len, parts)) <= documents.LONGEST
    assert " ".join(part.strip() for part in parts) == text.strip()


def test_what_is_no_text_or_too_much_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "text.txt"
    path.write_bytes(b"5 killed\0")
    with pytest.raises(UnreadableDocument, match="bytes that are none"):
        read_document(path)
    monkeypatch.setattr(documents, "_LARGEST", 4)
    with pytest.raises(UnreadableDocument, match="larger than"):
        read_document(path)


@pytest.mark.parametrize("piece", ["killed 12 people, police said, ", '"said 12" ', "(12) ", "a.b"])
def test_the_steps_of_reading_grow_with_the_text(piece):
    short, long = (count_steps(piece * size) for size in (200, 400))
    assert long < 2.4 * short


def count_steps(text):
    """Calls of functions, as a measure of time that is the same on every run."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    read_candidates(make_document("12 dead"))
    sys.setprofile(count)
    try:
        audit(make_document(text))
        read_candidates(make_document(text))
    finally:
        sys.setprofile(None)
    return calls
