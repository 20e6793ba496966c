"""What notebooks show: escaped, with header cells and alt text, and three kinds of nothing."""

import base64
import csv
import re
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes

from analysis.charts.chart import Chart
from analysis.display import show, show_headlines, show_list, show_table, show_text
from analysis.display.cells import kind_of, say_cell, say_heading
from analysis.display.publish import publish, read_template
from tests.reports.toys import HOSTILE, hostile_frame

CLAIMS = pd.DataFrame(
    {
        "claimant_name": ["Monitor", "Army", "Ministry", "Press"],
        "wording": ["at least 1227", None, "0", None],
        "low": pd.array([1227, None, 0, None], dtype="Int64"),
        "best": pd.array([None, None, 0, None], dtype="Int64"),
        "high": pd.array([None, None, 0, None], dtype="Int64"),
        "status": ["stated", "not released", "stated", "stated"],
        "as_of": pd.to_datetime(["2022-03-01", None, "2022-02-24", None]),
    }
)


class Shown(list[tuple[dict[str, str], dict[str, Any]]]):
    """What was published: data and metadata."""

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self[-1][0]["text/html"], "html.parser")

    @property
    def cells(self) -> list[list[str]]:
        rows = self.page.tbody.find_all("tr")
        return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]

    def catch(self, data: dict[str, str], metadata: dict[str, Any] | None = None) -> None:
        self.append((data, metadata or {}))


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    caught = Shown()
    for module in ("chart", "headlines", "table", "text"):
        monkeypatch.setattr(f"analysis.display.{module}.publish", caught.catch)
    return caught


# Tables


def test_zero_missing_open_and_silence_have_their_own_marks(shown: Shown) -> None:
    show_table(CLAIMS, "claims", "Claims")
    assert shown.cells == [
        ["Monitor", "at least 1227", "1,227", "–", "open", "stated", "1 March 2022"],
        ["Army", "has not released a figure", *["not released"] * 4, "–"],
        ["Ministry", "0", "0", "0", "0", "stated", "24 February 2022"],
        ["Press", "–", "–", "–", "–", "stated", "–"],
    ]


def test_a_cell_is_said_the_same_whichever_columns_stand_beside_it(shown: Shown) -> None:
    show_table(CLAIMS, "claims", "Claims")
    whole = shown.cells
    for place, column in enumerate(CLAIMS.columns):
        show_table(CLAIMS, "claims", "Claims", columns=[column])
        assert shown.cells == [[row[place]] for row in whole]


def test_headings_are_words_and_every_row_and_column_has_a_header_cell(shown: Shown) -> None:
    show_table(CLAIMS.rename(columns={"status": "own_state"}), "claims", "Claims <here>")
    heads = shown.page.thead.find_all("th")
    assert [head.get_text() for head in heads] == [
        "Claimant", "In the claimant's words", "Lowest", "Best", "Highest", "Own state",
        "Counted to",
    ]  # fmt: skip
    assert {head["scope"] for head in heads} == {"col"}
    assert [row.th["scope"] for row in shown.page.tbody.find_all("tr")] == ["row"] * 4
    assert shown.page.caption.get_text() == "Claims <here>"
    assert shown.page.div["aria-label"] == "Claims <here>"
    assert heads[2]["class"] == ["number"]
    assert not heads[0].get("class")


def test_columns_are_picked_ordered_and_named(shown: Shown) -> None:
    show_table(CLAIMS, "claims", "Claims", columns={"high": "", "claimant_name": "Who"})
    assert [head.get_text() for head in shown.page.thead.find_all("th")] == ["Highest", "Who"]
    assert shown.cells[0] == ["open", "Monitor"], "the low that is not shown still counts"
    show_table(CLAIMS, "claims", "Claims", columns=["claimant_name"])
    assert shown.cells[0] == ["Monitor"]
    with pytest.raises(
        ValueError, match=r'table claims has no column "hig"; did you mean "high"\?'
    ):
        show_table(CLAIMS, "claims", "Claims", columns=["hig"])


