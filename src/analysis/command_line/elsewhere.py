"""Batches whose folders are in a store, or whose workers are in a cluster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.command_line.options import read_place

if TYPE_CHECKING:
    from analysis.reports.batch.plan import Plan
    from analysis.reports.batch.running import BatchResult, State

#: By this the address of a store is told from a path, before anything is imported.
_ADDRESS = "://"


def split_out(out: str) -> tuple[Path | None, str]:
    """Return the folder that was typed for reports, or None, and the address of a store, or ""."""
    place = read_place(out, "--out", stores=True)
    if _ADDRESS not in out:
        return (place if out else None), ""
    from analysis.reports.batch.addresses import check_address, is_address

    address = check_address(out)
    return (None, address) if is_address(address) else (Path(address), "")


def fetch_casebook(data: str) -> str:
    """Return the folder of a casebook on this machine; one in a store is fetched."""
    return _fetch(data, (".csv", ".toml"))


def fetch_notebooks(notebooks: str) -> str:
    """Return a folder of notebooks on this machine; one in a store is fetched."""
    return _fetch(notebooks, (".ipynb",))


def _fetch(place: str, ending: tuple[str, ...]) -> str:
    if _ADDRESS not in place:
        return place
    from analysis.reports.batch.addresses import check_address, is_address
    from analysis.reports.cluster.fetching import fetch_folder

    address = check_address(place)
    return str(fetch_folder(address, ending)) if is_address(address) else address


def make_elsewhere(plan: Plan, dask: str) -> Callable[..., BatchResult]:
    """Return what makes the reports of `plan` on a cluster, or puts them into a store."""
    from analysis.reports.cluster.running import run_on_cluster

    # What goes into a store is made by processes that hold no more than one report at a time.
    return partial(run_on_cluster, out=plan.store or str(plan.out), address=dask or "local")


def find_state_elsewhere(plan: Plan, *, again: bool, verify: bool) -> State:
    """Return what there is in the store of a plan, without changing anything."""
    from analysis.reports.cluster.running import find_stored_state

    return find_stored_state(plan, again=again, verify=verify)
