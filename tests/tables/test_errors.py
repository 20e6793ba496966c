"""Messages about what is wrong: one line each, in a stable order, with a suggestion."""

import itertools
from datetime import date, timedelta

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from analysis.tables import CasebookErrors, CellError, shorten, suggest
from analysis.tables.settings import say_if_outside


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            CellError("casualties.csv", 6, "wording", "at lest 227", "a figure", "a hint"),
            'casualties.csv, row 6, column wording: "at lest 227": expected a figure; a hint',
        ),
        (
            CellError("casualties.csv", 6, "note", "", "a value"),
            "casualties.csv, row 6, column note: expected a value",
        ),
        (CellError("votes.csv", 3, "", "", "7 cells"), "votes.csv, row 3: expected 7 cells"),
        (CellError("votes.csv", None, "", "", "this file"), "votes.csv: expected this file"),
    ],
)
def test_a_message_says_file_row_column_value_and_what_was_expected(
    error: CellError, message: str
) -> None:
    assert str(error) == message


hostile = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=30)


@given(file=hostile, column=hostile, value=hostile)
def test_a_message_is_one_line_that_can_be_written(file: str, column: str, value: str) -> None:
    message = str(CellError(file, 2, column, value, "a day"))
    assert len(message.splitlines()) == 1
    assert message.encode("utf-8")
    assert message.endswith("expected a day")


def test_a_long_value_or_column_is_cut() -> None:
    message = str(CellError("a.csv", 2, "c" * 1_000_000, "v" * 1_000_000, "a day"))
    assert len(message) < 200
    assert "ccc…" in message
    assert "vvv…" in message


def test_a_path_is_shown_whole() -> None:
    path = "/srv/somebody/crises/" + "a-long-name/" * 8 + "data"
    assert str(CellError(path, None, "", "", "a folder")) == f"{path}: expected a folder"


def test_shorten_keeps_what_fits_and_says_where_it_cut() -> None:
    assert shorten("nearly  500\n") == "nearly 500"
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("kiled", 'did you mean "killed"?'),
        ("KILLED", 'did you mean "killed"?'),
        ("ohcr", 'did you mean "ohchr"?'),
        ("zzzz", ""),
        ("side", ""),
        ("", ""),
    ],
)
def test_a_suggestion_is_the_nearest_known_word_or_none(word: str, hint: str) -> None:
    assert suggest(word, ["killed", "wounded", "ohchr"]) == hint


def test_a_suggestion_for_a_very_long_word_is_quick_and_none() -> None:
    assert suggest("k" * 1_000_000, ["killed"]) == ""
    assert suggest("killed", []) == ""


def test_errors_stand_in_one_order_however_they_were_found() -> None:
    errors = [
        CellError("b.csv", None, "", "", "x"),
        CellError("b.csv", 2, "since", "", "x"),
        CellError("a.csv", 10, "note", "", "x"),
        CellError("a.csv", 9, "wording", "", "x"),
        CellError("a.csv", 9, "claimant", "", "x"),
    ]
    for order in itertools.permutations(errors):
        problem = CasebookErrors(order)
        assert [(e.file, e.row, e.column) for e in problem.errors] == [
            ("a.csv", 9, "claimant"),
            ("a.csv", 9, "wording"),
            ("a.csv", 10, "note"),
            ("b.csv", None, ""),
            ("b.csv", 2, "since"),
        ]
    assert str(problem).splitlines() == [str(error) for error in problem.errors]
    assert isinstance(problem, ValueError)


CELLS = [
    "from analysis.tables import CasebookErrors, CellError, InputError, parse_day\n"
    "def tabulate(day):\n    return parse_day(day)",
    'tabulate("2022-02-30")',
    'a, b = (CellError(f, 2, "x", "1", "a day") for f in ("a.csv", "b.csv"))\n'
    "raise CasebookErrors([a, b])",
    "try:\n    1 / 0\nexcept ZeroDivisionError as fault:\n"
    '    raise InputError("days: 0 is not allowed") from fault',
    "tabulate()",
]


def test_what_somebody_gave_is_one_message_in_a_notebook_and_a_fault_a_traceback() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    day, casebook, days, fault = (cell.outputs[0] for cell in notebook.cells[1:])
    assert day.ename == "InputError"
    assert day.traceback == ['InputError: as_of: there is no day "2022-02-30" in the calendar']
    (text,) = casebook.traceback
    assert text.splitlines() == [
        'CasebookErrors: a.csv, row 2, column x: "1": expected a day',
        'b.csv, row 2, column x: "1": expected a day',
    ]
    assert days.traceback == ["InputError: days: 0 is not allowed"]
    assert len(fault.traceback) > 1


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("SDM", ["WSM", "SDN", "SSD"], "SDN"),
        ("tyo", ["toy", "tax"], "toy"),
        ("civillians", ["civilians", "fighters"], "civilians"),
        ("deaths", ["repeats", "wording"], ""),
        ("Aid groups", ["airbus", "adidas"], ""),
        ("SDM", ["WSM"], ""),
    ],
)
def test_advice_is_given_only_where_it_is_near(word: str, known: list[str], meant: str) -> None:
    assert suggest(word, known) == (f'did you mean "{meant}"?' if meant else "")


def test_a_day_outside_the_casebook_is_said() -> None:
    first, today = date(2023, 4, 15), date.today()
    told = say_if_outside(date(2023, 4, 14), first)
    assert told.endswith("is before the first day of the casebook, 2023-04-15")
    assert say_if_outside(first, first) == say_if_outside(today, None) == ""
    assert say_if_outside(today + timedelta(days=1), first).endswith("has not come yet")
