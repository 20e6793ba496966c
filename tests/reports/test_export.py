"""One chart or table as files: by name, in each format, and clear words for what cannot be."""

import datetime
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from matplotlib.axes import Axes

import analysis
from analysis.casebook.book import Casebook
from analysis.casebook.subjects import Export
from analysis.charts.chart import Chart
from analysis.reports.export import ExportError, export, find_exports, find_options
from analysis.reports.parameters import ParameterError
from tests.reports.toys import hostile_frame, write_casebook

ROWS = pd.DataFrame(
    {
        "source_id": ["s1", "s1"],
        "wording": ["498", "=1+1"],
        "low": pd.array([498, None], dtype="Int64"),
        "share": [0.5, None],
        "is_party": [True, False],
        "published_on": pd.to_datetime(["2022-03-01", None]),
        "publisher": "P",
    }
)
DRAWN = ROWS.assign(published_on=pd.Timestamp("2022-03-01"))


def _draw(frame: pd.DataFrame, ax: Axes) -> Axes:
    ax.barh([0], [len(frame)])
    return ax


def tabulate_bars(book: Casebook, *, group: str = "civilian", wide: bool = False) -> pd.DataFrame:
    if group not in ("civilian", "military"):
        raise ValueError("group is civilian or military")
    return DRAWN.assign(title=f"{group} {book.day:%Y-%m-%d}", width=6 if wide else 4)


def chart_bars(frame: pd.DataFrame) -> Chart:
    title, width = frame["title"].iloc[0], frame["width"].iloc[0]
    return Chart("bars", frame, _draw, title, "s", "alt", (width, 3))


def tabulate_rows(book: Casebook, *, least: int = 0) -> pd.DataFrame:
    return ROWS.assign(as_of=f"{book.day:%Y-%m-%d}", least=least)


