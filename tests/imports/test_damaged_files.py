"""Whatever a file holds, its rows are kept or refused, or one line says why it cannot be read."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.imports import ImportProblem, import_file

from .published_data import check_counts, write

_SOUND = {
    "economist-estimates": (
        "date,estimate_low,estimate_high,estimate,type,source,source_url,country\n"
        '16/01/2024,,,"390,580",deaths,X,https://x.org/2024/02/06/y/,russia\n'
        "1/12/2025,5,9,,casualties,Y,,ukraine\n"
    ),
    "general-staff": (
        '[{"date": "2022-02-25", "day": 2, "personnel": 2800, "personnel*": "about"},\n'
        '{"date": "2022-02-26", "day": 3, "personnel": 4300, "personnel*": "more"}]\n'
    ),
    "hxl": "Day,Killed\n#date,#affected+killed\n2022-03-02,227\n2022-03-03,249\n",
    "ohchr": "date,killed,injured\n2022-03-03,249,553\n2022-03-04,331,675\n",
    "ucdp-ged": (
        "id,date_start,date_end,best,high,low\n1,2022-03-02,2022-03-02,5,8,3\n"
        "2,2022-03-02 00:00:00.000,2022-03-03,5,8,3\n"
    ),
    "un-roll-call": "member_state,vote,date\nFrance,yes,2022-03-02\nTürkiye,yes,2022-03-02\n",
    "unhcr-countries": (
        "iso3,country,individuals,data_date\nPOL,Poland,5,2022-03-08\nRUS,Russia***,6,07-2022\n"
    ),
    "unhcr-series": 'data_date,individuals\n"March 2, 2022","1,000"\n2022-03-03,5\n',
}
_BITS = ('"', ",", ";", "\n", "\r", "\x00", "N/A", "-5", "1,2", "9" * 30, "é", "#date", "*")
_MORE = (
    r"\ud800",
    "2022-02-30",
    "13/13/2022",
    "nan",
    "{",
    "[",
    "null",
    "\t",
    "0x1f",
    "١",
    "\u2028",
    "1e400",
)


@pytest.mark.parametrize("name", _SOUND)
def test_the_sound_file_is_read_whole(name: str, tmp_path: Path) -> None:
    imported = import_file(name, write(tmp_path, _SOUND[name]))
    check_counts(imported)
    assert (imported.rows_read, imported.rows_refused) == (2, 0)


@given(
    st.sampled_from(sorted(_SOUND)),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(_BITS + _MORE), st.integers(0, 12)), max_size=4
    ),
)
@settings(max_examples=100)
def test_a_damaged_file_is_never_a_traceback(
    name: str, damages: list[tuple[float, str, int]]
) -> None:
    text = _SOUND[name]
    for place, bit, removed in damages:
        at = int(place * len(text))
        text = text[:at] + bit + text[at + removed :]
    with tempfile.TemporaryDirectory() as folder:
        try:
            check_counts(import_file(name, write(Path(folder), text)))
        except ImportProblem as problem:
            words = str(problem)
        else:
            return
    assert "\n" not in words
