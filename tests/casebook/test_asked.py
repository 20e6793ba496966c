"""What cannot be asked for is refused in one line: the parameter, the value, what there is."""

import inspect
import re
from collections.abc import Callable

import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import analysis
from analysis import Casebook
from analysis.casebook.subjects import SUBJECTS
from analysis.tables import InputError


@pytest.fixture(scope="module")
def book() -> Casebook:
    return analysis.open_casebook(as_of="2022-03-03")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda book: book.casualties.by_source(who="civillians"),
            'who: "civillians" is not one of: everybody, .*; did you mean "civilians"',
        ),
        (
            lambda book: book.casualties.by_source(side="RUSS"),
            'side: "RUSS" is not one of: RUS, UKR; did you mean "RUS"',
        ),
        (
            lambda book: book.casualties.over_time(parties="no"),
            'parties: "no" was given; expected True or False',
        ),
        (
            lambda book: book.casualties.claims(days=-1),
            "days: -1 is no number of days; expected 1 to",
        ),
        (
            lambda book: book.casualties.claims(days="week"),
            "days: 'week' is no number of days; expected 1 to",
        ),
        (
            lambda book: book.casualties.as_said_then(every=0),
            "every: 0 is no number of days; expected 1 to",
        ),
        (
            lambda book: book.refugees.over_time(origin="Syria"),
            'origin: "Syria" is not one of .* words; did you mean "SYR"',
        ),
        (
            lambda book: book.refugees.displaced("UKRN"),
            'area: "UKRN" is not one of .*; did you mean "UKR"',
        ),
        (lambda book: book.refugees.population("kiev"), 'area: "kiev" .* did you mean "kyiv"'),
        (
            lambda book: analysis.chart_refugees_by_country(book.votes.totals(), most=0),
            'most: "0" was given; expected a whole number of 1 or more',
        ),
        (
            lambda book: book.projections.refugee_projection(horizon=99),
            "horizon: 99 weeks ahead; expected 1 to 12",
        ),
        (
            lambda book: book.projections.refugee_projection(reveal="yes"),
            'reveal: "yes" was given; expected True or False',
        ),
        (lambda book: book.projections.backtest(folder="no"), "no: expected a folder"),
        (
            lambda book: book.statements.contested(contested_only=None),
            'contested_only: "None" was given; expected True or False',
        ),
        (lambda book: book.headlines("2022-04-01"), "since: 2022-04-01 is after 2022-03-03"),
        (lambda book: book.changes_since("2022-04-01"), "since: 2022-04-01 is after 2022-03-03"),
        (lambda book: book.revisions(table="refugee"), 'did you mean "refugees"?'),
        (
            lambda book: analysis.show_table(book.votes.totals(), "votes", "Votes", "", ["vot"]),
            'table votes has no column "vot"; did you mean "vote"?',
        ),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    book: Casebook, ask: Callable[[Casebook], object], said: str
) -> None:
    pattern = ".*".join(map(re.escape, said.split(".*")))
    with pytest.raises(InputError, match=pattern) as refused:
        ask(book)
    # A notebook shows the message alone.
    shown = refused.value._render_traceback_()
    assert shown == [f"InputError: {refused.value}"]
    assert "\n" not in shown[0]


def test_yes_or_no_is_no_other_word(book: Casebook) -> None:
    asked = []
    for subject in SUBJECTS:
        for name, method in inspect.getmembers(getattr(book, subject), inspect.ismethod):
            for argument in inspect.signature(method).parameters.values():
                if argument.annotation == "bool" and not name.startswith("_"):
                    asked.append((name, argument.name))
                    with pytest.raises(InputError, match=f'{argument.name}: "no" was given'):
                        method(**{argument.name: "no"})
    assert len(asked) > 10


def test_what_can_be_asked_for_is_answered(book: Casebook) -> None:
    assert len(book.casualties.claims(days=0)) >= len(book.casualties.claims(days=1)) > 0
    assert len(book.refugees.displaced("kyiv")) == 0
    assert len(book.refugees.population("SYR")) > 0


def test_tab_shows_what_is_of_use_and_nothing_else(book: Casebook) -> None:
    completer = IPCompleter(shell=InteractiveShell(), namespace={"book": book}, use_jedi=False)
    for typed, wanted in (
        ("book.", {"casualties", "refugees", "votes", "as_known_on", "headlines"}),
        ("book.casualties.", {"by_source", "claims", "over_time"}),
    ):
        with provisionalcompleter():
            offered = completer.completions(typed, len(typed))
            found = {each.text.rpartition(".")[2] for each in offered}
        assert wanted <= found, typed
        assert {word for word in found if word.startswith("_")} == set()
        assert len(found) <= 20
    assert dir(book.settings)[0] == "colours"
    assert repr(book.settings).startswith("title = ")
