"""Addresses of folders in a store, such as s3://bucket/prefix, and what a store complains of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from analysis.reports.folder import FolderError
from analysis.safety import clean_text
from analysis.tables import shorten

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")

#: Characters that mean something else to a store's library, or that no reader should meet.
_FORBIDDEN = re.compile(r"[\s?#*\[\]{}\\\x00-\x1f\x7f]|::")

#: What the libraries of stores raise where nobody has told them who asks.
_NOBODY = ("NoCredentialsError", "PartialCredentialsError", "DefaultCredentialsError")

#: How to have what stores and clusters need.
INSTALL = 'pip install "contested-figures[scale]"'


#: Addresses by the folder to which they were fetched in this process.
_ORIGINS: dict[str, str] = {}


class StorageError(FolderError):
    """A store cannot be used as it was asked; the message is one line and holds no secret."""


class TooLong(Exception):
    """A store has not answered in the time that one request may take."""


def is_address(text: str | Path) -> bool:
    """Return whether `text` is the address of a store, and no path of this machine."""
    return isinstance(text, str) and _ADDRESS.match(text) is not None


def check_address(text: str) -> str:
    """Return an address as it is used from here on: without a "/" at its end.

    A file:// address becomes the path of a folder.

    Raises `StorageError`: it is no address of a folder, or holds what must not be in a plan.
    """
    shown = shorten(text)
    scheme, _, rest = text.partition("://")
    if "@" in rest:
        # Not shown: it may be a secret.
        raise StorageError(
            f"an address of {shorten(scheme)} holds an @: names and keys do not belong into it; "
            "the store's library takes them from the environment"
        )
    if _FORBIDDEN.search(text):
        expected = "expected SCHEME://BUCKET/FOLDER without blanks, wildcards and queries"
        raise StorageError(f'"{shown}" is no address of a folder; {expected}')
    if scheme.lower() in ("file", "local"):
        return unquote(urlsplit(text).path) or "/"
    parts = rest.rstrip("/").split("/")
    if not parts[0] or any(part in ("", ".", "..") for part in parts):
        raise StorageError(f'"{shown}" is no address of a folder; expected SCHEME://BUCKET/FOLDER')
    return f"{scheme.lower()}://{'/'.join(parts)}"


@contextmanager
def explaining(address: str, doing: str) -> Iterator[None]:
    """Turn what the library of a store raises into a StorageError of one line.

    `doing`: what is done to it: "read" or "written".
    """
    try:
        yield
    except StorageError:
        raise
    except Exception as problem:
        raise StorageError(f"{address}: {_explain(problem, doing)}") from problem


def is_final(problem: Exception) -> bool:
    """Return whether another try cannot help."""
    return (
        isinstance(
            problem, FileNotFoundError | PermissionError | ImportError | StorageError | TooLong
        )
        or type(problem).__name__ in _NOBODY
    )


def _explain(problem: Exception, doing: str) -> str:
    words = clean_text(str(problem)).strip().splitlines()
    line = shorten(words[0], 160) if words else type(problem).__name__
    if isinstance(problem, FileNotFoundError):
        return "there is no such bucket or folder"
    if isinstance(problem, PermissionError):
        return f"no permission: it cannot be {doing} with the credentials in the environment"
    if type(problem).__name__ in _NOBODY:
        return f"it cannot be {doing}, for there are no credentials in the environment"
    if isinstance(problem, ImportError):
        return f"this kind of store needs a package that is not installed ({line})"
    return f"it cannot be {doing} ({line})"


def note_origin(folder: Path, address: str) -> None:
    """Take note that this process fetched `folder` from `address`."""
    _ORIGINS[str(folder.resolve())] = address


def find_origin(folder: str | Path) -> str:
    """Return the address from which this process fetched `folder`, or ""."""
    return _ORIGINS.get(str(Path(folder).resolve()), "")
