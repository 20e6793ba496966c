"""The report as one HTML page: what the executed notebooks say and show, without their code."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.reports.markdown import (
    Heading,
    ReportRenderer,
    as_preformatted,
    clean_html,
    make_markdown,
)
from analysis.reports.run import Outcome
from analysis.reports.template import read_template
from analysis.safety import clean_text, slug
from analysis.tables import parse_day

#: Parameters that say where files are, which is no business of a reader.
_PLACES = {"as_of", "data", "out"}

#: A picture in the order of preference; all of them stay in the page.
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")

#: What Python says of an object that has nothing to say: an address that changes every time.
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-fA-F]+>")


@dataclass
class Section:
    """One notebook in the report."""

    anchor: str
    title: str
    error: str = ""
    given: list[str] = field(default_factory=list)
    parts: list[Markup] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def render_report(outcomes: Sequence[Outcome], as_of: str, sources: pd.DataFrame) -> str:
    """Return the page of a report.

    Parameters
    ----------
    outcomes : sequence of Outcome
        The notebooks, in the order of the page.
    as_of : str
        The day of the report.
    sources : pandas.DataFrame
        The sources of what is shown: the rows of sources.csv as text. They end the page.

    Returns
    -------
    str
        HTML that needs nothing but itself. The same outcomes give the same page.
    """
    return read_template("analysis.reports", "report.html.j2").render(
        day=_say_day(as_of),
        sections=[_section(outcome) for outcome in outcomes],
        sources=[
            {str(name): _say_source(str(name), str(cell)) for name, cell in row.items()}
            for row in sources.to_dict("records")
        ],
    )


def _say_day(text: str) -> str:
    day = parse_day(text)
    return f"{day.day} {day:%B %Y}"


def _say_source(column: str, cell: str) -> str:
    return _say_day(cell) if column.endswith("_on") and cell else clean_text(cell)


def _section(outcome: Outcome) -> Section:
    section = Section(slug(outcome.notebook.name), outcome.notebook.title, outcome.error)
    section.given = [
        f"{name.replace('_', ' ')}: {_say_value(value)}"
        for name, value in _in_force(outcome).items()
        if name not in _PLACES and value not in ("", [])
    ]
    renderer = ReportRenderer(section.anchor)
    render = make_markdown(renderer)
    for cell in outcome.cells:
        tags = cell["metadata"].get("tags", [])
        if "papermill-error-cell-tag" in tags:
            continue
        if cell["cell_type"] == "markdown":
            section.parts.append(render(_drop_title(_text(cell["source"]), section.title)))
        for output in cell.get("outputs", []):
            part = _output(output)
            if part:
                section.parts.append(part)
    section.headings = [heading for heading in renderer.headings if heading.level <= 3]
    return section


def _say_value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean_text(", ".join(value) if isinstance(value, list) else str(value))


def _in_force(outcome: Outcome) -> dict[str, object]:
    declared = {name: p.default for name, p in outcome.notebook.parameters.items()}
    return {**declared, **outcome.values}


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _drop_title(markdown: str, title: str) -> str:
    """Return `markdown` without the notebook's title, which heads the section already."""
    first, _, rest = markdown.lstrip().partition("\n")
    return rest if first.startswith("# ") and first[2:].strip() == title else markdown


def _output(output: Mapping[str, Any]) -> Markup | None:
    kind = output["output_type"]
    if kind == "stream":
        return as_preformatted(_text(output["text"])) if output["name"] == "stdout" else None
    if kind not in ("display_data", "execute_result"):
        return None  # an error heads the section
    data = output["data"]
    plain = _text(data.get("text/plain", ""))
    for picture in _PICTURES:
        if picture in data:
            about = output["metadata"].get(picture, {})
            return _picture(picture, _text(data[picture]), about, plain)
    if "text/html" in data:
        return clean_html(_text(data["text/html"]))
    return as_preformatted(plain) if plain and not _ADDRESS.search(plain) else None


def _picture(kind: str, content: str, about: Mapping[str, Any], plain: str) -> Markup:
    alt = about.get("alt") or (plain if plain and not _ADDRESS.search(plain) else "")
    alt = clean_text(str(alt)) or "A chart without a description"
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode("ascii")
    size = Markup("")
    if about.get("width") and about.get("height"):
        size = Markup(' width="{}" height="{}"').format(about["width"], about["height"])
    return Markup('<figure><img src="data:{};base64,{}" alt="{}"{}></figure>').format(
        kind, "".join(content.split()), alt, size
    )
