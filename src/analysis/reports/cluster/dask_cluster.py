"""The workers of a batch: those of a scheduler that runs already, or processes of this machine."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from analysis.reports.batch.addresses import INSTALL
from analysis.reports.cluster.worker import Parts, look
from analysis.reports.parameters import ParameterError
from analysis.safety import clean_text
from analysis.tables import shorten

#: What stands for a cluster of processes of this machine.
LOCAL = "local"

_SCHEDULER = re.compile(r"(tcp|tls|ucx|ws|wss)://[^\s/]+:[0-9]+/?")

#: Seconds in which a scheduler answers, and in which the first worker joins.
_ANSWERS, _JOINS = 15.0, 60.0

#: A job whose worker dies is given back at once: `DaskPool` says so, and tries again.
MORE_TRIES = 0


class ClusterError(ParameterError):
    """A cluster cannot be used as it was asked; the message is one line."""


@contextmanager
def open_cluster(address: str, workers: int) -> Iterator[Any]:
    """Give a client of a cluster that has at least one worker.

    `address`: tcp://HOST:PORT of a scheduler, or "local". `workers`: processes of a local cluster.
    Raises `ClusterError`: it is no address, nobody answers, no worker is there, or Dask is not
    installed.
    """
    if address != LOCAL and not _SCHEDULER.fullmatch(address):
        shown = shorten(address)
        raise ClusterError(f'--dask: "{shown}" is not allowed; expected tcp://HOST:PORT or local')
    try:
        import cryptography  # noqa: F401, the keys of a local cluster
        import dask
        import distributed
    except ImportError:
        raise ClusterError(f"--dask needs the extra scale: {INSTALL}") from None
    make_cluster: Any = distributed.LocalCluster
    make_client: Any = distributed.Client
    # Workers that die are told of in words of our own.
    logger = logging.getLogger("distributed")
    level = logger.level
    settings = {"distributed.scheduler.allowed-failures": MORE_TRIES}
    logger.setLevel(logging.CRITICAL)
    try:
        with dask.config.set(settings if address == LOCAL else {}):
            if address == LOCAL:
                with (
                    make_cluster(
                        n_workers=workers,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        # A free port that this machine alone can reach.
                        dashboard_address="127.0.0.1:0",
                        # Kernels are processes of their own, which a worker's limit knows not.
                        memory_limit=0,
                        # Who reaches a scheduler runs code on its workers: with keys that only
                        # these processes have, no other user of the machine does.
                        security=True,
                        silence_logs=logging.CRITICAL,
                        preload=["analysis.reports.cluster.worker"],
                    ) as cluster,
                    make_client(cluster, set_as_default=False) as client,
                ):
                    yield client
                return
            try:
                client = make_client(address, timeout=_ANSWERS, set_as_default=False)
            except (OSError, TimeoutError, ValueError) as problem:
                line = (clean_text(str(problem)).strip().splitlines() or ["no answer"])[0]
                message = f"no scheduler of this version answers at {address} ({shorten(line, 80)})"
                raise ClusterError(message) from None
            with client:
                _wait_for_one(client, address)
                yield client
    finally:
        logger.setLevel(level)


def _wait_for_one(client: Any, address: str) -> None:
    until = time.monotonic() + _JOINS
    while not client.nthreads():
        if time.monotonic() > until:
            raise ClusterError(f"no worker has joined the scheduler at {address}")
        time.sleep(0.2)


def count_threads(client: Any) -> int:
    """Return how many jobs the workers of a cluster take at the same time: one a worker."""
    try:
        return len(client.nthreads())
    except Exception:  # the scheduler is away; whether it comes back is told by the jobs
        return 0


def check_workers(
    client: Any, out: str, token: str, data: Mapping[str, str], folder: str, parts: Parts
) -> int:
    """Have every worker look at what a batch needs, before it begins; return how many there are.

    Raises `ClusterError`: a worker cannot make these reports, and why.
    """
    answers = client.run(look, out, token, dict(data), folder, parts, on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, ImportError):
            raise ClusterError(
                f"the worker {worker} cannot import contested-figures ({answer}); "
                "install the same on every worker, and start the workers again"
            )
        if isinstance(answer, BaseException):
            said = f"{type(answer).__name__}: {answer}"
            raise ClusterError(f"the worker {worker} does not answer ({shorten(said, 120)})")
        if answer:
            raise ClusterError(f"{answer} (worker {worker})")
    return len(answers)
