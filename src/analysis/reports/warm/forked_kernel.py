"""A kernel just after it was forked: what makes it one of its own, and how it leaves.

Loaded by the script `server` beside it, which imports nothing of this package of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib.util
import io
import itertools
import os
import sys
import threading
import types
from typing import Any, NoReturn

#: The packages a kernel is made of; they end in their own way, before the rest.
_KERNEL = (
    "IPython", "ipykernel", "jupyter_client", "zmq", "tornado", "asyncio", "traitlets", "debugpy",
)  # fmt: skip

#: Of every file; the public name of it would ask each object for its kind.
_FILE: Any = io.IOBase.__base__


def run_kernel(request: dict[str, Any], variables: dict[str, str]) -> None:
    """Be the kernel of `request` until it ends, as `python -m ipykernel_launcher` would.

    `variables`: what ipykernel added to the environment when it was imported.
    """
    os.setsid()
    os.chdir(request["folder"])
    os.environ.clear()
    # The parent's number is what jupyter_client sets for a kernel that it starts.
    os.environ.update(request["environment"] | variables | {"JPY_PARENT_PID": str(os.getppid())})
    _take_own_state(request["folder"])
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *request["arguments"]]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(request["arguments"], parent_handle=os.getppid())


def _take_own_state(folder: str) -> None:
    """Set anew what a library drew or noted when the server imported it."""
    threading._counter = itertools.count(1).__next__  # type: ignore[attr-defined]
    threading.main_thread()._set_native_id()  # type: ignore[attr-defined]
    modules: Any = sys.modules  # a copy of it would write to each module, and so copy its memory
    if "numpy.random" in modules:
        modules["numpy.random"].seed()  # `random` does so by itself
    if "tempfile" in modules:
        modules["tempfile"].tempdir = None
    if "multiprocessing.process" in modules:
        process = modules["multiprocessing.process"]
        process.ORIGINAL_DIR = folder  # where spawned processes look for modules
        process.current_process().authkey = os.urandom(32)


def leave(status: object) -> NoReturn:
    """Leave as Python does, but do not take apart, and so copy, all that was imported."""
    threading._shutdown()  # type: ignore[attr-defined]
    _end_control()
    atexit._run_exitfuncs()
    with contextlib.suppress(Exception):
        things = _find_open()
        _finalize(things)
        _close_files(things)
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]
    # What libraries in C do at the end is done as well.
    ctypes.PyDLL(None).exit(status if isinstance(status, int) else int(status is not None))
    os._exit(1)


def _end_control() -> None:
    """Let the thread that was asked for the end answer, as long as there is who sends it.

    ipykernel ends the sending thread first; the one that answers then waits for ten seconds.
    """
    from ipykernel.kernelapp import IPKernelApp

    thread = IPKernelApp.instance().control_thread if IPKernelApp.initialized() else None
    if thread is not None and thread.is_alive():
        thread.stop()
        thread.join()


def _find_open() -> list[Any]:
    """Return what has something to do at the end; what the server made is not among it."""
    things = gc.get_objects()
    kinds = {
        kind
        for kind in set(map(type, things))
        if (issubclass(kind, _FILE) or _has_last_words(kind))
        and str(kind.__module__).partition(".")[0] not in _KERNEL
    }
    return [thing for thing in things if type(thing) in kinds]


def _has_last_words(kind: type) -> bool:
    return isinstance(getattr(kind, "__del__", None), types.FunctionType)


def _finalize(things: list[Any]) -> None:
    """Say good bye to what still lives, with all that it may need still there."""
    for thing in things:
        if _has_last_words(type(thing)):
            with contextlib.suppress(Exception):
                type(thing).__del__(thing)


def _close_files(things: list[Any]) -> None:
    """Write what waits in files that nobody closed."""
    files = [thing for thing in things if issubclass(type(thing), _FILE)]
    texts = [file for file in files if isinstance(file, io.TextIOWrapper)]
    buffers = [file for file in files if isinstance(file, (io.BufferedWriter, io.BufferedRandom))]
    # A compressed file ends with its sums, after all that was written to it.
    others = [file for file in files if type(file).__module__ != "_io"]
    for step in (*[file.flush for file in texts + buffers], *[file.close for file in others]):
        with contextlib.suppress(Exception):
            step()
