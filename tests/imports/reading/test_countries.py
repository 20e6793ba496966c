import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.reading.countries import (
    UnknownCountryError,
    _collect,
    find_country,
    find_member,
    known_codes,
    member_codes,
)

from ..published_data import DATA, needs_data


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Turkey", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Türkiye", "TUR"),
        ("Viet Nam", "VNM"),
        ("VIETNAM", "VNM"),
        ("DPR Korea", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Korea, Democratic People's Republic of", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Korea (Republic of)", "KOR"),
        ("Bahamas, The", "BHS"),
        ("the Gambia", "GMB"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
        ("Dominica", "DMA"),
        ("St. Lucia", "LCA"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Russian Federation***", "RUS"),
        ("  united   states ", "USA"),
        ("Namibia", "NAM"),
        ("Swaziland", "SWZ"),
        ("S. Sudan", "SSD"),
        ("S Sudan", "SSD"),
        ("Eq. Guinea", "GNQ"),
        ("Rep. of Congo", "COG"),
        ("Congo, Rep.", "COG"),
        ("Dem. Rep. Congo", "COD"),
        ("Congo, Dem. Rep.", "COD"),
        ("N. Korea", "PRK"),
        ("S. Africa", "ZAF"),
        ("Bosnia and Herz.", "BIH"),
        ("Antigua and Barb.", "ATG"),
        ("St. Vin. and Gren.", "VCT"),
        ("Central African Rep.", "CAF"),
        ("Micronesia, Fed. Sts.", "FSM"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Solomon Is.", "SLB"),
        ("P.R. China", "CHN"),
    ],
)
def test_names_as_people_write_them(name: str, iso3: str) -> None:
    assert find_member(name) == iso3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Korea", r"could be two: .*KOR.*PRK"),
        ("Irland", r"did you mean Ireland \(IRL\)\?"),
        ("Untied States", r"did you mean United States \(USA\)\?"),
        ("Ukrain", r"did you mean Ukraine \(UKR\)\?"),
        ("Macedonia", r"did you mean North Macedonia \(MKD\)\?"),
        ("Sudan South", r"did you mean South Sudan \(SSD\)\?"),
        ("Dominican", r"did you mean Dominica \(DMA\) or Dominican Republic \(DOM\)\?"),
        ("Palestine", "an observer"),
        ("Taiwan", "not a member state"),
        ("USSR", "no member state any more"),
        ("England", "a part of the United Kingdom"),
        ("Atlantis", "no country of that name is known"),
        ("Republic", "no country of that name is known"),
        ("", "no country of that name is known"),
    ],
)
def test_other_names_are_refused_with_a_suggestion_never_guessed(name: str, words: str) -> None:
    with pytest.raises(UnknownCountryError, match=words):
        find_member(name)


@pytest.mark.parametrize("name", ["North Sudan", "Western Guinea", "New Chad", "X. Sudan"])
def test_advice_never_drops_a_word_that_tells_countries_apart(name: str) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        find_country(name)
    assert "did you mean" not in str(caught.value)


def test_an_abbreviation_of_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(UnknownCountryError, match=r"could be several: .*\(CYM\) or .*\(COK\)"):
        find_country("C. Islands")


def test_a_name_that_two_rows_share_is_known_to_neither() -> None:
    rows = (
        {"ISO3": "AAA", "name_short": "Sharedland", "name_official": "Republic of A"},
        {"ISO3": "BBB", "name_short": "Sharedland", "name_official": "Republic of B"},
    )
    assert _collect(rows) == {"republic of a": "AAA", "republic of b": "BBB"}


def test_territories_are_countries_but_not_members() -> None:
    assert find_country("Greenland") == "GRL"
    with pytest.raises(UnknownCountryError):
        find_member("Greenland")


def test_there_are_193_members_and_the_channel_islands_have_no_code() -> None:
    assert len(member_codes()) == 193
    assert "NAM" in member_codes()
    assert member_codes() < known_codes()
    assert {"XKX", "TWN", "PSE"} <= known_codes()
    assert "CHI" not in known_codes()


@given(st.sampled_from(sorted({"France", "Chad", "Samoa", "Oman"})), st.text(min_size=1))
def test_a_name_with_anything_added_is_another_name(name: str, added: str) -> None:
    try:
        found = find_member(name + " x" + added)
    except UnknownCountryError:
        return
    assert found in member_codes() - {find_member(name)}


@needs_data
def test_all_193_names_of_the_first_resolution_in_any_case() -> None:
    path = DATA / "un-votes" / "es11_1_2022-03-02_by_country.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 193
    for row in rows:
        for name in (row["member_state"], row["member_state"].title(), row["member_state"].lower()):
            assert find_member(name) == row["iso3"]
