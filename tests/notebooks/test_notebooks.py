"""Every notebook runs for two sets of parameters, says the right figures and shows its charts."""

import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.reading.tracing import list_figures
from analysis.reports.notebooks import NOTEBOOKS, Notebook, find_notebooks
from analysis.reports.page import render_report
from analysis.reports.report_engine import open_project_server
from analysis.reports.run import Outcome, Watcher, run_notebooks
from analysis.tables import CASEBOOK
from tests.reports.warm.running import Run, mask

FOUND = {notebook.name: notebook for notebook in find_notebooks(NOTEBOOKS, [])}

EARLY = {"as_of": "2022-02-24"}  # nothing but what was known before the first figures

#: For each notebook two sets of parameters, and what its outputs must then say.
RUNS: dict[str, list[tuple[dict[str, Any], list[str]]]] = {
    "key_figures": [
        (
            {},
            [
                "249 OHCHR, 2 March 2022; since 24 February 2022 updated; before: at "
                "least 227, 1 March 2022",
                "more than 2,000 (2 March 2022, unverified), at least 8 times as many",
                "more than 2,000 Emergency Service, 2 March 2022 ◆; unverified",
                "498 Russian MoD, 2 March 2022 ◆",
                "has not released a figure",
                "1 million UNHCR",
                "said by Russia ◆, denied by Ukrainian military ◆ (3 March 2022)",
                "no figure on: People displaced inside the country",
            ],
        ),
        ({"as_of": "2022-03-30", "parties": False}, ["1,189", "4,019,287"]),
    ],
    "casualties_by_source": [
        (
            {},
            [
                "at least 227",
                "at least 525",
                "802",
                "nearly 500",
                "around 1,600",
                "more than 2,000",
                "has not released a figure",
            ],
        ),
        ({"as_of": "2022-06-07", "groups": ["civilians"], "outcomes": ["killed"]}, ["4,253"]),
    ],
    "refugees_against_population": [
        ({}, ["1 million", "up to 4 million", "more than 2%", "holds", "22.7"]),
        ({"as_of": "2022-06-07", "days": 30}, ["border crossings", "8.3 million"]),
    ],
    "vote_on_resolution": [
        ({}, ["141", "35", "Belarus, Democratic People’s Republic of Korea, Eritrea"]),
        ({"as_of": "2022-03-01"}, ["holds no votes on A/RES/ES-11/1 published by 1 March 2022"]),
    ],
    "sanctions_and_company_actions": [
        ({}, ["Airbus: announced an end", "27 states", "two plants"]),
        ({"kind": "asset"}, ["seized a yacht", "at least $2.5 billion"]),
    ],
    "contested_statements": [
        ({}, ["denies: Russian forces have captured the port city of Kherson", "40", "64"]),
        ({"contested_only": True}, ["no comment"]),
    ],
    "casualties_over_time": [({"as_of": "2022-03-30"}, ["1,189"]), (EARLY, [])],
    "displaced_by_source": [({"as_of": "2022-03-30"}, ["6,477,723", "1,850,111"]), (EARLY, [])],
    "refugees_over_time": [({"as_of": "2022-03-30"}, ["Poland", "Moldova"]), (EARLY, [])],
    "revisions_by_source": [
        ({"as_of": "2022-04-30", "counted_to": "2022-03-02"}, ["1,034,779", "977,110"]),
        (EARLY, []),
    ],
    "military_losses_by_claimant": [
        ({"as_of": "2022-03-30"}, ["1,351", "7,000 to 15,000"]),
        ({"as_of": "2022-03-03", "parties": False}, []),
    ],
    "projections_scorecard": [
        ({"as_of": "2026-12-31"}, ["8.3 million", "51% too low", "5% too high", "46% too high"]),
        ({}, ["up to 4 million"]),
    ],
    "refugee_projection": [
        ({"as_of": "2022-03-15"}, ["border crossings", "80%"]),
        ({"as_of": "2015-06-30", "origin": "SYR"}, ["Syria", "past crisis-years"]),
    ],
    "backtest": [({"as_of": "2026-12-31"}, ["0.125", "coverage"]), ({}, [])],
    "what_changed_since": [({}, []), ({"as_of": "2022-03-30"}, ["1,189"])],
}


#: These answer with tables and sentences only.
WITHOUT_CHART = {"key_figures", "what_changed_since"}


#: These are run cold as well, as papermill does it: by default their sets are empty.
COLD_TOO = ("contested_statements", "vote_on_resolution", "what_changed_since")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="module")
def runs(root: Path) -> list[list[Outcome]]:
    """All notebooks run with each of their sets, in folders that are not their own."""
    with open_project_server() as server:
        server.prepare([notebook.path for notebook in FOUND.values()], CASEBOOK)
        return [_run(number, root / f"{number}", server.address) for number in (0, 1)]


def _run(number: int, folder: Path, address: str, names: Iterable[str] = FOUND) -> list[Outcome]:
    values = {name: RUNS[name][number][0] for name in names}
    for name, given in values.items():
        assert set(given) <= set(FOUND[name].parameters), "a misspelt parameter tests nothing"
    notebooks = [FOUND[name] for name in names]
    outcomes = run_notebooks(notebooks, values, folder, Watcher(), fork_server=address)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    return outcomes


