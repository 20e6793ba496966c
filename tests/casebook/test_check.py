"""The casebook as a whole: every fault is said at once, and another crisis works as well."""

import inspect
import json
import operator
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.casebook.book import open_casebook
from analysis.casebook.check import check, find_tables
from analysis.casebook.new import create
from analysis.casebook.subjects import EXPORTS
from analysis.charts import finish
from analysis.tables import CASEBOOK, REFERENCES, CasebookErrors, CellError

Make = Callable[..., Path]
Find = Callable[[Path], list[CellError]]
Plant = Callable[..., tuple[int, list[CellError]]]


def test_the_project_s_own_casebook_is_sound() -> None:
    summary = check()
    tables = summary.tables.set_index("table")
    assert summary.folder == CASEBOOK
    assert set(tables.index) == set(find_tables()) - {table.name for table in REFERENCES}
    assert tables.loc["votes", "rows"] == 193
    # Seven rows of the article, of which two say that no figure was released.
    assert tables.loc["casualties", "rows"] >= 7
    assert tables.loc["casualties", "rows"] - tables.loc["casualties", "claims"] >= 2
    assert {path.name.split(".")[0] for path in CASEBOOK.glob("*.csv")} == set(find_tables())


def test_a_sound_copy_has_no_errors(casebook: Path, find_errors: Find) -> None:
    assert find_errors(casebook) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value", "expected", "hint"),
    [
        (
            "casualties.csv",
            "ap-2022-03-03,paragraph 5,ohchr",
            "ap-2022-03-04,paragraph 5,ohchr",
            "source_id",
            "ap-2022-03-04",
            "a key that stands in sources.csv",
            'did you mean "ap-2022-03-03" (Overview of the war in Ukraine on 3 March 2022)?',
        ),
        (
            "casualties.csv",
            ",ohchr,",
            ",ohcr,",
            "claimant",
            "ohcr",
            "a key that stands in claimants.csv",
            'did you mean "ohchr" (the UN human rights office)?',
        ),
        (
            "casualties.csv",
            "killed,at least 227",
            "kiled,at least 227",
            "outcome",
            "kiled",
            "one of: killed, wounded, ",
            'did you mean "killed"?',
        ),
        (
            "casualties.csv",
            "2022-02-24",
            "2022-02-30",
            "since",
            "2022-02-30",
            "a day that there is",
            "",
        ),
        (
            "casualties.csv",
            "2022-02-24",
            "24.2.2022",
            "since",
            "24.2.2022",
            "a day as YYYY-MM-DD",
            "",
        ),
        (
            "casualties.csv",
            "at least 525",
            "at lest 525",
            "wording",
            "at lest 525",
            "a figure that can be read (",
            'did you mean "at least 525"?',
        ),
        (
            "casualties.csv",
            "nearly 500",
            '"15,000 to 7,000"',
            "wording",
            "15,000 to 7,000",
            "a figure that can be read (the range runs backwards",
            "",
        ),
        (
            "casualties.csv",
            "nearly 500",
            "600 (700 to 900)",
            "wording",
            "600 (700 to 900)",
            "a figure that can be read (best 600 lies outside its bounds)",
            "",
        ),
        (
            "casualties.csv",
            "nearly 500,,,,declared,stated",
            ",,,,declared,stated",
            "wording",
            "",
            "a figure, or the status denied or not released",
            "",
        ),
        (
            "casualties.csv",
            "nearly 500,,,,declared,stated",
            "nearly 500,,,,declared,not released",
            "wording",
            "nearly 500",
            "no figure where the status is not released",
            "",
        ),
        (
            "casualties.csv",
            "2022-02-24,2022-03-01,civilians,,UKR,killed",
            "2022-03-02,2022-03-01,civilians,,UKR,killed",
            "since",
            "2022-03-02",
            "a first day not after the last day counted",
            "",
        ),
        (
            "casualties.csv",
            "2022-02-24,2022-03-01,civilians,,UKR,killed",
            "2022-02-24,2022-03-04,civilians,,UKR,killed",
            "as_of",
            "2022-03-04",
            "a last day counted not after the day it was published",
            "",
        ),
        (
            "casualties.csv",
            "fighters,RUS",
            "fighters,RSU",
            "side",
            "RSU",
            "a key that stands in parties.csv",
            'did you mean "RUS" (Russia)?',
        ),
        (
            "refugees.csv",
            ",people,",
            ",poeple,",
            "unit",
            "poeple",
            "one of: people, ",
            'did you mean "people"?',
        ),
        (
            "votes.csv",
            "Afghanistan,yes",
            "Afghanistan,maybe",
            "vote",
            "maybe",
            "one of: yes, no, abstain, not voting",
            "",
        ),
        (
            "casualties.csv",
            "nearly 500",
            "nearly\u202e 500",
            "wording",
            "nearly\u202e 500",
            "no invisible character, but found U+202E (right-to-left override)",
            "",
        ),
        (
            "casualties.csv",
            "nearly 500",
            "9" * 100_000,
            "wording",
            "9" * 100_000,
            "at most 2,000 characters, but found 100,000",
            "",
        ),
    ],
    ids=lambda text: text if isinstance(text, str) and len(text) < 30 else "…",
)
def test_a_planted_fault_is_said_with_file_row_column_and_value(
    plant: Plant,
    file: str,
    old: str,
    new: str,
    column: str,
    value: str,
    expected: str,
    hint: str,
) -> None:
    row, errors = plant(file, old, new)
    assert [(e.file, e.row, e.column, e.value) for e in errors] == [(file, row, column, value)]
    assert errors[0].expected.startswith(expected)
    assert errors[0].suggestion == hint
    assert len(str(errors[0]).splitlines()) == 1
    assert len(str(errors[0])) < 400


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (b"nearly 500\xe9", "text in UTF-8 (save the file as CSV UTF-8)"),
        (b"nearly 500\xed\xa0\x80", "text in UTF-8 (save the file as CSV UTF-8)"),
        (b"nearly, 500", "18 cells, one a column, but found 19 (quote a cell that holds a comma)"),
        (b"x" * 1_000_000, "at most 2,000 characters a cell, but found far more"),
    ],
    ids=["not UTF-8", "lone surrogate", "ragged row", "1 MB"],
)
def test_a_row_that_is_none_is_said(plant: Plant, new: bytes, expected: str) -> None:
    row, errors = plant("casualties.csv", b"nearly 500", new)
    assert [str(error) for error in errors] == [f"casualties.csv, row {row}: expected {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            ",wording,",
            ",wordng,",
            [
                "casualties.csv, row 1, column wording: expected this column, but it is missing",
                "casualties.csv, row 1, column wordng: expected no column of this name; "
                'did you mean "wording"?',
            ],
        ),
        (
            ",status,repeats",
            ",repeats",
            ["casualties.csv, row 1, column status: expected this column, but it is missing"],
        ),
    ],
    ids=["misspelt", "missing"],
)
def test_a_wrong_column_is_said_once(plant: Plant, old: str, new: str, messages: list[str]) -> None:
    _, errors = plant("casualties.csv", old, new)
    assert [str(error) for error in errors] == messages


