import pytest

from analysis.reading import make_document, read_candidates, write_candidates
from analysis.reading.candidates import load_candidates
from analysis.reading.review import Review
from analysis.reading.review_form import ReviewForm, show_review
from analysis.reports.notebooks import NOTEBOOKS, find_notebooks

TEXT = "The <Kesh> Network said at least 27 civilians were killed and 19 wounded."


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "candidates.csv"
    file.write_text(write_candidates(read_candidates(make_document(TEXT))), encoding="utf-8")
    return file


def decisions(path):
    return [one.decision for one in load_candidates(path)]


def test_buttons_decide_and_every_decision_is_on_disk(path):
    form = ReviewForm(Review(path))
    assert "&lt;Kesh&gt;" in form.sentence.value
    assert "<mark>at least 27</mark>" in form.sentence.value
    form.fields["standard"].value = "declared"
    form.buttons["accept"].click()
    assert decisions(path) == ["accept", ""]
    assert load_candidates(path)[0].standard == "declared"
    form.buttons["back"].click()
    assert form.fields["standard"].value == "declared"
    form.buttons["refuse"].click()
    form.buttons["skip"].click()
    assert decisions(path) == ["refuse", ""]
    assert "1 of 2 decided" in form.head.value
    assert form.buttons["accept"].disabled
    assert not form.buttons["back"].disabled


def test_a_review_goes_on_where_it_was_left(path):
    ReviewForm(Review(path)).buttons["accept"].click()
    assert "<mark>19</mark>" in ReviewForm(Review(path)).sentence.value


def test_a_file_that_cannot_be_written_is_said_beside_the_buttons(path, monkeypatch):
    form = ReviewForm(Review(path))
    monkeypatch.setattr(form.review, "path", path / "no" / "folder.csv")
    form.buttons["accept"].click()
    assert "alert" in form.status.value


def test_without_a_file_one_line_says_what_to_give(capsys, tmp_path):
    show_review("")
    show_review(tmp_path / "no.csv")
    first, second = capsys.readouterr().out.splitlines()
    assert "figures read" in first
    assert "expected a CSV file" in second


def test_the_notebook_is_no_part_of_a_report_unless_it_is_named():
    assert "review_candidates" not in {one.name for one in find_notebooks(NOTEBOOKS)}
    (one,) = find_notebooks(NOTEBOOKS, ["review_candidates"])
    assert list(one.parameters) == ["candidates"]
    assert one.parameters["candidates"].default == ""
