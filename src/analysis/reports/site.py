"""A site from reports that exist: a page a day, a subject and a claimant, search and a feed.

It is read from the file system as well as from a server, and without JavaScript: only the search
needs it, and its index is a script, since a page on a disk may fetch no file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.display.headlines import render_boxes
from analysis.reports.folder import (
    FolderError,
    draft_beside,
    refuse_other_casebook,
    swap,
    write_in_draft,
)
from analysis.reports.gather import find_sources, read_back, read_text
from analysis.reports.manifest import name_casebook, read_manifest
from analysis.reports.page import render_report
from analysis.reports.template import read_template
from analysis.safety import clean_text, format_day, slug, unguard_cell
from analysis.tables import find_casebook
from analysis.tables.settings import read_settings

_PACKAGE = "analysis.reports"

#: The newest days in the feed.
_IN_FEED = 30


@dataclass(frozen=True)
class Link:
    """A page of the site: its address from the first page, and what leads there."""

    address: str
    said: str


@dataclass(frozen=True)
class _Day:
    """A report of the site: its day, its folder, and the headline figures in it."""

    iso: str
    folder: Path
    figures: pd.DataFrame

    @property
    def link(self) -> Link:
        return Link(f"days/{self.iso}.html", format_day(self.iso))


def find_reports(reports: Path, days: Sequence[str] = ()) -> tuple[list[Path], list[str]]:
    """Return the complete reports of `days`, or of all days, and the days that have none.

    A brief stands for a day that has no report.
    """
    if not days:
        found = {
            path.parent.name.removesuffix("-brief") for path in reports.glob("*/manifest.json")
        }
        days = sorted(name for name in found if _is_day(name))
    chosen, missing = [], []
    for day in days:
        for folder in (reports / day, reports / f"{day}-brief"):
            if (folder / "tables" / "headlines.csv").is_file() and _is_complete(folder):
                chosen.append(folder)
                break
        else:
            missing.append(day)
    return chosen, missing


def _is_day(name: str) -> bool:
    return len(name) == 10 and name.replace("-", "").isdigit()


def _is_complete(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except FolderError:
        return False
    return True


def build_site(
    folders: Sequence[Path],
    target: Path,
    data: str | Path,
    names: Sequence[str],
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write the site of the reports in `folders`; the same reports give the same bytes.

    `folders`: complete reports, see `find_reports`; at least one. `target`: the folder of the site;
    an earlier site there is replaced. `data`: the casebook of the reports. `names`: the notebooks
    whose first charts the page of a day shows. `tell`: is told each day when its page is made.
    Returns the first page.
    Raises `FolderError`: something else than a site of this casebook is in the folder, or a report
    is of another.
    """
    if target.exists() and any(target.iterdir()) and not (target / "index.js").is_file():
        raise FolderError(f"{target} is there and is no site; choose another folder")
    casebook = find_casebook(data)
    title = clean_text(read_settings(casebook).title) or "Contested figures"
    identity = hashlib.sha256(title.encode()).hexdigest()[:16]
    feed = target / "feed.xml"
    if feed.is_file() and identity not in feed.read_text(encoding="utf-8"):
        message = f'{target} is a site of another casebook, and not of "{title}"'
        raise FolderError(f"{message}; give each casebook a folder of its own")
    for folder in folders:
        refuse_other_casebook(folder, read_manifest(folder), name_casebook(casebook))
    days = [_read_day(folder) for folder in sorted(folders, key=lambda path: path.name)]
    claims = _list_claims(days)
    subjects = _link("subjects", _each(claims, "headline"))
    claimants = _link("claimants", sorted(_each(claims, "claimant_name"), key=str.casefold))
    with draft_beside(target) as draft:
        for place, day in enumerate(days):
            before = days[place - 1].link if place else None
            after = days[place + 1].link if place + 1 < len(days) else None
            page = _render_day(day, title, data, names, before, after)
            write_in_draft(draft / day.link.address, page.encode())
            tell(day.iso)
        site = {
            "title": title, "days": len(days),
            "first": days[0].link.said, "last": days[-1].link.said,
        }  # fmt: skip
        for kind, links, others, column in (
            ("subject", subjects, claimants, "headline"),
            ("claimant", claimants, subjects, "claimant_name"),
        ):
            for name, link in links.items():
                rows = [_say_row(row, kind, others) for row in claims if row[column] == name]
                about = _describe("Dataset", f"{name}: {title}", days)
                page = _render(site, kind=kind, heading=name, rows=rows, about=about)
                write_in_draft(draft / link.address, page.encode())
        newest = days[::-1]
        lists = [
            ("Subjects", [*subjects.values()]),
            ("Claimants", [*claimants.values()]),
            ("Days", [day.link for day in newest]),
        ]
        home = _render(
            site, kind="home", heading=title, lists=lists, newest=newest[0].link,
            boxes=_read_boxes(newest[0].folder), about=_describe("DataCatalog", title, days),
        )  # fmt: skip
        write_in_draft(draft / "index.html", home.encode())
        index = [[link.said, link.address] for _, links in lists for link in links]
        index += [[_say_claim(row), subjects[row["headline"]].address] for row in claims]
        # In a script a text may not end the script, whatever stands in the casebook.
        held = json.dumps(index, ensure_ascii=True).replace("<", "\\u003c")
        write_in_draft(draft / "index.js", f"const FIGURES = {held};\n".encode())
        search = read_template(_PACKAGE, "search.js.j2").render()
        write_in_draft(draft / "search.js", search.encode())
        news = read_template(_PACKAGE, "feed.xml.j2").render(
            title=title,
            identity=identity,
            entries=[
                {"iso": day.iso, "summary": _summarise(day.figures), **vars(day.link)}
                for day in newest[:_IN_FEED]
            ],
        )
        write_in_draft(draft / "feed.xml", news.encode())
        swap(draft, target)
    return target / "index.html"


