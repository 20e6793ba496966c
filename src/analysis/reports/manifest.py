"""The manifest of a report: from what it was made, with what, how long it took, how it ended."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import analysis
from analysis.reports.folder import MARK
from analysis.reports.notebooks import Notebook
from analysis.reports.run import Outcome

_PACKAGES = (
    "contested-figures", "pandas", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel",
    "pandera", "XlsxWriter", "Jinja2", "mistune",
)  # fmt: skip

#: Files of the package that decide what a report looks like.
_SOURCES = {".py", ".j2", ".mplstyle"}


def hash_inputs(notebooks: Sequence[Notebook], data: Path) -> dict[str, str]:
    """Return the SHA-256 of all that a report is made from, by name.

    These are the tables of the casebook as data/NAME.csv, the notebooks that run as
    notebooks/NAME.ipynb, and the files of this package as analysis/….
    """
    package = Path(analysis.__file__).parent
    files = {f"data/{path.name}": path for path in data.glob("*.csv")}
    files |= {f"notebooks/{notebook.path.name}": notebook.path for notebook in notebooks}
    for path in package.rglob("*"):
        if path.suffix in _SOURCES and path.is_file():
            files[f"analysis/{path.relative_to(package).as_posix()}"] = path
    return {name: _hash(files[name]) for name in sorted(files)}


def hash_outputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a report, by its path from `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _hash(path) for path in paths if path != folder / MARK
    }


def find_version(package: str) -> str:
    """Return the version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def write_manifest(
    as_of: str,
    outcomes: Sequence[Outcome],
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    started: str,
    seconds: float,
) -> bytes:
    """Return the manifest as JSON; besides the executed notebooks, only it says when."""
    failed = any(outcome.error for outcome in outcomes)
    content = {
        "as_of": as_of,
        "status": "failed" if failed else "complete",
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
        "versions": {
            "python": platform.python_version(),
            **{package: find_version(package) for package in _PACKAGES},
        },
        "inputs": dict(inputs),
        "outputs": dict(outputs),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
