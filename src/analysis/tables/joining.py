"""What a claim takes from its source and its claimant: rows come in, and wider ones go out."""

from __future__ import annotations

import re

import pandas as pd

from analysis.tables.countries import name_country


def join_source(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with `publisher` and `title` of its sources, and `published_on`.

    That is a row's own, or else that of its source; all three are missing where the source is
    unknown.
    """
    wanted = ["published_on", "publisher", "title"]
    of_source = sources.drop_duplicates("source_id").set_index("source_id")[wanted]
    found = _look_up(frame["source_id"], of_source)
    own = frame.get("published_on")
    return frame.assign(
        published_on=found["published_on"] if own is None else own.fillna(found["published_on"]),
        publisher=found["publisher"],
        title=found["title"],
    )


def join_claimant(frame: pd.DataFrame, claimants: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the names, kind and side of its claimants, and whether they are a party.

    The columns `claimant_said`, `claimant_name`, `claimant_short`, `claimant_kind`,
    `claimant_side` and `is_party`, as in `read_claims`.
    """
    of_claimant = claimants.drop_duplicates("claimant").set_index("claimant")
    alone = of_claimant["name"].map(_name_alone, na_action="ignore")
    found = _look_up(frame["claimant"], of_claimant.assign(alone=alone))
    return frame.assign(
        claimant_said=found["name"],
        claimant_name=found["alone"],
        claimant_short=found["short_name"],
        claimant_kind=found["kind"],
        claimant_side=found["side"],
        is_party=found["kind"] == "party",
    )


#: The columns that hold an area.
_AREAS = ("area", "origin", "asylum")


def join_scope(frame: pd.DataFrame, references: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return `frame` with the names of its groups, sides and areas, and `counted_from`.

    Of the columns `who`, `side`, `area`, `origin`, `asylum`, `since` those that it has; see
    `read_claims`. An area's name is that of areas.csv, or else the country's.
    """
    found: dict[str, pd.Series] = {}
    if "who" in frame:
        groups = references["groups"].drop_duplicates("who").set_index("who")
        names = _look_up(frame["who"], groups)
        found |= {"who_plural": names["plural"], "who_singular": names["singular"]}
    if "side" in frame:
        parties = references["parties"].drop_duplicates("party").set_index("party")
        names = _look_up(frame["side"], parties)
        found |= {"side_name": names["name"], "side_fighters": names["fighters"]}
    areas = references["areas"].drop_duplicates("area").set_index("area")["name"]
    for column in _AREAS:
        if column in frame:
            found[f"{column}_name"] = name_areas(frame[column], areas)
    if "since" in frame and "measure" in frame:
        # A series of single days is one series, though each figure begins on its own day.
        one_day = frame["measure"].str.endswith("per day").fillna(False)
        found["counted_from"] = frame["since"].mask(one_day)
    elif "since" in frame:
        found["counted_from"] = frame["since"]
    return frame.assign(**found)


def name_areas(keys: pd.Series, names: pd.Series) -> pd.Series:
    """Return the name of each area (key of areas.csv, country's code or "all") in a sentence."""
    distinct = {
        key: names[key] if key in names.index else name_country(str(key))
        for key in keys.dropna().unique()
    }
    return keys.map({**distinct, "all": "all countries"}).astype("str")


def _look_up(keys: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row of each key, missing where there is none, in the types of `rows`.

    `Series.map` would turn the type of an empty table into float.
    """
    return rows.reindex(keys).set_axis(keys.index)


def _name_alone(name: str) -> str:
    """The name as it stands in a column: "the mayor of Kyiv" is "Mayor of Kyiv"."""
    alone = re.sub(r"^(the|an?) ", "", name)
    return alone[:1].upper() + alone[1:]
