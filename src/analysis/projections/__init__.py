"""A subject: projections of refugees, those of others, scored; our own, and how they did before.

May import `analysis.refugees`, `analysis.forecasting` and what stands below them.
"""

from analysis.projections.tabulations import Projections

__all__ = ["Projections"]


def __dir__() -> list[str]:
    return __all__
