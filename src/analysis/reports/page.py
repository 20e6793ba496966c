"""The report as one HTML page: the headline figures first, then a section a notebook.

A section opens with its question, its finding and its first chart; further charts, tables and
method are folded beneath. What is empty takes no room: one line at the end lists it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pandas as pd
from markupsafe import Markup

from analysis.claims.prose import write_list
from analysis.display.headlines import render_boxes
from analysis.reports.markdown import (
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

#: Of a picture higher than this, in pixels, the page shows the upper part until it is asked for;
#: on a phone of a drawing so many times as high as wide.
_TALL, _TALL_ON_PHONE = 800, 1.34

_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

_PARAGRAPH = re.compile(r"<p>.*?</p>\n?", re.DOTALL)

#: A row of claims in a table of `show_table`, whose cells hold text alone.
_ROW = re.compile(r'<tr><th scope="row">.*?</tr>\n?', re.DOTALL)

#: What an SVG in an address of its own may keep as it is: shorter than base64, and safe in quotes.
_KEPT = " !$*+,-./:;=?@_~()'|{}[]^`"

#: What it is full of and may not keep, the sign of replacement first; and the rest of that.
_OFTEN = '%"<>#&\n'
_UNSAFE = re.compile(f"[^A-Za-z0-9%{re.escape(_KEPT)}]+")


@dataclass
class Section:
    """One notebook in the report.

    Attributes
    ----------
    anchor, title, label
        Where it is, its question, and its name in the contents.
    error
        The first line of the error that stopped it, or "".
    boxes
        The headline figures, where the notebook shows them: then it is the front page.
    rows
        The claims in the boxes, each with its id and its place.
    lead
        Its first chart, whose title is the finding.
    parts
        Everything else, in order.
    """

    anchor: str
    title: str
    label: str
    error: str = ""
    boxes: Markup | None = None
    rows: list[dict[str, str]] = field(default_factory=list)
    lead: Markup | None = None
    given: list[str] = field(default_factory=list)
    parts: list[Markup] = field(default_factory=list)


@dataclass
class _Seen:
    """What the page has shown already, and what had nothing to show."""

    as_of: str
    folder: Path | None
    moved: Mapping[Path, Path]
    is_linked: bool = True
    pictures: dict[str, str] = field(default_factory=dict)
    paragraphs: set[str] = field(default_factory=set)
    absent: list[str] = field(default_factory=list)


def render_report(
    outcomes: Sequence[Outcome],
    as_of: str,
    sources: pd.DataFrame,
    *,
    title: str = "",
    folder: Path | None = None,
    moved: Mapping[Path, Path] | None = None,
    brief: bool = False,
    around: Markup = Markup(),  # noqa: B008 (it does not change)
    about: Markup = Markup(),  # noqa: B008
) -> str:
    """Return the page of a report.

    Parameters
    ----------
    outcomes : sequence of Outcome
        The notebooks, in the order of the page.
    as_of : str
        The day of the report.
    sources : pandas.DataFrame
        The sources of what is shown: the rows of sources.csv as text. They end the page.
    title : str
        What the casebook is about.
    folder : Path, optional
        The folder of the report, from which the charts' SVG files are taken.
    moved : mapping of Path to Path, optional
        Where each notebook's files are now (see `gather_files`): charts and tables link theirs.
    brief : bool
        The front page and the first chart of every section, without anything folded.
    around, about : Markup
        What a site has at the top of each page, and in its head. A page of a site leads to no
        file beside it.

    Returns
    -------
    str
        HTML that needs nothing but itself; its links to files lead into the report's folder.
        The same outcomes give the same page.
    """
    seen = _Seen(as_of, folder, moved or {}, is_linked=not around)
    sections = [_section(outcome, seen) for outcome in outcomes]
    front = [section for section in sections if section.boxes is not None]
    others = [section for section in sections if section.boxes is None]
    return read_template("analysis.reports", "report.html.j2").render(
        title=clean_text(title) or "Contested figures",
        day=_say_day(as_of),
        brief=brief,
        around=around,
        about=about,
        front=front,
        sections=others,
        contents=_list_contents(others),
        absent=list(dict.fromkeys(seen.absent)),
        sources=[
            {str(name): _say_source(str(name), str(cell)) for name, cell in row.items()}
            for row in sources.to_dict("records")
        ],
    )


def _list_contents(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Return the lines of the contents: sections on one subject share a line."""
    subjects: dict[str, list[Section]] = {}
    for section in sections:
        subjects.setdefault(section.label.partition(" ")[0], []).append(section)
    return [
        {"subject": subject if len(found) > 1 else "", "sections": found}
        for subject, found in subjects.items()
    ]


def _say_day(text: str) -> str:
    day = parse_day(text)
    return f"{day.day} {day:%B %Y}"


def _say_source(column: str, cell: str) -> str:
    return _say_day(cell) if column.endswith("_on") and cell else clean_text(cell)


