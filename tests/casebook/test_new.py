"""A casebook for another crisis is begun sound, and rows are added whole or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from analysis import open_casebook
from analysis.casebook.adding import append_rows, read_rows, say_bounds
from analysis.casebook.check import check, say_what_comes_first
from analysis.casebook.new import begin, find_country
from analysis.command_line.application import app
from analysis.command_line.asking import ask_row, choose_word
from analysis.tables import CasebookErrors
from analysis.tables.settings import read_settings

ROW = {
    **{"source_id": "report-1", "locator": "page 1", "claimant": "office", "area": "SDN"},
    **{"outcome": "killed", "standard": "declared", "wording": "at least 528"},
}


def test_a_casebook_begins_with_what_is_known_of_the_country(tmp_path: Path) -> None:
    parties = {"rsf": "the RSF", "SDN": "Sudan"}
    folder = tmp_path / "sudan"
    begin(folder, title="War", first_day="2023-04-15", country="Sudan", parties=parties)
    rows = check(folder).tables.set_index("table")["rows"]
    lines = {path.stem: path.read_text().count("\n") - 1 for path in folder.glob("*.csv")}
    assert lines["groups"] > 3
    assert (lines["parties"], lines["areas"]) == (2, 1)
    assert rows["population"] > 0
    assert rows["refugees_by_origin"] > 50  # more than one release
    assert rows["casualties"] == 0
    settings = read_settings(folder)
    assert (settings.title, settings.origin, str(settings.first_day)) == (
        *("War", "SDN", "2023-04-15"),
    )
    assert "UKR" not in (folder / "casebook.toml").read_text() + (folder / "areas.csv").read_text()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"country": "Sudn"}, "did you mean"),
        ({"country": "Sud"}, r"did you mean South Sudan \(SSD\) or Sudan \(SDN\)\?"),
        ({"first_day": "2023-02-30"}, "2023-02-30"),
        ({"parties": {"the army": "the army"}}, "the-army"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        begin(tmp_path / "new", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


def test_a_country_by_name_or_code() -> None:
    assert find_country("sudan") == find_country("SDN") == "SDN"


def test_a_row_is_appended_with_what_is_usual(make_casebook: Callable[..., Path]) -> None:
    folder = make_casebook()
    path, read = append_rows("casualties", [ROW], folder)
    assert read == ["at least 528: from 528, open above"]
    line = pd.read_csv(path, dtype=str).iloc[-1]
    assert (line["who"], line["status"]) == ("everybody", "stated")
    check(folder)


def test_rows_are_added_all_or_none(make_casebook: Callable[..., Path]) -> None:
    folder = make_casebook()
    before = (folder / "casualties.csv").read_bytes()
    with pytest.raises(CasebookErrors, match=r"row 3, column claimant.*office"):
        append_rows("casualties", [ROW, ROW | {"locator": "page 2", "claimant": "offic"}], folder)
    assert (folder / "casualties.csv").read_bytes() == before
    with pytest.raises(ValueError, match='no column "outcom"; did you mean "outcome"'):
        append_rows("casualties", [{"outcom": "killed"}], folder)
    with pytest.raises(ValueError, match='"casualty"; did you mean "casualties"'):
        append_rows("casualty", [ROW], folder)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_command_takes_a_row_or_a_file(
    make_casebook: Callable[..., Path], tmp_path: Path, kind: str
) -> None:
    folder = make_casebook()
    typed = [f"{name}={value}" for name, value in ROW.items()]
    done = CliRunner().invoke(app, ["add", "casualties", *typed, "--data", str(folder)])
    assert done.exit_code == 0, done.output
    sheet = pd.DataFrame([ROW | {"locator": f"page {n}", "wording": 600 + n} for n in (2, 3)])
    sheet["as_of"] = pd.Timestamp("2023-05-09")
    path = tmp_path / f"rows.{kind}"
    if kind == "csv":
        sheet.to_csv(path, index=False)
    else:
        sheet.to_excel(path, index=False)
    done = CliRunner().invoke(
        app, ["add", "casualties", "--from", str(path), "--data", str(folder)]
    )
    assert done.exit_code == 0, done.output
    rows = pd.read_csv(folder / "casualties.csv", dtype=str, keep_default_na=False)
    assert list(rows["wording"]) == ["at least 528", "602", "603"]
    assert list(rows["as_of"]) == ["", "2023-05-09", "2023-05-09"]


def test_bounds_are_said() -> None:
    assert say_bounds("498") == "498: 498"
    assert say_bounds("7,000 to 15,000") == "7,000 to 15,000: 7,000 to 15,000"
    assert say_bounds("up to 300") == "up to 300: 0 to 300"


WORDS = {"who": "the World Health Organization", "SDN": "Sudan", "SSD": "South Sudan"}


@pytest.mark.parametrize(
    ("said", "word", "told"),
    [
        ("who", "who", ""),
        ("health", "who", "who: the World Health Organization"),
        ("sudan", "SDN", "SDN: Sudan"),
        ("suda", "", "which one? SDN: Sudan; SSD: South Sudan"),
        ("?", "", "which one? who: the World"),
        ("Sudn", "", 'nothing here is called "Sudn"; did you mean "SDN" (Sudan)?'),
        ("xyz", "", "? shows those that there are"),
    ],
)
def test_a_few_letters_of_a_key_or_a_name_are_enough(said: str, word: str, told: str) -> None:
    found, message = choose_word(said, WORDS)
    assert found == word
    assert told in message


def test_a_row_is_asked_for_with_what_is_known(make_casebook: Callable[..., Path]) -> None:
    folder = make_casebook()
    answers = ["", "page 1", "relief", "", "2023-02-30", "2023-05-09", "", "", "hospital"]
    answers += ["kil", "wounded", "at leest 5", "at least 5", "declared", "", "", "", ""]
    with CliRunner().isolation(input="\n".join(answers) + "\n") as streams:
        row = ask_row("casualties", str(folder))
        printed = streams[0].getvalue().decode()
    assert (row["source_id"], row["claimant"]) == ("report-2", "office"), "last source, by its name"
    assert (row["area"], row["outcome"]) == ("khartoum-hospital", "wounded")
    assert (row["as_of"], row["who"], row["wording"]) == ("2023-05-09", "everybody", "at least 5")
    assert "low" not in row
    for told in ("2023-02-30", "did you mean", "read as at least 5: from 5, open above"):
        assert told in printed


def test_a_question_mark_helps_and_an_unknown_claimant_is_refused_at_once(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "sudan"
    begin(folder, title="War", first_day="2023-04-15", country="Sudan")
    known = dict.fromkeys(("source_id", "since", "as_of", "who", "side", "area", "outcome"), "")
    known |= dict.fromkeys(("standard", "status", "repeats", "published_on"), "")
    answers = ["?", "page 1", "Aid groups", "world-bank", "?", "5", "?", ""]
    with CliRunner().isolation(input="\n".join(answers) + "\n") as streams:
        row = ask_row("casualties", str(folder), known)
        printed = streams[0].getvalue().decode()
    assert (row["locator"], row["claimant"]) == ("page 1", "world-bank")
    assert 'nothing here is called "Aid groups"; ? shows those that there are' in printed
    assert printed.count("any text of one line") == 2
    assert "the figure alone, as it was said" in printed
    (folder / "claimants.csv").write_text(
        (folder / "claimants.csv").read_text().partition("\n")[0] + "\n"
    )
    with CliRunner().isolation(input="Aid groups\n") as streams:
        with pytest.raises(typer.Abort):
            ask_row("casualties", str(folder), known | {"locator": "page 1"})
        assert "there are no claimants yet" in streams[0].getvalue().decode()


def test_headings_of_a_spreadsheet_may_be_written_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Source ID,As-of , WORDING\nreport-1,2023-05-09,7\n,,\n")
    assert read_rows(path) == [{"source_id": "report-1", "as_of": "2023-05-09", "wording": "7"}]


def test_two_who_add_at_once_lose_nothing(make_casebook: Callable[..., Path]) -> None:
    folder = make_casebook()
    with ThreadPoolExecutor(4) as pool:
        rows = [ROW | {"locator": f"page {n}", "wording": str(n)} for n in range(1, 9)]
        list(pool.map(lambda row: append_rows("casualties", [row], folder), rows))
    held = pd.read_csv(folder / "casualties.csv", dtype=str)
    assert sorted(held["wording"]) == [str(n) for n in range(1, 9)]


def test_a_population_is_no_news_of_a_crisis(tmp_path: Path) -> None:
    folder = tmp_path / "sudan"
    begin(folder, title="War", first_day="2023-04-15", country="Sudan")
    assert "figures add sources" in say_what_comes_first(check(folder))
    source = {"source_id": "report-1", "publisher": "WHO", "title": "Update 1", "method": "read"}
    days = {"published_on": "2023-05-01", "accessed_on": "2023-05-02", "licence": "facts only"}
    append_rows("sources", [source | days], folder)
    office = {"claimant": "office", "name": "the Office", "short_name": "Office", "kind": "un"}
    append_rows("claimants", [office], folder)
    append_rows("casualties", [ROW], folder)
    assert f"{open_casebook(folder).day:%Y-%m-%d}" == "2023-05-01"
    assert say_what_comes_first(check(folder)) == ""
