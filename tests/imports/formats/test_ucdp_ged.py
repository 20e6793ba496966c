from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.imports import ImportProblem, import_file, import_into, importing
from analysis.imports.formats import ucdp_ged
from analysis.imports.reading import parts

from ..published_data import DATA, check_counts, load, needs_data, pick, reasons, write

_HEADER = (
    "id,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,"
    "where_coordinates,latitude,longitude\n"
)
_OLD = "ucdp-ged-ukraine/hdx_ucdp_ukr_to_2019.csv.gz"
_NEW = "ucdp-ged-ukraine/hdx_ucdp_ukr_to_2021.csv.gz"


def _event(number: int, day: str = "2022-03-02", best: str = "5", rest: str = "8,3") -> str:
    return f"{number},{day},{day},0,0,5,0,{best},{rest},Kyiv city,50.45,30.52\n"


def test_odd_numbers_and_dates_are_read_by_the_rules_of_all_formats(tmp_path: Path) -> None:
    text = (
        _HEADER
        + _event(1, "2022-03-02 00:00:00.000")
        + _event(2, '"March 2, 2022"')
        + _event(3, "02/03/2022")
        + _event(4, "2022-02-30")
        + _event(5, best='"1,005"', rest="2000,3")
        + _event(6, best="5*")
        + _event(7, best="n.k.")
        + _event(8, best="")
        + _event(9, best="0x5")
        + _event(10, "13/02/2022")
    )
    imported = import_file("ucdp-ged", write(tmp_path, text))
    check_counts(imported)
    frame = imported.frame.set_index("event_id")
    # 13/02/2022 proves that 02/03/2022 is in March too.
    assert list(frame.index) == [1, 2, 3, 5, 6, 10]
    assert set(frame["since"].dt.strftime("%m-%d")) == {"03-02", "02-13"}
    assert frame.loc[5, "best"] == 1005
    assert frame.loc[6, "best"] == 5
    found = reasons(imported)
    assert found[5].startswith("date start: no such day")
    assert found[8] == "best: not a number"
    assert found[9] == "best: nothing to read"
    assert found[10] == "best: '0x5' is not a number alone"


def test_a_hexadecimal_number_alone_in_its_part_is_refused(tmp_path: Path) -> None:
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + _event(1) + _event(2, best="0x5")))
    assert reasons(imported) == {3: "best: '0x5' is not a number alone"}


def test_published_numbers_stay_and_are_flagged(tmp_path: Path) -> None:
    text = (
        _HEADER
        + _event(1, rest="8,6")
        + _event(2, rest="4,3")
        + _event(3, best="6")
        + "4,2022-03-02,2022-03-01,0,0,5,0,5,5,5,Kyiv,91,30\n"
        + _event(5)
    )
    frame = import_file("ucdp-ged", write(tmp_path, text)).frame
    assert list(frame["flag"]) == [
        "low is above best",
        "best is above high",
        "the four death columns do not add up to best",
        "ends before it starts; off the globe",
        "",
    ]
    assert list(frame["low"]) == [6, 3, 3, 5, 3]


def test_rows_that_are_none_are_refused(tmp_path: Path) -> None:
    text = (
        _HEADER
        + "#event+id,#date+start,#date+end,,,,,#affected+killed,,,#loc,#geo+lat,#geo+lon\n"
        + _event(1)
        + "\n"
        + "1,2,3\n"
        + _event(2).rstrip("\n")
        + ",9\n"
        + ",,,,,,,,,,,,\n"
        + _HEADER
        + _event(1)
        + _event(3)
    )
    imported = import_file("ucdp-ged", write(tmp_path, text))
    check_counts(imported)
    assert list(imported.frame["event_id"]) == [1, 3]
    assert list(imported.frame["row"]) == [3, 10]
    assert reasons(imported) == {
        4: "an empty row",
        5: "3 cells, where the header has 13",
        6: "14 cells, where the header has 13",
        7: "an empty row",
        8: "the header again",
        9: "id: the event stands in row 3 already",
    }


def test_malformed_rows_at_the_end_and_nothing_else(tmp_path: Path) -> None:
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + _event(1) + "1,2\n3\n"))
    check_counts(imported)
    assert list(reasons(imported)) == [3, 4]
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + "1,2\n3\n"))
    check_counts(imported)
    assert (imported.rows_read, imported.rows_kept) == (2, 0)
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER))
    assert imported.rows_read == 0
    assert list(imported.frame.columns) == ucdp_ged.SCHEMA.names
    imported = import_file("ucdp-ged", write(tmp_path, (_HEADER + _event(1)).rstrip()))
    assert imported.rows_kept == 1


def test_columns_a_file_lacks_are_missing_and_noted(tmp_path: Path) -> None:
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + _event(1)))
    assert imported.frame["iso3"].isna().all()
    assert list(imported.frame.columns) == ucdp_ged.SCHEMA.names
    assert any("columns the file does not have: relid" in note for note in imported.notes)


def test_a_quote_that_never_ends_and_other_text(tmp_path: Path) -> None:
    many = "".join(_event(number) for number in range(100))
    text = _HEADER + many + '999,"2022-03-02' + many * 20
    with pytest.raises(ImportProblem, match="a quoted cell begins and never ends"):
        import_file("ucdp-ged", write(tmp_path, text))
    for quoted in (1, 12):
        cells = _event(999).rstrip("\n").split(",")
        cells[quoted] = f'"{cells[quoted]}'
        text = _HEADER + many + ",".join(cells) + "\n" + many * 20
        with pytest.raises(ImportProblem, match="line 102: a quoted cell begins and never ends"):
            import_file("ucdp-ged", write(tmp_path, text))
    path = tmp_path / "latin.csv"
    path.write_bytes((_HEADER + _event(1).replace("Kyiv", "Kiïv")).encode("latin-1"))
    with pytest.raises(ImportProblem, match="UTF-8"):
        import_file("ucdp-ged", path)


