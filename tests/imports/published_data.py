"""Where the published series lie, and small files made by hand."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from analysis.imports import Imported, import_file

#: Published series beside the project; tests of real values are skipped without them.
DATA = Path(__file__).parents[3] / "shared" / "data"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published series (../shared/data) are not here"
)


def load(format_name: str, name: str) -> Imported:
    """Import one of the published files; every row must be kept or refused."""
    imported = import_file(format_name, DATA / name)
    check_counts(imported)
    return imported


def write(folder: Path, text: str, name: str = "published.csv", *, packed: bool = False) -> Path:
    """Write a hand-made file, gzipped or not, without touching its line ends."""
    path = folder / name
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return path


def check_counts(imported: Imported) -> None:
    """Rows read = rows kept + rows refused, and no published row is on both sides."""
    assert imported.rows_read == imported.rows_kept + len(imported.refused)
    kept = set(imported.frame["row"])
    refused = list(imported.refused["row"])
    assert imported.rows_kept == len(kept)
    assert len(refused) == len(set(refused))
    assert kept.isdisjoint(refused)
    assert list(imported.frame.index) == list(range(len(imported.frame)))


def reasons(imported: Imported) -> dict[int, str]:
    """Return row -> 'column: reason' of what was refused."""
    return {
        int(line.row): f"{line.column}: {line.reason}".removeprefix(": ")
        for line in imported.refused.itertuples()
    }


def pick(frame: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Return the rows of a frame with these values; days as ISO texts."""
    for name, value in values.items():
        column = frame[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            column = column.dt.strftime("%Y-%m-%d")
        frame = frame[(column == value).fillna(False)]
    return frame
