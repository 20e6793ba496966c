"""A casebook, a toy notebook that behaves as it is told from outside, and plans of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.reports.batch.plan import Choice, Plan, plan_days, read_plan
from analysis.reports.build import PAGE, Report
from analysis.reports.folder import MARK, draft_beside, put_in_place
from analysis.reports.identity import find_versions
from analysis.reports.manifest import identify_report, write_manifest
from analysis.reports.notebooks import Notebook, find_notebooks
from analysis.reports.run import Outcome
from tests.reports.toys import CODE, DECLARED, PARAMETERS, write_casebook, write_notebook

SOURCE = str(Path(__file__).parents[3] / "src")

#: Leaves a line in `ran`, outside of its report, and does what the file DAY says.
BEHAVING = """\
import os, pathlib, time
root = pathlib.Path({root!r})
with open(root / "ran", "a") as file:
    file.write(f"{{as_of}} {{os.getpid()}}\\n")
how = (root / as_of).read_text() if (root / as_of).exists() else ""
if how == "fail":
    raise ValueError("the <b>reason</b>")
if how == "die":
    os.kill(os.getpid(), 9)
if how == "hang":
    time.sleep(600)
while how == "wait" and not (root / "go").exists():
    time.sleep(0.01)
if how == "big":
    print("x" * 400_000)
print(as_of, group)
"""


class Scene:
    """A folder with a casebook, a notebook and an out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = write_casebook(root / "data")
        self.out = root / "out"
        self.notebooks = root / "notebooks"
        self.write_notebook("toy")

    def write_notebook(self, name: str, more: str = "") -> None:
        code = BEHAVING.format(root=str(self.root)) + more
        write_notebook(self.notebooks / f"{name}.ipynb", (PARAMETERS, DECLARED), (CODE, code))

    def behave(self, day: str, how: str) -> None:
        (self.root / day).write_text(how, encoding="utf-8")

    def plan(self, days: str, timeout: int | None = None, **typed: str) -> Plan:
        choice = Choice(str(self.data), self.out, timeout, workers=2)
        return plan_days(days, find_notebooks(self.notebooks), typed, self.out, choice)

    def plan_file(self, text: str) -> Plan:
        path = self.root / "plan.yml"
        path.write_text(text, encoding="utf-8")
        return read_plan(path, self.notebooks, self.out, Choice())

    def ran(self) -> list[str]:
        """The days whose notebook has run, each as often as it has."""
        return [line.split()[0] for line in self._lines()]

    def kernels(self, day: str) -> list[int]:
        return [int(line.split()[1]) for line in self._lines() if line.startswith(day)]

    def forget(self) -> None:
        (self.root / "ran").unlink(missing_ok=True)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.out.iterdir())

    def words(self, days: str, *more: str) -> list[str]:
        """The words of `figures` for a batch of `days`."""
        places = ["--notebooks", self.notebooks, "--data", self.data, "--out", self.out]
        return ["batch", "--as-of", days, *map(str, places), *more]

    def _lines(self) -> list[str]:
        path = self.root / "ran"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line for line in lines if len(line.split()) == 2]


class NoServer:
    """A fork server that is not there: kernels start cold."""

    address = ""

    def prepare(self, notebooks: object, casebook: object) -> None:
        """Do nothing."""

    def revive(self) -> bool:
        """It lives."""
        return False


def start_command(words: list[str]) -> list[str]:
    return [sys.executable, "-c", "from analysis.command_line import main; main()", *words]


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent doesn't."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"


def find_children(process: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2]
            except OSError:
                continue
            if stat.split()[1] == str(process):
                found.append(int(folder.name))
    return found


def pretend_report(
    notebooks: tuple[Notebook, ...],
    values: Mapping[str, dict[str, object]],
    as_of: str,
    data: str,
    out: Path,
    watcher: object,
    *,
    name: str,
    inputs: Mapping[str, str],
    **how: object,
) -> Report:
    """Stands in for `make_report`, without kernels: a page and a manifest."""
    target = out / name
    root = Path(data).parent
    with (root / "ran").open("a", encoding="utf-8") as file:
        file.write(f"{as_of} {os.getpid()}\n")
    told = (root / as_of).read_text(encoding="utf-8") if (root / as_of).exists() else ""
    with draft_beside(target) as draft:
        if told == "kill once":
            (root / as_of).unlink()
        if told in ("kill once", "kill"):
            os.kill(os.getpid(), 9)
        if told == "hang":
            time.sleep(600)
        if told == "full":
            raise OSError(28, "No space left on device", str(draft / PAGE))
        if told == "fault":
            raise KeyError("x")
        (draft / PAGE).write_text(as_of, encoding="utf-8")
        given = {n.name: {**values.get(n.name, {})} for n in notebooks}
        error = "ValueError: told so" if told == "fail" else ""
        outcomes = [Outcome(n, dict(given[n.name]), draft / "x", error, 0.1) for n in notebooks]  # type: ignore[arg-type]
        identity = identify_report(notebooks, given, as_of, inputs, find_versions())  # type: ignore[arg-type]
        manifest = write_manifest(as_of, outcomes, inputs, identity, draft, "2022-03-03", 0.1)
        (draft / MARK).write_bytes(manifest)
        place = target.with_name(f"{target.name}.failed") if error else target
        put_in_place(draft, place)
    return Report(place, outcomes)
