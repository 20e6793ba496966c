"""The finishing step of every chart: title, subtitle, the drawing, and a footer from its rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts.room import NARROW, POINTS_PER_INCH, at_top, needed_height, rows_drawn
from analysis.charts.sizes import Size, choose_size, set_theme
from analysis.charts.style import (
    FOOTER_SIZE,
    MUTED,
    PARTY_MARK,
    RULE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
)
from analysis.charts.typeset import height, plain, wrap, wrap_evenly, write
from analysis.safety import InputError, format_day, format_days

if TYPE_CHECKING:
    from analysis.charts.chart import Chart

STYLE = "analysis.charts.style"

#: White border of a figure, in points.
MARGIN = 22.0

_GAP = 6.0  # between title and subtitle
_HEAD_GAP = 12.0  # between subtitle and drawing
_FOOT_GAP = 14.0  # between drawing and the rule above the footer
_LEAST = 72.0  # a drawing that doesn't say its height gets at least this

#: Rows may take this much more height than they need.
_STRETCH = 1.25
#: And as much where the shape is given.
_STRETCH_SHAPED = 1.6
#: Widths tried between the least and the greatest.
_TRIES = 4

#: More days than this by one publisher are given as first and last day.
_DAYS_NAMED = 3
#: Lines of a footer, and in a narrow figure; the CSV file and the metadata name all sources.
_FOOT_LINES, _NARROW_LINES = 2, 3


def finish(chart: Chart, size: str = "web", theme: str = "light") -> Figure:
    """Return the finished figure: title, subtitle, drawing, footer, nothing cut or overlapping.

    The figure is as wide as `chart.size` says. Its height follows from the text and the
    rows: it grows where they need more, and rows are not spread out over a height that they
    can't fill, so ask the figure for its size. A slide and a square have their shape, and a
    phone a height: the type is as large as that allows, and where there is no room for all
    rows the subtitle says how many are drawn.

    Parameters
    ----------
    chart
        The chart.
    size
        A name of `analysis.charts.sizes.SIZES`: web (what the chart asks for), print (a
        column), slide, square, phone (larger type, fewer words).
    theme
        light, dark or grey.

    Raises
    ------
    InputError
        When a row drawn has no publisher or no day of publication: a figure without its
        source is not shown. For an unknown size or theme.
    """
    chosen = choose_size(size)
    with style.context(STYLE):
        figure = _fit(chart, chosen)
        set_theme(figure, theme)
    return figure


def _fit(chart: Chart, size: Size) -> Figure:
    """Return the figure at the width, and of the rows, that fit the shape of a size.

    A fixed shape gets the smallest width, so the largest type, at which all has room; where
    the greatest width has no room for all rows, as many as it has room for.
    """
    least, most = size.widths or (chart.size[0], chart.size[0])
    limit = 1 / size.shape if size.shape else size.tallest
    if limit is None:
        return _compose(chart, most, size)

    def fits(figure: Figure) -> bool:
        width, tall = figure.get_size_inches()
        return bool(tall <= width * limit + 1e-6)

    figure = _compose(chart, least, size)
    if not fits(figure) and most > least:
        widest = _compose(chart, most, size)
        if fits(widest):
            figure, low, high = widest, least, most
            for _ in range(_TRIES):
                across = (low + high) / 2
                tried = _compose(chart, across, size)
                if fits(tried):
                    figure, high = tried, across
                else:
                    low = across
        else:
            figure = widest
    if not fits(figure) and chart.fold is not None:
        low, high = 1, chart.fold.count(chart.rows)
        while high - low > 1:
            kept = (low + high) // 2
            tried = _compose(chart, most, size, kept)
            if fits(tried):
                figure, low = tried, kept
            else:
                high = kept
    return figure


def _compose(chart: Chart, across: float, size: Size, kept: int | None = None) -> Figure:
    """Return the figure of a width in inches, as high as it needs, or of the shape of `size`.

    `kept` says how many rows are drawn; None is all.
    """
    # Without their `attrs`, which pandas would copy with each step of a drawing.
    rows = pd.DataFrame(chart.rows)
    said = _shorten(chart.subtitle) if size.brief else chart.subtitle
    if kept is not None and chart.fold is not None:
        rows, said = chart.fold.take(rows, kept), f"{said} {chart.fold.say(rows, kept)}"
    fixed = size.widths is not None
    figure = Figure(figsize=(across, chart.size[1]), dpi=100)
    FigureCanvasAgg(figure)
    width = across * POINTS_PER_INCH
    text_width = width - 2 * MARGIN

    title = wrap_evenly(chart.title, text_width, TITLE_SIZE, bold=True)
    subtitle = wrap(said, text_width, SUBTITLE_SIZE)
    title_height = height(len(title), TITLE_SIZE)
    head = MARGIN + title_height + height(len(subtitle), SUBTITLE_SIZE) + _HEAD_GAP
    head += _GAP if title and subtitle else 0

    # The drawing first, at the width it will have: only then is its height known, and
    # which rows were drawn.
    ax = figure.add_axes((MARGIN / width, 0.1, text_width / width, 0.8))
    chart.draw(rows, ax)
    credit = _fit_credit(rows_drawn(ax, rows), chart.name, text_width)
    foot = MARGIN + height(len(credit), FOOTER_SIZE) + _FOOT_GAP + _GAP
    needed = needed_height(ax) or _LEAST
    shaped = width / size.shape if size.shape else 0.0
    wished = shaped or (0.0 if fixed else chart.size[1] * POINTS_PER_INCH)
    room = max(wished - head - foot, needed)
    stretched = needed * (_STRETCH_SHAPED if size.shape else _STRETCH)
    room = room if needed_height(ax) is None else min(room, stretched)
    # What a slide or a square has to spare goes round the drawing.
    tall = max(head + room + foot, shaped)
    lift = (tall - head - room - foot) / 2
    figure.set_size_inches(across, tall / POINTS_PER_INCH)
    ax.set_position((MARGIN / width, (foot + lift) / tall, text_width / width, room / tall))

    top = at_top(figure)
    write(figure, MARGIN, -MARGIN, title, transform=top, size=TITLE_SIZE, bold=True)
    below = MARGIN + title_height + (_GAP if title else 0)
    write(figure, MARGIN, -below, subtitle, transform=top, size=SUBTITLE_SIZE, colour=MUTED)
    line = tall - foot + _FOOT_GAP
    ends = [MARGIN, width - MARGIN]
    figure.add_artist(Line2D(ends, [-line, -line], color=RULE, linewidth=0.8, transform=top))
    write(figure, MARGIN, -line - _GAP, credit, transform=top, size=FOOTER_SIZE, colour=MUTED)
    return figure


def _shorten(subtitle: str) -> str:
    """Return a subtitle in few words: the sentence with the day of the replay, or its first."""
    sentences = re.split(r"(?<=[a-z0-9)]\.) (?=[A-Z])", subtitle)
    return next((said for said in sentences if "known on" in said), sentences[0])


def cite(rows: pd.DataFrame, name: str = "chart") -> str:
    """Return the sources of `rows`: the claimants, and the publishers with their days.

    `rows` needs `publisher` and `published_on`; claimants are taken from `claimant_name`,
    or else `claimant`, where there is such a column. Parties carry their mark. Where a row
    rests on a second figure (the denominator of a share), its source stands in columns with
    a prefix, such as `population_publisher` and `population_published_on`, and is cited too.
    The footer of a chart names as many of them as it has room for.

    Raises
    ------
    InputError
        When a column is missing, or a row has no publisher or no day.
    """
    claimants, sources = _collect_sources(pd.DataFrame(rows), name)
    return _say_sources(claimants, sources, len(claimants), len(sources))


def _fit_credit(rows: pd.DataFrame, name: str, width: float) -> list[str]:
    """Return the footer in few lines: the longer of its two lists is cut until it fits."""
    claimants, sources = _collect_sources(rows, name)
    most = _NARROW_LINES if width < NARROW else _FOOT_LINES
    named, cited = len(claimants), len(sources)
    while True:
        lines = wrap(_say_sources(claimants, sources, named, cited), width, FOOTER_SIZE)
        if len(lines) <= most or max(named, cited) <= 1:
            return lines
        named, cited = (named - 1, cited) if named > cited else (named, cited - 1)


def _collect_sources(rows: pd.DataFrame, name: str) -> tuple[list[str], list[str]]:
    """Return the claimants, unless all publish their own figures, and publishers with days."""
    claimants: list[str] = []
    own = _name_claimants(rows) if len(rows) else []
    days_of: dict[str, set[pd.Timestamp]] = {}
    for prefix, figures in _split_figures(rows) if len(rows) else ():
        publishers, days = _find_sources(figures, prefix, name)
        for publisher, day in zip(publishers, days, strict=True):
            days_of.setdefault(publisher, set()).add(day)
        claimants += _name_claimants(figures)
    others = [claimant for claimant in claimants if claimant not in days_of]
    return (
        list(dict.fromkeys([*own, *others])) if others else [],
        [f"{publisher} ({_say_days(days)})" for publisher, days in days_of.items()],
    )


def _say_sources(claimants: list[str], sources: list[str], named: int, cited: int) -> str:
    if not sources:
        return "No source: there was nothing to draw by this day."
    said = [("Claimant", claimants, named)] if claimants else []
    return " ".join(
        f"{word if len(names) == 1 else f'{word}s'}: {'; '.join(names[:number])}"
        + (f"; and {len(names) - number} more in the table." if number < len(names) else ".")
        for word, names, number in [*said, ("Source", sources, cited)]
    )


def _split_figures(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield `rows`, then the second figures they rest on, each with the prefix of its columns."""
    yield "", rows
    for column in map(str, rows.columns):
        prefix = column.removesuffix("publisher")
        if prefix not in ("", column):
            own = [str(name) for name in rows.columns if str(name).startswith(prefix)]
            second = rows.loc[rows[column].map(plain).ne(""), own]
            yield prefix, second.rename(columns={name: name[len(prefix) :] for name in own})


