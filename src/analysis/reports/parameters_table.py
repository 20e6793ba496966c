"""The parameters of all notebooks as a page of Markdown, written from the declarations."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Parameter
from analysis.reports.typed_values import write_number

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


def tabulate_parameters(notebooks: Sequence[Notebook]) -> str:
    """Return the page: what all notebooks share, then the rest of each, a row a parameter.

    Parameters
    ----------
    notebooks : sequence of Notebook
        In the order of the page.

    Returns
    -------
    str
        Markdown with the columns parameter, type, default, values (what may be given) and
        meaning.
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
    elif parameter.is_country:
        words = "an ISO 3166 alpha-3 code"
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
