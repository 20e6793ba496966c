"""A parameter of a notebook as a type of pydantic, and the values that it can take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
)

from analysis.reports.values import (
    EXPECTED,
    LINE,
    TYPES,
    Keys,
    Line,
    Refused,
    Use,
    Value,
    check_folder,
    check_key,
    is_secret,
    list_keys,
    read_value,
    refuse_fault,
    write_number,
)
from analysis.tables import InputError, parse_day, shorten, suggest

__all__ = ["TYPES", "Parameter", "ParameterError", "Value", "read_day", "read_values"]

TEXTS = ("str", "list[str]")
NUMBERS = ("int", "float")

# Not every program checks formats, and "$" would let a line break pass.
_DAY = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "maxLength": 10}  # fmt: skip


class ParameterError(InputError):
    """A parameter that does not exist, or a value that it cannot take; the message is one line."""


class Checking(NamedTuple):
    """How values are checked: the context of pydantic's validation.

    `keys`: returns the keys of a table of the casebook with their names. `typed`: whether the
    values are texts as a person typed them. `look`: whether folders are looked for on this machine.
    """

    keys: Keys = list_keys
    typed: bool = False
    look: bool = True


@dataclass(frozen=True)
class Parameter:
    """One parameter as its notebook declares it."""

    #: As in the cell; the type is one of `TYPES`.
    name: str
    type: str
    default: Value  # the value when none is given
    help: str = ""
    choices: tuple[str, ...] = ()  # the texts that may be given; empty when any may
    #: The range of a number; without one, minus and plus infinity.
    low: float = -math.inf
    high: float = math.inf
    is_day: bool = False  # whether the value is a day
    #: The table of the casebook of which the value, or each of a list, is a key: "areas",
    #: "parties", …; "countries" for an ISO 3166 alpha-3 code; "" for none.
    table: str = ""
    #: How the folder is used that the value names ("casebook", "read" or "written"), if any.
    folder: Use | None = None
    meaning: str = ""  # the help without the words that are rules

    def __getstate__(self) -> dict[str, Any]:
        # What pydantic made of it stays here: another process makes its own.
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty text or list says "nothing in particular" here."""
        if self.default in ("", []):
            return True
        return self.type == "str" and not self.is_ruled

    @property
    def is_ruled(self) -> bool:
        """Whether its texts are choices, days, keys or folders, and not any words."""
        return bool(self.choices or self.is_day or self.table or self.folder)

    @cached_property
    def annotation(self) -> Any:
        """The values that it can take, as a type of pydantic, strict and with all rules."""
        kind: Any
        if self.type == "list[str]":
            least = 0 if self.may_be_empty else 1
            extra: Any = {"uniqueItems": True}
            how = Field(strict=True, min_length=least, json_schema_extra=extra)
            kind = Annotated[list[self._text], how]  # type: ignore[name-defined]
        elif self.type == "str":
            kind = self._text
        elif self.type == "bool":
            kind = Annotated[bool, Field(strict=True)]
        else:
            low, high = (
                None if math.isinf(end) else int(end) if end == int(end) else end
                for end in (self.low, self.high)
            )
            if self.type == "int":
                kind = Annotated[int, Field(strict=True, ge=low, le=high)]
            else:
                kind = Annotated[float, Field(strict=True, ge=low, le=high, allow_inf_nan=False)]
        return Annotated[kind, BeforeValidator(self._prepare)]

    @property
    def _text(self) -> Any:
        """A text, or one of a list, as a type of pydantic."""
        empty = [""] if self.may_be_empty and self.type == "str" else []
        if self.choices:
            return Literal[*empty, *self.choices]
        text: Any = Line
        if self.is_day:
            day = {"anyOf": [{"const": ""}, _DAY]} if empty else _DAY
            text = Annotated[Line, WithJsonSchema(day)]
        elif self.table == "countries":
            codes = {"title": "ISO 3166 alpha-3 code", "enum": [*empty, *list_keys(self.table)]}
            text = Annotated[Line, WithJsonSchema(codes)]
        elif self.folder and not empty:
            text = Annotated[Line, WithJsonSchema(LINE | {"minLength": 1})]
        return Annotated[text, AfterValidator(self._check_text)]

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.annotation)

    def read(self, text: str, keys: Keys = list_keys) -> Value:
        """Return the value that `text`, typed by a person, says: 007 stays "007" for a str.

        `keys`: returns the keys of a table of the casebook with their names.
        Raises `ParameterError`: `text` says no value of this parameter.
        """
        return self.check(text, Checking(keys, typed=True))

    def check(self, value: Value, how: Checking = Checking()) -> Value:  # noqa: B008
        """Return `value` as the notebook gets it, if the parameter can take it.

        `value`: a folder that is read is returned as a whole path, a whole number for a float as a
        float; anything else as it is. `how`: whether it is typed, and what it may be.
        Raises `ParameterError`: its type, day, choice, range, key or folder is wrong.
        """
        try:
            checked: Value = self._adapter.validate_python(value, context=how)
        except ValidationError as problem:
            raise self.explain(problem) from None
        return checked

    def _prepare(self, value: object, info: ValidationInfo) -> object:
        """Read what was typed, and look at a list as a whole before pydantic looks at its items."""
        if info.context and info.context.typed and isinstance(value, str):
            said = read_value(refuse_fault(value), self.type)
            if said is None:
                raise Refused(EXPECTED[self.type])
            value = said
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            for place, item in enumerate(value):
                if not item.strip():
                    raise Refused(f"no empty text, but number {place + 1} is")
                if item in value[:place]:
                    raise Refused("each text once, but this is there twice", of=item)
        return value

    def _check_text(self, text: str, info: ValidationInfo) -> str:
        how: Checking = info.context or Checking()
        if not text and self.may_be_empty:
            return text
        if self.is_day:
            parse_day(text, self.name)
        if self.table:
            check_key(text, self.table, how.keys)
        return check_folder(text, self.folder) if self.folder and how.look else text

    def explain(self, problem: ValidationError) -> ParameterError:
        """Return the first thing that pydantic found wrong with a value, in a line."""
        error = problem.errors(include_url=False)[0]
        kind, value, context = error["type"], error["input"], error.get("ctx", {})
        expected, hint = EXPECTED[self.type], ""
        if kind == "value_error":
            fault = context["error"]
            if not isinstance(fault, Refused):
                return ParameterError(str(fault))
            expected, hint, value = fault.expected, fault.hint, fault.of or value
        elif kind == "literal_error":
            expected, hint = f"one of {', '.join(self.choices)}", suggest(value, self.choices)
        elif kind in ("greater_than_equal", "less_than_equal"):
            expected = f"a number from {write_number(self.low)} to {write_number(self.high)}"
        elif kind == "too_short":
            value = ""
            expected = f"at least one of {', '.join(self.choices)}".removesuffix(" of ")
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        message = f'{self.name}: "{shorten(shown)}" is not allowed; expected {expected}'
        return ParameterError(f"{message}; {hint}" if hint else message)


