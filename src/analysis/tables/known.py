"""A casebook as it was known on a day: what every tabulation starts from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.safety import InputError, slug
from analysis.tables.claims import Marks, mark_files, read_claims, read_references
from analysis.tables.clocks import as_known_on, parse_day
from analysis.tables.errors import shorten, suggest
from analysis.tables.frame import ClaimsFrame, Told, order_columns
from analysis.tables.joining import name_areas
from analysis.tables.keys import name_countries, name_keys, suggest_key
from analysis.tables.settings import Settings
from analysis.tables.table import Table


@dataclass(frozen=True)
class Known:
    """A casebook, the day it is read for, and its settings."""

    #: Where the casebook lies.
    folder: Path
    #: The day of the replay: nothing published later is seen.
    day: pd.Timestamp
    #: What casebook.toml says.
    settings: Settings
    #: Takes the name of a table and returns it, so that a subject can ask for the claims of another
    #: one.
    find_table: Callable[[str], Table]

    def claims(self, table: Table | str, *, later: bool = False) -> pd.DataFrame:
        """Return the claims of a table, or of the one of a name, that were known on the day.

        With `later`, what was published after the day too. As `read_claims`, and `counted` where
        the table names what its figures count; index 0, 1, ….
        """
        asked = self.find_table(table) if isinstance(table, str) else table
        marks = mark_files(asked, self.folder)
        day = None if later else self.day
        return _read_known(asked, self.folder, marks, day).copy(deep=False)

    def references(self) -> dict[str, pd.DataFrame]:
        """Return groups, parties, areas, sources and claimants, by name."""
        return read_references(self.folder)

    def keys(self, table: str) -> dict[str, str]:
        """Return the keys of such a table with the words for each (see `name_keys`)."""
        rows = self.references()[table]
        return name_keys(rows.to_dict("records"), rows.columns[0])

    def finish(self, frame: pd.DataFrame, **asked: object) -> ClaimsFrame:
        """Return `frame` as it is handed out: readable columns first, and what was asked for.

        `frame.attrs` holds `known_on`, the day of the replay, `colours` of parties, and
        whatever is in `asked`; filtering and sorting keep them, so that a chart of a part of
        the rows still knows its day.
        """
        ordered = order_columns(pd.DataFrame(frame).reset_index(drop=True))
        attrs: list[tuple[Hashable, Any]] = [
            *frame.attrs.items(),
            ("known_on", self.day),
            ("colours", self.settings.colours),
            *asked.items(),
        ]
        ordered.attrs = {
            name: Told(said) if isinstance(said, Mapping) else said for name, said in attrs
        }
        return ordered

    def origin(self, given: str) -> str:
        """Return the area that people left: the one given, or else the casebook's own.

        Raises `InputError` where casebook.toml names none either, or there is no such area.
        """
        return self._ask("origin", self.area(given, "origin"), self.settings.origin)

    def area(self, given: str, name: str = "area") -> str:
        """Return the area given; "" is none.

        Raises `InputError` where it is no key of areas.csv, and no code of a country.
        """
        if given:
            require_word(given, {**name_countries(), **self.keys("areas")}, name)
        return given

    def name_area(self, area: str) -> str:
        """Return the name of an area in a sentence, whether or not there is a claim of it."""
        names = self.references()["areas"].set_index("area")["name"]
        return str(name_areas(pd.Series([area], dtype="str"), names).iloc[0])

    def on(self, day: pd.Timestamp) -> Known:
        """Return the same casebook on another day."""
        return replace(self, day=day)

    def resolution(self, given: str) -> str:
        """Return the resolution given, or the first that is followed; `InputError` without one."""
        followed = self.settings.resolutions
        return self._ask("resolution", given, followed[0] if followed else "")

    def _ask(self, name: str, given: str, settled: str) -> str:
        if given or settled:
            return given or settled
        raise InputError(f"{name}: none was given, and casebook.toml of {self.folder} names none")


# Notebooks ask again and again for the same tables of the same day.
@lru_cache(maxsize=32)
def _read_known(
    table: Table, folder: Path, _marks: Marks, day: pd.Timestamp | None
) -> pd.DataFrame:
    claims = read_claims(table, folder)
    if day is not None:
        claims = as_known_on(claims, day)
    if "repeats" in claims:
        # What a row repeats may become known after it: until then the row is the claim.
        first = pd.MultiIndex.from_frame(claims[["claimant", "source_id"]])
        named = pd.MultiIndex.from_frame(claims[["claimant", "repeats"]])
        claims["repeats"] = claims["repeats"].where(named.isin(first))
    if table.counted is not None:
        claims = claims.assign(counted=table.counted(claims))
    return claims


class Subject:
    """What a casebook holds on one subject; its methods return DataFrames."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __repr__(self) -> str:
        """Name the subject, its day, and what can be asked of it."""
        offers = ", ".join(f"{name}()" for name in self.__dir__())
        return f"{type(self).__name__.lower()} as known on {self._known.day:%Y-%m-%d}: {offers}"

    def __dir__(self) -> list[str]:
        """List what can be asked: the public methods, and nothing else."""
        return sorted(name for name in dir(type(self)) if not name.startswith("_"))


def day_known(frame: pd.DataFrame) -> pd.Timestamp | None:
    """Return the day on which the rows of a frame were known.

    That is the day of the replay the frame was made for, or else the day on which the newest
    of its rows was published; None for an empty frame of no replay.
    """
    day = frame.attrs.get("known_on")
    if day is not None:
        return parse_day(day) if isinstance(day, (str, date)) else pd.Timestamp(day)
    if "published_on" in frame and frame["published_on"].notna().any():
        return pd.Timestamp(frame["published_on"].max())
    return None


def name_chart(name: str, frame: pd.DataFrame, **usual: str) -> str:
    """Return the name of a chart's files: `name`, and what was asked for beside the `usual`.

    What was asked for stands in `frame.attrs["asked"]`.
    """
    asked = frame.attrs.get("asked", {})
    parts = [name]
    if any(asked.get(key, value) != value for key, value in usual.items()):
        parts += [str(asked[key]) for key in usual if asked.get(key)]
    parts += [str(value) for key, value in asked.items() if key not in usual and value]
    if not frame.attrs.get("parties", True):
        parts.append("without parties")
    return slug("_".join(parts)).replace("-", "_")


def require_word(word: str, allowed: Collection[str], name: str) -> None:
    """Refuse, as an `InputError` with the nearest, a word that is not among those allowed.

    `allowed`: words, or keys with the words for each (see `name_keys`).
    """
    if not isinstance(word, str):
        raise InputError(f"{name}: expected one word, but found {shorten(repr(word))}")
    if word not in allowed:
        if isinstance(allowed, Mapping):
            hint = suggest_key(word, allowed)
        else:
            hint = suggest(word, allowed)
        listed = f"of: {', '.join(allowed)}" if len(allowed) <= 20 else f"of {len(allowed)} words"
        hint = f"; {hint}" if hint else ""
        raise InputError(f'{name}: "{shorten(word)}" is not one {listed}{hint}')
