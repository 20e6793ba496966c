"""A parameter of a notebook, and the values that it can take."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from analysis.tables import parse_day, shorten, suggest

Value: TypeAlias = str | int | float | bool | list[str]

TYPES = ("str", "int", "float", "bool", "list[str]")

_SECRETS = {"credential", "credentials", "key", "passwd", "password", "secret", "token"}
_WORDS_FOR_BOOL = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
EXPECTED = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "list[str]": "texts, with commas between them",
}


class ParameterError(ValueError):
    """A parameter that does not exist, or a value that it cannot take; the message is one line."""


@dataclass(frozen=True)
class Parameter:
    """One parameter as its notebook declares it.

    Attributes
    ----------
    name, type, help : str
        As in the cell; the type is one of `TYPES`.
    default : str, int, float, bool or list of str
        The value when none is given.
    choices : tuple of str
        The texts that may be given; empty when any may.
    low, high : float
        The range of a number; without one, minus and plus infinity.
    is_day : bool
        Whether the value is a day.
    """

    name: str
    type: str
    default: Value
    help: str = ""
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    is_day: bool = False

    def read(self, text: str) -> Value:
        """Return the value that `text`, typed by a person, says: 007 stays "007" for a str.

        Raises
        ------
        ParameterError
            `text` says no value of this parameter.
        """
        value: Value | None = text
        if self.type == "list[str]":
            value = [item.strip() for item in text.split(",") if item.strip()]
        elif self.type == "bool":
            value = _WORDS_FOR_BOOL.get(text.strip().lower())
        elif self.type in ("int", "float"):
            value = _read_number(text, int if self.type == "int" else float)
        if value is None:
            raise self._error(text, EXPECTED[self.type])
        return self.check(value)

    def check(self, value: Value) -> Value:
        """Return `value` if the parameter can take it.

        Raises
        ------
        ParameterError
            Its type, day, choice or range is wrong.
        """
        if not is_of_type(value, self.type):
            raise self._error(value, EXPECTED[self.type])
        if value == self.default and value in ("", []):
            return value  # nothing in particular, where the notebook says so
        if isinstance(value, int | float) and not self.low <= value <= self.high:
            raise self._error(value, f"a number from {self.low:,g} to {self.high:,g}")
        if self.is_day:
            try:
                parse_day(str(value), self.name)
            except ValueError as problem:
                raise ParameterError(str(problem)) from None
        for item in value if isinstance(value, list) else [value]:
            if self.choices and item not in self.choices:
                hint = suggest(str(item), self.choices)
                raise self._error(item, f"one of {', '.join(self.choices)}", hint)
        return value

    def _error(self, value: object, expected: str, hint: str = "") -> ParameterError:
        message = f'{self.name}: "{shorten(str(value))}" is not allowed; expected {expected}'
        return ParameterError(f"{message}; {hint}" if hint else message)


def read_values(
    given: Mapping[str, str], declared: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, dict[str, Value]]:
    """Return for each notebook the values typed for the parameters that it declares.

    Parameters
    ----------
    given : mapping of str to str
        Names and values as typed.
    declared : mapping of str to (mapping of str to Parameter)
        The name of each notebook that is to run, and its parameters.

    Raises
    ------
    ParameterError
        No notebook has a parameter of this name, or one that has it cannot take the value.
    """
    known = sorted({name for parameters in declared.values() for name in parameters})
    for name in given:
        refuse_secret(name)
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known) or 'none'}"
            raise ParameterError(f'no parameter is called "{shorten(name)}"; {hint}')
    return {
        notebook: {
            name: parameters[name].read(text) for name, text in given.items() if name in parameters
        }
        for notebook, parameters in declared.items()
    }


def read_day(text: str, name: str) -> str:
    """Return `text` if it is a day as YYYY-MM-DD, and raise ParameterError otherwise."""
    return str(Parameter(name, "str", "", is_day=True).read(text or " "))


def refuse_secret(name: str) -> None:
    """Raise ParameterError if a parameter of this name asks for a secret.

    Parameters are written into every report and its manifest: they are public.
    """
    if _SECRETS & set(re.split(r"[^a-z]+", name.lower())):
        message = f'"{shorten(name)}" looks like a secret; parameters are written into the report'
        raise ParameterError(message)


def _read_number(text: str, number: type[int] | type[float]) -> int | float | None:
    try:
        value = number(text.strip().replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def is_of_type(value: object, kind: str) -> bool:
    """Return whether `value` is of one of `TYPES`; True is no number, and 1 is a float too."""
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return kind == "bool"
    if kind == "float":
        return isinstance(value, int | float)
    return isinstance(value, {"str": str, "int": int, "bool": bool}[kind])
