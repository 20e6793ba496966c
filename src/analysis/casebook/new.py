"""A casebook for another crisis: the same tables, and what is known of it before any claim."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from analysis.casebook.check import find_tables
from analysis.casebook.dictionary import write_data_package, write_dictionary
from analysis.safety import slug, write_atomically
from analysis.tables import find_casebook, list_parts, parse_day, read_records, suggest
from analysis.tables.countries import list_countries, name_country

Row = dict[str, str]

#: So many countries are named whose name begins with the letters that were given.
_MOST_MEANT = 6

#: Tables of the project's own casebook that hold for every country.
_OF_EVERY_COUNTRY = {"population": "area", "refugees_by_origin": "origin"}


def create(folder: Path) -> None:
    """Write every table with its header only, a dictionary and a data package into `folder`."""
    refuse_folder(folder)
    for table in find_tables().values():
        write_atomically(folder / table.file, (",".join(table.columns) + "\n").encode())
    write_dictionary(folder)
    write_data_package(folder)


def refuse_folder(folder: Path) -> None:
    """Raise `FileExistsError` where something is in a folder, or it is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder}: there is something in it already; name a new folder")


def begin(
    folder: Path,
    *,
    title: str = "",
    first_day: str = "",
    country: str = "",
    parties: Mapping[str, str] | None = None,
) -> None:
    """Write a casebook with groups, parties, areas, and what is known of the country.

    The country is given by its ISO 3166 alpha-3 code or its short English name; its population
    and its refugees of past years come from the tables of the project's own casebook. `parties`
    maps the key of each to its name in a sentence: ``{"rsf": "the RSF"}``.

    Raises `FileExistsError` where something is in the folder, and `ValueError` where there is no
    such country or day, or a key of a party is none; then nothing is written.
    """
    iso3 = find_country(country) if country else ""
    day = f"{parse_day(first_day):%Y-%m-%d}" if first_day else ""
    for key in parties or {}:
        if slug(key) != key.lower():
            raise ValueError(f'the party "{key}": expected a short key such as {slug(key)}')
    create(folder)
    own = find_casebook("")
    rows: dict[str, list[Row]] = {"groups": read_records(own / "groups.csv")[1]}
    name = name_country(iso3) if iso3 else ""
    if iso3:
        rows["areas"] = [{"area": iso3, "name": name, "iso3": iso3}]
    rows["parties"] = [
        {
            "party": key,
            "name": said,
            "fighters": f"{'troops' if key in list_countries().index else 'fighters'} of {said}",
            "area": key if key in list_countries().index else iso3,
        }
        for key, said in (parties or {}).items()
    ]
    for table, column in _OF_EVERY_COUNTRY.items():
        held = [
            row
            for file in list_parts(own, table)
            for row in read_records(file)[1]
            if row[column] == iso3
        ]
        # A population that an article named in passing is a claim about its own crisis.
        rows[table] = [row for row in held if row.get("year")]
    used = [row for table in _OF_EVERY_COUNTRY for row in rows[table]]
    for table, key in (("sources", "source_id"), ("claimants", "claimant")):
        keys = {row[key] for row in used if key in row}
        rows[table] = [row for row in read_records(own / f"{table}.csv")[1] if row[key] in keys]
    for table, lines in rows.items():
        known = find_tables()[table]
        write_atomically(folder / known.file, _format(known.columns, lines))
    settings = [f"title = {json.dumps(title or folder.name, ensure_ascii=False)}"]
    settings += [f"first_day = {date.fromisoformat(day)}"] if day else []
    settings += [f'origin = "{iso3}"'] if iso3 else []
    # Without an area a headline has the largest areas that there are figures of, by name.
    settings += [_write_headline("People killed", table="casualties", outcome="killed",
                                 who="everybody")]  # fmt: skip
    settings += [_write_headline("People who fled abroad", table="refugees", asylum="all")]
    settings += [_write_headline("People displaced", table="displaced")]
    write_atomically(folder / "casebook.toml", ("\n".join(settings) + "\n").encode())
    write_dictionary(folder)
    write_data_package(folder)


def find_country(words: str) -> str:
    """Return the ISO 3166 alpha-3 code of a country given by its code or its short name.

    >>> find_country("Sudan")
    'SDN'
    >>> find_country("Sud")
    Traceback (most recent call last):
        ...
    ValueError: no country is called "Sud"; did you mean Sudan (SDN) or South Sudan (SSD)?
    """
    codes = list_countries().index
    if words.upper() in codes:
        return words.upper()
    names = {name_country(code).casefold(): code for code in codes}
    if words.strip().casefold() in names:
        return str(names[words.strip().casefold()])
    begun = re.compile(rf"\b{re.escape(words.strip())}", re.IGNORECASE)
    meant = [f"{name_country(code)} ({code})" for code in codes if begun.search(name_country(code))]
    if words.strip() and 0 < len(meant) <= _MOST_MEANT:
        hint = f"did you mean {' or '.join(meant)}?"
    else:
        hint = suggest(words, [*(name_country(code) for code in codes), *codes])
    raise ValueError(f'no country is called "{words}"; {hint or "expected a code such as SDN"}')


def _write_headline(title: str, **scope: str) -> str:
    lines = [f"{name} = {json.dumps(value)}" for name, value in scope.items() if value]
    return "\n".join(["", "[[headline]]", f'title = "{title}"', *lines])


def _format(columns: list[str], rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
