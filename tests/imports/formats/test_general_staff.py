import json
from pathlib import Path

import pytest

from analysis.imports import ImportProblem, import_file

from ..published_data import DATA, check_counts, load, needs_data, pick, reasons, write

_FOLDER = "losses-ukraine-general-staff"


def test_newest_first_with_qualifiers(tmp_path: Path) -> None:
    data = [
        {"date": "2022-02-27", "day": 4, "personnel": 4500, "personnel*": "more"},
        {"date": "2022-02-26", "day": 9, "personnel": 4600, "personnel*": "about"},
        {"date": "2022-02-25", "day": 2, "personnel": 2800, "personnel*": "about", "POW": 0},
    ]
    path = write(tmp_path, json.dumps(data), "p.json", packed=True)
    imported = import_file("general-staff", path)
    check_counts(imported)
    people = pick(imported.frame, item="personnel")
    assert list(people["wording"]) == ["about 2,800", "about 4,600", "more than 4,500"]
    assert list(people["flag"]) == [
        "",
        "day 9, but the date is day 3",
        "falls: 4,600 on 2022-02-26",
    ]
    assert pick(imported.frame, item="POW")["wording"].item() == "0"
    assert any("newest first" in note for note in imported.notes)
    assert "figures of a warring party" in imported.notes


def test_what_is_refused(tmp_path: Path) -> None:
    data = [
        {"date": "2022-02-25", "day": 2, "personnel": 2800, "personnel*": "fewer"},
        {"date": "2022-02-26", "day": 3, "personnel": -5, "personnel*": "about"},
        {"date": "2022-02-27", "day": 4},
        {"date": "tomorrow", "day": 5, "personnel": 1},
        {"date": "2022-03-01", "day": 6, "personnel": 1},
        {"date": "2022-03-01", "day": 6, "personnel": 2},
        "2022-03-02",
    ]
    imported = import_file("general-staff", write(tmp_path, json.dumps(data), "p.json"))
    check_counts(imported)
    assert imported.rows_kept == 0
    found = reasons(imported)
    assert found[1] == "personnel*: expected one of: about, more"
    assert found[2] == "personnel: below zero, where a count is expected"
    assert found[3] == "no figure in the row"
    assert found[4] == "date: not a date"
    assert found[5] == "2022-03-01 stands in row 6 too, with other figures"
    assert found[7] == "not an object"


def test_classes_begin_and_end(tmp_path: Path) -> None:
    data = [
        {"date": "2022-04-30", "day": 66, "tank": 1000, "military auto": 5, "fuel tank": 6},
        {"date": "2022-05-01", "day": 67, "tank": 1026, "vehicles and fuel tanks": 12},
    ]
    imported = import_file("general-staff", write(tmp_path, json.dumps(data), "e.json"))
    flagged = imported.frame[imported.frame["flag"] != ""]
    assert list(flagged["item"]) == ["vehicles and fuel tanks"]
    assert list(flagged["flag"]) == ["the class begins here"]
    assert any("military auto (2022-04-30), fuel tank (2022-04-30)" in n for n in imported.notes)


def test_people_and_tanks_in_one_record_are_no_corrections(tmp_path: Path) -> None:
    data = [
        {
            "date": f"2022-03-{day:02d}",
            "day": day + 5,
            "personnel": 5000 + 100 * day - 300 * (day == 9),
            "tank": 200 + 10 * day,
        }
        for day in range(1, 15)
    ]
    frame = import_file("general-staff", write(tmp_path, json.dumps(data), "all.json")).frame
    assert set(frame["kind"]) == {"running total"}
    fallen = frame[frame["flag"] != ""]
    assert list(fallen["flag"]) == ["falls: 5,800 on 2022-03-08"]


def test_corrections_are_known_by_their_figures_or_the_name_of_the_file(tmp_path: Path) -> None:
    data = [
        {"date": f"2022-03-{day:02d}", "day": day + 5, "tank": tanks}
        for day, tanks in enumerate([3, 0, 5, 2, 7, 1, 0, 4, 2, 6, 1, 3], start=1)
    ]
    imported = import_file("general-staff", write(tmp_path, json.dumps(data), "a.json"))
    assert set(imported.frame["kind"]) == {"correction"}
    assert any("6 of 11 steps fall" in note for note in imported.notes)
    short = write(tmp_path, json.dumps(data[:2]), "a.json")
    assert set(import_file("general-staff", short).frame["kind"]) == {"running total"}
    named = write(tmp_path, json.dumps(data[:2]), "losses_correction.json")
    assert set(import_file("general-staff", named).frame["kind"]) == {"correction"}


def test_corrections_may_be_below_zero(tmp_path: Path) -> None:
    data = [{"date": "2022-10-13", "day": 232, "tank": -5, "personnel": 0}]
    frame = import_file("general-staff", write(tmp_path, json.dumps(data), "c.json")).frame
    assert set(frame["kind"]) == {"correction"}
    assert list(frame["value"]) == [-5, 0]


@needs_data
def test_personnel() -> None:
    imported = load("general-staff", f"{_FOLDER}/russia_losses_personnel.json")
    frame = imported.frame
    people = pick(frame, item="personnel")
    assert len(people) == imported.rows_read == 1626
    assert people["value"].is_monotonic_increasing
    assert people["as_of"].diff().dropna().dt.days.eq(1).all()
    assert pick(people, as_of="2022-03-02")["wording"].item() == "about 5,840"
    assert pick(people, as_of="2022-03-03")["wording"].item() == "about 9,000"
    assert people["wording"].str.startswith("more than").sum() == 6
    assert len(pick(frame, item="POW")) == 62
    assert set(frame["flag"]) == {""}


@needs_data
def test_equipment() -> None:
    imported = load("general-staff", f"{_FOLDER}/russia_losses_equipment.json.gz")
    assert imported.rows_read == 1626
    falls = imported.frame[imported.frame["flag"].str.startswith("falls")]
    assert falls["item"].nunique() == 7 + 1  # a class more than the description says
    assert falls.groupby("item").size().max() == 2
    begins = pick(imported.frame, item="vehicles and fuel tanks").iloc[0]
    assert (str(begins["as_of"].date()), begins["flag"]) == ("2022-05-01", "the class begins here")
    assert any("military auto (2022-04-30)" in note for note in imported.notes)


@needs_data
def test_corrections() -> None:
    imported = load("general-staff", f"{_FOLDER}/russia_losses_equipment_correction.json")
    assert imported.rows_read == 28
    assert set(imported.frame["kind"]) == {"correction"}
    assert pick(imported.frame, as_of="2022-10-13", item="APC")["value"].item() == -25
    wrong = imported.frame[imported.frame["flag"] != ""]
    assert set(wrong["as_of"].dt.strftime("%Y-%m-%d")) == {"2022-10-13", "2024-06-23"}


@needs_data
def test_the_list_of_models_has_no_date() -> None:
    with pytest.raises(ImportProblem, match="expected a JSON list of objects with date"):
        import_file("general-staff", DATA / _FOLDER / "russia_losses_equipment_oryx.json")
