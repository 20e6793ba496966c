"""The same answers from many Parquet files through Dask as from one frame in memory."""

import importlib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tables import KnownEachDay, known_each_day, known_each_day_partitioned

dask = pytest.importorskip("dask")

FIRST = pd.Timestamp("2022-02-24")
SERIES = ["claimant", "outcome", "place"]
DAYS = pd.date_range(FIRST - pd.Timedelta(days=1), periods=60)


def make_claims(rows: int, seed: int = 0) -> pd.DataFrame:
    """Claims with every trouble: ties, no day counted, days to come, missing names."""
    random = np.random.default_rng(seed)
    known = random.integers(0, 70, rows)
    known_on = pd.Series(FIRST + pd.to_timedelta(known, unit="D")).astype("datetime64[us]")
    to = known - random.integers(-2, 6, rows)
    counted = pd.Series(FIRST + pd.to_timedelta(to, unit="D")).astype("datetime64[us]")
    places = pd.Series([None if n == 7 else f"place {n}" for n in range(40)], dtype="str")
    return pd.DataFrame(
        {
            "claimant": pd.Categorical.from_codes(
                random.integers(-1, 9, rows), [f"claimant {n}" for n in range(12)]
            ),
            "outcome": pd.array(random.integers(0, 3, rows), dtype="Int64"),
            "place": places.take(random.integers(0, 40, rows)).reset_index(drop=True),
            "as_of": counted.mask(random.random(rows) < 0.05),
            "published_on": known_on.mask(random.random(rows) < 0.01),
            "best": random.integers(0, 10_000, rows),
        }
    )


