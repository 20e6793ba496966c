"""Building parts again: what is found, what is written, and what is said when it cannot be."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.casebook.check import find_tables
from analysis.tables import CasebookErrors
from analysis.tabulating import PARTS, Part, rebuild, rebuilding

DATA = Path(__file__).parents[2] / "data"
PUBLISHED = Path(__file__).parents[2] / ".." / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="needs ../shared: the published tables"
)
TOTALS = "un-votes/es11_totals.csv"


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """A casebook with the tables that claims point to, and no claim."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("sources.csv", "claimants.csv", "parties.csv", "areas.csv", "groups.csv"):
        shutil.copy(DATA / name, folder)
    return folder


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A folder with one published file: the totals of one vote."""
    folder = tmp_path / "published"
    (folder / "un-votes").mkdir(parents=True)
    _write_totals(folder, "141")
    return folder


def _write_totals(folder: Path, yes: str) -> None:
    header = "resolution,vote_date,short_title,yes,no,abstain,not_voting"
    row = f"A/RES/ES-11/6,2023-02-23,Principles,{yes},7,32,13"
    (folder / TOTALS).write_text(f"{header}\n{row}\n", encoding="utf-8")


def test_every_part_of_the_casebook_has_its_recipe() -> None:
    files = {file.name for file in DATA.glob("*.*.csv")}
    assert {part.file for part in PARTS.values()} == files


def test_a_part_is_named_after_its_table() -> None:
    tables = find_tables()
    for name, part in PARTS.items():
        assert part.name == name
        assert tables[name.split(".")[0]] is part.table


def test_a_part_is_written_and_counted(published: Path, casebook: Path) -> None:
    (done,) = rebuild(published, casebook, ["vote_totals.un-es11"])
    file = casebook / "vote_totals.un-es11.csv"
    assert done.problem == ""
    assert (done.rows_read, done.rows_kept, done.rows_refused, done.rows_written) == (1, 1, 0, 4)
    assert done.bytes == file.stat().st_size
    assert file.read_text(encoding="utf-8").splitlines()[1] == (
        "un-es11-6,totals of the vote,un-general-assembly,A/RES/ES-11/6,2023-02-23,yes,141,stated,"
    )
    assert sorted(path.name for path in casebook.iterdir()) == [
        *("areas.csv", "claimants.csv", "groups.csv", "parties.csv", "sources.csv"),
        "vote_totals.un-es11.csv",
    ]


def test_a_missing_file_is_named_and_the_others_are_built(published: Path, casebook: Path) -> None:
    done = {entry.file: entry for entry in rebuild(published, casebook)}
    assert set(done) == {part.file for part in PARTS.values()}
    for part in PARTS.values():
        expected = "" if part.path == TOTALS else f"{part.path}: this published file is missing"
        assert done[part.file].problem == expected
    assert [path.name for path in casebook.glob("*.*.csv")] == ["vote_totals.un-es11.csv"]


def test_what_breaks_the_rules_is_not_written(published: Path, casebook: Path) -> None:
    rebuild(published, casebook, ["vote_totals.un-es11"])
    file = casebook / "vote_totals.un-es11.csv"
    before = file.read_bytes()
    _write_totals(published, "hundred and some")
    (done,) = rebuild(published, casebook, ["vote_totals.un-es11.csv"])
    assert done.problem.startswith('vote_totals.un-es11.csv, row 2, column wording: "hundred')
    assert "\n" not in done.problem
    assert file.read_bytes() == before


def test_an_unknown_source_is_not_written(
    published: Path, casebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = PARTS["vote_totals.un-es11"]

    def make_rows(frame: pd.DataFrame) -> pd.DataFrame:
        return part.rows(frame).assign(source_id="un-es11-66")

    monkeypatch.setattr(rebuilding, "PARTS", {part.name: replace(part, rows=make_rows)})
    (done,) = rebuild(published, casebook)
    assert 'column source_id: "un-es11-66"' in done.problem
    assert "(and 3 more)" in done.problem
    assert not (casebook / part.file).exists()


def test_a_file_of_another_format_is_one_line(
    published: Path, casebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part: Part = replace(PARTS["refugees.unhcr-daily"], path=TOTALS)
    monkeypatch.setattr(rebuilding, "PARTS", {part.name: part})
    (done,) = rebuild(published, casebook)
    assert "data_date" in done.problem
    assert "\n" not in done.problem


def test_an_unknown_name_is_answered_with_the_nearest(published: Path, casebook: Path) -> None:
    with pytest.raises(ValueError, match=r'no part "refugees.unhcr-dayly"; did you mean'):
        rebuild(published, casebook, ["refugees.unhcr-dayly"])


def test_a_missing_folder_is_one_line(casebook: Path) -> None:
    with pytest.raises(ValueError, match="expected the folder of the published files"):
        rebuild(casebook / "nowhere", casebook)
    with pytest.raises(CasebookErrors, match="the folder of a casebook"):
        rebuild(casebook, casebook / "nowhere")


@needs_shared
def test_the_committed_parts_are_what_the_published_files_give(tmp_path: Path) -> None:
    # The whole casebook: a part may repeat a claim that was typed in by hand.
    casebook = Path(shutil.copytree(DATA, tmp_path / "data"))
    for done in rebuild(PUBLISHED, casebook):
        assert done.problem == ""
        assert done.rows_read == done.rows_kept + done.rows_refused
        assert (casebook / done.file).read_bytes() == (DATA / done.file).read_bytes(), done.file


@needs_shared
def test_the_same_files_give_the_same_bytes(casebook: Path) -> None:
    names = ["casualties.ohchr", "refugees.unhcr-countries"]
    first = [(casebook / done.file).read_bytes() for done in rebuild(PUBLISHED, casebook, names)]
    again = [(casebook / done.file).read_bytes() for done in rebuild(PUBLISHED, casebook, names)]
    assert first == again
