"""Words of figures come in and bounds go out (low, best, high), with arithmetic that keeps them.

Imports pandas and the standard library, and nothing else of this project.
"""

from analysis.bounds.arithmetic import add, ratio, scale, share, subtract, sum_bounds
from analysis.bounds.columns import (
    add_columns,
    bounds_of,
    compare_columns,
    frame_of,
    ratio_columns,
    read_column,
    say_column,
    share_columns,
    subtract_columns,
    try_column,
)
from analysis.bounds.comparing import Comparison, compare, contains, intersection, overlaps
from analysis.bounds.numerals import Numeral, find_numerals, ways_to_read
from analysis.bounds.reading import read_wording
from analysis.bounds.saying import say_bounds, say_number
from analysis.bounds.unreadable import UnreadableWording
from analysis.bounds.value import Bounds, Number, bounds_between, exact
from analysis.bounds.words import QUALIFIERS

__all__ = [
    "QUALIFIERS",
    "Bounds",
    "Comparison",
    "Number",
    "Numeral",
    "UnreadableWording",
    "add",
    "add_columns",
    "bounds_between",
    "bounds_of",
    "compare",
    "compare_columns",
    "contains",
    "exact",
    "find_numerals",
    "frame_of",
    "intersection",
    "overlaps",
    "ratio",
    "ratio_columns",
    "read_column",
    "read_wording",
    "say_bounds",
    "say_column",
    "say_number",
    "scale",
    "share",
    "share_columns",
    "subtract",
    "subtract_columns",
    "sum_bounds",
    "try_column",
    "ways_to_read",
]


def __dir__() -> list[str]:
    return __all__
