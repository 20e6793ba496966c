"""What a report is made from, as one SHA-256: the same identity, the same report.

Only the standard library is needed here, so that a batch in which nothing has changed is
known as such before anything heavy is imported.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import analysis

_PACKAGES = (
    "contested-figures", "pandas", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel",
    "pandera", "XlsxWriter", "Jinja2", "mistune", "nh3", "pyarrow", "scipy", "statsmodels",
    "Babel", "country-converter",
)  # fmt: skip

#: Files of the package that decide what a report looks like.
_SOURCES = {".py", ".j2", ".mplstyle"}

#: Parts of the package that start reports or list them, and change nothing in them.
AROUND = ("analysis/command_line/", "analysis/reports/batch/", "analysis/reports/cluster/")

_VERSION = re.compile(r"^Version: *(\S+)$", re.MULTILINE)

#: Parameters that say where files are: what is in them counts, not where they lie.
PLACES = ("data", "out")


def hash_files(notebooks: Iterable[Path], data: Path) -> dict[str, str]:
    """Return the SHA-256 of all that a report is made from, by name.

    Parameters
    ----------
    notebooks : iterable of Path
        The notebooks that run.
    data : Path
        The folder of the casebook.

    Returns
    -------
    dict of str to str
        The tables of the casebook as data/NAME.csv, the notebooks as notebooks/NAME.ipynb,
        and the files of this package as analysis/….
    """
    package = Path(analysis.__file__).parent
    files = {f"data/{path.name}": path for path in data.glob("*.csv")}
    files |= {f"notebooks/{path.name}": path for path in notebooks}
    for path in package.rglob("*"):
        if path.suffix in _SOURCES and path.is_file():
            files[f"analysis/{path.relative_to(package).as_posix()}"] = path
    return {name: hash_file(files[name]) for name in sorted(files)}


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def find_version(package: str) -> str:
    """Return the version of an installed package."""
    try:
        found = distribution(package)
        # All of the metadata, with the description, would take ten times as long to read.
        told = _VERSION.search(found.read_text("METADATA") or "")
        return told[1] if told else found.version
    except PackageNotFoundError:
        return "not installed"


def find_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make a report."""
    return {
        "python": platform.python_version(),
        **{package: find_version(package) for package in _PACKAGES},
    }


def identify(
    as_of: str,
    parameters: Mapping[str, Mapping[str, Any]],
    inputs: Mapping[str, str],
    versions: Mapping[str, str],
) -> str:
    """Return the identity of a report, a SHA-256.

    Parameters
    ----------
    as_of : str
        Its day.
    parameters : mapping of str to mapping
        What is in force in each notebook, in the order of the page; `PLACES` don't count.
    inputs : mapping of str to str
        As `hash_files` returns it; notebooks that are not in `parameters` don't count, nor
        does what only starts or lists reports.
    versions : mapping of str to str
        As `find_versions` returns it.
    """
    own = {f"notebooks/{name}.ipynb" for name in parameters}
    return hash_values(
        as_of,
        [
            [name, {key: value for key, value in sorted(given.items()) if key not in PLACES}]
            for name, given in parameters.items()
        ],
        {
            name: digest
            for name, digest in sorted(inputs.items())
            if not name.startswith(AROUND) and (name in own or not name.startswith("notebooks/"))
        },
        dict(sorted(versions.items())),
    )


def hash_values(*values: Any) -> str:
    """Return the SHA-256 of plain values, as JSON writes them."""
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
