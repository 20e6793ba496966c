import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_VINTAGES = "unhcr-ocha-vintages/unhcr_series_vintages.csv.gz"


def _days(figures: list[int], start: date = date(2022, 2, 24)) -> str:
    rows = [f"{start + timedelta(days=n)},{figure}" for n, figure in enumerate(figures)]
    return "\n".join(["data_date,individuals", *rows, ""])


def _kinds(path: Path) -> set[str]:
    imported = import_file("unhcr-series", path)
    check_counts(imported)
    return set(imported.frame["kind"])


def test_a_bare_column_is_what_it_proves_to_be(tmp_path: Path) -> None:
    flow = [80, 100, 140, 160, 150, 160, 170, 180, 190, 200]
    total = [80, 180, 320, 480, 630, 790, 960, 1140, 1330, 1530]
    assert _kinds(write(tmp_path, _days(flow))) == {"daily flow"}
    assert _kinds(write(tmp_path, _days(total))) == {"running total"}
    assert _kinds(write(tmp_path, _days(flow[:4]))) == {"not stated"}
    gaps = _days(flow).replace("2022-02-28", "2022-02-20")
    assert _kinds(write(tmp_path, gaps)) == {"level"}


def test_a_daily_column_beside_it_proves_a_total(tmp_path: Path) -> None:
    text = 'data_date,individuals,Daily\n"March 1, 2022",10,10\n"March 2, 2022",15,5\n'
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert set(pick(imported.frame, measure="individuals")["kind"]) == {"running total"}
    assert set(pick(imported.frame, measure="Daily")["kind"]) == {"daily flow"}
    text = text.replace("15,5", "15,6")
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert set(pick(imported.frame, measure="individuals")["kind"]) == {"not stated"}


def test_three_styles_of_dates_and_odd_numbers(tmp_path: Path) -> None:
    text = 'data_date,individuals\n"March 1, 2022","1,000"\n2022-03-02,85787.00\n3 March 2022,N/A\n'
    frame = import_file("unhcr-series", write(tmp_path, text)).frame
    assert list(frame["data_date"].dt.day) == [1, 2, 3]
    assert list(frame["people"].fillna(-1)) == [1000, 85787, -1]
    assert list(frame["absence"]) == ["", "", "not available"]


def test_newest_first_and_no_order_are_sorted_and_noted(tmp_path: Path) -> None:
    text = "data_date,individuals\n2022-03-03,3\n2022-03-02,2\n2022-03-01,1\n"
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert list(imported.frame["people"]) == [1, 2, 3]
    assert list(imported.frame["row"]) == [4, 3, 2]
    assert any("newest first" in note for note in imported.notes)
    text = "data_date,individuals\n2022-03-03,3\n2022-03-01,1\n2022-03-02,2\n"
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert list(imported.frame["people"]) == [1, 2, 3]
    assert any("in no order" in note for note in imported.notes)


def test_repeated_days_are_never_counted_twice(tmp_path: Path) -> None:
    text = (
        "data_date,individuals\n2022-03-01,1\n2022-03-02,2\n2022-03-02,2\n"
        "2022-03-03,3\n2022-03-03,4\n"
    )
    imported = import_file("unhcr-series", write(tmp_path, text))
    check_counts(imported)
    assert list(imported.frame["people"]) == [1, 2]
    assert reasons(imported) == {
        4: "2022-03-02 again, as in row 3",
        5: "2022-03-03 stands in row 6 too, with other figures",
        6: "2022-03-03 stands in row 5 too, with other figures",
    }


def test_the_portal_s_and_ocha_s_json(tmp_path: Path) -> None:
    portal = {"data": {"timeseries": [{"data_date": "2022-02-24", "individuals": 85787}]}}
    path = write(tmp_path, json.dumps(portal), "timeseries.json")
    assert list(import_file("unhcr-series", path).frame["people"]) == [85787]
    ocha = {
        "refugees_series_data": [
            {"#affected+date+refugees": "2022-02-24", "#affected+refugees": "85787"},
            {"#affected+date+refugees": "soon", "#affected+refugees": "1"},
        ]
    }
    imported = import_file("unhcr-series", write(tmp_path, json.dumps(ocha), "all.json"))
    assert list(imported.frame["people"]) == [85787]
    assert reasons(imported) == {2: "#affected+date+refugees: not a date"}


def test_ambiguous_dates_are_refused_unless_the_column_proves_the_order(tmp_path: Path) -> None:
    text = "data_date,individuals\n01/03/2022,1\n02/03/2022,2\n"
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert imported.rows_kept == 0
    assert "No row of the column proves it" in reasons(imported)[2]
    imported = import_file("unhcr-series", write(tmp_path, text + "13/03/2022,3\n"))
    assert list(imported.frame["data_date"].dt.strftime("%m-%d")) == ["03-01", "03-02", "03-13"]


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    text = "data_date,individuals,series_kind\n2022-03-01,1,daily_flow\n2022-03-02,2,weekly\n"
    imported = import_file("unhcr-series", write(tmp_path, text))
    assert list(imported.frame["kind"]) == ["daily flow"]
    assert "expected one of" in reasons(imported)[3]


@needs_data
def test_the_snapshots_of_the_portal() -> None:
    imported = load("unhcr-series", _VINTAGES)
    frame = imported.frame
    assert imported.rows_read == imported.rows_kept == 6363
    kinds = frame.groupby("kind")["snapshot_utc"].nunique()
    assert kinds.to_dict() == {"daily flow": 97, "level": 3}
    # Rule of the trap: the two kinds are never in one snapshot.
    assert (frame.groupby("snapshot_utc")["kind"].nunique() == 1).all()


