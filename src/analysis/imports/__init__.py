"""Published formats become tidy frames: one module a format, found by its ``IMPORTER``.

A file as its publisher made it comes in; an `Imported` goes out: the frame the format's
module documents, every row that was refused with its reason, and notes. Imports nothing of
the package but `analysis.safety`.
"""

from analysis.imports.discovery import find_formats, import_file
from analysis.imports.imported import Imported, Importer, ImportProblem, Progress
from analysis.imports.writing import Written, import_into, write_imported

#: Name to importer, for every module of the package that defines one.
FORMATS: dict[str, Importer] = find_formats()

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
