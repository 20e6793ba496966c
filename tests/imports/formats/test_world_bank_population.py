from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_NOW = "population/worldbank_population_1960_2024.csv"
_THEN = "population-wdi-vintage-2022-04/wdi_sp_pop_totl_updated_2022-04-08.csv"
_WIDE = (
    '\ufeff"Data Source","World Development Indicators",\r\n\r\n'
    '"Last Updated Date","2022-04-08",\r\n\r\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\r\n'
    '"Ukraine","UKR","Population, total","SP.POP.TOTL","44386203","44134693",\r\n'
    '"World","WLD","Population, total","SP.POP.TOTL","7683372259","",\r\n'
    '"Poland","POL","GDP","NY.GDP","1","2",\r\n'
)


def test_the_world_bank_s_own_download(tmp_path: Path) -> None:
    imported = import_file("world-bank-population", write(tmp_path, _WIDE))
    check_counts(imported)
    assert (imported.rows_read, imported.rows_kept) == (3, 2)
    frame = imported.frame
    assert len(frame) == 4
    ukraine = pick(frame, iso3="UKR", year=2020)
    assert (ukraine["population"].item(), ukraine["kind"].item()) == (44_134_693, "country")
    assert set(frame["edition"]) == {"2022-04-08"}
    world = pick(frame, iso3="WLD", year=2020)
    assert (world["absence"].item(), world["kind"].item()) == ("empty", "aggregate")
    assert reasons(imported) == {8: "Indicator Code: another indicator than SP.POP.TOTL"}


def test_what_the_long_form_refuses(tmp_path: Path) -> None:
    text = (
        "Country Name,Country Code,Year,Value\nNamibia,NAM,2020,2540916\nX,namibia,2020,1\n"
        "Ukraine,UKR,MMXX,1\nUkraine,UKR,2020,44 million\nNamibia,NAM,2020,2540916\n"
        'Ukraine,UKR,2020,"44,134,693"\n'
    )
    imported = import_file("world-bank-population", write(tmp_path, text))
    check_counts(imported)
    assert list(imported.frame["population"]) == [2_540_916, 44_134_693]
    assert reasons(imported) == {
        3: "Country Code: not a code of three letters",
        4: "Year: not a year",
        5: "Value: '44 million' is not a number alone",
        6: "NAM 2020 again, as in row 2",
    }


@needs_data
def test_two_editions_of_the_same_year() -> None:
    now, then = (load("world-bank-population", name) for name in (_NOW, _THEN))
    assert (now.rows_read, then.rows_read) == (17_195, 8246)
    assert pick(now.frame, iso3="UKR", year=2020)["population"].item() == 44_680_014
    assert pick(then.frame, iso3="UKR", year=2020)["population"].item() == 44_134_693
    for iso3, change in (("UKR", 1.24), ("POL", -1.15), ("RUS", 0.79)):
        new, old = (
            pick(each.frame, iso3=iso3, year=2020)["population"].item() for each in (now, then)
        )
        assert round((new / old - 1) * 100, 2) == change


@needs_data
def test_aggregates_are_told_from_countries() -> None:
    frame = load("world-bank-population", _NOW).frame
    aggregates = set(pick(frame, kind="aggregate")["iso3"])
    assert len(aggregates) == 49
    assert {"WLD", "ARB", "EUU", "CHI"} <= aggregates
    assert {"UKR", "XKX", "NAM"} <= set(pick(frame, kind="country")["iso3"])


@needs_data
def test_years_without_a_figure_stay() -> None:
    then = load("world-bank-population", _THEN).frame
    missing = then[then["absence"] == "empty"]
    assert set(missing["iso3"]) >= {"INX"}
    assert missing["population"].isna().all()


@needs_data
def test_refugees_abroad_have_left_the_total() -> None:
    frame = pick(load("world-bank-population", _NOW).frame, iso3="UKR").set_index("year")
    millions = [round(frame.loc[year, "population"] / 1e6, 2) for year in (2021, 2022, 2023)]
    assert millions == [44.3, 41.05, 37.73]
