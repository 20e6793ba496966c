"""The page of a report in other formats: Word, to be edited, and tagged PDF; what each needs."""

from __future__ import annotations

import base64
import hashlib
import importlib
import io
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from analysis.reports.pack import repack, shrink
from analysis.reports.parameters import ParameterError
from analysis.safety import clean_text
from analysis.tables import shorten, suggest

#: Every report has its page; the workbook is made unless other formats are asked for.
FORMATS = ("html", "docx", "pdf", "xlsx")
USUAL = ("html", "xlsx")

#: The module that a format needs, and the package that has it.
_NEEDED = {"docx": ("docx", "python-docx"), "pdf": ("weasyprint", "WeasyPrint")}


class MissingPackage(ParameterError):
    """A format needs a package that is not installed; the message is one line."""


def read_formats(typed: str) -> list[str]:
    """Return the formats in "html,docx", each once; those of `USUAL` where nothing is typed.

    Raises `ParameterError`: there is no such format, or what it needs is not installed.
    """
    formats = list(dict.fromkeys(part.strip().lower() for part in typed.split(",") if part.strip()))
    for one in formats:
        if one not in FORMATS:
            hint = suggest(one, FORMATS) or f"expected {', '.join(FORMATS)}"
            raise ParameterError(f'--format "{shorten(one)}" is not known; {hint}')
    refuse_missing(formats)
    return formats or list(USUAL)


