"""Rows of refugees, the displaced and populations for tiny casebooks, and a casebook of them."""

from pathlib import Path

from analysis import open_casebook
from analysis.refugees import Refugees

Row = dict[str, str]

#: One count of people who left a country.
COUNT: Row = {
    "source_id": "report-1", "locator": "page 1", "claimant": "office", "as_of": "2023-05-08",
    "who": "everybody", "origin": "SDN", "asylum": "all", "measure": "border crossings",
    "wording": "1 million", "unit": "people", "standard": "registered", "status": "stated",
}  # fmt: skip

#: The population of a country.
SUDAN: Row = {
    "source_id": "report-1", "locator": "page 2", "claimant": "office", "area": "SDN",
    "country": "Sudan", "year": "2022", "territory": "all of it", "wording": "44 million",
}  # fmt: skip


def displaced(area: str, wording: str, as_of: str = "2023-05-01", **cells: str) -> Row:
    """People displaced in an area, as the office estimates them."""
    return {
        "source_id": "report-1",
        "locator": f"{area}, {as_of}",
        "claimant": "office", "as_of": as_of, "who": "everybody", "area": area,
        "measure": "internally displaced, by location", "wording": wording, "unit": "people",
        "standard": "estimated", "status": "stated",
        **cells,
    }  # fmt: skip


def people(area: str, wording: str, **cells: str) -> Row:
    """The population of an area in 2022, as the office states it."""
    return {
        "source_id": "report-1",
        "locator": f"{area} {wording}",
        "claimant": "office",
        "area": area,
        "year": "2022",
        "territory": "all of it",
        "wording": wording,
        **cells,
    }


def read(folder: Path, day: str) -> Refugees:
    """Return what the casebook of a folder holds on people who fled, on a day."""
    return open_casebook(folder, day).refugees
