"""The manifest of a report: from what it was made, with what, how long it took, how it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from analysis.hashes import find_version, hash_file
from analysis.reports.batch.addresses import find_origin
from analysis.reports.folder import MARK, FolderError
from analysis.reports.identity import PLACES, find_versions, hash_files, identify
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Value
from analysis.reports.run import Outcome
from analysis.tables.settings import read_settings

__all__ = [
    "find_folders", "find_version", "hash_inputs", "hash_outputs", "identify_report",
    "name_casebook", "read_manifest", "write_manifest",
]  # fmt: skip


def name_casebook(folder: Path) -> str:
    """Return by what a casebook is told from others: its title, or where it lies without one."""
    return read_settings(folder).title or find_origin(folder) or folder.resolve().name


def hash_inputs(notebooks: Sequence[Notebook], data: Path) -> dict[str, str]:
    """Return the SHA-256 of all that a report is made from, by name (see `hash_files`)."""
    return hash_files([notebook.path for notebook in notebooks], data)


def hash_outputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a report, by its path from `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for path in paths
        if path != folder / MARK
    }


def identify_report(
    notebooks: Sequence[Notebook],
    values: Mapping[str, Mapping[str, Value]],
    as_of: str,
    inputs: Mapping[str, str],
    versions: Mapping[str, str],
) -> str:
    """Return the identity of the report that `make_report` would make (see `identify`)."""
    parameters: dict[str, dict[str, Any]] = {
        notebook.name: {
            **{name: p.default for name, p in notebook.parameters.items()},
            **({"as_of": as_of} if "as_of" in notebook.parameters else {}),
            **values.get(notebook.name, {}),
        }
        for notebook in notebooks
    }
    for name, folder in find_folders(notebooks, values):
        parameters[name][f"files of {folder}"] = _list_files(Path(folder))
    return identify(as_of, parameters, inputs, versions)


def find_folders(
    notebooks: Sequence[Notebook], values: Mapping[str, Mapping[str, Value]]
) -> list[tuple[str, str]]:
    """Return the folders that notebooks read besides the casebook: notebook and folder."""
    return [
        (notebook.name, str(value))
        for notebook in notebooks
        for name, value in values.get(notebook.name, {}).items()
        if value and name not in PLACES and notebook.parameters[name].folder in ("read", "casebook")
    ]


def _list_files(folder: Path) -> list[tuple[str, int, int]]:
    """Return the files in a folder with size and time: published files can be too big to hash."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            about = path.stat()
            found.append((path.relative_to(folder).as_posix(), about.st_size, about.st_mtime_ns))
    return found


def write_manifest(
    as_of: str,
    outcomes: Sequence[Outcome],
    inputs: Mapping[str, str],
    identity: str,
    folder: Path,
    started: str,
    seconds: float,
    casebook: str = "",
) -> bytes:
    """Return the manifest as JSON; besides the executed notebooks, only it says when.

    `as_of`: the day of the report. `outcomes`: what became of its notebooks. `folder`: where all
    other files of the report are. `casebook`: the name of the one that it is of.
    """
    failed = any(outcome.error for outcome in outcomes)
    outputs = hash_outputs(folder)
    content = {
        "as_of": as_of,
        "casebook": casebook,
        "status": "failed" if failed else "complete",
        "identity": identity,
        "started": started,
        "seconds": round(seconds, 1),
        "notebooks": [
            {
                "name": outcome.notebook.name,
                "status": "failed" if outcome.error else "complete",
                "error": outcome.error,
                "seconds": round(outcome.seconds, 1),
                "parameters": {
                    **{name: p.default for name, p in outcome.notebook.parameters.items()},
                    **outcome.values,
                },
            }
            for outcome in outcomes
        ],
        "versions": find_versions(),
        "inputs": dict(inputs),
        "outputs": outputs,
        "bytes": {name: (folder / name).stat().st_size for name in outputs},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a complete report says.

    Raises `FolderError`: there is no complete report in `folder`.
    """
    try:
        manifest = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise FolderError(f"{folder} holds no report; figures report makes it") from None
    except ValueError:
        raise FolderError(f"{folder / MARK} cannot be read; make the report again") from None
    if manifest["status"] != "complete":
        raise FolderError(f"the report in {folder} is not complete; make it again")
    return cast("dict[str, Any]", manifest)
