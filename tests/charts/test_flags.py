"""Breaks: each reason beside its rule, and no rule through another's reason."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.over_time import lay_out_flags
from analysis.charts.style import DETAIL_SIZE
from analysis.charts.typeset import measure


@given(st.lists(st.integers(0, 500), max_size=9))
def test_no_rule_goes_through_a_reason(places: list[int]) -> None:
    breaks = [
        (float(place), "the meaning changes on this day, and here is why") for place in places
    ]
    flags = lay_out_flags(breaks, [float(place) for place in places], 640.0)
    assert len(flags.flags) == len(places)
    for one in flags.flags:
        end = one.day + 5 + max(measure(line, DETAIL_SIZE) for line in one.lines)
        for other in flags.flags:
            # A rule reaches up to its own lane, through every lower one.
            if other is not one and one.day <= other.day <= end:
                assert other.lane < one.lane or other.day == one.day
                assert other.lane != one.lane


def test_reasons_with_room_share_a_lane() -> None:
    flags = lay_out_flags([(0.0, "one"), (1.0, "two")], [0.0, 300.0], 600.0)
    assert [flag.lane for flag in flags.flags] == [0, 0]
    assert len(flags.lanes) == 1


def test_no_break_takes_no_room() -> None:
    assert lay_out_flags([], [], 600.0).height == 0


def test_a_break_without_a_reason_says_what_it_is() -> None:
    flags = lay_out_flags([(0.0, "")], [0.0], 600.0)
    assert " ".join(flags.flags[0].lines) == "the series changes its meaning"


def test_a_staircase_of_reasons_becomes_letters_with_a_list() -> None:
    breaks = [(float(place), f"reason {place}") for place in (0, 30, 60)]
    places = [day for day, _ in breaks]
    assert lay_out_flags(breaks[:2], places[:2], 640.0, 640.0).notes == ()
    flags = lay_out_flags(breaks, places, 640.0, 640.0)
    assert flags.notes == ("a: reason 0", "b: reason 30", "c: reason 60")
    assert [flag.lines for flag in flags.flags] == [["a"], ["b"], ["c"]]
    assert flags.height > sum(flags.lanes) + 3 * DETAIL_SIZE
