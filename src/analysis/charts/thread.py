"""The thread from a chart's file back to its claims: their ids and what they said when drawn.

It stands in the file's metadata as one line of JSON, under "Keywords" in PNG, SVG and PDF.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from PIL import Image, UnidentifiedImageError

from analysis.claim_ids import hash_claims, name_figures
from analysis.safety import format_csv, read_whole

if TYPE_CHECKING:
    from analysis.charts.chart import Chart

_SVG = re.compile(r"<dc:subject>.*?<rdf:li>(?P<said>[^<]*)</rdf:li>", re.DOTALL)
_PDF = re.compile(rb"/Keywords \((?P<said>(?:[^\\()]|\\.)*)\)", re.DOTALL)


@dataclass(frozen=True)
class Thread:
    """What a chart's file says of its claims.

    Attributes
    ----------
    chart : str
        The name of the chart.
    parameters : dict
        What was asked for, and the day of the replay as `known_on`.
    data : str
        SHA-256 of the rows drawn, as the CSV file beside the chart holds them.
    claims : dict of str to str
        A hash of what each claim said, by the claim's id: of those drawn, and of those from
        which the rows were worked out (`attrs["behind"]`; of a whole table by its file).
    """

    chart: str
    parameters: dict[str, Any]
    data: str
    claims: dict[str, str]


def write_thread(chart: Chart, text: str = "") -> str:
    """Return the metadata of a chart, in letters of every format; `text` is the CSV of its rows."""
    rows = chart.rows
    asked = {name: value for name, value in rows.attrs.get("asked", {}).items() if value}
    if (day := rows.attrs.get("known_on")) is not None:
        asked["known_on"] = pd.Timestamp(day).date().isoformat()
    said = {
        "chart": chart.name,
        "parameters": asked,
        "data": hashlib.sha256((text or format_rows(rows)).encode()).hexdigest(),
        # What a tabulation says of its claims counts: their words may be others in its rows.
        "claims": hash_claims(pd.DataFrame(rows)) | rows.attrs.get("behind", {}),
    }
    return json.dumps(said, default=str, sort_keys=True, separators=(",", ":"))


def format_rows(rows: pd.DataFrame) -> str:
    """Return the rows of a chart as CSV text, the ids of their claims in the last column."""
    rows = pd.DataFrame(rows)  # without its `attrs`, which pandas would copy with each column
    ids = name_figures(rows)
    others = rows.drop(columns="claim_id", errors="ignore")
    return format_csv(others.assign(claim_id=ids) if ids.any() else others)


def read_thread(path: Path) -> Thread | None:
    """Read what the file of a chart says of its claims; None where it says nothing.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    data = read_whole(path)
    said = ""
    if data.startswith(b"\x89PNG"):
        try:
            with Image.open(path) as image:
                said = str(image.info.get("Keywords", ""))
        except UnidentifiedImageError:
            return None
    elif data.startswith(b"%PDF"):
        if found := _PDF.search(data):
            said = re.sub(rb"\\(.)", rb"\1", found["said"], flags=re.DOTALL).decode("latin-1")
    elif shown := _SVG.search(data.decode("utf-8", "replace")):
        said = html.unescape(shown["said"])
    try:
        read = json.loads(said)
        return Thread(
            str(read["chart"]), dict(read["parameters"]), str(read["data"]), dict(read["claims"])
        )
    except (ValueError, KeyError, TypeError):
        return None
