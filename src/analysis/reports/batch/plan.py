"""A plan that has been checked: the reports to be made, each with its folder and its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.reports.notebooks import Notebook
from analysis.reports.parameters import Value

#: Seconds that a cell may take where nobody says otherwise.
TIMEOUT = 600


@dataclass(frozen=True)
class Planned:
    """One report of a batch.

    Attributes
    ----------
    name : str
        Its folder in OUT, with "/".
    notebooks : tuple of Notebook
        What it holds, in the order of the page.
    values : mapping of str to dict
        Parameters by name of the notebook, checked; beside `as_of`, `data` and `out`.
    as_of : str
        Its day.
    data : str
        Its casebook; "" is the project's own.
    shown : mapping of str to Value
        What tells it from other reports, for people: `as_of`, parameters, `notebook`, and
        `data` as the name of the casebook's folder.
    """

    name: str
    notebooks: tuple[Notebook, ...]
    values: Mapping[str, dict[str, Value]]
    as_of: str
    data: str
    shown: Mapping[str, Value] = field(default_factory=dict)

    def target(self, out: Path) -> Path:
        """Return the folder of the report."""
        return out / self.name

    def failed(self, out: Path) -> Path:
        """Return the folder of the report when a notebook of it has failed."""
        return out / f"{self.name}.failed"


@dataclass(frozen=True)
class Plan:
    """The reports of a batch.

    Attributes
    ----------
    reports : tuple of Planned
        In the order in which they are made.
    out : Path
        The folder of the batch.
    axes : tuple of str
        The names in `shown` whose values differ between the reports.
    timeout : int
        Seconds that a cell may take.
    workers : int or None
        Reports made at the same time; None for as many as the machine can.
    notes : tuple of str
        What a person should know, a line each.
    store : str
        The address of the store where reports go instead of `out`, or "".
    """

    reports: tuple[Planned, ...]
    out: Path
    axes: tuple[str, ...] = ()
    timeout: int = TIMEOUT
    workers: int | None = None
    notes: tuple[str, ...] = ()
    store: str = ""


def find_axes(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the names whose values differ, in the order in which they are met."""
    names = dict.fromkeys(name for each in shown for name in each)
    missing = object()
    return tuple(
        name
        for name in names
        if any(each.get(name, missing) != shown[0].get(name, missing) for each in shown)
    )
