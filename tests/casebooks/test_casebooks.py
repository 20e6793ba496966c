"""Other crises than the project's own: every table and chart of two days each says true words."""

import json
import operator
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis
from analysis import open_casebook, write_sentences
from analysis.casebook.book import Casebook
from analysis.casebook.check import check
from analysis.casebook.consistency import check_consistency
from analysis.casebook.subjects import EXPORTS
from analysis.charts.chart import Chart
from analysis.charts.thread import write_thread
from analysis.claims.days import OLD_AFTER
from analysis.reading.tracing import list_figures
from analysis.tables.parts import hash_table

HERE = Path(__file__).parent
DAYS = {
    "sudan_2023": ("2023-07-15", "2024-12-31"),
    "gaza_2023": ("2023-10-26", "2024-05-10"),
    "earthquake_2023": ("2023-02-10", "2023-03-15"),
}
BOOKS = [(name, day) for name, days in DAYS.items() for day in days]
#: Words of the project's own casebook, which no other may hear of, and of the three.
OTHERS = {
    # Russia is named in Sudan: it vetoed a resolution.
    "sudan_2023": r"Ukrain|Moldova|Gaza|Hamas|Türkiye",
    "gaza_2023": r"Ukrain|Moldova|Sudan\b|Khartoum|Türkiye",
    "earthquake_2023": r"Ukrain|Moldova|Sudan\b|Gaza|Hamas",
}
#: A table of these holds the yardsticks of every crisis.
ANY_CRISIS = ("backtest", "backtest_coverage")
LONGEST_TITLE = 90
FAULTS = {
    "a number of money or of shares": r"number of (?:the )?(?:money|share)",
    "a share in words with a sign": r"[a-z]%",
    "many without their of": r"\b(?:dozens|hundreds|thousands) (?:people|civilians|children)",
    "a doubled word": r"\b(?!that\b|had\b)([A-Za-zÀ-ÿ]{2,}) \1\b",
    "an empty part": r"  |; ;|: \.|, ,|\(\)|\.\.|,\.| ,| \.(?!\d)",
    "digits without separators": r"(?<![\w/.\-])\d{5,}(?![\w/\-])",
    "a missing value": r"\b(?:nan|NaN|NaT|None|inf)\b|<NA>",
}


@cache
def find_book(name: str, day: str) -> Casebook:
    return open_casebook(HERE / name, day)


def list_faults(said: str, book: str) -> Iterator[str]:
    for fault, pattern in FAULTS.items():
        found = re.search(pattern, said)
        if found:
            yield f'{fault}, "{found[0]}"'
    other = re.search(OTHERS[book], said)
    if other:
        yield f'another crisis, "{other[0]}"'


def list_texts(chart: Chart) -> dict[str, str]:
    labels = [text.get_text() for text in chart.figure().findobj(plt.Text)]
    parts = {"title": chart.title, "subtitle": chart.subtitle, "alt text": chart.alt}
    return parts | {f"label {n}": text for n, text in enumerate(labels) if text.strip()}


@pytest.mark.parametrize(("name", "day"), BOOKS)
def test_an_old_headline_says_its_age(name: str, day: str) -> None:
    headlines = find_book(name, day).headlines()
    old = pd.Timestamp(day) - headlines["day"] > OLD_AFTER
    assert headlines.loc[old, "age"].str.endswith(" old").all()
    assert (headlines.loc[~old, "age"] == "").all()


@pytest.mark.parametrize("name", DAYS)
def test_the_casebook_is_sound(name: str) -> None:
    assert check(HERE / name).tables["rows"].sum() >= 25
    assert check_consistency(HERE / name)[1] == []


@cache
def find_said(name: str) -> set[tuple[str, str]]:
    """What every claim of a casebook says, by its id, and a hash of a table used as a whole."""
    whole = hash_table(HERE / name, "refugees_by_origin")
    return {(figure.id, figure.said) for figure in list_figures(HERE / name)} | set(whole.items())


@pytest.mark.parametrize(("name", "day"), BOOKS)
@pytest.mark.parametrize("export", [name for name in EXPORTS if name not in ANY_CRISIS])
def test_every_table_and_chart_says_true_words(name: str, day: str, export: str) -> None:
    frame = operator.attrgetter(EXPORTS[export].table)(find_book(name, day))()
    assert isinstance(frame, pd.DataFrame)
    texts = {f"attrs {key}": said for key, said in frame.attrs.items() if isinstance(said, str)}
    if EXPORTS[export].chart:
        chart = getattr(analysis, EXPORTS[export].chart)(frame)
        texts |= list_texts(chart)
        plt.close("all")
        claims = json.loads(write_thread(chart))["claims"]
        assert claims or chart.rows.empty, "a chart names the claims behind it"
        assert set(claims.items()) <= find_said(name), "and they say what they say"
        assert len(chart.title) <= LONGEST_TITLE, chart.title
        assert not chart.title.endswith("…"), f"cut short: {chart.title}"
        if re.search(r"\d,\d{3}|\d million", chart.title):
            assert re.search(r"\d{4}|\b\d{1,2} [A-Z][a-z]+", chart.title), chart.title
    if "wording" in frame and {"counted", "standard", "published_on"} <= set(frame.columns):
        sentences = write_sentences(frame)
        texts |= {f"sentence {n}": said for n, said in enumerate(sentences)}
        days = frame["published_on"]
        days = frame["as_of"].fillna(days) if "as_of" in frame else days
        for said, old, row in zip(
            sentences,
            pd.Timestamp(day) - days > OLD_AFTER,
            frame.to_dict("records"),
            strict=True,
        ):
            if old and row["status"] not in ("denied", "not released", "withdrawn"):
                assert re.search(r"\d+ (weeks?|months?|years?) old\)", said), said
    faults = [
        f"{part}: {fault} in: {said}"
        for part, said in texts.items()
        for fault in list_faults(said, name)
    ]
    assert not faults, "\n".join(faults)
