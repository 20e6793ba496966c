"""The command `figures`, run in the process of a test."""

import signal

import pytest

from analysis.command_line import main


def run_figures(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run the command: its exit status, what it printed, what it complained of."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    signal.signal(signal.SIGTERM, before)
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, printed.out, printed.err
