"""Notebooks are found, read without a kernel, and picked by name."""

from pathlib import Path

import pytest

from analysis.reports.notebooks import (
    NOTEBOOKS,
    find_day,
    find_notebooks,
    name_report,
    read_notebook,
    tabulate_parameters,
)
from analysis.reports.parameters import ParameterError
from tests.reports.toys import CODE, MARKDOWN, PARAMETERS, write_notebook

PAGE = Path(__file__).parents[2] / "docs" / "parameters.md"

SHARED = 'as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known\n'
OWN = """\
kind: str = "a|b"  # *any* of `these`
most: int = 3  # shown (1 to 1,000)
factor: float = 0.5  # times (0.25 to 2)
side: str = ""  # whose: RUS | UKR; empty: both
some: list[str] = ["x"]  # which: x | y
origin: str = "UKR"  # country, as its ISO 3166 alpha-3 code
parties: bool = False  # show them
folder: str = ""  # folder with files
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_notebook(
        tmp_path / "b_second.ipynb",
        (MARKDOWN, "# Second?\n\n## Not the question\nMore."),
        (PARAMETERS, 'as_of: str = "2022-03-03"  # day (YYYY-MM-DD)\nrows: int = 3  # shown'),
        (CODE, "1"),
        (CODE, "  "),
    )
    write_notebook(tmp_path / "a_third.ipynb", (CODE, "1"))
    write_notebook(tmp_path / "z_first.ipynb", (MARKDOWN, "# First?\n\nWhat is asked."), order=1)
    return tmp_path


def test_the_order_is_the_notebook_s_own_and_then_by_name(folder: Path) -> None:
    assert [n.name for n in find_notebooks(folder)] == ["z_first", "a_third", "b_second"]


def test_what_a_notebook_says_of_itself(folder: Path) -> None:
    first, third, second = find_notebooks(folder)
    assert (first.title, first.question) == ("First?", "What is asked.")
    assert (third.title, third.question, third.parameters) == ("A third", "", {})
    assert second.code_cells == 2
    assert second.describe().splitlines() == [
        "b_second",
        "  Second?",
        '  as_of: str = "2022-03-03"',
        "      day (YYYY-MM-DD)",
        "  rows: int = 3",
        "      shown",
    ]


def test_a_long_help_is_folded_for_a_terminal(tmp_path: Path) -> None:
    words = "one day (YYYY-MM-DD) after " + "another " * 20 + "x" * 90
    write_notebook(tmp_path / "a.ipynb", (PARAMETERS, f'as_of: str = "2022-03-03"  # {words}'))
    _, _, first, *folded = find_notebooks(tmp_path)[0].describe().splitlines()
    assert first == '  as_of: str = "2022-03-03"'
    assert " ".join(line.strip() for line in folded) == words
    assert all(line.startswith("      ") and len(line) <= 80 for line in folded[:-1])
    assert folded[-1] == "      " + "x" * 90


@pytest.mark.parametrize("before", range(64, 72))
def test_a_day_is_not_folded_at_its_hyphens(tmp_path: Path, before: int) -> None:
    words = f"{'x' * before} YYYY-MM-DD"
    write_notebook(tmp_path / "a.ipynb", (PARAMETERS, f'day: str = "2022-03-03"  # {words}'))
    assert "      YYYY-MM-DD" in find_notebooks(tmp_path)[0].describe().splitlines()


def test_only_those_asked_for_each_once(folder: Path) -> None:
    found = find_notebooks(folder, ["b_second", "z_first.ipynb", "b_second"])
    assert [n.name for n in found] == ["z_first", "b_second"]


def test_an_unknown_name_is_refused_with_the_nearest(folder: Path) -> None:
    with pytest.raises(ParameterError, match=r'"b_secnd"; did you mean "b_second"\?'):
        find_notebooks(folder, ["b_secnd"])


def test_a_missing_or_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no notebook in"):
        find_notebooks(tmp_path)
    with pytest.raises(ParameterError, match="no folder of notebooks"):
        find_notebooks(tmp_path / "nothing")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": [{"cell_type": "code"}]}', "\ufeff{}"])
def test_what_is_no_notebook_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"x\.ipynb is not a notebook"):
        read_notebook(path)


def test_the_day_of_a_report_is_the_latest_declared(folder: Path) -> None:
    write_notebook(folder / "old.ipynb", (PARAMETERS, 'as_of: str = "2022-02-24"  # the day'))
    assert find_day(find_notebooks(folder)) == "2022-03-03"
    with pytest.raises(ParameterError, match="as_of"):
        find_day(find_notebooks(folder, ["a_third"]))


def test_a_day_that_is_left_empty_is_the_casebook_s(tmp_path: Path) -> None:
    cell = 'as_of: str = ""  # day (YYYY-MM-DD); empty: what the casebook says'
    write_notebook(tmp_path / "a.ipynb", (PARAMETERS, cell))
    found = find_notebooks(tmp_path)
    assert find_day(found, lambda: "2023-10-07") == "2023-10-07"
    with pytest.raises(ParameterError, match="neither the notebooks nor the casebook say a day"):
        find_day(found)


def test_the_project_s_notebooks_keep_the_contract() -> None:
    found = find_notebooks(NOTEBOOKS)
    assert {"casualties_by_source", "key_figures"} <= {n.name for n in found}
    for notebook in found:
        assert {"as_of", "data", "out"} <= set(notebook.parameters)
        assert notebook.parameters["as_of"].is_day
        assert all(each.help for each in notebook.parameters.values())
        assert notebook.title.endswith("?")
        assert notebook.question


def test_the_page_in_docs_is_that_of_the_notebooks_of_today() -> None:
    message = "write it again: figures notebooks --markdown > docs/parameters.md"
    assert PAGE.read_text(encoding="utf-8") == tabulate_parameters(find_notebooks(NOTEBOOKS)), (
        message
    )


def test_what_all_share_is_said_once_and_the_rest_row_by_row(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", (MARKDOWN, "# How | many?"), (PARAMETERS, SHARED + OWN))
    write_notebook(tmp_path / "b.ipynb", (PARAMETERS, SHARED))
    head = "| parameter | type | default | values | meaning |\n| --- | --- | --- | --- | --- |\n"
    page = tabulate_parameters(find_notebooks(tmp_path))
    assert page.partition("## In every notebook\n\n")[2] == (
        head
        + '| `as_of` | str | `"2022-03-03"` | a day, YYYY-MM-DD | day: what was known |\n'
        + "\n## a\n\nHow \\| many?\n\n"
        + head
        + '| `kind` | str | `"a\\|b"` |  | \\*any\\* of \\`these\\` |\n'
        + "| `most` | int | `3` | 1 to 1,000 | shown |\n"
        + "| `factor` | float | `0.5` | 0.25 to 2 | times |\n"
        + '| `side` | str | `""` | RUS, UKR, or nothing | whose; empty: both |\n'
        + '| `some` | list[str] | `["x"]` | any of x, y | which |\n'
        + '| `origin` | str | `"UKR"` | an ISO 3166 alpha-3 code '
        + "| country, as its ISO 3166 alpha-3 code |\n"
        + "| `parties` | bool | `false` | true or false | show them |\n"
        + '| `folder` | str | `""` | a folder that is there, or nothing | folder with files |\n'
        + "\n## b\n\nB\n\nNo parameters of its own.\n"
    )


def test_one_notebook_alone_shares_nothing(tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", (PARAMETERS, SHARED))
    page = tabulate_parameters(find_notebooks(tmp_path))
    assert "In every notebook" not in page
    assert page.count("`as_of`") == 1


def test_the_report_of_some_notebooks_has_a_folder_of_its_own() -> None:
    day = "2022-03-03"
    assert name_report(day) == day
    assert name_report(day, brief=True) == f"{day}-brief"
    assert name_report(day, ["toy"]) == f"{day}-toy"
    assert name_report(day, ["toy", "b"], brief=True) == f"{day}-brief-toy+b"
    many = [f"a_notebook_with_a_name_{number}" for number in range(9)]
    names = {name_report(day, many), name_report(day, many[:8]), name_report(day, [*many[:8], "b"])}
    assert len(names) == 3
    assert max(map(len, names)) <= 80