def test_of_a_long_table_the_newest_rows_stand_for_it(shown: Shown) -> None:
    days = pd.to_datetime([f"2022-03-{day:02}" for day in range(16, 0, -1)])
    frame = pd.DataFrame({"name": "A", "read_on": days[0], "made_on": days[::-1]})
    show_table(frame, "t", "T")
    assert shown[-1][1]["table"]["kept"] == list(range(4, 16))
    assert shown[-1][1]["table"]["newest_by"] == "Made on"
    frame["counted_to"] = days.where(days.day > 3)  # three rows whose day nobody said
    show_table(frame[["name", "counted_to", "made_on"]], "t", "T")
    assert shown[-1][1]["table"]["newest_by"] == "Made on", "no row is left out for want of a day"
    show_table(frame[["name", "read_on"]], "t", "T")
    assert shown[-1][1]["table"]["kept"] == list(range(12))
    show_table(frame[:15], "t", "T")
    assert "kept" not in shown[-1][1]["table"]


def test_all_columns_are_saved_even_those_not_shown(shown: Shown, tmp_path: Path) -> None:
    show_table(CLAIMS, "claims", "Claims", tmp_path, columns=["wording"])
    with (tmp_path / "tables" / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(CLAIMS.columns)
    assert (rows[0]["low"], rows[0]["high"], rows[0]["as_of"]) == ("1227", "", "2022-03-01")


def test_a_table_opens_right_in_excel_and_in_pandas(shown: Shown, tmp_path: Path) -> None:
    claims = CLAIMS.assign(wording=["fünf", *CLAIMS["wording"].tolist()[1:]])
    show_table(claims, "claims", "Claims", tmp_path)
    path = tmp_path / "tables" / "claims.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(path)
    assert (read.columns.tolist(), read["wording"].iloc[0]) == (list(claims.columns), "fünf")


def test_a_table_of_claims_shows_their_ids_last(shown: Shown) -> None:
    for claim_id in ("", "ab12cd34ef"):
        claims = CLAIMS.assign(claim_id=claim_id)
        show_table(claims, "claims", "Claims", columns=["wording"])
        heads = [head.get_text() for head in shown.page.find_all("th", scope="col")]
        assert ("Claim id" in heads) is bool(claim_id)


def test_without_a_folder_nothing_is_written(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    show_table(CLAIMS, "claims", "Claims")
    show_text("words", "", "name")
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_rows_says_so(shown: Shown, tmp_path: Path) -> None:
    show_table(CLAIMS[:0], "claims", "Claims", tmp_path)
    assert shown.cells == [["No row to show."]]
    assert shown.page.td["colspan"] == "7"
    assert shown[0][0]["text/plain"] == "Claims\n\nNo row to show."
    assert (tmp_path / "tables" / "claims.csv").read_text(encoding="utf-8").count("\n") == 1


def test_hostile_cells_are_text(shown: Shown, tmp_path: Path) -> None:
    show_table(hostile_frame(), "claims", HOSTILE[6], tmp_path)
    html = shown[0][0]["text/html"]
    assert {tag.name for tag in shown.page.find_all()} == {
        "style", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert html.count("<style>") == 1
    assert "<script>alert(1)</script>" in shown.page.get_text()
    assert not [tag for tag in shown.page.find_all() for name in tag.attrs if name[:2] == "on"]
    for text in (html, shown[0][0]["text/plain"]):
        assert "\u202e" not in text
        assert "\ud800" not in text
        assert len(text) < 200_000
    with (tmp_path / "tables" / "claims.csv").open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]
    assert not [note for note in notes if note[:1] in ("=", "+", "-", "@", "\t")]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_reads_as_itself_and_makes_no_markup(texts: list[str]) -> None:
    caught = Shown()
    frame = pd.DataFrame({"a": pd.Series(texts, dtype="object")})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.display.table.publish", caught.catch)
        show_table(frame, "t", "c")
    assert len(caught.page.tbody.find_all("tr")) == len(texts)
    assert {tag.name for tag in caught.page.tbody.find_all()} == {"tr", "th"}


def test_the_workbook_learns_what_the_columns_hold(shown: Shown) -> None:
    show_table(hostile_frame(), "claims", "Claims", columns=["note"])
    assert shown[0][1]["table"] == {
        "name": "claims",
        "caption": "Claims",
        "kinds": {
            "source_id": "text", "wording": "text", "low": "number", "share": "number",
            "is_party": "yes or no", "as_of": "day", "note": "text",
        },
        "columns": [["note", "Note"]],
        "rows": len(hostile_frame()),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None], "number"),
        ([Fraction(1, 3), 2], "number"),
        ([True, None], "yes or no"),
        ([pd.Timestamp("2022-03-01").date(), None], "day"),
        (["1", None], "text"),
        (["a", 1], "text"),
        ([None, None], "text"),
        ([], "text"),
    ],
)
def test_kinds_of_columns_of_objects(values: list[object], kind: str) -> None:
    assert kind_of(pd.Series(values, dtype="object")) == kind


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234567, "1,234,567"),
        (-5, "-5"),
        (0.0, "0"),
        (2.0, "2"),
        (2.2727, "2.27"),
        (2.5, "2.5"),
        (1234.5, "1,234.5"),
        (0.00012, "0.00012"),
        (0.01, "0.01"),
        (Fraction(1, 3), "0.33"),
        (10**18 + 1, "1,000,000,000,000,000,001"),
        (np.int64(7), "7"),
        (float("inf"), "open"),
        (float("nan"), "–"),
        (np.bool_(True), "yes"),
        (False, "no"),
        ("", ""),
        (pd.Timestamp("2022-03-01 12:00"), "1 March 2022"),
    ],
)
def test_a_value_as_a_reader_sees_it(value: object, said: str) -> None:
    assert say_cell({"x": value}, "x") == said


