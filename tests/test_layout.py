"""How the code is laid out: rooms, which way imports run, and how thin notebooks are.

Each test says all offenders at once.
"""

import ast
import json
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "analysis"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

#: Each room may import those before it, and its neighbours as long as they do not import it.
LAYERS = [
    {"bounds"},
    {"safety", "claim_ids", "locks", "hashes", "kept"},
    {"tables"},
    {"claims", "charts", "display", "imports", "forecasting"},
    {"casualties", "refugees", "projections", "votes", "actions", "statements"},
    {"tabulating"},
    {"casebook"},
    {"reading"},
    {"reports"},
    {"command_line"},
]
#: These know columns and files of others, but no table and no subject of this project.
ONLY = {
    "charts": {"bounds", "safety", "claim_ids"},
    "imports": {"bounds", "safety"},
    "bounds": set(),
    "safety": set(),
    "locks": set(),
    "hashes": set(),
    "kept": {"hashes", "safety"},
}

#: Where each table of a casebook is at home; a subject's own table has the subject's name.
HOMES = {
    "sources": "tables",
    "claimants": "tables",
    "groups": "tables",
    "parties": "tables",
    "areas": "tables",
    "breaks": "claims",
    "exceptions": "casebook",
    "displaced": "refugees",
    "population": "refugees",
    "refugees_by_origin": "refugees",
    "preregistration_2026": "refugees",
    "vote_totals": "votes",
    "action_totals": "actions",
    "places": "statements",
    "talks": "statements",
}

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base"}


@cache
def find_modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(tree: ast.AST) -> set[str]:
    """The rooms that some code imports, inside functions as well."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package: from analysis.… import …"
            found.add(str(node.module))
            if node.module == "analysis":
                found |= {f"analysis.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("analysis.")}


def _picture() -> dict[str, set[str]]:
    """The picture of imports: each room with the rooms it imports."""
    picture: dict[str, set[str]] = {}
    for path, tree in find_modules().items():
        if _room(path) != "__init__":
            picture.setdefault(_room(path), set()).update(_imports(tree) - {_room(path)})
    return picture


def test_the_rooms_are_those_of_the_layers() -> None:
    rooms = set(_picture())
    assert rooms <= set().union(*LAYERS)
    alone = {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    assert len(rooms - alone) <= 18
    assert alone == LAYERS[1]


def test_imports_run_one_way() -> None:
    level = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
    picture = _picture()
    against = {
        (room, other)
        for room, others in picture.items()
        for other in others
        if level[other] > level[room] or other not in ONLY.get(room, others)
    }
    assert against == set()
    # Neighbours stand on one level: among them the order is found, or there is a circle.
    TopologicalSorter(picture).prepare()


def test_contributing_draws_the_order_as_it_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^```text\n(bounds .*?)```", text, flags=re.MULTILINE | re.DOTALL)[0]
    layers = [{name.strip() for name in layer.split(",")} for layer in drawn.split("<")]
    assert layers == LAYERS


def test_a_module_says_what_it_is() -> None:
    silent = [path for path, tree in find_modules().items() if not ast.get_docstring(tree)]
    drawers = [path for path in find_modules() if {path.stem, path.parent.name} & DRAWERS]
    rooms = [
        path
        for path, tree in find_modules().items()
        if path.parent.parent == PACKAGE
        and path.name == "__init__.py"
        and not re.search(r"\b[Ii]mports?\b", ast.get_docstring(tree) or "")
    ]
    assert (silent, drawers) == ([], [])
    assert rooms == [], "a room says what it may import"


def test_nothing_depends_on_an_assert_which_python_may_leave_out() -> None:
    """`python -O` leaves out each assert, and what __debug__ guards."""
    asserting = [
        f"{path.name}:{node.lineno}"
        for path, tree in find_modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Name) and node.id == "__debug__")
    ]
    assert asserting == []


def test_a_subject_has_one_name_in_every_folder() -> None:
    tables = {path.name.split(".")[0] for path in (ROOT / "data").glob("*.csv")}
    rooms = set(_picture())
    homeless = {table for table in tables if HOMES.get(table, table) not in rooms}
    assert homeless == set()
    tested = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert {room for room in LAYERS[4] if room not in tested} == set()


# Notebooks


def _cells(path: Path, kind: str) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell | {"text": "".join(cell["source"])} for cell in cells if cell["cell_type"] == kind]


def test_a_notebook_opens_with_a_question() -> None:
    assert len(NOTEBOOKS) >= 6
    openings = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["cells"][0] for path in NOTEBOOKS
    }
    unasked = [
        name
        for name, cell in openings.items()
        if cell["cell_type"] != "markdown"
        or not re.match(r"# .*\?", "".join(cell["source"]).splitlines()[0])
    ]
    assert unasked == []


def test_notebooks_are_stored_without_outputs() -> None:
    stored = [
        path.stem
        for path in NOTEBOOKS
        for cell in _cells(path, "code")
        if cell["outputs"] or cell["execution_count"] or "papermill" in cell["metadata"]
    ]
    assert stored == []


def test_notebooks_are_thin() -> None:
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    cells = {path.stem: _cells(path, "code") for path in NOTEBOOKS}
    assert {name: len(code) for name, code in cells.items() if len(code) > 12} == {}
    defined = [
        name
        for name, code in cells.items()
        for cell in code
        if any(isinstance(node, defining) for node in ast.walk(ast.parse(cell["text"])))
    ]
    assert defined == []


def test_notebooks_import_only_what_is_public() -> None:
    private = []
    for path in NOTEBOOKS:
        for cell in _cells(path, "code"):
            for node in ast.walk(ast.parse(cell["text"])):
                names = [node.attr] if isinstance(node, ast.Attribute) else []
                if isinstance(node, ast.ImportFrom) and str(node.module).startswith("analysis"):
                    names += [*str(node.module).split("."), *(alias.name for alias in node.names)]
                private += [(path.stem, name) for name in names if name.startswith("_")]
    assert private == []


def test_each_parameter_has_type_default_and_help() -> None:
    wrong = []
    for path in NOTEBOOKS:
        tagged = [
            cell["text"]
            for cell in _cells(path, "code")
            if "parameters" in cell["metadata"].get("tags", [])
        ]
        lines = [line for text in tagged for line in text.splitlines() if line.strip()]
        names = {line.partition(":")[0] for line in lines}
        said = [re.match(r"\w+: \w+(\[\w+\])? = .+  # \w", line) for line in lines]
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        shared = {"as_of", "data", "out"} if metadata.get("report", True) else set()
        if len(tagged) != 1 or not all(said) or not shared <= names:
            wrong.append(path.stem)
    assert wrong == []
