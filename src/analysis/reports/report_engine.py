"""The engine of papermill that makes reports: what it saves tells no folder of this machine.

It is also the one door to warm kernels (`analysis.reports.warm`), which nothing else needs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from analysis.reports.warm import ProjectServer, open_project_server
from analysis.reports.warm.engine import WarmEngine

__all__ = ["ProjectServer", "ReportEngine", "open_project_server"]

#: The error of a cell that took longer than it may.
TOO_LONG = "CellTimeoutError"

_PICTURES = ("image/png", "image/jpeg")


class ReportEngine(WarmEngine):
    """Runs a notebook in a kernel of a fork server that runs already, or in one of its own."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        *arguments: Any,
        fork_server: str = "",
        forget: Callable[[str], str] = str,
        **options: Any,
    ) -> Any:
        """Run `nb` and return it; without the address `fork_server` in a kernel of its own.

        `forget` takes the folders of this machine out of a text that the copy holds.
        The copy is saved at the end alone, for nobody reads a report before that. A cell that
        takes too long is interrupted, so that it says where it was, and has failed; so has one
        in which the kernel died, with those after it pending. Papermill calls them completed.
        """
        from papermill.engines import NBClientEngine
        from papermill.iorw import write_ipynb

        record = nb.metadata.papermill
        for name in ("input_path", "output_path"):
            # papermill has just written the whole path there, and does not read it again.
            record[name] = Path(record[name]).name
        seconds = options.get("execution_timeout")
        options |= {
            "interrupt_on_timeout": True,
            "error_on_timeout": {
                "ename": TOO_LONG,
                "evalue": f"a cell took longer than {seconds} s",
                "traceback": [],
            },
            "on_cell_error": _say_too_long,
        }
        run = NBClientEngine.execute_notebook
        if fork_server:
            run = partial(super().execute_notebook, fork_server=fork_server)
        try:
            run(nb, kernel_name, None, *arguments, **options)
        except BaseException as problem:
            _mark_failed(nb, problem)
            write_ipynb(_change_texts(nb, forget), output_path)
            raise
        return _change_texts(nb, forget)


def _change_texts(node: Any, change: Callable[[str], str]) -> Any:
    """Change every text in a notebook, in its place; pictures in base64 hold none."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if key not in _PICTURES:
                node[key] = _change_texts(value, change)
    return node


def _say_too_long(cell: Any, execute_reply: Any, **_: Any) -> None:
    """Put why a cell was interrupted before what it said then: where it was."""
    said = execute_reply["content"]
    if said["ename"] == TOO_LONG:
        cell.outputs.insert(0, _error(TOO_LONG, said["evalue"]))


def _mark_failed(nb: Any, problem: BaseException) -> None:
    """Mark the cell that did not come to its end, and say of what."""
    reached = [bool(cell.metadata.papermill["start_time"]) for cell in nb.cells]
    for cell in nb.cells[sum(reached) :]:
        cell.metadata.papermill["status"] = "pending"
    if any(reached):
        cell = nb.cells[sum(reached) - 1]
        cell.metadata.papermill |= {"status": "failed", "exception": True}
        nb.metadata.papermill["exception"] = True
        if "outputs" in cell:
            cell.outputs.append(_error(type(problem).__name__, str(problem).strip()))


def _error(name: str, words: str) -> Any:
    from nbformat.v4 import new_output

    traceback = [f"{name}: {words}"]
    return new_output("error", ename=name, evalue=words, traceback=traceback)  # type: ignore[no-untyped-call]
