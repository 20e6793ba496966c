"""Nothing overlaps and nothing is cut, whatever the rows, the title and the width."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis.charts import (
    finish,
    plot_against_population,
    plot_claims,
    plot_per_thousand,
    plot_statements,
    plot_timeline,
    plot_vote,
)

from . import frames
from .drawing import collisions, make_chart, new_axes

Draw = Callable[[pd.DataFrame, Axes], Axes]
plot_killed = partial(plot_claims, unit="civilians killed")
by_region = partial(plot_vote, by="region")

FAMILIES: dict[str, tuple[pd.DataFrame, Draw]] = {
    "claims": (frames.CIVILIANS, plot_killed),
    "claims without a figure": (frames.TROOPS, plot_killed),
    "claims of every kind": (frames.ALL_KINDS, plot_killed),
    "population": (frames.AGAINST_POPULATION, plot_against_population),
    "per thousand": (frames.PER_THOUSAND, plot_per_thousand),
    "vote": (frames.VOTES, plot_vote),
    "vote by region": (frames.VOTES, by_region),
    "timeline": (frames.ACTIONS, plot_timeline),
    "statements": (frames.STATEMENTS, plot_statements),
}
CASES = [pytest.param(*case, id=name) for name, case in FAMILIES.items()]

#: Columns of free text that are drawn.
TEXTS = (
    "claimant_name",
    "claimant_short",
    "label",
    "detail",
    "share",
    "member_state",
    "region",
    "actor",
    "description",
    "statement",
    "claimant_side",
)

#: Text that breaks things elsewhere: mathematics, markup, lines, one endless word, directions.
HOSTILE = (
    "costs $x$ and $\\frac{1}{2}$ and \\alpha_{3}^2 and a lone $",
    "<script>alert('&')</script>",
    "two\nlines\r\nand\ttabs\x07",
    "x" * 300,
    frames.LONG,
    "Київ — “quoted” \u202eright to left\u200b",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("width", [6.2, 14])
@pytest.mark.parametrize(("rows", "draw"), CASES)
def test_nothing_collides_at_any_width(rows: pd.DataFrame, draw: Draw, width: float) -> None:
    assert collisions(finish(make_chart(rows, draw, width=width))) == []


@pytest.mark.parametrize(("rows", "draw"), CASES)
def test_nothing_collides_in_a_figure_of_any_height(rows: pd.DataFrame, draw: Draw) -> None:
    low, high = (finish(make_chart(rows, draw, height=height)) for height in (0.5, 100))
    assert collisions(low) == []
    assert collisions(high) == []
    # Rows may take more room than they need, but are not spread over all there is.
    assert low.get_figheight() < high.get_figheight() < 2 * low.get_figheight()


@pytest.mark.parametrize(("rows", "draw"), CASES)
def test_one_row_or_none(rows: pd.DataFrame, draw: Draw) -> None:
    assert collisions(finish(make_chart(rows.iloc[:1], draw))) == []
    nothing = finish(make_chart(rows.iloc[:0], draw))
    assert collisions(nothing) == []


@pytest.mark.parametrize(("rows", "draw"), CASES)
def test_hostile_text_is_only_text(rows: pd.DataFrame, draw: Draw) -> None:
    spoilt = rows.iloc[: len(HOSTILE)].reset_index(drop=True)
    columns = [column for column in TEXTS if column in rows]
    for number, column in enumerate(columns):
        spoilt[column] = spoilt[column].astype("object")
        for row in spoilt.index:
            # Beside each hostile text another one.
            spoilt.loc[row, column] = HOSTILE[(row + number) % len(HOSTILE)]
    assert collisions(finish(make_chart(spoilt, draw))) == []


@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_only_text(bad: str) -> None:
    assert collisions(finish(make_chart(frames.CIVILIANS, plot_killed, title=bad))) == []


@pytest.mark.parametrize("length", [1, 40, 100, 300, 900])
def test_the_title_has_room_at_any_length(length: int) -> None:
    title = ("Finding of a claimant on a day, " * 40)[:length]
    figure = finish(make_chart(frames.CIVILIANS, plot_killed, title=title))
    assert collisions(figure) == []


@pytest.mark.parametrize(("rows", "draw"), CASES)
def test_a_drawing_stays_inside_the_axes_it_was_given(rows: pd.DataFrame, draw: Draw) -> None:
    ax = new_axes(9, 60)
    given = ax.get_position(original=True)
    assert draw(rows, ax) is ax
    assert ax.get_position(original=True).bounds == given.bounds
    assert collisions(ax.figure) == []  # type: ignore[arg-type]
    drawn = ax.get_tightbbox()
    assert drawn is not None
    edge = given.transformed(ax.figure.transSubfigure)
    assert drawn.x0 >= edge.x0 - 10
    assert drawn.x1 <= edge.x1 + 10
    assert drawn.y0 >= edge.y0 - 10
    assert drawn.y1 <= edge.y1 + 10


def test_the_check_of_collisions_bites() -> None:
    ax = new_axes()
    ax.text(0.5, 0.5, "one text")
    ax.text(0.51, 0.5, "another text")
    ax.text(0.9, 0.1, "far " * 30)
    ax.text(0.1, 0.2, "on a bar")
    ax.bar(0.1, 0.6, 0.2)[0].set_gid("row-0-low")
    found = collisions(ax.figure)  # type: ignore[arg-type]
    assert "overlap: 'on a bar' and 'bar row-0-low'" in found
    assert any(problem.startswith("overlap: 'one text'") for problem in found)
    assert any(problem.startswith("outside: 'far") for problem in found)
