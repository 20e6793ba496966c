"""A batch with real notebooks, in a process of its own, that is killed and stopped."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.reports.folder import BATCH_MARK, INDEX, MARK
from tests.commands import run_figures
from tests.reports.batch.scenes import (
    SOURCE,
    Scene,
    find_children,
    is_alive,
    start_command,
    wait_for,
)

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@contextmanager
def _running(scene: Scene, days: str) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        start_command(scene.words(days, "--workers", "1")),
        env={**os.environ, "PYTHONPATH": SOURCE}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def _manifest(scene: Scene) -> dict[str, dict[str, object]]:
    reports = json.loads((scene.out / MARK).read_text(encoding="utf-8"))["reports"]
    return {report["name"]: report for report in reports}


def test_cells_that_fail_die_and_hang_cost_only_their_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    for day, how in (("2022-03-01", "fail"), ("2022-03-02", "die"), ("2022-03-03", "hang")):
        scene.behave(day, how)
    words = scene.words("2022-03-01..2022-03-04", "--timeout", "3", "--workers", "2")
    status, printed, told = run_figures(capsys, *words)
    assert status == 1
    assert printed == f"{scene.out / INDEX}\n"
    assert told.splitlines()[-1] == "1 complete, 3 failed; 4 made this time"
    assert "2022-03-02: toy: its kernel died; it is run once more" in told.splitlines()
    assert scene.ran().count("2022-03-02") == 2
    reports = _manifest(scene)
    errors = {name: str(report["error"]) for name, report in reports.items()}
    assert errors["2022-03-01"] == "toy: ValueError: the <b>reason</b>"
    assert errors["2022-03-02"].startswith("toy: DeadKernelError")
    assert errors["2022-03-03"].startswith("toy: CellTimeoutError")
    assert reports["2022-03-04"]["status"] == "complete"
    executed = scene.out / str(reports["2022-03-01"]["executed"])
    assert "the <b>reason</b>" in executed.read_text(encoding="utf-8")
    page = (scene.out / INDEX).read_text(encoding="utf-8")
    assert "the &lt;b&gt;reason&lt;/b&gt;" in page
    assert scene.names() == [
        BATCH_MARK, *(f"2022-03-0{n}.failed" for n in (1, 2, 3)), "2022-03-04", INDEX, MARK,
    ]  # fmt: skip
    # A report of a batch and a report alone are the same bytes.
    assert run_figures(capsys, *["report", *_for_one_report(words)])[0] == 0
    manifests = [scene.out / "2022-03-04" / MARK, scene.root / "one" / "2022-03-04" / MARK]
    identities = {json.loads(path.read_text("utf-8"))["identity"] for path in manifests}
    assert len(identities) == 1
    for path in (scene.root / "one" / "2022-03-04").rglob("*"):
        same = scene.out / path.relative_to(scene.root / "one")
        if path.is_file() and path.name != MARK and path.suffix != ".ipynb":
            assert path.read_bytes() == same.read_bytes()


def _for_one_report(words: list[str]) -> list[str]:
    places = words[words.index("--notebooks") : words.index("--out")]
    one = Path(words[words.index("--out") + 1]).with_name("one")
    return [*places, "--out", str(one), "--as-of", "2022-03-04"]


@linux
def test_a_worker_is_killed_and_later_the_batch_is_stopped(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    for day in ("2022-03-01", "2022-03-02"):
        scene.behave(day, "hang")
    with _running(scene, "2022-03-01..2022-03-03") as running:
        wait_for(lambda: running.poll() is not None or scene.kernels("2022-03-01"))
        assert running.poll() is None, running.communicate()[1]
        scene.behave("2022-03-01", "")
        kernel = scene.kernels("2022-03-01")[0]
        command = Path(f"/proc/{running.pid}/cmdline").read_bytes()
        workers = [
            child
            for child in find_children(running.pid)
            if Path(f"/proc/{child}/cmdline").read_bytes() == command
        ]
        assert len(workers) == 1
        os.kill(workers[0], signal.SIGKILL)
        wait_for(lambda: scene.kernels("2022-03-02"))
        wait_for(lambda: not is_alive(kernel))
        stopped = scene.kernels("2022-03-02")[0]
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.endswith("figures: stopped: 1 complete, 2 waiting; the same command goes on\n")
    assert "Traceback" not in told
    assert scene.ran() == ["2022-03-01", "2022-03-01", "2022-03-02"]
    assert scene.names() == [BATCH_MARK, "2022-03-01", INDEX, MARK]
    statuses = [report["status"] for report in _manifest(scene).values()]
    assert statuses == ["complete", "waiting", "waiting"]
    assert not is_alive(stopped)


@linux
def test_a_batch_that_is_killed_goes_on_where_it_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    scene.behave("2022-03-02", "hang")
    days = "2022-03-01..2022-03-03"
    with _running(scene, days) as running:
        wait_for(lambda: running.poll() is not None or scene.kernels("2022-03-02"))
        assert running.poll() is None, running.communicate()[1]
        # Another batch has to wait or to go elsewhere.
        status, printed, told = run_figures(capsys, *scene.words(days))
        assert (status, printed) == (2, "")
        assert f"figures: another batch is at work in {scene.out} (process {running.pid} on" in told
        children = [*find_children(running.pid), *scene.kernels("2022-03-02")]
        running.kill()
        running.wait()
    wait_for(lambda: not any(is_alive(child) for child in children))
    scene.behave("2022-03-02", "")
    scene.forget()
    (scene.out / ".2022-03-03.abcdefgh").mkdir()
    status, _, told = run_figures(capsys, *scene.words(days))
    assert status == 0, told
    assert sorted(scene.ran()) == ["2022-03-02", "2022-03-03"]
    assert scene.names() == [BATCH_MARK, "2022-03-01", "2022-03-02", "2022-03-03", INDEX, MARK]
    scene.forget()
    status, _, told = run_figures(capsys, *scene.words(days))
    assert (status, told, scene.ran()) == (0, "3 complete, nothing to do\n", [])
