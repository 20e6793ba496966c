"""Temporary folders: gone with their owner, or with the next run."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.reports.mistakes import explain
from analysis.reports.temporary import PREFIX, TemporaryFolder, check_room, say_full, sweep_folders

KILLED = """
import os, signal
from analysis.reports.temporary import PREFIX, TemporaryFolder, check_room, sweep_folders
folder = TemporaryFolder()
print(folder.name, flush=True)
os.kill(os.getpid(), signal.{})
"""


def _age(folder: Path) -> Path:
    os.utime(folder, (0, 0))
    return folder


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = {tmp_path: 10**9}
    monkeypatch.setattr(
        "analysis.reports.temporary.shutil.disk_usage",
        lambda place: SimpleNamespace(free=free.get(place, 0)),
    )
    assert say_full(tmp_path) == "the disk for temporary files (TMPDIR) is full"
    free[tmp_path] = 0
    assert say_full(tmp_path).endswith("and that of the reports is full")
    free = {tmp_path: 10**9, Path(tempfile.gettempdir()): 10**9}
    assert say_full(tmp_path) == ""


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
@pytest.mark.parametrize("end", ["SIGKILL", "SIGQUIT", "SIGUSR1"])
def test_what_a_killed_process_left_is_swept_and_nothing_else(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    run = [sys.executable, "-c", KILLED.format(end)]
    left = Path(subprocess.run(run, capture_output=True, text=True).stdout.strip())
    assert left.parent == tmp_path
    young = tmp_path / f"{PREFIX}abcdefgh"
    young.mkdir()
    others = tmp_path / "other"
    others.mkdir()
    living = TemporaryFolder()
    assert sweep_folders() == [], "nobody has looked yet whether it is locked"
    assert sweep_folders() == []
    _age(left), _age(others), _age(Path(living.name))
    if end == "SIGUSR1":  # the clock has been set back since
        os.utime(left, (2**32, 2**32))
    assert sweep_folders() == [left]
    assert sorted(tmp_path.iterdir()) == sorted([young, others, Path(living.name)])
    living.cleanup()
    assert not Path(living.name).exists()


def test_a_full_disk_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    check_room()
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=64_000))
    with pytest.raises(OSError, match="temporary files") as raised:
        check_room()
    words = "only 0.1 MB are free for temporary files; free some, or set TMPDIR"
    assert explain(raised.value) == (1, f"{tmp_path}: {words}")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
@pytest.mark.parametrize(("hard", "said"), [(64, "only 64 files may be open at a time"), (300, "")])
def test_too_few_open_files_are_one_line(hard: int, said: str) -> None:
    code = (
        "import resource\nfrom analysis.reports.temporary import check_room\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, (64, {hard}))\n"
        "try:\n    check_room()\nexcept OSError as problem:\n    print(problem.strerror)\n"
        "else:\n    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 256\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(said)
    assert len(told.stdout.splitlines()) == bool(said)
