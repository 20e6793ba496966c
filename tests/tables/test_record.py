"""Rows as mappings, with the columns that are read."""

import pandas as pd

from analysis.tables import to_records

FRAME = pd.DataFrame(
    {
        "who": ["un", None],
        "low": pd.array([227, None], dtype="Int64"),
        "as_of": pd.to_datetime(["2022-03-01", None]),
    },
    index=[4, 2],
)


def test_only_what_is_there_and_asked_for_is_taken_out() -> None:
    rows = to_records(FRAME, ["as_of", "who", "wording", "who"])
    assert [list(row) for row in rows] == [["as_of", "who"]] * 2
    whole = FRAME.to_dict("records")
    assert rows[0] == {name: whole[0][name] for name in ("as_of", "who")}
    assert pd.isna(rows[1]["as_of"])
    assert pd.isna(rows[1]["who"])


def test_a_frame_with_none_of_the_columns_keeps_its_rows() -> None:
    assert len(to_records(FRAME, ["wording"])) == 2
    assert to_records(FRAME[:0], ["who"]) == []
