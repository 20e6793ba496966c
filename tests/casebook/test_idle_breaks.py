"""A break that no claim belongs to is an error: a typo would undo it without a word."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.casebook.consistency import check_consistency, find_idle_breaks
from analysis.casebook.subjects import find_table
from analysis.tables import CASEBOOK, CellError
from analysis.tables.known import Known
from analysis.tables.settings import Settings


def _find(folder: Path) -> list[CellError]:
    return find_idle_breaks(Known(folder, pd.Timestamp("2199-12-31"), Settings(), find_table))


def _with(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(CASEBOOK, folder)
    path = folder / "breaks.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_every_break_of_the_casebook_has_its_series() -> None:
    assert _find(CASEBOOK) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",refugees,unhcr,", ",refugee,unhcr,", 'column table: "refugee": expected one of'),
        (",border crossings,MDA,", ",bordr crossings,MDA,", 'did you mean "border crossings"?'),
    ],
)
def test_a_typo_in_a_break_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = _with(tmp_path, old, new)
    errors = _find(folder)
    assert len(errors) == 1
    assert str(errors[0]).startswith("breaks.csv, row 2, column ")
    assert said in str(errors[0])


def test_the_check_of_a_casebook_names_an_idle_break(tmp_path: Path) -> None:
    folder = _with(tmp_path, ",border crossings,MDA,", ",border crossings,MDX,")
    (error,) = _find(folder)
    assert str(error).startswith("breaks.csv, row 2, column ")
    assert "a series that claims belong to" in str(error)
    assert error in check_consistency(folder)[1]
