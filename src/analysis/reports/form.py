"""A form in Jupyter: the parameters of a notebook to fill in, a button, and the report below.

    from analysis.reports.form import show_form
    show_form("casualties_by_source")

The fields come from the notebook's declarations. What is run is what `figures report` runs,
and the form shows the command that does the same. Cells can be run while the report is made;
it goes to a temporary folder that the end of the kernel takes away.

A control only says what stands in it; whether that is allowed is left to `Parameter`, so that
a form, a command and a file refuse the same values in the same words.
"""

from __future__ import annotations

import html
import shlex
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from analysis.casebook import check as casebook_check
from analysis.reports.build import Report, make_report
from analysis.reports.kernel import OwnKernel
from analysis.reports.mistakes import explain
from analysis.reports.notebooks import (
    NOTEBOOKS,
    Notebook,
    find_day,
    find_notebooks,
    find_report_day,
    name_report,
)
from analysis.reports.parameters import Parameter, ParameterError, Value
from analysis.reports.run import Watcher
from analysis.reports.values import write_value
from analysis.tables import SOURCES, CasebookErrors, find_casebook, read_records

#: Given to a report beside the notebook's own parameters, or made by it.
_OF_REPORT = ("as_of", "data", "out")

_WIDE = {"width": "56em", "max_width": "100%"}

#: The page stands in a frame of its own: it keeps its style, and no script of it runs.
_FRAME = (
    '<iframe title="{title}" srcdoc="{page}" sandbox '
    'style="width: 100%; height: 80vh; box-sizing: border-box; border: 1px solid #999"></iframe>'
)

#: Widths: of the names at the left, and of a control with its name.
_NAME = "9em"
_CONTROL = "28em"

#: What stands for an empty text among choices.
_NOTHING = "(nothing in particular)"


def read_days(data: str) -> tuple[str, str]:
    """Return the first and last day on which claims of a casebook were published, or "", "".

    `data`: the folder of the casebook; "" is the project's own.
    """
    try:
        _, rows = read_records(find_casebook(data) / SOURCES.file)
    except CasebookErrors:  # what is wrong is said when it is run
        rows = []
    days = sorted(row.get("published_on", "") for row in rows)
    days = [day for day in days if day]
    return (days[0], days[-1]) if days else ("", "")


@dataclass(frozen=True)
class Field:
    """A parameter in a form."""

    parameter: Parameter  # what is asked for
    controls: list[Any]  # one, or a tick box a choice where several may be chosen
    error: Any  # what is wrong with the value, in words; empty if nothing is
    box: Any  # all of it, with the help
    said: Callable[[], Value]  # returns what the controls say: a text as typed, or a value

    def read(self) -> Value:
        """Return the value, checked, and show beside the control what is wrong with it.

        Raises `ParameterError`: the parameter cannot take the value.
        """
        said = self.said()
        try:
            is_typed = isinstance(self.controls[0], widgets.Text)
            value = self.parameter.read(str(said)) if is_typed else self.parameter.check(said)
        except ParameterError as problem:
            self.show(str(problem))
            raise
        self.error.value = ""
        return value

    def show(self, fault: str) -> None:
        """Show beside the control what is wrong with its value."""
        self.error.value = write_words(fault, tag="strong", role="alert")


