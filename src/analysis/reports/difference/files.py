"""How texts, charts and manifests of one name differ between two reports.

Of a chart: rows drawn, title, alternative text, and how many pixels of its picture. Of two
manifests: from what the reports were made, and with what, but not when.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from analysis.reports.difference.found import (
    BOTH,
    ONLY_A,
    ONLY_B,
    ChartDifference,
    InputChange,
    MakingDifference,
    ParameterChange,
    PictureDifference,
    TableDifference,
    TextDifference,
    ValueChange,
)
from analysis.reports.difference.report_folder import UnreadableFile, read_bytes

#: A sentence ends at its full stop, where a capital or a digit opens the next one.
_NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])")

#: The mark of sentences that a notebook shows (see `analysis.display.text`).
_SENTENCES = 'class="figures-text"'


def compare_texts(name: str, a: bytes | None, b: bytes | None) -> TextDifference | None:
    """Return how two texts in UTF-8 differ, None where they do not; None is no such text."""
    if a == b:
        return None
    try:
        of_a, of_b = (split_sentences(_decode(data)) for data in (a, b))
    except UnreadableFile as problem:
        return TextDifference(name, _present(a, b), problem=str(problem))
    return compare_sentences(name, of_a, of_b, _present(a, b))


def compare_notebooks(name: str, a: bytes | None, b: bytes | None) -> TextDifference | None:
    """Return how the sentences that two executed notebooks show differ; None is no notebook."""
    if a == b:
        return None
    try:
        of_a, of_b = (_read_shown(data) for data in (a, b))
    except UnreadableFile as problem:
        return TextDifference(name, _present(a, b), problem=str(problem))
    # That a notebook is only in one report is told where the notebooks are.
    return compare_sentences(name, of_a, of_b) if a and b else None


def compare_sentences(
    name: str, a: Sequence[str], b: Sequence[str], present: str = BOTH
) -> TextDifference | None:
    """Return which sentences are only in `a` or `b`, in their order; None where none is."""
    count_a, count_b = Counter(a), Counter(b)
    gone, new = _only(a, count_a - count_b), _only(b, count_b - count_a)
    turned = not gone and not new and list(a) != list(b)
    found = TextDifference(name, present, gone, new, turned)
    return found if found.found else None


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a blank line ends one too."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [s for part in paragraphs if part for s in _NEXT_SENTENCE.split(part)]


def _only(sentences: Sequence[str], count: Counter[str]) -> tuple[str, ...]:
    left = count.copy()
    found = []
    for sentence in sentences:
        if left[sentence] > 0:
            left[sentence] -= 1
            found.append(sentence)
    return tuple(found)


def _present(a: bytes | None, b: bytes | None) -> str:
    return ONLY_B if a is None else ONLY_A if b is None else BOTH


def _decode(data: bytes | None) -> str:
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile("it is not UTF-8") from None


def _read_shown(data: bytes | None) -> list[str]:
    sentences: list[str] = []
    try:
        cells = json.loads(_decode(data))["cells"] if data else []
        for cell in cells:
            for output in cell.get("outputs", []):
                shown = output.get("data", {})
                if _SENTENCES in "".join(shown.get("text/html", "")):
                    sentences += split_sentences("".join(shown.get("text/plain", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UnreadableFile("it is no notebook that can be read") from None
    return sentences


#: The title of a chart, as `analysis.charts.save` puts it into its SVG file.
_TITLE = re.compile(rb"<title\b[^>]*>(.*?)</title>", re.DOTALL)

#: Stands for the day of either report.
_DAY = "\x00"

#: A title stands before the drawing.
_TITLE_WITHIN = 200_000


def compare_charts(
    name: str,
    a: Mapping[str, Path],
    b: Mapping[str, Path],
    rows: TableDifference | None,
    days: tuple[str, str] = ("", ""),
) -> ChartDifference | None:
    """Return how a chart differs, None where it does not.

    `a`, `b`: the chart's files by ending (".png", ".svg", ".txt", ".csv"); {} for no such chart.
    `rows`: how the rows drawn differ. `days`: the days of the two reports, as words that may stand
    in title and alt text.
    """
    if not a or not b:
        return ChartDifference(name, ONLY_A if a else ONLY_B, rows)
    before, after = (_read_title(files) for files in (a, b))
    title = ValueChange(name, before, after) if before != after else None
    alt = compare_texts(name, *(_read(files, ".txt") for files in (a, b)))
    words = [*((before, after) if title else ()), *((alt.gone, alt.new) if alt else ())]
    is_only_the_day = rows is None and days[0] != days[1] and _agree(words, days)
    found = ChartDifference(name, BOTH, rows, title, alt, _compare_drawing(a, b), is_only_the_day)
    return found if found.found else None


def _agree(words: list[object], days: tuple[str, str]) -> bool:
    """Whether words of A (first, third, …) and B are the same but for the days."""
    pairs = list(zip(words[::2], words[1::2], strict=True))
    return bool(pairs) and all(
        str(before).replace(days[0], _DAY) == str(after).replace(days[1], _DAY)
        for before, after in pairs
    )


def _compare_drawing(a: Mapping[str, Path], b: Mapping[str, Path]) -> PictureDifference | None:
    pictures = [_read(files, ".png") for files in (a, b)]
    if pictures[0] is not None and pictures[1] is not None:
        return compare_pictures(pictures[0], pictures[1])
    if pictures[0] != pictures[1]:
        side = "A" if pictures[0] is None else "B"
        return PictureDifference(None, problem=f"report {side} has no PNG file of it")
    return None


def _read(files: Mapping[str, Path], suffix: str) -> bytes | None:
    return read_bytes(files[suffix]) if suffix in files else None


def _read_title(files: Mapping[str, Path]) -> str | None:
    found = _TITLE.search((_read(files, ".svg") or b"")[:_TITLE_WITHIN])
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else None


#: Width in pixels of a picture beside another.
_SHOWN = 800

#: More pixels than this no chart has; a file may state any number.
_MOST_PIXELS = 60_000_000


class UnreadablePicture(ValueError):
    """A file is no picture that can be read."""


def compare_pictures(a: bytes, b: bytes) -> PictureDifference | None:
    """Return how two PNG files look different; None where every pixel is the same."""
    if a == b:
        return None
    pictures = []
    problems = []
    for side, data in (("A", a), ("B", b)):
        try:
            pictures.append(_read_picture(data))
        except UnreadablePicture:
            problems.append(side)
    if problems:
        which = " and ".join(problems)
        return PictureDifference(None, problem=f"the picture of report {which} could not be read")
    one, other = pictures
    if one.size != other.size:
        return PictureDifference(None, one.size, other.size)
    share = float((np.asarray(one) != np.asarray(other)).any(axis=2).mean())
    return PictureDifference(share, one.size, other.size) if share else None


def _read_picture(data: bytes) -> Image.Image:
    """Return a PNG file in red, green, blue and opacity.

    Raises `UnreadablePicture`: it is no PNG file, or larger than any chart.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height <= _MOST_PIXELS:
                return picture.convert("RGBA")
    except Exception as problem:  # the reader has errors of many kinds
        raise UnreadablePicture(str(problem)) from None
    raise UnreadablePicture("it is larger than any chart")


