"""The commands that lead from a figure back to its source: trace and verify."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import Casebook, complain
from analysis.safety import InputError

TextFolder = Annotated[
    Path | None,
    typer.Option("--texts", metavar="FOLDER", help="The texts that rows were read from."),
]

#: The images that charts are saved as.
_CHARTS = (".png", ".svg", ".pdf")


#: Behind the day of a row that its document tells later or earlier.
_TWO_DAYS = ", the day that the figure became known; the document read is of {}"


def trace(
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="The id of a figure, or the key of a source.")
    ],
    data: Casebook = "",
    texts: TextFolder = None,
) -> None:
    """Print the claim behind a figure, its document, its characters and its sentence."""
    from analysis.reading.tracing import find_sentence, find_texts, list_figures
    from analysis.tables import find_casebook, shorten, suggest

    figures = list(list_figures(find_casebook(data)))
    keys = {one.row["source_id"] for one in figures}
    if figure in keys:
        for one in figures:
            if one.row["source_id"] == figure:
                words = one.row.get("wording", one.row.get("statement", ""))
                print(f"{one.id}  {one.table}, {one.row['locator']}: {words}")
        return
    found = [one for one in figures if figure and one.id.startswith(figure.lower())]
    if not found:
        hint = f"; {close}" if (close := suggest(figure, keys)) else ""
        raise InputError(f'no figure or source is called "{shorten(figure)}"{hint}')
    if len(ids := sorted({one.id for one in found})) > 1:
        raise InputError(f"{figure} begins {len(ids)} ids: {', '.join(ids[:5])}")
    known = find_texts(_folder(texts)) if texts else {}
    for one in found:
        print(f"{one.id}, a row of {one.table}")
        known_on, published = one.row.get("published_on"), one.source.get("published_on")
        for name, cell in one.row.items():
            also = name == "published_on" and published and published != cell
            print(f"  {name}: {cell}" + (_TWO_DAYS.format(published) if also else ""))
        for name in ("publisher", "title", "published_on", "url", "method", "known_limits"):
            if (said := one.source.get(name)) and not (name == "published_on" and known_on):
                print(f"  document {name}: {said}")
        if one.characters:
            print(f"  characters: {one.characters.start}-{one.characters.end}")
        else:
            print("  characters: none; its place in the document is the locator")
        if texts:
            verdict, sentence = find_sentence(one, known)
            print(f"  text: {verdict}{': ' if sentence else ''}{sentence}")


def verify(
    charts: Annotated[
        list[Path] | None, typer.Argument(metavar="[CHART...]", help="Charts: PNG, SVG or PDF.")
    ] = None,
    data: Casebook = "",
    texts: TextFolder = None,
) -> None:
    """Say whether charts still draw what the casebook says, and rows what their texts say.

    Exit 1 where something changed, cannot be found, or says nothing of its claims.
    """
    from analysis.tables import find_casebook

    if not charts and texts is None:
        raise InputError("expected charts, or --texts and the folder of the texts")
    casebook = find_casebook(data)
    sound = [_verify_chart(chart, casebook) for chart in charts or ()]
    if texts is not None:
        sound.append(_verify_texts(texts, casebook))
    raise typer.Exit(0 if all(sound) else 1)


def _verify_chart(chart: Path, casebook: Path) -> bool:
    from analysis.charts.thread import read_thread
    from analysis.reading.tracing import compare_chart

    if chart.suffix.lower() not in _CHARTS or not chart.is_file():
        raise InputError(f"{chart}: expected the file of a chart ({', '.join(_CHARTS)})")
    thread = read_thread(chart)
    if thread is None or not thread.claims:
        print(f"{chart}: unknown; it names no claims")
        return False
    changed = compare_chart(thread, casebook)
    count = f"{len(thread.claims):,} claim{'s' if len(thread.claims) != 1 else ''}"
    if not changed:
        print(f"{chart}: current; {count} as drawn")
        return True
    print(f"{chart}: stale; {len(changed):,} of {count} changed")
    for line in changed:
        print(f"  {line}")
    return False


def _verify_texts(folder: Path, casebook: Path) -> bool:
    from analysis.reading.tracing import find_sentence, find_texts, list_figures

    texts, verdicts = find_texts(_folder(folder)), Counter[str]()
    for one in list_figures(casebook):
        if one.characters is None:
            continue
        verdict, words = find_sentence(one, texts)
        verdicts[verdict] += 1
        if verdict == "says otherwise":
            wording = one.row.get("wording", "")
            complain(
                f'{one.id} ({one.row["source_id"]}): the row says "{wording}", its text "{words}"'
            )
    stand, missing = verdicts["stands"], verdicts["no text"]
    print(
        f"{stand:,} of {verdicts.total():,} rows with characters stand where they say"
        + (f"; {missing:,} have no text of their hash in {folder}" if missing else "")
    )
    return stand == verdicts.total()


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise InputError(f"{folder}: expected a folder of texts; there is none")
    return folder
