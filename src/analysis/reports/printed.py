"""The page of a report as a tagged PDF: selectable text, bookmarks, page numbers."""

from __future__ import annotations

import hashlib
import logging

#: What paper has and a screen has not. Everything else is the page's own style for print.
_PAPER = """
@page { size: A4; @bottom-right { content: "page " counter(page) " of " counter(pages);
  font: 8pt sans-serif; color: #333; } }
"""


#: Sizes of letters, in points: the usual one of the page's style for print, and smaller ones.
_SIZES = (9.5, 9, 8.5, 8, 7.5, 7)


def make_pdf(html: str, most: int | None = None) -> bytes:
    """Return a page that needs nothing but itself as a PDF file, tagged as PDF/UA asks.

    Nothing is loaded from elsewhere. The same page gives the same bytes on one machine; its
    fonts are those of the machine.

    Parameters
    ----------
    html : str
        The page.
    most : int, optional
        It is to have no more sheets: letters are set smaller, down to 7 points, till it fits.

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
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier}
    for size in _SIZES:
        # The page sets its sizes in rem, so that all of them follow that of its root.
        style = _PAPER + (f"html {{ font-size: {size}pt !important; }}" if most else "")
        document = page.render(stylesheets=[CSS(string=style)], **options)
        if not most or len(document.pages) <= most:
            break
    pdf: bytes = document.write_pdf(**options)
    return pdf