def shrink(data: bytes) -> bytes:
    """Return a PNG file at most `_SHOWN` pixels wide, each pixel the mean of those it stands for.

    Raises `UnreadablePicture`: it is no PNG file of a chart.
    """
    picture = _read_picture(data)
    buffer = io.BytesIO()
    picture.reduce(-(-picture.width // _SHOWN)).save(buffer, "PNG")
    return buffer.getvalue()


#: What an input is, by the folder its name begins with.
_KINDS = {"data": "table", "notebooks": "notebook", "analysis": "code"}


def compare_manifests(a: Mapping[str, Any], b: Mapping[str, Any]) -> MakingDifference:
    """Return what differs in notebooks, how they ended, parameters, versions and inputs.

    When a report was started and how long it took is no difference; neither is the day of
    each notebook, where it is the day of its report.
    """
    runs_a, runs_b = ({run["name"]: run for run in one["notebooks"]} for one in (a, b))
    both = [name for name in runs_a if name in runs_b]
    outcomes = [
        ValueChange(name, _say_outcome(runs_a[name]), _say_outcome(runs_b[name])) for name in both
    ]
    return MakingDifference(
        tuple(name for name in runs_a if name not in runs_b),
        tuple(name for name in runs_b if name not in runs_a),
        tuple(change for change in outcomes if change.before != change.after),
        _compare_parameters(
            {name: _read_parameters(runs_a[name], a) for name in both},
            {name: _read_parameters(runs_b[name], b) for name in both},
        ),
        _compare_versions(a.get("versions", {}), b.get("versions", {})),
        _compare_inputs(a.get("inputs", {}), b.get("inputs", {})),
    )


def _say_outcome(run: Mapping[str, Any]) -> str:
    status, error = str(run.get("status", "")), str(run.get("error", "") or "")
    return f"{status}: {error}" if error else status


def _read_parameters(run: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, str]:
    given = run.get("parameters", {})
    return {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in given.items()
        if not (name == "as_of" and value == manifest["as_of"])
    }


def _compare_parameters(
    a: Mapping[str, dict[str, str]], b: Mapping[str, dict[str, str]]
) -> tuple[ParameterChange, ...]:
    """One change a value, with all notebooks that were given it."""
    found: dict[tuple[str, str | None, str | None], list[str]] = {}
    for notebook in a:
        before, after = a[notebook], b[notebook]
        for name in dict.fromkeys([*before, *after]):
            values = (before.get(name), after.get(name))
            if values[0] != values[1]:
                found.setdefault((name, *values), []).append(notebook)
    return tuple(ParameterChange(*key, tuple(notebooks)) for key, notebooks in found.items())


def _compare_versions(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(name, _text(a.get(name)), _text(b.get(name)))
        for name in sorted({*a, *b})
        if _text(a.get(name)) != _text(b.get(name))
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _compare_inputs(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[InputChange, ...]:
    changes = []
    for name in sorted({*a, *b}):
        if a.get(name) != b.get(name):
            change = "new" if name not in a else "gone" if name not in b else "changed"
            changes.append(InputChange(name, _KINDS.get(name.split("/")[0], "other"), change))
    return tuple(changes)
