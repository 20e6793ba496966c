"""The engine of papermill that makes reports: what it saves tells no folder of this machine.

It is also the one door to warm kernels (`analysis.reports.warm`), which nothing else needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from analysis.reports.temporary import check_room

#: Seconds between two saves. What a run that is killed has saved is removed and read by nobody.
_BETWEEN = 30.0


class KernelServer(Protocol):
    """A fork server from which notebooks have warm kernels.

    Attributes
    ----------
    address : str
        Its address; "" where nothing can be forked, and notebooks start cold.
    """

    address: str

    def prepare(self, notebooks: Iterable[Path], casebook: Path | None = None) -> None:
        """Have imported and read what `notebooks` need, before the next kernel is forked."""

    def revive(self) -> bool:
        """Start it again at its address if it has died; return whether it had."""

    def close(self) -> None:
        """End it, and all its kernels."""


class ReportEngine:
    """Runs a notebook in a kernel of a fork server that runs already, or in one of its own."""

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, *arguments: Any, fork_server: str = "", **options: Any
    ) -> Any:
        """Run `nb` and return it; without the address `fork_server`, in papermill's own engine."""
        from papermill.engines import NBClientEngine

        record = nb.metadata.papermill
        for name in ("input_path", "output_path"):
            # papermill has just written the whole path there, and does not read it again.
            record[name] = Path(record[name]).name
        if fork_server:
            options |= {"fork_server": fork_server, "seconds_between_saves": _BETWEEN}
            from analysis.reports.warm.engine import WarmEngine

            return WarmEngine.execute_notebook(nb, kernel_name, *arguments, **options)
        return NBClientEngine.execute_notebook(nb, kernel_name, *arguments, **options)

    @staticmethod
    def nb_kernel_name(nb: Any, name: str | None = None) -> str:
        """Return the name of the kernel that `nb` asks for."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @staticmethod
    def nb_language(nb: Any, language: str | None = None) -> str:
        """Return the language of `nb`."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


def start_project_server() -> KernelServer:
    """Return a new fork server for the project's notebooks, which its owner closes."""
    from analysis.reports import warm

    return warm.ProjectServer()


def open_project_server() -> AbstractContextManager[KernelServer]:
    """Give a fork server for the project's notebooks, and end it.

    Raises
    ------
    OSError
        There is no room for it (see `check_room`).
    """
    from analysis.reports import warm

    check_room()
    return warm.open_project_server()
