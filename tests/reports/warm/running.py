"""Notebooks run by papermill, and what may differ between two runs of one notebook."""

import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import papermill
from nbformat import v4

from tests.reports.warm import nasty

#: The default engine of papermill.
COLD = ""


@dataclass(frozen=True)
class Run:
    """A notebook that has run: its saved copy, and what papermill raised."""

    notebook: dict[str, Any]
    raised: str

    @property
    def statuses(self) -> list[str]:
        """What papermill says became of each code cell."""
        cells = [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]
        return [cell["metadata"]["papermill"]["status"] for cell in cells]

    def text(self, number: int = -1) -> str:
        """What the code cell of that number printed or gave."""
        cells = [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]
        outputs = cells[number]["outputs"]
        return "".join(
            "".join(output.get("text") or output.get("data", {}).get("text/plain", ""))
            for output in outputs
        )


def run_cells(folder: Path, address: str, *cells: str, **options: Any) -> Run:
    """Run cells in `folder`; errors are told, not raised."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "x", "language": "python"}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cells.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return run(path, address, **options)


def run_nasty(folder: Path, name: str, address: str, **options: Any) -> Run:
    """Write the nasty notebook `name` into `folder` and run it there."""
    return run(nasty.write(folder, name), address, **options)


def run(path: Path, address: str, **options: Any) -> Run:
    """Run a notebook in its folder, with kernels from the fork server at `address` or cold."""
    executed = path.with_name("executed.ipynb")
    engine = {"engine_name": "warm", "fork_server": address} if address else {"engine_name": None}
    raised = ""
    try:
        papermill.execute_notebook(
            str(path),
            str(executed),
            progress_bar=False,
            resources={"metadata": {"path": str(path.parent)}},
            **engine,
            **{"execution_timeout": 60, **options},
        )
    except Exception as problem:
        raised = f"{type(problem).__name__}: {problem}"
    return Run(json.loads(executed.read_text("utf-8")), raised)


def mask(run: Run, folder: Path) -> list[dict[str, Any]]:
    """Return the cells and the metadata of a run without times, numbers of processes and paths.

    Streams are joined, each by itself: ipykernel sends what was printed so far every 0.2 seconds,
    whatever runs, and which of two streams comes first is a race.
    """
    notebook = json.loads(_mask_text(json.dumps(run.notebook), folder))
    widgets = run.notebook["metadata"].get("widgets", {})
    # By the content: the widgets stand in the order of their ids.
    states = sorted(
        _mask_text(str(state), folder)
        for kind in widgets.values()
        for state in kind["state"].values()
    )
    notebook["metadata"].pop("widgets", None)
    cells = notebook.pop("cells")
    for cell in cells:
        cell.pop("id")
        cell["outputs"] = _join(cell.get("outputs", []))
        cell["metadata"].pop("execution", None)
        _mask_times(cell["metadata"].get("papermill", {}))
        if any("os._exit" in line for line in cell["source"]):
            cell["execution_count"] = "whether a dying kernel still tells it is a race"
        if any(line.startswith(nasty.DIFFERS) for line in cell["source"]):
            cell["outputs"] = sorted({output["output_type"] for output in cell["outputs"]})
    _mask_times(notebook["metadata"]["papermill"])
    return [*cells, notebook, {"widgets": states}]


def _mask_text(text: str, folder: Path) -> str:
    text = text.replace(str(folder), "FOLDER")
    for pattern in (
        r"(?<=ipykernel_)\d+",
        r"(?<=\b0x)[0-9a-f]{6,}",
        r"(?<=\bThread-)\d+",
        r"\d{4}-\d\d-\d\dT[\d:.]+",
        r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])",
        r"/[\w/.-]*(tmp\w+|figures[-_]\w+/kernel)\.json",
    ):
        text = re.sub(pattern, "N", text)
    return text


def _join(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = [output for output in outputs if "name" not in output]
    streams: dict[str, dict[str, Any]] = {}
    for output in outputs:
        if name := output.get("name"):
            said = streams.setdefault(name, output | {"text": ""})
            said["text"] += "".join(output["text"])
    return [*(streams[name] for name in sorted(streams)), *shown]


def _mask_times(record: dict[str, Any]) -> None:
    for name in ("start_time", "end_time", "duration"):
        if record.get(name) is not None:
            record[name] = "some"


def wait_until(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Look until something holds; whether it did in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not asked after yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def children_of(pid: int) -> set[int]:
    """The processes that `pid` has started, with the ended ones that are still known."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text("ascii").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.add(int(entry.name))
    return found


def open_files(pid: int | None = None) -> int:
    """How many files a process has open."""
    return len(list(Path(f"/proc/{pid or os.getpid()}/fd").iterdir()))
