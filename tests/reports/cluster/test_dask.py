"""Batches on a cluster of real processes: the same reports, whatever dies or breaks on the way."""

import io
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console

pytest.importorskip("distributed", reason="clusters need the extra scale")
pytest.importorskip("s3fs", reason="stores need the extra scale")

from analysis.command_line import main
from analysis.reports.batch.addresses import StorageError
from analysis.reports.batch.earlier import COMPLETE, FAILED, Result
from analysis.reports.batch.plan import Plan, Planned
from analysis.reports.batch.running import BatchResult, run_batch
from analysis.reports.batch.scheduling import Event
from analysis.reports.batch.stopping import Stop
from analysis.reports.cluster import running as dask_running
from analysis.reports.cluster.dask_pool import ClusterError, DaskPool, open_cluster
from analysis.reports.cluster.jobs import PROBE
from analysis.reports.cluster.running import run_on_cluster
from analysis.reports.cluster.store import NOTEBOOKS, TABLES, Store, fetch_folder
from analysis.reports.folder import MARK
from analysis.reports.mistakes import explain
from tests.reports.cluster.dask_toys import (
    make_jobs,
    plan,
    put_or_die,
    work_badly,
    work_or_die,
    write_toy,
)
from tests.reports.cluster.stores import list_keys, make_bucket, s3_environment
from tests.reports.toys import write_casebook

DAYS = "2022-03-01..2022-03-03"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook, and a notebook that waits as long as "wait" is there."""
    folder = tmp_path_factory.mktemp("cluster")
    write_casebook(folder / "casebook")
    write_toy(folder / "notebooks", folder)
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Any]:
    """Two workers, which know an S3 server on loopback."""
    with s3_environment(), pytest.MonkeyPatch.context() as patch:
        # The kernels import the package from where the tests do.
        patch.setenv("PYTHONPATH", os.pathsep.join(_paths()))
        import dask
        import distributed

        # A scheduler as somebody else runs it; `--dask local` has keys that nobody else has.
        options = {"n_workers": 2, "threads_per_worker": 1, "memory_limit": 0, "host": "127.0.0.1"}
        quiet = {"silence_logs": logging.CRITICAL, "dashboard_address": "127.0.0.1:0"}
        allowed = {"distributed.scheduler.allowed-failures": 1}
        with (
            dask.config.set(allowed),
            distributed.LocalCluster(**options, **quiet) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            yield client


@pytest.fixture(scope="module")
def local(client: Any, folder: Path) -> dict[str, bytes]:
    """The reports of the same batch on this machine alone."""
    planned = plan(DAYS, folder / "notebooks", folder / "casebook", folder / "local")
    run_batch(planned, Console(file=io.StringIO()))
    return read_reports(planned.out)


def _paths() -> list[str]:
    root = Path(__file__).parents[3]
    return [str(root / "src"), str(root)]


@pytest.fixture
def planned(folder: Path, tmp_path: Path) -> Plan:
    return plan(DAYS, folder / "notebooks", folder / "casebook", tmp_path / "out")


def run(planned: Plan, client: Any, out: str = "", **options: Any) -> BatchResult:
    place, address = out or str(planned.out), client.scheduler.address
    console = Console(file=io.StringIO())
    return run_on_cluster(planned, console, out=place, address=address, **options)


def read_reports(out: Path) -> dict[str, bytes]:
    """Return what readers see of the reports of a batch: all but when and where it was made."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and path.suffix != ".ipynb"
        and path.name not in {MARK, ".batch.lock"}
        and path.parent != out
    }


# Reports


def test_a_cluster_makes_the_reports_of_a_local_batch(
    client: Any, planned: Plan, local: dict[str, bytes]
) -> None:
    result = run(planned, client)
    assert (result.counts, result.made) == ({"complete": 3, "failed": 0, "waiting": 0}, 3)
    made = {"2022-03-02/charts/bars.svg", "2022-03-02/tables/rows.csv", "2022-03-02/report.html"}
    assert made < set(local)
    assert read_reports(planned.out) == local
    assert json.loads((planned.out / MARK).read_text())["status"] == "complete"
    # The local batch finds them complete, and so does the cluster, which is not even asked.
    assert run_batch(planned, Console(file=io.StringIO())).made == 0
    quiet = Console(file=io.StringIO())
    again = run_on_cluster(planned, quiet, out=str(planned.out), address="local")
    assert again.made == 0
    assert not (planned.out / PROBE).exists()


