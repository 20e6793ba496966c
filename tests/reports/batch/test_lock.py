"""One batch at a time in a folder; a lock ends with its process."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.reports.batch import lock
from analysis.reports.batch.lock import hold_folder
from analysis.reports.folder import BATCH_MARK, MARK, FolderError
from tests.reports.batch.scenes import SOURCE, wait_for

HOLD = """
import sys, time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from analysis.reports.batch.lock import hold_folder
with hold_folder(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_batch_is_told_who_is_there(tmp_path: Path) -> None:
    with hold_folder(tmp_path / "out"):
        with pytest.raises(FolderError) as raised, hold_folder(tmp_path / "out"):
            pass
        message = str(raised.value)
        assert f"(process {os.getpid()} on {socket.gethostname()}, since 20" in message
        assert "another batch is at work" in message
        with hold_folder(tmp_path / "other"):
            pass
    assert not (tmp_path / "out").exists(), "nothing was made in it"
    with hold_folder(tmp_path / "out"):
        (tmp_path / "out" / "made").touch()
    assert (tmp_path / "out" / BATCH_MARK).read_bytes() == b""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has SIGKILL")
def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLD, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderError, match=f"process {holder.pid}"), hold_folder(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with hold_folder(tmp_path):
        pass


@pytest.mark.skipif(
    os.name != "posix", reason="only POSIX tells by its number whether a process lives"
)
def test_workers_of_a_killed_batch_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.3)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with hold_folder(tmp_path):
        holder = {"process": ended.pid, "machine": socket.gethostname(), "since": "then"}
        (tmp_path / BATCH_MARK).write_text(json.dumps(holder), encoding="utf-8")
        asked = []

        def answer(path: Path) -> int | None:
            asked.append(path)
            return None

        monkeypatch.setattr(lock, "lock_file", answer)
        with pytest.raises(FolderError), hold_folder(tmp_path):
            pass
        wait_for(lambda: len(asked) > 1)
        # One whose process lives, or is on another machine, is not waited for.
        asked.clear()
        holder["machine"] = "elsewhere"
        (tmp_path / BATCH_MARK).write_text(json.dumps(holder), encoding="utf-8")
        with pytest.raises(FolderError, match="on elsewhere"), hold_folder(tmp_path):
            pass
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("index.html", "<h1>My site</h1>", "index.html is there and is of no batch"),
        ("manifest.json", '{"name": "an extension"}', "manifest.json is there and is of no batch"),
        ("manifest.json", "{", "manifest.json is there and is of no batch"),
        ("manifest.json", '{"notebooks": []}', "is a report itself"),
    ],
)
def test_what_is_somebody_elses_is_left_alone(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FolderError, match=message), hold_folder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_batch_may_have_been_copied_without_its_mark(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"request": {}, "reports": []}', encoding="utf-8")
    with hold_folder(tmp_path):
        pass


def test_a_file_is_no_place_for_a_batch(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(FolderError, match="is a file"), hold_folder(tmp_path / "out"):
        pass


def test_a_report_that_lands_before_the_mark_is_no_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    @contextmanager
    def after_others(folder: Path) -> Iterator[None]:
        out.mkdir()
        (out / MARK).write_text('{"notebooks": []}', encoding="utf-8")
        yield

    monkeypatch.setattr("analysis.reports.batch.lock.taking_turns", after_others)
    with pytest.raises(FolderError, match="is a report itself"), hold_folder(out):
        pass
