import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from analysis.imports import ImportProblem, import_file, import_into, importing, write_imported
from analysis.imports.reading.results import Imported, make_refused

from .published_data import write

_TEXT = "date,killed,injured\n2022-03-03,249,553\n=1+1,2,3\n2022-03-05,-5,3\n"


def test_the_frame_and_the_refused_rows_are_written(tmp_path: Path) -> None:
    imported = import_file("ohchr", write(tmp_path, _TEXT))
    written = write_imported(imported, tmp_path / "new" / "out")
    assert written.data == tmp_path / "new" / "out" / "ohchr.csv"
    assert written.refused == tmp_path / "new" / "out" / "ohchr.refused.csv"
    assert (written.rows_read, written.rows_kept, written.rows_refused) == (3, 1, 2)
    frame = pd.read_csv(written.data)
    assert list(frame["value"]) == [249, 553]
    assert list(frame["published_on"]) == ["2022-03-03"] * 2
    # No spreadsheet runs what a stranger typed into a cell.
    refused = written.refused.read_text(encoding="utf-8").splitlines()
    assert refused[0] == "row,column,value,reason"
    assert refused[1] == "3,date,'=1+1,not a date"
    assert refused[2].startswith("4,killed,'-5,")


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, _TEXT)
    for folder in ("a", "b"):
        import_into("ohchr", path, tmp_path / folder)
    for name in ("ohchr.csv", "ohchr.refused.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_refused_file_without_refusals_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "date,killed,injured\n2022-03-03,249,553\n")
    written = import_into("ohchr", path, tmp_path / "out")
    assert written.refused.read_text(encoding="utf-8") == "row,column,value,reason\n"
    assert written.say_counts() == "1 rows read = 1 kept + 0 refused"


def test_a_large_frame_becomes_parquet_and_an_older_csv_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = write(tmp_path, _TEXT), tmp_path / "out"
    import_into("ohchr", path, out)
    monkeypatch.setattr(importing, "LARGEST_CSV", 1)
    written = import_into("ohchr", path, out)
    assert sorted(each.name for each in out.iterdir()) == ["ohchr.parquet", "ohchr.refused.csv"]
    assert list(pd.read_parquet(written.data)["value"]) == [249, 553]


def test_rows_that_vanish_are_an_error() -> None:
    frame = pd.DataFrame({"row": [2]})
    imported = Imported(frame, make_refused([]), 1, 1)
    with pytest.raises(AssertionError, match="2 rows read, 1 kept, 0 refused"):
        dataclasses.replace(imported, rows_read=2)


@pytest.mark.parametrize("format_name", ["ohchr", "ucdp-ged"])
def test_an_output_that_is_no_folder_is_told_in_one_line(tmp_path: Path, format_name: str) -> None:
    path = write(tmp_path, _TEXT)
    for out, words in (
        (path, "a file, where a folder to write to is expected"),
        (path / "x", "Not a directory"),
    ):
        with pytest.raises(ImportProblem, match=words) as caught:
            import_into(format_name, path, out)
        assert str(out) in str(caught.value)
        assert "\n" not in str(caught.value)
    (tmp_path / "out" / "ohchr.csv").mkdir(parents=True)
    with pytest.raises(ImportProblem, match="cannot be written"):
        write_imported(import_file("ohchr", path), tmp_path / "out")
