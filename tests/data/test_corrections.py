"""What a correction desk asked for: one claimant a person, days, definitions and words as said."""

import tomllib

import pytest

from tests.data.committed import DATA, only, pick, read


@pytest.mark.parametrize(
    ("source", "outcome", "claimant", "wording", "repeats"),
    [
        ("independent-2022-03-02", "killed", "arestovych", "some 6,000", "breitbart-2022-03-03"),
        ("ap-2022-03-03", "killed", "russia-defence-ministry", "nearly 500",
         "independent-2022-03-02"),
        ("ap-2022-03-03", "wounded", "russia-defence-ministry", "around 1,600",
         "independent-2022-03-02"),
        ("zdg-2022-03", "losses", "ukraine-general-staff", "over 16,000",
         "ukraine-general-staff-losses"),
    ],
)  # fmt: skip
def test_two_documents_of_one_announcement_have_one_claimant(
    source: str, outcome: str, claimant: str, wording: str, repeats: str
) -> None:
    row = only("casualties", source_id=source, wording=wording)
    assert (row["outcome"], row["claimant"], row["repeats"]) == (outcome, claimant, repeats)


def test_one_agency_has_one_key() -> None:
    names = [row["name"] for row in read("claimants") if "refugee agency" in row["name"]]
    assert len(names) == 1


def test_no_update_is_known_before_the_day_after_its_last() -> None:
    rows = read("casualties.ohchr")
    assert all(row["published_on"] > row["as_of"] for row in rows)


@pytest.mark.parametrize(
    ("row", "as_of", "published_on", "outcome"),
    [
        ("2", "2024-02-06", "2024-02-06", "losses"),  # listed on 16 January
        ("3", "2023-12-19", "2023-12-19", "killed or wounded"),
        ("7", "2022-07-19", "2022-07-24", "losses"),  # 38,500, listed as deaths
        ("22", "2022-12-01", "2022-12-01", "killed"),
        ("29", "2023-02-28", "2023-02-28", "losses"),  # the missing are in it
        ("34", "2023-05-27", "2023-07-10", "killed"),  # listed on 27 June
        ("103", "2022-03-23", "2022-03-23", "losses"),  # captured and missing in it
    ],
)
def test_a_listed_estimate_has_its_own_day_and_outcome(
    row: str, as_of: str, published_on: str, outcome: str
) -> None:
    found = only("casualties.economist", locator=f"row {row}")
    assert (found["as_of"], found["published_on"]) == (as_of, published_on)
    assert found["outcome"] == outcome
    if row in ("2", "34", "103"):
        assert "the list dates it" in found["note"], "the published list's date stays"


def test_only_words_that_were_said_stand_as_words() -> None:
    said = {row["wording"] for row in read("casualties.economist") if row["wording"]}
    floors = {wording for wording in said if wording.startswith("at least")}
    assert floors == {"at least 30,000", "at least 350,000", "at least 700,000"}
    assert "25,000 as an upper bound" not in said, "made when it is read, from a number alone"


def test_a_lecture_at_gchq_is_no_statement_of_the_ministry() -> None:
    assert only("casualties.economist", locator="row 118")["claimant"] == "gchq"


def test_a_projection_says_of_whom_it_speaks() -> None:
    assert only("projections", claimant="borrell")["asylum"] != "all"
    assert only("projections", wording="4.2 million")["measure"] == "people to be helped"


@pytest.mark.parametrize(
    ("release", "people"),
    [("unhcr-annual-2023-06", 5_714_517), ("unhcr-annual-2026-06", 5_718_814)],
)
def test_releases_are_kept_apart(release: str, people: int) -> None:
    row = only("refugees_by_origin", source_id=release, origin="UKR", year="2022")
    assert int(row["refugees"]) + int(row["asylum_seekers"]) == people


def test_a_zero_in_a_file_that_means_not_stated_is_no_figure() -> None:
    captured = pick("casualties.general-staff", outcome="captured")
    assert "0" not in {row["wording"] for row in captured}
    assert min(row["as_of"] for row in captured) == "2022-03-01"


def test_every_resolution_whose_votes_are_held_is_followed() -> None:
    settings = tomllib.loads((DATA / "casebook.toml").read_text(encoding="utf-8"))
    held = {row["resolution"] for row in read("vote_totals")}
    assert held == set(settings["resolutions"])


def test_actions_say_what_was_said() -> None:
    assert only("actions", actor="France")["date"] == "", "3 March is the day of the statement"
    assert only("actions", actor="IKEA", target="Russia")["action"] == "announced"
    states = pick("actions", actor="United States")
    (airspace,) = [row for row in states if "airspace" in row["description"]]
    assert airspace["action"] == "announced"
    for row in pick("actions", actor="H&M"):
        assert "for a time" in row["description"]
    assert all("Russia" in row["description"] for row in states)


def test_the_million_of_the_article_is_of_people() -> None:
    assert only("refugees", source_id="ap-2022-03-03", wording="1 million")["measure"] == (
        "people who fled"
    )


def test_sources_have_their_addresses_where_they_could_be_found() -> None:
    without = {row["source_id"] for row in read("sources") if not row["url"]}
    assert without == {
        "ap-2022-03-03", "ziare-2022-03-02", "unhcr-emergency-page", "breitbart-2022-03-03",
        "reuters-2022-03-27", "teller-report-2022-02-28", "patrona-radio-2022-03-02",
        "world-bulletin-2022-04-26",
    }  # fmt: skip
