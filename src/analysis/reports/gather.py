"""What the notebooks of a report made, brought together: one folder of charts, one of tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reports.manifest import read_manifest
from analysis.reports.notebooks import read_notebook
from analysis.reports.run import Outcome
from analysis.reports.workbook import Sheet
from analysis.tables import find_casebook


def gather_files(outcomes: Sequence[Outcome], made: Path, folder: Path) -> dict[Path, Path]:
    """Move what each notebook wrote in `made`/NAME to the same places in `folder`.

    Notebooks run at the same time, and two may write a chart of the same name. The same
    bytes are kept once; otherwise the later notebook's files get its name too.

    Returns
    -------
    dict of Path to Path
        Where each file was (from `made`), and where it is now (from `folder`).
    """
    moved: dict[Path, Path] = {}
    for outcome in outcomes:
        name = outcome.notebook.name
        root = made / name
        files = sorted(path for path in root.rglob("*") if path.is_file())
        for key in dict.fromkeys(path.with_suffix("") for path in files):
            parts = [path for path in files if path.with_suffix("") == key]
            targets = [folder / path.relative_to(root) for path in parts]
            if any(t.exists() and t.read_bytes() != p.read_bytes()
                   for p, t in zip(parts, targets, strict=True)):  # fmt: skip
                targets = [t.with_name(f"{t.stem}--{name}{t.suffix}") for t in targets]
            for path, target in zip(parts, targets, strict=True):
                moved[path.relative_to(made)] = target.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
    shutil.rmtree(made, ignore_errors=True)
    return moved


def read_sheets(outcomes: Sequence[Outcome], folder: Path, moved: dict[Path, Path]) -> list[Sheet]:
    """Return the tables of a report in the order in which its notebooks show them.

    The cells come from the CSV files in `folder`/tables; what they hold, number or day or
    text, from the notebooks, for a CSV file cannot say that "498" is somebody's words.
    """
    shown: dict[Path, dict[str, Any]] = {}
    for outcome in outcomes:
        for table in _find_tables(outcome.cells):
            was = Path(outcome.notebook.name) / "tables" / f"{table['name']}.csv"
            if was in moved:
                shown.setdefault(folder / moved[was], table)
    for path in sorted((folder / "tables").glob("*.csv")):
        shown.setdefault(path, {})
    return [
        Sheet(
            path.stem,
            read_text(path),
            about.get("kinds", {}),
            about.get("caption", ""),
            dict(about.get("columns", [])),
        )
        for path, about in shown.items()
    ]


def read_drawn(folder: Path) -> list[pd.DataFrame]:
    """Return the rows that the charts of a report draw, as far as they point to sources."""
    return [read_text(path, _points) for path in sorted((folder / "charts").glob("*.csv"))]


def find_sources(frames: Iterable[pd.DataFrame], data: str | Path) -> pd.DataFrame:
    """Return the rows of the casebook's sources.csv, as text, to which one of `frames` points."""
    used: set[str] = set()
    for frame in frames:
        for column in filter(_points, frame.columns):
            used.update(frame[column])
    sources = read_text(find_casebook(data) / "sources.csv")
    return sources[sources["source_id"].isin(used)].reset_index(drop=True)


def source_sheet(sources: pd.DataFrame) -> Sheet:
    """Return the sources as a sheet of the workbook."""
    days = {str(column): "day" for column in sources.columns if str(column).endswith("_on")}
    return Sheet("sources", sources, days, "The documents to which the tables point.")


def _points(column: object) -> bool:
    return str(column).endswith("source_id")


def read_text(file: Path | StringIO, wanted: Callable[[str], bool] | None = None) -> pd.DataFrame:
    """Return the cells of a CSV file as they stand; a missing cell is an empty text.

    With `wanted`, only of the columns of which it says so.
    """
    try:
        # In one piece: to read it bit by bit would save memory that a small file does not need.
        return pd.read_csv(
            file, dtype="str", keep_default_na=False, encoding="utf-8-sig",
            usecols=wanted, low_memory=False,
        )  # fmt: skip
    except pd.errors.EmptyDataError:
        return pd.DataFrame()


def _find_tables(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    notes = [output.get("metadata", {}) for output in outputs]
    return [note["table"] for note in notes if "table" in note]


def read_back(folder: Path, names: Sequence[str] = ()) -> tuple[list[Outcome], dict[Path, Path]]:
    """Return the notebooks of a report that was made, and where each one's files are.

    Parameters
    ----------
    folder : Path
        A complete report.
    names : sequence of str
        Only these notebooks, as far as the report has them; all when empty.

    Returns
    -------
    outcomes : list of Outcome
        As when the report was made, in its order.
    moved : dict of Path to Path
        As `gather_files` returned it.

    Raises
    ------
    FolderError
        There is no complete report in `folder`.
    """
    outcomes: list[Outcome] = []
    moved: dict[Path, Path] = {}
    made = [
        path.relative_to(folder)
        for kind in ("charts", "tables")
        for path in sorted((folder / kind).glob("*.*"))
    ]
    for about in read_manifest(folder)["notebooks"]:
        name = about["name"]
        if names and name not in names:
            continue
        executed = folder / "notebooks" / f"{name}.ipynb"
        outcomes.append(
            Outcome(read_notebook(executed), about["parameters"], executed, "", about["seconds"])
        )
        moved |= {name / path: path for path in made}
        # Where two notebooks made a file of one name, the later one's got its name.
        moved |= {
            name / path.with_name(path.name.replace(f"--{name}.", ".")): path
            for path in made
            if path.stem.endswith(f"--{name}")
        }
    return outcomes, moved
