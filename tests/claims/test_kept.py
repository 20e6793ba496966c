"""What is kept of a casebook: handed out again only where nothing has changed."""

import os

import pandas as pd
import pytest

from analysis.claims.kept import keep
from analysis.tables.known import Known
from analysis.tables.settings import Settings


@pytest.fixture
def known(tmp_path):
    (tmp_path / "refugees.csv").write_text("people\n1\n")
    return Known(tmp_path, pd.Timestamp("2022-03-03"), Settings(), find_table=str)


@pytest.fixture
def read():
    @keep
    def read_people(known, origin="", *, twice=False):
        made.append((known.day, origin, twice))
        return pd.read_csv(known.folder / "refugees.csv")

    made = []
    read_people.made = made
    return read_people


def test_what_was_asked_before_is_not_worked_out_again(known, read):
    first = read(known)
    first.loc[0, "people"] = 99
    assert read(known)["people"].tolist() == [1]
    assert len(read.made) == 1


def test_another_day_argument_setting_or_file_is_another_question(known, read):
    read(known)
    read(known.on(pd.Timestamp("2022-03-04")))
    read(known, "SYR")
    read(known, twice=True)
    assert len(read.made) == 4
    settled = Known(known.folder, known.day, Settings(origin="SYR"), known.find_table)
    read(settled)
    assert len(read.made) == 5
    (known.folder / "refugees.csv").write_text("people\n22\n")
    assert read(settled)["people"].tolist() == [22]
    (known.folder / "refugees.more.csv").write_text("people\n3\n")
    read(settled)
    assert len(read.made) == 7


def test_other_bytes_of_the_same_size_and_time_are_another_file(known, read):
    file = known.folder / "refugees.csv"
    read(known)
    about = file.stat()
    file.write_text("people\n2\n")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert read(known)["people"].tolist() == [2]


def test_what_was_asked_longest_ago_is_let_go_first(known, read):
    for number in range(8):
        read(known, str(number))
    read(known, "0")
    read(known, "8")  # the ninth: "1" was asked for longest ago
    assert len(read.made) == 9
    read(known, "0")
    assert len(read.made) == 9
    read(known, "1")
    assert len(read.made) == 10
