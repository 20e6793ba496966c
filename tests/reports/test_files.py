"""A report as Word, PDF and ZIP: whole, readable by other programs, the same bytes each time."""

import base64
import hashlib
import io
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from analysis.reports import pack
from analysis.reports.folder import FolderError
from analysis.reports.formats import MissingPackage, make_pdf, make_word, read_formats
from analysis.reports.pack import pack_report
from analysis.reports.parameters import ParameterError


def _png(size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "PNG")
    return buffer.getvalue()


PICTURE = base64.b64encode(_png()).decode()
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Figures of a day</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;">
<style>p {{ color: red }}</style></head><body><a class="skip" href="#c">Skip</a>
<nav><p>Contents</p></nav><main id="c"><h1>Figures of a day</h1><h2>Killed?</h2>
<p>At  least <b>227</b>, says
the UN.</p><ul><li>one</li></ul>
<figure id="chart-a"><img src="data:image/png;base64,{PICTURE}" alt="Bars of killed">
<figcaption><a href="charts/a.png">PNG</a> <span class="cite">Killed (UN).</span></figcaption>
</figure><div><table><caption>Claims</caption><thead><tr><th scope="col">Who</th>
<th class="number">Low</th></tr></thead><tbody><tr><th>UN</th><td class="number">227</td></tr>
</tbody></table></div></main></body></html>"""


def _document(page: str, folder: Path) -> Any:
    docx = pytest.importorskip("docx")
    return docx.Document(io.BytesIO(make_word(page, folder)))


def test_word_has_headings_words_captions_and_lists(tmp_path: Path) -> None:
    document = _document(PAGE, tmp_path)
    said = [(p.style.name, p.text) for p in document.paragraphs if p.text]
    assert said == [
        ("Title", "Figures of a day"),
        ("Heading 1", "Killed?"),
        ("Normal", "At least 227, says the UN."),
        ("List Bullet", "one"),
        ("Caption", "Killed (UN)."),
        ("Caption", "Claims"),
    ]
    assert [run.text for p in document.paragraphs for run in p.runs if run.bold] == ["227"]
    assert document.core_properties.title == "Figures of a day"


def test_word_marks_the_header_of_a_table_and_describes_a_picture(tmp_path: Path) -> None:
    document = _document(PAGE, tmp_path)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Who", "Low"], ["UN", "227"],
    ]  # fmt: skip
    marked = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert marked == [True, False]
    assert document.element.xpath("//wp:docPr/@descr") == ["Bars of killed"]


def test_word_takes_the_picture_beside_a_drawing_and_none_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "a.png").write_bytes(_png())
    drawing = PAGE.replace(f"png;base64,{PICTURE}", "svg+xml,%3Csvg/%3E")
    assert len(_document(drawing, tmp_path).inline_shapes) == 1
    outside = drawing.replace('href="charts/a.png"', 'href="../charts/a.png"')
    document = _document(outside, tmp_path / "elsewhere")
    assert len(document.inline_shapes) == 0
    assert "Bars of killed" in [p.text for p in document.paragraphs]


def test_a_pdf_is_tagged_and_loads_nothing() -> None:
    pytest.importorskip("weasyprint")
    asked = PAGE.replace("<h2>", '<img src="file:///etc/hostname" alt="no"><h2>')
    pdf = make_pdf(asked)
    assert pdf.startswith(b"%PDF-")
    streams = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\nendstream", pdf, re.DOTALL)
    content = b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert pdf == make_pdf(asked)


def _count_sheets(pdf: bytes) -> int:
    streams = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\nendstream", pdf, re.DOTALL)
    content = b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    return len(re.findall(rb"/Type /Page\b", content + pdf))


def test_a_brief_is_set_smaller_till_it_fits_its_sheets() -> None:
    pytest.importorskip("weasyprint")
    style = "<style>@media print { html { font-size: 9.5pt } p { font-size: 1rem; margin: 0 } }"
    page = f"<html lang='en'><title>t</title>{style}</style>" + "<p>one line</p>" * 75
    assert [_count_sheets(make_pdf(page, most)) for most in (None, 1)] == [2, 1]


def test_word_sets_the_headline_figures_in_a_table_and_cuts_long_ones(tmp_path: Path) -> None:
    box = (
        '<div class="figures-box"><p class="box-title">Killed</p><ul><li><span class="figure">'
        "249</span>\nOHCHR, 2 March 2022<br>new</li></ul>"
        '<p class="axis"><span>25 February</span> <span>to 2 March</span></p></div>'
    )
    rows = "".join(f"<tr>{'<td>1</td>' * 9}</tr>" for _ in range(30))
    page = (
        f'<html><body><div class="figures-boxes">{box * 4}</div><table>{rows}</table></body></html>'
    )
    document = _document(page, tmp_path)
    boxes, table = document.tables
    assert boxes.rows[1].cells[0].text == "Killed\n249\nOHCHR, 2 March 2022\nnew"
    assert (len(table.rows), len(table.columns)) == (15, 8)
    said = "15 more rows and 1 more column: in the table's CSV file."
    assert document.paragraphs[-2].text == said


def test_the_same_page_gives_the_same_word_document(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    data = make_word(PAGE, tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert data == make_word(PAGE, tmp_path)


def test_formats_are_typed_with_commas_or_are_the_usual() -> None:
    assert read_formats("") == ["html", "xlsx"]
    assert read_formats("xlsx, HTML,xlsx") == ["xlsx", "html"]
    with pytest.raises(ParameterError, match='--format "odt" is not known; expected html, docx'):
        read_formats("html,odt")


def test_what_is_not_installed_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(
        MissingPackage, match=r'docx needs python-docx.*"contested-figures\[files]"'
    ):
        read_formats("docx")


def _report(folder: Path, **about: str) -> Path:
    files = {"report.html": PAGE.encode(), "charts/a.png": _png((400, 200)), "notebooks/a": b"x"}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    outputs = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = {"as_of": "2022-03-03", "status": "complete", "identity": "abc", "outputs": outputs}
    (folder / "manifest.json").write_text(json.dumps(manifest | about), encoding="utf-8")
    return folder


def test_a_pack_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    report = _report(tmp_path / "day")
    target = tmp_path / "a.zip"
    assert pack_report(report, target) == []
    one = target.read_bytes()
    pack_report(report, target)
    assert target.read_bytes() == one
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        files = {name.removeprefix("a/"): archive.read(name) for name in archive.namelist()}
    assert set(files) == {"README.txt", "report.html", "charts/a.png", "SHA256SUMS"}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert b'<img src="charts/a.png" alt="Bars' in files["report.html"]
    assert "3 March 2022" in files["README.txt"].decode()


def test_a_pack_that_is_too_large_says_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, target = _report(tmp_path / "day"), tmp_path / "a.zip"
    pack_report(report, target)
    monkeypatch.setattr(pack, "_MOST_BYTES", target.stat().st_size - 1)
    assert pack_report(report, target) == ["1 PNG files of charts"]
    with zipfile.ZipFile(target) as archive:
        assert "a/charts/a.png" not in archive.namelist()
        assert b"Left out, to stay small: 1 PNG files of charts." in archive.read("a/README.txt")
    monkeypatch.setattr(pack, "_MOST_BYTES", 10)
    with pytest.raises(FolderError, match=r"would have 0\.0 MB without 1 PNG files of charts"):
        pack_report(report, target)


def test_what_is_no_whole_report_is_not_packed(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    with pytest.raises(FolderError, match="holds no report"):
        pack_report(tmp_path / "none", target)
    with pytest.raises(FolderError, match="is not complete"):
        pack_report(_report(tmp_path / "failed", status="failed"), target)
    changed = _report(tmp_path / "changed")
    (changed / "report.html").write_text("other", encoding="utf-8")
    with pytest.raises(FolderError, match="is not as it was made"):
        pack_report(changed, target)
    assert not target.exists()


def test_word_tells_how_many_claimants_a_box_leaves_out(tmp_path: Path) -> None:
    box = (
        '<div class="figures-boxes"><div class="figures-box"><p class="box-title">Killed</p><ul>'
        '<li><span class="figure">9</span> A</li></ul><p class="axis">5 claims</p>'
        '<p class="more">and 9 more claimants</p></div></div>'
    )
    document = _document(PAGE.replace("<ul><li>one</li></ul>", box), tmp_path)
    cell = document.tables[0].rows[0].cells[0]
    assert cell.text.split("\n") == ["Killed", "9", "A", "and 9 more claimants"]


def test_a_brief_in_word_has_small_charts(tmp_path: Path) -> None:
    high = base64.b64encode(_png((100, 200))).decode()
    page = PAGE.replace(PICTURE, high).replace("<body>", '<body><div class="brief">')
    (picture,) = _document(page, tmp_path).inline_shapes
    assert (round(picture.width.cm, 2), round(picture.height.cm, 2)) == (4.25, 8.5)
