"""Casebooks for the tests: a copy of the project's own to plant faults in, and tiny new ones."""

import csv
import gc
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

from analysis.casebook.check import check, find_tables
from analysis.casebook.new import create
from analysis.kept import VARIABLE
from analysis.tables import CasebookErrors, CellError, read_claims

mpl.use("Agg")

# A shell that runs the tests in the background has them, and all they start, ignore Ctrl-C.
ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
if ignored and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGQUIT"):
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)

# The same examples each time, however busy the machine is; `--hypothesis-profile thorough` tries
# twenty times as many.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("steady")


DATA = Path(__file__).parents[1] / "data"

Row = dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    """What the tests read is kept in a folder of the session, which all its processes share."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ[VARIABLE] = folder.name


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what imports and the tests themselves take to the end."""
    gc.freeze()


#: What the casebook began with: the article, the record of the vote, the population figures.
FIRST_SOURCES = ("ap-2022-03-03", "un-es11-1", "world-bank-2022-04", "world-bank-2026-03")

#: A source and claimants for tiny casebooks, about a crisis that is not the project's own.
SOURCES: list[Row] = [
    {
        "source_id": "report-1",
        "publisher": "Relief Office",
        "title": "Situation report 1",
        "published_on": "2023-05-10",
        "accessed_on": "2023-05-11",
        "licence": "facts only",
        "method": "read by hand",
    },
    {
        "source_id": "report-2",
        "publisher": "Relief Office",
        "title": "Situation report 2",
        "published_on": "2023-05-20",
        "accessed_on": "2023-05-21",
        "licence": "facts only",
        "method": "read by hand",
    },
]
CLAIMANTS: list[Row] = [
    {"claimant": "office", "name": "the Relief Office", "short_name": "Office", "kind": "un"},
    {"claimant": "clinic", "name": "the Field Clinic", "short_name": "Clinic", "kind": "ngo"},
    {
        "claimant": "army",
        "name": "the army of Sudan",
        "short_name": "Army",
        "kind": "party",
        "side": "SDN",
    },
]
GROUPS: list[Row] = [
    {"who": "everybody", "singular": "person", "plural": "people"},
    {"who": "civilians", "singular": "civilian", "plural": "civilians", "part_of": "everybody"},
    {"who": "fighters", "singular": "fighter", "plural": "fighters", "part_of": "everybody"},
    {"who": "children", "singular": "child", "plural": "children", "part_of": "civilians"},
]
PARTIES: list[Row] = [
    {"party": "SDN", "name": "Sudan", "fighters": "troops of Sudan", "area": "SDN"},
    {"party": "TCD", "name": "Chad", "fighters": "troops of Chad", "area": "TCD"},
    {"party": "rsf", "name": "the RSF", "fighters": "fighters of the RSF", "area": "SDN"},
]
AREAS: list[Row] = [
    {"area": "SDN", "name": "Sudan", "iso3": "SDN"},
    {"area": "khartoum", "name": "Khartoum", "within": "SDN"},
    {"area": "khartoum-hospital", "name": "a hospital in Khartoum", "within": "khartoum"},
    {"area": "darfur", "name": "Darfur", "within": "SDN"},
]


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "casebook"
    create(folder)
    return folder


@pytest.fixture(scope="session")
def _sound(_empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound") / "data"
    shutil.copytree(_empty, folder)
    for name, table in find_tables().items():
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if _is_kept(name, row)]
        for row in rows:  # what the article repeats is not in this part
            if row.get("repeats") not in FIRST_SOURCES and "repeats" in row:
                row["repeats"] = ""
        _write_table(folder / table.file, table.columns, rows)
    shutil.copy(DATA / "casebook.toml", folder)
    return folder


def _is_kept(name: str, row: Row) -> bool:
    if name == "population" and row["area"] != "UKR":
        return False
    return "source_id" not in row or row["source_id"] in FIRST_SOURCES


def _write_table(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def casebook(_sound: Path, tmp_path: Path) -> Path:
    """A sound copy of the project's own casebook to plant faults in: the first article's part."""
    folder = tmp_path / "data"
    shutil.copytree(_sound, folder)
    return folder


@pytest.fixture(scope="session")
def make_casebook_at(_empty: Path) -> Callable[..., Path]:
    """Build a tiny casebook from rows at a place: `make_casebook_at(path, casualties=[{…}])`.

    What a row does not say is empty. What claims point to is there unless it is given.
    """

    def make(path: Path, **tables: list[Row]) -> Path:
        shutil.copytree(_empty, path)
        references = {
            "sources": SOURCES,
            "claimants": CLAIMANTS,
            "groups": GROUPS,
            "parties": PARTIES,
            "areas": AREAS,
        }
        for name, rows in {**references, **tables}.items():
            _write_table(path / f"{name}.csv", find_tables()[name].columns, rows)
        return path

    return make


@pytest.fixture
def make_casebook(make_casebook_at: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Build a tiny casebook of one test: `make_casebook(casualties=[{…}])`."""

    def make(folder: str = "tiny", **tables: list[Row]) -> Path:
        return make_casebook_at(tmp_path / folder, **tables)

    return make


@pytest.fixture
def find_errors() -> Callable[[Path], list[CellError]]:
    """Return everything that `check` says is wrong with a casebook; [] for a sound one."""

    def find(folder: Path) -> list[CellError]:
        try:
            check(folder)
        except CasebookErrors as problem:
            return problem.errors
        return []

    return find


@pytest.fixture
def plant(casebook: Path) -> Callable[..., tuple[int, list[CellError]]]:
    """Replace the first `old` in a table by `new`; return its row and what reading it finds."""

    def replace(file: str, old: str | bytes, new: str | bytes) -> tuple[int, list[CellError]]:
        old, new = (text.encode() if isinstance(text, str) else text for text in (old, new))
        path = casebook / file
        data = path.read_bytes()
        assert old in data, "the fault cannot be planted: the text is not there"
        path.write_bytes(data.replace(old, new, 1))
        row = data[: data.index(old)].count(b"\n") + 1
        try:
            read_claims(find_tables()[file.removesuffix(".csv")], casebook)
        except CasebookErrors as problem:
            return row, problem.errors
        return row, []

    return replace
