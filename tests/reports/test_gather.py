"""What notebooks made is brought together: nothing is lost, nothing overwritten."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.reports.gather import (
    find_sources,
    gather_files,
    read_drawn,
    read_sheets,
    read_text,
    source_sheet,
)
from analysis.reports.notebooks import read_notebook
from analysis.reports.run import Outcome
from tests.reports.toys import CODE, write_casebook, write_notebook


def _outcome(folder: Path, name: str, *tables: str) -> Outcome:
    path = write_notebook(folder / f"{name}.ipynb", (CODE, "1"))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["outputs"] = [
        {
            "output_type": "display_data",
            "data": {},
            "metadata": {"table": {"name": table, "caption": "", "kinds": {"n": "number"}}},
        }
        for table in tables
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    return Outcome(read_notebook(path), {}, path, "", 0)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_same_name_with_other_bytes_is_kept_beside(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "report"
    for name, png in (("one", "5"), ("two", "5"), ("three", "7")):
        _write(made / name / "charts" / "bars.png", png)
        _write(made / name / "charts" / "bars.txt", "the same words")
    _write(made / "two" / "charts" / "other.png", "9")
    outcomes = [_outcome(tmp_path, name) for name in ("one", "two", "three")]
    moved = gather_files(outcomes, made, folder)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == [
        "bars--three.png", "bars--three.txt", "bars.png", "bars.txt", "other.png",
    ]  # fmt: skip
    assert (folder / "charts" / "bars.png").read_text(encoding="utf-8") == "5"
    assert (folder / "charts" / "bars--three.png").read_text(encoding="utf-8") == "7"
    assert moved[Path("three/charts/bars.png")] == Path("charts/bars--three.png")
    assert not made.exists()


def test_sheets_come_in_the_order_shown_with_what_they_hold(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "report"
    _write(made / "one" / "tables" / "b.csv", "n,wording\n1,007\n,NA\n")
    _write(made / "one" / "tables" / "a.csv", "n\n2\n")
    _write(made / "two" / "tables" / "b.csv", "n\n3\n")
    _write(made / "two" / "tables" / "silent.csv", "n\n4\n")
    outcomes = [
        _outcome(tmp_path, "one", "b", "a", "b", "never saved"),
        _outcome(tmp_path, "two", "b"),
    ]
    sheets = read_sheets(outcomes, folder, gather_files(outcomes, made, folder))
    assert [sheet.name for sheet in sheets] == ["b", "a", "b--two", "silent"]
    assert sheets[0].kinds == {"n": "number"}
    assert sheets[-1].kinds == {}
    assert sheets[0].cells.to_numpy().tolist() == [["1", "007"], ["", "NA"]]


def test_of_what_is_drawn_only_the_sources_are_read(tmp_path: Path) -> None:
    _write(tmp_path / "charts" / "a.csv", "value,source_id,population_source_id\n5,s1,NA\n6,,\n")
    _write(tmp_path / "charts" / "b.csv", "value\n5\n")
    _write(tmp_path / "charts" / "c.csv", "")
    first, *others = read_drawn(tmp_path)
    assert first.to_dict("list") == {"source_id": ["s1", ""], "population_source_id": ["NA", ""]}
    assert [list(frame.columns) for frame in others] == [[], []]


@pytest.mark.parametrize("column", ["source_id", "population_source_id"])
def test_only_the_sources_used_are_listed(tmp_path: Path, column: str) -> None:
    casebook = write_casebook(tmp_path / "data")
    found = find_sources(
        [pd.DataFrame({"x": ["s2"]}), pd.DataFrame({column: ["s1", ""]})], casebook
    )
    assert found["source_id"].tolist() == ["s1"]
    assert source_sheet(found).kinds == {"published_on": "day", "accessed_on": "day"}
    assert find_sources([], casebook).empty


def test_an_empty_file_is_an_empty_table(tmp_path: Path) -> None:
    _write(tmp_path / "x.csv", "")
    assert read_text(tmp_path / "x.csv").empty
