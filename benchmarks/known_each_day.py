"""How long it takes to say what each series was last known to be, on each of 365 days.

5,000,000 claims of 16,000 series (20 claimants, 20 places, 5 outcomes, 4 groups, 2 standards)
published over 365 days, each counted to a day from twelve days before its publication to two
after it, one in fifty to no day. One call of `known_each_day` is set against pandas'
`merge_asof`, written as well as we can, and against the loop over days on a casebook of 900 rows.

    python benchmarks/known_each_day.py                  # 5,000,000 rows, about two minutes
    python benchmarks/known_each_day.py --rows 500000
    python benchmarks/known_each_day.py --files 40 160   # also from Parquet, with peak memory
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from alternating import alternate, summarize, tabulate

from analysis.tables import (
    as_known_on,
    known_each_day,
    known_each_day_partitioned,
    latest_claims,
)

Ints = npt.NDArray[np.int64]
Results = dict[str, Any]

FIRST = pd.Timestamp("2022-02-24")
N_DAYS = 365
SIZES = {"claimant": 20, "place": 20, "outcome": 5, "group": 4, "standard": 2}
SERIES = list(SIZES)
ROWS_A_FILE = 125_000
WAYS = ("imports only", "in memory", "partitioned, at once 1", "partitioned, at once 2")


def make_claims(rows: int, seed: int = 0, *, in_order: bool = False) -> pd.DataFrame:
    """Return so many claims, the same ones each time: columns of categories, days and `best`."""
    random = np.random.default_rng(seed)
    count = int(np.prod(list(SIZES.values())))
    number = random.integers(0, count, rows)
    known = random.integers(0, N_DAYS, rows)
    if in_order:
        known = np.sort(known)
    frame = pd.DataFrame(index=pd.RangeIndex(rows))
    for name, size in SIZES.items():
        names = pd.Index([f"{name} {n:02}" for n in range(size)], dtype="str")
        frame[name] = pd.Categorical.from_codes(number % size, names)
        number = number // size
    counted = known - random.integers(-2, 13, rows)
    start = np.datetime64(FIRST.date())
    frame["as_of"] = pd.Series(start + counted).astype("datetime64[us]")
    frame.loc[random.random(rows) < 0.02, "as_of"] = pd.NaT
    frame["published_on"] = pd.Series(start + known).astype("datetime64[us]")
    frame["best"] = random.integers(0, 10_000, rows).astype("float64")
    return frame


def list_days() -> pd.DatetimeIndex:
    """Return the 365 days."""
    return pd.date_range(FIRST, periods=N_DAYS, unit="us")


def by_merge_asof(claims: pd.DataFrame, days: pd.DatetimeIndex) -> Ints:
    """Return the row that stands, days by series, by a running maximum and `merge_asof`."""
    frame = pd.DataFrame(
        {
            "series": claims.groupby(SERIES, dropna=False, sort=False).ngroup(),
            "published_on": claims["published_on"],
            "counted_to": claims["as_of"].fillna(claims["published_on"]),
        }
    )
    order = frame.sort_values(["counted_to", "published_on"], kind="stable").index.to_numpy()
    rank = np.empty(len(frame), dtype=np.int64)
    rank[order] = np.arange(len(frame))
    frame = frame.drop(columns="counted_to").assign(rank=rank)
    frame = frame.sort_values("published_on", kind="stable")
    frame["rank"] = frame.groupby("series")["rank"].cummax()
    count = int(frame["series"].max()) + 1
    asked = pd.DataFrame({"day": days.repeat(count), "series": np.tile(range(count), len(days))})
    found = pd.merge_asof(asked, frame, left_on="day", right_on="published_on", by="series")
    standing = found["rank"].fillna(-1).to_numpy(dtype=np.int64)
    return np.where(standing < 0, -1, order[standing]).reshape(len(days), count)


def by_the_loop(claims: pd.DataFrame, days: pd.DatetimeIndex) -> list[pd.DataFrame]:
    """Return the frame of each day, each day on its own."""
    return [latest_claims(as_known_on(claims, day), SERIES) for day in days]


def compare_in_memory(rows: int, rounds: int) -> Results:
    """Time the call on so many rows in memory, and `merge_asof`; the answers must be equal."""
    days = list_days()
    shuffled, ordered = make_claims(rows), make_claims(rows, in_order=True)
    texts = shuffled.astype(dict.fromkeys(SERIES, "str"))
    for claims in (shuffled, ordered):
        answer = known_each_day(claims, SERIES, days)
        np.testing.assert_array_equal(answer.rows, by_merge_asof(claims, days))
    np.testing.assert_array_equal(
        known_each_day(texts, SERIES, days).rows, known_each_day(shuffled, SERIES, days).rows
    )
    timings = alternate(
        {
            "known_each_day, rows in any order": lambda: known_each_day(shuffled, SERIES, days),
            "known_each_day, in order of publication": lambda: known_each_day(
                ordered, SERIES, days
            ),
            "known_each_day, names as text": lambda: known_each_day(texts, SERIES, days),
            "pandas merge_asof": lambda: by_merge_asof(shuffled, days),
        },
        rounds,
    )
    print(f"{rows:,} claims, {len(answer.series):,} series, {len(days)} days; answers are equal")
    print(tabulate(timings), end="\n\n")
    return summarize(timings)


def compare_small(rounds: int) -> Results:
    """Time a casebook of 900 claims: the call, the call with all its frames, and the loop."""
    days = list_days()
    claims = make_claims(900)
    known = known_each_day(claims, SERIES, days)
    for day, frame in zip(days, by_the_loop(claims, days), strict=True):
        pd.testing.assert_frame_equal(known.of_day(day), frame)
    timings = alternate(
        {
            "known_each_day": lambda: known_each_day(claims, SERIES, days),
            "known_each_day, then long(['best'])": lambda: known_each_day(
                claims, SERIES, days
            ).long(["best"]),
            "the loop over days": lambda: by_the_loop(claims, days),
        },
        rounds,
    )
    print(f"{len(claims)} claims, {len(known.series)} series, {len(days)} days; frames are equal")
    print(tabulate(timings), end="\n\n")
    return summarize(timings)


def compare_partitioned(files: int) -> Results:
    """Run it from Parquet in processes of their own, for the peak of their memory."""
    results: Results = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            part = make_claims(ROWS_A_FILE, seed=number)
            part.to_parquet(Path(folder, f"part.{number}.parquet"), index=False)
        print(f"{files * ROWS_A_FILE:,} claims from {files} Parquet files; processes of their own")
        for way in WAYS:
            command = [sys.executable, __file__, "--way", way, "--folder", folder]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            results[way] = json.loads(told)
    digests = {found.pop("digest") for way, found in results.items() if way != "imports only"}
    results["imports only"].pop("digest")
    print(pd.DataFrame(results).T.to_string(), end="\n\n")
    if len(digests) != 1:
        raise AssertionError("the answers differ")
    return results


def run_once(way: str, folder: str) -> dict[str, float | int | str]:
    """Do it once in this process; return seconds, the peak of its memory (MB), and a digest."""
    days = list_days()
    start = time.perf_counter()
    digest = ""
    if way == "in memory":
        parts = sorted(Path(folder).glob("*.parquet"), key=lambda path: int(path.suffixes[0][1:]))
        claims = pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)
        known = known_each_day(claims, SERIES, days)
        digest = hashlib.sha256(known.rows.tobytes()).hexdigest()
    elif way != "imports only":
        at_once = int(way.rpartition(" ")[2])
        known = known_each_day_partitioned(folder, SERIES, days, at_once=at_once)
        digest = hashlib.sha256(known.rows.tobytes()).hexdigest()
    seconds = round(time.perf_counter() - start, 3)
    return {"seconds": seconds, "peak_mb": _peak_megabytes(), "digest": digest}


def _peak_megabytes() -> int:
    """Return the most memory this process has had, as Linux counts it; 0 elsewhere."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
    return int(lines["VmHWM"].split()[0]) // 1024


def main(arguments: Sequence[str] | None = None) -> Results:
    """Run it, print tables, and return the figures for a file of results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, nargs="*", default=[], help="so many Parquet files")
    parser.add_argument("--out", type=Path, help="a file for the figures, as JSON")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.way:
        print(json.dumps(run_once(asked.way, asked.folder)))
        return {}
    results: Results = {
        "in_memory": compare_in_memory(asked.rows, asked.rounds),
        "small": compare_small(asked.rounds),
    }
    for files in asked.files:
        results[f"partitioned_{files * ROWS_A_FILE}"] = compare_partitioned(files)
    if asked.out:
        asked.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return results


if __name__ == "__main__":
    main()
