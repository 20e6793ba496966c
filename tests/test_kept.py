"""What is kept comes back as it was, under the hash of all it was made from, or not at all."""

import os
import stat
import sys
from pathlib import Path

import pytest

import analysis
from analysis import kept
from analysis.hashes import list_package
from analysis.kept import keep, make_key, read_kept

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test, which is not there yet."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_is_kept_comes_back_under_its_key_alone(folder: Path) -> None:
    assert read_kept(KEY) is None
    keep(KEY, b"227 \x00\n")
    assert (read_kept(KEY), read_kept(OTHER)) == (b"227 \x00\n", None)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b"0",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda _: b"claimant,wording\n",
    ],
    ids=["empty", "cut in the hash", "cut", "longer", "last bit", "first bit", "foreign"],
)
def test_what_is_damaged_is_not_there(damage: object, folder: Path) -> None:
    keep(KEY, b"at least 227")
    path = folder / f"{KEY}.kept"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert read_kept(KEY) is None
    keep(KEY, b"at least 227")
    assert read_kept(KEY) == b"at least 227"


def test_a_file_renamed_to_another_key_is_not_believed(folder: Path) -> None:
    keep(KEY, b"at least 227")
    (folder / f"{KEY}.kept").rename(folder / f"{OTHER}.kept")
    assert read_kept(OTHER) is None


def test_switched_off_nothing_is_read_or_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(KEY, b"227")
    monkeypatch.setenv(kept.VARIABLE, kept.OFF)
    keep(OTHER, b"752")
    assert (read_kept(KEY), len(list(folder.iterdir()))) == (None, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_a_folder_in_which_others_can_write_is_not_used(folder: Path) -> None:
    keep(KEY, b"227")
    folder.chmod(0o777)
    keep(OTHER, b"752")
    assert (read_kept(KEY), read_kept(OTHER)) == (None, None)
    folder.chmod(0o700)
    assert (read_kept(KEY), read_kept(OTHER)) == (b"227", None)


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    (folder / f"{KEY}.kept").mkdir()  # no file can take its place
    keep(KEY, b"227")
    assert (read_kept(KEY), [path.name for path in folder.iterdir()]) == (None, [f"{KEY}.kept"])
    for place in (__file__, f"{__file__}/inside", "~nobody-of-this-name/x", "\0"):
        if place != "\0":  # no variable holds it
            monkeypatch.setenv(kept.VARIABLE, place)
        keep(OTHER, b"227")
        assert read_kept(OTHER) is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_what_was_kept_in_a_folder_now_read_only_is_still_read(folder: Path) -> None:
    keep(KEY, b"227")
    folder.chmod(0o500)
    keep(OTHER, b"752")
    found = read_kept(KEY), read_kept(OTHER)
    folder.chmod(0o700)
    assert found == (b"227", None)


@pytest.mark.parametrize("limit", ["_MOST_BYTES", "_MOST_FILES"])
def test_the_longest_unused_is_dropped_and_what_is_foreign_stays(
    limit: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [letter * 64 for letter in "123456"]
    keep(keys[0], b"x" * 68)  # with its hash 100 bytes
    foreign = [folder / "notes.kept", folder / f"{KEY}.txt"]
    for path in foreign:
        path.write_bytes(b"x" * 1_000)
    monkeypatch.setattr(kept, limit, {"_MOST_BYTES": 300, "_MOST_FILES": 3}[limit])
    for number, key in enumerate(keys):
        keep(key, b"x" * 68)
        os.utime(folder / f"{key}.kept", (number, number))
        if number == 2:
            assert read_kept(keys[0])  # used now, so newer than the others
    assert [bool(read_kept(key)) for key in keys] == [True, False, False, False, True, True]
    assert all(path.exists() for path in foreign)


def test_what_was_half_written_long_ago_is_dropped(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    old, young = (folder / f".{KEY}.kept.{name}" for name in ("old_1", "young_1"))
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    keep(OTHER, b"227")
    assert (old.exists(), young.exists()) == (False, True)


def test_a_key_is_of_the_name_the_files_the_code_and_the_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code.py"
    code.write_text("1")
    monkeypatch.setattr(analysis, "__file__", str(tmp_path / "__init__.py"))

    def key(name: str = "table", **files: str) -> str:
        kept._identify_code.cache_clear()
        return make_key(name, files)

    try:
        first = key(one="1", two="2")
        assert key(two="2", one="1") == first
        keys = [first, key("claims", one="1", two="2"), key(one="1"), key(one="1", two="3")]
        code.write_text("2")
        keys.append(key(one="1", two="2"))
        monkeypatch.setattr(kept, "find_version", lambda _: "0")
        keys.append(key(one="1", two="2"))
        monkeypatch.setattr(sys, "version", "another")
        keys.append(key(one="1", two="2"))
    finally:
        kept._identify_code.cache_clear()
    assert len(set(keys)) == len(keys)


def test_nothing_is_kept_by_code_that_has_changed_since_it_was_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "_STARTED", 0.0)
    keep(KEY, b"227")
    assert read_kept(KEY) is None


def test_all_code_of_the_package_counts() -> None:
    names = set(list_package(kept._CODE))
    assert {"analysis/bounds/words.py", "analysis/__init__.py"} <= names
    assert "analysis/imports/reading/country_names.csv" in names
