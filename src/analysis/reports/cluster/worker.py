"""What a process keeps between two reports that it makes for a cluster, and what it is fit for.

Nothing here needs Dask: a worker is any process that has the package installed.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from analysis.hashes import hash_values
from analysis.reports.batch.addresses import StorageError, is_address
from analysis.reports.cluster.fetching import NOTEBOOKS as NOTEBOOK_FILES
from analysis.reports.cluster.fetching import TABLES, fetch_folder
from analysis.reports.identity import AROUND, find_versions, hash_files
from analysis.reports.notebooks import NOTEBOOKS
from analysis.tables import find_casebook

#: A file in the folder of a batch, while it is at work: who reads the token in it sees the folder.
PROBE = ".batch.probe"


_ELSEWHERE = "name a folder that all workers see, or the address of a store such as s3://…"


class Unfit(ValueError):
    """A worker cannot make a report as the machine would that asked for it; one line."""


@dataclass(frozen=True)
class Parts:
    """What reports are made from, in parts."""

    #: SHA-256 of the package, the casebook and the notebooks.
    code: str
    tables: str
    notebooks: str
    versions: Mapping[str, str]  # as `find_versions` returns it


def find_parts(inputs: Mapping[str, str]) -> Parts:
    """Return `inputs`, as `hash_files` returns them, in parts."""

    def digest(start: str) -> str:
        # What starts reports or lists them changes nothing in them, and is none of a worker's.
        return hash_values(
            {k: v for k, v in inputs.items() if k.startswith(start) and not k.startswith(AROUND)}
        )

    return Parts(digest("analysis/"), digest("data/"), digest("notebooks/"), find_versions())


def say_difference(wanted: Parts, own: Parts, data: str, folder: str) -> str:
    """Return in what a worker differs from the machine that asked, as a line about this process."""
    name = worker_name()
    other = [
        f"{package} {own.versions.get(package, 'not installed')} where {version} is expected"
        for package, version in wanted.versions.items()
        if own.versions.get(package) != version
    ]
    same = "install the same on every worker, and start the workers again"
    if other:
        return f"{name} has {' and '.join(other[:3])}; {same}"
    if wanted.code != own.code:
        return f"{name} runs other code of contested-figures; {same}"
    if wanted.tables != own.tables:
        return f"{name} sees other tables in {data or 'its own casebook'}; {_ELSEWHERE}"
    if wanted.notebooks != own.notebooks:
        return f"{name} sees other notebooks in {folder or 'its own folder'}; {_ELSEWHERE}"
    return f"{name} does not see the same files in a folder that a parameter names; {_ELSEWHERE}"


def worker_name() -> str:
    """Return this process as a message names it."""
    return f"the worker {os.getpid()} on {socket.gethostname()}"


def sees(out: str, token: str) -> bool:
    """Return whether this process sees the folder `out` of the machine that sent `token`."""
    try:
        return (Path(out) / PROBE).read_text("utf-8") == token
    except OSError:
        return False


def find_place(place: str, ending: tuple[str, ...]) -> str:
    """Return a folder of this machine for `place`: a path, the address of a store, or "".

    A store is asked once in the life of a batch's worker; then its files are here.

    Raises `StorageError`: the store cannot be read; `Unfit`: there is no such folder here.
    """
    if is_address(place):
        return str(_fetch(place, ending))
    folder = Path(place) if place else (NOTEBOOKS if ".ipynb" in ending else find_casebook(""))
    if not folder.is_dir():
        raise Unfit(f"{worker_name()} does not see {place or folder}; {_ELSEWHERE}")
    return str(folder)


@lru_cache(maxsize=32)
def _fetch(address: str, ending: tuple[str, ...]) -> Path:
    return fetch_folder(address, ending)


def find_inputs(notebooks: tuple[Path, ...], casebook: str, wanted: Parts) -> Mapping[str, str]:
    """Return the hashes of what a report is made from; the files are read once a batch.

    Raises `Unfit`: the code has changed on the disk since this process has imported it.
    """
    return _hash(notebooks, casebook, hash_values(wanted.code, wanted.tables, wanted.notebooks))


@lru_cache(maxsize=256)
def _hash(notebooks: Iterable[Path], casebook: str, _batch: str) -> Mapping[str, str]:
    inputs = hash_files(notebooks, Path(casebook))
    if find_parts(inputs).code != _loaded():
        name = worker_name()
        raise Unfit(f"{name} has imported code that has changed since; start the workers again")
    return inputs


@cache
def _loaded() -> str:
    """Return the SHA-256 of the code of this process, as it was when it was imported."""
    return find_parts(hash_files([], Path(os.devnull))).code


def dask_setup(_worker: object) -> None:
    """Let Ctrl-C be heard by the command alone: a worker of its cluster ends its report first.

    Dask calls this in each worker of a local cluster. Unlike a signal that is ignored, one with
    a handler is as it should be in the kernels that are started from here.
    """
    signal.signal(signal.SIGINT, lambda *_: None)


def look(out: str, token: str, data: Mapping[str, str], folder: str, parts: Parts) -> str:
    """Return why this process cannot make the reports of a batch, or "" if it can.

    `data`: casebooks, with the SHA-256 of their tables as `Parts` has it.
    """
    try:
        if not is_address(out) and not sees(out, token):
            return (
                f"{worker_name()} does not see {out}; without a shared file system OUT must be "
                "the address of a store such as s3://bucket/folder"
            )
        notebooks = sorted(Path(find_place(folder, NOTEBOOK_FILES)).glob("*.ipynb"))
        for casebook, tables in data.items():
            own = find_parts(find_inputs(tuple(notebooks), find_place(casebook, TABLES), parts))
            wanted = Parts(parts.code, tables, own.notebooks, parts.versions)
            if wanted != own:
                return say_difference(wanted, own, casebook, folder)
        if is_address(out):
            from analysis.reports.cluster.lease import read_holder
            from analysis.reports.cluster.store import Store

            if read_holder(Store(out)).get("token") != token:
                return f"{worker_name()} does not see {out} as this machine does"
    except (Unfit, StorageError) as problem:
        return str(problem)
    except Exception as problem:
        return f"{worker_name()}: {type(problem).__name__}: {problem}"
    return ""
