"""A subject: casualties, who says how many were killed, wounded, missing or captured.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""

from analysis.casualties.tabulations import Casualties

__all__ = ["Casualties"]


def __dir__() -> list[str]:
    return __all__
