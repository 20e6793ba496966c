from pathlib import Path

import pandas as pd
import pytest

from analysis.bounds import read_wording
from analysis.imports import import_file
from analysis.imports.formats.economist_estimates import name_claimant, say_estimate

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_HEADER = "date,estimate_low,estimate_high,estimate,type,source,source_url,country\n"
_FILE = "losses-economist/estimates_by_source.csv"


@pytest.mark.parametrize(
    ("low", "best", "high", "wording"),
    [
        (None, 60_000, None, "60,000"),
        (15_000, None, None, "at least 15,000"),
        (None, None, 25_000, "up to 25,000"),
        (7_000, None, 15_000, "7,000 to 15,000"),
        (290_000, 320_000, 350_000, "320,000 (290,000 to 350,000)"),
        (0, None, None, "at least 0"),
    ],
)
def test_one_sided_rows_become_words(
    low: int | None, best: int | None, high: int | None, wording: str
) -> None:
    assert say_estimate(low, best, high) == wording
    bounds = read_wording(wording, counts=True)
    if best is None and high is not None and low is not None:
        assert (bounds.low, bounds.high) == (low, high)
    elif best is None and low is not None:
        assert (bounds.low, bounds.high) == (low, None)
    elif best is None:
        assert bounds.high == high
    else:
        assert bounds.best == best


@pytest.mark.parametrize(
    ("source", "claimant"),
    [
        ("UK MoD", "UK Ministry of Defence"),
        ("UK Ministry of Defence", "UK Ministry of Defence"),
        ("NATO officials (via WP)", "NATO officials"),
        ("CIA", "CIA"),
    ],
)
def test_aliases(source: str, claimant: str) -> None:
    assert name_claimant(source) == claimant


def test_dates_without_zeros_and_commas_in_thousands(tmp_path: Path) -> None:
    text = _HEADER + (
        '1/12/2025,,,"1,200,000",casualties,CSIS,,russia\n17/9/2024,,,80000,deaths,X,,ukraine\n'
        '21/06/2024,106000,"140,000",120000,deaths,Y,,russia\n'
    )
    imported = import_file("economist-estimates", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame
    assert list(frame["as_of"].dt.strftime("%Y-%m-%d")) == [
        "2024-06-21",
        "2024-09-17",
        "2025-12-01",
    ]
    assert list(frame["wording"]) == ["120,000 (106,000 to 140,000)", "80,000", "1,200,000"]
    assert list(frame["side"]) == ["RUS", "UKR", "RUS"]
    assert list(frame["outcome"]) == ["killed", "killed", "killed or wounded"]
    assert any("as rows of the file prove" in note for note in imported.notes)


def test_the_rule_of_the_format_is_told_where_no_row_proves_it(tmp_path: Path) -> None:
    text = _HEADER + "01/04/2022,,,11966,casualties,UK MoD,,russia\n"
    imported = import_file("economist-estimates", write(tmp_path, text))
    assert str(imported.frame["as_of"].iloc[0].date()) == "2022-04-01"
    assert any("day first by the rule of the format" in note for note in imported.notes)


def test_a_file_with_the_month_first_is_read_so(tmp_path: Path) -> None:
    text = _HEADER + "04/01/2022,,,1,deaths,X,,russia\n04/23/2022,,,2,deaths,X,,russia\n"
    frame = import_file("economist-estimates", write(tmp_path, text)).frame
    assert list(frame["as_of"].dt.strftime("%m-%d")) == ["04-01", "04-23"]


def test_what_is_refused_and_what_is_flagged(tmp_path: Path) -> None:
    text = _HEADER + (
        "01/04/2022,,,,deaths,X,,russia\n01/04/2022,,,5,injuries,X,,russia\n"
        "01/04/2022,,,5,deaths,,,russia\n01/04/2022,,,5,deaths,X,,rusia\n"
        "31/04/2022,,,5,deaths,X,,russia\n01/04/2022,9,5,,deaths,X,,russia\n"
        "23/04/2022,7000,15000,,deaths,N,https://x.org/2022/03/24/y/,russia\n"
        "01/05/2022,5,,6,deaths,X,,russia\n01/05/2022,5,,6,deaths,X,,russia\n"
    )
    imported = import_file("economist-estimates", write(tmp_path, text))
    check_counts(imported)
    found = reasons(imported)
    assert found.pop(6).startswith("date: no such day in the calendar")
    assert found == {
        2: "estimate: no figure in any of the three columns",
        3: "type: expected one of: deaths, casualties",
        4: "source: no source",
        5: "country: no country of that name is known; did you mean Russia (RUS)?",
    }
    flags = dict(zip(imported.frame["row"], imported.frame["flag"], strict=True))
    assert flags[7] == "low, estimate and high are not in order"
    assert flags[8] == "dated 2022-04-23, but its link is of 2022-03-24"
    assert flags[9] == "an estimate with one bound: the wording has the estimate only"
    assert flags[10].endswith("the same as row 9")


@needs_data
def test_the_list() -> None:
    imported = load("economist-estimates", _FILE)
    frame = imported.frame
    assert (imported.rows_read, imported.rows_refused) == (124, 0)
    assert frame["as_of"].is_monotonic_increasing
    assert frame["source"].nunique() == 33
    assert str(frame["as_of"].min().date()) == "2022-04-01"
    assert str(frame["as_of"].max().date()) == "2026-06-30"
    assert frame["warring_party"].sum() == 4


@needs_data
def test_rows_the_description_names() -> None:
    frame = load("economist-estimates", _FILE).frame
    nato = frame[frame["wording"] == "7,000 to 15,000"]
    assert list(nato["as_of"].dt.strftime("%Y-%m-%d")) == ["2022-04-23"]
    assert nato["flag"].item() == "dated 2022-04-23, but its link is of 2022-03-24"
    assert set(frame[frame["flag"] != ""]["claimant"]) == {"NATO officials"}
    cia = pick(frame, source="CIA", outcome="killed")
    assert cia["wording"].item() == "at least 15,000"
    assert pick(frame, as_of="2022-06-29")["wording"].item() == "up to 25,000"
    unzeroed = frame[frame["as_of"] == "2025-12-01"]
    assert set(unzeroed["claimant"]) == {"CSIS"}
    assert set(unzeroed["wording"]) == {
        *("1,200,000", "275,000 to 325,000", "500,000 to 600,000", "100,000 to 140,000"),
    }


@needs_data
def test_every_wording_can_be_read_again() -> None:
    frame = load("economist-estimates", _FILE).frame
    for row in frame.itertuples():
        bounds = read_wording(row.wording, counts=True)
        if not pd.isna(row.best):
            assert bounds.best == row.best
        if not pd.isna(row.low):
            assert bounds.low == row.low
        if not pd.isna(row.high):
            assert bounds.high == row.high
