"""The site: a page a day, a subject and a claimant; nothing from outside; the same bytes."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from analysis.reports.folder import FolderError
from analysis.reports.site import build_site, find_reports
from tests.reports.toys import MARKDOWN, write_casebook, write_notebook

HEAD = "headline,claimant_name,is_party,wording,day,status,publisher,source_id,locator,claim_id\n"
FIRST = "Killed,Office <b>,False,at least 5,2022-03-01,stated,OCHA,s1,page 1,aaaaaaaaaa\n"
SECOND = "Killed,Army </script>,True,,2022-03-02,not released,Press,s1,page 2,bbbbbbbbbb\n"


def _write_report(
    folder: Path, rows: str, status: str = "complete", casebook: str | None = None
) -> None:
    day = folder.name.removesuffix("-brief")
    write_notebook(folder / "notebooks" / "key_figures.ipynb", (MARKDOWN, "# What is known?"))
    (folder / "tables").mkdir()
    (folder / "tables" / "headlines.csv").write_text(HEAD + rows, encoding="utf-8-sig")
    notebook = {"name": "key_figures", "parameters": {}, "seconds": 1}
    about = {"as_of": day, "status": status, "notebooks": [notebook], "casebook": casebook}
    (folder / "manifest.json").write_text(json.dumps(about), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_casebook(folder / "data")
    _write_report(folder / "reports" / "2022-03-01", FIRST)
    _write_report(folder / "reports" / "2022-03-02-brief", FIRST + SECOND)
    _write_report(folder / "reports" / "2022-03-03", FIRST, status="failed")
    _build(folder, "site")
    return folder


def _build(root: Path, name: str) -> Path:
    folders, _ = find_reports(root / "reports")
    return build_site(folders, root / name, root / "data", ["key_figures"])


def _pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def test_there_is_a_page_for_each_day_subject_and_claimant(root: Path) -> None:
    assert set(_pages(root / "site")) == {
        "index.html", "days/2022-03-01.html", "days/2022-03-02.html", "subjects/killed.html",
        "claimants/office-b.html", "claimants/army-script.html",
    }  # fmt: skip
    assert find_reports(root / "reports", ["2022-03-03", "2022-03-01"]) == (
        [root / "reports" / "2022-03-01"], ["2022-03-03"],
    )  # fmt: skip


def test_every_link_leads_to_a_page_and_nothing_is_loaded_from_outside(root: Path) -> None:
    site = root / "site"
    for name, page in _pages(site).items():
        for tag in page.find_all(["a", "link", "script", "img", "source"]):
            address = tag.get("href") or tag.get("src") or "#"
            if not address.startswith("#"):
                assert ((site / name).parent / address).is_file(), (name, address)
        for script in page.find_all("script", src=False):
            about = json.loads(script.string)  # data for search engines, and nothing that runs
            assert about["@type"] in ("DataCatalog", "Dataset", "Report")


def test_a_figure_stands_once_with_the_first_day_that_had_it(root: Path) -> None:
    table = _pages(root / "site")["subjects/killed.html"].table
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
    ]
    assert rows[1:] == [
        ["has not released a figure", "Army </script> ◆", "2 March 2022", "not released",
         "Press, page 2", "2 March 2022", "bbbbbbbbbb"],
        ["at least 5", "Office <b>", "1 March 2022", "stated", "OCHA, page 1", "1 March 2022",
         "aaaaaaaaaa"],
    ]  # fmt: skip


def test_the_search_has_all_figures_and_ends_no_script(root: Path) -> None:
    text = (root / "site" / "index.js").read_text("utf-8")
    assert "</script" not in text
    index = json.loads(text.removeprefix("const FIGURES = ").rstrip(";\n"))
    assert ["Killed: at least 5 (Office <b>, 1 March 2022)", "subjects/killed.html"] in index


def test_the_feed_is_newest_first(root: Path) -> None:
    feed = ElementTree.fromstring((root / "site" / "feed.xml").read_text("utf-8"))
    space = "{http://www.w3.org/2005/Atom}"
    links = [link.get("href") for link in feed.iter(f"{space}link")]
    assert links == ["days/2022-03-02.html", "days/2022-03-01.html"]


def test_the_same_reports_give_the_same_site_and_nothing_else_is_replaced(root: Path) -> None:
    again = _build(root, "again").parent
    assert _build(root, "again").parent == again
    for path in (root / "site").rglob("*.*"):
        assert (again / path.relative_to(root / "site")).read_bytes() == path.read_bytes()
    with pytest.raises(FolderError, match="is there and is no site"):
        _build(root, "data")


def test_reports_and_a_site_of_another_casebook_are_left_alone(root: Path, tmp_path: Path) -> None:
    _write_report(tmp_path / "2022-03-01", FIRST, casebook="The floods")
    arguments = (["key_figures"],)
    with pytest.raises(FolderError, match='of another casebook, "The floods", and not of "data"'):
        build_site([tmp_path / "2022-03-01"], tmp_path / "site", root / "data", *arguments)
    other = write_casebook(tmp_path / "floods")
    (other / "casebook.toml").write_text('title = "The floods"\n', encoding="utf-8")
    build_site([tmp_path / "2022-03-01"], tmp_path / "site", other, *arguments)
    with pytest.raises(FolderError, match="is a site of another casebook, and not of"):
        build_site(find_reports(root / "reports")[0], tmp_path / "site", root / "data", *arguments)
