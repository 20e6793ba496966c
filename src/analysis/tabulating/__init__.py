"""From an imported file to rows of a casebook: a recipe for each published series.

One module a table, with its ``PARTS``; what is worked out from a casebook's tables stands in the
`tabulations` of each subject. Frames of `analysis.imports` come in, rows go out, as files
NAME.PART.csv that are written whole or not at all: `rebuild` makes the project's own again,
`import_rows` those of any casebook. Imports the tables of the subjects, `analysis.tables`,
`analysis.imports`, `analysis.bounds` and `analysis.safety`.
"""

from analysis.tabulating.adding import Added, add_rows, import_rows
from analysis.tabulating.part import Part, Rebuilt
from analysis.tabulating.rebuilding import PARTS, rebuild

__all__ = ["PARTS", "Added", "Part", "Rebuilt", "add_rows", "import_rows", "rebuild"]


def __dir__() -> list[str]:
    return __all__
