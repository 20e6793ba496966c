"""Sentences from claims: attributed, hedged and dated, never stronger than the status allows.

A sentence carries who says the figure, the figure in its own words, what is counted and
the day. The verb depends on how the claimant knows (`standard`) and on what the source
says of the figure (`status`): only figures checked case by case or registered are
"counted", and a figure that could not be verified is never more than "put at".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from analysis.claims.days import format_day, format_period, say_old_age
from analysis.tables import Record, to_records
from analysis.tables.countries import list_countries, name_country
from analysis.tables.known import day_known

#: How a claimant's figure may be told, by the standard it was counted by.
_TELLING = {
    "verified case by case": "{who} counted {wording} {counted} {period}",
    "registered": "{who} recorded {wording} {counted} {period}",
    "estimated": "{who} estimated {quantity} at {wording} {period}",
    "declared": "{who} put {quantity} at {wording} {period}",
    "projected": "{who} projected {wording} {counted} {period}",
}

#: A share that ends in a number: "over 85", but not "1 in 8".
_BARE_NUMBER = re.compile(r"(?<! in)(?<! of)(?<!every) \d[\d.,]*$|^\d[\d.,]*$")

#: Words that take "of" before what is counted.
_OF_MANY = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions)$", re.IGNORECASE)

#: Words that do not follow "at".
_NOT_AFTER_AT = ("at ", "in ", "on ", "approaching ", "nearing ", "exceeding ")

#: What is a party to a conflict by its name: "the army of Sudan", but not "the chief of the
#: army", "the army's spokesman" or "the regional government of Darfur".
_ARMED = re.compile(
    r"(?!.*(?:'s|\N{RIGHT SINGLE QUOTATION MARK}s)\b)"
    r"(?:(?!(?:of|for|in|from|by|with|at|on|regional|local|provincial|city|state|military)\b)"
    r"[\w-]+ ){0,4}"
    r"(?:army|military|armed forces|defen[cs]e forces|government)(?: of [\w -]+)?",
    re.IGNORECASE,
)

#: How a sum is told that the claimant did not say.
_WORKED_OUT = "the daily figures of {who} add up to {wording} {counted} {period}"

#: What a status takes away from the sentence, or adds to it.
_DOUBT = {
    "unverified": ", a figure that could not be verified",
    "disputed": ", which others dispute",
}

#: What we add where we doubt a figure or its days ourselves, and the note says why.
_OUR_DOUBT = {"doubtful": "; we doubt this figure", "day doubtful": "; we doubt its days"}

#: The columns that a sentence is written from.
_READ = (
    "claimant", "claimant_said", "claimant_side", "is_party", "wording", "unit", "counted",
    "standard", "status", "since", "as_of", "target_day", "made_on", "published_on", "worked_out",
    "area_name", "low", "high", "note",
)  # fmt: skip

#: What stands beside a figure in a title, by its status.
_MARKS = {
    "unverified": "unverified",
    "disputed": "disputed",
    "denied": "denies it",
    "withdrawn": "withdrawn",
}


#: What a note begins with where we doubt a figure, or the days it stands for.
_IN_NOTE = re.compile(r"((?:day )?doubtful): ")


def mark_doubt(claim: Record) -> str:
    """Return what follows a claimant's name in brackets: ", unverified", or "" for no doubt.

    What the source doubts comes first, then what we do: a `note` that begins "doubtful:" or
    "day doubtful:".
    """
    ours = find_doubt(claim.get("note"))
    return "".join(f", {mark}" for mark in (_MARKS.get(str(claim["status"])), ours) if mark)


def find_doubt(note: object) -> str:
    """Return what a note says is doubtful: "doubtful", "day doubtful", or ""."""
    found = _IN_NOTE.match(note) if isinstance(note, str) else None
    return found[1] if found else ""


def say_figure(claim: Record) -> str:
    """Return a figure with its unit where the noun does not say it: "1.1 billion US dollars"."""
    said = "none" if claim["wording"] == "no" else str(claim["wording"])
    return f"{said} {claim['unit']}" if _is_amount(claim) and "$" not in said else said


def _is_amount(claim: Record) -> bool:
    """Whether the noun names a sum or a measure, and not the things that are counted."""
    unit = claim.get("unit")
    if unit is None or pd.isna(unit) or unit in ("people", "percent"):
        return False
    return str(unit) not in f"{claim['counted']} {claim['wording']}"


def write_sentence(claim: Record | pd.Series, known_on: pd.Timestamp | None = None) -> str:
    """Return one claim as a sentence; a figure over a month older than `known_on` says its age.

    "The UN human rights office counted at least 227 civilians killed from 24 February to 1 March
    2022." With the `unit` percent, `counted` names a share ("the share of the population of
    Ukraine that left") and not the people counted; where it is there, `area_name` is said. The day
    reported stands where no last day counted is stated, so that a sentence never lacks its day.
    """
    row = dict(claim)
    who = name_with_party(row)
    counted, wording = name_with_place(row), say_figure(row)
    is_share, is_amount = row.get("unit") == "percent", _is_amount(row)
    if is_share and _BARE_NUMBER.search(wording):
        wording = f"{wording}%"
    is_zero = row.get("low") == 0 and row.get("high") == 0
    if is_zero and not any(sign.isdigit() for sign in wording):
        wording = "zero"  # "put the number of people killed at no deaths" is no English
    reported = f"reported on {format_day(row['published_on'])}"
    if row["standard"] == "projected" and "target_day" in row:
        reported = _describe_projection(row, reported)
    if row["status"] == "not released":
        by = format_day(row["published_on"])
        return _close(f"{who} had not released a figure for {counted} by {by}")
    if row["status"] == "denied":
        if pd.isna(row["wording"]):
            return _close(f"{who} denies what others say of {counted} ({reported})")
        return _close(f"{who} denies {wording} {counted} ({reported})")
    if row["status"] == "withdrawn":
        return _close(f"{who} has withdrawn its figure of {wording} {counted} ({reported})")
    period = format_period(_day_or_none(row.get("since")), _day_or_none(row.get("as_of")))
    last = _day_or_none(row.get("as_of"))
    age = "" if known_on is None else say_old_age(row, known_on)
    if last is None:
        period = f"{period} ({reported}{', ' if age else ''}{age})".strip()
    elif age:
        period = f"{period} ({age})"
    # A doubtful figure is told as a declared one, however it is said to have been counted.
    standard = "declared" if row["status"] in _DOUBT else str(row["standard"])
    if is_share and standard in ("verified case by case", "registered"):
        standard = "estimated"  # a share is worked out, nobody counts or records it
    if is_amount and standard in ("verified case by case", "registered"):
        standard = "declared"  # a sum of money is named, not counted
    if standard == "estimated" and wording.casefold().startswith(("an estimated", "estimated")):
        standard = "declared"  # "estimated the number at an estimated 1.4 million" says it twice
    telling = _WORKED_OUT if row.get("worked_out") is True else _TELLING[standard]
    if wording.startswith(_NOT_AFTER_AT):  # "put the number at at least 25" is no English
        telling = telling.replace(" put ", " gave ").replace("} at {", "} as {")
    if is_share or is_amount:  # money and shares are no number of anything
        telling = telling.replace("{wording} {counted}", "{quantity} at {wording}")
        counted = counted if counted.startswith("the ") else f"the {counted}"
    elif _OF_MANY.search(wording) and "{wording} {counted}" in telling:
        wording += " of"  # "counted hundreds of civilians killed"
    if " recorded " in telling:  # "recorded 85,000 refugees recorded" says it twice
        counted = counted.replace(" recorded", "", 1)
    sentence = telling.format(
        who=who,
        wording=wording,
        counted=counted,
        quantity=counted if is_share or is_amount else f"the number of {counted}",
        period=period,
    )
    ours = _OUR_DOUBT.get(find_doubt(row.get("note")), "")
    return _close(sentence + _DOUBT.get(str(row["status"]), "") + ours)


def name_with_place(row: Record) -> str:
    """Return what a claim counts and where: "people killed in Sudan", the place said once."""
    counted, place = str(row["counted"]), row.get("area_name")
    if not isinstance(place, str) or place in counted:
        return counted
    return f"{counted} in {place}"


def _describe_projection(row: Record, reported: str) -> str:
    """Return the day a projection speaks about and the day it was made, before `reported`."""
    target, made = _day_or_none(row["target_day"]), _day_or_none(row.get("made_on"))
    about = f"for {format_day(target)}" if target is not None else "no day stated"
    if made is None:
        return f"{about}, {reported}"
    on = f"made on {format_day(made)}"
    if made == row["published_on"]:
        return f"{about}, {on.replace('made', 'made and reported')}"
    return f"{about}, {on}, {reported}"


def write_sentences(claims: pd.DataFrame) -> list[str]:
    """Return `write_sentence` of every row, in order; [] for an empty frame."""
    known_on = day_known(claims) if "known_on" in claims.attrs else None
    return [write_sentence(row, known_on) for row in to_records(claims, _READ)]


def write_statements(rows: pd.DataFrame) -> list[str]:
    """Return who takes which stance on each statement, and when it was reported.

    Parameters
    ----------
    rows : pandas.DataFrame
        `claimant_said`, `is_party`, `stance` (says, denies, no comment), `statement`,
        `published_on`; a figure (`wording`, `unit`) is added where there is one, and the age
        of what was said more than a month before the day of the replay.
    """
    known_on = day_known(rows) if "known_on" in rows.attrs else None
    return [_write_statement(row, known_on) for row in rows.to_dict("records")]


def _write_statement(row: Record, known_on: pd.Timestamp | None) -> str:
    who = name_with_party(row)
    day = row["published_on"]
    age = "" if known_on is None else say_old_age({"published_on": day}, known_on)
    reported = f"(reported on {format_day(day)}{', ' if age else ''}{age})"
    statement = str(row["statement"]).rstrip(".")
    if not pd.isna(row.get("wording")):
        unit = "" if pd.isna(row.get("unit")) else f" {row['unit']}"
        statement += f" ({row['wording']}{unit})"
    if row.get("status") == "withdrawn":
        return _close(f"{who} has withdrawn this: {statement} {reported}")
    if row["stance"] == "no comment":
        return _close(f"{who} did not comment on this: {statement} {reported}")
    verb = "says" if row["stance"] == "says" else "denies"
    return _close(f"{who} {verb}: {statement} {reported}")


def write_alt_text(kind: str, title: str, what: str, rows: pd.DataFrame, *, empty: str) -> str:
    """Return the alt text of a chart: its finding, then what is measured, where and until when.

    `kind` is what the eye would see, such as "Bar chart, a bar a claim"; `what` the sentence of
    the subtitle that says what is measured; parties among the `claimant_short` of `rows` are
    named, and `empty` says what to say when nothing is drawn. Whatever else the rows count than
    the title speaks of, such as the dead of the other side, is named too.
    """
    if rows.empty:
        return f"{_close(kind)} {empty}"
    said = what.rstrip(".")
    counted = rows["counted"].dropna().unique() if "counted" in rows else ()
    told = f"{title}\n{what}".casefold()
    others = [str(noun) for noun in counted if str(noun).casefold() not in told]
    if len(counted) > 1 and others:
        few = len(others) <= _NAMED
        said += f"; also drawn: {write_list(others) if few else f'{len(others)} other counts'}"
    if "is_party" in rows and "claimant_short" in rows:
        parties = list(rows.loc[rows["is_party"].eq(True), "claimant_short"].unique())
        noun = "a party" if len(parties) == 1 else "parties"
        names = write_list(parties) if len(parties) <= _NAMED else f"{len(parties)} of them"
        said += f"; claims of {noun} to the conflict: {names}" if parties else ""
    return " ".join(filter(None, [_close(f"{kind}: {title}"), _close(said) if said else ""]))


#: More parties, or more things that are counted, than this are only numbered in an alt text.
_NAMED = 4


def write_list(words: list[str]) -> str:
    """Return words as English lists them: "Hungary, Poland and Slovakia"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capitalise(text: str) -> str:
    """Return `text` with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def name_with_party(row: Record) -> str:
    """Return a claimant's name, and that it is a party to the conflict or speaks for one.

    A state, an army, a government and an armed group are parties; a person or an office is
    none, it speaks for one.
    """
    name = str(row["claimant_said"])
    if not row.get("is_party"):
        return name
    side = row.get("claimant_side")
    if side is None or pd.isna(side):
        return f"{name}, a party to the conflict,"
    called = {name.casefold(), str(row.get("claimant", "")).casefold()}
    itself = str(side).casefold() in called or _is_state(name) or _ARMED.fullmatch(name)
    return f"{name}, {'' if itself else 'for '}a party to the conflict,"


def _is_state(name: str) -> bool:
    """Whether a name is that of a country, "the Netherlands" as well as "Sudan"."""
    return name.casefold().removeprefix("the ") in _list_states()


@cache
def _list_states() -> frozenset[str]:
    names = (name_country(str(iso3)) for iso3 in list_countries().index)
    return frozenset(name.casefold().removeprefix("the ") for name in names)


def _close(text: str) -> str:
    text = " ".join(text.split()).replace(",,", ",")
    return capitalise(text if text.endswith((".", "!", "?")) else f"{text}.")


def _day_or_none(value: Any) -> pd.Timestamp | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value)