def refuse_missing(formats: Sequence[str]) -> None:
    """Raise `MissingPackage` if a format needs what is not installed."""
    for one in formats:
        module, package = _NEEDED.get(one, ("", ""))
        if not module:
            continue
        try:
            importlib.import_module(module)
        except (ImportError, OSError) as problem:  # OSError: a library of the machine is missing
            why = "" if isinstance(problem, ModuleNotFoundError) else f" ({_first_line(problem)})"
            raise MissingPackage(
                f"{one} needs {package}, which cannot be used here{why}: "
                'pip install "contested-figures[files]"'
            ) from problem


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:120]


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

    `html`: the page. `most`: it is to have no more sheets: letters are set smaller, down to 7
    points, till it fits.
    Raises `MissingPackage`: the extra "files" is not installed.
    """
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


#: Word writes when a document was made; the same page must give the same bytes.
_MADE_ON = datetime(2000, 1, 1)

_NOT_SHOWN = {"script", "style", "nav", "svg"}
_ON_SCREEN = {"skip", "files", "top", "whole", "behind", "axis"}  # what only a screen needs
_BLOCKS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "dl", "table", "figure", "pre", "div",
    "section", "details", "blockquote", "header", "main", "footer", "article", "aside",
}  # fmt: skip
_ITALIC, _BOLD = {"em", "i"}, {"strong", "b", "dt", "summary"}

#: Sizes in points; a table of many columns is set smaller.
_FONT, _TEXT_SIZE, _TABLE_SIZES = "Calibri", 10, ((4, 9), (7, 8), (10, 7))
_SMALLEST = 6

#: So much of a table is printed: the rest is in the workbook and in the CSV file.
_MOST_ROWS, _MOST_COLUMNS = 15, 8

#: Headline figures that stand side by side.
_BOXES = 3

#: What is wide enough for a page of A4 between margins of 2 cm, in centimetres.
_WIDTH, _HEIGHT, _MARGIN = 17.0, 21.0, 2.0

#: A brief is two sheets: its charts are no higher than this, its margins are small.
_BRIEF_HEIGHT, _BRIEF_MARGIN = 8.5, 1.5


def make_word(html: str, folder: Path) -> bytes:
    """Return a page as a DOCX file.

    Headings have Word's heading styles, tables a header row that is repeated on every page and
    a caption, pictures their alternative text. A drawing comes as the PNG file of the same
    chart, to which the page links. The headline figures are a table, and of long tables the
    first rows are written. The same page gives the same bytes.

    `html`: the page. `folder`: where the page's links to files start.
    Raises `MissingPackage`: the extra "files" is not installed.
    """
    refuse_missing(["docx"])
    import docx
    import lxml.html

    page = lxml.html.document_fromstring(html)
    document = docx.Document()
    title = _words(page.find(".//title"))
    is_brief = bool(page.find_class("brief"))
    _prepare(document, title, is_brief=is_brief)
    _Writer(document, folder, _BRIEF_HEIGHT if is_brief else _HEIGHT).write_blocks(page.body)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _prepare(document: Any, title: str, *, is_brief: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    about = document.core_properties
    about.title, about.author, about.comments = title, "Contested Figures", ""
    about.created = about.modified = _MADE_ON
    about.language = "en-GB"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_BRIEF_MARGIN if is_brief else _MARGIN))
    names = ("Normal", "Title", "Caption", *(f"Heading {level}" for level in range(1, 6)))
    for name in names:
        style = document.styles[name]
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]  # a font of the theme would win over the name
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), _FONT)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
    document.styles["Normal"].font.size = Pt(_TEXT_SIZE - is_brief)
    document.styles["Normal"].paragraph_format.space_after = Pt(2 if is_brief else 4)
    document.styles["Title"].font.size = Pt(16 if is_brief else 20)
    if is_brief:  # two sheets: what is set apart by size need not be by space too
        for level in (1, 2):
            heading = document.styles[f"Heading {level}"]
            heading.font.size = Pt(13 - level)
            heading.paragraph_format.space_before = Pt(6)
    document.styles["Caption"].font.size = Pt(9)


class _Writer:
    """Writes the blocks of a page into a document, from the first to the last."""

    def __init__(self, document: Any, folder: Path, height: float) -> None:
        self.document, self.folder, self.height = document, folder, height

    def write_blocks(self, element: Any) -> None:
        """Write what `element` holds: its blocks, and words that stand between them."""
        waiting: list[Any] = []
        for part in _parts(element):
            if isinstance(part, str) or part.tag not in _BLOCKS:
                waiting.append(part)
                continue
            self._write_line(waiting)
            waiting = []
            self._write_block(part)
        self._write_line(waiting)

    def _write_line(self, parts: list[Any], style: str = "Normal") -> Any:
        if not any(_words(part) for part in parts):
            return None
        paragraph = self.document.add_paragraph(style=style)
        _write_runs(paragraph, parts)
        return paragraph

    def _write_block(self, element: Any) -> None:
        tag = element.tag
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            level = int(tag[1]) - 1
            style = f"Heading {min(level, 5)}" if level else "Title"
            self._write_line(list(_parts(element)), style)
        elif tag == "p":
            self._write_line(list(_parts(element)))
        elif tag in {"ul", "ol"}:
            for item in element.findall("li"):
                self._write_item(item, "List Bullet" if tag == "ul" else "List Number")
        elif tag == "dl":
            for item in element:
                self._write_line([item])
        elif tag == "table":
            self._write_table(element)
        elif tag == "figure":
            self._write_figure(element)
        elif "figures-boxes" in (element.get("class") or "").split():
            self._write_boxes(element)
        elif tag == "pre":
            self._write_line([clean_text(element.text_content())])
        else:
            self.write_blocks(element)

    def _write_item(self, item: Any, style: str) -> None:
        words = [p for p in _parts(item) if isinstance(p, str) or p.tag not in _BLOCKS]
        self._write_line(words, style)
        for part in _parts(item):
            if not isinstance(part, str) and part.tag in _BLOCKS:
                self._write_block(part)

    def _write_boxes(self, element: Any) -> None:
        from docx.shared import Pt

        boxes = element.find_class("figures-box")
        lines = -(-len(boxes) // _BOXES)
        made = self.document.add_table(lines, _BOXES, style="Table Grid")
        for place, box in enumerate(boxes):
            cell = made.rows[place // _BOXES].cells[place % _BOXES]
            said = [box.find("p"), *box.iter("li"), *box.find_class("more")]
            for number, part in enumerate(said):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(3)
                if part.tag == "p":
                    _write_runs(paragraph, [part], bold=number == 0, size=8 + (number == 0))
                    continue
                figure, *said = _parts_of_words(part)
                _write_runs(paragraph, [figure], bold=True, size=15 if number == 1 else 11)
                paragraph.add_run().add_break()
                _write_runs(paragraph, said, size=8)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _write_figure(self, figure: Any) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Cm

        for image in figure.iter("img"):
            data = self._find_picture(image, figure)
            alt = clean_text(image.get("alt") or "")
            if data is None:
                self._write_line([alt])
                continue
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            shape = paragraph.add_run().add_picture(io.BytesIO(data), width=Cm(_WIDTH))
            if shape.height > Cm(self.height):
                shape.width = int(shape.width * Cm(self.height) / shape.height)
                shape.height = Cm(self.height)
            named = figure.get("id") or "chart"
            # The picture just added is the last one of the document.
            *_, about = self.document.element.body.iter(qn("wp:docPr"))
            about.set("descr", alt)
            about.set("name", named)
        for caption in figure.iter("figcaption"):
            said = caption.find_class("cite") or [caption]
            self._write_line(said, "Caption")

    def _find_picture(self, image: Any, figure: Any) -> bytes | None:
        """Return a picture that Word takes: the page's own, or the PNG file it links to."""
        head, _, content = (image.get("src") or "").partition(",")
        if head in ("data:image/png;base64", "data:image/jpeg;base64"):
            return shrink(base64.b64decode(content))
        for link in figure.iter("a"):
            file = self.folder / unquote(link.get("href") or "")
            is_inside = self.folder.resolve() in file.resolve().parents
            if file.suffix == ".png" and is_inside and file.is_file():
                return shrink(file.read_bytes())
        return None

    def _write_table(self, table: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        wide = max((len(row) for row in rows), default=0)
        if not wide:
            return
        for caption in table.iter("caption"):
            paragraph = self._write_line([caption], "Caption")
            if paragraph is not None:
                paragraph.paragraph_format.keep_with_next = True
        heads = len(table.findall("thead/tr"))
        left_out = [
            f"{number:,} more {word}{'s' if number > 1 else ''}"
            for word, number in (
                ("row", len(rows) - heads - _MOST_ROWS), ("column", wide - _MOST_COLUMNS),
            )
            if number > 0
        ]  # fmt: skip
        rows = [row[:_MOST_COLUMNS] for row in rows[: heads + _MOST_ROWS]]
        wide = min(wide, _MOST_COLUMNS)
        size = next((size for most, size in _TABLE_SIZES if wide <= most), _SMALLEST)
        made = self.document.add_table(len(rows), wide, style="Table Grid")
        made.autofit = False
        widths = [Cm(width) for width in _share_width(rows, wide)]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        written = self.document.element.body.findall(qn("w:tbl"))[-1].findall(qn("w:tr"))
        for place, (cells, row) in enumerate(zip(rows, made.rows, strict=True)):
            about = written[place].get_or_add_trPr()
            about.append(OxmlElement("w:cantSplit"))
            if place < heads:
                about.append(OxmlElement("w:tblHeader"))
            for cell, target, width in zip(cells, row.cells, widths, strict=False):
                target.width = width
                paragraph = target.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                _write_runs(paragraph, list(_parts(cell)), size=size, bold=place < heads)
                if "number" in (cell.get("class") or ""):
                    paragraph.alignment = 2
        if left_out:
            said = f"{' and '.join(left_out)}: in the table's CSV file."
            self._write_line([said])
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)


