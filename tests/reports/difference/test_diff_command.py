"""`figures diff`: its exit status, its files, its slips."""

import json
from pathlib import Path

import pytest

from tests.commands import run_figures
from tests.reports.difference.folders import CLAIMS, claim, draw, write_report


def test_the_exit_status_says_whether_anything_differs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    a, same = write_report(tmp_path / "a"), write_report(tmp_path / "same", seconds=9)
    other = write_report(tmp_path / "other", claim(wording="1,119"), *CLAIMS[1:])
    assert run_figures(capsys, "diff", a, a)[0] == 0
    assert run_figures(capsys, "diff", a, same)[:2] == (0, "a -> same\nNo difference.\n")
    status, printed, told = run_figures(capsys, "diff", a, other)
    assert (status, told) == (1, "")
    assert "1,081 -> 1,119" in printed


def test_only_asks_for_a_part(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b")
    draw(b / "charts" / "by_source.png", 0.9)
    assert run_figures(capsys, "diff", a, b)[0] == 1
    assert run_figures(capsys, "diff", a, b, "--only", "claims", "--only", "tables")[0] == 0
    status, printed, _ = run_figures(capsys, "diff", a, b, "--only", "charts")
    assert status == 1
    assert "drawn differently (100.0% of pixels)" in " ".join(printed.split())


def test_page_and_json_are_written_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    a = write_report(tmp_path / "a")
    b = write_report(tmp_path / "b", *CLAIMS[1:])
    page, data = tmp_path / "out" / "d.html", tmp_path / "out" / "d.json"
    assert run_figures(capsys, "diff", a, b, "--html", page, "--json", data)[0] == 1
    assert page.read_text("utf-8").rstrip().endswith("</html>")
    assert json.loads(data.read_bytes())["found"] is True
    assert sorted(path.name for path in page.parent.iterdir()) == ["d.html", "d.json"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a", "nowhere"], "expected the folder of a report, but there is none"),
        (["a", "a", "--only", "claim"], 'did you mean "claims"?'),
        (["a", "cut"], "broken or cut off"),
        (["a", "a", "--html", "x", "--json", "x"], "expected two files"),
        (["a", "a", "--html", "a"], "expected a place to write to"),
        (["a"], "Missing argument"),
    ],
)
def test_slips_are_one_line_and_write_nothing(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_report(Path("a"))
    cut = write_report(Path("cut")) / "manifest.json"
    cut.write_bytes(cut.read_bytes()[:40])
    status, printed, told = run_figures(capsys, "diff", *words)
    assert (status, printed) == (2, "")
    assert message in told
    assert len(told.splitlines()) == 1
    assert sorted(path.name for path in Path().iterdir()) == ["a", "cut"]
