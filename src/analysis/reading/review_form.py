"""The review of candidates in Jupyter: the sentence, the fields to correct, four buttons.

    from analysis.reading.review_form import show_review
    show_review("candidates.csv")

It does what `figures review` does: every decision is on disk before the next figure is shown.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Final

import ipywidgets as widgets
from IPython.display import display

from analysis.reading.accepting import list_missing
from analysis.reading.candidates import UnreadableCandidates
from analysis.reading.review import Review

#: What is shown to be corrected, in this order; the rest can be corrected in a spreadsheet.
FIELDS: Final = (
    *("surface", "table", "claimant_key", "outcome", "measure", "who", "side", "area"),
    *("since", "as_of", "standard", "status", "repeats", "note"),
)
_SHOWN: Final = ("value", "low", "high", "unit", "claimant", "place", "confidence", "decision")


class ReviewForm:
    """A form for one file of candidates; it works without a browser too.

    Attributes
    ----------
    review : Review
        Where it is.
    head, sentence, status : ipywidgets.HTML
        How far it is, the sentence with its figure marked, and what cannot be done.
    fields : dict of str to ipywidgets.Text
        What can be corrected.
    buttons : dict of str to ipywidgets.Button
        accept, refuse, skip, back.
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.head, self.sentence, self.status = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.fields = {
            name: widgets.Text(
                description=name,
                continuous_update=False,
                style={"description_width": "9em"},
                layout={"width": "28em"},
            )
            for name in FIELDS
        }
        looks = {"accept": "success", "refuse": "danger", "skip": "", "back": ""}
        self.buttons = {
            name: widgets.Button(description=name.capitalize(), button_style=style)
            for name, style in looks.items()
        }
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self.act(name))
        grid = widgets.Box([*self.fields.values()], layout={"flex_flow": "row wrap"})
        row = widgets.HBox([*self.buttons.values()])
        self.box = widgets.VBox([self.head, self.sentence, grid, row, self.status])
        self._show()

    def act(self, name: str) -> None:
        """Do what a button says: accept, refuse, skip or back; corrections are kept first."""
        try:
            self._correct()
            if name in ("accept", "refuse"):
                self.review.decide(name)
            elif name == "skip":
                self.review.skip()
            else:
                self.review.back()
        except (OSError, ValueError) as problem:  # nobody sees a traceback of a button
            self.status.value = f"<strong role='alert'>{html.escape(str(problem))}</strong>"
            return
        self._show()

    def _correct(self) -> None:
        one = self.review.current
        if one is None:
            return
        for name, field in self.fields.items():
            if field.value.strip() != getattr(one, name):
                self.review.edit(name, field.value)

    def _show(self) -> None:
        one, going = self.review.current, self.review
        self.status.value = ""
        count = f"{going.decided} of {len(going.rows)} decided"
        for field in self.fields.values():
            field.disabled = one is None
        for name, button in self.buttons.items():
            button.disabled = one is None and name != "back"
        if one is None:
            self.head.value = f"<p>{count}; next: {html.escape(going.say_next())}</p>"
            self.sentence.value = ""
            for field in self.fields.values():
                field.value = ""
            return
        said = [f"{name} {cell}" for name in _SHOWN if (cell := str(getattr(one, name)))]
        self.head.value = (
            f"<p>{going.at + 1} of {len(going.rows)}, {count}; {html.escape(', '.join(said))}</p>"
        )
        before, figure, after = map(html.escape, going.mark())
        marked = f"{before}<mark>{figure}</mark>{after}"
        # A dollar sign would open a formula.
        marked = marked.replace("$", "<span>$</span>")
        missing = list_missing(one)
        more = f"Still to fill in before it is accepted: {', '.join(missing)}" if missing else ""
        self.sentence.value = f"<blockquote>{marked}</blockquote><p>{more}</p>"
        for name, field in self.fields.items():
            field.value = getattr(one, name)


def show_review(path: str | Path) -> None:
    """Show the form for a file of candidates, or one line that says what is missing."""
    if not str(path):
        print("No file of candidates given: make one with figures read TEXT --out candidates.csv")
        return
    try:
        form = ReviewForm(Review(Path(path)))
    except UnreadableCandidates as problem:
        print(problem)
        return
    display(form.box)  # type: ignore[no-untyped-call]