def _share_width(rows: list[list[Any]], wide: int) -> list[float]:
    """Return the widths of a table's columns in centimetres: no word is torn if it need not be."""
    needed = [4.0] * wide
    for row in rows:
        for place, text in enumerate(_words(cell) for cell in row):
            longest = max((len(word) for word in text.split()), default=0)
            needed[place] = max(needed[place], longest + 1, 2 * len(text) ** 0.5)
    return [_WIDTH * part / sum(needed) for part in needed]


def _parts(element: Any) -> Iterator[Any]:
    """Yield the words and elements directly in `element`, without what is not shown."""
    if element.text:
        yield element.text
    for child in element:
        is_shown = isinstance(child.tag, str) and child.tag not in _NOT_SHOWN
        if is_shown and not _ON_SCREEN & set((child.get("class") or "").split()):
            yield child
        if child.tail:
            yield child.tail


def _parts_of_words(element: Any) -> list[Any]:
    """Return the parts directly in `element`, without blanks between them."""
    return [part for part in _parts(element) if not isinstance(part, str) or part.strip()]


def _words(part: Any) -> str:
    text = part if isinstance(part, str) else "" if part is None else part.text_content()
    return clean_text(" ".join(text.split()))


def _write_runs(
    paragraph: Any, parts: list[Any], *, bold: bool = False, italic: bool = False, size: int = 0
) -> None:
    """Write words with what makes them strong or slanted; blanks as a browser shows them."""
    from docx.shared import Pt

    for part in parts:
        if isinstance(part, str):
            text = clean_text(" ".join(f"x{part}x".split()))[1:-1]
            if not paragraph.text or paragraph.text.endswith((" ", "\n")):
                text = text.lstrip()
            if text:
                run = paragraph.add_run(text)
                run.bold, run.italic = bold or None, italic or None
                if size:
                    run.font.size = Pt(size)
        elif part.tag == "br":
            paragraph.add_run().add_break()
        else:
            _write_runs(
                paragraph, list(_parts(part)), size=size,
                bold=bold or part.tag in _BOLD, italic=italic or part.tag in _ITALIC,
            )  # fmt: skip
