"""Claims get their bounds, their source and their claimant, or errors that say what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.casualties.table import CASUALTIES
from analysis.refugees.population import POPULATION
from analysis.refugees.table import REFUGEES
from analysis.tables import CASEBOOK, CasebookErrors, CellError, find_casebook, read_claims
from tests.series import KILLED

Make = Callable[..., Path]


def errors_of(folder: Path) -> list[CellError]:
    with pytest.raises(CasebookErrors) as caught:
        read_claims(CASUALTIES, folder)
    return caught.value.errors


def test_a_claim_carries_its_bounds_its_source_and_its_claimant(make_casebook: Make) -> None:
    folder = make_casebook(
        casualties=[
            KILLED,
            KILLED | {"claimant": "army", "wording": "nearly 500", "published_on": "2023-05-02"},
            KILLED | {"claimant": "clinic", "wording": "", "status": "not released"},
        ]
    )
    claims = read_claims(CASUALTIES, folder)
    assert claims.index.tolist() == [0, 1, 2]
    assert claims["low"].tolist() == [227, 450, pd.NA]
    assert claims["high"].tolist() == [pd.NA, 500, pd.NA]
    assert claims["qualifier"].tolist() == ["at least", "nearly", pd.NA]
    assert claims["claimant_said"].tolist() == [
        "the Relief Office",
        "the army of Sudan",
        "the Field Clinic",
    ]
    assert claims["claimant_name"].tolist()[:2] == ["Relief Office", "Army of Sudan"]
    assert claims["claimant_short"].tolist() == ["Office", "Army", "Clinic"]
    assert claims["claimant_kind"].tolist() == ["un", "party", "ngo"]
    assert claims["claimant_side"].fillna("").tolist() == ["", "SDN", ""]
    assert claims["is_party"].tolist() == [False, True, False]
    assert claims["publisher"].unique().tolist() == ["Relief Office"]
    # The claim's own day known, or else that of its source.
    days = claims["published_on"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2023-05-10", "2023-05-02", "2023-05-10"]


def test_an_empty_table_of_an_empty_casebook_has_every_column(make_casebook: Make) -> None:
    filled = read_claims(CASUALTIES, make_casebook("filled", casualties=[KILLED]))
    empty = read_claims(CASUALTIES, make_casebook("bare", sources=[], claimants=[]))
    assert len(empty) == 0
    assert empty.columns.tolist() == filled.columns.tolist()
    assert empty["published_on"].dtype == filled["published_on"].dtype
    assert empty["low"].dtype == filled["low"].dtype


@pytest.mark.parametrize(
    ("change", "column", "value", "expected", "hint"),
    [
        (
            {"source_id": "report-3"},
            "source_id",
            "report-3",
            "a key that stands in sources.csv",
            'did you mean "report-2" (Situation report 2)?',
        ),
        (
            {"claimant": "ofice"},
            "claimant",
            "ofice",
            "a key that stands in claimants.csv",
            'did you mean "office" (the Relief Office)?',
        ),
        (
            {"wording": "at lest 227"},
            "wording",
            "at lest 227",
            'a figure that can be read ("lest" is not in the table of words)',
            'did you mean "at least 227"?',
        ),
        (
            {"wording": "227 killed"},
            "wording",
            "227 killed",
            'a figure that can be read (the wording holds the figure only, without "killed")',
            'did you mean "227"?',
        ),
        (
            {"wording": "15,000 to 7,000"},
            "wording",
            "15,000 to 7,000",
            "a figure that can be read (the range runs backwards: 15,000 is more than 7,000)",
            "",
        ),
        (
            {"wording": "600 (700 to 900)"},
            "wording",
            "600 (700 to 900)",
            "a figure that can be read (best 600 lies outside its bounds)",
            "",
        ),
        (
            {"wording": "2%"},
            "wording",
            "2%",
            "a figure that can be read (% is not a count of people or things)",
            "",
        ),
        (
            {"status": "not released"},
            "wording",
            "at least 227",
            "no figure where the status is not released",
            "",
        ),
        ({"wording": ""}, "wording", "", "a figure, or the status denied or not released", ""),
        (
            {"wording": "", "status": "withdrawn"},
            "wording",
            "",
            "a figure, or the status denied or not released",
            "",
        ),
        (
            {"since": "2023-05-02", "as_of": "2023-05-01"},
            "since",
            "2023-05-02",
            "a first day not after the last day counted",
            "",
        ),
        (
            {"as_of": "2023-05-11"},
            "as_of",
            "2023-05-11",
            "a last day counted not after the day it was published",
            "",
        ),
        (
            {"as_of": "2023-05-05", "published_on": "2023-05-04"},
            "as_of",
            "2023-05-05",
            "a last day counted not after the day it was published",
            "",
        ),
        (
            {"since": "2023-05-11"},
            "since",
            "2023-05-11",
            "a day not after the day it was published",
            "",
        ),
    ],
)
def test_a_fault_is_said_with_its_place(
    make_casebook: Make,
    change: dict[str, str],
    column: str,
    value: str,
    expected: str,
    hint: str,
) -> None:
    folder = make_casebook(casualties=[KILLED | {"outcome": "wounded"}, KILLED | change])
    assert errors_of(folder) == [CellError("casualties.csv", 3, column, value, expected, hint)]


@pytest.mark.parametrize(
    "change",
    [
        {"since": "2023-05-10", "as_of": "2023-05-10"},
        {"since": "2023-05-01"},
        {"as_of": "2023-05-04", "published_on": "2023-05-04"},
    ],
)
def test_days_on_the_border_are_sound(make_casebook: Make, change: dict[str, str]) -> None:
    assert len(read_claims(CASUALTIES, make_casebook(casualties=[KILLED | change]))) == 1


def test_all_faults_of_three_tables_are_said_at_once(make_casebook: Make) -> None:
    folder = make_casebook(
        sources=[{"source_id": "report-1", "published_on": "May"}],
        claimants=[{"claimant": "office", "kind": "unn"}],
        casualties=[
            KILLED | {"claimant": "offic", "outcome": "kiled"},
            KILLED | {"source_id": "report-9"},
        ],
    )
    said = [(error.file, error.row, error.column) for error in errors_of(folder)]
    assert said == sorted(said)
    assert {("casualties.csv", 2, "claimant"), ("casualties.csv", 2, "outcome")} < set(said)
    assert {("casualties.csv", 3, "source_id"), ("claimants.csv", 2, "kind")} < set(said)
    assert ("sources.csv", 2, "published_on") in said


def test_a_measure_keeps_its_decimals_and_leaves_out_its_own_end(make_casebook: Make) -> None:
    share = {
        "source_id": "report-1",
        "locator": "page 2",
        "claimant": "office",
        "who": "everybody",
        "origin": "SDN",
        "asylum": "all",
        "measure": "share of population",
        "wording": "more than 2%",
        "unit": "percent",
        "standard": "estimated",
        "status": "stated",
    }
    people = share | {"measure": "border crossings", "wording": "more than 2,000", "unit": "people"}
    claims = read_claims(REFUGEES, make_casebook(refugees=[share, people]))
    assert claims["low"].tolist() == [2, 2000]
    assert claims["low_excluded"].tolist() == [True, True]


def test_what_a_caller_does_to_a_frame_is_not_seen_by_the_next(make_casebook: Make) -> None:
    folder = make_casebook(casualties=[KILLED])
    first = read_claims(CASUALTIES, folder)
    first.loc[0, "wording"] = "7"
    assert read_claims(CASUALTIES, folder)["wording"].tolist() == ["at least 227"]


def test_a_changed_file_is_read_again(make_casebook: Make) -> None:
    folder = make_casebook(casualties=[KILLED])
    assert read_claims(CASUALTIES, folder)["low"].tolist() == [227]
    path = folder / "casualties.csv"
    path.write_text(path.read_text().replace("at least 227", "at lest 227"))
    assert [error.value for error in errors_of(folder)] == ["at lest 227"]
    path.write_text(path.read_text().replace("at lest 227", "at least 228"))
    assert read_claims(CASUALTIES, folder)["low"].tolist() == [228]


@pytest.mark.parametrize("name", ["sources", "claimants"])
def test_a_changed_source_or_claimant_is_read_again(make_casebook: Make, name: str) -> None:
    folder = make_casebook(casualties=[KILLED])
    read_claims(CASUALTIES, folder)
    read_claims(POPULATION, folder)
    path = folder / f"{name}.csv"
    sound = path.read_text()
    path.write_text(sound.replace("Relief Office", "Office of Relief"))
    changed = read_claims(CASUALTIES, folder).loc[0]
    told = changed["publisher" if name == "sources" else "claimant_name"]
    assert told == "Office of Relief"
    path.write_text(sound.replace("report-1" if name == "sources" else "office", "Ö"))
    assert {"Ö", KILLED["source_id" if name == "sources" else "claimant"]} <= {
        error.value for error in errors_of(folder)
    }


def test_the_folder_of_a_casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_casebook("") == CASEBOOK
    assert find_casebook(tmp_path) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine").mkdir()
    assert find_casebook("~/mine") == tmp_path / "mine"


@pytest.mark.parametrize("name", ["nope", "x" * 5000, "~nobody-of-this-name/x", "a\x00b", "file"])
def test_no_folder_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(CasebookErrors) as caught:
        read_claims(POPULATION, name)
    message = str(caught.value)
    assert message.endswith(": expected the folder of a casebook, but there is none of this name")
    assert len(message.splitlines()) == 1
    assert len(message) < 400
