"""A fork server for all tests of a session; each kernel of it is as good as new."""

import sys
from collections.abc import Iterator

import pytest
from papermill.engines import papermill_engines

from analysis.reports.warm.engine import WarmEngine
from analysis.reports.warm.fork_server import ForkServer

# A checkout that was installed before it had this engine has no entry point.
papermill_engines.register("warm", WarmEngine)


@pytest.fixture(scope="session")
def server() -> Iterator[ForkServer]:
    """A fork server with the libraries of any notebook."""
    if sys.platform != "linux":
        pytest.skip("nothing is forked here")
    started = ForkServer()
    yield started
    started.close()


@pytest.fixture(scope="session")
def bare() -> Iterator[ForkServer]:
    """A fork server with a kernel alone."""
    if sys.platform != "linux":
        pytest.skip("nothing is forked here")
    started = ForkServer(())
    yield started
    started.close()
