"""A report from beginning to end: notebooks run, files gathered, page, workbook and manifest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from analysis.reports.folder import (
    MARK,
    draft_beside,
    put_in_place,
    refuse_foreign,
    remove_report,
    write_in_draft,
)
from analysis.reports.formats import USUAL
from analysis.reports.identity import find_changed, find_versions, look_at_files, refuse_changed
from analysis.reports.manifest import (
    hash_inputs,
    identify_report,
    name_casebook,
    write_manifest,
)
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Value
from analysis.reports.run import Outcome, Watcher, run_notebooks
from analysis.tables import find_casebook
from analysis.tables.settings import read_settings, refuse_early

PAGE = "report.html"

#: A kernel needs some 250 MB; more than this at a time would not be faster on most machines.
AT_A_TIME = 4


@dataclass(frozen=True)
class Report:
    """A report in its place.

    Attributes
    ----------
    folder : Path
        Where it is: OUT/NAME, or OUT/NAME.failed if a notebook failed.
    outcomes : list of Outcome
        What became of each notebook.
    stem : str
        The name of the page and of its other formats.
    """

    folder: Path
    outcomes: list[Outcome]
    stem: str = "report"

    @property
    def page(self) -> Path:
        """The page to open."""
        return self.folder / f"{self.stem}.html"

    def find_files(self, formats: Sequence[str]) -> list[Path]:
        """Return what to open: the page, or without "html" the files of the other formats."""
        if "html" in formats:
            return [self.page]
        return [
            self.folder / ("tables/tables.xlsx" if one == "xlsx" else f"{self.stem}.{one}")
            for one in formats
        ]

    @property
    def failed(self) -> list[Outcome]:
        """The notebooks that failed."""
        return [outcome for outcome in self.outcomes if outcome.error]


def make_report(
    notebooks: Sequence[Notebook],
    values: Mapping[str, dict[str, Value]],
    as_of: str,
    data: str | Path,
    out: Path,
    watcher: Watcher,
    *,
    name: str = "",
    most: int = AT_A_TIME,
    seconds: int | None = None,
    memory: int | None = None,
    fork_server: str = "",
    revive: Callable[[], bool] = lambda: False,
    inputs: Mapping[str, str] | None = None,
    formats: Sequence[str] = USUAL,
    brief: bool = False,
) -> Report:
    """Run `notebooks` for a day and put everything they show in one folder.

    Parameters
    ----------
    notebooks : sequence of Notebook
        What to run, in the order of the page.
    values : mapping of str to dict
        Parameters by name of the notebook, checked; beside `as_of`, `data` and `out`.
    as_of : str
        The day, as YYYY-MM-DD.
    data : str or Path
        The casebook; "" is the project's own.
    out : Path
        Where the reports are.
    watcher : Watcher
        Is told how far the notebooks are.
    name : str
        The folder in `out`, a path with "/"; "" is the day.
    most, seconds, memory, fork_server, revive
        How the notebooks run (see `run_notebooks`).
    inputs : mapping of str to str, optional
        What it is to be made from, as `hash_inputs` returned it earlier.
    formats : sequence of str
        Of `FORMATS`; the page, in HTML, is always made.
    brief : bool
        A brief of two sheets, brief.html and so on, instead of the report; in OUT/DAY-brief
        where no name is given.

    Returns
    -------
    Report
        The new report. When a notebook fails, the earlier report stays and the
        new one is beside it as NAME.failed, with the error in the notebook's executed copy.

    Raises
    ------
    FolderError
        Something that is no report of this casebook stands in its place.
    InputError
        The day is before the first of the casebook.
    InputsChanged
        Not all of what it is made from is as it was to be, or stayed as it was: there is no
        report then, for nobody knows what its notebooks have read.
    """
    stem = "brief" if brief else "report"
    target = out / (name or (f"{as_of}-brief" if brief else as_of))
    failed = target.with_name(f"{target.name}.failed")
    casebook = find_casebook(data)
    refuse_early(as_of, read_settings(casebook).first_day)
    for place in (target, failed):
        refuse_foreign(place, name_casebook(casebook))
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    paths = [notebook.path for notebook in notebooks]
    before, made_from = look_at_files(paths, casebook), hash_inputs(notebooks, casebook)
    refuse_changed(find_changed(made_from if inputs is None else inputs, made_from))
    identity = identify_report(notebooks, values, as_of, made_from, find_versions())
    with draft_beside(target) as draft:
        kernels_work_in = draft / "notebooks"
        given = {
            notebook.name: _values(notebook, values, as_of, data, kernels_work_in)
            for notebook in notebooks
        }
        outcomes = run_notebooks(
            notebooks, given, kernels_work_in, watcher,
            most=most, seconds=seconds, memory=memory, fork_server=fork_server, revive=revive,
            meanwhile=_load_assembling,
        )  # fmt: skip
        _load_assembling()(outcomes, as_of, casebook, draft, formats, brief=brief)
        refuse_changed(find_changed(before, look_at_files(paths, casebook)))
        if identify_report(notebooks, values, as_of, made_from, find_versions()) != identity:
            refuse_changed(["a folder that a parameter names was"])
        took = time.monotonic() - clock
        manifest = write_manifest(
            as_of, outcomes, made_from, identity, draft, started, took, name_casebook(casebook)
        )
        write_in_draft(draft / MARK, manifest)
        is_whole = not any(outcome.error for outcome in outcomes)
        place = target if is_whole else failed
        put_in_place(draft, place)
    if is_whole:
        remove_report(failed)
    executed = place / "notebooks"
    return Report(
        place,
        [replace(outcome, executed=executed / outcome.executed.name) for outcome in outcomes],
        stem,
    )


def _load_assembling() -> Callable[..., None]:
    """Return what puts a report together; it imports much, while the first notebooks run."""
    from analysis.reports.assembling import assemble

    return assemble


def _values(
    notebook: Notebook,
    values: Mapping[str, dict[str, Value]],
    as_of: str,
    data: str | Path,
    kernels_work_in: Path,
) -> dict[str, Value]:
    """Return what a notebook is given: only what it declares, and no folder of this machine.

    Paths start from the folder of the executed notebooks, so that they hold there later too.
    """
    given: dict[str, Value] = {"as_of": as_of, "out": f"../made/{notebook.name}"}
    if str(data):
        given["data"] = _path_from(kernels_work_in, find_casebook(data))
    given |= values.get(notebook.name, {})
    return {name: value for name, value in given.items() if name in notebook.parameters}


def _path_from(folder: Path, target: Path) -> str:
    try:
        return Path(os.path.relpath(target.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return str(target.resolve())
