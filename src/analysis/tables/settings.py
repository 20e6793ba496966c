"""Which crisis a casebook is about: casebook.toml, read and checked.

No country, party, date or resolution of one crisis stands in the code: whoever needs one
asks here.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import pydantic

from analysis.safety import InputError, read_whole
from analysis.tables.claims import find_casebook
from analysis.tables.clocks import YEARS
from analysis.tables.errors import CasebookErrors, CellError, suggest

FILE = "casebook.toml"

#: Bytes of it.
_LARGEST = 1_000_000

Colour = Annotated[str, pydantic.StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Title = Annotated[str, pydantic.StringConstraints(max_length=200)]


def _of_our_time(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(f"a day from {YEARS[0]} to {YEARS[-1]}")
    return day


Day = Annotated[date, pydantic.AfterValidator(_of_our_time)]


class Headline(pydantic.BaseModel):
    """One headline figure: a title, the table it is in, and the scope asked for.

    Every other key is a column of the table with the value that its rows must have.
    """

    model_config = pydantic.ConfigDict(extra="allow", frozen=True)

    title: Title
    table: str

    @property
    def scope(self) -> dict[str, str]:
        """The columns that choose the claims, with the value of each."""
        return {name: str(value) for name, value in (self.model_extra or {}).items()}


class Settings(pydantic.BaseModel):
    """What casebook.toml says."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    #: The crisis in a few words, as a reader names it.
    title: Title = ""
    #: The day it began.
    first_day: Day | None = None
    #: The day a report is about when none is asked for; without it the last day on which anything
    #: in the casebook was published.
    report_day: Day | None = None
    #: The area that people leave; "" where nobody does.
    origin: str = ""
    #: The resolutions followed, the first of them where one is asked for.
    resolutions: list[str] = []
    #: Colours of parties, as #RRGGBB.
    colours: dict[str, Colour] = pydantic.Field(default_factory=dict)
    #: The headline figures, in their order.
    headline: list[Headline] = []

    def __repr__(self) -> str:
        """Return what is settled, a line each."""
        return "\n".join(f"{name} = {getattr(self, name)!r}" for name in self.__dir__())

    def __dir__(self) -> list[str]:
        """List what is settled, and none of what every model of pydantic has."""
        return list(type(self).model_fields)


def say_if_outside(day: date, first_day: date | None) -> str:
    """Say that a day lies before the first of a casebook, or after today; "" where it does not."""
    if first_day is not None and day < first_day:
        return f"{day} is before the first day of the casebook, {first_day}"
    return f"{day} has not come yet" if day > date.today() else ""


def refuse_early(day: str, first_day: date | None) -> None:
    """Refuse, as an `InputError`, a report of a day before the first of its casebook."""
    read = date.fromisoformat(day)
    if first_day is not None and read < first_day:
        raise InputError(f"{say_if_outside(read, first_day)}; there is nothing to report by then")


def read_settings(data: str | Path = "") -> Settings:
    """Read casebook.toml of a casebook ("" is the project's own); without the file nothing is set.

    Raises `CasebookErrors`: no TOML, an unknown key or a value of another kind.
    """
    path = find_casebook(data).resolve() / FILE
    try:
        text = read_whole(path, _LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except OSError as problem:
        expected = f"a file that can be read ({problem.strerror})"
        raise CasebookErrors([CellError(FILE, None, "", "", expected)]) from None
    except UnicodeDecodeError:
        raise CasebookErrors([CellError(FILE, None, "", "", "text in UTF-8")]) from None
    return _parse(text)


@lru_cache(maxsize=8)
def _parse(text: str) -> Settings:
    try:
        given = tomllib.loads(text)
    except RecursionError:
        raise CasebookErrors(
            [CellError(FILE, None, "", "", "lists that are not so deep")]
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise CasebookErrors([CellError(FILE, None, "", "", f"TOML ({problem})")]) from None
    try:
        return Settings.model_validate(given)
    except pydantic.ValidationError as problem:
        raise CasebookErrors([_say(error) for error in problem.errors()]) from None


def _say(error: Any) -> CellError:
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        hint = suggest(where, Settings.model_fields)
        return CellError(FILE, None, where, "", "no key of this name", hint)
    if error["type"] == "missing":
        return CellError(FILE, None, where, "", "this key, but it is missing")
    value = error.get("input")
    if error["type"] == "string_pattern_mismatch":
        return CellError(FILE, None, where, str(value), "a colour as #RRGGBB")
    said = error["msg"].removeprefix("Value error, ")
    for opening in ("Input should be ", "a valid ", "String should have "):
        said = said.removeprefix(opening)
    return CellError(FILE, None, where, str(value) if not isinstance(value, dict) else "", said)