def test_only_an_end_can_be_open() -> None:
    assert say_cell({"slow": None, "shigh": 1}, "slow") == "–"


def test_a_year_has_no_comma() -> None:
    assert say_cell({"year": 2020}, "year") == "2020"
    assert say_cell({"edition_year": 2020}, "edition_year") == "2020"


def test_an_open_end_of_a_share_is_open() -> None:
    assert say_cell({"share_low": 2.2, "share_high": None}, "share_high") == "open"
    assert say_cell({"share_low": None, "share_high": None}, "share_high") == "–"


def test_headings() -> None:
    assert say_heading("as_of") == "Counted to"
    assert say_heading("per_thousand_low") == "Per thousand low"


# Sentences


def test_sentences_are_paragraphs_and_escaped(shown: Shown, tmp_path: Path) -> None:
    show_text(["One & <b>two</b>", "r\u202etl"], tmp_path, "words")
    assert [p.get_text() for p in shown.page.find_all("p")] == ["One & <b>two</b>", "r\ufffdtl"]
    assert shown.page.find("b") is None
    assert shown[0][0]["text/plain"] == "One & <b>two</b>\n\nr\ufffdtl"
    saved = (tmp_path / "texts" / "words.txt").read_text(encoding="utf-8")
    assert saved == "One & <b>two</b>\n\nr\ufffdtl\n"


def test_one_sentence_is_not_taken_for_letters(shown: Shown) -> None:
    show_text("One sentence.")
    assert [p.get_text() for p in shown.page.find_all("p")] == ["One sentence."]


def test_outside_a_notebook_the_plain_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    publish({"text/html": "<p>no</p>", "text/plain": "yes"})
    assert capsys.readouterr().out == "yes\n"


def test_lines_are_a_list_a_subject(shown: Shown) -> None:
    show_list({"<Talks>": ["one & two"], "Nothing": []})
    assert [p.get_text() for p in shown.page.find_all("p")] == ["<Talks>"]
    assert [li.get_text() for li in shown.page.find_all("li")] == ["one & two"]
    show_list([], "No line.")
    assert shown.page.get_text() == "No line."


# Headline figures


def _headline(name: str, wording: str | None, day: str, **other: object) -> dict[str, object]:
    usual = {
        "headline": "Killed <b>", "claimant_name": name, "claimant_short": name, "wording": wording,
        "day": pd.Timestamp(day), "age": "", "doubt": "", "first_day": "", "change": "unchanged",
        "was": "", "was_day": pd.NaT, "is_party": False, "status": "stated",
        "claim_id": "ab12cd34ef", "publisher": "OCHA", "locator": "page 1",
    }  # fmt: skip
    return usual | other


