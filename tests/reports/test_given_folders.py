"""Folders as values: there, a casebook, or to be written to; a path that leads from anywhere."""

from pathlib import Path

import pytest

from analysis.reports.given_folders import Refusal, check_folder, find_use
from tests.reports.toys import write_casebook


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("folder of the casebook; empty: the one of the project", "casebook"),
        ("folder for charts and tables; empty: show them only", "written"),
        ("folder with published files of your own", "read"),
        ("folder: where the files are", "read"),
        ("folders that a reader likes", None),
        ("name of the folder", None),
        ("", None),
    ],
)
def test_the_help_says_what_a_folder_is_for(words: str, use: str | None) -> None:
    assert find_use(words) == use


def test_a_folder_that_is_read_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    # The notebook works in another folder, to which a relative path would mean something else.
    assert check_folder("published", "read") == (tmp_path / "published").resolve().as_posix()
    assert check_folder("publishd", "read") == Refusal(
        "a folder that is there", 'did you mean "published"?'
    )
    for missing in ("file", "no/such/folder"):
        assert check_folder(missing, "read") == Refusal("a folder that is there")
    for impossible in ("x" * 5000, "~nobody-of-this-name/x", "", " "):
        assert isinstance(check_folder(impossible, "read"), Refusal)


def test_a_casebook_has_sources_and_claimants(tmp_path: Path) -> None:
    assert check_folder(str(tmp_path), "casebook") == Refusal(
        "the folder of a casebook, but there is no sources.csv in it"
    )
    data = write_casebook(tmp_path / "data")
    assert check_folder(str(data), "casebook") == data.resolve().as_posix()


def test_a_folder_that_is_written_may_come_into_being(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert check_folder("new/folder", "written") == "new/folder"
    assert isinstance(check_folder(str(tmp_path / "file"), "written"), Refusal)
