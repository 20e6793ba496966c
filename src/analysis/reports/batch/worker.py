"""A worker process: makes one report after another, as its parent hands them out."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from analysis.reports.batch.earlier import FAILED, Result, read_result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.stopping import be_interruptible
from analysis.reports.build import make_report
from analysis.reports.mistakes import explain
from analysis.reports.notebooks import Notebook
from analysis.reports.run import Outcome, Watcher
from analysis.safety import clean_text

#: Seconds in which a worker whose parent is gone puts its things in order.
_LAST_WORDS = 5.0

#: The names of sockets, which lie in temporary folders, must be short.
_LONGEST_TEMPORARY = 40


@dataclass(frozen=True)
class Setup:
    """What all workers of a batch share."""

    out: Path  # the folder of the batch
    timeout: int  # seconds that a cell may take
    #: For each casebook, the hashes of what its reports are made from.
    inputs: Mapping[str, Mapping[str, str]]
    memory: int | None = None  # GB that a kernel may take
    fork_server: str = ""  # the address of a fork server for warm kernels, or ""


@dataclass(frozen=True)
class Sign:
    """A worker is alive: a cell has run, or there is something to be said."""

    words: str = ""


def work(
    pipe: Connection,
    life: Connection,
    foreign: Sequence[Connection],
    temporary: str,
    setup: Setup,
) -> None:
    """Make the reports that come through `pipe` until None comes.

    `pipe`: Planned come in, Sign and Result go out. `life`: ends when the parent does, however it
    ends. `foreign`: ends of pipes that a forked process has, though they are its parent's.
    `temporary`: a folder for temporary files, which the parent removes.
    """
    try:
        be_interruptible()
        # What went wrong is in the report; lines of its libraries would break the parent's bar.
        logging.disable(logging.CRITICAL)
        for end in foreign:
            end.close()
        if len(temporary) <= _LONGEST_TEMPORARY:
            tempfile.tempdir = temporary
        threading.Thread(target=_watch, args=(life, temporary), daemon=True).start()
        while True:
            planned = pipe.recv()
            if planned is None:
                return
            pipe.send(_make(planned, setup, _Signs(pipe)))
    except (KeyboardInterrupt, EOFError, OSError):  # the parent says so, or is gone
        return


def _make(planned: Planned, setup: Setup, signs: _Signs) -> Result:
    own = {f"notebooks/{notebook.path.name}" for notebook in planned.notebooks}
    inputs = {
        name: digest
        for name, digest in setup.inputs[planned.data].items()
        if name in own or not name.startswith("notebooks/")
    }
    try:
        report = make_report(
            planned.notebooks, planned.values, planned.as_of, planned.data, setup.out, signs,
            name=planned.name, most=1, seconds=setup.timeout, memory=setup.memory,
            fork_server=setup.fork_server, inputs=inputs,
        )  # fmt: skip
    except Exception as problem:
        return Result(FAILED, error=say_problem(problem, setup.out))
    return read_result(setup.out, report.folder.relative_to(setup.out).as_posix())


def say_problem(problem: Exception, out: Path) -> str:
    """Return why there is no report, as one line without folders of this machine."""
    try:
        words = explain(problem)[1]
    except Exception:  # a fault of the program: it is this report's alone
        words = f"fault of the program: {type(problem).__name__}: {problem}"
    line = clean_text(words.replace(f"{out}{os.sep}", "")).strip().splitlines()
    return line[0][:300] if line else type(problem).__name__


class _Signs(Watcher):
    """Tells the parent of every cell."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._turn = threading.Lock()

    def cell_done(self, notebook: Notebook) -> None:  # noqa: ARG002
        self._send(Sign())

    def notebook_done(self, outcome: Outcome) -> None:  # noqa: ARG002
        self._send(Sign())

    def note(self, notebook: Notebook, words: str) -> None:
        self._send(Sign(f"{notebook.name}: {words}"))

    def _send(self, sign: Sign) -> None:
        with self._turn, suppress(OSError):  # a parent that is gone is `_watch`'s business
            self._pipe.send(sign)


def _watch(life: Connection, temporary: str) -> None:
    """End this process when its parent has ended, and the kernel with it."""
    with suppress(EOFError, OSError):
        life.recv_bytes()
    # As Ctrl-C does: the main thread ends the kernel and removes its draft.
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(_LAST_WORDS)
    from analysis.reports.kernel import OwnKernel

    OwnKernel.kill_all()
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(1)
