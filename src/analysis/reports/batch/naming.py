"""The folder of each report of a plan: a name that any system takes, and that no two share.

It is made by a template, or by what tells the reports apart.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.reports.batch.plan_file import AS_OF, Mistakes
from analysis.reports.folder import BATCH_MARK, INDEX, MARK
from analysis.reports.parameters import Value
from analysis.tables import shorten, suggest

#: What a template says where a report has no value of that name.
NONE = "any"

#: Characters of one folder's name, and of a name with its "/": Windows ends at 260 in all.
_LONGEST_PART, _LONGEST = 80, 150

#: Names that Windows keeps for devices, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)

#: The files of the batch itself.
_OWN = {INDEX, MARK, BATCH_MARK}


class TemplateError(ValueError):
    """A template that cannot be read; the message is one line."""


def safe_part(text: str) -> str:
    """Return `text` as the name of one folder on any system; NONE when nothing is left of it.

    Letters, digits and _ + - . stay; anything else is a hyphen. No name begins or ends with a
    dot or is a device of Windows, and none is longer than 80 characters.
    """
    plain = re.sub(r"[^\w.+-]+", "-", unicodedata.normalize("NFC", text))
    plain = plain.strip(".-")[:_LONGEST_PART].rstrip(".-")
    while len(plain.encode()) > 2 * _LONGEST_PART:
        plain = plain[:-1]
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain or NONE


def say_value(value: Value) -> str:
    """Return a value as a name says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(value) if isinstance(value, list) else str(value)


def read_template(template: str, known: Sequence[str]) -> list[str]:
    """Return the names in braces in `template`, such as as_of in "{as_of}/report".

    Raises `TemplateError`: it is no template, or names what a report doesn't have.
    """
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as problem:
        raise TemplateError(f'"{shorten(template)}" is no name: {problem}') from None
    names = []
    for _, name, form, conversion in fields:
        if name is None:
            continue
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known)}"
            raise TemplateError(f'no value is called "{shorten(name)}"; {hint}')
        if form or conversion:
            raise TemplateError(f'"{{{name}}}" takes nothing after the name')
        names.append(name)
    for part in template.split("/"):
        if not part.strip(". ") or "\\" in part:
            message = f'"{shorten(template)}": expected folders with "/" between them'
            raise TemplateError(f"{message}, none empty, no ..")
    return names


def render(template: str, values: Mapping[str, Value]) -> str:
    """Return the name of a report: `template` with its values, each part safe."""
    parts = []
    for part in template.split("/"):
        text = "".join(
            literal + (say_value(values.get(name, NONE)) if name is not None else "")
            for literal, name, _, _ in string.Formatter().parse(part)
        )
        parts.append(safe_part(text))
    return "/".join(parts)


def find_clashes(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return the reports that cannot both have their names, as pairs of places in `names`.

    Names clash when a system that takes A for a takes them for one, when one is a folder in
    the other, or when one is where the other would be if it failed.
    """
    taken: dict[str, int] = {}
    clashes = []
    for place, name in enumerate(names):
        plain = fold(name)
        for each in (plain, f"{plain}.failed"):
            if each in taken:
                clashes.append((taken[each], place))
                break
            taken[each] = place
    whole = {fold(name): place for place, name in enumerate(names)}
    for place, name in enumerate(names):
        parts = fold(name).split("/")
        for end in range(1, len(parts)):
            above = "/".join(parts[:end])
            other = whole.get(above, whole.get(above.removesuffix(".failed")))
            if other is not None and other != place:
                clashes.append((other, place))
    return clashes


def refuse_name(name: str) -> str:
    """Return why no report can have `name`, or ""."""
    if len(name) > _LONGEST:
        return f'the name "{shorten(name)}" is longer than {_LONGEST} characters'
    if fold(name.partition("/")[0]) in _OWN:
        return f'the name "{shorten(name)}" is that of a file of the batch'
    return ""


def fold(name: str) -> str:
    """Return `name` as a system reads it that takes A for a."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def find_axes(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the names whose values differ, in the order in which they are met."""
    names = dict.fromkeys(name for each in shown for name in each)
    missing = object()
    return tuple(
        name
        for name in names
        if any(each.get(name, missing) != shown[0].get(name, missing) for each in shown)
    )


def name_reports(
    shown: Sequence[Mapping[str, Value]], template: str, axes: Sequence[str], mistakes: Mistakes
) -> list[str]:
    """Return the names of reports; what cannot be is added to `mistakes`.

    `shown`: what tells each report from the others. `template`: as `read_template` takes it;
    without one, the names are the values that differ. `axes`: the names of the matrix, in its
    order. `mistakes`: names that no system takes, and names that two reports would share.
    """
    at = ("name",) if template else 0
    if template:
        names = [render(template, each) for each in shown]
        clashes = find_clashes(names)
    else:
        names, clashes = _name_by_axes(shown, axes)
    for name in names:
        if refusal := refuse_name(name):
            mistakes.add(at, f"name: {refusal}")
    for one, other in clashes:
        both = " and ".join(describe(shown[place]) for place in (one, other))
        message = f'the reports {both} would share the folder "{shorten(names[one])}"'
        mistakes.add(at, f"name: {message}")
    return names


def _name_by_axes(
    shown: Sequence[Mapping[str, Value]], axes: Sequence[str]
) -> tuple[list[str], list[tuple[int, int]]]:
    """Return names of what varies: of the matrix if that is enough, and else of include too."""
    varying = find_axes(shown)
    of_matrix = [name for name in axes if name in varying]
    names: list[str] = []
    clashes: list[tuple[int, int]] = []
    for fields in (of_matrix, [*of_matrix, *(name for name in varying if name not in axes)]):
        template = "/".join(f"{{{name}}}" for name in fields or [AS_OF])
        names = [render(template, each) for each in shown]
        clashes = find_clashes(names)
        if not clashes:
            break
    return names, clashes


def describe(values: Mapping[str, Value]) -> str:
    """Return values as a message names them."""
    words = ", ".join(f"{name}: {say_value(value)}" for name, value in values.items())
    return f"({shorten(words, 100)})"
