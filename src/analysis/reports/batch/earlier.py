"""What is there already: reports as they were made earlier, and whether they are whole.

Only the standard library is needed here (see `unchanged`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.hashes import hash_file
from analysis.reports.folder import MARK

COMPLETE, FAILED, WAITING = "complete", "failed", "waiting"


@dataclass(frozen=True)
class Result:
    """What became of a report."""

    status: str  # complete, failed, or waiting: not made yet, or not because the batch was stopped
    folder: str = ""  # where it is in OUT; "" if it has no folder
    seconds: float = 0.0  # how long it took
    error: str = ""  # the first line of the first error, or ""
    #: The executed copy of the notebook that failed, from OUT; "" if there is none.
    executed: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)  # its files with their SHA-256
    notes: tuple[str, ...] = ()  # what is to be said of how it was made


def read_json(path: Path) -> tuple[dict[str, Any] | None, str]:
    """Return what a manifest says, or None and why it cannot be read; ("" if it is not there)."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError, RecursionError):
        return None, f"{path} cannot be read and is taken for missing"
    if not isinstance(content, dict):
        return None, f"{path} is no manifest and is taken for missing"
    return content, ""


def find_made(
    out: Path, name: str, identity: str, *, verify: bool = False
) -> tuple[Result | None, str]:
    """Return the report `name` if it is made already, whole and from the same, else None.

    `out`: the folder of the batch. `name`: the report's folder in it. `identity`: what it would be
    made from now. `verify`: hash its files again, where otherwise their sizes are compared. Returns
    the report; what a person should know: a manifest or a file that is damaged; "" otherwise.
    """
    folder = out / name
    manifest, note = read_json(folder / MARK)
    if manifest is None or manifest.get("status") != COMPLETE:
        return None, note
    if manifest.get("identity") != identity:
        return None, ""
    outputs, sizes = manifest.get("outputs"), manifest.get("bytes")
    if not isinstance(outputs, dict) or not isinstance(sizes, dict) or not outputs:
        return None, f"{folder / MARK} is not whole; the report is made again"
    for file, digest in outputs.items():
        try:
            path = folder / file
            same = path.stat().st_size == sizes.get(file)
            if not same or (verify and hash_file(path) != digest):
                return None, f"{path} has been changed; the report is made again"
        except (OSError, ValueError):
            return None, f"{path} is missing; the report is made again"
    return _result(manifest, name), ""


def read_result(out: Path, folder: str) -> Result:
    """Return what became of the report that has just been put into `folder` of OUT."""
    manifest, note = read_json(out / folder / MARK)
    if manifest is None:
        return Result(FAILED, error=note or f"{out / folder} is gone")
    return _result(manifest, folder)


def _result(manifest: Mapping[str, Any], folder: str) -> Result:
    failed = [each for each in manifest.get("notebooks", []) if each.get("error")]
    outputs = manifest.get("outputs", {})
    error = executed = ""
    if failed:
        error = f"{failed[0]['name']}: {failed[0]['error']}"
        copy = f"notebooks/{failed[0]['name']}.ipynb"
        executed = f"{folder}/{copy}" if copy in outputs else ""
    return Result(
        str(manifest.get("status")),
        folder,
        float(manifest.get("seconds", 0)),
        error,
        executed,
        outputs,
    )
