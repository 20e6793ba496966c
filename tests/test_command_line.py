"""The command `figures`: what it prints, how it ends, and that slips are one line."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import analysis
from analysis.casebook import check as casebook_check
from analysis.casebook.new import begin
from analysis.command_line import app
from analysis.kept import VARIABLE
from tests.commands import find_imported, run_figures
from tests.reports.toys import CODE, DECLARED, PARAMETERS, write_casebook, write_notebook

SOURCE = str(Path(analysis.__file__).parents[1])


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    shout = "print(group, as_of, data)"
    write_notebook(tmp_path / "notebooks" / "toy.ipynb", (PARAMETERS, DECLARED), (CODE, shout))
    return tmp_path / "notebooks"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_casebook(tmp_path / "data")


def test_a_report_ends_with_the_path_of_its_page(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, notebooks: Path, data: Path
) -> None:
    out = tmp_path / "out"
    words = ["report", "--notebooks", notebooks, "--data", data, "--out", out]
    status, printed, told = run_figures(
        capsys, *words, "-p", "group=military", "--as-of", "2022-03-02"
    )
    assert status == 0, told
    page = Path(printed.splitlines()[-1])
    assert page == out / "2022-03-02" / "report.html"
    assert "military 2022-03-02 ../../../data" in page.read_text(encoding="utf-8")
    assert "toy: done (" in told


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-p", "grop=x"], 'no parameter is called "grop"; did you mean "group"?'),
        (["-p", "group=militry"], 'group: "militry" is not allowed; expected one of civilian, '
         'military; did you mean "military"?'),
        (["-p", "group"], '-p "group": expected NAME=VALUE'),
        (["-p", "as_of=2022-03-01"], "as_of is given by --as-of, not by -p"),
        (["-p", "api_key=1"], '"api_key" looks like a secret; parameters are written'),
        (["--as-of", "2022-02-30"], '--as-of: there is no day "2022-02-30" in the calendar'),
        (["--as-of", "../x"], '--as-of: "../x" is not a day; expected YYYY-MM-DD'),
        (["--notebook", "tyo"], 'no notebook is called "tyo"; did you mean "toy"?'),
        (["--as-off", "x"], "No such option: --as-off"),
    ],
)  # fmt: skip
def test_slips_are_one_line_before_any_kernel_starts(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    notebooks: Path,
    words: list[str],
    message: str,
) -> None:
    out = tmp_path / "out"
    status, printed, told = run_figures(
        capsys, "report", "--notebooks", notebooks, "--out", out, *words
    )
    assert (status, printed) == (2, "")
    assert told.startswith(f"figures: {message}")
    assert told.count("\n") == 1
    assert not out.exists()


def test_what_is_in_the_way_is_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, notebooks: Path, data: Path
) -> None:
    (tmp_path / "2022-03-03").mkdir()
    (tmp_path / "2022-03-03" / "thesis.txt").touch()
    words = ["report", "--notebooks", notebooks, "--data", data, "--out", tmp_path]
    status, _, told = run_figures(capsys, *words)
    assert status == 2
    assert "is no report" in told
    assert (tmp_path / "2022-03-03" / "thesis.txt").exists()


def test_a_report_of_some_notebooks_takes_the_place_of_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, notebooks: Path, data: Path
) -> None:
    (tmp_path / "2022-03-03-toy").mkdir()
    (tmp_path / "2022-03-03-toy" / "thesis.txt").touch()
    words = ["report", "-n", "toy", "--notebooks", notebooks, "--data", data, "--out", tmp_path]
    status, _, told = run_figures(capsys, *words)
    assert status == 2
    assert f"{tmp_path}/2022-03-03-toy is there and is no report" in told


def test_a_broken_casebook_stops_a_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, notebooks: Path, data: Path
) -> None:
    (data / "claimants.csv").write_text("claimant,nam\n", encoding="utf-8")
    words = ["report", "--notebooks", notebooks, "--data", data, "--out", tmp_path / "out"]
    status, printed, told = run_figures(capsys, *words)
    assert (status, printed) == (1, "")
    assert told.startswith("figures: the casebook has ")
    assert "claimants.csv" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_report_that_is_stopped_leaves_nothing_behind(
    tmp_path: Path, data: Path, sent: signal.Signals
) -> None:
    started = tmp_path / "started"
    waiting = (
        f"import time, pathlib, os\npathlib.Path({str(started)!r}).write_text(str(os.getpid()))\n"
    )
    write_notebook(tmp_path / "notebooks" / "slow.ipynb", (CODE, waiting + "time.sleep(600)"))
    words = ["report", "--notebooks", "notebooks", "--data", "data", "--out", "out"]
    running = subprocess.Popen(
        [sys.executable, "-c", "from analysis.command_line import main; main()", *words,
         "--as-of", "2022-03-03"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": SOURCE}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        while not (started.exists() and started.read_text(encoding="utf-8")):
            assert running.poll() is None, running.communicate()[1]
            time.sleep(0.05)
        running.send_signal(sent)
        printed, told = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, printed) == (130, "")
    assert told.endswith("figures: stopped; nothing was changed\n")
    assert "Traceback" not in told
    assert list((tmp_path / "out").iterdir()) == []
    kernel = int(started.read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)


def test_an_export_prints_its_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["export", "casualties_by_source", "-f", "svg", "-f", "csv", "--out", tmp_path]
    status, printed, told = run_figures(capsys, *words, "--set", "who=fighters")
    assert (status, told) == (0, "")
    drawn, tabulated = (Path(line) for line in printed.splitlines())
    assert (drawn.parent, tabulated.parent) == (tmp_path, tmp_path)
    assert "Russian troops killed" in drawn.read_text(encoding="utf-8")
    assert "nearly 500" in tabulated.read_text(encoding="utf-8")


def test_exports_of_two_casebooks_lie_apart_where_no_folder_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin(tmp_path / "floods", country="Sudan")
    words = ["export", "casualties_by_source", "-f", "csv"]
    assert run_figures(capsys, *words)[1] == "exports/casualties_by_source.csv\n"
    printed = run_figures(capsys, *words, "--data", "floods/")[1]
    assert printed == "exports/floods/casualties_by_source.csv\n"


@pytest.mark.parametrize("command", ["report", "brief"])
def test_no_report_is_made_of_a_day_before_the_casebook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    words = [command, "--as-of", "2021-12-31", "--out", tmp_path]
    status, printed, told = run_figures(capsys, *words)
    assert (status, printed, list(tmp_path.iterdir())) == (2, "", [])
    assert told.startswith(
        "figures: 2021-12-31 is before the first day of the casebook, 2022-02-24"
    )


def test_nothing_is_exported_of_a_day_before_the_casebook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["export", "casualties_by_source", "--as-of", "2021-12-31", "--out", tmp_path]
    assert run_figures(capsys, *words)[::2] == (
        2,
        "figures: 2021-12-31 is before the first day of the casebook, 2022-02-24; "
        "there is nothing to report by then\n",
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", [KeyboardInterrupt, EOFError])
def test_who_leaves_a_question_open_has_stopped(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    key: type[BaseException],
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

        def readline(self, _: int | None = -1) -> str:
            raise key

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal())
    status, _, told = run_figures(capsys, "new", "floods")
    assert (status, told.strip().splitlines()[-1]) == (130, "figures: stopped; nothing was changed")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["casualties_by_sorce"],
            'called "casualties_by_sorce"; did you mean "casualties_by_source"?',
        ),
        (["casualties_by_source", "--format", "gif"], "expected png, svg, pdf, csv, xlsx, json"),
        (["casualties_by_source", "--as-of", "3 March"], '"3 March" is not a day'),
        (["casualties_by_source", "--set", "outcom=killed"], 'did you mean "outcome"?'),
        (["casualties_by_source", "--data", "no/such/folder"], "no/such/folder"),
    ],
)
def test_slips_in_an_export_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], message: str
) -> None:
    status, printed, told = run_figures(capsys, "export", *words, "--out", tmp_path)
    assert status == 2
    assert printed == ""
    assert message in told
    assert told.startswith("figures: ")
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_check_prints_what_the_casebook_holds(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed, told = run_figures(capsys, "check")
    assert (status, told) == (0, "")
    rows = [line.split() for line in printed.splitlines()]
    assert any(row[:1] == ["action_totals"] and row[-1] == "2024-08-02" for row in rows if row)
    for word in ("table", "claims", "claimants", "sources", "first known", "last known"):
        assert word in printed


def test_what_a_check_has_found_is_kept_until_a_byte_changes(
    capsys: pytest.CaptureFixture[str],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    checked = []
    usual = casebook_check.check
    monkeypatch.setattr(casebook_check, "check", lambda data: checked.append(data) or usual(data))
    first = run_figures(capsys, "check", data)
    assert run_figures(capsys, "check", data.parent / "data") == first
    assert len(checked) == 1
    assert run_figures(capsys, "check", data, "--fresh") == first
    assert len(checked) == 2
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))  # switched off by --fresh
    with (data / "casebook.toml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert run_figures(capsys, "check", data) == first
    (data / "casualty.csv").write_text("source_id\n", encoding="utf-8")
    wrong = run_figures(capsys, "check", data)
    assert (wrong[0], wrong[1]) == (1, "")
    assert run_figures(capsys, "check", data) == wrong
    assert len(checked) == 5


def test_an_unchanged_casebook_is_known_as_such_without_reading_it(
    data: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from analysis.command_line import app\n"
        f"app(['check', {str(data)!r}], standalone_mode=False)\n"
        "print(*{'pandas', 'pyarrow', 'pandera'} & set(sys.modules))"
    )
    loaded = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": SOURCE, VARIABLE: str(tmp_path / "kept")},
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]  # fmt: skip
    assert "pandas" in loaded[0]
    assert loaded[1] == ""


def test_check_prints_every_error(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    with (data / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("s3,,T,yesterday,2022-03-01,,terms,counts,\n")
    status, printed, told = run_figures(capsys, "check", data)
    assert (status, printed) == (1, "")
    assert told.splitlines()[0] == "figures: the casebook has 2 errors:"
    assert all(line.startswith("sources.csv, row 4") for line in told.splitlines()[1:])
    assert len(told.splitlines()) == 3


def test_the_notebooks_are_listed_with_their_parameters(
    capsys: pytest.CaptureFixture[str], notebooks: Path
) -> None:
    status, printed, _ = run_figures(capsys, "notebooks", "--notebooks", notebooks)
    assert status == 0
    assert printed.splitlines()[:2] == ["toy", "  Toy"]
    assert '  group: str = "civilian"\n      whose casualties: civilian | military\n' in printed
    status, printed, _ = run_figures(capsys, "notebooks", "key_figures")
    assert status == 0
    assert printed.startswith("key_figures\n")


def test_a_new_casebook_is_sound_and_is_made_only_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "another"
    status, _, told = run_figures(capsys, "new", folder, "--title", "Flood")
    assert (status, folder.exists()) == (2, False)
    assert told.startswith("figures: --country: ")
    status, printed, _ = run_figures(capsys, "new", folder, "--country", "Sudan")
    assert (status, printed.partition(":")[0]) == (0, str(folder))
    assert f"figures add sources --data {folder}" in printed
    assert run_figures(capsys, "check", folder)[0] == 0
    status, _, told = run_figures(capsys, "new", folder)
    assert status == 2
    assert told.startswith("figures: ")
    assert told.count("\n") == 1


def test_the_package_and_the_dictionary_of_a_casebook(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    (data / "datapackage.json").unlink()
    assert run_figures(capsys, "datapackage", data)[:2] == (0, f"{data / 'datapackage.json'}\n")
    resources = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {path.name for path in data.glob("*.csv")} == {each["path"] for each in resources}
    assert run_figures(capsys, "dictionary", data)[:2] == (0, f"{data / 'README.md'}\n")


@pytest.mark.parametrize("words", ["--help", "report --help", "export -h", "--version"])
def test_help_and_version(words: str) -> None:
    told = CliRunner().invoke(app, words.split())
    assert told.exit_code == 0
    assert told.output


def test_a_misspelt_command_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed, told = run_figures(capsys, "reprot")
    assert (status, printed, told.count("\n")) == (2, "", 1)
    assert "report" in told


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = {"pandas", "matplotlib", "papermill", "pandera", "rich.console"}
    assert not heavy & find_imported("analysis.command_line")


def test_the_casebook_of_a_check_may_be_said_by_data(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    alone = run_figures(capsys, "check", data)
    assert alone[0] == 0
    assert run_figures(capsys, "check", "--data", data) == alone
    status, _, told = run_figures(capsys, "check", data, "--data", "other")
    assert (status, len(told.splitlines())) == (2, 1)
    assert f"two casebooks, {data} and --data other" in told
