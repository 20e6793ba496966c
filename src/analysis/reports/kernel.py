"""The kernel of a report: this very Python, whatever kernels and settings are installed.

papermill looks for a kernel called python3, which may be another Python without the package.
This manager starts the interpreter that runs the command, in an environment that does not
depend on the person who starts it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakSet

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from analysis.reports.kernel_environment import kernel_environment

#: The name of a socket must be shorter than some 100 characters, its number included.
_LONGEST_SOCKET = 80


class OwnKernel(AsyncKernelManager):
    """Starts the running interpreter as a kernel, for one notebook of a report."""

    _started: ClassVar[WeakSet[OwnKernel]] = WeakSet()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # A folder of its own: nobody's start-up files or picture formats apply.
        self._folder = tempfile.TemporaryDirectory(prefix="figures-", ignore_cleanup_errors=True)
        super().__init__(*arguments, **(options | private_connection(self._folder.name)))
        OwnKernel._started.add(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command that starts the kernel, and what it adds to the environment."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        environment = kernel_environment() | {"IPYTHONDIR": self._folder.name}
        return KernelSpec(
            # What a notebook has to say is in its outputs; the kernel's own log is not shown.
            argv=[*command, "--HistoryManager.enabled=False", "--IPKernelApp.log_level=50"],
            display_name="Python 3",
            language="python",
            # jupyter_client fills in $NAMES; a $ in a path is none.
            env={name: value.replace("$", "$$") for name, value in environment.items()},
        )

    @classmethod
    def kill_all(cls) -> None:
        """End every kernel at once; kernels run apart from the terminal and hear no Ctrl-C."""
        for manager in list(cls._started):
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                with contextlib.suppress(OSError):
                    process.kill()


def private_connection(folder: str) -> dict[str, str]:
    """Return options by which a kernel is reached through sockets in `folder` alone.

    Sockets in a folder of the owner are private; a port of the machine would not be. Where
    there are none, or the name of the folder is too long for them, there are no options.
    """
    connection = Path(folder) / "kernel.json"
    if os.name != "posix" or len(str(connection)) > _LONGEST_SOCKET:
        return {}
    return {"transport": "ipc", "connection_file": str(connection)}
