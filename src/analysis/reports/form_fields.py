"""The fields of a form: for each parameter a control of its kind, its help, and its error.

A control only says what stands in it; whether that is allowed is left to `Parameter`, so that
a form, a command and a file refuse the same values in the same words.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ipywidgets as widgets

from analysis.reports.parameters import Parameter, ParameterError, Value
from analysis.reports.typed_values import write_value

#: Widths: of the names at the left, and of a control with its name.
_NAME = "9em"
_CONTROL = "28em"

#: What stands for an empty text among choices.
_NOTHING = "(nothing in particular)"


@dataclass(frozen=True)
class Field:
    """A parameter in a form.

    Attributes
    ----------
    parameter : Parameter
        What is asked for.
    controls : list of widgets
        One, or a tick box a choice where several may be chosen.
    error : ipywidgets.HTML
        What is wrong with the value, in words; empty if nothing is.
    box : ipywidgets.VBox
        All of it, with the help.
    said : callable
        Returns what the controls say: a text as typed, or a value.
    """

    parameter: Parameter
    controls: list[Any]
    error: Any
    box: Any
    said: Callable[[], Value]

    def read(self) -> Value:
        """Return the value, checked, and show beside the control what is wrong with it.

        Raises
        ------
        ParameterError
            The parameter cannot take the value.
        """
        said = self.said()
        try:
            is_typed = isinstance(self.controls[0], widgets.Text)
            value = self.parameter.read(str(said)) if is_typed else self.parameter.check(said)
        except ParameterError as problem:
            self.error.value = write_words(str(problem), tag="strong", role="alert")
            raise
        self.error.value = ""
        return value


def make_field(parameter: Parameter, changed: Callable[[], None]) -> Field:
    """Return the field of a parameter with its default in it.

    Parameters
    ----------
    parameter : Parameter
        What is asked for.
    changed : callable
        Is called without arguments whenever the value changes.
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
