"""Candidate claims of a text: each figure with its characters, its bounds, its source and scope."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from analysis.reading.attribution import Attribution, Attributions
from analysis.reading.counted import find_counted, find_silences
from analysis.reading.dates import find_last_day, read_day
from analysis.reading.documents import Document, Span
from analysis.reading.figures import Figure, find_figures
from analysis.safety import InputError

#: What a person may write into the column `decision`.
DECISIONS: Final = ("", "accept", "refuse")

_HEADER_DATE: Final = re.compile(r"\s*(?:date\s+)?(?P<day>[^\n]{6,40})")


@dataclass(frozen=True)
class Candidate:
    """One figure of a text, proposed as a claim. Every field is a column of candidates.csv.

    Attributes
    ----------
    decision : str
        Empty until a person decides: "accept" or "refuse".
    document, sha256 : str
        The name of the text and the hash of its file.
    paragraph, start, end : int
        Where it stands; `text[start:end] == surface`. Paragraph 1 is the first.
    surface, sentence : str
        The words of the figure, and the sentence around them.
    kind : str
        "figure", or what else it was taken for: one of `figures.KINDS`, or "silence".
    value, low, high : str
        Numbers in plain units, as text; empty where there is none. A range has no value.
    qualifier, unit : str
        "at least"; "%", "USD", "days", or what is counted.
    claimant : str
        The innermost source that is named; empty is the voice of the writer.
    found_by : str
        How the source was found: "before", "after", "according to", "label", "quotation",
        "carried on", "parser".
    table : str
        The table of the casebook that the row is for, as far as it is plain.
    claimant_key, outcome, measure, who, side, area, since, as_of, standard, repeats : str
        The columns of that table, proposed where the text says them, open where not.
    place : str
        A place that is named behind the figure.
    status : str
        stated, unverified, denied, predicted, not released.
    confidence : str
        "high", "medium" or "low": whether figure, source and what is counted are all plain.
    note : str
        For the person.
    """

    decision: str = ""
    document: str = ""
    sha256: str = ""
    paragraph: int = 1
    start: int = 0
    end: int = 0
    surface: str = ""
    sentence: str = ""
    kind: str = "figure"
    value: str = ""
    low: str = ""
    high: str = ""
    qualifier: str = ""
    unit: str = ""
    claimant: str = ""
    found_by: str = ""
    table: str = ""
    claimant_key: str = ""
    outcome: str = ""
    measure: str = ""
    who: str = ""
    side: str = ""
    area: str = ""
    since: str = ""
    as_of: str = ""
    standard: str = ""
    repeats: str = ""
    place: str = ""
    status: str = ""
    confidence: str = ""
    note: str = ""


COLUMNS: Final = tuple(field.name for field in fields(Candidate))


class UnreadableCandidates(InputError):
    """A file of candidates that is none; the message names file, row and column."""


def read_candidates(
    document: Document, day: dt.date | None = None, *, parser: bool = False
) -> list[Candidate]:
    """Read the candidate claims of a text, in the order in which they stand.

    Parameters
    ----------
    document : Document
        The text.
    day : date, optional
        The day of the text: dates without a year are of its year. Without it the day in the
        first line counts, if there is one; nothing is filled in from today.
    parser : bool
        Whether to find sources with the dependency parser of the extra "parser" as well.
    """
    day = day or _day_of(document)
    found = find_figures(document)
    parsed = None
    if parser:
        from analysis.reading.dependencies import find_sources

        parsed = find_sources(document, [one.number for one in found if one.kind == "figure"])
    sources = Attributions(document, parsed)
    candidates = [
        _candidate(document, found, at, sources, day.year if day else None)
        for at in range(len(found))
    ]
    candidates += [_silence(document, *silence) for silence in find_silences(document)]
    return sorted(candidates, key=lambda candidate: (candidate.start, candidate.end))


def _candidate(
    document: Document, found: list[Figure], at: int, sources: Attributions, year: int | None
) -> Candidate:
    figure, text = found[at], document.text
    sentence = document.sentences[document.sentence_at(figure.start)]
    candidate = _at(document, figure.start, figure.end, figure.kind)
    if figure.kind not in ("figure", "vague", "duration"):
        return candidate
    source = sources.claimant_of(
        figure.number if figure.number.end else Span(figure.start, figure.end)
    )
    counted = find_counted(document, found, at)
    day = find_last_day(text[sentence.start : sentence.end], year)
    until = read_day(counted.until, year)
    # "from 24 February to 3 March 2022": one year for both; "from Monday to 3 March" has no start.
    since = read_day(counted.since, until.year if until else year)
    day = day or (until if since else None)
    return replace(
        candidate,
        value=_say(figure.value),
        low=_say(figure.low),
        high=_say(figure.high),
        qualifier=figure.qualifier,
        unit=counted.unit,
        claimant=source.name if source else "",
        found_by=source.how if source else "",
        table=_table(counted.outcome, counted.measure, figure),
        outcome=counted.outcome,
        measure=counted.measure,
        who=counted.who,
        since=since.isoformat() if since else "",
        as_of=day.isoformat() if day else "",
        place=counted.place,
        status=counted.status,
        confidence=_confidence(figure, source, counted.outcome or counted.measure or counted.unit),
        note="the qualifier stands before another figure" if figure.shared else "",
    )


def _silence(document: Document, start: int, end: int, who: str) -> Candidate:
    candidate = _at(document, start, end, "silence")
    return replace(candidate, claimant=who, status="not released", confidence="medium")


def _at(document: Document, start: int, end: int, kind: str) -> Candidate:
    """A candidate of which nothing is known but where it stands."""
    sentence = document.sentences[document.sentence_at(start)]
    return Candidate(
        document=document.name,
        sha256=document.sha256,
        paragraph=document.paragraph_at(start),
        start=start,
        end=end,
        surface=document.text[start:end],
        sentence=" ".join(document.text[sentence.start : sentence.end].split()),
        kind=kind,
    )


def _table(outcome: str, measure: str, figure: Figure) -> str:
    if figure.unit:
        return ""
    if outcome:
        return "casualties"
    return {"internally displaced": "displaced", "refugees": "refugees"}.get(measure, "")


def _confidence(figure: Figure, source: Attribution | None, counted: str) -> str:
    if figure.kind != "figure" or figure.shared or not counted:
        return "low"
    plain = source is None or source.how in ("before", "according to", "parser")
    return "high" if plain and figure.qualifier != "range" else "medium"


def _day_of(document: Document) -> dt.date | None:
    """The day in the first line of a text, if one stands there in full."""
    found = _HEADER_DATE.match(document.text)
    return read_day(found["day"], None) if found else None


def _say(number: int | Fraction | None) -> str:
    if number is None:
        return ""
    if isinstance(number, int):
        return str(number)
    return f"{float(number):.6g}"


def write_candidates(candidates: Iterable[Candidate]) -> str:
    """Write candidates as CSV, safe for a spreadsheet: no cell of it is run as a formula."""
    from analysis.safety import clean_text, guard_cell

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for candidate in candidates:
        cells = (getattr(candidate, name) for name in COLUMNS)
        writer.writerow(
            guard_cell(clean_text(cell)) if isinstance(cell, str) else cell for cell in cells
        )
    return buffer.getvalue()


def load_candidates(path: str | Path) -> list[Candidate]:
    """Read candidates.csv as a person or a spreadsheet left it.

    Raises
    ------
    UnreadableCandidates
        Naming the file, and the row and column where there is one.
    """
    from analysis.safety import unguard_cell
    from analysis.tables import shorten, suggest

    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        rows = _read_rows(text)
    except OSError as problem:
        raise UnreadableCandidates(
            f"{path}: expected a CSV file in UTF-8 ({problem.strerror})"
        ) from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnreadableCandidates(f"{path}: expected a CSV file in UTF-8 ({problem})") from None
    if not rows:
        raise UnreadableCandidates(f"{path}: expected candidates; it is empty")
    header = rows[0] = [name.strip().lower() for name in rows[0]]
    while header and not header[-1]:  # columns that a spreadsheet has added
        header.pop()
    if doubled := [name for name in COLUMNS if header.count(name) > 1]:
        raise UnreadableCandidates(f"{path}, row 1: two columns are named {doubled[0]}")
    for name in header:
        if name not in COLUMNS:
            hint = f"; {hinted}" if (hinted := suggest(name, COLUMNS)) else ""
            raise UnreadableCandidates(f'{path}, row 1: no column is named "{shorten(name)}"{hint}')
    if missing := [name for name in COLUMNS if name not in header]:
        raise UnreadableCandidates(f"{path}, row 1: expected the column {missing[0]}")
    candidates = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        row += [""] * (len(header) - len(row))
        if any(row[len(header) :]):
            raise UnreadableCandidates(f"{path}, row {number}: expected {len(header)} cells")
        cells: dict[str, str | int] = {
            name: unguard_cell(cell.strip()) for name, cell in zip(header, row, strict=False)
        }
        for name in ("paragraph", "start", "end"):
            try:
                cells[name] = int(cells[name])
            except ValueError:
                message = f'expected a whole number, found "{shorten(str(cells[name]))}"'
                raise UnreadableCandidates(f"{path}, row {number}, {name}: {message}") from None
        cells["decision"] = decision = str(cells["decision"]).lower()
        if decision not in DECISIONS:
            hint = f"; {hinted}" if (hinted := suggest(decision, DECISIONS)) else ""
            message = f'expected accept, refuse or nothing, found "{shorten(decision)}"{hint}'
            raise UnreadableCandidates(f"{path}, row {number}, decision: {message}")
        candidates.append(Candidate(**cells))  # type: ignore[arg-type]
    return candidates


def _read_rows(text: str) -> list[list[str]]:
    """Return the cells; a spreadsheet may have put semicolons or tabs between them."""
    first = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
