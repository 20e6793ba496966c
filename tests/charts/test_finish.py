"""The finishing step: title, subtitle, drawing, and a footer that its rows write."""

from collections.abc import Callable
from functools import partial

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.charts import (
    Chart,
    cite,
    finish,
    plot_claims,
    plot_dots,
    plot_fan,
    plot_over_time,
    plot_revisions,
    size_for_rows,
)
from analysis.charts.finish import MARGIN

from .drawing import make_chart, texts, words
from .frames import CIVILIANS, one

plot_killed = partial(plot_claims, unit="civilians killed")


def published(*days: str, publisher: str = "Associated Press") -> pd.DataFrame:
    days_of = pd.to_datetime(list(days), format="ISO8601")
    return pd.DataFrame({"publisher": publisher, "published_on": days_of})


def test_title_subtitle_and_footer_are_there() -> None:
    shown = words(finish(make_chart(CIVILIANS, plot_killed)))
    assert "At least 227 civilians killed by 1 March 2022, says the UN human rights" in shown
    assert "What is measured, and until when." in shown
    assert (
        "Claimants: UN human rights office; ◆ State Emergency Service of Ukraine. "
        "Source: Associated Press (3 March 2022)." in shown
    )


def test_text_starts_at_the_left_margin_in_order() -> None:
    figure = finish(make_chart(CIVILIANS, plot_killed))
    figure.draw_without_rendering()
    boxes = {t.get_text(): t.get_window_extent() for t in figure.texts}
    left = MARGIN * 100 / 72
    assert all(abs(box.x0 - left) < 3 for box in boxes.values())
    tops = [box.y1 for box in boxes.values()]
    assert tops == sorted(tops, reverse=True)


def test_the_width_holds_and_the_height_follows_from_the_rows() -> None:
    few = finish(make_chart(CIVILIANS, plot_killed, width=7))
    many = finish(make_chart(pd.concat([CIVILIANS] * 10, ignore_index=True), plot_killed, width=7))
    assert few.get_figwidth() == many.get_figwidth() == 7
    assert many.get_figheight() > few.get_figheight() + 4


def test_a_drawing_of_somebody_else_has_the_size_asked_for() -> None:
    figure = finish(make_chart(CIVILIANS, lambda _, ax: ax.plot([1, 2]), height=5))
    assert figure.get_figheight() == pytest.approx(5)


def test_nothing_of_pyplot_is_left_behind() -> None:
    before = (plt.get_fignums(), dict(plt.rcParams))
    finish(make_chart(CIVILIANS, plot_killed))
    assert (plt.get_fignums(), dict(plt.rcParams)) == before


@pytest.mark.parametrize("bad", [None, "", "  ", pd.NA])
def test_a_row_without_a_publisher_is_refused(bad: object) -> None:
    rows = CIVILIANS.assign(publisher=pd.Series(["Associated Press", bad], dtype="object"))
    with pytest.raises(ValueError, match="chart: row 1 of the rows drawn has no publisher"):
        finish(make_chart(rows, plot_killed))


def test_a_row_without_a_day_of_publication_is_refused() -> None:
    rows = CIVILIANS.assign(published_on=pd.Series([pd.NaT, pd.Timestamp("2022-03-03")]))
    with pytest.raises(ValueError, match="row 0 of the rows drawn has no published_on"):
        finish(make_chart(rows, plot_killed))


@pytest.mark.parametrize("column", ["publisher", "published_on"])
def test_rows_without_the_column_are_refused(column: str) -> None:
    with pytest.raises(ValueError, match=f"no column {column}"):
        finish(make_chart(CIVILIANS.drop(columns=column), plot_killed))


def test_no_rows_have_no_source() -> None:
    figure = finish(make_chart(CIVILIANS.iloc[:0], plot_killed))
    assert "No source: there was nothing to draw by this day." in texts(figure)


def test_a_publisher_with_several_days() -> None:
    two = published("2022-03-03", "2022-03-01", "2022-03-03 10:00")
    assert cite(two) == "Source: Associated Press (1 March 2022 and 3 March 2022)."
    three = published("2022-03-01", "2022-03-02", "2022-03-03")
    assert "(1 March 2022, 2 March 2022 and 3 March 2022)" in cite(three)
    four = published("2022-03-01", "2022-03-02", "2022-03-03", "2022-04-09")
    assert cite(four) == "Source: Associated Press (1 March to 9 April 2022, 4 days)."


def test_every_publisher_is_named_with_its_own_days() -> None:
    rows = pd.concat([published("2022-03-03"), published("2022-03-04", publisher="UNHCR")])
    assert cite(rows) == "Sources: Associated Press (3 March 2022); UNHCR (4 March 2022)."


def test_claimants_are_named_once_and_many_are_counted() -> None:
    rows = pd.concat([one(claimant_name=f"Claimant {n // 2}") for n in range(60)])
    said = cite(rows)
    assert said.startswith("Claimants: Claimant 0; Claimant 1; ")
    assert "; Claimant 29. Source:" in said
    assert "more" not in said
    footer = texts(finish(make_chart(rows, plot_killed)))[-2:]
    assert footer[0].startswith("Claimants: Claimant 0; ")
    assert footer[1].endswith(" more in the table. Source: Associated Press (3 March 2022).")
    assert cite(one(claimant_name="A")).startswith("Claimant: A. Source:")


