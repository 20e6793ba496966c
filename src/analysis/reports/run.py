"""Notebooks run by papermill: several at a time, and one that fails stops no other."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import analysis
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Value
from analysis.reports.temporary import say_full
from analysis.safety import clean_text

#: A kernel needs some 250 MB; more than this at a time would not be faster on most machines.
_MOST_AT_A_TIME = 4

#: The folder in which ipykernel says that a cell stands: of this machine, and of one process.
_CELLS = re.compile(r"[/\\]ipykernel_\d+[/\\]+")

#: Where this package, others and Python are; a folder inside another before it.
_INSTALLED = (
    *sorted({Path(analysis.__file__).parents[1], *map(Path, site.getsitepackages())}, reverse=True),
    Path(sys.prefix),
)

#: The name by which papermill knows the engine of reports.
_ENGINE = "report"


@dataclass(frozen=True)
class Outcome:
    """What became of one notebook.

    Attributes
    ----------
    notebook : Notebook
        What ran.
    values : dict
        The parameters it was given.
    executed : Path
        Its executed copy, with the error if there was one.
    error : str
        The first line of the error, or "".
    seconds : float
        How long it took.
    """

    notebook: Notebook
    values: dict[str, Value]
    executed: Path
    error: str
    seconds: float

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        """The cells of the executed copy, read once; none if there is no copy."""
        if not self.executed.exists():
            return []
        cells: list[dict[str, Any]] = json.loads(self.executed.read_text("utf-8"))["cells"]
        return cells


class Watcher:
    """Is told how far the notebooks are, from several threads; this one tells nobody."""

    def cell_done(self, notebook: Notebook) -> None:
        """Take note that one more cell of `notebook` has run."""

    def note(self, notebook: Notebook, words: str) -> None:
        """Say something of `notebook` that a person should know."""

    def notebook_done(self, outcome: Outcome) -> None:
        """Take note that a notebook has ended, well or not."""


def run_notebooks(
    notebooks: Sequence[Notebook],
    values: Mapping[str, dict[str, Value]],
    folder: Path,
    watcher: Watcher,
    *,
    most: int = _MOST_AT_A_TIME,
    seconds: int | None = None,
    memory: int | None = None,
    fork_server: str = "",
    revive: Callable[[], bool] = lambda: False,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Outcome]:
    """Run `notebooks` and keep their executed copies in `folder`.

    Parameters
    ----------
    notebooks : sequence of Notebook
        What to run.
    values : mapping of str to dict
        The parameters by name of the notebook, checked.
    folder : Path
        Where the executed copies go; it is also the folder in which the kernels work.
    watcher : Watcher
        Is told about progress.
    most : int
        Notebooks that run at the same time, at most.
    seconds : int, optional
        A cell that takes longer is stopped, and its notebook has failed.
    fork_server : str
        The address of a fork server for warm kernels; "" for kernels of their own.
    memory : int, optional
        GB that a kernel may take; a cell that wants more fails.
    revive : callable
        Starts the fork server again if it has died, and returns whether it had.
    meanwhile : callable
        Is called while the first notebooks run.

    Returns
    -------
    list of Outcome
        In the order of `notebooks`.
    """
    # Before the threads: it takes a while, and Ctrl-C is heard here.
    from papermill.engines import papermill_engines

    from analysis.reports.kernel import OwnKernel
    from analysis.reports.report_engine import ReportEngine

    papermill_engines.register(_ENGINE, ReportEngine)

    ending = threading.Event()
    folder.mkdir(parents=True, exist_ok=True)
    workers = min(os.cpu_count() or 1, len(notebooks), most)
    options = {
        "execution_timeout": seconds,
        "kernel_manager_class": OwnKernel.limited_to(memory),
        "fork_server": fork_server,
    }

    def run(notebook: Notebook) -> Outcome:
        given = values.get(notebook.name, {})
        return _run(notebook, given, folder, watcher, options, revive, ending)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        # The last of a page, which work most out, take longest: begun first, none is waited for.
        futures = [pool.submit(run, notebook) for notebook in reversed(notebooks)]
        try:
            meanwhile()
            return [future.result() for future in reversed(futures)]
        except BaseException:
            ending.set()  # a kernel that dies now was ended by us
            pool.shutdown(wait=False, cancel_futures=True)
            OwnKernel.kill_all()
            raise


def _run(
    notebook: Notebook,
    values: dict[str, Value],
    folder: Path,
    watcher: Watcher,
    options: Mapping[str, Any],
    revive: Callable[[], bool],
    ending: threading.Event,
) -> Outcome:
    executed = folder / notebook.path.name
    started = time.monotonic()
    forget = partial(_forget_places, folder.absolute().parent)

    def run() -> tuple[str, bool]:
        if revive():
            watcher.note(notebook, "the fork server had died; it was started again")
        return _execute(notebook, values, executed, watcher, {**options, "forget": forget})

    error, has_died = run()
    if has_died and not ending.is_set():
        watcher.note(notebook, "its kernel died; it is run once more")
        made = (folder / str(values.get("out", "."))).resolve()
        if folder.parent.resolve() in made.parents and made != folder.resolve():
            shutil.rmtree(made, ignore_errors=True)  # half of what it was to make
        error, _ = run()
    error = forget(error)
    if error and (full := say_full(folder)):
        error = f"{full}: {error}"
    outcome = Outcome(notebook, values, executed, error, time.monotonic() - started)
    watcher.notebook_done(outcome)
    return outcome


def _execute(
    notebook: Notebook,
    values: dict[str, Value],
    executed: Path,
    watcher: Watcher,
    options: Mapping[str, Any],
) -> tuple[str, bool]:
    """Return the first line of the error or "", and whether it is that the kernel died."""
    import papermill
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    try:
        papermill.execute_notebook(
            _literal(notebook.path),
            _literal(executed),
            parameters=values,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            engine_name=_ENGINE,
            resources={"metadata": {"path": str(executed.parent)}},
            on_cell_executed=lambda **_: watcher.cell_done(notebook),
            **options,
        )
    except PapermillExecutionError as problem:
        return _first_line(f"{problem.ename}: {problem.evalue}"), False
    except CellTimeoutError:  # not even an interrupt has ended it
        return f"CellTimeoutError: a cell took longer than {options['execution_timeout']} s", False
    except Exception as problem:  # a kernel that died, a disk that is full
        has_died = type(problem).__name__ == "DeadKernelError" or "Kernel died" in str(problem)
        return _first_line(f"{type(problem).__name__}: {problem}"), has_died
    return "", False


def _forget_places(report: Path, text: str) -> str:
    """Take the folders of this machine out of what was said: all but the end of a path."""
    for place in (report, *_INSTALLED):
        text = text.replace(f"{place}{os.sep}", "")
    *before, last = _CELLS.split(text)
    # What stands before it begins after a blank or a quote.
    return "".join([*(part[: max(map(part.rfind, " \n\"'")) + 1] for part in before), last])


def _literal(path: Path) -> str:
    """Return `path` for papermill, which fills parameters into names with braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _first_line(message: str) -> str:
    lines = clean_text(message).strip().splitlines()
    return lines[0][:300] if lines else "unknown error"
