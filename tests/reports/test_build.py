"""A whole report of toy notebooks: what it holds, that it is the same twice, how it fails."""

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup

from analysis.reports.build import Report, make_report
from analysis.reports.identity import InputsChanged, hash_files
from analysis.reports.notebooks import Notebook, find_notebooks
from analysis.reports.run import Outcome
from tests.reports.toys import (
    CODE,
    DECLARED,
    PARAMETERS,
    write_casebook,
    write_notebook,
    write_toys,
)

DAY = "2022-03-03"
TESTS = Path(__file__).parents[1]
FAILING = """\
show = print
show("before")
raise ValueError("the <b>reason</b>\\nand more")
"""


class Watcher:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self.done: list[str] = []
        self.died: list[str] = []

    def cell_done(self, notebook: Notebook) -> None:
        self.cells.append(notebook.name)

    def note(self, notebook: Notebook, words: str) -> None:
        self.died.append(f"{notebook.name}: {words}")

    def notebook_done(self, outcome: Outcome) -> None:
        self.done.append(outcome.notebook.name)


def _make(root: Path, out: str, notebooks: Path | None = None, **values: Any) -> Report:
    found = find_notebooks(notebooks or root / "notebooks")
    given = {notebook.name: dict(values) for notebook in found}
    return make_report(found, given, DAY, root / "data", root / out, Watcher())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with toy notebooks, on a machine set up to lead a kernel astray."""
    folder = tmp_path_factory.mktemp("a {place} with 'quotes'")
    write_toys(folder / "notebooks")
    write_casebook(folder / "data")
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    broken = {
        "argv": ["/no/such/python", "{connection_file}"],
        "display_name": "x",
        "language": "python",
    }
    (kernel / "kernel.json").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        patch.setenv("MPLBACKEND", "no_such_backend")
        patch.setenv("PYTHONHASHSEED", "7")
        # A relative path must hold in a kernel that works in another folder.
        patch.chdir(TESTS)
        patch.setenv("PYTHONPATH", "..")
        yield folder


@pytest.fixture(scope="module")
def report(root: Path) -> Report:
    return _make(root, "reports")


@pytest.fixture(scope="module")
def again(root: Path, report: Report) -> Report:
    return _make(root, "elsewhere/deeper")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there(report: Report) -> None:
    assert report.failed == []
    charts = {
        f"charts/bars{end}.{form}"
        for end in ("", "--another_thing")
        for form in ("png", "svg", "csv", "txt")
    } | {f"charts/bars-phone{end}.svg" for end in ("", "--another_thing")}
    assert _files(report.folder) == charts | {
        "report.html",
        "manifest.json",
        "notebooks/first_things.ipynb",
        "notebooks/another_thing.ipynb",
        "tables/claims.csv",
        "tables/tables.xlsx",
    }
    assert [path.name for path in report.folder.parent.iterdir()] == [DAY]


def test_the_same_inputs_give_the_same_bytes(report: Report, again: Report) -> None:
    for name in sorted(_files(report.folder)):
        if name != "manifest.json" and not name.startswith("notebooks/"):
            assert (report.folder / name).read_bytes() == (again.folder / name).read_bytes(), name


def test_the_page_needs_nothing_from_outside(report: Report) -> None:
    page = BeautifulSoup(report.page.read_text(encoding="utf-8"), "html.parser")
    for tag in page.find_all():
        for name, value in tag.attrs.items():
            if name in ("src", "data", "action", "poster", "srcset", "background"):
                assert str(value).startswith(("data:image/png;base64,", "data:image/svg+xml,"))
            if name == "href":
                assert tag.name == "a"
                if not str(value).startswith(("#", "https://example.org/")):
                    assert (report.folder / str(value)).is_file(), value
            assert not name.startswith("on")
    assert not page.find_all(["script", "link", "iframe", "object", "embed", "form", "base"])
    for style in page.find_all("style"):
        assert "url(" not in style.string
        assert "@import" not in style.string


def test_the_page_has_words_for_every_chart_and_heads_for_every_column(report: Report) -> None:
    page = BeautifulSoup(report.page.read_text(encoding="utf-8"), "html.parser")
    assert [image["alt"] for image in page.find_all("img")] == [
        "P says 5 <i>people</i>", "P says 7 <i>people</i>",
    ]  # fmt: skip
    table = page.table
    assert table.caption.get_text() == "What they say <u>"
    assert [head["scope"] for head in table.thead.find_all("th")] == ["col"] * 7
    assert {row.find("th")["scope"] for row in table.tbody.find_all("tr")} == {"row"}
    assert page.html["lang"] == "en"


def test_hostile_cells_are_text_on_the_page(report: Report) -> None:
    text = report.page.read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    words = page.get_text()
    assert "<script>alert(1)</script>" in words
    assert '=HYPERLINK("http://evil.example","click")' in words
    assert "not to be read" not in words
    assert "to be read" in words
    assert not re.search("[\u202e\ud800-\udfff]", text)
    assert "x" * 100_000 not in text


def test_the_page_tells_no_time_and_no_place(root: Path, report: Report) -> None:
    text = report.page.read_text(encoding="utf-8")
    notebooks = "".join(o.executed.name + (report.folder / "notebooks" / o.executed.name)
                        .read_text(encoding="utf-8") for o in report.outcomes)  # fmt: skip
    for place in (str(root), str(TESTS), "/tmp", "0x7f"):
        assert place not in text
    assert str(root) not in notebooks


def test_the_workbook_has_the_tables_and_the_sources_used(report: Report) -> None:
    data = (report.folder / "tables" / "tables.xlsx").read_bytes()
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["Contents", "Claims", "Sources"]
    _, claims, sources = workbook.worksheets
    cells = [cell for row in claims.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    names = [c.comment.text if c.comment else c.value for c in claims[1]]
    first = dict(zip(names, claims[2], strict=True))
    assert (first["wording"].value, first["wording"].data_type) == ("498", "s")
    assert (first["low"].value, first["low"].data_type) == (498, "n")
    assert first["as_of"].is_date
    assert first["is_party"].value is True
    assert first["note"].value.startswith("=HYPERLINK")
    assert [claims.cell(row, names.index("wording") + 1).value for row in (2, 3, 4, 5, 6)] == [
        "498", "007", "2022-03-01", "1e5", "TRUE",
    ]  # fmt: skip
    assert [cell.value for cell in sources["A"]] == ["Source", "s1"]


def test_the_manifest_is_true(root: Path, report: Report) -> None:
    manifest = json.loads((report.folder / "manifest.json").read_text(encoding="utf-8"))
    outputs = _files(report.folder) - {"manifest.json"}
    assert set(manifest["outputs"]) == outputs
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((report.folder / name).read_bytes()).hexdigest() == digest
    inputs = manifest["inputs"]
    assert {"data/sources.csv", "notebooks/first_things.ipynb", "analysis/safety.py"} <= set(inputs)
    assert inputs["data/sources.csv"] == hashlib.sha256(
        (root / "data" / "sources.csv").read_bytes()
    ).hexdigest()  # fmt: skip
    assert "analysis/reports/report.html.j2" in inputs
    assert (manifest["status"], manifest["as_of"]) == ("complete", DAY)
    assert {n["name"]: n["status"] for n in manifest["notebooks"]} == {
        "first_things": "complete", "another_thing": "complete",
    }  # fmt: skip
    assert manifest["notebooks"][0]["parameters"]["group"] == "civilian"
    assert manifest["seconds"] > 0
    assert manifest["versions"]["pandas"]
    assert str(root) not in json.dumps(manifest)


def test_an_executed_notebook_can_be_run_where_it_is(report: Report, root: Path) -> None:
    folder = report.folder / "notebooks"
    text = (folder / "first_things.ipynb").read_text(encoding="utf-8")
    data = re.search(r'data = \\"([^"\\]*)\\"', text)
    assert data
    assert (folder / data[1]).resolve() == (root / "data").resolve()


def test_a_failing_notebook_stops_no_other_and_destroys_nothing(root: Path, report: Report) -> None:
    notebooks = root / "failing"
    write_notebook(notebooks / "bad.ipynb", (PARAMETERS, DECLARED), (CODE, FAILING), (CODE, "1/0"))
    write_notebook(notebooks / "good.ipynb", (CODE, "print('well')"))
    before = {name: (report.folder / name).read_bytes() for name in _files(report.folder)}
    failed = _make(root, "reports", notebooks)
    assert failed.folder == root / "reports" / f"{DAY}.failed"
    assert [o.error for o in failed.outcomes] == ["ValueError: the <b>reason</b>", ""]
    executed = (failed.folder / "notebooks" / "bad.ipynb").read_text(encoding="utf-8")
    assert "ValueError" in executed
    assert "before" in executed
    assert "ZeroDivisionError" not in executed
    page = BeautifulSoup(failed.page.read_text(encoding="utf-8"), "html.parser")
    assert "ValueError: the <b>reason</b>" in page.find(class_="stopped").get_text()
    assert "well" in page.get_text()
    manifest = json.loads((failed.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "failed"
    assert [n["status"] for n in manifest["notebooks"]] == ["failed", "complete"]
    assert {name: (report.folder / name).read_bytes() for name in _files(report.folder)} == before
    # A run that succeeds takes the place of the earlier report and of the failed attempt.
    write_notebook(notebooks / "bad.ipynb", (CODE, "print('mended')"))
    mended = _make(root, "reports", notebooks)
    assert mended.folder == report.folder
    assert "mended" in mended.page.read_text(encoding="utf-8")
    assert [path.name for path in (root / "reports").iterdir()] == [DAY]


def test_a_kernel_that_dies_is_a_failed_notebook(root: Path) -> None:
    notebooks = root / "dying"
    write_notebook(notebooks / "dead.ipynb", (CODE, "import os; os._exit(3)"), (CODE, "1"))
    watcher = Watcher()
    found = find_notebooks(notebooks)
    report = make_report(found, {}, DAY, root / "data", root / "dead", watcher)
    assert report.folder.name == f"{DAY}.failed"
    assert report.outcomes[0].error.startswith("DeadKernelError")
    assert watcher.died == ["dead: its kernel died; it is run once more"]
    assert watcher.done == ["dead"]


@pytest.mark.parametrize("after", [b"", b"\n"], ids=["changed back", "changed"])
def test_a_casebook_that_changes_meanwhile_makes_no_report(
    after: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = write_casebook(tmp_path / "data") / "sources.csv"
    write_notebook(tmp_path / "notebooks" / "toy.ipynb", (CODE, "1"))
    was = table.read_bytes()
    assert _make_nothing(tmp_path, monkeypatch, lambda: None).folder.is_dir()

    def change() -> None:
        table.write_bytes(b"other")
        table.write_bytes(was + after)

    shutil.rmtree(tmp_path / "out")
    with pytest.raises(InputsChanged, match=r"^data/sources\.csv changed while the"):
        _make_nothing(tmp_path, monkeypatch, change)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_report_is_made_from_what_was_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = write_casebook(tmp_path / "data") / "sources.csv"
    path = write_notebook(tmp_path / "notebooks" / "toy.ipynb", (CODE, "1"))
    inputs = hash_files([path], tmp_path / "data")
    table.write_bytes(table.read_bytes() + b"\n")
    with pytest.raises(InputsChanged, match=r"^data/sources\.csv changed"):
        _make_nothing(tmp_path, monkeypatch, lambda: None, inputs)


def _make_nothing(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[], None],
    inputs: dict[str, str] | None = None,
) -> Report:
    """Make a report without running its notebook."""

    def run(*_: object, **__: object) -> list[Outcome]:
        meanwhile()
        return []

    monkeypatch.setattr("analysis.reports.build.run_notebooks", run)
    found = find_notebooks(root / "notebooks")
    return make_report(found, {}, DAY, root / "data", root / "out", Watcher(), inputs=inputs)


def test_what_to_open_is_what_was_asked_for(tmp_path: Path) -> None:
    made = Report(tmp_path, [], "brief")
    assert made.find_files(["html", "xlsx"]) == [tmp_path / "brief.html"]
    assert made.find_files(["pdf", "xlsx"]) == [
        tmp_path / "brief.pdf",
        tmp_path / "tables" / "tables.xlsx",
    ]