def _outputs(executed: Path) -> list[dict[str, Any]]:
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def _say(outputs: list[dict[str, Any]]) -> str:
    """What the outputs say to a reader: tables without markup, texts, and alt texts."""
    parts = []
    for output in outputs:
        data = output.get("data", {})
        parts.append(html.unescape(re.sub(r"<[^>]*>", " ", "".join(data.get("text/html", "")))))
        parts.append("".join(data.get("text/plain", "")))
        parts.append(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
    return re.sub(r"\s+", " ", " ".join(parts))


def test_every_notebook_is_run_twice() -> None:
    assert set(FOUND) == set(RUNS)
    assert {len(runs) for runs in RUNS.values()} == {2}


@pytest.mark.parametrize("number", [0, 1], ids=["first set", "second set"])
def test_notebooks_say_their_figures_and_show_their_charts(
    number: int, runs: list[list[Outcome]]
) -> None:
    outcomes = runs[number]
    faults = {
        name: found
        for outcome in outcomes
        for name, outputs in [(outcome.notebook.name, _outputs(outcome.executed))]
        if (found := _faults(outputs, RUNS[name][number][1], needs_chart=name not in WITHOUT_CHART))
    }
    assert faults == {}


def test_a_notebook_comes_out_of_a_warm_kernel_as_of_a_cold_one(
    root: Path, runs: list[list[Outcome]]
) -> None:
    """Kernels are warm by default; papermill starts each of them anew."""
    warm = {outcome.notebook.name: outcome for outcome in runs[0]}
    outcomes = _run(0, root / "cold", "", COLD_TOO)
    for cold in outcomes:
        expected, got = (
            mask(Run(json.loads(outcome.executed.read_text("utf-8")), ""), root / folder)
            for outcome, folder in ((cold, "cold"), (warm[cold.notebook.name], "0"))
        )
        assert got == expected
    assert any("image/png" in cold.executed.read_text("utf-8") for cold in outcomes)


def test_the_page_of_all_notebooks_is_short_light_and_leads_to_rows(
    runs: list[list[Outcome]],
) -> None:
    outcomes = runs[0]
    sources = pd.DataFrame(columns=["publisher", "title", "published_on", "url"])
    shown = [outcome for outcome in outcomes if outcome.notebook.in_reports]
    tables = [
        (Path(outcome.notebook.name) / "tables" / f"{output['metadata']['table']['name']}.csv")
        for outcome in shown
        for output in _outputs(outcome.executed)
        if "table" in output.get("metadata", {})
    ]
    # Where a table has its file, the page shows the newest rows of a long one.
    moved = {table: Path("tables") / table.name for table in tables}
    text = render_report(shown, "2022-03-03", sources, moved=moved)
    page = BeautifulSoup(re.sub(r'src="data:[^"]*"', 'src=""', text), "html.parser")
    # These sets are of days between 2022 and 2026.
    assert len(str(page)) < 300_000, "the page without its charts"
    assert max(len(table.find_all("tr")) for table in page.find_all("table")) <= 17
    assert len(page.nav.find_all("li")) <= 15
    assert page.find("main").find(["h2", "figure"]).get_text() == shown[0].notebook.title
    anchors = {tag["id"] for tag in page.find_all(id=True)}
    assert {link["href"][1:] for link in page.find_all("a", href=re.compile("^#"))} <= anchors
    ids = {anchor.removeprefix("row-") for anchor in anchors if anchor.startswith("row-")}
    assert len(ids) > 5
    assert ids <= {figure.id for figure in list_figures(CASEBOOK)}, "figures trace knows them"


def _faults(outputs: list[dict[str, Any]], wanted: list[str], *, needs_chart: bool) -> list[str]:
    """What is wrong with what a notebook shows; [] when nothing is."""
    said = _say(outputs)
    charts = [output for output in outputs if "image/png" in output.get("data", {})]
    alts = [chart["metadata"]["image/png"]["alt"] for chart in charts]
    return [
        *(f"an error: {output}" for output in outputs if output["output_type"] == "error"),
        *(f"not said: {words}" for words in wanted if words not in said),
        *(f"said: {words}" for words in ("NaT", "<NA>") if words in said),
        *(["no chart"] if needs_chart and not charts else []),
        *(f"alt text: {alt}" for alt in alts if len(alt) <= 60 or "nan" in alt.split()),
    ]


@pytest.mark.parametrize(
    ("outputs", "fault"),
    [
        ([{"output_type": "error", "ename": "KeyError"}], "an error"),
        ([{"output_type": "display_data", "data": {"text/plain": "<NA>"}}], "said"),
        ([{"output_type": "display_data", "data": {"text/plain": "nothing"}}], "not said: 227"),
        (
            [
                {
                    "output_type": "display_data",
                    "data": {"image/png": "", "text/plain": "227"},
                    "metadata": {"image/png": {"alt": "short"}},
                }
            ],
            "alt text: short",
        ),
    ],
    ids=["error", "missing value", "figure not said", "short alt text"],
)
def test_each_fault_is_found(outputs: list[dict[str, Any]], fault: str) -> None:
    found = _faults(outputs, ["227"], needs_chart=True)
    assert [each for each in found if each.startswith(fault)]
