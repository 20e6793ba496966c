"""The command `figures`: reads what was typed, calls the package, prints what came of it.

Everything heavy is imported inside the commands, so that help and slips are answered at once.
A mistake of the person ends in one line on the error stream and exit status 2; something
wrong with the data or with a run in status 1. May import everything; nothing imports it.
"""

from analysis.command_line.application import app, main

__all__ = ["app", "main"]


def __dir__() -> list[str]:
    return __all__
