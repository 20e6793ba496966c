"""Plans: what is written becomes reports, and everything wrong is said at once."""

from pathlib import Path

import pytest

from analysis.reports.batch.plan import Choice, read_plan
from analysis.reports.batch.plan_file import PlanErrors
from analysis.reports.parameters import ParameterError
from tests.reports.batch.scenes import Scene
from tests.reports.toys import CODE, PARAMETERS, write_casebook, write_notebook

WIDE = """\
as_of: str = "2022-03-03"  # day (YYYY-MM-DD)
since: str = "2022-02-24"  # earlier day (YYYY-MM-DD)
place: str = ""  # where
parties: bool = True  # show parties
most: int = 15  # shown at most (1 to 200)
groups: list[str] = ["civilian"]  # whose: civilian | military
data: str = ""  # folder of the casebook
out: str = ""  # folder for charts
"""
NARROW = """\
as_of: str = "2022-04-04"  # day (YYYY-MM-DD)
groups: list[str] = ["civilian"]  # whose: civilian | other
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path)
    (made.notebooks / "toy.ipynb").unlink()
    write_notebook(made.notebooks / "wide.ipynb", (PARAMETERS, WIDE), (CODE, "1"), order=1)
    write_notebook(made.notebooks / "narrow.ipynb", (PARAMETERS, NARROW), (CODE, "1"), order=2)
    return made


def _errors(scene: Scene, text: str) -> list[str]:
    with pytest.raises(PlanErrors) as raised:
        scene.plan_file(text)
    lines = str(raised.value).splitlines()
    if len(lines) > 1:
        assert lines[0] == f"the plan has {len(lines) - 1} mistakes:"
        return lines[1:]
    return lines


def test_a_matrix_becomes_reports(scene: Scene) -> None:
    plan = scene.plan_file(
        "notebooks: [wide]\nparameters: {most: 5}\nmatrix:\n"
        "  as_of: 2022-03-01..2022-03-02\n  place: [Kyiv, Lviv]\nout: there\ntimeout: 9\n"
        "workers: 3\n"
    )
    assert [report.name for report in plan.reports] == [
        "2022-03-01/Kyiv", "2022-03-01/Lviv", "2022-03-02/Kyiv", "2022-03-02/Lviv",
    ]  # fmt: skip
    assert plan.reports[1].values == {"wide": {"most": 5, "place": "Lviv"}}
    assert (plan.reports[1].as_of, plan.axes) == ("2022-03-01", ("as_of", "place"))
    assert (plan.timeout, plan.workers) == (9, 3)


@pytest.mark.parametrize("text", ["NO", "no", "007", "1e5", "2022-02-24", "~", "null", "0x10"])
def test_what_is_written_for_a_text_stays_as_it_is(scene: Scene, text: str) -> None:
    plan = scene.plan_file(f"notebooks: wide\nmatrix: {{place: [{text}, other]}}")
    assert plan.reports[0].values["wide"]["place"] == text
    assert plan.reports[0].name == text.strip("~") or "any"


def test_each_value_is_of_the_type_that_the_notebook_declares(scene: Scene) -> None:
    plan = scene.plan_file(
        "notebooks: [wide]\nparameters: {parties: no, groups: [military, civilian]}\n"
        "matrix: {most: [007, '8'], since: 2022-02-01..2022-02-03 by 2}"
    )
    values = [report.values["wide"] for report in plan.reports]
    assert [value["most"] for value in values] == [7, 7, 8, 8]
    assert values[1]["since"] == "2022-02-03"
    assert values[0]["parties"] is False
    assert values[0]["groups"] == ["military", "civilian"]
    assert plan.reports[0].as_of == "2022-03-03"


def test_a_notebook_in_the_matrix_is_a_report_of_its_own(scene: Scene) -> None:
    plan = scene.plan_file("matrix: {notebook: all, most: [1, 2]}\nname: '{notebook}/{most}'")
    # `narrow` has no `most`: it is made once, for its own day.
    assert [report.name for report in plan.reports] == ["wide/1", "wide/2", "narrow/any"]
    assert [[n.name for n in report.notebooks] for report in plan.reports] == [
        ["wide"], ["wide"], ["narrow"],
    ]  # fmt: skip
    assert plan.reports[2].as_of == "2022-04-04"


def test_several_casebooks(scene: Scene) -> None:
    write_casebook(scene.root / "sudan")
    plan = scene.plan_file("notebooks: [wide]\nmatrix: {data: [data, sudan]}\n")
    assert [report.name for report in plan.reports] == ["data", "sudan"]
    assert [Path(report.data).name for report in plan.reports] == ["data", "sudan"]


def test_keys_and_the_day_are_those_of_the_casebook_of_each_report(scene: Scene) -> None:
    cell = 'as_of: str = ""  # day (YYYY-MM-DD)\narea: str = ""  # a key of areas.csv\n'
    write_notebook(scene.notebooks / "areal.ipynb", (PARAMETERS, cell), (CODE, "1"))
    for name, area in (("gaza", "gaza-strip"), ("sudan", "north-darfur")):
        data = write_casebook(scene.root / name)
        (data / "areas.csv").write_text(f"area,name\n{area},there\n", "utf-8")
        (data / "casebook.toml").write_text("report_day = 2023-10-07", "utf-8")
    text = "notebooks: areal\nmatrix: {data: [gaza, sudan]}\n"
    assert [r.as_of for r in scene.plan_file(text).reports] == ["2023-10-07"] * 2
    assert _errors(scene, text + "parameters: {area: gaza-strip}") == [
        'plan.yml, line 3: areal, area: "gaza-strip" is not allowed; expected a key of areas.csv, '
        "or the ISO 3166 alpha-3 code of a country"
    ]


def test_names_are_of_what_differs(scene: Scene) -> None:
    text = "notebooks: [wide]\nmatrix: {as_of: 2022-03-01, place: [A, B]}\n"
    assert [r.name for r in scene.plan_file(text).reports] == ["A", "B"]
    text += "include: [{place: A, as_of: 2022-03-01, most: 3}, {place: A, as_of: 2022-04-01}]"
    names = [r.name for r in scene.plan_file(text).reports]
    assert names == ["2022-03-01/A", "2022-03-01/B", "2022-04-01/A"]
    text = "notebooks: [wide]\ninclude: [{most: 3}, {most: 4}]"
    assert [r.name for r in scene.plan_file(text).reports] == ["3", "4"]
    assert [r.name for r in scene.plan_file("matrix: {as_of: 2022-03-01}").reports] == [
        "2022-03-01"
    ]


def test_an_exclude_that_fits_nothing_is_no_mistake_but_is_said(scene: Scene) -> None:
    text = "notebooks: wide\nmatrix: {most: [1, 2], place: [A]}\n"
    text += "exclude:\n  - {most: 2}\n  - {most: 3}"
    plan = scene.plan_file(text)
    assert [report.shown["most"] for report in plan.reports] == [1]
    assert plan.notes == ("plan.yml, line 5: exclude fits no combination of the matrix",)


def test_days_of_exclude_and_include_may_be_ranges(scene: Scene) -> None:
    text = (
        "notebooks: wide\nmatrix: {as_of: 2022-03-01..2022-03-05}\n"
        "exclude: [{as_of: 2022-03-02..2022-03-04}]\ninclude: [{as_of: '2022-04-01,2022-04-02'}]"
    )
    days = [report.as_of for report in scene.plan_file(text).reports]
    assert days == ["2022-03-01", "2022-03-05", "2022-04-01", "2022-04-02"]


def test_all_mistakes_are_said_at_once_with_their_lines(scene: Scene) -> None:
    text = """\
