"""Temporary folders: gone with their owner, or with the next run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.reports.temporary import PREFIX, TemporaryFolder, sweep_folders

KILLED = """
import os, signal
from analysis.reports.temporary import TemporaryFolder
folder = TemporaryFolder()
print(folder.name, flush=True)
os.kill(os.getpid(), signal.{})
"""


def _age(folder: Path) -> Path:
    os.utime(folder, (0, 0))
    return folder


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
    assert sweep_folders() == [left]
    assert sorted(tmp_path.iterdir()) == sorted([young, others, Path(living.name)])
    living.cleanup()
    assert not Path(living.name).exists()
