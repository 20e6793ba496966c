"""Two folders of reports in, what differs between them out.

Of a chart: rows drawn, title, alternative text, and how many pixels of its picture. Of two
manifests: from what the reports were made, and with what, but not when.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

from analysis.reports.difference.claims import compare_claims, gather_claims
from analysis.reports.difference.found import (
    BOTH,
    ONLY_A,
    ONLY_B,
    BatchDifference,
    ChartDifference,
    Difference,
    InputChange,
    MakingDifference,
    ParameterChange,
    PictureDifference,
    Side,
    TableDifference,
    TextDifference,
    ValueChange,
)
from analysis.reports.difference.report_folder import (
    NotReport,
    ReportFolder,
    UnreadableFile,
    check_report,
    decode,
    read_cells,
    read_manifest,
)
from analysis.reports.difference.rows import compare_table_files
from analysis.reports.difference.telling import say_day

#: A sentence ends at its full stop, where a capital or a digit opens the next one.
_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])")

#: The mark of sentences that a notebook shows (see `analysis.display.text`).
_SENTENCES = 'class="figures-text"'

#: The title of a chart, as `analysis.charts.save` puts it into its SVG file, before the drawing.
_TITLE = re.compile(rb"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_TITLE_WITHIN = 200_000

#: Files of a chart.
_DRAWN = (".csv", ".png", ".svg", ".txt")

#: Stands for the day of either report.
_DAY = "\x00"

#: More pixels than this no chart has; a file may state any number.
_MOST_PIXELS = 60_000_000

#: What an input is, by the folder its name begins with.
_KINDS = {"data": "table", "notebooks": "notebook", "analysis": "code"}


def compare_reports(a: Path, b: Path) -> Difference:
    """Return what differs between two reports.

    `a`, `b`: folders that `figures report` made. There is nothing in it for two reports of the same
    content, whenever they were made.
    Raises `NotReport`: a folder is no report, or its manifest is not whole; the message is one
    line.
    """
    return _compare(*(check_report(folder, read_manifest(folder)) for folder in (a, b)))


def compare_folders(a: Path, b: Path) -> Difference | BatchDifference:
    """Return what differs between two reports, or between two batches of reports.

    A batch is a folder whose manifest lists "reports", each with its `name` and `folder`.
    Reports of two batches are compared by name.

    Raises `NotReport`: a folder is neither, or one is a report and the other a batch.
    """
    manifests = [read_manifest(folder) for folder in (a, b)]
    are_batches = ["reports" in content for content in manifests]
    if not any(are_batches):
        return compare_reports(a, b)
    if not all(are_batches):
        batch, report = (a, b) if are_batches[0] else (b, a)
        raise NotReport(f"{batch} is a batch and {report} a report; expected two of a kind")
    reports_a, reports_b = (_list_batch(*each) for each in zip((a, b), manifests, strict=True))
    found: dict[str, Difference] = {}
    problems = []
    for name in (name for name in reports_a if name in reports_b):
        one, other = reports_a[name], reports_b[name]
        if one is None or other is None:
            if one is not other:
                side = "A" if one is None else "B"
                problems.append(f"{name}: nothing was made of it in batch {side}")
            continue
        try:
            found[name] = compare_reports(one, other)
        except NotReport as problem:
            problems.append(str(problem))
    return BatchDifference(
        a.resolve().name,
        b.resolve().name,
        found,
        tuple(name for name in reports_a if name not in reports_b),
        tuple(name for name in reports_b if name not in reports_a),
        tuple(problems),
    )


def _list_batch(folder: Path, content: dict[str, Any]) -> dict[str, Path | None]:
    """The reports of a batch by name: the folder of each, None where nothing was made."""
    reports: dict[str, Path | None] = {}
    listed = content["reports"]
    for entry in listed if isinstance(listed, list) else [listed]:
        told = entry if isinstance(entry, dict) else {}
        name, place = told.get("name"), told.get("folder")
        if not (isinstance(name, str) and name and isinstance(place, str)):
            raise NotReport(f'{folder}, "reports": expected a list of names with their folders')
        inside = PurePosixPath(place)
        if inside.is_absolute() or ".." in inside.parts:
            raise NotReport(f'{folder}, "reports": expected the folder of each, inside the batch')
        reports[name] = folder / inside if place else None
    return reports


def _compare(a: ReportFolder, b: ReportFolder) -> Difference:
    tables, cells_a, cells_b = _compare_csv_files("tables", a, b)
    rows_drawn, drawn_a, drawn_b = _compare_csv_files("charts", a, b)
    charts_a, charts_b = (side.list_names("charts", *_DRAWN) for side in (a, b))
    names = sorted({*charts_a, *charts_b})
    charts = [
        _compare_chart(name, a, b, rows_drawn.get(name))
        if name in charts_a and name in charts_b
        else ChartDifference(name, ONLY_A if name in charts_a else ONLY_B, rows_drawn.get(name))
        for name in names
    ]
    texts = [
        _compare_texts(f"texts/{name}", _read_text, *data)
        for name, data in _read_both("texts", ".txt", a, b)
    ]
    for name, data in _read_both("notebooks", ".ipynb", a, b):
        text = _compare_texts(f"notebooks/{name}", _read_shown, *data)
        # That a notebook is only in one report is told where the notebooks are.
        texts.append(text if None not in data or (text and text.problem) else None)
    return Difference(
        _describe(a),
        _describe(b),
        compare_claims(gather_claims(cells_a | drawn_a), gather_claims(cells_b | drawn_b)),
        tuple(tables.values()),
        tuple(chart for chart in charts if chart is not None),
        tuple(text for text in texts if text is not None),
        _compare_manifests(a.manifest, b.manifest),
        {
            "tables": len({*a.list_names("tables", ".csv"), *b.list_names("tables", ".csv")}),
            "charts": len(names),
            "texts": len(texts),
        },
    )


def _describe(report: ReportFolder) -> Side:
    manifest = report.manifest
    return Side(report.name, manifest["as_of"], manifest.get("status", ""), report.folder)


def _read_both(
    inside: str, suffix: str, a: ReportFolder, b: ReportFolder
) -> Iterator[tuple[str, list[bytes | None]]]:
    """Give each file with an ending in a folder of either report, by name, as both have it."""
    for name in sorted({*a.list_names(inside, suffix), *b.list_names(inside, suffix)}):
        yield name, [side.read(f"{inside}/{name}{suffix}") for side in (a, b)]


def _compare_csv_files(
    inside: str, a: ReportFolder, b: ReportFolder
) -> tuple[dict[str, TableDifference], dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The CSV files of a folder that differ, and the cells of all of them, for A and B."""
    found: dict[str, TableDifference] = {}
    cells: tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]] = ({}, {})
    for name, data in _read_both(inside, ".csv", a, b):
        difference = compare_table_files(name, *data)
        if difference is not None:
            found[name] = difference
        for side, content in zip(cells, data, strict=True):
            # Of a file that cannot be read the table's own difference says so, if there is one.
            with suppress(UnreadableFile):
                side[f"{inside}/{name}"] = read_cells(content or b"")
    return found, *cells