def test_a_row_that_stands_twice_is_said(casebook: Path, find_errors: Find) -> None:
    path = casebook / "casualties.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert [str(error) for error in find_errors(casebook)] == [
        f"casualties.csv, row {len(lines) + 1}: expected another source_id, locator, claimant, "
        "who, side, area, outcome, since, as_of, wording than in casualties.csv, row 2: "
        "a row stands once"
    ]


@pytest.mark.parametrize("name", ["casualities.csv", "casualties_.csv", "Casualties.csv"])
def test_a_misspelt_table_is_not_left_out_in_silence(
    casebook: Path, find_errors: Find, name: str
) -> None:
    shutil.copy(casebook / "casualties.csv", casebook / name)
    assert [str(error) for error in find_errors(casebook)] == [
        f'{name}: expected no table of this name; did you mean "casualties.csv"?'
    ]


@pytest.mark.parametrize("name", ["sources", "claimants", "casualties", "votes"])
def test_a_table_that_is_missing_or_empty_is_one_error(
    casebook: Path, find_errors: Find, name: str
) -> None:
    path = casebook / f"{name}.csv"
    path.write_bytes(b"")
    # Keys into the table are not wrong, so that the one error is not lost among hundreds.
    expected = f"{name}.csv, row 1: expected a header with the columns' names"
    assert [str(error) for error in find_errors(casebook)] == [expected]
    path.unlink()
    # What a casebook holds nothing of needs no file; what claims point to does.
    needed = find_tables()[name].required
    expected = [f"{name}.csv: expected this file to exist"] if needed else []
    assert [str(error) for error in find_errors(casebook)] == expected


