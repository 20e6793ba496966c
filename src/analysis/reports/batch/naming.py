"""Names of folders that any system takes, and that no two reports share."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence

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

    Raises
    ------
    TemplateError
        It is no template, or names what a report doesn't have.
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
