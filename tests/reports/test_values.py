"""What is typed is read strictly and written back the same; folders and keys are looked for."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.values import (
    LONGEST,
    Refused,
    Use,
    Value,
    check_folder,
    find_use,
    list_keys,
    read_keys,
    read_value,
    refuse_fault,
    write_number,
    write_value,
)
from tests.reports.toys import write_casebook


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1,000", "int", 1000),
        ("1,234,567.5", "float", 1234567.5),
        ("-7", "int", -7),
        ("+7", "int", 7),
        ("007", "int", 7),
        ("007", "str", "007"),
        ("  a b ", "str", "a b"),
        ("\u00a0un\u00a0", "str", "un"),
        ("a, b", "list[str]", ["a", "b"]),
        ("a,", "list[str]", ["a", ""]),
        ("  ", "list[str]", []),
        ("YES", "bool", True),
    ],
)
def test_plain_values_are_read(text: str, kind: str, value: Value) -> None:
    read = read_value(text, kind)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("kind", ["int", "float"])
@pytest.mark.parametrize(
    "text",
    ["1e3", "0x10", "1_000", "inf", "-inf", "nan", "Infinity", "True", "", " ", "1 000", "1,00",
     "10,00,000", ",1", "--1", "1.", ".5", "１２", "٣", "²", "1\u00a0000", "½", "5%", "1/2"],
)  # fmt: skip
def test_what_a_program_may_take_for_a_number_and_a_reader_not(text: str, kind: str) -> None:
    assert read_value(text, kind) is None


@pytest.mark.parametrize("text", ["1.0", "1.5", "9" * 16, "9" * 5000])
def test_what_is_no_whole_number_of_use(text: str) -> None:
    assert read_value(text, "int") is None


@pytest.mark.parametrize("text", ["on", "2", "ｔｒｕｅ", "", "tru"])
def test_what_is_neither_yes_nor_no(text: str) -> None:
    assert read_value(text, "bool") is None


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_is_written_as_it_is_read(number: int) -> None:
    assert read_value(write_value(number), "int") == number
    assert read_value(write_number(number), "int") == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100))
def test_a_number_is_written_as_it_is_read(number: float) -> None:
    assert read_value(write_value(number), "float") == number


@given(st.booleans())
def test_a_switch_is_written_as_it_is_read(value: bool) -> None:
    assert read_value(write_value(value), "bool") is value


@given(st.lists(st.text("abc d7'\"$", min_size=1).map(str.strip).filter(bool)))
def test_a_list_is_written_as_it_is_read(items: list[str]) -> None:
    assert read_value(write_value(items), "list[str]") == items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one line without tabs"),
        ("one\r", "one line without tabs"),
        ("a\tb", "one line without tabs"),
        ("a\x00b", "text without U+0000"),
        ("\u202egnp", "text without U+202E (right-to-left override)"),
        ("a\u200bb", "text without U+200B"),
        ("half \ud800", "text without U+D800"),
        ("x" * (LONGEST + 1), "at most 1,000 characters"),
    ],
)
def test_what_no_reader_sees_the_whole_of(text: str, expected: str) -> None:
    with pytest.raises(Refused, match=re.escape(expected)):
        refuse_fault(text)


@pytest.mark.parametrize("text", ["", "x" * LONGEST, "Україна – «100 %» $5", "a'b\"c"])
def test_other_texts_have_no_fault(text: str) -> None:
    assert refuse_fault(text) == text


def _refused(text: str, use: Use) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        check_folder(text, use)
    return caught.value.expected, caught.value.hint


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("folder of the casebook; empty: the one of the project", "casebook"),
        ("folder for charts and tables; empty: show them only", "written"),
        ("folder with published files of your own", "read"),
        ("folder: where the files are", "read"),
        ("folders that a reader likes", None),
        ("name of the folder", None),
        ("", None),
    ],
)
def test_the_help_says_what_a_folder_is_for(words: str, use: str | None) -> None:
    assert find_use(words) == use


def test_a_folder_that_is_read_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    # The notebook works in another folder, to which a relative path would mean something else.
    assert check_folder("published", "read") == (tmp_path / "published").resolve().as_posix()
    assert _refused("publishd", "read") == (
        "a folder that is there", 'did you mean "published"?',
    )  # fmt: skip
    for missing in ("file", "no/such/folder"):
        assert _refused(missing, "read") == ("a folder that is there", "")
    for impossible in ("x" * 5000, "~nobody-of-this-name/x", "", " "):
        assert _refused(impossible, "read") == ("the name of a folder", "")


def test_a_casebook_has_sources_and_claimants(tmp_path: Path) -> None:
    expected = "the folder of a casebook, but there is no sources.csv in it"
    assert _refused(str(tmp_path), "casebook") == (expected, "")
    data = write_casebook(tmp_path / "data")
    assert check_folder(str(data), "casebook") == data.resolve().as_posix()


def test_a_folder_that_is_written_may_come_into_being(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert check_folder("new/folder", "written") == "new/folder"
    assert _refused(str(tmp_path / "file"), "written") == ("a folder, but this is a file", "")


def test_the_codes_are_three_capitals() -> None:
    codes = list_keys("countries")
    assert {"UKR", "RUS", "NAM", "SYR"} <= set(codes)
    assert [code for code in codes if not (len(code) == 3 and code.isupper())] == []
    assert len(codes) > 240


def test_the_keys_of_a_casebook_and_every_country(tmp_path: Path) -> None:
    data = write_casebook(tmp_path / "data")
    (data / "areas.csv").write_text("\ufeffarea,name\ngaza-strip,the Gaza Strip\n,\n", "utf-8")
    (data / "parties.csv").write_text("party\nrsf\n\n", "utf-8")
    (data / "groups.csv").write_bytes(b"who,name\n\xff,x\n")
    keys = read_keys(data)
    assert keys("areas") == {**list_keys("countries"), "gaza-strip": "the Gaza Strip"}
    assert keys("parties") == {"rsf": ""}
    assert keys("groups") == keys("nothing") == {}
    assert keys("countries") == list_keys("countries")
