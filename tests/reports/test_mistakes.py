"""Mistakes become one line and a status; a fault of the program stays a fault."""

from dataclasses import replace

import pytest

from analysis.reports.export import ExportError
from analysis.reports.folder import FolderError
from analysis.reports.mistakes import explain, list_errors
from analysis.reports.parameters import ParameterError
from analysis.tables import CasebookErrors, CellError

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


def test_errors_of_the_machine() -> None:
    assert explain(OSError(28, "No space left on device", "x.png")) == (
        1, "x.png: No space left on device",
    )  # fmt: skip
    assert explain(OSError("odd")) == (1, "odd")


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        explain(KeyError("x"))
