"""Text and files that are safe to hand on: no formula, no markup, no half-written file.

Figures come from other people's tables, so a cell may hold anything. Everything that
leaves the project passes through here: text loses the characters that deceive the eye,
a cell that a spreadsheet would run as a formula is quoted, and a file appears complete
or not at all.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
import tempfile
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: How a day is written in a sentence, and where there is little room (Unicode's date fields).
DAY = "d MMMM y"
SHORT_DAY = "d MMM y"

#: First characters that make a spreadsheet read a text cell as a formula (OWASP, "CSV Injection"),
#: with their full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Bytes of a file that somebody gives: 200,000 claims are some 60 MB.
LARGEST_FILE = 500_000_000

#: A longer text is cut: Excel holds 32,767 characters a cell, and no claim needs more.
LONGEST_TEXT = 32_000

_DECEIVING = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction overrides and marks
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufffe\uffff"  # invisible, or no character at all
    "\u2028\u2029\U000e0000-\U000e007f"  # other line ends, tags
    "\ud800-\udfff]"  # half a character
)


class InputError(ValueError):
    """What somebody gave is wrong, and the message says all there is to say about it.

    In a notebook it is shown as its message alone, without the calls that led to it
    (`_render_traceback_` is how IPython lets an exception say itself); `%debug` still enters
    them. Raise it for a value that a person chose; a fault of the program keeps its traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def clean_text(text: str) -> str:
    """Return `text` without characters that deceive the eye or break a file.

    Control characters, direction overrides, invisible characters and lone surrogates
    become U+FFFD (the replacement character), so that a reader sees that something was
    there; a text of more than `LONGEST_TEXT` characters is cut and ends in an ellipsis.
    """
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1] + "…"
    return _DECEIVING.sub("\ufffd", text)


def format_day(day: object, pattern: str = DAY) -> str:
    """Return a day as "3 March 2022", or as `pattern` says; "" where it is missing.

    Parameters
    ----------
    day : Timestamp, date or str
        A text must be an ISO day.
    pattern : str
        Unicode's date fields: `DAY`, `SHORT_DAY` ("3 Mar 2022"), or others.

    Raises
    ------
    ValueError
        For a text that is no day.
    """
    import pandas as pd

    if day is None or bool(pd.isna(day)):  # type: ignore[call-overload]
        return ""
    return _say_day(pd.Timestamp(day).date(), pattern)  # type: ignore[arg-type]


@lru_cache(maxsize=10_000)  # a chart says the days of its axis and its rows many times
def _say_day(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, pattern, locale="en_GB"))


def format_days(first: object, last: object, pattern: str = DAY) -> str:
    """Return two days as "24 February to 1 March 2022"; one where only one is known.

    The year stands once where both are of one year.
    """
    start, end = format_day(first, pattern), format_day(last, pattern)
    if not (start and end) or start == end:
        return start or end
    year = start[-4:]
    return f"{start.removesuffix(f' {year}') if end.endswith(year) else start} to {end}"


def find_deceiving(text: str) -> str | None:
    """Return the name of the first character that `clean_text` would replace, or None."""
    found = _DECEIVING.search(text)
    if found is None:
        return None
    character = found.group()
    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} ({name.lower()})"


def guard_cell(value: object) -> object:
    """Return `value` so that no spreadsheet runs it: a text that starts a formula gets a quote.

    Blanks and quotes before the formula do not hide it. Numbers and missing values are
    returned as they are: -5 is a number, "-5" a text. Every line end becomes a line feed,
    since some readers take a lone carriage return for the end of the row.
    """
    if not isinstance(value, str):
        return value
    if value[:1].isalnum() and value.isprintable() and len(value) <= LONGEST_TEXT:
        return value  # most cells: nothing below would change it
    text = clean_text(value.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if _starts_formula(text) else text


def unguard_cell(text: str) -> str:
    """Return the text that `guard_cell` quoted, for a file format that needs no quote."""
    return text[1:] if text.startswith("'") and _starts_formula(text[1:]) else text


def _starts_formula(text: str) -> bool:
    # A text that is quoted already is quoted once more, so that unquoting gives it back.
    return text.startswith(FORMULA_STARTS) or text.lstrip("' \u00a0").startswith(FORMULA_STARTS)


def read_whole(path: Path, most: int = LARGEST_FILE) -> bytes:
    """Return what is in a regular file of at most `most` bytes; a device or a pipe has no end.

    Raises
    ------
    OSError
        It cannot be read, is larger, or is something else.
    """
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe", str(path))
    if about.st_size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most / 1e6:,.0f} MB", str(path))
    return path.read_bytes()


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part.

    The bytes go to a temporary file in the same folder, reach the disk, and are renamed.
    Missing folders are made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as problem:
        problem.filename = str(path)  # it was asked for; the temporary one is nobody's concern
        raise
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; others may read what is exported.
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def format_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text without its index: ISO days, guarded text, Unix newlines."""
    import pandas as pd

    # Without its `attrs`, which pandas would copy with each column.
    columns = [_guard_column(column) for _, column in pd.DataFrame(frame).items()]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([guard_cell(str(name)) for name in frame.columns])
    writer.writerows(zip(*columns, strict=True))
    return buffer.getvalue()


def _guard_column(column: pd.Series) -> list[object]:
    """Return the cells of a column for a CSV file; a missing one is ""."""
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    cells = zip(column.tolist(), column.isna().tolist(), strict=True)
    return ["" if missing else guard_cell(cell) for cell, missing in cells]


def write_csv(frame: pd.DataFrame, path: Path, *, for_people: bool = False) -> None:
    """Write `frame` to `path` as `format_csv` says, whole or not at all.

    With `for_people` the file begins with the mark by which Excel knows UTF-8; pandas reads
    past it.
    """
    encoding = "utf-8-sig" if for_people else "utf-8"
    write_atomically(path, format_csv(frame).encode(encoding))


def slug(name: str) -> str:
    """Return `name` as a file name for any system: lower case letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].rstrip("-") or "unnamed"
