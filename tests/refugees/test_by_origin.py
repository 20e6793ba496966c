"""Year-end counts by origin: the stored table, its source, and what a day shows."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.refugees.by_origin import (
    PREREGISTRATION,
    REFUGEES_BY_ORIGIN,
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
    ukraine = frame[frame["origin"] == "UKR"].set_index("year")["refugees"]
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
