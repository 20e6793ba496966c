"""The parameters cell of a notebook: the one place where its parameters are declared.

The cell tagged `parameters` holds one parameter a line, `name: type = default  # help`, where
the type is str, int, float, bool or list[str]. The help says in words what may be given, and
the same words are the rule:

    as_of: str = "2022-03-03"  # day (YYYY-MM-DD): what was known on it
    group: str = "civilian"  # whose casualties: civilian | military
    rows: int = 10  # claims shown at most (1 to 50)

"YYYY-MM-DD" makes the value a day; words with "|" between them after a colon are the choices;
numbers with "to" between them in brackets are the range. An empty default is always allowed.
`papermill --help-notebook` prints the same words.
"""

from __future__ import annotations

import ast
import io
import math
import re
import tokenize

from analysis.reports.parameters import (
    EXPECTED,
    TYPES,
    Parameter,
    ParameterError,
    is_of_type,
    refuse_secret,
)
from analysis.tables import shorten

_CHOICE = r"[^:;|,(]+"
_CHOICES = re.compile(rf":({_CHOICE}(?:\|{_CHOICE})+)")
_NUMBER = r"(-?\d[\d,]*(?:\.\d+)?)"
_RANGE = re.compile(rf"\({_NUMBER} to {_NUMBER}\)")


def read_cell(source: str, where: str = "parameters cell") -> dict[str, Parameter]:
    """Return the parameters that a parameters cell declares, in their order.

    Parameters
    ----------
    source : str
        The text of the cell.
    where : str
        Opens the message of an error.

    Raises
    ------
    ParameterError
        A line is not a declaration, a default breaks its own rule, or a name asks for a secret.
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
    if not is_of_type(plain.default, plain.type):
        raise ParameterError(f"{at}: expected {EXPECTED[plain.type]} as default of {plain.name}")
    choices, limits = _CHOICES.search(plain.help), _RANGE.search(plain.help)
    low, high = -math.inf, math.inf
    if limits and plain.type in ("int", "float"):
        low, high = (float(end.replace(",", "")) for end in limits.groups())
    parameter = Parameter(
        plain.name,
        plain.type,
        plain.default,
        plain.help,
        choices=tuple(c.strip(" .") for c in choices.group(1).split("|")) if choices else (),
        low=low,
        high=high,
        is_day=plain.type == "str" and "YYYY-MM-DD" in plain.help,
    )
    try:
        parameter.check(plain.default)
    except ParameterError as problem:
        raise ParameterError(f"{at}: {problem}") from None
    return parameter
