"""Year-end counts by country of origin, as one matrix: what the annual methods work on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.forecasting.scores import Floats, to_log
from analysis.tables import InputError

#: What can be counted, and the columns that add up to it.
MEASURES = {
    "refugees and asylum-seekers": ("refugees", "asylum_seekers"),
    "refugees": ("refugees",),
}

#: Codes in UNHCR's tables that are no country people could come from: unknown, stateless,
#: Tibetan, and Palestinians under UNHCR's (not UNRWA's) mandate.
NOT_PROJECTED = ("UNK", "XXA", "TIB", "PSE")


@dataclass(frozen=True, eq=False)
class History:
    """Counts at year end; two are the same only if they are one object."""

    #: Consecutive years, shape (years,).
    years: NDArray[np.int64]
    #: ISO 3166 alpha-3 codes, ascending.
    origins: tuple[str, ...]
    #: People abroad at year end, shape (years, origins); a year without a row is 0.
    people: Floats
    #: People who live in the country, same shape; missing where not known.
    population: Floats
    #: Share of asylum-seekers among the people abroad, 0 to 1, same shape.
    asylum: Floats
    #: A key of `MEASURES`.
    measure: str

    def until(self, year: int) -> History:
        """Return the history as it stood at the end of `year`: no later figure is left in it.

        `InputError` where there are no counts of `year` and two years before it.
        """
        if year == self.years[-1] and len(self.years) >= 3:
            return self
        kept = self.years <= year
        if kept.sum() < 3 or self.years[kept][-1] != year:
            first, last = self.years[0] + 2, self.years[-1]
            raise InputError(f"cut-off {year}: expected a year from {first} to {last}")
        people, population, asylum = (
            matrix[kept] for matrix in (self.people, self.population, self.asylum)
        )
        return History(self.years[kept], self.origins, people, population, asylum, self.measure)

    def growth(self) -> Floats:
        """Return the growth over the year before on the log scale; 0 in the first year."""
        logs = to_log(self.people)
        return np.vstack([np.zeros((1, logs.shape[1])), np.diff(logs, axis=0)])

    @cached_property
    def last_population(self) -> Floats:
        """The last population known by each year; missing before the first one."""
        return pd.DataFrame(self.population).ffill().to_numpy(dtype="float64")

    def most_possible(self) -> Floats:
        """Return the cap by origin: the last population known plus the people already abroad.

        Infinite where no population is known.
        """
        filled = self.last_population[-1]
        return np.where(np.isnan(filled), np.inf, filled + self.people[-1])

    def place_of(self, origin: str) -> int:
        """Return the column of an origin; `InputError` where the history has none."""
        if origin not in self.origins:
            raise InputError(f'origin "{origin}": no count of people from there')
        return self.origins.index(origin)


def build_history(counts: pd.DataFrame, measure: str = "refugees and asylum-seekers") -> History:
    """Return the matrix of a table of counts, of a measure (a key of `MEASURES`).

    `counts` has one row an origin and year: `origin`, `year`, `refugees`, `asylum_seekers`, and
    `population` where there is one (see `analysis.refugees.by_origin`).
    """
    if measure not in MEASURES:
        raise InputError(f'measure "{measure}": expected one of: {", ".join(MEASURES)}')
    rows = counts[~counts["origin"].isin(NOT_PROJECTED)]
    if rows.empty:
        raise InputError("counts: expected rows of origins and years, but there are none")
    total = rows[list(MEASURES[measure])].fillna(0).astype("float64").sum(axis="columns")
    years = np.arange(int(rows["year"].min()), int(rows["year"].max()) + 1)
    table = pd.DataFrame({"year": rows["year"].astype("int64"), "origin": rows["origin"]})
    table["people"] = total
    seekers = rows["asylum_seekers"].fillna(0).astype("float64")
    seekers = seekers if "asylum_seekers" in MEASURES[measure] else 0.0 * seekers
    table["asylum"] = seekers / total.where(total > 0, 1.0)
    table["population"] = (
        rows["population"].astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
        if "population" in rows
        else np.nan
    )
    wide = table.pivot(index="year", columns="origin").reindex(years)
    return History(
        years=years.astype(np.int64),
        origins=tuple(str(code) for code in wide["people"].columns),
        people=wide["people"].fillna(0).to_numpy(dtype="float64"),
        population=wide["population"].to_numpy(dtype="float64"),
        asylum=wide["asylum"].fillna(0).to_numpy(dtype="float64"),
        measure=measure,
    )
