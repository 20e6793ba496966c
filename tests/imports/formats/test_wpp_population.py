from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write


def test_the_un_s_own_file(tmp_path: Path) -> None:
    text = (
        "LocID,ISO3_code,Location,VarID,Variant,Time,TPopulation1July\n"
        "900,,World,2,Medium,2022,7975105.156\n804,UKR,Ukraine,2,Medium,2022,39701.739\n"
        "804,UKR,Ukraine,2,Medium,2022,39701.739\n4,QQQ,Nowhere,2,Medium,2022,1\n"
        "804,UKR,Ukraine,2,Medium,22,1\n804,UKR,Ukraine,2,Medium,2023,-1\n"
    )
    imported = import_file("wpp-population", write(tmp_path, text))
    check_counts(imported)
    assert list(imported.frame["population"]) == [7_975_105_156, 39_701_739]
    assert list(imported.frame["iso3"].fillna("")) == ["", "UKR"]
    assert list(imported.frame["variant"]) == ["Medium", "Medium"]
    assert reasons(imported) == {
        4: "Ukraine 2022 Medium again, as in row 3",
        5: "ISO3_code: no ISO 3166 code",
        6: "Time: not a year",
        7: "TPopulation1July: a population below zero",
    }


def test_thousands_become_persons_exactly(tmp_path: Path) -> None:
    text = "iso3,m49,name,year,pop_median_thousand\nTUV,798,Tuvalu,2024,1.001\n"
    frame = import_file("wpp-population", write(tmp_path, text)).frame
    assert frame["population"].item() == 1001


@needs_data
def test_estimates_are_worked_out_and_said_to_be() -> None:
    imported = load("wpp-population", "population/wpp2024_estimates_1950_2023.csv")
    assert imported.rows_read == 17_464
    frame = imported.frame
    assert frame["iso3"].nunique() == 236
    assert set(frame["flag"]) == {"worked out, not published"}
    ukraine = pick(frame, iso3="UKR", year=2021)["population"].item()
    assert abs(ukraine / 44_298_640 - 1) < 0.001


@needs_data
def test_projections_have_seven_variants_in_order() -> None:
    imported = load("wpp-population", "population/wpp2024_projections_2024_2050.csv")
    assert imported.rows_read == 6372
    wide = imported.frame.pivot(index=["iso3", "year"], columns="variant", values="population")
    assert len(wide) == 6372
    order = ["95 % lower", "80 % lower", "median", "80 % upper", "95 % upper"]
    assert wide[order].apply(lambda row: row.is_monotonic_increasing, axis=1).all()
    aruba = pick(imported.frame, iso3="ABW", year=2024, variant="80 % lower")
    assert aruba["population"].item() == 107_483
