"""Scores of candidates against marked texts: aligned one to one by the largest overlap."""

import json
import re
import unicodedata
from pathlib import Path

from analysis.reading import read_candidates, read_document

TEXTS = Path(__file__).with_name("texts")
#: Words by which no source is told from another.
GENERIC = {
    *("un", "us", "the", "of", "for", "in", "a", "government", "ministry", "agency", "office"),
    *("official", "officials"),
}


def load_gold(part):
    lines = (TEXTS / f"gold-{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read_all(gold, parser=False):
    found = {}
    for name in {row["doc"] for row in gold}:
        document = read_document(TEXTS / f"{name}.txt")
        found[name] = read_candidates(document, parser=parser)
    return found


def score(gold, found):
    """Detection F1, shares of values and bounds that are right, F1 of named claimants."""
    right = {"detected": 0, "values": 0, "bounds": 0, "named": 0, "qualified": 0}
    counted, hits, wrong_name, missed_name, qualified = 0, 0, 0, 0, 0
    for name, candidates in found.items():
        rows = [row for row in gold if row["doc"] == name and row["kind"] != "claim"]
        figures = [one for one in candidates if one.kind == "figure"]
        pairs = _align(rows, figures)
        kinds = {at: rows[pairs[at]]["kind"] if at in pairs else "" for at in range(len(figures))}
        counted += sum(kind != "vague" for kind in kinds.values())
        by_row = {row: at for at, row in pairs.items()}
        for number, row in enumerate(rows):
            if row["kind"] != "core":
                continue
            hits += 1
            exact = row["qclass"] == "exact"
            qualified += not exact
            accepted = [row["claimant"], *row.get("claimant_also", [])]
            one = figures[by_row[number]] if number in by_row else None
            same = one is not None and _is_same(one.claimant or None, accepted)
            missed_name += None not in accepted and not same
            if one is None:
                continue
            right["detected"] += 1
            value = row["value"]
            if row["qclass"] == "range":
                right["values"] += one.qualifier == "range"
            else:
                right["values"] += one.value != "" and _is_close(float(one.value), value)
            fits = _fits(row, one)
            right["bounds"] += fits
            right["qualified"] += fits and not exact
            if one.claimant:
                right["named"] += same
                wrong_name += not same
    return {
        "detection": _f1(right["detected"] / counted, right["detected"] / hits),
        "values": right["values"] / hits,
        "bounds": right["bounds"] / hits,
        "qualified": right["qualified"] / qualified,
        "claimants": _f1(
            right["named"] / (right["named"] + wrong_name),
            right["named"] / (right["named"] + missed_name),
        ),
    }


def _align(rows, figures):
    overlaps = []
    for at, one in enumerate(figures):
        for number, row in enumerate(rows):
            inside = min(one.end, row["end"]) - max(one.start, row["start"])
            if inside > 0:
                whole = max(one.end, row["end"]) - min(one.start, row["start"])
                overlaps.append((-inside / whole, at, number))
    pairs, taken = {}, set()
    for _, at, number in sorted(overlaps):
        if at not in pairs and number not in taken:
            pairs[at] = number
            taken.add(number)
    return pairs


def _fits(row, one):
    low, high = (float(end) if end else None for end in (one.low, one.high))
    if row.get("qualifier_shared") or row["qclass"] == "range":
        return True
    if row["qclass"] == "about":
        return low is None and high is None
    return all(
        (ours is None) == (theirs is None) and (ours is None or _is_close(ours, theirs))
        for ours, theirs in ((low, row["low"]), (high, row["high"]))
    )


def _is_close(one, other):
    return abs(one - other) <= 1e-3 * max(1, abs(other))


def _is_same(name, accepted):
    for other in accepted:
        if name is None or other is None:
            if name is other:
                return True
            continue
        small, large = sorted((_fold(name), _fold(other)), key=len)
        if small == large or (small - GENERIC and small <= large):
            return True
    return False


def _fold(name):
    plain = unicodedata.normalize("NFKD", name).casefold()
    return set(re.sub(r"[^\w\s]", " ", re.sub(r"\bu\.\s?([ns])\.?", r"u\1", plain)).split())


def _f1(precision, recall):
    return 2 * precision * recall / (precision + recall)
