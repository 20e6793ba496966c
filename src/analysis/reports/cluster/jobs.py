"""One report as a job for a worker anywhere: what is sent, what is done there, what comes back.

Nothing here needs Dask: a worker is any process that has the package installed.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from analysis.hashes import hash_values
from analysis.reports.batch.addresses import StorageError, is_address
from analysis.reports.batch.earlier import FAILED, Result, read_result
from analysis.reports.batch.worker import say_problem
from analysis.reports.build import make_report
from analysis.reports.cluster.store import NOTEBOOKS as NOTEBOOK_FILES
from analysis.reports.cluster.store import TABLES, Store, fetch_folder
from analysis.reports.cluster.stored_reports import put_report, read_holder, remove_stored
from analysis.reports.identity import AROUND, find_versions, hash_files
from analysis.reports.manifest import identify_report
from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks
from analysis.reports.parameters import Value
from analysis.reports.report_engine import ProjectServer
from analysis.reports.run import Watcher
from analysis.reports.temporary import TemporaryFolder
from analysis.tables import find_casebook

#: A worker makes one report at a time, however many threads it was given.
_TURN = threading.Lock()


@dataclass(frozen=True)
class Job:
    """A report to be made; small, and the same for every worker."""

    name: str  # its folder in `out`
    as_of: str  # its day
    notebooks: tuple[str, ...]  # the names of its notebooks
    values: Mapping[str, dict[str, Value]]  # parameters by name of the notebook, checked
    #: Where the notebooks and the casebook are, and where reports go: paths that the worker sees
    #: too, or addresses of a store. "" is the project's own.
    folder: str
    data: str
    out: str
    #: Seconds that a cell and GB that a kernel may take; 0 is any.
    timeout: int
    memory: int
    identity: str  # what the report is made from (see `identify_report`)
    parts: Parts  # the same in parts, to say what is different on a worker
    token: str = ""  # what stands in the file `PROBE` in `out`


class _Notes(Watcher):
    """Keeps what is to be said: only the end of a report goes over the network."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, notebook: Notebook, words: str) -> None:
        self.lines.append(f"{notebook.name}: {words}")


def run_job(job: Job) -> Result:
    """Make the report of `job` on this worker and put it in its place.

    A report that failed, or that could not be put in its place, is a result too.
    Raises `Unfit`: this worker cannot make the report as the machine that sent it would.
    """
    with _TURN:
        casebook = find_place(job.data, TABLES)
        folder = find_place(job.folder, NOTEBOOK_FILES)
        notebooks = find_notebooks(Path(folder), job.notebooks)
        inputs = find_inputs(tuple(each.path for each in notebooks), casebook, job.parts)
        parts = find_parts(inputs)
        identity = identify_report(notebooks, job.values, job.as_of, inputs, parts.versions)
        if identity != job.identity:
            raise Unfit(say_difference(job.parts, parts, job.data, job.folder))
        stored = is_address(job.out)
        if not stored and not sees(job.out, job.token):
            raise Unfit(f"{worker_name()} does not see {job.out}")
        with ExitStack() as stack:
            out, watcher = Path(job.out), _Notes()
            try:
                if stored:
                    out = Path(stack.enter_context(TemporaryFolder()), "out")
                server = find_fork_server(casebook, [each.path for each in notebooks])
                report = make_report(
                    notebooks, job.values, job.as_of, casebook, out, watcher, name=job.name,
                    most=1, seconds=job.timeout, memory=job.memory or None,
                    fork_server=server.address, revive=server.revive, inputs=inputs,
                )  # fmt: skip
                place = report.folder.relative_to(out).as_posix()
                result = read_result(out, place)
                if stored:
                    _put(Store(job.out), report.folder, place, job.name)
            except Exception as problem:
                result = Result(FAILED, error=say_problem(problem, out))
        return replace(result, notes=tuple(watcher.lines))


def _put(store: Store, folder: Path, place: str, name: str) -> None:
    put_report(store, folder, place)
    if place == name:
        remove_stored(store, f"{name}.failed")


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
        if is_address(out) and read_holder(Store(out)).get("token") != token:
            return f"{worker_name()} does not see {out} as this machine does"
    except (Unfit, StorageError) as problem:
        return str(problem)
    except Exception as problem:
        return f"{worker_name()}: {type(problem).__name__}: {problem}"
    return ""


#: Libraries of linear algebra start a thread a core; here the workers fill the cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


#: What its server has been told to have ready: notebooks, with the folder of their tables.
_PREPARED: set[tuple[Path, str]] = set()


@cache
def _open_server() -> ProjectServer:
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    server = ProjectServer()
    atexit.register(server.close)
    return server


def find_fork_server(casebook: str, notebooks: Sequence[Path]) -> ProjectServer:
    """Return the fork server of this process; without an address where kernels start cold.

    A process makes one report at a time (see `run_job`).

    `casebook`: the folder of the tables that are read before the next fork. `notebooks`: what will
    run: what it imports is there before that.
    """
    server = _open_server()
    new = {(path, casebook) for path in notebooks} - _PREPARED
    if new:
        server.prepare(sorted(path for path, _ in new), Path(casebook))
        _PREPARED.update(new)
    return server
