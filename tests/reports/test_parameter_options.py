"""The command line takes parameters as declared, where papermill's own -p guesses and warns."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from analysis.command_line import main
from analysis.reports.notebooks import read_notebook
from analysis.reports.parameters import ParameterError, read_values
from tests.reports.toys import CODE, MARKDOWN, PARAMETERS, write_casebook, write_notebook

CELL = """\
as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known on it
data: str = ""  # folder of the casebook
number: str = "001"  # number of the document
days: int = 7  # days before (1 to 3,650)
group: str = "civilian"  # whose casualties: civilian | military
published: str = ""  # folder with published files
out: str = ""  # folder for charts
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_notebook(
        tmp_path / "notebooks" / "toy.ipynb",
        (MARKDOWN, "# How many?"),
        (PARAMETERS, CELL),
        (CODE, "raise SystemExit('a kernel was started')"),
    )
    return tmp_path


def _figures(*words: object) -> tuple[int, str, str]:
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told), pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(left.value.code or 0), printed.getvalue(), told.getvalue()


def _papermill(folder: Path, *words: str) -> dict[str, Any]:
    """The parameters that `papermill -p …` would run with, and what it says; no kernel starts."""
    from papermill.__main__ import papermill

    path, out = folder / "notebooks" / "toy.ipynb", folder / "out.ipynb"
    papermill([str(path), str(out), "--prepare-only", *words], standalone_mode=False)
    return dict(json.loads(out.read_text("utf-8"))["metadata"]["papermill"]["parameters"])


def test_007_stays_a_text_where_papermill_makes_it_7(folder: Path) -> None:
    assert _papermill(folder, "-p", "number", "007") == {"number": 7}
    toy = read_notebook(folder / "notebooks" / "toy.ipynb")
    assert read_values({"number": "007"}, {"toy": toy.parameters}) == {"toy": {"number": "007"}}


def test_an_unknown_name_is_refused_where_papermill_goes_on(folder: Path) -> None:
    assert _papermill(folder, "-p", "grop", "military") == {"grop": "military"}
    toy = read_notebook(folder / "notebooks" / "toy.ipynb")
    with pytest.raises(ParameterError, match='"grop"; did you mean "group"'):
        read_values({"grop": "military"}, {"toy": toy.parameters})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-p", "grop=military"], 'no parameter is called "grop"; did you mean "group"?'),
        (["-p", "days=1e3"], 'days: "1e3" is not allowed; expected a whole number in digits'),
        (["-p", "days=7", "-p", " days=8"], "-p gives days twice; expected each parameter once"),
        (["-p", "api_key=x"], '"api_key" looks like a secret'),
        (["-p", "published=no/such"], 'published: "no/such" is not allowed; expected a folder'),
        (["--as-of", "2022-02-30"], '--as-of: there is no day "2022-02-30" in the calendar'),
        (["--as-of", " "], '--as-of: "" is not a day'),
        (["--data", "no/such"], "no/such: expected the folder of a casebook"),
        (["--out", "s3:/x"], '--out: "s3:/x" is an address; expected a folder of this machine'),
        (
            ["--out", "a\x1b[2Jb"],
            '--out: "a\ufffd[2Jb" is no folder; expected a name without U+001B',
        ),
    ],
)
def test_a_slip_is_one_line_and_no_kernel_starts(
    folder: Path, words: list[str], message: str
) -> None:
    given = ["--notebooks", folder / "notebooks", *words]
    if "--out" not in words:
        given += ["--out", folder / "out"]
    if "--data" not in words:
        given += ["--data", write_casebook(folder / "data")]
    status, printed, told = _figures("report", *given)
    assert status in (1, 2)
    assert printed == ""
    assert told.startswith(f"figures: {message}")
    assert told.count("\n") == 1
    assert not (folder / "out").exists()


def test_the_help_of_a_report_lists_the_parameters_of_its_notebook(folder: Path) -> None:
    notebooks = ["--notebooks", folder / "notebooks"]
    plain = _figures("report", "--help")
    assert plain[0] == 0
    assert plain[1].startswith("Usage: figures report")
    assert "days: int" not in plain[1]
    for words in (["-n", "toy", "--help"], ["-h", "-n", "toy"]):
        status, printed, told = _figures("report", *notebooks, *words)
        assert (status, told) == (0, "")
        assert printed.startswith(plain[1].rstrip())
        assert "\nParameters of toy, given by -p NAME=VALUE\n" in printed
        assert "\n  days: int = 7\n      days before (1 to 3,650)\n" in printed
        assert '\n  group: str = "civilian"\n      whose casualties: civilian | milit' in printed
        assert max(map(len, printed.splitlines())) <= 80
    status, printed, told = _figures("report", *notebooks, "-n", "toi", "--help")
    assert (status, printed) == (2, "")
    assert told == 'figures: no notebook is called "toi"; did you mean "toy"?\n'


def test_the_project_s_notebooks_fit_a_terminal() -> None:
    status, printed, _ = _figures("notebooks")
    assert status == 0
    assert [line for line in printed.splitlines() if len(line) > 80] == []


def test_the_parameters_as_markdown(folder: Path) -> None:
    words = ["notebooks", "--markdown", "--notebooks", folder / "notebooks"]
    status, printed, _ = _figures(*words)
    assert status == 0
    assert printed.startswith("# Parameters of the notebooks\n")
    assert "| `days` | int | `7` | 1 to 3,650 | days before |\n" in printed
    assert printed.endswith("|\n")
