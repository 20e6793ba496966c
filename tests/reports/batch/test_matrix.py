"""Combinations: all of the axes, less what is excluded, more what is included."""

from analysis.reports.batch.matrix import Combination, Given, combine, count


def _given(value: str) -> Given:
    return Given(value, value)


def _all(**values: str) -> Combination:
    return {name: _given(value) for name, value in values.items()}


AXES = {"day": [_given("1"), _given("2")], "origin": [_given("UKR"), _given("SYR")]}


def _say(combinations: list[Combination]) -> list[str]:
    return ["/".join(str(given.value) for given in each.values()) for each in combinations]


def test_every_value_meets_every_other_and_the_last_axis_is_fastest() -> None:
    made, idle = combine(AXES)
    assert _say(made) == ["1/UKR", "1/SYR", "2/UKR", "2/SYR"]
    assert (idle, count(AXES)) == ([], 4)


def test_no_axis_has_no_combination() -> None:
    assert combine({}) == ([], [])
    assert count({}) == 0


def test_a_part_of_a_combination_excludes_all_that_have_it() -> None:
    entries = [[_all(origin="SYR")], [_all(origin="AFG")], [_all(day="3"), _all(day="2")]]
    made, idle = combine(AXES, exclude=entries)
    assert _say(made) == ["1/UKR"]
    assert idle == [1]


def test_include_adds_values_to_what_it_fits_and_is_a_report_of_its_own_otherwise() -> None:
    entries = [
        _all(origin="SYR", most="5"),
        _all(day="2", most="9"),
        _all(day="7"),
        _all(every="3"),
    ]
    made, _ = combine(AXES, include=entries)
    assert _say(made) == ["1/UKR/3", "1/SYR/5/3", "2/UKR/9/3", "2/SYR/9/3", "7"]


def test_what_is_excluded_can_be_included_again_and_fits_no_entry_of_include() -> None:
    made, _ = combine(AXES, [_all(day="1", origin="UKR", most="5")], [[_all(day="1")]])
    assert _say(made) == ["2/UKR", "2/SYR", "1/UKR/5"]


def test_include_alone_is_a_list_of_reports() -> None:
    made, _ = combine({}, [_all(day="1"), _all(day="2", origin="SYR")])
    assert _say(made) == ["1", "2/SYR"]