def _section(outcome: Outcome, seen: _Seen) -> Section:
    name = outcome.notebook.name
    label = name.replace("_", " ").capitalize()
    section = Section(slug(name), outcome.notebook.title, label, outcome.error)
    section.given = _say_given(outcome)
    render = make_markdown(ReportRenderer(section.anchor))
    waiting: list[Markup] = []  # headings and words, until something is shown beneath them
    words, is_idle = "", False  # the last of them, and whether cells beneath it showed nothing
    for cell in outcome.cells:
        tags = cell["metadata"].get("tags", [])
        if "papermill-error-cell-tag" in tags:
            continue
        if cell["cell_type"] == "markdown":
            waiting = waiting[: -1 if is_idle else None]
            words = _drop_title(_text(cell["source"]), section.title).strip()
            waiting.append(render(words))
        is_idle = cell["cell_type"] == "code" and bool(waiting) and words.startswith("#")
        for output in cell.get("outputs", []):
            had_lead = section.lead is not None
            if _take(output, name, section, seen):
                # What is said of the chart that leads the section stays.
                words = words if had_lead or "\n" not in words else ""
                is_idle = is_idle and words != ""
                continue
            part = _output(output, name, seen)
            if part:
                section.parts += [*waiting, part]
                waiting, is_idle = [], False
    waiting = waiting[: -1 if is_idle else None]
    section.parts += waiting
    return section


def _take(output: Mapping[str, Any], name: str, section: Section, seen: _Seen) -> bool:
    """Put an output where it belongs if that is not among the parts; return whether it was."""
    about = output.get("metadata", {})
    if "headlines" in about and section.boxes is None:
        section.boxes = render_boxes(about["headlines"], is_linked=True)
        section.rows = [
            {"title": clean_text(str(box["title"])), **claim}
            for box in about["headlines"]
            for claim in box["claims"]
            if claim.get("claim_id")
        ]
        return True
    for kind, words in (("table", "caption"), ("chart", "title")):
        if about.get(kind, {}).get("rows") == 0:
            said = clean_text(str(about[kind][words] or about[kind]["name"])).rstrip(".")
            seen.absent.append(said)
            return True
    if "chart" in about and section.lead is None:
        section.lead = _output(output, name, seen)
        return section.lead is not None
    return False


def _say_given(outcome: Outcome) -> list[str]:
    """Return the parameters in words: what each means, and its value."""
    said = []
    for name, value in outcome.values.items():
        parameter = outcome.notebook.parameters.get(name)
        if name in _PLACES or parameter is None or value == parameter.default:
            continue
        meaning = re.split(r"[:;(]", parameter.help)[0].strip() or name.replace("_", " ")
        said.append(f"{meaning}: {_say_value(value)}")
    return said


def _say_value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean_text(", ".join(value) if isinstance(value, list) else str(value))


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _drop_title(markdown: str, title: str) -> str:
    """Return `markdown` without the notebook's title, which heads the section already."""
    first, _, rest = markdown.lstrip().partition("\n")
    return rest if first.startswith("# ") and first[2:].strip() == title else markdown


def _output(output: Mapping[str, Any], name: str, seen: _Seen) -> Markup | None:
    kind = output["output_type"]
    if kind == "stream":
        return as_preformatted(_text(output["text"])) if output["name"] == "stdout" else None
    if kind not in ("display_data", "execute_result"):
        return None  # an error heads the section
    data, about = output["data"], output["metadata"]
    plain = _text(data.get("text/plain", ""))
    for picture in _PICTURES:
        if picture in data:
            return _picture(picture, _text(data[picture]), about, plain, name, seen)
    if "text/html" in data:
        html = clean_html(_text(data["text/html"]))
        if 'class="figures-text"' in html:
            return _drop_repeated(html, seen)
        table = about.get("table", {})
        file = _find_file(name, "tables", table.get("name", ""), "csv", seen)
        return _link_table(html, table, file) if file else html
    return as_preformatted(plain) if plain and not _ADDRESS.search(plain) else None


def _link_table(html: Markup, table: Mapping[str, Any], file: str) -> Markup:
    """Return a table with the way to its file; of a long one, the rows that stand for it."""
    rows, link = _ROW.findall(html), quote(file)
    kept = [int(place) for place in table.get("kept", [])]
    if len(rows) != table.get("rows") or not kept or max(kept) >= len(rows):
        return html + Markup('<p class="files"><a href="{}">CSV</a></p>').format(link)
    head, body, rest = html.partition("<tbody>")
    end = rest.rpartition("</tbody>")[2]
    # It is folded no more.
    head, end = head.partition("</summary>")[2] or head, end.rstrip().removesuffix("</details>")
    by = clean_text(str(table.get("newest_by", ""))).lower()
    which = f"the newest by “{by}”" if by else "the first ones"
    said = Markup(
        '<p class="soft">{} of {:,} rows, {}; all of them: <a href="{}">{}</a>.</p>'
    ).format(len(kept), len(rows), which, link, file.rpartition("/")[2])
    shown = "".join(rows[place] for place in kept)
    return Markup(f"{head}{body}{shown}</tbody>{end}") + said


def _drop_repeated(html: Markup, seen: _Seen) -> Markup | None:
    """Return sentences without those that the page has said before; None if none is left."""
    paragraphs = _PARAGRAPH.findall(html)
    new = [said for said in dict.fromkeys(paragraphs) if said not in seen.paragraphs]
    seen.paragraphs.update(new)
    if not new:
        return None
    return Markup('<div class="figures-text">\n{}</div>').format(Markup("".join(new)))


