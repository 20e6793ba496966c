"""The folder of each report of a plan: by a template, or by what tells the reports apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.reports.batch.naming import find_clashes, refuse_name, render, say_value
from analysis.reports.batch.plan import Planned, find_axes
from analysis.reports.batch.plan_text import Mistakes, Text
from analysis.reports.batch.values import AS_OF
from analysis.reports.parameters import Value
from analysis.tables import shorten


def name_reports(
    reports: Sequence[Planned], template: Text | None, axes: Sequence[str], mistakes: Mistakes
) -> list[Planned]:
    """Return `reports` with their names; what cannot be is added to `mistakes`.

    Parameters
    ----------
    reports : sequence of Planned
        Without names.
    template : Text or None
        As `read_template` takes it; without one, the names are the values that differ.
    axes : sequence of str
        The names of the matrix, in its order.
    mistakes : Mistakes
        Names that no system takes, and names that two reports would share.
    """
    line = template.line if template else 0
    if template:
        names = [render(template.text, each.shown) for each in reports]
        clashes = find_clashes(names)
    else:
        names, clashes = _name_by_axes(reports, axes)
    for name in names:
        if refusal := refuse_name(name):
            mistakes.add(line, f"name: {refusal}")
    for one, other in clashes:
        both = " and ".join(describe(reports[place].shown) for place in (one, other))
        message = f'the reports {both} would share the folder "{shorten(names[one])}"'
        mistakes.add(line, f"name: {message}")
    return [replace(each, name=name) for name, each in zip(names, reports, strict=True)]


def _name_by_axes(
    reports: Sequence[Planned], axes: Sequence[str]
) -> tuple[list[str], list[tuple[int, int]]]:
    """Return names of what varies: of the matrix if that is enough, and else of include too."""
    varying = find_axes([report.shown for report in reports])
    of_matrix = [name for name in axes if name in varying]
    names: list[str] = []
    clashes: list[tuple[int, int]] = []
    for fields in (of_matrix, [*of_matrix, *(name for name in varying if name not in axes)]):
        template = "/".join(f"{{{name}}}" for name in fields or [AS_OF])
        names = [render(template, report.shown) for report in reports]
        clashes = find_clashes(names)
        if not clashes:
            break
    return names, clashes


def describe(values: Mapping[str, Value]) -> str:
    """Return values as a message names them."""
    words = ", ".join(f"{name}: {say_value(value)}" for name, value in values.items())
    return f"({shorten(words, 100)})"