class Form:
    """A form for one notebook; it works without a browser too.

    `fields`: by name of the parameter, in the order of the notebook; `out` is the report's own.
    `command`: the command that does the same, or nothing while a value is not allowed. `button`,
    `stop_button`: runs the notebook; ends what runs. `status`: how far it is, what became of it, or
    why nothing was run.
    """

    def __init__(self, notebook: Notebook, out: str | Path, folder: Path | None) -> None:
        self._notebook, self._out, self._folder = notebook, out, folder
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        asked = [each for name, each in notebook.parameters.items() if name != "out"]
        self.fields: dict[str, Field] = {p.name: make_field(p, self._refresh) for p in asked}
        self.command = widgets.Textarea(
            description="Command",
            placeholder="stands here once every value is allowed",
            tooltip="does the same in a terminal",
            rows=2,
            style={"description_width": _NAME},
            layout=_WIDE,
        )
        self.button = widgets.Button(description="Run", button_style="primary")
        self.button.on_click(lambda _: self.start())
        self.stop_button = widgets.Button(description="Stop", disabled=True)
        self.stop_button.on_click(lambda _: self.stop())
        self._stopping = Event()
        self.status, self.result = widgets.HTML(), widgets.HTML(layout={"width": "100%"})
        title = widgets.HTML(write_words(notebook.title, tag="h3"))
        boxes = [field.box for field in self.fields.values()]
        buttons = widgets.HBox([self.button, self.stop_button])
        rest = [self.command, buttons, self.status, self.result]
        self.box = widgets.VBox([title, *boxes, *rest])
        self._refresh()

    def read(self) -> tuple[dict[str, Value], list[str]]:
        """Return the values that are allowed, by name, and what is wrong with the others."""
        values: dict[str, Value] = {}
        faults = []
        for name, field in self.fields.items():
            try:
                values[name] = field.read()
            except ParameterError as problem:
                faults.append(str(problem))
        day = str(values.get("as_of", ""))
        if day and ("data" in values or "data" not in self.fields):
            first, last = read_days(str(values.get("data", "")))
            if first and not first <= day <= last:
                span = f"whose claims were published from {first} to {last}"
                faults.append(f'as_of: "{day}" is outside the casebook, {span}')
                self.fields["as_of"].show(faults[-1])
                del values["as_of"]
        return values, faults

    def start(self) -> Thread | None:
        """Run the notebook beside the kernel's own work; None if a value is not allowed."""
        if self.read()[1]:
            self.run()  # says what is wrong
            return None
        self._take_turn(running=True)
        thread = Thread(target=self.run, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End what runs; the form says so once it has ended."""
        self._stopping.set()
        OwnKernel.kill_all()

    def _take_turn(self, *, running: bool) -> None:
        self._stopping.clear()
        self.button.disabled, self.stop_button.disabled = running, not running

    def run(self) -> Report | None:
        """Run the notebook for the values in the form, show the report, and wait for it.

        Returns the report, which has failed if the notebook did; None if nothing was made.
        """
        self.result.value = ""
        values, faults = self.read()
        if not self.button.disabled:  # nobody has started a thread for it
            self._take_turn(running=True)
        try:
            if faults:
                self._say(f"Nothing was run: {'; '.join(faults)}", role="alert")
                return None
            return self._make_report(values)
        except KeyboardInterrupt:
            self._say("Stopped; nothing was changed.", role="alert")
        except Exception as problem:  # a traceback in a button's callback is seen by nobody
            self._say(f"Nothing was made: {_explain(problem)}", role="alert")
        finally:
            self._take_turn(running=False)
        return None

    def _make_report(self, values: dict[str, Value]) -> Report:
        self._say(f"Running {self._notebook.name} …")
        data = str(values.get("data", ""))
        day = values["as_of"] or find_day([self._notebook], partial(find_report_day, data))
        casebook_check.check(data)
        made = make_report(
            [self._notebook],
            {self._notebook.name: self._own(values)},
            str(day),
            data,
            self._find_out(),
            _Progress(self._notebook, self._say, self._stopping),
            name=name_report(str(day), [self._notebook.name]),
        )
        if made.failed:
            self._say(f"The notebook failed: {made.failed[0].error}", role="alert")
        else:
            kept = f"it is in {made.folder}" if self._out else "the command above makes one to keep"
            self._say(f"Done; {kept}.")
        # Links to a heading lead to the frame, not to the page around it.
        page = made.page.read_text("utf-8").replace("<head>", '<head><base href="about:srcdoc">', 1)
        title = html.escape(f"Report: {self._notebook.title}")
        self.result.value = _FRAME.format(title=title, page=html.escape(page))
        return made

    def _find_out(self) -> Path:
        if self._out:
            return Path(self._out)
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(
                prefix="figures-form-", ignore_cleanup_errors=True
            )
        return Path(self._temporary.name)

    def _own(self, values: dict[str, Value]) -> dict[str, Value]:
        """Return the notebook's own values; one as declared is not given, here as in a command."""
        declared = self._notebook.parameters
        return {
            name: value
            for name, value in values.items()
            if name not in _OF_REPORT and value != declared[name].default
        }

    def _refresh(self) -> None:
        values, faults = self.read()
        self.command.value = "" if faults else self._write_command(values)

    def _write_command(self, values: dict[str, Value]) -> str:
        words = ["figures", "report", "-n", self._notebook.name]
        words += ["--as-of", str(values["as_of"])] if values["as_of"] else []
        for name, value in self._own(values).items():
            words += ["-p", f"{name}={write_value(value)}"]
        places = {"--data": values.get("data"), "--notebooks": self._folder, "--out": self._out}
        for option, folder in places.items():
            words += [option, str(folder)] if folder else []
        return shlex.join(words)

    def _say(self, words: str, role: str = "status") -> None:
        self.status.value = write_words(words, tag="p", role=role)


class _Progress(Watcher):
    """Says how many cells have run; told from the thread in which the notebook runs.

    Once it is to stop, it is interrupted there, as Ctrl-C interrupts a command.
    """

    def __init__(self, notebook: Notebook, say: Callable[[str], None], stopping: Event) -> None:
        self._say, self._name, self._done, self._stopping = say, notebook.name, 0, stopping
        self._cells = notebook.code_cells + 1  # papermill adds one with the parameters given

    def cell_done(self, notebook: Notebook) -> None:  # noqa: ARG002
        self._stop()
        self._done = min(self._done + 1, self._cells)
        self._say(f"Running {self._name}: {self._done} of {self._cells} cells")

    def note(self, notebook: Notebook, words: str) -> None:  # noqa: ARG002
        """Let a kernel that died be started once more, unless it was we who ended it."""
        self._stop()

    def _stop(self) -> None:
        if self._stopping.is_set():
            raise KeyboardInterrupt


def make_form(name: str, notebooks: str | Path = "", out: str | Path = "") -> Form:
    """Return a form for the notebook called `name`.

    `name`: a notebook, such as "casualties_by_source". `notebooks`: the folder of notebooks; "" is
    the project's own. `out`: where reports go; "" is a temporary folder, which the end of the
    kernel takes away.
    Raises `ParameterError`: there is no such notebook, or it cannot be read, or declares no day.
    """
    folder = Path(notebooks) if str(notebooks) else None
    (notebook,) = find_notebooks(folder or NOTEBOOKS, [name])
    if "as_of" not in notebook.parameters:
        raise ParameterError(f"{notebook.name} declares no as_of, the day that a report is for")
    return Form(notebook, out, folder)


def show_form(name: str, notebooks: str | Path = "", out: str | Path = "") -> None:
    """Show a form for the notebook called `name`; arguments as of `make_form`."""
    try:
        form = make_form(name, notebooks, out)
    except ParameterError as problem:
        print(problem)
        return
    display(form.box)  # type: ignore[no-untyped-call]


def _explain(problem: Exception) -> str:
    try:
        return explain(problem)[1]
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"


def make_field(parameter: Parameter, changed: Callable[[], None]) -> Field:
    """Return the field of a parameter with its default in it.

    `changed`: is called without arguments whenever the value changes.
    """
    several = parameter.type == "list[str]" and bool(parameter.choices)
    if several:
        controls, said = _make_boxes(parameter)
        name = widgets.Label(
            parameter.name,
            layout={"width": _NAME, "display": "flex", "justify_content": "flex-end"},
        )
        shown = [name, widgets.HBox(controls, layout={"flex_flow": "row wrap"})]
    else:
        control, said = _make_control(parameter)
        controls = shown = [control]
    for control in controls:
        control.observe(lambda _: changed(), names="value")
    error = widgets.HTML()
    plain = parameter.meaning if parameter.choices or parameter.is_day else parameter.help
    words = f"{plain} (order: as ticked)" if several else plain
    help_line = widgets.HTML(write_words(words), layout={"margin": f"0 0 0 calc({_NAME} + 8px)"})
    line = widgets.HBox([*shown, error], layout={"align_items": "center", "flex_flow": "row wrap"})
    box = widgets.VBox([line, help_line], layout={"margin": "0 0 8px 0"})
    return Field(parameter, controls, error, box, said)


def write_words(text: str, tag: str = "span", role: str = "") -> str:
    """Return `text` as HTML that shows it as it is, dollar signs too (they would open formulas)."""
    shown = html.escape(text).replace("$", "<span>$</span>").replace("\n", "<br>")
    attribute = f' role="{role}"' if role else ""
    return f"<{tag}{attribute}>{shown}</{tag}>"


def _make_control(parameter: Parameter) -> tuple[Any, Callable[[], Value]]:
    default: Any = parameter.default
    looks = {
        "description": parameter.name,
        "tooltip": parameter.help,
        "style": {"description_width": _NAME},
        "layout": {"width": _CONTROL},
    }
    if parameter.type == "bool":
        # Its name stands where the others' names do, and is part of what can be clicked.
        control = widgets.Checkbox(default, **looks, indent=True)
    elif parameter.choices:
        empty = [(_NOTHING, "")] if parameter.may_be_empty else []
        options = [*empty, *((choice, choice) for choice in parameter.choices)]
        control = widgets.Dropdown(options=options, value=default, **looks)
    elif parameter.is_day:
        control = widgets.DatePicker(
            value=date.fromisoformat(default) if default else None, **looks
        )
        return control, lambda: control.value.isoformat() if control.value else ""
    elif parameter.type in ("int", "float"):
        number = widgets.IntText if parameter.type == "int" else widgets.FloatText
        control = number(default, **looks)
    else:
        control = widgets.Text(write_value(default), **looks)
    return control, lambda: control.value


def _make_boxes(parameter: Parameter) -> tuple[list[Any], Callable[[], Value]]:
    """Return a tick box a choice; they say what is ticked in the order in which it was."""
    ticked: list[str] = [*parameter.default] if isinstance(parameter.default, list) else []

    def tick(choice: str, is_on: bool) -> None:
        if is_on:
            ticked.append(choice)
        else:
            ticked.remove(choice)

    boxes = []
    for choice in parameter.choices:
        box = widgets.Checkbox(
            choice in ticked,
            description=choice,
            tooltip=f"{parameter.name}: {choice}",
            indent=False,
            layout={"width": "auto", "margin": "0 12px 0 0"},
        )
        box.observe(lambda change, choice=choice: tick(choice, change["new"]), names="value")
        boxes.append(box)
    return boxes, lambda: [*ticked]
