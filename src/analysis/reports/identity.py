"""What a report is made from, as one SHA-256: the same identity, the same report.

Only the standard library is needed here, so that a batch in which nothing has changed is
known as such before anything heavy is imported.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
import re
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, TypeAlias

import analysis

_PACKAGES = (
    "contested-figures", "pandas", "numpy", "matplotlib", "papermill", "nbclient", "ipykernel",
    "pandera", "XlsxWriter", "Jinja2", "mistune", "nh3", "pyarrow", "scipy",
    "Babel", "country-converter",
)  # fmt: skip

#: Files of the package that decide what a report looks like.
_SOURCES = (".py", ".j2", ".mplstyle")

#: Parts of the package that start reports or list them, and change nothing in them.
AROUND = ("analysis/command_line/", "analysis/reports/batch/", "analysis/reports/cluster/")

_VERSION = re.compile(r"^Version: *(\S+)$", re.MULTILINE)

#: Endings of the files of a casebook.
_TABLES = {".csv", ".toml"}

#: Size, times of the last writing and change, and number of a file.
Look: TypeAlias = tuple[int, int, int, int]

_File: TypeAlias = Path | os.DirEntry[str]

#: What was hashed in this process, and how it looked then.
_HASHED: dict[str, tuple[Look, str]] = {}

#: Nanoseconds within which two writings of a file may look alike.
_CLOCK_STEP = 2_000_000_000

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
    return {name: _hash_once(path) for name, path in _find_files(notebooks, data).items()}


def look_at_files(notebooks: Iterable[Path], data: Path) -> dict[str, Look]:
    """Return size and times of all that `hash_files` reads: they change with every writing.

    A file that was changed and changed back has the same hash, but not the same times. What
    only starts or lists reports is left out.
    """
    files = _find_files(notebooks, data).items()
    return {name: _look(path) for name, path in files if not name.startswith(AROUND)}


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


def _find_files(notebooks: Iterable[Path], data: Path) -> dict[str, _File]:
    files: dict[str, _File] = {
        f"data/{path.name}": path for path in data.glob("*") if path.suffix in _TABLES
    }
    files |= {f"notebooks/{path.name}": path for path in notebooks}
    package = Path(analysis.__file__).parent
    folders = [(package.name, str(package))]
    while folders:  # in an eighth of the time that rglob takes
        name, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_SOURCES):
                    files[f"{name}/{entry.name}"] = entry
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append((f"{name}/{entry.name}", entry.path))
    return dict(sorted(files.items()))


def _look(path: _File) -> Look:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):  # a pipe has no end
        raise OSError(errno.EINVAL, "it is no file", os.fspath(path))
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def _hash_once(path: _File) -> str:
    """Return the SHA-256 of a file, which is read again only after it was written."""
    look = _look(path)
    known = _HASHED.get(os.fspath(path))
    if known is None or known[0] != look:
        known = (look, hash_file(Path(path)))
        # Two writings at almost the same time may have the same times.
        if time.time_ns() - look[2] > _CLOCK_STEP:
            _HASHED[os.fspath(path)] = known
    return known[1]


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


def hash_values(*values: Any) -> str:
    """Return the SHA-256 of plain values, as JSON writes them."""
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
