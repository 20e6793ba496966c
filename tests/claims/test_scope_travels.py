"""Who, where and since when go with a figure everywhere: one test a case that once went wrong.

Each builds the small casebook of its case and asks for it in the table, the chart, the sentences,
the headlines, the check, what changed and the revisions.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis
from analysis.casebook.book import Casebook
from analysis.casebook.changes import write_changes
from analysis.casebook.check import check
from analysis.casebook.consistency import check_consistency
from analysis.charts.chart import Chart
from analysis.claims.compare import NotComparable, require_comparable
from analysis.claims.prose import write_sentences
from analysis.display.headlines import make_boxes

Row = dict[str, str]
Ask = Callable[..., "Asked"]
DAY = "2023-11-20"


def publish(number: int, day: str) -> Row:
    """Return a source published on a day."""
    return {
        **{"source_id": f"doc-{number}", "publisher": "Relief Office", "title": f"Update {number}"},
        **{"published_on": day, "accessed_on": day, "licence": "facts", "method": "by hand"},
    }


AREAS = [
    {"area": "PSE", "name": "Palestine", "iso3": "PSE"},
    {"area": "gaza-strip", "name": "the Gaza Strip", "within": "PSE"},
    {"area": "gaza-city", "name": "Gaza City", "within": "gaza-strip"},
    {"area": "al-ahli", "name": "al-Ahli Hospital", "within": "gaza-city"},
    {"area": "ISR", "name": "Israel", "iso3": "ISR"},
    {"area": "SDN", "name": "Sudan", "iso3": "SDN"},
    {"area": "north-darfur", "name": "North Darfur", "within": "SDN"},
]
CLAIMANTS = [
    {"claimant": "who", "name": "the WHO", "short_name": "WHO", "kind": "un"},
    {"claimant": "ministry", "name": "the Ministry", "short_name": "Ministry", "kind": "state"},
]
#: The headline figures asked for: everybody killed, everywhere.
TOML = '[[headline]]\ntitle = "People killed"\ntable = "casualties"\noutcome = "killed"\n'
TOML += '[[headline]]\ntitle = "People displaced"\ntable = "displaced"\n'


@dataclass
class Asked:
    """What a reader is shown of a casebook with casualties or displaced people."""

    book: Casebook
    folder: Path
    name: str
    table: pd.DataFrame
    chart: Chart
    over_time: Chart
    sentences: list[str] = field(default_factory=list)

    def labels(self) -> set[str]:
        """Return every text on the chart of claims side by side, in small letters."""
        texts = self.chart.figure().findobj(plt.Text)
        plt.close("all")
        return {" ".join(text.get_text().casefold().split()) for text in texts}

    @property
    def lines(self) -> list[str]:
        """Return which figures one line joins: the wordings of each series over time."""
        rows = self.over_time.rows
        return sorted(" ".join(ours["wording"]) for _, ours in rows.groupby("series"))

    def changes(self, since: str) -> list[str]:
        """Return the sentences of what changed since a day."""
        return write_changes(self.book.changes_since(since))

    def headlines(self) -> list[str]:
        """Return the claims of the headline boxes, each with what stands beside the figure."""
        return [
            ", ".join(filter(None, [claim["figure"], claim["scope"], claim["age"]]))
            for box in make_boxes(self.book.headlines())
            for claim in box["claims"]
        ]

    def revised(self) -> list[str]:
        """Return the revisions: from what to what."""
        found = self.book.revisions(table=self.name)
        return [f"{row['was']} to {row['became']}" for row in found.to_dict("records")]

    def found(self) -> list[str]:
        """Return what the check finds, once it has read every table."""
        check(self.folder)
        findings, errors = check_consistency(self.folder)
        assert errors == []
        return [f"{row['rule']}: {row['detail']}" for row in findings.to_dict("records")]


def say(chart: Chart) -> str:
    """Return the title of a chart and what stands below it."""
    return f"{chart.title} {chart.subtitle}"


@pytest.fixture
def ask(make_casebook: Callable[..., Path]) -> Ask:
    """Build the casebook of a case and ask for all it shows."""

    def build(rows: list[Row], days: dict[int, str], table: str = "casualties") -> Asked:
        usual = {"locator": "p. 1", "claimant": "who", "who": "everybody", "status": "stated"}
        of_table = {
            "casualties": {"outcome": "killed", "area": "gaza-strip", "standard": "declared"},
            "displaced": {"area": "SDN", "measure": "internally displaced, by location",
                          "unit": "people", "standard": "estimated"},
        }  # fmt: skip
        full = [{"source_id": "doc-1", **usual, **of_table[table], **row} for row in rows]
        sources = [publish(number, day) for number, day in days.items()]
        folder = make_casebook(**{table: full}, sources=sources, areas=AREAS, claimants=CLAIMANTS)
        (folder / "casebook.toml").write_text(TOML)
        book = analysis.open_casebook(folder, DAY)
        if table == "casualties":
            claims: Any = book.casualties.by_source(who="", outcome="killed")
            chart = analysis.chart_casualties_by_source(claims)
            over = book.casualties.over_time(who="", outcome="killed")
            over_time = analysis.chart_casualties_over_time(over)
        else:
            claims = book.refugees.displaced_by_source()
            chart = analysis.chart_displaced_by_source(claims)
            over_time = analysis.chart_displaced_over_time(book.refugees.displaced_over_time())
        return Asked(book, folder, table, claims, chart, over_time, write_sentences(claims))

    return build


def test_everybody_and_the_children_among_them(ask: Ask) -> None:
    asked = ask(
        [{"wording": "700"}, {"wording": "120", "who": "children", "locator": "p. 2"}],
        {1: "2023-11-01"},
    )
    assert list(asked.table["counted"]) == ["people killed", "children killed"]
    assert asked.chart.title == "People killed in the Gaza Strip: 700 (WHO, 1 November 2023)"
    assert "Children killed: 120 (WHO, 1 November 2023)." in asked.chart.subtitle
    assert {"people killed", "children killed"} <= asked.labels()
    assert asked.lines == ["120", "700"]
    assert asked.sentences == [
        f"The WHO put the number of {whose} killed in the Gaza Strip at {number} "
        "(reported on 1 November 2023)."
        for whose, number in (("people", 700), ("children", 120))
    ]
    assert asked.headlines() == ["700, in the Gaza Strip"]
    assert asked.changes("2023-10-01") == [
        "New: WHO, people killed in the Gaza Strip: 700, reported on 1 November 2023.",
        "New: WHO, children killed in the Gaza Strip: 120, reported on 1 November 2023.",
    ]
    assert asked.revised() == asked.found() == []


@pytest.mark.parametrize("order", [1, -1])
def test_two_figures_of_one_hearing_whatever_the_order(ask: Ask, order: int) -> None:
    said = [{"wording": "up to 150,000"}, {"wording": "15,000 to 30,000", "locator": "p. 2"}]
    asked = ask([{**row, "area": "SDN"} for row in said[::order]], {1: DAY})
    both = ["15,000 to 30,000", "up to 150,000"]
    assert sorted(asked.table["wording"]) == sorted(asked.over_time.rows["wording"]) == both
    assert all(f"{wording} (WHO" in say(asked.chart) for wording in both)
    assert set(both) <= asked.labels()
    assert [wording in " ".join(asked.sentences) for wording in both] == [True, True]
    assert sorted(asked.headlines()) == [f"{wording}, in Sudan" for wording in both]
    assert sorted(asked.changes("2023-11-01")) == [
        f"New: WHO, people killed in Sudan: {wording}, reported on 20 November 2023."
        for wording in both
    ]
    then = asked.book.casualties.as_said_then(who="", outcome="killed")
    assert sorted(then["wording"]) == both
    assert asked.revised() == []
    tie = " and ".join(row["wording"] for row in said[::order])
    assert asked.found() == [f"one figure a day: {tie} on one day; both stand"]


def test_a_first_day_is_part_of_the_scope(ask: Ask) -> None:
    asked = ask(
        [
            {"wording": "10,095,054", "as_of": "2023-11-10"},
            {"wording": "7,262,187", "as_of": "2023-11-10", "since": "2023-04-15", "locator": "2"},
            {"wording": "11,559,970", "as_of": "2023-11-17", "source_id": "doc-2"},
        ],
        {1: "2023-11-10", 2: "2023-11-17"},
        table="displaced",
    )
    assert asked.lines == ["10,095,054 11,559,970", "7,262,187"]
    assert sorted(asked.table["wording"]) == ["11,559,970", "7,262,187"]
    noun = "nternally displaced people in Sudan"
    assert f"I{noun}: 11,559,970 (WHO, 17 November 2023)" in say(asked.chart)
    assert f"I{noun} since 15 April 2023: 7,262,187 (WHO, 10 Nov 2023)" in say(asked.chart)
    assert asked.over_time.title == (
        "Displaced people in Sudan: 10,095,054 by 10 Nov 2023, 11,559,970 by 17 Nov 2023 (WHO)"
    )
    assert "15 apr to 10 nov 2023" in asked.labels()
    assert "at 7,262,187 from 15 April to 10 November 2023" in asked.sentences[0]
    assert asked.headlines() == ["11,559,970, in Sudan"]
    assert asked.changes("2023-11-12") == [
        f"Updated: WHO, i{noun}: 11,559,970 (before: 10,095,054, 10 November 2023), "
        "reported on 17 November 2023."
    ]
    assert asked.revised() == asked.found() == []


@pytest.mark.parametrize(
    ("whole", "part", "place", "whole_place"),
    [
        ("7,028", "471", "al-Ahli Hospital", "the Gaza Strip"),
        ("20,000", "396", "North Darfur", "Sudan"),
    ],
)
def test_a_part_of_an_area_is_not_the_whole(
    ask: Ask, whole: str, part: str, place: str, whole_place: str
) -> None:
    keys = {row["name"]: row["area"] for row in AREAS}
    first, then = (whole, part) if place == "North Darfur" else (part, whole)
    rows = [
        {"wording": first, "as_of": "2023-10-28"},
        {"wording": then, "as_of": "2023-11-06", "source_id": "doc-2"},
    ]
    for row in rows:
        row["area"] = keys[place if row["wording"] == part else whole_place]
    asked = ask(rows, {1: "2023-10-28", 2: "2023-11-06"})
    assert asked.lines == sorted([whole, part])
    assert f"People killed in {place}: {part} (WHO" in say(asked.chart)
    assert f"People killed in {whole_place}: {whole} (WHO" in say(asked.chart)
    assert asked.over_time.title.startswith(
        (f"People killed in {place} over time: {part}",
         f"People killed in {whole_place} over time: {whole}")
    )  # fmt: skip
    assert {f"in {place}".casefold(), f"in {whole_place}".casefold()} <= asked.labels()
    said = " ".join(asked.sentences)
    assert f"people killed in {place} at {part} up to" in said
    assert f"people killed in {whole_place} at {whole} up to" in said
    assert asked.headlines() == [f"{whole}, in {whole_place}"]
    assert [
        re.findall("killed in (.*), reported", line)[0] for line in asked.changes("2023-10-01")
    ] == [
        f"{whole_place}: {whole}" if first == whole else f"{place}: {part}",
        f"{place}: {part}" if first == whole else f"{whole_place}: {whole}",
    ]
    assert asked.revised() == asked.found() == []


def test_two_countries_are_not_compared(ask: Ask) -> None:
    day = {"as_of": "2023-11-10"}
    asked = ask(
        [
            {"wording": "34,735", "claimant": "ministry", **day},
            {"wording": "695", "area": "ISR", "locator": "p. 2", **day},
        ],
        {1: "2023-11-10"},
    )
    with pytest.raises(NotComparable) as refused:
        require_comparable(asked.table)
    assert refused.value.parts == {"area": ["gaza-strip", "ISR"]}
    assert asked.book.casualties.disagreement(who="", outcome="killed").empty
    assert list(asked.table["differs_in"]) == ["area: the Gaza Strip", "area: Israel"]
    assert asked.chart.title == (
        "People killed in the Gaza Strip: 34,735 (Ministry, 10 November 2023)"
    )
    assert "People killed in Israel: 695 (WHO, 10 November 2023)." in asked.chart.subtitle
    assert asked.headlines() == ["34,735, in the Gaza Strip", "695, in Israel"]
    assert asked.lines == ["34,735", "695"]


def test_a_claimant_of_two_countries_has_both_in_the_headline(ask: Ask) -> None:
    day = {"as_of": "2023-11-10"}
    rows = [{"wording": "34,735", **day}, {"wording": "695", "area": "ISR", "locator": "2", **day}]
    asked = ask(rows, {1: "2023-11-10"})
    assert asked.headlines() == ["34,735, in the Gaza Strip", "695, in Israel"]


def test_a_sentence_and_a_title_name_the_place(ask: Ask) -> None:
    day = "2023-10-31"
    at = {"wording": "100 to 300", "area": "al-ahli", "since": day, "as_of": day}
    asked = ask([at], {1: "2023-11-02"})
    for chart in (asked.chart, asked.over_time):
        title = chart.title.replace(" over time", "")
        assert title == "People killed in al-Ahli Hospital: 100 to 300 (WHO, 31 October 2023)"
        assert "People killed in al-Ahli Hospital" in chart.subtitle
        assert "in al-Ahli Hospital" in chart.alt
    assert asked.sentences == [
        "The WHO put the number of people killed in al-Ahli Hospital at 100 to 300 on "
        "31 October 2023."
    ]
    assert asked.headlines() == ["100 to 300, in al-Ahli Hospital on 31 October 2023"]
    assert asked.changes("2023-10-01") == [
        "New: WHO, people killed in al-Ahli Hospital, on 31 October 2023: 100 to 300, "
        "reported on 2 November 2023."
    ]


@pytest.mark.parametrize(
    ("was", "became"), [("1,400", "1,200"), ("at least 1,400", "1,200"), ("around 1,400", "1,200")]
)
def test_one_definition_of_a_revision(ask: Ask, was: str, became: str) -> None:
    rows = [
        {"wording": was, "area": "ISR", "as_of": "2023-10-20"},
        {"wording": became, "area": "ISR", "as_of": "2023-10-20", "source_id": "doc-2"},
    ]
    asked = ask(rows, {1: "2023-10-20", 2: "2023-11-10"})
    assert asked.changes("2023-11-01") == [
        f"Revised: WHO, people killed in Israel: {became} (before: {was}, 20 October 2023), "
        "reported on 10 November 2023."
    ]
    assert asked.revised() == [f"{was} to {became}"]
    assert asked.found() == []
    assert list(asked.table["wording"]) == [became]
    assert asked.lines == [became]
    then = asked.book.casualties.as_said_then(who="", outcome="killed")
    assert list(then["wording"]) == [was, was, was, became, became]


def test_months_with_first_days_of_their_own_are_not_joined(ask: Ask) -> None:
    months = {1: "2023-07-31", 2: "2023-08-31", 3: "2023-09-30", 4: "2023-10-31"}
    rows = [
        {"wording": f"{100 + n}", "since": f"{last[:8]}01", "as_of": last, "source_id": f"doc-{n}"}
        for n, last in months.items()
    ]
    asked = ask(rows, months)
    assert asked.lines == ["101", "102", "103", "104"]
    assert asked.chart.title == (
        "People killed in the Gaza Strip since 1 October 2023: 104 (WHO, 31 October 2023)"
    )
    assert "People killed since 1 July 2023: 101 (WHO, 31 July 2023, 3 months old)." in (
        asked.chart.subtitle
    )
    assert {"1 jul to 31 jul 2023, 3 months old", "1 oct to 31 oct 2023"} <= asked.labels()
    assert "at 101 from 1 July to 31 July 2023 (3 months old)." in asked.sentences[0]
    assert asked.headlines() == ["104, in the Gaza Strip since 1 October 2023"]
    assert asked.changes("2023-10-20") == [
        "New: WHO, people killed in the Gaza Strip, since 1 October 2023: 104, "
        "reported on 31 October 2023."
    ]
    assert asked.revised() == asked.found() == []
