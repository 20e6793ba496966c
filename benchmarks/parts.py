"""Where the CPU seconds of a report go: what is imported and read first, then the cells."""

from __future__ import annotations

import contextlib
import cProfile
import io
import json
import os
import pstats
import sys
import tempfile
import time
from pathlib import Path

from timing import ROOT, run

DAY = "2022-03-03"

#: What a process has to import or read before anything is drawn.
_FIRST = {
    "import pandas": "import pandas",
    "import pandas and pandera": "import pandas, pandera.pandas",
    "import pandas and matplotlib": "import pandas, matplotlib.pyplot",
    "import ipykernel": "import ipykernel.kernelapp",
    "import papermill": "import papermill",
    "of it jsonschema, which nbformat imports": "import jsonschema",
    "import analysis, read and check the casebook": (
        "from analysis.casebook.check import check; check('data')"
    ),
}

#: Functions whose share of the cells is told, by file and name.
_TOLD = {
    "charts": ("display/chart.py", "show"),
    "  of it laid out and drawn": ("charts/finish.py", "finish"),
    "  of it PNG": ("backends/backend_agg.py", "print_png"),
    "  of it SVG": ("backends/backend_svg.py", "print_svg"),
    "tables shown": ("display/table.py", "show_table"),
    "backtests": ("projections/tabulations.py", "backtest"),
    "headlines": ("casebook/book.py", "headlines"),
    "changes": ("casebook/book.py", "changes_since"),
    "all claims taken from the casebook": ("tables/known.py", "claims"),
    "records taken out of frames": ("core/frame.py", "to_dict"),
    "CSV files": ("analysis/safety.py", "format_csv"),
}


def measure_parts(rounds: int) -> str:
    """Return both tables as text."""
    lines = [f"{'before the first cell, a process each':46}{'CPU s':>8}"]
    for name, statement in _FIRST.items():
        took = min(
            run([sys.executable, "-c", statement], FIGURES_CACHE="off").cpu for _ in range(rounds)
        )
        lines.append(f"{name:46}{took:8.2f}")
    told = run([sys.executable, __file__, DAY]).output
    return "\n".join(["```text", *lines, "", told.strip(), "```\n"])


def profile_cells(day: str) -> str:
    """Run the cells of all notebooks in one process, and say what they take.

    Shares are of a profile, which makes calls of Python dearer than those of C; seconds are
    the shares of what the cells take without it.
    """
    from IPython.core.interactiveshell import InteractiveShell

    from analysis.reports.notebooks import find_notebooks
    from analysis.reports.warming import warm_up

    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    notebooks = find_notebooks(ROOT / "notebooks", [])
    paths = [str(notebook.path) for notebook in notebooks]
    shell = InteractiveShell.instance()
    warm_up(json.dumps({"notebooks": paths, "casebook": str(ROOT / "data")}))
    os.chdir(ROOT / "notebooks")
    lines, total = [], 0.0
    profile = cProfile.Profile(time.process_time)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        for notebook in notebooks:
            start = time.process_time()
            _run_cells(shell, notebook.path, day, Path(folder) / "timed" / notebook.name)
            took = time.process_time() - start
            total += took
            lines.append(f"{notebook.name:46}{took:8.2f}")
            profile.enable()
            _run_cells(shell, notebook.path, day, Path(folder) / "profiled" / notebook.name)
            profile.disable()
    return "\n".join(
        [f"{'cells of all notebooks, ' + day:46}{total:8.2f}", *lines, "",
         *_tell_shares(pstats.Stats(profile), total)]
    )  # fmt: skip


def _run_cells(shell: object, notebook: Path, day: str, out: Path) -> None:
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"])).raise_error()  # type: ignore[attr-defined]
            if "parameters" in cell["metadata"].get("tags", []):
                shell.user_ns.update(as_of=day, out=str(out))  # type: ignore[attr-defined]


def _tell_shares(stats: pstats.Stats, total: float) -> list[str]:
    """Return what the functions told take of the cells, a line each."""
    table = stats.stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in table.values())
    lines = [f"{'what they do, in parts that overlap':46}{'CPU s':>8}"]
    for name, (file, function) in _TOLD.items():
        spent = sum(
            cumulative
            for (path, _, called), (_, _, _, cumulative, _) in table.items()
            if path.endswith(file) and called == function
        )
        lines.append(f"{name:46}{spent / whole * total:8.2f}")
    return lines


if __name__ == "__main__":
    print(profile_cells(sys.argv[1]))
