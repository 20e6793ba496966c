from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analysis.imports.reading.results import RefusedRowError
from analysis.imports.reading.rows import Cells, flag_falls, note_order, refuse_repeats
from analysis.imports.reading.table import PublishedTable, Record


def _row(line: int, day: int, value: int) -> dict[str, Any]:
    return {"row": line, "flag": "", "day": date(2022, 3, day), "value": value}


def _refuse(rows: list[dict[str, Any]]) -> tuple[list[int], dict[int, str]]:
    table = PublishedTable("f.csv", {})
    kept = refuse_repeats(table, rows, ("day",), "{day}")
    return [row["row"] for row in kept], {r.row: r.reason for r in table.refused.rows}


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


def test_thousands_of_repeats_name_the_first_few_and_count_the_others() -> None:
    kept, refused = _refuse([_row(line, 1, line) for line in range(2, 3_002)])
    assert kept == []
    assert refused[2] == (
        "2022-03-01 stands in row 3, 4, 5, 6, 7 and 2,994 more too, with other figures"
    )
    assert max(map(len, refused.values())) < 100


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
    for order, words in ((days, []), (days[::-1], ["newest first"]), (days[1:] + days, ["order"])):
        table = PublishedTable("f.csv", {})
        note_order(table, order)
        assert [
            word for note, word in zip(table.notes, words, strict=True) if word in note
        ] == words


def _column(*texts: str, name: str = "killed") -> Cells:
    records = [Record(row, {name: text}) for row, text in enumerate(texts, start=2)]
    return Cells(PublishedTable("f.csv", {name: name.title()}, records))


def _counts(cells: Cells) -> list[int | str | None]:
    found: list[int | str | None] = []
    for record in cells.table.records:
        try:
            found.append(cells.count(record, "killed").whole)
        except RefusedRowError as refused:
            found.append(refused.reason.split("?")[0])
    return found


def test_a_column_decides_how_its_counts_are_written() -> None:
    assert _counts(_column("12.000", "1.230", "450", "")) == [12_000, 1_230, 450, None]
    assert _counts(_column("12.000", "1.234.567")) == [12_000, 1_234_567]
    assert _counts(_column("12.000", "85787.00")) == [12, 85_787]
    assert _counts(_column("12,000", "1,230", "450")) == [12_000, 1_230, 450]
    assert _counts(_column("12,000", "450")) == [12_000, 450]
    assert _counts(_column("1,20,000", "450")) == [120_000, 450]


def test_a_column_in_doubt_is_refused_with_the_reason() -> None:
    cells = _column("12.000", "450", "N/A")
    assert _counts(cells) == ["thousands or decimals", "thousands or decimals", None]
    assert cells.table.notes == [
        "Killed: the column is refused; thousands or decimals? '12.000' can be read two ways,"
        " and no row of the column proves which"
    ]
    mixed = _column("1,230", "1.230", "7")
    words = "the column is written in two ways, '1,230' and '1.230': thousands or decimals"
    assert _counts(mixed) == [words] * 3


def test_one_odd_cell_in_a_decided_column_is_refused_alone() -> None:
    assert _counts(_column("11,500", "12.000", "13,250")) == [
        *(11_500, "thousands or decimals", 13_250),
    ]


def test_columns_written_alike_decide_for_each_other() -> None:
    records = [Record(2, {"2021": "1.230.000", "2022": "12.000"})]
    table = PublishedTable("f.csv", {"2021": "2021", "2022": "2022"}, records)
    assert Cells(table, alike=("2021", "2022")).count(records[0], "2022").whole == 12_000


def test_a_rule_of_the_format_holds_where_nothing_proves() -> None:
    cells = _column("12.345", name="pop")
    cells.number_rule = "point"
    (record,) = cells.table.records
    assert cells.number(record, "pop").real == 12.345


@given(st.lists(st.integers(1_000, 10**9), min_size=1), st.sampled_from(",."))
def test_a_column_of_groups_is_read_back_or_refused_whole(numbers: list[int], group: str) -> None:
    found = _counts(_column(*(f"{number:,}".replace(",", group) for number in numbers)))
    assert found == numbers or set(found) == {"thousands or decimals"}


def _days(*texts: str) -> list[str]:
    cells, found = _column(*texts, name="day"), []
    for record in cells.table.records:
        try:
            found.append(cells.day(record, "day").isoformat())
        except RefusedRowError as refused:
            found.append(refused.reason)
    return found


def test_the_whole_column_decides_the_order_of_numeric_dates() -> None:
    assert _days("3/4/2022 0:00", "12/31/2022 0:00") == ["2022-03-04", "2022-12-31"]
    assert _days("3/4/2022", "31/12/2022", "2022-05-01") == [
        *("2022-04-03", "2022-12-31", "2022-05-01"),
    ]


def test_a_column_of_both_orders_is_refused_row_by_row_whatever_a_row_says() -> None:
    reason = "the column has days before months and months before days"
    assert _days("31/12/2022", "12/31/2022", "1 May 2022") == [reason, reason, "2022-05-01"]
