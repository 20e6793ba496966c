"""What a report is made from, as one SHA-256: the same identity, the same report.

Only the standard library is needed here, so that a batch in which nothing has changed is
known as such before anything heavy is imported.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.hashes import File, Look, find_version, hash_once, hash_values, list_package, look_at

_PACKAGES = (
    "contested-figures", "pandas", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel",
    "pandera", "XlsxWriter", "Jinja2", "mistune", "nh3", "pyarrow", "scipy",
    "Babel", "country-converter",
)  # fmt: skip

#: Files of the package that decide what a report looks like.
_SOURCES = (".py", ".csv", ".j2", ".mplstyle")

#: Parts of the package that start reports or list them, and change nothing in them.
AROUND = ("analysis/command_line/", "analysis/reports/batch/", "analysis/reports/cluster/")

#: Endings of the files of a casebook.
_TABLES = {".csv", ".toml"}

#: Parameters that say where files are: what is in them counts, not where they lie.
PLACES = ("data", "out")


class InputsChanged(OSError):
    """What a report is made from was changed while it was made; the message is one line."""


def hash_files(notebooks: Iterable[Path], data: Path) -> dict[str, str]:
    """Return the SHA-256 of all that a report is made from, by name.

    `data`: the folder of the casebook. Returns the files of the casebook as data/NAME.csv and
    data/NAME.toml, the notebooks as notebooks/NAME.ipynb, and the files of this package as
    analysis/….
    """
    return {name: hash_once(path) for name, path in _find_files(notebooks, data).items()}


def look_at_files(notebooks: Iterable[Path], data: Path) -> dict[str, Look]:
    """Return size and times of all that `hash_files` reads: they change with every writing.

    A file that was changed and changed back has the same hash, but not the same times. What
    only starts or lists reports is left out.
    """
    files = _find_files(notebooks, data).items()
    return {name: look_at(path) for name, path in files if not name.startswith(AROUND)}


def find_changed(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """Return the names of the files that differ or that only one of both has."""
    names = sorted({*before, *now})
    return [
        name for name in names
        if before.get(name) != now.get(name) and not name.startswith(AROUND)
    ]  # fmt: skip


def refuse_changed(changed: Sequence[str]) -> None:
    """Raise InputsChanged if there are names in `changed`."""
    if changed:
        more = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
        message = f"{changed[0]}{more} changed while the report was made; make it again"
        raise InputsChanged(message)


def _find_files(notebooks: Iterable[Path], data: Path) -> dict[str, File]:
    files: dict[str, File] = {
        f"data/{path.name}": path for path in data.glob("*") if path.suffix in _TABLES
    }
    files |= {f"notebooks/{path.name}": path for path in notebooks}
    files |= list_package(_SOURCES)
    return dict(sorted(files.items()))


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

    `parameters`: what is in force in each notebook, in the order of the page; `PLACES` don't count.
    `inputs`: as `hash_files` returns it; notebooks that are not in `parameters` don't count, nor
    does what only starts or lists reports.
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
