"""Colours, marks and sizes of text, named by what they stand for: the only place with codes.

The colours keep apart for every colour vision and in grey (dark blue, burnt orange and greys
of different lightness), and no chart rests on colour alone: a shape, a hatch or a word says
the same. Text colours have a contrast of at least 4.5:1 on white (WCAG 2.2, 1.4.3), lines and
fills that carry meaning at least 3:1 (1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.colors import to_hex, to_rgb

PAPER = "#FFFFFF"

#: Colours of text.
INK = "#1A1A1A"
MUTED = "#595959"

#: Lines that only guide the eye.
RULE = "#D9D9D9"
LANE = "#F2F2F2"

#: Who says it.
PARTY = "#C04A00"
OTHER_CLAIMANT = "#12436D"

#: What stands beside what.
POPULATION = "#8A8A8A"
REFUGEES = "#12436D"
PROJECTION = "#C04A00"

#: Answers in a vote.
YES = "#12436D"
NO = "#C04A00"
ABSTAIN = "#767676"
NOT_VOTING = "#767676"

#: What is announced only, and what is done; what goes on as before.
ANNOUNCED = "#C04A00"
DONE = "#12436D"
UNCHANGED = "#767676"

#: Stances on a statement.
SAYS = "#12436D"
DENIES = "#C04A00"
NO_COMMENT = "#767676"

#: Sides of a conflict, in the order in which they appear; named in words as well.
SIDES = ("#5B3A8C", "#1E6B52", "#595959")

#: The hatch of a claim that nobody could verify.
UNVERIFIED_HATCH = "//////"

#: The mark before the name of a party to the conflict.
PARTY_MARK = "◆"

#: Sizes of text in points.
TITLE_SIZE = 16.0
SUBTITLE_SIZE = 11.5
NAME_SIZE = 10.5
LABEL_SIZE = 10.0
DETAIL_SIZE = 9.0
FOOTER_SIZE = 8.5

#: Height of a line of text, as a multiple of its size.
LEADING = 1.25


@dataclass(frozen=True)
class Mark:
    """How one thing is marked: a matplotlib marker, its colour, filled or hollow."""

    marker: str
    colour: str
    filled: bool
    size: float = 9.0


#: A mark for each answer in a vote; shape and fill alone tell them apart.
VOTE_MARKS = {
    "yes": Mark("o", YES, True, 8.5),
    "no": Mark("X", NO, True, 9.0),
    "abstain": Mark("D", ABSTAIN, False, 6.2),
    "not voting": Mark("_", NOT_VOTING, False, 8.0),
}

#: A mark for each stance on a statement.
STANCE_MARKS = {
    "says": Mark("o", SAYS, True, 9.0),
    "denies": Mark("X", DENIES, True, 9.5),
    "no comment": Mark("o", NO_COMMENT, False, 8.5),
}

#: Shapes and sizes for the rungs of a ladder of actions, from the lowest up.
RUNG_SHAPES = (
    ("_", 9.0), ("o", 8.5), ("D", 7.5), ("v", 8.5), ("s", 8.0),
    ("^", 8.5), ("X", 8.5), ("P", 9.0), ("*", 12.0),
)  # fmt: skip


def pale(colour: str, strength: float = 0.35) -> str:
    """Return `colour` mixed with white: `strength` 1 is the colour itself, 0 is white."""
    red, green, blue = to_rgb(colour)
    return to_hex(
        (
            1 - strength * (1 - red),
            1 - strength * (1 - green),
            1 - strength * (1 - blue),
        )
    )
