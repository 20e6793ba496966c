"""Every rule over every sentence of a text."""

from __future__ import annotations

import datetime as dt
from functools import partial

from analysis.reading.audit.measures import (
    find_changes,
    find_comparisons,
    find_days_between,
    find_differences,
    find_durations,
    find_multiples,
    find_two_units,
)
from analysis.reading.audit.shares import (
    find_lone_shares,
    find_population,
    find_shares,
    find_shares_of_population,
)
from analysis.reading.audit.statements import Finding, Found, Statement, list_statements
from analysis.reading.audit.totals import (
    find_averages,
    find_partitions,
    find_products,
    find_rankings,
    find_remainders,
    find_sums_of_rows,
    find_tables,
    find_totals,
    find_unions,
    find_votes,
)
from analysis.reading.documents import Document, Span
from analysis.reading.figures import find_figures


def audit(
    document: Document, day: dt.date | None = None, population: int | None = None
) -> list[Finding]:
    """Recompute what can be recomputed, in the order of the text.

    Parameters
    ----------
    document : Document
        The text.
    day : date, optional
        Its day, for durations that end on it ("eight days ago").
    population : int, optional
        The population that shares of it are of, where the text gives none.
    """
    figures = find_figures(document)
    people = find_population(document, figures) or population
    findings = []
    for text in list_statements(document, figures, day):
        for rule in (
            find_two_units,
            find_totals,
            find_votes,
            find_shares,
            find_lone_shares,
            find_changes,
            find_comparisons,
            find_differences,
            find_multiples,
            find_averages,
            find_rankings,
            find_remainders,
            find_partitions,
            find_sums_of_rows,
            find_products,
            find_unions,
            find_durations,
            find_days_between,
            partial(find_shares_of_population, people=people),
        ):
            findings += [_finding(document, text, found) for found in rule(text)]
    findings += find_tables(document, figures)
    kept: dict[tuple[str, tuple[Span, ...]], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.kind, finding.spans), finding)
    return sorted(kept.values(), key=lambda one: one.spans[0])


def _finding(document: Document, text: Statement, found: Found) -> Finding:
    kind, verdict, written, used = found
    spans = tuple(sorted(Span(one.start, one.end) for one in used))
    sentence = " ".join(document.text[text.span.start : text.span.end].split())
    return Finding(kind, verdict, written, spans, document.paragraph_at(spans[0].start), sentence)
