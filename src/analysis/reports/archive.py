"""ZIP files of which the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The first day that a ZIP file knows: when something was packed is no part of it.
_PACKED_ON = (1980, 1, 1, 0, 0, 0)

#: Files whose bytes are compressed already.
_COMPRESSED = (".png", ".pdf", ".xlsx", ".docx", ".zip")


def make_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file with `files` (path in it to bytes), in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _PACKED_ON)
            entry.create_system = 3  # the same on every machine
            entry.external_attr = 0o100644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, data, compresslevel=9)
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """Return a ZIP file with the content of another, but not with its times."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return make_zip({name: archive.read(name) for name in archive.namelist()})
