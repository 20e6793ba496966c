"""`figures batch` as it is typed: slips are one line, a rehearsal changes nothing."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.commands import run_figures
from tests.reports.batch.scenes import Scene

EXAMPLE = Path(__file__).parents[3] / "docs" / "plan.example.yml"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "say --as-of DAYS, or name a plan"),
        (["--as-of", "yesterday"], '--as-of: "yesterday" is not a day'),
        (["--as-of", "2022-03-03..2022-03-01"], "ends before it begins"),
        (["--as-of", "2022-03-03", "-n", "tyo"], 'did you mean "toy"?'),
        (["--as-of", "2022-03-03", "-p", "grop=x"], 'did you mean "group"?'),
        (["--as-of", "2022-03-03", "-p", "group=militry"], 'did you mean "military"?'),
        (["--as-of", "2022-03-03", "-p", "as_of=2022-03-01"], "as_of is given by --as-of"),
        (["--as-of", "2022-03-03", "-p", "api_key=1"], "looks like a secret"),
        (["nope.yml"], "there is no plan nope.yml"),
        (["plan.yml", "--as-of", "2022-03-03"], "--as-of and a plan don't go together"),
        (["plan.yml", "-p", "group=civilian"], "-p and a plan don't go together"),
        (["plan.yml"], 'plan.yml, line 1: a plan has no key "matirx"; did you mean "matrix"?'),
        (["--as-of", "2022-03-03", "--workers", "0"], "workers"),
        (["/dev/zero"], "/dev/zero is no plan; expected a text file of at most a megabyte"),
        (["."], "is no plan; expected a text file"),
        (["large.yml"], "the plan large.yml is larger than a megabyte; expected a text file"),
        (["a\x1b[31m.yml"], "there is no plan a\ufffd[31m.yml"),
        (["--as-of", "2022-03-03", "--out", "s3:/x"], 'did you mean "s3://x"?'),
        (["--as-of", "2022-03-03", "--out", "http://localhost:1/x"],
         '--out: "http://localhost:1/x": nothing can be written to http'),
        (["--as-of", "2022-03-03", "--out", "a\x1b]0;b"], '--out: "a\ufffd]0;b" is no folder'),
    ],
)  # fmt: skip
def test_slips_are_one_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    message: str,
) -> None:
    scene = Scene(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yml").write_text("matirx: {}\ninclude: [{group: civilian}]\n", "utf-8")
    (tmp_path / "large.yml").write_text("#" * 1_000_001, "utf-8")
    status, printed, told = run_figures(capsys, "batch", *words, "--notebooks", scene.notebooks)
    assert (status, printed) == (2, "")
    assert message in told
    assert "\x1b" not in told
    assert told.startswith("figures: ")
    assert told.count("\n") == 1
    assert not (tmp_path / "reports").exists()


def test_a_rehearsal_says_what_would_be_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    words = scene.words("2022-03-01, 2022-03-08..2022-03-15 by 7", "--dry-run")
    status, printed, told = run_figures(capsys, *words)
    assert (status, scene.ran()) == (0, [])
    assert printed == "make      2022-03-01\nmake      2022-03-08\nmake      2022-03-15\n"
    assert told == f"3 to make, 0 complete, in {scene.out}\n"
    words = scene.words("2022-03-01", "-n", "toy", "--dry-run")
    assert run_figures(capsys, *words)[1] == "make      2022-03-01-toy\n"
    assert not scene.out.exists()


def test_the_example_is_a_plan_of_the_projects_notebooks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, printed, told = run_figures(capsys, "batch", EXAMPLE, "--dry-run")
    assert status == 0, told
    names = [line.split()[1] for line in printed.splitlines()]
    assert names[:3] == ["2022-03-03/UKR", "2022-03-03/SYR", "2022-03-03/AFG"]
    assert (names[-1], len(names)) == ("2022-04-30/UKR", 12)


def test_the_schema_takes_the_example_and_refuses_slips(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, printed, _ = run_figures(capsys, "batch", "--schema")
    assert status == 0
    validator = jsonschema.Draft202012Validator(json.loads(printed))
    validator.check_schema(validator.schema)
    # As editors read YAML: a day is a text.
    plan = yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    plan["timeout"], plan["parameters"]["most"] = 300, 10
    plan["include"][0]["days"] = 365
    assert [error.message for error in validator.iter_errors(plan)] == []
    for slip in (
        {"matirx": {}, "include": []},
        {"parameters": {}},
        {"matrix": {"as_of": "tomorrow"}},
        {"matrix": {"orgin": ["UKR"]}},
        {"matrix": {"origin": [["UKR"]]}},
        {"matrix": {"origin": "UKR"}},
        {"matrix": {"horizon": [99]}},
        {"matrix": {"notebook": ["key_figure"]}},
        {"matrix": {"by": ["weekly"]}},
        {"matrix": {"as_of": "2022-03-03"}, "parameters": {"out": "x"}},
        {"matrix": {"as_of": "2022-03-03"}, "notebooks": ["key_figure"]},
        {"matrix": {"as_of": "2022-03-03"}, "timeout": 0},
    ):
        assert not validator.is_valid(slip), slip
    for fine in (
        {"matrix": {"as_of": "2022-02-24..2022-04-30 by 7", "resolution": [7, "no", True]}},
        {"matrix": {"as_of": ["2022-02-24", "2022-03-01..2022-03-03"], "notebook": "all"}},
        {"include": [{"origin": "UKR", "notebook": "key_figures"}]},
    ):
        assert validator.is_valid(fine), fine
