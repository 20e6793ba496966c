"""The page of parameters says what the notebooks declare, and the one in docs is today's."""

from pathlib import Path

from analysis.reports.notebooks import NOTEBOOKS, find_notebooks
from analysis.reports.parameters_table import tabulate_parameters
from tests.reports.toys import MARKDOWN, PARAMETERS, write_notebook

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
