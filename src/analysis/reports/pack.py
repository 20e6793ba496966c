"""A report that exists as one ZIP file to send: page, charts, tables, read-me, checksums.

The same content gives the same bytes, and pictures are made small.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.reports.folder import FolderError
from analysis.reports.manifest import read_manifest
from analysis.safety import format_day, write_atomically

#: Executed notebooks and the page in other formats are not sent: they would double its size.
_PACKED = ("report.html", "charts/", "tables/", "texts/")

#: What a mail takes without a question.
_MOST_BYTES = 3_000_000

#: What is left out of a larger pack, in this order: files that the pack has in another form too.
_SPARED = (
    ("PNG files of charts", re.compile(r"charts/.*\.png")),
    ("CSV files of tables", re.compile(r"tables/.*\.csv")),
    ("drawings for phones", re.compile(r"charts/.*-phone\b.*\.svg")),
)

_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
_SOURCE = re.compile(r'(src|srcset)="data:image/(svg|png)[^"]*"')
_ONLY_OWN = "img-src data:;"

_README = """Contested figures, as known on {day}

report.html    the page; open it in a browser. It needs the folder charts beside it.
charts/        each chart as PNG and SVG, its rows as CSV, its description as text
tables/        each table as CSV, and tables.xlsx with all of them and their sources
SHA256SUMS     checksums of all files: sha256sum -c SHA256SUMS

Each figure stands in the words of whoever says it. Figures of different claimants stand side by
side; they are never added up or averaged.
{left_out}
Made from: {identity}
"""


def pack_report(folder: Path, target: Path) -> list[str]:
    """Write the report in `folder` as the ZIP file `target`; the same report, the same bytes.

    Of a pack of more than 3 MB parts are left out that are in it in another form.

    Returns what was left out, in words.
    Raises `FolderError`: there is no complete report in `folder`, or it is too large even so.
    """
    manifest = read_manifest(folder)
    names = sorted(name for name in manifest["outputs"] if name.startswith(_PACKED))
    files = {name: (folder / name).read_bytes() for name in names}
    for name, data in files.items():
        if hashlib.sha256(data).hexdigest() != manifest["outputs"][name]:
            raise FolderError(f"{folder / name} is not as it was made; make the report again")
    files = {n: shrink(data) if n.endswith(".png") else data for n, data in files.items()}
    left_out: list[str] = []
    for said, pattern in (("", None), *_SPARED):
        if pattern is not None:
            spared = {name for name in files if pattern.fullmatch(name)}
            if not spared:
                continue
            left_out.append(f"{len(spared)} {said}")
            files = {name: data for name, data in files.items() if name not in spared}
        packed = _pack(files, manifest, left_out, target.stem)
        if len(packed) <= _MOST_BYTES:
            write_atomically(target, packed)
            return left_out
    raise FolderError(
        f"the pack of {folder} would have {len(packed) / 1e6:.1f} MB without "
        f"{' and '.join(left_out)}; expected at most {_MOST_BYTES / 1e6:.0f} MB"
    )


def _pack(
    files: dict[str, bytes], manifest: dict[str, Any], left_out: list[str], stem: str
) -> bytes:
    files = {
        name: _link_charts(data.decode(), files).encode() if name.endswith(".html") else data
        for name, data in files.items()
    }
    readme = _README.format(
        day=format_day(manifest["as_of"]),
        identity=manifest["identity"],
        left_out=f"\nLeft out, to stay small: {', '.join(left_out)}.\n" if left_out else "",
    )
    files = {"README.txt": readme.encode(), **files}
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    files["SHA256SUMS"] = "".join(sums).encode()
    return make_zip({f"{stem}/{name}": data for name, data in files.items()})


def _link_charts(page: str, files: dict[str, bytes]) -> str:
    """Return the page with the charts that lie beside it in place of those inside it."""

    def link(found: re.Match[str]) -> str:
        figure = found.group()

        def point(source: re.Match[str]) -> str:
            wanted = re.findall(rf'href="(charts/[^"]+)\.{source[2]}"', figure)
            for_phone = "-phone" if source[1] == "srcset" else ""
            name = f"{wanted[0]}{for_phone}.{source[2]}" if wanted else ""
            return f'{source[1]}="{name}"' if name in files else source.group()

        return _SOURCE.sub(point, figure)

    # The page allows no picture but its own: here they lie beside it.
    return _FIGURE.sub(link, page).replace(_ONLY_OWN, "img-src data: 'self' file:;", 1)


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


#: Charts are flat: in so many colours nobody sees a difference, and a third of the bytes is left.
_COLOURS = 64


def shrink(data: bytes) -> bytes:
    """Return a PNG file in few colours, or as it is where that is no smaller."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        if picture.format != "PNG":
            return data
        buffer = io.BytesIO()
        flat = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        flat.save(buffer, "PNG", optimize=True, dpi=picture.info.get("dpi", (200, 200)))
    return min(data, buffer.getvalue(), key=len)
