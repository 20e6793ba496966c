"""What changed between two reports: two folders come in, a `Difference` goes out, by claim.

May import `analysis.casebook` and what stands below it, and its neighbours in `analysis.reports`.
A report is read from its files alone (`report_folder`); rows are matched by what names a claim
(`rows`), and what was found is told on a page, as JSON or in a summary.
"""

from analysis.reports.difference.comparing import compare_folders, compare_reports
from analysis.reports.difference.found import (
    BatchDifference,
    ChartDifference,
    ClaimChange,
    Difference,
    InputChange,
    MakingDifference,
    ParameterChange,
    PictureDifference,
    Side,
    TableDifference,
    TextDifference,
    ValueChange,
)
from analysis.reports.difference.report_folder import NotReport

__all__ = [
    "BatchDifference",
    "ChartDifference",
    "ClaimChange",
    "Difference",
    "InputChange",
    "MakingDifference",
    "NotReport",
    "ParameterChange",
    "PictureDifference",
    "Side",
    "TableDifference",
    "TextDifference",
    "ValueChange",
    "compare_folders",
    "compare_reports",
]
