"""What was worked out of a casebook once is not worked out again while its files are the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import pandas as pd

from analysis.kept import hash_casebook
from analysis.tables.known import Known

#: So many frames of one reader are kept: a notebook asks for a few days, areas and choices.
_MOST = 8

Asked = ParamSpec("Asked")
Reader = Callable[Concatenate[Known, Asked], pd.DataFrame]


def keep(read: Reader[Asked]) -> Reader[Asked]:
    """Let a reader of a `Known` return the frame it returned before, where nothing has changed.

    That is for the same day, settings and arguments, as long as every file of the casebook holds
    the same bytes. Who writes to the frame has a copy of what is written then.
    """
    kept: dict[object, tuple[object, pd.DataFrame]] = {}

    @wraps(read)
    def read_once(known: Known, /, *asked: Asked.args, **named: Asked.kwargs) -> pd.DataFrame:
        key = (known.folder, known.day, asked, tuple(sorted(named.items())))
        state = (hash_casebook(known.folder), known.settings)
        before = kept.pop(key, None)
        frame = before[1] if before and before[0] == state else read(known, *asked, **named)
        kept[key] = (state, frame)
        if len(kept) > _MOST:
            del kept[next(iter(kept))]
        return frame.copy(deep=False)

    return read_once
