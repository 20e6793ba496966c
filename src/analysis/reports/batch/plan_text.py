"""The text of a plan file: YAML comes in, texts with their lines go out, and nothing is guessed.

YAML turns 007 into 7, NO (Norway) into false and 2022-02-24 into a date. Here every value
stays the text that is written, and the parameter that it is for says what it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from analysis.tables import shorten

#: What YAML itself knows; a tag of anybody else would make objects of Python.
_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in (
        "str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq",
    )
}  # fmt: skip

#: A plan is keys, lists of them, and lists of values in these; nothing is deeper.
_DEEPEST = 6

#: Mistakes printed of one plan.
_MOST = 50


class PlanErrors(ValueError):
    """Everything that is wrong with a plan; its text has a line each."""

    def __init__(self, file: str, mistakes: Sequence[tuple[int, str]]) -> None:
        self.lines = [
            f"{file}, line {line}: {message}" if line else f"{file}: {message}"
            for line, message in sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake[0])
        ]
        count = len(self.lines)
        shown = self.lines[:_MOST]
        if count > 1:
            shown = [f"the plan has {count:,} mistakes:", *shown]
        if count > _MOST:
            shown.append(f"and {count - _MOST:,} more")
        super().__init__("\n".join(shown))


class Mistakes:
    """What is wrong with a plan, as far as it has been read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, message: str) -> None:
        """Take note of a mistake in `line` (from 1; 0 is the whole plan)."""
        self._found.append((line, message))

    def stop(self) -> None:
        """Raise PlanErrors if there is any mistake."""
        if self._found:
            raise PlanErrors(self._file, self._found)


@dataclass(frozen=True)
class Text:
    """A value as it is written; `empty` when nothing is written, not even quotes."""

    text: str
    line: int
    empty: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Keys:
    """Keys with their values; the line of a key is in `lines`."""

    entries: dict[str, Node]
    lines: dict[str, int]
    line: int


Node: TypeAlias = Text | Items | Keys


def read_text(path: Path, mistakes: Mistakes) -> Keys:
    """Return the keys of the plan file `path`.

    Raises
    ------
    PlanErrors
        It is no YAML, or no keys are in it.
    OSError
        It cannot be read.
    """
    root = None
    try:
        root = yaml.compose(path.read_bytes().decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        words = " ".join(str(problem.problem or problem.context or problem).split())
        mistakes.add(mark.line + 1 if mark else 0, f"not readable as YAML: {words}")
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        words = shorten(str(problem) or type(problem).__name__, 100)
        mistakes.add(0, f"not readable as YAML: {words}")
    mistakes.stop()
    found = _convert(root, mistakes, set(), 0) if root is not None else None
    mistakes.stop()
    if not isinstance(found, Keys):
        mistakes.add(0, "expected keys such as matrix, notebooks and parameters")
        mistakes.stop()
        raise AssertionError("the mistake above was raised")
    return found


def _convert(node: yaml.Node, mistakes: Mistakes, seen: set[int], depth: int) -> Node:
    line = node.start_mark.line + 1
    nothing = Text("", line, empty=True)
    if node.tag not in _TAGS:
        mistakes.add(line, f'"{shorten(node.tag)}" is no tag of a plan; leave it out')
        return nothing
    if id(node) in seen:
        mistakes.add(line, "an alias (*name) is not read in a plan; write the value again")
        return nothing
    if depth > _DEEPEST:
        mistakes.add(line, "lists and keys are too deep in one another")
        return nothing
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Text(str(node.value), line, empty=node.style is None and not node.value)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_convert(n, mistakes, seen, depth + 1) for n in node.value), line)
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            mistakes.add(at, "expected a name as key")
        elif name in entries:
            message = f'the key "{shorten(name)}" stands in line {lines[name]} already'
            mistakes.add(at, message)
        else:
            entries[name], lines[name] = _convert(value, mistakes, seen, depth + 1), at
    return Keys(entries, lines, line)
