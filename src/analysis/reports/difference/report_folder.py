"""A report as a folder of files: its manifest, checked, and the cells of its CSV files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reports.folder import MARK, FolderError
from analysis.tables import shorten

#: What a manifest holds, and of which type; what is not named may be missing.
_TYPES: dict[str, type] = {
    "as_of": str, "status": str, "notebooks": list, "versions": dict, "inputs": dict,
}  # fmt: skip
_WORDS = {"str": "a text", "list": "a list", "dict": "an object with names"}
_NEEDED = ("as_of", "notebooks")


class NotReport(FolderError):
    """A folder is no report that can be compared; the message is one line."""


class UnreadableFile(ValueError):
    """A file of a report cannot be read as what it should be; the message says why."""


@dataclass(frozen=True)
class ReportFolder:
    """A report: where it lies and what its manifest says."""

    folder: Path  # where it lies
    manifest: dict[str, Any]  # what `analysis.reports.manifest` wrote

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.resolve().name

    def list_names(self, inside: str, *suffixes: str) -> list[str]:
        """Return the files with one of these endings in a folder, each name once without it."""
        found = {
            path.name.removesuffix(suffix)
            for suffix in suffixes
            for path in (self.folder / inside).glob(f"*{suffix}")
            if path.is_file()
        }
        return sorted(found)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, by its path in the report; None if there is no such file.

        Raises `NotReport`: it cannot be read.
        """
        path = self.folder / name
        try:
            return path.read_bytes() if path.is_file() else None
        except OSError as problem:
            shown = shorten(str(path), 240)
            raise NotReport(f"{shown}: expected a file to read ({problem.strerror})") from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest in `folder`, of a report or of a batch, with its types checked.

    Raises `NotReport`: there is no folder, no manifest, or one that is not whole.
    """
    shown = shorten(str(folder), 240)
    path = folder / MARK
    try:
        is_folder, is_marked = folder.is_dir(), path.is_file()
        data = path.read_bytes() if is_marked else b""
    except (OSError, ValueError) as problem:  # not ours to read, or no name of a folder
        reason = getattr(problem, "strerror", None) or problem
        raise NotReport(f"{shown}: expected a report that can be read ({reason})") from None
    if not is_folder:
        raise NotReport(f"{shown}: expected the folder of a report, but there is none")
    if not is_marked:
        raise NotReport(f"{shown}: expected a report, but it has no {MARK}")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        message = f"expected JSON, but it is broken or cut off at {where}"
        raise NotReport(f"{shown}/{MARK}: {message}") from None
    except (ValueError, RecursionError):
        raise NotReport(f"{shown}/{MARK}: expected JSON in UTF-8") from None
    if not isinstance(content, dict):
        raise NotReport(f"{shown}/{MARK}: expected an object with names, as a report writes it")
    return content


def check_report(folder: Path, content: dict[str, Any]) -> ReportFolder:
    """Return the report in `folder` whose manifest is `content`.

    Raises `NotReport`: the manifest lacks what every report writes, or holds something else.
    """
    shown = f"{shorten(str(folder), 240)}/{MARK}"
    for name in _NEEDED:
        if name not in content:
            raise NotReport(f'{shown}: expected "{name}", as a report writes it')
    for name, kind in _TYPES.items():
        if not isinstance(content.get(name, kind()), kind):
            raise NotReport(f'{shown}, "{name}": expected {_WORDS[kind.__name__]}')
    for notebook in content["notebooks"]:
        named = isinstance(notebook, dict) and isinstance(notebook.get("name"), str)
        if not named or not isinstance(notebook.get("parameters", {}), dict):
            raise NotReport(f'{shown}, "notebooks": expected a name and parameters for each')
    return ReportFolder(folder, content)


def decode(data: bytes) -> str:
    """Return a text in UTF-8.

    Raises `UnreadableFile`: it is none.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("it is not UTF-8") from None


def read_cells(data: bytes) -> pd.DataFrame:
    """Return the cells of a CSV file as text, as they stand.

    Returns one row a record, all columns text; an empty cell is "". Two columns of one name are
    told apart by a number behind the second.
    Raises `UnreadableFile`: it is not UTF-8, or no CSV, or a row has too few or too many cells.
    """
    text = decode(data)
    try:
        records = [r for r in csv.reader(io.StringIO(text, newline=""), strict=True) if r]
    except csv.Error as problem:
        raise UnreadableFile(f"it is no CSV file ({problem})") from None
    if not records:
        return pd.DataFrame()
    header = _name_columns(records[0])
    for number, record in enumerate(records[1:], start=2):
        if len(record) != len(header):
            cells = f"{len(record)} cells under {len(header)} columns"
            raise UnreadableFile(f"row {number} has {cells}")
    return pd.DataFrame(records[1:], columns=pd.Index(header, dtype="str"), dtype="str")


def _name_columns(header: list[str]) -> list[str]:
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        named = name or f"column {place}"
        count = 2
        while named in names:
            named, count = f"{name or 'column'} ({count})", count + 1
        names.append(named)
    return names
