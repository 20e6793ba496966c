"""Small report folders made by hand, and the claims that stand in them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.image import imsave

COLUMNS = [
    "source_id", "locator", "claimant", "since", "as_of", "who", "side", "area", "outcome",
    "wording", "counted_from", "standard", "status", "published_on", "note", "claimant_said",
    "claimant_name", "claimant_short", "is_party", "counted",
]  # fmt: skip


def claim(**changed: str) -> dict[str, str]:
    """A claim of civilians killed as a report's table holds it."""
    row = {
        "source_id": "ocha", "locator": "row 1", "claimant": "ohchr", "since": "2022-02-24",
        "as_of": "2022-03-24", "who": "civilians", "side": "", "area": "UKR",
        "counted_from": "2022-02-24", "outcome": "killed", "wording": "1,081",
        "standard": "verified case by case", "status": "stated", "published_on": "2022-03-25",
        "note": "",
        "claimant_said": "the UN human rights office", "claimant_name": "UN human rights office",
        "claimant_short": "OHCHR", "is_party": "False", "counted": "civilians killed",
    }  # fmt: skip
    return row | changed


OTHER = claim(
    source_id="ap", locator="paragraph 5", claimant="emergency", since="", as_of="",
    counted_from="", wording="more than 2,000", standard="declared", status="unverified",
    published_on="2022-03-03", claimant_said="the State Emergency Service of Ukraine",
    claimant_name="State Emergency Service of Ukraine", claimant_short="Emergency Service",
    is_party="True",
)  # fmt: skip

CLAIMS = [claim(), claim(outcome="wounded", wording="1,707", counted="civilians wounded"), OTHER]


def frame(*rows: dict[str, str]) -> pd.DataFrame:
    """Claims as a table."""
    return pd.DataFrame(list(rows), columns=COLUMNS, dtype="str")


def csv(table: pd.DataFrame) -> str:
    """A table as a CSV file."""
    return table.to_csv(index=False, lineterminator="\n")


def draw(path: Path, shade: float = 0.5, size: tuple[int, int] = (20, 30)) -> None:
    """Draw a picture of one grey."""
    path.parent.mkdir(parents=True, exist_ok=True)
    imsave(path, np.full((*size, 3), shade))


def manifest(**changed: Any) -> dict[str, Any]:
    """A manifest as a report has it."""
    content = {
        "as_of": "2022-03-30", "status": "complete", "started": "2026-01-01T00:00:00+00:00",
        "seconds": 41.2,
        "notebooks": [
            {"name": "key_figures", "status": "complete", "error": "", "seconds": 3.1,
             "parameters": {"as_of": "2022-03-30", "days": 7}},
        ],
        "versions": {"pandas": "3.0.0"},
        "inputs": {"data/casualties.csv": "a", "analysis/prose.py": "b"},
        "outputs": {},
    }  # fmt: skip
    return content | changed


def write_report(folder: Path, *rows: dict[str, str], **changed: Any) -> Path:
    """Write a report with one table of claims, one chart of them and one text."""
    table = csv(frame(*(rows or CLAIMS)))
    for name, text in (
        ("tables/casualties.csv", table),
        ("charts/by_source.csv", table),
        ("charts/by_source.txt", "Chart of claims. OHCHR says so.\n"),
        ("charts/by_source.svg", "<svg><title id='t'>Civilians &amp; killed</title></svg>"),
        ("texts/findings.txt", "The first sentence. The second one.\n\nThe third."),
        ("manifest.json", json.dumps(manifest(**changed))),
    ):
        write(folder, name, text)
    draw(folder / "charts" / "by_source.png")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Write one file of a report."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