def _find_sources(
    figures: pd.DataFrame, prefix: str, name: str
) -> tuple[list[str], list[pd.Timestamp]]:
    """Return the publisher and the day of each figure; a figure without them is an error."""
    for column in ("publisher", "published_on"):
        if column not in figures.columns:
            raise InputError(
                f"{name}: the rows drawn have no column {prefix}{column}, so no source line"
            )
    publishers = figures["publisher"].map(plain)
    days = pd.to_datetime(figures["published_on"]).dt.normalize()
    for column, bad in (("publisher", publishers.eq("")), ("published_on", days.isna())):
        if bad.any():
            raise InputError(
                f"{name}: row {bad.idxmax()} of the rows drawn has no {prefix}{column}; "
                "every figure needs its source"
            )
    return publishers.to_list(), days.to_list()


def _name_claimants(rows: pd.DataFrame) -> list[str]:
    """Return each claimant of `rows` once, in order, a party with its mark."""
    column = next((c for c in ("claimant_name", "claimant") if c in rows.columns), None)
    if column is None:
        return []
    names = rows[column].map(plain)
    party = rows["is_party"].eq(True) if "is_party" in rows.columns else [False] * len(rows)
    marked = [
        f"{PARTY_MARK}\u00a0{name}" if is_party else name
        for name, is_party in zip(names, party, strict=True)
        if name
    ]
    return list(dict.fromkeys(marked))


def _say_days(days: Collection[pd.Timestamp]) -> str:
    """Return the days as words: "1 and 3 March 2022" or "1 March to 9 April 2022, 20 days"."""
    unique = sorted(days)
    if len(unique) > _DAYS_NAMED:
        return f"{format_days(unique[0], unique[-1])}, {len(unique)} days"
    said = [format_day(day) for day in unique]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
