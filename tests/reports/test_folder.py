"""A folder takes an earlier one's place whole, and nothing else's."""

from pathlib import Path

import pytest

from analysis.reports.folder import (
    MARK,
    FolderError,
    draft_beside,
    put_in_place,
    refuse_foreign,
    remove_report,
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


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "day").mkdir()
    put_in_place(_write(tmp_path / "draft", "new"), tmp_path / "day")
    assert _names(tmp_path / "day") == [MARK]


def test_a_report_is_removed(tmp_path: Path) -> None:
    remove_report(_write(tmp_path / "day.failed", "old"))
    assert _names(tmp_path) == []