def write(claims: pd.DataFrame, folder: Path, files: int, rows_a_group: int = 10_000) -> Path:
    folder.mkdir(parents=True)
    ends = np.linspace(0, len(claims), files + 1).astype(int)
    for number in range(files):
        part = claims.iloc[ends[number] : ends[number + 1]].copy()
        # Every file has the categories of its own rows.
        part["claimant"] = part["claimant"].cat.remove_unused_categories()
        path = folder / f"part.{number}.parquet"
        part.to_parquet(path, index=False, row_group_size=rows_a_group)
    return folder


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of categories of several files have them in another order."""
    return frame.astype({name: "str" for name in frame if name == "claimant"})


def check_same(one: KnownEachDay, other: KnownEachDay) -> None:
    pd.testing.assert_index_equal(one.days, other.days)
    assert one.rows.dtype == other.rows.dtype
    np.testing.assert_array_equal(one.rows, other.rows)
    pd.testing.assert_frame_equal(as_text(one.series), as_text(other.series))


@pytest.mark.parametrize("scheduler", ["synchronous", "threads"])
def test_many_files_are_as_one_frame(tmp_path: Path, scheduler: str) -> None:
    claims = make_claims(200_000)
    # More than ten files: part.10 stands after part.9, not after part.1.
    folder = write(claims, tmp_path / "claims", files=12)
    there = known_each_day(claims, SERIES, DAYS)
    with dask.config.set(scheduler=scheduler):
        known = known_each_day_partitioned(folder, SERIES, DAYS, at_once=3)
        check_same(known, there)
        day = DAYS[30]
        pd.testing.assert_frame_equal(as_text(known.of_day(day)), as_text(there.of_day(day)))
        told = known.long(["best", "claimant"])
    pd.testing.assert_frame_equal(as_text(told), as_text(there.long(["best", "claimant"])))


days = st.dates(date(2022, 2, 22), date(2022, 3, 4))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["un", "army", None]), st.none() | days, st.none() | days),
        max_size=20,
    ),
    st.lists(days, max_size=5),
    st.integers(1, 6),
    st.integers(1, 3),
)
def test_any_cut_into_files_is_as_one_frame(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str | None, date | None, date | None]],
    asked: list[date],
    rows_a_file: int,
    at_once: int,
) -> None:
    claims = pd.DataFrame(
        {
            "claimant": pd.Series([row[0] for row in rows], dtype="str"),
            # A missing number is a number that does not equal itself.
            "level": [np.nan if row[0] is None or row[1] is None else 1.5 for row in rows],
            "as_of": pd.to_datetime([row[1] for row in rows]).as_unit("us"),
            "published_on": pd.to_datetime([row[2] for row in rows]).as_unit("us"),
            "row": range(len(rows)),
        }
    )
    claims["level"] = claims["level"].astype("float64")
    folder, series = tmp_path_factory.mktemp("claims"), ["claimant", "level"]
    for number, start in enumerate(range(0, max(len(rows), 1), rows_a_file)):
        part = claims.iloc[start : start + rows_a_file]
        part.to_parquet(folder / f"{number}.parquet", index=False)
    with dask.config.set(scheduler="synchronous"):
        known = known_each_day_partitioned(folder, series, asked, at_once=at_once)
        there = known_each_day(claims, series, asked)
        np.testing.assert_array_equal(known.rows, there.rows)
        pd.testing.assert_frame_equal(known.series, there.series)
        for day in asked:
            pd.testing.assert_frame_equal(known.of_day(day), there.of_day(day))


def test_folders_may_name_a_column(tmp_path: Path) -> None:
    claims = make_claims(2_000).sort_values("outcome", kind="stable", ignore_index=True)
    claims["outcome"] = claims["outcome"].astype("int32")
    for outcome, part in claims.groupby("outcome"):
        folder = tmp_path / "claims" / f"outcome={outcome}"
        folder.mkdir(parents=True)
        part.drop(columns="outcome").to_parquet(folder / "part.0.parquet", index=False)
    known = known_each_day_partitioned(tmp_path / "claims", SERIES, DAYS)
    check_same(known, known_each_day(claims, SERIES, DAYS))


def test_one_file_of_many_groups_is_read_group_by_group(tmp_path: Path) -> None:
    claims = make_claims(5_000)
    path = write(claims, tmp_path / "claims", files=1, rows_a_group=300) / "part.0.parquet"
    # Days far apart: what is published between two of them is not of one day.
    days = [*DAYS[::9], DAYS[50], DAYS[1], DAYS[50]]
    known = known_each_day_partitioned(path, SERIES, days, at_once=1)
    check_same(known, known_each_day(claims, SERIES, days))


# What is refused


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match=r"contested-figures\[scale\]") as caught:
        known_each_day_partitioned(tmp_path, SERIES, DAYS)
    assert len(str(caught.value).splitlines()) == 1


def test_files_that_are_not_there_or_no_claims_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        known_each_day_partitioned(tmp_path / "nowhere", SERIES, DAYS)
    with pytest.raises(ValueError, match="there are no Parquet files"):
        known_each_day_partitioned(tmp_path, SERIES, DAYS)
    (tmp_path / "claims.parquet").write_text("claimant,as_of\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected Parquet files: ") as caught:
        known_each_day_partitioned(tmp_path, SERIES, DAYS)
    assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(ValueError, match=r"^at_once: expected 1 group of rows or more, not 0"):
        known_each_day_partitioned(tmp_path, SERIES, DAYS, at_once=0)


def test_a_file_without_one_of_the_columns_is_named(tmp_path: Path) -> None:
    """Arrow would fill it with missing values, and its claims would silently be unknown."""
    folder = write(make_claims(100), tmp_path / "claims", files=2)
    table = pq.read_table(folder / "part.1.parquet")
    pq.write_table(table.rename_columns({"published_on": "published"}), folder / "part.1.parquet")
    said = 'part.1.parquet: there is no column "published_on"; did you mean "published"'
    with pytest.raises(ValueError, match=said):
        known_each_day_partitioned(folder, SERIES, DAYS)


def test_a_column_that_no_file_has_is_refused_later_too(tmp_path: Path) -> None:
    folder = write(make_claims(100), tmp_path / "claims", files=2)
    known = known_each_day_partitioned(folder, SERIES, DAYS[:3] + timedelta(days=30))
    with pytest.raises(ValueError, match='there is no column "bst"; did you mean "best"'):
        known.long(["bst"])