def _compare_texts(
    name: str, read: Callable[[bytes], list[str]], a: bytes | None, b: bytes | None
) -> TextDifference | None:
    """Return how the sentences of two files differ, None where they do not; None is no file."""
    if a == b:
        return None
    present = ONLY_B if a is None else ONLY_A if b is None else BOTH
    try:
        of_a, of_b = (read(data or b"") for data in (a, b))
    except UnreadableFile as problem:
        return TextDifference(name, present, problem=str(problem))
    count_a, count_b = Counter(of_a), Counter(of_b)
    gone, new = _keep(of_a, count_a - count_b), _keep(of_b, count_b - count_a)
    turned = not gone and not new and of_a != of_b
    found = TextDifference(name, present, gone, new, turned)
    return found if found.found else None


def _keep(sentences: Sequence[str], left: Counter[str]) -> tuple[str, ...]:
    """The sentences of which some are left, as often as that, in their order."""
    found = []
    for sentence in sentences:
        if left[sentence] > 0:
            left[sentence] -= 1
            found.append(sentence)
    return tuple(found)


def _split(text: str) -> list[str]:
    """The sentences of a text; a blank line ends one too."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [s for part in paragraphs if part for s in _NEXT_SENTENCE.split(part)]


def _read_text(data: bytes) -> list[str]:
    return _split(decode(data))


def _read_shown(data: bytes) -> list[str]:
    """The sentences that an executed notebook shows."""
    sentences: list[str] = []
    try:
        for cell in json.loads(decode(data))["cells"] if data else []:
            for output in cell.get("outputs", []):
                shown = output.get("data", {})
                if _SENTENCES in "".join(shown.get("text/html", "")):
                    sentences += _split("".join(shown.get("text/plain", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnreadableFile("it is no notebook that can be read") from None
    return sentences


def _compare_chart(
    name: str, a: ReportFolder, b: ReportFolder, rows: TableDifference | None
) -> ChartDifference | None:
    """Return how a chart differs, None where it does not; `rows`: how the rows drawn differ."""
    files = f"charts/{name}"
    before, after = (_read_title(side.read(f"{files}.svg")) for side in (a, b))
    title = ValueChange(name, before, after) if before != after else None
    alt = _compare_texts(name, _read_text, *(side.read(f"{files}.txt") for side in (a, b)))
    words = [*([(before, after)] if title else []), *([(alt.gone, alt.new)] if alt else [])]
    days = [say_day(side.manifest["as_of"]) for side in (a, b)]
    is_only_the_day = rows is None and days[0] != days[1] and bool(words)
    for of_a, of_b in words:  # the same but for the days
        without = [str(w).replace(day, _DAY) for w, day in zip((of_a, of_b), days, strict=True)]
        is_only_the_day = is_only_the_day and without[0] == without[1]
    picture = _compare_pictures(*(side.read(f"{files}.png") for side in (a, b)))
    found = ChartDifference(name, BOTH, rows, title, alt, picture, is_only_the_day)
    return found if found.found else None


def _read_title(svg: bytes | None) -> str | None:
    found = _TITLE.search((svg or b"")[:_TITLE_WITHIN])
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else None


def _compare_pictures(a: bytes | None, b: bytes | None) -> PictureDifference | None:
    """Return how two PNG files look different; None where every pixel is the same."""
    if a == b:
        return None
    if a is None or b is None:
        side = "A" if a is None else "B"
        return PictureDifference(None, problem=f"report {side} has no PNG file of it")
    one, other = read_picture(a), read_picture(b)
    if one is None or other is None:
        which = " and ".join(s for s, read in (("A", one), ("B", other)) if read is None)
        return PictureDifference(None, problem=f"the picture of report {which} could not be read")
    if one.size != other.size:
        return PictureDifference(None, one.size, other.size)
    share = float((np.asarray(one) != np.asarray(other)).any(axis=2).mean())
    return PictureDifference(share, one.size, other.size) if share else None


def read_picture(data: bytes) -> Image.Image | None:
    """Return a PNG file in red, green, blue and opacity; None if it is none, or too large."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height <= _MOST_PIXELS:
                return picture.convert("RGBA")
    except Exception:  # the reader has errors of many kinds
        return None
    return None


