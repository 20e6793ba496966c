"""What somebody asks of a casebook and mistypes is one message, whatever was asked for."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis import open_casebook
from analysis.casebook.new import create
from analysis.casebook.subjects import SUBJECTS
from analysis.tables import InputError

SUDAN = Path(__file__).parents[1] / "casebooks" / "sudan_2023"

#: A text that is no word of a list: any folder, and none at all, may be asked for.
FREE = {"folder"}


def list_questions() -> Iterator[tuple[str, Any, str, Any]]:
    book = open_casebook(SUDAN, "2024-12-31")
    for holder in (book, *(getattr(book, name) for name in SUBJECTS)):
        for name in dir(holder):
            method = getattr(holder, name)
            for option, about in (
                inspect.signature(method).parameters.items() if callable(method) else ()
            ):
                if option not in FREE:
                    yield f"{type(holder).__name__}.{name}", method, option, about.default


def test_a_wrong_word_is_refused_in_one_line() -> None:
    taken = []
    seen = set()
    for name, method, option, default in list_questions():
        wrong: list[object] = []
        if isinstance(default, str):
            wrong = ["kiled", ["killed"], "k" * 5000, 7, "<b>"]
        elif isinstance(default, int) and not isinstance(default, bool):
            wrong = [-1, 10**9, "seven"]
        # All kinds of wrong once an option, and each method with one.
        wrong = wrong[:1] if option in seen else wrong
        seen.add(option)
        for value in wrong:
            try:
                method(**{option: value})
            except InputError as problem:
                said = str(problem)
                assert said.startswith(f"{option}: ")
                assert len(said) < 1000
                assert "\n" not in said
            except Exception as problem:
                taken.append(f"{name}({option}={value!r}): {type(problem).__name__}: {problem}")
            else:
                taken.append(f"{name}({option}={value!r}) was taken")
    assert taken == []


def test_the_nearest_word_is_named() -> None:
    book = open_casebook(SUDAN, "2024-12-31")
    with pytest.raises(InputError, match=r'outcome: "kiled" is not one of: .*"killed"'):
        book.casualties.by_source(outcome="kiled")
    with pytest.raises(InputError, match='did you mean "SDN"'):
        book.refugees.claims(origin="SDNN")
    with pytest.raises(InputError, match=r'despite: .*"standrd".*"standard"'):
        book.casualties.disagreement(despite=["standrd"])


def test_a_casebook_without_an_origin_says_so(tmp_path: Path) -> None:
    create(tmp_path / "book")
    book = open_casebook(tmp_path / "book")
    with pytest.raises(InputError, match=r"^origin: none was given"):
        book.refugees.claims()
