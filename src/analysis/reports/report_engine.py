"""The engine of papermill that makes reports: what it saves tells no folder of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.reports.warm.engine import WarmEngine

#: Seconds between two saves. What a run that is killed has saved is removed and read by nobody.
_BETWEEN = 30.0


class ReportEngine(WarmEngine):
    """Runs a notebook in a kernel of a fork server that runs already, or in one of its own."""

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, *arguments: Any, fork_server: str = "", **options: Any
    ) -> Any:
        """Run `nb` and return it; without the address `fork_server`, in papermill's own engine."""
        from papermill.engines import NBClientEngine

        record = nb.metadata.papermill
        for name in ("input_path", "output_path"):
            # papermill has just written the whole path there, and does not read it again.
            record[name] = Path(record[name]).name
        if fork_server:
            options |= {"fork_server": fork_server, "seconds_between_saves": _BETWEEN}
            return super().execute_notebook(nb, kernel_name, *arguments, **options)
        return NBClientEngine.execute_notebook(nb, kernel_name, *arguments, **options)
