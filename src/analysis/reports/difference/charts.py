"""How one chart differs between two reports: rows drawn, title, alternative text, picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from analysis.reports.difference.found_files import (
    BOTH,
    ONLY_A,
    ONLY_B,
    ChartDifference,
    PictureDifference,
    TableDifference,
    ValueChange,
)
from analysis.reports.difference.pictures import compare_pictures
from analysis.reports.difference.report_folder import read_bytes
from analysis.reports.difference.texts import compare_texts

#: The title of a chart, as `analysis.charts.save` puts it into its SVG file.
_TITLE = re.compile(rb"<title\b[^>]*>(.*?)</title>", re.DOTALL)

#: Stands for the day of either report.
_DAY = "\x00"

#: A title stands before the drawing.
_HEAD = 200_000


def compare_charts(
    name: str,
    a: Mapping[str, Path],
    b: Mapping[str, Path],
    rows: TableDifference | None,
    days: tuple[str, str] = ("", ""),
) -> ChartDifference | None:
    """Return how a chart differs, None where it does not.

    Parameters
    ----------
    name : str
        Name of the chart.
    a, b : mapping of str to Path
        The chart's files by ending (".png", ".svg", ".txt", ".csv"); {} for no such chart.
    rows : TableDifference or None
        How the rows drawn differ.
    days : tuple of str
        The days of the two reports, as words that may stand in title and alt text.
    """
    if not a or not b:
        return ChartDifference(name, ONLY_A if a else ONLY_B, rows)
    before, after = (_read_title(files) for files in (a, b))
    title = ValueChange(name, before, after) if before != after else None
    alt = compare_texts(name, *(_read(files, ".txt") for files in (a, b)))
    words = [*((before, after) if title else ()), *((alt.gone, alt.new) if alt else ())]
    is_only_the_day = rows is None and days[0] != days[1] and _agree(words, days)
    found = ChartDifference(name, BOTH, rows, title, alt, _compare_drawing(a, b), is_only_the_day)
    return found if found.found else None


def _agree(words: list[object], days: tuple[str, str]) -> bool:
    """Whether words of A (first, third, …) and B are the same but for the days."""
    pairs = list(zip(words[::2], words[1::2], strict=True))
    return bool(pairs) and all(
        str(before).replace(days[0], _DAY) == str(after).replace(days[1], _DAY)
        for before, after in pairs
    )


def _compare_drawing(a: Mapping[str, Path], b: Mapping[str, Path]) -> PictureDifference | None:
    pictures = [_read(files, ".png") for files in (a, b)]
    if pictures[0] is not None and pictures[1] is not None:
        return compare_pictures(pictures[0], pictures[1])
    if pictures[0] != pictures[1]:
        side = "A" if pictures[0] is None else "B"
        return PictureDifference(None, problem=f"report {side} has no PNG file of it")
    return None


def _read(files: Mapping[str, Path], suffix: str) -> bytes | None:
    return read_bytes(files[suffix]) if suffix in files else None


def _read_title(files: Mapping[str, Path]) -> str | None:
    found = _TITLE.search((_read(files, ".svg") or b"")[:_HEAD])
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else None
