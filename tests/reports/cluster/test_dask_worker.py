"""What a worker keeps between two reports: a warm server that is alive, folders that are there."""

import os
import shutil
import socket
import uuid
from pathlib import Path

import pytest

from analysis.reports.cluster import kernels as dask_kernels
from analysis.reports.cluster import worker as dask_worker
from analysis.reports.cluster.worker import PROBE, Parts, Unfit, find_place, say_difference, sees

SOUND = Parts("code", "tables", "notebooks", {"pandas": "3.0", "numpy": "2.2"})


def test_a_fork_server_that_was_killed_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners: list[socket.socket] = []

    prepared = []

    class Server:
        def __init__(self) -> None:
            self.address = str(tmp_path / str(len(listeners)))
            listeners.append(socket.socket(socket.AF_UNIX))
            listeners[-1].bind(self.address)
            listeners[-1].listen()

        def prepare(self, notebooks: list[Path], casebook: Path) -> None:
            prepared.append(([path.name for path in notebooks], casebook))

        def close(self) -> None:
            listeners[-1].close()

    monkeypatch.setattr(dask_kernels, "start_project_server", Server)
    for name in dask_kernels._THREADS:
        monkeypatch.setenv(name, "4")
    server = dask_kernels._Server()
    data, one, two = str(tmp_path), Path("one.ipynb"), Path("two.ipynb")
    assert [server.find(data, [one]) for _ in range(2)] == [str(tmp_path / "0")] * 2
    server.find(data, [one, two])
    assert prepared == [(["one.ipynb"], tmp_path), (["two.ipynb"], tmp_path)]
    listeners[0].close()  # as when it is killed: the name of the socket stays
    assert server.find(data, [two]) == str(tmp_path / "1")
    assert prepared[2:] == [(["two.ipynb"], tmp_path)]
    assert {os.environ[name] for name in dask_kernels._THREADS} == {"1"}
    server.end()
    assert listeners[1].fileno() == -1


def test_a_folder_is_seen_by_the_token_in_it(tmp_path: Path) -> None:
    assert not sees(str(tmp_path), "token")
    (tmp_path / PROBE).write_text("another", encoding="utf-8")
    assert not sees(str(tmp_path), "token")
    (tmp_path / PROBE).write_text("token", encoding="utf-8")
    assert sees(str(tmp_path), "token")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert find_place(str(tmp_path), ".csv") == str(tmp_path)
    with pytest.raises(Unfit, match=r"does not see .*nowhere; name a folder that all workers see"):
        find_place(str(tmp_path / "nowhere"), ".csv")


def test_a_folder_of_a_store_is_fetched_once_and_again_when_the_cache_was_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fsspec", reason="stores need the extra scale")
    from analysis.reports.cluster.cache import CACHE
    from analysis.reports.cluster.store import Store

    monkeypatch.setenv(CACHE, str(tmp_path))
    store = Store(f"memory://{uuid.uuid4().hex}/casebook")
    store.write("sources.csv", b"source_id\n")
    first = find_place(store.address, ".csv")
    assert find_place(store.address, ".csv") == first
    shutil.rmtree(first)
    assert Path(find_place(store.address, ".csv"), "sources.csv").read_bytes() == b"source_id\n"


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (Parts("code", "tables", "notebooks", {"pandas": "3.1", "numpy": "2.2"}),
         "has pandas 3.1 where 3.0 is expected; install the same on every worker"),
        (Parts("code", "tables", "notebooks", {"pandas": "3.0"}),
         "has numpy not installed where 2.2 is expected"),
        (Parts("old", "tables", "notebooks", SOUND.versions), "runs other code of"),
        (Parts("code", "old", "notebooks", SOUND.versions), "other tables in its own casebook"),
        (Parts("code", "tables", "old", SOUND.versions), "sees other notebooks in /srv/notebooks"),
        (SOUND, "does not see the same files in a folder that a parameter names"),
    ],
)  # fmt: skip
def test_what_is_different_is_named(own: Parts, words: str) -> None:
    assert words in say_difference(SOUND, own, "", "/srv/notebooks")


def test_code_that_has_changed_since_it_was_imported_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask_worker._loaded.cache_clear()
    dask_worker._hash.cache_clear()
    inputs = {"analysis/bounds.py": "one", "data/a.csv": "1"}
    monkeypatch.setattr(dask_worker, "hash_files", lambda *_: dict(inputs))
    assert dask_worker.find_inputs((), str(tmp_path), SOUND) == inputs
    inputs["analysis/bounds.py"] = "two"
    # The files are read once a batch; the next batch finds out.
    assert dask_worker.find_inputs((), str(tmp_path), SOUND)["analysis/bounds.py"] == "one"
    other = Parts("two", "", "", {})
    with pytest.raises(Unfit, match="has imported code that has changed since; start the workers"):
        dask_worker.find_inputs((), str(tmp_path), other)
    dask_worker._loaded.cache_clear()
    dask_worker._hash.cache_clear()
