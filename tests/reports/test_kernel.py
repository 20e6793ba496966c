"""The kernel: this Python, these packages, whatever is installed or set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.reports.kernel import MARK, OwnKernel, end_marked
from analysis.reports.kernel_environment import find_paths


def test_the_kernel_is_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "TkAgg")
    monkeypatch.setenv("IPYTHONDIR", "/srv/user/.ipython")
    kernel = OwnKernel(kernel_name="python3")
    assert kernel.kernel_spec.argv[:3] == [sys.executable, "-m", "ipykernel_launcher"]
    environment = kernel.kernel_spec.env
    assert environment["MPLBACKEND"] == "module://matplotlib_inline.backend_inline"
    assert list(Path(environment["IPYTHONDIR"]).iterdir()) == []


def test_each_kernel_has_a_private_folder_of_its_own() -> None:
    one, two = (Path(OwnKernel().kernel_spec.env["IPYTHONDIR"]) for _ in range(2))
    assert one != two
    kernel = OwnKernel()
    folder = Path(kernel.kernel_spec.env["IPYTHONDIR"])
    if os.name == "posix":
        assert kernel.transport == "ipc"
        assert folder.stat().st_mode & 0o077 == 0
        assert Path(kernel.connection_file).parent == folder


def test_the_kernel_imports_the_package_that_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = str(Path(analysis.__file__).resolve().parents[1])
    inherited = os.pathsep.join(["more", "", source, "more"])
    assert find_paths(inherited) == [source, str(tmp_path.resolve() / "more")]


def test_a_dollar_in_a_path_is_no_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "$HOME"))
    assert OwnKernel().kernel_spec.env["PYTHONPATH"].endswith("$$HOME")


def test_ending_all_kernels_is_harmless_when_none_runs() -> None:
    OwnKernel()
    OwnKernel.kill_all()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_what_a_cell_leaves_running_in_a_session_of_its_own_ends_with_the_kernel() -> None:
    mark = OwnKernel().kernel_spec.env[MARK]
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours, others = (
        subprocess.Popen(sleep, env=os.environ | {MARK: mark + end}, start_new_session=True)
        for end in ("", "0")
    )
    try:
        end_marked(mark)
        assert ours.wait(30) < 0
        assert others.poll() is None
    finally:
        for process in (ours, others):
            process.kill()
            process.wait()


TAKING = """
import mmap, sys
from analysis.reports.kernel_environment import limit_memory
reserved = mmap.mmap(-1, 3 * 10**9, mmap.MAP_PRIVATE)  # as allocators do, and never use
limit_memory(200 * 10**6)
bytearray(100 * 10**6)
try:
    bytearray(300 * 10**6)
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_a_limit_of_memory_counts_what_is_taken_from_now_on() -> None:
    source = str(Path(analysis.__file__).resolve().parents[1])
    done = subprocess.run(
        [sys.executable, "-c", TAKING], env={"PYTHONPATH": source}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "refused\n"
