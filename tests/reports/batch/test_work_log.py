"""How far a batch is: a line a report, or one bar."""

import io

from rich.console import Console

from analysis.reports.batch.earlier import COMPLETE, FAILED, Result
from analysis.reports.batch.work_log import say_left, watch_batch


def test_a_line_a_report_where_there_is_no_terminal() -> None:
    told = io.StringIO()
    with watch_batch(Console(file=told, width=20), 2, 1) as watcher:
        watcher.started("2022-03-01")
        watcher.tick()
        watcher.ended("2022-03-01", Result(COMPLETE, "2022-03-01", 1.25))
        watcher.interrupted("2022-03-02")
        watcher.ended("2022-03-02", Result(FAILED, error="toy: [bold]a long line of an error"))
    assert told.getvalue().splitlines() == [
        "1/2 2022-03-01: complete (1.2 s)",
        "2022-03-02: its process is gone",
        "2/2 2022-03-02: failed: toy: [bold]a long line of an error",
    ]


def test_one_bar_in_a_terminal() -> None:
    told = io.StringIO()
    console = Console(file=told, force_terminal=True, width=120, color_system=None)
    with watch_batch(console, 4, 2) as watcher:
        for name in ("a", "b"):
            watcher.started(name)
        assert "0 of 4 done, 2 running, 0 failed" in told.getvalue()
        watcher.ended("a", Result(COMPLETE, "a", 60))
        assert "1 of 4 done, 1 running, 0 failed, 1:30 left" in told.getvalue()
        watcher.ended("b", Result(FAILED, error="why"))
        assert "2 of 4 done, 0 running, 1 failed, 1:00 left" in told.getvalue()
    assert "b: failed: why" in told.getvalue()
    assert "a: complete" not in told.getvalue()


def test_the_time_that_is_left() -> None:
    assert say_left(10, [], 2) == ""
    assert say_left(0, [3.0], 2) == ""
    assert say_left(10, [1.0, 2.0, 99.0], 2) == ", 0:10 left"
    assert say_left(1, [90.0], 8) == ", 1:30 left"
    assert say_left(1000, [10.0], 1) == ", 2:46:40 left"
