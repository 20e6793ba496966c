"""The parameters cell of a notebook: the one place where its parameters are declared.

The cell tagged `parameters` holds one parameter a line, `name: type = default  # help`, where
the type is str, int, float, bool or list[str]. The help says in words what may be given, and
the same words are the rule:

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
from dataclasses import replace

from analysis.reports.parameters import (
    NUMBERS,
    TEXTS,
    Checking,
    Parameter,
    ParameterError,
    refuse_secret,
)
from analysis.reports.values import TYPES, find_use
from analysis.tables import shorten

_CHOICE = r"[^:;|,(]+"
_CHOICES = re.compile(rf":({_CHOICE}(?:\|{_CHOICE})+)")
_NUMBER = r"(-?\d[\d,]*(?:\.\d+)?)"
_RANGE = re.compile(rf" ?\({_NUMBER} to {_NUMBER}\)")
_DAY = re.compile(r" ?\(?YYYY-MM-DD\)?")
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
        meaning=(_DAY.sub("", meaning) if is_day else meaning).strip(),
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
