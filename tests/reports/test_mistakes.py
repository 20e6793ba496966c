"""Mistakes become one line and a status; a fault of the program stays a fault."""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.reports.export import ExportError
from analysis.reports.folder import FolderError
from analysis.reports.mistakes import explain, list_errors
from analysis.reports.parameters import ParameterError
from analysis.safety import write_atomically
from analysis.tables import CasebookErrors, CellError, NoCasebook, find_casebook

OTHER = CellError("actions.csv", 2, "kind", "", "a kind of action")
ONE = CellError("casualties.csv", 3, "wording", "lots", "a figure that can be read")


@pytest.mark.parametrize("kind", [ExportError, FolderError, ParameterError, FileExistsError])
def test_what_was_typed(kind: type[Exception]) -> None:
    assert explain(kind("no such thing")) == (2, "no such thing")


def test_errors_of_a_casebook() -> None:
    assert explain(CasebookErrors([ONE])) == (1, str(ONE))
    status, text = explain(CasebookErrors([ONE, OTHER]))
    assert status == 1
    assert text.splitlines() == ["the casebook has 2 errors:", str(OTHER), str(ONE)]


def test_many_errors_do_not_flood_the_terminal() -> None:
    errors = CasebookErrors([replace(ONE, row=n, value=f"lots {n}") for n in range(2, 5002)])
    lines = explain(errors)[1].splitlines()
    assert lines[0] == "the casebook has 5,000 errors:"
    assert lines[-1] == "and 4,980 more lines, which figures check prints"
    assert len(lines) == 22
    assert len(list_errors(errors).splitlines()) == 5001


def test_a_folder_that_is_no_casebook_is_a_mistake_of_who_named_it() -> None:
    with pytest.raises(NoCasebook) as raised:
        find_casebook("no such folder")
    assert explain(raised.value)[0] == 2


@pytest.mark.parametrize("name", ["file/deeper.csv", "file", "/proc/nope/x.csv", "x" * 300])
def test_a_place_where_nothing_can_be_written_is_named_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(OSError) as raised:  # noqa: PT011
        Path(name).mkdir() if name == "file" else write_atomically(Path(name), b"x")
    status, words = explain(raised.value)
    assert status == 2
    assert words.startswith(f"{name[:100]}")
    assert "it cannot be read or written (" in words
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_errors_of_the_machine() -> None:
    assert explain(OSError(28, "No space left on device", "x.png")) == (
        1, "x.png: No space left on device",
    )  # fmt: skip
    assert explain(OSError("odd")) == (1, "odd")


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        explain(KeyError("x"))
