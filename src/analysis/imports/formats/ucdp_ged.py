"""``ucdp-ged``: UCDP's Georeferenced Event Dataset, one event a row, of any size.

Reads UCDP's own CSV and the extracts on HDX with a row of HXL tags, plain or gzipped, in
parts, so that memory does not grow with the file. ``id``, ``date_start``, ``date_end``,
``best``, ``high`` and ``low`` must be there; other columns are missing where a file lacks
them (extracts differ).

Frame (one row an event, in the order of the file):

================================ ============= ================================================
row                              Int64         published row
event_id                         Int64         UCDP's id
relid, code_status               string        as published
type_of_violence                 Int64         1 state-based, 2 non-state, 3 one-sided
conflict_name, dyad_name,        string        as published
side_a, side_b
where_prec, date_prec,           Int64         UCDP's precision codes
event_clarity, number_of_sources
place, adm_1, adm_2              string        ``where_coordinates`` and provinces, as published
iso3, country, region            string        as published; iso3 missing where the file has none
latitude, longitude              Float64       degrees
since, as_of                     datetime64[s] first and last day of the event
deaths_a, deaths_b,              Int64         persons
deaths_civilians, deaths_unknown
low, best, high                  Int64         persons, exactly as published
flag                             string        what is odd; else ""
================================ ============= ================================================

Published numbers stay as published: an event whose low is above its best, or best above
high, is kept and flagged, like one whose four death columns do not add up to best, one
that ends before it starts, and a position off the globe. An id that comes again is
refused (the first stands).
"""

# mypy: disable-error-code="import-untyped"
# pyarrow has no type stubs.

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.reading.file import PublishedFile
from analysis.imports.reading.parts import DAY, Part, collect, take_parts
from analysis.imports.reading.results import Imported, Importer, Stream, say_first
from analysis.imports.reading.rows import Cells
from analysis.imports.reading.table import PublishedTable, open_table, recognises_table

NEEDED = ("id", "date start", "date end", "best", "high", "low")
EXPECTS = "columns id, date_start, date_end, best, high, low"
_FIGURES = ("deaths a", "deaths b", "deaths civilians", "deaths unknown", "low", "best", "high")

#: A column of the frame, its kind, and the published column it comes from (plain name).
_Column = tuple[str, pa.DataType, str]


def _same_name(kind: pa.DataType, *names: str) -> tuple[_Column, ...]:
    return tuple((name, kind, name.replace("_", " ")) for name in names)


_LAYOUT: tuple[_Column, ...] = (
    ("event_id", pa.int64(), "id"),
    *_same_name(pa.string(), "relid", "code_status"),
    *_same_name(pa.int64(), "type_of_violence"),
    *_same_name(pa.string(), "conflict_name", "dyad_name", "side_a", "side_b"),
    *_same_name(pa.int64(), "where_prec", "date_prec", "event_clarity", "number_of_sources"),
    ("place", pa.string(), "where coordinates"),
    *_same_name(pa.string(), "adm_1", "adm_2", "iso3", "country", "region"),
    *_same_name(pa.float64(), "latitude", "longitude"),
    ("since", DAY, "date start"),
    ("as_of", DAY, "date end"),
    *((name.replace(" ", "_"), pa.int64(), name) for name in _FIGURES),
)
SCHEMA = pa.schema(
    [("row", pa.int64())] + [(name, kind) for name, kind, _ in _LAYOUT] + [("flag", pa.string())]
)


def _wanted(columns: frozenset[str]) -> bool:
    return columns.issuperset(NEEDED)


def stream(file: PublishedFile) -> Stream:
    """Open the file as a `Stream` of Arrow batches with `SCHEMA`."""
    table = open_table(file, wanted=_wanted, expects=EXPECTS, streamed=True)
    names = [source for _, _, source in _LAYOUT]
    left = sorted(title for name, title in table.titles.items() if name not in names)
    if left:
        table.notes.append(f"columns not taken over: {say_first(left, 50)}")
    missing = [name.replace(" ", "_") for name in names if name not in table.titles]
    if missing:
        table.notes.append(f"columns the file does not have: {', '.join(missing)}")
    opened = Stream(iter(()), SCHEMA, table.refused, table.notes)
    opened.batches = _read_parts(opened, table)
    return opened


