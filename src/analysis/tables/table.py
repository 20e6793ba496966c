"""A table of the casebook: its name, its rules, and reading it by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.tables.columns import Column, find_failures
from analysis.tables.errors import CellError, suggest
from analysis.tables.parts import Places, read_parts


@dataclass(frozen=True)
class Rule:
    """A rule on whole rows."""

    #: The column that an error names.
    column: str
    #: What was expected, in words.
    expected: str
    #: Takes the frame of the table (all text) and returns a mask of the rows at fault.
    is_broken: Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, eq=False)  # there is one of each: a table is the key of a cache
class Table:
    """One table of the casebook, in one CSV file or several (see `analysis.tables.parts`)."""

    #: The file is `name`.csv; parts of it are `name`.PART.csv.
    name: str
    #: What one row is, in a few words.
    title: str
    #: The columns in order, each with its description and checks.
    schema: Mapping[str, Column]
    #: The columns that together name a row: no two rows agree in all of them.
    key: tuple[str, ...]
    #: The columns that name a series: of two claims that agree in all of them, the newer one takes
    #: the place of the older. Empty where rows are no claims.
    series: tuple[str, ...] = ()
    #: Rules that look at more than one column of a row.
    rules: tuple[Rule, ...] = ()
    #: Whether a casebook must have the file; any other table that is not there is empty.
    required: bool = False
    #: Takes claims as read and returns what each figure counts, as a noun for sentences.
    counted: Callable[[pd.DataFrame], pd.Series] | None = None

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns of the key that say which claim a row is, whatever figure it gives."""
        return tuple(name for name in self.key if name != "wording")

    @property
    def columns(self) -> list[str]:
        """The columns' names, in the order of the file."""
        return list(self.schema)

    @property
    def holds_claims(self) -> bool:
        """Whether a row is a claim: somebody says a figure."""
        return {"claimant", "wording"} <= set(self.columns)

    @property
    def optional(self) -> set[str]:
        """The columns that a file may leave out, since each of their cells may be empty."""
        return {
            name
            for name, column in self.schema.items()
            if column.nullable and self.metadata(name)["kind"] != "wording"
        }

    def columns_of(self, kind: str) -> list[str]:
        """Return the columns of one kind: text, key, day, whole number, choice, iso3, wording."""
        return [name for name in self.columns if self.metadata(name)["kind"] == kind]

    def metadata(self, column: str) -> dict[str, Any]:
        """Return what `analysis.tables.columns` noted about a column: kind, choices, refers_to."""
        return dict(self.schema[column].metadata)

    def read(self, folder: Path) -> tuple[pd.DataFrame, list[CellError], Places]:
        """Read the table from `folder` and check it against its own rules.

        Returns the frame (days as datetimes, whole numbers as Int64, the rest as text; where a cell
        is wrong it is missing), everything that is wrong, and the file and row of each record.
        Raises `CasebookErrors` where a file cannot be read as a table at all.
        """
        frame, places = read_parts(folder, self.name, self.columns, self.optional, self.required)
        if frame.empty:
            return self.make_empty(), [], places
        errors = self._cell_errors(frame, places) + self._key_errors(frame, places)
        errors += [
            places.error(label, rule.column, str(value), rule.expected)
            for rule in self.rules
            for label, value in frame.loc[rule.is_broken(frame), rule.column].fillna("").items()
        ]
        for name in self.columns_of("day"):
            days = pd.to_datetime(frame[name], format="%Y-%m-%d", errors="coerce")
            frame[name] = days.astype("datetime64[us]")  # an empty column would have seconds
        for name in self.columns_of("whole number"):
            frame[name] = pd.to_numeric(frame[name], errors="coerce").astype("Int64")
        return frame, errors, places

    def make_empty(self) -> pd.DataFrame:
        """Return the table without a row, its columns of the types that `read` gives them."""
        types = dict.fromkeys(self.columns, "str")
        types |= dict.fromkeys(self.columns_of("day"), "datetime64[us]")
        types |= dict.fromkeys(self.columns_of("whole number"), "Int64")
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})

    def _cell_errors(self, frame: pd.DataFrame, places: Places) -> list[CellError]:
        errors = []
        for case in find_failures(frame, self.schema):
            column, check, value = str(case["column"]), str(case["check"]), case["failure_case"]
            if check == "not_nullable":
                value, check = "", "a value: this cell may not be empty"
            choices = self.metadata(column).get("choices", [])
            hint = suggest(str(value), choices) if value else ""
            errors.append(places.error(case["index"], column, str(value), check, hint))
        return errors

    def _key_errors(self, frame: pd.DataFrame, places: Places) -> list[CellError]:
        repeated = frame.duplicated(list(self.key), keep=False)
        if not repeated.any():
            return []
        groups = frame[repeated].groupby(list(self.key), dropna=False, sort=False)
        errors = []
        for _, group in groups:
            first, *others = group.index
            file, row = places.find(first)
            expected = f"another {', '.join(self.key)} than in {file}, row {row}: a row stands once"
            errors += [places.error(label, "", "", expected) for label in others]
        return errors
