"""The values of a plan, read by the notebooks' own parameters, and their combinations.

Every value of every axis meets every other, less what is excluded, more what is included.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from analysis.reports.batch.addresses import StorageError
from analysis.reports.batch.days import EXPECTED_DAYS, read_days
from analysis.reports.batch.plan_file import AS_OF, DATA, NOTEBOOK, Mistakes, Where
from analysis.reports.cluster.store import TABLES, find_folder
from analysis.reports.identity import PLACES
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import (
    Checking,
    Parameter,
    ParameterError,
    Value,
    read_day,
    refuse_secret,
)
from analysis.reports.values import Keys, list_keys
from analysis.tables import CasebookErrors, find_casebook, shorten, suggest

#: The day of a report, which every report has, whatever its notebooks declare.
_DAY = Parameter(AS_OF, "str", "", is_day=True)


@dataclass(frozen=True)
class Given:
    """A value in a plan."""

    value: Value  # what it means; values are equal when this is
    #: What is written: each notebook reads it for itself.
    raw: str | tuple[str, ...] = field(compare=False)
    line: int = field(default=0, compare=False)  # where; 0 on the command line


#: Values by name: of parameters, `notebook` and `data`.
Combination: TypeAlias = dict[str, Given]


def count(axes: Mapping[str, Sequence[Given]]) -> int:
    """Return how many combinations the axes have."""
    return math.prod(len(values) for values in axes.values()) if axes else 0


def combine(
    axes: Mapping[str, Sequence[Given]],
    include: Sequence[Combination] = (),
    exclude: Sequence[Sequence[Combination]] = (),
) -> tuple[list[Combination], list[int]]:
    """Return the combinations of a plan, in the order of its axes, the last one fastest.

    `axes`: the matrix; without any axis it has no combination. `include`: where an entry's values
    of the axes are all those of a combination, its other values are added to it; an entry without
    any value of an axis is added to all. An entry that fits no combination of the matrix is one of
    its own. `exclude`: the entries, each with its days one by one: a combination that has all
    values of one is left out, before `include`. Returns the combinations; the places of the entries
    of `exclude` that fit none.
    """
    made = [
        dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values()) if axes
    ]
    kept = [each for each in made if not any(_fits_any(entry, each) for entry in exclude)]
    idle = [
        place
        for place, entry in enumerate(exclude)
        if not any(_fits_any(entry, each) for each in made)
    ]
    further: list[Combination] = []
    results = [dict(each) for each in kept]
    for entry in include:
        of_axes = {name: given for name, given in entry.items() if name in axes}
        places = [place for place, each in enumerate(kept) if _fits(of_axes, each)]
        for place in places:
            results[place].update(entry)
        if not places:
            further.append(dict(entry))
    return results + further, idle


def _fits_any(parts: Sequence[Combination], whole: Combination) -> bool:
    return any(_fits(part, whole) for part in parts)


def _fits(part: Combination, whole: Combination) -> bool:
    return all(name in whole and whole[name] == given for name, given in part.items())


def read_raw(
    parameter: Parameter, raw: str | tuple[str, ...], folder: Path, keys: Keys = list_keys
) -> Value:
    """Return the value of `parameter` that is written as a text or as a list of texts.

    Where the parameter is a folder that is read, its path starts from `folder`.

    Raises `ParameterError`: it cannot take it.
    """
    if isinstance(raw, tuple):
        return parameter.check(list(raw), Checking(keys))
    if raw and parameter.folder in ("read", "casebook") and folder != Path():
        raw = str(folder / Path(raw).expanduser())
    return parameter.read(raw, keys)


class ValueReader:
    """Reads what stands in a plan under a name; what is wrong is added to `mistakes`."""

    def __init__(
        self,
        notebooks: Sequence[Notebook],
        folder: Path,
        mistakes: Mistakes,
        *,
        whole: bool,
    ) -> None:
        self._notebooks = {notebook.name: notebook for notebook in notebooks}
        self._folder = folder
        self._mistakes = mistakes
        # Whether all notebooks are in every report: then a value must suit all of them.
        self._whole = whole
        self._declared: dict[str, list[Parameter]] = {AS_OF: [_DAY]}
        for notebook in notebooks:
            for name, parameter in notebook.parameters.items():
                if name not in PLACES:
                    self._declared.setdefault(name, []).append(parameter)

    @property
    def names(self) -> list[str]:
        """The parameters of the notebooks."""
        return sorted(self._declared)

    def fixed(self, name: str, written: object) -> Given | None:
        """Return the value under `parameters`, or None."""
        where = ("parameters", name)
        return self._one(where, written) if self._knows(where, self.names) else None

    def axis(self, name: str, written: object) -> list[Given]:
        """Return the values of an axis of the matrix, each once."""
        where = ("matrix", name)
        if not self._knows(where, [*self.names, NOTEBOOK, DATA]):
            return []
        if name == NOTEBOOK and written == "all":
            return [Given(each, each, self._mistakes.line(where)) for each in self._notebooks]
        if not isinstance(written, list) and not (isinstance(written, str) and self._is_day(name)):
            self._mistakes.add(where, f"matrix, {name}: expected a list of values")
            return []
        if written == []:
            self._mistakes.add(where, f"matrix, {name}: the list is empty")
        values: dict[str, Given] = {}
        for place, item in enumerate(written if isinstance(written, list) else [written]):
            # A range of days may hold what stands there already; any other value is a slip.
            for given in self._several((*where, place), item):
                key = repr(given.value)
                if key not in values:
                    values[key] = given
                elif not self._is_day(name):
                    shown = shorten(str(given.value))
                    self._mistakes.add(given.line, f'matrix, {name}: "{shown}" stands there twice')
        return list(values.values())

    def entry(self, key: str, place: int, entry: object, known: Sequence[str]) -> list[Combination]:
        """Return the combinations that an entry of `include` or `exclude` says.

        There are several where it says several days.
        """
        if not isinstance(entry, dict) or not entry:
            self._mistakes.add((key, place), f"{key}: expected names with their values")
            return []
        made: list[Combination] = [{}]
        for name, written in entry.items():
            where = (key, place, name)
            if self._knows(where, known):
                values = self._several(where, written)
                made = [{**each, name: given} for each in made for given in values]
        return made

    def _knows(self, where: Where, known: Sequence[str]) -> bool:
        key, name = str(where[0]), str(where[-1])
        try:
            refuse_secret(name)
        except ParameterError as problem:
            self._mistakes.add(where, f"{key}: {problem}")
            return False
        if name in known:
            # An axis that is no parameter has been complained of already.
            return name in self._declared or name in (NOTEBOOK, DATA)
        if name in PLACES and key == "parameters":
            message = f"{name} is a key of the plan itself, not a parameter"
        else:
            hint = suggest(name, known) or f"there are {', '.join(known) or 'none'}"
            what = "the matrix has no" if key == "exclude" else "no parameter is called"
            message = f'{what} "{shorten(name)}"; {hint}'
        self._mistakes.add(where, f"{key}: {message}")
        return False

    def _is_day(self, name: str) -> bool:
        declared = self._declared.get(name, [])
        return bool(declared) and all(parameter.is_day for parameter in declared)

    def _several(self, where: Where, written: object) -> list[Given]:
        name = _name(where)
        if isinstance(written, str) and self._is_day(name):
            try:
                days = read_days(written, name)
            except ParameterError as problem:
                self._complain(where, problem)
                return []
            return [Given(day, day, self._mistakes.line(where)) for day in days]
        given = self._one(where, written)
        return [] if given is None else [given]

    def _one(self, where: Where, written: object) -> Given | None:
        name = _name(where)
        raw: str | tuple[str, ...]
        if isinstance(written, str):
            raw = written
        elif isinstance(written, list) and all(isinstance(item, str) for item in written):
            raw = tuple(written)
        else:
            expected = EXPECTED_DAYS if self._is_day(name) else 'a value; write "" for no text'
            self._mistakes.add(where, f"{where[0]}, {name}: expected {expected}")
            return None
        try:
            return Given(self._read(name, raw), raw, self._mistakes.line(where))
        except ParameterError as problem:
            self._complain(where, problem)
            return None

    def _complain(self, where: Where, problem: ParameterError) -> None:
        # The message opens with the name, which the place says already.
        name = _name(where)
        said = str(problem).removeprefix(f"{name}: ")
        self._mistakes.add(where, f"{where[0]}, {name}: {said}")

    def _read(self, name: str, raw: str | tuple[str, ...]) -> Value:
        if name == AS_OF:
            return read_day(raw if isinstance(raw, str) else " ".join(raw), name)
        if name in (NOTEBOOK, DATA):
            if not isinstance(raw, str):
                raise ParameterError(f"{name}: expected one name, not a list")
            return self._notebook(raw) if name == NOTEBOOK else self.casebook(raw)
        values, problems = [], []
        for parameter in self._declared[name]:
            try:
                values.append(read_raw(parameter, raw, self._folder))
            except ParameterError as problem:
                problems.append(problem)
        if problems and (self._whole or not values):
            raise problems[0]
        return values[0]

    def _notebook(self, raw: str) -> str:
        name = raw.removesuffix(".ipynb")
        if name not in self._notebooks:
            hint = suggest(name, self._notebooks) or f"there are {', '.join(self._notebooks)}"
            raise ParameterError(f'no notebook is called "{shorten(name)}"; {hint}')
        return name

    def casebook(self, raw: str) -> str:
        """Return the folder of a casebook; a path starts from the folder of the plan.

        Raises `ParameterError`: there is no such folder, or a store does not give it.
        """
        try:
            place = self._folder / Path(find_folder(raw, TABLES)).expanduser()
        except StorageError as problem:
            raise ParameterError(str(problem)) from None
        try:
            return str(find_casebook(place))
        except CasebookErrors:
            raise ParameterError(f'there is no folder of a casebook "{shorten(raw)}"') from None


def _name(where: Where) -> str:
    """Return the last name in `where`, which may end in the place in a list."""
    return str(next(part for part in reversed(where) if isinstance(part, str)))
