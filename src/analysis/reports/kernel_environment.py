"""What every kernel of a report finds in its environment, whoever starts it.

Imports the standard library alone: the fork server starts with it before anything heavy is there.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

#: The folder from which this process imports the package: the kernel must use the same.
_PACKAGES = Path(__file__).resolve().parents[2]


def kernel_environment() -> dict[str, str]:
    """Return what every kernel of a report finds in its environment, whoever starts it."""
    return {
        # Paths are made absolute, for the kernel works in another folder.
        "PYTHONPATH": os.pathsep.join(find_paths(os.environ.get("PYTHONPATH", ""))),
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def limit_memory(most: int) -> None:
    """Let this process take at most `most` bytes more than it has, where a system can say that."""
    if sys.platform == "win32":
        return
    import resource

    # Libraries reserve more than a gigabyte that they never use, and the limit counts that too.
    reserved = 0
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmData:"):
                reserved = int(line.split()[1]) * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (reserved + most, reserved + most))


def find_paths(inherited: str) -> list[str]:
    """Return where a kernel looks for packages: this package first, then what is inherited."""
    others = [str(Path(path).resolve()) for path in inherited.split(os.pathsep) if path]
    return list(dict.fromkeys([str(_PACKAGES), *others]))
