"""papermill imported without what takes most of the time, which nothing here needs."""

from __future__ import annotations

import sys
from types import ModuleType

#: jsonschema imports it, where it is installed, to check addresses in other alphabets, which no
#: notebook has; it builds a grammar as it is imported, which takes longer than all the rest.
_SLOW = "rfc3987_syntax"


def import_papermill() -> ModuleType:
    """Import papermill and return it; in a process that has jsonschema already, as it is."""
    hidden = _SLOW not in sys.modules and "jsonschema" not in sys.modules
    if hidden:
        sys.modules[_SLOW] = None  # type: ignore[assignment]
    try:
        import papermill
    finally:
        if hidden:
            del sys.modules[_SLOW]
    return papermill  # type: ignore[no-any-return]
