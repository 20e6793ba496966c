"""Two folders of reports in, what differs between them out."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.reports.difference.claims import Claims, compare_claims, gather_claims
from analysis.reports.difference.files import (
    compare_charts,
    compare_manifests,
    compare_notebooks,
    compare_texts,
)
from analysis.reports.difference.found import (
    BatchDifference,
    Difference,
    Side,
    TableDifference,
    TextDifference,
)
from analysis.reports.difference.report_folder import (
    NotReport,
    ReportFolder,
    UnreadableFile,
    check_report,
    read_bytes,
    read_cells,
    read_manifest,
)
from analysis.reports.difference.rows import compare_table_files
from analysis.reports.difference.telling import say_day

#: Files of a chart.
_DRAWN = (".csv", ".png", ".svg", ".txt")


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
    reports_a, reports_b = (
        _list_batch(folder, content)
        for folder, content in zip((a, b), manifests, strict=True)
    )  # fmt: skip
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


def _compare(a: ReportFolder, b: ReportFolder) -> Difference:
    tables, cells_tables = _compare_csv_files("tables", a, b)
    rows_drawn, cells_drawn = _compare_csv_files("charts", a, b)
    charts = {
        folder.folder: {suffix: folder.find_files("charts", suffix) for suffix in _DRAWN}
        for folder in (a, b)
    }
    names = sorted({n for files in charts.values() for found in files.values() for n in found})
    days = (say_day(a.manifest["as_of"]), say_day(b.manifest["as_of"]))
    drawn = []
    for name in names:
        of_a, of_b = (
            {
                suffix: found[name]
                for suffix, found in charts[folder.folder].items()
                if name in found
            }
            for folder in (a, b)
        )
        drawn.append(compare_charts(name, of_a, of_b, rows_drawn.get(name), days))
    texts, texts_compared = _compare_texts(a, b)
    claims: list[Claims] = [
        gather_claims(one | other) for one, other in zip(cells_tables, cells_drawn, strict=True)
    ]
    return Difference(
        _describe(a),
        _describe(b),
        compare_claims(*claims),
        tuple(tables.values()),
        tuple(chart for chart in drawn if chart is not None),
        texts,
        compare_manifests(a.manifest, b.manifest),
        {
            "tables": len(a.find_files("tables", ".csv") | b.find_files("tables", ".csv")),
            "charts": len(names),
            "texts": texts_compared,
        },
    )


def _describe(report: ReportFolder) -> Side:
    manifest: dict[str, Any] = report.manifest
    return Side(report.name, manifest["as_of"], manifest.get("status", ""), report.folder)


def _compare_csv_files(
    inside: str, a: ReportFolder, b: ReportFolder
) -> tuple[dict[str, TableDifference], list[dict[str, pd.DataFrame]]]:
    """The CSV files of a folder that differ, and the cells of all of them, for A and B."""
    files = [report.find_files(inside, ".csv") for report in (a, b)]
    found: dict[str, TableDifference] = {}
    cells: list[dict[str, pd.DataFrame]] = [{}, {}]
    for name in sorted({*files[0], *files[1]}):
        data = [read_bytes(side[name]) if name in side else None for side in files]
        difference = compare_table_files(name, *data)
        if difference is not None:
            found[name] = difference
        for side, content in zip(cells, data, strict=True):
            try:
                side[f"{inside}/{name}"] = read_cells(content or b"")
            except UnreadableFile:
                continue  # the table's own difference says so, if there is one
    return found, cells


def _compare_texts(a: ReportFolder, b: ReportFolder) -> tuple[tuple[TextDifference, ...], int]:
    found = []
    compared = 0
    for inside, suffix, compare in (
        ("texts", ".txt", compare_texts),
        ("notebooks", ".ipynb", compare_notebooks),
    ):
        files = [report.find_files(inside, suffix) for report in (a, b)]
        for name in sorted({*files[0], *files[1]}):
            data = [read_bytes(side[name]) if name in side else None for side in files]
            found.append(compare(f"{inside}/{name}", *data))
            compared += 1
    return tuple(text for text in found if text is not None), compared


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
