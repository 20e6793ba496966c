"""Every word in the tables of `words` is read, and means what its row says."""

import pytest

from analysis.bounds import read_wording, words

#: Bounds of 500 by qualifier (low, best, high, whether low and high are excluded).
MEANINGS = {
    "exact": (500, 500, 500, False, False),
    "at least": (500, None, None, False, False),
    "more than": (500, None, None, True, False),
    "up to": (0, None, 500, False, False),
    "fewer than": (0, None, 500, False, True),
    "nearly": (450, None, 500, False, True),
    "around": (450, 500, 550, False, False),
}
PATTERNS = [(qualifier, p) for qualifier, row in words.QUALIFIERS.items() for p in row]


def test_every_qualifier_has_a_meaning_here():
    assert set(MEANINGS) == set(words.QUALIFIERS)


@pytest.mark.parametrize(("qualifier", "pattern"), PATTERNS)
def test_qualifiers(qualifier, pattern):
    wording = pattern.replace("N", "500")
    as_count, as_measure = read_wording(wording), read_wording(wording, counts=False)
    assert as_count.qualifier == as_measure.qualifier == qualifier
    low, best, high, *excluded = MEANINGS[qualifier]
    for read in (as_count, as_measure):
        assert (read.low, read.best, read.high) == (low, best, high)
        assert [read.low_excluded, read.high_excluded] == excluded
    assert read_wording(wording.upper()) == as_count


def test_no_wording_stands_in_two_rows():
    patterns = [pattern for _, pattern in PATTERNS]
    assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize("pattern", words.RANGES)
def test_ranges(pattern):
    read = read_wording(pattern.replace("B", "15,000").replace("A", "7,000"))
    assert (read.low, read.best, read.high, read.qualifier) == (7_000, None, 15_000, "range")


@pytest.mark.parametrize(("wording", "least"), words.VAGUE.items())
def test_vague_words(wording, least):
    read = read_wording(wording)
    assert (read.low, read.best, read.high, read.qualifier) == (least, None, None, "vague")


@pytest.mark.parametrize("several", words.TWO_OR_MORE)
def test_two_or_more_of_a_magnitude(several):
    for magnitude, size in words.MAGNITUDES.items():
        read = read_wording(f"{several} {magnitude}")
        assert (read.low, read.high, read.qualifier) == (2 * size, None, "vague")
    assert read_wording(f"{several} hundred thousand").low == 200_000
    assert read_wording(f"{several} tens of thousands").low == 20_000


@pytest.mark.parametrize(("magnitude", "size"), words.MAGNITUDES.items())
def test_magnitudes(magnitude, size):
    assert read_wording(f"3 {magnitude}").best == 3 * size
    assert read_wording(f"three {magnitude}").best == 3 * size
    assert read_wording(f"3{magnitude}").best == 3 * size
    assert read_wording(f"2.5{magnitude}").best == 5 * size // 2 if size > 2 else True


@pytest.mark.parametrize(("word", "number"), words.NUMBER_WORDS.items())
def test_number_words(word, number):
    assert read_wording(word).best == number
    assert read_wording(f"at least {word}").low == number


@pytest.mark.parametrize(("unit", "form"), [(u, f) for u, row in words.UNITS.items() for f in row])
def test_units_before_and_after(unit, form):
    wordings = [f"2.5 million {form}", f"2.5 million {form.upper()}"]
    if unit not in words.UNITS_AFTER:
        wordings.append(f"{form} 2.5 million")
    for wording in wordings:
        read = read_wording(f"more than {wording}", counts=False)
        assert (read.low, read.low_excluded, read.unit) == (2_500_000, True, unit)


def test_every_sign_before_is_a_unit():
    assert set(words.SIGNS_BEFORE) <= set(words.UNITS)


@pytest.mark.parametrize("space", words.SPACES)
def test_spaces_part_thousands(space):
    assert read_wording(f"1{space}597").best == 1_597
    assert (
        read_wording(f"{space}at{space}least{space}{space}1{space}234{space}567").low == 1_234_567
    )


@pytest.mark.parametrize("dash", words.DASHES)
def test_dashes_part_the_ends_of_a_range(dash):
    for wording in (f"7,000{dash}15,000", f"7,000 {dash} 15,000"):
        read = read_wording(wording)
        assert (read.low, read.high) == (7_000, 15_000)
