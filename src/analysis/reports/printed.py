"""The page of a report as a tagged PDF: selectable text, bookmarks, page numbers."""

from __future__ import annotations

import hashlib
import logging

#: What paper has and a screen has not. Everything else is the page's own style for print.
_PAPER = """
@page { size: A4; @bottom-right { content: "page " counter(page) " of " counter(pages);
  font: 8pt sans-serif; color: #333; } }
table { table-layout: fixed; }
"""


def make_pdf(html: str) -> bytes:
    """Return a page that needs nothing but itself as a PDF file, tagged as PDF/UA asks.

    Nothing is loaded from elsewhere. The same page gives the same bytes on one machine; its
    fonts are those of the machine.

    Raises
    ------
    MissingPackage
        The extra "files" is not installed.
    """
    from analysis.reports.formats import refuse_missing

    refuse_missing(["pdf"])
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    # Rules that are for screens alone are named there, one a line.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = HTML(string=html, base_url=None, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    pdf: bytes = page.write_pdf(
        stylesheets=[CSS(string=_PAPER)],
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
    )
    return pdf
