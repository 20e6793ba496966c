"""Claims over time: lines, bands and arrows where figures are, nothing where there are none."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D

from analysis.charts import finish, plot_over_time
from analysis.charts.over_time import NAMED
from analysis.charts.style import OTHER_CLAIMANT, PAPER, PARTY
from analysis.charts.tracks import make_tracks

from .drawing import collisions, make_chart, named, new_axes, texts, words
from .frames import LONG, make, one
from .series import BROKEN, CROWD, EVERY_FORM, START, YEARS, claim, count_up

draw = partial(plot_over_time, unit="people killed")
FAMILIES = {"every form": EVERY_FORM, "broken": BROKEN, "crowd": CROWD, "years": YEARS}
CASES = [pytest.param(rows, id=name) for name, rows in FAMILIES.items()]


def line(ax: Axes, name: str) -> list[tuple[float, float]]:
    """The points of a line as days after the first and figures."""
    found = [a for a in ax.get_children() if a.get_gid() == name]
    assert len(found) == 1, f"{len(found)} artists are named {name}"
    assert isinstance(found[0], Line2D)
    first = (START - pd.Timestamp("1970-01-01")).days
    return [(x - first, y) for x, y in np.asarray(found[0].get_xydata()).tolist()]


def gids(ax: Axes) -> set[str]:
    return {str(a.get_gid()) for a in ax.get_children() if a.get_gid()}


@pytest.mark.parametrize("width", [6.2, 9, 14])
@pytest.mark.parametrize("rows", CASES)
def test_nothing_collides_at_any_width(rows: pd.DataFrame, width: float) -> None:
    assert collisions(finish(make_chart(rows, draw, width=width))) == []


@pytest.mark.parametrize("rows", CASES)
def test_nothing_collides_in_a_figure_of_any_height(rows: pd.DataFrame) -> None:
    for height in (0.5, 100):
        assert collisions(finish(make_chart(rows, draw, height=height))) == []


@pytest.mark.parametrize("days", [1, 2, 3, 9, 40, 200, 800, 1600])
def test_any_number_of_days(days: int) -> None:
    rows = make(count_up("Monitor", days, 3))
    assert collisions(finish(make_chart(rows, draw))) == []


@pytest.mark.parametrize("rows", CASES)
def test_one_row_or_none(rows: pd.DataFrame) -> None:
    assert collisions(finish(make_chart(rows.iloc[:1], draw))) == []
    assert collisions(finish(make_chart(rows.iloc[:2], draw))) == []
    assert texts(draw(rows.iloc[:0], new_axes(), empty="Nobody had spoken.")) == [
        "Nobody had spoken."
    ]


def test_hostile_names_are_only_text() -> None:
    for bad in ("costs $x$ and \\alpha", "<b>&", "x" * 300, LONG, "two\nlines\x07"):
        rows = EVERY_FORM.assign(claimant_name=EVERY_FORM["claimant_name"].replace("Office", bad))
        assert collisions(finish(make_chart(rows, draw))) == []


def test_rows_without_a_figure_are_an_empty_chart() -> None:
    rows = make([claim(1, status="not released")])
    assert texts(draw(rows, new_axes(), empty="No figure.")) == ["No figure."]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="plot_over_time needs the column counted_to"):
        draw(EVERY_FORM.drop(columns="counted_to"), new_axes())


def test_the_scale_starts_at_zero_and_holds_every_figure() -> None:
    for rows in FAMILIES.values():
        low, high = draw(rows, new_axes()).get_ylim()
        assert low == 0
        assert high >= rows[["low", "best", "high"]].max().max()


def test_a_line_goes_through_the_figures_and_nothing_else() -> None:
    rows = make([claim(0, at=10), claim(1, at=30), claim(2, at=35)])
    ax = draw(rows, new_axes())
    assert line(ax, "track-0-0-line") == [(0, 10), (1, 30), (2, 35)]
    assert line(ax, "track-0-points") == [(0, 10), (1, 30), (2, 35)]


def test_a_bare_range_is_a_band_without_a_middle() -> None:
    rows = make([claim(0, low=100, high=300), claim(5, low=200, high=500)])
    ax = draw(rows, new_axes())
    assert not any(name.endswith(("-line", "-points")) for name in gids(ax))
    bands = [c for c in ax.collections if c.get_gid() == "track-0-0-band"]
    assert isinstance(bands[0], PolyCollection)
    ys = bands[0].get_paths()[0].vertices[:, 1]
    assert (ys.min(), ys.max()) == (100, 500)
    assert set(ys.tolist()) <= {100, 200, 300, 500}
    assert "from the least to the most claimed" in words(ax)


def test_a_lone_range_is_a_bar_from_low_to_high() -> None:
    ax = draw(make([claim(0, low=7000, high=15000), *count_up("B", 30, 500)]), new_axes())
    (bar,) = [c for c in ax.collections if str(c.get_gid()).endswith("-ranges")]
    assert isinstance(bar, LineCollection)
    assert bar.get_segments()[0][:, 1].tolist() == [7000, 15000]


def test_a_range_too_small_to_see_is_a_point() -> None:
    rows = make([claim(0, low=400, high=499), *count_up("B", 30, 5000)])
    ax = draw(rows, new_axes())
    assert line(ax, "track-0-points") == [(0, 449.5)]
    assert "from the least" not in words(ax)


def test_a_stated_best_is_on_the_line_inside_its_band() -> None:
    rows = make([claim(0, low=50, best=80, high=200), claim(1, low=60, best=90, high=300)])
    ax = draw(rows, new_axes())
    assert line(ax, "track-0-0-line") == [(0, 80), (1, 90)]
    assert "track-0-0-band" in gids(ax)


def test_open_ends_are_arrows_up_and_down() -> None:
    rows = make(
        [
            claim(0, "A", low=227, wording="at least 227"),
            claim(9, "B", low=0, high=400, wording="up to 400"),
        ]
    )
    ax = draw(rows, new_axes())
    assert named(ax, "-floor") == ["track-0-floor"]
    assert named(ax, "-ceiling") == ["track-1-ceiling"]
    assert not [name for name in gids(ax) if name.endswith("-band")], "up to is no range from zero"
    assert "at least: no upper limit given" in words(ax)
    assert "up to: no lower limit given" in words(ax)


def test_each_open_point_of_its_own_has_its_arrow_on_narrow_axes_too() -> None:
    rows = make([claim(day, low=100 + day, wording=f"at least {100 + day}") for day in range(10)])
    figure = finish(make_chart(rows, partial(plot_over_time, unit="people")), size="phone")
    floors = [artist for artist in figure.findobj() if artist.get_gid() == "track-0-floor"]
    assert len(floors) == 10


def test_floors_and_ceilings_are_never_joined() -> None:
    rows = make([claim(0, low=100), claim(2, low=0, high=900), claim(4, low=150)])
    ax = draw(rows, new_axes())
    assert line(ax, "track-0-0-line") == [(0, 100), (4, 150)]
    assert line(ax, "track-0-0-ceilings")[0] == (2, 900)


def test_a_figure_in_doubt_is_hollow_and_named_in_the_key() -> None:
    ax = draw(make([claim(0, at=5), claim(3, at=9, status="unverified")]), new_axes())
    hollow = next(a for a in ax.get_children() if a.get_gid() == "track-0-hollow")
    assert isinstance(hollow, Line2D)
    assert hollow.get_markerfacecolor() == PAPER
    assert line(ax, "track-0-hollow") == [(3, 9)]
    assert line(ax, "track-0-points") == [(0, 5)]
    assert "unverified" in texts(ax)
    assert "9, unverified" in texts(ax)


def test_the_line_is_interrupted_at_a_break_and_the_reason_is_written() -> None:
    ax = draw(BROKEN, new_axes(9, 9))
    parts = [line(ax, f"track-0-{number}-line") for number in range(3)]
    assert [(part[0][0], part[-1][0]) for part in parts] == [(1, 29), (30, 44), (45, 59)]
    assert [x for x, _ in line(ax, "break-0")] == [30, 30]
    assert [x for x, _ in line(ax, "break-1")] == [45, 45]
    assert "26 March 2022: a new meaning" in words(ax)
    assert "10 April 2022: another method" in words(ax)


def test_a_break_stands_on_its_own_day_between_the_figures() -> None:
    day = START + pd.Timedelta(days=6)
    rows = make(
        [
            claim(2, at=9, segment=0, break_reason=""),
            claim(9, at=2, segment=1, break_reason="why", breaks_on=day),
        ]
    )
    assert line(draw(rows, new_axes()), "break-0")[0][0] == 6


def test_a_declared_break_is_drawn_once_and_only_on_a_day_of_the_axis() -> None:
    day, after = START + pd.Timedelta(days=30), START + pd.Timedelta(days=900)
    breaks = [(day, "26 March 2022: a new meaning"), (after, "far away")]
    ax = draw(BROKEN, new_axes(), breaks=breaks)
    assert words(ax).count("26 March 2022: a new meaning") == 1
    assert "far away" not in words(ax)
    assert len([name for name in gids(ax) if name.startswith("break-")]) == 2


def test_no_line_runs_over_a_long_time_without_a_figure() -> None:
    rows = make([claim(0, at=10), claim(5, at=20), claim(400, at=90), claim(405, at=95)])
    ax = draw(rows, new_axes())
    assert line(ax, "track-0-0-line") == [(0, 10), (5, 20)]
    assert line(ax, "track-0-1-line") == [(400, 90), (405, 95)]
    drawn = [name for name in gids(ax) if name.startswith("track-0-")]
    assert sorted(drawn) == ["track-0-0-line", "track-0-1-line", "track-0-lead", "track-0-points"]


def test_places_have_panels_and_first_days_have_none() -> None:
    rows = make([claim(0, at=10, scope="in A"), claim(3, at=2_000, scope="in B")])
    ax = draw(rows, new_axes(9, 12))
    panels = ax.figure.axes[1:]
    assert [panel.get_ylim()[1] > 1_000 for panel in panels] == [False, True]
    assert len({panel.get_xlim() for panel in panels}) == 1
    assert {"In A", "In B"} <= set(texts(ax.figure))  # type: ignore[arg-type]
    since = make([claim(0, at=10, scope="since 1 May"), claim(3, "B", at=20, scope="on 2 May")])
    assert draw(since, new_axes()).figure.axes[1:] == []


def test_many_points_are_a_line_and_few_are_marked() -> None:
    dense = line(draw(make(count_up("A", 200, 1)), new_axes()), "track-0-points")
    assert dense == [(199, 200)], "only where the line ends"
    few = line(draw(make(count_up("A", 10, 1)), new_axes()), "track-0-points")
    assert len(few) == 10


def test_labels_name_the_claimant_its_last_figure_and_its_day() -> None:
    rows = make([claim(0, at=10), claim(5, at=12345), claim(9, "Army", at=7, is_party=True)])
    ax = draw(rows, new_axes())
    assert {"Monitor", "12,345", "(1 Mar 2022)", "◆\u00a0Army", "7"} <= set(texts(ax))
    assert "(5 Mar 2022)" not in texts(ax), "the axis ends on this day"
    later = draw(rows, new_axes(), until=START + pd.Timedelta(days=20))
    assert "(5 Mar 2022)" in texts(later)
    assert "party to the conflict" in words(ax)


def test_what_is_counted_tells_series_of_one_claimant_apart() -> None:
    rows = make([claim(0, at=1, counted="killed"), claim(0, at=2, counted="wounded")])
    tracks = make_tracks(rows, "counted_to")
    assert [(track.name, track.detail) for track in tracks] == [
        ("Monitor", "killed"),
        ("Monitor", "wounded"),
    ]
    joined = make_tracks(rows.assign(series="one"), "counted_to")
    assert [(track.name, len(track.days)) for track in joined] == [("one", 2)]


def test_tracks_differ_without_their_colour() -> None:
    rows = make([claim(0, f"C{n}", at=n, is_party=n % 3 == 0) for n in range(NAMED)])
    tracks = make_tracks(rows, "counted_to")
    assert all((track.colour == PARTY) == track.party for track in tracks)
    assert len({(t.colour, t.dash, t.marker) for t in tracks}) == NAMED
    assert len({(t.dash, t.marker) for t in tracks}) == NAMED


def test_the_longest_line_of_a_kind_is_whole() -> None:
    rows = make([claim(0, "Short", at=1), *count_up("Long", 30, 1)])
    short, long = make_tracks(rows, "counted_to")
    assert (long.dash, long.colour) == ((), OTHER_CLAIMANT)
    assert short.dash != ()


def test_more_series_than_have_room_for_a_name_are_grey_and_counted() -> None:
    ax = draw(CROWD, new_axes(9, 20))
    assert f"{14 - NAMED} more series, without a label" in words(ax)
    assert len({name for name in gids(ax) if name.endswith("-lead")}) == NAMED
    assert any(name.startswith("rest-1") for name in gids(ax))


def test_rows_in_any_order_give_the_same_line() -> None:
    rows = make(count_up("Monitor", 20, 7))
    shuffled = rows.sample(frac=1, random_state=3).reset_index(drop=True)
    one_line, other = (line(draw(r, new_axes()), "track-0-0-line") for r in (rows, shuffled))
    assert one_line == other


def test_a_single_figure_of_zero() -> None:
    rows = one(low=0, best=0, high=0, wording="0", counted_to=START)
    assert collisions(finish(make_chart(rows, draw))) == []
