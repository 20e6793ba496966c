"""Where files are to go, as a person types it: a folder of this machine, or a store."""

from __future__ import annotations

import re
from pathlib import Path

#: "C:/" is a drive; two letters and more before ":/" are the scheme of an address.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(//?|\\)")

#: With these words before it a colon is no part of a folder's name, whatever comes after it.
_KNOWN = re.compile(r"(s3a?|gs|gcs|az|abfss?|adl|hdfs|s?ftp|https?|data|file|local):()", re.I)

#: Addresses from which a file can be fetched, and to which no folder can be put.
_READ_ONLY = {"http", "https", "data", "git", "github", "mailto"}


def find_fault(text: str, *, stores: bool = True) -> str:
    """Return what is wrong with `text` as the place for files, in a line, or "".

    `stores`: whether it may be the address of a store, such as s3://bucket/folder.
    """
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:60])
    if text.startswith("~"):
        try:
            Path(text).expanduser()
        except RuntimeError:  # "~" of nobody
            return f'"{shown}": there is no such person; expected a folder, such as ./{shown}'
    if not text.isprintable():
        from analysis.safety import find_deceiving

        deceiving = find_deceiving(text)
        if deceiving or re.search(r"[\n\r\t]", text):
            return f'"{shown}" is no folder; expected a name without {deceiving or "line breaks"}'
    found = _SCHEME.match(text) or _KNOWN.match(text)
    if found is None:
        return ""
    scheme = found[1].lower()
    expected = "a folder of this machine"
    if stores:
        expected += ", or a store as s3://BUCKET/FOLDER"
    if scheme in ("file", "local") and found[2] == "//" and stores:
        return ""
    if scheme in _READ_ONLY:
        return f'"{shown}": nothing can be written to {scheme}; expected {expected}'
    if not stores:
        return f'"{shown}" is an address; expected {expected}'
    if found[2] != "//":
        rest = text[found.end() :].lstrip("\\/")
        rest = f"/{rest}" if scheme in ("file", "local") else rest
        return f'"{shown}" is no address; did you mean "{scheme}://{rest[:60]}"?'
    return ""
