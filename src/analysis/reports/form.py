"""A form in Jupyter: the parameters of a notebook to fill in, and a button that runs it.

    from analysis.reports.form import show_form
    show_form("casualties_by_source")

The fields come from the notebook's declarations. What is run is what `figures report` runs,
and the form shows the command that does the same.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets as widgets
from IPython.display import display

from analysis.casebook import check as casebook_check
from analysis.reports.build import Report, make_report
from analysis.reports.form_fields import Field, make_field, write_words
from analysis.reports.mistakes import explain
from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks
from analysis.reports.parameters import ParameterError, Value
from analysis.reports.run import Outcome
from analysis.reports.typed_values import write_value

#: Given to a report beside the notebook's own parameters, or made by it.
_OF_REPORT = ("as_of", "data", "out")

_WIDE = {"width": "56em", "max_width": "100%"}


class Form:
    """A form for one notebook; it works without a browser too.

    Attributes
    ----------
    fields : dict of str to Field
        By name of the parameter, in the order of the notebook; `out` is the report's own.
    command : ipywidgets.Textarea
        The command that does the same, or nothing while a value is not allowed.
    button : ipywidgets.Button
        Runs the notebook.
    status : ipywidgets.HTML
        How far it is, what became of it, or why nothing was run.
    link : ipywidgets.Output
        The link to the report.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, notebook: Notebook, out: Path, folder: Path | None) -> None:
        self._notebook, self._out, self._folder = notebook, out, folder
        asked = [each for name, each in notebook.parameters.items() if name != "out"]
        self.fields: dict[str, Field] = {p.name: make_field(p, self._refresh) for p in asked}
        self.command = widgets.Textarea(
            description="Command",
            placeholder="stands here once every value is allowed",
            tooltip="does the same in a terminal",
            rows=2,
            style={"description_width": "9em"},
            layout=_WIDE,
        )
        self.button = widgets.Button(description="Run", button_style="primary")
        self.button.on_click(lambda _: self.run())
        self.status = widgets.HTML()
        self.link = widgets.Output()
        title = widgets.HTML(write_words(notebook.title, tag="h3"))
        boxes = [field.box for field in self.fields.values()]
        rest = [self.command, self.button, self.status, self.link]
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
        return values, faults

    def run(self) -> Report | None:
        """Run the notebook for the values in the form, and say what became of it.

        Returns
        -------
        Report or None
            The report, which has failed if the notebook did; None if nothing was made.
        """
        self.link.outputs = ()
        values, faults = self.read()
        if faults:
            self._say(f"Nothing was run: {'; '.join(faults)}", role="alert")
            return None
        self.button.disabled = True
        try:
            return self._make_report(values)
        except KeyboardInterrupt:
            self._say("Stopped; nothing was changed.", role="alert")
        except Exception as problem:  # a traceback in a button's callback is seen by nobody
            self._say(f"Nothing was made: {_explain(problem)}", role="alert")
        finally:
            self.button.disabled = False
        return None

    def _make_report(self, values: dict[str, Value]) -> Report:
        self._say(f"Running {self._notebook.name} …")
        data = str(values.get("data", ""))
        casebook_check.check(data)
        made = make_report(
            [self._notebook],
            {self._notebook.name: self._own(values)},
            str(values["as_of"]),
            data,
            self._out,
            _Progress(self._notebook, self._say),
        )
        if made.failed:
            self._say(f"The notebook failed: {made.failed[0].error}", role="alert")
        else:
            self._say("Done.")
        self.link.outputs = (_write_link(made.page),)
        return made

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
        words += ["--as-of", str(values["as_of"])]
        for name, value in self._own(values).items():
            words += ["-p", f"{name}={write_value(value)}"]
        for option, folder in (("--data", values.get("data")), ("--notebooks", self._folder)):
            words += [option, str(folder)] if folder else []
        words += ["--out", str(self._out)] if self._out != Path("reports") else []
        return shlex.join(words)

    def _say(self, words: str, role: str = "status") -> None:
        self.status.value = write_words(words, tag="p", role=role)


class _Progress:
    """Says how many cells have run; told from the thread in which the notebook runs."""

    def __init__(self, notebook: Notebook, say: Callable[[str], None]) -> None:
        self._say, self._name, self._done = say, notebook.name, 0
        self._cells = notebook.code_cells + 1  # papermill adds one with the parameters given

    def cell_done(self, notebook: Notebook) -> None:  # noqa: ARG002
        self._done = min(self._done + 1, self._cells)
        self._say(f"Running {self._name}: {self._done} of {self._cells} cells")

    def notebook_done(self, outcome: Outcome) -> None:
        """Do nothing: the form says itself what became of it."""


def make_form(name: str, notebooks: str | Path = "", out: str | Path = "reports") -> Form:
    """Return a form for the notebook called `name`.

    Parameters
    ----------
    name : str
        A notebook, such as "casualties_by_source".
    notebooks : str or Path
        The folder of notebooks; "" is the project's own.
    out : str or Path
        Where reports go.

    Raises
    ------
    ParameterError
        There is no such notebook, or it cannot be read, or declares no day.
    """
    folder = Path(notebooks) if str(notebooks) else None
    (notebook,) = find_notebooks(folder or NOTEBOOKS, [name])
    if "as_of" not in notebook.parameters:
        raise ParameterError(f"{notebook.name} declares no as_of, the day that a report is for")
    return Form(notebook, Path(out), folder)


def show_form(name: str, notebooks: str | Path = "", out: str | Path = "reports") -> None:
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


def _write_link(page: Path) -> dict[str, Any]:
    """Return a link as an output of a cell: Jupyter leads it to the file from the notebook."""
    try:
        path = Path(os.path.relpath(page)).as_posix()
    except ValueError:  # another drive on Windows
        path = page.as_posix()
    link = f'<a href="{quote(path)}" target="_blank">{write_words(path)}</a>'
    data = {"text/html": f"Report: {link}", "text/plain": f"Report: {path}"}
    return {"output_type": "display_data", "data": data, "metadata": {}}
