import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.casebook.new import create
from analysis.charts.chart import Chart
from analysis.charts.thread import Thread, format_rows, read_thread, write_thread
from analysis.claim_ids import hash_figures, name_figures
from analysis.reading.documents import make_document
from analysis.reading.tracing import compare_chart, find_sentence, list_figures
from analysis.tables.parts import hash_table
from tests.commands import run_figures

DATA = Path(__file__).parents[2] / "data"
TEXT = "The agency spoke.\n\nThe Kesh Network said at least 27 were killed and 19 hurt."
START = TEXT.index("at least 27")
METHOD = f"SHA-256 of the text: {make_document(TEXT).sha256}"


@pytest.fixture
def casebook(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("sources", "claimants", "groups", "parties", "areas"):
        shutil.copy(DATA / f"{name}.csv", folder)
    header = (DATA / "casualties.csv").read_text("utf-8").splitlines()[0]
    locator = f'"paragraph 2, characters {START}-{START + len("at least 27")}"'
    row = f"kesh-1,{locator},ohchr,,2022-03-01,civilians,,UKR,killed,at least 27,,,,declared,stated"
    other = "kesh-1,paragraph 9,ohchr,,2022-03-01,civilians,,UKR,wounded,19,,,,declared,stated"
    (folder / "casualties.csv").write_text(f"{header}\n{row},,,\n{other},,,\n", encoding="utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        cells = ("kesh-1", "Kesh News", "Floods", "2022-03-02", "2022-03-03", "", "facts", METHOD)
        csv.writer(file, lineterminator="\n").writerow([*cells, ""])
    return folder


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "floods.txt").write_text(TEXT, encoding="utf-8")
    return folder


def replace(casebook, old, new):
    path = casebook / "casualties.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def test_a_figure_leads_to_its_document_and_its_sentence(capsys, casebook, texts):
    status, listed, _ = run_figures(capsys, "trace", "kesh-1", "--data", casebook)
    assert status == 0
    name = listed.split()[0]
    status, said, _ = run_figures(capsys, "trace", name[:6], "--data", casebook, "--texts", texts)
    assert status == 0
    assert "publisher: Kesh News" in said
    assert f"characters: {START}-{START + 11}" in said
    assert "stands: The Kesh Network said at least 27 were killed and 19 hurt." in said


def test_two_days_of_a_figure_are_explained_and_a_place_without_characters_is_named(
    capsys, casebook
):
    row = "wounded,19,,,,declared,stated,,"
    replace(casebook, f"{row},", f"{row}2022-03-01,")
    listed = run_figures(capsys, "trace", "kesh-1", "--data", casebook)[1]
    name = next(line.split()[0] for line in listed.splitlines() if line.endswith(": 19"))
    said = run_figures(capsys, "trace", name, "--data", casebook)[1]
    assert "published_on: 2022-03-01, the day that the figure became known" in said
    assert "; the document read is of 2022-03-02" in said
    assert "document published_on" not in said
    assert "characters: none; its place in the document is the locator" in said
    assert f"document method: {METHOD}" in said


def test_an_id_that_nobody_has_is_refused_with_a_hint(capsys, casebook):
    status, _, error = run_figures(capsys, "trace", "kesh-2", "--data", casebook)
    assert status == 2
    assert 'did you mean "kesh-1"' in error


def test_rows_are_held_against_their_texts(capsys, casebook, texts):
    words = ("verify", "--data", casebook, "--texts", texts)
    status, said, _ = run_figures(capsys, *words)
    assert (status, said) == (0, "1 of 1 rows with characters stand where they say\n")
    replace(casebook, "at least 27", "at least 28")
    status, said, error = run_figures(capsys, *words)
    assert status == 1
    assert 'the row says "at least 28", its text "at least 27"' in error
    (texts / "floods.txt").write_text(TEXT + " ", encoding="utf-8")
    status, said, _ = run_figures(capsys, *words)
    assert status == 1
    assert "1 have no text of their hash" in said


def test_a_qualifier_may_stand_before_another_figure(casebook):
    (one, _) = (figure for figure in list_figures(casebook) if figure.row["source_id"] == "kesh-1")
    replace(casebook, f"{START}-{START + 11}", f"{TEXT.index('19')}-{TEXT.index('19') + 2}")
    replace(casebook, "at least 27", "at least 19")
    (shared, _) = (f for f in list_figures(casebook) if f.row["source_id"] == "kesh-1")
    document = make_document(TEXT)
    assert find_sentence(shared, {document.sha256: document})[0] == "stands"
    assert one.id != shared.id  # another place in the text is another figure


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_chart_says_whether_it_is_current(capsys, casebook, tmp_path, suffix):
    from analysis.casualties.table import CASUALTIES
    from analysis.tables import read_claims

    claims = read_claims(CASUALTIES, casebook)
    claims.attrs = {"asked": {"who": "civilians (all)"}, "known_on": pd.Timestamp("2022-03-03")}
    chart = Chart("deaths", claims, lambda _, ax: ax.plot([1]), "A title", "", "alt", (6, 3))
    file = next(p for p in chart.save(tmp_path, [suffix]) if p.suffix == f".{suffix}")
    thread = read_thread(file)
    assert thread is not None
    assert thread.parameters == {"who": "civilians (all)", "known_on": "2022-03-03"}
    assert set(thread.claims) == set(name_figures(claims))
    assert compare_chart(thread, casebook) == []
    replace(casebook, "at least 27", "at least 28")
    replace(casebook, "paragraph 9", "paragraph 8")
    status, said, _ = run_figures(capsys, "verify", file, "--data", casebook)
    assert status == 1
    assert "stale; 2 of 2 claims changed" in said
    assert "now at least 28 (ohchr, kesh-1" in said
    assert "not in this casebook; of another one with --data" in said


def test_a_chart_of_what_was_worked_out_is_current():
    from analysis import chart_refugees_over_time, open_casebook

    rows = open_casebook(DATA, "2022-03-20").refugees.over_time()
    said = json.loads(write_thread(chart_refugees_over_time(rows)))
    assert rows["series"].str.contains("added up").any(), "one is a running total"
    assert compare_chart(Thread(**said), DATA) == []


def test_what_was_worked_out_from_a_whole_table_hangs_on_all_of_it(tmp_path):
    create(tmp_path / "data")
    tmp_path /= "data"
    table = tmp_path / "refugees_by_origin.csv"
    table.write_text("a\n1\n", encoding="utf-8")
    rows = pd.DataFrame({"publisher": ["P"]})
    rows.attrs["behind"] = hash_table(tmp_path, "refugees_by_origin")
    said = Thread(**json.loads(write_thread(Chart("c", rows, print, "t", "", "a", (6, 3)))))
    assert compare_chart(said, tmp_path) == []
    table.write_text("a\n2\n", encoding="utf-8")
    assert compare_chart(said, tmp_path) == ["refugees_by_origin.csv: other rows than then"]


def test_the_rows_of_a_chart_end_with_their_ids():
    rows = pd.DataFrame({"claim_id": ["ab12cd34ef"], "low": [1]})
    assert format_rows(rows) == "low,claim_id\n1,ab12cd34ef\n"
    assert format_rows(rows.assign(claim_id="")) == "low\n1\n"


def test_an_image_of_others_is_unknown(capsys, casebook, tmp_path):
    image = tmp_path / "other.svg"
    image.write_text("<svg/>", encoding="utf-8")
    status, said, _ = run_figures(capsys, "verify", image, "--data", casebook)
    assert status == 1
    assert "unknown; it names no claims" in said


def test_an_id_does_not_hang_on_types_or_columns_of_others():
    day = pd.Timestamp("2022-03-01")
    one = pd.DataFrame({"source_id": ["a"], "locator": ["p 1"], "as_of": [day], "low": [5]})
    other = pd.DataFrame(
        {"locator": ["p 1"], "as_of": ["2022-03-01"], "low": [5.0], "source_id": ["a"], "x": [1]}
    )
    assert name_figures(one).tolist() == name_figures(other).tolist()
    assert hash_figures(one).tolist() == hash_figures(other).tolist()
    assert hash_figures(one.assign(low=6)).tolist() != hash_figures(one).tolist()
    assert name_figures(one.assign(source_id=None)).tolist() == [""]
    assert name_figures(pd.DataFrame({"low": [1]})).tolist() == [""]
