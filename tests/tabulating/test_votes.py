"""Totals of the votes, against the published counts of how states combined their answers."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from analysis.tabulating.votes import make_total_rows

from .frames import make_frame, say

PUBLISHED = Path(__file__).parents[2] / ".." / "shared" / "data" / "un-votes"
COLUMNS = ("resolution", "vote_date", "yes", "no", "abstain", "not_voting")


def test_each_resolution_is_its_own_source_and_others_are_left_out() -> None:
    frame = make_frame(
        COLUMNS,
        ("A/RES/ES-11/1", "2022-03-02", "141", "5", "35", "12"),
        ("A/RES/ES-11/3", "2022-04-07", "93", "24", "58", "18"),
        ("A/RES/ES-11/2", "2022-03-24", "140", "5", "38", "10"),
        ("A/RES/ES-10/21", "2023-10-27", "120", "14", "45", "14"),
    )
    rows = say(make_total_rows(frame), "source_id", "vote_date", "vote", "wording")
    assert rows[:4] == [
        ("un-es11-3", "2022-04-07", "yes", "93"),
        ("un-es11-3", "2022-04-07", "no", "24"),
        ("un-es11-3", "2022-04-07", "abstain", "58"),
        ("un-es11-3", "2022-04-07", "not voting", "18"),
    ]
    assert {source for source, *_ in rows} == {"un-es11-2", "un-es11-3"}


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="needs ../shared: the published tables")
@pytest.mark.parametrize("number", range(1, 7))
def test_the_totals_are_the_sums_of_the_profiles(number: int) -> None:
    with (PUBLISHED / "es11_1_to_6_vote_profiles.csv").open(newline="") as file:
        profiles = list(csv.DictReader(file))
    sums: Counter[str] = Counter()
    for profile in profiles:
        sums[profile[f"es11_{number}"]] += int(profile["member_states"])
    with (PUBLISHED / "es11_totals.csv").open(newline="") as file:
        (total,) = [row for row in csv.DictReader(file) if row["resolution"].endswith(f"/{number}")]
    assert {vote: str(count) for vote, count in sums.items()} == {
        vote: total[vote] for vote in sums
    }
    assert sum(sums.values()) == 193
