import json
from datetime import date
from pathlib import Path

import pytest

from analysis.imports import ImportProblem, import_file
from analysis.imports.formats.unhcr_countries import measure_by_date

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_VINTAGES = "unhcr-ocha-vintages/unhcr_by_country_vintages.csv"
_SNAPSHOTS = "unhcr-one-campaign/hcr_country_snapshots_2022-07_2023-01.csv"
_MONTHS = "unhcr-one-campaign/hcr_data_by_country_month.csv"


def test_the_portal_s_json_with_its_bucket_of_others(tmp_path: Path) -> None:
    data = {
        "data": [
            {"geomaster_name": "Poland", "individuals": "1204403", "date": "2022-03-08"},
            {"geomaster_name": "Other European countries", "individuals": 210239, "date": "x"},
            {"geomaster_name": "Other European countries", "individuals": 5, "date": "2022-03-08"},
            {"geomaster_name": "Polska", "individuals": 1, "date": "2022-03-08"},
        ]
    }
    imported = import_file("unhcr-countries", write(tmp_path, json.dumps(data), "c.json"))
    check_counts(imported)
    assert list(imported.frame["iso3"].fillna("")) == ["POL", ""]
    assert list(imported.frame["measure"]) == ["border crossings"] * 2
    assert list(reasons(imported)) == [2, 4]


def test_a_code_must_agree_with_its_name(tmp_path: Path) -> None:
    text = (
        "iso3,country,individuals,data_date\nPOL,Poland,5,2022-03-08\nROU,Poland,5,2022-03-09\n"
        "QQQ,Somewhere,5,2022-03-08\nMDA,Moldavia,5,2022-03-08\nHUN,Hungary,,2022-03-08\n"
    )
    imported = import_file("unhcr-countries", write(tmp_path, text))
    assert list(imported.frame["iso3"]) == ["POL", "MDA"]
    assert reasons(imported) == {
        3: "iso3: Poland is POL",
        4: "iso3: no ISO 3166 code",
        6: "individuals: no figure for this country",
    }


def test_days_and_months_and_ways_of_saying_nothing(tmp_path: Path) -> None:
    text = (
        "iso_code,Country,Data Date,Refugees from Ukraine recorded in country as of date\n"
        'POL,Poland,07-2022,"1,207,650*"\nRUS,Russian Federation***,5 July 2022,Not applicable\n'
        "CZE,Czech Republic,13-2022,5\n"
    )
    frame = import_file("unhcr-countries", write(tmp_path, text)).frame
    assert list(frame["month"].fillna("")) == ["2022-07", ""]
    assert list(frame["as_of"].dt.strftime("%Y-%m-%d").fillna("")) == ["", "2022-07-05"]
    assert list(frame["people"].fillna(-1)) == [1_207_650, -1]
    assert list(frame["absence"]) == ["", "not applicable"]
    assert list(frame["country"]) == ["Poland", "Russian Federation"]
    assert list(frame["mark"]) == ["", "***"]