@pytest.fixture(autouse=True)
def _only_toys(monkeypatch: pytest.MonkeyPatch) -> None:
    toys = {
        "bars": Export("bars", "chart_bars"),
        "both": Export("bars", "chart_bars"),
        "rows": Export("rows"),
    }
    monkeypatch.setattr("analysis.casebook.subjects.EXPORTS", toys)
    monkeypatch.setattr(analysis, "chart_bars", chart_bars, raising=False)
    monkeypatch.setattr(Casebook, "bars", tabulate_bars, raising=False)
    monkeypatch.setattr(Casebook, "rows", tabulate_rows, raising=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_casebook(tmp_path_factory.mktemp("data") / "casebook")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_there_is_and_in_which_formats() -> None:
    assert find_exports() == {
        "bars": ["png", "svg", "pdf", "csv", "xlsx", "json"],
        "both": ["png", "svg", "pdf", "csv", "xlsx", "json"],
        "rows": ["csv", "xlsx", "json"],
    }


def test_a_chart_comes_with_its_rows_and_words(tmp_path: Path) -> None:
    written = export("bars", ["svg", "png"], "2022-03-02", out=tmp_path)
    assert [path.name for path in written] == ["bars.svg", "bars.png"]
    assert _names(tmp_path) == {"bars.svg", "bars.png", "bars.csv", "bars.txt"}
    assert "civilian 2022-03-02" in (tmp_path / "bars.svg").read_text(encoding="utf-8")


def test_without_a_format_the_first_it_has(tmp_path: Path) -> None:
    assert [p.name for p in export("bars", [], "", out=tmp_path)] == ["bars.png"]
    assert [p.name for p in export("rows", [], "", out=tmp_path)] == ["rows.csv"]


def test_options_are_typed_and_the_day_may_be_left_out(tmp_path: Path, data: Path) -> None:
    export("bars", ["svg"], "", out=tmp_path, options={"group": "military", "wide": "yes"})
    drawn = (tmp_path / "bars.svg").read_text(encoding="utf-8")
    assert "military 2022-03-03" in drawn
    export("rows", ["json"], "2022-03-02", data, tmp_path, {"least": "7"})
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert (rows[0]["least"], rows[0]["as_of"]) == (7, "2022-03-02")


def test_a_table_in_each_format(tmp_path: Path, data: Path) -> None:
    written = export("rows", ["csv", "xlsx", "json"], "", data, tmp_path)
    assert [path.name for path in written] == ["rows.csv", "rows.xlsx", "rows.json"]
    assert "'=1+1" in (tmp_path / "rows.csv").read_text(encoding="utf-8")
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert rows[0]["low"] == 498
    assert rows[0]["is_party"] is True
    assert rows[0]["published_on"] == "2022-03-01"
    assert [rows[1][name] for name in ("wording", "low", "share", "published_on")] == [
        "=1+1", None, None, None,
    ]  # fmt: skip
    workbook = openpyxl.load_workbook(io.BytesIO((tmp_path / "rows.xlsx").read_bytes()))
    assert workbook.sheetnames == ["Rows", "Sources"]
    cells = {cell.column_letter: cell for cell in workbook["Rows"][2]}
    assert [cells[letter].value for letter in "ABCDEF"] == [
        "s1", "498", 498, 0.5, True, datetime.datetime(2022, 3, 1),
    ]  # fmt: skip
    assert workbook["Rows"]["B3"].data_type == "s"
    assert workbook["Rows"]["B3"].value == "=1+1"
    assert [cell.value for cell in workbook["Sources"]["A"]] == ["Source", "s1"]


def test_a_chart_s_table_can_be_had_alone(tmp_path: Path, data: Path) -> None:
    assert [p.name for p in export("bars", ["json"], "", data, tmp_path)] == ["bars.json"]
    assert _names(tmp_path) == {"bars.json"}


def test_the_table_is_not_lost_behind_the_chart_s_rows(tmp_path: Path, data: Path) -> None:
    export("both", ["csv", "png"], "", data, tmp_path)
    assert "title" in (tmp_path / "both.csv").read_text(encoding="utf-8").splitlines()[0]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path, data: Path) -> None:
    one = export("rows", ["xlsx", "json", "csv"], "", data, tmp_path / "one")
    two = export("rows", ["xlsx", "json", "csv"], "", data, tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_hostile_cells_run_in_no_format(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Casebook, "rows", lambda _: hostile_frame())
    export("rows", ["xlsx", "json", "csv"], "", data, tmp_path)
    workbook = openpyxl.load_workbook(io.BytesIO((tmp_path / "rows.xlsx").read_bytes()))
    assert not [c for row in workbook["Rows"].iter_rows() for c in row if c.data_type == "f"]
    assert "\u202e" not in (tmp_path / "rows.json").read_text(encoding="utf-8")
    assert ",=HYPERLINK" not in (tmp_path / "rows.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "formats", "as_of", "options", "message"),
    [
        ("bar", ["svg"], "", {}, r'nothing to export is called "bar"; did you mean "bars"\?'),
        ("zzz", ["svg"], "", {}, "there are bars, both, rows"),
        ("rows", ["svg"], "", {}, 'rows cannot be exported as "svg"; expected csv, xlsx, json'),
        ("bars", ["jpeg"], "", {}, 'bars cannot be exported as "jpeg"'),
        ("bars", ["svg"], "yesterday", {}, '--as-of: "yesterday" is not a day'),
        ("bars", ["svg"], "", {"grop": "x"}, r'no option "grop"; did you mean "group"\?'),
        ("bars", ["svg"], "", {"wide": "maybe"}, 'wide: "maybe" is not allowed'),
        ("bars", ["svg"], "", {"group": "soldiers"}, "bars: group is civilian or military"),
        ("rows", ["csv"], "", {"least": "few"}, 'least: "few" is not allowed'),
        ("rows", ["csv"], "", {"data": "x"}, 'no option "data"'),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_nothing_is_written(
    tmp_path: Path, name: str, formats: list[str], as_of: str, options: dict[str, str], message: str
) -> None:
    with pytest.raises((ExportError, ParameterError), match=message) as caught:
        export(name, formats, as_of, "", tmp_path, options)
    assert "\n" not in str(caught.value)
    assert _names(tmp_path) == set()


def test_options_are_those_of_the_function() -> None:
    options = find_options(tabulate_bars)
    assert {name: (o.type, o.default) for name, o in options.items()} == {
        "group": ("str", "civilian"),
        "wide": ("bool", False),
    }
