"""What changed between two reports: every planted change is found, and nothing else."""

import csv as csv_module
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from analysis.reports.difference import (
    BatchDifference,
    Difference,
    NotReport,
    compare_folders,
    compare_reports,
)
from tests.reports.difference.folders import (
    CLAIMS,
    OTHER,
    claim,
    csv,
    draw,
    frame,
    manifest,
    write,
    write_report,
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two reports of the same content, made at two times."""
    a = write_report(tmp_path / "a")
    return a, write_report(tmp_path / "b", started="2027-01-01", seconds=1.0)


def _kinds(found: Difference) -> list[str]:
    return [change.kind for change in found.claims]


def _differing(found: Difference) -> set[str]:
    parts = {"claims", "tables", "charts", "texts"}
    differing = {part for part in parts if getattr(found, part)}
    return differing | ({"making"} if found.making.found else set())


def test_time_and_duration_are_no_difference(pair: tuple[Path, Path]) -> None:
    assert not compare_reports(*pair).found
    assert not compare_reports(pair[0], pair[0]).found


# Claims

LATER = claim(as_of="2022-03-26", wording="1,119", locator="row 2", published_on="2022-03-27")
REVISED = claim(source_id="later", wording="1,104", published_on="2022-03-28")


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([claim(wording="1,104"), *CLAIMS[1:]], "revised"),
        ([REVISED, *CLAIMS[1:]], "revised"),
        ([*CLAIMS, REVISED], "revised"),
        ([claim(source_id="later"), *CLAIMS[1:]], "republished"),
        ([claim(status="withdrawn"), *CLAIMS[1:]], "standing"),
        ([claim(standard="declared"), *CLAIMS[1:]], "standing"),
        ([LATER, *CLAIMS[1:]], "updated"),
        ([*CLAIMS, LATER], "updated"),
        ([*CLAIMS, claim(claimant="unknown")], "new"),
        ([*CLAIMS, claim(outcome="missing", wording="3")], "new"),
        (CLAIMS[1:], "gone"),
    ],
)
def test_a_changed_claim_is_named_once_by_what_happened(
    tmp_path: Path, rows: list[dict[str, str]], kind: str
) -> None:
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b", *rows)
    found = compare_reports(a, b)
    assert _kinds(found) == [kind]
    assert set(found.claims[0].where) == {"tables/casualties", "charts/by_source"}
    assert _differing(found) == {"claims", "tables", "charts"}


def test_days_that_nobody_states_are_no_revision(tmp_path: Path) -> None:
    later = OTHER | {"source_id": "rferl", "wording": "3,000", "published_on": "2022-03-09"}
    a, b = write_report(tmp_path / "a", OTHER), write_report(tmp_path / "b", later)
    assert _kinds(compare_reports(a, b)) == ["updated"]


def test_other_words_of_a_chart_are_no_revision(pair: tuple[Path, Path]) -> None:
    for folder, words in zip(pair, ("not passed: 1,000", "passed on 1 March"), strict=True):
        drawn = frame(claim(wording=words)).assign(share="")
        write(folder, "charts/passed.csv", csv(drawn))
    found = compare_reports(*pair)
    assert _kinds(found) == []
    assert [chart.name for chart in found.charts] == ["passed"]


def test_a_chart_with_words_of_its_own_tells_no_claim(pair: tuple[Path, Path]) -> None:
    unseen = claim(claimant="unknown")
    for folder, words in zip(pair, ("not passed", "passed"), strict=True):
        rows = [claim(wording="not passed"), unseen | {"wording": words}]
        write(folder, "charts/passed.csv", csv(frame(*rows).assign(share="")))
    found = compare_reports(*pair)
    assert _kinds(found) == []
    assert [chart.name for chart in found.charts] == ["passed"]


def test_a_note_changes_the_table_and_no_claim(tmp_path: Path) -> None:
    a = write_report(tmp_path / "a")
    b = write_report(tmp_path / "b", claim(note="x"), *CLAIMS[1:])
    assert _differing(compare_reports(a, b)) == {"tables", "charts"}


# Tables


def test_rows_columns_cells_and_order_of_a_table(pair: tuple[Path, Path]) -> None:
    table = frame(*CLAIMS)
    write(pair[1], "tables/casualties.csv", csv(table.drop(columns="note").assign(new="1")))
    (found,) = compare_reports(*pair).tables
    assert (found.columns_only_in_a, found.columns_only_in_b) == (("note",), ("new",))
    write(pair[1], "tables/casualties.csv", csv(table[::-1]))
    difference = compare_reports(*pair)
    (found,) = difference.tables
    assert found.order_changed
    assert not found.has_other_content
    assert _kinds(difference) == []
    write(pair[1], "tables/casualties.csv", csv(table.assign(note=["", "odd", ""])))
    (found,) = compare_reports(*pair).tables
    assert found.cells[["row_a", "column", "before", "after"]].to_dict("records") == [
        {"row_a": 3, "column": "note", "before": "", "after": "odd"}
    ]
    assert found.cells["row"][0] == "UN human rights office, civilians wounded, to 2022-03-24"


@pytest.mark.parametrize("inside", ["tables", "charts"])
@pytest.mark.parametrize("present", ["a", "b"])
def test_a_file_of_one_report_alone(pair: tuple[Path, Path], inside: str, present: str) -> None:
    write(pair["ab".index(present)], f"{inside}/more.csv", "day,figure\n2022-03-01,5\n")
    found = compare_reports(*pair)
    (one,) = getattr(found, inside)
    assert (one.name, one.present) == ("more", present)


@pytest.mark.parametrize("broken", [b"a,b\n1\n", b"\xff\xfe", b'a\n"open', b"a\n" + b"x" * 200_000])
def test_a_table_that_cannot_be_read_is_told(
    pair: tuple[Path, Path], broken: bytes, request: pytest.FixtureRequest
) -> None:
    # Python's own limit of a cell; a library that another test has imported may have raised it.
    earlier = csv_module.field_size_limit(131_072)
    request.addfinalizer(lambda: csv_module.field_size_limit(earlier))
    (pair[1] / "tables" / "casualties.csv").write_bytes(broken)
    found = compare_reports(*pair)
    (table,) = found.tables
    assert table.problem.startswith("the file of report B could not be read: ")
    # The chart still holds the same claims.
    assert _kinds(found) == []
    (pair[0] / "tables" / "casualties.csv").write_bytes(broken)
    assert not compare_reports(*pair).found


@pytest.mark.parametrize("empty", ["", "\n", "a,b\n", "claimant\n"])
def test_an_empty_table_is_a_table(pair: tuple[Path, Path], empty: str) -> None:
    write(pair[1], "tables/casualties.csv", empty)
    (table,) = compare_reports(*pair).tables
    assert len(table.only_in_a) == len(CLAIMS)
    write(pair[0], "tables/casualties.csv", empty)
    assert not compare_reports(*pair).found


# Charts, texts


def test_a_chart_drawn_differently(pair: tuple[Path, Path]) -> None:
    draw(pair[0] / "charts" / "by_source.png", 0.5)
    picture = pair[1] / "charts" / "by_source.png"
    draw(picture, 0.7)
    (chart,) = compare_reports(*pair).charts
    assert chart.drawn_differently
    assert chart.picture is not None
    assert chart.picture.share_of_pixels == 1
    draw(picture, size=(20, 31))
    (chart,) = compare_reports(*pair).charts
    assert chart.picture is not None
    assert (chart.picture.size_a, chart.picture.size_b) == ((30, 20), (31, 20))
    picture.write_bytes(picture.read_bytes()[:60])
    (chart,) = compare_reports(*pair).charts
    assert chart.picture is not None
    assert chart.drawn_differently


def test_a_picture_with_the_same_pixels_is_the_same(pair: tuple[Path, Path]) -> None:
    picture = pair[1] / "charts" / "by_source.png"
    data = picture.read_bytes()
    content = b"tEXtTitle\x00xy"
    text = len(content[4:]).to_bytes(4) + content + zlib.crc32(content).to_bytes(4)
    picture.write_bytes(data[:33] + text + data[33:])
    assert picture.read_bytes() != data
    found = compare_reports(*pair)
    assert not found.charts


def test_titles_and_descriptions(pair: tuple[Path, Path]) -> None:
    write(pair[1], "charts/by_source.svg", "<svg><title>Another</title></svg>")
    write(pair[1], "charts/by_source.txt", "Chart of claims. OHCHR says no.\n")
    (chart,) = compare_reports(*pair).charts
    assert chart.title is not None
    assert (chart.title.before, chart.title.after) == ("Civilians & killed", "Another")
    assert chart.alt is not None
    assert (chart.alt.gone, chart.alt.new) == (("OHCHR says so.",), ("OHCHR says no.",))
    assert not chart.drawn_differently


def test_only_the_day_of_the_report_in_the_words_of_a_chart(tmp_path: Path) -> None:
    for name, day, shown in (("a", "2022-03-03", "3 March"), ("b", "2022-03-30", "30 March")):
        folder = write_report(tmp_path / name, as_of=day)
        write(folder, "charts/by_source.txt", f"Chart of claims, known on {shown} 2022.")
    (chart,) = compare_reports(tmp_path / "a", tmp_path / "b").charts
    assert chart.is_only_the_day


def test_sentences_of_texts_and_notebooks(pair: tuple[Path, Path]) -> None:
    write(pair[1], "texts/findings.txt", "The second one. The first sentence.\n\nThe third.")
    (text,) = compare_reports(*pair).texts
    assert text.order_changed
    for folder, words in zip(pair, ("Said. Twice.", "Said. Once."), strict=True):
        shown = {"text/html": ['<div class="figures-text">'], "text/plain": [words]}
        cells = [{"outputs": [{"data": shown}]}, {"source": words}]
        write(folder, "texts/findings.txt", "The same.")
        write(folder, "notebooks/one.ipynb", json.dumps({"cells": cells}))
    (text,) = compare_reports(*pair).texts
    assert (text.name, text.gone, text.new) == ("notebooks/one", ("Twice.",), ("Once.",))
    write(pair[1], "notebooks/one.ipynb", "no JSON")
    assert compare_reports(*pair).texts[0].problem


# How they were made

RUN = manifest()["notebooks"][0]


def test_the_day_of_a_report_is_told_once(tmp_path: Path) -> None:
    runs = [RUN | {"parameters": {"as_of": "2022-03-03", "days": 7}}]
    a = write_report(tmp_path / "a", as_of="2022-03-03", notebooks=runs)
    found = compare_reports(a, write_report(tmp_path / "b"))
    assert found.found
    assert not found.making.found


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"inputs": {"data/casualties.csv": "x", "analysis/prose.py": "b"}}, "inputs"),
        ({"versions": {"pandas": "3.1.0"}}, "versions"),
        ({"notebooks": [RUN | {"parameters": {"as_of": "2022-03-30", "days": 8}}]}, "parameters"),
        ({"notebooks": [RUN | {"parameters": {"as_of": "2022-03-01", "days": 7}}]}, "parameters"),
        ({"notebooks": [RUN | {"status": "failed", "error": "no"}]}, "outcomes"),
        ({"notebooks": []}, "notebooks_only_in_a"),
        ({"notebooks": [RUN, RUN | {"name": "more"}]}, "notebooks_only_in_b"),
    ],
)
def test_how_reports_were_made(tmp_path: Path, changed: dict[str, Any], part: str) -> None:
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b", **changed)
    found = compare_reports(a, b)
    assert _differing(found) == {"making"}
    differing = [name for name, value in vars(found.making).items() if value]
    assert differing == [part]
    assert found.found
    assert not found.cut_down(["claims", "tables", "charts"]).found


# Mistakes


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "it has no manifest.json"),
        ('{"as_of": "2022-03-30", "notebooks": [', "broken or cut off at line 1"),
        ("", "broken or cut off"),
        ("[]", "an object with names"),
        ("{}", 'expected "as_of"'),
        ('{"as_of": 5, "notebooks": []}', '"as_of": expected a text'),
        ('{"as_of": "", "notebooks": [1]}', "expected a name and parameters"),
        ("[" * 100_000, "manifest.json: expected"),
        ('{"as_of": "", "notebooks": [], "versions": []}', '"versions": expected an object'),
    ],
)
def test_what_is_no_report_is_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    a, b = write_report(tmp_path / "a"), tmp_path / "b"
    b.mkdir()
    if content is not None:
        write(b, "manifest.json", content)
    for one, other in ((a, b), (b, a)):
        with pytest.raises(NotReport, match=message.replace("[", r"\[")) as raised:
            compare_folders(one, other)
        assert "\n" not in str(raised.value)
    with pytest.raises(NotReport, match="there is none"):
        compare_reports(a, tmp_path / "nowhere")


# Batches


def test_batches_are_compared_report_by_report(tmp_path: Path) -> None:
    for name, rows in (("a", CLAIMS), ("b", CLAIMS[1:])):
        batch = tmp_path / name
        write_report(batch / "same")
        write_report(batch / "other", *rows)
        listed: list[Any] = [
            {"name": "same", "folder": "same"}, {"name": "other", "folder": "other"},
            {"name": "unmade", "folder": ""}, {"name": f"only-{name}", "folder": "same"},
        ]  # fmt: skip
        write(batch, "manifest.json", json.dumps({"reports": listed}))
    found = compare_folders(tmp_path / "a", tmp_path / "b")
    assert isinstance(found, BatchDifference)
    assert {name: one.found for name, one in found.reports.items()} == {
        "same": False, "other": True,
    }  # fmt: skip
    assert (found.only_in_a, found.only_in_b) == (("only-a",), ("only-b",))
    assert not compare_folders(tmp_path / "a", tmp_path / "a").found
    with pytest.raises(NotReport, match="expected two of a kind"):
        compare_folders(tmp_path / "a", tmp_path / "a" / "same")


@pytest.mark.parametrize(
    "reports",
    ["x", [1], [{}], *([{"name": "a", "folder": place}] for place in ("../out", "/etc", 7))],
)
def test_a_batch_lists_folders_inside_it(tmp_path: Path, reports: object) -> None:
    write(tmp_path, "manifest.json", json.dumps({"reports": reports}))
    with pytest.raises(NotReport, match='"reports": expected'):
        compare_folders(tmp_path, tmp_path)
