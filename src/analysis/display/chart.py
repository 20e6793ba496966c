"""A chart in a notebook, and among the files of a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.display.publish import publish
from analysis.safety import write_atomically

if TYPE_CHECKING:
    from analysis.charts.chart import Chart


def show(chart: Chart, out: str | Path = "") -> None:
    """Display the finished chart of `chart` with its alt text, and save it under `out`.

    Parameters
    ----------
    chart : Chart
        The chart, its rows and its words.
    out : str or Path
        A folder: the chart is also saved in `out`/charts as PNG and SVG, with its rows and its
        alt text; the first one with rows, which opens a section of a report, is drawn for a
        phone too. Empty: show only.
    """
    from analysis.charts.save import bundle, picture, save
    from analysis.charts.typeset import plain

    if out:
        folder = Path(out) / "charts"
        save(chart, folder)
        for_phone = folder / f"{chart.name}-phone.svg"
        if len(chart.rows) and set(folder.glob("*-phone.svg")) <= {for_phone}:
            write_atomically(for_phone, picture(chart, ("svg",), "phone")["svg"])
        png = (folder / f"{chart.name}.png").read_bytes()
    else:
        png = picture(chart, ("png",))["png"]
    data, about = bundle(chart, png)
    # The page of a report sets the title beside the chart, and links the files of this name.
    rows = chart.rows
    said: dict[str, object] = {"name": chart.name, "title": plain(chart.title), "rows": len(rows)}
    publish(data, {**about, "chart": said | _find_published(rows)})


def _find_published(rows: pd.DataFrame) -> dict[str, object]:
    """Return who published the figures drawn, and the newest day on which one was published."""
    # A sum of figures names all its publishers in one cell.
    cells = list(rows["publisher"].dropna().astype(str)) if "publisher" in rows else []
    publishers = sorted({name for cell in cells for name in cell.split("; ")})
    days = [rows[column].max() for column in rows if str(column).endswith("published_on")]
    newest = max((pd.Timestamp(day) for day in days if not pd.isna(day)), default=None)
    return {"publishers": publishers, "newest": "" if newest is None else f"{newest:%Y-%m-%d}"}
