"""The eyes of the script that kills batches, and one of its rounds."""

from pathlib import Path

import pytest

from analysis.reports.folder import MARK
from tests.reports import kills
from tests.reports.batch.scenes import Scene

linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")


def test_what_is_damaged_or_in_no_manifest_is_seen(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    report = scene.out / "2022-03-01"
    report.mkdir(parents=True)
    (report / "a.csv").write_bytes(b"1")
    (report / MARK).write_text('{"outputs": {"a.csv": "another"}}', encoding="utf-8")
    (report / "left.tmp").touch()
    assert list(kills.find_damaged(scene.out)) == [
        "2022-03-01/a.csv",
        "2022-03-01/left.tmp is in no manifest",
    ]


def test_a_kernel_is_told_from_its_server_and_from_a_worker() -> None:
    server = ["python", "/x/warm/server.py", "4"]
    processes = {1: ["figures"], 2: server, 3: server, 4: ["figures"]}
    targets = sorted({target for those in kills.MOMENTS.values() for target in those})
    assert {target: kills.choose(processes, 1, target) for target in targets} == {
        "command": [1], "worker": [4], "fork server": [2], "kernel": [3], "all": [1, 2, 3, 4],
    }  # fmt: skip


@linux
def test_a_batch_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    killed = kills.Round("before a report", "command", "SIGUSR1")
    assert kills.play(killed, tmp_path) == (True, [])
