from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write


def test_the_russian_edition_with_its_mark(tmp_path: Path) -> None:
    text = (
        "\ufeffDate,Число погибших в поименных списках,Оценка на основе данных РНД,ED_high,ED_low\n"
        "2022-02-21,6.0,673.9,782.3,598.6\n2022-02-28,112.0,,,\n,,,,\n2022-03-07,5,9,1,2\n"
    )
    imported = import_file("meduza", write(tmp_path, text))
    check_counts(imported)
    named = pick(imported.frame, measure="deaths confirmed by name")
    assert list(named["best"]) == [6, 112, 5]
    assert set(named["column"]) == {"Число погибших в поименных списках"}
    estimate = pick(imported.frame, measure="estimate from the probate registry").iloc[0]
    assert (estimate["low"], estimate["best"], estimate["high"]) == (598.6, 673.9, 782.3)
    assert set(imported.frame["kind"]) == {"running total"}
    assert reasons(imported) == {4: "an empty row"}
    assert list(imported.frame[imported.frame["flag"] != ""]["row"]) == [5]


def test_a_week_that_is_none_is_refused(tmp_path: Path) -> None:
    text = "Year,Week,BmzNow,ED,EDHigh,EDLow\n2022,8,427,430.8,550.8,310.9\n2022,54,1,2,3,1\n"
    imported = import_file("meduza", write(tmp_path, text))
    assert str(imported.frame["week"].iloc[0].date()) == "2022-02-21"
    assert reasons(imported) == {3: "Week: no such week in 2022"}


@needs_data
def test_the_edition_of_2024() -> None:
    imported = load("meduza", "losses-economist/meduza_2024.csv")
    assert imported.rows_read == 122
    named = pick(imported.frame, measure="deaths confirmed by name")
    assert named["best"].is_monotonic_increasing
    assert named["best"].iloc[-1] == 56_857


@needs_data
def test_the_edition_of_2025_ends_with_an_empty_week() -> None:
    imported = load("meduza", "losses-economist/meduza_2025_weekly.csv")
    assert (imported.rows_read, imported.rows_kept) == (183, 182)
    assert reasons(imported) == {184: "an empty row"}
    first = pick(imported.frame, week="2022-02-21", measure="deaths confirmed by name")
    assert first["best"].item() == 426
    assert set(imported.frame["kind"]) == {"weekly number"}


@needs_data
def test_the_edition_of_2026_has_two_weeks_outside_their_bounds() -> None:
    imported = load("meduza", "losses-economist/meduza_2026_weekly.csv")
    assert imported.rows_read == 201
    now = pick(imported.frame, week="2022-02-21", measure="deaths confirmed by name")
    assert now["best"].item() == 427
    flagged = imported.frame[imported.frame["flag"] != ""]
    assert len(flagged) == 2