def _compare_manifests(a: Mapping[str, Any], b: Mapping[str, Any]) -> MakingDifference:
    """Return what differs in notebooks, how they ended, parameters, versions and inputs.

    When a report was started and how long it took is no difference; neither is the day of
    each notebook, where it is the day of its report.
    """
    runs_a, runs_b = ({run["name"]: run for run in one["notebooks"]} for one in (a, b))
    both = [name for name in runs_a if name in runs_b]
    outcomes = [
        ValueChange(name, _say_outcome(runs_a[name]), _say_outcome(runs_b[name])) for name in both
    ]
    # One change a value, with all notebooks that were given it.
    given: dict[tuple[str, str | None, str | None], list[str]] = {}
    for notebook in both:
        before, after = _read_parameters(runs_a[notebook], a), _read_parameters(runs_b[notebook], b)
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                given.setdefault((name, before.get(name), after.get(name)), []).append(notebook)
    inputs_a, inputs_b = a.get("inputs", {}), b.get("inputs", {})
    return MakingDifference(
        tuple(name for name in runs_a if name not in runs_b),
        tuple(name for name in runs_b if name not in runs_a),
        tuple(change for change in outcomes if change.before != change.after),
        tuple(ParameterChange(*value, tuple(notebooks)) for value, notebooks in given.items()),
        _compare_versions(a.get("versions", {}), b.get("versions", {})),
        tuple(
            InputChange(
                name,
                _KINDS.get(name.split("/")[0], "other"),
                "new" if name not in inputs_a else "gone" if name not in inputs_b else "changed",
            )
            for name in sorted({*inputs_a, *inputs_b})
            if inputs_a.get(name) != inputs_b.get(name)
        ),
    )


def _say_outcome(run: Mapping[str, Any]) -> str:
    status, error = str(run.get("status", "")), str(run.get("error", "") or "")
    return f"{status}: {error}" if error else status


def _read_parameters(run: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in run.get("parameters", {}).items()
        if not (name == "as_of" and value == manifest["as_of"])
    }


def _compare_versions(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[ValueChange, ...]:
    said_a, said_b = (
        {name: None if version is None else str(version) for name, version in versions.items()}
        for versions in (a, b)
    )
    return tuple(
        ValueChange(name, said_a.get(name), said_b.get(name))
        for name in sorted({*a, *b})
        if said_a.get(name) != said_b.get(name)
    )
