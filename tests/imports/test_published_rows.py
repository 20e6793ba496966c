from datetime import date
from pathlib import Path
from typing import Any

from analysis.imports.published_rows import flag_falls, note_order, refuse_repeats
from analysis.imports.published_table import PublishedTable


def _row(line: int, day: int, value: int) -> dict[str, Any]:
    return {"row": line, "flag": "", "day": date(2022, 3, day), "value": value}


def _refuse(rows: list[dict[str, Any]]) -> tuple[list[int], dict[int, str]]:
    table = PublishedTable(Path("f.csv"), {})
    kept = refuse_repeats(table, rows, ("day",), "{day}")
    return [row["row"] for row in kept], {r.row: r.reason for r in table.refused}


def test_the_same_row_again_is_refused_once_for_each_repeat() -> None:
    kept, refused = _refuse([_row(2, 1, 5), _row(3, 2, 6), _row(4, 1, 5), _row(5, 1, 5)])
    assert kept == [2, 3]
    assert refused == {
        4: "2022-03-01 again, as in row 2",
        5: "2022-03-01 again, as in row 2",
    }


def test_a_day_with_other_figures_is_refused_wherever_it_stands() -> None:
    kept, refused = _refuse([_row(2, 1, 5), _row(3, 2, 6), _row(4, 1, 7), _row(5, 1, 5)])
    assert kept == [3]
    assert refused == {
        2: "2022-03-01 stands in row 4, 5 too, with other figures",
        4: "2022-03-01 stands in row 2, 5 too, with other figures",
        5: "2022-03-01 stands in row 2, 4 too, with other figures",
    }


def test_two_figures_of_one_row_are_no_repeat() -> None:
    kept, refused = _refuse([_row(2, 1, 5), _row(2, 1, 6), _row(3, 2, 5)])
    assert kept == [2, 2, 3]
    assert refused == {}


def test_falls_are_flagged_in_the_order_of_days_whatever_the_file_s() -> None:
    rows = [_row(2, 3, 4), _row(3, 1, 5), _row(4, 2, 6)]
    assert flag_falls(rows, "value", "day", ()) == 1
    assert [row["flag"] for row in rows] == ["falls: 6 on 2022-03-02", "", ""]


def test_the_order_of_the_file_is_noted() -> None:
    days = [date(2022, 3, day) for day in (1, 2, 3)]
    for given, words in ((days, []), (days[::-1], ["newest first"]), (days[1:] + days, ["order"])):
        table = PublishedTable(Path("f.csv"), {})
        note_order(table, given)
        assert [
            word for note, word in zip(table.notes, words, strict=True) if word in note
        ] == words
