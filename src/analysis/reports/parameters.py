"""A parameter of a notebook, and the values that it can take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.reports.country_codes import list_codes, suggest_country
from analysis.reports.given_folders import Refusal, Use, check_folder
from analysis.reports.secret_names import is_secret
from analysis.reports.typed_values import (
    EXPECTED,
    TYPES,
    Value,
    find_fault,
    is_of_type,
    read_value,
    write_number,
)
from analysis.tables import parse_day, shorten, suggest

__all__ = ["TYPES", "Parameter", "ParameterError", "Value", "read_day", "read_values"]


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
    is_country : bool
        Whether the value, or each of a list, is the ISO 3166 alpha-3 code of a country.
    folder : str or None
        How the folder is used that the value names ("casebook", "read" or "written"), if any.
    meaning : str
        The help without the words that are rules.
    """

    name: str
    type: str
    default: Value
    help: str = ""
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    is_day: bool = False
    is_country: bool = False
    folder: Use | None = None
    meaning: str = ""

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty text or list says "nothing in particular" here."""
        if self.default in ("", []):
            return True
        ruled = self.choices or self.is_day or self.is_country or self.folder
        return self.type == "str" and not ruled

    def read(self, text: str) -> Value:
        """Return the value that `text`, typed by a person, says: 007 stays "007" for a str.

        Raises
        ------
        ParameterError
            `text` says no value of this parameter.
        """
        self._refuse_fault(text)
        value = read_value(text, self.type)
        if value is None:
            raise self._error(text, EXPECTED[self.type])
        return self.check(value)

    def check(self, value: Value, *, look: bool = True) -> Value:
        """Return `value` as the notebook gets it, if the parameter can take it.

        Parameters
        ----------
        value : str, int, float, bool or list of str
            A folder that is read is returned as a whole path, a whole number for a float as
            a float; anything else as it is.
        look : bool
            Whether folders are looked for on this machine.

        Raises
        ------
        ParameterError
            Its type, day, choice, range, country or folder is wrong.
        """
        if not is_of_type(value, self.type):
            raise self._error(value, EXPECTED[self.type])
        if value in ("", []) and self.may_be_empty:
            return value
        if isinstance(value, str):
            return self._check_text(value, look)
        if isinstance(value, list):
            return self._check_list(value, look)
        if not self.low <= value <= self.high:
            limits = f"{write_number(self.low)} to {write_number(self.high)}"
            raise self._error(value, f"a number from {limits}")
        return float(value) if self.type == "float" else value

    def _check_list(self, items: list[str], look: bool) -> list[str]:
        if not items:
            some = f" of {', '.join(self.choices)}" if self.choices else ""
            raise self._error("", f"at least one{some}")
        for place, item in enumerate(items):
            if not item.strip():
                raise self._error(", ".join(items), f"no empty text, but number {place + 1} is")
            if item in items[:place]:
                raise self._error(item, "each text once, but this is there twice")
        return [self._check_text(item, look) for item in items]

    def _check_text(self, text: str, look: bool) -> str:
        self._refuse_fault(text)
        if self.is_day:
            try:
                parse_day(text, self.name)
            except ValueError as problem:
                raise ParameterError(str(problem)) from None
        if self.choices and text not in self.choices:
            expected = f"one of {', '.join(self.choices)}"
            raise self._error(text, expected, suggest(text, self.choices))
        if self.is_country and text not in list_codes():
            expected = "the ISO 3166 alpha-3 code of a country, such as UKR"
            raise self._error(text, expected, suggest_country(text))
        if not (self.folder and look):
            return text
        found = check_folder(text, self.folder)
        if isinstance(found, Refusal):
            raise self._error(text, found.expected, found.hint)
        return found

    def _refuse_fault(self, text: str) -> None:
        expected = find_fault(text)
        if expected:
            raise self._error(text, expected)

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
    return str(Parameter(name, "str", "2022-03-03", is_day=True).read(text))


def refuse_secret(name: str) -> None:
    """Raise ParameterError if a parameter of this name asks for a secret.

    Parameters are written into every report and its manifest: they are public.
    """
    if is_secret(name):
        message = f'"{shorten(name)}" looks like a secret; parameters are written into the report'
        raise ParameterError(message)
