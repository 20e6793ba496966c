"""The headline figures in a notebook and on the page of a report: one box each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.display.cells import kind_of, say_heading
from analysis.display.publish import publish, read_template
from analysis.safety import clean_text, format_day, write_csv

#: What the workbook shows of them first.
_COLUMNS = ("headline", "wording", "claimant_name", "day", "age", "doubt", "change", "was",
            "publisher", "claim_id")  # fmt: skip

#: So many claimants stand in a box, and one party more where none is among them.
_SHOWN = 3

#: The band of a box, in pixels.
_WIDTH, _HEIGHT, _EDGE = 240.0, 36.0, 4.0


def show_headlines(headlines: pd.DataFrame, out: str | Path = "") -> None:
    """Display headline figures as boxes, and save them as `out`/tables/headlines.csv.

    Parameters
    ----------
    headlines : pandas.DataFrame
        See `Casebook.headlines`.
    out : str or Path
        A folder to save in. Empty: show only.
    """
    boxes = make_boxes(headlines)
    if out:
        write_csv(headlines, Path(out) / "tables" / "headlines.csv", for_people=True)
    lines = [
        f"{box['title']}: " + "; ".join(f"{c['figure']} ({c['said']})" for c in box["claims"])
        for box in boxes
    ]
    publish(
        {"text/html": str(render_boxes(boxes)), "text/plain": "\n".join(lines)},
        # The page of a report draws the boxes itself, from what they say and not from markup;
        # its workbook takes the table.
        metadata={
            "headlines": boxes,
            "table": {
                "name": "headlines",
                "caption": "The headline figures: who says what, and what changed",
                "kinds": {str(column): kind_of(headlines[column]) for column in headlines},
                "rows": len(headlines),
                "columns": [[name, say_heading(name)] for name in _COLUMNS if name in headlines],
            },
        },
    )


def make_boxes(headlines: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what each box says: title, claims, how many more there are, and its band."""
    trails = headlines.attrs.get("trails", {})
    boxes = []
    # Without its `attrs`, which pandas would copy with each group.
    for title, rows in pd.DataFrame(headlines).groupby("headline", sort=False):
        records = rows.to_dict("records")
        shown = records[:_SHOWN]
        if not any(row["is_party"] for row in shown):
            shown += [row for row in records[_SHOWN:] if row["is_party"]][:1]
        silent = [row for row in shown if not isinstance(row["wording"], str)]
        stated = [row for row in shown if isinstance(row["wording"], str)]
        boxes.append(
            {
                "title": clean_text(str(title)),
                "claims": [_say(dict(row)) for row in [*stated, *silent]],
                "more": len(records) - len(shown),
                "band": _make_band(trails.get(title, []), str(records[0]["claimant_name"])),
            }
        )
    return boxes


def _say(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return one claim of a box in words."""
    silent = "denies it" if row["status"] == "denied" else "has not released a figure"
    figure = str(row["wording"]) if isinstance(row["wording"], str) else silent
    day, first_day = format_day(row["day"]), str(row["first_day"] or "")
    # A count of one day says it: its day is said once.
    said = [str(row["claimant_short"]), "" if first_day == f"on {day}" else day]
    changed = ""
    if row["change"] in ("updated", "revised") and isinstance(row["was"], str) and row["was"]:
        was = f", {format_day(row['was_day'])}" if not pd.isna(row["was_day"]) else ""
        changed = f"{row['change']}; before: {row['was']}{was}"
    elif row["change"] != "unchanged":
        changed = str(row["change"])
    return {
        "figure": clean_text(figure),
        "said": clean_text(", ".join(filter(None, said))),
        "scope": clean_text(f"{row.get('place') or ''} {first_day}".strip()),
        "age": clean_text(str(row["age"] or "")),
        "doubt": clean_text(str(row["doubt"] or "")) if isinstance(row["wording"], str) else "",
        "changed": clean_text(changed),
        "is_party": bool(row["is_party"]),
        "is_stated": isinstance(row["wording"], str),
        "claim_id": str(row["claim_id"]),
        "place": clean_text(f"{row['publisher']}, {row['locator']}"),
    }


def _make_band(
    trail: Sequence[tuple[pd.Timestamp, float, float, str, str]], lead: str
) -> dict[str, Any]:
    """Return how the claims moved: places of marks, and the same in words; {} for one claim."""
    if len(trail) < 2 or len({day for day, *_ in trail}) < 2:
        return {}
    days = [day.toordinal() for day, *_ in trail]
    first, last, top = min(days), max(days), max(high for _, _, high, *_ in trail) or 1.0
    room = _HEIGHT - 2 * _EDGE
    marks: dict[tuple[int, float, float, bool], None] = {}
    for day, (_, low, high, claimant, _) in zip(days, trail, strict=True):
        x = _EDGE + (_WIDTH - 2 * _EDGE) * (day - first) / (last - first)
        upper, lower = (_HEIGHT - _EDGE - room * end / top for end in (high, low))
        marks[(round(x), round(upper, 1), round(lower, 1), claimant == lead)] = None
    # Of equal figures the newest is named.
    highest = max(trail, key=lambda claim: (claim[2], claim[0]))
    dark = ", the first claimant's bold" if len({mark[3] for mark in marks}) > 1 else ""
    said = (
        f"{len(trail):,} claims, {format_day(min(trail)[0])} to {format_day(max(trail)[0])}{dark}; "
        f"the highest: {highest[4].rstrip(')')}, {format_day(highest[0])})"
    )
    return {"marks": [list(mark) for mark in sorted(marks, key=lambda mark: mark[3])],
            "said": clean_text(said)}  # fmt: skip


def _draw(marks: Sequence[Sequence[float]], *, is_lead: bool) -> str:
    """Return the marks of the first claimant, or of the others, as one path of an SVG."""
    return "".join(
        f"M{float(x):g} {float(top) - 2:.3g}V{float(bottom) + 2:.3g}"
        for x, top, bottom, lead in marks
        if bool(lead) is is_lead
    )


def render_boxes(boxes: Sequence[Mapping[str, Any]], *, is_linked: bool = False) -> Markup:
    """Return the boxes as HTML; everything in them is escaped, and places are numbers.

    With `is_linked` each figure leads to #row-ID, where its page names the row behind it.
    """
    checked = [
        {**box, "said": band.get("said", ""), "paths": [
            (_draw(band.get("marks", []), is_lead=lead), opacity)
            for lead, opacity in ((False, 0.4), (True, 1))
        ]}
        for box in boxes
        for band in [box.get("band") or {}]
    ]  # fmt: skip
    template = read_template("headlines.html.j2")
    html = template.render(boxes=checked, width=_WIDTH, height=_HEIGHT, is_linked=is_linked)
    return Markup(html)  # rendered with autoescape
