"""Colours: enough contrast on white, told apart in grey, and written in one place only."""

import re
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb

from analysis import charts
from analysis.charts import style

FOLDER = Path(charts.__file__).parent


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str = style.PAPER) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """L* of CIELAB: how light a colour looks in grey, 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_the_formula_of_contrast_is_right() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


TEXT = (
    *("INK", "MUTED", "PARTY", "OTHER_CLAIMANT"),
    *("YES", "NO", "ABSTAIN", "NOT_VOTING"),
    *("ANNOUNCED", "DONE", "UNCHANGED"),
    *("SAYS", "DENIES", "NO_COMMENT"),
)


@pytest.mark.parametrize("role", TEXT)
def test_text_can_be_read(role: str) -> None:
    assert contrast(getattr(style, role)) >= 4.5


def test_text_can_be_read_on_sides_and_lanes() -> None:
    assert all(contrast(side) >= 4.5 for side in style.SIDES)
    assert contrast(style.MUTED, style.LANE) >= 4.5
    for colour in (style.ANNOUNCED, style.DONE):
        assert contrast(colour, style.LANE) >= 4.3


@pytest.mark.parametrize("role", ["POPULATION", "REFUGEES", "PROJECTION"])
def test_bars_stand_out(role: str) -> None:
    assert contrast(getattr(style, role)) >= 3


@pytest.mark.parametrize(
    "roles",
    [
        ("PARTY", "OTHER_CLAIMANT"),
        ("POPULATION", "REFUGEES"),
        ("REFUGEES", "PROJECTION"),
        ("POPULATION", "PROJECTION"),
        ("YES", "NO"),
        ("YES", "ABSTAIN"),
        ("ANNOUNCED", "DONE"),
        ("SAYS", "DENIES"),
    ],
)
def test_colours_side_by_side_differ_in_grey(roles: tuple[str, str]) -> None:
    one, other = (lightness(getattr(style, role)) for role in roles)
    assert abs(one - other) >= 10


def test_pale_is_between_the_colour_and_white() -> None:
    for colour in (style.PARTY, style.OTHER_CLAIMANT, style.POPULATION):
        assert luminance(colour) < luminance(style.pale(colour)) < luminance(style.PAPER)
    assert style.pale("#12436D", 1) == "#12436d"
    assert style.pale("#12436D", 0) == "#ffffff"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_colours_are_written_in_one_place(path: Path) -> None:
    if path.name != "style.py":
        code = path.read_text(encoding="utf-8")
        assert re.findall(r'#[0-9a-fA-F]{6}\b|colou?r="(?!none)', code) == []
