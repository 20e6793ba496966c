"""Object stores: the address of a folder comes in, its files on this machine or there go out.

Reports are put into a store so that one without its manifest is no report (`reports`), and
casebooks and notebooks are fetched once into a bounded cache (`fetching`). May import the rest
of `analysis.reports.batch` that needs no store, and what stands below it; fsspec is imported
where a store is opened, and comes with the extra `scale`.
"""

from analysis.reports.batch.storage.addresses import StorageError, check_address, is_address
from analysis.reports.batch.storage.fetching import (
    NOTEBOOKS,
    TABLES,
    Fetched,
    fetch_folder,
    find_origin,
)
from analysis.reports.batch.storage.store import Store

__all__ = [
    "NOTEBOOKS", "TABLES", "Fetched", "StorageError", "Store", "check_address", "fetch_folder",
    "find_origin", "is_address",
]  # fmt: skip
