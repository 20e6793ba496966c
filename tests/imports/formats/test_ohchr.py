import json
from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_TABLE = "ohchr-civilian-casualties/ohchr_casualties_ocha_table.csv"
_VINTAGES = "ohchr-civilian-casualties/ohchr_casualties_ocha_vintages.csv.gz"
_SHEET = "ohchr-civilian-casualties/ocha_update_sheet_2022-04-27.csv"


def test_commas_absences_and_falls(tmp_path: Path) -> None:
    text = (
        'date,killed,injured\n2022-05-19,"3,811",4278\n2022-05-20,"3,838","4,351"\n'
        "2022-05-21,,N/A\n2022-05-22,3800,4400\n2022-05-23,n.k.,4400\n"
    )
    imported = import_file("ohchr", write(tmp_path, text))
    check_counts(imported)
    killed = pick(imported.frame, measure="killed")
    assert list(killed["value"].fillna(-1)) == [3811, 3838, -1, 3800]
    assert list(killed["absence"]) == ["", "", "empty", ""]
    assert list(killed["flag"]) == ["", "", "", "falls: 3,838 on 2022-05-20"]
    assert set(pick(imported.frame, measure="injured")["absence"]) == {"", "not available"}
    assert reasons(imported) == {6: "killed: not a number"}
    assert list(killed["as_of"].dt.day) == [18, 19, 20, 21]


def test_two_header_rows_and_a_link_to_a_disk(tmp_path: Path) -> None:
    text = (
        "Flash Appeal,,,Update\n"
        "Refugees(UNHCR),IDPs,Civilian casualities(OHCHR) - Killed,"
        "Civilian casualities(OHCHR) - Injured,Date,Source URL,Note\n"
        "1000000,N/A,249,553,2022-03-03,https://example.org,x\n"
        "1200000,,331,675,2022-03-04,file:///C:/Downloads/report.pdf,\n"
    )
    imported = import_file("ohchr", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame
    assert list(frame[frame["row"] == 3]["measure"]) == ["refugees", "idps", "killed", "injured"]
    assert pick(frame, row=3, measure="idps")["absence"].item() == "not available"
    # An empty cell of a measure that is no casualty makes no row.
    assert list(frame[frame["row"] == 4]["measure"]) == ["refugees", "killed", "injured"]
    assert set(frame[frame["row"] == 4]["flag"]) == {"the link is a file on somebody's own disk"}
    # Killed runs to the midnight before; the other figures are of the day.
    assert pick(frame, row=3, measure="killed", as_of="2022-03-02")["value"].item() == 249
    assert frame[frame["measure"] == "refugees"]["as_of"].isna().all()
    assert any("Note" in note for note in imported.notes)


def test_hxl_json(tmp_path: Path) -> None:
    data = {
        "timeseries_casualties_data": [
            {"#date": "2022-03-03", "#affected+killed": "249", "#affected+injured": "553"}
        ]
    }
    frame = import_file("ohchr", write(tmp_path, json.dumps(data), "all.json")).frame
    assert list(frame["value"]) == [249, 553]


@needs_data
def test_the_table_of_days() -> None:
    imported = load("ohchr", _TABLE)
    assert imported.rows_kept == 483
    assert "483 of 617 days" in imported.notes[0]  # 134 days are missing
    killed = pick(imported.frame, measure="killed")
    first = killed.iloc[0]
    assert (str(first["published_on"].date()), str(first["as_of"].date())) == (
        "2022-03-03",
        "2022-03-02",
    )
    assert first["value"] == 249
    # 147 rows bring a new count: the first, and 146 that differ from the day before.
    assert (killed["value"].diff().dropna() != 0).sum() == 146


@needs_data
def test_the_entry_error_of_7_june_2022_stays_and_is_flagged() -> None:
    frame = load("ohchr", _TABLE).frame
    killed = pick(frame, measure="killed").set_index("published_on")["value"]
    injured = pick(frame, measure="injured").set_index("published_on")["value"]
    assert (killed["2022-06-03"], injured["2022-06-03"]) == (4183, 5014)
    assert (killed["2022-06-07"], injured["2022-06-07"]) == (4183, 5014)
    assert (killed["2022-06-06"], killed["2022-06-08"]) == (4253, 4266)
    flagged = frame[frame["flag"] != ""]
    assert set(flagged["published_on"].dt.strftime("%Y-%m-%d")) == {"2022-06-07"}
    assert "falls: 4,253 on 2022-06-06" in set(flagged["flag"])


@needs_data
def test_revised_dates_a_comma_and_empty_cells_of_the_snapshots() -> None:
    imported = load("ohchr", _VINTAGES)
    assert (imported.rows_read, imported.rows_refused) == (4940, 0)
    frame = imported.frame
    assert frame["snapshot_utc"].nunique() == 77
    given = frame.dropna(subset="value")
    killed = pick(given, measure="killed")
    revised = killed.groupby("published_on")["value"].nunique()
    assert (revised > 1).sum() == 16
    comma = pick(frame, snapshot_utc="2022-05-20T13:17:24Z", published_on="2022-05-20")
    assert list(comma["value"]) == [3838, 4351]
    assert set(frame[frame["value"].isna()]["absence"]) == {"empty"}


@needs_data
def test_ocha_s_sheet() -> None:
    imported = load("ohchr", _SHEET)
    assert (imported.rows_read, imported.rows_refused) == (50, 0)
    frame = imported.frame
    appeal = pick(frame, published_on="2022-03-03")
    figures = dict(zip(appeal["measure"], appeal["value"], strict=True))
    assert figures["total population (appeal)"] == 41_400_000
    assert figures["people in need (appeal)"] == 12_000_000
    assert figures["requirements (appeal)"] == 1_100_000_000
    assert figures["refugees"] == 1_000_000
    assert pick(appeal, measure="requirements (appeal)")["unit"].item() == "US$"
    assert pick(appeal, measure="idps")["absence"].item() == "not available"
    local = frame[frame["flag"] != ""]
    assert set(local["published_on"].dt.strftime("%Y-%m-%d")) == {"2022-04-06"}
    idps = pick(frame, measure="idps").dropna(subset="value")["value"]
    assert {7_138_715, 7_707_000} <= set(idps)


@needs_data
def test_the_snapshot_in_json_is_the_table() -> None:
    table = load("ohchr", _TABLE).frame.drop(columns="row")
    snapshot = load("ohchr", "unhcr-ocha-vintages/ocha_hxl_snapshot_2024-04-14.json").frame
    assert snapshot.drop(columns="row").equals(table)
