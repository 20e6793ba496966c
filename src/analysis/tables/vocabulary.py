"""The closed lists of words that several tables share, each word with its meaning.

A subject's own lists (outcomes, rungs of a ladder) stand in the subject's module.
"""

from __future__ import annotations

STANDARDS = {
    "verified case by case": "each case was checked by the claimant; a floor, not a total",
    "registered": "each person or crossing was entered in a register",
    "estimated": "worked out from a sample, a model or partial reports",
    "declared": "stated without saying how it was counted",
    "projected": "about people or events still to come when it was said",
}

STATUSES = {
    "stated": "said by the claimant; nobody in the source disputes it",
    "unverified": "the source says that it could not be verified",
    "disputed": "somebody else in the source gives a different account",
    "denied": "the claimant denies the statement of somebody else",
    "not released": "the claimant has released no figure, or has not commented",
    "withdrawn": "the claimant has taken the figure back",
}

CLAIMANT_KINDS = {
    "party": "a party to the conflict, or an office of one",
    "state": "another state, or a bloc of states",
    "un": "a body of the United Nations",
    "ngo": "a non-governmental organisation",
    "media": "a newspaper, agency or broadcaster, in its own voice",
    "company": "a company",
    "researcher": "a research institute or data project",
    "person": "somebody who speaks for himself or herself",
}

STANCES = {
    "says": "makes the statement",
    "denies": "says that the statement is not true",
    "no comment": "was silent on it where an answer was expected",
}

#: Units in which "more than 2" is not "at least 3": they are measured, not counted.
MEASURED_UNITS = ("percent", "US dollars", "euros", "km", "miles")

COUNTED_UNITS = ("people", "states", "plants", "seaports", "companies", "designations")

UNITS = (*COUNTED_UNITS, *MEASURED_UNITS)
