"""Files as others published them, read into tidy frames: one module a format, in `FORMATS`.

A file as its publisher made it comes in; an `Imported` goes out: the frame that the module of
the format describes, every row that was refused with its reason, and notes. The formats are
the modules of `analysis.imports.formats`; what they are made with is `analysis.imports.reading`.
Imports nothing of the package but `analysis.safety` and `analysis.bounds`.
"""

from analysis.imports.formats import FORMATS
from analysis.imports.importing import Written, import_file, import_into, write_imported
from analysis.imports.reading.results import Imported, Importer, ImportProblem, Progress

__all__ = [
    "FORMATS",
    "ImportProblem",
    "Imported",
    "Importer",
    "Progress",
    "Written",
    "import_file",
    "import_into",
    "write_imported",
]


def __dir__() -> list[str]:
    return __all__
