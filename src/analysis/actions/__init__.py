"""A subject: sanctions, what companies do, totals of them, people in need and appeals for money.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""

from analysis.actions.tabulations import Actions

__all__ = ["Actions"]


def __dir__() -> list[str]:
    return __all__
