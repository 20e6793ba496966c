"""Ways of running the same notebook for many parameters; `engines` times them, one process a way.

    python benchmarks/engine_ways.py WAY NOTEBOOK OUT REPORTS

`loop`, `pool` and `command` are papermill as people use it; `warm` is the engine of this project
in a pool of two, and `alone` in one process; `script` calls what the cells call, in two warm
processes, without a notebook, and saves and shows charts as matplotlib does by itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

WORKERS = 2


def run_loop(notebook: Path, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill in a loop in this process."""
    import papermill

    for number, values in enumerate(jobs):
        _execute(papermill, notebook, out, number, values)


def run_pool(notebook: Path, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill in a pool of two processes."""
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        pool.starmap(_in_pool, [(notebook, out, n, v) for n, v in enumerate(jobs)], chunksize=1)


def run_command(notebook: Path, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill's command, one process a report."""
    for number, values in enumerate(jobs):
        given = [text for name, value in values.items() for text in ("-p", name, str(value))]
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", *given]
        target = str(out / f"{number}.ipynb")
        subprocess.run(
            [*command, "-p", "out", str(out / str(number)), str(notebook), target],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def run_warm(notebook: Path, out: Path, jobs: list[dict[str, Any]], workers: int = WORKERS) -> None:
    """Run papermill with the engine `warm`, in processes that share a fork server."""
    from analysis.reports.warm.fork_server import ForkServer

    server = ForkServer()
    try:
        import papermill  # noqa: F401

        context = multiprocessing.get_context("fork")
        with context.Pool(workers, _warm_worker, (server.address,)) as pool:
            pool.starmap(_in_pool, [(notebook, out, n, v) for n, v in enumerate(jobs)], chunksize=1)
    finally:
        server.close()


def run_alone(notebook: Path, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill with the engine `warm`, in one process and its fork server."""
    run_warm(notebook, out, jobs, 1)


def run_script(notebook: Path, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run the code of the cells in two warm processes, without notebooks or kernels."""
    os.environ["MPLBACKEND"] = "agg"
    import matplotlib.pyplot

    with contextlib.suppress(ImportError):
        import analysis.casualties.table
        import analysis.display  # noqa: F401
    matplotlib.pyplot.figure()
    matplotlib.pyplot.close("all")
    cells = _read_cells(notebook)
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        pool.starmap(
            _run_cells, [(cells, out / str(n), v) for n, v in enumerate(jobs)], chunksize=1
        )


_OPTIONS: dict[str, Any] = {}


def _warm_worker(address: str) -> None:
    _OPTIONS.update(engine_name="warm", fork_server=address)


def _in_pool(notebook: Path, out: Path, number: int, values: dict[str, Any]) -> None:
    import papermill

    _execute(papermill, notebook, out, number, values)


def _execute(
    papermill: Any, notebook: Path, out: Path, number: int, values: dict[str, Any]
) -> None:
    papermill.execute_notebook(
        str(notebook),
        str(out / f"{number}.ipynb"),
        parameters=values | {"out": str(out / str(number))},
        progress_bar=False,
        **_OPTIONS,
    )


def _read_cells(notebook: Path) -> list[tuple[bool, str]]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return [
        ("parameters" in cell["metadata"].get("tags", []), "".join(cell["source"]))
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def _run_cells(cells: list[tuple[bool, str]], out: Path, values: dict[str, Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    names: dict[str, Any] = {"__name__": "__main__"}
    with _plain_output():
        for is_parameters, source in cells:
            exec(compile(source, "<cell>", "exec"), names)
            if is_parameters:
                names.update(values, out=str(out))


@contextlib.contextmanager
def _plain_output() -> Iterator[None]:
    """Save and show as pandas and matplotlib do: one walk of a figure a file, and one to show it.

    The inline backend draws a shown figure with a tight box, for which it walks it twice.
    """
    import matplotlib.pyplot as plt
    import pandas as pd

    def show_figures() -> None:
        for number in plt.get_fignums():
            plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight", dpi=72)
        plt.close("all")

    changed: list[tuple[Any, str, Any]] = [(plt, "show", show_figures)]
    with contextlib.suppress(ImportError):
        import analysis.display as display
        from analysis.charts.finish import STYLE, finish
        from analysis.safety import write_csv

        def show(chart: Any, out: str = "") -> None:
            figure = finish(chart)
            folder = Path(out) / "charts"
            folder.mkdir(parents=True, exist_ok=True)
            with plt.style.context(STYLE):
                for suffix in ("png", "svg", "pdf"):
                    figure.savefig(folder / f"{chart.name}.{suffix}", dpi=200)
                figure.savefig(io.BytesIO(), format="png", dpi=200)

        def show_table(
            frame: pd.DataFrame, name: str, caption: str, out: str = "", columns: Any = None
        ) -> None:
            write_csv(frame, Path(out) / "tables" / f"{name}.csv")
            shown = frame[list(columns)] if columns is not None else frame
            assert caption
            shown.to_html()
            shown.to_string()

        changed += [
            (display, "show", show),
            (display, "show_table", show_table),
            (display, "show_text", lambda *_, **__: None),
        ]
    kept = [(place, name, getattr(place, name)) for place, name, _ in changed]
    for place, name, function in changed:
        setattr(place, name, function)
    try:
        yield
    finally:
        for place, name, function in kept:
            setattr(place, name, function)


WAYS: dict[str, Callable[[Path, Path, list[dict[str, Any]]], None]] = {
    "loop": run_loop,
    "pool": run_pool,
    "command": run_command,
    "warm": run_warm,
    "alone": run_alone,
    "script": run_script,
}

if __name__ == "__main__":
    way, notebook, out, jobs = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    WAYS[way](Path(notebook).resolve(), Path(out).resolve(), json.loads(jobs))
