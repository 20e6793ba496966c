import csv
import os
import subprocess
import sys
from pathlib import Path

import analysis
from tests.commands import run_figures

TEXT = (
    "The Kesh Network said at least 27 people were killed.\n\nThe road is 40 miles (64 km) long.\n"
)


def test_read_prints_and_writes(capsys, tmp_path):
    text = tmp_path / "flood.txt"
    text.write_text(TEXT, encoding="utf-8")
    status, printed, _ = run_figures(capsys, "read", text)
    assert status == 0
    assert "at least 27" in printed
    assert "Kesh Network" in printed
    out = tmp_path / "candidates.csv"
    assert run_figures(capsys, "read", tmp_path, "--out", out)[0] == 0
    with out.open(encoding="utf-8", newline="") as file:
        surfaces = [row["surface"] for row in csv.DictReader(file)]
    assert surfaces == ["at least 27", "40 miles", "64 km"]


def test_audit_says_by_its_status_whether_something_fails(capsys, tmp_path):
    text = tmp_path / "road.txt"
    text.write_text(TEXT, encoding="utf-8")
    assert run_figures(capsys, "audit", text)[0] == 0
    text.write_text(TEXT.replace("64", "84"), encoding="utf-8")
    status, printed, _ = run_figures(capsys, "audit", text)
    assert status == 1
    assert "fails" in printed


def test_slips_are_named_in_one_line(capsys, tmp_path):
    text = tmp_path / "road.txt"
    text.write_text(TEXT, encoding="utf-8")
    for words, expected in (
        (("read", tmp_path / "no.txt"), "there is no such file"),
        (("read", text, "--date", "3 March"), "expected a day"),
        (("review", tmp_path / "no.csv"), "expected a CSV file"),
        (("accept", "--data", tmp_path), "expected a file of candidates"),
        (("accept", "--undo", "--data", tmp_path), "nothing to undo"),
    ):
        status, _, error = run_figures(capsys, *words)
        assert status == 2, words
        assert expected in error
        assert len(error.splitlines()) == 1


def test_reading_is_imported_without_pandas():
    code = "import sys, analysis.reading; print('pandas' in sys.modules, 'spacy' in sys.modules)"
    found = {**os.environ, "PYTHONPATH": str(Path(analysis.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=found
    )
    assert done.stdout.split() == ["False", "False"]


def _press(monkeypatch, keys, lines=()):
    """Sit at a terminal and press keys; Ctrl-C is pressed when they run out."""
    waiting, typed = iter(keys), iter(lines)

    def wait(found):
        for one in found:
            return one
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.getchar", lambda: wait(waiting))
    monkeypatch.setattr("builtins.input", lambda *_: wait(typed))


def test_review_asks_for_keys_and_goes_on_where_it_was_left(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text, path = tmp_path / "flood.txt", tmp_path / "candidates.csv"
    text.write_text("The Kesh Network said at least 27 people were killed and 19 hurt.", "utf-8")
    run_figures(capsys, "read", text, "--out", path)
    untouched = path.read_bytes()
    _press(monkeypatch, "e")  # and Ctrl-C while a correction is typed
    status, said, _ = run_figures(capsys, "review", path)
    assert status == 0
    assert path.read_bytes() == untouched
    assert "[at least 27]" in said  # no terminal that could set it off
    assert "still to fill in before it is accepted: claimant_key, " in " ".join(said.split())
    assert "0 decided, 2 left" in said
    assert max(map(len, said.splitlines()[:-1])) <= 60
    _press(monkeypatch, "exexea", ["area", "aera=kesh", "standard=declared"])
    _, said, _ = run_figures(capsys, "review", path)
    assert 'expected column=value, such as area=…, found "area"' in " ".join(said.split())
    assert '"aera" cannot be corrected; did you mean "area"?' in " ".join(said.split())
    assert "1 decided, 1 left; next: figures accept" in " ".join(said.split())
    _press(monkeypatch, "brrq")
    _, said, _ = run_figures(capsys, "review", path)
    assert "[19]" in said
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["decision"], row["standard"]) for row in csv.DictReader(file)]
    assert rows == [("refuse", "declared"), ("refuse", "")]
