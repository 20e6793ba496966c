"""The front page: who says what on each headline, what changed, what is old and what is missing."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import (
    Casebook,
    open_casebook,
    write_contested,
    write_disagreements,
    write_news,
    write_old,
    write_sentences,
)
from analysis.casebook.changes import _name_series, _say
from analysis.claims.findings import write_finding
from tests.conftest import Row

Make = Callable[..., Path]

SETTINGS = """
title = "A crisis"
first_day = 2023-05-01
origin = "SDN"
[[headline]]
title = "Killed"
table = "casualties"
outcome = "killed"
[[headline]]
title = "Fled"
table = "refugees"
asylum = "all"
"""


def _killed(claimant: str, wording: str, day: str, **other: str) -> Row:
    row = {
        "source_id": "report-1", "locator": f"{claimant} {day} {wording}", "claimant": claimant,
        "as_of": day, "who": "everybody", "area": "SDN", "outcome": "killed", "wording": wording,
        "standard": "declared", "status": "stated", "published_on": day,
    }  # fmt: skip
    return row | other


def _open(make_casebook: Make, *rows: Row, day: str = "2023-05-20") -> Casebook:
    folder = make_casebook(casualties=list(rows))
    (folder / "casebook.toml").write_text(SETTINGS, encoding="utf-8")
    return open_casebook(folder, day)


def test_fresh_before_old_and_others_before_parties(make_casebook: Make) -> None:
    book = _open(
        make_casebook,
        _killed("army", "5", "2023-05-19"),
        _killed("clinic", "80", "2023-05-10"),
        _killed("office", "at least 90", "2023-05-12"),
        _killed("office", "at least 70", "2023-05-11"),
        day="2023-06-11",
    )
    rows = book.headlines()
    assert list(rows["wording"]) == ["at least 90", "5", "80"]
    assert list(rows["is_old"]) == [False, False, True]
    assert write_old(rows) == ["Killed: 80 (Clinic, 10 May 2023, 4 weeks old)"]
    assert len(rows.attrs["trails"]["Killed"]) == 4
    assert "no figure on: Fled" in book.say_missing()


def test_parts_and_strikes_do_not_stand_for_the_whole(make_casebook: Make) -> None:
    book = _open(
        make_casebook,
        _killed("office", "90", "2023-05-12", since="2023-05-01"),
        _killed("office", "30", "2023-05-13", since="2023-05-13"),
        _killed("clinic", "20", "2023-05-13", area="khartoum"),
        _killed("clinic", "9", "2023-05-13", who="children"),
        _killed("clinic", "8", "2023-05-13", outcome="wounded"),
    )
    assert list(book.headlines()["wording"]) == ["90"]


@pytest.mark.parametrize(
    ("since", "change", "was"), [("", "updated", "70"), ("2023-05-10", "new", "")]
)
def test_what_changed_since_a_day(make_casebook: Make, since: str, change: str, was: str) -> None:
    rows = (_killed("office", "70", "2023-05-15"), _killed("office", "90", "2023-05-20"))
    book = _open(make_casebook, *rows)
    found = book.headlines(since)
    assert [tuple(row) for row in found[["change", "was"]].to_numpy()] == [(change, was)]
    news = write_news(book.changes_since("2023-05-19"))
    assert news == {
        "Casualties": [
            "Relief Office: people killed in Sudan: 90 "
            "(updated, 20 May 2023; before: 70, 15 May 2023)",
        ]
    }


def test_the_earlier_day_is_not_after_the_report(make_casebook: Make) -> None:
    with pytest.raises(ValueError, match="since: 2023-05-21 is after 2023-05-20"):
        _open(make_casebook, _killed("office", "1", "2023-05-02")).headlines("2023-05-21")


def test_a_contested_statement_is_one_line() -> None:
    rows = pd.DataFrame(
        {
            "statement": ["It fell.", "It fell.", "Later"],
            "stance": ["says", "denies", "no comment"],
            "claimant_short": ["A", "B", "C"],
            "is_party": [True, False, False],
            "published_on": pd.to_datetime(["2023-05-01", "2023-05-02", "2023-05-03"]),
        }
    )
    assert write_contested(rows) == [
        "Later: no comment from C (3 May 2023)",
        "It fell: said by A ◆, denied by B (2 May 2023)",
    ]
    assert write_contested(rows, most=1)[-1] == "and 1 more"
    rows.attrs["known_on"] = pd.Timestamp("2023-07-10")
    assert write_contested(rows)[0].endswith("C (3 May 2023, 2 months old)")


@pytest.mark.parametrize(("other", "said"), [("SDN", ["", ""]), ("TCD", ["in Chad", "in Sudan"])])
def test_a_box_says_a_place_only_beside_another(
    make_casebook: Make, other: str, said: list[str]
) -> None:
    rows = _killed("office", "90", "2023-05-12"), _killed("clinic", "4", "2023-05-12", area=other)
    assert sorted(_open(make_casebook, *rows).headlines()["place"]) == said


def test_an_old_figure_keeps_its_doubt_and_its_first_day(make_casebook: Make) -> None:
    row = _killed("office", "90", "2023-05-12", since="2023-05-01", status="unverified")
    assert write_old(_open(make_casebook, row, day="2023-07-20").headlines()) == [
        "Killed since 1 May 2023: 90 (Office, 12 May 2023, 2 months old, unverified)"
    ]


def test_news_of_a_statement_names_its_place_once_and_its_unit() -> None:
    row = {
        "claimant": "office", "claimant_name": "Office", "place": "Khartoum", "unit": "miles",
        "statement": "A convoy outside Khartoum has this length", "wording": "40",
    }  # fmt: skip
    series = ["claimant", "place", "statement", "unit"]
    assert _name_series(row, series) == "Office, A convoy outside Khartoum has this length"
    elsewhere = row | {"place": "Omdurman"}
    assert _name_series(elsewhere, series).startswith("Office, Omdurman, A convoy")
    assert _say(row, "") == "40 miles"
    assert _say(row | {"counted": "aid asked for", "unit": "US dollars"}, "") == "40 US dollars"


def test_figures_that_exclude_each_other_are_named_with_days_and_distance(
    make_casebook: Make,
) -> None:
    """By hand: 1,000 / 90 = 11.1, and 1,000 / 300 = 3.3."""
    book = _open(
        make_casebook,
        _killed("army", "more than 1,000", "2023-05-18", status="unverified"),
        _killed("clinic", "90", "2023-05-12", standard="verified case by case"),
        _killed("office", "200 to 300", "2023-05-11", since="2023-05-01"),
        _killed("office", "4", "2023-05-13", area="TCD"),
    )
    floor, other = "Clinic 90 (12 May 2023, a floor: what it verified)", "Office 200 to 300"
    army = "Army ◆ more than 1,000 (18 May 2023, unverified)"
    assert write_disagreements(book.headlines()) == [
        f"Killed in Sudan: {floor}; {army}, at least 11 times as many",
        f"Killed in Sudan: {other} (from 1 May 2023 to 11 May 2023); {army}, "
        "at least 3.3 times as many (and 1 more)",
    ]


@pytest.mark.parametrize(
    ("wording", "day", "number"),
    [
        ("300", "2023-05-12", 0),  # eight days later it may have grown
        ("300", "2023-05-11", 1),
        ("300", "2023-05-01", 1),  # a running total does not fall
        ("at least 40", "2023-05-04", 0),  # both may be true
        ("40 to 90", "2023-05-04", 0),
    ],
)
def test_what_only_grew_is_no_disagreement(
    make_casebook: Make, wording: str, day: str, number: int
) -> None:
    rows = _killed("office", "90", "2023-05-04"), _killed("clinic", wording, day)
    assert len(write_disagreements(_open(make_casebook, *rows).headlines())) == number


def test_who_denies_a_figure_is_named(make_casebook: Make) -> None:
    rows = (
        _killed("office", "90", "2023-05-12"),
        _killed("army", "", "2023-05-13", status="denied"),
    )
    assert write_disagreements(_open(make_casebook, *rows).headlines()) == [
        "Killed: Army ◆ denies what others say (13 May 2023)"
    ]


def test_old_figures_that_are_not_written_out_are_counted(make_casebook: Make) -> None:
    days = {"office": "2023-05-12", "clinic": "2023-05-12", "army": "2023-05-03"}
    rows = [_killed(who, "9", day) for who, day in days.items()]
    (line,) = write_old(_open(make_casebook, *rows, day="2023-07-20").headlines())
    assert line.endswith("12 May 2023, 2 months old); 2 more, back to 3 May 2023")


def test_silence_stands_after_the_figures_of_its_day(make_casebook: Make) -> None:
    rows = (
        _killed("army", "", "2023-05-20", status="not released"),
        _killed("office", "90", "2023-05-20"),
    )
    book = _open(make_casebook, *rows)
    news = write_news(book.changes_since("2023-05-19"))["Casualties"]
    assert [line.split(":")[0] for line in news] == ["Relief Office", "Army of Sudan ◆"]
    assert book.changes_since("2023-05-20").attrs["absent"] == (
        "The casebook holds nothing that changed between 20 May 2023 and 20 May 2023."
    )


def test_a_day_in_doubt_is_said_beside_the_figure(make_casebook: Make) -> None:
    note = "day doubtful: the update may be of the day before"
    book = _open(make_casebook, _killed("office", "90", "2023-05-12", note=note))
    assert list(book.headlines()["doubt"]) == ["day doubtful"]
    claims = book.casualties.by_source(who="everybody", outcome="killed")
    assert write_finding(claims).title.endswith("90 (Office, 12 May 2023, day doubtful)")
    assert write_sentences(claims)[0].endswith("; we doubt its days.")


def test_a_projection_is_of_the_day_it_was_made(make_casebook: Make) -> None:
    row = {
        "source_id": "report-1", "locator": "page 1", "claimant": "office", "origin": "SDN",
        "made_on": "2023-05-10", "published_on": "2023-05-12", "asylum": "all",
        "measure": "not stated", "definition": "people who may leave", "wording": "800,000",
        "standard": "projected", "status": "stated",
    }  # fmt: skip
    folder = make_casebook(projections=[row])
    plans = '[[headline]]\ntitle = "Plans"\ntable = "projections"\n'
    (folder / "casebook.toml").write_text(SETTINGS + plans)
    found = open_casebook(folder, "2023-05-20").headlines()
    assert f"{found['day'].iloc[0]:%Y-%m-%d}" == "2023-05-10"


def test_crossings_under_people_who_fled_are_called_crossings(make_casebook: Make) -> None:
    row = {
        "source_id": "report-1", "locator": "page 1", "claimant": "office", "origin": "SDN",
        "asylum": "all", "measure": "border crossings", "as_of": "2023-05-12", "who": "everybody",
        "wording": "5,000", "unit": "people", "standard": "registered", "status": "stated",
        "published_on": "2023-05-12",
    }  # fmt: skip
    folder = make_casebook(refugees=[row])
    (folder / "casebook.toml").write_text(SETTINGS)
    book = open_casebook(folder, "2023-07-20")
    assert list(book.headlines()["place"]) == ["border crossings"]
    assert write_old(book.headlines())[0].startswith("Fled, border crossings: 5,000 (Office")