def _synthetic(count: int) -> str:
    """A file like the published one, with oddities at known places."""
    lines = [_HEADER]
    for number in range(1, count + 1):
        day = (pd.Timestamp("2014-01-01") + pd.Timedelta(days=number % 3000)).date().isoformat()
        if number % 5000 == 7:
            lines.append(_event(number, day, best="unknown"))
        elif number % 5000 == 9:
            lines.append("1,2,3\n")
        elif number % 5000 == 11:
            lines.append(_event(1, day))
        elif number % 5000 == 13:
            lines.append(_event(number, day, best='"1,005"', rest="2000,3"))
        else:
            lines.append(_event(number, day))
    return "".join(lines)


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_goes_through_parts_to_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(importing, "LARGEST_CSV", 10_000)
    monkeypatch.setattr(importing, "ROWS_A_GROUP", 5_000)
    monkeypatch.setattr(parts, "PART", 1_500)
    path = write(tmp_path, _synthetic(20_000), packed=packed)
    told: list[tuple[int, int]] = []
    written = import_into("ucdp-ged", path, tmp_path / "out", progress=lambda *at: told.append(at))
    assert (written.rows_read, written.rows_kept, written.rows_refused) == (20_000, 19_988, 12)
    assert written.say_counts() == "20,000 rows read = 19,988 kept + 12 refused"
    assert written.data.name == "ucdp-ged.parquet"
    file = pq.ParquetFile(written.data)
    assert file.metadata.num_rows == 19_988
    assert file.metadata.num_row_groups == 4
    frame = file.read().to_pandas()
    assert frame["row"].is_monotonic_increasing
    # Rows are numbered across parts and malformed rows: event n stands on line n + 1.
    assert (frame["row"] == frame["event_id"] + 1).all()
    assert set(frame.loc[frame["best"] == 1005, "event_id"] % 5000) == {13}
    refused = pd.read_csv(written.refused)
    assert list(refused["row"]) == sorted(
        part + offset + 1 for part in range(0, 20_000, 5_000) for offset in (7, 9, 11)
    )
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert not list((tmp_path / "out").glob(".*"))
    # The same file in one part gives the same frame.
    whole = import_file("ucdp-ged", path).frame
    assert list(whole["event_id"]) == list(frame["event_id"])


def test_a_small_file_becomes_csv_and_replaces_an_older_parquet(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "ucdp-ged.parquet").write_bytes(b"older")
    written = import_into("ucdp-ged", write(tmp_path, _HEADER + _event(1)), out)
    assert written.data == out / "ucdp-ged.csv"
    assert sorted(path.name for path in out.iterdir()) == ["ucdp-ged.csv", "ucdp-ged.refused.csv"]
    assert pd.read_csv(written.data)["since"].item() == "2022-03-02"


def test_a_failed_import_leaves_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "latin.csv", tmp_path / "out"
    good = _HEADER + "".join(_event(number) for number in range(50_000))
    path.write_bytes((good + _event(60_000).replace("Kyiv", "Kiïv")).encode("latin-1"))
    with pytest.raises(ImportProblem, match="line 50002: expected UTF-8"):
        import_into("ucdp-ged", path, out)
    assert list(out.iterdir()) == []


def test_utf_16_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(("\ufeff" + _HEADER + _event(1)).encode("utf-16-le"))
    assert list(import_file("ucdp-ged", path).frame["place"]) == ["Kyiv city"]


def test_a_column_in_doubt_is_refused_even_if_its_first_odd_cell_comes_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART", 2)
    odd = _event(3, best="12.000").replace(",0,0,5,0,", ",0,0,12.000,0,")
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + _event(1) + _event(2) + odd))
    check_counts(imported)
    assert "can be read two ways" in reasons(imported)[4]
    more = _event(4, best="1.230").replace(",0,0,5,0,", ",0,0,1.230,0,")
    imported = import_file("ucdp-ged", write(tmp_path, _HEADER + _event(1) + odd + more))
    assert list(imported.frame["best"]) == [5, 12_000, 1_230]


@needs_data
@pytest.mark.parametrize(
    ("name", "rows", "best", "flagged"), [(_OLD, 1167, 6875, 19), (_NEW, 2989, 7882, 13)]
)
def test_the_extracts(name: str, rows: int, best: int, flagged: int) -> None:
    imported = load("ucdp-ged", name)
    frame = imported.frame
    assert (imported.rows_read, imported.rows_refused) == (rows, 0)
    assert frame["best"].sum() == best
    disordered = (frame["low"] > frame["best"]) | (frame["best"] > frame["high"])
    assert disordered.sum() == flagged
    assert list(frame[frame["flag"] != ""].index) == list(frame[disordered].index)
    assert set(frame["iso3"]) == {"UKR"}
    assert "line 2 holds HXL tags, not a row" in imported.notes
    deaths = frame[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (deaths == frame["best"]).all()


@needs_data
def test_the_two_extracts_differ() -> None:
    old, new = (load("ucdp-ged", name).frame.set_index("event_id") for name in (_OLD, _NEW))
    shared = old.index.intersection(new.index)
    assert len(shared) == 1073
    assert (old.loc[shared, "best"] != new.loc[shared, "best"]).sum() == 59
    assert len(old.index.difference(new.index)) == 94
    assert str(new["as_of"].max().date()) <= "2021-12-31"
    event = pick(load("ucdp-ged", _OLD).frame, event_id=155086)
    assert (event["low"].item(), event["best"].item()) == (35, 228)
    assert (DATA / _OLD).is_file()
