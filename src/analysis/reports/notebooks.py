"""The notebooks of a project: found in a folder, read without a kernel, picked by name.

What they declare is said for a terminal (`Notebook.describe`) and as a page of Markdown
(`tabulate_parameters`).
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.hashes import hash_values
from analysis.reports.parameters import Parameter, ParameterError, read_cell
from analysis.reports.values import write_number
from analysis.safety import read_whole
from analysis.tables import CASEBOOK, shorten, suggest

#: The project's own notebooks; they stand beside its casebook.
NOTEBOOKS = CASEBOOK.parent / "notebooks"

#: Place in a report of a notebook that asks for none with the metadata `order`.
_ORDER = 100

#: Characters of the names of notebooks in the name of a folder.
_LONGEST_NAMES = 80

#: Characters in a line of a terminal.
_WIDTH = 80

_OPENING = """\
# Parameters of the notebooks

Each notebook declares its parameters in one cell; this page is written from those cells by
`figures notebooks --markdown`. `figures report -n NAME -p PARAMETER=VALUE` gives one a value,
which is checked before anything runs. A list is typed with commas between its items.
"""
_HEAD = """\
| parameter | type | default | values | meaning |
| --- | --- | --- | --- | --- |"""
_FOLDERS = {
    "casebook": "a folder with a casebook",
    "read": "a folder that is there",
    "written": "a folder",
}


@dataclass(frozen=True)
class Notebook:
    """A notebook as it stands in the folder."""

    path: Path  # where it stands
    title: str  # its first heading
    question: str  # the first line under the heading: what the notebook asks
    parameters: dict[str, Parameter]  # what its parameters cell declares
    order: int  # its place in a report, from the notebook's metadata `order`; then the name counts
    code_cells: int  # how many cells there are to run
    #: Whether it belongs in a report that names no notebooks; from its metadata `report`.
    in_reports: bool = True
    #: Whether it belongs in a brief that names no notebooks; from its metadata `brief`.
    in_briefs: bool = False

    @property
    def name(self) -> str:
        """The name by which a person asks for it."""
        return self.path.stem

    def describe(self) -> str:
        """Return the notebook with its parameters as a person reads them in a terminal."""
        lines = [self.name, *_fold(self.title, 2)]
        for each in self.parameters.values():
            default = json.dumps(each.default, ensure_ascii=False)
            lines += _fold(f"{each.name}: {each.type} = {default}", 2, hanging=10)
            lines += _fold(each.help, 6)
        return "\n".join(lines)


def _fold(text: str, indent: int, hanging: int | None = None) -> list[str]:
    """Return `text` in lines of a terminal; words, days and codes stay whole."""
    after = indent if hanging is None else hanging
    first, rest = " " * indent, " " * after
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def find_notebooks(
    folder: Path, names: Sequence[str] = (), *, brief: bool = False
) -> list[Notebook]:
    """Return the notebooks of `folder` in the order of a report.

    `names`: only these; when empty all that belong in a report. A name may end in ".ipynb".
    `brief`: when no name is given: those that belong in a brief.
    Raises `ParameterError`: there is no such folder or notebook, or one cannot be read.
    """
    if not folder.is_dir():
        raise ParameterError(f"there is no folder of notebooks {folder}")
    paths = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not paths:
        raise ParameterError(f"there is no notebook in {folder}")
    wanted = [name.removesuffix(".ipynb") for name in names]
    for name in wanted:
        if name not in paths:
            hint = suggest(name, paths) or f"there are {', '.join(paths)}"
            raise ParameterError(f'no notebook is called "{shorten(name)}"; {hint}')
    found = [read_notebook(paths[name]) for name in dict.fromkeys(wanted or paths)]
    if not wanted:
        found = [n for n in found if (n.in_briefs if brief else n.in_reports)]
    if brief and not found:
        raise ParameterError(f"no notebook in {folder} is marked for briefs; name some with -n")
    return sorted(found, key=lambda notebook: (notebook.order, notebook.name))


def read_notebook(path: Path) -> Notebook:
    """Return what the notebook at `path` says about itself.

    Raises `ParameterError`: it is no notebook, or its parameters cell breaks the rules.
    """
    try:
        content = json.loads(read_whole(path))
        cells = [(cell["cell_type"], _source(cell), cell) for cell in content["cells"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise ParameterError(f"{path.name} is not a notebook that can be read") from None
    words = [text for kind, text, _ in cells if kind == "markdown"]
    title, question = _opening(words[0] if words else "", path.stem)
    parameters: dict[str, Parameter] = {}
    for kind, text, cell in cells:
        if kind == "code" and "parameters" in cell.get("metadata", {}).get("tags", []):
            parameters = read_cell(text, f"{path.name}, parameters cell")
            break
    metadata = content.get("metadata", {})
    order, in_reports = metadata.get("order", _ORDER), metadata.get("report", True) is not False
    code_cells = sum(kind == "code" and bool(text.strip()) for kind, text, _ in cells)
    in_briefs = metadata.get("brief", False) is True
    return Notebook(path, title, question, parameters, order, code_cells, in_reports, in_briefs)


def name_report(day: str, names: Sequence[str] = (), *, brief: bool = False) -> str:
    """Return the folder of a report: of all notebooks OUT/DAY, and of some beside it.

    `names`: the notebooks, if only some were asked for; none where it is the whole report. `brief`:
    whether it is a brief. DAY, DAY-brief, and DAY-key_figures+backtest: what was made of some
    notebooks takes the place of nothing else.
    """
    words = "+".join(names)
    if len(words) > _LONGEST_NAMES:
        words = f"{names[0][: _LONGEST_NAMES // 2]}+{len(names) - 1}-{hash_values(*names)[:8]}"
    return "-".join(filter(None, [day, "brief" if brief else "", words]))


def find_day(notebooks: Iterable[Notebook], report_day: Callable[[], str] | None = None) -> str:
    """Return the day that the notebooks declare as `as_of`; the latest if they differ.

    `notebooks`: one whose day is empty leaves it to the casebook. `report_day`: returns the day
    that the casebook says, asked where no notebook says one.
    Raises `ParameterError`: no notebook has the parameter, or neither a notebook nor the casebook
    says a day.
    """
    defaults = [str(n.parameters["as_of"].default) for n in notebooks if "as_of" in n.parameters]
    if not defaults:
        raise ParameterError("no notebook declares the parameter as_of; say --as-of YYYY-MM-DD")
    day = max(defaults) or (report_day() if report_day else "")
    if not day:
        raise ParameterError("neither the notebooks nor the casebook say a day; say --as-of")
    return day


def find_report_day(data: str | Path) -> str:
    """Return the day of which the casebook in `data` speaks when none is asked for."""
    from analysis.casebook.book import open_casebook

    return open_casebook(data).day.date().isoformat()


def _source(cell: dict[str, Any]) -> str:
    """Return the text of a cell; a file may hold it as one text or as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _opening(markdown: str, name: str) -> tuple[str, str]:
    lines = [line.strip() for line in markdown.splitlines() if line.strip()]
    title = name.replace("_", " ").capitalize()
    if lines and lines[0].startswith("#"):
        title = lines.pop(0).lstrip("#").strip()
    return title, lines[0] if lines else ""


