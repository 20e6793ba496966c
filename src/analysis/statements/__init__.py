"""A subject: contested statements about places and talks, and who affirms or denies them.

May import `analysis.claims`, `analysis.charts` and what stands below them.
"""

from analysis.statements.tabulations import Statements

__all__ = ["Statements"]


def __dir__() -> list[str]:
    return __all__
