"""The combinations of a plan: every value of every axis with every other, less and more some."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from analysis.reports.parameters import Value


@dataclass(frozen=True)
class Given:
    """A value in a plan.

    Attributes
    ----------
    value : str, int, float, bool or list of str
        What it means; values are equal when this is.
    raw : str or tuple of str
        What is written: each notebook reads it for itself.
    line : int
        Where; 0 on the command line.
    """

    value: Value
    raw: str | tuple[str, ...] = field(compare=False)
    line: int = field(default=0, compare=False)


#: Values by name: of parameters, `notebook` and `data`.
Combination: TypeAlias = dict[str, Given]


def count(axes: Mapping[str, Sequence[Given]]) -> int:
    """Return how many combinations the axes have."""
    return math.prod(len(values) for values in axes.values()) if axes else 0


def combine(
    axes: Mapping[str, Sequence[Given]],
    include: Sequence[Combination] = (),
    exclude: Sequence[Sequence[Combination]] = (),
) -> tuple[list[Combination], list[int]]:
    """Return the combinations of a plan, in the order of its axes, the last one fastest.

    Parameters
    ----------
    axes : mapping of str to sequence of Given
        The matrix; without any axis it has no combination.
    include : sequence of Combination
        Where an entry's values of the axes are all those of a combination, its other values
        are added to it; an entry without any value of an axis is added to all. An entry that
        fits no combination of the matrix is one of its own.
    exclude : sequence of sequence of Combination
        The entries, each with its days one by one: a combination that has all values of one
        is left out, before `include`.

    Returns
    -------
    list of Combination
        The combinations.
    list of int
        The places of the entries of `exclude` that fit none.
    """
    made = [
        dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values()) if axes
    ]
    kept = [each for each in made if not any(_fits_any(entry, each) for entry in exclude)]
    idle = [
        place
        for place, entry in enumerate(exclude)
        if not any(_fits_any(entry, each) for each in made)
    ]
    further: list[Combination] = []
    results = [dict(each) for each in kept]
    for entry in include:
        of_axes = {name: given for name, given in entry.items() if name in axes}
        places = [place for place, each in enumerate(kept) if _fits(of_axes, each)]
        for place in places:
            results[place].update(entry)
        if not places:
            further.append(dict(entry))
    return results + further, idle


def _fits_any(parts: Sequence[Combination], whole: Combination) -> bool:
    return any(_fits(part, whole) for part in parts)


def _fits(part: Combination, whole: Combination) -> bool:
    return all(name in whole and whole[name] == given for name, given in part.items())
