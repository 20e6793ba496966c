"""What stores and clusters need comes with an extra: without it, all the rest works."""

import subprocess
import sys

import pytest

from analysis.reports.batch.addresses import StorageError
from analysis.reports.cluster.dask_pool import ClusterError, open_cluster
from analysis.reports.cluster.store import Store
from analysis.reports.mistakes import explain

IMPORTS = """
import sys
import analysis.command_line.batching, analysis.command_line.batching
import analysis.reports.batch.running, analysis.reports.batch.plan
import analysis.reports.cluster.running, analysis.reports.cluster.jobs
print([name for name in ("dask", "distributed", "fsspec", "s3fs") if name in sys.modules])
"""


def test_nothing_of_the_extra_is_imported_before_it_is_asked_for() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.stdout, ended.returncode) == ("[]\n", 0), ended.stderr


def test_without_the_extra_the_error_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    install = 'pip install "contested-figures[scale]"'
    with pytest.raises(ClusterError) as caught, open_cluster("local", 1):
        pass
    assert explain(caught.value) == (2, f"--dask needs the extra scale: {install}")
    with pytest.raises(StorageError) as refused:
        Store("s3://bucket/out")
    assert explain(refused.value) == (2, f"s3://bucket/out: stores need the extra scale: {install}")
