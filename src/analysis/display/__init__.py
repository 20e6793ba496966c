"""What a notebook shows: Charts and frames come in, charts, tables and sentences go out.

May import `analysis.charts`, `analysis.tables` and `analysis.safety`. What is shown is text
from tables that anybody may fill in, so all of it is escaped. With `out` set, the same call
also writes what it shows as files, for the report and for reuse.
"""

from analysis.display.chart import show
from analysis.display.headlines import show_headlines
from analysis.display.table import show_table
from analysis.display.text import show_list, show_text

__all__ = ["show", "show_headlines", "show_list", "show_table", "show_text"]


def __dir__() -> list[str]:
    return __all__
