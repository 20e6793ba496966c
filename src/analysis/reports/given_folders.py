"""Folders as values of a parameter: whether one is there, and is what the notebook needs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from analysis.tables import CLAIMANTS, SOURCES, suggest

#: A casebook; any folder that is read; a folder that is written to, and may come into being.
Use: TypeAlias = Literal["casebook", "read", "written"]


class Refusal(NamedTuple):
    """What was expected of a folder, and a hint or ""."""

    expected: str
    hint: str = ""


def find_use(words: str) -> Use | None:
    """Return how a parameter uses the folder that it asks for, told by its help.

    "folder of the casebook …" is a casebook, "folder for …" is written to, any other help
    that begins with "folder" is read; other help asks for no folder.
    """
    if words.startswith("folder of the casebook"):
        return "casebook"
    if words.partition(" ")[0].rstrip(":;,") != "folder":
        return None
    return "written" if words.startswith("folder for ") else "read"


def check_folder(text: str, use: Use) -> str | Refusal:
    """Return the path of a folder, whole if it is read; or why it cannot be used so.

    A notebook runs in a folder of its own, so that a path from here would lead elsewhere.
    """
    if not text.strip():  # to Path it would be the folder we are in
        return Refusal("the name of a folder")
    try:
        folder = Path(text).expanduser()
        if use == "written":
            return Refusal("a folder, but this is a file") if folder.is_file() else text
        if not folder.is_dir():
            return Refusal("a folder that is there", _suggest(folder))
    except (OSError, ValueError, RuntimeError):  # too long a name, or "~" of nobody
        return Refusal("the name of a folder")
    missing = [table.file for table in (SOURCES, CLAIMANTS) if not (folder / table.file).is_file()]
    if use == "casebook" and missing:
        return Refusal(f"the folder of a casebook, but there is no {missing[0]} in it")
    return folder.resolve().as_posix()


def _suggest(folder: Path) -> str:
    if not folder.parent.is_dir():
        return ""
    return suggest(folder.name, sorted(p.name for p in folder.parent.iterdir() if p.is_dir()))
