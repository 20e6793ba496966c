"""The page, the JSON and the summary: they say what was found, and nothing that means harm."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.reports.difference import compare_folders, compare_reports
from analysis.reports.difference.page import render_page
from analysis.reports.difference.telling import say_change, write_json, write_summary
from tests.reports.difference.folders import CLAIMS, claim, csv, draw, frame, write, write_report

REVISED = claim(source_id="later", wording="1,119", published_on="2022-03-28")

#: Text that would run, or deceive, where it is not escaped.
HARM = "<script>alert(1)</script>\"' \u202e=1+1\x07"


def _say(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b", *rows)
    return [say_change(change) for change in compare_reports(a, b).claims]


def test_a_revision_names_claimant_day_both_figures_and_when(tmp_path: Path) -> None:
    assert _say(tmp_path, REVISED, *CLAIMS[1:]) == [
        "OHCHR: civilians killed to 24 March 2022: 1,081 -> 1,119, published 28 March 2022."
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (claim(as_of="2022-03-26", wording="1,119", published_on="2022-03-27"),
         "OHCHR: civilians killed: 1,081 to 24 March 2022 -> 1,119 to 26 March 2022, "
         "published 27 March 2022."),
        (claim(status="withdrawn"),
         "OHCHR: civilians killed to 24 March 2022: 1,081 is now withdrawn, verified case by "
         "case (before: stated, verified case by case), published 25 March 2022."),
        (claim(wording="1,119", status="unverified"),
         "OHCHR: civilians killed to 24 March 2022: 1,081 -> 1,119 (unverified), published "
         "25 March 2022, in the same place of the same document."),
        (claim(source_id="later", published_on="2022-03-29"),
         "OHCHR: civilians killed to 24 March 2022: again 1,081, published 25 March 2022 -> "
         "29 March 2022."),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_a_sentence(tmp_path: Path, row: dict[str, str], told: str) -> None:
    assert _say(tmp_path, row, *CLAIMS[1:]) == [told]


def test_a_new_claim_is_told_as_everywhere_and_a_party_as_a_party(tmp_path: Path) -> None:
    assert _say(tmp_path, *CLAIMS, claim(claimant="new", is_party="True", area="Kyiv")) == [
        "The UN human rights office, a party to the conflict, counted 1,081 civilians killed "
        "(Kyiv) from 24 February to 24 March 2022."
    ]


def test_cells_that_no_casebook_holds_are_told_as_they_stand(tmp_path: Path) -> None:
    odd = claim(claimant="new", as_of="soon", published_on="never", standard="guessed", status="")
    assert _say(tmp_path, *CLAIMS, odd) == [
        "OHCHR: civilians killed: 1,081 to soon, published never."
    ]


@pytest.fixture
def harmful(tmp_path: Path) -> tuple[Path, Path]:
    row = claim(claimant=HARM, claimant_name=HARM, claimant_short=HARM, counted=HARM, wording=HARM)
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b", *CLAIMS[1:], row)
    write(b, "tables/casualties.csv", csv(frame(*CLAIMS[1:], row).assign(**{HARM: HARM})))
    write(b, "charts/by_source.txt", HARM)
    write(b, "texts/findings.txt", HARM)
    draw(b / "charts" / "by_source.png", 0.9)
    return a, b


def test_the_page_escapes_all_text_and_loads_nothing(harmful: tuple[Path, Path]) -> None:
    page = BeautifulSoup(render_page(compare_reports(*harmful)), "html.parser")
    assert page.find("script") is None
    assert "alert(1)" in page.get_text()
    assert "\u202e" not in page.get_text()
    assert "\x07" not in page.get_text()
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on")]
        assert str(element.get("src", "data:")).startswith("data:image/png;base64,") or (
            "src" not in element.attrs
        )
        assert str(element.get("href", "#")).startswith("#")
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])


def test_the_page_can_be_walked_by_headings_and_describes_its_pictures(
    harmful: tuple[Path, Path],
) -> None:
    page = BeautifulSoup(render_page(compare_reports(*harmful)), "html.parser")
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = page.find_all("img")
    assert len(pictures) == 2
    assert str(pictures[0]["alt"]) == "Chart of claims. OHCHR says so."
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in page.find_all("a"):
        assert str(link["href"])[1:] in ids
    assert [figure.get_text() for figure in page.find_all("figcaption")] == ["a", "b"]


def test_counts_stand_on_top_of_page_and_summary(tmp_path: Path) -> None:
    a, b = write_report(tmp_path / "a"), write_report(tmp_path / "b", REVISED, *CLAIMS[1:])
    found = compare_reports(a, b)
    page = BeautifulSoup(render_page(found), "html.parser")
    counts = page.find("dl")
    assert counts is not None
    assert "1 revised" in counts.get_text()
    lines = write_summary(found).splitlines()
    assert lines[:2] == ["a -> b", "Claims: 1 revised"]
    assert "1 of 1 changed" in lines[2]
    assert max(map(len, lines)) <= 100
    assert "a file was changed after" in " ".join(" ".join(lines).split())


def test_the_summary_says_why(tmp_path: Path) -> None:
    a = write_report(tmp_path / "a")
    inputs = {"data/casualties.csv": "x", "analysis/prose.py": "y"}
    b = write_report(
        tmp_path / "b", inputs=inputs, versions={"pandas": "3.1.0"}, as_of="2022-03-31"
    )
    told = " ".join(write_summary(compare_reports(a, b)).split())
    assert "another day: as known on 30 March 2022 -> 31 March 2022" in told
    assert "tables: data/casualties.csv (changed)" in told
    assert "code: 1 file (analysis/prose.py)" in told
    assert "version of pandas: 3.0.0 -> 3.1.0" in told


def test_the_same_reports_give_the_same_bytes_wherever_they_lie(tmp_path: Path) -> None:
    made = []
    for place in ("one", "two"):
        a = write_report(tmp_path / place / "a")
        b = write_report(tmp_path / place / "b", REVISED, *CLAIMS[1:], seconds=len(place))
        found = compare_reports(a, b)
        made.append((write_json(found), render_page(found), write_summary(found)))
    assert made[0] == made[1]


def test_json_holds_everything_as_it_stands(harmful: tuple[Path, Path]) -> None:
    content = json.loads(write_json(compare_reports(*harmful)))
    assert list(content) == [
        "kind", "found", "parts", "a", "b", "compared", "counts", "claims", "tables", "charts",
        "texts", "making",
    ]  # fmt: skip
    assert content["found"] is True
    (table,) = content["tables"]
    assert table["columns_only_in_b"] == [HARM]
    assert table["only_in_b"][0]["cells"]["wording"] == HARM
    assert {change["kind"] for change in content["claims"]} == {"new", "gone"}


def test_nothing_is_told_as_nothing(tmp_path: Path) -> None:
    found = compare_reports(*[write_report(tmp_path / "a")] * 2)
    assert write_summary(found) == "a -> a\nNo difference."
    assert "No difference." in render_page(found)
    assert json.loads(write_json(found))["found"] is False


def test_a_batch_has_a_section_for_each_report(tmp_path: Path) -> None:
    for name, rows in (("a", CLAIMS), ("b", CLAIMS[1:])):
        write_report(tmp_path / name / "Monday", *rows)
        write_report(tmp_path / name / "Tuesday")
        listed = [{"name": day, "folder": day} for day in ("Monday", "Tuesday")]
        write(tmp_path / name, "manifest.json", json.dumps({"reports": listed}))
    found = compare_folders(tmp_path / "a", tmp_path / "b")
    page = BeautifulSoup(render_page(found), "html.parser")
    assert [heading.get_text() for heading in page.find_all("h2")] == ["Monday", "Tuesday"]
    assert set(json.loads(write_json(found))["reports"]) == {"Monday", "Tuesday"}
    told = write_summary(found)
    assert "== Monday ==" in told
    assert "1 gone" in told