@needs_data
def test_2_march_2022_took_twelve_values() -> None:
    frame = load("unhcr-series", _VINTAGES).frame
    day = pick(frame, data_date="2022-03-02", kind="daily flow")["people"]
    assert (day.nunique(), day.min(), day.max()) == (12, 167_563, 194_483)
    flows = frame[(frame["kind"] == "daily flow") & (frame["data_date"] <= "2022-03-02")]
    through = flows.groupby("snapshot_utc")["people"].sum()
    assert (through.min(), through.max()) == (977_110, 1_034_779)


@needs_data
def test_one_million_is_passed_on_2_march_in_early_snapshots_and_on_3_march_later() -> None:
    flows = pick(load("unhcr-series", _VINTAGES).frame, kind="daily flow")
    passed: dict[str, list[str]] = {}
    for snapshot, series in flows.groupby("snapshot_utc"):
        running = series["people"].cumsum()
        first = series.loc[running >= 1_000_000, "data_date"].min()
        passed.setdefault(str(first.date()), []).append(str(snapshot))
    assert {day: len(snapshots) for day, snapshots in passed.items()} == {
        "2022-03-02": 40,
        "2022-03-03": 57,
    }
    assert max(passed["2022-03-02"]) < "2022-04-08" <= min(passed["2022-03-03"])


@needs_data
def test_the_later_series_is_a_level_that_falls_seventy_times() -> None:
    imported = load("unhcr-series", "unhcr-ocha-vintages/ocha_hxl_snapshot_2024-04-14.json")
    assert set(imported.frame["kind"]) == {"level"}
    assert imported.frame["flag"].str.startswith("falls").sum() == 70
    assert imported.frame["people"].iloc[-1] == 5_982_920


@needs_data
def test_headline_totals() -> None:
    frame = load("unhcr-series", "unhcr-ocha-vintages/unhcr_headline_total_vintages.csv").frame
    assert set(frame["kind"]) == {"not stated"}
    assert frame["data_date"].isna().all()
    people = set(frame["people"])
    assert {4_019_287, 4_934_415, 5_034_439, 2_011_312, 3_000_381, 6_029_705} <= people
    assert 5_010_971 not in people
    flagged = frame[frame["flag"] != ""]
    assert list(flagged["people"]) == [5_896_169]
    assert "falls: 7,363,623" in flagged["flag"].iloc[0]


@needs_data
def test_the_column_individuals_changes_its_meaning_between_vintages() -> None:
    first = load("unhcr-series", "unhcr-yale-wellsrc/series_vintage_2022-03-09.csv").frame
    assert (len(first), set(first["kind"])) == (11, {"daily flow"})
    may = load("unhcr-series", "unhcr-yale-wellsrc/series_vintage_2022-05-12.csv").frame
    assert set(pick(may, measure="individuals")["kind"]) == {"running total"}
    assert set(pick(may, measure="Daily")["kind"]) == {"daily flow"}
    assert pick(may, measure="individuals", data_date="2022-03-02")["people"].item() == 989_500


@needs_data
def test_the_first_vintage_equals_the_snapshot_of_7_march() -> None:
    vintage = load("unhcr-series", "unhcr-yale-wellsrc/series_vintage_2022-03-09.csv").frame
    snapshot = pick(load("unhcr-series", _VINTAGES).frame, snapshot_utc="2022-03-07T18:03:30Z")
    assert list(vintage["people"]) == list(snapshot["people"])
    assert list(vintage["data_date"]) == list(snapshot["data_date"])


@needs_data
def test_the_day_that_books_two_is_flagged() -> None:
    frame = load("unhcr-series", "unhcr-yale-wellsrc/series_vintage_2022-05-30_a.csv").frame
    flagged = frame[frame["flag"] != ""]
    assert list(flagged["people"]) == [104_894]
    assert flagged["flag"].iloc[0].startswith("no row for 2022-04-19")


@needs_data
def test_moldova_s_cumulative_column_counts_people_present() -> None:
    frame = load("unhcr-series", "unhcr-yale-wellsrc/arrivals_moldova.csv").frame
    present = pick(frame, measure="cumulative_refugees")
    assert set(present["kind"]) == {"level"}
    assert present["flag"].str.startswith("falls").sum() == 62
    total = pick(frame, measure="cumulative_refugees_UKR_MOL")
    assert set(total["kind"]) == {"running total"}
    onward = pick(frame, measure="ROM_MOL_cumulative")
    difference = total["people"].to_numpy() - onward["people"].to_numpy()
    assert list(present["people"]) == list(difference)
    assert set(pick(frame, measure="ROM_MOL", absence="empty")["people"].isna()) == {True}


@needs_data
def test_russia_falls_once_and_romania_holds_the_arrivals_through_moldova() -> None:
    russia = load("unhcr-series", "unhcr-yale-wellsrc/arrivals_russia.csv").frame
    assert list(russia[russia["flag"] != ""]["people"]) == [97_098]
    assert set(russia["kind"]) == {"running total"}
    romania = load("unhcr-series", "unhcr-yale-wellsrc/arrivals_romania.csv").frame
    parts = romania[romania["measure"].isin(["ROM_UKR", "ROM_MOL"])]
    total = pick(romania, measure="cumulative_refugees")
    assert list(parts.groupby("data_date")["people"].sum().cumsum()) == list(total["people"])


@needs_data
def test_every_file_of_arrivals_is_read_whole() -> None:
    rows = {"poland": 95, "hungary": 95, "slovakia": 95, "romania": 93, "moldova": 95}
    rows |= {"russia": 33, "belarus": 40}
    for country, count in rows.items():
        imported = load("unhcr-series", f"unhcr-yale-wellsrc/arrivals_{country}.csv")
        assert (imported.rows_kept, imported.rows_refused) == (count, 0)
        assert imported.frame["data_date"].min() >= pd.Timestamp("2022-02-24")
