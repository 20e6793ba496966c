"""The values of a plan, read by the notebooks' own parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.reports.batch.addresses import StorageError, check_address, is_address
from analysis.reports.batch.days import EXPECTED_DAYS, read_days
from analysis.reports.batch.matrix import Combination, Given
from analysis.reports.batch.plan_text import Items, Keys, Mistakes, Node, Text
from analysis.reports.cluster.fetching import TABLES, fetch_folder
from analysis.reports.identity import PLACES
from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import (
    Parameter,
    ParameterError,
    Value,
    read_day,
    refuse_secret,
)
from analysis.tables import CasebookErrors, find_casebook, shorten, suggest

#: Names in a matrix that are no parameters.
NOTEBOOK, DATA, AS_OF = "notebook", "data", "as_of"

#: The day of a report, which every report has, whatever its notebooks declare.
_DAY = Parameter(AS_OF, "str", "", is_day=True)


def read_raw(parameter: Parameter, raw: str | tuple[str, ...], folder: Path) -> Value:
    """Return the value of `parameter` that is written as a text or as a list of texts.

    Where the parameter is a folder that is read, its path starts from `folder`.

    Raises
    ------
    ParameterError
        It cannot take it.
    """
    if isinstance(raw, tuple):
        return parameter.check(list(raw))
    if raw and parameter.folder in ("read", "casebook") and folder != Path():
        raw = str(folder / Path(raw).expanduser())
    return parameter.read(raw)


class ValueReader:
    """Reads what stands in a plan under a name; what is wrong is added to `mistakes`."""

    def __init__(
        self, notebooks: Sequence[Notebook], folder: Path, mistakes: Mistakes, *, whole: bool
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

    def fixed(self, name: str, node: Node) -> Given | None:
        """Return the value under `parameters`, or None."""
        if not self._knows(name, node, "parameters", self.names):
            return None
        return self._one(f"parameters, {name}", name, node)

    def axis(self, name: str, node: Node) -> list[Given]:
        """Return the values of an axis of the matrix, each once."""
        if not self._knows(name, node, "matrix", [*self.names, NOTEBOOK, DATA]):
            return []
        where = f"matrix, {name}"
        if name == NOTEBOOK and isinstance(node, Text) and node.text == "all":
            return [Given(each, each, node.line) for each in self._notebooks]
        if isinstance(node, Keys) or (isinstance(node, Text) and not self._is_day(name)):
            self._mistakes.add(node.line, f"{where}: expected a list of values")
            return []
        items = node.items if isinstance(node, Items) else (node,)
        if not items:
            self._mistakes.add(node.line, f"{where}: the list is empty")
        values: dict[str, Given] = {}
        for item in items:
            # A range of days may hold what stands there already; any other value is a slip.
            for given in self._several(where, name, item):
                key = repr(given.value)
                if key not in values:
                    values[key] = given
                elif not self._is_day(name):
                    shown = shorten(str(given.value))
                    self._mistakes.add(given.line, f'{where}: "{shown}" stands there twice')
        return list(values.values())

    def entry(self, key: str, entry: Mapping[str, Node], known: Sequence[str]) -> list[Combination]:
        """Return the combinations that an entry of `include` or `exclude` says.

        There are several where it says several days.
        """
        made: list[Combination] = [{}]
        for name, node in entry.items():
            if not self._knows(name, node, key, known):
                continue
            values = self._several(f"{key}, {name}", name, node)
            made = [{**each, name: given} for each in made for given in values]
        return made

    def _knows(self, name: str, node: Node, where: str, known: Sequence[str]) -> bool:
        try:
            refuse_secret(name)
        except ParameterError as problem:
            self._mistakes.add(node.line, f"{where}: {problem}")
            return False
        if name in known:
            # An axis that is no parameter has been complained of already.
            return name in self._declared or name in (NOTEBOOK, DATA)
        if name in PLACES and where == "parameters":
            message = f"{name} is a key of the plan itself, not a parameter"
        else:
            hint = suggest(name, known) or f"there are {', '.join(known) or 'none'}"
            what = "the matrix has no" if where == "exclude" else "no parameter is called"
            message = f'{what} "{shorten(name)}"; {hint}'
        self._mistakes.add(node.line, f"{where}: {message}")
        return False

    def _is_day(self, name: str) -> bool:
        return all(parameter.is_day for parameter in self._declared.get(name, [])) and (
            name not in (NOTEBOOK, DATA)
        )

    def _several(self, where: str, name: str, node: Node) -> list[Given]:
        if isinstance(node, Text) and self._is_day(name) and not node.empty:
            try:
                days = read_days(node.text, name)
            except ParameterError as problem:
                self._mistakes.add(node.line, _say(where, name, problem))
                return []
            return [Given(day, day, node.line) for day in days]
        given = self._one(where, name, node)
        return [] if given is None else [given]

    def _one(self, where: str, name: str, node: Node) -> Given | None:
        raw: str | tuple[str, ...]
        if isinstance(node, Text) and not node.empty:
            raw = node.text
        elif isinstance(node, Items) and all(
            isinstance(item, Text) and not item.empty for item in node.items
        ):
            raw = tuple(item.text for item in node.items if isinstance(item, Text))
        else:
            expected = EXPECTED_DAYS if self._is_day(name) else 'a value; write "" for no text'
            self._mistakes.add(node.line, f"{where}: expected {expected}")
            return None
        try:
            return Given(self._read(name, raw), raw, node.line)
        except ParameterError as problem:
            self._mistakes.add(node.line, _say(where, name, problem))
            return None

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

        Raises
        ------
        ParameterError
            There is no such folder, or a store does not give it.
        """
        if is_address(raw):
            try:
                raw = check_address(raw)
                raw = str(fetch_folder(raw, TABLES).path) if is_address(raw) else raw
            except StorageError as problem:
                raise ParameterError(str(problem)) from None
        place = self._folder / Path(raw).expanduser()
        try:
            return str(find_casebook(place))
        except CasebookErrors:
            raise ParameterError(f'there is no folder of a casebook "{shorten(raw)}"') from None


def _say(where: str, name: str, problem: ParameterError) -> str:
    """Return what is wrong under `where`, which ends in the name that the problem may open with."""
    return f"{where}: {str(problem).removeprefix(f'{name}: ')}"
