"""Rows of refugees.csv and casualties.csv for tiny casebooks: what a test does not say is usual."""

Row = dict[str, str]

#: Where a figure stands, and who says it.
SAID: Row = {"source_id": "report-1", "locator": "page 1", "claimant": "office", "status": "stated"}
#: One figure of civilians killed.
KILLED: Row = SAID | {
    "who": "civilians", "area": "SDN", "outcome": "killed", "wording": "at least 227",
    "standard": "verified case by case",
}  # fmt: skip


def crossing(day: str, wording: str, known: str, **row: str) -> Row:
    """The figure of one day alone, published on the day `known`."""
    return {
        "source_id": "report-1",
        "locator": f"snapshot {known}",
        "claimant": "office", "since": day, "as_of": day, "who": "everybody", "origin": "SDN",
        "asylum": "all", "measure": "border crossings per day", "wording": wording,
        "unit": "people", "standard": "registered", "status": "stated", "published_on": known,
        **row,
    }  # fmt: skip


def total(day: str, wording: str, known: str, **row: str) -> Row:
    """A running total from 15 April 2023 to a day, published on the day `known`."""
    usual = {"since": "2023-04-15", "measure": "border crossings"}
    return crossing(day, wording, known, **(usual | row))


def killed(day: str, wording: str, known: str, **row: str) -> Row:
    """Civilians killed from 15 April 2023 to a day, published on the day `known`."""
    return {
        "source_id": "report-1",
        "locator": f"update {known}",
        "claimant": "office", "since": "2023-04-15", "as_of": day, "who": "civilians",
        "area": "SDN", "outcome": "killed", "wording": wording,
        "standard": "verified case by case", "status": "stated", "published_on": known,
        **row,
    }  # fmt: skip


def break_on(day: str, **row: str) -> Row:
    """A break in the office's border crossings, between two days counted."""
    return {
        "source_id": "report-1", "locator": "page 2", "table": "refugees", "claimant": "office",
        "measure": "border crossings", "place": "all", "clock": "day counted", "breaks_on": day,
        "before": "people still there", "after": "all arrivals",
        "reason": "all arrivals from here on",
        **row,
    }  # fmt: skip
