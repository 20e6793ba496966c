"""Casebooks and notebooks of a store, fetched once: verified, by safe names."""

import tempfile
import uuid
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="stores need the extra scale")

from analysis.reports.batch.addresses import StorageError, find_origin
from analysis.reports.cluster.store import TABLES, Store, fetch_folder
from tests.reports.cluster.stores import Failing


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, in which nothing may be left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def store() -> Store:
    store = Store(f"memory://{uuid.uuid4().hex}/casebook")
    store.write("sources.csv", b"source_id\ns1\n")
    store.write("casualties.csv", b"source_id,wording\ns1,nearly 500\n")
    store.write("README.md", b"not a table")
    store.write("old/sources.csv", b"another casebook")
    return store


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from stores of this process."""
    from fsspec.implementations.memory import MemoryFileSystem

    read: list[str] = []
    real = MemoryFileSystem.get_file

    def get_file(own: MemoryFileSystem, path: str, *rest: object, **options: object) -> None:
        read.append(path.rpartition("/")[2])
        real(own, path, *rest, **options)

    monkeypatch.setattr(MemoryFileSystem, "get_file", get_file)
    return read


def test_the_tables_of_a_casebook_are_fetched_and_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    fetched = fetch_folder(store.address, TABLES)
    tables = {path.name: path.read_bytes() for path in fetched.glob("*.csv")}
    assert tables == {
        "sources.csv": b"source_id\ns1\n",
        "casualties.csv": b"source_id,wording\ns1,nearly 500\n",
    }
    assert not (fetched / "README.md").exists()
    assert find_origin(fetched) == store.address
    assert find_origin(tmp_path) == ""


def test_the_same_is_fetched_once_and_what_has_changed_again(
    store: Store, tmp_path: Path, reads: list[str]
) -> None:
    first = fetch_folder(store.address, TABLES)
    again = fetch_folder(store.address, TABLES)
    assert first == again
    assert len(reads) == 2
    store.write("casualties.csv", b"source_id,wording\ns1,nearly 900\n")  # as long as before
    changed = fetch_folder(store.address, TABLES)
    assert changed != first
    assert (changed / "casualties.csv").read_bytes().endswith(b"900\n")
    assert (first / "casualties.csv").read_bytes().endswith(b"500\n")


def test_a_casebook_that_is_changed_meanwhile_is_not_taken(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.get

    def get(own: Store, files: dict[str, Path]) -> None:
        real(own, files)
        own.write("sources.csv", b"source_id\ns9\n")

    monkeypatch.setattr(Store, "get", get)
    with pytest.raises(StorageError, match=r"was changed while it was read; try again$"):
        fetch_folder(store.address, TABLES)
    assert list(tmp_path.iterdir()) == []


def test_a_fetch_that_breaks_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    Failing(monkeypatch, MemoryFileSystem).fail("get_file", 1, [PermissionError("no")])
    with pytest.raises(StorageError, match="no permission: it cannot be read"):
        fetch_folder(store.address, TABLES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["..\\..\\evil.csv", "C:evil.csv", ".hidden.csv", "a\nb.csv", "con?.csv", "x" * 200]
)
def test_names_that_lead_elsewhere_are_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    name = name.removesuffix(".csv") + ".csv"
    listed = store.find(deep=False) | {name: {"name": name, "size": 1, "type": "file"}}
    monkeypatch.setattr(Store, "find", lambda *_, **__: listed)
    with pytest.raises(StorageError, match=r"is not the name of a file$"):
        fetch_folder(store.address, TABLES)
    assert list(tmp_path.rglob("*.csv")) == []


def test_names_that_are_one_on_some_systems_are_refused(store: Store, tmp_path: Path) -> None:
    store.write("Sources.csv", b"source_id\n")
    with pytest.raises(StorageError, match="two names differ in capital letters alone"):
        fetch_folder(store.address, TABLES)


def test_what_is_no_casebook_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match=r"there is no file \*\.csv in it|no such bucket"):
        fetch_folder(f"memory://{uuid.uuid4().hex}/empty", TABLES)
    monkeypatch.setattr("analysis.reports.cluster.store._MOST_BYTES", 20)
    with pytest.raises(StorageError, match="2 files of 0 MB are too much; expected 1,000 and"):
        fetch_folder(store.address, TABLES)
