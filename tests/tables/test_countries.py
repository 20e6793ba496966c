"""States by their codes: names and regions."""

import pandas as pd
import pytest

from analysis.tables.countries import find_regions, list_countries, name_country


def test_every_code_stands_once() -> None:
    codes = list_countries().index
    assert codes.is_unique
    assert len(codes) > 240
    assert {"UKR", "RUS", "SDN", "PSE", "VAT"} <= set(codes)


def test_namibia_is_not_missing() -> None:
    # Its two-letter code is NA, which readers take for a missing value.
    assert list_countries().loc["NAM", "ISO2"] == "NA"


@pytest.mark.parametrize(
    ("iso3", "name"),
    [("UKR", "Ukraine"), ("SDN", "Sudan"), ("XYZ", "XYZ"), ("Mariupol", "Mariupol")],
)
def test_a_country_is_named_or_its_code_stays(iso3: str, name: str) -> None:
    assert name_country(iso3) == name


def test_regions_by_hand() -> None:
    codes = pd.Series(["UKR", "SDN", "BRA", "CHN", "FJI", "XYZ"], index=[5, 4, 3, 2, 1, 0])
    regions = find_regions(codes)
    assert regions.name == "region"
    assert regions.index.tolist() == [5, 4, 3, 2, 1, 0]
    assert regions[:5].tolist() == ["Europe", "Africa", "Americas", "Asia", "Oceania"]
    assert regions.isna().tolist() == [False] * 5 + [True]


def test_no_codes_have_no_regions() -> None:
    assert find_regions(pd.Series([], dtype="str")).tolist() == []
