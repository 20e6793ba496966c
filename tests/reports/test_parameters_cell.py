"""The parameters cell: declarations with their rules, and errors that name the line."""

import math
from pathlib import Path

import pytest

from analysis.reports.parameters import ParameterError, read_cell
from tests.reports.toys import PARAMETERS, write_notebook

CELL = '''\
"""What the report is about."""
# A remark of its own.
as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known on it
group: str = "civilian"  # whose casualties: civilian | military, one of them
outcomes: list[str] = ["killed", "killed or wounded"]  # any of: killed | killed or wounded
side: str = ""  # whose troops: RUS | UKR; empty: both
rows: int = 10  # claims shown at most (1 to 1,000)
factor: float = -0.5  # from loss to gain (-1 to 2.5)
title: str = "a # b: c | d"  # words, of any kind: "a" and others
parties: bool = True
names: list[str] = [
    "a",
]  # over several lines
'''


def test_names_types_defaults_and_help() -> None:
    declared = read_cell(CELL)
    assert list(declared) == [
        "as_of", "group", "outcomes", "side", "rows", "factor", "title", "parties", "names",
    ]  # fmt: skip
    assert declared["title"].default == "a # b: c | d"
    assert declared["title"].help == 'words, of any kind: "a" and others'
    assert declared["parties"].help == ""
    assert declared["names"].help == "over several lines"
    assert declared["outcomes"].type == "list[str]"


def test_the_rules_stand_in_the_help() -> None:
    declared = read_cell(CELL)
    assert declared["as_of"].is_day
    assert not declared["group"].is_day
    assert declared["group"].choices == ("civilian", "military")
    assert declared["outcomes"].choices == ("killed", "killed or wounded")
    assert declared["side"].choices == ("RUS", "UKR")
    assert declared["title"].choices == ()
    assert (declared["rows"].low, declared["rows"].high) == (1, 1000)
    assert (declared["factor"].low, declared["factor"].high) == (-1, 2.5)
    assert (declared["title"].low, declared["title"].high) == (-math.inf, math.inf)


@pytest.mark.parametrize("line", [
    "group = 'civilian'",
    "group: str",
    "import os",
    "group: str | None = None  # papermill cannot read it",
    "group: dict = {}",
    "group: str = 5",
    "rows: int = True",
    "rows: int = 60  # at most (1 to 50)",
    "group: str = os.environ['HOME']",
    "as_of: str = '2022-13-01'  # day (YYYY-MM-DD)",
    "group: str = 'soldiers'  # whose: civilian | military",
    "%matplotlib inline",
    "self.x: str = 'a'",
    "rows: int = 5  # one of: 5 | 10",
    "rows: int = 5  # years (1 to 10), or weeks (1 to 12)",
    "share: float = 1e999",
    "groups: list[str] = ['a', 'a']",
    "groups: list[str] = ['']",
    "origin: str = 'UKA'  # country, as its ISO 3166 alpha-3 code",
    "name: str = 'two\\nlines'",
])  # fmt: skip
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(ParameterError, match=r"^x\.ipynb, line 2: ") as caught:
        read_cell(f"# first\n{line}\n", "x.ipynb")
    assert "\n" not in str(caught.value)


def test_a_country_and_folders_are_told_by_the_help() -> None:
    declared = read_cell(
        'origin: str = "UKR"  # country, as its ISO 3166 alpha-3 code\n'
        "sides: list[str] = []  # forces, each as its ISO 3166 alpha-3 code\n"
        'data: str = ""  # folder of the casebook\n'
        'published: str = "no/such"  # folder with published files\n'
        'out: str = ""  # folder for charts\n'
        "rows: int = 3  # folder of the casebook"
    )
    assert [name for name, each in declared.items() if each.table] == ["origin", "sides"]
    assert {name: each.folder for name, each in declared.items() if each.folder} == {
        "data": "casebook",
        "published": "read",
        "out": "written",
    }


def test_a_key_is_told_by_its_table_and_an_empty_default_is_allowed() -> None:
    declared = read_cell(
        'origin: str = ""  # area people left, a key of areas.csv; empty: what the casebook says\n'
        'sides: list[str] = ["rsf"]  # each a key of parties.csv\n'
        'as_of: str = ""  # day (YYYY-MM-DD); empty: what the casebook says\n'
        'resolution: str = ""  # number of the resolution'
    )
    assert [each.table for each in declared.values()] == ["areas", "parties", "", ""]
    assert [each.read("") for each in declared.values() if each.type == "str"] == ["", "", ""]
    assert declared["as_of"].read("2022-03-03") == "2022-03-03"
    with pytest.raises(ParameterError, match="is not a day"):
        declared["as_of"].read("yesterday")


def test_the_meaning_is_the_help_without_the_rules() -> None:
    declared = read_cell(CELL)
    assert {name: each.meaning for name, each in declared.items()} == {
        "as_of": "day: what was known on it",
        "group": "whose casualties, one of them",
        "outcomes": "any of",
        "side": "whose troops; empty: both",
        "rows": "claims shown at most",
        "factor": "from loss to gain",
        "title": 'words, of any kind: "a" and others',
        "parties": "",
        "names": "over several lines",
    }


def test_a_parameter_is_declared_once() -> None:
    with pytest.raises(ParameterError, match=r"line 2: rows is declared twice"):
        read_cell("rows: int = 1  # first\nrows: int = 2  # papermill would take this one")


def test_a_secret_cannot_be_declared() -> None:
    with pytest.raises(ParameterError, match="secret"):
        read_cell('api_token: str = ""  # for the service')


def test_papermill_reads_the_same_parameters(tmp_path: Path) -> None:
    import papermill

    path = write_notebook(tmp_path / "x.ipynb", (PARAMETERS, CELL))
    told = papermill.inspect_notebook(path)
    declared = read_cell(CELL)
    for name in ("as_of", "group", "outcomes", "side", "rows", "factor"):
        assert told[name]["help"] == declared[name].help
