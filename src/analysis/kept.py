"""What was worked out from files, kept in the user's cache folder until it is asked for again.

It is kept under the hash of all that it was made from: the files, this package and the libraries.
Found again, it is believed only if it has the hash with which it was written, in a folder in which
nobody else can write. Whatever goes wrong, nothing is found or nothing kept, and no word is said.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

from analysis.hashes import find_version, hash_once, hash_values, list_package
from analysis.safety import read_whole, write_atomically

#: The variable that names another folder, or is `OFF`.
VARIABLE = "FIGURES_CACHE"
OFF = "off"

#: The libraries that read and check tables.
_PACKAGES = ("pandas", "numpy", "pyarrow", "pandera", "country-converter")

#: The modules of this package, and the tables that they read.
_CODE = (".py", ".csv")

#: Bytes and number of what is kept; the longest unused is dropped.
_MOST_BYTES, _MOST_FILES = 300_000_000, 1_000

#: What was half-written for so many seconds is nobody's any more.
_ABANDONED = 3_600.0

_NAMES = re.compile(r"\.?[0-9a-f]{64}\.kept(\.\w+)?")

#: Code that was written after this may not be the code that runs here.
_STARTED = time.time()


def find_folder() -> Path | None:
    """Return the folder of what is kept; None where nothing is."""
    said = os.environ.get(VARIABLE, "")
    if said == OFF:
        return None
    try:
        folder = (
            Path(said).expanduser() if said else platformdirs.user_cache_path("contested-figures")
        )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.stat()
    except (OSError, RuntimeError):  # "~" of nobody
        return None
    if sys.platform != "win32" and (about.st_uid != os.getuid() or about.st_mode & 0o022):
        return None
    return folder


def make_key(name: str, files: Mapping[str, str]) -> str:
    """Return the key of what `name` says, made from `files` (name to SHA-256)."""
    return hash_values(name, dict(sorted(files.items())), _identify_code())


def hash_casebook(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a casebook, by name; `OSError` where one is none."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".toml"))
    return {path.name: hash_once(path) for path in paths}


def read_kept(key: str) -> bytes | None:
    """Return what was kept under a key; None where there is nothing, or nothing to be believed."""
    folder = find_folder()
    if folder is None:
        return None
    path = folder / f"{key}.kept"
    try:
        content = read_whole(path)
    except OSError:
        return None
    length = hashlib.sha256().digest_size
    if content[:length] != _sign(key, content[length:]):
        return None
    with suppress(OSError):
        os.utime(path)  # what is in use is dropped last
    return content[length:]


def keep(key: str, data: bytes) -> None:
    """Keep `data` under a key, where that can be done and this package is as it was imported."""
    folder = find_folder()
    if folder is None or not _is_code_as_imported():
        return
    with suppress(OSError):
        write_atomically(folder / f"{key}.kept", _sign(key, data) + data)
        _drop_oldest(folder)


def _sign(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()


def _drop_oldest(folder: Path) -> None:
    found = [(path.stat(), path) for path in folder.iterdir() if _NAMES.fullmatch(path.name)]
    found.sort(key=lambda pair: pair[0].st_mtime, reverse=True)
    whole = 0
    for number, (about, path) in enumerate(found, start=1):
        whole += about.st_size
        abandoned = path.suffix != ".kept" and time.time() - about.st_mtime > _ABANDONED
        if abandoned or (number > 1 and (whole > _MOST_BYTES or number > _MOST_FILES)):
            path.unlink(missing_ok=True)


@cache
def _identify_code() -> str:
    """Return the hash of this package, of Python and of the libraries."""
    code = {name: hash_once(file) for name, file in list_package(_CODE).items()}
    versions = {name: find_version(name) for name in _PACKAGES}
    return hash_values(code, versions, sys.version, platform.machine())


def _is_code_as_imported() -> bool:
    return all(file.stat().st_ctime < _STARTED for file in list_package(_CODE).values())
