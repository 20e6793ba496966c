"""What leaves the project is safe: no formula, no deceiving character, no half-written file."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import safety
from analysis.safety import (
    DAY,
    LONGEST_TEXT,
    SHORT_DAY,
    clean_text,
    find_deceiving,
    format_csv,
    format_day,
    format_days,
    guard_cell,
    slug,
    unguard_cell,
    write_atomically,
    write_csv,
)

texts = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u200b", "U+200B (zero width space)"),
        ("\ufeff", "U+FEFF (zero width no-break space)"),
        ("\u00ad", "U+00AD (soft hyphen)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\U000e0041", "U+E0041 (tag latin capital letter a)"),
        ("\x00", "U+0000 (control character)"),
        ("\x1b", "U+001B (control character)"),
        ("\x85", "U+0085 (control character)"),
        ("\ud800", "U+D800 (control character)"),
    ],
)
def test_a_deceiving_character_is_named_and_made_visible(character: str, name: str) -> None:
    assert find_deceiving(f"22{character}7") == name
    assert clean_text(f"22{character}7") == "22\ufffd7"


@pytest.mark.parametrize(
    "text", ["", "Zelenskyy’s", "Україна", "ولايات", "a\tb\nc", "👩‍👩‍👧", "Côte d'Ivoire", "7–9"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert find_deceiving(text) is None
    assert clean_text(text) == text


def test_a_text_that_no_cell_holds_is_cut() -> None:
    assert clean_text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    cut = clean_text("x" * (LONGEST_TEXT + 1))
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("x…")


@given(texts)
def test_clean_text_is_done_once_and_can_be_written(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert find_deceiving(cleaned) is None
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://x","y")',
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "'=1",
        "''=1",
        "' =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_no_spreadsheet_runs_a_guarded_cell(formula: str) -> None:
    guarded = guard_cell(formula)
    assert isinstance(guarded, str)
    assert guarded.startswith("'")
    assert unguard_cell(guarded) == formula.replace("\r", "\n")


@pytest.mark.parametrize(
    "value", ["nearly 500", "", "a=b", "5-6", "don't", "'tis", "’=", 5, -5, 2.5, None, pd.NA, True]
)
def test_what_is_no_formula_stays_as_it_is(value: object) -> None:
    assert guard_cell(value) is value


@given(texts)
@example("'=1")
@example("''-")
@example("=1")
def test_unguarding_gives_back_what_was_guarded(text: str) -> None:
    guarded = guard_cell(text)
    assert isinstance(guarded, str)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unguard_cell(guarded) == clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def test_format_csv_by_hand() -> None:
    frame = pd.DataFrame(
        {
            "who": ["=1+1", 'said "no", twice', "two\nlines"],
            "-day": pd.to_datetime(["2022-03-01", None, "2022-03-03"]),
            "low": pd.array([-5, None, 227], dtype="Int64"),
            "share": [2.5, float("nan"), 100.0],
            "known": [True, False, True],
        },
        index=[7, 8, 9],
    )
    assert format_csv(frame) == (
        "who,'-day,low,share,known\n"
        "'=1+1,2022-03-01,-5,2.5,True\n"
        '"said ""no"", twice",,,,False\n'
        '"two\nlines",2022-03-03,227,100.0,True\n'
    )
    assert list(frame.columns) == ["who", "-day", "low", "share", "known"], "the frame is untouched"


def test_an_empty_frame_keeps_its_header() -> None:
    assert format_csv(pd.DataFrame({"who": [], "low": []})) == "who,low\n"


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
def test_no_line_end_inside_a_cell_starts_a_row(newline: str) -> None:
    written = format_csv(pd.DataFrame({"a": [f"x{newline}=1+1"], "b": ["y"]}))
    # A lone carriage return is the end of a row for some readers, even outside quotes.
    assert "\r" not in written
    assert list(csv.reader(io.StringIO(written))) == [["a", "b"], ["x\n=1+1", "y"]]


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_a_csv_reads_back_as_it_was_guarded(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"], dtype="object")
    records = list(csv.reader(io.StringIO(format_csv(frame), newline="")))
    assert records == [["a", "b"], *([guard_cell(a), guard_cell(b)] for a, b in rows)]


def test_a_file_is_written_whole_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "table.csv"
    write_csv(pd.DataFrame({"a": [1]}), path)
    assert path.read_bytes() == b"a\n1\n"
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")

    def fail(file: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("analysis.safety.os.fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Casualties by source", "casualties-by-source"),
        ("Kołobrzeg – Świnoujście", "koobrzeg-swinoujscie"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "unnamed"),
        ("Київ", "unnamed"),
        ("a\x00b", "a-b"),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_a_slug_by_hand(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(texts)
def test_a_slug_is_a_file_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= 80


@given(texts | texts.map("x".__add__) | st.text("aZ9é' =+-@\t\r\n\u00a0\u200b＝", max_size=8))
@example("x" * (LONGEST_TEXT + 1))
@example("\u00ad=1")
@example("²=1")
def test_a_cell_that_is_passed_over_would_not_change(text: str) -> None:
    clean = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    assert guard_cell(text) == (f"'{clean}" if safety._starts_formula(clean) else clean)


# Days


@pytest.mark.parametrize(
    ("first", "last", "pattern", "said"),
    [
        ("2022-02-24", "2022-03-01", DAY, "24 February to 1 March 2022"),
        ("2021-12-31", "2022-01-01", DAY, "31 December 2021 to 1 January 2022"),
        ("2022-09-03", "2022-09-03", SHORT_DAY, "3 Sept 2022"),
        (None, "2022-03-01", SHORT_DAY, "1 Mar 2022"),
        (pd.Timestamp("2022-03-01"), pd.NaT, DAY, "1 March 2022"),
        (None, pd.NaT, DAY, ""),
    ],
)
def test_two_days_in_words(first: object, last: object, pattern: str, said: str) -> None:
    assert format_days(first, last, pattern) == said


def test_a_day_in_words() -> None:
    assert format_day(pd.Timestamp("2022-03-03 23:59")) == "3 March 2022"
    assert format_day("2022-03-03", "d MMM") == "3 Mar"
    assert format_day(pd.NA) == ""
    with pytest.raises(ValueError, match="yesterdays"):
        format_day("yesterdays")
