"""What a newcomer meets by tab, what importing costs, what the page of the API says."""

import ast
import doctest
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.casebook.api import describe_api
from analysis.casebook.subjects import SUBJECTS, load

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "analysis"

#: Rooms that show what they export, and nothing they only use.
ROOMS = [path.parent.name for path in SOURCE.glob("*/__init__.py") if "__all__" in path.read_text()]

#: What belongs to one crisis: parties and countries, resolutions, places, the days it began.
CRISIS = re.compile(
    r"\b(UKR|RUS|Ukrain\w*|Russia\w*|Kyiv|Kherson|Mariupol|A/RES/ES-11/\d|2022-02-24|2022-03-0\d)\b"
)

#: Rooms about one published file each; the languages that words.py names; and what a method was
#: calibrated on, which is told as such.
ALLOWED = ("imports/", "tabulating/", "bounds/words.py", "forecasting/", "reading/")


def test_a_tab_shows_the_public_names_and_nothing_else() -> None:
    assert dir(analysis) == sorted([*analysis.__all__, "__version__"])
    assert all(hasattr(analysis, name) for name in analysis.__all__)


def test_a_type_checker_finds_each_public_name_where_it_is() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    found = {
        name.asname: (name.name, importlib.import_module(str(node.module)))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("analysis.")
        for name in node.names
    }
    assert sorted(map(str, found)) == sorted(analysis.__all__)
    for public, (name, module) in found.items():
        assert public == name
        assert getattr(module, name) is getattr(analysis, name)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_shows_what_it_exports(room: str) -> None:
    module = importlib.import_module(f"analysis.{room}")
    assert dir(module) == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_importing_the_project_imports_no_library_of_tables_or_charts() -> None:
    told = "import sys, analysis; print([m for m in ('pandas', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_page_of_the_api_is_what_the_docstrings_say() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert page == describe_api(), "write it again: figures api > docs/api.md"
    assert all(page.count(f"`analysis.{name}") for name in analysis.__all__)
    assert "|  |" not in page, "every name says what it does"


@pytest.mark.parametrize("name", ["casebook.book", *SUBJECTS])
def test_the_examples_of_the_public_classes_hold(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    place = load(SUBJECTS[name]).__module__ if name in SUBJECTS else f"analysis.{name}"
    done = doctest.testmod(importlib.import_module(place))
    assert done.attempted > 0
    assert done.failed == 0


def _texts(path: Path) -> list[str]:
    """The strings of a module that are no docstrings; an example of a key or day may stand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and "such as" not in node.value
    ]


def test_no_module_names_what_belongs_to_one_crisis() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {text[:80]}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not path.relative_to(SOURCE).as_posix().startswith(ALLOWED)
        for text in _texts(path)
        if CRISIS.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda path: path.stem)
def test_no_notebook_names_what_belongs_to_one_crisis(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [line for cell in cells for line in cell["source"] if CRISIS.search(line)]
    assert found == []
