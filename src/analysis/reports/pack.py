"""A report that exists as one ZIP file to send: page, charts, tables, read-me, checksums."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from analysis.reports.archive import make_zip
from analysis.reports.folder import FolderError
from analysis.reports.manifest import read_manifest
from analysis.reports.pictures import shrink
from analysis.safety import format_day, write_atomically

#: Executed notebooks and the page in other formats are not sent: they would double its size.
_PACKED = ("report.html", "charts/", "tables/", "texts/")

_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
_SOURCE = re.compile(r'src="data:image/(svg|png)[^"]*"')
_ONLY_OWN = "img-src data:;"

_README = """Contested figures, as known on {day}

report.html    the page; open it in a browser. It needs the folder charts beside it.
charts/        each chart as PNG and SVG, its rows as CSV, its description as text
tables/        each table as CSV, and tables.xlsx with all of them and their sources
SHA256SUMS     checksums of all files: sha256sum -c SHA256SUMS

Each figure stands in the words of whoever says it. Figures of different claimants stand side by
side; they are never added up or averaged.

Made from: {identity}
"""


def pack_report(folder: Path, target: Path) -> Path:
    """Write the report in `folder` as the ZIP file `target`; the same report, the same bytes.

    Raises
    ------
    FolderError
        There is no complete report in `folder`.
    """
    manifest = read_manifest(folder)
    names = sorted(name for name in manifest["outputs"] if name.startswith(_PACKED))
    files = {name: (folder / name).read_bytes() for name in names}
    for name, data in files.items():
        if hashlib.sha256(data).hexdigest() != manifest["outputs"][name]:
            raise FolderError(f"{folder / name} is not as it was made; make the report again")
    for name in names:
        if name.endswith(".png"):
            files[name] = shrink(files[name])
        elif name.endswith(".html"):
            files[name] = _link_charts(files[name].decode(), files).encode()
    day = format_day(manifest["as_of"])
    readme = _README.format(day=day, identity=manifest["identity"])
    files = {"README.txt": readme.encode(), **files}
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    files["SHA256SUMS"] = "".join(sums).encode()
    write_atomically(target, make_zip({f"{target.stem}/{name}": d for name, d in files.items()}))
    return target


def _link_charts(page: str, files: dict[str, bytes]) -> str:
    """Return the page with the charts that lie beside it in place of those inside it."""

    def link(found: re.Match[str]) -> str:
        figure = found.group()

        def point(source: re.Match[str]) -> str:
            wanted = re.findall(rf'href="(charts/[^"]+\.{source[1]})"', figure)
            return f'src="{wanted[0]}"' if wanted and wanted[0] in files else source.group()

        return _SOURCE.sub(point, figure)

    # The page allows no picture but its own: here they lie beside it.
    return _FIGURE.sub(link, page).replace(_ONLY_OWN, "img-src data: 'self' file:;", 1)
