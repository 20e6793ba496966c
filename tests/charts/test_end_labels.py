"""Labels at the end of lines: near their lines, and none on another."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.labels import spread

PLACES = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 60)), min_size=1, max_size=14)


@given(PLACES)
def test_none_on_another_and_all_inside(places: list[tuple[float, float]]) -> None:
    wanted, sizes = [p for p, _ in places], [s for _, s in places]
    room = max(300.0, sum(sizes))
    middles = spread(wanted, sizes, room)
    order = sorted(range(len(places)), key=lambda n: middles[n])
    edges = [(middles[n] - sizes[n] / 2, middles[n] + sizes[n] / 2) for n in order]
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= room + 1e-6
    for number in range(1, len(edges)):
        assert edges[number][0] >= edges[number - 1][1] - 1e-6


@given(PLACES)
def test_the_order_of_the_lines_is_the_order_of_the_labels(
    places: list[tuple[float, float]],
) -> None:
    wanted, sizes = [p for p, _ in places], [s for _, s in places]
    middles = spread(wanted, sizes, max(300.0, sum(sizes)))
    for one in range(len(places)):
        for other in range(len(places)):
            if wanted[one] < wanted[other]:
                assert middles[one] < middles[other]


def test_labels_with_room_stay_where_their_lines_end() -> None:
    assert spread([50, 150], [20, 20], 300) == [50, 150]


def test_two_labels_of_one_place_share_it_evenly() -> None:
    assert spread([100, 100], [20, 20], 300) == [90, 110]


def test_a_label_is_kept_inside() -> None:
    assert spread([0, 300], [20, 20], 300) == [10, 290]
