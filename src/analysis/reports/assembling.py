"""What the notebooks of a report have shown, put together: its files, page and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.reports.folder import write_in_draft
from analysis.reports.gather import (
    find_sources,
    gather_files,
    read_drawn,
    read_sheets,
    source_sheet,
)
from analysis.reports.page import render_report
from analysis.reports.run import Outcome
from analysis.reports.workbook import make_workbook
from analysis.safety import format_day
from analysis.tables.settings import read_settings

#: A brief has at most so many sheets of paper.
_BRIEF_PAGES = 2


def assemble(
    outcomes: Sequence[Outcome],
    as_of: str,
    casebook: Path,
    folder: Path,
    formats: Sequence[str],
    *,
    brief: bool,
) -> None:
    """Bring what the notebooks have made to its place, and write what stands for all of them.

    `outcomes`: what became of the notebooks, in the order of the page. `folder`: of the report;
    each notebook's files are in `folder`/made/NAME. `formats`: besides the page.
    """
    moved = gather_files(outcomes, folder / "made", folder)
    sheets = read_sheets(outcomes, folder, moved)
    sources = find_sources([*(sheet.cells for sheet in sheets), *read_drawn(folder)], casebook)
    if "xlsx" in formats:
        title = f"Contested figures, as known on {format_day(as_of)}"
        workbook = make_workbook([*sheets, source_sheet(sources)], title)
        write_in_draft(folder / "tables" / "tables.xlsx", workbook)
    page = render_report(
        outcomes, as_of, sources,
        title=read_settings(casebook).title, folder=folder, moved=moved, brief=brief,
    )  # fmt: skip
    stem = "brief" if brief else "report"
    write_in_draft(folder / f"{stem}.html", page.encode())
    if "docx" in formats:
        from analysis.reports.formats import make_word

        write_in_draft(folder / f"{stem}.docx", make_word(page, folder))
    if "pdf" in formats:
        from analysis.reports.formats import make_pdf

        pdf = make_pdf(page, _BRIEF_PAGES if brief else None)
        write_in_draft(folder / f"{stem}.pdf", pdf)
