"""The keys of a plan file, each of the kind that it must be; what the values say comes later.

    data: ../casebook               # the casebook; without it the project's own
    out: reports                    # where the reports go
    notebooks: [key_figures]        # which notebooks a report holds; without it all
    parameters: {origin: UKR}       # the same for every report
    matrix:                         # one report for every combination
      as_of: 2022-02-24..2022-04-30 by 7
      parties: [true, false]
    exclude:                        # combinations that are not made
      - {as_of: 2022-02-24, parties: false}
    include:                        # values added to combinations, and further combinations
      - {as_of: 2022-03-03, origin: SYR}
    name: "{as_of}/{origin}"        # the folder of a report
    timeout: 600                    # seconds a cell may take
    workers: 2                      # reports made at the same time

Paths start from the folder of the plan. `notebook` in the matrix makes each notebook a
report of its own ("all" is all of them), and `data` runs several casebooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.reports.batch.plan_text import Items, Keys, Mistakes, Node, Text, read_text
from analysis.tables import shorten, suggest

#: The keys of a plan.
KEYS = (
    "data", "out", "notebooks", "parameters", "matrix", "include", "exclude", "name", "timeout",
    "workers",
)  # fmt: skip


@dataclass(frozen=True)
class PlanFile:
    """A plan as it is written.

    Attributes
    ----------
    folder : Path
        Where the file is; its paths start here.
    data, out : Text or None
        Folders; None where the plan doesn't say.
    notebooks : list of Text
        Names.
    parameters, matrix : mapping of str to Node
        What stands under each name.
    include, exclude : list of mapping of str to Node
        One for each entry.
    name : Text or None
        Template of the folders' names.
    timeout, workers : int or None
        Seconds, and a number of processes.
    """

    folder: Path
    data: Text | None = None
    out: Text | None = None
    notebooks: list[Text] = field(default_factory=list)
    parameters: Mapping[str, Node] = field(default_factory=dict)
    matrix: Mapping[str, Node] = field(default_factory=dict)
    include: list[Mapping[str, Node]] = field(default_factory=list)
    exclude: list[Mapping[str, Node]] = field(default_factory=list)
    name: Text | None = None
    timeout: int | None = None
    workers: int | None = None


def read_plan_file(path: Path, mistakes: Mistakes) -> PlanFile:
    """Return the plan in the file `path`; what is wrong is added to `mistakes`.

    Raises
    ------
    PlanErrors
        It is no YAML, or no keys are in it.
    OSError
        It cannot be read.
    """
    found = read_text(path, mistakes)
    for key, line in found.lines.items():
        if key not in KEYS:
            hint = suggest(key, KEYS) or f"there are {', '.join(KEYS)}"
            mistakes.add(line, f'a plan has no key "{shorten(key)}"; {hint}')
    reader = _Reader(found, mistakes)
    return PlanFile(
        folder=path.parent,
        data=reader.text("data"),
        out=reader.text("out"),
        notebooks=reader.texts("notebooks"),
        parameters=reader.keys("parameters"),
        matrix=reader.keys("matrix"),
        include=reader.entries("include"),
        exclude=reader.entries("exclude"),
        name=reader.text("name"),
        timeout=reader.number("timeout"),
        workers=reader.number("workers"),
    )


class _Reader:
    def __init__(self, found: Keys, mistakes: Mistakes) -> None:
        self._found = found
        self._mistakes = mistakes

    def text(self, key: str) -> Text | None:
        node = self._found.entries.get(key)
        if node is None or (isinstance(node, Text) and node.text.strip()):
            return node
        self._mistakes.add(self._found.lines[key], f"{key}: expected a text")
        return None

    def number(self, key: str) -> int | None:
        node = self.text(key)
        if node is None:
            return None
        if node.text.isascii() and node.text.isdigit() and 0 < int(node.text) < 10**7:
            return int(node.text)
        shown = shorten(node.text)
        self._mistakes.add(node.line, f'{key}: "{shown}" is not allowed; expected a whole number')
        return None

    def texts(self, key: str) -> list[Text]:
        node = self._found.entries.get(key)
        if node is None:
            return []
        items = node.items if isinstance(node, Items) else (node,)
        texts = [item for item in items if isinstance(item, Text) and item.text.strip()]
        if len(texts) < len(items) or not items:
            self._mistakes.add(self._found.lines[key], f"{key}: expected a list of names")
        return texts

    def keys(self, key: str) -> dict[str, Node]:
        node = self._found.entries.get(key)
        if node is None or isinstance(node, Keys):
            return {} if node is None else node.entries
        self._mistakes.add(self._found.lines[key], f"{key}: expected names with their values")
        return {}

    def entries(self, key: str) -> list[Mapping[str, Node]]:
        node = self._found.entries.get(key)
        if node is None:
            return []
        if not isinstance(node, Items):
            self._mistakes.add(self._found.lines[key], f"{key}: expected a list of combinations")
            return []
        entries: list[Mapping[str, Node]] = []
        for item in node.items:
            if isinstance(item, Keys) and item.entries:
                entries.append(item.entries)
            else:
                self._mistakes.add(item.line, f"{key}: expected names with their values")
        return entries
