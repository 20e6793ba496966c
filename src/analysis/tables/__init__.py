"""The CSV files of a casebook: schemas, checks, the two clocks; DataFrames of claims go out.

May import `analysis.bounds`, `analysis.safety` and `analysis.claim_ids`, and no subject: each
subject states its own table with the pieces from here.
"""

from analysis.hashes import CASEBOOK
from analysis.safety import InputError
from analysis.tables.claims import (
    REFERENCES,
    find_casebook,
    read_checked,
    read_claims,
    read_references,
)
from analysis.tables.clocks import (
    as_known_on,
    is_newest,
    last_published_claims,
    latest_claims,
    newest_editions,
    number_series,
    parse_day,
    recent_claims,
    require_days,
)
from analysis.tables.csv_file import read_records
from analysis.tables.errors import CasebookErrors, CellError, NoCasebook, shorten, suggest
from analysis.tables.keys import name_keys, suggest_key
from analysis.tables.parts import Places, list_parts
from analysis.tables.provenance import CLAIMANTS, SOURCES
from analysis.tables.record import Record, pick_repeated, to_records
from analysis.tables.scope import AREAS, GROUPS, PARTIES
from analysis.tables.table import Rule, Table

__all__ = [
    "AREAS",
    "CASEBOOK",
    "CLAIMANTS",
    "GROUPS",
    "PARTIES",
    "REFERENCES",
    "SOURCES",
    "CasebookErrors",
    "CellError",
    "InputError",
    "NoCasebook",
    "Places",
    "Record",
    "Rule",
    "Table",
    "as_known_on",
    "find_casebook",
    "is_newest",
    "last_published_claims",
    "latest_claims",
    "list_parts",
    "name_keys",
    "newest_editions",
    "number_series",
    "parse_day",
    "pick_repeated",
    "read_checked",
    "read_claims",
    "read_records",
    "read_references",
    "recent_claims",
    "require_days",
    "shorten",
    "suggest",
    "suggest_key",
    "to_records",
]


def __dir__() -> list[str]:
    return __all__
