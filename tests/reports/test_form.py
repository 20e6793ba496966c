"""The form: a control a parameter, errors beside them, and a run as the command would make it."""

import html
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from analysis.reports import form as form_module
from analysis.reports.build import Report
from analysis.reports.folder import FolderError
from analysis.reports.form import Form, make_form, read_days, show_form
from analysis.reports.notebooks import NOTEBOOKS, find_notebooks
from analysis.reports.parameters import ParameterError, read_values
from tests.reports.toys import CODE, MARKDOWN, PARAMETERS, write_casebook, write_notebook

CELL = """\
as_of: str = "2022-03-03"  # day of the report (YYYY-MM-DD)
data: str = ""  # folder of the casebook; empty: the one of the project
since: str = ""  # earlier day (YYYY-MM-DD); empty: none
group: str = "civilian"  # whose casualties: civilian | military
measure: str = ""  # which: crossings | records; empty: the newest
outcomes: list[str] = ["wounded", "killed"]  # what happened, in this order: killed | wounded | lost
names: list[str] = ["a"]  # people named <b>$5 and $6</b>
days: int = 7  # days before (1 to 3,650)
share: float = 0.5  # of all (0 to 1)
parties: bool = True  # show them
title: str = "It's"  # words
origin: str = "UKR"  # country, as its ISO 3166 alpha-3 code
out: str = ""  # folder for charts
"""
RUN = 'assert group == "civilian", "no\\nsoldiers"\nassert (title, days) == ("It\'s", 30)'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cells = ((MARKDOWN, "# How <many>?"), (PARAMETERS, CELL), (CODE, RUN))
    write_notebook(tmp_path / "notebooks" / "toy.ipynb", *cells)
    write_casebook(tmp_path / "the data")
    monkeypatch.chdir(tmp_path)
    days = "2022-02-24", "2022-03-31"
    monkeypatch.setattr("analysis.reports.form.read_days", lambda _: days)
    return tmp_path


@pytest.fixture
def form(folder: Path) -> Form:
    return make_form("toy", folder / "notebooks")


def _page(form: Form) -> str:
    """The page that the form shows."""
    (found,) = re.findall(r'srcdoc="([^"]*)"', form.result.value)
    return html.unescape(found)


def _said(widget: Any) -> str:
    """What a widget shows to a reader."""
    return html.unescape(re.sub(r"<[^>]*>", "", widget.value))


def _set(form: Form, name: str, value: object) -> None:
    form.fields[name].controls[0].value = value


def _tick(form: Form, name: str, choice: str, value: bool) -> None:
    (box,) = [each for each in form.fields[name].controls if each.description == choice]
    box.value = value


def _words(form: Form) -> list[str]:
    """The command without its beginning and the folder of notebooks."""
    words = shlex.split(form.command.value)
    assert words[:4] == ["figures", "report", "-n", "toy"]
    place = words.index("--notebooks")
    return words[4:place] + words[place + 2 :]


def test_each_parameter_has_the_control_of_its_kind(form: Form) -> None:
    kinds = {name: type(field.controls[0]) for name, field in form.fields.items()}
    assert kinds == {
        "as_of": widgets.DatePicker, "data": widgets.Text, "since": widgets.DatePicker,
        "group": widgets.Dropdown, "measure": widgets.Dropdown, "outcomes": widgets.Checkbox,
        "names": widgets.Text, "days": widgets.IntText, "share": widgets.FloatText,
        "parties": widgets.Checkbox, "title": widgets.Text, "origin": widgets.Text,
    }  # fmt: skip
    assert [value for _, value in form.fields["measure"].controls[0].options] == [
        "", "crossings", "records",
    ]  # fmt: skip


def test_the_defaults_stand_in_it_and_every_control_has_its_label(form: Form) -> None:
    values, faults = form.read()
    assert faults == []
    assert values == {name: field.parameter.default for name, field in form.fields.items()}
    for name, field in form.fields.items():
        labels = [control.description for control in field.controls]
        assert labels == ([name] if len(labels) == 1 else ["killed", "wounded", "lost"])
        assert field.parameter.meaning in _said(field.box.children[-1])
    assert _said(form.fields["days"].box.children[-1]) == "days before (1 to 3,650)"


