"""What a worker keeps between two reports: a warm server that is alive, folders that are there."""

import os
import uuid
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from analysis.reports.batch.earlier import COMPLETE, FAILED, WAITING, Result
from analysis.reports.batch.plan import Planned
from analysis.reports.batch.scheduling import Event
from analysis.reports.batch.stopping import Stop
from analysis.reports.cluster import jobs
from analysis.reports.cluster.jobs import PROBE, Parts, Unfit, find_place, say_difference, sees

SOUND = Parts("code", "tables", "notebooks", {"pandas": "3.0", "numpy": "2.2"})


def test_a_worker_has_one_fork_server_and_tells_it_once_what_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, prepared = [], []

    class Server:
        address = "somewhere"

        def __init__(self) -> None:
            started.append(self)

        def prepare(self, notebooks: list[Path], casebook: Path) -> None:
            prepared.append(([path.name for path in notebooks], casebook))

        def close(self) -> None:
            """It was never there."""

    monkeypatch.setattr(jobs, "ProjectServer", Server)
    for name in jobs._THREADS:
        monkeypatch.setenv(name, "4")
    jobs._open_server.cache_clear()
    monkeypatch.setattr(jobs, "_PREPARED", set())
    find = jobs.find_fork_server
    data, one, two = str(tmp_path), Path("one.ipynb"), Path("two.ipynb")
    assert [find(data, [one]) for _ in range(2)] == started * 2
    find(data, [one, two])
    assert prepared == [(["one.ipynb"], tmp_path), (["two.ipynb"], tmp_path)]
    assert {os.environ[name] for name in jobs._THREADS} == {"1"}
    assert len(started) == 1
    jobs._open_server.cache_clear()


def test_what_dies_is_tried_once_more_and_what_a_worker_has_to_say_is_said() -> None:
    distributed = pytest.importorskip("distributed", reason="clusters need the extra scale")
    from analysis.reports.cluster.dask_pool import DaskPool

    ways: dict[str, list[object]] = {
        "dies once": [None, Result(COMPLETE, "a", notes=("toy: its kernel died",))],
        "dies twice": [None, None],
    }

    class Client:
        status = "running"

        def nthreads(self) -> dict[str, int]:
            return {"worker": 1}

        def submit(self, _work: object, job: str, **_: object) -> Future[Result]:
            future: Future[Result] = Future()
            way = ways[job].pop(0)
            if isinstance(way, Result):
                future.set_result(way)
            else:
                future.set_exception(distributed.KilledWorker("report", "worker", 0))
            return future

    reports = [Planned(name, (), {}, "", "") for name in ways]

    def describe(report: Planned) -> Any:
        return report.name

    steps = [
        (step.event, step.place, step.words or step.result.status)
        for step in DaskPool(Client(), describe, tries=2).make(reports, Stop())
        if step.event is not Event.PASSED
    ]
    began, died = (Event.STARTED, 0, WAITING), (Event.DIED, 0, WAITING)
    said = (Event.SAID, 0, "toy: its kernel died")
    assert steps[:5] == [began, died, began, said, (Event.ENDED, 0, COMPLETE)]
    assert [step[0] for step in steps[5:]] == [Event.STARTED, Event.DIED] * 2 + [Event.ENDED]
    assert steps[-1][1:] == (1, FAILED)


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


def test_a_folder_of_a_store_is_fetched_once() -> None:
    pytest.importorskip("fsspec", reason="stores need the extra scale")
    from analysis.reports.cluster.store import Store

    store = Store(f"memory://{uuid.uuid4().hex}/casebook")
    store.write("sources.csv", b"source_id\n")
    first = find_place(store.address, (".csv",))
    assert Path(first, "sources.csv").read_bytes() == b"source_id\n"
    store.write("sources.csv", b"source_id\ns1\n")
    assert find_place(store.address, (".csv",)) == first


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
    jobs._loaded.cache_clear()
    jobs._hash.cache_clear()
    inputs = {"analysis/bounds.py": "one", "data/a.csv": "1"}
    monkeypatch.setattr(jobs, "hash_files", lambda *_: dict(inputs))
    assert jobs.find_inputs((), str(tmp_path), SOUND) == inputs
    inputs["analysis/bounds.py"] = "two"
    # The files are read once a batch; the next batch finds out.
    assert jobs.find_inputs((), str(tmp_path), SOUND)["analysis/bounds.py"] == "one"
    other = Parts("two", "", "", {})
    with pytest.raises(Unfit, match="has imported code that has changed since; start the workers"):
        jobs.find_inputs((), str(tmp_path), other)
    jobs._loaded.cache_clear()
    jobs._hash.cache_clear()
