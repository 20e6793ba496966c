"""What files, packages and the code itself are: hashes and versions that tell one from another.

Only the standard library is needed here, so that what has not changed is known as such before
anything heavy is imported.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, TypeAlias

import analysis

#: The project's own casebook: the war in Ukraine from 24 February 2022.
CASEBOOK = Path(__file__).resolve().parents[2] / "data"

_VERSION = re.compile(r"^Version: *(\S+)$", re.MULTILINE)

#: A file by its path, or as the listing of its folder has it: hundreds are sooner listed so.
File: TypeAlias = Path | os.DirEntry[str]

#: Size, times of the last writing and change, and number of a file.
Look: TypeAlias = tuple[int, int, int, int]

#: What was hashed in this process, and how it looked then.
_HASHED: dict[str, tuple[Look, str]] = {}

#: Nanoseconds within which two writings of a file may look alike.
_CLOCK_STEP = 2_000_000_000


def look_at(path: File) -> Look:
    """Return size, times and number of a regular file; `OSError` where there is none."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):  # a pipe has no end
        raise OSError(errno.EINVAL, "it is no file", os.fspath(path))
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def hash_once(path: File) -> str:
    """Return the SHA-256 of a file, which is read again only after it was written."""
    look = look_at(path)
    known = _HASHED.get(os.fspath(path))
    if known is None or known[0] != look:
        known = (look, hash_file(Path(path)))
        # Two writings at almost the same time may have the same times.
        if time.time_ns() - look[2] > _CLOCK_STEP:
            _HASHED[os.fspath(path)] = known
    return known[1]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_package(endings: tuple[str, ...]) -> dict[str, File]:
    """Return the files of this package that end so, by their place in it, in order."""
    files: dict[str, File] = {}
    package = Path(analysis.__file__).parent
    folders = [(package.name, str(package))]
    while folders:  # in an eighth of the time that rglob takes
        name, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(endings):
                    files[f"{name}/{entry.name}"] = entry
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append((f"{name}/{entry.name}", entry.path))
    return dict(sorted(files.items()))


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


def hash_values(*values: Any) -> str:
    """Return the SHA-256 of plain values, as JSON writes them."""
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
