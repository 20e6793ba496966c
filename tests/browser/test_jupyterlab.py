"""What a person sees in JupyterLab: notebooks, the form of one, and the review of candidates."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from analysis.reading import load_candidates, make_document, read_candidates, write_candidates
from tests.browser.lab import PATIENCE, ROOT, Lab, find_browser, open_lab

pytestmark = pytest.mark.skipif(not find_browser(), reason="needs Chromium: apt install chromium")

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

#: Seen by default, a chart with tables; the form and the review show two more notebooks. All
#: the others are seen with FIGURES_ALL_NOTEBOOKS=1.
USUAL = {"contested_statements"}

TEXT = "The Kesh Network said at least 27 civilians were killed, 19 wounded and 8 missing."


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS:
        shutil.copy(path, folder)
    with open_lab(folder) as lab:
        yield lab


def test_notebooks_as_a_person_sees_them(lab: Lab) -> None:
    """One test, so that one server and one browser do for all."""
    for path in NOTEBOOKS:
        if path.stem in USUAL or os.environ.get("FIGURES_ALL_NOTEBOOKS"):
            see_notebook(lab, path.name)
    see_form(lab)
    see_review(lab)


def see_notebook(lab: Lab, name: str) -> None:
    assert not lab.open(name), f"{name}: opening it marks it unsaved"
    seen = lab.run_all()
    assert seen["errors"] == []
    assert seen["warnings"] == []
    assert None not in seen["run"]
    assert seen["wide"] == [], f"{name}: wider than its place"
    for picture in seen["pictures"]:
        assert len(picture["alt"]) > 60, name
        assert 300 < picture["width"] <= picture["place"], name
        assert picture["natural"] >= picture["width"], f"{name}: not sharp, or not loaded"
    lab.close()


def see_form(lab: Lab) -> None:
    """Another day in the form, by keyboard alone, and its report stands below."""
    cell = 'from analysis.reports.form import show_form\nshow_form("key_figures")'
    write_notebook(lab.folder / "form.ipynb", cell)
    lab.open("form.ipynb")
    lab.run_all()
    page = lab.page
    day = page.get_by_label("as_of")
    run = page.get_by_role("button", name="Run", exact=True)
    day.fill("2022-01-01")
    run.press("Enter")
    page.get_by_role("alert").filter(has_text="outside the casebook").last.wait_for()
    assert page.locator(".jp-OutputArea iframe").count() == 0
    expect(run).to_be_enabled(timeout=PATIENCE)  # a key pressed before is heard by nobody
    day.fill("2022-03-05")
    run.press("Enter")
    report = page.frame_locator(".jp-OutputArea iframe")
    report.get_by_text("5 March 2022").first.wait_for()
    expect(run).to_be_enabled(timeout=PATIENCE)
    left = {path.name for path in lab.folder.iterdir() if not path.name.startswith(".")}
    assert left == {"form.ipynb", *(path.name for path in NOTEBOOKS)}, "it has left a file"
    lab.close()


def see_review(lab: Lab) -> None:
    """Accept, correct and refuse by the buttons; the file says so at once."""
    file = lab.folder / "candidates.csv"
    file.write_text(write_candidates(read_candidates(make_document(TEXT))), encoding="utf-8")
    notebook = nbformat.read(lab.folder / "review_candidates.ipynb", 4)
    (cell,) = [each for each in notebook.cells if "parameters" in each.metadata.get("tags", [])]
    cell.source = f'candidates: str = "{file.name}"  # file'
    nbformat.write(notebook, lab.folder / "review_candidates.ipynb")
    lab.open("review_candidates.ipynb")
    lab.run_all()
    page = lab.page
    page.locator("mark", has_text="at least 27").wait_for()
    page.get_by_role("button", name="Accept").click()
    page.locator("mark", has_text="19").wait_for()
    page.get_by_label("standard").fill("declared")
    page.get_by_role("button", name="Accept").press("Enter")
    page.locator("mark", has_text="8").wait_for()
    page.get_by_role("button", name="Refuse").click()
    page.get_by_text("3 of 3 decided").wait_for()
    said = [(one.decision, one.standard) for one in load_candidates(file)]
    assert said == [("accept", ""), ("accept", "declared"), ("refuse", "")]
    lab.close()


def write_notebook(path: Path, code: str) -> None:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)], metadata={"kernelspec": kernel}
    )
    nbformat.write(notebook, path)
