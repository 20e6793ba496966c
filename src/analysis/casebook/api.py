"""The page of what a script or notebook can call: docs/api.md, made from the docstrings."""

from __future__ import annotations

import inspect

import analysis
from analysis.casebook.book import Casebook
from analysis.casebook.subjects import SUBJECTS, load

_OPEN, _SIDE, _TIME, _PEOPLE, _DRAW, _WORDS, _REPORTS = TASKS = (
    "Open a casebook",
    "Set claims side by side",
    "Follow figures over time",
    "Measure against people",
    "Draw",
    "Read words",
    "Reports",
)

#: Methods by task; those not named set claims side by side.
_FOLLOWING = {
    "changes_since", "revisions", "revision_summary", "over_time", "as_said_then",
    "running_total", "running_total_revisions", "displaced_over_time", "outcomes", "scorecard",
    "refugee_projection", "backtest", "logistic_curve",
}  # fmt: skip
_MEASURING = {
    "per_thousand", "against_population", "shares", "share_check", "population", "by_origin",
}  # fmt: skip


def describe_api() -> str:
    """Return docs/api.md: every public name, by task, with the first line of its docstring."""
    tasks: dict[str, list[str]] = {task: [] for task in TASKS}
    for name in analysis.__all__:
        tasks[_find_task(name)].append(_describe(f"analysis.{name}", getattr(analysis, name)))
    _add(tasks, "book", Casebook)
    for subject, place in SUBJECTS.items():
        _add(tasks, f"book.{subject}", load(place))
    parts = [
        "# What can be called",
        "Made from the docstrings by `figures api`. `book` is what "
        "`analysis.open_casebook()` returns; `help(…)` tells columns, units and examples.",
    ]
    for task, lines in tasks.items():
        parts += [f"## {task}", "\n".join(["| call | what it does |", "| --- | --- |", *lines])]
    return "\n\n".join(parts) + "\n"


def _find_task(name: str) -> str:
    if name.startswith("chart_"):
        return _DRAW
    if name.startswith(("write_", "show")):
        return _REPORTS
    return _OPEN if "casebook" in name.lower() else _WORDS


def _add(tasks: dict[str, list[str]], owner: str, kind: type) -> None:
    for name, member in vars(kind).items():
        if name.startswith("_"):
            continue
        task = _SIDE
        if name in _FOLLOWING:
            task = _TIME
        elif name in _MEASURING:
            task = _PEOPLE
        elif not inspect.isfunction(member) or name == "as_known_on":
            task = _OPEN
        tasks[task].append(_describe(f"{owner}.{name}", member))


def _describe(call: str, member: object) -> str:
    opening = (inspect.getdoc(member) or "").split("\n\n")[0].replace("\n", " ")
    brackets = "()" if inspect.isfunction(member) else ""
    return f"| `{call}{brackets}` | {opening.replace('|', '/')} |"