def test_a_publisher_who_is_the_only_claimant_is_named_once() -> None:
    assert cite(one(claimant_name="Associated Press")) == "Source: Associated Press (3 March 2022)."


# Everybody whose figure was used in what is drawn, and nobody else

SHARES = CIVILIANS.assign(
    population_claimant_name=["World Bank", pd.NA],
    population_publisher=["World Bank", pd.NA],
    population_published_on=pd.to_datetime(["2021-12-16", pd.NaT]),
)


def test_who_gave_the_second_figure_of_a_share_is_named_too() -> None:
    assert cite(SHARES) == (
        "Claimants: UN human rights office; \u25c6\u00a0State Emergency Service of Ukraine. "
        "Sources: Associated Press (3 March 2022); World Bank (16 December 2021)."
    )


def test_a_second_figure_that_no_row_rests_on_is_not_named() -> None:
    assert cite(SHARES.iloc[1:]) == cite(CIVILIANS.iloc[1:])


def test_who_publishes_its_own_figure_is_named_beside_who_does_not() -> None:
    two = pd.concat([one(claimant_name="A"), one(claimant_name="Associated Press")])
    assert cite(two).startswith("Claimants: A; Associated Press. Source: Associated Press (")
    assert cite(two[1:]).startswith("Source: Associated Press (")


def test_a_second_figure_has_a_mark_only_if_it_is_a_partys_own() -> None:
    party = SHARES.iloc[:1].assign(is_party=True)
    assert "World Bank." not in cite(party), "a publisher is named once"
    assert "; \u25c6\u00a0World Bank." in cite(party.assign(population_is_party=True))


def test_a_second_figure_without_a_day_is_refused_by_the_name_of_its_column() -> None:
    with pytest.raises(ValueError, match="row 0 of the rows drawn has no population_published_on"):
        cite(SHARES.assign(population_published_on=pd.NaT))
    with pytest.raises(ValueError, match="no column population_published_on"):
        cite(SHARES.drop(columns="population_published_on"))


def _two(left_out: dict[str, object], **shared: object) -> pd.DataFrame:
    """Two rows of which a plot leaves out the second, whose publisher nothing else has."""
    rows = pd.concat([one(claimant_name="A", **shared)] * 2, ignore_index=True)
    rows = rows.astype(dict.fromkeys(left_out, "object"))
    for column, value in {"claimant_name": "B", "publisher": "Nobody drawn", **left_out}.items():
        rows.loc[1, column] = value
    return rows


_NO_FIGURE = {"low": pd.NA, "best": pd.NA, "high": pd.NA}
_DAY = pd.Timestamp("2022-03-01")
LEFT_OUT = {
    "over time": (
        _two(_NO_FIGURE, counted_to=_DAY, low=7, best=7, high=7),
        partial(plot_over_time, unit="people"),
    ),
    "over time, no day": (
        _two({"counted_to": pd.NaT}, counted_to=_DAY, low=7, best=7, high=7),
        partial(plot_over_time, unit="people"),
    ),
    "revisions": (_two(_NO_FIGURE, low=7, best=7, high=7), partial(plot_revisions, unit="people")),
    "dots": (
        _two({"value": pd.NA}, group="g", method="m", value=3.0),
        partial(plot_dots, unit="people"),
    ),
    "fan": (
        _two({"part": "not drawn"}, part="counted", day=_DAY, quantile=pd.NA, value=3.0),
        partial(plot_fan, unit="people"),
    ),
}


@pytest.mark.parametrize(("rows", "draw"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_who_is_not_drawn_is_not_named(rows: pd.DataFrame, draw: Callable[..., object]) -> None:
    shown = words(finish(make_chart(rows, draw)))
    assert "Claimant: A. Source: Associated Press (3 March 2022)." in shown
    assert "Nobody drawn" not in shown
    nothing = words(finish(make_chart(rows.iloc[1:], draw)))
    assert "No source: there was nothing to draw by this day." in nothing


def test_a_claimant_without_a_figure_is_named_where_its_row_is_drawn() -> None:
    rows = _two(_NO_FIGURE, low=7, best=7, high=7)
    assert "Claimants: A; B." in words(finish(make_chart(rows, plot_killed)))


@pytest.mark.parametrize("name", ["", "Two words", "../up", "a/b", "UPPER", "x.png"])
def test_an_exhibit_has_a_name_that_is_safe_as_a_file_name(name: str) -> None:
    with pytest.raises(ValueError, match="it becomes a file name"):
        Chart(name, CIVILIANS, plot_killed, "t", "s", "a", (9, 3))


@pytest.mark.parametrize("size", [(0, 3), (9, 0), (100, 3), (9, -1)])
def test_an_exhibit_has_a_size_that_can_be_drawn(size: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="inches"):
        Chart("name", CIVILIANS, plot_killed, "t", "s", "a", size)


def test_sizes_grow_with_rows_and_columns() -> None:
    assert size_for_rows(2)[0] == 9
    assert size_for_rows(12)[1] > size_for_rows(2)[1] >= size_for_rows(0)[1] > 0
