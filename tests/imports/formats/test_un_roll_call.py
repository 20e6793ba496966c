from pathlib import Path

from analysis.imports import import_file

from ..published_data import check_counts, load, needs_data, reasons, write


def _votes(path: Path) -> dict[str, str]:
    imported = import_file("un-roll-call", path)
    check_counts(imported)
    return dict(zip(imported.frame["iso3"], imported.frame["vote"], strict=True))


def test_votes_as_people_write_them(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Country,Vote\nFrance,Yes\nTurkey,In favour\nVIET NAM,Abstained\nBelarus,No\n"
        "COTE D'IVOIRE,Y\nVenezuela,\nMorocco,X\nMali,A\nDPR Korea,against\nChad,not_voting\n",
    )
    assert _votes(path) == {
        "FRA": "yes",
        "TUR": "yes",
        "VNM": "abstain",
        "BLR": "no",
        "CIV": "yes",
        "VEN": "not voting",
        "MAR": "not voting",
        "MLI": "abstain",
        "PRK": "no",
        "TCD": "not voting",
    }


def test_the_text_of_a_voting_record(tmp_path: Path) -> None:
    path = write(
        tmp_path, "Y AFGHANISTAN\nA ALGERIA\n  AZERBAIJAN\nN BELARUS\nY NARNIA\n", "es.txt"
    )
    imported = import_file("un-roll-call", path)
    check_counts(imported)
    assert dict(zip(imported.frame["iso3"], imported.frame["vote"], strict=True)) == {
        "AFG": "yes",
        "DZA": "abstain",
        "AZE": "not voting",
        "BLR": "no",
    }
    assert list(reasons(imported)) == [5]


def test_the_digital_library_s_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "undl_id,ms_code,ms_name,ms_vote,date,resolution,title\n"
        "1,USA,UNITED STATES,Y,2022-03-02,A/RES/ES-11/1,t\n"
        "1,FRA,GERMANY,Y,2022-03-02,A/RES/ES-11/1,t\n"
        "2,USA,UNITED STATES,N,2022-03-24,A/RES/ES-11/2,t\n",
    )
    imported = import_file("un-roll-call", path)
    assert list(imported.frame["resolution"]) == ["A/RES/ES-11/1", "A/RES/ES-11/2"]
    assert list(imported.frame["vote"]) == ["yes", "no"]
    assert reasons(imported) == {3: "ms_code: GERMANY is DEU"}


def test_votes_by_code_alone(tmp_path: Path) -> None:
    assert _votes(write(tmp_path, "iso3,vote\nFRA,yes\nssd,abstain\nQQQ,no\n")) == {
        "FRA": "yes",
        "SSD": "abstain",
    }
    assert _votes(write(tmp_path, "Country,Vote\nFRA,Y\nS. Sudan,A\nEq. Guinea,\n")) == {
        "FRA": "yes",
        "SSD": "abstain",
        "GNQ": "not voting",
    }


def test_a_wide_table_of_votes_one_column_a_resolution(tmp_path: Path) -> None:
    text = (
        "ISO3,Country,A/RES/ES-11/1,A/RES/ES-11/2\nFRA,France,Y,N\nMLI,Mali,A,maybe\nTCD,Chad,Y,\n"
    )
    imported = import_file("un-roll-call", write(tmp_path, text))
    check_counts(imported)
    assert [tuple(row) for row in imported.frame[["resolution", "iso3", "vote"]].to_numpy()] == [
        ("A/RES/ES-11/1", "FRA", "yes"),
        ("A/RES/ES-11/2", "FRA", "no"),
        ("A/RES/ES-11/1", "TCD", "yes"),
        ("A/RES/ES-11/2", "TCD", "not voting"),
    ]
    assert list(reasons(imported)) == [3]
    assert any("2 columns of votes, one a resolution" in note for note in imported.notes)


def test_a_wide_table_of_votes_one_column_a_state(tmp_path: Path) -> None:
    text = "Resolution,Date,FRA,MLI,TCD,South Sudan,PRK\nES-11/1,2022-03-02,Y,A,Y,A,N\n"
    imported = import_file("un-roll-call", write(tmp_path, text))
    check_counts(imported)
    votes = dict(zip(imported.frame["iso3"], imported.frame["vote"], strict=True))
    assert votes == {"FRA": "yes", "MLI": "abstain", "TCD": "yes", "SSD": "abstain", "PRK": "no"}
    assert set(imported.frame["resolution"]) == {"ES-11/1"}
    assert set(imported.frame["vote_date"].dt.strftime("%Y-%m-%d")) == {"2022-03-02"}


def test_what_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "member_state,vote\nKorea,Y\nIrland,Y\nFrance,1\nFrance,maybe\nSpain,Y\nSpain,Y\n"
        "Italy,Y\nItaly,N\n,Y\n",
    )
    imported = import_file("un-roll-call", path)
    check_counts(imported)
    assert list(imported.frame["iso3"]) == ["ESP"]
    found = reasons(imported)
    assert "could be two" in found[2]
    assert "did you mean Ireland (IRL)?" in found[3]
    assert "not a vote" in found[4]
    assert found[7] == "ESP again, as in row 6"
    assert found[8] == "ITA stands in row 9 too, with other figures"
    assert found[9] == "ITA stands in row 8 too, with other figures"
    assert found[10] == "member_state: no name"
    assert any("192 member states are not in the file" in note for note in imported.notes)


@needs_data
def test_the_first_resolution_adds_up() -> None:
    imported = load("un-roll-call", "un-votes/es11_1_2022-03-02_by_country.csv")
    assert imported.rows_kept == 193
    assert imported.frame["vote"].value_counts().to_dict() == {
        "yes": 141,
        "abstain": 35,
        "not voting": 12,
        "no": 5,
    }
    assert set(imported.frame.loc[imported.frame["vote"] == "no", "iso3"]) == {
        *("RUS", "BLR", "ERI", "PRK", "SYR"),
    }
    # Five states a rejected list has wrong.
    votes = dict(zip(imported.frame["iso3"], imported.frame["vote"], strict=True))
    assert {votes[code] for code in ("ETH", "GIN", "GNQ", "MAR", "TGO")} <= {
        *("not voting", "abstain"),
    }
    assert "141 yes, 5 no, 35 abstain, 12 not voting" in imported.notes[0]


def test_codes_of_two_letters_and_two_names_of_the_congos(tmp_path: Path) -> None:
    path = write(
        tmp_path, "country,vote\nUA,Y\nRU,N\nCongo-Kinshasa,Y\nCongo-Brazzaville,A\nTW,Y\n"
    )
    imported = import_file("un-roll-call", path)
    assert list(imported.frame["iso3"]) == ["UKR", "RUS", "COD", "COG"]
    assert reasons(imported) == {6: "country: not a member state of the United Nations"}


def test_a_small_table_with_one_column_a_state(tmp_path: Path) -> None:
    text = "resolution,Ukraine,China\nES-11/1,Y,A\nES-11/2,Y,X\n"
    frame = import_file("un-roll-call", write(tmp_path, text)).frame
    assert list(frame["iso3"]) == ["UKR", "CHN", "UKR", "CHN"]
    assert list(frame["vote"]) == ["yes", "abstain", "yes", "not voting"]
