"""A folder takes an earlier one's place whole, and nothing else's."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.reports.folder import (
    BATCH_MARK,
    MARK,
    FolderError,
    draft_beside,
    put_in_place,
    refuse_foreign,
    remove_drafts,
    remove_report,
    write_in_draft,
)


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(text, encoding="utf-8")
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_draft_becomes_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "2022-03-03"
    with draft_beside(target) as draft:
        assert draft.parent == target.parent
        _write(draft, "new")
        put_in_place(draft, target)
    assert (target / MARK).read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o755
    assert _names(target.parent) == ["2022-03-03"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no umask")
def test_a_file_of_a_draft_is_for_all_to_read_and_waits_for_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (synced.append(os.fstat(file).st_ino), fsync(file))
    )
    mask = os.umask(0o077)
    try:
        for name in (MARK, "tables/tables.xlsx"):
            write_in_draft(tmp_path / "draft" / name, b"new")
        _write(tmp_path / "draft" / "charts", "as a kernel writes")
    finally:
        os.umask(mask)
    assert not synced
    put_in_place(tmp_path / "draft", tmp_path / "day")
    files = [tmp_path / "day" / name for name in (MARK, "tables/tables.xlsx")]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o644] * 2
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "day").rglob("*")} == {0o755, 0o644}
    assert (tmp_path / "day" / "charts").stat().st_mode & 0o777 == 0o755
    assert [synced.count(file.stat().st_ino) for file in files] == [1, 1], "once is enough"


def test_an_earlier_report_is_replaced_whole(tmp_path: Path) -> None:
    target = _write(tmp_path / "day", "old")
    (target / "left over").touch()
    with draft_beside(target) as draft:
        _write(draft, "new")
        put_in_place(draft, target)
    assert (target / MARK).read_text(encoding="utf-8") == "new"
    assert _names(target) == [MARK]
    assert _names(tmp_path) == ["day"]


def test_a_draft_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    target = _write(tmp_path / "day", "old")

    def stop_midway() -> None:
        with draft_beside(target) as draft:
            _write(draft / "deep" / "er", "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_midway()
    assert _names(tmp_path) == ["day"]
    assert (target / MARK).read_text(encoding="utf-8") == "old"


def test_the_earlier_report_comes_back_when_the_move_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = _write(tmp_path / "day", "old")
    rename = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if self.name == "draft":
            raise OSError("no space")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="no space"):
        put_in_place(_write(tmp_path / "draft", "new"), target)
    assert (target / MARK).read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("kind", ["folder of others", "file"])
def test_what_is_no_report_is_left_alone(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "2022-03-03"
    if kind == "file":
        target.touch()
    else:
        target.mkdir()
        (target / "thesis.txt").touch()
    with pytest.raises(FolderError, match="is no report"):
        refuse_foreign(target)
    with pytest.raises(FolderError):
        put_in_place(_write(tmp_path / "draft", "new"), target)
    remove_report(target)
    assert target.exists()


def test_a_report_of_another_casebook_is_left_alone(tmp_path: Path) -> None:
    old, new = (json.dumps({"casebook": name}) for name in ("Sudan", "Gaza"))
    target = _write(tmp_path / "day", old)
    message = 'is a report of another casebook, "Sudan", and not of "Gaza"'
    with pytest.raises(FolderError, match=message):
        refuse_foreign(target, "Gaza")
    with pytest.raises(FolderError, match=message):
        put_in_place(_write(tmp_path / "draft", new), target)
    assert (target / MARK).read_text(encoding="utf-8") == old
    refuse_foreign(target, "Sudan")
    put_in_place(_write(tmp_path / "draft", old), target)
    _write(target, "{}")  # made before manifests said of which casebook they are
    put_in_place(_write(tmp_path / "draft", new), target)
    assert (target / MARK).read_text(encoding="utf-8") == new


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "day").mkdir()
    put_in_place(_write(tmp_path / "draft", "new"), tmp_path / "day")
    assert _names(tmp_path / "day") == [MARK]


def test_a_report_is_removed(tmp_path: Path) -> None:
    remove_report(_write(tmp_path / "day.failed", "old"))
    assert _names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
def test_abandoned_drafts_are_removed_and_living_ones_are_not(tmp_path: Path) -> None:
    abandoned = [tmp_path / ".day.abcdefgh", tmp_path / ".day.failed.00000000"]
    for folder in (*abandoned, tmp_path / ".other.abcdefgh", tmp_path / ".day.short"):
        _write(folder / "deep", "x")
    with draft_beside(tmp_path / "day") as living:
        assert remove_drafts(tmp_path, {"day"}) == abandoned
        assert _names(tmp_path) == sorted([".day.short", ".other.abcdefgh", living.name])
    assert remove_drafts(tmp_path / "nowhere", {"day"}) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
def test_a_report_that_was_being_replaced_comes_back(tmp_path: Path) -> None:
    _write(tmp_path / ".day.abcdefgh" / "earlier", "old")
    remove_drafts(tmp_path, {"day"})
    assert _names(tmp_path) == ["day"]
    assert (tmp_path / "day" / MARK).read_text(encoding="utf-8") == "old"
    _write(tmp_path / ".day.abcdefgh" / "earlier", "older")
    remove_drafts(tmp_path, {"day"})
    assert (tmp_path / "day" / MARK).read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name != "posix", reason="Windows does so by itself")
def test_all_reaches_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, target = _write(tmp_path / "draft", "new"), tmp_path / "day"
    (draft / "charts").mkdir()
    (draft / "charts" / "a.png").touch()
    order: list[str] = []
    opened: dict[int, str] = {}
    open_, fsync, rename = os.open, os.fsync, Path.rename

    def remember(path: Path, *how: int) -> int:
        descriptor = open_(path, *how)
        opened[descriptor] = Path(path).name
        return descriptor

    def note(descriptor: int) -> None:
        order.append(opened[descriptor])
        fsync(descriptor)

    def move(self: Path, to: Path) -> Path:
        order.append("renamed")
        return rename(self, to)

    monkeypatch.setattr(os, "open", remember)
    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "rename", move)
    put_in_place(draft, target)
    assert set(order[:-2]) == {MARK, "a.png", "charts", "draft"}
    assert order[-2:] == ["renamed", tmp_path.name]


def test_a_file_that_does_not_reach_the_disk_keeps_the_earlier_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = _write(tmp_path / "day", "old")

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        put_in_place(_write(tmp_path / "draft", "new"), target)
    assert (target / MARK).read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that share a folder")
def test_processes_that_write_the_same_report_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "day"
    rename = Path.rename

    def linger(self: Path, to: Path) -> Path:
        moved = rename(self, to)
        time.sleep(0.002)
        return moved

    monkeypatch.setattr(Path, "rename", linger)
    writers = []
    for number in range(4):
        process = os.fork()
        if not process:
            try:
                for _ in range(15):
                    with draft_beside(target) as draft:
                        _write(draft, str(number))
                        put_in_place(draft, target)
            except BaseException:
                os._exit(1)
            os._exit(0)
        writers.append(process)
    assert [os.waitpid(process, 0)[1] for process in writers] == [0, 0, 0, 0]
    assert _names(tmp_path) == ["day"]
    assert _names(target) == [MARK]


def test_a_batch_is_not_replaced_by_a_report(tmp_path: Path) -> None:
    target = _write(tmp_path / "day", "batch")
    (target / BATCH_MARK).touch()
    with pytest.raises(FolderError, match="holds a batch of reports"):
        put_in_place(_write(tmp_path / "draft", "new"), target)


def test_what_lands_before_the_turn_is_seen_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process ends its turn just before ours begins: a look before it would be stale."""
    landing = "reports"

    @contextmanager
    def after_others(folder: Path) -> Iterator[None]:
        (tmp_path / "day").mkdir(exist_ok=True)
        (tmp_path / "day" / ("thesis.txt" if landing == "others" else MARK)).touch()
        yield

    monkeypatch.setattr("analysis.reports.folder.taking_turns", after_others)
    _write(tmp_path / ".day.abcdefgh" / "earlier", "old")
    remove_drafts(tmp_path, {"day"})
    assert (tmp_path / "day" / MARK).read_text(encoding="utf-8") == ""
    remove_report(tmp_path / "day")
    landing = "others"
    with pytest.raises(FolderError, match="is no report"):
        put_in_place(_write(tmp_path / "draft", "new"), tmp_path / "day")
