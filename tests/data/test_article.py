"""The casebook against what it was read from: the article, the UN record, the World Bank."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
SHARED = Path(__file__).parents[2] / ".." / "shared"
ARTICLE = "ap-2022-03-03"
UN_RECORD = "un-es11-1"
WORLD_BANK = {  # edition -> (source, file, years)
    "2022-04-08": (
        "world-bank-2022-04",
        "population-wdi-vintage-2022-04/wdi_sp_pop_totl_updated_2022-04-08.csv",
        (2020,),
    ),
    "2026-03-06": (
        "world-bank-2026-03",
        "population/worldbank_population_1960_2024.csv",
        (2020, 2021),
    ),
}
CLAIM_TABLES = (
    "casualties",
    "refugees",
    "projections",
    "population",
    "vote_totals",
    "actions",
    "places",
    "talks",
)
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs ../shared: the article and the published tables"
)

NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
MAGNITUDES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
FIGURE = re.compile(
    rf"(?<![\w.])(\d[\d,]*(?:\.\d+)?|{'|'.join(NUMBER_WORDS)})"
    rf"(?:[\s-]({'|'.join(MAGNITUDES)}))?(?![\d])",
    re.IGNORECASE,
)


def figures(text: str) -> list[Decimal]:
    """Every number of a text in plain units: "$2.5 billion" is 2500000000, "2%" is 2."""
    found = []
    for number, magnitude in FIGURE.findall(text):
        word = NUMBER_WORDS.get(number.lower())
        value = Decimal(word) if word else Decimal(number.rstrip(",").replace(",", ""))
        found.append(value * MAGNITUDES.get(magnitude.lower(), 1))
    return found


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_shared(path: str) -> list[dict[str, str]]:
    with (SHARED / "data" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paragraphs() -> list[str]:
    text = (SHARED / "sources" / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    return [block for block in re.split(r"\n+", text) if block.strip()]


def located(row: dict[str, str]) -> list[int]:
    """The paragraph numbers of a row's locator, counted from 1."""
    parts = row["locator"].split("; ")
    assert all(re.fullmatch(r"paragraph [1-9]\d*", part) for part in parts), row["locator"]
    return [int(part.removeprefix("paragraph ")) for part in parts]


def article_rows() -> Iterator[tuple[str, dict[str, str]]]:
    for table in CLAIM_TABLES:
        for row in read(table):
            if row["source_id"] == ARTICLE:
                yield table, row


def plain(text: str) -> str:
    """Letters made comparable: one kind of apostrophe, quotation mark and blank."""
    return " ".join(text.translate(str.maketrans("’‘“”", "''\"\"")).casefold().split())


# ---------------------------------------------------------------- the reading of figures itself


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nearly 500", [500]),
        ("up to 4 million", [4_000_000]),
        ("at least $2.5 billion", [2_500_000_000]),
        ("more than 2%", [2]),
        ("40-mile-long (64-kilometer-long)", [40, 64]),
        ("its two Russian plants", [2]),
        ("141 to 5, with 35", [141, 5, 35]),
        ("nobody", []),
    ],
)
def test_figures_reads_numbers_in_plain_units(words: str, expected: list[int]) -> None:
    assert figures(words) == expected


# ---------------------------------------------------------------------------------- the article


@needs_shared
def test_every_row_points_to_a_paragraph_that_holds_its_figure() -> None:
    blocks = paragraphs()
    rows = list(article_rows())
    assert rows
    for table, row in rows:
        for number in located(row):
            assert number <= len(blocks), (table, row["locator"])
            if row.get("wording"):
                (figure,) = figures(row["wording"])
                assert figure in figures(blocks[number - 1]), (table, row)


@needs_shared
def test_the_words_around_a_figure_are_those_of_the_article() -> None:
    # One qualifier stands before two figures there, so the second repeats it in our row.
    shared_qualifier = {"at least 525"}
    blocks = [plain(block) for block in paragraphs()]
    for table, row in article_rows():
        wording = row.get("wording", "")
        if wording and wording not in shared_qualifier:
            for number in located(row):
                assert plain(wording) in blocks[number - 1], (table, row)


@needs_shared
def test_every_marked_figure_of_the_article_has_its_row() -> None:
    durations = {"eight days", "seven days"}  # these became since and as_of
    gold_file = SHARED / "reading" / f"gold-{ARTICLE}.jsonl"
    marks = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    rows = list(article_rows())
    core = [m for m in marks if m["kind"] == "core" and m["surface"] not in durations]
    assert core
    for mark in core:
        value = Decimal(str(mark["value"]))
        number = mark["para"] + 1
        assert any(
            row.get("wording") and figures(row["wording"]) == [value] and number in located(row)
            for _, row in rows
        ), mark["surface"]


@needs_shared
def test_every_marked_claim_without_a_number_has_its_row() -> None:
    gold_file = SHARED / "reading" / f"gold-{ARTICLE}.jsonl"
    marks = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    claims = {(m["surface"], m["para"] + 1) for m in marks if m["kind"] == "claim"}
    silent = {
        ("has not released", n)
        for table, row in article_rows()
        for n in located(row)
        if table == "casualties" and row["status"] == "not released" and not row["wording"]
    }
    kherson = {
        ({"says": "taken", "denies": "denies"}[row["stance"]], n)
        for table, row in article_rows()
        if table == "places" and row["place"] == "Kherson"
        for n in located(row)
    }
    assert claims == silent | kherson


