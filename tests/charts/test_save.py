"""Files: whole, the same bytes each time, safe, with their alternative text inside."""

import csv
import os
import threading
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from analysis.charts import Chart, plot_claims, plot_vote, save
from analysis.charts.save import _TURN, FORMATS, picture

from .drawing import make_chart, texts
from .frames import CIVILIANS, VOTES

plot_killed = partial(plot_claims, unit="civilians killed")
CHART = make_chart(CIVILIANS, plot_killed)
SVG = "{http://www.w3.org/2000/svg}"


def test_all_files_of_a_chart_are_written(tmp_path: Path) -> None:
    paths = save(CHART, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["chart.png", "chart.svg", "chart.csv", "chart.txt"]
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == sorted(
        path.name for path in paths
    )
    assert all(path.stat().st_size > 10 for path in paths)


def test_only_the_formats_asked_for(tmp_path: Path) -> None:
    paths = save(CHART, tmp_path, formats=("svg",))
    assert [path.suffix for path in paths] == [".svg", ".csv", ".txt"]
    with pytest.raises(ValueError, match="saved as png, svg, pdf, not as gif"):
        save(CHART, tmp_path, formats=("gif",))


@pytest.mark.parametrize("chart", [CHART, make_chart(VOTES, plot_vote)], ids=["claims", "vote"])
def test_the_same_chart_has_the_same_bytes(tmp_path: Path, chart: Chart) -> None:
    one, other = (save(chart, tmp_path / name, FORMATS) for name in ("one", "other"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]


def test_no_date_and_no_version_inside(tmp_path: Path) -> None:
    png, svg, pdf, *_ = save(CHART, tmp_path, FORMATS)
    assert b"CreationDate" not in pdf.read_bytes()
    assert b"Software" not in png.read_bytes()
    for path in (png, svg, pdf):
        content = path.read_bytes().lower()
        assert b"matplotlib v" not in content
        assert b"dc:date" not in content


def test_the_png_is_twice_as_fine_as_a_screen(tmp_path: Path) -> None:
    [png, *_] = save(CHART, tmp_path, formats=("png",))
    with Image.open(png) as image:
        assert image.width == 1800
        assert image.info["Description"] == "What the chart shows."


def test_the_svg_tells_its_title_and_description(tmp_path: Path) -> None:
    bad = '<script>alert("&")</script>\x00 $x$'
    [svg, *_] = save(replace(CHART, title=bad, alt=bad), tmp_path, formats=("svg",))
    root = ElementTree.parse(svg).getroot()
    assert root.get("role") == "img"
    names = {child.get("id"): child for child in root}
    first, second = str(root.get("aria-labelledby")).split()
    assert names[first].tag == f"{SVG}title"
    assert names[second].tag == f"{SVG}desc"
    assert names[second].text == '<script>alert("&")</script>\ufffd $x$'
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert "<script>" not in svg.read_text(encoding="utf-8")


def _texts(svg: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(svg)
    return {"".join(node.itertext()): node.get("style", "") for node in root.iter(f"{SVG}text")}


def test_text_is_text_in_an_svg_and_names_fonts_that_others_have() -> None:
    texts = _texts(picture(CHART, ("svg",))["svg"])
    assert {"UN human rights office", "at least 227", "1,000", "civilians killed"} <= set(texts)
    for look in texts.values():
        listed = look.split("font-family:")[1].split(";")[0]
        families = [name.strip(" '") for name in listed.split(",")]
        assert families[0] == "DejaVu Sans"
        assert {"Arial", "Noto Sans"} < set(families)
        assert families[-1] == "sans-serif"


def test_every_text_of_a_figure_is_text_in_its_svg() -> None:
    drawn = {text for text in texts(CHART.figure()) if text.strip()}
    assert drawn <= set(_texts(picture(CHART, ("svg",))["svg"]))


def test_a_pdf_takes_its_fonts_along() -> None:
    assert b"/FontFile2" in picture(CHART, ("pdf",))["pdf"]


def test_threads_draw_the_same_as_one_alone() -> None:
    alone = picture(CHART, ("svg",))
    with ThreadPoolExecutor(3) as pool:
        assert all(drawn == alone for drawn in pool.map(lambda _: picture(CHART, ("svg",)), "abc"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_process_forked_while_another_thread_draws_does_not_wait_for_it() -> None:
    held, done = threading.Event(), threading.Event()

    def draw() -> None:
        with _TURN.lock:
            held.set()
            done.wait(30)

    other = threading.Thread(target=draw)
    other.start()
    assert held.wait(30)
    child = os.fork()
    if not child:
        os._exit(0 if _TURN.lock.acquire(blocking=False) else 1)
    done.set()
    other.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_letters_that_no_font_has_are_named_in_one_plain_line(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    odd = replace(CHART, rows=CIVILIANS.assign(claimant_name=["\U0001309f office", "B"]))
    drawn = picture(odd, FORMATS)
    assert set(drawn) == set(FORMATS)
    assert "\U0001309f office" in _texts(drawn["svg"])
    [record] = caplog.records
    said = record.getMessage()
    assert said.startswith("chart: No font on this machine has \U0001309f (U+1309F)")
    assert "\n" not in said
    assert "/" not in said
    assert not list(recwarn)


def test_two_charts_in_one_page_share_no_names(tmp_path: Path) -> None:
    def clips(chart: Chart) -> set[str]:
        [svg, *_] = save(chart, tmp_path, formats=("svg",))
        root = ElementTree.parse(svg)
        return {str(node.get("id")) for node in root.iter() if node.tag == f"{SVG}clipPath"}

    one, other = clips(CHART), clips(replace(CHART, name="another"))
    assert not one & other


def test_the_csv_holds_the_rows_drawn_and_runs_nothing(tmp_path: Path) -> None:
    rows = CIVILIANS.assign(claimant_name=["=HYPERLINK(1)", "@SUM(1)"])
    save(make_chart(rows, plot_killed), tmp_path, formats=())
    with (tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert [row["claimant_name"] for row in read] == ["'=HYPERLINK(1)", "'@SUM(1)"]
    assert [row["wording"] for row in read] == ["at least 227", "more than 2,000"]
    assert [row["published_on"] for row in read] == ["2022-03-03"] * 2
    assert read[0]["high"] == ""
    assert list(read[0]) == list(rows.columns)


def test_the_text_file_holds_the_alternative_text(tmp_path: Path) -> None:
    save(CHART, tmp_path, formats=())
    assert (tmp_path / "chart.txt").read_text(encoding="utf-8") == "What the chart shows.\n"


def test_a_chart_that_cannot_be_finished_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no column publisher"):
        save(make_chart(CIVILIANS.drop(columns="publisher"), plot_killed), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    save(CHART, tmp_path, formats=("svg",))
    before = (tmp_path / "chart.svg").read_bytes()
    save(replace(CHART, title="Another"), tmp_path, formats=("svg",))
    assert (tmp_path / "chart.svg").read_bytes() != before
    assert len(list(tmp_path.iterdir())) == 3
