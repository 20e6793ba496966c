"""Losses: whose, then who says it, a lane a claimant, joined only where published often."""

import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.charts import finish, plot_losses

from .drawing import collisions, make_chart

ROW = {
    "counted": "soldiers of A killed", "said_by": "the side itself", "claimant_name": "Army A",
    "claimant_side": "a", "is_party": True, "series": 1, "counted_to": "2023-01-05",
    "is_newest": True, "low": 100.0, "best": 100.0, "high": 100.0, "wording": "100",
    "status": "stated", "publisher": "Paper", "published_on": "2023-01-06",
}  # fmt: skip


def make_rows(*changes: dict[str, object]) -> pd.DataFrame:
    rows = pd.DataFrame([ROW | change for change in changes])
    for name in ("counted_to", "published_on"):
        rows[name] = pd.to_datetime(rows[name])
    return rows


def ids(rows: pd.DataFrame) -> list[str]:
    figure = finish(make_chart(rows, plot_losses))
    assert collisions(figure) == []
    return [str(artist.get_gid()) for artist in figure.findobj() if artist.get_gid()]


def texts(rows: pd.DataFrame) -> list[str]:
    figure = finish(make_chart(rows, plot_losses))
    return [text.get_text() for text in figure.findobj() if hasattr(text, "get_text")]


def make_series(days: int) -> pd.DataFrame:
    return make_rows(
        *(
            {
                "counted_to": pd.Timestamp("2023-01-05") + pd.Timedelta(days=days * number),
                "is_newest": number == 3,
            }
            for number in range(4)
        )
    )


@pytest.mark.parametrize(("days", "joined"), [(1, True), (10, True), (11, False), (300, False)])
def test_only_a_series_published_often_is_a_line(days: int, joined: bool) -> None:
    assert ("lane-0-line" in ids(make_series(days))) is joined


def test_one_statement_is_a_chart_with_its_words_and_day() -> None:
    said = texts(make_rows({}))
    assert {"100", "5 Jan 2023", "◆\u00a0Army A"} <= set(said)


@pytest.mark.parametrize("size", ["web", "print", "phone"])
def test_each_section_says_its_scale(size: str) -> None:
    rows = make_rows({}, {"counted": "soldiers of A in the east wounded", "high": 9_500.0})
    figure = finish(make_chart(rows, plot_losses), size=size)
    said = [text.get_text() for text in figure.findobj(Text)]
    scales = [text for text in said if text.startswith("each lane: ")]
    assert scales == ["each lane: 0 to 100", "each lane: 0 to 9,500"]
    assert collisions(figure) == []


def test_whose_losses_then_who_says_it() -> None:
    rows = make_rows(
        {},
        {"said_by": "the other side", "claimant_name": "Army B", "claimant_side": "b"},
        {"counted": "soldiers of B killed", "said_by": "third parties", "claimant_name": "Office",
         "claimant_side": None, "is_party": False},
    )  # fmt: skip
    said = texts(rows)
    assert said.index("Soldiers of A killed") < said.index("according to the other side")
    assert said.index("◆\u00a0Army B") < said.index("Soldiers of B killed")
    assert "Office" in said


def test_a_range_is_a_bar_and_two_figures_of_one_day_both_stand() -> None:
    rows = make_rows(
        {"low": 50.0, "best": float("nan"), "high": 100.0, "wording": "50 to 100"},
        {"series": 2, "wording": "120", "low": 120.0, "best": 120.0, "high": 120.0},
    )
    assert "lane-0-range" in ids(rows)
    assert "50 to 100 or 120" in texts(rows)
