"""A published file becomes rows of any casebook, or one line says why not."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.command_line.application import app
from analysis.imports import ImportProblem
from analysis.tabulating import add_rows, import_rows
from analysis.tabulating.adding import DRAFTS

from .frames import say

VOTES = "iso3,A/RES/1/1,A/RES/1/2\nFRA,Y,N\nSSD,A,\n"
PEOPLE = "Country Name,Country Code,2020,2021\nSudan,SDN,44440486,45657202\nWorld,WLD,7820205606,\n"
KILLED = "Day,Killed\n#date,#affected+killed\n2023-04-16,56\n2023-04-17,97\n"


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """A casebook with two sources and one claimant."""
    folder = tmp_path / "sudan"
    folder.mkdir()
    tables = {
        "sources.csv": (
            "source_id,publisher,title,published_on,accessed_on,url,licence,method,known_limits\n"
            "un-record,United Nations,A record,2023-05-11,2023-05-11,,not stated,a record,\n"
            "doctors-list,Doctors,A list,2023-04-18,2023-04-18,,not stated,a list,\n"
        ),
        "claimants.csv": (
            "claimant,name,short_name,kind,side,note\n"
            "sudan-doctors,the Sudan Doctors Union,Doctors Union,ngo,,\n"
        ),
        "parties.csv": "party,name,fighters,area,note\n",
        "areas.csv": "area,name,within,iso3,note\nSDN,Sudan,,SDN,\n",
        "groups.csv": (
            "who,singular,plural,part_of,note\n"
            "everybody,person,people,,\ncivilians,civilian,civilians,everybody,\n"
        ),
    }
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write(folder: Path, text: str) -> Path:
    """A published file."""
    path = folder / "published.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_wide_table_of_votes_becomes_votes(tmp_path: Path, casebook: Path) -> None:
    path = write(tmp_path, VOTES)
    given = {"vote_date": "2023-05-11", "member_state": "iso3"}
    added = import_rows("un-roll-call", path, casebook, source_id="un-record", given=given)
    assert say(
        added.rows, "source_id", "locator", "resolution", "iso3", "member_state", "vote"
    ) == [
        ("un-record", "row 2", "A/RES/1/1", "FRA", "FRA", "yes"),
        ("un-record", "row 2", "A/RES/1/2", "FRA", "FRA", "no"),
        ("un-record", "row 3", "A/RES/1/1", "SSD", "SSD", "abstain"),
        ("un-record", "row 3", "A/RES/1/2", "SSD", "SSD", "not voting"),
    ]
    written = add_rows(added, casebook)
    assert written == casebook / "votes.un-record.csv"
    assert written.read_text().count("\n") == 5


def test_a_file_with_tags_becomes_claims_of_a_table_that_is_said(
    tmp_path: Path, casebook: Path
) -> None:
    given = {
        "claimant": "sudan-doctors",
        "as_of": "#date",
        "wording": "#affected+killed",
        "who": "civilians",
        "area": "SDN",
        "outcome": "killed",
        "standard": "declared",
    }
    path = write(tmp_path, KILLED)
    added = import_rows(
        "hxl", path, casebook, source_id="doctors-list", table="casualties", given=given
    )
    assert say(added.rows, "locator", "as_of", "outcome", "wording", "status") == [
        ("row 3", "2023-04-16", "killed", "56", "stated"),
        ("row 4", "2023-04-17", "killed", "97", "stated"),
    ]
    with pytest.raises(ImportProblem, match="say the table of hxl: one of casualties, displaced"):
        import_rows("hxl", path, casebook, source_id="doctors-list", given=given)


def test_only_some_rows_are_taken(tmp_path: Path, casebook: Path) -> None:
    added = import_rows(
        "world-bank-population",
        write(tmp_path, PEOPLE),
        casebook,
        source_id="un-record",
        given={"claimant": "sudan-doctors", "territory": "not stated"},
        only={"iso3": "SDN"},
    )
    assert say(added.rows, "area", "year", "wording") == [
        *(("SDN", "2020", "44440486"), ("SDN", "2021", "45657202")),
    ]


def test_rows_that_the_casebook_would_not_take_are_told_in_one_line(
    tmp_path: Path, casebook: Path
) -> None:
    path = write(tmp_path, KILLED)
    given = {
        **{"claimant": "sudan-doctor", "wording": "#affected+killed", "outcome": "killed"},
        **{"who": "civilians", "area": "SDN", "standard": "declared"},
    }
    for change, words in (
        ({}, r"did you mean.*sudan-doctors"),
        ({"claimnt": "x"}, r'casualties has no column "claimnt"; did you mean'),
    ):
        with pytest.raises(ImportProblem, match=words) as caught:
            import_rows(
                *("hxl", path, casebook),
                source_id="doctors-list",
                table="casualties",
                given=given | change,
            )
        assert "\n" not in str(caught.value)


def test_every_draft_names_columns_of_its_table() -> None:
    assert {draft.table.name for draft in DRAFTS.values()} == {
        *("casualties", "displaced", "population", "refugees", "votes"),
    }


def test_the_command_makes_rows_or_says_one_line(tmp_path: Path, casebook: Path) -> None:
    path = str(write(tmp_path, VOTES))
    start = ["import", "un-roll-call", path, "--into", str(casebook)]
    done = CliRunner().invoke(
        app, [*start, "--source", "un-record", "--set", "vote_date=2023-05-11"]
    )
    assert done.exit_code == 0, done.output
    assert "4 rows" in done.output
    for wrong in ([], ["--source", "un-record", "--set", "vote_date"], ["--source", "nobody"]):
        done = CliRunner().invoke(app, start + wrong)
        assert done.exit_code == 1
        assert len(done.stderr.strip().splitlines()) == 1