def make_model(name: str, parameters: Mapping[str, Parameter]) -> type[BaseModel]:
    """Return a model of pydantic with a field for each parameter, and no others.

    A parameter may be called as a method of the model is (`json`, `copy`), so its name is the
    alias of a field.
    """
    made: Any = {
        f"given_{place}": (
            each.annotation,
            Field(each.default, alias=own, title=own, description=each.help),
        )
        for place, (own, each) in enumerate(parameters.items())
    }
    return create_model(name, __config__=ConfigDict(extra="forbid"), **made)


def read_values(
    given: Mapping[str, str],
    declared: Mapping[str, Mapping[str, Parameter]],
    keys: Keys = list_keys,
) -> dict[str, dict[str, Value]]:
    """Return for each notebook the values typed for the parameters that it declares.

    `given`: names and values as typed. `declared`: the name of each notebook that is to run, and
    its parameters. `keys`: returns the keys of a table of the casebook with their names.
    Raises `ParameterError`: no notebook has a parameter of this name, or one that has it cannot
    take the value.
    """
    known = sorted({name for parameters in declared.values() for name in parameters})
    for name in given:
        refuse_secret(name)
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known) or 'none'}"
            raise ParameterError(f'no parameter is called "{shorten(name)}"; {hint}')
    values = {}
    for notebook, parameters in declared.items():
        own = {name: text for name, text in given.items() if name in parameters}
        try:
            made = make_model(notebook, parameters).model_validate(
                own, context=Checking(keys, typed=True)
            )
        except ValidationError as problem:
            name = str(problem.errors()[0]["loc"][0])
            raise parameters[name].explain(problem) from None
        values[notebook] = made.model_dump(by_alias=True, exclude_unset=True)
    return values


def read_day(text: str, name: str) -> str:
    """Return `text` if it is a day as YYYY-MM-DD, and raise ParameterError otherwise."""
    return str(Parameter(name, "str", "2000-01-01", is_day=True).read(text))


def refuse_secret(name: str) -> None:
    """Raise ParameterError if a parameter of this name asks for a secret.

    Parameters are written into every report and its manifest: they are public.
    """
    if is_secret(name):
        message = f'"{shorten(name)}" looks like a secret; parameters are written into the report'
        raise ParameterError(message)
