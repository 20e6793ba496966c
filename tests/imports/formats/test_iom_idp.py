from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write


def test_regions_and_measures(tmp_path: Path) -> None:
    text = (
        "survey_date,measure,macro_region,idps\n2022-04-01,origin,Centre,5\n"
        "2022-04-01,current_location,CENTER,6\n2022-04-01,origin,Center,7\n"
        "2022-04-01,origin,Crimea,8\n2022-04-01,wish,East,8\n2022-04-01,origin,WEST,..\n"
    )
    imported = import_file("iom-idp", write(tmp_path, text))
    check_counts(imported)
    assert list(imported.frame["macro_region"]) == ["Center", "West"]
    assert list(imported.frame["absence"]) == ["", "not available"]
    found = reasons(imported)
    assert found[2] == "Center, origin stands in row 4 too, with other figures"
    assert found[5].startswith("macro_region: expected one of")
    assert found[6].startswith("measure: expected origin")


@needs_data
def test_four_rounds() -> None:
    imported = load("iom-idp", "iom-idp/macro_region_rounds_1_to_4.csv")
    assert imported.rows_read == 48
    sums = imported.frame.groupby(["measure", "survey_date"])["people"].sum()
    assert list(sums["origin"]) == [6_477_723, 7_138_715, 7_707_000, 8_029_000]
    assert list(sums["current location"]) == [6_477_723, 7_138_716, 7_707_000, 8_029_000]
    assert next(note for note in imported.notes if "the two differ" in note).startswith(
        "2022-04-01"
    )


@needs_data
def test_snapshots_write_the_centre_two_ways() -> None:
    imported = load("iom-idp", "iom-idp/ocha_macro_region_vintages.csv")
    frame = imported.frame
    assert imported.rows_read == 43
    assert set(pick(frame, macro_region="Center")["published_as"]) == {"CENTER", "Centre", "Center"}
    sums = frame.groupby("snapshot_utc")["people"].sum()
    assert list(sums.iloc[-2:]) == [7_134_000, 5_088_000]
