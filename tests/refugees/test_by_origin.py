"""Year-end counts by origin: the stored table, its source, and what a day shows."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import open_casebook
from analysis.refugees.by_origin import (
    PREREGISTRATION,
    REFUGEES_BY_ORIGIN,
    SOURCE_ID,
    build_refugees_by_origin,
    last_year_known,
)

DATA = Path(__file__).parents[2] / "data"
PUBLISHED = Path(__file__).parents[2] / ".." / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not (PUBLISHED / "unhcr-annual").is_dir(), reason="needs ../shared: UNHCR's annual statistics"
)


@pytest.mark.parametrize("table", [REFUGEES_BY_ORIGIN, PREREGISTRATION], ids=lambda t: t.name)
def test_the_stored_table_is_sound(table):
    frame, errors, *_ = table.read(DATA)
    assert errors == []
    assert len(frame) > 500


def test_figures_of_the_source():
    frame, *_ = REFUGEES_BY_ORIGIN.read(DATA)
    ukraine = frame[(frame["origin"] == "UKR") & (frame["source_id"] == SOURCE_ID)]
    ukraine = ukraine.set_index("year")["refugees"]
    assert ukraine[[2021, 2022, 2023, 2024, 2025]].tolist() == [
        27_562, 5_684_177, 5_960_362, 5_120_036, 5_224_131,
    ]  # fmt: skip
    assert not set(frame["origin"]) & {"UNK", "XXA", "TIB", "PSE"}
    assert (DATA / REFUGEES_BY_ORIGIN.file).stat().st_size < 400_000


@needs_shared
def test_it_is_what_the_published_files_give():
    stored = pd.read_csv(
        DATA / REFUGEES_BY_ORIGIN.file, dtype={"population": "Int64"}, keep_default_na=False,
        na_values={"population": [""]},
    )  # fmt: skip
    made = build_refugees_by_origin(PUBLISHED)
    pd.testing.assert_frame_equal(stored, made)


@needs_shared
def test_sums_are_those_of_the_publisher():
    release = pd.read_csv(PUBLISHED / "unhcr-annual" / "origin_totals_by_release.csv")
    latest = release[(release["release_date"] == "2026-06-25")]
    made = build_refugees_by_origin(PUBLISHED)
    both = made.merge(latest, left_on=["origin", "year"], right_on=["coo_iso", "year"])
    assert len(both) > 400
    assert (both["refugees_x"] == both["refugees_y"]).all()
    assert (both["asylum_seekers_x"] == both["asylum_seekers_y"]).all()


@pytest.mark.parametrize(
    ("day", "year"),
    [("2022-03-03", 2020), ("2022-06-19", 2020), ("2022-06-20", 2021), ("2022-12-31", 2021)],
)
def test_a_year_is_known_in_the_middle_of_the_next(day, year):
    assert last_year_known(day) == year


@pytest.mark.parametrize(
    ("day", "people", "release"),
    [
        ("2023-06-13", {2021: 46_988}, "2023-04-27"),  # 2022 is the middle of the year there
        ("2023-06-14", {2022: 5_714_517}, "2023-06-14"),
        ("2024-06-16", {2022: 5_714_517}, "2023-10-25"),
        ("2024-06-17", {2022: 5_718_814, 2023: 5_994_350}, "2024-06-17"),
        ("2025-01-01", {2022: 5_718_814, 2023: 5_994_350}, "2024-10-18"),
        ("2026-06-25", {2022: 5_718_814, 2025: 5_250_714}, "2026-06-25"),
    ],
)
def test_a_replay_shows_the_release_that_was_out(
    day: str, people: dict[int, int], release: str
) -> None:
    shown = open_casebook(DATA, day).refugees.by_origin(origin="UKR").set_index("year")
    for year, value in people.items():
        assert shown["people"][year] == value
    last = max(people)
    assert shown.index.max() == last
    assert shown["known"][last]
    assert shown["published_on"][last] == pd.Timestamp(release)
    assert set(shown["as_of"].dt.month) == {12}
    assert shown["population"].loc[:2024].notna().all()


def test_a_year_of_no_release_that_was_out_says_so() -> None:
    shown = open_casebook(DATA, "2022-07-01").refugees.by_origin(origin="UKR").set_index("year")
    assert not shown["known"].any()
    assert shown["published_on"][2021] == pd.Timestamp("2023-04-27")
    assert shown["published_on"][2019] == pd.Timestamp("2026-06-25")
    assert shown.index.max() == 2021
