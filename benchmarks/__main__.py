"""Run the comparisons and write RESULTS.md: `make bench`, or `python benchmarks [SECTION ...]`.

    python benchmarks                             # all of it, more than an hour on two cores
    python benchmarks our_notebook small          # these sections; the others stay as they are
    python benchmarks somebody_elses -- --reports 24

Each section is written as soon as it is measured, with what it was measured on.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"

_INTRODUCTION = """# Results of the benchmarks

Written by `make bench`; nothing in it is typed by hand. Ways are run in turn, so that a machine
that slows down slows all of them down; medians, with the shortest and the longest run.
"""

#: What is measured, and by which command.
SECTIONS = {
    "our_notebook": ["engines.py", "--only", "ours"],
    "somebody_elses": ["engines.py", "--only", "plain"],
    "small": ["engines.py", "--only", "small"],
    "scheduler_load": ["scheduler_load.py"],
}

_PACKAGES = (
    "pandas", "numpy", "matplotlib", "papermill", "nbclient", "jupyter_client", "ipykernel",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Run the sections that are named, or all, each in a process of its own."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    names, options = arguments[:at] or list(SECTIONS), arguments[at + 1 :]
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        raise SystemExit(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    for name in names:
        print(f"== {name}", flush=True)
        script, *own = SECTIONS[name]
        ended = subprocess.run(
            [sys.executable, str(HERE / script), *own, *options],
            stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        print(ended.stdout)
        if ended.returncode:
            raise SystemExit(f"{script} failed; its section in {RESULTS.name} is as it was")
        write_section(name, f"{_describe_machine()}\n\n```text\n{ended.stdout.strip()}\n```\n")
    print(RESULTS)


def write_section(name: str, text: str) -> None:
    """Put a section into its place in RESULTS.md; the others stay as they are."""
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    found = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=\n## |\Z)", old, re.MULTILINE | re.DOTALL))
    found[name] = text
    parts = [f"## {each}\n\n{found[each].rstrip()}\n" for each in SECTIONS if each in found]
    RESULTS.write_text("\n".join([_INTRODUCTION, *parts]), "utf-8")


def _describe_machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}"
    return (
        f"{date.today()}, {os.cpu_count()} cores, {system}, Python {platform.python_version()};\n"
        f"{versions}."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
