"""The dictionary says what the tables are, for people and for programs."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest

from analysis.casebook.check import find_tables
from analysis.casebook.dictionary import (
    describe_package,
    describe_tables,
    write_dictionary,
)
from analysis.tables import CASEBOOK, Table
from tests.series import KILLED

TABLES = find_tables()


def section(text: str, name: str) -> str:
    return re.split(r"\n## ", text.split(f"## {name}\n", 1)[1])[0]


def test_the_readme_of_the_data_is_what_the_tables_say(tmp_path: Path) -> None:
    stored = (CASEBOOK / "README.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(stored, encoding="utf-8")
    write_dictionary(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == stored


def test_the_data_package_is_what_the_tables_say() -> None:
    stored = (CASEBOOK / "datapackage.json").read_text(encoding="utf-8")
    assert json.loads(stored) == describe_package(CASEBOOK)
    assert stored == json.dumps(describe_package(CASEBOOK), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_the_dictionary_lists_exactly_the_columns_in_order(table: Table) -> None:
    text = section(describe_tables(), table.name)
    assert re.findall(r"^\| `([a-z0-9_]+)` \|", text, re.MULTILINE) == table.columns
    header = (CASEBOOK / table.file).read_text(encoding="utf-8").partition("\n")[0]
    assert header.split(",") == table.columns, "the file has them in the same order"


def test_every_word_of_a_closed_list_is_explained() -> None:
    text = describe_tables()
    for table in TABLES.values():
        for column in table.columns_of("choice"):
            meanings = table.metadata(column)["meanings"]
            for word, meaning in meanings.items():
                assert f"| {word} | {meaning} |" in text
    assert "nan" not in text.split()


def test_every_column_is_described() -> None:
    for table in TABLES.values():
        for name, column in table.schema.items():
            assert column.description, f"{table.name}.{name}"
            assert "|" not in column.description
            assert "\n" not in column.description


def test_other_tools_find_the_data_package_valid() -> None:
    report = frictionless.validate(str(CASEBOOK / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]


CLAIM = KILLED | {"wording": "at least 7", "standard": "declared"}


def test_other_tools_read_an_empty_cell_as_not_stated(make_casebook: Callable[..., Path]) -> None:
    folder = make_casebook(casualties=[CLAIM])
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:5]


def test_other_tools_find_a_planted_fault(make_casebook: Callable[..., Path]) -> None:
    wrong = {"source_id": "report-7", "as_of": "May", "outcome": "kiled"}
    folder = make_casebook(casualties=[CLAIM | wrong])
    report = frictionless.validate(str(folder / "datapackage.json"))
    found = {tuple(error) for error in report.flatten(["type", "fieldName"])}
    assert ("type-error", "as_of") in found
    assert ("constraint-error", "outcome") in found
    assert "foreign-key" in {kind for kind, _ in found}


def test_what_stands_around_the_dictionary_is_kept(tmp_path: Path) -> None:
    path = write_dictionary(tmp_path)
    own = path.read_text(encoding="utf-8")
    begin, end = re.findall(r"<!-- .* -->", own)
    path.write_text(f"# Mine\n\nBefore.\n\n{begin}\nold\n{end}\n\nAfter.\n", encoding="utf-8")
    write_dictionary(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# Mine\n\nBefore.\n\n{begin}\n")
    assert text.endswith(f"{end}\n\nAfter.\n")
    assert "\nold\n" not in text
    assert describe_tables() in text
    write_dictionary(tmp_path)
    assert path.read_text(encoding="utf-8") == text, "written twice is written once"


def test_a_readme_without_marks_is_kept_before_the_dictionary(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Mine", encoding="utf-8")
    text = write_dictionary(tmp_path).read_text(encoding="utf-8")
    assert text.startswith("# Mine\n\n<!-- ")
    write_dictionary(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == text


def test_a_readme_without_its_closing_mark_loses_nothing(tmp_path: Path) -> None:
    path = write_dictionary(tmp_path)
    text = path.read_text(encoding="utf-8")
    end = re.findall(r"<!-- .* -->", text)[-1]
    path.write_text(text.replace(end, "") + "\nMy notes.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected the mark"):
        write_dictionary(tmp_path)
    assert "My notes." in path.read_text(encoding="utf-8")


def test_the_package_names_keys_and_where_they_point() -> None:
    resources = {r["path"]: r for r in describe_package(CASEBOOK)["resources"]}
    casualties = resources["casualties.csv"]["schema"]
    targets = {key["fields"]: key["reference"] for key in casualties["foreignKeys"]}
    assert targets == {
        "source_id": {"resource": "sources", "fields": "source_id"},
        "claimant": {"resource": "claimants", "fields": "claimant"},
        "who": {"resource": "groups", "fields": "who"},
        "side": {"resource": "parties", "fields": "party"},
        "repeats": {"resource": "sources", "fields": "source_id"},
    }
    assert resources["sources.csv"]["schema"]["primaryKey"] == ["source_id"]
    types = {field["name"]: field["type"] for field in casualties["fields"]}
    assert (types["as_of"], types["wording"]) == ("date", "string")
