"""The casebook as one object: a folder of tables, read as it was known on a day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from analysis.casebook.subjects import SUBJECTS, find_table, list_followed, list_tables, load
from analysis.claims.days import format_day
from analysis.tables import find_casebook, parse_day
from analysis.tables.frame import ClaimsFrame
from analysis.tables.known import Known, require_word
from analysis.tables.settings import Settings, read_settings

if TYPE_CHECKING:
    from analysis.actions import Actions
    from analysis.casualties import Casualties
    from analysis.projections import Projections
    from analysis.refugees import Refugees
    from analysis.statements import Statements
    from analysis.votes import Votes


def open_casebook(data: str | Path = "", as_of: str | date = "") -> Casebook:
    """Open a casebook as it was known on a day.

    Parameters
    ----------
    data : str or Path
        The folder of the casebook; "" is the project's own.
    as_of : str or datetime.date
        The day of the replay, as YYYY-MM-DD: nothing published later is seen. "" is the day
        that casebook.toml names, or else the last on which anything was published.

    Returns
    -------
    Casebook
        The subjects are its attributes: `book.casualties`, `book.refugees`, ….

    Raises
    ------
    CasebookErrors
        There is no such folder, or casebook.toml has errors. Tables are read when they are
        first asked for.
    ValueError
        `as_of` is no day.

    Examples
    --------
    >>> import analysis
    >>> book = analysis.open_casebook(as_of="2022-03-03")
    >>> book.day.strftime("%Y-%m-%d")
    '2022-03-03'
    """
    folder = find_casebook(data)
    settings = read_settings(folder)
    if as_of:
        day = parse_day(as_of)
    elif settings.report_day is not None:
        day = pd.Timestamp(settings.report_day)
    else:
        # Only claims that are followed over time: a yardstick may be published years later.
        days = [_last_day(table.name, folder) for table in list_followed()]
        known = [day for day in days if not pd.isna(day)]
        day = max(known) if known else pd.Timestamp(date.today())
    return Casebook(Known(folder, day, settings, find_table))


def _last_day(name: str, folder: Path) -> pd.Timestamp:
    from analysis.tables import read_claims

    return pd.Timestamp(read_claims(find_table(name), folder)["published_on"].max())


class Casebook:
    """A casebook on a day; made by `open_casebook`.

    Attributes
    ----------
    casualties, refugees, projections, votes, actions, statements
        The subjects: each has methods that return DataFrames.
    folder : Path
        Where the casebook lies.
    day : pandas.Timestamp
        The day of the replay.
    settings : Settings
        What casebook.toml says.
    """

    def __init__(self, known: Known) -> None:
        self._known = known

    @property
    def folder(self) -> Path:
        """Where the casebook lies."""
        return self._known.folder

    @property
    def day(self) -> pd.Timestamp:
        """The day of the replay."""
        return self._known.day

    @property
    def settings(self) -> Settings:
        """What casebook.toml says."""
        return self._known.settings

    def as_known_on(self, day: str | date) -> Casebook:
        """Return the same casebook as it was known on another day.

        Raises
        ------
        ValueError
            `day` is no day.
        """
        return Casebook(self._known.on(parse_day(day)))

    @cached_property
    def casualties(self) -> Casualties:
        """Who says how many were killed, wounded, missing or captured."""
        return cast("Casualties", self._open("casualties"))

    @cached_property
    def refugees(self) -> Refugees:
        """How many have fled and are displaced, and what share of the population that is."""
        return cast("Refugees", self._open("refugees"))

    @cached_property
    def projections(self) -> Projections:
        """Who projected how many refugees, how near it came, and projections of our own."""
        return cast("Projections", self._open("projections"))

    @cached_property
    def votes(self) -> Votes:
        """Who voted how on which resolution."""
        return cast("Votes", self._open("votes"))

    @cached_property
    def actions(self) -> Actions:
        """Sanctions and company actions, people in need and appeals."""
        return cast("Actions", self._open("actions"))

    @cached_property
    def statements(self) -> Statements:
        """Who says what about places and talks, and who denies it."""
        return cast("Statements", self._open("statements"))

    def _open(self, name: str) -> object:
        return load(SUBJECTS[name])(self._known)

    def changes_since(self, since: str = "") -> ClaimsFrame:
        """Return what changed in every table of claims since an earlier day.

        Parameters
        ----------
        since : str
            The earlier day, as YYYY-MM-DD; "" is a week before.

        Returns
        -------
        ClaimsFrame
            One row a series: `claimant_name`, `wording`, `table`, `what` (the series in
            words), `change` (new, updated, revised, withdrawn, newly denied), `was`,
            `became`, `was_day`, `published_on` and the source of the newer claim.

        Examples
        --------
        >>> import analysis
        >>> changes = analysis.open_casebook().changes_since("2022-03-02")
        >>> "new" in set(changes["change"])
        True
        """
        from analysis.casebook.changes import tabulate_changes

        return self._known.finish(tabulate_changes(self._known, since), asked={"since": since})

    def headlines(self, since: str = "") -> ClaimsFrame:
        """Return who says what on each headline of casebook.toml, and what changed.

        Parameters
        ----------
        since : str
            The earlier day that is compared with, as YYYY-MM-DD; "" is the day before.

        Returns
        -------
        ClaimsFrame
            One row a headline and claimant; see `analysis.casebook.headlines`.

        Examples
        --------
        >>> import analysis
        >>> headlines = analysis.open_casebook().headlines()
        >>> str(headlines["headline"].iloc[0])
        'Civilians killed'
        """
        from analysis.casebook.headlines import tabulate_headlines

        return self._known.finish(tabulate_headlines(self._known, since), asked={"since": since})

    def say_missing(self) -> str:
        """Return one sentence that lists what the casebook does not hold on the day, or ""."""
        from analysis.casebook.headlines import write_missing

        return write_missing(self._known)

    def revisions(self, *, table: str = "refugees", claimant: str = "") -> ClaimsFrame:
        """Return every figure that its claimant changed after it was first published.

        Parameters
        ----------
        table : str
            refugees, casualties or displaced.
        claimant : str
            A key of claimants.csv; "" for all.

        Returns
        -------
        ClaimsFrame
            See `analysis.casebook.revisions.find_revisions`.

        Examples
        --------
        >>> import analysis
        >>> book = analysis.open_casebook(as_of="2022-04-30")
        >>> revised = book.revisions(table="refugees", claimant="unhcr")
        >>> bool((revised["published_on"] >= revised["first_published_on"]).all())
        True
        """
        from analysis.casebook.revisions import find_revisions, read_series

        claims, rules = read_series(self._known, table)
        if claimant:
            require_word(claimant, self._known.keys("claimants"), "claimant")
            claims = claims[claims["claimant"] == claimant]
        found = find_revisions(claims, rules.series)
        return self._known.finish(found, asked={"table": table, "claimant": claimant})

    def revision_summary(self, *, table: str = "refugees") -> ClaimsFrame:
        """Return how much each series of a table was revised.

        Parameters
        ----------
        table : str
            refugees, casualties or displaced.

        Returns
        -------
        ClaimsFrame
            See `analysis.casebook.revisions.summarise_revisions`.

        Examples
        --------
        >>> import analysis
        >>> summary = analysis.open_casebook(as_of="2022-04-30").revision_summary()
        >>> bool((summary["revised_days"] <= summary["days"]).all())
        True
        """
        from analysis.casebook.revisions import read_series, summarise_revisions

        claims, rules = read_series(self._known, table)
        return self._known.finish(summarise_revisions(claims, rules.series), asked={"table": table})

    def __dir__(self) -> list[str]:
        """List the subjects and what holds for the whole casebook."""
        return sorted(name for name in dir(type(self)) if not name.startswith("_"))

    def __repr__(self) -> str:
        """Say what the casebook holds: tables, claims, claimants, days."""
        rows = {}
        claimants: set[str] = set()
        days: list[pd.Timestamp] = []
        for table in list_tables():
            if table.holds_claims:
                claims = self._known.claims(table)
                rows[table.name] = len(claims)
                claimants |= set(claims["claimant"].dropna())
                days += [claims["published_on"].min(), claims["published_on"].max()]
        held = {name: number for name, number in rows.items() if number}
        title = self.settings.title or self.folder.name
        lines = [f"{title}, as known on {format_day(self.day)} (casebook in {self.folder.name})"]
        if not held:
            return f"{lines[0]}\nThe casebook holds no claim published by then."
        stated = [day for day in days if not pd.isna(day)]
        lines.append(
            f"{sum(held.values()):,} claims by {len(claimants)} claimants, published from "
            f"{format_day(min(stated))} to {format_day(max(stated))}"
        )
        lines.append(", ".join(f"{name} {number:,}" for name, number in held.items()))
        lines.append(f"Subjects: {', '.join(f'book.{name}' for name in SUBJECTS)}")
        return "\n".join(lines)
