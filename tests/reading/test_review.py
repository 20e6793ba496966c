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