def test_a_folder_that_is_not_there(tmp_path: Path, find_errors: Find) -> None:
    folder = tmp_path / "nope"
    assert [str(error) for error in find_errors(folder)] == [
        f"{folder}: expected the folder of a casebook, but there is none of this name"
    ]


def test_all_faults_are_said_at_once_in_a_stable_order(casebook: Path, find_errors: Find) -> None:
    for file, old, new in [
        ("talks.csv", ",says,", ",sais,"),
        ("casualties.csv", "at least 227", "at lest 227"),
        ("casualties.csv", "nearly 500", "nearlly 500"),
        ("votes.csv", "Afghanistan,yes", "Afghanistan,Yes"),
        ("claimants.csv", ",un,", ",unn,"),
    ]:
        path = casebook / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    (casebook / "refugees.csv").write_text("")
    (casebook / "stray.csv").write_text("")
    errors = find_errors(casebook)
    assert [(error.file, error.column) for error in errors] == [
        ("casualties.csv", "wording"), ("casualties.csv", "wording"), ("claimants.csv", "kind"),
        ("refugees.csv", ""), ("stray.csv", ""), ("talks.csv", "stance"), ("votes.csv", "vote"),
    ]  # fmt: skip
    assert find_errors(casebook) == errors


def test_an_empty_row_does_not_shift_the_rows_that_are_named(plant: Plant) -> None:
    _, errors = plant("casualties.csv", ",note\n", ",note\n\n,,,,,,,,,,,,,,,,,\n")
    assert errors == []
    row, errors = plant("casualties.csv", "at least 227", "at lest 227")
    assert [error.row for error in errors] == [row]


def test_tables_and_what_can_be_exported_are_found_by_name() -> None:
    tables = find_tables()
    assert list(tables)[:5] == [table.name for table in REFERENCES]
    assert {"casualties", "refugees", "projections", "population", "votes"} <= set(tables)
    assert {"actions", "places", "talks", "vote_totals"} <= set(tables)
    assert all(name == table.name for name, table in tables.items())
    assert {"casualties_by_source", "killed_and_wounded", "share_check"} <= set(EXPORTS)
    for name, made in EXPORTS.items():
        assert operator.attrgetter(made.table)(open_casebook()).__doc__, f"{name} says what it is"
        assert not made.chart or getattr(analysis, made.chart).__doc__, (
            f"the chart of {name} says what it is"
        )


# Another crisis