def _read_day(folder: Path) -> _Day:
    figures = read_text(folder / "tables" / "headlines.csv")
    return _Day(str(read_manifest(folder)["as_of"]), folder, figures.map(unguard_cell))


def _each(claims: Sequence[dict[str, str]], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in claims if row[column]))


def _link(folder: str, names: Sequence[str]) -> dict[str, Link]:
    """Return a page for each name: where two names give one address, the second is numbered."""
    links: dict[str, Link] = {}
    taken: set[str] = set()
    for name in names:
        stem = slug(name)
        while stem in taken:
            stem += "-2"
        taken.add(stem)
        links[name] = Link(f"{folder}/{stem}.html", name)
    return links


def _list_claims(days: Sequence[_Day]) -> list[dict[str, str]]:
    """Return each claim once, newest first, with the first day in whose report it stands."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for day in days:
        for row in day.figures.to_dict("records"):
            said = {str(name): clean_text(str(cell)) for name, cell in row.items()}
            # The words are part of it: a figure that was changed is another one.
            found.setdefault((said["claim_id"], said["wording"]), said | {"report": day.iso})
    return sorted(found.values(), key=lambda row: (row["day"], row["report"]), reverse=True)


def _say_figure(row: dict[str, str]) -> str:
    silent = "denies it" if row["status"] == "denied" else "has not released a figure"
    return row["wording"] or silent


def _say_claim(row: dict[str, str]) -> str:
    day = format_day(row["day"])
    return f"{row['headline']}: {_say_figure(row)} ({row['claimant_name']}, {day})"


def _say_row(row: dict[str, str], kind: str, others: dict[str, Link]) -> dict[str, Any]:
    return {
        "figure": _say_figure(row),
        "other": others[row["claimant_name" if kind == "subject" else "headline"]],
        "is_party": row["is_party"] == "True",
        "day": format_day(row["day"]),
        "status": row["status"],
        "place": f"{row['publisher']}, {row['locator']}",
        "report": Link(f"days/{row['report']}.html", format_day(row["report"])),
        "claim_id": row["claim_id"],
    }


def _summarise(figures: pd.DataFrame) -> str:
    """Return the first figure of each subject in one line: in words, with claimant and day."""
    first = figures.drop_duplicates("headline").to_dict("records")
    return "; ".join(
        _say_claim({str(name): str(cell) for name, cell in row.items()}) for row in first
    )


def _read_boxes(folder: Path) -> Markup:
    """Return the boxes of a report's headline figures, as its front page shows them."""
    outcomes, _ = read_back(folder)
    for outcome in outcomes:
        for cell in outcome.cells:
            for output in cell.get("outputs", []):
                if "headlines" in output.get("metadata", {}):
                    return render_boxes(output["metadata"]["headlines"])
    return Markup()


def _render_day(
    day: _Day,
    title: str,
    data: str | Path,
    names: Sequence[str],
    before: Link | None,
    after: Link | None,
) -> str:
    outcomes, moved = read_back(day.folder, names)
    around = [("../index.html", "All days, subjects and claimants")]
    around += [(f"../{link.address}", link.said) for link in (before, after) if link is not None]
    links = Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*pair) for pair in around)
    return render_report(
        outcomes, day.iso, find_sources([day.figures], data), title=title, folder=day.folder,
        moved={key: path for key, path in moved.items() if path.suffix == ".svg"}, brief=True,
        around=Markup('<nav aria-label="Site" class="soft">{}</nav>').format(links),
        about=_describe("Report", f"{title}, as known on {day.link.said}", [day]),
    )  # fmt: skip


def _describe(kind: str, name: str, days: Sequence[_Day]) -> Markup:
    """Return what a search engine reads of a page, in the words of schema.org."""
    about = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": name,
        "datePublished" if kind == "Report" else "temporalCoverage": (
            days[0].iso if kind == "Report" else f"{days[0].iso}/{days[-1].iso}"
        ),
    }
    held = json.dumps(about, ensure_ascii=True).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(held))


def _render(site: dict[str, Any], **said: Any) -> str:
    home = Markup('<nav aria-label="Site" class="soft"><a href="../index.html">{}</a></nav>')
    around = Markup() if said["kind"] == "home" else home.format("All days, subjects and claimants")
    return read_template(_PACKAGE, "site.html.j2").render(**site, **said, around=around)