def test_a_box_says_who_what_and_since_when(shown: Shown) -> None:
    frame = pd.DataFrame(
        [
            _headline(
                "Office",
                "at least <227>",
                "2022-03-01",
                change="updated",
                was="136",
                was_day=pd.Timestamp("2022-02-28"),
            ),
            _headline(
                "Press", "300", "2022-03-02", doubt="unverified", first_day="on 2 March 2022"
            ),
            _headline("Clinic", "200", "2021-03-02", age="1 year old"),
            _headline("School", "100", "2021-03-02"),
            _headline("Army", None, "2022-03-03", is_party=True, status="not released"),
        ]
    )
    trail = [(pd.Timestamp("2022-03-01"), 136.0, 136.0, "Office", "136 (Office)")]
    trail += [(pd.Timestamp("2022-03-03"), 227.0, 227.0, "Office", "<227> (Office)")]
    frame.attrs["trails"] = {"Killed <b>": trail}
    show_headlines(frame)
    said = [" ".join(li.get_text(" ").split()) for li in shown.page.find_all("li")]
    assert said == [
        "at least <227> Office, 1 March 2022 updated; before: 136, 28 February 2022",
        "300 Press; on 2 March 2022; unverified",
        "200 Clinic, 2 March 2021; 1 year old",
        "has not released a figure Army, 3 March 2022 ◆",
    ]
    assert "and 1 more claimant" in shown.page.get_text()
    assert shown.page.find("b", string=lambda text: text == "1 year old")
    said = "2 claims, 1 March 2022 to 3 March 2022; the highest: <227> (Office, 3 March 2022)"
    assert shown.page.svg["aria-label"] == shown.page.find(class_="axis").get_text() == said
    (path,) = [path["d"] for path in shown.page.svg.find_all("path")[1:]]
    assert re.findall(r"M([\d.]+) ([\d.]+)V", path) == [("4", "13.2"), ("236", "2")], (
        "a higher figure stands higher"
    )


def test_a_band_of_many_claims_is_light(shown: Shown) -> None:
    frame = pd.DataFrame([_headline("Office", "9", "2022-03-01")])
    days = pd.date_range("2022-03-01", periods=1000)
    trail = [
        (day, float(n), float(n), ("Office", "Press")[n % 2], "") for n, day in enumerate(days)
    ]
    frame.attrs["trails"] = {"Killed <b>": trail}
    show_headlines(frame)
    assert len(shown.page.find_all("path")) == 3, "an axis, and a path for the first and others"
    assert len(str(shown.page.svg)) < 20_000


# Charts


def _draw(frame: pd.DataFrame, ax: Axes) -> Axes:
    ax.barh([0], frame["high"])
    return ax


EXHIBIT = Chart(
    name="bars",
    rows=pd.DataFrame(
        {"publisher": ["P"], "published_on": [pd.Timestamp("2022-03-01")], "high": 5}
    ),
    draw=_draw,
    title="P says 5",
    subtitle="People",
    alt='P says "5" <people>\u202e',
    size=(4, 3),
)


def test_a_chart_is_shown_twice_as_fine_with_its_words(shown: Shown) -> None:
    show(EXHIBIT)
    data, metadata = shown[0]
    png = base64.b64decode(data["image/png"])
    width, height = struct.unpack(">II", png[16:24])
    about = metadata["image/png"]
    assert (width, height) == (2 * about["width"], 2 * about["height"])
    assert about["width"] == 400
    assert about["alt"] == data["text/plain"] == 'P says "5" <people>\ufffd'
    assert plt.get_fignums() == []


def test_a_saved_chart_is_the_one_shown(shown: Shown, tmp_path: Path) -> None:
    show(EXHIBIT, tmp_path)
    show(EXHIBIT)
    assert {path.name for path in (tmp_path / "charts").iterdir()} == {
        "bars-phone.svg",
        *(f"bars.{form}" for form in ("png", "svg", "csv", "txt")),
    }
    saved = base64.b64encode((tmp_path / "charts" / "bars.png").read_bytes()).decode()
    assert shown[0] == shown[1]
    assert shown[0][0]["image/png"] == saved


def test_a_long_table_is_folded_and_whole() -> None:
    from analysis.display import table

    for rows, folded in ((25, False), (26, True)):
        html = read_template("table.html.j2").render(
            caption="Counts", heads=[("N", "number")], rows=[["1"]] * rows, empty="",
            longest=table._LONGEST_OPEN,
        )  # fmt: skip
        assert ("<details><summary>Counts: 26 rows</summary>" in html) is folded
        assert html.count("</details>") == int(folded)
        assert html.count("<tr>") == rows + 1
