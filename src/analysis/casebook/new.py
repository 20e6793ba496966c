"""An empty casebook for another crisis: the same tables, with no claim in them yet."""

from __future__ import annotations

from pathlib import Path

from analysis.casebook.check import find_tables
from analysis.casebook.dictionary import write_data_package, write_dictionary
from analysis.safety import write_atomically


def create(folder: Path) -> None:
    """Write every table with its header only, a dictionary and a data package into `folder`.

    Raises
    ------
    FileExistsError
        The folder exists and is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder}: there is something in it already; name a new folder")
    for table in find_tables().values():
        write_atomically(folder / table.file, (",".join(table.columns) + "\n").encode())
    write_dictionary(folder)
    write_data_package(folder)
