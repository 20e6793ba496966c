import gzip
from pathlib import Path

import pytest

from analysis.imports import import_file
from analysis.imports.reading import file as published
from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.results import ImportProblem

from ..published_data import write


def _text(path: Path) -> str:
    return PublishedFile(path).text


def test_gzip_is_known_by_its_magic_not_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n1,2\n", "plain.csv", packed=True)
    assert _text(path) == "a,b\n1,2\n"
    plain = write(tmp_path, "a,b\n1,2\n", "named.csv.gz")
    assert _text(plain) == "a,b\n1,2\n"


def test_byte_order_marks_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("\ufeffDate,Число\n".encode())
    assert _text(path) == "Date,Число\n"
    path.write_bytes("\ufeffDate,Число\n".encode("utf-16-le"))
    assert _text(path) == "Date,Число\n"
    path.write_bytes("\ufeffDate,Число\n".encode("utf-16-be"))
    assert _text(path) == "Date,Число\n"


def test_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("name\nok\nC\xf4te d'Ivoire\n".encode("latin-1"))
    for read in (lambda file: file.text, lambda file: list(file.read_lines())):
        with pytest.raises(ImportProblem, match="line 3: expected UTF-8 text, found the byte 0xf4"):
            read(PublishedFile(path))


def test_utf_16_without_its_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("Date,Value\n".encode("utf-16-le"))
    with pytest.raises(ImportProblem, match="UTF-16 without its mark"):
        _text(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04rest", "ZIP archive or an Excel"),
        (b"%PDF-1.7", "found a PDF"),
        (b"PAR1rest", "a Parquet file"),
        (gzip.compress(b"a,b\n" * 1000, mtime=0)[:-20], "damaged gzip"),
        (b"\x1f\x8bnot gzip at all", "damaged gzip"),
    ],
)
def test_other_kinds_of_file_are_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(ImportProblem, match=words) as caught:
        _text(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "a\n", "estimates_by_source.csv")
    with pytest.raises(ImportProblem, match=r"did you mean .*estimates_by_source\.csv\?"):
        _text(tmp_path / "estimate_by_source.csv")
    with pytest.raises(ImportProblem, match="a folder"):
        _text(tmp_path)


def test_a_peek_may_cut_a_character(tmp_path: Path) -> None:
    path = write(tmp_path, "ж" * 1_000_000)
    assert PublishedFile(path).head.startswith("ж" * 140_000)


def test_progress_tells_the_bytes_of_the_file_on_disk(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n" * 100_000, packed=True)
    told: list[tuple[int, int]] = []
    _ = PublishedFile(path, lambda done, size: told.append((done, size))).text
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_gzip_that_unpacks_to_fifty_times_its_size_is_refused_at_the_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "UNPACKED", 2_000_000)
    path = tmp_path / "bomb.json"
    path.write_bytes(gzip.compress(b"[" + b" " * 3_000_000, mtime=0))
    file = PublishedFile(path)
    assert file.is_json
    with pytest.raises(
        ImportProblem, match=r"unpacks to more than [0-9,]+: not a published table"
    ) as caught:
        _ = file.data
    with pytest.raises(ImportProblem) as again:
        _ = file.data
    assert again.value is caught.value
    # What is no table by its first text is not unpacked at all.
    path.write_bytes(gzip.compress(b" " * 3_000_000, mtime=0))
    with pytest.raises(ImportProblem, match=r"expected .*; found ''"):
        import_file("ohchr", path)


def test_a_file_that_cannot_be_read_twice_is_refused() -> None:
    with pytest.raises(ImportProblem, match="not a plain file"):
        PublishedFile(Path("/dev/zero"))


def test_half_a_character_in_json_becomes_a_sign_that_it_was_there(tmp_path: Path) -> None:
    path = write(tmp_path, r'[{"a\ud800": "x\uDFFFy", "b": ["\ud83d\ude00"]}]', "half.json")
    assert PublishedFile(path).data == [{"a\ufffd": "x\ufffdy", "b": ["\U0001f600"]}]


def test_a_key_twice_in_one_object_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"a": 1, "a": 2}]', "twice.json")
    with pytest.raises(ImportProblem, match="the key 'a' twice"):
        _ = PublishedFile(path).data


def test_json_is_loaded_once_even_if_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = PublishedFile(write(tmp_path, "[1,", "cut.json"))
    problems = []
    for _ in range(2):
        with pytest.raises(ImportProblem, match="not readable as JSON") as caught:
            _ = file.data
        problems.append(caught.value)
        monkeypatch.setattr(published.json, "loads", None)
    assert problems[0] is problems[1]
