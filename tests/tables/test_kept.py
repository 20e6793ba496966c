"""Tables kept as Arrow: exactly the same frame comes back, and only where nothing has changed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import kept
from analysis.casebook.check import find_tables
from analysis.casualties.table import CASUALTIES
from analysis.tables import (
    REFERENCES,
    CasebookErrors,
    Table,
    claims,
    columns,
    read_claims,
    read_references,
)
from analysis.tables.kept import find_key, keep_frame, read_frame

KEY = "a" * 64


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test for what is kept."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The tables that are read from their files, by name."""
    read: list[str] = []
    usual = Table.read

    def note(table: Table, folder: Path) -> object:
        read.append(table.name)
        return usual(table, folder)

    monkeypatch.setattr(Table, "read", note)
    _forget()
    yield read
    _forget()


def _forget() -> None:
    """Forget what is in memory, as a new process."""
    claims._read_once.cache_clear()
    claims._try_references.cache_clear()


def _comes_back(frame: pd.DataFrame) -> bool:
    (kept.find_folder() / f"{KEY}.kept").unlink(missing_ok=True)  # type: ignore[operator]
    keep_frame(KEY, frame)
    back = read_frame(KEY)
    if back is not None:
        exact = {"check_exact": True, "check_index_type": "exact", "check_column_type": "exact"}
        assert_frame_equal(back, frame, check_flags=True, **exact)  # type: ignore[arg-type]
        assert [*map(repr, back.dtypes)] == [*map(repr, frame.dtypes)]
        assert type(back) is type(frame)
    return back is not None


@pytest.mark.parametrize("name", list(find_tables()))
def test_each_table_of_the_casebook_comes_back(name: str) -> None:
    table = find_tables()[name]
    frame = read_references()[name] if table in REFERENCES else read_claims(table)
    assert _comes_back(frame)
    assert _comes_back(table.make_empty())


CELLS = {
    "str": st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    "string": st.none() | st.sampled_from(["", "at least", "NA", "None", "ничего", "𝟚", "\0"]),
    "Int64": st.none() | st.integers(-(2**63), 2**63 - 1),
    "Float64": st.none() | st.floats(allow_nan=False),
    "bool": st.booleans(),
    "datetime64[us]": st.none() | st.datetimes(),
}


@settings(max_examples=30)
@given(st.data())
def test_odd_cells_come_back(data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 5))
    frame = pd.DataFrame(
        {
            name: pd.Series(data.draw(st.lists(cells, min_size=rows, max_size=rows)), dtype=name)
            for name, cells in CELLS.items()
        }
    )
    assert _comes_back(frame)


def test_what_arrow_would_give_back_otherwise_is_not_kept() -> None:
    frame = pd.DataFrame({"low": [1, "2"]})
    noted = pd.DataFrame({"low": [1]})
    noted.attrs["day"] = pd.Timestamp("2022-03-03")
    assert not _comes_back(frame)
    assert not _comes_back(noted)


def test_a_damaged_file_is_read_past(casebook: Path, folder: Path, read_anew: list[str]) -> None:
    first = read_claims(CASUALTIES, casebook)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    _forget()
    read_anew.clear()
    assert_frame_equal(read_claims(CASUALTIES, casebook), first)
    assert CASUALTIES.name in read_anew


def test_an_unchanged_table_is_not_read_again(casebook: Path, read_anew: list[str]) -> None:
    first, references = read_claims(CASUALTIES, casebook), read_references(casebook)
    _forget()
    read_anew.clear()
    assert_frame_equal(read_claims(CASUALTIES, casebook), first)
    for name, frame in read_references(casebook).items():
        assert_frame_equal(frame, references[name])
    assert read_anew == []


@pytest.mark.parametrize("file", ["casualties.csv", "sources.csv", "areas.csv"])
def test_one_byte_of_what_it_was_made_from_has_it_read_again(
    file: str, casebook: Path, read_anew: list[str]
) -> None:
    read_claims(CASUALTIES, casebook)
    _forget()
    read_anew.clear()
    path = casebook / file
    path.write_bytes(path.read_bytes().replace(b"a", b"o", 1) + b"\n")
    with suppress(CasebookErrors):  # a key, or the header
        read_claims(CASUALTIES, casebook)
    assert file.removesuffix(".csv") in read_anew


def test_a_part_that_is_added_or_removed_counts(casebook: Path, read_anew: list[str]) -> None:
    table = casebook / CASUALTIES.file
    header, row, *_ = table.read_text("utf-8").splitlines(keepends=True)
    before = len(read_claims(CASUALTIES, casebook))
    part = casebook / "casualties.part.csv"
    part.write_text(header + row.replace("paragraph", "line"), "utf-8")
    _forget()
    assert len(read_claims(CASUALTIES, casebook)) == before + 1
    part.unlink()
    _forget()
    read_anew.clear()
    assert (len(read_claims(CASUALTIES, casebook)), read_anew) == (before, [])


def test_another_casebook_in_the_place_of_one_is_read(
    make_casebook: Callable[..., Path], read_anew: list[str]
) -> None:
    row = {
        "source_id": "report-1", "locator": "page 1", "claimant": "office", "who": "civilians",
        "area": "SDN", "outcome": "killed", "standard": "declared", "status": "stated",
    }  # fmt: skip
    one = make_casebook("one", casualties=[{**row, "wording": "227"}])
    other = make_casebook("other", casualties=[{**row, "wording": "752"}])
    assert list(read_claims(CASUALTIES, one)["wording"]) == ["227"]
    one.rename(one.with_name("away"))
    other.rename(one)
    assert list(read_claims(CASUALTIES, one)["wording"]) == ["752"]
    _forget()
    assert list(read_claims(CASUALTIES, one)["wording"]) == ["752"]


def test_a_table_with_an_error_is_never_kept(
    casebook: Path, folder: Path, read_anew: list[str]
) -> None:
    path = casebook / CASUALTIES.file
    path.write_bytes(path.read_bytes().replace(b"at least", b"at best", 1))
    said = []
    for _ in range(2):
        with pytest.raises(CasebookErrors) as problem:
            read_claims(CASUALTIES, casebook)
        said.append(str(problem.value))
        _forget()
    assert (said[0], len(list(folder.iterdir()))) == (said[1], len(REFERENCES))


def test_what_was_written_while_it_was_read_is_not_kept(
    casebook: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, read_anew: list[str]
) -> None:
    read_references(casebook)
    usual = claims.read_checked

    def write_and_read(table: Table, place: Path, *given: object) -> object:
        path = place / table.file
        before = path.read_bytes()
        path.write_bytes(before.replace(b"at least", b"more than", 1))
        found = usual(table, place, *given)  # type: ignore[arg-type]
        path.write_bytes(before)  # the same again: its hash tells nothing
        return found

    monkeypatch.setattr(claims, "read_checked", write_and_read)
    read_claims(CASUALTIES, casebook)
    assert len(list(folder.iterdir())) == len(REFERENCES)


def test_tables_with_rules_of_somebody_else_are_not_kept() -> None:
    schema = {"source_id": columns.source_id()}
    other = Table(name=CASUALTIES.name, title="", key=("source_id",), schema=schema)
    assert find_key("table", other, {}) == ""
    assert find_key("table", CASUALTIES, {}) != find_key("claims of", CASUALTIES, {})
