"""What becomes of the reports of a batch on a cluster, written where the reports go."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from analysis.reports.batch.addresses import StorageError
from analysis.reports.batch.earlier import Result
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.running import State
from analysis.reports.batch.work_log import WorkLog
from analysis.reports.cluster.lease import Lease
from analysis.reports.cluster.store import Store
from analysis.reports.folder import INDEX, MARK

#: In the manifest of a larger batch the hashes of the files are left to each report's own
#: manifest: they are most of it, and it is written again and again.
_WITH_HASHES = 5_000

#: A putting that took one second is not followed by another for so many.
_SHARE = 50.0


@dataclass(frozen=True)
class Shelf:
    """Where the reports of a batch go."""

    out: str  # a path, or the address of a store
    token: str  # by which workers tell that they see the same place
    store: Store | None = None  # the store, if it is one
    lease: Lease | None = None  # by which the store is held


class ClusterLog(WorkLog):
    """The results of a batch on a cluster."""

    def __init__(self, plan: Plan, state: State, request: Mapping[str, str], shelf: Shelf) -> None:
        super().__init__(plan, state.results, state.identities, request)
        self._shelf = shelf
        self._with_hashes = len(plan.reports) <= _WITH_HASHES
        self.results = [self._keep(result) for result in self.results]

    def tick(self) -> None:
        """Write the index now and then, and go on holding the place.

        Raises `StorageError`: another batch has taken the place.
        """
        with suppress(StorageError):
            super().tick()
        if self._shelf.lease is not None:
            self._shelf.lease.tick()

    def write(self, *, running: bool = False) -> None:
        """Write the index and the manifest where the reports go, each whole or not at all.

        Raises `OSError, StorageError`: the place cannot be written.
        """
        super().write(running=running)
        if self._shelf.store is not None:
            began = time.monotonic()
            for name in (INDEX, MARK):
                self._shelf.store.put({name: self._plan.out / name})
            self._next += _SHARE * (time.monotonic() - began)

    def _keep(self, result: Result) -> Result:
        return result if self._with_hashes else replace(result, outputs={})