def test_words_of_a_notebook_are_no_markup_and_no_formula(form: Form) -> None:
    shown = form.fields["names"].box.children[-1].value
    assert "<b>" not in shown
    assert "$5 and $" not in shown
    assert _said(form.fields["names"].box.children[-1]) == "people named <b>$5 and $6</b>"
    assert "<many>" not in form.box.children[0].value


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("as_of", None, 'as_of: "" is not a day'),
        ("as_of", date(2022, 2, 23), 'as_of: "2022-02-23" is outside the casebook, whose claims '
         "were published from 2022-02-24 to 2022-03-31"),
        ("as_of", date(2022, 4, 1), 'as_of: "2022-04-01" is outside the casebook'),
        ("data", "no/such", 'data: "no/such" is not allowed; expected a folder that is there'),
        ("names", "a,,b", 'names: "a,,b" is not allowed; expected no empty text'),
        ("days", 5000, 'days: "5000" is not allowed; expected a number from 1 to 3,650'),
        ("share", 1.5, 'share: "1.5" is not allowed; expected a number from 0 to 1'),
        ("share", float("nan"), 'share: "nan" is not allowed; expected a number'),
        ("title", "two\nlines", 'title: "two lines" is not allowed; expected one line'),
        ("origin", "UKA", 'origin: "UKA" is not allowed; expected the ISO 3166'),
    ],
)  # fmt: skip
def test_an_error_stands_in_words_beside_its_control(
    form: Form, monkeypatch: pytest.MonkeyPatch, name: str, value: object, message: str
) -> None:
    monkeypatch.setattr(form_module, "make_report", None)  # nothing may run
    before = form.fields[name].controls[0].value
    _set(form, name, value)
    assert {n for n, field in form.fields.items() if field.error.value} == {name}
    error = form.fields[name].error
    assert _said(error).startswith(message)
    assert 'role="alert"' in error.value
    line = form.fields[name].box.children[0]
    assert list(line.children)[-2:] == [form.fields[name].controls[0], error]
    assert form.command.value == ""
    form.button.click()
    assert _said(form.status).startswith(f"Nothing was run: {message}")
    _set(form, name, before)
    assert error.value == ""
    assert form.command.value


def test_several_choices_keep_the_order_in_which_they_are_ticked(form: Form) -> None:
    assert form.read()[0]["outcomes"] == ["wounded", "killed"]
    _tick(form, "outcomes", "wounded", False)
    _tick(form, "outcomes", "lost", True)
    _tick(form, "outcomes", "wounded", True)
    assert form.read()[0]["outcomes"] == ["killed", "lost", "wounded"]
    assert _words(form) == ["--as-of", "2022-03-03", "-p", "outcomes=killed,lost,wounded"]
    for choice in ("killed", "lost", "wounded"):
        _tick(form, "outcomes", choice, False)
    assert "expected at least one of killed, wounded, lost" in _said(form.fields["outcomes"].error)


def test_the_command_says_the_same_values_quoted_for_a_shell(form: Form, folder: Path) -> None:
    assert _words(form) == ["--as-of", "2022-03-03"]
    typed = {"group": "military", "names": "b, c d", "days": 30, "share": 0.25, "parties": False,
             "title": "it's $(here); \"x\"", "since": date(2022, 2, 24), "measure": "records",
             "as_of": date(2022, 3, 1), "data": "the data"}  # fmt: skip
    for name, value in typed.items():
        _set(form, name, value)
    words = _words(form)
    assert words[:2] == ["--as-of", "2022-03-01"]
    assert words[-2:] == ["--data", (folder / "the data").resolve().as_posix()]
    pairs = dict(pair.split("=", 1) for pair in words[2:-2] if pair != "-p")
    values, _ = form.read()
    declared = {name: field.parameter for name, field in form.fields.items()}
    given = read_values(pairs, {"toy": declared})["toy"]
    assert given == {n: v for n, v in values.items() if n in pairs}
    assert set(pairs) == set(typed) - {"as_of", "data"}


def test_the_command_names_folders_other_than_usual(folder: Path) -> None:
    plain = make_form("key_figures")
    assert plain.command.value == "figures report -n key_figures"
    other = make_form("toy", folder / "notebooks", "my reports")
    assert other.command.value.endswith(" --out 'my reports'")


def test_every_notebook_of_the_project_has_a_form() -> None:
    for notebook in find_notebooks(NOTEBOOKS):
        form = make_form(notebook.name)
        assert form.read()[1] == []
        assert list(form.fields) == [name for name in notebook.parameters if name != "out"]


def test_run_makes_the_report_and_shows_it_below(form: Form, folder: Path) -> None:
    _set(form, "data", "the data")
    _set(form, "days", 30)
    before = sorted(folder.rglob("*"))
    said: list[str] = []
    form.status.observe(lambda _: said.append(_said(form.status)), names="value")
    thread = form.start()
    assert thread is not None
    thread.join()
    assert said[0] == "Running toy …"
    assert "Running toy: 3 of 3 cells" in said
    assert said[-1] == "Done; the command above makes one to keep."
    assert form.button.disabled is False
    assert sorted(folder.rglob("*")) == before
    page = _page(form)
    assert page.startswith("<!DOCTYPE html>")
    assert '<head><base href="about:srcdoc">' in page
    assert "How &lt;many&gt;?" in page
    assert " sandbox " in form.result.value
    # The same notebook fails for other values.
    _set(form, "group", "military")
    made = form.run()
    assert made is not None
    assert made.failed
    assert _said(form.status) == "The notebook failed: AssertionError: no"
    assert "AssertionError: no" in html.unescape(_page(form))