OFFICE = {"source_id": "report-1", "locator": "page 1", "claimant": "office", "status": "stated"}
SUDAN = {
    "casualties": [
        OFFICE
        | {
            "as_of": "2023-05-09",
            "who": "civilians",
            "area": "SDN",
            "outcome": outcome,
            "wording": f"at least {number}",
            "standard": "verified case by case",
        }
        for outcome, number in [("killed", 604), ("wounded", "5,127")]
    ]
    + [
        OFFICE
        | {
            "claimant": "army", "who": "fighters", "side": "SDN", "area": "SDN",
            "outcome": "killed", "standard": "declared", "status": "not released",
        }
    ],
    "refugees": [
        OFFICE
        | {
            "as_of": "2023-05-09", "who": "everybody", "origin": "SDN", "asylum": "all",
            "measure": "border crossings", "wording": "around 180,000", "unit": "people",
            "standard": "registered",
        }
    ],
    "projections": [
        OFFICE
        | {
            "target_day": "2023-10-31", "origin": "SDN", "measure": "not stated",
            "definition": "people who may leave", "wording": "up to 860,000",
            "standard": "projected",
        }
    ],
    "population": [
        {
            "source_id": "report-1", "locator": "page 2", "claimant": "office", "area": "SDN",
            "country": "Sudan", "year": "2022", "edition": "2023-05-01", "territory": "all of it",
            "wording": "46 million",
        }
    ],
    "votes": [
        {
            "source_id": "report-1", "locator": "record", "resolution": "A/RES/1",
            "vote_date": "2023-05-09", "iso3": "SDN", "member_state": "Sudan", "vote": "no",
        }
    ],
    "actions": [
        OFFICE
        | {
            "actor": "Nile Shipping", "actor_kind": "company", "kind": "company action",
            "action": "announced", "target": "Port Sudan", "description": "an end to its calls",
            "date": "2023-05-09",
        }
    ],
    "places": [
        OFFICE
        | {
            "claimant": "army", "place": "Khartoum", "place_in": "SDN", "topic": "control",
            "statement": "The army holds the airport", "stance": "says",
        }
    ],
    "talks": [
        OFFICE
        | {
            "claimant": "army",
            "topic": "readiness",
            "statement": "The army will send delegates",
            "stance": "says",
        }
    ],
}  # fmt: skip
OPTIONS = {
    "origin": "SDN", "area": "SDN", "side": "SDN", "resolution": "A/RES/1", "who": "civilians",
}  # fmt: skip


#: Nothing changes a casebook that is tabulated here: it is opened once for all its tables.
find_book = cache(open_casebook)


def tabulate(folder: Path, day: str, name: str, **options: str) -> pd.DataFrame:
    method = operator.attrgetter(EXPORTS[name].table)(find_book(folder, day))
    named = inspect.signature(method).parameters
    frame = method(**{option: value for option, value in options.items() if option in named})
    assert isinstance(frame, pd.DataFrame)
    return frame


