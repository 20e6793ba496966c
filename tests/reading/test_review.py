import csv

import pytest

from analysis.reading import load_candidates, make_document, read_candidates, write_candidates
from analysis.reading.review import Review


@pytest.fixture
def path(tmp_path):
    text = "On 12 June the ministry said 27 people died and 19 people were hurt."
    path = tmp_path / "candidates.csv"
    path.write_text(write_candidates(read_candidates(make_document(text))), encoding="utf-8")
    return path


def test_every_decision_is_on_disk_and_the_review_resumes(path):
    review = Review(path)
    assert (review.current.surface, len(review.rows)) == ("27", 2)  # the date is not asked for
    review.edit("who", "civilians ")
    review.decide("accept")
    resumed = Review(path)
    assert (resumed.current.surface, resumed.decided) == ("19", 1)
    resumed.decide("refuse")
    assert resumed.current is None
    decided = {one.surface: (one.decision, one.who) for one in load_candidates(path)}
    assert decided["27"] == ("accept", "civilians")
    assert decided["19"][0] == "refuse"
    assert decided["12 June"][0] == ""


def test_going_back_and_changing_one_s_mind(path):
    review = Review(path)
    review.back()
    review.decide("accept")
    review.back()
    review.decide("refuse")
    review.skip()
    review.skip()
    assert (review.current, review.decided) == (None, 1)
    assert load_candidates(path)[1].decision == "refuse"


def test_where_a_figure_stands_cannot_be_corrected(path):
    review = Review(path)
    for column in ("start", "sentence", "whoo"):
        with pytest.raises(ValueError, match="cannot be corrected"):
            review.edit(column, "1")


def test_the_figure_itself_is_marked_and_not_its_like(tmp_path):
    text = "The ministry said 18 people were killed and 8 hurt on Monday, and 8 hurt on Tuesday."
    path = tmp_path / "candidates.csv"
    path.write_text(write_candidates(read_candidates(make_document(text))), encoding="utf-8")
    review = Review(path)
    marked = []
    while review.current is not None:
        before, figure, after = review.mark()
        assert before + figure + after == text
        marked.append((figure, len(before)))
        review.skip()
    first, second = text.index("8 hurt"), text.rindex("8 hurt")
    assert marked == [("18", text.index("18")), ("8", first), ("8", second)]


def test_what_cannot_be_written_is_not_decided(path, monkeypatch):
    review = Review(path)
    monkeypatch.setattr(review, "path", path / "no.csv")
    with pytest.raises(OSError, match="no"):
        review.decide("accept")
    assert (review.decided, review.at) == (0, 0)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_file_that_a_spreadsheet_has_saved_is_as_good(path, between):
    review = Review(path)
    review.decide("accept")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    order = sorted(range(len(rows[0])), key=lambda at: rows[0][at])  # columns put in order
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=between, lineterminator="\r\n")
        for row in rows:
            writer.writerow([*(f" {row[at]} " if row[at] else "" for at in order), ""])
        writer.writerow([" "] * len(rows[0]))
    resumed = Review(path)
    assert resumed.candidates == review.candidates
    assert (resumed.current.surface, resumed.decided) == ("19", 1)
