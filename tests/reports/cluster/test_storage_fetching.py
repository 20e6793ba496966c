"""Casebooks and notebooks of a store, fetched once: verified, bounded, by safe names."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="stores need the extra scale")

from analysis.reports.batch.addresses import StorageError, find_origin
from analysis.reports.cluster import cache, fetching
from analysis.reports.cluster.cache import find_cache, make_room
from analysis.reports.cluster.fetching import TABLES, fetch_folder
from analysis.reports.cluster.store import Store
from tests.reports.cluster.stores import Failing, make_bucket, s3_environment


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
    fetched = fetch_folder(store.address, TABLES, tmp_path)
    tables = {path.name: path.read_bytes() for path in fetched.path.glob("*.csv")}
    assert tables == {
        "sources.csv": b"source_id\ns1\n",
        "casualties.csv": b"source_id,wording\ns1,nearly 500\n",
    }
    assert not (fetched.path / "README.md").exists()
    assert list(fetched.hashes) == ["casualties.csv", "sources.csv"]
    assert find_origin(fetched.path) == store.address
    assert find_origin(tmp_path) == ""


def test_the_same_is_fetched_once_and_what_has_changed_again(
    store: Store, tmp_path: Path, reads: list[str]
) -> None:
    first = fetch_folder(store.address, TABLES, tmp_path)
    again = fetch_folder(store.address, TABLES, tmp_path)
    assert first == again
    assert len(reads) == 2
    store.write("casualties.csv", b"source_id,wording\ns1,nearly 900\n")  # as long as before
    changed = fetch_folder(store.address, TABLES, tmp_path)
    assert changed.path != first.path
    assert changed.hashes["casualties.csv"] != first.hashes["casualties.csv"]
    assert first.path.is_dir()


def test_what_was_damaged_in_the_cache_is_fetched_again(
    store: Store, tmp_path: Path, reads: list[str]
) -> None:
    fetched = fetch_folder(store.address, TABLES, tmp_path)
    (fetched.path / "sources.csv").write_bytes(b"source_id\ns2\n")
    again = fetch_folder(store.address, TABLES, tmp_path)
    assert (again.path / "sources.csv").read_bytes() == b"source_id\ns1\n"
    assert len(reads) == 4
    (fetched.path / ".hashes.json").unlink()
    assert fetch_folder(store.address, TABLES, tmp_path).hashes == fetched.hashes
    assert [path.name for path in tmp_path.iterdir()] == [fetched.path.name]


def test_a_casebook_that_is_changed_meanwhile_is_not_taken(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.get

    def get(own: Store, files: dict[str, Path]) -> None:
        real(own, files)
        own.write("sources.csv", b"source_id\ns9\n")

    monkeypatch.setattr(Store, "get", get)
    with pytest.raises(StorageError, match=r"was changed while it was read; try again$"):
        fetch_folder(store.address, TABLES, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_fetch_that_breaks_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    Failing(monkeypatch, MemoryFileSystem).fail("get_file", 1, [PermissionError("no")])
    with pytest.raises(StorageError, match="no permission: it cannot be read"):
        fetch_folder(store.address, TABLES, tmp_path)
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
        fetch_folder(store.address, TABLES, tmp_path / "cache")
    assert list(tmp_path.rglob("*.csv")) == []


def test_names_that_are_one_on_some_systems_are_refused(store: Store, tmp_path: Path) -> None:
    store.write("Sources.csv", b"source_id\n")
    with pytest.raises(StorageError, match="two names differ in capital letters alone"):
        fetch_folder(store.address, TABLES, tmp_path)


def test_what_is_no_casebook_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match=r"there is no file \*\.csv in it|no such bucket"):
        fetch_folder(f"memory://{uuid.uuid4().hex}/empty", TABLES, tmp_path)
    monkeypatch.setattr(fetching, "_MOST_BYTES", 20)
    with pytest.raises(StorageError, match="2 files of 0 MB are too much; expected 1,000 and"):
        fetch_folder(store.address, TABLES, tmp_path)


# The cache


def test_the_cache_is_bounded_and_keeps_what_is_in_use(tmp_path: Path) -> None:
    now = time.time()
    for age, name in ((9e4, "oldest"), (8e4, "older"), (1.0, "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "table.csv").write_bytes(b"x" * 1000)
        os.utime(tmp_path / name, (now - age, now - age))
    make_room(tmp_path, 2500)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "older"]
    make_room(tmp_path, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_the_cache_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "cache"))
    assert find_cache().stat().st_mode & 0o777 == 0o700
    (tmp_path / "link").symlink_to(tmp_path / "cache")
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "link"))
    with pytest.raises(StorageError, match="is not a folder of yours; set FIGURES_CACHE"):
        find_cache()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "file"))
    with pytest.raises(StorageError, match="no cache can be made there"):
        find_cache()


FETCHING = """
import sys
from pathlib import Path
from analysis.reports.cluster.fetching import fetch_folder
fetched = fetch_folder(sys.argv[1], ".csv", Path(sys.argv[2]))
print(sorted(fetched.hashes), len(list(fetched.path.glob("*.csv"))))
"""


def test_processes_fetch_from_s3_at_the_same_time(tmp_path: Path) -> None:
    with s3_environment():
        bucket = make_bucket("casebooks")
        store = Store(f"{bucket}/crisis")
        for number in range(8):
            store.write(f"table{number}.csv", b"source_id\n" + b"s1\n" * 1000)
        command = [sys.executable, "-c", FETCHING, store.address, str(tmp_path)]
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        ended = [process.communicate(timeout=60) for process in running]
    assert [
        (process.returncode, err) for process, (_, err) in zip(running, ended, strict=True)
    ] == ([(0, "")] * 2)
    assert ended[0][0] == ended[1][0] == f"{[f'table{n}.csv' for n in range(8)]} 8\n"
    [entry] = tmp_path.iterdir()
    assert len(entry.name) == 32
