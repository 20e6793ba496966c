"""Reports in a store: one is there when its manifest is, which comes last and goes first.

Stores rename nothing. So a report is made on this machine by the same code as any other, and
its files are put one by one. While that lasts there is no manifest, and a reader who looks for
the manifest sees no report; what a process that was killed left is replaced by the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.reports.batch.addresses import StorageError
from analysis.reports.batch.earlier import COMPLETE, WAITING, Result
from analysis.reports.cluster.store import Store
from analysis.reports.folder import BATCH_MARK, MARK, refuse_other_casebook

#: A file that is there while a report is put: so far the folder is ours, and no report yet.
BEGUN = ".begun"

#: Manifests that are read at the same time.
_AT_ONCE = 256


def put_report(store: Store, folder: Path, name: str) -> None:
    """Put the report in `folder` of this machine to `name` in the store.

    Files of an earlier report that the new one has not are removed when the new one is whole.

    Raises `StorageError`: something that is no report is there, or the store refuses; then there is
    no report.
    """
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {f"{name}/{MARK}": files.pop(f"{name}/{MARK}")}
    there = store.find(name)
    _refuse_foreign(store, name, there)
    mark = f"{name}/{MARK}"
    if mark in there:
        earlier, new = _read(store.read(mark))[0], _read(manifest[mark].read_bytes())[0]
        refuse_other_casebook(f"{store.address}/{name}", earlier, str(new.get("casebook", "")))
    store.write(f"{name}/{BEGUN}", b"This report is being put here.\n")
    store.remove(each for each in manifest if each in there)
    store.put(files)
    store.put(manifest)
    store.remove([*(each for each in there if each not in files | manifest), f"{name}/{BEGUN}"])


def remove_stored(store: Store, name: str) -> None:
    """Remove the report `name` or what is left of one, if there is any."""
    there = store.find(name)
    mark = f"{name}/{MARK}"
    if mark in there:
        store.write(f"{name}/{BEGUN}", b"This report is being removed.\n")
        store.remove([mark])
    elif f"{name}/{BEGUN}" not in there:
        return
    store.remove(each for each in there if each not in (mark, f"{name}/{BEGUN}"))
    store.remove([f"{name}/{BEGUN}"])


def find_stored(
    store: Store, names: Sequence[str], identities: Sequence[str], *, verify: bool = False
) -> tuple[list[Result], list[str]]:
    """Return which of the reports are there already, whole and from the same.

    `store`: the folder of the batch. `names`, `identities`: the reports, and what each would be
    made from now. `verify`: read all files of the reports and hash them; otherwise their manifests
    say it. Returns complete or waiting, in the order of `names`; what a person should know, a line
    each.
    """
    results: list[Result] = []
    notes: list[str] = []
    manifests: dict[str, bytes] = {}
    for place, (name, identity) in enumerate(zip(names, identities, strict=True)):
        if place % _AT_ONCE == 0:  # those of all reports would fill the memory
            some = names[place : place + _AT_ONCE]
            manifests = store.read_many([f"{each}/{MARK}" for each in some])
        manifest, note = _read(manifests.get(f"{name}/{MARK}"))
        outputs = manifest.get("outputs")
        if not note and manifest.get("status") == COMPLETE and not isinstance(outputs, dict):
            note = "is not whole"
        is_made = not note and bool(outputs) and manifest.get("status") == COMPLETE
        is_made = is_made and manifest.get("identity") == identity
        if is_made and verify and (changed := _find_changed(store, name, outputs or {})):
            is_made, note = False, f"has another {changed} beside it"
        if note:
            notes.append(f"{store.address}/{name}/{MARK} {note}; the report is made again")
        made = Result(COMPLETE, name, _seconds(manifest), outputs=outputs or {})
        results.append(made if is_made else Result(WAITING))
    return results, notes


def _read(content: bytes | None) -> tuple[dict[str, Any], str]:
    if content is None:
        return {}, ""
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        return {}, "cannot be read"
    return (manifest, "") if isinstance(manifest, dict) else ({}, "is no manifest")


def _seconds(manifest: dict[str, Any]) -> float:
    seconds = manifest.get("seconds", 0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _find_changed(store: Store, name: str, outputs: dict[str, str]) -> str:
    """Return the first file that is missing or not the one of the manifest, or ""."""
    files = store.read_many([f"{name}/{file}" for file in outputs])
    for file, digest in outputs.items():
        content = files.get(f"{name}/{file}")
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return file
    return ""


def _refuse_foreign(store: Store, name: str, there: dict[str, Any]) -> None:
    place = f"{store.address}/{name}"
    if f"{name}/{BATCH_MARK}" in there:
        raise StorageError(f"{place} holds a batch of reports, not one; choose another folder")
    if there and f"{name}/{MARK}" not in there and f"{name}/{BEGUN}" not in there:
        message = f"{place} is there and is no report (it has no {MARK}); move it away first"
        raise StorageError(message)