def tabulate_parameters(notebooks: Sequence[Notebook]) -> str:
    """Return the page: what all notebooks share, then the rest of each, a row a parameter.

    `notebooks`: in the order of the page. Returns Markdown with the columns parameter, type,
    default, values (what may be given) and meaning.
    """
    first, *others = notebooks
    shared = [
        each
        for each in first.parameters.values()
        if others and all(each == other.parameters.get(each.name) for other in others)
    ]
    parts = [_OPENING]
    if shared:
        parts.append(f"## In every notebook\n\n{_rows(shared)}\n")
    for notebook in notebooks:
        own = [each for each in notebook.parameters.values() if each not in shared]
        said = _rows(own) if own else "No parameters of its own."
        parts.append(f"## {notebook.name}\n\n{_cell(notebook.title)}\n\n{said}\n")
    return "\n".join(parts)


def write_rule(parameter: Parameter) -> str:
    """Return in words what may be given for a parameter, or "" if nothing more than its type."""
    if parameter.choices:
        words = ", ".join(parameter.choices)
    elif parameter.is_day:
        words = "a day, YYYY-MM-DD"
    elif parameter.table:
        is_country = parameter.table == "countries"
        words = "an ISO 3166 alpha-3 code" if is_country else f"a key of {parameter.table}.csv"
    elif parameter.folder:
        words = _FOLDERS[parameter.folder]
    elif math.isfinite(parameter.low):
        words = f"{write_number(parameter.low)} to {write_number(parameter.high)}"
    else:
        return "true or false" if parameter.type == "bool" else ""
    some = f"any of {words}" if parameter.type == "list[str]" else words
    return f"{some}, or nothing" if parameter.may_be_empty else some


def _rows(parameters: Iterable[Parameter]) -> str:
    rows = []
    for each in parameters:
        # In a table a bar ends the cell even between backticks.
        default = json.dumps(each.default, ensure_ascii=False).replace("|", "\\|")
        values, meaning = _cell(write_rule(each)), _cell(each.meaning)
        rows.append(f"| `{each.name}` | {each.type} | `{default}` | {values} | {meaning} |")
    return "\n".join([_HEAD, *rows])


def _cell(text: str) -> str:
    """Return `text` as Markdown that shows it, in one cell of a table."""
    return "".join(f"\\{sign}" if sign in "\\|*_`<[" else sign for sign in text)