@pytest.fixture(scope="module")
def sudan(make_casebook_at: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_casebook_at(tmp_path_factory.mktemp("sudan") / "tiny", **SUDAN)


@pytest.fixture(scope="module")
def empty(make_casebook_at: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    none: dict[str, list[dict[str, str]]] = {table.name: [] for table in REFERENCES}
    folder = make_casebook_at(tmp_path_factory.mktemp("empty") / "tiny", **none)
    (folder / "casebook.toml").write_text('origin = "SDN"\nresolutions = ["A/RES/1"]\n')
    return folder


@pytest.mark.parametrize("name", EXPORTS)
def test_another_crisis_works_through_every_tabulation_and_chart(sudan: Path, name: str) -> None:
    for day in ("2023-05-09", "2023-05-10"):
        frame = tabulate(sudan, day, name, **OPTIONS)
        words = frame.to_csv()
        if EXPORTS[name].chart:
            chart = getattr(analysis, EXPORTS[name].chart)(frame)
            words += " ".join([chart.title, chart.subtitle, chart.alt, chart.rows.to_csv()])
            if len(chart.rows):
                drawn = finish(chart).findobj(match=_is_text)
                words += " ".join(text.get_text() for text in drawn)
        assert "Russia" not in words
        assert "Ukrain" not in words


def _is_text(artist: object) -> bool:
    return hasattr(artist, "get_text") and not hasattr(artist, "get_texts")


def test_another_crisis_by_hand(sudan: Path) -> None:
    check(sudan)
    sums = tabulate(sudan, "2023-05-10", "killed_and_wounded")
    assert 604 + 5127 == 5731
    assert sums["wording"].tolist() == ["at least 5,731"]
    shares = tabulate(sudan, "2023-05-10", "refugees_against_population", area="SDN")
    counts = shares[shares["kind"] == "refugees"].iloc[0]
    # Around 180,000 is 175,000 to 185,000 of 46 million.
    assert counts["share_low"] == pytest.approx(17.5 / 46)
    assert counts["share_high"] == pytest.approx(18.5 / 46)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_empty_casebook_makes_empty_tables_and_charts(empty: Path, name: str) -> None:
    frame = tabulate(empty, "2023-05-10", name)
    assert len(frame) == 0
    if EXPORTS[name].chart:
        chart = getattr(analysis, EXPORTS[name].chart)(frame)
        assert len(chart.rows) == 0
        finish(chart)
        assert "nan" not in chart.title.split()


HOSTILE = [
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "$x^2$ \\frac{1}{0}",
    "{braces} %s %(x)s",
    "'; DROP TABLE claims; --",
    "a, b; c\nd",
    "مرحبا",
    "x" * 200,
]


def test_hostile_cells_are_text_and_nothing_else(make_casebook: Make) -> None:
    free = {
        "casualties": ["note", "locator"],
        "population": ["country", "territory", "locator"],
        "actions": ["actor", "target", "description"],
        "places": ["place", "topic", "statement"],
        "talks": ["topic", "statement"],
        "projections": ["definition", "locator"],
    }
    tables = {
        name: [rows[0] | dict.fromkeys(free[name], text) for text in HOSTILE]
        if name in free
        else rows
        for name, rows in SUDAN.items()
    }
    claimants = [
        {"claimant": who, "name": HOSTILE[1], "short_name": HOSTILE[2], "kind": kind, "side": side}
        for who, kind, side in [("office", "un", ""), ("army", "party", "SDN")]
    ]
    folder = make_casebook(claimants=claimants, **tables)
    for name in EXPORTS:
        tabulate(folder, "2023-05-10", name, **OPTIONS)
    places = tabulate(folder, "2023-05-10", "places")
    assert places["place"].tolist() == [text.strip() for text in HOSTILE]
    for name in ("contested_statements", "sanctions_and_company_actions"):
        chart = getattr(analysis, EXPORTS[name].chart)(tabulate(folder, "2023-05-10", name))
        assert len(chart.rows) >= len(HOSTILE)
        finish(chart)


# A new casebook


def test_a_new_casebook_is_sound_and_says_its_columns(tmp_path: Path) -> None:
    folder = tmp_path / "crises" / "sudan-2023"
    create(folder)
    assert check(folder).tables["rows"].sum() == 0
    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        "datapackage.json",
        *(f"{name}.csv" for name in find_tables()),
    }
    for name, table in find_tables().items():
        header = (folder / f"{name}.csv").read_text(encoding="utf-8")
        assert header == ",".join(table.columns) + "\n"
    assert json.loads((folder / "datapackage.json").read_text())["name"] == "sudan-2023"


def test_a_new_casebook_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("mine", "file"):
        with pytest.raises(FileExistsError, match="there is something in it already"):
            create(tmp_path / name)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    (tmp_path / "empty").mkdir()
    create(tmp_path / "empty")
    assert (tmp_path / "empty" / "casualties.csv").exists()


def test_errors_are_one_exception_with_a_line_each(casebook: Path) -> None:
    (casebook / "votes.csv").write_text("")
    (casebook / "talks.csv").write_text("")
    with pytest.raises(CasebookErrors) as caught:
        check(casebook)
    assert str(caught.value) == (
        "talks.csv, row 1: expected a header with the columns' names\n"
        "votes.csv, row 1: expected a header with the columns' names"
    )
