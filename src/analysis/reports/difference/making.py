"""From what two reports were made, and with what: their manifests, without times."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from analysis.reports.difference.found import InputChange, MakingDifference, ParameterChange
from analysis.reports.difference.found_files import ValueChange

#: What an input is, by the folder its name begins with.
_KINDS = {"data": "table", "notebooks": "notebook", "analysis": "code"}


def compare_manifests(a: Mapping[str, Any], b: Mapping[str, Any]) -> MakingDifference:
    """Return what differs in notebooks, how they ended, parameters, versions and inputs.

    When a report was started and how long it took is no difference; neither is the day of
    each notebook, where it is the day of its report.
    """
    runs_a, runs_b = ({run["name"]: run for run in one["notebooks"]} for one in (a, b))
    both = [name for name in runs_a if name in runs_b]
    outcomes = [
        ValueChange(name, _say_outcome(runs_a[name]), _say_outcome(runs_b[name])) for name in both
    ]
    return MakingDifference(
        tuple(name for name in runs_a if name not in runs_b),
        tuple(name for name in runs_b if name not in runs_a),
        tuple(change for change in outcomes if change.before != change.after),
        _compare_parameters(
            {name: _read_parameters(runs_a[name], a) for name in both},
            {name: _read_parameters(runs_b[name], b) for name in both},
        ),
        _compare_versions(a.get("versions", {}), b.get("versions", {})),
        _compare_inputs(a.get("inputs", {}), b.get("inputs", {})),
    )


def _say_outcome(run: Mapping[str, Any]) -> str:
    status, error = str(run.get("status", "")), str(run.get("error", "") or "")
    return f"{status}: {error}" if error else status


def _read_parameters(run: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, str]:
    given = run.get("parameters", {})
    return {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in given.items()
        if not (name == "as_of" and value == manifest["as_of"])
    }


def _compare_parameters(
    a: Mapping[str, dict[str, str]], b: Mapping[str, dict[str, str]]
) -> tuple[ParameterChange, ...]:
    """One change a value, with all notebooks that were given it."""
    found: dict[tuple[str, str | None, str | None], list[str]] = {}
    for notebook in a:
        before, after = a[notebook], b[notebook]
        for name in dict.fromkeys([*before, *after]):
            values = (before.get(name), after.get(name))
            if values[0] != values[1]:
                found.setdefault((name, *values), []).append(notebook)
    return tuple(ParameterChange(*key, tuple(notebooks)) for key, notebooks in found.items())


def _compare_versions(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(name, _text(a.get(name)), _text(b.get(name)))
        for name in sorted({*a, *b})
        if _text(a.get(name)) != _text(b.get(name))
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _compare_inputs(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[InputChange, ...]:
    changes = []
    for name in sorted({*a, *b}):
        if a.get(name) != b.get(name):
            change = "new" if name not in a else "gone" if name not in b else "changed"
            changes.append(InputChange(name, _KINDS.get(name.split("/")[0], "other"), change))
    return tuple(changes)
