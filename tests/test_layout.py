"""How the code is laid out: names, sizes, which way imports run, and how thin notebooks are."""

import ast
import json
import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# Each part may import those before it, and its neighbours as long as they do not import it.
# A part that is not named here is a subject: a new one changes nothing in this file.
SUBJECTS = "subjects"
LAYERS = [
    {"bounds"},
    {"safety", "countries"},
    {"tables"},
    {"prose", "compare", "charts", "display", "imports", "forecasting"},
    {SUBJECTS},
    {"tabulating"},
    {"casebook"},
    {"dictionary"},
    {"new_casebook"},
    {"reports"},
    {"command_line"},
]
# These know columns and files of others, but no table and no subject of this project.
ONLY = {"charts": {"bounds", "safety"}, "imports": {"safety"}, "bounds": set(), "safety": set()}

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base"}


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _part(module: str) -> str:
    """`analysis.charts.claims` belongs to the part `charts`."""
    return module.split(".")[1]


def _level(part: str) -> int:
    levels = {name: level for level, names in enumerate(LAYERS) for name in names}
    return levels.get(part, levels[SUBJECTS])


def _part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(tree: ast.AST) -> set[str]:
    """The modules of the package that some code imports, inside functions as well."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package: from analysis.… import …"
            found.add(str(node.module))
            if node.module == "analysis":
                found |= {f"analysis.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("analysis.")}


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    part = _part_of(path)
    imported = {_part(name) for name in _imports(_parse(path))} - {part}
    assert {other for other in imported if _level(other) > _level(part)} == set()
    assert imported <= ONLY.get(part, imported)


def test_contributing_draws_the_order_as_it_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^```text\n(bounds .*?)```", text, flags=re.MULTILINE | re.DOTALL)[0]
    layers = [{name.strip() for name in layer.split(",")} for layer in drawn.split("<")]
    assert layers == LAYERS


def test_no_part_imports_itself_through_others() -> None:
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        imported = {_part(name) for name in _imports(_parse(path))}
        graph.setdefault(_part_of(path), set()).update(imported - {_part_of(path)})
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    assert said
    assert len(text.splitlines()) <= 250
    assert path.stem not in DRAWERS
    assert path.parent.name not in DRAWERS
    if path.name == "__init__.py":
        assert re.search(r"\b[Ii]mports?\b", said), "a folder says what it may import"


def test_a_subject_has_one_name_in_every_folder() -> None:
    tables = {path.stem for path in (ROOT / "data").glob("*.csv")}
    subjects = {path.stem for path in PACKAGE.glob("*.py")} & tables
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(subjects) >= 8
    assert subjects - tested == set()


# Notebooks


def _cells(path: Path, kind: str) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell | {"text": "".join(cell["source"])} for cell in cells if cell["cell_type"] == kind]


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_a_question(path: Path) -> None:
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    text = "".join(first["source"])
    assert first["cell_type"] == "markdown"
    assert text.startswith("# ")
    assert "?" in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    for cell in _cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert "papermill" not in cell["metadata"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin(path: Path) -> None:
    cells = _cells(path, "code")
    assert len(cells) <= 12
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in cells:
        assert not [n for n in ast.walk(ast.parse(cell["text"])) if isinstance(n, defining)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_only_what_is_public(path: Path) -> None:
    for cell in _cells(path, "code"):
        for node in ast.walk(ast.parse(cell["text"])):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("analysis"):
                assert str(node.module).count(".") <= 1, "from analysis.part import …"
                assert not [alias.name for alias in node.names if alias.name.startswith("_")]
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_parameter_has_type_default_and_help(path: Path) -> None:
    tagged = [
        cell for cell in _cells(path, "code") if "parameters" in cell["metadata"].get("tags", [])
    ]
    assert len(tagged) == 1
    lines = [line for line in tagged[0]["text"].splitlines() if line.strip()]
    assert [line for line in lines if not re.match(r"\w+: \w+(\[\w+\])? = .+  # \w", line)] == []
    names = {line.partition(":")[0] for line in lines}
    assert {"as_of", "data", "out"} <= names
