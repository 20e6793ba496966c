"""From what a person writes to a plan: read, combined, named and checked before anything runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from analysis.reports.batch.addresses import check_address, find_origin, is_address
from analysis.reports.batch.days import MOST_REPORTS, read_days
from analysis.reports.batch.matrix import (
    Combination,
    Given,
    ValueReader,
    combine,
    count,
    read_raw,
)
from analysis.reports.batch.naming import TemplateError, find_axes, name_reports, read_template
from analysis.reports.batch.plan_file import (
    AS_OF,
    DATA,
    NOTEBOOK,
    Mistakes,
    PlanFile,
    read_plan_file,
)
from analysis.reports.notebooks import (
    Notebook,
    find_day,
    find_notebooks,
    find_report_day,
    name_report,
)
from analysis.reports.out_folder import find_fault
from analysis.reports.parameters import ParameterError, Value, read_values
from analysis.reports.values import Keys, read_keys
from analysis.tables import find_casebook

#: Seconds that a cell may take where nobody says otherwise.
TIMEOUT = 600


@dataclass(frozen=True)
class Planned:
    """One report of a batch."""

    name: str  # its folder in OUT, with "/"
    notebooks: tuple[Notebook, ...]  # what it holds, in the order of the page
    #: Parameters by name of the notebook, checked; beside `as_of`, `data` and `out`.
    values: Mapping[str, dict[str, Value]]
    as_of: str  # its day
    data: str  # its casebook; "" is the project's own
    #: What tells it from other reports, for people: `as_of`, parameters, `notebook`, and `data` as
    #: the name of the casebook's folder.
    shown: Mapping[str, Value] = field(default_factory=dict)

    def target(self, out: Path) -> Path:
        """Return the folder of the report."""
        return out / self.name

    def failed(self, out: Path) -> Path:
        """Return the folder of the report when a notebook of it has failed."""
        return out / f"{self.name}.failed"


@dataclass(frozen=True)
class Plan:
    """The reports of a batch."""

    reports: tuple[Planned, ...]  # in the order in which they are made
    out: Path  # the folder of the batch
    axes: tuple[str, ...] = ()  # the names in `shown` whose values differ between the reports
    timeout: int = TIMEOUT  # seconds that a cell may take
    workers: int | None = None  # reports made at the same time; None for as many as the machine can
    memory: int | None = None  # GB that a kernel may take
    notes: tuple[str, ...] = ()  # what a person should know, a line each
    store: str = ""  # the address of the store where reports go instead of `out`, or ""


@dataclass(frozen=True)
class Choice:
    """What the command line says instead of the plan; None and "" say nothing.

    `store` is the address of a store where reports go instead of `out`.
    """

    data: str = ""
    out: Path | None = None
    timeout: int | None = None
    workers: int | None = None
    store: str = ""
    memory: int | None = None


def plan_days(
    days: str,
    notebooks: Sequence[Notebook],
    typed: Mapping[str, str],
    out: Path,
    choice: Choice,
    *,
    some: bool = False,
) -> Plan:
    """Return the plan of one report a day, each in OUT/DAY.

    `typed`: parameters as typed; the same for every report. `out`: the folder of the batch, where
    `choice` says none. `choice`: the casebook, and how to run. `some`: whether only some notebooks
    were asked for: each report then has a folder of its own.
    Raises `ParameterError`: what is typed says no days, or no values of the notebooks' parameters.
    """
    declared = {notebook.name: notebook.parameters for notebook in notebooks}
    values = read_values(typed, declared, read_keys(choice.data))
    names = [notebook.name for notebook in notebooks] if some else []
    reports = tuple(
        Planned(name_report(day, names), tuple(notebooks), values, day, choice.data, {AS_OF: day})
        for day in read_days(days, "--as-of")
    )
    return Plan(
        reports,
        choice.out or out,
        (AS_OF,),
        choice.timeout or TIMEOUT,
        choice.workers,
        choice.memory,
        store=choice.store,
    )


def read_plan(path: Path, folder: Path, out: Path, choice: Choice) -> Plan:
    """Return the plan in the file `path` (its keys: `plan_file`).

    `out`: the folder of the batch, where neither the plan nor `choice` says one. `choice`: what
    goes before the plan.
    Raises `PlanErrors`: everything that is wrong with the plan; `ParameterError`: there is no such
    file, it can be no plan, or something is wrong with a notebook; `OSError`: the plan cannot be
    read.
    """
    mistakes = Mistakes(path.name)
    written = read_plan_file(path, mistakes)
    notebooks = _find_notebooks(written, folder, mistakes)
    here = path.parent
    whole = NOTEBOOK not in written.matrix
    reader = ValueReader(notebooks, here, mistakes, whole=whole)
    fixed = {name: reader.fixed(name, each) for name, each in written.parameters.items()}
    axes = {name: reader.axis(name, each) for name, each in written.matrix.items()}
    known = [*reader.names, NOTEBOOK, DATA]
    include, exclude = (
        [reader.entry(key, place, each, names) for place, each in enumerate(entries)]
        for key, entries, names in (
            ("include", written.include, known),
            ("exclude", written.exclude, [*axes]),
        )
    )
    data = choice.data
    if not data and written.data:
        try:
            data = reader.casebook(written.data)
        except ParameterError as problem:
            mistakes.add(("data",), f"data: {problem}")
    if written.name:
        try:
            read_template(written.name, known)
        except TemplateError as problem:
            mistakes.add(("name",), f"name: {problem}")
    said, store = _find_out(written, choice, mistakes)
    if not axes and not include:
        mistakes.add(0, "there is no matrix and no include, so there is no report")
    if count(axes) > MOST_REPORTS:
        mistakes.add(0, f"the matrix has {count(axes):,} reports; at most {MOST_REPORTS:,} go")
    mistakes.stop()
    combinations, idle = combine(axes, [each for some in include for each in some], exclude)
    given = {name: value for name, value in fixed.items() if value}
    made = _Reports(notebooks, given, data, here, mistakes).make(combinations)
    if not made:
        mistakes.add(0, "every combination is excluded, so there is no report")
    mistakes.stop()
    shown = [report.shown for report in made]
    names = name_reports(shown, written.name, [*axes], mistakes)
    mistakes.stop()
    lines = [mistakes.line(("exclude", place)) for place in idle]
    return Plan(
        tuple(replace(each, name=name) for name, each in zip(names, made, strict=True)),
        choice.out or (here / Path(said).expanduser() if said else out),
        find_axes(shown),
        choice.timeout or written.timeout or TIMEOUT,
        choice.workers or written.workers or None,
        choice.memory or written.memory or None,
        tuple(
            f"{path.name}, line {line}: exclude fits no combination of the matrix" for line in lines
        ),
        store,
    )


def _find_out(written: PlanFile, choice: Choice, mistakes: Mistakes) -> tuple[str, str]:
    """Return the folder that the plan says and that counts, or "", and the address of a store."""
    if not written.out or choice.out or choice.store:
        return "", choice.store
    fault = find_fault(written.out)
    if fault:
        mistakes.add(("out",), f"out: {fault}")
        return "", ""
    address = check_address(written.out) if is_address(written.out) else written.out
    return ("", address) if is_address(address) else (address, "")


def _find_notebooks(written: PlanFile, folder: Path, mistakes: Mistakes) -> list[Notebook]:
    wanted = []
    for place, name in enumerate(written.notebooks):
        try:
            find_notebooks(folder, [name])
            wanted.append(name)
        except ParameterError as problem:
            mistakes.add(("notebooks", place), f"notebooks: {problem}")
    if written.notebooks and NOTEBOOK in written.matrix:
        message = "matrix, notebook: say this or notebooks, not both"
        mistakes.add(("matrix", NOTEBOOK), message)
    return find_notebooks(folder, wanted)


@dataclass(frozen=True)
class _Reports:
    """Makes reports of combinations; what a notebook refuses is added to `mistakes`."""

    notebooks: Sequence[Notebook]
    fixed: Combination
    data: str
    folder: Path
    mistakes: Mistakes
    # Of each casebook once: the batch may have thousands of reports of it.
    keys: Callable[[str], Keys] = field(default_factory=lambda: cache(read_keys))
    day: Callable[[str], str] = field(default_factory=lambda: cache(find_report_day))

    def make(self, combinations: Sequence[Combination]) -> list[Planned]:
        """Return the reports, without names.

        A parameter that none of its notebooks has is left out of a report, and what is the
        same then is made once.
        """
        reports: dict[str, Planned] = {}
        for combination in combinations:
            report = self._make(self.fixed | combination, combination)
            if report is not None:
                names = [notebook.name for notebook in report.notebooks]
                key = json.dumps([names, report.values, report.as_of, report.data])
                reports.setdefault(key, report)
        return list(reports.values())

    def _make(self, given: Combination, own: Combination) -> Planned | None:
        data = str(given[DATA].value) if DATA in given else self.data
        chosen = given.get(NOTEBOOK)
        notebooks = [n for n in self.notebooks if chosen is None or n.name == chosen.value]
        try:
            day = str(given[AS_OF].value) if AS_OF in given else ""
            day = day or find_day(notebooks, partial(self.day, data))
        except ParameterError as problem:
            self.mistakes.add(0, f"{problem}, or as_of in the plan")
            return None
        places = {AS_OF, NOTEBOOK, DATA}
        values = {
            notebook.name: {
                name: self._read(notebook, name, each, data)
                for name, each in given.items()
                if name in notebook.parameters and name not in places
            }
            for notebook in notebooks
        }
        used = {name for each in values.values() for name in each}
        shown: dict[str, Value] = {AS_OF: day}
        for name, each in {**own, **given}.items():
            if name == DATA:
                place = find_origin(data) or find_casebook(data).resolve().as_posix()
                shown[name] = place.rpartition("/")[2]
            elif name in used or name == NOTEBOOK:
                shown[name] = each.value
        return Planned("", tuple(notebooks), values, day, data, shown)

    def _read(self, notebook: Notebook, name: str, given: Given, data: str) -> Value:
        keys = self.keys(data)
        try:
            return read_raw(notebook.parameters[name], given.raw, self.folder, keys)
        except ParameterError as problem:
            self.mistakes.add(given.line, f"{notebook.name}, {problem}")
            return given.value
