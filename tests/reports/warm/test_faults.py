"""What goes wrong around a fork server: nothing hangs, and nothing is left behind."""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from papermill.engines import NBClientEngine

from analysis.reports.warm import engine, fork_server, open_project_server
from analysis.reports.warm.fork_server import ForkServer
from analysis.reports.warm.forked_process import CannotFork, ForkedProcess
from tests.reports.toys import CODE, write_notebook
from tests.reports.warm.running import (
    COLD,
    children_of,
    is_running,
    open_files,
    run_cells,
    wait_until,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")


def _start(address: str, folder: Path) -> ForkedProcess:
    """Ask for a kernel that nobody talks to."""
    arguments = ["-f", str(folder / "kernel.json"), "--transport=ipc", f"--ip={folder}/kernel"]
    return ForkedProcess(address, arguments, str(folder), os.environ)


def _server_of(kernel: ForkedProcess) -> int:
    text = Path(f"/proc/{kernel.pid}/stat").read_text("ascii")
    return int(text.rpartition(")")[2].split()[1])


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder for this process alone; its name is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="test-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


@pytest.fixture
def short() -> Iterator[ForkServer]:
    """A server to be ill-treated, that has a kernel alone."""
    started = ForkServer(())
    yield started
    started.close()


# The socket


def test_nobody_else_reaches_the_socket_or_a_kernel(server: ForkServer, tmp_path: Path) -> None:
    assert Path(server.address).parent.stat().st_mode & 0o077 == 0
    look = "import json, pathlib, sys; path = pathlib.Path(sys.argv[2])"
    look += "; json.loads(path.read_text())['transport'], path.parent.stat().st_mode & 0o77"
    assert run_cells(tmp_path, server.address, look).text() == "('ipc', 0)"


def _request(**parts: object) -> bytes:
    whole = {"arguments": [], "folder": "/", "environment": dict(os.environ)}
    return json.dumps(whole | parts).encode() + b"\n"


GARBAGE = [
    b"\n",
    b"{}\n",
    b"[]\n",
    b"null\n",
    b"\xff\xfe\n",
    b'{"folder": 1}\n',
    b"[" * 5000 + b"\n",
    b"GET / HTTP/1.1\r\n\r\n",
    _request(arguments={}),
    _request(folder="a\0b"),
    _request(folder="/not/there"),
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: repr(text[:20]))
def test_garbage_is_refused_and_changes_nothing(
    garbage: bytes, server: ForkServer, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(server.address)
        connection.sendall(garbage)
        assert "refused" in json.loads(connection.recv(4096))
    assert server.is_alive


def test_a_request_in_parts_is_waited_for_and_a_connection_may_just_close(
    server: ForkServer, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as hasty:
        silent.connect(server.address)
        silent.sendall(b'{"arguments": [')
        hasty.connect(server.address)
        hasty.sendall(b'{"half": ')
        hasty.close()
        assert run_cells(tmp_path, server.address, "6 * 7").text() == "42"


def test_a_kernel_ends_with_its_connection(server: ForkServer, tmp_path: Path) -> None:
    kernel = _start(server.address, tmp_path)
    assert is_running(kernel.pid)
    kernel._connection.close()
    assert wait_until(lambda: not Path(f"/proc/{kernel.pid}").exists())


# Kernels


def test_how_a_kernel_ended_is_told(server: ForkServer, tmp_path: Path) -> None:
    killed = _start(server.address, tmp_path)
    assert killed.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        killed.wait(0.01)
    killed.kill()
    assert killed.wait(60) == killed.poll() == -signal.SIGKILL
    killed.send_signal(signal.SIGTERM)  # to nobody
    folder = tmp_path / "other"
    folder.mkdir()
    left = ForkedProcess(server.address, ["--help"], str(folder), os.environ)
    assert left.wait(60) == 0


def test_a_hundred_kernels_leave_nothing(
    server: ForkServer, tmp_path: Path, temporary: Path
) -> None:
    run_cells(tmp_path, server.address, "1")  # what is opened once is open now
    first = _start(server.address, tmp_path)
    pid = _server_of(first)
    first.kill()
    first.wait(60)
    wait_until(lambda: not children_of(pid))
    gc.collect()
    before = open_files(), open_files(pid), threading.active_count()
    for number in range(100):
        kernel = _start(server.address, tmp_path)
        if number % 2:
            kernel.kill()
            kernel.wait(60)
        else:
            kernel._connection.close()
    for _ in range(5):
        run_cells(tmp_path, server.address, "1")
    assert wait_until(lambda: not children_of(pid)), "ended kernels are waited for"

    def is_as_before() -> bool:
        gc.collect()  # sockets and folders of clients that ended are closed when they are collected
        now = open_files(), open_files(pid), threading.active_count()
        return all(n <= b for n, b in zip(now, before, strict=True)) and not [*temporary.iterdir()]

    assert wait_until(is_as_before)


# The server


def test_kernels_end_with_their_server_and_the_next_goes_cold(
    short: ForkServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cells = f"import os\nos.kill(os.getppid(), {signal.SIGKILL:d})\nimport time; time.sleep(60)"
    run = run_cells(tmp_path, short.address, "import os; print(os.getpid())", cells, "1")
    assert run.raised.startswith("DeadKernelError")
    assert wait_until(lambda: not is_running(int(run.text(0))))
    assert not short.is_alive
    assert run_cells(tmp_path, short.address, "6 * 7").text() == "42"
    assert "This kernel starts cold: the fork server does not answer" in caplog.text


def test_a_process_starts_a_new_server_for_one_that_has_died(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "_own", None)
    monkeypatch.setattr(engine, "ForkServer", lambda: ForkServer(()))
    first = engine.own_address()
    assert engine.own_address() == first
    assert engine._own is not None
    os.kill(engine._own._process.pid, signal.SIGKILL)
    engine._own._process.wait()
    second = engine.own_address()
    assert second != first
    assert not Path(first).parent.exists()
    assert run_cells(tmp_path, second, "6 * 7").text() == "42"
    engine._own.close()
    assert not Path(second).parent.exists()


def test_a_project_server_that_was_killed_is_started_again_where_it_was(tmp_path: Path) -> None:
    with open_project_server() as server:
        address, running = server.address, server._server
        assert running is not None
        assert not server.revive()
        os.kill(running._process.pid, signal.SIGKILL)
        running._process.wait()
        assert server.revive()
        assert not server.revive()
        assert server.address == address
        assert run_cells(tmp_path, address, "6 * 7").text() == "42"
        running._process.terminate()  # it ends in order, and removes its folder
        running._process.wait()
        assert server.revive()
        assert run_cells(tmp_path, address, "6 * 7").text() == "42"
    assert not Path(address).parent.exists()


DRIVER = """
import os, sys, time
from analysis.reports.warm.fork_server import ForkServer
from analysis.reports.warm.forked_process import ForkedProcess
server = ForkServer(())
if sys.argv[2] == "early":  # before the server has imported anything
    print(server._process.pid, 0, server.address, flush=True)
    os.kill(os.getpid(), 9)
folder = sys.argv[1]
arguments = ["-f", f"{folder}/kernel.json", "--transport=ipc", f"--ip={folder}/kernel"]
kernel = ForkedProcess(server.address, arguments, folder, os.environ)
print(server._process.pid, kernel.pid, server.address, flush=True)
if sys.argv[2] == "forked" and os.fork() == 0:  # a process that still has all that was open
    time.sleep(60)
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("when", ["early", "late", "forked"])
def test_all_ends_with_a_driver_that_is_killed(when: str, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with output.open("w") as file:
        driver = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(tmp_path), when],
            stdin=subprocess.DEVNULL, stdout=file, start_new_session=True,
        )  # fmt: skip
    try:
        assert driver.wait(60) == -signal.SIGKILL
        server, kernel, address = output.read_text().split()
        pids = [int(pid) for pid in (server, kernel) if int(pid)]
        assert wait_until(lambda: not any(map(is_running, pids)))
        assert not Path(address).parent.exists()
    finally:
        if when == "forked":
            os.killpg(driver.pid, signal.SIGKILL)


# What is not forked


@contextmanager
def _toy(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServer]:
    """A server that has imported a package of two modules, made for a test."""
    package = folder / "packages" / "toy_of_a_test"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "part.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(package.parent), prepend=os.pathsep)
    server = ForkServer(["toy_of_a_test.part"], "toy_of_a_test")
    try:
        yield server
    finally:
        server.close()


def test_code_that_has_changed_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import os\nVALUE, READ_BY = 1, os.getpid()\n"
    look = "import os, toy_of_a_test.part as p; p.VALUE, p.READ_BY == os.getpid()"
    with _toy(tmp_path, text, monkeypatch) as server:
        assert run_cells(tmp_path / "1", server.address, look).text() == "(1, False)"
        part = tmp_path / "packages" / "toy_of_a_test" / "part.py"
        part.write_text(text.replace("1", "20"), encoding="utf-8")
        assert run_cells(tmp_path / "2", server.address, look).text() == "(20, True)"
        part.unlink()
        gone = run_cells(tmp_path / "3", server.address, look)
        assert "ImportError" in gone.raised or "ModuleNotFoundError" in gone.raised


def test_what_is_asked_for_later_is_there_before_the_next_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = "import os, toy_of_a_test.later as l; l.SAID, l.READ_BY == os.getpid()"
    with _toy(tmp_path, "", monkeypatch) as server:
        later = tmp_path / "packages" / "toy_of_a_test" / "later.py"
        text = "import os\nREAD_BY, SAID = os.getpid(), []\ndef say(t): SAID.append(t)\n"
        later.write_text(text, encoding="utf-8")
        server.preload(['toy_of_a_test.later:say={"a": "=:"}'])
        assert (
            run_cells(tmp_path / "1", server.address, look).text() == """(['{"a": "=:"}'], False)"""
        )
        later.write_text(text + "SAID.append(2)", encoding="utf-8")
        assert run_cells(tmp_path / "2", server.address, look).text() == "([2], True)"
        server.preload(["no.such.module"])
        assert run_cells(tmp_path / "3", server.address, "6 * 7").text() == "42"


def test_a_server_is_ended_at_once_while_it_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"open({str(tmp_path / 'begun')!r}, 'w').close()\nimport time\ntime.sleep(60)"
    with _toy(tmp_path, text, monkeypatch) as server:
        assert wait_until((tmp_path / "begun").exists)
        process = server._process
    # Neither asked for its end in vain nor killed.
    assert process.returncode == -signal.SIGTERM


def test_a_library_that_starts_a_thread_is_not_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import threading, time\n"
    text += "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    with (
        _toy(tmp_path, text, monkeypatch) as server,
        pytest.raises(CannotFork, match="a library in the fork server has started a thread"),
    ):
        _start(server.address, tmp_path)


def test_a_library_that_cannot_be_imported_is_left_to_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with _toy(tmp_path, "raise SystemExit('no')", monkeypatch) as server:
        run = run_cells(tmp_path, server.address, "import toy_of_a_test.part")
    assert run.raised.startswith("PapermillExecutionError")
    assert "SystemExit: no" in run.raised
    assert "starts cold" not in caplog.text


def test_what_a_library_noted_of_the_server_is_noted_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import multiprocessing.process, tempfile\ntempfile.tempdir = '/of/the/server'"
    look = "import os, multiprocessing.process as p, tempfile\n"
    look += "print(p.ORIGINAL_DIR == os.getcwd(), tempfile.gettempdir() != '/of/the/server')"
    key = "print(bytes(p.current_process().authkey))"
    with _toy(tmp_path, text, monkeypatch) as server:
        runs = [run_cells(tmp_path / name, server.address, look, key) for name in "ab"]
    assert [run.text(0) for run in runs] == ["True True\n"] * 2
    assert runs[0].text(1) != runs[1].text(1)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("matplotlibrc", "its folder has a matplotlibrc"),
        ("pandas.py", "its folder has a module called pandas"),
        ("json.cpython-311-x86_64-linux-gnu.so", "its folder has a module called json"),
        ("numpy/__init__.py", "its folder has a module called numpy"),
    ],
)
def test_a_folder_that_changes_libraries_is_refused(
    file: str, reason: str, server: ForkServer, tmp_path: Path
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).touch()
    with pytest.raises(CannotFork, match=reason):
        _start(server.address, tmp_path)


def test_a_folder_that_changes_nothing_is_not_refused(server: ForkServer, tmp_path: Path) -> None:
    (tmp_path / "pandas").mkdir()  # no package, for the library comes first
    (tmp_path / "json.txt").touch()
    (tmp_path / "preloading.py").touch()
    kernel = _start(server.address, tmp_path)
    kernel.kill()
    kernel.wait(60)


@pytest.mark.parametrize("name", ["PYTHONWARNINGS", "MPLBACKEND", "LC_ALL", "TZ", "HOME"])
def test_an_environment_that_changes_libraries_is_refused(
    name: str, server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "other")
    with pytest.raises(CannotFork, match=f"it needs another {name}"):
        _start(server.address, tmp_path)


def test_where_nothing_can_be_forked_the_default_engine_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "_own", None)
    monkeypatch.setattr(fork_server.sys, "platform", "darwin")
    started = []

    def run(nb: object, *arguments: object, **options: object) -> object:
        started.append(arguments)
        return nb

    monkeypatch.setattr(NBClientEngine, "execute_notebook", run)
    assert engine.WarmEngine.execute_notebook({"cells": []}, "python3", "out.ipynb") == {
        "cells": []
    }
    assert started
    with open_project_server() as server:
        assert server.address == COLD
    reason = "forking a process is not safe on darwin"
    assert [record.message for record in caplog.records] == [
        f"The warm engine is not used: {reason}.",
        f"notebooks start cold: {reason}",
    ]


# Ctrl-C


def test_ctrl_c_ends_a_run_and_all_it_started(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    cell = f"import os, time\nopen({str(begun)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    write_notebook(tmp_path / "in.ipynb", (CODE, cell), (CODE, "print('after')"))
    # As `python -m papermill`, in a checkout that was installed before it had this engine too.
    command = (
        "from analysis.reports.warm.engine import WarmEngine\n"
        "from papermill.engines import papermill_engines as engines\n"
        "from papermill.cli import papermill\n"
        "engines.register('warm', WarmEngine)\n"
        "papermill()\n"
    )
    arguments = ["--engine", "warm", "--no-progress-bar", "in.ipynb", "out.ipynb"]
    with (tmp_path / "output").open("w") as file:
        driver = subprocess.Popen(
            [sys.executable, "-c", command, *arguments],
            stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            cwd=tmp_path, start_new_session=True,
        )  # fmt: skip
    try:
        assert wait_until(lambda: begun.exists() and begun.read_text() != "", 60)
        kernel = int(begun.read_text())
        server = {pid for pid in children_of(driver.pid) if is_running(pid)}
        assert len(server) == 1
        time.sleep(0.1)
        os.killpg(driver.pid, signal.SIGINT)  # as a terminal does: to all in the foreground
        assert driver.wait(60) == 1, "as with the default engine"
    finally:
        driver.kill()
        driver.wait()
    assert wait_until(lambda: not any(map(is_running, [kernel, *server])))
    assert "Aborted!" in (tmp_path / "output").read_text()
    json.loads((tmp_path / "out.ipynb").read_text("utf-8"))
