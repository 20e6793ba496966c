"""The identity of a report: what it is made from, and nothing else."""

import importlib.metadata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.hashes import find_version
from analysis.reports.identity import find_versions, hash_files, identify

INPUTS = {
    "analysis/safety.py": "1",
    "analysis/command_line/application.py": "2",
    "analysis/reports/batch/pool.py": "3",
    "data/sources.csv": "4",
    "notebooks/toy.ipynb": "5",
    "notebooks/other.ipynb": "6",
}
PARAMETERS: dict[str, dict[str, Any]] = {"toy": {"group": "civilian", "data": "a", "out": "b"}}
VERSIONS = {"pandas": "3", "python": "3.11"}
IDENTITY = identify("2022-03-03", PARAMETERS, INPUTS, VERSIONS)


@pytest.mark.parametrize("name", ["analysis/safety.py", "data/sources.csv", "notebooks/toy.ipynb"])
def test_a_file_that_makes_it_changes_it(name: str) -> None:
    assert identify("2022-03-03", PARAMETERS, INPUTS | {name: "x"}, VERSIONS) != IDENTITY
    less = {each: digest for each, digest in INPUTS.items() if each != name}
    assert identify("2022-03-03", PARAMETERS, less, VERSIONS) != IDENTITY


@pytest.mark.parametrize(
    "name",
    [
        "analysis/command_line/application.py",
        "analysis/reports/batch/pool.py",
        "notebooks/other.ipynb",
    ],
)
def test_a_file_that_does_not_make_it_leaves_it(name: str) -> None:
    assert identify("2022-03-03", PARAMETERS, INPUTS | {name: "x"}, VERSIONS) == IDENTITY


def test_day_parameters_and_versions_change_it_and_places_do_not() -> None:
    others = [
        identify("2022-03-04", PARAMETERS, INPUTS, VERSIONS),
        identify("2022-03-03", {"toy": {"group": "military"}}, INPUTS, VERSIONS),
        identify("2022-03-03", {"toy": {"group": "civilian", "x": 1}}, INPUTS, VERSIONS),
        identify("2022-03-03", PARAMETERS, INPUTS, VERSIONS | {"pandas": "4"}),
    ]
    assert len({IDENTITY, *others}) == 5
    elsewhere = {"toy": {"out": "y", "data": "x", "group": "civilian"}}
    assert identify("2022-03-03", elsewhere, INPUTS, VERSIONS) == IDENTITY


def test_the_order_of_notebooks_counts() -> None:
    one, other = {"toy": {}, "other": {}}, {"other": {}, "toy": {}}
    assert identify("d", one, INPUTS, VERSIONS) != identify("d", other, INPUTS, VERSIONS)


def test_true_and_1_and_the_text_are_three_values() -> None:
    values: list[Any] = [True, 1, "1", 1.5]
    assert len({identify("d", {"toy": {"a": v}}, INPUTS, VERSIONS) for v in values}) == 4


def test_files_are_hashed_by_their_names(
    tmp_path: Path, make_casebook: Callable[..., Path]
) -> None:
    notebook = tmp_path / "toy.ipynb"
    notebook.write_bytes(b"{}")
    hashes = hash_files([notebook], make_casebook())
    assert {"notebooks/toy.ipynb", "data/sources.csv", "analysis/reports/page.py"} <= set(hashes)
    assert "analysis/charts/style.mplstyle" in hashes
    assert all(len(digest) == 64 for digest in hashes.values())
    assert list(hashes) == sorted(hashes)


def test_versions_are_those_that_are_installed() -> None:
    versions = find_versions()
    assert set(versions) >= {"python", "pandas", "matplotlib", "scipy"}
    for package in set(versions) - {"python", "contested-figures"}:
        assert versions[package] == importlib.metadata.version(package)
    assert find_version("no-such-package") == "not installed"
