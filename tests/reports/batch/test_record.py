"""The page of a batch: failed reports first, words instead of colours, nothing from outside."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.reports.batch.earlier import COMPLETE, FAILED, WAITING, Result
from analysis.reports.batch.plan import Plan, Planned
from analysis.reports.batch.record import render_index

STOPPED = "2022-03-02/a b.failed"
RESULTS = [
    Result(COMPLETE, "2022-03-01/UKR", 1.25),
    Result(FAILED, STOPPED, 2.0, "toy: E: <script>x</script>", f"{STOPPED}/notebooks/toy.ipynb"),
    Result(WAITING),
    Result(FAILED, error="the process that made the report was killed"),
]


@pytest.fixture
def page(tmp_path: Path) -> BeautifulSoup:
    names = ["2022-03-01/UKR", "2022-03-02/a b", "2022-03-03/UKR", "2022-03-04/UKR"]
    reports = tuple(
        Planned(name, (), {}, name[:10], "", {"as_of": name[:10], "origin": f"<{name[11:]}>"})
        for name in names
    )
    earlier = tmp_path / "2022-03-04" / "UKR"
    earlier.mkdir(parents=True)
    (earlier / "report.html").touch()
    plan = Plan(reports, tmp_path, ("as_of", "origin"))
    return BeautifulSoup(render_index(plan, RESULTS, running=True), "html.parser")


def _rows(page: BeautifulSoup, name: str) -> list[list[str]]:
    table = page.find(id=name).find_parent("section").table
    rows = [row.find_all(["th", "td"]) for row in table.tbody.find_all("tr")]
    return [[" ".join(cell.get_text(" ").split()) for cell in row] for row in rows]


def test_counts_are_on_top_and_failed_reports_first(page: BeautifulSoup) -> None:
    words = " ".join(page.find(class_="counts").get_text().split())
    assert words == "4 reports: 1 complete, 2 failed, 1 not made yet."
    assert "while the batch was at work" in page.get_text()
    assert [heading.get_text() for heading in page.find_all("h2")] == ["Failed", "Reports"]
    failed, others = _rows(page, "failed"), _rows(page, "reports")
    assert [row[:3] for row in failed] == [
        ["2022-03-02", "<a b>", "failed"],
        ["2022-03-04", "<UKR>", "failed"],
    ]
    assert failed[0][3].startswith("toy: E: <script>x</script> Notebook with the error")
    assert [row[:3] for row in others] == [
        ["2022-03-01", "<UKR>", "complete"],
        ["2022-03-03", "<UKR>", "not made yet"],
    ]


def test_links_lead_to_pages_and_to_notebooks_that_failed(page: BeautifulSoup) -> None:
    assert [link["href"] for link in page.main.find_all("a")] == [
        "2022-03-02/a%20b.failed/notebooks/toy.ipynb",
        "2022-03-02/a%20b.failed/report.html",
        "2022-03-04/UKR/report.html",
        "2022-03-01/UKR/report.html",
    ]
    words = [" ".join(link.get_text().split()) for link in page.main.find_all("a")]
    # Read out of their table, no two links sound the same.
    assert len(set(words)) == len(words)


def test_the_page_can_be_read_by_everybody(page: BeautifulSoup) -> None:
    assert page.html["lang"] == "en"
    assert page.find("meta", attrs={"name": "viewport"})
    for table in page.find_all("table"):
        assert table.caption
        assert {head["scope"] for head in table.thead.find_all("th")} == {"col"}
        assert {row.th["scope"] for row in table.tbody.find_all("tr")} == {"row"}
    assert not page.find_all(["script", "link", "img", "iframe", "base", "form"])
    assert "url(" not in page.style.string
    assert page.a["href"] == "#content"