def read(file: PublishedFile) -> Imported:
    """Read the whole file into memory; `stream` is for files larger than that."""
    return collect(stream(file))


def _read_parts(opened: Stream, table: PublishedTable) -> Iterator[pa.RecordBatch]:
    counts, measures = Cells(table, alike=_FIGURES), Cells(table, number_rule="point")
    known: dict[int, int] = {}
    flagged = 0
    for records in take_parts(table.records):
        part = Part(counts, measures, records)
        batch = _read_part(part, known)
        for index, refused in part.refused.items():
            opened.refused.add(records[index].row, *refused)
        opened.rows_kept += batch.num_rows
        flagged += pc.sum(pc.not_equal(batch["flag"], "")).as_py() or 0
        yield batch
    if flagged:
        opened.notes.append(f"{flagged:,} events are flagged (column flag)")


def _read_part(part: Part, known: dict[int, int]) -> pa.RecordBatch:
    """Return the events of a part; `known` holds the ids so far and their rows."""
    columns: dict[str, pa.Array] = {"row": pa.array([r.row for r in part.records], pa.int64())}
    for name, kind, source in _LAYOUT:
        if kind == pa.int64():
            columns[name] = part.count(source)
        elif kind == pa.float64():
            columns[name] = part.decimal(source)
        else:
            columns[name] = part.day(source) if kind == DAY else part.text(source)
    for name, _, source in _LAYOUT:
        if source in NEEDED:
            nulls = pc.is_null(columns[name]).to_numpy(zero_copy_only=False)
            for missing in np.flatnonzero(nulls).tolist():
                text = part.records[missing].get(source)
                part.refuse(missing, source.replace(" ", "_"), text, "nothing to read")
    for index, number in enumerate(columns["event_id"].to_pylist()):
        if index not in part.refused:
            earlier = known.setdefault(number, part.records[index].row)
            if earlier != part.records[index].row:
                reason = f"the event stands in row {earlier} already"
                part.refuse(index, "id", str(number), reason)
    columns["flag"] = _flag(columns)
    batch = pa.record_batch([columns[field.name] for field in SCHEMA], schema=SCHEMA)
    keep = np.ones(len(part.records), dtype=bool)
    keep[list(part.refused)] = False
    return batch.filter(pa.array(keep)) if part.refused else batch


def _flag(columns: dict[str, Any]) -> pa.Array:
    """Return the flags of the events as text, "" where nothing is odd."""
    low, best, high = columns["low"], columns["best"], columns["high"]
    total = columns["deaths_a"]
    for name in ("deaths_b", "deaths_civilians", "deaths_unknown"):
        total = pc.add(total, columns[name])
    latitude, longitude = pc.abs(columns["latitude"]), pc.abs(columns["longitude"])
    odd = (
        (pc.greater(low, best), "low is above best"),
        (pc.greater(best, high), "best is above high"),
        (pc.not_equal(total, best), "the four death columns do not add up to best"),
        (pc.less(columns["as_of"], columns["since"]), "ends before it starts"),
        (pc.or_kleene(pc.greater(latitude, 90), pc.greater(longitude, 180)), "off the globe"),
    )
    flags = [""] * len(low)
    for found, words in odd:
        for index in np.flatnonzero(pc.fill_null(found, False).to_numpy(zero_copy_only=False)):
            flags[index] = f"{flags[index]}; {words}" if flags[index] else words
    return pa.array(flags, pa.string())


IMPORTER = Importer("ucdp-ged", EXPECTS, partial(recognises_table, wanted=_wanted), read, stream)
