from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, pick, reasons, write

_HEADER = "country,equipment_type,destroyed,abandoned,captured,damaged,type_total,date_recorded\n"


def test_falls_sums_and_sentences(tmp_path: Path) -> None:
    text = _HEADER + (
        "Russia,Tanks,0,0,0,0,0,2022-02-23\nRussia,Tanks,5,1,1,1,8,2022-03-19\n"
        "Russia,Tanks,4,1,1,1,9,2022-03-20\nUkraine,"
        + "x" * 70
        + ",1,0,0,0,1,2022-03-20\nRusia,Tanks,1,0,0,0,1,2022-03-20\n"
    )
    imported = import_file("oryx-daily", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame
    assert set(frame[frame["row"] == 2]["flag"]) == {"a zero to start from, not a count"}
    third = frame[frame["row"] == 4].set_index("outcome")["flag"]
    assert third["destroyed"] == "falls: 5 on 2022-03-19"
    assert third["total"] == "the four outcomes add up to 7"
    assert set(frame[frame["row"] == 5]["flag"]) == {"a sentence, not a type of equipment"}
    assert "did you mean Russia" in reasons(imported)[6]


@needs_data
def test_the_counts_by_day() -> None:
    imported = load("oryx-daily", "losses-oryx-scarnecchia/daily_count.csv")
    frame = imported.frame
    assert (imported.rows_read, imported.rows_refused) == (1365, 0)
    assert str(frame["recorded_on"].min().date()) == "2022-02-23"
    assert str(frame["recorded_on"].max().date()) == "2025-07-19"
    # 232 texts in the file: two of them differ by a space at the end only.
    assert frame["equipment_type"].nunique() == 231
    everything = pick(frame, side="RUS", equipment_type="All Types", outcome="total")
    by_day = everything.set_index("recorded_on")
    assert list(by_day.loc["2022-03-27":"2022-03-28", "count"]) == [1924, 1115]
    assert by_day.loc["2022-03-28", "flag"] == "falls: 1,924 on 2022-03-27"
    assert "2025-03-31" in set(
        everything[everything["flag"] != ""]["recorded_on"].dt.strftime("%Y-%m-%d")
    )
    ukraine = pick(frame, side="UKR", equipment_type="All Types")
    assert str(ukraine["recorded_on"].min().date()) >= "2025-03-01"
