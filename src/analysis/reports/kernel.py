"""The kernel of a report: this very Python, whatever kernels and settings are installed.

papermill looks for a kernel called python3, which may be another Python without the package.
This manager starts the interpreter that runs the command, in an environment that does not
depend on the person who starts it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4
from weakref import WeakSet

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from analysis.reports.kernel_environment import kernel_environment
from analysis.reports.temporary import TemporaryFolder

#: The variable by which the processes of a kernel are known.
MARK = "FIGURES_KERNEL"

#: The first line that a kernel with a limit runs, wherever it starts.
_LIMIT = "__import__('analysis.reports.kernel_environment', fromlist=['analysis']).limit_memory({})"

#: The name of a socket must be shorter than some 100 characters, its number included.
_LONGEST_SOCKET = 80


class OwnKernel(AsyncKernelManager):
    """Starts the running interpreter as a kernel, for one notebook of a report."""

    _started: ClassVar[WeakSet[OwnKernel]] = WeakSet()

    #: GB that it may take.
    _memory: ClassVar[int | None] = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # A folder of its own: nobody's start-up files or picture formats apply.
        self._folder = TemporaryFolder()
        self._mark = uuid4().hex
        super().__init__(*arguments, **(options | private_connection(self._folder.name)))
        OwnKernel._started.add(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command that starts the kernel, and what it adds to the environment."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        if self._memory:
            command.append(f"--IPKernelApp.exec_lines={_LIMIT.format(self._memory * 10**9)}")
        environment = kernel_environment() | {
            "IPYTHONDIR": self._folder.name,
            MARK: self._mark,
        }
        return KernelSpec(
            # What a notebook has to say is in its outputs; the kernel's own log is not shown.
            argv=[*command, "--HistoryManager.enabled=False", "--IPKernelApp.log_level=50"],
            display_name="Python 3",
            language="python",
            # jupyter_client fills in $NAMES; a $ in a path is none.
            env={name: value.replace("$", "$$") for name, value in environment.items()},
        )

    @classmethod
    def limited_to(cls, memory: int | None) -> type[OwnKernel]:
        """Return the class of kernels that may take so many GB; None for as many as there are."""
        return type(cls.__name__, (cls,), {"_memory": memory})

    @classmethod
    def kill_all(cls) -> None:
        """End every kernel at once; kernels run apart from the terminal and hear no Ctrl-C."""
        for manager in list(cls._started):
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                with contextlib.suppress(OSError):
                    process.kill()
            end_marked(manager._mark)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart:
            end_marked(self._mark)

    cleanup_resources = _async_cleanup_resources


def end_marked(mark: str) -> None:
    """End what a kernel has started and left running, also in sessions of its own.

    Known by a variable that programs hand down to those they start; where the system tells no
    variables of a process, nothing is done. What leaves the session and clears its environment
    is not known, and lives on.
    """
    wanted = f"{MARK}={mark}".encode()
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in entry.read_bytes().split(b"\0"):
                os.kill(int(entry.parent.name), signal.SIGKILL)


def private_connection(folder: str) -> dict[str, str]:
    """Return options by which a kernel is reached through sockets in `folder` alone.

    Sockets in a folder of the owner are private; a port of the machine would not be. Where
    there are none, or the name of the folder is too long for them, there are no options.
    """
    connection = Path(folder) / "kernel.json"
    if os.name != "posix" or len(str(connection)) > _LONGEST_SOCKET:
        return {}
    return {"transport": "ipc", "connection_file": str(connection)}
