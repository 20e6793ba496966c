"""A parameter of a notebook: its declaration, a type of pydantic, the values that it can take.

A notebook declares its parameters in one place, the cell tagged `parameters`: one parameter a
line, `name: type = default  # help`, where the type is str, int, float, bool or list[str]. The
help says in words what may be given, and the same words are the rule:

    as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known on it
    group: str = "civilian"  # whose casualties: civilian | military
    rows: int = 10  # claims shown at most (1 to 50)

"YYYY-MM-DD" makes the value a day; words with "|" between them after a colon are the choices,
each item's where the type is a list; two numbers with "to" between them in brackets are the
range; "ISO 3166 alpha-3 code" asks for a country, "key of areas.csv" for an area of the casebook
(any other table too); help that begins with "folder of the casebook", "folder for" or "folder"
asks for a casebook, a folder to write to, or one to read. An empty default is always allowed:
what it means is said in the help, such as "empty: what the casebook says".
`papermill --help-notebook` prints the same words.
"""

from __future__ import annotations

import ast
import io
import math
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
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
    find_use,
    is_secret,
    list_keys,
    read_value,
    refuse_fault,
    write_number,
)
from analysis.tables import InputError, parse_day, shorten, suggest

__all__ = ["TYPES", "Parameter", "ParameterError", "Value", "read_cell", "read_day", "read_values"]

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


_CHOICE = r"[^:;|,(]+"
_CHOICES = re.compile(rf":({_CHOICE}(?:\|{_CHOICE})+)")
_NUMBER = r"(-?\d[\d,]*(?:\.\d+)?)"
_RANGE = re.compile(rf" ?\({_NUMBER} to {_NUMBER}\)")
_DAY_WORDS = re.compile(r" ?\(?YYYY-MM-DD\)?")
_COUNTRY = "ISO 3166 alpha-3 code"
_KEY = re.compile(r"key of ([a-z_]+)\.csv")


def read_cell(source: str, where: str = "parameters cell") -> dict[str, Parameter]:
    """Return the parameters that a parameters cell declares, in their order.

    `source`: the text of the cell. `where`: opens the message of an error.
    Raises `ParameterError`: a line is not a declaration, a default breaks its own rule, or a name
    asks for a secret.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError as problem:
        message = f"{where}, line {problem.lineno}: expected name: type = default  # help"
        raise ParameterError(message) from None
    comments = {
        token.start[0]: token.string.lstrip("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    declared: dict[str, Parameter] = {}
    for statement in statements:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a text that explains the cell
        at = f"{where}, line {statement.lineno}"
        parameter = _declaration(statement, comments.get(statement.end_lineno or 0, ""), at)
        refuse_secret(parameter.name)
        if parameter.name in declared:
            raise ParameterError(f"{at}: {parameter.name} is declared twice")
        declared[parameter.name] = parameter
    return declared


def _declaration(statement: ast.stmt, words: str, at: str) -> Parameter:
    if not (
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and statement.value is not None
    ):
        raise ParameterError(f"{at}: expected name: type = default  # help")
    kind = ast.unparse(statement.annotation)
    if kind not in TYPES:
        raise ParameterError(f'{at}: "{shorten(kind)}" is no type; expected {", ".join(TYPES)}')
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        raise ParameterError(f"{at}: expected a plain value as default") from None
    return _with_rules(Parameter(statement.target.id, kind, default, words), at)


def _with_rules(plain: Parameter, at: str) -> Parameter:
    choices = _CHOICES.search(plain.help)
    if choices and plain.type not in TEXTS:
        raise ParameterError(f"{at}: choices are for {' and '.join(TEXTS)}, not {plain.type}")
    low, high = _limits(plain, at)
    is_day = plain.type == "str" and "YYYY-MM-DD" in plain.help
    meaning = plain.help.replace(choices.group(), "") if choices else plain.help
    meaning = _RANGE.sub("", meaning) if plain.type in NUMBERS else meaning
    parameter = replace(
        plain,
        choices=tuple(c.strip(" .") for c in choices.group(1).split("|")) if choices else (),
        low=low,
        high=high,
        is_day=is_day,
        table=_find_table(plain.help) if plain.type in TEXTS else "",
        folder=find_use(plain.help) if plain.type == "str" else None,
        meaning=(_DAY_WORDS.sub("", meaning) if is_day else meaning).strip(),
    )
    try:
        # What is on this machine is no matter of the declaration.
        parameter.check(plain.default, Checking(look=False))
    except ParameterError as problem:
        raise ParameterError(f"{at}: {problem}") from None
    return parameter


def _find_table(words: str) -> str:
    found = _KEY.search(words)
    return found.group(1) if found else "countries" if _COUNTRY in words else ""


def _limits(plain: Parameter, at: str) -> tuple[float, float]:
    ranges = _RANGE.findall(plain.help) if plain.type in NUMBERS else []
    if len(ranges) > 1:
        raise ParameterError(f"{at}: expected one range in the help of {plain.name}, not several")
    if not ranges:
        return -math.inf, math.inf
    low, high = (float(end.replace(",", "")) for end in ranges[0])
    return low, high
