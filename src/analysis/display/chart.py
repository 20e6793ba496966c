"""A chart in a notebook: the picture, twice as fine as it is wide, with its alt text."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.display.publish import publish
from analysis.safety import clean_text

if TYPE_CHECKING:
    from analysis.charts.chart import Chart


def show(chart: Chart, out: str | Path = "") -> None:
    """Display the finished chart of `chart` with its alt text, and save it under `out`.

    Parameters
    ----------
    chart : Chart
        The chart, its rows and its words.
    out : str or Path
        A folder: the chart is also saved in `out`/charts, in every format, with its rows
        and its alt text. Empty: show only.
    """
    from analysis.charts.save import picture, save

    if out:
        folder = Path(out) / "charts"
        save(chart, folder)
        png = (folder / f"{chart.name}.png").read_bytes()
    else:
        png = picture(chart, ("png",))["png"]
    alt = clean_text(chart.alt)
    # A PNG says its size in its first bytes. It is drawn twice as large as it is shown, so
    # that it is sharp on any screen.
    width, height = (pixels // 2 for pixels in struct.unpack(">II", png[16:24]))
    publish(
        {"image/png": base64.b64encode(png).decode("ascii"), "text/plain": alt},
        {"image/png": {"alt": alt, "width": width, "height": height}},
    )
