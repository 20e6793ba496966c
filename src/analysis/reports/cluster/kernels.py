"""The warm kernels of a worker process: one fork server, from its first report to its end."""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.reports.report_engine import ProjectServer

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

    A process makes one report at a time (see `jobs`).

    `casebook`: the folder of the tables that are read before the next fork. `notebooks`: what will
    run: what it imports is there before that.
    """
    server = _open_server()
    new = {(path, casebook) for path in notebooks} - _PREPARED
    if new:
        server.prepare(sorted(path for path, _ in new), Path(casebook))
        _PREPARED.update(new)
    return server
