"""What changed between two days: new, updated, revised, withdrawn, newly denied, or nothing."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import open_casebook, write_changes
from analysis.casebook.changes import find_changes
from analysis.casualties.table import CASUALTIES
from analysis.tables import read_claims
from tests.series import SAID, Row, killed, total

Make = Callable[..., Path]
SINCE, UNTIL = pd.Timestamp("2023-05-10"), pd.Timestamp("2023-05-20")
OLD = killed("2023-05-08", "100", "2023-05-09")
TALK: Row = SAID | {
    "locator": "page 3", "claimant": "army", "said_on": "2023-05-09", "topic": "talks",
    "statement": "There will be talks", "stance": "says", "published_on": "2023-05-09",
}  # fmt: skip


def find(
    make: Make, *rows: Row, since: pd.Timestamp = SINCE, until: pd.Timestamp = UNTIL
) -> list[list[object]]:
    claims = read_claims(CASUALTIES, make(casualties=list(rows)))
    found = find_changes(claims, CASUALTIES, since, until)
    return found[["change", "was", "became"]].astype(object).fillna("").to_numpy().tolist()


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (killed("2023-05-15", "140", "2023-05-16"), ["updated", "100", "140"]),
        (killed("2023-05-08", "90", "2023-05-12"), ["revised", "100", "90"]),
        (
            killed("2023-05-08", "100", "2023-05-12", status="withdrawn"),
            ["withdrawn", "100", "100"],
        ),
        (
            killed("2023-05-08", "100", "2023-05-12", status="denied"),
            ["newly denied", "100", "100"],
        ),
        (
            killed("2023-05-08", "100", "2023-05-12", status="disputed"),
            ["revised", "100", "100"],
        ),
    ],
)
def test_each_kind_of_change(make_casebook: Make, later: Row, said: list[str]) -> None:
    assert find(make_casebook, OLD, later | {"locator": "later"}) == [said]


def test_a_claim_that_was_not_there_is_new(make_casebook: Make) -> None:
    other = killed("2023-05-12", "7", "2023-05-13", claimant="clinic")
    assert find(make_casebook, OLD, other) == [["new", "", "7"]]
    denied = other | {"status": "denied"}
    claims = read_claims(CASUALTIES, make_casebook("denied", casualties=[OLD, denied]))
    assert find_changes(claims, CASUALTIES, SINCE, UNTIL)["change"].tolist() == ["newly denied"]


def test_what_came_and_was_withdrawn_between_the_days_is_withdrawn(make_casebook: Make) -> None:
    other = killed("2023-05-12", "7", "2023-05-13", claimant="clinic")
    gone = other | {"published_on": "2023-05-15", "locator": "later", "status": "withdrawn"}
    assert find(make_casebook, OLD, other, gone) == [["withdrawn", "", "7"]]


def test_the_same_figure_again_is_no_change(make_casebook: Make) -> None:
    assert find(make_casebook, OLD, killed("2023-05-15", "100", "2023-05-16")) == []


def test_the_border_days_are_known(make_casebook: Make) -> None:
    rows = (OLD, killed("2023-05-15", "140", "2023-05-20"))
    assert find(make_casebook, *rows) == [["updated", "100", "140"]]
    claims = read_claims(CASUALTIES, make_casebook("again", casualties=list(rows)))
    assert len(find_changes(claims, CASUALTIES, SINCE, pd.Timestamp("2023-05-19"))) == 0
    assert len(find_changes(claims, CASUALTIES, UNTIL, UNTIL)) == 0


def test_the_earlier_day_comes_first(make_casebook: Make) -> None:
    with pytest.raises(ValueError, match=r"^since: 2023-05-20 is after 2023-05-10"):
        find(make_casebook, OLD, since=UNTIL, until=SINCE)


def test_every_table_with_series_is_looked_at(make_casebook: Make) -> None:
    denial = TALK | {"claimant": "office", "stance": "denies", "published_on": "2023-05-15"}
    folder = make_casebook(
        casualties=[OLD, killed("2023-05-15", "1400", "2023-05-16")],
        refugees=[total("2023-05-12", "5000", "2023-05-13", asylum="TCD")],
        talks=[TALK, denial],
    )
    found = open_casebook(folder, "2023-05-20").changes_since("2023-05-10")
    assert found[["table", "change"]].to_numpy().tolist() == [
        ["casualties", "updated"],
        ["refugees", "new"],
        ["talks", "newly denied"],
    ]
    assert write_changes(found) == [
        "Updated: Relief Office, civilians killed in Sudan, since 15 April 2023: 1,400 "
        "(before: 100, 8 May 2023), reported on 16 May 2023.",
        "New: Relief Office, border crossings out of Sudan into Chad, since 15 April 2023: "
        "5,000, reported on 13 May 2023.",
        "Newly denied: Relief Office denies: There will be talks, reported on 15 May 2023.",
    ]


def test_nothing_changed_is_an_empty_table_with_its_columns(make_casebook: Make) -> None:
    found = open_casebook(make_casebook(casualties=[OLD]), "2023-05-20").changes_since("2023-05-10")
    assert len(found) == 0
    assert {"table", "what", "change", "was", "became", "published_on"} <= set(found.columns)
    assert write_changes(found) == []


def test_the_first_day_of_all_has_no_week_before_it(make_casebook: Make) -> None:
    assert open_casebook(make_casebook(casualties=[OLD]), "1800-01-03").changes_since().empty
