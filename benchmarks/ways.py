"""Papermill in a loop as people write it, and with the engine `warm`; one process a way.

    python benchmarks/ways.py loop|warm NOTEBOOK OUT JOBS

JOBS is JSON: a list of parameters, one report each; of none only the start is timed.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from pathlib import Path
from typing import Any

WORKERS = 2


def run_loop(notebook: str, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill in a loop in this process."""
    import papermill  # noqa: F401

    for number, values in enumerate(jobs):
        execute(notebook, out, number, values)


def run_warm(notebook: str, out: Path, jobs: list[dict[str, Any]]) -> None:
    """Run papermill with the engine `warm`, in two processes that share a fork server."""
    from analysis.reports.warm.fork_server import ForkServer

    server = ForkServer()
    try:
        import papermill  # noqa: F401

        options = {"engine_name": "warm", "fork_server": server.address}
        with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
            given = [(notebook, out, number, values, options) for number, values in enumerate(jobs)]
            pool.starmap(execute, given, chunksize=1)
    finally:
        server.close()


def execute(
    notebook: str,
    out: Path,
    number: int,
    values: dict[str, Any],
    options: dict[str, Any] | None = None,
) -> None:
    """Run one report."""
    import papermill

    papermill.execute_notebook(
        notebook,
        str(out / f"{number}.ipynb"),
        parameters=values | {"out": str(out / str(number))},
        progress_bar=False,
        **(options or {}),
    )


if __name__ == "__main__":
    way, notebook, out, jobs = sys.argv[1:]
    folder = Path(out).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    {"loop": run_loop, "warm": run_warm}[way](notebook, folder, json.loads(jobs))
