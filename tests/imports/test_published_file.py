import gzip
from pathlib import Path

import pytest

from analysis.imports.imported import ImportProblem
from analysis.imports.published_file import find_encoding, peek_text, read_text

from .published_data import write


def test_gzip_is_known_by_its_magic_not_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n1,2\n", "plain.csv", packed=True)
    assert read_text(path) == "a,b\n1,2\n"
    plain = write(tmp_path, "a,b\n1,2\n", "named.csv.gz")
    assert read_text(plain) == "a,b\n1,2\n"


def test_byte_order_marks_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("\ufeffDate,Число\n".encode())
    assert read_text(path) == "Date,Число\n"
    path.write_bytes("\ufeffDate,Число\n".encode("utf-16-le"))
    assert read_text(path) == "Date,Число\n"
    assert find_encoding(path) == "utf-16"
    path.write_bytes("\ufeffDate,Число\n".encode("utf-16-be"))
    assert read_text(path) == "Date,Число\n"


def test_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("name\nok\nC\xf4te d'Ivoire\n".encode("latin-1"))
    with pytest.raises(ImportProblem, match=r"line 3: expected UTF-8 text, found the byte 0xf4"):
        read_text(path)


def test_utf_16_without_its_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("Date,Value\n".encode("utf-16-le"))
    with pytest.raises(ImportProblem, match="UTF-16 without its mark"):
        read_text(path)


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
        read_text(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "a\n", "estimates_by_source.csv")
    with pytest.raises(ImportProblem, match=r"did you mean .*estimates_by_source\.csv\?"):
        read_text(tmp_path / "estimate_by_source.csv")
    with pytest.raises(ImportProblem, match="a folder"):
        read_text(tmp_path)


def test_a_peek_may_cut_a_character(tmp_path: Path) -> None:
    path = write(tmp_path, "ж" * 1_000_000)
    assert peek_text(path).startswith("ж" * 400_000)


def test_progress_tells_the_bytes_of_the_file_on_disk(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n" * 100_000, packed=True)
    told: list[tuple[int, int]] = []
    read_text(path, lambda done, size: told.append((done, size)))
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
