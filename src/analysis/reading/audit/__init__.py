"""Statements of a text that can be recomputed from its own figures, and what comes of it.

Each rule looks for one form of statement in the sentences, with every figure taken for one sign:
a total and its parts, two units, a share and what it is of, votes and members, a duration and a
date, "doubled", a ranking. The sums are those of `analysis.bounds`: what is open stays open.
"""

from analysis.reading.audit.auditing import audit
from analysis.reading.audit.statements import Finding, Verdict

__all__ = ["Finding", "Verdict", "audit"]
