"""What a fork server has ready for the project's notebooks: their modules and tables.

Called in the fork server, so it starts no thread and leaves settings as they are.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analysis.casebook import check as casebook_check


def warm_up(told: str) -> None:
    """Import what notebooks import of this package, and read the tables of it.

    Parameters
    ----------
    told : str
        JSON: `notebooks`, a list of paths; `casebook`, a folder or "".
    """
    given = json.loads(told)
    for name in find_imports(Path(path) for path in given["notebooks"]):
        module, _, public = name.partition(":")
        with suppress(ImportError, AttributeError):  # the notebook will say so
            found = importlib.import_module(module)
            if public:
                getattr(found, public)  # a public name is imported when it is first used
    if given["casebook"]:
        casebook_check.read_loaded(given["casebook"])


def find_imports(notebooks: Iterable[Path]) -> list[str]:
    """Return what the code cells of `notebooks` import of this package, as "module:name".

    A cell that is no Python, such as one of shell commands, is left out, and so is a notebook
    that cannot be read: it fails when it runs, and says why.
    """
    found: set[str] = set()
    for path in notebooks:
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
        except (OSError, ValueError, LookupError, TypeError):
            continue
        for cell in cells:
            if cell["cell_type"] == "code":
                with suppress(SyntaxError):
                    found.update(_find_imports("".join(cell["source"])))
    return sorted(name for name in found if re.split("[.:]", name)[0] == "analysis")


def _find_imports(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update(f"{node.module}:{alias.name}" for alias in node.names)
    return found
