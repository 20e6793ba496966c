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

#: The folder from which this process imports the package: the kernel must use the same.
_PACKAGES = Path(__file__).resolve().parents[2]

#: The name of a socket must be shorter than some 100 characters, its number included.
_LONGEST_SOCKET = 80


class OwnKernel(AsyncKernelManager):
    """Starts the running interpreter as a kernel, for one notebook of a report."""

    _started: ClassVar[WeakSet[OwnKernel]] = WeakSet()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # A folder of its own: nobody's start-up files or picture formats apply.
        self._folder = tempfile.TemporaryDirectory(prefix="figures-", ignore_cleanup_errors=True)
        connection = Path(self._folder.name) / "kernel.json"
        if os.name == "posix" and len(str(connection)) <= _LONGEST_SOCKET:
            # Sockets in this folder are private; a port of the machine would not be.
            options |= {"transport": "ipc", "connection_file": str(connection)}
        super().__init__(*arguments, **options)
        OwnKernel._started.add(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command that starts the kernel, and what it adds to the environment."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        environment = {
            # Paths are made absolute, for the kernel works in another folder.
            "PYTHONPATH": os.pathsep.join(find_paths(os.environ.get("PYTHONPATH", ""))),
            "PYTHONHASHSEED": "0",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "IPYTHONDIR": self._folder.name,
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
    def kill_all(cls) -> None:
        """End every kernel at once; kernels run apart from the terminal and hear no Ctrl-C."""
        for manager in list(cls._started):
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                with contextlib.suppress(OSError):
                    process.kill()


def find_paths(inherited: str) -> list[str]:
    """Return where a kernel looks for packages: this package first, then what is inherited."""
    others = [str(Path(path).resolve()) for path in inherited.split(os.pathsep) if path]
    return list(dict.fromkeys([str(_PACKAGES), *others]))
