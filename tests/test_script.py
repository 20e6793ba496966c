"""The example of a casebook from a script runs as it stands in the documents."""

import re
import shlex
from pathlib import Path

import pytest

from tests.commands import run_figures
from tests.test_documents import FENCE

TEXT = (Path(__file__).parents[1] / "docs" / "from_a_script.md").read_text(encoding="utf-8")


def test_a_casebook_is_made_as_the_example_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = []
    for language, block in FENCE.findall(TEXT):
        if language == "python":
            exec(compile(block, "example", "exec"), {})
            continue
        for line in block.splitlines():
            program, *words = shlex.split(line, comments=True)
            if program == "printf":
                assert words[1] == ">"
                Path(words[2]).write_text(words[0].replace("\\n", "\n"), encoding="utf-8")
                continue
            assert program == "figures"
            status, printed, told = run_figures(capsys, *words)
            assert (status, told) == (0, ""), line
            assert printed
            rows.append(len(Path("kesh/casualties.csv").read_text("utf-8").splitlines()) - 1)
    assert (max(rows), rows[-1]) == (2, 1), "a row by hand, one of the article, which is taken out"
    exported = (tmp_path / "exports" / "kesh" / "casualties_by_source.csv").read_text("utf-8-sig")
    assert re.search(r"^Flood Agency,at least 27,27,", exported, re.MULTILINE)
