"""The files around the code: dependencies, pins, the Makefile, and what no file may hold."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
SCALE = [Requirement(text) for text in (*EXTRAS["scale"], *EXTRAS["files"])]
DEV = [Requirement(text) for text in EXTRAS["dev"]]
#: Extras that the tests do without: pages as texts, and a parser with its model.
TEXTS = [Requirement(text) for text in (*EXTRAS["reading"], *EXTRAS["parser"])]

# Where conda-forge has another name for a package than PyPI.
ON_CONDA_FORGE = {
    "matplotlib": "matplotlib-base",
    "pandera[pandas]": "pandera-pandas",
    "dask[dataframe]": "dask",
    "moto[server]": "moto",
    "playwright": "playwright-python",
}


# What the project depends on


def _name_on_conda_forge(requirement: Requirement) -> str:
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return ON_CONDA_FORGE.get(requirement.name + extras, requirement.name + extras)


def test_environment_has_the_dependencies_of_pyproject_and_their_bounds() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    entries = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    there = {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, entries)}
    expected = {
        canonicalize_name(_name_on_conda_forge(r)): str(r.specifier) for r in RUNTIME + SCALE + DEV
    }
    expected |= {"python": PYPROJECT["project"]["requires-python"], "pip": ""}
    assert there == expected
    assert len(entries) == len(there), "a package is named twice"
    assert environment["channels"][0] == "conda-forge"
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_each_dependency_has_a_lower_bound_and_its_reason() -> None:
    written = {str(Requirement(text)) for text, reason in _reasons().items() if reason.split()}
    without = [
        str(requirement)
        for requirement in RUNTIME + SCALE + DEV
        if ">=" not in str(requirement.specifier) or str(requirement) not in written
    ]
    assert without == []


def _reasons() -> dict[str, str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return dict(re.findall(r'^ {4}"([^"]+)", *# (.+)$', text, flags=re.MULTILINE))


def _imported(folder: Path) -> set[str]:
    """The top-level names that the Python files of a folder import."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = set()
            if isinstance(node, ast.Import):
                found = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found = {node.module.partition(".")[0]}
            # A script finds what stands beside it.
            names |= {name for name in found if not path.with_name(f"{name}.py").exists()}
    own = {"analysis", "benchmarks", "tests", *(path.name for path in (ROOT / "tests").iterdir())}
    return names - set(sys.stdlib_module_names) - own


@pytest.mark.parametrize(
    ("folder", "declared"),
    [("src", RUNTIME + SCALE + TEXTS), ("tests", RUNTIME + SCALE + DEV)],
    ids=["src", "tests"],
)
def test_what_is_imported_is_declared(folder: str, declared: list[Requirement]) -> None:
    """A package that only happens to be installed is missing on the next machine."""
    distributions = importlib.metadata.packages_distributions()
    known = {canonicalize_name(requirement.name) for requirement in declared}
    undeclared = {
        name
        for name in _imported(ROOT / folder)
        if not known & {canonicalize_name(d) for d in (*distributions.get(name, []), name)}
    }
    assert undeclared == set()


# What is pinned

CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PIN = re.compile(
    r"^([a-z0-9][a-z0-9-]*)(?:\[[a-z,-]+\])?==(\S+)(?: ; ([^\\]+?))?"
    r"((?: --hash=sha256:[0-9a-f]{64})+)$"
)


def _pins() -> list[tuple[str, str]]:
    lines = re.sub(r" \\\n +", " ", CONSTRAINTS).splitlines()
    pins = [PIN.match(line) for line in lines if not line.lstrip().startswith("#")]
    assert all(pins), "every line is a pinned version with its hashes"
    return [(pin[1], pin[2]) for pin in pins if pin]


def test_each_pin_has_hashes() -> None:
    assert len(_pins()) > len(RUNTIME + SCALE + DEV)


def test_each_dependency_is_pinned_within_its_bounds() -> None:
    pins: dict[str, list[str]] = {}
    for name, version in _pins():
        pins.setdefault(name, []).append(version)
    astray = []
    for requirement in RUNTIME + SCALE + DEV:
        versions = pins.get(canonicalize_name(requirement.name), [])
        if not versions or not all(map(requirement.specifier.contains, versions)):
            astray.append(f"{requirement}: {versions}")
    assert astray == []


def test_the_build_backend_is_pinned_too() -> None:
    names = {name for name, _ in _pins()}
    assert {Requirement(text).name for text in PYPROJECT["build-system"]["requires"]} <= names


@pytest.mark.parametrize("word", ["://", "--index", "--extra-index", "--find-links", " @ ", "-e "])
def test_constraints_name_no_place_to_fetch_from(word: str) -> None:
    assert word not in CONSTRAINTS


# The Makefile

TARGETS = {
    "help",
    "setup",
    "report",
    "test",
    "bench",
    "lint",
    "notebook",
    "check",
    "constraints",
    "clean",
}