def test_a_worker_that_is_killed_costs_no_report(client: Any, planned: Plan, folder: Path) -> None:
    (folder / "wait").touch()
    killed: list[str] = []

    def kill_one() -> None:
        until = time.monotonic() + 120
        while len(list(folder.glob("begun-*"))) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        worker, pid = next(iter(client.run(os.getpid).items()))
        os.kill(pid, signal.SIGKILL)
        killed.append(worker)
        (folder / "wait").unlink()

    thread = threading.Thread(target=kill_one)
    thread.start()
    try:
        result = run(planned, client)
    finally:
        thread.join()
        (folder / "wait").unlink(missing_ok=True)
        for path in folder.glob("begun-*"):
            path.unlink()
    assert len(killed) == 1
    assert result.counts == {"complete": 3, "failed": 0, "waiting": 0}
    days = {f"2022-03-0{day}" for day in range(1, 4)}
    assert {path.name for path in planned.out.iterdir() if path.is_dir()} == days
    for day in days:
        manifest = json.loads((planned.out / day / MARK).read_text())
        assert manifest["status"] == "complete"


def test_reports_notebooks_and_tables_are_in_a_store(
    client: Any, folder: Path, local: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = make_bucket("crisis")
    for place in ("casebook", "notebooks"):
        store = Store(f"{bucket}/{place}")
        store.put({path.name: path for path in (folder / place).iterdir()})
    casebook = fetch_folder(f"{bucket}/casebook", TABLES)
    notebooks = fetch_folder(f"{bucket}/notebooks", NOTEBOOKS)
    planned = plan(DAYS, notebooks, casebook, Path("nowhere"))
    out = f"{bucket}/reports"

    result = run(planned, client, out)
    assert (result.page, result.made, result.counts["complete"]) == (f"{out}/index.html", 3, 3)
    keys = set(list_keys("crisis"))
    assert {f"reports/2022-03-0{day}/{MARK}" for day in range(1, 4)} < keys
    assert {"reports/index.html", f"reports/{MARK}", "reports/2022-03-03/report.html"} < keys
    assert not [key for key in keys if key.endswith(".begun")]
    record = json.loads(Store(out).read(MARK) or b"")
    assert {each["status"] for each in record["reports"]} == {"complete"}
    assert str(folder) not in json.dumps(record)

    # Nobody is asked to make what is there.
    monkeypatch.setattr(dask_running, "open_cluster", lambda *_: pytest.fail("nothing to make"))
    assert run(planned, client, out).made == 0
    monkeypatch.undo()

    # A process was killed while it put one report, and somebody has changed another.
    store = Store(out)
    store.remove([f"2022-03-02/{MARK}", "2022-03-02/report.html"])
    store.write("2022-03-02/.begun", b"")
    store.write("2022-03-03/report.html", b"changed")
    assert run(planned, client, out, verify=True).made == 2
    assert set(list_keys("crisis")) == keys
    # They are the reports of a batch on one machine.
    assert store.read_many(list(local)) == local


def test_a_report_that_fails_is_beside_the_earlier_one(client: Any, folder: Path) -> None:
    bucket = make_bucket("failing")
    out = Store(f"{bucket}/a")
    whole = plan("2022-03-01", folder / "notebooks", folder / "casebook", Path("nowhere"))
    [report] = whole.reports
    broken = replace(whole, reports=(replace(report, values={"toy": {"group": "unicorns"}}),))
    assert run(whole, client, out.address).counts["complete"] == 1
    assert run(broken, client, out.address).counts["failed"] == 1
    record = json.loads(out.read(MARK) or b"")["reports"][0]
    assert record["error"] == "toy: ValueError: nobody counts unicorns"
    assert {f"2022-03-01/{MARK}", f"2022-03-01.failed/{MARK}", record["executed"]} < set(out.find())
    # The earlier report is there; made again, it takes the failed one away.
    assert run(whole, client, out.address).made == 0
    assert run(whole, client, out.address, again=True).counts["complete"] == 1
    assert not [name for name in out.find() if ".failed/" in name]


def test_the_command_takes_addresses(
    client: Any, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bucket = make_bucket("typed")
    for place in ("casebook", "notebooks"):
        files = {path.name: path for path in (folder / place).iterdir()}
        Store(f"{bucket}/{place}").put(files)
    path = tmp_path / "plan.yml"
    path.write_text(
        f"data: {bucket}/casebook\nout: {bucket}/reports\nmatrix:\n  as_of: [2022-03-02]\n",
        encoding="utf-8",
    )
    command = ["batch", str(path), "--notebooks", f"{bucket}/notebooks"]
    assert figures(capsys, *command, "--dry-run") == (0, "make      2022-03-02\n")
    command += ["--dask", client.scheduler.address]
    assert figures(capsys, *command) == (0, f"{bucket}/reports/index.html\n")
    assert f"reports/2022-03-02/{MARK}" in list_keys("typed")
    record = json.loads(Store(f"{bucket}/reports").read(MARK) or b"")
    assert record["casebooks"] == [f"{bucket}/casebook"]
    assert figures(capsys, *command, "--dry-run") == (0, "complete  2022-03-02\n")
    # What is typed goes before the plan.
    out = str(tmp_path / "here")
    assert figures(capsys, *command, "--out", f"file://{out}") == (0, f"{out}/index.html\n")
    assert (tmp_path / "here" / "2022-03-02" / MARK).exists()


def test_a_cluster_of_this_machine_begins_and_ends_with_the_command(
    client: Any, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {each.pid for each in psutil.Process().children(recursive=True)}
    command = ["batch", "--as-of", "2022-03-02", "--workers", "1", "--dask", "local"]
    command += ["--notebooks", str(folder / "notebooks"), "--data", str(folder / "casebook")]
    out = tmp_path / "out"
    assert figures(capsys, *command, "--out", str(out)) == (0, f"{out}/index.html\n")
    assert json.loads((out / "2022-03-02" / MARK).read_text())["status"] == "complete"
    left = {each.pid for each in psutil.Process().children(recursive=True)} - before
    assert [each for each in left if psutil.pid_exists(each)] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--out", "s3://a:b@c/d"], "names and keys do not belong into it"),
        (["--out", "s3://nowhere/out"], "s3://nowhere/out: there is no such bucket or folder"),
        (["--data", "s3://nowhere/casebook"], "s3://nowhere/casebook: there is no such bucket"),
        (["--notebooks", "s3://"], '"s3://" is no address of a folder'),
        (["--dask", "here"], '--dask: "here" is not allowed; expected tcp://HOST:PORT or local'),
    ],
)
def test_slips_of_addresses_are_one_line(
    client: Any,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    command = ["batch", "--as-of", "2022-03-01"]
    for option, place in (("--notebooks", "notebooks"), ("--data", "casebook")):
        command += [option, str(folder / place)] if option not in words else []
    command += ["--out", str(tmp_path / "out")] if "--out" not in words else []
    with pytest.raises(SystemExit) as ended:
        main([*command, *words])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    lines = [line for line in told.err.splitlines() if line.startswith("figures: ")]
    assert len(lines) == 1
    assert message in lines[0]
    assert "Traceback" not in told.err


def figures(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    signal.signal(signal.SIGTERM, before)
    assert isinstance(ended.value.code, int)
    return ended.value.code, capsys.readouterr().out


# What is no fault of a report


def test_a_worker_that_sees_another_folder_is_refused(
    client: Any, planned: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dask_running.write_atomically

    def elsewhere(path: Path, content: bytes) -> None:
        real(path, b"another machine's" if path.name == PROBE else content)

    monkeypatch.setattr(dask_running, "write_atomically", elsewhere)
    with pytest.raises(ClusterError, match=r"does not see .*out; without a shared file system OUT"):
        run(planned, client)
    assert not (planned.out / PROBE).exists()
    assert not list(planned.out.glob("2022*"))


def test_a_worker_with_other_versions_is_refused(
    client: Any, planned: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.reports.cluster import jobs as dask_worker

    own = dask_worker.find_versions()
    monkeypatch.setattr(dask_worker, "find_versions", lambda: own | {"pandas": "9.9"})
    with pytest.raises(ClusterError, match=r"has pandas \d\S+ where 9\.9 is expected; install the"):
        run(planned, client)


def test_a_worker_that_joined_with_other_tables_ends_the_batch(
    client: Any, planned: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if it had joined after the others were looked at.
    monkeypatch.setattr(dask_running, "check_workers", lambda *_: 2)
    real = dask_running.find_parts

    def others(inputs: dict[str, str]) -> Any:
        return replace(real(inputs), tables="other")

    monkeypatch.setattr(dask_running, "find_parts", others)
    jobs = dask_running._make_jobs

    def other_jobs(*arguments: Any) -> Any:
        return [replace(job, identity="other") for job in jobs(*arguments)]

    monkeypatch.setattr(dask_running, "_make_jobs", other_jobs)
    with pytest.raises(ClusterError, match=r"sees other tables in .*casebook; name a folder that"):
        run(planned, client)


def test_a_fault_of_the_program_is_a_line(client: Any) -> None:
    results, _ = watch(client, 2, work_badly)
    assert results[1].error == "fault of the program: RuntimeError: a fault"


def test_who_asks_to_stop_is_heard(
    client: Any, planned: Plan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "wait").touch()
    heard, ended, real = threading.Event(), threading.Event(), Stop.ask

    def ask(asked: Stop, *arguments: Any) -> None:
        real(asked, *arguments)
        heard.set()

    monkeypatch.setattr(Stop, "ask", ask)

    def stop() -> None:
        while not (ended.is_set() or list(folder.glob("begun-*"))):
            time.sleep(0.02)
        if not ended.is_set():
            os.kill(os.getpid(), signal.SIGINT)
            heard.wait(60)
        (folder / "wait").unlink()

    thread = threading.Thread(target=stop)
    thread.start()
    try:
        result = run(planned, client)
    finally:
        ended.set()
        thread.join()
        for path in [*folder.glob("begun-*"), *folder.glob("wait")]:
            path.unlink()
    # Those that were at work have been made; the others wait for the next time.
    assert result.stopped
    assert result.counts == {"complete": 2, "failed": 0, "waiting": 1}
    assert json.loads((planned.out / MARK).read_text())["status"] == "stopped"
    assert run(planned, client).made == 1


def test_a_cluster_of_this_machine_hears_nobody_else() -> None:
    with open_cluster("local", 1) as client:
        [(worker, pid)] = client.run(os.getpid).items()
        # Ctrl-C goes to all processes of a terminal; the command alone acts on it.
        os.kill(pid, signal.SIGINT)
        with pytest.raises(psutil.TimeoutExpired):
            psutil.Process(pid).wait(1)
        assert client.run(os.getpid) == {worker: pid}
        # Who has not the keys of this cluster cannot run anything on its workers.
        assert worker.startswith("tls://127.0.0.1:")
        assert client.scheduler.address.startswith("tls://127.0.0.1:")


@pytest.mark.parametrize("address", ["localhost", "tcp://", "http://a:1", "tcp://a", "Local"])
def test_what_is_no_scheduler_is_refused(address: str) -> None:
    with (
        pytest.raises(ClusterError, match="is not allowed; expected tcp://HOST:PORT or local"),
        open_cluster(address, 1),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_an_error_of_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from analysis.reports.cluster import dask_pool

    monkeypatch.setattr(dask_pool, "_ANSWERS", 0.5)
    with (
        pytest.raises(ClusterError, match=r"answers at tcp://127.0.0.1:9 \(") as caught,
        open_cluster("tcp://127.0.0.1:9", 1),
    ):
        pass
    assert explain(caught.value) == (2, str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_bucket_that_is_not_there_is_an_error_before_anything_runs(
    client: Any, planned: Plan
) -> None:
    with pytest.raises(
        StorageError, match=r"^s3://nowhere/out: there is no such bucket or folder$"
    ):
        run(planned, client, "s3://nowhere/out")


def test_a_job_that_kills_its_workers_fails_alone(client: Any) -> None:
    results, dead = watch(client, 6, work_or_die)
    assert {place: result.status for place, result in results.items()} == (
        dict.fromkeys((0, 1, 3, 4, 5), COMPLETE) | {2: FAILED}
    )
    assert results[2].error == "the worker that made the report was killed, and so was the next"
    assert dead == [2]


def test_a_worker_that_is_killed_while_it_puts_a_report_leaves_a_whole_one(
    client: Any, tmp_path: Path
) -> None:
    names = ("a.csv", "b.csv", MARK)
    for name in names:
        (tmp_path / name).write_text(f"of {name}", encoding="utf-8")
    out, died = f"{make_bucket('dying')}/out", tmp_path.with_name("died")
    job = replace(make_jobs(1)[0], folder=str(tmp_path), data=str(died), out=out)
    pool = DaskPool(client, lambda _: job, put_or_die)
    steps = list(pool.make([Planned("0", (), {}, "", "")], Stop()))
    assert died.exists()
    assert [step.result.status for step in steps if step.event is Event.ENDED] == [COMPLETE]
    assert set(list_keys("dying")) == {f"out/0/{name}" for name in names}
    found = Store(out).read_many([f"0/{name}" for name in names])
    assert found == {f"0/{name}": f"of {name}".encode() for name in names}


def watch(client: Any, count: int, work: Any) -> tuple[dict[int, Result], list[int]]:
    """Return the results of jobs by place, and the places whose workers died."""
    jobs = {job.name: job for job in make_jobs(count)}
    reports = [Planned(name, (), {}, "", "") for name in jobs]
    pool = DaskPool(client, lambda report: jobs[report.name], work)
    steps = list(pool.make(reports, Stop()))
    ended = {step.place: step.result for step in steps if step.event is Event.ENDED}
    return ended, [step.place for step in steps if step.event is Event.DIED]
