"""Locks of files and folders between processes."""

import os
from pathlib import Path

import pytest

from analysis.locks import NO_LOCK, lock_file, lock_folder, unlock


def test_a_file_is_locked_once_and_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("who", encoding="utf-8")
    held = lock_file(path)
    assert held is not None
    assert lock_file(path) is None
    assert path.read_text(encoding="utf-8") == "who"
    unlock(held)
    again = lock_file(path)
    assert again is not None
    unlock(again)


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
def test_a_folder_is_locked_wherever_it_goes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    held = lock_folder(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    assert lock_folder(tmp_path / "b") is None
    unlock(held)
    again = lock_folder(tmp_path / "b")
    assert again not in (None, NO_LOCK)
    unlock(again)
    unlock(None)
    unlock(NO_LOCK)


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lock_folder(tmp_path / "none")