@needs_shared
def test_no_passage_of_the_article_is_carried_over() -> None:
    article = plain((SHARED / "sources" / f"{ARTICLE}.txt").read_text(encoding="utf-8"))
    for file in sorted(DATA.glob("*.csv")):
        for row in read(file.stem):
            for column, cell in row.items():
                if len(cell) > 40:
                    assert plain(cell) not in article, (file.name, column, cell)


# ------------------------------------------------------------------------------------ the votes


def test_every_member_state_votes_once() -> None:
    votes = read("votes")
    assert len(votes) == 193
    assert len({row["iso3"] for row in votes}) == 193
    assert len({row["member_state"] for row in votes}) == 193
    assert all(re.fullmatch(r"[A-Z]{3}", row["iso3"]) for row in votes)
    assert {(row["resolution"], row["vote_date"]) for row in votes} == {
        ("A/RES/ES-11/1", "2022-03-02")
    }


def test_totals_are_the_sums_by_country() -> None:
    counted = Counter(row["vote"] for row in read("votes"))
    totals = {row["vote"]: int(row["wording"]) for row in read("vote_totals")}
    assert totals == {"yes": 141, "no": 5, "abstain": 35, "not voting": 12}
    assert counted == totals


def test_a_state_has_one_name_in_all_tables() -> None:
    names = {row["iso3"]: row["member_state"] for row in read("votes")}
    assert all(row["country"] == names[row["area"]] for row in read("population"))


@needs_shared
def test_votes_equal_the_un_record_state_by_state() -> None:
    theirs = read_shared("un-votes/es11_1_2022-03-02_by_country.csv")
    assert [
        (row["resolution"], row["vote_date"], row["iso3"], plain(row["member_state"]), row["vote"])
        for row in read("votes")
    ] == [
        (
            row["resolution"],
            row["vote_date"],
            row["iso3"],
            plain(row["member_state"]),
            row["vote"].replace("_", " "),
        )
        for row in theirs
    ]


# ------------------------------------------------------------------------------ the populations


@pytest.mark.parametrize("edition", WORLD_BANK)
def test_every_member_state_has_a_population_in_each_edition(edition: str) -> None:
    source, _, years = WORLD_BANK[edition]
    rows = [row for row in read("population") if row["edition"] == edition]
    members = {row["iso3"] for row in read("votes")}
    keys = [(row["area"], int(row["year"])) for row in rows]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(iso3, year) for iso3 in members for year in years}
    for row in rows:
        assert row["source_id"] == source
        assert row["locator"] == f"SP.POP.TOTL, {row['area']}, {row['year']}"


@needs_shared
@pytest.mark.parametrize("edition", WORLD_BANK)
def test_populations_equal_the_world_bank_value_by_value(edition: str) -> None:
    _, path, _ = WORLD_BANK[edition]
    theirs = {(row["Country Code"], row["Year"]): row["Value"] for row in read_shared(path)}
    for row in read("population"):
        if row["edition"] == edition:
            assert row["wording"] == theirs[row["area"], row["year"]], row["locator"]


def test_the_population_of_the_article_keeps_what_it_does_not_say() -> None:
    (row,) = [row for row in read("population") if row["source_id"] == ARTICLE]
    assert (row["wording"], row["year"], row["edition"]) == ("44 million", "", "")
    assert row["territory"] == "not stated"


# ------------------------------------------------------------------------------------ the rest


def test_the_two_lengths_of_the_convoy_are_one() -> None:
    lengths = {
        row["unit"]: (int(row["wording"]), row["statement"], row["claimant"])
        for row in read("places")
        if row["topic"] == "convoy length"
    }
    (miles, *said_in_miles), (kilometres, *said_in_km) = lengths["miles"], lengths["km"]
    assert said_in_miles == said_in_km
    assert round(miles * 1.609344) == kilometres


def test_both_sides_of_kherson_speak_about_one_statement() -> None:
    rows = [row for row in read("places") if row["place"] == "Kherson"]
    assert {row["stance"]: row["claimant"] for row in rows} == {
        "says": "russia",
        "denies": "ukraine-armed-forces",
    }
    assert len({row["statement"] for row in rows}) == 1
    assert {row["stance"]: row["status"] for row in rows} == {
        "says": "disputed",
        "denies": "denied",
    }


def test_every_key_is_known_and_used() -> None:
    files = [file.stem for file in DATA.glob("*.csv") if file.stem not in ("sources", "claimants")]
    rows = [row for name in files for row in read(name)]
    known = [row["claimant"] for row in read("claimants")]
    assert len(known) == len(set(known))
    assert set(known) == {row["claimant"] for row in rows if "claimant" in row}
    sources = [row["source_id"] for row in read("sources")]
    assert len(sources) == len(set(sources))
    assert set(sources) == {row["source_id"] for row in rows if "source_id" in row}
    assert {row["source_id"] for row in read("votes")} == {UN_RECORD}


def test_a_promise_is_not_a_deed() -> None:
    rungs = {(row["actor"], row["target"]): row["action"] for row in read("actions")}
    assert rungs["European Commission", "people fleeing Ukraine"] == "proposed"
    assert rungs["Airbus", "Russia"] == rungs["Boeing", "Russia"] == "announced"
    assert rungs["Roman Abramovich", "Chelsea football club"] == "announced"
    assert rungs["France", "yacht linked to Igor Sechin"] == "seized"


def test_files_are_plain() -> None:
    for file in sorted(DATA.glob("*.csv")):
        content = file.read_bytes()
        assert b"\r" not in content, file.name
        assert content.endswith(b"\n"), file.name
        assert not content.startswith(b"\xef\xbb\xbf"), file.name
        for row in read(file.stem):
            assert None not in row, (file.name, row)
            assert all(cell is not None and cell == cell.strip() for cell in row.values()), row
