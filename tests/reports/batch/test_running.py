"""A batch survives what its reports do, and makes again only what it must."""

import io
import itertools
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from rich.console import Console

from analysis.casebook import check as casebook_check
from analysis.reports.batch import pool, running, work_log, worker
from analysis.reports.batch.plan import Plan
from analysis.reports.batch.running import BatchResult, find_state, run_batch
from analysis.reports.folder import BATCH_MARK, INDEX, MARK, FolderError
from analysis.tables import CasebookErrors, InputError
from tests.reports.batch.scenes import NoServer, Scene, is_alive, pretend_report, wait_for
from tests.reports.toys import write_casebook

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the pretence reaches only forks")

CHECK = casebook_check.check
DAYS = "2022-03-01..2022-03-03"
ALL = ["2022-03-01", "2022-03-02", "2022-03-03"]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Reports are pretended: no kernel runs."""
    monkeypatch.setattr(worker, "make_report", pretend_report)
    monkeypatch.setattr(running, "open_project_server", lambda: nullcontext(NoServer()))
    monkeypatch.setattr(casebook_check, "check", lambda _: None)
    monkeypatch.setattr(pool, "_TICK", 0.05)
    return Scene(tmp_path)


def _run(plan: Plan, **how: bool) -> tuple[BatchResult, list[str]]:
    told = io.StringIO()
    result = run_batch(plan, Console(file=told), **how)
    return result, told.getvalue().splitlines()


def _manifest(scene: Scene) -> dict[str, object]:
    read = json.loads((scene.out / MARK).read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def _reports(scene: Scene) -> dict[str, dict[str, object]]:
    reports = _manifest(scene)["reports"]
    assert isinstance(reports, list)
    return {report["name"]: report for report in reports}


def test_reports_of_another_casebook_stop_a_batch_before_it_begins(scene: Scene) -> None:
    (scene.out / ALL[1]).mkdir(parents=True)
    manifest = {"notebooks": [], "casebook": "The floods"}
    (scene.out / ALL[1] / MARK).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(FolderError, match='another casebook, "The floods", and not of "data"'):
        _run(scene.plan(DAYS))
    assert scene.ran() == []


def test_a_day_before_the_casebook_stops_a_batch_before_it_begins(scene: Scene) -> None:
    (scene.data / "casebook.toml").write_text("first_day = 2022-03-02", encoding="utf-8")
    with pytest.raises(InputError, match="2022-03-01 is before the first day of the casebook"):
        _run(scene.plan(DAYS))
    assert scene.ran() == []


def test_a_clock_that_jumps_changes_no_duration(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumps = itertools.cycle([1e9, -1e6, 2e9, 0.0])
    monkeypatch.setattr(time, "time", lambda: next(jumps))
    monkeypatch.setattr(time, "time_ns", lambda: int(next(jumps) * 1e9))
    result, _ = _run(scene.plan(DAYS))
    assert result.counts["complete"] == 3
    seconds = [report["seconds"] for report in _reports(scene).values()]
    assert all(0 <= each < 60 for each in seconds), seconds  # type: ignore[operator]


def test_all_reports_are_made_once(scene: Scene) -> None:
    result, told = _run(scene.plan(DAYS))
    assert result.counts == {"complete": 3, "failed": 0, "waiting": 0}
    assert sorted(scene.ran()) == ALL
    assert scene.names() == [BATCH_MARK, *ALL, INDEX, MARK]
    assert sorted(line.partition(" (")[0].partition(" ")[2] for line in told) == [
        f"{day}: complete" for day in ALL
    ]
    assert _manifest(scene)["status"] == "complete"
    assert str(scene.root) not in (scene.out / MARK).read_text(encoding="utf-8")
    scene.forget()
    before = {name: (scene.out / name).read_bytes() for name in (INDEX, MARK)}
    result, told = _run(scene.plan(DAYS))
    assert (result.made, scene.ran(), told) == (0, [], [])
    assert {name: (scene.out / name).read_bytes() for name in (INDEX, MARK)} == before
    assert _run(scene.plan(DAYS), again=True)[0].made == 3


def test_what_changes_is_made_again_and_nothing_else(scene: Scene) -> None:
    scene.write_notebook("other")
    write_casebook(scene.root / "sudan")
    text = (
        "matrix:\n  notebook: [toy, other]\n  data: [data, sudan]\nparameters: {group: civilian}\n"
    )
    every = {"toy/data", "toy/sudan", "other/data", "other/sudan"}

    def made_again(text: str) -> set[str]:
        plan = scene.plan_file(text)
        to_make = {plan.reports[place].name for place in find_state(plan).to_make}
        result, _ = _run(plan)
        assert result.made == len(to_make)
        return to_make

    assert made_again(text) == every
    # A default that is written out is no change.
    assert made_again(text.replace("parameters: {group: civilian}\n", "")) == set()
    scene.write_notebook("other", "\n1")
    assert made_again(text) == {"other/data", "other/sudan"}
    with (scene.root / "sudan" / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("s9,P,T,2022-03-01,2022-03-02,https://example.org/9,terms,counts,\n")
    assert made_again(text) == {"toy/sudan", "other/sudan"}
    assert made_again(text.replace("civilian", "military")) == every
    assert made_again(text.replace("civilian", "military")) == set()


def test_a_version_of_a_package_makes_all_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(scene.plan(DAYS))
    monkeypatch.setattr(running, "find_versions", lambda: {"pandas": "99"})
    assert find_state(scene.plan(DAYS)).to_make == [0, 1, 2]


def test_what_is_damaged_is_made_again(scene: Scene) -> None:
    _run(scene.plan(DAYS))
    page = scene.out / "2022-03-01" / "report.html"
    page.write_text("other", encoding="utf-8")
    (scene.out / "2022-03-02" / "report.html").unlink()
    state = find_state(scene.plan(DAYS))
    assert state.to_make == [0, 1]
    assert [note.rpartition("/")[2] for note in state.notes] == [
        "report.html has been changed; the report is made again",
        "report.html is missing; the report is made again",
    ]
    _run(scene.plan(DAYS))
    # The same size is seen through only when all is read again.
    page.write_text(page.read_text(encoding="utf-8")[::-1], encoding="utf-8")
    assert find_state(scene.plan(DAYS)).to_make == []
    assert find_state(scene.plan(DAYS), verify=True).to_make == [0]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\x00", b"[" * 100_000, b"{}"])
def test_a_corrupted_manifest_is_taken_for_missing(scene: Scene, content: bytes) -> None:
    _run(scene.plan("2022-03-01..2022-03-02"))
    scene.forget()
    (scene.out / "2022-03-02" / MARK).write_bytes(content)
    (scene.out / MARK).write_bytes(content)
    result, told = _run(scene.plan("2022-03-01..2022-03-02"))
    assert scene.ran() == ["2022-03-02"]
    assert result.counts["complete"] == 2
    assert content == b"{}" or len([line for line in told if "is taken for missing" in line]) == 2
    assert _manifest(scene)["status"] == "complete"


def test_a_report_that_fails_stops_no_other_and_is_tried_next_time(scene: Scene) -> None:
    scene.behave("2022-03-02", "fail")
    result, told = _run(scene.plan(DAYS))
    assert result.counts == {"complete": 2, "failed": 1, "waiting": 0}
    assert "2022-03-02: failed: toy: ValueError: told so" in "\n".join(told)
    assert scene.names() == [
        BATCH_MARK, "2022-03-01", "2022-03-02.failed", "2022-03-03", INDEX, MARK,
    ]  # fmt: skip
    scene.behave("2022-03-02", "")
    scene.forget()
    assert _run(scene.plan(DAYS))[0].counts["complete"] == 3
    assert scene.ran() == ["2022-03-02"]
    assert "2022-03-02.failed" not in scene.names()


def test_a_worker_that_is_killed_costs_its_report_another_try(scene: Scene) -> None:
    scene.behave("2022-03-01", "kill once")
    result, told = _run(scene.plan(DAYS))
    assert result.counts["complete"] == 3
    assert sorted(scene.ran()) == ["2022-03-01", *ALL]
    assert "2022-03-01: its process is gone" in told
    assert scene.names() == [BATCH_MARK, *ALL, INDEX, MARK]


def test_a_fork_server_that_died_is_started_again_and_said(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dies(NoServer):
        deaths = 1

        def revive(self) -> bool:
            self.deaths -= 1
            return self.deaths == 0

    monkeypatch.setattr(running, "open_project_server", lambda: nullcontext(Dies()))
    result, told = _run(scene.plan(DAYS))
    assert result.counts["complete"] == 3
    assert told.count("the fork server had died; it was started again") == 1


def test_the_index_says_nothing_of_how_long_it_took(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(scene.plan(DAYS))
    before = (scene.out / INDEX).read_bytes()
    clock = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: 7 * clock())
    scene.behave("2022-03-02", "")
    _run(scene.plan(DAYS), again=True)
    assert (scene.out / INDEX).read_bytes() == before


def test_a_report_that_kills_its_worker_twice_has_failed(scene: Scene) -> None:
    scene.behave("2022-03-02", "kill")
    result, _ = _run(scene.plan(DAYS))
    assert result.counts == {"complete": 2, "failed": 1, "waiting": 0}
    assert scene.ran().count("2022-03-02") == 2
    told = "the process that made the report was killed (signal 9)"
    assert _reports(scene)["2022-03-02"]["error"] == told
    assert scene.names() == [BATCH_MARK, "2022-03-01", "2022-03-03", INDEX, MARK]


def test_a_worker_that_hangs_is_ended(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE", -0.5)
    scene.behave("2022-03-02", "hang")
    result, _ = _run(scene.plan(DAYS, timeout=1))
    assert result.counts == {"complete": 2, "failed": 1, "waiting": 0}
    assert scene.ran().count("2022-03-02") == 1
    assert str(_reports(scene)["2022-03-02"]["error"]).startswith("no sign of life for")
    assert scene.names() == [BATCH_MARK, "2022-03-01", "2022-03-03", INDEX, MARK]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("full", "No space left on device"),
        ("fault", "fault of the program: KeyError: 'x'"),
    ],
)
def test_a_report_that_cannot_be_written_has_failed(scene: Scene, how: str, error: str) -> None:
    scene.behave("2022-03-02", how)
    result, _ = _run(scene.plan(DAYS))
    assert result.counts == {"complete": 2, "failed": 1, "waiting": 0}
    said = str(_reports(scene)["2022-03-02"]["error"])
    assert said.endswith(error)
    assert str(scene.root) not in said
    assert scene.names() == [BATCH_MARK, "2022-03-01", "2022-03-03", INDEX, MARK]


def test_a_manifest_that_cannot_be_written_stays_as_it_was(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(scene.plan("2022-03-01"))
    before = (scene.out / MARK).read_bytes()

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(work_log, "write_atomically", refuse)
    with pytest.raises(OSError, match="No space left"):
        _run(scene.plan(DAYS))
    assert (scene.out / MARK).read_bytes() == before
    # It was found out before the work.
    assert scene.ran() == ["2022-03-01"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(scene: Scene, small_disk: Path) -> None:
    scene.out = small_disk / "out"
    _run(scene.plan("2022-03-01"))
    before = (scene.out / MARK).read_bytes()
    full = small_disk / "full"
    with suppress(OSError), full.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    with pytest.raises(OSError, match="No space"):
        _run(scene.plan(DAYS))
    assert (scene.out / MARK).read_bytes() == before
    assert scene.names() == [BATCH_MARK, "2022-03-01", INDEX, MARK]
    full.unlink()
    assert _run(scene.plan(DAYS))[0].counts["complete"] == 3
    assert sorted(scene.ran()) == ALL


def test_drafts_of_killed_batches_are_removed_and_reports_come_back(scene: Scene) -> None:
    _run(scene.plan("2022-03-01"))
    draft = scene.out / ".2022-03-02.abcdefgh"
    (draft / "notebooks").mkdir(parents=True)
    # Killed between taking the earlier report away and putting the new one in its place.
    aside = scene.out / ".2022-03-01.12345678"
    aside.mkdir()
    (scene.out / "2022-03-01").rename(aside / "earlier")
    strange = scene.out / ".mine.abcdefgh"
    strange.mkdir()
    scene.forget()
    _run(scene.plan("2022-03-01..2022-03-02"))
    assert scene.ran() == ["2022-03-02"]
    assert scene.names() == [
        BATCH_MARK, ".mine.abcdefgh", "2022-03-01", "2022-03-02", INDEX, MARK,
    ]  # fmt: skip


def test_a_request_to_stop_ends_workers_and_writes_what_is_done(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.behave("2022-03-02", "hang")

    class Impatient(work_log.WorkLog):
        def tick(self) -> None:
            super().tick()
            if "2022-03-02" in scene.ran() and self.results[0].status == "complete":
                os.kill(os.getpid(), 2)

    monkeypatch.setattr(running, "WorkLog", Impatient)
    plan = scene.plan(DAYS)
    began = time.monotonic()
    result, _ = _run(Plan(plan.reports, plan.out, workers=1))
    assert time.monotonic() - began < 60
    assert result.stopped
    assert result.counts == {"complete": 1, "failed": 0, "waiting": 2}
    assert _manifest(scene)["status"] == "stopped"
    assert "2 not made yet" in Path(result.page).read_text(encoding="utf-8")
    assert scene.names() == [BATCH_MARK, "2022-03-01", INDEX, MARK]


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only Linux tells in /proc what a process runs"
)
def test_workers_end_with_a_batch_that_is_killed(scene: Scene) -> None:
    scene.behave("2022-03-01", "hang")
    batch = os.fork()
    if not batch:
        try:
            _run(scene.plan("2022-03-01"))
        finally:
            os._exit(1)
    try:
        # Here the kernel is the worker itself; the parent writes its index at the same time.
        wait_for(lambda: scene.kernels("2022-03-01") and len(scene.names()) == 4)
    finally:
        os.kill(batch, signal.SIGKILL)
        os.waitpid(batch, 0)
    worker = scene.kernels("2022-03-01")[0]
    try:
        wait_for(lambda: not is_alive(worker))
    finally:
        if is_alive(worker):
            os.kill(worker, signal.SIGKILL)
    assert scene.names() == [BATCH_MARK, INDEX, MARK]


def test_a_casebook_with_errors_stops_its_own_reports_alone(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casebook_check, "check", CHECK)
    write_casebook(scene.root / "broken")
    (scene.root / "broken" / "claimants.csv").write_text("claimant,nam\n", encoding="utf-8")
    result, _ = _run(scene.plan_file("matrix: {data: [data, broken]}"))
    assert result.counts == {"complete": 1, "failed": 1, "waiting": 0}
    assert str(_reports(scene)["broken"]["error"]).startswith("casebook: claimants.csv")
    with pytest.raises(CasebookErrors, match=r"claimants\.csv"):
        _run(scene.plan_file("matrix: {data: [broken]}"))


def test_a_table_that_cannot_be_read_stops_the_batch(scene: Scene) -> None:
    (scene.data / "talks.csv").unlink()
    (scene.data / "talks.csv").mkdir()
    with pytest.raises(OSError, match=r"talks\.csv"):
        _run(scene.plan(DAYS))
    assert scene.ran() == []


def test_a_report_is_no_place_for_a_batch_and_a_batch_none_for_a_report(scene: Scene) -> None:
    _run(scene.plan("2022-03-01"))
    inside = Plan(scene.plan("2022-03-02").reports, scene.out / "2022-03-01")
    with pytest.raises(FolderError, match="is a report itself"):
        _run(inside)
    (scene.out / "2022-03-01" / BATCH_MARK).touch()
    result, _ = _run(scene.plan("2022-03-01"), again=True)
    assert result.counts["failed"] == 1
    assert "holds a batch of reports" in str(_reports(scene)["2022-03-01"]["error"])