# Stands in for Python, makes an environment of itself, and writes down what pip is told.
STAND_IN = """#!/bin/sh
case "$*" in
    "-m venv --clear .venv")
        rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python
        printf '%s\\n' '#!/bin/sh' 'printf "%s|" figures "$@"' >.venv/bin/figures
        chmod +x .venv/bin/figures ;;
    *"pip "*) echo "${*##*pip}" >>pip.log ;;
    *) exit 0 ;;
esac
"""

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def _write_program(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with spaces in its path, the files that `make setup` reads, and a Python."""
    folder = tmp_path / "a check out"
    folder.mkdir()
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    _write_program(folder / "stand-in", STAND_IN)
    return folder


def _make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # The make that runs these tests must not hand its own options and variables on.
    inherited = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "TESTS", "PYTHON", "AS_OF", "DATA", "OUT"}
    environment = {k: v for k, v in os.environ.items() if k not in inherited}
    command = ["make", "PYTHON=./stand-in", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def _pip_log(folder: Path) -> list[str]:
    return (folder / "pip.log").read_text(encoding="utf-8").splitlines()


@needs_make
def test_help_lists_each_target() -> None:
    lines = _make(ROOT, "help").stdout.splitlines()
    told = {line.split()[1]: line.split()[2:] for line in lines}
    assert set(told) == TARGETS
    assert all(told.values())


@needs_make
def test_setup_installs_by_hash_and_only_once(checkout: Path) -> None:
    assert _make(checkout, "setup").returncode == 0
    first = _pip_log(checkout)
    assert len(first) == 2
    assert "--require-hashes -r constraints.txt" in first[0]
    assert "--no-deps --no-build-isolation -e ." in first[1]
    again = _make(checkout, "setup")
    assert (again.returncode, again.stdout, _pip_log(checkout)) == (0, "", first)


@needs_make
def test_setup_runs_again_after_new_pins_and_after_a_move(checkout: Path) -> None:
    _make(checkout, "setup")
    stamp = (checkout / ".venv" / "installed").stat().st_mtime
    os.utime(checkout / "constraints.txt", (stamp + 5, stamp + 5))
    _make(checkout, "setup")
    assert len(_pip_log(checkout)) == 4
    os.utime(checkout / "constraints.txt", (stamp - 5, stamp - 5))
    moved = checkout.rename(checkout.with_name("moved away"))
    (moved / ".venv" / "of the old place").touch()
    _make(moved, "setup")
    assert len(_pip_log(moved)) == 6
    assert not (moved / ".venv" / "of the old place").exists()


def test_setup_wants_the_python_that_pyproject_wants() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = re.findall(r"sys\.version_info < \((\d+), (\d+)\)", makefile)
    assert [f">={major}.{minor}" for major, minor in wanted] == [
        PYPROJECT["project"]["requires-python"]
    ]


@needs_make
def test_an_old_python_is_one_clear_line(checkout: Path) -> None:
    _write_program(checkout / "stand-in", "#!/bin/sh\nexit 1\n")
    made = _make(checkout, "setup")
    assert made.returncode != 0
    assert made.stderr.startswith("./stand-in: Python 3.11 or newer is needed")
    assert not (checkout / ".venv").exists()


@needs_make
def test_a_missing_venv_module_is_one_clear_line(checkout: Path) -> None:
    _write_program(checkout / "stand-in", '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\n')
    made = _make(checkout, "setup")
    assert made.returncode != 0
    assert made.stderr.startswith("./stand-in: the module venv is missing")
    assert "apt-get install python3-venv" in made.stderr
    assert "Setting up" not in made.stdout


@needs_make
def test_report_hands_its_variables_on_and_prints_nothing_after(checkout: Path) -> None:
    _make(checkout, "setup")
    assert _make(checkout, "report").stdout == "figures|report|"
    told = _make(checkout, "report", "AS_OF=2 March", "DATA=my data", "OUT=it's; out").stdout
    assert told == "figures|report|--as-of=2 March|--data=my data|--out=it's; out|"


def test_ci_runs_lint_and_then_the_tests_last() -> None:
    script = ROOT / ".ci" / "run"
    subprocess.run(["bash", "-n", str(script)], check=True)
    lines = script.read_text(encoding="utf-8").rstrip().splitlines()
    assert lines[-3:] == ["make setup", "make lint", "make test"]
    assert "set -eu" in lines


# What no file may hold


def _files() -> list[Path]:
    """The files under version control; none where this is no git checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    paths = {ROOT / name for name in listed.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        (
            "a path of somebody's machine",
            r"(?<![\w.])/(?:work|root|home/(?!user\b|somebody\b)\w+|Users/\w+|tmp)/",
        ),
        ("a path of somebody's machine", r"\b[A-Z]:\\+Users\\+\w"),
        (
            "the host of a package index",
            r"pypi\.org|pythonhosted\.org|anaconda\.org|npmjs\.(?:org|com)",
        ),
        ("what git leaves in a conflict", r"(?m)^(?:<{7}|>{7}) "),
    ],
)
def test_no_file_holds(what: str, pattern: str) -> None:
    files = _files()
    if not files:
        pytest.skip("not a git checkout")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]!r}"
        for path in files
        if (match := re.search(pattern, path.read_bytes().decode("utf-8", errors="replace")))
    ]
    assert found == [], what


def test_the_licence_names_both_parts() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "CC BY 4.0" in text
    assert "data/sources.csv" in text
    assert PYPROJECT["project"]["license"] == "MIT"