matirx: {}
data: nowhere
notebooks: [wide, narow]
parameters:
  most: 500
  api_key: abc
  out: x
  grups: [civilian]
matrix:
  as_of: 2022-03-03..2022-02-01
  most: []
  place: Kyiv
  parties: [yes, maybe]
exclude:
  - {plaice: Kyiv}
  - 7
name: "{as_off}"
timeout: long
"""
    assert _errors(scene, text) == [
        'plan.yml, line 1: a plan has no key "matirx"; did you mean "matrix"?',
        'plan.yml, line 2: data: there is no folder of a casebook "nowhere"',
        'plan.yml, line 3: notebooks: no notebook is called "narow"; did you mean "narrow"?',
        'plan.yml, line 5: parameters, most: "500" is not allowed; expected a number from 1 to 200',
        'plan.yml, line 6: parameters: "api_key" looks like a secret; parameters are written into '
        "the report",
        "plan.yml, line 7: parameters: out is a key of the plan itself, not a parameter",
        'plan.yml, line 8: parameters: no parameter is called "grups"; did you mean "groups"?',
        'plan.yml, line 10: matrix, as_of: "2022-03-03..2022-02-01" ends before it begins; '
        "expected FIRST..LAST",
        "plan.yml, line 11: matrix, most: the list is empty",
        "plan.yml, line 12: matrix, place: expected a list of values",
        'plan.yml, line 13: matrix, parties: "maybe" is not allowed; expected true or false',
        'plan.yml, line 15: exclude: the matrix has no "plaice"; did you mean "place"?',
        "plan.yml, line 16: exclude: expected names with their values",
        'plan.yml, line 17: name: no value is called "as_off"; did you mean "as_of"?',
        'plan.yml, line 18: timeout: "long" is not allowed; expected a whole number',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("matrix: [", "plan.yml, line 1: not readable as YAML: "),
        ("matrix: {as_of: 2022-03-01}\nmatrix: {}",
         'plan.yml, line 2: the key "matrix" stands in line 1 already'),
        ("matrix: !!python/object:os.system {}", "is no tag of a plan; leave it out"),
        ("matrix: {as_of: &x 2022-03-01}\nname: *x", "line 1: an alias (*name) is not read"),
        ("matrix: &a [*a]", "an alias (*name) is not read"),
        ("[" * 500, "not readable as YAML: "),
        ("matrix: {place: [[[[[[[1]]]]]]]}", "too deep"),
        ("", "plan.yml: expected keys such as matrix"),
        ("- a", "plan.yml: expected keys such as matrix"),
        ("\x00", "not readable as YAML"),
        ("notebooks: wide", "no matrix and no include, so there is no report"),
        ("matrix: {place: [A, A]}", 'matrix, place: "A" stands there twice'),
        ("matrix: {place: [A, ]}\nparameters: {most: }", "parameters, most: expected a value"),
        ("matrix: {place: [A]}\nexclude: [{place: A}]", "every combination is excluded"),
        ("matrix: {place: [A/B, A:B]}\nnotebooks: wide",
         'plan.yml: name: the reports (as_of: 2022-03-03, place: A/B) and (as_of: 2022-03-03, '
         'place: A:B) would share the folder "A-B"'),
        ("matrix: {place: [A, a], most: [1]}", 'would share the folder "A"'),
        ("matrix: {place: [A, B]}\nname: x", 'line 2: name: the reports'),
        ("matrix: {place: [A, B]}\nname: 'manifest.json/{place}'", "that of a file of the batch"),
        ("matrix: {place: [A, B]}\nname: '../{place}'", "none empty, no .."),
        ("matrix: {notebook: all}\nnotebooks: wide", "say this or notebooks, not both"),
        ("matrix: {groups: [[military]]}", 'groups: "military" is not allowed; expected one of'),
        ("matrix: {most: [1]}\nout: http://x/y", "line 2: out: \"http://x/y\": nothing can be"),
        ("matrix: {most: [1]}\nout: s3:/y", 'line 2: out: "s3:/y" is no address; did you mean'),
        ("matrix: {most: [1]}\ndata:\nname: ''", "line 3: name: expected a text"),
        ("matrix: {most: [1]}\ndata:\nname: ''", "line 2: data: expected a text"),
        ("matrix:\n", "line 1: matrix: expected names with their values"),
        ("matrix: {most: [1]}\nworkers: 0", 'workers: "0" is not allowed; expected a whole number'),
        ("matrix: {most: [1]}\nnotebooks: []", "notebooks: expected a list of names"),
        ("include: {most: 1}", "include: expected a list of combinations"),
        ("matrix:\n  most:\n    {a: 1}", "line 2: matrix, most: expected a list of values"),
        ("matrix: {as_of: 2020-01-01..2022-01-01, since: 2020-01-01..2022-01-01}",
         "at most 100,000"),
    ],
)  # fmt: skip
def test_a_mistake_is_said(scene: Scene, text: str, message: str) -> None:
    lines = _errors(scene, text)
    assert [line for line in lines if message in line], lines


def test_what_one_notebook_of_a_matrix_refuses_is_said_with_its_name(scene: Scene) -> None:
    text = "matrix:\n  notebook: [wide, narrow]\n  groups: [[military], [other]]\n"
    refused = [line.partition("; ")[0] for line in _errors(scene, text)]
    assert sorted(refused) == [
        'plan.yml, line 3: narrow, groups: "military" is not allowed',
        'plan.yml, line 3: wide, groups: "other" is not allowed',
    ]
    text += "exclude:\n  - {notebook: wide, groups: [other]}\n"
    text += "  - {notebook: narrow, groups: [military]}"
    assert [r.name for r in scene.plan_file(text).reports] == ["wide/military", "narrow/other"]


def test_a_plan_that_is_not_there(scene: Scene) -> None:
    with pytest.raises(ParameterError, match=r"there is no plan .*nope\.yml"):
        read_plan(scene.root / "nope.yml", scene.notebooks, scene.out, Choice())


def test_the_short_form_is_one_report_a_day(scene: Scene) -> None:
    plan = scene.plan("2022-03-01..2022-03-03 by 2", parties="no")
    assert [report.name for report in plan.reports] == ["2022-03-01", "2022-03-03"]
    assert plan.reports[0].values == {"wide": {"parties": False}, "narrow": {}}
    with pytest.raises(ParameterError, match="did you mean"):
        scene.plan("2022-03-01", partys="no")
