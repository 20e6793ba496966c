"""What changed between two reports: two folders come in, a `Difference` goes out, by claim.

May import `analysis.casebook` and what stands below it, and its neighbours in `analysis.reports`.
A report is read from its files alone (`report_folder`); rows are matched by what names a claim
(`rows`), and what was found is told on a page, as JSON or in a summary.
"""

from analysis.reports.difference.comparing import compare_folders, compare_reports
from analysis.reports.difference.found import BatchDifference, Difference
from analysis.reports.difference.report_folder import NotReport

__all__ = [
    "BatchDifference",
    "Difference",
    "NotReport",
    "compare_folders",
    "compare_reports",
]