def test_a_wide_table_has_one_column_a_day(tmp_path: Path) -> None:
    text = (
        "\ufeffArrivals by country;;;\n\nCountry;28/02/2023;01/03/2023;Apr-23\n"
        "Chad*;12.000;13.500;1.020.000\nSouth Sudan;;11.000;*\nTotal;12.000;24.500;1.020.000\n"
    )
    imported = import_file("unhcr-countries", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame
    assert list(frame["iso3"]) == ["TCD"] * 3 + ["SSD"] * 3
    days = list(frame["as_of"].dt.strftime("%Y-%m-%d").fillna(""))
    assert days == ["2023-02-28", "2023-03-01", ""] * 2
    assert list(frame["month"].fillna("")) == ["", "", "2023-04"] * 2
    assert list(frame["people"].fillna(-1)) == [12_000, 13_500, 1_020_000, -1, 11_000, -1]
    assert list(frame["absence"]) == ["", "", "", "empty", "", "withheld"]
    assert set(frame["measure"]) == {"not stated"}
    assert reasons(imported) == {6: "Country: a total, not a country"}


def test_a_wide_table_has_one_column_a_country(tmp_path: Path) -> None:
    text = "Date,Chad,S. Sudan,SSD,Other countries,Total\n1-May-23,12000,5,7,3,12022\n"
    imported = import_file("unhcr-countries", write(tmp_path, text))
    frame = imported.frame
    assert list(frame["iso3"].fillna("")) == ["TCD", "SSD", ""]
    assert list(frame["country"]) == ["Chad", "SSD", "Other countries"]
    assert set(frame["as_of"].dt.strftime("%Y-%m-%d")) == {"2023-05-01"}
    # Nothing is guessed of a title that is no whole name, and a total is no country.
    assert "columns not taken over: S. Sudan, Total" in imported.notes


def test_days_in_titles_that_can_be_read_two_ways_refuse_the_table(tmp_path: Path) -> None:
    path = write(tmp_path, "Country,01/04/2023,02/04/2023\nChad,1,2\n")
    with pytest.raises(ImportProblem, match="column '01/04/2023' is no day: day or month first"):
        import_file("unhcr-countries", path)


def test_day_numbers_of_a_spreadsheet_are_days_where_all_are(tmp_path: Path) -> None:
    head = "country,data_date,individuals\nPoland,44621,5\n"
    imported = import_file(
        "unhcr-countries", write(tmp_path, f"{head}Hungary,44622,6\nTotal,Sum,11\n")
    )
    days = list(imported.frame["as_of"].dt.strftime("%Y-%m-%d"))
    assert days == ["2022-03-01", "2022-03-02"]
    assert "data_date: day numbers of a spreadsheet; 44621 is 2022-03-01" in imported.notes
    # Where others were written as text, the spreadsheet took days for months where it could.
    mixed = import_file("unhcr-countries", write(tmp_path, f"{head}Hungary,13/03/2022,6\n"))
    assert reasons(mixed) == {2: "data_date: the day number of a spreadsheet, among written dates"}


def test_a_file_that_begins_after_a_break_has_none(tmp_path: Path) -> None:
    text = "snapshot_utc,iso3,country,individuals,data_date\n"
    later = "2022-03-15T07:07:26Z,MDA,Republic of Moldova,330217,2022-03-13\n"
    earlier = "2022-03-14T18:33:07Z,MDA,Republic of Moldova,106994,2022-03-13\n"
    alone = import_file("unhcr-countries", write(tmp_path, text + later)).frame
    assert list(alone["flag"]) == [""]
    both = import_file("unhcr-countries", write(tmp_path, text + earlier + later)).frame
    assert [flag[:14] for flag in both["flag"]] == ["", "new definition"]


def test_what_individuals_counts_is_known_to_the_day() -> None:
    assert measure_by_date(date(2022, 6, 14)) == "border crossings"
    assert measure_by_date(date(2022, 6, 15)) == "not stated"
    assert measure_by_date(date(2023, 7, 31)) == "not stated"
    assert measure_by_date(date(2023, 8, 1)) == "refugees recorded"
    assert measure_by_date(None) == "not stated"


@needs_data
def test_the_seven_neighbours() -> None:
    frame = load("unhcr-countries", _VINTAGES).frame
    assert len(frame) == 532
    assert set(frame["iso3"]) == {"BLR", "HUN", "MDA", "POL", "ROU", "RUS", "SVK"}


@needs_data
def test_known_breaks_of_definition_are_flagged() -> None:
    frame = load("unhcr-countries", _VINTAGES).frame
    crossings = frame[frame["flag"].str.contains("new definition")]
    found = {
        (row.iso3, row.snapshot[:10]): row.people
        for row in crossings.itertuples()
        if row.measure == "border crossings"
    }
    assert found[("MDA", "2022-03-15")] == 330_217
    assert found[("ROU", "2022-03-15")] == 181_596
    assert found[("BLR", "2022-05-26")] == 16_547
    before = pick(frame, iso3="MDA", snapshot="2022-03-14T18:33:07Z")
    assert before["people"].item() == 106_994
    recorded = crossings[crossings["measure"] == "refugees recorded"]
    assert len(recorded) == 7
    assert set(recorded["snapshot"].str[:4]) == {"2023"}


@needs_data
def test_crossings_become_people_recorded() -> None:
    poland = pick(load("unhcr-countries", _VINTAGES).frame, iso3="POL")
    crossings = pick(poland, measure="border crossings")["people"]
    assert crossings.iloc[-1] == 3_864_723
    assert pick(poland, measure="refugees recorded")["people"].iloc[0] == 968_389


@needs_data
def test_the_eighth_bucket_is_missing_before_15_march_and_not_after() -> None:
    frame = load("unhcr-countries", _VINTAGES).frame
    headlines = load("unhcr-series", "unhcr-ocha-vintages/unhcr_headline_total_vintages.csv").frame
    totals = dict(zip(headlines["snapshot_utc"], headlines["people"], strict=True))
    missing = {}
    for snapshot, rows in frame.groupby("snapshot"):
        if len(rows) == 7 and snapshot in totals:
            missing[str(snapshot)] = int(totals[str(snapshot)] - rows["people"].sum())
    exact = [m for s, m in missing.items() if "2022-03-16" <= s < "2022-04-02"]
    assert exact
    assert set(exact) == {0}


@needs_data
def test_poland_on_5_july_has_two_figures_of_two_kinds() -> None:
    poland = pick(load("unhcr-countries", _SNAPSHOTS).frame, iso3="POL", as_of="2022-07-05")
    figures = dict(zip(poland["measure"], poland["people"], strict=True))
    assert figures["refugees recorded"] == 1_207_650
    assert figures["border crossings"] == 4_472_349


@needs_data
def test_the_stacked_snapshots() -> None:
    imported = load("unhcr-countries", _SNAPSHOTS)
    assert (imported.rows_read, imported.rows_refused) == (792, 0)
    assert imported.frame["iso3"].nunique() == 44
    assert imported.frame["snapshot"].nunique() == 18
    said = imported.frame["absence"].value_counts()
    assert (said["not applicable"], said["not available"]) == (180, 54)
    russia = pick(imported.frame, iso3="RUS")
    assert (set(russia["country"]), set(russia["mark"])) == ({"Russian Federation"}, {"***"})


@needs_data
def test_the_table_by_month() -> None:
    imported = load("unhcr-countries", _MONTHS)
    assert (imported.rows_read, imported.rows_refused) == (341, 0)
    frame = imported.frame
    assert (frame["iso3"].nunique(), frame["month"].nunique()) == (48, 21)
    assert (frame["month"].min(), frame["month"].max()) == ("2022-03", "2025-04")
    assert frame["as_of"].isna().all()
    assert any("date_month" in note for note in imported.notes)


def test_codes_alone_name_the_countries(tmp_path: Path) -> None:
    text = "iso3,data_date,individuals\nPOL,2022-03-05,1000\nQQQ,2022-03-05,1\n"
    imported = import_file("unhcr-countries", write(tmp_path, text))
    assert list(imported.frame["iso3"]) == ["POL"]
    assert list(reasons(imported)) == [3]
