"""One row of a frame as a mapping: what `DataFrame.to_dict("records")` gives."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

#: Column to cell. Cells are of any type, so that is what a checker is told.
Record: TypeAlias = dict[Hashable, Any]
