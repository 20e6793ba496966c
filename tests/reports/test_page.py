"""The page: every output in its place, pictures with words, and nothing from elsewhere."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.notebooks import read_notebook
from analysis.reports.page import as_address, render_report
from analysis.reports.run import Outcome
from tests.reports.toys import CODE, DECLARED, MARKDOWN, PARAMETERS, write_notebook

PNG = "iVBORw0KGgo=\n"
SOURCES = pd.DataFrame(
    {
        "publisher": ["A <b>press</b>", "B"],
        "title": ["T", "U"],
        "published_on": ["2022-03-01", "2022-03-02"],
        "accessed_on": ["2022-03-05", ""],
        "url": ["https://example.org/a?b&c", "javascript:alert(1)"],
        "licence": ["terms", ""],
        "method": ["counts", ""],
        "known_limits": ["", ""],
    }
)


def _display(data: dict[str, str], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _outcome(
    folder: Path, outputs: list[dict[str, Any]], error: str = "", **values: Any
) -> Outcome:
    path = write_notebook(
        folder / "key_things.ipynb",
        (MARKDOWN, "# A <i>title</i>?\n\nThe question.\n\n## Part one"),
        (PARAMETERS, DECLARED),
        (MARKDOWN, "# A <i>title</i> again"),
    )
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][1]["outputs"] = outputs
    path.write_text(json.dumps(content), encoding="utf-8")
    return Outcome(read_notebook(path), values, path, error, 1.5)


def _page(outcome: Outcome, sources: pd.DataFrame = SOURCES[:0]) -> BeautifulSoup:
    return BeautifulSoup(render_report([outcome], "2022-03-03", sources), "html.parser")


def test_title_contents_and_skip_link(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, []))
    assert page.html["lang"] == "en"
    assert page.title.string == page.h1.string == "Contested figures, as known on 3 March 2022"
    first = page.body.find("a")
    assert (first["href"], page.find(id="content").name) == ("#content", "main")
    anchors = [a["href"] for a in page.nav.find_all("a")]
    assert anchors == ["#key-things"]
    assert page.nav.a.get_text() == "Key things"
    assert all(page.find(id=anchor[1:]) for anchor in anchors)
    assert page.h2.string == "Contents"
    assert page.section.h2.get_text() == "A <i>title</i>?"
    assert "The question." in page.section.get_text()
    assert len(page.section.find_all("h2")) == 2, "only the title itself is not said twice"
    assert len({tag["id"] for tag in page.find_all(id=True)}) == len(page.find_all(id=True))


def test_the_parameters_are_told_but_no_places(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, [], group="military", out="/home/x", data="../y"))
    assert page.find(class_="given").get_text() == "whose casualties: military."
    assert "/home" not in str(page)


def test_the_code_is_not_shown(tmp_path: Path) -> None:
    assert "as_of: str" not in _page(_outcome(tmp_path, [])).get_text()


@pytest.mark.parametrize("alt", ['Two "bars" <b>', "\u202egnp", "x" * 50_000])
def test_a_picture_has_its_words_and_its_size(tmp_path: Path, alt: str) -> None:
    about = {"alt": alt, "width": 400, "height": 300}
    output = _display({"image/png": PNG, "text/plain": "no"}, **{"image/png": about})
    image = _page(_outcome(tmp_path, [output])).img
    assert image["src"] == "data:image/png;base64,iVBORw0KGgo="
    assert (image["width"], image["height"]) == ("400", "300")
    assert image["alt"][:12] == alt.replace("\u202e", "\ufffd")[:12]
    assert "\u202e" not in image["alt"]


@pytest.mark.parametrize(
    ("plain", "alt"),
    [
        ("a chart of bars", "a chart of bars"),
        ("<Figure at 0x7f00>", "A chart without a description"),
    ],
)
def test_a_picture_without_words_gets_some(tmp_path: Path, plain: str, alt: str) -> None:
    page = _page(_outcome(tmp_path, [_display({"image/png": PNG, "text/plain": plain})]))
    assert page.img["alt"] == alt


def test_a_drawing_stays_a_picture(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, [_display({"image/svg+xml": "<svg onload='x'></svg>"})]))
    assert page.find("svg") is None
    assert page.img["src"].startswith("data:image/svg+xml;base64,")


def test_what_is_said_is_shown_and_what_is_logged_is_not(tmp_path: Path) -> None:
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": ["to be <read>\n"]},
        {"output_type": "stream", "name": "stderr", "text": "/home/x warns"},
        _display({"text/plain": "42"}),
        _display({"text/plain": "<object object at 0x7f1122>"}),
        _display({"text/html": "<p>kept<script>no</script></p>", "text/plain": "no"}),
        _display({"application/javascript": "alert(1)"}),
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["/home/x"]},
    ]
    section = _page(_outcome(tmp_path, outputs)).section
    assert [pre.get_text() for pre in section.find_all("pre")] == ["to be <read>", "42"]
    assert "kept" in section.get_text()
    for hidden in ("/home", "0x7f", "alert", "no</"):
        assert hidden not in str(section)


def test_a_stopped_notebook_says_so(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, [], error="ValueError: <b>bad</b>"))
    assert "ValueError: <b>bad</b>" in page.find(class_="stopped").get_text()
    assert "stopped by an error" in page.nav.get_text()
    missing = Outcome(read_notebook(tmp_path / "key_things.ipynb"), {}, tmp_path / "no", "E", 0)
    assert "E" in _page(missing).find(class_="stopped").get_text()


def test_the_sources_end_the_page(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, []), SOURCES)
    section = page.find(class_="sources")
    assert [dt.get_text() for dt in section.find_all("dt")] == ["A <b>press</b>: T", "B: U"]
    assert "Published on 1 March 2022, read on 5 March 2022" in section.get_text()
    assert [a["href"] for a in section.find_all("a")] == ["https://example.org/a?b&c"]
    assert page.nav.find_all("a")[-1]["href"] == "#sources"


CHART = {"name": "bars", "title": "P says 5", "rows": 1, "publishers": ["P", "Q"]}
BOX = {
    "title": "Killed <i>", "more": 0,
    "band": {"marks": [[1, 2, 3, True]], "said": "<u>"},
    "claims": [{"figure": "<script>", "said": "P, 1 March 2022", "is_stated": True}],
}  # fmt: skip


def _shown(chart: dict[str, Any], png: str = PNG) -> dict[str, Any]:
    return _display({"image/png": png, "text/plain": "alt"}, chart=chart)


def test_the_first_chart_leads_and_the_rest_is_folded(tmp_path: Path) -> None:
    other = _shown(CHART | {"name": "other"}, "AAAA")
    section = _page(_outcome(tmp_path, [_shown(CHART), other])).section
    assert [figure["id"] for figure in section.find_all("figure", recursive=False)] == [
        "chart-bars"
    ]
    folded = section.find("details", recursive=False)
    assert [figure["id"] for figure in folded.find_all("figure")] == ["chart-other"]
    assert section.find(class_="cite").get_text() == (
        "P says 5 (as known on 3 March 2022; published by P and Q)."
    )


def test_files_are_linked_and_the_smaller_picture_is_taken(tmp_path: Path) -> None:
    charts = tmp_path / "charts"
    charts.mkdir()
    svg = '<svg>\n  <text>50% "#"</text>\n</svg>'
    (charts / "bars.svg").write_text(svg, encoding="utf-8")
    moved = {Path(f"key_things/charts/bars.{end}"): Path(f"charts/bars.{end}")
             for end in ("png", "svg", "csv")}  # fmt: skip
    for png, begins in (("A" * 400, "data:image/svg+xml,"), ("AAAA", "data:image/png;base64,AAAA")):
        outcome = _outcome(tmp_path, [_shown(CHART, png)])
        text = render_report([outcome], "2022-03-03", SOURCES[:0], folder=tmp_path, moved=moved)
        page = BeautifulSoup(text, "html.parser")
        assert page.img["src"].startswith(begins)
        links = [a["href"] for a in page.figcaption.find_all("a")]
        assert links == ["charts/bars.png", "charts/bars.svg", "charts/bars.csv", "#chart-bars"]
    outcome = _outcome(tmp_path, [_shown(CHART, "A" * 400)])
    text = render_report([outcome], "2022-03-03", SOURCES[:0], folder=tmp_path, moved=moved)
    address = BeautifulSoup(text, "html.parser").img["src"]
    assert unquote(address.partition(",")[2]) == '<svg><text>50% "#"</text></svg>'
    assert not set(address) & set('"<>#\n')


def test_of_a_long_table_the_page_shows_some_rows_and_links_all(tmp_path: Path) -> None:
    """303 rows of 20 columns weighed 81 KB; so do as many of any table no more."""
    rows = "".join(
        f'<tr><th scope="row">{n} &lt;/tr&gt;</th>{"<td>some words</td>" * 20}</tr>\n'
        for n in range(303)
    )
    html = (f"<details><summary>T: 303 rows</summary>\n<div><table><tbody>\n{rows}</tbody>"
            "</table>\n</div>\n</details>")  # fmt: skip
    table = {"name": "t", "caption": "T", "rows": 303, "kept": [1, 302], "newest_by": "Day"}
    outcome = _outcome(tmp_path, [_display({"text/html": html}, table=table)])
    moved = {Path("key_things/tables/t.csv"): Path("tables/t.csv")}
    text = render_report([outcome], "2022-03-03", SOURCES[:0], folder=tmp_path, moved=moved)
    page = BeautifulSoup(text, "html.parser")
    assert [th.get_text() for th in page.table.find_all("th")] == ["1 </tr>", "302 </tr>"]
    note = page.table.find_next("p")
    assert note.get_text() == "2 of 303 rows, the newest by “day”; all of them: t.csv."
    assert note.a["href"] == "tables/t.csv"
    assert text.count("<details") == text.count("</details>") == 1, "the section's own"
    assert len(str(page.section)) < 3_000
    whole = BeautifulSoup(render_report([outcome], "2022-03-03", SOURCES[:0]), "html.parser")
    assert len(whole.find_all("tr")) == 303, "without a file nothing is left out"


def test_nothing_is_said_or_drawn_twice(tmp_path: Path) -> None:
    words = '<div class="figures-text">\n<p>One.</p>\n<p>Two.</p>\n</div>'
    again = '<div class="figures-text">\n<p>Two.</p>\n<p>Three.</p>\n</div>'
    outputs = [_display({"text/html": html}) for html in (words, again, words)]
    page = _page(_outcome(tmp_path, [_shown(CHART), _shown(CHART), *outputs]))
    said = [p.get_text() for p in page.find_all("p")]
    assert [words for words in said if words.endswith(("One.", "Two.", "Three."))] == [
        "One.", "Two.", "Three.",
    ]  # fmt: skip
    assert len(page.find_all("img")) == 1
    assert page.find("a", string="This chart stands above.")["href"] == "#chart-bars"


def test_what_is_empty_takes_one_line_at_the_end(tmp_path: Path) -> None:
    table = {"name": "t", "caption": "Claims <b>", "rows": 0}
    empty = _display({"text/html": "<table></table>"}, table=table)
    page = _page(_outcome(tmp_path, [empty, _shown(CHART | {"title": "No chart", "rows": 0})]))
    assert page.find("table") is None
    assert page.find("img") is None
    assert page.find(id="absent").find_next("p").get_text() == "Claims <b>; No chart."


def _headings(folder: Path, *outputs: list[dict[str, Any]], words: str = "") -> list[str]:
    """Return the headings of a page whose parts show these outputs, and one that shows none."""
    parts = [
        part
        for number in range(len(outputs))
        for part in ((MARKDOWN, f"## Part {number}{words}"), (CODE, f"show({number})"))
    ]
    path = write_notebook(
        folder / "n.ipynb", (MARKDOWN, "# T"), (PARAMETERS, DECLARED), *parts,
        (MARKDOWN, "## Limits\n\nNone."),
    )  # fmt: skip
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell, shown in zip(content["cells"][3::2], outputs, strict=False):
        cell["outputs"] = shown
    path.write_text(json.dumps(content), encoding="utf-8")
    page = _page(Outcome(read_notebook(path), {}, path, "", 1.5))
    return [heading.get_text() for heading in page.section.find_all("h3")]


def test_a_heading_over_nothing_is_left_out(tmp_path: Path) -> None:
    empty = _display(
        {"text/html": "<table></table>"}, table={"name": "t", "caption": "T", "rows": 0}
    )
    text = _display({"text/plain": "said"})
    assert _headings(tmp_path, [empty], [text], []) == ["Part 1", "Limits"]
    # The first chart leads the section: its heading stays only with what is said beneath it.
    assert _headings(tmp_path, [_shown(CHART)], [text]) == ["Part 1", "Limits"]
    said = _headings(tmp_path, [_shown(CHART)], [text], [empty], words="\n\nWords.")
    assert said == ["Part 0", "Part 1", "Limits"]


@pytest.mark.parametrize(
    ("newest", "said"),
    [("", ""), ("2022-03-03", ""), ("2022-04-08", ", with figures published up to 8 April 2022")],
)
def test_a_chart_with_later_yardsticks_is_not_called_known(
    tmp_path: Path, newest: str, said: str
) -> None:
    page = _page(_outcome(tmp_path, [_shown(CHART | {"newest": newest})]))
    cite = page.find(class_="cite").get_text()
    assert cite == f"P says 5 (as known on 3 March 2022{said}; published by P and Q)."


def test_the_headline_figures_come_first_and_are_text(tmp_path: Path) -> None:
    page = _page(_outcome(tmp_path, [_display({"text/html": "<b>x</b>"}, headlines=[BOX])]))
    front = page.find(class_="front")
    assert front.find(class_="figure").get_text() == "<script>"
    assert page.find("script") is None
    assert front.svg["aria-label"] == "<u>"
    assert [a["href"] for a in page.nav.find_all("a")] == ["#key-things"]


def test_a_headline_figure_leads_to_the_id_of_its_row(tmp_path: Path) -> None:
    claim = BOX["claims"][0] | {"claim_id": "ab12cd34ef", "place": "OCHA, page 1"}
    page = _page(_outcome(tmp_path, [_display({}, headlines=[BOX | {"claims": [claim]}])]))
    row = page.find(id=page.find(class_="figure").a["href"].removeprefix("#"))
    assert row.get_text() == "ab12cd34ef Killed <i>: <script> (P, 1 March 2022). OCHA, page 1."


def test_sections_on_one_subject_share_a_line_of_the_contents(tmp_path: Path) -> None:
    outcomes = []
    for name in ("losses_by_day", "votes", "losses_by_side"):
        path = write_notebook(tmp_path / f"{name}.ipynb", (MARKDOWN, f"# {name}"))
        outcomes.append(Outcome(read_notebook(path), {}, path, "", 1))
    page = BeautifulSoup(render_report(outcomes, "2022-03-03", SOURCES[:0]), "html.parser")
    lines = [" ".join(line.get_text().split()) for line in page.nav.find_all("li")]
    assert lines == ["Losses: by day, by side", "Votes"]


def test_a_high_chart_is_cut_until_it_is_asked_for(tmp_path: Path) -> None:
    about = {"alt": "a", "width": 900, "height": 1500}
    output = _display({"image/png": PNG}, **{"image/png": about}, chart=CHART)
    figure = _page(_outcome(tmp_path, [output])).figure
    assert figure["class"] == ["tall", "tall-phone"]
    assert figure.find("a", class_="whole")["href"] == f"#{figure['id']}"


def test_a_phone_gets_the_drawing_made_for_it(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    moved = {}
    for stem in ("bars", "bars-phone"):
        file = Path(f"charts/{stem}.svg")
        (tmp_path / file).write_text(f"<svg>{stem}, narrow</svg>", encoding="utf-8")
        moved[Path("key_things") / file] = file
    text = render_report(
        [_outcome(tmp_path, [_shown(CHART, "A" * 400)])], "2022-03-03", SOURCES[:0],
        folder=tmp_path, moved=moved,
    )  # fmt: skip
    source = BeautifulSoup(text, "html.parser").picture.source
    assert " " not in source["srcset"]
    assert "bars-phone, narrow" in unquote(source["srcset"])


@pytest.mark.parametrize(("height", "cut"), [(134, None), (135, ["tall-phone"])])
def test_on_a_phone_a_drawing_is_cut_by_its_own_height(
    tmp_path: Path, height: int, cut: list[str] | None
) -> None:
    (tmp_path / "charts").mkdir()
    file = Path("charts/bars-phone.svg")
    (tmp_path / file).write_text(f'<svg viewBox="0 0 100 {height}"></svg>', encoding="utf-8")
    text = render_report(
        [_outcome(tmp_path, [_shown(CHART)])], "2022-03-03", SOURCES[:0],
        folder=tmp_path, moved={Path("key_things") / file: file},
    )  # fmt: skip
    figure = BeautifulSoup(text, "html.parser").figure
    assert figure.get("class") == cut
    assert bool(figure.find("a", class_="whole")) is bool(cut)


def test_a_brief_has_the_figures_and_the_first_charts_alone(tmp_path: Path) -> None:
    front = _outcome(tmp_path / "a", [_display({}, headlines=[BOX])])
    other = _shown(CHART | {"name": "other"}, "AAAA")
    charts = _outcome(tmp_path / "b", [_shown(CHART), other])
    text = render_report([front, charts], "2022-03-03", SOURCES, brief=True)
    page = BeautifulSoup(text, "html.parser")
    assert [figure["id"] for figure in page.find_all("figure")] == ["chart-bars"]
    assert [details.summary.get_text() for details in page.find_all("details")] == ["Cite"]
    assert page.find("nav") is None
    assert page.find(class_="figures-box")
    assert "Documents by: A <b>press</b>; B." in page.get_text()


def test_a_place_in_a_band_that_is_no_number_is_refused(tmp_path: Path) -> None:
    box = BOX | {"band": {"marks": [['1"/>', 2, 3, True]], "said": "x"}}
    with pytest.raises(ValueError, match="could not convert"):
        _page(_outcome(tmp_path, [_display({"text/html": ""}, headlines=[box])]))


@given(st.text(alphabet=st.sampled_from("aZ09 %\"<>#&\n\\–…'~`^é\U0001f600")))
def test_a_drawing_is_an_address_as_the_standard_writes_it(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chart.svg"
        path.write_text(text, encoding="utf-8", newline="")
        address = as_address(path)
    assert unquote(address.removeprefix("data:image/svg+xml,")) == re.sub(r">\n\s*<", "><", text)
    assert not set(address) & set('"<>#&\n\\–…é')
