"""From what a person writes to a plan: read, combined, named and checked before anything runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.reports.batch.addresses import check_address, find_origin, is_address
from analysis.reports.batch.days import MOST_REPORTS, read_days
from analysis.reports.batch.matrix import Combination, Given, combine, count
from analysis.reports.batch.naming import TemplateError, read_template
from analysis.reports.batch.plan import TIMEOUT, Plan, Planned, find_axes
from analysis.reports.batch.plan_file import PlanFile, read_plan_file
from analysis.reports.batch.plan_text import Mistakes
from analysis.reports.batch.report_names import name_reports
from analysis.reports.batch.values import AS_OF, DATA, NOTEBOOK, ValueReader, read_raw
from analysis.reports.notebooks import Notebook, find_day, find_notebooks
from analysis.reports.parameters import ParameterError, Value, read_values
from analysis.tables import find_casebook


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


def plan_days(
    days: str,
    notebooks: Sequence[Notebook],
    typed: Mapping[str, str],
    out: Path,
    choice: Choice,
) -> Plan:
    """Return the plan of one report a day, each in OUT/DAY.

    Parameters
    ----------
    days : str
        As `read_days` reads it.
    notebooks : sequence of Notebook
        What each report holds.
    typed : mapping of str to str
        Parameters as typed; the same for every report.
    out : Path
        The folder of the batch, where `choice` says none.
    choice : Choice
        The casebook, and how to run.

    Raises
    ------
    ParameterError
        What is typed says no days, or no values of the notebooks' parameters.
    """
    values = read_values(typed, {notebook.name: notebook.parameters for notebook in notebooks})
    reports = tuple(
        Planned(day, tuple(notebooks), values, day, choice.data, {AS_OF: day})
        for day in read_days(days, "--as-of")
    )
    return Plan(
        reports,
        choice.out or out,
        (AS_OF,),
        choice.timeout or TIMEOUT,
        choice.workers,
        store=choice.store,
    )


def read_plan(path: Path, folder: Path, out: Path, choice: Choice) -> Plan:
    """Return the plan in the file `path` (its keys: `plan_file`).

    Parameters
    ----------
    path : Path
        The plan.
    folder : Path
        Where the notebooks are.
    out : Path
        The folder of the batch, where neither the plan nor `choice` says one.
    choice : Choice
        What goes before the plan.

    Raises
    ------
    PlanErrors
        Everything that is wrong with the plan.
    ParameterError
        There is no such file, or something is wrong with a notebook.
    OSError
        The plan cannot be read.
    """
    if not path.is_file():
        raise ParameterError(f"there is no plan {path}")
    mistakes = Mistakes(path.name)
    written = read_plan_file(path, mistakes)
    notebooks = _find_notebooks(written, folder, mistakes)
    whole = NOTEBOOK not in written.matrix
    reader = ValueReader(notebooks, written.folder, mistakes, whole=whole)
    fixed = {name: reader.fixed(name, node) for name, node in written.parameters.items()}
    axes = {name: reader.axis(name, node) for name, node in written.matrix.items()}
    known = [*reader.names, NOTEBOOK, DATA]
    include = [each for e in written.include for each in reader.entry("include", e, known)]
    exclude = [reader.entry("exclude", entry, [*axes]) for entry in written.exclude]
    data = choice.data
    if not data and written.data is not None:
        try:
            data = reader.casebook(written.data.text)
        except ParameterError as problem:
            mistakes.add(written.data.line, f"data: {problem}")
    if written.name is not None:
        try:
            read_template(written.name.text, [*known])
        except TemplateError as problem:
            mistakes.add(written.name.line, f"name: {problem}")
    if not axes and not include:
        mistakes.add(0, "there is no matrix and no include, so there is no report")
    if count(axes) > MOST_REPORTS:
        mistakes.add(0, f"the matrix has {count(axes):,} reports; at most {MOST_REPORTS:,} go")
    mistakes.stop()
    combinations, idle = combine(axes, include, exclude)
    given = {name: value for name, value in fixed.items() if value}
    reports = _Reports(notebooks, given, data, written.folder, mistakes)
    made = reports.make(combinations)
    if not made:
        mistakes.add(0, "every combination is excluded, so there is no report")
    mistakes.stop()
    named = name_reports(made, written.name, [*axes], mistakes)
    mistakes.stop()
    said, store = _find_out(written, choice)
    chosen = choice.out or (written.folder / said if said else out)
    return Plan(
        tuple(named),
        chosen,
        find_axes([report.shown for report in named]),
        choice.timeout or written.timeout or TIMEOUT,
        choice.workers or written.workers,
        tuple(
            f"{path.name}, line {line}: exclude fits no combination of the matrix"
            for line in (min(n.line for n in written.exclude[place].values()) for place in idle)
        ),
        store,
    )


def _find_out(written: PlanFile, choice: Choice) -> tuple[str, str]:
    """Return the folder that the plan says and that counts, or "", and the address of a store."""
    if written.out is None or choice.out or choice.store:
        return "", choice.store
    said = written.out.text
    address = check_address(said) if is_address(said) else said
    return ("", address) if is_address(address) else (address, "")


def _find_notebooks(written: PlanFile, folder: Path, mistakes: Mistakes) -> list[Notebook]:
    wanted = []
    for text in written.notebooks:
        try:
            find_notebooks(folder, [text.text])
            wanted.append(text.text)
        except ParameterError as problem:
            mistakes.add(text.line, f"notebooks: {problem}")
    if written.notebooks and NOTEBOOK in written.matrix:
        line = written.matrix[NOTEBOOK].line
        mistakes.add(line, "matrix, notebook: say this or notebooks, not both")
    return find_notebooks(folder, wanted)


class _Reports:
    """Makes reports of combinations; what a notebook refuses is added to `mistakes`."""

    def __init__(
        self,
        notebooks: Sequence[Notebook],
        fixed: Combination,
        data: str,
        folder: Path,
        mistakes: Mistakes,
    ) -> None:
        self._notebooks = notebooks
        self._fixed = fixed
        self._data = data
        self._folder = folder
        self._mistakes = mistakes

    def make(self, combinations: Sequence[Combination]) -> list[Planned]:
        """Return the reports, without names.

        A parameter that none of its notebooks has is left out of a report, and what is the
        same then is made once.
        """
        reports: dict[str, Planned] = {}
        for combination in combinations:
            report = self._make(self._fixed | combination, combination)
            if report is not None:
                names = [notebook.name for notebook in report.notebooks]
                key = json.dumps([names, report.values, report.as_of, report.data])
                reports.setdefault(key, report)
        return list(reports.values())

    def _make(self, given: Combination, own: Combination) -> Planned | None:
        chosen = given.get(NOTEBOOK)
        notebooks = [n for n in self._notebooks if chosen is None or n.name == chosen.value]
        try:
            day = str(given[AS_OF].value) if AS_OF in given else find_day(notebooks)
        except ParameterError as problem:
            self._mistakes.add(0, f"{problem}, or as_of in the plan")
            return None
        places = {AS_OF, NOTEBOOK, DATA}
        values = {
            notebook.name: {
                name: self._read(notebook, name, each)
                for name, each in given.items()
                if name in notebook.parameters and name not in places
            }
            for notebook in notebooks
        }
        data = str(given[DATA].value) if DATA in given else self._data
        used = {name for each in values.values() for name in each}
        shown: dict[str, Value] = {AS_OF: day}
        for name, each in {**own, **given}.items():
            if name == DATA:
                place = find_origin(data) or find_casebook(data).resolve().as_posix()
                shown[name] = place.rpartition("/")[2]
            elif name in used or name == NOTEBOOK:
                shown[name] = each.value
        return Planned("", tuple(notebooks), values, day, data, shown)

    def _read(self, notebook: Notebook, name: str, given: Given) -> Value:
        try:
            return read_raw(notebook.parameters[name], given.raw, self._folder)
        except ParameterError as problem:
            self._mistakes.add(given.line, f"{notebook.name}, {problem}")
            return given.value