def _find_file(name: str, kind: str, stem: str, suffix: str, seen: _Seen) -> str:
    """Return where a file of a notebook is in the folder of the report, or ""."""
    found = seen.moved.get(Path(name) / kind / f"{stem}.{suffix}")
    return found.as_posix() if found is not None else ""


def _picture(
    kind: str, content: str, about: Mapping[str, Any], plain: str, name: str, seen: _Seen
) -> Markup | None:
    shown, chart = about.get(kind, {}), about.get("chart", {})
    alt = shown.get("alt") or (plain if plain and not _ADDRESS.search(plain) else "")
    alt = clean_text(str(alt)) or "A chart without a description"
    stem = str(chart.get("name", ""))
    digest = hashlib.sha256(content.encode()).hexdigest()
    if digest in seen.pictures:
        return Markup('<p><a href="#{}">This chart stands above.</a></p>').format(
            seen.pictures[digest]
        )
    base = f"chart-{slug(stem) if stem else slug(name)}"
    taken = sum(
        anchor == base or anchor.startswith(f"{base}--") for anchor in seen.pictures.values()
    )
    anchor = f"{base}--{taken + 1}" if taken else base
    seen.pictures[digest] = anchor
    files = {suffix: _find_file(name, "charts", stem, suffix, seen)
             for suffix in ("png", "svg", "pdf", "csv")}  # fmt: skip
    for_phone = _find_file(name, "charts", f"{stem}-phone", "svg", seen)
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode("ascii")
    address = f"data:{kind};base64,{''.join(content.split())}"
    if files["svg"] and seen.folder is not None:
        # A drawing is sharp at any size; it is taken where it is the smaller one too.
        address = min(address, as_address(seen.folder / files["svg"]), key=len)
    size, cut, source, whole = Markup(""), [], Markup(""), Markup("")
    if shown.get("height") and int(shown["height"]) > _TALL:
        cut = ["tall"] if for_phone else ["tall", "tall-phone"]
    if for_phone and seen.folder is not None:
        # A blank would end the address in a list of them.
        drawn = as_address(seen.folder / for_phone)
        view = _VIEW.search(unquote(drawn[:2000]))
        if view and float(view[2]) > _TALL_ON_PHONE * float(view[1]):
            cut.append("tall-phone")
        drawn = drawn.replace(" ", "%20")
        source = Markup('<source media="(max-width: 40rem)" srcset="{}">').format(drawn)
    if shown.get("width") and shown.get("height"):
        size = Markup(' width="{}" height="{}"').format(shown["width"], shown["height"])
    if cut:
        whole = Markup('<a class="whole" href="#{}">Show the whole chart</a>').format(anchor)
    title = clean_text(str(chart.get("title", "")))
    figure = Markup(
        '<figure id="{}"{}><div class="chart" role="group" tabindex="0" aria-label="{}">'
        '<picture>{}<img src="{}" alt="{}"{}></picture></div>{}{}</figure>'
    )
    linked = files if seen.is_linked else {}
    caption = _say_files(anchor, title, chart, linked, seen.as_of) if chart else Markup("")
    label = f"Chart: {title}" if title else f"Chart {anchor}"
    classes = Markup(' class="{}"').format(" ".join(cut)) if cut else ""
    return figure.format(anchor, classes, label, source, address, alt, size, whole, caption)


def as_address(path: Path) -> str:
    """Return a drawing as an address that holds all of it."""
    drawing = re.sub(r">\n\s*<", "><", path.read_text(encoding="utf-8"))
    for letter in _OFTEN:  # in a fifth of the time that `quote` takes for all
        drawing = drawing.replace(letter, quote(letter))
    return f"data:image/svg+xml,{_UNSAFE.sub(lambda found: quote(found[0]), drawing)}"


def _say_files(
    anchor: str, title: str, chart: Mapping[str, Any], files: Mapping[str, str], as_of: str
) -> Markup:
    """Return what stands under a chart: its files, its place, and a sentence to copy."""
    links = [
        Markup('<a href="{}">{}</a>').format(quote(file), suffix.upper())
        for suffix, file in files.items()
        if file
    ]
    links.append(Markup('<a href="#{}">Link</a>').format(anchor))
    publishers = [clean_text(str(publisher)) for publisher in chart.get("publishers", [])]
    named = publishers[:4] + (["others"] if len(publishers) > 4 else [])
    source = f"; published by {write_list(named)}" if named else ""
    # Yardsticks and the values of a backtest may be of a later edition than the day.
    newest = str(chart.get("newest", ""))
    later = f", with figures published up to {_say_day(newest)}" if newest > as_of else ""
    sentence = f"{title.rstrip('.')} (as known on {_say_day(as_of)}{later}{source})."
    return Markup(
        "<figcaption><span>{}</span><details><summary>Cite</summary>"
        '<span class="cite">{}</span></details></figcaption>'
    ).format(Markup(" · ").join(links), sentence)
