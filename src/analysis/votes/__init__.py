"""A subject: votes on resolutions, by country and in total.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""

from analysis.votes.tabulations import Votes

__all__ = ["Votes"]


def __dir__() -> list[str]:
    return __all__
