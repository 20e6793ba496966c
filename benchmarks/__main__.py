"""Run every comparison and write RESULTS.md: `make bench`, or `python benchmarks`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"

_INTRODUCTION = """# Results of the benchmarks

Written by `make bench`; nothing in it is typed by hand. Ways are run in turn, so that a machine
that slows down slows all of them down; medians, with the shortest and the longest run.
"""

_PACKAGES = (
    "pandas", "numpy", "matplotlib", "papermill", "nbclient", "jupyter_client", "ipykernel",
)  # fmt: skip


def main() -> None:
    """Run `engines` and the rest, each in a process of its own, and write what they measured."""
    parts = [_INTRODUCTION, _machine()]
    for script, arguments in (
        ("engines", sys.argv[1:]),
        ("charts", []),
        ("known_each_day", []),
        ("scheduler_load", []),
    ):
        if not (HERE / f"{script}.py").exists():
            continue
        print(f"== {script}", flush=True)
        ended = subprocess.run(
            [sys.executable, str(HERE / f"{script}.py"), *arguments],
            stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        print(ended.stdout)
        if ended.returncode:
            raise SystemExit(f"{script} failed; {RESULTS.name} is as it was")
        parts.append(f"## {script}\n\n```text\n{ended.stdout.strip()}\n```\n")
    RESULTS.write_text("\n".join(parts), "utf-8")
    print(RESULTS)


def _machine() -> str:
    rows: dict[str, Any] = {
        "cores": os.cpu_count(), "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(), **{name: version(name) for name in _PACKAGES},
    }  # fmt: skip
    return "Machine and versions: " + json.dumps(rows)[1:-1].replace('"', "") + "\n"


if __name__ == "__main__":
    main()