def test_a_report_goes_to_the_folder_that_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = make_form("toy", folder / "notebooks", "my reports")
    asked: list[Any] = []

    def make(*given: object, name: str) -> Report:
        asked.extend([*given, name])
        (folder / "report.html").write_text("<head></head>", "utf-8")
        return Report(folder, [])

    monkeypatch.setattr(form_module, "make_report", make)
    _set(form, "data", "the data")
    form.run()
    assert asked[4] == Path("my reports")
    assert asked[-1] == "2022-03-03-toy"
    assert _said(form.status) == f"Done; it is in {folder}."


def test_a_day_left_empty_is_the_casebook_s(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = CELL.replace('as_of: str = "2022-03-03"', 'as_of: str = ""')
    write_notebook(folder / "notebooks" / "timely.ipynb", (PARAMETERS, cell))
    (folder / "the data" / "casebook.toml").write_text("report_day = 2022-03-05", "utf-8")
    form = make_form("timely", folder / "notebooks")
    assert form.read()[1] == []
    assert "--as-of" not in form.command.value
    asked: list[Any] = []
    monkeypatch.setattr(form_module, "make_report", lambda *given, **_: asked.extend(given))
    _set(form, "data", "the data")
    form.run()
    assert asked[2] == "2022-03-05"


def test_the_days_of_a_casebook_are_those_of_its_publications(folder: Path) -> None:
    sources = folder / "the data" / "sources.csv"
    sources.write_text("published_on\n2022-03-02\n2022-02-25\n\n2022-03-01\n", "utf-8")
    assert read_days("the data") == ("2022-02-25", "2022-03-02")
    sources.write_text("published_on\n,\n", encoding="utf-8")
    assert read_days("the data") == ("", "")
    assert read_days("no/such") == ("", "")


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (FolderError("reports is in the way"), "Nothing was made: reports is in the way"),
        (RuntimeError("a <fault>"), "Nothing was made: RuntimeError: a <fault>"),
        (KeyboardInterrupt(), "Stopped; nothing was changed."),
    ],
)
def test_what_stops_a_run_is_said_in_the_form(
    form: Form, monkeypatch: pytest.MonkeyPatch, problem: BaseException, message: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        assert form.button.disabled
        raise problem

    monkeypatch.setattr(form_module, "make_report", stop)
    assert form.run() is None
    assert _said(form.status) == message
    assert form.button.disabled is False
    assert form.result.value == ""


def test_a_casebook_with_errors_stops_a_run(form: Form, folder: Path) -> None:
    with (folder / "the data" / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("s3,P,T,yesterday,2022-03-01,,terms,counts,\n")
    _set(form, "data", "the data")
    assert form.run() is None
    assert _said(form.status).startswith("Nothing was made: sources.csv, row 4")
    assert not (folder / "reports").exists()


def test_a_wrong_name_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_form("toi", folder / "notebooks")
    assert capsys.readouterr().out == 'no notebook is called "toi"; did you mean "toy"?\n'
    write_notebook(folder / "notebooks" / "timeless.ipynb", (CODE, "1"))
    with pytest.raises(ParameterError, match="timeless declares no as_of"):
        make_form("timeless", folder / "notebooks")


def test_a_form_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(form_module, "display", shown.append)
    show_form("toy", folder / "notebooks")
    assert isinstance(shown[0], widgets.VBox)


def test_stop_ends_what_runs(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[bool] = []
    monkeypatch.setattr(form_module.OwnKernel, "kill_all", lambda: killed.append(True))

    def make(notebooks: list[Any], *given: Any, **_: object) -> Report:
        watcher = given[-1]
        watcher.cell_done(notebooks[0])
        assert "1 of" in _said(form.status)
        assert (form.button.disabled, form.stop_button.disabled) == (True, False)
        form.stop_button.click()
        watcher.note(notebooks[0], "its kernel died")
        raise AssertionError("it was run once more")

    monkeypatch.setattr(form_module, "make_report", make)
    assert form.run() is None
    assert killed == [True]
    assert "Stopped" in _said(form.status)
    assert (form.button.disabled, form.stop_button.disabled) == (False, True)
