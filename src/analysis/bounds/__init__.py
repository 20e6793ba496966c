"""Words of figures come in and bounds go out (low, best, high), with arithmetic that keeps them.

Imports pandas and the standard library, and nothing else of this project.
"""

from analysis.bounds.arithmetic import add, ratio, scale, share, subtract, sum_bounds
from analysis.bounds.column_arithmetic import (
    add_columns,
    compare_columns,
    ratio_columns,
    say_column,
    share_columns,
    subtract_columns,
)
from analysis.bounds.columns import bounds_of, frame_of, read_column, try_column
from analysis.bounds.comparing import Comparison, compare, contains, intersection, overlaps
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
    "UnreadableWording",
    "add",
    "add_columns",
    "bounds_between",
    "bounds_of",
    "compare",
    "compare_columns",
    "contains",
    "exact",
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
]
