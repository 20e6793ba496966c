"""Toy notebooks and tables, and cells that mean harm."""

import json
import sys
from pathlib import Path

import pandas as pd

#: A 1 MB text, markup, formulas, a text that reads backwards, half a character, quotes.
HOSTILE = [
    '=HYPERLINK("http://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "-2+3",
    "\t=1+1",
    "<script>alert(1)</script>",
    '<img src="http://evil.example/x.png" onerror="alert(1)">',
    "\"><b>'quoted'</b>",
    "safe \u202egnp.exe",
    "half \ud800 character",
    "x" * 1_000_000,
    "line\nbreak",
]

MARKDOWN = "markdown"
PARAMETERS = "parameters"
CODE = "code"


def write_notebook(path: Path, *cells: tuple[str, str], order: int | None = None) -> Path:
    """Write a notebook of (kind, text) cells; the kind is markdown, parameters or code."""
    content = {
        "cells": [_cell(number, kind, text) for number, (kind, text) in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    if order is not None:
        content["metadata"]["order"] = order  # type: ignore[call-overload,index]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _cell(number: int, kind: str, text: str) -> dict[str, object]:
    if kind == MARKDOWN:
        return {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": text}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"c{number}",
        "metadata": {"tags": [PARAMETERS]} if kind == PARAMETERS else {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }


DECLARED = """\
as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known on it
data: str = ""  # folder of the casebook
group: str = "civilian"  # whose casualties: civilian | military
out: str = ""  # folder for charts and tables; empty: show only
"""

#: Must stop the run when the kernel is another Python or depends on who started it.
SETTING = f"""\
import os, sys
assert sys.executable == {sys.executable!r}, sys.executable
assert os.environ["PYTHONHASHSEED"] == "0"
assert "user" not in os.environ["IPYTHONDIR"]
import matplotlib
assert "inline" in matplotlib.get_backend()
"""

DRAWING = """\
import pandas as pd
from analysis.charts.chart import Chart
from analysis.display import show, show_table, show_text
rows = pd.DataFrame({"publisher": ["P"], "published_on": pd.to_datetime(["2022-03-01"]),
                     "source_id": ["s1"], "high": [HEIGHT]})
draw = lambda frame, ax: ax.barh([0], frame["high"])
alt = "P says HEIGHT <i>people</i>"
show(Chart("bars", rows, draw, "A title", "A subtitle", alt, (4, 3)), out)
"""

TABLE = """\
from tests.reports.toys import hostile_frame
show_table(hostile_frame(), "claims", "What they say <u>", out)
show_text(["One & only", hostile_frame()["note"][5]], out)
print("to be read"); print("not to be read", file=sys.stderr)
rows.index
object()
"""


def hostile_frame() -> pd.DataFrame:
    """A frame in which text means harm, and numbers, days and text look alike."""
    count = len(HOSTILE)
    return pd.DataFrame(
        {
            "source_id": ["s1"] * count,
            "wording": ["498", "007", "2022-03-01", "1e5", "TRUE", *["nearly 500"] * (count - 5)],
            "low": pd.array([498, 0, None, *[400] * (count - 3)], dtype="Int64"),
            "share": [0.5, None, *[2.25] * (count - 2)],
            "is_party": [True] * count,
            "as_of": pd.to_datetime(["2022-03-01", None, *["1899-12-31"] * (count - 2)]),
            # Arrow's strings refuse half a character; a frame of objects takes it.
            "note": pd.Series(HOSTILE, dtype="object"),
        }
    )


def write_toys(folder: Path) -> Path:
    """Write two notebooks that show everything a notebook shows, under hostile cells."""
    write_notebook(
        folder / "first_things.ipynb",
        (MARKDOWN, "# How <b>many</b>?\n\nA question & [a link](https://example.org/a)."),
        (PARAMETERS, DECLARED),
        (CODE, SETTING),
        (MARKDOWN, "## Bars\n\n![a picture](http://evil.example/p.png) <script>alert(2)</script>"),
        (CODE, DRAWING.replace("HEIGHT", "5")),
        (CODE, TABLE),
        order=1,
    )
    write_notebook(
        folder / "another_thing.ipynb",
        (PARAMETERS, DECLARED),
        (CODE, DRAWING.replace("HEIGHT", "7")),
    )
    return folder


SOURCES = """\
source_id,publisher,title,published_on,accessed_on,url,licence,method,known_limits
s1,A <b>publisher</b>,A title,2022-03-01,2022-03-02,https://example.org/s1,terms,counts,
s2,Unused,Another,2022-03-01,2022-03-02,javascript:alert(1),terms,counts,
"""


def write_casebook(folder: Path) -> Path:
    """Write an empty casebook with two sources, of which the toys use one."""
    from analysis.casebook.new import create

    create(folder)
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    return folder
