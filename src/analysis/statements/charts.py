"""The chart of statements: who says, who denies, who does not comment."""

from __future__ import annotations

import pandas as pd

from analysis.charts import Chart, Fold, plot_statements, size_for_rows
from analysis.claims.absence import say_absent, shorten_absence
from analysis.claims.days import OLD_AFTER, say_age
from analysis.claims.findings import choose_title, say_ages
from analysis.claims.prose import write_alt_text, write_list
from analysis.safety import DAY, SHORT_DAY, format_day
from analysis.statements.tabulations import mark_contested
from analysis.tables import Record
from analysis.tables.known import day_known

_DENIED, _SILENT = "Denied by somebody", "Left without comment"


def chart_contested_statements(rows: pd.DataFrame) -> Chart:
    """Return the list of what somebody denies or does not comment on, and who says it.

    Where nothing is contested, all the statements given are drawn.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `book.statements.contested()`, filtered at will.
    """
    empty = say_absent(rows, "statement")
    known_on = day_known(rows)
    contested = rows[mark_contested(rows)["contested"]]
    shown = contested if len(contested) else rows
    denied = rows[rows["stance"] == "denies"]
    is_denied = shown["statement"].isin(denied["statement"])
    shown = shown.assign(age=say_ages(shown.assign(as_of=None)))
    if len(contested):
        shown = shown.assign(heading=is_denied.map({True: _DENIED, False: _SILENT}))
        shown = shown.loc[is_denied.sort_values(ascending=False, kind="stable").index]
    title, told = shorten_absence(empty), ""
    if len(rows):
        number, against = rows["statement"].nunique(), denied["statement"].nunique()
        last = pd.Timestamp(rows["published_on"].max())
        old = known_on is not None and known_on - last > OLD_AFTER
        age = say_age(last, known_on) if known_on is not None and old else ""
        of = "1 statement" if number == 1 else f"{against or 'None'} of {number} statements"
        verb = "is" if against < 2 else "are"
        verb += " not" if number == 1 and not against else ""
        aged = f" ({age})" if age else ""
        title = f"{of} reported by {format_day(last)}{aged} {verb} denied"
        if len(denied):
            newest = denied.sort_values("published_on", kind="stable").iloc[-1].to_dict()
            on = pd.Timestamp(newest["published_on"])
            since = say_age(on, known_on) if known_on and known_on - on > OLD_AFTER else ""
            same_year = known_on is not None and known_on.year == on.year
            more = f"; {against - 1} more denied" if against > 1 else ""
            said = [
                f"{denial} ({', '.join(filter(None, [format_day(on, day), since]))}){more}"
                for denial in _write_denials(rows, newest)
                for day in (DAY, SHORT_DAY, *(["d MMM"] if same_year else []))
            ]
            title = choose_title([*said, title])
        left = number - shown["statement"].nunique()
        if left:
            others = f"The {left} others are" if left > 1 else "The other one is"
            told = (
                f"{others} in the table, and no source read denies {'it' if left < 2 else 'them'}."
            )
    day = f", by the sources known on {format_day(known_on)}" if known_on is not None else ""
    what = f"Who says, who denies and who did not comment{day}."
    return Chart(
        name="contested_statements",
        rows=shown,
        draw=lambda frame, ax: plot_statements(frame, ax, empty=empty),
        title=title,
        subtitle=f"{what} {told}".strip(),
        alt=write_alt_text("List of statements", title, what, shown, empty=empty),
        size=size_for_rows(shown["statement"].nunique()),
        fold=Fold(unit=("statement",)),
    )


def _write_denials(rows: pd.DataFrame, row: Record) -> list[str]:
    """Return who denies what, after who says it and without."""
    same = rows[(rows["statement"] == row["statement"]) & (rows["stance"] == "says")]
    by = same["claimant_short"].tolist()
    opening = f"{write_list(by)} {'say' if len(by) > 1 else 'says'} and " if by else ""
    denial = f"{row['claimant_short']} denies: {str(row['statement']).rstrip('.')}"
    return [f"{opening}{denial}", denial]
