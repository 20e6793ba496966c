"""Sanctions and company actions, totals of them, of people in need and of appeals.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""

from analysis.actions.tabulations import Actions

__all__ = ["Actions"]


def __dir__() -> list[str]:
    return __all__
