"""A subject: people who fled, refugees and the displaced, and the populations they come from.

May import `analysis.claims`, `analysis.charts` and what stands below them; never
`analysis.projections`, which imports this room.
"""

from analysis.refugees.shares import write_shares
from analysis.refugees.tabulations import Refugees

__all__ = ["Refugees", "write_shares"]


def __dir__() -> list[str]:
    return __all__
