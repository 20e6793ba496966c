"""The commands that read figures out of texts: read, review, accept, audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.command_line.options import Casebook, complain
from analysis.safety import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.reading.candidates import Candidate
    from analysis.reading.review import Review

Texts = Annotated[
    list[Path], typer.Argument(metavar="TEXT...", help="Text, Markdown or HTML files, or folders.")
]
Day = Annotated[str, typer.Option("--date", metavar="DAY", help="The day of the text, YYYY-MM-DD.")]

#: From so many texts on, more processes are faster than one.
_MANY = 20


def read(
    texts: Texts,
    date: Day = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write candidates.csv for a review."),
    ] = None,
    data: Casebook = "",
    parser: Annotated[
        bool, typer.Option("--parser", help="Find sources with a dependency parser as well.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Print what was left out too: dates, ages, names.")
    ] = False,
) -> None:
    """Read candidate claims from texts: each figure with its bounds, source and place."""
    from analysis.reading.candidates import write_candidates
    from analysis.reading.scope import propose, read_names
    from analysis.safety import write_atomically
    from analysis.tables import find_casebook

    paths = _list_texts(texts)
    found = _read_all(paths, _day(date), parser)
    folder = Path(find_casebook(data))
    if folder.is_dir():
        found = propose(found, read_names(folder))
    if out is not None:
        write_atomically(out, write_candidates(found).encode("utf-8"))
        figures = sum(one.kind == "figure" for one in found)
        told = "1 text" if len(paths) == 1 else f"{len(paths):,} texts"
        print(f"{out}: {figures:,} figures of {told}; next: figures review {out}")
        return
    _print_candidates([one for one in found if everything or one.kind in ("figure", "silence")])


def review(
    candidates: Annotated[
        Path, typer.Argument(metavar="CANDIDATES", help="What read has written.")
    ],
) -> None:
    """Go through candidates one by one: accept, correct, refuse; quit and resume at any time."""
    import sys

    from rich.console import Console

    from analysis.reading.review import Review

    going = Review(candidates)
    if not sys.stdin.isatty():
        complain("review asks for keys: run it in a terminal, or edit the file in a spreadsheet")
        raise typer.Exit(2)
    console = Console()
    try:
        while (one := going.current) is not None:
            _show(console, going, one)
            if not _act(console, going):
                break
    except (KeyboardInterrupt, EOFError):  # what was decided is on disk
        console.print()
    left = len(going.rows) - going.decided
    print(f"{going.decided:,} decided, {left:,} left; next: {going.say_next()}")


def accept(
    candidates: Annotated[
        Path | None, typer.Argument(metavar="[CANDIDATES]", help="The file that was reviewed.")
    ] = None,
    publisher: Annotated[str, typer.Option("--publisher", help="Who published the text.")] = "",
    title: Annotated[str, typer.Option("--title", help="Its title, or a description.")] = "",
    date: Day = "",
    url: Annotated[str, typer.Option("--url", help="Its address.")] = "",
    source_id: Annotated[
        str, typer.Option("--source", metavar="KEY", help="Its key in sources.csv.")
    ] = "",
    data: Casebook = "",
    take_back: Annotated[
        bool, typer.Option("--undo", help="Take back what was accepted last.")
    ] = False,
) -> None:
    """Append the accepted candidates to the casebook: all of them, or none."""
    from analysis.reading.accepting import Source, undo
    from analysis.reading.accepting import accept as accept_all
    from analysis.reading.candidates import load_candidates
    from analysis.safety import slug
    from analysis.tables import find_casebook

    folder = Path(find_casebook(data))
    if take_back:
        print(f"taken back: {', '.join(undo(folder))}")
        return
    if candidates is None:
        raise InputError("expected a file of candidates, or --undo")
    listed = load_candidates(candidates)
    for option, given in (("--publisher", publisher), ("--title", title), ("--date", date)):
        if not given:
            raise InputError(f"{option}: expected it, for sources.csv")
    day = _day(date)
    hashes = sorted({one.sha256 for one in listed if one.decision == "accept"})
    source = Source(
        source_id or f"{slug(publisher)}-{day}",
        publisher,
        title,
        date,
        dt.date.today().isoformat(),
        url,
        method="Read by rules, each figure accepted by a person. SHA-256 of the text: "
        + ", ".join(hashes),
    )
    accepted = accept_all(listed, folder, source, _check)
    for table, rows in accepted.rows.items():
        print(
            f"{table}: {rows:,} rows of {source.source_id}; figures accept --undo takes them back"
        )


def audit(
    texts: Texts,
    date: Day = "",
    population: Annotated[
        int | None, typer.Option("--population", help="What shares of the population are of.")
    ] = None,
) -> None:
    """Recompute what texts state from their own figures; exit 1 where something fails."""
    from rich.console import Console
    from rich.table import Table

    from analysis.reading.audit import audit as audit_document
    from analysis.reading.documents import read_document

    day, failed = _day(date), False
    table = Table(box=None, pad_edge=False)
    for column in ("text", "paragraph", "statement", "verdict", "sum", "characters"):
        table.add_column(column, overflow="fold")
    for path in _list_texts(texts):
        document = read_document(path)
        for one in audit_document(document, day, population):
            failed = failed or one.verdict == "fails"
            places = ", ".join(f"{span.start}-{span.end}" for span in one.spans)
            table.add_row(document.name, str(one.paragraph), one.kind, one.verdict, one.sum, places)
    if table.row_count:
        Console(width=None if Console().is_terminal else 200).print(table)
    else:
        print("nothing in the text can be recomputed")
    raise typer.Exit(1 if failed else 0)


def _show(console: Console, going: Review, one: Candidate) -> None:
    from rich.text import Text

    from analysis.reading.accepting import list_missing

    console.clear()
    before, figure, after = going.mark()
    if console.color_system is None:  # nothing can be set off but by signs
        figure = f"[{figure}]"
    count = f"{going.at + 1} of {len(going.rows)}, {going.decided} decided"
    console.print(Text(count, "dim"))
    console.print()
    console.print(Text.assemble(before, (figure, "bold reverse"), after))
    console.print()
    for name in (
        *("value", "low", "high", "qualifier", "unit", "claimant", "claimant_key", "table"),
        *("outcome", "measure", "who", "side", "area", "since", "as_of", "standard", "place"),
        *("status", "confidence", "note", "decision"),
    ):
        if cell := getattr(one, name):
            console.print(Text.assemble((f"{name:>13}  ", "dim"), str(cell)))
    if missing := list_missing(one):
        console.print(Text(f"still to fill in before it is accepted: {', '.join(missing)}", "red"))
    console.print()
    console.print(
        "[b]a[/b]ccept  [b]r[/b]efuse  [b]e[/b]dit  [b]s[/b]kip  [b]b[/b]ack  [b]q[/b]uit"
    )


def _act(console: Console, going: Review) -> bool:
    """Do what a key says; False to leave."""
    from rich.text import Text

    key = typer.getchar().lower()
    if key == "q":
        return False
    if key in ("a", "\r"):
        going.decide("accept")
    elif key == "r":
        going.decide("refuse")
    elif key == "s":
        going.skip()
    elif key == "b":
        going.back()
    elif key == "e":
        said = console.input("column=value (empty: back): ")
        column, equals, value = said.partition("=")
        try:
            if said.strip() and not equals:
                raise ValueError(f'expected column=value, such as area=…, found "{said.strip()}"')
            if equals:
                going.edit(column.strip(), value)
        except ValueError as problem:
            console.print(Text(f"{problem}; any key goes on", "red"))
            typer.getchar()
    return True


def _check(folder: Path) -> None:
    from analysis.casebook import check as casebook_check
    from analysis.reading.accepting import NotAccepted
    from analysis.tables import CasebookErrors

    try:
        casebook_check.check(str(folder))
    except CasebookErrors as problem:
        raise NotAccepted(str(problem).replace(f"{folder}/", "")) from None


def _print_candidates(found: list[Candidate]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    names = "paragraph characters words low value high counts claimant status"
    for column in names.split():
        right = column in ("low", "value", "high", "paragraph")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for one in found:
        table.add_row(
            *(str(one.paragraph), f"{one.start}-{one.end}", one.surface, one.low, one.value),
            *(one.high, one.unit if one.kind == "figure" else one.kind, one.claimant, one.status),
        )
    Console(width=None if Console().is_terminal else 200).print(table)


def _read_all(paths: list[Path], day: dt.date | None, parser: bool) -> list[Candidate]:
    """Read texts, many of them side by side, with a bar in a terminal."""
    from rich.progress import track

    works = [(path, day, parser) for path in paths]
    if len(paths) < _MANY:
        return [one for work in works for one in _read_one(work)]
    from concurrent.futures import ProcessPoolExecutor

    found: list[Candidate] = []
    with ProcessPoolExecutor() as pool:
        parts: Iterable[list[Candidate]] = pool.map(_read_one, works, chunksize=4)
        for part in track(parts, "reading", total=len(works), transient=True):
            found += part
    return found


def _read_one(work: tuple[Path, dt.date | None, bool]) -> list[Candidate]:
    from analysis.reading.candidates import read_candidates
    from analysis.reading.documents import read_document

    path, day, parser = work
    return read_candidates(read_document(path), day, parser=parser)


def _list_texts(paths: list[Path]) -> list[Path]:
    from analysis.reading.documents import SUFFIXES

    listed: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
            if not inside:
                raise InputError(f"{path}: expected texts ({', '.join(SUFFIXES)}) in this folder")
            listed += inside
        elif path.is_file():
            listed.append(path)
        else:
            raise InputError(f"{path}: expected a text; there is no such file")
    return listed


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f'--date "{text[:40]}": expected a day, YYYY-MM-DD') from None
