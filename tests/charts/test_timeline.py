"""A timeline: marks on their days or in their lane, hollow for what was only announced."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.dates import num2date
from matplotlib.lines import Line2D

from analysis.charts import plot_timeline, style

from .drawing import artist, named, new_axes, texts, words
from .frames import ACTIONS, LADDER


def action(**row: object) -> pd.DataFrame:
    base = {"actor": "Hungary", "kind": "policy", "action": "announced", "action_order": 2}
    rest = {"description": "no arms through its territory", "date": pd.Timestamp("2022-03-03")}
    return pd.DataFrame([base | rest | row])


def mark(ax: Axes, number: int) -> Line2D:
    found = artist(ax, f"action-{number}")
    assert isinstance(found, Line2D)
    return found


def place(ax: Axes, number: int) -> tuple[float, float]:
    """Where a mark stands, in data: its day (a number) and its height."""
    line = mark(ax, number)
    [point] = line.get_transform().transform(line.get_xydata())
    x, y = ax.transData.inverted().transform(point)
    return float(x), float(y)


def test_every_action_has_one_mark() -> None:
    ax = new_axes(9, 14)
    assert plot_timeline(ACTIONS, ax) is ax
    assert len({place(ax, number) for number in range(20)}) == 20


def test_a_mark_stands_on_its_day() -> None:
    ax = plot_timeline(ACTIONS, new_axes(9, 14))
    for number, day in enumerate(ACTIONS["date"]):
        if pd.notna(day):
            drawn = num2date(place(ax, number)[0])  # type: ignore[no-untyped-call]
            assert abs(pd.Timestamp(drawn).tz_localize(None) - day) < pd.Timedelta(hours=1)


def test_an_action_without_a_day_stands_in_its_own_lane() -> None:
    ax = plot_timeline(ACTIONS, new_axes(9, 14))
    end = ax.get_xlim()[1]
    for number, day in enumerate(ACTIONS["date"]):
        assert (place(ax, number)[0] > end) == pd.isna(day)
    assert words(ax).count("day not stated") == 1
    assert named(ax, "lane-no-day") == ["lane-no-day"]
    dated = ACTIONS[ACTIONS["date"].notna()]
    assert "day not stated" not in words(plot_timeline(dated, new_axes(9, 14)))


@pytest.mark.parametrize("rung", LADDER)
def test_announced_is_hollow_and_done_is_filled(rung: str) -> None:
    ax = plot_timeline(action(action=rung, action_order=LADDER.index(rung)), new_axes())
    face = to_hex(mark(ax, 0).get_markerfacecolor()).upper()
    hollow = rung in ("continuing", "proposed", "announced")
    assert (face == style.PAPER) == hollow
    assert rung in texts(ax)
    assert ("hollow: said, not done yet" in words(ax)) == (rung in ("proposed", "announced"))
    assert ("filled: done or under way" in words(ax)) == (not hollow)


def test_the_column_done_decides_where_it_is_there() -> None:
    ax = plot_timeline(action(done=True), new_axes())
    assert to_hex(mark(ax, 0).get_markerfacecolor()).upper() == style.DONE


def test_each_rung_has_its_shape() -> None:
    assert len(set(style.RUNG_SHAPES)) == len(style.RUNG_SHAPES) == len(LADDER)
    ax = plot_timeline(ACTIONS, new_axes(9, 14))
    drawn = {ACTIONS["action"][n]: mark(ax, n).get_marker() for n in range(20)}
    assert drawn == {r: style.RUNG_SHAPES[n][0] for n, r in enumerate(LADDER)}


def test_actions_stand_under_their_kind_in_the_order_of_the_frame() -> None:
    mixed = ACTIONS.sample(frac=1, random_state=1).reset_index(drop=True)
    ax = plot_timeline(mixed, new_axes(9, 14))
    rows = sorted(range(20), key=lambda n: place(ax, n)[1])
    kinds = [mixed["kind"][n] for n in rows]
    assert list(dict.fromkeys(kinds)) == list(dict.fromkeys(mixed["kind"]))
    assert kinds == sorted(kinds, key=list(dict.fromkeys(mixed["kind"])).index)
    assert rows == sorted(rows, key=lambda n: (kinds.index(mixed["kind"][n]), n))


def test_actor_and_description_stand_beside_the_mark() -> None:
    shown = words(plot_timeline(action(), new_axes()))
    assert "Hungary: no arms through its territory" in shown
    assert "2022" in shown.split()
    assert "3 Mar" in shown
    assert "(disputed)" in words(plot_timeline(action(status="disputed"), new_axes()))
    assert "(stated)" not in words(plot_timeline(action(status="stated"), new_axes()))


@pytest.mark.parametrize("years", [0.1, 1, 12, 150])
def test_days_of_a_long_time_don_t_crowd(years: float) -> None:
    later = pd.Timestamp("2022-03-03") + pd.Timedelta(days=int(365 * years))
    ax = plot_timeline(pd.concat([action(), action(date=later)]), new_axes())
    days = [text for text in texts(ax) if text.startswith("3 Mar")]
    assert days
    assert len([line for line in ax.get_lines() if len(set(line.get_xdata())) == 1]) <= 12  # type: ignore[arg-type]


def test_no_day_at_all() -> None:
    ax = plot_timeline(action(date=pd.NaT), new_axes())
    assert "day not stated" in words(ax)
    assert "2022" not in words(ax)


def test_empty_and_incomplete_frames() -> None:
    ax = plot_timeline(ACTIONS.iloc[:0], new_axes(), empty="Nobody had acted.")
    assert texts(ax) == ["Nobody had acted."]
    with pytest.raises(ValueError, match="plot_timeline needs the columns actor, date"):
        plot_timeline(ACTIONS.drop(columns=["date", "actor"]), new_axes())
