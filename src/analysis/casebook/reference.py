"""The page of the public names, grouped by what a person wants to do: docs/api.md."""

from __future__ import annotations

import inspect
from importlib import import_module

from analysis.casebook.subjects import SUBJECTS, load

#: The tasks in the order a person comes to them, and how the names of each begin.
_TASKS = {
    "Open a casebook": ("open_casebook", "Casebook"),
    "Draw the rows in hand": ("chart_",),
    "Say it in sentences": ("write_",),
    "Show and save in a notebook": ("show", "format_day"),
    "Read words as figures": ("read_wording",),
}

_OPENING = """# The public names

What `import analysis` offers, by what a person wants to do. Written by `figures api`; each name's
docstring has its arguments, columns and an example. A notebook shows the same by tab: `analysis.`,
`book.`, `book.casualties.`
"""


def describe_names() -> str:
    """Return docs/api.md: the public names by task, then what each subject tabulates.

    Raises
    ------
    ValueError
        A public name belongs to no task, or to two.
    """
    analysis = import_module("analysis")
    left = set(analysis.__all__)
    parts = [_OPENING]
    for task, wanted in _TASKS.items():
        named = [name for name in analysis.__all__ if name.startswith(wanted)]
        if not set(named) <= left:
            raise ValueError(f"a name stands under two tasks: {set(named) - left}")
        left -= set(named)
        parts.append(_list(task, {name: getattr(analysis, name) for name in named}, "analysis."))
    if left:
        raise ValueError(f"no task has these public names: {', '.join(sorted(left))}")
    book = analysis.Casebook
    parts.append(_list("Ask the whole casebook", _find_methods(book), "book."))
    for name, place in SUBJECTS.items():
        subject = load(place)
        opening = str(inspect.getdoc(subject)).splitlines()[0]
        methods = _find_methods(subject)
        parts.append(_list(f"book.{name}", methods, f"book.{name}.", opening))
    return "\n".join(parts)


def _find_methods(cls: type) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(cls).items()
        if not name.startswith("_") and inspect.isfunction(value)
    }


def _list(title: str, named: dict[str, object], prefix: str, opening: str = "") -> str:
    lines = [f"## {title}", ""]
    lines += [opening, ""] if opening else []
    lines += ["| name | what it gives |", "| --- | --- |"]
    for name, value in named.items():
        said = str(inspect.getdoc(value)).split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        lines.append(f"| `{prefix}{name}` | {said} |")
    return "\n".join([*lines, ""])
