"""Tables of the casebook: CSV files come in, checked DataFrames of claims go out.

May import `analysis.bounds`, `analysis.safety` and `analysis.countries`, and no subject: each
subject states its own table with the pieces from here.
"""

from analysis.tables.claims import CASEBOOK, find_casebook, read_checked, read_claims
from analysis.tables.clocks import (
    as_known_on,
    last_published_claims,
    latest_claims,
    newest_editions,
    parse_day,
    recent_claims,
)
from analysis.tables.errors import CasebookErrors, CellError, InputError, shorten, suggest
from analysis.tables.known_each_day import KnownEachDay, known_each_day
from analysis.tables.known_each_day_partitioned import known_each_day_partitioned
from analysis.tables.parts import Places, list_parts
from analysis.tables.provenance import CLAIMANTS, SOURCES
from analysis.tables.record import Record, to_records
from analysis.tables.standing_rows import number_series
from analysis.tables.table import Rule, Table

__all__ = [
    "CASEBOOK",
    "CLAIMANTS",
    "SOURCES",
    "CasebookErrors",
    "CellError",
    "InputError",
    "KnownEachDay",
    "Places",
    "Record",
    "Rule",
    "Table",
    "as_known_on",
    "find_casebook",
    "known_each_day",
    "known_each_day_partitioned",
    "last_published_claims",
    "latest_claims",
    "list_parts",
    "newest_editions",
    "number_series",
    "parse_day",
    "read_checked",
    "read_claims",
    "recent_claims",
    "shorten",
    "suggest",
    "to_records",
]
