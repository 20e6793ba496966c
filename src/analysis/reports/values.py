"""What can stand in a parameter: text, numbers, days, keys of a table, folders; and how it reads.

Numbers are digits as people write them. What some program would take and a reader would not
(1e3, 0x10, 1_000, inf, digits of another script) is refused rather than guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema

from analysis.safety import find_deceiving
from analysis.tables import (
    CLAIMANTS,
    SOURCES,
    CasebookErrors,
    find_casebook,
    read_records,
    suggest,
    suggest_key,
)
from analysis.tables.keys import name_countries, name_keys

Value: TypeAlias = str | int | float | bool | list[str]

TYPES = ("str", "int", "float", "bool", "list[str]")

EXPECTED = {
    "int": "a whole number in digits, such as 7 or 1,000",
    "float": "a number in digits, such as 7 or 0.5",
    "bool": "true or false",
    "str": "text",
    "list[str]": "texts, with commas between them",
}

#: A longer text is no parameter: it is the contents of some file.
LONGEST = 1000

#: The keys that a table has, with the words for each (see `name_keys`);
#: an empty mapping where any may be given.
#: "countries" asks for ISO 3166 alpha-3 codes, any other word for a table of the casebook.
Keys: TypeAlias = Callable[[str], Mapping[str, str]]

#: A casebook; any folder that is read; a folder that is written to, and may come into being.
Use: TypeAlias = Literal["casebook", "read", "written"]

_WORDS_FOR_BOOL = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DIGITS = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_WHOLE = re.compile(rf"[+-]?{_DIGITS}")
_NUMBER = re.compile(rf"[+-]?{_DIGITS}(?:\.[0-9]+)?")

#: A whole number of more digits is a slip, and no table or spreadsheet would keep it whole.
_MOST_DIGITS = 15

_SECRET = {
    "apikey", "auth", "authorization", "bearer", "cookie", "credential", "credentials", "jwt",
    "key", "passcode", "passphrase", "passwd", "password", "passwords", "pwd", "secret",
    "secrets", "token",
}  # fmt: skip

#: `tokens_shown` and `keys` count something; `api_keys` and `access_tokens` open something.
_SEVERAL = {"keys", "tokens"}
_OPENING = {"access", "api", "auth", "encryption", "private", "refresh", "session", "ssh"}

#: accessKey is access and Key; APIKey is API and Key.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class Refused(ValueError):
    """Why pydantic refuses a value, or the part `of` it: what was expected, and a hint or ""."""

    def __init__(self, expected: str, hint: str = "", of: str = "") -> None:
        self.expected, self.hint, self.of = expected, hint, of
        super().__init__(expected)


def refuse_fault(text: str) -> str:
    """Return `text`, or refuse it if it is no text that a parameter can be.

    A parameter is written into pages, tables and command lines, so it is one line that a
    reader can see the whole of.
    """
    if len(text) > LONGEST:
        raise Refused(f"at most {LONGEST:,} characters")
    if re.search(r"[\n\r\t]", text):
        raise Refused("one line without tabs")
    deceiving = find_deceiving(text)
    if deceiving:
        raise Refused(f"text without {deceiving}")
    return text


#: A text that can be a parameter, for a JSON Schema and for pydantic.
LINE = {"type": "string", "maxLength": LONGEST, "pattern": r"^[^\n\r\t]*$"}
Line = Annotated[str, Field(strict=True), AfterValidator(refuse_fault), WithJsonSchema(LINE)]


def read_value(text: str, kind: str) -> Value | None:
    """Return what `text` says as one of `TYPES`, or None; blanks around it do not count.

    `text`: as typed: 007 is the text "007" and the number 7.
    """
    said = text.strip()
    if kind == "list[str]":
        return [item.strip() for item in said.split(",")] if said else []
    if kind == "bool":
        return _WORDS_FOR_BOOL.get(said.lower())
    if kind == "str":
        return said
    digits = said.replace(",", "")
    if kind == "float":
        return float(digits) if _NUMBER.fullmatch(said) else None
    is_whole = _WHOLE.fullmatch(said) and len(digits.lstrip("+-")) <= _MOST_DIGITS
    return int(digits) if is_whole else None


def write_value(value: Value) -> str:
    """Return `value` as a person would type it: `read_value` reads the same value from it."""
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


def write_number(number: float) -> str:
    """Return a number as help writes it: 3,650 and 0.5."""
    return f"{int(number):,}" if number == int(number) else write_value(number)


def list_keys(table: str) -> Mapping[str, str]:
    """Return what is known without a casebook: the countries, and of its tables nothing."""
    return name_countries() if table == "countries" else {}


def read_keys(data: str | Path) -> Keys:
    """Return what looks up the keys of the casebook in `data`; an area may be any country too."""
    folder = find_casebook(data)

    @cache
    def look_up(table: str) -> Mapping[str, str]:
        if table == "countries":
            return list_keys(table)
        try:
            (key, *_), rows = read_records(folder / f"{table}.csv")
        except CasebookErrors:  # what is wrong in a table is said by its reader
            return {}
        return name_keys(rows, key, table)

    return look_up


def check_key(text: str, table: str, keys: Keys) -> None:
    """Refuse `text` if `table` has keys and it is none of them."""
    known = keys(table)
    if known and text not in known:
        if table == "countries":
            expected = "the ISO 3166 alpha-3 code of a country (three letters)"
        else:
            expected = f"a key of {table}.csv"
            expected += ", or the ISO 3166 alpha-3 code of a country" if table == "areas" else ""
        raise Refused(expected, suggest_key(text, known))


def find_use(words: str) -> Use | None:
    """Return how a parameter uses the folder that it asks for, told by its help.

    "folder of the casebook …" is a casebook, "folder for …" is written to, any other help
    that begins with "folder" is read; other help asks for no folder.
    """
    if words.startswith("folder of the casebook"):
        return "casebook"
    if words.partition(" ")[0].rstrip(":;,") != "folder":
        return None
    return "written" if words.startswith("folder for ") else "read"


def check_folder(text: str, use: Use) -> str:
    """Return the path of a folder, whole if it is read, or refuse it.

    A notebook runs in a folder of its own, so that a path from here would lead elsewhere.
    """
    if not text.strip():  # to Path it would be the folder we are in
        raise Refused("the name of a folder")
    try:
        folder = Path(text).expanduser()
        is_there, is_file = folder.is_dir(), folder.is_file()
    except (OSError, ValueError, RuntimeError):  # too long a name, or "~" of nobody
        raise Refused("the name of a folder") from None
    if use == "written":
        if is_file:
            raise Refused("a folder, but this is a file")
        return text
    if not is_there:
        beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
        names = sorted(path.name for path in beside if path.is_dir())
        raise Refused("a folder that is there", suggest(folder.name, names))
    missing = [table.file for table in (SOURCES, CLAIMANTS) if not (folder / table.file).is_file()]
    if use == "casebook" and missing:
        raise Refused(f"the folder of a casebook, but there is no {missing[0]} in it")
    return folder.resolve().as_posix()


def is_secret(name: str) -> bool:
    """Return whether a word of `name` says that it holds a secret.

    Words end at capitals, digits and signs: `api_key`, `accessKey` and `DB-PASSWORD2` are
    secrets, and `keyboard`, `monkey` and `tokens_shown` are not.
    """
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFKC", name))]
    opened = {after for before, after in pairwise(words) if before in _OPENING}
    return bool(_SECRET & set(words) or _SEVERAL & opened)
