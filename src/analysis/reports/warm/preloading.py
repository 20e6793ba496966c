"""What a fork server has in memory before it forks, and which kernels that suits.

Loaded by the script `server` beside it, which imports nothing of this package of its own.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Any

#: Variables that libraries read when they are imported: a kernel that wants others than the
#: server had cannot be forked from it.
_READ_AT_IMPORT = (
    "PYTHON", "MPL", "MATPLOTLIB", "PANDAS", "NUMPY", "NPY_", "OMP_", "OPENBLAS_", "MKL_",
    "NUMEXPR_", "ARROW_", "LANG", "LC_", "TZ", "HOME", "XDG_", "LD_", "DYLD_", "GLIBC_", "MALLOC_",
    "PYDEVD_",
)  # fmt: skip

#: What ipykernel and IPython import only when a kernel starts or runs its first cell.
_KERNEL = (
    "IPython", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell",
    "ipykernel.debugger", "ipykernel.subshell_manager", "ipykernel.eventloops", "psutil",
    "IPython.core.completerlib", "IPython.core.magics", "IPython.core.pylabtools",
    "IPython.terminal.debugger", "IPython.extensions.storemagic", "IPython.core.logger",
    "IPython.core.oinspect", "IPython.utils.wildcard", "tornado.platform.asyncio", "faulthandler",
    "asyncio", "comm", "sqlite3",
)  # fmt: skip

#: What a file is called that Python imports in place of a library of that name.
_ENDINGS = (".py", ".pyc", ".so")

#: A library may have kept the stream to which it writes.
_kept: list[object] = []


class _Kernel:
    """What pandas finds when it asks, as it is imported, whether it runs in a terminal."""

    kernel = None


def preload(entries: list[str]) -> None:
    """Import modules as a cell of a notebook would, and make the calls among `entries`.

    What is not installed is left out. Of what fails otherwise the error is printed, and the
    notebook that needs it will meet it again.
    """
    names = ("get_ipython", "__IPYTHON__")
    own, like_a_kernel = sys.stdout, io.TextIOWrapper(sys.stdout.buffer, "UTF-8")
    for entry in sorted(entries, key=lambda entry: ":" in entry):
        vars(builtins).update(dict(zip(names, (_Kernel, True), strict=True)))
        sys.stdout = like_a_kernel  # its encoding is the one of tables that pandas writes
        try:
            if ":" in entry:
                _call(entry)
            else:
                importlib.import_module(entry)
        except ImportError:
            pass
        except (Exception, SystemExit):
            traceback.print_exc()
        finally:
            sys.stdout = own
            for name in names:
                delattr(builtins, name)
    like_a_kernel.flush()  # or each kernel would print what a library printed here
    sys.stderr.flush()
    _kept.append(like_a_kernel)


def _call(entry: str) -> None:
    """Call `package.module:function`, or with a text `package.module:function=text`."""
    path, _, given = entry.partition("=")
    module, _, function = path.partition(":")
    getattr(importlib.import_module(module), function)(*([given] if given else []))


def load_kernel() -> dict[str, str]:
    """Import all that a kernel needs; return the variables that it sets as it is imported."""
    # Or the debugger prints a warning here.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    before = dict(os.environ)
    preload(list(_KERNEL))
    return {name: value for name, value in os.environ.items() if before.get(name) != value}


def find_files(package: str) -> list[str]:
    """Return the files of the modules of `package` that are in memory."""
    files = [
        getattr(module, "__file__", None)
        for name, module in list(sys.modules.items())
        if package and (name == package or name.startswith(f"{package}."))
    ]
    return [file for file in files if file]


def find_states(files: list[str]) -> list[tuple[int, int, int] | None]:
    """Return when each file was last written and changed, and its size; None for one gone."""
    states: list[tuple[int, int, int] | None] = []
    for file in files:
        try:
            state = Path(file).stat()
        except OSError:
            states.append(None)
        else:
            states.append((state.st_mtime_ns, state.st_ctime_ns, state.st_size))
    return states


def forget(package: str) -> None:
    """Take `package` out of memory, so that its next import reads the disk."""
    for name in [n for n in sys.modules if n == package or n.startswith(f"{package}.")]:
        del sys.modules[name]


class Memory:
    """What has been imported here, and as of when.

    `package`: of this package kernels must not run what has changed on the disk since.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._states: dict[str, tuple[int, int, int] | None] = {}

    def preload(self, entries: list[str]) -> None:
        """Import, or call, what `entries` say, and put it where forks do not copy it."""
        gc.disable()
        preload(entries)
        files = find_files(self._package)
        new = [file for file in files if file not in self._states]
        self._states.update(zip(new, find_states(new), strict=True))
        # A collection in a kernel must not touch, and so copy, what all share; one here would
        # leave holes, in which a kernel's own would lie beside it.
        gc.freeze()
        gc.enable()

    def forget_changed(self) -> None:
        """Forget the package if the code of it has changed."""
        files = list(self._states)
        if find_states(files) != list(self._states.values()):
            forget(self._package)


def refusal(request: dict[str, Any], own: dict[str, str]) -> str:
    """Return why the kernel of `request` cannot be forked here, or "".

    `own`: the environment in which this process imported what it has.
    """
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return "a library in the fork server has started a thread"
    wanted = request["environment"]
    for name in sorted(set(own) | set(wanted)):
        if name.startswith(_READ_AT_IMPORT) and own.get(name) != wanted.get(name):
            return f"it needs another {name}"
    try:
        entries = sorted(Path(request["folder"]).iterdir())
    except (OSError, ValueError):
        return "its folder cannot be read"
    loaded = {name.partition(".")[0] for name in sys.modules}
    for entry in entries:
        if entry.name == "matplotlibrc":
            return "its folder has a matplotlibrc"
        name = entry.name.partition(".")[0]
        if name in loaded and _shadows(entry):
            return f"its folder has a module called {name}"
    return ""


def _shadows(path: Path) -> bool:
    """Whether Python imports what stands at `path`: a file of code, or a folder of a package."""
    return path.suffix in _ENDINGS or (path / "__init__.py").is_file()
